//! An approved letter: what it is, and saving it as a PDF in a folder. The bytes were made when it was approved.

use super::Message;
use crate::app::{Exported, Kind, Notice, Session, documents_folder, show_in_viewer};
use crate::domain::{LetterId, LetterState};
use crate::ui::screen::background;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words;
use crate::ui::spacing::{L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::PathBuf;

const FOLDER: Id = Id::new("letter-folder");

/// What saving keeps.
#[derive(Debug)]
pub(super) struct Export {
    folder: Typed,
    working: bool,
    wrong: bool,
    saved: Option<Exported>,
    notice: Option<Notice>,
}

impl Export {
    pub(super) fn new() -> Self {
        let folder = documents_folder().display().to_string();
        Self { folder: folder.into(), working: false, wrong: false, saved: None, notice: None }
    }

    pub(super) fn typed(&mut self, folder: Typed) {
        self.folder = folder;
    }

    pub(super) fn picked(&mut self, folder: Option<PathBuf>) {
        // Nothing: it was called off, or this PC has no such dialog; the field is there for that.
        if let Some(folder) = folder {
            self.folder = folder.display().to_string().into();
        }
    }

    pub(super) fn browse() -> Task<Message> {
        let dialog = rfd::AsyncFileDialog::new().set_title("Where should the PDF go?").pick_folder();
        Task::perform(dialog, |picked| Message::FolderPicked(picked.map(|folder| folder.path().to_owned())))
    }

    pub(super) fn save(&mut self, session: &Session, id: LetterId) -> Task<Message> {
        self.wrong = self.folder.trim().is_empty();
        if self.wrong {
            return crate::ui::access::focus(FOLDER);
        }
        self.working = true;
        self.notice = None;
        let (session, folder) = (session.clone(), PathBuf::from(self.folder.trim()));
        let work = background::apart(move || {
            session.export_letter(id, &folder).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, Message::Exported)
    }

    pub(super) fn take(&mut self, done: Result<Exported, Notice>) {
        self.working = false;
        match done {
            Ok(saved) => self.saved = Some(saved),
            Err(notice) => self.notice = Some(notice),
        }
    }

    /// To print it from there: Casebook itself speaks to no printer.
    pub(super) fn show(&mut self) {
        let Some(saved) = &self.saved else { return };
        self.notice = show_in_viewer(&saved.path).err().map(|error| Notice {
            kind: Kind::File,
            what: "This PC’s own viewer for PDF did not start.".into(),
            what_to_do: format!("Open the file yourself: {}.", saved.path.display()),
            detail: error.to_string(),
        });
    }

    pub(super) fn view<'a>(&'a self, state: &'a LetterState) -> Element<'a, Message> {
        let LetterState::Approved { on, by, sha256, pages, file_name } = state else {
            return iced::widget::space().into();
        };
        let facts = widget::summary([
            widget::fact("Approved", format!("{} by {by}", on.long())),
            widget::fact("Pages", pages.to_string()),
            widget::fact("File name", file_name.as_str()),
            widget::fact("SHA-256", format!("{}…", start(sha256))),
        ]);
        let label = if self.working { "Working…" } else { "Save as PDF" };
        let buttons = button::row_of([
            button::primary(label).on_press_maybe((!self.working).then_some(Message::ExportAsked)).into(),
            button::secondary("Browse…").on_press(Message::BrowseAsked).into(),
        ]);
        let folder = widget::text_field("Folder", &self.folder)
            .hint("Anyone who can open this folder can read the letter.")
            .error(self.wrong.then_some("Enter a folder, for example your Documents."))
            .id(FOLDER)
            .on_input(|text| Message::FolderEdited(text.into()))
            .on_submit(Message::ExportAsked);
        column![
            widget::notice(Tone::Success, "This letter is approved and does not change any more."),
            column![widget::heading(2, "Save it outside the case file"), Element::from(folder), buttons]
                .spacing(M),
            column![
                slot(self.notice.as_ref().map(words::said), L),
                slot(self.saved.as_ref().map(said), L),
                column![widget::heading(2, "What is kept"), facts].spacing(S),
            ],
        ]
        .spacing(L)
        .into()
    }
}

fn said(saved: &Exported) -> Element<'_, Message> {
    let notice = widget::notice(Tone::Success, format!("Saved: {}", saved.path.display()))
        .what_to_do(
            "Print it or send it, then record the contact in the case. Delete the file when it has gone.",
        )
        .detail(format!("SHA-256 {}…", start(&saved.sha256)));
    let open = button::secondary("Open it in this PC’s viewer, to print it").on_press(Message::ViewerAsked);
    column![Element::from(notice), button::row_of([open.into()])].spacing(M).into()
}

/// Enough of a hash to compare by eye.
fn start(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}
