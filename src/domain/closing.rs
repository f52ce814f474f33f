//! How a case was closed: five parts in the lead's words, and what the case came to. A case that is opened again and closed
//! once more has two of them.

use super::{CaseId, ClosingId, Day};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a case came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameTo {
    /// It happened, and it has stopped.
    Stopped,
    /// Another school, the police or another agency leads now.
    PassedOn,
    /// It could not be shown that it happened.
    NotShown,
    /// It was reported by mistake.
    Mistaken,
}

impl CameTo {
    /// All of them, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Stopped, Self::PassedOn, Self::NotShown, Self::Mistaken];

    /// In plain words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Stopped => "It happened, and it has stopped",
            Self::PassedOn => "Another school, the police or another agency leads now",
            Self::NotShown => "It could not be shown that it happened",
            Self::Mistaken => "It was reported by mistake",
        }
    }

    /// Whether a later case may count this one. What was not shown to have happened is held against nobody.
    pub fn counts_later(self) -> bool {
        match self {
            Self::Stopped | Self::PassedOn => true,
            Self::NotShown | Self::Mistaken => false,
        }
    }
}

/// The five parts of a closing.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FiveParts {
    /// What happened.
    pub summary: String,
    /// How the children and their families were followed up.
    pub follow_up: String,
    /// What the school did.
    pub action: String,
    /// What was decided and why.
    pub decision: String,
    /// What came of it.
    pub outcome: String,
}

impl FiveParts {
    /// Each part with what it is called.
    pub fn each(&self) -> [(&'static str, &str); 5] {
        [
            ("Summary", &self.summary),
            ("Follow-up", &self.follow_up),
            ("Action", &self.action),
            ("Decision", &self.decision),
            ("Outcome", &self.outcome),
        ]
    }
}

/// A closing as the case keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// Its own for good.
    pub id: ClosingId,
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// Who closed it.
    pub by: String,
    /// What the case came to.
    pub came_to: CameTo,
    /// In the lead's words.
    pub parts: FiveParts,
}

impl fmt::Debug for FiveParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FiveParts(..)")
    }
}

impl fmt::Debug for Closing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closing").field("id", &self.id).field("on", &self.on).finish_non_exhaustive()
    }
}
