//! A child's copy: a request by the child or for it, everything that the case file says about the child in one order, every
//! other child taken out of it, each place shown to the lead first, and the copy and its log as PDF.
//!
//! Nothing is taken out of the record. What goes is decided here each time from the record as it stands; what the lead
//! settled holds for the very words it was settled for.

mod circle;
mod gather;
mod papers;
mod review;
mod settle;
mod transfer;

pub use review::{AccessEntry, AccessPassage, AccessPlace, AccessView, PlaceIs};

use super::letters::write_whole;
use super::{Error, Exported, Session};
use crate::domain::{
    AccessRequest, AccessRequestId, Day, Extension, Issued, Person, PersonId, RequestState, months_after,
};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;

/// Why a request is written again when its copy leaves the case file.
const EXPORTED: &str = "a child's copy saved outside the case file";

impl Session {
    /// Every request for a copy, the newest last.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn access_requests(&self) -> Result<Vec<AccessRequest>, Error> {
        let mut requests: Vec<AccessRequest> = self.inner().store.list()?;
        requests.sort_by_key(|request| (request.received_on, request.number, request.id));
        Ok(requests)
    }

    /// Takes down a request. The month begins on the day on which it was received.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where it is not said who asks, or the day has not come; the case file cannot be written.
    pub fn open_access_request(
        &self,
        subject: PersonId,
        received_on: Day,
        asked_by: &str,
        authority: &str,
    ) -> Result<AccessRequestId, Error> {
        said(asked_by, "Say who asks for the copy, and how they asked.")?;
        if received_on > self.today() {
            return Err(incomplete("The day on which the request was received has not come yet."));
        }
        self.subject(subject)?;
        let id = AccessRequestId::new(self.bits()?);
        let request = AccessRequest {
            id,
            number: self.next_number(received_on, false)?,
            subject,
            received_on,
            asked_by: asked_by.trim().to_owned(),
            authority: authority.trim().to_owned(),
            extended: None,
            settled: Vec::new(),
            held_back: Vec::new(),
            read: Vec::new(),
            state: RequestState::Open,
            transfer: None,
        };
        self.write("a request for a child's copy received", |w| w.put(&request))?;
        Ok(id)
    }

    /// Keeps how it was made sure that whoever asks may have the copy.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where nothing is said.
    pub fn set_access_authority(&self, id: AccessRequestId, authority: &str) -> Result<(), Error> {
        said(authority, "Say how you made sure who asks, and that they may have the copy.")?;
        let mut request = self.open_request(id)?;
        authority.trim().clone_into(&mut request.authority);
        self.write("a request for a child's copy: who may have it", |w| w.put(&request))
    }

    /// Takes two more months. Whoever asks must be told within the first one.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason, or after the first month.
    pub fn extend_access(&self, id: AccessRequestId, told_on: Day, why: &str) -> Result<(), Error> {
        said(why, "Say why it takes longer: because it is complex, or because of many requests.")?;
        let mut request = self.open_request(id)?;
        if told_on < request.received_on || told_on > months_after(request.received_on, 1) {
            return Err(incomplete("Whoever asks has to be told within the first month. Check the day."));
        }
        request.extended = Some(Extension { told_on, why: why.trim().to_owned() });
        self.write("a request for a child's copy takes longer", |w| w.put(&request))
    }

    /// Ends a request without a copy: it was taken back, or it has to be refused.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason.
    pub fn end_access(&self, id: AccessRequestId, why: &str) -> Result<(), Error> {
        said(why, "Say why no copy is made.")?;
        let mut request = self.open_request(id)?;
        request.state = RequestState::Ended { on: self.today(), why: why.trim().to_owned() };
        self.write("a request for a child's copy ended", |w| w.put(&request))
    }

    /// Makes the copy and its log. Both are kept, and change no more.
    ///
    /// # Errors
    /// [`Error::Incomplete`] while an entry is not read, a name of an adult is not settled, or it is not said how it was
    /// made sure that whoever asks may have it; [`Error::Guarded`] while the guard finds another child.
    pub fn issue_access(&self, id: AccessRequestId) -> Result<AccessRequest, Error> {
        let mut request = self.open_request(id)?;
        let view = self.access_view(id)?;
        if let Some(what) = view.waits_for() {
            return Err(Error::Incomplete { what });
        }
        let left = self.access_left(&view)?;
        if left > 0 {
            return Err(Error::Guarded { hits: left });
        }
        let (copy, log) = papers::render(self, &view)?;
        let (on, by) = (self.today(), self.actor().to_owned());
        self.write("a child's copy made", |w| {
            let issued = Issued {
                on,
                by: by.clone(),
                copy: w.attach(&copy.bytes)?,
                copy_pages: copy.pages,
                log: w.attach(&log.bytes)?,
                log_pages: log.pages,
                taken_out: view.taken_out(),
            };
            request.state = RequestState::Issued(issued);
            w.put(&request)
        })?;
        self.access_request(id)
    }

    /// The bytes of the copy as it was made, or as it would be made now.
    ///
    /// # Errors
    /// A character that no font can draw.
    pub fn access_copy(&self, id: AccessRequestId) -> Result<super::Pdf, Error> {
        match self.access_request(id)?.state {
            RequestState::Issued(issued) => Ok(super::Pdf {
                bytes: self.inner().store.blob(&issued.copy)?.ok_or(Error::NotFound)?,
                pages: issued.copy_pages,
            }),
            RequestState::Open | RequestState::Ended { .. } => {
                Ok(papers::render(self, &self.access_view(id)?)?.0)
            }
        }
    }

    /// Writes the copy and the log into a folder, each under a name that says nothing of a child. The log is for the lead.
    ///
    /// # Errors
    /// [`Error::NotApproved`] before it is issued; a folder that cannot be written.
    pub fn save_access(&self, id: AccessRequestId, folder: &Path) -> Result<Vec<Exported>, Error> {
        let request = self.access_request(id)?;
        let RequestState::Issued(issued) = &request.state else { return Err(Error::NotApproved) };
        let number = self.access_number(&request)?;
        let mut saved = Vec::new();
        for (name, sha256, pages) in [
            (format!("{number}-copy.pdf"), &issued.copy, issued.copy_pages),
            (format!("{number}-log-for-the-lead-only.pdf"), &issued.log, issued.log_pages),
        ] {
            let bytes = self.inner().store.blob(sha256)?.ok_or(Error::NotFound)?;
            let path = folder.join(name);
            write_whole(&path, &bytes)?;
            saved.push(Exported { path, sha256: sha256.clone(), pages });
        }
        self.write(EXPORTED, |w| w.put(&request))?;
        Ok(saved)
    }

    /// What a request is called: `access-2026-01`, `transfer-2026-01`. Says nothing of a child. Of two, also for one child
    /// on one day, each has its own, and keeps it whatever is taken down later.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn access_number(&self, request: &AccessRequest) -> Result<String, Error> {
        let (year, transfer) = (request.received_on.year(), request.transfer.is_some());
        let number = match request.number {
            0 => position(&self.numbered(year, transfer)?, request.id),
            number => number,
        };
        Ok(format!("{}-{year}-{number:02}", if transfer { "transfer" } else { "access" }))
    }

    /// The number of a request that is taken down now.
    fn next_number(&self, received_on: Day, transfer: bool) -> Result<u32, Error> {
        let all = self.numbered(received_on.year(), transfer)?;
        let taken =
            all.iter().map(|other| if other.number == 0 { position(&all, other.id) } else { other.number });
        Ok(taken.max().unwrap_or(0) + 1)
    }

    /// The requests of a kind that were received in a year.
    fn numbered(&self, year: i32, transfer: bool) -> Result<Vec<AccessRequest>, Error> {
        let mut all = self.access_requests()?;
        all.retain(|other| other.received_on.year() == year && other.transfer.is_some() == transfer);
        Ok(all)
    }

    fn access_request(&self, id: AccessRequestId) -> Result<AccessRequest, Error> {
        self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)
    }

    fn open_request(&self, id: AccessRequestId) -> Result<AccessRequest, Error> {
        let request = self.access_request(id)?;
        if request.is_open() { Ok(request) } else { Err(Error::AlreadyApproved) }
    }

    fn subject(&self, id: PersonId) -> Result<Person, Error> {
        self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)
    }
}

/// Where a request stands among those that have no number of their own, from 1.
fn position(all: &[AccessRequest], id: AccessRequestId) -> u32 {
    let older = all.iter().filter(|other| other.number == 0);
    older.zip(1..).find(|(other, _)| other.id == id).map_or(0, |(_, at)| at)
}

fn sha256_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        let _never_fails = write!(hex, "{byte:02x}");
        hex
    })
}

fn incomplete(what: &str) -> Error {
    Error::Incomplete { what: what.into() }
}

fn said(text: &str, what: &str) -> Result<(), Error> {
    if text.trim().is_empty() { Err(incomplete(what)) } else { Ok(()) }
}
