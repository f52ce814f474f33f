//! The timeline of a case: what happened, in one order, for whoever reads it a year later. Shows only; what the lines
//! say is the use case's.

use super::{After, Ground, Part};
use crate::app::{Change, Error, Happening, Session, TimelineLine};
use crate::domain::{CaseId, Day, PersonId};
use crate::ui::access::{Role, control};
use crate::ui::spacing::{COLUMN, L, M, S, XS};
use crate::ui::theme::{self, Tone};
use crate::ui::widget::{self, button};
use chrono::{DateTime, Local, Utc};
use iced::widget::{Column, column, container, row};
use iced::{Alignment, Element, Length};

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Timeline {
    lines: Vec<TimelineLine>,
    about: Option<Happening>,
    person: Option<PersonId>,
    filters_open: bool,
}

/// What happened on the timeline.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// The filters were opened or closed.
    FiltersShown(bool),
    /// A kind was chosen, or all of them.
    AboutChosen(Option<Happening>),
    /// A person was chosen, or everyone.
    PersonChosen(Option<PersonId>),
    /// Everything is to be shown again.
    AllShown,
    /// Another part was asked for.
    Show(Part),
}

impl Timeline {
    pub(super) fn read(&mut self, session: &Session, case: CaseId) -> Result<(), Error> {
        self.lines = session.timeline(case)?;
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message) -> After {
        match message {
            Message::FiltersShown(shown) => self.filters_open = shown,
            Message::AboutChosen(about) => self.about = about,
            Message::PersonChosen(person) => self.person = person,
            Message::AllShown => (self.about, self.person) = (None, None),
            Message::Show(part) => return After::Show(part),
        }
        After::Stay
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let title = column![
            widget::heading(2, "What happened, in order"),
            widget::paragraph(
                "The day at the left is the day on which it happened. Each entry also says when it was written \
                 down, and by whom. Where an entry was changed, its first text stays readable."
            ),
        ]
        .spacing(S);
        let shown: Vec<_> = self.lines.iter().filter(|line| line.matches(self.about, self.person)).collect();
        let list = if shown.is_empty() { self.nothing() } else { list(&shown) };
        column![container(title).max_width(COLUMN), self.filters(ground), list]
            .spacing(L)
            .max_width(READING)
            .into()
    }

    fn nothing(&self) -> Element<'_, Message> {
        if self.about.is_none() && self.person.is_none() {
            let go = button::primary("Go to the occasions").on_press(Message::Show(Part::Occasions));
            return widget::empty_state(
                "Nothing is written down yet",
                "What you enter in the other parts appears here by itself. Begin with what happened and when.",
                Some(go),
            );
        }
        let all = button::secondary("Show everything").on_press(Message::AllShown);
        widget::empty_state(
            "Nothing of this kind is in the case",
            "Choose another kind or another person, or show everything.",
            Some(all),
        )
    }

    fn filters<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let about = self.about.map_or("everything", plural);
        let person = self.person.and_then(|id| ground.view.person(id)).map(|p| p.name.full());
        let label = format!("Showing {about}, {}", person.unwrap_or("everyone"));
        let kinds = Happening::ALL.map(|about| widget::choice(Some(about), capital(plural(about))));
        let kinds = std::iter::once(widget::choice(None, "Everything")).chain(kinds);
        let people = ground.view.people.iter().map(|p| widget::choice(Some(p.id), p.name.full()));
        let people = std::iter::once(widget::choice(None, "Everyone")).chain(people);
        let kinds = widget::radio_group("What to show", kinds, Some(&self.about), Message::AboutChosen);
        let people = widget::radio_group("About whom", people, Some(&self.person), Message::PersonChosen)
            .hint("Entries about the case as a whole show under Everyone.");
        let inside = row![
            container(Element::from(kinds)).width(Length::FillPortion(1)),
            container(Element::from(people)).width(Length::FillPortion(1)),
        ]
        .spacing(L);
        widget::expander(label, self.filters_open, Message::FiltersShown, inside)
    }
}

/// The widest that the timeline grows.
const READING: f32 = 860.0;
/// Room for the day at the left.
const DAY: f32 = 140.0;

fn list<'a>(lines: &[&'a TimelineLine]) -> Element<'a, Message> {
    let of = lines.len();
    let rows = lines.iter().enumerate().map(|(at, line)| {
        let name = format!("{}, {}: {}", line.on.long(), kind(line.about).0, line.title);
        control(Role::ListItem, name, entry(line)).position(at + 1, of).into()
    });
    control(Role::List, "Timeline", Column::with_children(rows).spacing(M)).into()
}

fn entry(line: &TimelineLine) -> Element<'_, Message> {
    let (word, tone) = kind(line.about);
    let (title, tag) =
        (container(widget::strong(line.title.as_str())).width(Length::Fill), widget::tag(word, tone));
    let head = row![title, tag].spacing(M).align_y(Alignment::Start);
    let said = line.said.iter().map(|(label, text)| said(label, text));
    let mut inside = column![head].extend(said);
    inside = inside.push(widget::small(format!("Written down {} by {}.", moment(line.entered), line.by)));
    inside = inside.extend(line.changes.iter().map(|change| changed(line, change)));
    let day = container(widget::strong(line.on.short())).width(DAY);
    widget::card(row![day, inside.spacing(S).width(Length::Fill)].spacing(M))
}

fn said<'a>(label: &'static str, text: &'a str) -> Element<'a, Message> {
    column![widget::small(label), widget::paragraph(text)].spacing(XS).into()
}

/// A change: who, when and why, and each text as it was and as it is.
fn changed<'a>(line: &TimelineLine, change: &'a Change) -> Element<'a, Message> {
    let what = match (line.about, change.fields.is_empty()) {
        (_, true) => "Taken back",
        (Happening::Person, false) => "What is known",
        (_, false) => "Changed",
    };
    let who = format!("{what} {} by {}. Why: {}", moment(change.at), change.by, change.why);
    let texts = change.fields.iter().flat_map(|field| {
        let text = |text: &'a str| if text.is_empty() { "(nothing)" } else { text };
        [
            (format!("{}, before", field.label), text(&field.was)),
            (format!("{}, since", field.label), text(&field.is)),
        ]
    });
    let texts =
        texts.map(|(label, text)| column![widget::small(label), widget::paragraph(text)].spacing(XS).into());
    let words = column![widget::strong(who)].extend(texts).spacing(S);
    container(words).padding(M).width(Length::Fill).style(theme::panel).into()
}

fn moment(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&Local);
    format!("on {}, {}", Day::from(at.date_naive()).short(), at.format("%H:%M"))
}

fn kind(about: Happening) -> (&'static str, Tone) {
    match about {
        Happening::Disclosure => ("Disclosure", Tone::Info),
        Happening::Occasion => ("Occasion", Tone::Warning),
        Happening::Contact => ("Contact", Tone::Neutral),
        Happening::Decision => ("Decision", Tone::Info),
        Happening::Action => ("Action", Tone::Neutral),
        Happening::Letter => ("Letter", Tone::Neutral),
        Happening::Evidence => ("Evidence", Tone::Neutral),
        Happening::Person => ("Person", Tone::Neutral),
        Happening::State => ("The case", Tone::Info),
    }
}

fn plural(about: Happening) -> &'static str {
    match about {
        Happening::Disclosure => "the disclosure",
        Happening::Occasion => "occasions",
        Happening::Contact => "contacts with families",
        Happening::Decision => "decisions",
        Happening::Action => "actions",
        Happening::Letter => "letters and documents",
        Happening::Evidence => "evidence",
        Happening::Person => "people added or identified",
        Happening::State => "closing and opening again",
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
