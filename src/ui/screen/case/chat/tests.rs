//! From a file to occasions as a lead meets it, by keyboard and as a screen reader is told. Everyone in it is made up.

use crate::domain::{Answers, CameTo, FiveParts, Imagery, Reach};
use crate::ui::access::{self, Role};
use crate::ui::screen::case::tests::{Window, open, press, says};
use crate::ui::testing::Driver;
use iced::keyboard::key::Named;
use std::path::Path;

const CHAT: &str = "[16.01.26, 21:04:00] Dan W: nobody likes you\n[16.01.26, 21:16:00] Dan W: leave\n\
    [16.01.26, 21:17:00] K: stop it\n[17.01.26, 10:00:00] ~ shadow_7: go away\n\
    [17.01.26, 10:01:00] Mia: has anyone done the homework\n[18.01.26, 08:00:00] Dan W: \u{200E}image omitted\n";

fn fill(ui: &mut Driver<Window>, field: &str, text: &str) {
    let value = accesskit::ActionData::Value(text.into());
    ui.ask(accesskit::Action::SetValue, Role::TextInput, field, Some(value));
}

fn file_page(ui: &mut Driver<Window>, folder: &Path, text: &str) {
    let path = folder.join("_chat.txt");
    std::fs::write(&path, text).unwrap();
    press(ui, Role::Button, "Add from an exported chat");
    fill(ui, "File", path.to_str().unwrap());
    fill(ui, "From whose phone was it exported?", "Mrs Osei’s phone");
    fill(ui, "Who brought it?", "Mrs Osei");
    press(ui, Role::Button, "Read the file");
}

/// Chooses an answer about the author at this place, so many above the last one: several have the same answers.
fn answer(ui: &mut Driver<Window>, at: usize, above: usize) {
    ui.run(access::focus(super::authors::id(at)));
    ui.press(Named::End);
    (0..above).for_each(|_| ui.press(Named::ArrowUp));
}

#[test]
fn what_is_marked_comes_in_as_occasions_and_the_rest_is_forgotten() {
    let (folder, session, id, mut ui) = open("Occasions");
    let before = session.case(id).unwrap();
    file_page(&mut ui, folder.path(), CHAT);
    assert!(ui.has(Role::Heading, "Mark what matters"));
    assert!(says(&ui, "6 messages shown. 0 marked.") && says(&ui, "SHA-256 of the file"));
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "Mark at least one message."));
    ui.tab_to(Role::CheckBox, "Fri 16 Jan 2026, 21:04, Dan W");
    assert!(says(&ui, "nobody likes you"));
    ui.press(Named::Space);
    for message in
        ["Fri 16 Jan 2026, 21:16, Dan W", "Sat 17 Jan 2026, 10:00, ~ shadow_7", "Sat 17 Jan 2026, 10:01, Mia"]
    {
        press(&mut ui, Role::CheckBox, message);
    }
    assert!(says(&ui, "6 messages shown. 4 marked."));
    press(&mut ui, Role::Button, "Continue");
    assert_eq!(ui.focused(), (Role::RadioButton, "Kofi Osei".into()));
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "Say who “Mia” is."));
    // The last answer leaves the messages out, the one before it keeps an account that nobody knows.
    answer(&mut ui, 0, 4);
    answer(&mut ui, 1, 1);
    answer(&mut ui, 2, 0);
    press(&mut ui, Role::Button, "Continue");
    assert!(ui.has(Role::Heading, "Check the occasions"));
    assert!(ui.has(Role::RadioButton, "Those that come close together are one: 2 occasions"));
    assert!(ui.has(Role::RadioButton, "Each message is one: 3 occasions"));
    assert!(says(&ui, "2 occasions to add. 3 messages of the chat not kept."));
    fill(&mut ui, "How many were in the group?", "12");
    press(&mut ui, Role::Button, "Add them to the case");
    assert!(says(&ui, "2 occasions from 3 messages are added to the case."));
    let view = session.case(id).unwrap();
    let new: Vec<_> = view.occasions.iter().filter(|o| o.more.export.is_some()).collect();
    assert_eq!(view.occasions.len(), before.occasions.len() + 2);
    assert_eq!((new[0].words.as_str(), new[0].by), ("nobody likes you\nleave", before.people[1].id));
    assert_eq!((new[0].more.reach, new[0].more.seen_by), (Some(Reach::Group), Some(12)));
    assert_eq!(view.people.last().unwrap().name.full(), "shadow_7");
    let kept = serde_json::to_string(&view.occasions).unwrap();
    assert!(!kept.contains("stop it") && !kept.contains("homework") && !kept.contains("Mia"));
    // The same file again: what was taken is not offered twice.
    file_page(&mut ui, folder.path(), CHAT);
    assert!(says(&ui, "3 messages shown. 0 marked."));
    assert!(says(&ui, "3 messages of this file are in the case already"));
}

#[test]
fn a_range_and_a_search_narrow_what_is_shown_and_only_the_range_what_counts() {
    let (folder, _session, _id, mut ui) = open("Occasions");
    file_page(&mut ui, folder.path(), CHAT);
    press(&mut ui, Role::CheckBox, "Fri 16 Jan 2026, 21:04, Dan W");
    fill(&mut ui, "Find words or a name", "SHADOW");
    assert!(says(&ui, "1 message shown. 1 marked."));
    fill(&mut ui, "Find words or a name", "");
    let from = accesskit::ActionData::Value("17/01/2026".into());
    ui.ask(accesskit::Action::SetValue, Role::DateInput, "From", Some(from));
    assert!(says(&ui, "3 messages shown. 0 marked."));
    press(&mut ui, Role::Button, "When they were sent, by weekday and hour");
    assert!(says(
        &ui,
        "Messages by weekday and hour. 3 messages. None of them was sent between 9:00 and 15:00"
    ));
    press(&mut ui, Role::Button, "Cancel");
    assert!(ui.has(Role::Button, "Add from an exported chat"));
}

#[test]
fn days_that_can_be_read_in_two_ways_are_asked_about() {
    let (folder, _session, _id, mut ui) = open("Occasions");
    file_page(&mut ui, folder.path(), "03/04/2025, 10:00 - Dan W: hi\n");
    assert!(ui.has(Role::Heading, "Check the days"));
    assert!(says(&ui, "Thursday 3 April 2025") && says(&ui, "Tuesday 4 March 2025"));
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "Choose which way the days are to be read."));
    press(&mut ui, Role::RadioButton, "The month first, as in 1/19/2026");
    press(&mut ui, Role::Button, "Continue");
    assert!(ui.has(Role::CheckBox, "Tue 4 Mar 2025, 10:00, Dan W"));
    press(&mut ui, Role::Button, "Read the days the other way round");
    assert!(ui.has(Role::Heading, "Check the days"));
}

#[test]
fn somebody_new_is_searched_for_before_a_record_is_made() {
    let (folder, session, id, mut ui) = open("Occasions");
    let known = crate::ui::screen::case::testkit::disclosure(&session, id, "Sita Gurung").target.unwrap();
    session.save_people(std::slice::from_ref(&known)).unwrap();
    file_page(&mut ui, folder.path(), CHAT);
    press(&mut ui, Role::CheckBox, "Sat 17 Jan 2026, 10:01, Mia");
    press(&mut ui, Role::Button, "Continue");
    answer(&mut ui, 0, 2);
    fill(&mut ui, "Their full name", "sita");
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "Choose who they are to the school."));
    press(&mut ui, Role::Button, "Use the record of Sita Gurung, 6H, born on 14 June 2015");
    press(&mut ui, Role::Button, "Continue");
    press(&mut ui, Role::Button, "Add them to the case");
    let view = session.case(id).unwrap();
    assert_eq!(view.people.last().unwrap().id, known.id, "the record is used, and no second one made");
    assert!(view.occasions.iter().any(|o| o.by == known.id && o.to == view.case.target));
}

#[test]
fn a_file_that_is_no_chat_says_so_and_a_case_that_takes_nothing_says_so_first() {
    let (folder, session, id, mut ui) = open("Occasions");
    file_page(&mut ui, folder.path(), "Dear Mrs Osei,\n");
    assert!(ui.has(Role::TextInput, "File") && says(&ui, "does not look like an exported WhatsApp chat"));
    press(&mut ui, Role::Button, "Cancel");
    let locked = Answers { imagery: Some(Imagery::NudeUnder18), ..session.case(id).unwrap().case.answers };
    session.save_answers(id, locked).unwrap();
    press(&mut ui, Role::Button, "Add from an exported chat");
    assert!(!ui.has(Role::TextInput, "File") && says(&ui, "no files in this case"));
    let answers = Answers { imagery: Some(Imagery::None), ..session.case(id).unwrap().case.answers };
    session.save_answers(id, answers).unwrap();
    let said = || String::from("It has stopped.");
    let parts =
        FiveParts { summary: said(), follow_up: said(), action: said(), decision: said(), outcome: said() };
    session.close_case(id, CameTo::Stopped, &parts, &[]).unwrap();
    ui.screen.case = super::super::Case::new(session.clone(), id).0.showing(super::super::Part::Occasions);
    ui.send(&[]);
    press(&mut ui, Role::Button, "Add from an exported chat");
    assert!(!ui.has(Role::TextInput, "File") && says(&ui, "This case is closed"));
}

#[test]
fn nothing_of_a_chat_shows_in_debug_output() {
    let (folder, _session, _id, mut ui) = open("Occasions");
    file_page(&mut ui, folder.path(), CHAT);
    press(&mut ui, Role::CheckBox, "Fri 16 Jan 2026, 21:04, Dan W");
    let shown = format!("{:?} {:?}", ui.screen.case.occasions, ui.screen.case.notice);
    assert!(!shown.contains("Dan") && !shown.contains("nobody"), "{shown}");
}

#[test]
fn an_interruption_loses_no_marks_and_keeps_no_words() {
    let (folder, session, id, mut ui) = open("Occasions");
    file_page(&mut ui, folder.path(), CHAT);
    press(&mut ui, Role::CheckBox, "Fri 16 Jan 2026, 21:04, Dan W");
    press(&mut ui, Role::CheckBox, "Fri 16 Jan 2026, 21:16, Dan W");
    press(&mut ui, Role::Button, "Continue");
    let kept = serde_json::to_string(&session.chat_marks(id).unwrap().unwrap()).unwrap();
    assert!(!kept.contains("nobody") && !kept.contains("Dan"), "{kept}");
    ui.screen.case = super::super::Case::new(session.clone(), id).0.showing(super::super::Part::Occasions);
    ui.send(&[]);
    file_page(&mut ui, folder.path(), CHAT);
    assert!(says(&ui, "What you marked in this file before is marked again."));
    assert!(says(&ui, "6 messages shown. 2 marked."));
    press(&mut ui, Role::Button, "Continue");
    answer(&mut ui, 0, 4);
    press(&mut ui, Role::Button, "Continue");
    press(&mut ui, Role::Button, "Add them to the case");
    assert!(session.chat_marks(id).unwrap().is_none(), "what is taken in is no draft any more");
}
