//! Headings and dialogs as the screens' code has them, so that no page is left out of the walk without being missed.

use std::collections::BTreeSet;
use std::path::Path;

/// What stands before a title in the code.
const BEFORE: [&str; 5] = ["heading(1, \"", "heading(2, \"", "heading(3, \"", "dialog(\"", "empty_state(\""];

/// The titles in a source file, where they are written out and nothing is put into them.
fn titles(text: &str) -> impl Iterator<Item = String> {
    // Tests stand at the end of a file.
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let code: String = code.lines().map(str::trim).collect::<Vec<_>>().join(" ").replace("( \"", "(\"");
    BEFORE.into_iter().flat_map(move |before| {
        let found: Vec<String> = code
            .split(before)
            .skip(1)
            .filter_map(|after| after.split('"').next())
            .filter(|title| !title.contains(['{', '\\']))
            .map(str::to_owned)
            .collect();
        found
    })
}

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ext| ext == "rs") && !path.ends_with("tests.rs") {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display().to_string();
            into.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Each title of the code that the walk never came to, unless `tests/crawl/unseen.txt` says why it cannot.
pub(super) fn never_met(met: &BTreeSet<String>) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let excused = std::fs::read_to_string(root.join("tests/crawl/unseen.txt")).unwrap();
    let excused: Vec<(&str, &str)> = excused
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" -- "))
        .filter(|(_, why)| !why.trim().is_empty())
        .collect();
    let mut files = Vec::new();
    sources(&root.join("src/ui/screen"), &mut files);
    let mut count = 0;
    let mut missing = Vec::new();
    for (file, text) in &files {
        for title in titles(text) {
            count += 1;
            if !met.contains(&title) && !excused.iter().any(|(known, _)| *known == title) {
                missing.push(format!(
                    "the walk never comes to “{title}” ({file}): add a line to tests/crawl/pages.txt"
                ));
            }
        }
    }
    for (known, _) in excused.iter().filter(|(known, _)| met.contains(*known)) {
        missing.push(format!("tests/crawl/unseen.txt excuses “{known}”, which the walk comes to"));
    }
    println!("{count} titles in the code, {} excused", excused.len());
    missing
}
