//! Whose an unknown account is: somebody of the case, or somebody who comes in with it. What the account called itself
//! stays with its occasions.

use crate::app::{Identity, Notice};
use crate::domain::{Person, PersonId};
use crate::ui::screen::case::newcomer::{self, Newcomer};
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::{self, After, Ground, form};
use crate::ui::spacing::L;
use crate::ui::widget::{self, button, slot};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;
use std::fmt;

pub(super) const WHO: Id = Id::new("identify-who");
const WHY: Id = Id::new("identify-why");

/// An account while it is identified.
pub(super) struct Identifying {
    account: PersonId,
    everyone: Vec<Person>,
    who: Option<Answer>,
    newcomer: Newcomer,
    why: Typed,
    wrong: bool,
}

impl fmt::Debug for Identifying {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identifying").field("account", &self.account).finish_non_exhaustive()
    }
}

/// Whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A person of the case.
    Person(PersonId),
    /// Somebody who is not in the case yet.
    New,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// Whose it is was chosen.
    WhoChosen(Answer),
    /// About somebody new.
    Newcomer(newcomer::Message),
    /// The reason was typed.
    WhyEdited(Typed),
    /// It stands.
    Saved,
    /// The page was left.
    Left,
}

fn outer(message: Message) -> case::Message {
    case::Message::People(super::Message::Identifying(message))
}

impl Identifying {
    pub(super) fn new(account: PersonId, ground: Ground<'_>) -> Result<Self, Notice> {
        let everyone = ground.session.everyone().map_err(|error| Notice::from(&error))?;
        Ok(Self {
            account,
            everyone,
            who: None,
            newcomer: Newcomer::new("identify"),
            why: Typed::default(),
            wrong: false,
        })
    }

    /// What to do, and whether the page is done with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::WhoChosen(who) => self.who = Some(who),
            Message::Newcomer(message) => self.newcomer.update(message, &self.everyone),
            Message::WhyEdited(text) => self.why = text,
            Message::Saved => return self.save(ground),
            Message::Left => return (After::Stay, true),
        }
        (After::Stay, false)
    }

    fn identity(&self) -> Option<Identity> {
        match (self.who?, self.newcomer.record()) {
            (Answer::Person(id), _) => Some(Identity::Known(id)),
            (Answer::New, Some(record)) => Some(Identity::Known(record.id)),
            (Answer::New, None) => Some(Identity::New(Box::new(self.newcomer.person(self.account)?))),
        }
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        let identity = self.identity().filter(|_| self.errors().is_empty());
        let Some(identity) = identity else { return (After::wrong(), false) };
        match ground.session.identify(ground.view.case.id, self.account, &identity, &self.why) {
            Ok(_) => {
                let next = "Its occasions keep the name that it had. Look at the decision again: who somebody is to the \
                            school matters to the policy.";
                (After::Changed(Some(Notice::done("The account is identified.", next))), true)
            }
            Err(error) => (After::Failed(Notice::from(&error)), false),
        }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        match self.who {
            None => errors.push(("Say whose account it is.".into(), WHO)),
            Some(Answer::New) => errors.extend(self.newcomer.errors()),
            Some(Answer::Person(_)) => {}
        }
        if self.why.trim().is_empty() {
            errors.push(("Say how you know. The record keeps it.".into(), WHY));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let errors = self.errors();
        let error = |id: &Id| errors.iter().find(|(_, field)| field == id).map(|(words, _)| words.clone());
        let name = ground.view.person(self.account).map_or("", |person| person.name.full());
        let others = ground.view.people.iter().skip(1).filter(|person| person.id != self.account);
        let others = others.filter(|person| person.who != crate::domain::Who::Unknown);
        let choices = others.map(|person| widget::choice(Answer::Person(person.id), person.name.full()));
        let choices = choices.chain([widget::choice(Answer::New, "Somebody who is not in this case yet")]);
        let who = widget::radio_group(
            format!("Whose account is “{name}”?"),
            choices,
            self.who.as_ref(),
            |who| outer(Message::WhoChosen(who)),
        )
        .hint("Only when you know. A guess about a child is hard to take back.")
        .error(error(&WHO))
        .id(WHO);
        let new = (self.who == Some(Answer::New)).then(|| {
            let fields = self.newcomer.view(&self.everyone, &errors, ground);
            fields.map(|message| outer(Message::Newcomer(message)))
        });
        let why = widget::text_field("How do you know?", &self.why)
            .hint("For example, she said so herself to her class teacher.")
            .error(error(&WHY))
            .id(WHY)
            .on_input(|text| outer(Message::WhyEdited(text.into())));
        let fields = column![Element::from(who), slot(new, 0.0), Element::from(why)].spacing(L);
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form("Identify an account", errors, [fields.into()], buttons)
    }
}

#[cfg(test)]
mod tests;
