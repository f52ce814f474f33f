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

/// One word of folded text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Its letters.
    pub(super) range: Range<usize>,
    /// They as one string.
    pub(super) key: String,
    /// How it looks to the eye, where letters of another script stand in for Latin ones.
    pub(super) looks: Option<String>,
}

/// Folded text.
pub(super) struct Folded {
    /// Its letters, including what is between words.
    pub(super) letters: Vec<Letter>,
    /// Its words.
    pub(super) words: Vec<Word>,
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

    /// The folded character at a place.
    pub(super) fn at(&self, letter: usize) -> Option<char> {
        self.letters.get(letter).map(|letter| letter.folded)
    }

    /// What stands between two neighbouring words.
    pub(super) fn gap(&self, word: usize) -> &[Letter] {
        let from = self.words.get(word).map_or(0, |word| word.range.end);
        let to = self.words.get(word + 1).map_or(self.letters.len(), |word| word.range.start);
        &self.letters[from..to]
    }

    /// Whether a word begins with a capital.
    pub(super) fn is_capital(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| self.letters[word.range.start].capital)
    }

    /// Whether a word is written in capitals only.
    pub(super) fn is_shouted(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| {
            let mut cased =
                self.letters[word.range.clone()].iter().filter(|l| !l.folded.is_numeric()).peekable();
            cased.peek().is_some() && cased.all(|letter| letter.capital)
        })
    }

    /// The key of a word, or nothing beyond the ends.
    pub(super) fn word(&self, word: usize) -> &str {
        self.words.get(word).map_or("", |word| word.key.as_str())
    }

    /// The folded characters of a range of letters that are part of words.
    pub(super) fn key(&self, letters: Range<usize>) -> String {
        self.letters[letters].iter().map(|letter| letter.folded).filter(|c| in_word(*c)).collect()
    }
}

/// Signs that show nothing: a name with one inside is the same name.
fn hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
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
    // Compatibility would make a space and an accent of it.
    if c == '´' {
        return push('\'');
    }
    if let Some(digit) = digit(c) {
        return push(digit);
    }
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
                'ə' => push('e'),
                'ŋ' => push('n'),
                'ی' => push('ي'),
                'ک' => push('ك'),
                lower if accents(lower) => {}
                lower => push(lower),
            }
        }
    }
}

/// A digit of another script as ours.
fn digit(c: char) -> Option<char> {
    let zero = match u32::from(c) {
        0x0660..=0x0669 => 0x0660,
        0x06F0..=0x06F9 => 0x06F0,
        0x0966..=0x096F => 0x0966,
        0x09E6..=0x09EF => 0x09E6,
        0x0A66..=0x0A6F => 0x0A66,
        0x0AE6..=0x0AEF => 0x0AE6,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

/// The Latin letter that a letter of another script looks like.
fn looks_like(letter: Letter) -> Option<char> {
    Some(match (letter.folded, letter.capital) {
        ('а' | 'α' | 'ɑ', _) => 'a',
        ('в' | 'β', _) => 'b',
        ('с' | 'ϲ', _) => 'c',
        ('ԁ', _) => 'd',
        ('е' | 'ε', _) => 'e',
        ('ɡ', _) => 'g',
        ('н' | 'һ', _) | ('η', true) => 'h',
        ('і' | 'ι', _) => 'i',
        ('ј', _) => 'j',
        ('к' | 'κ', _) => 'k',
        ('ӏ', _) => 'l',
        ('м' | 'μ', _) => 'm',
        ('η', false) | ('ν', true) | ('ո', _) => 'n',
        ('о' | 'ο' | 'օ', _) => 'o',
        ('р' | 'ρ', _) => 'p',
        ('ԛ', _) => 'q',
        ('г', false) => 'r',
        ('ѕ', _) => 's',
        ('т' | 'τ', _) => 't',
        ('υ', false) => 'u',
        ('ν' | 'ѵ', _) => 'v',
        ('ԝ', _) => 'w',
        ('х' | 'χ', _) => 'x',
        ('у' | 'γ' | 'υ', _) => 'y',
        ('ζ', _) => 'z',
        (c, _) if c.is_ascii_alphanumeric() => c,
        _ => return None,
    })
}

/// How a word looks, where at least one letter is not what it seems.
fn looks(letters: &[Letter]) -> Option<String> {
    if letters.iter().all(|letter| letter.folded.is_ascii()) {
        return None;
    }
    letters.iter().map(|letter| looks_like(*letter)).collect()
}

/// A text's letters and digits, folded.
pub(super) fn key(text: &str) -> String {
    let folded = Folded::of(text);
    folded.key(0..folded.letters.len())
}

fn words_of(letters: &[Letter]) -> Vec<Word> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for (i, letter) in letters.iter().enumerate() {
        if !in_word(letter.folded) {
            continue;
        }
        match ranges.last_mut() {
            Some(range) if range.end == i => range.end = i + 1,
            _ => ranges.push(i..i + 1),
        }
    }
    let word = |range: Range<usize>| {
        let of = &letters[range.clone()];
        Word { key: of.iter().map(|letter| letter.folded).collect(), looks: looks(of), range }
    };
    ranges.into_iter().map(word).collect()
}

/// Whether a character joins two halves of one name.
pub(super) fn joins(c: char) -> bool {
    is_apostrophe(c) || is_hyphen(c)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '‛' | 'ʹ')
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '‒' | '–' | '−')
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
            ("Ko\u{34f}fi", "Kofi"),
            ("٠١٢", "012"),
            ("𝐊𝐨𝐟𝐢", "Kofi"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        // In Devanagari the vowel signs are the name.
        assert_ne!(key("सीता"), key("सत"));
    }

    #[test]
    fn letters_of_another_script_look_like_ours() {
        for (written, looks) in
            [("Коfi", Some("kofi")), ("Κofi", Some("kofi")), ("Kofi", None), ("Женя", None)]
        {
            assert_eq!(Folded::of(written).words[0].looks.as_deref(), looks, "{written}");
        }
    }

    #[test]
    fn letters_know_where_they_came_from() {
        let source = "a **Zo**ë\\-x";
        let folded = Folded::of_markup(source);
        let word = &folded.words[1];
        assert_eq!(word.key, "zoe");
        assert_eq!(&source[folded.source(&word.range)], "Zo**ë");
    }
}
