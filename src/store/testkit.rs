//! What the tests of this layer share.

use super::folder::Folder;
use super::{Cost, Random, RecoveryWords, Secret, Stamp, Store, connection};
use crate::domain::NoRandomness;
use chrono::DateTime;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The cheapest cost that is allowed.
pub(super) const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

/// Random numbers that are the same on every run.
pub(super) struct Seeded(u64, AtomicU64);

impl Seeded {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed, AtomicU64::new(0))
    }
}

impl Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for part in bytes.chunks_mut(32) {
            let count = self.1.fetch_add(1, Ordering::Relaxed);
            let sum = Sha256::new().chain_update(self.0.to_be_bytes()).chain_update(count.to_be_bytes());
            part.copy_from_slice(&sum.finalize()[..part.len()]);
        }
        Ok(())
    }
}

/// The first second of 2026, and somebody.
pub(super) fn stamp() -> Stamp<'static> {
    Stamp { at: DateTime::from_timestamp(1_767_225_600, 0).unwrap(), actor: "A. Head" }
}

/// A new case file, its folder, and its recovery words.
pub(super) fn new_file() -> (tempfile::TempDir, PathBuf, Store, Secret) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.casebook");
    let passphrase = Secret::new("plum ladder ocean".to_owned());
    let (store, words) =
        Store::create(&path, "Headteacher", &passphrase, CHEAP, Arc::new(Seeded::new(1)), &stamp()).unwrap();
    (dir, path, store, Secret::new(words.as_slice().join(" ")))
}

/// What somebody with the key and a tool of their own sees: the tables, without the second fence.
pub(super) fn raw(path: &Path, words: &Secret) -> Connection {
    let folder = Folder::existing(path).unwrap();
    let file_id = folder.database_head().unwrap().unwrap();
    connection::open(&folder, &RecoveryWords::read(words).unwrap(), &file_id).unwrap()
}
