//! Files that belong to the record, byte for byte, under their SHA-256.
//!
//! Never opens, converts or trusts what is in them.

use super::Error;
use super::secret::hex;
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

const PART: usize = 1024 * 1024;

/// Whether these bytes are kept, and under which name.
pub(super) fn name_of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(super) fn is_kept(db: &Connection, sha256: &str) -> Result<bool, Error> {
    Ok(db.prepare_cached("SELECT 1 FROM blob WHERE sha256 = ?1")?.exists([sha256])?)
}

/// Keeps bytes that are not kept yet.
pub(super) fn keep(db: &Connection, sha256: &str, bytes: &[u8]) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO blob (sha256, length) VALUES (?1, ?2)")?
        .execute(params![sha256, (bytes.len() as u64).cast_signed()])?;
    let mut insert = db.prepare_cached("INSERT INTO blob_part (sha256, part, bytes) VALUES (?1, ?2, ?3)")?;
    for (number, part) in (0i64..).zip(bytes.chunks(PART)) {
        insert.execute(params![sha256, number, part])?;
    }
    Ok(())
}

/// The bytes, checked against their name on the way out.
pub(super) fn read(db: &Connection, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
    let length: Option<i64> = db
        .prepare_cached("SELECT length FROM blob WHERE sha256 = ?1")?
        .query_row([sha256], |row| row.get(0))
        .optional()?;
    let Some(length) = length else { return Ok(None) };
    let damaged = Error::Damaged { what: "an attached file is not as it was stored" };
    let mut bytes = Vec::new();
    // A length that lies must not take all the memory either.
    let Ok(length) = usize::try_from(length) else { return Err(damaged) };
    bytes.try_reserve_exact(length).map_err(|_| Error::NoMemory)?;
    let mut parts = db.prepare_cached("SELECT bytes FROM blob_part WHERE sha256 = ?1 ORDER BY part")?;
    let mut rows = parts.query([sha256])?;
    while let Some(row) = rows.next()? {
        let part = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        if part.len() > length - bytes.len() {
            return Err(damaged);
        }
        bytes.extend_from_slice(part);
    }
    if bytes.len() == length && name_of(&bytes) == sha256 { Ok(Some(bytes)) } else { Err(damaged) }
}

/// The names of everything kept.
pub(super) fn names(db: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare("SELECT sha256 FROM blob ORDER BY sha256")?;
    let names = statement.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
