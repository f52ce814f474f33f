//! The letters that follow the first ones: follow-ups, the final notice, the outcome, the close. What a final notice may
//! say of the police is read from dated records here and nowhere else.

use super::{Letter, Source, others_as};
use crate::app::{CaseView, Error};
use crate::documents::Fields;
use crate::documents::template::fields::{
    Attempt, CloseFields, FinalFields, FollowUp1Fields, FollowUp2Fields, Found, OutcomeFields, Step, Warning,
};
use crate::domain::{
    ActionCode, ActionState, Channel, Contact, Day, Engagement, LetterCode, PaperCode, Person, PersonId,
    Purpose, Response,
};

/// How many follow-ups reach a family before it is given a final notice.
pub(in crate::app) const FOLLOW_UPS: usize = 2;

/// How many follow-ups have reached a child's family.
pub(in crate::app) fn follow_ups_delivered(view: &CaseView, child: PersonId) -> usize {
    let reached = |c: &&Contact| c.family_of == child && c.purpose == Purpose::FollowUp && c.delivered;
    view.contacts.iter().filter(reached).count()
}

pub(super) fn first_follow_up(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    source.to_homes(child, |home| {
        Ok(Fields::FollowUp1(FollowUp1Fields {
            home,
            tried: tried(source, child),
            meeting: source.answer("meeting"),
            other_times: source.lines("other_times"),
            reply_by: source.soon(),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn second_follow_up(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let step = |what: String| Step { what, by: None };
    source.to_homes(child, |home| {
        let called = &home.child;
        let steps = vec![
            step(format!("Someone whom {called} knows will look out for them at school")),
            step("We will make sure that each child has help".into()),
        ];
        Ok(Fields::FollowUp2(FollowUp2Fields {
            home,
            tried: tried(source, child),
            steps,
            other_person: source.words("other_person"),
            meeting: source.answer("meeting"),
            other_times: source.lines("other_times"),
            reply_by: source.soon(),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn final_notice(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let continued = continued(source.view, child);
    let warning = warning(source.view, child, &continued);
    source.to_homes(child, |home| {
        Ok(Fields::Final(FinalFields {
            home,
            tried: contacts(source, child, |_| true),
            continued: continued.clone(),
            warning,
            reply_by: source.soon(),
            sender: source.sender()?,
        }))
    })
}

/// The days on which this child is said to have sent something since the school first reached the family.
fn continued(view: &CaseView, child: &Person) -> Vec<Day> {
    let theirs = |c: &&Contact| c.family_of == child.id && c.delivered;
    let Some(first) = view.contacts.iter().filter(theirs).map(|c| c.on).min() else { return Vec::new() };
    let mut days: Vec<Day> =
        view.occasions.iter().filter(|o| o.by == child.id && o.on > first).map(|o| o.on).collect();
    days.dedup();
    days
}

/// What the notice may say: the policy's words on the police only where the family does not work with the school *and* it
/// has gone on, and never to the family of a child who was under ten, or whose age nobody knows.
fn warning(view: &CaseView, child: &Person, continued: &[Day]) -> Warning {
    if continued.is_empty() || !does_not_engage(view, child.id) {
        return Warning::None;
    }
    let ages = view.occasions.iter().filter(|o| o.by == child.id).map(|o| child.age_on(o.on));
    let ten = |age: Option<crate::domain::Age>| age.is_some_and(|age| age.0 >= 10);
    if ages.into_iter().all(ten) { Warning::Policy } else { Warning::Help }
}

/// The family refused, or has left the first contact and both follow-ups without an answer: all that a refusal by silence
/// needs but this very notice.
fn does_not_engage(view: &CaseView, child: PersonId) -> bool {
    let stands = view.engagement.iter().find(|(id, _)| *id == child).map(|(_, family)| family.is);
    if stands == Some(Engagement::Refused) {
        return true;
    }
    let theirs = || view.contacts.iter().filter(|c| c.family_of == child);
    let answered = theirs().filter(|c| c.response != Response::None).map(|c| c.on).max();
    let silent = theirs()
        .filter(|c| c.purpose == Purpose::FollowUp && c.delivered && answered.is_none_or(|day| c.on > day));
    silent.count() >= FOLLOW_UPS
}

pub(super) fn outcome(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let found = source.one_of(
        "found",
        &[("found", Found::Found), ("not_found", Found::NotFound), ("could_not_tell", Found::CouldNotTell)],
    )?;
    let view = source.view;
    let target = view.person(view.case.target).map(|p| p.who_on(view.case.disclosed_on));
    let to_target = source.code == PaperCode::Letter(LetterCode::OutcomeTarget);
    let other = if to_target { source.others(child) } else { others_as(target.into_iter()) };
    let checks: Vec<Day> = CHECKS
        .iter()
        .filter_map(|code| view.actions.iter().filter(|a| a.code == *code).map(|a| a.due).min())
        .filter(|day| *day > source.today && to_target)
        .collect();
    source.to_homes(child, |home| {
        let fields = OutcomeFields {
            home,
            looked_into: source.words("looked_into"),
            found,
            other: other.into(),
            next: source.words("next"),
            checks: checks.clone(),
            review_by: source.school.calendar.school_days_after(source.today, 10),
            sender: source.sender()?,
        };
        Ok(if to_target { Fields::OutcomeTarget(fields) } else { Fields::OutcomeActor(fields) })
    })
}

const CHECKS: [ActionCode; 3] = [ActionCode::Check1, ActionCode::Check2, ActionCode::Check3];

pub(super) fn close(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let view = source.view;
    let done = |code: &ActionCode| {
        view.actions.iter().filter(|a| a.code == *code).find_map(|a| match a.state {
            ActionState::Done { on, .. } => Some(on),
            ActionState::Open | ActionState::NotDone { .. } => None,
        })
    };
    let checks: Vec<Day> = CHECKS.iter().filter_map(done).collect();
    let last = view.occasions.iter().map(|o| o.on).max().unwrap_or(view.case.disclosed_on);
    source.to_homes(child, |home| {
        let sender = source.sender()?;
        Ok(Fields::Close(CloseFields { home, checks: checks.clone(), quiet_since: last, sender }))
    })
}

/// The contacts that had no answer.
fn tried(source: &Source<'_>, child: &Person) -> Vec<Attempt> {
    contacts(source, child, |contact| contact.response == Response::None)
}

fn contacts(source: &Source<'_>, child: &Person, which: impl Fn(&Contact) -> bool) -> Vec<Attempt> {
    let how = |channel| match channel {
        Channel::Phone => "by phone",
        Channel::Letter => "by letter",
        Channel::Email => "by email",
        Channel::Meeting => "in person",
    };
    let theirs = source.view.contacts.iter().filter(|c| c.family_of == child.id && which(c));
    theirs.map(|c| Attempt { on: c.on, how: how(c.channel).into() }).collect()
}

impl Source<'_> {
    /// By when a family is asked to answer.
    fn soon(&self) -> Day {
        self.school.calendar.school_days_after(self.today, 5)
    }
}
