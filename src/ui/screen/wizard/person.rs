//! The form for one person: the targeted one, or one alleged to be responsible. Searching comes before creating: a record
//! that is already in the case file is offered while the name is typed.

mod home;
mod view;

use crate::app::people_like;
use crate::domain::{CaseId, Day, Disclosure, Household, Name, Person, PersonId, Who};
use crate::ui::screen::case::typed::Typed;
use crate::ui::widget::Edit;
use home::Home;
use iced::advanced::widget::Id;
pub(super) use view::Ground;

pub(super) const NAME: Id = Id::new("person-name");
const WHO: Id = Id::new("person-who");
const BORN: Id = Id::new("person-born");
const YEAR: Id = Id::new("person-year");
const LEFT: Id = Id::new("person-left");

/// The highest school year that there is.
const LAST_YEAR: u8 = 13;
/// How many records are offered at once.
const OFFERED: usize = 4;

/// Which part the person has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The one who is targeted.
    Target,
    /// One who is alleged to be responsible.
    Alleged,
}

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct Form {
    part: Part,
    id: PersonId,
    /// The record that it changes, whose other particulars stay as they are.
    record: Option<Person>,
    name: Typed,
    known_as: Typed,
    who: Option<Who>,
    born: Typed,
    year: Typed,
    class: Typed,
    left_on: Typed,
    school: Typed,
    handles: Typed,
    homes: Vec<Home>,
    homes_open: bool,
}

/// A line of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The name, or what an account calls itself.
    Name,
    /// What everyone calls them.
    KnownAs,
    /// The date of birth.
    Born,
    /// The school year.
    Year,
    /// The class.
    Class,
    /// The last day at this school.
    LeftOn,
    /// The school they go to.
    School,
    /// Account names.
    Handles,
    /// The adults of a home.
    Adults(usize),
    /// The telephone of a home.
    Phone(usize),
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed into.
    Edited(Field, Typed),
    /// Who they are was chosen.
    WhoChosen(Who),
    /// The address of a home was edited.
    AddressEdited(usize, Edit),
    /// The homes were opened or closed.
    HomesOpened(bool),
    /// One more home was asked for.
    HomeAdded,
    /// A home was taken out.
    HomeRemoved(usize),
    /// A record of the case file is to be used.
    RecordChosen(PersonId),
    /// An open case is to be opened instead.
    CaseWanted(CaseId),
}

impl Form {
    /// An empty form, for a person who gets this id.
    pub(super) fn new(part: Part, id: PersonId) -> Self {
        Self {
            part,
            id,
            record: None,
            name: Typed::default(),
            known_as: Typed::default(),
            who: None,
            born: Typed::default(),
            year: Typed::default(),
            class: Typed::default(),
            left_on: Typed::default(),
            school: Typed::default(),
            handles: Typed::default(),
            homes: Vec::new(),
            homes_open: false,
        }
    }

    /// The form of a person who is already known.
    pub(super) fn of(part: Part, person: &Person) -> Self {
        let day = |day: Option<Day>| day.map(Day::typed).unwrap_or_default().into();
        Self {
            part,
            id: person.id,
            record: Some(person.clone()),
            name: person.name.full().into(),
            known_as: person.known_as.as_str().into(),
            who: Some(person.who),
            born: day(person.born),
            year: person.year.map(|year| year.to_string()).unwrap_or_default().into(),
            class: person.class.as_str().into(),
            left_on: day(person.left_on),
            school: person.school.as_str().into(),
            handles: person.handles.join(", ").into(),
            homes: person.households.iter().map(Home::of).collect(),
            homes_open: !person.households.is_empty(),
        }
    }

    pub(super) fn id(&self) -> PersonId {
        self.id
    }

    pub(super) fn update(&mut self, message: Message, everyone: &[Person]) {
        match message {
            Message::Edited(field, text) => self.put(field, text),
            Message::WhoChosen(who) => self.who = Some(who),
            Message::AddressEdited(at, edit) => {
                if let Some(home) = self.homes.get_mut(at) {
                    home.address.perform(edit);
                }
            }
            Message::HomesOpened(open) => {
                self.homes_open = open;
                if open && self.homes.is_empty() {
                    self.homes.push(Home::default());
                }
            }
            Message::HomeAdded => self.homes.push(Home::default()),
            Message::HomeRemoved(at) if at < self.homes.len() => drop(self.homes.remove(at)),
            Message::HomeRemoved(_) | Message::CaseWanted(_) => {}
            Message::RecordChosen(id) => {
                if let Some(person) = everyone.iter().find(|person| person.id == id) {
                    *self = Self::of(self.part, person);
                }
            }
        }
    }

    fn put(&mut self, field: Field, text: Typed) {
        let slot = match field {
            Field::Name => &mut self.name,
            Field::KnownAs => &mut self.known_as,
            Field::Born => &mut self.born,
            Field::Year => &mut self.year,
            Field::Class => &mut self.class,
            Field::LeftOn => &mut self.left_on,
            Field::School => &mut self.school,
            Field::Handles => &mut self.handles,
            Field::Adults(at) => match self.homes.get_mut(at) {
                Some(home) => &mut home.adults,
                None => return,
            },
            Field::Phone(at) => match self.homes.get_mut(at) {
                Some(home) => &mut home.phone,
                None => return,
            },
        };
        *slot = text;
    }

    /// Records that the typed name may mean; none once one is used.
    fn offered<'p>(&self, everyone: &'p [Person], disclosure: &Disclosure) -> Vec<&'p Person> {
        if self.record.as_ref().is_some_and(|record| record.name.full() == self.name.trim()) {
            return Vec::new();
        }
        let taken =
            |person: &&Person| person.id == self.id || disclosure.people().any(|other| other.id == person.id);
        let mut found = people_like(everyone, &self.name);
        found.retain(|person| !taken(person));
        found.truncate(OFFERED);
        found
    }

    /// Everything that is wrong, from top to bottom.
    pub(super) fn errors(&self, today: Day, disclosure: &Disclosure) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if let Err(error) = Name::new(&self.name) {
            errors.push((error.to_string(), NAME));
        }
        if self.who.is_none() {
            errors.push(("Choose who they are to the school.".into(), WHO));
        }
        if self.is_child() {
            errors.extend(self.born_error(today, disclosure).map(|words| (words, BORN)));
        }
        if self.has_class()
            && self.year.kept().parse::<u8>().map_or(!self.year.kept().is_empty(), |y| y > LAST_YEAR)
        {
            errors.push(("Enter the year group as a number, for example 5.".into(), YEAR));
        }
        if self.who == Some(Who::ExPupil) {
            errors.extend(self.left_error(today).map(|words| (words, LEFT)));
        }
        errors
    }

    fn born_error(&self, today: Day, disclosure: &Disclosure) -> Option<String> {
        if self.born.kept().is_empty() {
            return None;
        }
        let born = match Day::parse(&self.born) {
            Ok(born) => born,
            Err(error) => return Some(error.to_string()),
        };
        if born > today {
            return Some("This date of birth is in the future. Check the year.".into());
        }
        let theirs = disclosure.occasions.iter().filter(|o| o.by == self.id || o.to == self.id);
        let before = theirs.map(|o| o.on).find(|on| *on < born)?;
        Some(format!("This date of birth is after an occasion, {}. Check both.", before.plain()))
    }

    fn left_error(&self, today: Day) -> Option<String> {
        if self.left_on.kept().is_empty() {
            return None;
        }
        match Day::parse(&self.left_on) {
            Err(error) => Some(error.to_string()),
            Ok(left) if left > today => {
                Some("This day has not come yet. Until then they are a pupil of this school.".into())
            }
            Ok(left) if Day::parse(&self.born).is_ok_and(|born| left < born) => {
                Some("This day is before the date of birth. Check both.".into())
            }
            Ok(_) => None,
        }
    }

    /// The person as far as the form goes; nothing without a name and who they are. A line that is wrong is left out.
    pub(super) fn person(&self) -> Option<Person> {
        let name = Name::new(&self.name).ok()?;
        let who = self.who?;
        let record = self.record.clone().unwrap_or_else(|| Person::new(self.id, name.clone(), who));
        let mut person = Person { name, who, known_as: self.known_as.kept(), ..record };
        person.born = if self.is_child() { Day::parse(&self.born).ok() } else { None };
        person.year = self.year.kept().parse().ok().filter(|_| self.has_class());
        person.class = if self.has_class() { self.class.kept() } else { String::new() };
        person.left_on = Day::parse(&self.left_on).ok().filter(|_| who == Who::ExPupil);
        person.school = if self.is_elsewhere() { self.school.kept() } else { String::new() };
        person.handles = listed(&self.handles);
        let homes = self.homes.iter().map(Home::household).filter(|home| *home != Household::default());
        person.households = homes.collect();
        Some(person)
    }

    fn is_child(&self) -> bool {
        matches!(self.who, Some(Who::CurrentPupil | Who::ExPupil | Who::OtherSchool))
    }

    fn is_elsewhere(&self) -> bool {
        matches!(self.who, Some(Who::ExPupil | Who::OtherSchool))
    }

    fn has_class(&self) -> bool {
        self.who == Some(Who::CurrentPupil)
    }

    /// A letter home needs a home; a member of staff and an unknown account get none.
    fn has_home(&self) -> bool {
        self.is_child() || matches!(self.who, Some(Who::ParentAdult | Who::OtherAdult))
    }
}

fn listed(typed: &str) -> Vec<String> {
    typed.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}
