//! What the policy says about the facts, with the reason for each line.

use super::CaseId;
use super::{
    ActionCode, Age, Choice, Confidence, Day, DecisionId, DocumentCode, Duty, Facts, Gate, Lead, LetterCode,
};
use serde::{Deserialize, Serialize};

/// The policy's answer. Codes are ids of the vocabulary; wording for people comes from the policy pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The policy pack and version it was decided under.
    pub policy: String,
    /// What the school must do.
    pub duty: Vec<Duty>,
    /// Duties that wait until police, local authority or LADO agree.
    pub paused: Vec<Duty>,
    /// What the school may choose.
    pub options: Vec<Choice>,
    /// The option to show first.
    pub suggested: Option<Choice>,
    /// Gates and warnings.
    pub gates: Vec<Gate>,
    /// Letters, with whom they are for.
    pub letters: Vec<LetterOffer>,
    /// Documents for other agencies and the record.
    pub documents: Vec<DocumentCode>,
    /// Dated duties.
    pub actions: Vec<ActionDue>,
    /// Who leads.
    pub lead: Lead,
    /// The clauses and sources that bear on it, in the order of the rules.
    pub cites: Vec<String>,
    /// Whether files may enter the case.
    pub attachments: Attachments,
    /// Whether the record belongs in a restricted case file of its own.
    pub separate_file: bool,
    /// A page that comes before everything else.
    pub first_screen: Option<FirstScreen>,
    /// Beside CB-6: what a referral for harassment would want to see.
    pub readiness: Readiness,
    /// Occasions by sender, in the order of the actors.
    pub occasion_counts: Vec<(String, u32)>,
    /// The rows of the age table that bite.
    pub under_age: Vec<UnderAge>,
    /// Every rule that fired, in the order of the policy, and those that nearly did.
    pub trace: Vec<Finding>,
}

/// A letter on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterOffer {
    /// Which letter.
    pub code: LetterCode,
    /// An actor's id, `T` for the target, nothing for a class or another school.
    #[serde(rename = "for")]
    pub about: Option<String>,
    /// Why it must not go, if so.
    pub blocked: Option<String>,
    /// What has to be done first.
    pub locked_until: Option<ActionCode>,
}

/// A dated duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionDue {
    /// Which.
    pub code: ActionCode,
    /// An actor's id, `T` for the target, nothing for the case.
    #[serde(rename = "for")]
    pub about: Option<String>,
    /// By when.
    pub due: Day,
    /// Who leads.
    pub lead: Lead,
    /// What has to be done first.
    #[serde(default)]
    pub locked_until: Option<ActionCode>,
}

/// Whether files may enter the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachments {
    /// They may.
    Open,
    /// They may not: an image may be unlawful to hold.
    Locked,
}

/// A page before everything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FirstScreen {
    /// Call 999.
    Emergency,
}

/// What a referral for harassment would want to see, for the sender with the most occasions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Readiness {
    /// That sender.
    pub sender: Option<String>,
    /// Their family refuses.
    pub family_refused: bool,
    /// It has gone on since the school first acted.
    pub continues: bool,
    /// Dated occasions from the same sender to the same target.
    pub occasions_same_sender_same_target: u32,
    /// How many of them are in earlier linked cases.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub of_them_earlier: u32,
    /// The longest gap between two of them, in days.
    pub longest_gap_days: Option<i64>,
    /// The day on which the final notice was given.
    pub final_notice: Option<Day>,
    /// The child's and family's wishes are recorded.
    pub wishes_recorded: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A row of the age table that bites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnderAge {
    /// An actor's id or `T`.
    pub user: String,
    /// The platform's id.
    pub platform: String,
    /// The minimum age by the service's terms on the day.
    pub min_age: u8,
    /// The user's age on the day.
    pub age: Age,
    /// Where the figure comes from.
    pub source: String,
    /// When it was checked, year and month.
    pub checked: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Whether the kind of account is known.
    pub account_known: bool,
}

/// One rule's finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// An actor's id, `T` for the target, nothing for the case.
    #[serde(rename = "for")]
    pub about: Option<String>,
    /// Why, in plain words.
    pub because: String,
    /// Clauses and sources.
    pub cite: Vec<String>,
    /// Fired, paused, or nearly.
    pub status: Status,
    /// For a rule that nearly applied: what would have to be otherwise.
    pub would_change: Option<String>,
    /// What the rule adds to the decision.
    pub adds: Vec<String>,
    /// What the school need not do, where the rule says so.
    pub need_not: Option<String>,
}

/// How a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It applies.
    Fired,
    /// It would apply, and waits for another rule's gate.
    Paused,
    /// One condition short.
    Nearly,
}

/// A decision as the case keeps it: the facts, what the policy said, and what the lead did with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecord {
    /// Its own for good.
    pub id: DecisionId,
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// The facts as they were.
    pub facts: Facts,
    /// Which person each short id of the facts stands for.
    pub people: Vec<(String, super::PersonId)>,
    /// What the policy said.
    pub decision: Decision,
    /// Who confirmed it.
    pub confirmed_by: String,
    /// Where the lead departs from it, with the reason.
    pub departures: Vec<Departure>,
}

/// A line that the lead does otherwise.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Departure {
    /// The code of the line: a duty, an option, a letter or an action.
    pub code: String,
    /// For whom: a short id of the decision; nothing where the line is for the case.
    #[serde(default, rename = "for")]
    pub about: Option<String>,
    /// Why, in the lead's words.
    pub reason: String,
}

impl std::fmt::Debug for Departure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Departure").field("code", &self.code).finish_non_exhaustive()
    }
}
