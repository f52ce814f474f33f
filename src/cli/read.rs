//! `casebook read`: prints what an import would take. No case file is opened.

use crate::app::{self, DateOrder, Error, Mapping, Notice, World};
use clap::{Subcommand, ValueEnum};
use serde::Serialize;
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub(super) enum Read {
    /// A register of pupils: a Common Transfer File (XML) or a CSV.
    ///
    #[allow(clippy::doc_markdown, reason = "this text is the help, and JSON keys are not code to its reader")]
    /// Prints {people, dropped, rejected, doubts, source}. Each of people has line, upn, admission_no, name, forename,
    /// surname, known_as, dob (YYYY-MM-DD), year (0 is reception), class, sen, looked_after, left_on and contacts. Each
    /// contact has order, name, title, forename, surname, relationship, responsibility (true, false or null), addressee,
    /// salutation, address (lines), phones and email. dropped names the fields that are not taken. rejected names each
    /// line that was kept out and why; doubts those that were taken and should be looked at.
    Register {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON (the only form there is).
        #[arg(long, required = true)]
        json: bool,
        /// What columns of a CSV mean, a JSON file: {"Set": "class", "Notes": null}.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
    },
    /// An exported WhatsApp chat: a text, or the text in a zip. Pictures in a zip are never unpacked.
    ///
    /// Prints {messages, system, rejected, source}. Each message has line, at (local time of the exporting phone), author,
    /// text as it stands in the file, and kind: text, media, deleted, edited, call or empty. source has the file's SHA-256
    /// and says which number of a date was taken for the day, and what decided it; "assumed" means that nothing did.
    Chat {
        /// The file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Print JSON (the only form there is).
        #[arg(long, required = true)]
        json: bool,
        /// Which number of a date is the day; the file decides where this is not given.
        #[arg(long, value_name = "ORDER")]
        dates: Option<Dates>,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Dates {
    /// 19/01/2026
    DayFirst,
    /// 1/19/2026
    MonthFirst,
}

impl From<Dates> for DateOrder {
    fn from(dates: Dates) -> Self {
        match dates {
            Dates::DayFirst => Self::DayFirst,
            Dates::MonthFirst => Self::MonthFirst,
        }
    }
}

pub(super) fn run(what: Read, world: &World) -> ExitCode {
    let done = match what {
        Read::Register { file, json: _, mapping } => {
            let mapping = match mapping.map_or(Ok(Mapping::default()), |file| read_mapping(&file)) {
                Ok(mapping) => mapping,
                Err(why) => return unusable(&format!("the mapping cannot be used ({why})")),
            };
            app::read_register(&file, &mapping, world.clock.today()).map(|register| print(&register))
        }
        Read::Chat { file, json: _, dates } => {
            app::read_chat(&file, dates.map(DateOrder::from)).map(|chat| print(&chat))
        }
    };
    match done {
        Ok(Ok(())) => ExitCode::SUCCESS,
        // Whoever reads has seen enough.
        Ok(Err(error)) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Ok(Err(error)) => unusable(&format!("nothing could be printed ({error})")),
        Err(error) => unusable(&words(&error)),
    }
}

fn read_mapping(file: &std::path::Path) -> io::Result<Mapping> {
    Ok(serde_json::from_slice(&std::fs::read(file)?)?)
}

fn words(error: &Error) -> String {
    let notice = Notice::from(error);
    format!("{error}\n{} {}", notice.what, notice.what_to_do)
}

fn unusable(why: &str) -> ExitCode {
    eprintln!("casebook: {why}");
    ExitCode::from(2)
}

fn print(value: &impl Serialize) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()
}
