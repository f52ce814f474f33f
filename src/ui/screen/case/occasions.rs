//! The dated occasions of a case, the counts that follow from them, and the form that adds one or amends one. What the
//! counts mean is the policy's to say.

use super::chat::{self, Import};
use super::circumstances::{self, More};
use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::{Notice, sent_from};
use crate::domain::{ChatExport, Day, Occasion, OccasionId, PersonId};
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::widget::{self, Cell, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, container};

const ON: Id = Id::new("occasion-on");
const BY: Id = Id::new("occasion-by");
const PLATFORM: Id = Id::new("occasion-platform");
const WORDS: Id = Id::new("occasion-words");
const WHY: Id = Id::new("occasion-why");

/// The platform of none in the table.
const OTHER: &str = "other";

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Occasions {
    editing: Option<Editing>,
    chat: Option<Box<Import>>,
}

/// An occasion while it is entered or amended.
#[derive(Debug)]
struct Editing {
    amends: Option<Occasion>,
    on: Typed,
    time: Typed,
    by: Option<PersonId>,
    platform: Option<String>,
    words: Editor,
    evidence: Typed,
    more: More,
    why: Typed,
    wrong: bool,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The day.
    On,
    /// The time as shown.
    Time,
    /// What shows it.
    Evidence,
    /// Why it is amended.
    Why,
}

/// What happened among the occasions.
#[derive(Debug, Clone)]
pub enum Message {
    /// One more is to be added.
    Add,
    /// One is to be amended.
    Amend(OccasionId),
    /// Something was typed into a field.
    Edited(Field, Typed),
    /// The sender was chosen.
    ByChosen(PersonId),
    /// The platform was chosen.
    PlatformChosen(String),
    /// The words were edited.
    WordsEdited(Edit),
    /// In what else is known.
    More(circumstances::Message),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
    /// An exported chat is to be read.
    ChatAsked,
    /// In the import of a chat.
    Chat(chat::Message),
}

impl Occasions {
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Add => {
                self.editing = Some(Editing::new(&ground.view.case.alleged));
                return After::Focus(ON);
            }
            Message::Amend(id) => {
                let found = ground.view.occasions.iter().find(|o| o.id == id);
                self.editing = found.map(Editing::of);
                return After::Focus(ON);
            }
            Message::Saved => return self.save(ground),
            Message::Left => self.editing = None,
            Message::ChatAsked => {
                return match Import::new(ground) {
                    Ok((import, after)) => {
                        self.chat = Some(Box::new(import));
                        after
                    }
                    Err(error) => After::Failed(Notice::from(&error)),
                };
            }
            Message::Chat(message) => return self.chat(message, ground),
            typed => {
                if let Some(editing) = &mut self.editing {
                    editing.take(typed);
                }
            }
        }
        After::Stay
    }

    fn chat(&mut self, message: chat::Message, ground: Ground<'_>) -> After {
        let Some(import) = &mut self.chat else { return After::Stay };
        let (after, left) = import.update(message, ground);
        if left {
            self.chat = None;
        }
        after
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        let Some(editing) = &mut self.editing else { return After::Stay };
        editing.wrong = true;
        let today = ground.session.today();
        if !editing.errors(today).is_empty() {
            return After::wrong();
        }
        let id = match &editing.amends {
            Some(first) => Ok(first.id),
            None => ground.session.new_occasion_id(),
        };
        let done = id.and_then(|id| {
            let Some(occasion) = editing.filled(id, ground) else { return Ok(()) };
            ground.session.save_occasion(&occasion, &editing.why.kept())
        });
        match done {
            Ok(()) => {
                let what = if editing.amends.is_some() {
                    "The occasion is amended."
                } else {
                    "The occasion is saved."
                };
                self.editing = None;
                After::Changed(Some(Notice::done(what, "")))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        if let Some(editing) = &self.editing {
            return editing.view(ground);
        }
        if let Some(import) = &self.chat {
            return import.view(ground);
        }
        let add = || button::primary("Add an occasion").on_press(super::Message::Occasions(Message::Add));
        let chat = button::secondary("Add from an exported chat");
        let chat = chat.on_press(super::Message::Occasions(Message::ChatAsked));
        if ground.view.occasions.is_empty() {
            let empty = widget::empty_state(
                "No occasions yet",
                "Enter each day on which something happened. The dates show whether it continues.",
                Some(add()),
            );
            return column![empty, Element::from(chat)].spacing(L).into();
        }
        let counts = counts(&ground.view.occasions).into_iter().map(|count| count.says(ground));
        let counts = column![widget::heading(2, "How often"), widget::bullets(counts)].spacing(S);
        column![
            container(counts).max_width(COLUMN),
            table(ground),
            container(widget::hint("Open a line to amend it. The first text stays in the record."))
                .max_width(COLUMN),
            button::row_of([add().into(), chat.into()]),
        ]
        .spacing(L)
        .into()
    }
}

fn table(ground: Ground<'_>) -> Element<'_, super::Message> {
    let columns = [
        widget::table_column("Day", 5),
        widget::table_column("From", 4),
        widget::table_column("Where", 4),
        widget::table_column("Words", 6),
        widget::table_column("What shows it", 4),
    ];
    let rows = ground.view.occasions.iter().map(|occasion| {
        let sender = ground.view.person(occasion.by).map_or("", |person| person.name.full());
        let from = match &occasion.more.account {
            Some(account) => format!("{sender}, sent from {}", sent_from(account, sender)),
            None => sender.to_owned(),
        };
        let day = match occasion.time.as_str() {
            "" => occasion.on.short(),
            time => format!("{}, {time}", occasion.on.short()),
        };
        let platform = platform_name(&occasion.platform, ground);
        let cells = [
            Cell::Strong(day.into()),
            Cell::Text(from.into()),
            Cell::Text(platform.into()),
            Cell::Text(quoted(&occasion.words).into()),
            Cell::Soft(occasion.evidence.as_str().into()),
        ];
        widget::table_row(cells, Some(super::Message::Occasions(Message::Amend(occasion.id))))
    });
    widget::table("Occasions", &columns, rows)
}

fn quoted(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("“{words}”") }
}

fn platform_name<'a>(id: &'a str, ground: Ground<'a>) -> &'a str {
    if id == OTHER { "Another platform" } else { ground.session.policy().ages.name(id) }
}

/// What the dates of one sender to one target add up to.
#[derive(Debug, PartialEq, Eq)]
struct Count {
    by: PersonId,
    to: PersonId,
    occasions: usize,
    /// How many messages they are made of, where they come from a chat. An occasion entered by hand counts as one.
    messages: usize,
    first: Day,
    last: Day,
    longest_gap: Option<i64>,
}

/// The counts by sender and target, in the order of their first occasion.
fn counts(occasions: &[Occasion]) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    for occasion in occasions {
        let (by, to) = (occasion.by, occasion.to);
        if counts.iter().any(|count| (count.by, count.to) == (by, to)) {
            continue;
        }
        let theirs = occasions.iter().filter(|o| (o.by, o.to) == (by, to));
        let messages = theirs.clone().map(|o| o.more.export.as_ref().map_or(1, ChatExport::messages)).sum();
        let mut days: Vec<Day> = theirs.map(|o| o.on).collect();
        days.sort_unstable();
        let (first, last) = (days.first().copied(), days.last().copied());
        let (Some(first), Some(last)) = (first, last) else { continue };
        let longest_gap = days.windows(2).map(|pair| pair[1].days_since(pair[0])).max();
        counts.push(Count { by, to, occasions: days.len(), messages, first, last, longest_gap });
    }
    counts
}

impl Count {
    fn says(&self, ground: Ground<'_>) -> String {
        let name = |id| ground.view.person(id).map_or("", |person| person.name.full());
        let who = format!("{} to {}", name(self.by), name(self.to));
        let mut times = words::count(self.occasions, "occasion", "occasions");
        if self.messages != self.occasions {
            times = format!("{times} of {} messages", self.messages);
        }
        match self.longest_gap {
            None => format!("{who}: {times}, on {}.", self.first.short()),
            Some(gap) => {
                let gap = words::count(usize::try_from(gap).unwrap_or_default(), "day", "days");
                let gap = if gap.starts_with("No") {
                    "all on one day".into()
                } else {
                    format!("longest gap {gap}")
                };
                format!("{who}: {times}, first {}, last {}, {gap}.", self.first.short(), self.last.short())
            }
        }
    }
}

impl Editing {
    fn new(alleged: &[PersonId]) -> Self {
        // The only one there is need not be chosen.
        let by = if let [only] = alleged { Some(*only) } else { None };
        Self {
            amends: None,
            on: Typed::default(),
            time: Typed::default(),
            by,
            platform: None,
            words: Editor::default(),
            evidence: Typed::default(),
            more: More::default(),
            why: Typed::default(),
            wrong: false,
        }
    }

    fn of(occasion: &Occasion) -> Self {
        Self {
            on: occasion.on.typed().into(),
            time: occasion.time.as_str().into(),
            by: Some(occasion.by),
            platform: Some(occasion.platform.clone()),
            words: Editor::with_text(&occasion.words),
            evidence: occasion.evidence.as_str().into(),
            more: More::of(&occasion.more),
            amends: Some(occasion.clone()),
            why: Typed::default(),
            wrong: false,
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Edited(Field::On, text) => self.on = text,
            Message::Edited(Field::Time, text) => self.time = text,
            Message::Edited(Field::Evidence, text) => self.evidence = text,
            Message::Edited(Field::Why, text) => self.why = text,
            Message::ByChosen(by) => self.by = Some(by),
            Message::PlatformChosen(platform) => self.platform = Some(platform),
            Message::WordsEdited(edit) => self.words.perform(edit),
            Message::More(message) => self.more.update(message),
            Message::Add
            | Message::Amend(_)
            | Message::Saved
            | Message::Left
            | Message::ChatAsked
            | Message::Chat(_) => {}
        }
    }

    /// What is wrong, field by field.
    fn errors(&self, today: Day) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        match Day::parse(&self.on) {
            Err(error) => errors.push((error.to_string(), ON)),
            Ok(day) if day > today => errors.push(("This day has not come yet. Check the date.".into(), ON)),
            Ok(_) => {}
        }
        if self.by.is_none() {
            errors.push(("Choose from whom it came.".into(), BY));
        }
        if self.platform.is_none() {
            errors.push(("Choose where it happened.".into(), PLATFORM));
        }
        if self.words.text().trim().is_empty() {
            errors.push(("Write the words that were used, or what happened.".into(), WORDS));
        }
        errors.extend(self.more.errors());
        if self.amends.is_some() && self.why.trim().is_empty() {
            errors.push(("Say why it is amended. The record keeps both texts.".into(), WHY));
        }
        errors
    }

    fn filled(&self, id: OccasionId, ground: Ground<'_>) -> Option<Occasion> {
        let case = &ground.view.case;
        Some(Occasion {
            id,
            case: case.id,
            on: Day::parse(&self.on).ok()?,
            time: self.time.kept(),
            by: self.by?,
            to: self.amends.as_ref().map_or(case.target, |first| first.to),
            platform: self.platform.clone()?,
            words: self.words.text().trim().to_owned(),
            evidence: self.evidence.kept(),
            more: self.more.filled(),
        })
    }

    fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = super::Message::Occasions;
        let today = ground.session.today();
        let errors = self.errors(today);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let typed = move |field: Field| move |text: String| outer(Message::Edited(field, text.into()));
        let mut fields: Vec<Element<'a, super::Message>> = vec![
            widget::date_field("On which day?", &self.on, today, typed(Field::On))
                .error(error(ON))
                .id(ON)
                .into(),
            widget::text_field("At what time?", &self.time)
                .hint("As the device shows it, and whose device it is. It may stay empty.")
                .on_input(typed(Field::Time))
                .into(),
            self.senders(ground, error(BY)),
            self.platforms(ground, error(PLATFORM)),
            widget::text_area("The words", &self.words, move |edit| outer(Message::WordsEdited(edit)))
                .hint("Exactly as they were written, or what happened where there were none.")
                .error(error(WORDS))
                .rows(4)
                .id(WORDS)
                .into(),
            widget::text_field("What shows it?", &self.evidence)
                .hint("For example, a screenshot on the family’s phone. Never copy a picture of a child.")
                .on_input(typed(Field::Evidence))
                .into(),
            self.more.view(ground.session.policy(), self.wrong).map(move |it| outer(Message::More(it))),
        ];
        if self.amends.is_some() {
            let why = widget::text_field("Why is it amended?", &self.why)
                .hint("For example, the day was wrong.")
                .error(error(WHY))
                .id(WHY)
                .on_input(typed(Field::Why));
            fields.push(why.into());
        }
        let title = if self.amends.is_some() { "Amend an occasion" } else { "Add an occasion" };
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }

    fn senders<'a>(&'a self, ground: Ground<'a>, error: Option<String>) -> Element<'a, super::Message> {
        let alleged = ground.view.people.iter().skip(1);
        let choices = alleged.map(|person| widget::choice(person.id, person.name.full()));
        widget::radio_group("From whom?", choices, self.by.as_ref(), |by| {
            super::Message::Occasions(Message::ByChosen(by))
        })
        .error(error)
        .id(BY)
        .into()
    }

    fn platforms<'a>(&'a self, ground: Ground<'a>, error: Option<String>) -> Element<'a, super::Message> {
        let known = ground.session.policy().ages.platforms().into_iter();
        let known =
            known.filter(|(id, _)| *id != OTHER).map(|(id, name)| widget::choice(id.to_owned(), name));
        let choices = known.chain([widget::choice(OTHER.to_owned(), "Another platform")]);
        widget::list_box("Where?", choices, self.platform.as_ref(), |platform| {
            super::Message::Occasions(Message::PlatformChosen(platform))
        })
        .error(error)
        .id(PLATFORM)
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::CaseId;

    fn occasion(on: &str, by: u64) -> Occasion {
        Occasion {
            id: OccasionId::new(1),
            case: CaseId::new(1),
            on: Day::parse(on).unwrap(),
            time: String::new(),
            by: PersonId::new(by),
            to: PersonId::new(9),
            platform: OTHER.into(),
            words: String::new(),
            evidence: String::new(),
            more: crate::domain::Circumstances::default(),
        }
    }

    #[test]
    fn counts_are_arithmetic() {
        let found = counts(&[
            occasion("2026-01-02", 1),
            occasion("2026-01-03", 2),
            occasion("2026-01-12", 1),
            occasion("2026-01-05", 1),
        ]);
        let day = |text: &str| Day::parse(text).unwrap();
        let first = Count {
            by: PersonId::new(1),
            to: PersonId::new(9),
            occasions: 3,
            messages: 3,
            first: day("2026-01-02"),
            last: day("2026-01-12"),
            longest_gap: Some(7),
        };
        assert_eq!(found[0], first);
        assert_eq!((found[1].occasions, found[1].longest_gap), (1, None));
        assert_eq!(counts(&[]), []);
    }
}
