//! A school's own approved translation of a letter, beside the English and never instead of it. Casebook translates
//! nothing: somebody at the school pastes the text and says who approved it, of the English as it stood then.

use super::LetterView;
use crate::app::{Error, Session};
use crate::documents::{self, CopyField};
use crate::domain::{DocumentCode, Language, LetterId, LetterRecord, LetterState, PaperCode, Translation};

/// Why a letter is written anew when its fields are shown to be copied.
const FIELDS_SHOWN: &str = "the fields of a referral shown, to be copied into another form";

impl Session {
    /// Sets an approved translation after the English text of a draft, in every copy of it.
    ///
    /// # Errors
    /// [`Error::AlreadyApproved`]; [`Error::Incomplete`] without a text, a language or the name of who approved it.
    pub fn set_translation(
        &self,
        id: LetterId,
        language: &str,
        body: &str,
        approved_by: &str,
    ) -> Result<LetterView, Error> {
        let missing = |what: &str| Err(Error::Incomplete { what: what.into() });
        if Language::of(language).is_none() {
            return missing("The language of the translation is not chosen yet.");
        }
        if body.trim().is_empty() {
            return missing("The text of the translation is missing.");
        }
        if approved_by.trim().is_empty() {
            return missing("Who approved the translation is missing.");
        }
        let on = self.today();
        self.translate(id, "a translation of a letter", |of| {
            Some(Translation {
                language: language.to_owned(),
                body: body.trim().to_owned(),
                of: of.to_owned(),
                approved_by: approved_by.trim().to_owned(),
                on,
            })
        })
    }

    /// Takes the translation of a draft away.
    ///
    /// # Errors
    /// [`Error::AlreadyApproved`].
    pub fn remove_translation(&self, id: LetterId) -> Result<LetterView, Error> {
        self.translate(id, "a translation taken away", |_| None)
    }

    fn translate(
        &self,
        id: LetterId,
        why: &str,
        of: impl Fn(&str) -> Option<Translation>,
    ) -> Result<LetterView, Error> {
        let mut record = self.letter_record(id)?;
        if record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        self.letters_open(record.case, record.code)?;
        for paper in &mut record.papers {
            paper.translation = of(&paper.body);
        }
        self.actor().clone_into(&mut record.written_by);
        self.write(why, |w| w.put(&record))?;
        self.letter(id)
    }

    /// The fields of an approved referral to children's services, for a council's own form. That they were shown is in the
    /// journal.
    ///
    /// # Errors
    /// [`Error::NotApproved`]; [`Error::NotFound`] for a paper that is no such referral.
    pub fn fields_to_copy(&self, id: LetterId) -> Result<Vec<CopyField>, Error> {
        let record = self.letter_record(id)?;
        if record.state == LetterState::Draft {
            return Err(Error::NotApproved);
        }
        if record.code != PaperCode::Document(DocumentCode::Marf) {
            return Err(Error::NotFound);
        }
        let paper = record.papers.first().ok_or(Error::NotFound)?;
        let fields = documents::copy_fields(&paper.body);
        self.write(FIELDS_SHOWN, |w| w.put(&record))?;
        Ok(fields)
    }
}

/// Why a letter cannot be approved: its translation is of another text than the one that stands there now.
pub(super) fn is_of_another_text(record: &LetterRecord) -> Option<String> {
    let stale = record.papers.iter().any(|paper| {
        paper.translation.as_ref().is_some_and(|translation| translation.of.trim() != paper.body.trim())
    });
    stale.then(|| {
        "The English text has changed since its translation was approved. Have the translation looked at again and keep it anew, or take it away.".into()
    })
}
