//! Files from outside as phones and school systems write them, and hostile ones: beside each stands what it gives
//! (`.told`), a result or a named error. Everyone in them is invented.

use casebook::app::{Error, Mapping, read_chat, read_register};
use casebook::domain::Day;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A line, and what is said of it.
type Told = (u64, String);

fn samples(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples").join(kind);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end != "told")).collect();
    files.sort();
    files
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or("?")
}

fn each(value: &Value, key: &str, told: impl Fn(&Value) -> String) -> Vec<Told> {
    let lines = value[key].as_array().unwrap().iter();
    lines.map(|it| (it["line"].as_u64().unwrap(), told(it))).collect()
}

fn written(lines: impl IntoIterator<Item = Told>) -> String {
    lines.into_iter().fold(String::new(), |mut all, (line, told)| {
        let _ = writeln!(all, "{line} {told}");
        all
    })
}

fn one_line(text: &str) -> String {
    text.replace('\n', "⏎")
}

fn chat(file: &Path) -> Result<String, Error> {
    let chat = serde_json::to_value(read_chat(file, None)?).unwrap();
    let mut lines = each(&chat, "messages", |m| {
        format!("{} {} {}: {}", text(m, "at"), text(m, "author"), text(m, "kind"), one_line(text(m, "text")))
    });
    lines.extend(each(&chat, "system", |line| format!("system: {}", one_line(text(line, "text")))));
    lines.extend(each(&chat, "rejected", |line| format!("rejected: {}", text(line, "why"))));
    lines.sort();
    let (source, dates) = (&chat["source"], &chat["source"]["dates"]);
    let head = format!(
        "{}, {}, {}, {} unopened\n",
        text(dates, "order"),
        text(dates, "decided"),
        text(source, "encoding"),
        source["unopened"]
    );
    Ok(head + &written(lines))
}

fn register(file: &Path) -> Result<String, Error> {
    let today = Day::new(2026, 1, 19).unwrap();
    let register = serde_json::to_value(read_register(file, &Mapping::default(), today)?).unwrap();
    let mut lines = each(&register, "people", |pupil| {
        let year = pupil["year"].as_u64().map_or_else(|| "?".into(), |year| year.to_string());
        format!(
            "{}, born {}, year {year}, class {}, {} contacts",
            text(pupil, "name"),
            text(pupil, "dob"),
            text(pupil, "class"),
            pupil["contacts"].as_array().unwrap().len()
        )
    });
    lines.extend(each(&register, "rejected", |line| format!("rejected: {}", text(line, "why"))));
    lines.extend(each(&register, "doubts", |line| format!("doubt: {}", text(line, "why"))));
    let dropped: Vec<_> = register["dropped"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    Ok(format!("{}dropped: {}\n", written(lines), dropped.join(", ")))
}

fn check(kind: &str, least: usize, read: impl Fn(&Path) -> Result<String, Error>) {
    let files = samples(kind);
    assert!(files.len() >= least, "{} files of {kind}", files.len());
    for file in files {
        let told = read(&file).unwrap_or_else(|error| format!("error: {error}\n"));
        let wanted = std::fs::read_to_string(file.with_extension("told")).unwrap();
        assert_eq!(told, wanted, "{}", file.display());
    }
}

#[test]
fn every_chat_gives_what_stands_beside_it() {
    check("chat", 40, chat);
}

#[test]
fn every_register_gives_what_stands_beside_it() {
    check("register", 30, register);
}

#[test]
fn a_file_of_100_megabytes_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let beginning = [
        ("a.txt", "16/03/2017, 00:45 - Ama: hello\n"),
        ("b.csv", "Surname,Forename\n"),
        ("c.xml", "<CTfile><CTFpupilData>"),
    ];
    for (name, begins) in beginning {
        let path = folder.path().join(name);
        std::fs::write(&path, begins).unwrap();
        std::fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(100 << 20).unwrap();
        let read = if name == "a.txt" { chat(&path) } else { register(&path) };
        let error = read.unwrap_err().to_string();
        assert!(error.contains("larger than 48 MB"), "{name}: {error}");
    }
}
