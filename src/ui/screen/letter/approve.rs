//! Approving a letter in steps: that it was read, then the second look where it needs one. What it needs is decided
//! elsewhere.

use super::{Action, Letter, Shown};
use crate::app::{Error, Given, KeyPerson, LetterView, Needs, Notice, Progress, Secret};
use crate::domain::KeyRole;
use crate::ui::access;
use crate::ui::screen::background;
use crate::ui::screen::case::words;
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};

const PASSPHRASE: Id = Id::new("letter-second-passphrase");

/// What happened while a letter is approved.
#[derive(Debug, Clone)]
pub enum Message {
    /// It is to be approved.
    Asked,
    /// "I have read it" was turned.
    ReadTurned(bool),
    /// On to the second look.
    Continued,
    /// Back to the first step.
    Back,
    /// "I have looked again" was turned.
    AgainTurned(bool),
    /// Who approves too was chosen.
    PersonChosen(String),
    /// Their passphrase was typed.
    PassphraseEdited(Secret),
    /// Approving was confirmed.
    Approve,
    /// Approving was called off.
    Left,
    /// Approving is over.
    Done(Result<(), Notice>),
}

/// A letter that is being approved.
#[derive(Debug)]
pub(super) struct Approving {
    needs: Needs,
    read: bool,
    second_step: bool,
    again: bool,
    person: Option<String>,
    passphrase: Secret,
    working: Option<Progress>,
    /// To how many homes it goes.
    homes: usize,
    notice: Option<Notice>,
}

impl Letter {
    pub(super) fn update_approval(&mut self, message: Message) -> Action {
        if let Message::Asked = message {
            return self.ask_to_approve();
        }
        if let Message::Done(done) = message {
            return Action::Run(self.approved(done));
        }
        if let Message::Left = message {
            self.approving = None;
        }
        let Some(approving) = &mut self.approving else { return Action::None };
        match message {
            Message::ReadTurned(read) => approving.read = read,
            Message::Continued => {
                approving.second_step = true;
                return Action::Run(access::focus(PASSPHRASE));
            }
            Message::Back => approving.second_step = false,
            Message::AgainTurned(again) => approving.again = again,
            Message::PersonChosen(name) => approving.person = Some(name),
            Message::PassphraseEdited(typed) => approving.passphrase = typed,
            Message::Approve => return self.approve(),
            Message::Asked | Message::Left | Message::Done(_) => {}
        }
        Action::None
    }

    /// Begins approving, or says what stands in its way where it can be seen.
    fn ask_to_approve(&mut self) -> Action {
        self.save();
        let Some(Shown(view)) = &self.shown else { return Action::None };
        if self.saved != self.generation {
            return Action::None;
        }
        let (hindered, to) = match (&view.held_back, view.findings.len()) {
            (_, hits @ 1..) => (Some(Error::Guarded { hits }), access::focus(super::guard::FIRST)),
            (Some(why), 0) => (Some(Error::HeldBack { why: why.clone() }), Task::none()),
            (None, 0) => (None, Task::none()),
        };
        if let Some(error) = hindered {
            self.notice = Some(Notice::from(&error));
            // The button stands below a long text, the notice above it.
            return Action::Run(Task::batch([super::to_top(), to]));
        }
        match self.session.approval_needs(self.id) {
            Ok(needs) => self.approving = Some(Approving::of(needs, view.record.papers.len())),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        Action::None
    }

    fn approve(&mut self) -> Action {
        let Some(approving) = self.approving.as_mut().filter(|approving| approving.ready()) else {
            return Action::None;
        };
        let progress = Progress::default();
        approving.working = Some(progress.clone());
        approving.notice = None;
        let (session, id, given) = (self.session.clone(), self.id, approving.given());
        let work = background::apart(move || {
            let done = session.approve_letter_watched(id, &given, &progress);
            done.map_err(|error| Notice::from(&error))
        });
        let done =
            |done: Result<LetterView, Notice>| super::Message::Approval(Message::Done(done.map(|_| ())));
        Action::Run(Task::batch([Task::perform(work, done), super::tick()]))
    }

    fn approved(&mut self, done: Result<(), Notice>) -> Task<super::Message> {
        if let (Err(notice), Some(approving)) = (&done, &mut self.approving)
            && approving.second_step
        {
            // A passphrase that is not right is typed again where it was typed.
            approving.working = None;
            approving.passphrase = Secret::default();
            approving.notice = Some(notice.clone());
            return access::focus(PASSPHRASE);
        }
        self.approving = None;
        let refused = done.is_err();
        self.notice = done.err();
        match self.session.letter(self.id) {
            Ok(view) => self.shown = Some(Shown(view)),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        self.preview.forget();
        let drawn = self.draw();
        if refused { Task::batch([super::to_top(), drawn]) } else { drawn }
    }
}

impl Approving {
    pub(super) fn of(needs: Needs, homes: usize) -> Self {
        let only = match &needs {
            Needs::Person { one_of, .. } if one_of.len() == 1 => Some(one_of[0].name.clone()),
            _ => None,
        };
        Self {
            needs,
            read: false,
            second_step: false,
            again: false,
            person: only,
            passphrase: Secret::default(),
            working: None,
            homes,
            notice: None,
        }
    }

    pub(super) fn at_work(&self) -> bool {
        self.working.as_ref().is_some_and(Progress::at_work)
    }

    pub(super) fn stop(&self) {
        if let Some(progress) = &self.working {
            progress.stop();
        }
    }

    /// How far it is, where there is more than one letter to make.
    fn along(&self) -> Option<Element<'_, super::Message>> {
        let progress = self.working.as_ref().filter(|_| self.homes > 1)?;
        let label = format!("Making {} letters", self.homes);
        Some(widget::progress(label, progress.fraction(), Some(super::Message::Stopped)))
    }

    /// Whether all is said that it needs.
    fn ready(&self) -> bool {
        let second = match &self.needs {
            Needs::Nothing => true,
            Needs::SecondLook { .. } => self.second_step && self.again,
            Needs::Person { .. } => {
                self.second_step && self.person.is_some() && !self.passphrase.expose().is_empty()
            }
            Needs::Missing { .. } => false,
        };
        self.read && second && self.working.is_none()
    }

    fn given(&self) -> Given {
        match (&self.needs, &self.person) {
            (Needs::SecondLook { .. }, _) => Given::SecondLook,
            (Needs::Person { .. }, Some(name)) => {
                Given::Person { name: name.clone(), passphrase: self.passphrase.clone() }
            }
            _ => Given::Nothing,
        }
    }

    pub(super) fn dialog(&self) -> widget::Dialog<'_, super::Message> {
        let (title, content) = if self.second_step {
            ("A second look", self.second_look())
        } else {
            ("Approve this letter?", self.first_look())
        };
        let content = column![content.map(super::Message::Approval)].push(self.along()).spacing(M);
        widget::dialog(title, content).on_cancel(super::Message::Approval(Message::Left))
    }

    fn first_look(&self) -> Element<'_, Message> {
        let words = column![
            widget::paragraph(
                "After this the letter cannot be changed. Its pages are kept in the case file as they are, with the day and your name."
            ),
            widget::paragraph("Casebook sends nothing. You save it as a PDF and send it yourself."),
            widget::checkbox("I have read every page of this letter", self.read, Message::ReadTurned),
        ]
        .spacing(M);
        let (label, next) = match (&self.needs, self.working.is_some()) {
            (_, true) => ("Working…", Message::Approve),
            (Needs::Nothing, false) => ("Approve the letter", Message::Approve),
            _ => ("Continue to the second look", Message::Continued),
        };
        let buttons = button::row_of([
            button::primary(label)
                .description(if self.read { "" } else { "First confirm that you have read it." })
                .on_press_maybe((self.read && self.working.is_none()).then_some(next))
                .into(),
            self.quiet("Not yet", Message::Left),
        ]);
        column![words, buttons].spacing(L).into()
    }

    fn quiet(&self, label: &'static str, message: Message) -> Element<'_, Message> {
        button::secondary(label).on_press_maybe(self.working.is_none().then_some(message)).into()
    }

    fn second_look(&self) -> Element<'_, Message> {
        let asked: Element<'_, Message> = match &self.needs {
            Needs::Person { one_of, why } => {
                column![widget::paragraph(why.as_str()), self.who(one_of), self.passphrase()]
                    .spacing(M)
                    .into()
            }
            Needs::SecondLook { why } => column![
                widget::paragraph(why.as_str()),
                widget::checkbox("I have looked at it once more", self.again, Message::AgainTurned),
            ]
            .spacing(M)
            .into(),
            Needs::Missing { why } => widget::paragraph(why.as_str()),
            Needs::Nothing => iced::widget::space().into(),
        };
        let label = if self.working.is_some() { "Working…" } else { "Approve the letter" };
        let buttons = button::row_of([
            button::primary(label).on_press_maybe(self.ready().then_some(Message::Approve)).into(),
            self.quiet("Go back", Message::Back),
        ]);
        column![asked, column![slot(self.notice.as_ref().map(words::said), M), buttons]].spacing(L).into()
    }

    /// Who approves: the only one there is, or one of several.
    fn who<'a>(&'a self, one_of: &'a [KeyPerson]) -> Element<'a, Message> {
        if let [only] = one_of {
            return widget::strong(called(only));
        }
        let people = one_of.iter().map(|person| widget::choice(person.name.clone(), called(person)));
        widget::radio_group("Who approves it too?", people, self.person.as_ref(), Message::PersonChosen)
            .into()
    }

    fn passphrase(&self) -> Element<'_, Message> {
        let field = widget::text_field("Their passphrase", self.passphrase.expose())
            .hint("They type it themselves. It is not kept.")
            .id(PASSPHRASE)
            .secure()
            .on_input(|typed| Message::PassphraseEdited(Secret::new(typed)))
            .on_submit(Message::Approve);
        column![Element::from(field)].spacing(S).into()
    }
}

fn called(person: &KeyPerson) -> String {
    let role = person.role.map(KeyRole::words).map_or_else(String::new, |role| format!(", {role}"));
    format!("{}{role}", person.name)
}
