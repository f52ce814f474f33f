//! Power loss: a session is recorded, and what the disk may hold after the power went is built again, at any point: all
//! that came before a file's last sync is there; of what came later any part, torn at 512 bytes; a name that was made,
//! changed or removed may be lost until its folder is synced.

use super::session::{Acknowledged, holds, made, run};
use super::{row, states};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SECTOR: usize = 512;
const TRACE: &str = "trace=openat,close,pwrite64,write,lseek,ftruncate,fsync,fdatasync,unlink,rename";

/// What the session did, in its order.
#[derive(Debug, Clone)]
enum Step {
    Create(String),
    Write(String, usize, Vec<u8>),
    Cut(String, usize),
    Sync(String),
    SyncFolder,
    Remove(String),
    Rename(String, String),
    Said(String),
}

/// Numbers that look random and are the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % limit
    }
}

fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).map(|byte| u8::from_str_radix(&byte[..2], 16).unwrap()).collect()
}

/// Reads a log of strace, of the files of one folder.
fn recorded(log: &str, folder: &Path) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut open: BTreeMap<i64, (String, usize)> = BTreeMap::new();
    let folder = folder.to_str().unwrap();
    let inside = |path: &[u8]| {
        let path = String::from_utf8_lossy(path).into_owned();
        path.strip_prefix(folder).map(|name| name.trim_start_matches('/').to_owned())
    };
    for line in log.lines() {
        let Some((call, rest)) = line.split_once(' ').and_then(|(_, rest)| rest.trim_start().split_once('('))
        else {
            continue;
        };
        let Some((arguments, result)) = rest.rsplit_once(" = ") else { continue };
        let Some(result) = result.split(' ').next().and_then(|r| r.parse::<i64>().ok()).filter(|r| *r >= 0)
        else {
            continue;
        };
        let texts: Vec<Vec<u8>> =
            arguments.split('"').enumerate().filter(|(n, _)| n % 2 == 1).map(|(_, t)| unescaped(t)).collect();
        let first: i64 = arguments.split([',', ')']).next().and_then(|n| n.parse().ok()).unwrap_or(-1);
        let last = || -> usize {
            let number = arguments.trim_end_matches(')').rsplit(", ").next().unwrap();
            number.parse().unwrap()
        };
        match call {
            "openat" => match inside(&texts[0]) {
                Some(name) => {
                    if arguments.contains("O_CREAT") {
                        steps.push(Step::Create(name.clone()));
                    }
                    if arguments.contains("O_TRUNC") {
                        steps.push(Step::Cut(name.clone(), 0));
                    }
                    open.insert(result, (name, 0));
                }
                None => {
                    open.remove(&result);
                }
            },
            "close" => {
                open.remove(&first);
            }
            "pwrite64" => {
                if let Some((name, _)) = open.get(&first) {
                    steps.push(Step::Write(name.clone(), last(), texts[0].clone()));
                }
            }
            "write" if first == 1 => {
                let said = String::from_utf8_lossy(&texts[0]).into_owned();
                steps.extend(said.lines().map(|line| Step::Said(line.to_owned())));
            }
            "write" => {
                if let Some((name, at)) = open.get_mut(&first) {
                    steps.push(Step::Write(name.clone(), *at, texts[0].clone()));
                    *at += texts[0].len();
                }
            }
            "lseek" => {
                if let Some((_, at)) = open.get_mut(&first) {
                    *at = usize::try_from(result).unwrap();
                }
            }
            "ftruncate" => {
                if let Some((name, _)) = open.get(&first) {
                    steps.push(Step::Cut(name.clone(), last()));
                }
            }
            "fsync" | "fdatasync" => match open.get(&first) {
                Some((name, _)) if name.is_empty() => steps.push(Step::SyncFolder),
                Some((name, _)) => steps.push(Step::Sync(name.clone())),
                None => {}
            },
            "unlink" => steps.extend(inside(&texts[0]).map(Step::Remove)),
            "rename" => {
                steps.extend(inside(&texts[0]).zip(inside(&texts[1])).map(|(a, b)| Step::Rename(a, b)));
            }
            _ => {}
        }
    }
    steps
}

/// How much of what was not synced has reached the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reached {
    Nothing,
    Everything,
    Some,
    Torn,
}

/// A file: what is on the disk for certain, and what may be.
#[derive(Default)]
struct Inode {
    certain: Vec<u8>,
    pending: Vec<(usize, Option<Vec<u8>>)>,
}

fn apply(bytes: &mut Vec<u8>, at: usize, text: Option<&[u8]>) {
    match text {
        Some(text) => {
            if bytes.len() < at + text.len() {
                bytes.resize(at + text.len(), 0);
            }
            bytes[at..at + text.len()].copy_from_slice(text);
        }
        None => bytes.resize(at, 0),
    }
}

impl Inode {
    fn sync(&mut self) {
        for (at, text) in std::mem::take(&mut self.pending) {
            apply(&mut self.certain, at, text.as_deref());
        }
    }

    fn after(&self, reached: Reached, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.certain.clone();
        for (at, text) in &self.pending {
            let whole = match reached {
                Reached::Nothing => false,
                Reached::Everything => true,
                Reached::Some | Reached::Torn => dice.below(2) == 0,
            };
            match text {
                Some(text) if reached == Reached::Torn && text.len() > SECTOR => {
                    for (part, sector) in text.chunks(SECTOR).enumerate() {
                        if dice.below(2) == 0 {
                            apply(&mut bytes, at + part * SECTOR, Some(sector));
                        }
                    }
                }
                text if whole => apply(&mut bytes, *at, text.as_deref()),
                _ => {}
            }
        }
        bytes
    }
}

/// Names on the disk for certain, and changes to them that may be.
type Change = (Option<String>, Option<(String, usize)>);

/// The folder after the power went before step `end`, and what had been acknowledged by then.
fn after(
    start: &BTreeMap<String, Vec<u8>>,
    steps: &[Step],
    reached: Reached,
    dice: &mut Dice,
) -> (BTreeMap<String, Vec<u8>>, Acknowledged) {
    let mut inodes: Vec<Inode> =
        start.values().map(|bytes| Inode { certain: bytes.clone(), ..Inode::default() }).collect();
    let mut names: BTreeMap<String, usize> = start.keys().cloned().zip(0..).collect();
    let mut certain = names.clone();
    let mut pending: Vec<Change> = Vec::new();
    let mut acknowledged = Acknowledged::default();
    for step in steps {
        match step {
            Step::Create(name) => {
                if !names.contains_key(name) {
                    inodes.push(Inode::default());
                    names.insert(name.clone(), inodes.len() - 1);
                    pending.push((None, Some((name.clone(), inodes.len() - 1))));
                }
            }
            Step::Write(name, at, text) => inodes[names[name]].pending.push((*at, Some(text.clone()))),
            Step::Cut(name, at) => inodes[names[name]].pending.push((*at, None)),
            Step::Sync(name) => {
                let inode = names[name];
                inodes[inode].sync();
                // As ext4 and NTFS do: a new file that is synced has its name.
                let (own, others): (Vec<_>, Vec<_>) = pending.drain(..).partition(|(gone, new)| {
                    gone.is_none() && new.as_ref().is_some_and(|(_, i)| *i == inode)
                });
                pending = others;
                own.into_iter().for_each(|change| rename(&mut certain, change));
            }
            Step::SyncFolder => {
                pending.clear();
                certain.clone_from(&names);
            }
            Step::Remove(name) => {
                if names.remove(name).is_some() {
                    pending.push((Some(name.clone()), None));
                }
            }
            Step::Rename(from, to) => {
                let inode = names.remove(from).expect("it was there");
                names.insert(to.clone(), inode);
                pending.push((Some(from.clone()), Some((to.clone(), inode))));
            }
            Step::Said(line) => acknowledged.hear(line),
        }
    }
    let survive = match reached {
        Reached::Nothing => 0,
        Reached::Everything => pending.len(),
        Reached::Some | Reached::Torn => dice.below(pending.len() + 1),
    };
    pending.into_iter().take(survive).for_each(|change| rename(&mut certain, change));
    let files = certain.into_iter().map(|(name, inode)| (name, inodes[inode].after(reached, dice)));
    (files.collect(), acknowledged)
}

fn rename(names: &mut BTreeMap<String, usize>, (gone, new): Change) {
    if let Some(gone) = gone {
        names.remove(&gone);
    }
    names.extend(new);
}

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().unwrap().is_file());
    files.map(|f| (f.file_name().to_string_lossy().into_owned(), fs::read(f.path()).unwrap())).collect()
}

#[test]
#[ignore = "needs strace; tests/faults/run"]
fn whatever_reached_the_disk_when_the_power_went() {
    let dir = tempfile::tempdir().unwrap();
    let (path, words) = made(dir.path());
    let start = files_of(&path);
    let log = dir.path().join("trace");
    let length = ["-xx", "-s", "4000000", "-o", log.to_str().unwrap(), "-e", TRACE];
    let whole = run(&path, &words, false, &length);
    assert_eq!(whole.refused, None);
    let steps = recorded(&fs::read_to_string(&log).unwrap(), &path);
    let syncs = steps.iter().filter(|step| matches!(step, Step::Sync(_) | Step::SyncFolder)).count();
    assert!(steps.len() > 100 && syncs > 20, "{} steps, {syncs} syncs", steps.len());
    // The model itself must be right: with everything on the disk it is the folder as it lies there.
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let (end, _) = after(&start, &steps, Reached::Everything, &mut dice);
    assert!(end == files_of(&path), "the recording is not complete");

    let count = states(60, 60, 820);
    for state in 0..count {
        let upto = 1 + dice.below(steps.len());
        let reached = [Reached::Nothing, Reached::Everything, Reached::Some, Reached::Torn, Reached::Torn]
            [dice.below(5)];
        let (files, acknowledged) = after(&start, &steps[..upto], reached, &mut dice);
        let place = tempfile::tempdir_in(dir.path()).unwrap();
        let copy = place.path().join("a.casebook");
        fs::create_dir_all(copy.join("backups")).unwrap();
        for (name, bytes) in &files {
            fs::write(copy.join(name), bytes).unwrap();
        }
        holds(&copy, &words, &acknowledged, &format!("state {state}: step {upto}, {reached:?}"));
    }
    row("the power goes", count);
}
