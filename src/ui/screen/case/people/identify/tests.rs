//! Identifying an account as a lead meets it. Everyone in it is made up.

use crate::app::unknown_account;
use crate::domain::{Occasion, Who};
use crate::ui::access::Role;
use crate::ui::screen::case::tests::{open, press, says};
use crate::ui::screen::case::{Case, Part};

#[test]
fn an_account_is_said_to_be_somebody_and_its_occasions_keep_its_name() {
    let (_folder, session, id, mut ui) = open("People");
    let account = unknown_account(session.new_person_id().unwrap(), "~ shadow_7").unwrap();
    let before = session.case(id).unwrap();
    let new = session.new_occasion_id().unwrap();
    let occasion = Occasion { id: new, by: account.id, ..before.occasions[0].clone() };
    session.add_from_chat(id, &[occasion], std::slice::from_ref(&account)).unwrap();
    ui.screen.case = Case::new(session.clone(), id).0.showing(Part::People);
    ui.send(&[]);
    press(&mut ui, Role::Button, "Say whose account this is: shadow_7");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Say whose account it is.") && says(&ui, "Say how you know."));
    press(&mut ui, Role::RadioButton, "Oliwia Łukasiewicz");
    ui.tab_to(Role::TextInput, "How do you know?");
    ui.type_text("She said so.");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "The account is identified."));
    assert!(!ui.has(Role::Button, "Say whose account this is: shadow_7"), "it is nobody’s riddle any more");
    let view = session.case(id).unwrap();
    let oliwia = before.people[2].id;
    assert_eq!(view.case.alleged, before.case.alleged, "no label spreads: the account is gone from the case");
    assert!(view.person(oliwia).unwrap().handles.contains(&"shadow_7".to_owned()));
    assert!(view.occasions.iter().any(|o| o.id == new && o.by == oliwia));
    press(&mut ui, Role::Tab, "Occasions");
    assert!(says(&ui, "sent from “shadow_7”, identified on 19 January 2026 as Oliwia Łukasiewicz"));
    press(&mut ui, Role::Tab, "Timeline");
    assert!(says(&ui, "Identified: the account “shadow_7” is Oliwia Łukasiewicz"));
    assert!(session.everyone().unwrap().iter().any(|p| p.id == account.id && p.who == Who::Unknown));
}
