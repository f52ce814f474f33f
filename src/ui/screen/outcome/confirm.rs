//! The lead's part: doing as the policy says, or something else, line by line and each with its reason.

use super::Said;
use crate::app::{Confirmation, Outcome, Point, READINESS};
use crate::domain::{Choice, Departure, Vocabulary};
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{L, M};
use crate::ui::widget::slot;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{Column, column};
use std::collections::BTreeMap;

const HOW: Id = Id::new("outcome-how");
const LINES: Id = Id::new("outcome-lines");
const GAP: Id = Id::new("outcome-gap");
const BY: Id = Id::new("outcome-by");

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
    /// Who decides.
    by: Typed,
    how: Option<How>,
    /// The lines to depart from, by their key, with the reason.
    departures: BTreeMap<String, Editor>,
    /// The reason where the policy is silent.
    gap: Editor,
    /// A reason for each point of the police readiness that is not met, by its place.
    unready: BTreeMap<usize, Editor>,
}

/// What happened on the form.
#[derive(Debug, Clone)]
pub enum Message {
    /// Who decides was typed.
    ByEdited(Typed),
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

/// One line that can be departed from, for one person or for the case.
struct Line {
    code: String,
    about: Option<String>,
    title: String,
}

impl Line {
    /// What tells it from the others.
    fn key(&self) -> String {
        self.about.as_ref().map_or_else(|| self.code.clone(), |about| format!("{} {about}", self.code))
    }
}

fn lines(said: &Said) -> [(&'static str, Vec<Line>); 4] {
    let outcome = &said.outcome;
    let line = |code: &str, title: &str, about: Option<&String>| Line {
        code: code.to_owned(),
        about: about.cloned(),
        title: match about {
            Some(short) => format!("{title} ({})", said.names.whose(Some(short))),
            None => title.to_owned(),
        },
    };
    let point = |p: &Point| line(&p.code, &p.title, None);
    let actions = outcome.actions.iter().map(|a| line(&a.code, &a.title, a.about.as_ref()));
    let letters = outcome.letters.iter().map(|l| line(l.code.id(), &l.title, l.about.as_ref()));
    [
        ("What the school must do", outcome.must.iter().map(point).collect()),
        ("What the school may do", outcome.may.iter().map(point).collect()),
        ("By when", actions.collect()),
        ("Letters", letters.collect()),
    ]
}

/// Whether a referral to the police as harassment is on offer, beside which its readiness stands.
pub(super) fn referral_offered(outcome: &Outcome) -> bool {
    outcome.decision.options.contains(&Choice::PoliceHarassment)
}

fn reason_id(key: &str) -> Id {
    Id::from(format!("outcome-reason-{key}"))
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
    pub(super) fn of(outcome: &Outcome, by: &str) -> Self {
        let offered = referral_offered(outcome);
        let unmet = outcome.readiness.iter().enumerate().filter(|(_, point)| offered && !point.met);
        let unready = unmet.map(|(at, _)| (at, Editor::default())).collect();
        Self { by: by.into(), unready, ..Self::default() }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::ByEdited(by) => self.by = by,
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
    pub(super) fn errors(&self, said: &Said) -> Vec<(String, Id)> {
        let outcome = &said.outcome;
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
                for (_, group) in lines(said) {
                    let blank = |line: &Line| self.departures.get(&line.key()).is_some_and(is_blank);
                    errors.extend(
                        group.into_iter().filter(blank).map(|line| {
                            (format!("Write your reason: {}.", line.title), reason_id(&line.key()))
                        }),
                    );
                }
            }
            Some(How::AsSaid) => {}
        }
        if outcome.reason_needed && is_blank(&self.gap) {
            errors.push(("Write why this is right here: the policy does not say.".into(), GAP));
        }
        if self.by.kept().is_empty() {
            errors.push(("Enter who decides.".into(), BY));
        }
        errors
    }

    /// What goes into the record.
    pub(super) fn confirmation(&self, said: &Said) -> Confirmation {
        let outcome = &said.outcome;
        let mut departures: Vec<Departure> = Vec::new();
        if self.how == Some(How::Otherwise) {
            let all = lines(said).into_iter().flat_map(|(_, group)| group);
            departures.extend(all.filter_map(|line| {
                let reason = self.departures.get(&line.key())?.text().trim().to_owned();
                Some(Departure { code: line.code, about: line.about, reason })
            }));
        }
        let ready = self.unready.iter().filter(|(_, reason)| !is_blank(reason));
        departures.extend(ready.filter_map(|(at, reason)| {
            let point = &outcome.readiness.get(*at)?.text;
            let reason = format!("{point} {}", reason.text().trim());
            Some(Departure { code: READINESS.into(), about: None, reason })
        }));
        let gap_reason = self.gap.text().trim().to_owned();
        Confirmation { departures, gap_reason, decided_by: self.by.kept() }
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

    pub(super) fn view<'a>(&'a self, said: &Said, errors: &[(String, Id)]) -> Element<'a, Message> {
        let outcome = &said.outcome;
        let choices = [
            widget::choice(How::AsSaid, "I will do as the policy says"),
            widget::choice(How::Otherwise, "I will do something differently")
                .explain("You say what and why. Both stay in the record."),
        ];
        let how = widget::radio_group("What will you do?", choices, self.how.as_ref(), Message::HowChosen)
            .error(error_at(errors, &HOW))
            .id(HOW);
        let otherwise = (self.how == Some(How::Otherwise)).then(|| self.otherwise(said, errors));
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
        let by = widget::text_field("Who decides?", &self.by)
            .hint("The name that stands under this decision.")
            .error(error_at(errors, &BY))
            .id(BY)
            .on_input(|text: String| Message::ByEdited(text.into()));
        column![slot(Some(how.into()), L), slot(otherwise, L), slot(gap, L), slot(Some(by.into()), L)].into()
    }

    fn otherwise<'a>(&'a self, said: &Said, errors: &[(String, Id)]) -> Element<'a, Message> {
        let mut first = Some(LINES);
        let groups = lines(said).into_iter().filter(|(_, lines)| !lines.is_empty());
        let groups = groups.map(|(legend, lines)| {
            let reasons: Vec<_> = lines.iter().filter_map(|line| self.reason(line, errors)).collect();
            let items = lines.into_iter().map(|line| widget::choice(line.key(), line.title));
            let on = |key: &String| self.departures.contains_key(key);
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
        let reason = self.departures.get(&line.key())?;
        let key = line.key();
        let edit = move |edit| Message::ReasonEdited(key.clone(), edit);
        let id = reason_id(&line.key());
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
