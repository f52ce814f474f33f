//! The house's rules, read from the source: who may use whom, and that each file says what it is.

use std::path::{Path, PathBuf};

/// Each layer with the layers it may use.
const LAYERS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("policy", &["domain"]),
    ("intake", &["domain"]),
    ("store", &["domain"]),
    ("documents", &["domain"]),
    ("app", &["domain", "policy", "intake", "store", "documents"]),
    ("ui", &["app", "domain"]),
    ("cli", &["app", "domain", "ui"]),
];

/// Each crate that one layer owns alone; deflate has two, of which one unpacks chats and the other packs PDFs.
const OWNED: [(&str, &str); 14] = [
    ("rusqlite", "store"),
    ("libsqlite3_sys", "store"),
    ("argon2", "store"),
    ("toml", "policy"),
    ("quick_xml", "intake"),
    ("encoding_rs", "intake"),
    ("flate2", "intake"),
    ("flate2", "documents"),
    ("printpdf", "documents"),
    ("minijinja", "documents"),
    ("image", "documents"),
    ("iced", "ui"),
    ("rfd", "ui"),
    ("clap", "cli"),
];

pub(crate) fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn layer_of(file: &Path) -> Option<&'static str> {
    let inside = file.strip_prefix(root().join("src")).ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    LAYERS.iter().map(|(layer, _)| *layer).find(|layer| *layer == first.trim_end_matches(".rs"))
}

#[test]
fn layers_use_only_what_they_may() {
    let mut seen = 0;
    for file in sources(&root().join("src")) {
        let Some(layer) = layer_of(&file) else { continue };
        let allowed = LAYERS.iter().find(|(l, _)| *l == layer).unwrap().1;
        let text = std::fs::read_to_string(&file).unwrap();
        for (at, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for (other, _) in LAYERS.iter().filter(|(other, _)| *other != layer) {
                let used =
                    [format!("crate::{other}::"), format!("crate::{other};"), format!("crate::{{{other}")]
                        .iter()
                        .any(|form| code.contains(form.as_str()));
                assert!(
                    !used || allowed.contains(other),
                    "{}:{}: {layer} uses {other}",
                    file.display(),
                    at + 1
                );
                seen += usize::from(used);
            }
            for (name, _) in OWNED {
                let used = code.contains(&format!("use {name}::")) || code.contains(&format!(" {name}::"));
                let owns = OWNED.contains(&(name, layer));
                assert!(!used || owns, "{}:{}: {layer} uses {name}", file.display(), at + 1);
            }
        }
    }
    assert!(seen > 10, "the test reads nothing");
}

#[test]
fn every_file_says_what_it_is() {
    for folder in ["src", "tests", "benches", "examples", "fuzz"] {
        let folder = root().join(folder);
        if !folder.exists() {
            continue;
        }
        for file in sources(&folder) {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.starts_with("//!"), "{} does not begin with //!", file.display());
        }
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let main = std::fs::read_to_string(root().join("tests/suite/main.rs")).unwrap();
    for file in sources(&root().join("tests/suite")) {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let top = file.parent().unwrap().ends_with("suite");
        assert!(
            !top || name == "main" || main.contains(&format!("mod {name};")),
            "tests/suite/{name}.rs is not run"
        );
    }
}

/// The image gate (UKCIS; rule R04): the only bytes that a case keeps are those of the papers that Casebook itself made,
/// and files of evidence, before whose first byte the gate is asked. Whoever adds another way asks the gate there first,
/// and names it here.
#[test]
fn no_file_enters_a_case_past_the_image_gate() {
    let mut ways: Vec<String> = Vec::new();
    for file in sources(&root().join("src")).into_iter().filter(|file| layer_of(file) == Some("app")) {
        let text = std::fs::read_to_string(&file).unwrap();
        // Only a test module written out at the end is left out: one that is named at the top has a file of its own.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        if code.contains(".attach(") {
            ways.push(file.file_name().unwrap().to_str().unwrap().to_owned());
        }
    }
    ways.sort();
    // The school's crest and signature are no case's; even so somebody says first that they show nobody.
    // Approving and merging attach what Casebook has set itself.
    assert_eq!(
        ways,
        ["access_request.rs", "approval.rs", "evidence.rs", "letterhead.rs", "merge.rs", "retention.rs"]
    );
    for (file, way, gate, read) in [
        ("evidence", "pub fn add_evidence", "gate != ImageGate::No", "read(file"),
        ("letterhead", "pub fn set_picture", "!shows_nobody", "bytes_of(file)"),
    ] {
        let text = std::fs::read_to_string(root().join(format!("src/app/{file}.rs"))).unwrap();
        let way = text.split(way).nth(1).unwrap();
        let (gate, read) = (way.find(gate), way.find(read));
        assert!(
            gate.is_some() && gate < read && read < way.find(".attach("),
            "{file}: the gate comes before the first byte"
        );
    }
}

/// iced 0.14's software renderer paints a shadow past the part of the window that it mends: what throws one grows
/// darker at each key.
#[test]
fn nothing_on_the_screen_throws_a_shadow() {
    for file in sources(&root().join("src/ui")) {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("Shadow {"), "{} throws a shadow", file.display());
    }
}
