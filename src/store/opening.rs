//! Opens a case file: with a passphrase, or with the recovery words.
//!
//! Also finishes what a change of the key left half done when the program was killed: both keys are tried, and the one
//! that the database is under is the right one.

use super::folder::{Folder, Lock};
use super::keys::{Found, Keys, Which};
use super::secret::DataKey;
use super::{Error, Random, RecoveryWords, Secret, Store, WordsFault, connection, upgrade};
use std::path::Path;
use std::sync::Arc;

impl Store {
    /// Opens a case file with a passphrase.
    pub fn open(folder: &Path, passphrase: &Secret, random: Arc<dyn Random>) -> Result<Self, Error> {
        let place = Folder::existing(folder)?;
        let lock = place.lock()?;
        place.sweep();
        let mut found = Keys::load(&place)?;
        let unlocked = found.keys.unlock(passphrase)?;
        let mut key = unlocked.key;
        if found.keys.are_between() {
            let file_id = found.keys.file_id()?;
            let which = if opens(&place, &key, &file_id)? { Which::Now } else { Which::Next };
            if which == Which::Next {
                // Whose way in was being taken away has no part in the key that came.
                key = unlocked.next.ok_or(Error::WrongPassphrase)?;
            }
            found.keys = settle(&place, &found.keys, which);
        }
        self::unlocked(place, lock, found, (key, Some(unlocked.label)), random)
    }

    /// Opens a case file with the recovery words, even when both keys files are gone.
    pub fn open_with_words(folder: &Path, words: &Secret, random: Arc<dyn Random>) -> Result<Self, Error> {
        let place = Folder::existing(folder)?;
        let lock = place.lock()?;
        place.sweep();
        let key = RecoveryWords::read(words)?;
        match Keys::load(&place) {
            Ok(mut found) => {
                let which = found.keys.belong_to(&key).ok_or(WordsFault::AnotherFile)?;
                if found.keys.are_between() {
                    if !opens(&place, &key, &found.keys.file_id()?)? {
                        return Err(WordsFault::AnotherFileOrDamaged.into());
                    }
                    found.keys = settle(&place, &found.keys, which);
                }
                unlocked(place, lock, found, (key, None), random)
            }
            Err(Error::KeysMissing | Error::KeysDamaged) => {
                let damaged = Error::Damaged { what: "it is shorter than it should be" };
                let file_id = place.database_head()?.ok_or(damaged)?;
                let found = Found { keys: Keys::new(&file_id, &key), mended: false };
                unlocked(place, lock, found, (key, None), random).map_err(|error| match error {
                    Error::Damaged { what: connection::FIRST_PAGE } => {
                        WordsFault::AnotherFileOrDamaged.into()
                    }
                    error => error,
                })
            }
            Err(error) => Err(error),
        }
    }
}

/// An open case file, once its key is known and who opened it.
pub(super) fn unlocked(
    folder: Folder,
    lock: Lock,
    found: Found,
    (key, holder): (DataKey, Option<String>),
    random: Arc<dyn Random>,
) -> Result<Store, Error> {
    let Found { keys, mended } = found;
    let file_id = keys.file_id()?;
    let db = connection::open(&folder, &key, &file_id)?;
    let (mut db, upgraded_from) = upgrade::bring_up_to_date(db, &folder, &key, &file_id)?;
    connection::fence(&mut db)?;
    Ok(Store { db, folder, file_id, key, keys, holder, mended, upgraded_from, random, _lock: lock })
}

/// Whether the database is under this key.
pub(super) fn opens(folder: &Folder, key: &DataKey, file_id: &[u8; 16]) -> Result<bool, Error> {
    match connection::open_to_verify(folder, key, file_id) {
        Ok(_) => Ok(true),
        Err(Error::Damaged { .. } | Error::NotACaseFile) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The keys without the ones that did not come, or that went.
fn settle(folder: &Folder, keys: &Keys, which: Which) -> Keys {
    let settled = keys.settled(which);
    // Where it cannot be written, the next opening finds it as it is now.
    let _ = settled.save(folder);
    settled
}
