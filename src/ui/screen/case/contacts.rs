//! The log of contacts with each family, what it adds up to, and the form that adds one or amends one. Whether a family
//! refuses is computed from the log, never chosen here.

use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::Notice;
use crate::app::before_contact::{cautions, stands as still};
use crate::domain::{
    Channel, Contact, ContactId, Day, LetterId, Person, PersonId, Purpose, Response, engagement,
};
use crate::ui::spacing::{L, M};
use crate::ui::widget::{self, Cell, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Alignment, Element};

const FAMILY: Id = Id::new("contact-family");
const ON: Id = Id::new("contact-on");
const CHANNEL: Id = Id::new("contact-channel");
const PURPOSE: Id = Id::new("contact-purpose");
const DELIVERED: Id = Id::new("contact-delivered");
const RESPONSE: Id = Id::new("contact-response");
const WHY: Id = Id::new("contact-why");

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Contacts {
    editing: Option<Editing>,
}

/// A contact while it is entered or amended.
#[derive(Debug, Default)]
struct Editing {
    amends: Option<(ContactId, Option<LetterId>)>,
    family: Option<PersonId>,
    on: Typed,
    channel: Option<Channel>,
    purpose: Option<Purpose>,
    delivered: Option<bool>,
    response: Option<Response>,
    note: Editor,
    why: Typed,
    wrong: bool,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The day.
    On,
    /// Why it is amended.
    Why,
}

/// What happened in the log.
#[derive(Debug, Clone)]
pub enum Message {
    /// One more is to be added, with this family.
    Add(PersonId),
    /// One is to be amended.
    Amend(ContactId),
    /// Something was typed into a field.
    Edited(Field, Typed),
    /// The family was chosen.
    FamilyChosen(PersonId),
    /// The way was chosen.
    ChannelChosen(Channel),
    /// The purpose was chosen.
    PurposeChosen(Purpose),
    /// Whether it reached them.
    DeliveredChosen(bool),
    /// How they answered.
    ResponseChosen(Response),
    /// The note was edited.
    NoteEdited(Edit),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
}

impl Contacts {
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Add(family) => {
                self.editing = Some(Editing { family: Some(family), ..Editing::default() });
                return After::Focus(FAMILY);
            }
            Message::Amend(id) => {
                let found = ground.view.contacts.iter().find(|c| c.id == id);
                self.editing = found.map(Editing::of);
                return After::Focus(FAMILY);
            }
            Message::Saved => return self.save(ground),
            Message::Left => self.editing = None,
            chosen => {
                if let Some(editing) = &mut self.editing {
                    editing.take(chosen);
                }
            }
        }
        After::Stay
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        let Some(editing) = &mut self.editing else { return After::Stay };
        editing.wrong = true;
        if !editing.errors(ground.session.today()).is_empty() {
            return After::wrong();
        }
        let id = match editing.amends {
            Some((id, _)) => Ok(id),
            None => ground.session.new_contact_id(),
        };
        let Some(contact) = id.map(|id| editing.filled(id, ground)).transpose() else { return After::Stay };
        let saved = contact.and_then(|contact| {
            ground.session.save_contact(&contact, &editing.why.kept())?;
            Ok(stands_now(&contact, ground))
        });
        match saved {
            Ok(stands) => {
                self.editing = None;
                After::Changed(Some(Notice::done("The contact is saved.", stands)))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        if let Some(editing) = &self.editing {
            return editing.view(ground);
        }
        let families = ground.view.people.iter().map(|person| family(person, ground));
        let open = widget::hint("Open a line to amend it. The first text stays in the record.");
        column![].extend(families).push((!ground.view.contacts.is_empty()).then_some(open)).spacing(L).into()
    }
}

/// How the family stands once a contact is in the log.
fn stands_now(contact: &Contact, ground: Ground<'_>) -> String {
    let mut log: Vec<Contact> = ground.view.contacts.iter().filter(|c| c.id != contact.id).cloned().collect();
    log.push(contact.clone());
    let family = engagement::of_family(contact.family_of, &log);
    format!("{}: {}", words::engagement(family.is).0, family.because)
}

fn family<'a>(person: &'a Person, ground: Ground<'a>) -> Element<'a, super::Message> {
    let stands = ground.view.engagement.iter().find(|(id, _)| *id == person.id).map(|(_, family)| family);
    let tag = stands.map(|family| {
        let (word, tone) = words::engagement(family.is);
        widget::tag(word, tone)
    });
    let title =
        row![widget::heading(2, words::family(person))].push(tag).spacing(M).align_y(Alignment::Center);
    let because = stands.map(|family| widget::paragraph(still(family, ground.reach(person.id)).because));
    let cautions = said_before(person, ground);
    let columns = [
        widget::table_column("Day", 4),
        widget::table_column("How and what for", 4),
        widget::table_column("Reached", 3),
        widget::table_column("Answer", 4),
        widget::table_column("Note", 5),
    ];
    let theirs: Vec<&Contact> = ground.view.contacts.iter().filter(|c| c.family_of == person.id).collect();
    let log = (!theirs.is_empty())
        .then(|| widget::table(words::family(person), &columns, theirs.into_iter().map(line)));
    let add = button::secondary("Record a contact")
        .name(format!("Record a contact with the family of {}", person.name.full()))
        .on_press(super::Message::Contacts(Message::Add(person.id)));
    widget::card(
        column![title.wrap()].push(because).extend(cautions).push(log).push(Element::from(add)).spacing(M),
    )
}

/// What to know of a family; where nobody may contact it, that alone with what to do in place of it.
fn said_before(person: &Person, ground: Ground<'_>) -> Vec<Element<'static, super::Message>> {
    let closed = ground.reach(person.id).filter(|reach| reach.is_closed());
    let mut all = cautions(person);
    if closed.is_some() {
        all.retain(|caution| !caution.stops);
    }
    let closed = closed.map(crate::ui::screen::not_contacted);
    closed.into_iter().chain(crate::ui::screen::cautions(all)).collect()
}

fn line(contact: &Contact) -> widget::TableRow<'_, super::Message> {
    let how =
        format!("{}: {}", words::purpose(contact.purpose), words::channel(contact.channel).to_lowercase());
    let cells = [
        Cell::Strong(contact.on.short().into()),
        Cell::Text(how.into()),
        Cell::Text(if contact.delivered { "Yes" } else { "No" }.into()),
        Cell::Text(words::response(contact.response).into()),
        Cell::Soft(contact.note.as_str().into()),
    ];
    widget::table_row(cells, Some(super::Message::Contacts(Message::Amend(contact.id))))
}

impl Editing {
    fn of(contact: &Contact) -> Self {
        Self {
            amends: Some((contact.id, contact.letter)),
            family: Some(contact.family_of),
            on: contact.on.typed().into(),
            channel: Some(contact.channel),
            purpose: Some(contact.purpose),
            delivered: Some(contact.delivered),
            response: Some(contact.response),
            note: Editor::with_text(&contact.note),
            why: Typed::default(),
            wrong: false,
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Edited(Field::On, text) => self.on = text,
            Message::Edited(Field::Why, text) => self.why = text,
            Message::FamilyChosen(family) => self.family = Some(family),
            Message::ChannelChosen(channel) => self.channel = Some(channel),
            Message::PurposeChosen(purpose) => self.purpose = Some(purpose),
            Message::DeliveredChosen(delivered) => self.delivered = Some(delivered),
            Message::ResponseChosen(response) => self.response = Some(response),
            Message::NoteEdited(edit) => self.note.perform(edit),
            Message::Add(_) | Message::Amend(_) | Message::Saved | Message::Left => {}
        }
    }

    fn errors(&self, today: Day) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        let mut ask = |missing: bool, words: &str, id: Id| {
            if missing {
                errors.push((words.to_owned(), id));
            }
        };
        ask(self.family.is_none(), "Choose whose family it was.", FAMILY);
        match Day::parse(&self.on) {
            Err(error) => ask(true, &error.to_string(), ON),
            Ok(day) => ask(day > today, "This day has not come yet. Check the date.", ON),
        }
        ask(self.channel.is_none(), "Choose how you got in touch.", CHANNEL);
        ask(self.purpose.is_none(), "Choose what it was for.", PURPOSE);
        ask(self.delivered.is_none(), "Choose whether it reached them.", DELIVERED);
        ask(self.response.is_none(), "Choose how they answered.", RESPONSE);
        let why = self.amends.is_some() && self.why.trim().is_empty();
        ask(why, "Say why it is amended. The record keeps both texts.", WHY);
        errors
    }

    fn filled(&self, id: ContactId, ground: Ground<'_>) -> Option<Contact> {
        Some(Contact {
            id,
            case: ground.view.case.id,
            family_of: self.family?,
            on: Day::parse(&self.on).ok()?,
            channel: self.channel?,
            purpose: self.purpose?,
            delivered: self.delivered?,
            response: self.response?,
            note: self.note.text().trim().to_owned(),
            letter: self.amends.and_then(|(_, letter)| letter),
        })
    }

    fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = super::Message::Contacts;
        let today = ground.session.today();
        let errors = self.errors(today);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let typed = move |field: Field| move |text: String| outer(Message::Edited(field, text.into()));
        let families = ground.view.people.iter().map(|p| widget::choice(p.id, words::family(p)));
        let mut fields: Vec<Element<'a, super::Message>> = vec![
            widget::radio_group("Whose family?", families, self.family.as_ref(), move |id| {
                outer(Message::FamilyChosen(id))
            })
            .error(error(FAMILY))
            .id(FAMILY)
            .into(),
            self.cautions(ground),
            widget::date_field("On which day?", &self.on, today, typed(Field::On))
                .error(error(ON))
                .id(ON)
                .into(),
            self.channels(error(CHANNEL)),
            self.purposes(error(PURPOSE)),
            self.reached(error(DELIVERED)),
            self.answers(error(RESPONSE)),
            widget::text_area("What was said?", &self.note, move |edit| outer(Message::NoteEdited(edit)))
                .hint("In the words that were used. It may stay empty.")
                .rows(4)
                .into(),
        ];
        if self.amends.is_some() {
            let why = widget::text_field("Why is it amended?", &self.why)
                .hint("For example, the letter came back.")
                .error(error(WHY))
                .id(WHY)
                .on_input(typed(Field::Why));
            fields.push(why.into());
        }
        let title = if self.amends.is_some() { "Amend a contact" } else { "Record a contact" };
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }

    /// What to know of the family that is chosen, under the choice.
    fn cautions(&self, ground: Ground<'_>) -> Element<'_, super::Message> {
        let chosen = self.family.and_then(|id| ground.view.person(id));
        let all = chosen.map(|person| said_before(person, ground)).unwrap_or_default();
        column![].extend(all).spacing(M).into()
    }

    fn channels(&self, error: Option<String>) -> Element<'_, super::Message> {
        let all = [Channel::Phone, Channel::Letter, Channel::Email, Channel::Meeting];
        let choices = all.map(|channel| widget::choice(channel, words::channel(channel)));
        widget::radio_group("How?", choices, self.channel.as_ref(), |channel| {
            super::Message::Contacts(Message::ChannelChosen(channel))
        })
        .error(error)
        .id(CHANNEL)
        .into()
    }

    fn purposes(&self, error: Option<String>) -> Element<'_, super::Message> {
        let choices = [
            widget::choice(Purpose::Contact, words::purpose(Purpose::Contact))
                .explain("Telling them, or asking to talk."),
            widget::choice(Purpose::FollowUp, words::purpose(Purpose::FollowUp))
                .explain("Asking again after no answer."),
            widget::choice(Purpose::FinalNotice, words::purpose(Purpose::FinalNotice))
                .explain("It says that the school’s policy may lead to the police."),
        ];
        widget::radio_group("What was it for?", choices, self.purpose.as_ref(), |purpose| {
            super::Message::Contacts(Message::PurposeChosen(purpose))
        })
        .error(error)
        .id(PURPOSE)
        .into()
    }

    fn reached(&self, error: Option<String>) -> Element<'_, super::Message> {
        let choices = [
            widget::choice(true, "Yes").explain("They answered it, signed for it, or it did not come back."),
            widget::choice(false, "No"),
        ];
        widget::radio_group("Did it reach them?", choices, self.delivered.as_ref(), |delivered| {
            super::Message::Contacts(Message::DeliveredChosen(delivered))
        })
        .error(error)
        .id(DELIVERED)
        .into()
    }

    fn answers(&self, error: Option<String>) -> Element<'_, super::Message> {
        let choices = [
            widget::choice(Response::None, "No answer yet"),
            widget::choice(Response::Engaged, words::response(Response::Engaged))
                .explain("Disagreeing with the school is talking with it."),
            widget::choice(Response::Partial, words::response(Response::Partial)),
            widget::choice(Response::Refused, words::response(Response::Refused))
                .explain("They said so clearly."),
        ];
        let group =
            widget::radio_group("How did they answer?", choices, self.response.as_ref(), |response| {
                super::Message::Contacts(Message::ResponseChosen(response))
            })
            .error(error)
            .id(RESPONSE);
        group.into()
    }
}
