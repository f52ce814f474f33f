//! Everything that the guard knows of the people, indexed so that a word of the text costs a look-up.

use super::classes::Classes;
use super::contacts::Contacts;
use super::english;
use super::fold;
use super::forms::Forms;
use super::near::Near;
use super::page::titles;
use super::sense::Part;
use super::{Subject, Tie};
use crate::domain::PersonId;
use std::collections::{BTreeMap, BTreeSet};

/// One way in which a person may be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) person: PersonId,
    pub(super) part: Part,
}

/// All that is known of the people.
#[derive(Default)]
pub(super) struct Known {
    /// Single words: whose name they are part of.
    pub(super) parts: BTreeMap<String, Vec<Way>>,
    /// The same for scripts that put no spaces between words.
    pub(super) unspaced: Vec<(Vec<char>, Way)>,
    /// Names of several words, by the first.
    pub(super) wholes: BTreeMap<String, Vec<(Vec<String>, PersonId)>>,
    /// Names that the reading home shares, with the first letter of what follows them.
    pub(super) lettered: Vec<(String, String, PersonId)>,
    pub(super) near: Near,
    pub(super) initials: BTreeMap<String, Vec<PersonId>>,
    /// Those of which some may be small letters.
    pub(super) small_initials: BTreeSet<String>,
    pub(super) contacts: Contacts,
    pub(super) classes: Classes,
    /// What the children of the home that reads are called.
    pub(super) own: BTreeSet<String>,
    /// What they may be called for short.
    own_short: BTreeSet<String>,
    /// What its adults are called.
    pub(super) own_adults: BTreeSet<String>,
    /// The last names of that home.
    pub(super) own_families: BTreeSet<String>,
    /// Words of adults' names: never a misspelling of a child's.
    pub(super) spelt: BTreeSet<String>,
    /// Names that may stand, by their first word.
    pub(super) allowed: BTreeMap<String, Vec<Vec<String>>>,
}

impl Known {
    pub(super) fn of(people: &[Subject], allowed: &[String]) -> Self {
        let mut known = Self::default();
        let forms: Vec<Forms> = people
            .iter()
            .map(|person| Forms::of(&person.name, &person.known_as, person.tie != Tie::Roll))
            .collect();
        for name in allowed {
            known.allow(&Forms::of(name, "", false), name);
        }
        for (person, forms) in people.iter().zip(&forms) {
            match person.tie {
                Tie::Reader { adult } => known.learn_own(person, forms, adult),
                Tie::Staff => {
                    known.allow(forms, &person.name);
                    known.contacts.learn_own(person);
                }
                Tie::Other | Tie::Roll => {}
            }
        }
        let mut carried: BTreeMap<&str, usize> = BTreeMap::new();
        for (key, _) in forms.iter().flat_map(|forms| &forms.parts).filter(|(_, part)| *part != Part::Short) {
            *carried.entry(key).or_default() += 1;
        }
        for (person, forms) in people.iter().zip(&forms) {
            match person.tie {
                Tie::Other => known.learn_other(person, forms),
                Tie::Roll => known.learn_roll(person, forms, &carried),
                Tie::Reader { .. } | Tie::Staff => {}
            }
        }
        known.classes = Classes::of(people);
        known
    }

    /// A name of an adult that may stand: whole, and each title with the last name.
    fn allow(&mut self, forms: &Forms, name: &str) {
        let written: Vec<String> =
            name.split_whitespace().map(fold::key).filter(|key| !key.is_empty()).collect();
        self.spelt.extend(written.iter().cloned());
        self.spelt
            .extend(forms.parts.iter().filter(|(_, part)| *part != Part::Short).map(|(key, _)| key.clone()));
        let mut ways = forms.wholes.clone();
        let family =
            forms.wholes.first().and(written.last()).or(written.last().filter(|_| written.len() > 1));
        if let Some(last) = family {
            ways.extend(titles().map(|title| vec![title.to_owned(), last.clone()]));
        }
        // A single word is only a school's or a firm's name, never an adult's first name.
        if written.len() > 1 {
            ways.push(written);
        }
        for way in ways {
            if let Some(first) = way.first() {
                self.allowed.entry(first.clone()).or_default().push(way);
            }
        }
    }

    fn learn_own(&mut self, person: &Subject, forms: &Forms, adult: bool) {
        self.allow(forms, &person.name);
        self.contacts.learn_own(person);
        for (key, part) in &forms.parts {
            match part {
                Part::Short if adult => {}
                Part::Short => {
                    self.own_short.insert(key.clone());
                }
                Part::Family => {
                    self.own_families.insert(key.clone());
                    self.own.insert(key.clone());
                }
                _ if adult => {
                    self.own_adults.insert(key.clone());
                }
                _ => {
                    self.own.insert(key.clone());
                }
            }
        }
        if !adult {
            self.own.extend(forms.initials.iter().cloned());
        }
    }

    fn learn_other(&mut self, person: &Subject, forms: &Forms) {
        for (key, part) in &forms.parts {
            if self.own.contains(key) {
                let theirs = *part != Part::Family && !self.own_families.contains(&forms.last_initial);
                if theirs && *part != Part::Short && !forms.last_initial.is_empty() {
                    self.lettered.push((key.clone(), forms.last_initial.clone(), person.id));
                }
                continue;
            }
            // What the home may call its own child by is not another's for being short for theirs.
            let taken =
                [&self.own_short, &self.own_adults, &self.spelt].iter().any(|names| names.contains(key));
            if *part == Part::Short && taken {
                continue;
            }
            self.add(key, Way { person: person.id, part: *part });
            if matches!(part, Part::Given | Part::Family | Part::Nick) {
                self.near.learn(key);
            }
        }
        self.learn_wholes(person.id, forms);
        for initials in forms.initials.iter().filter(|initials| !self.own.contains(*initials)) {
            self.initials.entry(initials.clone()).or_default().push(person.id);
            if forms.small_initials {
                self.small_initials.insert(initials.clone());
            }
        }
        self.contacts.learn(person);
    }

    /// A pupil who has nothing to do with the case: the whole name, and a part that nobody else has.
    fn learn_roll(&mut self, person: &Subject, forms: &Forms, carried: &BTreeMap<&str, usize>) {
        for (key, part) in &forms.parts {
            let rare = carried.get(key.as_str()) == Some(&1)
                && key.chars().count() > 3
                && !english::is_word(key)
                && !self.spelt.contains(key);
            let whole = *part == Part::Whole;
            if (whole || (rare && matches!(part, Part::Given | Part::Family))) && !self.own.contains(key) {
                self.add(key, Way { person: person.id, part: *part });
            }
        }
        self.learn_wholes(person.id, forms);
        self.contacts.learn(person);
    }

    fn add(&mut self, key: &str, way: Way) {
        let unspaced = |c: char| matches!(u32::from(c), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1100..=0x11FF | 0x1780..=0x17FF | 0x3040..=0x9FFF | 0x20000..=0x3FFFF);
        if key.chars().count() > 1 && key.chars().all(unspaced) {
            self.unspaced.push((key.chars().collect(), way));
            return;
        }
        let ways = self.parts.entry(key.to_owned()).or_default();
        if !ways.iter().any(|known| known.person == way.person) {
            ways.push(way);
        }
    }

    fn learn_wholes(&mut self, person: PersonId, forms: &Forms) {
        for whole in forms.wholes.iter().filter(|whole| whole.len() > 1) {
            let taken = whole
                .first()
                .and_then(|first| self.allowed.get(first))
                .is_some_and(|ways| ways.contains(whole));
            if let Some(first) = whole.first().filter(|_| !taken) {
                self.wholes.entry(first.clone()).or_default().push((whole.clone(), person));
            }
        }
    }
}
