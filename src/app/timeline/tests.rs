//! How versions become lines. Everyone in it is made up.

use super::*;
use crate::app::demo;
use crate::domain::{ActionState, CaseState, Contact, Name, Occasion, SentFrom, Who};

fn told(session: &Session, id: CaseId) -> Vec<Line> {
    session.timeline(id).unwrap()
}

/// The last line with these words in its title.
fn one(lines: &[Line], about: Happening, title: &str) -> Line {
    let found: Vec<_> = lines.iter().filter(|l| l.about == about && l.title.contains(title)).collect();
    assert!(!found.is_empty(), "{title}");
    found[found.len() - 1].clone()
}

#[test]
fn versions_become_lines() {
    let folder = tempfile::tempdir().unwrap();
    let session = demo::make(folder.path(), |_| {}).unwrap().session;
    let rows = session.cases("").unwrap();
    let id = rows.iter().map(|r| r.id).find(|id| !session.case(*id).unwrap().contacts.is_empty()).unwrap();
    let view = session.case(id).unwrap();
    let before = told(&session, id);
    let kinds = |about| before.iter().filter(|line| line.about == about).count();
    assert_eq!(kinds(Happening::Disclosure), 1);
    assert_eq!(kinds(Happening::Occasion), view.occasions.len());
    assert_eq!(kinds(Happening::Contact), view.contacts.len());
    assert_eq!(kinds(Happening::Decision), view.decisions.len());
    assert!(before.iter().all(|line| line.changes.is_empty()), "nothing was changed yet");
    assert!(before.is_sorted_by_key(|line| line.on));
    let decision = before.iter().find(|line| line.about == Happening::Decision).unwrap();
    assert!(decision.said.contains(&("Under", view.decisions[0].decision.policy.clone())));
    assert!(decision.said.iter().any(|(label, text)| *label == "To do" && text.starts_with("By ")));

    an_amendment_keeps_the_first_text(&session, &view.occasions[0], &view.contacts[0]);
    an_action_and_the_case_say_what_became_of_them(&session, id);
}

fn an_amendment_keeps_the_first_text(session: &Session, first: &Occasion, contact: &Contact) {
    let id = first.case;
    let of = |lines: &[Line]| lines.iter().find(|l| l.said.iter().any(|s| s.1 == "second")).cloned();
    let second = Occasion { words: "second".into(), on: first.on.plus_days(-400), ..first.clone() };
    assert!(matches!(session.save_occasion(&second, " "), Err(Error::ReasonMissing { .. })));
    assert!(of(&told(session, id)).is_none(), "nothing is written without a reason");
    session.save_occasion(first, "").unwrap();
    session.save_occasion(&second, "read again").unwrap();
    let lines = told(session, id);
    let line = of(&lines).unwrap();
    assert_eq!(lines[0], line, "it stands on the day that it says now");
    let [change] = &line.changes[..] else { panic!("{:?}", line.changes) };
    assert_eq!((change.why.as_str(), change.by.as_str()), ("read again", session.actor()));
    let texts: Vec<_> = change.fields.iter().map(|f| (f.label, f.was.as_str(), f.is.as_str())).collect();
    assert_eq!(texts[1], ("The words", first.words.as_str(), "second"));
    assert_eq!(texts[0].0, "Day");
    assert!(
        line.matches(Some(Happening::Occasion), Some(first.by))
            && !line.matches(Some(Happening::Letter), None)
    );

    let noted = Contact { note: "They rang back".into(), ..contact.clone() };
    assert!(matches!(session.save_contact(&noted, ""), Err(Error::ReasonMissing { .. })));
    session.save_contact(&noted, "left out").unwrap();
    let lines = told(session, id);
    let changed = lines.iter().find(|l| l.about == Happening::Contact && !l.changes.is_empty()).unwrap();
    assert_eq!(changed.changes[0].fields[0].was, contact.note);
    what_becomes_known_of_an_occasion_is_told_under_its_own_name(session, &second);
}

fn what_becomes_known_of_an_occasion_is_told_under_its_own_name(session: &Session, first: &Occasion) {
    let mut occasion = first.clone();
    occasion.more.device = "the tablet at home".into();
    session.save_occasion(&occasion, "asked for").unwrap();
    occasion.more.account = Some(SentFrom { handle: "@zx".into(), identified_on: None });
    occasion.more.device = "her telephone".into();
    session.save_occasion(&occasion, "asked again").unwrap();
    occasion.more.device.clear();
    session.save_occasion(&occasion, "not known after all").unwrap();
    let lines = told(session, first.case);
    let line = lines.iter().find(|l| l.changes.iter().any(|c| c.why == "asked for")).unwrap();
    let texts = |why: &str| {
        let change = line.changes.iter().find(|change| change.why == why).unwrap();
        let texts = change.fields.iter().map(|f| (f.label, f.was.as_str(), f.is.as_str()));
        texts.collect::<Vec<_>>()
    };
    let device = "Whose device showed the time";
    assert_eq!(texts("asked for"), [(device, "", "the tablet at home")]);
    assert_eq!(
        texts("asked again"),
        [(device, "the tablet at home", "her telephone"), ("Sent from", "", "“@zx”")]
    );
    assert_eq!(texts("not known after all"), [(device, "her telephone", "")]);
}

fn an_action_and_the_case_say_what_became_of_them(session: &Session, id: CaseId) {
    let view = session.case(id).unwrap();
    let action = view.actions.iter().find(|a| a.state == ActionState::Open).unwrap();
    let on = session.today();
    session.set_action(action, ActionState::NotDone { on, why: "moved away".into() }).unwrap();
    let line = one(&told(session, id), Happening::Action, "Not done: ");
    assert!(line.said.contains(&("Why", "moved away".into())));

    let mut person = view.people[1].clone();
    (person.who, person.name) = (Who::Unknown, Name::new("zx_account").unwrap());
    session.amend_person(&person, "only the account is known").unwrap();
    person.who = Who::OtherSchool;
    person.name = Name::new("Ned Vale").unwrap();
    session.amend_person(&person, "his mother told us").unwrap();
    let line = one(&told(session, id), Happening::Person, "Identified: ");
    assert_eq!(line.title, "Identified: the account “zx_account” is Ned Vale");
    assert_eq!(line.changes[0].fields[0].was, "zx_account");

    session.set_case_state(id, CaseState::Closed { on, why: "it stopped".into() }).unwrap();
    session.set_case_state(id, CaseState::Open).unwrap();
    let lines = told(session, id);
    let states: Vec<_> = lines.iter().filter(|l| l.about == Happening::State).map(|l| &*l.title).collect();
    assert_eq!(states, ["The case was closed", "The case was opened again"]);
    assert!(!format!("{lines:?}").contains("Ned"), "no name in Debug");
}
