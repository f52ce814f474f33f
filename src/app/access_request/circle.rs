//! Who must not be found in a child's copy, and what each is called in it: every other child whom the case file knows, and
//! the adults at their homes. The leak guard of the letters does the finding.
//!
//! It reads in two rounds. First every child of the case file is looked for by name, account and number; whoever is found
//! once, or stands in a case of the child's, is then looked for in every form: initials, a wrong letter, a class.

use crate::app::before_contact::Stops;
use crate::app::compose::is_child;
use crate::app::{Error, Session};
use crate::documents::guard::{Guard, Hit, Kind, Place, Subject, Tie};
use crate::domain::{Case, Household, KeyHolder, Person, PersonId, Who};
use std::collections::{BTreeMap, BTreeSet};

/// An adult at a home, by an id that no record has.
struct AtHome {
    id: PersonId,
    child: PersonId,
    name: String,
    phone: String,
}

/// The people around a child.
pub(super) struct Circle {
    subject: Person,
    people: Vec<Person>,
    /// Children of the child's own cases, in the order of the cases.
    near: Vec<PersonId>,
    /// At the homes of other children.
    at_home: Vec<AtHome>,
    /// At the child's own homes, and other adults who do not work with children: no child, but not the asker either.
    adults: Vec<AtHome>,
    /// Who works for the school: their names may stand.
    staff: Vec<String>,
    own: Guard,
    wide: Guard,
    third: Guard,
}

impl Circle {
    pub(super) fn around(session: &Session, subject: &Person) -> Result<Self, Error> {
        let people = session.everyone()?;
        let mut cases = session.inner().store.list::<Case>()?;
        cases.sort_by(|one, other| one.reference.cmp(&other.reference));
        let of_subject = |case: &&Case| case.names(subject.id);
        let mut near: Vec<PersonId> = Vec::new();
        for id in cases
            .iter()
            .filter(of_subject)
            .flat_map(|case| std::iter::once(case.target).chain(case.alleged.clone()))
        {
            let child = people.iter().any(|person| person.id == id && is_child(person));
            if id != subject.id && child && !near.contains(&id) {
                near.push(id);
            }
        }
        let staff = staff(session, &people)?;
        let own = Guard::new(&[known(subject, Tie::Other)], &[]);
        let mut circle = Self {
            at_home: at_homes(subject, &people),
            adults: adults(subject, &people),
            subject: subject.clone(),
            people,
            near,
            staff,
            own,
            wide: Guard::new(&[], &[]),
            third: Guard::new(&[], &[]),
        };
        let everyone: BTreeSet<PersonId> = circle.others().map(|person| person.id).collect();
        circle.wide = circle.guard(&everyone);
        circle.third = circle.third();
        Ok(circle)
    }

    /// Whether one of the child's several homes is not to be contacted, whoever's record says so: whoever is kept from one
    /// is not told where another is.
    pub(super) fn keeps_homes_apart(&self) -> bool {
        let stops = Stops::of(&self.people);
        self.subject.homes().count() > 1 && self.subject.homes().any(|home| stops.stop_home(home))
    }

    /// Every other child.
    fn others(&self) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(|person| person.id != self.subject.id && is_child(person))
    }

    /// The guard of the letters, for a reader who is this child, with these others looked for in every form.
    fn guard(&self, in_every_form: &BTreeSet<PersonId>) -> Guard {
        let mut subjects = vec![known(&self.subject, Tie::Reader { adult: false })];
        for person in self.others() {
            let tie = if in_every_form.contains(&person.id) { Tie::Other } else { Tie::Roll };
            subjects.push(known(person, tie));
        }
        for person in self.people.iter().filter(|person| is_staff(person)) {
            subjects.push(known(person, Tie::Staff));
        }
        for adult in self.at_home.iter().filter(|adult| in_every_form.contains(&adult.child)) {
            subjects.push(adult.subject());
        }
        let own = self.adults.iter().map(|adult| adult.name.clone());
        let allowed: Vec<String> = self.staff.iter().cloned().chain(own).collect();
        Guard::new(&subjects, &allowed)
    }

    /// Adults who are no child and do not work with children, looked for by their names.
    fn third(&self) -> Guard {
        let mut subjects = vec![known(&self.subject, Tie::Reader { adult: false })];
        subjects.extend(self.adults.iter().map(AtHome::subject));
        Guard::new(&subjects, &[])
    }

    /// Whether a text speaks of the child by name, account or number.
    pub(super) fn mentions(&self, text: &str) -> bool {
        self.own.read(Place::Body, text).iter().any(|hit| hit.person.is_some() && is_name(hit.kind))
    }

    /// Whoever is named in one of the texts.
    pub(super) fn named<'t>(&self, texts: impl Iterator<Item = &'t str>) -> BTreeSet<PersonId> {
        let mut named: BTreeSet<PersonId> = self.near.iter().copied().collect();
        for hit in texts.flat_map(|text| self.wide.read(Place::Body, text)).filter(|hit| is_name(hit.kind)) {
            named.extend(hit.person.map(|id| self.child_of(id)));
        }
        named
    }

    /// A reader for the second round.
    pub(super) fn reader(&self, named: &BTreeSet<PersonId>) -> Reader<'_> {
        let mut labels: BTreeMap<PersonId, usize> = BTreeMap::new();
        let mut order = self.near.clone();
        let mut rest: Vec<&Person> =
            self.others().filter(|p| named.contains(&p.id) && !self.near.contains(&p.id)).collect();
        rest.sort_by(|one, other| one.name.full().cmp(other.name.full()).then(one.id.cmp(&other.id)));
        order.extend(rest.into_iter().map(|person| person.id));
        for (at, id) in order.iter().enumerate() {
            labels.insert(*id, at + 1);
        }
        Reader { circle: self, guard: self.guard(named), labels, order }
    }

    fn child_of(&self, id: PersonId) -> PersonId {
        self.at_home.iter().find(|adult| adult.id == id).map_or(id, |adult| adult.child)
    }

    fn name(&self, id: PersonId) -> &str {
        let person = self.people.iter().find(|person| person.id == id).map(|person| person.name.full());
        let adult = || self.at_home.iter().chain(&self.adults).find(|adult| adult.id == id);
        person.or_else(|| adult().map(|adult| adult.name.as_str())).unwrap_or_default()
    }

    /// The first letters of a person's last name, and of its halves.
    pub(super) fn initials(&self, id: PersonId) -> Vec<char> {
        let name = self.name(id);
        let last = name.split_whitespace().skip(1).last().unwrap_or_default();
        last.split(|c: char| !c.is_alphabetic()).filter_map(|half| half.chars().next()).collect()
    }
}

/// Reads texts, and knows what each child is called in the copy.
pub(super) struct Reader<'a> {
    pub(super) circle: &'a Circle,
    guard: Guard,
    labels: BTreeMap<PersonId, usize>,
    order: Vec<PersonId>,
}

impl Reader<'_> {
    /// Whatever in a text gives another child away.
    pub(super) fn read(&self, text: &str) -> Vec<Hit> {
        let mut hits = self.guard.read(Place::Body, text);
        let wide = self.circle.wide.read(Place::Body, text).into_iter().filter(|hit| is_name(hit.kind));
        hits.extend(wide);
        hits.retain(|hit| hit.person.is_some());
        hits
    }

    /// What in a text names an adult who does not work with children.
    pub(super) fn read_adults(&self, text: &str) -> Vec<Hit> {
        let mut hits = self.circle.third.read(Place::Body, text);
        hits.retain(|hit| hit.person.is_some() && is_name(hit.kind));
        let last = |name: &str| name.split_whitespace().last().unwrap_or_default().to_lowercase();
        let known = |words: &str| {
            let family = last(words);
            self.circle.staff.iter().any(|name| last(name) == family)
                && !self.circle.adults.iter().any(|adult| last(&adult.name) == family)
        };
        let titled = self.guard.titled(Place::Body, text);
        hits.extend(titled.into_iter().filter(|hit| !known(&hit.excerpt)));
        hits
    }

    /// What stands in the place of these people's words.
    pub(super) fn mark(&self, people: &[PersonId], kind: Kind) -> String {
        let mut children: Vec<usize> = Vec::new();
        let (mut named, mut home) = (false, false);
        for id in people {
            let child = self.circle.child_of(*id);
            if child == *id {
                named = true;
            } else {
                home = true;
            }
            let number = self.labels.get(&child).copied().unwrap_or_default();
            if !children.contains(&number) {
                children.push(number);
            }
        }
        children.sort_unstable();
        let who = match children.as_slice() {
            [] | [0] => "another child".to_owned(),
            [one] => format!("P{one}"),
            [first @ .., last] if children.len() < 4 && children[0] > 0 => {
                let first: Vec<String> = first.iter().map(|number| format!("P{number}")).collect();
                format!("{} or P{last}", first.join(", "))
            }
            _ => "one of several children".to_owned(),
        };
        match kind {
            Kind::Handle => format!("[account of {who}]"),
            Kind::Phone => format!("[number of {who}]"),
            Kind::ClassOrYear => format!("[class or year of {who}]"),
            _ if home && named => format!("[{who} or family]"),
            _ if home => format!("[an adult at home with {who}]"),
            _ => format!("[{who}]"),
        }
    }

    /// Each child with a mark of its own: the mark and the name, for the lead only.
    pub(super) fn key(&self) -> Vec<(String, String)> {
        let names = self.order.iter().enumerate();
        names.map(|(at, id)| (format!("P{}", at + 1), self.circle.name(*id).to_owned())).collect()
    }

    pub(super) fn names(&self, people: &[PersonId]) -> String {
        people.iter().map(|id| self.circle.name(*id)).collect::<Vec<_>>().join(" or ")
    }
}

impl AtHome {
    fn subject(&self) -> Subject {
        let mut adult = Subject::new(self.id, &self.name, Tie::Other);
        adult.child = false;
        adult.phones = vec![self.phone.clone()];
        adult
    }
}

/// A name, an account or a number; not what may be chance.
fn is_name(kind: Kind) -> bool {
    match kind {
        Kind::FullName
        | Kind::FirstName
        | Kind::LastName
        | Kind::MiddleName
        | Kind::Nickname
        | Kind::Possessive
        | Kind::Handle
        | Kind::Phone => true,
        Kind::Misspelling | Kind::Initials | Kind::ClassOrYear | Kind::Verdict | Kind::Leftover => false,
    }
}

fn is_staff(person: &Person) -> bool {
    matches!(person.who, Who::Staff | Who::FormerStaff | Who::Head)
}

fn known(person: &Person, tie: Tie) -> Subject {
    let on_roll = person.who == Who::CurrentPupil;
    Subject {
        known_as: person.known_as.clone(),
        year: person.year.filter(|_| on_roll).map(|year| year.to_string()).unwrap_or_default(),
        class: if on_roll { person.class.clone() } else { String::new() },
        handles: person.handles.clone(),
        phones: person.phones.clone(),
        ..Subject::new(person.id, person.name.full(), tie)
    }
}

fn names_at(home: &Household) -> impl Iterator<Item = &str> {
    let names = home.addressees.split(',').next().unwrap_or_default();
    names.split(" and ").filter(|name| name.split_whitespace().count() > 1)
}

/// The adults at home with other children, who are not at home with this one.
fn at_homes(subject: &Person, people: &[Person]) -> Vec<AtHome> {
    let mut found = Vec::new();
    for child in people.iter().filter(|person| person.id != subject.id && is_child(person)) {
        for home in child.households.iter().filter(|home| !subject.lives_at(home)) {
            for name in names_at(home) {
                let id = PersonId::new(u64::MAX - found.len() as u64);
                found.push(AtHome { id, child: child.id, name: name.to_owned(), phone: home.phone.clone() });
            }
        }
    }
    found
}

/// The adults at home with this child, and adults with a record who do not work with children.
fn adults(subject: &Person, people: &[Person]) -> Vec<AtHome> {
    let own =
        subject.households.iter().flat_map(|home| names_at(home).map(|name| (name, home.phone.as_str())));
    let recorded = people.iter().filter(|p| matches!(p.who, Who::ParentAdult | Who::OtherAdult));
    let recorded = recorded.map(|person| (person.name.full(), ""));
    let adult = |(at, (name, phone)): (usize, (&str, &str))| AtHome {
        id: PersonId::new(u64::MAX / 2 - at as u64),
        child: subject.id,
        name: name.to_owned(),
        phone: phone.to_owned(),
    };
    own.chain(recorded).enumerate().map(adult).collect()
}

/// Who works for the school, as far as the case file knows.
fn staff(session: &Session, people: &[Person]) -> Result<Vec<String>, Error> {
    let school = session.school()?;
    let mut staff = vec![school.name, school.signatory.name, school.lead.name, session.actor().to_owned()];
    staff.extend(people.iter().filter(|person| is_staff(person)).map(|person| person.name.full().to_owned()));
    let holders = session.inner().store.list::<KeyHolder>()?;
    staff.extend(holders.into_iter().map(|holder| holder.name));
    staff.retain(|name| !name.trim().is_empty());
    Ok(staff)
}
