//! The people of a case: who each is, how old on which day, where they live, and a form for the few particulars that
//! change after the disclosure. Who is in the case is decided in the wizard.

mod identify;

use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::{Error, Fact, Notice};
use crate::domain::{Day, Family, Household, Occasion, Person, PersonId, Vocabulary, Who};
use crate::ui::screen::family;
use crate::ui::spacing::{COLUMN, FIELD_SHORT, L, M};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Alignment, Element, Length};
use identify::Identifying;

const KNOWN_AS: Id = Id::new("person-known-as");
const BORN: Id = Id::new("person-born");
const WHY: Id = Id::new("person-why");

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct People {
    editing: Option<Editing>,
    identifying: Option<Box<Identifying>>,
}

/// The particulars of one person while they are edited.
#[derive(Debug)]
struct Editing {
    id: PersonId,
    known_as: Typed,
    born: Typed,
    class: Typed,
    homes: Vec<Home>,
    why: Typed,
    /// The reason is missing.
    needs_why: bool,
    wrong: bool,
}

#[derive(Debug, Default)]
struct Home {
    /// The council has the child in care: letters go here, and to no home.
    council: bool,
    addressees: Typed,
    phone: Typed,
    address: Editor,
    family: Family,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// What everyone calls them.
    KnownAs,
    /// The date of birth.
    Born,
    /// The class.
    Class,
    /// Why it is changed.
    Why,
    /// The adults of a home, by its place.
    Addressees(usize),
    /// The telephone number of a home.
    Phone(usize),
}

/// What happened among the people.
#[derive(Debug, Clone)]
pub enum Message {
    /// Somebody's particulars are to be changed.
    Change(PersonId),
    /// Something was typed into a field.
    Edited(Field, Typed),
    /// The address of a home was edited.
    AddressEdited(usize, Edit),
    /// What to know of a home was changed.
    FamilyChanged(usize, family::Message),
    /// Whether a home is the council that has the child in care.
    CouncilTurned(usize, bool),
    /// One more home.
    HomeAdded,
    /// A home is taken out.
    HomeRemoved(usize),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
    /// An unknown account is to be identified.
    Identify(PersonId),
    /// While it is identified.
    Identifying(identify::Message),
}

impl People {
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        if let Message::Change(id) = message {
            self.editing = ground.view.person(id).map(Editing::of);
            return After::Focus(KNOWN_AS);
        }
        match message {
            Message::Identify(account) => return self.identify(account, ground),
            Message::Identifying(message) => return self.identifying(message, ground),
            _ => {}
        }
        let Some(editing) = &mut self.editing else { return After::Stay };
        match message {
            Message::Change(_) | Message::Identify(_) | Message::Identifying(_) => {}
            Message::Edited(field, text) => editing.put(field, text),
            Message::AddressEdited(at, edit) => {
                if let Some(home) = editing.homes.get_mut(at) {
                    home.address.perform(edit);
                }
            }
            Message::FamilyChanged(at, message) => {
                if let Some(home) = editing.homes.get_mut(at) {
                    family::update(&mut home.family, message);
                }
            }
            Message::CouncilTurned(at, council) => {
                if let Some(home) = editing.homes.get_mut(at) {
                    home.council = council;
                }
            }
            Message::HomeAdded => editing.homes.push(Home::default()),
            Message::HomeRemoved(at) => {
                if at < editing.homes.len() {
                    editing.homes.remove(at);
                }
            }
            Message::Saved => return self.save(ground),
            Message::Left => self.editing = None,
        }
        After::Stay
    }

    fn identify(&mut self, account: PersonId, ground: Ground<'_>) -> After {
        match Identifying::new(account, ground) {
            Ok(identifying) => {
                self.identifying = Some(Box::new(identifying));
                After::Focus(identify::WHO)
            }
            Err(notice) => After::Failed(notice),
        }
    }

    fn identifying(&mut self, message: identify::Message, ground: Ground<'_>) -> After {
        let Some(identifying) = &mut self.identifying else { return After::Stay };
        let (after, left) = identifying.update(message, ground);
        if left {
            self.identifying = None;
        }
        after
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        let Some(editing) = &mut self.editing else { return After::Stay };
        editing.wrong = true;
        let Some(person) = ground.view.person(editing.id) else { return After::Stay };
        let why = editing.why.kept();
        let Some(person) = editing.filled(person) else { return After::wrong() };
        match ground.session.amend_person(&person, &why) {
            Ok(()) => {
                self.editing = None;
                After::Changed(Some(Notice::done("The particulars are saved.", "")))
            }
            Err(Error::ReasonMissing { .. }) => {
                editing.needs_why = true;
                After::wrong()
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        if let Some(editing) = &self.editing {
            return editing.view(ground);
        }
        if let Some(identifying) = &self.identifying {
            return identifying.view(ground);
        }
        let cards = ground.view.people.iter().enumerate().map(|(at, person)| card(person, at == 0, ground));
        column![].extend(cards).spacing(L).max_width(COLUMN + 120.0).into()
    }
}

fn card<'a>(person: &'a Person, is_target: bool, ground: Ground<'a>) -> Element<'a, super::Message> {
    let role = words::role(person, is_target);
    let tone = if is_target { Tone::Info } else { Tone::Neutral };
    let title = row![widget::heading(2, person.name.full()), widget::tag(role, tone)]
        .spacing(M)
        .align_y(Alignment::Center)
        .wrap();
    let change = button::secondary("Change")
        .name(format!("Change particulars of {}", person.name.full()))
        .on_press(super::Message::People(Message::Change(person.id)));
    let identify = (person.who == Who::Unknown && !is_target).then(|| {
        button::secondary("Say whose account this is")
            .name(format!("Say whose account this is: {}", person.name.full()))
            .on_press(super::Message::People(Message::Identify(person.id)))
            .into()
    });
    let buttons = button::row_of(identify.into_iter().chain([change.into()]));
    let facts = facts(person, is_target, ground).into_iter().filter(|(_, value)| !value.is_empty());
    let facts = widget::summary(facts.map(|(label, value)| widget::fact(label, value)));
    widget::card(column![title, facts, buttons].spacing(M))
}

fn facts(person: &Person, is_target: bool, ground: Ground<'_>) -> Vec<(String, String)> {
    let today = ground.session.today();
    let fact = if is_target { Fact::Target } else { Fact::Actor };
    let mut who = ground.session.policy().value(fact, person.who.id()).to_owned();
    if let Some(left) = person.left_on {
        who = format!("{who}, on roll until {}", left.plain());
    }
    let mut facts = vec![
        ("Known as".to_owned(), person.known_as.clone()),
        ("Who they are".to_owned(), who),
        ("School".to_owned(), person.school.clone()),
        ("Class".to_owned(), person.class.clone()),
        ("Age".to_owned(), ages(person, &ground.view.occasions, today)),
        ("Accounts".to_owned(), person.handles.join(", ")),
        ("Telephone".to_owned(), person.phones.join(", ")),
        ("To know before writing or ringing".to_owned(), person.note.clone()),
    ];
    for (at, home) in person.households.iter().enumerate() {
        let label = if person.households.len() == 1 { "Home".to_owned() } else { format!("Home {}", at + 1) };
        facts.push((label, home_words(home)));
    }
    if person.households.is_empty() && person.authority.is_empty() {
        facts.push(("Home".into(), "None entered. A letter home needs one.".into()));
    }
    for council in &person.authority {
        facts.push(("In the council’s care: letters go to".into(), home_words(council)));
    }
    facts
}

fn home_words(home: &Household) -> String {
    let mut lines = vec![home.addressees.as_str()];
    lines.extend(home.address.iter().map(String::as_str));
    lines.push(&home.phone);
    lines.retain(|line| !line.trim().is_empty());
    let said = home.family.said().into_iter().map(|(label, words)| format!("{label}: {words}"));
    lines.into_iter().map(str::to_owned).chain(said).collect::<Vec<_>>().join("\n")
}

/// The age today and on the first and last occasion, which are the days that count.
fn ages(person: &Person, occasions: &[Occasion], today: Day) -> String {
    let Some(born) = person.born else { return "Not known: no date of birth is entered.".into() };
    let on = |day: Day| words::age(person.age_on(day));
    let mut said = vec![format!("{} today (born on {})", on(today), born.plain())];
    let theirs = || occasions.iter().filter(|o| o.by == person.id || o.to == person.id).map(|o| o.on);
    if let (Some(first), Some(last)) = (theirs().min(), theirs().max()) {
        said.push(format!("{} on the first occasion, {}", on(first), first.short()));
        if last != first {
            said.push(format!("{} on the last occasion, {}", on(last), last.short()));
        }
    }
    said.join("\n")
}

impl Editing {
    fn of(person: &Person) -> Self {
        let homes = person.households.iter().map(|home| (home, false));
        let homes = homes.chain(person.authority.iter().map(|council| (council, true)));
        let homes = homes.map(|(home, council)| Home {
            council,
            addressees: home.addressees.as_str().into(),
            phone: home.phone.as_str().into(),
            address: Editor::with_text(&home.address.join("\n")),
            family: home.family.clone(),
        });
        Self {
            id: person.id,
            known_as: person.known_as.as_str().into(),
            born: person.born.map(Day::typed).unwrap_or_default().into(),
            class: person.class.as_str().into(),
            homes: homes.collect(),
            why: Typed::default(),
            needs_why: false,
            wrong: false,
        }
    }

    fn put(&mut self, field: Field, text: Typed) {
        match field {
            Field::KnownAs => self.known_as = text,
            Field::Born => self.born = text,
            Field::Class => self.class = text,
            Field::Why => self.why = text,
            Field::Addressees(at) => {
                if let Some(home) = self.homes.get_mut(at) {
                    home.addressees = text;
                }
            }
            Field::Phone(at) => {
                if let Some(home) = self.homes.get_mut(at) {
                    home.phone = text;
                }
            }
        }
    }

    fn born_error(&self) -> Option<String> {
        let typed = self.born.trim();
        Day::parse(typed).err().filter(|_| self.wrong && !typed.is_empty()).map(|error| error.to_string())
    }

    fn why_error(&self) -> Option<String> {
        let missing = self.needs_why && self.why.kept().is_empty();
        missing.then(|| "Say why it is changed. The record keeps both texts.".to_owned())
    }

    /// The person with what was typed, or nothing where a field is wrong.
    fn filled(&self, person: &Person) -> Option<Person> {
        let born = match self.born.trim() {
            "" => None,
            typed => Some(Day::parse(typed).ok()?),
        };
        let homes = |council: bool| {
            let homes = self.homes.iter().filter(move |home| home.council == council).map(Home::household);
            homes.filter(|home| *home != Household::default()).collect()
        };
        Some(Person {
            known_as: self.known_as.kept(),
            born,
            class: self.class.kept(),
            households: homes(false),
            authority: homes(true),
            ..person.clone()
        })
    }

    fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = super::Message::People;
        let typed = move |field: Field| move |text: String| outer(Message::Edited(field, text.into()));
        let name = ground.view.person(self.id).map_or("", |person| person.name.full());
        let mut fields: Vec<Element<'a, super::Message>> = vec![
            widget::text_field("Known as", &self.known_as)
                .hint("What everyone calls them, where it differs. Letters home use it.")
                .id(KNOWN_AS)
                .on_input(typed(Field::KnownAs))
                .into(),
            widget::date_field("Date of birth", &self.born, ground.session.today(), typed(Field::Born))
                .hint("For example, 19/01/2015. Leave it empty if it is not known.")
                .error(self.born_error())
                .without_quick()
                .id(BORN)
                .into(),
            widget::text_field("Class", &self.class).width(FIELD_SHORT).on_input(typed(Field::Class)).into(),
            widget::heading(3, "Homes"),
            widget::hint("A letter goes to each home apart."),
        ];
        fields.extend(self.homes.iter().enumerate().map(|(at, home)| home.view(at, self.homes.len())));
        let more = if self.homes.is_empty() { "Add a home" } else { "Add another home" };
        fields.push(button::secondary(more).on_press(outer(Message::HomeAdded)).into());
        let why = widget::text_field("Why is it changed?", &self.why)
            .hint("Needed where a name, or that a home is not contacted, was written already. The record keeps both.")
            .error(self.why_error())
            .id(WHY)
            .on_input(typed(Field::Why));
        fields.push(why.into());
        let born = self.born_error().map(|error| (error, BORN));
        let errors = born.into_iter().chain(self.why_error().map(|error| (error, WHY))).collect();
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(format!("Particulars of {name}"), errors, fields, buttons)
    }
}

impl Home {
    fn household(&self) -> Household {
        let address = self.address.text();
        let lines = address.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        Household {
            addressees: self.addressees.kept(),
            address: lines.collect(),
            phone: self.phone.kept(),
            family: family::kept(&self.family),
        }
    }

    fn view(&self, at: usize, of: usize) -> Element<'_, super::Message> {
        let outer = super::Message::People;
        let typed = move |field: Field| move |text: String| outer(Message::Edited(field, text.into()));
        let label = |what: &str| if of == 1 { what.to_owned() } else { format!("{what}, home {}", at + 1) };
        let remove = button::quiet("Remove this home")
            .flush()
            .name(format!("Remove home {}", at + 1))
            .on_press(outer(Message::HomeRemoved(at)));
        let fields = column![
            Element::from(
                widget::text_field(label("Adults"), &self.addressees)
                    .hint("As the envelope names them, for example Mrs A Osei and Mr K Osei.")
                    .on_input(typed(Field::Addressees(at))),
            ),
            Element::from(
                widget::text_area(label("Address"), &self.address, move |edit| {
                    outer(Message::AddressEdited(at, edit))
                })
                .hint("A line each.")
                .rows(4),
            ),
            Element::from(
                widget::text_field(label("Telephone"), &self.phone)
                    .width(FIELD_SHORT)
                    .on_input(typed(Field::Phone(at))),
            ),
            family::view(&self.family, label).map(move |message| outer(Message::FamilyChanged(at, message))),
            widget::checkbox(
                label("The council looks after this child: letters go here, and to no home"),
                self.council,
                move |on| outer(Message::CouncilTurned(at, on)),
            ),
            Element::from(remove),
        ];
        container(widget::card(fields.spacing(L))).width(Length::Fill).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CaseId, Name, OccasionId};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn ages_stand_on_the_days_that_count() {
        let mut person = Person::new(PersonId::new(1), Name::new("A").unwrap(), Who::CurrentPupil);
        assert!(ages(&person, &[], day("2026-01-19")).contains("no date of birth"));
        person.born = Some(day("2015-01-18"));
        let occasion = |on: &str| Occasion {
            id: OccasionId::new(1),
            case: CaseId::new(1),
            on: day(on),
            time: String::new(),
            by: person.id,
            to: PersonId::new(2),
            platform: "other".into(),
            words: String::new(),
            evidence: String::new(),
            more: crate::domain::Circumstances::default(),
        };
        let said = ages(&person, &[occasion("2026-01-18"), occasion("2026-01-17")], day("2026-01-19"));
        let want = "11 today (born on 18 January 2015)\n10 on the first occasion, Sat 17 Jan 2026\n\
                    11 on the last occasion, Sun 18 Jan 2026";
        assert_eq!(said, want);
    }
}
