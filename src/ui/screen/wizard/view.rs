//! How a page of the wizard looks: back at the top, progress, the question, its control, the buttons, and the policy's
//! words beside it. The emergency has nothing beside it.

use super::page::Page;
use super::person::Ground;
use super::{CHOICE, Message, Wizard, accounts, alleged, check, error_at, occasions};
use crate::app::{Fact, Policy, Question, QuestionKind};
use crate::domain::{Lead, Part, Setting, Vocabulary};
use crate::ui::screen::outcome::clause::clauses;
use crate::ui::screen::said;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, container, row, space};
use iced::{Alignment, Length};

pub(super) fn page(wizard: &Wizard) -> Element<'_, Message> {
    match &wizard.page {
        Page::Outcome(screen) => screen.view().map(Message::Outcome),
        Page::Emergency => widget::page(emergency(), None),
        Page::Apart(lead) => widget::page(apart(wizard, *lead), None),
        Page::Check => checked(wizard),
        _ => question_page(wizard),
    }
}

fn question_page(wizard: &Wizard) -> Element<'_, Message> {
    let Some(question) = wizard.question() else { return checked(wizard) };
    let policy = wizard.session.policy();
    let errors = if wizard.tried { wizard.errors() } else { Vec::new() };
    let summary = (!errors.is_empty()).then(|| widget::error_summary(errors.clone(), Message::LinkFollowed));
    let content = column![
        top(),
        slot(wizard.notice.as_ref().map(said), L),
        slot(summary, L),
        widget::small(progress(wizard)),
        slot(Some(widget::heading(1, question.text.clone())), S),
        slot(Some(widget::lead(question.hint.clone())), L),
        control(wizard, question, &errors),
        slot(picture_notice(wizard, question), 0.0),
        space().height(L),
        buttons(wizard),
    ];
    let aside = column![
        widget::heading_like(2, 3, "What this is based on"),
        clauses::<Message>(policy, &question.cite),
    ];
    widget::page(content, Some(aside.spacing(M).into()))
}

/// The answers, all together.
fn checked(wizard: &Wizard) -> Element<'_, Message> {
    widget::page(column![top(), check::view(wizard)], None)
}

/// Back, and the way out, above everything.
fn top<'a>() -> Element<'a, Message> {
    let leave = button::quiet("Save and leave")
        .description("Everything so far is kept. You find it again under Today.")
        .on_press(Message::Left);
    let line =
        row![Element::from(button::back(Message::Back)), space().width(Length::Fill), Element::from(leave)];
    container(line.align_y(Alignment::Center)).padding(iced::Padding::ZERO.bottom(M)).into()
}

/// How many may remain: an answer can only make it fewer.
fn progress(wizard: &Wizard) -> String {
    let (before, after) = wizard.around();
    let at = before.len() + 1;
    match after.len() {
        0 => format!("Question {at}, the last one"),
        1 => format!("Question {at}, at most 1 more"),
        more => format!("Question {at}, at most {more} more"),
    }
}

fn control<'a>(wizard: &'a Wizard, question: &Question, errors: &[(String, Id)]) -> Element<'a, Message> {
    let (policy, disclosure, today) = (wizard.session.policy(), wizard.disclosure(), wizard.session.today());
    let ground =
        Ground { policy, disclosure, everyone: &wizard.everyone, involved: &wizard.involved, today, errors };
    match &wizard.page {
        Page::Story(story) => story.view(today, errors).map(Message::Story),
        Page::Target(form) => form.view(ground).map(Message::Target),
        Page::Alleged(page) => page.view(ground).map(|message| match message {
            alleged::Shown::Wanted => Message::PersonWanted,
            alleged::Shown::Happened(message) => Message::Alleged(message),
        }),
        Page::Occasions(page) => page.view(ground).map(|message| match message {
            occasions::Shown::Wanted => Message::OccasionWanted,
            occasions::Shown::Happened(message) => Message::Occasions(message),
        }),
        Page::Accounts => accounts::view(policy, disclosure, errors).map(Message::Account),
        Page::Contact(page) => page.view(question, disclosure, today, errors).map(Message::Contact),
        Page::Wishes(page) => page.view(disclosure).map(Message::Wishes),
        Page::Choice | Page::Emergency | Page::Apart(_) | Page::Check | Page::Outcome(_) => {
            column![choices(wizard, question, errors), slot(filter_only(wizard, question), 0.0),].into()
        }
    }
}

fn choices<'a>(wizard: &Wizard, question: &Question, errors: &[(String, Id)]) -> Element<'a, Message> {
    let chosen = Policy::chosen(question, wizard.disclosure());
    let items = question.values.iter().map(|(value, words)| widget::choice(*value, words.clone()));
    let legend = question.text.clone();
    let group = if matches!(question.kind, QuestionKind::Choices | QuestionKind::Signs) {
        let on = |value: &&'static str| chosen.contains(value);
        widget::check_group(legend, items, on, |value, _| Message::Chosen(value)).hint("Choose all that fit.")
    } else {
        widget::radio_group(legend, items, chosen.first(), Message::Chosen)
    };
    group.hide_label().error(error_at(errors, &CHOICE)).id(CHOICE).into()
}

/// Where somebody got round the filter: who did only that, and took no part in the messages.
fn filter_only<'a>(wizard: &Wizard, question: &Question) -> Option<Element<'a, Message>> {
    let answers = &wizard.disclosure().answers;
    let asked = answers.setting.as_ref().is_some_and(|set| set.contains(&Setting::Firewall));
    if !asked || question.id != "setting" {
        return None;
    }
    let words = wizard.session.policy().value(Fact::Part, Part::FirewallOnly.id());
    let people = wizard.disclosure().alleged.iter();
    let people = people.map(|person| widget::choice(person.id, person.name.full().to_owned()));
    let group = widget::check_group(
        words.to_owned(),
        people,
        |person| answers.firewall_only.contains(person),
        Message::FilterOnly,
    );
    let group = group.hint("Choose whoever took no part in the messages. Leave it empty if all of them did.");
    Some(container(group).padding(iced::Padding::ZERO.top(L)).into())
}

/// A strong word where a picture may be unlawful to hold, on the page where it is asked.
fn picture_notice<'a>(wizard: &Wizard, question: &Question) -> Option<Element<'a, Message>> {
    // What cannot be read counts as locked.
    let outcome = || wizard.session.outcome(wizard.disclosure());
    let locked = question.id == "imagery" && outcome().map_or(true, |outcome| outcome.attachments_locked());
    locked.then(|| {
        let notice = widget::notice(Tone::Warning, "Do not look at it, copy it, save it or send it on.")
            .what_to_do(
                "Describe it in words only. Do not ask a child to show it or to delete it. Casebook takes no files into this case.",
            );
        container(notice).padding(iced::Padding::ZERO.top(L)).into()
    })
}

fn buttons(wizard: &Wizard) -> Element<'_, Message> {
    let buttons: Vec<Element<'_, Message>> = match &wizard.page {
        Page::Alleged(page) if page.form().is_some() => vec![
            button::primary("Save this person").on_press(Message::FormDone).into(),
            button::secondary("Cancel").on_press(Message::Alleged(alleged::Message::Cancelled)).into(),
        ],
        Page::Occasions(page) if page.is_editing() => vec![
            button::primary("Save this occasion").on_press(Message::FormDone).into(),
            button::secondary("Cancel").on_press(Message::Occasions(occasions::Message::Cancelled)).into(),
        ],
        _ => vec![button::primary("Continue").on_press(Message::Continued).into()],
    };
    button::row_of(buttons)
}

/// Where a matter about an adult who works with children goes on, and who leads it.
fn apart(wizard: &Wizard, lead: Lead) -> Element<'_, Message> {
    let who = if lead == Lead::ChairOfGovernors {
        "The headteacher is named. Stop here and speak to the chair of governors, who makes the restricted case file \
         with a key of their own. The headteacher does not see it."
    } else {
        "The headteacher leads it. If it turns out to be about the headteacher, the chair of governors leads, and the \
         headteacher does not see the record."
    };
    let written = !wizard.disclosure().account.trim().is_empty();
    let written = written.then(|| {
        widget::notice(Tone::Warning, "What you have written so far stays in the record of this case file.")
            .what_to_do("Tell whoever leads, so that they know who can read it.")
            .into()
    });
    column![
        top(),
        slot(wizard.notice.as_ref().map(said), L),
        slot(Some(widget::heading(1, "Keep this matter apart")), M),
        slot(
            Some(widget::lead(
                "A concern or an allegation about an adult who works with children belongs in a restricted case file, \
                 with keys of its own. The questions that are left are asked there."
            )),
            L
        ),
        slot(Some(widget::paragraph(who)), L),
        slot(
            Some(widget::paragraph(
                "Tell nobody else yet, and do not interview anyone. If a child may be in danger now, call 999 first."
            )),
            L
        ),
        slot(written, L),
        button::row_of([button::primary("Go on in a restricted case file").on_press(Message::ApartWanted).into()]),
    ]
    .into()
}

/// One page, and nothing on it but what to do.
fn emergency<'a>() -> Element<'a, Message> {
    let say = [
        "Where you are: the school’s name and address, and the entrance to come to.",
        "Who is in danger, and where they are now.",
        "What was said or sent, word for word, by whom and when.",
        "How to ring you back.",
    ];
    let meanwhile = [
        "Tell the headteacher and the designated safeguarding lead at once.",
        "Stay with the child, or make sure that an adult does.",
    ];
    column![
        widget::heading(1, "Call 999 now"),
        Element::from(
            widget::notice(Tone::Danger, "Do not finish this form first.").what_to_do(
                "Everything that you have entered is kept. Come back to it when the child is safe."
            )
        ),
        column![widget::heading(2, "What to say"), widget::bullets(say)].spacing(S),
        column![widget::heading(2, "What to do until help comes"), widget::bullets(meanwhile)].spacing(S),
        button::row_of([button::primary("I have called 999").on_press(Message::Called).into()]),
    ]
    .spacing(XL)
    .into()
}
