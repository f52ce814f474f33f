//! Closing a case: the five parts, each with what the record already says, what the case came to, and the looks after it.

use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::{CheckIn, Notice};
use crate::domain::{ActionState, CameTo, Day, FiveParts};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;
use std::collections::BTreeSet;

const CAME_TO: Id = Id::new("closing-came-to");
const BY: Id = Id::new("closing-by");

/// The five parts, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosingPart {
    /// What happened.
    Summary,
    /// How it was followed up.
    FollowUp,
    /// What the school did.
    Action,
    /// What was decided.
    Decision,
    /// What came of it.
    Outcome,
}

const PARTS: [ClosingPart; 5] = [
    ClosingPart::Summary,
    ClosingPart::FollowUp,
    ClosingPart::Action,
    ClosingPart::Decision,
    ClosingPart::Outcome,
];

impl ClosingPart {
    fn id(self) -> Id {
        Id::new(match self {
            Self::Summary => "closing-summary",
            Self::FollowUp => "closing-follow-up",
            Self::Action => "closing-action",
            Self::Decision => "closing-decision",
            Self::Outcome => "closing-outcome",
        })
    }

    /// The question, a hint, and what is said where it is empty.
    fn asks(self) -> [&'static str; 3] {
        match self {
            Self::Summary => [
                "1. What happened?",
                "A summary that somebody can read a year from now.",
                "Write what happened, in a few sentences.",
            ],
            Self::FollowUp => [
                "2. How were the children and their families followed up?",
                "Who was spoken to, what they said, how the child is.",
                "Write how it was followed up, or that it was not and why.",
            ],
            Self::Action => [
                "3. What did the school do?",
                "Support, meetings, sanctions, referrals.",
                "Write what the school did, or that nothing was needed.",
            ],
            Self::Decision => [
                "4. What was decided, and why?",
                "The decision in force stands here. Add what it does not say.",
                "Write what was decided and why.",
            ],
            Self::Outcome => [
                "5. What came of it?",
                "Why it can be closed. Only you can say this; the record cannot.",
                "Write why the case can be closed.",
            ],
        }
    }
}

/// After how many school days a look can be set down: one, three and six weeks.
const LOOKS: [(u32, &str); 3] =
    [(5, "After 1 school week"), (15, "After 3 school weeks"), (30, "After 6 school weeks")];

/// The form while it is filled in.
#[derive(Debug)]
pub(super) struct Closing {
    parts: [Editor; 5],
    came_to: Option<CameTo>,
    looks: BTreeSet<u32>,
    by: Typed,
    wrong: bool,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// A part was edited.
    Edited(ClosingPart, Edit),
    /// What it came to was chosen.
    CameToChosen(CameTo),
    /// A look was turned on or off.
    LookTurned(u32, bool),
    /// Who looks was typed.
    ByEdited(Typed),
    /// The case is to be closed.
    Saved,
    /// It stays open.
    Left,
}

impl Closing {
    pub(super) fn new(ground: Ground<'_>) -> Self {
        let FiveParts { summary, follow_up, action, decision, outcome } =
            ground.session.closing_suggested(ground.view);
        Self {
            parts: [summary, follow_up, action, decision, outcome].map(|text| Editor::with_text(&text)),
            came_to: None,
            looks: LOOKS.iter().map(|(after, _)| *after).collect(),
            by: ground.session.actor().into(),
            wrong: false,
        }
    }

    /// Where the form begins.
    pub(super) fn first() -> Id {
        ClosingPart::Summary.id()
    }

    /// What to do, and whether the form is finished with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::Edited(part, edit) => self.parts[part as usize].perform(edit),
            Message::CameToChosen(came_to) => self.came_to = Some(came_to),
            Message::LookTurned(after, true) => drop(self.looks.insert(after)),
            Message::LookTurned(after, false) => drop(self.looks.remove(&after)),
            Message::ByEdited(by) => self.by = by,
            Message::Saved => return self.save(ground),
            Message::Left => return (After::Stay, true),
        }
        (After::Stay, false)
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        let Some(came_to) = self.came_to.filter(|_| self.errors().is_empty()) else {
            return (After::wrong(), false);
        };
        let looks: Vec<CheckIn> =
            self.looks.iter().map(|after| CheckIn { after: *after, by: self.by.kept() }).collect();
        match ground.session.close_case(ground.view.case.id, came_to, &self.filled(), &looks) {
            Ok(()) => {
                let next =
                    if looks.is_empty() { "" } else { "The check-ins are on Today when they are due." };
                (
                    After::Changed(Some(Notice::done("The case is closed. Its record stays whole.", next))),
                    true,
                )
            }
            Err(error) => (After::Failed(Notice::from(&error)), false),
        }
    }

    fn filled(&self) -> FiveParts {
        let [summary, follow_up, action, decision, outcome] =
            self.parts.each_ref().map(|part| part.text().trim().to_owned());
        FiveParts { summary, follow_up, action, decision, outcome }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        for (part, text) in PARTS.into_iter().zip(&self.parts) {
            if text.text().trim().is_empty() {
                errors.push((part.asks()[2].to_owned(), part.id()));
            }
        }
        if self.came_to.is_none() {
            errors.push(("Choose what the case came to.".into(), CAME_TO));
        }
        if !self.looks.is_empty() && self.by.kept().is_empty() {
            errors.push(("Enter who looks after closing, or choose no check-in.".into(), BY));
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = |message| super::Message::Overview(super::OverviewMessage::Closing(message));
        let errors = self.errors();
        let error = |id: &Id| errors.iter().find(|(_, field)| field == id).map(|(words, _)| words.clone());
        let mut fields: Vec<Element<'a, super::Message>> = Vec::new();
        fields.extend(still_open(ground));
        for (part, editor) in PARTS.into_iter().zip(&self.parts) {
            let [label, hint, _] = part.asks();
            let area = widget::text_area(label, editor, move |edit| outer(Message::Edited(part, edit)));
            fields.push(area.hint(hint).error(error(&part.id())).rows(4).id(part.id()).into());
        }
        let came_to = CameTo::ALL.map(|came_to| {
            let choice = widget::choice(came_to, came_to.words());
            if came_to.counts_later() {
                choice
            } else {
                choice.explain("A later case does not count this one.")
            }
        });
        let choose = move |came_to| outer(Message::CameToChosen(came_to));
        let group = widget::radio_group("What did it come to?", came_to, self.came_to.as_ref(), choose);
        fields.push(group.error(error(&CAME_TO)).id(CAME_TO).into());
        let looks = LOOKS.map(|(after, label)| {
            let due = ground.session.check_in_due(after).map_or_else(|_| String::new(), Day::long);
            widget::choice(after, label).explain(due)
        });
        let on = |after: &u32| self.looks.contains(after);
        let turn = move |after, on| outer(Message::LookTurned(after, on));
        let hint =
            "Someone asks the child and looks whether it has stayed quiet. Each is on Today when it is due.";
        fields.push(widget::check_group("Check-ins after closing", looks, on, turn).hint(hint).into());
        let by = widget::text_field("Who looks?", &self.by);
        let by = by.on_input(move |text| outer(Message::ByEdited(text.into())));
        fields.push(by.error(error(&BY)).id(BY).into());
        let buttons = [
            button::primary("Close the case").on_press(outer(Message::Saved)).into(),
            button::secondary("Keep it open").on_press(outer(Message::Left)).into(),
        ];
        form("Close this case", errors, fields, buttons)
    }
}

/// What is still to do, which closing does not take away.
fn still_open(ground: Ground<'_>) -> Option<Element<'_, super::Message>> {
    let open = ground.view.actions.iter().filter(|a| a.state == ActionState::Open).count();
    (open > 0).then(|| {
        let what = format!("{} still open.", words::count(open, "action is", "actions are"));
        widget::notice(Tone::Warning, what)
            .what_to_do(
                "What is open stays on Today until it is done, or marked as not done with the reason.",
            )
            .into()
    })
}
