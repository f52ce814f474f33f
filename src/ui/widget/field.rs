//! What every field has around it: label, hint, error. The shape stays the same when an error comes or goes, so the
//! field keeps its focus and its caret.

use super::{slot, text};
use crate::ui::spacing::{M, RULE, S, TEXT, XS};
use crate::ui::theme::{self, FONT_BOLD};
use iced::widget::{column, container, row, space};
use iced::{Element, Length, Padding};
use std::borrow::Cow;

/// The words around a field.
#[derive(Debug, Clone, Default)]
pub(super) struct Words<'a> {
    pub(super) label: Cow<'a, str>,
    pub(super) hidden: bool,
    pub(super) hint: Option<Cow<'a, str>>,
    pub(super) error: Option<Cow<'a, str>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(label: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// What a screen reader reads after the name: first what is wrong, then the hint.
    pub(super) fn description(&self) -> String {
        let parts: Vec<&str> = [&self.error, &self.hint].into_iter().flatten().map(AsRef::as_ref).collect();
        parts.join(" ")
    }

    pub(super) fn wrong(&self) -> bool {
        self.error.is_some()
    }

    /// Puts the words above the field, and a rule at the left of a field that is wrong.
    pub(super) fn around<Message: 'a>(self, field: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
        let wrong = self.wrong();
        let label = Some(self.label).filter(|_| !self.hidden).map(|words| {
            iced::widget::text(words)
                .size(TEXT)
                .font(FONT_BOLD)
                .line_height(crate::ui::spacing::LEADING)
                .into()
        });
        let content = column![
            slot(label, XS),
            slot(self.hint.map(text::hint), S),
            slot(self.error.map(text::error), S),
            field.into(),
        ];
        ruled(wrong, theme::flat(|p| p.danger), content)
    }
}

/// Content with a coloured rule at its left, or, with `shown` off, without one but in the same shape.
pub(super) fn ruled<'a, Message: 'a>(
    shown: bool,
    style: impl Fn(&iced::Theme) -> container::Style + 'a,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    // Rows leave out a child of width 0, and then the field would be another child: so it shrinks to nothing instead.
    let width = if shown { Length::Fixed(RULE) } else { Length::Shrink };
    let rule = container(space()).width(width).height(Length::Fill).style(style);
    let gap = if shown { M } else { 0.0 };
    let content = container(content).padding(Padding::ZERO.left(gap)).width(Length::Fill);
    row![rule, content].height(Length::Shrink).into()
}
