//! The look: one palette with semantic names in a light, a dark and a high-contrast version, the typeface, and the styles
//! over them.
//!
//! Colour carries meaning only together with a word or a shape. Every pair of text and background that is used is
//! listed in [`Palette::pairs`], and a test holds each to the contrast of WCAG 2.2 AA.

#[cfg(test)]
mod contrast;
mod palette;
mod style;

pub use palette::{Mode, Pair, Palette, contrast};
pub use style::*;

use iced::Theme;
use iced::font::{Family, Font, Weight};
use iced::theme::palette::{Extended, Pair as IcedPair};
use std::borrow::Cow;

/// The text face: Noto Sans, embedded, because a PC without fonts would show none at all.
pub const FONT: Font = Font {
    family: Family::Name("Noto Sans"),
    weight: Weight::Normal,
    stretch: iced::font::Stretch::Normal,
    style: iced::font::Style::Normal,
};

/// The same face for headings, labels and buttons.
pub const FONT_BOLD: Font = Font { weight: Weight::Bold, ..FONT };

/// The bytes of the faces; each goes to `.font(…)` of the application.
pub fn fonts() -> Vec<Cow<'static, [u8]>> {
    vec![
        Cow::Borrowed(notosans::REGULAR_TTF),
        Cow::Borrowed(notosans::BOLD_TTF),
        Cow::Borrowed(notosans::ITALIC_TTF),
    ]
}

/// The iced settings that everything here is drawn for.
pub fn settings() -> iced::Settings {
    iced::Settings {
        fonts: fonts(),
        default_font: FONT,
        default_text_size: crate::ui::spacing::TEXT.into(),
        antialiasing: true,
        ..iced::Settings::default()
    }
}

/// The iced theme of a mode.
pub fn theme(mode: Mode) -> Theme {
    let p = Palette::of(mode);
    let seed = iced::theme::Palette {
        background: p.paper,
        text: p.ink,
        primary: p.accent,
        success: p.success,
        warning: p.warning,
        danger: p.danger,
    };
    Theme::custom_with_fn(mode.name(), seed, |seed| {
        let mut all = Extended::generate(seed);
        let on = |color, text| IcedPair { color, text };
        all.background.base = on(p.paper, p.ink);
        all.background.weakest = on(p.surface, p.ink);
        all.background.weaker = on(p.surface, p.ink);
        all.background.weak = on(p.sunken, p.ink);
        all.background.neutral = on(p.line, p.ink);
        all.background.strong = on(p.line, p.ink);
        all.background.stronger = on(p.edge, p.paper);
        all.background.strongest = on(p.edge, p.paper);
        all.primary.base = on(p.accent, p.on_accent);
        all.primary.weak = on(p.accent_soft, p.ink);
        all.primary.strong = on(p.accent_strong, p.on_accent);
        all.secondary.base = on(p.ink_soft, p.paper);
        all.secondary.weak = on(p.sunken, p.ink);
        // The access kit draws its focus ring in this one.
        all.secondary.strong = on(p.focus, p.paper);
        all.is_dark = mode != Mode::Light;
        all
    })
}

/// The palette behind an iced theme, also behind iced's own light and dark.
pub fn palette(theme: &Theme) -> &'static Palette {
    Palette::of(if iced::theme::Base::name(theme) == Mode::Contrast.name() {
        Mode::Contrast
    } else if theme.extended_palette().is_dark {
        Mode::Dark
    } else {
        Mode::Light
    })
}
