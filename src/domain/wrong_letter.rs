//! A letter that reached somebody whom it was not for: when the school knew, the steps that follow, and by when. What a
//! step means in words is said elsewhere.

use super::vocabulary;
use super::vocabulary::Vocabulary;
use super::{ActionState, Day, TimeOfDay};
use chrono::{Datelike, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

vocabulary! {
    /// A step after personal data reached the wrong person, in the order in which they are taken.
    BreachStep as "breach_step" {
        Contain = "contain", Assess = "assess", Officer = "officer", Commissioner = "commissioner", Tell = "tell",
        Record = "record",
    }
}

/// A letter that reached the wrong person. `Debug` leaves out what happened.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WentWrong {
    /// The day on which the school became aware of it.
    pub known_on: Day,
    /// The time, from which the clock of the law runs.
    pub known_at: TimeOfDay,
    /// What happened, and who has the letter.
    pub what: String,
    /// Who wrote that down.
    pub noted_by: String,
    /// The day on which it was written down.
    pub noted_on: Day,
    /// Every step, in order.
    pub steps: Vec<BreachStepItem>,
}

/// One step and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreachStepItem {
    /// Which.
    pub step: BreachStep,
    /// The day by which.
    pub due: Day,
    /// The time by which, where there is one.
    #[serde(default)]
    pub due_at: Option<TimeOfDay>,
    /// Whether it is done.
    pub state: ActionState,
}

impl WentWrong {
    /// Every step open, each with its day.
    pub fn new(known: (Day, TimeOfDay), what: String, noted_by: String, noted_on: Day) -> Self {
        let (known_on, known_at) = known;
        let steps = BreachStep::ALL.iter().map(|step| {
            let (due, due_at) = match step {
                BreachStep::Contain | BreachStep::Assess | BreachStep::Officer => (known_on, None),
                BreachStep::Commissioner => {
                    let (day, time) = after_72_hours(known_on, known_at);
                    (day, Some(time))
                }
                BreachStep::Tell => (known_on.plus_days(1), None),
                BreachStep::Record => (known_on.plus_days(3), None),
            };
            BreachStepItem { step: *step, due, due_at, state: ActionState::Open }
        });
        Self { known_on, known_at, what, noted_by, noted_on, steps: steps.collect() }
    }

    /// The steps that are still to do.
    pub fn open(&self) -> impl Iterator<Item = &BreachStepItem> {
        self.steps.iter().filter(|item| item.state == ActionState::Open)
    }
}

impl fmt::Debug for WentWrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WentWrong").field("known_on", &self.known_on).finish_non_exhaustive()
    }
}

/// When 72 hours are over, by the clock on the wall. Nights, weekends and holidays count. Where clocks go back in
/// between it is an hour earlier; where they go forward the hour that would be won is not promised.
pub fn after_72_hours(on: Day, at: TimeOfDay) -> (Day, TimeOfDay) {
    let back = (1..=3).any(|days| is_clock_back(on.plus_days(days)));
    let (at, day_before) = if back { at.an_hour_before() } else { (at, false) };
    (on.plus_days(if day_before { 2 } else { 3 }), at)
}

/// The last Sunday of October, on which British clocks go back.
fn is_clock_back(day: Day) -> bool {
    let date = day.date();
    date.month() == 10 && date.weekday() == Weekday::Sun && date.day() > 24
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_two_hours_run_through_the_weekend_and_never_too_long() {
        for (on, at, due, due_at) in [
            ("2026-01-19", "14.30", "2026-01-22", "2.30 pm"),
            ("2026-01-16", "17.05", "2026-01-19", "5.05 pm"),
            // Clocks go back on 25 October 2026.
            ("2026-10-23", "14.30", "2026-10-26", "1.30 pm"),
            ("2026-10-24", "0.30", "2026-10-26", "11.30 pm"),
            ("2026-10-25", "14.30", "2026-10-28", "2.30 pm"),
            ("2026-10-21", "14.30", "2026-10-24", "2.30 pm"),
            // They go forward on 29 March 2026.
            ("2026-03-27", "14.30", "2026-03-30", "2.30 pm"),
        ] {
            let (day, time) = after_72_hours(Day::parse(on).unwrap(), TimeOfDay::parse(at).unwrap());
            assert_eq!((day.iso().as_str(), time.to_string().as_str()), (due, due_at), "{on} {at}");
        }
    }

    #[test]
    fn every_step_has_its_day_and_none_is_left_out() {
        let on = Day::parse("2026-01-19").unwrap();
        let known = (on, TimeOfDay::parse("9").unwrap());
        let wrong = WentWrong::new(known, "It went next door.".into(), "Mrs Farrow".into(), on);
        assert_eq!(wrong.steps.iter().map(|item| item.step).collect::<Vec<_>>(), BreachStep::ALL);
        assert_eq!(wrong.open().count(), BreachStep::ALL.len());
        assert!(wrong.steps.iter().all(|item| item.due >= on));
        assert!(!format!("{wrong:?}").contains("next door"));
    }
}
