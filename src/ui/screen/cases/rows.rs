//! The lines of the list: only those that can be seen are built, and empty room in place of the others, so that ten
//! thousand scroll as smoothly as ten. Every line is equally high, which is what lets the window be computed.

use super::Message;
use crate::app::CaseRow;
use crate::domain::Day;
use crate::ui::access::{Role, control};
use crate::ui::screen::case::words;
use crate::ui::spacing::{HAIRLINE, LEADING_HEADING, M, S, TEXT, TEXT_SMALL, XS};
use crate::ui::theme::{self, FONT_BOLD, Tone};
use crate::ui::widget;
use iced::widget::{Column, Row, column, container, row, space, text};
use iced::{Alignment, Element, Length, Size};

/// The height of a line where there is room for all columns.
const WIDE: f32 = 72.0;
/// The height of a line whose columns stand under one another.
const NARROW: f32 = 132.0;
/// The width from which all columns have room.
pub(super) const ROOM: f32 = 760.0;
/// No more than this stands above the list, without the drafts.
pub(super) const TOP: f32 = 480.0;
/// No more than this is added by the filters when they are open.
pub(super) const FILTERS: f32 = 1600.0;
/// No more than this is one draft high.
pub(super) const DRAFT: f32 = 200.0;
/// Lines are built or left out by so many. A block keeps its place among the blocks, so that a line that stays keeps its
/// focus while others come and go.
const BLOCK: usize = 16;
/// Lines built beyond what is seen, so that the focus can step on to them.
const BEYOND: usize = 6;

/// What of the list can be seen.
pub(super) struct Window {
    /// How far the page is scrolled.
    pub(super) scrolled: f32,
    /// The most that can stand above the list.
    pub(super) above: f32,
    /// The size of the page.
    pub(super) size: Size,
}

impl Window {
    /// The first line to build and the one after the last. What stands above the list is known only within bounds, so
    /// some lines more are built than are seen.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are clamped to what there is"
    )]
    fn lines(&self, of: usize, height: f32) -> (usize, usize) {
        let first = ((self.scrolled - self.above).max(0.0) / height) as usize;
        let last = ((self.scrolled + self.size.height).max(0.0) / height) as usize;
        (first.saturating_sub(BEYOND).min(of), last.saturating_add(BEYOND + 1).min(of))
    }
}

/// The list.
pub(super) fn list<'a>(rows: &'a [CaseRow], today: Day, window: &Window) -> Element<'a, Message> {
    let wide = window.size.width >= ROOM;
    let height = if wide { WIDE } else { NARROW };
    let (first, last) = window.lines(rows.len(), height);
    let of = rows.len();
    let blocks = rows.chunks(BLOCK).enumerate().map(|(n, block)| {
        let start = n * BLOCK;
        if start >= last || start + block.len() <= first {
            return container(space().height(lines_high(block.len(), height))).into();
        }
        let place = |n: usize| (start + n + 1, of);
        let lines = block.iter().enumerate().map(|(n, case)| line(case, today, wide, height, place(n)));
        container(Column::with_children(lines)).into()
    });
    let titles = wide.then(titles);
    control(Role::Table, "Cases", column![].push(titles).push(Column::with_children(blocks)))
        .table(of + usize::from(wide), COLUMNS.len())
        .into()
}

#[allow(clippy::cast_precision_loss, reason = "a list of sixteen million cases would be a pixel off")]
fn lines_high(lines: usize, height: f32) -> f32 {
    lines as f32 * height
}

const COLUMNS: [(&str, u16); 5] = [
    ("Case", 3),
    ("Targeted child", 5),
    ("Disclosed on", 5),
    ("What the school does", 8),
    ("Next action", 8),
];

fn titles<'a>() -> Element<'a, Message> {
    let titles = COLUMNS.iter().enumerate().map(|(at, (title, portion))| {
        let shown = text(*title).size(TEXT_SMALL).font(FONT_BOLD).style(theme::ink(|p| p.ink_soft));
        let title = control(Role::ColumnHeader, *title, shown).cell(0, at);
        container(title).width(Length::FillPortion(*portion)).into()
    });
    let titles = container(Row::with_children(titles).spacing(M)).padding([S, M]);
    container(column![Element::from(control(Role::Row, "", titles).row(0)), rule()]).into()
}

fn rule<'a>() -> Element<'a, Message> {
    container(space()).width(Length::Fill).height(HAIRLINE).style(theme::flat(|p| p.line)).into()
}

/// What stands in a line, in words.
struct Words {
    disclosed: String,
    next: Option<(String, Tone)>,
    name: String,
}

impl Words {
    fn of(case: &CaseRow, today: Day) -> Self {
        let next = match (case.open, case.next_due) {
            (false, _) => Some(("Closed".to_owned(), Tone::Neutral)),
            (true, Some(day)) => Some(words::due(day, today)),
            (true, None) => Some(("Open, nothing due".to_owned(), Tone::Info)),
        };
        let disclosed = case.disclosed_on.short();
        let state = if case.open { "open" } else { "closed" };
        let mut name =
            format!("{}, {}, {state}, disclosed on {}", case.reference, case.child, case.disclosed_on.long());
        for more in [Some(case.duty.as_str()), next.as_ref().filter(|_| case.open).map(|(w, _)| w.as_str())] {
            if let Some(more) = more.filter(|more| !more.is_empty()) {
                name = format!("{name}, {more}");
            }
        }
        Self { disclosed, next, name }
    }
}

fn line(case: &CaseRow, today: Day, wide: bool, height: f32, place: (usize, usize)) -> Element<'_, Message> {
    let words = Words::of(case, today);
    let tag = words.next.map_or_else(|| space().into(), |(next, tone)| widget::tag(next, tone));
    let child = plain(short(&case.child, 46), TEXT);
    let duty = text(short(&case.duty, 80))
        .size(TEXT_SMALL)
        .line_height(LEADING_HEADING)
        .style(theme::ink(|p| p.ink_soft));
    let reference = text(case.reference.as_str()).size(TEXT).font(FONT_BOLD);
    let cells: Element<'_, Message> = if wide {
        let cells: [Element<'_, Message>; 5] =
            [reference.into(), child, plain(words.disclosed, TEXT), duty.into(), tag];
        let cells = COLUMNS.iter().zip(cells).enumerate().map(|(at, ((_, portion), cell))| {
            let cell = control(Role::Cell, "", cell).cell(place.0, at);
            container(cell).width(Length::FillPortion(*portion)).into()
        });
        Row::with_children(cells).spacing(M).align_y(Alignment::Center).into()
    } else {
        let first = row![reference, plain(words.disclosed, TEXT_SMALL)].spacing(M).align_y(Alignment::Center);
        column![first, child, duty, tag].spacing(XS).into()
    };
    let cells =
        container(cells).padding([XS, M]).width(Length::Fill).height(Length::Fill).center_y(Length::Fill);
    let link = control(Role::Link, words.name, cells)
        .position(place.0, place.1)
        .on_activate(Message::Opened(case.id))
        .style(theme::row);
    let row = control(Role::Row, "", container(link).height(Length::Fill)).row(place.0);
    column![Element::from(row), rule()].height(height).into()
}

fn plain<'a>(words: String, size: f32) -> Element<'a, Message> {
    text(words).size(size).line_height(LEADING_HEADING).into()
}

/// The words, or their beginning: a line has room for two lines of text. The whole stands in the line's name.
pub(super) fn short(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_holds_every_line_that_can_be_seen() {
        let size = Size::new(1000.0, 700.0);
        for of in [0, 1, 7, 5000] {
            for above in [0.0, 300.0, TOP] {
                for scrolled in [0.0, 50.0, 3_000.0, 200_000.0] {
                    let window = Window { scrolled, above: TOP, size };
                    let (first, last) = window.lines(of, WIDE);
                    assert!(first <= last && last <= of);
                    for line in 0..of {
                        let top = above + lines_high(line, WIDE);
                        let seen = top + WIDE > scrolled && top < scrolled + size.height;
                        assert!(!seen || (first..last).contains(&line), "{line} of {of} at {scrolled}");
                    }
                    assert!(last - first < 60, "{first} to {last}: a window, not the whole list");
                }
            }
        }
    }

    #[test]
    fn long_words_are_cut_between_letters() {
        assert_eq!(short("Zoë", 3), "Zoë");
        assert_eq!(short("Zoë Łukasiewicz", 5), "Zoë Ł…");
    }
}
