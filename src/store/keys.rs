//! The keys file: everybody's slots, kept twice.
//!
//! One line of JSON and a line with its SHA-256, so that damage is never mistaken for a wrong passphrase. Each copy is
//! written whole or not at all, one after the other: at every instant one of them is good.

use super::folder::{Folder, write_whole};
use super::seal::Pin;
use super::secret::{DataKey, Secret, hex, unhex};
use super::slot::{Cost, Slot};
use super::{Error, Random};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fs, io};

const FORMAT: &str = "casebook-keys";
const VERSION: u32 = 1;

/// The keys of one case file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Keys {
    format: String,
    version: u32,
    /// The database's first 16 bytes, which we chose.
    file_id: String,
    /// Counts the saves, so that the newer of two copies is known.
    generation: u64,
    /// Tells this file's key from any other without opening the database.
    key_check: String,
    slots: Vec<Slot>,
    /// While the database is being put under another key: that key's slots. Whichever key the database turns out to be
    /// under is the right one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Next>,
}

/// The keys as they will be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    key_check: String,
    slots: Vec<Slot>,
}

/// What a passphrase opened.
pub(super) struct Unlocked {
    /// Whose it was.
    pub(super) label: String,
    pub(super) key: DataKey,
    /// The key that was to take its place, where this person was to have it.
    pub(super) next: Option<DataKey>,
}

/// Which of the two keys this is, where there are two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Now,
    Next,
}

/// The part that every version of the format has.
#[derive(Deserialize)]
struct Heading {
    format: String,
    version: u32,
}

/// A keys file as it was found.
#[derive(Debug)]
pub(super) struct Found {
    /// The newest whole copy.
    pub(super) keys: Keys,
    /// Whether the other copy was damaged, missing or older, and has been put right.
    pub(super) mended: bool,
}

impl Keys {
    /// Keys without a slot.
    pub(super) fn new(file_id: &[u8; 16], key: &DataKey) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            file_id: hex(file_id),
            generation: 0,
            key_check: key_check(key),
            slots: Vec::new(),
            next: None,
        }
    }

    /// The salt that SQLCipher expects at the beginning of the database.
    pub(super) fn file_id(&self) -> Result<[u8; 16], Error> {
        unhex(&self.file_id).ok_or(Error::KeysDamaged)
    }

    pub(super) fn labels(&self) -> Vec<String> {
        self.slots.iter().map(|slot| slot.label.clone()).collect()
    }

    /// Whether this is a key that the slots hold, and which.
    pub(super) fn belong_to(&self, key: &DataKey) -> Option<Which> {
        let check = key_check(key);
        let next = || self.next.as_ref().is_some_and(|next| next.key_check == check);
        if self.key_check == check { Some(Which::Now) } else { next().then_some(Which::Next) }
    }

    /// Whether the database may be under either of two keys.
    pub(super) fn are_between(&self) -> bool {
        self.next.is_some()
    }

    /// Tries every slot.
    pub(super) fn unlock(&self, passphrase: &Secret) -> Result<Unlocked, Error> {
        for slot in &self.slots {
            let Some(opener) = slot.unlock(passphrase, &self.file_id)? else { continue };
            let key = slot.key(&opener, &self.file_id)?;
            let next = self.next.iter().flat_map(|next| &next.slots).find(|next| next.label == slot.label);
            let next = next.map(|next| next.key(&opener, &self.file_id)).transpose()?;
            let right = self.belong_to(&key) == Some(Which::Now)
                && next.as_ref().is_none_or(|next| self.belong_to(next) == Some(Which::Next));
            return if right {
                Ok(Unlocked { label: slot.label.clone(), key, next })
            } else {
                Err(Error::KeysDamaged)
            };
        }
        Err(Error::WrongPassphrase)
    }

    /// Whether this is the passphrase of one person's slot.
    pub(super) fn opens(&self, label: &str, passphrase: &Secret) -> Result<bool, Error> {
        match self.slots.iter().find(|slot| slot.label == label) {
            Some(slot) => Ok(slot.unlock(passphrase, &self.file_id)?.is_some()),
            None => Ok(false),
        }
    }

    /// These keys with one person's slot new or replaced, and what seals for that person.
    pub(super) fn with_slot(
        &self,
        label: &str,
        passphrase: &Secret,
        cost: Cost,
        key: &DataKey,
        random: &dyn Random,
    ) -> Result<(Self, Pin), Error> {
        let (slot, pin) = Slot::lock(label, passphrase, cost, (&self.file_id, key), random)?;
        let mut keys = self.clone();
        match keys.slots.iter_mut().find(|other| other.label == label) {
            Some(old) => *old = slot,
            None => keys.slots.push(slot),
        }
        keys.generation += 1;
        Ok((keys, pin))
    }

    /// These keys with another key's slots beside them, for everybody but `without`. Left out too, and named, is
    /// everybody whose slot the record does not know: it was put there from outside.
    pub(super) fn with_next(
        &self,
        key: &DataKey,
        without: Option<&str>,
        pins: &[Pin],
        random: &dyn Random,
    ) -> Result<(Self, Vec<String>), Error> {
        let mut next = Next { key_check: key_check(key), slots: Vec::new() };
        let mut left_out = Vec::new();
        for slot in self.slots.iter().filter(|slot| Some(slot.label.as_str()) != without) {
            match pins.iter().find(|pin| pin.label == slot.label && pin.public == slot.public) {
                Some(pin) => {
                    next.slots.push(slot.clone().sealed_again(pin, &self.file_id, key, random)?);
                }
                None => left_out.push(slot.label.clone()),
            }
        }
        let keys = Self { next: Some(next), generation: self.generation + 1, ..self.clone() };
        Ok((keys, left_out))
    }

    /// How many people the other key would let in.
    pub(super) fn next_people(&self) -> usize {
        self.next.as_ref().map_or(0, |next| next.slots.len())
    }

    /// These keys once it is known which key the database is under.
    pub(super) fn settled(&self, which: Which) -> Self {
        let mut keys = Self { next: None, generation: self.generation + 1, ..self.clone() };
        if let (Which::Next, Some(next)) = (which, &self.next) {
            keys.key_check.clone_from(&next.key_check);
            keys.slots.clone_from(&next.slots);
        }
        keys
    }

    /// Writes both copies.
    pub(super) fn save(&self, folder: &Folder) -> Result<(), Error> {
        let bytes = self.to_bytes()?;
        folder.keys().iter().try_for_each(|path| write_whole(path, &bytes))
    }

    /// The newest whole copy. Mends nothing, so it may be used without the lock.
    pub(super) fn look(folder: &Folder) -> Result<Found, Error> {
        let copies = folder.keys().map(|path| match fs::read(path) {
            Ok(bytes) => Self::from_bytes(&bytes),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(Error::KeysMissing),
            Err(e) => Err(Error::io("reading the keys")(e)),
        });
        let newer = copies.iter().find_map(|copy| match copy {
            Err(Error::KeysTooNew { found }) => Some(*found),
            _ => None,
        });
        if let Some(found) = newer {
            // Even if the other copy is one of ours: it is older, and must not overwrite the newer one.
            return Err(Error::KeysTooNew { found });
        }
        match copies {
            [Ok(a), Ok(b)] if a == b => Ok(Found { keys: a, mended: false }),
            [Ok(a), Ok(b)] => {
                Ok(Found { keys: if a.generation >= b.generation { a } else { b }, mended: true })
            }
            [Ok(keys), Err(_)] | [Err(_), Ok(keys)] => Ok(Found { keys, mended: true }),
            [Err(Error::KeysMissing), Err(Error::KeysMissing)] => Err(Error::KeysMissing),
            [Err(error @ (Error::Io { .. } | Error::ReadOnly)), _]
            | [_, Err(error @ (Error::Io { .. } | Error::ReadOnly))] => Err(error),
            [Err(_), Err(_)] => Err(Error::KeysDamaged),
        }
    }

    /// The newest whole copy, after putting the other one right. Only under the lock.
    pub(super) fn load(folder: &Folder) -> Result<Found, Error> {
        let Found { keys, mended } = Self::look(folder)?;
        // A folder that cannot be written must not stop people reading.
        let mended = mended && keys.save(folder).is_ok();
        Ok(Found { keys, mended })
    }

    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let mut bytes =
            serde_json::to_vec(self).map_err(|_| Error::Unreadable { kind: "keys file", seq: 0 })?;
        let sum = hex(&Sha256::digest(&bytes));
        bytes.extend_from_slice(format!("\nsha256 {sum}\n").as_bytes());
        Ok(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let end = bytes.iter().position(|&b| b == b'\n').ok_or(Error::KeysDamaged)?;
        let (json, tail) = bytes.split_at(end);
        if tail != format!("\nsha256 {}\n", hex(&Sha256::digest(json))).as_bytes() {
            return Err(Error::KeysDamaged);
        }
        let heading: Heading = serde_json::from_slice(json).map_err(|_| Error::KeysDamaged)?;
        match heading {
            Heading { format, .. } if format != FORMAT => Err(Error::KeysDamaged),
            Heading { version, .. } if version > VERSION => Err(Error::KeysTooNew { found: version }),
            Heading { .. } => serde_json::from_slice(json).map_err(|_| Error::KeysDamaged),
        }
    }
}

fn key_check(key: &DataKey) -> String {
    let sum = Sha256::new().chain_update(b"casebook key check v1").chain_update(key.bytes()).finalize();
    hex(&sum[..16])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::testkit::{CHEAP, Seeded};

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn saved() -> (tempfile::TempDir, Folder, Keys, DataKey) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::make(&dir.path().join("a.casebook")).unwrap();
        let random = Seeded::new(1);
        let key = DataKey::generate(&random).unwrap();
        let keys = Keys::new(&[3; 16], &key)
            .with_slot("Headteacher", &secret("plum ladder"), CHEAP, &key, &random)
            .unwrap()
            .0;
        keys.save(&folder).unwrap();
        (dir, folder, keys, key)
    }

    #[test]
    fn every_flip_and_cut_is_damage_and_never_a_wrong_passphrase() {
        let (_dir, _, keys, _) = saved();
        let whole = keys.to_bytes().unwrap();
        assert_eq!(Keys::from_bytes(&whole).unwrap(), keys);
        for bit in 0..whole.len() * 8 {
            let mut flipped = whole.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert!(matches!(Keys::from_bytes(&flipped), Err(Error::KeysDamaged)), "bit {bit}");
        }
        for length in 0..whole.len() {
            assert!(matches!(Keys::from_bytes(&whole[..length]), Err(Error::KeysDamaged)), "cut {length}");
        }
    }

    #[test]
    fn one_whole_copy_is_enough_and_mends_the_other() {
        for bad in 0..2 {
            for damage in [None, Some(vec![]), Some(vec![0; 4096])] {
                let (_dir, folder, keys, _) = saved();
                let path = &folder.keys()[bad];
                match &damage {
                    None => fs::remove_file(path).unwrap(),
                    Some(bytes) => fs::write(path, bytes).unwrap(),
                }
                let found = Keys::load(&folder).unwrap();
                assert!(found.mended);
                assert_eq!(found.keys, keys);
                assert!(!Keys::load(&folder).unwrap().mended);
            }
        }
    }

    #[test]
    fn the_newest_wins_after_a_crash_between_the_copies() {
        let (_dir, folder, old, key) = saved();
        let (new, _) = old.with_slot("Headteacher", &secret("ocean"), CHEAP, &key, &Seeded::new(9)).unwrap();
        for newest_at in 0..2 {
            fs::write(&folder.keys()[newest_at], new.to_bytes().unwrap()).unwrap();
            fs::write(&folder.keys()[1 - newest_at], old.to_bytes().unwrap()).unwrap();
            let found = Keys::load(&folder).unwrap();
            assert_eq!((&found.keys, found.mended), (&new, true));
        }
        assert!(matches!(new.unlock(&secret("plum ladder")), Err(Error::WrongPassphrase)));
        assert!(new.unlock(&secret("ocean")).unwrap().key.bytes() == key.bytes());
    }

    #[test]
    fn gone_damaged_and_newer_are_told_apart() {
        let (_dir, folder, keys, _) = saved();
        let [first, second] = folder.keys();
        let newer = Keys { version: 2, ..keys }.to_bytes().unwrap();
        fs::write(&second, newer).unwrap();
        assert!(matches!(Keys::load(&folder), Err(Error::KeysTooNew { found: 2 })));
        fs::write(&first, b"x").unwrap();
        fs::write(&second, b"x").unwrap();
        assert!(matches!(Keys::load(&folder), Err(Error::KeysDamaged)));
        fs::remove_file(&first).unwrap();
        assert!(matches!(Keys::load(&folder), Err(Error::KeysDamaged)));
        fs::remove_file(&second).unwrap();
        assert!(matches!(Keys::load(&folder), Err(Error::KeysMissing)));
    }

    #[test]
    fn two_people_and_a_changed_passphrase() {
        let (_dir, _, keys, key) = saved();
        let random = Seeded::new(5);
        let (keys, _) = keys.with_slot("Deputy", &secret("tidy fork"), CHEAP, &key, &random).unwrap();
        assert_eq!(keys.labels(), ["Headteacher", "Deputy"]);
        assert!(keys.unlock(&secret("tidy fork")).is_ok());
        for (label, passphrase, opens) in [
            ("Headteacher", "plum ladder", true),
            ("Headteacher", "tidy fork", false),
            ("Deputy", "tidy fork", true),
            ("Nobody", "tidy fork", false),
        ] {
            assert_eq!(keys.opens(label, &secret(passphrase)).unwrap(), opens, "{label}: {passphrase}");
        }
        let (keys, _) = keys.with_slot("Headteacher", &secret("new one"), CHEAP, &key, &random).unwrap();
        assert_eq!(keys.labels(), ["Headteacher", "Deputy"]);
        assert!(matches!(keys.unlock(&secret("plum ladder")), Err(Error::WrongPassphrase)));
        assert!(keys.unlock(&secret("tidy fork")).is_ok());
    }

    #[test]
    fn another_key_lets_in_who_stays_and_nobody_from_outside() {
        let (_dir, _, keys, key) = saved();
        let random = Seeded::new(7);
        let person =
            |keys: &Keys, label: &str| keys.with_slot(label, &secret(label), CHEAP, &key, &random).unwrap();
        let (keys, head) = person(&keys, "Headteacher");
        let (keys, deputy) = person(&keys, "Deputy");
        let (keys, chair) = person(&keys, "Chair");
        let (keys, _) = person(&keys, "Stranger");
        let next = DataKey::generate(&random).unwrap();
        let (both, left_out) = keys.with_next(&next, Some("Chair"), &[head, deputy, chair], &random).unwrap();
        assert_eq!((left_out, both.next_people()), (vec!["Stranger".to_owned()], 2));
        assert_eq!((both.belong_to(&key), both.belong_to(&next)), (Some(Which::Now), Some(Which::Next)));
        let between = both.unlock(&secret("Deputy")).unwrap();
        assert!(between.key.bytes() == key.bytes() && between.next.unwrap().bytes() == next.bytes());
        assert!(both.unlock(&secret("Chair")).unwrap().next.is_none());

        let after = both.settled(Which::Next);
        assert_eq!(after.labels(), ["Headteacher", "Deputy"]);
        assert!(after.unlock(&secret("Headteacher")).unwrap().key.bytes() == next.bytes());
        for gone in ["Chair", "Stranger"] {
            assert!(matches!(after.unlock(&secret(gone)), Err(Error::WrongPassphrase)));
        }
        let as_before = both.settled(Which::Now);
        assert_eq!(as_before.labels(), keys.labels());
        assert!(as_before.generation > both.generation && !as_before.are_between());
    }
}
