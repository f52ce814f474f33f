//! How each widget looks in the palette of its theme.

use super::{Palette, palette};
use crate::ui::access::Look;
use crate::ui::spacing::{EDGE, HAIRLINE, RADIUS, RADIUS_CARD};
use iced::widget::{container, progress_bar, scrollable, svg, text, text_editor, text_input};
use iced::{Background, Border, Color, Theme, border};

/// What a notice, a tag or a mark means. Always beside a word that says the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Something to know.
    Info,
    /// It went well.
    Success,
    /// It wants attention.
    Warning,
    /// It is wrong, overdue or dangerous.
    Danger,
}

impl Tone {
    /// The colour of its text, icon and rule.
    pub fn color(self, p: &Palette) -> Color {
        match self {
            Self::Neutral => p.ink_soft,
            Self::Info => p.info,
            Self::Success => p.success,
            Self::Warning => p.warning,
            Self::Danger => p.danger,
        }
    }

    /// The tint behind it.
    pub fn soft(self, p: &Palette) -> Color {
        match self {
            Self::Neutral => p.sunken,
            Self::Info => p.info_soft,
            Self::Success => p.success_soft,
            Self::Warning => p.warning_soft,
            Self::Danger => p.danger_soft,
        }
    }
}

fn filled(background: Color, text: Color) -> container::Style {
    container::Style {
        background: Some(background.into()),
        text_color: Some(text),
        border: border::rounded(RADIUS),
        ..container::Style::default()
    }
}

fn outlined(background: Color, text: Color, edge: Color, width: f32) -> container::Style {
    container::Style { border: border::rounded(RADIUS).color(edge).width(width), ..filled(background, text) }
}

/// The one button that moves the page on.
pub fn button_primary(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Idle => filled(p.accent, p.on_accent),
        Look::Hovered | Look::Pressed => filled(p.accent_strong, p.on_accent),
        Look::Disabled => outlined(p.sunken, p.ink_disabled, p.line, EDGE),
    }
}

/// A button for the other things that can be done.
pub fn button_secondary(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Idle => outlined(p.surface, p.accent, p.accent, EDGE),
        Look::Hovered | Look::Pressed => outlined(p.accent_soft, p.accent, p.accent, EDGE),
        Look::Disabled => outlined(p.sunken, p.ink_disabled, p.line, EDGE),
    }
}

/// A button that looks like a link.
pub fn button_quiet(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Idle => filled(Color::TRANSPARENT, p.accent),
        Look::Hovered | Look::Pressed => filled(p.accent_soft, p.accent),
        Look::Disabled => filled(Color::TRANSPARENT, p.ink_disabled),
    }
}

/// A button that removes something.
pub fn button_danger(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Idle => filled(p.danger, p.on_danger),
        Look::Hovered | Look::Pressed => filled(p.danger_strong, p.on_danger),
        Look::Disabled => outlined(p.sunken, p.ink_disabled, p.line, EDGE),
    }
}

/// A button on the bar at the top.
pub fn button_bar(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Idle | Look::Disabled => outlined(Color::TRANSPARENT, p.on_bar, p.on_bar, HAIRLINE),
        Look::Hovered | Look::Pressed => filled(p.on_bar, p.bar),
    }
}

/// One of several answers.
pub fn choice(theme: &Theme, look: Look, chosen: bool) -> container::Style {
    let p = palette(theme);
    match (look, chosen) {
        (Look::Disabled, _) => outlined(p.sunken, p.ink_disabled, p.line, EDGE),
        (_, true) => outlined(p.accent_soft, p.ink, p.accent, EDGE),
        (Look::Idle, false) => outlined(p.surface, p.ink, p.line, EDGE),
        (Look::Hovered | Look::Pressed, false) => outlined(p.surface, p.ink, p.edge, EDGE),
    }
}

/// One line of a list to choose from.
pub fn option(theme: &Theme, look: Look, chosen: bool) -> container::Style {
    let p = palette(theme);
    match (look, chosen) {
        (_, true) => filled(p.accent, p.on_accent),
        (Look::Hovered | Look::Pressed, false) => filled(p.accent_soft, p.ink),
        (Look::Idle | Look::Disabled, false) => filled(Color::TRANSPARENT, p.ink),
    }
}

/// A line of a table that opens something.
pub fn row(theme: &Theme, look: Look) -> container::Style {
    let p = palette(theme);
    match look {
        Look::Hovered | Look::Pressed => filled(p.sunken, p.ink),
        Look::Idle | Look::Disabled => filled(Color::TRANSPARENT, p.ink),
    }
}

/// A place in the navigation.
pub fn navigation_item(theme: &Theme, look: Look, here: bool) -> container::Style {
    let p = palette(theme);
    match (look, here) {
        (_, true) => filled(p.accent_soft, p.accent),
        (Look::Hovered | Look::Pressed, false) => filled(p.surface, p.ink),
        (Look::Idle | Look::Disabled, false) => filled(Color::TRANSPARENT, p.ink),
    }
}

/// A tab.
pub fn tab(theme: &Theme, look: Look, chosen: bool) -> container::Style {
    let p = palette(theme);
    let top = |style: container::Style| container::Style {
        border: Border { radius: border::top(RADIUS), ..style.border },
        ..style
    };
    match (look, chosen) {
        (_, true) => top(filled(Color::TRANSPARENT, p.accent)),
        (Look::Hovered | Look::Pressed, false) => top(filled(p.sunken, p.ink)),
        (Look::Idle | Look::Disabled, false) => top(filled(Color::TRANSPARENT, p.ink_soft)),
    }
}

/// A panel that is told from the page by its tint, and where tints are not used by an edge.
fn panelled(p: &Palette, background: Color, text: Color) -> container::Style {
    outlined(background, text, p.outline, HAIRLINE)
}

/// The window's background.
pub fn paper(theme: &Theme) -> container::Style {
    let p = palette(theme);
    container::Style { text_color: Some(p.ink), ..container::background(p.paper) }
}

/// The bar at the top of the window.
pub fn bar(theme: &Theme) -> container::Style {
    let p = palette(theme);
    let edge = border::width(HAIRLINE).color(p.outline);
    container::Style { text_color: Some(p.on_bar), border: edge, ..container::background(p.bar) }
}

/// The navigation at the side.
pub fn navigation(theme: &Theme) -> container::Style {
    let p = palette(theme);
    container::background(p.sunken).border(border::width(HAIRLINE).color(p.outline))
}

/// A quiet panel.
pub fn panel(theme: &Theme) -> container::Style {
    let p = palette(theme);
    panelled(p, p.sunken, p.ink)
}

/// A card.
pub fn card(theme: &Theme) -> container::Style {
    let p = palette(theme);
    container::Style {
        border: border::rounded(RADIUS_CARD).color(p.line).width(HAIRLINE),
        ..filled(p.surface, p.ink)
    }
}

/// A dialog over the page. It throws no shadow: iced 0.14's renderer paints a shadow outside the part of the window
/// that it is mending too, and each key typed in a dialog would leave its card darker.
pub fn dialog(theme: &Theme) -> container::Style {
    let p = palette(theme);
    container::Style { border: border::rounded(RADIUS_CARD).color(p.edge).width(HAIRLINE), ..card(theme) }
}

/// What lies over the page while a dialog is open.
pub fn scrim(theme: &Theme) -> container::Style {
    container::background(palette(theme).scrim)
}

/// The tint of a tone.
pub fn tinted(theme: &Theme, tone: Tone) -> container::Style {
    let p = palette(theme);
    panelled(p, tone.soft(p), p.ink)
}

/// The tint and the text of a tone.
pub fn tag(theme: &Theme, tone: Tone) -> container::Style {
    let p = palette(theme);
    panelled(p, tone.soft(p), tone.color(p))
}

/// A flat colour from the palette: a rule, a mark.
pub fn flat(pick: fn(&Palette) -> Color) -> impl Fn(&Theme) -> container::Style {
    move |theme| container::Style {
        border: border::rounded(HAIRLINE),
        ..container::background(pick(palette(theme)))
    }
}

/// Text in a colour of the palette.
pub fn ink(pick: fn(&Palette) -> Color) -> impl Fn(&Theme) -> text::Style {
    move |theme| text::Style { color: Some(pick(palette(theme))) }
}

/// An icon in a colour of the palette.
pub fn icon(pick: fn(&Palette) -> Color) -> impl Fn(&Theme, svg::Status) -> svg::Style {
    move |theme, _status| svg::Style { color: Some(pick(palette(theme))) }
}

fn field_border(p: &Palette, focused: bool, hovered: bool, wrong: bool) -> Border {
    let (color, width) = match (focused, wrong, hovered) {
        (true, _, _) => (p.focus, 2.0 * EDGE),
        (false, true, _) => (p.danger, EDGE),
        (false, false, true) => (p.ink, EDGE),
        (false, false, false) => (p.edge, EDGE),
    };
    border::rounded(RADIUS).color(color).width(width)
}

/// A line to type into.
pub fn text_field(theme: &Theme, status: text_input::Status, wrong: bool) -> text_input::Style {
    let p = palette(theme);
    let disabled = status == text_input::Status::Disabled;
    let focused = matches!(status, text_input::Status::Focused { .. });
    text_input::Style {
        background: Background::Color(if disabled { p.sunken } else { p.surface }),
        border: field_border(p, focused, status == text_input::Status::Hovered, wrong),
        icon: p.ink_soft,
        placeholder: p.ink_soft,
        value: if disabled { p.ink_disabled } else { p.ink },
        selection: p.selection,
    }
}

/// Several lines to type into.
pub fn text_area(theme: &Theme, status: text_editor::Status, wrong: bool) -> text_editor::Style {
    let p = palette(theme);
    let disabled = status == text_editor::Status::Disabled;
    let focused = matches!(status, text_editor::Status::Focused { .. });
    text_editor::Style {
        background: Background::Color(if disabled { p.sunken } else { p.surface }),
        border: field_border(p, focused, status == text_editor::Status::Hovered, wrong),
        placeholder: p.ink_soft,
        value: if disabled { p.ink_disabled } else { p.ink },
        selection: p.selection,
    }
}

/// How far something is along.
pub fn progress(theme: &Theme) -> progress_bar::Style {
    let p = palette(theme);
    let border = border::rounded(RADIUS).color(p.edge).width(HAIRLINE);
    progress_bar::Style { background: p.surface.into(), bar: p.accent.into(), border }
}

/// What scrolls.
pub fn scroll(theme: &Theme, status: scrollable::Status) -> scrollable::Style {
    let p = palette(theme);
    let held = matches!(
        status,
        scrollable::Status::Dragged { .. }
            | scrollable::Status::Hovered { is_vertical_scrollbar_hovered: true, .. }
    );
    let rail = scrollable::Rail {
        background: None,
        border: Border::default(),
        scroller: scrollable::Scroller {
            background: if held { p.ink_soft } else { p.edge }.into(),
            border: border::rounded(RADIUS),
        },
    };
    scrollable::Style { vertical_rail: rail, horizontal_rail: rail, ..scrollable::default(theme, status) }
}
