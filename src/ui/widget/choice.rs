//! Choosing: one of a few (radio buttons), some of a few (check boxes), one of many (a list box).

use super::button;
use super::field::Words;
use crate::ui::access::{Look, Role, control};
use crate::ui::icon::{Icon, icon};
use crate::ui::spacing::{EDGE, LEADING, M, MARK, S, TEXT, XS};
use crate::ui::theme::{self, palette};
use iced::advanced::widget::Id;
use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, container, row, scrollable, space, text};
use iced::{Alignment, Element, Length, Theme, border};
use std::borrow::Cow;

/// How many lines of a list box are seen; the half line says that there are more.
const LIST_ROWS: f32 = 5.5;

/// One thing that can be chosen.
#[derive(Debug, Clone)]
pub struct Choice<'a, T> {
    value: T,
    label: Cow<'a, str>,
    explanation: Option<Cow<'a, str>>,
}

/// One thing that can be chosen, and what it is called.
pub fn choice<'a, T>(value: T, label: impl Into<Cow<'a, str>>) -> Choice<'a, T> {
    Choice { value, label: label.into(), explanation: None }
}

impl<'a, T> Choice<'a, T> {
    /// A line under it that explains it.
    #[must_use]
    pub fn explain(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.explanation = Some(words.into());
        self
    }
}

/// A group of choices being described; turn it into an element with `.into()`.
pub struct Choices<'a, Message> {
    words: Words<'a>,
    id: Option<Id>,
    kind: Kind,
    items: Vec<Item<'a, Message>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Radio,
    Check,
    List,
}

struct Item<'a, Message> {
    label: Cow<'a, str>,
    explanation: Option<Cow<'a, str>>,
    on: bool,
    message: Message,
}

fn choices<'a, T, Message>(
    kind: Kind,
    legend: Cow<'a, str>,
    items: impl IntoIterator<Item = Choice<'a, T>>,
    turn: impl Fn(T) -> (bool, Message),
) -> Choices<'a, Message> {
    let items = items.into_iter().map(|item| {
        let (on, message) = turn(item.value);
        Item { label: item.label, explanation: item.explanation, on, message }
    });
    Choices { words: Words::new(legend), id: None, kind, items: items.collect() }
}

/// One of a few. One Tab stop; the arrow keys move the choice, Space takes the first.
pub fn radio_group<'a, T: PartialEq + Clone, Message>(
    legend: impl Into<Cow<'a, str>>,
    items: impl IntoIterator<Item = Choice<'a, T>>,
    chosen: Option<&T>,
    on_choose: impl Fn(T) -> Message,
) -> Choices<'a, Message> {
    choices(Kind::Radio, legend.into(), items, |value| (chosen == Some(&value), on_choose(value)))
}

/// Some of a few; each is a Tab stop. `on_toggle` gets the value and whether it is to be on.
pub fn check_group<'a, T, Message>(
    legend: impl Into<Cow<'a, str>>,
    items: impl IntoIterator<Item = Choice<'a, T>>,
    is_on: impl Fn(&T) -> bool,
    on_toggle: impl Fn(T, bool) -> Message,
) -> Choices<'a, Message> {
    choices(Kind::Check, legend.into(), items, |value| {
        let on = is_on(&value);
        (on, on_toggle(value, !on))
    })
}

/// One of many, in a box that scrolls. The arrow keys, Home, End and first letters move the choice.
pub fn list_box<'a, T: PartialEq + Clone, Message>(
    legend: impl Into<Cow<'a, str>>,
    items: impl IntoIterator<Item = Choice<'a, T>>,
    chosen: Option<&T>,
    on_choose: impl Fn(T) -> Message,
) -> Choices<'a, Message> {
    choices(Kind::List, legend.into(), items, |value| (chosen == Some(&value), on_choose(value)))
}

/// A single check box.
pub fn checkbox<'a, Message: Clone + 'a>(
    label: impl Into<Cow<'a, str>>,
    on: bool,
    on_toggle: impl Fn(bool) -> Message,
) -> Element<'a, Message> {
    let item = Item { label: label.into(), explanation: None, on, message: on_toggle(!on) };
    mark_and_words(Kind::Check, item, None, false, None)
}

impl<'a, Message> Choices<'a, Message> {
    /// How to choose.
    #[must_use]
    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.words.hint = Some(words.into());
        self
    }

    /// What is wrong with the choice, if anything.
    #[must_use]
    pub fn error(mut self, words: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.words.error = words.map(Into::into);
        self
    }

    /// The legend is only for screen readers, because the page's heading asks it already.
    #[must_use]
    pub fn hide_label(mut self) -> Self {
        self.words.hidden = true;
        self
    }

    /// The name by which `access::focus` and the error summary find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }
}

impl<'a, Message: Clone + 'a> From<Choices<'a, Message>> for Element<'a, Message> {
    fn from(choices: Choices<'a, Message>) -> Self {
        let Choices { words, id, kind, items } = choices;
        let name = words.label.clone().into_owned();
        let (description, wrong) = (words.description(), words.wrong());
        let chosen = items.iter().position(|item| item.on);
        let keys = Keys::of(&items, chosen);
        let of = items.len();
        let mut first_id = id.clone().filter(|_| kind == Kind::Check);
        let lines = items.into_iter().enumerate().map(|(n, item)| {
            let active = kind != Kind::Check && n == chosen.unwrap_or_default();
            mark_and_words(kind, item, Some((n + 1, of)), active, first_id.take())
        });
        let spacing = if kind == Kind::List { 0.0 } else { S };
        let lines = Column::with_children(lines).spacing(spacing).width(Length::Fill);
        let group = match kind {
            Kind::Check => control(Role::Group, name, lines),
            Kind::Radio => control(Role::RadioGroup, name, lines)
                .composite()
                .on_key(move |key, _modifiers| keys.message(key))
                .id_maybe(id),
            Kind::List => {
                let lines = scrollable(container(lines).padding(XS)).style(theme::scroll);
                let lines = container(lines).max_height(LIST_ROWS * button::LINE);
                control(Role::ListBox, name, container(lines).padding(EDGE))
                    .composite()
                    .on_key(move |key, _modifiers| keys.message(key))
                    .id_maybe(id)
                    .style(|theme, _look| theme::choice(theme, Look::Hovered, false))
            }
        };
        words.around(group.description(description).invalid(wrong))
    }
}

/// What each key chooses in a composite.
struct Keys<Message> {
    previous: Option<Message>,
    next: Option<Message>,
    first: Option<Message>,
    last: Option<Message>,
    here: Option<Message>,
    letters: Vec<(char, Message)>,
}

impl<Message: Clone> Keys<Message> {
    fn of(items: &[Item<'_, Message>], chosen: Option<usize>) -> Self {
        let message = |n: usize| items.get(n).map(|item| item.message.clone());
        let here = chosen.unwrap_or_default();
        // From the one after the chosen on, and around, so that a letter pressed again goes on.
        let after = items.iter().cycle().skip(here + 1).take(items.len());
        let letters = after.filter_map(|item| {
            let first = item.label.chars().find_map(|c| c.to_lowercase().next())?;
            Some((first, item.message.clone()))
        });
        Self {
            previous: here.checked_sub(1).and_then(message),
            next: message(chosen.map_or(0, |n| n + 1)),
            first: message(0),
            last: items.len().checked_sub(1).and_then(message),
            here: message(here),
            letters: letters.collect(),
        }
    }

    fn message(&self, key: &Key) -> Option<Message> {
        match key {
            Key::Named(Named::ArrowUp | Named::ArrowLeft) => self.previous.clone(),
            Key::Named(Named::ArrowDown | Named::ArrowRight) => self.next.clone(),
            Key::Named(Named::Home) => self.first.clone(),
            Key::Named(Named::End) => self.last.clone(),
            Key::Named(Named::Space) => self.here.clone(),
            Key::Character(typed) => {
                let typed = typed.chars().find_map(|c| c.to_lowercase().next())?;
                self.letters.iter().find(|(first, _)| *first == typed).map(|(_, message)| message.clone())
            }
            _ => None,
        }
    }
}

fn mark_and_words<'a, Message: Clone + 'a>(
    kind: Kind,
    item: Item<'a, Message>,
    position: Option<(usize, usize)>,
    active: bool,
    id: Option<Id>,
) -> Element<'a, Message> {
    let Item { label, explanation, on, message } = item;
    let (name, description) =
        (label.clone().into_owned(), explanation.clone().unwrap_or_default().into_owned());
    let mut words = Column::new().push(text(label).size(TEXT).line_height(LEADING)).width(Length::Fill);
    if let Some(explanation) = explanation {
        // The chosen line of a list box has the accent behind it, on which a hint's colour would not be read.
        let on_accent = kind == Kind::List && on;
        let explains = if on_accent { super::paragraph(explanation) } else { super::hint(explanation) };
        words = words.push(explains);
    }
    let (role, content) = match kind {
        Kind::Radio => (Role::RadioButton, row![radio_mark(on), words]),
        Kind::Check => (Role::CheckBox, row![check_mark(on), words]),
        Kind::List => (Role::ListBoxOption, row![words]),
    };
    let padding = if kind == Kind::List { [S, M] } else { [S + XS, M] };
    let content = container(content.spacing(M).align_y(Alignment::Start)).padding(padding);
    let mut line = control(role, name, content.width(Length::Fill)).description(description).active(active);
    if let Some((place, of)) = position {
        line = line.position(place, of);
    }
    match kind {
        Kind::Radio => line.toggled(on).on_choose(message).style(move |t, look| theme::choice(t, look, on)),
        Kind::Check => line
            .toggled(on)
            .on_activate(message)
            .id_maybe(id)
            .style(move |t, look| theme::choice(t, look, on)),
        Kind::List => line.selected(on).on_choose(message).style(move |t, look| theme::option(t, look, on)),
    }
    .into()
}

fn radio_mark<'a, Message: 'a>(on: bool) -> Element<'a, Message> {
    const DOT: f32 = MARK / 2.0;
    let dot = container(space()).width(DOT).height(DOT).style(move |theme: &Theme| {
        let style = container::Style::default().border(border::rounded(DOT / 2.0));
        if on { style.background(palette(theme).accent) } else { style }
    });
    mark(on, MARK / 2.0, false, dot)
}

fn check_mark<'a, Message: 'a>(on: bool) -> Element<'a, Message> {
    let tick = if on { icon(Icon::Tick, MARK - S, |p| p.on_accent) } else { space().into() };
    mark(on, XS, true, container(tick).center(Length::Fill))
}

fn mark<'a, Message: 'a>(
    on: bool,
    radius: f32,
    fill: bool,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    container(content)
        .center(MARK)
        .style(move |theme: &Theme| {
            let p = palette(theme);
            let back = if on && fill { p.accent } else { p.surface };
            let edge = if on { p.accent } else { p.edge };
            container::background(back).border(border::rounded(radius).color(edge).width(2.0))
        })
        .into()
}
