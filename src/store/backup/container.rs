//! The one file of a backup: a plain tar archive, so that any PC can look into it, of four files in a fixed order.
//!
//! Reading is strict: what is written is the only thing that is accepted, so that not one changed bit goes unseen.
//! `schema/backup.md` describes it for other programs. Knows nothing of keys.

use super::read_error;
use crate::store::Error;
use crate::store::secret::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

const BLOCK: usize = 512;
const README: &str = include_str!("readme.txt");
/// More than keys and texts ever need: a doctored length must not take the memory.
const LONGEST_TEXT: u64 = 1024 * 1024;
const NAMES: [&str; 4] = ["README.txt", "records.keys", "records.casedb", "SHA256SUMS"];

/// What is in a backup that was found whole.
pub(super) struct Contents {
    /// The keys file.
    pub(super) keys: Vec<u8>,
    /// The database's length.
    pub(super) database_length: u64,
    /// The database's SHA-256.
    pub(super) database_sha256: [u8; 32],
}

/// Writes a backup, to the disk.
pub(super) fn write(path: &Path, keys: &[u8], database: &Path) -> Result<(), Error> {
    let written = (|| {
        let file = File::create_new(path)?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        let mut database = File::open(database)?;
        let length = database.metadata()?.len();
        let [readme_name, keys_name, database_name, sums_name] = NAMES;
        let mut sums = String::new();
        for (name, length, mut from) in [
            (readme_name, README.len() as u64, &mut README.as_bytes() as &mut dyn Read),
            (keys_name, keys.len() as u64, &mut &keys[..]),
            (database_name, length, &mut database),
        ] {
            let sum = member(&mut out, name, length, &mut from)?;
            sums.push_str(&line(&sum, name));
        }
        member(&mut out, sums_name, sums.len() as u64, &mut sums.as_bytes())?;
        out.write_all(&[0; 2 * BLOCK])?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    })();
    written.map_err(Error::io("writing the backup"))
}

/// Reads a whole backup and compares every byte with its sums.
pub(super) fn check(path: &Path) -> Result<Contents, Error> {
    read(path, &mut io::sink())
}

/// The same, and writes the database out on the way.
pub(super) fn read(path: &Path, database: &mut dyn Write) -> Result<Contents, Error> {
    let mut file =
        BufReader::with_capacity(1 << 20, File::open(path).map_err(Error::io("opening the backup"))?);
    let mut sums = String::new();
    let mut kept = Contents { keys: Vec::new(), database_length: 0, database_sha256: [0; 32] };
    for name in NAMES {
        let length = length_of(&mut file, name)?;
        let mut text = Vec::new();
        let is_database = name == NAMES[2];
        if !is_database && length > LONGEST_TEXT {
            return Err(Error::BackupDamaged);
        }
        let out: &mut dyn Write = if is_database { &mut *database } else { &mut text };
        let sum = copy(&mut file, length, out).map_err(of_reading)?;
        expect_zeros(&mut file, padding(length))?;
        if name == NAMES[3] {
            if text != sums.as_bytes() {
                return Err(Error::BackupDamaged);
            }
        } else {
            sums.push_str(&line(&sum, name));
        }
        if is_database {
            (kept.database_length, kept.database_sha256) = (length, sum);
        } else if name == NAMES[1] {
            kept.keys = text;
        }
    }
    expect_zeros(&mut file, 2 * BLOCK)?;
    match file.read(&mut [0]).map_err(of_reading)? {
        0 => Ok(kept),
        _ => Err(Error::BackupDamaged),
    }
}

/// As `sha256sum -c` reads it.
fn line(sum: &[u8; 32], name: &str) -> String {
    format!("{}  {name}\n", hex(sum))
}

fn member(out: &mut impl Write, name: &str, length: u64, from: &mut dyn Read) -> io::Result<[u8; 32]> {
    out.write_all(&header(name, length))?;
    let sum = copy(from, length, out)?;
    out.write_all(&[0; BLOCK][..padding(length)])?;
    Ok(sum)
}

/// Copies so many bytes, no more and no fewer, and gives their SHA-256.
fn copy(from: &mut dyn Read, length: u64, to: &mut dyn Write) -> io::Result<[u8; 32]> {
    let mut sum = Sha256::new();
    let mut part = vec![0; 1 << 16];
    let mut left = length;
    while left > 0 {
        let wanted = usize::try_from(left).map_or(part.len(), |left| left.min(part.len()));
        from.read_exact(&mut part[..wanted])?;
        sum.update(&part[..wanted]);
        to.write_all(&part[..wanted])?;
        left -= wanted as u64;
    }
    Ok(sum.finalize().into())
}

fn padding(length: u64) -> usize {
    let over = usize::try_from(length % BLOCK as u64).unwrap_or(0);
    (BLOCK - over) % BLOCK
}

/// A ustar header with nothing of this PC in it: no user, no time.
fn header(name: &str, length: u64) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name);
    put(100, "0000600\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{length:011o}\0"));
    put(136, "00000000000\0");
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    put(263, "00");
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// Reads a header that must be the one that would have been written, and gives the length in it.
fn length_of(file: &mut impl Read, name: &str) -> Result<u64, Error> {
    let mut found = [0; BLOCK];
    let read = file.read_exact(&mut found);
    let wrong = || if name == NAMES[0] { Error::NotABackup } else { Error::BackupDamaged };
    match read {
        Err(error) if read_error(&error) => return Err(wrong()),
        read => read.map_err(Error::io("reading the backup"))?,
    }
    // The first file's name says whose archive it is; all that follows can only be damage.
    let ours = found.starts_with(NAMES[0].as_bytes()) || found[257..262] == *b"ustar";
    let digits = std::str::from_utf8(&found[124..135]).ok();
    let length = digits.and_then(|digits| u64::from_str_radix(digits, 8).ok());
    match length {
        Some(length) if header(name, length) == found => Ok(length),
        _ if ours => Err(Error::BackupDamaged),
        _ => Err(wrong()),
    }
}

fn expect_zeros(file: &mut impl Read, count: usize) -> Result<(), Error> {
    let mut found = vec![0; count];
    file.read_exact(&mut found).map_err(of_reading)?;
    if found.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(Error::BackupDamaged) }
}

fn of_reading(error: io::Error) -> Error {
    if read_error(&error) { Error::BackupDamaged } else { Error::io("reading the backup")(error) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn made() -> (tempfile::TempDir, std::path::PathBuf, Vec<u8>) {
        let dir = tempfile::tempdir().unwrap();
        let database: Vec<u8> = (0..7_000u32).map(|n| n.to_le_bytes()[0]).collect();
        fs::write(dir.path().join("db"), &database).unwrap();
        let path = dir.path().join("a.casebackup");
        write(&path, b"the keys", &dir.path().join("db")).unwrap();
        (dir, path, database)
    }

    #[test]
    fn what_goes_in_comes_out() {
        let (_dir, path, database) = made();
        let mut out = Vec::new();
        let contents = read(&path, &mut out).unwrap();
        assert_eq!((contents.keys.as_slice(), &out), (&b"the keys"[..], &database));
        assert_eq!(contents.database_sha256, <[u8; 32]>::from(Sha256::digest(&database)));
    }

    #[test]
    fn no_changed_bit_and_no_cut_goes_unseen() {
        let (_dir, path, _) = made();
        let whole = fs::read(&path).unwrap();
        let other = path.with_file_name("changed");
        let mut seen = 0;
        // Every bit of the headers, texts, sums and ends; of the database every tenth byte.
        let database = whole.len() - 7_000 - 3 * BLOCK - 1024..whole.len() - 4 * BLOCK;
        for at in (0..whole.len()).filter(|at| !database.contains(at) || at % 10 == 0) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            fs::write(&other, &changed).unwrap();
            assert!(matches!(check(&other), Err(Error::BackupDamaged | Error::NotABackup)), "byte {at}");
            seen += 1;
        }
        assert!(seen > 4000, "{seen}");
        for length in (0..whole.len()).step_by(509).chain([whole.len() - 1]) {
            fs::write(&other, &whole[..length]).unwrap();
            assert!(matches!(check(&other), Err(Error::BackupDamaged | Error::NotABackup)), "cut {length}");
        }
        fs::write(&other, [whole, vec![0]].concat()).unwrap();
        assert!(matches!(check(&other), Err(Error::BackupDamaged)));
    }

    #[test]
    fn another_file_is_told_from_a_damaged_one() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("other");
        for bytes in [&b""[..], b"%PDF-1.7", &[7; 4096]] {
            fs::write(&path, bytes).unwrap();
            assert!(matches!(check(&path), Err(Error::NotABackup)));
        }
        let (_dir, made, _) = made();
        let mut bytes = fs::read(made).unwrap();
        bytes[600] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert!(matches!(check(&path), Err(Error::BackupDamaged)));
        assert!(matches!(check(&dir.path().join("no such file")), Err(Error::Io { .. })));
    }

    #[test]
    #[cfg(unix)]
    fn any_tar_program_can_look_into_it() {
        let (dir, path, database) = made();
        let into = dir.path().join("out");
        fs::create_dir(&into).unwrap();
        let tar = |arguments: &[&str]| {
            std::process::Command::new("tar").args(arguments).arg(&path).current_dir(&into).output().unwrap()
        };
        let listed = tar(&["-tf"]);
        assert_eq!(String::from_utf8_lossy(&listed.stdout).lines().collect::<Vec<_>>(), NAMES);
        assert!(tar(&["-xf"]).status.success());
        assert_eq!(fs::read(into.join("records.casedb")).unwrap(), database);
        let mut sums = std::process::Command::new("sha256sum");
        assert!(sums.args(["-c", "SHA256SUMS"]).current_dir(&into).output().unwrap().status.success());
    }
}
