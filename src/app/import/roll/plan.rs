//! Compares a register with the roll, without changing either.

use crate::app::Error;
use crate::app::matching::folded;
use crate::domain::{Day, Family, Household, Name, Person, PersonId, Who};
use crate::intake::Remark;
use crate::intake::register::{Contact, Pupil, Register, Source};
use std::collections::{HashMap, HashSet};

/// What an import would do.
#[derive(Debug, Clone, Default)]
pub struct RollPlan {
    /// Pupils who are not in the case file yet.
    pub new: Vec<Person>,
    /// Pupils whose particulars would change.
    pub changed: Vec<Changed>,
    /// How many are in the file as they are on the roll.
    pub unchanged: usize,
    /// Pupils on the roll who are not in the file. They stay, unless a person says that the file is the whole roll.
    pub leavers: Vec<Person>,
    /// Lines that were kept out, by the file's own fault or because it is not certain who is meant.
    pub kept_out: Vec<Remark>,
    /// How many of these may be a pupil: a title above the columns is none.
    pub pupils_kept_out: usize,
    /// Lines that are taken and should be looked at.
    pub doubts: Vec<Remark>,
    /// Fields of the file that are not taken.
    pub dropped: Vec<String>,
}

/// A pupil as they would be, and what would be other than it is.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The particulars after the import.
    pub person: Person,
    /// Which of them change, in plain words.
    pub what: Vec<&'static str>,
}

impl RollPlan {
    /// Whether those who are not in the file may be taken to have left: not while a line was kept out.
    pub fn may_leave(&self) -> bool {
        self.pupils_kept_out == 0
    }

    /// Whether an import would change anything but leavers.
    pub fn changes_anything(&self) -> bool {
        !self.new.is_empty() || !self.changed.is_empty()
    }
}

/// Why somebody's homes are not taken from the file.
const HOMES_STAY: &str = "a home of this pupil is not to be contacted, so the homes stay as they were entered; look at the file and change them by hand";

/// The plan for these people and this register.
pub(super) fn of(
    everyone: &[Person],
    register: &Register,
    replace_homes: bool,
    today: Day,
    new_id: &mut dyn FnMut() -> Result<PersonId, Error>,
) -> Result<RollPlan, Error> {
    let header = match &register.source {
        Source::Csv { header_line, .. } => *header_line,
        Source::Ctf { .. } => 0,
    };
    let rejected = register.rejected.iter();
    let mut plan = RollPlan {
        kept_out: register.rejected.clone(),
        pupils_kept_out: rejected.filter(|remark| remark.line > header).count(),
        doubts: register.doubts.clone(),
        dropped: register.dropped.clone(),
        ..RollPlan::default()
    };
    let roll = Roll::of(everyone, &register.people);
    let mut matched = HashSet::new();
    for pupil in &register.people {
        match roll.find(pupil) {
            Match::Nobody => {
                if let Ok(name) = Name::new(&pupil.name) {
                    let nobody = Person::new(new_id()?, name, Who::CurrentPupil);
                    plan.new.push(taken(&nobody, pupil, true, today));
                }
            }
            Match::Person(person) if matched.insert(person.id) => {
                let after = taken(person, pupil, replace_homes, today);
                if replace_homes && person.not_contacted().next().is_some() {
                    plan.doubts.push(Remark { line: pupil.line, why: HOMES_STAY.into() });
                }
                let what = differences(person, &after);
                if what.is_empty() {
                    plan.unchanged += 1;
                } else {
                    plan.changed.push(Changed { person: after, what });
                }
            }
            Match::Person(_) => plan.unsure(pupil, "it is taken for the same pupil as another line"),
            Match::Unsure(why) => plan.unsure(pupil, why),
        }
    }
    let still = |person: &&Person| person.who == Who::CurrentPupil && !matched.contains(&person.id);
    plan.leavers = everyone.iter().filter(still).cloned().collect();
    plan.leavers.sort_by_cached_key(|person| person.name.full().to_lowercase());
    plan.kept_out.sort_by_key(|remark| remark.line);
    plan.doubts.sort_by_key(|remark| remark.line);
    Ok(plan)
}

impl RollPlan {
    fn unsure(&mut self, pupil: &Pupil, why: &str) {
        self.pupils_kept_out += 1;
        self.kept_out.push(Remark { line: pupil.line, why: why.to_owned() });
    }
}

/// The people of the case file by what they are found by.
struct Roll<'p> {
    by_upn: HashMap<&'p str, &'p Person>,
    by_name: HashMap<String, Vec<&'p Person>>,
    /// Names that the file has more than once.
    twice_in_file: HashSet<String>,
}

enum Match<'p> {
    Nobody,
    Person(&'p Person),
    Unsure(&'static str),
}

impl<'p> Roll<'p> {
    fn of(everyone: &'p [Person], pupils: &[Pupil]) -> Self {
        let child =
            |person: &&Person| matches!(person.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool);
        let mut by_name: HashMap<String, Vec<&Person>> = HashMap::new();
        for person in everyone.iter().filter(child) {
            by_name.entry(folded(person.name.full())).or_default().push(person);
        }
        let mut seen = HashSet::new();
        let names = pupils.iter().map(|pupil| folded(&pupil.name));
        Self {
            by_upn: everyone
                .iter()
                .filter(|person| !person.upn.is_empty())
                .map(|person| (person.upn.as_str(), person))
                .collect(),
            by_name,
            twice_in_file: names.filter(|name| !seen.insert(name.clone())).collect(),
        }
    }

    fn find(&self, pupil: &Pupil) -> Match<'p> {
        let name = folded(&pupil.name);
        if let Some(person) = pupil.upn.as_deref().and_then(|upn| self.by_upn.get(upn)) {
            let another_day = person.born.zip(pupil.dob).is_some_and(|(a, b)| a != b);
            return if another_day && folded(person.name.full()) != name {
                Match::Unsure("the UPN is that of somebody with another name and date of birth")
            } else {
                Match::Person(person)
            };
        }
        let all = self.by_name.get(&name).map(Vec::as_slice).unwrap_or_default();
        let other_upn = |person: &Person| {
            pupil.upn.as_ref().is_some_and(|upn| !person.upn.is_empty() && *upn != person.upn)
        };
        let all: Vec<&'p Person> = all.iter().copied().filter(|person| !other_upn(person)).collect();
        let born: Vec<&'p Person> =
            all.iter().copied().filter(|person| pupil.dob.is_some() && person.born == pupil.dob).collect();
        match born[..] {
            [person] => return Match::Person(person),
            [_, _, ..] => {
                return Match::Unsure("two people in the case file have this name and date of birth");
            }
            [] => {}
        }
        let undated = |person: &&&Person| person.born.is_none() || pupil.dob.is_none();
        let undated: Vec<&&Person> = all.iter().filter(undated).collect();
        match undated[..] {
            [] => Match::Nobody,
            // A file and a roll without dates of birth can still be compared where a name stands once in both.
            [person]
                if person.born.is_none() && pupil.dob.is_none() && !self.twice_in_file.contains(&name) =>
            {
                Match::Person(person)
            }
            _ => Match::Unsure(
                "somebody of this name is in the case file, and without both dates of birth it is not certain that it is \
                 the same child",
            ),
        }
    }
}

/// The person with what the file says of them. What the file leaves open stays as it is.
fn taken(person: &Person, pupil: &Pupil, replace_homes: bool, today: Day) -> Person {
    let mut after = person.clone();
    if let Ok(name) = Name::new(&pupil.name) {
        after.name = name;
    }
    let fill = |into: &mut String, from: &Option<String>| {
        if let Some(from) = from {
            into.clone_from(from);
        }
    };
    fill(&mut after.upn, &pupil.upn);
    fill(&mut after.known_as, &pupil.known_as);
    fill(&mut after.class, &pupil.class);
    after.born = pupil.dob.or(after.born);
    after.year = pupil.year.filter(|year| *year > 0).or(after.year);
    // A lead may know of needs that no register has.
    after.send |= pupil.sen == Some(true);
    if let Some(left) = pupil.left_on.filter(|left| *left <= today) {
        (after.who, after.left_on) = (Who::ExPupil, Some(left));
    } else {
        if after.who != Who::CurrentPupil {
            after.school.clear();
        }
        (after.who, after.left_on) = (Who::CurrentPupil, None);
    }
    if pupil.looked_after == Some(true) && !after.note.to_lowercase().contains("looked after") {
        let line = "Looked after by a local authority, as the register says: ask the social worker who is to be told.";
        after.note = if after.note.is_empty() { line.into() } else { format!("{}\n{line}", after.note) };
    }
    // A register knows nothing of a court order: where there is one, a person changes the homes.
    let by_hand = person.not_contacted().next().is_some();
    if after.households.is_empty() || (replace_homes && !by_hand) {
        let homes = homes(&pupil.contacts);
        if !homes.is_empty() {
            after.households = with_what_was_said(homes, &after.households);
        }
    }
    after
}

/// The homes that a letter may go to: those of adults with parental responsibility. Where the file says it of nobody,
/// of those of whom it does not say the contrary.
fn homes(contacts: &[Contact]) -> Vec<Household> {
    let anyone = contacts.iter().any(|contact| contact.responsibility == Some(true));
    let writes_to = |contact: &&Contact| match contact.responsibility {
        Some(has) => has,
        None => !anyone,
    };
    let mut homes: Vec<Household> = Vec::new();
    for contact in contacts.iter().filter(writes_to) {
        let name = contact.addressee.as_deref().unwrap_or(&contact.name);
        let phone = contact.phones.first().map_or("", String::as_str);
        // Without an address nobody is known to live with anybody.
        let same =
            homes.iter_mut().find(|home| !contact.address.is_empty() && home.address == contact.address);
        match same {
            Some(home) => {
                if home.addressees != name {
                    home.addressees = format!("{} and {name}", home.addressees);
                }
                if home.phone.is_empty() {
                    phone.clone_into(&mut home.phone);
                }
            }
            None => homes.push(Household {
                addressees: name.to_owned(),
                address: contact.address.clone(),
                phone: phone.to_owned(),
                family: Family::default(),
            }),
        }
    }
    if anyone {
        // Nobody else was taken.
        for home in &mut homes {
            home.family.responsibility.clone_from(&home.addressees);
        }
    }
    homes
}

/// The homes of the file with what somebody entered of them by hand: a register knows of no interpreter.
fn with_what_was_said(mut homes: Vec<Household>, before: &[Household]) -> Vec<Household> {
    for home in &mut homes {
        let name = |other: &&Household| other.addressees == home.addressees;
        let street = |other: &&Household| !home.address.is_empty() && other.address == home.address;
        let known = before.iter().find(name).or_else(|| before.iter().find(street));
        if let Some(known) = known.filter(|known| !known.family.is_empty()) {
            let told = std::mem::replace(&mut home.family, known.family.clone());
            if home.family.responsibility.is_empty() {
                home.family.responsibility = told.responsibility;
            }
        }
    }
    homes
}

/// What is other than it was, in plain words.
fn differences(before: &Person, after: &Person) -> Vec<&'static str> {
    [
        (before.name != after.name, "name"),
        (before.known_as != after.known_as, "known as"),
        (before.upn != after.upn, "UPN"),
        (before.born != after.born, "date of birth"),
        (before.who != after.who && after.who == Who::CurrentPupil, "on the roll"),
        (before.who != after.who && after.who == Who::ExPupil, "left"),
        (before.who == after.who && before.left_on != after.left_on, "last day"),
        (before.year != after.year, "year"),
        (before.class != after.class, "class"),
        (before.send != after.send, "special needs"),
        (before.note != after.note, "looked after"),
        (before.households != after.households, "homes"),
    ]
    .into_iter()
    .filter_map(|(differs, what)| differs.then_some(what))
    .collect()
}
