//! “Check your answers”: every question with its answer and a way to change it, and each child's age on each day that
//! counts.

use super::{Message, Wizard, accounts, alleged, contact, name_of, occasions, wishes};
use crate::app::{Fact, Policy, Question, QuestionKind, Skipped};
use crate::domain::{Day, Disclosure, Occasion, Part, Person, Vocabulary};
use crate::ui::screen::said;
use crate::ui::spacing::{L, M};
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::widget::column;

const OPEN: &str = "Not answered yet.";

pub(super) fn view(wizard: &Wizard) -> Element<'_, Message> {
    let (policy, disclosure) = (wizard.session.policy(), wizard.disclosure());
    let (skipped, asked): (Vec<_>, Vec<_>) =
        wizard.session.way(disclosure).into_iter().partition(|asked| asked.skipped.is_some());
    let facts = asked.iter().map(|asked| {
        let answer = answer(policy, asked.question, disclosure);
        widget::fact(asked.question.text.clone(), answer).change(Message::Change(asked.question.id.clone()))
    });
    let skipped: Vec<_> = skipped
        .iter()
        .map(|asked| {
            let why = asked.skipped.map_or("", why_skipped);
            widget::fact(asked.question.text.clone(), why).change(Message::Change(asked.question.id.clone()))
        })
        .collect();
    let skipped = (!skipped.is_empty())
        .then(|| column![widget::heading(2, "Not asked"), widget::summary(skipped)].spacing(M).into());
    let people: Vec<_> = disclosure.people().map(|person| ages(person, &disclosure.occasions)).collect();
    let ages = disclosure.people().zip(people).map(|(person, ages)| widget::fact(person.name.full(), ages));
    column![
        slot(wizard.notice.as_ref().map(said), L),
        slot(Some(widget::heading(1, "Check your answers")), L),
        slot(Some(widget::summary(facts)), L),
        slot(skipped, L),
        slot(Some(widget::heading(2, "Ages on the days that count")), L),
        slot(Some(widget::summary(ages)), L),
        button::row_of([button::primary("See what the policy says").on_press(Message::Decided).into()]),
    ]
    .into()
}

fn why_skipped(skipped: Skipped) -> &'static str {
    match skipped {
        Skipped::NotOpened => "It does not apply, as you said above.",
        Skipped::ChangesNothing => "Whatever the answer, the policy would say the same.",
    }
}

fn answer(policy: &Policy, question: &Question, disclosure: &Disclosure) -> String {
    if policy.missing(question, disclosure).is_some() {
        return OPEN.into();
    }
    match question.kind {
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Signs => {
            chosen(policy, question, disclosure)
        }
        QuestionKind::Contact => contact::said(chosen(policy, question, disclosure), disclosure),
        QuestionKind::Story => {
            let on = disclosure.disclosed_on.map(Day::long).unwrap_or_default();
            format!("{on}\n{}\n{}", disclosure.told_by, disclosure.account)
        }
        QuestionKind::Target => {
            disclosure.target.as_ref().map_or_else(String::new, |person| whole(policy, person))
        }
        QuestionKind::Alleged => {
            let people: Vec<_> = disclosure.alleged.iter().map(|person| whole(policy, person)).collect();
            people.join("\n")
        }
        QuestionKind::Occasions => {
            let mut all: Vec<&Occasion> = disclosure.occasions.iter().collect();
            all.sort_by_key(|occasion| occasion.on);
            let lines: Vec<_> = all
                .into_iter()
                .map(|occasion| {
                    let by = name_of(disclosure, occasion.by);
                    let said = occasions::said(policy, disclosure, occasion);
                    format!("{}, from {by}. {said}", occasion.on.short())
                })
                .collect();
            lines.join("\n")
        }
        QuestionKind::Accounts => accounts::said(policy, disclosure),
        QuestionKind::Wishes => wishes::said(policy, disclosure),
    }
}

fn whole(policy: &Policy, person: &Person) -> String {
    format!("{}: {}", person.name.full(), alleged::said(policy, person))
}

fn chosen(policy: &Policy, question: &Question, disclosure: &Disclosure) -> String {
    let ids = Policy::chosen(question, disclosure);
    let words = question.values.iter().filter(|(value, _)| ids.contains(value));
    let mut words: Vec<String> = words.map(|(_, words)| words.clone()).collect();
    if question.id == "setting" {
        let only = &disclosure.answers.firewall_only;
        let what = policy.value(Fact::Part, Part::FirewallOnly.id());
        words.extend(only.iter().map(|id| format!("{}: {what}", name_of(disclosure, *id))));
    }
    words.join("\n")
}

/// A child's age on each day on which it changed or they first took part: “10 on 17 January 2026, 11 on 22 January”.
pub(super) fn ages(person: &Person, occasions: &[Occasion]) -> String {
    let mut days: Vec<Day> =
        occasions.iter().filter(|o| o.by == person.id || o.to == person.id).map(|o| o.on).collect();
    days.sort_unstable();
    if days.is_empty() {
        return "They took part in no occasion that is entered.".into();
    }
    let mut parts: Vec<String> = Vec::new();
    let (mut last_age, mut last_year) = (None, None);
    for day in days {
        let Some(age) = person.age_on(day) else { continue };
        if last_age == Some(age) {
            continue;
        }
        let date = day.plain();
        let date = if last_year == Some(day.year()) {
            date.trim_end_matches(&format!(" {}", day.year())).to_owned()
        } else {
            date
        };
        parts.push(format!("{age} on {date}"));
        (last_age, last_year) = (Some(age), Some(day.year()));
    }
    if parts.is_empty() { "Not known: no date of birth is entered.".into() } else { parts.join(", ") }
}
