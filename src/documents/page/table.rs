//! Tables on pages: widths from the words, rows kept whole, the header repeated.

use super::{Artifact, Pager, Tag, mm};
use crate::documents::Error;
use crate::documents::markup::Text;
use crate::documents::text::{Colour, Laid, Style};
use std::sync::Arc;

/// Space between a cell's edge and its text.
const PAD: f32 = 3.5;

/// A table that takes no more than this part of a page is not broken.
const SMALL: f32 = 0.4;

/// How a table looks.
#[derive(Debug, Clone, Copy)]
pub(in crate::documents) struct Look {
    /// The header's text.
    pub(in crate::documents) head: Style,
    /// The other text.
    pub(in crate::documents) body: Style,
    /// Behind the header.
    pub(in crate::documents) tint: Colour,
    /// Between rows.
    pub(in crate::documents) rule: Colour,
}

/// A column: left edge and width.
type Column = (f32, f32);

/// A row's cells, laid out.
type Cells = Vec<Arc<Laid>>;

/// The least height of a row with a cell that somebody fills in by hand.
const BY_HAND: f32 = mm(10.0);

fn height(cells: &Cells) -> f32 {
    let by_hand = cells.iter().any(|cell| cell.lines.iter().all(|line| line.text.trim().is_empty()));
    let least = if by_hand { BY_HAND } else { 0.0 };
    (cells.iter().map(|cell| cell.height).fold(0.0, f32::max) + 2.0 * PAD).max(least)
}

impl Pager<'_> {
    /// A table at the cursor.
    pub(in crate::documents) fn table(
        &mut self,
        header: &[Text],
        rows: &[Vec<Text>],
        look: &Look,
    ) -> Result<(), Error> {
        let columns = self.columns(header, rows, look);
        let head = self.cells(header, look.head, &columns)?;
        let rows: Vec<Cells> =
            rows.iter().map(|row| self.cells(row, look.body, &columns)).collect::<Result<_, _>>()?;
        self.need(height(&head) + rows.first().map_or(0.0, height));
        self.open(Tag::Table);
        self.open(Tag::TableHead);
        self.head(&head, &columns, look, true);
        self.close();
        if !rows.is_empty() {
            self.open(Tag::TableBody);
            for row in &rows {
                self.row(row, &head, &columns, look);
            }
            self.close();
        }
        self.close();
        Ok(())
    }

    /// The height of a whole table.
    pub(in crate::documents) fn height_of_table(
        &mut self,
        header: &[Text],
        rows: &[Vec<Text>],
        look: &Look,
    ) -> Result<f32, Error> {
        let columns = self.columns(header, rows, look);
        let mut whole = height(&self.cells(header, look.head, &columns)?);
        for row in rows {
            whole += height(&self.cells(row, look.body, &columns)?);
        }
        Ok(whole)
    }

    /// The least height with which a table may begin on a page.
    pub(in crate::documents) fn least_of_table(
        &mut self,
        header: &[Text],
        rows: &[Vec<Text>],
        look: &Look,
    ) -> Result<f32, Error> {
        let columns = self.columns(header, rows, look);
        let head = height(&self.cells(header, look.head, &columns)?);
        let page = self.frame.top - self.frame.bottom;
        let mut first = head;
        let mut whole = head;
        for (i, row) in rows.iter().enumerate() {
            let row = height(&self.cells(row, look.body, &columns)?);
            whole += row;
            if i == 0 {
                first += row;
            }
            if whole > page * SMALL {
                // A first row that fits no page is broken anyway.
                return Ok(first.min(page / 2.0));
            }
        }
        Ok(whole)
    }

    fn cells(&mut self, row: &[Text], style: Style, columns: &[Column]) -> Result<Cells, Error> {
        row.iter()
            .zip(columns)
            .map(|(text, (_, width))| self.engine.lay(text, style, width - 2.0 * PAD))
            .collect()
    }

    /// Column widths: what each needs, and of what is left in proportion to what its text would like.
    fn columns(&mut self, header: &[Text], rows: &[Vec<Text>], look: &Look) -> Vec<Column> {
        let mut wants: Vec<(f32, f32)> = Vec::with_capacity(header.len());
        for (i, head) in header.iter().enumerate() {
            let (mut least, mut most) = self.engine.widths(head, look.head);
            for cell in rows.iter().filter_map(|row| row.get(i)) {
                let (cell_least, cell_most) = self.engine.widths(cell, look.body);
                least = least.max(cell_least);
                most = most.max(cell_most);
            }
            wants.push((least + 2.0 * PAD + 0.5, most + 2.0 * PAD + 0.5));
        }
        let widths = share(&wants, self.frame.width);
        let mut left = self.frame.left;
        widths
            .into_iter()
            .map(|width| {
                let column = (left, width);
                left += width;
                column
            })
            .collect()
    }

    /// The header; said once, and repeated for the eye.
    fn head(&mut self, head: &Cells, columns: &[Column], look: &Look, first: bool) {
        let height = height(head);
        self.fill([self.frame.left, self.y - height, self.frame.width, height], look.tint);
        if first {
            self.open(Tag::Row);
        } else {
            self.artifact(Artifact::Header);
        }
        for (cell, (left, _)) in head.iter().zip(columns) {
            let at = (left + PAD, self.y - PAD);
            if first {
                self.cell(Tag::HeaderCell, cell, at);
            } else {
                self.lines_at(cell, at, false);
            }
        }
        if first {
            self.close();
        } else {
            self.end();
        }
        self.y -= height;
    }

    fn cell(&mut self, tag: Tag, cell: &Arc<Laid>, at: (f32, f32)) {
        self.open(tag);
        if cell.lines.iter().any(|line| !line.text.is_empty()) {
            self.mark();
            self.lines_at(cell, at, true);
            self.end();
        }
        self.close();
    }

    fn row(&mut self, row: &Cells, head: &Cells, columns: &[Column], look: &Look) {
        let tall = height(row);
        let page = self.frame.top - self.frame.bottom - height(head);
        if tall > page {
            self.tall_row(row, head, columns, look);
            return;
        }
        if self.room() < tall {
            self.new_page();
            self.head(head, columns, look, false);
        }
        self.open(Tag::Row);
        for (cell, (left, _)) in row.iter().zip(columns) {
            self.cell(Tag::Cell, cell, (left + PAD, self.y - PAD));
        }
        self.close();
        self.y -= tall;
        self.rule_below(look);
    }

    fn rule_below(&mut self, look: &Look) {
        self.fill([self.frame.left, self.y - 0.25, self.frame.width, 0.5], look.rule);
    }

    /// A row that fits no page goes over as many as it takes, cell beside cell.
    fn tall_row(&mut self, row: &Cells, head: &Cells, columns: &[Column], look: &Look) {
        self.open(Tag::Row);
        // Open the cells in reading order first; their content follows page by page.
        let nodes: Vec<usize> = row
            .iter()
            .map(|_| {
                let node = self.open(Tag::Cell);
                self.close();
                node
            })
            .collect();
        let mut next = vec![0; row.len()];
        while next.iter().zip(row).any(|(line, cell)| *line < cell.lines.len()) {
            let room = self.room() - 2.0 * PAD;
            let mut used = 0.0_f32;
            for (i, (cell, (left, _))) in row.iter().zip(columns).enumerate() {
                let mut down = 0.0;
                let from = next[i];
                while let Some(line) = cell.lines.get(next[i])
                    && down + line.height <= room
                {
                    if next[i] == from {
                        self.begin(nodes[i]);
                        self.open.push(nodes[i]);
                    }
                    self.line(cell, next[i], left + PAD, self.y - PAD - down, true);
                    down += line.height;
                    next[i] += 1;
                }
                if next[i] > from {
                    self.end();
                    self.close();
                }
                used = used.max(down);
            }
            self.y -= used + 2.0 * PAD;
            if next.iter().zip(row).any(|(line, cell)| *line < cell.lines.len()) {
                self.new_page();
                self.head(head, columns, look, false);
            }
        }
        self.close();
        self.rule_below(look);
    }
}

/// Shares a width among columns that need (least, most).
fn share(wants: &[(f32, f32)], width: f32) -> Vec<f32> {
    let least: f32 = wants.iter().map(|want| want.0).sum();
    let most: f32 = wants.iter().map(|want| want.1).sum();
    if least >= width {
        return wants.iter().map(|want| want.0 / least * width).collect();
    }
    if most <= width {
        let spare = (width - most) / f32::from(u16::try_from(wants.len().max(1)).unwrap_or(u16::MAX));
        return wants.iter().map(|want| want.1 + spare).collect();
    }
    let part = (width - least) / (most - least);
    wants.iter().map(|want| want.0 + (want.1 - want.0) * part).collect()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn columns_fill_the_width() {
        for (wants, expected) in [
            (vec![(10.0, 20.0), (10.0, 20.0)], vec![50.0, 50.0]),
            (vec![(10.0, 10.0), (10.0, 190.0)], vec![10.0, 90.0]),
            (vec![(100.0, 100.0), (300.0, 900.0)], vec![25.0, 75.0]),
        ] {
            assert_eq!(share(&wants, 100.0), expected);
        }
    }
}
