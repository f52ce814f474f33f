//! Finds people in folded text by their names: whole, in parts, and with an `s`; and settles what is found with all that
//! others find.

use super::fold::{Folded, Letter, joins};
use super::known::{Known, Way};
use super::page::{Broken, Page, Run, Words, range_of};
use super::sense::Part;
use super::span::{Span, kind_of};
use super::{Kind, Place, english, hidden, initials, misspelt};
use crate::domain::PersonId;
use std::ops::Range;

/// All finds, none inside another.
pub(super) fn find(text: &Folded, place: Place, known: &Known) -> Vec<Span> {
    let page = Page::of(text, place);
    let passed = allowed(&page, known);
    let mut spans = Vec::new();
    known.contacts.find(text, place, &mut spans);
    wholes(&page, known, &mut spans);
    parts(&page, known, &mut spans);
    hidden::inside(&page, known, &mut spans);
    hidden::unspaced(&page, known, &mut spans);
    hidden::spelt_out(&page, known, &mut spans);
    initials::find(&page, known, &mut spans);
    known.classes.find(&page, &mut spans);
    let mut near = Vec::new();
    misspelt::find(&page, known, &mut near);
    settle(spans, near, &passed)
}

/// Leaves out what stands inside a longer find or inside a name that may stand.
fn settle(mut spans: Vec<Span>, near: Vec<Span>, passed: &[Range<usize>]) -> Vec<Span> {
    let inside =
        |inner: &Range<usize>, outer: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
    let strong = |kind: Kind| matches!(kind, Kind::Handle | Kind::Phone | Kind::FullName);
    spans.retain(|span| strong(span.kind) || !passed.iter().any(|passed| inside(&span.range, passed)));
    let longest: Vec<Range<usize>> = spans.iter().map(|span| span.range.clone()).collect();
    let mut kept: Vec<Span> = Vec::new();
    for span in spans {
        let longer = longest.iter().any(|other| inside(&span.range, other) && other.len() > span.range.len());
        let again = kept.iter().any(|other| other.range == span.range && other.person == span.person);
        if !longer && !again {
            kept.push(span);
        }
    }
    // After every exact find, so that `Kofi's` is Kofi and not a misspelling.
    for span in near {
        let taken = |other: &Range<usize>| other.start < span.range.end && span.range.start < other.end;
        let found = kept.iter().any(|other| {
            taken(&other.range)
                && !(other.kind == Kind::Misspelling
                    && other.range == span.range
                    && other.person != span.person)
        });
        if !found && !passed.iter().any(taken) {
            kept.push(span);
        }
    }
    kept.sort_by_key(|span| (span.range.start, span.range.end, span.person));
    kept
}

/// Whether words follow one another here with nothing but spaces and the like between them: the words they take.
fn sequence(page: &Page<'_>, start: usize, keys: &[String]) -> Option<Words> {
    let mut word = start;
    for (i, key) in keys.iter().enumerate() {
        if i > 0 && !between(page.text.gap(word - 1)) {
            return None;
        }
        let looks = page.text.words.get(word)?.looks.as_ref();
        word = if page.text.word(word) == key || looks == Some(key) {
            word + 1
        } else if key.starts_with(page.text.word(word)) {
            page.runs[word].iter().find(|run| run.key == *key)?.words.end
        } else {
            return None;
        };
    }
    Some(start..word)
}

/// Whether no more stands between two words than between the words of one name: no end of a sentence or a paragraph.
fn between(gap: &[Letter]) -> bool {
    let mark = |c: char| joins(c) || matches!(c, '_' | ',' | '*' | '+' | '/');
    gap.iter().filter(|l| l.folded == '\n').count() < 2
        && gap
            .iter()
            .all(|l| l.folded.is_whitespace() || mark(l.folded) || (l.folded == '.' && gap.len() == 1))
}

/// Where names stand that may stand.
fn allowed(page: &Page<'_>, known: &Known) -> Vec<Range<usize>> {
    let mut passed = Vec::new();
    for start in 0..page.text.words.len() {
        for run in page.runs[start].iter().filter(|run| run.broken == Broken::Not) {
            let ways = known.allowed.get(&run.key).into_iter().flatten();
            passed.extend(
                ways.filter_map(|keys| sequence(page, start, keys)).map(|words| range_of(page.text, &words)),
            );
        }
    }
    passed
}

fn wholes(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    let text = page.text;
    for start in 0..text.words.len() {
        let firsts = page.runs[start].iter().map(|run| &run.key).chain(&text.words[start].looks);
        for (keys, person) in firsts.filter_map(|first| known.wholes.get(first)).flatten() {
            if let Some(words) = sequence(page, start, keys) {
                // `Will Hope` needs its capitals: we will hope so.
                let plain = keys.iter().all(|key| english::is_everyday(key))
                    && keys.iter().any(|key| english::is_function(key));
                if !plain || text.is_capital(words.start) || page.place == Place::FileName {
                    spans.push(whole(page, &words, *person));
                }
            }
        }
        for (name, letter, person) in &known.lettered {
            let initial =
                text.word(start) == name && text.word(start + 1) == letter && text.is_capital(start + 1);
            if initial && text.gap(start).iter().all(|l| l.folded == ' ') {
                spans.push(Span::of(range_of(text, &(start..start + 2)), *person, Kind::FirstName));
            }
        }
    }
}

fn whole(page: &Page<'_>, words: &Words, person: PersonId) -> Span {
    let range = range_of(page.text, words);
    match page.possessive(words) {
        Some(end) => Span::of(range.start..end, person, Kind::Possessive),
        None => Span::of(range, person, Kind::FullName),
    }
}

fn parts(page: &Page<'_>, known: &Known, spans: &mut Vec<Span>) {
    for start in 0..page.text.words.len() {
        for run in &page.runs[start] {
            let long = run.key.chars().count();
            let pieces = || run.words.clone().map(|word| page.text.word(word));
            let fits = match run.broken {
                Broken::Not => true,
                Broken::Line => long > 3 && !pieces().all(english::is_word),
                Broken::Space => {
                    long > 4
                        && !pieces().all(english::is_word)
                        && !run.words.clone().any(|word| known.parts.contains_key(page.text.word(word)))
                }
            };
            if fits {
                part_here(page, known, run, spans);
            }
        }
        let looks = page.text.words[start].looks.as_ref().filter(|looks| looks.len() > 3);
        if let Some(ways) = looks.and_then(|looks| known.parts.get(looks)) {
            report(page, &(start..start + 1), ways, spans);
        }
        hidden::affixed(page, known, start, spans);
    }
}

fn part_here(page: &Page<'_>, known: &Known, run: &Run, spans: &mut Vec<Span>) {
    let ways = known.parts.get(&run.key).map(Vec::as_slice).unwrap_or_default();
    if !ways.is_empty() {
        // A parent of the reading home who is called as another child is: greeted, it is the parent.
        let greeted = page.before(run.words.start) == "dear" || page.is_titled(run.words.start);
        if greeted && known.own_adults.contains(&run.key) {
            return;
        }
        let theirs = |person: PersonId| {
            move |last: &str| {
                known.parts.get(last).is_some_and(|ways| ways.iter().any(|way| way.person == person))
            }
        };
        let meant: Vec<Way> = ways
            .iter()
            .filter(|way| {
                page.is_meant(&run.words, &run.key, way.part) && !page.is_place_of(&run.words, way.part)
            })
            .filter(|way| match way.part {
                Part::Family => !(page.is_titled(run.words.start) && page.has_post(run.words.end - 1)),
                Part::Whole => true,
                Part::Given | Part::Middle | Part::Nick | Part::Short => {
                    !page.is_adult(&run.words, theirs(way.person))
                }
            })
            .copied()
            .collect();
        report(page, &run.words, &meant, spans);
        return;
    }
    // `Jamies phone`, `the Oseis`.
    let plural = run.key.strip_suffix('s').filter(|name| name.chars().count() > 2 && !name.ends_with('s'));
    let plural = plural.or_else(|| run.key.strip_suffix("es").filter(|name| name.len() > 3));
    if let Some(ways) = plural.and_then(|name| known.parts.get(name))
        && !known.own.contains(&run.key)
        && !known.spelt.contains(&run.key)
        && run.broken == Broken::Not
        && run.words.len() == 1
    {
        let word = run.words.start;
        let capital = page.text.is_capital(word);
        let certain = !english::is_word(&run.key)
            || (capital && (page.before(word) == "the" || (!page.is_start(word) && !page.is_in_title(word))));
        let name = plural.unwrap_or_default();
        let range = page.text.words[word].range.clone();
        // A short form with an `s` may as well be another child's name, misspelt.
        let other = !known.near.of(&run.key).is_empty();
        let meant = |way: &&Way| {
            certain && page.is_meant(&run.words, name, way.part) && !(way.part == Part::Short && other)
        };
        for way in ways.iter().filter(meant) {
            let kind = if way.part == Part::Family { Kind::LastName } else { Kind::Possessive };
            spans.push(Span::of(range.clone(), way.person, kind));
        }
    }
}

impl Page<'_> {
    /// Whether a name by itself stands for a place; a first and a last name together never do.
    fn is_place_of(&self, words: &Words, part: Part) -> bool {
        part != Part::Whole && self.place != Place::FileName && self.is_place(words)
    }
}

fn report(page: &Page<'_>, words: &Words, ways: &[Way], spans: &mut Vec<Span>) {
    let range = range_of(page.text, words);
    for way in ways {
        spans.push(match page.possessive(words) {
            Some(end) => Span::of(range.start..end, way.person, Kind::Possessive),
            None => Span::of(range.clone(), way.person, kind_of(way.part)),
        });
    }
}
