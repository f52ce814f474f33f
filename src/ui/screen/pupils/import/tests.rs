//! An import as a person meets it: the file, what would change, the columns, and what is there afterwards.

use super::*;
use crate::domain::{Name, Person, Who};
use crate::ui::screen::case::testkit::{day, empty};
use crate::ui::screen::pupils::Pupils;
use crate::ui::testing::Driver;
use tempfile::TempDir;

const FILE_TEXT: &str = "UPN,Surname,Forename,DOB,Year,Class,Gender\nH205200100001,Osei,Kofi,14/06/2015,5,5H,M\n,Lee,Ann,01/01/2015,5,5H,F\n";

fn opened(text: &str, roll: &[(&str, &str)]) -> (TempDir, Session, Driver<Pupils>) {
    let (folder, session) = empty();
    for (name, born) in roll {
        let id = session.new_person_id().unwrap();
        let mut person = Person::new(id, Name::new(name).unwrap(), Who::CurrentPupil);
        person.born = Some(day(born));
        session.save_person(&person).unwrap();
    }
    let file = folder.path().join("register.csv");
    std::fs::write(&file, text).unwrap();
    let (pupils, _) = Pupils::new(session.clone());
    let mut ui = Driver::with_size(pupils, iced::Size::new(1280.0, 3000.0));
    ui.click(Role::Button, "Import a register");
    assert_eq!(ui.focused(), (Role::TextInput, "File".into()));
    ui.type_text(&file.display().to_string());
    (folder, session, ui)
}

#[test]
fn a_register_is_previewed_and_then_imported() {
    let (_folder, session, mut ui) = opened(FILE_TEXT, &[("Kofi Osei", "2015-06-14")]);
    ui.click(Role::Button, "Read the file");
    assert!(ui.has(Role::Heading, "What would change"), "{:#?}", ui.names());
    assert!(ui.has(Role::Group, "New") && ui.has(Role::Row, "Ann Lee, Year 5, 5H, 0"));
    assert!(ui.has(Role::Row, "Kofi Osei, UPN, year, class"));
    assert!(ui.has(Role::Heading, "Not taken"));
    assert_eq!(session.everyone().unwrap().len(), 1, "nothing is written yet");
    ui.click(Role::Button, "Import");
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert!(ui.has(Role::Link, "Ann Lee, Year 5, 5H, 1 January 2015, 0"));
    assert_eq!(session.everyone().unwrap().len(), 2);
}

#[test]
fn leavers_need_a_word_and_a_day() {
    let (_folder, session, mut ui) = opened(FILE_TEXT, &[("Gone Girl", "2015-01-01")]);
    ui.click(Role::Button, "Read the file");
    assert!(ui.has(Role::Row, "Gone Girl, 0"), "{:#?}", ui.names());
    ui.click(Role::CheckBox, "This file is the whole roll: mark them as former pupils");
    ui.click(Role::DateInput, "Their last day here");
    for _ in 0..10 {
        ui.press(iced::keyboard::key::Named::Backspace);
    }
    ui.type_text("20/01/2026");
    ui.click(Role::Button, "Import");
    assert_eq!(ui.focused(), (Role::DateInput, "Their last day here".into()));
    assert_eq!(session.everyone().unwrap().len(), 1, "nothing is written with a wrong day");
    ui.press(iced::keyboard::key::Named::Backspace);
    ui.type_text("5");
    ui.click(Role::Button, "Import");
    let people = session.everyone().unwrap();
    let gone = people.iter().find(|person| person.name.full() == "Gone Girl").unwrap();
    assert_eq!((gone.who, gone.left_on), (Who::ExPupil, Some(day("2025-01-20"))));
}

#[test]
fn lines_kept_out_are_named_and_hold_back_leavers() {
    let text = format!("{FILE_TEXT},,Ben,01/01/2015,5,5H,M\n");
    let (_folder, _session, mut ui) = opened(&text, &[("Gone Girl", "2015-01-01")]);
    ui.click(Role::Button, "Read the file");
    assert!(ui.has(Role::Row, "4, the surname is missing"), "{:#?}", ui.names());
    assert!(ui.has(Role::Heading, "Not in the file"));
    assert!(!ui.has(Role::CheckBox, "This file is the whole roll: mark them as former pupils"));
}

#[test]
fn unknown_columns_are_told_once_and_remembered() {
    let (_folder, session, mut ui) = opened("Nachname,Vorname\nOsei,Kofi\n", &[]);
    ui.click(Role::Button, "Read the file");
    assert!(ui.has(Role::Heading, "Columns of the file"), "{:#?}", ui.names());
    for (column, field) in [("Nachname", "Surname"), ("Vorname", "Forename")] {
        ui.click(Role::Link, &format!("{column}, Left out"));
        let _ = ui
            .screen
            .update(super::super::Message::Import(Message::FieldChosen(field.to_lowercase().parse().ok())));
        ui.send(&[]);
        ui.click(Role::Button, "Done");
        assert!(ui.has(Role::Link, &format!("{column}, {field}")), "{:#?}", ui.names());
    }
    ui.click(Role::Button, "Read the file");
    ui.click(Role::Button, "Import");
    assert_eq!(session.everyone().unwrap().len(), 1);
    assert_eq!(session.column_choices().unwrap().words().len(), 2);
}

#[test]
fn what_is_wrong_with_a_file_is_said_and_the_name_stays() {
    let (folder, _session, mut ui) = opened("<!DOCTYPE x []><CTfile/>", &[]);
    ui.click(Role::Button, "Read the file");
    assert!(ui.has(Role::Alert, "Problem"), "{:#?}", ui.names());
    assert!(ui.has(Role::TextInput, "File"));
    std::fs::remove_file(folder.path().join("register.csv")).unwrap();
    ui.click(Role::Button, "Read the file");
    let field = ui.node(Role::TextInput, "File");
    assert!(field.description().unwrap().starts_with("There is no such file."));
    ui.click(Role::Button, "Cancel");
    assert!(ui.has(Role::Heading, "No pupils yet"));
}

#[test]
fn no_name_is_in_debug_output() {
    let (_folder, session, _ui) = opened(FILE_TEXT, &[]);
    let plan = session.plan_roll(
        &app::register::read(
            FILE_TEXT.as_bytes(),
            &app::register::Options { today: session.today(), mapping: &Mapping::default() },
        )
        .unwrap(),
        false,
    );
    let found = Found::Columns(Cells(vec!["Osei".into(), "Kofi".into()]));
    let said = format!("{plan:?} {found:?} {:?}", Message::Picked(Some("Kofi.csv".into())));
    assert!(!said.contains("Osei") && !said.contains("Kofi"), "{said}");
}
