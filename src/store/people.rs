//! Whose keys there are: their passphrases, and what the record keeps of each person's slot.

use super::journal::{Act, LINK, Link};
use super::seal::Pin;
use super::{Anchor, Cost, Error, Secret, Stamp, Store};
use crate::store::folder::Folder;
use crate::store::keys::Keys;
use crate::store::secret::hex;
use rusqlite::Connection;
use std::path::Path;
use zeroize::Zeroizing;

/// The journal's kind for what concerns a person's key.
pub(super) const KEY: &str = "key";

impl Store {
    /// Who can open the case file, by name. Needs no passphrase.
    pub fn labels(folder: &Path) -> Result<Vec<String>, Error> {
        Ok(Keys::look(&Folder::existing(folder)?)?.keys.labels())
    }

    /// The random name of a case file, as [`Store::id`] gives it. Needs no passphrase.
    pub fn id_at(folder: &Path) -> Result<String, Error> {
        Ok(hex(&Keys::look(&Folder::existing(folder)?)?.keys.file_id()?))
    }

    /// Who can open this case file, by name.
    pub fn people(&self) -> Vec<String> {
        self.keys.labels()
    }

    /// Whose passphrase opened it; nobody's if the recovery words did.
    pub fn holder(&self) -> Option<&str> {
        self.holder.as_deref()
    }

    /// Whether this is the passphrase of a person. Somebody without a key has none.
    pub fn is_passphrase_of(&self, label: &str, passphrase: &Secret) -> Result<bool, Error> {
        self.keys.opens(label, passphrase)
    }

    /// Sets a person's passphrase, new or changed. The key itself and the recovery words stay as they are.
    pub fn set_passphrase(
        &mut self,
        label: &str,
        new: &Secret,
        cost: Cost,
        stamp: &Stamp<'_>,
    ) -> Result<Anchor, Error> {
        let old = self.keys.clone();
        let (keys, pin) = old.with_slot(label, new, cost, &self.key, &*self.random)?;
        let text = text_of(&pin)?;
        let folder = self.folder.clone();
        let written = self.write(stamp, "a passphrase was set", |writing| {
            writing.entry(Act::Passphrase, KEY, label, (None, &text))?;
            // Inside the transaction: a passphrase that nobody can trace is worse than one that was not set.
            keys.save(&folder)
        });
        match written {
            Ok(((), anchor)) => {
                self.keys = keys;
                Ok(anchor)
            }
            Err(error) => {
                // Best effort: if this fails too, the new passphrase opens and the journal does not say so.
                let _ = old.save(&folder);
                Err(error)
            }
        }
    }
}

/// What the record keeps of a slot.
pub(super) fn text_of(pin: &Pin) -> Result<Zeroizing<Vec<u8>>, Error> {
    let text = serde_json::to_vec(pin).map_err(|_| Error::Unreadable { kind: KEY, seq: 0 })?;
    Ok(Zeroizing::new(text))
}

/// What the record keeps of everybody's newest slot.
pub(super) fn pins(db: &Connection) -> Result<Vec<Pin>, Error> {
    let sql = format!(
        "SELECT {LINK}, b.salt, b.text FROM event e JOIN body b ON b.seq = e.seq
         WHERE e.act IN ('created', 'passphrase') ORDER BY e.seq"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut pins: Vec<Pin> = Vec::new();
    while let Some(row) = rows.next()? {
        let link = Link::read(row)?;
        let (salt, text): (Vec<u8>, Vec<u8>) = (row.get(12)?, row.get(13)?);
        if !link.commits_to(&salt, &text) {
            return Err(Error::ChainBroken { seq: link.seq, what: "its text was changed" });
        }
        let pin: Pin =
            serde_json::from_slice(&text).map_err(|_| Error::Unreadable { kind: KEY, seq: link.seq })?;
        pins.retain(|other| other.label != pin.label);
        pins.push(pin);
    }
    Ok(pins)
}
