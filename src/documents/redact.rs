//! A copy of a text without what the guard found in it. It finds nothing by itself: it takes out what it is given, with
//! what belongs to it (the rest of an address, the letter after a first name), and says what it took.

use super::guard::{Hit, Kind};
use crate::domain::PersonId;
use std::ops::Range;

/// A place that was taken out of a text.
#[derive(Clone, PartialEq, Eq)]
pub struct TakenOut {
    /// The bytes of the first text.
    pub range: Range<usize>,
    /// What stood there.
    pub words: String,
    /// Whose it may be.
    pub people: Vec<PersonId>,
    /// What it was found as.
    pub kind: Kind,
}

impl std::fmt::Debug for TakenOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TakenOut")
            .field("range", &self.range)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The places of a text that hits make up, in order: those that touch are one. `initials` tells the first letters of a
/// person's last names, so that `Jamie H.` goes whole.
pub fn places(text: &str, hits: &[Hit], initials: impl Fn(PersonId) -> Vec<char>) -> Vec<TakenOut> {
    let mut found: Vec<TakenOut> = hits
        .iter()
        .map(|hit| {
            let people: Vec<PersonId> = hit.person.into_iter().collect();
            let letters: Vec<char> = people.iter().flat_map(|id| initials(*id)).collect();
            let range = grown(text, hit, &letters);
            TakenOut { words: text[range.clone()].to_owned(), range, people, kind: hit.kind }
        })
        .collect();
    found.sort_by_key(|place| (place.range.start, std::cmp::Reverse(place.range.end)));
    let mut places: Vec<TakenOut> = Vec::new();
    for place in found {
        match places.last_mut().filter(|last| place.range.start < last.range.end) {
            Some(last) => {
                last.range.end = last.range.end.max(place.range.end);
                text[last.range.clone()].clone_into(&mut last.words);
                let more: Vec<_> = place.people.into_iter().filter(|id| !last.people.contains(id)).collect();
                last.people.extend(more);
            }
            None => places.push(place),
        }
    }
    places
}

/// The text with a mark in the place of each.
pub fn without(text: &str, places: &[TakenOut], mark: impl Fn(&TakenOut) -> String) -> String {
    let mut copy = String::with_capacity(text.len());
    let mut at = 0;
    for place in places.iter().filter(|place| place.range.end <= text.len()) {
        copy.push_str(&text[at..place.range.start]);
        copy.push_str(&mark(place));
        at = place.range.end;
    }
    copy.push_str(&text[at..]);
    copy
}

/// A hit with what belongs to it. A possessive leaves its `’s` behind.
fn grown(text: &str, hit: &Hit, initials: &[char]) -> Range<usize> {
    let token = token_at(text, hit.range.start, hit.range.end);
    let inner = text[token.clone()].trim_start_matches('@');
    if inner.contains('@') || inner.contains("://") || inner.starts_with("www.") {
        return token;
    }
    let mut range = word_at(text, &hit.range);
    for mark in ["’s", "'s", "ʼs", "`s"] {
        if text[range.clone()].ends_with(mark) && range.len() > mark.len() {
            range.end -= mark.len();
        }
    }
    if matches!(hit.kind, Kind::FirstName | Kind::Nickname | Kind::Misspelling) {
        range.end = with_letter(text, range.end, initials);
    }
    range
}

/// `Jamie H.`, `Jamie H`: the end with the letter of the last name.
fn with_letter(text: &str, end: usize, initials: &[char]) -> usize {
    let mut rest = text[end..].chars();
    if rest.next() != Some(' ') {
        return end;
    }
    let Some(letter) = rest.next().filter(|c| initials.iter().any(|known| same(*known, *c))) else {
        return end;
    };
    match rest.next() {
        Some('.') => end + 2 + letter.len_utf8(),
        Some(next) if next.is_alphanumeric() => end,
        _ => end + 1 + letter.len_utf8(),
    }
}

fn same(known: char, written: char) -> bool {
    known.to_lowercase().eq(written.to_lowercase())
}

/// The run of letters, digits and underscores around a hit: of `#JusticeForJamie` nothing is left.
fn word_at(text: &str, hit: &Range<usize>) -> Range<usize> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let before: usize =
        text[..hit.start].chars().rev().take_while(|c| part(*c) || *c == '@').map(char::len_utf8).sum();
    let after: usize = text[hit.end..].chars().take_while(|c| part(*c)).map(char::len_utf8).sum();
    hit.start - before..hit.end + after
}

/// What stands between two spaces around a hit, without the signs of a sentence at its ends.
fn token_at(text: &str, start: usize, end: usize) -> Range<usize> {
    let apart = |c: char| c.is_whitespace() || "<>(),;|“”\"".contains(c);
    let from =
        text[..start].rfind(apart).map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    let to = text[end..].find(apart).map_or(text.len(), |at| end + at);
    let trimmed = text[from..to].trim_end_matches(['.', ':', '!', '?', '’', '\'']);
    from..(from + trimmed.len()).max(end)
}

#[cfg(test)]
mod tests {
    use super::super::guard::{Guard, Place, Subject, Tie};
    use super::*;

    fn guard() -> Guard {
        let mut jamie = Subject::new(PersonId::new(1), "Jamie Hall", Tie::Other);
        jamie.handles = vec!["jam_hall09".into()];
        jamie.phones = vec!["07700 900123".into()];
        Guard::new(&[jamie], &[])
    }

    fn copy(text: &str) -> String {
        let hits = guard().read(Place::Body, text);
        without(text, &places(text, &hits, |_| vec!['H']), |_| "[P1]".into())
    }

    #[test]
    fn what_belongs_to_a_name_goes_with_it() {
        for (text, left) in [
            ("Jamie said so.", "[P1] said so."),
            ("Jamie’s phone", "[P1]’s phone"),
            ("Jamie H. said so.", "[P1] said so."),
            ("Then Jamie He left.", "Then [P1] He left."),
            ("write to jamie.hall@example.com today", "write to [P1] today"),
            ("(see https://tiktok.com/@jam_hall09?x=1)", "(see [P1])"),
            ("#JusticeForJamie now", "#[P1] now"),
            ("from @jam_hall09.", "from [P1]."),
            ("call +44 7700 900 123!", "call [P1]!"),
            ("nothing here", "nothing here"),
            ("Jamie Hall and Jamie", "[P1] and [P1]"),
        ] {
            assert_eq!(copy(text), left, "{text}");
        }
    }
}
