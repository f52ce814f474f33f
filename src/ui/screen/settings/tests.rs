//! The settings as a person meets them: typed, saved, read again.

mod marks;
mod moving;

use super::*;
use crate::app::Appearance;
use crate::app::{Secret, World};
use crate::ui::access::Role;
use crate::ui::screen::case::testkit::{TODAY, day, empty};
use crate::ui::testing::{Driver, Screen};
use iced::keyboard::key::Named;
use tempfile::TempDir;

/// The screen, and what it asked of the window.
struct Seen {
    settings: Settings,
    saved: usize,
    looks: Vec<Appearance>,
    policies: Vec<String>,
    moved: Vec<PathBuf>,
}

impl Screen for Seen {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.settings.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.settings.update(message) {
            Action::None => return Task::none(),
            Action::Run(task) => return task,
            Action::Saved => self.saved += 1,
            Action::Appear(look) => self.looks.push(look.appearance),
            Action::Moved(folder) => self.moved.push(folder),
            Action::PolicyChanged(session) => self.policies.push(session.policy().stamp()),
        }
        Task::none()
    }
}

fn screen(session: &Session, part: Part) -> Driver<Seen> {
    let (mut settings, _) = Settings::new(session.clone(), Appearance::System);
    settings.passphrase.cheap();
    settings.people.cheap();
    settings.part = part;
    let seen = Seen { settings, saved: 0, looks: Vec::new(), policies: Vec::new(), moved: Vec::new() };
    // High enough to click everything without scrolling.
    Driver::with_size(seen, iced::Size::new(1280.0, 2400.0))
}

fn open(part: Part) -> (TempDir, Session, Driver<Seen>) {
    let (folder, session) = empty();
    let ui = screen(&session, part);
    (folder, session, ui)
}

fn type_in(ui: &mut Driver<Seen>, role: Role, name: &str, text: &str) {
    ui.click(role, name);
    ui.type_text(text);
}

#[test]
fn the_school_is_saved_and_read_again() {
    let (_folder, session, mut ui) = open(Part::School);
    let lines = [
        ("Office telephone", "01632 960100"),
        ("Office email", "office@larkfield.example"),
        ("Signatory’s name", "Mrs Helen Farrow"),
        ("Signatory’s role", "Headteacher"),
        ("Signatory’s direct number", "01632 960101"),
        ("Safeguarding lead’s name", "Mr Ade Bello"),
        ("Safeguarding lead’s role", "Deputy"),
        ("Safeguarding lead’s direct number", "01632 960102"),
        ("Where parents find it", "larkfield.example/policies"),
    ];
    for (name, text) in lines {
        ui.tab_to(Role::TextInput, name);
        ui.type_text(text);
    }
    ui.tab_to(Role::MultilineTextInput, "Address");
    ui.type_text("1 School Lane");
    ui.press(Named::Enter);
    ui.type_text("Larkfield");
    ui.tab_to(Role::Button, "Save");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert_eq!(ui.screen.saved, 1);
    let school = session.school().unwrap();
    assert_eq!(school.address, ["1 School Lane", "Larkfield"]);
    let kept = [
        &school.phone,
        &school.email,
        &school.signatory.name,
        &school.signatory.role,
        &school.signatory.phone,
        &school.lead.name,
        &school.lead.role,
        &school.lead.phone,
        &school.policy_at,
    ];
    assert_eq!(kept.map(String::as_str), lines.map(|(_, text)| text));
    let again = screen(&session, Part::School);
    for (name, text) in lines {
        assert_eq!(again.node(Role::TextInput, name).value(), Some(text), "{name}");
    }
}

#[test]
fn a_school_without_a_name_is_not_saved_and_nothing_typed_is_lost() {
    let (_folder, session, mut ui) = open(Part::School);
    ui.ask(
        accesskit::Action::SetValue,
        Role::TextInput,
        "School’s name",
        Some(accesskit::ActionData::Value(" ".into())),
    );
    type_in(&mut ui, Role::TextInput, "Office email", "office at larkfield");
    ui.click(Role::Button, "Save");
    assert_eq!(
        ui.focused(),
        (Role::Link, "Enter the school’s name. It stands at the head of every letter.".into())
    );
    assert!(ui.has(Role::Link, "Enter the whole email address, for example office@school.example."));
    assert_eq!(ui.screen.saved, 0);
    assert_eq!(session.school().unwrap().name, "Larkfield Junior School");
    assert_eq!(ui.node(Role::TextInput, "Office email").value(), Some("office at larkfield"));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "School’s name".into()));
    ui.type_text("Larkfield");
    assert!(!ui.has(Role::Link, "Enter the school’s name. It stands at the head of every letter."));
}

#[test]
fn saving_the_school_keeps_the_calendar() {
    let (_folder, session, mut ui) = open(Part::School);
    let mut school = session.school().unwrap();
    school.calendar.closed = vec![(day("2026-02-16"), day("2026-02-20"))];
    session.save_school(&school).unwrap();
    ui.click(Role::Button, "Save");
    assert_eq!(session.school().unwrap().calendar, school.calendar);
}

#[test]
fn a_closed_period_moves_due_dates_and_can_be_removed() {
    let (_folder, session, mut ui) = open(Part::Calendar);
    type_in(&mut ui, Role::DateInput, "First day", "20/01/2026");
    type_in(&mut ui, Role::DateInput, "Last day", "19/01/2026");
    ui.click(Role::Button, "Add");
    assert_eq!(ui.focused(), (Role::Link, "The last day is before the first. Check both dates.".into()));
    assert_eq!(ui.node(Role::DateInput, "First day").value(), Some("20/01/2026"));
    ui.press(Named::Enter);
    for _ in 0..10 {
        ui.press(Named::Backspace);
    }
    ui.type_text("23/01/2026");
    ui.press(Named::Enter);
    let kept = session.school().unwrap().calendar;
    assert_eq!(kept.closed, [(day("2026-01-20"), day("2026-01-23"))]);
    assert_eq!(kept.school_days_after(day(TODAY), 1), day("2026-01-26"));
    assert_eq!(ui.node(Role::DateInput, "First day").value(), Some(""));
    let period = "Tuesday 20 January 2026 to Friday 23 January 2026";
    assert!(ui.has(Role::ListItem, period));
    ui.tab_to(Role::Button, &format!("Remove {period}"));
    ui.press(Named::Space);
    assert!(!ui.has(Role::ListItem, period));
    assert!(session.school().unwrap().calendar.closed.is_empty());
    assert_eq!(ui.screen.saved, 2);
}

#[test]
fn a_button_that_was_pressed_stays_in_view_when_a_notice_comes_above_it() {
    let (_folder, session) = empty();
    let (mut settings, _) = Settings::new(session, Appearance::System);
    settings.part = Part::Calendar;
    let size = iced::Size::new(1280.0, 500.0);
    let mut ui = Driver::with_size(
        Seen { settings, saved: 0, looks: Vec::new(), policies: Vec::new(), moved: Vec::new() },
        size,
    );
    for name in ["First day", "Last day"] {
        ui.tab_to(Role::DateInput, name);
        ui.type_text("20/01/2026");
    }
    ui.tab_to(Role::Button, "Add");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert_eq!(ui.focused(), (Role::Button, "Add".into()));
    for (role, name) in [(Role::Status, "Done"), (Role::Button, "Add")] {
        let bounds = ui.node(role, name).bounds().unwrap();
        assert!(bounds.y0 >= 0.0 && bounds.y1 <= f64::from(size.height), "{name}: {bounds:?}");
    }
}

#[test]
fn the_look_is_handed_to_the_window() {
    let (_folder, _session, mut ui) = open(Part::Appearance);
    ui.tab_to(Role::RadioButton, "Same as this computer");
    ui.press(Named::ArrowDown);
    ui.press(Named::ArrowDown);
    assert_eq!(ui.screen.looks, [Appearance::Light, Appearance::Dark]);
}

#[test]
fn a_new_passphrase_opens_the_file_and_the_old_one_no_longer() {
    const NEW: &str = "tidy fork violin mast zebra";
    let (_folder, session, _) = open(Part::Passphrase);
    // The key keeps the name it was made under, whatever the settings say since.
    let mut school = session.school().unwrap();
    school.lead.name = "Mr Ade Bello".into();
    session.save_school(&school).unwrap();
    let path = session.folder();
    drop(session);
    let old = Secret::new("otter lantern copper meadow".into());
    let session = Session::open(&path, &old, World::on(day(TODAY))).unwrap();
    assert_ne!(session.actor(), "Mr Ade Bello");

    let mut ui = screen(&session, Part::Passphrase);
    let button = "Change the passphrase";
    type_in(&mut ui, Role::PasswordInput, "New passphrase", "larkfield");
    assert_eq!(ui.node(Role::Status, "Strength").value(), Some("Very weak"));
    ui.click(Role::Button, button);
    assert_eq!(ui.focused(), (Role::Link, "Enter the passphrase that you have now.".into()));
    assert!(ui.has(Role::Link, "This passphrase is too easy to guess. Make it stronger."));
    type_in(&mut ui, Role::PasswordInput, "New passphrase", " ");
    for _ in 0..12 {
        ui.press(Named::Backspace);
    }
    ui.type_text(NEW);
    type_in(&mut ui, Role::PasswordInput, "The same passphrase again", NEW);
    assert_eq!(ui.focused(), (Role::PasswordInput, "The same passphrase again".into()));

    type_in(&mut ui, Role::PasswordInput, "Current passphrase", "somebody who came by");
    ui.press(Named::Enter);
    let wrong = "This is not the passphrase that opens the case file now. Enter it again.";
    assert_eq!(ui.focused(), (Role::Link, wrong.into()));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::PasswordInput, "Current passphrase".into()));
    ui.type_text(old.expose());
    assert!(!ui.has(Role::Link, wrong), "it goes when it is typed anew");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert!(!ui.has(Role::Status, "Strength"), "nothing typed stays");
    drop((ui, session));

    assert!(Session::open(&path, &old, World::on(day(TODAY))).is_err());
    Session::open(&path, &Secret::new(NEW.into()), World::on(day(TODAY))).unwrap();
}

#[test]
fn a_sound_case_file_says_so() {
    let (_folder, _session, mut ui) = open(Part::CaseFile);
    ui.tab_to(Role::Button, "Check the case file");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert!(ui.has(Role::Group, "Mark of the record"));
    assert!(ui.has(Role::Button, "Check the case file"));
}

#[test]
fn a_damaged_case_file_names_its_problems() {
    let (_folder, session, mut ui) = open(Part::CaseFile);
    let files = std::fs::read_dir(session.folder()).unwrap().map(|file| file.unwrap().path());
    let database = files.max_by_key(|path| path.metadata().unwrap().len()).unwrap();
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    ui.click(Role::Button, "Check the case file");
    assert!(ui.has(Role::Alert, "Problem"), "{:#?}", ui.names());
    assert!(ui.has(Role::ListItem, ""), "the problems are listed");
    assert!(!ui.has(Role::Group, "Mark of the record"));
}

#[test]
fn about_warns_of_a_review_that_has_passed() {
    let (_folder, _session, ui) = open(Part::About);
    let warnings = |ui: &Driver<Seen>| ui.names().iter().filter(|(role, _)| *role == Role::Alert).count();
    let before = warnings(&ui);
    let (folder, session) = empty();
    let path = session.folder();
    drop(session);
    let late = World::on(day("2026-10-01"));
    let passphrase = Secret::new("otter lantern copper meadow".into());
    let session = Session::open(&path, &passphrase, late).unwrap();
    let ui = screen(&session, Part::About);
    assert_eq!(warnings(&ui), before, "the figures are judged here, the policy in its own part");
    let ui = screen(&session, Part::Policy);
    assert!(ui.has(Role::Alert, "Important"), "{:#?}", ui.names());
    drop(folder);
}

#[test]
fn a_schools_own_policy_is_checked_before_it_decides() {
    use casebook_pack::{broken, own};
    let (folder, session, mut ui) = open(Part::Policy);
    let pack = folder.path().join("our pack");
    broken(&pack);
    type_in(&mut ui, Role::TextInput, "The folder of your school’s policy pack", &pack.display().to_string());
    ui.click(Role::Button, "Check this pack");
    let values = ui.tree().nodes.into_iter().filter_map(|(_, node)| node.value().map(str::to_owned));
    let said: Vec<String> = values.collect();
    assert!(said.iter().any(|line| line.contains("R16: cites “CB-99”")), "{said:#?}");
    assert!(!ui.has(Role::Button, "Use this policy from now on"));

    own(&pack);
    ui.click(Role::Button, "Check this pack");
    ui.click(Role::Button, "Use this policy from now on");
    assert_eq!(ui.screen.policies, ["our-own version 7"]);
    let line = session.packs().unwrap().into_iter().find(|line| line.stamp == "our-own version 7").unwrap();
    assert_eq!(line.title, "Our own policy");
    assert_eq!(session.school().unwrap().policy, "our-own version 7");
}

mod casebook_pack {
    use crate::app::{BUILT_IN, FILES};
    use std::path::Path;

    /// A pack of a school's own.
    pub(super) fn own(folder: &Path) {
        std::fs::create_dir_all(folder).unwrap();
        for name in FILES {
            let text = BUILT_IN.file(name).unwrap();
            let text = match name {
                "policy.toml" => {
                    "id = \"our-own\"\nversion = 7\ntitle = \"Our own policy\"\napproved = \"2026-01-10\"\nreview_due = \"2027-01-10\"\nage_figures_good_for_months = 6\n"
                }
                _ => text,
            };
            std::fs::write(folder.join(name), text).unwrap();
        }
    }

    /// The same with a clause that it does not have.
    pub(super) fn broken(folder: &Path) {
        own(folder);
        let rules = BUILT_IN.rules.replace("cite = [\"PU-2\", \"CB-1\", \"SC-1\"]", "cite = [\"CB-99\"]");
        std::fs::write(folder.join("rules.toml"), rules).unwrap();
    }
}

#[test]
fn each_part_is_a_tab_and_the_keyboard_goes_through_them() {
    let (_folder, _session, mut ui) = open(Part::School);
    ui.tab_to(Role::Tab, "School");
    for (_, name) in &PARTS[1..] {
        ui.press(Named::ArrowRight);
        assert_eq!(ui.focused(), (Role::Tab, (*name).into()));
    }
}

#[test]
fn what_is_typed_is_in_no_debug_output() {
    let (_folder, _session, mut ui) = open(Part::School);
    let typed = Message::School(school::Message::Edited(school::Field::LeadName, "zebra".into()));
    let secret = || Secret::new("zebra".into());
    let old = Message::Passphrase(passphrase::Message::OldEdited(secret()));
    let new = crate::ui::screen::passphrase::Message::Edited(secret());
    let new = Message::Passphrase(passphrase::Message::New(new));
    let said = format!("{typed:?} {old:?} {new:?}");
    let _ = ui.screen.update(typed);
    let _ = ui.screen.update(old);
    let _ = ui.screen.update(new);
    let said = format!("{said} {:?}", ui.screen.settings);
    assert!(!said.contains("zebra"), "{said}");
}

/// Gives a deputy a key, by keyboard.
fn give_a_key(ui: &mut Driver<Seen>, name: &str, passphrase: &str) {
    ui.tab_to(Role::Button, "Give somebody a key");
    ui.press(Named::Enter);
    ui.tab_to(Role::TextInput, "Name");
    ui.type_text(name);
    ui.click(Role::RadioButton, "Deputy safeguarding lead");
    for field in ["Passphrase", "The same passphrase again"] {
        ui.tab_to(Role::PasswordInput, field);
        ui.type_text(passphrase);
    }
    ui.press(Named::Enter);
}

#[test]
fn somebody_is_given_a_key_and_opens_with_it() {
    const THEIRS: &str = "tidy fork violin mast zebra";
    let (_folder, session, mut ui) = open(Part::People);
    give_a_key(&mut ui, "Mr Tom Reed", THEIRS);
    assert_eq!(ui.screen.settings.people.told(), "Mr Tom Reed has a key.");
    assert!(ui.has(Role::Link, "Mr Tom Reed, Deputy safeguarding lead"));
    let path = session.folder();
    drop((session, ui));
    let session = Session::open(&path, &Secret::new(THEIRS.into()), World::on(day(TODAY))).unwrap();
    assert_eq!(session.actor(), "Mr Tom Reed");
}

#[test]
fn a_key_without_name_or_role_is_not_given() {
    let (_folder, session, mut ui) = open(Part::People);
    ui.click(Role::Button, "Give somebody a key");
    ui.click(Role::Button, "Give the key");
    assert!(ui.has(Role::Alert, "There is a problem"));
    for problem in ["Enter the person’s name.", "Choose the role in the school."] {
        assert!(ui.has(Role::Link, problem), "{problem}");
    }
    assert_eq!(session.people().unwrap().len(), 1);
}

#[test]
fn a_key_is_taken_away_only_after_the_new_sheet_is_checked() {
    const THEIRS: &str = "tidy fork violin mast zebra";
    const SENTINEL: &str = "qqxzyw";
    let (_folder, session, mut ui) = open(Part::People);
    give_a_key(&mut ui, "Mr Tom Reed", THEIRS);
    ui.click(Role::Link, "Mr Tom Reed, Deputy safeguarding lead");
    ui.click(Role::Button, "Take this key away");
    let words: Vec<String> = {
        let items = ui.names().into_iter().filter(|(role, _)| *role == Role::ListItem);
        items.filter_map(|(_, name)| name.split_once(". ").map(|(_, word)| word.to_owned())).collect()
    };
    assert_eq!(words.len(), 24);
    ui.click(Role::Button, "I have the new words on paper");
    let take = "Take away the key of Mr Tom Reed";
    ui.click(Role::Button, take);
    assert!(ui.has(Role::Link, "Enter word 4."));
    assert_eq!(session.people().unwrap().len(), 2, "nothing changes before the words are right");
    for number in [4, 11, 19] {
        type_in(&mut ui, Role::TextInput, &format!("Word {number}"), &words[number - 1]);
    }
    ui.click(Role::Button, take);
    assert!(ui.screen.settings.people.told().starts_with("Mr Tom Reed has no key any more"));
    assert_eq!(session.people().unwrap().len(), 1);

    // The paper in the safe is tested, and an older one is told.
    ui.click(Role::Button, "Test the sheet");
    // A word that no list has stands for the secret: a real one may be a word of the screen too.
    type_in(&mut ui, Role::TextInput, "Word 4", SENTINEL);
    assert!(!format!("{:?}", ui.screen.settings).contains(SENTINEL));
    for _ in 0..SENTINEL.len() {
        ui.press(Named::Backspace);
    }
    for (number, word) in [(4, "zoo"), (11, words[10].as_str()), (19, words[18].as_str())] {
        type_in(&mut ui, Role::TextInput, &format!("Word {number}"), word);
    }
    ui.click(Role::Button, "Test these words");
    assert_eq!(ui.has(Role::Link, "This is not word 4 of the sheet in force."), words[3] != "zoo");
    ui.click(Role::TextInput, "Word 4");
    for _ in 0..3 {
        ui.press(Named::Backspace);
    }
    ui.type_text(&words[3]);
    ui.press(Named::Enter);
    assert_eq!(ui.screen.settings.people.told(), "This is the right recovery sheet.");

    // And who did all that stands written.
    ui.click(Role::Button, "Show who did what");
    for what in ["The key of Mr Tom Reed taken away", "A passphrase set for Mr Tom Reed"] {
        assert!(ui.names().iter().any(|(role, name)| *role == Role::Row && name.contains(what)), "{what}");
    }
    ui.click(Role::Button, "Back");

    let path = session.folder();
    drop((session, ui));
    assert!(Session::open(&path, &Secret::new(THEIRS.into()), World::on(day(TODAY))).is_err());
}

#[test]
fn a_backup_is_made_kept_twice_and_put_back_for_practice() {
    let (folder, session, mut ui) = open(Part::Backups);
    assert!(session.backups().unwrap().is_empty());
    ui.click(Role::Button, "Back up now");
    assert_eq!(ui.screen.settings.backups.told(), "The backup is made and sound.");
    assert_eq!(session.backups().unwrap().len(), 1);

    let [second, drill] = ["stick", "drill"].map(|name| folder.path().join(name));
    for path in [&second, &drill] {
        std::fs::create_dir(path).unwrap();
    }
    type_in(&mut ui, Role::TextInput, "Folder of the second place", &second.display().to_string());
    ui.press(Named::Enter);
    assert!(ui.screen.settings.backups.told().ends_with("in the second place."));
    assert_eq!(std::fs::read_dir(&second).unwrap().count(), 1);

    type_in(&mut ui, Role::TextInput, "Folder to practise in", &drill.display().to_string());
    ui.press(Named::Enter);
    assert!(ui.screen.settings.backups.told().starts_with("The newest backup came back whole"));
    assert_eq!(std::fs::read_dir(&drill).unwrap().count(), 1);
}

#[test]
fn a_crest_is_chosen_shown_and_removed() {
    let (folder, session, mut ui) = open(Part::School);
    ui.tab_to(Role::Button, "Use this picture: Crest");
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::TextInput, "File of the crest".into()), "nothing is typed yet");
    let file = folder.path().join("crest.png");
    std::fs::write(&file, include_bytes!("../../../../assets/screenshot.png")).unwrap();
    ui.type_text(&file.display().to_string());
    ui.press(Named::Enter);
    assert!(session.picture(crate::app::SchoolPicture::Crest).unwrap().is_none(), "the gate is not answered");
    ui.tab_to(Role::CheckBox, "The crest’s picture shows no person");
    ui.press(Named::Space);
    ui.tab_to(Role::Button, "Use this picture: Crest");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Status, "Done"), "{:#?}", ui.names());
    assert!(ui.has(Role::Image, "The crest as letters carry it"), "{:#?}", ui.names());
    assert!(session.picture(crate::app::SchoolPicture::Crest).unwrap().is_some());
    assert!(!ui.has(Role::Button, "Remove: Signature"));
    // What is typed above is saved beside it, and takes nothing away.
    ui.tab_to(Role::TextInput, "Office telephone");
    ui.type_text("01632 960100");
    ui.press(Named::Enter);
    assert!(session.picture(crate::app::SchoolPicture::Crest).unwrap().is_some());
    ui.tab_to(Role::Button, "Remove: Crest");
    ui.press(Named::Enter);
    assert!(!ui.has(Role::Image, "The crest as letters carry it"));
    assert!(session.picture(crate::app::SchoolPicture::Crest).unwrap().is_none());
}
