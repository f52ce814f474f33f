//! Letters home: to the targeted child's family, to the family of a child alleged to be responsible, and those for one
//! matter only.

use super::{Letter, Source, others_as, salutation, window};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{
    ActorFields, BothFields, ConductFields, IctFields, MeetingFields, SignpostFields, StaffContactFields,
    Step, TargetFields,
};
use crate::domain::{ActionCode, Channel, Day, Person, Response};

pub(super) fn to_target(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let spoke_on = spoke_on(source, child).ok_or_else(|| Error::Incomplete {
        what: "This letter confirms a talk with the family, and no talk is recorded yet. Ring them, then record it under Contacts.".into(),
    })?;
    let called = child.called();
    let on = source.services(child.id);
    let on = if on.is_empty() { String::new() } else { format!(" on {}", on.join(" and ")) };
    let wishes = source.view.case.answers.child_wishes.trim();
    let ages = |short: &str| source.ages(|row| row.user == short && row.account_known);
    let ages = short_id(source, child).map(|short| ages(&short)).unwrap_or_default();
    source.to_homes(child, |home| {
        Ok(Fields::Target(TargetFields {
            home,
            spoke_on,
            told: format!(
                "We have been told that {called} had hurtful messages{on} from {}",
                source.others(child)
            ),
            dates: source.days_of(child.id),
            wishes: if wishes.is_empty() {
                String::new()
            } else {
                format!("{called} told us: “{wishes}”")
            },
            steps: steps(source, called),
            reporting: source
                .services(child.id)
                .into_iter()
                .map(|service| {
                    format!(
                        "You can report the messages in {service}. Keep them first, and note any reference"
                    )
                })
                .collect(),
            ages: ages.clone(),
            review_on: source.ahead(source.due(ActionCode::Check1), 5),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn to_actor(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    source.to_homes(child, |home| {
        Ok(Fields::Actor(ActorFields {
            home,
            dates: source.days_of(child.id),
            meeting: source.answer("meeting"),
            other_times: source.lines("other_times"),
            support: format!("Someone whom {} knows will look out for them at school", child.called()),
            decider: decider(source),
            decide_by: source.decide_by(),
            sender: source.sender()?,
        }))
    })
}

/// The letter to a family of a conflict of two: it says nothing that differs from one family to the other.
pub(super) fn to_both(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let mut dates: Vec<Day> = source.view.occasions.iter().map(|o| o.on).collect();
    if dates.is_empty() {
        dates.push(source.view.case.disclosed_on);
    }
    source.to_homes(child, |_| {
        Ok(Fields::Both(BothFields {
            dates: dates.clone(),
            reply_by: source.meeting_day(),
            decider: decider(source),
            decide_by: source.decide_by(),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn meeting(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    source.to_homes(child, |home| {
        Ok(Fields::Meeting(MeetingFields {
            home,
            meeting: source.answer("meeting"),
            other_times: source.lines("other_times"),
            who: source.words("who"),
            reply_by: source.school.calendar.school_days_after(source.today, 2),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn staff_contact(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    source.to_homes(child, |home| {
        Ok(Fields::StaffContact(StaffContactFields {
            home,
            dates: source.days_of(child.id),
            platforms: source.services(child.id),
            sender: source.sender()?,
        }))
    })
}

pub(super) fn equipment(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let until = source.day("until")?;
    let days = source.days_of(child.id);
    source.to_homes(child, |home| {
        Ok(Fields::Ict(IctFields {
            home,
            on: days.last().copied().unwrap_or(source.view.case.disclosed_on),
            tried: source.words("tried"),
            until,
            lessons: source.words("lessons"),
            adjustments: source.words("adjustments"),
            review_on: until,
            sender: source.sender()?,
        }))
    })
}

/// To an adult, who is addressed by name and reads of no child.
pub(super) fn conduct(source: &Source<'_>, adult: &Person) -> Result<Vec<Letter>, Error> {
    let letter = |home: &crate::domain::Household| {
        let fields = ConductFields {
            to: salutation(&home.addressees),
            told: source.words("told"),
            meeting: source.answer("meeting"),
            other_times: source.lines("other_times"),
            reply_by: source.school.calendar.school_days_after(source.today, 3),
            sender: source.sender()?,
        };
        let body = source.fill(&Fields::ParentConduct(fields))?;
        Ok(Letter { recipient: home.addressees.clone(), papers: vec![source.paper(window(home), body)] })
    };
    source.open_homes(adult)?.iter().map(letter).collect()
}

pub(super) fn signpost(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    source.to_homes(child, |home| {
        Ok(Fields::Signpost(SignpostFields {
            home,
            child_school: child.school.clone(),
            platforms: source.services(child.id),
            sender: source.sender()?,
        }))
    })
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

/// Who decides what the school does, as a clause in a sentence.
fn decider(source: &Source<'_>) -> String {
    format!("{}, the {}", source.school.signatory.name, source.role_in_a_sentence())
}

impl Source<'_> {
    /// By when the school decides: it meets the families first.
    fn decide_by(&self) -> Day {
        self.school.calendar.school_days_after(self.meeting_day(), 5)
    }

    /// The others of the case, as a letter about this child calls them.
    pub(super) fn others(&self, child: &Person) -> &'static str {
        let others = self.view.people.iter().filter(|p| p.id != child.id);
        others_as(others.map(|p| p.who_on(self.view.case.disclosed_on)))
    }
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
