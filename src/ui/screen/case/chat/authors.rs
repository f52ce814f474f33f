//! Who wrote the marked messages: a person of the case, somebody new to it, an account that nobody knows yet, or nobody
//! whom it concerns. A name in a chat is what one phone calls somebody, so nothing is guessed.

use super::{Answer, Field, Message, Writers, error_at, page, typed};
use crate::app::{ChatMessage, Error, Fact, people_like, unknown_account, with_account};
use crate::domain::{Name, Person, PersonId, Vocabulary, Who};
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::{Ground, words};
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, container};

/// How many records are offered at once.
const OFFERED: usize = 4;
/// How much of the first message is shown, in characters.
const BEGINNING: usize = 120;

/// The authors of the marked messages.
#[derive(Default)]
pub(super) struct Authors {
    list: Vec<Author>,
    everyone: Vec<Person>,
    pub(super) wrong: bool,
}

/// One author.
struct Author {
    name: String,
    messages: usize,
    first: String,
    answer: Option<Answer>,
    /// The id of the record that is made for somebody new.
    id: PersonId,
    typed: Typed,
    tie: Option<Who>,
    record: Option<Person>,
}

pub(super) fn id(at: usize) -> Id {
    Id::from(format!("chat-author-{at}"))
}

fn name_id(at: usize) -> Id {
    Id::from(format!("chat-author-name-{at}"))
}

fn tie_id(at: usize) -> Id {
    Id::from(format!("chat-author-tie-{at}"))
}

impl Authors {
    /// The authors of these messages; what was said of them before stands.
    pub(super) fn renew(&mut self, marked: &[&ChatMessage], ground: Ground<'_>) -> Result<(), Error> {
        self.everyone = ground.session.everyone()?;
        self.wrong = false;
        let mut before = std::mem::take(&mut self.list);
        for message in marked {
            if let Some(known) = self.list.iter_mut().find(|author| author.name == message.author) {
                known.messages += 1;
                continue;
            }
            let first: String = message.text.trim().chars().take(BEGINNING).collect();
            let kept = before.iter().position(|author| author.name == message.author);
            let author = match kept {
                Some(at) => Author { messages: 1, first, ..before.swap_remove(at) },
                None => Author {
                    name: message.author.clone(),
                    messages: 1,
                    first,
                    answer: None,
                    id: ground.session.new_person_id()?,
                    typed: Typed::default(),
                    tie: None,
                    record: None,
                },
            };
            self.list.push(author);
        }
        Ok(())
    }

    pub(super) fn answer(&mut self, at: usize, answer: Answer) {
        self.change(at, |author| author.answer = Some(answer));
    }

    pub(super) fn tie(&mut self, at: usize, who: Who) {
        self.change(at, |author| author.tie = Some(who));
    }

    pub(super) fn name(&mut self, at: usize, text: Typed) {
        self.change(at, |author| (author.typed, author.record) = (text, None));
    }

    pub(super) fn use_record(&mut self, at: usize, id: PersonId) {
        let Some(person) = self.everyone.iter().find(|person| person.id == id).cloned() else { return };
        self.change(at, |author| {
            author.typed = person.name.full().into();
            author.record = Some(person);
        });
    }

    fn change(&mut self, at: usize, work: impl FnOnce(&mut Author)) {
        if let Some(author) = self.list.get_mut(at) {
            work(author);
        }
    }

    /// The person whom an author is, if anybody.
    pub(super) fn person_of(&self, name: &str) -> Option<PersonId> {
        let author = self.list.iter().find(|author| author.name == name)?;
        match author.answer? {
            Answer::Person(id) => Some(id),
            Answer::New => Some(author.record.as_ref().map_or(author.id, |record| record.id)),
            Answer::Account => Some(author.id),
            Answer::Nobody => None,
        }
    }

    /// The name of a writer.
    pub(super) fn name_of(&self, id: PersonId, ground: Ground<'_>) -> String {
        if let Some(person) = ground.view.person(id) {
            return person.name.full().to_owned();
        }
        let theirs = self.list.iter().filter(|author| self.person_of(&author.name) == Some(id));
        let name = theirs.map(|author| match author.answer {
            Some(Answer::Account) => author.name.clone(),
            _ => author.typed.kept(),
        });
        name.into_iter().next().unwrap_or_default()
    }

    /// Everybody who wrote something that is taken, as records.
    pub(super) fn people(&self, ground: Ground<'_>) -> Writers {
        let mut changed: Vec<Person> = Vec::new();
        let mut who = Vec::new();
        for author in &self.list {
            let person = author.person(ground);
            if let Some(person) = &person {
                match changed.iter_mut().find(|other| other.id == person.id) {
                    // Two names of one person: both accounts are theirs.
                    Some(other) => with_account(other, &author.name),
                    None => changed.push(person.clone()),
                }
            }
            who.push(person);
        }
        Writers { who, changed }
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        for (at, author) in self.list.iter().enumerate() {
            match author.answer {
                None => errors.push((format!("Say who “{}” is.", author.name), id(at))),
                Some(Answer::New) if author.record.is_none() => {
                    errors.extend(Name::new(&author.typed).err().map(|e| (e.to_string(), name_id(at))));
                    if author.tie.is_none() {
                        errors.push(("Choose who they are to the school.".into(), tie_id(at)));
                    }
                }
                Some(Answer::Account) if Name::new(&author.name).is_err() => {
                    errors.push(("This account’s name is too long to keep. Enter a person.".into(), id(at)));
                }
                Some(_) => {}
            }
        }
        let nobody = |author: &Author| author.answer == Some(Answer::Nobody);
        if errors.is_empty() && self.list.iter().all(nobody) {
            errors.push(("All marked messages would be left out. Say who wrote at least one.".into(), id(0)));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let errors = self.errors();
        let questions = self.list.iter().enumerate().map(|(at, author)| {
            let fields = column![author.question(at, ground, error_at(&errors, &id(at)))];
            let fields = if author.answer == Some(Answer::New) {
                fields.push(self.somebody_new(at, author, ground, &errors))
            } else {
                fields
            };
            container(fields.spacing(L)).max_width(COLUMN).into()
        });
        page(
            "Who wrote them?",
            "A name in a chat is what one phone calls somebody. Ask whoever brought it if you are not sure.",
            errors.clone(),
            questions.collect(),
            ("Continue", Message::AuthorsSaid, Message::Back),
        )
    }

    /// The name of somebody who is not in the case; records that it may mean come first.
    fn somebody_new<'a>(
        &'a self,
        at: usize,
        author: &'a Author,
        ground: Ground<'a>,
        errors: &[(String, Id)],
    ) -> Element<'a, Message> {
        let name = widget::text_field("Their full name", &author.typed)
            .error(error_at(errors, &name_id(at)))
            .id(name_id(at))
            .on_input(typed(Field::Name(at)));
        if author.record.is_some() {
            let used = widget::hint("This record of the case file is used.");
            return column![Element::from(name), used].spacing(S).into();
        }
        let mut found = people_like(&self.everyone, &author.typed);
        found.retain(|person| ground.view.person(person.id).is_none());
        let offers = found.into_iter().take(OFFERED).map(|person| {
            let class = if person.class.is_empty() { String::new() } else { format!(", {}", person.class) };
            let born = person.born.map_or_else(String::new, |born| format!(", born on {}", born.plain()));
            let words = format!("Use the record of {}{class}{born}", person.name.full());
            button::secondary(words).on_press(Message::RecordChosen(at, person.id)).into()
        });
        let policy = ground.session.policy();
        let known = |who: &&Who| **who != Who::Unknown;
        let ties = Who::ALL.iter().filter(known);
        let ties = ties.map(|who| widget::choice(*who, policy.value(Fact::Actor, who.id()).to_owned()));
        let tie = widget::radio_group("Who are they to the school?", ties, author.tie.as_ref(), move |who| {
            Message::TieChosen(at, who)
        })
        .hint("The date of birth and the homes can be added later, on the case’s page of people.")
        .error(error_at(errors, &tie_id(at)))
        .id(tie_id(at));
        column![Element::from(name), column(offers).spacing(S), Element::from(tie)].spacing(L).into()
    }
}

impl Author {
    fn question<'a>(&'a self, at: usize, ground: Ground<'a>, error: Option<String>) -> Element<'a, Message> {
        let of_case = ground.view.people.iter().enumerate().map(|(place, person)| {
            let role = words::role(person, place == 0);
            widget::choice(Answer::Person(person.id), person.name.full()).explain(role)
        });
        let others = [
            widget::choice(Answer::New, "Somebody who is not in this case yet"),
            widget::choice(Answer::Account, "An account, and nobody knows whose")
                .explain("It is kept under the name that it has here. You can say later who it was."),
            widget::choice(Answer::Nobody, "Not part of this").explain("The messages are left out."),
        ];
        let messages = words::count(self.messages, "marked message", "marked messages");
        widget::radio_group(
            format!("Who is “{}”?", self.name),
            of_case.chain(others),
            self.answer.as_ref(),
            move |answer| Message::WhoChosen(at, answer),
        )
        .hint(format!("{messages}. The first: “{}”", self.first))
        .error(error)
        .id(id(at))
        .into()
    }

    /// The record of whoever this is, with the account that the chat shows.
    fn person(&self, ground: Ground<'_>) -> Option<Person> {
        let mut person = match self.answer? {
            Answer::Person(id) => ground.view.person(id)?.clone(),
            Answer::New => match &self.record {
                Some(record) => record.clone(),
                None => Person::new(self.id, Name::new(&self.typed).ok()?, self.tie?),
            },
            Answer::Account => unknown_account(self.id, &self.name).ok()?,
            Answer::Nobody => return None,
        };
        with_account(&mut person, &self.name);
        Some(person)
    }
}
