//! Finds initials: `K.O.`, `K. O.`, `K O`, `KO`, `k.o.`; and tells them from what capitals mean otherwise.

use super::known::Known;
use super::page::Page;
use super::span::Span;
use super::{Kind, Place, english, fold};
use std::ops::Range;

/// What capitals mean more often than initials.
const ABBREVIATIONS: [&str; 44] = [
    "ai", "am", "bbc", "bsl", "cd", "ceop", "dfe", "dpa", "dpo", "dsl", "dt", "eal", "eu", "eg", "gdpr",
    "gp", "gu", "hq", "ict", "id", "ie", "ii", "iii", "it", "iv", "lado", "ma", "marf", "mp", "nb", "nhs",
    "no", "ok", "pc", "pdf", "pe", "pm", "ps", "pta", "qr", "re", "sms", "tv", "uk",
];
/// What stands before a person and not before a thing.
const BEFORE_A_PERSON: [&str; 10] =
    ["by", "pupil", "child", "boy", "girl", "named", "called", "friend", "told", "met"];

pub(super) fn find(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    if known.initials.is_empty() {
        return;
    }
    for word in 0..page.text.words.len() {
        let size = page.text.words[word].range.len();
        if (2..=5).contains(&size) {
            together(page, known, word, spans);
        } else if size == 1 {
            apart(page, known, word, spans);
        }
    }
}

fn report(page: &Page<'_>, known: &Known, letters: &str, range: Range<usize>, spans: &mut Vec<Span>) {
    let people = known.initials.get(letters).into_iter().flatten();
    spans.extend(people.map(|person| Span::of(page.with_possessive(range.clone()), *person, Kind::Initials)));
}

/// `KO`, `JvdB`.
fn together(page: &Page<'_>, known: &Known, word: usize, spans: &mut Vec<Span>) {
    let text = page.text;
    let key = text.word(word);
    if !known.initials.contains_key(key) {
        return;
    }
    let letters = &text.letters[text.words[word].range.clone()];
    let capital = letters.iter().filter(|letter| letter.capital).count();
    let ends = letters.first().is_some_and(|l| l.capital) && letters.last().is_some_and(|l| l.capital);
    let small = known.small_initials.contains(key) && letters[0].capital && !english::is_word(key);
    let written = capital == letters.len() || (ends && capital > 1) || small;
    if page.place == Place::FileName {
        if written || !(english::is_word(key) || ABBREVIATIONS.contains(&key)) {
            report(page, known, key, text.words[word].range.clone(), spans);
        }
        return;
    }
    if !written || page.is_shouting(word) || is_clause(page, word) {
        return;
    }
    let doubtful = ABBREVIATIONS.contains(&key) || english::is_function(key);
    if !doubtful || is_person(page, word, word) {
        report(page, known, key, text.words[word].range.clone(), spans);
    }
}

/// `CB-6` is a clause of the policy.
fn is_clause(page: &Page<'_>, word: usize) -> bool {
    let gap = page.text.gap(word);
    let next = page.text.word(word + 1);
    gap.len() == 1
        && (fold::is_hyphen(gap[0].folded) || gap[0].folded == ' ')
        && next.len() <= 2
        && !next.is_empty()
        && next.chars().all(char::is_numeric)
}

/// Whether what stands beside the word says that it is somebody.
fn is_person(page: &Page<'_>, first: usize, last: usize) -> bool {
    let before = page.before(first);
    let number = before.chars().next().is_some_and(char::is_numeric);
    let next = page.after(last);
    !number
        && !matches!(before, "the" | "in" | "our")
        && (page.possessive(&(last..last + 1)).is_some()
            || (english::is_doing(next) && !matches!(next, "and" | "only" | "is"))
            || BEFORE_A_PERSON.contains(&before))
}

/// Letters one by one, from this word on.
fn apart(page: &Page<'_>, known: &Known, word: usize, spans: &mut Vec<Span>) {
    let text = page.text;
    let letter = |at: usize| {
        text.words.get(at).is_some_and(|word| {
            word.range.len() == 1 && text.letters[word.range.start].folded.is_alphabetic()
        })
    };
    let pointed = |at: usize| text.gap(at).first().is_some_and(|l| l.folded == '.');
    if !letter(word) || page.is_titled(word) {
        return;
    }
    // A longer row of letters with points begins before.
    if word > 0 && letter(word - 1) && is_close(page, word - 1) && pointed(word - 1) {
        return;
    }
    let mut letters = text.word(word).to_owned();
    let mut last = word;
    while letter(last + 1) && is_close(page, last) {
        last += 1;
        letters.push_str(text.word(last));
        if !known.initials.contains_key(&letters) {
            continue;
        }
        let all_pointed = (word..last).all(pointed);
        let capitals = (word..=last).all(|at| text.is_capital(at))
            || (text.is_capital(word) && known.small_initials.contains(&letters));
        let goes_on = pointed(last) && letter(last + 1) && is_close(page, last);
        // `A J Smith` is an adult's name: a last name follows.
        let surname = !pointed(last)
            && !page.after(last).is_empty()
            && text.is_capital(last + 1)
            && !english::is_word(page.after(last));
        let doubtful = ABBREVIATIONS.contains(&letters.as_str()) && all_pointed;
        if !(capitals || all_pointed)
            || goes_on
            || surname
            || (doubtful && !is_person_after_points(page, last))
        {
            continue;
        }
        let mut end = text.words[last].range.end;
        if all_pointed && pointed(last) {
            end += 1;
        }
        report(page, known, &letters, text.words[word].range.start..end, spans);
    }
}

/// `P.S. was there`, but not `P.S. Bring a coat`.
fn is_person_after_points(page: &Page<'_>, last: usize) -> bool {
    let next = page.text.word(last + 1);
    let gap = page.text.gap(last);
    page.possessive(&(last..last + 1)).is_some()
        || (english::is_doing(next)
            && !page.text.is_capital(last + 1)
            && next != "and"
            && gap.iter().all(|l| matches!(l.folded, '.' | ' ')))
}

/// Whether no more stands between two letters than between initials.
fn is_close(page: &Page<'_>, word: usize) -> bool {
    let gap = page.text.gap(word);
    !gap.is_empty()
        && gap.len() <= 3
        && gap.iter().all(|l| {
            l.folded == '.'
                || l.folded == ' '
                || fold::is_hyphen(l.folded)
                || fold::is_apostrophe(l.folded)
                || matches!(l.folded, '/' | '·' | '_' | '\u{a0}')
        })
}
