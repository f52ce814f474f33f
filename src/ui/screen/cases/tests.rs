//! A list of thousands: only what can be seen is built, and the keyboard still walks through all of it.

use super::*;
use crate::app::CaseRow;
use crate::ui::access::Role;
use crate::ui::screen::case::testkit::{day, empty};
use crate::ui::testing::Driver;
use iced::keyboard::key::Named;

fn many(count: u64) -> Vec<CaseRow> {
    let row = |n: u64| CaseRow {
        id: CaseId::new(n),
        reference: format!("2026-{n:04}"),
        child: format!("Child {n}"),
        disclosed_on: day("2026-01-12"),
        open: true,
        duty: "Investigate, protect and work with the families".into(),
        next_due: Some(day("2026-01-20")),
    };
    (1..=count).map(row).collect()
}

fn found(typed: &str, count: u64) -> Found {
    let asked = Asked { typed: typed.into(), filter: CaseFilter::default(), pages: 1 };
    Found { asked, rows: Ok((Rows(CaseList { rows: many(count), more: false }), CaseFilters::default())) }
}

fn rows_in(ui: &Driver<Cases>) -> Vec<String> {
    let links =
        ui.names().into_iter().filter(|(role, name)| *role == Role::Link && name.starts_with("2026-"));
    links.map(|(_, name)| name[..9].to_owned()).collect()
}

#[test]
fn thousands_are_walked_through_by_keyboard() {
    let (_folder, session) = empty();
    let (mut screen, _first) = Cases::new(session);
    let _none = screen.found(found("", 5000));
    let mut ui = Driver::new(screen);
    assert!(rows_in(&ui).len() < 60, "a window of the list, not the whole");
    let first = ui.names().into_iter().find(|(_, name)| name.starts_with("2026-0001")).unwrap();
    ui.tab_to(first.0, &first.1);
    let known = |ui: &Driver<Cases>, n: u64| {
        ui.tree()
            .nodes
            .into_iter()
            .find(|(_, node)| node.label().is_some_and(|name| name.starts_with(&format!("2026-{n:04}"))))
            .map(|(id, _)| id)
    };
    let mut fifties = None;
    for n in 2..=80 {
        ui.press(Named::Tab);
        assert!(
            ui.focused().1.starts_with(&format!("2026-{n:04}")),
            "{:?} where {n} should be",
            ui.focused()
        );
        if n == 50 {
            fifties = known(&ui, 50);
        }
    }
    assert!(known(&ui, 1).is_none() && fifties.is_some());
    assert_eq!(
        known(&ui, 50),
        fifties,
        "a line stays what it was to a screen reader while others leave above it"
    );
    assert!(ui.screen.scrolled > 3000.0, "what has the focus was scrolled into view");
    assert!(!rows_in(&ui).contains(&"2026-0001".to_owned()));
    let node = ui.node(ui.focused().0, &ui.focused().1);
    assert_eq!((node.position_in_set(), node.size_of_set()), (Some(79), Some(5000)), "counted from 0");
}

#[test]
fn it_says_so_where_there_are_more_than_are_shown() {
    let (_folder, session) = empty();
    let (mut screen, _first) = Cases::new(session);
    let mut of = found("", 100);
    of.rows = of.rows.map(|(Rows(list), filters)| (Rows(CaseList { more: true, ..list }), filters));
    let _none = screen.found(of);
    let ui = Driver::new(screen);
    let said = "The first 100 cases. Search or filter to find others, or Show more below them.";
    assert!(format!("{:?}", ui.tree()).contains(said), "{:?}", ui.names());
}

#[test]
fn older_ones_are_a_page_away() {
    let folder = tempfile::tempdir().unwrap();
    let session = crate::app::demo::make(folder.path(), |_| {}).unwrap().session;
    let like = session.case(session.cases("").unwrap()[0].id).unwrap().case;
    for number in 100..160 {
        let case = crate::domain::Case {
            id: CaseId::new(number),
            reference: format!("2024-{number}"),
            ..like.clone()
        };
        session.case_by_hand(&case).unwrap();
    }
    let (screen, first) = Cases::new(session);
    let mut ui = Driver::with_size(screen, iced::Size::new(1280.0, 6000.0));
    ui.run(first);
    let searched = ui.screen.search("2024-1".into());
    ui.run(searched);
    ui.send(&[]);
    let lines = |ui: &Driver<Cases>| {
        let rows = &ui.screen.rows.as_ref().unwrap().0;
        (rows.rows.len(), rows.rows[0].reference.clone(), rows.more)
    };
    assert_eq!(lines(&ui), (crate::app::FOUND, "2024-159".into(), true), "the newest first");
    ui.click(Role::Button, "Show more cases");
    assert_eq!(lines(&ui).0, 2 * crate::app::FOUND);
    ui.click(Role::Button, "Show more cases");
    assert_eq!(lines(&ui), (60, "2024-159".into(), false));
    assert!(!ui.has(Role::Button, "Show more cases"));
    let searched = ui.screen.search("2024-".into());
    ui.run(searched);
    assert_eq!(lines(&ui).0, crate::app::FOUND, "what is typed next begins with the newest");
}

#[test]
fn what_is_typed_while_a_search_runs_is_searched_next() {
    let (_folder, session) = empty();
    let (mut screen, first) = Cases::new(session);
    assert_eq!(first.units(), 1);
    assert_eq!(screen.search("ko".into()).units(), 0, "one search at a time");
    let old = found("", 3);
    assert_eq!(screen.found(old).units(), 1, "what was typed since");
    let new = found("ko", 1);
    assert_eq!(screen.found(new).units(), 0);
    assert_eq!(screen.rows.unwrap().0.rows.len(), 1);
}

#[test]
fn filters_narrow_the_list_and_are_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let session = crate::app::demo::make(folder.path(), |_| {}).unwrap().session;
    let all = session.cases("").unwrap().len();
    let (screen, first) = Cases::new(session);
    let mut ui = Driver::with_size(screen, iced::Size::new(1280.0, 1600.0));
    ui.run(first);
    let lines = |ui: &Driver<Cases>| ui.screen.rows.as_ref().map_or(0, |rows| rows.0.rows.len());
    assert_eq!(lines(&ui), all);
    ui.click(Role::Button, "Showing open and closed cases");
    ui.click(Role::RadioButton, "Closed");
    assert!(lines(&ui) < all);
    assert!(ui.has(Role::Button, "Showing closed cases"));
    ui.click(Role::Button, "Show all cases");
    assert_eq!(lines(&ui), all);
    assert!(ui.has(Role::Button, "Showing open and closed cases"));
}
