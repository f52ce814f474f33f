//! Somebody who is not in the case yet, in three questions: a name, a record that is already there, who they are to the
//! school. Searching comes before creating: records that the name may mean are offered while it is typed.

use super::Ground;
use super::typed::Typed;
use crate::app::{Fact, people_like};
use crate::domain::{Name, Person, PersonId, Vocabulary, Who};
use crate::ui::spacing::{L, S};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;
use std::fmt;

/// How many records are offered at once.
const OFFERED: usize = 4;

/// What is entered.
pub(super) struct Newcomer {
    name: Id,
    tie: Id,
    typed: Typed,
    who: Option<Who>,
    record: Option<Person>,
}

impl fmt::Debug for Newcomer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Newcomer").field("who", &self.who).finish_non_exhaustive()
    }
}

/// What happened there.
#[derive(Debug, Clone)]
pub enum Message {
    /// The name was typed into.
    Named(Typed),
    /// Who they are to the school was chosen.
    WhoChosen(Who),
    /// A record of the case file is meant.
    RecordChosen(PersonId),
}

impl Newcomer {
    /// Empty; the fields are called by this key, because there may be several on a page.
    pub(super) fn new(key: &str) -> Self {
        Self {
            name: Id::from(format!("{key}-name")),
            tie: Id::from(format!("{key}-tie")),
            typed: Typed::default(),
            who: None,
            record: None,
        }
    }

    pub(super) fn update(&mut self, message: Message, everyone: &[Person]) {
        match message {
            Message::Named(text) => (self.typed, self.record) = (text, None),
            Message::WhoChosen(who) => self.who = Some(who),
            Message::RecordChosen(id) => {
                if let Some(person) = everyone.iter().find(|person| person.id == id) {
                    (self.typed, self.record) = (person.name.full().into(), Some(person.clone()));
                }
            }
        }
    }

    /// What is wrong, field by field.
    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if self.record.is_some() {
            return Vec::new();
        }
        let name = Name::new(&self.typed).err().map(|error| (error.to_string(), self.name.clone()));
        let tie = self.who.is_none().then(|| ("Choose who they are to the school.".into(), self.tie.clone()));
        name.into_iter().chain(tie).collect()
    }

    /// The record that was chosen.
    pub(super) fn record(&self) -> Option<&Person> {
        self.record.as_ref()
    }

    /// The name as it is typed.
    pub(super) fn called(&self) -> String {
        self.typed.kept()
    }

    /// The record that is meant, or a new one with this id; nothing before a name and who they are.
    pub(super) fn person(&self, id: PersonId) -> Option<Person> {
        match &self.record {
            Some(record) => Some(record.clone()),
            None => Some(Person::new(id, Name::new(&self.typed).ok()?, self.who?)),
        }
    }

    pub(super) fn view<'a>(
        &'a self,
        everyone: &'a [Person],
        errors: &[(String, Id)],
        ground: Ground<'a>,
    ) -> Element<'a, Message> {
        let error = |id: &Id| errors.iter().find(|(_, field)| field == id).map(|(words, _)| words.clone());
        let name = widget::text_field("Their full name", &self.typed)
            .error(error(&self.name))
            .id(self.name.clone())
            .on_input(|text| Message::Named(text.into()));
        if self.record.is_some() {
            let used = widget::hint("This record of the case file is used.");
            return column![Element::from(name), used].spacing(S).into();
        }
        let mut found = people_like(everyone, &self.typed);
        found.retain(|person| ground.view.person(person.id).is_none());
        let offers = found.into_iter().take(OFFERED).map(|person| {
            let class = if person.class.is_empty() { String::new() } else { format!(", {}", person.class) };
            let born = person.born.map_or_else(String::new, |born| format!(", born on {}", born.plain()));
            let words = format!("Use the record of {}{class}{born}", person.name.full());
            button::secondary(words).on_press(Message::RecordChosen(person.id)).into()
        });
        let policy = ground.session.policy();
        let ties = Who::ALL.iter().filter(|who| **who != Who::Unknown);
        let ties = ties.map(|who| widget::choice(*who, policy.value(Fact::Actor, who.id()).to_owned()));
        let tie =
            widget::radio_group("Who are they to the school?", ties, self.who.as_ref(), Message::WhoChosen)
                .hint("The date of birth and the homes can be added afterwards, on the page of people.")
                .error(error(&self.tie))
                .id(self.tie.clone());
        column![Element::from(name), column(offers).spacing(S), Element::from(tie)].spacing(L).into()
    }
}
