//! A request as it comes in: which day, who asks, how it was made sure that they may.

use super::{Field, Message, outer};
use crate::app::{AccessView, Notice};
use crate::domain::{Day, PersonId};
use crate::ui::screen::case;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::{After, Ground, form};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;

pub(super) const DAY: Id = Id::new("access-day");
const ASKED_BY: Id = Id::new("access-asked-by");

/// The form.
#[derive(Debug)]
pub(super) struct Asking {
    child: PersonId,
    day: Typed,
    asked_by: Typed,
    authority: Typed,
    /// It moves to another school: then the two fields are that school and its lead.
    moves: bool,
    wrong: bool,
}

impl Asking {
    pub(super) fn new(child: PersonId, today: Day, moves: bool) -> Self {
        let (asked_by, authority) = (Typed::default(), Typed::default());
        Self { child, day: today.typed().into(), asked_by, authority, moves, wrong: false }
    }

    /// The request once it is kept.
    pub(super) fn update(
        &mut self,
        message: Message,
        ground: Ground<'_>,
    ) -> Result<Option<AccessView>, After> {
        match message {
            Message::Edited(Field::Day, text) => self.day = text,
            Message::Edited(Field::AskedBy, text) => self.asked_by = text,
            Message::Edited(Field::Authority, text) => self.authority = text,
            Message::Saved => return self.save(ground).map(Some),
            _ => {}
        }
        Ok(None)
    }

    fn errors(&self, today: Day) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        match Day::parse(&self.day) {
            Err(error) => errors.push((error.to_string(), DAY)),
            Ok(day) if day > today && !self.moves => {
                errors.push(("This day has not come yet. Check the date.".into(), DAY));
            }
            Ok(_) => {}
        }
        if self.asked_by.trim().is_empty() {
            let words =
                if self.moves { "Enter the name of the next school." } else { "Say who asks, and how." };
            errors.push((words.into(), ASKED_BY));
        }
        errors
    }

    fn save(&mut self, ground: Ground<'_>) -> Result<AccessView, After> {
        self.wrong = true;
        let today = ground.session.today();
        let (true, Ok(day)) = (self.errors(today).is_empty(), Day::parse(&self.day)) else {
            return Err(After::wrong());
        };
        let (session, child) = (ground.session, self.child);
        let opened = if self.moves {
            session.open_transfer(child, day, &self.asked_by, &self.authority)
        } else {
            session.open_access_request(child, day, &self.asked_by, &self.authority)
        };
        opened
            .and_then(|id| ground.session.access_view(id))
            .map_err(|error| After::Failed(Notice::from(&error)))
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let today = ground.session.today();
        let errors = self.errors(today);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let edited = |field| move |text: String| outer(Message::Edited(field, text.into()));
        let name = ground.view.person(self.child).map_or("", |person| person.name.full());
        let words = if self.moves { &MOVES } else { &ASKS };
        let day = widget::date_field(words.day, &self.day, today, edited(Field::Day));
        let asked_by = widget::text_field(words.who, &self.asked_by)
            .hint(words.who_hint)
            .on_input(edited(Field::AskedBy))
            .error(error(ASKED_BY))
            .id(ASKED_BY);
        let authority = widget::text_field(words.more, &self.authority)
            .hint(words.more_hint)
            .on_input(edited(Field::Authority));
        let fields = [
            widget::lead(format!("Everything about {name}, from every case in this case file.")),
            day.error(error(DAY)).id(DAY).into(),
            asked_by.into(),
            authority.into(),
            widget::hint(
                "Where there is a restricted case file, the head looks there too: what is in it is not part of this.",
            ),
        ];
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(words.title, errors, fields, buttons)
    }
}

/// What the form asks.
struct Words {
    title: &'static str,
    day: &'static str,
    who: &'static str,
    who_hint: &'static str,
    more: &'static str,
    more_hint: &'static str,
}

const ASKS: Words = Words {
    title: "Somebody asks for a copy",
    day: "When was the request received?",
    who: "Who asks, and how?",
    who_hint: "For example: the mother, by email; or the child, in person. It need not be called a request.",
    more: "How did you make sure who asks, and that they may have it?",
    more_hint: "A parent asks on the child’s behalf only where that is the child’s wish or in its interest. It may stay empty \
                until the copy is made.",
};

const MOVES: Words = Words {
    title: "The child moves to another school",
    day: "What is the child’s last day here?",
    who: "The next school",
    who_hint: "Its name. The file goes there within five school days of the last day.",
    more: "Its designated safeguarding lead",
    more_hint: "May stay empty. Think of ringing them before the child arrives.",
};
