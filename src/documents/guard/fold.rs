//! Text as the guard compares it: without markup, case and accents, each letter knowing where it came from.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One letter of folded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// The folded letter.
    pub(super) folded: char,
    /// Whether it was written as a capital.
    pub(super) capital: bool,
    /// Where it stands in the source.
    pub(super) at: usize,
    /// Where it ends in the source.
    pub(super) end: usize,
}

/// Folded text.
pub(super) struct Folded {
    /// Its letters, including what is between words.
    pub(super) letters: Vec<Letter>,
    /// Its words as ranges of letters.
    pub(super) words: Vec<Range<usize>>,
}

impl Folded {
    /// Folds plain text.
    pub(super) fn of(text: &str) -> Self {
        Self::from_chars(text.char_indices().map(|(at, c)| (at, at + c.len_utf8(), c)))
    }

    /// Folds a body, reading through its markup: a name does not hide behind a bold half or a backslash.
    pub(super) fn of_markup(text: &str) -> Self {
        let mut kept = Vec::with_capacity(text.len());
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => {
                    if let Some((next, escaped)) = chars.next() {
                        kept.push((next, next + escaped.len_utf8(), escaped));
                    }
                }
                '*' if chars.peek().is_some_and(|(_, next)| *next == '*') => {
                    chars.next();
                }
                c => kept.push((at, at + c.len_utf8(), c)),
            }
        }
        Self::from_chars(kept.into_iter())
    }

    fn from_chars(chars: impl Iterator<Item = (usize, usize, char)>) -> Self {
        let mut letters: Vec<Letter> = Vec::new();
        for (at, end, c) in chars {
            if hidden(c) {
                continue;
            }
            let before = letters.len();
            fold_into(c, |folded| letters.push(Letter { folded, capital: c.is_uppercase(), at, end }));
            // A combining mark belongs to the letter before it.
            if letters.len() == before
                && let Some(last) = letters.last_mut()
            {
                last.end = end;
            }
        }
        let words = words_of(&letters);
        Self { letters, words }
    }

    /// The source range of a range of letters.
    pub(super) fn source(&self, letters: &Range<usize>) -> Range<usize> {
        let start = self.letters.get(letters.start).map_or(0, |letter| letter.at);
        let end = self.letters[..letters.end].last().map_or(start, |letter| letter.end);
        start..end
    }

    /// The folded characters of a range of letters that are part of words.
    pub(super) fn key(&self, letters: Range<usize>) -> String {
        self.letters[letters].iter().map(|letter| letter.folded).filter(|c| in_word(*c)).collect()
    }
}

/// Signs that show nothing: a name with one inside is the same name.
fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Whether a folded character is part of a word. Vowel signs of Indic scripts are marks, and part of their words.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a mark only accents a letter, as in Latin, Greek, Cyrillic, Hebrew and Arabic.
fn accents(c: char) -> bool {
    matches!(u32::from(c), 0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05C7 | 0x0610..=0x061A | 0x064B..=0x065F
        | 0x0670 | 0x06D6..=0x06ED | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE20..=0xFE2F)
}

fn fold_into(c: char, mut push: impl FnMut(char)) {
    for part in c.nfkd().filter(|part| !accents(*part)) {
        for lower in part.to_lowercase() {
            match lower {
                'ł' => push('l'),
                'ø' => push('o'),
                'đ' | 'ð' => push('d'),
                'ħ' => push('h'),
                'ı' => push('i'),
                'ß' => ['s', 's'].into_iter().for_each(&mut push),
                'æ' => ['a', 'e'].into_iter().for_each(&mut push),
                'œ' => ['o', 'e'].into_iter().for_each(&mut push),
                'þ' => ['t', 'h'].into_iter().for_each(&mut push),
                lower if accents(lower) => {}
                lower => push(lower),
            }
        }
    }
}

/// A text's letters and digits, folded.
pub(super) fn key(text: &str) -> String {
    let folded = Folded::of(text);
    folded.key(0..folded.letters.len())
}

fn words_of(letters: &[Letter]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (i, letter) in letters.iter().enumerate() {
        if !in_word(letter.folded) {
            continue;
        }
        match words.last_mut() {
            Some(word) if word.end == i => word.end = i + 1,
            _ => words.push(i..i + 1),
        }
    }
    words
}

/// Whether a character joins two halves of one name.
pub(super) fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '-' | '‐' | '‑' | '–')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_however_written() {
        for (one, other) in [
            ("Zoë", "ZOE"),
            ("Łukasiewicz", "lukasiewicz"),
            ("O’Brien", "O'Brien"),
            ("José", "Jose\u{301}"),
            ("Nguyễn", "nguyen"),
            ("مُحَمَّد", "محمد"),
            ("Ko\u{200b}fi", "Kofi"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        // In Devanagari the vowel signs are the name.
        assert_ne!(key("सीता"), key("सत"));
    }

    #[test]
    fn letters_know_where_they_came_from() {
        let source = "a **Zo**ë\\-x";
        let folded = Folded::of_markup(source);
        let word = folded.words[1].clone();
        assert_eq!(folded.key(word.clone()), "zoe");
        assert_eq!(&source[folded.source(&word)], "Zo**ë");
    }
}
