//! Conditions over facts: `FACT is A, B`, `FACT is not A`, `every FACT is A`. Every value is one that the vocabulary knows.

use crate::domain::{
    Account, ContactSafe, Continuing, CrimeFlag, Danger, Engagement, Imagery, Nature, Part, Prejudice,
    Previous, SelfHarm, Setting, SocialCare, StaffContact, StaffHarm, UnknownWord, Vocabulary, Who, Wishes,
    vocabulary,
};
use std::fmt;

vocabulary! {
    /// A fact that a rule may mention.
    Fact as "fact" {
        Danger = "danger", SelfHarm = "selfharm", Imagery = "imagery", Target = "target", Actor = "actor", Part = "part",
        Setting = "setting", Nature = "nature", CrimeFlags = "crime_flags", Prejudice = "prejudice",
        ContactSafe = "contact_safe", EngTarget = "eng_target", EngActor = "eng_actor", Continuing = "continuing",
        Previous = "previous", SocialCare = "social_care", StaffContact = "staff_contact", StaffHarm = "staff_harm",
        Wishes = "wishes", UnderAge = "under_age", Account = "account", TermsKept = "terms_kept",
        AgeFigure = "age_figure", UnderTen = "under_ten", MixedActors = "mixed_actors", SoleActor = "sole_actor",
        Aimed = "aimed", Send = "send", NewSchool = "new_school", Unanswered = "unanswered",
        FinalNotice = "final_notice", Leaving = "leaving", PolicyAge = "policy_age",
    }
}

impl Fact {
    /// How many facts there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Every value that the fact can take, the quiet one first where there is one.
    pub fn values(self) -> Vec<&'static str> {
        fn ids<V: Vocabulary>() -> Vec<&'static str> {
            V::ALL.iter().map(|v| v.id()).collect()
        }
        match self {
            Self::Danger => ids::<Danger>(),
            Self::SelfHarm => ids::<SelfHarm>(),
            Self::Imagery => ids::<Imagery>(),
            Self::Target => TARGETS.iter().map(|who| who.id()).collect(),
            Self::Actor => ids::<Who>(),
            Self::Part => ids::<Part>(),
            Self::Setting => ids::<Setting>(),
            Self::Nature => ids::<Nature>(),
            Self::CrimeFlags => ids::<CrimeFlag>(),
            Self::Prejudice => ids::<Prejudice>(),
            Self::ContactSafe => ids::<ContactSafe>(),
            Self::EngTarget | Self::EngActor => ids::<Engagement>(),
            Self::Continuing => ids::<Continuing>(),
            Self::Previous => ids::<Previous>(),
            Self::SocialCare => ids::<SocialCare>(),
            Self::StaffContact => ids::<StaffContact>(),
            Self::StaffHarm => ids::<StaffHarm>(),
            Self::Wishes => ids::<Wishes>(),
            Self::Account => ids::<Account>(),
            Self::UnderAge
            | Self::TermsKept
            | Self::UnderTen
            | Self::MixedActors
            | Self::SoleActor
            | Self::Aimed
            | Self::Send
            | Self::Leaving => vec!["no", "yes"],
            Self::NewSchool => vec!["known", "unknown"],
            Self::Unanswered => vec!["none", "one", "two", "more"],
            Self::FinalNotice => vec!["not_given", "given"],
            Self::AgeFigure => vec!["current", "old"],
            Self::PolicyAge => vec!["in_date", "past_review"],
        }
    }

    /// Whether the fact belongs to one person alleged to be responsible.
    pub fn is_of_one_actor(self) -> bool {
        matches!(
            self,
            Self::Actor
                | Self::Part
                | Self::EngActor
                | Self::Continuing
                | Self::UnderTen
                | Self::Aimed
                | Self::Send
                | Self::NewSchool
                | Self::Unanswered
        )
    }

    /// Whether several of its values can hold at once.
    pub(super) fn is_many(self) -> bool {
        matches!(self, Self::Setting | Self::CrimeFlags | Self::Prejudice | Self::SocialCare | Self::Account)
    }
}

/// Whom messages can be aimed at.
pub const TARGETS: [Who; 5] =
    [Who::CurrentPupil, Who::ExPupil, Who::OtherSchool, Who::Staff, Who::ParentAdult];

/// Some values of one fact, a bit each in the order of [`Fact::values`].
pub(super) type Mask = u16;

/// One test of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// Which fact.
    pub fact: Fact,
    /// How its values are compared.
    pub mode: Mode,
    /// The values named.
    pub(super) named: Mask,
}

/// How the values that hold are compared with the values named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// At least one of them holds.
    Some,
    /// None of them holds.
    None,
    /// Nothing else holds, and something does.
    Every,
}

/// One line of `when`: holds when one of its tests does.
pub type Line = Vec<Test>;

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// Not of the form `FACT is VALUE`.
    #[error(
        "“{line}” is not a condition; write: FACT is VALUE, VALUE — or: FACT is not VALUE — or: every FACT is VALUE"
    )]
    Shape {
        /// What stood there.
        line: String,
    },
    /// A fact or value that the vocabulary does not know.
    #[error(transparent)]
    Unknown(#[from] UnknownWord),
    /// A value of another fact.
    #[error("{fact}: “{value}” is not one of its values; use one of: {}", allowed.join(", "))]
    Value {
        /// The fact.
        fact: Fact,
        /// What stood there.
        value: String,
        /// What it can be.
        allowed: Vec<&'static str>,
    },
}

impl Test {
    /// Reads one test.
    pub fn parse(line: &str) -> Result<Self, ConditionError> {
        let shape = || ConditionError::Shape { line: line.to_owned() };
        let (fact, values) = line.split_once(" is ").ok_or_else(shape)?;
        let (mode, fact) = match fact.trim().strip_prefix("every ") {
            Some(fact) => (Mode::Every, fact),
            None => (Mode::Some, fact.trim()),
        };
        let (mode, values) = match (mode, values.trim().strip_prefix("not ")) {
            (Mode::Some, Some(values)) => (Mode::None, values),
            (_, Some(_)) => return Err(shape()),
            (mode, None) => (mode, values),
        };
        let fact = Fact::from_id(fact)?;
        let allowed = fact.values();
        let mut named = 0;
        for value in values.split(',').map(str::trim) {
            let Some(at) = allowed.iter().position(|a| *a == value) else {
                return Err(ConditionError::Value { fact, value: value.to_owned(), allowed });
            };
            named |= 1 << at;
        }
        Ok(Self { fact, mode, named })
    }

    /// Whether it holds for the values that hold.
    pub(super) fn holds(&self, held: Mask) -> bool {
        match self.mode {
            Mode::Some => held & self.named != 0,
            Mode::None => held & self.named == 0,
            Mode::Every => held != 0 && held & !self.named == 0,
        }
    }

    /// The values that would make it hold.
    pub(super) fn wanted(&self) -> Vec<&'static str> {
        match self.mode {
            Mode::Some | Mode::Every => values_in(self.fact, self.named),
            Mode::None => values_in(self.fact, !self.named),
        }
    }
}

/// The ids of the values in a mask.
pub(super) fn values_in(fact: Fact, mask: Mask) -> Vec<&'static str> {
    let values = fact.values().into_iter().enumerate();
    values.filter(|(at, _)| mask & (1 << at) != 0).map(|(_, value)| value).collect()
}

impl fmt::Display for Test {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (every, not) = (self.mode == Mode::Every, self.mode == Mode::None);
        let (every, not) = (if every { "every " } else { "" }, if not { "not " } else { "" });
        write!(f, "{every}{} is {not}{}", self.fact, values_in(self.fact, self.named).join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_conditions() {
        for line in ["danger is immediate", "actor is not staff, head", "every actor is unknown"] {
            assert_eq!(Test::parse(line).unwrap().to_string(), line);
        }
        for line in [
            "danger",
            "danger is",
            "danger is soon",
            "weather is none",
            "every actor is not head",
            "",
            "danger is none,",
        ] {
            assert!(Test::parse(line).is_err(), "{line}");
        }
    }

    #[test]
    fn compares_sets() {
        let holds = |line: &str, held: &[&str]| {
            let test = Test::parse(line).unwrap();
            let values = test.fact.values();
            test.holds(held.iter().map(|v| 1 << values.iter().position(|a| a == v).unwrap()).sum())
        };
        assert!(holds("actor is staff", &["unknown", "staff"]));
        assert!(!holds("actor is staff", &[]));
        assert!(holds("actor is not staff", &[]));
        assert!(!holds("actor is not staff", &["unknown", "staff"]));
        assert!(holds("every actor is unknown", &["unknown"]));
        assert!(!holds("every actor is unknown", &["unknown", "staff"]));
        assert!(!holds("every actor is unknown", &[]));
    }
}
