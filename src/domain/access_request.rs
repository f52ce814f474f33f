//! A request for a copy of everything that the school keeps about one child, and what the lead has settled on the way:
//! which words stand, which are taken out by hand, which passages are held back. What is in the copy is not kept here
//! before it is issued: it is read from the record each time.

use super::{AccessRequestId, Day, PersonId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A request, from the day on which it came in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessRequest {
    /// Its own for good.
    pub id: AccessRequestId,
    /// Its number among those of its kind in the year in which it was received; 0 where it was taken down before
    /// requests were given one.
    #[serde(default)]
    pub number: u32,
    /// The child whom it is about.
    pub subject: PersonId,
    /// The day on which it was received, in whatever form.
    pub received_on: Day,
    /// Who asks, and in which words or by which letter.
    pub asked_by: String,
    /// How it was made sure that they may ask. May be empty until the copy is issued.
    #[serde(default)]
    pub authority: String,
    /// More time, where it was taken.
    #[serde(default)]
    pub extended: Option<Extension>,
    /// What the lead has settled about single words.
    #[serde(default)]
    pub settled: Vec<Settled>,
    /// Passages that do not go with it.
    #[serde(default)]
    pub held_back: Vec<HeldBack>,
    /// Entries that the lead has read as they will go.
    #[serde(default)]
    pub read: Vec<ReadMark>,
    /// Where it stands.
    pub state: RequestState,
    /// It is no request of the family but the file for the next school.
    #[serde(default)]
    pub transfer: Option<Transfer>,
}

/// The next school of a child.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// The school.
    pub to_school: String,
    /// Its lead. May be empty.
    #[serde(default)]
    pub to_lead: String,
    /// The last day here, or the first day of the next school's term.
    pub leaves_on: Day,
    /// The day by which the file has gone.
    pub due: Day,
    /// That it arrived.
    #[serde(default)]
    pub received: Option<Received>,
}

/// That a file arrived.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// The day.
    pub on: Day,
    /// Who received it.
    pub by: String,
}

/// Two more months, taken within the first one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// The day on which whoever asks was told.
    pub told_on: Day,
    /// Why: complex, or many requests.
    pub why: String,
}

/// Some words of one passage, and what is to become of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The passage.
    pub passage: String,
    /// The byte of the passage at which the words begin.
    pub at: usize,
    /// The words.
    pub words: String,
    /// What becomes of them.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// The day.
    pub on: Day,
}

/// What becomes of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// They stay in the copy.
    Stands,
    /// They are taken out, though nothing found them.
    TakenOut,
}

/// An entry that does not go with the copy.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBack {
    /// The entry.
    pub entry: String,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// The day.
    pub on: Day,
}

/// That an entry was read, and as what: it is to be read again when it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadMark {
    /// The entry.
    pub entry: String,
    /// SHA-256 of what went by the lead's eyes, hexadecimal.
    pub sha256: String,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum RequestState {
    /// Being worked on.
    Open,
    /// The copy is made, and changes no more.
    Issued(Issued),
    /// It ended without a copy.
    Ended {
        /// The day.
        on: Day,
        /// Why.
        why: String,
    },
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The day.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// SHA-256 of the copy's PDF: the key of its bytes.
    pub copy: String,
    /// How many pages.
    pub copy_pages: u32,
    /// SHA-256 of the log's PDF.
    pub log: String,
    /// How many pages.
    pub log_pages: u32,
    /// How many places were taken out.
    pub taken_out: usize,
}

impl AccessRequest {
    /// The last day: the same day of the next month, or that month's last (UK GDPR, Article 12(3)); two months later
    /// where more time was taken. A weekend does not move it, so that it never lies too late. For the next school, the day by
    /// which its file has gone.
    pub fn due(&self) -> Day {
        if let Some(transfer) = &self.transfer {
            return transfer.due;
        }
        let months = if self.extended.is_some() { 3 } else { 1 };
        months_after(self.received_on, months)
    }

    /// Whether it still waits for its copy.
    pub fn is_open(&self) -> bool {
        self.state == RequestState::Open
    }
}

/// The same day of a later month, or that month's last.
pub(crate) fn months_after(day: Day, months: u32) -> Day {
    day.date().checked_add_months(chrono::Months::new(months)).map_or(day, Day::from)
}

impl fmt::Debug for AccessRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessRequest").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Transfer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transfer").field("due", &self.due).finish_non_exhaustive()
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received").field("on", &self.on).finish_non_exhaustive()
    }
}

impl fmt::Debug for Settled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settled")
            .field("passage", &self.passage)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for HeldBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HeldBack").field("entry", &self.entry).field("on", &self.on).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_a_calendar_month() {
        for (received, month, three) in [
            ("2026-01-19", "2026-02-19", "2026-04-19"),
            ("2026-01-31", "2026-02-28", "2026-04-30"),
            ("2026-03-31", "2026-04-30", "2026-06-30"),
            ("2028-01-30", "2028-02-29", "2028-04-30"),
            ("2026-12-05", "2027-01-05", "2027-03-05"),
        ] {
            let day = |iso: &str| Day::parse(iso).unwrap();
            let mut request = AccessRequest {
                id: AccessRequestId::new(1),
                number: 0,
                subject: PersonId::new(2),
                received_on: day(received),
                asked_by: "The mother, by email".into(),
                authority: String::new(),
                extended: None,
                settled: Vec::new(),
                held_back: Vec::new(),
                read: Vec::new(),
                state: RequestState::Open,
                transfer: None,
            };
            assert_eq!(request.due(), day(month), "{received}");
            request.extended = Some(Extension { told_on: day(received), why: "Many cases.".into() });
            assert_eq!(request.due(), day(three), "{received}");
        }
    }
}
