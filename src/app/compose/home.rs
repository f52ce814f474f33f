//! Letters home: to the targeted child's family, and to the family of a child alleged to be responsible.

use super::{Letter, Source, homes, others_as, salutation, window};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{ActorFields, Step, TargetFields};
use crate::domain::{ActionCode, Channel, Day, Household, LetterCode, PaperCode, Person, Response};

const TARGET: PaperCode = PaperCode::Letter(LetterCode::Target);
const ACTOR: PaperCode = PaperCode::Letter(LetterCode::Actor);

pub(super) fn to_target(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let spoke_on = spoke_on(source, child).ok_or_else(|| Error::Incomplete {
        what: "This letter confirms a talk with the family, and no talk is recorded yet. Ring them, then record it under Contacts.".into(),
    })?;
    let called = child.called().to_owned();
    let others = others_as(
        source
            .view
            .people
            .iter()
            .filter(|p| p.id != child.id)
            .map(|p| p.who_on(source.view.case.disclosed_on)),
    );
    let on = source.services(child.id);
    let on = if on.is_empty() { String::new() } else { format!(" on {}", on.join(" and ")) };
    let wishes = source.view.case.answers.child_wishes.trim();
    let ages = |short: &str| source.ages(|row| row.user == short && row.account_known);
    let ages = short_id(source, child).map(|short| ages(&short)).unwrap_or_default();
    letters(
        source,
        child,
        |home| {
            Ok(Fields::Target(TargetFields {
            to: salutation(&home.addressees),
            child: called.clone(),
            spoke_on,
            told: format!("We have been told that {called} had hurtful messages{on} from {others}"),
            dates: source.days_of(child.id),
            wishes: if wishes.is_empty() { String::new() } else { format!("{called} told us: “{wishes}”") },
            steps: steps(source, &called),
            reporting: source
                .services(child.id)
                .into_iter()
                .map(|service| format!("You can report the messages in {service}. Keep them first, and note any reference"))
                .collect(),
            ages: ages.clone(),
            review_on: source.ahead(source.due(ActionCode::Check1), 5),
            sender: source.sender()?,
        }))
        },
        (TARGET, "Letter to parents"),
    )
}

pub(super) fn to_actor(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let calendar = &source.school.calendar;
    let meet = source.ahead(source.due(ActionCode::Meet), 5);
    let other = |days| calendar.school_days_after(source.today, days).long();
    let signatory = &source.school.signatory;
    let role = if signatory.role.is_empty() { "headteacher".into() } else { signatory.role.to_lowercase() };
    letters(
        source,
        child,
        |home| {
            Ok(Fields::Actor(ActorFields {
                to: salutation(&home.addressees),
                child: child.called().to_owned(),
                dates: source.days_of(child.id),
                meeting: format!("{} at 3.30 pm, at school", meet.long()),
                other_times: vec![format!("{} at 8.30 am", other(2)), format!("{} at 4 pm", other(3))],
                support: format!("Someone whom {} knows will look out for them at school", child.called()),
                decider: format!("{}, the {role}", signatory.name),
                decide_by: calendar.school_days_after(meet, 5),
                sender: source.sender()?,
            }))
        },
        (ACTOR, "Letter to parents"),
    )
}

/// One letter for each home of a child.
fn letters(
    source: &Source<'_>,
    child: &Person,
    fields: impl Fn(&Household) -> Result<Fields, Error>,
    (code, title): (PaperCode, &str),
) -> Result<Vec<Letter>, Error> {
    homes(child)
        .iter()
        .map(|home| {
            let body = source.fill(code, &fields(home)?)?;
            Ok(Letter {
                recipient: home.addressees.clone(),
                papers: vec![source.paper(title, window(home), body)],
            })
        })
        .collect()
}

/// When the school last talked with the family.
fn spoke_on(source: &Source<'_>, child: &Person) -> Option<Day> {
    let spoken = |c: &&crate::domain::Contact| {
        c.family_of == child.id
            && c.delivered
            && (matches!(c.channel, Channel::Phone | Channel::Meeting) || c.response != Response::None)
    };
    source.view.contacts.iter().filter(spoken).map(|c| c.on).max()
}

fn short_id(source: &Source<'_>, child: &Person) -> Option<String> {
    source.view.decision()?.people.iter().find(|(_, id)| *id == child.id).map(|(short, _)| short.clone())
}

/// What the school does, from the actions of the case; nothing about another child.
fn steps(source: &Source<'_>, child: &str) -> Vec<Step> {
    let step = |what: String, by: Option<Day>| Step { what, by: by.filter(|day| *day >= source.today) };
    let mut steps = vec![step(format!("We have written down what {child} told us"), None)];
    if let Some(by) = source.due(ActionCode::Safety) {
        steps.push(step(
            format!("We will agree a plan with {child} and with you, so that {child} feels safe"),
            Some(by),
        ));
    }
    if source.due(ActionCode::Meet).is_some() {
        steps.push(step("We are finding out what happened and hearing from everyone".into(), None));
    }
    if source.due(ActionCode::NewSchool).is_some() {
        steps.push(step("We may ask another school for its help".into(), None));
    }
    if let Some(by) = source.due(ActionCode::Check1) {
        steps.push(step(format!("We will check in with {child}"), Some(by)));
    }
    steps
}
