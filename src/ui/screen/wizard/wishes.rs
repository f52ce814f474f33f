//! The page for what the child and the family want, the child's wishes apart from the parents'.

use crate::app::{Fact, Policy};
use crate::domain::{Disclosure, Vocabulary, Wishes as Wish};
use crate::ui::spacing::L;
use crate::ui::widget::{self, Edit, Editor};
use iced::Element;
use iced::widget::column;

/// The page while it is filled in.
#[derive(Debug)]
pub(super) struct Wishes {
    child: Editor,
    family: Editor,
}

/// What happened on the page.
#[derive(Debug, Clone)]
pub enum Message {
    /// The child's wishes were edited.
    ChildEdited(Edit),
    /// The family's wishes were edited.
    FamilyEdited(Edit),
    /// What they want of the police was chosen.
    PoliceChosen(Wish),
}

impl Wishes {
    pub(super) fn of(disclosure: &Disclosure) -> Self {
        Self {
            child: Editor::with_text(&disclosure.answers.child_wishes),
            family: Editor::with_text(&disclosure.answers.family_wishes),
        }
    }

    pub(super) fn update(&mut self, message: Message, disclosure: &mut Disclosure) {
        match message {
            Message::ChildEdited(edit) => self.child.perform(edit),
            Message::FamilyEdited(edit) => self.family.perform(edit),
            Message::PoliceChosen(wish) => disclosure.answers.wishes = Some(wish),
        }
        self.child.text().trim_end().clone_into(&mut disclosure.answers.child_wishes);
        self.family.text().trim_end().clone_into(&mut disclosure.answers.family_wishes);
    }

    pub(super) fn view<'a>(&'a self, disclosure: &Disclosure) -> Element<'a, Message> {
        let choices = POLICE.map(|(wish, label)| widget::choice(wish, label));
        let chosen = disclosure.answers.wishes;
        column![
            Element::from(
                widget::text_area("What does the child want?", &self.child, Message::ChildEdited)
                    .hint("In the child’s words.")
                    .rows(4)
            ),
            Element::from(
                widget::text_area("What does the family want?", &self.family, Message::FamilyEdited)
                    .hint("In the parents’ words, apart from the child’s.")
                    .rows(4)
            ),
            Element::from(
                widget::radio_group(
                    "Do they want the police told?",
                    choices,
                    chosen.as_ref(),
                    Message::PoliceChosen
                )
                .hint(
                    "What they want counts. It does not stop a call to the police where a child is at risk."
                )
            ),
        ]
        .spacing(L)
        .into()
    }
}

const POLICE: [(Wish, &str); 3] = [
    (Wish::Police, "Yes, they want the police told"),
    (Wish::NoPolice, "No, they do not want the police told"),
    (Wish::NotRecorded, "They have not been asked, or have not said"),
];

/// The wishes as they stand on “Check your answers”.
pub(super) fn said(pack: &Policy, disclosure: &Disclosure) -> String {
    let answers = &disclosure.answers;
    let police = answers.wishes.map_or("", |wish| pack.value(Fact::Wishes, wish.id()));
    let lines = [
        ("The child: ", answers.child_wishes.as_str()),
        ("The family: ", answers.family_wishes.as_str()),
        ("The police: ", police),
    ];
    let lines: Vec<String> =
        lines.iter().filter(|(_, said)| !said.is_empty()).map(|(who, said)| format!("{who}{said}")).collect();
    if lines.is_empty() { "Nobody has been asked yet.".into() } else { lines.join("\n") }
}
