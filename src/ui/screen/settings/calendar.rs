//! Settings, the calendar: when the school day begins and ends, the periods in which the school is closed, and how due
//! dates are counted.

use super::{failed, said};
use crate::app::{Error, Notice, Session};
use crate::domain::{Calendar, Day, School, SchoolHours, TimeOfDay};
use crate::ui::access::{self, Role, control};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{FIELD_SHORT, L, M, S, XL};
use crate::ui::theme;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{Column, column, container, row};
use iced::{Alignment, Element, Length, Task};

const FIRST: Id = Id::new("settings-closed-first");
const LAST: Id = Id::new("settings-closed-last");
const BEGINS: Id = Id::new("settings-day-begins");
const ENDS: Id = Id::new("settings-day-ends");

/// A closed period longer than this is a slip in the year.
const LONGEST: i64 = 366;

/// Which end of a closed period, or of the school day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first day.
    First,
    /// The last day.
    Last,
    /// When the school day begins.
    Begins,
    /// When it ends.
    Ends,
}

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// A date or a time was typed.
    Edited(End, Typed),
    /// "Save these times" was pressed.
    HoursSaved,
    /// "Add" was pressed.
    Added,
    /// A closed period was removed.
    Removed((Day, Day)),
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// What came of it.
pub(super) enum Outcome {
    /// Nothing for anybody else.
    None,
    /// Run this.
    Run(Task<Message>),
    /// It is saved.
    Saved,
}

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    calendar: Calendar,
    first: Typed,
    last: Typed,
    begins: Typed,
    ends: Typed,
    errors: Vec<(String, End)>,
    notice: Option<Notice>,
    /// What was said of the school day.
    hours_notice: Option<Notice>,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let (school, notice) = match session.school() {
            Ok(school) => (school, None),
            Err(error) => (School::default(), Some(failed(&error))),
        };
        let (first, last) = (Typed::default(), Typed::default());
        let (begins, ends) = (school.hours.begins.clock().into(), school.hours.ends.clock().into());
        let (errors, calendar) = (Vec::new(), school.calendar);
        Self { calendar, first, last, begins, ends, errors, notice, hours_notice: None }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Edited(end, typed) => {
                (self.notice, self.hours_notice) = (None, None);
                self.errors.retain(|(_, at)| *at != end);
                match end {
                    End::First => self.first = typed,
                    End::Last => self.last = typed,
                    End::Begins => self.begins = typed,
                    End::Ends => self.ends = typed,
                }
                Outcome::None
            }
            Message::HoursSaved => self.save_hours(session),
            Message::Added => self.add(session),
            Message::Removed(period) => {
                let words = format!("{} is no longer in the list.", words(period));
                self.change(session, words, |closed| closed.retain(|p| *p != period))
            }
            Message::LinkFollowed(field) => Outcome::Run(access::focus(field)),
        }
    }

    fn add(&mut self, session: &Session) -> Outcome {
        match period(&self.first, &self.last, &self.calendar) {
            Err(errors) => {
                self.errors = errors;
                Outcome::Run(access::focus(widget::ERROR_SUMMARY))
            }
            Ok(period) => {
                self.errors.clear();
                let words = format!("{} is added.", words(period));
                let outcome = self.change(session, words, |closed| {
                    closed.push(period);
                    closed.sort_unstable();
                });
                if matches!(outcome, Outcome::Saved) {
                    (self.first, self.last) = (Typed::default(), Typed::default());
                }
                outcome
            }
        }
    }

    fn save_hours(&mut self, session: &Session) -> Outcome {
        let hours = match hours(&self.begins, &self.ends) {
            Ok(hours) => hours,
            Err(errors) => {
                self.errors = errors;
                return Outcome::Run(access::focus(widget::ERROR_SUMMARY));
            }
        };
        self.errors.clear();
        let saved = session.school().and_then(|school| session.save_school(&School { hours, ..school }));
        match saved {
            Ok(()) => {
                (self.begins, self.ends) = (hours.begins.clock().into(), hours.ends.clock().into());
                let what = "The times of the school day are saved.";
                self.hours_notice = Some(Notice::done(what, "The chart of a chat is drawn by them."));
                Outcome::Saved
            }
            Err(error) => {
                self.hours_notice = Some(failed(&error));
                Outcome::None
            }
        }
    }

    /// Changes the list that is kept now and saves it. What is typed stays where that fails.
    fn change(
        &mut self,
        session: &Session,
        done: String,
        change: impl FnOnce(&mut Vec<(Day, Day)>),
    ) -> Outcome {
        match saved(session, change) {
            Ok(calendar) => {
                self.calendar = calendar;
                self.notice = Some(Notice::done(done, "Due dates set from now on are counted with it."));
                Outcome::Saved
            }
            Err(error) => {
                self.notice = Some(failed(&error));
                Outcome::None
            }
        }
    }

    fn error(&self, end: End) -> Option<&str> {
        self.errors.iter().find(|(_, at)| *at == end).map(|(words, _)| words.as_str())
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self, today: Day) -> Element<'_, Message> {
        let id = |end| match end {
            End::First => FIRST,
            End::Last => LAST,
            End::Begins => BEGINS,
            End::Ends => ENDS,
        };
        let links = self.errors.iter().map(|(words, end)| (words.as_str(), id(*end)));
        let summary = (!self.errors.is_empty()).then(|| widget::error_summary(links, Message::LinkFollowed));
        let page = column![
            self.how(today),
            column![widget::heading(2, "When the school is closed"), self.periods()].spacing(M),
            self.form(today),
            self.school_day(),
        ]
        .spacing(XL);
        column![slot(summary, XL), page].into()
    }

    fn how(&self, today: Day) -> Element<'_, Message> {
        let day = self.calendar.school_days_after(today, 5).long();
        column![
            widget::paragraph(
                "Due dates are counted in school days: Monday to Friday, not counting days when the school is \
                 closed."
            ),
            widget::hint(format!("Something due five school days from today is due on {day}.")),
        ]
        .spacing(S)
        .into()
    }

    fn school_day(&self) -> Element<'_, Message> {
        let time = |label, value, end, id| {
            widget::text_field(label, value)
                .on_input(move |text: String| Message::Edited(end, text.into()))
                .error(self.error(end).map(str::to_owned))
                .id(id)
                .width(FIELD_SHORT)
        };
        column![
            column![
                widget::heading(2, "The school day"),
                widget::paragraph("The chart of a chat frames these hours and counts what was sent in them."),
            ]
            .spacing(S),
            Element::from(
                time("When does it begin?", &self.begins, End::Begins, BEGINS).hint("For example 8:45.")
            ),
            Element::from(
                time("When does it end?", &self.ends, End::Ends, ENDS).hint("For example 15:15 or 3.15 pm.")
            ),
            column![
                slot(self.hours_notice.as_ref().map(said), L),
                button::row_of([button::secondary("Save these times").on_press(Message::HoursSaved).into()]),
            ],
        ]
        .spacing(L)
        .into()
    }

    fn periods(&self) -> Element<'_, Message> {
        if self.calendar.closed.is_empty() {
            return widget::hint(
                "No closed days yet. Add half-terms, holidays, bank holidays and training days, so that nothing \
                 falls due on one of them.",
            );
        }
        let of = self.calendar.closed.len();
        let lines = self.calendar.closed.iter().enumerate().map(|(n, period)| line(*period, n + 1, of));
        control(Role::List, "Closed periods", Column::with_children(lines)).into()
    }

    fn form(&self, today: Day) -> Element<'_, Message> {
        let edited = |end| move |text: String| Message::Edited(end, text.into());
        let date = |label, value, end, id| {
            widget::date_field(label, value, today, edited(end))
                .error(self.error(end))
                .id(id)
                .without_quick()
                .on_submit(Message::Added)
        };
        column![
            widget::heading(2, "Add a closed period"),
            date("First day", &self.first, End::First, FIRST),
            date("Last day", &self.last, End::Last, LAST).hint("For a single day, the same date again."),
            column![
                slot(self.notice.as_ref().map(said), L),
                button::row_of([button::primary("Add").on_press(Message::Added).into()]),
            ],
        ]
        .spacing(L)
        .into()
    }
}

fn line<'a>(period: (Day, Day), place: usize, of: usize) -> Element<'a, Message> {
    let words = words(period);
    let remove = button::quiet("Remove").name(format!("Remove {words}")).on_press(Message::Removed(period));
    let shown = row![container(widget::paragraph(words.clone())).width(Length::Fill), remove];
    let rule = container(iced::widget::space()).width(Length::Fill).height(crate::ui::spacing::HAIRLINE);
    let shown = column![
        container(shown.spacing(M).align_y(Alignment::Center)).padding([S, 0.0]),
        rule.style(theme::flat(|p| p.line)),
    ];
    control(Role::ListItem, words, shown).position(place, of).into()
}

fn words((first, last): (Day, Day)) -> String {
    if first == last { first.long() } else { format!("{} to {}", first.long(), last.long()) }
}

fn saved(session: &Session, change: impl FnOnce(&mut Vec<(Day, Day)>)) -> Result<Calendar, Error> {
    let mut school = session.school()?;
    change(&mut school.calendar.closed);
    session.save_school(&school)?;
    Ok(school.calendar)
}

/// The school day that is typed, or what is wrong with each end of it.
fn hours(begins: &str, ends: &str) -> Result<SchoolHours, Vec<(String, End)>> {
    match (TimeOfDay::parse(begins), TimeOfDay::parse(ends)) {
        (Some(begins), Some(ends)) if begins < ends => Ok(SchoolHours { begins, ends }),
        (Some(_), Some(_)) => {
            Err(vec![("The day ends before it begins. Check both times.".to_owned(), End::Ends)])
        }
        (begins, ends) => {
            let words = |what| format!("{what}: enter a time, for example 8:45.");
            let begins = begins.is_none().then(|| (words("When it begins"), End::Begins));
            let ends = ends.is_none().then(|| (words("When it ends"), End::Ends));
            Err(begins.into_iter().chain(ends).collect())
        }
    }
}

/// The period that is typed, or what is wrong with each end of it.
fn period(first: &str, last: &str, calendar: &Calendar) -> Result<(Day, Day), Vec<(String, End)>> {
    let wrong = |words: &str| Err(vec![(words.to_owned(), End::Last)]);
    match (Day::parse(first), Day::parse(last)) {
        (Ok(first), Ok(last)) if last < first => wrong("The last day is before the first. Check both dates."),
        (Ok(first), Ok(last)) if last.days_since(first) > LONGEST => {
            wrong("This is longer than a year. Check the years.")
        }
        (Ok(first), Ok(last)) if calendar.closed.contains(&(first, last)) => {
            wrong("This period is in the list already.")
        }
        (Ok(first), Ok(last)) => Ok((first, last)),
        (first, last) => {
            let first = first.err().map(|error| (format!("First day: {error}"), End::First));
            let last = last.err().map(|error| (format!("Last day: {error}"), End::Last));
            Err(first.into_iter().chain(last).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_day_is_checked_at_the_end_that_is_wrong() {
        for (begins, ends, wrong) in [
            ("", "half past", vec![End::Begins, End::Ends]),
            ("8.45", "25", vec![End::Ends]),
            ("15:15", "8:45", vec![End::Ends]),
            ("9", "9:00", vec![End::Ends]),
        ] {
            let errors = hours(begins, ends).unwrap_err();
            let found: Vec<End> = errors.into_iter().map(|(_, end)| end).collect();
            assert_eq!(found, wrong, "{begins} to {ends}");
        }
        let own = hours("8.45", "3.15 pm").unwrap();
        assert_eq!((own.begins.clock(), own.ends.clock()), ("8:45".to_owned(), "15:15".to_owned()));
    }

    #[test]
    fn a_period_is_checked_at_the_end_that_is_wrong() {
        let day = |iso: &str| Day::parse(iso).unwrap();
        let kept = Calendar { closed: vec![(day("2026-02-16"), day("2026-02-20"))] };
        for (first, last, ends) in [
            ("", "", vec![End::First, End::Last]),
            ("16/02/2026", "31/02/2026", vec![End::Last]),
            ("soon", "20/02/2026", vec![End::First]),
            ("20/02/2026", "16/02/2026", vec![End::Last]),
            ("16/02/2026", "20/02/2062", vec![End::Last]),
            ("16/02/2026", "20/02/2026", vec![End::Last]),
        ] {
            let errors = period(first, last, &kept).unwrap_err();
            let found: Vec<End> = errors.into_iter().map(|(_, end)| end).collect();
            assert_eq!(found, ends, "{first} to {last}");
        }
        let one = day("2026-05-04");
        assert_eq!(period("4/5/2026", "04/05/2026", &kept), Ok((one, one)));
    }
}
