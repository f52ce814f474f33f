//! Names one letter away: one changed, left out or put in, or two changed about. An index of what is left of each name
//! when one letter is taken out, so that a word costs a few look-ups, however many names there are.

use std::collections::BTreeMap;

/// A name of fewer letters is too short to be told from others when it is misspelt.
const SHORTEST: usize = 4;

/// Names by what is left of them.
#[derive(Default)]
pub(super) struct Near {
    names: Vec<String>,
    left: BTreeMap<String, Vec<usize>>,
}

impl Near {
    pub(super) fn learn(&mut self, name: &str) {
        if name.chars().count() < SHORTEST
            || self.left.get(name).is_some_and(|at| at.iter().any(|at| self.names[*at] == name))
        {
            return;
        }
        let at = self.names.len();
        self.names.push(name.to_owned());
        for left in std::iter::once(name.to_owned()).chain(without_one(name)) {
            let names = self.left.entry(left).or_default();
            if names.last() != Some(&at) {
                names.push(at);
            }
        }
    }

    /// The names that are one letter away from a word.
    pub(super) fn of(&self, word: &str) -> Vec<&str> {
        if self.names.is_empty() || word.chars().count() + 1 < SHORTEST {
            return Vec::new();
        }
        let mut found: Vec<usize> = std::iter::once(word.to_owned())
            .chain(without_one(word))
            .filter_map(|left| self.left.get(&left))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
            .into_iter()
            .map(|at| self.names[at].as_str())
            .filter(|name| one_letter_apart(word, name))
            .collect()
    }
}

/// The word without each of its letters in turn.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    word.char_indices().map(|(at, c)| {
        let mut left = String::with_capacity(word.len());
        left.push_str(&word[..at]);
        left.push_str(&word[at + c.len_utf8()..]);
        left
    })
}

fn one_letter_apart(written: &str, name: &str) -> bool {
    let (written, name): (Vec<char>, Vec<char>) = (written.chars().collect(), name.chars().collect());
    if written.len().abs_diff(name.len()) > 1 || written == name {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_letter_makes_a_misspelling() {
        for (written, name, expected) in [
            ("priya", "priya", false),
            ("pryia", "priya", true),
            ("pria", "priya", true),
            ("priyaa", "priya", true),
            ("preya", "priya", true),
            ("prayer", "priya", false),
            ("kofy", "kofi", true),
            ("maria", "marko", false),
            ("riya", "priya", true),
            ("зоа", "зоя", false),
            ("leoo", "leo", false),
        ] {
            let mut near = Near::default();
            near.learn(name);
            assert_eq!(!near.of(written).is_empty(), expected, "{written}");
        }
    }

    proptest! {
        #[test]
        fn the_index_finds_what_comparing_finds(name in "[abc]{4,7}", word in "[abc]{3,8}") {
            let mut near = Near::default();
            near.learn(&name);
            prop_assert_eq!(!near.of(&word).is_empty(), one_letter_apart(&word, &name));
        }
    }
}
