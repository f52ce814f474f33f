//! An approved letter: what it is, saving it as a PDF in a folder, and a copy for the computer's viewer. The bytes were
//! made when it was approved.

use super::Message;
use crate::app::{
    Exported, Kind, LetterView, Merged, Notice, Progress, Session, ViewedCopy, documents_folder,
    show_in_viewer,
};
use crate::domain::{LetterId, LetterRecord, LetterState};
use crate::ui::screen::background;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words;
use crate::ui::spacing::{L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::{Path, PathBuf};

const FOLDER: Id = Id::new("letter-folder");

/// What happened with a copy for the computer's viewer.
#[derive(Debug, Clone, Copy)]
pub enum ViewerMessage {
    /// One is asked for: first it is said what that means.
    Asked,
    /// It is to be opened.
    Confirmed,
    /// It was called off.
    Left,
    /// The copy is to be removed now.
    RemoveAsked,
    /// The PDF that was saved is to be opened, to print it from there.
    SavedAsked,
}

/// What saving keeps.
#[derive(Debug)]
pub(super) struct Export {
    folder: Typed,
    working: Option<Progress>,
    wrong: bool,
    saved: Option<Saved>,
    notice: Option<Notice>,
    asking_to_view: bool,
    viewed: Option<ViewedCopy>,
}

/// What was saved.
#[derive(Debug)]
enum Saved {
    One(Exported),
    Many(Merged),
}

impl Export {
    pub(super) fn new() -> Self {
        Self {
            folder: documents_folder().display().to_string().into(),
            working: None,
            wrong: false,
            saved: None,
            notice: None,
            asking_to_view: false,
            viewed: None,
        }
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

    pub(super) fn save(&mut self, session: &Session, id: LetterId, is_merge: bool) -> Task<Message> {
        self.wrong = self.folder.trim().is_empty();
        if self.wrong {
            return crate::ui::access::focus(FOLDER);
        }
        let progress = Progress::default();
        self.working = Some(progress.clone());
        self.notice = None;
        let (session, folder) = (session.clone(), PathBuf::from(self.folder.trim()));
        if is_merge {
            let work = background::apart(move || {
                session.export_merge(id, &folder, &progress).map_err(|error| Notice::from(&error))
            });
            return Task::batch([Task::perform(work, Message::MergeExported), super::tick()]);
        }
        let work = background::apart(move || {
            session.export_letter(id, &folder).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, Message::Exported)
    }

    pub(super) fn at_work(&self) -> bool {
        self.working.as_ref().is_some_and(Progress::at_work)
    }

    pub(super) fn stop(&self) {
        if let Some(progress) = &self.working {
            progress.stop();
        }
    }

    pub(super) fn take(&mut self, done: Result<Exported, Notice>) {
        self.taken(done.map(Saved::One));
    }

    pub(super) fn take_many(&mut self, done: Result<Merged, Notice>) {
        self.taken(done.map(Saved::Many));
    }

    fn taken(&mut self, done: Result<Saved, Notice>) {
        self.working = None;
        match done {
            Ok(saved) => self.saved = Some(saved),
            Err(notice) => self.notice = Some(notice),
        }
    }

    pub(super) fn update_viewer(&mut self, session: &Session, id: LetterId, message: ViewerMessage) {
        match message {
            ViewerMessage::Asked => self.asking_to_view = true,
            ViewerMessage::Left => self.asking_to_view = false,
            ViewerMessage::SavedAsked => {
                if let Some(Saved::One(saved)) = &self.saved {
                    self.notice = show(&saved.path);
                }
            }
            ViewerMessage::Confirmed => {
                self.asking_to_view = false;
                match session.copy_to_view(id) {
                    Ok(copy) => {
                        self.notice = show(copy.path());
                        self.viewed = Some(copy);
                    }
                    Err(error) => self.notice = Some(Notice::from(&error)),
                }
            }
            ViewerMessage::RemoveAsked => {
                if let Some(copy) = &mut self.viewed {
                    match copy.remove() {
                        Ok(()) => (self.viewed, self.notice) = (None, None),
                        Err(error) => self.notice = Some(Notice::from(&error)),
                    }
                }
            }
        }
    }

    /// What a copy for the viewer means, before there is one.
    pub(super) fn dialog(&self) -> Option<widget::Dialog<'_, Message>> {
        self.asking_to_view.then(|| {
            let buttons = button::row_of([
                button::primary("Open a copy").on_press(Message::Viewer(ViewerMessage::Confirmed)).into(),
                button::secondary("Cancel").on_press(Message::Viewer(ViewerMessage::Left)).into(),
            ]);
            let words = column![
                widget::paragraph("Another program gets a copy of this letter. The copy is not encrypted: whoever can use this PC under your name can read it."),
                widget::paragraph("Casebook says where the copy lies, and removes it when you leave this page. It cannot remove what the other program keeps: its list of recent files, or a copy that is saved there."),
                widget::paragraph("The record keeps that you opened it, and when."),
            ];
            widget::dialog("Open it in another program?", column![words.spacing(M), buttons].spacing(L))
                .on_cancel(Message::Viewer(ViewerMessage::Left))
        })
    }

    fn viewer(&self) -> Element<'_, Message> {
        let title = widget::heading(2, "Look at it in another program");
        match &self.viewed {
            None => {
                let open = button::secondary("Open with the computer’s viewer…")
                    .on_press(Message::Viewer(ViewerMessage::Asked));
                column![title, Element::from(open)].spacing(M).into()
            }
            Some(copy) => {
                let says = format!("A copy lies in {}", copy.path().display());
                let notice = widget::notice(Tone::Warning, says).what_to_do(
                    "It is not encrypted. It is removed when you leave this page. If no program opened it, open it from there.",
                );
                let remove = button::secondary("Remove the copy now")
                    .on_press(Message::Viewer(ViewerMessage::RemoveAsked));
                column![title, Element::from(notice), Element::from(remove)].spacing(M).into()
            }
        }
    }

    pub(super) fn view<'a>(&'a self, view: &'a LetterView) -> Element<'a, Message> {
        let record = &view.record;
        let label = match (&self.working, view.is_merge()) {
            (Some(_), _) => "Working…",
            (None, true) => "Save the letters",
            (None, false) => "Save as PDF",
        };
        let free = self.working.is_none();
        let buttons = button::row_of([
            button::primary(label).on_press_maybe(free.then_some(Message::ExportAsked)).into(),
            button::secondary("Browse…").on_press(Message::BrowseAsked).into(),
        ]);
        let hint = if view.is_merge() {
            "A new folder is made in it: all letters in one PDF, each home’s own as a file, and the check list of who gets which. Anyone who can open the folder can read them."
        } else {
            "Anyone who can open this folder can read the letter."
        };
        let folder = widget::text_field("Folder", &self.folder)
            .hint(hint)
            .error(self.wrong.then_some("Enter a folder, for example your Documents."))
            .id(FOLDER)
            .on_input(|text| Message::FolderEdited(text.into()))
            .on_submit(Message::ExportAsked);
        let along = self.working.as_ref().filter(|_| view.is_merge()).map(|progress| {
            widget::progress("Saving the letters", progress.fraction(), Some(Message::Stopped))
        });
        column![
            widget::notice(Tone::Success, "This letter is approved and does not change any more."),
            column![widget::heading(2, "Save it outside the case file"), Element::from(folder), buttons]
                .spacing(M),
            column![
                slot(along, L),
                slot(self.notice.as_ref().map(words::said), L),
                slot(self.saved.as_ref().map(said), L),
                column![widget::heading(2, "What is kept"), facts(record)].spacing(S),
            ],
            self.viewer(),
        ]
        .spacing(L)
        .into()
    }
}

/// Asks for the PC's own viewer; what to do where it does not start.
fn show(file: &Path) -> Option<Notice> {
    show_in_viewer(file).err().map(|error| Notice {
        kind: Kind::File,
        what: "This PC’s own viewer for PDF did not start.".into(),
        what_to_do: format!("Open the file yourself: {}.", file.display()),
        detail: error.to_string(),
    })
}

fn facts(record: &LetterRecord) -> Element<'_, Message> {
    let LetterState::Approved { on, by, sha256, pages, file_name } = &record.state else {
        return iced::widget::space().into();
    };
    let mut facts = vec![widget::fact("Approved", format!("{} by {by}", on.long()))];
    facts.extend(record.second.as_ref().map(|second| widget::fact("Second look", second.told())));
    facts.push(widget::fact("Pages", pages.to_string()));
    if !record.copies.is_empty() {
        facts.push(widget::fact("Letters", format!("{}, one for each home", record.copies.len())));
    }
    facts.extend([
        widget::fact("File name", file_name.as_str()),
        widget::fact("SHA-256", format!("{}…", start(sha256))),
    ]);
    widget::summary(facts)
}

fn said(saved: &Saved) -> Element<'_, Message> {
    const NEXT: &str =
        "Print it or send it, then record the contact in the case. Delete the file when it has gone.";
    match saved {
        Saved::One(saved) => {
            let notice = widget::notice(Tone::Success, format!("Saved: {}", saved.path.display()))
                .what_to_do(NEXT)
                .detail(format!("SHA-256 {}…", start(&saved.sha256)));
            let open = button::secondary("Open it in this PC’s viewer, to print it")
                .on_press(Message::Viewer(ViewerMessage::SavedAsked));
            column![Element::from(notice), button::row_of([open.into()])].spacing(M).into()
        }
        Saved::Many(saved) => {
            let says =
                format!("Saved: {} letters and the check list, in {}", saved.homes, saved.folder.display());
            let next = "Print them, tick off each home on the check list, and delete the folder when they have gone.";
            widget::notice(Tone::Success, says).what_to_do(next).into()
        }
    }
}

/// Enough of a hash to compare by eye.
fn start(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}
