//! Who approves what: the head a final notice, two people the police summary where the school wants it.

use super::*;
use casebook::app::{Given, Needs};
use casebook::domain::{KeyHolder, KeyRole, LetterId, LetterState, Second, SecondHow};

const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

fn secret(text: &str) -> Secret {
    Secret::new(text.into())
}

fn give_key(session: &Session, name: &str, role: KeyRole, passphrase: &str) {
    session.add_person(&KeyHolder { name: name.into(), role }, &secret(passphrase), CHEAP).unwrap();
}

/// A case that bears a final notice out, and the notice as a draft.
fn final_notice(session: &Session) -> LetterId {
    let of = Particulars { log: silence(2), goes_on: true, ..Particulars::default() };
    let made = make(session, &of);
    write(session, &made, PaperCode::Letter(LetterCode::Final), Some(made.actor)).unwrap()[0].id
}

/// A police summary that may go: in this case somebody may be in danger, so that it waits for nothing.
fn police_summary(session: &Session) -> LetterId {
    let made = make(session, &Particulars::default());
    write(session, &made, PaperCode::Document(DocumentCode::Police), None).unwrap()[0].id
}

fn wants_two(session: &Session) {
    session.save_school(&School { two_approve: true, ..session.school().unwrap() }).unwrap();
}

/// The same case file, opened by somebody else.
fn as_person(session: Session, passphrase: &str) -> Session {
    let folder = session.folder();
    drop(session);
    let world =
        World { clock: Arc::new(FixedClock(day(TODAY))), random: Arc::new(SystemRandom), last_seen: None };
    Session::open(&folder, &secret(passphrase), world).unwrap()
}

fn person(name: &str, passphrase: &str) -> Given {
    Given::Person { name: name.into(), passphrase: secret(passphrase) }
}

fn second(session: &Session, id: LetterId) -> Option<Second> {
    let record = session.letter(id).unwrap().record;
    assert!(matches!(record.state, LetterState::Approved { .. }));
    record.second
}

#[test]
fn the_head_looks_twice_at_a_final_notice() {
    let (folder, session) = open();
    let id = final_notice(&session);
    assert!(matches!(session.approval_needs(id).unwrap(), Needs::SecondLook { .. }));
    let refused = session.approve_letter(id);
    assert!(matches!(refused, Err(Error::SecondApproval { .. })), "{refused:?}");
    assert!(matches!(session.export_letter(id, folder.path()), Err(Error::NotApproved)));
    session.approve_letter_with(id, &Given::SecondLook).unwrap();
    let second = second(&session, id).unwrap();
    assert_eq!((second.how, second.role), (SecondHow::SamePersonAgain, Some(KeyRole::Head)));
}

#[test]
fn a_deputys_final_notice_has_the_heads_own_passphrase() {
    let (folder, session) = open();
    give_key(&session, "Mr Tom Reed", KeyRole::Deputy, "deputy");
    give_key(&session, "Mrs Ann Vale", KeyRole::Chair, "chair");
    let session = as_person(session, "deputy");
    let id = final_notice(&session);
    let Needs::Person { one_of, .. } = session.approval_needs(id).unwrap() else { panic!("not a person") };
    assert_eq!(one_of.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["Mrs Helen Farrow"]);
    for (given, why) in [
        (Given::Nothing, "nothing"),
        (Given::SecondLook, "the deputy again"),
        (person("Mr Tom Reed", "deputy"), "the deputy by passphrase"),
        (person("Mrs Ann Vale", "chair"), "not the head"),
        (person("Mrs Helen Farrow", "deputy"), "the head with the deputy's passphrase"),
    ] {
        assert!(session.approve_letter_with(id, &given).is_err(), "{why}");
        assert!(matches!(session.export_letter(id, folder.path()), Err(Error::NotApproved)), "{why}");
    }
    session.approve_letter_with(id, &person("Mrs Helen Farrow", "otter lantern copper meadow")).unwrap();
    let second = second(&session, id).unwrap();
    assert_eq!((second.name.as_str(), second.how), ("Mrs Helen Farrow", SecondHow::OwnPassphrase));
    assert!(second.told().contains("Headteacher"));
    assert!(session.verify().unwrap().problems.is_empty());
}

#[test]
fn without_a_head_a_final_notice_waits_and_says_what_to_do() {
    let (_folder, session) = open();
    session.set_role(&KeyHolder { name: "Mrs Helen Farrow".into(), role: KeyRole::Lead }).unwrap();
    let id = final_notice(&session);
    let why = session.letter(id).unwrap().held_back.unwrap();
    assert!(why.contains("Settings, People and keys"), "{why}");
    assert!(matches!(session.approve_letter_with(id, &Given::SecondLook), Err(Error::HeldBack { .. })));
}

#[test]
fn a_police_summary_has_two_people_only_where_the_school_wants_it() {
    let (_folder, session) = open();
    let id = police_summary(&session);
    assert_eq!(session.approval_needs(id).unwrap(), Needs::Nothing);
    wants_two(&session);
    assert!(
        matches!(session.approval_needs(id).unwrap(), Needs::SecondLook { why } if why.contains("nobody else"))
    );
    give_key(&session, "Mr Tom Reed", KeyRole::Deputy, "deputy");
    let Needs::Person { one_of, .. } = session.approval_needs(id).unwrap() else { panic!("not a person") };
    assert_eq!(one_of.len(), 1, "not the writer");
    assert!(session.approve_letter_with(id, &Given::SecondLook).is_err());
    session.approve_letter_with(id, &person("Mr Tom Reed", "deputy")).unwrap();
    assert_eq!(second(&session, id).unwrap().name, "Mr Tom Reed");
}

#[test]
fn who_wrote_it_was_the_other_of_the_two() {
    let (_folder, session) = open();
    wants_two(&session);
    give_key(&session, "Mr Tom Reed", KeyRole::Deputy, "deputy");
    let id = police_summary(&session);
    let session = as_person(session, "deputy");
    assert_eq!(session.approval_needs(id).unwrap(), Needs::Nothing, "Mrs Farrow wrote it");
    let body = session.letter(id).unwrap().body;
    session.edit_letter(id, &format!("{body}\n\nMore.")).unwrap();
    assert!(matches!(session.approval_needs(id).unwrap(), Needs::Person { .. }), "now he did");
}
