//! The outcome: what the school must do, may do and need not do, why, and what the lead makes of it.
//!
//! Nothing is decided here: the policy says it, the lead confirms it or departs from it with a reason.

mod change;
pub(in crate::ui::screen) mod clause;
mod confirm;
mod details;
mod names;
mod sections;
#[cfg(test)]
mod tests;
mod view;

use crate::app::before_contact::Reach;
use crate::app::{self, Error, Notice, Session};
use crate::domain::{CaseId, DecisionRecord, Draft};
use crate::ui::access;
use crate::ui::widget::ERROR_SUMMARY;
use confirm::Form;
use iced::advanced::widget::Id;
use iced::{Element, Task};
use names::Names;
use std::collections::BTreeSet;

pub use confirm::{How, Message as ConfirmMessage};

/// The screen.
#[derive(Debug)]
pub struct Outcome {
    session: Session,
    subject: Subject,
    said: Option<Said>,
    form: Form,
    /// The expanders that are open, by name.
    open: BTreeSet<String>,
    tried: bool,
    notice: Option<Notice>,
}

/// What is decided about.
#[derive(Debug, Clone)]
#[allow(clippy::large_enum_variant, reason = "one at a time, and soon taken apart")]
pub enum Subject {
    /// A disclosure that is not a case yet.
    Draft(Draft),
    /// An open case, decided again.
    Case(CaseId),
}

/// What the policy says, and what is needed to show it.
#[derive(Debug)]
struct Said {
    outcome: app::Outcome,
    names: Names,
    before: Option<DecisionRecord>,
    /// The families that nobody may contact.
    closed: Vec<Reach>,
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Details were opened or closed.
    Opened(String, bool),
    /// Something happened on the form of the confirmation.
    Form(confirm::Message),
    /// The outcome is confirmed.
    Confirmed,
    /// Back to where it came from.
    Back,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Back to where it came from.
    Back,
    /// It is confirmed.
    Confirmed(CaseId),
}

impl Outcome {
    /// The screen, and what it has to do first.
    pub fn new(session: Session, subject: Subject) -> (Self, Task<Message>) {
        let (said, notice) = match Said::of(&session, &subject) {
            Ok(said) => (Some(said), None),
            Err(error) => (None, Some(Notice::from(&error))),
        };
        let form = said.as_ref().map(|said| Form::of(&said.outcome, session.actor())).unwrap_or_default();
        let screen = Self { session, subject, said, form, open: BTreeSet::new(), tried: false, notice };
        (screen, access::focus_first())
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Opened(name, open) => self.turn(name, open),
            Message::Form(message) => self.typed(message),
            Message::Confirmed => self.confirm(),
            Message::Back => Action::Back,
            Message::LinkFollowed(field) => Action::Run(access::focus(field)),
        }
    }

    fn turn(&mut self, name: String, open: bool) -> Action {
        if open {
            self.open.insert(name)
        } else {
            self.open.remove(&name)
        };
        Action::None
    }

    fn typed(&mut self, message: confirm::Message) -> Action {
        self.form.update(message);
        Action::None
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let Some(said) = &self.said else { return Vec::new() };
        self.form.errors(said)
    }

    fn confirm(&mut self) -> Action {
        let Some(said) = &self.said else { return Action::None };
        if !self.errors().is_empty() {
            self.tried = true;
            return Action::Run(access::focus(ERROR_SUMMARY));
        }
        let confirmation = self.form.confirmation(said);
        let done = match &self.subject {
            Subject::Draft(draft) => self.session.open_case(draft, &confirmation),
            Subject::Case(case) => self.session.decide_again(*case, &confirmation).map(|()| *case),
        };
        match done {
            Ok(case) => Action::Confirmed(case),
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                Action::None
            }
        }
    }

    fn is_open(&self, name: &str) -> bool {
        self.open.contains(name)
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        view::page(self)
    }
}

fn closed(reaches: Vec<Reach>) -> Vec<Reach> {
    reaches.into_iter().filter(Reach::is_closed).collect()
}

impl Said {
    fn of(session: &Session, subject: &Subject) -> Result<Self, Error> {
        match subject {
            Subject::Draft(draft) => {
                let outcome = session.outcome(&draft.disclosure)?;
                let names = Names::of(&outcome, draft.disclosure.people());
                let closed = closed(session.reaches_of(draft.disclosure.people())?);
                Ok(Self { outcome, names, before: None, closed })
            }
            Subject::Case(case) => {
                let view = session.case(*case)?;
                let outcome = session.outcome_of(*case)?;
                let names = Names::of(&outcome, view.people.iter());
                let closed = closed(session.reaches(&view)?);
                Ok(Self { outcome, names, before: view.decision().cloned(), closed })
            }
        }
    }
}
