//! Judges a passphrase by how it would be guessed, and offers one of five random words.
//!
//! Does not decide whether a weak one may be used; `app` does, from [`Strength::enough`].

use super::{Error, Secret, secret::random_bytes};
use crate::domain::Random;
use bip39::Language;
use zeroize::Zeroizing;
use zxcvbn::feedback::Warning;

/// How hard a passphrase is to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// From 0, guessed at once, to 4, not guessed within any reasonable time.
    pub score: u8,
    /// Whether it may be used: only the highest score will do, since a stolen file can be tried for ever.
    pub enough: bool,
    /// What to do about it, in plain words.
    pub advice: &'static str,
}

const ENOUGH: u8 = 4;
/// Longer input is judged by its beginning, because the time to judge grows faster than the length.
const JUDGED_CHARS: usize = 100;

/// Judges a passphrase; `school_words` are words that a guesser would try first here: the school's name, town, people.
pub fn judge(passphrase: &str, school_words: &[&str]) -> Strength {
    let beginning = Zeroizing::new(passphrase.chars().take(JUDGED_CHARS).collect::<String>());
    let known: Vec<String> = school_words.iter().flat_map(|words| as_guessed(words)).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let judged = zxcvbn::zxcvbn(&beginning, &known);
    let score = u8::from(judged.score());
    let advice = match judged.feedback().and_then(zxcvbn::feedback::Feedback::warning) {
        _ if passphrase.is_empty() => "Enter a passphrase, or use the five words offered.",
        _ if score >= ENOUGH => "This passphrase is strong.",
        Some(warning) => in_plain_words(warning),
        None => "This could be guessed. Add another word or two that have nothing to do with the school.",
    };
    Strength { score, enough: score >= ENOUGH, advice }
}

/// How a guesser spells `St Mary's`: `marys`, `stmarys`. In lower case, as the judge compares.
fn as_guessed(words: &str) -> Vec<String> {
    let plain = words.to_lowercase().replace(['\'', '’'], "");
    let mut guesses: Vec<String> = plain.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect();
    guesses.push(guesses.concat());
    guesses.retain(|guess| guess.chars().count() > 2);
    guesses
}

fn in_plain_words(warning: Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => {
            "Keys that lie side by side are easy to guess. Use five words that have nothing to do with one another."
        }
        Warning::RepeatsLikeAaaAreEasyToGuess
        | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
        | Warning::SequencesLikeAbcAreEasyToGuess => {
            "Repeats and runs like “aaa” or “abc” are easy to guess. Add words that have nothing to do with one another."
        }
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword => {
            "Many people use this or something like it. Use five words that have nothing to do with one another."
        }
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => {
            "Years and dates are easy to guess. Add words that have nothing to do with the school."
        }
        Warning::AWordByItselfIsEasyToGuess => {
            "One word alone is easy to guess. Add more words that have nothing to do with the school."
        }
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            "Names are easy to guess. Add words that have nothing to do with the school or its people."
        }
    }
}

const OFFERED_WORDS: usize = 5;

/// Five random words of the BIP39 list, joined by `-`: 55 bits.
///
/// # Errors
/// When the operating system gives no random numbers.
pub fn suggest(random: &dyn Random) -> Result<Secret, Error> {
    // The capacity is enough for five words of eight letters, so that no shorter copy is left behind by growing.
    let mut text = String::with_capacity(64);
    for word in 0..OFFERED_WORDS {
        let bits = u16::from_be_bytes(random_bytes(random)?);
        // 2048 words: the lower eleven bits choose every word equally often.
        let chosen = Language::English.word_list()[usize::from(bits & 0x7ff)];
        if word > 0 {
            text.push('-');
        }
        text.push_str(chosen);
    }
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::NoRandomness;

    const SCHOOL: [&str; 3] = ["St Mary's", "Oakfield Primary School", "Ravenscote"];

    #[test]
    fn school_words_count_as_guessed() {
        for (passphrase, enough) in [
            ("", false),
            ("Password1!", false),
            ("StMarys2026!", false),
            ("Oakfield2026!!", false),
            ("RavenscotePrimary1", false),
            ("safeguarding", false),
            ("qwertyuiop", false),
            ("plum ladder ocean tidy fork", true),
            ("correct-zebra-violin-mast", true),
        ] {
            let got = judge(passphrase, &SCHOOL);
            assert_eq!(got.enough, enough, "{passphrase}: {got:?}");
            assert_eq!(got.enough, got.score == 4);
            assert!(got.advice.ends_with('.'));
        }
        let without = judge("StMarys2026!", &[]).score;
        assert!(judge("StMarys2026!", &SCHOOL).score < without, "the school's words must make a difference");
    }

    #[test]
    fn a_very_long_one_is_judged_quickly() {
        assert!(judge(&"plum ladder ocean ".repeat(5000), &SCHOOL).enough);
    }

    struct Counting(std::sync::atomic::AtomicU8);
    impl Random for Counting {
        fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
            bytes.fill_with(|| self.0.fetch_add(29, std::sync::atomic::Ordering::Relaxed));
            Ok(())
        }
    }

    #[test]
    fn the_words_offered_are_strong() {
        let random = Counting(7.into());
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..20 {
            let offered = suggest(&random).unwrap();
            assert_eq!(offered.expose().split('-').count(), 5);
            assert!(judge(offered.expose(), &SCHOOL).enough, "{}", offered.expose());
            seen.insert(offered.expose().to_owned());
        }
        assert!(seen.len() > 10);
    }

    #[test]
    fn no_randomness_is_said() {
        struct Mute;
        impl Random for Mute {
            fn fill(&self, _: &mut [u8]) -> Result<(), NoRandomness> {
                Err(NoRandomness)
            }
        }
        assert!(matches!(suggest(&Mute), Err(Error::NoRandomness(_))));
    }
}
