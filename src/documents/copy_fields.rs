//! A document as fields, for a form on a council's site that takes them one by one: what stands in a row of two cells or
//! after a bold label, under the heading that it stands under. Nothing is left out but the words before the first heading.

use super::markup::{self, Block, Text};

/// One field. `Debug` leaves out what it says.
#[derive(Clone, PartialEq, Eq)]
pub struct CopyField {
    /// The heading that it stands under.
    pub section: String,
    /// What it is called; the same as the heading where it has no label of its own.
    pub label: String,
    /// What it says, without markup.
    pub text: String,
}

impl std::fmt::Debug for CopyField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopyField").field("label", &self.label).finish_non_exhaustive()
    }
}

/// The fields of a body, in order.
pub fn copy_fields(body: &str) -> Vec<CopyField> {
    let mut fields: Vec<CopyField> = Vec::new();
    let mut section = String::new();
    for block in markup::parse(body) {
        let mut add = |label: &str, text: String| {
            if !section.is_empty() && !text.trim().is_empty() {
                let text = text.trim().to_owned();
                fields.push(CopyField { section: section.clone(), label: label.to_owned(), text });
            }
        };
        match block {
            Block::Heading(1, text) => unnumbered(&text.plain).clone_into(&mut section),
            Block::Heading(_, text) => add(&section, text.plain),
            Block::Paragraph(text) => match labelled(&text) {
                Some((label, rest)) => add(label, rest.to_owned()),
                None => add(&section, text.plain),
            },
            Block::Table(header, rows) if header.len() == 2 => {
                for row in rows {
                    if let [label, value] = row.as_slice() {
                        add(&label.plain, value.plain.clone());
                    }
                }
            }
            Block::Table(header, rows) => add(&section, listed(&header, &rows)),
            Block::Bullets(items) => {
                let lines: Vec<&str> = items.iter().map(|item| item.plain.as_str()).collect();
                add(&section, lines.join("\n"));
            }
            Block::Numbered(items) => {
                let lines: Vec<String> =
                    items.iter().map(|(number, item)| format!("{number}. {}", item.plain)).collect();
                add(&section, lines.join("\n"));
            }
            Block::PageBreak => {}
        }
    }
    fields
}

/// `3. Home and family` → `Home and family`.
fn unnumbered(heading: &str) -> &str {
    let rest = heading.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(". ").unwrap_or(heading)
}

/// A bold label with a colon at the beginning, and what follows.
fn labelled(text: &Text) -> Option<(&str, &str)> {
    let bold = text.bold.first().filter(|range| range.start == 0)?;
    let label = text.plain[bold.clone()].trim_end().strip_suffix(':')?;
    Some((label, text.plain[bold.end..].trim()))
}

/// A line for each row: `Date: Fri 2 Jan 2026; Where: WhatsApp`.
fn listed(header: &[Text], rows: &[Vec<Text>]) -> String {
    let line = |row: &Vec<Text>| {
        let cells = header.iter().zip(row).filter(|(_, cell)| !cell.plain.is_empty());
        cells.map(|(head, cell)| format!("{}: {}", head.plain, cell.plain)).collect::<Vec<_>>().join("; ")
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_piece_is_a_field_under_its_heading() {
        let body = "Words before.\n\n## 1. Who\n\n| Contact | Details |\n| Name | A \\| B |\n| Email |  |\n\n## 2. Home\n\n| Adults | Phone |  No. |\n| Mr C | 1 |  |\n\n**Consent:** Given.\nBy both.\n\n## Why\n\nBecause **so**.\n\n- One\n- Two";
        let fields: Vec<_> =
            copy_fields(body).into_iter().map(|f| format!("{}|{}|{}", f.section, f.label, f.text)).collect();
        assert_eq!(
            fields,
            [
                "Who|Name|A | B",
                "Home|Home|Adults: Mr C; Phone: 1",
                "Home|Consent|Given.\nBy both.",
                "Why|Why|Because so.",
                "Why|Why|One\nTwo",
            ]
        );
    }
}
