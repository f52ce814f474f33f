//! The light markup of a paper's body: into blocks, into plain text, and how a value is kept from becoming markup.
//! The definition stands at [`crate::domain::Paper`]. No layout here.

use std::ops::Range;

/// A piece of running text with its bold parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    /// The words without markup.
    pub(super) plain: String,
    /// Byte ranges of `plain` that are bold.
    pub(super) bold: Vec<Range<usize>>,
}

impl Text {
    /// Text that is not markup.
    pub(super) fn verbatim(words: &str) -> Self {
        Self { plain: words.to_owned(), bold: Vec::new() }
    }

    /// Whether all of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        matches!(self.bold.as_slice(), [whole] if *whole == (0..self.plain.len()))
    }

    fn parse(source: &str) -> Self {
        let mut text = Self::default();
        let mut opened: Option<usize> = None;
        let mut chars = source.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => text.plain.push(chars.next().unwrap_or('\\')),
                '*' if chars.peek() == Some(&'*') => {
                    chars.next();
                    match opened.take() {
                        None => opened = Some(text.plain.len()),
                        Some(start) => text.bold.push(start..text.plain.len()),
                    }
                }
                c => text.plain.push(c),
            }
        }
        // Opened and never closed: what was typed is meant.
        if let Some(start) = opened {
            text.plain.insert_str(start, "**");
        }
        text
    }
}

/// One block of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph; line breaks are kept.
    Paragraph(Text),
    /// A heading: level 1 is `## `, level 2 `### `.
    Heading(u8, Text),
    /// Bullets.
    Bullets(Vec<Text>),
    /// Numbered items with the numbers as written.
    Numbered(Vec<(String, Text)>),
    /// A table; all rows have as many cells as the header.
    Table(Vec<Text>, Vec<Vec<Text>>),
    /// A new page.
    PageBreak,
}

/// What one line starts.
enum Line<'a> {
    Blank,
    Break,
    Heading(u8, &'a str),
    Bullet(&'a str),
    Number(&'a str, &'a str),
    Row(&'a str),
    Words(&'a str),
}

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Blank;
        }
        if line == "---" {
            return Self::Break;
        }
        if let Some(rest) = line.strip_prefix("### ") {
            return Self::Heading(2, rest);
        }
        if let Some(rest) = line.strip_prefix("## ") {
            return Self::Heading(1, rest);
        }
        if let Some(rest) = line.strip_prefix("- ") {
            return Self::Bullet(rest);
        }
        if line.starts_with('|') {
            return Self::Row(line);
        }
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match line[digits..].strip_prefix(". ") {
            Some(rest) if digits > 0 => Self::Number(&line[..digits], rest),
            _ => Self::Words(line),
        }
    }
}

/// Splits a row at the bars that no backslash protects.
fn cells(row: &str) -> Vec<Text> {
    let mut cells = vec![String::new()];
    let mut chars = row.trim().trim_start_matches('|').chars();
    while let Some(c) = chars.next() {
        let last = cells.len() - 1;
        match c {
            '\\' => {
                cells[last].push('\\');
                cells[last].extend(chars.next());
            }
            '|' => cells.push(String::new()),
            c => cells[last].push(c),
        }
    }
    if cells.len() > 1 && cells.last().is_some_and(|c| c.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| Text::parse(cell.trim())).collect()
}

/// The block being gathered, its lines still in markup.
enum Open {
    None,
    Paragraph(Vec<String>),
    Bullets(Vec<String>),
    Numbered(Vec<(String, String)>),
    Table(Vec<Vec<Text>>),
}

impl Open {
    fn close(&mut self, blocks: &mut Vec<Block>) {
        match std::mem::replace(self, Self::None) {
            Self::None => {}
            Self::Paragraph(lines) => blocks.push(Block::Paragraph(Text::parse(&lines.join("\n")))),
            Self::Bullets(items) => {
                blocks.push(Block::Bullets(items.iter().map(|item| Text::parse(item)).collect()));
            }
            Self::Numbered(items) => blocks.push(Block::Numbered(
                items.into_iter().map(|(number, item)| (number, Text::parse(&item))).collect(),
            )),
            Self::Table(mut rows) => {
                let header = rows.remove(0);
                for row in &mut rows {
                    row.resize(header.len(), Text::default());
                }
                blocks.push(Block::Table(header, rows));
            }
        }
    }
}

/// Reads a body.
pub(super) fn parse(body: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = Open::None;
    for line in body.lines() {
        match (Line::of(line), &mut open) {
            (Line::Blank, _) => open.close(&mut blocks),
            (Line::Break, _) => {
                open.close(&mut blocks);
                blocks.push(Block::PageBreak);
            }
            (Line::Heading(level, words), _) => {
                open.close(&mut blocks);
                blocks.push(Block::Heading(level, Text::parse(words)));
            }
            (Line::Bullet(words), Open::Bullets(items)) => items.push(words.to_owned()),
            (Line::Bullet(words), _) => {
                open.close(&mut blocks);
                open = Open::Bullets(vec![words.to_owned()]);
            }
            (Line::Number(number, words), Open::Numbered(items)) => {
                items.push((number.to_owned(), words.to_owned()));
            }
            (Line::Number(number, words), _) => {
                open.close(&mut blocks);
                open = Open::Numbered(vec![(number.to_owned(), words.to_owned())]);
            }
            (Line::Row(row), Open::Table(rows)) => rows.push(cells(row)),
            (Line::Row(row), _) => {
                open.close(&mut blocks);
                open = Open::Table(vec![cells(row)]);
            }
            (Line::Words(words), Open::Paragraph(lines)) => lines.push(words.to_owned()),
            (Line::Words(words), Open::Bullets(items)) => append(items.last_mut(), words),
            (Line::Words(words), Open::Numbered(items)) => {
                append(items.last_mut().map(|(_, item)| item), words);
            }
            (Line::Words(words), _) => {
                open.close(&mut blocks);
                open = Open::Paragraph(vec![words.to_owned()]);
            }
        }
    }
    open.close(&mut blocks);
    blocks
}

fn append(item: Option<&mut String>, words: &str) {
    if let Some(item) = item {
        item.push('\n');
        item.push_str(words);
    }
}

/// What a reader reads: the words of a body without its markup.
pub fn plain_text(body: &str) -> String {
    let mut out = String::new();
    for block in parse(body) {
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        match block {
            Block::Paragraph(text) | Block::Heading(_, text) => out.push_str(&text.plain),
            Block::Bullets(items) => {
                let lines: Vec<_> = items.iter().map(|item| format!("• {}", item.plain)).collect();
                out.push_str(&lines.join("\n"));
            }
            Block::Numbered(items) => {
                let lines: Vec<_> =
                    items.iter().map(|(number, item)| format!("{number}. {}", item.plain)).collect();
                out.push_str(&lines.join("\n"));
            }
            Block::Table(header, rows) => {
                let lines: Vec<_> = std::iter::once(&header)
                    .chain(&rows)
                    .map(|row| row.iter().map(|cell| cell.plain.as_str()).collect::<Vec<_>>().join(" | "))
                    .collect();
                out.push_str(&lines.join("\n"));
            }
            Block::PageBreak => {}
        }
    }
    out
}

/// Whether a character could change the lines or the direction of what stands around it.
fn disturbs(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// A value as it may stand in a template: whatever is in it, it stays one piece of running text.
pub fn escape(value: &str) -> String {
    let value: String = value
        .chars()
        .filter_map(|c| match c {
            c if c.is_control() || c.is_whitespace() && c != '\u{a0}' => Some(' '),
            c if disturbs(c) => None,
            c => Some(c),
        })
        .collect();
    let value = value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(value.len() + 4);
    let mut digits_so_far = true;
    for (i, c) in value.char_indices() {
        let marks = match c {
            '\\' | '*' | '|' => true,
            '#' | '-' => i == 0,
            '.' => digits_so_far,
            _ => false,
        };
        digits_so_far &= c.is_ascii_digit();
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(plain: &str) -> Text {
        Text::verbatim(plain)
    }

    #[test]
    fn every_kind_of_block() {
        let body = "## Head\nOne\ntwo **bold** end\n\n- a\n- b\n  more\n1. x\n2. y\n| h | i |\n| 1 | a\\|b |\n| 2 |\n---\n### Small";
        let expected = vec![
            Block::Heading(1, text("Head")),
            Block::Paragraph(Text {
                plain: "One\ntwo bold end".into(),
                bold: std::iter::once(8..12).collect(),
            }),
            Block::Bullets(vec![text("a"), text("b\nmore")]),
            Block::Numbered(vec![("1".into(), text("x")), ("2".into(), text("y"))]),
            Block::Table(
                vec![text("h"), text("i")],
                vec![vec![text("1"), text("a|b")], vec![text("2"), Text::default()]],
            ),
            Block::PageBreak,
            Block::Heading(2, text("Small")),
        ];
        assert_eq!(parse(body), expected);
    }

    #[test]
    fn what_looks_like_markup_but_is_not() {
        for (source, plain) in [
            ("a ** b", "a ** b"),
            ("2 * 3 * 4", "2 * 3 * 4"),
            (r"\## not a heading", "## not a heading"),
            (r"\- not a bullet", "- not a bullet"),
            (r"12\. not a number", "12. not a number"),
            ("#hash", "#hash"),
            ("-5 degrees", "-5 degrees"),
            ("1.5 hours", "1.5 hours"),
            ("end\\", "end\\"),
        ] {
            assert_eq!(parse(source), vec![Block::Paragraph(text(plain))], "{source}");
        }
    }

    #[test]
    fn plain_text_is_what_is_read() {
        let body = "## A **b**\n\nx\n\n- one\n1. two\n| h | i |\n| 1 | 2 |";
        assert_eq!(plain_text(body), "A b\n\nx\n\n• one\n\n1. two\n\nh | i\n1 | 2");
    }

    proptest! {
        #[test]
        fn a_value_stays_one_paragraph(value in "[\\PC\\n\\r\\t*|#\\-\\\\.0-9 ]{0,24}") {
            let escaped = escape(&value);
            prop_assume!(!escaped.is_empty());
            let blocks = parse(&escaped);
            prop_assert_eq!(blocks.len(), 1);
            let Block::Paragraph(read) = &blocks[0] else { panic!("{escaped:?} became {blocks:?}") };
            prop_assert!(read.bold.is_empty());
            let kept: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !disturbs(*c)).collect();
            let got: String = read.plain.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(got, kept);
        }

        #[test]
        fn a_value_stays_in_its_cell(value in "[\\PC\\n*|#\\-\\\\.0-9 ]{1,24}") {
            let blocks = parse(&format!("| h | i |\n| {} | end |", escape(&value)));
            let [Block::Table(_, rows)] = &blocks[..] else { panic!("{blocks:?}") };
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(&rows[0][1].plain, "end");
        }
    }
}
