//! Names that hide: inside a longer word, letter by letter, with endings of their script, in scripts without spaces.

use super::Place;
use super::english;
use super::known::{Known, Way};
use super::page::{Page, range_of};
use super::sense::Part;
use super::span::{Span, kind_of};

/// A name inside a longer word is only seen if it has so many letters.
const SHORTEST_INSIDE: usize = 4;
/// The longest word that is searched for names inside.
const LONGEST_SEARCHED: usize = 60;
/// What is run together with a name.
const BELONGS: [&str; 16] = [
    "mum", "mom", "dad", "mother", "father", "phone", "account", "brother", "sister", "friend", "mate",
    "house", "tablet", "ipad", "nan", "and",
];

/// Scripts that put endings and small words onto a name: Devanagari and its kin, Arabic, Hebrew.
pub(super) fn affixed(page: &Page<'_>, known: &Known, word: usize, spans: &mut Vec<Span>) {
    let key: Vec<char> = page.text.word(word).chars().collect();
    let script = key.first().map_or(0, |c| u32::from(*c));
    let (heads, tails) = match script {
        0x0590..=0x06FF => (3.min(key.len()), 2),
        0x0900..=0x0DFF => (0, 6),
        _ => return,
    };
    for head in 0..=heads {
        for tail in 0..=tails.min(key.len() - head) {
            let name: String = key[head..key.len() - tail].iter().collect();
            if head + tail == 0 || name.chars().count() < 3 {
                continue;
            }
            if let Some(ways) = known.parts.get(&name) {
                let start = page.text.words[word].range.start;
                let range = start + head..start + key.len() - tail;
                spans.extend(ways.iter().map(|way| Span::of(range.clone(), way.person, kind_of(way.part))));
                return;
            }
        }
    }
}

/// Scripts without spaces: the name anywhere.
pub(super) fn unspaced(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    let letters = &page.text.letters;
    for (name, way) in &known.unspaced {
        let here = |at: &usize| {
            letters[*at..].len() >= name.len() && letters[*at..].iter().zip(name).all(|(l, c)| l.folded == *c)
        };
        for at in (0..letters.len()).filter(here) {
            spans.push(Span::of(at..at + name.len(), way.person, kind_of(way.part)));
        }
    }
}

/// Names inside a longer word: `JusticeForJamie`, `jamie2015`, `jamiesmum`.
pub(super) fn inside(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    for (at, word) in page.text.words.iter().enumerate() {
        let size = word.range.len();
        if size <= SHORTEST_INSIDE
            || size > LONGEST_SEARCHED
            || known.parts.contains_key(&word.key)
            || known.own.contains(&word.key)
            || english::is_word(&word.key)
        {
            continue;
        }
        let before = word.range.start.checked_sub(1).and_then(|at| page.text.at(at));
        let dense = page.place == Place::FileName
            || before.is_some_and(|c| matches!(c, '#' | '@' | '/' | '_' | '=' | '.'));
        let letters = &page.text.letters[word.range.clone()];
        let turns = |i: usize| {
            i == 0
                || i == size
                || (letters[i].capital && !letters[i - 1].capital)
                || letters[i].folded.is_ascii_digit() != letters[i - 1].folded.is_ascii_digit()
        };
        for start in 0..size - 2 {
            for end in (start + 3..=size).rev() {
                if end - start == size {
                    continue;
                }
                let seams = usize::from(turns(start)) + usize::from(turns(end));
                let long = end - start > SHORTEST_INSIDE;
                let clear = seams == 2 || (long && (dense || (seams == 1 && start == 0)));
                if !clear {
                    continue;
                }
                let name: String = letters[start..end].iter().map(|l| l.folded).collect();
                let ways = known.parts.get(&name).filter(|_| {
                    !english::is_word(&name)
                        || (seams == 2 && (letters[start].capital || !english::is_function(&name)))
                });
                let offset = page.text.words[at].range.start;
                let short = |way: &&Way| way.part != Part::Short || seams == 2;
                let rest: String = letters[end..].iter().map(|l| l.folded).collect();
                // `Jamieson` is another name; `jamiesmum` is not.
                let tail = seams == 2
                    || dense
                    || BELONGS.iter().any(|belongs| rest.trim_start_matches('s').starts_with(belongs));
                if let Some(ways) = ways.filter(|_| tail) {
                    spans.extend(
                        ways.iter()
                            .filter(short)
                            .map(|way| Span::of(offset + start..offset + end, way.person, kind_of(way.part))),
                    );
                }
            }
        }
    }
}

/// `J a m i e`, `J-a-m-i-e`.
pub(super) fn spelt_out(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    let text = page.text;
    let single = |word: usize| text.words.get(word).is_some_and(|word| word.range.len() == 1);
    let mut start = 0;
    while start < text.words.len() {
        let mut end = start;
        while single(end) && (end == start || text.gap(end - 1).len() <= 2) {
            end += 1;
        }
        for from in start..end {
            for to in (from + 3..=end).rev() {
                let key: String = (from..to).map(|word| text.word(word)).collect();
                if let Some(ways) = known.parts.get(&key) {
                    let range = range_of(text, &(from..to));
                    spans.extend(
                        ways.iter().map(|way| Span::of(range.clone(), way.person, kind_of(way.part))),
                    );
                }
            }
        }
        start = end.max(start + 1);
    }
}
