//! One home of a person: its adults, its address, its telephone. Letters go to each home apart.

use super::{Field, Message};
use crate::domain::{Family, Household};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{FIELD_SHORT, L};
use crate::ui::widget::{self, Editor, button};
use iced::Element;
use iced::widget::column;

/// A home while it is entered.
#[derive(Debug, Default)]
pub(super) struct Home {
    pub(super) adults: Typed,
    pub(super) address: Editor,
    pub(super) phone: Typed,
    /// What is known of the family already; it is changed under People in the case.
    family: Family,
}

impl Home {
    pub(super) fn of(home: &Household) -> Self {
        Self {
            adults: home.addressees.as_str().into(),
            address: Editor::with_text(&home.address.join("\n")),
            phone: home.phone.as_str().into(),
            family: home.family.clone(),
        }
    }

    pub(super) fn household(&self) -> Household {
        let address = self.address.text();
        let lines = address.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
        let (addressees, phone, family) = (self.adults.kept(), self.phone.kept(), self.family.clone());
        Household { addressees, address: lines.collect(), phone, family }
    }

    pub(super) fn view(&self, at: usize, of: usize) -> Element<'_, Message> {
        let label = |what: &str| if of == 1 { what.to_owned() } else { format!("{what}, home {}", at + 1) };
        let typed = move |field: Field| move |text: String| Message::Edited(field, text.into());
        let fields = column![
            Element::from(
                widget::text_field(label("Adults"), &self.adults)
                    .hint("As the envelope names them, for example Mrs A Osei and Mr K Osei.")
                    .on_input(typed(Field::Adults(at)))
            ),
            Element::from(
                widget::text_area(label("Address"), &self.address, move |edit| {
                    Message::AddressEdited(at, edit)
                })
                .hint("A line each.")
                .rows(4)
            ),
            Element::from(
                widget::text_field(label("Telephone"), &self.phone)
                    .width(FIELD_SHORT)
                    .on_input(typed(Field::Phone(at)))
            ),
            Element::from(
                button::quiet("Remove this home")
                    .name(format!("Remove home {}", at + 1))
                    .on_press(Message::HomeRemoved(at))
            ),
        ];
        widget::card(fields.spacing(L))
    }
}
