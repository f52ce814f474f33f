//! Seals the case file's key for one person without their passphrase, so that a new key can be handed to everybody who
//! stays when somebody's way in is taken away.
//!
//! X25519 gives the secrecy: only the person's own half opens. A second secret, kept in the encrypted record, is mixed
//! in: only somebody who has the case file open can seal, so that nobody can slip in a key of their own from outside.

use super::secret::{DataKey, hex, random_bytes, unhex};
use super::{Error, Random};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

/// The length of a sealed key: the sender's half, the key, and its proof.
pub(super) const SEALED: usize = 32 + 48;
/// The length of what the passphrase locks.
pub(super) const OPENER: usize = 64;

/// What opens a person's seals. Locked with their passphrase.
pub(super) struct Opener {
    half: DataKey,
    mixed_in: DataKey,
}

/// What seals for a person. Kept in the encrypted record.
#[derive(Serialize, Deserialize, Clone, PartialEq, Eq)]
pub(super) struct Pin {
    /// Whose.
    pub(super) label: String,
    /// The public half.
    pub(super) public: String,
    mixed_in: String,
}

impl Opener {
    pub(super) fn generate(random: &dyn Random) -> Result<Self, Error> {
        Ok(Self { half: DataKey::generate(random)?, mixed_in: DataKey::generate(random)? })
    }

    pub(super) fn pin(&self, label: &str) -> Pin {
        let public = PublicKey::from(&StaticSecret::from(*self.half.bytes()));
        Pin { label: label.to_owned(), public: hex(public.as_bytes()), mixed_in: hex(self.mixed_in.bytes()) }
    }

    pub(super) fn to_bytes(&self) -> Zeroizing<[u8; OPENER]> {
        let mut bytes = Zeroizing::new([0; OPENER]);
        bytes[..32].copy_from_slice(self.half.bytes());
        bytes[32..].copy_from_slice(self.mixed_in.bytes());
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (half, mixed_in) = bytes.split_at_checked(32)?;
        let mut opener = Self { half: DataKey::zeroed(), mixed_in: DataKey::zeroed() };
        opener.half.bytes_mut().copy_from_slice(half);
        opener.mixed_in.bytes_mut().copy_from_slice(mixed_in.get(..32)?);
        Some(opener)
    }

    /// The key, if it was sealed for this person, under this context, by somebody who had the case file open.
    pub(super) fn open(&self, context: &[u8], sealed: &[u8; SEALED]) -> Option<DataKey> {
        let (sender, locked) = sealed.split_at(32);
        let sender: [u8; 32] = sender.try_into().ok()?;
        let half = StaticSecret::from(*self.half.bytes());
        let shared = half.diffie_hellman(&PublicKey::from(sender));
        let cipher = cipher(shared.as_bytes(), self.mixed_in.bytes());
        let opened = cipher.decrypt(&[0; 24].into(), Payload { msg: locked, aad: context }).ok()?;
        let opened = Zeroizing::new(opened);
        let mut key = DataKey::zeroed();
        key.bytes_mut().copy_from_slice(opened.get(..32)?);
        Some(key)
    }
}

impl Pin {
    /// Seals the key for this person.
    pub(super) fn seal(
        &self,
        context: &[u8],
        key: &DataKey,
        random: &dyn Random,
    ) -> Result<[u8; SEALED], Error> {
        let broken = Error::Damaged { what: "a person's entry among the keys" };
        let public = unhex::<32>(&self.public);
        let mixed_in = unhex::<32>(&self.mixed_in).map(Zeroizing::new);
        let (Some(public), Some(mixed_in)) = (public, mixed_in) else { return Err(broken) };
        // Used for this one seal, so the cipher below never sees the same key twice and its nonce may stand still.
        let sender = StaticSecret::from(random_bytes::<32>(random)?);
        let shared = sender.diffie_hellman(&PublicKey::from(public));
        let locked = cipher(shared.as_bytes(), &mixed_in)
            .encrypt(&[0; 24].into(), Payload { msg: key.bytes(), aad: context })
            .map_err(|_| Error::NoMemory)?;
        let mut sealed = [0; SEALED];
        let (head, tail) = sealed.split_at_mut(32);
        head.copy_from_slice(PublicKey::from(&sender).as_bytes());
        if locked.len() != tail.len() {
            return Err(broken);
        }
        tail.copy_from_slice(&locked);
        Ok(sealed)
    }
}

fn cipher(shared: &[u8; 32], mixed_in: &[u8; 32]) -> XChaCha20Poly1305 {
    let sum = Sha256::new_with_prefix(b"casebook seal v1\0").chain_update(shared).chain_update(mixed_in);
    let mut key = DataKey::zeroed();
    key.bytes_mut().copy_from_slice(&sum.finalize());
    XChaCha20Poly1305::new(key.bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testkit::Seeded;

    fn sealed() -> (Opener, Pin, DataKey, [u8; SEALED]) {
        let random = Seeded::new(4);
        let opener = Opener::generate(&random).unwrap();
        let key = DataKey::generate(&random).unwrap();
        let pin = opener.pin("Deputy");
        let sealed = pin.seal(b"file", &key, &random).unwrap();
        (opener, pin, key, sealed)
    }

    #[test]
    fn only_the_right_half_under_the_right_context_opens() {
        let (opener, _, key, sealed) = sealed();
        let found = opener.open(b"file", &sealed).map(|k| *k.bytes());
        assert_eq!(found, Some(*key.bytes()));
        assert!(opener.open(b"another file", &sealed).is_none());
        let other = Opener::generate(&Seeded::new(5)).unwrap();
        assert!(other.open(b"file", &sealed).is_none());
        let again = Opener::from_bytes(&opener.to_bytes()[..]).unwrap();
        assert!(again.open(b"file", &sealed).is_some());
        assert!(Opener::from_bytes(&[0; 63]).is_none());
    }

    #[test]
    fn every_flip_is_refused() {
        let (opener, _, _, sealed) = sealed();
        for bit in 0..SEALED * 8 {
            let mut flipped = sealed;
            flipped[bit / 8] ^= 1 << (bit % 8);
            // X25519 leaves out the highest bit of a public half, as its standard says.
            assert_eq!(opener.open(b"file", &flipped).is_some(), bit == 31 * 8 + 7, "bit {bit}");
        }
    }

    #[test]
    fn who_knows_only_the_public_half_cannot_seal() {
        let (opener, pin, _, _) = sealed();
        let random = Seeded::new(6);
        let theirs = DataKey::generate(&random).unwrap();
        let forged = Pin { mixed_in: "00".repeat(32), ..pin };
        let sealed = forged.seal(b"file", &theirs, &random).unwrap();
        assert!(opener.open(b"file", &sealed).is_none());
    }

    #[test]
    fn a_doctored_entry_is_an_error() {
        let (_, pin, key, _) = sealed();
        let doctored = Pin { public: "zz".into(), ..pin };
        assert!(matches!(doctored.seal(b"file", &key, &Seeded::new(7)), Err(Error::Damaged { .. })));
    }
}
