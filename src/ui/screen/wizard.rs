//! The wizard: one question a page, from danger to the outcome.
//!
//! Its state is the disclosure and the page being filled in. Which pages there are, and what is missing on one, is the
//! policy's to say. What is typed goes into the draft as it comes, and the draft into the case file.

mod accounts;
mod alleged;
mod check;
mod contact;
mod occasions;
mod page;
mod person;
mod story;
#[cfg(test)]
mod tests;
mod view;
mod wishes;

use super::outcome::{self, Outcome, Subject};
use crate::app::{Error, Involved, Notice, Question, Session};
use crate::domain::{CaseId, Disclosure, Draft, FirstScreen, Lead, Person, PersonId};
use crate::ui::access;
use crate::ui::widget::{self, ERROR_SUMMARY};
use iced::advanced::widget::Id;
use iced::{Element, Task};
use page::Page;
use std::collections::BTreeMap;

pub use accounts::Chosen;
pub use alleged::Message as AllegedMessage;
pub use contact::Message as ContactMessage;
pub use occasions::{Field as OccasionField, Message as OccasionMessage};
pub use person::{Field as PersonField, Message as PersonMessage};
pub use story::Message as StoryMessage;
pub use wishes::Message as WishesMessage;

/// What a draft calls “Check your answers”, which is no question of the policy.
const CHECK: &str = "check";
/// After so many edits the draft is kept, also in the middle of a sentence.
const EDITS: u32 = 20;
/// The pages whose answers lead to the restricted register: they can still be answered otherwise. Nothing after them is
/// asked in an ordinary case file.
const LEADS_APART: [&str; 6] = ["danger", "selfharm", "imagery", "signs", "staff_contact", "alleged"];
/// The group of a choice, for its error.
const CHOICE: Id = Id::new("wizard-choice");

/// The screen.
#[derive(Debug)]
pub struct Wizard {
    session: Session,
    draft: Draft,
    page: Page,
    /// Pages left before they were filled in rightly, by their question: coming back loses nothing.
    unfinished: BTreeMap<String, Page>,
    /// Everyone in the case file, to search before creating.
    everyone: Vec<Person>,
    /// Who is in which open case, for the same.
    involved: Vec<Involved>,
    /// “Change” was followed, so “Continue” goes back to the check.
    returning: bool,
    /// “Continue” was pressed while something was wrong.
    tried: bool,
    /// “I have called 999” was pressed.
    called: bool,
    /// Edits since the draft was kept.
    unkept: u32,
    notice: Option<Notice>,
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// An answer was chosen, by its id.
    Chosen(&'static str),
    /// Whether somebody only tried to get round the filter.
    FilterOnly(PersonId, bool),
    /// Something happened on the page of the story.
    Story(story::Message),
    /// Something happened on the form of the targeted person.
    Target(person::Message),
    /// Something happened on the page of those alleged.
    Alleged(alleged::Message),
    /// One more person is to be added.
    PersonWanted,
    /// Something happened on the page of the occasions.
    Occasions(occasions::Message),
    /// One more occasion is to be added.
    OccasionWanted,
    /// The form in the page was finished.
    FormDone,
    /// The kind of an account was chosen.
    Account(Chosen),
    /// Something happened on the page of whether telling the families is safe.
    Contact(contact::Message),
    /// Something happened on the page of the wishes.
    Wishes(wishes::Message),
    /// The page is answered.
    Continued,
    /// To the page before.
    Back,
    /// Save and leave.
    Left,
    /// The police have been called.
    Called,
    /// The disclosure is to go on in the restricted register.
    ApartWanted,
    /// A question is to be answered anew, by its id.
    Change(String),
    /// The answers are right: on to the outcome.
    Decided,
    /// Something happened on the outcome.
    Outcome(outcome::Message),
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// The lead leaves; the draft is kept.
    Left,
    /// The case is open.
    Opened(CaseId),
    /// The disclosure goes on in the restricted register, led by the chair of governors or not.
    KeepApart(Box<Draft>, Lead),
}

impl Wizard {
    /// The screen, and what it has to do first.
    pub fn new(session: Session, draft: Draft) -> (Self, Task<Message>) {
        let known = session.everyone().and_then(|everyone| Ok((everyone, session.involved()?)));
        let ((everyone, involved), notice) = match known {
            Ok(known) => (known, None),
            Err(error) => (<_>::default(), Some(Notice::from(&error))),
        };
        let mut wizard = Self {
            session,
            page: Page::Choice,
            draft,
            unfinished: BTreeMap::new(),
            everyone,
            involved,
            returning: false,
            tried: false,
            called: false,
            unkept: 0,
            notice,
        };
        let at = wizard.draft.at_question.clone();
        wizard.show(&at);
        (wizard, access::focus_first())
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Chosen(value) => self.choose(value),
            Message::FilterOnly(person, only) => self.filter_only(person, only),
            Message::Story(message) => self.story(message),
            Message::Target(message) => self.target(message),
            Message::Alleged(message) => self.alleged(message),
            Message::PersonWanted => self.add_person(),
            Message::Occasions(message) => self.occasions(message),
            Message::OccasionWanted => self.add_occasion(),
            Message::FormDone => self.finish_form(),
            Message::Account(chosen) => self.account(chosen),
            Message::Contact(message) => self.contact(message),
            Message::Wishes(message) => self.wishes(message),
            Message::Continued => self.go_on(),
            Message::Back => self.back(),
            Message::Left => self.leave(),
            Message::Called => self.call_made(),
            Message::ApartWanted => self.keep_apart(),
            Message::Change(question) => self.change(&question),
            Message::Decided => self.decide(),
            Message::Outcome(message) => self.outcome(message),
            Message::LinkFollowed(field) => Action::Run(access::focus(field)),
        }
    }

    fn disclosure(&self) -> &Disclosure {
        &self.draft.disclosure
    }

    /// The question of the page, where it has one.
    fn question(&self) -> Option<&Question> {
        self.session.policy().questions.iter().find(|q| q.id == self.draft.at_question)
    }

    /// The questions that are asked, by id.
    fn path(&self) -> Vec<String> {
        let way = self.session.way(self.disclosure()).into_iter();
        way.filter(|asked| asked.skipped.is_none()).map(|asked| asked.question.id.clone()).collect()
    }

    /// The questions before this page and after it that are asked. A page that would be skipped has its place too: the
    /// lead may answer it all the same.
    fn around(&self) -> (Vec<String>, Vec<String>) {
        let order = |id: &str| self.session.policy().questions.iter().position(|q| q.id == id);
        let here = order(&self.draft.at_question).unwrap_or(usize::MAX);
        let path = self.path().into_iter().filter(|id| *id != self.draft.at_question);
        path.partition(|id| order(id) < Some(here))
    }

    // What is answered.

    fn choose(&mut self, value: &str) -> Action {
        if let Some(question) = self.question().cloned() {
            crate::app::Policy::choose(&question, &mut self.draft.disclosure, value);
            page::tidy(&mut self.draft.disclosure);
        }
        self.tried = false;
        self.keep()
    }

    fn filter_only(&mut self, person: PersonId, only: bool) -> Action {
        let set = &mut self.draft.disclosure.answers.firewall_only;
        if only {
            set.insert(person)
        } else {
            set.remove(&person)
        };
        self.keep()
    }

    fn story(&mut self, message: story::Message) -> Action {
        let today = self.session.today();
        if let Page::Story(story) = &mut self.page {
            story.update(message, today, &mut self.draft.disclosure);
        }
        self.edited()
    }

    fn target(&mut self, message: person::Message) -> Action {
        if let person::Message::CaseWanted(case) = message {
            return self.open_instead(case);
        }
        let record = matches!(message, person::Message::RecordChosen(_));
        if let Page::Target(form) = &mut self.page {
            form.update(message, &self.everyone);
            page::put_target(&mut self.draft.disclosure, form.person());
        }
        if record { self.keep_and_focus(person::NAME) } else { self.edited() }
    }

    /// The matter goes on in a case that is open already. The disclosure stays among those that were left half-way.
    fn open_instead(&mut self, case: CaseId) -> Action {
        match self.leave() {
            Action::Left => Action::Opened(case),
            other => other,
        }
    }

    fn alleged(&mut self, message: alleged::Message) -> Action {
        if let alleged::Message::Form(person::Message::CaseWanted(case)) = message {
            return self.open_instead(case);
        }
        let Page::Alleged(page) = &mut self.page else { return Action::None };
        match page.update(message, &self.everyone, &mut self.draft.disclosure) {
            None => self.edited(),
            Some(field) => self.keep_and_focus(field),
        }
    }

    fn add_person(&mut self) -> Action {
        match self.session.new_person_id() {
            Ok(id) => self.alleged(alleged::Message::Added(id)),
            Err(error) => self.failed(&error),
        }
    }

    fn occasions(&mut self, message: occasions::Message) -> Action {
        let today = self.session.today();
        let Page::Occasions(page) = &mut self.page else { return Action::None };
        match page.update(message, today, &mut self.draft.disclosure) {
            None => self.edited(),
            Some(field) => self.keep_and_focus(field),
        }
    }

    fn add_occasion(&mut self) -> Action {
        match self.session.new_occasion_id() {
            Ok(id) => self.occasions(occasions::Message::Added(id, self.draft.id)),
            Err(error) => self.failed(&error),
        }
    }

    fn finish_form(&mut self) -> Action {
        if !self.errors().is_empty() {
            return self.wrong();
        }
        let field = match &mut self.page {
            Page::Alleged(page) => page.done(),
            Page::Occasions(page) => page.done(),
            _ => return Action::None,
        };
        self.keep_and_focus(field)
    }

    fn account(&mut self, chosen: Chosen) -> Action {
        accounts::choose(&mut self.draft.disclosure, chosen);
        self.keep()
    }

    fn contact(&mut self, message: contact::Message) -> Action {
        let Some(question) = self.question().cloned() else { return Action::None };
        let chosen = matches!(message, contact::Message::Chosen(_));
        if let Page::Contact(page) = &mut self.page {
            page.update(message, &question, &mut self.draft.disclosure);
        }
        if chosen { self.keep() } else { self.edited() }
    }

    fn wishes(&mut self, message: wishes::Message) -> Action {
        if let Page::Wishes(page) = &mut self.page {
            page.update(message, &mut self.draft.disclosure);
        }
        self.edited()
    }

    // Keeping it.

    fn keep(&mut self) -> Action {
        self.unkept = 0;
        accounts::tidy(self.session.policy(), &mut self.draft.disclosure);
        match self.session.save_draft(&self.draft) {
            Ok(()) => {
                self.notice = None;
                Action::None
            }
            Err(error) => self.failed(&error),
        }
    }

    fn keep_and_focus(&mut self, field: Id) -> Action {
        self.tried = false;
        let _ = self.keep();
        Action::Run(access::focus(field))
    }

    /// Typing is kept every few letters: each letter would make a line of the journal.
    fn edited(&mut self) -> Action {
        self.unkept += 1;
        if self.unkept >= EDITS { self.keep() } else { Action::None }
    }

    fn failed(&mut self, error: &Error) -> Action {
        self.notice = Some(Notice::from(error));
        Action::None
    }

    // From page to page.

    /// Everything that is wrong on the page.
    fn errors(&self) -> Vec<(String, Id)> {
        self.page.errors(&self.session, self.disclosure(), self.question())
    }

    fn wrong(&mut self) -> Action {
        self.tried = true;
        Action::Run(access::focus(ERROR_SUMMARY))
    }

    fn go_on(&mut self) -> Action {
        if !self.errors().is_empty() {
            return self.wrong();
        }
        self.unfinished.remove(&self.draft.at_question);
        let next = if self.returning {
            self.session.unanswered(self.disclosure())
        } else {
            self.around().1.into_iter().next()
        };
        self.turn_to(&next.unwrap_or_else(|| CHECK.to_owned()))
    }

    fn back(&mut self) -> Action {
        if self.returning {
            return self.turn_to(CHECK);
        }
        match self.around().0.pop() {
            Some(before) => self.turn_to(&before),
            None => self.leave(),
        }
    }

    fn change(&mut self, question: &str) -> Action {
        self.returning = true;
        self.turn_to_page(question)
    }

    fn turn_to(&mut self, place: &str) -> Action {
        self.returning &= place != CHECK;
        self.turn_to_page(place)
    }

    fn turn_to_page(&mut self, place: &str) -> Action {
        self.set_aside();
        self.show(place);
        let _ = self.keep();
        Action::Run(turned(&self.page))
    }

    /// Keeps a page that is left in the middle.
    fn set_aside(&mut self) {
        if self.page.is_form() && !self.errors().is_empty() {
            let page = std::mem::replace(&mut self.page, Page::Choice);
            self.unfinished.insert(self.draft.at_question.clone(), page);
        }
    }

    /// Shows a page; the emergency comes before every other.
    fn show(&mut self, place: &str) {
        self.tried = false;
        let questions = &self.session.policy().questions;
        let known = place == CHECK || questions.iter().any(|q| q.id == place);
        let first = questions.first().map(|q| q.id.clone()).unwrap_or_default();
        self.draft.at_question = if known { place.to_owned() } else { first };
        let emergency = match self.session.outcome(self.disclosure()) {
            Ok(outcome) => outcome.decision.first_screen,
            Err(error) => return drop(self.failed(&error)),
        };
        let still_asking = self.draft.at_question == "danger";
        if emergency == Some(FirstScreen::Emergency) && !self.called && !still_asking {
            self.page = Page::Emergency;
            return;
        }
        match self.session.goes_apart(self.disclosure()) {
            Ok(Some(lead)) if !LEADS_APART.contains(&self.draft.at_question.as_str()) => {
                self.page = Page::Apart(lead);
                return;
            }
            Ok(_) => {}
            Err(error) => return drop(self.failed(&error)),
        }
        let unfinished = self.unfinished.remove(&self.draft.at_question);
        let page = unfinished.map_or_else(|| Page::of(self.question(), self.disclosure(), &self.session), Ok);
        match page {
            Ok(page) => self.page = page,
            Err(error) => drop(self.failed(&error)),
        }
    }

    fn call_made(&mut self) -> Action {
        self.called = true;
        let place = self.draft.at_question.clone();
        self.show(&place);
        Action::Run(turned(&self.page))
    }

    fn keep_apart(&mut self) -> Action {
        let Page::Apart(lead) = self.page else { return Action::None };
        let _ = self.keep();
        if self.notice.is_some() {
            Action::None
        } else {
            Action::KeepApart(Box::new(self.draft.clone()), lead)
        }
    }

    fn leave(&mut self) -> Action {
        // Nothing is written before the first answer.
        if *self.disclosure() == Disclosure::default() {
            return Action::Left;
        }
        let _ = self.keep();
        if self.notice.is_some() { Action::None } else { Action::Left }
    }

    fn decide(&mut self) -> Action {
        if let Some(question) = self.session.unanswered(self.disclosure()) {
            let _ = self.change(&question);
            return self.wrong();
        }
        let _ = self.keep();
        let (screen, task) = Outcome::new(self.session.clone(), Subject::Draft(self.draft.clone()));
        self.page = Page::Outcome(Box::new(screen));
        Action::Run(Task::batch([turned(&self.page), task.map(Message::Outcome)]))
    }

    fn outcome(&mut self, message: outcome::Message) -> Action {
        let Page::Outcome(screen) = &mut self.page else { return Action::None };
        match screen.update(message) {
            outcome::Action::None => Action::None,
            outcome::Action::Run(task) => Action::Run(task.map(Message::Outcome)),
            outcome::Action::Back => self.turn_to(CHECK),
            outcome::Action::Confirmed(id) => {
                self.unkept = 0;
                Action::Opened(id)
            }
        }
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        view::page(self)
    }
}

impl Drop for Wizard {
    /// The window may lock at any time; what was typed since the last save is kept then too.
    fn drop(&mut self) {
        if self.unkept > 0 {
            let _ = self.session.save_draft(&self.draft);
        }
    }
}

/// What a page that has just been turned to begins with: its top, and the first thing that can be acted on. In an emergency
/// that would be “I have called 999” at its end, pressed unread by a second Enter; so there nothing is.
fn turned(page: &Page) -> Task<Message> {
    let focus = if matches!(page, Page::Emergency) { access::unfocus() } else { access::focus_first() };
    Task::batch([focus, widget::to_top()])
}

/// What is wrong with a field, of everything that is wrong.
fn error_at(errors: &[(String, Id)], field: &Id) -> Option<String> {
    errors.iter().find(|(_, id)| id == field).map(|(words, _)| words.clone())
}

/// The name of somebody in the disclosure.
fn name_of(disclosure: &Disclosure, id: PersonId) -> String {
    let person = disclosure.people().find(|person| person.id == id);
    person.map_or_else(String::new, |person| person.name.full().to_owned())
}
