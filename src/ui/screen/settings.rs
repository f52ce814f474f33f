//! Settings: the school, its calendar, the passphrase, people and their keys, how the window looks, a check of the case file,
//! and its backups.

mod about;
mod backups;
mod calendar;
mod case_file;
mod looks;
mod passphrase;
mod people;
mod pictures;
mod policy;
mod school;
#[cfg(test)]
mod tests;

use super::said;
use crate::app::{Error, Looks, Notice, Session};
use crate::ui::spacing::XL;
use crate::ui::widget;
use iced::widget::column;
use iced::{Element, Task};
use std::path::PathBuf;

/// The screen.
#[derive(Debug)]
pub struct Settings {
    session: Session,
    looks: Looks,
    part: Part,
    school: school::Part,
    calendar: calendar::Part,
    passphrase: passphrase::Part,
    people: people::Part,
    case_file: case_file::Part,
    backups: backups::Part,
    policy: policy::Part,
}

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The school's particulars.
    School,
    /// When it is closed.
    Calendar,
    /// How the window looks.
    Appearance,
    /// A new passphrase.
    Passphrase,
    /// Who has a key, and the recovery sheet.
    People,
    /// Where the case file lies, and a check of it.
    CaseFile,
    /// The backups.
    Backups,
    /// Which policy decides.
    Policy,
    /// Which program, which minimum ages.
    About,
}

const PARTS: [(Part, &str); 9] = [
    (Part::School, "School"),
    (Part::Calendar, "Calendar"),
    (Part::Appearance, "Appearance"),
    (Part::Passphrase, "Passphrase"),
    (Part::People, "People and keys"),
    (Part::CaseFile, "Case file"),
    (Part::Backups, "Backups"),
    (Part::Policy, "Policy"),
    (Part::About, "About"),
];

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// A part was chosen.
    PartChosen(Part),
    /// How the window looks was chosen.
    LooksChosen(Looks),
    /// In the school's particulars.
    School(school::Message),
    /// In the calendar.
    Calendar(calendar::Message),
    /// In the passphrase.
    Passphrase(passphrase::Message),
    /// In the people and keys.
    People(people::Message),
    /// In the case file.
    CaseFile(case_file::Message),
    /// In the backups.
    Backups(backups::Message),
    /// In the policy.
    Policy(policy::Message),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// The school's particulars changed: the frame shows its name.
    Saved,
    /// Another look was chosen.
    Appear(Looks),
    /// The case file lies in this folder now.
    Moved(PathBuf),
    /// Another policy is in force: the open case file with it.
    PolicyChanged(Session),
}

impl Settings {
    /// The screen, and what it has to do first.
    pub fn new(session: Session, looks: impl Into<Looks>) -> (Self, Task<Message>) {
        let screen = Self {
            school: school::Part::new(&session),
            calendar: calendar::Part::new(&session),
            passphrase: passphrase::Part::new(&session),
            people: people::Part::new(&session),
            case_file: case_file::Part::new(&session),
            backups: backups::Part::new(&session),
            policy: policy::Part::new(&session),
            part: Part::School,
            session,
            looks: looks.into(),
        };
        (screen, Task::none())
    }

    /// The screen at one of its parts.
    #[must_use]
    pub fn showing(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// The window looks so now, by a key and not by this screen.
    pub fn set_looks(&mut self, looks: Looks) {
        self.looks = looks;
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::PartChosen(part) => self.part = part,
            Message::LooksChosen(looks) => {
                self.looks = looks;
                return Action::Appear(looks);
            }
            Message::School(message) => return self.school(message),
            Message::Calendar(message) => return self.calendar(message),
            Message::Passphrase(message) => {
                let task = self.passphrase.update(&self.session, message);
                return Action::Run(task.map(Message::Passphrase));
            }
            Message::Backups(message) => {
                let task = self.backups.update(&self.session, message);
                return Action::Run(task.map(Message::Backups));
            }
            Message::People(message) => {
                let task = self.people.update(&self.session, message);
                return Action::Run(task.map(Message::People));
            }
            Message::CaseFile(message) => {
                return match self.case_file.update(&self.session, message) {
                    case_file::Outcome::Run(task) => Action::Run(task.map(Message::CaseFile)),
                    case_file::Outcome::Moved(folder) => Action::Moved(folder),
                };
            }
            Message::Policy(message) => {
                return match self.policy.update(&self.session, message) {
                    policy::Outcome::None => Action::None,
                    policy::Outcome::Run(task) => Action::Run(task.map(Message::Policy)),
                    policy::Outcome::Changed(session) => Action::PolicyChanged(session),
                };
            }
        }
        Action::None
    }

    fn school(&mut self, message: school::Message) -> Action {
        match self.school.update(&self.session, message) {
            school::Outcome::None => Action::None,
            school::Outcome::Run(task) => Action::Run(task.map(Message::School)),
            school::Outcome::Saved => {
                self.passphrase.learn(&self.session);
                Action::Saved
            }
        }
    }

    fn calendar(&mut self, message: calendar::Message) -> Action {
        match self.calendar.update(&self.session, message) {
            calendar::Outcome::None => Action::None,
            calendar::Outcome::Run(task) => Action::Run(task.map(Message::Calendar)),
            calendar::Outcome::Saved => Action::Saved,
        }
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let part = match self.part {
            Part::School => self.school.view().map(Message::School),
            Part::Calendar => self.calendar.view(self.session.today()).map(Message::Calendar),
            Part::Appearance => looks::view(self.looks).map(Message::LooksChosen),
            Part::Passphrase => self.passphrase.view().map(Message::Passphrase),
            Part::People => self.people.view().map(Message::People),
            Part::CaseFile => self.case_file.view().map(Message::CaseFile),
            Part::Backups => self.backups.view().map(Message::Backups),
            Part::Policy => self.policy.view(&self.session).map(Message::Policy),
            Part::About => about::view(&self.session),
        };
        let content = column![
            widget::heading(1, "Settings"),
            widget::tabs("Parts of the settings", PARTS, &self.part, Message::PartChosen),
            part,
        ];
        widget::page(content.spacing(XL), None)
    }
}

/// The notice for an error.
fn failed(error: &Error) -> Notice {
    Notice::from(error)
}
