//! How a case stands against the policy today: whether it would say something else than the decision in force, and which
//! letters Casebook has the words for.

use super::{Error, Session};
use crate::documents;
use crate::domain::{CaseId, Decision, PaperCode};

impl Session {
    /// Whether the policy, asked today, says something else than the decision in force. Dates do not count: they move
    /// with the day.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn decision_is_old(&self, case: CaseId) -> Result<bool, Error> {
        let view = self.case(case)?;
        let Some(record) = view.decision() else { return Ok(true) };
        Ok(!says_the_same(&record.decision, &self.outcome_of(case)?.decision))
    }

    /// Whether Casebook has the words of a letter or document. The others are the school's own to write.
    pub fn has_words_for(&self, code: PaperCode) -> bool {
        documents::title(code).is_some()
    }
}

fn says_the_same(then: &Decision, now: &Decision) -> bool {
    let actions =
        |decision: &Decision| decision.actions.iter().map(|a| (a.code, a.about.clone())).collect::<Vec<_>>();
    then.duty == now.duty
        && then.lead == now.lead
        && then.suggested == now.suggested
        && then.separate_file == now.separate_file
        && then.first_screen == now.first_screen
        && then.paused == now.paused
        && then.options == now.options
        && then.gates == now.gates
        && then.letters == now.letters
        && then.documents == now.documents
        && then.attachments == now.attachments
        && actions(then) == actions(now)
}
