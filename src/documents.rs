//! Papers: a template filled from a case, laid out, and written as PDF; the guard that reads every word before it goes
//! out; the preview. This file is the only door.
//!
//! Knows nothing of the policy or of the case file, and has no clock: the time is part of the [`Stamp`]. One input
//! gives the same bytes every time on one machine.

mod compose;
mod copy_fields;
mod error;
mod file;
mod font;
pub mod guard;
mod locked;
mod markup;
mod page;
mod pdf;
mod picture;
mod preview;
pub mod raster;
pub mod readability;
pub mod redact;
mod tag;
pub mod template;
mod text;
pub mod under_ten;

pub use copy_fields::{CopyField, copy_fields};
pub use error::Error;
pub use locked::locked;
pub use markup::{escape, plain_text};
pub use page::PlacedLine;
pub use pdf::Pdf;
pub use picture::{LARGEST_FILE as LARGEST_PICTURE, Picture, Pictures, Signature};
pub use preview::{Image, preview};
pub use template::{Fields, Templates, ask, grouped, has_easy_words, title};

use crate::domain::Paper;
use chrono::{DateTime, Utc};
use std::path::PathBuf;

/// What a file carries besides its papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When it was made.
    pub made_on: DateTime<Utc>,
    /// Who made it: the school or the lead. Stands in the file's properties.
    pub author: String,
    /// A line in the foot of each page that ties the paper to the record, such as the head of its journal.
    pub anchor: Option<String>,
}

/// Lays out papers. Making one reads fonts, so keep it.
pub struct Engine {
    text: text::TextEngine,
}

impl Engine {
    /// An engine with the bundled fonts, and this machine's for scripts that those lack.
    pub fn new() -> Result<Self, Error> {
        Self::with_font_folders(font::FOLDERS.iter().map(PathBuf::from).collect())
    }

    /// An engine that looks for further fonts in these folders only.
    pub fn with_font_folders(folders: Vec<PathBuf>) -> Result<Self, Error> {
        Ok(Self { text: text::TextEngine::new(font::Fonts::new(folders)?) })
    }

    /// The lines of the same papers with their places, as [`Self::render`] would set them.
    pub fn lines(&mut self, papers: &[Paper], anchor: Option<&str>) -> Result<Vec<PlacedLine>, Error> {
        let pages = compose::compose(papers, anchor, &Pictures::default(), &mut self.text);
        self.text.forget();
        Ok(pages?.lines())
    }

    /// Sets papers into one PDF; each begins a page of its own and counts its own pages.
    pub fn render(&mut self, papers: &[Paper], stamp: &Stamp) -> Result<Pdf, Error> {
        self.render_with(papers, stamp, &Pictures::default())
    }

    /// The same, with the school's crest and a signature.
    pub fn render_with(
        &mut self,
        papers: &[Paper],
        stamp: &Stamp,
        pictures: &Pictures,
    ) -> Result<Pdf, Error> {
        let Some(first) = papers.first() else { return Err(Error::Empty) };
        let pages = compose::compose(papers, stamp.anchor.as_deref(), pictures, &mut self.text);
        self.text.forget();
        let properties = tag::Properties {
            title: &first.title,
            author: &stamp.author,
            language: &first.language,
            made_on: stamp.made_on,
        };
        pdf::write(&pages?, &self.text.fonts, &properties)
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Engine")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Letterhead;
    use page::{Item, Pages};

    fn paper(body: &str) -> Paper {
        Paper {
            title: "Names".into(),
            language: "en-GB".into(),
            letterhead: Letterhead::default(),
            address: vec!["The family".into()],
            date: String::new(),
            reference: String::new(),
            body: body.into(),
            footer: String::new(),
            watermark: None,
            large_print: false,
            easy_read: false,
            translation: None,
        }
    }

    fn composed(engine: &mut Engine, body: &str) -> Result<Pages, Error> {
        compose::compose(&[paper(body)], None, &Pictures::default(), &mut engine.text)
    }

    /// The glyphs of the line that says this.
    fn glyphs(pages: &Pages, words: &str) -> Vec<u16> {
        let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Run { laid, line, run, .. } if &*laid.lines[*line].text == words => {
                Some(&laid.lines[*line].runs[*run])
            }
            _ => None,
        });
        runs.flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect()
    }

    fn bundled_only() -> Engine {
        Engine::with_font_folders(Vec::new()).unwrap()
    }

    #[test]
    fn every_letter_of_a_name_has_its_glyph() {
        let mut engine = bundled_only();
        for name in [
            "Zoë O'Brien-Łukasiewicz",
            "Siân Ní Dhonnchadha",
            "José Nuñez",
            "Nguyễn Thị Ánh Tuyết",
            "Ŵyn Ŷnys",
            "Ştefan Țîrcă",
            "Олена Шевченко",
            "Ọláwálé Ẹniọlá",
            "Αλέξανδρος",
        ] {
            for body in [name.to_owned(), format!("**{name}**")] {
                let found = glyphs(&composed(&mut engine, &body).unwrap(), name);
                assert_eq!(found.len(), name.chars().count(), "{body}");
                assert!(!found.contains(&0), "{body}");
            }
        }
    }

    #[test]
    fn a_name_is_drawn_whole_or_not_at_all() {
        let mut engine = Engine::new().unwrap();
        for name in ["सीता गुरुङ", "क्षितिज श्रेष्ठ", "محمد بن علي", "李小龙"]
        {
            match composed(&mut engine, name) {
                Ok(pages) => {
                    let found = glyphs(&pages, name);
                    assert!(!found.is_empty() && !found.contains(&0), "{name}");
                }
                Err(Error::NoGlyph { character }) => assert!(name.contains(character), "{name}"),
                Err(error) => panic!("{name}: {error}"),
            }
            let refused = composed(&mut bundled_only(), name).unwrap_err();
            assert!(matches!(refused, Error::NoGlyph { character } if name.contains(character)), "{name}");
        }
    }

    #[test]
    fn what_is_read_follows_the_words_and_not_the_page() {
        let mut engine = Engine::new().unwrap();
        let words = "محمد بن علي";
        let pages = match composed(&mut engine, words) {
            Ok(pages) => pages,
            // Not on a machine without an Arabic font; there the paper is refused.
            Err(error) => return assert!(matches!(error, Error::NoGlyph { .. }), "{error}"),
        };
        let runs = pages.pages.iter().flat_map(|page| &page.items).filter_map(|item| match item {
            Item::Run { laid, line, run, .. } if &*laid.lines[*line].text == words => {
                Some(&laid.lines[*line].runs[*run])
            }
            _ => None,
        });
        let glyphs: Vec<_> = runs.flat_map(|run| &run.glyphs).collect();
        let read: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        assert_eq!(read, words);
        assert!(glyphs[0].x > glyphs[glyphs.len() - 1].x, "not from right to left");
    }

    #[test]
    fn a_character_without_a_glyph_stops_the_paper() {
        let mut engine = Engine::new().unwrap();
        for (body, character) in [("a \u{10FFFD} b", '\u{10FFFD}'), ("| \u{E123} |\n| x |", '\u{E123}')] {
            let error = composed(&mut engine, body).unwrap_err();
            assert!(matches!(error, Error::NoGlyph { character: c } if c == character), "{error}");
        }
        let error = engine
            .text
            .fonts
            .families_for(&['\u{10FFFD}'].into_iter().collect())
            .expect_err("nothing draws it");
        assert_eq!(error.to_string(), "No font on this computer can draw “\u{10FFFD}” (U+10FFFD).");
    }

    #[test]
    fn what_shows_nothing_needs_no_glyph() {
        let mut engine = bundled_only();
        assert!(composed(&mut engine, "Ko\u{200d}fi \u{200e}and\u{ad} on\tand on").is_ok());
    }
}
