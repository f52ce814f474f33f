//! Finds a class or a year that says who is meant, because at most two children fit it.

use super::page::Page;
use super::span::Span;
use super::{Kind, Subject, Tie, fold};
use crate::domain::PersonId;
use std::collections::BTreeMap;

/// So many children in a class or year give each of them away.
const FEW: usize = 2;
/// Years in words.
const IN_WORDS: [&str; 14] = [
    "reception",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
];
/// What says that another child is spoken of.
const ANOTHER: [&str; 6] = ["another", "other", "others", "someone", "somebody", "one"];
/// One child, unless it is yours.
const A_CHILD: [&str; 12] = [
    "pupil",
    "child",
    "boy",
    "girl",
    "student",
    "friend",
    "classmate",
    "kid",
    "lad",
    "person",
    "member",
    "sibling",
];

/// Everyone in a class or year, even where one child stands beside it: `every child in Year 6`.
const EVERYONE: [&str; 5] = ["all", "every", "each", "any", "whole"];
/// Many people of a class or year: `parents and carers of Year 5`, `we teach Year 6`.
const MANY: [&str; 7] = ["parents", "carers", "families", "teach", "teaches", "taught", "teachers"];
/// What a class or year has as a whole: `the Year 5 assembly`.
const ITS_OWN: [&str; 14] = [
    "parents",
    "carers",
    "families",
    "assembly",
    "lessons",
    "curriculum",
    "team",
    "teacher",
    "teachers",
    "trip",
    "residential",
    "newsletter",
    "corridor",
    "classes",
];

/// Children in one class or year.
#[derive(Default)]
struct Group {
    others: Vec<PersonId>,
    /// A child of the reading home is in it.
    own: bool,
}

impl Group {
    fn tells(&self) -> bool {
        (1..=FEW).contains(&self.others.len())
    }
}

/// The classes and years that give children away.
#[derive(Default)]
pub(super) struct Classes {
    years: BTreeMap<String, Group>,
    /// By the words of the class's name.
    classes: BTreeMap<Vec<String>, Group>,
}

impl Classes {
    pub(super) fn of(people: &[Subject]) -> Self {
        let mut classes = Self::default();
        for person in people.iter().filter(|person| person.child) {
            let own = match person.tie {
                Tie::Reader { .. } => true,
                Tie::Other | Tie::Roll => false,
                Tie::Staff => continue,
            };
            let put = |group: &mut Group| {
                if own {
                    group.own = true;
                } else {
                    group.others.push(person.id);
                }
            };
            if let Some(year) = year(&person.year) {
                put(classes.years.entry(year).or_default());
            }
            let class = class(&person.class);
            if !class.is_empty() {
                put(classes.classes.entry(class).or_default());
            }
        }
        classes.years.retain(|_, group| group.tells());
        classes.classes.retain(|_, group| group.tells());
        classes
    }

    pub(super) fn find(&self, page: &Page<'_>, spans: &mut Vec<Span>) {
        if self.years.is_empty() && self.classes.is_empty() {
            return;
        }
        for word in 0..page.text.words.len() {
            if let Some((year, last)) = year_at(page, word)
                && let Some(group) = self.years.get(&year)
            {
                report(page, group, word, last, spans);
            }
            for (class, group) in &self.classes {
                if let Some((first, last)) = class_at(page, word, class) {
                    report(page, group, first, last, spans);
                }
            }
        }
    }
}

fn report(page: &Page<'_>, group: &Group, first: usize, last: usize, spans: &mut Vec<Span>) {
    if is_of_all(page, first, last) {
        return;
    }
    // The home's own class is its own, unless another child of it is spoken of.
    if group.own && !is_of_another(page, first, last) {
        return;
    }
    let range = page.text.words[first].range.start..page.text.words[last].range.end;
    spans.extend(group.others.iter().map(|person| Span::of(range.clone(), *person, Kind::ClassOrYear)));
}

/// Whether all of a class or year are spoken of, and nobody in it.
fn is_of_all(page: &Page<'_>, first: usize, last: usize) -> bool {
    let near: Vec<&str> = (0..5)
        .scan(first, |at, _| {
            let before = at.checked_sub(1).filter(|before| page.is_near(*before))?;
            *at = before;
            Some(page.text.word(before))
        })
        .collect();
    let says = |list: &[&str]| near.iter().any(|word| list.contains(word));
    if says(&ANOTHER) {
        return false;
    }
    let many = says(&MANY) || ITS_OWN.contains(&page.after(last));
    says(&EVERYONE) || (many && !says(&A_CHILD))
}

/// `another pupil in`, `a boy from`, `Year 6 girl`; but not `your child in`.
fn is_of_another(page: &Page<'_>, first: usize, last: usize) -> bool {
    let word = |back: usize| first.checked_sub(back).map_or("", |at| page.text.word(at));
    let before = (1..6).any(|back| {
        let yours = ["your", "own", "our"].contains(&word(back + 1));
        ANOTHER.contains(&word(back)) || (A_CHILD.contains(&word(back)) && !yours)
    });
    before || A_CHILD.contains(&page.after(last))
}

/// `6`, `Y6`, `Year 6`, `Year six`, `R`, `Reception`: as one word. Nothing for a year that is not one.
fn year(written: &str) -> Option<String> {
    let key = fold::key(written);
    let rest = ["year", "yr", "y"].iter().find_map(|prefix| key.strip_prefix(prefix)).unwrap_or(&key);
    number(rest)
}

fn number(word: &str) -> Option<String> {
    if matches!(word, "r" | "0" | "reception") {
        return Some("0".into());
    }
    if let Some(at) = IN_WORDS.iter().position(|name| *name == word) {
        return Some(at.to_string());
    }
    let number = word.parse::<u8>().ok().filter(|number| (1..=13).contains(number))?;
    Some(number.to_string())
}

/// The words of a class's name, without `class`.
fn class(written: &str) -> Vec<String> {
    let words = written.split_whitespace().map(fold::key);
    words.filter(|word| !word.is_empty() && !matches!(word.as_str(), "class" | "form" | "group")).collect()
}

/// `Year 6`, `Y6`, `yr six`, `Reception` at a word: the year and its last word. A span of years says nothing.
fn year_at(page: &Page<'_>, word: usize) -> Option<(String, usize)> {
    let text = page.text;
    let key = text.word(word);
    if key == "reception" && text.is_capital(word) && !matches!(page.before(word), "the" | "school") {
        return Some(("0".into(), word));
    }
    let tight = ["year", "yr", "y"]
        .iter()
        .find_map(|prefix| key.strip_prefix(prefix))
        .filter(|rest| !rest.is_empty());
    if let Some(rest) = tight {
        let rest = rest.strip_suffix('s').unwrap_or(rest);
        return (rest.len() < 3 || IN_WORDS.contains(&rest))
            .then(|| number(rest))
            .flatten()
            .map(|year| (year, word));
    }
    if !matches!(key, "year" | "years" | "yr" | "y") || word + 1 >= text.words.len() {
        return None;
    }
    if matches!(page.before(word), "this" | "last" | "next" | "each" | "every" | "a" | "one" | "per")
        && !text.is_capital(word)
    {
        return None;
    }
    let near = text.gap(word).iter().all(|l| l.folded.is_whitespace() || fold::is_hyphen(l.folded));
    let next = text.word(word + 1);
    let next = if next.len() > 1 && next.ends_with('s') && next.as_bytes()[0].is_ascii_digit() {
        &next[..next.len() - 1]
    } else {
        next
    };
    let year = near.then(|| number(next)).flatten()?;
    let span = matches!(page.after(word + 1), "to" | "onwards" | "upwards" | "and" | "or")
        || text.gap(word + 1).iter().all(|l| l.folded.is_whitespace() || fold::is_hyphen(l.folded))
            && text.gap(word + 1).iter().any(|l| fold::is_hyphen(l.folded));
    if key == "years" && span {
        return None;
    }
    Some((year, word + 1))
}

/// A class at a word: its first and its last word.
fn class_at(page: &Page<'_>, word: usize, class: &[String]) -> Option<(usize, usize)> {
    let text = page.text;
    let close = |at: usize| {
        text.gap(at).len() <= 1
            && text.gap(at).iter().all(|l| l.folded != '\n' && !matches!(l.folded, ',' | ';' | ':'))
    };
    // `5F` may stand as `5 F` and `5-F`, with a capital.
    if let [key] = class
        && let Some(at) = key
            .find(|c: char| c.is_alphabetic())
            .filter(|at| *at > 0 && key[..*at].bytes().all(|b| b.is_ascii_digit()))
    {
        if text.word(word) == key {
            return Some((word, word));
        }
        let apart = text.word(word) == &key[..at]
            && text.word(word + 1) == &key[at..]
            && close(word)
            && text.is_shouted(word + 1);
        return apart.then_some((word, word + 1));
    }
    let last = word + class.len() - 1;
    if !class.iter().enumerate().all(|(i, key)| text.word(word + i) == key) || !(word..last).all(close) {
        return None;
    }
    let named = |at: &str| matches!(at, "class" | "form");
    if named(page.after(last)) && last + 1 < text.words.len() {
        return Some((word, last + 1));
    }
    if word > 0 && named(page.before(word)) {
        return Some((word - 1, last));
    }
    let letters = class.iter().map(String::len).sum::<usize>();
    let long = (letters > 2 || (letters == 2 && text.is_shouted(word)))
        && class.iter().any(|key| key.chars().any(char::is_alphabetic));
    let meant = text.is_capital(word)
        && !page.is_start(word)
        && !page.is_in_title(word)
        && !page.is_place(&(word..last + 1));
    (long && meant && matches!(page.before(word), "in" | "from" | "of" | "with")).then_some((word, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::guard::Place;
    use crate::documents::guard::fold::Folded;

    #[test]
    fn years_are_read_in_every_form() {
        for (text, found) in [
            ("Year 6", Some("6")),
            ("year six", Some("6")),
            ("Y6", Some("6")),
            ("Yr 6", Some("6")),
            ("Year 6s", Some("6")),
            ("Year-6", Some("6")),
            ("Reception", Some("0")),
            ("Year R", Some("0")),
            ("Years 3 to 6", None),
            ("this year 6 pupils", None),
            ("year 2026", None),
            ("a year", None),
            ("Year 60", None),
        ] {
            let folded = Folded::of(text);
            let page = Page::of(&folded, Place::Body);
            let years: Vec<String> = (0..folded.words.len())
                .filter_map(|word| year_at(&page, word))
                .map(|(year, _)| year)
                .collect();
            assert_eq!(years.first().map(String::as_str), found, "{text}");
        }
    }
}
