//! An exported WhatsApp chat, as a text or as the zip that a phone makes: every message with its line, its time as the
//! phone showed it, its author and its words.
//!
//! Of a zip only the text is read. Pictures and films are never unpacked: nobody needs to look at, copy or keep them to
//! know that they were sent. An export is a text that anyone can edit, so nothing here is proof, and nothing is left
//! out: a deleted message is a message too.

mod archive;
mod header;
mod kind;
mod lines;
mod order;
#[cfg(test)]
mod tests;

pub use kind::Kind;
pub use order::{DateOrder, Decided, Order};

use super::text::{self, Decoded};
use super::{Encoding, Error, LARGEST_TEXT, Remark, fingerprint};
use chrono::NaiveDateTime;
use serde::Serialize;
use std::fmt;
use std::io::{Read, Seek, SeekFrom};

/// The most messages that are read. WhatsApp itself exports at most 40,000.
pub const MOST_MESSAGES: usize = 400_000;

/// How much is read: an argument below, so that tests need no file of that size.
#[derive(Clone, Copy)]
struct Limits {
    bytes: u64,
    messages: usize,
}

/// What an exported chat says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chat {
    /// The messages in the order of the file, which is not always the order of time.
    pub messages: Vec<Message>,
    /// What WhatsApp itself wrote: who joined, who left, that the chat is encrypted.
    pub system: Vec<SystemLine>,
    /// What was kept out.
    pub rejected: Vec<Remark>,
    /// What the file is.
    pub source: Source,
}

/// One message. `Debug` leaves out who wrote what.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The line on which it begins.
    pub line: u64,
    /// When, as the exporting phone showed it. No time zone is known.
    #[serde(serialize_with = "iso")]
    pub at: NaiveDateTime,
    /// Who, as the exporting phone named them.
    pub author: String,
    /// The words as they stand in the file.
    pub text: String,
    /// What sort of message it is.
    pub kind: Kind,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("line", &self.line).field("kind", &self.kind).finish_non_exhaustive()
    }
}

fn iso<S: serde::Serializer>(at: &NaiveDateTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&at.format("%Y-%m-%dT%H:%M:%S"))
}

/// A line that WhatsApp itself wrote. `Debug` leaves out what it says.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SystemLine {
    /// The line on which it begins.
    pub line: u64,
    /// What it says.
    pub text: String,
}

impl fmt::Debug for SystemLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SystemLine").field("line", &self.line).finish_non_exhaustive()
    }
}

/// What the file is, and how its days were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// SHA-256 of the whole file, in hexadecimal.
    pub sha256: String,
    /// The text within a zip.
    pub text_in_zip: Option<String>,
    /// How many other files of the zip were left unopened.
    pub unopened: usize,
    /// How its letters are stored.
    pub encoding: Encoding,
    /// Which number of a date is the day.
    pub dates: Order,
}

/// Something to read from that can go back to its beginning.
pub trait Seekable: Read + Seek {}
impl<T: Read + Seek> Seekable for T {}

/// Reads an exported chat. `dates` is what a person says of the dates; without it the file itself decides.
///
/// # Errors
/// The file as a whole is none; the error says why.
pub fn read(source: &mut dyn Seekable, dates: Option<DateOrder>) -> Result<Chat, Error> {
    read_within(source, dates, Limits { bytes: LARGEST_TEXT, messages: MOST_MESSAGES })
}

fn read_within(source: &mut dyn Seekable, dates: Option<DateOrder>, limits: Limits) -> Result<Chat, Error> {
    source.seek(SeekFrom::Start(0))?;
    let sha256 = fingerprint(source)?;
    source.seek(SeekFrom::Start(0))?;
    let mut first = Vec::new();
    source.take(4).read_to_end(&mut first)?;
    source.seek(SeekFrom::Start(0))?;
    let (bytes, text_in_zip, unopened) = if archive::is_zip(&first) {
        let found = archive::text(source, limits.bytes)?;
        (found.bytes, Some(found.name), found.others)
    } else {
        let mut bytes = Vec::new();
        source.take(limits.bytes + 1).read_to_end(&mut bytes)?;
        (bytes, None, 0)
    };
    if bytes.len() as u64 > limits.bytes {
        return Err(Error::TooLarge { limit: limits.bytes });
    }
    let Decoded { text, encoding, .. } =
        text::decode(&bytes, "a WhatsApp chat without media (.txt or .zip)")?;
    let read = lines::read(&text, dates, limits.messages)?;
    Ok(Chat {
        messages: read.messages,
        system: read.system,
        rejected: read.rejected,
        source: Source { sha256, text_in_zip, unopened, encoding, dates: read.order },
    })
}
