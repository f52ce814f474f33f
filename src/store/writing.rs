//! One change to the case file while it is being written: everything in it happens, or none of it does.

use super::journal::{self, Act, Link, Subject};
use super::{Error, Random, Record, Stamp, blob, search};
use crate::domain::CaseId;
use rusqlite::{Connection, OptionalExtension, ffi};

/// What may be written inside [`Store::write`](super::Store::write).
pub struct Writing<'w> {
    pub(super) db: &'w Connection,
    pub(super) random: &'w dyn Random,
    pub(super) file_id: &'w [u8; 16],
    pub(super) stamp: &'w Stamp<'w>,
    pub(super) why: &'w str,
    pub(super) last: Option<Link>,
    /// A step failed. Nothing more is written, even if the caller goes on.
    pub(super) failed: bool,
}

impl Writing<'_> {
    /// Writes a new version of a record; the versions before it stay.
    pub fn put<T: Record>(&mut self, record: &T) -> Result<(), Error> {
        let text = serde_json::to_vec(record).map_err(|_| Error::Unreadable { kind: T::KIND, seq: 0 })?;
        self.step(|this| this.entry(Act::Put, T::KIND, &record.key(), (record.case(), &text)))
    }

    /// Takes a record back. Lists leave it out from now on; its history stays readable.
    pub fn withdraw<T: Record>(&mut self, id: &str) -> Result<(), Error> {
        let sql =
            "SELECT e.case_id FROM current c JOIN event e ON e.seq = c.last WHERE c.kind = ?1 AND c.id = ?2";
        let found: Option<Option<String>> =
            self.db.prepare_cached(sql)?.query_row([T::KIND, id], |row| row.get(0)).optional()?;
        let Some(case) = found else { return Err(Error::NoSuchRecord { kind: T::KIND }) };
        let case = case.as_deref().and_then(CaseId::parse);
        self.step(|this| this.entry(Act::Withdrawn, T::KIND, id, (case, b"")))
    }

    /// Keeps a file and returns its SHA-256, under which it is read again. Equal bytes are kept once.
    pub fn attach(&mut self, bytes: &[u8]) -> Result<String, Error> {
        let sha256 = blob::name_of(bytes);
        self.step(|this| {
            if !blob::is_kept(this.db, &sha256)? {
                blob::keep(this.db, &sha256, bytes)?;
                this.entry(Act::Attached, ATTACHMENT, &sha256, (None, b""))?;
            }
            Ok(sha256)
        })
    }

    /// Replaces the words by which a case is found.
    pub fn index(&mut self, case: CaseId, text: &str) -> Result<(), Error> {
        self.step(|this| search::index(this.db, case, text))
    }

    /// Writes an entry of the journal with its text.
    pub(super) fn entry(
        &mut self,
        act: Act,
        kind: &str,
        id: &str,
        (case, text): (Option<CaseId>, &[u8]),
    ) -> Result<(), Error> {
        let subject = Subject { act, kind, id, case, why: self.why, text };
        let last = self.last.as_ref();
        self.last = Some(journal::append(self.db, self.random, self.file_id, last, self.stamp, &subject)?);
        Ok(())
    }

    fn step<R>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, Error>) -> Result<R, Error> {
        if self.failed {
            return Err(Error::Internal { code: ffi::SQLITE_ABORT });
        }
        let result = work(self);
        self.failed = result.is_err();
        result
    }
}

/// The journal's kind for files.
pub(super) const ATTACHMENT: &str = "attachment";
