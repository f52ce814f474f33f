//! Settings, the passphrase: a new one, typed twice and judged while it is typed. Which ones are good enough is the
//! judge's decision.

use super::background::apart;
use super::{said, slot, unfinished};
use crate::app::{Cost, Notice, Secret, Session, Strength, judge};
use crate::ui::access::{self, Live, Role, control};
use crate::ui::spacing::{FIELD_MEDIUM, L, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Alignment, Element, Task};
use std::fmt;

const FIRST: Id = Id::new("settings-passphrase");
const AGAIN: Id = Id::new("settings-passphrase-again");

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// The passphrase was typed.
    Edited(Secret),
    /// It was typed again.
    AgainEdited(Secret),
    /// "Change the passphrase" was pressed.
    Submitted,
    /// The new one is set, or not.
    Set(Result<(), Notice>),
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// The state of this part.
pub(super) struct Part {
    first: Secret,
    again: Secret,
    strength: Option<Strength>,
    /// What a guesser would try first here.
    school_words: Vec<String>,
    cost: Cost,
    working: bool,
    /// What was wrong when the button was pressed; each goes when its field is edited.
    wrong: Vec<(&'static str, Id)>,
    notice: Option<Notice>,
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part").field("working", &self.working).finish_non_exhaustive()
    }
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let mut part = Self {
            first: Secret::default(),
            again: Secret::default(),
            strength: None,
            school_words: Vec::new(),
            cost: Cost::STANDARD,
            working: false,
            wrong: Vec::new(),
            notice: None,
        };
        part.learn(session);
        part
    }

    /// With a cost that a test can wait for.
    #[cfg(test)]
    pub(super) fn cheap(&mut self) {
        self.cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
    }

    /// Learns the school's words, which may have changed.
    pub(super) fn learn(&mut self, session: &Session) {
        // Without them the judge is a little milder; the page that shows the school says why they cannot be read.
        let school = session.school().unwrap_or_default();
        let people = [school.signatory.name, school.lead.name, session.actor().to_owned()];
        self.school_words = std::iter::once(school.name).chain(people).chain(school.address).collect();
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match message {
            Message::Edited(typed) => self.edit(typed),
            Message::AgainEdited(typed) => {
                self.notice = None;
                self.wrong.retain(|(_, at)| *at != AGAIN);
                self.again = typed;
            }
            Message::Submitted => return self.submit(session),
            Message::Set(done) => self.finish(done),
            Message::LinkFollowed(field) => return access::focus(field),
        }
        Task::none()
    }

    fn edit(&mut self, typed: Secret) {
        self.notice = None;
        self.wrong.retain(|(_, at)| *at != FIRST);
        let words: Vec<&str> = self.school_words.iter().map(String::as_str).collect();
        let judged = judge(typed.expose(), &words);
        self.strength = (!typed.expose().is_empty()).then_some(judged);
        self.first = typed;
    }

    fn submit(&mut self, session: &Session) -> Task<Message> {
        if self.working {
            return Task::none();
        }
        self.wrong = self.check();
        if !self.wrong.is_empty() {
            return access::focus(widget::ERROR_SUMMARY);
        }
        self.working = true;
        let (session, passphrase, cost) = (session.clone(), self.first.clone(), self.cost);
        let work =
            apart(move || session.change_passphrase(&passphrase, cost).map_err(|error| Notice::from(&error)));
        Task::perform(work, |done| Message::Set(done.unwrap_or_else(|| Err(unfinished()))))
    }

    fn finish(&mut self, done: Result<(), Notice>) {
        self.working = false;
        self.notice = Some(match done {
            Ok(()) => {
                (self.first, self.again, self.strength) = (Secret::default(), Secret::default(), None);
                let next = "Use it the next time you open the case file. The recovery sheet stays as it is.";
                Notice::done("The passphrase is changed.", next)
            }
            Err(notice) => notice,
        });
    }

    fn check(&self) -> Vec<(&'static str, Id)> {
        let first = match &self.strength {
            None => Some("Enter a new passphrase."),
            Some(strength) if !strength.enough => Some(strength.advice),
            Some(_) => None,
        };
        let differs = self.first.expose() != self.again.expose();
        let again = differs.then_some("The two passphrases differ. Type the second one again.");
        first.map(|words| (words, FIRST)).into_iter().chain(again.map(|words| (words, AGAIN))).collect()
    }

    fn error(&self, field: &Id) -> Option<&'static str> {
        self.wrong.iter().find(|(_, at)| at == field).map(|(words, _)| *words)
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let wrong = self.wrong.iter().cloned();
        let summary = (!self.wrong.is_empty()).then(|| widget::error_summary(wrong, Message::LinkFollowed));
        let label = if self.working { "Changing…" } else { "Change the passphrase" };
        let submit = button::primary(label).on_press_maybe((!self.working).then_some(Message::Submitted));
        let page = column![
            column![
                widget::paragraph(
                    "The passphrase opens the case file. Nobody can look it up or send it to you again, so choose \
                     one that you can remember without writing it down."
                ),
                widget::hint("Five words that have nothing to do with one another are strong and easy to keep."),
            ]
            .spacing(S),
            column![
                column![
                    widget::text_field("New passphrase", self.first.expose())
                        .secure()
                        .width(FIELD_MEDIUM)
                        .error(self.error(&FIRST))
                        .id(FIRST)
                        .on_input(|typed| Message::Edited(Secret::new(typed)))
                        .on_submit(Message::Submitted),
                    self.judgement(),
                ]
                .spacing(S),
                widget::text_field("The same passphrase again", self.again.expose())
                    .secure()
                    .width(FIELD_MEDIUM)
                    .error(self.error(&AGAIN))
                    .id(AGAIN)
                    .on_input(|typed| Message::AgainEdited(Secret::new(typed)))
                    .on_submit(Message::Submitted),
                column![slot(self.notice.as_ref().map(said), L), button::row_of([submit.into()])],
            ]
            .spacing(L),
        ]
        .spacing(XL);
        column![slot(summary, XL), page].into()
    }

    /// What the judge says, while it is typed. The same place stays for it, so the page does not jump.
    fn judgement(&self) -> Element<'_, Message> {
        let (tag, tone, advice) = match &self.strength {
            None => ("Not typed yet", Tone::Neutral, ""),
            Some(strength) if strength.enough => ("Strong", Tone::Success, strength.advice),
            Some(strength) if strength.score >= 2 => ("Not strong enough", Tone::Warning, strength.advice),
            Some(strength) => ("Easy to guess", Tone::Danger, strength.advice),
        };
        // The error at the field says it already.
        let advice = if self.error(&FIRST).is_some() { "" } else { advice };
        let shown = row![widget::tag(tag, tone), widget::hint(advice)].spacing(S).align_y(Alignment::Start);
        control(Role::Status, format!("{tag}. {advice}").trim_end().to_owned(), shown)
            .live(Live::Polite)
            .into()
    }
}
