//! Recovery words: the case file's key as 24 words of the BIP39 list, for the printed sheet.
//!
//! Not a key to the keys file: the words *are* the key, so that losing every copy of the keys file loses no record.
//! The bits are cut here and not by `bip39::Mnemonic`, which leaves copies of them on the stack.

use super::{Error, Random, Secret, WordsFault, secret::DataKey};
use bip39::Language;
use sha2::{Digest, Sha256};
use std::hint::black_box;
use zeroize::Zeroizing;

const COUNT: usize = 24;
const BITS_A_WORD: usize = 11;

/// The 24 words of the recovery sheet. No `Debug`; overwritten when dropped.
pub struct RecoveryWords(Vec<&'static str>);

impl RecoveryWords {
    /// The words in their order.
    pub fn as_slice(&self) -> &[&'static str] {
        &self.0
    }

    /// The words of a key that nothing is locked with yet.
    pub(super) fn generate(random: &dyn Random) -> Result<Self, Error> {
        Ok(Self::of(&DataKey::generate(random)?))
    }

    /// Whether this is the word at a number of the sheet, counted from 1. Capitals and white space do not matter.
    pub(super) fn has(&self, number: usize, typed: &Secret) -> bool {
        let word = number.checked_sub(1).and_then(|at| self.0.get(at));
        word.is_some_and(|word| typed.expose().trim().eq_ignore_ascii_case(word))
    }

    /// The key that these words are.
    pub(super) fn key(&self) -> Result<DataKey, Error> {
        Self::read(&Secret::new(self.0.join(" ")))
    }

    pub(super) fn of(key: &DataKey) -> Self {
        let bytes = with_checksum(key);
        let words = (0..COUNT).map(|word| Language::English.word_list()[index_at(&bytes, word)]);
        Self(words.collect())
    }

    /// Reads typed words: any case, any white space, numbers as on the sheet (`1.`) allowed before a word.
    pub(super) fn read(typed: &Secret) -> Result<DataKey, Error> {
        let text = Zeroizing::new(typed.expose().to_lowercase());
        let is_number = |w: &&str| w.trim_end_matches(['.', ')', ':']).bytes().all(|b| b.is_ascii_digit());
        let words = || text.split([' ', '\t', '\n', '\r', ',', '-', '\u{a0}']).filter(|w| !w.is_empty());
        let words = || words().filter(|w| !is_number(w));
        let found = words().count();
        if found != COUNT {
            return Err(WordsFault::Count { found }.into());
        }
        let mut bytes = Zeroizing::new([0u8; 33]);
        for (place, word) in words().enumerate() {
            let index =
                Language::English.find_word(word).ok_or(WordsFault::UnknownWord { position: place + 1 })?;
            for bit in 0..BITS_A_WORD {
                let at = place * BITS_A_WORD + bit;
                let one = u8::from(index >> (BITS_A_WORD - 1 - bit) & 1 == 1);
                bytes[at / 8] |= one << (7 - at % 8);
            }
        }
        let mut key = DataKey::zeroed();
        key.bytes_mut().copy_from_slice(&bytes[..32]);
        if with_checksum(&key)[32] == bytes[32] { Ok(key) } else { Err(WordsFault::Checksum.into()) }
    }
}

impl Drop for RecoveryWords {
    fn drop(&mut self) {
        // The words themselves are a public list; which ones were chosen lies in these pointers.
        self.0.fill("");
        black_box(&self.0);
    }
}

fn with_checksum(key: &DataKey) -> Zeroizing<[u8; 33]> {
    let mut bytes = Zeroizing::new([0; 33]);
    bytes[..32].copy_from_slice(key.bytes());
    bytes[32] = Sha256::digest(key.bytes())[0];
    bytes
}

fn index_at(bytes: &[u8; 33], word: usize) -> usize {
    (word * BITS_A_WORD..(word + 1) * BITS_A_WORD)
        .fold(0, |index, at| index << 1 | usize::from(bytes[at / 8] >> (7 - at % 8) & 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> DataKey {
        let mut key = DataKey::zeroed();
        for (byte, value) in key.bytes_mut().iter_mut().zip(0u8..) {
            *byte = value.wrapping_mul(37).wrapping_add(seed.wrapping_mul(91));
        }
        key
    }

    fn fault(text: &str) -> Option<WordsFault> {
        match RecoveryWords::read(&Secret::new(text.into())) {
            Err(Error::WrongWords { fault }) => Some(fault),
            _ => None,
        }
    }

    #[test]
    fn they_are_the_words_of_the_standard() {
        for seed in 0..=255 {
            let ours = RecoveryWords::of(&key(seed)).as_slice().join(" ");
            assert_eq!(ours, bip39::Mnemonic::from_entropy(key(seed).bytes()).unwrap().to_string());
            let back = RecoveryWords::read(&Secret::new(ours)).unwrap();
            assert_eq!(back.bytes(), key(seed).bytes());
        }
    }

    #[test]
    fn words_are_a_key_and_are_known_by_their_number() {
        let words = RecoveryWords::of(&key(3));
        assert_eq!(words.key().unwrap().bytes(), key(3).bytes());
        let fourth = words.as_slice()[3];
        assert!(words.has(4, &Secret::new(format!(" {}\n", fourth.to_uppercase()))));
        for (number, typed) in [(0, fourth), (25, fourth), (4, ""), (4, "headmaster")] {
            assert!(!words.has(number, &Secret::new(typed.into())), "{number} {typed}");
        }
    }

    #[test]
    fn typing_may_vary() {
        let words = RecoveryWords::of(&key(1));
        let plain = words.as_slice().join(" ");
        let numbered: Vec<String> =
            (1..).zip(words.as_slice()).map(|(number, word)| format!("{number}. {word}")).collect();
        let numbered = numbered.join("\n");
        for typed in [plain.to_uppercase(), plain.replace(' ', " \n\t"), plain.replace(' ', "-"), numbered] {
            assert_eq!(RecoveryWords::read(&Secret::new(typed)).unwrap().bytes(), key(1).bytes());
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        let words = RecoveryWords::of(&key(1)).as_slice().to_vec();
        assert_eq!(fault(""), Some(WordsFault::Count { found: 0 }));
        assert_eq!(fault(&words[..23].join(" ")), Some(WordsFault::Count { found: 23 }));
        let mut wrong = words.clone();
        wrong[6] = "headmaster";
        assert_eq!(fault(&wrong.join(" ")), Some(WordsFault::UnknownWord { position: 7 }));
        let mut caught = 0;
        for place in 0..24 {
            let mut wrong = words.clone();
            wrong[place] = if wrong[place] == "zoo" { "abandon" } else { "zoo" };
            caught += usize::from(fault(&wrong.join(" ")) == Some(WordsFault::Checksum));
        }
        // The sum is 8 bits long: one mistake in 256 gets past it and is told by the keys file.
        assert!(caught >= 22, "{caught}");
    }
}
