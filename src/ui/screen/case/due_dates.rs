//! Saving due dates as a calendar file: of this case or of all, and where to.

use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::{Notice, documents_folder};
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::{Element, Task};
use std::path::PathBuf;

const WHICH: Id = Id::new("due-dates-which");
const FOLDER: Id = Id::new("due-dates-folder");

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct DueDates {
    all: bool,
    folder: Typed,
    wrong: bool,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// All cases, or this one.
    AllChosen(bool),
    /// The folder was typed.
    FolderEdited(Typed),
    /// The dialog for a folder was asked for.
    BrowseAsked,
    /// The dialog was answered, or called off.
    Picked(Option<Typed>),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
}

impl DueDates {
    /// Where the form begins.
    pub(super) const FIRST: Id = WHICH;

    pub(super) fn new() -> Self {
        let folder = documents_folder().display().to_string().into();
        Self { all: false, folder, wrong: false }
    }

    /// What to do, and whether the form is finished with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::AllChosen(all) => self.all = all,
            Message::FolderEdited(folder) | Message::Picked(Some(folder)) => self.folder = folder,
            Message::Picked(None) => {}
            Message::BrowseAsked => return (After::Run(browse()), false),
            Message::Saved => return self.save(ground),
            Message::Left => return (After::Stay, true),
        }
        (After::Stay, false)
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        if !self.errors().is_empty() {
            return (After::wrong(), false);
        }
        let case = (!self.all).then_some(ground.view.case.id);
        match ground.session.export_due_dates(case, &PathBuf::from(self.folder.kept())) {
            Ok(made) => {
                let dates = words::count(made.dates, "due date", "due dates");
                let what = format!("Saved {dates} in {}.", made.path.display());
                let next =
                    "Open the file with your calendar. It names nobody; a date that moves needs a new file.";
                (After::Changed(Some(Notice::done(what, next))), true)
            }
            Err(error) => (After::Failed(Notice::from(&error)), false),
        }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let missing = self.wrong && self.folder.trim().is_empty();
        let says = || ("Enter a folder, for example your Documents.".to_owned(), FOLDER);
        missing.then(says).into_iter().collect()
    }

    pub(super) fn view(&self) -> Element<'_, super::Message> {
        let outer = |message| super::Message::Actions(super::ActionsMessage::DueDates(message));
        let errors = self.errors();
        let error = errors.first().map(|(words, _)| words.clone());
        let which = [widget::choice(false, "This case"), widget::choice(true, "All cases")];
        let which = widget::radio_group("Which due dates?", which, Some(&self.all), move |all| {
            outer(Message::AllChosen(all))
        })
        .hint("The file says “Casebook: a review is due”, the case’s number and the day. It names nobody.")
        .id(WHICH);
        let folder = widget::text_field("Folder", &self.folder)
            .hint("The file is saved in it, not encrypted.")
            .error(error)
            .id(FOLDER)
            .on_input(move |text| outer(Message::FolderEdited(text.into())));
        let browse = button::secondary("Browse…").on_press(outer(Message::BrowseAsked));
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(
            "Save due dates for your calendar",
            errors,
            [which.into(), folder.into(), browse.into()],
            buttons,
        )
    }
}

fn browse() -> Task<super::Message> {
    let dialog = rfd::AsyncFileDialog::new().set_title("Where should the file go?").pick_folder();
    Task::perform(dialog, |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        let picked = Message::Picked(picked.map(|picked| path(picked).display().to_string().into()));
        super::Message::Actions(super::ActionsMessage::DueDates(picked))
    })
}
