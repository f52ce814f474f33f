//! What can be done about an issued letter that is not right: a new one that replaces it, or, where it reached somebody
//! whom it was not for, the steps that follow and how each stands. The steps themselves are decided elsewhere.

use super::{Action, Letter, Message as Outer, Shown};
use crate::app::{LetterView, Notice, breach_words};
use crate::domain::{ActionState, BreachStep, BreachStepItem, Day, LetterId, TimeOfDay, WentWrong};
use crate::ui::access;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words;
use crate::ui::spacing::{FIELD_SHORT, L, M, S, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Alignment, Element, Length};

const ON: Id = Id::new("wrong-letter-on");
const AT: Id = Id::new("wrong-letter-at");
const WHAT: Id = Id::new("wrong-letter-what");
const NOTE: Id = Id::new("wrong-letter-note");

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A letter that replaces this one is to be begun, or opened.
    Replace,
    /// The one that takes its place is to be opened.
    Opened(LetterId),
    /// It reached somebody whom it was not for.
    WrongAsked,
    /// The day was typed.
    OnEdited(Typed),
    /// The time was typed.
    AtEdited(Typed),
    /// What happened was edited, or what came of a step.
    WordsEdited(Edit),
    /// The steps are to begin, or a step is to be kept.
    Saved,
    /// It was called off.
    Left,
    /// A step is done, or not.
    StepAsked(BreachStep, bool),
    /// A step is to do again.
    StepReopened(BreachStep),
}

/// What is being said of an issued letter.
#[derive(Debug)]
pub(super) enum Saying {
    /// That it reached somebody whom it was not for.
    Wrong { on: Typed, at: Typed, what: Editor, checked: bool, notice: Option<Notice> },
    /// How a step stands.
    Step { step: BreachStep, done: bool, note: Editor, checked: bool, notice: Option<Notice> },
}

impl Letter {
    pub(super) fn update_issued(&mut self, message: Message) -> Action {
        match message {
            Message::Replace => match self.session.replace_letter(self.id) {
                Ok(new) => return Action::Open(new),
                Err(error) => {
                    self.notice = Some(Notice::from(&error));
                    return Action::Run(super::to_top());
                }
            },
            Message::Opened(id) => return Action::Open(id),
            Message::WrongAsked => {
                let on = self.session.today().typed().into();
                let what = Editor::default();
                self.saying =
                    Some(Saying::Wrong { on, at: Typed::default(), what, checked: false, notice: None });
                return Action::Run(access::focus(AT));
            }
            Message::StepAsked(step, done) => {
                let note = Editor::default();
                self.saying = Some(Saying::Step { step, done, note, checked: false, notice: None });
                return Action::Run(access::focus(NOTE));
            }
            Message::StepReopened(step) => {
                let done = self.session.set_breach_step(self.id, step, ActionState::Open);
                self.take_issued(done.map_err(|error| Notice::from(&error)));
            }
            Message::Left => self.saying = None,
            Message::Saved => return self.keep_saying(),
            edited => {
                if let Some(saying) = &mut self.saying {
                    saying.edit(edited);
                }
            }
        }
        Action::None
    }

    fn keep_saying(&mut self) -> Action {
        let today = self.session.today();
        let Some(saying) = &mut self.saying else { return Action::None };
        if let Some(field) = saying.check(today) {
            return Action::Run(access::focus(field));
        }
        let done = match saying {
            Saying::Wrong { on, at, what, .. } => {
                let known = Day::parse(on).ok().zip(TimeOfDay::parse(at));
                let Some(known) = known else { return Action::None };
                self.session.letter_went_wrong(self.id, known, &what.text())
            }
            Saying::Step { step, done, note, .. } => {
                let (on, text) = (today, note.text().trim().to_owned());
                let state = if *done {
                    ActionState::Done { on, note: text }
                } else {
                    ActionState::NotDone { on, why: text }
                };
                self.session.set_breach_step(self.id, *step, state)
            }
        };
        match done {
            Ok(view) => self.take_issued(Ok(view)),
            Err(error) => saying.refused(Notice::from(&error)),
        }
        Action::None
    }

    fn take_issued(&mut self, done: Result<LetterView, Notice>) {
        match done {
            Ok(view) => {
                self.shown = Some(Shown(view));
                self.saying = None;
                self.notice = None;
            }
            Err(notice) => self.notice = Some(notice),
        }
    }
}

impl Saying {
    fn edit(&mut self, message: Message) {
        match (self, message) {
            (Self::Wrong { on, .. }, Message::OnEdited(text)) => *on = text,
            (Self::Wrong { at, .. }, Message::AtEdited(text)) => *at = text,
            (
                Self::Wrong { what: words, .. } | Self::Step { note: words, .. },
                Message::WordsEdited(edit),
            ) => {
                words.perform(edit);
            }
            _ => {}
        }
    }

    fn refused(&mut self, why: Notice) {
        match self {
            Self::Wrong { notice, .. } | Self::Step { notice, .. } => *notice = Some(why),
        }
    }

    /// The first field that is not right; from now on the fields say what is wrong with them.
    fn check(&mut self, today: Day) -> Option<Id> {
        match self {
            Self::Wrong { checked, .. } | Self::Step { checked, .. } => *checked = true,
        }
        [ON, AT, WHAT, NOTE].into_iter().find(|field| self.error(field, today).is_some())
    }

    fn error(&self, field: &Id, today: Day) -> Option<String> {
        match self {
            Self::Wrong { on, .. } if *field == ON => match Day::parse(on) {
                Err(error) => Some(error.to_string()),
                Ok(day) => (day > today).then(|| "This day is still to come.".into()),
            },
            Self::Wrong { at, .. } if *field == AT => TimeOfDay::parse(at)
                .is_none()
                .then(|| "Enter a time, for example 2.30 pm. The 72 hours run from it.".into()),
            Self::Wrong { what, .. } if *field == WHAT => {
                what.text().trim().is_empty().then(|| "Write one or two sentences.".into())
            }
            Self::Step { done: false, note, .. } if *field == NOTE => note
                .text()
                .trim()
                .is_empty()
                .then(|| "Write why. A year from now this is the school’s answer.".into()),
            Self::Wrong { .. } | Self::Step { .. } => None,
        }
    }

    fn shown(&self, field: &Id, today: Day) -> Option<String> {
        let checked = match self {
            Self::Wrong { checked, .. } | Self::Step { checked, .. } => *checked,
        };
        self.error(field, today).filter(|_| checked)
    }

    pub(super) fn dialog(&self, today: Day) -> widget::Dialog<'_, Outer> {
        let (title, fields, notice, save) = match self {
            Self::Wrong { on, at, what, notice, .. } => {
                let fields = self.wrong(on, at, what, today);
                ("This letter reached somebody whom it was not for", fields, notice, "Begin the steps")
            }
            Self::Step { step, done, note, notice, .. } => {
                let (title, _) = breach_words(*step);
                (title, self.step(*done, note, today), notice, "Save")
            }
        };
        let buttons = button::row_of([
            button::primary(save).on_press(Message::Saved).into(),
            button::secondary("Cancel").on_press(Message::Left).into(),
        ]);
        let content = column![fields, column![slot(notice.as_ref().map(words::said), M), buttons]].spacing(L);
        widget::dialog(title, Element::from(content).map(Outer::Issued))
            .on_cancel(Outer::Issued(Message::Left))
    }

    fn wrong<'a>(
        &'a self,
        on: &'a Typed,
        at: &'a Typed,
        what: &'a Editor,
        today: Day,
    ) -> Element<'a, Message> {
        let day = widget::date_field("On which day did you learn of it?", on, today, |text| {
            Message::OnEdited(text.into())
        });
        let time = widget::text_field("At what time?", at)
            .hint("For example, 2.30 pm. The law gives 72 hours from here.")
            .error(self.shown(&AT, today))
            .id(AT)
            .width(FIELD_SHORT)
            .on_input(|text| Message::AtEdited(text.into()));
        let area = widget::text_area("What happened?", what, Message::WordsEdited)
            .hint("Which letter went where, who has it, and what they have read.")
            .error(self.shown(&WHAT, today))
            .rows(3)
            .id(WHAT);
        column![
            Element::from(day.error(self.shown(&ON, today)).id(ON)),
            Element::from(time),
            Element::from(area)
        ]
        .spacing(M)
        .into()
    }

    fn step<'a>(&'a self, done: bool, note: &'a Editor, today: Day) -> Element<'a, Message> {
        let (label, hint) = if done {
            ("What came of it?", "Who did it, when, and any reference number. You may leave this empty.")
        } else {
            ("Why is it not done?", "For example, why a risk to anyone is unlikely, and who took that view.")
        };
        widget::text_area(label, note, Message::WordsEdited)
            .hint(hint)
            .error(self.shown(&NOTE, today))
            .rows(4)
            .id(NOTE)
            .into()
    }
}

/// Where the letter stands beside others, what went wrong with it, and what can be done.
pub(super) fn view(view: &LetterView, today: Day) -> Element<'_, Message> {
    let replaced = view.replaced_by.map(|new| {
        let (says, label) = match new.approved_on {
            Some(on) => (format!("It was replaced on {}.", on.long()), "Open the newer letter"),
            None => ("A letter that replaces it is begun.".into(), "Open the draft"),
        };
        let open = button::secondary(label).on_press(Message::Opened(new.id));
        let notice = Element::from(widget::notice(Tone::Info, says));
        Element::from(column![notice, Element::from(open)].spacing(M))
    });
    let replace = view.replaced_by.is_none().then(|| {
        button::secondary("Replace it with a new letter…")
            .description("Begins a new letter that says which one it replaces.")
            .on_press(Message::Replace)
            .into()
    });
    let wrong = view
        .record
        .went_wrong
        .is_none()
        .then(|| button::secondary("It reached the wrong person…").on_press(Message::WrongAsked).into());
    let buttons: Vec<Element<'_, Message>> = replace.into_iter().chain(wrong).collect();
    let buttons = (!buttons.is_empty()).then(|| {
        let hint = widget::hint(
            "This letter stays in the record as it was issued. A mistake is put right by a new letter that names the day of this one.",
        );
        let title = widget::heading(2, "If something is wrong");
        Element::from(column![title, hint, button::row_of(buttons)].spacing(M))
    });
    let steps = view.record.went_wrong.as_ref().map(|wrong| steps(wrong, today));
    column![slot(steps, L), slot(replaced, L), slot(buttons, S)].into()
}

fn steps(wrong: &WentWrong, today: Day) -> Element<'_, Message> {
    let open = wrong.open().count();
    let (tone, says) = match open {
        0 => (Tone::Success, "It reached somebody whom it was not for. Every step is settled.".to_owned()),
        1 => (Tone::Danger, "It reached somebody whom it was not for. One step is still to do.".to_owned()),
        many => {
            (Tone::Danger, format!("It reached somebody whom it was not for. {many} steps are still to do."))
        }
    };
    let known = format!("Known since {}, {}", wrong.known_on.long(), wrong.known_at);
    let head = column![
        Element::from(widget::notice(tone, says)),
        widget::small(known),
        widget::paragraph(wrong.what.as_str())
    ];
    let cards = wrong.steps.iter().map(|item| card(item, today));
    column![head.spacing(S), column![].extend(cards).spacing(S)].spacing(M).into()
}

fn card(item: &BreachStepItem, today: Day) -> Element<'_, Message> {
    let (title, text) = breach_words(item.step);
    let named = |verb: &str| format!("{verb}: {title}");
    let ask = |label: &'static str, done| {
        let pressed = Message::StepAsked(item.step, done);
        Element::from(button::quiet(label).flush().name(named(label)).on_press(pressed))
    };
    let (state, tone, said, buttons) = match &item.state {
        ActionState::Open => {
            let tone = if item.due < today { Tone::Danger } else { Tone::Warning };
            (due(item), tone, None, vec![ask("Done", true), ask("Not done", false)])
        }
        ActionState::Done { on, note } => {
            (format!("Done on {}", on.short()), Tone::Success, Some(note), again(item))
        }
        ActionState::NotDone { on, why } => {
            (format!("Not done, {}", on.short()), Tone::Neutral, Some(why), again(item))
        }
    };
    let head =
        row![iced::widget::container(widget::strong(title)).width(Length::Fill), widget::tag(state, tone)]
            .spacing(M)
            .align_y(Alignment::Center);
    let said = said.filter(|said| !said.is_empty()).map(|said| widget::paragraph(said.as_str()));
    widget::card(column![head, widget::hint(text)].push(said).push(button::row_of(buttons)).spacing(XS))
}

fn again(item: &BreachStepItem) -> Vec<Element<'_, Message>> {
    let name = format!("To do again: {}", breach_words(item.step).0);
    let again = button::quiet("To do again").flush().name(name);
    vec![again.on_press(Message::StepReopened(item.step)).into()]
}

fn due(item: &BreachStepItem) -> String {
    match item.due_at {
        Some(time) => format!("By {}, {time}", item.due.short()),
        None => format!("By {}", item.due.short()),
    }
}
