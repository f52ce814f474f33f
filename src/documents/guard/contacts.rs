//! Finds accounts and phone numbers in folded text.

use super::fold::{Folded, in_word};
use super::span::Span;
use super::{Kind, Place, Subject, english};
use crate::domain::PersonId;
use std::ops::Range;

/// A phone number of fewer digits is found by chance.
const SHORTEST_PHONE: usize = 7;
/// So many last digits of a number give it away by themselves.
const TELLING_DIGITS: usize = 6;
/// An account name of fewer letters is found by chance, unless `@` stands before it.
const SHORTEST_HANDLE: usize = 3;
/// What says that last digits follow.
const ENDING: [&str; 9] = ["ending", "ends", "end", "digits", "in", "finishing", "finishes", "last", "with"];
/// What says that an account follows, or that the word before was one.
const ACCOUNT: [&str; 15] = [
    "account",
    "accounts",
    "handle",
    "username",
    "user",
    "profile",
    "called",
    "named",
    "snapchat",
    "snap",
    "instagram",
    "insta",
    "tiktok",
    "from",
    "by",
];

/// An account as it is compared.
struct Handle {
    /// Its letters, folded, signs and all.
    written: Vec<char>,
    /// Only its letters and digits.
    bare: Vec<char>,
    /// An English word, which is only an account where something says so.
    word: bool,
    person: PersonId,
}

/// What is known of the people's accounts and phones.
#[derive(Default)]
pub(super) struct Contacts {
    handles: Vec<Handle>,
    phones: Vec<(String, PersonId)>,
    own_handles: Vec<Vec<char>>,
    own_phones: Vec<String>,
}

impl Contacts {
    pub(super) fn learn(&mut self, person: &Subject) {
        for written in person.handles.iter().filter_map(|handle| account(handle)) {
            if self.own_handles.contains(&written) {
                continue;
            }
            let bare: Vec<char> = written.iter().copied().filter(|c| in_word(*c)).collect();
            let plain: String = written.iter().collect();
            let word = bare.len() < SHORTEST_HANDLE || english::is_word(&plain);
            self.handles.push(Handle { written, bare, word, person: person.id });
        }
        for phone in person.phones.iter().map(|phone| national(phone)) {
            if phone.len() >= SHORTEST_PHONE && !self.own_phones.contains(&phone) {
                self.phones.push((phone, person.id));
            }
        }
    }

    /// What is the reading home's own, or the school's, may stand.
    pub(super) fn learn_own(&mut self, person: &Subject) {
        self.own_handles.extend(person.handles.iter().filter_map(|handle| account(handle)));
        self.own_phones.extend(person.phones.iter().map(|phone| national(phone)));
    }

    pub(super) fn find(&self, text: &Folded, place: Place, spans: &mut Vec<Span>) {
        let bare: Vec<usize> =
            (0..text.letters.len()).filter(|at| in_word(text.letters[*at].folded)).collect();
        for handle in &self.handles {
            find_handle(text, &bare, place, handle, spans);
        }
        self.phones(text, spans);
    }

    fn phones(&self, text: &Folded, spans: &mut Vec<Span>) {
        let mut at = 0;
        while at < text.letters.len() && !self.phones.is_empty() {
            if !text.letters[at].folded.is_ascii_digit() {
                at += 1;
                continue;
            }
            let digits = run_of_digits(text, at);
            self.whole_number(text, &digits, spans);
            self.last_digits(text, &digits, spans);
            at = digits.last().map_or(at, |last| last.0) + 1;
        }
    }

    /// A whole number somewhere in a run of digits.
    fn whole_number(&self, text: &Folded, digits: &[(usize, char)], spans: &mut Vec<Span>) {
        let run: String = digits.iter().map(|(_, digit)| *digit).collect();
        for (phone, person) in &self.phones {
            for (found, _) in run.match_indices(phone.as_str()) {
                // With the prefix before it.
                let before = &run[..found];
                let prefix =
                    ["00440", "0044", "440", "44", "0"].iter().find(|prefix| before.ends_with(**prefix));
                let mut from = digits[found - prefix.map_or(0, |prefix| prefix.len())].0;
                let to = digits[found + phone.len() - 1].0 + 1;
                while from > 0 && matches!(text.letters[from - 1].folded, '+' | '(') {
                    from -= 1;
                }
                spans.push(Span::of(from..to, *person, Kind::Phone));
            }
        }
    }

    /// `the number ending 123`, and six or more last digits by themselves.
    fn last_digits(&self, text: &Folded, digits: &[(usize, char)], spans: &mut Vec<Span>) {
        // What is written together, or all to the end of the run; a date may stand before.
        let starts = (0..digits.len()).filter(|at| *at == 0 || digits[at - 1].0 + 1 < digits[*at].0);
        let groups = starts.flat_map(|start| {
            let together =
                digits[start..].windows(2).take_while(|pair| pair[1].0 == pair[0].0 + 1).count() + 1;
            [start..start + together, start..digits.len()]
        });
        for group in groups {
            let size = group.len();
            let run: String = digits[group.clone()].iter().map(|(_, digit)| *digit).collect();
            let (from, to) = (digits[group.start].0, digits[group.end - 1].0 + 1);
            let telling = size >= TELLING_DIGITS || (size >= 3 && is_ending(text, from));
            if !telling {
                continue;
            }
            for (_, person) in
                self.phones.iter().filter(|(phone, _)| phone.len() > size && phone.ends_with(&run))
            {
                if !self.own_phones.iter().any(|own| own.ends_with(&run)) {
                    spans.push(Span::of(from..to, *person, Kind::Phone));
                }
            }
        }
    }
}

/// One account in the text. `bare` are the places of the letters and digits.
fn find_handle(text: &Folded, bare: &[usize], place: Place, handle: &Handle, spans: &mut Vec<Span>) {
    let letter = |at: usize| text.letters[at].folded;
    let size = handle.bare.len();
    if size == 0 {
        return;
    }
    // It begins where a word begins.
    for word in &text.words {
        if letter(word.range.start) != handle.bare[0] {
            continue;
        }
        let start = bare.partition_point(|at| *at < word.range.start);
        let Some(places) = bare.get(start..start + size) else { continue };
        if !places.iter().zip(&handle.bare).all(|(at, c)| letter(*at) == *c) {
            continue;
        }
        let (from, to) = (places[0], places[size - 1] + 1);
        if text.at(to).is_some_and(in_word) {
            continue;
        }
        let between: Vec<char> = (from..to).map(letter).filter(|c| !in_word(*c)).collect();
        let exact = (from..to).map(letter).eq(handle.written.iter().copied());
        let signs = |c: &char| matches!(c, '.' | '_' | '-' | '\u{ad}');
        let has_digit = handle.bare.iter().any(char::is_ascii_digit);
        // `kofi o 99` is the account; `the boss` is not `the_boss`.
        let alike = between.iter().all(signs) || (has_digit && between.iter().all(|c| signs(c) || *c == ' '));
        if !exact && !alike {
            continue;
        }
        let at_sign = from > 0 && letter(from - 1) == '@';
        if handle.word && !at_sign && !said_to_be_one(text, place, &(from..to)) {
            continue;
        }
        let from = if at_sign { from - 1 } else { from };
        spans.push(Span::of(from..to, handle.person, Kind::Handle));
    }
}

/// Digits with no more than the signs of a phone number between them.
fn run_of_digits(text: &Folded, start: usize) -> Vec<(usize, char)> {
    let mut digits: Vec<(usize, char)> = Vec::new();
    let mut gap = 0;
    for at in start..text.letters.len() {
        let c = text.letters[at].folded;
        // `O77OO`: a letter for the digit that it looks like.
        let digit = match c {
            'o' if !digits.is_empty() && gap == 0 => Some('0'),
            c if c.is_ascii_digit() => Some(c),
            _ => None,
        };
        match digit {
            Some(digit) => {
                digits.push((at, digit));
                gap = 0;
            }
            None if gap < 4
                && (c.is_whitespace()
                    || matches!(
                        c,
                        '(' | ')' | '-' | '‐' | '‑' | '–' | '.' | '/' | '_' | '·' | ',' | '*' | '+'
                    )) =>
            {
                gap += 1;
            }
            None => break,
        }
    }
    digits
}

fn is_ending(text: &Folded, at: usize) -> bool {
    let word = text.words.partition_point(|word| word.range.end <= at);
    let before = |back: usize| word.checked_sub(back).map_or("", |word| text.word(word));
    let dotted = at > 0 && matches!(text.letters[at - 1].folded, '*' | '…' | '#')
        || at > 2 && text.letters[at - 3..at].iter().all(|l| matches!(l.folded, '.' | 'x'));
    let said =
        |word: &str| matches!(word, "ending" | "ends" | "digits" | "finishing" | "finishes" | "finish");
    dotted
        || said(before(1))
        || (ENDING.contains(&before(1)) && (1..5).any(|back| said(before(back)) || before(back) == "number"))
}

/// Whether something says that a word is an account: an address, quotation marks, `account` beside it.
fn said_to_be_one(text: &Folded, place: Place, range: &Range<usize>) -> bool {
    let sign = |at: Option<usize>| {
        at.and_then(|at| text.at(at)).is_some_and(|c| matches!(c, '/' | '“' | '"' | '‘' | '=' | '\''))
    };
    let word = text.words.partition_point(|word| word.range.end <= range.start);
    let beside = [word.checked_sub(1), Some(word + 1)]
        .into_iter()
        .flatten()
        .any(|at| ACCOUNT[..13].contains(&text.word(at)));
    sign(range.start.checked_sub(1)) || beside || place == Place::FileName && range.len() > 4
}

/// An account without what stands around it: `@`, an address on the web, the number of Discord.
fn account(handle: &str) -> Option<Vec<char>> {
    let handle = handle.trim().trim_end_matches('/');
    let handle = if handle.contains("://") || handle.starts_with("www.") {
        handle
            .split(['?', '#'])
            .next()
            .and_then(|path| path.trim_end_matches('/').rsplit('/').next())
            .unwrap_or(handle)
    } else {
        handle
    };
    let folded = Folded::of(handle.trim_start_matches('@'));
    let mut letters: Vec<char> = folded.letters.iter().map(|letter| letter.folded).collect();
    if let Some(hash) = letters.iter().position(|c| *c == '#').filter(|at| *at > 2) {
        letters.truncate(hash);
    }
    letters.iter().any(|c| in_word(*c)).then_some(letters)
}

/// A phone number's digits without the country's or the trunk prefix.
fn national(phone: &str) -> String {
    let digits: String =
        Folded::of(phone).letters.iter().map(|l| l.folded).filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let digits = digits.strip_prefix("44").filter(|rest| rest.len() >= 9).unwrap_or(digits);
    digits.strip_prefix('0').unwrap_or(digits).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_compare_without_their_prefixes() {
        for phone in
            ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700-900123", "٠٧٧٠٠٩٠٠١٢٣"]
        {
            assert_eq!(national(phone), "7700900123", "{phone}");
        }
    }

    #[test]
    fn accounts_compare_without_what_stands_around_them() {
        for handle in ["@Kofi.O", "kofi.o", "https://tiktok.com/@kofi.o/", "Kofi.o#1234"] {
            assert_eq!(
                account(handle).map(|letters| letters.iter().collect::<String>()),
                Some("kofi.o".into()),
                "{handle}"
            );
        }
        assert_eq!(account(" @ "), None);
    }
}
