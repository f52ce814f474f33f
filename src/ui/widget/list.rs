//! Facts in rows: check-your-answers, tables whose lines open something, cards, an expander.

use super::{button, hint, strong, tag};
use crate::ui::access::{Role, control};
use crate::ui::icon::{Icon, icon};
use crate::ui::spacing::{HAIRLINE, L, LEADING, M, S, TEXT, TEXT_SMALL, XS};
use crate::ui::theme::{self, FONT_BOLD, Tone};
use iced::widget::{Column, column, container, row, rule, space, text};
use iced::{Alignment, Element, Length, Theme};
use std::borrow::Cow;

/// One fact: what it is called, what it is, and perhaps a way to change it.
pub struct Fact<'a, Message> {
    label: Cow<'a, str>,
    value: Cow<'a, str>,
    change: Option<Message>,
}

/// One fact for [`summary`].
pub fn fact<'a, Message>(
    label: impl Into<Cow<'a, str>>,
    value: impl Into<Cow<'a, str>>,
) -> Fact<'a, Message> {
    Fact { label: label.into(), value: value.into(), change: None }
}

impl<Message> Fact<'_, Message> {
    /// What the "Change" link does.
    #[must_use]
    pub fn change(mut self, message: Message) -> Self {
        self.change = Some(message);
        self
    }
}

/// Room for the "Change" link, kept where there is none so that the columns stay in line.
const CHANGE: f32 = 88.0;

fn line<'a, Message: 'a>() -> Element<'a, Message> {
    rule::horizontal(HAIRLINE)
        .style(|theme: &Theme| rule::Style {
            color: theme::palette(theme).line,
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        })
        .into()
}

/// Facts one under the other, as on "Check your answers".
pub fn summary<'a, Message: Clone + 'a>(
    facts: impl IntoIterator<Item = Fact<'a, Message>>,
) -> Element<'a, Message> {
    let facts: Vec<_> = facts.into_iter().collect();
    let changeable = facts.iter().any(|fact| fact.change.is_some());
    let rows = facts.into_iter().map(|fact| {
        let name = fact.label.clone().into_owned();
        let change = fact
            .change
            .map(|message| button::quiet("Change").link().name(format!("Change {name}")).on_press(message));
        let label = container(strong(fact.label)).padding([S, 0.0]).width(Length::FillPortion(2));
        let value = container(super::paragraph(fact.value)).padding([S, 0.0]).width(Length::FillPortion(3));
        let change: Element<'a, Message> = change.map_or_else(|| space().into(), Element::from);
        let change = changeable.then(|| container(change).align_right(CHANGE));
        let shown = row![label, value].push(change).spacing(M).align_y(Alignment::Start);
        let shown = column![container(shown).padding([XS, 0.0]), line()];
        control(Role::Group, name, shown).into()
    });
    control(Role::DescriptionList, "", Column::with_children(rows)).into()
}

/// A column of a [`table`].
#[derive(Debug, Clone)]
pub struct TableColumn<'a> {
    title: Cow<'a, str>,
    portion: u16,
    right: bool,
}

/// A column with a title, as wide as its portion of the whole.
pub fn table_column<'a>(title: impl Into<Cow<'a, str>>, portion: u16) -> TableColumn<'a> {
    TableColumn { title: title.into(), portion, right: false }
}

impl TableColumn<'_> {
    /// Numbers stand at the right.
    #[must_use]
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }

    fn align(&self) -> Alignment {
        if self.right { Alignment::End } else { Alignment::Start }
    }
}

/// What stands in one place of a [`table`].
#[derive(Debug, Clone)]
pub enum Cell<'a> {
    /// Plain words or a number.
    Text(Cow<'a, str>),
    /// The words that the row is known by.
    Strong(Cow<'a, str>),
    /// Words that matter less.
    Soft(Cow<'a, str>),
    /// A state.
    Tag(Cow<'a, str>, Tone),
}

impl<'a> Cell<'a> {
    fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Strong(words) | Self::Soft(words) | Self::Tag(words, _) => words,
        }
    }

    fn shown<Message: 'a>(self) -> Element<'a, Message> {
        match self {
            Self::Text(words) => text(words).size(TEXT).line_height(LEADING).into(),
            Self::Strong(words) => strong(words),
            Self::Soft(words) => hint(words),
            Self::Tag(words, tone) => tag(words, tone),
        }
    }
}

/// A line of a [`table`]: its cells, and what opening it does.
pub struct TableRow<'a, Message> {
    cells: Vec<Cell<'a>>,
    on_open: Option<Message>,
}

/// A line of a table.
pub fn table_row<'a, Message>(
    cells: impl IntoIterator<Item = Cell<'a>>,
    on_open: Option<Message>,
) -> TableRow<'a, Message> {
    TableRow { cells: cells.into_iter().collect(), on_open }
}

/// Lines of cells under titles. A line that opens something is a Tab stop named by its cells.
pub fn table<'a, Message: Clone + 'a>(
    name: impl Into<String>,
    columns: &[TableColumn<'a>],
    rows: impl IntoIterator<Item = TableRow<'a, Message>>,
) -> Element<'a, Message> {
    let titles = columns.iter().enumerate().map(|(at, column)| {
        let title =
            text(column.title.clone()).size(TEXT_SMALL).font(FONT_BOLD).style(theme::ink(|p| p.ink_soft));
        let title = control(Role::ColumnHeader, column.title.clone(), title).cell(0, at);
        container(title).width(Length::FillPortion(column.portion)).align_x(column.align()).into()
    });
    let titles = container(iced::widget::Row::with_children(titles).spacing(M)).padding([S, M]);
    let titles = control(Role::Row, "", titles).row(0);
    let rows: Vec<_> = rows.into_iter().collect();
    let of = rows.len();
    let lines = rows.into_iter().enumerate().map(|(n, row)| table_line(columns, row, n + 1, of));
    control(Role::Table, name, column![Element::from(titles), line()].extend(lines))
        .table(of + 1, columns.len())
        .into()
}

fn table_line<'a, Message: Clone + 'a>(
    columns: &[TableColumn<'a>],
    row: TableRow<'a, Message>,
    place: usize,
    of: usize,
) -> Element<'a, Message> {
    let name = row.cells.iter().map(Cell::words).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(", ");
    let cells = columns.iter().zip(row.cells).enumerate().map(|(at, (column, cell))| {
        let cell = control(Role::Cell, "", cell.shown()).cell(place, at);
        container(cell).width(Length::FillPortion(column.portion)).align_x(column.align()).into()
    });
    let cells = iced::widget::Row::with_children(cells).spacing(M).align_y(Alignment::Center);
    let cells = container(cells).padding([S + XS, M]).width(Length::Fill);
    let row = match row.on_open {
        Some(message) => {
            let link = control(Role::Link, name, cells).position(place, of).on_activate(message);
            control(Role::Row, "", link.style(theme::row))
        }
        None => control(Role::Row, name, cells),
    };
    column![Element::from(row.row(place).position(place, of)), line()].into()
}

/// A card around something that belongs together.
pub fn card<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).padding(L).width(Length::Fill).style(theme::card).into()
}

/// A line that shows more when it is opened.
pub fn expander<'a, Message: Clone + 'a>(
    label: impl Into<Cow<'a, str>>,
    open: bool,
    on_toggle: impl Fn(bool) -> Message,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let label = label.into();
    let name = label.clone().into_owned();
    let shape = if open { Icon::Down } else { Icon::Right };
    let shown = row![icon(shape, TEXT, |p| p.accent), text(label).size(TEXT).font(FONT_BOLD)]
        .spacing(S)
        .align_y(Alignment::Center);
    let shown = control(Role::Button, name, container(shown).padding(S))
        .expanded(open)
        .on_activate(on_toggle(!open))
        .style(theme::button_quiet);
    let inside = if open { container(content).padding([S, L]) } else { container(space()) };
    column![shown, inside].into()
}
