//! How the form for one person looks. What is asked depends on who they are.

use super::{BORN, Field, Form, LEFT, Message, NAME, Part, WHO, YEAR};
use crate::app::{Fact, Involved, Policy};
use crate::domain::{Day, Disclosure, Person, Vocabulary, Who};
use crate::ui::screen::wizard::error_at;
use crate::ui::spacing::{FIELD_SHORT, L, S};
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};

const TARGETED: [Who; 5] = [Who::CurrentPupil, Who::ExPupil, Who::OtherSchool, Who::Staff, Who::ParentAdult];

/// What the form is shown on.
#[derive(Clone, Copy)]
pub(in crate::ui::screen::wizard) struct Ground<'a> {
    pub(in crate::ui::screen::wizard) policy: &'a Policy,
    pub(in crate::ui::screen::wizard) disclosure: &'a Disclosure,
    pub(in crate::ui::screen::wizard) everyone: &'a [Person],
    pub(in crate::ui::screen::wizard) involved: &'a [Involved],
    pub(in crate::ui::screen::wizard) today: Day,
    pub(in crate::ui::screen::wizard) errors: &'a [(String, Id)],
}

impl Form {
    pub(in crate::ui::screen::wizard) fn view<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        let particulars: [Option<Element<'a, Message>>; 6] = [
            self.is_child().then(|| self.born(ground)),
            self.has_class().then(|| self.year_and_class(ground)),
            (self.who == Some(Who::ExPupil)).then(|| self.left(ground)),
            self.is_elsewhere().then(|| self.school()),
            (self.part == Part::Alleged).then(|| self.handles()),
            self.has_home().then(|| self.homes()),
        ];
        let particulars = particulars.into_iter().map(|part| slot(part, L));
        column![
            slot(Some(self.name(ground)), S),
            slot(self.records(ground), L),
            slot(self.cases(ground), L),
            slot(Some(self.who(ground)), L),
            slot((self.who != Some(Who::Unknown)).then(|| self.known_as()), L),
            Column::with_children(particulars),
        ]
        .into()
    }

    fn name<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        let (label, hint) = match self.part {
            Part::Target => ("Full name", "As it is in the school’s register."),
            Part::Alleged => {
                ("Full name, or the name of the account", "An unknown account: write what it calls itself.")
            }
        };
        widget::text_field(label, &self.name)
            .hint(hint)
            .error(error_at(ground.errors, &NAME))
            .id(NAME)
            .on_input(typed(Field::Name))
            .into()
    }

    /// People already in the case file whom the typed name may mean.
    fn records<'a>(&self, ground: Ground<'_>) -> Option<Element<'a, Message>> {
        let offered = self.offered(ground.everyone, ground.disclosure);
        if offered.is_empty() {
            return None;
        }
        let lines = offered.into_iter().map(|person| {
            let words = [described(person, ground.policy), in_cases(person, ground.involved)].concat();
            let use_it = button::secondary("Use this record")
                .name(format!("Use this record: {words}"))
                .on_press(Message::RecordChosen(person.id));
            column![widget::paragraph(words), Element::from(use_it)].spacing(S).into()
        });
        let lines = column![widget::strong("Already in your records:")].extend(lines);
        Some(widget::card(lines.spacing(S + S)))
    }

    /// Open cases that this person is in: more of the same belongs there.
    fn cases<'a>(&self, ground: Ground<'_>) -> Option<Element<'a, Message>> {
        let theirs: Vec<&Involved> = ground.involved.iter().filter(|it| it.person == self.id).collect();
        if theirs.is_empty() || self.record.is_none() {
            return None;
        }
        let lines = theirs.into_iter().map(|it| {
            let words = format!("{}, open, as {}", it.reference, part_in(it));
            let open = button::secondary(format!("Go to {} instead", it.reference));
            column![widget::paragraph(words), Element::from(open.on_press(Message::CaseWanted(it.case)))]
                .spacing(S)
                .into()
        });
        let head = column![
            widget::strong("There is an open case with this person:"),
            widget::hint(
                "If this is more of the same, add the new occasions there. What you have typed here is kept, and you can \
                 go on with it or set it aside.",
            ),
        ];
        Some(widget::card(head.extend(lines).spacing(S + S)))
    }

    fn who<'a>(&self, ground: Ground<'_>) -> Element<'a, Message> {
        let (fact, all) = match self.part {
            Part::Target => (Fact::Target, &TARGETED[..]),
            Part::Alleged => (Fact::Actor, Who::ALL),
        };
        let choices =
            all.iter().map(|who| widget::choice(*who, ground.policy.value(fact, who.id()).to_owned()));
        widget::radio_group("Who are they to the school?", choices, self.who.as_ref(), Message::WhoChosen)
            .error(error_at(ground.errors, &WHO))
            .id(WHO)
            .into()
    }

    fn known_as(&self) -> Element<'_, Message> {
        widget::text_field("Known as", &self.known_as)
            .hint("What everyone calls them, where it differs. Letters home use it.")
            .on_input(typed(Field::KnownAs))
            .into()
    }

    fn born<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        widget::date_field("Date of birth", &self.born, ground.today, typed(Field::Born))
            .hint("For example, 19/01/2015. Leave it empty if you do not know it yet.")
            .error(error_at(ground.errors, &BORN))
            .without_quick()
            .id(BORN)
            .into()
    }

    fn year_and_class<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        column![
            Element::from(
                widget::text_field("Year group", &self.year)
                    .hint("A number. It may stay empty.")
                    .error(error_at(ground.errors, &YEAR))
                    .width(FIELD_SHORT)
                    .id(YEAR)
                    .on_input(typed(Field::Year))
            ),
            Element::from(
                widget::text_field("Class", &self.class).width(FIELD_SHORT).on_input(typed(Field::Class))
            ),
        ]
        .spacing(L)
        .into()
    }

    fn left<'a>(&'a self, ground: Ground<'_>) -> Element<'a, Message> {
        widget::date_field("Last day at this school", &self.left_on, ground.today, typed(Field::LeftOn))
            .hint("On that day and before, they count as a pupil of this school. Leave it empty if it is long ago.")
            .error(error_at(ground.errors, &LEFT))
            .without_quick()
            .id(LEFT)
            .into()
    }

    fn school(&self) -> Element<'_, Message> {
        widget::text_field("The school they go to now", &self.school)
            .hint("Leave it empty if you do not know it.")
            .on_input(typed(Field::School))
            .into()
    }

    fn handles(&self) -> Element<'_, Message> {
        widget::text_field("Account names", &self.handles)
            .hint("Separate them with commas. Letters to other families never show them.")
            .on_input(typed(Field::Handles))
            .into()
    }

    fn homes(&self) -> Element<'_, Message> {
        let of = self.homes.len();
        let homes = self.homes.iter().enumerate().map(|(at, home)| home.view(at, of));
        let more = button::secondary("Add another home").on_press(Message::HomeAdded);
        let inside = column![widget::hint(
            "A letter goes to each home apart. You can add this later, before the first letter."
        )]
        .extend(homes)
        .push(Element::from(more))
        .spacing(L);
        widget::expander("Homes and addresses", self.homes_open, Message::HomesOpened, inside)
    }
}

fn typed(field: Field) -> impl Fn(String) -> Message {
    move |text| Message::Edited(field, text.into())
}

fn part_in(it: &Involved) -> &'static str {
    if it.is_target { "the one who is targeted" } else { "one who is alleged to be responsible" }
}

/// The open cases that a record is in, to be read after it.
fn in_cases(person: &Person, involved: &[Involved]) -> String {
    let theirs = involved.iter().filter(|it| it.person == person.id);
    let words = theirs.map(|it| format!(", in the open case {} as {}", it.reference, part_in(it)));
    words.collect::<Vec<_>>().concat()
}

/// A record in one line, so that two children of one name can be told apart.
fn described(person: &Person, policy: &Policy) -> String {
    let who = policy.value(Fact::Actor, person.who.id());
    let born = person.born.map(|born| format!("born on {}", born.plain()));
    let class = Some(person.class.clone()).filter(|class| !class.is_empty());
    let parts = [Some(person.name.full().to_owned()), class, born, Some(who.to_lowercase())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
