//! One change to the case file while it is being written: everything in it happens, or none of it does.

use super::journal::{self, Act, Link, Subject};
use super::{CaseLine, Error, Event, Mark, Random, Record, Stamp, blob, lines, reading, search};
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

    /// Replaces the words by which each of these cases is found.
    pub fn index_many(&mut self, words: &[(CaseId, String)]) -> Result<(), Error> {
        self.step(|this| search::index_many(this.db, words))
    }

    /// The newest version of a record, as it is in the middle of this change.
    pub fn get<T: Record>(&self, id: &str) -> Result<Option<T>, Error> {
        reading::newest(self.db, id)
    }

    /// The newest versions of a case's records of a kind, as they are in the middle of this change.
    pub fn list_in<T: Record>(&self, case: CaseId) -> Result<Vec<T>, Error> {
        reading::list_in(self.db, case)
    }

    /// What was written since the lines of the list were last kept up, this change included.
    pub fn since_the_lines(&self) -> Result<Vec<Event>, Error> {
        journal::after(self.db, lines::seen(self.db)?)
    }

    /// The cases that this person is in.
    pub fn lines_naming(&self, person: &str) -> Result<Vec<CaseId>, Error> {
        lines::naming(self.db, person)
    }

    /// Keeps a case's line in the list, with what it is chosen by.
    pub fn keep_line(&mut self, line: &CaseLine, marks: &[(Mark, String)]) -> Result<(), Error> {
        self.step(|this| lines::keep(this.db, line, marks))
    }

    /// Takes a case's line out of the list.
    pub fn remove_line(&mut self, case: CaseId) -> Result<(), Error> {
        self.step(|this| lines::remove(this.db, case))
    }

    /// The lines go up to the end of the journal now.
    pub fn lines_are_kept_up(&mut self) -> Result<(), Error> {
        let seq = self.last.as_ref().map_or(0, |last| last.seq);
        self.step(|this| lines::set_seen(this.db, seq))
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
