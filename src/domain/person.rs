//! People: the targeted child, the children alleged to be responsible, pupils on the roll, and their homes.
//!
//! `Debug` leaves out everything that would name a child, so that nothing of it reaches a log or a panic message.

use super::{Age, Day, Family, PersonId, Who};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest name kept, in characters. Longer input is refused at the field.
pub const LONGEST_NAME: usize = 120;

/// A person's full name as the family writes it, trimmed, in any script.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// Why a typed name cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was typed.
    #[error("Enter a name.")]
    Empty,
    /// Longer than [`LONGEST_NAME`] characters.
    #[error("This name is too long. Use at most 120 letters.")]
    TooLong,
    /// A control character, for example a line break that came with a paste.
    #[error("This name has a character that cannot be printed, perhaps from a paste. Type it again.")]
    Control,
}

impl Name {
    /// Trims and checks a typed name.
    pub fn new(typed: &str) -> Result<Self, NameError> {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(NameError::Empty),
            n if n > LONGEST_NAME => Err(NameError::TooLong),
            _ if name.chars().any(char::is_control) => Err(NameError::Control),
            _ => Ok(Self(name)),
        }
    }

    /// The whole name.
    pub fn full(&self) -> &str {
        &self.0
    }

    /// The first word of the name.
    pub fn first(&self) -> &str {
        self.0.split(' ').next().unwrap_or(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = NameError;
    fn try_from(text: String) -> Result<Self, NameError> {
        Self::new(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

/// One home that a child lives in. A letter goes to each home apart.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Household {
    /// The adults, as an envelope names them: `Mrs A Osei and Mr K Osei`.
    pub addressees: String,
    /// The address, a line each.
    pub address: Vec<String>,
    /// A number for the adults, or nothing.
    #[serde(default)]
    pub phone: String,
    /// What to know before anybody writes or rings there.
    #[serde(default, skip_serializing_if = "Family::is_empty")]
    pub family: Family,
}

impl fmt::Debug for Household {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Household(…)")
    }
}

/// A person known to the school's records.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Theirs for good.
    pub id: PersonId,
    /// The full name, or for an unknown sender what the account calls itself.
    pub name: Name,
    /// The unique pupil number, where a register gave one.
    #[serde(default)]
    pub upn: String,
    /// What everyone calls them, where it differs.
    #[serde(default)]
    pub known_as: String,
    /// Who they are to the school today.
    pub who: Who,
    /// The date of birth, where known.
    #[serde(default)]
    pub born: Option<Day>,
    /// The last day on this school's roll, for a former pupil.
    #[serde(default)]
    pub left_on: Option<Day>,
    /// The school year, 3 to 6 in a junior school.
    #[serde(default)]
    pub year: Option<u8>,
    /// The class.
    #[serde(default)]
    pub class: String,
    /// The school they attend, where it is not this one.
    #[serde(default)]
    pub school: String,
    /// Account names.
    #[serde(default)]
    pub handles: Vec<String>,
    /// The child's own phone numbers.
    #[serde(default)]
    pub phones: Vec<String>,
    /// Their homes.
    #[serde(default)]
    pub households: Vec<Household>,
    /// Who at the local authority gets the letters of a looked-after child, in place of the homes: the social worker, the
    /// virtual school. Empty for everyone else.
    #[serde(default)]
    pub authority: Vec<Household>,
    /// Special educational needs or a disability that matter to what is done.
    #[serde(default)]
    pub send: bool,
    /// What the lead should know before writing or ringing: interpreter, court order, do not contact.
    #[serde(default)]
    pub note: String,
}

impl Person {
    /// A person of whom only the name and the tie to the school are known.
    pub fn new(id: PersonId, name: Name, who: Who) -> Self {
        Self {
            id,
            name,
            upn: String::new(),
            known_as: String::new(),
            who,
            born: None,
            left_on: None,
            year: None,
            class: String::new(),
            school: String::new(),
            handles: Vec::new(),
            phones: Vec::new(),
            households: Vec::new(),
            authority: Vec::new(),
            send: false,
            note: String::new(),
        }
    }

    /// What to call the child in a letter home.
    pub fn called(&self) -> &str {
        if self.known_as.is_empty() { self.name.first() } else { &self.known_as }
    }

    /// The age on a day, where the date of birth is known.
    pub fn age_on(&self, day: Day) -> Option<Age> {
        self.born.and_then(|born| Age::on(born, day))
    }

    /// Who they were to the school on a day: a former pupil was a current pupil until the day they left.
    pub fn who_on(&self, day: Day) -> Who {
        match (self.who, self.left_on) {
            (Who::ExPupil, Some(left)) if day <= left => Who::CurrentPupil,
            (who, _) => who,
        }
    }
}

impl fmt::Debug for Person {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).field("who", &self.who).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_checked() {
        for good in ["Zoë O'Brien-Łukasiewicz", "سीता", "Nguyễn Thị Ánh Tuyết", "محمد بن علي", "Ŵyn"]
        {
            assert_eq!(Name::new(good).unwrap().full(), good);
        }
        assert_eq!(Name::new("  Ann \n Lee ").unwrap().full(), "Ann Lee");
        assert_eq!(Name::new(" \t").unwrap_err(), NameError::Empty);
        assert_eq!(Name::new(&"a".repeat(121)).unwrap_err(), NameError::TooLong);
        assert_eq!(Name::new("a\u{7}b").unwrap_err(), NameError::Control);
    }

    #[test]
    fn debug_says_nothing_of_a_child() {
        let person = Person::new(PersonId::new(7), Name::new("Planted Name").unwrap(), Who::CurrentPupil);
        assert!(!format!("{person:?} {:?}", person.name).contains("Planted"));
    }

    #[test]
    fn a_leaver_was_a_pupil_until_the_last_day() {
        let mut person = Person::new(PersonId::new(7), Name::new("A").unwrap(), Who::ExPupil);
        let left = Day::parse("2025-10-10").unwrap();
        assert_eq!(person.who_on(left), Who::ExPupil);
        person.left_on = Some(left);
        assert_eq!(person.who_on(left), Who::CurrentPupil);
        assert_eq!(person.who_on(left.plus_days(1)), Who::ExPupil);
    }
}
