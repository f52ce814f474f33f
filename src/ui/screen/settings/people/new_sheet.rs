//! A new recovery sheet, alone or together with taking away somebody's key. Shown, put on paper and checked first;
//! only then is the case file locked anew.

use crate::app::{Error, Notice, Session, documents_folder};
use crate::ui::screen::first_run::sheet::{self, Sheet, Words};
use crate::ui::spacing::{L, S, XL};
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::sync::Arc;

/// What happened on these pages.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the sheet.
    Sheet(sheet::Message),
    /// “I have the new words on paper” was pressed.
    OnPaper,
    /// The last button was pressed.
    Submitted,
}

pub(super) enum Outcome {
    Run(Task<Message>),
    Turned,
    Wrong,
    Ready(Ready),
}

/// A sheet that somebody has on paper.
pub(super) struct Ready {
    words: Words,
    without: Option<String>,
}

#[derive(Debug)]
pub(super) struct NewSheet {
    without: Option<String>,
    words: Words,
    sheet: Sheet,
    on_paper: bool,
}

impl NewSheet {
    pub(super) fn begin(session: &Session, without: Option<String>) -> Result<Self, Error> {
        let words = Words(Arc::new(session.new_recovery_words()?));
        let sheet = Sheet::new(words.clone(), &documents_folder());
        Ok(Self { without, words, sheet, on_paper: false })
    }

    /// Of the page on which the sheet is checked.
    pub(super) fn first_field() -> Id {
        Sheet::first_field()
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::OnPaper => {
                self.on_paper = true;
                self.sheet.forgive();
                Outcome::Turned
            }
            Message::Sheet(sheet::Message::Submitted) | Message::Submitted => {
                if self.sheet.check() {
                    Outcome::Ready(Ready { words: self.words.clone(), without: self.without.clone() })
                } else {
                    Outcome::Wrong
                }
            }
            Message::Sheet(message) => Outcome::Run(self.sheet.update(message, session).map(Message::Sheet)),
        }
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if self.on_paper { self.sheet.errors() } else { Vec::new() }
    }

    pub(super) fn view(&self, working: bool) -> Element<'_, Message> {
        if self.on_paper { self.check_page(working) } else { self.words_page() }
    }

    fn words_page(&self) -> Element<'_, Message> {
        let (title, words) = match &self.without {
            Some(name) => (
                format!("Take away the key of {name}"),
                "First the new recovery sheet, because the old one opens nothing any more afterwards. Nothing changes \
                 until you have checked it on the next page.",
            ),
            None => (
                "A new recovery sheet".to_owned(),
                "The old sheet opens nothing any more once this one is in force. Nothing changes until you have checked \
                 it on the next page.",
            ),
        };
        let go_on = button::primary("I have the new words on paper").on_press(Message::OnPaper);
        column![
            column![widget::heading(2, title), widget::paragraph(words)].spacing(S),
            self.sheet.words_page().map(Message::Sheet),
            button::row_of([go_on.into()]),
        ]
        .spacing(XL)
        .into()
    }

    fn check_page(&self, working: bool) -> Element<'_, Message> {
        let label = match (&self.without, working) {
            (_, true) => "Working… This may take a minute.".to_owned(),
            (Some(name), false) => format!("Take away the key of {name}"),
            (None, false) => "Put the new sheet in force".to_owned(),
        };
        let submit = match &self.without {
            Some(_) => button::danger(label),
            None => button::primary(label),
        };
        let submit = submit.on_press_maybe((!working).then_some(Message::Submitted));
        column![
            column![
                widget::heading(2, "Check the new sheet"),
                widget::paragraph("Type these words from the paper, so that it is certain to be readable."),
            ]
            .spacing(S),
            self.sheet.check_page().map(Message::Sheet),
            widget::hint(
                "Backups made before today still open with the old sheet, and with the passphrases of that day. Make a new \
                 backup afterwards, and destroy the old paper."
            ),
            button::row_of([submit.into()]),
        ]
        .spacing(L)
        .into()
    }
}

impl Ready {
    pub(super) fn put_in_force(self, session: &Session) -> Result<Notice, Notice> {
        let done = match &self.without {
            Some(name) => session.take_away(name, &self.words.0),
            None => session.replace_sheet(&self.words.0),
        };
        let left_out = done.map_err(|error| Notice::from(&error))?;
        let what = match &self.without {
            Some(name) => format!("{name} has no key any more, and the new recovery sheet is in force."),
            None => "The new recovery sheet is in force.".to_owned(),
        };
        let next = if left_out.is_empty() {
            "Lock the new paper away and destroy the old one. Everybody else keeps their passphrase."
                .to_owned()
        } else {
            format!(
                "Lock the new paper away and destroy the old one. These people need a new key: {}.",
                left_out.join(", ")
            )
        };
        Ok(Notice::done(what, next))
    }
}
