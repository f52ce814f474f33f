//! From lines to messages: two readings of the same text. The first learns how this phone writes dates and who writes;
//! the second takes every line into a message, a line of WhatsApp's own, or the list of what was kept out.

use super::header::{self, Half, Head, Shape};
use super::order::{DateOrder, Decided, Evidence, Order};
use super::{Kind, Message, SystemLine, kind};
use crate::intake::{Error, Remark, reject};
use chrono::{NaiveDate, NaiveDateTime};
use std::collections::HashSet;

pub(super) struct Read {
    pub(super) messages: Vec<Message>,
    pub(super) system: Vec<SystemLine>,
    pub(super) rejected: Vec<Remark>,
    pub(super) order: Order,
}

/// How many names are remembered; no chat has more members.
const MOST_AUTHORS: usize = 5_000;

pub(super) fn read(text: &str, dates: Option<DateOrder>, most: usize) -> Result<Read, Error> {
    let learnt = learn(text, dates)?;
    let mut reading = Reading {
        learnt,
        most,
        open: Open::Nothing,
        messages: Vec::new(),
        system: Vec::new(),
        rejected: Vec::new(),
    };
    for (number, line) in numbered(text) {
        reading.take(number, line)?;
    }
    reading.end();
    Ok(Read {
        messages: reading.messages,
        system: reading.system,
        rejected: reading.rejected,
        order: reading.learnt.order,
    })
}

/// Lines with their numbers, without the line break of either kind.
fn numbered(text: &str) -> impl Iterator<Item = (u64, &str)> {
    (1..).zip(text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)))
}

struct Learnt {
    shape: Shape,
    order: Order,
    authors: HashSet<String>,
}

fn learn(text: &str, dates: Option<DateOrder>) -> Result<Learnt, Error> {
    let mut heads = numbered(text).filter_map(|(_, line)| header::head(line)).peekable();
    let Some(shape) = heads.peek().map(|head| head.shape) else { return Err(Error::NotAChat) };
    let (mut evidence, mut authors) = (Evidence::default(), HashSet::new());
    for head in heads.filter(|head| head.shape == shape) {
        evidence.note(head.date);
        if let Some((author, _)) = author(head.rest).filter(|_| authors.len() < MOST_AUTHORS) {
            authors.insert(kind::folded(&author));
        }
    }
    let order = match dates {
        _ if shape.year_first => Order { order: DateOrder::YearFirst, decided: Decided::ByShape },
        Some(order @ (DateOrder::DayFirst | DateOrder::MonthFirst)) => {
            Order { order, decided: Decided::ByPerson }
        }
        Some(DateOrder::YearFirst) | None => evidence.decide(),
    };
    Ok(Learnt { shape, order, authors })
}

/// Who wrote it and what: parted at the first colon with a space behind it.
fn author(rest: &str) -> Option<(String, &str)> {
    for (at, _) in rest.match_indices(':') {
        let after = rest[at + 1..].trim_start_matches(header::is_mark);
        let text = match after.chars().next() {
            None => "",
            Some(space) if space.is_whitespace() => &after[space.len_utf8()..],
            Some(_) => continue,
        };
        let name: String = rest[..at].chars().filter(|c| !header::is_mark(*c)).collect();
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || kind::is_no_author(&rest[..at]) {
            return None;
        }
        // A mark may stand on either side of the space, and tells WhatsApp's words from a child's.
        let marked = rest.len() - at - 1 > after.len();
        return Some((name, if marked { &rest[at + 1..] } else { text }));
    }
    None
}

/// What the next line goes on from.
enum Open {
    Nothing,
    Message { line: u64, at: NaiveDateTime, author: String, text: String },
    System { line: u64, text: String },
    Rejected { line: u64 },
}

struct Reading {
    learnt: Learnt,
    most: usize,
    open: Open,
    messages: Vec<Message>,
    system: Vec<SystemLine>,
    rejected: Vec<Remark>,
}

impl Reading {
    fn take(&mut self, number: u64, line: &str) -> Result<(), Error> {
        match header::head(line).filter(|head| head.shape == self.learnt.shape) {
            Some(head) => self.begin(number, &head),
            None => self.go_on(number, line),
        }
    }

    fn begin(&mut self, line: u64, head: &Head<'_>) -> Result<(), Error> {
        self.end();
        if self.messages.len() + self.system.len() >= self.most {
            return Err(Error::TooMany { what: "messages", limit: self.most });
        }
        let at = match moment(head, self.learnt.order) {
            Ok(at) => at,
            Err(why) => {
                self.open = Open::Rejected { line };
                return reject(&mut self.rejected, Remark::new(line, why));
            }
        };
        self.open = match author(head.rest) {
            Some((author, text)) => Open::Message { line, at, author, text: text.to_owned() },
            None => Open::System { line, text: head.rest.to_owned() },
        };
        Ok(())
    }

    fn go_on(&mut self, number: u64, line: &str) -> Result<(), Error> {
        let why = match &mut self.open {
            Open::Message { text, .. } | Open::System { text, .. } => {
                text.push('\n');
                text.push_str(line);
                return Ok(());
            }
            _ if line.trim().is_empty() => return Ok(()),
            Open::Rejected { line } => format!("it goes on from line {line}, which is kept out"),
            Open::Nothing => "it stands before the first message".to_owned(),
        };
        reject(&mut self.rejected, Remark::new(number, why))
    }

    /// Ends what is open: only now is the whole text there to tell what it is.
    fn end(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Message { line, at, author, text } => {
                let text = text.trim();
                let bare = text.trim_start_matches(|c: char| header::is_mark(c) || c.is_whitespace());
                if kind::is_system(&author, text, &self.learnt.authors) {
                    self.system.push(SystemLine { line, text: bare.to_owned() });
                } else {
                    let kind: Kind = kind::of(text);
                    self.messages.push(Message { line, at, author, text: bare.to_owned(), kind });
                }
            }
            Open::System { line, text } => {
                let text = text.trim_matches(|c: char| header::is_mark(c) || c.is_whitespace()).to_owned();
                self.system.push(SystemLine { line, text });
            }
            Open::Nothing | Open::Rejected { .. } => {}
        }
    }
}

/// When, or why there is no such moment.
fn moment(head: &Head<'_>, order: Order) -> Result<NaiveDateTime, String> {
    let (year, month, day) = order.apply(head.date);
    let way = match order.order {
        DateOrder::DayFirst => "day, month and year",
        DateOrder::MonthFirst => "month, day and year",
        DateOrder::YearFirst => "year, month and day",
    };
    let date = i32::try_from(year)
        .ok()
        .filter(|year| (2009..2200).contains(year))
        .and_then(|year| NaiveDate::from_ymd_opt(year, month, day))
        .ok_or_else(|| format!("there is no such day, read as {way} as in the rest of the file"))?;
    let [hour, minute, second] = head.time;
    let hour = match head.half {
        None => Some(hour),
        Some(_) if hour == 0 || hour > 12 => None,
        Some(Half::Am) => Some(hour % 12),
        Some(Half::Pm) => Some(hour % 12 + 12),
    };
    hour.and_then(|hour| date.and_hms_opt(hour, minute, second))
        .ok_or_else(|| "there is no such time of day".into())
}
