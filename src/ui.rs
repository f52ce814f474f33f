//! The window: screens, widgets, theme. Uses `app` and `domain`, never `store`, `policy` or `documents`.
//!
//! # Layers inside
//!
//! [`access`] makes controls of elements, for the keyboard and for screen readers; [`theme`] and [`spacing`] say how
//! things look; [`widget`] puts the two together; screens are made of widgets and of nothing else.
//!
//! # How a screen looks
//!
//! A screen is a struct with its state, a `Message` of past facts, an `Action` of orders to its parent, and three
//! functions. It cannot navigate or save: it returns an `Action`, which the root matches exhaustively.
//!
//! ```
//! use casebook::ui::access;
//! use casebook::ui::widget::{self, button};
//! use iced::advanced::widget::Id;
//! use iced::widget::column;
//! use iced::{Element, Task};
//!
//! /// Asks for the name of the targeted child.
//! pub struct Name { name: String, missing: bool }
//!
//! #[derive(Debug, Clone)]
//! pub enum Message { NameEdited(String), Continued, LinkFollowed(Id) }
//!
//! #[must_use]
//! pub enum Action { None, Run(Task<Message>), Named(String) }
//!
//! const NAME: Id = Id::new("name");
//!
//! impl Name {
//!     pub fn update(&mut self, message: Message) -> Action {
//!         match message {
//!             Message::NameEdited(name) => { self.name = name; Action::None }
//!             Message::LinkFollowed(field) => Action::Run(access::focus(field)),
//!             Message::Continued => self.finish(),
//!         }
//!     }
//!
//!     fn finish(&mut self) -> Action {
//!         self.missing = self.name.is_empty();
//!         if self.missing { Action::None } else { Action::Named(self.name.clone()) }
//!     }
//!
//!     pub fn view(&self) -> Element<'_, Message> {
//!         let error = self.missing.then_some("Enter the targeted child’s name.");
//!         let summary = error.map(|words| widget::error_summary([(words, NAME)], Message::LinkFollowed));
//!         let question = column![
//!             summary,
//!             widget::heading(1, "Who is the targeted child?"),
//!             widget::text_field("Targeted child’s name", &self.name)
//!                 .error(error)
//!                 .id(NAME)
//!                 .on_input(Message::NameEdited)
//!                 .on_submit(Message::Continued),
//!             button::row_of([button::primary("Continue").on_press(Message::Continued).into()]),
//!         ];
//!         let words = "Parents of both parties will be informed.";
//!         let policy = widget::citation("CB-3", "Cyberbullying", words, None::<&str>);
//!         widget::page(question.spacing(casebook::ui::spacing::L), Some(policy))
//!     }
//! }
//! ```
//!
//! # Invariants
//!
//! - Whatever can be acted on is an `access::control`, so that no test and no screen reader needs another way in.
//! - An element that comes and goes leaves something in its place ([`widget::slot`]), or stands in a column of its own:
//!   iced leaves out a child of fixed size 0, and `None` is one, so that what follows it would lose focus and scrolling.
//! - What has the focus stays in view: when it moves, and when the page grows or shrinks above it.
//! - Work that takes longer than a frame is done apart, and its failure comes back as a notice like any other.
//! - What was typed is in no message's `Debug` output that a log could keep: passphrases and narratives travel in types
//!   that redact.

pub mod access;
pub mod gallery;
pub mod icon;
pub mod screen;
pub mod spacing;
#[cfg(test)]
pub(crate) mod testing;
pub mod theme;
pub mod widget;
mod window;

pub use window::{Anew, Locked, Start, run};
