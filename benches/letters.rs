//! How long letters take, beside typst, `WeasyPrint` and `LibreOffice` on the same letter in the same run: one, and the 120
//! of a year group in one PDF. Whole processes, from the start of the program to the file on the disk; the middle of
//! five. After that the composer's preview: the letter set anew after a key, and its page drawn.
//!
//! `cargo bench --bench letters`. The others are found where they are: `soffice` on the path, and the Python named by
//! `CASEBOOK_BENCH_PYTHON` (else `python3`) with `pip install typst weasyprint`. What is not there is said and left out.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]

use casebook::documents::{Engine, Stamp, preview};
use casebook::domain::{Letterhead, Paper};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SCHOOL: &str = "Larkfield Junior School";
const LINE: &str = "Orchard Lane, Larkfield LK4 7QA · 01632 960100 · office@larkfield.example";
/// The body's size in points, for the others to set the same.
const SIZE: f32 = 12.0;
const ROUNDS: usize = 5;
const FAMILIES: [&str; 6] = [
    "Mrs Zoë O’Brien-Łukasiewicz",
    "Ms Siân Ní Dhonnchadha",
    "Mr José Nuñez",
    "Mrs Nguyễn Thị Bích",
    "Mrs Maya Gurung",
    "Mr Oluwaseun Adeyemi",
];

/// The letter, in the light markup of a [`Paper`].
fn body(family: &str, n: usize) -> String {
    format!(
        "Dear {family},\n\n## Messaging apps and your child’s age\n\n\
         We are writing to many families this week about messaging apps. Many of our children use them at home. You may \
         not know that most of these apps have a lowest age.\n\n\
         - Standard WhatsApp accounts are for people aged 13 or over in the UK (its terms, checked 2 January 2026).\n\
         - Standard Snapchat accounts are for people aged 13 or over in the UK (its terms, checked 2 January 2026).\n\n\
         ### What our school expects\n\n\
         Our policy says: “No child under 13 should be accessing social media platforms.” This is our school’s own rule. \
         It stands whatever an app allows.\n\n### What we ask you to do\n\n\
         - **Check** which apps your child uses, and who can write to them.\n\
         - **Talk** with your child. Tell them they are not in trouble for showing you.\n\
         - **Decide** together what should change. We can help.\n\n### If you find something worrying\n\n\
         Please keep it first. Take a screenshot that shows the name, date and time. Then tell us. Remove the app or the \
         chat only after that. **If any picture shows a child without clothes, do not screenshot, send or save it.**\n\n\
         Your appointment for questions has the number {}. If you have a question, call us on 01632 960100.\n\n\
         Yours sincerely,\n\nMrs Helen Farrow\nHeadteacher",
        417 + n
    )
}

fn paper(n: usize) -> Paper {
    let family = FAMILIES[n % FAMILIES.len()];
    Paper {
        title: "Letter".into(),
        language: "en-GB".into(),
        letterhead: Letterhead {
            name: SCHOOL.into(), lines: LINE.split(" · ").map(str::to_owned).collect()
        },
        address: vec![family.into(), format!("{} Station Road", n + 3), "Larkfield".into(), "LK4 7QR".into()],
        date: "20 January 2026".into(),
        reference: format!("2026-{n:03}"),
        body: body(family, n),
        footer: SCHOOL.into(),
        watermark: None,
        large_print: false,
        easy_read: false,
        translation: None,
    }
}

/// A paper's blocks, for the others: they do not know the markup.
fn blocks(body: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for block in body.split("\n\n") {
        for line in block.lines() {
            let (kind, words) = match line {
                _ if line.starts_with("### ") => ("subheading", &line[4..]),
                _ if line.starts_with("## ") => ("heading", &line[3..]),
                _ if line.starts_with("- ") => ("bullet", &line[2..]),
                _ if line.starts_with("Yours") => ("closing", line),
                _ => ("paragraph", line),
            };
            let runs: Vec<Value> = words
                .split("**")
                .enumerate()
                .filter(|(_, text)| !text.is_empty())
                .map(|(at, text)| json!({ "text": text, "bold": at % 2 == 1 }))
                .collect();
            found.push(json!({ "kind": kind, "runs": runs }));
        }
    }
    found
}

fn letters(count: usize) -> Value {
    let one = |n| {
        let paper = paper(n);
        json!({ "address": paper.address, "date": paper.date, "reference": paper.reference, "blocks": blocks(&paper.body) })
    };
    let all: Vec<Value> = (0..count).map(one).collect();
    json!({ "school": { "name": SCHOOL, "line": LINE }, "size": SIZE, "letters": all })
}

fn stamp() -> Stamp {
    Stamp {
        made_on: chrono::DateTime::from_timestamp(1_768_900_000, 0).unwrap(),
        author: SCHOOL.into(),
        anchor: None,
    }
}

/// This program as Casebook does it: what the bench starts itself with.
fn set(count: usize, out: &Path) {
    let papers: Vec<Paper> = (0..count).map(paper).collect();
    let pdf = Engine::new().unwrap().render(&papers, &stamp()).unwrap();
    std::fs::write(out, pdf.bytes).unwrap();
}

/// The middle of some rounds of a command, and the size of what it wrote; nothing where it fails.
fn timed(mut command: Command, out: &Path) -> Option<(Duration, u64)> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().ok()?;
        rounds.push(began.elapsed());
        if !done.success() {
            return None;
        }
    }
    rounds.sort();
    Some((rounds[ROUNDS / 2], std::fs::metadata(out).ok()?.len()))
}

fn merge(count: usize, folder: &Path) {
    let out = folder.join("out.pdf");
    let given = folder.join("letters.json");
    std::fs::write(&given, letters(count).to_string()).unwrap();
    let mut own = Command::new(std::env::current_exe().unwrap());
    own.arg("set").arg(count.to_string()).arg(&out);
    let (own, size) = timed(own, &out).unwrap();
    println!("{count:>4} letters   Casebook     {:>8.3} s  {:>5} KB", own.as_secs_f64(), size / 1024);
    let python = std::env::var("CASEBOOK_BENCH_PYTHON").unwrap_or_else(|_| "python3".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/letters/others.py");
    for tool in ["typst", "weasyprint", "libreoffice"] {
        let mut other = Command::new(&python);
        other.arg(&script).arg(tool).arg(&given).arg(&out);
        match timed(other, &out) {
            Some((took, size)) => println!(
                "               {tool:<12} {:>8.3} s  {:>5} KB  Casebook is {:.1} times as fast",
                took.as_secs_f64(),
                size / 1024,
                took.as_secs_f64() / own.as_secs_f64()
            ),
            None => println!("               {tool:<12} not here, or failed"),
        }
    }
}

/// What follows each pause in typing: the letter set anew with one word more, and its first page drawn.
fn composer() {
    let mut engine = Engine::new().unwrap();
    let mut shown = paper(0);
    let mut rounds: Vec<Duration> = (0..60)
        .map(|n| {
            shown.body = shown.body.replacen("We are writing", &format!("We are writing {n}"), 1);
            let began = Instant::now();
            let pdf = engine.render(std::slice::from_ref(&shown), &stamp()).unwrap();
            let drawn = preview(&pdf.bytes, 0, 1.5).unwrap();
            assert!(drawn.width > 0);
            began.elapsed()
        })
        .collect();
    rounds.sort();
    let at = |share: usize| rounds[rounds.len() * share / 100].as_secs_f64() * 1000.0;
    println!(
        "the composer's page after a key: {:.1} ms in the middle, {:.1} ms at the 95th of 100 (50 ms asked)",
        at(50),
        at(95)
    );
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    if let [command, count, out] = given.as_slice()
        && command == "set"
    {
        return set(count.parse().unwrap(), Path::new(out));
    }
    let folder = tempfile::tempdir().unwrap();
    merge(1, folder.path());
    merge(120, folder.path());
    composer();
}
