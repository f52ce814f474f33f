//! A policy pack as the case file keeps it: the text of its files, so that a decision can be read years later in the words
//! it was made by.

use super::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The text of one version of a policy pack. What it means is the policy's to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyPack {
    /// How it signs a decision: `ravenscote-2025-26 version 1`.
    pub stamp: String,
    /// Each file's text by its name.
    pub files: BTreeMap<String, String>,
    /// The day on which the case file got it.
    pub kept_on: Day,
}
