//! An account that turns out to be somebody, over a real case file. Everyone in it is invented.

use super::*;
use crate::app::{Act, Cost, Happening, NewCaseFile, Secret, World};
use crate::domain::{
    Account, ActionCode, ActionId, Answers, CaseState, Channel, ContactId, Lead, Name, OccasionId,
    PlatformUse, Purpose, Response, School,
};
use tempfile::TempDir;

const ACCOUNT: PersonId = PersonId::new(3);
const DANIEL: PersonId = PersonId::new(2);
const KOFI: PersonId = PersonId::new(1);

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn person(id: PersonId, name: &str, who: Who) -> Person {
    Person::new(id, Name::new(name).unwrap(), who)
}

fn occasion(case: CaseId, id: u64, by: PersonId) -> Occasion {
    Occasion {
        id: OccasionId::new(id),
        case,
        on: day("2026-03-01"),
        time: String::new(),
        by,
        to: KOFI,
        platform: "whatsapp".into(),
        words: "go away".into(),
        evidence: String::new(),
        more: crate::domain::Circumstances::default(),
    }
}

/// A case file with one case: Kofi, an account that nobody knows, and Daniel if `also`.
fn case_file(also: bool) -> (TempDir, Session, CaseId) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school: School::default(),
        owner: "Mrs Amy Wells".into(),
        passphrase: Secret::new("otter lantern copper meadow".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, World::on(day("2026-03-04"))).unwrap();
    let used = |user| PlatformUse { platform: "whatsapp".into(), user, account: Account::Unknown };
    let alleged = if also { vec![DANIEL, ACCOUNT] } else { vec![ACCOUNT] };
    let case = Case {
        id: session.new_case_id().unwrap(),
        reference: "2026-001".into(),
        opened_on: day("2026-03-02"),
        disclosed_on: day("2026-03-02"),
        told_by: String::new(),
        account: String::new(),
        target: KOFI,
        answers: Answers {
            platforms: alleged.iter().copied().map(used).collect(),
            firewall_only: [DANIEL].into(),
            ..Answers::default()
        },
        alleged,
        state: CaseState::Open,
        earlier: None,
        identified: Vec::new(),
    };
    let people = [
        person(KOFI, "Kofi Osei", Who::CurrentPupil),
        person(DANIEL, "Daniel Whitmore", Who::CurrentPupil),
        Person { handles: vec!["@fox".into()], ..person(ACCOUNT, "Night Fox", Who::Unknown) },
    ];
    let contact = Contact {
        id: ContactId::new(1),
        case: case.id,
        family_of: ACCOUNT,
        on: day("2026-03-02"),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: false,
        response: Response::None,
        note: String::new(),
        letter: None,
    };
    let action = |id, about| ActionItem {
        id: ActionId::new(id),
        case: case.id,
        code: ActionCode::Account,
        about: Some(about),
        due: day("2026-03-06"),
        lead: Lead::Dsl,
        state: ActionState::Open,
        own: None,
    };
    session
        .write("a case", |w| {
            people.iter().try_for_each(|p| w.put(p))?;
            w.put(&case)?;
            w.put(&occasion(case.id, 1, ACCOUNT))?;
            w.put(&contact)?;
            w.put(&action(1, ACCOUNT))?;
            if also { w.put(&action(2, DANIEL)) } else { Ok(()) }
        })
        .unwrap();
    (folder, session, case.id)
}

fn sent_from(view: &CaseView) -> (String, Option<Day>) {
    let account = view.occasions[0].more.account.clone().unwrap();
    (account.handle, account.identified_on)
}

#[test]
fn an_account_becomes_somebody_who_has_a_record() {
    for also in [false, true] {
        let (_folder, session, id) = case_file(also);
        session.letter_by_hand(id, ACCOUNT, "Dear").unwrap();
        let done = session.identify(id, ACCOUNT, &Identity::Known(DANIEL), "He said so himself.").unwrap();
        let view = session.case(id).unwrap();
        assert_eq!((done, &view.case.alleged[..]), (DANIEL, &[DANIEL][..]), "{also}");
        assert_eq!((view.occasions[0].by, view.contacts[0].family_of), (DANIEL, DANIEL));
        assert_eq!(sent_from(&view), ("Night Fox".into(), Some(session.today())));
        assert_eq!(view.person(DANIEL).unwrap().handles, ["@fox", "Night Fox"]);
        assert_eq!(view.person(ACCOUNT).unwrap().id, DANIEL, "who looks for the account finds the person");
        assert_eq!(view.letters[0].about, Some(DANIEL), "a letter begun before is about the person");
        assert_eq!(view.case.answers.platforms.len(), 1);
        assert!(view.case.answers.firewall_only.is_empty(), "he did more than getting round the filter");
        assert!(view.actions.iter().all(|a| a.about == Some(DANIEL)));
        let open = view.actions.iter().filter(|a| a.state == ActionState::Open).count();
        assert_eq!((open, view.actions.len()), (1, if also { 2 } else { 1 }), "nothing is to be done twice");
        let written: Vec<_> = session.journal(id).unwrap();
        let last = written.last().unwrap();
        assert_eq!((last.act, last.why.as_str()), (Act::Put, "He said so himself."));
    }
}

#[test]
fn an_account_becomes_somebody_new_under_its_own_record() {
    let (_folder, session, id) = case_file(false);
    let new = person(PersonId::new(99), "Sita Gurung", Who::OtherSchool);
    let done = session.identify(id, ACCOUNT, &Identity::New(Box::new(new)), "Her mother rang.").unwrap();
    let view = session.case(id).unwrap();
    let sita = view.person(done).unwrap();
    assert_eq!((done, sita.name.full(), sita.who), (ACCOUNT, "Sita Gurung", Who::OtherSchool));
    assert_eq!(sita.handles, ["@fox", "Night Fox"]);
    assert_eq!(sent_from(&view), ("Night Fox".into(), Some(session.today())));
    let lines = session.timeline(id).unwrap();
    let line = lines.iter().find(|line| line.about == Happening::Person).unwrap();
    assert_eq!(line.title, "Identified: the account “Night Fox” is Sita Gurung");
    assert!(
        session.cases("Night Fox").unwrap().iter().any(|row| row.id == id),
        "it is still found by the account"
    );
}

#[test]
fn what_cannot_be_identified_is_left_as_it_is() {
    let (_folder, session, id) = case_file(true);
    let known = |person| Identity::Known(person);
    for (account, is, why, wanted) in [
        (ACCOUNT, known(DANIEL), " ", "a reason is missing"),
        (DANIEL, known(KOFI), "why", "not in the case file"),
        (KOFI, known(DANIEL), "why", "not in the case file"),
        (ACCOUNT, known(ACCOUNT), "why", "not in the case file"),
        (ACCOUNT, known(PersonId::new(50)), "why", "not in the case file"),
        (ACCOUNT, known(KOFI), "why", "the targeted child"),
    ] {
        let refused = session.identify(id, account, &is, why).unwrap_err().to_string();
        assert!(refused.contains(wanted), "{refused} should say {wanted}");
    }
    assert_eq!(session.case(id).unwrap().case.alleged, [DANIEL, ACCOUNT]);
    let closed = CaseState::Closed { on: session.today(), why: "It has stopped.".into() };
    session.set_case_state(id, closed).unwrap();
    let refused = session.identify(id, ACCOUNT, &known(DANIEL), "why");
    assert!(matches!(refused, Err(Error::CaseClosed)));
}
