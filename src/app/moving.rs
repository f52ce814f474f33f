//! Moving the case file to another folder in one step, and removing it where it was once somebody has looked.

use super::{Error, Risk, Session};
use crate::store;
use std::path::{Path, PathBuf};

/// So often a copy is made again because something was written meanwhile.
const TRIES: usize = 3;

impl Session {
    /// Moves the case file: copied, checked, and only then the one that is open. Gives the folder where it is kept as it
    /// was.
    ///
    /// # Errors
    /// A place that is no safe one or is taken, or a copy that is not sound. Then it stays where it was.
    pub fn move_to(&self, to: &Path) -> Result<PathBuf, Error> {
        if let Some(risk) = Risk::of(to) {
            return Err(Error::UnsafePlace(risk));
        }
        let mut tried = 0;
        let old = loop {
            tried += 1;
            let (away, backups) = {
                let store = &self.inner().store;
                (store.copy_away(to)?, store.backups_folder())
            };
            // Others may write while it is checked.
            away.check(&backups)?;
            match self.inner().store.go_on_at(&away) {
                Err(store::Error::ChangedMeanwhile) if tried < TRIES => {}
                done => break done?,
            }
        };
        self.inner().note_end();
        Ok(store::put_aside(&old, self.now()))
    }

    /// Removes the case file where it was before it was moved.
    ///
    /// # Errors
    /// It is open somewhere, is another one, or cannot be removed.
    pub fn remove_moved(&self, kept: &Path) -> Result<(), Error> {
        Ok(self.inner().store.remove_put_aside(kept)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;

    #[test]
    fn the_session_goes_on_in_the_new_folder() {
        let dir = tempfile::tempdir().unwrap();
        let session = demo::make(dir.path(), |_| {}).unwrap().session;
        let (rows, from) = (session.cases("").unwrap(), session.folder());
        let to = dir.path().join("On this PC.casebook");
        let kept = session.move_to(&to).unwrap();
        assert_eq!(session.folder(), to);
        assert!(!from.exists() && kept.is_dir());
        assert_eq!(session.cases("").unwrap(), rows);
        session.save_school(&session.school().unwrap()).unwrap();
        session.remove_moved(&kept).unwrap();
        assert!(!kept.exists() && session.verify().unwrap().problems.is_empty());
    }

    #[test]
    fn no_place_that_is_kept_in_step_is_moved_to() {
        let dir = tempfile::tempdir().unwrap();
        let session = demo::make(dir.path(), |_| {}).unwrap().session;
        let from = session.folder();
        let refused = session.move_to(&dir.path().join("OneDrive/a.casebook"));
        assert!(matches!(refused, Err(Error::UnsafePlace(Risk::Synchronised(_)))), "{refused:?}");
        assert_eq!(session.folder(), from);
    }
}
