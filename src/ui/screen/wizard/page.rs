//! The page being filled in: which shape it has, what is wrong on it, and what follows from an answer for the others.

use super::alleged::Alleged;
use super::contact::Contact;
use super::occasions::Occasions;
use super::person::{Form, Part};
use super::story::Story;
use super::wishes::Wishes;
use super::{CHOICE, accounts, alleged, occasions};
use crate::app::{Error, Question, QuestionKind, Session};
use crate::domain::{Disclosure, Lead, Person, Setting};
use crate::ui::screen::outcome::Outcome;
use iced::advanced::widget::Id;

/// The page being filled in.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one at a time, and it stays where it is")]
pub(super) enum Page {
    /// “Call 999 now”.
    Emergency,
    /// “Keep this matter apart”, with who leads it.
    Apart(Lead),
    /// One answer or several, all of it in the disclosure.
    Choice,
    /// Whether telling the families is safe.
    Contact(Contact),
    /// What was told.
    Story(Story),
    /// Who is targeted.
    Target(Form),
    /// Who is alleged to be responsible.
    Alleged(Alleged),
    /// When it happened.
    Occasions(Occasions),
    /// Whose account it was, all of it in the disclosure.
    Accounts,
    /// What they want.
    Wishes(Wishes),
    /// “Check your answers”.
    Check,
    /// What the policy says.
    Outcome(Box<Outcome>),
}

impl Page {
    /// The page of a question as the disclosure has it; the check where there is no question.
    pub(super) fn of(
        question: Option<&Question>,
        disclosure: &Disclosure,
        session: &Session,
    ) -> Result<Self, Error> {
        let Some(question) = question else { return Ok(Self::Check) };
        Ok(match question.kind {
            QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Signs => Self::Choice,
            QuestionKind::Contact => Self::Contact(Contact::of(disclosure)),
            QuestionKind::Story => Self::Story(Story::of(disclosure)),
            QuestionKind::Target => Self::Target(match &disclosure.target {
                Some(target) => Form::of(Part::Target, target),
                None => Form::new(Part::Target, session.new_person_id()?),
            }),
            QuestionKind::Alleged => Self::Alleged(Alleged::default()),
            QuestionKind::Occasions => Self::Occasions(Occasions::default()),
            QuestionKind::Accounts => Self::Accounts,
            QuestionKind::Wishes => Self::Wishes(Wishes::of(disclosure)),
        })
    }

    /// Whether something may be typed on it that is not in the disclosure yet.
    pub(super) fn is_form(&self) -> bool {
        match self {
            Self::Story(_) | Self::Target(_) | Self::Contact(_) => true,
            Self::Alleged(page) => page.form().is_some(),
            Self::Occasions(page) => page.is_editing(),
            Self::Emergency
            | Self::Apart(_)
            | Self::Choice
            | Self::Accounts
            | Self::Wishes(_)
            | Self::Check
            | Self::Outcome(_) => false,
        }
    }

    /// Everything that is wrong on it, each with its field.
    pub(super) fn errors(
        &self,
        session: &Session,
        disclosure: &Disclosure,
        question: Option<&Question>,
    ) -> Vec<(String, Id)> {
        let (policy, today) = (session.policy(), session.today());
        let missing = |field: Id| {
            let words = question.and_then(|question| policy.missing(question, disclosure));
            words.map(|words| (words.to_owned(), field)).into_iter().collect()
        };
        match self {
            Self::Story(page) => page.errors(today),
            Self::Contact(page) => page.errors(today, disclosure),
            Self::Target(form) => form.errors(today, disclosure),
            Self::Alleged(page) => match page.form() {
                Some(form) => form.errors(today, disclosure),
                None => missing(alleged::ADD),
            },
            Self::Occasions(page) if page.is_editing() => page.errors(today, disclosure),
            Self::Occasions(_) => missing(occasions::ADD),
            Self::Accounts => accounts::errors(policy, disclosure),
            Self::Choice => missing(CHOICE),
            Self::Emergency | Self::Apart(_) | Self::Wishes(_) | Self::Check | Self::Outcome(_) => Vec::new(),
        }
    }
}

/// Puts the targeted person into the disclosure. Occasions follow where a record takes the place of what was typed.
pub(super) fn put_target(disclosure: &mut Disclosure, person: Option<Person>) {
    let before = disclosure.target.as_ref().map(|target| target.id);
    if let (Some(before), Some(now)) = (before, person.as_ref().map(|person| person.id)) {
        disclosure.occasions.iter_mut().filter(|o| o.to == before).for_each(|o| o.to = now);
    }
    if person.is_some() {
        disclosure.target = person;
    }
}

/// Who only tried to get round the filter is asked only where somebody did.
pub(super) fn tidy(disclosure: &mut Disclosure) {
    let filter = disclosure.answers.setting.as_ref().is_some_and(|set| set.contains(&Setting::Firewall));
    if !filter {
        disclosure.answers.firewall_only.clear();
    }
}
