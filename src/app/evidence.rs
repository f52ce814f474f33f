//! The evidence of a case: files kept byte for byte under their SHA-256, and notes of those that are not taken in.
//!
//! The image gate stands here: no byte of a file is read before the lead has said that it could not show a nude or
//! semi-nude child. Originals are only read, never changed or removed.

mod bundle;
mod progress;
mod refused;
#[cfg(test)]
mod tests;

pub use bundle::Bundle;
pub(super) use bundle::place;
pub use progress::Progress;
pub use refused::Refused;

use super::{CaseView, Error, Image, Session};
use crate::documents::raster;
use crate::domain::{CaseId, Day, Evidence, EvidenceId, ImageGate, Kept, NotTaken, OccasionId};
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest file that a case file takes.
pub(super) const LARGEST: u64 = 250 * 1024 * 1024;
/// How much is read between two looks at whether to stop.
const STEP: usize = 1024 * 1024;
/// The longest side of a picture in the window, in pixels.
const SIDE: u32 = 1600;
/// Why a record is written again when its file leaves the case file.
pub(super) const EXPORTED: &str = "evidence saved outside the case file";

/// What the lead says of a piece of evidence.
#[derive(Clone, PartialEq, Eq)]
pub struct ToldOf {
    /// What it is, in a few words.
    pub description: String,
    /// Who captured it, or who has it.
    pub captured_by: String,
    /// From which device. May be empty.
    pub device: String,
    /// The day.
    pub on: Day,
    /// The time as shown. May be empty.
    pub time: String,
    /// The occasion that it shows, if one.
    pub occasion: Option<OccasionId>,
}

impl fmt::Debug for ToldOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ToldOf").field("on", &self.on).finish_non_exhaustive()
    }
}

impl ToldOf {
    fn whole(&self) -> Result<(), Refused> {
        let missing = |text: &str, what| {
            if text.trim().is_empty() { Err(Refused::Missing { what }) } else { Ok(()) }
        };
        missing(&self.description, "The description")?;
        missing(&self.captured_by, "The name of the person who captured it or has it")
    }

    fn record(&self, id: EvidenceId, case: CaseId, kept: Kept) -> Evidence {
        Evidence {
            id,
            case,
            description: self.description.trim().to_owned(),
            captured_by: self.captured_by.trim().to_owned(),
            device: self.device.trim().to_owned(),
            on: self.on,
            time: self.time.trim().to_owned(),
            occasion: self.occasion,
            kept,
        }
    }
}

impl CaseView {
    /// What a piece of evidence is called in this case: `E1`. The number stays.
    pub fn evidence_label(&self, id: EvidenceId) -> String {
        let at = self.evidence.iter().position(|e| e.id == id).map_or(0, |at| at + 1);
        format!("E{at}")
    }
}

impl Session {
    /// Whether the case takes, shows and gives out files: none, while a picture of a child may be part of it.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn takes_files(&self, case: CaseId) -> Result<bool, Error> {
        let view = self.case(case)?;
        let locked =
            |decision: &crate::domain::Decision| decision.attachments == crate::domain::Attachments::Locked;
        // Once a decision has locked the case, a changed answer alone does not open it.
        let confirmed = view.decision().is_some_and(|record| locked(&record.decision));
        Ok(!confirmed && !self.outcome_of(case)?.attachments_locked())
    }

    fn files_open(&self, case: CaseId) -> Result<(), Error> {
        if self.takes_files(case)? { Ok(()) } else { Err(Refused::Locked.into()) }
    }

    /// Takes a file into a case, byte for byte. The original stays where it is.
    ///
    /// # Errors
    /// [`Refused::Gate`] before anything is read unless the gate's answer is no; a file that cannot be taken; then nothing is
    /// kept.
    pub fn add_evidence(
        &self,
        case: CaseId,
        told: &ToldOf,
        (file, gate): (&Path, ImageGate),
        progress: &Progress,
    ) -> Result<Evidence, Error> {
        if gate != ImageGate::No {
            return Err(Refused::Gate.into());
        }
        self.files_open(case)?;
        told.whole()?;
        let bytes = read(file, progress)?;
        let sha256 = hex(&Sha256::digest(&bytes));
        let view = self.case(case)?;
        let same = |e: &&Evidence| matches!(&e.kept, Kept::File { sha256: kept, .. } if *kept == sha256);
        if let Some(known) = view.evidence.iter().find(same) {
            return Err(Refused::Known { label: view.evidence_label(known.id) }.into());
        }
        let kept = Kept::File { sha256, length: bytes.len() as u64, ending: ending(file, &bytes) };
        let evidence = told.record(EvidenceId::new(self.bits()?), case, kept);
        progress.step(0)?;
        self.write("a piece of evidence added", |w| {
            w.attach(&bytes)?;
            w.put(&evidence)
        })?;
        Ok(evidence)
    }

    /// Records that something exists and where it lies, without it.
    ///
    /// # Errors
    /// A field that is needed is empty; the case file cannot be written.
    pub fn note_evidence(
        &self,
        case: CaseId,
        told: &ToldOf,
        lies: &str,
        why: NotTaken,
    ) -> Result<Evidence, Error> {
        told.whole()?;
        if lies.trim().is_empty() {
            return Err(Refused::Missing { what: "Where it lies" }.into());
        }
        let kept = Kept::Elsewhere { lies: lies.trim().to_owned(), why };
        let evidence = told.record(EvidenceId::new(self.bits()?), case, kept);
        self.put_evidence(&evidence, "evidence that was not taken in")?;
        Ok(evidence)
    }

    /// Amends what is said of a piece of evidence. What was said before stays readable; what is kept stays the same.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; a field that is needed is empty; another file in its place.
    pub fn amend_evidence(&self, evidence: &Evidence, told: &ToldOf, why: &str) -> Result<(), Error> {
        told.whole()?;
        if why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "evidence".into() });
        }
        let kept: Option<Evidence> = self.inner().store.get(&evidence.id.to_string())?;
        let before = kept.ok_or(Error::NotFound)?;
        if before.kept != evidence.kept || before.case != evidence.case {
            return Err(Refused::Exchanged.into());
        }
        self.put_evidence(&told.record(before.id, before.case, before.kept), why.trim())
    }

    fn put_evidence(&self, evidence: &Evidence, why: &str) -> Result<(), Error> {
        self.case(evidence.case)?;
        self.write(why, |w| w.put(evidence))
    }

    /// A kept still picture, small enough to look at. It is checked against its SHA-256 and never leaves the memory.
    ///
    /// # Errors
    /// A case that shows no files; another kind of file; damage.
    pub fn evidence_picture(&self, evidence: &Evidence) -> Result<Image, Error> {
        self.files_open(evidence.case)?;
        if !evidence.can_be_shown() {
            return Err(Refused::Picture(raster::PictureError::OtherKind).into());
        }
        let bytes = self.evidence_bytes(evidence)?;
        Ok(raster::read(&bytes, (SIDE, SIDE)).map_err(Refused::Picture)?)
    }

    fn evidence_bytes(&self, evidence: &Evidence) -> Result<Vec<u8>, Error> {
        let Kept::File { sha256, .. } = &evidence.kept else { return Err(Error::NotFound) };
        self.inner().store.blob(sha256)?.ok_or(Error::NotFound)
    }

    /// How many files of evidence the whole case file keeps.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn evidence_files(&self) -> Result<usize, Error> {
        let all: Vec<Evidence> = self.inner().store.list()?;
        Ok(all.iter().filter(|e| matches!(e.kept, Kept::File { .. })).count())
    }
}

/// Reads a file whole, and nothing but a file.
fn read(file: &Path, progress: &Progress) -> Result<Vec<u8>, Refused> {
    let about = std::fs::metadata(file).map_err(Refused::of)?;
    match about.len() {
        _ if about.is_dir() => return Err(Refused::Folder),
        _ if !about.is_file() => return Err(Refused::NotAFile),
        0 => return Err(Refused::Empty),
        length if length > LARGEST => return Err(Refused::TooLarge { most: LARGEST }),
        length => progress.begin(length),
    }
    // It may grow while it is read: one byte more than is taken tells.
    let mut opened = File::open(file).map_err(Refused::of)?.take(LARGEST + 1);
    let (mut bytes, mut step) = (Vec::new(), vec![0; STEP]);
    loop {
        let read = match opened.read(&mut step) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(Refused::of(error)),
        };
        bytes.extend_from_slice(step.get(..read).unwrap_or_default());
        progress.step(read as u64)?;
    }
    match bytes.len() as u64 {
        0 => Err(Refused::Empty),
        length if length > LARGEST => Err(Refused::TooLarge { most: LARGEST }),
        _ => Ok(bytes),
    }
}

/// How the file's name ends when it is written out: what the bytes say, or else what its name said, if that is plain.
fn ending(file: &Path, bytes: &[u8]) -> String {
    if let Some(known) = raster::ending(bytes) {
        return known.to_owned();
    }
    let said = file.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    let plain = (1..=5).contains(&said.len()) && said.bytes().all(|b| b.is_ascii_alphanumeric());
    // A name that claims to be a picture and is none must not be shown as one.
    if plain && said != "png" && said != "jpg" { said } else { "bin".to_owned() }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _never_fails = write!(text, "{byte:02x}");
        text
    })
}
