//! Words on the page: headings, paragraphs, hints, tags. Nothing here can be acted on.

use crate::ui::access::{Role, control};
use crate::ui::icon::{Icon, icon};
use crate::ui::spacing::{
    HEADING_1, HEADING_2, HEADING_3, LEADING, LEADING_HEADING, S, TEXT, TEXT_LEAD, TEXT_SMALL, XS,
};
use crate::ui::theme::{self, FONT_BOLD, Tone};
use iced::widget::{container, row, text};
use iced::{Element, Length};
use std::borrow::Cow;

/// A heading of level 1 (one a page), 2 or 3.
pub fn heading<'a, Message: Clone + 'a>(
    level: usize,
    words: impl Into<Cow<'a, str>>,
) -> Element<'a, Message> {
    heading_like(level, level, words)
}

/// A heading of one level that looks like one of another: for a page or a panel that has little room.
pub fn heading_like<'a, Message: Clone + 'a>(
    level: usize,
    looks_like: usize,
    words: impl Into<Cow<'a, str>>,
) -> Element<'a, Message> {
    let words = words.into();
    let name = words.clone().into_owned();
    control(Role::Heading, name, text_like_heading(looks_like, words)).level(level.max(1)).into()
}

/// Text as large as a heading of a level, which is none: nobody jumps to it.
pub fn text_like_heading<'a, Message: 'a>(
    level: usize,
    words: impl Into<Cow<'a, str>>,
) -> Element<'a, Message> {
    let size = match level {
        0 | 1 => HEADING_1,
        2 => HEADING_2,
        _ => HEADING_3,
    };
    text(words.into())
        .size(size)
        .font(FONT_BOLD)
        .line_height(LEADING_HEADING)
        .style(theme::ink(|p| p.ink))
        .into()
}

/// A paragraph. A word that is longer than the line, such as a file's name, is broken and not cut.
pub fn paragraph<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    text(words.into()).size(TEXT).line_height(LEADING).wrapping(text::Wrapping::WordOrGlyph).into()
}

/// The sentence under a page's heading.
pub fn lead<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    text(words.into()).size(TEXT_LEAD).line_height(LEADING).style(theme::ink(|p| p.ink_soft)).into()
}

/// Secondary text.
pub fn hint<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    text(words.into()).size(TEXT).line_height(LEADING).style(theme::ink(|p| p.ink_soft)).into()
}

/// Small secondary text: the foot of a panel, a caption.
pub fn small<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    text(words.into()).size(TEXT_SMALL).line_height(LEADING).style(theme::ink(|p| p.ink_soft)).into()
}

/// Text with weight.
pub fn strong<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    text(words.into()).size(TEXT).font(FONT_BOLD).line_height(LEADING).into()
}

/// A list of points.
pub fn bullets<'a, Message: Clone + 'a>(
    points: impl IntoIterator<Item = impl Into<Cow<'a, str>>>,
) -> Element<'a, Message> {
    let lines = points.into_iter().map(|words| {
        let point = row![text("•").line_height(LEADING), text(words.into()).line_height(LEADING)].spacing(S);
        control(Role::ListItem, "", point).into()
    });
    control(Role::List, "", iced::widget::Column::with_children(lines).spacing(XS)).into()
}

/// A word that says what state something is in: "Overdue", "Sent".
pub fn tag<'a, Message: 'a>(words: impl Into<Cow<'a, str>>, tone: Tone) -> Element<'a, Message> {
    container(text(words.into()).size(TEXT_SMALL).font(FONT_BOLD).line_height(LEADING_HEADING))
        .padding([XS / 2.0 + 1.0, S])
        .style(move |theme| theme::tag(theme, tone))
        .into()
}

/// What is wrong with a field, with its icon.
pub(super) fn error<'a, Message: 'a>(words: impl Into<Cow<'a, str>>) -> Element<'a, Message> {
    let words = text(words.into()).size(TEXT).font(FONT_BOLD).line_height(LEADING).width(Length::Fill);
    row![
        container(icon(Icon::Error, TEXT + XS, |p| p.danger)).padding([XS / 2.0, 0.0]),
        words.style(theme::ink(|p| p.danger))
    ]
    .spacing(S)
    .into()
}
