//! The colours and what each is for. No widget names a colour by its hue.
// Six digits in a row, as colours are written everywhere.
#![allow(clippy::unreadable_literal)]

use iced::{Color, color};

/// Light, dark, or with as much contrast as there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Dark ink on warm paper.
    #[default]
    Light,
    /// Light ink on deep green-grey.
    Dark,
    /// White and yellow on black, every part with an edge: for people who see little.
    Contrast,
}

impl Mode {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    /// The name of the theme, as iced tells themes apart.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "Casebook light",
            Self::Dark => "Casebook dark",
            Self::Contrast => "Casebook high contrast",
        }
    }

    /// The one after it, around the end.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::Contrast,
            Self::Contrast => Self::Light,
        }
    }
}

/// One set of colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// The window's background.
    pub paper: Color,
    /// Fields, cards and dialogs, on the paper.
    pub surface: Color,
    /// The quiet panel beside a question, navigation, the row under the pointer.
    pub sunken: Color,
    /// A line between things; decoration, never the only sign of anything.
    pub line: Color,
    /// The edge of a panel or a notice, where its tint alone would not be seen; or nothing.
    pub outline: Color,
    /// The edge of a field, a radio button, a check box.
    pub edge: Color,
    /// Text.
    pub ink: Color,
    /// Hints and other secondary text.
    pub ink_soft: Color,
    /// Text that cannot be acted on now.
    pub ink_disabled: Color,
    /// The primary button, links, what is chosen.
    pub accent: Color,
    /// The same under the pointer.
    pub accent_strong: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// A tint of the accent, behind what is chosen.
    pub accent_soft: Color,
    /// The bar at the top of the window.
    pub bar: Color,
    /// Text on the bar.
    pub on_bar: Color,
    /// The focus ring.
    pub focus: Color,
    /// Errors, and the button that removes something.
    pub danger: Color,
    /// The same under the pointer.
    pub danger_strong: Color,
    /// Text on danger.
    pub on_danger: Color,
    /// Behind an error.
    pub danger_soft: Color,
    /// Something went well.
    pub success: Color,
    /// Behind it.
    pub success_soft: Color,
    /// Something wants attention.
    pub warning: Color,
    /// Behind it.
    pub warning_soft: Color,
    /// Something to know.
    pub info: Color,
    /// Behind it.
    pub info_soft: Color,
    /// Selected text in a field.
    pub selection: Color,
    /// Over the page while a dialog is open.
    pub scrim: Color,
}

const LIGHT: Palette = Palette {
    paper: color!(0xfaf8f3),
    surface: color!(0xffffff),
    sunken: color!(0xf1eee6),
    line: color!(0xddd8cc),
    outline: Color::TRANSPARENT,
    edge: color!(0x7b7669),
    ink: color!(0x1e2a2d),
    ink_soft: color!(0x525d5e),
    ink_disabled: color!(0x636969),
    accent: color!(0x0f5459),
    accent_strong: color!(0x0a3d41),
    on_accent: color!(0xffffff),
    accent_soft: color!(0xe2eeeb),
    bar: color!(0x123a3f),
    on_bar: color!(0xf6f4ee),
    focus: color!(0xd2660f),
    danger: color!(0xa32a2a),
    danger_strong: color!(0x7f1d1d),
    on_danger: color!(0xffffff),
    danger_soft: color!(0xfbecea),
    success: color!(0x1f6a41),
    success_soft: color!(0xe6f1e8),
    warning: color!(0x854f00),
    warning_soft: color!(0xfbf0da),
    info: color!(0x24507c),
    info_soft: color!(0xe8eff6),
    selection: color!(0xbfdcd8),
    scrim: Color { r: 0.07, g: 0.11, b: 0.12, a: 0.55 },
};

const DARK: Palette = Palette {
    paper: color!(0x141b1d),
    surface: color!(0x1d2629),
    sunken: color!(0x192224),
    line: color!(0x344145),
    outline: Color::TRANSPARENT,
    edge: color!(0x8b9899),
    ink: color!(0xece9e2),
    ink_soft: color!(0xb2bbb9),
    ink_disabled: color!(0x939d9d),
    accent: color!(0x84cbc5),
    accent_strong: color!(0xa5ddd8),
    on_accent: color!(0x082a2d),
    accent_soft: color!(0x1f3a3c),
    bar: color!(0x0e2c30),
    on_bar: color!(0xece9e2),
    focus: color!(0xf2a654),
    danger: color!(0xf4a29b),
    danger_strong: color!(0xf9c0bb),
    on_danger: color!(0x3a0d0d),
    danger_soft: color!(0x3a2323),
    success: color!(0x93d3a8),
    success_soft: color!(0x1d3427),
    warning: color!(0xefc46f),
    warning_soft: color!(0x392f1a),
    info: color!(0x9fc8ee),
    info_soft: color!(0x1f2f3e),
    selection: color!(0x2c5a5c),
    scrim: Color { r: 0.0, g: 0.0, b: 0.0, a: 0.65 },
};

const CONTRAST: Palette = Palette {
    paper: color!(0x000000),
    surface: color!(0x000000),
    sunken: color!(0x000000),
    line: color!(0xffffff),
    outline: color!(0xffffff),
    edge: color!(0xffffff),
    ink: color!(0xffffff),
    ink_soft: color!(0xffffff),
    ink_disabled: color!(0xb0b0b0),
    accent: color!(0xffff00),
    accent_strong: color!(0xffffff),
    on_accent: color!(0x000000),
    accent_soft: color!(0x333300),
    bar: color!(0x000000),
    on_bar: color!(0xffffff),
    focus: color!(0x00ffff),
    danger: color!(0xff9d9d),
    danger_strong: color!(0xffffff),
    on_danger: color!(0x000000),
    danger_soft: color!(0x000000),
    success: color!(0x8cff8c),
    success_soft: color!(0x000000),
    warning: color!(0xffd75e),
    warning_soft: color!(0x000000),
    info: color!(0x9fd0ff),
    info_soft: color!(0x000000),
    selection: color!(0x0050b0),
    scrim: Color { r: 0.0, g: 0.0, b: 0.0, a: 0.85 },
};

/// Two colours that are used one on the other.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// What the pair is, for the test's message.
    pub what: &'static str,
    /// Text, edge or ring.
    pub front: Color,
    /// What is behind it.
    pub back: Color,
    /// The least contrast between them: 4.5 for text, 3 for edges and rings.
    pub least: f32,
}

/// Least contrast of text (WCAG 2.2, 1.4.3) and of the parts that show a control (1.4.11).
const TEXT: f32 = 4.5;
const PART: f32 = 3.0;

impl Palette {
    /// The colours of a mode.
    pub fn of(mode: Mode) -> &'static Self {
        match mode {
            Mode::Light => &LIGHT,
            Mode::Dark => &DARK,
            Mode::Contrast => &CONTRAST,
        }
    }

    /// Every pair of colours that the widgets put one on the other.
    pub fn pairs(&self) -> Vec<Pair> {
        let text = |what, front, back| Pair { what, front, back, least: TEXT };
        let part = |what, front, back| Pair { what, front, back, least: PART };
        let mut pairs = vec![
            text("primary button", self.on_accent, self.accent),
            text("primary button, hovered", self.on_accent, self.accent_strong),
            text("danger button", self.on_danger, self.danger),
            text("danger button, hovered", self.on_danger, self.danger_strong),
            text("top bar", self.on_bar, self.bar),
            text("selected text", self.ink, self.selection),
            text("chosen", self.accent, self.accent_soft),
            text("chosen, plain", self.ink, self.accent_soft),
            text("chosen, hint", self.ink_soft, self.accent_soft),
            part("edge of a field", self.edge, self.surface),
            part("edge on paper", self.edge, self.paper),
            part("edge on a panel", self.edge, self.sunken),
            part("mark in a chosen check box", self.on_accent, self.accent),
            part("focus ring on the bar", self.focus, self.bar),
            part("progress", self.accent, self.surface),
            part("edge of the progress", self.edge, self.paper),
            part("scroller", self.edge, self.paper),
            part("mark of the tab that is open", self.accent, self.paper),
        ];
        for (back, grounds) in [(self.paper, "paper"), (self.surface, "surface"), (self.sunken, "sunken")] {
            pairs.extend([
                text(grounds, self.ink, back),
                text(grounds, self.ink_soft, back),
                text(grounds, self.ink_disabled, back),
                text(grounds, self.accent, back),
                text(grounds, self.accent_strong, back),
                text(grounds, self.danger, back),
                text(grounds, self.success, back),
                text(grounds, self.warning, back),
                part(grounds, self.focus, back),
            ]);
        }
        for (what, front, back) in [
            ("error", self.danger, self.danger_soft),
            ("success", self.success, self.success_soft),
            ("warning", self.warning, self.warning_soft),
            ("information", self.info, self.info_soft),
        ] {
            pairs.extend([
                text(what, front, back),
                text(what, self.ink, back),
                text(what, self.ink_soft, back),
                text(what, self.accent, back),
                part(what, self.focus, back),
            ]);
        }
        pairs
    }
}

/// The contrast of two opaque colours by WCAG 2: 1 for the same, 21 for black on white.
pub fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (a.relative_luminance(), b.relative_luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_as_wcag_defines_it() {
        assert!((contrast(Color::BLACK, Color::WHITE) - 21.0).abs() < 0.01);
        assert!((contrast(Color::WHITE, Color::WHITE) - 1.0).abs() < 0.01);
        // A known pair: #767676 on white is the lightest grey that passes AA.
        let grey = contrast(color!(0x767676), Color::WHITE);
        assert!((4.5..4.6).contains(&grey), "{grey}");
    }

    #[test]
    fn every_pair_is_readable_in_each_mode() {
        let mut poor = Vec::new();
        for mode in Mode::ALL {
            let pairs = Palette::of(mode).pairs();
            let lowest = |least: f32| {
                let found = pairs.iter().filter(|pair| (pair.least - least).abs() < 0.1);
                found.map(|pair| contrast(pair.front, pair.back)).fold(21.0_f32, f32::min)
            };
            println!(
                "{}: {} pairs of colours; text at least {:.2}, parts at least {:.2}",
                mode.name(),
                pairs.len(),
                lowest(TEXT),
                lowest(PART)
            );
            for pair in pairs {
                let found = contrast(pair.front, pair.back);
                if found < pair.least {
                    poor.push(format!("{mode:?} {}: {found:.2} < {}", pair.what, pair.least));
                }
            }
        }
        assert!(poor.is_empty(), "{poor:#?}");
    }

    #[test]
    fn the_themes_carry_their_palette() {
        for mode in Mode::ALL {
            assert_eq!(crate::ui::theme::palette(&crate::ui::theme::theme(mode)), Palette::of(mode));
        }
        assert_eq!(crate::ui::theme::palette(&iced::Theme::Dark), Palette::of(Mode::Dark));
    }
}
