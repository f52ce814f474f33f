//! First run by keyboard, from nothing to an open case file, and each way of going wrong.

use super::*;
use crate::domain::Day;
use crate::ui::testing::{Driver, Screen};
use accesskit::Node;
use iced::keyboard::key::Named;
use tempfile::TempDir;

const PASSPHRASE: &str = "otter lantern copper meadow";

/// The screen with what became of it.
struct Run {
    screen: FirstRun,
    made: Option<Session>,
    cancelled: bool,
    closed: bool,
}

impl Screen for Run {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.screen.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.screen.update(message) {
            Action::None => {}
            Action::Run(task) => return task,
            Action::Cancelled => self.cancelled = true,
            Action::Made(session) => self.made = Some(session),
            Action::Close => self.closed = true,
        }
        Task::none()
    }
}

fn start() -> (TempDir, Driver<Run>) {
    let dir = tempfile::tempdir().unwrap();
    let world = World::on(Day::new(2026, 1, 19).unwrap());
    let (mut screen, _) = FirstRun::new(world, dir.path().to_owned());
    screen.cheap();
    (dir, Driver::new(Run { screen, made: None, cancelled: false, closed: false }))
}

fn fill(ui: &mut Driver<Run>, role: Role, name: &str, text: &str) {
    ui.tab_to(role, name);
    ui.type_text(text);
}

fn press(ui: &mut Driver<Run>, name: &str) {
    ui.tab_to(Role::Button, name);
    ui.press(Named::Enter);
}

/// To the page of the passphrase.
fn to_passphrase(ui: &mut Driver<Run>) {
    fill(ui, Role::TextInput, "School’s name", "Larkfield Junior");
    fill(ui, Role::MultilineTextInput, "Address (optional)", "2 Mill Lane");
    press(ui, "Continue");
    assert_eq!(ui.focused(), (Role::TextInput, "Name".into()));
    ui.type_text("Mrs Amy Wells");
    press(ui, "Continue");
    assert!(ui.has(Role::Heading, "Choose a passphrase"));
}

/// To the page of the place.
fn to_place(ui: &mut Driver<Run>) {
    to_passphrase(ui);
    ui.type_text(PASSPHRASE);
    fill(ui, Role::PasswordInput, "The same passphrase again", PASSPHRASE);
    ui.press(Named::Enter);
    assert!(ui.has(Role::Heading, "Where to keep the case file"));
}

fn to_words(ui: &mut Driver<Run>) {
    to_place(ui);
    press(ui, "Make the case file");
    assert!(ui.has(Role::Heading, "The recovery sheet"), "{:?}", ui.names());
}

fn describes(node: &Node, words: &str) -> bool {
    node.description().is_some_and(|said| said.contains(words))
}

#[test]
fn the_whole_way_by_keyboard() {
    let (dir, mut ui) = start();
    to_words(&mut ui);
    let words: Vec<_> = ui.names().into_iter().filter(|(role, _)| *role == Role::ListItem).collect();
    assert_eq!(words.len(), 24);

    press(&mut ui, "Save the sheet as a PDF to print");
    assert!(ui.has(Role::Status, "Done"), "{:?}", ui.names());
    let pdfs = std::fs::read_dir(dir.path()).unwrap().flatten();
    assert_eq!(pdfs.filter(|f| f.path().extension().is_some_and(|e| e == "pdf")).count(), 1);

    press(&mut ui, "I have the words on paper");
    assert!(!ui.names().iter().any(|(role, _)| *role == Role::ListItem), "the check hides the words");
    let word = |number: usize| {
        let (_, line) = &words[number - 1];
        line.split_once(". ").unwrap().1.to_owned()
    };
    for (number, typed) in [(4, word(4).to_uppercase()), (11, format!(" {}", word(11))), (19, word(19))] {
        fill(&mut ui, Role::TextInput, &format!("Word {number}"), &typed);
    }
    press(&mut ui, "Start working");

    let session = ui.screen.made.take().expect("a case file");
    assert_eq!(session.folder(), dir.path().join("Larkfield Junior.casebook"));
    let school = session.school().unwrap();
    assert_eq!((school.name.as_str(), school.address), ("Larkfield Junior", vec!["2 Mill Lane".to_owned()]));
    assert_eq!(school.signatory.name, "Mrs Amy Wells");
    assert_eq!(school.signatory.role, "Headteacher");
    assert_eq!(session.actor(), "Mrs Amy Wells");
    drop((session, ui));
    let later = World::on(Day::new(2026, 1, 19).unwrap());
    let folder = dir.path().join("Larkfield Junior.casebook");
    let opened = Session::open(&folder, &Secret::new(PASSPHRASE.into()), later).unwrap();
    assert_eq!(opened.actor(), "Mrs Amy Wells");
}

#[test]
fn a_page_with_something_missing_says_what_and_stays() {
    let (_dir, mut ui) = start();
    fill(&mut ui, Role::TextInput, "Email (optional)", "office");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Heading, "Your school"));
    assert_eq!(ui.focused(), (Role::Link, "Enter the school’s name.".into()));
    assert!(describes(&ui.node(Role::TextInput, "School’s name"), "Enter the school’s name."));
    assert!(describes(&ui.node(Role::TextInput, "Email (optional)"), "whole email address"));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "School’s name".into()), "the link leads to the field");
}

#[test]
fn a_lead_who_is_somebody_else_is_asked_for_and_is_the_owner() {
    let (_dir, mut ui) = start();
    fill(&mut ui, Role::TextInput, "School’s name", "Larkfield Junior");
    ui.press(Named::Enter);
    ui.type_text("Mrs Amy Wells");
    ui.tab_to(Role::CheckBox, "The designated safeguarding lead is somebody else");
    ui.press(Named::Space);
    press(&mut ui, "Continue");
    assert!(ui.has(Role::Link, "Enter the lead’s name."));
    fill(&mut ui, Role::TextInput, "Lead’s name", "Mr Tom Reed");
    assert_eq!(ui.screen.screen.school.owner(), "Mr Tom Reed");
    assert_eq!(ui.screen.screen.school.school().lead.role, "Designated safeguarding lead");
}

#[test]
fn going_back_loses_nothing() {
    let (_dir, mut ui) = start();
    to_place(&mut ui);
    for title in ["Choose a passphrase", "Who signs?", "Your school"] {
        press(&mut ui, "Back");
        assert!(ui.has(Role::Heading, title), "{title}");
    }
    assert_eq!(ui.node(Role::TextInput, "School’s name").value(), Some("Larkfield Junior"));
    for _ in 0..3 {
        press(&mut ui, "Continue");
    }
    assert!(ui.has(Role::Heading, "Where to keep the case file"), "the passphrase was kept as well");
    for _ in 0..4 {
        press(&mut ui, "Back");
    }
    assert!(ui.screen.cancelled);
}

#[test]
fn a_passphrase_must_be_strong_and_typed_twice_alike() {
    for (first, again, says) in [
        ("larkfield junior", "larkfield junior", "This passphrase is too easy to guess. Make it stronger."),
        (PASSPHRASE, "otter lantern", "The two passphrases are not the same. Enter it again."),
        (PASSPHRASE, "", "Enter the same passphrase again."),
    ] {
        let (_dir, mut ui) = start();
        to_passphrase(&mut ui);
        ui.type_text(first);
        assert_eq!(ui.node(Role::Status, "Strength").value() == Some("Strong"), first == PASSPHRASE);
        fill(&mut ui, Role::PasswordInput, "The same passphrase again", again);
        press(&mut ui, "Continue");
        assert_eq!(ui.focused(), (Role::Link, says.to_owned()));
        assert!(ui.has(Role::Heading, "Choose a passphrase"));
    }
}

#[test]
fn five_words_are_suggested_shown_and_taken() {
    let (_dir, mut ui) = start();
    to_passphrase(&mut ui);
    press(&mut ui, "Suggest five words");
    let shown = |ui: &Driver<_>| -> Vec<String> {
        let nodes = ui.tree().nodes;
        nodes.iter().filter_map(|(_, node)| node.value().or(node.label()).map(str::to_owned)).collect()
    };
    let offer = shown(&ui).into_iter().find(|text| text.split('-').count() == 5).expect("five words");
    press(&mut ui, "Use this");
    assert_eq!(ui.focused(), (Role::PasswordInput, "The same passphrase again".into()));
    ui.type_text(&offer);
    ui.press(Named::Enter);
    assert!(ui.has(Role::Heading, "Where to keep the case file"));
    press(&mut ui, "Back");
    assert!(!shown(&ui).contains(&offer), "the words do not stay on the screen");
}

#[test]
fn a_place_that_is_taken_or_not_there_is_told_and_nothing_is_lost() {
    let (dir, mut ui) = start();
    let taken = dir.path().join("Larkfield Junior.casebook");
    std::fs::create_dir(&taken).unwrap();
    std::fs::write(taken.join("letter.txt"), "here first").unwrap();
    to_place(&mut ui);
    press(&mut ui, "Make the case file");
    assert!(ui.has(Role::Heading, "Where to keep the case file"));
    assert!(ui.has(Role::Alert, "Important"));
    assert_eq!(ui.screen.screen.notice.as_ref().unwrap().what, "There is already something with this name.");
    assert_eq!(std::fs::read_to_string(taken.join("letter.txt")).unwrap(), "here first");

    fill(&mut ui, Role::TextInput, "Folder", "/gone");
    ui.press(Named::Enter);
    assert!(describes(&ui.node(Role::TextInput, "Folder"), "There is no such folder."));

    std::fs::remove_dir_all(&taken).unwrap();
    let folder = folder::Message::Edited(dir.path().display().to_string());
    let _ = ui.screen.screen.update(Message::Folder(folder));
    press(&mut ui, "Make the case file");
    assert!(ui.has(Role::Heading, "The recovery sheet"));
}

#[test]
fn wrong_words_of_the_sheet_are_refused_at_their_fields() {
    let (_dir, mut ui) = start();
    to_words(&mut ui);
    press(&mut ui, "I have the words on paper");
    fill(&mut ui, Role::TextInput, "Word 4", "headmaster");
    press(&mut ui, "Start working");
    assert_eq!(ui.focused(), (Role::Link, "This is not word 4. Compare it with the sheet.".to_owned()));
    assert!(describes(&ui.node(Role::TextInput, "Word 19"), "Enter word 19."));
    assert!(ui.screen.made.is_none());
    press(&mut ui, "Back");
    assert!(ui.has(Role::Heading, "The recovery sheet"), "the words can be looked at again");
}

#[test]
fn the_window_does_not_close_over_the_words_before_somebody_was_asked() {
    let (_dir, mut ui) = start();
    assert!(ui.screen.screen.may_close(), "nothing is made yet");
    to_words(&mut ui);
    for page in ["The recovery sheet", "Check the sheet"] {
        assert!(!ui.screen.screen.may_close());
        ui.send(&[]);
        assert!(ui.has(Role::Dialog, "Are the words on paper?"));
        press(&mut ui, "Go back to the words");
        assert!(ui.has(Role::Heading, page) && !ui.has(Role::Dialog, "Are the words on paper?"));
        if page == "The recovery sheet" {
            press(&mut ui, "I have the words on paper");
        }
    }
    assert!(!ui.screen.screen.may_close());
    ui.send(&[]);
    press(&mut ui, "Close Casebook");
    assert!(ui.screen.closed);
    assert!(ui.screen.screen.may_close(), "nobody is kept in");
}

#[test]
fn no_secret_shows_when_debugged() {
    let (_dir, mut ui) = start();
    to_place(&mut ui);
    assert!(!format!("{:?}", ui.screen.screen).contains("lantern"));
    press(&mut ui, "Make the case file");
    let (_, line) = ui.names().into_iter().find(|(role, _)| *role == Role::ListItem).unwrap();
    let word = line.split_once(". ").unwrap().1;
    let shown = format!("{:?}", ui.screen.screen);
    assert!(shown.contains("Words(..)") && !shown.contains(&format!("\"{word}\"")), "{shown}");
    let typed = Message::Sheet(SheetMessage::WordEdited(0, Secret::new("zebra".into())));
    assert!(!format!("{typed:?}").contains("zebra"));
}

#[test]
fn no_case_file_is_made_where_a_service_keeps_it_in_step() {
    let (dir, mut ui) = start();
    let kept = dir.path().join("OneDrive - Larkfield");
    std::fs::create_dir(&kept).unwrap();
    to_place(&mut ui);
    for (folder, made) in [(&*kept, false), (dir.path(), true)] {
        let _ = ui.screen.screen.update(Message::Folder(folder::Message::Picked(Some(folder.to_owned()))));
        press(&mut ui, "Make the case file");
        assert_eq!(ui.has(Role::Heading, "The recovery sheet"), made, "{:?}", ui.names());
        if !made {
            let nodes = ui.tree().nodes;
            let says = |text: &str| text.contains("OneDrive, which can damage");
            assert!(nodes.iter().any(|(_, node)| node.value().is_some_and(says)), "{:?}", ui.names());
            assert_eq!(ui.focused().1, "Folder");
            assert_eq!(std::fs::read_dir(&kept).unwrap().count(), 0);
        }
    }
}

#[test]
fn a_school_name_makes_a_folder_name_that_every_system_has() {
    for (school, folder) in [
        ("St Mary’s", "St Mary’s.casebook"),
        ("Infants/Juniors: \"Hill\"", "Infants-Juniors- -Hill-.casebook"),
        ("..", ".casebook"),
        ("Ysgol Gymraeg. ", "Ysgol Gymraeg.casebook"),
    ] {
        assert_eq!(file_name(school), folder);
    }
    assert_eq!(file_name(&"é".repeat(300)).chars().count(), 80 + ".casebook".len());
}
