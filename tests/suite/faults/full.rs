//! A disk that fills up: a session on a small one, with a little more room each time, until there is enough for all of it.

use super::session::{Made, copy_of, holds, made, made_by_schema_1, run};
use super::{row, states};
use crate::store_kit::child;
use std::fs;
use std::path::Path;
use std::process::Command;

const DISK: &str = "CASEBOOK_TEST_DISK";
const PAGE: usize = 4096;

#[test]
#[ignore = "needs a disk of its own; tests/faults/run"]
fn a_small_disk_is_full_at_every_write_of_a_session() {
    let disk = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=6m tmpfs \"$0\" && exec \"$@\"";
    let output = Command::new("unshare")
        .args(["-rm", "sh", "-c", mount])
        .arg(disk.path())
        .args(child(&std::env::current_exe().unwrap(), "faults::full::inside"))
        .env(DISK, disk.path())
        .output()
        .expect("unshare gives the test a disk of its own");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let tried = said.lines().find_map(|line| line.strip_prefix("TRIED ")).unwrap();
    row("the disk is full at a write", tried.parse().unwrap());
}

/// Not a test of its own: the part on the small disk.
#[test]
#[ignore = "runs on a disk of its own"]
fn inside() {
    let Ok(disk) = std::env::var(DISK) else { return };
    let disk = Path::new(&disk);
    // The second begins with an upgrade.
    let full = fill_up(disk, made) + fill_up(disk, made_by_schema_1);
    println!("\nTRIED {full}");
}

fn fill_up(disk: &Path, make: Made) -> usize {
    let elsewhere = tempfile::tempdir().unwrap();
    let (path, words) = make(elsewhere.path());
    let step = states(6, 6, 1);
    let (mut pages, mut full) = (0, 0);
    loop {
        let copy = copy_of(&path, disk);
        let filler = disk.join("filler");
        fill(&filler, pages * PAGE);
        let acknowledged = run(&copy, &words, true, &[]);
        let refused = acknowledged.refused.clone();
        fs::remove_file(&filler).unwrap();
        holds(&copy, &words, &acknowledged, &format!("{pages} pages free"));
        fs::remove_dir_all(&copy).unwrap();
        let Some(said) = refused else { break };
        assert_eq!(said, "readable the disk is full", "{pages} pages free");
        (pages, full) = (pages + step, full + 1);
    }
    assert!(full > 5, "{full}");
    full
}

/// Leaves so many bytes free.
fn fill(filler: &Path, free: usize) {
    let block = vec![0u8; PAGE];
    let mut file = fs::File::create(filler).unwrap();
    let mut written = 0;
    while std::io::Write::write_all(&mut file, &block).is_ok() {
        written += PAGE;
    }
    file.set_len((written - free.min(written)) as u64).unwrap();
}
