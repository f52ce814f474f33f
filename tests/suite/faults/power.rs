//! Power loss: a session is recorded, and what the disk may hold after the power went is built again, at any point: all
//! that came before a file's last sync is there; of what came later any part, torn at 512 bytes; a name that was made,
//! changed or removed may be lost until its folder is synced.

use super::recording::{Step, TRACE, recorded};
use super::session::{Acknowledged, Made, holds, made, made_by_schema_1, run};
use super::{row, states};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const SECTOR: usize = 512;
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
                for change in own {
                    rename(&mut certain, change);
                }
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
            Step::Link(from, to) => {
                let inode = names[from];
                names.insert(to.clone(), inode);
                pending.push((None, Some((to.clone(), inode))));
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
    row("the power goes", try_all(made, states(60, 60, 820)));
}

#[test]
#[ignore = "needs strace; tests/faults/run"]
fn whatever_reached_the_disk_when_the_power_went_in_an_upgrade() {
    row("the power goes, from an upgrade on", try_all(made_by_schema_1, states(40, 40, 400)));
}

fn try_all(make: Made, count: usize) -> usize {
    let dir = tempfile::tempdir().unwrap();
    let (path, words) = make(dir.path());
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
    count
}
