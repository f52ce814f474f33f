//! A reason that is asked for: why words stand, why they go, why an entry stays behind, why it takes longer, why it ends.

use super::{Field, Message, outer};
use crate::app::{AccessView, Error, Session};
use crate::domain::{Day, Ruling};
use crate::ui::screen::case;
use crate::ui::screen::case::form;
use crate::ui::screen::case::typed::Typed;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;

const REASON: Id = Id::new("access-reason");
const WORDS: Id = Id::new("access-words");
const TOLD: Id = Id::new("access-told");

/// What the reason is for.
#[derive(Debug)]
enum For {
    /// Words of a text.
    Ruling { passage: Typed, at: usize, words: Typed, ruling: Ruling, adult: bool },
    /// More words of an entry.
    More { entry: String },
    /// An entry that stays behind.
    Hold { entry: String },
    /// Who may have the copy.
    Authority,
    /// More time.
    Time,
    /// No copy.
    End,
    /// The receipt came back.
    Received,
}

/// The form.
#[derive(Debug)]
pub(super) struct Reasoning {
    what: For,
    words: Typed,
    day: Typed,
    reason: Typed,
    everywhere: bool,
    wrong: bool,
}

impl Reasoning {
    /// The form that a message asks for, and where to begin in it.
    pub(super) fn asked(
        message: Message,
        view: &AccessView,
        entry: Option<usize>,
        today: Day,
    ) -> Option<(Self, Id)> {
        let entry = entry.and_then(|at| view.entries.get(at));
        let (what, focus, reason) = match message {
            Message::RulingAsked(passage, at, ruling) => {
                let texts = entry?.passages.iter().filter(|text| *text.key == *passage);
                let place = texts.flat_map(|text| &text.places).find(|place| place.at == at)?;
                let adult = place.is == crate::app::PlaceIs::Adult;
                let words = place.words.as_str().into();
                (For::Ruling { passage, at, words, ruling, adult }, REASON, Typed::default())
            }
            Message::MoreAsked => (For::More { entry: entry?.key.clone() }, WORDS, Typed::default()),
            Message::HoldAsked => (For::Hold { entry: entry?.key.clone() }, REASON, Typed::default()),
            Message::AuthorityAsked => (For::Authority, REASON, view.request.authority.as_str().into()),
            Message::TimeAsked => (For::Time, TOLD, Typed::default()),
            Message::EndAsked => (For::End, REASON, Typed::default()),
            Message::ReceivedAsked => (For::Received, TOLD, Typed::default()),
            _ => return None,
        };
        let everywhere = matches!(what, For::Ruling { adult: true, .. });
        let day = today.typed().into();
        Some((Self { what, words: Typed::default(), day, reason, everywhere, wrong: false }, focus))
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::Edited(Field::Reason, text) => self.reason = text,
            Message::Edited(Field::Words, text) => self.words = text,
            Message::Edited(Field::Day, text) => self.day = text,
            Message::EverywhereTurned(on) => self.everywhere = on,
            _ => {}
        }
    }

    pub(super) fn is_whole(&mut self) -> bool {
        self.wrong = true;
        self.errors().is_empty()
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if !self.wrong {
            return errors;
        }
        if matches!(self.what, For::More { .. }) && self.words.trim().is_empty() {
            errors.push(("Enter the words exactly as they stand in the entry.".into(), WORDS));
        }
        if let (For::Time | For::Received, Err(error)) = (&self.what, Day::parse(&self.day)) {
            errors.push((error.to_string(), TOLD));
        }
        if self.reason.trim().is_empty() {
            errors.push(("Write one sentence.".into(), REASON));
        }
        errors
    }

    /// Keeps it, and the request as it stands then.
    pub(super) fn keep(&self, session: &Session, view: &AccessView) -> Result<AccessView, Error> {
        let id = view.request.id;
        match &self.what {
            For::Ruling { passage, at, ruling, .. } => {
                session.settle_access(id, (passage, *at), self.everywhere, *ruling, &self.reason)
            }
            For::More { entry } => session.take_out_of_access(id, entry, &self.words, &self.reason),
            For::Hold { entry } => session.hold_back_access(id, entry, &self.reason),
            For::Authority => {
                session.set_access_authority(id, &self.reason)?;
                session.access_view(id)
            }
            For::Time => {
                let told = Day::parse(&self.day).unwrap_or_else(|_| session.today());
                session.extend_access(id, told, &self.reason)?;
                session.access_view(id)
            }
            For::Received => {
                let on = Day::parse(&self.day).unwrap_or_else(|_| session.today());
                session.transfer_received(id, on, &self.reason)?;
                session.access_view(id)
            }
            For::End => {
                session.end_access(id, &self.reason)?;
                session.access_view(id)
            }
        }
    }

    fn wording(&self) -> (&'static str, String, &'static str, &'static str) {
        match &self.what {
            For::Ruling { words, ruling: Ruling::Stands, adult: false, .. } => (
                "These words stay in the copy",
                format!("“{}”", &**words),
                "Why may they stand?",
                "For example: it is the name of a street. Only where nobody could think of the child.",
            ),
            For::Ruling { words, ruling: Ruling::Stands, .. } => (
                "This name stays in the copy",
                format!("“{}”", &**words),
                "Why may it stand?",
                "For example: a teacher of the school in their work; the parent who asks; they agreed.",
            ),
            For::Ruling { words, .. } => (
                "This name is taken out",
                format!("“{}”", &**words),
                "Why is it taken out?",
                "For example: a neighbour who told the school in confidence.",
            ),
            For::More { .. } => (
                "Take out more words",
                String::new(),
                "Why are they taken out?",
                "For example: it tells who another child is.",
            ),
            For::Hold { .. } => (
                "Hold this entry back",
                "It does not go with the copy. The copy says how many entries were held back, and why.".into(),
                "Why does it not go?",
                "Without names: this reason stands in the copy. For example: it is about another child of the same name; it \
                 could put somebody in danger.",
            ),
            For::Authority => (
                "Who may have the copy",
                String::new(),
                "How did you make sure who asks, and that they may have it?",
                "For example: known to the school; has parental responsibility; the child agrees.",
            ),
            For::Time => (
                "Take more time",
                "Two more months, where the request is complex or one of many. Whoever asks must be told within the first \
                 month, with the reason."
                    .into(),
                "Why does it take longer?",
                "As you told them.",
            ),
            For::Received => (
                "The receipt came back",
                String::new(),
                "Who at the school received it?",
                "Name and role, as the slip says.",
            ),
            For::End => (
                "End without a copy",
                "Where it was taken back, or has to be refused. Whoever asks is told why, and that they can complain to the \
                 Information Commissioner’s Office."
                    .into(),
                "Why is no copy made?",
                "A year from now these words say why.",
            ),
        }
    }

    pub(super) fn view(&self) -> Element<'_, case::Message> {
        let errors = self.errors();
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let (title, lead, label, hint) = self.wording();
        let mut fields: Vec<Element<'_, case::Message>> = Vec::new();
        if !lead.is_empty() {
            fields.push(widget::lead(lead));
        }
        let edited = |field| move |text: String| outer(Message::Edited(field, text.into()));
        if let For::More { .. } = self.what {
            let words = widget::text_field("Which words?", &self.words)
                .hint("Exactly as they stand in the entry. They are taken out wherever they stand in it.")
                .on_input(edited(Field::Words))
                .error(error(WORDS))
                .id(WORDS);
            fields.push(words.into());
        }
        if let For::Time | For::Received = self.what {
            let label =
                if let For::Time = self.what { "On which day were they told?" } else { "On which day?" };
            let told = widget::text_field(label, &self.day)
                .hint("For example 19/01/2026.")
                .on_input(edited(Field::Day))
                .error(error(TOLD))
                .id(TOLD);
            fields.push(told.into());
        }
        let reason = widget::text_field(label, &self.reason)
            .hint(hint)
            .on_input(edited(Field::Reason))
            .on_submit(outer(Message::Saved))
            .error(error(REASON))
            .id(REASON);
        fields.push(reason.into());
        if let For::Ruling { .. } = self.what {
            let everywhere = |on| outer(Message::EverywhereTurned(on));
            fields.push(widget::checkbox(
                "The same words everywhere in this copy",
                self.everywhere,
                everywhere,
            ));
        }
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }
}
