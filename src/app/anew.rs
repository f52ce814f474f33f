//! Puts a new process of this program in the place of this one. What was in memory goes with the old one: the key, what
//! was read from the records, what was typed. It knows nothing of what the new one shows.

use std::ffi::OsString;
use std::io;
use std::process::Command;

/// Starts this program anew with these arguments, in the place of this process. Comes back only where that could not be
/// done, with the reason; then nothing has changed.
///
/// What is being written at that moment breaks off as at a power cut, so callers finish it first.
pub fn start_anew(arguments: &[OsString]) -> io::Error {
    match std::env::current_exe() {
        Ok(program) => replace(Command::new(program).args(arguments)),
        Err(error) => error,
    }
}

/// The same process id and the same console, with other contents. Files are open for this process only, so that the
/// lock on the case file goes with it.
#[cfg(unix)]
fn replace(command: &mut Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

/// Where no process can take another one's place: the new one is started, and this one ends.
#[cfg(not(unix))]
fn replace(command: &mut Command) -> io::Error {
    match command.spawn() {
        Ok(_started) => std::process::exit(0),
        Err(error) => error,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::io::Write;

    const ASKED: &str = "CASEBOOK_TEST_ANEW";

    /// In a process of its own: it is another program's run afterwards, under the same id.
    #[test]
    fn the_process_is_replaced_and_keeps_its_id() {
        let program = std::env::current_exe().unwrap();
        let name = "app::anew::tests::replaced";
        let mut command = Command::new(program);
        let child = command.args(["--exact", name, "--ignored"]).env(ASKED, "1");
        let child = child.stdout(std::process::Stdio::piped()).spawn().unwrap();
        let id = child.id();
        let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        assert!(said.contains("app::anew::tests::the_process_is_replaced_and_keeps_its_id: test"), "{said}");
        assert!(!said.contains("went on"), "{said}");
        assert!(said.contains(&format!("was {id}")), "{said}");
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn replaced() {
        if std::env::var_os(ASKED).is_none() {
            return;
        }
        // Past the test harness, which holds back what a test prints.
        writeln!(io::stdout().lock(), "was {}", std::process::id()).unwrap();
        io::stdout().flush().unwrap();
        let error = start_anew(&["--list".into()]);
        writeln!(io::stdout().lock(), "went on: {error}").unwrap();
    }
}
