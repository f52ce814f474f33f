//! After a session with planted names in every field, in a letter and in evidence: nowhere in clear text, neither in the
//! case file with its backups nor in the folder for temporary files. Prints what was read and what was found.

use crate::store_kit::{child, person};
use casebook::app::{Confirmation, Progress, Session, ToldOf, demo};
use casebook::domain::{
    ActionState, BackupPlan, Case, CaseId, Contact, ImageGate, LetterState, Name, Occasion, Person, School,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const NAME: &str = "Quillon Featherby";
const WORDS: &str = "nobody wants you in the netball team";
const FOLDER: &str = "CASEBOOK_TEST_FOLDER";

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// How many files, how many bytes, and where a text stands, as a program, a system or a toolkit would write it.
fn scan(folder: &Path, texts: &[String]) -> (usize, usize, Vec<String>) {
    let wide =
        |text: &str, order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (mut read, mut hits) = (0, Vec::new());
    let files = files(folder);
    for path in &files {
        let bytes = fs::read(path).unwrap();
        read += bytes.len();
        for text in texts {
            let forms = [
                text.clone().into_bytes(),
                text.to_lowercase().into_bytes(),
                wide(text, u16::to_le_bytes),
                wide(text, u16::to_be_bytes),
            ];
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.contains(text.as_str())
                || forms.iter().any(|f| bytes.windows(f.len()).any(|part| part == f))
            {
                hits.push(format!("{text} in {name}"));
            }
        }
    }
    (files.len(), read, hits)
}

/// Not a test: the session, with a folder for temporary files of its own.
#[test]
#[ignore = "the session that another test looks after"]
fn session() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let session = demo::make(&folder.join("made"), |_| {}).unwrap().session;
    let second = folder.join("second");
    fs::create_dir(&second).unwrap();
    session.save_backup_plan(&BackupPlan { second_place: Some(second) }).unwrap();
    let school = session.school().unwrap();
    session.save_school(&School { name: NAME.into(), address: vec![WORDS.into()], ..school }).unwrap();
    session.save_person(&person(77, NAME)).unwrap();
    for row in session.cases("").unwrap() {
        plant(&session, row.id, folder);
    }
    assert!(!session.cases("featherby").unwrap().is_empty());
    session.back_up().unwrap();
    assert_eq!(session.verify().unwrap().problems, []);
    // While it is open, and with the people of the demonstration, whose letters are approved and kept.
    println!("\nMADE {}", session.folder().display());
}

fn plant(session: &Session, case: CaseId, folder: &Path) {
    let view = session.case(case).unwrap();
    let child = Person { name: Name::new(NAME).unwrap(), note: WORDS.into(), ..view.people[0].clone() };
    session.amend_person(&child, NAME).unwrap();
    for action in &view.actions {
        let done = ActionState::Done { on: session.today(), note: format!("{NAME}: {WORDS}") };
        // Some ask for more than a note.
        let _ = session.set_action(action, done);
    }
    let open = matches!(view.case, Case { state: casebook::domain::CaseState::Open, .. });
    if !open {
        return;
    }
    if let Some(before) = view.occasions.first() {
        let id = session.new_occasion_id().unwrap();
        let occasion = Occasion { id, words: WORDS.into(), evidence: NAME.into(), ..before.clone() };
        session.save_occasion(&occasion, NAME).unwrap();
    }
    if let Some(before) = view.contacts.first() {
        let id = session.new_contact_id().unwrap();
        session
            .save_contact(&Contact { id, note: format!("{NAME} {WORDS}"), ..before.clone() }, NAME)
            .unwrap();
    }
    for letter in view.letters.iter().filter(|letter| letter.state == LetterState::Draft) {
        session.edit_letter(letter.id, &format!("{NAME}\n\n{WORDS}")).unwrap();
        let record = session.letter(letter.id).unwrap().record;
        session.letter_pdf(&record).unwrap();
    }
    if session.takes_files(case).unwrap() {
        let file = folder.join("outside").join(format!("{NAME} {case}.txt"));
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, format!("{NAME}: {WORDS}\n").repeat(50_000)).unwrap();
        let told = ToldOf {
            description: WORDS.into(),
            captured_by: NAME.into(),
            device: NAME.into(),
            on: session.today(),
            time: "19:40".into(),
            occasion: None,
        };
        session.add_evidence(case, &told, (&file, ImageGate::No), &Progress::default()).unwrap();
    }
    let _ = session.decide_again(case, &Confirmation::default());
}

#[test]
fn no_planted_name_stands_anywhere_in_clear_text() {
    let dir = tempfile::tempdir().unwrap();
    let temporary = dir.path().join("tmp");
    fs::create_dir(&temporary).unwrap();
    let arguments = child(&std::env::current_exe().unwrap(), "plain_text::session");
    let output = Command::new(&arguments[0])
        .args(&arguments[1..])
        .env(FOLDER, dir.path())
        .env("TMPDIR", &temporary)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let error = String::from_utf8_lossy(&output.stderr);
    let made = said.lines().find_map(|line| line.strip_prefix("MADE "));
    let made = PathBuf::from(made.unwrap_or_else(|| panic!("{said}{error}")));
    let texts = [NAME, "Featherby", WORDS].map(str::to_owned);
    let mut total = (0, 0);
    for folder in [&made, &temporary, &dir.path().join("second")] {
        let (files, bytes, hits) = scan(folder, &texts);
        assert_eq!(hits, [""; 0], "{}", folder.display());
        total = (total.0 + files, total.1 + bytes);
    }
    assert!(!said.contains(NAME) && !error.contains(NAME), "nothing is said of it either");
    println!("{} files, {} bytes: 0 planted names in clear text", total.0, total.1);
    assert!(total.0 >= 6, "{} files", total.0);
    // The scan itself finds what is in the clear: the evidence where it came from.
    assert!(!scan(&dir.path().join("outside"), &texts).2.is_empty());
}
