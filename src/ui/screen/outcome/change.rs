//! What a case decided again says otherwise than the decision before: what came, and what went.

use super::names::Names;
use crate::app::{Outcome, Policy};
use crate::domain::{Decision, Vocabulary};

/// What came and what went, in words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) came: Vec<String>,
    pub(super) went: Vec<String>,
}

impl Change {
    pub(super) fn between(policy: &Policy, names: &Names, then: &Decision, now: &Outcome) -> Self {
        let (then, now) = (lines(then), lines(&now.decision));
        let says = |(kind, code, about): &(&str, &str, Option<String>)| {
            let title = policy.wording(code).title;
            match about {
                Some(short) => format!("{kind}: {title} ({})", names.whose(Some(short))),
                None => format!("{kind}: {title}"),
            }
        };
        Self {
            came: now.iter().filter(|line| !then.contains(line)).map(says).collect(),
            went: then.iter().filter(|line| !now.contains(line)).map(says).collect(),
        }
    }
}

/// Duties, choices and letters. Dates move with the day and do not count.
fn lines(decision: &Decision) -> Vec<(&'static str, &'static str, Option<String>)> {
    let duties = decision.duty.iter().map(|code| ("Must", code.id(), None));
    let paused = decision.paused.iter().map(|code| ("Waits", code.id(), None));
    let options = decision.options.iter().map(|code| ("May", code.id(), None));
    let letters = decision.letters.iter().map(|letter| ("Letter", letter.code.id(), letter.about.clone()));
    duties.chain(paused).chain(options).chain(letters).collect()
}
