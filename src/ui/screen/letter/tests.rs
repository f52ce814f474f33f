//! A letter as a lead meets it: typed in, drawn, approved, saved.

mod issued;

use super::*;
use crate::ui::screen::case::testkit::{case, empty};
use crate::ui::testing::{Driver, Screen};
use iced::keyboard::{Key, Modifiers};
use tempfile::TempDir;

const BODY: &str =
    "Dear Mrs Osei\n\nThank you for talking with us on Monday.\n\n## What happens now\n\n- We keep watch.";

struct Window {
    letter: Letter,
    left: Option<CaseId>,
    opened: Option<LetterId>,
}

impl Window {
    fn of(letter: Letter) -> Self {
        Self { letter, left: None, opened: None }
    }
}

impl Screen for Window {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.letter.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.letter.update(message) {
            Action::Run(task) => task,
            Action::None => Task::none(),
            Action::Open(letter) => {
                self.opened = Some(letter);
                Task::none()
            }
            Action::Back(case) => {
                self.left = Some(case);
                Task::none()
            }
        }
    }
}

fn open() -> (TempDir, Session, CaseId, LetterId, Driver<Window>) {
    let (folder, session) = empty();
    let id = case(&session, "Kofi Osei");
    let target = session.case(id).unwrap().case.target;
    let letter = session.letter_by_hand(id, target, BODY).unwrap();
    let (screen, first) = Letter::new(session.clone(), letter);
    let mut ui = Driver::new(Window::of(screen));
    ui.run(first);
    ui.send(&[]);
    (folder, session, id, letter, ui)
}

fn says(ui: &Driver<Window>, words: &str) -> bool {
    let nodes = ui.tree().nodes;
    nodes.iter().any(|(_, node)| {
        [node.label(), node.value(), node.description()]
            .into_iter()
            .flatten()
            .any(|text| text.contains(words))
    })
}

fn press(ui: &mut Driver<Window>, role: Role, name: &str) {
    ui.ask(accesskit::Action::Click, role, name, None);
}

fn saved(session: &Session, id: LetterId) -> String {
    session.letter(id).unwrap().body
}

#[test]
fn the_page_stands_beside_the_text() {
    let (_folder, _session, _case, _id, ui) = open();
    assert!(ui.has(Role::Image, "The page as it will be printed"));
    assert!(says(&ui, "Page 1 of 1"));
    assert!(ui.has(Role::MultilineTextInput, "Text of the letter"));
}

#[test]
fn what_is_typed_is_saved_after_a_pause_and_can_be_undone() {
    let (_folder, session, _case, id, mut ui) = open();
    ui.tab_to(Role::MultilineTextInput, "Text of the letter");
    ui.type_text("Now");
    assert_eq!(saved(&session, id).trim_end(), format!("Now{BODY}"), "the pause is over in this driver");
    assert_eq!(ui.focused(), (Role::MultilineTextInput, "Text of the letter".to_owned()));
    ui.press_with(Modifiers::CTRL, &Key::Character("z".into()));
    assert_eq!(saved(&session, id).trim_end(), BODY);
    assert!(says(&ui, "Draft, saved"));
}

#[test]
fn one_wait_at_a_time_and_none_is_lost() {
    let (_folder, session, _case, id, ui) = open();
    let mut letter = ui.screen.letter;
    let type_in = |letter: &mut Letter, text: &str| letter.edit(Edit::Replace(text.into()));
    let first = type_in(&mut letter, "one");
    let second = type_in(&mut letter, "two");
    assert_eq!((first.units(), second.units()), (1, 0), "the second waits with the first");
    assert_eq!(letter.paused(1).units(), 1, "typing went on: it waits again");
    assert_eq!(saved(&session, id), BODY);
    let _draw = letter.paused(2);
    assert_eq!(saved(&session, id).trim_end(), "two");
}

#[test]
fn leaving_saves_what_was_typed() {
    let (_folder, session, case, id, ui) = open();
    let mut letter = ui.screen.letter;
    let _wait = letter.edit(Edit::Replace("Dear all".into()));
    assert!(matches!(letter.update(Message::Left), Action::Back(of) if of == case));
    assert_eq!(saved(&session, id).trim_end(), "Dear all");
}

#[test]
fn a_letter_is_approved_after_it_is_read_and_then_saved_as_a_file() {
    let (folder, session, _case, id, mut ui) = open();
    press(&mut ui, Role::Button, "Approve this letter");
    assert!(ui.has(Role::Dialog, "Approve this letter?"));
    assert!(ui.node(Role::Button, "Approve the letter").is_disabled(), "first it must be read");
    press(&mut ui, Role::CheckBox, "I have read every page of this letter");
    press(&mut ui, Role::Button, "Approve the letter");
    let record = session.letter(id).unwrap().record;
    let LetterState::Approved { sha256, file_name, .. } = record.state else { panic!("it is approved") };
    assert!(!ui.has(Role::MultilineTextInput, "Text of the letter"), "it does not change any more");

    let missing = folder.path().join("no such folder");
    let _none = ui.screen.letter.update(Message::FolderEdited(missing.display().to_string().into()));
    press(&mut ui, Role::Button, "Save as PDF");
    assert!(says(&ui, "This folder is not there."));
    assert_eq!(ui.node(Role::TextInput, "Folder").value(), missing.to_str(), "what was typed stays");

    let _none = ui.screen.letter.update(Message::FolderEdited(folder.path().display().to_string().into()));
    press(&mut ui, Role::Button, "Save as PDF");
    let path = folder.path().join(file_name);
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    assert!(says(&ui, &format!("Saved: {}", path.display())));
    assert!(says(&ui, &sha256[..16]));
}

const LEAK: &str = "Dear Mrs Osei\n\nWe spoke with Daniel on Monday.\n\nThank you.";

#[test]
fn a_draft_with_findings_goes_to_the_words_and_is_not_approved() {
    let (_folder, session, _case, id, mut ui) = open();
    let _wait = ui.screen.letter.edit(Edit::Replace(LEAK.into()));
    press(&mut ui, Role::Button, "Save text");
    let mut view = session.letter(id).unwrap();
    assert!(says(&ui, "One place must be changed before this letter can go."));
    assert!(says(&ui, "Paragraph 2: another child’s first name"));
    press(&mut ui, Role::Button, "Go to these words: “Daniel”, Paragraph 2");
    assert_eq!(ui.focused(), (Role::MultilineTextInput, "Text of the letter".to_owned()));
    press(&mut ui, Role::Button, "Approve this letter");
    assert!(!ui.has(Role::Dialog, "Approve this letter?"));
    assert!(says(&ui, "This letter cannot be approved: one place has to be changed first."));
    assert_eq!(ui.focused().1, "Go to these words: “Daniel”, Paragraph 2", "in view, and not below the text");

    let typed = "another pupil";
    ui.tab_to(Role::MultilineTextInput, "Text of the letter");
    ui.type_text(typed);
    press(&mut ui, Role::Button, "Save text");
    assert_eq!(saved(&session, id).trim_end(), LEAK.replace("Daniel", typed), "the words were selected");
    assert!(session.letter(id).unwrap().findings.is_empty());

    view.findings.clear();
    view.held_back = Some("First: Ring the family.".into());
    ui.screen.letter.shown = Some(Shown(view));
    ui.send(&[]);
    press(&mut ui, Role::Button, "Approve this letter");
    assert!(says(&ui, "This letter has to wait."));
}

#[test]
fn words_about_something_else_stand_with_a_reason_until_the_text_changes() {
    let (_folder, session, _case, id, mut ui) = open();
    let _wait = ui.screen.letter.edit(Edit::Replace(LEAK.into()));
    press(&mut ui, Role::Button, "Save text");
    let dismiss = "It is about something else…: “Daniel”, Paragraph 2";
    press(&mut ui, Role::Button, dismiss);
    assert!(ui.has(Role::Dialog, "Are these words about something else?"));
    assert_eq!(ui.focused().1, "Why are these words about something else?");
    press(&mut ui, Role::Button, "Let these words stand");
    assert!(says(&ui, "The reason why these words may stand is missing."));
    let _none =
        ui.screen.letter.update(Message::ReasonEdited("Mr Daniel Hughes, a teacher".to_owned().into()));
    press(&mut ui, Role::Button, "Let these words stand");
    assert!(!ui.has(Role::Dialog, "Are these words about something else?"));
    assert!(says(&ui, "Why: Mr Daniel Hughes, a teacher"));
    let kept = &session.letter(id).unwrap().record.dismissed[0];
    assert_eq!((kept.by.as_str(), kept.spot.words.as_str()), ("Mrs Helen Farrow", "Daniel"));
    press(&mut ui, Role::Button, "Approve this letter");
    assert!(ui.has(Role::Dialog, "Approve this letter?"));
    press(&mut ui, Role::Button, "Not yet");

    let _wait = ui.screen.letter.edit(Edit::Replace(LEAK.replace("Monday", "Tuesday")));
    press(&mut ui, Role::Button, "Save text");
    assert!(!says(&ui, "Why: Mr Daniel Hughes, a teacher"));
    assert!(ui.has(Role::Button, dismiss));
    assert!(session.letter(id).unwrap().record.dismissed.is_empty());
}

/// A final notice by somebody who is not the head: the head reads it here too, and types their own passphrase.
#[test]
fn a_final_notice_is_approved_by_the_head_in_a_second_step() {
    let (_folder, session) = empty();
    let id = case(&session, "Kofi Osei");
    let view = session.case(id).unwrap();
    let letter = session.final_by_hand(id, view.case.alleged[0], "Dear family\n\nPlease ring us.").unwrap();
    let (screen, first) = Letter::new(session.clone(), letter);
    let mut ui = Driver::new(Window::of(screen));
    ui.run(first);
    let needs = |one_of| crate::app::Needs::Person { one_of, why: "The head approves it.".into() };
    let head = session.people().unwrap();
    ui.screen.letter.approving = Some(approve::Approving::of(needs(head), 1));
    ui.send(&[]);
    press(&mut ui, Role::CheckBox, "I have read every page of this letter");
    press(&mut ui, Role::Button, "Continue to the second look");
    assert!(ui.has(Role::Dialog, "A second look") && says(&ui, "Mrs Helen Farrow, Headteacher"));
    assert_eq!(ui.focused(), (Role::PasswordInput, "Their passphrase".to_owned()));
    assert!(ui.node(Role::Button, "Approve the letter").is_disabled());
    ui.type_text("otter");
    assert!(!format!("{:?}", ui.screen.letter).contains("otter"));
    assert!(!ui.node(Role::Button, "Approve the letter").is_disabled());
    let refused = Notice::from(&crate::app::Error::NotTheirPassphrase);
    let done = Message::Approval(ApprovalMessage::Done(Err(refused)));
    let Action::Run(task) = ui.screen.letter.update(done) else { panic!("nothing to run") };
    ui.run(task);
    ui.send(&[]);
    assert!(says(&ui, "This is not the passphrase of the person who approves."));
    assert!(ui.has(Role::Dialog, "A second look"), "typed again where it was typed");
    press(&mut ui, Role::Button, "Go back");
    press(&mut ui, Role::Button, "Not yet");
    assert!(session.letter(letter).unwrap().record.state == LetterState::Draft);
}

#[test]
fn nothing_of_the_text_shows_in_debug_output() {
    let (_folder, _session, _case, _id, ui) = open();
    let shown =
        format!("{:?} {:?}", ui.screen.letter, Message::Edited(Edit::Replace("Dear Mrs Osei".into())));
    assert!(!shown.contains("Osei"), "{shown}");
}
