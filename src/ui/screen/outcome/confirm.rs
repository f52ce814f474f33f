//! The lead's part: doing as the policy says, or something else, line by line and each with its reason.

use crate::app::{Confirmation, Outcome, READINESS};
use crate::domain::{Choice, Departure, Vocabulary};
use crate::ui::screen::case::words::slot;
use crate::ui::spacing::{L, M};
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};
use std::collections::BTreeMap;

const HOW: Id = Id::new("outcome-how");
const LINES: Id = Id::new("outcome-lines");
const GAP: Id = Id::new("outcome-gap");

/// What the lead will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// As the policy says.
    AsSaid,
    /// Something else, in some of its lines.
    Otherwise,
}

/// The form while it is filled in.
#[derive(Debug, Default)]
pub(super) struct Form {
    how: Option<How>,
    /// The lines to depart from, by code, with the reason.
    departures: BTreeMap<String, Editor>,
    /// The reason where the policy is silent.
    gap: Editor,
    /// A reason for each point of the police readiness that is not met, by its place.
    unready: BTreeMap<usize, Editor>,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// What the lead will do was chosen.
    HowChosen(How),
    /// A line is to be departed from, or not any more.
    LineTurned(String, bool),
    /// The reason for a line was edited.
    ReasonEdited(String, Edit),
    /// The reason where the policy is silent was edited.
    GapEdited(Edit),
    /// The reason for a point that is not met was edited.
    UnreadyEdited(usize, Edit),
}

/// One line that can be departed from.
struct Line {
    code: String,
    title: String,
}

fn lines(outcome: &Outcome) -> [(&'static str, Vec<Line>); 4] {
    let line = |code: &str, title: &str| Line { code: code.to_owned(), title: title.to_owned() };
    let actions = outcome.actions.iter().map(|action| line(&action.code, &action.title));
    let letters = outcome.letters.iter().map(|letter| line(letter.code.id(), &letter.title));
    [
        ("What the school must do", once(outcome.must.iter().map(|p| line(&p.code, &p.title)))),
        ("What the school may do", once(outcome.may.iter().map(|p| line(&p.code, &p.title)))),
        ("By when", once(actions)),
        ("Letters", once(letters)),
    ]
}

/// A code that stands for several people is one line.
fn once(lines: impl Iterator<Item = Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::new();
    for line in lines {
        if !kept.iter().any(|other| other.code == line.code) {
            kept.push(line);
        }
    }
    kept
}

/// Whether a referral to the police as harassment is on offer, beside which its readiness stands.
pub(super) fn referral_offered(outcome: &Outcome) -> bool {
    outcome.decision.options.contains(&Choice::PoliceHarassment)
}

fn reason_id(code: &str) -> Id {
    Id::from(format!("outcome-reason-{code}"))
}

fn unready_id(at: usize) -> Id {
    Id::from(format!("outcome-unready-{at}"))
}

fn is_blank(editor: &Editor) -> bool {
    editor.text().trim().is_empty()
}

fn error_at(errors: &[(String, Id)], field: &Id) -> Option<String> {
    errors.iter().find(|(_, id)| id == field).map(|(words, _)| words.clone())
}

impl Form {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let offered = referral_offered(outcome);
        let unmet = outcome.readiness.iter().enumerate().filter(|(_, point)| offered && !point.met);
        Self { unready: unmet.map(|(at, _)| (at, Editor::default())).collect(), ..Self::default() }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::HowChosen(how) => self.how = Some(how),
            Message::LineTurned(code, true) => drop(self.departures.entry(code).or_default()),
            Message::LineTurned(code, false) => drop(self.departures.remove(&code)),
            Message::ReasonEdited(code, edit) => {
                if let Some(reason) = self.departures.get_mut(&code) {
                    reason.perform(edit);
                }
            }
            Message::GapEdited(edit) => self.gap.perform(edit),
            Message::UnreadyEdited(at, edit) => {
                if let Some(reason) = self.unready.get_mut(&at) {
                    reason.perform(edit);
                }
            }
        }
    }

    /// Everything that is missing, from top to bottom.
    pub(super) fn errors(&self, outcome: &Outcome) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if self.unready.values().any(|reason| !is_blank(reason)) {
            let open = self.unready.iter().filter(|(_, reason)| is_blank(reason));
            errors.extend(open.map(|(at, _)| {
                ("Give a reason for each point that is not met, or for none yet.".to_owned(), unready_id(*at))
            }));
        }
        match self.how {
            None => errors.push(("Choose whether you will do as the policy says.".into(), HOW)),
            Some(How::Otherwise) if self.departures.is_empty() => {
                errors.push(("Choose what you will do differently.".into(), LINES));
            }
            Some(How::Otherwise) => {
                for (_, group) in lines(outcome) {
                    let blank = |line: &Line| self.departures.get(&line.code).is_some_and(is_blank);
                    errors.extend(
                        group.into_iter().filter(blank).map(|line| {
                            (format!("Write your reason: {}.", line.title), reason_id(&line.code))
                        }),
                    );
                }
            }
            Some(How::AsSaid) => {}
        }
        if outcome.reason_needed && is_blank(&self.gap) {
            errors.push(("Write why this is right here: the policy does not say.".into(), GAP));
        }
        errors
    }

    /// What goes into the record.
    pub(super) fn confirmation(&self, outcome: &Outcome) -> Confirmation {
        let mut departures: Vec<Departure> = Vec::new();
        if self.how == Some(How::Otherwise) {
            departures.extend(self.departures.iter().map(|(code, reason)| Departure {
                code: code.clone(),
                reason: reason.text().trim().to_owned(),
            }));
        }
        let ready = self.unready.iter().filter(|(_, reason)| !is_blank(reason));
        departures.extend(ready.filter_map(|(at, reason)| {
            let point = &outcome.readiness.get(*at)?.text;
            Some(Departure { code: READINESS.into(), reason: format!("{point} {}", reason.text().trim()) })
        }));
        Confirmation { departures, gap_reason: self.gap.text().trim().to_owned() }
    }

    /// The reason field beside a point of the readiness that is not met.
    pub(super) fn unready<'a>(&'a self, at: usize, errors: &[(String, Id)]) -> Option<Element<'a, Message>> {
        let reason = self.unready.get(&at)?;
        let edit = move |edit| Message::UnreadyEdited(at, edit);
        let field = widget::text_area("Why refer all the same?", reason, edit)
            .hint("Needed before a referral can leave the school. You can write it later.")
            .error(error_at(errors, &unready_id(at)))
            .rows(2)
            .id(unready_id(at));
        Some(field.into())
    }

    pub(super) fn view<'a>(&'a self, outcome: &Outcome, errors: &[(String, Id)]) -> Element<'a, Message> {
        let choices = [
            widget::choice(How::AsSaid, "I will do as the policy says"),
            widget::choice(How::Otherwise, "I will do something differently")
                .explain("You say what and why. Both stay in the record."),
        ];
        let how = widget::radio_group("What will you do?", choices, self.how.as_ref(), Message::HowChosen)
            .error(error_at(errors, &HOW))
            .id(HOW);
        let otherwise = (self.how == Some(How::Otherwise)).then(|| self.otherwise(outcome, errors));
        let gap = outcome.reason_needed.then(|| {
            widget::text_area(
                "The policy does not say. Why is this right here?",
                &self.gap,
                Message::GapEdited,
            )
            .hint("One or two sentences. A year from now they say why you decided as you did.")
            .error(error_at(errors, &GAP))
            .rows(3)
            .id(GAP)
            .into()
        });
        column![slot(Some(how.into()), L), slot(otherwise, L), slot(gap, L)].into()
    }

    fn otherwise<'a>(&'a self, outcome: &Outcome, errors: &[(String, Id)]) -> Element<'a, Message> {
        let mut first = Some(LINES);
        let groups = lines(outcome).into_iter().filter(|(_, lines)| !lines.is_empty());
        let groups = groups.map(|(legend, lines)| {
            let reasons: Vec<_> = lines.iter().filter_map(|line| self.reason(line, errors)).collect();
            let items = lines.into_iter().map(|line| widget::choice(line.code, line.title));
            let on = |code: &String| self.departures.contains_key(code);
            let mut group = widget::check_group(legend, items, on, Message::LineTurned);
            if let Some(id) = first.take() {
                group = group.error(error_at(errors, &id)).id(id);
            }
            column![Element::from(group)].extend(reasons).spacing(M).into()
        });
        let groups: Vec<Element<'a, Message>> = groups.collect();
        column![widget::heading(3, "Which lines will you not follow?")]
            .push(Column::with_children(groups).spacing(L))
            .spacing(M)
            .into()
    }

    fn reason<'a>(&'a self, line: &Line, errors: &[(String, Id)]) -> Option<Element<'a, Message>> {
        let reason = self.departures.get(&line.code)?;
        let code = line.code.clone();
        let edit = move |edit| Message::ReasonEdited(code.clone(), edit);
        let id = reason_id(&line.code);
        let field = widget::text_area(format!("Your reason: {}", line.title), reason, edit)
            .hint("What you will do instead, and why.")
            .error(error_at(errors, &id))
            .rows(2)
            .id(id);
        Some(field.into())
    }
}

/// The buttons under the form.
pub(super) fn buttons<'a>(label: &'static str) -> Element<'a, super::Message> {
    button::row_of([button::primary(label).on_press(super::Message::Confirmed).into()])
}
