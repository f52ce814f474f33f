//! An issued letter never changes; it is replaced by a new one that says so, with the date of the one it replaces.

use crate::app::{CaseView, Error, Session};
use crate::documents;
use crate::domain::{Day, LetterId, LetterRecord, LetterState, Paper, PaperCode};

/// The letter that takes the place of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replacement {
    /// Which.
    pub id: LetterId,
    /// The day on which it was approved; nothing while it is a draft.
    pub approved_on: Option<Day>,
}

impl Session {
    /// Begins the letter that replaces an issued one: the same text under today's date, with a sentence that says which
    /// letter it replaces. Where it is begun already, that one.
    ///
    /// # Errors
    /// [`Error::NotApproved`] for a draft, which is simply changed; [`Error::Incomplete`] where an approved letter has
    /// taken its place already.
    pub fn replace_letter(&self, id: LetterId) -> Result<LetterId, Error> {
        let old = self.letter_record(id)?;
        if old.state == LetterState::Draft {
            return Err(Error::NotApproved);
        }
        self.letters_open(old.case, old.code)?;
        let view = self.case(old.case)?;
        if let Some(there) = replacement(&view, id) {
            return match there.approved_on {
                None => Ok(there.id),
                Some(_) => Err(Error::Incomplete {
                    what: "This letter has been replaced already. Replace the newer one.".into(),
                }),
            };
        }
        let new = LetterId::new(self.bits()?);
        let mut papers = old.papers.clone();
        for paper in &mut papers {
            paper.body = with_sentence(&paper.body, old.code, &paper.date);
            paper.date = self.today().long();
        }
        let draft = LetterRecord::draft(new, old.case, old.code, old.recipient.clone(), papers);
        let written_by = self.actor().to_owned();
        let record = LetterRecord { about: old.about, written_by, replaces: Some(id), ..draft };
        self.write("a letter begun that replaces another", |w| w.put(&record))?;
        Ok(new)
    }

    /// Why a letter that replaces another cannot be approved: it does not say so.
    pub(super) fn says_what_it_replaces(view: &CaseView, record: &LetterRecord) -> Option<String> {
        let old = view.letters.iter().find(|letter| Some(letter.id) == record.replaces)?;
        let date = &old.papers.first()?.date;
        let says = |paper: &Paper| {
            let text = documents::plain_text(&paper.body);
            text.contains("replaces") && text.contains(date.as_str())
        };
        (!record.papers.iter().all(says))
            .then(|| format!("Say in the text which one it replaces: “{}”", sentence(record.code, date)))
    }
}

/// What takes a letter's place, if anything does.
pub(super) fn replacement(view: &CaseView, id: LetterId) -> Option<Replacement> {
    let new = view.letters.iter().rev().find(|letter| letter.replaces == Some(id))?;
    let approved_on = match &new.state {
        LetterState::Draft => None,
        LetterState::Approved { on, .. } => Some(*on),
    };
    Some(Replacement { id: new.id, approved_on })
}

fn sentence(code: PaperCode, date: &str) -> String {
    match code {
        PaperCode::Letter(_) => format!("This letter replaces our letter of {date}."),
        PaperCode::Document(_) => format!("This document replaces the one of {date}."),
    }
}

/// After the salutation of a letter; at the head of a document. A sentence of the kind that is there already makes way.
fn with_sentence(body: &str, code: PaperCode, date: &str) -> String {
    let earlier = sentence(code, "");
    let earlier = earlier.trim_end_matches(['.', ' ']);
    let mut paragraphs: Vec<&str> = body.split("\n\n").filter(|text| !text.starts_with(earlier)).collect();
    let says = sentence(code, date);
    let at = paragraphs.iter().position(|text| text.trim_start().starts_with("Dear ")).map_or(0, |at| at + 1);
    paragraphs.insert(at, &says);
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DocumentCode, LetterCode};

    #[test]
    fn the_sentence_stands_after_the_salutation_and_only_once() {
        let letter = PaperCode::Letter(LetterCode::Target);
        let first = with_sentence("Dear Ms Osei,\n\n## Thanks\n\nText.", letter, "Monday 19 January 2026");
        let says = "This letter replaces our letter of Monday 19 January 2026.";
        assert_eq!(first, format!("Dear Ms Osei,\n\n{says}\n\n## Thanks\n\nText."));
        let again = with_sentence(&first, letter, "Tuesday 20 January 2026");
        assert_eq!(again, first.replace("Monday 19", "Tuesday 20"));
        let document =
            with_sentence("## 1. Urgency\n\nNone.", PaperCode::Document(DocumentCode::Police), "X");
        assert!(document.starts_with("This document replaces the one of X.\n\n## 1."), "{document}");
    }
}
