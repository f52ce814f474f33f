//! The page of an outcome, from the two sentences that sum it up to the confirmation.

use super::change::Change;
use super::{Message, Outcome, Said, Subject, confirm, details, sections};
use crate::app::{Since, facts_since};
use crate::ui::screen::said as shown;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;

pub(super) fn page(screen: &Outcome) -> Element<'_, Message> {
    let errors = if screen.tried { screen.errors() } else { Vec::new() };
    let summary = (!errors.is_empty()).then(|| widget::error_summary(errors.clone(), Message::LinkFollowed));
    let top = column![
        slot(Some(button::back(Message::Back).into()), M),
        slot(screen.notice.as_ref().map(shown), L),
        slot(summary, L),
    ];
    let Some(said) = &screen.said else { return widget::page(top, None) };
    let content = column![
        top,
        slot(Some(head(said)), L),
        slot(changed(screen, said), XL),
        body(screen, said, &errors),
        slot(Some(confirmation(screen, said, &errors)), XL),
    ];
    widget::page(content, Some(stamp(screen, said)))
}

fn head(said: &Said) -> Element<'_, Message> {
    let [first, second] = summary(said);
    column![widget::heading(1, "What the policy says"), widget::lead(first), widget::lead(second),]
        .spacing(S)
        .into()
}

/// The outcome in two sentences: what, and who does what first by when.
pub(super) fn summary(said: &Said) -> [String; 2] {
    let duties: Vec<String> = said.outcome.must.iter().map(|duty| small_first(&duty.title)).collect();
    let what = match &duties[..] {
        [] => "The policy asks for nothing more than what the law asks of every school.".to_owned(),
        duties => format!("The school must: {}.", duties.join("; and ")),
    };
    let lead = small_first(said.outcome.lead);
    // A case decided again has dates behind it; the next one is what matters.
    let next = said.outcome.actions.iter().find(|action| action.due >= said.outcome.facts.today);
    let who = match next {
        None => format!("It is led by the {lead}."),
        Some(next) => format!("It is led by the {lead}; the next date is {}.", next.due.long()),
    };
    [what, who]
}

fn small_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn body<'a>(screen: &'a Outcome, said: &'a Said, errors: &[(String, Id)]) -> Element<'a, Message> {
    let sections = [
        sections::warnings(said),
        sections::must(screen, said),
        sections::by_person(said),
        sections::waits(screen, said),
        sections::may(screen, said),
        sections::need_not(screen, said),
        sections::by_when(said),
        sections::letters(said),
        sections::ages(said),
        sections::earlier(said),
        sections::readiness(screen, said, errors),
        details::nearly(screen, said),
    ];
    column(sections.into_iter().map(|section| slot(section, XL))).into()
}

/// For a case decided again: what is otherwise than in the decision before.
fn changed<'a>(screen: &'a Outcome, said: &'a Said) -> Option<Element<'a, Message>> {
    let before = said.before.as_ref()?;
    let policy = screen.session.policy();
    let change = Change::between(policy, &said.names, &before.decision, &said.outcome);
    let facts = facts_since(&before.facts, &said.outcome);
    let since = format!("Since the decision of {}", before.on.long());
    let mut lines = column![widget::heading(2, since)].spacing(M);
    if change.came.is_empty() && change.went.is_empty() {
        lines = lines.push(widget::paragraph("Duties, choices and letters are the same."));
    }
    let facts: Vec<String> = facts.into_iter().map(|since| since_line(said, &since)).collect();
    if !facts.is_empty() {
        lines = lines.push(column![widget::strong("What has happened"), widget::bullets(facts)].spacing(S));
    }
    for (title, what) in [("New", change.came), ("No longer", change.went)] {
        if !what.is_empty() {
            lines = lines.push(column![widget::strong(title), widget::bullets(what)].spacing(S));
        }
    }
    Some(widget::card(lines))
}

fn since_line(said: &Said, since: &Since) -> String {
    let whose = since.about.as_deref().map(|short| format!(" ({})", said.names.whose(Some(short))));
    format!("{}{}: it was “{}”, it is now “{}”.", since.what, whose.unwrap_or_default(), since.was, since.is)
}

fn confirmation<'a>(screen: &'a Outcome, said: &'a Said, errors: &[(String, Id)]) -> Element<'a, Message> {
    let label = match screen.subject {
        Subject::Draft(_) => "Confirm and open the case",
        Subject::Case(_) => "Confirm",
    };
    column![
        slot(Some(widget::heading(2, "Your decision")), M),
        screen.form.view(said, errors).map(Message::Form),
        confirm::buttons(label),
    ]
    .into()
}

/// Which policy it was decided by, and whether that is in date.
fn stamp<'a>(screen: &'a Outcome, said: &'a Said) -> Element<'a, Message> {
    let policy = screen.session.policy();
    let (due, today) = (policy.review_due, screen.session.today());
    let review = if today > due {
        format!("It was due for review by {}. Until there is a new one it stays in force.", due.plain())
    } else {
        format!("Its review is due by {}.", due.plain())
    };
    column![
        widget::heading(3, "Decided by"),
        widget::paragraph(policy.title.clone()),
        widget::small(format!("Approved in {}. {review}", policy.approved.month())),
        widget::small(format!("Rules: {}.", said.outcome.decision.policy)),
        widget::small("Casebook shows what the policy says. You decide; nothing is sent automatically."),
    ]
    .spacing(S)
    .into()
}
