//! Chance on the disk: flipped bits, cut files, a damaged backup. Found, and told by its name.

use super::{row, states};
use crate::store_kit::{create, person, random, secret, stamp};
use casebook::domain::Person;
use casebook::store::{Error, Secret, Store, backup};
use std::fs;
use std::path::{Path, PathBuf};

const PEOPLE: usize = 30;

fn filled() -> (tempfile::TempDir, PathBuf, Secret) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.casebook");
    let (mut store, words) = create(&path);
    let filled = store.write(&stamp(), "fill", |w| {
        (0..PEOPLE as u64).try_for_each(|id| w.put(&person(id, "Amy Osei")))?;
        w.attach(&vec![5; 120_000])
    });
    filled.unwrap();
    store.copy_for_backup(dir.path()).unwrap().finish(&dir.path().join("a.casebackup")).unwrap();
    (dir, path, words)
}

/// Evenly over a length, with a different bit each time.
fn places(count: usize, length: usize) -> impl Iterator<Item = (usize, u8)> {
    let step = length / count;
    (0..count).map(move |n| (n * step + n * 7 % step.max(1), 1 << (n % 8)))
}

/// Whether damage is named at opening or by the check; what is whole after all must hold everything.
fn is_found(path: &Path, words: &Secret, what: &str) -> bool {
    match Store::open_with_words(path, words, random()) {
        Err(Error::Damaged { .. } | Error::NotACaseFile) => true,
        Err(error) => panic!("{what}: {error:?}"),
        Ok(store) if store.verify(&[]).unwrap().problems.is_empty() => {
            assert_eq!(store.list::<Person>().unwrap().len(), PEOPLE, "{what}: silent corruption");
            false
        }
        Ok(_) => true,
    }
}

#[test]
fn flipped_bits_in_the_database_are_found() {
    let (_dir, path, words) = filled();
    let database = path.join("records.casedb");
    let whole = fs::read(&database).unwrap();
    let count = states(40, 40, 420);
    let mut harmless = 0;
    for (at, bit) in places(count, whole.len()) {
        let mut flipped = whole.clone();
        flipped[at] ^= bit;
        fs::write(&database, &flipped).unwrap();
        let found = is_found(&path, &words, &format!("byte {at}"));
        // The first 16 bytes are known from the keys as well, so they are not needed.
        assert!(found || at < 16, "byte {at}: nobody noticed");
        harmless += usize::from(!found);
    }
    assert!(harmless < 16);
    row("a bit flips in the database", count);
}

#[test]
fn a_cut_database_is_found() {
    let (_dir, path, words) = filled();
    let database = path.join("records.casedb");
    let whole = fs::read(&database).unwrap();
    let count = states(12, 12, 64);
    for (length, _) in places(count, whole.len()) {
        fs::write(&database, &whole[..length]).unwrap();
        assert!(is_found(&path, &words, &format!("cut to {length}")), "cut to {length}: nobody noticed");
    }
    row("the database is cut short", count);
}

#[test]
fn a_damaged_backup_is_found_without_a_key() {
    let (dir, _, words) = filled();
    let file = dir.path().join("a.casebackup");
    let whole = fs::read(&file).unwrap();
    let count = states(60, 60, 420);
    let changed = dir.path().join("changed.casebackup");
    for (at, bit) in places(count, whole.len()) {
        let mut flipped = whole.clone();
        flipped[at] ^= bit;
        fs::write(&changed, &flipped).unwrap();
        let found = backup::check(&changed);
        assert!(matches!(found, Err(Error::BackupDamaged | Error::NotABackup)), "byte {at}");
        fs::write(&changed, &whole[..at]).unwrap();
        let found = backup::check(&changed);
        assert!(matches!(found, Err(Error::BackupDamaged | Error::NotABackup)), "cut to {at}");
        let to = dir.path().join("restored.casebook");
        assert!(backup::restore(&changed, &to, &*random()).is_err() && !to.exists());
    }
    row("a bit flips in a backup, or it is cut", count * 2);
    let to = dir.path().join("restored.casebook");
    backup::restore(&file, &to, &*random()).unwrap();
    assert!(!is_found(&to, &words, "the whole one"));
    for name in ["records.keys", "records.keys2"] {
        fs::remove_file(to.join(name)).unwrap();
    }
    // The database and 24 words alone.
    assert!(!is_found(&to, &words, "without keys"));
    assert!(!is_found(&to, &secret(&words.expose().to_uppercase()), "in capitals"));
}
