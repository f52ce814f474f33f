//! Settings, the passphrase: a new one for whoever knows the old one. Which are good enough is the judge's decision.

use super::said;
use crate::app::{Cost, Kind, Notice, Secret, Session};
use crate::ui::access;
use crate::ui::screen::background;
use crate::ui::screen::passphrase::{self, ChoosePassphrase, school_words};
use crate::ui::spacing::{L, S, XL};
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};

const OLD: Id = Id::new("settings-passphrase-old");

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// The old passphrase was typed.
    OldEdited(Secret),
    /// In the fields of the new one.
    New(passphrase::Message),
    /// "Change the passphrase" was pressed.
    Submitted,
    /// The new one is set, or not.
    Set(Result<(), Notice>),
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    old: Secret,
    /// What is wrong with the old one; it goes when the field is edited.
    old_wrong: Option<&'static str>,
    new: ChoosePassphrase,
    cost: Cost,
    working: bool,
    notice: Option<Notice>,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        Self {
            old: Secret::default(),
            old_wrong: None,
            new: fresh(session),
            cost: Cost::STANDARD,
            working: false,
            notice: None,
        }
    }

    /// With a cost that a test can wait for.
    #[cfg(test)]
    pub(super) fn cheap(&mut self) {
        self.cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
    }

    /// Learns the school's words, which may have changed.
    pub(super) fn learn(&mut self, session: &Session) {
        self.new.know(known(session));
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match message {
            Message::OldEdited(typed) => {
                self.notice = None;
                self.old_wrong = None;
                self.old = typed;
            }
            Message::Submitted | Message::New(passphrase::Message::Submitted) => return self.submit(session),
            Message::New(message) => {
                self.notice = None;
                return self.new.update(message).map(Message::New);
            }
            Message::Set(done) => return self.finish(session, done),
            Message::LinkFollowed(field) => return access::focus(field),
        }
        Task::none()
    }

    fn submit(&mut self, session: &Session) -> Task<Message> {
        if self.working {
            return Task::none();
        }
        self.old_wrong = self.old.expose().is_empty().then_some("Enter the passphrase that you have now.");
        let new = self.new.check();
        let Some(new) = new.filter(|_| self.old_wrong.is_none()) else {
            return access::focus(widget::ERROR_SUMMARY);
        };
        self.working = true;
        self.notice = None;
        let (session, old, cost) = (session.clone(), self.old.clone(), self.cost);
        let work = background::apart(move || {
            session.replace_passphrase(&old, &new, cost).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, Message::Set)
    }

    fn finish(&mut self, session: &Session, done: Result<(), Notice>) -> Task<Message> {
        self.working = false;
        match done {
            Ok(()) => {
                self.old = Secret::default();
                self.new = fresh(session);
                let next = "Use it the next time you open the case file. The recovery sheet stays as it is.";
                self.notice = Some(Notice::done("The passphrase is changed.", next));
            }
            Err(notice) if notice.kind == Kind::YourInput => {
                self.old = Secret::default();
                self.old_wrong =
                    Some("This is not the passphrase that opens the case file now. Enter it again.");
                return access::focus(widget::ERROR_SUMMARY);
            }
            Err(notice) => self.notice = Some(notice),
        }
        Task::none()
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let old = self.old_wrong.map(|words| (words.to_owned(), OLD));
        old.into_iter().chain(self.new.errors()).collect()
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let errors = self.errors();
        let summary = (!errors.is_empty()).then(|| widget::error_summary(errors, Message::LinkFollowed));
        let label = if self.working { "Changing…" } else { "Change the passphrase" };
        let submit = button::primary(label).on_press_maybe((!self.working).then_some(Message::Submitted));
        let old = widget::text_field("Current passphrase", self.old.expose())
            .hint("If it is lost, lock the case file and open it with the recovery sheet: then you choose a new one.")
            .error(self.old_wrong)
            .id(OLD)
            .secure()
            .on_input(|typed| Message::OldEdited(Secret::new(typed)))
            .on_submit(Message::Submitted);
        let page = column![
            widget::paragraph(
                "The passphrase opens the case file. Nobody can look it up or send it to you again."
            ),
            column![
                Element::from(old),
                self.new.view().map(Message::New),
                column![slot(self.notice.as_ref().map(said), L), button::row_of([submit.into()])],
            ]
            .spacing(L),
        ]
        .spacing(L + S);
        column![slot(summary, XL), page].into()
    }
}

fn fresh(session: &Session) -> ChoosePassphrase {
    ChoosePassphrase::new(known(session), session.random()).called("New passphrase")
}

/// What a guesser would try first here. Without the school the judge is a little milder; the page that shows the school
/// says why it cannot be read.
fn known(session: &Session) -> Vec<String> {
    let mut words = school_words(&session.school().unwrap_or_default());
    words.push(session.actor().to_lowercase());
    words
}
