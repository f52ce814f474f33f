//! The fields that say what to know of a home before anybody writes or rings there, for every form that has homes.

use crate::domain::Family;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{FIELD_MEDIUM, L};
use crate::ui::widget;
use iced::Element;
use iced::widget::column;

/// A line to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Why nobody writes or rings there.
    DoNotContact,
    /// Who has parental responsibility.
    Responsibility,
    /// The language.
    Language,
}

/// What happened in the fields.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed into.
    Edited(Line, Typed),
    /// An interpreter is needed, or not.
    InterpreterTurned(bool),
    /// Somebody else reads the telephone or the inbox, or not.
    SharedTurned(bool),
}

/// Takes in what happened.
pub(super) fn update(family: &mut Family, message: Message) {
    match message {
        Message::Edited(Line::DoNotContact, typed) => family.do_not_contact = typed.0,
        Message::Edited(Line::Responsibility, typed) => family.responsibility = typed.0,
        Message::Edited(Line::Language, typed) => family.language = typed.0,
        Message::InterpreterTurned(on) => family.interpreter = on,
        Message::SharedTurned(on) => family.shared_device = on,
    }
}

/// As it is kept.
pub(super) fn kept(family: &Family) -> Family {
    Family {
        responsibility: family.responsibility.trim().to_owned(),
        language: family.language.trim().to_owned(),
        do_not_contact: family.do_not_contact.trim().to_owned(),
        ..family.clone()
    }
}

/// The fields; each label says of which home it is.
pub(super) fn view<'a>(family: &'a Family, label: impl Fn(&str) -> String) -> Element<'a, Message> {
    let line = |line: Line, what: &str, value: &'a str, hint: &'static str| {
        widget::text_field(label(what), value)
            .hint(hint)
            .on_input(move |text| Message::Edited(line, text.into()))
    };
    column![
        Element::from(line(
            Line::Responsibility,
            "Parental responsibility",
            &family.responsibility,
            "Who has it: for example, both of them, or Mrs A Osei only. Leave it empty if you don’t know."
        )),
        Element::from(
            line(Line::Language, "Language", &family.language, "Leave it empty if it is English.")
                .width(FIELD_MEDIUM)
        ),
        widget::checkbox(label("An interpreter is needed"), family.interpreter, Message::InterpreterTurned),
        widget::checkbox(
            label("Somebody else reads the telephone or the inbox"),
            family.shared_device,
            Message::SharedTurned
        ),
        Element::from(line(
            Line::DoNotContact,
            "Reason not to contact",
            &family.do_not_contact,
            "For example, a court order. With a reason here, no letter goes to this home. Leave it empty if there is none."
        )),
    ]
    .spacing(L)
    .into()
}
