//! Settings, the case file: an older copy of it is open, and somebody says why they go on with it.

use super::said;
use crate::app::{Notice, Session};
use crate::ui::spacing::M;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::widget::column;

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The reason was typed.
    Edited(Edit),
    /// The button was pressed.
    Confirmed,
}

/// Shown only while nobody has answered for the older copy.
#[derive(Debug)]
pub(super) struct Older {
    warning: Notice,
    reason: Editor,
    missing: bool,
    failed: Option<Notice>,
}

impl Older {
    pub(super) fn of(session: &Session) -> Option<Self> {
        let replay = session.replay()?;
        Some(Self { warning: replay.warning(), reason: Editor::default(), missing: false, failed: None })
    }

    /// What to say once the older copy is answered for.
    pub(super) fn update(&mut self, session: &Session, message: Message) -> Option<Notice> {
        match message {
            Message::Edited(edit) => {
                self.reason.perform(edit);
                self.missing = false;
            }
            Message::Confirmed if self.reason.text().trim().is_empty() => self.missing = true,
            Message::Confirmed => match session.go_on_knowingly(&self.reason.text()) {
                Ok(()) => {
                    return Some(Notice::done(
                        "You go on with this copy of the case file.",
                        "The reason stands in the record. If the newer one turns up, keep it: it is not merged.",
                    ));
                }
                Err(error) => self.failed = Some(Notice::from(&error)),
            },
        }
        None
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        column![
            widget::heading(2, "An older copy"),
            said(&self.warning),
            self.failed.as_ref().map(said),
            Element::from(
                widget::text_area("Why do you go on with this one?", &self.reason, Message::Edited)
                    .hint("For example: the disk broke, and this is Friday’s backup.")
                    .error(self.missing.then_some("Write one or two sentences."))
                    .rows(3)
            ),
            button::row_of([button::secondary("Go on with this copy").on_press(Message::Confirmed).into()]),
        ]
        .spacing(M)
        .into()
    }
}
