//! The school's crest and the picture of a signature: chosen from a file, kept in the case file, set on its letters.

use super::{Error, Session};
use crate::documents::{Image, LARGEST_PICTURE, Picture, Pictures, Signature};
use crate::domain::School;
use crate::intake;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// A picture of the school's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchoolPicture {
    /// The crest beside the school's name.
    Crest,
    /// The signature of who signs letters.
    Signature,
}

impl SchoolPicture {
    /// Where the school's settings name it.
    fn of(self, school: &mut School) -> &mut String {
        match self {
            Self::Crest => &mut school.crest,
            Self::Signature => &mut school.signature,
        }
    }

    fn journalled(self) -> &'static str {
        match self {
            Self::Crest => "the school's crest",
            Self::Signature => "the signature on letters",
        }
    }
}

impl Session {
    /// Takes a picture from a PNG or JPEG file into the case file; letters carry it from then on. Somebody has said
    /// first that it shows nobody: no picture of a child comes in this way.
    ///
    /// # Errors
    /// Nobody has said so. A file that cannot be read, is no picture, or is too large.
    pub fn set_picture(&self, which: SchoolPicture, file: &Path, shows_nobody: bool) -> Result<Image, Error> {
        if !shows_nobody {
            return Err(Error::Incomplete {
                what: "The file is not read yet. Say first that the picture shows no person.".into(),
            });
        }
        let picture = Picture::read(&bytes_of(file)?)?;
        let png = picture.to_png()?;
        let mut school = self.school()?;
        self.write(which.journalled(), |w| {
            *which.of(&mut school) = w.attach(&png)?;
            w.put(&school)
        })?;
        Ok(picture.image())
    }

    /// Letters carry this picture no more. Those approved already stay as they are.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn remove_picture(&self, which: SchoolPicture) -> Result<(), Error> {
        let mut school = self.school()?;
        which.of(&mut school).clear();
        self.write(which.journalled(), |w| w.put(&school))
    }

    /// A picture as it is kept, if there is one.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn picture(&self, which: SchoolPicture) -> Result<Option<Image>, Error> {
        Ok(self.kept(which.of(&mut self.school()?))?.map(|picture| picture.image()))
    }

    /// What the school's papers carry.
    pub(super) fn pictures(&self, school: &School) -> Result<Pictures, Error> {
        let signature = self.kept(&school.signature)?;
        Ok(Pictures {
            crest: self.kept(&school.crest)?,
            signature: signature.map(|picture| Signature { picture, of: school.signatory.name.clone() }),
        })
    }

    fn kept(&self, sha256: &str) -> Result<Option<Arc<Picture>>, Error> {
        if sha256.is_empty() {
            return Ok(None);
        }
        let png = self.inner().store.blob(sha256)?.ok_or(Error::NotFound)?;
        Ok(Some(Arc::new(Picture::read(&png)?)))
    }
}

/// A file's bytes, one more than are allowed at most.
fn bytes_of(file: &Path) -> Result<Vec<u8>, Error> {
    let failed = |source| Error::Intake(intake::Error::Io(source));
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed)?;
    opened.take(LARGEST_PICTURE as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Cost, NewCaseFile, Secret, World};
    use crate::documents::Error as OfPapers;
    use crate::domain::Day;

    fn picture(folder: &Path) -> std::path::PathBuf {
        let file = folder.join("crest.png");
        let icon = include_bytes!("../../assets/screenshot.png");
        std::fs::write(&file, icon).unwrap();
        file
    }

    #[test]
    fn a_picture_is_kept_until_it_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let new = NewCaseFile {
            folder: folder.path().join("a.casebook"),
            school: School::default(),
            owner: "Mrs Helen Farrow".into(),
            passphrase: Secret::new("otter lantern copper meadow".into()),
            cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
        };
        let (session, _) = Session::create(&new, World::on(Day::parse("2026-01-30").unwrap())).unwrap();
        let file = picture(folder.path());
        for which in [SchoolPicture::Crest, SchoolPicture::Signature] {
            assert!(session.picture(which).unwrap().is_none());
            let taken = session.set_picture(which, &file, true).unwrap();
            let kept = session.picture(which).unwrap().unwrap();
            assert!(taken.width <= 720 && taken.height <= 200 && kept.rgba == taken.rgba);
            let refused = session.set_picture(which, &folder.path().join("a.casebook/records.db"), true);
            assert!(refused.is_err());
            let unsaid = session.set_picture(which, &file, false);
            assert!(matches!(unsaid, Err(Error::Incomplete { .. })));
            assert_eq!(session.picture(which).unwrap().unwrap().rgba, taken.rgba, "the old one stays");
        }
        let text = folder.path().join("crest.txt");
        std::fs::write(&text, "no picture").unwrap();
        let error = session.set_picture(SchoolPicture::Crest, &text, true).map(|_| ()).unwrap_err();
        assert!(matches!(error, Error::Documents(OfPapers::NotAPicture)), "{error}");
        session.remove_picture(SchoolPicture::Crest).unwrap();
        assert!(session.picture(SchoolPicture::Crest).unwrap().is_none());
        assert!(session.picture(SchoolPicture::Signature).unwrap().is_some());
        assert!(session.verify().is_ok());
    }
}
