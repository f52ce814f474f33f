//! Records on their way out: every text is checked against the journal's commitment before it is believed.

use super::journal::{Act, LINK, Link};
use super::{Error, Record, Version};
use crate::domain::CaseId;
use rusqlite::{Connection, Params};

/// A version as it stands in the file.
struct Stored {
    link: Link,
    body: Option<(Vec<u8>, Vec<u8>)>,
}

impl Stored {
    /// What the record said; nothing where it was withdrawn.
    fn value<T: Record>(&self) -> Result<Option<T>, Error> {
        let seq = self.link.seq;
        let Some((salt, text)) = &self.body else {
            return Err(Error::ChainBroken { seq, what: "its text is missing" });
        };
        if !self.link.commits_to(salt, text) {
            return Err(Error::ChainBroken { seq, what: "its text was changed" });
        }
        if self.link.is(Act::Withdrawn) {
            return Ok(None);
        }
        serde_json::from_slice(text).map(Some).map_err(|_| Error::Unreadable { kind: T::KIND, seq })
    }
}

/// The newest version of one record, if there is one and it was not withdrawn.
pub(super) fn newest<T: Record>(db: &Connection, id: &str) -> Result<Option<T>, Error> {
    let newest = "WHERE e.kind = ?1 AND e.id = ?2 ORDER BY e.seq DESC LIMIT 1";
    versions(db, newest, [T::KIND, id])?.first().map_or(Ok(None), Stored::value)
}

/// The newest versions of all records of a kind, in the order in which they were first written.
pub(super) fn list<T: Record>(db: &Connection) -> Result<Vec<T>, Error> {
    let each = "JOIN current c ON c.last = e.seq WHERE c.kind = ?1 ORDER BY c.first";
    values(&versions(db, each, [T::KIND])?)
}

/// The same of one case. By the case's own entries: the view would look through those of every case.
pub(super) fn list_in<T: Record>(db: &Connection, case: CaseId) -> Result<Vec<T>, Error> {
    let each = "WHERE e.seq IN (
          SELECT (SELECT max(seq) FROM event WHERE kind = ?1 AND id = mine.id AND act IN ('put', 'withdrawn'))
          FROM (SELECT DISTINCT id FROM event WHERE case_id = ?2 AND +kind = ?1) AS mine)
        AND e.act = 'put' AND e.case_id = ?2
        ORDER BY (SELECT min(seq) FROM event WHERE kind = ?1 AND id = e.id AND act IN ('put', 'withdrawn'))";
    values(&versions(db, each, [T::KIND, &case.to_string()])?)
}

fn values<T: Record>(found: &[Stored]) -> Result<Vec<T>, Error> {
    found.iter().filter_map(|version| version.value().transpose()).collect()
}

/// Every version of one record, the first first.
pub(super) fn history<T: Record>(db: &Connection, id: &str) -> Result<Vec<Version<T>>, Error> {
    let every = "WHERE e.kind = ?1 AND e.id = ?2 ORDER BY e.seq";
    versions(db, every, [T::KIND, id])?.into_iter().map(version).collect()
}

fn version<T: Record>(stored: Stored) -> Result<Version<T>, Error> {
    let value = stored.value()?;
    let event = stored.link.into_event()?;
    Ok(Version { seq: event.seq, at: event.at, actor: event.actor, why: event.why, value })
}

fn versions(db: &Connection, which: &str, values: impl Params) -> Result<Vec<Stored>, Error> {
    let sql = format!("SELECT {LINK}, b.salt, b.text FROM event e LEFT JOIN body b ON b.seq = e.seq {which}");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(values, |row| {
        let salt: Option<Vec<u8>> = row.get(12)?;
        let text: Option<Vec<u8>> = row.get(13)?;
        Ok(Stored { link: Link::read(row)?, body: salt.zip(text) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
