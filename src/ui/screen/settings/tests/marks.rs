//! A printed mark typed in, and an older copy that somebody answers for.

use super::*;

const OWNER: &str = "Mrs Helen Farrow";

fn fill(ui: &mut Driver<Seen>, text: &str) {
    let value = Some(accesskit::ActionData::Value(text.into()));
    ui.ask(accesskit::Action::SetValue, Role::TextInput, "Mark on the paper", value);
}

#[test]
fn a_printed_mark_is_checked_where_it_is_typed() {
    let (_folder, session, mut ui) = open(Part::CaseFile);
    let mark = session.anchor().unwrap().to_string();
    let says = |ui: &Driver<Seen>, text: &str| {
        let tree = format!("{:?}", ui.tree());
        assert!(tree.contains(text), "{text}: {tree}");
    };
    let ask = |ui: &mut Driver<Seen>, typed: &str| {
        fill(ui, typed);
        ui.click(Role::Button, "Check the mark");
    };
    ask(&mut ui, "no mark");
    assert_eq!(ui.focused(), (Role::TextInput, "Mark on the paper".into()));
    says(&ui, "Enter the whole mark");
    let other = format!("{}-0000000000000000", session.anchor().unwrap().seq());
    let marks = [
        (mark, "has been changed since this mark was printed"),
        (other, "is not the one that this mark was printed from"),
        ("900-0000000000000000".into(), "before the number of this mark"),
    ];
    for (mark, expected) in marks {
        ask(&mut ui, &mark);
        says(&ui, expected);
    }
}

#[test]
fn an_older_copy_is_answered_for_with_a_reason() {
    let (folder, session) = empty();
    let case_file = session.folder();
    let database = case_file.join("records.casedb");
    session.finish();
    let old = std::fs::read(&database).unwrap();
    let world = World { last_seen: Some(folder.path().join("last-seen")), ..World::on(day(TODAY)) };
    let opened = || {
        let passphrase = Secret::new("otter lantern copper meadow".into());
        Session::open(&case_file, &passphrase, world.clone()).unwrap()
    };
    let session = opened();
    session.save_school(&session.school().unwrap()).unwrap();
    drop(session);
    std::fs::write(&database, old).unwrap();

    let session = opened();
    let mut ui = screen(&session, Part::CaseFile);
    ui.click(Role::Button, "Go on with this copy");
    assert!(session.replay().is_some(), "not without a reason");
    ui.click(Role::MultilineTextInput, "Why do you go on with this one?");
    ui.type_text("The disk broke");
    ui.click(Role::Button, "Go on with this copy");
    assert_eq!(session.replay(), None);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert!(!ui.has(Role::Button, "Go on with this copy"));
    assert_eq!(session.actor(), OWNER);
}
