//! Casebook: start-up only.
// On Windows no console opens beside the window; `casebook.com` is the same program for a console.
#![cfg_attr(windows, windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    casebook::cli::run()
}
