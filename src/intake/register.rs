//! A register of pupils with their parents and carers: a Common Transfer File or a CSV, read by what it holds and not by
//! its file name.
//!
//! Only what a letter or a decision needs is taken; everything else is left where it is and named as dropped. Codes of
//! the CTF are passed on as they stand.

mod cells;
mod check;
mod columns;
mod csv;
mod ctf;
mod duplicates;
mod table;
#[cfg(test)]
mod tests;

pub use columns::{Column, ContactField, Field, MOST_CONTACTS, Mapping, PupilField};

use super::{Encoding, Error, LARGEST_TEXT, Remark};
use crate::domain::Day;
use serde::Serialize;
use std::fmt;

/// The most pupils that are read: ten times the largest school.
pub const MOST_PUPILS: usize = 20_000;

/// What an import of a register would take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Register {
    /// The pupils, as the file orders them.
    pub people: Vec<Pupil>,
    /// The fields that the file has and that were left out, as the file calls them.
    pub dropped: Vec<String>,
    /// What was kept out.
    pub rejected: Vec<Remark>,
    /// What was taken, and should be looked at.
    pub doubts: Vec<Remark>,
    /// What the file is.
    pub source: Source,
}

/// What the file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename_all = "lowercase")]
pub enum Source {
    /// A Common Transfer File.
    Ctf {
        /// As its header says; may be empty.
        version: String,
        /// How its letters are stored.
        encoding: Encoding,
    },
    /// A table.
    Csv {
        /// What stands between two cells.
        delimiter: char,
        /// The line that names the columns. What is rejected above it is a title, and no pupil.
        header_line: u64,
        /// How its letters are stored.
        encoding: Encoding,
        /// What each column was taken for.
        columns: Vec<Column>,
    },
}

/// A pupil as the file has them. `Debug` leaves out everything that would name a child.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Pupil {
    /// Where the pupil begins in the file.
    pub line: u64,
    /// The unique pupil number.
    pub upn: Option<String>,
    /// The school's own number.
    pub admission_no: Option<String>,
    /// Given name and family name in one, as a letter writes them.
    pub name: String,
    /// The given name.
    pub forename: String,
    /// The family name; empty where a single name is all there is.
    pub surname: String,
    /// What everyone calls the child, where it differs.
    pub known_as: Option<String>,
    /// The date of birth.
    pub dob: Option<Day>,
    /// The school year; 0 is reception.
    pub year: Option<u8>,
    /// The class.
    pub class: Option<String>,
    /// Whether there is special educational provision, where the file says.
    pub sen: Option<bool>,
    /// Whether a local authority looks after the child, where the file says.
    pub looked_after: Option<bool>,
    /// The day of leaving, where the file has one.
    pub left_on: Option<Day>,
    /// Parents and carers, those to turn to first in front.
    pub contacts: Vec<Contact>,
}

impl fmt::Debug for Pupil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pupil")
            .field("line", &self.line)
            .field("contacts", &self.contacts.len())
            .finish_non_exhaustive()
    }
}

/// A parent or carer as the file has them.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct Contact {
    /// In which order to turn to them, where the file says.
    pub order: Option<u32>,
    /// Title, given name and family name in one, or how an envelope names the home.
    pub name: String,
    /// Mr, Mrs, Dr.
    pub title: Option<String>,
    /// The given name.
    pub forename: Option<String>,
    /// The family name.
    pub surname: Option<String>,
    /// What they are to the child, in the file's word or code.
    pub relationship: Option<String>,
    /// Whether they have parental responsibility, where the file says. Never assumed.
    pub responsibility: Option<bool>,
    /// How an envelope names the home.
    pub addressee: Option<String>,
    /// How a letter begins.
    pub salutation: Option<String>,
    /// The address, a line each.
    pub address: Vec<String>,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// The email address.
    pub email: Option<String>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// What reading a register depends on besides the file.
#[derive(Debug, Clone)]
pub struct Options<'m> {
    /// The day on which it is read: nobody is born after it.
    pub today: Day,
    /// What a person chose for the columns of a CSV.
    pub mapping: &'m Mapping,
}

/// What is read, within which limits.
struct Reading<'m> {
    today: Day,
    mapping: &'m Mapping,
    limits: Limits,
}

/// How much is read: an argument below, so that tests need no file of that size.
#[derive(Clone, Copy)]
struct Limits {
    bytes: u64,
    pupils: usize,
    /// A pupil with several contacts has several lines.
    rows: usize,
}

/// Reads a register.
///
/// # Errors
/// The file as a whole is none; the error says why.
pub fn read(bytes: &[u8], options: &Options<'_>) -> Result<Register, Error> {
    let limits = Limits { bytes: LARGEST_TEXT, pupils: MOST_PUPILS, rows: MOST_PUPILS * 5 };
    read_within(bytes, &Reading { today: options.today, mapping: options.mapping, limits })
}

fn read_within(bytes: &[u8], options: &Reading<'_>) -> Result<Register, Error> {
    if bytes.len() as u64 > options.limits.bytes {
        return Err(Error::TooLarge { limit: options.limits.bytes });
    }
    let decoded = ctf::decode(bytes)?;
    if decoded.text.trim_start().starts_with('<') {
        ctf::read(&decoded, options)
    } else {
        table::read(&decoded, options)
    }
}
