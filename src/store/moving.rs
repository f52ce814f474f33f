//! Moves an open case file to another folder: a copy is made and checked as a whole, and the open case file goes on there.
//! What was there stays, under a name that says so, until somebody who has looked removes it.
//!
//! In three steps, as a backup is: only the first and the last keep others from writing.

use super::folder::{self, Folder, Lock};
use super::journal::Anchor;
use super::keys::Keys;
use super::secret::DataKey;
use super::{Error, Store, connection, create, opening, verify};
use chrono::{DateTime, Utc};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A copy beside its new place, not checked yet. Goes away when dropped.
pub struct Away {
    unfinished: PathBuf,
    to: PathBuf,
    key: DataKey,
    file_id: [u8; 16],
    keys: Vec<u8>,
    end: Anchor,
}

impl std::fmt::Debug for Away {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Away").finish_non_exhaustive()
    }
}

impl Drop for Away {
    fn drop(&mut self) {
        create::remove(&self.unfinished);
    }
}

impl Store {
    /// The first step: copies everything, with the backups, to a folder beside the new place.
    ///
    /// # Errors
    /// [`Error::AlreadyThere`] if the place is taken by anything but an empty folder.
    pub fn copy_away(&self, to: &Path) -> Result<Away, Error> {
        create::refuse_if_taken(to)?;
        let mut key = DataKey::zeroed();
        key.bytes_mut().copy_from_slice(self.key.bytes());
        let away = Away {
            unfinished: create::beside(to, &*self.random)?,
            to: to.to_owned(),
            key,
            file_id: self.file_id,
            keys: self.keys.to_bytes()?,
            end: self.head()?,
        };
        let folder = Folder::make(&away.unfinished)?;
        let copy = connection::copy(&self.db, &folder.database(), &away.key, &self.file_id)?;
        copy.close().map_err(|(_, error)| error)?;
        self.keys.save(&folder)?;
        for from in self.older_forms() {
            copy_file(&from, &away.unfinished)?;
        }
        Ok(away)
    }

    /// The third step: the copy takes its place, and this case file is the one there from now on. Gives the folder where it
    /// was.
    ///
    /// # Errors
    /// [`Error::ChangedMeanwhile`] if something was written since the first step. Whatever fails, it stays where it was.
    pub fn go_on_at(&mut self, away: &Away) -> Result<PathBuf, Error> {
        if self.head()? != away.end {
            return Err(Error::ChangedMeanwhile);
        }
        create::move_into_place(&away.unfinished, &away.to)?;
        let opened = self.open_at(&away.to);
        if opened.is_err() {
            create::remove(&away.to);
        }
        let before = std::mem::replace(self, opened?);
        Ok(before.folder().to_owned())
    }

    fn open_at(&self, to: &Path) -> Result<Self, Error> {
        let place = Folder::existing(to)?;
        let lock: Lock = place.lock()?;
        let found = Keys::load(&place)?;
        let mut key = DataKey::zeroed();
        key.bytes_mut().copy_from_slice(self.key.bytes());
        opening::unlocked(place, lock, found, (key, self.holder.clone()), self.random.clone())
    }

    /// Removes what [`put_aside`] has put aside. Nothing but that, and never the case file that is open.
    ///
    /// # Errors
    /// [`Error::NotACaseFile`] for a folder that is not this case file's.
    pub fn remove_put_aside(&self, kept: &Path) -> Result<(), Error> {
        let found = Keys::look(&Folder::existing(kept)?)?;
        let here = |path: &Path| path.canonicalize().ok();
        if found.keys.file_id()? != self.file_id || here(kept) == here(self.folder()) {
            return Err(Error::NotACaseFile);
        }
        drop(Folder::existing(kept)?.lock()?);
        fs::remove_dir_all(kept).map_err(Error::io("removing the case file where it was"))
    }
}

impl Away {
    /// The second step: reads everything back, and the backups along with it. Needs nothing of the open case file but the
    /// place of its backups.
    ///
    /// # Errors
    /// A copy that is not sound, or a backup that is not whole where it came to.
    pub fn check(&self, backups: &Path) -> Result<(), Error> {
        let folder = Folder::existing(&self.unfinished)?;
        let fresh = connection::open_copy(&folder.database(), &self.key, &self.file_id)?;
        let report = verify::verify(&fresh, &self.file_id, &[self.end])?;
        fresh.close().map_err(|(_, error)| error)?;
        let keys = folder.keys().iter().all(|path| fs::read(path).is_ok_and(|bytes| bytes == self.keys));
        if !report.problems.is_empty() || !keys {
            return Err(Error::Damaged { what: "the copy in the new folder" });
        }
        let to = self.unfinished.join("backups");
        let entries = fs::read_dir(backups).into_iter().flatten().filter_map(Result::ok);
        for backup in entries.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(is_backup))
        {
            // One that was damaged before stays behind: it is put aside with the rest.
            if super::backup::check(&backup).is_ok() {
                super::backup::check(&copy_file(&backup, &to)?)?;
            }
        }
        folder::sync_folder(&self.unfinished).map_err(Error::io(COPYING))
    }
}

fn is_backup(extension: &std::ffi::OsStr) -> bool {
    extension == super::backup::EXTENSION
}

/// Names the folder where a case file was so that nobody goes on in it by mistake. Where that cannot be, it stays as it is.
pub fn put_aside(old: &Path, at: DateTime<Utc>) -> PathBuf {
    let name = old.file_stem().unwrap_or_default().to_string_lossy();
    let kept = old.with_file_name(format!("{name} moved {}.casebook", at.format("%Y-%m-%d %H%M%S")));
    if !kept.exists() && folder::rename(old, &kept).is_ok() { kept } else { old.to_owned() }
}

const COPYING: &str = "copying the case file";

fn copy_file(from: &Path, into: &Path) -> Result<PathBuf, Error> {
    let to = into.join(from.file_name().unwrap_or_default());
    fs::copy(from, &to).map_err(Error::io(COPYING))?;
    File::options().write(true).open(&to).and_then(|file| file.sync_all()).map_err(Error::io(COPYING))?;
    Ok(to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Secret;
    use crate::store::testkit::{Seeded, new_file, stamp};
    use std::sync::Arc;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn it_goes_on_in_the_new_folder_with_its_backups_and_the_old_one_stays() {
        let (dir, path, mut store, words) = new_file();
        store.write(&stamp(), "fill", |w| w.attach(&vec![7; 300_000])).unwrap();
        let name = store.backup_name(stamp().at).unwrap();
        let backups = store.backups_folder();
        store.copy_for_backup(&backups).unwrap().finish(&backups.join(&name)).unwrap();
        let before = store.head().unwrap();
        let to = dir.path().join("elsewhere.casebook");
        let away = store.copy_away(&to).unwrap();
        away.check(&backups).unwrap();
        assert_eq!(store.go_on_at(&away).unwrap(), path);
        assert_eq!(
            (store.folder(), store.head().unwrap(), store.holder()),
            (&*to, before, Some("Headteacher"))
        );
        store.write(&stamp(), "more", |w| w.attach(b"more")).unwrap();
        assert_eq!(store.verify(&[before]).unwrap().problems, []);
        assert_eq!(names(&to.join("backups")), [name]);
        // Nobody holds the old one any more, and it says what it said.
        let kept = put_aside(&path, stamp().at);
        assert_eq!(names(dir.path()), ["a moved 2026-01-01 000000.casebook", "elsewhere.casebook"]);
        let old = Store::open_with_words(&kept, &words, Arc::new(Seeded::new(2))).unwrap();
        assert_eq!(old.head().unwrap(), before);
        assert!(matches!(store.remove_put_aside(&kept), Err(Error::InUse)));
        drop(old);
        assert!(matches!(store.remove_put_aside(&to), Err(Error::NotACaseFile)));
        store.remove_put_aside(&kept).unwrap();
        drop(store);
        assert_eq!(names(dir.path()), ["elsewhere.casebook"]);
        assert!(Store::open(&to, &Secret::new("plum ladder ocean".into()), Arc::new(Seeded::new(3))).is_ok());
    }

    #[test]
    fn whatever_goes_wrong_it_stays_where_it_was() {
        let (dir, path, mut store, _) = new_file();
        fs::create_dir_all(dir.path().join("taken/something")).unwrap();
        assert!(matches!(store.copy_away(&dir.path().join("taken")), Err(Error::AlreadyThere)));
        let to = dir.path().join("to.casebook");
        // Something was written in between.
        let away = store.copy_away(&to).unwrap();
        store.write(&stamp(), "more", |w| w.attach(b"more")).unwrap();
        assert!(matches!(store.go_on_at(&away), Err(Error::ChangedMeanwhile)));
        drop(away);
        // The copy is not what was written.
        let away = store.copy_away(&to).unwrap();
        let copy = away.unfinished.join("records.casedb");
        let mut bytes = fs::read(&copy).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&copy, bytes).unwrap();
        assert!(away.check(&store.backups_folder()).is_err());
        drop(away);
        // The place is taken at the last moment.
        let away = store.copy_away(&to).unwrap();
        fs::create_dir_all(to.join("something")).unwrap();
        assert!(matches!(store.go_on_at(&away), Err(Error::AlreadyThere)));
        drop(away);
        assert_eq!(names(dir.path()), ["a.casebook", "taken", "to.casebook"]);
        assert_eq!((store.folder(), store.verify(&[]).unwrap().problems), (&*path, vec![]));
        store.write(&stamp(), "more", |w| w.attach(b"still")).unwrap();
    }
}
