//! Settings, the case file: where it lies, a check of all of it, and of a mark that was printed.

mod handed_over;
mod mark;
mod moving;
mod older;

use super::said;
use crate::app::{Anchor, Notice, Report, Session};
use crate::ui::access::{Live, Role, control};
use crate::ui::screen::background;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::widget::column;
use iced::{Element, Task};
use std::path::PathBuf;

/// What a check came to.
#[derive(Debug, Clone)]
pub struct Checked {
    report: Report,
    anchor: Option<Anchor>,
}

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// "Check the case file" was pressed.
    CheckAsked,
    /// The check is over.
    CheckDone(Result<Checked, Notice>),
    /// With a mark that was printed.
    Mark(mark::Message),
    /// With an older copy.
    Older(older::Message),
    /// With a move to another folder.
    Moving(moving::Message),
    /// With what is left of disclosures that went on elsewhere.
    HandedOver(handed_over::Message),
}

/// What came of a message.
pub(super) enum Outcome {
    /// Run this.
    Run(Task<Message>),
    /// The case file lies in this folder now.
    Moved(PathBuf),
}

#[derive(Debug)]
enum State {
    Idle,
    Checking,
    Done(Checked),
    Failed(Notice),
}

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    // Read once: while a check runs, asking the session would hold up the window.
    folder: PathBuf,
    state: State,
    mark: mark::Mark,
    older: Option<older::Older>,
    answered: Option<Notice>,
    moving: moving::Moving,
    handed_over: handed_over::Section,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            folder: session.folder(),
            state: State::Idle,
            mark: mark::Mark::default(),
            older: older::Older::of(session),
            answered: None,
            moving: moving::Moving::default(),
            handed_over: handed_over::Section::of(session),
        }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::CheckAsked => return Outcome::Run(self.check(session)),
            Message::CheckDone(Ok(checked)) => self.state = State::Done(checked),
            Message::CheckDone(Err(notice)) => self.state = State::Failed(notice),
            Message::Mark(message) => {
                return Outcome::Run(self.mark.update(session, message).map(Message::Mark));
            }
            Message::Moving(message) => {
                return match self.moving.update(session, message) {
                    moving::Outcome::Run(task) => Outcome::Run(task.map(Message::Moving)),
                    moving::Outcome::Moved => {
                        self.folder = session.folder();
                        Outcome::Moved(self.folder.clone())
                    }
                };
            }
            Message::HandedOver(message) => {
                let task = self.handed_over.update(session, message);
                return Outcome::Run(task.map(Message::HandedOver));
            }
            Message::Older(message) => {
                self.answered = self.older.as_mut().and_then(|older| older.update(session, message));
                if self.answered.is_some() {
                    self.older = None;
                    return Outcome::Run(widget::to_top());
                }
            }
        }
        Outcome::Run(Task::none())
    }

    fn check(&mut self, session: &Session) -> Task<Message> {
        if matches!(self.state, State::Checking) {
            return Task::none();
        }
        self.state = State::Checking;
        let session = session.clone();
        let work = background::apart(move || match session.verify() {
            // A file that is damaged may have no head to read: the report says so already.
            Ok(report) => Ok(Checked { report, anchor: session.anchor().ok() }),
            Err(error) => Err(Notice::from(&error)),
        });
        Task::perform(work, Message::CheckDone)
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let checking = matches!(self.state, State::Checking);
        let label = if checking { "Checking…" } else { "Check the case file" };
        let check = button::primary(label).on_press_maybe((!checking).then_some(Message::CheckAsked));
        column![
            self.answered.as_ref().map(said),
            self.older.as_ref().map(|older| older.view().map(Message::Older)),
            column![
                widget::heading(2, "Where it is kept"),
                widget::paragraph(self.folder.display().to_string()),
                widget::hint(
                    "The folder is encrypted as a whole. Copies of it are kept under Backups."
                ),
            ]
            .spacing(S),
            column![
                widget::heading(2, "Is it sound?"),
                widget::paragraph(
                    "The check reads every page, every entry of the record and every stored document, and compares \
                     them with what was written. Nothing is changed."
                ),
                column![slot(self.result(), L), button::row_of([check.into()])],
            ]
            .spacing(M),
            self.mark.view().map(Message::Mark),
            self.moving.view().map(Message::Moving),
            self.handed_over.view().map(|view| view.map(Message::HandedOver)),
        ]
        .spacing(XL)
        .into()
    }

    fn result(&self) -> Option<Element<'_, Message>> {
        match &self.state {
            State::Idle => None,
            State::Checking => {
                let words = widget::hint("Checking… This may take a minute in a large case file.");
                Some(control(Role::Status, "Checking the case file", words).live(Live::Polite).into())
            }
            State::Done(checked) if checked.report.problems.is_empty() => Some(sound(checked)),
            State::Done(checked) => Some(unsound(&checked.report)),
            State::Failed(notice) => Some(said(notice)),
        }
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

fn sound(checked: &Checked) -> Element<'_, Message> {
    let report = &checked.report;
    let facts = [
        widget::fact("Record", counted(report.events, "entry", "entries")),
        widget::fact(
            "Stored",
            counted(report.blobs, "document or evidence file", "documents and evidence files"),
        ),
    ];
    let mark = checked.anchor.map(|anchor| widget::fact("Mark of the record", anchor.to_string()));
    column![
        widget::notice(Tone::Success, "The case file is sound.")
            .what_to_do("Everything is as it was written."),
        widget::summary(facts.into_iter().chain(mark)),
        widget::small(
            "The mark stands for everything written until now. Note it on paper, with the date: if the record were \
             ever rewritten, the two would differ."
        ),
    ]
    .spacing(M)
    .into()
}

fn unsound(report: &Report) -> Element<'_, Message> {
    let count = report.problems.len() as u64;
    let what = format!("The case file is not sound: {}.", counted(count, "problem", "problems"));
    column![
        widget::notice(Tone::Danger, what).what_to_do(
            "Write nothing more in it. Copy the whole folder to a safe place as it is, then ask for help, and open \
             your last copy beside it."
        ),
        widget::bullets(report.problems.iter().map(ToString::to_string)),
        widget::hint(format!(
            "Sound are {} of the record and {}.",
            counted(report.events, "entry", "entries"),
            counted(report.blobs, "stored document", "stored documents")
        )),
    ]
    .spacing(L)
    .into()
}
