//! Issued is issued: an approved letter never changes, is replaced only by one that says so, and where it reached somebody
//! whom it was not for the steps and their clock begin.

use super::*;
use casebook::app::breach_words;
use casebook::domain::{ActionState, BreachStep, LetterId, LetterState, TimeOfDay};

fn approved(session: &Session) -> (Made, LetterId) {
    let made = make(session, &Particulars::default());
    let id = write(session, &made, PaperCode::Letter(LetterCode::Target), Some(made.target)).unwrap()[0].id;
    session.approve_letter(id).unwrap();
    (made, id)
}

fn sha256(session: &Session, id: LetterId) -> String {
    let LetterState::Approved { sha256, .. } = session.letter(id).unwrap().record.state else {
        panic!("not approved")
    };
    sha256
}

/// Whatever changes around it: the same bytes, every time and on another day.
#[test]
fn saved_again_it_is_the_same_to_the_byte() {
    let (folder, session) = open();
    let (made, id) = approved(&session);
    let first = session.export_letter(id, folder.path()).unwrap();
    let bytes = std::fs::read(&first.path).unwrap();

    session.save_school(&School { name: "Another School".into(), ..session.school().unwrap() }).unwrap();
    contact(&session, &made, made.target, "2026-01-28", (Purpose::Contact, true, Response::Engaged));
    let folder_of_file = session.folder();
    drop(session);
    let later = World {
        clock: Arc::new(FixedClock(day("2027-03-01"))),
        random: Arc::new(SystemRandom),
        last_seen: None,
    };
    let session =
        Session::open(&folder_of_file, &Secret::new("otter lantern copper meadow".into()), later).unwrap();
    let again = tempfile::tempdir().unwrap();
    let second = session.export_letter(id, again.path()).unwrap();
    assert_eq!(std::fs::read(&second.path).unwrap(), bytes);
    assert_eq!((second.path.file_name(), &second.sha256), (first.path.file_name(), &first.sha256));
    // Over a file that is there: the same bytes count as written, others are left alone.
    session.export_letter(id, again.path()).unwrap();
    std::fs::write(&second.path, "other").unwrap();
    assert!(matches!(session.export_letter(id, again.path()), Err(Error::Export { .. })));
    assert_eq!(std::fs::read(&second.path).unwrap(), b"other");
}

#[test]
fn it_is_replaced_only_by_a_new_letter_that_says_so() {
    let (_folder, session) = open();
    let (made, id) = approved(&session);
    let was = sha256(&session, id);
    assert!(matches!(session.edit_letter(id, "Dear all"), Err(Error::AlreadyApproved)));

    let new = session.replace_letter(id).unwrap();
    assert_eq!(session.replace_letter(id).unwrap(), new, "one draft, however often it is asked for");
    assert!(matches!(session.replace_letter(new), Err(Error::NotApproved)), "a draft is simply changed");
    let view = session.letter(new).unwrap();
    let says = "This letter replaces our letter of Friday 30 January 2026.";
    assert!(view.body.contains(says) && view.held_back.is_none() && view.findings.is_empty(), "{view:?}");
    assert_eq!(session.letter(id).unwrap().replaced_by.map(|r| (r.id, r.approved_on)), Some((new, None)));

    let silent = view.body.replace(says, "We are sorry for a mistake.");
    let why = session.edit_letter(new, &silent).unwrap().held_back.unwrap();
    assert!(why.contains(says), "{why}");
    assert!(matches!(session.approve_letter(new), Err(Error::HeldBack { .. })));
    session.edit_letter(new, &view.body).unwrap();
    session.approve_letter(new).unwrap();

    assert_eq!(sha256(&session, id), was, "the old one is as it was");
    assert_ne!(sha256(&session, new), was);
    assert!(matches!(session.replace_letter(id), Err(Error::Incomplete { .. })), "replace the newer one");
    let third = session.letter(session.replace_letter(new).unwrap()).unwrap();
    assert_eq!(third.body.matches("This letter replaces").count(), 1);
    assert_eq!(session.case(made.case).unwrap().letters.len(), 3);
}

#[test]
fn a_replacement_goes_nowhere_that_a_letter_must_not_go() {
    let (_folder, session) = open();
    let (made, id) = approved(&session);
    let new = session.replace_letter(id).unwrap();
    let mut answers = session.case(made.case).unwrap().case.answers;
    answers.contact_safe = Some(ContactSafe::UnsafeTargetHome);
    answers.opened.get_or_insert_default().insert("contact_safe".into());
    session.save_answers(made.case, answers).unwrap();
    let confirmation = Confirmation { gap_reason: "By analogy.".into(), ..Confirmation::default() };
    session.decide_again(made.case, &confirmation).unwrap();
    assert!(session.letter(new).unwrap().held_back.is_some());
    assert!(matches!(session.approve_letter(new), Err(Error::HeldBack { .. })));
}

#[test]
fn a_letter_that_reached_the_wrong_person_starts_the_clock() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let draft =
        write(&session, &made, PaperCode::Letter(LetterCode::Target), Some(made.target)).unwrap()[0].id;
    let at = TimeOfDay::parse("2.30 pm").unwrap();
    let known = (day("2026-01-29"), at);
    let refused = session.letter_went_wrong(draft, known, "It went next door.");
    assert!(matches!(refused, Err(Error::NotApproved)), "a draft has gone nowhere");
    session.approve_letter(draft).unwrap();
    for (known, what) in [(known, "  "), ((day("2026-01-31"), at), "It went next door.")] {
        assert!(matches!(session.letter_went_wrong(draft, known, what), Err(Error::Incomplete { .. })));
    }
    assert!(session.today_view().unwrap().wrong_letters.is_empty());

    session.letter_went_wrong(draft, known, "It went next door.").unwrap();
    assert!(session.letter_went_wrong(draft, known, "Again.").is_err(), "once a letter");
    let due: Vec<_> = session.today_view().unwrap().wrong_letters;
    assert_eq!(due.len(), BreachStep::ALL.len());
    assert!(due.is_sorted_by_key(|line| (line.due, line.due_at)));
    let ico = due.iter().find(|line| line.title.contains("ICO")).unwrap();
    assert_eq!((ico.due, ico.due_at), (day("2026-02-01"), Some(at)), "72 hours, over a weekend");

    let on = day(TODAY);
    let unsaid = ActionState::NotDone { on, why: " ".into() };
    let refused = session.set_breach_step(draft, BreachStep::Commissioner, unsaid);
    assert!(matches!(refused, Err(Error::ReasonMissing { code }) if code == "commissioner"));
    for step in BreachStep::ALL {
        let state = if *step == BreachStep::Commissioner {
            ActionState::NotDone { on, why: "Given back unopened; our officer agrees.".into() }
        } else {
            ActionState::Done { on, note: "By Mrs Farrow.".into() }
        };
        session.set_breach_step(draft, *step, state).unwrap();
    }
    assert!(session.today_view().unwrap().wrong_letters.is_empty());
    session.set_breach_step(draft, BreachStep::Tell, ActionState::Open).unwrap();
    assert_eq!(session.today_view().unwrap().wrong_letters.len(), 1);

    let timeline = session.timeline(made.case).unwrap();
    let titles: Vec<&str> = timeline.iter().map(|line| line.title.as_str()).collect();
    assert!(
        titles.iter().any(|title| title.starts_with("Reached somebody whom it was not for")),
        "{titles:?}"
    );
    let told = |word: &str, step| {
        titles.iter().any(|title| title.starts_with(word) && title.contains(breach_words(step).0))
    };
    assert!(told("Done", BreachStep::Contain) && told("Not done", BreachStep::Commissioner), "{titles:?}");
    assert!(told("To do again", BreachStep::Tell));
}
