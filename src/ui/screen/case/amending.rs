//! Amending the words of a disclosure: who told whom, what was said, what the child wants and, apart from it, what the
//! family wants. The first text stays on the timeline.

use super::typed::Typed;
use super::{After, Ground, form};
use crate::app::{DisclosureWords, Notice};
use crate::domain::Wishes;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;

const TOLD_BY: Id = Id::new("amend-told-by");
const ACCOUNT: Id = Id::new("amend-account");
const WHY: Id = Id::new("amend-why");

/// A text of the disclosure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmendedText {
    /// Who told whom.
    ToldBy,
    /// What was said.
    Account,
    /// What the child wants.
    Child,
    /// What the family wants.
    Family,
}

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct Amending {
    texts: [Editor; 4],
    wishes: Option<Wishes>,
    why: Typed,
    wrong: bool,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// A text was edited.
    Edited(AmendedText, Edit),
    /// What they want of the police was chosen.
    PoliceChosen(Wishes),
    /// The reason was typed.
    WhyEdited(Typed),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
}

const POLICE: [(Wishes, &str); 3] = [
    (Wishes::Police, "Yes, they want the police told"),
    (Wishes::NoPolice, "No, they do not want the police told"),
    (Wishes::NotRecorded, "They have not been asked, or have not said"),
];

impl Amending {
    /// Where the form begins.
    pub(super) const FIRST: Id = TOLD_BY;

    pub(super) fn new(ground: Ground<'_>) -> Self {
        let DisclosureWords { told_by, account, child_wishes, family_wishes, wishes } =
            DisclosureWords::of(&ground.view.case);
        let texts = [told_by, account, child_wishes, family_wishes].map(|text| Editor::with_text(&text));
        Self { texts, wishes, why: Typed::default(), wrong: false }
    }

    /// What to do, and whether the form is finished with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::Edited(text, edit) => self.texts[text as usize].perform(edit),
            Message::PoliceChosen(wish) => self.wishes = Some(wish),
            Message::WhyEdited(why) => self.why = why,
            Message::Saved => return self.save(ground),
            Message::Left => return (After::Stay, true),
        }
        (After::Stay, false)
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        if !self.errors(ground).is_empty() {
            return (After::wrong(), false);
        }
        match ground.session.amend_disclosure(ground.view.case.id, &self.filled(), &self.why.kept()) {
            Ok(()) => {
                let next = "The first text stays readable on the timeline.";
                (After::Changed(Some(Notice::done("The disclosure is amended.", next))), true)
            }
            Err(error) => (After::Failed(Notice::from(&error)), false),
        }
    }

    fn filled(&self) -> DisclosureWords {
        let [told_by, account, child_wishes, family_wishes] =
            self.texts.each_ref().map(|text| text.text().trim().to_owned());
        DisclosureWords { told_by, account, child_wishes, family_wishes, wishes: self.wishes }
    }

    fn errors(&self, ground: Ground<'_>) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let words = self.filled();
        let mut errors = Vec::new();
        if words.told_by.is_empty() {
            errors.push(("Write who told whom.".into(), TOLD_BY));
        }
        if words.account.is_empty() {
            errors.push(("Write what was said.".into(), ACCOUNT));
        }
        if DisclosureWords::of(&ground.view.case).is_amended_by(&words) && self.why.kept().is_empty() {
            errors.push(("Say why it is amended. The record keeps both texts.".into(), WHY));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = |message| super::Message::Overview(super::OverviewMessage::Amending(message));
        let errors = self.errors(ground);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let area = |text: AmendedText, label: &'static str, hint: &'static str| {
            let edit = move |edit| outer(Message::Edited(text, edit));
            widget::text_area(label, &self.texts[text as usize], edit).hint(hint).rows(4)
        };
        let told_by =
            area(AmendedText::ToldBy, "Who told whom?", "For example, the child told the class teacher.");
        let account = area(AmendedText::Account, "What was said?", "In the words that were used.");
        let child = area(AmendedText::Child, "What does the child want?", "In the child’s words.");
        let family = area(
            AmendedText::Family,
            "What does the family want?",
            "In the parents’ words, apart from the child’s.",
        );
        let choices = POLICE.map(|(wish, label)| widget::choice(wish, label));
        let choose = move |wish| outer(Message::PoliceChosen(wish));
        let police =
            widget::radio_group("Do they want the police told?", choices, self.wishes.as_ref(), choose);
        let why = widget::text_field("Why is it amended?", &self.why)
            .hint("Needed where a text that was there changes. For example, she said more the next day.")
            .error(error(WHY))
            .id(WHY)
            .on_input(move |text| outer(Message::WhyEdited(text.into())));
        let fields = [
            told_by.error(error(TOLD_BY)).id(TOLD_BY).into(),
            account.error(error(ACCOUNT)).id(ACCOUNT).into(),
            child.into(),
            family.into(),
            police.into(),
            why.into(),
        ];
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form("Amend the disclosure", errors, fields, buttons)
    }
}
