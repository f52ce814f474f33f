//! A time of the day by the clock on the wall, as a school types it and says it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Hour and minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// A time from hour and minute, where there is one.
    pub fn new(hour: u16, minute: u16) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self(hour * 60 + minute))
    }

    /// Reads `14.30`, `14:30`, `2.30 pm`, `9 am`, `9`.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed = typed.trim().to_lowercase();
        let (digits, half) = match typed.strip_suffix("pm").map(|rest| (rest, 12)) {
            Some(pm) => (pm.0, Some(pm.1)),
            None => match typed.strip_suffix("am") {
                Some(am) => (am, Some(0)),
                None => (typed.as_str(), None),
            },
        };
        let (hour, minute) = match digits.trim().split_once(['.', ':']) {
            Some((hour, minute)) if minute.len() == 2 => (hour, minute),
            Some(_) => return None,
            None => (digits.trim(), "00"),
        };
        let plain =
            |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        if !plain(hour) || !plain(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        match half {
            Some(half) => (1..=12).contains(&hour).then(|| Self::new(hour % 12 + half, minute))?,
            None => Self::new(hour, minute),
        }
    }

    /// `8:45`, `15:00`: as a chart of 24 hours has it.
    pub fn clock(self) -> String {
        format!("{}:{:02}", self.0 / 60, self.0 % 60)
    }

    /// An hour before; the day before where that is past midnight.
    pub fn an_hour_before(self) -> (Self, bool) {
        match self.0.checked_sub(60) {
            Some(minutes) => (Self(minutes), false),
            None => (Self(self.0 + 23 * 60), true),
        }
    }
}

impl TryFrom<u16> for TimeOfDay {
    type Error = &'static str;
    fn try_from(minutes: u16) -> Result<Self, Self::Error> {
        Self::new(minutes / 60, minutes % 60).ok_or("not a time of the day")
    }
}

impl From<TimeOfDay> for u16 {
    fn from(time: TimeOfDay) -> Self {
        time.0
    }
}

/// `2.30 pm`, `9 am`.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = (self.0 / 60, self.0 % 60);
        let half = if hour < 12 { "am" } else { "pm" };
        let hour = match hour % 12 {
            0 => 12,
            hour => hour,
        };
        if minute == 0 { write!(f, "{hour} {half}") } else { write!(f, "{hour}.{minute:02} {half}") }
    }
}

/// When the school day begins and ends. The end is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolHours {
    /// When it begins.
    pub begins: TimeOfDay,
    /// When it ends.
    pub ends: TimeOfDay,
}

impl SchoolHours {
    /// Whether a time lies in them.
    pub fn contains(self, time: TimeOfDay) -> bool {
        (self.begins..self.ends).contains(&time)
    }

    /// Whether any of an hour of the day lies in them.
    pub fn touch(self, hour: u16) -> bool {
        self.begins.0 < (hour + 1) * 60 && hour * 60 < self.ends.0
    }

    /// Whether they begin and end on the hour.
    pub fn are_whole(self) -> bool {
        self.begins.0.is_multiple_of(60) && self.ends.0.is_multiple_of(60)
    }
}

/// 9:00 to 15:00, until the school says otherwise.
impl Default for SchoolHours {
    fn default() -> Self {
        Self { begins: TimeOfDay(9 * 60), ends: TimeOfDay(15 * 60) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type_and_says_it() {
        for (typed, said) in [
            ("14.30", "2.30 pm"),
            ("14:30", "2.30 pm"),
            (" 2.30 PM ", "2.30 pm"),
            ("9", "9 am"),
            ("9am", "9 am"),
            ("12 pm", "12 pm"),
            ("12 am", "12 am"),
            ("0.05", "12.05 am"),
        ] {
            assert_eq!(TimeOfDay::parse(typed).map(|t| t.to_string()).as_deref(), Some(said), "{typed}");
        }
        for typed in ["", "25", "14.3", "14.60", "13 pm", "0 am", "half two", "-1", "1.2.3", "２"] {
            assert_eq!(TimeOfDay::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn an_hour_is_a_school_hour_where_any_of_it_is() {
        let time = |typed| TimeOfDay::parse(typed).unwrap();
        let hours = SchoolHours { begins: time("8.45"), ends: time("15.15") };
        let touched: Vec<u16> = (0..24).filter(|hour| hours.touch(*hour)).collect();
        assert_eq!(touched, (8..=15).collect::<Vec<_>>());
        let inside = ["8.44", "8.45", "15.14", "15.15"].map(|typed| hours.contains(time(typed)));
        assert_eq!(inside, [false, true, true, false]);
        assert!(!hours.are_whole() && SchoolHours::default().are_whole());
        let touched: Vec<u16> = (0..24).filter(|hour| SchoolHours::default().touch(*hour)).collect();
        assert_eq!(touched, (9..15).collect::<Vec<_>>(), "the end is no part of it");
        assert_eq!((time("8.45").clock(), time("3 pm").clock()), ("8:45".to_owned(), "15:00".to_owned()));
    }

    #[test]
    fn an_hour_before_midnight_is_the_day_before() {
        let time = |typed| TimeOfDay::parse(typed).unwrap();
        assert_eq!(time("0.30").an_hour_before(), (time("23.30"), true));
        assert_eq!(time("1.00").an_hour_before(), (time("0.00"), false));
    }
}
