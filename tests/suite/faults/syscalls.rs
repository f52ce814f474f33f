//! Every call to the system in turn fails, kills the program, or is the moment from which the disk is full.

use super::session::{Made, copy_of, holds, made, made_by_schema_1, run};
use super::{row, states};
use std::collections::BTreeMap;
use std::fs;

/// What is made to happen to which call.
const FAULTS: [(&str, &str); 17] = [
    ("pwrite64", "error=EIO"),
    ("pwrite64", "error=ENOSPC"),
    ("pwrite64", "signal=KILL"),
    ("write", "error=ENOSPC"),
    ("write", "signal=KILL"),
    ("fsync", "error=EIO"),
    ("fsync", "signal=KILL"),
    ("fdatasync", "error=EIO"),
    ("fdatasync", "signal=KILL"),
    ("ftruncate", "error=EIO"),
    ("ftruncate", "signal=KILL"),
    ("unlink", "error=EACCES"),
    ("unlink", "signal=KILL"),
    ("rename", "error=EACCES"),
    ("rename", "signal=KILL"),
    ("linkat", "error=EPERM"),
    ("linkat", "signal=KILL"),
];

const TRACE: &str = "trace=pwrite64,write,fsync,fdatasync,ftruncate,unlink,rename,linkat";

/// Tries some of these faults, evenly chosen.
fn try_all(make: Made, all: &[(String, String)], count: usize) -> (usize, BTreeMap<String, usize>) {
    let dir = tempfile::tempdir().unwrap();
    let (path, words) = make(dir.path());
    let count = count.min(all.len());
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for (call, fault) in (0..count).map(|nth| &all[nth * all.len() / count]) {
        let place = tempfile::tempdir_in(dir.path()).unwrap();
        let copy = copy_of(&path, place.path());
        let inject = format!("inject={call}:{fault}");
        let trace = format!("trace={call}");
        let acknowledged = run(&copy, &words, true, &["-o", "/dev/null", "-e", &trace, "-e", &inject]);
        holds(&copy, &words, &acknowledged, &inject);
        if let Some(said) = &acknowledged.refused {
            // Where nothing at all can be written any more, not even over what is there, SQLite cannot put back what it
            // had begun; that waits for the next opening. A disk that is merely full is tried in `full`.
            assert!(fault.ends_with('+') || said.starts_with("readable"), "{inject}: {said}");
            *told.entry(said.clone()).or_default() += 1;
        }
    }
    (count, told)
}

/// How often a whole session makes each call.
fn counts(make: Made) -> BTreeMap<String, usize> {
    let dir = tempfile::tempdir().unwrap();
    let (path, words) = make(dir.path());
    let log = dir.path().join("trace");
    let acknowledged = run(&path, &words, true, &["-o", log.to_str().unwrap(), "-e", TRACE]);
    holds(&path, &words, &acknowledged, "undisturbed");
    assert_eq!(acknowledged.refused, None);
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(log).unwrap().lines() {
        if let Some(call) = line.split_whitespace().nth(1).and_then(|rest| rest.split('(').next()) {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    counts
}

/// Every call of a session, with each fault that it may have.
fn all_of(make: Made) -> Vec<(String, String)> {
    let counts = counts(make);
    let mut all = Vec::new();
    for (call, fault) in FAULTS {
        let times = counts.get(call).copied().unwrap_or(0);
        all.extend((1..=times).map(|nth| (call.to_owned(), format!("{fault}:when={nth}"))));
    }
    all
}

#[test]
#[ignore = "needs strace; tests/faults/run"]
fn each_call_fails_or_kills_in_turn() {
    let all = all_of(made);
    let (tried, told) = try_all(made, &all, states(30, 30, 640));
    println!("of {} possible; said: {told:#?}", all.len());
    row("a call to the system fails, or kills", tried);
}

#[test]
#[ignore = "needs strace; tests/faults/run"]
fn each_call_fails_or_kills_in_turn_from_an_upgrade_on() {
    let all = all_of(made_by_schema_1);
    assert!(all.iter().any(|(call, _)| call == "linkat"), "the old one is kept");
    let (tried, told) = try_all(made_by_schema_1, &all, states(30, 30, 400));
    println!("of {} possible; said: {told:#?}", all.len());
    row("a call fails, or kills, from an upgrade on", tried);
}

#[test]
#[ignore = "needs strace; tests/faults/run"]
fn nothing_can_be_written_from_each_write_on() {
    let writes = counts(made).get("pwrite64").copied().unwrap_or(0);
    assert!(writes > 20);
    let all: Vec<_> =
        (1..=writes).map(|nth| ("pwrite64".to_owned(), format!("error=ENOSPC:when={nth}+"))).collect();
    let (tried, told) = try_all(made, &all, states(15, 15, usize::MAX));
    let full: usize = told.iter().filter(|(said, _)| said.contains("disk is full")).map(|(_, n)| n).sum();
    assert_eq!(full, tried, "a full disk must be told as one: {told:#?}");
    row("nothing can be written from a write on", tried);
}
