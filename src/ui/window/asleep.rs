//! Whether this PC was asleep: the clock on the wall went on while nothing here did. Looked at with every tick, so that
//! what was open when the lid was shut is locked when it is opened.

use chrono::{DateTime, TimeDelta, Utc};
use std::time::{Duration, Instant};

/// Longer than a busy PC lets a tick wait. A clock that is put forward by more looks like sleep, and locks too.
const GAP: Duration = Duration::from_mins(1);

/// The last tick, by the stopwatch and by the clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    at: Instant,
    clock: DateTime<Utc>,
}

impl Watch {
    pub(super) fn new(at: Instant, clock: DateTime<Utc>) -> Self {
        Self { at, clock }
    }

    /// Takes in a tick, and says whether this PC was asleep before it.
    pub(super) fn slept(&mut self, at: Instant, clock: DateTime<Utc>) -> bool {
        let awake = at.saturating_duration_since(self.at);
        let passed = clock - self.clock;
        (self.at, self.clock) = (at, clock);
        // The stopwatch stands still in sleep on some systems, and goes on on others.
        awake > GAP
            || passed - TimeDelta::from_std(awake).unwrap_or_default()
                > TimeDelta::from_std(GAP).unwrap_or_default()
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a moment to begin from")]
mod tests {
    use super::*;

    #[test]
    fn sleep_is_a_gap_in_the_ticks_or_a_clock_that_ran_ahead_of_them() {
        let (at, clock) = (Instant::now(), DateTime::from_timestamp(1_767_225_600, 0).unwrap());
        for (awake, passed, slept) in [
            (5, 5, false),
            (5, 6, false),
            (40, 40, false),
            (5, 3600, true),
            (3600, 3600, true),
            // Put back, or standing still as in the demonstration.
            (5, -3600, false),
            (5, 0, false),
        ] {
            let mut watch = Watch::new(at, clock);
            let now = (at + Duration::from_secs(awake), clock + TimeDelta::seconds(passed));
            assert_eq!(watch.slept(now.0, now.1), slept, "{awake} {passed}");
            assert!(!watch.slept(now.0 + Duration::from_secs(5), now.1 + TimeDelta::seconds(5)), "once");
        }
    }
}
