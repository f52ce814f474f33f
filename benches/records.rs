//! How long it takes to find a case among ten thousand: the list, and the search as one types.
//!
//! Invented cases, ten entries each, in a real case file; the search is held against the same words and the same query
//! in plain SQLite, and 1,000 cases against 10,000. And what a save costs. Run with `cargo bench --bench records`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]

#[path = "invented/cases.rs"]
mod cases;
#[path = "invented/facts.rs"]
mod facts;

use casebook::app::{MOST, Session, World};
use casebook::store::Secret;
use cases::{Dice, PASSPHRASE, case_file};
use facts::day;
use std::path::Path;
use std::time::{Duration, Instant};

/// The same words in plain SQLite, on the disk, without encryption.
fn plain(path: &Path, words: &[(i64, String)]) -> rusqlite::Connection {
    let mut db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')",
    )
    .unwrap();
    let transaction = db.transaction().unwrap();
    for (row, text) in words {
        transaction.execute("INSERT INTO search (rowid, text) VALUES (?1, ?2)", (row, text)).unwrap();
    }
    transaction.commit().unwrap();
    db
}

fn plain_search(db: &rusqlite::Connection, typed: &str) -> usize {
    let query: Vec<String> = typed.split(' ').map(|word| format!("\"{word}\"*")).collect();
    let mut statement = db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1").unwrap();
    let rows = statement.query_map([query.join(" ")], |row| row.get::<_, i64>(0)).unwrap();
    rows.map(Result::unwrap).count()
}

/// What a lead types on the way to a child: the beginning of a name, a whole one, both, and words of the account.
fn typed(words: &[(i64, String)]) -> Vec<String> {
    let mut dice = Dice(7);
    (0..300)
        .map(|n| {
            let text = &words[dice.below(words.len())].1;
            let lines: Vec<&str> = text.lines().collect();
            let (name, account) = (lines[3], lines[2]);
            match n % 4 {
                0 => name[..3].to_owned(),
                1 => name.split(' ').next_back().unwrap_or(name).to_owned(),
                2 => name.to_owned(),
                _ => account.split(' ').skip(5).take(2).collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

/// The one in the middle and the 95th of a hundred, in milliseconds.
fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    let at = |hundredth: usize| times[times.len() * hundredth / 100].as_secs_f64() * 1e3;
    (at(50), at(95))
}

fn timed<R>(work: impl FnOnce() -> R) -> (f64, R) {
    let started = Instant::now();
    let result = work();
    (started.elapsed().as_secs_f64() * 1e3, result)
}

/// Prints one size, and returns the search's 95th percentile in milliseconds.
fn measure(count: usize) -> f64 {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Invented.casebook");
    let (making, words) = timed(|| case_file(&folder, count));
    let plain = plain(&place.path().join("plain.db"), &words);
    let world = World::on(day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    // Written past the session, so that the lines are made now: once, as after an upgrade.
    let (lines, _) = timed(|| session.cases("").unwrap());
    drop(session);
    let world = World::on(day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    let (first, rows) = timed(|| session.cases("").unwrap());
    assert_eq!(rows.len(), count.min(MOST));
    let (again, _) = timed(|| session.cases("").unwrap());
    let (mut ours, mut theirs, mut found) = (Vec::new(), Vec::new(), 0);
    for typed in typed(&words) {
        let started = Instant::now();
        let rows = session.cases(&typed).unwrap();
        ours.push(started.elapsed());
        let started = Instant::now();
        let same = plain_search(&plain, &typed);
        theirs.push(started.elapsed());
        assert_eq!(rows.len(), same.min(MOST), "the same cases are found");
        found += same;
    }
    let (queries, (middle, ours), (_, theirs)) = (ours.len(), percentiles(ours), percentiles(theirs));
    println!(
        "{count:>6} cases, {:>7} entries (made in {:.1} s): lines made in {lines:.0} ms; list first {first:.1} ms, again {again:.1} ms; \
         search p50 {middle:.2} ms, p95 {ours:.2} ms against {theirs:.2} ms in plain SQLite, ratio {:.2} \
         ({queries} searches, {} found on average)",
        count * 10,
        making / 1e3,
        ours / theirs,
        found / queries
    );
    ours
}

/// What a change costs, and what it costs besides that this PC remembers how far the record goes.
fn saving() {
    const SAVES: usize = 200;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Invented.casebook");
    case_file(&folder, 100);
    let forgetful = World::on(day("2026-11-24"));
    let remembering = World { last_seen: Some(place.path().join("last-seen")), ..forgetful.clone() };
    for (what, world) in [("without", forgetful), ("with", remembering)] {
        let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
        let school = session.school().unwrap();
        let times = (0..SAVES).map(|_| timed(|| session.save_school(&school).unwrap()).0);
        let times = times.map(|time| Duration::from_secs_f64(time / 1e3)).collect();
        let (middle, late) = percentiles(times);
        println!(
            "a save {what} the mark that this PC keeps: p50 {middle:.1} ms, p95 {late:.1} ms ({SAVES} saves)"
        );
    }
}

fn main() {
    saving();
    let small = measure(1_000);
    let large = measure(10_000);
    println!("search p95, 10,000 cases against 1,000: {:.2} times", large / small);
}
