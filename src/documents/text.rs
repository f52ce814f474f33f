//! Shapes text into lines of placed glyphs (parley), in values that know nothing of parley or PDF.

use super::Error;
use super::font::{FaceId, Fonts, needs_no_glyph};
use super::markup::Text;
use parley::{
    Alignment, AlignmentOptions, BreakReason, Cluster, FontFamily, FontWeight, LayoutContext, LineHeight,
    OverflowWrap, Run, StyleProperty, TextWrapMode,
};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

mod breaks;

/// A colour, red, green, blue.
pub(super) type Colour = [u8; 3];

/// How text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// The size in points.
    pub(super) size: f32,
    /// The line height as a multiple of the size.
    pub(super) leading: f32,
    /// All of it bold.
    pub(super) bold: bool,
    /// Its colour.
    pub(super) colour: Colour,
    /// Set against the right edge.
    pub(super) right: bool,
}

/// A laid-out piece of text.
#[derive(Debug)]
pub(super) struct Laid {
    /// Its lines, top to bottom.
    pub(super) lines: Vec<Line>,
    /// Their height together.
    pub(super) height: f32,
}

/// One line.
#[derive(Debug)]
pub(super) struct Line {
    /// Its height.
    pub(super) height: f32,
    /// Its baseline below its top.
    pub(super) baseline: f32,
    /// Its text.
    pub(super) text: Arc<str>,
    /// Its runs, in the order in which they are read.
    pub(super) runs: Arc<[GlyphRun]>,
}

impl Laid {
    /// The same lines with more or less room between them; these were set with a leading of 1.
    fn led(&self, style: Style) -> Self {
        let height = style.size * style.leading;
        let lower = style.size * (style.leading - 1.0) / 2.0;
        let lines: Vec<Line> = self
            .lines
            .iter()
            .map(|line| Line {
                height,
                baseline: line.baseline + lower,
                text: Arc::clone(&line.text),
                runs: Arc::clone(&line.runs),
            })
            .collect();
        Self { height: lines.iter().map(|line| line.height).sum(), lines }
    }
}

/// Glyphs of one face, placed from the line's left end and baseline, in points, y upwards.
#[derive(Debug)]
pub(super) struct GlyphRun {
    /// The face.
    pub(super) face: FaceId,
    /// The size in points.
    pub(super) size: f32,
    /// The colour.
    pub(super) colour: Colour,
    /// Set where the glyphs alone do not tell the text: what it says and in which language.
    pub(super) spoken: Option<Spoken>,
    /// The glyphs in logical order.
    pub(super) glyphs: Vec<PlacedGlyph>,
}

/// What a run says.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    /// The text.
    pub(super) text: String,
    /// Its language as far as the script tells it (BCP 47).
    pub(super) language: &'static str,
}

/// One glyph.
#[derive(Debug)]
pub(super) struct PlacedGlyph {
    /// The number in its face.
    pub(super) id: u16,
    /// Right of the line's left end.
    pub(super) x: f32,
    /// Above the baseline.
    pub(super) y: f32,
    /// The text that it stands for.
    pub(super) text: String,
}

/// The language to name for a script; empty where the script does not change the document's.
fn language_of(text: &str) -> &'static str {
    match text.chars().find(|c| c.is_alphabetic()).map_or(0, u32::from) {
        0x0590..=0x05FF => "und-Hebr",
        0x0600..=0x06FF | 0x0750..=0x077F => "und-Arab",
        0x0900..=0x097F => "und-Deva",
        0x0980..=0x09FF => "und-Beng",
        0x0A00..=0x0A7F => "und-Guru",
        0x0A80..=0x0AFF => "und-Gujr",
        0x0B80..=0x0BFF => "und-Taml",
        0x0E00..=0x0E7F => "und-Thai",
        _ => "",
    }
}

/// What makes two pieces of text come out alike.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    text: String,
    bold: Vec<Range<usize>>,
    numbers: [u32; 3],
    flags: (bool, bool, Colour),
    families: Arc<str>,
}

/// Lays out text, and remembers what it laid out: letters to a class differ in a few lines only.
pub(super) struct TextEngine {
    /// The faces.
    pub(super) fonts: Fonts,
    scratch: LayoutContext<Colour>,
    families: Arc<str>,
    laid: HashMap<Key, Arc<Laid>>,
    measured: HashMap<Key, (f32, f32)>,
}

impl TextEngine {
    /// An engine over these faces.
    pub(super) fn new(fonts: Fonts) -> Self {
        Self {
            fonts,
            scratch: LayoutContext::new(),
            families: Arc::from(""),
            laid: HashMap::new(),
            measured: HashMap::new(),
        }
    }

    /// Chooses the families for the text that follows.
    pub(super) fn set_families(&mut self, families: &str) {
        self.families = Arc::from(families);
    }

    /// Forgets what was laid out.
    pub(super) fn forget(&mut self) {
        self.laid.clear();
        self.measured.clear();
    }

    fn key(&self, text: &Text, style: Style, width: f32) -> Key {
        Key {
            text: text.plain.clone(),
            bold: text.bold.clone(),
            numbers: [style.size.to_bits(), style.leading.to_bits(), width.to_bits()],
            flags: (style.bold, style.right, style.colour),
            families: Arc::clone(&self.families),
        }
    }

    /// Breaks text into lines of at most `width` points.
    pub(super) fn lay(&mut self, text: &Text, style: Style, width: f32) -> Result<Arc<Laid>, Error> {
        let key = self.key(text, style, width);
        if let Some(laid) = self.laid.get(&key) {
            return Ok(Arc::clone(laid));
        }
        // A letter is tried with more and with less room between its lines: where they break is the same.
        let close = Style { leading: 1.0, ..style };
        let laid = if style == close {
            self.lay_afresh(text, style, width)?
        } else {
            self.lay(text, close, width)?.led(style)
        };
        let laid = Arc::new(laid);
        self.laid.insert(key, Arc::clone(&laid));
        Ok(laid)
    }

    /// The narrowest width that breaks no word, and the width of the longest line unbroken.
    pub(super) fn widths(&mut self, text: &Text, style: Style) -> (f32, f32) {
        let key = self.key(text, style, 0.0);
        if let Some(widths) = self.measured.get(&key) {
            return *widths;
        }
        let widths = self.shape(text, style).calculate_content_widths();
        self.measured.insert(key, (widths.min, widths.max));
        (widths.min, widths.max)
    }

    fn shape(&mut self, text: &Text, style: Style) -> parley::Layout<Colour> {
        let mut builder = self.scratch.ranged_builder(
            &mut self.fonts.context,
            &text.plain,
            1.0,
            false, /* no pixel grid */
        );
        builder.push_default(StyleProperty::FontFamily(FontFamily::Source(Cow::Borrowed(&self.families))));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
        builder.push_default(StyleProperty::Brush(style.colour));
        // A word longer than its column, such as a web address, is broken rather than cut off.
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.bold {
            builder.push_default(StyleProperty::FontWeight(FontWeight::BOLD));
        }
        for range in &text.bold {
            builder.push(StyleProperty::FontWeight(FontWeight::BOLD), range.clone());
        }
        for space in breaks::kept_spaces(&text.plain) {
            builder.push(StyleProperty::TextWrapMode(TextWrapMode::NoWrap), space);
        }
        builder.build(&text.plain)
    }

    fn lay_afresh(&mut self, text: &Text, style: Style, width: f32) -> Result<Laid, Error> {
        // parley measures a stand-in for no text, which has no bytes to point at.
        if text.plain.is_empty() {
            let height = style.size * style.leading;
            let line = Line { height, baseline: style.size, text: Arc::from(""), runs: Arc::from([]) };
            return Ok(Laid { lines: vec![line], height });
        }
        let mut layout = self.shape(text, style);
        layout.break_all_lines(Some(width));
        let alignment = if style.right { Alignment::End } else { Alignment::Start };
        layout.align(alignment, AlignmentOptions::default());
        let mut lines = Vec::with_capacity(layout.len());
        for line in layout.lines() {
            let metrics = *line.metrics();
            let mut pen = metrics.offset;
            let mut runs = Vec::new();
            for run in line.runs() {
                let (converted, end) = self.convert(&run, &text.plain, style, pen)?;
                runs.push((run.text_range().start, converted));
                pen = end;
            }
            // parley gives them from left to right; a reader hears them as they are spoken.
            runs.sort_by_key(|(start, _)| *start);
            let mut runs: Vec<GlyphRun> = runs.into_iter().map(|(_, run)| run).collect();
            if line.break_reason() == BreakReason::Explicit {
                self.end_with_space(&mut runs, pen);
            }
            lines.push(Line {
                height: metrics.line_height,
                baseline: metrics.baseline - metrics.block_min_coord,
                text: Arc::from(text.plain[line.text_range()].trim_end()),
                runs: Arc::from(runs),
            });
        }
        Ok(Laid { height: lines.iter().map(|line| line.height).sum(), lines })
    }

    /// A run's glyphs from some place on, and where they end.
    fn convert(
        &mut self,
        run: &Run<'_, Colour>,
        text: &str,
        style: Style,
        left: f32,
    ) -> Result<(GlyphRun, f32), Error> {
        let id = self.fonts.face_of(run.font()).ok_or(Error::Font)?;
        let face = self.fonts.face(id);
        let mut pen = left;
        let mut placed: Vec<(f32, Cluster<'_, Colour>)> = Vec::with_capacity(run.text_range().len());
        for cluster in run.visual_clusters() {
            placed.push((pen, cluster));
            pen += cluster.advance();
        }
        // Right to left: glyphs in logical order at their visual places suit every reader, ActualText suits none.
        if run.is_rtl() {
            placed.reverse();
        }
        let mut glyphs = Vec::with_capacity(placed.len());
        let mut spell_out = false;
        for (x, cluster) in &placed {
            let words = cluster_text(cluster, text);
            if place_letter(face, cluster, *x, words, &mut glyphs) {
                continue;
            }
            spell_out |= needs_spelling_out(cluster, text);
            if !words.chars().all(char::is_control) {
                place_cluster(face, cluster, *x, words, &mut glyphs)?;
            }
        }
        let spoken = (spell_out && !run.is_rtl()).then(|| {
            let start = placed.iter().map(|(_, c)| c.text_range().start).min().unwrap_or(0);
            let end = placed.iter().map(|(_, c)| c.text_range().end).max().unwrap_or(0);
            let words = text[start..end].to_owned();
            Spoken { language: language_of(&words), text: words }
        });
        Ok((GlyphRun { face: id, size: run.font_size(), colour: style.colour, spoken, glyphs }, pen))
    }

    /// A line break that the author wrote ends a word for the ear as well.
    fn end_with_space(&self, runs: &mut [GlyphRun], x: f32) {
        let Some(run) = runs.iter_mut().rev().find(|run| !run.glyphs.is_empty()) else { return };
        if let Some(id) = self.fonts.face(run.face).nominal(' ') {
            run.glyphs.push(PlacedGlyph { id, x, y: 0.0, text: " ".to_owned() });
            if let Some(spoken) = &mut run.spoken {
                spoken.text.push(' ');
            }
        }
    }
}

/// Whether a cluster's text cannot be told glyph by glyph.
fn needs_spelling_out(cluster: &Cluster<'_, Colour>, text: &str) -> bool {
    match cluster.glyphs().count() {
        0 => !cluster.is_ligature_continuation() && !text[cluster.text_range()].chars().all(needs_no_glyph),
        1 => false,
        _ => true,
    }
}

/// A cluster's text; a ligature's glyphs hang on its first cluster and stand for the others too.
fn cluster_text<'a>(cluster: &Cluster<'_, Colour>, text: &'a str) -> &'a str {
    if !cluster.is_ligature_start() {
        return &text[cluster.text_range()];
    }
    let mut end = cluster.text_range().end;
    let mut next = cluster.next_logical();
    while let Some(part) = next {
        if !part.is_ligature_continuation() || part.text_range().start != end {
            break;
        }
        end = part.text_range().end;
        next = part.next_logical();
    }
    &text[cluster.text_range().start..end]
}

/// Places a plain letter that is one glyph, as nearly all are. Whether it was one.
fn place_letter(
    face: &super::font::Face,
    cluster: &Cluster<'_, Colour>,
    left: f32,
    words: &str,
    glyphs: &mut Vec<PlacedGlyph>,
) -> bool {
    let mut found = cluster.glyphs();
    let (Some(glyph), None) = (found.next(), found.next()) else { return false };
    let mut letters = words.chars();
    let (Some(letter), None) = (letters.next(), letters.next()) else { return false };
    let id = u16::try_from(glyph.id).unwrap_or(0);
    let plain = letter == ' ' || letter.is_ascii_graphic() || letter.is_alphanumeric();
    if id == 0 || !plain || face.nominal(letter) != Some(id) {
        return false;
    }
    glyphs.push(PlacedGlyph { id, x: left + glyph.x, y: -glyph.y, text: words.to_owned() });
    true
}

/// Places a cluster's glyphs and shares its text out among them: a glyph that is a character's own gets that
/// character, the first other glyph gets the rest, and what remains stands for nothing.
fn place_cluster(
    face: &super::font::Face,
    cluster: &Cluster<'_, Colour>,
    left: f32,
    words: &str,
    glyphs: &mut Vec<PlacedGlyph>,
) -> Result<(), Error> {
    let mut left_over: Vec<char> = words
        .chars()
        .map(|c| match c {
            '\u{a0}' | '\t' => ' ',
            '\u{2011}' => '-',
            c => c,
        })
        .collect();
    let numbers: Vec<u16> = cluster.glyphs().map(|glyph| u16::try_from(glyph.id).unwrap_or(0)).collect();
    if numbers.contains(&0)
        && let Some(character) = words.chars().find(|c| !needs_no_glyph(*c))
    {
        return Err(Error::NoGlyph { character });
    }
    let own: Vec<Option<char>> = numbers
        .iter()
        .map(|number| {
            let at = left_over.iter().position(|c| face.nominal(*c) == Some(*number))?;
            Some(left_over.remove(at))
        })
        .collect();
    let mut rest = (!left_over.is_empty()).then(|| left_over.iter().collect::<String>());
    let mut pen = left;
    for ((glyph, id), own) in cluster.glyphs().zip(numbers).zip(own) {
        let text = own.map(String::from).or_else(|| rest.take()).unwrap_or_else(|| "\u{200b}".to_owned());
        glyphs.push(PlacedGlyph { id, x: pen + glyph.x, y: -glyph.y, text });
        pen += glyph.advance;
    }
    Ok(())
}
