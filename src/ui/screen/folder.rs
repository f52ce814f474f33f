//! A field for a folder: typed, or picked in the system's own dialog. Typing stays possible because a PC may have no
//! such dialog, and then it answers like one that was called off.

use crate::ui::spacing::S;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::{Path, PathBuf};

/// The field.
#[derive(Debug)]
pub struct FolderField {
    label: &'static str,
    hint: &'static str,
    id: Id,
    typed: String,
    checked: bool,
}

/// What happened to it.
#[derive(Debug, Clone)]
pub enum Message {
    /// A folder was typed.
    Edited(String),
    /// The dialog was asked for.
    BrowseAsked,
    /// The dialog was answered, or called off.
    Picked(Option<PathBuf>),
    /// Enter was pressed.
    Submitted,
}

impl FolderField {
    /// A field that starts with this folder.
    pub fn new(label: &'static str, hint: &'static str, id: Id, folder: Option<&Path>) -> Self {
        let typed = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
        Self { label, hint, id, typed, checked: false }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Edited(typed) => self.typed = typed,
            Message::Picked(Some(folder)) => self.typed = folder.display().to_string(),
            Message::Picked(None) | Message::Submitted => {}
            Message::BrowseAsked => return self.browse(),
        }
        Task::none()
    }

    fn browse(&self) -> Task<Message> {
        let mut dialog = rfd::AsyncFileDialog::new().set_title(self.label);
        if self.path().is_dir() {
            dialog = dialog.set_directory(self.path());
        }
        Task::perform(dialog.pick_folder(), |picked| {
            Message::Picked(picked.map(|folder| folder.path().to_owned()))
        })
    }

    /// The folder as typed, right or not.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.typed.trim())
    }

    /// The folder, if it is there. From now on the field says what is wrong with it.
    pub fn check(&mut self) -> Option<PathBuf> {
        self.checked = true;
        self.fault().is_none().then(|| self.path())
    }

    /// Takes back what [`check`](Self::check) made the field say.
    pub fn forgive(&mut self) {
        self.checked = false;
    }

    /// What is wrong, and where.
    pub fn errors(&self) -> Vec<(String, Id)> {
        self.error().map(|words| (words.to_owned(), self.id.clone())).into_iter().collect()
    }

    fn error(&self) -> Option<&'static str> {
        self.fault().filter(|_| self.checked)
    }

    fn fault(&self) -> Option<&'static str> {
        let path = self.path();
        if path.as_os_str().is_empty() {
            Some("Enter a folder, or choose one with Browse.")
        } else if !path.is_absolute() {
            Some("Enter the whole path of the folder, or choose it with Browse.")
        } else if !path.is_dir() {
            Some("There is no such folder. Check its name, or choose it with Browse.")
        } else {
            None
        }
    }

    /// The field and its button.
    pub fn view(&self) -> Element<'_, Message> {
        let field = widget::text_field(self.label, &self.typed)
            .hint(self.hint)
            .error(self.error())
            .id(self.id.clone())
            .on_input(Message::Edited)
            .on_submit(Message::Submitted);
        let browse = button::secondary("Browse…").name(format!("Browse: {}", self.label));
        column![Element::from(field), Element::from(browse.on_press(Message::BrowseAsked))].spacing(S).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_must_be_there_and_be_told_whole() {
        let there = tempfile::tempdir().unwrap();
        let mut field = FolderField::new("Folder", "", Id::new("folder"), Some(there.path()));
        assert_eq!(field.check(), Some(there.path().to_owned()));
        let gone = there.path().join("gone").display().to_string();
        for (typed, says) in
            [("  ", "Enter a folder"), ("Documents", "the whole path"), (gone.as_str(), "no such folder")]
        {
            let _ = field.update(Message::Edited(typed.into()));
            assert_eq!(field.check(), None, "{typed}");
            assert!(field.errors()[0].0.contains(says), "{typed}");
        }
        field.forgive();
        assert_eq!(field.errors(), []);
    }

    #[test]
    fn a_dialog_called_off_changes_nothing() {
        let mut field = FolderField::new("Folder", "", Id::new("folder"), Some(Path::new("/typed")));
        let _ = field.update(Message::Picked(None));
        assert_eq!(field.path(), Path::new("/typed"));
        let _ = field.update(Message::Picked(Some("/picked".into())));
        assert_eq!(field.path(), Path::new("/picked"));
    }
}
