//! What the policy is asked about: every fact completed, ready to be evaluated.

use super::{
    Account, Age, ContactSafe, Continuing, CrimeFlag, Danger, Day, Engagement, Imagery, Nature, Part,
    Prejudice, Previous, SelfHarm, Setting, SocialCare, StaffContact, StaffHarm, Who, Wishes,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The facts of one disclosure on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The day of the decision.
    pub today: Day,
    /// The day of the disclosure: day 0 for due dates.
    pub disclosed_on: Day,
    /// Is anyone in immediate danger?
    pub danger: Danger,
    /// Has a child talked about hurting themselves?
    pub selfharm: SelfHarm,
    /// Does any message contain a picture?
    pub imagery: Imagery,
    /// The targeted person.
    pub target: TargetFacts,
    /// Each person alleged to be responsible.
    pub actors: Vec<ActorFacts>,
    /// Where and when.
    pub setting: BTreeSet<Setting>,
    /// What it is.
    pub nature: Nature,
    /// Signs of a possible offence.
    pub crime_flags: BTreeSet<CrimeFlag>,
    /// What it is linked to.
    pub prejudice: BTreeSet<Prejudice>,
    /// Is it safe to tell the families?
    pub contact_safe: ContactSafe,
    /// How the targeted child's family has responded.
    pub eng_target: Engagement,
    /// Has it gone on since the school first acted?
    pub continuing: Continuing,
    /// An earlier case?
    pub previous: Previous,
    /// What social care knows.
    pub social_care: BTreeSet<SocialCare>,
    /// Contact between staff and pupils.
    pub staff_contact: StaffContact,
    /// Whether a harm test for adults who work with children may be met.
    #[serde(default = "not_asked")]
    pub staff_harm: StaffHarm,
    /// Whether a pupil in the case has left the school since the disclosure, or is about to.
    #[serde(default)]
    pub leaving: bool,
    /// What they want.
    pub wishes: Wishes,
    /// Which accounts were used.
    pub platforms: Vec<PlatformFacts>,
    /// The dated occasions.
    pub occasions: Vec<OccasionFacts>,
    /// The day on which the final notice was given.
    pub final_notice: Option<Day>,
    /// What earlier linked cases add.
    #[serde(default)]
    pub earlier: EarlierFacts,
}

/// What earlier linked cases about the same people add to a disclosure. Their occasions stand apart from the disclosure's
/// own: they make a course of conduct longer, and change nothing about where, how old or how far this one goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EarlierFacts {
    /// The references of those that count, the latest first.
    pub cases: Vec<String>,
    /// The references of those that do not: other people, or not shown to have happened.
    pub set_aside: Vec<String>,
    /// Dated occasions from somebody alleged now to the same target.
    pub occasions: Vec<OccasionFacts>,
    /// For each person alleged, the day on which a contact first reached their family.
    pub acted: Vec<(String, Day)>,
}

fn not_asked() -> StaffHarm {
    StaffHarm::NotAsked
}

/// The targeted person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetFacts {
    /// Who they are.
    pub who: Who,
    /// Their age.
    pub age: Born,
}

/// A person alleged to be responsible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorFacts {
    /// A short id, `A`, `B` …; unique, and never `T`, which is the target.
    pub id: String,
    /// Who they are.
    pub who: Who,
    /// Their age.
    pub age: Born,
    /// How their family has responded.
    pub eng: Engagement,
    /// Whether their present school is known.
    pub new_school: bool,
    /// Special educational needs or a disability.
    pub send: bool,
    /// What they took part in.
    pub part: Part,
    /// Whether this person has gone on since the school first acted, where dated records tell one from another.
    #[serde(default)]
    pub continuing: Option<Continuing>,
    /// Delivered contacts with the family since it last answered.
    #[serde(default)]
    pub unanswered: u32,
}

/// How an age is known. A date of birth wins, because an age changes between occasions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Born {
    /// From the date of birth.
    On(Day),
    /// Only an age in years is known.
    Aged(Age),
    /// An adult of unknown age.
    Adult,
    /// Not known.
    Unknown,
}

impl Born {
    /// The age on a day, where it is a number.
    pub fn age_on(self, day: Day) -> Option<Age> {
        match self {
            Self::On(born) => Age::on(born, day),
            Self::Aged(age) => Some(age),
            Self::Adult | Self::Unknown => None,
        }
    }
}

/// One account used by one person, or by anyone where `user` is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlatformFacts {
    /// The platform's id in the age table.
    pub platform: String,
    /// The kind of account.
    pub account: Account,
    /// An actor's id, `T` for the target, nothing for every child in the case.
    pub user: Option<String>,
}

/// One dated occasion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccasionFacts {
    /// The day.
    pub on: Day,
    /// The sender: an actor's id.
    pub by: String,
    /// The target: an actor's id or `T`.
    pub to: String,
}
