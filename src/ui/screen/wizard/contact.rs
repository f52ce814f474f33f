//! The page of whether telling the families is safe: where it is not, with the lead's reason and the day on which that is
//! looked at again.

use crate::app::{Policy, Question};
use crate::domain::{ContactSafe, Day, Disclosure};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::L;
use crate::ui::widget::{self, Edit, Editor};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;

const REASON: Id = Id::new("contact-reason");
const REVIEW: Id = Id::new("contact-review");

/// The page while it is filled in.
#[derive(Debug)]
pub(super) struct Contact {
    reason: Editor,
    review: Typed,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// An answer was chosen, by its id.
    Chosen(&'static str),
    /// The reason was edited.
    ReasonEdited(Edit),
    /// The day of review was typed.
    ReviewEdited(Typed),
}

fn not_safe(disclosure: &Disclosure) -> bool {
    disclosure.answers.contact_safe.is_some_and(|safe| safe != ContactSafe::Safe)
}

impl Contact {
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        let answers = &disclosure.answers;
        Self {
            reason: Editor::with_text(&answers.contact_reason),
            review: answers.contact_review.map(Day::typed).unwrap_or_default().into(),
        }
    }

    pub(super) fn update(&mut self, message: Message, question: &Question, disclosure: &mut Disclosure) {
        match message {
            Message::Chosen(value) => Policy::choose(question, disclosure, value),
            Message::ReasonEdited(edit) => self.reason.perform(edit),
            Message::ReviewEdited(text) => self.review = text,
        }
        self.reason.text().trim_end().clone_into(&mut disclosure.answers.contact_reason);
        disclosure.answers.contact_review = Day::parse(&self.review).ok();
    }

    pub(super) fn errors(&self, today: Day, disclosure: &Disclosure) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if disclosure.answers.contact_safe.is_none() {
            errors.push(("Choose one answer.".into(), super::CHOICE));
        }
        if !not_safe(disclosure) {
            return errors;
        }
        if self.reason.text().trim().is_empty() {
            errors.push(("Write down why telling a family may not be safe.".into(), REASON));
        }
        match Day::parse(&self.review) {
            Err(error) => errors.push((error.to_string(), REVIEW)),
            Ok(day) if day < today => {
                errors.push((
                    "This day has passed. Enter the day on which you look at it again.".into(),
                    REVIEW,
                ));
            }
            Ok(_) => {}
        }
        errors
    }

    pub(super) fn view<'a>(
        &'a self,
        question: &Question,
        disclosure: &Disclosure,
        today: Day,
        errors: &[(String, Id)],
    ) -> Element<'a, Message> {
        let chosen = Policy::chosen(question, disclosure);
        let items = question.values.iter().map(|(value, words)| widget::choice(*value, words.clone()));
        let group = widget::radio_group(question.text.clone(), items, chosen.first(), Message::Chosen)
            .hide_label()
            .error(super::error_at(errors, &super::CHOICE))
            .id(super::CHOICE);
        let mut page = column![Element::from(group)].spacing(L);
        if not_safe(disclosure) {
            page = page.push(Element::from(
                widget::text_area("Why may it not be safe?", &self.reason, Message::ReasonEdited)
                    .hint("It stays in the record. No letter shows it.")
                    .error(super::error_at(errors, &REASON))
                    .rows(3)
                    .id(REASON),
            ));
            let review = |text: String| Message::ReviewEdited(text.into());
            page = page.push(Element::from(
                widget::date_field("When will you look at this again?", &self.review, today, review)
                    .error(super::error_at(errors, &REVIEW))
                    .id(REVIEW),
            ));
        }
        page.into()
    }
}

/// The answer as it stands on “Check your answers”.
pub(super) fn said(chosen: String, disclosure: &Disclosure) -> String {
    let answers = &disclosure.answers;
    if !not_safe(disclosure) {
        return chosen;
    }
    let review = answers
        .contact_review
        .map_or_else(String::new, |day| format!("To be looked at again on {}.", day.long()));
    [chosen, answers.contact_reason.clone(), review].join("\n")
}
