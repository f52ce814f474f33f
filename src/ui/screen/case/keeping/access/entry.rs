//! An entry of the copy as it will go, what is taken out of it, and what can be said of each place.

use super::{Message, outer};
use crate::app::{AccessEntry, AccessPassage, AccessPlace, AccessView, PlaceIs};
use crate::domain::Ruling;
use crate::ui::access::{Role, control};
use crate::ui::screen::case;
use crate::ui::spacing::{COLUMN, L, M, S, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::widget::{column, container};

pub(super) fn view<'a>(
    view: &'a AccessView,
    at: usize,
    entry: &'a AccessEntry,
) -> Element<'a, case::Message> {
    let open = view.request.is_open();
    let where_is = if entry.reference.is_empty() {
        "Not in a case".to_owned()
    } else {
        format!("Case {}, {}", entry.reference, entry.on.long())
    };
    let head = column![
        widget::heading(2, format!("Entry {} of {}, as it will go", at + 1, view.entries.len())),
        widget::hint(where_is),
    ]
    .spacing(S);
    let behind = entry.held_back.as_ref().map(|held| {
        let says = format!("This entry is held back: {} ({}, {})", held.reason, held.by, held.on.long());
        Element::from(widget::notice(Tone::Info, says))
    });
    let texts = entry.passages.iter().map(text);
    let texts = widget::card(column![].extend(texts).push(widget::small(entry.written.as_str())).spacing(M));
    let places: Vec<_> =
        entry.passages.iter().flat_map(|text| text.places.iter().map(move |p| (text, p))).collect();
    let none = places.is_empty();
    let cards = places.into_iter().map(|(text, place)| card(text, place, open));
    let found = column![widget::heading(3, "What was found in it")]
        .push(none.then(|| widget::paragraph("Nothing that names anybody else.")))
        .extend(cards)
        .spacing(S);
    let page = column![head].push(behind).push(texts).push(found).push(buttons(entry, open)).spacing(L);
    container(page).max_width(COLUMN).into()
}

fn buttons(entry: &AccessEntry, open: bool) -> Element<'_, case::Message> {
    let back = button::secondary("Back to the entries").on_press(outer(Message::Left));
    if !open {
        return button::row_of([back.into()]);
    }
    if entry.held_back.is_some() {
        let go = button::primary("Let it go with the copy").on_press(outer(Message::LetGo));
        return button::row_of([go.into(), back.into()]);
    }
    button::row_of([
        button::primary("I have read it: next").on_press(outer(Message::WasRead)).into(),
        button::secondary("Take out more words…").on_press(outer(Message::MoreAsked)).into(),
        button::secondary("Hold it back…").on_press(outer(Message::HoldAsked)).into(),
        back.into(),
    ])
}

fn text(passage: &AccessPassage) -> Element<'_, case::Message> {
    if passage.label.is_empty() {
        return widget::strong(passage.copy.as_str());
    }
    let copy = if passage.copy.is_empty() {
        "(Left out, and the copy does not say so)"
    } else {
        passage.copy.as_str()
    };
    column![widget::small(passage.label.as_str()), widget::paragraph(copy)].spacing(XS).into()
}

fn card<'a>(text: &'a AccessPassage, place: &'a AccessPlace, open: bool) -> Element<'a, case::Message> {
    let (says, tone) = match &place.is {
        PlaceIs::Found if place.mark.is_empty() => (format!("“{}” stays out", place.words), Tone::Neutral),
        PlaceIs::Found => (format!("“{}” goes out: {} stands there", place.words, place.mark), Tone::Neutral),
        PlaceIs::ByHand(_) => (format!("“{}” goes out by hand: {}", place.words, place.mark), Tone::Neutral),
        PlaceIs::Stands(_) => (format!("“{}” stays", place.words), Tone::Warning),
        PlaceIs::Adult => (format!("“{}”: an adult", place.words), Tone::Warning),
    };
    let why = match &place.is {
        PlaceIs::Found => place.what.clone(),
        PlaceIs::ByHand(why) | PlaceIs::Stands(why) => format!("Why: {why}"),
        PlaceIs::Adult => {
            "Somebody who works at the school may be named in their work, and the parent who asks may be. Anybody else is \
             taken out, unless they agreed."
                .into()
        }
    };
    let key = || text.key.as_str().into();
    let named = |label: &str| format!("{label} “{}”", place.words);
    let ruling = |label: &'static str, ruling| {
        let asked = Message::RulingAsked(key(), place.at, ruling);
        Element::from(button::quiet(label).name(named(label)).on_press(outer(asked)))
    };
    let buttons: Vec<Element<'a, case::Message>> = match &place.is {
        _ if !open => Vec::new(),
        PlaceIs::Found => vec![ruling("It may stand…", Ruling::Stands)],
        PlaceIs::Adult => {
            vec![ruling("It may stand…", Ruling::Stands), ruling("Take it out…", Ruling::TakenOut)]
        }
        PlaceIs::ByHand(_) | PlaceIs::Stands(_) => {
            let back = button::quiet("Take this back").name(named("Take this back:"));
            vec![back.on_press(outer(Message::TakenBack(key(), place.at))).into()]
        }
    };
    let head = iced::widget::row![
        container(widget::strong(says.clone())).width(iced::Length::Fill),
        widget::tag(tag(&place.is), tone)
    ];
    let mut inside = column![head.spacing(M), widget::hint(why)];
    if !buttons.is_empty() {
        inside = inside.push(button::row_of(buttons));
    }
    widget::card(control(Role::Group, says, inside.spacing(XS)))
}

fn tag(is: &PlaceIs) -> &'static str {
    match is {
        PlaceIs::Found | PlaceIs::ByHand(_) => "Goes out",
        PlaceIs::Stands(_) => "Stays",
        PlaceIs::Adult => "Say which",
    }
}
