//! A piece of evidence in a case: a file that is kept byte for byte, or a note of one that is deliberately not kept, and
//! what is known of it. What is in a file is nobody's business here.

use super::{CaseId, Day, EvidenceId, OccasionId};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A piece of evidence.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its own for good.
    pub id: EvidenceId,
    /// The case.
    pub case: CaseId,
    /// What it is, in a few words: for the index, and as a picture's name for somebody who does not see it.
    pub description: String,
    /// Who captured it, or who has it.
    pub captured_by: String,
    /// From which device. May be empty.
    #[serde(default)]
    pub device: String,
    /// The day on which it was captured, or told of.
    pub on: Day,
    /// The time, as the device shows it. May be empty.
    #[serde(default)]
    pub time: String,
    /// The occasion that it shows, if one.
    #[serde(default)]
    pub occasion: Option<OccasionId>,
    /// Where it is.
    pub kept: Kept,
}

impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence").field("id", &self.id).field("on", &self.on).finish_non_exhaustive()
    }
}

/// Where a piece of evidence is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Kept {
    /// In the case file, byte for byte.
    File {
        /// SHA-256, hexadecimal.
        sha256: String,
        /// In bytes.
        length: u64,
        /// How its name ends when it is written out: `png`. What the bytes say goes before what the name said.
        ending: String,
    },
    /// Not in the case file. Nobody has opened, read or copied it with Casebook.
    Elsewhere {
        /// Where it lies, in words.
        lies: String,
        /// Why it was not taken in.
        why: NotTaken,
    },
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { length, .. } => {
                f.debug_struct("File").field("length", length).finish_non_exhaustive()
            }
            Self::Elsewhere { why, .. } => {
                f.debug_struct("Elsewhere").field("why", why).finish_non_exhaustive()
            }
        }
    }
}

/// Why a file was not taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTaken {
    /// It could show a nude or semi-nude child.
    MayShowChild,
    /// The lead was not sure.
    NotSure,
    /// The case takes no files.
    CaseLocked,
}

/// The answer to “Could this picture or video show a nude or semi-nude child?”
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageGate {
    /// It could not.
    No,
    /// It could.
    Yes,
    /// Nobody is sure, and nobody looks to find out.
    NotSure,
}

impl Evidence {
    /// Whether Casebook shows it inside its window: a still picture of a kind that it can draw safely.
    pub fn can_be_shown(&self) -> bool {
        matches!(&self.kept, Kept::File { ending, .. } if ending == "png" || ending == "jpg")
    }

    /// What kind of file it is, in words; nothing for one that is not here.
    pub fn type_words(&self) -> Option<String> {
        let Kept::File { ending, .. } = &self.kept else { return None };
        Some(match ending.as_str() {
            "png" => "PNG picture".into(),
            "jpg" => "JPEG picture".into(),
            "bin" => "File of no known kind".into(),
            other => format!("{} file", other.to_uppercase()),
        })
    }
}
