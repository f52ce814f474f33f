//! Settings, the case file: moving it to another folder, and removing it where it was.

use super::said;
use crate::app::{Notice, Session};
use crate::ui::access;
use crate::ui::screen::background;
use crate::ui::screen::folder::{self, FolderField};
use crate::ui::spacing::{M, S};
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::PathBuf;

const FIELD: Id = Id::new("settings-move-folder");

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the field for the folder.
    Folder(folder::Message),
    /// "Move the case file" was pressed.
    Asked,
    /// It is moved, or not; with the folder where it is kept as it was.
    Done(Result<PathBuf, Notice>),
    /// The old one is to be removed.
    RemovalAsked,
    /// It is removed, or not.
    Removed(Result<(), Notice>),
}

/// What came of it.
pub(super) enum Outcome {
    /// Run this.
    Run(Task<Message>),
    /// The case file lies elsewhere now.
    Moved,
}

#[derive(Debug)]
pub(super) struct Moving {
    field: FolderField,
    working: bool,
    /// Where the case file is kept as it was, until somebody removes it.
    kept: Option<PathBuf>,
    notice: Option<Notice>,
}

impl Default for Moving {
    fn default() -> Self {
        let hint = "On this PC’s own disk. The case file’s folder is put into it, with its backups.";
        Self {
            field: FolderField::new("Folder to move it to", hint, FIELD, None),
            working: false,
            kept: None,
            notice: None,
        }
    }
}

impl Moving {
    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Folder(folder::Message::Submitted) | Message::Asked => {
                return Outcome::Run(self.begin(session));
            }
            Message::Folder(message) => return Outcome::Run(self.field.update(message).map(Message::Folder)),
            Message::Done(Ok(kept)) => {
                self.working = false;
                self.notice = Some(Notice::done(
                    "The case file is moved, and what is there was checked.",
                    "Look that all your cases are there. Then remove the old folder.",
                ));
                self.kept = Some(kept);
                return Outcome::Moved;
            }
            Message::RemovalAsked => return Outcome::Run(self.remove(session)),
            Message::Removed(Ok(())) => {
                (self.working, self.kept) = (false, None);
                self.notice = Some(Notice::done(
                    "The old folder is removed.",
                    "The case file lies in the new one only.",
                ));
            }
            Message::Done(Err(notice)) | Message::Removed(Err(notice)) => {
                self.working = false;
                self.notice = Some(notice);
            }
        }
        Outcome::Run(Task::none())
    }

    fn begin(&mut self, session: &Session) -> Task<Message> {
        if self.working {
            return Task::none();
        }
        let Some(folder) = self.field.check() else { return access::focus(FIELD) };
        self.working = true;
        self.notice = None;
        let session = session.clone();
        let work = background::apart(move || {
            let name = session.folder().file_name().map(PathBuf::from).unwrap_or_default();
            session.move_to(&folder.join(name)).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, Message::Done)
    }

    fn remove(&mut self, session: &Session) -> Task<Message> {
        let Some(kept) = self.kept.clone().filter(|_| !self.working) else { return Task::none() };
        self.working = true;
        self.notice = None;
        let session = session.clone();
        let work =
            background::apart(move || session.remove_moved(&kept).map_err(|error| Notice::from(&error)));
        Task::perform(work, Message::Removed)
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let label = if self.working { "Working…" } else { "Move the case file" };
        let go = button::secondary(label).on_press_maybe((!self.working).then_some(Message::Asked));
        let kept = self.kept.as_ref().map(|kept| {
            let remove = button::danger("Remove the old folder")
                .on_press_maybe((!self.working).then_some(Message::RemovalAsked));
            column![
                widget::paragraph(format!("As it was it is kept in {}.", kept.display())),
                button::row_of([remove.into()]),
            ]
            .spacing(S)
        });
        column![
            widget::heading(2, "Move it"),
            widget::paragraph(
                "It is copied, the copy is checked, and only then you work there. The old folder stays until you \
                 remove it."
            ),
            self.notice.as_ref().map(said),
            kept,
            self.field.view().map(Message::Folder),
            button::row_of([go.into()]),
        ]
        .spacing(M)
        .into()
    }
}
