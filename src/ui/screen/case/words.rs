//! What the screens of a case call things: due dates, roles, ways of getting in touch, and how a [`Notice`] looks.

use crate::domain::{Age, Channel, Day, Engagement, Person, Purpose, Response, Who};
use crate::ui::spacing::{S, XS};
use crate::ui::theme::{self, Tone};
use iced::widget::{Scrollable, scrollable};
use iced::{Element, Length};

pub(in crate::ui::screen) use crate::ui::screen::said;

/// Something that scrolls, with the same bar as a page.
pub(in crate::ui::screen) fn scrolling<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
) -> Scrollable<'a, Message> {
    let bar = scrollable::Scrollbar::new().width(S + XS).scroller_width(S - 2.0).margin(2.0);
    scrollable(content)
        .direction(scrollable::Direction::Vertical(bar))
        .width(Length::Fill)
        .height(Length::Fill)
        .style(theme::scroll)
}

/// When something is due, said from today.
pub(in crate::ui::screen) fn due(due: Day, today: Day) -> (String, Tone) {
    match due.days_since(today) {
        0 => ("Due today".into(), Tone::Warning),
        1 => ("Due tomorrow".into(), Tone::Info),
        days if days < 0 => (format!("Overdue since {}", due.short()), Tone::Danger),
        _ => (format!("Due {}", due.short()), Tone::Neutral),
    }
}

/// A number of things, in words.
pub(in crate::ui::screen) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("No {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// What a person is in a case.
pub(super) fn role(person: &Person, is_target: bool) -> &'static str {
    let adult = match person.who {
        Who::ParentAdult | Who::OtherAdult | Who::Staff | Who::FormerStaff | Who::Head => true,
        Who::CurrentPupil | Who::ExPupil | Who::OtherSchool | Who::Unknown => false,
    };
    match (is_target, adult, person.who) {
        (true, false, _) => "Targeted child",
        (true, true, _) => "Targeted person",
        (false, false, Who::Unknown) => "Account alleged to be responsible",
        (false, false, _) => "Child alleged to be responsible",
        (false, true, _) => "Adult alleged to be responsible",
    }
}

/// The family of a person, as headings say it.
pub(super) fn family(person: &Person) -> String {
    format!("Family of {}", person.name.full())
}

/// An age in words, or that it is not known.
pub(super) fn age(age: Option<Age>) -> String {
    age.map_or_else(|| "not known".into(), |age| format!("{age}"))
}

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "By telephone",
        Channel::Letter => "By letter",
        Channel::Email => "By email",
        Channel::Meeting => "In person",
    }
}

pub(super) fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Contact => "Contact",
        Purpose::FollowUp => "Follow-up",
        Purpose::FinalNotice => "Final notice",
    }
}

pub(super) fn response(response: Response) -> &'static str {
    match response {
        Response::None => "No answer",
        Response::Engaged => "They talked or met with the school",
        Response::Partial => "They did part of what was asked",
        Response::Refused => "They said they will not work with the school",
    }
}

/// How a family has responded: a word and its tone.
pub(super) fn engagement(is: Engagement) -> (&'static str, Tone) {
    match is {
        Engagement::NotYet => ("No answer yet", Tone::Neutral),
        Engagement::Engaged => ("Works with the school", Tone::Success),
        Engagement::Unreachable => ("Not reached", Tone::Warning),
        Engagement::Refused => ("Refused", Tone::Danger),
        Engagement::Partial => ("Works with the school in part", Tone::Info),
    }
}

/// Names that are the same told apart by a number, as a screen reader needs them.
pub(in crate::ui::screen) fn told_apart(names: impl IntoIterator<Item = String>) -> Vec<String> {
    let names: Vec<String> = names.into_iter().collect();
    let same = |name: &String, of: &[String]| of.iter().filter(|other| *other == name).count();
    let told = names.iter().enumerate().map(|(at, name)| match same(name, &names) {
        1 => name.clone(),
        of => format!("{name} ({} of {of})", same(name, &names[..at]) + 1),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_alike_gets_a_number() {
        let names = ["a", "b", "a"].map(str::to_owned);
        assert_eq!(told_apart(names), ["a (1 of 2)", "b", "a (2 of 2)"]);
    }

    #[test]
    fn a_due_date_says_how_it_stands() {
        let day = |text: &str| Day::parse(text).unwrap();
        let today = day("2026-01-19");
        for (when, words) in [
            ("2026-01-16", "Overdue since Fri 16 Jan 2026"),
            ("2026-01-19", "Due today"),
            ("2026-01-20", "Due tomorrow"),
            ("2026-01-21", "Due Wed 21 Jan 2026"),
        ] {
            assert_eq!(due(day(when), today).0, words);
        }
    }
}
