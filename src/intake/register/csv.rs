//! Splits a CSV text into records, each with the line on which it begins.
//!
//! Written here rather than taken from a crate because of what happens to a bad line: a quotation mark that is never
//! closed must cost that one line, with its number, and not swallow the pupils below it.

/// The longest cell, in bytes. An address or a note is far shorter.
const LONGEST_CELL: usize = 16 * 1024;
/// Over how many lines a quoted cell may go: an address has fewer than ten.
const MOST_LINES: u64 = 40;
/// The most cells in one record.
const MOST_CELLS: usize = 512;

/// One record, or why the line is none.
pub(super) struct Record {
    pub(super) line: u64,
    pub(super) cells: Result<Vec<String>, &'static str>,
}

/// The records of a text. Blank lines are none.
pub(super) struct Records<'t> {
    rest: &'t str,
    line: u64,
    delimiter: u8,
}

pub(super) fn records(text: &str, delimiter: u8) -> Records<'_> {
    Records { rest: text, line: 1, delimiter }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let (first, after) = physical_line(self.rest);
            if !first.trim().is_empty() {
                break;
            }
            (self.rest, self.line) = (after, self.line + 1);
        }
        let line = self.line;
        match split(self.rest, self.delimiter) {
            Ok((cells, rest, lines)) => {
                (self.rest, self.line) = (rest, line + lines);
                Some(Record { line, cells: Ok(cells) })
            }
            Err(why) => {
                (self.rest, self.line) = (physical_line(self.rest).1, line + 1);
                Some(Record { line, cells: Err(why) })
            }
        }
    }
}

/// The text up to its first line break, and what follows it.
fn physical_line(text: &str) -> (&str, &str) {
    match text.find(['\n', '\r']) {
        Some(at) => (&text[..at], after_break(&text[at..])),
        None => (text, ""),
    }
}

/// The text after the line break with which it begins.
fn after_break(text: &str) -> &str {
    text.strip_prefix("\r\n").or_else(|| text.strip_prefix(['\n', '\r'])).unwrap_or(text)
}

type Split<'t> = (Vec<String>, &'t str, u64);

/// The cells of the first record, what follows it, and how many lines it went over.
fn split(text: &str, delimiter: u8) -> Result<Split<'_>, &'static str> {
    let delimiter = char::from(delimiter);
    let (mut cells, mut rest, mut lines) = (Vec::new(), text, 1);
    loop {
        if cells.len() == MOST_CELLS {
            return Err("it has more cells than any register");
        }
        let opened = rest.trim_start_matches(' ');
        let (cell, after) = if let Some(inside) = opened.strip_prefix('"') {
            let (cell, after, breaks) = quoted(inside)?;
            lines += breaks;
            (cell, after.trim_start_matches(' '))
        } else {
            let end = rest.find([delimiter, '\n', '\r']).unwrap_or(rest.len());
            if end > LONGEST_CELL {
                return Err("a cell is too long");
            }
            (rest[..end].trim().to_owned(), &rest[end..])
        };
        cells.push(cell);
        if let Some(next) = after.strip_prefix(delimiter) {
            rest = next;
        } else if after.is_empty() || after.starts_with(['\n', '\r']) {
            return Ok((cells, after_break(after), lines));
        } else {
            return Err("a quotation mark stands in the middle of a cell");
        }
    }
}

/// A quoted cell after its opening mark: what it says, what follows its closing mark, and its line breaks.
fn quoted(inside: &str) -> Result<(String, &str, u64), &'static str> {
    const NOT_CLOSED: &str = "a quotation mark is opened and not closed";
    let (mut cell, mut rest) = (String::new(), inside);
    loop {
        let reach = rest.len().min(LONGEST_CELL + 1);
        let Some(at) = rest.as_bytes()[..reach].iter().position(|b| *b == b'"') else {
            return Err(NOT_CLOSED);
        };
        cell.push_str(&rest[..at]);
        if cell.len() > LONGEST_CELL {
            return Err(NOT_CLOSED);
        }
        rest = &rest[at + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None => break,
        }
    }
    let breaks = crate::intake::text::line_breaks(&cell);
    if breaks >= MOST_LINES {
        return Err(NOT_CLOSED);
    }
    Ok((cell, rest, breaks))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<(u64, Result<Vec<String>, &'static str>)> {
        records(text, b',').map(|r| (r.line, r.cells)).collect()
    }

    fn cells(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn records_and_their_lines() {
        assert_eq!(
            read("a,b\r\n\r\n\"1,\"\"2\"\"\nx\", y \r\nlast,\rmac,1"),
            [
                (1, Ok(cells(&["a", "b"]))),
                (3, Ok(cells(&["1,\"2\"\nx", "y"]))),
                (5, Ok(cells(&["last", ""]))),
                (6, Ok(cells(&["mac", "1"]))),
            ]
        );
    }

    #[test]
    fn a_stray_mark_costs_one_line() {
        let long = format!("a\n\"open,b\n{}c,d\n", "x,y\n".repeat(100));
        let read = read(&long);
        assert_eq!(read[1], (2, Err("a quotation mark is opened and not closed")));
        assert_eq!(read.len(), 103);
        let pair = self::read("\"open,b\nc,d\n\"e\",f\n");
        assert_eq!(pair[0].1, Err("a quotation mark stands in the middle of a cell"));
        assert_eq!(pair[1..], [(2, Ok(cells(&["c", "d"]))), (3, Ok(cells(&["e", "f"])))]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_with_its_line(
            rows in prop::collection::vec(prop::collection::vec("[ -~é\n]{0,8}", 2..5), 1..8)
        ) {
            let (mut text, mut wanted, mut line) = (String::new(), Vec::new(), 1);
            for row in &rows {
                wanted.push((line, Ok(row.clone())));
                let quoted: Vec<String> = row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
                text.push_str(&quoted.join(","));
                text.push_str("\r\n");
                line += 1 + row.iter().map(|c| c.matches('\n').count() as u64).sum::<u64>();
            }
            prop_assert_eq!(read(&text), wanted);
        }

        #[test]
        fn any_text_ends(text in "[\",;\t\n\r a]{0,200}") {
            let lines = crate::intake::text::line_breaks(&text) + 1;
            for record in records(&text, b',') {
                prop_assert!(record.line <= lines);
            }
        }
    }
}
