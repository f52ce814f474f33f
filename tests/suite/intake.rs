//! `casebook read` as a caller meets it: what is printed, the exit status, and that a bad file says what is wrong with it.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn casebook(arguments: &[&str], file: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.args(["--today", "2026-01-19"]).args(arguments).arg(file).output().unwrap()
}

fn written(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn printed(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_register_is_printed_and_nothing_else_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(
        &folder,
        "pupils.csv",
        "Surname,Forename,DOB,Year,Gender,Contact 1 Name,Contact 1 PR\nOsei,Zoë,03/04/2015,Y5,F,Mrs A Osei,Yes\nCole,,1/1/2015,5,M,,\n"
            .as_bytes(),
    );
    let read = printed(&casebook(&["read", "register", "--json"], &file));
    let person = &read["people"][0];
    assert_eq!(person["name"], "Zoë Osei");
    assert_eq!(
        (&person["dob"], &person["year"], &person["upn"]),
        (&"2015-04-03".into(), &5.into(), &Value::Null)
    );
    assert_eq!(person["contacts"][0]["name"], "Mrs A Osei");
    assert_eq!(person["contacts"][0]["responsibility"], true);
    assert_eq!(read["dropped"], serde_json::json!(["Gender"]));
    assert_eq!(read["rejected"], serde_json::json!([{ "line": 3, "why": "the forename is missing" }]));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_mapping_is_taken_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(&folder, "pupils.csv", b"A,B\nOsei,Ama\n");
    let mapping = written(&folder, "mapping.json", br#"{"A": "surname", "B": "forename"}"#);
    let mapping = mapping.display().to_string();
    let read = printed(&casebook(&["read", "register", "--json", "--mapping", &mapping], &file));
    assert_eq!(read["people"][0]["name"], "Ama Osei");
    let wrong = written(&folder, "wrong.json", br#"{"A": "shoe size"}"#).display().to_string();
    let output = casebook(&["read", "register", "--json", "--mapping", &wrong], &file);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_chat_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(
        &folder,
        "_chat.txt",
        "[17.01.26, 21:04:00] Ann: \u{200E}Messages and calls are end-to-end encrypted.\r\n[17.01.26, 21:04:00] Ann: hello\r\n"
            .as_bytes(),
    );
    let read = printed(&casebook(&["read", "chat", "--json"], &file));
    let message = serde_json::json!({
        "line": 2, "at": "2026-01-17T21:04:00", "author": "Ann", "text": "hello", "kind": "text"
    });
    assert_eq!(read["messages"], serde_json::json!([message]));
    let notice = serde_json::json!([{ "line": 1, "text": "Messages and calls are end-to-end encrypted." }]);
    assert_eq!((&read["system"], &read["rejected"]), (&notice, &serde_json::json!([])));
    assert_eq!(read["source"]["dates"], serde_json::json!({ "order": "day-first", "decided": "by-number" }));
    let ambiguous = written(&folder, "b.txt", b"03/04/2026, 10:00 - Ann: hi\n");
    let read = printed(&casebook(&["read", "chat", "--json", "--dates", "month-first"], &ambiguous));
    assert_eq!(read["messages"][0]["at"], "2026-03-04T10:00:00");
}

#[test]
fn an_unusable_file_says_so_and_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = b"<!DOCTYPE x [<!ENTITY a 'ha'>]><CTfile><CTFpupilData/></CTfile>";
    for (what, name, bytes, says) in [
        ("register", "a.xml", &bomb[..], "document type definition"),
        ("register", "b.csv", b"PK\x03\x04", "a workbook"),
        ("register", "c.csv", b"", "empty"),
        ("chat", "d.txt", b"hello", "no line begins like a message"),
        ("chat", "e.zip", b"PK\x03\x04", "cut off"),
    ] {
        let output = casebook(&["read", what, "--json"], &written(&folder, name, bytes));
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {error}");
        assert!(error.contains(says) && output.stdout.is_empty(), "{name}: {error}");
    }
    let output = casebook(&["read", "chat", "--json"], &folder.path().join("gone.txt"));
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(casebook(&["read", "chat", "--json"], folder.path()).status.code(), Some(2));
    assert_eq!(casebook(&["read", "chat"], &folder.path().join("gone.txt")).status.code(), Some(2));
}
