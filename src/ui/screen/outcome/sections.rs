//! The sections of an outcome: duties, choices, dates, letters, ages, readiness. Each is nothing where it has nothing to
//! say.

use super::confirm::referral_offered;
use super::{Message, Outcome, Said, details};
use crate::app::{ActionLine, LetterLine, Point};
use crate::domain::{LetterCode, Status, Vocabulary};
use crate::ui::spacing::{L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Cell};
use iced::advanced::widget::Id;
use iced::widget::{Column, column, row};
use iced::{Alignment, Element};

type Section<'a> = Option<Element<'a, Message>>;

/// A section under its heading.
fn section<'a>(title: &'a str, lines: Vec<Element<'a, Message>>) -> Section<'a> {
    if lines.is_empty() {
        return None;
    }
    Some(column![widget::heading(2, title), Column::with_children(lines).spacing(M)].spacing(M).into())
}

pub(super) fn warnings(said: &Said) -> Section<'_> {
    let lines = said.outcome.warnings.iter().map(|point| {
        let notice = widget::notice(Tone::Warning, point.title.as_str());
        if point.text.is_empty() { notice } else { notice.what_to_do(point.text.as_str()) }.into()
    });
    // Whatever is to be done, first of all: whom nobody rings or writes to.
    let mut all: Vec<Element<'_, Message>> = Vec::new();
    for reach in &said.closed {
        all.push(crate::ui::screen::not_contacted(reach));
    }
    all.extend(lines);
    section("Take care", all)
}

pub(super) fn must<'a>(screen: &'a Outcome, said: &'a Said) -> Section<'a> {
    section("What the school must do", points(screen, said, &said.outcome.must))
}

pub(super) fn waits<'a>(screen: &'a Outcome, said: &'a Said) -> Section<'a> {
    let mut lines = points(screen, said, &said.outcome.paused);
    if !lines.is_empty() {
        let words = "Do not start on this yet. It waits until the police, the council or its officer for allegations agree.";
        lines.insert(0, widget::paragraph(words));
    }
    section("What waits", lines)
}

pub(super) fn may<'a>(screen: &'a Outcome, said: &'a Said) -> Section<'a> {
    let suggested = said.outcome.decision.suggested.map(Vocabulary::id);
    let lines = said.outcome.may.iter().map(|point| {
        let tag = (Some(point.code.as_str()) == suggested).then(|| widget::tag("Suggested", Tone::Info));
        point_card(screen, said, point, tag)
    });
    section("What the school may do", lines.collect())
}

pub(super) fn need_not<'a>(screen: &'a Outcome, said: &'a Said) -> Section<'a> {
    section("What the school need not do", points(screen, said, &said.outcome.need_not))
}

fn points<'a>(screen: &'a Outcome, said: &'a Said, points: &'a [Point]) -> Vec<Element<'a, Message>> {
    points.iter().map(|point| point_card(screen, said, point, None)).collect()
}

fn point_card<'a>(
    screen: &'a Outcome,
    said: &'a Said,
    point: &'a Point,
    tag: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let title = row![widget::heading(3, point.title.as_str())].push(tag);
    let mut lines = column![title.spacing(M).align_y(Alignment::Center).wrap()].spacing(S);
    if !point.text.is_empty() {
        lines = lines.push(widget::paragraph(point.text.as_str()));
    }
    let about = point.because.iter().map(|because| because.about.as_deref());
    let whom = said.names.list(about.chain([point.about.as_deref()]));
    if !whom.is_empty() {
        lines = lines.push(widget::hint(format!("It concerns {whom}.")));
    }
    if !point.because.is_empty() {
        lines = lines.push(details::why(screen, said, &point.title, &point.because));
    }
    widget::card(lines)
}

/// Each person alleged apart, where the policy says something else of one than of another.
pub(super) fn by_person(said: &Said) -> Section<'_> {
    let findings: Vec<(&str, Vec<&str>)> = said
        .names
        .alleged()
        .map(|(short, name)| {
            let trace = said.outcome.decision.trace.iter();
            let theirs = trace.filter(|f| f.status == Status::Fired && f.about.as_deref() == Some(short));
            (name, theirs.map(|finding| finding.because.as_str()).collect())
        })
        .collect();
    let differ = findings.windows(2).any(|pair| pair[0].1 != pair[1].1);
    if !differ {
        return None;
    }
    let lines = findings.into_iter().map(|(name, because)| {
        let words = if because.is_empty() { vec!["Nothing of their own."] } else { because };
        widget::card(column![widget::heading(3, name), widget::bullets(words)].spacing(S))
    });
    section("Each person apart", lines.collect())
}

pub(super) fn by_when(said: &Said) -> Section<'_> {
    if said.outcome.actions.is_empty() {
        return None;
    }
    let columns = [
        widget::table_column("Day", 5),
        widget::table_column("What", 6),
        widget::table_column("For whom", 5),
        widget::table_column("Who leads", 4),
    ];
    let rows = together(&said.outcome.actions).into_iter().map(|(action, about)| {
        let whom = match said.names.list(about.into_iter()) {
            whom if whom.is_empty() => "The case".to_owned(),
            whom => whom,
        };
        let cells = [
            Cell::Strong(action.due.short().into()),
            Cell::Text(waiting(action).into()),
            Cell::Text(whom.into()),
            Cell::Soft(action.lead.into()),
        ];
        widget::table_row(cells, None)
    });
    section("By when", vec![widget::table("By when", &columns, rows)])
}

/// What is to be done, and what has to be done first.
fn waiting(action: &ActionLine) -> String {
    match &action.waits_for {
        Some(first) => format!("{} (waits for: {first})", action.title),
        None => action.title.clone(),
    }
}

/// The same duty on the same day for several people is one line.
fn together(actions: &[ActionLine]) -> Vec<(&ActionLine, Vec<Option<&str>>)> {
    let mut lines: Vec<(&ActionLine, Vec<Option<&str>>)> = Vec::new();
    for action in actions {
        let same =
            |line: &ActionLine| (line.due, &line.code, line.lead) == (action.due, &action.code, action.lead);
        let about = action.about.as_deref();
        match lines.iter_mut().find(|(line, _)| same(line)) {
            Some((_, whom)) => whom.push(about),
            None => lines.push((action, vec![about])),
        }
    }
    lines
}

pub(super) fn letters(said: &Said) -> Section<'_> {
    let mut letters: Vec<&LetterLine> = said.outcome.letters.iter().collect();
    let place = |code: LetterCode| said.outcome.letters.iter().position(|letter| letter.code == code);
    letters.sort_by_key(|letter| place(letter.code));
    let letters = letters.into_iter().map(|letter| letter_line(said, letter));
    let documents = said.outcome.documents.iter().map(|point| {
        let mut words = column![widget::strong(point.title.as_str())];
        if !point.text.is_empty() {
            words = words.push(widget::hint(point.text.as_str()));
        }
        words.into()
    });
    section("Letters and documents", letters.chain(documents).collect())
}

fn letter_line<'a>(said: &Said, letter: &'a LetterLine) -> Element<'a, Message> {
    let whom = letter.about.as_deref().map(|short| format!(" ({})", said.names.whose(Some(short))));
    let title = widget::strong(format!("{}{}", letter.title, whom.unwrap_or_default()));
    let (tag, why) = match (&letter.blocked, &letter.locked_until) {
        (Some(why), _) => (Some(widget::tag("Blocked", Tone::Danger)), Some(why.clone())),
        (None, Some(first)) => (Some(widget::tag("Waits", Tone::Warning)), Some(format!("First: {first}."))),
        (None, None) => (None, None),
    };
    let mut words = column![row![title].push(tag).spacing(M).align_y(Alignment::Center).wrap()];
    if let Some(why) = why {
        words = words.push(widget::hint(why));
    }
    words.into()
}

pub(super) fn ages(said: &Said) -> Section<'_> {
    let rows = said.outcome.decision.under_age.iter().zip(&said.outcome.ages);
    let lines = rows.map(|(row, words)| {
        let name = said.names.whose(Some(&row.user));
        column![widget::strong(name), widget::paragraph(words.as_str())].into()
    });
    section("Below the platform’s age", lines.collect())
}

/// What of earlier linked cases counts here, and what does not.
pub(super) fn earlier(said: &Said) -> Section<'_> {
    let line = |counted: crate::app::Counted| match &counted.about {
        Some(short) => format!("{}: {}", said.names.whose(Some(short)), counted.text),
        None => counted.text,
    };
    let lines: Vec<String> = said.outcome.counted().into_iter().map(line).collect();
    let lines = (!lines.is_empty()).then(|| widget::bullets(lines));
    section("From earlier cases", lines.into_iter().collect())
}

/// What a referral to the police as harassment would want to see. Met or not is said in words.
pub(super) fn readiness<'a>(screen: &'a Outcome, said: &'a Said, errors: &[(String, Id)]) -> Section<'a> {
    if !referral_offered(&said.outcome) {
        return None;
    }
    let lines = said.outcome.readiness.iter().enumerate().map(|(at, ready)| {
        let (word, tone) = if ready.met { ("Met", Tone::Success) } else { ("Not met", Tone::Warning) };
        let line = row![widget::tag(word, tone), widget::paragraph(ready.text.as_str())];
        column![line.spacing(M).align_y(Alignment::Center)]
            .push(screen.form.unready(at, errors).map(|field| field.map(Message::Form)))
            .spacing(M)
            .into()
    });
    let intro = widget::paragraph(
        "What the police will look for. It is a help, not a hurdle: nothing here delays a call where a child is at risk.",
    );
    let lines: Vec<_> = std::iter::once(intro).chain(lines).collect();
    section("Before a referral to the police", vec![Column::with_children(lines).spacing(L).into()])
}
