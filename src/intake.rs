//! What comes in from outside: a register of pupils (CTF, CSV) and an exported chat (WhatsApp), read into typed drafts.
//!
//! Bytes in, drafts out. No file is opened here, nothing is written and nothing is asked of a clock. Whatever cannot be
//! taken is named with its line and the reason, and a reason never quotes what a cell or a message says. Any bytes at
//! all give a result or an [`Error`], within the limits below.

pub mod chat;
mod error;
pub mod register;
mod text;

pub use error::{Cells, Error};
pub use text::Encoding;

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::io::{self, Read};

/// The largest text that is read, in bytes: far above a school of 2,000 or a chat of ten years.
pub const LARGEST_TEXT: u64 = 48 * 1024 * 1024;

/// How many rejected lines are listed before the whole file is taken to be something else.
pub const MOST_REJECTED: usize = 10_000;

/// A line that was kept out, or that was taken with a doubt, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// The line in the file, from 1. In a CTF the line on which the pupil begins.
    pub line: u64,
    /// What is wrong with it. Names the field; never quotes a child's data.
    pub why: String,
}

impl Remark {
    fn new(line: u64, why: impl Into<String>) -> Self {
        Self { line, why: why.into() }
    }
}

/// Keeps the list of rejected lines from growing without end.
fn reject(rejected: &mut Vec<Remark>, remark: Remark) -> Result<(), Error> {
    if rejected.len() >= MOST_REJECTED {
        return Err(Error::TooManyRejected { limit: MOST_REJECTED });
    }
    rejected.push(remark);
    Ok(())
}

/// SHA-256 of everything that a source gives, in hexadecimal.
///
/// # Errors
/// The source cannot be read.
pub fn fingerprint(source: &mut dyn Read) -> io::Result<String> {
    let mut hasher = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match source.read(&mut part) {
            Ok(0) => break,
            Ok(n) => hasher.update(&part[..n]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let digits = hasher.finalize().iter().fold(String::with_capacity(64), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    });
    Ok(digits)
}
