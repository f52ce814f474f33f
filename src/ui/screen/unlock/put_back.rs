//! Unlocking, where the case file is damaged or missing: a backup is put in its place. What is there is kept beside it.

use crate::app::{self, Backup, Notice, World};
use crate::domain::Day;
use crate::ui::screen::background;
use crate::ui::spacing::L;
use crate::ui::widget::{self, button, choice};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::{Path, PathBuf};

const FILE: Id = Id::new("unlock-backup-file");

/// How many of the newest are shown; the ladder keeps more, and each can be named.
const SHOWN: usize = 12;

/// What happened on this page.
#[derive(Debug, Clone)]
pub enum Message {
    /// One of the backups was chosen.
    Chosen(PathBuf),
    /// A backup that lies elsewhere was typed.
    Edited(String),
    /// The button was pressed.
    Submitted,
    /// It is back, or not.
    Done(Result<Notice, Notice>),
}

#[derive(Debug)]
pub(super) struct PutBack {
    case_file: PathBuf,
    found: Vec<Backup>,
    chosen: Option<PathBuf>,
    typed: String,
    missing: bool,
}

impl PutBack {
    pub(super) fn of(case_file: &Path) -> Self {
        let mut found = app::backups_beside(case_file);
        found.truncate(SHOWN);
        let chosen = found.first().map(|newest| newest.path.clone());
        Self { case_file: case_file.to_owned(), found, chosen, typed: String::new(), missing: false }
    }

    pub(super) fn choose(&mut self, backup: PathBuf) {
        self.chosen = Some(backup);
        self.typed.clear();
        self.missing = false;
    }

    pub(super) fn edit(&mut self, typed: String) {
        self.typed = typed;
        self.missing = false;
    }

    /// Begins, where it is said which backup.
    pub(super) fn begin(&mut self, world: &World) -> Option<Task<Message>> {
        let typed = self.typed.trim();
        let backup = if typed.is_empty() { self.chosen.clone() } else { Some(PathBuf::from(typed)) };
        let Some(backup) = backup else {
            self.missing = true;
            return None;
        };
        let (case_file, world) = (self.case_file.clone(), world.clone());
        let work = background::apart(move || {
            let kept = app::put_back(&backup, &case_file, &world).map_err(|error| Notice::from(&error))?;
            let next = "Open it with the passphrase of the day on which the backup was made.";
            Ok(match kept {
                None => Notice::done("The backup is in its place.", next),
                Some(kept) => Notice::done(
                    "The backup is in its place.",
                    format!("{next} What was there before is kept in {}.", kept.display()),
                ),
            })
        });
        Some(Task::perform(work, Message::Done))
    }

    pub(super) fn error(&self) -> Option<(String, Id)> {
        self.missing.then(|| ("Enter the file of a backup.".to_owned(), FILE))
    }

    pub(super) fn view(&self, working: bool) -> Element<'_, Message> {
        let chosen = self.chosen.as_ref().filter(|_| self.typed.trim().is_empty());
        let found = (!self.found.is_empty()).then(|| {
            let backups = self.found.iter().map(|backup| {
                let day = Day::from(backup.at.date_naive()).long();
                choice::choice(backup.path.clone(), format!("{day}, {} UTC", backup.at.format("%H:%M")))
                    .explain(format!("Up to entry {} of the record.", backup.seq))
            });
            let group = widget::radio_group("Backups of this case file", backups, chosen, Message::Chosen);
            Element::from(group.hint("The newest holds most. Take an older one only if it is damaged."))
        });
        let hint = "For example on a memory stick. Its name ends in .casebackup.";
        let field = widget::text_field("Or the file of a backup elsewhere", &self.typed)
            .hint(hint)
            .error(self.missing.then_some("Enter the file of a backup."))
            .id(FILE)
            .on_input(Message::Edited)
            .on_submit(Message::Submitted);
        let label = if working { "Putting it back…" } else { "Put this backup back" };
        column![
            found,
            Element::from(field),
            button::row_of([button::primary(label)
                .on_press_maybe((!working).then_some(Message::Submitted))
                .into()]),
        ]
        .spacing(L)
        .into()
    }
}
