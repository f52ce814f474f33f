//! Whom the short ids of a decision stand for, by name.

use crate::app::Outcome;
use crate::domain::Person;
use std::fmt;

/// Short ids and names, the targeted child's first.
pub(super) struct Names(Vec<(String, String)>);

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Names(…)")
    }
}

impl Names {
    pub(super) fn of<'p>(outcome: &Outcome, people: impl Iterator<Item = &'p Person>) -> Self {
        let people: Vec<&Person> = people.collect();
        let named = outcome.people.iter().filter_map(|(short, id)| {
            let person = people.iter().find(|person| person.id == *id)?;
            Some((short.clone(), person.name.full().to_owned()))
        });
        Self(named.collect())
    }

    /// The name behind a short id; the case as a whole where there is none.
    pub(super) fn whose(&self, short: Option<&str>) -> &str {
        let Some(short) = short else { return "The case as a whole" };
        self.0.iter().find(|(id, _)| id == short).map_or("Somebody in the case", |(_, name)| name)
    }

    /// The names behind short ids, each once, as in “Ann, Ben and Cem”; nothing where they are about the whole case.
    pub(super) fn list<'a>(&self, shorts: impl Iterator<Item = Option<&'a str>>) -> String {
        let mut names: Vec<&str> = Vec::new();
        for short in shorts.flatten() {
            let name = self.whose(Some(short));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match &names[..] {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [most @ .., last] => format!("{} and {last}", most.join(", ")),
        }
    }

    /// Those alleged, in the order of the decision.
    pub(super) fn alleged(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().filter(|(short, _)| short != "T").map(|(short, name)| (short.as_str(), name.as_str()))
    }
}
