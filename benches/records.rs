//! How long it takes to find a case among ten thousand: the list, and the search as one types.
//!
//! Invented cases, ten entries each, in a real case file; 1,000 of them against 10,000, and the search against the same
//! words, the same index, the same lines and the same query in plain SQLite: the newest that are shown at once. Every kind
//! of search is timed apart, with what is hardest among them: one letter, a word of every case, nothing found. And what a
//! save costs. Run with `cargo bench --bench records`.
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

use casebook::app::{CaseFilter, FOUND, MOST, Session, World};
use casebook::store::Secret;
use cases::{Dice, PASSPHRASE, case_file};
use facts::day;
use std::path::Path;
use std::time::{Duration, Instant};

/// Each size is timed so often, on a case file opened anew, and the best of each search counts: what else runs on the
/// machine is not what is timed.
const ROUNDS: usize = 5;
/// Searches of each kind.
const SEARCHES: usize = 60;

/// The same words and lines in plain SQLite, on the disk, without encryption.
fn plain(path: &Path, words: &[String]) -> rusqlite::Connection {
    let mut db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE search USING fts5 (
           text, tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16');
         CREATE TABLE line (number INTEGER PRIMARY KEY, id TEXT, reference TEXT, child TEXT, disclosed_on TEXT,
           open INTEGER, duty TEXT, next_due TEXT)",
    )
    .unwrap();
    let transaction = db.transaction().unwrap();
    for (number, text) in (1_i64..).zip(words) {
        let mut lines = text.lines();
        let (reference, child) = (lines.next().unwrap(), lines.nth(2).unwrap());
        transaction.execute("INSERT INTO search (rowid, text) VALUES (?1, ?2)", (number, text)).unwrap();
        let line = (number, format!("{number:016x}"), reference, child);
        let sql = "INSERT INTO line VALUES (?1, ?2, ?3, ?4, '2026-03-27', 0, 'D_INVESTIGATE', NULL)";
        transaction.execute(sql, line).unwrap();
    }
    transaction.commit().unwrap();
    db
}

/// The lines of the newest that are found, and one more to know whether there is one.
fn plain_search(db: &rusqlite::Connection, typed: &str) -> usize {
    let query: Vec<String> = typed.split(' ').map(|word| format!("\"{word}\"*")).collect();
    let sql = "SELECT line.* FROM search CROSS JOIN line ON line.number = search.rowid WHERE search MATCH ?1
               ORDER BY search.rowid DESC LIMIT ?2";
    let mut statement = db.prepare_cached(sql).unwrap();
    let rows = statement
        .query_map((query.join(" "), i64::try_from(FOUND + 1).unwrap()), |row| {
            let texts: Result<Vec<String>, _> = [1, 2, 3, 4, 6].map(|at| row.get(at)).into_iter().collect();
            texts
        })
        .unwrap();
    rows.map(Result::unwrap).count()
}

/// What is typed on the way to a child, and what is hardest to find quickly.
const KINDS: [(&str, Kind); 8] = [
    ("one letter", |name, _, _| name[..1].to_owned()),
    ("three letters", |name, _, _| name[..3].to_owned()),
    ("a surname", |name, _, _| surname(name).to_owned()),
    ("a whole name", |name, _, _| name.to_owned()),
    ("two words of an account", |_, account, _| {
        account.split(' ').skip(5).take(2).collect::<Vec<_>>().join(" ")
    }),
    ("a word of every case", |_, _, n| ["whatsapp", "bullying", "message", "whats"][n % 4].to_owned()),
    ("that and a surname", |name, _, n| format!("{} {}", ["whatsapp", "bullying"][n % 2], surname(name))),
    ("that and nothing", |name, _, _| format!("bullying {}xq", surname(name))),
];

/// From a name, an account and a number.
type Kind = fn(&str, &str, usize) -> String;

fn surname(name: &str) -> &str {
    name.split(' ').next_back().unwrap_or(name)
}

/// Each search with the number of its kind, the kinds in turn.
fn typed(words: &[String]) -> Vec<(usize, String)> {
    let mut dice = Dice(7);
    let mut all = Vec::new();
    for n in 0..SEARCHES {
        for (kind, (_, typed)) in KINDS.iter().enumerate() {
            let lines: Vec<&str> = words[dice.below(words.len())].lines().collect();
            all.push((kind, typed(lines[3], lines[2], n)));
        }
    }
    all
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

/// What one size took, in milliseconds.
struct Measured {
    /// Opening the list.
    list: f64,
    /// The search's 95th percentile: of all, and of each kind.
    search: f64,
    kinds: Vec<f64>,
}

/// The shortest times of the rounds.
struct Best {
    list: Duration,
    ours: Vec<Duration>,
    theirs: Vec<Duration>,
}

fn round(folder: &Path, plain: &Path, searches: &[(usize, String)], count: usize, best: &mut Best) {
    let session =
        Session::open(folder, &Secret::new(PASSPHRASE.into()), World::on(day("2026-11-24"))).unwrap();
    let plain = rusqlite::Connection::open(plain).unwrap();
    let started = Instant::now();
    let rows = session.cases("").unwrap();
    best.list = best.list.min(started.elapsed());
    assert_eq!(rows.len(), count.min(MOST));
    for (at, (_, typed)) in searches.iter().enumerate() {
        let started = Instant::now();
        let found = session.find_cases(typed, &CaseFilter::default(), 1).unwrap();
        best.ours[at] = best.ours[at].min(started.elapsed());
        let started = Instant::now();
        let same = plain_search(&plain, typed);
        best.theirs[at] = best.theirs[at].min(started.elapsed());
        assert_eq!(found.rows.len() + usize::from(found.more), same, "the same cases are found");
    }
}

/// Makes one size, times it and prints it.
fn measure(count: usize) -> Measured {
    let place = tempfile::tempdir().unwrap();
    let (folder, beside) = (place.path().join("Invented.casebook"), place.path().join("plain.db"));
    let (making, words) = timed(|| case_file(&folder, count));
    drop(plain(&beside, &words));
    let world = World::on(day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    // Written past the session, so that the lines and words are made now: once, as after an upgrade.
    let (lines, _) = timed(|| session.cases("").unwrap());
    filtered(&session, count);
    drop(session);
    let searches = typed(&words);
    let longest = || vec![Duration::MAX; searches.len()];
    let mut best = Best { list: Duration::MAX, ours: longest(), theirs: longest() };
    for _ in 0..ROUNDS {
        round(&folder, &beside, &searches, count, &mut best);
    }
    occasions_added(&folder, count);
    let of = |times: &[Duration], kind: usize| {
        searches.iter().zip(times).filter(|((of, _), _)| *of == kind).map(|(_, time)| *time).collect()
    };
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        let ((p50, p95), (_, theirs)) =
            (percentiles(of(&best.ours, kind)), percentiles(of(&best.theirs, kind)));
        println!(
            "{count:>6} cases, {name:<24} p50 {p50:.3} ms, p95 {p95:.3} ms; plain SQLite {theirs:.3} ms, ratio {:.2}",
            p95 / theirs
        );
    }
    let kinds = (0..KINDS.len()).map(|kind| percentiles(of(&best.ours, kind)).1).collect();
    let list = best.list.as_secs_f64() * 1e3;
    let ((p50, search), (_, theirs)) = (percentiles(best.ours), percentiles(best.theirs));
    println!(
        "{count:>6} cases, {:>7} entries (made in {:.1} s, lines and words in {:.1} s): list opens in {list:.2} ms; \
         search p50 {p50:.3} ms, p95 {search:.3} ms against {theirs:.3} ms in plain SQLite, ratio {:.2} \
         ({} searches, the best of {ROUNDS} rounds)",
        count * 10,
        making / 1e3,
        lines / 1e3,
        search / theirs,
        searches.len()
    );
    Measured { list, search, kinds }
}

/// What a save costs that changes the words of a case.
fn occasions_added(folder: &Path, count: usize) {
    let world = World::on(day("2026-11-24"));
    let session = Session::open(folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    let rows = session.cases("").unwrap();
    let times = rows.iter().filter(|row| row.open).take(20).map(|row| {
        let mut occasion = session.case(row.id).unwrap().occasions.remove(0);
        occasion.id = session.new_occasion_id().unwrap();
        timed(|| session.save_occasion(&occasion, "").unwrap()).0
    });
    let (p50, p95) = percentiles(times.map(|time| Duration::from_secs_f64(time / 1e3)).collect());
    println!("{count:>6} cases, one more occasion saved: p50 {p50:.1} ms, p95 {p95:.1} ms");
}

/// What choosing costs: the list, and what is typed, of one kind only.
fn filtered(session: &Session, count: usize) {
    let none = CaseFilter::default();
    let chosen = [
        ("the closed ones", "", CaseFilter { open: Some(false), ..none.clone() }),
        ("one year", "", CaseFilter { year: Some(2019), ..none.clone() }),
        ("a word of every case in open ones", "bullying", CaseFilter { open: Some(true), ..none.clone() }),
        ("a word of every case in one year", "bullying", CaseFilter { year: Some(2019), ..none }),
    ];
    for (what, typed, filter) in chosen {
        let times = (0..20).map(|_| timed(|| session.find_cases(typed, &filter, 1).unwrap()).0);
        let (middle, _) = percentiles(times.map(|time| Duration::from_secs_f64(time / 1e3)).collect());
        println!("{count:>6} cases, chosen: {what:<34} p50 {middle:.2} ms");
    }
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
    let (small, large) = (measure(1_000), measure(10_000));
    println!("10,000 cases against 1,000, times as long (p95):");
    for (((name, _), small), large) in KINDS.iter().zip(&small.kinds).zip(&large.kinds) {
        println!("  {name:<24} {:.2}", large / small);
    }
    println!("  all searches             {:.2}", large.search / small.search);
    println!("  opening the list         {:.2}", large.list / small.list);
}
