//! Who wrote the marked messages: a person of the case, somebody new to it, an account that nobody knows yet, or nobody
//! whom it concerns. A name in a chat is what one phone calls somebody, so nothing is guessed.

use super::{Answer, Message, Writers, error_at, page};
use crate::app::{ChatMessage, Error, unknown_account, with_account};
use crate::domain::{Name, Person, PersonId};
use crate::ui::screen::case::newcomer::{self, Newcomer};
use crate::ui::screen::case::{Ground, words};
use crate::ui::spacing::{COLUMN, L};
use crate::ui::widget;
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, container};

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
    newcomer: Newcomer,
}

pub(super) fn id(at: usize) -> Id {
    Id::from(format!("chat-author-{at}"))
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
                    newcomer: Newcomer::new(&format!("chat-author-{}", self.list.len())),
                },
            };
            self.list.push(author);
        }
        Ok(())
    }

    pub(super) fn answer(&mut self, at: usize, answer: Answer) {
        self.change(at, |author| author.answer = Some(answer));
    }

    pub(super) fn newcomer(&mut self, at: usize, message: newcomer::Message) {
        if let Some(author) = self.list.get_mut(at) {
            author.newcomer.update(message, &self.everyone);
        }
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
            Answer::New => Some(author.newcomer.record().map_or(author.id, |record| record.id)),
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
            _ => author.newcomer.called(),
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
                Some(Answer::New) => errors.extend(author.newcomer.errors()),
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
                {
                    let new = author.newcomer.view(&self.everyone, &errors, ground);
                    fields.push(new.map(move |message| Message::Newcomer(at, message)))
                }
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
            Answer::New => self.newcomer.person(self.id)?,
            Answer::Account => unknown_account(self.id, &self.name).ok()?,
            Answer::Nobody => return None,
        };
        with_account(&mut person, &self.name);
        Some(person)
    }
}
