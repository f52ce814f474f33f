//! The window itself: hiding, locking, leaving alone for too long, and messages that come too late.

use super::*;
use crate::app::{Cost, NewCaseFile, Secret};
use crate::domain::{Day, LetterId, School};
use crate::ui::access::Role;
use crate::ui::screen::case::{self, testkit};
use crate::ui::screen::{cases, letter};
use crate::ui::testing::{Driver, Screen};
use crate::ui::widget::Edit;
use iced::keyboard::key::Named;
use std::sync::Mutex;
use tempfile::TempDir;

pub(super) const PASSPHRASE: &str = "otter lantern copper meadow";
const SCHOOL: &str = "Larkfield Junior School";

impl Screen for Window {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        self.update(message)
    }
}

pub(super) fn world() -> World {
    World::on(Day::new(2026, 1, 19).unwrap())
}

/// Something that only notes that a new process was asked for, and what it was to know.
pub(super) fn asked() -> (Anew, Arc<Mutex<Vec<Locked>>>) {
    let noted = Arc::new(Mutex::new(Vec::new()));
    let into = Arc::clone(&noted);
    let anew: Anew = Arc::new(move |locked| {
        into.lock().unwrap().push(locked.clone());
        std::io::Error::from(std::io::ErrorKind::NotFound)
    });
    (anew, noted)
}

/// From now on the window is no demonstration's, so that locking asks for a new process.
fn in_earnest(ui: &mut Driver<Window>) -> Arc<Mutex<Vec<Locked>>> {
    let (anew, noted) = asked();
    ui.screen.demonstration = false;
    ui.screen.anew = anew;
    noted
}

/// The window on an open case file, and the folder of the file.
fn open() -> (TempDir, PathBuf, Driver<Window>) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("a.casebook");
    let new = NewCaseFile {
        folder: folder.clone(),
        school: School { name: SCHOOL.into(), ..School::default() },
        owner: "Mrs Helen Farrow".into(),
        passphrase: Secret::new(PASSPHRASE.into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, world()).unwrap();
    // Started as the demonstration is, so that this PC's own preferences are not written.
    let (mut window, _task) = Window::new(Start::Demonstration(session), world(), asked().0);
    window.bridge = Bridge::detached();
    (dir, folder, Driver::new(window))
}

/// The window on the draft of a letter, with something typed into it that is not saved yet.
fn typing() -> (TempDir, PathBuf, Driver<Window>, Session, LetterId) {
    let (dir, folder, mut ui) = open();
    let Stage::Open(desk) = &ui.screen.stage else { panic!("the file is open") };
    let session = desk.session();
    let id = testkit::case(&session, "Kofi Osei");
    let target = session.case(id).unwrap().case.target;
    let draft = session.letter_by_hand(id, target, "Dear Mrs Osei").unwrap();
    for message in [
        desk::Message::Went(desk::Place::Cases),
        desk::Message::Cases(cases::Message::Opened(id)),
        desk::Message::Case(case::Message::Letters(case::LettersMessage::Opened(draft))),
        desk::Message::Letter(letter::Message::Edited(Edit::Replace("Dear Mrs Osei, thank you.".into()))),
    ] {
        tell(&mut ui, Message::Desk(message));
    }
    (dir, folder, ui, session, draft)
}

fn body(session: &Session, letter: LetterId) -> String {
    session.letter(letter).unwrap().body.trim().to_owned()
}

fn tell(ui: &mut Driver<Window>, message: Message) {
    let _task = ui.screen.update(message);
    ui.send(&[]);
}

fn is_locked(ui: &Driver<Window>, folder: &std::path::Path) -> bool {
    let gone = matches!(ui.screen.stage, Stage::Unlock(_));
    // A session that is still held anywhere keeps the file in use.
    gone && Session::open(folder, &Secret::new(PASSPHRASE.into()), world()).is_ok()
}

#[test]
fn hiding_leaves_no_word_of_the_page_and_showing_brings_it_back() {
    let (_dir, _folder, mut ui) = open();
    assert!(ui.has(Role::Heading, "Today") && ui.has(Role::Link, "Pupils"));
    tell(&mut ui, Message::HideAsked);
    assert!(ui.has(Role::Heading, "Paused"));
    assert!(!ui.has(Role::Heading, "Today") && !ui.has(Role::Link, "Pupils"));
    tell(&mut ui, Message::Keyed(Shortcut::Place(1)));
    ui.click(Role::Button, "Continue");
    assert!(
        ui.has(Role::Heading, "Today"),
        "a key meant for the page behind does nothing while it is hidden"
    );
}

#[test]
fn the_keys_with_a_number_go_to_the_places_in_their_order() {
    let (_dir, _folder, mut ui) = open();
    for (at, heading) in [(1, "Cases"), (3, "Pupils"), (4, "Settings"), (0, "Today")] {
        tell(&mut ui, Message::Keyed(Shortcut::Place(at)));
        assert!(ui.has(Role::Heading, heading), "{heading}: {:?}", ui.names());
    }
    tell(&mut ui, Message::Keyed(Shortcut::Place(9)));
    assert!(ui.has(Role::Heading, "Today"));
}

#[test]
fn a_case_file_in_a_folder_that_is_kept_in_step_opens_with_a_warning() {
    let (dir, folder, ui) = open();
    assert!(!ui.has(Role::Alert, "Problem"));
    drop(ui);
    let kept = dir.path().join("OneDrive - Larkfield");
    std::fs::create_dir(&kept).unwrap();
    std::fs::rename(folder, kept.join("a.casebook")).unwrap();
    let session = Session::open(&kept.join("a.casebook"), &Secret::new(PASSPHRASE.into()), world()).unwrap();
    let (mut window, _task) = Window::new(Start::Demonstration(session), world(), asked().0);
    window.bridge = Bridge::detached();
    let ui = Driver::new(window);
    assert!(ui.has(Role::Heading, "Today") && ui.has(Role::Alert, "Problem"), "{:?}", ui.names());
    let nodes = ui.tree().nodes;
    let says = |text: &str| text.contains("OneDrive, which can damage");
    assert!(nodes.iter().any(|(_, node)| node.value().is_some_and(says)), "{:?}", ui.names());
}

#[test]
fn locking_lets_go_of_the_case_file() {
    let (_dir, folder, mut ui) = open();
    assert!(!is_locked(&ui, &folder));
    ui.click(Role::Button, "Lock");
    assert!(is_locked(&ui, &folder));
    assert!(ui.has(Role::PasswordInput, "Passphrase"));
}

/// Each way of locking asks once for a new process on the same case file, after it has let go of it.
#[test]
fn locking_asks_for_a_new_process_that_knows_the_case_file_and_nothing_else() {
    type Way = fn(&mut Driver<Window>);
    let ways: [(&str, Way); 3] = [
        ("the button", |ui| ui.click(Role::Button, "Lock")),
        ("idle", |ui| {
            let at = ui.screen.last_input + IDLE + Duration::from_secs(1);
            tell(ui, Message::Ticked(at));
            tell(ui, Message::Ticked(at + Duration::from_secs(5)));
        }),
        ("idle while hidden", |ui| {
            tell(ui, Message::HideAsked);
            let at = ui.screen.last_input + IDLE + Duration::from_secs(1);
            tell(ui, Message::Ticked(at));
        }),
    ];
    for (way, lock) in ways {
        let (_dir, folder, mut ui) = open();
        let noted = in_earnest(&mut ui);
        lock(&mut ui);
        let asked = noted.lock().unwrap().clone();
        assert_eq!(asked, [Locked { case_file: Some(folder.clone()), unsaved: false }], "{way}");
        assert!(is_locked(&ui, &folder), "{way}: without a new process it is locked all the same");
        assert!(ui.has(Role::Alert, "Problem"), "{way}: and that is told: {:?}", ui.names());
    }
}

#[test]
fn a_new_process_is_asked_for_only_where_records_were_open() {
    let (_dir, _folder, mut ui) = open();
    let (anew, noted) = asked();
    ui.screen.anew = anew;
    ui.click(Role::Button, "Lock");
    assert!(noted.lock().unwrap().is_empty(), "the demonstration's folder would go with the process");
    ui.screen.demonstration = false;
    let at = ui.screen.last_input + IDLE + Duration::from_secs(1);
    tell(&mut ui, Message::Ticked(at));
    assert!(noted.lock().unwrap().is_empty(), "it is locked already");
}

#[test]
fn closing_ends_the_process_and_asks_for_no_new_one() {
    let (_dir, _folder, mut ui) = open();
    let noted = in_earnest(&mut ui);
    tell(&mut ui, Message::CloseAsked(window::Id::unique()));
    assert!(noted.lock().unwrap().is_empty());
}

#[test]
fn what_could_not_be_saved_is_told_by_the_new_process() {
    let (dir, folder, mut ui, session, draft) = typing();
    session.approve_letter(draft).unwrap();
    drop(session);
    let noted = in_earnest(&mut ui);
    let at = ui.screen.last_input + IDLE + Duration::from_secs(1);
    tell(&mut ui, Message::Ticked(at));
    let locked = Locked { case_file: Some(folder), unsaved: true };
    assert_eq!(noted.lock().unwrap().as_slice(), std::slice::from_ref(&locked));
    let (mut window, _task) = Window::new(Start::CaseFile(locked), world(), asked().0);
    window.bridge = Bridge::detached();
    let ui = Driver::new(window);
    assert!(ui.has(Role::Alert, "Problem") && ui.has(Role::PasswordInput, "Passphrase"), "{:?}", ui.names());
    drop(dir);
}

#[test]
fn ten_minutes_alone_lock_it_even_while_hidden() {
    let (_dir, folder, mut ui) = open();
    let begun = ui.screen.last_input;
    // A minute at a time: a longer gap between two ticks is sleep, and locks at once.
    for minute in 1..=10 {
        tell(&mut ui, Message::Ticked(begun + Duration::from_mins(minute)));
    }
    assert!(!is_locked(&ui, &folder), "not before the time is over");
    tell(&mut ui, Message::HideAsked);
    tell(&mut ui, Message::Ticked(begun + IDLE + Duration::from_secs(1)));
    assert!(is_locked(&ui, &folder));
    assert!(!ui.screen.hidden, "the page that asks for the passphrase may be seen");
}

#[test]
fn sleep_locks_it_however_short_it_was() {
    let (_dir, folder, mut ui) = open();
    let noted = in_earnest(&mut ui);
    let begun = ui.screen.last_input;
    tell(&mut ui, Message::Ticked(begun + Duration::from_secs(5)));
    assert!(!is_locked(&ui, &folder));
    tell(&mut ui, Message::Ticked(begun + Duration::from_secs(5 + 61)));
    assert!(is_locked(&ui, &folder));
    assert_eq!(noted.lock().unwrap().len(), 1, "and asks for a new process");
}

#[test]
fn it_locks_before_sleep_where_that_is_told() {
    let (_dir, folder, mut ui) = open();
    let noted = in_earnest(&mut ui);
    tell(&mut ui, Message::SleepIsNear(suspend::Near::default()));
    assert!(is_locked(&ui, &folder));
    assert_eq!(noted.lock().unwrap().len(), 1, "and asks for a new process");
    // The words of the recovery sheet are only taken off the screen.
    let (_dir, _folder, mut ui) = words();
    tell(&mut ui, Message::SleepIsNear(suspend::Near::default()));
    assert!(ui.screen.hidden && matches!(ui.screen.stage, Stage::FirstRun(_)));
}

#[test]
fn a_message_for_a_screen_that_is_gone_changes_nothing() {
    let (_dir, folder, mut ui) = open();
    tell(&mut ui, Message::Desk(desk::Message::Went(desk::Place::Pupils)));
    tell(&mut ui, Message::Desk(desk::Message::Today(crate::ui::screen::today::Message::Begun)));
    assert!(ui.has(Role::Heading, "Pupils"));
    tell(&mut ui, Message::Desk(desk::Message::Locked));
    tell(&mut ui, Message::Desk(desk::Message::Went(desk::Place::Pupils)));
    assert!(is_locked(&ui, &folder));
}

#[test]
fn closing_saves_what_is_typed_first() {
    let (_dir, folder, mut ui, session, draft) = typing();
    assert_eq!(body(&session, draft), "Dear Mrs Osei");
    tell(&mut ui, Message::CloseAsked(window::Id::unique()));
    assert_eq!(body(&session, draft), "Dear Mrs Osei, thank you.");
    drop(session);
    assert!(is_locked(&ui, &folder));
}

#[test]
fn what_cannot_be_saved_holds_the_window_open_once() {
    let (_dir, _folder, mut ui, session, draft) = typing();
    // From now on the letter does not change, whatever the screen still thinks.
    session.approve_letter(draft).unwrap();
    tell(&mut ui, Message::HideAsked);
    tell(&mut ui, Message::CloseAsked(window::Id::unique()));
    assert!(matches!(ui.screen.stage, Stage::Open(_)) && !ui.screen.hidden, "somebody has to see why");
    assert!(ui.has(Role::Alert, "Important"), "{:?}", ui.names());
    tell(&mut ui, Message::CloseAsked(window::Id::unique()));
    assert!(matches!(ui.screen.stage, Stage::Unlock(_)), "nobody is kept in");
}

#[test]
fn what_cannot_be_saved_is_told_before_another_place_and_before_locking() {
    let (_dir, folder, mut ui, session, draft) = typing();
    session.approve_letter(draft).unwrap();
    drop(session);
    tell(&mut ui, Message::Keyed(Shortcut::Place(0)));
    assert!(!ui.has(Role::Heading, "Today"), "the text is still there");
    assert!(ui.has(Role::Button, "Leave without saving the last change"));
    tell(&mut ui, Message::Desk(desk::Message::Locked));
    assert!(matches!(ui.screen.stage, Stage::Open(_)), "somebody has to see why");
    tell(&mut ui, Message::Desk(desk::Message::Locked));
    assert!(is_locked(&ui, &folder), "nobody is kept in");
    assert!(ui.has(Role::Alert, "Problem"), "and it is told once more: {:?}", ui.names());
}

/// The window on the first run, at the 24 words, and the folder of the case file.
fn words() -> (TempDir, PathBuf, Driver<Window>) {
    let (dir, _folder, mut ui) = open();
    let (mut screen, _task) = first_run::FirstRun::new(world(), dir.path().to_owned());
    screen.cheap();
    ui.screen.stage = Stage::FirstRun(Box::new(screen));
    ui.send(&[]);
    for (name, text) in [("School’s name", SCHOOL), ("Name", "Mrs Helen Farrow")] {
        ui.tab_to(Role::TextInput, name);
        ui.type_text(text);
        ui.press(Named::Enter);
    }
    for name in ["Passphrase", "The same passphrase again"] {
        ui.tab_to(Role::PasswordInput, name);
        ui.type_text(PASSPHRASE);
    }
    ui.press(Named::Enter);
    ui.tab_to(Role::Button, "Make the case file");
    ui.press(Named::Enter);
    assert!(ui.has(Role::Heading, "The recovery sheet"), "{:?}", ui.names());
    let folder = dir.path().join(format!("{SCHOOL}.casebook"));
    (dir, folder, ui)
}

#[test]
fn the_recovery_words_outlast_being_left_alone_but_are_not_seen() {
    let (_dir, _folder, mut ui) = words();
    let long_after = ui.screen.last_input + IDLE + Duration::from_secs(1);
    tell(&mut ui, Message::Ticked(long_after));
    assert!(ui.has(Role::Heading, "Paused") && !ui.has(Role::Heading, "The recovery sheet"));
    tell(&mut ui, Message::Ticked(long_after));
    ui.click(Role::Button, "Continue");
    assert!(ui.has(Role::Heading, "The recovery sheet"));
}

#[test]
fn closing_over_the_recovery_words_asks_first() {
    let (_dir, folder, mut ui) = words();
    tell(&mut ui, Message::CloseAsked(window::Id::unique()));
    assert!(matches!(ui.screen.stage, Stage::FirstRun(_)));
    assert!(ui.has(Role::Dialog, "Are the words on paper?"));
    ui.click(Role::Button, "Close Casebook");
    assert!(is_locked(&ui, &folder), "the case file is let go of");
}

#[test]
fn the_demonstration_says_its_passphrase_and_opens_nothing_else() {
    let (_dir, _folder, mut ui) = open();
    ui.click(Role::Button, "Lock");
    assert!(ui.has(Role::Heading, "This is the demonstration"));
    for other in ["Use the recovery sheet", "Open another case file", "Make a new case file"] {
        assert!(!ui.has(Role::Button, other), "{other}");
    }
}

/// A disclosure that a member of staff was in touch with a pupil.
fn about_staff(session: &Session) -> Draft {
    let id = session.new_case_id().unwrap();
    let mut disclosure = testkit::disclosure(session, id, "Kofi Osei");
    disclosure.answers.opened = Some(["staff_contact".to_owned()].into());
    disclosure.answers.staff_contact = Some(crate::domain::StaffContact::StaffDid);
    let draft = Draft { id, started: session.today(), disclosure, at_question: "story".into() };
    session.save_draft(&draft).unwrap();
    draft
}

#[test]
fn a_matter_about_staff_goes_on_in_the_restricted_register() {
    let (dir, _folder, mut ui) = open();
    let Stage::Open(desk) = &ui.screen.stage else { panic!("the file is open") };
    let session = desk.session();
    let draft = about_staff(&session);
    let confirmed = session.open_case(&draft, &crate::app::Confirmation::default()).unwrap_err();
    assert!(matches!(confirmed, crate::app::Error::KeepApart), "{confirmed}");

    // The wizard shows nothing of the questions that are left, and hands it over.
    for message in
        [desk::Message::Went(desk::Place::Cases), desk::Message::Cases(cases::Message::Resumed(draft.id))]
    {
        tell(&mut ui, Message::Desk(message));
    }
    assert!(ui.has(Role::Heading, "Keep this matter apart"), "{:#?}", ui.names());
    ui.click(Role::Button, "Go on in a restricted case file");
    assert!(ui.has(Role::Heading, "Whose key is it?"), "{:#?}", ui.names());

    // Back leads to the case file, with nothing lost.
    ui.click(Role::Button, "Back");
    assert!(matches!(ui.screen.stage, Stage::Open(_)));
    assert_eq!(session.drafts().unwrap().len(), 1);

    // The register is made, and the disclosure is there and no longer here.
    let _task = ui.screen.keep_apart(draft.clone(), crate::domain::Lead::Head);
    let new = NewCaseFile {
        folder: dir.path().join("register.casebook"),
        school: School { name: SCHOOL.into(), restricted: true, ..School::default() },
        owner: "The chair".into(),
        passphrase: Secret::new(PASSPHRASE.into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (register, _words) = Session::create(&new, world()).unwrap();
    tell(&mut ui, Message::FirstRun(first_run::Message::WentBack));
    let _task = ui.screen.keep_apart(draft.clone(), crate::domain::Lead::Head);
    let _task = ui.screen.open(register.clone());
    assert!(session.drafts().unwrap().is_empty());
    assert_eq!(register.drafts().unwrap()[0].id, draft.id);
    assert!(!ui.has(Role::Heading, "Keep this matter apart"), "here the questions go on");
    let confirmation =
        crate::app::Confirmation { gap_reason: "It is right here.".into(), ..Default::default() };
    register.open_case(&draft, &confirmation).unwrap();
    assert!(register.verify().unwrap().problems.is_empty() && session.verify().unwrap().problems.is_empty());
}

#[test]
fn the_list_of_keys_lies_over_the_page_and_gives_the_focus_back() {
    let (_dir, _folder, mut ui) = open();
    ui.tab_to(Role::Link, "Pupils");
    tell(&mut ui, Message::Keyed(Shortcut::Keys));
    assert!(ui.node(Role::Dialog, "Keys").is_modal());
    assert_eq!(ui.focused(), (Role::Button, "Close".to_owned()));
    tell(&mut ui, Message::Keyed(Shortcut::Place(1)));
    ui.press(Named::Escape);
    assert!(!ui.has(Role::Dialog, "Keys") && ui.has(Role::Heading, "Today"));
    assert_eq!(ui.focused(), (Role::Link, "Pupils".to_owned()));
}

#[test]
fn a_key_locks() {
    let (_dir, folder, mut ui) = open();
    tell(&mut ui, Message::Keyed(Shortcut::Lock));
    assert!(is_locked(&ui, &folder));
}
