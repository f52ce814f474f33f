//! The last stage, over lopdf: the pages put together, the structure that a screen reader follows, properties and colour
//! profile, as PDF/UA-1 and PDF/A-2a ask. Draws nothing.

use super::page::{Child, Node, Tag};
use super::{Error, file};
use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

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

/// The numbers of a file's objects: its pages first, then the structure, then all that printpdf wrote. So the structure
/// can be written before that is there.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    pages: u32,
    elements: u32,
}

impl Numbers {
    fn of(tree: &[Node], pages: usize) -> Result<Self, Error> {
        let count = |number: usize| {
            u32::try_from(number).map_err(|_| Error::from(lopdf::Error::InvalidOffset(number)))
        };
        Ok(Self { pages: count(pages)?, elements: count(tree.len())? })
    }

    fn page(page: usize) -> ObjectId {
        (u32::try_from(page).unwrap_or(u32::MAX).saturating_add(1), 0)
    }

    fn root(self) -> ObjectId {
        (self.pages + 1, 0)
    }

    fn element(self, element: usize) -> ObjectId {
        (u32::try_from(element).unwrap_or(u32::MAX).saturating_add(self.pages + 2), 0)
    }

    /// The list of the elements that own the marks of a page.
    fn owners(self, page: usize) -> ObjectId {
        (Self::page(page).0 + self.pages + 1 + self.elements, 0)
    }

    /// The tree that leads from a page to that list.
    fn parents(self) -> ObjectId {
        (2 * self.pages + self.elements + 2, 0)
    }
}

/// The structure, as it will stand in the file.
pub(super) struct Structure {
    numbers: Numbers,
    packs: Vec<file::Pack>,
}

/// Puts the pages together, adds structure and properties, and writes the file. In the document each strip of a page is
/// a page of its own; `shown` says which of them a page shows.
pub(super) fn finish(
    mut document: Document,
    shown: &[Vec<usize>],
    structure: Structure,
    properties: &Properties<'_>,
) -> Result<Vec<u8>, Error> {
    let Structure { numbers, packs } = structure;
    "1.7".clone_into(&mut document.version);
    assemble(&mut document, shown, numbers)?;
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
    catalog.set("StructTreeRoot", numbers.root());
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal(properties.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    let info = document.trailer.get(b"Info")?.as_reference()?;
    document.objects.insert(info, Object::Dictionary(information(properties)));
    file::write(document, packs)
}

/// Puts strips together to pages. A strip that many pages show stands in the file once, and so do the fonts and
/// pictures of all.
fn assemble(document: &mut Document, shown: &[Vec<usize>], numbers: Numbers) -> Result<(), Error> {
    make_room(document, numbers.parents().0);
    let strips: Vec<ObjectId> = document.get_pages().into_values().collect();
    let mut contents = Vec::with_capacity(strips.len());
    let mut page = None;
    for strip in &strips {
        let Some(Object::Dictionary(mut strip)) = document.objects.remove(strip) else {
            return Err(Error::Empty);
        };
        contents.push(strip.remove(b"Contents").unwrap_or(Object::Null));
        if page.is_none() {
            // printpdf leaves an empty list of links.
            strip.remove(b"Annots");
            page = Some(strip);
        } else if let Ok(resources) = strip.get(b"Resources").and_then(Object::as_reference) {
            // The same as those of the first.
            document.objects.remove(&resources);
        }
    }
    let mut page = page.ok_or(Error::Empty)?;
    page.set("Tabs", Object::Name(b"S".to_vec()));
    for (number, strips) in shown.iter().enumerate() {
        let mut page = page.clone();
        let mut parts: Vec<Object> =
            strips.iter().filter_map(|strip| contents.get(*strip).cloned()).collect();
        let whole = if parts.len() == 1 { parts.remove(0) } else { Object::Array(parts) };
        page.set("Contents", whole);
        page.set("StructParents", integer(number));
        document.objects.insert(Numbers::page(number), Object::Dictionary(page));
    }
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    let root = document.get_dictionary_mut(root)?;
    root.set("Count", integer(shown.len()));
    let kids = (0..shown.len()).map(|page| Object::Reference(Numbers::page(page))).collect();
    root.set("Kids", Object::Array(kids));
    Ok(())
}

/// Gives all objects higher numbers, so that the first ones are free.
fn make_room(document: &mut Document, by: u32) {
    fn raise(object: &mut Object, by: u32) {
        match object {
            Object::Reference((number, _)) => *number += by,
            Object::Array(items) => items.iter_mut().for_each(|item| raise(item, by)),
            Object::Dictionary(dictionary) => raise_all(dictionary, by),
            Object::Stream(stream) => raise_all(&mut stream.dict, by),
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..) => {}
        }
    }
    fn raise_all(dictionary: &mut Dictionary, by: u32) {
        dictionary.iter_mut().for_each(|(_, value)| raise(value, by));
    }
    raise_all(&mut document.trailer, by);
    let objects = std::mem::take(&mut document.objects);
    document.objects = objects
        .into_iter()
        .map(|((number, generation), mut object)| {
            raise(&mut object, by);
            ((number + by, generation), object)
        })
        .collect();
    document.max_id += by;
}

/// Writes the structure tree of so many pages.
pub(super) fn structure(tree: &[Node], pages: usize) -> Result<Structure, Error> {
    let numbers = Numbers::of(tree, pages)?;
    let mut parents = vec![numbers.root(); tree.len()];
    let mut marks: Vec<Vec<Object>> = vec![Vec::new(); pages];
    for (i, node) in tree.iter().enumerate() {
        let own = numbers.element(i);
        for child in &node.children {
            match child {
                Child::Node(child) => parents[*child] = own,
                Child::Content { page, mark } => {
                    let page = &mut marks[*page];
                    page.resize(page.len().max(mark + 1), Object::Null);
                    page[*mark] = Object::Reference(own);
                }
            }
        }
    }
    let mut packer = file::Packer::default();
    let tree_root = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => numbers.element(0),
        "ParentTree" => numbers.parents(),
        "ParentTreeNextKey" => integer(pages),
    };
    packer.add(numbers.root().0, &Object::Dictionary(tree_root));
    for ((i, node), parent) in tree.iter().enumerate().zip(parents) {
        packer.add(numbers.element(i).0, &Object::Dictionary(element(node, parent, numbers)));
    }
    let mut leads = Vec::with_capacity(marks.len() * 2);
    for (i, owners) in marks.into_iter().enumerate() {
        let id = numbers.owners(i);
        packer.add(id.0, &Object::Array(owners));
        leads.extend([integer(i), Object::Reference(id)]);
    }
    packer.add(numbers.parents().0, &Object::Dictionary(dictionary! { "Nums" => leads }));
    Ok(Structure { numbers, packs: packer.finish()? })
}

fn element(node: &Node, parent: ObjectId, numbers: Numbers) -> Dictionary {
    // Content on the element's own page is told by its number alone.
    let own = node.children.iter().find_map(|child| match child {
        Child::Content { page, .. } => Some(*page),
        Child::Node(_) => None,
    });
    let mut children: Vec<Object> = node
        .children
        .iter()
        .map(|child| match child {
            Child::Node(child) => Object::Reference(numbers.element(*child)),
            Child::Content { page, mark } if Some(*page) == own => integer(*mark),
            Child::Content { page, mark } => Object::Dictionary(
                dictionary! { "Type" => "MCR", "Pg" => Numbers::page(*page), "MCID" => integer(*mark) },
            ),
        })
        .collect();
    let children = if children.len() == 1 { children.remove(0) } else { Object::Array(children) };
    let mut element =
        dictionary! { "Type" => "StructElem", "S" => name(node.tag), "P" => parent, "K" => children };
    if let Some(page) = own {
        element.set("Pg", Numbers::page(page));
    }
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
