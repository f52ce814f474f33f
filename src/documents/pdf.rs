//! Turns finished pages into a PDF file: printpdf operations, subset fonts, then the structure. Places nothing.

use super::Error;
use super::font::{FaceId, Fonts};
use super::page::{Artifact, Item, Pages, Tag};
use super::picture::Picture;
use super::tag::{self, Properties};
use super::text::{Colour, GlyphRun};
use md5::{Digest, Md5};
use printpdf::{
    Codepoint, Color, DictItem, FontId, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Pt, RawImage, RawImageData, RawImageFormat, Rect, Rgb, TextItem, TextMatrix,
    XObject, XObjectId, XObjectTransform,
};
use std::collections::BTreeMap;
use std::sync::Arc;
use strip::Sheets;
use subsetter::GlyphRemapper;

mod strip;

/// A finished file.
#[derive(Clone)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages.
    pub pages: u32,
}

impl std::fmt::Debug for Pdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pdf").field("pages", &self.pages).finish_non_exhaustive()
    }
}

/// The fonts and pictures of one file: its own numbers for faces, glyphs and pictures, in order of appearance.
struct Used {
    pictures: Vec<Arc<Picture>>,
    order: Vec<FaceId>,
    glyphs: BTreeMap<FaceId, GlyphRemapper>,
}

impl Used {
    fn of(sheets: &Sheets<'_>) -> Self {
        let mut used = Self { pictures: Vec::new(), order: Vec::new(), glyphs: BTreeMap::new() };
        for item in sheets.strips.iter().flatten() {
            match item {
                Item::Run { laid, line, run, .. } => used.take_run(&laid.lines[*line].runs[*run]),
                Item::Picture { picture, .. } => {
                    if !used.pictures.iter().any(|other| Arc::ptr_eq(other, picture)) {
                        used.pictures.push(Arc::clone(picture));
                    }
                }
                Item::Begin { .. } | Item::BeginArtifact(_) | Item::End | Item::Fill { .. } => {}
            }
        }
        used
    }

    fn take_run(&mut self, run: &GlyphRun) {
        if run.glyphs.is_empty() {
            return;
        }
        let remapper = self.glyphs.entry(run.face).or_insert_with(|| {
            self.order.push(run.face);
            GlyphRemapper::new()
        });
        for glyph in &run.glyphs {
            remapper.remap(glyph.id);
        }
    }

    fn font_id(&self, face: FaceId) -> FontId {
        let number = self.order.iter().position(|other| *other == face).unwrap_or(0);
        FontId(format!("F{number}"))
    }

    fn glyph(&self, face: FaceId, glyph: u16) -> u16 {
        self.glyphs.get(&face).and_then(|remapper| remapper.get(glyph)).unwrap_or(0)
    }

    fn picture_id(&self, picture: &Arc<Picture>) -> XObjectId {
        let number = self.pictures.iter().position(|other| Arc::ptr_eq(other, picture)).unwrap_or(0);
        XObjectId(format!("X{number}"))
    }

    /// Puts each picture into the document, once.
    fn install_pictures(&self, document: &mut PdfDocument) {
        for picture in &self.pictures {
            let (width, height) = picture.size();
            let raw = RawImage {
                pixels: RawImageData::U8(picture.rgb().to_vec()),
                width: width as usize,
                height: height as usize,
                data_format: RawImageFormat::RGB8,
                tag: Vec::new(),
            };
            document.resources.xobjects.map.insert(self.picture_id(picture), XObject::Image(raw));
        }
    }

    /// Puts each face, cut down to its glyphs, into the document.
    fn install(&self, fonts: &Fonts, document: &mut PdfDocument) -> Result<(), Error> {
        for (face_id, remapper) in &self.glyphs {
            let face = fonts.face(*face_id);
            let cut = subsetter::subset(face.bytes.as_ref(), face.index, remapper).map_err(Error::Subset)?;
            let widths = remapper
                .remapped_gids()
                .zip(0_u16..)
                .map(|(old, new)| (new, face.parsed.get_glyph_width(old).unwrap_or(0)))
                .collect();
            let tag: String = Md5::digest(&cut).iter().take(6).map(|b| char::from(b'A' + b % 26)).collect();
            let mut font = ParsedFont::with_glyph_data(
                cut,
                0,
                Some(format!("{tag}+{}", face.name)),
                BTreeMap::new(),
                widths,
                face.parsed.units_per_em,
                face.parsed.font_metrics.clone(),
            );
            font.pdf_font_metrics = face.parsed.pdf_font_metrics.clone();
            font.font_type = face.parsed.font_type;
            document.resources.fonts.map.insert(self.font_id(*face_id), PdfFont::new(font));
        }
        Ok(())
    }
}

/// Writes the file.
pub(super) fn write(pages: &Pages, fonts: &Fonts, properties: &Properties<'_>) -> Result<Pdf, Error> {
    let sheets = strip::cut(pages);
    let bytes = std::thread::scope(|scope| {
        // What a reader hears is written beside what the eye sees.
        let structure = scope.spawn(|| tag::structure(&pages.tree, pages.pages.len()));
        let document = draw(&sheets, fonts, properties.title);
        let structure = structure.join().map_err(|_| std::io::Error::from(std::io::ErrorKind::Other))??;
        tag::finish(document?, &sheets.pages, structure, properties)
    })?;
    Ok(Pdf { bytes, pages: u32::try_from(pages.pages.len()).unwrap_or(u32::MAX) })
}

/// Has printpdf write the strips, each as a page of its own, with the fonts and pictures of all.
fn draw(sheets: &Sheets<'_>, fonts: &Fonts, title: &str) -> Result<lopdf::Document, Error> {
    let used = Used::of(sheets);
    let mut document = PdfDocument::new(title);
    used.install(fonts, &mut document)?;
    used.install_pictures(&mut document);
    document.with_pages(
        sheets
            .strips
            .iter()
            .map(|strip| PdfPage::new(Mm(210.0), Mm(297.0), Stream::new(fonts, &used).strip(strip)))
            .collect(),
    );
    // Pictures go in as they are: nothing is made greyer or coarser, and the last stage compresses.
    let options = PdfSaveOptions { image_optimization: None, ..PdfSaveOptions::default() };
    Ok(document.to_lopdf_document(&options, &mut Vec::new()))
}

/// Writes one strip's operations, keeping in mind what is already set. A strip counts on nothing before it.
struct Stream<'a> {
    fonts: &'a Fonts,
    used: &'a Used,
    ops: Vec<Op>,
    in_text: bool,
    font: Option<(FaceId, f32)>,
    colour: Option<Colour>,
}

impl<'a> Stream<'a> {
    fn new(fonts: &'a Fonts, used: &'a Used) -> Self {
        Self { fonts, used, ops: Vec::new(), in_text: false, font: None, colour: None }
    }

    fn strip(mut self, items: &[&Item]) -> Vec<Op> {
        self.ops.reserve(items.len() * 2 + 4);
        for item in items {
            match item {
                Item::Run { laid, line, run, x, y, turned } => {
                    self.run(&laid.lines[*line].runs[*run], (*x, *y), *turned);
                }
                Item::Begin { tag, mark, spoken } => {
                    self.leave_text();
                    self.ops.push(begin(*tag, *mark, spoken.as_deref()));
                }
                Item::BeginArtifact(kind) => {
                    self.leave_text();
                    self.ops.push(begin_artifact(*kind));
                }
                Item::End => {
                    self.leave_text();
                    self.ops.push(Op::EndMarkedContent);
                }
                Item::Picture { picture, place: [x, y, width, height] } => {
                    self.leave_text();
                    let transform = XObjectTransform {
                        translate_x: Some(Pt(*x)),
                        translate_y: Some(Pt(*y)),
                        scale_x: Some(*width),
                        scale_y: Some(*height),
                        // The unit square itself is placed, whatever the picture's pixels.
                        no_auto_scale: true,
                        ..XObjectTransform::default()
                    };
                    self.ops.push(Op::UseXobject { id: self.used.picture_id(picture), transform });
                }
                Item::Fill { place: [x, y, width, height], colour } => {
                    self.leave_text();
                    self.set_colour(*colour);
                    self.ops.push(Op::DrawRectangle {
                        rectangle: Rect {
                            x: Pt(*x),
                            y: Pt(*y),
                            width: Pt(*width),
                            height: Pt(*height),
                            mode: Some(PaintMode::Fill),
                            winding_order: None,
                        },
                    });
                }
            }
        }
        self.leave_text();
        self.ops
    }

    fn leave_text(&mut self) {
        if self.in_text {
            self.ops.push(Op::EndTextSection);
            self.in_text = false;
        }
    }

    fn set_colour(&mut self, colour: Colour) {
        if self.colour != Some(colour) {
            let [r, g, b] = colour.map(|part| f32::from(part) / 255.0);
            self.ops.push(Op::SetFillColor { col: Color::Rgb(Rgb { r, g, b, icc_profile: None }) });
            self.colour = Some(colour);
        }
    }

    fn run(&mut self, run: &GlyphRun, (x, y): (f32, f32), turned: f32) {
        if run.glyphs.is_empty() {
            return;
        }
        if !self.in_text {
            self.ops.push(Op::StartTextSection);
            self.in_text = true;
            // A font is not carried from one text object of printpdf to the next with certainty.
            self.font = None;
        }
        self.set_colour(run.colour);
        if self.font != Some((run.face, run.size)) {
            let font = PdfFontHandle::External(self.used.font_id(run.face));
            self.ops.push(Op::SetFont { font, size: Pt(run.size) });
            self.font = Some((run.face, run.size));
        }
        let face = self.fonts.face(run.face);
        let thousandth = run.size / 1000.0;
        let mut pending: Vec<Codepoint> = Vec::with_capacity(run.glyphs.len());
        let mut start = (0.0, 0.0);
        let mut pen = 0.0;
        for glyph in &run.glyphs {
            if pending.is_empty() || (glyph.y - start.1).abs() > 0.01 {
                self.show(&mut pending, (x, y), start, turned);
                start = (glyph.x, glyph.y);
                pen = glyph.x;
            }
            // How far the reader's pen is past where this glyph belongs: a TJ number, positive to the left.
            let past = ((pen - glyph.x) / thousandth * 10.0).round() / 10.0;
            if past.abs() > 0.4
                && let Some(last) = pending.last_mut()
            {
                last.offset = past;
                pen -= past * thousandth;
            }
            let number = self.used.glyph(run.face, glyph.id);
            pending.push(Codepoint { gid: number, offset: 0.0, cid: Some(glyph.text.clone()) });
            pen += face.stated_width(glyph.id) * thousandth;
        }
        self.show(&mut pending, (x, y), start, turned);
    }

    /// Shows what is pending from `start`, measured from (x, y) along a line turned left.
    fn show(&mut self, pending: &mut Vec<Codepoint>, (x, y): (f32, f32), start: (f32, f32), turned: f32) {
        if pending.is_empty() {
            return;
        }
        let (sin, cos) = turned.to_radians().sin_cos();
        let place = (x + start.0 * cos - start.1 * sin, y + start.0 * sin + start.1 * cos);
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw([cos, sin, -sin, cos, place.0, place.1]) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(pending))] });
    }
}

fn dictionary(pairs: Vec<(&str, DictItem)>) -> DictItem {
    DictItem::Dict { map: pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect() }
}

fn begin(tag: Tag, mark: usize, spoken: Option<&str>) -> Op {
    let mut pairs = vec![("MCID", DictItem::Int(i64::try_from(mark).unwrap_or(i64::MAX)))];
    if let Some(spoken) = spoken {
        pairs.push(("ActualText", DictItem::String { data: tag::utf16(spoken), literal: false }));
    }
    Op::BeginMarkedContentWithProperties { tag: tag::name(tag).to_owned(), properties: dictionary(pairs) }
}

fn begin_artifact(kind: Artifact) -> Op {
    let tag = "Artifact".to_owned();
    let subtype: &[u8] = match kind {
        Artifact::Decoration => return Op::BeginMarkedContent { tag },
        Artifact::Header => b"Header",
        Artifact::Footer => b"Footer",
        Artifact::Watermark => b"Watermark",
    };
    let properties = dictionary(vec![
        ("Type", DictItem::Name(b"Pagination".to_vec())),
        ("Subtype", DictItem::Name(subtype.to_vec())),
    ]);
    Op::BeginMarkedContentWithProperties { tag, properties }
}
