//! What the lead answers: the wizard's whole state, and the part of it that a case keeps.

use super::{
    CaseId, ContactSafe, CrimeFlag, Danger, Day, Imagery, Nature, Occasion, Person, PersonId, PlatformUse,
    Prejudice, Previous, SelfHarm, Setting, SocialCare, StaffContact, StaffHarm, Who, Wishes,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;

/// The lead's answers that no dated record can give. `None`: not yet answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Is anyone in immediate danger?
    pub danger: Option<Danger>,
    /// Has a child talked about hurting themselves?
    pub selfharm: Option<SelfHarm>,
    /// Does any message contain a picture?
    pub imagery: Option<Imagery>,
    /// Where and when?
    pub setting: Option<BTreeSet<Setting>>,
    /// What is it?
    pub nature: Option<Nature>,
    /// Signs of a possible offence.
    pub crime_flags: Option<BTreeSet<CrimeFlag>>,
    /// Linked to what?
    pub prejudice: Option<BTreeSet<Prejudice>>,
    /// Is it safe to tell the families?
    pub contact_safe: Option<ContactSafe>,
    /// An earlier case?
    pub previous: Option<Previous>,
    /// Known to social care?
    pub social_care: Option<BTreeSet<SocialCare>>,
    /// Contact between staff and pupils?
    pub staff_contact: Option<StaffContact>,
    /// Might a harm test for adults who work with children be met?
    pub staff_harm: Option<StaffHarm>,
    /// The questions that the lead opened on the page of signs, by id; an empty set: none of them applies.
    pub opened: Option<BTreeSet<String>>,
    /// Why telling a family may not be safe, where it may not.
    pub contact_reason: String,
    /// When that is looked at again.
    pub contact_review: Option<Day>,
    /// What they want, as a rule can read it.
    pub wishes: Option<Wishes>,
    /// What the child wants, in the child's words.
    pub child_wishes: String,
    /// What the family wants, apart from the child.
    pub family_wishes: String,
    /// Which account each person used where.
    pub platforms: Vec<PlatformUse>,
    /// Those who only tried to get round the filter.
    pub firewall_only: BTreeSet<PersonId>,
}

/// A disclosure on its way through the wizard: everything typed so far. Kept as a draft until it becomes a case.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Disclosure {
    /// The day of the disclosure.
    pub disclosed_on: Option<Day>,
    /// Who told whom.
    pub told_by: String,
    /// What was said.
    pub account: String,
    /// The targeted child.
    pub target: Option<Person>,
    /// Those alleged to be responsible.
    pub alleged: Vec<Person>,
    /// The dated occasions.
    pub occasions: Vec<Occasion>,
    /// The answers so far.
    pub answers: Answers,
    /// The closed case that this one follows, where it is opened as a linked one.
    pub earlier: Option<CaseId>,
}

impl Disclosure {
    /// Everyone in the disclosure, the targeted child first.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.target.iter().chain(&self.alleged)
    }

    /// Who a person in the disclosure is, as of the occasions: somebody who was still on roll on any of the days counts
    /// as a current pupil (policy example 1 read as a fact, not a time limit: decision table, gap 6).
    pub fn who(&self, person: &Person) -> Who {
        who_on_occasions(person, &self.occasions)
    }
}

/// Who a person was to the school on the days on which they took part.
pub fn who_on_occasions(person: &Person, occasions: &[Occasion]) -> Who {
    let mut days =
        occasions.iter().filter(|o| o.by == person.id || o.to == person.id).map(|o| person.who_on(o.on));
    let was_pupil = days.any(|who| who == Who::CurrentPupil);
    if was_pupil { Who::CurrentPupil } else { person.who }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Disclosure").field("disclosed_on", &self.disclosed_on).finish_non_exhaustive()
    }
}

/// A disclosure as the case file keeps it between two sittings.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The id of the case that it will become.
    pub id: CaseId,
    /// The day on which it was begun.
    pub started: Day,
    /// Everything typed so far.
    pub disclosure: Disclosure,
    /// The question at which the lead stopped.
    pub at_question: String,
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft").field("id", &self.id).field("started", &self.started).finish_non_exhaustive()
    }
}
