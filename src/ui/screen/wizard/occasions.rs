//! The page for the dated occasions: what was entered so far, and the form that adds or changes one.

use super::person::Ground;
use crate::app::Policy;
use crate::domain::{CaseId, Day, Disclosure, Occasion, OccasionId, PersonId};
use crate::ui::screen::case::circumstances::{self, More};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};

pub(super) const ADD: Id = Id::new("occasions-add");
const ON: Id = Id::new("occasion-on");
const BY: Id = Id::new("occasion-by");
const PLATFORM: Id = Id::new("occasion-platform");
const SAID: Id = Id::new("occasion-said");

/// Another platform than those of the age table.
const OTHER: &str = "other";

/// The page while it is filled in.
#[derive(Debug, Default)]
pub(super) struct Occasions {
    editing: Option<Editing>,
}

/// One occasion while it is entered, and how it stood before.
#[derive(Debug)]
struct Editing {
    id: OccasionId,
    case: CaseId,
    before: Option<Occasion>,
    on: Typed,
    time: Typed,
    by: Option<PersonId>,
    to: Option<PersonId>,
    platform: Option<String>,
    words: Editor,
    evidence: Typed,
    more: More,
}

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The day.
    On,
    /// The time.
    Time,
    /// What shows it.
    Evidence,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// One more occasion is to be added, with this id.
    Added(OccasionId, CaseId),
    /// One is to be changed.
    Changed(OccasionId),
    /// One is to be taken out.
    Removed(OccasionId),
    /// A line was typed into.
    Edited(Field, Typed),
    /// The sender was chosen.
    ByChosen(PersonId),
    /// The platform was chosen.
    PlatformChosen(String),
    /// The words were edited.
    WordsEdited(Edit),
    /// In what else is known.
    More(circumstances::Message),
    /// The form was left without its changes.
    Cancelled,
}

/// What happened on the page, or that one more is wanted, for which the wizard has the ids.
#[derive(Debug, Clone)]
pub(super) enum Shown {
    /// One more is wanted.
    Wanted,
    /// This happened.
    Happened(Message),
}

impl Occasions {
    pub(super) fn is_editing(&self) -> bool {
        self.editing.is_some()
    }

    /// Takes in what happened; says which field takes the focus.
    pub(super) fn update(&mut self, message: Message, today: Day, disclosure: &mut Disclosure) -> Option<Id> {
        match message {
            Message::Added(id, case) => {
                self.editing = Some(Editing::new(id, case, disclosure));
                return Some(ON);
            }
            Message::Changed(id) => {
                self.editing = disclosure.occasions.iter().find(|o| o.id == id).map(Editing::of);
                return Some(ON);
            }
            Message::Removed(id) => {
                disclosure.occasions.retain(|occasion| occasion.id != id);
                return Some(ADD);
            }
            Message::Cancelled => {
                let editing = self.editing.take()?;
                match editing.before {
                    Some(before) => put(disclosure, before),
                    None => disclosure.occasions.retain(|occasion| occasion.id != editing.id),
                }
                return Some(ADD);
            }
            typed => {
                let editing = self.editing.as_mut()?;
                editing.take(typed);
                if let Some(occasion) = editing.occasion(today) {
                    put(disclosure, occasion);
                }
            }
        }
        None
    }

    pub(super) fn errors(&self, today: Day, disclosure: &Disclosure) -> Vec<(String, Id)> {
        self.editing.as_ref().map(|editing| editing.errors(today, disclosure)).unwrap_or_default()
    }

    /// Closes the form with its changes.
    pub(super) fn done(&mut self) -> Id {
        self.editing = None;
        ADD
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Shown> {
        match &self.editing {
            Some(editing) => editing.view(ground).map(Shown::Happened),
            None => list(ground.policy, ground.disclosure),
        }
    }
}

/// Puts an occasion in the place of the one with its id, or at the end.
fn put(disclosure: &mut Disclosure, occasion: Occasion) {
    match disclosure.occasions.iter_mut().find(|other| other.id == occasion.id) {
        Some(slot) => *slot = occasion,
        None => disclosure.occasions.push(occasion),
    }
}

fn list<'a>(policy: &Policy, disclosure: &Disclosure) -> Element<'a, Shown> {
    let mut occasions: Vec<&Occasion> = disclosure.occasions.iter().collect();
    occasions.sort_by_key(|occasion| occasion.on);
    let lines = occasions.into_iter().map(|occasion| {
        let said = said(policy, disclosure, occasion);
        let which = format!("{}, from {}", occasion.on.short(), super::name_of(disclosure, occasion.by));
        let buttons = button::row_of([
            button::secondary("Change")
                .name(format!("Change {which}"))
                .on_press(Shown::Happened(Message::Changed(occasion.id)))
                .into(),
            button::quiet("Remove")
                .name(format!("Remove {which}"))
                .on_press(Shown::Happened(Message::Removed(occasion.id)))
                .into(),
        ]);
        widget::card(column![widget::strong(which), widget::hint(said), buttons].spacing(S))
    });
    let more = if disclosure.occasions.is_empty() { "Add an occasion" } else { "Add another occasion" };
    let add = button::secondary(more).id(ADD).on_press(Shown::Wanted);
    column![Column::with_children(lines).spacing(M), Element::from(add)].spacing(L).into()
}

/// Where it was, when, and the words.
pub(super) fn said(policy: &Policy, disclosure: &Disclosure, occasion: &Occasion) -> String {
    let platform = platform_name(policy, &occasion.platform);
    let to = super::name_of(disclosure, occasion.to);
    let mut parts = vec![format!("To {to}, {platform}")];
    if !occasion.time.is_empty() {
        parts.push(occasion.time.clone());
    }
    if !occasion.words.is_empty() {
        parts.push(format!("“{}”", occasion.words));
    }
    parts.join(", ")
}

fn platform_name<'a>(policy: &'a Policy, id: &'a str) -> &'a str {
    if id == OTHER { "another platform" } else { policy.ages.name(id) }
}

impl Editing {
    /// What is the same as on the occasion before need not be chosen again.
    fn new(id: OccasionId, case: CaseId, disclosure: &Disclosure) -> Self {
        let only = if let [only] = &disclosure.alleged[..] { Some(only.id) } else { None };
        let last = disclosure.occasions.last();
        Self {
            id,
            case,
            before: None,
            on: Typed::default(),
            time: Typed::default(),
            by: only.or_else(|| last.map(|last| last.by)),
            to: disclosure.target.as_ref().map(|target| target.id),
            platform: last.map(|last| last.platform.clone()),
            words: Editor::default(),
            evidence: Typed::default(),
            more: More::default(),
        }
    }

    fn of(occasion: &Occasion) -> Self {
        Self {
            id: occasion.id,
            case: occasion.case,
            on: occasion.on.typed().into(),
            time: occasion.time.as_str().into(),
            by: Some(occasion.by),
            to: Some(occasion.to),
            platform: Some(occasion.platform.clone()),
            words: Editor::with_text(&occasion.words),
            evidence: occasion.evidence.as_str().into(),
            more: More::of(&occasion.more),
            before: Some(occasion.clone()),
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Edited(Field::On, text) => self.on = text,
            Message::Edited(Field::Time, text) => self.time = text,
            Message::Edited(Field::Evidence, text) => self.evidence = text,
            Message::ByChosen(by) => self.by = Some(by),
            Message::PlatformChosen(platform) => self.platform = Some(platform),
            Message::WordsEdited(edit) => self.words.perform(edit),
            Message::More(message) => self.more.update(message),
            Message::Added(..) | Message::Changed(_) | Message::Removed(_) | Message::Cancelled => {}
        }
    }

    /// The occasion as far as the form goes; nothing before it has a day, a sender and a place.
    fn occasion(&self, today: Day) -> Option<Occasion> {
        Some(Occasion {
            id: self.id,
            case: self.case,
            on: Day::parse(&self.on).ok().filter(|on| *on <= today)?,
            time: self.time.kept(),
            by: self.by?,
            to: self.to?,
            platform: self.platform.clone()?,
            words: self.words.text().trim().to_owned(),
            evidence: self.evidence.kept(),
            more: self.more.filled(),
        })
    }

    fn errors(&self, today: Day, disclosure: &Disclosure) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        errors.extend(self.day_error(today, disclosure).map(|words| (words, ON)));
        if self.by.is_none() {
            errors.push(("Choose from whom it came.".into(), BY));
        }
        if self.platform.is_none() {
            errors.push(("Choose where it happened.".into(), PLATFORM));
        }
        if self.words.text().trim().is_empty() {
            errors.push(("Write the words that were used, or what happened.".into(), SAID));
        }
        errors.extend(self.more.errors());
        errors
    }

    fn day_error(&self, today: Day, disclosure: &Disclosure) -> Option<String> {
        let on = match Day::parse(&self.on) {
            Ok(on) => on,
            Err(error) => return Some(error.to_string()),
        };
        if on > today {
            return Some("This day has not come yet. Check the date.".into());
        }
        let there = disclosure.people().filter(|p| Some(p.id) == self.by || Some(p.id) == self.to);
        let unborn = there.into_iter().find(|person| person.born.is_some_and(|born| on < born))?;
        Some(format!(
            "{} was not born on this day. Check this date and the date of birth.",
            unborn.name.full()
        ))
    }

    fn view<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        let typed = |field: Field| move |text: String| Message::Edited(field, text.into());
        let error = |id: &Id| super::error_at(ground.errors, id);
        let alleged = ground.disclosure.alleged.iter();
        let people = alleged.map(|person| widget::choice(person.id, person.name.full().to_owned()));
        let known = ground.policy.ages.platforms().into_iter().filter(|(id, _)| *id != OTHER);
        let platforms = known
            .map(|(id, name)| widget::choice(id.to_owned(), name.to_owned()))
            .chain([widget::choice(OTHER.to_owned(), "Another platform")]);
        column![
            Element::from(
                widget::date_field("On which day?", &self.on, ground.today, typed(Field::On))
                    .error(error(&ON))
                    .id(ON)
            ),
            Element::from(
                widget::text_field("At what time?", &self.time)
                    .hint("As the device shows it, and whose device it is. It may stay empty.")
                    .on_input(typed(Field::Time))
            ),
            Element::from(
                widget::radio_group("From whom?", people, self.by.as_ref(), Message::ByChosen)
                    .error(error(&BY))
                    .id(BY)
            ),
            Element::from(
                widget::list_box("Where?", platforms, self.platform.as_ref(), Message::PlatformChosen)
                    .error(error(&PLATFORM))
                    .id(PLATFORM)
            ),
            Element::from(
                widget::text_area("The words", &self.words, Message::WordsEdited)
                    .hint("Exactly as they were written, or what happened where there were none.")
                    .error(error(&SAID))
                    .rows(4)
                    .id(SAID)
            ),
            Element::from(
                widget::text_field("What shows it?", &self.evidence)
                    .hint("For example, a screenshot on the family’s phone. Never copy a picture of a child.")
                    .on_input(typed(Field::Evidence))
            ),
            self.more.view(ground.policy, !ground.errors.is_empty()).map(Message::More),
        ]
        .spacing(L)
        .into()
    }
}
