//! An issued letter as a lead meets it: replaced, gone to the wrong person, looked at in another program; and a draft with
//! a translation.

use super::*;
use crate::domain::{Family, Household};

/// The screen on a letter that is approved.
fn issued() -> (TempDir, Session, LetterId, Driver<Window>) {
    let (folder, session, _case, id, ui) = open();
    session.approve_letter(id).unwrap();
    drop(ui);
    let (screen, first) = Letter::new(session.clone(), id);
    let mut ui = Driver::new(Window::of(screen));
    ui.run(first);
    ui.send(&[]);
    (folder, session, id, ui)
}

fn tell(ui: &mut Driver<Window>, message: Message) {
    let task = ui.screen.update(message);
    ui.run(task);
    ui.send(&[]);
}

#[test]
fn who_is_not_to_be_contacted_stands_above_the_letter() {
    let (_folder, session, case, id, ui) = open();
    drop(ui);
    let show = || {
        let (screen, first) = Letter::new(session.clone(), id);
        let mut ui = Driver::new(Window::of(screen));
        ui.run(first);
        ui.send(&[]);
        ui
    };
    let stops = "Somebody in this family is not to be contacted.";
    assert!(!says(&show(), stops));
    let view = session.case(case).unwrap();
    let mut child = view.person(view.case.target).unwrap().clone();
    let family = Family { do_not_contact: "A court order.".into(), ..Family::default() };
    child.households.push(Household { addressees: "Mr P Planted".into(), family, ..Household::default() });
    session.amend_person(&child, "The police rang.").unwrap();
    let ui = show();
    assert!(says(&ui, stops) && says(&ui, "Do not contact Mr P Planted. A court order."));

    // Approved, and only then said of the home that it goes to.
    child.households.pop();
    session.amend_person(&child, "The order ended.").unwrap();
    session.approve_letter(id).unwrap();
    assert!(!says(&show(), stops));
    let family = Family { do_not_contact: "A threat.".into(), ..Family::default() };
    child.households[0].family = family;
    session.amend_person(&child, "The police rang again.").unwrap();
    assert!(says(&show(), "Do not send this letter. Do not contact"));
}

#[test]
fn it_is_replaced_by_a_new_one() {
    let (_folder, session, id, mut ui) = issued();
    press(&mut ui, Role::Button, "Replace it with a new letter…");
    let new = ui.screen.opened.unwrap();
    assert!(new != id && session.letter(new).unwrap().body.contains("This letter replaces our letter of"));
    let (screen, first) = Letter::new(session, id);
    let mut ui = Driver::new(Window::of(screen));
    ui.run(first);
    ui.send(&[]);
    assert!(says(&ui, "A letter that replaces it is begun."));
    press(&mut ui, Role::Button, "Open the draft");
    assert_eq!(ui.screen.opened, Some(new));
}

#[test]
fn the_steps_after_it_reached_the_wrong_person_are_settled_one_by_one() {
    let (_folder, session, id, mut ui) = issued();
    press(&mut ui, Role::Button, "It reached the wrong person…");
    assert!(ui.has(Role::Dialog, "This letter reached somebody whom it was not for"));
    press(&mut ui, Role::Button, "Begin the steps");
    assert!(says(&ui, "Enter a time, for example 2.30 pm. The 72 hours run from it."));
    assert_eq!(ui.focused().1, "At what time?");
    tell(&mut ui, Message::Issued(IssuedMessage::AtEdited("2.30 pm".into())));
    tell(&mut ui, Message::Issued(IssuedMessage::WordsEdited(Edit::Replace("It went next door.".into()))));
    assert!(!format!("{:?}", ui.screen.letter).contains("next door"));
    press(&mut ui, Role::Button, "Begin the steps");
    assert!(says(&ui, "6 steps are still to do."));
    assert!(says(&ui, "By Thu 22 Jan 2026, 2.30 pm"));

    let ico = "Report it to the ICO, unless a risk to anyone is unlikely";
    press(&mut ui, Role::Button, &format!("Not done: {ico}"));
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Write why. A year from now this is the school’s answer."));
    tell(&mut ui, Message::Issued(IssuedMessage::WordsEdited(Edit::Replace("Given back unopened.".into()))));
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "5 steps are still to do.") && says(&ui, "Given back unopened."));
    press(&mut ui, Role::Button, &format!("To do again: {ico}"));
    assert!(says(&ui, "6 steps are still to do."));
    assert_eq!(session.letter(id).unwrap().record.went_wrong.unwrap().open().count(), 6);
}

#[test]
fn another_program_gets_a_copy_only_after_a_warning() {
    let (_folder, session, id, mut ui) = issued();
    let before = session.anchor().unwrap();
    press(&mut ui, Role::Button, "Open with the computer’s viewer…");
    assert!(ui.has(Role::Dialog, "Open it in another program?"));
    assert!(says(&ui, "The copy is not encrypted"));
    press(&mut ui, Role::Button, "Cancel");
    assert!(!ui.has(Role::Dialog, "Open it in another program?"));
    assert_eq!(session.anchor().unwrap(), before, "nothing left the case file");
    assert!(session.letter(id).is_ok());
}

#[test]
fn a_translation_is_kept_with_who_approved_it() {
    let (_folder, session, _case, id, mut ui) = open();
    press(&mut ui, Role::Button, "Add an approved translation…");
    assert!(ui.node(Role::Button, "Keep this translation").is_disabled(), "first it was compared");
    press(&mut ui, Role::CheckBox, "They compared it with the English text as it stands here");
    press(&mut ui, Role::Button, "Keep this translation");
    assert!(says(&ui, "Choose the language."));
    tell(&mut ui, Message::Translation(TranslationMessage::LanguageChosen("pl")));
    tell(&mut ui, Message::Translation(TranslationMessage::Edited(Edit::Replace("Dzień dobry".into()))));
    tell(
        &mut ui,
        Message::Translation(TranslationMessage::WhoEdited("Mrs Kowalska, who teaches both".into())),
    );
    press(&mut ui, Role::Button, "Keep this translation");
    assert!(says(&ui, "With a translation into Polish") && says(&ui, "Page 1 of 2"));
    let kept = session.letter(id).unwrap().record.papers[0].translation.clone().unwrap();
    assert_eq!((kept.language.as_str(), kept.body.as_str()), ("pl", "Dzień dobry"));
    press(&mut ui, Role::Button, "Take the translation away");
    assert!(session.letter(id).unwrap().record.papers[0].translation.is_none());
}
