//! Brings a case file of an older release to the form of this one: on a copy, which is checked as a whole before it takes
//! the old one's place, and the old one is kept beside it.
//!
//! Whatever stops it, and whenever, the case file that was there is there still: the copy has another name until it is
//! known to be whole, and takes its place in one step.

use super::folder::Folder;
use super::journal::{self, Anchor};
use super::secret::DataKey;
use super::{Error, NO_ENTRY, Store, connection, migrate, verify};
use rusqlite::Connection;
use std::fs;
use std::path::PathBuf;

impl Store {
    /// The case file as it was before an upgrade, as often as one was kept.
    pub fn older_forms(&self) -> Vec<PathBuf> {
        self.folder.databases_aside()
    }

    /// Removes what upgrades kept: once nobody is to open it any more, or when what it says is to be no longer.
    pub fn remove_older_forms(&self) -> Result<(), Error> {
        let removed = self.older_forms().iter().try_for_each(fs::remove_file);
        removed.map_err(Error::io("removing the case file as it was before an upgrade"))
    }
}

/// What may not be fewer, nor more, afterwards.
const COUNTED: [&str; 4] = ["event", "body", "blob", "blob_part"];

/// The database in the form that this program knows, and the older form that it was in, if it was.
///
/// # Errors
/// A newer form by its name. Where the old one cannot be read as a whole, or there is no room for the copy, it stays as
/// it is.
pub(super) fn bring_up_to_date(
    db: Connection,
    folder: &Folder,
    key: &DataKey,
    file_id: &[u8; 16],
) -> Result<(Connection, Option<u32>), Error> {
    let Some(from) = migrate::older(&db)? else { return Ok((db, None)) };
    if db.is_readonly("main")? {
        return Err(Error::ReadOnly);
    }
    let placed = checked_copy(&db, folder, key, file_id).and_then(|()| {
        // Windows does not rename over an open file.
        db.close().map_err(|(_, error)| error)?;
        folder.keep_database_aside(from)?;
        folder.swap_database()
    });
    if let Err(error) = placed {
        folder.drop_unfinished_database();
        return Err(error);
    }
    Ok((connection::open(folder, key, file_id)?, Some(from)))
}

/// The copy in its new form, to the disk, read anew and compared with what it was made from.
fn checked_copy(db: &Connection, folder: &Folder, key: &DataKey, file_id: &[u8; 16]) -> Result<(), Error> {
    folder.drop_unfinished_database();
    let path = folder.unfinished_database();
    let end = end_of(db)?;
    let mut copy = connection::copy(db, &path, key, file_id)?;
    let transaction = copy.transaction()?;
    migrate::run(&transaction)?;
    transaction.commit()?;
    connection::compact(&copy)?;
    copy.close().map_err(|(_, error)| error)?;

    let fresh = connection::open_copy(&path, key, file_id)?;
    let report = verify::verify(&fresh, file_id, &[end])?;
    let whole = report.problems.is_empty()
        && report.events == end.seq()
        && end_of(&fresh)? == end
        && counts(&fresh)? == counts(db)?
        && migrate::older(&fresh)?.is_none();
    if whole {
        Ok(())
    } else {
        Err(Error::Damaged { what: "it could not be read whole to bring it up to date" })
    }
}

fn end_of(db: &Connection) -> Result<Anchor, Error> {
    Ok(journal::last(db)?.ok_or(NO_ENTRY)?.anchor())
}

fn counts(db: &Connection) -> Result<[i64; 4], Error> {
    let mut counts = [0; 4];
    for (count, table) in counts.iter_mut().zip(COUNTED) {
        *count = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
    }
    Ok(counts)
}
