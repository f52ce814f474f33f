//! Finds accounts and phone numbers in folded text.

use super::Kind;
use super::fold::{Folded, in_word};
use crate::domain::{Person, PersonId};
use std::ops::Range;

/// A phone number of fewer digits is found by chance.
const SHORTEST_PHONE: usize = 7;
/// An account name of fewer letters is found by chance.
const SHORTEST_HANDLE: usize = 3;

/// What is known of the people's accounts and phones.
#[derive(Default)]
pub(super) struct Contacts {
    handles: Vec<(Vec<char>, PersonId)>,
    phones: Vec<(String, PersonId)>,
}

impl Contacts {
    pub(super) fn learn(&mut self, person: &Person) {
        for handle in &person.handles {
            let handle = Folded::of(handle.trim().trim_start_matches('@'));
            if handle.letters.len() >= SHORTEST_HANDLE {
                self.handles.push((handle.letters.iter().map(|letter| letter.folded).collect(), person.id));
            }
        }
        let phones = person.phones.iter().map(|phone| national(phone));
        self.phones
            .extend(phones.filter(|phone| phone.len() >= SHORTEST_PHONE).map(|phone| (phone, person.id)));
    }

    pub(super) fn find(&self, text: &Folded, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
        self.handles(text, spans);
        self.phones(text, spans);
    }

    fn handles(&self, text: &Folded, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
        let letters = &text.letters;
        let part = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|l| in_word(l.folded) || l.folded == '_')
        };
        for (handle, person) in &self.handles {
            for start in 0..=letters.len().saturating_sub(handle.len()) {
                let end = start + handle.len();
                let alike = letters
                    .get(start..end)
                    .is_some_and(|w| w.iter().map(|l| l.folded).eq(handle.iter().copied()));
                if alike && !part(start.checked_sub(1)) && !part(Some(end)) {
                    let from = if start > 0 && letters[start - 1].folded == '@' { start - 1 } else { start };
                    spans.push((from..end, *person, Kind::Handle));
                }
            }
        }
    }

    fn phones(&self, text: &Folded, spans: &mut Vec<(Range<usize>, PersonId, Kind)>) {
        let letters = &text.letters;
        let mut start = 0;
        while start < letters.len() {
            if !letters[start].folded.is_ascii_digit() && letters[start].folded != '+' {
                start += 1;
                continue;
            }
            let mut end = start;
            while letters
                .get(end)
                .is_some_and(|l| l.folded.is_ascii_digit() || "+ ()-./\u{a0}".contains(l.folded))
            {
                end += 1;
            }
            let last =
                (start..end).rev().find(|at| letters[*at].folded.is_ascii_digit()).map_or(end, |at| at + 1);
            let digits = national(&letters[start..last].iter().map(|l| l.folded).collect::<String>());
            let whose = self.phones.iter().find(|(phone, _)| digits.contains(phone.as_str()));
            spans.extend(whose.map(|(_, person)| (start..last, *person, Kind::Phone)));
            start = end.max(start + 1);
        }
    }
}

/// A phone number's digits without the country's or the trunk prefix.
fn national(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let digits = digits.strip_prefix("44").filter(|rest| rest.len() >= 9).unwrap_or(digits);
    digits.strip_prefix('0').unwrap_or(digits).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_compare_without_their_prefixes() {
        for phone in ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700-900123"] {
            assert_eq!(national(phone), "7700900123", "{phone}");
        }
    }
}
