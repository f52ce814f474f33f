//! Leaving and keeping: a copy of what is kept about a child, how long a case is kept and how it ends. What may be done is
//! the use cases' to say.

mod access;
mod retention;

use super::{After, Ground};
use crate::app::{Error, Session};
use crate::domain::CaseId;
use crate::ui::spacing::XL;
use iced::Element;
use iced::widget::column;

pub use access::{Field as AccessField, Message as AccessMessage};
pub use retention::{Field as RetentionField, Message as RetentionMessage};

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    access: access::Access,
    retention: retention::Keeping,
}

/// What happened in the part.
#[derive(Debug, Clone)]
pub enum Message {
    /// About a child's copy.
    Access(AccessMessage),
    /// About how long the case is kept.
    Retention(RetentionMessage),
}

impl Keeping {
    pub(super) fn read(&mut self, session: &Session, case: CaseId) -> Result<(), Error> {
        self.retention.read(session, case)?;
        self.access.read(session)
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Access(message) => self.access.update(message, ground),
            Message::Retention(message) => self.retention.update(message, ground),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        if let Some(page) = self.access.page(ground).or_else(|| self.retention.page(ground)) {
            return page;
        }
        column![self.access.section(ground), self.retention.section()].spacing(XL).into()
    }
}
