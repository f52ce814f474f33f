//! Letters and cases written by hand into a case file, for the tests of screens: they need one of a known text, or many.

use super::{Error, Session};
use crate::domain::{
    Case, CaseId, LetterCode, LetterId, LetterRecord, Letterhead, Paper, PaperCode, PersonId,
};

impl Session {
    /// A case as it stands here.
    pub(crate) fn case_by_hand(&self, case: &Case) -> Result<(), Error> {
        self.write("a case", |w| w.put(case))
    }

    /// A draft with this text.
    pub(crate) fn letter_by_hand(
        &self,
        case: CaseId,
        about: PersonId,
        body: &str,
    ) -> Result<LetterId, Error> {
        self.by_hand(case, LetterCode::Target, about, body)
    }

    /// A final notice with this text.
    pub(crate) fn final_by_hand(&self, case: CaseId, about: PersonId, body: &str) -> Result<LetterId, Error> {
        self.by_hand(case, LetterCode::Final, about, body)
    }

    fn by_hand(
        &self,
        case: CaseId,
        code: LetterCode,
        about: PersonId,
        body: &str,
    ) -> Result<LetterId, Error> {
        let reference = self.case(case)?.case.reference;
        let paper = Paper {
            title: "A letter from the school".into(),
            language: "en-GB".into(),
            letterhead: Letterhead {
                name: "Larkfield Junior School".into(),
                lines: vec!["Orchard Lane, Larkfield LK4 7QP".into(), "01632 960100".into()],
            },
            address: vec![
                "Mrs Abena Osei".into(),
                "12 Station Road".into(),
                "Larkfield".into(),
                "LK4 7QR".into(),
            ],
            date: self.today().plain(),
            reference,
            body: body.into(),
            footer: "Larkfield Junior School".into(),
            watermark: None,
            large_print: false,
            easy_read: false,
            translation: None,
        };
        let id = LetterId::new(self.bits()?);
        let draft =
            LetterRecord::draft(id, case, PaperCode::Letter(code), "Mrs Abena Osei".into(), vec![paper]);
        let record = LetterRecord { about: Some(about), ..draft };
        self.write("a letter begun", |w| w.put(&record))?;
        Ok(record.id)
    }
}
