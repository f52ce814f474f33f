//! What else is known of an occasion: from which account, on whose device, who could see it, where, linked to what, and
//! out of which exported chat. All of it may stay empty; nothing here says what it means.

use super::{Day, Prejudice, Setting};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// What else is known of an occasion. Cases that were kept before this was asked have none of it.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Circumstances {
    /// Whose device showed the time. May be empty.
    pub device: String,
    /// The account that it came from, as it was then known.
    pub account: Option<SentFrom>,
    /// Who could see it.
    pub reach: Option<Reach>,
    /// How many could see it, where that is known.
    pub seen_by: Option<u32>,
    /// Where and when.
    pub setting: BTreeSet<Setting>,
    /// What somebody sees it linked to.
    pub prejudice: BTreeSet<Prejudice>,
    /// Who sees that link. The child's view counts, and so does anyone else's.
    pub perceived_by: String,
    /// The exported chat that it was taken from.
    pub export: Option<ChatExport>,
}

impl Circumstances {
    /// Whether nothing of it is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl fmt::Debug for Circumstances {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Circumstances").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// An account, as it was known on the occasion.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFrom {
    /// What it called itself, or its number.
    pub handle: String,
    /// The day on which it was identified as the sender of the occasion; nothing while nobody knows.
    #[serde(default)]
    pub identified_on: Option<Day>,
}

impl fmt::Debug for SentFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SentFrom").field("identified_on", &self.identified_on).finish_non_exhaustive()
    }
}

/// Who could see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Only the two of them.
    Private,
    /// The members of a group.
    Group,
    /// Anyone.
    Public,
}

/// The exported chat that an occasion was taken from. The chat itself is not kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatExport {
    /// SHA-256 of the whole file, hexadecimal. It says which file it was, and nothing of whether the file is true.
    pub sha256: String,
    /// The lines of the file on which the messages begin.
    pub lines: Vec<u64>,
    /// Who brought the file.
    pub brought_by: String,
    /// The day on which it was read.
    pub read_on: Day,
}

impl ChatExport {
    /// How many messages the occasion is made of.
    pub fn messages(&self) -> usize {
        self.lines.len()
    }
}

impl fmt::Debug for ChatExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatExport").field("messages", &self.lines.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Occasion;

    #[test]
    fn an_occasion_from_before_has_none_of_it() {
        let kept = r#"{"id":"0000000000000001","case":"0000000000000002","on":"2026-01-17","by":"0000000000000003",
            "to":"0000000000000004","platform":"whatsapp"}"#;
        let occasion: Occasion = serde_json::from_str(kept).unwrap();
        assert!(occasion.more.is_empty());
        assert!(!serde_json::to_string(&occasion).unwrap().contains("more"), "and is written as before");
    }

    #[test]
    fn debug_says_nothing_of_a_child() {
        let more = Circumstances {
            device: "Planted".into(),
            account: Some(SentFrom { handle: "Planted".into(), identified_on: None }),
            perceived_by: "Planted".into(),
            export: Some(ChatExport {
                sha256: "Planted".into(),
                lines: vec![1],
                brought_by: "Planted".into(),
                read_on: Day::new(2026, 1, 19).unwrap(),
            }),
            ..Circumstances::default()
        };
        assert!(!format!("{more:?} {:?} {:?}", more.account, more.export).contains("Planted"));
    }
}
