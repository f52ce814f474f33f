//! The recovery sheet: 24 words on paper that open the case file when every passphrase is lost.

use super::letters::write_whole;
use super::{Error, Session};
use crate::documents::{Pdf, Stamp};
use crate::domain::{Letterhead, Paper};
use crate::store::RecoveryWords;
use std::path::{Path, PathBuf};

/// The file's name. It says what it is, so that nobody throws it away.
const FILE_NAME: &str = "Casebook recovery sheet - print and lock away.pdf";

impl Session {
    /// The sheet as a page to print.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn recovery_sheet(&self, words: &RecoveryWords) -> Result<Pdf, Error> {
        let school = self.school()?;
        let stamp = Stamp { made_on: self.now(), author: school.name.clone(), anchor: None };
        let paper = Paper {
            title: "Recovery sheet".into(),
            language: "en-GB".into(),
            letterhead: Letterhead { name: school.name, lines: Vec::new() },
            address: Vec::new(),
            date: self.today().long(),
            reference: String::new(),
            body: body(words),
            footer: "Casebook recovery sheet".into(),
            watermark: None,
            large_print: false,
            easy_read: false,
            translation: None,
        };
        Ok(self.inner().engine.render(&[paper], &stamp)?)
    }

    /// Saves the sheet in a folder, to be printed and then deleted.
    ///
    /// # Errors
    /// A folder that is not there, is full or cannot be written.
    pub fn save_recovery_sheet(&self, words: &RecoveryWords, folder: &Path) -> Result<PathBuf, Error> {
        let path = folder.join(FILE_NAME);
        write_whole(&path, &self.recovery_sheet(words)?.bytes)?;
        Ok(path)
    }
}

fn body(words: &RecoveryWords) -> String {
    const COLUMNS: usize = 4;
    let words = words.as_slice();
    let rows = words.len().div_ceil(COLUMNS);
    let cell = |at: usize| words.get(at).map(|word| format!("{}\\. **{word}**", at + 1)).unwrap_or_default();
    let row =
        |row: usize| (0..COLUMNS).map(|column| cell(column * rows + row)).collect::<Vec<_>>().join(" | ");
    let table: Vec<String> = (0..rows).map(|at| format!("| {} |", row(at))).collect();
    let table =
        format!("| Words 1 to 6 | Words 7 to 12 | Words 13 to 18 | Words 19 to 24 |\n{}\n", table.join("\n"));
    format!(
        "These 24 words open the school’s case file when every passphrase is lost. **Anyone who has them can read every record.**\n\n\
         {table}\n\
         ## What to do now\n\n\
         - Print this page on paper, once.\n\
         - Put it in a sealed envelope in the school safe. Sign across the flap.\n\
         - Delete this file from the computer, and empty the recycle bin.\n\n\
         ## When you need it\n\n\
         Start Casebook, choose “Use the recovery sheet”, and type the words in order. Then choose a new passphrase.\n"
    )
}
