//! The recovery sheet: 24 words, shown and saved to print, and a check that somebody has them.

use crate::app::{Notice, RecoveryWords, Secret, Session};
use crate::ui::access::{self, Role, control};
use crate::ui::screen::folder::{self, FolderField};
use crate::ui::screen::{background, said};
use crate::ui::spacing::{FIELD_SHORT, L, M, S, TEXT, XL};
use crate::ui::theme::{self, FONT_BOLD, Tone};
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::{Column, Row, column, container, row, text};
use iced::{Alignment, Element, Length, Task};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The words that are asked for, counted from 1: one of each part of the sheet.
pub(in crate::ui::screen) const ASKED: [usize; 3] = [4, 11, 19];
const FIELDS: [Id; 3] =
    [Id::new("first-run-word-4"), Id::new("first-run-word-11"), Id::new("first-run-word-19")];
const FOLDER: Id = Id::new("first-run-sheet-folder");
const COLUMNS: usize = 4;

/// The recovery words in a message: shared, and never told to a log.
#[derive(Clone)]
pub struct Words(pub(in crate::ui::screen) Arc<RecoveryWords>);

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(..)")
    }
}

/// What happened on these pages.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the field for the folder.
    Folder(folder::Message),
    /// The sheet is to be saved.
    SaveAsked,
    /// It was, or was not.
    Saved(Result<PathBuf, Notice>),
    /// One of the words asked for was typed.
    WordEdited(usize, Secret),
    /// Enter was pressed in one of them: for the screen.
    Submitted,
}

/// The sheet and what is typed of it.
#[derive(Debug)]
pub(in crate::ui::screen) struct Sheet {
    words: Words,
    folder: FolderField,
    saving: bool,
    saved: Option<Result<PathBuf, Notice>>,
    typed: [Secret; 3],
    checked: bool,
}

impl Sheet {
    pub(in crate::ui::screen) fn new(words: Words, suggested: &Path) -> Self {
        let hint = "A memory stick, or a folder that only you can open.";
        let folder = FolderField::new("Folder for the sheet", hint, FOLDER, Some(suggested));
        Self { words, folder, saving: false, saved: None, typed: <[Secret; 3]>::default(), checked: false }
    }

    pub(in crate::ui::screen) fn update(&mut self, message: Message, session: &Session) -> Task<Message> {
        match message {
            Message::Folder(folder::Message::Submitted) | Message::SaveAsked => return self.save(session),
            Message::Folder(message) => return self.folder.update(message).map(Message::Folder),
            Message::Saved(done) => {
                self.saving = false;
                self.saved = Some(done);
            }
            Message::WordEdited(nth, word) => {
                if let Some(typed) = self.typed.get_mut(nth) {
                    *typed = word;
                }
            }
            Message::Submitted => {}
        }
        Task::none()
    }

    fn save(&mut self, session: &Session) -> Task<Message> {
        if self.saving {
            return Task::none();
        }
        let Some(folder) = self.folder.check() else { return access::focus(FOLDER) };
        self.saving = true;
        self.saved = None;
        let (session, words) = (session.clone(), self.words.clone());
        let work = background::apart(move || {
            session.save_recovery_sheet(&words.0, &folder).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, Message::Saved)
    }

    /// Whether the words asked for are right. From now on the fields say which is not.
    pub(in crate::ui::screen) fn check(&mut self) -> bool {
        self.checked = true;
        self.errors().is_empty()
    }

    pub(in crate::ui::screen) fn forgive(&mut self) {
        self.checked = false;
        self.folder.forgive();
    }

    pub(in crate::ui::screen) fn first_field() -> Id {
        let [first, ..] = FIELDS;
        first
    }

    fn error(&self, nth: usize) -> Option<String> {
        let (number, typed) = (ASKED.get(nth)?, self.typed.get(nth)?.expose().trim());
        let right = self.words.0.as_slice().get(number - 1)?;
        let wrong = if typed.is_empty() {
            Some(format!("Enter word {number}."))
        } else {
            (!typed.eq_ignore_ascii_case(right))
                .then(|| format!("This is not word {number}. Compare it with the sheet."))
        };
        wrong.filter(|_| self.checked)
    }

    pub(in crate::ui::screen) fn errors(&self) -> Vec<(String, Id)> {
        (0..).zip(FIELDS).filter_map(|(nth, id)| Some((self.error(nth)?, id))).collect()
    }

    pub(in crate::ui::screen) fn words_page(&self) -> Element<'_, Message> {
        let label = if self.saving { "Saving…" } else { "Save the sheet as a PDF to print" };
        let save = button::secondary(label).on_press_maybe((!self.saving).then_some(Message::SaveAsked));
        let result = self.saved.as_ref().map(|saved| match saved {
            Ok(path) => widget::notice(Tone::Success, format!("Saved: {}", path.display()))
                .what_to_do("Print it, lock the paper away, then delete the file and empty the recycle bin.")
                .into(),
            Err(notice) => said(notice),
        });
        column![
            self.grid(),
            column![
                widget::heading(2, "Put them on paper"),
                self.folder.view().map(Message::Folder),
                Element::from(save),
            ]
            .spacing(M),
            result,
        ]
        .spacing(L)
        .into()
    }

    /// Four columns of six, as on paper; read down one column and then the next.
    fn grid(&self) -> Element<'_, Message> {
        let words = self.words.0.as_slice();
        let rows = words.len().div_ceil(COLUMNS).max(1);
        let of = words.len();
        let mut numbered = (1..).zip(words.iter().copied());
        let columns = (0..COLUMNS).map(|_| {
            let lines = numbered.by_ref().take(rows).map(|(number, word)| line(number, word, of));
            Column::with_children(lines.collect::<Vec<_>>()).spacing(S).width(Length::Fill).into()
        });
        let grid = Row::with_children(columns.collect::<Vec<_>>()).spacing(M);
        widget::card(control(Role::List, "The 24 words", grid))
    }

    pub(in crate::ui::screen) fn check_page(&self) -> Element<'_, Message> {
        let fields = (0..).zip(ASKED).zip(FIELDS).zip(&self.typed).map(|(((nth, number), id), typed)| {
            widget::text_field(format!("Word {number}"), typed.expose())
                .error(self.error(nth))
                .id(id)
                .width(FIELD_SHORT)
                .on_input(move |text| Message::WordEdited(nth, Secret::new(text)))
                .on_submit(Message::Submitted)
                .into()
        });
        Column::with_children(fields).spacing(L).into()
    }
}

fn line(number: usize, word: &str, of: usize) -> Element<'_, Message> {
    let count = text(number.to_string()).size(TEXT).style(theme::ink(|p| p.ink_soft));
    let word_shown = text(word).size(TEXT).font(FONT_BOLD);
    let shown = row![container(count).align_right(XL - M), word_shown].spacing(S).align_y(Alignment::Center);
    control(Role::ListItem, format!("{number}. {word}"), shown).position(number, of).into()
}
