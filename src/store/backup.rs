//! Backups: the whole case file in one encrypted file, checked before it counts, kept by a ladder, and put back.
//!
//! A backup is made in two steps. The copy holds up everybody else who writes; checking and wrapping it does not. What
//! has its name is whole: until then it lies in a folder whose name begins with a dot.

mod container;
mod ladder;
mod restore;

pub use restore::{restore, restore_over};

use super::folder::{self, Folder};
use super::journal::Anchor;
use super::secret::{DataKey, hex, random_bytes};
use super::{Error, Report, Store, connection, verify};
use chrono::{DateTime, NaiveDateTime, Utc};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What the name of a backup ends in.
pub const EXTENSION: &str = "casebackup";
const TIME: &str = "%Y%m%dT%H%M%SZ";

/// A backup that lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, by the clock of the PC that made it.
    pub at: DateTime<Utc>,
    /// The number of the last entry in it.
    pub seq: u64,
}

/// A copy that is not checked yet. Goes away when dropped.
pub struct Copied {
    work: WorkFolder,
    key: DataKey,
    file_id: [u8; 16],
    keys: Vec<u8>,
    anchor: Anchor,
}

impl std::fmt::Debug for Copied {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Copied").finish_non_exhaustive()
    }
}

/// A folder for what is not whole yet.
struct WorkFolder(PathBuf);

impl Drop for WorkFolder {
    fn drop(&mut self) {
        // Encrypted, and swept the next time.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The backups in the case file's own folder, the newest first, where the case file itself cannot be opened. Whether one
/// belongs to it is seen when it is put back.
pub fn beside(case_file: &Path) -> Vec<Backup> {
    let named = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let (first, rest) = name.to_str()?.strip_prefix("casebook-")?.split_once('-')?;
        let (at, seq) = parse(rest, "").filter(|_| first.len() == 8)?;
        Some(Backup { path: entry.path(), at, seq })
    };
    let entries = fs::read_dir(case_file.join("backups")).into_iter().flatten();
    let mut found: Vec<_> = entries.filter_map(Result::ok).filter_map(named).collect();
    found.sort_by_key(|backup| std::cmp::Reverse((backup.at, backup.seq)));
    found
}

impl Store {
    /// The place for backups inside the case file's own folder.
    pub fn backups_folder(&self) -> PathBuf {
        self.folder.path().join("backups")
    }

    /// Copies everything into a work folder at this place: the first step of a backup.
    pub fn copy_for_backup(&self, place: &Path) -> Result<Copied, Error> {
        let anchor = self.head()?;
        let name = format!("{}{}", self.work_prefix(), hex(&random_bytes::<8>(&*self.random)?));
        let work = WorkFolder(place.join(name));
        fs::create_dir(&work.0).map_err(Error::io("making a folder for the backup"))?;
        let mut key = DataKey::zeroed();
        key.bytes_mut().copy_from_slice(self.key.bytes());
        let copy = connection::copy(&self.db, &work.database(), &key, &self.file_id)?;
        copy.close().map_err(|(_, error)| error)?;
        Ok(Copied { work, key, file_id: self.file_id, keys: self.keys.to_bytes()?, anchor })
    }

    /// The name under which a backup made now is kept. No name of a person or a school is in it.
    pub fn backup_name(&self, at: DateTime<Utc>) -> Result<String, Error> {
        Ok(format!("{}{}-{}.{EXTENSION}", self.prefix(), at.format(TIME), self.head()?.seq()))
    }

    /// The backups of this case file at a place, the newest first.
    pub fn backups_at(&self, place: &Path) -> Result<Vec<Backup>, Error> {
        let mut found = Vec::new();
        for entry in fs::read_dir(place).map_err(Error::io("looking at the backups"))? {
            let entry = entry.map_err(Error::io("looking at the backups"))?;
            let name = entry.file_name();
            if let Some((at, seq)) = name.to_str().and_then(|name| parse(name, &self.prefix())) {
                found.push(Backup { path: entry.path(), at, seq });
            }
        }
        found.sort_by_key(|backup| std::cmp::Reverse((backup.at, backup.seq)));
        Ok(found)
    }

    /// Removes backups that the ladder does not keep, and what was left unfinished. Returns how many backups went.
    pub fn tidy_backups(&self, place: &Path) -> Result<usize, Error> {
        let backups = self.backups_at(place)?;
        let keep = ladder::keep(&backups.iter().map(|b| (b.at, b.seq)).collect::<Vec<_>>());
        let gone: Vec<_> = backups.iter().zip(keep).filter(|(_, keep)| !keep).collect();
        for (backup, _) in &gone {
            fs::remove_file(&backup.path).map_err(Error::io("removing an old backup"))?;
        }
        let unfinished = fs::read_dir(place).map_err(Error::io("looking at the backups"))?;
        for entry in unfinished.filter_map(Result::ok) {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with(&self.work_prefix())) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(gone.len())
    }

    /// Checks a restored case file with the key of this one, and says up to which entry it goes.
    ///
    /// # Errors
    /// A backup from before the recovery sheet was replaced is under another key: [`Error::OlderKey`].
    pub fn check_restored(&self, folder: &Path) -> Result<(Report, Anchor), Error> {
        let place = Folder::existing(folder)?;
        let db =
            connection::open_copy(&place.database(), &self.key, &self.file_id).map_err(
                |error| match error {
                    Error::Damaged { what: connection::FIRST_PAGE } => Error::OlderKey,
                    error => error,
                },
            )?;
        let report = verify::verify(&db, &self.file_id, &[])?;
        let last = super::journal::last(&db)?.ok_or(super::NO_ENTRY)?;
        Ok((report, last.anchor()))
    }

    fn prefix(&self) -> String {
        format!("casebook-{}-", hex(&self.file_id[..4]))
    }

    fn work_prefix(&self) -> String {
        format!(".{}", self.prefix())
    }
}

impl Copied {
    /// Checks the copy as a whole, wraps it, checks what was wrapped, and gives it its name. The second step.
    ///
    /// # Errors
    /// A copy that is not sound is never given a name. A place that is taken stays as it is.
    pub fn finish(self, to: &Path) -> Result<Report, Error> {
        let fresh = connection::open_copy(&self.work.database(), &self.key, &self.file_id)?;
        let report = verify::verify(&fresh, &self.file_id, &[self.anchor])?;
        fresh.close().map_err(|(_, error)| error)?;
        if !report.problems.is_empty() {
            return Err(Error::BackupUnsound);
        }
        let wrapped = self.work.0.join("wrapped");
        container::write(&wrapped, &self.keys, &self.work.database())?;
        container::check(&wrapped)?;
        put_in_place(&wrapped, to)?;
        Ok(report)
    }
}

impl WorkFolder {
    fn database(&self) -> PathBuf {
        self.0.join("records.casedb")
    }
}

/// Copies a finished backup to a second place and checks it there. Does nothing where it lies there already.
pub fn copy_to(backup: &Path, place: &Path) -> Result<PathBuf, Error> {
    let Some(name) = backup.file_name() else { return Err(Error::NotABackup) };
    let to = place.join(name);
    if to.exists() && container::check(&to).is_ok() {
        return Ok(to);
    }
    let work = WorkFolder(place.join(format!(".{}", name.to_string_lossy())));
    let _ = fs::remove_dir_all(&work.0);
    fs::create_dir(&work.0).map_err(Error::io("making a folder for the backup"))?;
    let unfinished = work.0.join("wrapped");
    let done = fs::copy(backup, &unfinished)
        .and_then(|_| fs::File::options().write(true).open(&unfinished)?.sync_all());
    done.map_err(Error::io("copying the backup"))?;
    container::check(&unfinished)?;
    if to.exists() {
        // It is damaged, and would stay so.
        fs::remove_file(&to).map_err(Error::io("replacing a damaged backup"))?;
    }
    put_in_place(&unfinished, &to)?;
    Ok(to)
}

/// Whether a backup is whole, without any key: compares every byte in it with its SHA-256.
///
/// # Errors
/// [`Error::NotABackup`] and [`Error::BackupDamaged`] are told apart.
pub fn check(backup: &Path) -> Result<(), Error> {
    container::check(backup).map(|_| ())
}

fn put_in_place(unfinished: &Path, to: &Path) -> Result<(), Error> {
    if fs::symlink_metadata(to).is_ok() {
        return Err(Error::AlreadyThere);
    }
    let named = folder::rename(unfinished, to).and_then(|()| to.parent().map_or(Ok(()), folder::sync_folder));
    named.map_err(Error::io("saving the backup"))
}

fn parse(name: &str, prefix: &str) -> Option<(DateTime<Utc>, u64)> {
    let rest = name.strip_prefix(prefix)?.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let (at, seq) = rest.split_once('-')?;
    Some((NaiveDateTime::parse_from_str(at, TIME).ok()?.and_utc(), seq.parse().ok()?))
}

/// Whether somebody has to be told that this cannot be read.
fn read_error(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::UnexpectedEof
}
