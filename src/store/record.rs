//! Which domain types are kept as records, under which kind and id, and in which case.
//!
//! A kind's name is in every case file ever written: it never changes.

use crate::domain::{
    AccessRequest, ActionItem, BackupPlan, Case, CaseId, ChatMarks, Closing, Contact, DecisionRecord,
    Destruction, Draft, Evidence, ImportChoices, KeyHolder, LetterRecord, Occasion, OlderCopy, Person,
    PolicyPack, Retention, School,
};
use chrono::{DateTime, Utc};
use serde::{Serialize, de::DeserializeOwned};

/// Something that the case file keeps every version of.
pub trait Record: Serialize + DeserializeOwned {
    /// The kind's name in the file.
    const KIND: &'static str;
    /// Which one of its kind. Never a child's name.
    fn key(&self) -> String;
    /// The case that it belongs to, if to one.
    fn case(&self) -> Option<CaseId>;
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<T> {
    /// The journal's entry.
    pub seq: u64,
    /// When it was written, by the PC's clock.
    pub at: DateTime<Utc>,
    /// Who wrote it.
    pub actor: String,
    /// Why.
    pub why: String,
    /// What it said; nothing where the record was withdrawn.
    pub value: Option<T>,
}

macro_rules! record {
    ($type:ident is $kind:literal, in $case:expr) => {
        impl Record for $type {
            const KIND: &'static str = $kind;
            fn key(&self) -> String {
                self.id.to_string()
            }
            fn case(&self) -> Option<CaseId> {
                let case: fn(&Self) -> Option<CaseId> = $case;
                case(self)
            }
        }
    };
}

record!(Person is "person", in |_| None);
record!(Case is "case", in |it| Some(it.id));
record!(Occasion is "occasion", in |it| Some(it.case));
record!(Contact is "contact", in |it| Some(it.case));
record!(ActionItem is "action", in |it| Some(it.case));
record!(Closing is "closing", in |it| Some(it.case));
record!(DecisionRecord is "decision", in |it| Some(it.case));
record!(LetterRecord is "letter", in |it| Some(it.case));
record!(Evidence is "evidence", in |it| Some(it.case));
record!(Draft is "draft", in |it| Some(it.id));
record!(AccessRequest is "access_request", in |_| None);
record!(Retention is "retention", in |it| Some(it.id));
// Of no case: it is what is left of one.
record!(Destruction is "destruction", in |_| None);

/// A pack's stamp is its key: what is kept under one never changes.
impl Record for PolicyPack {
    const KIND: &'static str = "policy_pack";
    fn key(&self) -> String {
        self.stamp.clone()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// One chat a case at a time.
impl Record for ChatMarks {
    const KIND: &'static str = "chat_marks";
    fn key(&self) -> String {
        self.case.to_string()
    }
    fn case(&self) -> Option<CaseId> {
        Some(self.case)
    }
}

/// One school a case file.
impl Record for School {
    const KIND: &'static str = "school";
    fn key(&self) -> String {
        "school".to_owned()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// By name, as in the list of keys.
impl Record for KeyHolder {
    const KIND: &'static str = "key_holder";
    fn key(&self) -> String {
        self.name.clone()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// One plan a case file.
impl Record for BackupPlan {
    const KIND: &'static str = "backup_plan";
    fn key(&self) -> String {
        "backup_plan".to_owned()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// One a case file; every time is a version of it.
impl Record for OlderCopy {
    const KIND: &'static str = "older_copy";
    fn key(&self) -> String {
        "older_copy".to_owned()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}

/// One set of choices a case file.
impl Record for ImportChoices {
    const KIND: &'static str = "import_choices";
    fn key(&self) -> String {
        "columns".to_owned()
    }
    fn case(&self) -> Option<CaseId> {
        None
    }
}
