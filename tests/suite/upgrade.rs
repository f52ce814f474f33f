//! Case files of every released schema: each opens, says what it said, and keeps the file as it was beside it.
//!
//! `tests/fixtures/schema-N.casebackup` are backups that the release of that schema made itself, by `make_fixture`. Their
//! people are invented; the passphrases and the 24 words are below, and are no secret.

use crate::store_kit::{
    CHEAP, PASSPHRASE, action, case, contact, create, decision, draft, letter, occasion, person, random,
    school, secret, stamp,
};
use casebook::app::{CaseFilter, CaseFilters, CaseRow, Session, World};
use casebook::domain::{
    ActionItem, ActionState, Case, CaseId, CaseState, Contact, Day, DecisionRecord, Draft, KeyHolder,
    KeyRole, LetterRecord, Name, Occasion, Person,
};
use casebook::store::{self, Anchor, Secret, Store, Writing, backup};
use std::fs;
use std::path::{Path, PathBuf};

/// The second person's.
const DEPUTY: &str = "merry gravel under tidy spoon";
const WORDS: &str = "valve salad violin used erupt cargo index drip diamond capital setup coach citizen globe \
                     donor tennis nut twelve soda peace congress history sick suit";
/// The end of its journal, as the release that made it printed it.
const END: &str = "22-eac9bdb91fd6d37b";

/// The words of the fixture's recovery sheet.
pub(crate) fn words() -> Secret {
    secret(WORDS)
}

/// The case file of schema 1, put back from the backup that the first release made.
pub(crate) fn put_back(at: &Path) -> PathBuf {
    let path = at.join("a.casebook");
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schema-1.casebackup");
    backup::restore(&fixture, &path, &*random()).unwrap();
    path
}

fn open(path: &Path) -> Result<Store, store::Error> {
    Store::open(path, &secret(PASSPHRASE), random())
}

fn names_in(path: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_case_file_of_the_first_release_opens_and_says_what_it_said() {
    let dir = tempfile::tempdir().unwrap();
    let path = put_back(dir.path());
    let before = fs::read(path.join("records.casedb")).unwrap();
    let store = open(&path).unwrap();
    assert_eq!(store.upgraded_from(), Some(1));
    let end = Anchor::parse(END).unwrap();
    assert_eq!((store.head().unwrap(), store.verify(&[end]).unwrap().problems), (end, vec![]));
    let mut people = store.list::<Person>().unwrap();
    people.sort_by_key(|person| person.id);
    let orla = Person { name: Name::new("Orla Fennimore-Day").unwrap(), ..person(1, "Orla Fennimore") };
    assert_eq!(people, [orla, person(2, "Tobias Quill"), person(3, "Ines Haverstock")]);
    assert_eq!(store.history::<Person>(&people[0].id.to_string()).unwrap().len(), 2);
    let first = CaseId::new(1);
    assert_eq!(store.list_in::<Contact>(first).unwrap(), [contact(1, 1, "They came.")]);
    // Who wrote it was not noted then.
    let noted = LetterRecord { written_by: String::new(), ..letter(1, 1, "A letter.") };
    assert_eq!(store.list_in::<LetterRecord>(first).unwrap(), [noted]);
    assert_eq!(store.list_in::<DecisionRecord>(first).unwrap(), [decision(1, 1, "CB-E1")]);
    assert_eq!(store.list_in::<Occasion>(first).unwrap().len(), 2);
    assert!(store.list::<Draft>().unwrap().is_empty());
    for (typed, found) in
        [("orla", vec![1, 3]), ("whats", vec![1]), ("haver", vec![u64::MAX]), ("zebra", vec![])]
    {
        assert!(store.search(typed).unwrap().into_iter().eq(found.into_iter().map(CaseId::new)), "{typed}");
    }
    // The file as it was lies beside it, byte for byte.
    let kept = store.older_forms();
    assert_eq!(kept, [path.join("records-form-1.casedb")]);
    assert_eq!(fs::read(&kept[0]).unwrap(), before);
    drop(store);
    let again = open(&path).unwrap();
    assert_eq!((again.upgraded_from(), again.older_forms().len()), (None, 1));
    drop(again);
    assert!(Store::open(&path, &secret(DEPUTY), random()).is_ok());
    assert!(Store::open_with_words(&path, &words(), random()).is_ok());
}

#[test]
fn its_cases_are_listed_as_if_they_had_been_written_today() {
    let dir = tempfile::tempdir().unwrap();
    let path = put_back(dir.path());
    let world = World::on(Day::parse("2026-02-02").unwrap());
    let session = Session::open(&path, &secret(PASSPHRASE), world).unwrap();
    let rows = session.cases("").unwrap();
    let short = |row: &CaseRow| (row.reference.clone(), row.child.clone(), row.open, row.next_due.is_some());
    let wanted = [
        ("2026-002", "Ines Haverstock", true, false),
        ("2026-001", "Orla Fennimore-Day", true, true),
        ("2025-009", "Orla Fennimore-Day", false, false),
    ];
    let wanted =
        wanted.map(|(reference, child, open, due)| (reference.to_owned(), child.to_owned(), open, due));
    assert_eq!(rows.iter().map(short).collect::<Vec<_>>(), wanted);
    assert!(!rows[1].duty.is_empty() && rows[0].duty.is_empty());
    let filters =
        CaseFilters { years: vec![2026], platforms: vec!["whatsapp".into()], clauses: vec!["CB-E1".into()] };
    assert_eq!(session.case_filters().unwrap(), filters);
    let chosen = CaseFilter { clause: Some("CB-E1".into()), ..CaseFilter::default() };
    assert_eq!(session.find_cases("orla", &chosen, 1).unwrap().rows, rows[1..2]);
}

#[test]
fn one_that_is_damaged_or_cannot_be_written_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = put_back(dir.path());
    let database = path.join("records.casedb");
    let before = fs::read(&database).unwrap();
    let mut spoilt = before.clone();
    let last = spoilt.len() - 2000;
    spoilt[last] ^= 1;
    fs::write(&database, &spoilt).unwrap();
    assert!(matches!(open(&path).err(), Some(store::Error::Damaged { .. })));
    assert_eq!(fs::read(&database).unwrap(), spoilt);
    fs::write(&database, &before).unwrap();
    // The unfinished copy's name is taken by a folder.
    fs::create_dir_all(path.join("records.casedb.new/taken")).unwrap();
    assert!(open(&path).is_err());
    assert_eq!(fs::read(&database).unwrap(), before);
    fs::remove_dir_all(path.join("records.casedb.new")).unwrap();
    assert_eq!(open(&path).unwrap().upgraded_from(), Some(1));
    assert_eq!(names_in(&path).iter().filter(|name| name.contains(".new")).count(), 0);
}

#[test]
fn a_new_recovery_sheet_leaves_nothing_under_the_old_key() {
    let dir = tempfile::tempdir().unwrap();
    let path = put_back(dir.path());
    let mut store = open(&path).unwrap();
    let next = store.new_words().unwrap();
    store.rekey(&next, None, &stamp()).unwrap();
    assert!(store.older_forms().is_empty());
    drop(store);
    assert_eq!(
        names_in(&path),
        ["backups", "records.casedb", "records.keys", "records.keys2", "records.lock"]
    );
}

/// Not a test: makes the fixture of this release's schema in the folder that it is told.
#[test]
#[ignore = "run once before a release, with CASEBOOK_FIXTURES set"]
fn make_fixture() {
    let Ok(folder) = std::env::var("CASEBOOK_FIXTURES") else { return };
    let dir = tempfile::tempdir().unwrap();
    let (mut store, words) = create(&dir.path().join("Oakfield.casebook"));
    store.write(&stamp(), "first", fill).unwrap();
    store.write(&stamp(), "amended", amend).unwrap();
    store.set_passphrase("Deputy", &secret(DEPUTY), CHEAP, &stamp()).unwrap();
    let to = Path::new(&folder).join("new.casebackup");
    store.copy_for_backup(&store.backups_folder()).unwrap().finish(&to).unwrap();
    println!("{}\n{}", words.expose(), store.head().unwrap());
}

fn fill(w: &mut Writing<'_>) -> Result<(), store::Error> {
    w.put(&school("Oakfield Junior School"))?;
    w.put(&KeyHolder { name: "Headteacher".into(), role: KeyRole::Head })?;
    for (id, name) in [(1, "Orla Fennimore"), (2, "Tobias Quill"), (3, "Ines Haverstock")] {
        w.put(&person(id, name))?;
    }
    let open = CaseState::Open;
    w.put(&Case { state: open.clone(), target: person(1, "x").id, ..case(1, "2026-001") })?;
    w.put(&Case { state: open, target: person(3, "x").id, ..case(u64::MAX, "2026-002") })?;
    w.put(&case(3, "2025-009"))?;
    for (id, of) in [(1, 1), (2, 1), (3, u64::MAX)] {
        w.put(&Occasion { platform: "whatsapp".into(), ..occasion(id, of, "Said so.") })?;
    }
    w.put(&ActionItem { state: ActionState::Open, ..action(1, 1, "Rung.") })?;
    w.put(&action(2, u64::MAX, "Done."))?;
    w.put(&decision(1, 1, "CB-E1"))?;
    w.put(&contact(1, 1, "They came."))?;
    w.put(&letter(1, 1, "A letter."))?;
    w.put(&draft(9, "A draft."))?;
    w.attach(&[7; 1000])?;
    for (id, words) in [(1, "Orla Fennimore whatsapp"), (u64::MAX, "Ines Haverstock"), (3, "Orla old")] {
        w.index(CaseId::new(id), words)?;
    }
    Ok(())
}

fn amend(w: &mut Writing<'_>) -> Result<(), store::Error> {
    w.put(&Person { name: Name::new("Orla Fennimore-Day").unwrap(), ..person(1, "Orla Fennimore") })?;
    w.index(CaseId::new(1), "Orla Fennimore-Day whatsapp")?;
    w.withdraw::<Draft>(&CaseId::new(9).to_string())
}
