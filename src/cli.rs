//! The command line: the same use cases without a window. Exit status 0: done; 1: something is not as it should be;
//! 2: the call or a file in it cannot be used.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod read;

use crate::app::{
    self, Anchor, Error, Notice, PackError, Policy, PolicyError, Risk, Secret, Session, World, demo,
    guarded_text, read_pack, read_pack_unproved, worked_case,
};
use crate::domain::Day;
use crate::ui;
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Case records, decisions and letters for a school's safeguarding lead.
///
/// Without a command, Casebook opens its window.
#[derive(Debug, Parser)]
#[command(version, about, disable_version_flag = true)]
struct Arguments {
    /// Print the version, the day of its sources, and the policy that comes with it.
    #[arg(short = 'V', long)]
    version: bool,
    #[command(subcommand)]
    command: Option<Command>,
    /// The case file's folder to open, or the records.casedb in it; the last one where none is given.
    #[arg(value_name = "CASEFILE")]
    case_file: Option<PathBuf>,
    /// Work as on this day, for tests and training.
    #[arg(long, value_name = "YYYY-MM-DD", hide = true, value_parser = Day::parse)]
    today: Option<Day>,
    /// Say that the last change could not be saved: how Casebook starts itself anew when it locks.
    #[arg(long, hide = true)]
    unsaved: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show Casebook with an invented school and four cases.
    ///
    /// Without --out, opens the window on that school. Everyone in it is made up, and its key is no secret: never keep
    /// a real record in it.
    Demo {
        /// Make the case file, the letters and the police summary in this folder, and open no window.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Decide one worked case (a JSON file) under the built-in policy and print the decision.
    Decide {
        /// Print JSON (the only form there is).
        #[arg(long, required = true)]
        json: bool,
        /// The school's calendar, a JSON file with its closed periods.
        #[arg(long, value_name = "FILE")]
        calendar: PathBuf,
        /// The case, a JSON file.
        #[arg(long, value_name = "FILE")]
        case: PathBuf,
    },
    /// Check a policy pack, or explain one of its rules.
    Policy {
        #[command(subcommand)]
        command: PolicyCommand,
    },
    /// Print what an import of a file would take, and what not and why. No case file is opened.
    Read {
        #[command(subcommand)]
        what: read::Read,
    },
    /// Read a text as the leak guard reads every letter, and print what gives another child away.
    ///
    /// Prints {"hits": [...], "verdict_words": [...], "leftovers": [...], "clean": true or false}. Each has "start" and
    /// "end", which count characters (Unicode code points) of the file from 0, so that text[start:end] in Python is
    /// "text"; "where" is "text", or "name" for the name of the file. A hit also has "person", the id, and "kind", one of
    /// full_name, given_name, family_name, nickname, initials, possessive, misspelling, handle, phone, class_or_year.
    ///
    /// The list of people is JSON: [{"id", "role", "name", "known_as", "year", "class", "handles", "phones",
    /// "household"}]. Only "id" must be there; other keys are refused. The role says who may be named: school staff and
    /// other professionals (teacher, headteacher, governor, social worker) may; a parent or carer of another household
    /// may not, since that names the child; anyone else is a child and may not. A child with the role "register" has
    /// nothing to do with the case and is found by the whole name or by a part of it that nobody else has.
    ///
    /// Exit status: 0 the text was read, whatever was found ("clean" says which), 2 a file cannot be used.
    #[allow(clippy::doc_markdown, reason = "the help shows the keys of the JSON as they are")]
    #[command(verbatim_doc_comment)]
    Guard {
        /// Print JSON (the only form there is).
        #[arg(long, required = true)]
        json: bool,
        /// The people, a JSON file.
        #[arg(long, value_name = "FILE")]
        people: PathBuf,
        /// The id of the child whose family reads it: that child and its household may be named. Without it nobody may.
        #[arg(long = "for", value_name = "ID")]
        reader: Option<String>,
        /// The text, a UTF-8 file.
        #[arg(long, value_name = "FILE")]
        text: PathBuf,
        /// The name under which the text will be sent as a file.
        #[arg(long, value_name = "FILENAME")]
        name: Option<String>,
    },
    /// Check a whole case file: every page, the journal's chain, every stored document.
    ///
    /// Asks for the passphrase, or reads it as one line from standard input.
    Verify {
        /// The case file's folder, which ends in .casebook.
        #[arg(value_name = "CASEFILE")]
        case_file: PathBuf,
        /// Open with the 24 words of the recovery sheet instead of a passphrase.
        #[arg(long)]
        words: bool,
        /// A mark printed on a document, such as 812-9f3a77c120be4d05: is the record up to it as it was then?
        #[arg(long, value_name = "MARK", value_parser = read_mark)]
        anchor: Option<Anchor>,
    },
    /// Make a backup: the whole case file in one encrypted file, checked after writing.
    ///
    /// Asks for the passphrase, or reads it as one line from standard input.
    Backup {
        /// The case file's folder, which ends in .casebook.
        #[arg(value_name = "CASEFILE")]
        case_file: PathBuf,
        /// The file to make; its name should end in .casebackup.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Open with the 24 words of the recovery sheet instead of a passphrase.
        #[arg(long)]
        words: bool,
    },
    /// Put a backup back. Needs no passphrase: what comes out opens with those of the day of the backup.
    #[command(group(clap::ArgGroup::new("place").required(true)))]
    Restore {
        /// The backup, whose name ends in .casebackup.
        #[arg(value_name = "BACKUP")]
        backup: PathBuf,
        /// Into this folder, which must be new or empty.
        #[arg(long, value_name = "FOLDER", group = "place")]
        to: Option<PathBuf>,
        /// In the place of this damaged case file, which is kept beside it.
        #[arg(long, value_name = "CASEFILE", group = "place")]
        over: Option<PathBuf>,
        /// Only check that the backup is whole.
        #[arg(long, group = "place")]
        check: bool,
    },
    /// Write the manual pages into a folder, for packages.
    #[command(hide = true)]
    Man {
        /// A folder that is there.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum PolicyCommand {
    /// Prove that a pack holds together: every combination of facts leads to a duty, no law is broken, every rule has
    /// its use. Prints the smallest counter-example where one is.
    Check {
        /// The pack's folder; the built-in pack where none is given.
        #[arg(value_name = "PACK")]
        pack: Option<PathBuf>,
    },
    /// Say in words when a rule applies, what it does, why, and what it rests on.
    Explain {
        /// The rule's id, for example R08.
        #[arg(value_name = "RULE")]
        rule: String,
        /// The pack's folder; the built-in pack where none is given.
        #[arg(long, value_name = "PACK")]
        pack: Option<PathBuf>,
    },
}

/// Runs what the command line asks for.
pub fn run() -> ExitCode {
    app::join_console();
    let arguments = Arguments::parse();
    if arguments.version {
        return tell_version();
    }
    if let Err(what) = app::harden() {
        eprintln!("casebook: {what} on this system");
    }
    match arguments.command {
        None => {
            app::sweep_viewed();
            let world = arguments.today.map_or_else(|| World::real().remembering(), World::on);
            let start =
                ui::Locked { case_file: arguments.case_file.map(folder_of), unsaved: arguments.unsaved };
            open_window(ui::Start::CaseFile(start), world, lock_anew(arguments.today))
        }
        Some(Command::Demo { out: Some(folder) }) => make_demo(&folder),
        Some(Command::Demo { out: None }) => show_demo(),
        Some(Command::Decide { json: _, calendar, case }) => decide(&case, &calendar),
        Some(Command::Policy { command: PolicyCommand::Check { pack } }) => check_policy(pack.as_deref()),
        Some(Command::Policy { command: PolicyCommand::Explain { rule, pack } }) => {
            explain(&rule, pack.as_deref())
        }
        Some(Command::Read { what }) => read::run(what, &arguments.today.map_or_else(World::real, World::on)),
        Some(Command::Guard { json: _, people, reader, text, name }) => {
            guard(&people, reader.as_deref(), &text, name.as_deref())
        }
        Some(Command::Verify { case_file, words, anchor }) => verify(&case_file, words, anchor),
        Some(Command::Backup { case_file, to, words }) => back_up(&case_file, &to, words),
        Some(Command::Restore { backup, to, over, check: _ }) => {
            restore(&backup, to.as_deref(), over.as_deref())
        }
        Some(Command::Man { folder }) => write_manual(&folder),
    }
}

fn tell_version() -> ExitCode {
    let this = app::Edition::this();
    println!("casebook {}", this.version);
    println!(
        "built {}",
        this.built.map_or_else(|| "from sources".into(), |day| format!("from the sources of {}", day.date()))
    );
    println!("policy {}", this.policy);
    ExitCode::SUCCESS
}

/// A case file is a folder. What a desktop opens at a double click is the file in it.
fn folder_of(path: PathBuf) -> PathBuf {
    match path.parent() {
        Some(folder) if path.extension().is_some_and(|e| e == "casedb") && path.is_file() => {
            folder.to_owned()
        }
        _ => path,
    }
}

/// One page a command, made from the same words as `--help`.
fn write_manual(folder: &Path) -> ExitCode {
    let command = Arguments::command().name("casebook");
    match clap_mangen::generate_to(command, folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&format!("the manual pages cannot be written ({error})")),
    }
}

/// How the window locks: this program anew, on the same day and the same case file.
fn lock_anew(today: Option<Day>) -> ui::Anew {
    Arc::new(move |locked| {
        let mut arguments: Vec<OsString> = Vec::new();
        if let Some(today) = today {
            arguments.extend(["--today".into(), today.date().to_string().into()]);
        }
        if locked.unsaved {
            arguments.push("--unsaved".into());
        }
        // The whole path, so that no folder's name is taken for a command.
        let folder = locked.case_file.as_deref().and_then(|folder| std::path::absolute(folder).ok());
        arguments.extend(folder.map(OsString::from));
        app::start_anew(&arguments)
    })
}

fn open_window(start: ui::Start, world: World, anew: ui::Anew) -> ExitCode {
    match ui::run(start, world, anew) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("casebook: the window cannot be opened ({error})");
            ExitCode::FAILURE
        }
    }
}

/// The demonstration in the window, in a folder that goes when the window is closed.
fn show_demo() -> ExitCode {
    let folder = match tempfile::tempdir() {
        Ok(folder) => folder,
        Err(error) => {
            eprintln!("casebook: no temporary folder can be made ({error})");
            return ExitCode::FAILURE;
        }
    };
    match demo::make(folder.path(), |_| {}) {
        Ok(made) => {
            let world = World::on(made.session.today());
            open_window(ui::Start::Demonstration(made.session), world, lock_anew(None))
        }
        Err(error) => tell(&error),
    }
}

fn decide(case: &Path, calendar: &Path) -> ExitCode {
    match worked_case::decide(case, calendar) {
        Ok(decision) => {
            println!("{decision:#}");
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error),
    }
}

fn check_policy(pack: Option<&Path>) -> ExitCode {
    let started = stopwatch();
    let checked = match pack {
        Some(folder) => read_pack(folder).map(|checked| (checked.policy.stamp(), checked.proof)),
        None => Policy::built_in()
            .and_then(|policy| Ok((policy.stamp(), policy.prove()?)))
            .map_err(PackError::from),
    };
    match checked {
        Ok((stamp, proof)) => {
            println!("{stamp} holds together.");
            println!("{} rules, {} claims proved", proof.rules, proof.claims);
            println!(
                "over {} combinations of facts, told apart in {} cases",
                thousands(proof.combinations),
                proof.cases
            );
            println!("in {:.2} s", started.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(PackError::Policy(PolicyError::Unsound { problems })) => {
            for problem in &problems {
                println!("{problem}");
            }
            println!("{} problem(s): the pack is refused", problems.len());
            ExitCode::FAILURE
        }
        Err(error) => refuse(&error),
    }
}

fn explain(rule: &str, pack: Option<&Path>) -> ExitCode {
    // A pack that breaks a law can be explained all the same: that may be how one finds out why.
    let policy = match pack {
        Some(folder) => read_pack_unproved(folder),
        None => Policy::built_in().map_err(PackError::from),
    };
    let policy = match policy {
        Ok(policy) => policy,
        Err(error) => return refuse(&error),
    };
    if let Some(words) = policy.explain(rule) {
        print!("{words}");
        return ExitCode::SUCCESS;
    }
    let known: Vec<&str> = policy.rule_ids().collect();
    refuse(&format!("there is no rule “{rule}”; the rules are: {}", known.join(", ")))
}

fn refuse(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("casebook: {error}");
    ExitCode::from(2)
}

#[allow(clippy::disallowed_methods, reason = "a stopwatch, not the date")]
fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}

/// `1,234,567`
fn thousands(number: u128) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn guard(people: &Path, reader: Option<&str>, text: &Path, name: Option<&str>) -> ExitCode {
    match guarded_text::guard(people, reader, text, name) {
        Ok(report) => {
            println!("{:#}", report.json);
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error),
    }
}

fn make_demo(folder: &Path) -> ExitCode {
    // Nobody’s records are in it, so it may lie anywhere; a case file may not.
    if let Some(risk) = Risk::of(folder) {
        eprintln!("casebook: {}", risk.warning().what);
    }
    match demo::make(folder, |step| println!("made {step}")) {
        Ok(made) => {
            println!();
            for document in &made.documents {
                let name = document.path.file_name().unwrap_or_default().to_string_lossy();
                println!("{name}  {} pages  sha256 {}", document.pages, document.sha256);
            }
            println!();
            println!("{} cases in {}", made.cases, made.case_file.display());
            println!("Everyone in it is made up. Its passphrase is: {}", demo::PASSPHRASE);
            ExitCode::SUCCESS
        }
        Err(error) => tell(&error),
    }
}

fn read_mark(text: &str) -> Result<Anchor, String> {
    Anchor::parse(text).ok_or_else(|| "a mark looks like 812-9f3a77c120be4d05".into())
}

fn verify(case_file: &Path, words: bool, anchor: Option<Anchor>) -> ExitCode {
    let opened = match open(case_file, words) {
        Ok(opened) => opened,
        Err(status) => return status,
    };
    let report = opened.and_then(|session| {
        if let Some(replay) = session.replay() {
            eprintln!("casebook: {}", replay.warning().what);
        }
        let report = session.verify_against(anchor.as_slice())?;
        // What a damaged file holds is not counted: its problems are told.
        let evidence = if report.problems.is_empty() { session.evidence_files()? } else { 0 };
        Ok((report, evidence, session.anchor()?))
    });
    match report {
        Ok((report, evidence, head)) if report.problems.is_empty() => {
            println!(
                "sound: {} entries, {} documents, of them {evidence} of evidence, record {head}",
                report.events, report.blobs
            );
            if report.destroyed > 0 {
                println!("{} texts were destroyed, as the record says of each", report.destroyed);
            }
            if let Some(mark) = anchor {
                println!("unchanged up to entry {}, as printed with {mark}", mark.seq());
            }
            ExitCode::SUCCESS
        }
        Ok((report, ..)) => {
            for problem in &report.problems {
                println!("{problem}");
            }
            println!("{} problems", report.problems.len());
            ExitCode::FAILURE
        }
        Err(error) => tell(&error),
    }
}

fn back_up(case_file: &Path, to: &Path, words: bool) -> ExitCode {
    let opened = match open(case_file, words) {
        Ok(opened) => opened,
        Err(status) => return status,
    };
    match opened.and_then(|session| session.back_up_to(to)) {
        Ok(report) => {
            println!("made {}: {} entries, {} documents, sound", to.display(), report.events, report.blobs);
            ExitCode::SUCCESS
        }
        Err(error) => tell(&error),
    }
}

fn restore(backup: &Path, to: Option<&Path>, over: Option<&Path>) -> ExitCode {
    let world = World::real();
    let done = match (to, over) {
        (Some(to), _) => app::restore(backup, to, &world).map(|()| format!("restored: {}", to.display())),
        (None, Some(over)) => app::restore_over(backup, over, &world)
            .map(|kept| format!("restored: {}\nkept the damaged one: {}", over.display(), kept.display())),
        (None, None) => app::check_backup(backup).map(|()| "whole: every byte is as it was written".into()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            if to.is_some() || over.is_some() {
                println!("Check it with: casebook verify");
            }
            ExitCode::SUCCESS
        }
        Err(error) => tell(&error),
    }
}

/// Opens a case file with what is typed; the exit status where nothing can be read.
fn open(case_file: &Path, words: bool) -> Result<Result<Session, Error>, ExitCode> {
    let secret = ask(if words { "The 24 words: " } else { "Passphrase: " }).map_err(|error| {
        eprintln!("casebook: no passphrase could be read ({error})");
        ExitCode::from(2)
    })?;
    Ok(if words {
        Session::open_with_words(case_file, &secret, World::real().remembering())
    } else {
        Session::open(case_file, &secret, World::real().remembering())
    })
}

/// One line from standard input, with a question where a person sits there.
fn ask(question: &str) -> std::io::Result<Secret> {
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        eprint!("{question}");
        std::io::stderr().flush()?;
    }
    let mut line = String::new();
    input.read_line(&mut line)?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(Secret::new(line))
}

fn tell(error: &Error) -> ExitCode {
    let notice = Notice::from(error);
    eprintln!("casebook: {} {}", notice.what, notice.what_to_do);
    if !notice.detail.is_empty() {
        eprintln!("({})", notice.detail);
    }
    ExitCode::FAILURE
}
