//! After the recovery sheet, where several people have a key: whose new passphrase it is to be.

use crate::app::Session;
use crate::ui::widget::{self, choice};
use iced::Element;
use iced::advanced::widget::Id;

const WHOSE: Id = Id::new("unlock-whose");

/// The people, and the one that was chosen. Asks nothing where there is one person, or nobody.
#[derive(Debug, Default)]
pub(super) struct Whose {
    names: Vec<String>,
    chosen: Option<String>,
    checked: bool,
}

impl Whose {
    pub(super) fn of(session: &Session) -> Self {
        // People who cannot be read are asked about by the use case itself.
        let people = session.people().unwrap_or_default();
        let names: Vec<String> = people.into_iter().map(|person| person.name).collect();
        if names.len() > 1 { Self { names, ..Self::default() } } else { Self::default() }
    }

    pub(super) fn choose(&mut self, name: String) {
        self.chosen = Some(name);
    }

    /// Whose it is, where it was asked.
    pub(super) fn chosen(&self) -> Option<String> {
        self.chosen.clone()
    }

    /// Whether it is known. From now on the field says that it is not.
    pub(super) fn check(&mut self) -> bool {
        self.checked = true;
        self.error().is_none()
    }

    fn error(&self) -> Option<&'static str> {
        let missing = self.checked && !self.names.is_empty() && self.chosen.is_none();
        missing.then_some("Choose your own name.")
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        self.error().map(|words| (words.to_owned(), WHOSE)).into_iter().collect()
    }

    pub(super) fn view<'a, Message: Clone + 'a>(
        &'a self,
        on_choose: impl Fn(String) -> Message + 'a,
    ) -> Option<Element<'a, Message>> {
        let choices = self.names.iter().map(|name| choice::choice(name.clone(), name.as_str()));
        (!self.names.is_empty()).then(|| {
            widget::radio_group("Who are you?", choices, self.chosen.as_ref(), on_choose)
                .hint(
                    "The new passphrase takes the place of this person’s. The record names them from now on.",
                )
                .error(self.error())
                .id(WHOSE)
                .into()
        })
    }
}
