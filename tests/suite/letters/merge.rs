//! The letter to a whole year: one PDF, each home's own file, who gets which; all made and hashed when it is approved.

use super::*;
use casebook::app::Progress;
use casebook::domain::{LetterId, LetterState};
use sha2::{Digest, Sha256};
use std::path::Path;

fn home(adults: &str, street: &str) -> Household {
    Household {
        addressees: adults.into(),
        address: vec![street.into(), "Larkfield".into()],
        phone: String::new(),
    }
}

fn pupil(session: &Session, name: &str, homes: &[Household]) {
    let mut pupil = person(session, name, Who::CurrentPupil, Some("2016-05-05"), "");
    pupil.households = homes.to_vec();
    session.save_person(&pupil).unwrap();
}

/// A letter to Year 5, free to go: five homes, of which two are of one child and one is of two.
fn to_year(session: &Session) -> (Made, LetterId) {
    let made = make(session, &Particulars::default());
    let shared = home("Mr and Mrs Abara | Abara", "1 Mill Lane");
    pupil(session, "Chidi Abara", std::slice::from_ref(&shared));
    pupil(session, "Ngozi Abara", &[shared]);
    pupil(session, "Bo Carver", &[home("Ms Carver", "2 Mill Lane"), home("Mr Dell", "9 High Street")]);
    for action in session.case(made.case).unwrap().actions {
        let done = ActionState::Done { on: day("2026-01-20"), note: "Done.".into() };
        session.set_action(&action, done).unwrap();
    }
    let id = write(session, &made, PaperCode::Letter(LetterCode::AgeAll), None).unwrap()[0].id;
    (made, id)
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

#[test]
fn every_home_gets_its_own_and_the_list_says_who() {
    let (folder, session) = open();
    let (made, id) = to_year(&session);
    let addressees: Vec<String> =
        session.letter(id).unwrap().record.papers.iter().map(|paper| paper.address[0].clone()).collect();
    assert!(addressees.is_sorted(), "{addressees:?}");
    assert_eq!(addressees.iter().filter(|to| to.contains("Abara")).count(), 1, "siblings share a home");
    assert!(
        addressees.contains(&"Ms Carver".into()) && addressees.contains(&"Mr Dell".into()),
        "homes apart"
    );
    assert!(addressees.contains(&"Ms Elena Petrova".into()), "the targeted child's home is one of them");

    let record = session.approve_letter(id).unwrap().record;
    let homes = addressees.len();
    assert_eq!(record.copies.len(), homes);
    let reference = session.case(made.case).unwrap().case.reference;
    assert_eq!(record.copies[0].file_name, format!("{reference}-letter-to-year-1-001.pdf"));

    let merged = session.export_merge(id, folder.path(), &Progress::default()).unwrap();
    let files = names(&merged.folder);
    assert_eq!((merged.homes, files.len()), (homes, homes + 2), "{files:?}");
    for file in &files {
        for name in ["Abara", "Carver", "Dell", "Petrova", "Brandt"] {
            assert!(!file.contains(name), "{file}");
        }
    }
    let LetterState::Approved { sha256, file_name, pages, .. } = &record.state else {
        panic!("not approved")
    };
    let kept = record.copies.iter().chain(&record.check_list).map(|copy| (&copy.sha256, &copy.file_name));
    for (sha256, name) in kept.chain([(sha256, file_name)]) {
        let bytes = std::fs::read(merged.folder.join(name)).unwrap();
        assert_eq!(hash(&bytes), *sha256, "{name}: as it was hashed at approval");
    }
    let each: u32 = record.copies.iter().map(|copy| copy.pages).sum();
    assert_eq!(each, *pages, "the one PDF has every page of the others");
    // Once more: the same bytes, beside the first folder.
    let again = session.export_merge(id, folder.path(), &Progress::default()).unwrap();
    assert_ne!(again.folder, merged.folder);
    for file in files {
        let read = |folder: &Path| std::fs::read(folder.join(&file)).unwrap();
        assert!(read(&again.folder) == read(&merged.folder), "{file}");
    }
    assert!(session.verify().unwrap().problems.is_empty());
}

#[test]
fn a_stopped_merge_leaves_nothing_behind() {
    let (folder, session) = open();
    let (_made, id) = to_year(&session);
    let stopped = Progress::default();
    stopped.stop();
    let before = session.anchor().unwrap();
    assert!(session.approve_letter_watched(id, &casebook::app::Given::Nothing, &stopped).is_err());
    assert_eq!(session.letter(id).unwrap().record.state, LetterState::Draft);
    assert!(matches!(session.export_merge(id, folder.path(), &Progress::default()), Err(Error::NotApproved)));
    assert_eq!(session.anchor().unwrap(), before, "nothing was written");

    session.approve_letter(id).unwrap();
    let into = folder.path().join("out");
    std::fs::create_dir(&into).unwrap();
    assert!(session.export_merge(id, &into, &stopped).is_err());
    assert_eq!(names(&into), [""; 0]);
}

#[test]
fn a_letter_to_one_home_has_no_copies() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let id = write(&session, &made, PaperCode::Letter(LetterCode::Target), Some(made.target)).unwrap()[0].id;
    let record = session.approve_letter(id).unwrap().record;
    assert!(record.copies.is_empty() && record.check_list.is_none());
}
