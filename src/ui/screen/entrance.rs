//! How the pages look that come before a case file is open.

use crate::ui::spacing::{COLUMN, L};
use crate::ui::widget;
use iced::advanced::widget::Id;
use iced::widget::{Column, container};
use iced::{Element, Length};

/// A page in the middle of the window: there is no navigation yet that it could stand beside.
pub(super) fn page<'a, Message: Clone + 'a>(content: Column<'a, Message>) -> Element<'a, Message> {
    let content = container(content.spacing(L)).max_width(COLUMN).width(Length::Fill);
    widget::wide_page(container(content).center_x(Length::Fill))
}

/// The errors of a page, if it has any.
pub(super) fn problems<'a, Message: Clone + 'a>(
    errors: Vec<(String, Id)>,
    on_link: impl Fn(Id) -> Message,
) -> Option<Element<'a, Message>> {
    (!errors.is_empty()).then(|| widget::error_summary(errors, on_link))
}
