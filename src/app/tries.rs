//! Slows down guessing at a passphrase here: after three that were wrong each one waits, twice as long as the one before,
//! and what was tried is remembered by this PC, so that closing Casebook does not begin it anew. Says nothing of what was
//! wrong.
//!
//! A bound on whoever sits at this PC. Against somebody with a copy of the files stands what a guess costs.

use super::{Error, Kind, Notice, World};
use crate::store::Store;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use std::path::{Path, PathBuf};

/// So many may be wrong before the first wait.
const FREE: u32 = 3;
const FIRST_WAIT: i64 = 5;
const LONGEST_WAIT: i64 = 300;

/// The wrong passphrases since the last right one, at one case file.
pub(super) struct Tries {
    /// Nowhere in tests and where the keys cannot be read.
    file: Option<PathBuf>,
    wrong: u32,
    last: DateTime<Utc>,
}

impl Tries {
    /// What this PC remembers.
    pub(super) fn at(folder: &Path, world: &World) -> Self {
        let id = || Store::id_at(folder).ok();
        let file = world.last_seen.as_ref().and_then(|kept| Some(kept.join(format!("{}.tries", id()?))));
        let kept = file.as_ref().and_then(|file| std::fs::read_to_string(file).ok());
        let (wrong, last) = kept.as_deref().and_then(read).unwrap_or_default();
        Self { file, wrong, last }
    }

    /// # Errors
    /// [`Error::TooSoon`] while the next one has to wait.
    pub(super) fn may_try(&mut self, now: DateTime<Utc>) -> Result<(), Error> {
        let wait = wait_after(self.wrong);
        if wait == 0 {
            return Ok(());
        }
        if self.last > now {
            // The clock has gone back. Nobody waits for it to come round again.
            self.last = now;
            self.keep();
        }
        match wait - (now - self.last).num_seconds() {
            left if left > 0 => Err(Error::TooSoon { seconds: left.unsigned_abs() }),
            _ => Ok(()),
        }
    }

    pub(super) fn was_wrong(mut self, now: DateTime<Utc>) {
        self.wrong = self.wrong.saturating_add(1);
        self.last = now;
        self.keep();
    }

    pub(super) fn was_right(self) {
        if let Some(file) = self.file.filter(|_| self.wrong > 0) {
            // Left lying, it makes the next mistake wait longer.
            let _ = std::fs::remove_file(file);
        }
    }

    /// Failing to is no reason to keep anybody from their records.
    fn keep(&self) {
        let Some(file) = &self.file else { return };
        if let Some(folder) = file.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let text = format!("{} {}\n", self.wrong, self.last.to_rfc3339_opts(SecondsFormat::Secs, true));
        let _ = super::letters::write_over(file, text.as_bytes());
    }
}

fn read(text: &str) -> Option<(u32, DateTime<Utc>)> {
    let (wrong, last) = text.trim().split_once(' ')?;
    Some((wrong.parse().ok()?, DateTime::parse_from_rfc3339(last).ok()?.to_utc()))
}

/// In seconds.
fn wait_after(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE) {
        None => 0,
        Some(more) => (FIRST_WAIT << more.min(10)).min(LONGEST_WAIT),
    }
}

/// What somebody reads who has to wait.
pub(super) fn notice(seconds: u64) -> Notice {
    Notice {
        kind: Kind::YourInput,
        what: "Several passphrases did not open the case file, so the next one has to wait.".into(),
        what_to_do: format!(
            "Wait {}, then try again. If it is lost, use the 24 words of your recovery sheet.",
            in_words(seconds)
        ),
        detail: String::new(),
    }
}

/// As a person says it.
fn in_words(seconds: u64) -> String {
    let wait = TimeDelta::seconds(i64::try_from(seconds).unwrap_or(LONGEST_WAIT));
    match wait.num_seconds() {
        1 => "one second".into(),
        seconds @ ..90 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", (seconds + 59) / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Clock, Cost, NewCaseFile, Secret, Session};
    use crate::domain::{Day, School};
    use std::sync::{Arc, Mutex};

    #[test]
    fn the_wait_grows_to_five_minutes() {
        let waits: Vec<i64> = (0..12).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(wait_after(u32::MAX), 300);
        for (seconds, words) in
            [(1, "one second"), (80, "80 seconds"), (160, "3 minutes"), (300, "5 minutes")]
        {
            assert_eq!(in_words(seconds), words);
        }
    }

    #[test]
    fn what_is_no_note_of_tries_counts_as_none() {
        for text in ["", "3", "x 2026-01-01T00:00:00Z", "3 yesterday", "-1 2026-01-01T00:00:00Z"] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    struct Set(Mutex<DateTime<Utc>>);

    impl Clock for Set {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap()
        }

        fn today(&self) -> Day {
            self.now().date_naive().into()
        }
    }

    #[test]
    fn guesses_wait_longer_and_longer_also_after_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let start = DateTime::from_timestamp(1_767_225_600, 0).unwrap();
        let clock = Arc::new(Set(Mutex::new(start)));
        let forward = |seconds| *clock.0.lock().unwrap() += TimeDelta::seconds(seconds);
        let world = World {
            clock: clock.clone(),
            last_seen: Some(dir.path().join("kept")),
            ..World::on(Day::new(2026, 1, 1).unwrap())
        };
        let new = NewCaseFile {
            folder: dir.path().join("a.casebook"),
            school: School::default(),
            owner: "Mrs Farrow".into(),
            passphrase: Secret::new("plum ladder ocean".into()),
            cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
        };
        drop(Session::create(&new, world.clone()).unwrap());
        // Each is a start of its own: nothing outlasts it but what this PC keeps.
        let guess = |text: &str| Session::open(&new.folder, &Secret::new(text.into()), world.clone());
        let wrong = |guessed: Result<Session, Error>| {
            matches!(guessed, Err(Error::Store(crate::store::Error::WrongPassphrase)))
        };
        let waits = |guessed: Result<Session, Error>| match guessed {
            Err(Error::TooSoon { seconds }) => seconds,
            other => panic!("{other:?}"),
        };
        for _ in 0..FREE {
            assert!(wrong(guess("plum")));
        }
        assert_eq!(waits(guess("plum")), 5);
        forward(2);
        // The right one waits as well: the answer tells nothing.
        assert_eq!(waits(guess("plum ladder ocean")), 3);
        forward(3);
        assert!(wrong(guess("plum")));
        assert_eq!(waits(guess("plum")), 10);
        // A clock that was ahead locks nobody out for longer than the wait.
        forward(-86_400);
        assert_eq!(waits(guess("plum")), 10);
        forward(10);
        assert!(guess("plum ladder ocean").is_ok());
        for _ in 0..FREE {
            assert!(wrong(guess("plum")));
        }
        assert_eq!(waits(guess("plum")), 5);
    }
}
