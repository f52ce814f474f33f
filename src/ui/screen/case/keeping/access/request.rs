//! A request: by when, what is left to do, every entry with how it stands, and making and saving the copy.

use super::{Field, Message, Review, outer};
use crate::app::{AccessEntry, AccessView, PlaceIs};
use crate::domain::{Day, RequestState};
use crate::ui::screen::case;
use crate::ui::screen::case::words::{self, count};
use crate::ui::spacing::{COLUMN, L};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Cell, button};
use iced::Element;
use iced::widget::{column, container};

pub(super) fn view(review: &Review, today: Day) -> Element<'_, case::Message> {
    let view = &review.view;
    let head = column![
        widget::heading(2, format!("{}: everything about {}", view.number, view.subject.name.full())),
        facts(view, today),
    ]
    .spacing(L);
    column![
        container(head).max_width(COLUMN),
        container(next(review)).max_width(COLUMN),
        widget::heading(3, "The entries"),
        container(widget::hint("Open a line to read it as it will go.")).max_width(COLUMN),
        entries(view),
        button::row_of([button::secondary("Back to the case").on_press(outer(Message::Left)).into()]),
    ]
    .spacing(L)
    .into()
}

fn facts(view: &AccessView, today: Day) -> Element<'_, case::Message> {
    let request = &view.request;
    let (due, _) = words::due(request.due(), today);
    let due = match &request.extended {
        Some(more) => format!("{due}. More time, told on {}: {}", more.told_on.long(), more.why),
        None => due,
    };
    let authority = if request.authority.is_empty() { "Not said yet" } else { request.authority.as_str() };
    let mut facts = match &request.transfer {
        None => vec![
            widget::fact("Received on", request.received_on.long()),
            widget::fact("Asked by", request.asked_by.as_str()),
            widget::fact("Why they may have it", authority),
        ],
        Some(to) => vec![
            widget::fact("The next school", to.to_school.as_str()),
            widget::fact("Its lead", if to.to_lead.is_empty() { "Not known" } else { to.to_lead.as_str() }),
            widget::fact("Last day here", to.leaves_on.long()),
        ],
    };
    if let Some(received) = request.transfer.as_ref().and_then(|to| to.received.as_ref()) {
        facts.push(widget::fact("Received there", format!("on {} by {}", received.on.long(), received.by)));
    }
    match &request.state {
        RequestState::Open => facts.push(widget::fact("By when", due)),
        RequestState::Issued(issued) => {
            facts.push(widget::fact("Made", format!("on {} by {}", issued.on.long(), issued.by)));
        }
        RequestState::Ended { on, why } => {
            facts.push(widget::fact("Ended", format!("on {}: {why}", on.long())));
        }
    }
    facts.push(widget::fact("Taken out", count(view.taken_out(), "place", "places")));
    let held = view.entries.iter().filter(|entry| entry.held_back.is_some()).count();
    facts.push(widget::fact("Held back", count(held, "entry", "entries")));
    widget::summary(facts)
}

/// What there is to do.
fn next(review: &Review) -> Element<'_, case::Message> {
    match &review.view.request.state {
        RequestState::Ended { .. } => column![].into(),
        RequestState::Issued(_) if review.view.request.transfer.is_some() => sending(review),
        RequestState::Issued(_) => {
            let folder = widget::text_field("Folder for the two PDFs", &review.folder)
                .hint("The copy is for whoever asked. The log is for you: it names the other children.")
                .on_input(|text| outer(Message::Edited(Field::Folder, text.into())));
            let save = button::primary("Save the PDFs").on_press(outer(Message::SaveAsked));
            column![Element::from(folder), button::row_of([save.into()])].spacing(L).into()
        }
        RequestState::Open => {
            let waits = review.view.waits_for();
            let tone = if waits.is_some() { Tone::Info } else { Tone::Success };
            let ready = waits.is_none();
            let says = waits.unwrap_or_else(|| "Everything is read and settled.".into());
            let notice = widget::notice(tone, says).what_to_do(
                "Every other child is taken out already. Read each entry as it will go: you may take out more, let words \
                 stand, or hold an entry back, each with a reason.",
            );
            if review.view.request.transfer.is_some() {
                let buttons = button::row_of([
                    button::primary("Make the file")
                        .on_press_maybe(ready.then(|| outer(Message::Issue)))
                        .into(),
                    button::quiet("End without a file…").on_press(outer(Message::EndAsked)).into(),
                ]);
                return column![Element::from(notice), buttons].spacing(L).into();
            }
            let buttons = button::row_of([
                button::primary("Make the copy").on_press_maybe(ready.then(|| outer(Message::Issue))).into(),
                button::secondary("Who may have it…").on_press(outer(Message::AuthorityAsked)).into(),
                button::secondary("Take more time…").on_press(outer(Message::TimeAsked)).into(),
                button::quiet("End without a copy…").on_press(outer(Message::EndAsked)).into(),
            ]);
            column![Element::from(notice), buttons].spacing(L).into()
        }
    }
}

/// The file is made: the words that open it, where it goes, and its receipt.
fn sending(review: &Review) -> Element<'_, case::Message> {
    let words = widget::notice(Tone::Info, "These five words open the file. They are kept nowhere.").what_to_do(
        "Write them down now, and give them to the next school’s lead by telephone. Any PDF reader opens the file with them. \
         If you save it again, it gets new words.",
    );
    let folder = widget::text_field("Folder for the file and its slip", &review.folder)
        .hint("The file is encrypted. The slip names no child.")
        .on_input(|text| outer(Message::Edited(Field::Folder, text.into())));
    let waits = review.view.request.transfer.as_ref().is_some_and(|to| to.received.is_none());
    let received = button::secondary("The receipt came back…");
    let buttons = button::row_of([
        button::primary("Save the file and its slip").on_press(outer(Message::SaveAsked)).into(),
        received.on_press_maybe(waits.then(|| outer(Message::ReceivedAsked))).into(),
    ]);
    let passphrase = widget::strong(review.passphrase.expose());
    column![Element::from(words), passphrase, Element::from(folder), buttons].spacing(L).into()
}

fn entries(view: &AccessView) -> Element<'_, case::Message> {
    let columns = [
        widget::table_column("Day", 4),
        widget::table_column("Case", 3),
        widget::table_column("What", 9),
        widget::table_column("Out", 2).right(),
        widget::table_column("State", 4),
    ];
    let rows = view.entries.iter().enumerate().map(|(at, entry)| {
        let places = entry.passages.iter().flat_map(|passage| &passage.places);
        let out = places.filter(|place| place.goes_out()).count();
        let title = entry.passages.first().map_or("", |passage| passage.copy.as_str());
        let (state, tone) = state(entry);
        let cells = [
            Cell::Text(entry.on.short().into()),
            Cell::Text(entry.reference.as_str().into()),
            Cell::Strong(title.into()),
            Cell::Text(out.to_string().into()),
            Cell::Tag(state.into(), tone),
        ];
        widget::table_row(cells, Some(outer(Message::EntryOpened(at))))
    });
    widget::table("Entries of the copy", &columns, rows)
}

fn state(entry: &AccessEntry) -> (&'static str, Tone) {
    let adult = entry.passages.iter().flat_map(|p| &p.places).any(|place| place.is == PlaceIs::Adult);
    match (&entry.held_back, adult, entry.read) {
        (Some(_), ..) => ("Held back", Tone::Neutral),
        (None, true, _) => ("An adult is named", Tone::Warning),
        (None, false, true) => ("Read", Tone::Success),
        (None, false, false) => ("To read", Tone::Info),
    }
}
