//! The wizard as a lead meets it: by keyboard, with a real case file behind it.

use super::*;
use crate::app::{Secret, World};
use crate::domain::{Account, Danger, Duty, Imagery, Name, Nature, Who};
use crate::ui::access::Role;
use crate::ui::screen::case::testkit::{TODAY, day, disclosure, empty};
use crate::ui::testing::{Driver, Screen};
use crate::ui::widget::Edit;
use iced::Size;
use iced::keyboard::key::Named;
use tempfile::TempDir;

/// The wizard, and what it asked of the window last.
struct Window {
    wizard: Wizard,
    asked: Option<Action>,
}

impl Screen for Window {
    type Message = Message;

    fn view(&self) -> Element<'_, Message> {
        self.wizard.view()
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match self.wizard.update(message) {
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

fn open(session: &Session, draft: Draft) -> Ui {
    let (wizard, first) = Wizard::new(session.clone(), draft);
    let mut ui = Driver::with_size(Window { wizard, asked: None }, Size::new(1280.0, 900.0));
    ui.run(first);
    ui.send(&[]);
    ui
}

/// A case file, and a full disclosure that stopped at this place.
fn at(place: &str) -> (TempDir, Session, Draft) {
    let (folder, session) = empty();
    let id = session.new_case_id().unwrap();
    let disclosure = disclosure(&session, id, "Kofi Osei");
    (folder, session, Draft { id, started: day(TODAY), disclosure, at_question: place.into() })
}

fn press(ui: &mut Ui, name: &str) {
    ui.tab_to(Role::Button, name);
    ui.press(Named::Enter);
}

/// Goes to a group by the option that has its focus, then down to the one that is wanted.
fn choose(ui: &mut Ui, role: Role, first: &str, wanted: &str) {
    ui.tab_to(role, first);
    ui.press(Named::Space);
    for _ in 0..40 {
        if ui.focused() == (role, wanted.to_owned()) {
            return;
        }
        ui.press(Named::ArrowDown);
    }
    panic!("no option “{wanted}”");
}

fn tick(ui: &mut Ui, wanted: &str) {
    ui.tab_to(Role::CheckBox, wanted);
    ui.press(Named::Space);
}

fn enter(ui: &mut Ui, role: Role, field: &str, text: &str) {
    ui.tab_to(role, field);
    ui.type_text(text);
}

fn heading(ui: &Ui) -> String {
    let nodes = ui.tree().nodes;
    let first = nodes.iter().find(|(_, node)| node.role() == Role::Heading && node.level() == Some(1));
    first.and_then(|(_, node)| node.label().map(str::to_owned)).unwrap_or_default()
}

fn says(ui: &Ui, words: &str) -> bool {
    ui.tree().nodes.iter().any(|(_, node)| {
        let texts = [node.label(), node.value(), node.description()];
        texts.into_iter().flatten().any(|text| text.contains(words))
    })
}

fn enrol(session: &Session, name: &str, born: &str) -> PersonId {
    let id = session.new_person_id().unwrap();
    let mut person = Person::new(id, Name::new(name).unwrap(), Who::CurrentPupil);
    person.born = Some(day(born));
    session.save_person(&person).unwrap();
    id
}

/// Answers the pages of danger, self-harm and pictures: none of it.
fn nothing_urgent(ui: &mut Ui) {
    for no in ["No", "No", "No picture or video"] {
        choose(ui, Role::RadioButton, no, no);
        press(ui, "Continue");
    }
    tick(ui, "None of these");
    press(ui, "Continue");
}

fn tell_the_story(ui: &mut Ui) {
    press(ui, "Today, Monday 19 January 2026");
    enter(ui, Role::TextInput, "Who told whom?", "Kofi told me.");
    enter(ui, Role::MultilineTextInput, "What was said?", "Messages.");
    press(ui, "Continue");
}

fn name_the_people(ui: &mut Ui) {
    let pupil = "a pupil of this school";
    enter(ui, Role::TextInput, "Full name", "kof");
    press(ui, &format!("Use this record: Kofi Osei, born on 14 June 2015, {pupil}"));
    assert_eq!(ui.focused(), (Role::TextInput, "Full name".to_owned()), "the button goes, the focus stays");
    press(ui, "Continue");
    let name = "Full name, or the name of the account";
    press(ui, "Add a person");
    enter(ui, Role::TextInput, name, "whit");
    press(ui, &format!("Use this record: Daniel Whitmore, born on 20 January 2015, {pupil}"));
    press(ui, "Save this person");
    press(ui, "Add another person");
    enter(ui, Role::TextInput, name, "Oli Luk");
    choose(ui, Role::RadioButton, "A pupil of this school", "A pupil of this school");
    enter(ui, Role::DateInput, "Date of birth", "2/11/2014");
    press(ui, "Save this person");
    press(ui, "Continue");
}

fn date_the_occasions(ui: &mut Ui) {
    for (add, on, by, words) in [
        ("Add an occasion", "17/1/2026", "Daniel Whitmore", "go away"),
        ("Add another occasion", "18/1/2026", "Oli Luk", "same"),
    ] {
        press(ui, add);
        enter(ui, Role::DateInput, "On which day?", on);
        choose(ui, Role::RadioButton, "Daniel Whitmore", by);
        let chosen = if add == "Add an occasion" { first_platform(ui) } else { "WhatsApp".into() };
        choose(ui, Role::ListBoxOption, &chosen, "WhatsApp");
        enter(ui, Role::MultilineTextInput, "The words", words);
        press(ui, "Save this occasion");
    }
    press(ui, "Continue");
}

fn first_platform(ui: &Ui) -> String {
    ui.names().into_iter().find(|(role, _)| *role == Role::ListBoxOption).expect("a platform").1
}

fn answer_the_rest(ui: &mut Ui) {
    ui.tab_to(Role::RadioButton, "An ordinary account");
    for _ in 0..3 {
        ui.press(Named::Space);
        ui.press(Named::Tab);
    }
    press(ui, "Continue");
    tick(ui, "Outside school: home, evenings, weekends");
    press(ui, "Continue");
    let bullying = "Bullying: repeated, or meant to hurt, with one child less able to stop it";
    choose(ui, Role::RadioButton, bullying, bullying);
    press(ui, "Continue");
    enter(ui, Role::MultilineTextInput, "What does the child want?", "It should stop.");
    press(ui, "Continue");
}

#[test]
fn pupils_at_the_weekend_from_the_first_page_to_the_open_case() {
    let (folder, session) = empty();
    let kofi = enrol(&session, "Kofi Osei", "2015-06-14");
    let daniel = enrol(&session, "Daniel Whitmore", "2015-01-20");
    let mut ui = open(&session, session.begin().unwrap());
    nothing_urgent(&mut ui);
    tell_the_story(&mut ui);
    name_the_people(&mut ui);
    date_the_occasions(&mut ui);
    answer_the_rest(&mut ui);
    assert_eq!(heading(&ui), "Check your answers");
    assert_eq!(session.drafts().unwrap().len(), 1, "kept on the way");
    press(&mut ui, "See what the policy says");
    assert_eq!(heading(&ui), "What the policy says");
    assert!(ui.has(Role::Heading, "Investigate, protect and work with the families"));
    let as_said = "I will do as the policy says";
    choose(&mut ui, Role::RadioButton, as_said, as_said);
    press(&mut ui, "Confirm and open the case");
    let Some(Action::Opened(case)) = ui.screen.asked else { panic!("not opened: {:?}", ui.screen.asked) };

    drop(ui);
    drop(session);
    let passphrase = Secret::new("otter lantern copper meadow".into());
    let path = folder.path().join("a.casebook");
    let session = Session::open(&path, &passphrase, World::on(day(TODAY))).unwrap();
    let view = session.case(case).unwrap();
    assert_eq!((view.case.target, view.case.alleged[0]), (kofi, daniel));
    assert_eq!(view.people[2].name.full(), "Oli Luk");
    assert_eq!(view.people[2].born, Some(day("2014-11-02")));
    assert_eq!(view.occasions.len(), 2);
    assert_eq!((view.occasions[1].on, view.occasions[1].by), (day("2026-01-18"), view.people[2].id));
    assert_eq!((view.case.told_by.as_str(), view.case.account.as_str()), ("Kofi told me.", "Messages."));
    assert_eq!(view.case.answers.child_wishes, "It should stop.");
    assert_eq!(view.case.answers.platforms.len(), 3);
    assert!(view.case.answers.platforms.iter().all(|one| one.account == Account::Standard));
    assert_eq!(view.decision().unwrap().decision.duty, [Duty::SchoolDuty]);
    assert!(!view.actions.is_empty());
    assert!(session.drafts().unwrap().is_empty(), "the draft became the case");
    assert!(!session.journal(case).unwrap().is_empty());
    assert!(session.verify().unwrap().problems.is_empty());
}

#[test]
fn continue_without_an_answer_says_what_is_missing() {
    let (_folder, session) = empty();
    let mut ui = open(&session, session.begin().unwrap());
    press(&mut ui, "Continue");
    assert_eq!(heading(&ui), "Is anyone in immediate danger?");
    assert_eq!(ui.focused(), (Role::Link, "Choose one answer.".to_owned()));
    ui.press(Named::Enter);
    assert_eq!(ui.focused(), (Role::RadioButton, "No".to_owned()), "the link leads to the field");
}

#[test]
fn leaving_before_the_first_answer_writes_nothing() {
    let (_folder, session) = empty();
    let mut ui = open(&session, session.begin().unwrap());
    press(&mut ui, "Save and leave");
    assert!(matches!(ui.screen.asked, Some(Action::Left)));
    assert!(session.drafts().unwrap().is_empty());
}

#[test]
fn the_emergency_has_one_button_and_comes_back_on_resuming() {
    let (_folder, session) = empty();
    let mut ui = open(&session, session.begin().unwrap());
    let now = "Yes, someone may be in danger now";
    choose(&mut ui, Role::RadioButton, "No", now);
    press(&mut ui, "Continue");
    assert_eq!(heading(&ui), "Call 999 now");
    let buttons: Vec<_> = ui
        .names()
        .into_iter()
        .filter(|(role, _)| matches!(role, Role::Button | Role::Link | Role::RadioButton))
        .collect();
    assert_eq!(buttons, [(Role::Button, "I have called 999".to_owned())]);
    ui.press(Named::Enter);
    assert_eq!(heading(&ui), "Call 999 now", "a second Enter does not turn the page unread");

    let kept = session.drafts().unwrap().remove(0);
    assert_eq!(kept.disclosure.answers.danger, Some(Danger::Immediate));
    assert_eq!(heading(&open(&session, kept)), "Call 999 now", "nobody knows yet whether it was called");

    press(&mut ui, "I have called 999");
    assert_eq!(heading(&ui), "Has any child talked about hurting themselves?");
    choose(&mut ui, Role::RadioButton, "No", "No");
    press(&mut ui, "Continue");
    assert_eq!(heading(&ui), "Does any message contain a picture or a video?", "it does not come twice");
}

#[test]
fn a_picture_that_may_be_unlawful_closes_the_gate_at_once() {
    let (_folder, session, mut draft) = at("imagery");
    draft.disclosure.answers.imagery = None;
    let mut ui = open(&session, draft);
    let warning = |ui: &Ui| ui.has(Role::Alert, "Important");
    for (wanted, locked) in [
        ("No picture or video", false),
        ("Yes, a child may be undressed or partly undressed in it", true),
        ("There is one, and nobody knows what it shows", true),
    ] {
        let first = match ui.screen.wizard.disclosure().answers.imagery {
            Some(Imagery::NudeUnder18) => "Yes, a child may be undressed or partly undressed in it",
            _ => "No picture or video",
        };
        choose(&mut ui, Role::RadioButton, first, wanted);
        assert_eq!(warning(&ui), locked, "{wanted}");
    }
}

#[test]
fn going_back_loses_nothing_that_was_typed() {
    let (_folder, session, draft) = at("alleged");
    let mut ui = open(&session, draft);
    press(&mut ui, "Add another person");
    enter(&mut ui, Role::TextInput, "Full name, or the name of the account", "Someo");
    press(&mut ui, "Back");
    assert_eq!(heading(&ui), "Who is being targeted?");
    press(&mut ui, "Continue");
    assert_eq!(heading(&ui), "Who is alleged to be responsible?");
    let name = ui.node(Role::TextInput, "Full name, or the name of the account");
    assert_eq!(name.value(), Some("Someo"));
    press(&mut ui, "Cancel");
    assert_eq!(ui.focused(), (Role::Button, "Add another person".to_owned()));
    assert_eq!(ui.screen.wizard.disclosure().alleged.len(), 2, "cancelled, so not added");
}

#[test]
fn cancelling_a_change_puts_back_what_there_was() {
    let (_folder, session, draft) = at("occasions");
    let before = draft.disclosure.clone();
    let mut ui = open(&session, draft);
    press(&mut ui, "Change Sat 10 Jan 2026, from Daniel Whitmore");
    enter(&mut ui, Role::MultilineTextInput, "The words", "other words ");
    assert_ne!(ui.screen.wizard.disclosure().occasions, before.occasions);
    press(&mut ui, "Cancel");
    assert_eq!(ui.screen.wizard.disclosure().occasions, before.occasions);
}

#[test]
fn taking_a_person_out_takes_their_occasions_out() {
    let (_folder, session, draft) = at("alleged");
    let daniel = draft.disclosure.alleged[0].id;
    let mut ui = open(&session, draft);
    press(&mut ui, "Remove Daniel Whitmore");
    let left = ui.screen.wizard.disclosure();
    assert!(left.alleged.iter().all(|person| person.id != daniel));
    assert!(left.occasions.iter().all(|occasion| occasion.by != daniel));
    assert!(left.answers.platforms.iter().all(|one| one.user != daniel), "no account is left over");
}

#[test]
fn a_draft_is_taken_up_where_it_was_left() {
    let (_folder, session, draft) = at("nature");
    let mut ui = open(&session, draft);
    let one_off = "It happened once, so far";
    choose(&mut ui, Role::RadioButton, BULLYING, one_off);
    press(&mut ui, "Save and leave");
    assert!(matches!(ui.screen.asked, Some(Action::Left)));
    let kept = session.drafts().unwrap().remove(0);
    let ui = open(&session, kept);
    assert_eq!(heading(&ui), "What does it look like so far?");
    assert_eq!(ui.node(Role::RadioButton, one_off).toggled(), Some(accesskit::Toggled::True));
}

const BULLYING: &str = "Bullying: repeated, or meant to hurt, with one child less able to stop it";

#[test]
fn what_was_typed_is_kept_when_the_window_locks() {
    let (_folder, session) = empty();
    let mut draft = session.begin().unwrap();
    draft.at_question = "story".into();
    let mut ui = open(&session, draft);
    enter(&mut ui, Role::TextInput, "Who told whom?", "Ann");
    drop(ui);
    assert_eq!(session.drafts().unwrap()[0].disclosure.told_by, "Ann");
}

#[test]
fn a_change_from_the_check_leads_back_to_it() {
    let (_folder, session, draft) = at("check");
    let mut ui = open(&session, draft);
    ui.tab_to(Role::Link, "Change What does it look like so far?");
    ui.press(Named::Enter);
    choose(&mut ui, Role::RadioButton, BULLYING, "Too early to say");
    press(&mut ui, "Continue");
    assert_eq!(heading(&ui), "Check your answers");
    assert_eq!(ui.screen.wizard.disclosure().answers.nature, Some(Nature::NotKnown));
}

#[test]
fn nothing_is_decided_before_every_question_is_answered() {
    let (_folder, session, mut draft) = at("check");
    draft.disclosure.answers.platforms.clear();
    let mut ui = open(&session, draft);
    assert!(says(&ui, "Change Whose account was it?"));
    press(&mut ui, "See what the policy says");
    assert_eq!(heading(&ui), "Whose account was it?");
    assert_eq!(ui.focused().0, Role::Link, "the error summary has the focus");
    assert!(says(&ui, "Choose the kind of account: Kofi Osei on WhatsApp."));
}

#[test]
fn the_outcome_goes_back_to_the_check_without_loss() {
    let (_folder, session, draft) = at("check");
    let before = draft.disclosure.clone();
    let mut ui = open(&session, draft);
    press(&mut ui, "See what the policy says");
    press(&mut ui, "Back");
    assert_eq!(heading(&ui), "Check your answers");
    assert!(*ui.screen.wizard.disclosure() == before);
    assert!(session.cases("").unwrap().is_empty());
}

/// A wizard on this page, without a window.
fn bare(place: &str) -> (TempDir, Wizard) {
    let (folder, session, draft) = at(place);
    (folder, Wizard::new(session, draft).0)
}

fn first_error(wizard: &Wizard) -> String {
    wizard.errors().first().map(|(words, _)| words.clone()).unwrap_or_default()
}

#[test]
fn the_day_of_the_story_is_checked() {
    for (typed, says) in [
        ("", "Enter a date"),
        ("31/02/2026", "There is no such day"),
        ("soon", "Enter the date as day, month and year"),
        ("20/01/2026", "has not come yet"),
        ("19/01/2026", ""),
    ] {
        let (_folder, mut wizard) = bare("story");
        let _ = wizard.update(Message::Story(StoryMessage::OnEdited(typed.into())));
        let error = first_error(&wizard);
        assert!(error.contains(says) && error.is_empty() == says.is_empty(), "{typed}: {error}");
        let kept = wizard.disclosure().disclosed_on;
        assert_eq!(kept.is_some(), says.is_empty(), "{typed}: a wrong day is never kept");
    }
    let (_folder, mut wizard) = bare("story");
    let _ = wizard.update(Message::Story(StoryMessage::AccountEdited(Edit::Replace(" \n".into()))));
    assert!(first_error(&wizard).contains("Write down what you were told"));
}

#[test]
fn a_person_is_checked_field_by_field() {
    let edited = |field: PersonField, text: &str| PersonMessage::Edited(field, text.into());
    let long = "a".repeat(121);
    for (message, says) in [
        (edited(PersonField::Name, " "), "Enter a name."),
        (edited(PersonField::Name, &long), "too long"),
        (edited(PersonField::Born, "30/02/2015"), "There is no such day"),
        (edited(PersonField::Born, "20/01/2026"), "in the future"),
        (edited(PersonField::Born, "11/01/2026"), "after an occasion, 10 January 2026"),
        (edited(PersonField::Born, ""), ""),
        (edited(PersonField::Year, "five"), "as a number"),
        (edited(PersonField::Year, "14"), "as a number"),
        (edited(PersonField::Year, "6"), ""),
    ] {
        let (_folder, mut wizard) = bare("target");
        let _ = wizard.update(Message::Target(message.clone()));
        let error = first_error(&wizard);
        assert!(error.contains(says) && error.is_empty() == says.is_empty(), "{message:?}: {error}");
    }
    for (left, says) in [("1/1/2010", "before the date of birth"), ("1/2/2026", "not come"), ("1/9/2025", "")]
    {
        let (_folder, mut wizard) = bare("target");
        let _ = wizard.update(Message::Target(PersonMessage::WhoChosen(Who::ExPupil)));
        let _ = wizard.update(Message::Target(edited(PersonField::LeftOn, left)));
        let error = first_error(&wizard);
        assert!(error.contains(says) && error.is_empty() == says.is_empty(), "{left}: {error}");
    }
}

#[test]
fn an_occasion_is_checked_field_by_field() {
    for (on, says) in [
        ("", "Enter a date"),
        ("20/01/2026", "has not come yet"),
        ("01/01/2014", "was not born on this day"),
        ("19/01/2026", ""),
    ] {
        let (_folder, mut wizard) = bare("occasions");
        let first = wizard.disclosure().occasions[0].id;
        let _ = wizard.update(Message::Occasions(OccasionMessage::Changed(first)));
        let edited = OccasionMessage::Edited(OccasionField::On, on.into());
        let _ = wizard.update(Message::Occasions(edited));
        let error = first_error(&wizard);
        assert!(error.contains(says) && error.is_empty() == says.is_empty(), "{on}: {error}");
        let _ = wizard.update(Message::FormDone);
        assert_eq!(wizard.page.is_form(), !says.is_empty(), "{on}: a wrong form stays open");
    }
    let (_folder, mut wizard) = bare("occasions");
    let _ = wizard.update(Message::OccasionWanted);
    let errors: Vec<String> = wizard.errors().into_iter().map(|(words, _)| words).collect();
    assert_eq!(
        errors.len(),
        2,
        "the day and the words; sender and place follow the occasion before: {errors:?}"
    );
}

#[test]
fn ages_stand_on_the_days_on_which_they_change() {
    let (_folder, wizard) = bare("check");
    let disclosure = wizard.disclosure();
    let said = |person: &Person| check::ages(person, &disclosure.occasions);
    assert_eq!(said(&disclosure.alleged[0]), "10 on 10 January 2026, 11 on 18 January");
    assert_eq!(said(&disclosure.alleged[1]), "11 on 17 January 2026");
    let unknown = Person { born: None, ..disclosure.alleged[0].clone() };
    assert_eq!(said(&unknown), "Not known: no date of birth is entered.");
}

#[test]
fn who_only_went_round_the_filter_is_asked_only_then() {
    let (_folder, session, draft) = at("setting");
    let daniel = draft.disclosure.alleged[0].id;
    let mut ui = open(&session, draft);
    assert!(!ui.has(Role::CheckBox, "Daniel Whitmore"));
    tick(&mut ui, "By getting round the school's filter, or trying to");
    tick(&mut ui, "Daniel Whitmore");
    assert!(ui.screen.wizard.disclosure().answers.firewall_only.contains(&daniel));
    tick(&mut ui, "By getting round the school's filter, or trying to");
    assert!(ui.screen.wizard.disclosure().answers.firewall_only.is_empty());
}

#[test]
fn no_message_shows_what_was_typed() {
    let planted = "Planted Name";
    let messages = [
        Message::Target(PersonMessage::Edited(PersonField::Name, planted.into())),
        Message::Story(StoryMessage::ToldByEdited(planted.into())),
        Message::Story(StoryMessage::AccountEdited(Edit::Replace(planted.into()))),
        Message::Occasions(OccasionMessage::Edited(OccasionField::Evidence, planted.into())),
    ];
    let (_folder, mut wizard) = bare("target");
    let _ = wizard.update(messages[0].clone());
    assert!(!format!("{messages:?} {wizard:?}").contains("Planted"));
}

#[test]
fn an_open_case_with_the_same_child_is_offered_before_another_is_begun() {
    let (_folder, session) = empty();
    let case = crate::ui::screen::case::testkit::case(&session, "Kofi Osei");
    let mut draft = session.begin().unwrap();
    draft.at_question = "target".into();
    draft.disclosure.disclosed_on = Some(day(TODAY));
    let mut ui = open(&session, draft);
    enter(&mut ui, Role::TextInput, "Full name", "kof");
    let who = "Kofi Osei, 6H, born on 14 June 2015, a pupil of this school";
    press(&mut ui, &format!("Use this record: {who}, in the open case 2026-001 as the one who is targeted"));
    assert!(says(&ui, "There is an open case with this person:"));
    press(&mut ui, "Go to 2026-001 instead");
    assert!(matches!(ui.screen.asked, Some(Action::Opened(id)) if id == case), "{:?}", ui.screen.asked);
    assert_eq!(session.drafts().unwrap().len(), 1, "what was typed is kept");
}
