//! Today: what is due, what is overdue, who has not answered, what was left half-way.

use super::before_contact::{self, Reach, Stops};
use super::{BreachLine, Error, Session};
use crate::domain::{
    AccessRequest, ActionItem, ActionState, Case, CaseState, Contact, Day, Draft, Engagement, LetterRecord,
    Person, PersonId, Retention, RetentionClass, engagement, review_day,
};
use std::collections::HashMap;

/// What the lead sees first.
#[derive(Debug, Clone)]
pub struct Today {
    /// The day.
    pub day: Day,
    /// Past their day and still open.
    pub overdue: Vec<DueLine>,
    /// Due today.
    pub due: Vec<DueLine>,
    /// Due in the next two weeks.
    pub coming: Vec<DueLine>,
    /// Families that have not answered.
    pub unanswered: Vec<Unanswered>,
    /// What is still to do about letters that reached somebody whom they were not for, soonest first.
    pub wrong_letters: Vec<BreachLine>,
    /// Disclosures left half-way.
    pub drafts: Vec<Draft>,
    /// Set where the policy is past its review date.
    pub policy_due: Option<String>,
    /// How many cases are open.
    pub open_cases: usize,
    /// What the law or the school's schedule dates, beside the actions of a case.
    pub clocks: Vec<Clock>,
}

/// A date that is no action of the policy: a request for a copy, a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// What.
    pub title: String,
    /// Where it comes from, and what is done by then.
    pub says: String,
    /// The last day.
    pub due: Day,
    /// A case in which the child stands, where there is one.
    pub case: Option<crate::domain::CaseId>,
}

/// An action in the list.
#[derive(Debug, Clone)]
pub struct DueLine {
    /// The action.
    pub action: ActionItem,
    /// What.
    pub title: String,
    /// The case's reference.
    pub reference: String,
    /// The child it is about, where it is about one.
    pub about: String,
    /// What to know first, where it is a talk with a family that has a home which is not to be contacted.
    pub first: Option<String>,
}

/// A family that has not answered.
#[derive(Debug, Clone)]
pub struct Unanswered {
    /// The case's reference.
    pub reference: String,
    /// The case.
    pub case: crate::domain::CaseId,
    /// The child.
    pub child: PersonId,
    /// The child's name.
    pub name: String,
    /// How it stands, with dates.
    pub because: String,
}

impl Session {
    /// What is due and what is open today.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn today_view(&self) -> Result<Today, Error> {
        let day = self.today();
        let (cases, people, actions, contacts, drafts, letters) = {
            let store = &self.inner().store;
            (
                store.list::<Case>()?,
                store.list::<Person>()?,
                store.list::<ActionItem>()?,
                store.list::<Contact>()?,
                store.list::<Draft>()?,
                store.list::<LetterRecord>()?,
            )
        };
        let open: Vec<&Case> = cases.iter().filter(|c| c.state == CaseState::Open).collect();
        let name = |id: PersonId| {
            people.iter().find(|p| p.id == id).map_or(String::new(), |p| p.name.full().to_owned())
        };
        let stops = Stops::of(&people);
        let reaches = |case: &Case| reaches(case, &people, &stops);
        let mut lines: Vec<DueLine> = actions
            .into_iter()
            .filter(|a| a.state == ActionState::Open)
            .filter_map(|action| {
                // Of closed cases too: a duty ends when it is done or somebody says why not, not with the case.
                let case = cases.iter().find(|c| c.id == action.case)?;
                Some(DueLine {
                    title: self.action_title(&action),
                    reference: case.reference.clone(),
                    about: action.about.map(name).unwrap_or_default(),
                    first: before_contact::before_action(&action, case.target, &reaches(case)),
                    action,
                })
            })
            .collect();
        lines.sort_by_key(|l| l.action.due);
        let (overdue, rest): (Vec<_>, Vec<_>) = lines.into_iter().partition(|l| l.action.due < day);
        let (due, coming): (Vec<_>, Vec<_>) = rest.into_iter().partition(|l| l.action.due == day);
        let coming = coming.into_iter().filter(|l| l.action.due <= day.plus_days(14)).collect();
        let unanswered =
            open.iter().flat_map(|case| unanswered(case, &contacts, &name, &reaches(case))).collect();
        let reference =
            |id| cases.iter().find(|c| c.id == id).map_or_else(String::new, |c| c.reference.clone());
        let wrong_letters = Self::breach_lines(&letters, reference);
        let policy = self.policy();
        let policy_due = (day > policy.review_due)
            .then(|| format!("{} was due for review by {}.", policy.title, policy.review_due.plain()));
        let open_cases = open.len();
        let clocks = self.clocks(&cases, &people)?;
        Ok(Today {
            day,
            overdue,
            due,
            coming,
            unanswered,
            wrong_letters,
            drafts,
            policy_due,
            open_cases,
            clocks,
        })
    }
}

impl Session {
    fn clocks(&self, cases: &[Case], people: &[Person]) -> Result<Vec<Clock>, Error> {
        let mut clocks = self.access_clocks(cases, people)?;
        clocks.extend(self.review_clocks(cases, people)?);
        clocks.sort_by_key(|clock| clock.due);
        Ok(clocks)
    }

    /// Closed cases whose time to be kept is over, or nearly: somebody looks at them, and nothing happens by itself.
    fn review_clocks(&self, cases: &[Case], people: &[Person]) -> Result<Vec<Clock>, Error> {
        let set = self.inner().store.list::<Retention>()?;
        let born: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
        let soon = self.today().plus_days(30);
        let clock = |case: &Case| {
            let set = set.iter().find(|set| set.id == case.id);
            let class = set.map_or(RetentionClass::ChildProtection, |set| set.class);
            if class == RetentionClass::SexualAbuse || set.is_some_and(|set| set.hold.is_some()) {
                // Longer than anybody here will look, or held.
                return None;
            }
            let ids = std::iter::once(&case.target).chain(&case.alleged);
            let children: Vec<&Person> = ids.filter_map(|id| born.get(id).copied()).collect();
            let due = review_day(class, set.and_then(|set| set.own_day), &children, case.disclosed_on)?;
            (due <= soon).then(|| Clock {
                title: format!("Case {}: is it still kept?", case.reference),
                says: "Its time to be kept is over. Look at it under Keeping: keep it for a reason, or destroy it.".into(),
                due,
                case: Some(case.id),
            })
        };
        Ok(cases.iter().filter(|case| case.state != CaseState::Open).filter_map(clock).collect())
    }

    /// Requests for a copy that wait for it. Each title has the request's number: of one child, or of two that go to one
    /// school, there may be several.
    fn access_clocks(&self, cases: &[Case], people: &[Person]) -> Result<Vec<Clock>, Error> {
        let mut clocks = Vec::new();
        let requests = self.access_requests()?;
        for request in requests.iter().filter(|request| request.is_open()) {
            let child = people.iter().find(|person| person.id == request.subject);
            let name = child.map(|person| person.name.full()).unwrap_or_default();
            let number = self.access_number(request)?;
            let (title, says) = match &request.transfer {
                None => (
                    format!("Copy of the records about {name} ({number})"),
                    format!("Asked for on {}.", request.received_on.long()),
                ),
                Some(to) => (
                    format!("File of {name} for the next school ({number})"),
                    format!("To {}. Last day here: {}.", to.to_school, to.leaves_on.long()),
                ),
            };
            clocks.push(clock_of(request, cases, title, says));
        }
        for request in requests {
            let (Some(due), Some(to)) = (self.receipt_due(&request)?, &request.transfer) else { continue };
            let title = format!("Receipt from {} ({})", to.to_school, self.access_number(&request)?);
            let says = "The file went there. Ring them if it has not come back.".to_owned();
            clocks.push(Clock { due, ..clock_of(&request, cases, title, says) });
        }
        Ok(clocks)
    }
}

fn clock_of(request: &AccessRequest, cases: &[Case], title: String, says: String) -> Clock {
    let stands = cases.iter().find(|case| case.names(request.subject));
    Clock { title, says, due: request.due(), case: stands.map(|case| case.id) }
}

/// How far the families of a case may be contacted, where something stops a home of theirs.
fn reaches(case: &Case, people: &[Person], stops: &Stops<'_>) -> Vec<Reach> {
    if stops.is_empty() {
        return Vec::new();
    }
    let of_case = std::iter::once(&case.target).chain(&case.alleged);
    let found = of_case.filter_map(|id| people.iter().find(|person| person.id == *id));
    found.filter_map(|person| stops.reach(person)).collect()
}

/// The families that have not answered. Of one that nobody may contact, what to do in place of asking again.
fn unanswered(
    case: &Case,
    contacts: &[Contact],
    name: &impl Fn(PersonId) -> String,
    reaches: &[Reach],
) -> Vec<Unanswered> {
    let contacts: Vec<Contact> = contacts.iter().filter(|c| c.case == case.id).cloned().collect();
    std::iter::once(&case.target)
        .chain(&case.alleged)
        .filter(|id| contacts.iter().any(|c| c.family_of == **id))
        .filter_map(|id| {
            let family = engagement::of_family(*id, &contacts);
            let waits = matches!(family.is, Engagement::NotYet | Engagement::Unreachable);
            let reach = reaches.iter().find(|reach| reach.of == *id);
            let because = before_contact::stands(&family, reach).because;
            let instead = reach.filter(|reach| reach.is_closed()).map(Reach::instead);
            waits.then(|| Unanswered {
                reference: case.reference.clone(),
                case: case.id,
                child: *id,
                name: name(*id),
                because: [Some(because.as_str()), instead]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" "),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Confirmation, demo};

    #[test]
    fn closing_a_case_takes_no_duty_from_today() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let of = |today: Today| -> Vec<ActionItem> {
            [today.overdue, today.due, today.coming].concat().into_iter().map(|line| line.action).collect()
        };
        let before = of(session.today_view().unwrap());
        let case = before[0].case;
        let closed = CaseState::Closed { on: session.today(), why: "Settled.".into() };
        session.set_case_state(case, closed).unwrap();
        assert_eq!(of(session.today_view().unwrap()), before);

        for action in before.iter().filter(|action| action.case == case) {
            let why = "The family moved away.".into();
            session.set_action(action, ActionState::NotDone { on: session.today(), why }).unwrap();
        }
        assert!(of(session.today_view().unwrap()).iter().all(|action| action.case != case));
    }

    #[test]
    fn a_closed_case_takes_in_nothing_until_it_is_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let rows = session.cases("").unwrap();
        let views = rows.iter().map(|row| session.case(row.id).unwrap());
        let view = views.into_iter().find(|view| !view.contacts.is_empty()).unwrap();
        let (id, on) = (view.case.id, session.today());
        session.set_case_state(id, CaseState::Closed { on, why: "Settled.".into() }).unwrap();

        let head = session.anchor().unwrap();
        let refused = [
            session.save_occasion(&view.occasions[0], "read again"),
            session.save_contact(&view.contacts[0], "heard again"),
            session.decide_again(id, &Confirmation::default()),
        ];
        assert!(refused.iter().all(|result| matches!(result, Err(Error::CaseClosed))), "{refused:?}");
        assert_eq!(session.anchor().unwrap(), head, "nothing was written");

        session.set_case_state(id, CaseState::Open).unwrap();
        let contact = Contact { note: "They rang back.".into(), ..view.contacts[0].clone() };
        session.save_contact(&contact, "heard again").unwrap();
    }
}
