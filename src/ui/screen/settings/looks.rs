//! Settings, appearance: the colours of the window, and how large everything in it is. Both change at once.

use crate::app::{Appearance, Looks, TextSize};
use crate::ui::spacing::XL;
use crate::ui::widget::{self, choice};
use iced::Element;
use iced::widget::column;

/// The part's page, to be put under the tabs. Its message is what was chosen.
pub(super) fn view(now: Looks) -> Element<'static, Looks> {
    let colours = [
        choice::choice(Appearance::System, "Same as this computer")
            .explain("Light, dark or high contrast, as it is set on this computer."),
        choice::choice(Appearance::Light, "Light"),
        choice::choice(Appearance::Dark, "Dark").explain("Easier on the eyes in a dim room."),
        choice::choice(Appearance::HighContrast, "High contrast")
            .explain("White and yellow on black, with an edge around every part."),
    ];
    let colours =
        widget::radio_group("How the window looks", colours, Some(&now.appearance), move |appearance| {
            Looks { appearance, ..now }
        })
        .hint("It changes at once, and this computer remembers it.");
    let sizes = TextSize::ALL.map(|size| choice::choice(size, format!("{} %", size.percent())));
    let sizes =
        widget::radio_group("How large everything is", sizes, Some(&now.text_size), move |text_size| Looks {
            text_size,
            ..now
        })
        .hint("Ctrl and + or − change it on any page; Ctrl and 0 set it back.");
    column![Element::from(colours), Element::from(sizes)].spacing(XL).into()
}
