//! What must not stay in memory or reach a log: typed secrets and the case file's key.
//!
//! Wiping is best effort against a later reader of memory, not a wall against a program that watches this one.

use crate::domain::Random;
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

use super::Error;

/// A passphrase or recovery words as typed. Wiped when dropped; `Debug` says nothing of it.
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes over the typed text.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text itself. Use it where it is needed and keep no copy.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 256 bits that open something. In one place on the heap for its whole life: moving it moves a pointer, so no stale
/// copy stays on the stack.
pub(super) struct DataKey(Box<[u8; 32]>);

impl DataKey {
    /// All zeros, to be filled in place.
    pub(super) fn zeroed() -> Self {
        Self(Box::new([0; 32]))
    }

    /// A new random key.
    pub(super) fn generate(random: &dyn Random) -> Result<Self, Error> {
        let mut key = Self::zeroed();
        random.fill(&mut key.0[..])?;
        Ok(key)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Reads `N` bytes of lower-case hexadecimal, and nothing else.
pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |b: u8| char::from(b).to_digit(16).filter(|_| !b.is_ascii_uppercase());
    let mut bytes = [0; N];
    if text.len() != N * 2 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

/// An array of random bytes.
pub(super) fn random_bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_nothing() {
        assert_eq!(format!("{:?}", Secret::new("plum ladder".into())), "Secret(…)");
    }

    #[test]
    fn hexadecimal_both_ways() {
        assert_eq!(hex(&[0, 0x9f, 0xff]), "009fff");
        assert_eq!(unhex::<3>("009fff"), Some([0, 0x9f, 0xff]));
        for bad in ["", "009ff", "009fff0", "009fFF", "00 fff", "é0fff", "+09fff"] {
            assert_eq!(unhex::<3>(bad), None, "{bad}");
        }
    }
}
