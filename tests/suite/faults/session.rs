//! A short session in a process of its own, which other tests fail, kill and take the power from; and what must be true
//! of the case file afterwards.

use crate::store_kit::{CHEAP, child, create, person, random, secret, stamp};
use crate::upgrade;
use casebook::domain::{CaseId, Person, PersonId};
use casebook::store::{Anchor, Error, Secret, Store, backup};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

const FOLDER: &str = "CASEBOOK_TEST_FOLDER";
const WORDS: &str = "CASEBOOK_TEST_WORDS";
const WITH_BACKUP: &str = "CASEBOOK_TEST_BACKUP";

fn passphrase(number: u64) -> Secret {
    secret(&format!("passphrase {number}"))
}

/// A case file with a few things in it, closed; its words.
pub(super) fn made(at: &Path) -> (PathBuf, Secret) {
    let path = at.join("a.casebook");
    let (mut store, words) = create(&path);
    store
        .write(&stamp(), "before", |w| {
            w.put(&person(1, "Child 1"))?;
            w.attach(&vec![9; 20_000]).map(|_| ())
        })
        .unwrap();
    (path, words)
}

/// How a case file for a session is made.
pub(super) type Made = fn(&Path) -> (PathBuf, Secret);

/// One that the first release wrote: the session begins with its upgrade.
pub(super) fn made_by_schema_1(at: &Path) -> (PathBuf, Secret) {
    (upgrade::put_back(at), upgrade::words())
}

/// Not a test: the session. Each line it prints was acknowledged.
#[test]
#[ignore = "the session that other tests disturb"]
fn session() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let words = secret(&env::var(WORDS).unwrap());
    let opened = Store::open_with_words(folder, &words, random());
    let mut store = opened.unwrap_or_else(|error| refused(None, &error));
    for number in 2..5 {
        let written = store.write(&stamp(), "a change", |w| {
            w.put(&person(number, &format!("Child {number}")))?;
            // Replaced each time, so that pages come free and are taken again.
            w.index(CaseId::new(1), &format!("child{number} ").repeat(900))?;
            w.attach(&vec![number.to_le_bytes()[0]; 9_000]).map(|_| ())
        });
        match written {
            Ok(((), anchor)) => say(&format!("KEPT {number} {anchor}")),
            Err(error) => refused(Some(&store), &error),
        }
    }
    match store.set_passphrase("Headteacher", &passphrase(7), CHEAP, &stamp()) {
        Ok(_) => say("KEY 7"),
        Err(error) => refused(Some(&store), &error),
    }
    if env::var(WITH_BACKUP).is_ok() {
        let to = store.backups_folder().join(store.backup_name(stamp().at).unwrap());
        let made = store.copy_for_backup(&store.backups_folder()).and_then(|copied| copied.finish(&to));
        match made {
            Ok(_) => say(&format!("BACKUP {}", to.display())),
            Err(error) => refused(Some(&store), &error),
        }
    }
    let next = store.new_words().unwrap();
    say(&format!("NEXT {}", next.as_slice().join(" ")));
    match store.rekey(&next, None, &stamp()) {
        Ok(_) => say("REKEYED"),
        Err(error) => refused(Some(&store), &error),
    }
    match store.write(&stamp(), "the last change", |w| w.put(&person(9, "Child 9"))) {
        Ok(((), anchor)) => say(&format!("KEPT 9 {anchor}")),
        Err(error) => refused(Some(&store), &error),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{line}").unwrap();
    out.flush().unwrap();
}

/// Says what went wrong, and whether the record can still be read.
fn refused(store: Option<&Store>, error: &Error) -> ! {
    let readable = store.is_none_or(|store| store.list::<Person>().is_ok_and(|people| !people.is_empty()));
    say(&format!("REFUSED {} {error}", if readable { "readable" } else { "unreadable" }));
    std::process::exit(3)
}

/// What a session acknowledged before it ended.
#[derive(Debug, Default, Clone)]
pub(super) struct Acknowledged {
    kept: Vec<(u64, Anchor)>,
    key: bool,
    backups: Vec<PathBuf>,
    next: Option<String>,
    rekeyed: bool,
    pub(super) refused: Option<String>,
}

impl Acknowledged {
    pub(super) fn hear(&mut self, line: &str) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "KEPT" => {
                let (number, anchor) = rest.split_once(' ').unwrap();
                self.kept.push((number.parse().unwrap(), Anchor::parse(anchor).unwrap()));
            }
            "KEY" => self.key = true,
            "BACKUP" => self.backups.push(rest.into()),
            "NEXT" => self.next = Some(rest.to_owned()),
            "REKEYED" => self.rekeyed = true,
            "REFUSED" => self.refused = Some(rest.to_owned()),
            _ => {}
        }
    }
}

/// Runs the session, under strace where something is asked of it.
pub(super) fn run(folder: &Path, words: &Secret, with_backup: bool, strace: &[&str]) -> Acknowledged {
    let arguments = child(&env::current_exe().unwrap(), "faults::session::session");
    let arguments = if strace.is_empty() {
        arguments
    } else {
        let before = ["strace", "-f", "-qq"].iter().chain(strace).map(|word| (*word).to_owned());
        before.chain(arguments).collect()
    };
    let mut command = Command::new(&arguments[0]);
    command.args(&arguments[1..]).arg("--test-threads=1");
    command.env(FOLDER, folder).env(WORDS, words.expose()).stderr(Stdio::null());
    // A backtrace would only read files.
    command.env("RUST_BACKTRACE", "0");
    if with_backup {
        command.env(WITH_BACKUP, "1");
    }
    let output = command.output().expect("strace is needed: .ci/setup --tests installs it");
    assert_ne!(output.status.code(), Some(1), "strace did not start the session");
    let mut acknowledged = Acknowledged::default();
    String::from_utf8_lossy(&output.stdout).lines().for_each(|line| acknowledged.hear(line));
    acknowledged
}

/// What must be true of the case file, whatever happened: it opens without help, holds everything that was acknowledged,
/// and is sound; every backup that has its name is whole.
pub(super) fn holds(path: &Path, words: &Secret, acknowledged: &Acknowledged, what: &str) {
    let next = acknowledged.next.as_deref().map(secret);
    let old = || Store::open_with_words(path, words, random());
    let store = match (old(), &next) {
        (Ok(store), _) => {
            assert!(!acknowledged.rekeyed, "{what}: the old words open after a new sheet was acknowledged");
            store
        }
        (Err(_), Some(next)) => Store::open_with_words(path, next, random())
            .unwrap_or_else(|error| panic!("{what}: neither words open: {error:?}")),
        (Err(error), None) => panic!("{what}: does not open: {error:?}"),
    };
    let people: BTreeSet<PersonId> =
        store.list::<Person>().unwrap().into_iter().map(|person| person.id).collect();
    assert!(people.contains(&PersonId::new(1)), "{what}: what was there before is lost");
    for (number, _) in &acknowledged.kept {
        assert!(people.contains(&PersonId::new(*number)), "{what}: entry {number} is lost");
    }
    let anchors: Vec<Anchor> = acknowledged.kept.iter().map(|(_, anchor)| *anchor).collect();
    assert_eq!(store.verify(&anchors).unwrap().problems, [], "{what}");
    let folder = store.backups_folder();
    drop(store);
    if acknowledged.key {
        let opened = Store::open(path, &passphrase(7), random());
        assert!(opened.is_ok(), "{what}: the passphrase that was acknowledged does not open");
    }
    for made in &acknowledged.backups {
        assert!(made.exists(), "{what}: a backup is lost");
    }
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        if !entry.file_name().to_string_lossy().starts_with('.') {
            backup::check(&entry.path()).unwrap_or_else(|error| panic!("{what}: a bad backup: {error:?}"));
        }
    }
}

/// Copies a closed case file.
pub(super) fn copy_of(path: &Path, to: &Path) -> PathBuf {
    let copy = to.join("a.casebook");
    fs::create_dir_all(copy.join("backups")).unwrap();
    for entry in fs::read_dir(path).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
        }
    }
    copy
}
