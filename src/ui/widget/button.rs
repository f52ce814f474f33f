//! Buttons. One primary button a page, at the bottom left; the rest secondary or quiet.

use crate::ui::access::{Control, Look, Role, control};
use crate::ui::icon::{self, Icon};
use crate::ui::spacing::{M, S, TARGET, TEXT, XS};
use crate::ui::theme::{self, FONT_BOLD, Palette};
use iced::advanced::widget::Id;
use iced::widget::{container, row, text};
use iced::{Color, Element, Length, Theme, alignment};
use std::borrow::Cow;

type Style = fn(&Theme, Look) -> container::Style;
type Pick = fn(&Palette) -> Color;

/// A button being described; turn it into an element with `.into()`.
pub struct Button<'a, Message> {
    label: Cow<'a, str>,
    name: Option<String>,
    description: String,
    icon: Option<(Icon, Pick)>,
    id: Option<Id>,
    role: Role,
    shortcut: Option<&'static str>,
    style: Style,
    padding: [f32; 2],
    width: Length,
    on_press: Option<Message>,
}

fn button<Message>(label: Cow<'_, str>, style: Style) -> Button<'_, Message> {
    Button {
        label,
        name: None,
        description: String::new(),
        icon: None,
        id: None,
        role: Role::Button,
        shortcut: None,
        style,
        padding: [S + 2.0, M + XS],
        width: Length::Shrink,
        on_press: None,
    }
}

/// The one button that moves the page on.
pub fn primary<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    button(label.into(), theme::button_primary)
}

/// A button for the other things that can be done.
pub fn secondary<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    button(label.into(), theme::button_secondary)
}

/// A button that looks like a link.
pub fn quiet<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button { padding: [S, S], ..button(label.into(), theme::button_quiet) }
}

/// A button that removes something.
pub fn danger<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    button(label.into(), theme::button_danger)
}

/// The way back to the page before.
pub fn back<'a, Message>(on_press: Message) -> Button<'a, Message> {
    let back = quiet("Back").icon(Icon::Left, |p| p.accent).on_press(on_press);
    Button { padding: [XS, 0.0], ..back }
}

/// A button on the bar at the top.
pub(super) fn bar<'a, Message>(label: impl Into<Cow<'a, str>>) -> Button<'a, Message> {
    Button { padding: [XS, S + XS], ..button(label.into(), theme::button_bar) }
}

impl<Message> Button<'_, Message> {
    /// What it does. Without it the button is disabled.
    #[must_use]
    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// What it does, if it can be used now.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.on_press = message;
        self
    }

    /// The name by which `access::focus` finds it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// What a screen reader calls it, where the label alone isn't enough: "Change date of birth" for "Change".
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Read after the name: why it is disabled, or what follows.
    #[must_use]
    pub fn description(mut self, words: impl Into<String>) -> Self {
        self.description = words.into();
        self
    }

    /// The key that does the same from anywhere, for a screen reader to tell.
    #[must_use]
    pub fn shortcut(mut self, keys: &'static str) -> Self {
        self.shortcut = Some(keys);
        self
    }

    /// Says that it goes somewhere rather than does something.
    #[must_use]
    pub fn link(mut self) -> Self {
        self.role = Role::Link;
        self
    }

    /// As wide as what is around it.
    #[must_use]
    pub fn fill(mut self) -> Self {
        self.width = Length::Fill;
        self
    }

    /// Begins where the text around it begins: for a list of links under a heading.
    #[must_use]
    pub fn flush(mut self) -> Self {
        self.padding = [XS, 0.0];
        self
    }

    /// An icon before the label.
    #[must_use]
    pub fn icon(mut self, icon: Icon, pick: fn(&Palette) -> Color) -> Self {
        self.icon = Some((icon, pick));
        self
    }
}

impl<'a, Message: Clone + 'a> From<Button<'a, Message>> for Element<'a, Message> {
    fn from(button: Button<'a, Message>) -> Self {
        let name = button.name.unwrap_or_else(|| button.label.clone().into_owned());
        let letter = super::access_key::letter(&name);
        let label = text(button.label).size(TEXT).font(FONT_BOLD);
        let shown = match button.icon {
            Some((shape, pick)) => row![icon::icon(shape, TEXT + 2.0, pick), label].spacing(S),
            None => row![label],
        };
        let content = container(shown.align_y(alignment::Vertical::Center))
            .padding(button.padding)
            .width(button.width)
            .height(Length::Shrink);
        let control: Control<'a, Message> = control(button.role, name, content)
            .id_maybe(button.id)
            .description(button.description)
            .shortcut(button.shortcut)
            .access_key(letter)
            .disabled(button.on_press.is_none())
            .style(button.style);
        match button.on_press {
            Some(message) => control.on_activate(message).into(),
            None => control.into(),
        }
    }
}

/// Buttons in a row that wraps, the primary one first.
pub fn row_of<'a, Message: 'a>(
    buttons: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let buttons: Vec<_> = buttons.into_iter().collect();
    iced::widget::Row::with_children(buttons)
        .spacing(M)
        .align_y(alignment::Vertical::Center)
        .wrap()
        .vertical_spacing(S)
        .into()
}

/// The least height a line in a list needs to be hit.
pub(super) const LINE: f32 = TARGET;
