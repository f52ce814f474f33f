//! A new key for somebody, or a new passphrase for somebody who has one.

use crate::app::{Cost, Notice, Secret, Session};
use crate::domain::{KeyHolder, KeyRole, Vocabulary};
use crate::ui::screen::passphrase::{self, ChoosePassphrase, school_words};
use crate::ui::spacing::{L, XL};
use crate::ui::widget::{self, button, choice};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};

const NAME: Id = Id::new("people-name");
const ROLE: Id = Id::new("people-role");

/// What happened on this page.
#[derive(Debug, Clone)]
pub enum Message {
    /// The name was typed.
    NameEdited(String),
    /// The role was chosen.
    RoleChosen(KeyRole),
    /// In the fields of the passphrase.
    Passphrase(passphrase::Message),
    /// The button was pressed.
    Submitted,
}

pub(super) enum Outcome {
    Run(Task<Message>),
    /// Something is missing; the fields say what.
    Wrong,
    Ready(Ready),
}

/// All that a key needs.
pub(super) struct Ready {
    name: String,
    role: Option<KeyRole>,
    passphrase: Secret,
}

#[derive(Debug)]
pub(super) struct NewKey {
    /// Somebody who has a key already.
    known: bool,
    name: String,
    role: Option<KeyRole>,
    choose: ChoosePassphrase,
    checked: bool,
}

impl NewKey {
    pub(super) fn of_somebody_new(session: &Session) -> Self {
        Self { known: false, ..Self::of(String::new(), session) }
    }

    pub(super) fn of(name: String, session: &Session) -> Self {
        // Without the school's words the judge is a little milder.
        let words = school_words(&session.school().unwrap_or_default());
        let choose = ChoosePassphrase::new(words, session.random());
        Self { known: true, name, role: None, choose, checked: false }
    }

    pub(super) fn first_field(&self) -> Id {
        if self.known { passphrase::FIRST } else { NAME }
    }

    pub(super) fn update(&mut self, message: Message) -> Outcome {
        match message {
            Message::NameEdited(name) => self.name = name,
            Message::RoleChosen(role) => self.role = Some(role),
            Message::Passphrase(passphrase::Message::Submitted) | Message::Submitted => return self.submit(),
            Message::Passphrase(message) => {
                return Outcome::Run(self.choose.update(message).map(Message::Passphrase));
            }
        }
        Outcome::Run(Task::none())
    }

    fn submit(&mut self) -> Outcome {
        self.checked = true;
        let passphrase = self.choose.check();
        match passphrase {
            Some(passphrase) if self.errors().is_empty() => {
                Outcome::Ready(Ready { name: self.name.clone(), role: self.role, passphrase })
            }
            _ => Outcome::Wrong,
        }
    }

    fn name_error(&self) -> Option<&'static str> {
        (self.checked && self.name.trim().is_empty()).then_some("Enter the person’s name.")
    }

    fn role_error(&self) -> Option<&'static str> {
        (self.checked && !self.known && self.role.is_none()).then_some("Choose the role in the school.")
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        let name = self.name_error().map(|words| (words.to_owned(), NAME));
        let role = self.role_error().map(|words| (words.to_owned(), ROLE));
        name.into_iter().chain(role).chain(self.choose.errors()).collect()
    }

    pub(super) fn view(&self, working: bool) -> Element<'_, Message> {
        let (title, label) = if self.known {
            (format!("A new passphrase for {}", self.name), "Set the passphrase")
        } else {
            ("Give somebody a key".to_owned(), "Give the key")
        };
        let who = (!self.known).then(|| {
            let roles = KeyRole::ALL.iter().map(|role| choice::choice(*role, role.words()));
            let name = widget::text_field("Name", &self.name)
                .hint("As it is to stand in the record, for example Mrs Amy Wells.")
                .error(self.name_error())
                .id(NAME)
                .on_input(Message::NameEdited)
                .on_submit(Message::Submitted);
            let role =
                widget::radio_group("Role in the school", roles, self.role.as_ref(), Message::RoleChosen)
                    .error(self.role_error())
                    .id(ROLE);
            Element::from(column![Element::from(name), Element::from(role)].spacing(L))
        });
        let label = if working { "Working…" } else { label };
        let submit = button::primary(label).on_press_maybe((!working).then_some(Message::Submitted));
        let passphrase = column![
            widget::heading(3, "Their passphrase"),
            widget::paragraph("Let them choose it and type it themselves. Nobody else needs to know it."),
            self.choose.view().map(Message::Passphrase),
        ];
        column![widget::heading(2, title), who, passphrase.spacing(L), button::row_of([submit.into()])]
            .spacing(XL)
            .into()
    }
}

impl Ready {
    pub(super) fn give(self, session: &Session, cost: Cost) -> Result<Notice, Notice> {
        let done = match self.role {
            Some(role) => {
                let holder = KeyHolder { name: self.name.clone(), role };
                session.add_person(&holder, &self.passphrase, cost)
            }
            None => session.set_passphrase(&self.name, &self.passphrase, cost),
        };
        done.map_err(|error| Notice::from(&error))?;
        Ok(if self.role.is_some() {
            let next = "They can open the case file with their own passphrase from now on.";
            Notice::done(format!("{} has a key.", self.name.trim()), next)
        } else {
            Notice::done(
                format!("The new passphrase for {} is set.", self.name),
                "The old one opens nothing any more.",
            )
        })
    }
}
