//! Today: what is due, what is overdue, who has not answered, what was left half-way.

use super::{BreachLine, Error, Session};
use crate::domain::{
    ActionItem, ActionState, Case, CaseState, Contact, Day, Draft, Engagement, LetterRecord, Person,
    PersonId, engagement,
};

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
                    action,
                })
            })
            .collect();
        lines.sort_by_key(|l| l.action.due);
        let (overdue, rest): (Vec<_>, Vec<_>) = lines.into_iter().partition(|l| l.action.due < day);
        let (due, coming): (Vec<_>, Vec<_>) = rest.into_iter().partition(|l| l.action.due == day);
        let coming = coming.into_iter().filter(|l| l.action.due <= day.plus_days(14)).collect();
        let unanswered = open.iter().flat_map(|case| unanswered(case, &contacts, &name)).collect();
        let reference =
            |id| cases.iter().find(|c| c.id == id).map_or_else(String::new, |c| c.reference.clone());
        let wrong_letters = Self::breach_lines(&letters, reference);
        let policy = self.policy();
        let policy_due = (day > policy.review_due)
            .then(|| format!("{} was due for review by {}.", policy.title, policy.review_due.plain()));
        let open_cases = open.len();
        Ok(Today { day, overdue, due, coming, unanswered, wrong_letters, drafts, policy_due, open_cases })
    }
}

fn unanswered(case: &Case, contacts: &[Contact], name: &impl Fn(PersonId) -> String) -> Vec<Unanswered> {
    let contacts: Vec<Contact> = contacts.iter().filter(|c| c.case == case.id).cloned().collect();
    std::iter::once(&case.target)
        .chain(&case.alleged)
        .filter(|id| contacts.iter().any(|c| c.family_of == **id))
        .filter_map(|id| {
            let family = engagement::of_family(*id, &contacts);
            let waits = matches!(family.is, Engagement::NotYet | Engagement::Unreachable);
            waits.then(|| Unanswered {
                reference: case.reference.clone(),
                case: case.id,
                child: *id,
                name: name(*id),
                because: family.because,
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
