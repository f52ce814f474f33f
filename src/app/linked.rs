//! Linked cases: a closed case that another one follows, and what of it the decision of the later one takes into account.
//! It reads earlier cases and changes none of them.

use super::{Error, Outcome, Session};
use crate::domain::{
    Answers, Case, CaseId, CaseState, Closing, Contact, Day, Disclosure, Draft, Facts, Occasion, PersonId,
    Previous,
};
use std::collections::BTreeSet;

/// What the earlier cases of a chain add to the decision of a later one.
///
/// **An earlier case counts** where the same child was targeted and at least one of those alleged now was alleged then,
/// whatever the lead answers about earlier cases. One that was closed because it could not be shown to have happened, or was
/// reported by mistake, counts against nobody. Those in the chain that do not count are named as set aside.
///
/// **Its occasions** count where they are from somebody alleged now to the same target: towards “at least two”, with the
/// gap shown, and towards a child's having been under ten. They say nothing about where this case happened, who was on
/// roll, or which platform's age applies; those are asked of this case alone.
///
/// **Its contacts** count towards *continues* in one way: the day on which the school first acted towards a family is the
/// first day on which a contact reached *that* family, then or now. What has happened in this case after it has gone on
/// since the school first acted. Nothing else is carried over: how the family answered then is not how it answers now, an
/// earlier final notice is not a notice in this case, and another child's family answers only for itself. So an earlier
/// refusal alone never opens the way to the police.
#[derive(Debug, Clone, Default)]
pub(super) struct Earlier {
    /// An earlier case with the same people: open where one of them is, and otherwise resolved.
    pub(super) previous: Option<Previous>,
    /// The references of the cases that count, the latest first.
    pub(super) cases: Vec<String>,
    /// The references of those that do not.
    pub(super) set_aside: Vec<String>,
    /// From somebody alleged now to the same target.
    pub(super) occasions: Vec<Occasion>,
    reached: Vec<(PersonId, Day)>,
}

impl Earlier {
    /// The day on which a contact first reached somebody's family.
    pub(super) fn acted(&self, person: PersonId) -> Option<Day> {
        self.reached.iter().filter(|(of, _)| *of == person).map(|(_, day)| *day).min()
    }

    fn add(&mut self, case: &Case, shared: &[PersonId], occasions: Vec<Occasion>, contacts: &[Contact]) {
        let open = case.state == CaseState::Open;
        self.previous = match self.previous {
            Some(Previous::Open) => self.previous,
            _ => Some(if open { Previous::Open } else { Previous::Resolved }),
        };
        self.cases.push(case.reference.clone());
        let counts = |o: &Occasion| shared.contains(&o.by) && o.to == case.target;
        self.occasions.extend(occasions.into_iter().filter(counts));
        self.occasions.sort_by_key(|o| o.on);
        let reached = contacts.iter().filter(|c| c.delivered && shared.contains(&c.family_of));
        self.reached.extend(reached.map(|c| (c.family_of, c.on)));
    }
}

/// A case in a chain, as a line of the other one's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedCase {
    /// The case.
    pub id: CaseId,
    /// Its reference.
    pub reference: String,
    /// The day of the disclosure.
    pub disclosed_on: Day,
    /// The day on which it was closed, where it is.
    pub closed_on: Option<Day>,
}

/// The cases that a case is linked with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linked {
    /// Those that it follows, the latest first.
    pub before: Vec<LinkedCase>,
    /// Those that follow it.
    pub after: Vec<LinkedCase>,
}

/// One thing of earlier cases that a decision takes into account, or leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// For whom: a short id; nothing for the case as a whole.
    pub about: Option<String>,
    /// What, in plain words.
    pub text: String,
}

impl LinkedCase {
    fn of(case: &Case) -> Self {
        let closed_on = match &case.state {
            CaseState::Open => None,
            CaseState::Closed { on, .. } => Some(*on),
        };
        Self { id: case.id, reference: case.reference.clone(), disclosed_on: case.disclosed_on, closed_on }
    }
}

impl Session {
    /// Begins a disclosure that follows a closed case: the same people, and nothing else of it. Nothing is written before
    /// the first answer.
    ///
    /// # Errors
    /// [`Error::CaseOpen`] where the earlier case is still open: what has happened belongs into that one.
    pub fn begin_linked(&self, earlier: CaseId) -> Result<Draft, Error> {
        let view = self.case(earlier)?;
        if view.case.state == CaseState::Open {
            return Err(Error::CaseOpen);
        }
        let disclosure = Disclosure {
            answers: Answers::default(),
            occasions: Vec::new(),
            disclosed_on: None,
            told_by: String::new(),
            account: String::new(),
            earlier: Some(earlier),
            ..view.as_disclosure()
        };
        Ok(Draft { disclosure, ..self.begin()? })
    }

    /// The cases that a case follows, and those that follow it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case; the case file cannot be read.
    pub fn linked(&self, id: CaseId) -> Result<Linked, Error> {
        let case: Case = self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)?;
        let before = self.chain(case.earlier)?;
        let mut after = Vec::new();
        for later in self.later_than(id)? {
            after.extend(self.inner().store.get::<Case>(&later.to_string())?);
        }
        Ok(Linked {
            before: before.iter().map(LinkedCase::of).collect(),
            after: after.iter().map(LinkedCase::of).collect(),
        })
    }

    /// The reference of a case, where it is in this case file.
    pub(super) fn reference(&self, id: CaseId) -> Option<String> {
        let case = self.inner().store.get::<Case>(&id.to_string()).ok()??;
        Some(case.reference)
    }

    /// The earlier cases from one on, the latest first. One that is not in this case file ends the chain.
    fn chain(&self, from: Option<CaseId>) -> Result<Vec<Case>, Error> {
        let (mut next, mut seen, mut chain) = (from, BTreeSet::new(), Vec::new());
        while let Some(id) = next.filter(|id| seen.insert(*id)) {
            let Some(case) = self.inner().store.get::<Case>(&id.to_string())? else { break };
            next = case.earlier;
            chain.push(case);
        }
        Ok(chain)
    }

    /// What the earlier cases of a disclosure add to its decision.
    pub(super) fn earlier(&self, disclosure: &Disclosure) -> Result<Earlier, Error> {
        let mut earlier = Earlier::default();
        let Some(target) = disclosure.target.as_ref().map(|p| p.id) else { return Ok(earlier) };
        for case in self.chain(disclosure.earlier)? {
            let alleged = disclosure.alleged.iter().map(|p| p.id);
            let shared: Vec<PersonId> = alleged.filter(|id| case.alleged.contains(id)).collect();
            if case.target != target || shared.is_empty() || !self.may_count(&case)? {
                earlier.set_aside.push(case.reference.clone());
                continue;
            }
            let (occasions, contacts) = {
                let store = &self.inner().store;
                (store.list_in(case.id)?, store.list_in::<Contact>(case.id)?)
            };
            earlier.add(&case, &shared, occasions, &contacts);
        }
        Ok(earlier)
    }
}

impl Session {
    /// Whether what a case came to lets a later one count it. One that was closed before this was asked may.
    fn may_count(&self, case: &Case) -> Result<bool, Error> {
        if case.state == CaseState::Open {
            return Ok(true);
        }
        let closings: Vec<Closing> = self.inner().store.list_in(case.id)?;
        Ok(closings.last().is_none_or(|closing| closing.came_to.counts_later()))
    }
}

impl Outcome {
    /// What of earlier linked cases it takes into account, and what it leaves out.
    pub fn counted(&self) -> Vec<Counted> {
        counted(&self.facts)
    }
}

fn counted(facts: &Facts) -> Vec<Counted> {
    let earlier = &facts.earlier;
    let case = |text: String| Counted { about: None, text };
    let mut lines = Vec::new();
    if !earlier.cases.is_empty() {
        lines.push(case(format!(
            "This case follows {} with the same people. That is in the record, so it counts whatever was answered about earlier cases.",
            earlier.cases.join(" and "),
        )));
    }
    for actor in &facts.actors {
        let about = || Some(actor.id.clone());
        let days: Vec<Day> = earlier.occasions.iter().filter(|o| o.by == actor.id).map(|o| o.on).collect();
        if let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) {
            let text = match days.len() {
                1 => format!("1 earlier dated occasion counts with these, on {}.", first.plain()),
                n => format!(
                    "{n} earlier dated occasions count with these, the first on {}, the last on {}.",
                    first.plain(),
                    last.plain()
                ),
            };
            lines.push(Counted { about: about(), text });
        }
        if let Some((_, day)) = earlier.acted.iter().find(|(of, _)| *of == actor.id) {
            let text = format!(
                "The school first reached this family on {}, in the earlier case. What has happened in this case after that day has continued. How the family answered then does not count as an answer now.",
                day.plain()
            );
            lines.push(Counted { about: about(), text });
        }
    }
    if !earlier.set_aside.is_empty() {
        lines.push(case(format!(
            "Nothing of {} counts here: it was about other people, or was not shown to have happened.",
            earlier.set_aside.join(" or "),
        )));
    }
    lines
}

#[cfg(test)]
mod tests;
