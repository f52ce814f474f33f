//! Saving evidence outside the case file: what goes, where to, and that it lies there in clear text.

use super::{Field, Message, path_field, run, tick, working};
use crate::app::{Bundle, Notice, Progress, documents_folder};
use crate::domain::{Evidence, EvidenceId};
use crate::ui::screen::background::apart;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words::count;
use crate::ui::screen::case::{self, After, Ground, form};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::{Element, Task};
use std::path::PathBuf;

pub(super) const FOLDER: Id = Id::new("evidence-folder");
const CHOSEN: Id = Id::new("evidence-chosen");

/// An export while it is prepared and made.
#[derive(Debug)]
pub(super) struct Export {
    folder: Typed,
    chosen: Vec<EvidenceId>,
    working: Option<Progress>,
    wrong: bool,
}

impl Export {
    pub(super) fn new(all: &[Evidence]) -> Self {
        Self {
            folder: documents_folder().display().to_string().into(),
            chosen: all.iter().map(|e| e.id).collect(),
            working: None,
            wrong: false,
        }
    }

    /// What to do, and whether the page is done with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::Edited(Field::Folder, text) | Message::Picked(Some(text)) => self.folder = text,
            Message::Turned(id, on) => {
                self.chosen.retain(|chosen| *chosen != id);
                if on {
                    self.chosen.push(id);
                }
            }
            Message::BrowseAsked => return (run(browse()), false),
            Message::ExportAsked => return (self.save(ground), false),
            Message::Ticked if self.working.as_ref().is_some_and(Progress::at_work) => {
                return (run(tick()), false);
            }
            Message::Stopped => {
                if let Some(progress) = &self.working {
                    progress.stop();
                }
            }
            Message::Exported(done) => return self.exported(done),
            _ => {}
        }
        (After::Stay, false)
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if self.wrong && self.folder.trim().is_empty() {
            errors.push(("Enter a folder, for example your Documents.".into(), FOLDER));
        }
        if self.wrong && self.chosen.is_empty() {
            errors.push(("Choose at least one piece of evidence.".into(), CHOSEN));
        }
        errors
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        self.wrong = true;
        if !self.errors().is_empty() {
            return After::wrong();
        }
        let progress = Progress::default();
        self.working = Some(progress.clone());
        let (session, case) = (ground.session.clone(), ground.view.case.id);
        let (chosen, folder) = (self.chosen.clone(), PathBuf::from(self.folder.kept()));
        let work = apart(move || {
            let done = session.export_evidence(case, &chosen, &folder, &progress);
            done.map_err(|error| Notice::from(&error))
        });
        run(Task::batch([Task::perform(work, Message::Exported), tick()]))
    }

    fn exported(&mut self, done: Result<Bundle, Notice>) -> (After, bool) {
        self.working = None;
        match done {
            Ok(bundle) => {
                let files = count(bundle.files, "file", "files");
                let what = format!("Saved with an index: {files}, in {}.", bundle.folder.display());
                let next = "They lie there in clear text. Hand them over by a safe way, record it, and delete the folder.";
                (After::Changed(Some(Notice::done(what, next))), true)
            }
            Err(notice) => (After::Failed(notice), false),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let outer = case::Message::Evidence;
        if let Some(progress) = &self.working {
            return working("Save outside the case file", "Saving", progress.fraction());
        }
        let errors = self.errors();
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let warning = widget::notice(
            Tone::Warning,
            "What is saved is not encrypted: anyone who can open the folder can look at it.",
        )
        .what_to_do(
            "Save only what the other agency asked for. The record keeps that you saved it, and when.",
        );
        let choices = ground.view.evidence.iter().map(|piece| {
            let label = ground.view.evidence_label(piece.id);
            let kind = piece.type_words().unwrap_or_else(|| "A note of where it lies, without a file".into());
            widget::choice(piece.id, format!("{label}: {}", piece.description)).explain(kind)
        });
        let chosen = widget::check_group(
            "What goes with it?",
            choices,
            |id| self.chosen.contains(id),
            move |id, on| outer(Message::Turned(id, on)),
        )
        .error(error(CHOSEN))
        .id(CHOSEN);
        let hint =
            "A new folder is made in it. The files get neutral names, with an index and their SHA-256.";
        let folder = path_field("Folder", hint, &self.folder, (Field::Folder, FOLDER), error(FOLDER));
        let buttons = [
            button::primary("Save").on_press(outer(Message::ExportAsked)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form("Save outside the case file", errors, [warning.into(), chosen.into(), folder], buttons)
    }
}

fn browse() -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new().set_title("Where should the folder go?").pick_folder();
    Task::perform(dialog, |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        Message::Picked(picked.map(|picked| path(picked).display().to_string().into()))
    })
}
