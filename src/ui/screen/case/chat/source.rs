//! The file: which, from whose phone, brought by whom, and, where the file itself does not say, which number is the day.

use super::{Field, Message, error_at, page, typed};
use crate::app::{Chat, ChatMessage, DateOrder};
use crate::domain::{ChatMarks, Day};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use chrono::{Datelike, NaiveDate};
use iced::advanced::widget::Id;
use iced::widget::{column, container};
use iced::{Element, Task};
use std::path::{Path, PathBuf};

pub(super) const FILE: Id = Id::new("chat-file");
pub(super) const ORDER: Id = Id::new("chat-order");
const DEVICE: Id = Id::new("chat-device");
const BROUGHT_BY: Id = Id::new("chat-brought-by");

/// What is said of the file.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) file: Typed,
    pub(super) device: Typed,
    pub(super) brought_by: Typed,
    pub(super) wrong: bool,
    pub(super) order: Option<DateOrder>,
    pub(super) order_wrong: bool,
}

impl Source {
    /// As it was said before an interruption. The file is to be chosen anew.
    pub(super) fn of(marks: &ChatMarks) -> Self {
        let (device, brought_by) = (marks.device.as_str().into(), marks.brought_by.as_str().into());
        Self { device, brought_by, ..Self::default() }
    }

    /// What is wrong, field by field.
    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        let file = self.file.kept();
        let fault = match Path::new(&file) {
            _ if file.is_empty() => Some("Enter the name of the file, or choose it with Browse."),
            path if !path.is_absolute() => {
                Some("Enter the whole path of the file, or choose it with Browse.")
            }
            path if !path.is_file() => {
                Some("There is no such file. Check its name, or choose it with Browse.")
            }
            _ => None,
        };
        errors.extend(fault.map(|words| (words.to_owned(), FILE)));
        if self.device.trim().is_empty() {
            errors.push(("Say from whose phone the chat was exported.".into(), DEVICE));
        }
        if self.brought_by.trim().is_empty() {
            errors.push(("Say who brought the file.".into(), BROUGHT_BY));
        }
        errors
    }

    pub(super) fn file_page(&self) -> Element<'_, Message> {
        let errors = self.errors();
        let error = |id: Id| error_at(&errors, &id);
        let file = widget::text_field("File", &self.file)
            .hint("The chat as WhatsApp exports it: a text (.txt), or a zip. Choose “Without media” on the phone.")
            .error(error(FILE))
            .id(FILE)
            .on_input(typed(Field::File))
            .on_submit(Message::ReadAsked);
        let browse = button::secondary("Browse…").name("Browse: File").on_press(Message::BrowseAsked);
        let device = widget::text_field("From whose phone was it exported?", &self.device)
            .hint("Times and names are as this phone shows them. For example, Mrs Osei’s phone.")
            .error(error(DEVICE))
            .id(DEVICE)
            .on_input(typed(Field::Device));
        let by = widget::text_field("Who brought it?", &self.brought_by)
            .error(error(BROUGHT_BY))
            .id(BROUGHT_BY)
            .on_input(typed(Field::BroughtBy));
        let gate = widget::notice(Tone::Info, "Only the text is read.").what_to_do(
            "Pictures and films in a zip are never unpacked: nobody needs to see them to know that they were sent. Do \
             not open them on your PC either.",
        );
        let fields = column![
            Element::from(gate),
            column![Element::from(file), Element::from(browse)].spacing(S),
            Element::from(device),
            Element::from(by),
        ];
        let fields = container(fields.spacing(L)).max_width(COLUMN).into();
        page(
            "Add from an exported chat",
            "You mark the messages that matter, and say who wrote them. Only those are kept, as occasions. The rest of the \
             chat, with everybody else in it, is forgotten when you leave these pages.",
            errors,
            vec![fields],
            ("Read the file", Message::ReadAsked, Message::Left),
        )
    }

    /// Asks which number is the day, where nothing in the file says it.
    pub(super) fn dates_page<'a>(&'a self, chat: &'a Chat) -> Element<'a, Message> {
        let wrong = self.order_wrong && self.order.is_none();
        let words = wrong.then(|| "Choose which way the days are to be read.".to_owned());
        let errors: Vec<_> = words.iter().map(|words| (words.clone(), ORDER)).collect();
        let way = |order: DateOrder| {
            let days: Vec<NaiveDate> = chat.messages.iter().filter_map(|m| read_as(m, chat, order)).collect();
            let span = days.iter().min().zip(days.iter().max());
            span.map_or_else(
                || "Not every date of the chat can be read in this way.".into(),
                |(first, last)| {
                    format!("The chat goes from {} to {}.", Day::from(*first).long(), Day::from(*last).long())
                },
            )
        };
        let choices = [
            widget::choice(DateOrder::DayFirst, "The day first, as in 19/01/2026")
                .explain(way(DateOrder::DayFirst)),
            widget::choice(DateOrder::MonthFirst, "The month first, as in 1/19/2026")
                .explain(way(DateOrder::MonthFirst)),
        ];
        let order = widget::radio_group(
            "Which number of a date is the day?",
            choices,
            self.order.as_ref(),
            Message::OrderChosen,
        )
        .hint("Compare one message with the phone. A phone set to American English puts the month first.")
        .error(words)
        .id(ORDER);
        page(
            "Check the days",
            "The dates in this file can be read in two ways.",
            errors,
            vec![container(Element::from(order)).max_width(COLUMN).into()],
            ("Continue", Message::OrderSaid, Message::Back),
        )
    }
}

/// The day of a message, had the file been read in this order; nothing where there is no such day.
fn read_as(message: &ChatMessage, chat: &Chat, order: DateOrder) -> Option<NaiveDate> {
    let day = message.at.date();
    if order == chat.source.dates.order {
        return Some(day);
    }
    NaiveDate::from_ymd_opt(day.year(), day.day(), day.month())
}

pub(super) fn reading<'a>(fraction: f32) -> Element<'a, Message> {
    let label = if fraction < 1.0 { "Reading the file" } else { "Sorting the messages" };
    let bar = widget::progress(label, fraction, Some(Message::Stopped));
    let content = column![widget::heading(2, "Add from an exported chat"), bar].spacing(L);
    container(content).max_width(COLUMN).into()
}

pub(super) fn browse() -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title("Which file has the chat?")
        .add_filter("Chats", &["txt", "zip", "TXT", "ZIP"])
        .pick_file();
    Task::perform(dialog, |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        Message::Picked(picked.map(|picked| path(picked).display().to_string().into()))
    })
}
