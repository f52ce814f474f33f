//! The same pupil twice: by UPN, else by admission number, else by name and date of birth.
//!
//! Reports that have a line for each contact name a pupil several times; their contacts come together. Two pupils with
//! one number and different names are a mistake that only the school can clear up, so the second is kept out.

use super::{Pupil, check};
use crate::domain::Day;
use crate::intake::{Error, Remark, reject};
use std::collections::HashMap;

/// Pupils gathered so far, findable by each key.
#[derive(Default)]
pub(super) struct Gathered {
    people: Vec<Pupil>,
    by_upn: HashMap<String, usize>,
    by_admission_no: HashMap<String, usize>,
    by_name: HashMap<(String, Option<Day>), Vec<usize>>,
}

impl Gathered {
    /// Takes in a pupil, or what is new in one that is there already.
    pub(super) fn take(&mut self, pupil: Pupil, found: &mut Found<'_>) -> Result<(), Error> {
        match self.same(&pupil) {
            Same::Nobody => self.add(pupil),
            Same::Conflict(first, key) => {
                let line = self.people[first].line;
                let why =
                    format!("the {key} is that of line {line}, but the name or the date of birth is another");
                reject(found.rejected, Remark::new(pupil.line, why))?;
            }
            Same::Pupil(first) => {
                let (line, first_line) = (pupil.line, self.people[first].line);
                if !merge(&mut self.people[first], pupil) {
                    let why = format!("the same pupil as in line {first_line}, with nothing new; read once");
                    found.doubts.push(Remark::new(line, why));
                }
            }
        }
        Ok(())
    }

    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    pub(super) fn finish(self) -> Vec<Pupil> {
        self.people
    }

    fn add(&mut self, pupil: Pupil) {
        let at = self.people.len();
        if let Some(upn) = &pupil.upn {
            self.by_upn.insert(upn.clone(), at);
        }
        if let Some(number) = &pupil.admission_no {
            self.by_admission_no.insert(number.clone(), at);
        }
        self.by_name.entry((folded(&pupil.name), pupil.dob)).or_default().push(at);
        self.people.push(pupil);
    }

    fn same(&self, pupil: &Pupil) -> Same {
        let judge = |first: usize, key: &'static str| {
            let other = &self.people[first];
            let dob_fits = pupil.dob.zip(other.dob).is_none_or(|(a, b)| a == b);
            if dob_fits && folded(&pupil.name) == folded(&other.name) {
                Same::Pupil(first)
            } else {
                Same::Conflict(first, key)
            }
        };
        if let Some(first) = pupil.upn.as_ref().and_then(|upn| self.by_upn.get(upn)) {
            return judge(*first, "UPN");
        }
        if let Some(first) = pupil.admission_no.as_ref().and_then(|number| self.by_admission_no.get(number)) {
            return judge(*first, "admission number");
        }
        let same_name = self.by_name.get(&(folded(&pupil.name), pupil.dob));
        // Two numbers are two pupils. Without a date of birth a name is not enough: year and class must agree too.
        let fits = |first: &&usize| {
            let other = &self.people[**first];
            let apart = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
            !apart(&pupil.upn, &other.upn)
                && !apart(&pupil.admission_no, &other.admission_no)
                && (pupil.dob.is_some() || (pupil.year == other.year && pupil.class == other.class))
        };
        same_name.and_then(|all| all.iter().find(fits)).map_or(Same::Nobody, |first| Same::Pupil(*first))
    }
}

/// Where remarks go.
pub(super) struct Found<'a> {
    pub(super) rejected: &'a mut Vec<Remark>,
    pub(super) doubts: &'a mut Vec<Remark>,
}

enum Same {
    Nobody,
    Pupil(usize),
    Conflict(usize, &'static str),
}

/// Adds to a pupil what another line of the same pupil says besides. False where it says nothing new.
fn merge(into: &mut Pupil, from: Pupil) -> bool {
    let before = into.clone();
    fill(&mut into.upn, from.upn);
    fill(&mut into.admission_no, from.admission_no);
    fill(&mut into.known_as, from.known_as);
    fill(&mut into.dob, from.dob);
    fill(&mut into.year, from.year);
    fill(&mut into.class, from.class);
    fill(&mut into.sen, from.sen);
    fill(&mut into.looked_after, from.looked_after);
    fill(&mut into.left_on, from.left_on);
    for contact in from.contacts {
        let room = into.contacts.len() < usize::from(super::MOST_CONTACTS);
        if room && !into.contacts.contains(&contact) {
            into.contacts.push(contact);
        }
    }
    check::in_order(&mut into.contacts);
    *into != before
}

fn fill<T>(into: &mut Option<T>, from: Option<T>) {
    if into.is_none() {
        *into = from;
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}
