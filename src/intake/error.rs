//! Why a file as a whole cannot be used, each kind by its own name. No text here quotes what the file says.

use std::io;

/// Why a file gave no draft at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file could not be read to its end.
    #[error("the file could not be read ({0})")]
    Io(#[from] io::Error),
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`LARGEST_TEXT`](super::LARGEST_TEXT).
    #[error("the text is larger than {} MB, which no register and no chat needs", limit / (1024 * 1024))]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// More rows, pupils or messages than any school has.
    #[error("there are more than {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many are read at most.
        limit: usize,
    },
    /// So many lines are wrong that the file is something else.
    #[error("more than {limit} lines cannot be read, so this is not the file it is taken for")]
    TooManyRejected {
        /// How many are listed at most.
        limit: usize,
    },
    /// A workbook, a PDF, a picture or another file that is not text.
    #[error("this is {what}, not a text file; export it again as {instead}")]
    NotText {
        /// What it seems to be.
        what: &'static str,
        /// What to choose instead.
        instead: &'static str,
    },
    /// The letters are written in an encoding that is not read.
    #[error("the letters are stored as {name}; save the file as UTF-8 and try again")]
    Encoding {
        /// The encoding's name.
        name: String,
    },
    /// The file says UTF-8 and is only partly so: a name would come out wrong.
    #[error("line {line}: the letters are of two encodings; export the file again, as UTF-8")]
    MixedEncoding {
        /// The first line that is not UTF-8.
        line: u64,
    },
    /// A document type definition, which can pull in other files or grow without end.
    #[error("line {line}: the file has a document type definition (DTD), which no CTF needs; it is not read")]
    Dtd {
        /// Where.
        line: u64,
    },
    /// An entity that XML itself does not know.
    #[error("line {line}: the file has an entity of its own, which no CTF needs; it is not read")]
    Entity {
        /// Where.
        line: u64,
    },
    /// Not well-formed XML, for example cut off in the middle.
    #[error("line {line}: the XML is broken or cut off here; export the file again")]
    Xml {
        /// Where.
        line: u64,
    },
    /// Elements within elements without end.
    #[error("line {line}: the XML is nested deeper than {limit} levels")]
    TooDeep {
        /// Where.
        line: u64,
        /// The limit.
        limit: usize,
    },
    /// Well-formed XML, and no Common Transfer File.
    #[error("this is XML but not a Common Transfer File: it has no CTFpupilData")]
    NotACtf,
    /// No line names the columns.
    #[error(
        "no line names the columns: a column for the surname and one for the forename are needed, or one for the whole name"
    )]
    NoHeader {
        /// The cells of the first line that has several, so that a person can say what they are.
        cells: Cells,
    },
    /// Two columns are to fill the same field.
    #[error("two columns are both taken for {field}; choose one of them")]
    TwoColumns {
        /// The field.
        field: String,
    },
    /// No line begins a message.
    #[error("no line begins like a message of an exported WhatsApp chat")]
    NotAChat,
    /// The zip file is damaged, or of a kind that is not read.
    #[error("the zip file cannot be read: {what}")]
    Zip {
        /// What is the matter with it.
        what: &'static str,
    },
    /// The zip file holds no text.
    #[error("the zip file has no text file (_chat.txt) in it")]
    NoText,
    /// The zip file holds several texts, and none is named as WhatsApp names a chat.
    #[error(
        "the zip file has {count} text files and none is named as WhatsApp names a chat; choose the right one and unpack it"
    )]
    SeveralTexts {
        /// How many.
        count: usize,
    },
}

/// Cells of a line that may be names of columns, or already a pupil: `Debug` leaves out what they say.
#[derive(Clone, PartialEq, Eq)]
pub struct Cells(pub Vec<String>);

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} cells", self.0.len())
    }
}
