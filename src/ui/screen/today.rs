//! Today: what is due, what is overdue, who has not answered, what was left half-way.

use super::case::words;
use crate::app::{DueLine, Notice, Session, Today as Due};
use crate::domain::{ActionId, ActionState, CaseId, Draft, LetterId};
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button, dialog};
use iced::widget::{column, container, row, space};
use iced::{Alignment, Element, Length, Task};

/// The screen.
#[derive(Debug)]
pub struct Today {
    session: Session,
    due: Option<Due>,
    notice: Option<Notice>,
    asking: Option<Asking>,
}

/// What a dialog asks.
#[derive(Debug)]
enum Asking {
    /// With what result an action was done, or why it is not done.
    About { action: ActionId, done: bool, note: Editor, missing: bool },
    /// Whether a disclosure is really set aside.
    SetAside(CaseId),
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// A new disclosure was asked for.
    Begun,
    /// A disclosure left half-way was taken up.
    Resumed(CaseId),
    /// A disclosure left half-way is to be set aside.
    SetAsideAsked(CaseId),
    /// A case was opened.
    Opened(CaseId),
    /// A letter was opened.
    LetterOpened(LetterId),
    /// An action is done, or deliberately not done.
    Asked {
        /// Which.
        action: ActionId,
        /// Done, or not done.
        done: bool,
    },
    /// The note was edited.
    NoteEdited(Edit),
    /// The dialog was confirmed.
    Confirmed,
    /// The dialog was closed.
    Cancelled,
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// A new disclosure.
    Begin,
    /// A disclosure left half-way.
    Resume(CaseId),
    /// A case.
    Open(CaseId),
    /// A letter.
    OpenLetter(LetterId),
}

impl Today {
    /// The screen, with what is due now.
    pub fn new(session: Session) -> (Self, Task<Message>) {
        let mut screen = Self { session, due: None, notice: None, asking: None };
        screen.read();
        (screen, Task::none())
    }

    fn read(&mut self) {
        match self.session.today_view() {
            Ok(due) => self.due = Some(due),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// How many actions are overdue, for the navigation.
    pub fn overdue(&self) -> usize {
        self.due.as_ref().map_or(0, |due| due.overdue.len())
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Begun => return Action::Begin,
            Message::Resumed(id) => return Action::Resume(id),
            Message::Opened(id) => return Action::Open(id),
            Message::LetterOpened(id) => return Action::OpenLetter(id),
            Message::SetAsideAsked(id) => self.asking = Some(Asking::SetAside(id)),
            Message::Asked { action, done } => {
                self.asking = Some(Asking::About { action, done, note: Editor::default(), missing: false });
            }
            Message::NoteEdited(edit) => {
                if let Some(Asking::About { note, .. }) = &mut self.asking {
                    note.perform(edit);
                }
            }
            Message::Confirmed => self.confirm(),
            Message::Cancelled => self.asking = None,
        }
        Action::None
    }

    fn confirm(&mut self) {
        let outcome = match &mut self.asking {
            None => return,
            Some(Asking::SetAside(id)) => self.session.discard_draft(*id),
            Some(Asking::About { action, done, note, missing })
                if note.text().trim().is_empty() && (!*done || needs_result(self.due.as_ref(), *action)) =>
            {
                *missing = true;
                return;
            }
            Some(Asking::About { action, done, note, .. }) => {
                let (on, text) = (self.session.today(), note.text());
                let state = if *done {
                    ActionState::Done { on, note: text }
                } else {
                    ActionState::NotDone { on, why: text }
                };
                let lines = self.due.iter().flat_map(|d| d.overdue.iter().chain(&d.due).chain(&d.coming));
                match lines.map(|l| &l.action).find(|a| a.id == *action) {
                    Some(item) => self.session.set_action(item, state),
                    None => Ok(()),
                }
            }
        };
        self.asking = None;
        match outcome {
            Ok(()) => self.read(),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let notice = self.notice.as_ref().map(super::said);
        let page = match &self.due {
            None => column![widget::heading(1, "Today"), notice],
            Some(due) => list(due, notice),
        };
        widget::modal(widget::wide_page(container(page.spacing(L)).max_width(960)), self.dialog())
    }

    fn dialog(&self) -> Option<widget::Dialog<'_, Message>> {
        Some(match self.asking.as_ref()? {
            Asking::SetAside(_) => dialog(
                "Set this disclosure aside?",
                column![
                    widget::paragraph("It leaves this list. What was typed stays in the record."),
                    button::row_of([
                        button::danger("Set aside").on_press(Message::Confirmed).into(),
                        button::secondary("Keep it").on_press(Message::Cancelled).into(),
                    ]),
                ]
                .spacing(M),
            )
            .on_cancel(Message::Cancelled),
            Asking::About { action, done, note, missing } => {
                let (title, label, hint, yes) = if *done && needs_result(self.due.as_ref(), *action) {
                    let hint = "What the child said, and whether it has stayed quiet.";
                    ("Done", "What did you find?", hint, "Mark as done")
                } else if *done {
                    (
                        "Done",
                        "What was the result?",
                        "Who did it and what came of it. You may leave this empty.",
                        "Mark as done",
                    )
                } else {
                    ("Not done", "Why is it not done?", "A year from now this says why.", "Mark as not done")
                };
                let error = missing.then_some("Write one or two sentences.");
                dialog(
                    title,
                    column![
                        Element::from(
                            widget::text_area(label, note, Message::NoteEdited)
                                .hint(hint)
                                .error(error)
                                .rows(3)
                        ),
                        button::row_of([
                            button::primary(yes).on_press(Message::Confirmed).into(),
                            button::secondary("Cancel").on_press(Message::Cancelled).into(),
                        ]),
                    ]
                    .spacing(M),
                )
                .on_cancel(Message::Cancelled)
            }
        })
    }
}

/// Whether an action on the page is not done without a result.
fn needs_result(due: Option<&Due>, id: ActionId) -> bool {
    let lines = due.into_iter().flat_map(|d| d.overdue.iter().chain(&d.due).chain(&d.coming));
    lines.map(|line| &line.action).any(|action| action.id == id && action.needs_result())
}

fn list<'a>(due: &'a Due, notice: Option<Element<'a, Message>>) -> iced::widget::Column<'a, Message> {
    let quiet =
        due.wrong_letters.is_empty() && due.overdue.is_empty() && due.due.is_empty() && due.coming.is_empty();
    let head = row![
        column![widget::heading(1, "Today"), widget::lead(due.day.long())].spacing(S),
        space().width(Length::Fill),
        Element::from(button::primary("New disclosure").on_press(Message::Begun)),
    ]
    .align_y(Alignment::Center);
    let review = due.policy_due.as_ref().map(|says| {
        let what_to_do = "You can go on using it. Tell the governors, and say so if a parent asks.";
        Element::from(widget::notice(Tone::Info, says.as_str()).what_to_do(what_to_do))
    });
    let empty = quiet.then(|| {
        let (title, says) = if due.open_cases == 0 {
            ("No open cases", "When a child or a parent tells you something, start a new disclosure. It takes about ten minutes, and you can stop at any time.")
        } else {
            ("Nothing is due in the next two weeks", "Open a case under Cases to see what comes later.")
        };
        widget::empty_state(title, says, None::<button::Button<'_, Message>>)
    });
    column![
        head,
        notice,
        wrong_letters(due),
        drafts(due),
        group("Overdue", &due.overdue),
        group("Due today", &due.due),
        group("In the next two weeks", &due.coming),
        empty,
        clocks(due),
        unanswered(due),
        review,
    ]
}

/// Dates that the law or the school's schedule sets, beside the actions.
fn clocks(due: &Due) -> Option<Element<'_, Message>> {
    if due.clocks.is_empty() {
        return None;
    }
    let rows = due.clocks.iter().map(|clock| {
        let (when, tone) = super::case::words::due(clock.due, due.day);
        let open = clock.case.map(|case| {
            let label = "Open case";
            let named = format!("{label}: {}", clock.title);
            Element::from(button::quiet(label).name(named).on_press(Message::Opened(case)))
        });
        let words = column![widget::strong(clock.title.as_str()), widget::hint(clock.says.as_str())];
        let line = row![words.width(Length::Fill), widget::tag(when, tone)].push(open);
        widget::card(line.spacing(L).align_y(Alignment::Center))
    });
    Some(column![widget::heading(2, "Keeping and leaving")].extend(rows).spacing(M).into())
}

fn group<'a>(title: &'a str, lines: &'a [DueLine]) -> Option<Element<'a, Message>> {
    if lines.is_empty() {
        return None;
    }
    let rows = lines.iter().map(due_line);
    Some(column![widget::heading(2, title)].extend(rows).spacing(M).into())
}

/// One action: what and for whom, by when, and what can be said of it.
fn due_line(line: &DueLine) -> Element<'_, Message> {
    let id = line.action.id;
    let about = if line.about.is_empty() { String::new() } else { format!("{} · ", line.about) };
    let says = format!("{about}case {} · by {}", line.reference, line.action.due.short());
    let named = |verb: &str| format!("{verb}: {}, case {}", line.title, line.reference);
    let asked = |done| Message::Asked { action: id, done };
    let buttons = row![
        Element::from(button::quiet("Done").name(named("Done")).on_press(asked(true))),
        Element::from(button::quiet("Not done").name(named("Not done")).on_press(asked(false))),
        Element::from(
            button::quiet("Open case").name(named("Open case")).on_press(Message::Opened(line.action.case))
        ),
    ]
    .spacing(S);
    let first = line.first.as_deref().map(widget::paragraph);
    let words =
        column![widget::strong(line.title.as_str()), widget::hint(says)].push(first).width(Length::Fill);
    widget::card(row![words, buttons].spacing(L).align_y(Alignment::Center))
}

/// Steps after a letter reached somebody whom it was not for: first on the page, because the law's clock runs.
fn wrong_letters(due: &Due) -> Option<Element<'_, Message>> {
    if due.wrong_letters.is_empty() {
        return None;
    }
    let rows = due.wrong_letters.iter().map(|line| {
        let by = match line.due_at {
            Some(time) => format!("{}, {time}", line.due.short()),
            None => line.due.short(),
        };
        let overdue = if line.due < due.day { " · overdue" } else { "" };
        let says = format!("case {} · by {by}{overdue}", line.reference);
        let open = button::quiet("Open letter")
            .name(format!("Open letter: {}, case {}", line.title, line.reference))
            .on_press(Message::LetterOpened(line.letter));
        let words = column![widget::strong(line.title), widget::hint(says)].width(Length::Fill);
        widget::card(row![words, Element::from(open)].spacing(L).align_y(Alignment::Center))
    });
    let title = widget::heading(2, "A letter reached the wrong person");
    Some(column![title].extend(rows).spacing(M).into())
}

fn drafts(due: &Due) -> Option<Element<'_, Message>> {
    if due.drafts.is_empty() {
        return None;
    }
    let who = |draft: &Draft| {
        draft.disclosure.target.as_ref().map_or("Nobody named yet", |p| p.name.full()).to_owned()
    };
    let names = words::told_apart(due.drafts.iter().map(who));
    let rows = due.drafts.iter().zip(names).map(|(draft, name)| {
        let who = who(draft);
        let begun = format!("Begun on {}", draft.started.long());
        let buttons = row![
            Element::from(
                button::secondary("Go on")
                    .name(format!("Go on: {name}"))
                    .on_press(Message::Resumed(draft.id))
            ),
            Element::from(
                button::quiet("Set aside")
                    .name(format!("Set aside: {name}"))
                    .on_press(Message::SetAsideAsked(draft.id))
            ),
        ]
        .spacing(S);
        let words = column![widget::strong(who), widget::hint(begun)].width(Length::Fill);
        widget::card(row![words, buttons].spacing(XL).align_y(Alignment::Center))
    });
    Some(column![widget::heading(2, "Left half-way")].extend(rows).spacing(M).into())
}

fn unanswered(due: &Due) -> Option<Element<'_, Message>> {
    if due.unanswered.is_empty() {
        return None;
    }
    let rows = due.unanswered.iter().map(|family| {
        let title = format!("Family of {}", family.name);
        let open = button::quiet("Open case")
            .name(format!("Open case: {title}"))
            .on_press(Message::Opened(family.case));
        let words = column![widget::strong(title), widget::hint(family.because.as_str())].width(Length::Fill);
        widget::card(row![words, Element::from(open)].spacing(XL).align_y(Alignment::Center))
    });
    Some(column![widget::heading(2, "No answer yet")].extend(rows).spacing(M).into())
}
