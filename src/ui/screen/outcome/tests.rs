//! The outcome as a lead meets it: by keyboard and pointer, with a real case file behind it.

use super::*;
use crate::app::READINESS;
use crate::domain::{Channel, Choice, Contact, Disclosure, Purpose, Response, Vocabulary, Who};
use crate::ui::access::Role;
use crate::ui::screen::case::testkit::{TODAY, case, day, disclosure, empty};
use crate::ui::testing::{Driver, Screen};
use crate::ui::widget::Edit;
use iced::keyboard::key::Named;
use tempfile::TempDir;

/// The outcome, and what it asked of the window last.
struct Window {
    outcome: Outcome,
    asked: Option<Action>,
}

impl Screen for Window {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.outcome.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.outcome.update(message) {
            Action::Run(task) => task,
            Action::None => Task::none(),
            asked => {
                self.asked = Some(asked);
                Task::none()
            }
        }
    }
}

type Ui = Driver<Window>;

fn open(session: &Session, subject: Subject) -> Ui {
    let (outcome, first) = Outcome::new(session.clone(), subject);
    let mut ui = Driver::new(Window { outcome, asked: None });
    ui.run(first);
    ui.send(&[]);
    ui
}

/// A disclosure of pupils of the school, changed as the test wants it, and its outcome.
fn decided(change: impl FnOnce(&mut Disclosure)) -> (TempDir, Session, CaseId, Ui) {
    let (folder, session) = empty();
    let id = session.new_case_id().unwrap();
    let mut disclosure = disclosure(&session, id, "Kofi Osei");
    change(&mut disclosure);
    let draft = Draft { id, started: day(TODAY), disclosure, at_question: "check".into() };
    let ui = open(&session, Subject::Draft(draft));
    (folder, session, id, ui)
}

fn press(ui: &mut Ui, name: &str) {
    ui.tab_to(Role::Button, name);
    ui.press(Named::Enter);
}

fn choose(ui: &mut Ui, wanted: &str) {
    ui.tab_to(Role::RadioButton, "I will do as the policy says");
    ui.press(Named::Space);
    if wanted != "I will do as the policy says" {
        ui.press(Named::ArrowDown);
    }
    assert_eq!(ui.focused(), (Role::RadioButton, wanted.to_owned()));
}

fn errors(ui: &Ui) -> Vec<String> {
    ui.screen.outcome.errors().into_iter().map(|(words, _)| words).collect()
}

fn title(ui: &Ui, code: &str) -> String {
    ui.screen.outcome.session.policy().wording(code).title
}

#[test]
fn a_decision_has_to_be_made() {
    let (_folder, session, id, mut ui) = decided(|_| {});
    press(&mut ui, "Confirm and open the case");
    assert!(ui.screen.asked.is_none());
    let first = "Choose whether you will do as the policy says.";
    assert_eq!(ui.focused(), (Role::Link, first.to_owned()));
    assert!(session.case(id).is_err(), "nothing is opened");
}

#[test]
fn a_departure_needs_its_reason() {
    let (_folder, session, id, mut ui) = decided(|_| {});
    choose(&mut ui, "I will do something differently");
    press(&mut ui, "Confirm and open the case");
    assert_eq!(errors(&ui), ["Choose what you will do differently."]);
    let option = title(&ui, "OPT_RESTORATIVE");
    ui.tab_to(Role::CheckBox, &option);
    ui.press(Named::Space);
    press(&mut ui, "Confirm and open the case");
    assert_eq!(errors(&ui), [format!("Write your reason: {option}.")]);
    assert!(session.case(id).is_err(), "refused");
    ui.tab_to(Role::MultilineTextInput, &format!("Your reason: {option}"));
    ui.type_text("Not yet.");
    press(&mut ui, "Confirm and open the case");
    assert!(matches!(ui.screen.asked, Some(Action::Confirmed(opened)) if opened == id));
    let view = session.case(id).unwrap();
    let departures: Vec<_> =
        view.decision().unwrap().departures.iter().map(|d| (d.code.as_str(), d.reason.as_str())).collect();
    assert_eq!(departures, [("OPT_RESTORATIVE", "Not yet.")]);
}

#[test]
fn an_action_departed_from_is_not_put_on_the_list() {
    let (_folder, session, id, mut ui) = decided(|_| {});
    choose(&mut ui, "I will do something differently");
    let meet = title(&ui, "A_MEET");
    ui.tab_to(Role::CheckBox, &meet);
    ui.press(Named::Space);
    let reason = Edit::Replace("Both families asked for letters.".into());
    let _ = ui.screen.outcome.update(Message::Form(confirm::Message::ReasonEdited("A_MEET".into(), reason)));
    ui.send(&[]);
    press(&mut ui, "Confirm and open the case");
    let actions = session.case(id).unwrap().actions;
    assert!(!actions.is_empty() && actions.iter().all(|action| action.code.id() != "A_MEET"));
}

#[test]
fn changing_ones_mind_leaves_no_departure() {
    let (_folder, session, id, mut ui) = decided(|_| {});
    choose(&mut ui, "I will do something differently");
    let option = title(&ui, "OPT_RESTORATIVE");
    ui.tab_to(Role::CheckBox, &option);
    ui.press(Named::Space);
    ui.tab_to(Role::RadioButton, "I will do something differently");
    ui.press(Named::ArrowUp);
    press(&mut ui, "Confirm and open the case");
    assert!(session.case(id).unwrap().decision().unwrap().departures.is_empty());
}

fn leave_the_school(disclosure: &mut Disclosure) {
    disclosure.alleged[1].who = Who::ExPupil;
    disclosure.alleged[1].school = "Thornbury Hill School".into();
}

#[test]
fn where_the_policy_is_silent_the_lead_says_why() {
    let (_folder, session, id, mut ui) = decided(leave_the_school);
    choose(&mut ui, "I will do as the policy says");
    press(&mut ui, "Confirm and open the case");
    assert_eq!(errors(&ui), ["Write why this is right here: the policy does not say."]);
    ui.tab_to(Role::MultilineTextInput, "The policy does not say. Why is this right here?");
    ui.type_text("Apart.");
    press(&mut ui, "Confirm and open the case");
    let departures = session.case(id).unwrap().decision().unwrap().departures.clone();
    assert_eq!(departures.len(), 1);
    assert_eq!((departures[0].code.as_str(), departures[0].reason.as_str()), ("W_POLICY_GAP", "Apart."));
}

#[test]
fn people_who_stand_differently_are_shown_apart() {
    let (_folder, _session, _id, ui) = decided(leave_the_school);
    assert!(ui.has(Role::Heading, "Each person apart"));
    assert!(ui.has(Role::Heading, "Oliwia Łukasiewicz"));
    let (_folder, _session, _id, ui) = decided(|_| {});
    assert!(!ui.has(Role::Heading, "Each person apart"), "they stand alike");
}

#[test]
fn a_reason_opens_with_the_words_it_rests_on() {
    let (_folder, _session, _id, mut ui) = decided(|_| {});
    let quotes = |ui: &Ui| ui.names().iter().filter(|(role, _)| *role == Role::Blockquote).count();
    assert_eq!(quotes(&ui), 0);
    let why = format!("Why: {}", title(&ui, "SCHOOL_DUTY"));
    press(&mut ui, &why);
    assert!(ui.names().iter().any(|(role, name)| *role == Role::Blockquote && name.contains("CB-3")));
    press(&mut ui, &why);
    assert_eq!(quotes(&ui), 0);
}

#[test]
fn the_same_duty_for_several_people_is_one_line() {
    let (_folder, _session, _id, ui) = decided(|_| {});
    let both = "Daniel Whitmore and Oliwia Łukasiewicz";
    let names = ui.names();
    let rows: Vec<_> =
        names.iter().filter(|(role, name)| *role == Role::Row && name.contains(both)).collect();
    let phone = title(&ui, "A_TEL_ACTOR");
    assert_eq!(rows.iter().filter(|(_, name)| name.contains(&phone)).count(), 1, "{rows:?}");
}

/// A case whose family refused, and in which it went on.
fn gone_on() -> (TempDir, Session, CaseId) {
    let (folder, session) = empty();
    let id = case(&session, "Kofi Osei");
    let view = session.case(id).unwrap();
    let daniel = view.case.alleged[0];
    let contact = Contact {
        id: session.new_contact_id().unwrap(),
        case: id,
        family_of: daniel,
        on: day("2026-01-13"),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: true,
        response: Response::Refused,
        note: String::new(),
        letter: None,
    };
    session.save_contact(&contact, "").unwrap();
    (folder, session, id)
}

#[test]
fn deciding_again_says_what_has_changed() {
    let (_folder, session) = empty();
    let id = case(&session, "Kofi Osei");
    let ui = open(&session, Subject::Case(id));
    assert!(ui.has(Role::Heading, "Since the decision of Monday 19 January 2026"));
    let change = |ui: &Ui| {
        let said = ui.screen.outcome.said.as_ref().unwrap();
        let before = said.before.as_ref().unwrap();
        change::Change::between(session.policy(), &said.names, &before.decision, &said.outcome)
    };
    assert_eq!(change(&ui), change::Change { came: vec![], went: vec![] });
    drop(ui);

    let (_folder, session, id) = gone_on();
    let ui = open(&session, Subject::Case(id));
    let said = ui.screen.outcome.said.as_ref().unwrap();
    let before = said.before.as_ref().unwrap();
    let change = change::Change::between(session.policy(), &said.names, &before.decision, &said.outcome);
    assert!(change.came.iter().any(|line| line == "May: Refer to the police as harassment"), "{change:?}");
    assert!(change.went.is_empty(), "{change:?}");
}

#[test]
fn a_police_referral_stands_beside_its_readiness() {
    let (_folder, _session, _id, ui) = decided(|_| {});
    assert!(!ui.has(Role::Heading, "Before a referral to the police"), "none is on offer");

    let (_folder, session, id) = gone_on();
    let mut ui = open(&session, Subject::Case(id));
    assert!(ui.has(Role::Heading, "Before a referral to the police"));
    let unmet = {
        let outcome = &ui.screen.outcome.said.as_ref().unwrap().outcome;
        assert!(outcome.decision.options.contains(&Choice::PoliceHarassment));
        outcome.readiness.iter().filter(|point| !point.met).count()
    };
    assert_eq!(unmet, 1, "the final notice");
    choose(&mut ui, "I will do as the policy says");
    ui.tab_to(Role::MultilineTextInput, "Why refer all the same?");
    ui.type_text("It is urgent.");
    press(&mut ui, "Confirm");
    assert!(matches!(ui.screen.asked, Some(Action::Confirmed(_))), "{:?}", errors(&ui));
    let view = session.case(id).unwrap();
    assert_eq!(view.decisions.len(), 2, "the earlier decision stays");
    let reason = view.decision().unwrap().departures.iter().find(|d| d.code == READINESS).unwrap();
    assert_eq!(reason.reason, "The final notice has not been delivered. It is urgent.");
}

#[test]
fn an_outcome_that_cannot_be_read_says_so() {
    let (_folder, session) = empty();
    let mut ui = open(&session, Subject::Case(CaseId::new(7)));
    assert!(ui.screen.outcome.notice.is_some());
    press(&mut ui, "Back");
    assert!(matches!(ui.screen.asked, Some(Action::Back)));
}

#[test]
fn the_next_date_is_not_one_that_has_passed() {
    let (_folder, session, _id, ui) = decided(|disclosure| disclosure.disclosed_on = Some(day("2026-01-12")));
    let said = ui.screen.outcome.said.as_ref().unwrap();
    assert!(said.outcome.actions[0].due < session.today());
    let [_, second] = view::summary(said);
    let named =
        said.outcome.actions.iter().any(|a| a.due >= session.today() && second.contains(&a.due.long()));
    assert!(named, "{second}");
}

#[test]
fn debug_says_no_name() {
    let (_folder, _session, _id, ui) = decided(|_| {});
    let shown = format!("{:?}", ui.screen.outcome);
    assert!(!shown.contains("Kofi") && !shown.contains("Whitmore"), "{shown}");
}
