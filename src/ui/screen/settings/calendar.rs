//! Settings, the calendar: the periods in which the school is closed, and how due dates are counted.

use super::{failed, said};
use crate::app::{Error, Notice, Session};
use crate::domain::{Calendar, Day};
use crate::ui::access::{self, Role, control};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{Column, column, container, row};
use iced::{Alignment, Element, Length, Task};

const FIRST: Id = Id::new("settings-closed-first");
const LAST: Id = Id::new("settings-closed-last");

/// A closed period longer than this is a slip in the year.
const LONGEST: i64 = 366;

/// Which end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The first day.
    First,
    /// The last day.
    Last,
}

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// A date was typed.
    Edited(End, Typed),
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
    errors: Vec<(String, End)>,
    notice: Option<Notice>,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let (calendar, notice) = match session.school() {
            Ok(school) => (school.calendar, None),
            Err(error) => (Calendar::default(), Some(failed(&error))),
        };
        let (first, last) = (Typed::default(), Typed::default());
        Self { calendar, first, last, errors: Vec::new(), notice }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Edited(end, typed) => {
                self.notice = None;
                self.errors.retain(|(_, at)| *at != end);
                match end {
                    End::First => self.first = typed,
                    End::Last => self.last = typed,
                }
                Outcome::None
            }
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
        let id = |end| if end == End::First { FIRST } else { LAST };
        let links = self.errors.iter().map(|(words, end)| (words.as_str(), id(*end)));
        let summary = (!self.errors.is_empty()).then(|| widget::error_summary(links, Message::LinkFollowed));
        let page = column![
            self.how(today),
            column![widget::heading(2, "When the school is closed"), self.periods()].spacing(M),
            self.form(today),
        ]
        .spacing(XL);
        column![slot(summary, XL), page].into()
    }

    fn how(&self, today: Day) -> Element<'_, Message> {
        let day = self.calendar.school_days_after(today, 5).long();
        column![
            widget::paragraph(
                "Due dates are counted in school days: Monday to Friday, without the days on which the school is \
                 closed."
            ),
            widget::hint(format!("Something due five school days from today is due on {day}.")),
        ]
        .spacing(S)
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
