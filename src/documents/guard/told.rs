//! What a hit is called, what can be done about it, and the id under which a letter remembers its kind. Where it stands is
//! told elsewhere.

use super::Kind;

/// What was found. `name` is the child's, for the lead's own eyes.
pub fn what(kind: Kind, name: &str) -> String {
    match kind {
        Kind::FullName => "another child’s whole name".into(),
        Kind::FirstName => "another child’s first name".into(),
        Kind::LastName => "another child’s last name".into(),
        Kind::MiddleName => "part of another child’s name".into(),
        Kind::Nickname => "what another child is called".into(),
        Kind::Possessive => "another child’s name".into(),
        Kind::Misspelling => format!("one letter away from another child’s name ({name})"),
        Kind::Initials => format!("the initials of another child ({name})"),
        Kind::Handle => format!("the account name of another child ({name})"),
        Kind::Phone => format!("the phone number of another child’s family ({name})"),
        Kind::ClassOrYear => format!("a class or year that tells who is meant ({name})"),
        Kind::Verdict => "a word that judges a child".into(),
        Kind::Leftover => "a gap that was not filled".into(),
    }
}

/// What can be done about it.
pub fn advice(kind: Kind) -> &'static str {
    match kind {
        Kind::FullName
        | Kind::FirstName
        | Kind::LastName
        | Kind::MiddleName
        | Kind::Nickname
        | Kind::Possessive
        | Kind::Misspelling
        | Kind::Initials => "Take it out or write “another pupil”.",
        Kind::Handle | Kind::Phone => "Take it out.",
        Kind::ClassOrYear => "So few children fit that a family can tell who it is. Leave it out.",
        Kind::Verdict => "Say what happened, or what you were told.",
        Kind::Leftover => "Write what belongs there.",
    }
}

/// The id of a kind.
pub fn kind_id(kind: Kind) -> &'static str {
    match kind {
        Kind::FullName => "full_name",
        Kind::FirstName => "first_name",
        Kind::LastName => "last_name",
        Kind::MiddleName => "middle_name",
        Kind::Nickname => "nickname",
        Kind::Misspelling => "misspelling",
        Kind::Initials => "initials",
        Kind::Possessive => "possessive",
        Kind::Handle => "handle",
        Kind::Phone => "phone",
        Kind::ClassOrYear => "class_or_year",
        Kind::Verdict => "verdict",
        Kind::Leftover => "leftover",
    }
}
