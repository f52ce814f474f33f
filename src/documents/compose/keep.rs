//! What stays together on a page: a heading with what it heads, a few lines with the table that they are about, closing
//! words with the signature, a short last section whole. Draws nothing.

use super::{BULLET_INDENT, NUMBER_INDENT, Spacing, Styles, closes, gap, is_list};
use crate::documents::Error;
use crate::documents::markup::{Block, Text};
use crate::documents::page::Pager;
use crate::documents::text::Style;

/// How much of a page the last section may take to stand there whole.
pub(super) const SECTION: f32 = 0.5;

/// A paragraph of so many lines at most is not parted from the signature under it, nor from a table.
const KEPT_WHOLE: usize = 8;

/// Whether the last section begins here.
pub(super) fn is_last_heading(blocks: &[Block]) -> bool {
    matches!(blocks, [Block::Heading(..), rest @ ..] if !rest.iter().any(|block| matches!(block, Block::Heading(..))))
}

/// How high some blocks are together; nothing where a new page begins among them.
pub(super) fn height_of(
    blocks: &[Block],
    spacing: Spacing,
    styles: &Styles,
    sheet: &mut Pager<'_>,
) -> Result<Option<f32>, Error> {
    let mut whole = 0.0;
    for (i, block) in blocks.iter().enumerate() {
        whole += match block {
            Block::Paragraph(text) => height(text, styles.text, 0.0, sheet)?,
            Block::Heading(level, text) => {
                height(text, styles.headings[usize::from(*level > 1)], 0.0, sheet)?
            }
            Block::Bullets(items) => {
                let mut all = -spacing.item;
                for item in items {
                    all += height(item, styles.text, BULLET_INDENT, sheet)? + spacing.item;
                }
                all
            }
            Block::Numbered(items) => {
                let mut all = -spacing.item;
                for (_, item) in items {
                    all += height(item, styles.text, NUMBER_INDENT, sheet)? + spacing.item;
                }
                all
            }
            Block::Table(header, rows) => sheet.height_of_table(header, rows, &styles.table)?,
            Block::PageBreak => return Ok(None),
        };
        whole += blocks.get(i + 1).map_or(0.0, |next| gap(block, next, spacing));
    }
    Ok(Some(whole))
}

fn height(text: &Text, style: Style, indent: f32, sheet: &mut Pager<'_>) -> Result<f32, Error> {
    Ok(sheet.engine.lay(text, style, sheet.frame.width - indent)?.height)
}

/// What must stand on one page from here on: a heading with what it heads, closing words with the signature.
pub(super) fn least_with_next(
    blocks: &[Block],
    spacing: Spacing,
    styles: &Styles,
    sheet: &mut Pager<'_>,
) -> Result<f32, Error> {
    let Some(block) = blocks.first() else { return Ok(0.0) };
    let (least, with_next) = match block {
        Block::Heading(level, text) => {
            (sheet.least(text, styles.headings[usize::from(*level > 1)], 0.0)?, true)
        }
        Block::Paragraph(text) => {
            let introduces = text.plain.ends_with(':') && blocks.get(1).is_some_and(is_list);
            // A signature never stands on a page without a word of the letter.
            let signed = matches!(blocks.get(1), Some(Block::Paragraph(next)) if closes(next));
            let whole = sheet.engine.lay(text, styles.text, sheet.frame.width)?;
            let short = whole.lines.len() <= KEPT_WHOLE;
            let of_table = short && matches!(blocks.get(1), Some(Block::Table(..)));
            let together = if short && (signed || of_table) {
                whole.height
            } else {
                sheet.least(text, styles.text, 0.0)?
            };
            (together, closes(text) || introduces || signed || of_table)
        }
        Block::Bullets(items) => {
            let items: Vec<&Text> = items.iter().collect();
            (sheet.least_of_list(&items, styles.text, (BULLET_INDENT, spacing.item))?, false)
        }
        Block::Numbered(items) => {
            let items: Vec<&Text> = items.iter().map(|(_, item)| item).collect();
            (sheet.least_of_list(&items, styles.text, (NUMBER_INDENT, spacing.item))?, false)
        }
        Block::Table(header, rows) => (sheet.least_of_table(header, rows, &styles.table)?, false),
        Block::PageBreak => (0.0, false),
    };
    match blocks.get(1) {
        Some(next) if with_next => {
            let rest = least_with_next(&blocks[1..], spacing, styles, sheet)?;
            Ok(least + gap(block, next, spacing) + rest)
        }
        _ => Ok(least),
    }
}
