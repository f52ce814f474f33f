//! An approved referral as fields to copy, one by one, into a council's own form. What leaves is the lead's to press; what
//! the fields are is decided elsewhere.

use super::{Action, Letter, Message as Outer};
use crate::app::{CopyField, LetterView, Notice};
use crate::domain::{DocumentCode, PaperCode};
use crate::ui::spacing::{M, S, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::widget::column;
use iced::{Alignment, Element, Length};

/// What happened with the fields.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// They are to be shown.
    Asked,
    /// They are to be hidden.
    Left,
    /// One is to be copied.
    Copied(usize),
}

/// The fields, and which was copied last.
#[derive(Debug)]
pub(super) struct Fields {
    all: Vec<CopyField>,
    copied: Option<usize>,
}

impl Letter {
    pub(super) fn update_fields(&mut self, message: Message) -> Action {
        match message {
            Message::Asked => match self.session.fields_to_copy(self.id) {
                Ok(all) => self.fields = Some(Fields { all, copied: None }),
                Err(error) => self.notice = Some(Notice::from(&error)),
            },
            Message::Left => self.fields = None,
            Message::Copied(at) => {
                if let Some(fields) = &mut self.fields
                    && let Some(field) = fields.all.get(at)
                {
                    let text = field.text.clone();
                    fields.copied = Some(at);
                    return Action::Run(iced::clipboard::write(text));
                }
            }
        }
        Action::None
    }
}

/// The fields of a referral, or the way to them; nothing for any other paper.
pub(super) fn view<'a>(view: &LetterView, fields: Option<&'a Fields>) -> Option<Element<'a, Outer>> {
    if view.record.code != PaperCode::Document(DocumentCode::Marf) {
        return None;
    }
    let title = widget::heading(2, "Copy it into the council’s form");
    let Some(fields) = fields else {
        let says = widget::hint(
            "For a form on the council’s site: each field with a button that copies it. The record keeps that you opened them.",
        );
        let show = button::secondary("Show the fields to copy").on_press(Message::Asked);
        let page = column![title, says, Element::from(show)].spacing(M);
        return Some(Element::from(page).map(Outer::Fields));
    };
    let warning = widget::notice(
        Tone::Warning,
        "What you copy lies in this PC’s clipboard, where other programs can read it.",
    )
    .what_to_do("Copy something harmless when you have finished.");
    let mut cards = column![].spacing(S);
    let mut section = "";
    for (at, field) in fields.all.iter().enumerate() {
        if field.section != section {
            section = &field.section;
            cards = cards.push(widget::heading(3, section));
        }
        cards = cards.push(card(at, field, fields.copied == Some(at)));
    }
    let hide = button::secondary("Hide the fields").on_press(Message::Left);
    let page = column![title, Element::from(warning), cards, Element::from(hide)].spacing(M);
    Some(Element::from(page).map(Outer::Fields))
}

fn card(at: usize, field: &CopyField, copied: bool) -> Element<'_, Message> {
    let label = if copied { "Copied" } else { "Copy" };
    let copy = button::secondary(label)
        .name(format!("{label}: {}, {}", field.section, field.label))
        .on_press(Message::Copied(at));
    let words = column![widget::strong(field.label.as_str()), widget::paragraph(field.text.as_str())];
    let words = words.spacing(XS).width(Length::Fill);
    widget::card(iced::widget::row![words, Element::from(copy)].spacing(M).align_y(Alignment::Center))
}
