//! Finds out which font files of this machine can draw which characters, and may be embedded. Reads only the tables
//! that say so, and only when a first character asks.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Where systems keep their fonts. A folder that is not there is passed over.
pub(in crate::documents) const FOLDERS: [&str; 6] = [
    r"C:\Windows\Fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    "/Library/Fonts",
];

/// Tables larger than this are not read: no character map is.
const LARGEST_TABLE: u32 = 4 << 20;

/// How deep folders are followed.
const DEPTH: usize = 4;

/// The machine's fonts, listed at first need.
pub(super) struct Machine {
    folders: Vec<PathBuf>,
    files: Option<Vec<FontFile>>,
}

/// One font file and the characters that it draws.
pub(super) struct FontFile {
    /// Where.
    pub(super) path: PathBuf,
    ranges: Vec<(u32, u32)>,
    rank: u8,
}

impl Machine {
    pub(super) fn new(folders: Vec<PathBuf>) -> Self {
        Self { folders, files: None }
    }

    /// The file that draws the most of these characters; among equals the plainest, then the first by name.
    pub(super) fn best_for(&mut self, characters: &BTreeSet<char>) -> Option<&FontFile> {
        let folders = &self.folders;
        let files = self.files.get_or_insert_with(|| list(folders));
        let score = |file: &FontFile| characters.iter().filter(|c| file.covers(**c)).count();
        let best =
            files.iter().map(|file| (score(file), file)).filter(|(drawn, _)| *drawn > 0).min_by(
                |(a_drawn, a), (b_drawn, b)| (b_drawn, a.rank, &a.path).cmp(&(a_drawn, b.rank, &b.path)),
            );
        best.map(|(_, file)| file)
    }
}

impl FontFile {
    pub(super) fn covers(&self, c: char) -> bool {
        let code = u32::from(c);
        let after = self.ranges.partition_point(|(first, _)| *first <= code);
        after > 0 && self.ranges[after - 1].1 >= code
    }

    /// The file with the family's bold face, as Noto and Windows name it.
    pub(super) fn bold_sibling(&self) -> Option<PathBuf> {
        let stem = self.path.file_stem()?.to_str()?;
        let extension = self.path.extension()?.to_str()?;
        let names = match stem.strip_suffix("-Regular") {
            Some(family) => vec![format!("{family}-Bold")],
            None => vec![format!("{stem}b"), format!("{stem}bd"), format!("{stem}-Bold")],
        };
        names
            .into_iter()
            .map(|name| self.path.with_file_name(name).with_extension(extension))
            .find(|p| p.is_file())
    }
}

fn list(folders: &[PathBuf]) -> Vec<FontFile> {
    let mut paths = BTreeSet::new();
    for folder in folders {
        walk(folder, DEPTH, &mut paths);
    }
    let mut files: Vec<FontFile> = paths.into_iter().filter_map(|path| read(&path)).collect();
    files.sort_by(|a, b| (a.rank, &a.path).cmp(&(b.rank, &b.path)));
    files
}

fn walk(folder: &Path, depth: usize, paths: &mut BTreeSet<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            if depth > 0 {
                walk(&path, depth - 1, paths);
            }
        } else if path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| ["ttf", "ttc", "otf"].contains(&e.to_ascii_lowercase().as_str()))
        {
            paths.insert(path);
        }
    }
}

/// How plain a face is, from its file's name: 0 for a sans for running text. `None` for bold, italic and the like.
fn rank(path: &Path) -> Option<u8> {
    const STYLED: [&str; 14] = [
        "bold",
        "italic",
        "oblique",
        "light",
        "thin",
        "black",
        "medium",
        "condensed",
        "mono",
        "extra",
        "unjoined",
        "display",
        "emoji",
        "kufi",
    ];
    const PLAIN: [&str; 9] =
        ["notosans", "nirmala", "segoeui", "leelawui", "ebrima", "gadugi", "msyh", "malgun", "yugoth"];
    let stem = path.file_stem()?.to_str()?.to_ascii_lowercase();
    if STYLED.iter().any(|word| stem.contains(word)) {
        return None;
    }
    Some(match () {
        () if PLAIN.iter().any(|name| stem.starts_with(name)) => 0,
        () if stem.contains("serif") => 2,
        () => 1,
    })
}

fn read(path: &Path) -> Option<FontFile> {
    let rank = rank(path)?;
    let mut file = File::open(path).ok()?;
    let mut tag = [0; 4];
    file.read_exact(&mut tag).ok()?;
    let start = if &tag == b"ttcf" {
        file.seek(SeekFrom::Start(12)).ok()?;
        file.read_exact(&mut tag).ok()?;
        u64::from(u32::from_be_bytes(tag))
    } else {
        0
    };
    let tables = Tables::read(&mut file, start)?;
    // A variable font would need to be pinned first; other outlines than TrueType are not embedded here.
    if tables.find(*b"glyf").is_none() || tables.find(*b"fvar").is_some() {
        return None;
    }
    if !tables.load(&mut file, *b"OS/2").is_some_and(|os2| may_be_embedded(&os2)) {
        return None;
    }
    let ranges = ranges(&tables.load(&mut file, *b"cmap")?)?;
    Some(FontFile { path: path.to_owned(), ranges, rank })
}

/// A font's table directory: tag, offset, length.
struct Tables(Vec<([u8; 4], u32, u32)>);

impl Tables {
    fn read(file: &mut File, start: u64) -> Option<Self> {
        file.seek(SeekFrom::Start(start)).ok()?;
        let mut head = [0; 12];
        file.read_exact(&mut head).ok()?;
        let count = usize::from(u16_at(&head, 4)?);
        let mut records = vec![0; count * 16];
        file.read_exact(&mut records).ok()?;
        let record = |at: usize| -> Option<([u8; 4], u32, u32)> {
            Some((
                records.get(at..at + 4)?.try_into().ok()?,
                u32_at(&records, at + 8)?,
                u32_at(&records, at + 12)?,
            ))
        };
        (0..count).map(|i| record(i * 16)).collect::<Option<_>>().map(Self)
    }

    fn find(&self, tag: [u8; 4]) -> Option<(u32, u32)> {
        self.0.iter().find(|(name, ..)| *name == tag).map(|(_, offset, length)| (*offset, *length))
    }

    fn load(&self, file: &mut File, tag: [u8; 4]) -> Option<Vec<u8>> {
        let (offset, length) = self.find(tag).filter(|(_, length)| *length <= LARGEST_TABLE)?;
        file.seek(SeekFrom::Start(u64::from(offset))).ok()?;
        let mut bytes = vec![0; length as usize];
        file.read_exact(&mut bytes).ok()?;
        Some(bytes)
    }
}

/// OS/2 `fsType`: not "restricted licence" (2), not "no subsetting" (0x100), not "bitmaps only" (0x200).
fn may_be_embedded(os2: &[u8]) -> bool {
    u16_at(os2, 8).is_some_and(|kind| kind & 0xF != 2 && kind & 0x300 == 0)
}

/// The characters of a `cmap` table (formats 12 and 4) in ascending ranges.
fn ranges(cmap: &[u8]) -> Option<Vec<(u32, u32)>> {
    let count = usize::from(u16_at(cmap, 2)?);
    let mut best: Option<(u16, usize)> = None;
    for i in 0..count {
        let record = 4 + i * 8;
        let (platform, encoding) = (u16_at(cmap, record)?, u16_at(cmap, record + 2)?);
        let offset = u32_at(cmap, record + 4)? as usize;
        let format = u16_at(cmap, offset)?;
        let unicode = platform == 0 || platform == 3 && (encoding == 1 || encoding == 10);
        if unicode && (format == 4 || format == 12) && best.is_none_or(|(other, _)| format > other) {
            best = Some((format, offset));
        }
    }
    let (format, at) = best?;
    let mut found = if format == 12 { groups(cmap, at)? } else { segments(cmap, at)? };
    found.sort_unstable();
    Some(found)
}

fn groups(cmap: &[u8], at: usize) -> Option<Vec<(u32, u32)>> {
    let count = u32_at(cmap, at + 12)? as usize;
    (0..count.min(cmap.len() / 12))
        .map(|i| Some((u32_at(cmap, at + 16 + i * 12)?, u32_at(cmap, at + 20 + i * 12)?)))
        .collect()
}

fn segments(cmap: &[u8], at: usize) -> Option<Vec<(u32, u32)>> {
    let twice = usize::from(u16_at(cmap, at + 6)?);
    (0..twice / 2)
        .map(|i| {
            let last = u16_at(cmap, at + 14 + i * 2)?;
            let first = u16_at(cmap, at + 16 + twice + i * 2)?;
            Some((u32::from(first), u32::from(last)))
        })
        .filter(|segment| segment.is_none_or(|(first, _)| first != 0xFFFF))
        .collect()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bundled face as a file of the machine, in a folder of its own.
    fn folder_with(name: &str, bytes: &[u8]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), bytes).unwrap();
        folder
    }

    #[test]
    fn coverage_is_read_from_the_file() {
        let folder = folder_with("NotoSans-Regular.ttf", notosans::REGULAR_TTF);
        let mut machine = Machine::new(vec![folder.path().to_owned()]);
        let ask = |machine: &mut Machine, c: char| machine.best_for(&BTreeSet::from([c])).is_some();
        for c in ['A', 'ŵ', 'Ł', 'Ọ', 'Ш', 'Ω', 'ễ'] {
            assert!(ask(&mut machine, c), "{c}");
        }
        for c in ['中', '\u{10FFFD}', 'م'] {
            assert!(!ask(&mut machine, c), "{c}");
        }
    }

    #[test]
    fn a_file_that_may_not_be_embedded_is_passed_over() {
        let mut bytes = notosans::REGULAR_TTF.to_vec();
        let record = (12..).step_by(16).find(|at| &bytes[*at..at + 4] == b"OS/2").unwrap();
        let table = u32_at(&bytes, record + 8).unwrap() as usize;
        bytes[table + 9] = 2;
        let folder = folder_with("NotoSans-Regular.ttf", &bytes);
        assert!(list(&[folder.path().to_owned()]).is_empty());
    }

    #[test]
    fn damaged_and_styled_files_are_passed_over() {
        for (name, bytes) in [
            ("Cut-Regular.ttf", &notosans::REGULAR_TTF[..700]),
            ("Empty-Regular.ttf", &[]),
            ("NotoSans-Bold.ttf", notosans::BOLD_TTF),
            ("readme.txt", notosans::REGULAR_TTF),
        ] {
            let folder = folder_with(name, bytes);
            assert!(list(&[folder.path().to_owned()]).is_empty(), "{name}");
        }
    }

    #[test]
    fn the_bold_face_beside_it_is_found() {
        let folder = folder_with("NotoSans-Regular.ttf", notosans::REGULAR_TTF);
        std::fs::write(folder.path().join("NotoSans-Bold.ttf"), notosans::BOLD_TTF).unwrap();
        let files = list(&[folder.path().to_owned()]);
        assert_eq!(files.len(), 1);
        assert!(files[0].bold_sibling().unwrap().ends_with("NotoSans-Bold.ttf"));
    }
}
