//! The leak guard: reads every word that leaves the school and finds whatever names another child, passes a verdict or
//! was left over from a template. It only finds; what is done about a hit is the lead's to decide.

mod classes;
mod contacts;
mod english;
mod fold;
mod forms;
mod hidden;
mod initials;
mod known;
mod misspelt;
mod names;
mod near;
mod page;
mod sense;
mod short_forms;
mod span;
mod titled;
mod told;
mod words;

use crate::domain::PersonId;
use fold::Folded;
use known::Known;
use std::ops::Range;

pub use told::{advice, kind_id, what};

/// The text of one paper, as it will leave.
#[derive(Clone, Copy, Default)]
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

/// How a person stands to the home that reads the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Of that home: may be named.
    Reader {
        /// A grown-up, whose first name may be another child's.
        adult: bool,
    },
    /// Has to do with the case and is of another home: found in every form.
    Other,
    /// On the school's roll and nothing to do with the case: found by the whole name, an account or a number, and by
    /// part of a name that nobody else has.
    Roll,
    /// An adult who works with children: may be named.
    Staff,
}

/// A person whom the guard knows. `Debug` leaves out who it is.
#[derive(Clone)]
pub struct Subject {
    /// Theirs for good.
    pub id: PersonId,
    /// The whole name.
    pub name: String,
    /// What everyone calls them, or nothing.
    pub known_as: String,
    /// The school year, `6` or `Year 6`, or nothing.
    pub year: String,
    /// The class, or nothing.
    pub class: String,
    /// Account names.
    pub handles: Vec<String>,
    /// Phone numbers.
    pub phones: Vec<String>,
    /// How they stand to the home that reads.
    pub tie: Tie,
    /// A child, who counts in a class or year.
    pub child: bool,
}

impl Subject {
    /// A person of whom only the name is known.
    pub fn new(id: PersonId, name: &str, tie: Tie) -> Self {
        Self {
            id,
            name: name.to_owned(),
            known_as: String::new(),
            year: String::new(),
            class: String::new(),
            handles: Vec::new(),
            phones: Vec::new(),
            tie,
            child: tie != Tie::Staff && tie != Tie::Reader { adult: true },
        }
    }
}

impl std::fmt::Debug for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Subject").field("id", &self.id).field("tie", &self.tie).finish_non_exhaustive()
    }
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
    /// A name of whatever kind with `’s`.
    Possessive,
    /// An account.
    Handle,
    /// A phone number.
    Phone,
    /// A class or year that at most two children fit.
    ClassOrYear,
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

/// The guard, made once for a letter: it knows the people and reads any text.
pub struct Guard {
    known: Known,
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Guard")
    }
}

impl Guard {
    /// `allowed` are full names of adults (and of the school) that may stand: their words are passed over only where the
    /// whole of such a name stands, or its last word after `Mr`, `Mrs` and the like.
    pub fn new(people: &[Subject], allowed: &[String]) -> Self {
        Self { known: Known::of(people, allowed) }
    }

    /// Finds what should not leave in a paper.
    pub fn check(&self, paper: &PaperText<'_>) -> Vec<Hit> {
        let mut hits = self.read(Place::Body, paper.body);
        for (at, line) in paper.address.iter().enumerate() {
            hits.extend(self.read(Place::Address, line).into_iter().map(|hit| Hit { line: at + 1, ..hit }));
        }
        hits.extend(self.read(Place::Title, paper.title));
        hits.extend(self.read(Place::FileName, paper.file_name));
        hits.extend(self.read(Place::Reference, paper.reference));
        hits.extend(self.read(Place::Footer, paper.footer));
        hits
    }

    /// Finds what should not leave in one text.
    pub fn read(&self, place: Place, words: &str) -> Vec<Hit> {
        let folded = if place == Place::Body { Folded::of_markup(words) } else { Folded::of(words) };
        let mut found: Vec<(Range<usize>, Option<PersonId>, Kind)> = names::find(&folded, place, &self.known)
            .into_iter()
            .map(|span| (folded.source(&span.range), Some(span.person), span.kind))
            .collect();
        found.extend(
            words::find(words, &folded, place).into_iter().map(|found| (found.range, None, found.kind)),
        );
        found.sort_by_key(|(range, person, _)| (range.start, std::cmp::Reverse(range.end), *person));
        let hit = |(range, person, kind): (Range<usize>, Option<PersonId>, Kind)| Hit {
            place,
            line: 1 + words[..range.start].matches('\n').count(),
            excerpt: words[range.clone()].to_owned(),
            range,
            person,
            kind,
        };
        found.into_iter().map(hit).collect()
    }
}

/// Finds what should not leave in one paper: a guard made for this paper alone.
pub fn check(text: &PaperText<'_>, people: &[Subject], allowed: &[String]) -> Vec<Hit> {
    Guard::new(people, allowed).check(text)
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
        Kind::FullName
        | Kind::FirstName
        | Kind::LastName
        | Kind::MiddleName
        | Kind::Nickname
        | Kind::Possessive => {
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
        Kind::ClassOrYear => format!(
            "{place} has “{words}”, which so few children fit that a family can tell who is meant ({name}). Leave it out."
        ),
        Kind::Verdict => {
            format!("{place} has “{words}”, which judges a child. Say what happened, or what you were told.")
        }
        Kind::Leftover => {
            format!("{place} has a gap that was not filled: “{words}”. Write what belongs there.")
        }
    }
}
