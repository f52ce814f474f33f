//! The union of the layers' errors, and of what the use cases themselves refuse.

use crate::domain::NoRandomness;
use crate::{documents, intake, policy, store};
use std::path::PathBuf;

/// Why a use case did not happen. [`Notice`](super::Notice) turns it into what a person reads.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The case file.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// The policy pack.
    #[error(transparent)]
    Policy(#[from] policy::Error),
    /// A school's own policy pack.
    #[error(transparent)]
    Pack(#[from] super::packs::PackError),
    /// A letter or document.
    #[error(transparent)]
    Documents(#[from] documents::Error),
    /// A file from outside that is to be imported.
    #[error(transparent)]
    Intake(#[from] intake::Error),
    /// Something with a piece of evidence.
    #[error(transparent)]
    Evidence(#[from] super::Refused),
    /// The operating system gave no random numbers.
    #[error(transparent)]
    Random(#[from] NoRandomness),
    /// A case, letter or person that the case file does not have (any more).
    #[error("the record is not in the case file")]
    NotFound,
    /// A question of the wizard is not answered yet.
    #[error("the question “{question}” is not answered")]
    Unanswered {
        /// Its id.
        question: String,
    },
    /// A departure from the policy, or a gap of it, without a reason.
    #[error("a reason is missing for {code}")]
    ReasonMissing {
        /// The code of the line.
        code: String,
    },
    /// A matter about an adult who works with children, in a case file that is not the restricted register.
    #[error("this belongs in a restricted case file")]
    KeepApart,
    /// The case is closed: what is written into it now would be read by nobody.
    #[error("the case is closed")]
    CaseClosed,
    /// A letter of a closed case goes to nobody.
    #[error("the case of this letter is closed")]
    LetterOfClosed,
    /// The case is still open: a linked one follows a closed case.
    #[error("the case is still open")]
    CaseOpen,
    /// A case that may not be destroyed.
    #[error("the case is kept: {why}")]
    Kept {
        /// Why, in plain words.
        why: String,
    },
    /// A letter that names another child cannot be approved.
    #[error("the letter has {hits} places that must be changed first")]
    Guarded {
        /// How many.
        hits: usize,
    },
    /// Words that can only be changed, and not dismissed.
    #[error("the words have to be changed: {why}")]
    MustChange {
        /// Why, in plain words.
        why: &'static str,
    },
    /// A letter that waits for an action, or is blocked.
    #[error("the letter is held back: {why}")]
    HeldBack {
        /// Why, in plain words.
        why: String,
    },
    /// A letter that needs a second look, and has not had it.
    #[error("the letter needs a second approval")]
    SecondApproval {
        /// Whose and why, in plain words.
        why: String,
    },
    /// What was typed is not the passphrase of the person who is to approve.
    #[error("this is not the passphrase of the person who approves")]
    NotTheirPassphrase,
    /// An approved letter does not change.
    #[error("the letter is approved and does not change")]
    AlreadyApproved,
    /// A letter that is still a draft cannot be exported.
    #[error("the letter is not approved yet")]
    NotApproved,
    /// A field of a record is not filled as the letter needs it.
    #[error("{what}")]
    Incomplete {
        /// What is missing and where to enter it, in plain words.
        what: String,
    },
    /// The recovery sheet opened the case file, and there are several people whose passphrase could be meant.
    #[error("it is not said whose passphrase is to be set")]
    WhoseKey,
    /// A key without a name.
    #[error("the name is missing")]
    NameMissing,
    /// Somebody of this name has a key already.
    #[error("there is already a key with this name")]
    NameTaken,
    /// Nobody takes away their own key: somebody else has to be left who can.
    #[error("nobody takes away their own key")]
    OwnKey,
    /// After wrong passphrases the next one has to wait.
    #[error("the next passphrase has to wait {seconds} s")]
    TooSoon {
        /// How long still.
        seconds: u64,
    },
    /// A case file is not made or moved where it could be damaged or lost.
    #[error("the folder is not a safe place for a case file")]
    UnsafePlace(super::Risk),
    /// A file outside the case file could not be written.
    #[error("{}: {source}", path.display())]
    Export {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// Where a register's columns are not known: the cells of the line that may name them.
    pub fn unknown_columns(&self) -> Option<&intake::Cells> {
        match self {
            Self::Intake(intake::Error::NoHeader { cells }) if cells.0.len() > 1 => Some(cells),
            _ => None,
        }
    }
}
