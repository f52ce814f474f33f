//! A case is kept until its day, held where somebody may ask for it, and destroyed so that the record still holds. Everyone
//! in it is made up.

use super::*;
use crate::app::demo;

/// The demonstration, and one of its cases; everybody in it was born long ago.
fn bench() -> (tempfile::TempDir, Session, CaseId) {
    let folder = tempfile::tempdir().unwrap();
    let session = demo::make(&folder.path().join("demo"), |_| {}).unwrap().session;
    let rows = session.cases("").unwrap();
    let case = rows.iter().map(|r| r.id).find(|id| !session.case(*id).unwrap().contacts.is_empty()).unwrap();
    (folder, session, case)
}

fn confirmed(reference: &str) -> DestroyConfirmed {
    DestroyConfirmed {
        reference: reference.into(),
        for_good: true,
        backups: true,
        reason: "Its time to be kept is over.".into(),
    }
}

fn kept(session: &Session, case: CaseId) -> String {
    session.retention(case).unwrap().kept_because.unwrap_or_default()
}

#[test]
fn a_case_is_kept_until_nothing_speaks_for_it() {
    let (folder, session, case) = bench();
    let reference = session.case(case).unwrap().case.reference;
    let refused = |session: &Session| {
        let refused = session.destroy_case(case, &confirmed(&reference), folder.path());
        assert!(matches!(refused, Err(Error::Kept { .. })), "{refused:?}");
    };
    assert!(kept(&session, case).contains("open"));
    refused(&session);
    let on = session.today();
    session.set_case_state(case, CaseState::Closed { on, why: "Settled.".into() }).unwrap();
    let view = session.retention(case).unwrap();
    assert_eq!((view.by_lead, view.set.class), (false, RetentionClass::ChildProtection));
    assert!(view.review_on.unwrap() > on.plus_days(365 * 10), "the youngest child is 25");
    refused(&session);

    // The school's own schedule, with a reason.
    assert!(session.set_retention(case, RetentionClass::OwnSchedule, None, "As the schedule says.").is_err());
    assert!(session.set_retention(case, RetentionClass::OwnSchedule, Some(on), " ").is_err());
    session.set_retention(case, RetentionClass::OwnSchedule, Some(on), "As the schedule says.").unwrap();
    assert_eq!(kept(&session, case), "");
    assert!(session.today_view().unwrap().clocks.iter().any(|clock| clock.case == Some(case)));

    session.set_hold(case, "A solicitor wrote.").unwrap();
    assert!(kept(&session, case).contains("A solicitor wrote."));
    refused(&session);
    assert!(session.today_view().unwrap().clocks.iter().all(|clock| clock.case != Some(case)));
    session.lift_hold(case, "The claim is settled.").unwrap();

    // Somebody has asked for a copy of it.
    let child = session.case(case).unwrap().case.target;
    let request = session.open_access_request(child, on, "The mother", "").unwrap();
    refused(&session);
    session.end_access(request, "Taken back.").unwrap();
    assert_eq!(kept(&session, case), "");

    // Both confirmations and the reference.
    for wrong in [
        DestroyConfirmed { reference: "2026-999".into(), ..confirmed(&reference) },
        DestroyConfirmed { for_good: false, ..confirmed(&reference) },
        DestroyConfirmed { backups: false, ..confirmed(&reference) },
        DestroyConfirmed { reason: " ".into(), ..confirmed(&reference) },
    ] {
        assert!(matches!(session.destroy_case(case, &wrong, folder.path()), Err(Error::Incomplete { .. })));
    }
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(
        session.destroy_case(case, &confirmed(&reference), &nowhere),
        Err(Error::Export { .. })
    ));
    assert!(session.case(case).is_ok(), "nothing has gone so far");
}

#[test]
fn a_destroyed_case_leaves_a_certificate_and_a_record_that_holds() {
    let (folder, session, case) = bench();
    let view = session.case(case).unwrap();
    let on = session.today();
    session.set_case_state(case, CaseState::Closed { on, why: "Settled.".into() }).unwrap();
    session.set_retention(case, RetentionClass::OwnSchedule, Some(on), "As the schedule says.").unwrap();
    let before = session.anchor().unwrap();
    let others: Vec<CaseId> =
        session.cases("").unwrap().iter().map(|r| r.id).filter(|id| *id != case).collect();
    let going = session.retention(case).unwrap().would_go;

    let done = session.destroy_case(case, &confirmed(&view.case.reference), folder.path()).unwrap();
    let (destruction, certificate) = done;
    assert_eq!(destruction.texts(), going.0 as u64);
    assert_eq!(destruction.files.len(), going.1);
    assert!(going.1 > 0, "the demonstration's letters");
    assert!(matches!(session.case(case), Err(Error::NotFound)));
    let left: Vec<CaseId> = session.cases("").unwrap().iter().map(|row| row.id).collect();
    assert_eq!(left.len(), others.len());
    for id in &others {
        assert!(session.case(*id).is_ok() && session.timeline(*id).is_ok(), "another case is as it was");
    }
    for word in view.case.account.split_whitespace().filter(|word| word.len() > 6) {
        assert!(session.cases(word).unwrap().iter().all(|row| row.id != case));
    }
    session.today_view().unwrap();

    let report = session.verify_against(&[before]).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.destroyed, destruction.texts());
    let bytes = std::fs::read(&certificate.path).unwrap();
    assert_eq!(session.inner().store.blob(&certificate.sha256).unwrap().unwrap(), bytes);
    let body = format!("{:?}", session.destructions().unwrap());
    let told = serde_json::to_string(&session.destructions().unwrap()).unwrap();
    for person in &view.people {
        for word in person.name.full().split(' ') {
            assert!(!told.contains(word) && !body.contains(word), "{word}");
        }
    }
    let name = certificate.path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(name, format!("{}-destruction.pdf", view.case.reference));
}

#[test]
fn what_moved_to_the_restricted_file_can_be_destroyed_here() {
    let (folder, session, case) = bench();
    let draft = session.begin().unwrap();
    let said = crate::domain::Disclosure { account: "The heron words.".into(), ..draft.disclosure.clone() };
    session.save_draft(&Draft { disclosure: said, ..draft.clone() }).unwrap();
    let refused = session.destroy_handed_over(draft.id, "It is kept elsewhere.", folder.path());
    assert!(matches!(refused, Err(Error::Kept { .. })), "still in the list");
    session.discard_draft(draft.id).unwrap();
    assert!(matches!(
        session.destroy_handed_over(case, "It is kept elsewhere.", folder.path()),
        Err(Error::Kept { .. })
    ));
    let (destruction, _) =
        session.destroy_handed_over(draft.id, "It is kept elsewhere.", folder.path()).unwrap();
    assert_eq!((destruction.texts(), destruction.reference.as_str()), (2, ""));
    assert_eq!(session.verify().unwrap().problems, []);
}
