//! One window a case file: a second Casebook for the same case file calls the first to the front, and ends.
//!
//! Where the first belongs to another person or sits on another PC, or the system keeps no folder for such calls, nobody
//! is called, and the second one says that the case file is open elsewhere. A call carries nothing but itself.

#[cfg(unix)]
use super::signal::Signal;
#[cfg(windows)]
use super::windows::Signal;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Calls the window that has this case file open to the front; whether there is one.
pub fn call_forward(case_file: &Path) -> bool {
    Signal::give(&name(case_file))
}

/// Answers calls for one case file, until it is dropped.
pub struct Answering {
    signal: Arc<Signal>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answering")
    }
}

impl Answering {
    /// Does `come` at each call for this case file, on a thread of its own. None where calls cannot be heard.
    pub fn calls_for(case_file: &Path, come: impl Fn() + Send + 'static) -> Option<Self> {
        Self::to(Signal::new(&name(case_file))?, come)
    }

    fn to(signal: Signal, come: impl Fn() + Send + 'static) -> Option<Self> {
        let signal = Arc::new(signal);
        let over = Arc::new(AtomicBool::new(false));
        let (waits, ended) = (Arc::clone(&signal), Arc::clone(&over));
        let answer = move || {
            while waits.wait() && !ended.load(Ordering::Acquire) {
                come();
            }
        };
        let thread = std::thread::Builder::new().name("front".into()).spawn(answer).ok()?;
        Some(Self { signal, over, thread: Some(thread) })
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        // It holds the signal too: until it has ended, a new process would be told that somebody is there. Where the
        // signal cannot be given any more, nobody is told anything, and there is nothing to wait for.
        if self.signal.set() {
            let _ended = self.thread.take().map(JoinHandle::join);
        }
    }
}

/// The same for every way of writing a folder's name; nothing can be read from it.
fn name(case_file: &Path) -> String {
    let folder = case_file.canonicalize().unwrap_or_else(|_| case_file.to_owned());
    let folder = folder.to_string_lossy();
    // Windows holds `A` and `a` for one folder, and wants to be told that the name is for one session only.
    let (begins, digest) = if cfg!(windows) {
        ("Local\\Casebook-", Sha256::digest(folder.to_lowercase()))
    } else {
        ("casebook-", Sha256::digest(&*folder))
    };
    let mut name = String::from(begins);
    for byte in &digest[..16] {
        // Writing to a String does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    #[test]
    fn one_folder_has_one_name_which_says_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("Larkfield.casebook");
        std::fs::create_dir(&folder).unwrap();
        let plain = name(&folder);
        assert_eq!(plain, name(&dir.path().join(".").join("Larkfield.casebook")));
        assert_ne!(plain, name(dir.path()));
        assert!(!plain.contains("Larkfield"));
    }

    #[cfg(unix)]
    #[test]
    fn whoever_answers_is_called_until_it_ends() {
        let dir = tempfile::tempdir().unwrap();
        let (called, calls) = mpsc::channel();
        let signal = Signal::new_in(dir.path(), "casebook-1").unwrap();
        let answering = Answering::to(signal, move || called.send(()).unwrap()).unwrap();
        for _ in 0..2 {
            assert!(answering.signal.set());
            calls.recv().unwrap();
        }
        drop(answering);
        assert!(calls.recv().is_err(), "the thread has ended, and the last call was not passed on");
        assert!(!dir.path().join("casebook-1").exists());

        let signal = Signal::new_in(dir.path(), "casebook-2").unwrap();
        let answering = Answering::to(signal, || {}).unwrap();
        std::fs::remove_file(dir.path().join("casebook-2")).unwrap();
        // Does not wait for a call that can no longer come.
        drop(answering);
    }
}
