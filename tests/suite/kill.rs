//! `kill -9` at any moment: nothing that was acknowledged may be lost, and the file opens without help.

use crate::faults;
use crate::store_kit::{CHEAP, child, create, person, random, secret, stamp};
use casebook::domain::{CaseId, Person, PersonId};
use casebook::store::{Anchor, Secret, Store};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// So many rounds on one file; then it starts anew, because each round checks all of it.
const ROUNDS_A_FILE: usize = 100;
const FOLDER: &str = "CASEBOOK_TEST_FOLDER";
const WORDS: &str = "CASEBOOK_TEST_WORDS";
const NEXT: &str = "CASEBOOK_TEST_NEXT";

fn text_of(id: u64) -> String {
    format!("Child number {id}")
}

fn passphrase_of(number: u64) -> Secret {
    secret(&format!("passphrase {number}"))
}

/// Not a test: the writer that `nothing_acknowledged_is_lost` kills. Without its folder it does nothing.
#[test]
#[ignore = "the writer that another test kills"]
fn writer() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let words = secret(&std::env::var(WORDS).unwrap());
    let next: u64 = std::env::var(NEXT).unwrap().parse().unwrap();
    let mut store = Store::open_with_words(Path::new(&folder), &words, random()).unwrap();
    let mut out = std::io::stdout().lock();
    let mut say = |line: String| {
        writeln!(out, "\n{line}").unwrap();
        out.flush().unwrap();
    };
    say("READY".into());
    for id in next.. {
        let work = |w: &mut casebook::store::Writing<'_>| {
            w.put(&person(id, &text_of(id)))?;
            w.index(CaseId::new(id % 5), &text_of(id))?;
            // Now and then a larger change, so that the killing finds it in the middle.
            let length = if id % 7 == 0 { 100_000 } else { 100 };
            w.attach(&[id.to_be_bytes()[7]].repeat(length)).map(|_| ())
        };
        let ((), anchor) = store.write(&stamp(), "kill", work).unwrap();
        say(format!("KEPT {id} {anchor}"));
        if id % 4 == 0 {
            store.set_passphrase("Headteacher", &passphrase_of(id), CHEAP, &stamp()).unwrap();
            say(format!("KEY {id}"));
        }
    }
}

/// What the writer had acknowledged when it was killed.
#[derive(Default)]
struct Acknowledged {
    kept: BTreeMap<u64, Anchor>,
    key: Option<u64>,
}

fn start(folder: &Path, words: &Secret, next: u64) -> (Child, impl Iterator<Item = String> + use<>) {
    let arguments = child(&std::env::current_exe().unwrap(), "kill::writer");
    let mut writer = Command::new(&arguments[0])
        .args(&arguments[1..])
        .env(FOLDER, folder)
        .env(WORDS, words.expose())
        .env(NEXT, next.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "READY"), "the writer could not open the file");
    (writer, lines)
}

fn run_and_kill(folder: &Path, words: &Secret, next: u64, after: Duration) -> Acknowledged {
    let (mut writer, lines) = start(folder, words, next);
    std::thread::sleep(after);
    writer.kill().unwrap();
    writer.wait().unwrap();
    heard(lines)
}

fn heard(lines: impl Iterator<Item = String>) -> Acknowledged {
    let mut acknowledged = Acknowledged::default();
    for line in lines {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["KEPT", id, anchor] => {
                acknowledged.kept.insert(id.parse().unwrap(), Anchor::parse(anchor).unwrap());
            }
            ["KEY", id] => acknowledged.key = Some(id.parse().unwrap()),
            _ => {}
        }
    }
    acknowledged
}

/// Asleep: the PC stops in the middle of whatever is being written, and goes on later as if nothing had been.
#[cfg(unix)]
#[test]
fn asleep_in_the_middle_of_a_change_nothing_is_lost() {
    let rounds = faults::states(10, 10, 60);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.casebook");
    let (store, words) = create(&path);
    drop(store);
    let (mut writer, lines) = start(&path, &words, 1);
    let signal = |name: &str| {
        let sent = Command::new("kill").args([name, &writer.id().to_string()]).status().unwrap();
        assert!(sent.success());
    };
    let mut in_the_middle = 0;
    for round in 0..rounds {
        std::thread::sleep(Duration::from_millis(20 + 13 * (round as u64 % 7)));
        signal("-STOP");
        in_the_middle += usize::from(is_hot(&path.join("records.casedb-journal")));
        // Nobody else gets in meanwhile, and what the sleeper had begun stays its own.
        let other = Store::open_with_words(&path, &words, random());
        assert!(matches!(other.err(), Some(casebook::store::Error::InUse)));
        signal("-CONT");
    }
    // A busy PC needs its time.
    std::thread::sleep(Duration::from_secs(2));
    writer.kill().unwrap();
    writer.wait().unwrap();
    let acknowledged = heard(lines);
    assert!(!acknowledged.kept.is_empty(), "it went on");
    let store = Store::open_with_words(&path, &words, random()).unwrap();
    let people: BTreeMap<PersonId, Person> =
        store.list::<Person>().unwrap().into_iter().map(|person| (person.id, person)).collect();
    for id in acknowledged.kept.keys() {
        assert_eq!(people.get(&PersonId::new(*id)), Some(&person(*id, &text_of(*id))), "{id} is lost");
    }
    let anchors: Vec<Anchor> = acknowledged.kept.values().copied().collect();
    assert_eq!(store.verify(&anchors).unwrap().problems, []);
    println!("{rounds} sleeps, {in_the_middle} of them in the middle of a change");
    faults::row("asleep at any moment, and awake again", rounds);
}

/// Whether SQLite's journal holds pages that the next opening has to put back: a finished one begins with zeros.
fn is_hot(journal: &Path) -> bool {
    std::fs::read(journal).is_ok_and(|bytes| bytes.first().is_some_and(|byte| *byte != 0))
}

/// What some rounds came to.
#[derive(Default)]
struct Tally {
    acknowledged: usize,
    unacknowledged: usize,
    in_the_middle: usize,
}

#[test]
fn nothing_acknowledged_is_lost() {
    let started = Instant::now();
    let rounds = faults::states(100, 100, 1000);
    let mut tally = Tally::default();
    let mut left = rounds;
    while left > 0 {
        let now = left.min(ROUNDS_A_FILE);
        kill_again_and_again(now, &mut tally);
        left -= now;
    }
    println!(
        "{rounds} kills in {:.1} s: {} records acknowledged, 0 lost, {} kept before they were acknowledged; {} kills \
         came in the middle of a change",
        started.elapsed().as_secs_f32(),
        tally.acknowledged,
        tally.unacknowledged,
        tally.in_the_middle,
    );
    faults::row("kill -9 at any moment", rounds);
    assert!(tally.acknowledged > rounds, "the writer was killed before it wrote anything worth counting");
    assert!(tally.in_the_middle > 0, "no kill came in the middle of a change");
}

fn kill_again_and_again(rounds: usize, tally: &mut Tally) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.casebook");
    let (store, words) = create(&path);
    drop(store);
    let mut kept = BTreeMap::new();
    let (mut key, mut next, mut unacknowledged) = (None, 1, 0);
    let mut delay = vec![0u8; rounds];
    getrandom::fill(&mut delay).unwrap();
    for delay in delay {
        let acknowledged = run_and_kill(&path, &words, next, Duration::from_millis(u64::from(delay) / 2));
        kept.extend(acknowledged.kept);
        key = acknowledged.key.or(key);
        tally.in_the_middle += usize::from(is_hot(&path.join("records.casedb-journal")));

        let store = Store::open_with_words(&path, &words, random()).unwrap();
        let people: BTreeMap<PersonId, Person> =
            store.list::<Person>().unwrap().into_iter().map(|person| (person.id, person)).collect();
        for id in kept.keys() {
            assert_eq!(people.get(&PersonId::new(*id)), Some(&person(*id, &text_of(*id))), "{id} is lost");
        }
        let anchors: Vec<Anchor> = kept.values().copied().collect();
        assert_eq!(store.verify(&anchors).unwrap().problems, []);
        unacknowledged = people.len() - kept.len();
        let seen = people.keys().map(ToString::to_string);
        let seen = seen.filter_map(|id| u64::from_str_radix(&id, 16).ok());
        next = seen.max().map_or(next, |id| next.max(id + 1));
        drop(store);
        if let Some(last) = key {
            // A later one may be in place already: written whole, and killed before it was acknowledged.
            let opens = |number: &u64| Store::open(&path, &passphrase_of(*number), random()).is_ok();
            key = (last..=next).step_by(4).find(opens);
            assert!(key.is_some(), "neither passphrase {last} nor a later one opens");
        }
    }
    tally.acknowledged += kept.len();
    tally.unacknowledged += unacknowledged;
}
