//! That somebody went on, knowingly, with a case file that is not the one last open on their PC. Why is in the journal.

use serde::{Deserialize, Serialize};

/// What was found where something else was expected. Marks of the record only, as documents print them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OlderCopy {
    /// The end of the record when this PC last saw it.
    pub seen: String,
    /// The end of the record that was opened instead.
    pub found: String,
}
