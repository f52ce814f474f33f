//! Who did what with the case file itself: keys, the recovery sheet, settings, backups. What belongs to a case is in its own
//! record. To read only.

use crate::app::{Act, Error, Event, Session};
use crate::ui::screen::moment;
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::widget::{self, Cell, slot};
use iced::Element;
use iced::widget::{column, container};

/// So many lines are shown, the newest of them.
const SHOWN: usize = 200;

/// What the page shows.
pub(super) struct Journal {
    events: Vec<Event>,
    older: usize,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("events", &self.events.len()).finish_non_exhaustive()
    }
}

impl Journal {
    /// # Errors
    /// The case file cannot be read.
    pub(super) fn read(session: &Session) -> Result<Self, Error> {
        let mut events = session.house_journal()?;
        let older = events.len().saturating_sub(SHOWN);
        events.truncate(SHOWN);
        Ok(Self { events, older })
    }

    pub(super) fn view<'a, Message: Clone + 'a>(&'a self) -> Element<'a, Message> {
        let columns = [
            widget::table_column("When", 4),
            widget::table_column("Who", 4),
            widget::table_column("What", 5),
            widget::table_column("Why", 5),
        ];
        let rows = self.events.iter().map(|event| {
            let cells = [
                Cell::Text(moment(event).into()),
                Cell::Text(event.actor.as_str().into()),
                Cell::Strong(what(event).into()),
                Cell::Text(event.why.as_str().into()),
            ];
            widget::table_row(cells, None)
        });
        let words = column![
            widget::heading(2, "Who did what"),
            widget::paragraph(
                "Every change to the keys and the settings, with the day and the person. The newest is at the top. What \
                 belongs to a case is in its own record."
            ),
        ]
        .spacing(S);
        let older =
            (self.older > 0).then(|| widget::hint(format!("{} older lines are not shown.", self.older)));
        column![
            container(words).max_width(COLUMN),
            widget::table("Who did what", &columns, rows),
            slot(older, S),
        ]
        .spacing(L)
        .into()
    }
}

fn what(event: &Event) -> String {
    let of = &event.id;
    match (event.act, event.kind.as_str()) {
        (Act::Created, _) => "The case file made".into(),
        (Act::Passphrase, _) => format!("A passphrase set for {of}"),
        (Act::Revoked, _) => format!("The key of {of} taken away"),
        (Act::Rekeyed, _) => "The recovery sheet replaced".into(),
        (Act::Put, "key_holder") => format!("The role of {of}"),
        (Act::Put, "school") => "The school and its settings".into(),
        (Act::Put, "backup_plan") => "Where backups go".into(),
        (Act::Put, "policy_pack") => "A policy pack kept".into(),
        (Act::Put, "import_choices") => "How a register is read".into(),
        (Act::Put, "older_copy") => "Gone on with another copy".into(),
        (Act::Put, "destruction") => "A case destroyed".into(),
        (Act::Put | Act::Withdrawn | Act::Attached, _) => "The case file".into(),
    }
}
