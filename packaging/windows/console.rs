//! `casebook.com`: Casebook for a console on Windows. A program with a window is not waited for there, and cannot be
//! answered; this one starts `casebook.exe` beside it, waits, and ends as it ends. It does nothing else.

use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let started = std::env::current_exe().and_then(|here| {
        Command::new(here.with_file_name("casebook.exe")).args(std::env::args_os().skip(1)).status()
    });
    match started {
        // Casebook's own statuses are 0, 1 and 2.
        Ok(ended) => {
            ended.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            let _ = std::io::Write::write_fmt(
                &mut std::io::stderr(),
                format_args!("casebook: casebook.exe cannot be started ({error})\n"),
            );
            ExitCode::FAILURE
        }
    }
}
