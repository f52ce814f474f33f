//! The file of a child that moves to another school: the same entries and the same reading as a copy, in a PDF behind a
//! passphrase, with a slip to send back. The five school days begin when the child leaves.

use super::{EXPORTED, incomplete, said};
use crate::app::letters::write_whole;
use crate::app::{Error, Exported, Secret, Session};
use crate::documents;
use crate::documents::template::own::{Own, ReceiptFields};
use crate::domain::{AccessRequest, AccessRequestId, Day, PersonId, Received, RequestState, Transfer};
use std::path::Path;

/// The school days within which the file goes, and within which its receipt should be back (KCSIE 2026, paragraph 150).
const SCHOOL_DAYS: u32 = 5;
/// Why the next school may have it.
const AUTHORITY: &str =
    "The child moves there: Keeping children safe in education says that its child-protection file goes too.";

impl Session {
    /// Begins the file for the next school.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where the school is not named.
    pub fn open_transfer(
        &self,
        child: PersonId,
        leaves_on: Day,
        to_school: &str,
        to_lead: &str,
    ) -> Result<AccessRequestId, Error> {
        said(to_school, "Enter the name of the next school.")?;
        self.subject(child)?;
        let id = AccessRequestId::new(self.bits()?);
        let due = self.school()?.calendar.school_days_after(leaves_on, SCHOOL_DAYS);
        let transfer = Transfer {
            to_school: to_school.trim().to_owned(),
            to_lead: to_lead.trim().to_owned(),
            leaves_on,
            due,
            received: None,
        };
        let request = AccessRequest {
            id,
            number: self.next_number(self.today(), true)?,
            subject: child,
            received_on: self.today(),
            asked_by: transfer.to_school.clone(),
            authority: AUTHORITY.into(),
            extended: None,
            settled: Vec::new(),
            held_back: Vec::new(),
            read: Vec::new(),
            state: RequestState::Open,
            transfer: Some(transfer),
        };
        self.write("the file of a child for its next school begun", |w| w.put(&request))?;
        Ok(id)
    }

    /// By when the receipt should be back, for a file that was made.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn receipt_due(&self, request: &AccessRequest) -> Result<Option<Day>, Error> {
        let RequestState::Issued(issued) = &request.state else { return Ok(None) };
        let waits = request.transfer.as_ref().is_some_and(|transfer| transfer.received.is_none());
        let calendar = self.school()?.calendar;
        Ok(waits.then(|| calendar.school_days_after(issued.on, SCHOOL_DAYS)))
    }

    /// Writes the file behind a passphrase, and its slip in the clear, into a folder. The passphrase is kept nowhere.
    ///
    /// # Errors
    /// [`Error::NotApproved`] before it is made; [`Error::Incomplete`] for a passphrase of fewer than 15 letters; a folder
    /// that cannot be written.
    pub fn save_transfer(
        &self,
        id: AccessRequestId,
        folder: &Path,
        passphrase: &Secret,
    ) -> Result<Vec<Exported>, Error> {
        let request = self.access_request(id)?;
        let (RequestState::Issued(issued), Some(transfer)) = (&request.state, &request.transfer) else {
            return Err(Error::NotApproved);
        };
        if passphrase.expose().trim().chars().count() < 15 {
            return Err(incomplete("Use the five words, or a passphrase of at least 15 letters."));
        }
        let number = self.access_number(&request)?;
        let bytes = self.inner().store.blob(&issued.copy)?.ok_or(Error::NotFound)?;
        let mut key = [0; 32];
        self.random().fill(&mut key)?;
        let pack = documents::locked(&bytes, passphrase.expose().trim(), &key)?;
        let reply_by = self.school()?.calendar.school_days_after(self.today(), SCHOOL_DAYS);
        let slip = ReceiptFields {
            number: number.clone(),
            to_school: transfer.to_school.clone(),
            sent_on: self.today(),
            reply_by,
            sender: self.sender()?,
        };
        let slip = self.own_paper(&Own::Receipt(Box::new(slip)), &number)?;
        let mut saved = Vec::new();
        for (name, bytes, pages) in [
            (format!("{number}.pdf"), &pack, issued.copy_pages),
            (format!("{number}-receipt.pdf"), &slip.bytes, slip.pages),
        ] {
            let path = folder.join(name);
            write_whole(&path, bytes)?;
            saved.push(Exported { path, sha256: super::sha256_of(bytes), pages });
        }
        self.write(EXPORTED, |w| w.put(&request))?;
        Ok(saved)
    }

    /// Keeps that the receipt came back.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where it is not said who received it, or the day has not come; [`Error::NotApproved`] before
    /// the file is made.
    pub fn transfer_received(&self, id: AccessRequestId, on: Day, by: &str) -> Result<(), Error> {
        said(by, "Say who at the school received it.")?;
        if on > self.today() {
            return Err(incomplete("This day has not come yet. Check the date."));
        }
        let mut request = self.access_request(id)?;
        let issued = matches!(request.state, RequestState::Issued(_));
        let Some(transfer) = request.transfer.as_mut().filter(|_| issued) else {
            return Err(Error::NotApproved);
        };
        transfer.received = Some(Received { on, by: by.trim().to_owned() });
        self.write("the next school received the file", |w| w.put(&request))
    }
}
