//! Files from outside, read into drafts: what an import would take, before anything is taken.

mod roll;

pub use roll::{Changed, RollChoices, RollDone, RollPlan};

use super::Error;
use crate::domain::Day;
use crate::intake::chat::{self, Chat, DateOrder};
use crate::intake::register::{self, Mapping, Options, Register};
use crate::intake::{self, LARGEST_TEXT};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Reads a register of pupils (CTF or CSV). Touches no case file.
///
/// # Errors
/// The file cannot be read, or is no register.
pub fn read_register(file: &Path, mapping: &Mapping, today: Day) -> Result<Register, Error> {
    let mut bytes = Vec::new();
    // One byte more than is read: a larger file is refused by name.
    let opened = File::open(file).map_err(intake::Error::Io)?;
    opened.take(LARGEST_TEXT + 1).read_to_end(&mut bytes).map_err(intake::Error::Io)?;
    Ok(register::read(&bytes, &Options { today, mapping })?)
}

/// Reads an exported chat, a text or the text in a zip. Touches no case file. `dates` is what a person says of the order
/// of day and month; without it the file decides.
///
/// # Errors
/// The file cannot be read, or is no exported chat.
pub fn read_chat(file: &Path, dates: Option<DateOrder>) -> Result<Chat, Error> {
    let mut opened = File::open(file).map_err(intake::Error::Io)?;
    Ok(chat::read(&mut opened, dates)?)
}
