//! Whose passphrase a session changes. A case file keeps its keys under the name that was given when it was made; the
//! lead's name in the settings may have changed since.

use super::{Cost, Error, Secret, Session};
use crate::store::{self, Store};

impl Session {
    /// The name under which the key of this session is kept. After opening with the words, it is the only one there is;
    /// where the keys are lost nobody has one yet, and it is the session's own.
    ///
    /// # Errors
    /// The keys cannot be read. The words opened it, and there are several people whose passphrase it could be.
    pub fn key_holder(&self) -> Result<String, Error> {
        if let Some(holder) = self.holder() {
            return Ok(holder.to_owned());
        }
        let mut labels = match Store::labels(&self.folder()) {
            Err(store::Error::KeysMissing | store::Error::KeysDamaged) => Vec::new(),
            labels => labels?,
        };
        match labels.len() {
            0 => Ok(self.actor().to_owned()),
            1 => Ok(labels.remove(0)),
            _ => Err(Error::WhoseKey),
        }
    }

    /// Puts a new passphrase in place of one that is lost, after opening with the words. The lost one opens nothing from
    /// then on.
    ///
    /// # Errors
    /// The keys cannot be read or written.
    pub fn change_passphrase(&self, passphrase: &Secret, cost: Cost) -> Result<(), Error> {
        self.set_passphrase(&self.key_holder()?, passphrase, cost)
    }

    /// Puts a new passphrase in place of the old one for somebody who knows it: whoever finds the window open cannot
    /// lock the lead out.
    ///
    /// # Errors
    /// Another passphrase than the old one; keys that cannot be read or written.
    pub fn replace_passphrase(&self, old: &Secret, new: &Secret, cost: Cost) -> Result<(), Error> {
        let holder = self.key_holder()?;
        if !self.inner().store.is_passphrase_of(&holder, old)? {
            return Err(store::Error::WrongPassphrase.into());
        }
        self.set_passphrase(&holder, new, cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{NewCaseFile, World};
    use crate::domain::{Day, School, Signatory};
    use std::path::Path;
    use tempfile::TempDir;

    const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

    fn world() -> World {
        World::on(Day::new(2026, 1, 19).unwrap())
    }

    fn head(name: &str) -> School {
        School { signatory: Signatory { name: name.into(), ..Signatory::default() }, ..School::default() }
    }

    /// A case file whose passphrase is "one", and its recovery words.
    fn case_file() -> (TempDir, NewCaseFile, Secret) {
        let dir = tempfile::tempdir().unwrap();
        let new = NewCaseFile {
            folder: dir.path().join("a.casebook"),
            school: head("Mrs Old"),
            owner: "Mrs Old".into(),
            passphrase: Secret::new("one".into()),
            cost: CHEAP,
        };
        let (session, words) = Session::create(&new, world()).unwrap();
        session.save_school(&head("Mr New")).unwrap();
        (dir, new, Secret::new(words.as_slice().join(" ")))
    }

    fn opens(folder: &Path, passphrase: &str) -> bool {
        match Session::open(folder, &Secret::new(passphrase.into()), world()) {
            Ok(_) => true,
            Err(Error::Store(store::Error::WrongPassphrase)) => false,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn the_old_passphrase_opens_nothing_although_the_head_has_changed() {
        let (_dir, new, _words) = case_file();
        let session = Session::open(&new.folder, &new.passphrase, world()).unwrap();
        // Who did what is told by the key that opened the case file, not by the school's settings.
        assert_eq!((session.actor(), session.key_holder().unwrap().as_str()), ("Mrs Old", "Mrs Old"));
        session.change_passphrase(&Secret::new("two".into()), CHEAP).unwrap();
        drop(session);
        assert!(opens(&new.folder, "two") && !opens(&new.folder, "one"));
    }

    #[test]
    fn a_passphrase_is_replaced_by_whoever_knows_it() {
        let (_dir, new, _words) = case_file();
        let session = Session::open(&new.folder, &new.passphrase, world()).unwrap();
        let two = Secret::new("two".into());
        let refused = session.replace_passphrase(&Secret::new("three".into()), &two, CHEAP);
        assert!(matches!(refused, Err(Error::Store(store::Error::WrongPassphrase))), "{refused:?}");
        session.replace_passphrase(&new.passphrase, &two, CHEAP).unwrap();
        drop(session);
        assert!(opens(&new.folder, "two") && !opens(&new.folder, "one"));
    }

    #[test]
    fn lost_keys_are_made_again_after_opening_with_the_words() {
        for damage in [|path: &Path| std::fs::remove_file(path), |path: &Path| std::fs::write(path, "x")] {
            let (_dir, new, words) = case_file();
            let mut spoilt = 0;
            for entry in std::fs::read_dir(&new.folder).unwrap() {
                let path = entry.unwrap().path();
                if path.file_name().unwrap().to_string_lossy().contains("keys") {
                    damage(&path).unwrap();
                    spoilt += 1;
                }
            }
            assert_eq!(spoilt, 2, "both copies");
            let session = Session::open_with_words(&new.folder, &words, world()).unwrap();
            session.change_passphrase(&Secret::new("two".into()), CHEAP).unwrap();
            drop(session);
            assert!(opens(&new.folder, "two"));
        }
    }
}
