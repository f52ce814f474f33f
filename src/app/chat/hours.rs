//! When the messages of a chat were sent, by weekday and hour as the phone showed them, and how many of them in school
//! hours. Counts only: what they mean is for the lead to say.

use crate::domain::{Calendar, Day};
use chrono::{Datelike, NaiveDateTime, Timelike};
use std::ops::Range;

/// The hours that count as the school day. A school's own bell times are not asked for, so this is said beside the chart.
pub const SCHOOL_HOURS: Range<usize> = 9..15;

const WEEKDAYS: [&str; 7] =
    ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"];

/// Counts by weekday, from Monday, and hour.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChatHours {
    counts: [[usize; 24]; 7],
    all: usize,
    in_school: usize,
}

impl ChatHours {
    /// Counts the times.
    pub fn of(times: impl IntoIterator<Item = NaiveDateTime>, calendar: &Calendar) -> Self {
        let mut hours = Self::default();
        for at in times {
            let (day, hour) = (at.weekday().num_days_from_monday() as usize, at.hour() as usize);
            if let Some(count) = hours.counts.get_mut(day).and_then(|day| day.get_mut(hour)) {
                *count += 1;
            }
            hours.all += 1;
            let open = calendar.is_school_day(Day::from(at.date()));
            hours.in_school += usize::from(open && SCHOOL_HOURS.contains(&hour));
        }
        hours
    }

    /// The counts of each weekday, from Monday, hour by hour.
    pub fn days(&self) -> impl Iterator<Item = (&'static str, &[usize; 24])> {
        WEEKDAYS.into_iter().zip(&self.counts)
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
        let (from, to) = (SCHOOL_HOURS.start, SCHOOL_HOURS.end);
        let school = match self.in_school {
            0 => format!("None of them was sent between {from}:00 and {to}:00 on a school day."),
            n => format!("{n} of them were sent between {from}:00 and {to}:00 on a school day."),
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
