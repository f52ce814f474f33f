//! Letters outside the case file: saved as a PDF where the lead asks, or opened once in the computer's own viewer. Both are
//! in the journal; nothing else lets a letter out.

use super::{EXPORTED, Exported};
use crate::app::{Error, Session};
use crate::domain::{LetterId, LetterState};
use crate::store;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a letter is written anew when another program is given a copy. The timeline knows it by this.
pub(in crate::app) const VIEWED: &str = "a copy of a letter for the computer's viewer";

/// A copy that another program looks at. It lies in a folder of its own, in clear text, until it is let go.
#[derive(Debug)]
pub struct ViewedCopy {
    path: PathBuf,
    folder: Option<tempfile::TempDir>,
}

impl ViewedCopy {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the copy and its folder. Where the viewer still holds it, as on Windows, it stays for the next time.
    ///
    /// # Errors
    /// It could not be removed; it can be tried again.
    pub fn remove(&mut self) -> Result<(), Error> {
        let Some(folder) = &self.folder else { return Ok(()) };
        let failed = |source| Error::Export { path: self.path.clone(), source };
        match std::fs::remove_dir_all(folder.path()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
            Ok(()) | Err(_) => {
                self.folder = None;
                Ok(())
            }
        }
    }
}

impl Session {
    /// Writes an approved letter into a folder, whole or not at all. A file of the same name and the same bytes counts
    /// as written; one with other bytes is left alone.
    ///
    /// # Errors
    /// [`Error::NotApproved`]; [`Error::LetterOfClosed`]; a folder that is not there, is full or cannot be written.
    pub fn export_letter(&self, id: LetterId, folder: &Path) -> Result<Exported, Error> {
        let record = self.letter_record(id)?;
        self.letters_open(record.case, record.code)?;
        self.let_out(id, folder, EXPORTED)
    }

    /// Writes a copy of an approved letter for the computer's viewer, in a folder of its own that only this person can
    /// read. Copies that an earlier time left behind are removed first.
    ///
    /// # Errors
    /// [`Error::NotApproved`]; the folder cannot be made or written.
    pub fn copy_to_view(&self, id: LetterId) -> Result<ViewedCopy, Error> {
        sweep_viewed();
        self.copy_to_view_in(id, &viewing_folder())
    }

    fn copy_to_view_in(&self, id: LetterId, parent: &Path) -> Result<ViewedCopy, Error> {
        let failed = |source| Error::Export { path: parent.to_owned(), source };
        std::fs::create_dir_all(parent).map_err(failed)?;
        let folder = tempfile::Builder::new().prefix("copy-").tempdir_in(parent).map_err(failed)?;
        let exported = self.let_out(id, folder.path(), VIEWED)?;
        Ok(ViewedCopy { path: exported.path, folder: Some(folder) })
    }

    fn let_out(&self, id: LetterId, folder: &Path, why: &str) -> Result<Exported, Error> {
        let record = self.letter_record(id)?;
        let LetterState::Approved { sha256, pages, file_name, .. } = &record.state else {
            return Err(Error::NotApproved);
        };
        let bytes = self.inner().store.blob(sha256)?.ok_or(Error::NotFound)?;
        let path = folder.join(file_name);
        write_whole(&path, &bytes)?;
        self.write(why, |w| w.put(&record))?;
        Ok(Exported { path, sha256: sha256.clone(), pages: *pages })
    }
}

/// Where copies for a viewer lie: a person's own, and not where other programs keep things for long.
fn viewing_folder() -> PathBuf {
    let own = directories::ProjectDirs::from("", "", "Casebook");
    own.map_or_else(std::env::temp_dir, |dirs| dirs.cache_dir().to_owned()).join("viewing")
}

/// Removes copies that were left behind: Casebook was stopped, or the viewer held them. What is still held stays.
pub fn sweep_viewed() {
    let Ok(entries) = std::fs::read_dir(viewing_folder()) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with("copy-") {
            // It is tried again the next time.
            let _still_held = std::fs::remove_dir_all(entry.path());
        }
    }
}

pub(in crate::app) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::Export { path: path.to_owned(), source };
    if path.exists() {
        let same = std::fs::read(path).map_err(failed)? == bytes;
        return if same { Ok(()) } else { Err(failed(std::io::ErrorKind::AlreadyExists.into())) };
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    put(file, |file| file.persist_noclobber(path)).map_err(failed)
}

/// Writes a file of the program's own, over the one that is there, whole or not at all.
pub(in crate::app) fn write_over(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    put(file, |file| file.persist(path))
}

/// Gives a file its name; on Windows it waits for whoever holds it.
fn put(
    file: NamedTempFile,
    name: impl Fn(NamedTempFile) -> Result<std::fs::File, tempfile::PersistError>,
) -> std::io::Result<()> {
    let mut waiting = Some(file);
    store::patiently(|| match waiting.take().map(&name) {
        Some(Err(held)) => {
            waiting = Some(held.file);
            Err(held.error)
        }
        Some(Ok(_)) | None => Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;

    #[test]
    fn a_copy_for_the_viewer_is_journalled_the_same_to_the_byte_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let cases = session.cases("").unwrap();
        let letters = cases.iter().flat_map(|row| session.case(row.id).unwrap().letters);
        let issued = letters.into_iter().find(|l| matches!(l.state, LetterState::Approved { .. })).unwrap();
        let LetterState::Approved { sha256, file_name, .. } = &issued.state else { panic!("not approved") };
        let parent = folder.path().join("viewing");
        let mut copy = session.copy_to_view_in(issued.id, &parent).unwrap();
        assert_eq!(copy.path().file_name().unwrap().to_str(), Some(file_name.as_str()));
        let bytes = session.inner().store.blob(sha256).unwrap().unwrap();
        assert_eq!(std::fs::read(copy.path()).unwrap(), bytes);
        let last = session.journal(issued.case).unwrap().pop().unwrap();
        assert_eq!((last.why.as_str(), last.id.as_str()), (VIEWED, issued.id.to_string().as_str()));
        let timeline = session.timeline(issued.case).unwrap();
        assert!(timeline.iter().any(|line| line.title.starts_with("Opened in another program")));
        copy.remove().unwrap();
        copy.remove().unwrap();
        assert_eq!(std::fs::read_dir(&parent).unwrap().count(), 0);
        // Let go without a word it goes too.
        drop(session.copy_to_view_in(issued.id, &parent).unwrap());
        assert_eq!(std::fs::read_dir(&parent).unwrap().count(), 0);
    }
}
