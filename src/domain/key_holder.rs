//! Who has a key to the case file: a named person with a role in the school.

use super::vocabulary;
use super::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::fmt;

vocabulary! {
    /// What somebody with a key is in the school.
    KeyRole as "key_role" { Head = "head", Lead = "lead", Deputy = "deputy", Chair = "chair" }
}

impl KeyRole {
    /// As people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Head => "Headteacher",
            Self::Lead => "Safeguarding lead",
            Self::Deputy => "Deputy safeguarding lead",
            Self::Chair => "Chair of governors",
        }
    }
}

/// Somebody who has a key. Known by name: one name, one key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyHolder {
    /// Their name.
    pub name: String,
    /// What they are in the school.
    pub role: KeyRole,
}
