//! Whose passphrase a session changes. A case file keeps its keys under the name that was given when it was made; the
//! lead's name in the settings may have changed since.

use super::{Cost, Error, Secret, Session};
use crate::store::Store;

impl Session {
    /// The name under which the key of this session is kept: the only one there is, or the session's own.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn key_holder(&self) -> Result<String, Error> {
        let mut labels = Store::labels(&self.folder())?;
        Ok(match labels.len() {
            1 => labels.remove(0),
            _ => self.actor().to_owned(),
        })
    }

    /// Puts a new passphrase in place of the old one, which opens nothing from then on.
    ///
    /// # Errors
    /// The keys cannot be read or written.
    pub fn change_passphrase(&self, passphrase: &Secret, cost: Cost) -> Result<(), Error> {
        self.set_passphrase(&self.key_holder()?, passphrase, cost)
    }
}
