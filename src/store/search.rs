//! Finding a case by its words. What is searched is what `app` gives it; nothing here knows which words matter.

use super::{Error, lines};
use crate::domain::CaseId;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Cases whose words are replaced one by one.
const FEW: usize = 50;
/// More words than anybody types; beyond it lies the limit of the query language.
const MOST_WORDS: usize = 24;

/// Replaces a case's words, where they are others than before.
pub(super) fn index(db: &Connection, case: CaseId, text: &str) -> Result<(), Error> {
    let number = lines::number_of(db, case)?;
    let mut same = db.prepare_cached("SELECT 1 FROM case_words WHERE rowid = ?1 AND text = ?2")?;
    if !same.exists(params![number, text])? {
        db.prepare_cached("INSERT OR REPLACE INTO case_words (rowid, text) VALUES (?1, ?2)")?
            .execute(params![number, text])?;
    }
    Ok(())
}

/// Replaces the words of many cases. To take each word of each out of its place at once, as for one case, would take
/// minutes; so they are taken out together at the end, when the whole index is written anew without them.
pub(super) fn index_many(db: &Connection, words: &[(CaseId, String)]) -> Result<(), Error> {
    let one_by_one = words.len() <= FEW;
    if !one_by_one {
        at_once(db, false)?;
    }
    words.iter().try_for_each(|(case, text)| index(db, *case, text))?;
    if !one_by_one {
        db.execute_batch("INSERT INTO case_words (case_words) VALUES ('optimize');")?;
        at_once(db, true)?;
    }
    Ok(())
}

/// Whether a word that is replaced leaves the index at once. It does, but within [`index_many`].
fn at_once(db: &Connection, on: bool) -> Result<(), Error> {
    db.prepare_cached("INSERT INTO case_words (case_words, rank) VALUES ('secure-delete', ?1)")?
        .execute([on])?;
    Ok(())
}

/// Takes a case's words away.
pub(super) fn forget(db: &Connection, case: CaseId) -> Result<(), Error> {
    let number = lines::number_of(db, case)?;
    db.prepare_cached("DELETE FROM case_words WHERE rowid = ?1")?.execute([number])?;
    Ok(())
}

/// The cases in which every word typed is the beginning of some word, in no order: ranking them would cost more than
/// finding them. Nothing typed finds nothing.
pub(super) fn search(db: &Connection, typed: &str) -> Result<BTreeSet<CaseId>, Error> {
    let query = query_of(typed);
    if query.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = "SELECT n.case_id FROM case_words JOIN case_number n ON n.number = case_words.rowid
               WHERE case_words MATCH ?1";
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map([query], |row| row.get::<_, String>(0))?;
    let damaged = Error::Damaged { what: "the numbers of the cases" };
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    ids.iter().map(|id| CaseId::parse(id)).collect::<Option<_>>().ok_or(damaged)
}

/// Each word in quotes, so that no sign and no word (`AND`, `*`, `"`) has a meaning in the query language.
pub(super) fn query_of(typed: &str) -> String {
    typed
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| format!("\"{}\"*", word.replace('"', "\"\"")))
        .collect::<Vec<_>>()
        .join(" ")
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
}
