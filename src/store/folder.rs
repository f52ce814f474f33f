//! The case file's folder: which file lies where, the lock, and files that are written whole or not at all.
//!
//! Knows nothing of what is in the files.

use super::{Error, held};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The folder `<anything>.casebook/`.
#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

/// Held for as long as the case file is open; the system lets go of it even when the program is killed.
#[derive(Debug)]
pub(super) struct Lock {
    /// Nothing where the folder cannot be written: then nobody here can change it either.
    file: Option<File>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a program started in this very moment may hold a copy of it.
        if let Some(file) = &self.file {
            let _ = file.unlock();
        }
    }
}

/// The two copies of the keys file.
const KEYS: [&str; 2] = ["records.keys", "records.keys2"];
/// What a file is called until it is whole.
const UNFINISHED: &str = ".new";

/// How a database of an older form is called when it is kept.
const ASIDE: &str = "records-form-";

fn aside(form: u32, number: u32) -> String {
    if number == 1 { format!("{ASIDE}{form}.casedb") } else { format!("{ASIDE}{form}-{number}.casedb") }
}

impl Folder {
    /// The folder of an existing case file.
    pub(super) fn existing(path: &Path) -> Result<Self, Error> {
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => return Err(Error::NotACaseFile),
            Ok(_) => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(Error::Missing),
            Err(e) => return Err(Error::io("looking at the folder")(e)),
        }
        let folder = Self(path.to_owned());
        match fs::metadata(folder.database()) {
            Ok(found) if found.is_file() => Ok(folder),
            Ok(_) => Err(Error::NotACaseFile),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::Missing),
            Err(e) => Err(Error::io("looking at the case file")(e)),
        }
    }

    /// A folder that is there, whatever is in it.
    pub(super) fn at(path: &Path) -> Result<Self, Error> {
        if path.is_dir() { Ok(Self(path.to_owned())) } else { Err(Error::Missing) }
    }

    /// A new folder with everything but the database and the keys.
    pub(super) fn make(path: &Path) -> Result<Self, Error> {
        fs::create_dir(path).map_err(Error::io("making the folder"))?;
        fs::create_dir(path.join("backups")).map_err(Error::io("making the folder for backups"))?;
        Ok(Self(path.to_owned()))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn database(&self) -> PathBuf {
        self.0.join("records.casedb")
    }

    /// Where a database is called until it takes the other one's place.
    pub(super) fn unfinished_database(&self) -> PathBuf {
        self.0.join(format!("records.casedb{UNFINISHED}"))
    }

    pub(super) fn keys(&self) -> [PathBuf; 2] {
        KEYS.map(|name| self.0.join(name))
    }

    /// Takes the lock, or says that somebody else has it.
    pub(super) fn lock(&self) -> Result<Lock, Error> {
        let path = self.0.join("records.lock");
        let writable = File::options().create(true).truncate(false).read(true).write(true).open(&path);
        let file = match writable.map_err(Error::io("opening the lock")) {
            Ok(file) => file,
            Err(Error::ReadOnly) => match File::open(&path) {
                Ok(file) => file,
                Err(_) => return Ok(Lock { file: None }),
            },
            Err(error) => return Err(error),
        };
        match file.try_lock() {
            Ok(()) => Ok(Lock { file: Some(file) }),
            Err(TryLockError::WouldBlock) => Err(Error::InUse),
            Err(TryLockError::Error(e)) => Err(Error::io("locking the case file")(e)),
        }
    }

    /// Removes what an interrupted save left. Only under the lock, or it might be somebody's who is still writing.
    pub(super) fn sweep(&self) {
        for name in KEYS {
            // Left lying, it does no harm: the next save overwrites it.
            let _ = fs::remove_file(self.0.join(format!("{name}{UNFINISHED}")));
        }
        self.drop_unfinished_database();
    }

    /// Removes a database that did not take the other one's place.
    pub(super) fn drop_unfinished_database(&self) {
        let path = self.unfinished_database();
        let journal = self.0.join(format!("records.casedb{UNFINISHED}-journal"));
        // It is encrypted, so one that will not go takes room and does no harm.
        let _ = (fs::remove_file(path), fs::remove_file(journal));
    }

    /// Keeps the database that is about to be replaced by one of a newer form, under a name that says which form it has.
    /// It stays where it is as well until then.
    pub(super) fn keep_database_aside(&self, form: u32) -> Result<(), Error> {
        let (from, unfinished) =
            (self.database(), self.0.join(format!("records-form-{form}.casedb{UNFINISHED}")));
        let kept = (|| {
            let same = |path: &Path| Ok::<_, io::Error>(path.exists() && fs::read(path)? == fs::read(&from)?);
            let mut number = 1;
            let to = loop {
                let to = self.0.join(aside(form, number));
                // An upgrade that was stopped after this step is begun again.
                if same(&to)? {
                    return Ok(());
                }
                if !to.exists() {
                    break to;
                }
                number += 1;
            };
            // A second name costs no room; where the disk has no such thing, a copy.
            if fs::hard_link(&from, &to).is_err() {
                fs::copy(&from, &unfinished)?;
                File::options().write(true).open(&unfinished)?.sync_all()?;
                rename(&unfinished, &to)?;
            }
            sync_folder(&self.0)
        })();
        if kept.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        kept.map_err(Error::io("keeping the case file as it was"))
    }

    /// Databases of older forms that were kept.
    pub(super) fn databases_aside(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().filter_map(Result::ok);
        let named = |entry: &fs::DirEntry| {
            entry
                .file_name()
                .to_str()
                .is_some_and(|name| name.starts_with(ASIDE) && name.ends_with(".casedb"))
        };
        entries.filter(named).map(|entry| entry.path()).collect()
    }

    /// Puts the unfinished database, whole by now, in the place of the other one.
    pub(super) fn swap_database(&self) -> Result<(), Error> {
        rename(&self.unfinished_database(), &self.database())
            .and_then(|()| sync_folder(&self.0))
            .map_err(Error::io("putting the new database in its place"))
    }

    /// The database's first 16 bytes, which are SQLCipher's salt and the case file's id; nothing if it is shorter.
    pub(super) fn database_head(&self) -> Result<Option<[u8; 16]>, Error> {
        let mut head = [0; 16];
        let mut file = File::open(self.database()).map_err(Error::io("reading the case file"))?;
        match file.read_exact(&mut head) {
            Ok(()) => Ok(Some(head)),
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(e) => Err(Error::io("reading the case file")(e)),
        }
    }

    pub(super) fn database_length(&self) -> Result<u64, Error> {
        fs::metadata(self.database()).map(|m| m.len()).map_err(Error::io("looking at the case file"))
    }
}

/// Writes a file whole or not at all: beside it, to the disk, read back, renamed over it, folder to the disk.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(UNFINISHED);
    let unfinished = PathBuf::from(unfinished);
    let written = (|| {
        let mut file = File::create(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        if fs::read(&unfinished)? != bytes {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        rename(&unfinished, path)?;
        path.parent().map_or(Ok(()), sync_folder)
    })();
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written.map_err(Error::io("saving the keys"))
}

/// Renames; on Windows it waits for whoever holds the file.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    held::patiently(|| fs::rename(from, to))
}

/// Makes names in a folder durable. Windows does so by itself and cannot open a folder for it.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_save_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("records.keys");
        write_whole(&path, b"old").unwrap();
        // The unfinished file's name is taken by a folder, so it cannot be written.
        fs::create_dir(dir.path().join("records.keys.new")).unwrap();
        assert!(matches!(write_whole(&path, b"new"), Err(Error::Io { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"old");
        fs::remove_dir(dir.path().join("records.keys.new")).unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn unfinished_saves_are_swept() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::make(&dir.path().join("a.casebook")).unwrap();
        for name in ["records.keys.new", "records.keys2.new", "other.new"] {
            fs::write(folder.path().join(name), b"half").unwrap();
        }
        folder.sweep();
        assert!(!folder.path().join("records.keys.new").exists());
        assert!(!folder.path().join("records.keys2.new").exists());
        assert!(folder.path().join("other.new").exists());
    }

    #[test]
    fn the_lock_is_for_one() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::make(&dir.path().join("a.casebook")).unwrap();
        let held = folder.lock().unwrap();
        assert!(matches!(folder.lock(), Err(Error::InUse)));
        drop(held);
        assert!(folder.lock().is_ok());
    }
}
