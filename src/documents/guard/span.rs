//! One find of the guard: where in the text, whom, and of what kind.

use super::Kind;
use super::sense::Part;
use crate::domain::PersonId;
use std::ops::Range;

/// A find, in letters of the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) range: Range<usize>,
    pub(super) person: PersonId,
    pub(super) kind: Kind,
}

impl Span {
    pub(super) fn of(range: Range<usize>, person: PersonId, kind: Kind) -> Self {
        Self { range, person, kind }
    }
}

/// What a find by one part of a name is.
pub(super) fn kind_of(part: Part) -> Kind {
    match part {
        Part::Given => Kind::FirstName,
        Part::Middle => Kind::MiddleName,
        Part::Family => Kind::LastName,
        Part::Nick | Part::Short => Kind::Nickname,
        Part::Whole => Kind::FullName,
    }
}
