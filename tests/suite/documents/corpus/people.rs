//! The people of the corpus, from `tests/corpus/people.json`: the format that `casebook guard` reads.

use casebook::documents::guard::{Subject, Tie};
use casebook::domain::PersonId;
use serde::Deserialize;

const PEOPLE: &str = include_str!("../../../corpus/people.json");
const SHORT: &str = include_str!("../../../corpus/short-forms.txt");

#[derive(Clone, Deserialize)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) role: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) known_as: String,
    #[serde(default)]
    pub(super) year: serde_json::Value,
    #[serde(default)]
    pub(super) class: String,
    #[serde(default)]
    pub(super) handles: Vec<String>,
    #[serde(default)]
    pub(super) phones: Vec<String>,
    #[serde(default)]
    pub(super) household: String,
    #[serde(skip)]
    number: u64,
}

pub(super) fn people() -> Vec<Person> {
    let mut people: Vec<Person> = serde_json::from_str(PEOPLE).unwrap();
    for (person, number) in people.iter_mut().zip(1..) {
        person.number = number;
    }
    people
}

impl Person {
    pub(super) fn is_child(&self) -> bool {
        ["target", "actor", "witness", "pupil", "sibling"].contains(&self.role.as_str())
    }

    pub(super) fn person_id(&self) -> PersonId {
        PersonId::new(self.number)
    }

    /// What the letter home calls the child.
    pub(super) fn called(&self) -> &str {
        if self.known_as.is_empty() { self.name.split(' ').next().unwrap() } else { &self.known_as }
    }

    pub(super) fn year(&self) -> String {
        match &self.year {
            serde_json::Value::Number(n) => n.to_string(),
            serde_json::Value::String(text) => text.clone(),
            _ => String::new(),
        }
    }

    /// What the child may also be called.
    pub(super) fn short_forms(&self) -> Vec<String> {
        let first = self.name.split(' ').next().unwrap();
        let line = SHORT.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| *name == first);
        line.map(|(_, forms)| forms.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// Whether a planted text is, but for case and dots, a name, initials or a class of this home too.
    pub(super) fn shares(&self, planted: &str, all: &[Person]) -> bool {
        let bare = |text: &str| {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
        };
        let planted = bare(planted.to_lowercase().trim_end_matches("'s").trim_end_matches("’s"));
        // One of the home's own names, misspelt.
        let near = |word: &str| {
            let same = planted.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
            same > 2 && planted.len().abs_diff(word.len()) < 2
        };
        all.iter().filter(|person| person.household == self.household).any(|person| {
            let initials: String = person.name.split(' ').filter_map(|word| word.chars().next()).collect();
            let year = person.year();
            let own = [initials, person.class.clone(), person.known_as.clone()];
            let words = person.name.split([' ', '-', '\'']).map(str::to_owned);
            own.into_iter()
                .chain(words)
                .chain(person.short_forms())
                .any(|word| !word.is_empty() && (bare(&word) == planted || near(&bare(&word))))
                || (!year.is_empty() && planted.ends_with(&year) && planted.len() < 8)
        })
    }
}

/// The people as the guard is told of them, for a letter to one child's home.
pub(super) fn subjects(all: &[Person], reader: &Person) -> Vec<Subject> {
    all.iter()
        .map(|person| {
            let adult = !person.is_child();
            let tie = if person.household.is_empty() {
                Tie::Staff
            } else if person.household == reader.household {
                Tie::Reader { adult }
            } else {
                Tie::Other
            };
            Subject {
                known_as: person.known_as.clone(),
                year: person.year(),
                class: person.class.clone(),
                handles: person.handles.clone(),
                phones: person.phones.clone(),
                child: !adult,
                ..Subject::new(person.person_id(), &person.name, tie)
            }
        })
        .collect()
}
