//! The case file: one encrypted folder a school, everything in it append-only. This is the only door.
//!
//! Invariants:
//!
//! - A change is on the disk, whole, when [`Store::write`] returns, or it did not happen.
//! - Nothing written is ever overwritten: an amendment is a new version, and every version is an entry of the journal.
//! - Nothing leaves here unchecked: texts are compared with the journal's commitments, files with their SHA-256.
//! - No clock and no randomness of its own: both are arguments.
//!
//! Does not decide what is written, and makes no backups.

mod blob;
mod connection;
mod create;
mod error;
mod folder;
mod journal;
mod keys;
mod migrate;
mod passphrase;
mod reading;
mod record;
mod search;
mod secret;
mod slot;
#[cfg(test)]
mod testkit;
#[cfg(test)]
mod tests;
mod verify;
mod words;
mod writing;

pub use error::{Error, WordsFault};
pub use journal::{Act, Anchor, Event, Stamp};
pub use passphrase::{Strength, judge, suggest};
pub use record::{Record, Version};
pub use secret::Secret;
pub use slot::Cost;
pub use verify::{Problem, Report};
pub use words::RecoveryWords;
pub use writing::Writing;

use crate::domain::{CaseId, Random};
use folder::{Folder, Lock};
use keys::{Found, Keys};
use rusqlite::{Connection, TransactionBehavior, ffi};
use secret::DataKey;
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
    mended: bool,
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
            let file_id = found.keys.file_id()?;
            Self::unlocked(place, lock, found, (key, file_id), random)
        })();
        if opened.is_err() {
            // Nobody has seen the words, so nobody would ever be able to recover this file.
            create::remove(folder);
        }
        Ok((opened?, words))
    }

    /// Opens a case file with a passphrase.
    pub fn open(folder: &Path, passphrase: &Secret, random: Arc<dyn Random>) -> Result<Self, Error> {
        let place = Folder::existing(folder)?;
        let lock = place.lock()?;
        place.sweep();
        let found = Keys::load(&place)?;
        let key = found.keys.unlock(passphrase)?;
        let file_id = found.keys.file_id()?;
        Self::unlocked(place, lock, found, (key, file_id), random)
    }

    /// Opens a case file with the recovery words, even when both keys files are gone.
    pub fn open_with_words(folder: &Path, words: &Secret, random: Arc<dyn Random>) -> Result<Self, Error> {
        let place = Folder::existing(folder)?;
        let lock = place.lock()?;
        place.sweep();
        let key = RecoveryWords::read(words)?;
        match Keys::load(&place) {
            Ok(found) if !found.keys.belong_to(&key) => Err(WordsFault::AnotherFile.into()),
            Ok(found) => {
                let file_id = found.keys.file_id()?;
                Self::unlocked(place, lock, found, (key, file_id), random)
            }
            Err(Error::KeysMissing | Error::KeysDamaged) => {
                let damaged = Error::Damaged { what: "it is shorter than it should be" };
                let file_id = place.database_head()?.ok_or(damaged)?;
                let found = Found { keys: Keys::new(&file_id, &key), mended: false };
                Self::unlocked(place, lock, found, (key, file_id), random).map_err(|error| match error {
                    Error::Damaged { what: connection::FIRST_PAGE } => {
                        WordsFault::AnotherFileOrDamaged.into()
                    }
                    error => error,
                })
            }
            Err(error) => Err(error),
        }
    }

    fn unlocked(
        folder: Folder,
        lock: Lock,
        found: Found,
        (key, file_id): (DataKey, [u8; 16]),
        random: Arc<dyn Random>,
    ) -> Result<Self, Error> {
        let mut db = connection::open(&folder, &key, &file_id)?;
        migrate::bring_up_to_date(&mut db)?;
        connection::fence(&mut db)?;
        let Found { keys, mended } = found;
        Ok(Self { db, folder, file_id, key, keys, mended, random, _lock: lock })
    }

    /// Whether one copy of the keys file was damaged or missing and has been put right.
    pub fn mended(&self) -> bool {
        self.mended
    }

    /// Whether the case file can only be read here.
    pub fn read_only(&self) -> Result<bool, Error> {
        Ok(self.db.is_readonly("main")?)
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Who can open the case file, by role. Needs no passphrase.
    pub fn labels(folder: &Path) -> Result<Vec<String>, Error> {
        Ok(Keys::look(&Folder::existing(folder)?)?.keys.labels())
    }

    /// Whether this is the passphrase of a role. A role without a key has none.
    pub fn is_passphrase_of(&self, label: &str, passphrase: &Secret) -> Result<bool, Error> {
        self.keys.opens(label, passphrase)
    }

    /// Sets the passphrase of a role, new or changed. The key itself and the recovery words stay as they are.
    pub fn set_passphrase(
        &mut self,
        label: &str,
        new: &Secret,
        cost: Cost,
        stamp: &Stamp<'_>,
    ) -> Result<Anchor, Error> {
        let old = self.keys.clone();
        let keys = old.with_slot(label, new, cost, &self.key, &*self.random)?;
        let folder = self.folder.clone();
        let written = self.write(stamp, "a passphrase was set", |writing| {
            writing.entry(Act::Passphrase, "key", label, (None, b""))?;
            // Inside the transaction: a passphrase that nobody can trace is worse than one that was not set.
            keys.save(&folder)
        });
        match written {
            Ok(((), anchor)) => {
                self.keys = keys;
                Ok(anchor)
            }
            Err(error) => {
                // Best effort: if this fails too, the new passphrase opens and the journal does not say so.
                let _ = old.save(&folder);
                Err(error)
            }
        }
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
        reading::list(&self.db, None)
    }

    /// The newest versions of a case's records of a kind, in the order in which they were first written.
    pub fn list_in<T: Record>(&self, case: CaseId) -> Result<Vec<T>, Error> {
        reading::list(&self.db, Some(case))
    }

    /// Every version of a record, the first first.
    pub fn history<T: Record>(&self, id: &str) -> Result<Vec<Version<T>>, Error> {
        reading::history(&self.db, id)
    }

    /// The cases in which every word typed is the beginning of some word, the best first.
    pub fn search(&self, text: &str) -> Result<Vec<CaseId>, Error> {
        search::search(&self.db, text)
    }

    /// An attached file, checked against its name; nothing if it is not kept.
    pub fn blob(&self, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
        blob::read(&self.db, sha256)
    }

    /// The journal: all of it, or one case's entries.
    pub fn journal(&self, case: Option<CaseId>) -> Result<Vec<Event>, Error> {
        journal::events(&self.db, case)
    }

    /// The end of the journal's chain, to be printed on documents.
    pub fn head(&self) -> Result<Anchor, Error> {
        Ok(journal::last(&self.db)?.ok_or(NO_ENTRY)?.anchor())
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
