//! A key slot: one person's way to the case file's key.
//!
//! Argon2id makes guessing slow; XChaCha20-Poly1305 locks what opens this person's seal (see [`seal`](super::seal)).
//! Does not know where slots are kept.

use super::seal::{OPENER, Opener, Pin, SEALED};
use super::secret::{DataKey, Secret, hex, random_bytes, unhex};
use super::{Error, Random};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

/// What one guess at a passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Memory, in KiB.
    pub m_kib: u32,
    /// Passes over it.
    pub t: u32,
    /// Lanes.
    pub p: u32,
}

impl Cost {
    /// About a second on a slow office PC.
    pub const STANDARD: Self = Self { m_kib: 128 * 1024, t: 3, p: 1 };

    /// Weaker than anything Casebook writes, or dearer than a PC can bear: a doctored file must neither make guessing
    /// cheap nor hang the program.
    fn params(self) -> Option<Params> {
        let sane = (19 * 1024..=1024 * 1024).contains(&self.m_kib)
            && (1..=20).contains(&self.t)
            && (1..=8).contains(&self.p);
        sane.then(|| Params::new(self.m_kib, self.t, self.p, Some(32)).ok()).flatten()
    }
}

/// One person's way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slot {
    /// Whose it is, readable before unlocking.
    pub(super) label: String,
    cost: Cost,
    salt: String,
    nonce: String,
    /// What opens the seal, under the passphrase.
    locked: String,
    /// The half that seals for this person, to be compared with the record before it is used.
    pub(super) public: String,
    /// The case file's key.
    sealed: String,
}

impl Slot {
    /// Locks the key with a passphrase. What it takes to seal another key for this person belongs into the record.
    pub(super) fn lock(
        label: &str,
        passphrase: &Secret,
        cost: Cost,
        (file_id, key): (&str, &DataKey),
        random: &dyn Random,
    ) -> Result<(Self, Pin), Error> {
        let params = cost.params().ok_or(Error::CostOutOfRange)?;
        let salt = random_bytes::<16>(random)?;
        let nonce = random_bytes::<24>(random)?;
        let opener = Opener::generate(random)?;
        let pin = opener.pin(label);
        let mut slot = Self {
            label: label.to_owned(),
            cost,
            salt: hex(&salt),
            nonce: hex(&nonce),
            locked: String::new(),
            public: pin.public.clone(),
            sealed: String::new(),
        };
        let aad = slot.bound_to(file_id);
        let locked = cipher(passphrase, &salt, params)?
            .encrypt(&nonce.into(), Payload { msg: &opener.to_bytes()[..], aad: &aad })
            .map_err(|_| Error::CostOutOfRange)?;
        slot.locked = hex(&locked);
        Ok((slot.sealed_again(&pin, file_id, key, random)?, pin))
    }

    /// This slot with another key in it. Needs no passphrase.
    pub(super) fn sealed_again(
        mut self,
        pin: &Pin,
        file_id: &str,
        key: &DataKey,
        random: &dyn Random,
    ) -> Result<Self, Error> {
        self.sealed = hex(&pin.seal(&context(file_id, &self.label), key, random)?);
        Ok(self)
    }

    /// What opens this person's seals, if this is the passphrase.
    pub(super) fn unlock(&self, passphrase: &Secret, file_id: &str) -> Result<Option<Opener>, Error> {
        let (Some(params), Some(salt), Some(nonce), Some(locked)) = (
            self.cost.params(),
            unhex::<16>(&self.salt),
            unhex::<24>(&self.nonce),
            unhex::<{ OPENER + 16 }>(&self.locked),
        ) else {
            return Err(Error::KeysDamaged);
        };
        let payload = Payload { msg: &locked, aad: &self.bound_to(file_id) };
        let Ok(opened) = cipher(passphrase, &salt, params)?.decrypt(&nonce.into(), payload) else {
            return Ok(None);
        };
        let opened = Zeroizing::new(opened);
        Opener::from_bytes(&opened).ok_or(Error::KeysDamaged).map(Some)
    }

    /// The key, if it was sealed for this person.
    pub(super) fn key(&self, opener: &Opener, file_id: &str) -> Result<DataKey, Error> {
        let sealed = unhex::<SEALED>(&self.sealed).ok_or(Error::KeysDamaged)?;
        opener.open(&context(file_id, &self.label), &sealed).ok_or(Error::KeysDamaged)
    }

    /// Everything that must not be changed without the passphrase.
    fn bound_to(&self, file_id: &str) -> Vec<u8> {
        let Cost { m_kib, t, p } = self.cost;
        format!("casebook slot v1|{file_id}|{m_kib}|{t}|{p}|{}|{}|{}", self.salt, self.public, self.label)
            .into_bytes()
    }
}

/// What a seal is good for.
fn context(file_id: &str, label: &str) -> Vec<u8> {
    format!("casebook seal v1|{file_id}|{label}").into_bytes()
}

fn cipher(passphrase: &Secret, salt: &[u8; 16], params: Params) -> Result<XChaCha20Poly1305, Error> {
    // NFKC: the same words typed on another keyboard give the same bytes. No trimming, no case folding.
    let mut typed = Zeroizing::new(String::with_capacity(passphrase.expose().len() * 4));
    typed.extend(passphrase.expose().nfkc());
    let mut memory = Memory::of(params.block_count())?;
    let mut key = DataKey::zeroed();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(typed.as_bytes(), salt, key.bytes_mut(), &mut memory.0[..])
        .map_err(|_| Error::CostOutOfRange)?;
    Ok(XChaCha20Poly1305::new(key.bytes().into()))
}

/// Argon2's own memory: asked for so that a PC without it gives an error instead of ending the program, and wiped.
struct Memory(Vec<Block>);

impl Memory {
    fn of(blocks: usize) -> Result<Self, Error> {
        let mut memory = Vec::new();
        memory.try_reserve_exact(blocks).map_err(|_| Error::NoMemory)?;
        memory.resize(blocks, Block::new());
        Ok(Self(memory))
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testkit::{CHEAP, Seeded};

    const FILE: &str = "00112233445566778899aabbccddeeff";

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn slot(passphrase: &str) -> (Slot, DataKey) {
        let random = Seeded::new(1);
        let key = DataKey::generate(&random).unwrap();
        let (slot, _) = Slot::lock("Headteacher", &secret(passphrase), CHEAP, (FILE, &key), &random).unwrap();
        (slot, key)
    }

    #[test]
    fn the_same_words_on_another_keyboard() {
        let (slot, key) = slot("Zoë's café in März");
        for (typed, opens) in [
            ("Zoë's café in März", true),
            ("Zoe\u{308}'s cafe\u{301} in Ma\u{308}rz", true),
            ("Zoë's café in März ", false),
            ("zoë's café in märz", false),
            ("", false),
        ] {
            let got = slot.unlock(&secret(typed), FILE).unwrap();
            let got = got.map(|opener| *slot.key(&opener, FILE).unwrap().bytes() == *key.bytes());
            assert_eq!(got, opens.then_some(true), "{typed}");
        }
    }

    #[test]
    fn a_slot_is_bound_to_its_file_label_and_cost() {
        let (slot, _) = slot("plum ladder");
        let opens = |slot: &Slot, file| slot.unlock(&secret("plum ladder"), file).unwrap().is_some();
        assert!(opens(&slot, FILE));
        assert!(!opens(&slot, "ff112233445566778899aabbccddeeff"));
        assert!(!opens(&Slot { label: "Deputy".into(), ..slot.clone() }, FILE));
        assert!(!opens(&Slot { cost: Cost { t: 2, ..CHEAP }, ..slot.clone() }, FILE));
        assert!(!opens(&Slot { public: "00".repeat(32), ..slot.clone() }, FILE));
    }

    #[test]
    fn another_key_is_sealed_without_the_passphrase() {
        let random = Seeded::new(3);
        let [old, new] = [(); 2].map(|()| DataKey::generate(&random).unwrap());
        let (slot, pin) = Slot::lock("Deputy", &secret("plum ladder"), CHEAP, (FILE, &old), &random).unwrap();
        let again = slot.clone().sealed_again(&pin, FILE, &new, &random).unwrap();
        let opener = again.unlock(&secret("plum ladder"), FILE).unwrap().unwrap();
        assert!(again.key(&opener, FILE).unwrap().bytes() == new.bytes());
        let renamed = Slot { label: "Head".into(), ..again };
        assert!(matches!(renamed.key(&opener, FILE), Err(Error::KeysDamaged)));
    }

    #[test]
    fn a_doctored_cost_neither_weakens_nor_hangs() {
        let (slot, key) = slot("plum ladder");
        for cost in [
            Cost { m_kib: 64, ..CHEAP },
            Cost { m_kib: u32::MAX, ..CHEAP },
            Cost { t: 0, ..CHEAP },
            Cost { t: 1000, ..CHEAP },
            Cost { p: 0, ..CHEAP },
        ] {
            let doctored = Slot { cost, ..slot.clone() };
            assert!(matches!(doctored.unlock(&secret("plum ladder"), FILE), Err(Error::KeysDamaged)));
            let made = Slot::lock("Deputy", &secret("x"), cost, (FILE, &key), &Seeded::new(2));
            assert!(matches!(made, Err(Error::CostOutOfRange)));
        }
    }

    #[test]
    fn memory_that_is_not_there_is_an_error() {
        assert!(matches!(Memory::of(usize::MAX / 2048), Err(Error::NoMemory)));
        assert!(Memory::of(16).is_ok());
    }
}
