//! Settings, the case file: a mark that was printed on a document, typed in and checked.

use super::said;
use crate::app::{Anchor, MarkStands, Notice, Session};
use crate::ui::access;
use crate::ui::screen::background;
use crate::ui::spacing::{FIELD_MEDIUM, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};

const FIELD: Id = Id::new("case-file-mark");

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The mark was typed.
    Edited(String),
    /// The button was pressed.
    Asked,
    /// The check is over.
    Checked(Anchor, Result<MarkStands, Notice>),
}

#[derive(Debug, Default)]
pub(super) struct Mark {
    typed: String,
    unreadable: bool,
    checking: bool,
    result: Option<Result<(Anchor, MarkStands), Notice>>,
}

impl Mark {
    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match message {
            Message::Edited(text) => {
                (self.typed, self.unreadable, self.result) = (text, false, None);
            }
            Message::Asked if !self.checking => return self.check(session),
            Message::Asked => {}
            Message::Checked(mark, result) => {
                self.checking = false;
                self.result = Some(result.map(|stands| (mark, stands)));
            }
        }
        Task::none()
    }

    fn check(&mut self, session: &Session) -> Task<Message> {
        self.result = None;
        let Some(mark) = Anchor::parse(&self.typed) else {
            self.unreadable = true;
            return access::focus(FIELD);
        };
        self.checking = true;
        let session = session.clone();
        let work = background::apart(move || session.check_mark(mark).map_err(|error| Notice::from(&error)));
        Task::perform(work, move |result| Message::Checked(mark, result))
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        let error = self
            .unreadable
            .then_some("Enter the whole mark: a number, a dash, and sixteen digits or letters from a to f.");
        let label = if self.checking { "Checking…" } else { "Check the mark" };
        let check = button::secondary(label).on_press_maybe((!self.checking).then_some(Message::Asked));
        column![
            column![
                widget::heading(2, "Is it as it was printed?"),
                widget::paragraph(
                    "Documents carry the mark of the record on the day they were made. Type one to see whether anything \
                     written up to that day has been changed since."
                ),
            ]
            .spacing(S),
            Element::from(
                widget::text_field("Mark on the paper", &self.typed)
                    .hint("For example 812-9f3a77c120be4d05.")
                    .error(error)
                    .id(FIELD)
                    .width(FIELD_MEDIUM)
                    .on_input(Message::Edited)
                    .on_submit(Message::Asked)
            ),
            self.result.as_ref().map(|result| match result {
                Ok((mark, stands)) => told(*mark, *stands),
                Err(notice) => said(notice),
            }),
            button::row_of([check.into()]),
        ]
        .spacing(M)
        .into()
    }
}

fn told<'a>(mark: Anchor, stands: MarkStands) -> Element<'a, Message> {
    let seq = mark.seq();
    let (tone, what, to_do) = match stands {
        MarkStands::Unchanged => (
            Tone::Success,
            format!("Nothing up to entry {seq} has been changed since this mark was printed."),
            "What was written later is not covered by it.",
        ),
        MarkStands::Differs => (
            Tone::Danger,
            format!("Up to entry {seq} the record is not the one that this mark was printed from."),
            "Compare the mark with the paper once more. If it is right, this is a mark of another case file, or the \
             record was rewritten. Copy the whole folder to a safe place as it is, and ask for help.",
        ),
        MarkStands::Beyond { last } => (
            Tone::Warning,
            format!("The record ends with entry {last}, before the number of this mark."),
            "Compare the mark with the paper once more. If it is right, this is a mark of another case file, or an older \
             copy of this one: look for the newer one.",
        ),
        MarkStands::Broken => (
            Tone::Danger,
            format!("An entry up to number {seq} does not hold."),
            "Check the case file above: it says which.",
        ),
    };
    widget::notice(tone, what).what_to_do(to_do).into()
}
