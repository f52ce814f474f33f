//! The evidence of a case: what is kept and what is only noted, a still picture to look at, and the way to the pages that add,
//! amend and save outside. Whether a file may be taken is the use case's to say.

mod adding;
mod export;

use super::{After, Ground, words};
use crate::app::{Bundle, Error, Notice, Session};
use crate::domain::{CaseId, Evidence, EvidenceId, ImageGate, Kept, OccasionId};
use crate::ui::access::{Role, control};
use crate::ui::screen::background::apart;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{COLUMN, L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Cell, button};
use adding::Adding;
use export::Export;
use iced::widget::image::Handle;
use iced::widget::{column, container, image};
use iced::{ContentFit, Element, Length, Task};
use std::fmt;

pub use adding::Field;

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct EvidencePart {
    /// Whether the case takes files.
    open: bool,
    page: Page,
}

#[derive(Debug, Default)]
enum Page {
    #[default]
    List,
    One(EvidenceId, Option<Result<Drawn, Notice>>),
    Adding(Box<Adding>),
    Export(Box<Export>),
}

/// A picture that is ready to be shown. Its pixels do not show in debug output.
#[derive(Clone)]
pub struct Drawn(Handle);

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Drawn(..)")
    }
}

/// What happened among the evidence.
#[derive(Debug, Clone)]
pub enum Message {
    /// One more is to be added.
    Add,
    /// One was opened.
    Opened(EvidenceId),
    /// One is to be amended.
    Amend(EvidenceId),
    /// A picture is ready, or not.
    WasDrawn(EvidenceId, Result<Drawn, Notice>),
    /// The gate was answered.
    GateChosen(ImageGate),
    /// The answer stands.
    GateSaid,
    /// Something was typed into a field.
    Edited(Field, Typed),
    /// The occasion was chosen, or none.
    OccasionChosen(Option<OccasionId>),
    /// The dialog for a file or a folder was asked for.
    BrowseAsked,
    /// The dialog was answered, or called off.
    Picked(Option<Typed>),
    /// The form was saved.
    Saved,
    /// Time to look how far it is.
    Ticked,
    /// The work is to stop.
    Stopped,
    /// The file is in the case, or not.
    Added(Result<Evidence, Notice>),
    /// Evidence is to be saved outside the case file.
    ExportAsked,
    /// A piece goes with it, or not.
    Turned(EvidenceId, bool),
    /// It was saved outside, or not.
    Exported(Result<Bundle, Notice>),
    /// The page was left.
    Left,
}

impl EvidencePart {
    pub(super) fn read(&mut self, session: &Session, case: CaseId) -> Result<(), Error> {
        self.open = session.takes_files(case)?;
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Add => {
                self.page = Page::Adding(Box::new(Adding::new(ground.session.today(), self.open)));
                After::Focus(adding::FIRST)
            }
            Message::Opened(id) => self.look(id, ground),
            Message::Amend(id) => {
                let found = ground.view.evidence.iter().find(|e| e.id == id);
                let Some(found) = found else { return After::Stay };
                self.page = Page::Adding(Box::new(Adding::of(found)));
                After::Focus(adding::DESCRIPTION)
            }
            Message::WasDrawn(id, drawn) => {
                if let Page::One(shown, picture) = &mut self.page
                    && *shown == id
                {
                    *picture = Some(drawn);
                }
                After::Stay
            }
            Message::ExportAsked if matches!(self.page, Page::List) => {
                self.page = Page::Export(Box::new(Export::new(&ground.view.evidence)));
                After::Focus(export::FOLDER)
            }
            Message::Left => {
                self.page = Page::List;
                After::Stay
            }
            other => {
                let (after, left) = match &mut self.page {
                    Page::Adding(adding) => adding.update(other, ground),
                    Page::Export(export) => export.update(other, ground),
                    Page::List | Page::One(..) => (After::Stay, false),
                };
                if left {
                    self.page = Page::List;
                }
                after
            }
        }
    }

    /// Opens one; a picture is drawn beside the window's thread.
    fn look(&mut self, id: EvidenceId, ground: Ground<'_>) -> After {
        let Some(found) = ground.view.evidence.iter().find(|e| e.id == id) else { return After::Stay };
        self.page = Page::One(id, None);
        // The line may have stood far down; what it opens begins at the top.
        if !found.can_be_shown() || !self.open {
            return After::Run(widget::to_top());
        }
        let (session, found) = (ground.session.clone(), found.clone());
        let work = apart(move || {
            let drawn = session.evidence_picture(&found).map_err(|error| Notice::from(&error))?;
            Ok(Drawn(Handle::from_rgba(drawn.width, drawn.height, drawn.rgba)))
        });
        let drawn = Task::perform(work, move |drawn| super::Message::Evidence(Message::WasDrawn(id, drawn)));
        After::Run(Task::batch([widget::to_top(), drawn]))
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        match &self.page {
            Page::List => self.list(ground),
            Page::Adding(adding) => adding.view(ground),
            Page::Export(export) => export.view(ground),
            Page::One(id, picture) => match ground.view.evidence.iter().find(|e| e.id == *id) {
                Some(found) => self.one(found, picture.as_ref(), ground),
                None => self.list(ground),
            },
        }
    }

    fn list<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = super::Message::Evidence;
        let add = button::primary("Add evidence").on_press(outer(Message::Add));
        if ground.view.evidence.is_empty() {
            let empty = widget::empty_state(
                "No evidence yet",
                "Add a screenshot or another file. Casebook keeps an exact copy, and can tell later if it was changed. The \
                 original stays where it is.",
                Some(add),
            );
            return column![widget::slot(self.locked(), L), empty].into();
        }
        let save = button::secondary("Save outside the case file…")
            .on_press_maybe(self.open.then_some(outer(Message::ExportAsked)));
        column![
            column![
                widget::slot(self.locked(), L),
                container(widget::hint("Open a line to look at it or to amend what is said of it."))
                    .max_width(COLUMN),
            ],
            table(ground),
            button::row_of([add.into(), save.into()]),
        ]
        .spacing(L)
        .into()
    }

    /// What a case that takes no files says.
    fn locked<'a>(&self) -> Option<Element<'a, super::Message>> {
        let words = widget::notice(
            Tone::Warning,
            "Casebook takes, shows and gives out no files in this case: a picture of a child may be part of it.",
        )
        .what_to_do("You can record in words what there is and where it lies. Ask the police how they want to have it.");
        (!self.open).then(|| container(Element::from(words)).max_width(COLUMN).into())
    }

    fn one<'a>(
        &'a self,
        found: &'a Evidence,
        picture: Option<&'a Result<Drawn, Notice>>,
        ground: Ground<'a>,
    ) -> Element<'a, super::Message> {
        let outer = super::Message::Evidence;
        let label = ground.view.evidence_label(found.id);
        let buttons = button::row_of([
            button::secondary("Amend…").on_press(outer(Message::Amend(found.id))).into(),
            button::secondary("Back to the evidence").on_press(outer(Message::Left)).into(),
        ]);
        let shown = container(self.shown(found, picture)).max_width(WIDEST);
        let title = widget::heading(2, format!("{label}: {}", found.description));
        column![title, shown, container(facts(found, ground)).max_width(COLUMN), buttons].spacing(L).into()
    }

    fn shown<'a>(
        &self,
        found: &'a Evidence,
        picture: Option<&'a Result<Drawn, Notice>>,
    ) -> Element<'a, super::Message> {
        let Kept::File { .. } = &found.kept else {
            return widget::notice(Tone::Info, "This is a note. No file of it is in the case.").into();
        };
        match picture {
            _ if !self.open => self.locked().unwrap_or_else(|| iced::widget::space().into()),
            _ if !found.can_be_shown() => widget::notice(
                Tone::Info,
                "Casebook shows still pictures only, and never opens any other kind of file.",
            )
            .what_to_do("Save it outside the case file, and open the copy with a program that you trust.")
            .into(),
            None => control(
                Role::Status,
                "The picture is being drawn",
                widget::hint("The picture is being drawn…"),
            )
            .into(),
            Some(Err(notice)) => words::said(notice),
            Some(Ok(Drawn(handle))) => {
                let picture = image(handle.clone()).content_fit(ContentFit::ScaleDown).width(Length::Fill);
                let picture = container(picture).max_height(HIGHEST);
                control(Role::Image, found.description.clone(), picture).into()
            }
        }
    }
}

/// The room for a picture.
const WIDEST: f32 = 860.0;
const HIGHEST: f32 = 560.0;

fn facts<'a>(found: &'a Evidence, ground: Ground<'a>) -> Element<'a, super::Message> {
    let occasion = ground.view.occasions.iter().find(|o| Some(o.id) == found.occasion);
    let when =
        if found.time.is_empty() { found.on.long() } else { format!("{}, {}", found.on.long(), found.time) };
    let mut facts = vec![
        widget::fact("Captured by, or held by", found.captured_by.as_str()),
        widget::fact("When", when),
        widget::fact("Occasion", occasion.map_or_else(|| "None".into(), |o| o.on.long())),
    ];
    if !found.device.is_empty() {
        facts.push(widget::fact("From which device", found.device.as_str()));
    }
    match &found.kept {
        Kept::Elsewhere { lies, .. } => facts.push(widget::fact("Where it is", lies.as_str())),
        Kept::File { sha256, length, .. } => {
            facts.push(widget::fact("Type", found.type_words().unwrap_or_default()));
            facts.push(widget::fact("Size", size(*length)));
            let (first, second) = sha256.split_at_checked(32).unwrap_or((sha256, ""));
            facts.push(widget::fact("SHA-256", format!("{first} {second}")));
        }
    }
    widget::summary(facts)
}

fn size(length: u64) -> String {
    match length {
        0..1024 => format!("{length} bytes"),
        1024..1_048_576 => format!("{} KB", length.div_ceil(1024)),
        _ => format!("{} MB", length.div_ceil(1_048_576)),
    }
}

fn table(ground: Ground<'_>) -> Element<'_, super::Message> {
    let columns = [
        widget::table_column("Number", 2),
        widget::table_column("What it is", 7),
        widget::table_column("When", 4),
        widget::table_column("Captured by", 4),
        widget::table_column("State", 4),
    ];
    let rows = ground.view.evidence.iter().map(|piece| {
        let (state, tone) = match &piece.kept {
            Kept::File { .. } => (piece.type_words().unwrap_or_default(), Tone::Success),
            Kept::Elsewhere { .. } => ("Not taken in".into(), Tone::Warning),
        };
        let cells = [
            Cell::Strong(ground.view.evidence_label(piece.id).into()),
            Cell::Text(piece.description.as_str().into()),
            Cell::Text(piece.on.short().into()),
            Cell::Text(piece.captured_by.as_str().into()),
            Cell::Tag(state.into(), tone),
        ];
        widget::table_row(cells, Some(super::Message::Evidence(Message::Opened(piece.id))))
    });
    widget::table("Evidence", &columns, rows)
}

fn run(task: Task<Message>) -> After {
    After::Run(task.map(super::Message::Evidence))
}

/// How often the bar is looked at.
const TICK: std::time::Duration = std::time::Duration::from_millis(200);

fn tick() -> Task<Message> {
    Task::perform(crate::ui::screen::background::pause(TICK), |()| Message::Ticked)
}

/// A field for a path, with its dialog.
fn path_field<'a>(
    label: &'static str,
    hint: &'static str,
    text: &'a Typed,
    (field, id): (Field, iced::advanced::widget::Id),
    error: Option<String>,
) -> Element<'a, super::Message> {
    let outer = super::Message::Evidence;
    let typed = widget::text_field(label, text)
        .hint(hint)
        .error(error)
        .id(id)
        .on_input(move |text| outer(Message::Edited(field, text.into())));
    let browse = button::secondary("Browse…").name(format!("Browse: {label}"));
    let browse = browse.on_press(outer(Message::BrowseAsked));
    column![Element::from(typed), Element::from(browse)].spacing(S).into()
}

/// Work that is under way, and the way to stop it.
fn working<'a>(title: &'static str, label: &'static str, fraction: f32) -> Element<'a, super::Message> {
    let stop = super::Message::Evidence(Message::Stopped);
    let bar = widget::progress(label, fraction, Some(stop));
    container(column![widget::heading(2, title), bar].spacing(M)).max_width(COLUMN).into()
}
