//! Words that judge a child, and pieces of a template that were not filled.

use super::fold::{Folded, Word};
use super::{Kind, Place};
use std::ops::Range;

/// Folded words that have no place in a letter. `Bullying` is the policy's subject and stays.
const VERDICTS: [&str; 46] = [
    "abuser",
    "abusers",
    "aggressor",
    "aggressors",
    "assailant",
    "assailants",
    "attacker",
    "attackers",
    "bullied",
    "bullies",
    "bully",
    "bullys",
    "culprit",
    "culprits",
    "culpable",
    "cyberbullied",
    "cyberbullies",
    "cyberbully",
    "guilt",
    "guilty",
    "harasser",
    "harassers",
    "instigator",
    "instigators",
    "offender",
    "offenders",
    "perpetrated",
    "perpetrates",
    "perpetrator",
    "perpetrators",
    "proof",
    "proofs",
    "prove",
    "proved",
    "proven",
    "proves",
    "ringleader",
    "ringleaders",
    "tormentor",
    "tormentors",
    "victim",
    "victimise",
    "victimised",
    "victimized",
    "victims",
    "wrongdoer",
];

/// What a sentence of the policy says of any child: not of one.
const GENERAL: [&str; 12] = [
    "if", "whether", "anyone", "nobody", "any", "anybody", "every", "no", "children", "feel", "feels", "when",
];

/// Pieces of markup that only a template has.
const PIECES: [(&str, &str); 6] =
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("[[", "]]"), ("<<", ">>"), ("${", "}")];
const SIGNS: [&str; 8] = ["{{", "}}", "{%", "%}", "[[", "]]", "▢", "\u{fffd}"];
/// What a gap in a text is called.
const GAPS: [&str; 14] = [
    "name", "child", "date", "insert", "school", "time", "phone", "address", "teacher", "parent", "your",
    "tbc", "pupil", "number",
];

/// A find in bytes of the source.
pub(super) struct Found {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

pub(super) fn find(source: &str, folded: &Folded, place: Place) -> Vec<Found> {
    let mut found = Vec::new();
    let whole = |range: Range<usize>, kind: Kind| Found { range: folded.source(&range), kind };
    for (at, word) in folded.words.iter().enumerate() {
        let key = word.looks.as_ref().unwrap_or(&word.key);
        if VERDICTS.contains(&key.as_str()) && !is_harmless(folded, at, key) {
            found.push(whole(word.range.clone(), Kind::Verdict));
        }
        if key == "evidence" && folded.word(at + 1) == "against" {
            found.push(whole(word.range.start..folded.words[at + 1].range.end, Kind::Verdict));
        }
        // Two halves that a hyphen or a line break parts.
        let gap = folded.gap(at);
        let torn = !gap.is_empty()
            && gap.len() < 3
            && gap.iter().all(|l| super::fold::is_hyphen(l.folded) || l.folded == '\n');
        let both = format!("{key}{}", folded.word(at + 1));
        if torn && VERDICTS.contains(&both.as_str()) && !VERDICTS.contains(&folded.word(at + 1)) {
            found.push(whole(word.range.start..folded.words[at + 1].range.end, Kind::Verdict));
        }
        if is_filler(folded, word, key) {
            found.push(whole(word.range.clone(), Kind::Leftover));
        }
    }
    found.extend(pieces(source));
    found.extend(brackets(source));
    if place == Place::Body {
        found.extend(greetings(source));
    }
    found
}

/// Whether a word of the list is no verdict here.
fn is_harmless(text: &Folded, at: usize, key: &str) -> bool {
    let next = text.word(at + 1);
    let before = |back: usize| at.checked_sub(back).map_or("", |at| text.word(at));
    match key {
        // Victim Support, the Victims’ Code.
        "victim" => next == "support" && text.is_capital(at + 1),
        "victims" => matches!(next, "code" | "commissioner") && text.is_capital(at + 1),
        "bullied" => before(1) == "being" || sentence_before(text, at).any(|word| GENERAL.contains(&word)),
        "proof" | "proofs" => {
            (next == "of"
                && matches!(
                    text.word(at + 2),
                    "address" | "identity" | "id" | "postage" | "delivery" | "age" | "date" | "posting"
                ))
                || text.gap(at).first().is_some_and(|l| super::fold::is_hyphen(l.folded)) && next == "read"
        }
        "prove" | "proved" | "proves" | "proven" => {
            matches!(next, "helpful" | "useful" | "difficult" | "hard" | "too" | "popular")
        }
        _ => false,
    }
}

/// The words before, back to where the sentence begins.
fn sentence_before(text: &Folded, at: usize) -> impl Iterator<Item = &str> {
    (0..at)
        .rev()
        .take_while(|word| !text.gap(*word).iter().any(|l| matches!(l.folded, '.' | '!' | '?' | ':' | '\n')))
        .map(|word| text.word(word))
}

/// `XXX`, `TBC`, `undefined`: something was to be written here.
fn is_filler(text: &Folded, word: &Word, key: &str) -> bool {
    let shouted = text.letters[word.range.clone()].iter().all(|l| l.capital);
    let crosses = key.len() > 1
        && key.bytes().all(|b| b == b'x')
        && (key.len() > 2 || text.at(word.range.end) == Some('/'));
    (shouted && (crosses || matches!(key, "tbc" | "tba" | "todo" | "fixme")))
        || matches!(
            key,
            "undefined" | "lorem" | "mergefield" | "firstname" | "lastname" | "surnamehere" | "namehere"
        )
}

fn pieces(source: &str) -> Vec<Found> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (opens, closes) in PIECES {
        let mut from = 0;
        while let Some(start) = source[from..].find(opens).map(|at| from + at) {
            let inner = &source[start + opens.len()..];
            // A piece is short, and stands on one line.
            let end = inner.find(closes).filter(|end| *end < 200 && !inner[..*end].contains('\n'));
            if let Some(end) = end {
                found.push(start..start + opens.len() + end + closes.len());
            }
            from = start + opens.len();
        }
    }
    for sign in SIGNS {
        for (at, _) in source.match_indices(sign) {
            if !found.iter().any(|range| range.start <= at && at < range.end) {
                found.push(at..at + sign.len());
            }
        }
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    let mut kept: Vec<Range<usize>> = Vec::new();
    for range in found {
        if kept.last().is_none_or(|last| last.end <= range.start) {
            kept.push(range);
        }
    }
    kept.into_iter().map(|range| Found { range, kind: Kind::Leftover }).collect()
}

/// `[name of child]`, `<date>`, `{to}`, `«Name»`: brackets around what a gap is called.
fn brackets(source: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (opens, closes) in [('[', ']'), ('<', '>'), ('{', '}'), ('«', '»')] {
        for (start, _) in source.match_indices(opens) {
            let inner = &source[start + opens.len_utf8()..];
            let Some(end) = inner.find(closes).filter(|end| *end < 60) else { continue };
            let inside = &inner[..end];
            let doubled = inside.starts_with(opens)
                || source[..start].ends_with(opens)
                || inside.starts_with('%')
                || source[..start].ends_with('$');
            let shouted =
                inside.len() > 2 && inside.chars().all(|c| c.is_uppercase() || c == '_' || c == ' ');
            let words = fold_words(inside);
            let called = words.iter().any(|word| GAPS.contains(&word.as_str()));
            let field = opens == '{'
                && !inside.is_empty()
                && inside.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | ' '));
            let link = source[start + opens.len_utf8() + end..].starts_with("](");
            if !doubled && !link && (shouted || field || (called && words.len() < 7)) {
                found.push(Found {
                    range: start..start + opens.len_utf8() + end + closes.len_utf8(),
                    kind: Kind::Leftover,
                });
            }
        }
    }
    found
}

fn fold_words(text: &str) -> Vec<String> {
    Folded::of(text).words.into_iter().map(|word| word.key).collect()
}

/// `Dear ,` and `Dear Mrs ,`: nobody is greeted.
fn greetings(source: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let words = line.trim_end();
        let rest = words.strip_prefix("Dear");
        let nobody = rest.is_some_and(|rest| {
            let rest = rest.trim_end_matches([',', '.', ':']).trim();
            matches!(rest, "" | "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "None" | "and" | "Mr and Mrs" | "null")
        });
        if nobody {
            found.push(Found { range: at..at + words.len(), kind: Kind::Leftover });
        }
        at += line.len();
    }
    found
}
