//! Finding a case by its words. What is searched is what `app` gives it; nothing here knows which words matter.

use super::Error;
use crate::domain::CaseId;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// More words than anybody types; beyond it lies the limit of the query language.
const MOST_WORDS: usize = 24;

/// Replaces a case's words.
pub(super) fn index(db: &Connection, case: CaseId, text: &str) -> Result<(), Error> {
    db.prepare_cached("INSERT OR REPLACE INTO search (rowid, text) VALUES (?1, ?2)")?
        .execute(params![row_of(case)?, text])?;
    Ok(())
}

/// Takes a case's words away.
pub(super) fn forget(db: &Connection, case: CaseId) -> Result<(), Error> {
    db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([row_of(case)?])?;
    Ok(())
}

/// The cases in which every word typed is the beginning of some word, in no order: ranking them would cost more than
/// finding them. Nothing typed finds nothing.
pub(super) fn search(db: &Connection, typed: &str) -> Result<BTreeSet<CaseId>, Error> {
    let query = query_of(typed);
    if query.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut statement = db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1")?;
    let rows = statement.query_map([query], |row| row.get::<_, i64>(0))?;
    rows.map(|row| Ok(CaseId::new(row?.cast_unsigned()))).collect()
}

/// Each word in quotes, so that no sign and no word (`AND`, `*`, `"`) has a meaning in the query language.
fn query_of(typed: &str) -> String {
    typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| format!("\"{}\"*", word.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A case's id as its row's number: the same 64 bits.
fn row_of(case: CaseId) -> Result<i64, Error> {
    let bits = u64::from_str_radix(&case.to_string(), 16);
    bits.map(u64::cast_signed).map_err(|_| Error::Unreadable { kind: "case id", seq: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_quoted() {
        for (typed, query) in [
            ("", ""),
            (" \t\n", ""),
            ("\" * ( ) - ^ : +", ""),
            ("amy", "\"amy\"*"),
            ("Amy  O'Brien", "\"Amy\"* \"O'Brien\"*"),
            ("a\"b AND c*", "\"a\"\"b\"* \"AND\"* \"c*\"*"),
            ("a\0b", "\"a\"* \"b\"*"),
        ] {
            assert_eq!(query_of(typed), query, "{typed:?}");
        }
        assert_eq!(query_of(&"x ".repeat(1000)).split(' ').count(), MOST_WORDS);
    }

    #[test]
    fn a_case_is_its_row() {
        for bits in [0, 1, u64::MAX, 1 << 63] {
            assert_eq!(row_of(CaseId::new(bits)).unwrap().cast_unsigned(), bits);
        }
    }
}
