//! An action that the lead adds by hand, or amends: what, who does it, for whom, by which school day.

use super::typed::Typed;
use super::{After, Ground, form};
use crate::app::{NewAction, Notice};
use crate::domain::{ActionId, ActionItem, Day, OwnAction, PersonId};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;

const TITLE: Id = Id::new("own-action-title");
const OWNER: Id = Id::new("own-action-owner");
const DUE: Id = Id::new("own-action-due");
const WHY: Id = Id::new("own-action-why");

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnField {
    /// What is to be done.
    Title,
    /// Who does it.
    Owner,
    /// By when.
    Due,
    /// Why it is changed.
    Why,
}

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct OwnForm {
    amends: Option<ActionId>,
    title: Typed,
    owner: Typed,
    about: Option<PersonId>,
    due: Typed,
    why: Typed,
    wrong: bool,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed.
    Edited(OwnField, Typed),
    /// For whom was chosen; nobody is the case as a whole.
    AboutChosen(Option<PersonId>),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
}

impl OwnForm {
    /// Where the form begins.
    pub(super) const FIRST: Id = TITLE;

    pub(super) fn new(ground: Ground<'_>) -> Self {
        Self {
            amends: None,
            title: Typed::default(),
            owner: ground.session.actor().into(),
            about: None,
            due: Typed::default(),
            why: Typed::default(),
            wrong: false,
        }
    }

    pub(super) fn of(action: &ActionItem) -> Option<Self> {
        let own = action.own.as_ref()?;
        Some(Self {
            amends: Some(action.id),
            title: own.title.as_str().into(),
            owner: own.owner.as_str().into(),
            about: action.about,
            due: action.due.typed().into(),
            why: Typed::default(),
            wrong: false,
        })
    }

    /// What to do, and whether the form is finished with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::Edited(OwnField::Title, text) => self.title = text,
            Message::Edited(OwnField::Owner, text) => self.owner = text,
            Message::Edited(OwnField::Due, text) => self.due = text,
            Message::Edited(OwnField::Why, text) => self.why = text,
            Message::AboutChosen(about) => self.about = about,
            Message::Saved => return self.save(ground),
            Message::Left => return (After::Stay, true),
        }
        (After::Stay, false)
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        let Some(new) = self.filled().filter(|_| self.errors(ground).is_empty()) else {
            return (After::wrong(), false);
        };
        let done = match self.amends {
            None => ground.session.add_action(ground.view.case.id, &new).map(drop),
            Some(id) => ground.session.amend_action(id, &new, &self.why.kept()),
        };
        match done {
            Ok(()) => {
                let what =
                    if self.amends.is_some() { "The action is changed." } else { "The action is added." };
                let next = "It is on Today from two weeks before its day.";
                (After::Changed(Some(Notice::done(what, next))), true)
            }
            Err(error) => (After::Failed(Notice::from(&error)), false),
        }
    }

    fn filled(&self) -> Option<NewAction> {
        let due = Day::parse(&self.due).ok()?;
        let what = OwnAction { title: self.title.kept(), owner: self.owner.kept(), check_in: false };
        Some(NewAction { what, about: self.about, due })
    }

    fn errors(&self, ground: Ground<'_>) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        if self.title.kept().is_empty() {
            errors.push(("Write what is to be done.".into(), TITLE));
        }
        if self.owner.kept().is_empty() {
            errors.push(("Enter who does it.".into(), OWNER));
        }
        match Day::parse(&self.due) {
            Err(error) => errors.push((error.to_string(), DUE)),
            Ok(day) => {
                if let Ok(Some(why)) = ground.session.why_not_due(day) {
                    errors.push((why, DUE));
                }
            }
        }
        if self.amends.is_some() && self.why.kept().is_empty() {
            errors.push(("Say why it is changed. The record keeps both.".into(), WHY));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = |message| super::Message::Actions(super::ActionsMessage::Own(message));
        let errors = self.errors(ground);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let typed = move |field: OwnField| move |text: String| outer(Message::Edited(field, text.into()));
        let people = ground.view.people.iter();
        let people = people.map(|person| widget::choice(Some(person.id), person.name.full()));
        let whom = std::iter::once(widget::choice(None, "The case as a whole")).chain(people);
        let choose = move |about| outer(Message::AboutChosen(about));
        let mut fields: Vec<Element<'a, super::Message>> = vec![
            widget::text_field("What is to be done?", &self.title)
                .hint("In a few words. The calendar file never carries them.")
                .error(error(TITLE))
                .id(TITLE)
                .on_input(typed(OwnField::Title))
                .into(),
            widget::text_field("Who does it?", &self.owner)
                .error(error(OWNER))
                .id(OWNER)
                .on_input(typed(OwnField::Owner))
                .into(),
            widget::radio_group("For whom?", whom, Some(&self.about), choose).into(),
            widget::date_field(
                "By which school day?",
                &self.due,
                ground.session.today(),
                typed(OwnField::Due),
            )
            .error(error(DUE))
            .without_quick()
            .id(DUE)
            .into(),
        ];
        if self.amends.is_some() {
            let why = widget::text_field("Why is it changed?", &self.why)
                .error(error(WHY))
                .id(WHY)
                .on_input(typed(OwnField::Why));
            fields.push(why.into());
        }
        let title = if self.amends.is_some() { "Change an action" } else { "Add an action" };
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }
}
