//! Tests that need more than the door: SQL of their own, against an open file or behind its back.

use super::testkit::{CHEAP, Seeded, new_file, raw, stamp};
use super::*;
use crate::domain::{CaseId, Name, Person, PersonId, Who};
use chrono::TimeDelta;
use std::fs;

fn person(id: u64, name: &str) -> Person {
    Person::new(PersonId::new(id), Name::new(name).unwrap(), Who::CurrentPupil)
}

fn put(store: &mut Store, person: &Person) -> Anchor {
    store.write(&stamp(), "test", |w| w.put(person)).unwrap().1
}

/// An attachment of three parts.
fn evidence() -> Vec<u8> {
    vec![7; 3_000_000]
}

/// A file with eight entries (the first is its making), one of them an attachment, and an anchor for each but the first.
fn filled() -> (tempfile::TempDir, std::path::PathBuf, Store, Secret, Vec<Anchor>) {
    let (dir, path, mut store, words) = new_file();
    let mut anchors: Vec<Anchor> =
        (2..8).map(|n| put(&mut store, &person(n, &format!("Child {n}")))).collect();
    anchors.push(store.write(&stamp(), "evidence", |w| w.attach(&evidence())).unwrap().1);
    (dir, path, store, words, anchors)
}

const ATTEMPTS: [&str; 14] = [
    "UPDATE event SET actor = 'x' WHERE seq = 3",
    "DELETE FROM event WHERE seq = 8",
    "DELETE FROM event",
    "UPDATE body SET text = x'00'",
    "DELETE FROM body WHERE seq = 2",
    "UPDATE blob SET length = 0",
    "DELETE FROM blob",
    "UPDATE blob_part SET bytes = x'00'",
    "DELETE FROM blob_part",
    "INSERT OR REPLACE INTO event SELECT seq, at, 0, 'x', act, kind, id, case_id, why, commitment, prev, hash
     FROM event WHERE seq = 3",
    "INSERT OR REPLACE INTO body VALUES (3, zeroblob(16), x'41')",
    "INSERT INTO body VALUES (3, zeroblob(16), x'41') ON CONFLICT (seq) DO UPDATE SET text = excluded.text",
    "INSERT INTO event SELECT 20, at, 0, 'x', act, kind, id, case_id, why, commitment, prev, hash
     FROM event WHERE seq = 3",
    "INSERT OR REPLACE INTO blob_part SELECT id, sha256, part, x'00' FROM blob_part",
];

#[test]
fn the_first_fence_holds_without_the_second() {
    let (_dir, path, store, words, anchors) = filled();
    drop(store);
    let db = raw(&path, &words);
    for sql in ATTEMPTS {
        assert!(db.execute(sql, []).is_err(), "{sql}");
    }
    drop(db);
    let store = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap();
    assert_eq!(store.verify(&anchors).unwrap().problems, []);
}

#[test]
fn the_second_fence_holds_without_the_first() {
    let (_dir, path, store, words, anchors) = filled();
    drop(store);
    let triggers: Vec<String> = {
        let db = raw(&path, &words);
        let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").unwrap();
        names.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert!(triggers.len() >= 9);
    let db = raw(&path, &words);
    for name in &triggers {
        db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    drop(db);
    let store = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap();
    let refused = |sql: &str| {
        let error = store.db.execute_batch(sql).expect_err(sql);
        assert_eq!(
            error.sqlite_error_code(),
            Some(rusqlite::ErrorCode::AuthorizationForStatementDenied),
            "{sql}"
        );
    };
    // Without triggers, only REPLACE and an entry out of its order would get through; the chain finds those.
    ATTEMPTS
        .iter()
        .filter(|sql| !sql.starts_with("INSERT") || sql.contains("DO UPDATE"))
        .for_each(|sql| refused(sql));
    for sql in [
        "DROP TABLE event",
        "DROP VIEW current",
        "DROP TABLE case_words",
        "ALTER TABLE event RENAME TO x",
        "CREATE TRIGGER t AFTER INSERT ON body BEGIN SELECT 1; END",
        "ATTACH ':memory:' AS other",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA ignore_check_constraints = ON",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = WAL",
        "PRAGMA rekey = 'x'",
        "PRAGMA user_version = 9",
    ] {
        refused(sql);
    }
    assert_eq!(store.verify(&anchors).unwrap().problems, []);
}

#[test]
fn even_the_schema_cannot_be_written_by_sql() {
    let (_dir, _, mut store, _) = new_file();
    store
        .db
        .authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization>)
        .unwrap();
    store.db.execute_batch("PRAGMA writable_schema = ON").unwrap();
    assert!(store.db.execute_batch("DELETE FROM sqlite_schema WHERE type = 'trigger'").is_err());
    assert!(store.db.execute_batch("DELETE FROM case_words_data").is_err());
}

/// Somebody with the key removes the triggers and changes something.
fn tampered(sql: &str) -> (tempfile::TempDir, Store, Vec<Anchor>) {
    let (dir, path, store, words, anchors) = filled();
    drop(store);
    let db = raw(&path, &words);
    db.execute_batch(&format!(
        "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER body_no_update;
         DROP TRIGGER body_no_delete; DROP TRIGGER blob_no_delete; DROP TRIGGER blob_part_no_update;
         DROP TRIGGER blob_part_no_delete; PRAGMA foreign_keys = OFF; {sql}"
    ))
    .unwrap();
    drop(db);
    (dir, Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap(), anchors)
}

#[test]
fn tampering_is_found_by_name() {
    let chain = |seq, what| Problem::Chain { seq, what };
    let sha256 = blob::name_of(&evidence());
    let damaged = Problem::Blob { sha256: sha256.clone() };
    for (sql, want) in [
        ("UPDATE body SET text = x'41' WHERE seq = 5", chain(5, "its text was changed")),
        (
            "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 5",
            chain(5, "who, when or why was changed"),
        ),
        ("UPDATE event SET why = '' WHERE seq = 5", chain(5, "who, when or why was changed")),
        (
            "UPDATE event SET case_id = '00000000000000aa' WHERE seq = 5",
            chain(5, "who, when or why was changed"),
        ),
        ("UPDATE event SET hash = randomblob(32) WHERE seq = 5", chain(5, "who, when or why was changed")),
        (
            "UPDATE event SET prev = randomblob(32) WHERE seq = 5",
            chain(5, "it does not follow the one before"),
        ),
        ("DELETE FROM body WHERE seq = 5; DELETE FROM event WHERE seq = 5", chain(5, "it is missing")),
        ("DELETE FROM body WHERE seq = 5", chain(5, "its text is missing")),
        ("DELETE FROM event", chain(1, "it is missing")),
        ("UPDATE blob_part SET bytes = x'00' WHERE part = 1", damaged.clone()),
        ("DELETE FROM blob_part WHERE part = 2", damaged.clone()),
        ("DELETE FROM blob_part; DELETE FROM blob", damaged.clone()),
        (
            "INSERT INTO blob VALUES (lower(hex(zeroblob(32))), 0)",
            Problem::UnknownBlob { sha256: "0".repeat(64) },
        ),
    ] {
        let (_dir, store, _) = tampered(sql);
        let found = store.verify(&[]).unwrap().problems;
        assert!(found.contains(&want), "{sql}: {found:?}");
        assert!(found.iter().all(|problem| problem.to_string().ends_with('.')));
    }
}

#[test]
fn what_was_changed_is_not_read() {
    let (_dir, store, _) =
        tampered("UPDATE body SET text = (SELECT text FROM body WHERE seq = 3) WHERE seq = 5");
    let id = PersonId::new(5).to_string();
    let broken = |error: Error| matches!(error, Error::ChainBroken { seq: 5, what: "its text was changed" });
    assert!(broken(store.get::<Person>(&id).unwrap_err()));
    assert!(broken(store.list::<Person>().unwrap_err()));
    assert!(broken(store.history::<Person>(&id).unwrap_err()));
    let (_dir, store, _) = tampered("UPDATE blob_part SET bytes = zeroblob(9) WHERE part = 0");
    assert!(matches!(store.blob(&blob::name_of(&evidence())), Err(Error::Damaged { .. })));
    let (_dir, mut store, _) = tampered("UPDATE event SET actor = 'x' WHERE seq = 8");
    assert!(matches!(store.head(), Err(Error::ChainBroken { seq: 8, .. })));
    let refused = store.write(&stamp(), "more", |w| w.put(&person(9, "Child")));
    assert!(matches!(refused, Err(Error::ChainBroken { seq: 8, .. })));
}

#[test]
fn a_cut_or_rewritten_end_is_found_by_an_anchor_alone() {
    let cut = "DELETE FROM body WHERE seq > 6; DELETE FROM event WHERE seq > 6;
               DELETE FROM blob_part; DELETE FROM blob;";
    let (_dir, store, anchors) = tampered(cut);
    assert_eq!(store.verify(&anchors[..5]).unwrap().problems, []);
    let found = store.verify(&anchors).unwrap().problems;
    let beyond = |at: usize| Problem::Beyond { anchor: anchors[at], last: 6 };
    assert_eq!(found, [beyond(5), beyond(6)]);

    let (_dir, mut store, anchors) = tampered(cut);
    for n in 7..9 {
        put(&mut store, &person(n, "Forged"));
    }
    assert_eq!(store.verify(&[]).unwrap(), Report { events: 8, blobs: 0, destroyed: 0, problems: vec![] });
    let found = store.verify(&anchors).unwrap().problems;
    assert_eq!(found, [Problem::Anchor { anchor: anchors[5] }, Problem::Anchor { anchor: anchors[6] }]);
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let (_dir, path, mut store, words) = new_file();
    let anchor = put(&mut store, &person(1, "Before"));
    store
        .db
        .authorizer(None::<fn(rusqlite::hooks::AuthContext<'_>) -> rusqlite::hooks::Authorization>)
        .unwrap();
    let pages: i64 = store.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    store.db.query_row(&format!("PRAGMA max_page_count = {}", pages + 40), [], |_| Ok(())).unwrap();
    let full = store.write(&stamp(), "too large", |w| {
        w.put(&person(2, "Never"))?;
        w.attach(&vec![1; 2_000_000])
    });
    assert!(matches!(full, Err(Error::DiskFull)), "{:?}", full.map(|_| ()));
    let swallowed = store.write(&stamp(), "too large", |w| {
        w.put(&person(2, "Never"))?;
        assert!(matches!(w.attach(&vec![1; 2_000_000]), Err(Error::DiskFull)));
        assert!(w.put(&person(3, "Never either")).is_err());
        Ok(())
    });
    assert!(swallowed.is_err());
    assert_eq!(store.head().unwrap(), anchor);
    assert_eq!(store.list::<Person>().unwrap(), [person(1, "Before")]);
    put(&mut store, &person(4, "After"));
    drop(store);
    let store = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap();
    assert_eq!(store.list::<Person>().unwrap().len(), 2);
    assert_eq!(store.verify(&[anchor]).unwrap().problems, []);
}

#[test]
fn a_newer_file_is_refused_by_name() {
    let (_dir, path, store, words) = new_file();
    drop(store);
    raw(&path, &words).execute_batch("PRAGMA user_version = 7").unwrap();
    let refused = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2)));
    assert!(matches!(refused.err(), Some(Error::TooNew { found: 7, known: 3 })));
}

#[test]
fn a_second_instance_is_refused_even_without_the_lock_file() {
    let (_dir, path, store, words) = new_file();
    let open = || Store::open_with_words(&path, &words, Arc::new(Seeded::new(2)));
    assert!(matches!(open().err(), Some(Error::InUse)));
    fs::remove_file(path.join("records.lock")).unwrap();
    assert!(matches!(open().err(), Some(Error::InUse)));
    // A check lets go of the database for a moment, and takes it back.
    assert_eq!(store.verify(&[]).unwrap().problems, []);
    fs::remove_file(path.join("records.lock")).unwrap();
    assert!(matches!(open().err(), Some(Error::InUse)));
    drop(store);
    assert!(open().is_ok());
}

#[test]
fn a_passphrase_that_cannot_be_saved_is_not_journalled() {
    let (_dir, path, mut store, words) = new_file();
    let head = store.head().unwrap();
    // The second copy's place is taken by a folder, so that its saving fails.
    fs::remove_file(path.join("records.keys2")).unwrap();
    fs::create_dir_all(path.join("records.keys2/taken")).unwrap();
    let new = Secret::new("tidy fork".to_owned());
    assert!(store.set_passphrase("Headteacher", &new, CHEAP, &stamp()).is_err());
    assert_eq!(store.head().unwrap(), head);
    fs::remove_dir_all(path.join("records.keys2")).unwrap();
    drop(store);
    assert!(matches!(Store::open(&path, &new, Arc::new(Seeded::new(2))).err(), Some(Error::WrongPassphrase)));
    assert!(Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).is_ok());
}

#[test]
fn a_journal_entry_is_not_believed_for_another_file() {
    // The chain begins with the file's id: the same entries in another file do not verify.
    let (_dir, path, store, words) = new_file();
    drop(store);
    let report = verify::verify(&raw(&path, &words), &[0; 16], &[]).unwrap();
    assert_eq!(report.problems, [Problem::Chain { seq: 1, what: "it does not follow the one before" }]);
}

#[test]
fn a_clock_that_goes_back_is_recorded() {
    let (_dir, _, mut store, _) = new_file();
    let later = Stamp { at: stamp().at + TimeDelta::hours(2), ..stamp() };
    for at in [later, stamp(), stamp(), later] {
        store.write(&at, "test", |w| w.put(&person(1, "Child"))).unwrap();
    }
    let back: Vec<u64> = store.journal(None).unwrap().iter().map(|event| event.clock_back).collect();
    assert_eq!(back, [0, 0, 7200, 0, 0]);
    assert_eq!(store.verify(&[]).unwrap().problems, []);
}

#[test]
fn no_free_page_stays_in_the_file() {
    let (_dir, _, mut store, _) = new_file();
    let pragma = |store: &Store, name: &str| {
        store.db.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0)).unwrap()
    };
    for number in 0..40 {
        let words = format!("{} ", "marmalade".repeat(9)).repeat(200) + &number.to_string();
        store.write(&stamp(), "index", |w| w.index(CaseId::new(number % 3), &words)).unwrap();
        assert_eq!(pragma(&store, "freelist_count"), 0, "after {number}");
    }
    assert_eq!(pragma(&store, "auto_vacuum"), 1);
}

fn planted_in_index(store: &Store) -> bool {
    let mut rows = store.db.prepare("SELECT block FROM case_words_data").unwrap();
    let pages: Vec<Vec<u8>> =
        rows.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    assert!(!pages.is_empty());
    pages.iter().any(|page| page.windows(8).any(|part| part == b"lantedwo"))
}

#[test]
fn replaced_words_leave_the_index() {
    let (_dir, _, mut store, _) = new_file();
    let case = CaseId::new(u64::MAX);
    store.write(&stamp(), "index", |w| w.index(case, "Plantedword")).unwrap();
    assert!(planted_in_index(&store));
    store.write(&stamp(), "index", |w| w.index(case, "other")).unwrap();
    assert!(!planted_in_index(&store));
}

#[test]
fn words_replaced_of_many_cases_leave_the_index_too() {
    let (_dir, _, mut store, _) = new_file();
    let all = |text: &str| (1..=200).map(|n| (CaseId::new(n), format!("{text} {n}"))).collect::<Vec<_>>();
    store.write(&stamp(), "index", |w| w.index_many(&all("Plantedword"))).unwrap();
    assert!(planted_in_index(&store) && store.search("planted").unwrap().len() == 200);
    store.write(&stamp(), "index", |w| w.index_many(&all("other"))).unwrap();
    assert!(!planted_in_index(&store) && store.search("other").unwrap().len() == 200);
    // And one by one again from then on.
    store.write(&stamp(), "index", |w| w.index(CaseId::new(7), "Plantedword")).unwrap();
    store.write(&stamp(), "index", |w| w.index(CaseId::new(7), "other")).unwrap();
    assert!(!planted_in_index(&store));
}

/// What a search costs goes with the lines it gives: the words are read newest first and no further, and nothing is put in
/// order afterwards.
#[test]
fn a_search_reads_no_more_than_it_gives() {
    let (_dir, _, store, _) = new_file();
    for (typed, open) in [("amy", None), ("a", None), ("amy whatsapp", Some(true))] {
        let wanted = Wanted { typed, open, most: 26, ..Wanted::default() };
        let plan = lines::plan(&store.db, &wanted).unwrap();
        assert!(plan[0].starts_with("SCAN case_words VIRTUAL TABLE"), "{plan:?}");
        assert!(plan[1..].iter().all(|step| step.starts_with("SEARCH")), "{plan:?}");
    }
    let plan = lines::plan(&store.db, &Wanted { most: 101, ..Wanted::default() }).unwrap();
    assert_eq!(plan, ["SCAN l USING COVERING INDEX case_line_list"]);
}
