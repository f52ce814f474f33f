//! A case whose pupils have all moved on: the next school has the file and said so, and the copy that is left here may be
//! destroyed before its day. What was handed over, to whom and when stands on the certificate.

use super::{CaseView, DestroyConfirmed, Error, Exported, Session};
use crate::domain::{
    AccessRequest, CaseId, Contact, Day, DecisionRecord, Destruction, Evidence, LetterRecord, Occasion,
    Person, RequestState, Retention, RetentionClass, Who,
};
use crate::store::{Act, Going, Record};
use std::collections::BTreeSet;
use std::path::Path;

/// That the file of a pupil in a case went to another school, which said that it has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedOn {
    /// Each school once, with the day on which it received the file.
    pub to: Vec<String>,
    /// Why the copy here may not be destroyed yet, in plain words.
    pub not_yet: Option<String>,
    /// What destroying it would take away: texts and files. Nothing is counted while it may not be destroyed.
    pub would_go: (usize, usize),
}

/// The file of one pupil, as it was handed over.
struct FileSent {
    to: String,
    /// The journal's entry with which the file was made.
    made: u64,
}

impl Session {
    /// Destroys the copy of a case that is kept here after the next school has the file: its texts, its files, its words in
    /// the search, and the files that were made for the next school. The journal stays whole.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where something is not confirmed; [`Error::Kept`] where a pupil has not moved on, or something
    /// else speaks for keeping it; a folder that cannot be written. Then nothing is destroyed.
    pub fn destroy_moved_on(
        &self,
        case: CaseId,
        confirmed: &DestroyConfirmed,
        folder: &Path,
    ) -> Result<(Destruction, Exported), Error> {
        let view = self.case(case)?;
        let standing = self.retention(case)?;
        let Some(moved) = standing.moved else {
            return Err(Error::Kept { why: "No next school has said that it has the file.".into() });
        };
        if let Some(why) = moved.not_yet {
            return Err(Error::Kept { why });
        }
        let class = format!("Handed to another school: {}", moved.to.join("; "));
        let going = self.going_after_move(&view)?;
        self.destroy_for(&view, (class, standing.review_on), &going, (confirmed, folder))
    }

    /// How a case stands whose pupils move on; nothing where no other school has said that it has a file.
    pub(super) fn moved_on(&self, view: &CaseView, set: &Retention) -> Result<Option<MovedOn>, Error> {
        let requests = self.access_requests()?;
        let ours = |person: &&Person| matches!(person.who, Who::CurrentPupil | Who::ExPupil);
        let (mut to, mut first_made, mut waits) = (Vec::new(), None::<u64>, None);
        for pupil in view.people.iter().filter(ours) {
            match self.file_sent(pupil, &requests)? {
                Some(handed) => {
                    first_made = Some(first_made.map_or(handed.made, |made| made.min(handed.made)));
                    if !to.contains(&handed.to) {
                        to.push(handed.to);
                    }
                }
                None => waits = Some(pupil.name.full().to_owned()),
            }
        }
        let Some(made) = first_made else { return Ok(None) };
        let not_yet = match (speaks_for_keeping(view, set, &requests), waits) {
            (Some(why), _) => Some(why),
            (None, Some(name)) => {
                Some(format!("{name} is in it too, and no next school has said that it has that file."))
            }
            (None, None) => self.written_since(view.case.id, made)?.then(|| {
                "Something was added after the file was made. Make the file again, so that the next school has it.".into()
            }),
        };
        let would_go = if not_yet.is_some() {
            (0, 0)
        } else {
            self.counted(view.case.id, &self.going_after_move(view)?)?
        };
        Ok(Some(MovedOn { to, not_yet, would_go }))
    }

    /// The newest file of a pupil that another school said it has, once the pupil's last day here is past.
    fn file_sent(&self, pupil: &Person, requests: &[AccessRequest]) -> Result<Option<FileSent>, Error> {
        let today = self.today();
        let received = requests.iter().rev().filter(|request| request.subject == pupil.id);
        let found = received.filter_map(|request| {
            let transfer = request.transfer.as_ref().filter(|transfer| transfer.leaves_on < today)?;
            let received = transfer.received.as_ref()?;
            Some((request, format!("{} has had the file since {}", transfer.to_school, received.on.plain())))
        });
        for (request, to) in found {
            let versions = self.inner().store.history::<AccessRequest>(&request.id.to_string())?;
            let issued = versions.iter().find(|version| {
                version.value.as_ref().is_some_and(|it| matches!(it.state, RequestState::Issued(_)))
            });
            if let Some(issued) = issued {
                return Ok(Some(FileSent { to, made: issued.seq }));
            }
        }
        Ok(None)
    }

    /// Whether anything came into the case after an entry of the journal, or was changed in it. Closing it, doing an action
    /// and saving a letter add nothing that the next school has to know.
    fn written_since(&self, case: CaseId, made: u64) -> Result<bool, Error> {
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        let amended = [Occasion::KIND, Contact::KIND];
        let added = [Occasion::KIND, Contact::KIND, DecisionRecord::KIND, Evidence::KIND, LetterRecord::KIND];
        for event in self.journal(case)?.into_iter().filter(|event| event.act == Act::Put) {
            let is = |kinds: &[&str]| kinds.contains(&event.kind.as_str());
            let new = known.insert((event.kind.clone(), event.id.clone()));
            if event.seq > made && (is(&amended) || (new && is(&added))) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What goes with the case: what goes with any, and the files that were made for the next school, which say the same.
    /// Those of a child who stands in another case here stay with it.
    fn going_after_move(&self, view: &CaseView) -> Result<Going, Error> {
        let others = self.cases_beside(view.case.id)?;
        let mut records = self.records_going(view, &others)?;
        let elsewhere = |request: &AccessRequest| others.iter().any(|case| case.names(request.subject));
        for request in self.access_requests()? {
            let record = (AccessRequest::KIND, request.id.to_string());
            let of_case = view.people.iter().any(|person| person.id == request.subject);
            if of_case && !elsewhere(&request) && !records.contains(&record) {
                records.push(record);
            }
        }
        self.with_files(view.case.id, records)
    }

    /// Destroys a case for which everything is confirmed, and certifies it.
    pub(super) fn destroy_for(
        &self,
        view: &CaseView,
        (class, review_on): (String, Option<Day>),
        going: &Going,
        (confirmed, folder): (&DestroyConfirmed, &Path),
    ) -> Result<(Destruction, Exported), Error> {
        confirmed.whole(&view.case.reference)?;
        if !folder.is_dir() {
            let source = std::io::ErrorKind::NotFound.into();
            return Err(Error::Export { path: folder.to_owned(), source });
        }
        let told = Destruction {
            id: view.case.id,
            reference: view.case.reference.clone(),
            on: self.today(),
            by: self.actor().to_owned(),
            class,
            review_on,
            reason: confirmed.reason.trim().to_owned(),
            entries: Vec::new(),
            files: Vec::new(),
            certificate: None,
        };
        let destruction = self.destroy(going, &told)?;
        self.certify(&destruction, folder)
    }
}

/// What speaks for keeping a case here, though its files have gone.
fn speaks_for_keeping(view: &CaseView, set: &Retention, requests: &[AccessRequest]) -> Option<String> {
    // The next school's file names nobody else: of such a case the whole is to be found here alone.
    let abuse = set.class == RetentionClass::SexualAbuse;
    let kept = || abuse.then(|| "It may bear on the sexual abuse of a child, so it is kept here too.".into());
    super::held(view, set, requests).or_else(kept)
}
