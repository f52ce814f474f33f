//! Calendar days, ages and school days. No clock: today is always an argument.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar day. ISO in files, spoken as a British school writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

/// Why a typed date is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Nothing was typed.
    #[error("Enter a date, for example 19/01/2026.")]
    Empty,
    /// Not three numbers.
    #[error("Enter the date as day, month and year, for example 19/01/2026.")]
    Shape,
    /// The numbers name no day, like 31 February.
    #[error("There is no such day. Check the day and the month.")]
    Impossible,
    /// The year is not one that a school's records can mean.
    #[error("Enter the year in four digits, between 1900 and 2199.")]
    Year,
}

impl Day {
    /// The day of these numbers, if there is one between 1900 and 2199.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, DayError> {
        if !(1900..2200).contains(&year) {
            return Err(DayError::Year);
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Self).ok_or(DayError::Impossible)
    }

    /// Reads what a person types: `19/01/2026`, `19-1-2026`, `19.1.2026`, `19 January 2026`, `2026-01-19`.
    pub fn parse(typed: &str) -> Result<Self, DayError> {
        let parts: Vec<&str> =
            typed.split(|c: char| c.is_whitespace() || "/-.".contains(c)).filter(|p| !p.is_empty()).collect();
        let [first, second, third] = parts[..] else {
            return Err(if typed.trim().is_empty() { DayError::Empty } else { DayError::Shape });
        };
        let number = |s: &str| s.parse::<u32>().map_err(|_| DayError::Shape);
        let month = |s: &str| month_of(s).map_or_else(|| number(s), Ok);
        let (year, month, day) = if first.len() == 4 {
            (number(first)?, month(second)?, number(third)?)
        } else {
            (number(third)?, month(second)?, number(first)?)
        };
        Self::new(i32::try_from(year).map_err(|_| DayError::Year)?, month, day)
    }

    /// `Monday 19 January 2026`
    pub fn long(self) -> String {
        self.0.format("%A %-d %B %Y").to_string()
    }

    /// `19 January 2026`
    pub fn plain(self) -> String {
        self.0.format("%-d %B %Y").to_string()
    }

    /// `Mon 19 Jan 2026`, for lists.
    pub fn short(self) -> String {
        self.0.format("%a %-d %b %Y").to_string()
    }

    /// `January 2026`
    pub fn month(self) -> String {
        self.0.format("%B %Y").to_string()
    }

    /// `19/01/2026`, as it is typed into a field.
    pub fn typed(self) -> String {
        self.0.format("%d/%m/%Y").to_string()
    }

    /// `2026-01-19`
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// This day moved by calendar days; stays put at the end of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        chrono::TimeDelta::try_days(days).and_then(|d| self.0.checked_add_signed(d)).map_or(self, Self)
    }

    /// Calendar days from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The weekday.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// The same day as chrono's type.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.plain())
    }
}

fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|m| word.len() >= 3 && m.starts_with(&word))?;
    u32::try_from(at + 1).ok()
}

/// An age in completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Age(pub u8);

impl Age {
    /// The age on a day of someone born on `born`; nothing before birth. Someone born on 29 February has their
    /// birthday on 1 March in other years, as English law counts it.
    pub fn on(born: Day, day: Day) -> Option<Self> {
        if day < born {
            return None;
        }
        let had_birthday = (day.0.month(), day.0.day()) >= (born.0.month(), born.0.day());
        u8::try_from(day.year() - born.year() - i32::from(!had_birthday)).ok().map(Self)
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The school's calendar: Monday to Friday, less the days on which it is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Calendar {
    /// Closed periods, first and last day included.
    pub closed: Vec<(Day, Day)>,
}

impl Calendar {
    /// Whether pupils are in school.
    pub fn is_school_day(&self, day: Day) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && !self.closed.iter().any(|(from, to)| (*from..=*to).contains(&day))
    }

    /// The day `count` school days after `from`; `from` itself for 0. A calendar that is closed for ever gives up
    /// after two years and counts weekdays, so that a duty always has a date.
    pub fn school_days_after(&self, from: Day, count: u32) -> Day {
        let open = |calendar: &Self| {
            (1..=730)
                .map(|n| from.plus_days(n))
                .filter(|d| calendar.is_school_day(*d))
                .nth(count.saturating_sub(1) as usize)
        };
        match count {
            0 => from,
            _ => open(self).or_else(|| open(&Self::default())).unwrap_or(from),
        }
    }

    /// The day itself, or the first school day after it.
    pub fn on_or_after(&self, day: Day) -> Day {
        if self.is_school_day(day) { day } else { self.school_days_after(day, 1) }
    }

    /// School days from `from` (not counted) to `to` (counted).
    pub fn school_days_between(&self, from: Day, to: Day) -> i64 {
        let days = |a: Day, b: Day| {
            let count = (1..=b.days_since(a)).filter(|n| self.is_school_day(a.plus_days(*n))).count();
            i64::try_from(count).unwrap_or(i64::MAX)
        };
        if to < from { -days(to, from) } else { days(from, to) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    #[test]
    fn reads_what_people_type() {
        for typed in [
            "19/01/2026",
            "19/1/2026",
            " 19-01-2026 ",
            "19.1.2026",
            "19 January 2026",
            "19 jan 2026",
            "2026-01-19",
        ] {
            assert_eq!(Day::parse(typed), Ok(day("2026-01-19")), "{typed}");
        }
        for (typed, error) in [
            ("", DayError::Empty),
            ("  ", DayError::Empty),
            ("soon", DayError::Shape),
            ("19/01", DayError::Shape),
            ("31/02/2026", DayError::Impossible),
            ("29/02/2025", DayError::Impossible),
            ("01/13/2026", DayError::Impossible),
            ("19/01/26", DayError::Year),
            ("19/01/0026", DayError::Year),
            ("١٩/٠١/٢٠٢٦", DayError::Shape),
            ("99999999999/1/2026", DayError::Shape),
        ] {
            assert_eq!(Day::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn says_days_as_a_british_school_does() {
        assert_eq!(day("2026-01-19").long(), "Monday 19 January 2026");
        assert_eq!(day("2026-01-09").typed(), "09/01/2026");
    }

    #[test]
    fn ages() {
        for (born, on, age) in [
            ("2015-01-20", "2026-01-19", Some(10)),
            ("2015-01-20", "2026-01-20", Some(11)),
            ("2016-02-29", "2026-02-28", Some(9)),
            ("2016-02-29", "2026-03-01", Some(10)),
            ("2026-01-20", "2026-01-19", None),
            ("2026-01-20", "2026-01-20", Some(0)),
        ] {
            assert_eq!(Age::on(day(born), day(on)), age.map(Age), "{born} on {on}");
        }
    }

    #[test]
    fn school_days() {
        let calendar = Calendar { closed: vec![(day("2026-02-16"), day("2026-02-20"))] };
        assert_eq!(calendar.school_days_after(day("2026-02-09"), 5), day("2026-02-23"));
        assert_eq!(calendar.school_days_after(day("2026-02-14"), 0), day("2026-02-14"));
        assert_eq!(calendar.school_days_after(day("2026-02-14"), 1), day("2026-02-23"));
        assert_eq!(calendar.on_or_after(day("2026-02-18")), day("2026-02-23"));
        assert_eq!(calendar.school_days_between(day("2026-02-09"), day("2026-02-23")), 5);
        assert_eq!(calendar.school_days_between(day("2026-02-23"), day("2026-02-09")), -5);
        let shut = Calendar { closed: vec![(day("2000-01-01"), day("2199-12-31"))] };
        assert_eq!(shut.school_days_after(day("2026-02-09"), 1), day("2026-02-10"));
    }

    proptest! {
        #[test]
        fn typed_days_read_back(offset in 0i64..100_000) {
            let d = day("1900-01-01").plus_days(offset);
            for typed in [d.typed(), d.plain(), d.iso()] {
                prop_assert_eq!(Day::parse(&typed), Ok(d));
            }
        }

        #[test]
        fn any_text_is_a_day_or_an_error(text in "\\PC{0,30}") {
            let _ = Day::parse(&text);
        }

        #[test]
        fn a_later_day_is_never_a_younger_age(born in 0i64..40_000, a in 0i64..10_000, b in 0i64..10_000) {
            let born = day("1950-01-01").plus_days(born);
            let (a, b) = (born.plus_days(a.min(b)), born.plus_days(a.max(b)));
            prop_assert!(Age::on(born, a) <= Age::on(born, b));
        }

        #[test]
        fn a_due_day_is_a_school_day_and_counts_back(from in 0i64..3000, count in 1u32..30) {
            let calendar = Calendar { closed: vec![(day("2026-02-16"), day("2026-02-20")), (day("2026-07-22"), day("2026-09-01"))] };
            let from = day("2024-01-01").plus_days(from);
            let due = calendar.school_days_after(from, count);
            prop_assert!(calendar.is_school_day(due));
            prop_assert_eq!(calendar.school_days_between(from, due), i64::from(count));
        }
    }
}
