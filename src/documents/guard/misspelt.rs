//! Names with one letter wrong, told from other words.

use super::known::Known;
use super::page::{Broken, Page, Run};
use super::span::Span;
use super::{Kind, english};

/// Words that have a capital in the middle of a sentence, and stand one letter from a name by chance.
const CAPITALISED: [&str; 58] = [
    "year", "years", "dear", "monday", "friday", "sunday", "tuesday", "march", "april", "june", "july",
    "road", "lane", "park", "hill", "street", "close", "green", "west", "east", "north", "south", "school",
    "head", "lead", "team", "mill", "wood", "field", "farm", "high", "church", "hall", "house", "junior",
    "class", "kind", "yours", "call", "page", "case", "mark", "form", "line", "help", "home", "name", "date",
    "lower", "upper", "english", "welsh", "irish", "polish", "office", "drive", "walk", "court",
];

pub(super) fn find(page: &Page<'_>, known: &Known, near: &mut Vec<Span>) {
    for start in 0..page.text.words.len() {
        for run in page.runs[start].iter().rev() {
            // Most words of a letter are English and small.
            let plain = !page.text.is_capital(start) && english::is_word(&run.key);
            if plain || page.text.letters[run.range.start].folded.is_ascii_digit() {
                continue;
            }
            let parts = run.words.clone().map(|word| page.text.word(word));
            // The `s` of a possessive belongs to no name.
            let odd =
                run.broken != Broken::Not || (run.words.len() > 1 && parts.clone().any(|part| part == "s"));
            let exact =
                [&known.own, &known.own_adults, &known.spelt].iter().any(|names| names.contains(&run.key));
            let bare = run.key.strip_suffix('s').is_some_and(|name| {
                known.own.contains(name) || known.spelt.contains(name) || known.own_adults.contains(name)
            });
            if odd || exact || bare || known.parts.contains_key(&run.key) {
                continue;
            }
            let names = known.near.of(&run.key);
            for name in names.into_iter().filter(|name| may_be_misspelt(page, run, name)) {
                let range = page.with_possessive(run.range.clone());
                let ways = known.parts.get(name).into_iter().flatten();
                near.extend(ways.map(|way| Span::of(range.clone(), way.person, Kind::Misspelling)));
            }
        }
    }
}

fn may_be_misspelt(page: &Page<'_>, run: &Run, name: &str) -> bool {
    let key = run.key.as_str();
    let word = run.words.start;
    let size = key.chars().count();
    if key.chars().any(|c| c.is_ascii_digit()) && !key.chars().next().is_some_and(char::is_alphabetic) {
        return false;
    }
    if !key.chars().any(char::is_lowercase) {
        return size > 2;
    }
    let capital = page.text.is_capital(word);
    if run.words.len() > 1 && run.words.clone().any(|word| english::is_word(page.text.word(word))) {
        return false;
    }
    if !english::is_word(key) {
        return if size < 4 {
            capital && name.chars().count() > 3 && !page.is_shouting(word)
        } else {
            capital || !english::is_everyday(name)
        };
    }
    let common = english::is_common(key);
    let greeted = matches!(page.before(word), "dear") || page.is_titled(word);
    if capital && (greeted || (!common && page.is_alone(&run.words))) {
        return true;
    }
    // `12 Mar`, `Grade 5`.
    let numbered = |at: usize| page.text.word(at).starts_with(char::is_numeric);
    let close = |at: usize| page.text.gap(at).iter().all(|l| l.folded == ' ');
    let beside_number = (numbered(word + 1) && close(word))
        || word.checked_sub(1).is_some_and(|at| numbered(at) && close(at) && page.text.word(at).len() < 3);
    let certain = capital
        && !beside_number
        && !page.is_shouting(word)
        && !page.is_in_title(word)
        && !CAPITALISED.contains(&key)
        && !english::is_function(key)
        && !page.is_place(&run.words);
    if !certain {
        return false;
    }
    if page.is_start(word) {
        // At the start of a sentence only where a person does something.
        let doing = page.after(run.words.end - 1);
        let person = english::is_doing(doing)
            && !matches!(
                doing,
                "and"
                    | "also"
                    | "only"
                    | "then"
                    | "is"
                    | "read"
                    | "who"
                    | "could"
                    | "should"
                    | "would"
                    | "often"
            );
        let told = matches!(doing, "said" | "told" | "sent" | "wrote" | "posted" | "texted" | "messaged");
        return if common { told && size > 2 } else { page.possessive(&run.words).is_some() || person };
    }
    true
}
