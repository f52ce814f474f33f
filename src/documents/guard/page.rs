//! A text with what is asked of its words again and again: where sentences and lines begin, what stands beside a word,
//! which words may be read as one. It knows no people.

use super::Place;
use super::fold::{Folded, Letter, in_word, is_apostrophe, is_hyphen, joins};
use std::ops::Range;

/// How many words a part of a name may be written in: `O'Brien-Łukasiewicz` is three.
const MOST_PIECES: usize = 4;
/// What stands before an adult's name.
const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev", "revd", "reverend", "sir"];

/// A word or a few, from the first to before the last, as a range of words.
pub(super) type Words = Range<usize>;

/// Words that may be read as one, with what joins them.
pub(super) struct Run {
    pub(super) words: Words,
    pub(super) range: Range<usize>,
    pub(super) key: String,
    pub(super) broken: Broken,
}

/// How the pieces of a run hold together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Broken {
    /// One word, or an apostrophe or a hyphen between its pieces.
    Not,
    /// A line break is between them.
    Line,
    /// A space or another sign is between them.
    Space,
}

/// A text with what is asked of its lines again and again.
pub(super) struct Page<'a> {
    pub(super) text: &'a Folded,
    pub(super) place: Place,
    /// From each word on, what may be read as one word.
    pub(super) runs: Vec<Vec<Run>>,
    /// The line of each word.
    lines: Vec<usize>,
    /// Of each line: where its words begin, and whether it is written as a title is.
    titles: Vec<bool>,
    /// How many words each line has.
    counts: Vec<usize>,
}

impl<'a> Page<'a> {
    pub(super) fn of(text: &'a Folded, place: Place) -> Self {
        let mut lines = Vec::with_capacity(text.words.len());
        let (mut line, mut at) = (0, 0);
        for word in &text.words {
            line += text.letters[at..word.range.start].iter().filter(|l| l.folded == '\n').count();
            at = word.range.end;
            lines.push(line);
        }
        let mut page = Self {
            text,
            place,
            titles: vec![false; line + 1],
            counts: vec![0; line + 1],
            lines,
            runs: Vec::new(),
        };
        let mut capitals = vec![(0_usize, 0_usize); line + 1];
        for (word, line) in page.lines.iter().enumerate() {
            page.counts[*line] += 1;
            let letters = &text.words[word].key;
            if letters.chars().count() > 3 && letters.starts_with(char::is_alphabetic) {
                capitals[*line].0 += usize::from(text.is_capital(word));
                capitals[*line].1 += 1;
            }
        }
        for (line, (capital, long)) in capitals.into_iter().enumerate() {
            page.titles[line] = long > 1 && capital * 5 >= long * 4 && page.counts[line] > 2;
        }
        page.runs = (0..text.words.len()).map(|word| page.runs_from(word)).collect();
        page
    }

    fn line(&self, word: usize) -> usize {
        self.lines.get(word).copied().unwrap_or_default()
    }

    /// Whether the word stands in a line where every word has a capital.
    pub(super) fn is_in_title(&self, word: usize) -> bool {
        self.titles.get(self.line(word)).copied().unwrap_or_default()
    }

    /// Whether the word and a neighbour are written in capitals, so that capitals say nothing.
    pub(super) fn is_shouting(&self, word: usize) -> bool {
        let loud = |at: usize| {
            // `6K` is a class, however loud the rest.
            let letters = self.text.word(at).chars().filter(|c| !c.is_numeric()).count();
            self.line(at) == self.line(word) && self.text.is_shouted(at) && letters > 1
        };
        self.text.is_shouted(word)
            && (word.checked_sub(1).is_some_and(loud) || (word + 1 < self.text.words.len() && loud(word + 1)))
    }

    /// The word before, in the same sentence.
    pub(super) fn before(&self, word: usize) -> &str {
        match word.checked_sub(1) {
            Some(before) if self.is_near(before) => self.text.word(before),
            _ => "",
        }
    }

    /// The word after, in the same sentence.
    pub(super) fn after(&self, word: usize) -> &str {
        if self.is_near(word) { self.text.word(word + 1) } else { "" }
    }

    /// Whether only spaces stand between a word and the next, or the point of a title.
    pub(super) fn is_near(&self, word: usize) -> bool {
        let gap = self.text.gap(word);
        word + 1 < self.text.words.len()
            && gap.iter().filter(|l| l.folded == '\n').count() < 2
            && gap.iter().all(|l| {
                l.folded.is_whitespace()
                    || matches!(l.folded, '*' | '_')
                    || (l.folded == '.' && is_title(self.text.word(word)))
            })
    }

    /// Whether an adult's title stands before a word.
    pub(super) fn is_titled(&self, word: usize) -> bool {
        // We miss Grace; Miss Grace.
        is_title(self.before(word)) && (self.text.is_capital(word - 1) || self.before(word).len() < 4)
    }

    /// Whether `’s` stands after a word, or an apostrophe after its last `s`.
    pub(super) fn possessive(&self, words: &Words) -> Option<usize> {
        let end = self.text.words.get(words.end.checked_sub(1)?)?.range.end;
        if !self.text.at(end).is_some_and(is_apostrophe) {
            return None;
        }
        if self.text.at(end + 1) == Some('s') && !self.text.at(end + 2).is_some_and(in_word) {
            return Some(end + 2);
        }
        let ends_in_s = self.text.at(end - 1) == Some('s');
        let closed =
            self.text.at(end + 1).is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'));
        // A closing quotation mark is no possessive: then one was opened before.
        let opened = words.start.checked_sub(1).map_or(0, |before| self.text.words[before].range.end);
        let quoted = self.text.letters[opened..self.text.words[words.start].range.start]
            .iter()
            .any(|l| is_apostrophe(l.folded));
        (ends_in_s && closed && !quoted).then_some(end + 1)
    }

    /// Whether a capital at this word says nothing, because a sentence, a line or an item begins here.
    pub(super) fn is_start(&self, word: usize) -> bool {
        let Some(range) = self.text.words.get(word).map(|word| word.range.clone()) else { return false };
        for at in (0..range.start).rev() {
            match self.text.letters[at].folded {
                '\n' => return self.begins_line(word),
                '.' => {
                    return !(word > 0
                        && (is_title(self.text.word(word - 1))
                            || matches!(self.text.word(word - 1), "st" | "no")));
                }
                '!' | '?' | ':' | ';' | '|' | '•' | '#' | '“' | '"' | '‘' | '(' | '[' | '–' | '—' | '>'
                | '·' => return true,
                ')' => return word > 0 && self.text.word(word - 1).chars().all(char::is_numeric),
                '-' => return at + 1 < range.start,
                c if c.is_whitespace() || matches!(c, '*' | '_') || is_apostrophe(c) => {}
                _ => return false,
            }
        }
        true
    }

    /// Whether a new sentence begins with this line: the line before is empty, short, or ended.
    fn begins_line(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1) else { return true };
        let gap = self.text.gap(before);
        let broken = gap.iter().filter(|l| l.folded == '\n').count() > 1;
        let ended = gap.iter().any(|l| matches!(l.folded, '.' | '!' | '?' | ':' | ';' | ',' | '|'));
        let line = self.line(before);
        let first = self.lines.partition_point(|l| *l < line);
        let length = self.text.words[before].range.end - self.text.words[first].range.start;
        broken || ended || length < 45 || gap.iter().any(|l| matches!(l.folded, '-' | '•' | '#'))
    }
    /// Whether nothing else stands in its line or its cell of a table.
    pub(super) fn is_alone(&self, words: &Words) -> bool {
        let edge = |gap: &[Letter]| gap.iter().any(|l| matches!(l.folded, '\n' | '|'));
        let number = |at: usize| self.text.word(at).chars().all(char::is_numeric);
        let before = match words.start.checked_sub(1) {
            None => true,
            Some(at) if number(at) => at.checked_sub(1).is_none_or(|at| edge(self.text.gap(at))),
            Some(at) => edge(self.text.gap(at)),
        };
        before && (words.end == self.text.words.len() || edge(self.text.gap(words.end - 1)))
    }

    /// A range with the `’s` after it.
    pub(super) fn with_possessive(&self, range: Range<usize>) -> Range<usize> {
        let s = self.text.at(range.end).is_some_and(is_apostrophe)
            && self.text.at(range.end + 1) == Some('s')
            && !self.text.at(range.end + 2).is_some_and(in_word);
        range.start..if s { range.end + 2 } else { range.end }
    }

    /// The words from this one on that may be read as one word.
    fn runs_from(&self, start: usize) -> Vec<Run> {
        let text = self.text;
        let Some(first) = text.words.get(start) else { return Vec::new() };
        let mut key = first.key.clone();
        let mut broken = Broken::Not;
        let mut runs =
            vec![Run { words: start..start + 1, range: first.range.clone(), key: key.clone(), broken }];
        for last in start + 1..start + MOST_PIECES {
            let (Some(next), gap) = (text.words.get(last), text.gap(last - 1)) else { break };
            let visible: Vec<char> =
                gap.iter().map(|l| l.folded).filter(|c| !c.is_whitespace() && *c != '*').collect();
            let line = gap.iter().any(|l| l.folded == '\n');
            let this = match visible.as_slice() {
                [c] if joins(*c) && (gap.len() == 1 || (line && is_hyphen(*c))) => Broken::Not,
                [] if line && gap.iter().filter(|l| l.folded == '\n').count() == 1 => Broken::Line,
                [] if gap.len() == 1 => Broken::Space,
                [c] if gap.len() == 1 && matches!(c, '.' | '_' | '/' | '·' | '|') => Broken::Space,
                _ => break,
            };
            if this != Broken::Not && last > start + 1 {
                break;
            }
            broken = broken.max(this);
            key.push_str(&next.key);
            runs.push(Run {
                words: start..last + 1,
                range: first.range.start..next.range.end,
                key: key.clone(),
                broken,
            });
        }
        runs
    }
}

pub(super) fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

pub(super) fn titles() -> impl Iterator<Item = &'static str> {
    TITLES.into_iter()
}

/// The letters of some words, from the first to the last.
pub(super) fn range_of(text: &Folded, words: &Words) -> Range<usize> {
    text.words[words.start].range.start..text.words[words.end - 1].range.end
}
