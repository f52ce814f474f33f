//! When the messages of a chat were sent, by weekday and hour as the phone showed them, and how many of them in school
//! hours. Counts only: what they mean is for the lead to say.

use crate::domain::{Calendar, Day, SchoolHours, TimeOfDay};
use chrono::{Datelike, NaiveDateTime, Timelike};

const WEEKDAYS: [&str; 7] =
    ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

/// Counts by weekday, from Monday, and hour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChatHours {
    counts: [[usize; 24]; 7],
    all: usize,
    in_school: usize,
    school: SchoolHours,
}

impl ChatHours {
    /// Counts the times, by the school's own days and hours.
    pub fn of(
        times: impl IntoIterator<Item = NaiveDateTime>,
        calendar: &Calendar,
        school: SchoolHours,
    ) -> Self {
        let mut hours = Self { school, ..Self::default() };
        for at in times {
            let (day, hour) = (at.weekday().num_days_from_monday() as usize, at.hour() as usize);
            if let Some(count) = hours.counts.get_mut(day).and_then(|day| day.get_mut(hour)) {
                *count += 1;
            }
            hours.all += 1;
            let open = calendar.is_school_day(Day::from(at.date()));
            let (hour, minute) = (u16::try_from(at.hour()).ok(), u16::try_from(at.minute()).ok());
            let time = hour.zip(minute).and_then(|(hour, minute)| TimeOfDay::new(hour, minute));
            hours.in_school += usize::from(open && time.is_some_and(|time| school.contains(time)));
        }
        hours
    }

    /// The counts of each weekday, from Monday, hour by hour.
    pub fn days(&self) -> impl Iterator<Item = (&'static str, &[usize; 24])> {
        WEEKDAYS.into_iter().zip(&self.counts)
    }

    /// The school's hours.
    pub fn school(&self) -> SchoolHours {
        self.school
    }

    /// Whether any of an hour of a weekday, counted from Monday, lies in them.
    pub fn is_school_hour(&self, day: usize, hour: usize) -> bool {
        day < 5 && u16::try_from(hour).is_ok_and(|hour| self.school.touch(hour))
    }

    /// The most messages in one hour of one weekday.
    pub fn most(&self) -> usize {
        self.counts.iter().flatten().copied().max().unwrap_or_default()
    }

    /// The same in words: for whoever does not see the chart, and for whoever does.
    pub fn says(&self) -> Vec<String> {
        if self.all == 0 {
            return vec!["No messages.".into()];
        }
        let all = if self.all == 1 { "1 message".into() } else { format!("{} messages", self.all) };
        let (from, to) = (self.school.begins.clock(), self.school.ends.clock());
        let school = match self.in_school {
            0 => format!("None of them was sent between {from} and {to} on a school day."),
            1 => format!("1 of them was sent between {from} and {to} on a school day."),
            n => format!("{n} of them were sent between {from} and {to} on a school day."),
        };
        let day = |(name, day): (&str, &[usize; 24])| {
            let sum: usize = day.iter().sum();
            let hours = day.iter().enumerate().filter(|(_, count)| **count > 0);
            let hours: Vec<_> = hours.map(|(hour, count)| format!("{count} from {hour}:00")).collect();
            (sum > 0).then(|| format!("{name}: {sum} ({}).", hours.join(", ")))
        };
        let mut lines = vec![format!("{all}. {school}")];
        lines.extend(self.days().filter_map(day));
        lines
    }
}
