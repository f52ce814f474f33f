//! Restore drills: a case file with evidence, issued letters and records of every kind comes back from a snapshot, from the
//! one-file backup, and from the database with the 24 words alone, through the use cases of the window. What comes back is
//! compared byte for byte with what went in. Prints what was compared.

use crate::store_kit::{contact, occasion, random, secret};
use casebook::app::{self, Cost, Progress, Secret, Session, ToldOf, World, demo};
use casebook::domain::{
    AccessRequest, ActionItem, BackupPlan, Case, CaseId, ChatMarks, Closing, Contact, Day, DecisionRecord,
    Destruction, Draft, Evidence, EvidenceId, ImageGate, ImportChoices, Kept, KeyHolder, LetterId,
    LetterRecord, LetterState, NotTaken, Occasion, OlderCopy, Person, PolicyPack, Retention, School,
};
use casebook::store::{Act, Anchor, Event, Record, Store};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes by what they are.
type Bytes = BTreeMap<String, Vec<u8>>;

/// All that a case file holds, out of the case file itself.
#[derive(Clone, PartialEq)]
struct Inside {
    /// Files of evidence and issued letters by their SHA-256.
    files: Bytes,
    letters: Bytes,
    /// Every version of every record, as its bytes are kept.
    records: Bytes,
    journal: Vec<Event>,
}

impl Inside {
    fn of(store: &Store) -> Self {
        let journal = store.journal(None).unwrap();
        let blob = |sha256: &String| (sha256.clone(), store.blob(sha256).unwrap().unwrap_or_default());
        let files =
            store.list::<Evidence>().unwrap().into_iter().filter_map(|evidence| match evidence.kept {
                Kept::File { sha256, .. } => Some(blob(&sha256)),
                Kept::Elsewhere { .. } => None,
            });
        let letters =
            store.list::<LetterRecord>().unwrap().into_iter().filter_map(|letter| match letter.state {
                LetterState::Approved { sha256, .. } => Some(blob(&sha256)),
                LetterState::Draft => None,
            });
        let (files, letters) = (files.collect(), letters.collect());
        Self { files, letters, records: records(store, &journal), journal }
    }

    /// How many files, letters, versions of records and lines of the journal are not the same in both.
    fn differences(&self, other: &Self) -> [usize; 4] {
        let journal = self.journal.iter().zip(&other.journal).filter(|(a, b)| a != b).count();
        let missing = self.journal.len().abs_diff(other.journal.len());
        [
            unlike(&self.files, &other.files),
            unlike(&self.letters, &other.letters),
            unlike(&self.records, &other.records),
            journal + missing,
        ]
    }
}

fn unlike(one: &Bytes, other: &Bytes) -> usize {
    let names: BTreeSet<_> = one.keys().chain(other.keys()).collect();
    names.into_iter().filter(|name| one.get(*name) != other.get(*name)).count()
}

/// Every version of every record that the journal names. A kind that is not known here fails.
fn records(store: &Store, journal: &[Event]) -> Bytes {
    let mut all = Bytes::new();
    let put = journal.iter().filter(|event| matches!(event.act, Act::Put | Act::Withdrawn));
    let named: BTreeSet<(&str, &str)> = put.map(|event| (event.kind.as_str(), event.id.as_str())).collect();
    macro_rules! versions {
        ($kind:expr, $id:expr, $($type:ty),+) => {
            match $kind {
                $(<$type as Record>::KIND => store
                    .history::<$type>($id)
                    .unwrap()
                    .into_iter()
                    .map(|v| (v.seq, serde_json::to_vec(&(v.at, v.actor, v.why, v.value)).unwrap()))
                    .collect::<Vec<_>>(),)+
                other => panic!("records of the kind {other} are not compared"),
            }
        };
    }
    for (kind, id) in named {
        let versions = versions!(
            kind,
            id,
            Person,
            Case,
            Occasion,
            Contact,
            ActionItem,
            Closing,
            DecisionRecord,
            LetterRecord,
            Evidence,
            Draft,
            AccessRequest,
            Retention,
            Destruction,
            PolicyPack,
            ChatMarks,
            School,
            KeyHolder,
            BackupPlan,
            OlderCopy,
            ImportChoices
        );
        for (seq, bytes) in versions {
            all.insert(format!("{kind} {id} {seq}"), bytes);
        }
    }
    all
}

/// What went in, by what was handed over: files as they lay on the disk, letters as they were saved outside, records as
/// they were typed; and the case file's own account of itself at the end.
struct Given {
    files: Bytes,
    letters: Bytes,
    typed: Vec<(CaseId, Occasion, Contact)>,
    inside: Inside,
    anchor: Anchor,
    words: Secret,
    case_file: PathBuf,
    snapshot: PathBuf,
    one_file: PathBuf,
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Bytes without a pattern that the case file's own pages or parts could follow.
fn noise(length: usize, seed: [u8; 2]) -> Vec<u8> {
    (0_u32..)
        .flat_map(|n| Sha256::digest([seed.as_slice(), &n.to_be_bytes()].concat()))
        .take(length)
        .collect()
}

/// Files of evidence: around the edges of the parts in which they are kept, and of kinds that text would spoil.
fn evidence(n: u8) -> Vec<(&'static str, Vec<u8>)> {
    const PART: usize = 1024 * 1024;
    let all = vec![
        ("one-byte.bin", vec![n]),
        ("nothing-but-zeros.bin", vec![0; 70_000 + usize::from(n)]),
        ("ends-of-lines.txt", [b"one\r\ntwo\nthree\rfour\0five\xFF\xFE", [n].as_slice()].concat()),
        ("a-part-less-one.jpg", noise(PART - 1, [1, n])),
        ("a-part.jpg", noise(PART, [2, n])),
        ("a-part-and-one.mp4", noise(PART + 1, [3, n])),
        ("three-parts-and-more.mp4", noise(3 * PART + 777, [4, n])),
    ];
    // The largest ones once.
    all.into_iter().filter(|(_, bytes)| n == 0 || bytes.len() <= PART).collect()
}

fn told(session: &Session) -> ToldOf {
    ToldOf {
        description: "A screenshot".into(),
        captured_by: "Mrs Bell".into(),
        device: "A phone".into(),
        on: session.today(),
        time: "19:40".into(),
        occasion: None,
    }
}

fn give(folder: &Path) -> Given {
    let made = demo::make(&folder.join("made"), |_| {}).unwrap();
    let session = made.session;
    let of_bytes = |path: &PathBuf| {
        let bytes = fs::read(path).unwrap();
        (sha256(&bytes), bytes)
    };
    let mut letters: Bytes = made.documents.iter().map(|document| of_bytes(&document.path)).collect();
    let (mut files, mut typed) = (Bytes::new(), Vec::new());
    let outside = folder.join("outside");
    fs::create_dir(&outside).unwrap();
    let open = session.cases("").unwrap().into_iter().filter(|row| session.takes_files(row.id).unwrap());
    for (n, row) in (0..).zip(open) {
        let view = session.case(row.id).unwrap();
        for (name, bytes) in evidence(n) {
            let path = outside.join(format!("{n}-{name}"));
            // The same file is taken into a case once, and two cases may hold it.
            fs::write(&path, bytes).unwrap();
            session
                .add_evidence(row.id, &told(&session), (&path, ImageGate::No), &Progress::default())
                .unwrap();
            files.extend([of_bytes(&path)]);
        }
        session.note_evidence(row.id, &told(&session), "On her phone", NotTaken::NotSure).unwrap();
        let (by, to) = (view.case.alleged[0], view.case.target);
        let id = session.new_occasion_id().unwrap();
        let said =
            Occasion {
                id, by, to, case: row.id, on: session.today(), ..occasion(1, 1, "“Ŵ”\r\n\t🙂")
            };
        let said = Occasion { platform: view.occasions[0].platform.clone(), ..said };
        session.save_occasion(&said, "").unwrap();
        let id = session.new_contact_id().unwrap();
        let spoke =
            Contact { id, case: row.id, family_of: to, on: session.today(), ..contact(1, 1, "Ŵyn\n") };
        let spoke = Contact { letter: None, ..spoke };
        session.save_contact(&spoke, "").unwrap();
        // Amended: the first text stays, and comes back too.
        session.save_contact(&Contact { note: "Ŵyn, amended".into(), ..spoke.clone() }, "misheard").unwrap();
        typed.push((row.id, said, Contact { note: "Ŵyn, amended".into(), ..spoke }));
    }
    let second = folder.join("second");
    fs::create_dir(&second).unwrap();
    session.save_backup_plan(&BackupPlan { second_place: Some(second) }).unwrap();
    session.save_draft(&session.begin().unwrap()).unwrap();
    let new_words = session.new_recovery_words().unwrap();
    let words = secret(&new_words.as_slice().join(" "));
    session.replace_sheet(&new_words).unwrap();

    let snapshot = session.back_up().unwrap().path;
    let one_file = folder.join("carried.casebackup");
    session.back_up_to(&one_file).unwrap();
    let anchor = session.anchor().unwrap();
    let case_file = session.folder();
    session.finish();
    let store = Store::open_with_words(&case_file, &words, random()).unwrap();
    let inside = Inside::of(&store);
    letters.retain(|sha256, _| inside.letters.contains_key(sha256));
    Given { files, letters, typed, inside, anchor, words, case_file, snapshot, one_file }
}

fn world(folder: &Path, today: Day) -> World {
    // Where this PC keeps what it has seen last is a part of the test's own folder.
    World { last_seen: Some(folder.join("seen")), ..World::on(today) }
}

/// What came back, by the figures.
struct Row {
    from: &'static str,
    inside: Inside,
    different: [usize; 4],
}

/// Opens what came back as its person does, and compares all of it. `open` is the way in.
fn compare(given: &Given, from: &'static str, (to, out): (&Path, &Path), open: impl Fn() -> Session) -> Row {
    let session = open();
    let report = session.verify_against(&[given.anchor]).unwrap();
    assert_eq!(report.problems, [], "{from}");
    assert_eq!(session.anchor().unwrap(), given.anchor, "{from}");
    session.finish();
    // Under the use cases: every byte that is kept, and nothing that is not.
    let store = Store::open_with_words(to, &given.words, random()).unwrap();
    let inside = Inside::of(&store);
    drop(store);
    let mut different = given.inside.differences(&inside);
    different[0] += unlike(&given.files, &inside.files);
    different[1] += unlike(&given.letters, &inside.letters);

    // Through the use cases: what the lead gets out of it again, and what she reads there.
    let session = open();
    fs::create_dir_all(out).unwrap();
    let (mut files, mut letters) = (Bytes::new(), Bytes::new());
    for row in session.cases("").unwrap() {
        let view = session.case(row.id).unwrap();
        let chosen: Vec<EvidenceId> = view.evidence.iter().map(|evidence| evidence.id).collect();
        if !chosen.is_empty() {
            let bundle = session.export_evidence(row.id, &chosen, out, &Progress::default()).unwrap();
            files.extend(read_folder(&bundle.folder, "evidence-"));
        }
        for letter in view.letters.iter().filter(|letter| letter.state != LetterState::Draft) {
            letters.extend(saved(&session, letter.id, out));
        }
    }
    different[0] += unlike(&given.files, &files);
    different[1] += unlike(&given.letters, &letters);
    for (case, said, spoke) in &given.typed {
        let view = session.case(*case).unwrap();
        different[2] += usize::from(!view.occasions.contains(said));
        different[2] += usize::from(!view.contacts.contains(spoke));
    }
    // And work goes on in it.
    session.save_draft(&session.begin().unwrap()).unwrap();
    assert_eq!(session.verify().unwrap().problems, [], "{from}");
    session.finish();
    Row { from, inside, different }
}

/// The files of a folder whose names begin so: beside evidence lies an index of it.
fn read_folder(folder: &Path, begins: &str) -> Bytes {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(begins));
    files.map(|entry| fs::read(entry.path()).unwrap()).map(|bytes| (sha256(&bytes), bytes)).collect()
}

fn saved(session: &Session, letter: LetterId, out: &Path) -> Bytes {
    let folder = out.join(letter.to_string());
    fs::create_dir(&folder).unwrap();
    session.export_letter(letter, &folder).unwrap();
    read_folder(&folder, "")
}

#[test]
fn every_way_back_gives_byte_for_byte_what_went_in() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let given = give(folder);
    let today = Day::new(2027, 1, 29).unwrap();
    let passphrase = || secret(demo::PASSPHRASE);
    let out = |name: &str| folder.join("out").join(name);
    let mut rows = Vec::new();

    // From a snapshot: the drill of Settings, into a folder of its own.
    let to = folder.join("drill.casebook");
    let session = Session::open(&given.case_file, &passphrase(), world(folder, today)).unwrap();
    let newest = session.backups().unwrap().into_iter().next().unwrap();
    assert_eq!(newest.path, given.snapshot);
    let (report, anchor) = session.practise_restore(&newest.path, &to).unwrap();
    assert_eq!((report.problems, anchor), (vec![], given.anchor));
    session.finish();
    let open = || Session::open(&to, &passphrase(), world(folder, today)).unwrap();
    rows.push(compare(&given, "a snapshot, practised", (&to, &out("drill")), open));

    // From a snapshot, where the case file is damaged: the page that asks for the passphrase.
    let database = given.case_file.join("records.casedb");
    let damaged = noise(200_000, [9, 9]);
    fs::write(&database, &damaged).unwrap();
    assert!(Session::open(&given.case_file, &passphrase(), world(folder, today)).is_err());
    let beside = app::backups_beside(&given.case_file).into_iter().next().unwrap();
    let kept = app::put_back(&beside.path, &given.case_file, &world(folder, today)).unwrap().unwrap();
    assert_eq!(fs::read(kept.join("records.casedb")).unwrap(), damaged, "the damaged one is kept");
    let open = || Session::open(&given.case_file, &passphrase(), world(folder, today)).unwrap();
    rows.push(compare(&given, "a snapshot, over damage", (&given.case_file, &out("over")), open));

    // From the one-file backup, on a PC that has nothing else.
    let to = folder.join("another PC").join("Larkfield.casebook");
    fs::create_dir(folder.join("another PC")).unwrap();
    app::check_backup(&given.one_file).unwrap();
    assert!(app::put_back(&given.one_file, &to, &world(folder, today)).unwrap().is_none());
    let open = || Session::open(&to, &passphrase(), world(folder, today)).unwrap();
    rows.push(compare(&given, "the one-file backup", (&to, &out("one")), open));

    // From the database and the 24 words alone: no keys, no passphrase, no backup.
    let again = folder.join("again.casebook");
    app::restore(&given.one_file, &again, &world(folder, today)).unwrap();
    let to = folder.join("alone.casebook");
    fs::create_dir(&to).unwrap();
    fs::copy(again.join("records.casedb"), to.join("records.casedb")).unwrap();
    let open = || Session::open_with_words(&to, &given.words, world(folder, today)).unwrap();
    rows.push(compare(&given, "the database and 24 words", (&to, &out("alone")), open));
    let session = open();
    session.set_passphrase("Headteacher", &secret("plum ladder ocean tidy fork"), CHEAP).unwrap();
    session.finish();
    Session::open(&to, &secret("plum ladder ocean tidy fork"), world(folder, today)).unwrap().finish();

    print(&rows);
    a_difference_is_seen(&given.inside);
    assert_eq!(rows.len(), 4);
    for row in &rows {
        assert_eq!(row.different, [0; 4], "{}", row.from);
    }
}

const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

#[allow(clippy::print_stdout, reason = "the figures are what it is for")]
fn print(rows: &[Row]) {
    println!(
        "\n{:<28}{:>10}{:>12}{:>9}{:>10}{:>9}{:>9}{:>11}",
        "restored from", "evidence", "bytes", "letters", "bytes", "records", "journal", "different"
    );
    let sum = |bytes: &Bytes| bytes.values().map(Vec::len).sum::<usize>();
    for Row { from, inside, different } in rows {
        println!(
            "{from:<28}{:>10}{:>12}{:>9}{:>10}{:>9}{:>9}{:>11}",
            inside.files.len(),
            sum(&inside.files),
            inside.letters.len(),
            sum(&inside.letters),
            inside.records.len(),
            inside.journal.len(),
            different.iter().sum::<usize>()
        );
        assert!(inside.files.len() >= 2 * evidence(0).len() && inside.letters.len() >= 8, "{from}");
        assert!(inside.records.len() > 100 && inside.journal.len() > inside.records.len(), "{from}");
    }
}

/// One changed byte, or one that is missing, in each kind: otherwise the drill would show nothing.
fn a_difference_is_seen(inside: &Inside) {
    let change = |bytes: &mut Bytes| *bytes.values_mut().last().unwrap().last_mut().unwrap() ^= 1;
    let mut other = inside.clone();
    change(&mut other.files);
    change(&mut other.letters);
    change(&mut other.records);
    other.journal.last_mut().unwrap().why.push(' ');
    assert_eq!(inside.differences(&other), [1; 4]);
    let mut other = inside.clone();
    other.files.pop_first();
    other.letters.pop_first();
    other.records.pop_first();
    other.journal.pop();
    assert_eq!(inside.differences(&other), [1; 4]);
}
