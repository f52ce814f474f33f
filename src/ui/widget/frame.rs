//! What is around a page: the bar, the navigation, tabs, the page itself with its panel, and a dialog over it.

use super::{button, heading, tag};
use crate::ui::access::{Role, control, inert};
use crate::ui::icon::Icon;
use crate::ui::spacing::{ASIDE, COLUMN, L, LEADING, M, NAVIGATION, S, TEXT, TEXT_LEAD, XL, XS};
use crate::ui::theme::{self, FONT_BOLD, Tone, palette};
use iced::advanced::widget::Id;
use iced::keyboard::{Key, key::Named};
use iced::widget::operation;
use iced::widget::{Column, Row, column, container, opaque, row, scrollable, space, stack, text};
use iced::{Alignment, Element, Length, Padding, Task, Theme};
use std::borrow::Cow;

use super::beside::beside;

/// The bar at the top: the school, the button that hides the screen at once, and the one that locks.
pub fn top_bar<'a, Message: Clone + 'a>(
    school: impl Into<Cow<'a, str>>,
    on_hide: Option<Message>,
    on_lock: Option<Message>,
) -> Element<'a, Message> {
    let name = text("Casebook").size(TEXT_LEAD).font(FONT_BOLD);
    let school = text(school.into()).size(TEXT).width(Length::Fill);
    let mut bar = row![name, school].spacing(M).align_y(Alignment::Center);
    bar = bar.push(on_hide.map(|message| {
        Element::from(
            button::bar("Hide now").shortcut("F12").icon(Icon::Hide, |p| p.on_bar).on_press(message),
        )
    }));
    bar = bar.push(on_lock.map(|message| {
        Element::from(button::bar("Lock").shortcut("Ctrl+L").icon(Icon::Lock, |p| p.on_bar).on_press(message))
    }));
    let bar = container(bar).padding([S + XS, L]).width(Length::Fill).style(theme::bar);
    control(Role::Banner, "Casebook", bar).into()
}

/// A place in the navigation.
pub struct Place<'a, Message> {
    label: Cow<'a, str>,
    here: bool,
    count: Option<(usize, Tone)>,
    shortcut: Option<&'static str>,
    message: Message,
}

/// A place in the navigation: what it is called, whether it is the one that is open, and what opens it.
pub fn place<'a, Message>(
    label: impl Into<Cow<'a, str>>,
    here: bool,
    message: Message,
) -> Place<'a, Message> {
    Place { label: label.into(), here, count: None, shortcut: None, message }
}

impl<Message> Place<'_, Message> {
    /// How many things wait there; none shows nothing.
    #[must_use]
    pub fn count(mut self, count: usize, tone: Tone) -> Self {
        self.count = (count > 0).then_some((count, tone));
        self
    }

    /// The key that opens it from anywhere, for a screen reader to tell.
    #[must_use]
    pub fn shortcut(mut self, keys: &'static str) -> Self {
        self.shortcut = Some(keys);
        self
    }
}

/// Narrower than this, the navigation stands above the page and no longer beside it.
const ROOM_FOR_NAVIGATION: f32 = 800.0;

/// The navigation, and the body beside it; or under it where there is little room, as with large letters.
pub fn beside_navigation<'a, Message: Clone + 'a>(
    places: impl IntoIterator<Item = Place<'a, Message>>,
    room: f32,
    body: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    if room < ROOM_FOR_NAVIGATION {
        column![navigation(places, true), body.into()].height(Length::Fill).into()
    } else {
        row![navigation(places, false), body.into()].height(Length::Fill).into()
    }
}

fn navigation<'a, Message: Clone + 'a>(
    places: impl IntoIterator<Item = Place<'a, Message>>,
    above: bool,
) -> Element<'a, Message> {
    let links = places.into_iter().map(|place| {
        let here = place.here;
        let name = match place.count {
            Some((count, _)) => format!("{}, {count}", place.label),
            None => place.label.clone().into_owned(),
        };
        let label = text(place.label).size(TEXT).line_height(LEADING);
        let label = if here { label.font(FONT_BOLD) } else { label };
        let count = place.count.map(|(count, tone)| tag(count.to_string(), tone));
        let shown = if above {
            container(row![label].push(count).spacing(S).align_y(Alignment::Center)).padding([XS, S])
        } else {
            let gap = space().width(Length::Fill);
            let shown = row![label, gap].push(count).align_y(Alignment::Center);
            container(shown).padding([S, M]).width(Length::Fill)
        };
        control(Role::Link, name, shown)
            .selected(here)
            .shortcut(place.shortcut)
            .on_activate(place.message)
            .style(move |theme, look| theme::navigation_item(theme, look, here))
            .into()
    });
    let links = if above {
        let links = Row::with_children(links).spacing(XS).wrap();
        container(links).padding([XS, M]).width(Length::Fill)
    } else {
        let links = Column::with_children(links).spacing(XS);
        container(links).padding([L, M]).width(NAVIGATION).height(Length::Fill)
    };
    control(Role::Navigation, "Main", links.style(theme::navigation)).into()
}

/// Parts of one thing, one shown at a time. One Tab stop; the arrow keys move.
pub fn tabs<'a, T: PartialEq + Clone, Message: Clone + 'a>(
    name: impl Into<String>,
    parts: impl IntoIterator<Item = (T, impl Into<Cow<'a, str>>)>,
    chosen: &T,
    on_choose: impl Fn(T) -> Message,
) -> Element<'a, Message> {
    let parts: Vec<(bool, Cow<'a, str>, Message)> =
        parts.into_iter().map(|(value, label)| (*chosen == value, label.into(), on_choose(value))).collect();
    let here = parts.iter().position(|part| part.0).unwrap_or_default();
    let at = |n: usize| parts.get(n).map(|part| part.2.clone());
    let (before, after) = (here.checked_sub(1).and_then(at), at(here + 1));
    let (first, last) = (at(0), parts.len().checked_sub(1).and_then(at));
    let of = parts.len();
    let tabs = parts.into_iter().enumerate().map(|(n, (on, label, message))| {
        let name = label.clone().into_owned();
        let label = text(label).size(TEXT).font(if on { FONT_BOLD } else { theme::FONT });
        let mark = container(space()).height(3.0).width(Length::Fill).style(move |theme: &Theme| {
            let p = palette(theme);
            container::background(if on { p.accent } else { p.line })
        });
        let shown = column![container(label).padding([S + XS, M]), mark].width(Length::Shrink);
        control(Role::Tab, name, shown)
            .selected(on)
            .active(on)
            .position(n + 1, of)
            .on_choose(message)
            .style(move |theme, look| theme::tab(theme, look, on))
            .into()
    });
    // On a narrow page or with large letters they go on in the next line.
    control(Role::TabList, name, Row::with_children(tabs).wrap())
        .composite()
        .on_key(move |key, _modifiers| match key {
            Key::Named(Named::ArrowLeft | Named::ArrowUp) => before.clone(),
            Key::Named(Named::ArrowRight | Named::ArrowDown) => after.clone(),
            Key::Named(Named::Home) => first.clone(),
            Key::Named(Named::End) => last.clone(),
            _ => None,
        })
        .into()
}

/// A page: a column of at most about 70 characters, and beside it, where there is room, a quiet panel.
pub fn page<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    aside: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let main = container(content).max_width(COLUMN).width(Length::Fill);
    let aside: Element<'a, Message> =
        aside.map_or_else(|| space().into(), |aside| control(Role::Complementary, "Policy", aside).into());
    wide_page(beside(main, aside, COLUMN, ASIDE, XL))
}

/// What scrolls in a page; there is one page at a time.
const PAGE: Id = Id::new("page");

/// Scrolls the page to its top: for when another page has taken the place of one that was scrolled down.
pub fn to_top<T>() -> Task<T> {
    operation::snap_to(PAGE, scrollable::RelativeOffset::START)
}

/// A page for a table, as wide as the window lets it be.
pub fn wide_page<'a, Message: Clone + 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let content = container(content).padding([XL, XL]).width(Length::Fill);
    let bar = scrollable::Scrollbar::new().width(S + XS).scroller_width(S - 2.0).margin(2.0);
    let page = scrollable(content)
        .id(PAGE)
        .direction(scrollable::Direction::Vertical(bar))
        .width(Length::Fill)
        .height(Length::Fill)
        .style(theme::scroll);
    let page = container(page).width(Length::Fill).height(Length::Fill).style(theme::paper);
    control(Role::Main, "", page).into()
}

/// A dialog being described, for [`modal`].
pub struct Dialog<'a, Message> {
    title: Cow<'a, str>,
    content: Element<'a, Message>,
    on_cancel: Option<Message>,
}

/// A dialog: a title, and what is in it, its buttons included.
pub fn dialog<'a, Message: 'a>(
    title: impl Into<Cow<'a, str>>,
    content: impl Into<Element<'a, Message>>,
) -> Dialog<'a, Message> {
    // In a low window, or with large letters, the title stays and what is under it scrolls.
    let content = scrollable(container(content).padding(Padding::ZERO.right(M))).style(theme::scroll);
    Dialog { title: title.into(), content: content.into(), on_cancel: None }
}

impl<Message> Dialog<'_, Message> {
    /// What Escape does.
    #[must_use]
    pub fn on_cancel(mut self, message: Message) -> Self {
        self.on_cancel = Some(message);
        self
    }
}

/// The page, with a dialog over it or without. Always the same shape, so the page keeps its focus and scrolling;
/// while the dialog is open nothing reaches the page, and the dialog takes the focus.
pub fn modal<'a, Message: Clone + 'a>(
    body: impl Into<Element<'a, Message>>,
    dialog: Option<Dialog<'a, Message>>,
) -> Element<'a, Message> {
    let asleep = dialog.is_some();
    let layer = dialog.map_or_else(|| space().into(), shown);
    stack![inert(asleep, body), layer].width(Length::Fill).height(Length::Fill).into()
}

fn shown<'a, Message: Clone + 'a>(dialog: Dialog<'a, Message>) -> Element<'a, Message> {
    let name = dialog.title.clone().into_owned();
    let content = column![heading(2, dialog.title), dialog.content].spacing(M);
    let card = container(content).padding(XL - S).max_width(COLUMN - XL).style(theme::dialog);
    let mut card = control(Role::Dialog, name, card).modal().autofocus();
    if let Some(message) = dialog.on_cancel {
        card = card.on_escape(message);
    }
    opaque(container(card).center(Length::Fill).padding(L).style(theme::scrim))
}
