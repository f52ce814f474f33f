//! Papers that no policy names, because the law on personal data asks for them and not the policy: a child's copy, the
//! log of what was taken out of it, and that a case was destroyed.

use super::fields::Sender;
use crate::domain::Day;
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// Their wording, by name.
pub(super) const BUILT_IN: [(&str, &str); 5] = [
    ("OWN_COPY", include_str!("../../../assets/letters/OWN_COPY.txt")),
    ("OWN_COPY_LOG", include_str!("../../../assets/letters/OWN_COPY_LOG.txt")),
    ("OWN_DESTROYED", include_str!("../../../assets/letters/OWN_DESTROYED.txt")),
    ("OWN_TRANSFER", include_str!("../../../assets/letters/OWN_TRANSFER.txt")),
    ("OWN_RECEIPT", include_str!("../../../assets/letters/OWN_RECEIPT.txt")),
];

/// One of them, with its fields.
pub enum Own {
    /// A child's copy.
    Copy(Box<CopyFields>),
    /// The log of what was taken out of it.
    Log(Box<LogFields>),
    /// That a case was destroyed.
    Certificate(Box<CertificateFields>),
    /// A child's file for its next school.
    Transfer(Box<TransferPackFields>),
    /// The slip that comes back.
    Receipt(Box<ReceiptFields>),
}

impl Own {
    /// Its title. Names no child.
    pub fn title(&self) -> &'static str {
        match self {
            Self::Copy(_) => "Copy of the records about a child",
            Self::Log(_) => "Log of what was taken out of a copy",
            Self::Certificate(_) => "Certificate of destruction",
            Self::Transfer(_) => "File for the next school",
            Self::Receipt(_) => "Receipt for a file",
        }
    }

    pub(super) fn template(&self) -> &'static str {
        match self {
            Self::Copy(_) => "OWN_COPY",
            Self::Log(_) => "OWN_COPY_LOG",
            Self::Certificate(_) => "OWN_DESTROYED",
            Self::Transfer(_) => "OWN_TRANSFER",
            Self::Receipt(_) => "OWN_RECEIPT",
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Self::Copy(fields) => Value::from(Serde(fields)),
            Self::Log(fields) => Value::from(Serde(fields)),
            Self::Certificate(fields) => Value::from(Serde(fields)),
            Self::Transfer(fields) => Value::from(Serde(fields)),
            Self::Receipt(fields) => Value::from(Serde(fields)),
        }
    }
}

/// A child's copy.
#[derive(Clone, Serialize)]
pub struct CopyFields {
    /// The child's whole name.
    pub child: String,
    /// When the request was received.
    pub received_on: Day,
    /// How many other children the marks stand for.
    pub children: usize,
    /// Everything, by case.
    pub groups: Vec<CopyGroup>,
    /// The evidence that is named in it.
    pub evidence: Vec<CopyEvidence>,
    /// Why entries were held back, each reason once.
    pub held_back: Vec<String>,
    /// How many entries were.
    pub held_back_count: usize,
    /// Who signs.
    pub sender: Sender,
}

/// A piece of evidence, named and not shown.
#[derive(Clone, Serialize)]
pub struct CopyEvidence {
    /// The case, its number there, and what it is.
    pub what: String,
    /// The day on which it was captured, or told of.
    pub on: Day,
    /// The time, as the device shows it. May be blank.
    pub time: String,
    /// Who captured it, or has it.
    pub by: String,
    /// Where it is.
    pub lies: String,
    /// Of a file that is kept. May be blank.
    pub sha256: String,
}

/// What one case says, or the register.
#[derive(Clone, Serialize)]
pub struct CopyGroup {
    /// What it is called.
    pub title: String,
    /// Its entries.
    pub entries: Vec<CopyEntry>,
}

/// One entry.
#[derive(Clone, Serialize)]
pub struct CopyEntry {
    /// The day and what happened.
    pub title: String,
    /// Its texts.
    pub texts: Vec<CopyText>,
    /// When it was written down. May be blank.
    pub written: String,
}

/// A text of an entry.
#[derive(Clone, Serialize)]
pub struct CopyText {
    /// What it is called.
    pub label: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// The log of what was taken out.
#[derive(Clone, Serialize)]
pub struct LogFields {
    /// What the request is called.
    pub number: String,
    /// The child's whole name.
    pub child: String,
    /// When the request was received.
    pub received_on: Day,
    /// Who asks.
    pub asked_by: String,
    /// How it was made sure that they may.
    pub authority: String,
    /// Why it took longer. May be blank.
    pub extended: String,
    /// Who read every entry.
    pub read_by: String,
    /// What each child is called, and who that is.
    pub key: Vec<LogKey>,
    /// How many places of each kind.
    pub counts: Vec<LogCount>,
    /// Every place that was taken out.
    pub taken_out: Vec<LogRow>,
    /// Every place that was found and stands.
    pub stands: Vec<LogRow>,
    /// Every entry that was held back.
    pub held_back: Vec<LogRow>,
    /// Who signs.
    pub sender: Sender,
}

/// What a child is called in a copy.
#[derive(Clone, Serialize)]
pub struct LogKey {
    /// `P1`.
    pub label: String,
    /// Who.
    pub name: String,
}

/// How many places of one kind.
#[derive(Clone, Serialize)]
pub struct LogCount {
    /// The kind.
    pub what: String,
    /// How many.
    pub count: usize,
}

/// A line of the log.
#[derive(Clone, Serialize)]
pub struct LogRow {
    /// Its number in its table.
    pub number: usize,
    /// Case and day.
    pub entry: String,
    /// Which text of it.
    pub text: String,
    /// The words.
    pub words: String,
    /// What stands in their place. May be blank.
    pub mark: String,
    /// What they are, or why.
    pub why: String,
}

/// That a case was destroyed. Names nobody but who did it.
#[derive(Clone, Serialize)]
pub struct CertificateFields {
    /// The case's reference. May be blank.
    pub reference: String,
    /// The day.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Under which class.
    pub class: String,
    /// When it was due for review.
    pub review_on: Option<Day>,
    /// Why.
    pub reason: String,
    /// How many texts.
    pub texts: u64,
    /// How many files.
    pub files: usize,
    /// The journal's entries whose texts are gone.
    pub entries: String,
    /// The record's mark afterwards.
    pub mark: String,
    /// Who signs.
    pub sender: Sender,
}

/// A child's file for its next school.
#[derive(Clone, Serialize)]
pub struct TransferPackFields {
    /// The child's whole name.
    pub child: String,
    /// The date of birth, in words. May be blank.
    pub born: String,
    /// The unique pupil number. May be blank.
    pub upn: String,
    /// The next school.
    pub to_school: String,
    /// Its lead. May be blank.
    pub to_lead: String,
    /// The day.
    pub made_on: Day,
    /// How many entries are in it.
    pub entries: usize,
    /// How many other children the marks stand for.
    pub children: usize,
    /// Everything, by case.
    pub groups: Vec<CopyGroup>,
    /// The evidence that is named in it.
    pub evidence: Vec<CopyEvidence>,
    /// Why entries were held back, each reason once.
    pub held_back: Vec<String>,
    /// How many entries were.
    pub held_back_count: usize,
    /// Who signs.
    pub sender: Sender,
}

/// The slip that comes back. Names no child.
#[derive(Clone, Serialize)]
pub struct ReceiptFields {
    /// What the file is called.
    pub number: String,
    /// The next school.
    pub to_school: String,
    /// The day.
    pub sent_on: Day,
    /// By when the slip should be back.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}
