//! One window a case file: a second Casebook for the same case file calls the first to the front, and ends.
//!
//! On Windows. Elsewhere nobody is called, and the second one says that the case file is open elsewhere, as it does on
//! Windows where the first belongs to another person or sits on another PC. A call carries nothing but itself.

use std::path::Path;
#[cfg(windows)]
use {
    super::windows::Signal,
    sha2::{Digest, Sha256},
    std::fmt::Write,
    std::sync::Arc,
    std::sync::atomic::{AtomicBool, Ordering},
    std::thread::JoinHandle,
};

/// Calls the window that has this case file open to the front; whether there is one.
pub fn call_forward(case_file: &Path) -> bool {
    #[cfg(windows)]
    return Signal::give(&name(case_file));
    #[cfg(not(windows))]
    {
        let _ = case_file;
        false
    }
}

/// Answers calls for one case file, until it is dropped.
pub struct Answering {
    #[cfg(windows)]
    signal: Arc<Signal>,
    #[cfg(windows)]
    over: Arc<AtomicBool>,
    #[cfg(windows)]
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answering")
    }
}

impl Answering {
    /// Does `come` at each call for this case file, on a thread of its own. None where calls cannot be heard.
    #[cfg(windows)]
    pub fn calls_for(case_file: &Path, come: impl Fn() + Send + 'static) -> Option<Self> {
        let signal = Arc::new(Signal::new(&name(case_file))?);
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

    /// Nobody calls here.
    #[cfg(not(windows))]
    pub fn calls_for(_case_file: &Path, _come: impl Fn() + Send + 'static) -> Option<Self> {
        None
    }
}

#[cfg(windows)]
impl Drop for Answering {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Release);
        self.signal.set();
        // It holds the signal too: until it has ended, a new process would be told that somebody is there.
        let _ended = self.thread.take().map(JoinHandle::join);
    }
}

/// The same for every way of writing a folder's name; nothing can be read from it.
#[cfg(windows)]
fn name(case_file: &Path) -> String {
    let folder = case_file.canonicalize().unwrap_or_else(|_| case_file.to_owned());
    let digest = Sha256::digest(folder.to_string_lossy().to_lowercase());
    let mut name = String::from("Local\\Casebook-");
    for byte in &digest[..16] {
        // Writing to a String does not fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}
