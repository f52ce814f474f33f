//! Reads single values of a register: a date, a year group, a yes or no, a number, a name. What is not certain is
//! refused with the reason; nothing is guessed.

use crate::domain::{Day, DayError, LONGEST_NAME, Name, NameError};

/// A cell without what spreadsheets put around it: `="00123"` and `'+44` keep a number from being reckoned.
pub(super) fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    let inner = cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"')).unwrap_or(cell);
    match inner.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| "=+-@".contains(c) || c.is_ascii_digit()) => rest.trim(),
        _ => inner.trim(),
    }
}

/// One part of a name, or why it is none. An empty one is `None`.
pub(super) fn name(cell: &str, what: &str) -> Result<Option<String>, String> {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Ok(None);
    }
    if text.starts_with(['=', '+', '-', '@']) {
        return Err(format!("the {what} begins like a formula"));
    }
    if !text.chars().any(char::is_alphabetic) {
        return Err(format!("the {what} has no letter in it"));
    }
    if text.contains('\u{FFFD}') {
        return Err(format!("a letter of the {what} is damaged"));
    }
    match Name::new(&text) {
        Ok(name) => Ok(Some(name.into())),
        Err(NameError::TooLong) => Err(format!("the {what} is longer than {LONGEST_NAME} letters")),
        Err(NameError::Control | NameError::Empty) => {
            Err(format!("the {what} has a character that cannot be printed"))
        }
    }
}

/// A day: day/month/year first, then ISO, then a spreadsheet's serial number. A two-digit year is not certain.
pub(super) fn day(cell: &str, what: &str) -> Result<Option<Day>, String> {
    let text = without_time(bare(cell));
    if text.is_empty() {
        return Ok(None);
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return from_serial(text).map(Some).ok_or_else(|| format!("the {what} is a number and no day"));
    }
    match Day::parse(text) {
        Ok(day) => Ok(Some(day)),
        Err(DayError::Year) => Err(format!("the {what} has no year in four digits, so it is not certain")),
        Err(DayError::Impossible) => {
            Err(format!("the {what} is no day of the calendar, read as day, month and year"))
        }
        Err(DayError::Shape | DayError::Empty) => Err(format!("the {what} is not written as a date")),
    }
}

/// `03/04/2015 00:00:00` and `2015-04-03T00:00:00` are days too.
fn without_time(text: &str) -> &str {
    let Some((day, time)) = text.split_once(['T', ' ']) else { return text };
    let is_time = time.contains(':')
        && time.chars().all(|c| c.is_ascii_digit() || ":.+-Z ".contains(c) || "APMapm".contains(c));
    if is_time { day } else { text }
}

/// A day as Excel counts them, between 1954 and 2119; other numbers are something else. CTF's own `20150403` is read.
fn from_serial(text: &str) -> Option<Day> {
    if text.len() == 8 {
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<u32>().ok());
        let year = i32::try_from(part(0..4)?).ok()?;
        return Day::new(year, part(4..6)?, part(6..8)?).ok();
    }
    let serial: i64 = text.parse().ok().filter(|n| (20_000..80_000).contains(n))?;
    Some(epoch().plus_days(serial))
}

/// 30 December 1899, from which spreadsheets count; just outside the years that [`Day::new`] takes.
fn epoch() -> Day {
    chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default().into()
}

/// A school year: `5`, `Y5`, `Year 5`; reception is 0, nursery and `not on a year` are none.
pub(super) fn year(cell: &str) -> Result<Option<u8>, String> {
    let plain = super::columns::plain(bare(cell));
    let rest = ["curriculum year", "nc year", "year group", "year", "yr", "y"]
        .iter()
        .find_map(|word| plain.strip_prefix(word))
        .unwrap_or(&plain)
        .trim();
    match rest {
        "r" | "reception" | "rec" => Ok(Some(0)),
        "" | "n" | "n1" | "n2" | "nursery" | "e1" | "e2" | "x" | "m" => Ok(None),
        _ => rest
            .parse::<u8>()
            .ok()
            .filter(|n| *n <= 14 && !cell.contains(['-', '+', '=']))
            .map(Some)
            .ok_or_else(|| "the year group is no school year; the columns may be out of step".into()),
    }
}

/// Yes, no, or not said. `Err` where the word is not known.
pub(super) fn flag(cell: &str) -> Result<Option<bool>, ()> {
    let plain = super::columns::plain(bare(cell));
    match plain.as_str() {
        "" => Ok(None),
        "y" | "yes" | "true" | "t" | "1" => Ok(Some(true)),
        "n" | "no" | "false" | "f" | "0" | "none" | "not applicable" | "n a" => Ok(Some(false)),
        _ => Err(()),
    }
}

/// Whether a code or word for special educational provision means that there is some.
pub(super) fn sen(cell: &str) -> Result<Option<bool>, ()> {
    let plain = super::columns::plain(bare(cell));
    let first = plain.split(' ').next().unwrap_or_default();
    match first {
        "no" | "n" | "none" => Ok(Some(false)),
        "k" | "e" | "s" | "a" | "p" | "ehcp" | "ehc" | "send" | "statement" | "education" | "school"
        | "sen" => Ok(Some(true)),
        _ => flag(cell),
    }
}

/// A number that the school gives; without a digit in it the columns are out of step.
pub(super) fn admission_no(cell: &str) -> Result<Option<String>, String> {
    let text = bare(cell);
    if text.is_empty() {
        return Ok(None);
    }
    if !text.bytes().any(|b| b.is_ascii_digit()) || text.len() > 40 {
        return Err("the admission number has no number in it; the columns may be out of step".into());
    }
    Ok(Some(text.to_owned()))
}

/// A unique pupil number, in capitals. Whether its shape is the usual one is told apart: a school may have others.
pub(super) fn upn(cell: &str) -> Option<(String, bool)> {
    let upn: String = bare(cell).chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    if upn.is_empty() || upn.len() > 40 {
        return None;
    }
    let bytes = upn.as_bytes();
    let usual = bytes.len() == 13
        && bytes[0].is_ascii_uppercase()
        && bytes[1..12].iter().all(u8::is_ascii_digit)
        && (bytes[12].is_ascii_digit() || bytes[12].is_ascii_uppercase());
    Some((upn, usual))
}

/// A whole name in one cell as given name and family name: `Osei, Ama` or `Ama Osei`.
pub(super) fn whole_name(cell: &str) -> (String, String) {
    let cell = cell.trim();
    let (forename, surname) = match cell.split_once(',') {
        Some((surname, forename)) => (forename, surname),
        None => cell.rsplit_once(char::is_whitespace).unwrap_or((cell, "")),
    };
    (forename.trim().to_owned(), surname.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_in_order_of_certainty() {
        for (cell, iso) in [
            ("03/04/2015", "2015-04-03"),
            ("3-4-2015", "2015-04-03"),
            ("03.04.2015", "2015-04-03"),
            ("3 Apr 2015", "2015-04-03"),
            ("03-Apr-2015", "2015-04-03"),
            ("2015-04-03", "2015-04-03"),
            ("2015-04-03T00:00:00", "2015-04-03"),
            ("2015-04-03T00:00:00.000Z", "2015-04-03"),
            ("03/04/2015 00:00", "2015-04-03"),
            ("03/04/2015 12:00:00 AM", "2015-04-03"),
            ("42097", "2015-04-03"),
            ("=\"03/04/2015\"", "2015-04-03"),
            ("20150403", "2015-04-03"),
        ] {
            assert_eq!(day(cell, "day").unwrap().unwrap().iso(), iso, "{cell}");
        }
        assert_eq!(day("  ", "day"), Ok(None));
        for (cell, says) in [
            ("03/04/15", "four digits"),
            ("04/25/2015", "no day of the calendar"),
            ("31/02/2015", "no day of the calendar"),
            ("soon", "not written as a date"),
            ("April 2015", "not written as a date"),
            ("7", "a number"),
            ("999999999999999999999", "a number"),
            ("20151340", "a number"),
        ] {
            let why = day(cell, "date of birth").unwrap_err();
            assert!(
                why.contains(says) && why.contains("date of birth") && !why.contains(cell),
                "{cell}: {why}"
            );
        }
    }

    #[test]
    fn year_groups() {
        for (cell, wanted) in [
            ("5", Some(5)),
            ("05", Some(5)),
            ("Y5", Some(5)),
            ("Year 5", Some(5)),
            ("Yr 5", Some(5)),
            ("Curriculum Year  5", Some(5)),
            ("R", Some(0)),
            ("Reception", Some(0)),
            ("Year R", Some(0)),
            ("N2", None),
            ("", None),
        ] {
            assert_eq!(year(cell), Ok(wanted), "{cell}");
        }
        for cell in ["5B", "Osei", "2015", "-1", "15"] {
            assert!(year(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn yes_no_and_codes() {
        for (cell, wanted) in [
            ("Y", Ok(Some(true))),
            ("True", Ok(Some(true))),
            ("0", Ok(Some(false))),
            ("", Ok(None)),
            ("5B", Err(())),
        ] {
            assert_eq!(flag(cell), wanted, "{cell}");
        }
        for (cell, wanted) in [
            ("N", Ok(Some(false))),
            ("N - No Special Educational Need", Ok(Some(false))),
            ("No SEN", Ok(Some(false))),
            ("K", Ok(Some(true))),
            ("SEN Support", Ok(Some(true))),
            ("E - Education, Health and Care Plan", Ok(Some(true))),
            ("Yes", Ok(Some(true))),
            ("", Ok(None)),
            ("monitor", Err(())),
        ] {
            assert_eq!(sen(cell), wanted, "{cell}");
        }
    }

    #[test]
    fn names_and_numbers() {
        assert_eq!(name("  Zoë  Ann ", "forename"), Ok(Some("Zoë Ann".into())));
        assert_eq!(name(" ", "forename"), Ok(None));
        for (cell, says) in [
            ("=1+1", "formula"),
            ("@SUM(A1)", "formula"),
            ("123", "no letter"),
            ("a\u{7}b", "printed"),
            ("Zo\u{FFFD}", "damaged"),
        ] {
            assert!(name(cell, "forename").unwrap_err().contains(says), "{cell}");
        }
        assert!(name(&"a".repeat(200), "surname").is_err());
        assert_eq!(whole_name("Osei, Ama Grace"), ("Ama Grace".into(), "Osei".into()));
        assert_eq!(whole_name("Ama Grace Osei"), ("Ama Grace".into(), "Osei".into()));
        assert_eq!(whole_name("Ama"), ("Ama".into(), String::new()));
        assert_eq!(upn(" a1234 56789012 "), Some(("A123456789012".into(), true)));
        assert_eq!(upn("A12345678901B"), Some(("A12345678901B".into(), true)));
        assert_eq!(upn("12"), Some(("12".into(), false)));
        assert_eq!(bare("'+44 7700 900123"), "+44 7700 900123");
        assert_eq!(bare("'O"), "'O");
        assert!(admission_no("Osei").is_err());
    }

    proptest! {
        #[test]
        fn any_cell_is_read_or_refused(cell in "\\PC{0,40}") {
            let _ = (day(&cell, "day"), year(&cell), flag(&cell), sen(&cell), upn(&cell), admission_no(&cell), whole_name(&cell));
            if let Ok(Some(name)) = name(&cell, "name") {
                prop_assert!(Name::new(&name).is_ok());
            }
        }
    }
}
