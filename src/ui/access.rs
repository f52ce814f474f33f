//! Keyboard and screen reader access for iced 0.14: the control kit, the root widget and the AccessKit bridge.
//!
//! iced lets Tab reach only its text inputs and tells a screen reader nothing. Here every control is wrapped in
//! [`control`], which adds focus, keys, a ring and a description of itself ([`Access`]); [`root`] moves the focus and
//! publishes those descriptions; [`Bridge`] hands them to the platform. It knows nothing of Casebook: no words, no
//! colours of its own, no other module of the crate.

mod bridge;
mod collect;
mod control;
mod description;
mod hand_on;
mod inert;
mod reveal;
mod root;
mod steps;

pub use accesskit::{Live, Role};
pub use bridge::Bridge;
pub use control::{Control, Look, control};
pub use description::{Access, Request};
pub use inert::{Inert, inert};
pub use root::{Root, root};

pub(crate) use hand_on::{hand_on, inner};
use iced::Task;
use iced::advanced::widget::{Id, operate};

/// Focuses the control with this id and scrolls it into view.
pub fn focus<T: Send + 'static>(id: impl Into<Id>) -> Task<T> {
    operate(reveal::FocusById::new(id.into()))
}

/// Focuses the first control of the page and scrolls it into view. Where a part is marked as [`Role::Main`], the page is
/// that part and not the navigation before it.
pub fn focus_first<T: Send + 'static>() -> Task<T> {
    operate(reveal::FocusMain::default())
}

/// Takes the focus from whatever has it: the next Tab begins the page.
pub fn unfocus<T: Send + 'static>() -> Task<T> {
    operate(reveal::Unfocus)
}
