//! The contrast of everything that the styles put on the screen: each style in each state, in each theme, on each ground
//! that it may lie on.

use super::{
    Mode, Palette, Tone, bar, button_bar, button_danger, button_primary, button_quiet, button_secondary,
    card, choice, contrast, dialog, navigation_item, option, palette, panel, paper, progress, row, scroll,
    tab, tag, text_area, text_field, theme, tinted,
};
use crate::ui::access::Look;
use iced::widget::{container, scrollable, text_editor, text_input};
use iced::{Background, Color, Theme};

/// Least contrast of text, and of what shows that there is a control or which state it is in (WCAG 2.2, 1.4.3 and
/// 1.4.11).
const TEXT: f32 = 4.5;
const PART: f32 = 3.0;

const LOOKS: [Look; 4] = [Look::Idle, Look::Hovered, Look::Pressed, Look::Disabled];
const TONES: [Tone; 5] = [Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning, Tone::Danger];

#[derive(Default)]
struct Measured {
    count: usize,
    poor: Vec<String>,
    lowest_text: Option<f32>,
    lowest_part: Option<f32>,
}

impl Measured {
    fn take(&mut self, what: &str, front: Color, back: Color, least: f32) {
        let found = contrast(front, back);
        self.count += 1;
        let lowest = if (least - TEXT).abs() < 0.1 { &mut self.lowest_text } else { &mut self.lowest_part };
        *lowest = Some(lowest.map_or(found, |before| before.min(found)));
        if found < least {
            self.poor.push(format!("{what}: {found:.2}, not {least}"));
        }
    }

    /// A container's text on what it puts behind it, and its edge where that is what shows it.
    fn container(&mut self, what: &str, style: &container::Style, ground: Color, edge_matters: bool) {
        let back = over(style.background, ground);
        if let Some(text) = style.text_color {
            self.take(what, text, back, TEXT);
        }
        if edge_matters {
            self.take(&format!("{what}, edge"), style.border.color, ground, PART);
        }
    }
}

/// What is seen of a background on its ground.
fn over(background: Option<Background>, ground: Color) -> Color {
    match background {
        Some(Background::Color(color)) if color.a > 0.0 => color,
        _ => ground,
    }
}

fn grounds(p: &Palette) -> [(&'static str, Color); 3] {
    [("paper", p.paper), ("surface", p.surface), ("sunken", p.sunken)]
}

type Button = fn(&Theme, Look) -> container::Style;

fn buttons(of: &Theme, measured: &mut Measured) {
    let p = palette(of);
    let styles: [(&str, Button, bool); 5] = [
        ("primary button", button_primary, false),
        ("secondary button", button_secondary, true),
        ("quiet button", button_quiet, false),
        ("danger button", button_danger, false),
        ("row", row, false),
    ];
    for (ground, back) in grounds(p) {
        for look in LOOKS {
            for (name, style, edged) in styles {
                let style = style(of, look);
                let edged = edged && look != Look::Disabled;
                measured.container(&format!("{name}, {look:?}, on {ground}"), &style, back, edged);
            }
            // What fills a button is what shows it.
            for (name, style) in
                [("primary button", button_primary as Button), ("danger button", button_danger)]
            {
                if look != Look::Disabled {
                    let fill = over(style(of, look).background, back);
                    measured.take(&format!("{name}, {look:?}, fill on {ground}"), fill, back, PART);
                }
            }
            for chosen in [false, true] {
                let name = format!("{look:?}, chosen: {chosen}, on {ground}");
                measured.container(
                    &format!("answer, {name}"),
                    &choice(of, look, chosen),
                    back,
                    chosen && look != Look::Disabled,
                );
                measured.container(&format!("option, {name}"), &option(of, look, chosen), back, false);
                measured.container(&format!("tab, {name}"), &tab(of, look, chosen), back, false);
                measured.container(
                    &format!("place, {name}"),
                    &navigation_item(of, look, chosen),
                    back,
                    false,
                );
            }
        }
    }
    for look in LOOKS {
        measured.container(
            &format!("button on the bar, {look:?}"),
            &button_bar(of, look),
            p.bar,
            look == Look::Idle,
        );
    }
}

fn fields(of: &Theme, measured: &mut Measured) {
    let p = palette(of);
    for (ground, back) in grounds(p) {
        for wrong in [false, true] {
            for status in [
                text_input::Status::Active,
                text_input::Status::Hovered,
                text_input::Status::Focused { is_hovered: false },
                text_input::Status::Disabled,
            ] {
                let style = text_field(of, status, wrong);
                let name = format!("field, {status:?}, wrong: {wrong}, on {ground}");
                let inside = over(Some(style.background), back);
                measured.take(&name, style.value, inside, TEXT);
                measured.take(&format!("{name}, placeholder"), style.placeholder, inside, TEXT);
                // In what cannot be used, nothing can be selected.
                if status != text_input::Status::Disabled {
                    measured.take(&format!("{name}, selected"), style.value, style.selection, TEXT);
                }
                measured.take(&format!("{name}, edge"), style.border.color, back, PART);
            }
            for status in [
                text_editor::Status::Active,
                text_editor::Status::Hovered,
                text_editor::Status::Focused { is_hovered: false },
            ] {
                let style = text_area(of, status, wrong);
                let name = format!("text area, {status:?}, wrong: {wrong}, on {ground}");
                measured.take(&name, style.value, over(Some(style.background), back), TEXT);
                measured.take(&format!("{name}, selected"), style.value, style.selection, TEXT);
                measured.take(&format!("{name}, edge"), style.border.color, back, PART);
            }
        }
    }
}

fn panels(of: &Theme, measured: &mut Measured) {
    let p = palette(of);
    let styles = [
        ("paper", paper(of)),
        ("bar", bar(of)),
        ("panel", panel(of)),
        ("card", card(of)),
        ("dialog", dialog(of)),
    ];
    for (name, style) in &styles {
        measured.container(name, style, p.paper, false);
        let back = over(style.background, p.paper);
        if *name == "bar" {
            continue;
        }
        for (what, front) in [
            ("hint", p.ink_soft),
            ("link", p.accent),
            ("heading", p.ink),
            ("error", p.danger),
            ("icon", p.edge),
        ] {
            measured.take(
                &format!("{what} in a {name}"),
                front,
                back,
                if what == "icon" { PART } else { TEXT },
            );
        }
        measured.take(&format!("ring in a {name}"), p.focus, back, PART);
    }
    for tone in TONES {
        measured.container(&format!("tag, {tone:?}"), &tag(of, tone), p.paper, false);
        let tint = tinted(of, tone);
        measured.container(&format!("notice, {tone:?}"), &tint, p.paper, false);
        let back = over(tint.background, p.paper);
        for (what, front, least) in [
            ("mark", tone.color(p), PART),
            ("rule", tone.color(p), PART),
            ("detail", p.ink_soft, TEXT),
            ("link", p.accent, TEXT),
            ("ring", p.focus, PART),
        ] {
            measured.take(&format!("{what} in a notice, {tone:?}"), front, back, least);
        }
    }
}

fn parts(of: &Theme, measured: &mut Measured) {
    let p = palette(of);
    for (ground, back) in grounds(p) {
        for status in [
            scrollable::Status::Active {
                is_horizontal_scrollbar_disabled: false,
                is_vertical_scrollbar_disabled: false,
            },
            scrollable::Status::Dragged {
                is_horizontal_scrollbar_dragged: false,
                is_vertical_scrollbar_dragged: true,
                is_horizontal_scrollbar_disabled: false,
                is_vertical_scrollbar_disabled: false,
            },
        ] {
            let scroller = over(Some(scroll(of, status).vertical_rail.scroller.background), back);
            measured.take(&format!("scroller on {ground}"), scroller, back, PART);
        }
        let bar = progress(of);
        measured.take("progress", over(Some(bar.bar), back), over(Some(bar.background), back), PART);
        measured.take(&format!("progress on {ground}, edge"), bar.border.color, back, PART);
    }
    // The mark of a radio button or check box: on, and off.
    measured.take("dot", p.accent, p.surface, PART);
    measured.take("tick", p.on_accent, p.accent, PART);
    measured.take("mark that is off", p.edge, p.surface, PART);
}

#[test]
fn whatever_is_drawn_can_be_seen_in_each_theme() {
    let mut poor = Vec::new();
    for mode in Mode::ALL {
        let of = theme(mode);
        let mut measured = Measured::default();
        for measure in [buttons, fields, panels, parts] {
            measure(&of, &mut measured);
        }
        println!(
            "{}: {} pairs measured; text at least {:.2} to 1, parts of controls at least {:.2} to 1",
            mode.name(),
            measured.count,
            measured.lowest_text.unwrap_or_default(),
            measured.lowest_part.unwrap_or_default()
        );
        poor.extend(measured.poor.into_iter().map(|what| format!("{}: {what}", mode.name())));
    }
    assert!(poor.is_empty(), "{poor:#?}");
}
