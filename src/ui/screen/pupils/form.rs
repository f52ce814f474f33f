//! The form for one pupil: what is typed, and how it is laid out. What is wrong with it is `check`'s business.

use super::check::{self, Place, Wrong};
use super::lines;
use crate::domain::{Day, Family, Household, Person, Who};
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::family;
use crate::ui::spacing::{FIELD_MEDIUM, FIELD_SHORT, L, M, S, XL};
use crate::ui::widget::{self, Edit, Editor, TextField, button, choice, slot};
use iced::advanced::widget::Id;
use iced::widget::{Column, column};
use iced::{Element, Length};
use std::fmt;

/// A line to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The full name.
    Name,
    /// What everyone calls the child.
    KnownAs,
    /// The date of birth.
    Born,
    /// The last day on the roll.
    LeftOn,
    /// The school they are at now.
    School,
    /// The school year.
    Year,
    /// The class.
    Class,
    /// Why it is changed.
    Why,
}

/// A line of a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeField {
    /// The adults.
    Adults,
    /// A number for them.
    Phone,
}

/// What happened in the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed into.
    Edited(Field, Typed),
    /// Current or former pupil was chosen.
    WhoChosen(Who),
    /// Special needs were turned on or off.
    NeedsTurned(bool),
    /// The note was edited.
    NoteEdited(Edit),
    /// A line of a home was typed into.
    HomeEdited(u64, HomeField, Typed),
    /// A home's address was edited.
    AddressEdited(u64, Edit),
    /// What to know of a home was changed.
    FamilyChanged(u64, family::Message),
    /// "Add another home" was pressed.
    HomeAdded,
    /// A home was removed.
    HomeRemoved(u64),
}

/// A home as it is typed.
pub(super) struct Home {
    /// Its own for as long as the form is open, since places move when another is removed.
    pub(super) key: u64,
    pub(super) adults: String,
    pub(super) address: Editor,
    pub(super) phone: String,
    pub(super) family: Family,
}

impl Home {
    fn new(key: u64, home: &Household) -> Self {
        Self {
            key,
            adults: home.addressees.clone(),
            address: Editor::with_text(&home.address.join("\n")),
            phone: home.phone.clone(),
            family: home.family.clone(),
        }
    }

    pub(super) fn household(&self) -> Household {
        Household {
            addressees: self.adults.trim().to_owned(),
            address: lines(&self.address.text()),
            phone: self.phone.trim().to_owned(),
            family: family::kept(&self.family),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.household() == Household::default()
    }
}

/// What is typed.
pub(super) struct Form {
    /// The pupil as kept; nothing for a new one.
    pub(super) kept: Option<Person>,
    pub(super) name: String,
    pub(super) known_as: String,
    pub(super) who: Who,
    pub(super) born: String,
    pub(super) left_on: String,
    pub(super) school: String,
    pub(super) year: String,
    pub(super) class: String,
    pub(super) send: bool,
    pub(super) note: Editor,
    pub(super) why: String,
    pub(super) homes: Vec<Home>,
    next: u64,
    /// What was wrong when "Save" was pressed; each goes when its field is edited.
    pub(super) wrong: Vec<Wrong>,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("homes", &self.homes.len()).finish_non_exhaustive()
    }
}

impl Form {
    /// An empty form, with room for one home.
    pub(super) fn empty() -> Self {
        Self {
            kept: None,
            name: String::new(),
            known_as: String::new(),
            who: Who::CurrentPupil,
            born: String::new(),
            left_on: String::new(),
            school: String::new(),
            year: String::new(),
            class: String::new(),
            send: false,
            note: Editor::default(),
            why: String::new(),
            homes: vec![Home::new(0, &Household::default())],
            next: 1,
            wrong: Vec::new(),
        }
    }

    /// The form with what is kept of a pupil.
    pub(super) fn of(person: &Person) -> Self {
        let typed = |day: Option<Day>| day.map(Day::typed).unwrap_or_default();
        let mut form = Self {
            name: person.name.full().to_owned(),
            known_as: person.known_as.clone(),
            who: person.who,
            born: typed(person.born),
            left_on: typed(person.left_on),
            school: person.school.clone(),
            year: person.year.map(|year| year.to_string()).unwrap_or_default(),
            class: person.class.clone(),
            send: person.send,
            note: Editor::with_text(&person.note),
            ..Self::empty()
        };
        if !person.households.is_empty() {
            form.homes = (0..).zip(&person.households).map(|(key, home)| Home::new(key, home)).collect();
            form.next = form.homes.len() as u64;
        }
        form.kept = Some(person.clone());
        form
    }

    /// Whether something would be lost by closing it.
    pub(super) fn is_changed(&self) -> bool {
        let before = self.kept.as_ref().map_or_else(Self::empty, Self::of);
        let lines = |form: &Self| {
            let note = form.note.text().trim().to_owned();
            let texts = [&form.name, &form.known_as, &form.born, &form.left_on, &form.school];
            let texts = texts.into_iter().chain([&form.year, &form.class]).map(|text| text.trim().to_owned());
            texts.chain([note]).collect::<Vec<_>>()
        };
        let homes = |form: &Self| {
            form.homes.iter().filter(|home| !home.is_empty()).map(Home::household).collect::<Vec<_>>()
        };
        lines(self) != lines(&before)
            || homes(self) != homes(&before)
            || (self.who, self.send) != (before.who, before.send)
    }

    /// Takes in what happened. A home that was added gives the field to go to.
    pub(super) fn update(&mut self, message: Message) -> Option<Id> {
        match message {
            Message::Edited(field, typed) => {
                self.mended(Place::Line(field));
                *self.line(field) = typed.0;
            }
            Message::WhoChosen(who) => {
                // What a former pupil alone is asked is no longer on the page.
                self.mended(Place::Line(Field::LeftOn));
                self.who = who;
            }
            Message::NeedsTurned(on) => self.send = on,
            Message::NoteEdited(edit) => self.note.perform(edit),
            Message::HomeEdited(key, field, typed) => {
                self.mended(Place::Home(key));
                if let Some(home) = self.home(key) {
                    match field {
                        HomeField::Adults => home.adults = typed.0,
                        HomeField::Phone => home.phone = typed.0,
                    }
                }
            }
            Message::AddressEdited(key, edit) => {
                if let Some(home) = self.home(key) {
                    home.address.perform(edit);
                }
            }
            Message::FamilyChanged(key, message) => {
                if let Some(home) = self.home(key) {
                    family::update(&mut home.family, message);
                }
            }
            Message::HomeAdded => return Some(self.add_home()),
            Message::HomeRemoved(key) => {
                self.mended(Place::Home(key));
                self.homes.retain(|home| home.key != key);
            }
        }
        None
    }

    fn add_home(&mut self) -> Id {
        let key = self.next;
        self.next += 1;
        self.homes.push(Home::new(key, &Household::default()));
        Place::Home(key).id()
    }

    fn home(&mut self, key: u64) -> Option<&mut Home> {
        self.homes.iter_mut().find(|home| home.key == key)
    }

    fn mended(&mut self, place: Place) {
        self.wrong.retain(|wrong| wrong.at != place);
    }

    fn line(&mut self, field: Field) -> &mut String {
        match field {
            Field::Name => &mut self.name,
            Field::KnownAs => &mut self.known_as,
            Field::Born => &mut self.born,
            Field::LeftOn => &mut self.left_on,
            Field::School => &mut self.school,
            Field::Year => &mut self.year,
            Field::Class => &mut self.class,
            Field::Why => &mut self.why,
        }
    }

    /// A reason is asked for, because what was written of a child in a case would change.
    pub(super) fn wants_why(&mut self) {
        self.wrong = vec![check::why_missing()];
    }

    fn error(&self, place: Place) -> Option<&'static str> {
        self.wrong.iter().find(|wrong| wrong.at == place).map(|wrong| wrong.words)
    }

    /// The fields.
    pub(super) fn view(&self, today: Day) -> Element<'_, Message> {
        let why = self.kept.is_some().then(|| self.why());
        column![self.child(today), self.at_school(today), self.needs(), self.all_homes()]
            .push(why)
            .spacing(XL)
            .into()
    }

    /// Why what is kept is changed; a new pupil has nothing to change.
    fn why(&self) -> Element<'_, Message> {
        let hint = "Needed where the child is in a case and is called something else, or a note or a reason not to contact changes.";
        self.field(Field::Why, "Why is it changed?", &self.why).hint(hint).width(Length::Fill).into()
    }

    fn field<'a>(&'a self, field: Field, label: &'static str, value: &'a str) -> TextField<'a, Message> {
        let place = Place::Line(field);
        widget::text_field(label, value)
            .id(place.id())
            .width(FIELD_MEDIUM)
            .error(self.error(place))
            .on_input(move |text| Message::Edited(field, text.into()))
    }

    fn date<'a>(
        &'a self,
        field: Field,
        label: &'static str,
        value: &'a str,
        today: Day,
    ) -> widget::DateField<'a, Message> {
        let place = Place::Line(field);
        widget::date_field(label, value, today, move |text| Message::Edited(field, text.into()))
            .id(place.id())
            .error(self.error(place))
            .without_quick()
    }

    fn child(&self, today: Day) -> Element<'_, Message> {
        column![
            self.field(Field::Name, "Full name", &self.name)
                .hint("As it is in the school’s register.")
                .width(Length::Fill),
            self.field(Field::KnownAs, "Known as", &self.known_as)
                .hint("The name to use in letters home, if not the first name."),
            self.date(Field::Born, "Date of birth", &self.born, today)
                .hint("For example, 24/03/2016. Ages are worked out from it."),
        ]
        .spacing(L)
        .into()
    }

    fn at_school(&self, today: Day) -> Element<'_, Message> {
        let gone = self.who == Who::ExPupil;
        let left =
            gone.then(|| Element::from(self.date(Field::LeftOn, "Last day here", &self.left_on, today)));
        let school = gone.then(|| {
            let field = self.field(Field::School, "Present school", &self.school);
            Element::from(field.hint("Leave it empty if you don’t know it.").width(Length::Fill))
        });
        let who = [
            choice::choice(Who::CurrentPupil, "A pupil here now"),
            choice::choice(Who::ExPupil, "A former pupil").explain("The child has left this school."),
        ];
        column![
            widget::heading(2, "At school"),
            widget::radio_group("The child is", who, Some(&self.who), Message::WhoChosen),
            column![
                slot(left, L),
                slot(school, L),
                self.field(Field::Year, "School year", &self.year)
                    .hint(if gone { "The last one here, from 3 to 6." } else { "A number from 3 to 6." })
                    .width(FIELD_SHORT),
            ],
            self.field(Field::Class, "Class", &self.class).width(FIELD_SHORT),
        ]
        .spacing(L)
        .into()
    }

    fn needs(&self) -> Element<'_, Message> {
        column![
            widget::heading(2, "Before you write or ring"),
            widget::checkbox(
                "Special educational needs or a disability that matter here",
                self.send,
                Message::NeedsTurned
            ),
            widget::text_area("Note", &self.note, Message::NoteEdited)
                .hint("What matters for the child as a whole. What is to be known of one home stands with that home.")
                .rows(3),
        ]
        .spacing(L)
        .into()
    }

    fn all_homes(&self) -> Element<'_, Message> {
        let homes = self.homes.iter().enumerate().map(|(n, home)| self.one_home(n + 1, home));
        let add = if self.homes.is_empty() { "Add a home" } else { "Add another home" };
        column![
            column![
                widget::heading(2, "Homes"),
                widget::hint(
                    "Each home gets a letter of its own. A child who lives with two families has two."
                ),
            ]
            .spacing(S),
            Column::with_children(homes).spacing(L),
            button::row_of([button::secondary(add).on_press(Message::HomeAdded).into()]),
        ]
        .spacing(M)
        .into()
    }

    fn one_home<'a>(&'a self, place: usize, home: &'a Home) -> Element<'a, Message> {
        let key = home.key;
        let line = |field, label: String, value: &'a str| {
            widget::text_field(label, value)
                .on_input(move |text| Message::HomeEdited(key, field, text.into()))
        };
        let remove = button::quiet("Remove this home").flush().name(format!("Remove home {place}"));
        widget::card(
            column![
                widget::heading(3, format!("Home {place}")),
                line(HomeField::Adults, format!("Adults, home {place}"), &home.adults)
                    .hint("As an envelope names them: Mrs A Osei and Mr K Osei.")
                    .error(self.error(Place::Home(key)))
                    .id(Place::Home(key).id()),
                widget::text_area(format!("Address, home {place}"), &home.address, move |edit| {
                    Message::AddressEdited(key, edit)
                })
                .hint("A line each.")
                .rows(4),
                line(HomeField::Phone, format!("Telephone, home {place}"), &home.phone).width(FIELD_SHORT),
                family::view(&home.family, move |what| format!("{what}, home {place}"))
                    .map(move |message| Message::FamilyChanged(key, message)),
                remove.on_press(Message::HomeRemoved(key)),
            ]
            .spacing(L),
        )
    }

    /// What the summary at the top links to.
    pub(super) fn links(&self) -> Vec<(&'static str, Id)> {
        self.wrong.iter().map(|wrong| (wrong.words, wrong.at.id())).collect()
    }

    /// The pupil that is typed; where something is wrong, it is marked and there is nothing.
    pub(super) fn finish(&mut self, id: crate::domain::PersonId, today: Day) -> Option<Person> {
        match check::person(self, id, today) {
            Ok(person) => {
                self.wrong.clear();
                Some(person)
            }
            Err(wrong) => {
                self.wrong = wrong;
                None
            }
        }
    }
}
