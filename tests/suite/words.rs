//! Every text that the program shows: plain words, short sentences, no verdict on anybody.
//!
//! The texts are read from the source: what stands in quotes in `src/ui` and in the notices of `src/app`, and the
//! questions of the policy pack. The letters have tests of their own.

use casebook::documents::readability;
use std::path::{Path, PathBuf};

/// The reading age that all texts together may ask for, and the one that a single text of some length may.
const AGE: f32 = 12.0;
const AGE_OF_ONE: f32 = 18.0;
/// A shorter text tells nothing about its reading age.
const LONG_ENOUGH: usize = 12;
/// The words of the longest sentence.
const SENTENCE: usize = 26;

/// Files of the window that show nothing: what tests, measures or draws.
const SILENT: [&str; 5] = ["tests", "crawl", "access", "theme", "testkit.rs"];

struct Text {
    place: String,
    words: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if SILENT.iter().any(|silent| name == *silent || name == format!("{silent}.rs")) {
            continue;
        }
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// What stands in quotes in Rust, without comments and without the tests at a file's end.
fn quoted(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let chars: Vec<char> = code.chars().collect();
    let starts = |at: usize, what: &str| what.chars().enumerate().all(|(n, c)| chars.get(at + n) == Some(&c));
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        if starts(at, "//") {
            at += chars[at..].iter().position(|c| *c == '\n').unwrap_or(chars.len() - at);
        } else if starts(at, "r#\"") {
            at += 3;
            while at < chars.len() && !starts(at, "\"#") {
                at += 1;
            }
            at += 2;
        } else if chars[at] == '\'' {
            // A character, or the name of a lifetime.
            let escaped = chars.get(at + 1) == Some(&'\\');
            let end = if escaped { at + 3 } else { at + 2 };
            at = if chars.get(end) == Some(&'\'') { end + 1 } else { at + 1 };
        } else if chars[at] == '"' {
            let (text, end) = string(&chars, at + 1);
            found.push(text);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The string that begins here, and where it ends.
fn string(chars: &[char], mut at: usize) -> (String, usize) {
    let mut text = String::new();
    while at < chars.len() && chars[at] != '"' {
        if chars[at] == '\\' {
            at += 1;
            match chars.get(at) {
                Some('\n') => {
                    while chars.get(at + 1).is_some_and(|c| c.is_whitespace()) {
                        at += 1;
                    }
                }
                Some('n') => text.push('\n'),
                Some(other) => text.push(*other),
                None => {}
            }
        } else {
            text.push(chars[at]);
        }
        at += 1;
    }
    (text, at + 1)
}

/// Texts for people, as against ids and the like: two words or more.
fn is_text(words: &str) -> bool {
    let worded = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 1;
    words.split_whitespace().filter(worded).count() > 1
}

/// What a page shows of a text with places to be filled in: something stands there.
fn filled_in(words: &str) -> String {
    let mut shown = String::new();
    let mut inside = false;
    for c in words.chars() {
        match c {
            '{' => {
                inside = true;
                shown.push_str("it");
            }
            '}' => inside = false,
            _ if inside => {}
            c => shown.push(c),
        }
    }
    shown
}

fn texts() -> Vec<Text> {
    let mut sources = files(&root().join("src/ui"));
    sources.push(root().join("src/app/notice.rs"));
    sources.push(root().join("src/app/backups.rs"));
    let mut all = Vec::new();
    for file in sources {
        let place = file.strip_prefix(root()).unwrap().display().to_string();
        let source = std::fs::read_to_string(&file).unwrap();
        all.extend(
            quoted(&source)
                .into_iter()
                .filter(|words| is_text(words))
                .map(|words| Text { place: place.clone(), words: filled_in(&words) }),
        );
    }
    let questions = root().join("assets/policy/ravenscote-2025-26/questions.toml");
    let table: toml::Table = std::fs::read_to_string(&questions).unwrap().parse().unwrap();
    strings(&toml::Value::Table(table), &mut all);
    all
}

fn strings(value: &toml::Value, into: &mut Vec<Text>) {
    match value {
        toml::Value::String(words) if is_text(words) => {
            // The points of a list, each read by itself.
            for point in words.split("; ") {
                into.push(Text { place: "the policy’s questions".into(), words: point.to_owned() });
            }
        }
        toml::Value::Array(all) => all.iter().for_each(|value| strings(value, into)),
        toml::Value::Table(all) => all.iter().for_each(|(_, value)| strings(value, into)),
        _ => {}
    }
}

/// The words that are not wanted, and what is said instead.
fn unwanted() -> Vec<(String, String)> {
    let list = std::fs::read_to_string(root().join("tests/words/unwanted.txt")).unwrap();
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
}

/// The text in small letters, its words apart by single spaces.
fn spaced(words: &str) -> String {
    let plain: String = words.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn nobody_is_judged_and_no_jargon_is_spoken() {
    let (texts, unwanted) = (texts(), unwanted());
    assert!(unwanted.len() > 40);
    let mut found = Vec::new();
    for text in &texts {
        let spaced = spaced(&text.words);
        for (word, better) in unwanted.iter().filter(|(word, _)| spaced.contains(&format!(" {word} "))) {
            found.push(format!("{}: “{word}” in “{}”; say: {better}", text.place, text.words));
        }
    }
    println!("{} texts held against {} unwanted words: {} found", texts.len(), unwanted.len(), found.len());
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_text_is_easy_to_read() {
    let texts = texts();
    let mut hard = Vec::new();
    let mut whole = String::new();
    let (mut oldest, mut longest) = (0.0_f32, 0);
    for text in &texts {
        let measured = readability::measure(&text.words);
        whole.push_str(&text.words);
        whole.push('\n');
        longest = longest.max(measured.longest_words);
        if measured.longest_words > SENTENCE {
            hard.push(format!("{}: {} words: “{}”", text.place, measured.longest_words, measured.longest));
        }
        if measured.words >= LONG_ENOUGH {
            oldest = oldest.max(measured.reading_age);
            if measured.reading_age > AGE_OF_ONE {
                hard.push(format!("{}: age {:.1}: “{}”", text.place, measured.reading_age, text.words));
            }
        }
    }
    let all = readability::measure(&whole);
    println!(
        "{} texts of {} words: reading age {:.1} altogether, {oldest:.1} at most; the longest sentence has {longest} words",
        texts.len(),
        all.words,
        all.reading_age
    );
    assert!(hard.is_empty(), "{hard:#?}");
    assert!(all.reading_age <= AGE, "{}", all.reading_age);
    assert!(texts.len() > 1000, "the texts are found: {}", texts.len());
}
