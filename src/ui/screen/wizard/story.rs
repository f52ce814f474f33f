//! The page on which the lead writes down the day, who told whom, and what was said.

use crate::domain::{Day, Disclosure};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::L;
use crate::ui::widget::{self, Edit, Editor};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;

const ON: Id = Id::new("story-on");
const BY: Id = Id::new("story-by");
const ACCOUNT: Id = Id::new("story-account");

/// The page while it is filled in.
#[derive(Debug)]
pub(super) struct Story {
    on: Typed,
    told_by: Typed,
    account: Editor,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// The day was typed.
    OnEdited(Typed),
    /// Who told whom was typed.
    ToldByEdited(Typed),
    /// What was said was edited.
    AccountEdited(Edit),
}

impl Story {
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        Self {
            on: disclosure.disclosed_on.map(Day::typed).unwrap_or_default().into(),
            told_by: disclosure.told_by.as_str().into(),
            account: Editor::with_text(&disclosure.account),
        }
    }

    pub(super) fn update(&mut self, message: Message, today: Day, disclosure: &mut Disclosure) {
        match message {
            Message::OnEdited(text) => self.on = text,
            Message::ToldByEdited(text) => self.told_by = text,
            Message::AccountEdited(edit) => self.account.perform(edit),
        }
        disclosure.disclosed_on = Day::parse(&self.on).ok().filter(|day| *day <= today);
        disclosure.told_by = self.told_by.kept();
        self.account.text().trim_end().clone_into(&mut disclosure.account);
    }

    pub(super) fn errors(&self, today: Day) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        match Day::parse(&self.on) {
            Err(error) => errors.push((error.to_string(), ON)),
            Ok(day) if day > today => {
                errors.push(("This day has not come yet. Enter the day on which you were told.".into(), ON));
            }
            Ok(_) => {}
        }
        if self.told_by.kept().is_empty() {
            errors.push(("Enter who told whom.".into(), BY));
        }
        if self.account.text().trim().is_empty() {
            errors.push(("Write down what you were told, in the words used.".into(), ACCOUNT));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, today: Day, errors: &[(String, Id)]) -> Element<'a, Message> {
        let on = |text: String| Message::OnEdited(text.into());
        let told_by = |text: String| Message::ToldByEdited(text.into());
        column![
            Element::from(
                widget::date_field("On which day were you told?", &self.on, today, on)
                    .error(super::error_at(errors, &ON))
                    .id(ON)
            ),
            Element::from(
                widget::text_field("Who told whom?", &self.told_by)
                    .hint("For example: Kofi told his class teacher, who told me.")
                    .error(super::error_at(errors, &BY))
                    .id(BY)
                    .on_input(told_by)
            ),
            Element::from(
                widget::text_area("What was said?", &self.account, Message::AccountEdited)
                    .hint("In the words used. You do not need to ask for more than the child wants to tell.")
                    .error(super::error_at(errors, &ACCOUNT))
                    .rows(8)
                    .id(ACCOUNT)
            ),
        ]
        .spacing(L)
        .into()
    }
}
