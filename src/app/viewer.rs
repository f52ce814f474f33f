//! Opens a paper that was saved in this PC's own viewer, from which a person prints it. Only where somebody asks: the viewer
//! reads clear text, and may remember what it showed. Whether it really opened, nobody tells.

use std::io;
use std::path::Path;

/// Asks the system to open a file with the program that it has for its kind. Does not wait for it.
///
/// # Errors
/// The system has no such program, or does not start it.
pub fn show_in_viewer(file: &Path) -> io::Result<()> {
    // The whole path, so that no name is taken for an option.
    open(&std::path::absolute(file)?)
}

#[cfg(windows)]
fn open(file: &Path) -> io::Result<()> {
    super::windows::open(file)
}

#[cfg(not(windows))]
fn open(file: &Path) -> io::Result<()> {
    use std::process::{Command, Stdio};
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    let quiet = command.arg(file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut started = quiet.spawn()?;
    // Somebody has to take note of its end.
    std::thread::spawn(move || started.wait());
    Ok(())
}
