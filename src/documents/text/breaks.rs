//! Where a line must not break: inside a telephone number, a time of day, a date's day and month, a postcode. Lays
//! nothing out.

use std::ops::Range;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The spaces of a text at which no line ends.
pub(super) fn kept_spaces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.match_indices(' ')
        .filter(|(at, _)| belongs_together(&text[..*at], &text[at + 1..]))
        .map(|(at, _)| at..at + 1)
}

fn belongs_together(before: &str, after: &str) -> bool {
    if !before.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let next =
        after.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ')')).next().unwrap_or("");
    next.starts_with(|c: char| c.is_ascii_digit())
        || matches!(next, "am" | "pm" | "noon")
        || MONTHS.contains(&next)
}

#[cfg(test)]
mod tests {
    use super::kept_spaces;

    #[test]
    fn numbers_times_and_dates_stay_whole() {
        for (text, kept) in [
            ("call 0808 800 5000.", vec![9, 13]),
            ("between 8.30 am and 4 pm on school days", vec![12, 21]),
            ("on 16 and 17 January 2026.", vec![12]),
            ("at GU11 1AA, by 2 March", vec![7, 17]),
            ("13 or over, in 2026 we", vec![]),
            ("", vec![]),
            (" 5", vec![]),
            ("5 ", vec![]),
        ] {
            let found: Vec<usize> = kept_spaces(text).map(|space| space.start).collect();
            assert_eq!(found, kept, "{text}");
        }
    }
}
