//! From one person's name to every way in which it may be written: its parts, its halves, its initials. It looks at no
//! text.

use super::english;
use super::fold;
use super::page::is_title;
use super::sense::Part;
use super::short_forms;

/// Parts of names that are not names by themselves.
const PARTICLES: [&str; 48] = [
    "abu", "af", "al", "ap", "av", "ben", "bin", "bint", "da", "das", "de", "del", "della", "den", "der",
    "di", "do", "dos", "du", "e", "el", "ferch", "ibn", "la", "las", "le", "lo", "los", "mac", "mc", "na",
    "ni", "nic", "o", "san", "st", "ten", "ter", "thi", "ua", "ui", "umm", "van", "vander", "von", "y", "ye",
    "zu",
];
/// What stands after a name and is none.
const SUFFIXES: [&str; 6] = ["jr", "sr", "jnr", "snr", "ii", "iii"];

/// Every way in which a person's name may be written.
#[derive(Default)]
pub(super) struct Forms {
    /// Single words.
    pub(super) parts: Vec<(String, Part)>,
    /// Words in order.
    pub(super) wholes: Vec<Vec<String>>,
    /// Initials, lower case.
    pub(super) initials: Vec<String>,
    /// A word of the name begins with a small letter, and so may one of its initials.
    pub(super) small_initials: bool,
    /// The first letter of the last name.
    pub(super) last_initial: String,
}

/// A word of a name: as written, its key, and its halves where it is double.
struct Word {
    key: String,
    halves: Vec<String>,
    particle: bool,
    cased: bool,
    /// Its first letter is small, as in `d’Aubigny`.
    small: bool,
}

impl Word {
    fn of(word: &str) -> Self {
        let key = fold::key(word);
        let mut halves: Vec<String> = word
            .split(|c| fold::is_hyphen(c) || fold::is_apostrophe(c))
            .map(fold::key)
            .filter(|half| !half.is_empty())
            .collect();
        if halves.len() < 2 {
            halves.clear();
        }
        let particle = PARTICLES.contains(&key.as_str());
        let cased = word.chars().any(|c| c.is_uppercase() || c.is_lowercase());
        let small = word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase);
        Self { key, halves, particle, cased, small }
    }

    fn initial(&self) -> String {
        self.key.chars().take(1).collect()
    }
}

/// The words of a name in the order in which it is said, without titles.
fn words(name: &str) -> Vec<Word> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(comma) = words.iter().position(|word| word.ends_with(',')) {
        words.rotate_left(comma + 1);
    }
    let mut words: Vec<Word> = words
        .into_iter()
        .map(|word| Word::of(word.trim_matches(',')))
        .filter(|word| !word.key.is_empty())
        .collect();
    while words.len() > 1 && words.first().is_some_and(|word| is_title(&word.key)) {
        words.remove(0);
    }
    while words.len() > 2 && words.last().is_some_and(|word| SUFFIXES.contains(&word.key.as_str())) {
        words.pop();
    }
    words
}

impl Forms {
    /// The forms of a name; the short ones only where they are asked for.
    pub(super) fn of(name: &str, known_as: &str, short: bool) -> Self {
        let words = words(name);
        let mut forms = Self::default();
        forms.learn_parts(&words);
        forms.learn_wholes(&words, known_as);
        forms.learn_initials(&words);
        for nick in known_as.split_whitespace().map(Word::of) {
            forms.add(nick.key, Part::Nick);
            nick.halves
                .into_iter()
                .filter(|half| half.chars().count() > 2)
                .for_each(|half| forms.add(half, Part::Nick));
        }
        if short {
            forms.learn_short_forms();
        }
        forms
    }

    fn add(&mut self, key: String, part: Part) {
        if !key.is_empty() && !self.parts.iter().any(|(known, _)| *known == key) {
            self.parts.push((key, part));
        }
    }

    fn learn_parts(&mut self, words: &[Word]) {
        for (i, word) in words.iter().enumerate() {
            let part = match i {
                0 => Part::Given,
                _ if i + 1 == words.len()
                    || words[1..i].iter().any(|word| word.particle && word.key != "thi") =>
                {
                    Part::Family
                }
                _ => Part::Middle,
            };
            if part == Part::Middle && (word.particle || word.key.chars().count() < 2) {
                continue;
            }
            self.add(word.key.clone(), part);
            // Half of a double name says as much as the whole.
            let halves = word
                .halves
                .iter()
                .filter(|half| half.chars().count() > 2 && !PARTICLES.contains(&half.as_str()));
            halves.for_each(|half| self.add(half.clone(), part));
        }
        // 王小明 is 小明 to his friends.
        if let [word] = words
            && (3..=4).contains(&word.key.chars().count())
            && word.key.chars().all(|c| matches!(u32::from(c), 0x3400..=0x9FFF))
        {
            self.add(word.key.chars().skip(word.key.chars().count() - 2).collect(), Part::Given);
        }
    }

    fn learn_wholes(&mut self, words: &[Word], known_as: &str) {
        let keys: Vec<String> = words.iter().map(|word| word.key.clone()).collect();
        let [first, middle @ .., last] = keys.as_slice() else { return };
        let nick = fold::key(known_as);
        let mut wholes = vec![keys.clone(), vec![first.clone(), last.clone()]];
        if let Some(at) = words.iter().position(|word| word.particle).filter(|at| *at > 0) {
            // Without the middle names, with `van der`.
            wholes.push(std::iter::once(first).chain(&keys[at..]).cloned().collect());
        }
        if !nick.is_empty() {
            wholes.push(vec![nick, last.clone()]);
        }
        for whole in &wholes {
            self.add(whole.concat(), Part::Whole);
        }
        self.add(format!("{last}{first}"), Part::Whole);
        let first_letter: String = first.chars().take(1).collect();
        // `kosei`, but not `shall` for Sam Hall.
        let account = format!("{first_letter}{last}");
        if !english::is_word(&account) {
            self.add(account, Part::Whole);
        }
        wholes.push(std::iter::once(last).chain(std::iter::once(first)).chain(middle).cloned().collect());
        wholes.push(keys.iter().rev().cloned().collect());
        wholes.push(vec![last.clone(), first.clone()]);
        wholes.sort();
        wholes.dedup();
        self.wholes = wholes;
        self.last_initial = last.chars().take(1).collect();
    }

    fn learn_initials(&mut self, words: &[Word]) {
        if words.len() < 2 || words.iter().any(|word| !word.cased) {
            return;
        }
        let of = |words: &[&Word], whole: bool| {
            words.iter().fold(String::new(), |mut letters, word| {
                if whole && !word.halves.is_empty() {
                    letters.extend(word.halves.iter().filter_map(|half| half.chars().next()));
                } else {
                    letters.push_str(&word.initial());
                }
                letters
            })
        };
        let all: Vec<&Word> = words.iter().collect();
        let plain: Vec<&Word> = words.iter().filter(|word| !word.particle).collect();
        let ends: Vec<&Word> = words.first().into_iter().chain(words.last()).collect();
        let mut initials: Vec<String> =
            [&all, &plain, &ends].iter().flat_map(|w| [of(w, false), of(w, true)]).collect();
        // Zoë O’Brien-Łukasiewicz is Z.L. as well as Z.O.
        if let Some(half) = words.last().and_then(|word| word.halves.last()) {
            initials.push(words[0].initial() + &half.chars().take(1).collect::<String>());
        }
        initials.retain(|letters| letters.chars().count() > 1);
        initials.sort();
        initials.dedup();
        self.initials = initials;
        self.small_initials = words.iter().any(|word| word.small);
    }

    fn learn_short_forms(&mut self) {
        let called: Vec<String> = self
            .parts
            .iter()
            .filter(|(_, part)| matches!(part, Part::Given | Part::Nick))
            .map(|(key, _)| key.clone())
            .collect();
        for name in called {
            short_forms::of(&name).for_each(|form| self.add(form.to_owned(), Part::Short));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, known_as: &str, part: Part) -> Vec<String> {
        Forms::of(name, known_as, true)
            .parts
            .into_iter()
            .filter(|(_, of)| *of == part)
            .map(|(key, _)| key)
            .collect()
    }

    #[test]
    fn a_name_falls_into_its_parts() {
        for (name, given, family) in [
            ("Kofi Osei", vec!["kofi"], vec!["osei"]),
            ("OSEI, Kofi", vec!["kofi"], vec!["osei"]),
            ("Mrs Abena Osei", vec!["abena"], vec!["osei"]),
            ("Anne-Marie Cole", vec!["annemarie", "anne", "marie"], vec!["cole"]),
            ("Zoë O'Brien-Łukasiewicz", vec!["zoe"], vec!["obrienlukasiewicz", "brien", "lukasiewicz"]),
            ("Siân Ní Dhonnchadha", vec!["sian"], vec!["dhonnchadha"]),
            ("Piet van der Berg", vec!["piet"], vec!["berg"]),
            ("王小明", vec!["王小明", "小明"], vec![]),
        ] {
            assert_eq!(keys(name, "", Part::Given), given, "{name}");
            let mut found = keys(name, "", Part::Family);
            found.retain(|key| !PARTICLES.contains(&key.as_str()));
            assert_eq!(found, family, "{name}");
        }
        assert_eq!(keys("Kofi Osei", "Koko", Part::Nick), ["koko"]);
        assert!(keys("Alexander Hill", "", Part::Short).contains(&"sandy".to_owned()));
    }

    #[test]
    fn initials_of_every_kind() {
        for (name, initials) in [
            ("Kofi Osei", vec!["ko"]),
            ("Kofi James Osei", vec!["kjo", "ko"]),
            ("Piet van der Berg", vec!["pb", "pvdb"]),
            ("Anne-Marie Cole", vec!["ac", "amc"]),
            ("Sita", vec![]),
            ("سيتا علي", vec![]),
        ] {
            assert_eq!(Forms::of(name, "", false).initials, initials, "{name}");
        }
    }
}
