//! What is marked in an exported chat that is not taken in yet, so that an interruption loses nothing. Lines of a file
//! only: no words, and no names of the others in it.

use super::CaseId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What is marked in an exported chat.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatMarks {
    /// The case.
    pub case: CaseId,
    /// SHA-256 of the file, hexadecimal: marks count for this file only.
    pub sha256: String,
    /// Whose phone exported it.
    pub device: String,
    /// Who brought it.
    pub brought_by: String,
    /// The lines of the file on which the marked messages begin.
    pub lines: BTreeSet<u64>,
}

impl fmt::Debug for ChatMarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatMarks").field("lines", &self.lines.len()).finish_non_exhaustive()
    }
}
