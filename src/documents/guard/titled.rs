//! Finds adults by their title alone, `Mrs Osei`, whoever they are: in a copy of a record it is looked at whether they
//! work with children or are somebody else.

use super::page::is_title;
use super::{Folded, Guard, Hit, Kind, Place};

/// The most words of a name after a title.
const LONGEST: usize = 3;

impl Guard {
    /// Every title with the name after it.
    pub fn titled(&self, place: Place, words: &str) -> Vec<Hit> {
        let text = if place == Place::Body { Folded::of_markup(words) } else { Folded::of(words) };
        let mut hits = Vec::new();
        for at in 0..text.words.len() {
            if !is_title(text.word(at)) || !text.is_capital(at) {
                continue;
            }
            let near = |word: usize| {
                text.gap(word).iter().all(|l| matches!(l.folded, ' ' | '.' | '-' | '’' | '\''))
                    && text.gap(word).len() < 3
            };
            let sentence = |word: usize| word > at && text.gap(word).iter().any(|l| l.folded == '.');
            let mut last = at;
            while last + 1 < text.words.len()
                && last < at + LONGEST
                && text.is_capital(last + 1)
                && near(last)
                && !sentence(last)
            {
                last += 1;
            }
            if last == at {
                continue;
            }
            let range = text.source(&(text.words[at].range.start..text.words[last].range.end));
            hits.push(Hit {
                place,
                line: 1 + words[..range.start].matches('\n').count(),
                excerpt: words[range.clone()].to_owned(),
                range,
                person: None,
                kind: Kind::FullName,
            });
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_and_its_name() {
        let guard = Guard::new(&[], &[]);
        for (text, found) in [
            ("Mrs Osei rang.", vec!["Mrs Osei"]),
            ("We met Mr. Paul Whitmore at school. He left", vec!["Mr. Paul Whitmore"]),
            ("She asked Dr Ní Dhonnchadha.", vec!["Dr Ní Dhonnchadha"]),
            ("We miss Grace. Mr Brown and Ms Green", vec!["Mr Brown", "Ms Green"]),
            ("No miss here", vec![]),
        ] {
            let words: Vec<String> = guard.titled(Place::Body, text).into_iter().map(|h| h.excerpt).collect();
            assert_eq!(words, found, "{text}");
        }
    }
}
