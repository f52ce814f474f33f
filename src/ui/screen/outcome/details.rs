//! The parts of an outcome that open on demand: the reason for a line with the words it rests on, and what nearly applied.

use super::{Message, Outcome, Said, clause};
use crate::app::{Because, Near};
use crate::ui::spacing::{L, M, S};
use crate::ui::widget;
use iced::Element;
use iced::widget::{Column, column};

/// Why a line stands there: each reason once, whom it is about, and the clauses.
pub(super) fn why<'a>(
    screen: &'a Outcome,
    said: &Said,
    name: &str,
    because: &[Because],
) -> Element<'a, Message> {
    let mut cite: Vec<String> = Vec::new();
    for key in because.iter().flat_map(|because| &because.cite) {
        if !cite.contains(key) {
            cite.push(key.clone());
        }
    }
    let lines = reasons(said, because).into_iter().map(widget::paragraph);
    let inside = column![Column::with_children(lines).spacing(S)]
        .push(clause::clauses(&said.outcome.policy, &cite))
        .spacing(M);
    expander(screen, format!("Why: {name}"), inside)
}

/// Reasons of the same words are said once, with everyone they are about.
fn reasons(said: &Said, because: &[Because]) -> Vec<String> {
    let mut texts: Vec<&str> = Vec::new();
    for one in because {
        if !texts.contains(&one.text.as_str()) {
            texts.push(&one.text);
        }
    }
    let line = |text: &str| {
        let about = because.iter().filter(|one| one.text == text).map(|one| one.about.as_deref());
        match said.names.list(about) {
            whom if whom.is_empty() => text.to_owned(),
            whom => format!("{whom}: {text}"),
        }
    };
    texts.into_iter().map(line).collect()
}

/// A line that shows more when it is opened, and stays open while the page is worked on.
pub(super) fn expander<'a>(
    screen: &Outcome,
    name: String,
    inside: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let open = screen.is_open(&name);
    let key = name.clone();
    widget::expander(name, open, move |open| Message::Opened(key.clone(), open), inside)
}

/// Rules one condition short, and what would have to be otherwise.
pub(super) fn nearly<'a>(screen: &'a Outcome, said: &Said) -> Option<Element<'a, Message>> {
    if said.outcome.nearly.is_empty() {
        return None;
    }
    let lines = said.outcome.nearly.iter().map(|near| near_line(said, near));
    let inside = Column::with_children(lines).spacing(L);
    Some(expander(screen, "Which rules nearly applied, and what would change it".into(), inside))
}

fn near_line<'a>(said: &Said, near: &Near) -> Element<'a, Message> {
    let whom = near.about.as_deref().map(|short| format!(" ({})", said.names.whose(Some(short))));
    column![
        widget::strong(format!("{}{}", near.adds.join("; "), whom.unwrap_or_default())),
        widget::paragraph(format!("It would apply with {}.", near.would_change)),
        widget::small(near.cite.join(", ")),
    ]
    .into()
}
