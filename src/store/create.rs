//! Makes a new case file: whole, beside its place, then renamed into it.

use super::folder::{self, Folder};
use super::journal::{self, Act, Subject};
use super::keys::Keys;
use super::seal::Pin;
use super::secret::{DataKey, Secret, hex, random_bytes};
use super::{Cost, Error, Random, Stamp, connection, migrate, people};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Makes the case file and returns its key.
pub(super) fn create(
    place: &Path,
    (label, passphrase, cost): (&str, &Secret, Cost),
    random: &dyn Random,
    stamp: &Stamp<'_>,
) -> Result<DataKey, Error> {
    refuse_if_taken(place)?;
    let key = DataKey::generate(random)?;
    let file_id = random_bytes::<16>(random)?;
    let (keys, pin) = Keys::new(&file_id, &key).with_slot(label, passphrase, cost, &key, random)?;
    let unfinished = beside(place, random)?;
    let made = build(&unfinished, (&key, &file_id, &keys, &pin), random, stamp)
        .and_then(|()| move_into_place(&unfinished, place));
    if made.is_err() {
        remove(&unfinished);
    }
    made.map(|()| key)
}

/// Takes away a case file that was never used.
pub(super) fn remove(place: &Path) {
    // Nothing more can be done about a folder that will not go, and the caller already has an error to tell.
    let _ = fs::remove_dir_all(place);
}

pub(super) fn refuse_if_taken(place: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(place) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(Error::io("looking at the folder")(e)),
        Ok(found) if !found.is_dir() => Err(Error::AlreadyThere),
        // A file dialog may have made the folder.
        Ok(_) => match fs::read_dir(place).map_err(Error::io("looking at the folder"))?.next() {
            None => Ok(()),
            Some(_) => Err(Error::AlreadyThere),
        },
    }
}

pub(super) fn beside(place: &Path, random: &dyn Random) -> Result<PathBuf, Error> {
    let name = format!(".casebook-{}.new", hex(&random_bytes::<8>(random)?));
    Ok(place.with_file_name(name))
}

fn build(
    unfinished: &Path,
    (key, file_id, keys, pin): (&DataKey, &[u8; 16], &Keys, &Pin),
    random: &dyn Random,
    stamp: &Stamp<'_>,
) -> Result<(), Error> {
    let folder = Folder::make(unfinished)?;
    keys.save(&folder)?;
    let mut db = connection::create(&folder.database(), key, file_id)?;
    let transaction = db.transaction()?;
    migrate::run(&transaction)?;
    let created = Subject {
        act: Act::Created,
        kind: "case_file",
        id: &hex(file_id),
        case: None,
        why: "case file created",
        text: &people::text_of(pin)?,
    };
    journal::append(&transaction, random, file_id, None, stamp, &created)?;
    transaction.commit()?;
    // Closed before the folder moves: Windows does not rename a folder with an open file in it.
    db.close().map_err(|(_, error)| error)?;
    folder::sync_folder(unfinished).map_err(Error::io("saving the case file"))
}

pub(super) fn move_into_place(unfinished: &Path, place: &Path) -> Result<(), Error> {
    // Windows does not rename over an empty folder; one that is not empty stays and fails the renaming.
    let _ = fs::remove_dir(place);
    folder::rename(unfinished, place).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => {
            Error::AlreadyThere
        }
        _ => Error::io("putting the case file in its place")(e),
    })?;
    place.parent().map_or(Ok(()), folder::sync_folder).map_err(Error::io("saving the folder"))
}
