//! What matters in a chat: the range of days, and the messages that are marked. So many at a time as can be read.

use super::{Field, Message, error_at, hours, page, typed};
use crate::app::{Chat, ChatHours, ChatKind, ChatMessage, DateOrder, DatesDecided, chat_lines_taken};
use crate::domain::{ChatMarks, Day, Occasion};
use crate::ui::screen::case::Ground;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words::count;
use crate::ui::spacing::{COLUMN, L, M, S, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Element, Length};
use std::collections::{BTreeSet, HashSet};

pub(super) const FROM: Id = Id::new("chat-from");
const TO: Id = Id::new("chat-to");
pub(super) const LIST: Id = Id::new("chat-messages");

/// How many messages are shown at once.
const SHOWN: usize = 40;
/// How many lines that could not be read are named.
const NAMED: usize = 20;
/// As wide as the list of messages grows.
const READING: f32 = 860.0;

/// A chat that was read, and what is marked in it.
pub(super) struct Choose {
    pub(super) chat: Box<Chat>,
    /// The lines whose messages are in the case already.
    taken: BTreeSet<u64>,
    from: Typed,
    to: Typed,
    find: Typed,
    pub(super) page: usize,
    marked: BTreeSet<usize>,
    pub(super) hours_open: bool,
    pub(super) rejected_open: bool,
    pub(super) wrong: bool,
    /// How often a message was marked, or not any more, since it was kept.
    pub(super) unkept: u32,
}

impl Choose {
    pub(super) fn new(chat: Box<Chat>, occasions: &[Occasion]) -> Self {
        let days = chat.messages.iter().map(|message| Day::from(message.at.date()));
        let (first, last) = (days.clone().min(), days.max());
        let typed = |day: Option<Day>| day.map(Day::typed).unwrap_or_default().into();
        Self {
            taken: chat_lines_taken(occasions, &chat.source.sha256),
            from: typed(first),
            to: typed(last),
            find: Typed::default(),
            page: 0,
            marked: BTreeSet::new(),
            hours_open: false,
            rejected_open: false,
            wrong: false,
            unkept: 0,
            chat,
        }
    }

    pub(super) fn edit(&mut self, field: Field, text: Typed) {
        match field {
            Field::From => self.from = text,
            Field::To => self.to = text,
            Field::Find => self.find = text,
            Field::File | Field::Device | Field::BroughtBy | Field::SeenBy => {}
        }
        self.page = 0;
    }

    pub(super) fn mark(&mut self, at: usize, on: bool) {
        self.unkept += 1;
        if on {
            self.marked.insert(at);
        } else {
            self.marked.remove(&at);
        }
    }

    /// Marks what was marked before, if it is the same file. Says whether anything was.
    pub(super) fn mark_again(&mut self, before: &ChatMarks) -> bool {
        if before.sha256 == self.chat.source.sha256 {
            let lines = self.chat.messages.iter().enumerate().filter(|(_, m)| before.lines.contains(&m.line));
            self.marked = lines.map(|(at, _)| at).collect();
        }
        !self.marked.is_empty()
    }

    /// The lines on which the marked messages begin.
    pub(super) fn marked_lines(&self) -> BTreeSet<u64> {
        self.marked.iter().filter_map(|at| self.chat.messages.get(*at)).map(|message| message.line).collect()
    }

    /// How many different people wrote in the chat.
    pub(super) fn writers(&self) -> usize {
        self.chat.messages.iter().map(|message| message.author.as_str()).collect::<HashSet<_>>().len()
    }

    /// The marked messages, in the order of the file. What is marked and out of the range now does not count.
    pub(super) fn marked_messages(&self) -> Vec<&ChatMessage> {
        let in_range = |message: &&ChatMessage| self.is_in_range(message);
        self.marked.iter().filter_map(|at| self.chat.messages.get(*at)).filter(in_range).collect()
    }

    fn range(&self) -> (Option<Day>, Option<Day>) {
        (Day::parse(&self.from).ok(), Day::parse(&self.to).ok())
    }

    fn is_in_range(&self, message: &ChatMessage) -> bool {
        let (from, to) = self.range();
        let day = Day::from(message.at.date());
        from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)
    }

    /// The messages of the range, in which what is looked for stands, with their places in the file.
    fn shown(&self) -> Vec<(usize, &ChatMessage)> {
        let find = self.find.kept().to_lowercase();
        let found = |message: &ChatMessage| {
            find.is_empty()
                || message.text.to_lowercase().contains(&find)
                || message.author.to_lowercase().contains(&find)
        };
        let all = self.chat.messages.iter().enumerate();
        all.filter(|(_, m)| self.is_in_range(m) && !self.taken.contains(&m.line) && found(m)).collect()
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        for (typed, id) in [(&self.from, FROM), (&self.to, TO)] {
            errors.extend(Day::parse(typed).err().map(|error| (error.to_string(), id)));
        }
        if let (Some(from), Some(to)) = self.range()
            && from > to
        {
            errors.push(("The last day is before the first. Check both.".into(), TO));
        }
        if errors.is_empty() && self.marked_messages().is_empty() {
            errors.push(("Mark at least one message.".into(), LIST));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let errors = self.errors();
        let shown = self.shown();
        let error = |id: Id| error_at(&errors, &id);
        let today = ground.session.today();
        let date = |label: &'static str, text: &'a Typed, field: Field, id: Id, error: Option<String>| {
            let field =
                widget::date_field(label, text, today, typed(field)).without_quick().error(error).id(id);
            container(Element::from(field)).width(Length::Shrink).into()
        };
        let range = row([
            date("From", &self.from, Field::From, FROM, error(FROM)),
            date("To", &self.to, Field::To, TO, error(TO)),
        ]);
        let find = widget::text_field("Find words or a name", &self.find)
            .hint("It may stay empty. What you have marked stays marked.")
            .on_input(typed(Field::Find));
        let fields = column![range.spacing(L).wrap(), Element::from(find)].spacing(L);
        let content = vec![
            container(self.about(today)).max_width(COLUMN).into(),
            container(fields).max_width(COLUMN).into(),
            container(self.chart(&shown, ground)).max_width(READING).into(),
            container(self.messages(&shown, error(LIST))).max_width(READING).into(),
        ];
        page(
            "Mark what matters",
            "What you do not mark is not kept. Mark as much as shows what happened, and no more: other children are in \
             this chat too.",
            errors,
            content,
            ("Continue", Message::MarksSaid, Message::Back),
        )
    }

    /// What the file is, and what of it could not be read.
    fn about(&self, today: Day) -> Element<'_, Message> {
        let chat = &self.chat;
        let days = chat.messages.iter().map(|message| Day::from(message.at.date()));
        let span = days.clone().min().zip(days.clone().max());
        let span =
            span.map_or_else(String::new, |(from, to)| format!(", {} to {}", from.short(), to.short()));
        let wrote = count(self.writers(), "person", "people");
        let all = count(chat.messages.len(), "message", "messages");
        let mut lines = vec![format!("{all} by {wrote}{span}. {}", order_words(chat))];
        if !self.taken.is_empty() {
            let here = count(self.taken.len(), "message", "messages");
            lines.push(format!("{here} of this file are in the case already and not shown again."));
        }
        if chat.source.unopened > 0 {
            let others = count(chat.source.unopened, "other file", "other files");
            lines.push(format!("{others} in the zip: not opened, not read, not unpacked."));
        }
        lines.push(format!(
            "SHA-256 of the file: {}. It says which file this was. The chat is not verified against the device.",
            chat.source.sha256
        ));
        let later = days.filter(|day| *day > today).count();
        let later = (later > 0).then(|| {
            let what = format!(
                "{} a day that has not come yet.",
                if later == 1 { "1 message carries".into() } else { format!("{later} messages carry") }
            );
            Element::from(
                widget::notice(Tone::Warning, what)
                    .what_to_do("Read the days the other way round, or check the phone’s clock."),
            )
        });
        let turn = button::quiet("Read the days the other way round").flush().on_press(Message::DatesAsked);
        let turn = (chat.source.dates.order != DateOrder::YearFirst).then(|| Element::from(turn));
        column![slot(later, M), column(lines.into_iter().map(widget::hint)).spacing(XS)]
            .push(turn)
            .push(self.rejected())
            .spacing(S)
            .into()
    }

    fn rejected(&self) -> Option<Element<'_, Message>> {
        let rejected = &self.chat.rejected;
        if rejected.is_empty() {
            return None;
        }
        let lines =
            rejected.iter().take(NAMED).map(|remark| format!("Line {}: {}.", remark.line, remark.why));
        let more = rejected.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("And {more} more."));
        let label = format!("{} could not be read", count(rejected.len(), "line", "lines"));
        let inside = widget::bullets(lines.chain(more));
        Some(widget::expander(label, self.rejected_open, Message::RejectedShown, inside))
    }

    fn chart<'a>(&'a self, shown: &[(usize, &'a ChatMessage)], ground: Ground<'a>) -> Element<'a, Message> {
        let inside: Element<'a, Message> = if self.hours_open {
            let school = ground.session.school().unwrap_or_default();
            let times = shown.iter().map(|(_, message)| message.at);
            hours::view(&ChatHours::of(times, &school.calendar, school.hours))
        } else {
            iced::widget::space().into()
        };
        widget::expander(
            "When they were sent, by weekday and hour",
            self.hours_open,
            Message::HoursShown,
            inside,
        )
    }

    fn messages<'a>(
        &'a self,
        shown: &[(usize, &'a ChatMessage)],
        error: Option<String>,
    ) -> Element<'a, Message> {
        let pages = shown.len().div_ceil(SHOWN).max(1);
        let page = self.page.min(pages - 1);
        let choices = shown.iter().skip(page * SHOWN).take(SHOWN).map(|(at, message)| {
            let when = message.at.format("%H:%M");
            let label = format!("{}, {when}, {}", Day::from(message.at.date()).short(), message.author);
            widget::choice(*at, label).explain(words_of(message))
        });
        let list = widget::check_group("Messages", choices, |at| self.marked.contains(at), Message::Marked)
            .hint(format!(
                "{} shown{}. {} marked.",
                count(shown.len(), "message", "messages"),
                if pages > 1 { format!(", page {} of {pages}", page + 1) } else { String::new() },
                self.marked_messages().len()
            ))
            .error(error)
            .id(LIST);
        let earlier = button::secondary("Earlier messages")
            .on_press_maybe(page.checked_sub(1).map(Message::PageTurned));
        let later = button::secondary("Later messages")
            .on_press_maybe((page + 1 < pages).then(|| Message::PageTurned(page + 1)));
        let turn = (pages > 1).then(|| button::row_of([earlier.into(), later.into()]));
        column![Element::from(list), slot(turn, 0.0)].spacing(M).into()
    }
}

/// How the days were read, and why so.
fn order_words(chat: &Chat) -> &'static str {
    match (chat.source.dates.order, chat.source.dates.decided) {
        (DateOrder::YearFirst, _) => "Each date begins with its year.",
        (DateOrder::DayFirst, DatesDecided::ByPerson) => "The days were read day first, as you said.",
        (DateOrder::MonthFirst, DatesDecided::ByPerson) => "The days were read month first, as you said.",
        (DateOrder::DayFirst, _) => "The days were read day first, which is how they fit together.",
        (DateOrder::MonthFirst, _) => "The days were read month first, which is how they fit together.",
    }
}

/// The words of a message, or what it is where it has none.
fn words_of(message: &ChatMessage) -> String {
    let text = message.text.trim();
    match message.kind {
        ChatKind::Text => text.to_owned(),
        ChatKind::Media => format!("{text} (a picture, film or recording: not opened)"),
        ChatKind::Deleted => format!("{text} (deleted)"),
        ChatKind::Edited => format!("{text} (changed after it was sent)"),
        ChatKind::Call => format!("{text} (a call)"),
        ChatKind::Empty => "(the export shows an empty message here)".into(),
    }
}
