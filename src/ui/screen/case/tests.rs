//! The screens of a case as a lead meets them: by keyboard, by pointer, with a real case file behind them.

use super::testkit::{case, draft, empty};
use super::*;
use crate::domain::{
    ActionState, CameTo, Day, Engagement, FiveParts, Kept, NotTaken, Occasion, PaperCode, Response,
};
use crate::ui::screen::cases::{self, Cases};
use crate::ui::testing::{Driver, Screen};
use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};
use tempfile::TempDir;

impl Screen for Cases {
    type Message = cases::Message;

    fn view(&self) -> Element<'_, cases::Message> {
        self.view()
    }

    fn update(&mut self, message: cases::Message) -> Task<cases::Message> {
        match self.update(message) {
            cases::Action::Run(task) => task,
            _ => Task::none(),
        }
    }
}

/// A case, and what it asked of the window last.
pub(super) struct Window {
    pub(super) case: Case,
    pub(super) asked: Option<Action>,
}

impl Screen for Window {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.case.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.case.update(message) {
            Action::Run(task) => task,
            Action::None => Task::none(),
            asked => {
                self.asked = Some(asked);
                Task::none()
            }
        }
    }
}

pub(super) fn open(part: &str) -> (TempDir, Session, CaseId, Driver<Window>) {
    let (folder, session) = empty();
    let id = case(&session, "Kofi Osei");
    let (screen, _task) = Case::new(session.clone(), id);
    let mut ui = Driver::new(Window { case: screen, asked: None });
    ui.click(Role::Tab, part);
    (folder, session, id, ui)
}

pub(super) fn says(ui: &Driver<Window>, words: &str) -> bool {
    let nodes = ui.tree().nodes;
    nodes.iter().any(|(_, node)| {
        [node.label(), node.value(), node.description()]
            .into_iter()
            .flatten()
            .any(|text| text.contains(words))
    })
}

/// The list of cases, once it is read.
fn list(session: Session) -> Driver<Cases> {
    let (screen, first) = Cases::new(session);
    let mut ui = Driver::new(screen);
    ui.run(first);
    ui.send(&[]);
    ui
}

fn row_with(driver: &Driver<Cases>, words: &str) -> Option<String> {
    driver
        .names()
        .into_iter()
        .find(|(role, name)| *role == Role::Link && name.contains(words))
        .map(|(_, name)| name)
}

/// Presses something wherever it is on the page, as a screen reader does.
pub(super) fn press(ui: &mut Driver<Window>, role: Role, name: &str) {
    ui.ask(accesskit::Action::Click, role, name, None);
}

#[test]
fn an_empty_list_says_what_to_do() {
    let (_folder, session) = empty();
    let mut ui = list(session);
    assert!(matches!(ui.screen.update(cases::Message::Begun), cases::Action::Begin));
    assert!(ui.has(Role::Heading, "No cases yet"));
    assert!(ui.has(Role::Button, "New disclosure"));
}

#[test]
fn the_list_is_searched_as_one_types() {
    let (_folder, session) = empty();
    let kofi = case(&session, "Kofi Osei");
    case(&session, "Sita Gurung");
    let mut ui = list(session);
    let row = row_with(&ui, "Kofi Osei").expect("a row for the case");
    assert!(row.starts_with("2026-001, Kofi Osei, open, disclosed on Monday 12 January 2026"), "{row}");
    assert!(row.contains("Overdue since"), "{row}");
    ui.tab_to(Role::TextInput, "Search");
    ui.type_text("sit");
    assert!(row_with(&ui, "Kofi Osei").is_none());
    assert!(row_with(&ui, "Sita Gurung").is_some());
    ui.type_text("xyz");
    assert!(ui.has(Role::Heading, "Nothing matches “sitxyz”"));
    assert_eq!(ui.focused(), (Role::TextInput, "Search".to_owned()), "typing goes on");
    ui.click(Role::Button, "Show all cases");
    assert!(row_with(&ui, "Kofi Osei").is_some());
    assert!(matches!(ui.screen.update(cases::Message::Opened(kofi)), cases::Action::Open(id) if id == kofi));
}

#[test]
fn what_was_left_half_way_stands_on_top_and_can_be_set_aside() {
    let (_folder, session) = empty();
    let id = draft(&session, "Kofi Osei");
    let mut ui = list(session.clone());
    assert!(ui.has(Role::Button, "Resume Kofi Osei, Begun on Monday 19 January 2026"));
    assert!(matches!(ui.screen.update(cases::Message::Resumed(id)), cases::Action::Resume(of) if of == id));
    ui.click(Role::Button, "Set aside Kofi Osei, Begun on Monday 19 January 2026");
    ui.click(Role::Button, "Set it aside");
    assert!(session.drafts().unwrap().is_empty());
    assert!(!ui.has(Role::Heading, "Left half-way"));
}

#[test]
fn arrow_keys_walk_through_the_parts() {
    let (_folder, _session, _id, mut ui) = open("Overview");
    for part in ["People", "Occasions", "Evidence", "Contacts", "Actions", "Letters", "Timeline", "Record"] {
        ui.press(Named::ArrowRight);
        assert_eq!(ui.focused(), (Role::Tab, part.to_owned()));
        assert!(ui.has(Role::TabPanel, part), "{part}");
    }
}

#[test]
fn the_overview_says_what_is_next_and_who_decided() {
    let (_folder, _session, id, mut ui) = open("Overview");
    assert!(ui.has(Role::Heading, "2026-001: Kofi Osei"));
    assert!(says(&ui, "Overdue since"));
    assert!(says(&ui, "Confirmed by Mrs Helen Farrow on Monday 19 January 2026"));
    ui.tab_to(Role::Button, "Decide again");
    ui.press(Named::Enter);
    assert!(matches!(ui.screen.asked, Some(Action::Decide(of)) if of == id));
}

#[test]
fn a_contact_changes_how_the_family_stands() {
    let (_folder, session, id, mut ui) = open("Contacts");
    ui.tab_to(Role::Button, "Record a contact with the family of Daniel Whitmore");
    ui.press(Named::Enter);
    assert_eq!(
        ui.focused(),
        (Role::RadioButton, "Family of Daniel Whitmore".to_owned()),
        "the form takes the focus"
    );
    ui.tab_to(Role::DateInput, "On which day?");
    ui.type_text("19/01/2026");
    for choice in ["By telephone", "Contact", "Yes", "They said they will not work with the school"] {
        press(&mut ui, Role::RadioButton, choice);
    }
    press(&mut ui, Role::Button, "Save");
    let view = session.case(id).unwrap();
    let daniel = view.people[1].id;
    assert_eq!((view.contacts[0].family_of, view.contacts[0].response), (daniel, Response::Refused));
    assert_eq!(view.engagement[1].1.is, Engagement::Refused);
    let stands = "They said clearly on 19 January 2026 that they will not work with the school.";
    assert!(says(&ui, stands));
    // The decision was made before; the overview says that the policy would now say something else, or nothing.
    let old = session.decision_is_old(id).unwrap();
    ui.click(Role::Tab, "Overview");
    assert_eq!(says(&ui, "The policy would say something else now"), old);
}

#[test]
fn a_form_with_errors_keeps_what_was_typed() {
    let (_folder, session, id, mut ui) = open("Contacts");
    press(&mut ui, Role::Button, "Record a contact with the family of Kofi Osei");
    ui.tab_to(Role::DateInput, "On which day?");
    ui.type_text("20/01/2026");
    press(&mut ui, Role::RadioButton, "Final notice");
    press(&mut ui, Role::Button, "Save");
    assert_eq!(ui.focused().0, Role::Link, "the first error takes the focus");
    assert!(says(&ui, "This day has not come yet."));
    assert_eq!(ui.node(Role::DateInput, "On which day?").value(), Some("20/01/2026"));
    assert!(session.case(id).unwrap().contacts.is_empty(), "nothing is saved");
    let editing = ui.node(Role::RadioButton, "Final notice");
    assert_eq!(editing.toggled(), Some(accesskit::Toggled::True));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::DateInput, "On which day?".to_owned()), "the link leads to the field");
}

#[test]
fn an_action_is_marked_and_opened_again() {
    let (_folder, session, id, mut ui) = open("Actions");
    let first = session.case(id).unwrap().actions[0].clone();
    let done =
        ui.names().into_iter().find(|(role, name)| *role == Role::Button && name.starts_with("Done: "));
    press(&mut ui, Role::Button, &done.unwrap().1);
    ui.tab_to(Role::MultilineTextInput, "What came of it?");
    ui.type_text("Rang");
    press(&mut ui, Role::Button, "Save");
    let state = |session: &Session| {
        let view = session.case(id).unwrap();
        view.actions.into_iter().find(|action| action.id == first.id).unwrap().state
    };
    let on = session.today();
    assert_eq!(state(&session), ActionState::Done { on, note: "Rang".into() });
    assert!(says(&ui, "The action is marked as done."));
    let again = ui.names().into_iter().find(|(_, name)| name.starts_with("Open again: "));
    ui.tab_to(Role::Button, &again.unwrap().1);
    ui.press(Named::Enter);
    assert_eq!(state(&session), ActionState::Open);
}

#[test]
fn an_action_is_not_left_undone_without_a_reason() {
    let (_folder, session, id, mut ui) = open("Actions");
    let before = session.case(id).unwrap().actions;
    let not = ui.names().into_iter().find(|(_, name)| name.starts_with("Not done: ")).unwrap().1;
    press(&mut ui, Role::Button, &not);
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Say why it is not done."));
    assert_eq!(session.case(id).unwrap().actions, before);
}

#[test]
fn an_occasion_is_added_and_amended_with_a_reason() {
    let (_folder, session, id, mut ui) = open("Occasions");
    assert!(says(
        &ui,
        "Daniel Whitmore to Kofi Osei: 2 occasions, first Sat 10 Jan 2026, last Sun 18 Jan 2026, longest gap 8 days."
    ));
    press(&mut ui, Role::Button, "Add an occasion");
    ui.type_text("19/01/2026");
    press(&mut ui, Role::RadioButton, "Oliwia Łukasiewicz");
    ui.tab_to(Role::ListBoxOption, "WhatsApp");
    ui.press(Named::Space);
    ui.tab_to(Role::MultilineTextInput, "The words");
    ui.type_text("ha");
    press(&mut ui, Role::Button, "Save");
    let view = session.case(id).unwrap();
    let added = view.occasions.last().unwrap();
    assert_eq!((added.words.as_str(), added.by, added.to), ("ha", view.people[2].id, view.case.target));

    let line = ui.names().into_iter().find(|(role, name)| *role == Role::Link && name.contains("told you"));
    press(&mut ui, Role::Link, &line.unwrap().1);
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Say why it is amended."));
    ui.tab_to(Role::TextInput, "Why is it amended?");
    ui.type_text("day");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "The occasion is amended."));
    assert_eq!(session.case(id).unwrap().occasions.len(), 4);
    let journal = session.journal(id).unwrap();
    assert_eq!(journal.last().unwrap().why, "day");
}

#[test]
fn a_person_s_particulars_are_changed() {
    let (_folder, session, id, mut ui) = open("People");
    press(&mut ui, Role::Button, "Change particulars of Kofi Osei");
    assert_eq!(ui.focused(), (Role::TextInput, "Known as".to_owned()));
    ui.type_text("Ko");
    ui.tab_to(Role::DateInput, "Date of birth");
    ui.type_text("9");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Particulars of Kofi Osei"), "the form stays");
    ui.tab_to(Role::DateInput, "Date of birth");
    ui.press(Named::Backspace);
    press(&mut ui, Role::Button, "Save");
    let person = session.case(id).unwrap().people[0].clone();
    assert_eq!((person.known_as.as_str(), person.households.len()), ("Ko", 1));
    assert_eq!(person.households[0].address.len(), 3, "what was not touched stays as it was");
}

#[test]
fn what_to_know_of_a_home_is_entered_and_stands_above_its_contacts() {
    let (_folder, session, id, mut ui) = open("People");
    press(&mut ui, Role::Button, "Change particulars of Kofi Osei");
    ui.tab_to(Role::TextInput, "Language");
    ui.type_text("Twi");
    ui.tab_to(Role::CheckBox, "An interpreter is needed");
    ui.press(Named::Space);
    ui.tab_to(Role::TextInput, "Reason not to contact");
    ui.type_text("A court order");
    press(&mut ui, Role::Button, "Save");
    let home = session.case(id).unwrap().people[0].households[0].clone();
    assert_eq!((home.family.language.as_str(), home.family.interpreter), ("Twi", true));
    assert!(says(&ui, "Do not contact: A court order"), "it stands with the home");
    let warns = format!("Do not contact {}. A court order.", home.addressees);
    press(&mut ui, Role::Tab, "Contacts");
    assert!(says(&ui, &warns));
    press(&mut ui, Role::Button, "Record a contact with the family of Kofi Osei");
    assert!(says(&ui, &warns), "and in the form, under the family");

    // Nobody is left to ring: the case says so, with whom to ask first, and no letter is on offer.
    press(&mut ui, Role::Button, "Cancel");
    press(&mut ui, Role::Tab, "Overview");
    for words in ["No home of Kofi Osei may be contacted.", "Ask children’s social care first"] {
        assert!(says(&ui, words), "{words}");
    }
    press(&mut ui, Role::Tab, "Letters");
    assert!(says(&ui, &format!("{warns} Ask children’s social care first")), "why the letter must not go");
    press(&mut ui, Role::Tab, "Contacts");

    // It is not taken away without a reason.
    press(&mut ui, Role::Tab, "People");
    press(&mut ui, Role::Button, "Change particulars of Kofi Osei");
    ui.tab_to(Role::TextInput, "Reason not to contact");
    ui.press_with(Modifiers::COMMAND, &Key::Character("a".into()));
    ui.press(Named::Backspace);
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Say why it is changed."));
    assert!(!session.case(id).unwrap().people[0].households[0].may_be_contacted());
}

#[test]
fn a_case_is_closed_in_five_parts_and_opened_again_with_a_reason() {
    let (_folder, session, id, mut ui) = open("Overview");
    ui.tab_to(Role::Button, "Close this case…");
    ui.press(Named::Enter);
    press(&mut ui, Role::Button, "Close the case");
    assert_eq!(session.case(id).unwrap().case.state, CaseState::Open);
    assert!(says(&ui, "Choose what the case came to."));
    // What the record knows is there already; what is missing is asked.
    for (question, words) in [
        ("2. How were the children and their families followed up?", "He is well."),
        ("3. What did the school do?", "Two meetings."),
        ("5. What came of it?", "It stopped"),
    ] {
        ui.tab_to(Role::MultilineTextInput, question);
        ui.type_text(words);
    }
    ui.tab_to(Role::RadioButton, "It happened, and it has stopped");
    ui.press(Named::Space);
    press(&mut ui, Role::Button, "Close the case");
    let view = session.case(id).unwrap();
    let [closing] = &view.closings[..] else { panic!("not closed") };
    assert_eq!((closing.parts.outcome.as_str(), closing.came_to), ("It stopped", CameTo::Stopped));
    assert!(closing.parts.summary.contains("3 dated occasions"), "{}", closing.parts.summary);
    assert!(matches!(&view.case.state, CaseState::Closed { why, .. } if why.ends_with("It stopped")));
    assert_eq!(view.actions.iter().filter(|a| a.needs_result()).count(), 3);
    assert!(says(&ui, "Two meetings."));

    ui.tab_to(Role::Button, "Open this case again…");
    ui.press(Named::Enter);
    press(&mut ui, Role::Button, "Open it again");
    assert!(says(&ui, "Write one or two sentences."));
    ui.tab_to(Role::MultilineTextInput, "Why is it opened again?");
    ui.type_text("Closed too early");
    press(&mut ui, Role::Button, "Open it again");
    assert_eq!(session.case(id).unwrap().case.state, CaseState::Open);
    assert_eq!(session.journal(id).unwrap().last().unwrap().why, "Closed too early");
}

#[test]
fn a_closed_case_is_followed_by_a_linked_one() {
    let (_folder, session, id, mut ui) = open("Overview");
    let text = || "Said.".to_owned();
    let parts =
        FiveParts { summary: text(), follow_up: text(), action: text(), decision: text(), outcome: text() };
    session.close_case(id, CameTo::Stopped, &parts, &[]).unwrap();
    // The page is read anew when it is changed or opened.
    ui.tab_to(Role::Tab, "Overview");
    let (screen, _) = Case::new(session.clone(), id);
    ui.screen.case = screen;
    ui.tab_to(Role::Button, "Open a linked case");
    ui.press(Named::Enter);
    let Some(Action::Begin(draft)) = &ui.screen.asked else { panic!("{:?}", ui.screen.asked) };
    assert_eq!(draft.disclosure.earlier, Some(id));
    assert_eq!(draft.disclosure.alleged.len(), 2);
}

#[test]
fn the_disclosure_is_amended_with_a_reason_and_its_first_words_stay() {
    let (_folder, session, id, mut ui) = open("Overview");
    ui.tab_to(Role::Button, "Amend the disclosure…");
    ui.press(Named::Enter);
    ui.tab_to(Role::MultilineTextInput, "What does the child want?");
    ui.type_text("Not to sit beside him. ");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Say why it is amended. The record keeps both texts."));
    ui.tab_to(Role::TextInput, "Why is it amended?");
    ui.type_text("He said more on Tuesday");
    press(&mut ui, Role::Button, "Save");
    let wishes = session.case(id).unwrap().case.answers.child_wishes;
    assert!(wishes.contains("Not to sit beside him.") && wishes.contains("I want it to stop."), "{wishes}");
    let screen = Case::new(session.clone(), id).0.showing(Part::Timeline);
    let ui = Driver::new(Window { case: screen, asked: None });
    assert!(says(&ui, "He said more on Tuesday") && says(&ui, "What the child wants, before"));
}

#[test]
fn an_action_by_hand_is_added_changed_and_done() {
    let (_folder, session, id, mut ui) = open("Actions");
    press(&mut ui, Role::Button, "Add an action…");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "Write what is to be done."));
    ui.tab_to(Role::TextInput, "What is to be done?");
    ui.type_text("Order headphones");
    ui.tab_to(Role::DateInput, "By which school day?");
    ui.type_text("24/01/2026");
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "This is not a school day. The next one is Monday 26 January 2026."));
    ui.tab_to(Role::DateInput, "By which school day?");
    ui.press_with(Modifiers::COMMAND, &Key::Character("a".into()));
    ui.type_text("26/01/2026");
    press(&mut ui, Role::Button, "Save");
    let own = |session: &Session| {
        let view = session.case(id).unwrap();
        view.actions.into_iter().find(|action| action.own.is_some()).unwrap()
    };
    assert_eq!(own(&session).due, Day::parse("2026-01-26").unwrap());
    ui.tab_to(Role::Button, "Done: Order headphones");
    ui.press(Named::Enter);
    press(&mut ui, Role::Button, "Save");
    let done = ActionState::Done { on: session.today(), note: "By Mrs Helen Farrow.".into() };
    assert_eq!(own(&session).state, done);
}

#[test]
fn letters_on_offer_say_for_whom_and_what_comes_first() {
    let (_folder, session, id, mut ui) = open("Letters");
    let view = session.case(id).unwrap();
    let offered = &view.decision().unwrap().decision.letters;
    assert!(!offered.is_empty());
    for letter in offered {
        let code = PaperCode::Letter(letter.code);
        let title = session.policy().wording(code.id()).title;
        assert!(says(&ui, &title), "{title}");
        let buttons = ui
            .names()
            .into_iter()
            .filter(|(_, name)| name.starts_with(&format!("Write this letter: {title}")));
        let writable = session.has_words_for(code) && letter.blocked.is_none();
        assert_eq!(buttons.count() > 0, writable, "{title}");
    }
    let write = ui.names().into_iter().find(|(_, name)| name.starts_with("Write this letter: ")).unwrap().1;
    press(&mut ui, Role::Button, &write);
    match session.case(id).unwrap().letters.as_slice() {
        [] => assert!(ui.has(Role::Alert, "Important"), "it says what is missing"),
        [only] => assert!(matches!(ui.screen.asked, Some(Action::Letter(of)) if of == only.id)),
        many => assert!(says(&ui, &format!("{} letters are written", many.len()))),
    }
    let letter = session.letter_by_hand(id, view.case.target, "Dear").unwrap();
    ui.screen.case = Case::new(session, id).0.showing(Part::Letters);
    ui.send(&[]);
    let line = ui.names().into_iter().find(|(role, name)| *role == Role::Link && name.ends_with("Draft"));
    press(&mut ui, Role::Link, &line.unwrap().1);
    assert!(matches!(ui.screen.asked, Some(Action::Letter(of)) if of == letter));
}

/// One letter that asks, from its first question to the letter itself, by keyboard alone.
#[test]
fn a_letter_asks_for_the_leads_own_words_one_by_one() {
    let (_folder, session, id, _ui) = open("Letters");
    let mut school = session.school().unwrap();
    school.signatory.name = "Mrs Helen Farrow".into();
    school.phone = "01632 960100".into();
    session.save_school(&school).unwrap();
    let view = session.case(id).unwrap();
    let child = view.people[1].clone();
    let mut ui =
        Driver::new(Window { case: Case::new(session.clone(), id).0.showing(Part::Letters), asked: None });
    let title = session.policy().wording("L_MEETING").title;
    let write = format!("Write this letter: {title}, for {}", child.name.full());
    press(&mut ui, Role::Button, &write);
    assert!(says(&ui, "question 1 of 3"));
    assert_eq!(ui.focused(), (Role::TextInput, "When can you meet them?".into()));
    press(&mut ui, Role::Button, "Continue");
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "question 3 of 3"));
    ui.tab_to(Role::TextInput, "Who will be there from the school?");
    ui.press_with(iced::keyboard::Modifiers::CTRL, &iced::keyboard::Key::Character("a".into()));
    ui.press(Named::Delete);
    press(&mut ui, Role::Button, "Write it");
    assert!(session.case(id).unwrap().letters.is_empty(), "nothing is made up");
    assert!(says(&ui, "Only you can say this."));
    ui.tab_to(Role::TextInput, "Who will be there from the school?");
    ui.type_text("Mr Shah, the class teacher");
    press(&mut ui, Role::Button, "Question before");
    press(&mut ui, Role::Button, "Continue");
    press(&mut ui, Role::Button, "Write it");
    let letters = session.case(id).unwrap().letters;
    let [only] = letters.as_slice() else { panic!("{} letters", letters.len()) };
    assert!(matches!(ui.screen.asked, Some(Action::Letter(of)) if of == only.id));
    assert!(only.papers[0].body.contains("From the school: Mr Shah, the class teacher."));
    assert_eq!(only.about, Some(child.id));
}

#[test]
fn a_child_in_care_is_entered_with_the_council_that_gets_the_letters() {
    let (_folder, session, id, mut ui) = open("People");
    press(&mut ui, Role::Button, "Change particulars of Kofi Osei");
    press(&mut ui, Role::Button, "Add another home");
    ui.tab_to(Role::TextInput, "Adults, home 2");
    ui.type_text("Ms Jo Lane, social worker");
    ui.tab_to(Role::CheckBox, "The council looks after this child: letters go here, and to no home, home 2");
    ui.press(Named::Space);
    press(&mut ui, Role::Button, "Save");
    let person = session.case(id).unwrap().people[0].clone();
    assert_eq!((person.households.len(), person.authority.len()), (1, 1));
    assert_eq!(person.authority[0].addressees, "Ms Jo Lane, social worker");
    assert!(says(&ui, "In the council’s care"));
}

#[test]
fn the_timeline_tells_the_case_in_order_and_keeps_first_texts() {
    let (_folder, session, id, _ui) = open("Overview");
    let first = session.case(id).unwrap().occasions[0].clone();
    let amended = Occasion { words: "dont come in".into(), ..first };
    session.save_occasion(&amended, "The screenshot was read again").unwrap();
    let screen = Case::new(session.clone(), id).0.showing(Part::Timeline);
    let mut ui = Driver::new(Window { case: screen, asked: None });
    let lines = |ui: &Driver<Window>| {
        let names = ui.names().into_iter().filter(|(role, _)| *role == Role::ListItem);
        names.map(|(_, name)| name).collect::<Vec<_>>()
    };
    let all = lines(&ui);
    assert_eq!(all[0], "Saturday 10 January 2026, Occasion: Daniel Whitmore to Kofi Osei, WhatsApp");
    assert_eq!(all[1], "Monday 12 January 2026, Disclosure: The school was told about Kofi Osei");
    for words in ["dont come to school monday", "dont come in", "The screenshot was read again"] {
        assert!(says(&ui, words), "{words}");
    }
    press(&mut ui, Role::Button, "Showing everything, everyone");
    press(&mut ui, Role::RadioButton, "Occasions");
    assert_eq!(lines(&ui).len(), 3);
    press(&mut ui, Role::RadioButton, "Oliwia Łukasiewicz");
    assert_eq!(lines(&ui).len(), 1);
    assert!(ui.has(Role::Button, "Showing occasions, Oliwia Łukasiewicz"));
    press(&mut ui, Role::RadioButton, "Contacts with families");
    assert!(ui.has(Role::Heading, "Nothing of this kind is in the case"));
    press(&mut ui, Role::Button, "Show everything");
    assert_eq!(lines(&ui), all);
}

#[test]
fn the_record_is_the_journal_and_its_mark() {
    let (_folder, session, id, ui) = open("Record");
    let events = session.journal(id).unwrap();
    assert!(events.len() > 5);
    let lines =
        ui.names().into_iter().filter(|(role, name)| *role == Role::Row && name.contains("Mrs Helen Farrow"));
    assert_eq!(lines.count(), events.len());
    assert!(says(&ui, &session.anchor().unwrap().to_string()));
}

#[test]
fn nothing_of_a_child_shows_in_debug_output() {
    let (_folder, session, id, mut ui) = open("People");
    let occasion = session.case(id).unwrap().occasions[0].clone();
    session.save_occasion(&occasion, "Kofi was wrong").unwrap();
    ui.screen.case = Case::new(session.clone(), id).0.showing(Part::People);
    ui.send(&[]);
    press(&mut ui, Role::Button, "Change particulars of Kofi Osei");
    ui.type_text("Zebra");
    let cases = list(session).screen;
    let shown = format!(
        "{:?} {cases:?} {:?}",
        ui.screen.case,
        ContactsMessage::Edited(ContactField::On, "Zebra".into())
    );
    for secret in ["Kofi", "Osei", "Zebra", "told you"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn evidence_is_asked_for_at_the_gate_before_there_is_a_field_for_a_file() {
    let (_folder, session, id, mut ui) = open("Evidence");
    press(&mut ui, Role::Button, "Add evidence");
    assert!(!ui.has(Role::TextInput, "File"));
    press(&mut ui, Role::Button, "Continue");
    assert!(says(&ui, "Answer the question first."));
    press(&mut ui, Role::RadioButton, "Not sure");
    press(&mut ui, Role::Button, "Continue");
    assert!(!ui.has(Role::TextInput, "File"), "there is no way to a file");
    assert!(says(&ui, "It was not opened, read or copied."));
    for (field, text) in [
        ("What was said about it?", "A picture that was spoken of"),
        ("Who has it?", "The family"),
        ("Where does it lie?", "On the phone, switched off"),
    ] {
        ui.tab_to(Role::TextInput, field);
        ui.type_text(text);
    }
    press(&mut ui, Role::Button, "Save the note");
    let [note] = &session.case(id).unwrap().evidence[..] else { panic!("one note") };
    let lies = "On the phone, switched off".to_owned();
    assert_eq!(note.kept, Kept::Elsewhere { lies, why: NotTaken::NotSure });
    assert!(says(&ui, "Not taken in"));
}

#[test]
fn a_file_of_evidence_is_added_looked_at_and_saved_outside() {
    let (folder, session, id, mut ui) = open("Evidence");
    let (path, out) = (folder.path().join("a.txt"), folder.path().join("out"));
    std::fs::write(&path, b"hello").unwrap();
    std::fs::create_dir(&out).unwrap();
    press(&mut ui, Role::Button, "Add evidence");
    press(&mut ui, Role::RadioButton, "No");
    press(&mut ui, Role::Button, "Continue");
    press(&mut ui, Role::Button, "Add to the case");
    assert!(says(&ui, "Enter the whole path of the file") && says(&ui, "Say who captured it."));
    let missing = folder.path().join("b.txt");
    for (field, text) in
        [("File", missing.to_str().unwrap()), ("What is it?", "A text"), ("Who captured it?", "Mrs Adams")]
    {
        ui.tab_to(Role::TextInput, field);
        ui.type_text(text);
    }
    press(&mut ui, Role::Button, "Add to the case");
    assert!(says(&ui, "There is no file of this name."));
    std::fs::rename(&path, &missing).unwrap();
    press(&mut ui, Role::Button, "Add to the case");
    assert!(says(&ui, "The file is in the case as E1") && says(&ui, "The original still lies where it was"));
    assert_eq!(session.case(id).unwrap().evidence.len(), 1);
    let row = ui.names().into_iter().find(|(role, name)| *role == Role::Link && name.contains("A text"));
    press(&mut ui, Role::Link, &row.unwrap().1);
    assert!(says(&ui, "never opens any other kind of file"));
    press(&mut ui, Role::Button, "Back to the evidence");
    press(&mut ui, Role::Button, "Save outside the case file…");
    let typed = accesskit::ActionData::Value(out.to_str().unwrap().into());
    ui.ask(accesskit::Action::SetValue, Role::TextInput, "Folder", Some(typed));
    press(&mut ui, Role::Button, "Save");
    assert!(says(&ui, "They lie there in clear text."));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 1);
}
