//! The roll as a person meets it: found, opened, typed, saved and left.

use super::*;
use crate::domain::{Family, Household, Name};
use crate::ui::access::Role;
use crate::ui::screen::case::testkit::{day, empty};
use crate::ui::testing::{Driver, Screen};
use iced::keyboard::key::Named;
use tempfile::TempDir;

impl Screen for Pupils {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.update(message) {
            Action::None => Task::none(),
            Action::Run(task) => task,
        }
    }
}

fn screen(session: &Session) -> Driver<Pupils> {
    let (pupils, _) = Pupils::new(session.clone());
    Driver::with_size(pupils, iced::Size::new(1280.0, 2600.0))
}

fn with(names: &[(&str, &str)]) -> (TempDir, Session, Driver<Pupils>) {
    let (folder, session) = empty();
    let people: Vec<Person> = names
        .iter()
        .map(|(name, class)| {
            let id = session.new_person_id().unwrap();
            let mut person = Person::new(id, Name::new(name).unwrap(), Who::CurrentPupil);
            person.year = Some(5);
            person.class = (*class).into();
            person
        })
        .collect();
    session.save_people(&people).unwrap();
    let ui = screen(&session);
    (folder, session, ui)
}

fn rows(ui: &Driver<Pupils>) -> Vec<String> {
    ui.names().into_iter().filter(|(role, _)| *role == Role::Link).map(|(_, name)| name).collect()
}

/// Presses what may stand further down than the window shows.
fn press(ui: &mut Driver<Pupils>, role: Role, name: &str) {
    ui.ask(accesskit::Action::Click, role, name, None);
}

#[test]
fn the_first_pupil_is_added_by_keyboard() {
    let (_folder, session, mut ui) = with(&[]);
    assert!(ui.has(Role::Heading, "No pupils yet"));
    ui.tab_to(Role::Button, "Add a pupil");
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "Full name".into()));
    for (role, name, text) in [
        (Role::TextInput, "Full name", "Kofi Osei"),
        (Role::DateInput, "Date of birth", "14/06/2015"),
        (Role::TextInput, "School year", "5"),
        (Role::TextInput, "Class", "5H"),
        (Role::TextInput, "Adults, home 1", "Mrs A Osei and Mr K Osei"),
        (Role::MultilineTextInput, "Address, home 1", "12 Station Road"),
        (Role::TextInput, "Telephone, home 1", "01632 960112"),
        (Role::TextInput, "Parental responsibility, home 1", "both"),
        (Role::TextInput, "Language, home 1", "Twi"),
    ] {
        ui.tab_to(role, name);
        ui.type_text(text);
    }
    ui.tab_to(Role::CheckBox, "Special educational needs or a disability that matter here");
    ui.press(Named::Space);
    ui.tab_to(Role::MultilineTextInput, "Note");
    ui.type_text("Interpreter: Twi.");
    ui.tab_to(Role::Button, "Add another home");
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "Adults, home 2".into()));
    ui.type_text("Ms E Mensah");
    for turned in
        ["An interpreter is needed, home 1", "Somebody else reads the telephone or the inbox, home 2"]
    {
        ui.tab_to(Role::CheckBox, turned);
        ui.press(Named::Space);
    }
    ui.tab_to(Role::TextInput, "Reason not to contact, home 2");
    ui.type_text(" An order. ");
    ui.tab_to(Role::Button, "Save");
    ui.press(Named::Enter);

    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert_eq!(rows(&ui), ["Kofi Osei, Year 5, 5H, 14 June 2015, 2"]);
    let people = session.everyone().unwrap();
    let [kofi] = &people[..] else { panic!("one pupil") };
    assert_eq!((kofi.born, kofi.year, kofi.send), (Some(day("2015-06-14")), Some(5), true));
    assert_eq!(kofi.note, "Interpreter: Twi.");
    let first = Household {
        addressees: "Mrs A Osei and Mr K Osei".into(),
        address: vec!["12 Station Road".into()],
        phone: "01632 960112".into(),
        family: Family {
            responsibility: "both".into(),
            language: "Twi".into(),
            interpreter: true,
            ..Family::default()
        },
    };
    let order = Family { do_not_contact: "An order.".into(), shared_device: true, ..Family::default() };
    let second = Household { addressees: "Ms E Mensah".into(), family: order, ..Household::default() };
    assert_eq!(kofi.households, [first, second]);
}

#[test]
fn a_pupil_is_opened_and_amended() {
    let (_folder, session, mut ui) = with(&[("Kofi Osei", "5H")]);
    ui.click(Role::Link, "Kofi Osei, Year 5, 5H, Not recorded, 0");
    assert_eq!(ui.node(Role::TextInput, "Class").value(), Some("5H"));
    assert!(!ui.has(Role::DateInput, "Last day here"));
    ui.click(Role::RadioButton, "A former pupil");
    ui.click(Role::DateInput, "Last day here");
    ui.type_text("19/12/2025");
    ui.click(Role::TextInput, "Present school");
    ui.type_text("Oak Junior");
    press(&mut ui, Role::Button, "Save");
    let people = session.everyone().unwrap();
    assert_eq!(people.len(), 1, "amended, not added");
    assert_eq!(people[0].who, Who::ExPupil);
    assert_eq!((people[0].left_on, people[0].school.as_str()), (Some(day("2025-12-19")), "Oak Junior"));
    assert_eq!(rows(&ui), ["Kofi Osei, Former pupil, Not recorded, 0"]);
}

#[test]
fn what_is_wrong_stands_at_the_field_and_in_the_summary() {
    let (_folder, session, mut ui) = with(&[]);
    ui.click(Role::Button, "Add a pupil");
    ui.click(Role::DateInput, "Date of birth");
    ui.type_text("20/01/2026");
    ui.click(Role::Button, "Save");
    assert_eq!(ui.focused(), (Role::Link, "Enter the child’s full name.".into()));
    let born = ui.node(Role::DateInput, "Date of birth");
    assert!(born.description().unwrap().starts_with("This date is in the future."));
    assert_eq!(born.value(), Some("20/01/2026"));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "Full name".into()));
    ui.type_text("Ann");
    assert!(!ui.has(Role::Link, "Enter the child’s full name."), "gone once it is mended");
    assert_eq!(ui.focused(), (Role::TextInput, "Full name".into()));
    assert!(session.everyone().unwrap().is_empty());
    ui.click(Role::DateInput, "Date of birth");
    for _ in 0..10 {
        ui.press(Named::Backspace);
    }
    ui.type_text("20/01/2016");
    assert!(!ui.has(Role::Alert, "There is a problem"));
    assert_eq!(ui.node(Role::DateInput, "Date of birth").value(), Some("20/01/2016"), "the focus stays");
}

#[test]
fn cancel_asks_only_where_something_would_be_lost() {
    let (_folder, session, mut ui) = with(&[("Kofi Osei", "5H")]);
    ui.click(Role::Button, "Add a pupil");
    press(&mut ui, Role::Button, "Cancel");
    assert!(ui.has(Role::Table, "Pupils"));
    ui.click(Role::Link, "Kofi Osei, Year 5, 5H, Not recorded, 0");
    ui.click(Role::TextInput, "Known as");
    ui.type_text("Kof");
    press(&mut ui, Role::Button, "Cancel");
    assert!(ui.has(Role::Dialog, "Leave without saving?"));
    ui.press(Named::Escape);
    assert_eq!(ui.node(Role::TextInput, "Known as").value(), Some("Kof"));
    press(&mut ui, Role::Button, "Cancel");
    ui.click(Role::Button, "Leave without saving");
    assert!(ui.has(Role::Table, "Pupils"));
    assert_eq!(session.everyone().unwrap()[0].known_as, "");
}

#[test]
fn a_home_is_removed_without_the_others() {
    let (_folder, session, mut ui) = with(&[]);
    ui.click(Role::Button, "Add a pupil");
    ui.type_text("Ann");
    ui.click(Role::TextInput, "Adults, home 1");
    ui.type_text("Mrs One");
    ui.click(Role::Button, "Add another home");
    ui.type_text("Mr Two");
    ui.click(Role::Button, "Remove home 1");
    assert_eq!(ui.node(Role::TextInput, "Adults, home 1").value(), Some("Mr Two"));
    press(&mut ui, Role::Button, "Save");
    let people = session.everyone().unwrap();
    assert_eq!(people[0].households.len(), 1);
    assert_eq!(people[0].households[0].addressees, "Mr Two");
}

#[test]
fn the_search_finds_by_name_class_and_year() {
    let (_folder, _session, mut ui) =
        with(&[("Zoë O’Brien", "5H"), ("Kofi Osei", "5H"), ("Ann Marie-Lee", "6K")]);
    assert_eq!(rows(&ui).len(), 3);
    for (typed, names) in [
        ("osei", vec!["Kofi"]),
        ("5h", vec!["Kofi", "Zoë"]),
        ("k 5h", vec!["Kofi"]),
        ("lee", vec!["Ann"]),
        ("brien", vec!["Zoë"]),
        ("year 5", vec!["Ann", "Kofi", "Zoë"]),
        ("nobody", vec![]),
    ] {
        let _ = ui.screen.update(Message::Searched(typed.into()));
        ui.send(&[]);
        let found: Vec<String> = rows(&ui).iter().map(|row| row.split(' ').next().unwrap().into()).collect();
        assert_eq!(found, names, "{typed}");
    }
    ui.click(Role::TextInput, "Search by name, year or class");
    ui.type_text("x");
    assert_eq!(ui.focused(), (Role::TextInput, "Search by name, year or class".into()));
}

#[test]
fn of_thousands_the_first_are_shown() {
    let names: Vec<String> = (0..1500).map(|n| format!("Pupil {n:04}")).collect();
    let names: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "3A")).collect();
    let (_folder, _session, ui) = with(&names);
    assert_eq!(rows(&ui).len(), SHOWN);
    assert!(counted(1500, 1500).starts_with("The first 200 of 1500 are shown."));
}

#[test]
fn people_who_are_no_pupils_are_not_on_the_roll() {
    let (_folder, session) = empty();
    let id = session.new_person_id().unwrap();
    session.save_person(&Person::new(id, Name::new("Somebody").unwrap(), Who::Unknown)).unwrap();
    assert!(screen(&session).has(Role::Heading, "No pupils yet"));
}

#[test]
fn no_name_is_in_debug_output() {
    let (_folder, _session, mut ui) = with(&[("Zebra Osei", "5H")]);
    let typed = Message::Form(form::Message::Edited(form::Field::Name, "zebra".into()));
    let said = format!("{typed:?} {:?}", Message::Searched("zebra".into()));
    ui.click(Role::Button, "Add a pupil");
    let _ = ui.screen.update(typed);
    let said = format!("{said} {:?} {:?}", ui.screen, ui.screen.form).to_lowercase();
    assert!(!said.contains("zebra"), "{said}");
}
