//! The pack's files as they are written: a serde mirror that refuses keys it does not know. Nothing here is checked yet.

use crate::domain::Day;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meta {
    pub id: String,
    pub version: u32,
    pub title: String,
    pub approved: Day,
    pub review_due: Day,
    pub age_figures_good_for_months: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Clause {
    #[serde(default)]
    pub kind: super::ClauseKind,
    pub section: String,
    pub quote: String,
    pub checked: Option<String>,
    pub confidence: Option<String>,
    #[serde(default)]
    pub note: String,
    #[serde(default = "yes")]
    pub printed: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outputs {
    pub duty: BTreeMap<String, Output>,
    pub option: BTreeMap<String, Output>,
    pub gate: BTreeMap<String, Output>,
    pub letter: BTreeMap<String, Output>,
    pub document: BTreeMap<String, Output>,
    pub action: BTreeMap<String, Output>,
}

/// One table for every kind of code; `check` refuses a key that does not belong to the kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Output {
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub outranks: Vec<String>,
    #[serde(default, rename = "for")]
    pub about: OneOrMany,
    pub locked_until: Option<String>,
    pub due: Option<String>,
    pub lead: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Default for OneOrMany {
    fn default() -> Self {
        Self::Many(Vec::new())
    }
}

impl OneOrMany {
    pub(super) fn iter(&self) -> std::slice::Iter<'_, String> {
        match self {
            Self::One(one) => std::slice::from_ref(one).iter(),
            Self::Many(many) => many.iter(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Questions {
    pub question: Vec<Question>,
    pub fact: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    pub id: String,
    pub kind: super::QuestionKind,
    #[serde(default)]
    pub always: bool,
    pub text: String,
    pub hint: String,
    pub cite: Vec<String>,
    #[serde(default)]
    pub opens: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rules {
    pub rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(clippy::struct_excessive_bools, reason = "a mirror of the file")]
pub(super) struct Rule {
    pub id: String,
    pub when: Vec<OneOrMany>,
    pub each: Option<String>,
    pub route: Option<String>,
    #[serde(default)]
    pub duty: Vec<String>,
    #[serde(default)]
    pub options: Vec<String>,
    #[serde(default)]
    pub gates: Vec<String>,
    #[serde(default)]
    pub letters: Vec<String>,
    #[serde(default)]
    pub documents: Vec<String>,
    #[serde(default)]
    pub actions: Vec<String>,
    #[serde(default)]
    pub forbids: Vec<String>,
    #[serde(default)]
    pub blocks: Vec<String>,
    #[serde(default)]
    pub locks: Vec<String>,
    pub suggest: Option<String>,
    pub lead: Option<String>,
    #[serde(default)]
    pub overrides_lead: bool,
    pub first_screen: Option<String>,
    #[serde(default)]
    pub separate_file: bool,
    #[serde(default)]
    pub pauses: bool,
    #[serde(default)]
    pub quiet: bool,
    pub because: String,
    pub need_not: Option<String>,
    pub cite: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ages {
    pub row: Vec<AgeRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgeRow {
    pub platform: String,
    pub name: String,
    pub account: String,
    pub min_age: Option<u8>,
    pub from: Option<Day>,
    pub to: Option<Day>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub source: String,
    pub checked: String,
    pub confidence: String,
}
