//! The overview of a case: what must be done next, what was decided and by whom, how each family stands, and closing the
//! case. Entering things happens in the other parts.

use super::amending::{Amending, Message as AmendingMessage};
use super::closing::{Closing, Message as ClosingMessage};
use super::{After, Ground, Part, words};
use crate::app::before_contact::{before_action, stands};
use crate::app::{CaseView, Error, Linked, LinkedCase, Notice, Outcome, READINESS, Session};
use crate::domain::{ActionState, CaseId, CaseState, Day, DecisionRecord};
use crate::ui::spacing::{L, M, S, XL, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space};
use iced::{Alignment, Element, Length};

/// How many open actions the overview names.
const NEXT: usize = 5;
const WHY: Id = Id::new("case-reopen-why");

/// What the overview keeps.
#[derive(Debug, Default)]
pub(super) struct Overview {
    decided: Option<Outcome>,
    old: bool,
    earlier: Vec<(DecisionRecord, Outcome)>,
    show_earlier: bool,
    closing: Option<Closing>,
    amending: Option<Amending>,
    reopening: Option<Reopening>,
    linked: Linked,
}

/// The reason while a closed case is opened again.
#[derive(Debug, Default)]
struct Reopening {
    why: Editor,
    wrong: bool,
}

/// What happened on the overview.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another part was asked for.
    Show(Part),
    /// The lead wants to decide again.
    Decide,
    /// The earlier decisions were opened or closed.
    EarlierShown(bool),
    /// The case is to be closed.
    CloseAsked,
    /// The words of the disclosure are to be amended.
    AmendAsked,
    /// On the form for amending.
    Amending(AmendingMessage),
    /// On the form for closing.
    Closing(ClosingMessage),
    /// The case is to be opened again.
    ReopenAsked,
    /// The reason was edited.
    WhyEdited(Edit),
    /// Opening again was confirmed.
    Reopened,
    /// Opening again was called off.
    KeptClosed,
    /// A linked case is to be opened.
    LinkWanted,
    /// Another case was asked for.
    Linked(CaseId),
}

impl Overview {
    pub(super) fn read(&mut self, session: &Session, view: &CaseView) -> Result<(), Error> {
        self.decided = view.decision().map(|record| session.outcome_then(record));
        let earlier = view.decisions.split_last().map_or(&[][..], |(_, earlier)| earlier);
        self.earlier = earlier.iter().map(|record| (record.clone(), session.outcome_then(record))).collect();
        self.old = session.decision_is_old(view.case.id)?;
        self.linked = session.linked(view.case.id)?;
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Show(part) => return After::Show(part),
            Message::Decide => return After::Decide,
            Message::EarlierShown(shown) => self.show_earlier = shown,
            Message::CloseAsked => {
                self.closing = Some(Closing::new(ground));
                return After::Focus(Closing::first());
            }
            Message::Closing(message) => {
                let Some(closing) = &mut self.closing else { return After::Stay };
                let (after, left) = closing.update(message, ground);
                if left {
                    self.closing = None;
                }
                return after;
            }
            Message::AmendAsked => {
                self.amending = Some(Amending::new(ground));
                return After::Focus(Amending::FIRST);
            }
            Message::Amending(message) => {
                let Some(amending) = &mut self.amending else { return After::Stay };
                let (after, left) = amending.update(message, ground);
                if left {
                    self.amending = None;
                }
                return after;
            }
            Message::ReopenAsked => self.reopening = Some(Reopening::default()),
            Message::WhyEdited(edit) => {
                if let Some(reopening) = &mut self.reopening {
                    reopening.why.perform(edit);
                }
            }
            Message::Reopened => return self.reopen(ground),
            Message::KeptClosed => self.reopening = None,
            Message::Linked(id) => return After::Linked(id),
            Message::LinkWanted => {
                return match ground.session.begin_linked(ground.view.case.id) {
                    Ok(draft) => After::Begin(Box::new(draft)),
                    Err(error) => After::Failed(Notice::from(&error)),
                };
            }
        }
        After::Stay
    }

    fn reopen(&mut self, ground: Ground<'_>) -> After {
        let Some(reopening) = &mut self.reopening else { return After::Stay };
        let why = reopening.why.text().trim().to_owned();
        if why.is_empty() {
            reopening.wrong = true;
            return After::Focus(WHY);
        }
        let done = ground.session.reopen_case(ground.view.case.id, &why);
        if done.is_ok() {
            self.reopening = None;
        }
        After::saved(done, "The case is open again.")
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        match (&self.closing, &self.amending) {
            (Some(closing), _) => closing.view(ground),
            (None, Some(amending)) => amending.view(ground),
            (None, None) => self.sections(ground).map(super::Message::Overview),
        }
    }

    fn sections<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        column![
            self.changed(),
            Self::next(ground),
            self.decision(ground),
            Self::families(ground),
            Self::disclosure(ground),
            self.chain(),
            Self::state(ground),
        ]
        .spacing(XL)
        .max_width(READING)
        .into()
    }

    fn changed(&self) -> Option<Element<'_, Message>> {
        let decided = self.decided.as_ref()?;
        self.old.then(|| {
            let since = decided.facts.today.long();
            widget::notice(
                Tone::Info,
                format!("The policy would say something else now than it did on {since}."),
            )
            .what_to_do("Decide again to see what has changed. The earlier decision stays in the record.")
            .into()
        })
    }

    fn next(ground: Ground<'_>) -> Element<'_, Message> {
        let today = ground.session.today();
        let open: Vec<_> = ground.view.actions.iter().filter(|a| a.state == ActionState::Open).collect();
        let closed = ground.closed().map(crate::ui::screen::not_contacted);
        let mut section = column![widget::heading(2, "What to do next")].extend(closed).spacing(M);
        if open.is_empty() {
            return section
                .push(widget::paragraph("Nothing is due. Every action is done or settled."))
                .into();
        }
        for action in open.iter().take(NEXT) {
            let title = ground.session.action_title(action);
            let about = action.about.and_then(|id| ground.view.person(id)).map(|p| p.name.full());
            let title = about.map_or(title.clone(), |about| format!("{title} ({about})"));
            let (due, tone) = words::due(action.due, today);
            let first = before_action(action, ground.view.case.target, ground.reaches).map(widget::hint);
            let words = column![widget::paragraph(title)].push(first);
            let line = row![words.width(Length::Fill), widget::tag(due, tone)];
            section = section.push(line.spacing(M).align_y(Alignment::Center));
        }
        let more = match open.len().saturating_sub(NEXT) {
            0 => "Go to the actions".to_owned(),
            more => format!("Go to the actions ({more} more)"),
        };
        section
            .push(Element::from(button::secondary(more).link().on_press(Message::Show(Part::Actions))))
            .into()
    }

    fn decision<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let title = widget::heading(2, "What was decided");
        let again = || Element::from(button::secondary("Decide again").on_press(Message::Decide));
        let (Some(outcome), Some(record)) = (&self.decided, ground.view.decision()) else {
            let none = widget::paragraph("No decision is confirmed yet.");
            return column![title, none, again()].spacing(M).into();
        };
        let mut section = column![title].spacing(M);
        for point in &outcome.must {
            section = section.push(point_of("Must", Tone::Warning, &point.title, &point.text));
        }
        for point in &outcome.paused {
            section = section.push(point_of("Waits", Tone::Neutral, &point.title, &point.text));
        }
        for point in &outcome.may {
            section = section.push(point_of("May", Tone::Info, &point.title, &point.text));
        }
        let by = format!(
            "Confirmed by {} on {}, under {}.",
            record.confirmed_by,
            record.on.long(),
            record.decision.policy
        );
        section = section.push(widget::hint(by));
        section = section.push(departures(ground, record));
        section.push(self.earlier(ground)).push(again()).into()
    }

    /// The decisions before the one in force, each in the words of the policy that it was made by.
    fn earlier<'a>(&'a self, ground: Ground<'a>) -> Option<Element<'a, Message>> {
        let count = self.earlier.len();
        if count == 0 {
            return None;
        }
        let lines = self.earlier.iter().rev().map(|(record, outcome)| {
            let title = format!("{}, by {}", record.on.long(), record.confirmed_by);
            let kinds = [("Must", &outcome.must), ("May", &outcome.may), ("Waits", &outcome.paused)];
            let said = kinds.into_iter().flat_map(|(kind, points)| {
                points.iter().map(move |point| format!("{kind}: {}", point.title))
            });
            let under = widget::small(format!("Under {}.", record.decision.policy));
            let inside =
                column![widget::strong(title), under, widget::bullets(said), departures(ground, record)];
            widget::card(inside.spacing(S))
        });
        let name = words::count(count, "earlier decision", "earlier decisions");
        let inside = column(lines).spacing(M);
        Some(widget::expander(name, self.show_earlier, Message::EarlierShown, inside))
    }

    fn families(ground: Ground<'_>) -> Element<'_, Message> {
        let mut section = column![widget::heading(2, "How the families have responded")].spacing(M);
        for (id, family) in &ground.view.engagement {
            let Some(person) = ground.view.person(*id) else { continue };
            let (word, tone) = words::engagement(family.is);
            let because = stands(family, ground.reach(*id)).because;
            let title = row![widget::strong(words::family(person)), widget::tag(word, tone)]
                .spacing(M)
                .align_y(Alignment::Center);
            section = section.push(column![title.wrap(), widget::paragraph(because)].spacing(XS));
        }
        section
            .push(Element::from(
                button::secondary("Go to the contacts").link().on_press(Message::Show(Part::Contacts)),
            ))
            .into()
    }

    fn disclosure(ground: Ground<'_>) -> Element<'_, Message> {
        let case = &ground.view.case;
        let answers = &case.answers;
        let facts = [
            ("Disclosed on", case.disclosed_on.long()),
            ("Who told whom", case.told_by.clone()),
            ("What was said", case.account.clone()),
            ("What the child wants", answers.child_wishes.clone()),
            ("What the family wants", answers.family_wishes.clone()),
        ];
        let facts = facts.into_iter().filter(|(_, value)| !value.trim().is_empty());
        let facts = facts.map(|(label, value)| widget::fact(label, value));
        let amend = (case.state == CaseState::Open).then(|| {
            let amend = button::secondary("Amend the disclosure…").on_press(Message::AmendAsked);
            Element::from(amend)
        });
        column![widget::heading(2, "The disclosure"), widget::summary(facts)].push(amend).spacing(M).into()
    }

    /// The cases that it follows and those that follow it; nothing where there are none.
    fn chain(&self) -> Option<Element<'_, Message>> {
        let line = |kind: &'static str, case: &LinkedCase| {
            let stands = match case.closed_on {
                Some(on) => format!("closed on {}", on.plain()),
                None => "open".to_owned(),
            };
            let says =
                format!("{kind} {}, disclosed on {}, {stands}", case.reference, case.disclosed_on.plain());
            Element::from(button::secondary(says).link().on_press(Message::Linked(case.id)))
        };
        let before = self.linked.before.iter().map(|case| line("It follows", case));
        let after = self.linked.after.iter().map(|case| line("It is followed by", case));
        let lines: Vec<_> = before.chain(after).collect();
        let lines = (!lines.is_empty()).then(|| column(lines).spacing(S));
        lines.map(|lines| column![widget::heading(2, "Linked cases"), lines].spacing(M).into())
    }

    fn state(ground: Ground<'_>) -> Element<'_, Message> {
        let title = widget::heading(2, "Close the case");
        match &ground.view.case.state {
            CaseState::Open => column![
                title,
                widget::paragraph(
                    "When it has stopped and nothing is left to do. A closed case can be opened again."
                ),
                Element::from(button::secondary("Close this case…").on_press(Message::CloseAsked)),
            ],
            CaseState::Closed { on, why } => column![
                widget::heading(2, "This case is closed"),
                closed(ground, *on, why),
                widget::paragraph(
                    "Where something new has happened, open a linked case: it has its own dates and its own decision, and what happened here counts with it. Open this one again only where it was closed too early."
                ),
                button::row_of([
                    button::primary("Open a linked case").on_press(Message::LinkWanted).into(),
                    button::secondary("Open this case again…").on_press(Message::ReopenAsked).into(),
                ]),
            ],
        }
        .spacing(M)
        .into()
    }

    /// The dialog, if one is open.
    pub(super) fn dialog(&self) -> Option<widget::Dialog<'_, super::Message>> {
        let reopening = self.reopening.as_ref()?;
        let content = reopening.content().map(super::Message::Overview);
        let cancel = super::Message::Overview(Message::KeptClosed);
        Some(widget::dialog("Open this case again?", content).on_cancel(cancel))
    }
}

/// How it was closed: in five parts, or with the reason alone where that was before they were asked.
fn closed<'a>(ground: Ground<'a>, on: Day, why: &str) -> Element<'a, Message> {
    let Some(closing) = ground.view.closings.last() else {
        return widget::paragraph(format!("Closed on {}. {why}", on.long()));
    };
    let by = ("Closed", format!("{}, by {}", closing.on.long(), closing.by));
    let came_to = ("It came to", closing.came_to.words().to_owned());
    let parts = closing.parts.each().map(|(label, text)| (label, text.to_owned()));
    let facts = [by, came_to].into_iter().chain(parts);
    widget::summary(facts.map(|(label, value)| widget::fact(label, value)))
}

/// The widest that the overview grows: its lines carry tags at their right.
const READING: f32 = 760.0;

impl Reopening {
    fn content(&self) -> Element<'_, Message> {
        let says = "Its dates and its decision go on from here. Where something new has happened, a linked case is \
                    the better way.";
        let why = widget::text_area("Why is it opened again?", &self.why, Message::WhyEdited)
            .hint("For example, it was closed too early.")
            .error(self.wrong.then_some("Write one or two sentences."))
            .rows(4)
            .id(WHY);
        let buttons = button::row_of([
            button::primary("Open it again").on_press(Message::Reopened).into(),
            button::secondary("Leave it closed").on_press(Message::KeptClosed).into(),
        ]);
        column![widget::paragraph(says), Element::from(why), buttons].spacing(L).into()
    }
}

fn point_of<'a>(kind: &'static str, tone: Tone, title: &'a str, text: &'a str) -> Element<'a, Message> {
    let text = (!text.is_empty()).then(|| widget::hint(text));
    let kind = container(widget::tag(kind, tone)).width(KIND);
    row![kind, column![widget::strong(title)].push(text).width(Length::Fill)].spacing(S).into()
}

/// Room for the word that says whether a line must or may be done.
const KIND: f32 = 72.0;

fn departures<'a>(ground: Ground<'a>, record: &'a DecisionRecord) -> Element<'a, Message> {
    if record.departures.is_empty() {
        return space().into();
    }
    let lines = record.departures.iter().map(|departure| {
        let title = match departure.code.as_str() {
            READINESS => "The points that a police referral would want to see".to_owned(),
            code => ground.session.policy().wording(code).title,
        };
        let whom = departure.about.as_ref().and_then(|short| {
            let (_, id) = record.people.iter().find(|(other, _)| other == short)?;
            Some(format!(" ({})", ground.view.person(*id)?.name.full()))
        });
        format!("{title}{}: {}", whom.unwrap_or_default(), departure.reason)
    });
    column![widget::heading(3, "Reasons that were given"), widget::bullets(lines)].spacing(S).into()
}
