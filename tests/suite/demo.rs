//! The four scenarios through the use cases: what they leave behind, that it is the same twice, and that a letter with
//! another child's name cannot go out.

use casebook::app::{Error, Session, demo};
use casebook::domain::{Choice, DocumentCode, Duty, LetterCode, LetterState, PaperCode};

fn made() -> (tempfile::TempDir, demo::Made) {
    let folder = tempfile::tempdir().unwrap();
    let made = demo::make(folder.path(), |_| {}).unwrap();
    (folder, made)
}

fn session_cases(session: &Session) -> Vec<casebook::app::CaseView> {
    let mut rows = session.cases("").unwrap();
    rows.sort_by(|a, b| a.reference.cmp(&b.reference));
    rows.iter().map(|row| session.case(row.id).unwrap()).collect()
}

#[test]
fn four_cases_end_as_the_policy_says() {
    let (folder, made) = made();
    let cases = session_cases(&made.session);
    let duty: Vec<_> = cases.iter().map(|c| c.decision().unwrap().decision.duty.clone()).collect();
    assert_eq!(
        duty,
        [vec![Duty::NoDutyBroker], vec![Duty::SchoolDuty], vec![Duty::SchoolDuty], vec![Duty::SchoolDuty]]
    );
    assert!(cases[3].decision().unwrap().decision.options.contains(&Choice::PoliceHarassment));
    assert!(!cases[2].decision().unwrap().decision.options.contains(&Choice::PoliceHarassment));
    assert!(made.documents.len() >= 8, "{} documents", made.documents.len());
    for document in &made.documents {
        let bytes = std::fs::read(&document.path).unwrap();
        assert!(bytes.starts_with(b"%PDF-1.7"));
    }
    let names: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for person in made.session.everyone().unwrap() {
        assert!(names.iter().all(|n| !n.contains(person.name.first())), "a name in a file name: {names:?}");
    }
    assert!(made.session.verify().unwrap().problems.is_empty());
}

#[test]
fn the_same_documents_byte_for_byte() {
    let ((_first_folder, first), (_second_folder, second)) = (made(), made());
    let hashes = |made: &demo::Made| made.documents.iter().map(|d| d.sha256.clone()).collect::<Vec<_>>();
    assert_eq!(hashes(&first), hashes(&second));
}

#[test]
fn a_letter_with_another_childs_name_cannot_be_approved() {
    let (_folder, made) = made();
    let session = &made.session;
    let case = session_cases(session).remove(1);
    let (target, other) = (case.people[0].clone(), case.people[1].clone());
    let id = session
        .write_letter(case.case.id, PaperCode::Letter(LetterCode::Target), Some(target.id))
        .unwrap()[0];
    let clean = session.letter(id).unwrap();
    assert_eq!(clean.findings, []);
    let planted = format!("{}\n\nThis was {}.", clean.body, other.name.first());
    let line = planted.lines().count();
    let view = session.edit_letter(id, &planted).unwrap();
    assert_eq!(view.findings.len(), 1);
    assert_eq!(view.findings[0].line, line);
    assert!(view.findings[0].says.contains(&format!("Line {line}")), "{}", view.findings[0].says);
    assert!(matches!(session.approve_letter(id), Err(Error::Guarded { hits: 1 })));
    session.edit_letter(id, &clean.body).unwrap();
    assert!(matches!(session.approve_letter(id).unwrap().record.state, LetterState::Approved { .. }));
    assert!(matches!(session.edit_letter(id, "changed"), Err(Error::AlreadyApproved)));
}

#[test]
fn the_letter_to_the_year_waits_for_the_call() {
    let (_folder, made) = made();
    let session = &made.session;
    let case = session_cases(session).remove(2);
    let letter = case.letters.iter().find(|l| l.code == PaperCode::Letter(LetterCode::AgeAll)).unwrap();
    assert!(letter.papers.len() > 10, "one for each home");
    let phone = case.actions.iter().find(|a| a.code == casebook::domain::ActionCode::PhoneTarget).unwrap();
    session.set_action(phone, casebook::domain::ActionState::Open).unwrap();
    let id = session.write_letter(case.case.id, PaperCode::Letter(LetterCode::AgeAll), None).unwrap()[0];
    assert!(matches!(session.approve_letter(id), Err(Error::HeldBack { .. })));
}

#[test]
fn an_export_is_whole_or_not_at_all() {
    let (folder, made) = made();
    let session = &made.session;
    let case = session_cases(session).remove(3);
    let police = case.letters.iter().find(|l| l.code == PaperCode::Document(DocumentCode::Police)).unwrap();
    let again = session.export_letter(police.id, folder.path()).unwrap();
    assert!(std::fs::read(&again.path).unwrap().len() > 1000);
    let elsewhere = folder.path().join("no such folder");
    assert!(matches!(session.export_letter(police.id, &elsewhere), Err(Error::Export { .. })));
    std::fs::write(&again.path, b"something else").unwrap();
    assert!(matches!(session.export_letter(police.id, folder.path()), Err(Error::Export { .. })));
    assert_eq!(std::fs::read(&again.path).unwrap(), b"something else", "somebody's file was overwritten");
}
