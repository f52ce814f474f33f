//! The last stage, over lopdf: the structure that a screen reader follows, properties, colour profile and a file
//! identifier from the content, as PDF/UA-1 and PDF/A-2a ask. Draws nothing.

use super::Error;
use super::page::{Child, Node, Tag};
use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use md5::{Digest, Md5};
use std::fmt::Write as _;

/// What the file says about itself.
pub(super) struct Properties<'a> {
    /// The title. Names no child.
    pub(super) title: &'a str,
    /// Who wrote it.
    pub(super) author: &'a str,
    /// The language (BCP 47).
    pub(super) language: &'a str,
    /// When.
    pub(super) made_on: DateTime<Utc>,
}

/// The program's name in the properties.
const PROGRAM: &str = "Casebook";

/// The name of a tag in PDF.
pub(super) fn name(tag: Tag) -> &'static str {
    match tag {
        Tag::Document => "Document",
        Tag::Part => "Part",
        Tag::Heading(1) => "H1",
        Tag::Heading(2) => "H2",
        Tag::Heading(_) => "H3",
        Tag::Paragraph => "P",
        Tag::List(_) => "L",
        Tag::Item => "LI",
        Tag::Label => "Lbl",
        Tag::Body => "LBody",
        Tag::Table => "Table",
        Tag::TableHead => "THead",
        Tag::TableBody => "TBody",
        Tag::Row => "TR",
        Tag::HeaderCell => "TH",
        Tag::Cell => "TD",
        Tag::Span => "Span",
        Tag::Figure => "Figure",
    }
}

/// UTF-16 with a byte order mark, as PDF writes text.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

fn text_string(text: &str) -> Object {
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Adds structure and properties, and writes the file.
pub(super) fn finish(
    mut document: Document,
    tree: &[Node],
    properties: &Properties<'_>,
) -> Result<Vec<u8>, Error> {
    "1.7".clone_into(&mut document.version);
    let root = structure(&mut document, tree)?;
    let metadata = document.add_object(
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, xmp(properties).into_bytes())
            .with_compression(false),
    );
    let profile = document.add_object(Stream::new(dictionary! { "N" => 3 }, colour_profile()?));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => Object::string_literal("sRGB"),
        "Info" => Object::string_literal("sRGB IEC61966-2.1"),
        "DestOutputProfile" => profile,
    };
    let catalog = document.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal(properties.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    let info = document.trailer.get(b"Info")?.as_reference()?;
    document.objects.insert(info, Object::Dictionary(information(properties)));
    document.prune_objects();
    document.renumber_objects();
    save(document)
}

/// Writes the structure tree; returns its root.
fn structure(document: &mut Document, tree: &[Node]) -> Result<ObjectId, Error> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = tree.iter().map(|_| document.new_object_id()).collect();
    let mut parents = vec![root; tree.len()];
    let mut marks: Vec<Vec<Object>> = vec![Vec::new(); pages.len()];
    for (node, id) in tree.iter().zip(&ids) {
        for child in &node.children {
            match child {
                Child::Node(child) => parents[*child] = *id,
                Child::Content { page, mark } => {
                    let page = &mut marks[*page];
                    page.resize(page.len().max(mark + 1), Object::Null);
                    page[*mark] = Object::Reference(*id);
                }
            }
        }
    }
    for ((node, id), parent) in tree.iter().zip(&ids).zip(parents) {
        document.objects.insert(*id, Object::Dictionary(element(node, parent, &ids, &pages)));
    }
    let mut numbers = Vec::with_capacity(marks.len() * 2);
    for (i, owners) in marks.into_iter().enumerate() {
        numbers.push(integer(i));
        numbers.push(document.add_object(Object::Array(owners)).into());
    }
    let parent_tree = document.add_object(dictionary! { "Nums" => numbers });
    let tree_root = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => ids[0],
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => integer(pages.len()),
    };
    document.objects.insert(root, Object::Dictionary(tree_root));
    for (i, page) in pages.iter().enumerate() {
        let page = document.get_dictionary_mut(*page)?;
        page.set("StructParents", integer(i));
        page.set("Tabs", Object::Name(b"S".to_vec()));
        if page.get(b"Annots").and_then(Object::as_array).is_ok_and(Vec::is_empty) {
            page.remove(b"Annots");
        }
    }
    Ok(root)
}

fn element(node: &Node, parent: ObjectId, ids: &[ObjectId], pages: &[ObjectId]) -> Dictionary {
    let children: Vec<Object> = node
        .children
        .iter()
        .map(|child| match child {
            Child::Node(child) => Object::Reference(ids[*child]),
            Child::Content { page, mark } => Object::Dictionary(
                dictionary! { "Type" => "MCR", "Pg" => pages[*page], "MCID" => integer(*mark) },
            ),
        })
        .collect();
    let mut element =
        dictionary! { "Type" => "StructElem", "S" => name(node.tag), "P" => parent, "K" => children };
    if let Some(spoken) = &node.spoken {
        let key = if node.tag == Tag::Figure { "Alt" } else { "ActualText" };
        element.set(key, text_string(spoken));
    }
    if !node.language.is_empty() {
        element.set("Lang", Object::string_literal(node.language.as_str()));
    }
    match node.tag {
        Tag::HeaderCell => element.set("A", dictionary! { "O" => "Table", "Scope" => "Column" }),
        Tag::List(numbered) => {
            let numbering = if numbered { "Decimal" } else { "Disc" };
            element.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
        }
        Tag::Figure => {
            let [left, bottom, width, height] = node.place.unwrap_or_default();
            let corners = [left, bottom, left + width, bottom + height];
            let corners: Vec<Object> = corners.into_iter().map(Object::Real).collect();
            element.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners });
        }
        Tag::Document
        | Tag::Part
        | Tag::Heading(_)
        | Tag::Paragraph
        | Tag::Item
        | Tag::Label
        | Tag::Body
        | Tag::Table
        | Tag::TableHead
        | Tag::TableBody
        | Tag::Row
        | Tag::Cell
        | Tag::Span => {}
    }
    element
}

fn information(properties: &Properties<'_>) -> Dictionary {
    let date = Object::string_literal(properties.made_on.format("D:%Y%m%d%H%M%SZ").to_string());
    dictionary! {
        "Title" => text_string(properties.title),
        "Author" => text_string(properties.author),
        "Creator" => text_string(PROGRAM),
        "Producer" => text_string(PROGRAM),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    }
}

/// An sRGB profile without the clock's time that moxcms puts into its header.
fn colour_profile() -> Result<Vec<u8>, Error> {
    const DATE: std::ops::Range<usize> = 24..36;
    let mut profile = moxcms::ColorProfile::new_srgb().encode().map_err(Error::Colour)?;
    if let Some(date) = profile.get_mut(DATE) {
        // 1 January 2025, 0:00:00, six numbers of two bytes.
        date.copy_from_slice(&[0x07, 0xE9, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    }
    Ok(profile)
}

/// Text inside XML: markup escaped, and characters that XML forbids left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

fn xmp(properties: &Properties<'_>) -> String {
    let date = properties.made_on.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    // The frame is split at its marks once, so that nothing in a value is taken for a mark.
    include_str!("tag/xmp.xml")
        .split("%%")
        .map(|part| match part {
            "BOM" => "\u{feff}".to_owned(),
            "DATE" => date.clone(),
            "LANGUAGE" => escape(properties.language),
            "PROGRAM" => PROGRAM.to_owned(),
            "AUTHOR" => escape(properties.author),
            "TITLE" => escape(properties.title),
            frame => frame.to_owned(),
        })
        .collect()
}

/// Compresses and writes; the identifier is the hash of everything else.
fn save(mut document: Document) -> Result<Vec<u8>, Error> {
    // printpdf leaves its pictures as they are.
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object
            && stream.dict.has(b"Width")
            && !stream.dict.has(b"Filter")
        {
            stream.allows_compression = true;
        }
    }
    compress(&mut document);
    for object in document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            end_plainly(stream)?;
        }
    }
    let mut bytes = write(&mut document)?;
    // The streams in which the file keeps its small objects are compressed while it is written: other numbers for all
    // objects make every one of them end otherwise.
    for first in 2..2 + TRIES {
        if !bytes.windows(AMBIGUOUS.len()).any(|window| window == AMBIGUOUS) {
            break;
        }
        document.renumber_objects_with(first);
        bytes = write(&mut document)?;
    }
    Ok(bytes)
}

/// Compresses every stream, on as many threads as there are processors: a year group's letters are many streams.
fn compress(document: &mut Document) {
    let mut streams: Vec<&mut Stream> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok().filter(|stream| stream.allows_compression))
        .collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = streams.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        for part in streams.chunks_mut(share) {
            scope.spawn(move || {
                for stream in part {
                    // What cannot be compressed stays as it is.
                    let _as_it_is = stream.compress();
                }
            });
        }
    });
}

/// How often a stream that ends in a line break is tried another way.
const TRIES: u32 = 64;

/// The end of a stream whose last byte could be part of the line break that follows it.
const AMBIGUOUS: &[u8] = b"\r\nendstream";

fn write(document: &mut Document) -> Result<Vec<u8>, Error> {
    const EMPTY: &[u8] = b"<00000000000000000000000000000000>";
    let identifier = Object::String(vec![0; 16], StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![identifier.clone(), identifier]);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes)?;
    let mut hash = String::with_capacity(EMPTY.len());
    for byte in Md5::digest(&bytes) {
        let _never_fails = write!(hash, "{byte:02X}");
    }
    // The identifier stands in clear at the end, twice, and is as long as its place.
    for _ in 0..2 {
        let at = bytes
            .windows(EMPTY.len())
            .rposition(|window| window == EMPTY)
            .ok_or_else(|| std::io::Error::from(std::io::ErrorKind::InvalidData))?;
        bytes.splice(at + 1..at + EMPTY.len() - 1, hash.bytes());
    }
    Ok(bytes)
}

/// Sees to it that a compressed stream does not end in a line break. A reader that measures it by the line break before
/// `endstream` would take that one for it, and find a length that is not so. One more byte, which means nothing where it
/// stands (white space in page contents and maps, padding behind a font's tables or a picture's last row), makes the compression end otherwise.
fn end_plainly(stream: &mut Stream) -> Result<(), Error> {
    for _ in 0..TRIES {
        let breaks = stream.content.last().is_some_and(|last| matches!(last, b'\r' | b'\n'));
        if !breaks || !stream.dict.has(b"Filter") || stream.dict.has(b"N") {
            return Ok(());
        }
        let mut plain = stream.decompressed_content()?;
        let font = stream.dict.has(b"Length1");
        plain.push(if font { 0 } else { b' ' });
        if font {
            stream.dict.set("Length1", i64::try_from(plain.len()).unwrap_or(i64::MAX));
        }
        stream.set_plain_content(plain);
        stream.compress()?;
    }
    Ok(())
}
