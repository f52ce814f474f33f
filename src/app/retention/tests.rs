//! A case is kept until its day, held where somebody may ask for it, and destroyed so that the record still holds. Everyone
//! in it is made up.

use super::*;
use crate::app::demo;
use crate::domain::Draft;

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
    let told = confirmed("");
    assert_eq!(session.handed_over().unwrap(), []);
    let draft = go_apart(&session, folder.path());
    let left = session.handed_over().unwrap();
    assert_eq!(left.iter().map(|it| (it.draft, it.texts)).collect::<Vec<_>>(), [(draft.id, 2)]);
    let another = session.begin().unwrap();
    session.save_draft(&another).unwrap();
    session.discard_draft(another.id).unwrap();
    assert_eq!(session.handed_over().unwrap(), left, "one that was set aside went nowhere");
    let listed = session.begin().unwrap();
    session.save_draft(&listed).unwrap();
    for kept in [case, listed.id] {
        let refused = session.destroy_handed_over(kept, &told, folder.path());
        assert!(matches!(refused, Err(Error::Kept { .. })), "still worked on here");
    }
    let unsure = DestroyConfirmed { backups: false, ..told.clone() };
    assert!(matches!(
        session.destroy_handed_over(draft.id, &unsure, folder.path()),
        Err(Error::Incomplete { .. })
    ));
    let (destruction, _) = session.destroy_handed_over(draft.id, &told, folder.path()).unwrap();
    assert_eq!(session.handed_over().unwrap(), []);
    assert_eq!((destruction.texts(), destruction.reference.as_str()), (2, ""));
    assert_eq!(session.verify().unwrap().problems, []);
}

/// Makes the file of a child for its next school, which says that it has it.
pub(crate) fn hand_over(session: &Session, child: PersonId) {
    let today = session.today();
    let id = session.open_transfer(child, today.plus_days(-1), "Thornbury Vale School", "").unwrap();
    loop {
        let view = session.access_view(id).unwrap();
        let adult = view.entries.iter().flat_map(|entry| &entry.passages).find_map(|passage| {
            let place = passage.places.iter().find(|place| place.is == crate::app::PlaceIs::Adult)?;
            Some((passage.key.clone(), place.at))
        });
        let Some((passage, at)) = adult else { break };
        let stands = crate::domain::Ruling::Stands;
        session.settle_access(id, (&passage, at), true, stands, "Known to both.").unwrap();
    }
    let view = session.access_view(id).unwrap();
    let all: Vec<String> = view.entries.iter().map(|entry| entry.key.clone()).collect();
    session.mark_access_read(id, &all).unwrap();
    session.issue_access(id).unwrap();
    session.transfer_received(id, today, "Mr Ade Cole").unwrap();
}

/// Makes the file of each pupil in a case.
pub(crate) fn hand_over_all(session: &Session, case: CaseId) {
    let ours = |person: &&Person| matches!(person.who, Who::CurrentPupil | Who::ExPupil);
    for pupil in session.case(case).unwrap().people.iter().filter(ours) {
        hand_over(session, pupil.id);
    }
}

/// Begins a disclosure that goes on in a restricted case file.
pub(crate) fn go_apart(session: &Session, folder: &Path) -> Draft {
    let draft = session.begin().unwrap();
    let said = crate::domain::Disclosure { account: "The heron words.".into(), ..draft.disclosure.clone() };
    let draft = Draft { disclosure: said, ..draft };
    session.save_draft(&draft).unwrap();
    let new = crate::app::NewCaseFile {
        folder: folder.join("register.casebook"),
        school: crate::domain::School { restricted: true, ..crate::domain::School::default() },
        owner: "The chair".into(),
        passphrase: crate::app::Secret::new("otter lantern copper meadow".into()),
        cost: crate::app::Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let register = Session::create(&new, crate::app::World::on(session.today())).unwrap().0;
    session.hand_over(&draft, register).unwrap().finish();
    draft
}

fn not_yet(session: &Session, case: CaseId) -> Option<String> {
    session.retention(case).unwrap().moved.expect("a school has a file").not_yet
}

#[test]
fn the_copy_goes_only_when_every_pupil_has_moved_on_and_nothing_was_added_since() {
    let (folder, session, case) = bench();
    let view = session.case(case).unwrap();
    let reference = view.case.reference.clone();
    let pupils: Vec<PersonId> = view
        .people
        .iter()
        .filter(|person| matches!(person.who, Who::CurrentPupil | Who::ExPupil))
        .map(|person| person.id)
        .collect();
    assert!(pupils.len() > 1, "a case of several pupils");
    let on = session.today();
    assert_eq!(session.retention(case).unwrap().moved, None);
    let refused = |session: &Session| {
        let refused = session.destroy_moved_on(case, &confirmed(&reference), folder.path());
        assert!(matches!(refused, Err(Error::Kept { .. })), "{refused:?}");
    };
    refused(&session);

    hand_over(&session, pupils[0]);
    assert!(not_yet(&session, case).unwrap().contains("open"));
    session.set_case_state(case, CaseState::Closed { on, why: "They moved.".into() }).unwrap();
    assert!(not_yet(&session, case).unwrap().contains("no next school has said"));
    refused(&session);
    for pupil in &pupils[1..] {
        hand_over(&session, *pupil);
    }
    assert_eq!(
        not_yet(&session, case),
        None,
        "that it was closed since is nothing that the next school lacks"
    );
    assert!(kept(&session, case).contains("Its time to be kept ends"), "its own day is far off all the same");

    // What speaks for keeping it speaks against this too.
    session.set_hold(case, "A solicitor wrote.").unwrap();
    assert!(not_yet(&session, case).unwrap().contains("A solicitor wrote."));
    session.lift_hold(case, "Settled.").unwrap();
    session.set_retention(case, RetentionClass::SexualAbuse, None, "It may be asked for.").unwrap();
    assert!(not_yet(&session, case).unwrap().contains("kept here too"));
    session.set_retention(case, RetentionClass::ChildProtection, None, "It may not.").unwrap();

    // Something comes in late: the next school does not have it.
    session.set_case_state(case, CaseState::Open).unwrap();
    let late = crate::domain::Contact { note: "They rang late.".into(), ..view.contacts[0].clone() };
    session.save_contact(&late, "They rang.").unwrap();
    session.set_case_state(case, CaseState::Closed { on, why: "Now it is.".into() }).unwrap();
    assert!(not_yet(&session, case).unwrap().contains("Something was added"));
    refused(&session);
    for pupil in &pupils {
        hand_over(&session, *pupil);
    }
    assert_eq!(not_yet(&session, case), None);
}

#[test]
fn a_copy_that_was_handed_over_leaves_who_has_the_file_and_a_record_that_holds() {
    let (folder, session, case) = bench();
    let view = session.case(case).unwrap();
    let on = session.today();
    session.set_case_state(case, CaseState::Closed { on, why: "They moved.".into() }).unwrap();
    hand_over_all(&session, case);
    let before = session.anchor().unwrap();
    let reference = view.case.reference.clone();
    for wrong in [
        DestroyConfirmed { reference: "2026-999".into(), ..confirmed(&reference) },
        DestroyConfirmed { for_good: false, ..confirmed(&reference) },
        DestroyConfirmed { reason: " ".into(), ..confirmed(&reference) },
    ] {
        let refused = session.destroy_moved_on(case, &wrong, folder.path());
        assert!(matches!(refused, Err(Error::Incomplete { .. })), "{refused:?}");
    }
    let would_go = session.retention(case).unwrap().moved.unwrap().would_go;
    let rows = session.cases("").unwrap();
    let elsewhere = |id: PersonId| {
        let others = rows.iter().filter(|row| row.id != case).map(|row| session.case(row.id).unwrap());
        others.into_iter().any(|other| other.person(id).is_some())
    };
    let kept: Vec<PersonId> = view.people.iter().map(|p| p.id).filter(|id| elsewhere(*id)).collect();

    let (destruction, certificate) =
        session.destroy_moved_on(case, &confirmed(&reference), folder.path()).unwrap();
    assert_eq!((destruction.texts(), destruction.files.len()), (would_go.0 as u64, would_go.1));
    assert!(
        destruction.class.contains("Thornbury Vale School has had the file since"),
        "{}",
        destruction.class
    );
    assert!(matches!(session.case(case), Err(Error::NotFound)));
    // The files that were made for the next school say the same, and go too.
    let left = session.access_requests().unwrap();
    assert!(left.iter().all(|request| kept.contains(&request.subject)), "{left:?}");
    let report = session.verify_against(&[before]).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(certificate.pages, 1);
    let told = serde_json::to_string(&session.destructions().unwrap()).unwrap();
    for word in view.people.iter().flat_map(|person| person.name.full().split(' ')) {
        assert!(!told.contains(word), "{word}");
    }
}
