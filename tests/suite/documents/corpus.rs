//! The guard against a corpus: letters with one leak each, over ten kinds, and letters that name nobody. What is planted
//! and what is left alone stands in `tests/corpus`; how a name is hidden is written here, apart from the guard's own code.
//!
//! `cargo test --locked --test suite corpus -- --nocapture` prints the figures.

mod disguise;
mod people;

use super::bodies::letters;
use casebook::documents::guard::{Guard, Hit, Kind, PaperText, Place};
use disguise::disguises;
use people::{Person, people, subjects};
use std::collections::BTreeMap;

const LEAKS: &str = include_str!("../../corpus/leaks.txt");
const CLEAN: &str = include_str!("../../corpus/clean.txt");

/// Random numbers that are the same in every run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    pub(super) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

fn sentences(text: &'static str) -> Vec<&'static str> {
    text.lines().filter(|line| !line.starts_with("# ") && !line.is_empty()).collect()
}

/// A letter to the reader's home, with sentences put between its paragraphs.
fn letter(bodies: &[String], extra: &[String], dice: &mut Dice) -> String {
    let mut paragraphs: Vec<String> = dice.of(bodies).split("\n\n").map(str::to_owned).collect();
    for sentence in extra {
        let at = 1 + dice.roll(paragraphs.len() - 1);
        let plain = |text: &str| !text.starts_with(['#', '-', '|', '1']) && text.ends_with(['.', '?', '!']);
        if dice.roll(3) == 0 && plain(&paragraphs[at]) && plain(sentence) {
            paragraphs[at] = format!("{} {sentence}", paragraphs[at]);
        } else {
            paragraphs.insert(at, sentence.clone());
        }
    }
    paragraphs.join("\n\n")
}

/// The readers: children of whom a letter of ours can speak.
fn readers(all: &[Person]) -> Vec<&Person> {
    all.iter().filter(|p| p.is_child() && p.name.is_ascii() || p.id == "a1" || p.id == "x1").collect()
}

/// What is the same in every letter to one home: the guard, and the letters' texts.
struct Home {
    guard: Guard,
    bodies: Vec<String>,
}

fn homes<'a>(all: &[Person], readers: &[&'a Person]) -> BTreeMap<&'a str, Home> {
    let home = |reader: &Person| Home {
        guard: Guard::new(&subjects(all, reader), &[]),
        bodies: letters(reader.called(), reader.year.as_u64()),
    };
    readers.iter().map(|reader| (reader.id.as_str(), home(reader))).collect()
}

/// Whether a hit for this person lies where the leak was planted.
fn found(hits: &[Hit], place: Place, range: &std::ops::Range<usize>, person: &Person) -> bool {
    hits.iter().any(|hit| {
        hit.place == place
            && hit.range.start < range.end
            && range.start < hit.range.end
            && hit.person == Some(person.person_id())
    })
}

#[test]
fn no_leak_is_missed() {
    let all = people();
    let carriers = sentences(LEAKS);
    let readers = readers(&all);
    let mut dice = Dice::new(5);
    let homes = homes(&all, &readers);
    let mut figures: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed: Vec<String> = Vec::new();
    for person in all.iter().filter(|person| person.is_child()) {
        for planted in disguises(person, &all, &mut dice) {
            let reader = loop {
                let reader = *dice.of(&readers);
                if reader.household != person.household {
                    break reader;
                }
            };
            // What the reading home is called is not another child's.
            if reader.shares(&planted.text, &all) {
                continue;
            }
            let Home { guard, bodies } = &homes[reader.id.as_str()];
            let in_file_name =
                planted.text.is_ascii() && !planted.text.contains(['\n', '*', '/', ' ']) && dice.roll(8) == 0;
            let (hits, place, range, shown) = if planted.file_name || in_file_name {
                let name = format!("letter-{}-home.pdf", planted.text);
                let range = 7..7 + planted.text.len();
                let paper = PaperText { file_name: &name, ..PaperText::default() };
                (guard.check(&paper), Place::FileName, range, name.clone())
            } else {
                let sentence = dice.of(&carriers).replace("{x}", "\u{1}");
                let with_mark = letter(bodies, std::slice::from_ref(&sentence), &mut dice);
                let start = with_mark.find('\u{1}').unwrap();
                let body = with_mark.replace('\u{1}', &planted.text);
                let paper = PaperText { body: &body, ..PaperText::default() };
                let range = start..start + planted.text.len();
                (guard.check(&paper), Place::Body, range, sentence.replace('\u{1}', &planted.text))
            };
            let figure = figures.entry(planted.kind).or_default();
            figure.0 += 1;
            if !found(&hits, place, &range, person) {
                figure.1 += 1;
                missed.push(format!("{} ({}, to {}): {shown:?}", planted.kind, person.id, reader.id));
            }
        }
    }
    let total: usize = figures.values().map(|(planted, _)| planted).sum();
    println!("{:<14} {:>8} {:>7}", "leak", "planted", "missed");
    for (kind, (planted, missed)) in &figures {
        println!("{kind:<14} {planted:>8} {missed:>7}");
    }
    println!("{:<14} {total:>8} {:>7}", "all", missed.len());
    assert!(
        total >= 300 && figures.len() == 10 && figures.values().all(|(planted, _)| *planted >= 20),
        "{figures:?}"
    );
    assert!(missed.is_empty(), "missed:\n{}", missed.join("\n"));
}

#[test]
fn letters_that_name_nobody_go_out() {
    let all = people();
    let traps = sentences(CLEAN);
    let readers = readers(&all);
    let mut dice = Dice::new(5);
    let homes = homes(&all, &readers);
    let (mut letters, mut stopped) = (0, Vec::new());
    for _ in 0..400 {
        let reader = *dice.of(&readers);
        let extra: Vec<String> = (0..3).map(|_| (*dice.of(&traps)).to_owned()).collect();
        let Home { guard, bodies } = &homes[reader.id.as_str()];
        let body = letter(bodies, &extra, &mut dice);
        let address = [
            "Mrs Ferris".to_owned(),
            "12 Hope Lane".to_owned(),
            "Larkfield".to_owned(),
            "LK4 7QP".to_owned(),
        ];
        let paper = PaperText {
            body: &body,
            address: &address,
            title: "Letter to parents",
            file_name: "2026-004-letter-home-1.pdf",
            reference: "2026-004",
            footer: "Larkfield Junior School",
        };
        let hits = guard.check(&paper);
        letters += 1;
        if let Some(hit) = hits.first() {
            let line = body.lines().nth(hit.line - 1).unwrap_or_default();
            stopped.push(format!("to {}: {:?} {:?} in {line:?}", reader.id, hit.kind, hit.excerpt));
        }
    }
    println!("clean letters {letters}, stopped {}", stopped.len());
    for stopped in &stopped {
        println!("  {stopped}");
    }
    assert!(stopped.len() * 50 <= letters, "{} of {letters} stopped", stopped.len());
}

/// Each sentence that names nobody, to each home, alone: the hardest reading, since letters hold only some of them.
#[test]
fn sentences_that_name_nobody_are_left_alone() {
    let all = people();
    let traps = sentences(CLEAN);
    let (mut read, mut stopped) = (0, BTreeMap::<String, usize>::new());
    for reader in readers(&all) {
        let guard = Guard::new(&subjects(&all, reader), &[]);
        for trap in &traps {
            read += 1;
            if let Some(hit) = guard.read(Place::Body, trap).first() {
                *stopped.entry(format!("{:?} {:?} in {trap:?}", hit.kind, hit.excerpt)).or_default() += 1;
            }
        }
    }
    let count: usize = stopped.values().sum();
    println!("sentences read {read}, stopped {count}");
    for (what, times) in &stopped {
        println!("  {times:>3} {what}");
    }
    assert!(count * 50 <= read, "{count} of {read}");
}

#[test]
fn kinds_are_said_as_they_were_planted() {
    let all = people();
    let reader = all.iter().find(|person| person.id == "a1").unwrap();
    let guard = Guard::new(&subjects(&all, reader), &[]);
    for (text, kind) in [
        ("We met Kofi Osei.", Kind::FullName),
        ("We met Kofi today.", Kind::FirstName),
        ("We met the Osei family.", Kind::LastName),
        ("We met Koko today.", Kind::Nickname),
        ("We met Sandy today.", Kind::Nickname),
        ("We met K.O. today.", Kind::Initials),
        ("It was Kofi’s phone.", Kind::Possessive),
        ("It was James’ phone.", Kind::Possessive),
        ("We met Koffi today.", Kind::Misspelling),
        ("It was @kofi.o_99 again.", Kind::Handle),
        ("It was 07700 900 123 again.", Kind::Phone),
        ("A child in Year 6 wrote it.", Kind::ClassOrYear),
        ("We rang the parents of a child in Year 6.", Kind::ClassOrYear),
    ] {
        let hits = guard.read(Place::Body, text);
        assert_eq!(hits.first().map(|hit| hit.kind), Some(kind), "{text} {hits:?}");
    }
}
