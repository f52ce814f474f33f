//! The record of a case: its journal, to read only, and what the line of numbers at the end of it is for.

use super::Message;
use crate::app::{Act, Error, Event, Session};
use crate::domain::CaseId;
use crate::ui::screen::moment;
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::widget::{self, Cell};
use iced::Element;
use iced::widget::{column, container};

/// What the record shows.
#[derive(Default)]
pub(super) struct Record {
    events: Vec<Event>,
    anchor: String,
}

impl std::fmt::Debug for Record {
    /// A reason may name a child.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Record").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

impl Record {
    pub(super) fn read(&mut self, session: &Session, case: CaseId) -> Result<(), Error> {
        self.events = session.journal(case)?;
        self.anchor = session.anchor()?.to_string();
        Ok(())
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let columns = [
            widget::table_column("No.", 1).right(),
            widget::table_column("When", 4),
            widget::table_column("Who", 4),
            widget::table_column("What", 4),
            widget::table_column("Why", 5),
        ];
        let rows = self.events.iter().rev().map(|event| {
            let cells = [
                Cell::Soft(event.seq.to_string().into()),
                Cell::Text(moment(event).into()),
                Cell::Text(event.actor.as_str().into()),
                Cell::Strong(what(event).into()),
                Cell::Text(event.why.as_str().into()),
            ];
            widget::table_row(cells, None)
        });
        let words = column![
            widget::heading(2, "The record of this case"),
            widget::paragraph(
                "Every change is written here, with the day, the person and the reason, and nothing is ever taken out. \
                 The newest is at the top. Numbers are missing where a change belongs to another case."
            ),
        ]
        .spacing(S);
        let anchor = column![
            widget::heading(3, "The record’s mark today"),
            widget::strong(self.anchor.as_str()),
            widget::hint(
                "Printed on a document or written down, this mark proves later that no earlier entry was changed unseen."
            ),
        ]
        .spacing(S);
        column![
            container(words).max_width(COLUMN),
            container(widget::card(anchor)).max_width(COLUMN),
            widget::table("The record of this case", &columns, rows),
        ]
        .spacing(L)
        .into()
    }
}

fn what(event: &Event) -> String {
    let kind = match event.kind.as_str() {
        "case" => "The case",
        "occasion" => "An occasion",
        "contact" => "A contact",
        "action" => "An action",
        "decision" => "A decision",
        "letter" => "A letter",
        "draft" => "The disclosure",
        "chat_marks" => "What is marked in a chat",
        "person" => "A person",
        "school" => "The school",
        _ => "The case file",
    };
    let act = match event.act {
        Act::Created => "begun",
        Act::Put => "written",
        Act::Withdrawn => "set aside",
        Act::Attached => "a file added",
        Act::Passphrase => "a passphrase set",
        Act::Revoked => "a key taken away",
        Act::Rekeyed => "the recovery sheet replaced",
    };
    format!("{kind}: {act}")
}
