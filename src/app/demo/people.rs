//! The invented school and its pupils.

use crate::app::Error;
use crate::domain::{self, Calendar, Day, Household, Name, Person, PersonId, Signatory, Who};

/// The pupils by first name.
#[derive(Default)]
pub(super) struct School(Vec<Person>);

impl School {
    /// A pupil by first name.
    pub(super) fn pupil(&self, first: &str) -> Result<Person, Error> {
        self.0.iter().find(|p| p.name.first() == first).cloned().ok_or(Error::NotFound)
    }

    pub(super) fn everyone(&self) -> Vec<Person> {
        self.0.clone()
    }
}

pub(super) fn school() -> domain::School {
    let closed = [
        ("2026-10-26", "2026-10-30"),
        ("2026-12-21", "2027-01-01"),
        ("2027-02-15", "2027-02-19"),
        ("2027-03-29", "2027-04-09"),
        ("2027-05-03", "2027-05-03"),
        ("2027-05-31", "2027-06-04"),
        ("2027-07-22", "2027-09-01"),
    ];
    let closed =
        closed.iter().filter_map(|(a, b)| Some((Day::parse(a).ok()?, Day::parse(b).ok()?))).collect();
    domain::School {
        name: "Larkfield Junior School".into(),
        address: vec!["Orchard Lane".into(), "Larkfield".into(), "LK4 7QP".into()],
        phone: "01632 960100".into(),
        email: "office@larkfield.example".into(),
        signatory: Signatory {
            name: "Mrs Helen Farrow".into(),
            role: "Headteacher".into(),
            phone: String::new(),
        },
        lead: Signatory::default(),
        policy_at: "www.larkfield.example/policies".into(),
        calendar: Calendar { closed },
        ..domain::School::default()
    }
}

/// Name, who, date of birth, year, class, adults at home, street.
type Row = (&'static str, Who, &'static str, u8, &'static str, &'static str, &'static str);

const PUPILS: [Row; 24] = [
    ("Anya Petrova", Who::CurrentPupil, "2016-03-04", 6, "6H", "Ms Elena Petrova", "3 Mill Street"),
    ("Callum Reid", Who::ExPupil, "2015-12-10", 6, "", "Mrs Shona Reid", "8 Castle Road"),
    (
        "Kofi Osei",
        Who::CurrentPupil,
        "2016-06-14",
        6,
        "6F",
        "Mrs Abena Osei and Mr Kwame Osei",
        "12 Station Road",
    ),
    ("Daniel Whitmore", Who::CurrentPupil, "2016-01-20", 6, "6H", "Mr Paul Whitmore", "41 Beech Avenue"),
    (
        "Oliwia Łukasiewicz",
        Who::CurrentPupil,
        "2015-11-02",
        6,
        "6H",
        "Mrs Katarzyna Łukasiewicz",
        "5 Chapel Close",
    ),
    ("Sita Gurung", Who::CurrentPupil, "2017-02-15", 5, "5F", "Mrs Maya Gurung", "27 Orchard Lane"),
    (
        "Lottie Ferris",
        Who::CurrentPupil,
        "2017-05-30",
        5,
        "5F",
        "Mr James Ferris and Ms Ruth Okafor",
        "2 The Green",
    ),
    ("Marek Novák", Who::CurrentPupil, "2016-10-11", 5, "5F", "Mrs Jana Nováková", "16 Mill Street"),
    ("Iwan Ŵyn-Parry", Who::CurrentPupil, "2016-04-21", 6, "6M", "Mrs Siân Ŵyn-Parry", "9 Castle Road"),
    ("Tyler Brandt", Who::CurrentPupil, "2015-10-08", 6, "6M", "Mrs Kelly Brandt", "30 Beech Avenue"),
    ("Amara Nwosu", Who::CurrentPupil, "2016-12-03", 5, "5F", "Dr Ifeoma Nwosu", "7 Station Road"),
    ("Zoë O’Brien", Who::CurrentPupil, "2017-01-09", 5, "5F", "Ms Niamh O’Brien", "18 The Green"),
    ("José Nuñez", Who::CurrentPupil, "2016-09-28", 5, "5F", "Mr Andrés Nuñez", "33 Orchard Lane"),
    ("Nguyễn Thị Mai", Who::CurrentPupil, "2017-03-17", 5, "5F", "Mrs Nguyễn Thị Bích", "4 Chapel Close"),
    ("Harper Dunn", Who::CurrentPupil, "2016-11-23", 5, "5F", "Miss Gemma Dunn", "22 Mill Street"),
    (
        "Ibrahim Malik",
        Who::CurrentPupil,
        "2017-06-05",
        5,
        "5F",
        "Mr Tariq Malik and Mrs Sadia Malik",
        "11 Castle Road",
    ),
    ("Ștefan Țîrcă", Who::CurrentPupil, "2017-04-01", 5, "5F", "Mrs Ioana Țîrcă", "15 Beech Avenue"),
    ("Grace Pemberton", Who::CurrentPupil, "2016-10-30", 5, "5F", "Mr and Mrs Pemberton", "6 Station Road"),
    ("Ọláwálé Adeyemi", Who::CurrentPupil, "2017-07-19", 5, "5F", "Mrs Fúnmi Adeyemi", "29 The Green"),
    ("Olena Shevchenko", Who::CurrentPupil, "2017-02-02", 5, "5F", "Mrs Олена Шевченко", "10 Orchard Lane"),
    ("Freddie Archer", Who::CurrentPupil, "2017-08-12", 5, "5F", "Mr Neil Archer", "1 Chapel Close"),
    ("Priya Raman", Who::CurrentPupil, "2016-12-21", 5, "5F", "Mrs Lakshmi Raman", "38 Mill Street"),
    ("Erin Gallagher", Who::CurrentPupil, "2017-05-08", 5, "5F", "Mrs Aoife Gallagher", "14 Castle Road"),
    ("Leo Castellano", Who::CurrentPupil, "2016-09-15", 5, "5F", "Mr Marco Castellano", "20 Beech Avenue"),
];

pub(super) fn pupils(id: &mut impl FnMut() -> Result<PersonId, Error>) -> Result<School, Error> {
    let mut people = Vec::new();
    for (name, who, born, year, class, adults, street) in PUPILS {
        let Ok(name) = Name::new(name) else { continue };
        let mut person = Person::new(id()?, name, who);
        person.born = Day::parse(born).ok();
        person.year = Some(year);
        person.class = class.into();
        person.households = vec![Household {
            addressees: adults.into(),
            address: vec![street.into(), "Larkfield".into(), "LK4 7QR".into()],
            phone: String::new(),
            ..Household::default()
        }];
        if who == Who::ExPupil {
            person.left_on = Day::parse("2026-07-21").ok();
            person.school = "Thornbury Hill School".into();
            person.year = None;
        }
        people.push(person);
    }
    // One child has two homes; each gets a letter of its own.
    if let Some(daniel) = people.iter_mut().find(|p| p.name.first() == "Daniel") {
        let mother = Household {
            addressees: "Mrs Claire Dobson".into(),
            address: vec!["Flat 2".into(), "19 Station Road".into(), "Larkfield".into(), "LK4 7QT".into()],
            phone: String::new(),
            ..Household::default()
        };
        daniel.households.push(mother);
    }
    Ok(School(people))
}
