//! Ids that cannot be mixed up. They are random, so that an id or a file name built from one says nothing of a child.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);
        impl $name {
            /// The id of these random bits.
            pub const fn new(bits: u64) -> Self { Self(bits) }
            /// Reads the 16 hexadecimal digits that `Display` writes.
            pub fn parse(text: &str) -> Option<Self> {
                (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "{:016x}", self.0) }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not an id of 16 hexadecimal digits"))
            }
        }
    };
}

id! {
    /// A case.
    ///
    /// ```compile_fail
    /// use casebook::domain::{CaseId, PersonId};
    /// let case: CaseId = PersonId::new(1);
    /// ```
    CaseId
}
id! {
    /// A person.
    PersonId
}
id! {
    /// An occasion.
    OccasionId
}
id! {
    /// A contact with a family.
    ContactId
}
id! {
    /// A dated action.
    ActionId
}
id! {
    /// How a case was closed.
    ClosingId
}
id! {
    /// A decision.
    DecisionId
}
id! {
    /// A letter or document.
    LetterId
}
id! {
    /// A piece of evidence.
    EvidenceId
}
id! {
    /// A request for a copy of everything that is kept about a child.
    AccessRequestId
}
