//! The case file without Casebook: another build of SQLCipher opens it with the key of the recovery words, and checks the
//! journal's chain by its description. So that records can be read when this program is long gone.

use crate::store_kit::{case, new_file, occasion, person, random, stamp};
use casebook::store::{Secret, backup};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs `tests/interop/open.py`; what it said, and whether it found the file sound.
fn opened(python: &str, database: &Path, words: &Secret) -> (bool, String) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop/open.py");
    let mut process = Command::new(python)
        .arg(script)
        .arg(database)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(words.expose().as_bytes()).unwrap();
    let output = process.wait_with_output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[ignore = "needs Python's sqlcipher3 and mnemonic; tests/interop/run"]
fn another_sqlcipher_opens_it_with_the_words_alone() {
    let python = std::env::var("CASEBOOK_TEST_PYTHON").expect("tests/interop/run says which Python");
    let (dir, path, mut store, words) = new_file();
    store
        .write(&stamp(), "Zoë’s reason", |w| {
            (1..30).try_for_each(|id| w.put(&person(id, "Zoë Łukasiewicz")))?;
            w.put(&case(1, "text"))?;
            w.put(&occasion(1, 1, "محمد"))?;
            w.attach(&vec![7; 2_500_000])
        })
        .unwrap();
    let file = dir.path().join("a.casebackup");
    store.copy_for_backup(dir.path()).unwrap().finish(&file).unwrap();
    let next = store.new_words().unwrap();
    store.rekey(&next, None, &stamp()).unwrap();
    drop(store);
    let next = Secret::new(next.as_slice().join(" "));
    let restored = dir.path().join("restored.casebook");
    backup::restore(&file, &restored, &*random()).unwrap();

    for (folder, words, what) in [(&path, &next, "under a second key"), (&restored, &words, "from a backup")]
    {
        let (sound, said) = opened(&python, &folder.join("records.casedb"), words);
        println!("{what}: {said}");
        assert!(sound && said.contains("29 person") && said.contains("1 documents"), "{what}: {said}");
    }
    // And it would say so if it were not sound.
    let database = restored.join("records.casedb");
    let mut bytes = std::fs::read(&database).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 1;
    std::fs::write(&database, bytes).unwrap();
    assert!(!opened(&python, &database, &words).0);
    assert!(!opened(&python, &path.join("records.casedb"), &words).0, "the words of the older sheet");
}
