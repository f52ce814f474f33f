//! The dated duties of a case: marking one done or deliberately not done, and opening it again. The policy says which
//! there are.

use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::Notice;
use crate::domain::{ActionId, ActionItem, ActionState, Day, Vocabulary};
use crate::ui::spacing::{COLUMN, M, S, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Alignment, Element, Length};

const ON: Id = Id::new("action-on");
const WORDS: Id = Id::new("action-words");

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Actions {
    settling: Option<Settling>,
}

/// An action while it is marked.
#[derive(Debug)]
struct Settling {
    id: ActionId,
    done: bool,
    on: Typed,
    words: Editor,
    /// It is not done without a result.
    needs_result: bool,
    wrong: bool,
}

/// What happened among the actions.
#[derive(Debug, Clone)]
pub enum Message {
    /// One is to be marked: done, or not.
    Settle(ActionId, bool),
    /// The day was typed.
    OnEdited(Typed),
    /// The note or the reason was edited.
    WordsEdited(Edit),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
    /// One is to do again.
    Reopened(ActionId),
}

impl Actions {
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Settle(id, done) => {
                let on = ground.session.today().typed().into();
                let needs_result = find(id, ground).is_some_and(ActionItem::needs_result);
                let words = Editor::default();
                self.settling = Some(Settling { id, done, on, words, needs_result, wrong: false });
                return After::Focus(if done { ON } else { WORDS });
            }
            Message::OnEdited(text) => {
                if let Some(settling) = &mut self.settling {
                    settling.on = text;
                }
            }
            Message::WordsEdited(edit) => {
                if let Some(settling) = &mut self.settling {
                    settling.words.perform(edit);
                }
            }
            Message::Saved => return self.save(ground),
            Message::Left => self.settling = None,
            Message::Reopened(id) => {
                let Some(action) = find(id, ground) else { return After::Stay };
                let done = ground.session.set_action(action, ActionState::Open);
                return After::saved(done, "The action is open again.");
            }
        }
        After::Stay
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        let Some(settling) = &mut self.settling else { return After::Stay };
        settling.wrong = true;
        if !settling.errors(ground.session.today()).is_empty() {
            return After::wrong();
        }
        let (Some(action), Some(state)) = (find(settling.id, ground), settling.state(ground)) else {
            return After::Stay;
        };
        let what =
            if settling.done { "The action is marked as done." } else { "The action is marked as not done." };
        match ground.session.set_action(action, state) {
            Ok(()) => {
                self.settling = None;
                After::Changed(Some(Notice::done(what, "")))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        if let Some(settling) = &self.settling {
            return settling.view(ground);
        }
        if ground.view.actions.is_empty() {
            return widget::empty_state(
                "No actions",
                "The policy asks for none in this case. Deciding again may add some.",
                None,
            );
        }
        let of =
            |open: bool| ground.view.actions.iter().filter(move |a| (a.state == ActionState::Open) == open);
        let open = of(true).map(|action| open_card(action, ground));
        let settled = of(false).map(|action| settled_card(action, ground));
        let mut page = column![widget::heading(2, "To do")].spacing(M).max_width(WIDTH);
        page = if of(true).count() == 0 {
            page.push(widget::paragraph("Nothing is left to do."))
        } else {
            page.extend(open)
        };
        if of(false).count() > 0 {
            page = page
                .push(iced::widget::space().height(S))
                .push(widget::heading(2, "Settled"))
                .extend(settled);
        }
        page.into()
    }
}

/// Cards carry their due date at the right of their title, so they may be a little wider than reading text.
const WIDTH: f32 = COLUMN + 120.0;

fn find(id: ActionId, ground: Ground<'_>) -> Option<&ActionItem> {
    ground.view.actions.iter().find(|action| action.id == id)
}

fn title(action: &ActionItem, ground: Ground<'_>) -> String {
    let title = ground.session.action_title(action);
    match action.about.and_then(|id| ground.view.person(id)) {
        Some(person) => format!("{title} ({})", person.name.full()),
        None => title,
    }
}

fn head(title: String, tag: Element<'_, super::Message>) -> Element<'_, super::Message> {
    let title = iced::widget::container(widget::strong(title)).width(Length::Fill);
    row![title, tag].spacing(M).align_y(Alignment::Center).into()
}

fn open_card<'a>(action: &'a ActionItem, ground: Ground<'a>) -> Element<'a, super::Message> {
    let title = title(action, ground);
    let text = match &action.own {
        Some(_) => String::new(),
        None => ground.session.policy().wording(action.code.id()).text,
    };
    let (due, tone) = words::due(action.due, ground.session.today());
    let who = format!("{}. Due by {}.", ground.session.action_owner(action), action.due.long());
    let outer = super::Message::Actions;
    let buttons = button::row_of([
        button::secondary("Done…")
            .name(format!("Done: {title}"))
            .on_press(outer(Message::Settle(action.id, true)))
            .into(),
        button::quiet("Not done…")
            .name(format!("Not done: {title}"))
            .on_press(outer(Message::Settle(action.id, false)))
            .into(),
    ]);
    let words = column![head(title, widget::tag(due, tone))]
        .push((!text.is_empty()).then(|| widget::paragraph(text)))
        .push(widget::hint(who))
        .spacing(XS);
    widget::card(column![words, buttons].spacing(M))
}

fn settled_card<'a>(action: &'a ActionItem, ground: Ground<'a>) -> Element<'a, super::Message> {
    let title = title(action, ground);
    let (tag, on, words) = match &action.state {
        ActionState::Open => return open_card(action, ground),
        ActionState::Done { on, note } => (widget::tag("Done", Tone::Success), on, note),
        ActionState::NotDone { on, why } => (widget::tag("Not done", Tone::Neutral), on, why),
    };
    let said = if words.is_empty() { on.long() } else { format!("{}. {words}", on.long()) };
    let again = button::quiet("Open again")
        .flush()
        .name(format!("Open again: {title}"))
        .on_press(super::Message::Actions(Message::Reopened(action.id)));
    widget::card(column![head(title, tag), widget::paragraph(said), Element::from(again)].spacing(XS))
}

impl Settling {
    fn errors(&self, today: Day) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        match Day::parse(&self.on) {
            _ if !self.done => {}
            Err(error) => errors.push((error.to_string(), ON)),
            Ok(day) if day > today => errors.push(("This day has not come yet. Check the date.".into(), ON)),
            Ok(_) => {}
        }
        if self.words.text().trim().is_empty() {
            match (self.done, self.needs_result) {
                (false, _) => errors.push(("Say why it is not done.".into(), WORDS)),
                (true, true) => errors.push(("Say what you found.".into(), WORDS)),
                (true, false) => {}
            }
        }
        errors
    }

    fn state(&self, ground: Ground<'_>) -> Option<ActionState> {
        let words = self.words.text().trim().to_owned();
        Some(if self.done {
            ActionState::Done { on: Day::parse(&self.on).ok()?, note: words }
        } else {
            ActionState::NotDone { on: ground.session.today(), why: words }
        })
    }

    fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let outer = super::Message::Actions;
        let today = ground.session.today();
        let errors = self.errors(today);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let what = find(self.id, ground).map(|action| title(action, ground)).unwrap_or_default();
        let (heading, label, hint) = if self.done && self.needs_result {
            ("Mark as done", "What did you find?", "What the child said, and whether it has stayed quiet.")
        } else if self.done {
            ("Mark as done", "What came of it?", "By whom, and with what result. It may stay empty.")
        } else {
            ("Mark as not done", "Why is it not done?", "A year from now these words say why.")
        };
        let mut fields: Vec<Element<'a, super::Message>> = vec![widget::lead(what)];
        if self.done {
            let on = widget::date_field("On which day?", &self.on, today, move |text| {
                outer(Message::OnEdited(text.into()))
            });
            fields.push(on.error(error(ON)).id(ON).into());
        }
        let words = widget::text_area(label, &self.words, move |edit| outer(Message::WordsEdited(edit)));
        fields.push(words.hint(hint).error(error(WORDS)).rows(4).id(WORDS).into());
        let buttons = [
            button::primary("Save").on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(heading, errors, fields, buttons)
    }
}
