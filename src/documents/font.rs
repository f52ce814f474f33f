//! The faces on a page: the bundled one, and for scripts that it lacks the machine's own. Shapes nothing.

use super::Error;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontData};
use printpdf::ParsedFont;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

mod machine;

pub(super) use machine::FOLDERS;
use machine::Machine;

/// The bundled family's name on the inside.
const BUNDLED: &str = "Casebook Sans";

/// Which face, for as long as its [`Fonts`] lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FaceId(usize);

/// One face, ready to be embedded.
pub(super) struct Face {
    /// The name in the PDF, without its subset tag.
    pub(super) name: String,
    /// The font file.
    pub(super) bytes: Blob<u8>,
    /// Which face of the file.
    pub(super) index: u32,
    /// Widths, metrics and character map.
    pub(super) parsed: ParsedFont,
}

impl Face {
    /// The glyph that stands for a character by itself.
    pub(super) fn nominal(&self, c: char) -> Option<u16> {
        self.parsed.lookup_glyph_index(u32::from(c)).filter(|glyph| *glyph != 0)
    }

    /// The width that the PDF will state, in 1/1000 em: printpdf cuts the fraction off.
    pub(super) fn stated_width(&self, glyph: u16) -> f32 {
        let units = f32::from(self.parsed.get_glyph_width(glyph).unwrap_or(0));
        (units * 1000.0 / f32::from(self.parsed.units_per_em.max(1))).trunc()
    }
}

/// All faces in use and where more may be found.
pub(super) struct Fonts {
    /// parley's own book of them.
    pub(super) context: FontContext,
    faces: Vec<Face>,
    known: HashMap<(u64, u32), FaceId>,
    /// Names for blobs, by blob.
    names: HashMap<u64, String>,
    machine: Machine,
    /// Family names of machine fonts already read, by file.
    families: HashMap<PathBuf, String>,
}

impl Fonts {
    /// The bundled faces, and folders to look in when a character is not among them.
    pub(super) fn new(folders: Vec<PathBuf>) -> Result<Self, Error> {
        let collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = Self {
            context: FontContext { collection, source_cache: SourceCache::default() },
            faces: Vec::new(),
            known: HashMap::new(),
            names: HashMap::new(),
            machine: Machine::new(folders),
            families: HashMap::new(),
        };
        for (name, bytes) in [("NotoSans", notosans::REGULAR_TTF), ("NotoSans-Bold", notosans::BOLD_TTF)] {
            let blob = Blob::new(Arc::new(bytes));
            fonts.register(&blob, BUNDLED, name);
            fonts.face_of(&FontData::new(blob, 0)).ok_or(Error::Font)?;
        }
        Ok(fonts)
    }

    fn register(&mut self, blob: &Blob<u8>, family: &str, name: &str) {
        self.names.insert(blob.id(), name.to_owned());
        let naming = FontInfoOverride { family_name: Some(family), ..FontInfoOverride::default() };
        self.context.collection.register_fonts(blob.clone(), Some(naming));
    }

    /// A face by its id.
    pub(super) fn face(&self, id: FaceId) -> &Face {
        &self.faces[id.0]
    }

    /// The face behind parley's handle, read at its first use.
    pub(super) fn face_of(&mut self, font: &FontData) -> Option<FaceId> {
        let key = (font.data.id(), font.index);
        if let Some(id) = self.known.get(&key) {
            return Some(*id);
        }
        let parsed = ParsedFont::from_bytes(font.data.as_ref(), font.index as usize, &mut Vec::new())?;
        let name = self.names.get(&key.0).cloned().unwrap_or_else(|| "Font".to_owned());
        let id = FaceId(self.faces.len());
        self.faces.push(Face { name, bytes: font.data.clone(), index: font.index, parsed });
        self.known.insert(key, id);
        Some(id)
    }

    /// The families to set these characters in, best first, as a CSS list. Depends on the characters and on the
    /// machine, never on what was laid out before.
    pub(super) fn families_for(&mut self, characters: &BTreeSet<char>) -> Result<String, Error> {
        let bundled = &self.faces[0];
        let mut missing: BTreeSet<char> = characters
            .iter()
            .copied()
            .filter(|c| !needs_no_glyph(*c) && bundled.nominal(*c).is_none())
            .collect();
        if let Some(character) = missing.iter().copied().find(|c| is_private(*c)) {
            return Err(Error::NoGlyph { character });
        }
        let mut list = format!("'{BUNDLED}'");
        while let Some(first) = missing.first().copied() {
            let file = self.machine.best_for(&missing).ok_or(Error::NoGlyph { character: first })?;
            missing.retain(|c| !file.covers(*c));
            let (path, bold) = (file.path.clone(), file.bold_sibling());
            let family = self.load(&path, bold.as_deref()).ok_or(Error::NoGlyph { character: first })?;
            list.extend([", '", &family, "'"]);
        }
        Ok(list)
    }

    fn load(&mut self, path: &Path, bold: Option<&Path>) -> Option<String> {
        if let Some(family) = self.families.get(path) {
            return Some(family.clone());
        }
        let family = format!("Machine {}", self.families.len());
        for file in std::iter::once(path).chain(bold) {
            let name: String =
                file.file_stem()?.to_string_lossy().chars().filter(char::is_ascii_alphanumeric).collect();
            let bytes = std::fs::read(file).ok()?;
            self.register(&Blob::new(Arc::new(bytes)), &family, &name);
        }
        self.families.insert(path.to_owned(), family.clone());
        Some(family)
    }
}

/// Whether a character is for private use: no two fonts mean the same by it, so one found by chance would draw anything.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Whether a character shows nothing by itself: controls, joiners, direction marks, variation selectors.
pub(super) fn needs_no_glyph(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
