//! The wording itself, in every branch of every template: what no letter to a family may say, whoever it is for, and what
//! no paper may say at all.

use casebook::documents::under_ten;
use std::path::{Path, PathBuf};

/// Every template and part, with its source.
fn sources() -> Vec<(PathBuf, String)> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/letters")];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let source = std::fs::read_to_string(&path).unwrap();
                sources.push((path, source));
            }
        }
    }
    sources.sort();
    sources
}

fn is_document(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("DOC_"))
}

#[test]
fn no_letter_speaks_of_arrest_or_charge_in_any_branch() {
    let sources = sources();
    assert!(sources.len() >= 22 + 15 + 7, "{} templates", sources.len());
    for (path, source) in sources.iter().filter(|(path, _)| !is_document(path)) {
        assert_eq!(under_ten::find(source), [], "{}", path.display());
    }
}

#[test]
fn no_paper_passes_a_verdict_in_any_branch() {
    for (path, source) in sources() {
        let lower = source.to_lowercase();
        for word in lower.split(|c: char| !c.is_alphabetic()) {
            let verdict = ["victim", "perpetrator", "guilt", "proof", "culprit", "offender"]
                .iter()
                .any(|bad| word.starts_with(bad))
                || ["bully", "bullies", "bullied"].contains(&word);
            assert!(!verdict, "{} says {word}", path.display());
        }
        assert!(!lower.contains("evidence against"), "{}", path.display());
    }
}

/// A letter in easy words leaves out no branch and no field that frightens or reassures: each has the same conditions.
#[test]
fn easy_words_have_the_same_branches() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/letters");
    let branches = |source: &str| {
        let mut found: Vec<String> = source
            .split("{%")
            .skip(1)
            .map(|rest| rest.split("%}").next().unwrap_or_default().trim().to_owned())
            .filter(|tag| tag.starts_with("if ") || tag.starts_with("elif "))
            .collect();
        found.sort();
        found.dedup();
        found
    };
    for entry in std::fs::read_dir(folder.join("easy")).unwrap() {
        let path = entry.unwrap().path();
        let usual = std::fs::read_to_string(folder.join(path.file_name().unwrap())).unwrap();
        let easy = std::fs::read_to_string(&path).unwrap();
        assert_eq!(branches(&easy), branches(&usual), "{}", path.display());
    }
}
