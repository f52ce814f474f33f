//! Pages of placed text, and beside them the structure that a reader hears. Knows nothing of letters and nothing of
//! PDF.

use super::picture::Picture;
use super::text::{Colour, Laid};
use std::sync::Arc;

mod pager;
mod table;

pub(super) use pager::{Frame, Pager};
pub(super) use table::Look;

/// A4 in points.
pub(super) const WIDTH: f32 = 595.276;
/// A4 in points.
pub(super) const HEIGHT: f32 = 841.89;

/// Millimetres in points.
pub(super) const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// What an element of the structure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Tag {
    /// The whole file.
    Document,
    /// One paper of several.
    Part,
    /// A heading, 1 to 3.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list; true: numbered.
    List(bool),
    /// An item of a list.
    Item,
    /// An item's bullet or number.
    Label,
    /// An item's text.
    Body,
    /// A table.
    Table,
    /// The rows of its header.
    TableHead,
    /// The other rows.
    TableBody,
    /// A row.
    Row,
    /// A cell of the header.
    HeaderCell,
    /// Another cell.
    Cell,
    /// Text of another script inside a line.
    Span,
    /// A picture that is described.
    Figure,
}

/// An element of the structure.
#[derive(Debug)]
pub(super) struct Node {
    /// What it is.
    pub(super) tag: Tag,
    /// Its parts in reading order.
    pub(super) children: Vec<Child>,
    /// Its language where that differs.
    pub(super) language: String,
    /// What is read in place of its glyphs, or of a picture.
    pub(super) spoken: Option<String>,
    /// Where a picture stands: left, bottom, width, height.
    pub(super) place: Option<[f32; 4]>,
}

/// A part of an element.
#[derive(Debug)]
pub(super) enum Child {
    /// Another element, by its place in the tree.
    Node(usize),
    /// Marked content on a page.
    Content {
        /// The page, from 0.
        page: usize,
        /// The mark's number on it.
        mark: usize,
    },
}

/// What is on a page without being read out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Artifact {
    /// Rules and tints.
    Decoration,
    /// A repeated header.
    Header,
    /// The foot of the page.
    Footer,
    /// A mark across the page.
    Watermark,
}

/// One thing in a page's stream.
#[derive(Debug)]
pub(super) enum Item {
    /// Content of an element begins.
    Begin {
        /// The element's kind.
        tag: Tag,
        /// The mark's number on the page.
        mark: usize,
        /// What is read in place of the glyphs.
        spoken: Option<String>,
    },
    /// Something that is not read out begins.
    BeginArtifact(Artifact),
    /// The last begun ends.
    End,
    /// A run of a laid-out line, placed from the page's bottom left.
    Run {
        /// The text.
        laid: Arc<Laid>,
        /// Which line.
        line: usize,
        /// Which run.
        run: usize,
        /// Where the line's left end is.
        x: f32,
        /// Where its baseline is.
        y: f32,
        /// Turned left by this many degrees.
        turned: f32,
    },
    /// A filled rectangle.
    Fill {
        /// Left, bottom, width, height.
        place: [f32; 4],
        /// Its colour.
        colour: Colour,
    },
    /// A picture.
    Picture {
        /// Which.
        picture: Arc<Picture>,
        /// Left, bottom, width, height.
        place: [f32; 4],
    },
}

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its stream, in order.
    pub(super) items: Vec<Item>,
    marks: usize,
}

/// Finished pages with their structure; the root is the first node.
#[derive(Debug)]
pub(super) struct Pages {
    /// The pages.
    pub(super) pages: Vec<Page>,
    /// The structure.
    pub(super) tree: Vec<Node>,
}

/// A line of text where it stands on its page, in points from the top left.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedLine {
    /// The page, from 1.
    pub page: usize,
    /// From the left.
    pub x: f32,
    /// The baseline, from the top.
    pub y: f32,
    /// The words.
    pub text: String,
}

impl Pages {
    /// The lines of text in the order in which they are drawn.
    pub(super) fn lines(&self) -> Vec<PlacedLine> {
        let mut lines = Vec::new();
        for (i, page) in self.pages.iter().enumerate() {
            for item in &page.items {
                if let Item::Run { laid, line, run: 0, x, y, .. } = item {
                    let line = &laid.lines[*line];
                    let glyphs = line.runs.iter().flat_map(|run| &run.glyphs);
                    let indent = glyphs.map(|glyph| glyph.x).min_by(f32::total_cmp).unwrap_or(0.0);
                    let text = line.text.to_string();
                    lines.push(PlacedLine { page: i + 1, x: x + indent, y: HEIGHT - y, text });
                }
            }
        }
        lines
    }
}
