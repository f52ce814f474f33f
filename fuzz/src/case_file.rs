//! The keys file and the backup: what lies in a folder that others may write in, and what is carried on a stick.

use crate::domain::{NoRandomness, Random};
use crate::store::{Cost, Secret, Stamp, Store, backup};
use chrono::DateTime;
use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const PASSPHRASE: &str = "plum ladder ocean tidy fork";
const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

/// Random numbers that are the same on every run.
struct Counted(AtomicU64);

impl Random for Counted {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for part in bytes.chunks_mut(32) {
            let sum = Sha256::digest(self.0.fetch_add(1, Ordering::Relaxed).to_be_bytes());
            part.copy_from_slice(&sum[..part.len()]);
        }
        Ok(())
    }
}

/// One case file and one backup of it, made once and used for every input.
struct Made {
    _place: tempfile::TempDir,
    folder: PathBuf,
    words: Secret,
    keys: Vec<u8>,
    backup: Vec<u8>,
    random: Arc<dyn Random>,
}

thread_local! {
    static MADE: OnceCell<Made> = const { OnceCell::new() };
}

fn with<R>(work: impl FnOnce(&Made) -> R) -> R {
    MADE.with(|made| work(made.get_or_init(Made::new)))
}

impl Made {
    #[allow(clippy::unwrap_used, reason = "without a case file there is nothing to try")]
    fn new() -> Self {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("a.casebook");
        let random: Arc<dyn Random> = Arc::new(Counted(AtomicU64::new(0)));
        let stamp = Stamp { at: DateTime::from_timestamp(1_767_225_600, 0).unwrap(), actor: "A. Head" };
        let passphrase = Secret::new(PASSPHRASE.into());
        let (mut store, words) =
            Store::create(&folder, "Headteacher", &passphrase, CHEAP, random.clone(), &stamp).unwrap();
        store.set_passphrase("Deputy", &passphrase, CHEAP, &stamp).unwrap();
        let to = place.path().join("made.casebackup");
        store.copy_for_backup(place.path()).unwrap().finish(&to).unwrap();
        drop(store);
        let words = Secret::new(words.as_slice().join(" "));
        let (keys, backup) = (fs::read(folder.join("records.keys")).unwrap(), fs::read(&to).unwrap());
        Self { _place: place, folder, words, keys, backup, random }
    }
}

/// The input as changes to something whole: where, how many bytes go, and which come.
fn edited(whole: &[u8], mut edits: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    while let [a, b, c, gone, come, rest @ ..] = edits {
        let at = usize::from(*a) << 16 | usize::from(*b) << 8 | usize::from(*c);
        let at = at % (bytes.len() + 1);
        let end = (at + usize::from(*gone)).min(bytes.len());
        let (new, rest) = rest.split_at(usize::from(*come).min(rest.len()));
        bytes.splice(at..end, new.iter().copied());
        edits = rest;
    }
    bytes
}

fn hex(sum: &[u8]) -> String {
    sum.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// With the sum that makes it whole, so that what is under the sum is reached.
fn summed(json: &[u8]) -> Vec<u8> {
    [json, format!("\nsha256 {}\n", hex(&Sha256::digest(json))).as_bytes()].concat()
}

/// Opens a case file whose keys are these bytes; panics where a promise is broken.
#[allow(clippy::unwrap_used, reason = "a folder in memory that cannot be written is no finding")]
pub fn keys(data: &[u8]) {
    let Some((how, data)) = data.split_first() else { return };
    with(|made| {
        let json = made.keys.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let ours = || made.keys.clone();
        let (first, second) = match how % 6 {
            0 => (summed(data), summed(data)),
            1 => (summed(&edited(json, data)), summed(&edited(json, data))),
            2 => (summed(&edited(json, data)), ours()),
            3 => (ours(), summed(data)),
            4 => (edited(&made.keys, data), ours()),
            _ => (data.to_vec(), data.to_vec()),
        };
        fs::write(made.folder.join("records.keys"), &first).unwrap();
        fs::write(made.folder.join("records.keys2"), &second).unwrap();
        let labels = Store::labels(&made.folder);
        let opened = Store::open_with_words(&made.folder, &made.words, made.random.clone());
        assert!(opened.as_ref().is_ok_and(|store| store.head().is_ok()) || opened.is_err());
        // A sum that does not hold costs nothing: the other copy opens, and the words are the key.
        if first != made.keys && (how % 6 == 4 || how % 6 == 5 && labels.is_err()) {
            assert!(opened.is_ok(), "{:?}", opened.err());
        }
        drop(opened);
        let dear = |text: &[u8]| String::from_utf8_lossy(text).matches("\"m_kib\":").count()
            != String::from_utf8_lossy(text).matches("\"m_kib\":19456,\"t\":1,\"p\":1").count();
        // A guess at the passphrase, where the file asks for no more of this PC than a test may take.
        if how & 0x80 != 0 && !dear(&first) && !dear(&second) {
            let _ = Store::open(&made.folder, &Secret::new(PASSPHRASE.into()), made.random.clone());
        }
    });
}

/// Reads bytes as a backup and puts it back; panics where a promise is broken.
#[allow(clippy::unwrap_used, reason = "a folder in memory that cannot be written is no finding")]
pub fn backup(data: &[u8]) {
    let Some((how, data)) = data.split_first() else { return };
    with(|made| {
        let place = made.folder.with_file_name("tried");
        let path = made.folder.with_file_name("tried.casebackup");
        let _ = fs::remove_dir_all(&place);
        match how % 3 {
            // One changed bit is found.
            0 => {
                let bytes = edited(&made.backup, data);
                fs::write(&path, &bytes).unwrap();
                assert_eq!(backup::check(&path).is_ok(), bytes == made.backup);
            }
            1 => {
                fs::write(&path, data).unwrap();
                let _ = backup::check(&path);
            }
            // Whole by its sums, with anything in it: the database comes back byte for byte, or nothing comes.
            _ => {
                let at = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
                let (keys, database) = data.split_at(at);
                let keys = if *how & 0x80 == 0 { summed(keys) } else { made.keys.clone() };
                fs::write(&path, wrapped(&made.backup, &keys, database)).unwrap();
                backup::check(&path).unwrap();
                match backup::restore(&path, &place, &*made.random) {
                    Ok(()) => assert_eq!(fs::read(place.join("records.casedb")).unwrap(), database),
                    Err(_) => assert!(!place.exists() && *how & 0x80 == 0),
                }
            }
        }
    });
}

/// A backup in the form of a whole one, with these keys and this database in it.
fn wrapped(like: &[u8], keys: &[u8], database: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 512;
    let mut bytes = Vec::new();
    let (mut from, mut sums) = (0, String::new());
    for name in ["README.txt", "records.keys", "records.casedb", "SHA256SUMS"] {
        let header = &like[from..from + BLOCK];
        let length = String::from_utf8_lossy(&header[124..135]).into_owned();
        let length = usize::from_str_radix(&length, 8).unwrap_or(0);
        let body = &like[from + BLOCK..from + BLOCK + length];
        let body = match name {
            "records.keys" => keys,
            "records.casedb" => database,
            "SHA256SUMS" => sums.as_bytes(),
            _ => body,
        };
        let mut ours = header.to_vec();
        ours[124..135].copy_from_slice(format!("{:011o}", body.len()).as_bytes());
        ours[148..156].fill(b' ');
        let sum: u32 = ours.iter().map(|byte| u32::from(*byte)).sum();
        ours[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        bytes.extend(&ours);
        bytes.extend(body);
        bytes.resize(bytes.len().next_multiple_of(BLOCK), 0);
        let line = format!("{}  {name}\n", hex(&Sha256::digest(body)));
        if name != "SHA256SUMS" {
            sums.push_str(&line);
        }
        from += BLOCK + length.next_multiple_of(BLOCK);
    }
    bytes.resize(bytes.len() + 2 * BLOCK, 0);
    bytes
}
