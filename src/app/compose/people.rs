//! People as documents speak of them: what each is called in tables, and a child as an agency's form asks for it.

use super::{Source, is_child};
use crate::documents::template::fields::ChildBlock;
use crate::documents::template::fields::{HomeRow, OccasionRow};
use crate::domain::{Day, Household, Occasion, Person, PersonId, SocialCare, Vocabulary, Who};
use crate::policy::Fact;

impl Source<'_> {
    /// What a person is called in tables: the targeted child, P1 for another child, an adult by name.
    pub(super) fn label(&self, id: PersonId) -> String {
        // An account that was identified since is the person, also in what was written before.
        let id = self.view.case.now(id);
        let at = self.view.people.iter().position(|p| p.id == id);
        match at.map(|at| (at, &self.view.people[at])) {
            None => "Not known".into(),
            Some((_, person)) if person.id == self.view.case.target => "the targeted child".into(),
            Some((at, person)) if is_child(person) => format!("P{at}"),
            Some((_, person)) => person.name.full().to_owned(),
        }
    }

    /// The same for a paper about one child, which names no other: that child by the name they are called.
    fn label_about(&self, id: PersonId) -> String {
        match self.about.filter(|person| person.id == id) {
            Some(person) => person.called().to_owned(),
            None if id == self.view.case.target => "another pupil".into(),
            None => self.label(id),
        }
    }

    pub(super) fn child_block(&self, person: &Person) -> ChildBlock {
        let words = |field: &str| self.answer(field);
        ChildBlock {
            name: person.name.full().to_owned(),
            known_as: person.known_as.clone(),
            born: person.born.map_or_else(String::new, Day::plain),
            age: person.age_on(self.today).map_or_else(String::new, |age| age.to_string()),
            gender: words("gender"),
            ethnicity: words("ethnicity"),
            religion: words("religion"),
            language: Some(words("language"))
                .filter(|said| !said.is_empty())
                .unwrap_or_else(|| language_of(person)),
            needs: needs(person),
            school: self.school_of(person),
            numbers: words("numbers"),
            social_care: self.social_care(),
        }
    }

    pub(super) fn school_of(&self, person: &Person) -> String {
        let class = if person.class.is_empty() { String::new() } else { format!(", class {}", person.class) };
        match person.who {
            Who::CurrentPupil => format!("{}{class}", self.school.name),
            _ => person.school.clone(),
        }
    }

    /// What is known of social care, for the case as a whole: the answers do not say for which child.
    pub(super) fn social_care(&self) -> String {
        let known = self.view.case.answers.social_care.iter().flatten().filter(|c| **c != SocialCare::None);
        let words: Vec<&str> = known.map(|c| self.session.policy().value(Fact::SocialCare, c.id())).collect();
        if words.is_empty() {
            String::new()
        } else {
            format!("For a child in this case: {}", words.join(", "))
        }
    }

    /// The occasions that a person took part in, as rows; everyone but that person under a label.
    pub(super) fn occasions_of(&self, person: &Person) -> Vec<OccasionRow> {
        let theirs = |o: &&Occasion| o.by == person.id || o.to == person.id;
        let occasions = self.view.occasions.iter().filter(theirs);
        occasions
            .zip(1..)
            .map(|(o, number)| OccasionRow {
                number,
                from: self.label_about(o.by),
                to: self.label_about(o.to),
                ..self.occasion(o, "")
            })
            .collect()
    }

    pub(super) fn occasion(&self, o: &Occasion, evidence: &str) -> OccasionRow {
        OccasionRow {
            number: 0,
            on: o.on,
            time: o.time.clone(),
            platform: self.session.policy().ages.name(&o.platform).to_owned(),
            from: self.label(o.by),
            to: self.label(o.to),
            words: if o.words.is_empty() { String::new() } else { format!("“{}”", o.words) },
            evidence: evidence.to_owned(),
            more: Vec::new(),
        }
    }
}

/// The languages of the homes, and where an interpreter is needed.
pub(super) fn language_of(person: &Person) -> String {
    let of = |home: &Household| {
        let language = home.family.language.clone();
        match (home.family.interpreter, language.is_empty()) {
            (true, true) => format!("interpreter needed for {}", home.addressees),
            (true, false) => format!("{language}, interpreter needed for {}", home.addressees),
            (false, _) => language,
        }
    };
    let mut all: Vec<String> = person.households.iter().map(of).filter(|words| !words.is_empty()).collect();
    all.dedup();
    all.join("; ")
}

pub(super) fn needs(person: &Person) -> String {
    if person.send { "Special educational needs or a disability".into() } else { String::new() }
}

pub(super) fn home_rows(person: &Person) -> Vec<HomeRow> {
    let row = |home: &Household| HomeRow {
        adults: home.addressees.clone(),
        address: home.address.join(", "),
        phone: home.phone.clone(),
    };
    person.households.iter().map(row).collect()
}
