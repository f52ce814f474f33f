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
        ..Household::default()
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

/// The same home with the reason why nobody contacts it.
fn stopped(home: &Household) -> Household {
    let family = Family { do_not_contact: "A court order.".into(), ..Family::default() };
    Household { family, ..home.clone() }
}

#[test]
fn a_home_that_is_not_to_be_contacted_gets_no_copy() {
    let (folder, session) = open();
    let (made, before) = to_year(&session);
    let progress = Progress::default();
    let approved = write(&session, &made, PaperCode::Letter(LetterCode::AgeAll), None).unwrap()[0].id;
    session.approve_letter(approved).unwrap();

    // It is said of the home of one of two children in it; the other's record says nothing.
    let mut child =
        session.everyone().unwrap().into_iter().find(|it| it.name.full() == "Ngozi Abara").unwrap();
    child.households[0] = stopped(&child.households[0]);
    session.save_person(&child).unwrap();
    let held = session.letter(before).unwrap().held_back.unwrap();
    assert!(held.starts_with("Do not contact Mr and Mrs Abara | Abara. A court order."), "{held}");
    assert!(held.contains("a home of Ngozi Abara"), "{held}");
    assert!(matches!(session.approve_letter(before), Err(Error::HeldBack { .. })));
    let refused = session.export_merge(approved, folder.path(), &progress);
    assert!(matches!(refused, Err(Error::HeldBack { .. })), "one that was approved before does not go out");
    let view = session.letter(approved).unwrap();
    assert!(view.cautions[0].stops && view.cautions[0].words.starts_with("Do not send this letter."));

    let again = write(&session, &made, PaperCode::Letter(LetterCode::AgeAll), None).unwrap()[0].id;
    let view = session.letter(again).unwrap();
    let papers = &view.record.papers;
    assert_eq!(papers.len() + 1, session.letter(before).unwrap().record.papers.len());
    assert!(papers.iter().all(|paper| !paper.address[0].contains("Abara")));
    let [caution] = &view.cautions[..] else { panic!("{:?}", view.cautions) };
    assert_eq!(caution.words, "Not to be contacted, so without a copy: Mr and Mrs Abara | Abara.");
    session.approve_letter(again).unwrap();
    session.export_merge(again, folder.path(), &progress).unwrap();

    // A home of nobody is no letter.
    for mut pupil in session.everyone().unwrap() {
        pupil.households = pupil.households.iter().map(stopped).collect();
        session.amend_person(&pupil, "Said.").unwrap();
    }
    let none = write(&session, &made, PaperCode::Letter(LetterCode::AgeAll), None);
    assert!(matches!(none, Err(Error::Incomplete { .. })), "{:?}", none.map(|_| ()));
}
