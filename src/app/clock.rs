//! The one place that asks the PC for the time and for randomness. Everything below takes both as arguments.

use crate::domain::{Day, NoRandomness, Random};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::Arc;

/// The time, as an argument.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> DateTime<Utc>;
    /// Today, where the school is.
    fn today(&self) -> Day;
}

/// The PC's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the clock enters here")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    #[allow(clippy::disallowed_methods, reason = "the clock enters here")]
    fn today(&self) -> Day {
        chrono::Local::now().date_naive().into()
    }
}

/// A clock that stands still, for the demonstration and for tests.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Day);

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        self.0.date().and_hms_opt(9, 0, 0).unwrap_or_default().and_utc()
    }

    fn today(&self) -> Day {
        self.0
    }
}

/// The operating system's random generator.
#[derive(Debug, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// What a session draws on from outside.
#[derive(Clone)]
pub struct World {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub random: Arc<dyn Random>,
    /// The folder where this PC keeps what it last saw of each case file, if it does.
    pub last_seen: Option<PathBuf>,
}

impl World {
    /// The PC's own clock and randomness.
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), last_seen: None }
    }

    /// With what this PC last saw of each case file: for a person's work, not for tests.
    #[must_use]
    pub fn remembering(self) -> Self {
        Self { last_seen: super::preferences::last_seen_folder(), ..self }
    }

    /// The PC's randomness on a fixed day.
    pub fn on(day: Day) -> Self {
        Self { clock: Arc::new(FixedClock(day)), random: Arc::new(SystemRandom), last_seen: None }
    }
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("World")
    }
}
