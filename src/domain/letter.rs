//! Letters and documents as text: what stands on the page, not where. `documents` lays it out.

use super::{
    CaseId, Day, DocumentCode, LetterCode, LetterId, PersonId, Second, UnknownWord, Vocabulary, WentWrong,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A letter or a document, by its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperCode {
    /// A letter.
    Letter(LetterCode),
    /// A document.
    Document(DocumentCode),
}

impl PaperCode {
    /// The code, `L_TARGET` or `DOC_POLICE`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Letter(code) => code.id(),
            Self::Document(code) => code.id(),
        }
    }

    /// Reads a code.
    pub fn from_id(id: &str) -> Result<Self, UnknownWord> {
        DocumentCode::from_id(id).map(Self::Document).or_else(|_| LetterCode::from_id(id).map(Self::Letter))
    }
}

impl Serialize for PaperCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for PaperCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let id = <std::borrow::Cow<'de, str> as Deserialize>::deserialize(d)?;
        Self::from_id(&id).map_err(serde::de::Error::custom)
    }
}

/// One paper, ready to be laid out. The body is light markup:
///
/// - a blank line ends a paragraph; a single line break inside one is kept as a line break;
/// - `## ` starts a heading, `### ` a smaller one; `- ` a bullet; `1. ` (any number) a numbered item;
/// - `| a | b |` rows make a table, the first row its header;
/// - `**bold**` is the only inline markup; a backslash takes the meaning from the character after it;
/// - `---` on its own line starts a new page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// What the file's properties say. Names no child.
    pub title: String,
    /// BCP 47, `en-GB`.
    pub language: String,
    /// The school's block at the top.
    pub letterhead: Letterhead,
    /// The lines in the envelope's window; empty for a document.
    pub address: Vec<String>,
    /// The date, as it stands on the page.
    pub date: String,
    /// `Our ref`, the case's reference.
    pub reference: String,
    /// The body, in markup.
    pub body: String,
    /// The foot of each page, beside `Page n of m`.
    pub footer: String,
    /// A mark across each page, `Draft` until approved.
    pub watermark: Option<String>,
    /// Set in 18 point, for whoever asks for it.
    #[serde(default)]
    pub large_print: bool,
    /// In easy words, set large and open: a sentence a line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub easy_read: bool,
    /// The school's own approved translation, set on pages of its own after the English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translation>,
}

/// A translation that somebody at the school approved, of one English text and no other. `Debug` leaves the text out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// BCP 47: `pl`, `zh-Hans`.
    pub language: String,
    /// The text, in markup.
    pub body: String,
    /// The English text that it translates. Where that is another by now, the translation is to be looked at again.
    pub of: String,
    /// Who approved it, and how they know both languages.
    pub approved_by: String,
    /// The day.
    pub on: Day,
}

impl fmt::Debug for Translation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Translation").field("language", &self.language).finish_non_exhaustive()
    }
}

/// The school's block at the top of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letterhead {
    /// The school's name.
    pub name: String,
    /// Address and contact lines.
    pub lines: Vec<String>,
}

impl fmt::Debug for Paper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paper").field("title", &self.title).finish_non_exhaustive()
    }
}

/// A letter as the case keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRecord {
    /// Its own for good.
    pub id: LetterId,
    /// The case.
    pub case: CaseId,
    /// Which.
    pub code: PaperCode,
    /// Whose family or whose matter; nothing for a class or year.
    #[serde(default)]
    pub about: Option<PersonId>,
    /// To whom, as the list shows it: `Family of …`, `Parents of Year 5`.
    pub recipient: String,
    /// The papers: one, or one a family for a class or year.
    pub papers: Vec<Paper>,
    /// Where it stands.
    pub state: LetterState,
    /// Words that the leak guard found and that stand all the same, each with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dismissed: Vec<Dismissed>,
    /// Who began it, or changed its text last; nobody in case files that did not note it yet.
    #[serde(default)]
    pub written_by: String,
    /// The second look that it had before it was approved, where it needs one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<Second>,
    /// The issued letter that this one replaces, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<LetterId>,
    /// That it reached somebody whom it was not for, and what is done about that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub went_wrong: Option<WentWrong>,
    /// Of a letter to many homes: each home's own as a file, in the order of the papers, made when it was approved.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copied>,
    /// And the list of who gets which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_list: Option<Copied>,
}

/// A file that is kept beside the one PDF of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// SHA-256 of the PDF, hexadecimal: also the key of its bytes in the case file.
    pub sha256: String,
    /// How many pages.
    pub pages: u32,
    /// Its neutral file name.
    pub file_name: String,
}

impl LetterRecord {
    /// A draft of these papers, with nothing said of it yet.
    pub fn draft(id: LetterId, case: CaseId, code: PaperCode, recipient: String, papers: Vec<Paper>) -> Self {
        Self {
            id,
            case,
            code,
            about: None,
            recipient,
            papers,
            state: LetterState::Draft,
            dismissed: Vec::new(),
            written_by: String::new(),
            second: None,
            replaces: None,
            went_wrong: None,
            copies: Vec::new(),
            check_list: None,
        }
    }
}

/// Words of a letter that the leak guard found: enough to know them again when the letter is read the next time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The part of the letter: `body`, `title`, a line of an address.
    pub place: String,
    /// What it was found as.
    pub kind: String,
    /// Whose it may be.
    #[serde(default)]
    pub people: Vec<PersonId>,
    /// The words.
    pub words: String,
    /// The paragraph they stand in.
    pub around: String,
    /// The byte of the paragraph at which they begin.
    pub at: usize,
}

impl Spot {
    /// Whether these are the same words in the same text, and nobody else could be meant by now.
    pub fn covers(&self, now: &Self) -> bool {
        (&self.place, &self.kind, &self.words, &self.around, self.at)
            == (&now.place, &now.kind, &now.words, &now.around, now.at)
            && now.people.iter().all(|id| self.people.contains(id))
    }
}

impl fmt::Debug for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spot").field("place", &self.place).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Words that are truly about another thing, a teacher of the same name: they may stand, for a reason.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissed {
    /// Which words.
    pub spot: Spot,
    /// Why they may stand.
    pub reason: String,
    /// Who said so.
    pub by: String,
    /// The day.
    pub on: Day,
}

impl fmt::Debug for Dismissed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dismissed").field("spot", &self.spot).field("on", &self.on).finish_non_exhaustive()
    }
}

impl fmt::Debug for LetterRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LetterRecord").field("id", &self.id).field("code", &self.code).finish_non_exhaustive()
    }
}

/// Where a letter stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum LetterState {
    /// Being written.
    Draft,
    /// Approved: the bytes are kept and never change.
    Approved {
        /// The day.
        on: Day,
        /// By whom.
        by: String,
        /// SHA-256 of the PDF, hexadecimal: also the key of its bytes in the case file.
        sha256: String,
        /// How many pages.
        pages: u32,
        /// The neutral file name it is exported under.
        file_name: String,
    },
}
