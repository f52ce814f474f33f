//! The case file: one encrypted folder a school, everything in it append-only. This is the only door.
//!
//! Invariants:
//!
//! - A change is on the disk, whole, when [`Store::write`] returns, or it did not happen.
//! - Nothing written is ever overwritten: an amendment is a new version, and every version is an entry of the journal.
//! - Nothing leaves here unchecked: texts are compared with the journal's commitments, files with their SHA-256.
//! - No clock and no randomness of its own: both are arguments.
//!
//! Does not decide what is written, and when a backup is made.

pub mod backup;
mod blob;
mod connection;
mod create;
mod destroy;
mod error;
mod folder;
mod held;
mod journal;
mod keys;
mod lines;
mod migrate;
mod moving;
mod opening;
mod passphrase;
mod people;
mod reading;
mod record;
mod rekey;
mod seal;
mod search;
mod secret;
mod slot;
#[cfg(test)]
mod testkit;
#[cfg(test)]
mod tests;
mod upgrade;
mod verify;
mod words;
mod writing;

pub use destroy::Going;
pub use error::{Error, WordsFault};
pub use held::patiently;
pub use journal::{Act, Anchor, Event, Stamp, Standing};
pub use lines::{CaseLine, Mark, Wanted};
pub use moving::{Away, put_aside};
pub use passphrase::{Strength, judge, suggest};
pub use record::{Record, Version};
pub use rekey::Rekeyed;
pub use secret::Secret;
pub use slot::Cost;
pub use verify::{Problem, Report};
pub use words::RecoveryWords;
pub use writing::Writing;

use crate::domain::{CaseId, Random};
use folder::{Folder, Lock};
use keys::Keys;
use rusqlite::{Connection, TransactionBehavior, ffi};
use secret::DataKey;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// An open case file. Nobody else can open it until this is dropped.
pub struct Store {
    // Dropped in this order: the database is closed before the lock is let go.
    db: Connection,
    folder: Folder,
    file_id: [u8; 16],
    key: DataKey,
    keys: Keys,
    /// Whose passphrase opened it; nobody's if the recovery words did.
    holder: Option<String>,
    mended: bool,
    /// The form that it was in until this opening, if an older one.
    upgraded_from: Option<u32>,
    random: Arc<dyn Random>,
    _lock: Lock,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Makes a new case file and opens it. The words are shown once, to be printed: nobody can get them back.
    ///
    /// Whole or not at all: on failure nothing is left at the place.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] if the place is taken by anything but an empty folder.
    pub fn create(
        folder: &Path,
        label: &str,
        passphrase: &Secret,
        cost: Cost,
        random: Arc<dyn Random>,
        stamp: &Stamp<'_>,
    ) -> Result<(Self, RecoveryWords), Error> {
        let key = create::create(folder, (label, passphrase, cost), &*random, stamp)?;
        let words = RecoveryWords::of(&key);
        let opened = (|| {
            let place = Folder::existing(folder)?;
            let lock = place.lock()?;
            let found = Keys::load(&place)?;
            opening::unlocked(place, lock, found, (key, Some(label.to_owned())), random)
        })();
        if opened.is_err() {
            // Nobody has seen the words, so nobody would ever be able to recover this file.
            create::remove(folder);
        }
        Ok((opened?, words))
    }

    /// Whether one copy of the keys file was damaged or missing and has been put right.
    pub fn mended(&self) -> bool {
        self.mended
    }

    /// The form that the case file was in until this opening, where an older Casebook had written it. The file as it was
    /// lies beside it.
    pub fn upgraded_from(&self) -> Option<u32> {
        self.upgraded_from
    }

    /// Whether the case file can only be read here.
    pub fn read_only(&self) -> Result<bool, Error> {
        Ok(self.db.is_readonly("main")?)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Makes one change: everything that `work` writes is on the disk when this returns, or none of it happened.
    pub fn write<R>(
        &mut self,
        stamp: &Stamp<'_>,
        why: &str,
        work: impl FnOnce(&mut Writing<'_>) -> Result<R, Error>,
    ) -> Result<(R, Anchor), Error> {
        let transaction = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut writing = Writing {
            last: journal::last(&transaction)?,
            db: &transaction,
            random: &*self.random,
            file_id: &self.file_id,
            stamp,
            why,
            failed: false,
        };
        let result = work(&mut writing)?;
        let Writing { last, failed, .. } = writing;
        if failed {
            return Err(Error::Internal { code: ffi::SQLITE_ABORT });
        }
        let anchor = last.ok_or(NO_ENTRY)?.anchor();
        transaction.commit()?;
        Ok((result, anchor))
    }

    /// The newest version of a record; nothing if there is none or it was withdrawn.
    pub fn get<T: Record>(&self, id: &str) -> Result<Option<T>, Error> {
        reading::newest(&self.db, id)
    }

    /// The newest versions of all records of a kind, in the order in which they were first written.
    pub fn list<T: Record>(&self) -> Result<Vec<T>, Error> {
        reading::list(&self.db)
    }

    /// The newest versions of a case's records of a kind, in the order in which they were first written.
    pub fn list_in<T: Record>(&self, case: CaseId) -> Result<Vec<T>, Error> {
        reading::list_in(&self.db, case)
    }

    /// Every version of a record, the first first.
    pub fn history<T: Record>(&self, id: &str) -> Result<Vec<Version<T>>, Error> {
        reading::history(&self.db, id)
    }

    /// The cases in which every word typed is the beginning of some word.
    pub fn search(&self, text: &str) -> Result<BTreeSet<CaseId>, Error> {
        search::search(&self.db, text)
    }

    /// The lines of the list of cases that are wanted, as they were last kept up.
    pub fn lines(&self, wanted: &Wanted<'_>) -> Result<Vec<CaseLine>, Error> {
        lines::find(&self.db, wanted)
    }

    /// Every value of a kind that some line is chosen by, in order.
    pub fn line_values(&self, kind: Mark) -> Result<Vec<String>, Error> {
        lines::values(&self.db, kind)
    }

    /// Up to which entry of the journal the lines of the list go.
    pub fn lines_seen(&self) -> Result<u64, Error> {
        lines::seen(&self.db)
    }

    /// An attached file, checked against its name; nothing if it is not kept.
    pub fn blob(&self, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
        blob::read(&self.db, sha256)
    }

    /// The journal: all of it, or one case's entries.
    pub fn journal(&self, case: Option<CaseId>) -> Result<Vec<Event>, Error> {
        journal::events(&self.db, case)
    }

    /// The journal's entries after one of them.
    pub fn journal_after(&self, seq: u64) -> Result<Vec<Event>, Error> {
        journal::after(&self.db, seq)
    }

    /// The end of the journal's chain, to be printed on documents.
    pub fn head(&self) -> Result<Anchor, Error> {
        Ok(journal::last(&self.db)?.ok_or(NO_ENTRY)?.anchor())
    }

    /// The random name of this case file: the same in every copy of it, and it says nothing about the school.
    pub fn id(&self) -> String {
        secret::hex(&self.file_id)
    }

    /// How the journal stands to a mark that was kept elsewhere. One entry is looked at, not the chain.
    pub fn standing_to(&self, anchor: Anchor) -> Result<Standing, Error> {
        journal::standing(&self.db, anchor)
    }

    /// Checks the whole case file, and the journal against marks that were printed.
    pub fn verify(&self, anchors: &[Anchor]) -> Result<Report, Error> {
        connection::while_released(&self.db, || {
            match connection::open_to_verify(&self.folder, &self.key, &self.file_id) {
                Ok(fresh) => verify::verify(&fresh, &self.file_id, anchors),
                Err(Error::Damaged { .. }) => Ok(verify::unreadable()),
                Err(error) => Err(error),
            }
        })
    }
}

/// Every case file has at least the entry of its own making.
const NO_ENTRY: Error = Error::ChainBroken { seq: 1, what: "it is missing" };
