//! A place for something that comes and goes. A column leaves out a `None`, and what follows it would lose its focus, its
//! caret and its scrolling; an empty place it keeps.

use iced::widget::{container, space};
use iced::{Element, Padding};

/// An element with room below it, or nothing in its place.
pub fn slot<'a, Message: 'a>(content: Option<Element<'a, Message>>, below: f32) -> Element<'a, Message> {
    match content {
        Some(content) => container(content).padding(Padding::ZERO.bottom(below)).into(),
        None => space().into(),
    }
}
