//! The second look at a paper that frightens or goes to the police: whose it was.

use super::{Day, KeyRole};
use serde::{Deserialize, Serialize};

/// A second look before a paper went out, beside that of whoever approved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    /// Who looked, by the name of their key.
    pub name: String,
    /// What they are in the school, where that is written down.
    #[serde(default)]
    pub role: Option<KeyRole>,
    /// The day.
    pub on: Day,
    /// How it was given.
    pub how: SecondHow,
}

/// How a second look was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondHow {
    /// By another person, with the passphrase of their own key.
    OwnPassphrase,
    /// By the same person, in a step of its own: there was nobody else to ask, or they are the head.
    SamePersonAgain,
}

impl Second {
    /// As the record tells it: `Mrs Amy Wells, Headteacher, with their own passphrase`.
    pub fn told(&self) -> String {
        let role = self.role.map_or_else(String::new, |role| format!(", {}", role.words()));
        let how = match self.how {
            SecondHow::OwnPassphrase => "with their own passphrase",
            SecondHow::SamePersonAgain => "the same person, in a second step",
        };
        format!("{}{role}, {how}", self.name)
    }
}
