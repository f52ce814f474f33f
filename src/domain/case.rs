//! A case and what gathers in it: occasions, contacts with families, actions.

use super::{
    Account, ActionCode, ActionId, Answers, CaseId, Circumstances, ContactId, Day, Lead, LetterId,
    OccasionId, PersonId,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A case: one targeted child, and the people alleged to be responsible.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its own for good.
    pub id: CaseId,
    /// What letters carry, for example `2026-004`. Says nothing of a child.
    pub reference: String,
    /// The day on which the case was opened in Casebook.
    pub opened_on: Day,
    /// The day of the disclosure: day 0 for every due date.
    pub disclosed_on: Day,
    /// Who told whom.
    pub told_by: String,
    /// What was said, in the words used.
    pub account: String,
    /// The targeted child.
    pub target: PersonId,
    /// Those alleged to be responsible.
    pub alleged: Vec<PersonId>,
    /// The lead's answers that no record can give.
    pub answers: Answers,
    /// Open or closed.
    pub state: CaseState,
    /// The closed case that this one follows, where it was opened as a linked one.
    #[serde(default)]
    pub earlier: Option<CaseId>,
    /// The unknown accounts of this case that turned out to be somebody, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identified: Vec<Identified>,
}

impl Case {
    /// Who somebody is now: an account that was identified since is the person.
    pub fn now(&self, id: PersonId) -> PersonId {
        let step = |id, it: &Identified| if it.account == id { it.person } else { id };
        self.identified.iter().fold(id, step)
    }

    /// Whether somebody stands in it: as the targeted child, or alleged to be responsible.
    pub fn names(&self, id: PersonId) -> bool {
        self.target == id || self.alleged.contains(&id)
    }
}

/// An unknown account that turned out to be somebody who has a record of their own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identified {
    /// The account's record, which stays as it was.
    pub account: PersonId,
    /// What the account called itself.
    pub handle: String,
    /// The person.
    pub person: PersonId,
    /// The day on which it was said.
    pub on: Day,
}

impl fmt::Debug for Identified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identified").field("on", &self.on).finish_non_exhaustive()
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("id", &self.id)
            .field("reference", &self.reference)
            .finish_non_exhaustive()
    }
}

/// Where a case stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum CaseState {
    /// Being worked on.
    Open,
    /// Closed, with the reason.
    Closed {
        /// The day.
        on: Day,
        /// Why, in the lead's words.
        why: String,
    },
}

/// One dated incident from one sender to one target.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occasion {
    /// Its own for good.
    pub id: OccasionId,
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// The time as shown, and on whose device; free text, may be empty.
    #[serde(default)]
    pub time: String,
    /// The sender.
    pub by: PersonId,
    /// The target.
    pub to: PersonId,
    /// The platform's id in the age table, or `other`.
    pub platform: String,
    /// The words, quoted exactly, or a description where there are none.
    #[serde(default)]
    pub words: String,
    /// What shows it and where that is kept.
    #[serde(default)]
    pub evidence: String,
    /// What else is known of it.
    #[serde(default, skip_serializing_if = "Circumstances::is_empty")]
    pub more: Circumstances,
}

impl fmt::Debug for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Occasion").field("id", &self.id).field("on", &self.on).finish_non_exhaustive()
    }
}

/// Which account a person used on which platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformUse {
    /// The platform's id in the age table, or `other`.
    pub platform: String,
    /// The user.
    pub user: PersonId,
    /// The kind of account.
    pub account: Account,
}

/// How the school got in touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By telephone.
    Phone,
    /// By letter.
    Letter,
    /// By email.
    Email,
    /// In person.
    Meeting,
}

/// What the contact was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Telling them, asking to talk.
    Contact,
    /// The first or second follow-up after no answer.
    FollowUp,
    /// The final notice, which says that the policy may lead to the police.
    FinalNotice,
}

/// How the family answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Nothing yet.
    None,
    /// They talked or met with the school. Disagreeing with it is engaging.
    Engaged,
    /// They did some of what was asked.
    Partial,
    /// They said clearly that they will not work with the school.
    Refused,
}

/// One contact with a child's family.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its own for good.
    pub id: ContactId,
    /// The case.
    pub case: CaseId,
    /// Whose family.
    pub family_of: PersonId,
    /// The day.
    pub on: Day,
    /// How.
    pub channel: Channel,
    /// What for.
    pub purpose: Purpose,
    /// Whether it reached them: answered, signed for, not returned.
    pub delivered: bool,
    /// How they answered.
    pub response: Response,
    /// What was said, in the words used.
    #[serde(default)]
    pub note: String,
    /// The letter, where it was one of Casebook's.
    #[serde(default)]
    pub letter: Option<LetterId>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("id", &self.id).field("on", &self.on).finish_non_exhaustive()
    }
}

/// A dated duty to do one thing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// Its own for good.
    pub id: ActionId,
    /// The case.
    pub case: CaseId,
    /// Which duty.
    pub code: ActionCode,
    /// For whom; nothing for the case as a whole.
    #[serde(default)]
    pub about: Option<PersonId>,
    /// The day by which it is due.
    pub due: Day,
    /// Who leads.
    pub lead: Lead,
    /// Whether it is done.
    pub state: ActionState,
    /// What a lead added by hand; nothing where the policy asks for it.
    #[serde(default)]
    pub own: Option<OwnAction>,
}

/// What a lead adds by hand: an action, or a check-in after closing. Its code is [`ActionCode::Own`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAction {
    /// What is to be done, in the lead's words.
    pub title: String,
    /// Who does it, in the lead's words.
    pub owner: String,
    /// A look after closing at whether it has stayed quiet: it is not done without a result.
    #[serde(default)]
    pub check_in: bool,
}

impl fmt::Debug for OwnAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnAction").field("check_in", &self.check_in).finish_non_exhaustive()
    }
}

impl ActionItem {
    /// Whether it cannot be done without saying what came of it.
    pub fn needs_result(&self) -> bool {
        self.own.as_ref().is_some_and(|own| own.check_in)
    }
}

impl fmt::Debug for ActionItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ActionItem").field("id", &self.id).field("code", &self.code).finish_non_exhaustive()
    }
}

/// Whether an action is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum ActionState {
    /// Still to do.
    Open,
    /// Done.
    Done {
        /// The day.
        on: Day,
        /// By whom and with what result.
        note: String,
    },
    /// Deliberately not done.
    NotDone {
        /// The day on which that was decided.
        on: Day,
        /// Why.
        why: String,
    },
}
