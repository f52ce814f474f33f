//! A signal between two Casebooks of one person, where there is no Windows: a socket in the folder that the system keeps
//! for the programs of one person while they are logged in. Nothing is sent over it; that it is opened is the call.

use directories::BaseDirs;
use std::io::ErrorKind;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// A signal with a name, gone with the one that waits for it.
pub(super) struct Signal {
    waits: UnixListener,
    place: PathBuf,
}

impl Signal {
    /// Makes it. None where the system has no such folder, or somebody waits for it already.
    pub(super) fn new(name: &str) -> Option<Self> {
        Self::new_in(BaseDirs::new()?.runtime_dir()?, name)
    }

    pub(super) fn new_in(folder: &Path, name: &str) -> Option<Self> {
        let place = folder.join(name);
        let made = UnixListener::bind(&place).or_else(|error| {
            // What a Casebook that was broken off has left behind.
            if error.kind() == ErrorKind::AddrInUse && !call(&place) {
                std::fs::remove_file(&place)?;
                return UnixListener::bind(&place);
            }
            Err(error)
        });
        Some(Self { waits: made.ok()?, place })
    }

    /// Gives it where somebody waits for it; whether somebody does.
    pub(super) fn give(name: &str) -> bool {
        BaseDirs::new().is_some_and(|dirs| dirs.runtime_dir().is_some_and(|folder| call(&folder.join(name))))
    }

    /// Gives it.
    pub(super) fn set(&self) -> bool {
        call(&self.place)
    }

    /// Waits until it is given; false where it can no longer be.
    pub(super) fn wait(&self) -> bool {
        loop {
            match self.waits.accept() {
                Ok(_) => return true,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }
}

impl Drop for Signal {
    fn drop(&mut self) {
        // The next one takes a socket that nobody listens at for what it is.
        let _ = std::fs::remove_file(&self.place);
    }
}

fn call(place: &Path) -> bool {
    UnixStream::connect(place).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_given_once_for_each_call_and_goes_with_the_one_that_waits() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("casebook-1");
        assert!(!call(&place), "nobody waits yet");
        let signal = Signal::new_in(dir.path(), "casebook-1").unwrap();
        assert!(Signal::new_in(dir.path(), "casebook-1").is_none(), "somebody waits already");
        assert!(signal.wait(), "and was asked whether he does");
        assert!(call(&place) && signal.wait());
        assert!(signal.set() && signal.wait());
        drop(signal);
        assert!(!place.exists() && !call(&place));
    }

    #[test]
    fn what_was_left_behind_is_in_nobodys_way() {
        let dir = tempfile::tempdir().unwrap();
        let place = dir.path().join("casebook-2");
        drop(UnixListener::bind(&place).unwrap());
        assert!(place.exists() && !call(&place), "a socket without anybody");
        let signal = Signal::new_in(dir.path(), "casebook-2").unwrap();
        assert!(call(&place) && signal.wait());
    }

    #[test]
    fn without_a_folder_there_is_none() {
        let dir = tempfile::tempdir().unwrap();
        assert!(Signal::new_in(&dir.path().join("none"), "casebook-3").is_none());
    }
}
