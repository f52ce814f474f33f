//! Which Casebook this is: its version, the day of the sources that it was built from, and the policy that it brings.

use super::Policy;
use crate::domain::Day;

/// Which Casebook this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// `0.1.0`
    pub version: &'static str,
    /// The day of the sources. Only a package knows it: its script tells it while it is built, so that the same sources
    /// give the same program.
    pub built: Option<Day>,
    /// The policy that comes with it: id, version and title.
    pub policy: String,
}

impl Edition {
    /// This one.
    pub fn this() -> Self {
        let policy = Policy::built_in()
            .map_or_else(|error| error.to_string(), |policy| format!("{}: {}", policy.stamp(), policy.title));
        Self {
            version: env!("CARGO_PKG_VERSION"),
            built: option_env!("CASEBOOK_SOURCE_DATE").and_then(day_of),
            policy,
        }
    }
}

/// The day of a number of seconds since 1970, in UTC.
fn day_of(seconds: &str) -> Option<Day> {
    let seconds = seconds.trim().parse().ok()?;
    Some(chrono::DateTime::from_timestamp(seconds, 0)?.date_naive().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_their_day_and_anything_else_none() {
        for (seconds, day) in [
            ("0", Day::new(1970, 1, 1)),
            ("1764028799", Day::new(2025, 11, 24)),
            ("1764028800\n", Day::new(2025, 11, 25)),
        ] {
            assert_eq!(day_of(seconds), day.ok(), "{seconds:?}");
        }
        for wrong in ["", "yesterday", "99999999999999999"] {
            assert_eq!(day_of(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn the_policy_is_named_with_its_version() {
        let this = Edition::this();
        assert_eq!(this.version, env!("CARGO_PKG_VERSION"));
        assert!(this.policy.starts_with("ravenscote-2025-26 version "), "{}", this.policy);
    }
}
