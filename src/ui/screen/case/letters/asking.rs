//! The questions that a letter puts to the lead before it is written: one at a time, with what the case suggests already
//! in the field. Only the lead can answer them; nothing is made up.

use crate::app::{AskKind, PaperQuestion, Said};
use crate::domain::{Day, PaperCode, PersonId};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{COLUMN, L, S};
use crate::ui::widget::{self, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{column, container};
use iced::{Element, Length};

/// The field of the question that is shown.
pub(super) const FIELD: Id = Id::new("letter-question");

/// A letter whose questions are being answered.
#[derive(Debug)]
pub(super) struct Asking {
    pub(super) code: PaperCode,
    pub(super) about: Option<PersonId>,
    title: String,
    questions: Vec<(PaperQuestion, Answer)>,
    at: usize,
    wrong: bool,
}

/// An answer while it is given. Text shows nothing when debugged.
#[derive(Debug)]
enum Answer {
    Line(Typed),
    Text(Editor),
    Choice(Option<&'static str>),
}

/// What happened at a question.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed on a line.
    Typed(Typed),
    /// A text was edited.
    Edited(Edit),
    /// One of a few was chosen.
    Chosen(&'static str),
    /// On to the next question, or to the letter.
    Continued,
    /// Back to the question before.
    Back,
    /// No letter after all.
    Left,
}

/// What comes after it.
pub(super) enum Next {
    /// A question, this one or another.
    Question,
    /// All are answered.
    Write,
    /// It was called off.
    Leave,
}

impl Asking {
    /// The first question; nothing where the letter asks none.
    pub(super) fn of(
        code: PaperCode,
        about: Option<PersonId>,
        title: String,
        asked: Vec<PaperQuestion>,
    ) -> Option<Self> {
        let questions: Vec<_> = asked.into_iter().map(|asked| (Answer::to(&asked), asked)).collect();
        let questions: Vec<_> = questions.into_iter().map(|(answer, asked)| (asked, answer)).collect();
        (!questions.is_empty()).then_some(Self { code, about, title, questions, at: 0, wrong: false })
    }

    pub(super) fn update(&mut self, message: Message, today: Day) -> Next {
        let Some((_, answer)) = self.questions.get_mut(self.at) else { return Next::Leave };
        match (message, answer) {
            (Message::Typed(text), Answer::Line(line)) => *line = text,
            (Message::Edited(edit), Answer::Text(editor)) => editor.perform(edit),
            (Message::Chosen(word), Answer::Choice(chosen)) => *chosen = Some(word),
            (Message::Typed(_) | Message::Edited(_) | Message::Chosen(_), _) => {}
            (Message::Continued, _) => {
                self.wrong = self.error(today).is_some();
                if !self.wrong && self.at + 1 == self.questions.len() {
                    return Next::Write;
                }
                self.at += usize::from(!self.wrong);
            }
            (Message::Back, _) => {
                self.wrong = false;
                self.at = self.at.saturating_sub(1);
            }
            (Message::Left, _) => return Next::Leave,
        }
        Next::Question
    }

    /// Every answer, by its field.
    pub(super) fn said(&self) -> Said {
        let mut said = Said::default();
        for (asked, answer) in &self.questions {
            said.put(asked.ask.field, &answer.text());
        }
        said
    }

    /// What is wrong with the answer that is shown.
    fn error(&self, today: Day) -> Option<String> {
        let (asked, answer) = self.questions.get(self.at)?;
        let text = answer.text();
        let text = text.trim();
        match asked.ask.kind {
            _ if text.is_empty() && asked.ask.optional => None,
            AskKind::Choice(_) if text.is_empty() => Some("Choose one of these.".into()),
            AskKind::Day => match Day::parse(text) {
                Err(error) => Some(error.to_string()),
                Ok(day) => (day <= today).then(|| "Enter a day that is still to come.".into()),
            },
            _ if text.is_empty() => {
                Some("Only you can say this. The letter cannot be written without it.".into())
            }
            _ => None,
        }
    }

    pub(super) fn view(&self, today: Day) -> Element<'_, Message> {
        let Some((asked, answer)) = self.questions.get(self.at) else { return iced::widget::space().into() };
        let error = self.wrong.then(|| self.error(today)).flatten();
        let of = self.questions.len();
        let last = self.at + 1 == of;
        let place = format!("{}: question {} of {of}", self.title, self.at + 1);
        let hint = match (asked.ask.hint, asked.ask.optional) {
            ("", false) => String::new(),
            ("", true) => "Leave it empty if there is nothing to say.".into(),
            (hint, false) => hint.into(),
            (hint, true) => format!("{hint} Leave it empty if there is nothing to say."),
        };
        let mut buttons = vec![
            button::primary(if last { "Write it" } else { "Continue" }).on_press(Message::Continued).into(),
        ];
        if self.at > 0 {
            buttons.push(button::secondary("Question before").on_press(Message::Back).into());
        }
        buttons.push(button::quiet("Cancel").on_press(Message::Left).into());
        let page =
            column![widget::hint(place), answer.field(asked, hint, error, today), button::row_of(buttons),];
        container(column![widget::heading(2, "Before it is written"), page.spacing(L)].spacing(S))
            .max_width(COLUMN)
            .width(Length::Fill)
            .into()
    }
}

impl Answer {
    fn to(asked: &PaperQuestion) -> Self {
        match asked.ask.kind {
            AskKind::Words | AskKind::Lines => Self::Text(Editor::with_text(&asked.suggestion)),
            AskKind::Line | AskKind::Day => Self::Line(asked.suggestion.as_str().into()),
            AskKind::Choice(_) => Self::Choice(None),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Line(line) => line.kept(),
            Self::Text(editor) => editor.text().trim().to_owned(),
            Self::Choice(chosen) => chosen.unwrap_or_default().to_owned(),
        }
    }

    fn field<'a>(
        &'a self,
        asked: &PaperQuestion,
        hint: String,
        error: Option<String>,
        today: Day,
    ) -> Element<'a, Message> {
        let label = asked.ask.question;
        let typed = |text: String| Message::Typed(text.into());
        match (self, asked.ask.kind) {
            (Self::Text(editor), kind) => {
                let rows = if kind == AskKind::Lines { 4 } else { 6 };
                let area = widget::text_area(label, editor, Message::Edited).rows(rows);
                area.hint(hint).error(error).id(FIELD).into()
            }
            (Self::Line(line), AskKind::Day) => {
                let field = widget::date_field(label, line, today, typed).without_quick();
                field.error(error).id(FIELD).on_submit(Message::Continued).into()
            }
            (Self::Line(line), _) => {
                let field = widget::text_field(label, line).on_input(typed);
                field.hint(hint).error(error).id(FIELD).on_submit(Message::Continued).into()
            }
            (Self::Choice(chosen), AskKind::Choice(of)) => {
                let choices = of.iter().map(|(word, label)| widget::choice(*word, *label));
                let group = widget::radio_group(label, choices, chosen.as_ref(), Message::Chosen);
                group.hint(hint).error(error).id(FIELD).into()
            }
            (Self::Choice(_), _) => iced::widget::space().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::asks;
    use crate::domain::LetterCode;

    fn outcome() -> Asking {
        let code = PaperCode::Letter(LetterCode::OutcomeTarget);
        let asked = asks(code).iter().map(|ask| PaperQuestion { ask, suggestion: String::new() }).collect();
        Asking::of(code, None, "Outcome".into(), asked).unwrap()
    }

    #[test]
    fn one_question_after_the_other_and_none_is_passed_over() {
        let today = Day::parse("2026-01-19").unwrap();
        let mut asking = outcome();
        assert!(matches!(asking.update(Message::Continued, today), Next::Question));
        assert!(asking.wrong && asking.at == 0, "an empty answer stays");
        asking.update(Message::Edited(Edit::Replace("Messages".into())), today);
        asking.update(Message::Continued, today);
        asking.update(Message::Chosen("found"), today);
        asking.update(Message::Back, today);
        asking.update(Message::Continued, today);
        asking.update(Message::Continued, today);
        asking.update(Message::Edited(Edit::Replace("We talk again".into())), today);
        assert!(matches!(asking.update(Message::Continued, today), Next::Write));
        let mut want = Said::default();
        for (field, answer) in [("looked_into", "Messages"), ("found", "found"), ("next", "We talk again")] {
            want.put(field, answer);
        }
        assert!(asking.said() == want);
        assert!(!format!("{asking:?}").contains("We talk"));
    }
}
