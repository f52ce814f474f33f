//! What can go wrong with a case file, each kind by its own name.
//!
//! No text here holds a name, an answer, a passphrase or SQL: database errors are reduced to their number, because
//! their texts quote what was written.

use super::connection::FIRST_PAGE;
use crate::domain::NoRandomness;
use rusqlite::{ErrorCode, ffi};
use std::io;

/// Why the case file did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The keys are healthy and none of them opens with this passphrase.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// The recovery words do not open this file.
    #[error("the recovery words do not open this case file: {fault}")]
    WrongWords {
        /// What is the matter with them.
        fault: WordsFault,
    },
    /// Both copies of the keys file are gone; the recovery words still open the case file.
    #[error("both copies of the keys file are missing")]
    KeysMissing,
    /// Neither copy of the keys file is whole; the recovery words still open the case file.
    #[error("both copies of the keys file are damaged")]
    KeysDamaged,
    /// The keys file was written by a newer Casebook.
    #[error("the keys file is of version {found}, which this Casebook does not know")]
    KeysTooNew {
        /// Its version.
        found: u32,
    },
    /// There is no case file at this place.
    #[error("there is no case file here")]
    Missing,
    /// Something else is at this place.
    #[error("this is not a case file, or it is not the one that the keys belong to")]
    NotACaseFile,
    /// The case file's bytes are not as they were written.
    #[error("the case file is damaged: {what}")]
    Damaged {
        /// Which part.
        what: &'static str,
    },
    /// Another program or another computer has it open.
    #[error("the case file is open elsewhere")]
    InUse,
    /// The folder or the file cannot be written. Reading still works.
    #[error("the case file cannot be written here")]
    ReadOnly,
    /// No room left.
    #[error("the disk is full")]
    DiskFull,
    /// The computer cannot spare the memory.
    #[error("there is not enough memory")]
    NoMemory,
    /// The case file was written by a newer Casebook.
    #[error("the case file is of version {found}; this Casebook knows versions up to {known}")]
    TooNew {
        /// Its version.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// Something is already at the place where a case file was to be made.
    #[error("there is already something at this place")]
    AlreadyThere,
    /// The operating system refused.
    #[error("{doing} failed")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The journal's chain does not hold: the record was changed from outside.
    #[error("entry {seq} of the journal does not hold: {what}")]
    ChainBroken {
        /// The entry.
        seq: u64,
        /// What does not hold.
        what: &'static str,
    },
    /// The operating system gave no random numbers.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// There is no such record to withdraw.
    #[error("there is no {kind} of this id")]
    NoSuchRecord {
        /// The kind of record.
        kind: &'static str,
    },
    /// A record cannot be read as what it should be, although nobody changed it.
    #[error("the {kind} written in entry {seq} cannot be read")]
    Unreadable {
        /// The kind of record.
        kind: &'static str,
        /// The entry; 0 for a record that could not be written.
        seq: u64,
    },
    /// The cost asked for a new passphrase is outside what is safe and possible.
    #[error("the cost of the passphrase is out of range")]
    CostOutOfRange,
    /// A file that is no backup.
    #[error("this is not a backup of a case file")]
    NotABackup,
    /// A backup whose bytes are not as they were written.
    #[error("the backup is damaged")]
    BackupDamaged,
    /// A backup of another case file than the one whose place it was to take.
    #[error("the backup belongs to another case file")]
    BackupOfAnother,
    /// A backup that could be put back, under a key that is no longer in force.
    #[error("the backup is under an older key")]
    OlderKey,
    /// What was copied is not sound, so it is no backup.
    #[error("the copy is not sound")]
    BackupUnsound,
    /// Something was written between the copy and the end of a move.
    #[error("something was written while the case file was copied")]
    ChangedMeanwhile,
    /// Taking this away would leave nobody who can open the case file with a passphrase.
    #[error("nobody would be left who can open the case file with a passphrase")]
    NobodyLeft,
    /// There is no such person among the keys.
    #[error("there is no such person among the keys")]
    NoSuchPerson,
    /// The database refused for a reason that only a mistake in this program can have.
    #[error("the database refused (code {code})")]
    Internal {
        /// SQLite's extended result code.
        code: i32,
    },
}

/// What is the matter with typed recovery words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsFault {
    /// Not 24 of them.
    #[error("there are {found} words, not 24")]
    Count {
        /// How many there are.
        found: usize,
    },
    /// A word that is not on the list.
    #[error("word {position} is not on the list")]
    UnknownWord {
        /// Which, counted from 1.
        position: usize,
    },
    /// All on the list, and yet not as they were printed.
    #[error("they are not as they were printed: a word is wrong or out of its place")]
    Checksum,
    /// Right in themselves, of another case file.
    #[error("they belong to another case file")]
    AnotherFile,
    /// Right in themselves; with both keys files gone nobody can tell which it is.
    #[error("they belong to another case file, or the case file is damaged")]
    AnotherFileOrDamaged,
}

impl From<WordsFault> for Error {
    fn from(fault: WordsFault) -> Self {
        Self::WrongWords { fault }
    }
}

impl Error {
    /// Names what the operating system said.
    pub(super) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::OutOfMemory => Self::NoMemory,
            _ => Self::Io { doing, source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _)
            | rusqlite::Error::SqlInputError { error: failure, .. } => of_database(failure),
            // A value of a type that its column cannot have: STRICT tables rule it out in a sound file.
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::QueryReturnedNoRows => Self::Damaged { what: "a value is not of its kind" },
            _ => Self::Internal { code: ffi::SQLITE_MISUSE },
        }
    }
}

fn of_database(failure: ffi::Error) -> Error {
    let code = failure.extended_code;
    match failure.code {
        ErrorCode::NotADatabase => Error::Damaged { what: FIRST_PAGE },
        ErrorCode::DatabaseCorrupt => Error::Damaged { what: "a page" },
        // SQLCipher reports a page that does not authenticate as a plain error in places.
        ErrorCode::Unknown => Error::Damaged { what: "a page does not authenticate" },
        ErrorCode::SystemIoFailure if code == ffi::SQLITE_IOERR_SHORT_READ => {
            Error::Damaged { what: "it is shorter than it should be" }
        }
        ErrorCode::SystemIoFailure if code == ffi::SQLITE_IOERR_NOMEM => Error::NoMemory,
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen => Error::Io {
            doing: "reading or writing the case file",
            source: io::Error::other(format!("SQLite code {code}")),
        },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            Error::InUse
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Error::ReadOnly,
        ErrorCode::DiskFull => Error::DiskFull,
        ErrorCode::OutOfMemory => Error::NoMemory,
        _ => Error::Internal { code },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_words_become_names() {
        let of = |kind: io::ErrorKind| Error::io("saving")(io::Error::from(kind));
        assert!(matches!(of(io::ErrorKind::StorageFull), Error::DiskFull));
        assert!(matches!(of(io::ErrorKind::QuotaExceeded), Error::DiskFull));
        assert!(matches!(of(io::ErrorKind::PermissionDenied), Error::ReadOnly));
        assert!(matches!(of(io::ErrorKind::ReadOnlyFilesystem), Error::ReadOnly));
        assert!(matches!(of(io::ErrorKind::OutOfMemory), Error::NoMemory));
        assert!(matches!(of(io::ErrorKind::Interrupted), Error::Io { doing: "saving", .. }));
    }

    #[test]
    fn the_databases_codes_become_names() {
        let of = |code| Error::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)).to_string();
        for (code, says) in [
            (ffi::SQLITE_FULL, "full"),
            (ffi::SQLITE_READONLY, "cannot be written"),
            (ffi::SQLITE_BUSY, "open elsewhere"),
            (ffi::SQLITE_NOTADB, "damaged"),
            (ffi::SQLITE_CORRUPT, "damaged"),
            (ffi::SQLITE_IOERR_SHORT_READ, "shorter"),
            (ffi::SQLITE_IOERR_FSYNC, "failed"),
            (ffi::SQLITE_NOMEM, "memory"),
            (ffi::SQLITE_IOERR_NOMEM, "memory"),
            (ffi::SQLITE_CONSTRAINT, "refused"),
        ] {
            assert!(of(code).contains(says), "{code}: {}", of(code));
        }
    }

    #[test]
    fn what_was_written_never_reaches_an_error() {
        let planted = rusqlite::Error::SqlInputError {
            error: ffi::Error::new(ffi::SQLITE_ERROR),
            msg: "Planted Name".into(),
            sql: "Planted Name".into(),
            offset: 0,
        };
        let error = Error::from(planted);
        assert!(!format!("{error} {error:?}").contains("Planted"));
    }
}
