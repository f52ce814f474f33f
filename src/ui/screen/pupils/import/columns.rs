//! What each column of a CSV is taken for, and choosing something else.

use super::Message;
use crate::app::register::{Column, ContactField, Field, PupilField};
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, Cell, button, choice};
use iced::Element;
use iced::widget::column;

/// How many contacts can be chosen by hand; a file may have more, and names them so that they are known.
const CONTACTS: u8 = 4;

pub(super) fn view(columns: &[Column], open: Option<usize>) -> Element<'_, Message> {
    match open.and_then(|at| columns.get(at)) {
        Some(column) => one(column),
        None => all(columns),
    }
}

fn all(columns: &[Column]) -> Element<'_, Message> {
    let titles = [widget::table_column("Column in the file", 3), widget::table_column("Taken for", 3)];
    let rows = columns.iter().enumerate().map(|(at, column)| {
        let header = if column.header.is_empty() { "(no name)" } else { column.header.as_str() };
        let field = match column.field {
            Some(field) => Cell::Text(capital(&field.to_string()).into()),
            None => Cell::Soft("Left out".into()),
        };
        widget::table_row([Cell::Strong(header.into()), field], Some(Message::ColumnOpened(at)))
    });
    column![
        widget::heading(1, "Columns of the file"),
        widget::lead("Open a column to say what it is. Casebook remembers it for the next file."),
        widget::hint(
            "Needed are the surname and the forename, or the whole name. With the UPN or the date of birth a pupil is \
             known again."
        ),
        widget::table("Columns", &titles, rows),
        button::row_of([
            button::primary("Read the file").on_press(Message::ReadAsked).into(),
            button::secondary("Another file").on_press(Message::BackToFile).into(),
            button::secondary("Cancel").on_press(Message::CancelAsked).into(),
        ]),
    ]
    .spacing(L)
    .into()
}

fn one(column: &Column) -> Element<'_, Message> {
    let contacts =
        (1..=CONTACTS).flat_map(|n| ContactField::ALL.iter().map(move |field| Field::Contact(n, *field)));
    let fields = PupilField::ALL.iter().map(|field| Field::Pupil(*field)).chain(contacts);
    let choices = std::iter::once(choice::choice(None, "Leave it out"))
        .chain(fields.map(|field| choice::choice(Some(field), capital(&field.to_string()))));
    let list = widget::list_box("What is in it?", choices, Some(&column.field), Message::FieldChosen);
    column![
        widget::heading(1, format!("Column “{}”", column.header)),
        column![
            Element::from(list),
            button::row_of([button::primary("Done").on_press(Message::ColumnClosed).into()]),
        ]
        .spacing(M),
    ]
    .spacing(S)
    .into()
}

/// With a capital at the beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
