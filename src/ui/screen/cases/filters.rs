//! By what the list of cases is narrowed: state, year, platform, clause. Only what some case has can be chosen.

use super::Message;
use super::rows::short;
use crate::app::{CaseFilter, CaseFilters, Session};
use crate::ui::spacing::L;
use crate::ui::widget;
use iced::widget::{Column, Row, column, container};
use iced::{Element, Length};

/// An occasion's platform that is not in the age table.
const OTHER: &str = "other";
/// The longest words of a clause in its line.
const QUOTE: usize = 64;

/// One choice made in the filters.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// Open, closed or both.
    State(Option<bool>),
    /// A year, or every one.
    Year(Option<i32>),
    /// A platform's id, or every one.
    Platform(Option<String>),
    /// A clause's key, or every one.
    Clause(Option<String>),
}

pub(super) fn apply(filter: &mut CaseFilter, chosen: Chosen) {
    match chosen {
        Chosen::State(open) => filter.open = open,
        Chosen::Year(year) => filter.year = year,
        Chosen::Platform(platform) => filter.platform = platform,
        Chosen::Clause(clause) => filter.clause = clause,
    }
}

/// The filters, folded away behind a line that says what is shown.
pub(super) fn view<'a>(
    session: &'a Session,
    filter: &'a CaseFilter,
    filters: &'a CaseFilters,
    (open, wide): (bool, bool),
) -> Element<'a, Message> {
    let states = [(None, "Open and closed"), (Some(true), "Open"), (Some(false), "Closed")];
    let states = states.map(|(state, words)| widget::choice(state, words));
    let years = filters.years.iter().map(|year| widget::choice(Some(*year), year.to_string()));
    let years = std::iter::once(widget::choice(None, "Every year")).chain(years);
    let platforms =
        filters.platforms.iter().map(|id| widget::choice(Some(id.clone()), platform(session, id)));
    let platforms = std::iter::once(widget::choice(None, "Every platform")).chain(platforms);
    let clauses = filters.clauses.iter().map(|key| widget::choice(Some(key.clone()), clause(session, key)));
    let clauses = std::iter::once(widget::choice(None, "Whatever the policy says")).chain(clauses);

    let left = column![
        Element::from(widget::radio_group("State", states, Some(&filter.open), Chosen::State)),
        Element::from(widget::radio_group("Disclosed in", years, Some(&filter.year), Chosen::Year)),
    ];
    let middle = widget::radio_group("Platform", platforms, Some(&filter.platform), Chosen::Platform);
    let right = widget::radio_group("What the policy says", clauses, Some(&filter.clause), Chosen::Clause);
    let part = |inside: Element<'a, Chosen>, portion| {
        let width = if wide { Length::FillPortion(portion) } else { Length::Fill };
        container(inside).width(width).into()
    };
    let groups = [part(left.spacing(L).into(), 3), part(middle.into(), 3), part(right.into(), 5)];
    let groups: Element<'a, Chosen> = if wide {
        Row::with_children(groups).spacing(L).into()
    } else {
        Column::with_children(groups).spacing(L).into()
    };
    let inside = groups.map(Message::Chosen);
    widget::expander(summary(session, filter), open, Message::FiltersShown, inside)
}

/// What is shown, in words.
fn summary(session: &Session, filter: &CaseFilter) -> String {
    let mut words = vec![match filter.open {
        None => "open and closed cases".to_owned(),
        Some(true) => "open cases".to_owned(),
        Some(false) => "closed cases".to_owned(),
    }];
    words.extend(filter.year.map(|year| format!("disclosed in {year}")));
    words.extend(filter.platform.as_ref().map(|id| format!("on {}", platform(session, id))));
    words.extend(filter.clause.as_ref().map(|key| format!("under {}", clause(session, key))));
    format!("Showing {}", words.join(", "))
}

fn platform(session: &Session, id: &str) -> String {
    if id == OTHER { "Another platform".into() } else { session.policy().ages.name(id).to_owned() }
}

fn clause(session: &Session, key: &str) -> String {
    let quote = session.policy().clause(key).map_or(key, |clause| clause.quote.as_str());
    format!("“{}”", short(quote, QUOTE))
}
