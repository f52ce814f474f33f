//! Puts the case file under another key: so that a recovery sheet that may have been seen, and a person who has left,
//! open nothing that is written from now on.
//!
//! On a copy: it is written under the new key, checked as a whole, and only then takes the old one's place. The keys
//! file knows both keys while this goes on, so that a PC that stops in the middle leaves a case file that opens.
//! Copies that were made before stay under the old key.

use super::journal::{self, Act, Anchor, Subject};
use super::keys::{Keys, Which};
use super::people::{self, KEY};
use super::secret::DataKey;
use super::{Error, NO_ENTRY, RecoveryWords, Secret, Stamp, Store, connection, opening, verify};
use rusqlite::Connection;

/// What a change of the key came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rekeyed {
    /// The end of the journal, with its entry.
    pub anchor: Anchor,
    /// Whose key was not known to the record, and who need a new passphrase.
    pub left_out: Vec<String>,
}

impl Store {
    /// Words for a recovery sheet to come. Nothing changes until [`rekey`](Self::rekey).
    pub fn new_words(&self) -> Result<RecoveryWords, Error> {
        RecoveryWords::generate(&*self.random)
    }

    /// Whether this is the word at a number of the recovery sheet, counted from 1.
    pub fn sheet_has(&self, number: usize, typed: &Secret) -> bool {
        RecoveryWords::of(&self.key).has(number, typed)
    }

    /// Puts the case file under the key of these words. `without` loses their way in; everybody else keeps their
    /// passphrase.
    ///
    /// # Errors
    /// Whatever happens, the case file is as it was, or as it was to be.
    pub fn rekey(
        &mut self,
        words: &RecoveryWords,
        without: Option<&str>,
        stamp: &Stamp<'_>,
    ) -> Result<Rekeyed, Error> {
        if without.is_some_and(|label| !self.people().iter().any(|other| other == label)) {
            return Err(Error::NoSuchPerson);
        }
        let next = words.key()?;
        let pins = people::pins(&self.db)?;
        let (both, left_out) = self.keys.with_next(&next, without, &pins, &*self.random)?;
        if both.next_people() == 0 {
            return Err(Error::NobodyLeft);
        }
        // What an upgrade kept is under the old key, and would go on opening with the old sheet.
        self.remove_older_forms()?;
        let anchor = match self.copy_under(&next, without, stamp) {
            Ok(anchor) => anchor,
            Err(error) => {
                self.folder.drop_unfinished_database();
                return Err(error);
            }
        };
        self.swap(&both, next)?;
        Ok(Rekeyed { anchor, left_out })
    }

    /// Writes the copy, with the entry that says so, and checks it with a connection of its own.
    fn copy_under(&self, next: &DataKey, without: Option<&str>, stamp: &Stamp<'_>) -> Result<Anchor, Error> {
        let path = self.folder.unfinished_database();
        self.folder.drop_unfinished_database();
        let mut copy = connection::copy(&self.db, &path, next, &self.file_id)?;
        let (act, id, why) = match without {
            Some(label) => (Act::Revoked, label, "a key was taken away"),
            None => (Act::Rekeyed, "recovery sheet", "the recovery sheet was replaced"),
        };
        let transaction = copy.transaction()?;
        let last = journal::last(&transaction)?;
        let subject = Subject { act, kind: KEY, id, case: None, why, text: b"" };
        let link = journal::append(
            &transaction,
            &*self.random,
            &self.file_id,
            Some(&last.ok_or(NO_ENTRY)?),
            stamp,
            &subject,
        )?;
        transaction.commit()?;
        copy.close().map_err(|(_, error)| error)?;
        let fresh = connection::open_copy(&path, next, &self.file_id)?;
        let report = verify::verify(&fresh, &self.file_id, &[link.anchor()])?;
        if report.problems.is_empty() {
            Ok(link.anchor())
        } else {
            Err(Error::Damaged { what: "the copy under the new key" })
        }
    }

    /// The keys of both first, then the database: at every instant, one of the two keys opens what is there.
    fn swap(&mut self, both: &Keys, next: DataKey) -> Result<(), Error> {
        let done = both.save(&self.folder).and_then(|()| {
            // Windows does not rename over an open file.
            self.db = Connection::open_in_memory()?;
            self.folder.swap_database()
        });
        self.db = Connection::open_in_memory()?;
        if done.is_err() && opening::opens(&self.folder, &self.key, &self.file_id)? {
            self.folder.drop_unfinished_database();
            self.keys = both.settled(Which::Now);
            // Where this fails too, the next opening finds both keys and settles it.
            let _ = self.keys.save(&self.folder);
        } else {
            self.keys = both.settled(Which::Next);
            self.key = next;
            if done.is_ok() {
                let _ = self.keys.save(&self.folder);
            }
            // Otherwise the new database may not be in its place for good, and both keys stay in the file.
        }
        self.db = connection::open(&self.folder, &self.key, &self.file_id)?;
        connection::fence(&mut self.db)?;
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, Person, PersonId, Who};
    use crate::store::WordsFault;
    use crate::store::testkit::{CHEAP, Seeded, new_file, stamp};
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::Arc;

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn typed(words: &RecoveryWords) -> Secret {
        secret(&words.as_slice().join(" "))
    }

    /// The head's file, with a deputy's key and an attachment in it; its recovery words.
    fn shared() -> (tempfile::TempDir, PathBuf, Store, Secret) {
        let (dir, path, mut store, words) = new_file();
        store.set_passphrase("Deputy", &secret("deputy"), CHEAP, &stamp()).unwrap();
        let person = Person::new(PersonId::new(1), Name::new("Amy Osei").unwrap(), Who::CurrentPupil);
        store
            .write(&stamp(), "fill", |w| {
                w.put(&person)?;
                w.attach(&vec![7; 300_000])
            })
            .unwrap();
        (dir, path, store, words)
    }

    fn by_passphrase(path: &Path, passphrase: &str) -> Result<Store, Error> {
        Store::open(path, &secret(passphrase), Arc::new(Seeded::new(2)))
    }

    fn by_words(path: &Path, words: &Secret) -> Result<Store, Error> {
        Store::open_with_words(path, words, Arc::new(Seeded::new(2)))
    }

    const HEAD: &str = "plum ladder ocean";

    #[test]
    fn everything_is_under_the_new_key_and_nothing_under_the_old() {
        let (_dir, path, mut store, old_words) = shared();
        let before = store.head().unwrap();
        let words = store.new_words().unwrap();
        let rekeyed = store.rekey(&words, Some("Deputy"), &stamp()).unwrap();
        assert_eq!((rekeyed.anchor.seq(), rekeyed.left_out), (before.seq() + 1, vec![]));
        let last = store.journal(None).unwrap().pop().unwrap();
        assert_eq!((last.act, last.id.as_str(), last.actor.as_str()), (Act::Revoked, "Deputy", "A. Head"));
        // It goes on as before, and once more.
        store.write(&stamp(), "more", |w| w.attach(b"more")).unwrap();
        assert_eq!(store.verify(&[before, rekeyed.anchor]).unwrap().problems, []);
        assert!(matches!(by_passphrase(&path, HEAD), Err(Error::InUse)));
        drop(store);
        assert!(matches!(by_passphrase(&path, "deputy"), Err(Error::WrongPassphrase)));
        let other = WordsFault::AnotherFile;
        assert!(matches!(by_words(&path, &old_words), Err(Error::WrongWords { fault }) if fault == other));
        assert_eq!(by_words(&path, &typed(&words)).unwrap().list::<Person>().unwrap().len(), 1);
        let mut store = by_passphrase(&path, HEAD).unwrap();
        let again = store.new_words().unwrap();
        let rekeyed = store.rekey(&again, None, &stamp()).unwrap();
        assert_eq!(store.journal(None).unwrap().pop().unwrap().act, Act::Rekeyed);
        drop(store);
        let store = by_passphrase(&path, HEAD).unwrap();
        assert_eq!(store.verify(&[before, rekeyed.anchor]).unwrap().problems, []);
        let mut names: Vec<_> = fs::read_dir(&path).unwrap().map(|e| e.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["backups", "records.casedb", "records.keys", "records.keys2", "records.lock"]);
    }

    #[test]
    fn nobody_is_locked_out_by_mistake() {
        let (_dir, path, mut store, words) = new_file();
        let new = store.new_words().unwrap();
        assert!(matches!(store.rekey(&new, Some("Headteacher"), &stamp()), Err(Error::NobodyLeft)));
        assert!(matches!(store.rekey(&new, Some("Nobody"), &stamp()), Err(Error::NoSuchPerson)));
        drop(store);
        assert!(by_passphrase(&path, HEAD).is_ok() && by_words(&path, &words).is_ok());
    }

    /// The file as it lies when the PC stops: before the swap, and after it but before the keys are tidied.
    fn stopped(after_the_swap: bool) -> (tempfile::TempDir, PathBuf, Secret, Secret) {
        let (dir, path, mut store, old_words) = shared();
        let words = store.new_words().unwrap();
        let next = words.key().unwrap();
        let pins = people::pins(&store.db).unwrap();
        let (both, _) = store.keys.with_next(&next, Some("Deputy"), &pins, &*store.random).unwrap();
        store.copy_under(&next, Some("Deputy"), &stamp()).unwrap();
        both.save(&store.folder).unwrap();
        store.db = Connection::open_in_memory().unwrap();
        if after_the_swap {
            store.folder.swap_database().unwrap();
        }
        (dir, path, old_words, typed(&words))
    }

    #[test]
    fn a_stop_before_the_swap_leaves_it_as_it_was() {
        for first in ["head", "deputy", "words"] {
            let (_dir, path, old_words, new_words) = stopped(false);
            let fault = by_words(&path, &new_words).err();
            assert!(matches!(fault, Some(Error::WrongWords { fault: WordsFault::AnotherFileOrDamaged })));
            let opened = match first {
                "head" => by_passphrase(&path, HEAD),
                "deputy" => by_passphrase(&path, "deputy"),
                _ => by_words(&path, &old_words),
            };
            assert_eq!(opened.unwrap().people(), ["Headteacher", "Deputy"], "{first}");
            assert!(!path.join("records.casedb.new").exists());
            for passphrase in [HEAD, "deputy"] {
                assert_eq!(by_passphrase(&path, passphrase).unwrap().verify(&[]).unwrap().problems, []);
            }
        }
    }

    #[test]
    fn a_stop_after_the_swap_leaves_it_as_it_was_to_be() {
        for first in ["head", "words"] {
            let (_dir, path, old_words, new_words) = stopped(true);
            assert!(matches!(by_passphrase(&path, "deputy"), Err(Error::WrongPassphrase)));
            assert!(by_words(&path, &old_words).is_err());
            let opened =
                if first == "head" { by_passphrase(&path, HEAD) } else { by_words(&path, &new_words) };
            let store = opened.unwrap();
            assert_eq!(store.people(), ["Headteacher"], "{first}");
            assert_eq!(store.verify(&[]).unwrap().problems, []);
            drop(store);
            assert!(matches!(by_passphrase(&path, "deputy"), Err(Error::WrongPassphrase)));
            assert!(by_passphrase(&path, HEAD).is_ok() && by_words(&path, &new_words).is_ok());
        }
    }

    #[test]
    fn keys_that_cannot_be_written_change_nothing() {
        let (_dir, path, mut store, words) = shared();
        let head = store.head().unwrap();
        fs::remove_file(path.join("records.keys2")).unwrap();
        fs::create_dir_all(path.join("records.keys2/taken")).unwrap();
        let new = store.new_words().unwrap();
        assert!(store.rekey(&new, None, &stamp()).is_err());
        assert_eq!(store.head().unwrap(), head);
        store.write(&stamp(), "more", |w| w.attach(b"more")).unwrap();
        drop(store);
        fs::remove_dir_all(path.join("records.keys2")).unwrap();
        assert!(by_passphrase(&path, "deputy").is_ok() && by_words(&path, &words).is_ok());
    }
}
