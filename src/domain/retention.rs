//! How long a case is kept: its class, the day on which somebody looks at it again, a legal hold, and what is left on
//! record of a case that was destroyed. The figures are guidance with a source: the school's own schedule decides.

use super::access_request::months_after;
use super::{CaseId, Day, Person};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Which line of a schedule a case falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionClass {
    /// A child-protection record: until the youngest child in it is 25, then looked at again.
    ChildProtection,
    /// It may bear on the sexual abuse of a child: 75 years from its last entry.
    SexualAbuse,
    /// A day that the school's own schedule gives.
    OwnSchedule,
}

impl RetentionClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::ChildProtection, Self::SexualAbuse, Self::OwnSchedule];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::ChildProtection => "Child-protection record: until the youngest child is 25",
            Self::SexualAbuse => "May bear on the sexual abuse of a child: 75 years",
            Self::OwnSchedule => "The school’s own schedule",
        }
    }

    /// Where the figure comes from, and when that was looked at.
    pub fn source(self) -> &'static str {
        match self {
            Self::ChildProtection => {
                "Information Management Toolkit for Schools (IRMS) and the DfE’s data-protection toolkit: date of birth and 25 \
                 years, then a review; checked in August 2026. No figure for bullying alone was found: confirm it with the \
                 school’s own schedule and data protection officer."
            }
            Self::SexualAbuse => {
                "The Independent Inquiry into Child Sexual Abuse recommended 75 years; checked in August 2026. Confirm it with \
                 the school’s own schedule and data protection officer."
            }
            Self::OwnSchedule => "As the school’s own schedule says.",
        }
    }
}

/// What the lead has set for a case. Without one, the usual class holds.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// The case: one of these a case.
    pub id: CaseId,
    /// The class.
    pub class: RetentionClass,
    /// The day that the school's own schedule gives.
    #[serde(default)]
    pub own_day: Option<Day>,
    /// Why it is so, in the lead's words.
    #[serde(default)]
    pub why: String,
    /// Why nothing of it may be destroyed, while that is so.
    #[serde(default)]
    pub hold: Option<LegalHold>,
}

/// Nothing may be destroyed: a court, an inquiry, the police or a claim may ask for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalHold {
    /// Why.
    pub why: String,
    /// Who said so.
    pub by: String,
    /// Since when.
    pub since: Day,
}

/// What is left of a case that was destroyed. It names nobody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destruction {
    /// The case.
    pub id: CaseId,
    /// Its reference; empty for a disclosure that never became a case here.
    pub reference: String,
    /// The day.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Under which class, in words.
    pub class: String,
    /// The day on which it was due for review.
    pub review_on: Option<Day>,
    /// Why. Names nobody.
    pub reason: String,
    /// The journal's entries whose texts were destroyed: from and to, each included.
    #[serde(default)]
    pub entries: Vec<(u64, u64)>,
    /// SHA-256 of the files that were destroyed.
    #[serde(default)]
    pub files: Vec<String>,
    /// SHA-256 of the certificate, once it is made.
    #[serde(default)]
    pub certificate: Option<String>,
}

impl Destruction {
    /// Whether the text of an entry was destroyed with it.
    pub fn covers(&self, seq: u64) -> bool {
        self.entries.iter().any(|(from, to)| (*from..=*to).contains(&seq))
    }

    /// How many texts were destroyed.
    pub fn texts(&self) -> u64 {
        self.entries.iter().map(|(from, to)| to - from + 1).sum()
    }
}

/// The day on which a case is looked at again: nothing where it cannot be worked out.
pub fn review_day(class: RetentionClass, own: Option<Day>, children: &[&Person], last: Day) -> Option<Day> {
    match class {
        // Of every child whose date of birth is known the youngest; where none is, nobody can say.
        RetentionClass::ChildProtection => {
            children.iter().filter_map(|child| child.born).max().map(|born| months_after(born, 25 * 12))
        }
        RetentionClass::SexualAbuse => Some(months_after(last, 75 * 12)),
        RetentionClass::OwnSchedule => own,
    }
}

impl fmt::Debug for Retention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Retention").field("id", &self.id).field("class", &self.class).finish_non_exhaustive()
    }
}

impl fmt::Debug for LegalHold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LegalHold").field("since", &self.since).finish_non_exhaustive()
    }
}

impl fmt::Debug for Destruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destruction").field("id", &self.id).field("on", &self.on).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, PersonId, Who};

    #[test]
    fn the_youngest_child_decides() {
        let day = |iso: &str| Day::parse(iso).unwrap();
        let child = |born: Option<&str>| {
            let mut child = Person::new(PersonId::new(1), Name::new("A").unwrap(), Who::CurrentPupil);
            child.born = born.map(day);
            child
        };
        let (elder, younger, unknown) = (child(Some("2014-03-01")), child(Some("2016-02-29")), child(None));
        let last = day("2026-01-30");
        for (class, own, children, on) in [
            (RetentionClass::ChildProtection, None, vec![&elder, &younger], Some("2041-02-28")),
            (RetentionClass::ChildProtection, None, vec![&elder, &unknown], Some("2039-03-01")),
            (RetentionClass::ChildProtection, None, vec![&unknown], None),
            (RetentionClass::SexualAbuse, None, vec![&unknown], Some("2101-01-30")),
            (RetentionClass::OwnSchedule, Some(day("2033-09-01")), vec![&elder], Some("2033-09-01")),
        ] {
            assert_eq!(review_day(class, own, &children, last), on.map(day), "{class:?}");
        }
    }

    #[test]
    fn a_destruction_covers_its_entries() {
        let destruction = Destruction {
            id: CaseId::new(1),
            reference: "2026-001".into(),
            on: Day::parse("2051-01-30").unwrap(),
            by: "Lead".into(),
            class: "x".into(),
            review_on: None,
            reason: "Its time is over.".into(),
            entries: vec![(3, 5), (9, 9)],
            files: Vec::new(),
            certificate: None,
        };
        let covered: Vec<u64> = (1..=10).filter(|seq| destruction.covers(*seq)).collect();
        assert_eq!(covered, [3, 4, 5, 9]);
        assert_eq!(destruction.texts(), 4);
    }
}
