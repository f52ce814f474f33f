//! What this PC remembers between two sittings: where the case file lies, and how the window looks. No name, no record.

use super::Risk;
use directories::{ProjectDirs, UserDirs};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// What this PC remembers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The case file that was open last.
    pub case_file: Option<PathBuf>,
    /// How the window looks.
    pub appearance: Appearance,
}

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// As the system does.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Preferences {
    /// What is remembered; the defaults where nothing is, or where it cannot be read: it is a convenience only.
    pub fn load() -> Self {
        let text = file().and_then(|path| std::fs::read(path).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// Remembers. Failing to is no reason to stop anybody's work.
    pub fn save(&self) {
        let Some(path) = file() else { return };
        let Ok(text) = serde_json::to_vec_pretty(self) else { return };
        if let Some(folder) = path.parent() {
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = super::letters::write_over(&path, &text);
    }
}

fn file() -> Option<PathBuf> {
    ProjectDirs::from("", "", "Casebook").map(|dirs| dirs.config_dir().join("preferences.json"))
}

/// Where this PC keeps what it last saw of each case file.
pub(super) fn last_seen_folder() -> Option<PathBuf> {
    ProjectDirs::from("", "", "Casebook").map(|dirs| dirs.config_dir().join("last-seen"))
}

/// The person's documents folder, or the home folder, or where the program runs.
pub fn documents_folder() -> PathBuf {
    let dirs = UserDirs::new();
    let documents = dirs.as_ref().and_then(|d| d.document_dir()).map(Path::to_owned);
    documents.or_else(|| dirs.map(|d| d.home_dir().to_owned())).unwrap_or_else(|| PathBuf::from("."))
}

/// Where a new case file is suggested: the documents folder, or the home folder where a service keeps the documents in
/// step, as OneDrive often does.
pub fn case_files_folder() -> PathBuf {
    let documents = documents_folder();
    let home = UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match home {
        Some(home) if Risk::of(&documents).is_some() && Risk::of(&home).is_none() => home,
        _ => documents,
    }
}
