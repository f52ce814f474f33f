//! The chart of a chat: a square for every hour of the week, the darker the more messages, school hours framed. The same
//! stands in words under it, which is what a screen reader reads.

use super::Message;
use crate::app::ChatHours;
use crate::ui::access::{Role, control};
use crate::ui::spacing::{EDGE, M, S, TEXT_SMALL, XS};
use crate::ui::theme::palette;
use crate::ui::widget;
use iced::widget::{Row, column, container, row, space, text};
use iced::{Element, Theme, border};

/// The side of a square.
const SIDE: f32 = 22.0;
/// Room for the weekday.
const DAY: f32 = 104.0;
/// Every third hour has its number.
const NUMBERED: usize = 3;

pub(super) fn view<'a>(hours: &ChatHours) -> Element<'a, Message> {
    let most = hours.most();
    let rows = hours.days().enumerate().map(|(at, (name, day))| {
        let squares = day
            .iter()
            .enumerate()
            .map(|(hour, count)| square(share(*count, most), hours.is_school_hour(at, hour)));
        let name = container(text(name).size(TEXT_SMALL)).width(DAY);
        row![name, Row::with_children(squares).spacing(2.0)].align_y(iced::Alignment::Center).into()
    });
    let numbers = (0..24).step_by(NUMBERED).map(|hour| {
        let wide = (SIDE + 2.0) * 3.0;
        container(text(format!("{hour}:00")).size(TEXT_SMALL)).width(wide).into()
    });
    let foot = row![space().width(DAY), Row::with_children(numbers)];
    let says = hours.says();
    let chart = column(rows).spacing(2.0).push(foot);
    let chart = control(Role::Image, format!("Messages by weekday and hour. {}", says.join(" ")), chart);
    let school = hours.school();
    let (from, to) = (school.begins.clock(), school.ends.clock());
    let part = if school.are_whole() { "" } else { "; an hour that is partly in them is framed whole" };
    let key = row![
        square(0.0, true),
        widget::hint(format!("School hours, {from} to {to}, Monday to Friday, as Settings has them{part}."))
    ]
    .spacing(S)
    .align_y(iced::Alignment::Center);
    let times = widget::hint("Times as the exporting phone shows them.");
    column![Element::from(chart), column![key, times].spacing(XS), widget::bullets(says)].spacing(M).into()
}

/// How dark a square is, from 0 to 1. The first message shows.
#[allow(clippy::cast_precision_loss, reason = "a shade of colour needs no more digits")]
fn share(count: usize, most: usize) -> f32 {
    if count == 0 || most == 0 { 0.0 } else { 0.25 + 0.75 * (count as f32 / most as f32) }
}

fn square<'a>(share: f32, school: bool) -> Element<'a, Message> {
    let style = move |theme: &Theme| {
        let p = palette(theme);
        let back = if share > 0.0 { p.accent.scale_alpha(share) } else { p.sunken };
        let (edge, width) = if school { (p.ink_soft, EDGE) } else { (p.line, 0.0) };
        container::background(back).border(border::rounded(2.0).color(edge).width(width))
    };
    container(space()).width(SIDE).height(SIDE).style(style).into()
}
