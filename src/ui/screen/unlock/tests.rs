//! Unlocking by keyboard: the right passphrase, the wrong one, the recovery words, another case file.

use super::*;
use crate::app::NewCaseFile;
use crate::domain::{Day, KeyHolder, KeyRole, School};
use crate::ui::access::Role;
use crate::ui::testing::{Driver, Screen};
use iced::keyboard::key::Named;
use tempfile::TempDir;

const PASSPHRASE: &str = "otter lantern copper meadow";
const NEW: &str = "velvet harbour pickle thunder";
const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

/// The screen with what became of it.
struct Run {
    screen: Unlock,
    opened: Option<Session>,
    asked_for_new: bool,
}

impl Screen for Run {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.screen.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.screen.update(message) {
            Action::None | Action::Back => {}
            Action::Run(task) => return task,
            Action::FirstRun => self.asked_for_new = true,
            Action::Opened(session) => self.opened = Some(session),
        }
        Task::none()
    }
}

fn world() -> World {
    World::on(Day::new(2026, 1, 19).unwrap())
}

fn start(folder: Option<PathBuf>) -> Driver<Run> {
    let (mut screen, _) = Unlock::new(world(), folder);
    screen.cost = CHEAP;
    Driver::new(Run { screen, opened: None, asked_for_new: false })
}

/// A case file, its folder, and its recovery words.
fn case_file() -> (TempDir, PathBuf, String) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("Larkfield Junior.casebook");
    let new = NewCaseFile {
        folder: folder.clone(),
        school: School { name: "Larkfield Junior".into(), ..School::default() },
        owner: "Mrs Amy Wells".into(),
        passphrase: Secret::new(PASSPHRASE.into()),
        cost: CHEAP,
    };
    let (_session, words) = Session::create(&new, world()).unwrap();
    (dir, folder, words.as_slice().join(" "))
}

fn enter(ui: &mut Driver<Run>, role: Role, name: &str, text: &str) {
    ui.tab_to(role, name);
    ui.type_text(text);
    ui.press(Named::Enter);
}

fn press(ui: &mut Driver<Run>, name: &str) {
    ui.tab_to(Role::Button, name);
    ui.press(Named::Enter);
}

fn told(ui: &Driver<Run>) -> String {
    ui.screen.screen.notice.as_ref().map(|notice| notice.what.clone()).unwrap_or_default()
}

#[test]
fn the_passphrase_opens() {
    let (_dir, folder, _) = case_file();
    let mut ui = start(Some(folder.clone()));
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    assert_eq!(ui.screen.opened.as_ref().expect("open").folder(), folder);
}

#[test]
fn a_wrong_passphrase_is_told_and_typed_anew() {
    let (_dir, folder, _) = case_file();
    let mut ui = start(Some(folder));
    enter(&mut ui, Role::PasswordInput, "Passphrase", "otter lantern copper meadows");
    assert_eq!(told(&ui), "This passphrase does not open the case file.");
    assert!(ui.has(Role::Alert, "Important"));
    assert_eq!(ui.focused(), (Role::PasswordInput, "Passphrase".to_owned()));
    assert!(ui.screen.screen.passphrase.expose().is_empty());
    ui.type_text(PASSPHRASE);
    press(&mut ui, "Open");
    assert!(ui.screen.opened.is_some());
}

#[test]
fn each_reason_has_its_own_words() {
    let (dir, folder, _) = case_file();
    let elsewhere = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world()).unwrap();
    let cases = [(folder, "already open"), (dir.path().join("gone"), "no case file in this folder")];
    for (folder, says) in cases {
        let mut ui = start(Some(folder));
        enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
        assert!(told(&ui).contains(says), "{}", told(&ui));
        assert_eq!(ui.screen.screen.passphrase.expose(), PASSPHRASE, "it may be right, so it stays");
        assert!(ui.screen.opened.is_none());
    }
    drop(elsewhere);
}

#[test]
fn the_recovery_words_open_and_a_new_passphrase_takes_the_place_of_the_old() {
    let (_dir, folder, words) = case_file();
    let mut ui = start(Some(folder.clone()));
    press(&mut ui, "Use the recovery sheet");
    assert_eq!(ui.focused(), (Role::MultilineTextInput, "The 24 words".to_owned()));
    ui.type_text("only three words");
    press(&mut ui, "Open with these words");
    assert!(told(&ui).contains('3'), "{}", told(&ui));
    let _ = ui.screen.screen.update(Message::WordsEdited(Edit::Replace(words)));
    press(&mut ui, "Open with these words");
    assert!(ui.has(Role::Heading, "Choose a new passphrase"), "{}", told(&ui));
    assert!(ui.screen.screen.words.is_empty(), "the words do not stay");
    assert_eq!(ui.focused(), (Role::PasswordInput, "Passphrase".to_owned()));

    ui.type_text("larkfield junior");
    press(&mut ui, "Set the passphrase and open");
    let weak = "This passphrase is too easy to guess. Make it stronger.";
    assert_eq!(ui.focused(), (Role::Link, weak.to_owned()));
    assert!(ui.screen.opened.is_none());
    for name in ["Passphrase", "The same passphrase again"] {
        ui.tab_to(Role::PasswordInput, name);
        let typed = Secret::new(NEW.into());
        let typed = if name == "Passphrase" {
            passphrase::Message::Edited(typed)
        } else {
            passphrase::Message::RepeatEdited(typed)
        };
        let _ = ui.screen.screen.update(Message::NewPassphrase(typed));
    }
    press(&mut ui, "Set the passphrase and open");
    assert!(ui.screen.opened.take().is_some());
    drop(ui);
    assert!(Session::open(&folder, &Secret::new(PASSPHRASE.into()), world()).is_err());
    assert!(Session::open(&folder, &Secret::new(NEW.into()), world()).is_ok());
}

#[test]
fn without_a_case_file_it_offers_to_make_or_to_open_one() {
    let (dir, folder, _) = case_file();
    let mut ui = start(None);
    press(&mut ui, "Make a new case file");
    assert!(ui.screen.asked_for_new);
    press(&mut ui, "Open a case file that is already there");
    enter(&mut ui, Role::TextInput, "Folder of the case file", "Documents");
    assert!(ui.has(Role::Alert, "There is a problem"));
    for (place, says) in [(dir.path(), "There is no case file in this folder."), (folder.as_path(), "")] {
        let typed = folder::Message::Edited(place.display().to_string());
        let _ = ui.screen.screen.update(Message::Elsewhere(typed));
        press(&mut ui, "Continue");
        assert_eq!(told(&ui), says);
    }
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    assert_eq!(ui.screen.opened.as_ref().expect("open").folder(), folder);
}

#[test]
fn another_case_file_can_be_called_off() {
    let mut ui = start(Some("/nowhere/a.casebook".into()));
    press(&mut ui, "Open another case file");
    press(&mut ui, "Back");
    assert!(ui.has(Role::PasswordInput, "Passphrase"));
    press(&mut ui, "Make a new case file");
    assert!(ui.screen.asked_for_new);
}

#[test]
fn where_several_have_a_key_the_words_ask_who_it_is() {
    let (_dir, folder, words) = case_file();
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world()).unwrap();
    let deputy = KeyHolder { name: "Mr Tom Reed".into(), role: KeyRole::Deputy };
    session.add_person(&deputy, &Secret::new("one".into()), CHEAP).unwrap();
    drop(session);
    let mut ui = start(Some(folder.clone()));
    press(&mut ui, "Use the recovery sheet");
    ui.tab_to(Role::MultilineTextInput, "The 24 words");
    ui.type_text(&words);
    press(&mut ui, "Open with these words");
    for field in ["Passphrase", "The same passphrase again"] {
        ui.tab_to(Role::PasswordInput, field);
        ui.type_text(NEW);
    }
    press(&mut ui, "Set the passphrase and open");
    assert!(ui.screen.opened.is_none() && ui.has(Role::Link, "Choose your own name."));
    ui.click(Role::RadioButton, "Mr Tom Reed");
    press(&mut ui, "Set the passphrase and open");
    let session = ui.screen.opened.take().expect("open");
    assert_eq!(session.actor(), "Mr Tom Reed");
    drop((session, ui));
    for (passphrase, who) in [(PASSPHRASE, Some("Mrs Amy Wells")), (NEW, Some("Mr Tom Reed")), ("one", None)]
    {
        let opened = Session::open(&folder, &Secret::new(passphrase.into()), world()).ok();
        assert_eq!(opened.as_ref().map(Session::actor), who);
    }
}

#[test]
fn a_damaged_case_file_is_put_back_from_here() {
    let (dir, folder, _) = case_file();
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world()).unwrap();
    session.back_up().unwrap();
    let carried = dir.path().join("carried.casebackup");
    session.back_up_to(&carried).unwrap();
    drop(session);
    let database = folder.join("records.casedb");
    let mut damaged = std::fs::read(&database).unwrap();
    damaged[100..4000].fill(0);
    std::fs::write(&database, &damaged).unwrap();

    let mut ui = start(Some(folder.clone()));
    assert!(!ui.has(Role::Button, "Put back a backup"), "nothing is known to be wrong yet");
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    assert_eq!(told(&ui), "The case file is damaged.");
    press(&mut ui, "Put back a backup");
    assert!(ui.has(Role::RadioButton, "Monday 19 January 2026, 09:00 UTC"), "{:#?}", ui.names());
    press(&mut ui, "Put this backup back");
    assert_eq!(told(&ui), "The backup is in its place.");
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    let session = ui.screen.opened.take().expect("open");
    assert_eq!(session.school().unwrap().name, "Larkfield Junior");
    session.finish();
    let kept: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    let kept = kept.iter().find(|path| path.to_string_lossy().contains(" damaged ")).expect("kept");
    assert_eq!(std::fs::read(kept.join("records.casedb")).unwrap(), damaged);

    // And where the whole folder is gone: from the one file that was carried away.
    std::fs::remove_dir_all(&folder).unwrap();
    let mut ui = start(Some(folder.clone()));
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    press(&mut ui, "Put back a backup");
    press(&mut ui, "Put this backup back");
    assert!(ui.has(Role::Link, "Enter the file of a backup."), "{:#?}", ui.names());
    enter(&mut ui, Role::TextInput, "Or the file of a backup elsewhere", &carried.display().to_string());
    assert_eq!(told(&ui), "The backup is in its place.");
    enter(&mut ui, Role::PasswordInput, "Passphrase", PASSPHRASE);
    assert!(ui.screen.opened.is_some());
}
