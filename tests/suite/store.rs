//! The case file from outside: what it keeps, how it opens, and every fault by its name.

use crate::store_kit::{
    CHEAP, PASSPHRASE, action, case, child, contact, create, decision, draft, letter, new_file, occasion,
    permit, person, random, readable_by_all, school, secret, stamp,
};
use casebook::domain::{
    ActionItem, Case, CaseId, Contact, DecisionRecord, Draft, LetterRecord, NoRandomness, Occasion, Person,
    PersonId, Random, School,
};
use casebook::store::{Act, Cost, Error, Problem, Record, Store, WordsFault, Writing};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

fn open(path: &Path) -> Result<Store, Error> {
    Store::open(path, &secret(PASSPHRASE), random())
}

fn refused(path: &Path) -> Error {
    open(path).expect_err("it must not open")
}

/// A file with something in it, closed.
fn closed() -> (tempfile::TempDir, std::path::PathBuf, casebook::store::Secret) {
    let (dir, path, mut store, words) = new_file();
    store
        .write(&stamp(), "fill", |w| {
            (0..40).try_for_each(|id| w.put(&person(id, "Amy Osei")))?;
            w.attach(&vec![5; 50_000])
        })
        .unwrap();
    (dir, path, words)
}

mod opening {
    use super::*;

    #[test]
    fn a_new_file_has_its_parts_and_opens() {
        let (_dir, path, store, _) = new_file();
        assert_eq!(store.folder(), path);
        assert!(!store.mended() && !store.read_only().unwrap());
        drop(store);
        for part in ["records.casedb", "records.keys", "records.keys2", "records.lock", "backups"] {
            assert!(path.join(part).exists(), "{part}");
        }
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert_eq!(Store::labels(&path).unwrap(), ["Headteacher"]);
        let store = open(&path).unwrap();
        let journal = store.journal(None).unwrap();
        assert_eq!(journal.len(), 1);
        assert_eq!((journal[0].seq, journal[0].act, journal[0].actor.as_str()), (1, Act::Created, "A. Head"));
        assert_eq!(store.head().unwrap().seq(), 1);
    }

    #[test]
    fn a_wrong_passphrase_is_only_that() {
        let (_dir, path, _) = closed();
        for wrong in
            ["", "plum ladder ocean tidy", "Plum ladder ocean tidy fork", "plum ladder ocean tidy fork "]
        {
            let error = Store::open(&path, &secret(wrong), random()).err();
            assert!(matches!(error, Some(Error::WrongPassphrase)), "{wrong}");
        }
        assert!(open(&path).is_ok());
    }

    #[test]
    fn two_people_with_their_own_passphrases() {
        let (_dir, path, mut store, _) = new_file();
        let anchor = store.set_passphrase("Deputy", &secret("Zoë's café"), CHEAP, &stamp()).unwrap();
        assert_eq!(anchor.seq(), 2);
        assert_eq!(store.journal(None).unwrap()[1].act, Act::Passphrase);
        store.set_passphrase("Headteacher", &secret("new words"), CHEAP, &stamp()).unwrap();
        drop(store);
        assert_eq!(Store::labels(&path).unwrap(), ["Headteacher", "Deputy"]);
        assert!(matches!(refused(&path), Error::WrongPassphrase));
        for good in ["Zoë's café", "Zoe\u{308}'s cafe\u{301}", "new words"] {
            assert!(Store::open(&path, &secret(good), random()).is_ok(), "{good}");
        }
    }

    #[test]
    fn the_words_open_it_with_and_without_keys() {
        let (_dir, path, words) = closed();
        let by_words = || Store::open_with_words(&path, &words, random());
        assert_eq!(by_words().unwrap().list::<Person>().unwrap().len(), 40);
        for damage in [&b"x"[..], b""] {
            for name in ["records.keys", "records.keys2"] {
                fs::write(path.join(name), damage).unwrap();
            }
            assert!(matches!(refused(&path), Error::KeysDamaged));
            assert!(matches!(Store::labels(&path), Err(Error::KeysDamaged)));
            assert!(by_words().is_ok());
        }
        for name in ["records.keys", "records.keys2"] {
            fs::remove_file(path.join(name)).unwrap();
        }
        assert!(matches!(refused(&path), Error::KeysMissing));
        let mut store = by_words().unwrap();
        assert_eq!(store.list::<Person>().unwrap().len(), 40);
        store.set_passphrase("Headteacher", &secret("new words"), CHEAP, &stamp()).unwrap();
        assert_eq!(store.verify(&[]).unwrap().problems, []);
        drop(store);
        assert!(Store::open(&path, &secret("new words"), random()).is_ok());
    }

    #[test]
    fn wrong_words_say_what_is_wrong() {
        let (_dir, path, words) = closed();
        let (_other_dir, _, _, others) = new_file();
        let mut typed: Vec<&str> = words.expose().split(' ').collect();
        let fault = |typed: &str| match Store::open_with_words(&path, &secret(typed), random()).err() {
            Some(Error::WrongWords { fault }) => fault,
            error => panic!("{error:?}"),
        };
        assert_eq!(fault(&typed[..12].join(" ")), WordsFault::Count { found: 12 });
        assert_eq!(fault(others.expose()), WordsFault::AnotherFile);
        typed[3] = "headmaster";
        assert_eq!(fault(&typed.join(" ")), WordsFault::UnknownWord { position: 4 });
        assert_eq!(fault(&["zoo"; 24].join(" ")), WordsFault::Checksum);
        for name in ["records.keys", "records.keys2"] {
            fs::remove_file(path.join(name)).unwrap();
        }
        assert_eq!(fault(others.expose()), WordsFault::AnotherFileOrDamaged);
    }

    #[test]
    fn one_damaged_copy_of_the_keys_is_mended() {
        for (name, damage) in [("records.keys", "flip"), ("records.keys2", "cut"), ("records.keys", "gone")] {
            let (_dir, path, _) = closed();
            let copy = path.join(name);
            let mut bytes = fs::read(&copy).unwrap();
            match damage {
                "flip" => {
                    bytes[100] ^= 1;
                    fs::write(&copy, &bytes).unwrap();
                }
                "cut" => fs::write(&copy, &bytes[..100]).unwrap(),
                _ => fs::remove_file(&copy).unwrap(),
            }
            fs::write(path.join("records.keys.new"), b"half").unwrap();
            assert!(open(&path).unwrap().mended(), "{name} {damage}");
            assert!(!open(&path).unwrap().mended());
            let copies = ["records.keys", "records.keys2"].map(|name| fs::read(path.join(name)).unwrap());
            assert_eq!(copies[0], copies[1]);
            assert!(!path.join("records.keys.new").exists());
        }
    }

    #[test]
    fn one_at_a_time() {
        let (_dir, path, store, words) = new_file();
        assert!(matches!(refused(&path), Error::InUse));
        let by_words = Store::open_with_words(&path, &words, random()).err();
        assert!(matches!(by_words, Some(Error::InUse)));
        drop(store);
        assert!(open(&path).is_ok());
    }
}

mod creating {
    use super::*;

    fn left_over(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name());
        names.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    fn make(path: &Path, cost: Cost, random: Arc<dyn Random>) -> Result<(), Error> {
        Store::create(path, "Headteacher", &secret(PASSPHRASE), cost, random, &stamp()).map(|_| ())
    }

    #[test]
    fn a_taken_place_is_left_alone() {
        let (_dir, path, _) = closed();
        assert!(matches!(make(&path, CHEAP, random()), Err(Error::AlreadyThere)));
        assert_eq!(open(&path).unwrap().list::<Person>().unwrap().len(), 40);
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.casebook");
        fs::write(&file, b"mine").unwrap();
        assert!(matches!(make(&file, CHEAP, random()), Err(Error::AlreadyThere)));
        assert_eq!(fs::read(&file).unwrap(), b"mine");
        assert_eq!(left_over(dir.path()), ["a.casebook"]);
        let empty = dir.path().join("b.casebook");
        fs::create_dir(&empty).unwrap();
        make(&empty, CHEAP, random()).unwrap();
        assert!(open(&empty).is_ok());
    }

    /// Answers a number of times, then no more.
    struct Failing(AtomicUsize);

    impl Random for Failing {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            let left = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| n.checked_sub(1));
            left.map_err(|_| NoRandomness)?;
            getrandom::fill(bytes).map_err(|_| NoRandomness)
        }
    }

    #[test]
    fn a_failure_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.casebook");
        let weak = Cost { m_kib: 64, ..CHEAP };
        assert!(matches!(make(&path, weak, random()), Err(Error::CostOutOfRange)));
        let nowhere = dir.path().join("no/such/folder/a.casebook");
        assert!(matches!(make(&nowhere, CHEAP, random()), Err(Error::Io { .. })));
        let mut answers = 0;
        while let Err(error) = make(&path, CHEAP, Arc::new(Failing(answers.into()))) {
            assert!(matches!(error, Error::NoRandomness(_)));
            assert_eq!(left_over(dir.path()), [""; 0], "after {answers} answers");
            answers += 1;
        }
        assert!(answers > 4);
        assert!(open(&path).is_ok());
    }
}

mod damage {
    use super::*;

    #[test]
    fn what_is_no_case_file_is_named() {
        let (_dir, path, _) = closed();
        let dir = tempfile::tempdir().unwrap();
        assert!(matches!(refused(&dir.path().join("no.casebook")), Error::Missing));
        assert!(matches!(refused(dir.path()), Error::Missing));
        assert!(matches!(refused(&path.join("records.keys")), Error::NotACaseFile));
        fs::remove_file(path.join("records.casedb")).unwrap();
        assert!(matches!(refused(&path), Error::Missing));
        assert!(!path.join("records.casedb").exists(), "opening must not make an empty one");
        fs::create_dir(path.join("records.casedb")).unwrap();
        assert!(matches!(refused(&path), Error::NotACaseFile));
    }

    /// How a file of other bytes is refused.
    fn as_database(path: &Path, bytes: &[u8]) -> Error {
        fs::write(path.join("records.casedb"), bytes).unwrap();
        refused(path)
    }

    #[test]
    fn a_cut_or_replaced_database_is_named() {
        let (_dir, path, _) = closed();
        let (_other_dir, other, _) = closed();
        let whole = fs::read(path.join("records.casedb")).unwrap();
        let damaged = |error| matches!(error, Error::Damaged { .. });
        for length in
            [0, 1, 15, 16, 4095, 4096, 4097, 8192, whole.len() / 2, whole.len() - 4096, whole.len() - 1]
        {
            let cut = &whole[..length];
            fs::write(path.join("records.casedb"), cut).unwrap();
            // What is cut off at the end may show only to the check of the whole file.
            match open(&path) {
                Err(error) => assert!(damaged(error), "cut to {length}"),
                Ok(store) => assert_ne!(store.verify(&[]).unwrap().problems, [], "cut to {length}"),
            }
        }
        let others = fs::read(other.join("records.casedb")).unwrap();
        let text = b"The quick brown fox jumps over the lazy dog. ".repeat(200);
        let plain = [b"SQLite format 3\0".to_vec(), vec![0; 8192]].concat();
        for another in [others, text, plain] {
            assert!(matches!(as_database(&path, &another), Error::NotACaseFile));
        }
        let mut zeros = whole.clone();
        zeros[16..4096].fill(0);
        assert!(damaged(as_database(&path, &zeros)));
        fs::write(path.join("records.casedb"), &whole).unwrap();
        assert!(open(&path).is_ok());
    }

    #[test]
    fn a_damaged_beginning_still_opens_with_keys() {
        let (_dir, path, _) = closed();
        let mut bytes = fs::read(path.join("records.casedb")).unwrap();
        bytes[..16].fill(0);
        fs::write(path.join("records.casedb"), bytes).unwrap();
        assert_eq!(open(&path).unwrap().list::<Person>().unwrap().len(), 40);
    }

    #[test]
    fn a_flip_on_any_page_is_found() {
        let (_dir, path, words) = closed();
        let whole = fs::read(path.join("records.casedb")).unwrap();
        let pages = whole.len() / 4096;
        assert!(pages > 20);
        let (mut at_opening, mut by_the_check) = (0, 0);
        for page in 0..pages {
            let mut bytes = whole.clone();
            bytes[page * 4096 + 16 + page * 37 % 4000] ^= 4;
            fs::write(path.join("records.casedb"), bytes).unwrap();
            match Store::open_with_words(&path, &words, random()) {
                Err(Error::Damaged { .. }) => at_opening += 1,
                Err(error) => panic!("page {page}: {error:?}"),
                Ok(store) => {
                    let problems = store.verify(&[]).unwrap().problems;
                    let named = |p: &Problem| matches!(p, Problem::Pages { .. } | Problem::Unreadable);
                    assert!(problems.iter().any(named), "page {page}: {problems:?}");
                    by_the_check += 1;
                }
            }
        }
        println!("{pages} pages: {at_opening} found at opening, {by_the_check} by the check");
        assert!(at_opening > 0 && by_the_check > 0);
    }

    #[test]
    fn swapped_and_zeroed_pages_are_found() {
        let (_dir, path, words) = closed();
        let whole = fs::read(path.join("records.casedb")).unwrap();
        let last = whole.len() / 4096 - 1;
        for page in 1..last {
            let mut swapped = whole.clone();
            swapped.copy_within(page * 4096..(page + 1) * 4096, last * 4096);
            let mut zeroed = whole.clone();
            zeroed[page * 4096..(page + 1) * 4096].fill(0);
            for bytes in [swapped, zeroed] {
                fs::write(path.join("records.casedb"), bytes).unwrap();
                match Store::open_with_words(&path, &words, random()) {
                    Err(Error::Damaged { .. }) => {}
                    Err(error) => panic!("page {page}: {error:?}"),
                    Ok(store) => assert_ne!(store.verify(&[]).unwrap().problems, [], "page {page}"),
                }
            }
        }
    }
}

mod keeping {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn versions_lists_and_withdrawing() {
        let (_dir, path, mut store, _) = new_file();
        let (one, two) = (CaseId::new(1), CaseId::new(2));
        store
            .write(&stamp(), "first", |w| {
                w.put(&occasion(9, 1, "first text"))?;
                w.put(&occasion(3, 2, "of the other case"))?;
                w.put(&occasion(5, 1, "second"))
            })
            .unwrap();
        store.write(&stamp(), "wrong day", |w| w.put(&occasion(9, 1, "amended"))).unwrap();
        let id = |n: u64| format!("{n:016x}");
        let texts = |list: Vec<Occasion>| list.into_iter().map(|o| o.words).collect::<Vec<_>>();
        assert_eq!(texts(store.list().unwrap()), ["amended", "of the other case", "second"]);
        assert_eq!(texts(store.list_in(one).unwrap()), ["amended", "second"]);
        assert_eq!(texts(store.list_in(two).unwrap()), ["of the other case"]);
        assert_eq!(store.get::<Occasion>(&id(9)).unwrap().unwrap().words, "amended");
        assert_eq!(store.get::<Contact>(&id(9)).unwrap(), None, "kinds are apart");

        store.write(&stamp(), "entered twice", |w| w.withdraw::<Occasion>(&id(9))).unwrap();
        assert_eq!(store.get::<Occasion>(&id(9)).unwrap(), None);
        assert_eq!(texts(store.list_in(one).unwrap()), ["second"]);
        let history = store.history::<Occasion>(&id(9)).unwrap();
        let told: Vec<_> = history
            .iter()
            .map(|v| (v.seq, v.why.as_str(), v.value.as_ref().map(|o| o.words.as_str())))
            .collect();
        assert_eq!(
            told,
            [(2, "first", Some("first text")), (5, "wrong day", Some("amended")), (6, "entered twice", None)]
        );
        assert!(history.iter().all(|v| v.at == stamp().at && v.actor == "A. Head"));

        for gone in [id(9), id(77)] {
            let error = store.write(&stamp(), "again", |w| w.withdraw::<Occasion>(&gone)).unwrap_err();
            assert!(matches!(error, Error::NoSuchRecord { kind: "occasion" }));
        }
        store.write(&stamp(), "it was right", |w| w.put(&occasion(9, 1, "back"))).unwrap();
        assert_eq!(texts(store.list_in(one).unwrap()), ["back", "second"]);
        let of_case: Vec<u64> = store.journal(Some(one)).unwrap().iter().map(|event| event.seq).collect();
        assert_eq!(of_case, [2, 4, 5, 6, 7]);
        assert_eq!(store.journal(Some(one)).unwrap()[3].act, Act::Withdrawn);
        drop(store);
        assert_eq!(texts(open(&path).unwrap().list_in(one).unwrap()), ["back", "second"]);
    }

    #[test]
    fn a_failed_change_did_not_happen() {
        let (_dir, _, mut store, _) = new_file();
        let before = store.head().unwrap();
        let failed: Result<((), _), _> = store.write(&stamp(), "half", |w| {
            w.put(&person(1, "Never"))?;
            w.attach(b"never")?;
            w.index(CaseId::new(1), "never")?;
            Err(Error::NoRandomness(NoRandomness))
        });
        assert!(failed.is_err());
        assert_eq!(store.head().unwrap(), before);
        assert_eq!(store.list::<Person>().unwrap(), []);
        assert!(store.search("never").unwrap().is_empty());
        let report = store.verify(&[before]).unwrap();
        assert_eq!((report.events, report.blobs, report.problems), (1, 0, vec![]));
    }

    #[test]
    fn a_change_without_an_entry_keeps_the_head() {
        let (_dir, _, mut store, _) = new_file();
        let before = store.head().unwrap();
        let ((), anchor) = store.write(&stamp(), "words", |w| w.index(CaseId::new(1), "amy")).unwrap();
        assert_eq!(anchor, before);
        assert_eq!(anchor.to_string(), before.to_string());
    }

    fn kept<T: Record + PartialEq>(store: &mut Store, record: &T) {
        store.write(&stamp(), "test", |w| w.put(record)).unwrap();
        assert!(store.get::<T>(&record.key()).unwrap().as_ref() == Some(record), "{}", T::KIND);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
        #[test]
        fn every_kind_comes_back_as_it_was(text in "\\PC*", name in "[\\p{L}\"'\\\\-]{1,40}", id: u64) {
            let (_dir, path, mut store, _) = new_file();
            let mut somebody = person(id, &name);
            somebody.note.clone_from(&text);
            kept(&mut store, &somebody);
            kept(&mut store, &case(id, &text));
            kept(&mut store, &occasion(id, id, &text));
            kept(&mut store, &contact(id, id, &text));
            kept(&mut store, &action(id, id, &text));
            kept(&mut store, &decision(id, id, &text));
            kept(&mut store, &letter(id, id, &text));
            kept(&mut store, &draft(id, &name));
            kept(&mut store, &school(&text));
            drop(store);
            let store = open(&path).unwrap();
            prop_assert_eq!(store.list_in::<Case>(CaseId::new(id)).unwrap(), [case(id, &text)]);
            prop_assert_eq!(store.list_in::<Draft>(CaseId::new(id)).unwrap(), [draft(id, &name)]);
            prop_assert_eq!(store.verify(&[]).unwrap().problems, []);
        }
    }

    #[test]
    fn files_come_back_byte_for_byte() {
        const MIB: usize = 1024 * 1024;
        let (_dir, path, mut store, _) = new_file();
        let files: Vec<Vec<u8>> = [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB]
            .iter()
            .map(|&length| (0..length).map(|n| u8::try_from(n * 31 % 251).unwrap()).collect())
            .collect();
        let attach_all =
            |w: &mut Writing<'_>| files.iter().map(|file| w.attach(file)).collect::<Result<Vec<_>, _>>();
        let (names, first) = store.write(&stamp(), "evidence", attach_all).unwrap();
        let (again, second) = store.write(&stamp(), "evidence", attach_all).unwrap();
        assert_eq!((&names, first), (&again, second), "equal bytes are kept once");
        assert_eq!(names[0], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        drop(store);
        let store = open(&path).unwrap();
        for (name, file) in names.iter().zip(&files) {
            assert!(store.blob(name).unwrap().as_ref() == Some(file));
        }
        assert_eq!(store.blob(&"0".repeat(64)).unwrap(), None);
        assert_eq!(store.blob("x").unwrap(), None);
        assert_eq!(store.verify(&[first]).unwrap().blobs, 6);
    }

    #[test]
    fn searching_takes_any_input() {
        let (_dir, _, mut store, _) = new_file();
        let (amy, zoe, arabic) = (CaseId::new(1), CaseId::new(u64::MAX), CaseId::new(3));
        store
            .write(&stamp(), "index", |w| {
                w.index(amy, "to be replaced")?;
                w.index(amy, "Amy O'Brien snapchat AND NOT oakfield@example.org amy_b99 2026-004")?;
                w.index(zoe, "Zoë Łukasiewicz whatsapp")?;
                w.index(arabic, "محمد بن علي")
            })
            .unwrap();
        let cases: [(&str, &[CaseId]); 24] = [
            ("amy", &[amy]),
            ("AM snap", &[amy]),
            ("brien", &[amy]),
            ("o'b", &[amy]),
            ("2026-004", &[amy]),
            ("amy_b", &[amy]),
            ("oakfield@ex", &[amy]),
            ("and", &[amy]),
            ("NOT", &[amy]),
            ("amy whatsapp", &[]),
            ("replaced", &[]),
            ("zoe", &[zoe]),
            ("Zoe\u{308}", &[zoe]),
            ("ZOË wha", &[zoe]),
            ("محمد", &[arabic]),
            ("مح عل", &[arabic]),
            ("", &[]),
            ("   ", &[]),
            ("\"", &[]),
            ("*", &[]),
            ("amy\" OR \"zoe", &[]),
            ("amy*", &[amy]),
            ("text:amy", &[]),
            ("a\0b", &[amy]),
        ];
        for (typed, want) in cases {
            assert!(store.search(typed).unwrap().iter().eq(want), "{typed:?}");
        }
        for odd in ["AND", "NEAR(", "-", "^amy", "{x}", "(((((", "\u{202e}", "'; DROP TABLE event; --", "😀"]
        {
            assert!(store.search(odd).is_ok(), "{odd:?}");
        }
        assert!(store.search(&"amy ".repeat(10_000)).is_ok());
        assert!(store.search(&"\"".repeat(10_000)).is_ok());
    }
}

mod secrecy {
    use super::*;

    const PLANTED: &str = "Plantedname";

    fn find(folder: &Path, text: &str) -> Vec<String> {
        let wide: Vec<u16> = text.encode_utf16().collect();
        let forms = [
            text.as_bytes().to_vec(),
            text.to_lowercase().into_bytes(),
            wide.iter().flat_map(|unit| unit.to_le_bytes()).collect(),
            wide.iter().flat_map(|unit| unit.to_be_bytes()).collect(),
        ];
        let mut hits = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                hits.extend(find(&path, text));
                continue;
            }
            let name = path.to_string_lossy().into_owned();
            let bytes = fs::read(&path).unwrap();
            if name.contains(text) || forms.iter().any(|f| bytes.windows(f.len()).any(|part| part == f)) {
                hits.push(name);
            }
        }
        hits
    }

    fn write_everything(w: &mut Writing<'_>) -> Result<(), Error> {
        let text = format!("{PLANTED} ").repeat(200);
        w.put(&person(1, PLANTED))?;
        w.put(&case(1, &text))?;
        w.put(&occasion(1, 1, &text))?;
        w.put(&contact(1, 1, &text))?;
        w.put(&action(1, 1, &text))?;
        w.put(&decision(1, 1, &text))?;
        w.put(&letter(1, 1, &text))?;
        w.put(&draft(1, PLANTED))?;
        w.put(&school(&text))?;
        w.index(CaseId::new(1), &text)?;
        w.attach(text.repeat(100).as_bytes()).map(|_| ())
    }

    #[test]
    fn no_name_is_in_the_clear_in_any_file() {
        let (_dir, path, mut store, words) = new_file();
        let stamp = casebook::store::Stamp { actor: PLANTED, ..stamp() };
        // Twice, so that pages with names in them are rewritten and lie in SQLite's journal; scanned in the middle.
        store.write(&stamp, PLANTED, write_everything).unwrap();
        store
            .write(&stamp, PLANTED, |w| {
                write_everything(w)?;
                assert_eq!(find(&path, PLANTED), [""; 0]);
                Ok(())
            })
            .unwrap();
        assert_eq!(find(&path, PLANTED), [""; 0]);
        drop(store);
        assert_eq!(find(&path, PLANTED), [""; 0]);
        for secret in [PASSPHRASE, words.expose()] {
            assert_eq!(find(&path, secret), [""; 0]);
        }
        assert_eq!(open(&path).unwrap().search(PLANTED).unwrap(), [CaseId::new(1)].into());
        assert_eq!(find(&path, "Headteacher").len(), 2, "the scan itself must find what is in the clear");
    }

    #[test]
    fn records_of_every_kind_are_told_apart() {
        let kinds = [
            School::KIND,
            Person::KIND,
            Case::KIND,
            Occasion::KIND,
            Contact::KIND,
            ActionItem::KIND,
            DecisionRecord::KIND,
            LetterRecord::KIND,
            Draft::KIND,
        ];
        let distinct: std::collections::BTreeSet<&str> = kinds.into();
        assert_eq!(distinct.len(), kinds.len());
    }
}

/// What a test cannot do to its own process: other users, less memory.
#[cfg(target_os = "linux")]
mod elsewhere {
    use super::*;
    use std::os::unix::fs::MetadataExt;
    use std::os::unix::process::CommandExt;

    const FOLDER: &str = "CASEBOOK_TEST_FOLDER";

    fn passes(mut command: Command) {
        let output = command.output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && said.contains("1 passed"),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    #[test]
    fn a_folder_that_cannot_be_written_can_be_read() {
        const NOBODY: u32 = 65534;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.casebook");
        let (mut store, _) = create(&path);
        store.write(&stamp(), "before", |w| w.put(&person(1, "Amy"))).unwrap();
        drop(store);
        fs::remove_file(path.join("records.keys2")).unwrap();
        readable_by_all(&path);
        // Permissions do not bind root, so root's test runs it as somebody else, who needs a copy to run.
        let program = dir.path().join("suite");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        permit(&program, 0o555);
        permit(dir.path(), 0o555);
        let arguments = child(&program, "store::elsewhere::read_only_child");
        let mut command = Command::new(&arguments[0]);
        command.args(&arguments[1..]).env(FOLDER, &path).env("TMPDIR", "/tmp").current_dir("/");
        if fs::metadata("/proc/self").unwrap().uid() == 0 {
            command.uid(NOBODY).gid(NOBODY);
        }
        passes(command);
        for place in [dir.path(), &path, &path.join("backups")] {
            permit(place, 0o755);
        }
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn read_only_child() {
        let Ok(folder) = std::env::var(FOLDER) else { return };
        let folder = Path::new(&folder);
        for lock_file in [true, false] {
            let mut store = open(folder).unwrap();
            assert!(store.read_only().unwrap(), "with a lock file: {lock_file}");
            assert!(!store.mended());
            let error = store.write(&stamp(), "more", |w| w.put(&person(2, "Zoë"))).unwrap_err();
            assert!(matches!(error, Error::ReadOnly), "{error:?}");
            let error = store.set_passphrase("Deputy", &secret("x"), CHEAP, &stamp()).unwrap_err();
            assert!(matches!(error, Error::ReadOnly), "{error:?}");
            assert_eq!(store.list::<Person>().unwrap(), [person(1, "Amy")]);
            assert_eq!(store.verify(&[]).unwrap().problems, []);
        }
        let beside = folder.parent().unwrap().join("b.casebook");
        let made = Store::create(&beside, "Headteacher", &secret(PASSPHRASE), CHEAP, random(), &stamp());
        assert!(matches!(made.err(), Some(Error::ReadOnly)));
    }

    #[test]
    fn too_little_memory_is_said() {
        let arguments = child(&std::env::current_exe().unwrap(), "store::elsewhere::low_memory_child");
        let dir = tempfile::tempdir().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 900000; exec \"$0\" \"$@\""]).args(arguments);
        command.env(FOLDER, dir.path());
        passes(command);
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn low_memory_child() {
        let Ok(folder) = std::env::var(FOLDER) else { return };
        let path = Path::new(&folder).join("a.casebook");
        let dear = Cost { m_kib: 1024 * 1024, ..CHEAP };
        let made = Store::create(&path, "Headteacher", &secret(PASSPHRASE), dear, random(), &stamp());
        assert!(matches!(made.err(), Some(Error::NoMemory)));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
        let (mut store, _) = create(&path);
        let error = store.set_passphrase("Deputy", &secret("x"), dear, &stamp()).unwrap_err();
        assert!(matches!(error, Error::NoMemory));
        assert_eq!(store.head().unwrap().seq(), 1);
    }
}

#[test]
fn an_id_is_the_key_of_its_record() {
    assert_eq!(person(7, "Amy").key(), PersonId::new(7).to_string());
    assert_eq!(school("Oakfield").key(), "school");
    assert_eq!(draft(4, "Amy").case(), Some(CaseId::new(4)));
    assert_eq!(person(7, "Amy").case(), None);
}
