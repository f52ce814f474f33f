//! A letter: the text beside the real page, the guard, approval, export. What may be written is decided elsewhere; here
//! nothing goes out that the lead has not read and approved.

mod approve;
mod export;
mod fields;
mod guard;
mod issued;
mod preview;
#[cfg(test)]
mod tests;
mod text;
mod translation;

use super::background;
use super::case::typed::Typed;
use super::case::words;
use crate::app::{Exported, LetterView, Merged, Notice, Session};
use crate::domain::{CaseId, LetterId, LetterState};
use crate::ui::access::{Role, control};
use crate::ui::spacing::{L, M, XL};
use crate::ui::theme::{self, Tone};
use crate::ui::widget::{self, Edit, Editor, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{column, container, operation, responsive, row};
use iced::{Alignment, Element, Length, Size, Task};
use std::path::PathBuf;
use std::time::Duration;

pub use approve::Message as ApprovalMessage;
pub use export::ViewerMessage;
pub use fields::Message as FieldsMessage;
pub use issued::Message as IssuedMessage;
pub use preview::{Drawn, Wanted};
pub use translation::Message as TranslationMessage;

/// How long nothing is typed before the text is saved and the page drawn.
const PAUSE: Duration = Duration::from_millis(250);

/// The screen.
#[derive(Debug)]
pub struct Letter {
    session: Session,
    id: LetterId,
    shown: Option<Shown>,
    editor: Editor,
    generation: u64,
    saved: u64,
    waiting: bool,
    preview: preview::Preview,
    export: export::Export,
    approving: Option<approve::Approving>,
    dismissing: Option<guard::Dismissing>,
    saying: Option<issued::Saying>,
    translating: Option<translation::Translating>,
    fields: Option<fields::Fields>,
    notice: Option<Notice>,
    may_leave: bool,
}

/// The letter as it stands. Not shown when debugged: it is about a child.
struct Shown(LetterView);

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0.record)
    }
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Back to the case.
    Left,
    /// Back to the case although the text could not be saved.
    LeftUnsaved,
    /// The text was edited.
    Edited(Edit),
    /// Nothing was typed for a while since the text was in this state.
    Paused(u64),
    /// The text is to be saved now.
    SaveAsked,
    /// A place that the guard found is to be shown.
    HitShown(usize),
    /// A place that the guard found is about something else.
    DismissAsked(usize),
    /// The reason was typed.
    ReasonEdited(Typed),
    /// The reason is to be kept.
    Dismiss,
    /// It was called off.
    DismissLeft,
    /// A reason is taken back.
    DismissalTakenBack(usize),
    /// Another page is to be shown, from 0.
    PageTurned(usize),
    /// A page was drawn.
    Drawn(Drawn),
    /// Large print was turned on or off.
    LargePrintTurned(bool),
    /// Something while it is approved.
    Approval(approve::Message),
    /// Something about a letter that is issued.
    Issued(issued::Message),
    /// Something about its translation.
    Translation(translation::Message),
    /// Something about the fields of a referral.
    Fields(fields::Message),
    /// The folder was typed.
    FolderEdited(Typed),
    /// The folder is to be chosen in the system's dialog.
    BrowseAsked,
    /// It was chosen, or not.
    FolderPicked(Option<PathBuf>),
    /// The PDF is to be saved.
    ExportAsked,
    /// Saving is over.
    Exported(Result<Exported, Notice>),
    /// Saving a whole year's letters is over.
    MergeExported(Result<Merged, Notice>),
    /// How far the work is may have changed.
    Ticked,
    /// The work is to stop.
    Stopped,
    /// A copy for the computer's viewer.
    Viewer(export::ViewerMessage),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Back to the case.
    Back(CaseId),
    /// Another letter.
    Open(LetterId),
}

impl Letter {
    /// The screen, and what it has to do first.
    pub fn new(session: Session, id: LetterId) -> (Self, Task<Message>) {
        let mut screen = Self {
            session,
            id,
            shown: None,
            editor: Editor::default(),
            generation: 0,
            saved: 0,
            waiting: false,
            preview: preview::Preview::new(),
            export: export::Export::new(),
            approving: None,
            dismissing: None,
            saying: None,
            translating: None,
            fields: None,
            notice: None,
            may_leave: false,
        };
        match screen.session.letter(id) {
            Ok(view) => {
                screen.editor = Editor::with_text(&view.body);
                screen.shown = Some(Shown(view));
            }
            Err(error) => screen.notice = Some(Notice::from(&error)),
        }
        let first = screen.draw();
        (screen, first)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Left => return self.leave(),
            Message::LeftUnsaved => return self.back(),
            Message::Edited(edit) => return Action::Run(self.edit(edit)),
            Message::Paused(generation) => return Action::Run(self.paused(generation)),
            Message::SaveAsked => {
                self.save();
                return Action::Run(self.draw());
            }
            Message::HitShown(at) => return self.show_hit(at),
            Message::DismissAsked(at) => return self.ask_to_dismiss(at),
            Message::ReasonEdited(reason) => {
                if let Some(asked) = &mut self.dismissing {
                    asked.typed(reason);
                }
            }
            Message::Dismiss => return self.dismiss(),
            Message::DismissLeft => self.dismissing = None,
            Message::DismissalTakenBack(at) => self.take_back(at),
            Message::PageTurned(page) => {
                self.preview.turn(page);
                return Action::Run(self.draw());
            }
            Message::Drawn(drawn) => {
                let again = self.preview.take(drawn) && !self.waiting;
                return if again { Action::Run(self.draw()) } else { Action::None };
            }
            Message::LargePrintTurned(large) => return Action::Run(self.set_large_print(large)),
            Message::Approval(message) => return self.update_approval(message),
            Message::Issued(message) => return self.update_issued(message),
            Message::Translation(message) => return self.update_translation(message),
            Message::Fields(message) => return self.update_fields(message),
            Message::FolderEdited(folder) => self.export.typed(folder),
            Message::BrowseAsked => return Action::Run(export::Export::browse()),
            Message::FolderPicked(folder) => self.export.picked(folder),
            Message::ExportAsked => return Action::Run(self.save_outside()),
            Message::Exported(done) => self.export.take(done),
            Message::MergeExported(done) => self.export.take_many(done),
            Message::Ticked if self.export.at_work() || self.is_approving() => return Action::Run(tick()),
            Message::Ticked => {}
            Message::Stopped => {
                self.export.stop();
                self.approving.iter().for_each(approve::Approving::stop);
            }
            Message::Viewer(message) => self.export.update_viewer(&self.session, self.id, message),
        }
        Action::None
    }

    /// Keeps what is typed, because the screen is about to go. Where that fails it is told, with a way to leave all the
    /// same.
    pub fn keep(&mut self) -> bool {
        self.save();
        self.may_leave = !self.is_saved();
        !self.may_leave
    }

    fn save(&mut self) {
        if self.is_saved() {
            return;
        }
        match self.session.edit_letter(self.id, &self.editor.text()) {
            Ok(view) => {
                self.saved = self.generation;
                self.shown = Some(Shown(view));
                self.notice = None;
            }
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// Whether nothing is typed that the case file does not have.
    fn is_saved(&self) -> bool {
        self.saved == self.generation || !self.is_draft()
    }

    fn is_draft(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.0.record.state == LetterState::Draft)
    }

    fn edit(&mut self, edit: Edit) -> Task<Message> {
        let changes = text::changes(&edit);
        self.editor.perform(edit);
        if !changes {
            return Task::none();
        }
        self.generation += 1;
        if self.waiting { Task::none() } else { self.wait() }
    }

    fn wait(&mut self) -> Task<Message> {
        self.waiting = true;
        let generation = self.generation;
        Task::perform(background::pause(PAUSE), move |()| Message::Paused(generation))
    }

    /// Waits on while there is typing, so that there is one wait at a time.
    fn paused(&mut self, generation: u64) -> Task<Message> {
        if generation != self.generation {
            return self.wait();
        }
        self.waiting = false;
        self.save();
        self.draw()
    }

    fn draw(&mut self) -> Task<Message> {
        let Some(shown) = &self.shown else { return Task::none() };
        self.preview.draw(&self.session, &shown.0.record, self.editor.text(), self.generation)
    }

    fn set_large_print(&mut self, large: bool) -> Task<Message> {
        self.save();
        match self.session.set_large_print(self.id, large) {
            Ok(view) => {
                self.shown = Some(Shown(view));
                self.preview.forget();
            }
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        self.draw()
    }

    fn save_outside(&mut self) -> Task<Message> {
        let is_merge = self.shown.as_ref().is_some_and(|shown| shown.0.is_merge());
        self.export.save(&self.session, self.id, is_merge)
    }

    fn is_approving(&self) -> bool {
        self.approving.as_ref().is_some_and(approve::Approving::at_work)
    }

    fn leave(&mut self) -> Action {
        if self.keep() { self.back() } else { Action::None }
    }

    fn back(&self) -> Action {
        self.shown.as_ref().map_or(Action::None, |shown| Action::Back(shown.0.record.case))
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let page = responsive(|size| self.page(size));
        let page = container(page).width(Length::Fill).height(Length::Fill).style(theme::paper);
        let main = control(Role::Main, "", page);
        let dismissing = self.dismissing.as_ref().map(guard::Dismissing::dialog);
        let approving = self.approving.as_ref().map(approve::Approving::dialog);
        let saying = self.saying.as_ref().map(|saying| saying.dialog(self.session.today()));
        widget::modal(main, dismissing.or(approving).or(saying).or(self.export.dialog()))
    }

    fn page(&self, size: Size) -> Element<'_, Message> {
        let Some(shown) = &self.shown else {
            let notice = self.notice.as_ref().map(words::said);
            return container(column![notice]).padding(XL).into();
        };
        let head = self.head(shown);
        if size.width < TWO_PANES {
            let panes =
                column![head, self.left(shown, SMALL), self.preview.view(self.generation, Length::Shrink)];
            let panes = container(panes.spacing(L)).padding(L);
            return words::scrolling(panes).id(LEFT).into();
        }
        let left = container(self.left(shown, size.height - ABOVE)).padding(iced::Padding::ZERO.right(M));
        let left = words::scrolling(left).id(LEFT);
        let right = container(self.preview.view(self.generation, Length::Fill)).width(preview::WIDTH + M);
        let panes = row![left, right].spacing(M).height(Length::Fill);
        container(column![head, panes].spacing(M)).padding([M, L]).into()
    }

    fn head<'a>(&'a self, shown: &'a Shown) -> Element<'a, Message> {
        let record = &shown.0.record;
        let (state, tone) = match &record.state {
            LetterState::Draft if self.saved == self.generation => ("Draft, saved", Tone::Neutral),
            LetterState::Draft => ("Draft, not saved yet", Tone::Warning),
            LetterState::Approved { .. } if record.went_wrong.is_some() => {
                ("Reached the wrong person", Tone::Danger)
            }
            LetterState::Approved { .. } => match shown.0.replaced_by {
                Some(new) if new.approved_on.is_some() => ("Replaced", Tone::Neutral),
                _ => ("Approved", Tone::Success),
            },
        };
        let title = row![widget::heading_like(1, 2, shown.0.title.as_str()), widget::tag(state, tone)]
            .spacing(M)
            .align_y(Alignment::Center)
            .wrap();
        let to = widget::hint(format!("To: {}", record.recipient));
        let back = button::back(Message::Left).name("Back to the case");
        row![Element::from(back), column![title, to].width(Length::Fill)].spacing(M).into()
    }

    fn left<'a>(&'a self, shown: &'a Shown, room: f32) -> Element<'a, Message> {
        let leave = self.may_leave.then(|| {
            Element::from(
                button::danger("Leave without saving the last change").on_press(Message::LeftUnsaved),
            )
        });
        let notice = self.notice.as_ref().map(words::said);
        let above = column![slot(notice, M), slot(leave, M)];
        if shown.0.record.state != LetterState::Draft {
            let approved = self.export.view(&shown.0);
            let issued = issued::view(&shown.0, self.session.today()).map(Message::Issued);
            let translation = translation::stands(&shown.0, false);
            let copy = fields::view(&shown.0, self.fields.as_ref());
            let stops = super::cautions(shown.0.cautions.clone());
            let page = column(stops).push(approved).push(copy).push(issued).push(translation);
            return column![above, page.push(text::read_only(&shown.0)).spacing(L)].into();
        }
        if let Some(translating) = &self.translating {
            return column![above, translating.view()].into();
        }
        let buttons = button::row_of([
            button::primary("Approve…")
                .name("Approve this letter")
                .on_press(Message::Approval(approve::Message::Asked))
                .into(),
            button::secondary("Save text").on_press(Message::SaveAsked).into(),
        ]);
        let large = shown.0.record.papers.first().is_some_and(|paper| paper.large_print);
        let large = widget::checkbox("Large print, 18 point", large, Message::LargePrintTurned);
        let text = text::view(shown, &self.editor, room);
        let page = column![text, large].push(translation::stands(&shown.0, true)).push(buttons);
        column![above, page.spacing(M)].into()
    }
}

/// The width from which text and page stand side by side.
const TWO_PANES: f32 = 960.0;
/// What stands above and below the editor beside the page, without findings.
const ABOVE: f32 = 388.0;
/// The height of the editor above the page.
const SMALL: f32 = 360.0;
/// What scrolls beside the page, or with it.
const LEFT: Id = Id::new("letter-left");

/// How often the bar is looked at.
const TICK: Duration = Duration::from_millis(200);

fn tick() -> Task<Message> {
    Task::perform(background::pause(TICK), |()| Message::Ticked)
}

/// Scrolls to where notices stand.
fn to_top<T>() -> Task<T> {
    operation::snap_to(LEFT, iced::widget::scrollable::RelativeOffset::START)
}
