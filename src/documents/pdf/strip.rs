//! Cuts pages into strips: what stands alike on many pages is one strip, written once and shown on each of them. The
//! letters of a year group differ in a few lines only. Writes nothing itself.

use crate::documents::page::{Artifact, Item, Pages, Tag};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// So many glyphs at least make a strip of its own worth its place in the file.
const WORTH: usize = 40;

/// Pages as strips.
pub(super) struct Sheets<'a> {
    /// Each strip's items, in order of appearance.
    pub(super) strips: Vec<Vec<&'a Item>>,
    /// The strips on each page, in order.
    pub(super) pages: Vec<Vec<usize>>,
}

/// What makes two items alike: the same text as it was laid out once, at the same place.
#[derive(PartialEq, Eq, Hash)]
enum Likeness<'a> {
    Begin(Tag, usize, Option<&'a str>),
    Artifact(Artifact),
    End,
    Run(usize, usize, usize, [u32; 3]),
    Fill([u32; 4], [u8; 3]),
    Picture(usize, [u32; 4]),
}

fn likeness(item: &Item) -> Likeness<'_> {
    match item {
        Item::Begin { tag, mark, spoken } => Likeness::Begin(*tag, *mark, spoken.as_deref()),
        Item::BeginArtifact(kind) => Likeness::Artifact(*kind),
        Item::End => Likeness::End,
        Item::Run { laid, line, run, x, y, turned } => Likeness::Run(
            Arc::as_ptr(laid).addr(),
            *line,
            *run,
            [x, y, turned].map(|number| number.to_bits()),
        ),
        Item::Fill { place, colour } => Likeness::Fill(place.map(f32::to_bits), *colour),
        Item::Picture { picture, place } => {
            Likeness::Picture(Arc::as_ptr(picture).addr(), place.map(f32::to_bits))
        }
    }
}

fn glyphs(item: &Item) -> usize {
    match item {
        Item::Run { laid, line, run, .. } => laid.lines[*line].runs[*run].glyphs.len(),
        Item::Begin { .. }
        | Item::BeginArtifact(_)
        | Item::End
        | Item::Fill { .. }
        | Item::Picture { .. } => 0,
    }
}

/// The pieces of a page between which it may be cut: never inside marked content.
fn pieces(items: &[Item]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, item) in items.iter().enumerate() {
        match item {
            Item::Begin { .. } | Item::BeginArtifact(_) => depth += 1,
            Item::End => depth = depth.saturating_sub(1),
            Item::Run { .. } | Item::Fill { .. } | Item::Picture { .. } => {}
        }
        if depth == 0 {
            pieces.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < items.len() {
        pieces.push(start..items.len());
    }
    pieces
}

/// A kind of piece: how often it stands on a page, and how much there is to it.
struct Kind {
    times: usize,
    glyphs: usize,
}

/// Cuts pages into strips. Neighbours that stand on as many pages stay in one strip.
pub(super) fn cut(pages: &Pages) -> Sheets<'_> {
    let mut numbers: HashMap<Vec<Likeness<'_>>, usize> = HashMap::new();
    let mut kinds: Vec<Kind> = Vec::new();
    let mut cut: Vec<Vec<(usize, Range<usize>)>> = Vec::with_capacity(pages.pages.len());
    for page in &pages.pages {
        let mut found = Vec::new();
        for piece in pieces(&page.items) {
            let items = &page.items[piece.clone()];
            let number = *numbers.entry(items.iter().map(likeness).collect()).or_insert_with(|| {
                kinds.push(Kind { times: 0, glyphs: items.iter().map(glyphs).sum() });
                kinds.len() - 1
            });
            kinds[number].times += 1;
            found.push((number, piece));
        }
        cut.push(found);
    }
    let mut sheets = Sheets { strips: Vec::new(), pages: Vec::with_capacity(cut.len()) };
    let mut shared: HashMap<Vec<usize>, usize> = HashMap::new();
    for (page, pieces) in pages.pages.iter().zip(cut) {
        let mut own: Vec<&Item> = Vec::new();
        let mut strips = Vec::new();
        for alike in pieces.chunk_by(|(a, _), (b, _)| kinds[*a].times == kinds[*b].times) {
            let items = || alike.iter().flat_map(|(_, piece)| &page.items[piece.clone()]);
            let weight: usize = alike.iter().map(|(number, _)| kinds[*number].glyphs).sum();
            if kinds[alike[0].0].times < 2 || weight < WORTH {
                own.extend(items());
                continue;
            }
            sheets.keep(&mut own, &mut strips);
            let key = alike.iter().map(|(number, _)| *number).collect();
            strips.push(*shared.entry(key).or_insert_with(|| sheets.add(items().collect())));
        }
        sheets.keep(&mut own, &mut strips);
        sheets.pages.push(strips);
    }
    sheets
}

impl<'a> Sheets<'a> {
    fn add(&mut self, items: Vec<&'a Item>) -> usize {
        self.strips.push(items);
        self.strips.len() - 1
    }

    /// Ends the strip of a page's own.
    fn keep(&mut self, own: &mut Vec<&'a Item>, strips: &mut Vec<usize>) {
        if !own.is_empty() {
            strips.push(self.add(std::mem::take(own)));
        }
    }
}
