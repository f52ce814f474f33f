//! Puts a backup back: into a new folder, or in the place of a case file that is damaged, which is kept.
//!
//! Needs no key: what comes out is opened with the passphrases of the day on which the backup was made.

use super::container::{self, Contents};
use crate::domain::Random;
use crate::store::folder::{self, Folder, write_whole};
use crate::store::keys::Keys;
use crate::store::secret::hex;
use crate::store::{Error, create};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Puts a backup into a new folder, which is taken as it is or made. Whole or not at all.
///
/// # Errors
/// [`Error::AlreadyThere`] if there is anything in the folder; what is wrong with the backup.
pub fn restore(backup: &Path, to: &Path, random: &dyn Random) -> Result<(), Error> {
    create::refuse_if_taken(to)?;
    let unfinished = create::beside(to, random)?;
    let done = unpack(backup, &unfinished).and_then(|_| create::move_into_place(&unfinished, to));
    if done.is_err() {
        create::remove(&unfinished);
    }
    done
}

/// Puts a backup in the place of a case file. The case file that was there is kept beside it, under a name that says so
/// and is returned; its backups move to the new one.
///
/// # Errors
/// [`Error::BackupOfAnother`] if it is a backup of another case file. Whatever happens, what was there is still there.
pub fn restore_over(
    backup: &Path,
    case_file: &Path,
    at: DateTime<Utc>,
    random: &dyn Random,
) -> Result<PathBuf, Error> {
    // Nobody may have it open. The lock is let go again, because Windows does not rename a folder with an open file.
    let place = Folder::at(case_file)?;
    drop(place.lock()?);
    let unfinished = create::beside(case_file, random)?;
    let done = unpack(backup, &unfinished).and_then(|keys| match (Keys::look(&place), keys.file_id()) {
        (Ok(found), Ok(id)) if found.keys.file_id()? != id => Err(Error::BackupOfAnother),
        _ => exchange(&unfinished, case_file, at),
    });
    if done.is_err() {
        create::remove(&unfinished);
    }
    done
}

fn exchange(unfinished: &Path, case_file: &Path, at: DateTime<Utc>) -> Result<PathBuf, Error> {
    let name = case_file.file_stem().unwrap_or_default().to_string_lossy();
    let kept = case_file.with_file_name(format!("{name} damaged {}.casebook", at.format("%Y-%m-%d %H%M%S")));
    if kept.exists() {
        return Err(Error::AlreadyThere);
    }
    let moving = Error::io("putting the backup in its place");
    folder::rename(case_file, &kept).map_err(Error::io("moving the damaged case file aside"))?;
    if let Err(error) = folder::rename(unfinished, case_file) {
        let _ = folder::rename(&kept, case_file);
        return Err(moving(error));
    }
    // Best effort: where they cannot be moved, they stay with the damaged one.
    let backups = case_file.join("backups");
    if std::fs::remove_dir(&backups).is_ok() && folder::rename(&kept.join("backups"), &backups).is_err() {
        let _ = std::fs::create_dir(&backups);
    }
    case_file.parent().map_or(Ok(()), folder::sync_folder).map_err(moving)?;
    Ok(kept)
}

/// Makes the folder of a case file out of a backup, and reads it back from the disk.
fn unpack(backup: &Path, to: &Path) -> Result<Keys, Error> {
    // First as a whole, so that nothing is begun with a damaged one.
    container::check(backup)?;
    let folder = Folder::make(to)?;
    let doing = "writing the restored case file";
    let mut file = File::create_new(folder.database()).map_err(Error::io(doing))?;
    let contents = container::read(backup, &mut file)?;
    file.sync_all().map_err(Error::io(doing))?;
    drop(file);
    read_back(&folder, &contents)?;
    let keys = Keys::from_bytes(&contents.keys)?;
    for path in folder.keys() {
        write_whole(&path, &contents.keys)?;
    }
    folder::sync_folder(to).map_err(Error::io(doing))?;
    Ok(keys)
}

fn read_back(folder: &Folder, contents: &Contents) -> Result<(), Error> {
    let doing = "reading the restored case file";
    let mut file = File::open(folder.database()).map_err(Error::io(doing))?;
    let mut sum = Sha256::new();
    let length = io::copy(&mut file, &mut Summing(&mut sum)).map_err(Error::io(doing))?;
    let same = length == contents.database_length && hex(&sum.finalize()) == hex(&contents.database_sha256);
    if same { Ok(()) } else { Err(Error::Damaged { what: "it did not come back as it was written" }) }
}

struct Summing<'a>(&'a mut Sha256);

impl io::Write for Summing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
