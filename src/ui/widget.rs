//! The widgets of the window, generic over the message and styled only through `theme` and `spacing`.
//!
//! Each is a function that returns something which `.into()` turns into an element. Whatever can be acted on is an
//! [`access::control`](super::access::control), so it has a name, a role and a state, and the keyboard reaches it.

mod access_key;
mod beside;
pub mod button;
pub mod choice;
mod field;
mod frame;
mod list;
mod message;
mod slot;
mod text;
mod text_area;
mod text_field;
mod wheel;

pub use access_key::access_keys;
pub use choice::{Choice, Choices, check_group, checkbox, choice, list_box, radio_group};
pub use frame::{
    Dialog, Place, beside_navigation, dialog, modal, page, place, tabs, to_top, top_bar, wide_page,
};
pub use list::{
    Cell, Fact, TableColumn, TableRow, card, expander, fact, summary, table, table_column, table_row,
};
pub use message::{ERROR_SUMMARY, Notice, citation, empty_state, error_summary, notice, progress};
pub use slot::slot;
pub use text::{
    bullets, heading, heading_like, hint, lead, paragraph, small, strong, tag, text_like_heading,
};
pub use text_area::{Edit, Editor, TextArea, text_area};
pub use text_field::{DateField, TextField, date_field, text_field};
