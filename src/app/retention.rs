//! How long a case is kept, and how it ends: its class and day of review, a legal hold, and destruction, which takes the
//! texts and files out for good and leaves the journal whole. Nothing is ever destroyed by itself.

mod handed_over;
mod moved;
#[cfg(test)]
pub(crate) mod tests;

pub use handed_over::HandedOver;
pub use moved::MovedOn;

use super::compose::is_child;
use super::letters::write_whole;
use super::{CaseView, Error, Exported, Session};
use crate::documents::template::own::{CertificateFields, Own};
use crate::domain::{
    AccessRequest, Case, CaseId, CaseState, Day, Destruction, LegalHold, Person, PersonId, Retention,
    RetentionClass, Who, review_day,
};
use crate::store::{Going, Record, Stamp};
use std::path::Path;

/// How a case stands with its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionView {
    /// What is set; the usual class where nobody set one.
    pub set: Retention,
    /// Whether somebody set it.
    pub by_lead: bool,
    /// The day on which it is looked at again; nothing where it cannot be worked out.
    pub review_on: Option<Day>,
    /// Why it may not be destroyed today, in plain words.
    pub kept_because: Option<String>,
    /// What destroying it would take away: texts and files. Nothing is counted while it may not be destroyed.
    pub would_go: (usize, usize),
    /// Set where another school has the file of a pupil in it.
    pub moved: Option<MovedOn>,
}

/// What the lead says before a case is destroyed.
#[derive(Debug, Clone, Default)]
pub struct DestroyConfirmed {
    /// The case's reference, typed.
    pub reference: String,
    /// That it cannot be undone is understood.
    pub for_good: bool,
    /// That backups and copies outside still hold it until they are gone is understood.
    pub backups: bool,
    /// Why. It stands on the certificate and names nobody.
    pub reason: String,
}

impl Session {
    /// How a case stands with its time.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case; the case file cannot be read.
    pub fn retention(&self, case: CaseId) -> Result<RetentionView, Error> {
        let view = self.case(case)?;
        let found: Option<Retention> = self.inner().store.get(&case.to_string())?;
        let by_lead = found.is_some();
        let set = found.unwrap_or_else(|| usual(case));
        let review_on = self.review_of(&view, &set)?;
        let kept_because = self.kept_because(&view, &set, review_on)?;
        // To look through every text costs time: only where it may go.
        let would_go = if kept_because.is_some() { (0, 0) } else { self.counted(case, &self.going(&view)?)? };
        let moved = self.moved_on(&view, &set)?;
        Ok(RetentionView { set, by_lead, review_on, kept_because, would_go, moved })
    }

    /// Sets the class of a case, and for the school's own schedule the day.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason, or without the day that the school's own schedule gives.
    pub fn set_retention(
        &self,
        case: CaseId,
        class: RetentionClass,
        own_day: Option<Day>,
        why: &str,
    ) -> Result<(), Error> {
        said(why, "Say why this class holds for the case.")?;
        if class == RetentionClass::OwnSchedule && own_day.is_none() {
            return Err(incomplete("Enter the day that the school’s own schedule gives."));
        }
        let before = self.retention(case)?.set;
        let own_day = own_day.filter(|_| class == RetentionClass::OwnSchedule);
        let set = Retention { class, own_day, why: why.trim().to_owned(), ..before };
        self.write("how long the case is kept", |w| w.put(&set))
    }

    /// Keeps a case from being destroyed, whatever its day.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason.
    pub fn set_hold(&self, case: CaseId, why: &str) -> Result<(), Error> {
        said(why, "Say who may ask for it, and why.")?;
        let hold = LegalHold { why: why.trim().to_owned(), by: self.actor().to_owned(), since: self.today() };
        let set = Retention { hold: Some(hold), ..self.retention(case)?.set };
        self.write("a legal hold on the case", |w| w.put(&set))
    }

    /// Takes a legal hold away.
    ///
    /// # Errors
    /// [`Error::Incomplete`] without a reason.
    pub fn lift_hold(&self, case: CaseId, why: &str) -> Result<(), Error> {
        said(why, "Say why it is not needed any more.")?;
        let before = self.retention(case)?.set;
        let set = Retention { hold: None, why: why.trim().to_owned(), ..before };
        self.write("the legal hold on the case lifted", |w| w.put(&set))
    }

    /// Destroys a case: its texts, its files and its words in the search, for good. The journal stays whole, with an entry
    /// that says what is gone. The certificate is written into a folder.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where something is not confirmed; [`Error::Kept`] where it may not be destroyed; a folder
    /// that cannot be written. Then nothing is destroyed.
    pub fn destroy_case(
        &self,
        case: CaseId,
        confirmed: &DestroyConfirmed,
        folder: &Path,
    ) -> Result<(Destruction, Exported), Error> {
        let view = self.case(case)?;
        let standing = self.retention(case)?;
        if let Some(why) = standing.kept_because {
            return Err(Error::Kept { why });
        }
        let class = standing.set.class.title().to_owned();
        self.destroy_for(&view, (class, standing.review_on), &self.going(&view)?, (confirmed, folder))
    }

    /// What was destroyed, the oldest first.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn destructions(&self) -> Result<Vec<Destruction>, Error> {
        Ok(self.inner().store.list()?)
    }

    fn destroy(&self, going: &Going, told: &Destruction) -> Result<Destruction, Error> {
        let stamp = Stamp { at: self.now(), actor: self.actor() };
        let mut inner = self.inner();
        let (destruction, anchor) = inner.store.destroy(&stamp, "a case destroyed", going, told)?;
        inner.seen.note(anchor);
        Ok(destruction)
    }

    /// The certificate: kept in the case file, and written into a folder.
    fn certify(&self, destruction: &Destruction, folder: &Path) -> Result<(Destruction, Exported), Error> {
        let fields = CertificateFields {
            reference: destruction.reference.clone(),
            on: destruction.on,
            by: destruction.by.clone(),
            class: destruction.class.clone(),
            review_on: destruction.review_on,
            reason: destruction.reason.clone(),
            texts: destruction.texts(),
            files: destruction.files.len(),
            entries: spans(&destruction.entries),
            mark: self.anchor()?.to_string(),
            sender: self.sender()?,
        };
        let pdf = self.own_paper(&Own::Certificate(Box::new(fields)), &destruction.reference)?;
        let (destruction, sha256) = self.write("a certificate of destruction", |w| {
            let sha256 = w.attach(&pdf.bytes)?;
            let destruction = Destruction { certificate: Some(sha256.clone()), ..destruction.clone() };
            w.put(&destruction)?;
            Ok((destruction, sha256))
        })?;
        let name = match destruction.reference.as_str() {
            "" => format!("destruction-{}.pdf", destruction.on.iso()),
            reference => format!("{reference}-destruction.pdf"),
        };
        let path = folder.join(name);
        write_whole(&path, &pdf.bytes)?;
        Ok((destruction, Exported { path, sha256, pages: pdf.pages }))
    }

    fn review_of(&self, view: &CaseView, set: &Retention) -> Result<Option<Day>, Error> {
        let children: Vec<&Person> = view.people.iter().filter(|person| is_child(person)).collect();
        let last = self.journal(view.case.id)?.last().map(|event| Day::from(event.at.date_naive()));
        Ok(review_day(set.class, set.own_day, &children, last.unwrap_or(view.case.disclosed_on)))
    }

    /// Why a case may not be destroyed today.
    fn kept_because(
        &self,
        view: &CaseView,
        set: &Retention,
        review_on: Option<Day>,
    ) -> Result<Option<String>, Error> {
        if let Some(held) = held(view, set, &self.access_requests()?) {
            return Ok(Some(held));
        }
        Ok(match review_on {
            None => Some(
                "No child’s date of birth is known, so its day cannot be worked out. Set the day that the school’s own \
                 schedule gives."
                    .into(),
            ),
            Some(day) if day > self.today() => Some(format!("Its time to be kept ends on {}.", day.plain())),
            Some(_) => None,
        })
    }

    /// What goes with a case: people who stand in no other and are not on the school's roll, requests about them, files
    /// that nothing else keeps.
    fn going(&self, view: &CaseView) -> Result<Going, Error> {
        let records = self.records_going(view, &self.cases_beside(view.case.id)?)?;
        self.with_files(view.case.id, records)
    }

    /// Every other case.
    fn cases_beside(&self, id: CaseId) -> Result<Vec<Case>, Error> {
        let mut cases: Vec<Case> = self.inner().store.list()?;
        cases.retain(|case| case.id != id);
        Ok(cases)
    }

    /// The people and the requests that go with a case.
    fn records_going(&self, view: &CaseView, others: &[Case]) -> Result<Vec<(&'static str, String)>, Error> {
        let elsewhere = |person: PersonId| others.iter().any(|case| case.names(person));
        let people: Vec<&Person> =
            view.people.iter().filter(|p| p.who != Who::CurrentPupil && !elsewhere(p.id)).collect();
        let mut records: Vec<(&'static str, String)> =
            people.iter().map(|person| (Person::KIND, person.id.to_string())).collect();
        for request in self.inner().store.list::<AccessRequest>()? {
            if people.iter().any(|person| person.id == request.subject) {
                records.push((AccessRequest::KIND, request.id.to_string()));
            }
        }
        Ok(records)
    }

    /// Records that go with a case, with the files that nothing else keeps.
    fn with_files(&self, case: CaseId, records: Vec<(&'static str, String)>) -> Result<Going, Error> {
        let files = self.inner().store.files_only_of(case, &records)?;
        Ok(Going { records, files })
    }

    /// How many texts and files go.
    fn counted(&self, case: CaseId, going: &Going) -> Result<(usize, usize), Error> {
        Ok((self.inner().store.texts_of(case, &going.records)?, going.files.len()))
    }
}

impl DestroyConfirmed {
    fn whole(&self, reference: &str) -> Result<(), Error> {
        if self.reference.trim() != reference {
            return Err(incomplete("Type the case’s reference exactly as it stands above."));
        }
        if !self.for_good || !self.backups {
            return Err(incomplete("Confirm both points. What is destroyed cannot be brought back."));
        }
        said(&self.reason, "Say why, without naming anybody: it stands on the certificate.")
    }
}

/// Why nothing of a case may go, whatever its day.
fn held(view: &CaseView, set: &Retention, requests: &[AccessRequest]) -> Option<String> {
    if let Some(hold) = &set.hold {
        let since = hold.since.plain();
        return Some(format!("A legal hold is on it since {since}: {}", hold.why));
    }
    if view.case.state == CaseState::Open {
        return Some("The case is open. Only a closed case can be destroyed.".into());
    }
    let asked = requests.iter().any(|request| request.is_open() && view.person(request.subject).is_some());
    asked.then(|| "Somebody asked for a copy of what is kept about a child in it.".into())
}

/// A case for which nothing is set.
fn usual(id: CaseId) -> Retention {
    Retention { id, class: RetentionClass::ChildProtection, own_day: None, why: String::new(), hold: None }
}

fn spans(entries: &[(u64, u64)]) -> String {
    let span =
        |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from} to {to}") };
    entries.iter().map(span).collect::<Vec<_>>().join(", ")
}

fn incomplete(what: &str) -> Error {
    Error::Incomplete { what: what.into() }
}

fn said(text: &str, what: &str) -> Result<(), Error> {
    if text.trim().is_empty() { Err(incomplete(what)) } else { Ok(()) }
}
