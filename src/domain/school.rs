//! The school itself: what stands on its letters, and its calendar.

use super::{Calendar, SchoolHours};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The school's settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct School {
    /// Its name.
    pub name: String,
    /// The address, a line each.
    pub address: Vec<String>,
    /// The office's telephone number.
    pub phone: String,
    /// The office's email address.
    pub email: String,
    /// Who signs letters.
    pub signatory: Signatory,
    /// The designated safeguarding lead, where it is somebody else.
    pub lead: Signatory,
    /// Where parents find the policy, for example a page of the school's site.
    pub policy_at: String,
    /// The crest: SHA-256 of its PNG in the case file; empty: none.
    pub crest: String,
    /// The signature of who signs letters, in the same way.
    pub signature: String,
    /// School days and holidays.
    pub calendar: Calendar,
    /// When the school day begins and ends.
    pub hours: SchoolHours,
    /// The policy pack by which decisions are made, as it signs them; empty: the one that comes with Casebook.
    pub policy: String,
    /// The police summary and the final notice go out only after a second person has approved them too.
    pub two_approve: bool,
    /// A restricted register: allegations about adults who work with children, with keys of its own.
    pub restricted: bool,
}

/// A person who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Signatory {
    /// The name as it is signed: `Mrs Amy Wells`.
    pub name: String,
    /// The role: `Headteacher`.
    pub role: String,
    /// A direct number, where it is not the office's.
    pub phone: String,
}

/// What was chosen for the columns of a register's file, by the column's name; nothing where a column is left out.
/// Remembered from one import to the next. No pupil is in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportChoices {
    /// The choices.
    pub columns: BTreeMap<String, Option<String>>,
}
