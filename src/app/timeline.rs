//! The timeline of a case: what the record holds as lines that a person reads a year later, in the order in which things
//! happened. Versions of one entry are one line, with what was changed, by whom and why beside it.
//!
//! It reads only. Nothing is left out for a reader's sake: the letters and the chronology that leave the school are
//! composed elsewhere.

mod evidence;
mod lines;
#[cfg(test)]
mod tests;

pub(super) use lines::SAID_APART;

use super::{CaseView, Error, Session};
use crate::domain::{Case, CaseId, Day, PersonId};
use crate::store::{Event, Record, Version};
use chrono::{DateTime, Local, Utc};
use std::fmt;

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// The school was told.
    Disclosure,
    /// A dated occasion.
    Occasion,
    /// A contact with a family.
    Contact,
    /// A decision was confirmed.
    Decision,
    /// An action was done, deliberately not done, or opened again.
    Action,
    /// A letter was approved or left the case file.
    Letter,
    /// A piece of evidence was added, or left the case file.
    Evidence,
    /// Somebody came into the case or is known better.
    Person,
    /// The case was closed or opened again.
    State,
}

/// A line of the timeline.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// What it tells of.
    pub about: Happening,
    /// The day on which it happened.
    pub on: Day,
    /// When it was first written down, by the PC's clock.
    pub entered: DateTime<Utc>,
    /// Who wrote it down.
    pub by: String,
    /// What happened, in a few words.
    pub title: String,
    /// What is known of it, each with what it is called.
    pub said: Vec<(&'static str, String)>,
    /// Whom it is about; nobody where it is about the case as a whole.
    pub people: Vec<PersonId>,
    /// How the entry was changed since, the first change first.
    pub changes: Vec<Change>,
    /// The journal's number of the first entry.
    pub seq: u64,
}

/// One change of an entry.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// When, by the PC's clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub by: String,
    /// Why.
    pub why: String,
    /// What stands otherwise now; nothing where the entry was taken back.
    pub fields: Vec<ChangedText>,
}

/// A text before and after a change.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangedText {
    /// What the text is called.
    pub label: &'static str,
    /// What it said before.
    pub was: String,
    /// What it says since.
    pub is: String,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").field("seq", &self.seq).field("about", &self.about).finish_non_exhaustive()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").field("at", &self.at).finish_non_exhaustive()
    }
}

impl fmt::Debug for ChangedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangedText").field("label", &self.label).finish_non_exhaustive()
    }
}

impl Happening {
    /// Every kind, in the order of a filter.
    pub const ALL: [Self; 9] = [
        Self::Disclosure,
        Self::Occasion,
        Self::Contact,
        Self::Decision,
        Self::Action,
        Self::Letter,
        Self::Evidence,
        Self::Person,
        Self::State,
    ];
}

impl Line {
    /// Whether the line stays under a filter by kind and by person. Lines about the whole case are about nobody.
    pub fn matches(&self, about: Option<Happening>, person: Option<PersonId>) -> bool {
        about.is_none_or(|about| about == self.about)
            && person.is_none_or(|person| self.people.contains(&person))
    }
}

impl Session {
    /// Everything that happened in a case, by the day on which it happened, the first first.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case; the case file cannot be read.
    pub fn timeline(&self, case: CaseId) -> Result<Vec<Line>, Error> {
        let view = self.case(case)?;
        let journal = self.journal(case)?;
        let named = |id| view.person(id).map_or_else(|| "somebody else".into(), |p| p.name.full().to_owned());
        let ground = lines::Ground { session: self, view: &view, called: &named };
        let mut lines = self.entries_on(ground, &journal)?;
        let cases = self.versions::<Case>(&journal)?;
        let closings = self.versions(&journal)?;
        lines.extend(cases.iter().flat_map(|versions| ground.case(versions, &closings)));
        let opened = cases.first().and_then(|versions| versions.first()).map_or(0, |first| first.seq);
        for person in &view.people {
            let versions = self.inner().store.history(&person.id.to_string())?;
            lines.extend(lines::Ground::person(&versions, opened));
        }
        let (actions, decisions) = (self.versions(&journal)?, self.versions(&journal)?);
        lines.extend(ground.decisions(&decisions, &actions));
        lines.extend(actions.iter().flat_map(|v| ground.action(v)));
        lines.extend(self.versions(&journal)?.iter().flat_map(|v| ground.letter(v)));
        lines.extend(self.versions(&journal)?.iter().flat_map(|v| ground.evidence(v)));
        lines.sort_by_key(|line| (line.on, line.seq));
        Ok(lines)
    }

    /// The disclosure, the occasions and the contacts with families, each with how it was changed and those taken back too.
    /// Everybody is called as a paper calls them.
    pub(super) fn entries(&self, view: &CaseView, called: Called<'_>) -> Result<Vec<Line>, Error> {
        let journal = self.journal(view.case.id)?;
        self.entries_on(lines::Ground { session: self, view, called }, &journal)
    }

    fn entries_on(&self, ground: lines::Ground<'_>, journal: &[Event]) -> Result<Vec<Line>, Error> {
        let mut lines: Vec<Line> =
            self.versions(journal)?.iter().filter_map(|v| ground.disclosure(v)).collect();
        lines.extend(self.versions(journal)?.iter().filter_map(|v| ground.occasion(v)));
        lines.extend(self.versions(journal)?.iter().filter_map(|v| ground.contact(v)));
        Ok(lines)
    }

    /// Every version of every record of a kind that the case's journal names, those taken back too.
    fn versions<T: Record>(&self, journal: &[Event]) -> Result<Vec<Vec<Version<T>>>, Error> {
        let mut ids: Vec<&str> = Vec::new();
        for event in journal.iter().filter(|event| event.kind == T::KIND) {
            if !ids.contains(&event.id.as_str()) {
                ids.push(&event.id);
            }
        }
        let inner = self.inner();
        Ok(ids.into_iter().map(|id| inner.store.history(id)).collect::<Result<_, _>>()?)
    }
}

/// What whoever reads calls a person.
pub(super) type Called<'a> = &'a dyn Fn(PersonId) -> String;

/// What a record says, each text with what it is called.
type Says = Vec<(&'static str, String)>;

/// How a record was changed from version to version. A version that says the same is no change.
fn changes<T>(versions: &[Version<T>], says: impl Fn(&T) -> Says) -> Vec<Change> {
    let change = |pair: &[Version<T>]| {
        let [before, after] = pair else { return None };
        let fields = match (&before.value, &after.value) {
            (Some(before), Some(after)) => changed(says(before), says(after)),
            _ => Vec::new(),
        };
        let taken_back = after.value.is_none();
        (taken_back || !fields.is_empty()).then(|| Change {
            at: after.at,
            by: after.actor.clone(),
            why: after.why.clone(),
            fields,
        })
    };
    versions.windows(2).filter_map(change).collect()
}

/// The texts that differ, by what they are called: what is not known is not among them.
fn changed(before: Says, mut after: Says) -> Vec<ChangedText> {
    let mut texts = Vec::new();
    for (label, was) in before {
        let at = after.iter().position(|(other, _)| *other == label);
        let is = at.map_or_else(String::new, |at| after.remove(at).1);
        texts.push(ChangedText { label, was, is });
    }
    texts.extend(after.into_iter().map(|(label, is)| ChangedText { label, was: String::new(), is }));
    texts.retain(|text| text.was != text.is);
    texts
}

/// The day of an entry on the wall of this PC's room.
pub(super) fn day_of(at: DateTime<Utc>) -> Day {
    Day::from(at.with_timezone(&Local).date_naive())
}
