//! Due dates as a calendar file (iCalendar, RFC 5545) for the lead's own calendar. It leaves the case file, so it says
//! nothing of a child: the case's reference, a neutral title and the day.

use super::letters::write_whole;
use super::{Error, Session};
use crate::domain::{ActionCode, ActionItem, ActionState, Case, CaseId};
use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};

/// A calendar file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDates {
    /// Where it is.
    pub path: PathBuf,
    /// How many due dates are in it.
    pub dates: usize,
}

/// Why an action is written anew when its due date leaves the case file.
const EXPORTED: &str = "its due date saved outside the case file, as a calendar";

impl Session {
    /// Writes the due dates of the open actions of one case, or of all of them, into a folder, and journals it.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where nothing is open; a folder that is not there, is full or cannot be written.
    pub fn export_due_dates(&self, case: Option<CaseId>, folder: &Path) -> Result<DueDates, Error> {
        let (cases, mut open) = {
            let store = &self.inner().store;
            let actions = match case {
                Some(id) => store.list_in::<ActionItem>(id)?,
                None => store.list::<ActionItem>()?,
            };
            (store.list::<Case>()?, actions)
        };
        open.retain(|action| action.state == ActionState::Open);
        open.sort_by_key(|action| (action.due, action.id));
        let reference = |id: CaseId| cases.iter().find(|c| c.id == id).map(|c| c.reference.as_str());
        if open.is_empty() {
            let what = "No action is open, so there is no due date to save.".into();
            return Err(Error::Incomplete { what });
        }
        let lines = open.iter().map(|action| (action, reference(action.case).unwrap_or_default()));
        let text = calendar(lines, self.now());
        let name = case.and_then(reference).unwrap_or("all-cases");
        let path = free_name(folder, name)?;
        write_whole(&path, text.as_bytes())?;
        self.write(EXPORTED, |w| open.iter().try_for_each(|action| w.put(action)))?;
        Ok(DueDates { path, dates: open.len() })
    }
}

/// A file of which nothing is there yet: what it is called says nothing of a child.
fn free_name(folder: &Path, reference: &str) -> Result<PathBuf, Error> {
    let first = format!("{reference}-due-dates.ics");
    let more = (2..100).map(|number| format!("{reference}-due-dates-{number}.ics"));
    let mut names = std::iter::once(first).chain(more).map(|name| folder.join(name));
    names.find(|path| !path.exists()).ok_or_else(|| Error::Export {
        path: folder.to_owned(),
        source: std::io::ErrorKind::AlreadyExists.into(),
    })
}

/// What an action is called where anybody may see it.
fn neutral(action: &ActionItem) -> &'static str {
    if action.needs_result() {
        return "Casebook: a check-in is due";
    }
    match action.code {
        ActionCode::Check1 | ActionCode::Check2 | ActionCode::Check3 => "Casebook: a check-in is due",
        ActionCode::Review | ActionCode::Close => "Casebook: a review is due",
        ActionCode::Meet => "Casebook: a meeting is due",
        _ => "Casebook: an action is due",
    }
}

fn calendar<'a>(lines: impl Iterator<Item = (&'a ActionItem, &'a str)>, now: DateTime<Utc>) -> String {
    let mut text = String::new();
    let mut put = |line: &str| fold(line, &mut text);
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Casebook//Due dates//EN", "CALSCALE:GREGORIAN"]
    {
        put(line);
    }
    for (action, reference) in lines {
        put("BEGIN:VEVENT");
        // The same action has the same id in every file, so that a calendar moves it and does not add a second one.
        put(&format!("UID:{}@casebook.invalid", action.id));
        put(&format!("DTSTAMP:{}", now.format("%Y%m%dT%H%M%SZ")));
        put(&format!("DTSTART;VALUE=DATE:{}", action.due.date().format("%Y%m%d")));
        put(&format!("SUMMARY:{}", escaped(&format!("{} ({reference})", neutral(action)))));
        put("CLASS:PRIVATE");
        put("TRANSP:TRANSPARENT");
        put("END:VEVENT");
    }
    put("END:VCALENDAR");
    text
}

/// The characters that mean something else in a value.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// A content line: at most 75 octets before each line break, never in the middle of a letter.
fn fold(line: &str, into: &mut String) {
    const LONGEST: usize = 75;
    let mut used = 0;
    for letter in line.chars() {
        if used + letter.len_utf8() > LONGEST {
            into.push_str("\r\n ");
            used = 1;
        }
        into.push(letter);
        used += letter.len_utf8();
    }
    into.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{NewAction, demo};
    use crate::domain::OwnAction;

    #[test]
    fn lines_are_folded_at_75_octets_and_read_back() {
        for line in [
            "SUMMARY:short".to_owned(),
            "x".repeat(75),
            "x".repeat(76),
            "é".repeat(200),
            format!("{}€", "x".repeat(74)),
        ] {
            let mut text = String::new();
            fold(&line, &mut text);
            assert!(text.ends_with("\r\n") && text.split("\r\n").all(|part| part.len() <= 75), "{text}");
            assert_eq!(text.trim_end_matches("\r\n").replace("\r\n ", ""), line);
        }
        assert_eq!(escaped("a;b,c\\d\r\ne"), "a\\;b\\,c\\\\d  e");
    }

    #[test]
    fn a_calendar_file_names_nobody_and_its_ids_stay() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let row =
            session.cases("").unwrap().into_iter().find(|row| row.open && row.next_due.is_some()).unwrap();
        let name = session.case(row.id).unwrap().people[0].name.full().to_owned();
        let due = session.school().unwrap().calendar.school_days_after(session.today(), 2);
        let what =
            OwnAction { title: format!("Ring the parents of {name}"), owner: name.clone(), check_in: false };
        session.add_action(row.id, &NewAction { what, about: None, due }).unwrap();

        let out = tempfile::tempdir().unwrap();
        let head = session.anchor().unwrap().seq();
        let made = session.export_due_dates(Some(row.id), out.path()).unwrap();
        assert!(session.anchor().unwrap().seq() > head, "it is journalled");
        assert_eq!(
            made.path.file_name().unwrap().to_str().unwrap(),
            format!("{}-due-dates.ics", row.reference)
        );
        let text = std::fs::read_to_string(&made.path).unwrap();
        for person in session.everyone().unwrap() {
            for word in person.name.full().split(' ').chain(person.handles.iter().map(String::as_str)) {
                assert!(word.len() < 3 || !text.contains(word), "{word} in {text}");
            }
        }
        assert!(
            text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n")
        );
        assert_eq!(text.matches("BEGIN:VEVENT\r\n").count(), made.dates);
        assert!(text.contains(&format!("({})", row.reference)));

        let ids = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
        };
        let again = session.export_due_dates(Some(row.id), out.path()).unwrap();
        assert_ne!(again.path, made.path, "the first file is left alone");
        assert_eq!(ids(&std::fs::read_to_string(&again.path).unwrap()), ids(&text));
        let all = session.export_due_dates(None, out.path()).unwrap();
        let all = ids(&std::fs::read_to_string(&all.path).unwrap());
        assert!(all.len() >= made.dates && ids(&text).iter().all(|id| all.contains(id)));
    }
}
