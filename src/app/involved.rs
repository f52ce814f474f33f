//! Searching before creating, for cases: which open cases somebody is already in.

use super::{Error, Session};
use crate::domain::{Case, CaseId, CaseState, PersonId};

/// An open case that somebody is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Involved {
    /// Who.
    pub person: PersonId,
    /// The case.
    pub case: CaseId,
    /// Its reference.
    pub reference: String,
    /// Whether they are the targeted one.
    pub is_target: bool,
}

impl Session {
    /// Who is in which open case, the newest case first.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn involved(&self) -> Result<Vec<Involved>, Error> {
        let mut cases = self.inner().store.list::<Case>()?;
        cases.retain(|case| case.state == CaseState::Open);
        cases.sort_by(|a, b| (b.disclosed_on, &b.reference).cmp(&(a.disclosed_on, &a.reference)));
        let everyone = |case: &Case| {
            let involved = |person, is_target| Involved {
                person,
                case: case.id,
                reference: case.reference.clone(),
                is_target,
            };
            let target = std::iter::once(involved(case.target, true));
            target.chain(case.alleged.iter().map(|id| involved(*id, false))).collect::<Vec<_>>()
        };
        Ok(cases.iter().flat_map(everyone).collect())
    }
}
