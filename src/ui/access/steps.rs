//! Keys that act away from what has the focus: a letter with Alt presses the control that it belongs to, and an arrow goes on
//! to the next line of a table.

use super::reveal::FocusNth;
use super::{Access, Request, Role};
use iced::Event;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::keyboard::{self, Key, key::Named};
use iced::{Rectangle, keyboard::Modifiers};
use std::any::Any;

/// The letter that was pressed together with Alt. On macOS that types a letter of its own, so there are none.
pub(super) fn letter_with_alt(event: &Event) -> Option<char> {
    let Event::Keyboard(keyboard::Event::KeyPressed { key, physical_key, modifiers, .. }) = event else {
        return None;
    };
    // AltGr is Control and Alt on Windows, and types a letter too.
    let alone = *modifiers == Modifiers::ALT && cfg!(not(target_os = "macos"));
    key.to_latin(*physical_key).filter(|_| alone).map(|letter| letter.to_ascii_lowercase())
}

/// Asks the first control that can be used and has this letter to do what it does.
#[derive(Debug)]
pub(super) struct PressLetter {
    letter: char,
    found: bool,
}

impl PressLetter {
    pub(super) fn new(letter: char) -> Self {
        Self { letter, found: false }
    }

    /// Whether there was one.
    pub(super) fn found(&self) -> bool {
        self.found
    }
}

impl Operation for PressLetter {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(access) = state.downcast_mut::<Access>() else { return };
        let meant = access.access_key == Some(self.letter) && access.clickable && !access.disabled;
        if meant && !self.found {
            access.request = Some(Request::Activate);
            self.found = true;
        }
    }
}

/// Where a Tab stop lies: in which table, and in which of its lines.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Line {
    table: Option<usize>,
    row: Option<usize>,
}

/// The Tab stops of a page, with the lines of tables that they lie in.
#[derive(Debug, Default)]
pub(super) struct Lines {
    stack: Vec<Line>,
    next: Line,
    tables: usize,
    stops: Vec<Line>,
    focused: Option<usize>,
}

impl Lines {
    fn here(&self) -> Line {
        self.stack.last().copied().unwrap_or_default()
    }

    /// The operation that moves the focus to the line above or below, if the focus is in a table and there is one.
    pub(super) fn step(&self, key: &Key) -> Option<FocusNth> {
        let at = self.focused?;
        let line = self.stops[at];
        let elsewhere = |stop: &Line| stop.table == line.table && stop.row != line.row;
        let _in_a_line = line.table.and(line.row)?;
        let to = match key {
            Key::Named(Named::ArrowDown) => *self.stops[at..].iter().find(|stop| elsewhere(stop))?,
            Key::Named(Named::ArrowUp) => *self.stops[..at].iter().rev().find(|stop| elsewhere(stop))?,
            _ => return None,
        };
        self.stops.iter().position(|stop| *stop == to).map(FocusNth::new)
    }
}

impl Operation for Lines {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        self.stack.push(self.next);
        operate(self);
        let _ = self.stack.pop();
        self.next = self.here();
    }

    fn container(&mut self, _id: Option<&Id>, _bounds: Rectangle) {
        self.next = self.here();
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let here = self.here();
        self.next = match state.downcast_ref::<Access>() {
            Some(access) if access.role == Role::Table => {
                self.tables += 1;
                Line { table: Some(self.tables), row: None }
            }
            Some(access) if access.role == Role::Row => Line { row: access.row, ..here },
            _ => here,
        };
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.stops.len());
        }
        self.stops.push(self.next);
    }
}
