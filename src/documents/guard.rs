//! The leak guard: reads every word that leaves the school and finds whatever names another child, passes a verdict or
//! was left over from a template. It only finds; what is done about a hit is the lead's to decide.

mod contacts;
mod fold;
mod names;
mod words;

use crate::domain::{Person, PersonId};
use fold::Folded;
use std::ops::Range;

/// The text of one paper, as it will leave.
#[derive(Clone, Copy)]
pub struct PaperText<'a> {
    /// The body, in markup.
    pub body: &'a str,
    /// The lines in the envelope's window.
    pub address: &'a [String],
    /// The title in the file's properties.
    pub title: &'a str,
    /// The file's name.
    pub file_name: &'a str,
    /// The reference on the page.
    pub reference: &'a str,
    /// The foot of each page.
    pub footer: &'a str,
}

/// A person whom the guard knows.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Who.
    pub person: &'a Person,
    /// The letter is about or for this child: their own name may stand.
    pub about: bool,
}

/// Where a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the body.
    Body,
    /// In the address; the line counts from its top.
    Address,
    /// In the title of the file's properties.
    Title,
    /// In the file's name.
    FileName,
    /// In the reference.
    Reference,
    /// In the foot of the pages.
    Footer,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The whole name.
    FullName,
    /// The first name.
    FirstName,
    /// The last name.
    LastName,
    /// Another part of the name.
    MiddleName,
    /// What everyone calls them.
    Nickname,
    /// Something one letter away from a name.
    Misspelling,
    /// The initials.
    Initials,
    /// An account.
    Handle,
    /// A phone number.
    Phone,
    /// A word that judges a child.
    Verdict,
    /// A piece of a template that was not filled.
    Leftover,
}

/// Something that should not leave. `Debug` leaves out the words.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub place: Place,
    /// The bytes of that place's text; in an address, of that line.
    pub range: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The words found.
    pub excerpt: String,
    /// Whose, where it is a person's.
    pub person: Option<PersonId>,
    /// What it is.
    pub kind: Kind,
}

impl std::fmt::Debug for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hit")
            .field("place", &self.place)
            .field("line", &self.line)
            .field("kind", &self.kind)
            .field("person", &self.person)
            .finish_non_exhaustive()
    }
}

/// Finds what should not leave. `allowed` are full names of adults (and of the school) that may stand: their words are
/// passed over only where the whole of such a name stands, or its last word after `Mr`, `Mrs` and the like.
pub fn check(text: &PaperText<'_>, people: &[Subject<'_>], allowed: &[String]) -> Vec<Hit> {
    let known = names::Known::of(people, allowed);
    let mut hits = Vec::new();
    let mut read = |place: Place, words: &str, markup: bool, line: usize| {
        let folded = if markup { Folded::of_markup(words) } else { Folded::of(words) };
        let mut found = names::find(&folded, &known);
        found.extend(words::find(words, &folded));
        found.sort_by_key(|found| (found.range.start, std::cmp::Reverse(found.range.end)));
        for found in found {
            hits.push(Hit {
                place,
                line: line + words[..found.range.start].matches('\n').count(),
                excerpt: words[found.range.clone()].to_owned(),
                range: found.range,
                person: found.person,
                kind: found.kind,
            });
        }
    };
    read(Place::Body, text.body, true, 1);
    for (i, line) in text.address.iter().enumerate() {
        read(Place::Address, line, false, i + 1);
    }
    read(Place::Title, text.title, false, 1);
    read(Place::FileName, text.file_name, false, 1);
    read(Place::Reference, text.reference, false, 1);
    read(Place::Footer, text.footer, false, 1);
    hits
}

/// One find, before it is known where it stands.
struct Found {
    range: Range<usize>,
    person: Option<PersonId>,
    kind: Kind,
}

/// What to tell the lead about a hit. `name` is the child's, for the lead's own eyes.
pub fn describe(hit: &Hit, name: &str) -> String {
    let place = match hit.place {
        Place::Body => format!("Line {}", hit.line),
        Place::Address => format!("Line {} of the address", hit.line),
        Place::Title => "The title in the file’s properties".to_owned(),
        Place::FileName => "The file name".to_owned(),
        Place::Reference => "The reference".to_owned(),
        Place::Footer => "The foot of the page".to_owned(),
    };
    let words = &hit.excerpt;
    match hit.kind {
        Kind::FullName | Kind::FirstName | Kind::LastName | Kind::MiddleName | Kind::Nickname => {
            format!("{place} names another child: “{words}”. Take it out or write “another pupil”.")
        }
        Kind::Misspelling => format!(
            "{place} has “{words}”, one letter away from another child’s name ({name}). Take it out or write “another pupil”."
        ),
        Kind::Initials => format!(
            "{place} has the initials of another child ({name}): “{words}”. Take them out or write “another pupil”."
        ),
        Kind::Handle => format!("{place} has another child’s account name: “{words}”. Take it out."),
        Kind::Phone => format!("{place} has another child’s phone number: “{words}”. Take it out."),
        Kind::Verdict => {
            format!("{place} has “{words}”, which judges a child. Say what happened, or what you were told.")
        }
        Kind::Leftover => {
            format!("{place} has a gap that was not filled: “{words}”. Write what belongs there.")
        }
    }
}
