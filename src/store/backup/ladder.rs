//! Which backups are kept: close together for today, a day apart for a month, a term apart for ever.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use std::collections::BTreeSet;

/// Whatever happens, so many of the newest stay.
const ALWAYS: usize = 3;

/// For backups with the newest first, as moment and last entry: which of them stay.
///
/// One that holds more entries than the newest stays too: it is a sign that something was lost since.
pub(super) fn keep(backups: &[(DateTime<Utc>, u64)]) -> Vec<bool> {
    let Some(&(newest, newest_seq)) = backups.first() else { return Vec::new() };
    let (mut hours, mut days, mut terms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let each = backups.iter().enumerate().map(|(place, &(at, seq))| {
        let age = newest - at;
        let hourly = age < TimeDelta::hours(24) && hours.insert((at.date_naive(), at.hour()));
        let daily = age < TimeDelta::days(31) && days.insert(at.date_naive());
        let termly = terms.insert(term(at));
        place < ALWAYS || hourly || daily || termly || seq > newest_seq
    });
    each.collect()
}

/// September to December, January to March, April to August.
fn term(at: DateTime<Utc>) -> (i32, u8) {
    let term = match at.month() {
        1..=3 => 0,
        4..=8 => 1,
        _ => 2,
    };
    (at.year(), term)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}:00Z").parse().unwrap()
    }

    fn kept(moments: &[(&str, u64)]) -> Vec<String> {
        let backups: Vec<_> = moments.iter().map(|(moment, seq)| (at(moment), *seq)).collect();
        let kept = keep(&backups).into_iter().zip(moments).filter(|(kept, _)| *kept);
        kept.map(|(_, (moment, _))| (*moment).to_owned()).collect()
    }

    #[test]
    fn an_hour_a_day_a_term() {
        let moments = [
            ("2026-11-24T15:50", 90),
            ("2026-11-24T15:40", 89),
            ("2026-11-24T15:30", 88),
            ("2026-11-24T15:20", 87),
            ("2026-11-24T14:59", 86),
            ("2026-11-24T14:01", 85),
            ("2026-11-23T16:00", 80),
            ("2026-11-23T12:00", 79),
            ("2026-11-22T10:00", 70),
            ("2026-09-30T10:00", 60),
            ("2026-07-20T10:00", 50),
            ("2026-07-19T10:00", 49),
            ("2026-03-20T10:00", 40),
            ("2025-03-20T10:00", 10),
        ];
        assert_eq!(
            kept(&moments),
            [
                "2026-11-24T15:50",
                "2026-11-24T15:40",
                "2026-11-24T15:30",
                "2026-11-24T14:59",
                "2026-11-23T16:00",
                "2026-11-22T10:00",
                "2026-07-20T10:00",
                "2026-03-20T10:00",
                "2025-03-20T10:00",
            ]
        );
    }

    #[test]
    fn few_are_all_kept_and_so_is_one_that_holds_more() {
        assert_eq!(keep(&[]), [true; 0]);
        let same_hour = ["2026-11-24T15:50", "2026-11-24T15:40", "2026-11-24T15:30", "2026-11-24T15:20"];
        let backups: Vec<_> = same_hour.iter().map(|moment| (*moment, 5)).collect();
        assert_eq!(kept(&backups).len(), 3);
        let mut more = backups;
        more[3].1 = 6;
        assert_eq!(kept(&more).len(), 4);
    }

    #[test]
    fn twenty_years_of_hourly_work_stay_few() {
        let newest = at("2026-11-24T15:50");
        let backups: Vec<_> = (0..20 * 365 * 24).map(|hour| (newest - TimeDelta::hours(hour), 1)).collect();
        let kept = keep(&backups).into_iter().filter(|kept| *kept).count();
        assert!((24 + 30 + 60..24 + 30 + 66).contains(&kept), "{kept}");
    }
}
