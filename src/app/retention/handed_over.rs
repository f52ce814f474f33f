//! What is left here of a disclosure that went on in the restricted case file: its texts in the record. A matter about an
//! adult who works with children is kept there only, so they may be destroyed here.

use super::{DestroyConfirmed, Error, Exported, Session};
use crate::app::cases::HANDED_OVER;
use crate::domain::{Case, CaseId, Day, Destruction, Draft};
use crate::store::{Act, Going, Record};
use std::collections::BTreeMap;
use std::path::Path;

/// A disclosure that went on in the restricted case file. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// Which.
    pub draft: CaseId,
    /// The day on which it went there.
    pub on: Day,
    /// How many texts of it are left here.
    pub texts: usize,
}

impl Session {
    /// The disclosures that went on in the restricted case file and of which something is left here, the oldest first.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn handed_over(&self) -> Result<Vec<HandedOver>, Error> {
        let gone = self.destructions()?;
        let store = &self.inner().store;
        let mut went: BTreeMap<String, Day> = BTreeMap::new();
        for event in store.journal(None)?.into_iter().filter(|event| event.kind == Draft::KIND) {
            if event.act == Act::Withdrawn && event.why == HANDED_OVER {
                went.insert(event.id, Day::from(event.at.date_naive()));
            } else {
                // Taken up here again.
                went.remove(&event.id);
            }
        }
        let mut left = Vec::new();
        for (id, on) in went {
            let Some(draft) = CaseId::parse(&id).filter(|id| !gone.iter().any(|it| it.id == *id)) else {
                continue;
            };
            if store.get::<Case>(&id)?.is_none() {
                left.push(HandedOver { draft, on, texts: store.texts_of(draft, &[])? });
            }
        }
        left.sort_by_key(|it| (it.on, it.draft));
        Ok(left)
    }

    /// Destroys what is left here of a disclosure that went on in another case file.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where something is not confirmed; [`Error::Kept`] while it is still in the list here, or became
    /// a case here; a folder that cannot be written. Then nothing is destroyed.
    pub fn destroy_handed_over(
        &self,
        draft: CaseId,
        confirmed: &DestroyConfirmed,
        folder: &Path,
    ) -> Result<(Destruction, Exported), Error> {
        confirmed.whole("")?;
        let (listed, case, ever) = {
            let store = &self.inner().store;
            let id = draft.to_string();
            (store.get::<Draft>(&id)?, store.get::<Case>(&id)?, store.history::<Draft>(&id)?)
        };
        if listed.is_some() || case.is_some() {
            return Err(Error::Kept { why: "It is still worked on in this case file.".into() });
        }
        if ever.is_empty() {
            return Err(Error::NotFound);
        }
        if !folder.is_dir() {
            let source = std::io::ErrorKind::NotFound.into();
            return Err(Error::Export { path: folder.to_owned(), source });
        }
        let told = Destruction {
            id: draft,
            reference: String::new(),
            on: self.today(),
            by: self.actor().to_owned(),
            class: "A disclosure that is kept in the restricted case file".into(),
            review_on: None,
            reason: confirmed.reason.trim().to_owned(),
            entries: Vec::new(),
            files: Vec::new(),
            certificate: None,
        };
        let destruction = self.destroy(&Going::default(), &told)?;
        self.certify(&destruction, folder)
    }
}
