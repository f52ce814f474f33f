//! The page for those alleged to be responsible: who was added so far, and the form that adds or changes one.

use super::person::{self, Form, NAME, Part};
use crate::app::{Fact, Policy};
use crate::domain::{Disclosure, Person, PersonId, Vocabulary};
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};

pub(super) const ADD: Id = Id::new("alleged-add");

/// The page while it is filled in.
#[derive(Debug, Default)]
pub(super) struct Alleged {
    editing: Option<Editing>,
}

/// One person while they are entered, and how they stood before.
#[derive(Debug)]
struct Editing {
    form: Form,
    before: Option<Person>,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// One more person is to be added, with this id.
    Added(PersonId),
    /// One is to be changed.
    Changed(PersonId),
    /// One is to be taken out.
    Removed(PersonId),
    /// Something happened on the form.
    Form(person::Message),
    /// The form was left without its changes.
    Cancelled,
}

/// What happened on the page, or that one more is wanted, for which the wizard has the ids.
#[derive(Debug, Clone)]
pub(super) enum Shown {
    /// One more is wanted.
    Wanted,
    /// This happened.
    Happened(Message),
}

impl Alleged {
    /// The form, while one is open.
    pub(super) fn form(&self) -> Option<&Form> {
        self.editing.as_ref().map(|editing| &editing.form)
    }

    /// Takes in what happened; says which field takes the focus.
    pub(super) fn update(
        &mut self,
        message: Message,
        everyone: &[Person],
        disclosure: &mut Disclosure,
    ) -> Option<Id> {
        match message {
            Message::Added(id) => {
                self.editing = Some(Editing { form: Form::new(Part::Alleged, id), before: None });
                Some(NAME)
            }
            Message::Changed(id) => {
                let before = disclosure.alleged.iter().find(|person| person.id == id)?.clone();
                self.editing = Some(Editing { form: Form::of(Part::Alleged, &before), before: Some(before) });
                Some(NAME)
            }
            Message::Removed(id) => {
                remove(disclosure, id);
                Some(ADD)
            }
            Message::Form(message) => {
                let record = matches!(message, person::Message::RecordChosen(_));
                self.typed(message, everyone, disclosure);
                record.then_some(NAME)
            }
            Message::Cancelled => {
                let editing = self.editing.take()?;
                match editing.before {
                    Some(before) => replace(disclosure, editing.form.id(), before),
                    None => remove(disclosure, editing.form.id()),
                }
                Some(ADD)
            }
        }
    }

    /// What is typed goes into the disclosure as it comes, so that an interruption loses nothing.
    fn typed(&mut self, message: person::Message, everyone: &[Person], disclosure: &mut Disclosure) {
        let Some(editing) = &mut self.editing else { return };
        let before = editing.form.id();
        editing.form.update(message, everyone);
        match editing.form.person() {
            Some(person) => replace(disclosure, before, person),
            None if editing.before.is_none() => remove(disclosure, before),
            None => {}
        }
    }

    /// Closes the form with its changes.
    pub(super) fn done(&mut self) -> Id {
        self.editing = None;
        ADD
    }

    pub(super) fn view<'a>(&'a self, ground: person::Ground<'_>) -> Element<'a, Shown> {
        match self.form() {
            Some(form) => form.view(ground).map(|message| Shown::Happened(Message::Form(message))),
            None => list(ground.policy, ground.disclosure),
        }
    }
}

/// Puts a person in the place of the one of this id, or at the end.
fn replace(disclosure: &mut Disclosure, id: PersonId, person: Person) {
    let new = person.id;
    match disclosure.alleged.iter_mut().find(|other| other.id == id) {
        Some(slot) => *slot = person,
        None => disclosure.alleged.push(person),
    }
    if new != id {
        disclosure.occasions.iter_mut().filter(|o| o.by == id).for_each(|o| o.by = new);
    }
}

/// Takes a person out, with the occasions that only they stand for.
fn remove(disclosure: &mut Disclosure, id: PersonId) {
    disclosure.alleged.retain(|person| person.id != id);
    disclosure.occasions.retain(|occasion| occasion.by != id);
    disclosure.answers.firewall_only.remove(&id);
}

fn list<'a>(policy: &Policy, disclosure: &Disclosure) -> Element<'a, Shown> {
    let people = disclosure.alleged.iter().map(|person| {
        let name = person.name.full();
        let buttons = button::row_of([
            button::secondary("Change")
                .name(format!("Change {name}"))
                .on_press(Shown::Happened(Message::Changed(person.id)))
                .into(),
            button::quiet("Remove")
                .name(format!("Remove {name}"))
                .description(removal(disclosure, person.id))
                .on_press(Shown::Happened(Message::Removed(person.id)))
                .into(),
        ]);
        let mut words =
            column![widget::strong(name.to_owned()), widget::hint(said(policy, person))].spacing(S);
        let removal = removal(disclosure, person.id);
        if !removal.is_empty() {
            words = words.push(widget::small(removal));
        }
        widget::card(words.push(buttons).spacing(M))
    });
    let more = if disclosure.alleged.is_empty() { "Add a person" } else { "Add another person" };
    let add = button::secondary(more).id(ADD).on_press(Shown::Wanted);
    column![Column::with_children(people).spacing(M), Element::from(add)].spacing(L).into()
}

fn removal(disclosure: &Disclosure, id: PersonId) -> String {
    match disclosure.occasions.iter().filter(|occasion| occasion.by == id).count() {
        0 => String::new(),
        1 => "One occasion is from them; it goes with them.".into(),
        count => format!("{count} occasions are from them; they go with them."),
    }
}

/// Who a person is, in a line.
pub(super) fn said(policy: &Policy, person: &Person) -> String {
    let mut parts = vec![policy.value(Fact::Actor, person.who.id()).to_owned()];
    if let Some(left) = person.left_on {
        parts.push(format!("until {}", left.plain()));
    }
    if !person.school.is_empty() {
        parts.push(format!("now at {}", person.school));
    }
    if !person.class.is_empty() {
        parts.push(format!("class {}", person.class));
    }
    if let Some(born) = person.born {
        parts.push(format!("born on {}", born.plain()));
    }
    if !person.handles.is_empty() {
        parts.push(person.handles.join(", "));
    }
    parts.join(", ")
}
