//! Which column of a CSV fills which field: what schools' systems call their columns, and what a person chose before.
//!
//! No two schools' reports agree, so every guess can be overruled by a remembered [`Mapping`].

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A field of a pupil, or of one of the pupil's contacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Of the pupil.
    Pupil(PupilField),
    /// Of the contact with this number, from 1.
    Contact(u8, ContactField),
}

/// How many contacts one pupil can have in a file.
pub const MOST_CONTACTS: u8 = 12;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal: [$($synonym:literal),*],)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What the field is called, in files and to people.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// What schools' systems call it, in small letters and without punctuation.
            fn synonyms(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$($synonym),*],)* }
            }
        }
    };
}

words! {
    /// What is kept of a pupil, and nothing else.
    PupilField {
        /// The unique pupil number.
        Upn = "UPN": ["upn", "unique pupil number", "unique pupil no"],
        /// The school's own number.
        AdmissionNo = "admission number": ["admission no", "admission number", "adm no", "adno", "admissions number",
            "student id", "pupil id", "mis id", "sims id", "arbor id", "bromcom id", "student no", "student number"],
        /// The family name.
        Surname = "surname": ["surname", "legal surname", "last name", "lastname", "family name", "legal last name",
            "pupil surname", "student surname", "pupil last name", "student last name", "legal family name"],
        /// The given name.
        Forename = "forename": ["forename", "legal forename", "first name", "firstname", "given name",
            "legal first name", "pupil forename", "student forename", "pupil first name", "student first name", "forenames"],
        /// The name that the child uses.
        KnownAs = "preferred name": ["preferred name", "preferred forename", "preferred first name", "known as",
            "chosen name", "preferred given name"],
        /// The family name that the child uses; taken only where there is no legal one.
        PreferredSurname = "preferred surname": ["preferred surname", "preferred last name", "preferred family name"],
        /// The whole name in one cell.
        FullName = "whole name": ["name", "full name", "student name", "pupil name", "student", "pupil", "child name",
            "child", "legal name", "legal full name", "pupil full name", "student full name"],
        /// The date of birth.
        Dob = "date of birth": ["dob", "date of birth", "birth date", "birthdate", "d o b", "birthday", "born"],
        /// The school year.
        Year = "year group": ["year group", "year", "nc year", "curriculum year", "national curriculum year", "yr", "yr grp",
            "year grp", "yeargroup", "ncyear", "ncyearactual", "nc year actual", "actual nc year", "nc year group"],
        /// The class.
        Class = "class": ["class", "reg group", "registration form", "form", "tutor group", "registration group", "reg",
            "reg grp", "class name", "form group", "form class", "tutor", "registration class", "reg form"],
        /// Whether there are special educational needs.
        Sen = "SEN": ["sen", "sen status", "send", "send status", "sen provision", "sen flag", "sen stage", "is sen",
            "special educational needs", "sen code", "sen support"],
        /// Whether a local authority looks after the child.
        LookedAfter = "looked after": ["looked after", "looked after child", "lac", "cla", "in care", "child looked after",
            "looked after status", "in lea care", "currently in care"],
        /// The day of leaving.
        LeftOn = "leaving date": ["leaving date", "date of leaving", "date left", "leave date", "left on", "dol", "leaver date",
            "enrolment end date", "off roll date"],
    }
}

words! {
    /// What is kept of a contact.
    ContactField {
        /// The order in which to turn to them.
        Order = "order": ["priority", "order", "contact order", "contact priority"],
        /// Mr, Mrs, Dr.
        Title = "title": ["title"],
        /// The given name.
        Forename = "forename": ["forename", "first name", "given name", "firstname"],
        /// The family name.
        Surname = "surname": ["surname", "last name", "family name", "lastname"],
        /// The whole name in one cell.
        Name = "name": ["", "name", "full name"],
        /// What they are to the child.
        Relationship = "relationship": ["relationship", "relationship to pupil", "relationship to student",
            "relationship to child", "relation", "relationship type"],
        /// Whether they have parental responsibility.
        Responsibility = "parental responsibility": ["parental responsibility", "responsibility", "pr",
            "has parental responsibility", "parental resp"],
        /// How a letter addresses the home.
        Addressee = "addressee": ["addressee", "address name", "envelope"],
        /// How a letter begins.
        Salutation = "salutation": ["salutation"],
        /// The address, or one line of it.
        Address = "address": ["address", "address block", "home address", "postal address", "full address", "address line",
            "house", "house number", "house name", "street", "road", "locality", "town", "city", "county",
            "postcode", "post code", "home postcode"],
        /// A telephone number.
        Phone = "telephone": ["mobile", "mobile phone", "mobile number", "mobile no", "mobile telephone", "phone", "phone number",
            "telephone", "telephone number", "tel", "home phone", "home telephone", "work phone", "main phone",
            "main telephone", "home number", "day telephone", "phone no", "home tel", "work telephone"],
        /// An email address.
        Email = "email": ["email", "home email", "e mail", "email address", "main email", "primary email", "work email"],
    }
}

impl Field {
    /// Whether several columns may fill it together.
    fn gathers(self) -> bool {
        matches!(self, Self::Contact(_, ContactField::Address | ContactField::Phone))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pupil(field) => f.write_str(field.word()),
            Self::Contact(number, field) => write!(f, "contact {number} {}", field.word()),
        }
    }
}

impl std::str::FromStr for Field {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || format!("no field is called “{text}”");
        if let Some(field) = PupilField::ALL.iter().find(|f| f.word() == text) {
            return Ok(Self::Pupil(*field));
        }
        let (number, word) =
            text.strip_prefix("contact ").and_then(|t| t.split_once(' ')).ok_or_else(unknown)?;
        let number = number.parse().ok().filter(|n| (1..=MOST_CONTACTS).contains(n)).ok_or_else(unknown)?;
        let field = ContactField::ALL.iter().find(|f| f.word() == word).ok_or_else(unknown)?;
        Ok(Self::Contact(number, *field))
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a person chose for each column, by the column's name; `None` leaves a column out. Remembered from one import to
/// the next. Columns that are not in it are guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, Option<Field>>", into = "BTreeMap<String, Option<Field>>")]
pub struct Mapping(BTreeMap<String, Option<Field>>);

impl From<BTreeMap<String, Option<Field>>> for Mapping {
    fn from(choices: BTreeMap<String, Option<Field>>) -> Self {
        Self(choices.into_iter().map(|(header, field)| (plain(&header), field)).collect())
    }
}

impl From<Mapping> for BTreeMap<String, Option<Field>> {
    fn from(mapping: Mapping) -> Self {
        mapping.0
    }
}

impl Mapping {
    /// Remembers a choice for a column.
    pub fn choose(&mut self, header: &str, field: Option<Field>) {
        self.0.insert(plain(header), field);
    }

    /// The choices as words, to be kept.
    pub fn words(&self) -> BTreeMap<String, Option<String>> {
        self.0.iter().map(|(header, field)| (header.clone(), field.map(|field| field.to_string()))).collect()
    }

    /// The choices that were kept. A word that is no longer known is guessed again.
    pub fn from_words(words: &BTreeMap<String, Option<String>>) -> Self {
        let field = |word: &Option<String>| word.as_ref().map(|word| word.parse().ok());
        let known = words.iter().filter_map(|(header, word)| match field(word) {
            Some(None) => None,
            Some(Some(field)) => Some((header.clone(), Some(field))),
            None => Some((header.clone(), None)),
        });
        Self(known.collect())
    }

    fn chosen(&self, header: &str) -> Option<&Option<Field>> {
        self.0.get(&plain(header))
    }
}

/// One column of the file, and what it fills.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// What the file calls it.
    pub header: String,
    /// What it fills, or nothing: then it is not read.
    pub field: Option<Field>,
}

/// What each column fills, or the first field that a person chose twice.
pub(super) fn assign(headers: &[String], mapping: &Mapping) -> Result<Vec<Column>, Field> {
    let mut taken = Vec::new();
    let mut columns: Vec<Column> =
        headers.iter().map(|header| Column { header: header.clone(), field: None }).collect();
    for column in &mut columns {
        let Some(Some(field)) = mapping.chosen(&column.header).copied() else { continue };
        if taken.contains(&field) && !field.gathers() {
            return Err(field);
        }
        taken.push(field);
        column.field = Some(field);
    }
    for column in columns.iter_mut().filter(|column| mapping.chosen(&column.header).is_none()) {
        // The first of two columns that mean the same is read; the other is left out, and said to be.
        column.field = guess(&column.header).filter(|field| field.gathers() || !taken.contains(field));
        taken.extend(column.field);
    }
    let has = |field: &Field| taken.contains(field);
    if !has(&Field::Pupil(PupilField::Forename)) && !has(&Field::Pupil(PupilField::FullName)) {
        let known_as = columns.iter_mut().find(|c| c.field == Some(Field::Pupil(PupilField::KnownAs)));
        if let Some(column) = known_as.filter(|c| mapping.chosen(&c.header).is_none()) {
            column.field = Some(Field::Pupil(PupilField::Forename));
        }
    }
    let preferred = columns.iter_mut().find(|c| c.field == Some(Field::Pupil(PupilField::PreferredSurname)));
    if let Some(column) = preferred {
        let field = if has(&Field::Pupil(PupilField::Surname)) {
            None
        } else {
            Some(Field::Pupil(PupilField::Surname))
        };
        column.field = field;
    }
    leave_nameless_contacts(&mut columns);
    Ok(columns)
}

/// A group of contact columns without any name is not read: it may be the pupil's own number.
fn leave_nameless_contacts(columns: &mut [Column]) {
    use ContactField::{Addressee, Forename, Name, Salutation, Surname};
    let named: Vec<u8> = columns
        .iter()
        .filter_map(|column| match column.field {
            Some(Field::Contact(number, Addressee | Forename | Name | Salutation | Surname)) => Some(number),
            _ => None,
        })
        .collect();
    for column in columns {
        if matches!(column.field, Some(Field::Contact(number, _)) if !named.contains(&number)) {
            column.field = None;
        }
    }
}

/// Whether these columns tell who a pupil is.
pub(super) fn name_a_pupil(columns: &[Column]) -> bool {
    let has = |field| columns.iter().any(|column| column.field == Some(Field::Pupil(field)));
    has(PupilField::FullName) || (has(PupilField::Surname) && has(PupilField::Forename))
}

/// What a column seems to be, by its name.
fn guess(header: &str) -> Option<Field> {
    let words = plain(header);
    if let Some(field) = PupilField::ALL.iter().find(|f| f.synonyms().contains(&words.as_str())) {
        return Some(Field::Pupil(*field));
    }
    let (number, rest) = contact_words(&words)?;
    let rest = rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let field = ContactField::ALL.iter().find(|f| f.synonyms().contains(&rest))?;
    // A column that is called nothing, or by a bare number, belongs to nobody.
    words.contains(char::is_alphabetic).then_some(Field::Contact(number, *field))
}

/// The contact's number and the words that say which of its fields: `contact 2 home phone` is `(2, "home phone")`.
fn contact_words(words: &str) -> Option<(u8, &str)> {
    const GROUPS: [&str; 13] = [
        "priority contact",
        "primary contact",
        "emergency contact",
        "parental contact",
        "parent carer",
        "parent guardian",
        "parents carers",
        "contact",
        "parent",
        "carer",
        "guardian",
        "adult",
        "next of kin",
    ];
    let after = |group: &&str| {
        words
            .strip_prefix(*group)
            .filter(|rest| rest.is_empty() || rest.starts_with([' ', '1', '2', '3', '4']))
    };
    let Some(rest) = GROUPS.iter().find_map(after) else {
        // "relationship 2", "mobile 1": a number at the end may be the contact's, but only where words stand before it.
        return Some((1, words));
    };
    let rest = rest.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number =
        if digits == 0 { trailing_number(rest).unwrap_or(1) } else { rest[..digits].parse().ok()? };
    (1..=MOST_CONTACTS).contains(&number).then(|| (number, rest[digits..].trim_start()))
}

/// The number at the end of `name 2`. An address's lines are numbered too, and belong to one contact.
fn trailing_number(words: &str) -> Option<u8> {
    let (before, number) = words.rsplit_once(' ')?;
    let gathers = before.contains("address") || before.contains("phone") || before.contains("tel");
    number.parse().ok().filter(|_| !gathers)
}

/// A column's name without regard to case and punctuation.
pub(super) fn plain(header: &str) -> String {
    let spaced: String = header.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    spaced.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(headers: &str) -> Vec<String> {
        let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
        let columns = assign(&headers, &Mapping::default()).unwrap();
        columns.iter().map(|c| c.field.map_or_else(|| "-".into(), |f| f.to_string())).collect()
    }

    #[test]
    fn the_papers_headers() {
        for (headers, wanted) in [
            (
                "Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,Year Group,Reg Group,Enrolment Status,SEN Status,Pupil Premium,EAL,Looked After,School,Site",
                "admission number,UPN,surname,forename,preferred name,date of birth,-,year group,class,-,SEN,-,-,looked after,-,-",
            ),
            (
                "Admission Number,Legal Surname,Legal Forename,Year Group,Class,PP,ELK,SEN",
                "admission number,surname,forename,year group,class,-,-,SEN",
            ),
            (
                "Student ID,UPN,Student Name,Year,Registration Form,Possible Sessions",
                "admission number,UPN,whole name,year group,class,-",
            ),
            ("Last Name,First Name,DOB,NC Year,Form", "surname,forename,date of birth,year group,class"),
            (
                "Family Name,Given Name,Birth Date,Curriculum Year,Tutor Group",
                "surname,forename,date of birth,year group,class",
            ),
            ("Surname,Preferred Forename,D.O.B.", "surname,forename,date of birth"),
            ("Surname,Legal Forename,Preferred Forename", "surname,forename,preferred name"),
            ("Preferred Surname,Preferred Forename", "surname,forename"),
        ] {
            assert_eq!(fields(headers).join(","), wanted, "{headers}");
        }
    }

    #[test]
    fn contacts_by_number_and_without() {
        assert_eq!(
            fields(
                "Surname,Forename,Contact 1 Name,Contact 1 Relationship,Contact 1 PR,Contact1 Mobile,Contact 2 Forename,Contact 2 Home Email,Contact 2 Address Line 1,Contact 2 Address Line 2"
            ),
            [
                "surname",
                "forename",
                "contact 1 name",
                "contact 1 relationship",
                "contact 1 parental responsibility",
                "contact 1 telephone",
                "contact 2 forename",
                "contact 2 email",
                "contact 2 address",
                "contact 2 address",
            ]
        );
        assert_eq!(
            fields(
                "Surname,Forename,Parent/Carer Name,Priority,Relationship,Parental Responsibility,Salutation,Addressee,Address Block,Home Email,Mobile"
            ),
            [
                "surname",
                "forename",
                "contact 1 name",
                "contact 1 order",
                "contact 1 relationship",
                "contact 1 parental responsibility",
                "contact 1 salutation",
                "contact 1 addressee",
                "contact 1 address",
                "contact 1 email",
                "contact 1 telephone",
            ]
        );
        assert_eq!(fields("Surname,Forename,Mobile"), ["surname", "forename", "-"], "whose number is it?");
        assert_eq!(
            fields("Surname,Forename,Parent Name 2,,Contact 99 Name"),
            ["surname", "forename", "contact 2 name", "-", "-"]
        );
    }

    #[test]
    fn what_was_chosen_goes_before_what_is_guessed() {
        let mut mapping = Mapping::default();
        mapping.choose("Set", Some(Field::Pupil(PupilField::Class)));
        mapping.choose("SEN Status", None);
        let kept = serde_json::to_string(&mapping).unwrap();
        assert_eq!(kept, r#"{"sen status":null,"set":"class"}"#);
        let mapping: Mapping = serde_json::from_str(&kept).unwrap();
        let headers = ["Surname", "Forename", "Class", "SET", "SEN Status"].map(str::to_owned);
        let fields: Vec<_> = assign(&headers, &mapping).unwrap().into_iter().map(|c| c.field).collect();
        assert_eq!(fields[2..], [None, Some(Field::Pupil(PupilField::Class)), None]);
        let mut words = mapping.words();
        words.insert("old".into(), Some("shoe size".into()));
        assert_eq!(Mapping::from_words(&words), mapping);
        mapping_twice(mapping, &headers);
    }

    fn mapping_twice(mut mapping: Mapping, headers: &[String]) {
        mapping.choose("Class", Some(Field::Pupil(PupilField::Class)));
        assert_eq!(assign(headers, &mapping).unwrap_err(), Field::Pupil(PupilField::Class));
    }

    #[test]
    fn every_field_has_its_own_word() {
        let contacts = (1..=2).flat_map(|n| ContactField::ALL.iter().map(move |f| Field::Contact(n, *f)));
        for field in PupilField::ALL.iter().map(|f| Field::Pupil(*f)).chain(contacts) {
            assert_eq!(field.to_string().parse::<Field>().unwrap(), field);
        }
        for wrong in ["", "contact", "contact 1", "contact 0 name", "contact 13 name", "Surname"] {
            assert!(wrong.parse::<Field>().is_err(), "{wrong}");
        }
    }
}
