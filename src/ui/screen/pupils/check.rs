//! Reads a typed pupil: a person, or everything that is wrong with the form and where.

use super::form::{Field, Form};
use crate::domain::{Day, DayError, Name, NameError, Person, PersonId, Who};
use iced::advanced::widget::Id;

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At a line.
    Line(Field),
    /// At the adults of the home with this key.
    Home(u64),
}

impl Place {
    pub(super) fn id(self) -> Id {
        match self {
            Self::Line(Field::Name) => Id::new("pupil-name"),
            Self::Line(Field::KnownAs) => Id::new("pupil-known-as"),
            Self::Line(Field::Born) => Id::new("pupil-born"),
            Self::Line(Field::LeftOn) => Id::new("pupil-left-on"),
            Self::Line(Field::School) => Id::new("pupil-school"),
            Self::Line(Field::Year) => Id::new("pupil-year"),
            Self::Line(Field::Class) => Id::new("pupil-class"),
            Self::Line(Field::Why) => Id::new("pupil-why"),
            Self::Home(key) => Id::from(format!("pupil-home-{key}")),
        }
    }
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) at: Place,
    pub(super) words: &'static str,
}

fn wrong(field: Field, words: &'static str) -> Wrong {
    Wrong { at: Place::Line(field), words }
}

/// A reason that is missing.
pub(super) fn why_missing() -> Wrong {
    wrong(Field::Why, "Say why it is changed. The record keeps both texts.")
}

/// The person that is typed, over what is kept of them, so that what the form does not show stays.
pub(super) fn person(form: &Form, id: PersonId, today: Day) -> Result<Person, Vec<Wrong>> {
    let mut all = Vec::new();
    let mut note = |found: Wrong| all.push(found);
    let name = Name::new(&form.name).map_err(|error| note(wrong(Field::Name, of_name(error)))).ok();
    let known_as = match form.known_as.trim() {
        "" => String::new(),
        typed => Name::new(typed).map_or_else(
            |error| {
                note(wrong(Field::KnownAs, of_name(error)));
                String::new()
            },
            String::from,
        ),
    };
    let born = past(&form.born, today).unwrap_or_else(|words| {
        note(wrong(Field::Born, words));
        None
    });
    let gone = form.who == Who::ExPupil;
    let left_on = if gone { past(&form.left_on, today) } else { Ok(None) };
    let left_on = left_on.unwrap_or_else(|words| {
        note(wrong(Field::LeftOn, words));
        None
    });
    if born.zip(left_on).is_some_and(|(born, left)| left <= born) {
        note(wrong(Field::LeftOn, "This date is before the date of birth. Check both."));
    }
    let year = year(&form.year).unwrap_or_else(|words| {
        note(wrong(Field::Year, words));
        None
    });
    for home in form.homes.iter().filter(|home| !home.is_empty() && home.adults.trim().is_empty()) {
        let words = "Enter the adults of this home, as an envelope names them.";
        note(Wrong { at: Place::Home(home.key), words });
    }
    let Some(name) = name.filter(|_| all.is_empty()) else { return Err(all) };
    let kept = form.kept.clone().unwrap_or_else(|| Person::new(id, name.clone(), form.who));
    Ok(Person {
        name,
        known_as,
        who: form.who,
        born,
        left_on,
        year,
        class: form.class.trim().to_owned(),
        school: if gone { form.school.trim().to_owned() } else { String::new() },
        households: form
            .homes
            .iter()
            .filter(|home| !home.is_empty())
            .map(super::form::Home::household)
            .collect(),
        send: form.send,
        note: form.note.text().trim().to_owned(),
        ..kept
    })
}

fn of_name(error: NameError) -> &'static str {
    match error {
        NameError::Empty => "Enter the child’s full name.",
        NameError::TooLong => "This name is too long. Use at most 120 letters.",
        NameError::Control => {
            "This name has a character that cannot be printed, perhaps from a paste. Type it again."
        }
    }
}

/// A date that is left empty or lies in the past.
fn past(typed: &str, today: Day) -> Result<Option<Day>, &'static str> {
    match Day::parse(typed) {
        Ok(day) if day > today => Err("This date is in the future."),
        Ok(day) => Ok(Some(day)),
        Err(DayError::Empty) => Ok(None),
        Err(DayError::Shape) => Err("Enter the date as day, month and year, for example 24/03/2016."),
        Err(DayError::Impossible) => Err("There is no such day. Check the day and the month."),
        Err(DayError::Year) => Err("Enter the year in four digits, between 1900 and 2199."),
    }
}

fn year(typed: &str) -> Result<Option<u8>, &'static str> {
    match typed.trim() {
        "" => Ok(None),
        typed => match typed.parse() {
            Ok(year @ 3..=6) => Ok(Some(year)),
            _ => Err("Enter the school year as a number from 3 to 6, or leave it empty."),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::{HomeField, Message};
    use super::*;

    fn today() -> Day {
        Day::parse("2026-01-19").unwrap()
    }

    fn checked(lines: &[(Field, &str)], who: Who) -> Result<Person, Vec<Place>> {
        let mut form = Form::empty();
        form.update(Message::WhoChosen(who));
        for (field, text) in lines {
            form.update(Message::Edited(*field, (*text).into()));
        }
        person(&form, PersonId::new(1), today())
            .map_err(|all| all.into_iter().map(|wrong| wrong.at).collect())
    }

    #[test]
    fn each_line_is_checked() {
        use Field::{Born, KnownAs, LeftOn, Name, Year};
        let long = "a".repeat(121);
        let (now, ex) = (Who::CurrentPupil, Who::ExPupil);
        for (lines, who, at) in [
            (vec![], now, vec![Name]),
            (vec![(Name, long.as_str())], now, vec![Name]),
            (vec![(Name, "Ann"), (KnownAs, &long)], now, vec![KnownAs]),
            (vec![(Name, "Ann"), (Born, "20/01/2026")], now, vec![Born]),
            (vec![(Name, "Ann"), (Born, "31/02/2016")], now, vec![Born]),
            (vec![(Name, "Ann"), (Year, "7")], now, vec![Year]),
            (vec![(Name, "Ann"), (Year, "five")], now, vec![Year]),
            (vec![(Name, "Ann"), (LeftOn, "20/01/2026")], ex, vec![LeftOn]),
            (vec![(Name, "Ann"), (Born, "1/1/2016"), (LeftOn, "1/1/2015")], ex, vec![LeftOn]),
            (vec![(Born, "soon"), (Year, "2")], now, vec![Name, Born, Year]),
        ] {
            let want: Vec<Place> = at.into_iter().map(Place::Line).collect();
            assert_eq!(checked(&lines, who).unwrap_err(), want, "{lines:?}");
        }
        let ann = checked(&[(Name, " Ann  Lee "), (Born, "19/01/2026"), (LeftOn, "soon")], now).unwrap();
        assert_eq!((ann.name.full(), ann.born, ann.left_on), ("Ann Lee", Some(today()), None));
        let ann = checked(&[(Name, "Ann"), (LeftOn, "1/9/2025"), (Field::School, "Other")], ex).unwrap();
        assert_eq!((ann.left_on, ann.school.as_str()), (Some(Day::parse("2025-09-01").unwrap()), "Other"));
    }

    #[test]
    fn a_home_needs_its_adults_and_an_empty_one_is_left_out() {
        let mut form = Form::empty();
        form.update(Message::Edited(Field::Name, "Ann".into()));
        form.update(Message::HomeAdded);
        form.update(Message::HomeEdited(1, HomeField::Phone, "01276 000".into()));
        let all = person(&form, PersonId::new(1), today()).unwrap_err();
        assert_eq!(all.iter().map(|wrong| wrong.at).collect::<Vec<_>>(), [Place::Home(1)]);
        form.update(Message::HomeEdited(1, HomeField::Adults, "Mrs A Osei".into()));
        let ann = person(&form, PersonId::new(1), today()).unwrap();
        assert_eq!(ann.households.len(), 1);
        assert_eq!(ann.households[0].phone, "01276 000");
    }

    #[test]
    fn what_the_form_does_not_show_is_kept() {
        let mut kept = Person::new(PersonId::new(7), Name::new("Ann").unwrap(), Who::CurrentPupil);
        kept.handles = vec!["ann_10".into()];
        kept.phones = vec!["07700 900000".into()];
        assert_eq!(person(&Form::of(&kept), PersonId::new(1), today()), Ok(kept));
    }
}
