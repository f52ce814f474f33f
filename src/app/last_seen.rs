//! What this PC last saw of a case file: the end of its record, kept outside it, so that an older copy put in its place is
//! noticed. And marks that were printed, typed in to be checked.
//!
//! Never keeps anybody from the record: it tells, and somebody who knows better goes on with a reason. A PC that has not
//! seen the case file before, or has lost what it kept, notices nothing.

use super::{Error, Notice, Session};
use crate::domain::OlderCopy;
use crate::store::{Anchor, Problem, Standing, Store};
use std::path::{Path, PathBuf};

/// The code under which a missing reason is named.
const OLDER_COPY: &str = "OLDER_COPY";

/// A case file whose record is not the one, or does not go on from the one, that this PC last saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replay {
    /// The end of the record when it was last seen.
    pub seen: Anchor,
    /// The end of the record that is open.
    pub found: Anchor,
    /// Whether the record ends before what was seen; otherwise it goes as far and says something else.
    pub shorter: bool,
}

impl Replay {
    /// What the lead is told.
    pub fn warning(&self) -> Notice {
        let (seen, found) = (self.seen.seq(), self.found.seq());
        let what = if self.shorter {
            format!(
                "This is an older copy of the case file: its record ends with entry {found}, and this PC has seen entry \
                 {seen}."
            )
        } else {
            format!(
                "This copy of the case file has another history: entry {seen} is not the one that this PC has seen."
            )
        };
        Notice {
            kind: super::Kind::YourInput,
            what,
            what_to_do: "Look for the newer case file where it usually lies, or among the backups. If you mean to go on \
                         with this one, say why in Settings, Case file."
                .into(),
            detail: String::new(),
        }
    }
}

/// How the record stands to a mark that was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkStands {
    /// Every entry up to the mark's number is as it was when it was printed.
    Unchanged,
    /// The record says something else up to this number.
    Differs,
    /// The record ends before the mark's number.
    Beyond {
        /// The number of its last entry.
        last: u64,
    },
    /// An entry up to this number cannot be read, or does not hold.
    Broken,
}

/// What is kept of one case file, and how it was found.
pub(super) struct LastSeen {
    /// Nowhere in tests and in the demonstration.
    file: Option<PathBuf>,
    replay: Option<Replay>,
    noted: Option<Anchor>,
}

impl LastSeen {
    /// Compares a case file that has just been opened with what was last seen of it.
    pub(super) fn look(folder: Option<&Path>, store: &Store) -> Self {
        let file = folder.map(|folder| folder.join(store.id()));
        let mut seen = Self { file, replay: None, noted: None };
        // A record without an end is damaged, and its check says so.
        if let Ok(found) = store.head() {
            seen.replay = seen.kept().and_then(|kept| {
                let shorter = match store.standing_to(kept).ok()? {
                    Standing::Holds => return None,
                    Standing::Beyond => true,
                    Standing::Differs => false,
                };
                Some(Replay { seen: kept, found, shorter })
            });
            seen.note(found);
        }
        seen
    }

    fn kept(&self) -> Option<Anchor> {
        Anchor::parse(&std::fs::read_to_string(self.file.as_ref()?).ok()?)
    }

    /// Keeps the end of the record. Not while an older copy is open that nobody has answered for: the newer one would be
    /// forgotten. Failing to is no reason to stop anybody's work.
    pub(super) fn note(&mut self, head: Anchor) {
        let Some(file) = self.file.as_ref().filter(|_| self.replay.is_none() && self.noted != Some(head))
        else {
            return;
        };
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        if super::letters::write_over(file, format!("{head}\n").as_bytes()).is_ok() {
            self.noted = Some(head);
        }
    }
}

impl Session {
    /// Whether this is an older copy, or one with another history, that nobody has answered for.
    pub fn replay(&self) -> Option<Replay> {
        self.inner().seen.replay
    }

    /// Goes on with an older copy knowingly. The reason stands in the journal, with both marks.
    ///
    /// # Errors
    /// The reason is missing, or the case file cannot be written.
    pub fn go_on_knowingly(&self, reason: &str) -> Result<(), Error> {
        let Some(replay) = self.replay() else { return Ok(()) };
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::ReasonMissing { code: OLDER_COPY.into() });
        }
        let copy = OlderCopy { seen: replay.seen.to_string(), found: replay.found.to_string() };
        self.write(reason, |w| w.put(&copy))?;
        let mut inner = self.inner();
        inner.seen.replay = None;
        inner.note_end();
        Ok(())
    }

    /// Whether the record up to a printed mark is as it was then. Reads all of it anew from the disk.
    ///
    /// # Errors
    /// The case file cannot be read at all.
    pub fn check_mark(&self, mark: Anchor) -> Result<MarkStands, Error> {
        let report = self.verify_against(&[mark])?;
        let broken = |problem: &Problem| match problem {
            Problem::Unreadable => true,
            Problem::Chain { seq, .. } => *seq <= mark.seq(),
            _ => false,
        };
        // A record that ends too early has an entry missing only where the ones after it are there.
        let beyond = report.problems.iter().find_map(|problem| match problem {
            Problem::Beyond { last, .. } => Some(*last),
            _ => None,
        });
        Ok(if report.problems.iter().any(broken) {
            MarkStands::Broken
        } else if let Some(last) = beyond {
            MarkStands::Beyond { last }
        } else if report.problems.iter().any(|problem| matches!(problem, Problem::Anchor { .. })) {
            MarkStands::Differs
        } else {
            MarkStands::Unchanged
        })
    }
}

#[cfg(test)]
mod tests;
