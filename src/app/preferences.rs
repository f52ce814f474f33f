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
    /// How large everything in it is.
    pub text_size: TextSize,
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
    /// White and yellow on black.
    HighContrast,
}

/// How large everything in the window is, in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "u16", into = "u16")]
pub struct TextSize(u16);

impl TextSize {
    /// Each size that can be chosen.
    pub const ALL: [Self; 5] = [Self(100), Self(125), Self(150), Self(175), Self(200)];

    /// In per cent of the usual size.
    pub fn percent(self) -> u16 {
        self.0
    }

    /// As a factor of the usual size.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for TextSize {
    fn default() -> Self {
        Self(100)
    }
}

impl From<u16> for TextSize {
    /// The size that can be chosen and comes nearest, whatever the file says.
    fn from(percent: u16) -> Self {
        Self::ALL.into_iter().min_by_key(|size| size.0.abs_diff(percent)).unwrap_or_default()
    }
}

impl From<TextSize> for u16 {
    fn from(size: TextSize) -> Self {
        size.0
    }
}

/// Everything about how the window looks that somebody can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks {
    /// Its colours.
    pub appearance: Appearance,
    /// Its size.
    pub text_size: TextSize,
}

impl From<Appearance> for Looks {
    fn from(appearance: Appearance) -> Self {
        Self { appearance, text_size: TextSize::default() }
    }
}

impl Preferences {
    /// What is remembered; the defaults where nothing is, or where it cannot be read: it is a convenience only.
    pub fn load() -> Self {
        let text = file().and_then(|path| std::fs::read(path).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default()
    }

    /// How the window looks.
    pub fn looks(&self) -> Looks {
        Looks { appearance: self.appearance, text_size: self.text_size }
    }

    /// The same with another look.
    pub fn set_looks(&mut self, looks: Looks) {
        (self.appearance, self.text_size) = (looks.appearance, looks.text_size);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_preferences_and_odd_sizes_are_read() {
        let read = |text: &str| serde_json::from_str::<Preferences>(text).unwrap();
        assert_eq!(read(r#"{"appearance":"dark"}"#).looks(), Looks::from(Appearance::Dark));
        assert_eq!(read(r#"{"text_size":137}"#).text_size.percent(), 125);
        assert_eq!(read(r#"{"text_size":9000}"#).text_size.percent(), 200);
        let mut kept = Preferences::default();
        let looks = Looks { appearance: Appearance::HighContrast, text_size: TextSize::ALL[2] };
        kept.set_looks(looks);
        assert_eq!(read(&serde_json::to_string(&kept).unwrap()).looks(), looks);
    }
}
