//! The test of the recovery sheet: three of its words, without ever showing them.

use crate::app::{Notice, Secret, Session};
use crate::ui::screen::first_run::sheet::ASKED;
use crate::ui::spacing::{FIELD_SHORT, L, S};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};

const FIELDS: [Id; 3] = [Id::new("people-word-4"), Id::new("people-word-11"), Id::new("people-word-19")];

/// What happened on this page.
#[derive(Debug, Clone)]
pub enum Message {
    /// One of the words was typed.
    Edited(usize, Secret),
    /// The button was pressed.
    Submitted,
}

pub(super) enum Outcome {
    None,
    Wrong,
    Right(Notice),
}

#[derive(Debug, Default)]
pub(super) struct SheetTest {
    typed: [Secret; 3],
    /// The numbers that were wrong when the button was pressed.
    wrong: Vec<usize>,
}

impl SheetTest {
    pub(super) fn first_field() -> Id {
        let [first, ..] = FIELDS;
        first
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Edited(nth, word) => {
                if let (Some(typed), Some(number)) = (self.typed.get_mut(nth), ASKED.get(nth)) {
                    *typed = word;
                    self.wrong.retain(|wrong| wrong != number);
                }
                Outcome::None
            }
            Message::Submitted => {
                let words: Vec<_> = ASKED.into_iter().zip(self.typed.iter().cloned()).collect();
                self.wrong = session.wrong_on_the_sheet(&words);
                if self.wrong.is_empty() {
                    let next = "Put it back into the safe. Test it again next term.";
                    Outcome::Right(Notice::done("This is the right recovery sheet.", next))
                } else {
                    Outcome::Wrong
                }
            }
        }
    }

    fn error(&self, nth: usize) -> Option<String> {
        let number = ASKED.get(nth).filter(|number| self.wrong.contains(number))?;
        let empty = self.typed.get(nth).is_none_or(|typed| typed.expose().trim().is_empty());
        Some(if empty {
            format!("Enter word {number}.")
        } else {
            format!("This is not word {number} of the sheet in force.")
        })
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        (0..).zip(FIELDS).filter_map(|(nth, id)| Some((self.error(nth)?, id))).collect()
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let fields = (0..).zip(ASKED).zip(FIELDS).zip(&self.typed).map(|(((nth, number), id), typed)| {
            widget::text_field(format!("Word {number}"), typed.expose())
                .error(self.error(nth))
                .id(id)
                .width(FIELD_SHORT)
                .on_input(move |text| Message::Edited(nth, Secret::new(text)))
                .on_submit(Message::Submitted)
                .into()
        });
        column![
            column![
                widget::heading(2, "Test the recovery sheet"),
                widget::paragraph("Take the paper from the safe and type these three of its words."),
                widget::hint(
                    "If they are not right, the paper may be an older one. Make a new sheet, so that you are not without."
                ),
            ]
            .spacing(S),
            Column::with_children(fields).spacing(L),
            button::row_of([button::primary("Test these words").on_press(Message::Submitted).into()]),
        ]
        .spacing(L)
        .into()
    }
}
