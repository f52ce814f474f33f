//! Finds people in folded text: names whole and in parts, misspelt, and as initials.

use super::contacts::Contacts;
use super::fold::{self, Folded, joins};
use super::{Found, Kind, Subject};
use crate::domain::{Name, PersonId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Given names that are everyday words as well: only found where written with a capital.
const EVERYDAY: [&str; 36] = [
    "may", "will", "rose", "grace", "hope", "joy", "mark", "bill", "june", "april", "august", "summer",
    "autumn", "faith", "rich", "art", "dawn", "eve", "ivy", "lily", "daisy", "amber", "ruby", "pearl",
    "star", "sky", "rain", "sunny", "harry", "jack", "chase", "hunter", "king", "prince", "angel", "happy",
];
/// Given names that are months: not found beside a number.
const MONTHS: [&str; 4] = ["may", "april", "june", "august"];
/// What capitals mean more often than initials.
const ABBREVIATIONS: [&str; 22] = [
    "OK", "UK", "PE", "IT", "TV", "AM", "PM", "ID", "PC", "EU", "US", "GP", "RE", "CD", "NHS", "DSL", "PTA",
    "ICT", "SMS", "AI", "MP", "GU",
];
/// What stands before an adult's last name.
const TITLES: [&str; 9] = ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "revd", "sir"];
/// Parts of names that are not names by themselves.
const PARTICLES: [&str; 16] = [
    "bin", "ibn", "bint", "ben", "de", "da", "do", "dos", "del", "la", "van", "von", "der", "den", "al", "el",
];
/// A name of fewer letters is too short to be told from others when it is misspelt.
const SHORTEST_MISSPELT: usize = 5;
/// A name of so few letters is only found where written with a capital.
const SHORT: usize = 3;
/// How many words a part of a name may be written in: `O'Brien-Łukasiewicz` is three.
const MOST_PIECES: usize = 4;

/// One way in which a name may be found.
#[derive(Debug, Clone, Copy)]
struct Way {
    person: PersonId,
    kind: Kind,
}

/// All that is known of the people, ready to be compared.
pub(super) struct Known {
    /// Parts of names: key to whose.
    parts: BTreeMap<String, Vec<Way>>,
    /// Whole names: the keys of their words in order.
    wholes: Vec<(Vec<String>, PersonId)>,
    initials: BTreeMap<String, PersonId>,
    contacts: Contacts,
    /// Parts of the names of the letter's own child.
    own: BTreeSet<String>,
    own_wholes: Vec<Vec<String>>,
    allowed: Vec<Vec<String>>,
}

impl Known {
    pub(super) fn of(people: &[Subject<'_>], allowed: &[String]) -> Self {
        let mut known = Self {
            parts: BTreeMap::new(),
            wholes: Vec::new(),
            initials: BTreeMap::new(),
            contacts: Contacts::default(),
            own: BTreeSet::new(),
            own_wholes: Vec::new(),
            allowed: allowed.iter().flat_map(|name| adult(name)).collect(),
        };
        for subject in people.iter().filter(|subject| subject.about) {
            known.own.extend(parts_of(&subject.person.name).into_iter().map(|(key, _)| key));
            known.own.extend(nicknames(&subject.person.known_as));
            known.own.insert(initials_of(&subject.person.name));
            known.own_wholes.push(word_keys(subject.person.name.full()));
        }
        for subject in people.iter().filter(|subject| !subject.about) {
            known.learn(subject);
        }
        known
    }

    fn learn(&mut self, subject: &Subject<'_>) {
        let (person, id) = (subject.person, subject.person.id);
        let nicknames = nicknames(&person.known_as).into_iter().map(|key| (key, Kind::Nickname));
        for (key, kind) in parts_of(&person.name).into_iter().chain(nicknames) {
            if !self.own.contains(&key) {
                self.parts.entry(key).or_default().push(Way { person: id, kind });
            }
        }
        let whole = word_keys(person.name.full());
        if whole.len() > 1 && !self.own_wholes.contains(&whole) {
            // Written together, as in a file name.
            self.parts.entry(whole.concat()).or_default().push(Way { person: id, kind: Kind::FullName });
            self.wholes.push((whole, id));
        }
        let initials = initials_of(&person.name);
        if initials.chars().count() > 1 && !self.own.contains(&initials) {
            self.initials.insert(initials, id);
        }
        self.contacts.learn(person);
    }
}

/// The keys of a name's parts and what each is.
fn parts_of(name: &Name) -> Vec<(String, Kind)> {
    let words: Vec<&str> = name.full().split(' ').collect();
    let mut parts = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let kind = match i {
            0 => Kind::FirstName,
            _ if i + 1 == words.len() => Kind::LastName,
            _ => Kind::MiddleName,
        };
        let key = fold::key(word);
        if kind == Kind::MiddleName && (PARTICLES.contains(&key.as_str()) || key.chars().count() < 2) {
            continue;
        }
        // Half of a double name says as much as the whole.
        let halves: Vec<String> = word.split(['-', '‐', '‑']).map(fold::key).collect();
        if halves.len() > 1 {
            parts.extend(halves.into_iter().filter(|half| half.chars().count() > 2).map(|half| (half, kind)));
        }
        if !key.is_empty() {
            parts.push((key, kind));
        }
    }
    parts
}

fn nicknames(known_as: &str) -> Vec<String> {
    known_as.split_whitespace().map(fold::key).filter(|key| !key.is_empty()).collect()
}

fn word_keys(text: &str) -> Vec<String> {
    text.split_whitespace().map(fold::key).filter(|key| !key.is_empty()).collect()
}

/// An adult's name as it may stand: whole, without its title, and each title with the last name.
fn adult(name: &str) -> Vec<Vec<String>> {
    let mut whole = word_keys(name);
    let mut ways = vec![whole.clone()];
    if whole.first().is_some_and(|first| TITLES.contains(&first.as_str())) {
        if let Some(last) = whole.last().cloned().filter(|_| whole.len() > 1) {
            ways.extend(TITLES.iter().map(|title| vec![(*title).to_owned(), last.clone()]));
        }
        whole.remove(0);
        if whole.len() > 1 {
            ways.push(whole);
        }
    }
    ways.retain(|way| !way.is_empty());
    ways
}

/// The initials in capitals; nothing for a script without capitals.
fn initials_of(name: &Name) -> String {
    name.full()
        .split(' ')
        .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
        .filter(|c| c.is_uppercase())
        .collect()
}

/// All finds, with none inside another.
pub(super) fn find(text: &Folded, known: &Known) -> Vec<Found> {
    let passed = adults(text, known);
    let mut spans: Vec<(Range<usize>, PersonId, Kind)> = Vec::new();
    known.contacts.find(text, &mut spans);
    wholes(text, known, &mut spans);
    parts(text, known, &mut spans);
    initials(text, known, &mut spans);
    let mut kept: Vec<(Range<usize>, PersonId, Kind)> = Vec::new();
    for span in spans {
        let inside = |outer: &Range<usize>| outer.start <= span.0.start && span.0.end <= outer.end;
        if !passed.iter().any(inside) && !kept.iter().any(|(range, ..)| inside(range)) {
            kept.push(span);
        }
    }
    kept.into_iter()
        .map(|(range, person, kind)| Found { range: text.source(&range), person: Some(person), kind })
        .collect()
}

/// Whether words follow one another here with nothing but spaces and the like between them: the range they take.
fn sequence(text: &Folded, start: usize, keys: &[String]) -> Option<Range<usize>> {
    let from = text.words.get(start)?.start;
    let mut word = start;
    let mut end = from;
    for key in keys {
        if end > from && !text.letters[end..text.words.get(word)?.start].iter().all(|l| between(l.folded)) {
            return None;
        }
        let (pieces, range) =
            compounds(text, word).into_iter().find(|(_, range)| text.key(range.clone()) == *key)?;
        word += pieces;
        end = range.end;
    }
    Some(from..end)
}

/// What may stand between the words of one name.
fn between(c: char) -> bool {
    c.is_whitespace() || joins(c) || matches!(c, '.' | '_' | ',')
}

/// The word at this place, and with it those that an apostrophe or a hyphen joins to it: number of words, range.
fn compounds(text: &Folded, start: usize) -> Vec<(usize, Range<usize>)> {
    let Some(first) = text.words.get(start) else { return Vec::new() };
    let mut found = vec![(1, first.clone())];
    for pieces in 2..=MOST_PIECES {
        let (Some(before), Some(next)) =
            (text.words.get(start + pieces - 2), text.words.get(start + pieces - 1))
        else {
            break;
        };
        if next.start != before.end + 1 || !joins(text.letters[before.end].folded) {
            break;
        }
        found.push((pieces, first.start..next.end));
    }
    found
}

/// Where names of adults stand that are allowed.
fn adults(text: &Folded, known: &Known) -> Vec<Range<usize>> {
    (0..text.words.len())
        .flat_map(|start| known.allowed.iter().filter_map(move |keys| sequence(text, start, keys)))
        .collect()
}

fn wholes(text: &Folded, known: &Known, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
    for start in 0..text.words.len() {
        for (keys, person) in &known.wholes {
            let backwards: Vec<String> = keys.iter().rev().cloned().collect();
            let found = sequence(text, start, keys).or_else(|| sequence(text, start, &backwards));
            spans.extend(found.map(|range| (range, *person, Kind::FullName)));
        }
    }
}

fn parts(text: &Folded, known: &Known, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
    let mut near = Vec::new();
    for start in 0..text.words.len() {
        // The longest first: `O'Brien` before `Brien`.
        for (_, range) in compounds(text, start).into_iter().rev() {
            let key = text.key(range.clone());
            if let Some(ways) = known.parts.get(&key) {
                if meant_as_a_name(text, &range, &key) {
                    spans.extend(ways.iter().take(1).map(|way| (range.clone(), way.person, way.kind)));
                }
            } else if !known.own.contains(&key) && could_be_misspelt(text, &range, &key) {
                let close = known.parts.iter().find(|(name, _)| one_letter_apart(&key, name));
                near.extend(
                    close
                        .and_then(|(_, ways)| ways.first())
                        .map(|way| (range, way.person, Kind::Misspelling)),
                );
            }
        }
    }
    // After every exact find, so that `Kofi's` is Kofi and not a misspelling.
    spans.extend(near.into_iter().filter(|(range, ..)| {
        text.words.iter().filter(|word| range.start <= word.start && word.end <= range.end).count() == 1
    }));
}

/// A short name, or one that is an everyday word, is meant where it has a capital, and a month not beside a number.
fn meant_as_a_name(text: &Folded, range: &Range<usize>, key: &str) -> bool {
    if key.chars().count() > SHORT && !EVERYDAY.contains(&key) || !has_case(key) {
        return true;
    }
    if !text.letters[range.start].capital {
        return false;
    }
    !(MONTHS.contains(&key) && beside_a_number(text, range))
}

fn beside_a_number(text: &Folded, range: &Range<usize>) -> bool {
    let Some(at) = text.words.iter().position(|word| word.start == range.start) else { return false };
    let number = |word: Option<&Range<usize>>| {
        word.is_some_and(|word| {
            text.letters[word.clone()].iter().any(|letter| letter.folded.is_ascii_digit())
        })
    };
    number(at.checked_sub(1).and_then(|before| text.words.get(before))) || number(text.words.get(at + 1))
}

fn has_case(key: &str) -> bool {
    key.chars().any(char::is_lowercase)
}

fn could_be_misspelt(text: &Folded, range: &Range<usize>, key: &str) -> bool {
    key.chars().count() >= SHORTEST_MISSPELT - 1 && (text.letters[range.start].capital || !has_case(key))
}

/// One letter changed, left out, put in, or two changed about, in a name of five letters or more.
fn one_letter_apart(written: &str, name: &str) -> bool {
    let (written, name): (Vec<char>, Vec<char>) = (written.chars().collect(), name.chars().collect());
    if name.len() < SHORTEST_MISSPELT || written.len().abs_diff(name.len()) > 1 || written == name {
        return false;
    }
    let start = written.iter().zip(&name).take_while(|(one, other)| one == other).count();
    let (written, name) = (&written[start..], &name[start..]);
    let end = written.iter().rev().zip(name.iter().rev()).take_while(|(one, other)| one == other).count();
    match (&written[..written.len() - end], &name[..name.len() - end]) {
        ([_] | [], [_]) | ([_], []) => true,
        ([first, second], [third, fourth]) => first == fourth && second == third,
        _ => false,
    }
}

/// `K.O.`, `K. O.`, `K O` and `KO` by itself.
fn initials(text: &Folded, known: &Known, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
    for start in 0..text.words.len() {
        let word = &text.words[start];
        let mut written: String = capitals(text, word);
        if written.is_empty() {
            continue;
        }
        if word.len() > 1 {
            if !ABBREVIATIONS.contains(&written.as_str())
                && let Some(person) = known.initials.get(&written)
            {
                spans.push((word.clone(), *person, Kind::Initials));
            }
            continue;
        }
        let mut end = word.end;
        for next in &text.words[start + 1..] {
            let gap = &text.letters[end..next.start];
            let close = gap.len() <= 2 && gap.iter().all(|l| matches!(l.folded, '.' | ' ' | '-'));
            if next.len() != 1 || !close || capitals(text, next).is_empty() {
                break;
            }
            written.push_str(&capitals(text, next));
            end = next.end;
            if let Some(person) = known.initials.get(&written) {
                spans.push((word.start..end, *person, Kind::Initials));
            }
        }
    }
}

/// The word in capitals if it is written in capitals only; else nothing.
fn capitals(text: &Folded, word: &Range<usize>) -> String {
    let letters = &text.letters[word.clone()];
    if letters.iter().all(|letter| letter.capital) {
        letters.iter().flat_map(|letter| letter.folded.to_uppercase()).collect()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_makes_a_misspelling() {
        for (written, name, expected) in [
            ("priya", "priya", false),
            ("pryia", "priya", true),
            ("pria", "priya", true),
            ("priyaa", "priya", true),
            ("preya", "priya", true),
            ("prayer", "priya", false),
            ("kofy", "kofi", false),
            ("maria", "marko", false),
        ] {
            assert_eq!(one_letter_apart(written, name), expected, "{written}");
        }
    }
}
