//! A letter to the homes of a whole year: one PDF of all, each home's own as a file with a neutral name, and the list of
//! who gets which. All are made and hashed when the letter is approved; saving only writes them out.

use super::export::write_whole;
use super::{EXPORTED, LetterView, file_stem};
use crate::app::{Error, Progress, Session};
use crate::documents::{self, Pdf};
use crate::domain::{Copied, LetterId, LetterRecord, LetterState, Paper};
use crate::store::{self, Writing};
use std::path::{Path, PathBuf};

/// What saving a whole year's letters made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The folder.
    pub folder: PathBuf,
    /// How many homes' letters are in it, beside the one PDF of all and the check list.
    pub homes: usize,
}

/// The bytes of a merge, made before anything is written.
pub(super) struct Made {
    copies: Vec<(Pdf, String)>,
    check_list: Option<(Pdf, String)>,
}

impl Made {
    /// Takes the bytes into the case file.
    pub(super) fn attach(&self, w: &mut Writing<'_>) -> Result<(Vec<Copied>, Option<Copied>), store::Error> {
        let mut keep = |(pdf, file_name): &(Pdf, String)| -> Result<Copied, store::Error> {
            let sha256 = w.attach(&pdf.bytes)?;
            Ok(Copied { sha256, pages: pdf.pages, file_name: file_name.clone() })
        };
        let copies = self.copies.iter().map(&mut keep).collect::<Result<Vec<_>, _>>()?;
        Ok((copies, self.check_list.as_ref().map(keep).transpose()?))
    }
}

impl LetterView {
    /// Whether it is a letter to many homes, with a copy for each.
    pub fn is_merge(&self) -> bool {
        self.record.papers.len() > 1
    }
}

impl Session {
    /// Each home's own letter, and the list of who gets which; nothing for a letter to one home.
    pub(super) fn make_copies(
        &self,
        record: &LetterRecord,
        file_name: &str,
        progress: &Progress,
    ) -> Result<Made, Error> {
        if record.papers.len() < 2 {
            return Ok(Made { copies: Vec::new(), check_list: None });
        }
        let stem = file_stem(file_name);
        let press = self.press(&record.papers)?;
        let mut copies = Vec::with_capacity(record.papers.len());
        for (at, paper) in record.papers.iter().enumerate() {
            let pdf = self.print(&press, std::slice::from_ref(paper))?;
            copies.push((pdf, format!("{stem}-{:03}.pdf", at + 1)));
            progress.step(1)?;
        }
        let list = check_list(record, &copies);
        let pdf = self.print(&press, &[list])?;
        progress.step(1)?;
        Ok(Made { copies, check_list: Some((pdf, format!("{stem}-check-list.pdf"))) })
    }

    /// Writes an approved letter to many homes into a new folder inside `into`, whole or not at all: all in one PDF, a file
    /// for each home, and the check list. The bytes are those that were made when it was approved.
    ///
    /// # Errors
    /// [`Error::NotApproved`]; [`Error::HeldBack`] where a copy is for a home that has since been said not to be contacted;
    /// stopped; a folder that is not there, is full or cannot be written. Then no folder is left.
    pub fn export_merge(&self, id: LetterId, into: &Path, progress: &Progress) -> Result<Merged, Error> {
        let record = self.letter_record(id)?;
        let LetterState::Approved { sha256, file_name, .. } = &record.state else {
            return Err(Error::NotApproved);
        };
        self.letters_open(record.case, record.code)?;
        if let Some(why) = self.reaches_a_stopped_home(&record)? {
            return Err(Error::HeldBack { why });
        }
        let of = record.copies.len() + 2;
        progress.begin(u64::try_from(of).unwrap_or(u64::MAX));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| Error::Export { path, source }
        };
        let stem = file_stem(file_name);
        let target =
            free_name(into, stem).ok_or_else(|| failed(into)(std::io::ErrorKind::AlreadyExists.into()))?;
        let made = tempfile::Builder::new().prefix(".casebook-").tempdir_in(into).map_err(failed(into))?;
        let all = std::iter::once((sha256, file_name));
        let kept = record.copies.iter().chain(&record.check_list);
        for (sha256, name) in all.chain(kept.map(|copy| (&copy.sha256, &copy.file_name))) {
            let bytes = self.inner().store.blob(sha256)?.ok_or(Error::NotFound)?;
            write_whole(&made.path().join(name), &bytes)?;
            progress.step(1)?;
        }
        // The journal first: what is out is in it.
        self.write(EXPORTED, |w| w.put(&record))?;
        std::fs::rename(made.path(), &target).map_err(failed(&target))?;
        Ok(Merged { folder: target, homes: record.copies.len() })
    }
}

/// A folder of which nothing is there yet.
fn free_name(into: &Path, stem: &str) -> Option<PathBuf> {
    let names =
        std::iter::once(stem.to_owned()).chain((2..100).map(|number| format!("{stem}-again-{number}")));
    names.map(|name| into.join(name)).find(|path| !path.exists())
}

/// Who gets which copy, with room to tick. It names homes, so that it stays in the school.
fn check_list(record: &LetterRecord, copies: &[(Pdf, String)]) -> Paper {
    let rows = record.papers.iter().zip(copies).enumerate().map(|(at, (paper, (_, file)))| {
        let cell = |text: &str| documents::escape(text);
        let to = paper.address.first().map_or("", String::as_str);
        let address = paper.address.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join(", ");
        let file = file_stem(file).rsplit('-').next().unwrap_or_default();
        format!("| {} | {} | {} | {} |  |", at + 1, cell(to), cell(&address), cell(file))
    });
    let first = &record.papers[0];
    let head = format!(
        "**Stays in the school.** The copies of our letter of {}. Each home gets its own; the number in the file’s name is that of the copy. Write down when and how each was given.\n\n",
        first.date
    );
    let table: Vec<String> =
        std::iter::once("| No. | To | Address | File | Given on, and how |".to_owned()).chain(rows).collect();
    Paper {
        title: "Who gets which letter".into(),
        address: Vec::new(),
        body: head + &table.join("\n"),
        footer: format!("{} · Confidential", first.footer),
        large_print: false,
        watermark: None,
        ..first.clone()
    }
}
