//! Sets a paper on pages: letterhead, address window, date, body, signature, foot. The look of every paper is here.

use super::Error;
use super::markup::{self, Block, Text};
use super::page::{Artifact, Frame, HEIGHT, Look, Pager, Pages, Tag, WIDTH, mm};
use super::picture::Pictures;
use super::text::{Colour, Style, TextEngine};
use crate::domain::{Language, Paper, Translation};
use keep::{SECTION, height_of, is_last_heading, least_with_next};
use std::collections::BTreeSet;

mod keep;

const INK: Colour = [26, 26, 26];
const NAVY: Colour = [31, 61, 92];
const QUIET: Colour = [84, 84, 84];
const RULE: Colour = [176, 186, 196];
const TINT: Colour = [232, 238, 244];
const FAINT: Colour = [233, 233, 233];

/// The left edge; the address window of a DL envelope begins 20 mm from the left.
const LEFT: f32 = mm(21.0);
const MEASURE: f32 = WIDTH - LEFT - mm(20.0);
/// The window's clear area, from the top: 55 to 79 mm.
const WINDOW_TOP: f32 = HEIGHT - mm(55.5);
const WINDOW_HEIGHT: f32 = mm(23.0);
const WINDOW_WIDTH: f32 = mm(77.0);
/// Where a letter's body begins.
const BODY_TOP: f32 = HEIGHT - mm(82.5);
const FRAME: Frame = Frame { left: LEFT, width: MEASURE, top: HEIGHT - mm(20.0), bottom: mm(18.0) };

/// The size of a letter's text. Smaller is hard to read for many who get one.
const BODY: f32 = 12.0;

/// The crest's room at the top right.
const CREST: (f32, f32) = (mm(40.0), mm(16.0));
/// How wide a signature may be; its height is the room left for it.
const SIGNATURE_WIDTH: f32 = mm(60.0);

/// The closing words after which a signature follows.
const CLOSINGS: [&str; 4] = ["Yours sincerely", "Yours faithfully", "With best wishes", "Signed"];

/// How open a page is set.
#[derive(Debug, Clone, Copy)]
struct Spacing {
    leading: f32,
    paragraph: f32,
    item: f32,
    before_heading: f32,
    after_heading: f32,
    /// Room for a signature.
    signature: f32,
}

/// From airy to close: the first that takes the fewest pages is used.
const SPACINGS: [Spacing; 3] = [
    Spacing {
        leading: 1.5,
        paragraph: 8.5,
        item: 3.0,
        before_heading: 6.0,
        after_heading: 2.5,
        signature: mm(15.0),
    },
    Spacing {
        leading: 1.45,
        paragraph: 7.0,
        item: 2.0,
        before_heading: 4.0,
        after_heading: 2.0,
        signature: mm(13.0),
    },
    Spacing {
        leading: 1.4,
        paragraph: 4.5,
        item: 0.0,
        before_heading: 1.5,
        after_heading: 0.5,
        signature: mm(10.0),
    },
];

/// A document is read at a desk: set close, so that a long one stays short, and closer where that saves a page.
const DOCUMENT: [Spacing; 2] = [
    Spacing {
        leading: 1.4,
        paragraph: 6.0,
        item: 1.5,
        before_heading: 6.0,
        after_heading: 2.5,
        signature: mm(15.0),
    },
    Spacing {
        leading: 1.35,
        paragraph: 4.5,
        item: 1.0,
        before_heading: 4.0,
        after_heading: 1.5,
        signature: mm(12.0),
    },
];

/// Easy words stand large and apart.
const EASY: Spacing = Spacing {
    leading: 1.5,
    paragraph: 10.0,
    item: 5.0,
    before_heading: 8.0,
    after_heading: 4.0,
    signature: mm(15.0),
};
/// The size of a letter in easy words.
const EASY_BODY: f32 = 16.0;

/// Sizes of what is not the body: usual print, large print.
fn size(paper: &Paper, usual: f32, large: f32) -> f32 {
    if paper.large_print { large } else { usual }
}

fn plain(size: f32) -> Style {
    Style { size, leading: 1.4, bold: false, colour: INK, right: false }
}

/// Sets papers one after another; each counts its own pages.
pub(super) fn compose(
    papers: &[Paper],
    anchor: Option<&str>,
    pictures: &Pictures,
    engine: &mut TextEngine,
) -> Result<Pages, Error> {
    let mut sheet = Pager::new(engine, FRAME);
    for (i, paper) in papers.iter().enumerate() {
        let families = sheet.engine.fonts.families_for(&characters(paper, anchor))?;
        sheet.engine.set_families(&families);
        let blocks = Blocks::of(paper);
        let spacing = spacing_for(paper, &blocks, pictures, sheet.engine)?;
        let part = (papers.len() > 1).then(|| sheet.open(Tag::Part));
        if let Some(part) = part
            && i > 0
            && paper.language != papers[0].language
        {
            sheet.done.tree[part].language.clone_from(&paper.language);
        }
        let first = sheet.count();
        set(paper, &blocks, (spacing, pictures), &mut sheet)?;
        let last = sheet.count();
        if part.is_some() {
            sheet.close();
        }
        feet(paper, anchor, first..last, &mut sheet)?;
    }
    Ok(sheet.done)
}

/// A paper's markup, read once however often it is tried.
struct Blocks {
    own: Vec<Block>,
    translated: Vec<Block>,
}

impl Blocks {
    fn of(paper: &Paper) -> Self {
        let translated = paper.translation.as_ref();
        Self {
            own: markup::parse(&paper.body),
            translated: translated.map_or_else(Vec::new, |translation| markup::parse(&translation.body)),
        }
    }
}

/// Every character that will stand on the paper's pages and is not plain ASCII, which every face of ours has.
fn characters(paper: &Paper, anchor: Option<&str>) -> BTreeSet<char> {
    let lines = paper.letterhead.lines.iter().chain(&paper.address);
    let others = [&paper.title, &paper.letterhead.name, &paper.date, &paper.reference, &paper.footer];
    let body = markup::plain_text(&paper.body);
    let translation = paper.translation.as_ref().map_or_else(String::new, |translation| {
        above_translation(translation) + &markup::plain_text(&translation.body)
    });
    lines
        .chain(others)
        .chain(&paper.watermark)
        .flat_map(|text| text.chars())
        .chain(body.chars())
        .chain(translation.chars())
        .chain(anchor.unwrap_or("").chars())
        .chain("·•".chars())
        .filter(|c| !c.is_ascii())
        .collect()
}

/// The most open spacing that takes no more pages than the closest.
fn spacing_for(
    paper: &Paper,
    blocks: &Blocks,
    pictures: &Pictures,
    engine: &mut TextEngine,
) -> Result<Spacing, Error> {
    let choice: &[Spacing] = match (paper.address.is_empty(), paper.easy_read) {
        (true, _) => &DOCUMENT,
        (false, true) => return Ok(EASY),
        (false, false) => &SPACINGS,
    };
    let mut counts = Vec::with_capacity(choice.len());
    for spacing in choice {
        let mut trial = Pager::trial(engine, FRAME);
        set(paper, blocks, (*spacing, pictures), &mut trial)?;
        counts.push((trial.count(), *spacing));
        if trial.count() == 1 {
            break;
        }
    }
    let fewest = counts.iter().map(|(count, _)| *count).min().unwrap_or(1);
    Ok(counts.iter().find(|(count, _)| *count == fewest).map_or(choice[0], |(_, spacing)| *spacing))
}

fn set(
    paper: &Paper,
    blocks: &Blocks,
    look: (Spacing, &Pictures),
    sheet: &mut Pager<'_>,
) -> Result<(), Error> {
    sheet.new_page();
    letterhead(paper, look.1, sheet)?;
    if paper.address.is_empty() {
        title_block(paper, sheet)?;
    } else {
        address_and_date(paper, sheet)?;
    }
    body(paper, &blocks.own, look, sheet)?;
    paper
        .translation
        .as_ref()
        .map_or(Ok(()), |translation| translated(paper, translation, &blocks.translated, look, sheet))
}

/// The translation on pages of its own, marked as the language that it is in. What it is stands above it in English.
fn translated(
    paper: &Paper,
    translation: &Translation,
    blocks: &[Block],
    look: (Spacing, &Pictures),
    sheet: &mut Pager<'_>,
) -> Result<(), Error> {
    sheet.new_page();
    let style =
        Style { colour: if paper.large_print { INK } else { QUIET }, ..plain(size(paper, 10.5, 18.0)) };
    sheet.flow(Tag::Paragraph, &Text::verbatim(&above_translation(translation)), style, 0.0)?;
    sheet.y -= 10.0;
    let part = sheet.open(Tag::Part);
    sheet.done.tree[part].language.clone_from(&translation.language);
    body(paper, blocks, look, sheet)?;
    sheet.close();
    Ok(())
}

/// `Polski: translation of this letter into Polish`.
fn above_translation(translation: &Translation) -> String {
    match Language::of(&translation.language) {
        Some(language) => format!("{}: translation of this letter into {}", language.own_name, language.name),
        None => "Translation of this letter".into(),
    }
}

/// The school's name with its crest opposite, a thin rule, its contact lines. The crest is not read out: the name says
/// whose it is.
fn letterhead(paper: &Paper, pictures: &Pictures, sheet: &mut Pager<'_>) -> Result<(), Error> {
    let name = Style { size: size(paper, 18.0, 22.0), bold: true, colour: NAVY, leading: 1.2, ..plain(0.0) };
    let mut top = HEIGHT - mm(14.0);
    if !paper.letterhead.name.is_empty() {
        let text = Text::verbatim(&paper.letterhead.name);
        let mut width = MEASURE;
        if let Some(crest) = &pictures.crest {
            let (across, down) = crest.fit(CREST.0, CREST.1);
            width -= across + mm(6.0);
            // Name and crest stand on one line, however high the one or the other is.
            let height = sheet.engine.lay(&text, name, width)?.height;
            let bottom = (top - height).min(HEIGHT - mm(9.0) - down);
            sheet.picture(crest, [LEFT + MEASURE - across, bottom, across, down]);
            top = bottom + height;
        }
        top -= sheet.place(Tag::Paragraph, &text, name, (LEFT, top), width)?;
    }
    top -= 4.0;
    sheet.fill([LEFT, top - 0.9, MEASURE, 0.9], NAVY);
    top -= 5.5;
    if !paper.letterhead.lines.is_empty() {
        let colour = if paper.large_print { INK } else { QUIET };
        let style = Style { colour, ..plain(size(paper, 8.5, 14.0)) };
        let text = side_by_side(&paper.letterhead.lines, style, sheet);
        top -= sheet.place(Tag::Paragraph, &text, style, (LEFT, top), MEASURE)?;
    }
    sheet.y = top;
    Ok(())
}

/// The school's lines beside one another with points between them, and none left hanging where a line is full.
fn side_by_side(lines: &[String], style: Style, sheet: &mut Pager<'_>) -> Text {
    let mut text = String::new();
    let mut row = String::new();
    for line in lines {
        let longer = if row.is_empty() { line.clone() } else { format!("{row}  ·  {line}") };
        let fits = sheet.engine.widths(&Text::verbatim(&longer), style).1 <= MEASURE;
        if fits || row.is_empty() {
            row = longer;
        } else {
            text.push_str(&row);
            text.push('\n');
            row.clone_from(line);
        }
    }
    Text::verbatim(&(text + &row))
}

/// The lines in the envelope's window, and opposite them the date and the reference.
fn address_and_date(paper: &Paper, sheet: &mut Pager<'_>) -> Result<(), Error> {
    let address = Text::verbatim(&paper.address.join("\n"));
    let mut style = Style { leading: 1.15, ..plain(size(paper, 11.0, 16.0)) };
    // Many lines, or long ones, are set smaller until the window shows them all.
    while style.size > 7.0 && sheet.engine.lay(&address, style, WINDOW_WIDTH)?.height > WINDOW_HEIGHT {
        style.size -= 0.5;
    }
    sheet.place(Tag::Paragraph, &address, style, (LEFT, WINDOW_TOP), WINDOW_WIDTH)?;
    let mut facts = vec![paper.date.clone()];
    if !paper.reference.is_empty() {
        facts.push(format!("Our ref: {}", paper.reference));
    }
    let right = Style { right: true, ..plain(size(paper, 10.5, 16.0)) };
    let at = (LEFT + WINDOW_WIDTH, WINDOW_TOP);
    sheet.place(Tag::Paragraph, &Text::verbatim(&facts.join("\n")), right, at, MEASURE - WINDOW_WIDTH)?;
    sheet.y = sheet.y.min(BODY_TOP);
    Ok(())
}

/// A document's title, with its date and reference below.
fn title_block(paper: &Paper, sheet: &mut Pager<'_>) -> Result<(), Error> {
    sheet.y -= 16.0;
    let title = Style { size: size(paper, 20.0, 24.0), bold: true, colour: NAVY, leading: 1.2, ..plain(0.0) };
    sheet.flow(Tag::Heading(1), &Text::verbatim(&paper.title), title, 0.0)?;
    sheet.y -= 3.0;
    let mut facts = Vec::new();
    if !paper.reference.is_empty() {
        facts.push(format!("Our ref: {}", paper.reference));
    }
    facts.extend((!paper.date.is_empty()).then(|| paper.date.clone()));
    let style = Style { colour: QUIET, ..plain(size(paper, 10.5, 18.0)) };
    sheet.flow(Tag::Paragraph, &Text::verbatim(&facts.join("  ·  ")), style, 0.0)?;
    sheet.y -= 10.0;
    Ok(())
}

/// The styles of a body.
struct Styles {
    text: Style,
    headings: [Style; 2],
    /// Levels in the structure of the two kinds of heading.
    levels: [u8; 2],
    table: Look,
}

impl Styles {
    fn of(paper: &Paper, spacing: Spacing) -> Self {
        let letter = !paper.address.is_empty();
        let large = paper.large_print;
        let usual = match (letter, paper.easy_read) {
            (true, true) => EASY_BODY,
            (true, false) => BODY,
            (false, _) => 10.5,
        };
        let text = Style { leading: spacing.leading, ..plain(size(paper, usual, 18.0)) };
        let heading = Style { bold: true, colour: NAVY, leading: 1.3, ..text };
        let cell = Style { leading: 1.3, ..plain(size(paper, if letter { 10.5 } else { 9.5 }, 18.0)) };
        Self {
            text,
            headings: [
                Style {
                    size: if large {
                        20.0
                    } else if letter {
                        usual + 1.5
                    } else {
                        13.0
                    },
                    ..heading
                },
                Style {
                    size: if large {
                        18.0
                    } else if letter {
                        usual
                    } else {
                        11.5
                    },
                    ..heading
                },
            ],
            levels: if letter { [1, 2] } else { [2, 3] },
            table: Look {
                head: Style { bold: true, colour: NAVY, ..cell },
                body: cell,
                tint: TINT,
                rule: RULE,
            },
        }
    }
}

fn body(
    paper: &Paper,
    blocks: &[Block],
    (spacing, pictures): (Spacing, &Pictures),
    sheet: &mut Pager<'_>,
) -> Result<(), Error> {
    let styles = Styles::of(paper, spacing);
    for (i, block) in blocks.iter().enumerate() {
        let least = least_with_next(&blocks[i..], spacing, &styles, sheet)?;
        let page = sheet.frame.top - sheet.frame.bottom;
        if least <= page {
            sheet.need(least);
        }
        if is_last_heading(&blocks[i..]) {
            // A last page has a section to it, and not only thanks and a name.
            let rest = height_of(&blocks[i..], spacing, &styles, sheet)?;
            if let Some(rest) = rest.filter(|rest| *rest <= page * SECTION) {
                sheet.need(rest);
            }
        }
        draw(block, spacing, &styles, sheet)?;
        if let [Block::Paragraph(closing), Block::Paragraph(name), ..] = &blocks[i..]
            && closes(closing)
            && !paper.address.is_empty()
        {
            sign(name, spacing, pictures, sheet);
        }
        if let Some(next) = blocks.get(i + 1) {
            sheet.y -= gap(block, next, spacing);
        }
    }
    Ok(())
}

/// The signature in the room left for it, where the name under it is that of whose signature it is.
fn sign(name: &Text, spacing: Spacing, pictures: &Pictures, sheet: &mut Pager<'_>) {
    let Some(signature) = &pictures.signature else { return };
    if signature.of.is_empty() || name.plain.lines().next() != Some(signature.of.as_str()) {
        return;
    }
    let (across, down) = signature.picture.fit(SIGNATURE_WIDTH, spacing.signature - mm(2.0));
    let place = [LEFT, sheet.y - mm(1.0) - down, across, down];
    sheet.figure(&signature.picture, place, format!("Signature of {}", signature.of));
}

fn closes(text: &Text) -> bool {
    CLOSINGS.contains(&text.plain.trim_end_matches([',', ':']))
}

/// The space between two blocks.
fn gap(block: &Block, next: &Block, spacing: Spacing) -> f32 {
    let after = match block {
        Block::Heading(..) => spacing.after_heading,
        Block::Paragraph(text) if closes(text) => spacing.signature,
        Block::Paragraph(text) if text.plain.ends_with(':') && is_list(next) => spacing.item + 1.0,
        Block::Paragraph(_) | Block::Bullets(_) | Block::Numbered(_) => spacing.paragraph,
        Block::Table(..) => spacing.paragraph + 3.0,
        Block::PageBreak => 0.0,
    };
    after + if matches!(next, Block::Heading(..)) { spacing.before_heading } else { 0.0 }
}

fn is_list(block: &Block) -> bool {
    matches!(block, Block::Bullets(_) | Block::Numbered(_))
}

const BULLET_INDENT: f32 = 17.0;
const NUMBER_INDENT: f32 = 26.0;

fn draw(block: &Block, spacing: Spacing, styles: &Styles, sheet: &mut Pager<'_>) -> Result<(), Error> {
    match block {
        Block::Paragraph(text) => sheet.flow(Tag::Paragraph, text, styles.text, 0.0),
        Block::Heading(level, text) => {
            let which = usize::from(*level > 1);
            sheet.flow(Tag::Heading(styles.levels[which]), text, styles.headings[which], 0.0)
        }
        Block::Bullets(items) => {
            let items: Vec<_> = items.iter().map(|item| (Text::verbatim("•"), item)).collect();
            sheet.list(false, &items, styles.text, (BULLET_INDENT, spacing.item))
        }
        Block::Numbered(items) => {
            let items: Vec<_> =
                items.iter().map(|(number, item)| (Text::verbatim(&format!("{number}.")), item)).collect();
            sheet.list(true, &items, styles.text, (NUMBER_INDENT, spacing.item))
        }
        Block::Table(header, rows) => sheet.table(header, rows, &styles.table),
        Block::PageBreak => {
            if sheet.y < sheet.frame.top {
                sheet.new_page();
            }
            Ok(())
        }
    }
}

/// The foot of each page, and the mark across it.
fn feet(
    paper: &Paper,
    anchor: Option<&str>,
    pages: std::ops::Range<usize>,
    sheet: &mut Pager<'_>,
) -> Result<(), Error> {
    let number_width = size(paper, 80.0, 110.0);
    let small = Style { colour: QUIET, ..plain(size(paper, 8.5, 12.0)) };
    let left = match anchor {
        Some(anchor) if paper.footer.is_empty() => anchor.to_owned(),
        Some(anchor) => format!("{}  ·  {anchor}", paper.footer),
        None => paper.footer.clone(),
    };
    let (first, count) = (pages.start, pages.len());
    // The helpers write on the last page, so the pages pass through that place one by one.
    let finished = sheet.done.pages.split_off(first);
    for (i, page) in finished.into_iter().enumerate() {
        let mut content = page;
        if let Some(word) = &paper.watermark {
            let body = std::mem::take(&mut content.items);
            sheet.done.pages.push(content);
            let mark = Style { size: 130.0, bold: true, colour: FAINT, ..plain(0.0) };
            sheet.watermark(word, mark)?;
            if let Some(page) = sheet.done.pages.last_mut() {
                page.items.extend(body);
            }
        } else {
            sheet.done.pages.push(content);
        }
        let top = mm(13.0);
        sheet.fill([LEFT, top + 4.0, MEASURE, 0.5], RULE);
        if !left.is_empty() {
            sheet.place_artifact(Artifact::Footer, &left, small, (LEFT, top), MEASURE - number_width)?;
        }
        let number = format!("Page {} of {count}", i + 1);
        let at = (LEFT + MEASURE - number_width, top);
        sheet.place_artifact(Artifact::Footer, &number, Style { right: true, ..small }, at, number_width)?;
    }
    Ok(())
}
