//! A paper that no policy names, as pages: the school's block, the date, a reference, no envelope.

use super::{Error, Pdf, Session, compose};
use crate::documents::Stamp;
use crate::documents::template::fields::Sender;
use crate::documents::template::own::Own;
use crate::domain::{Letterhead, Paper};

impl Session {
    /// Who signs such a paper.
    pub(super) fn sender(&self) -> Result<Sender, Error> {
        compose::sender_of(&self.school()?)
    }

    /// Its pages, with the record's mark at their foot.
    pub(super) fn own_paper(&self, own: &Own, reference: &str) -> Result<Pdf, Error> {
        let school = self.school()?;
        let body = self.templates().fill_own(own)?;
        let mut lines = vec![school.address.join(", "), school.phone.clone(), school.email.clone()];
        lines.retain(|line| !line.is_empty());
        let paper = Paper {
            title: own.title().to_owned(),
            language: "en-GB".into(),
            letterhead: Letterhead { name: school.name.clone(), lines },
            address: Vec::new(),
            date: self.today().long(),
            reference: reference.to_owned(),
            body,
            footer: format!("{} · Confidential", school.name),
            watermark: None,
            large_print: false,
            easy_read: false,
            translation: None,
        };
        let pictures = self.pictures(&school)?;
        let anchor = Some(format!("Record {}", self.anchor()?));
        let stamp = Stamp { made_on: self.now(), author: school.name, anchor };
        Ok(self.inner().engine.render_with(&[paper], &stamp, &pictures)?)
    }
}
