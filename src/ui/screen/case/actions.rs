//! The dated duties of a case: marking one done or deliberately not done, and opening it again. The policy says which
//! there are; the lead may add others by hand, and save the due dates for a calendar.

use super::due_dates::{DueDates, Message as DueDatesMessage};
use super::own_action::{Message as OwnMessage, OwnForm};
use super::typed::Typed;
use super::{After, Ground, form, words};
use crate::app::Notice;
use crate::app::before_contact::before_action;
use crate::domain::{ActionId, ActionItem, ActionState, CaseState, Day, Vocabulary};
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
    page: Page,
}

/// What is open.
#[derive(Debug, Default)]
enum Page {
    /// The list.
    #[default]
    List,
    /// One is marked.
    Settling(Settling),
    /// One is added or changed.
    Own(OwnForm),
    /// Due dates are saved.
    DueDates(DueDates),
}

/// An action while it is marked.
#[derive(Debug)]
struct Settling {
    id: ActionId,
    done: bool,
    on: Typed,
    /// Who did it, for one that was added by hand.
    by: Option<Typed>,
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
    /// Who did it was typed.
    ByEdited(Typed),
    /// The note or the reason was edited.
    WordsEdited(Edit),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
    /// One is to do again.
    Reopened(ActionId),
    /// One is to be added.
    Add,
    /// One that was added is to be changed.
    Change(ActionId),
    /// On the form for one that is added by hand.
    Own(OwnMessage),
    /// Due dates are to be saved.
    SaveDates,
    /// On the form for saving due dates.
    DueDates(DueDatesMessage),
}

impl Actions {
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Settle(id, done) => {
                self.page = Page::Settling(Settling::new(id, done, ground));
                return After::Focus(if done { ON } else { WORDS });
            }
            Message::Add => {
                self.page = Page::Own(OwnForm::new(ground));
                return After::Focus(OwnForm::FIRST);
            }
            Message::Change(id) => {
                if let Some(form) = find(id, ground).and_then(OwnForm::of) {
                    self.page = Page::Own(form);
                    return After::Focus(OwnForm::FIRST);
                }
            }
            Message::SaveDates => {
                self.page = Page::DueDates(DueDates::new());
                return After::Focus(DueDates::FIRST);
            }
            Message::Own(message) => {
                let Page::Own(form) = &mut self.page else { return After::Stay };
                let done = form.update(message, ground);
                return self.after(done);
            }
            Message::DueDates(message) => {
                let Page::DueDates(form) = &mut self.page else { return After::Stay };
                let done = form.update(message, ground);
                return self.after(done);
            }
            Message::OnEdited(_) | Message::ByEdited(_) | Message::WordsEdited(_) => {
                if let Page::Settling(settling) = &mut self.page {
                    settling.take(message);
                }
            }
            Message::Saved => return self.save(ground),
            Message::Left => self.page = Page::List,
            Message::Reopened(id) => {
                let Some(action) = find(id, ground) else { return After::Stay };
                let done = ground.session.set_action(action, ActionState::Open);
                return After::saved(done, "The action is open again.");
            }
        }
        After::Stay
    }

    fn after(&mut self, (after, left): (After, bool)) -> After {
        if left {
            self.page = Page::List;
        }
        after
    }

    fn save(&mut self, ground: Ground<'_>) -> After {
        let Page::Settling(settling) = &mut self.page else { return After::Stay };
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
                self.page = Page::List;
                After::Changed(Some(Notice::done(what, "")))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        match &self.page {
            Page::List => list(ground),
            Page::Settling(settling) => settling.view(ground),
            Page::Own(form) => form.view(ground),
            Page::DueDates(form) => form.view(),
        }
    }
}

fn list(ground: Ground<'_>) -> Element<'_, super::Message> {
    let is_open = ground.view.case.state == CaseState::Open;
    let add = button::secondary("Add an action…")
        .on_press_maybe(is_open.then_some(super::Message::Actions(Message::Add)));
    if ground.view.actions.is_empty() {
        return widget::empty_state(
            "No actions",
            "The policy asks for none in this case. Add what you will do yourself; deciding again may add others.",
            Some(add),
        );
    }
    let of = |open: bool| ground.view.actions.iter().filter(move |a| (a.state == ActionState::Open) == open);
    let open = of(true).map(|action| open_card(action, ground));
    let settled = of(false).map(|action| settled_card(action, ground));
    let mut page = column![widget::heading(2, "To do")].spacing(M).max_width(WIDTH);
    page = if of(true).count() == 0 {
        page.push(widget::paragraph("Nothing is left to do."))
    } else {
        page.extend(open)
    };
    let dates = button::quiet("Save due dates for your calendar…")
        .on_press_maybe((of(true).count() > 0).then_some(super::Message::Actions(Message::SaveDates)));
    page = page.push(button::row_of([add.into(), dates.into()]));
    if of(false).count() > 0 {
        page = page.push(iced::widget::space().height(S)).push(widget::heading(2, "Settled")).extend(settled);
    }
    page.into()
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

/// What its buttons are called: with the day too, where another that is to be done has the same title.
fn name(action: &ActionItem, ground: Ground<'_>) -> String {
    let own = title(action, ground);
    let open = ground.view.actions.iter().filter(|other| matches!(other.state, ActionState::Open));
    let twin = open.filter(|other| other.id != action.id).any(|other| title(other, ground) == own);
    if twin { format!("{own}, due by {}", action.due.long()) } else { own }
}

fn head(title: String, tag: Element<'_, super::Message>) -> Element<'_, super::Message> {
    let title = iced::widget::container(widget::strong(title)).width(Length::Fill);
    row![title, tag].spacing(M).align_y(Alignment::Center).into()
}

fn open_card<'a>(action: &'a ActionItem, ground: Ground<'a>) -> Element<'a, super::Message> {
    let (title, name) = (title(action, ground), name(action, ground));
    let text = match &action.own {
        Some(_) => String::new(),
        None => ground.session.policy().wording(action.code.id()).text,
    };
    let first = before_action(action, ground.view.case.target, ground.reaches);
    let (due, tone) = words::due(action.due, ground.session.today());
    let who = format!("{}. Due by {}.", ground.session.action_owner(action), action.due.long());
    let outer = super::Message::Actions;
    let change = action.own.is_some().then(|| {
        let change = button::quiet("Change…").name(format!("Change: {name}"));
        Element::from(change.on_press(outer(Message::Change(action.id))))
    });
    let buttons = [
        button::secondary("Done…")
            .name(format!("Done: {name}"))
            .on_press(outer(Message::Settle(action.id, true)))
            .into(),
        button::quiet("Not done…")
            .name(format!("Not done: {name}"))
            .on_press(outer(Message::Settle(action.id, false)))
            .into(),
    ];
    let buttons = button::row_of(buttons.into_iter().chain(change));
    let words = column![head(title, widget::tag(due, tone))]
        .push((!text.is_empty()).then(|| widget::paragraph(text)))
        .push(first.map(widget::paragraph))
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
    fn new(id: ActionId, done: bool, ground: Ground<'_>) -> Self {
        let action = find(id, ground);
        let own = action.and_then(|action| action.own.as_ref()).filter(|_| done);
        Self {
            id,
            done,
            on: ground.session.today().typed().into(),
            by: own.map(|own| own.owner.as_str().into()),
            words: Editor::default(),
            needs_result: action.is_some_and(ActionItem::needs_result),
            wrong: false,
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::OnEdited(text) => self.on = text,
            Message::ByEdited(by) => self.by = Some(by),
            Message::WordsEdited(edit) => self.words.perform(edit),
            _ => {}
        }
    }

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
            let by = self.by.as_ref().map(Typed::kept).filter(|by| !by.is_empty());
            let note = [by.map(|by| format!("By {by}.")), (!words.is_empty()).then_some(words)];
            let note = note.into_iter().flatten().collect::<Vec<_>>().join(" ");
            ActionState::Done { on: Day::parse(&self.on).ok()?, note }
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
        if let Some(by) = &self.by {
            let by = widget::text_field("Who did it?", by);
            fields.push(by.on_input(move |text| outer(Message::ByEdited(text.into()))).into());
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
