//! The command line: the same use cases without a window.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use crate::app::worked_case;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Case records, decisions and letters for a school's safeguarding lead.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Decide one worked case (a JSON file) under the built-in policy and print the decision.
    Decide {
        /// Print JSON (the only form there is).
        #[arg(long, required = true)]
        json: bool,
        /// The school's calendar, a JSON file with its closed periods.
        #[arg(long)]
        calendar: PathBuf,
        /// The case, a JSON file.
        #[arg(long)]
        case: PathBuf,
    },
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Some(Command::Decide { json: _, calendar, case }) => match worked_case::decide(&case, &calendar) {
            Ok(decision) => {
                println!("{decision:#}");
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("casebook: {error}");
                ExitCode::from(2)
            }
        },
        None => ExitCode::SUCCESS,
    }
}
