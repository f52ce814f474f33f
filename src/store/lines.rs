//! The lines of the list of cases: kept, so that neither the list nor a search reads every case. What stands in a line is
//! decided by `app`; here it is only kept, found and put in order. Derived: it may be made again at any time.

use super::{Error, search};
use crate::domain::{CaseId, Day, PersonId};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// A case's line in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// The case.
    pub id: CaseId,
    /// Its reference, by which lines are put in order.
    pub reference: String,
    /// The targeted child.
    pub target: PersonId,
    /// Their name.
    pub child: String,
    /// The day of the disclosure.
    pub disclosed_on: Day,
    /// Whether it is open.
    pub open: bool,
    /// The duty of the decision in force, by its id; empty where there is none.
    pub duty: String,
    /// The next action due.
    pub next_due: Option<Day>,
}

/// What lines are chosen by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The year of the disclosure.
    Year,
    /// A platform on which something happened.
    Platform,
    /// A clause that bears on the decision in force.
    Clause,
    /// The case that it was opened as following.
    Earlier,
    /// Somebody in it.
    Person,
}

impl Mark {
    fn id(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Platform => "platform",
            Self::Clause => "clause",
            Self::Earlier => "earlier",
            Self::Person => "person",
        }
    }
}

/// Which lines are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted<'a> {
    /// Each word typed is the beginning of one of the case's words. Nothing typed asks for all.
    pub typed: &'a str,
    /// Only open or only closed ones.
    pub open: Option<bool>,
    /// Only those that have all of these.
    pub marks: Vec<(Mark, String)>,
    /// No more than this many.
    pub most: u32,
}

const LINE: &str = "l.case_id, l.reference, l.target, l.child, l.disclosed_on, l.open, l.duty, l.next_due";

/// The lines that are wanted. With something typed, of those the newest; otherwise open ones first, and the latest
/// reference before the others.
pub(super) fn find(db: &Connection, wanted: &Wanted<'_>) -> Result<Vec<CaseLine>, Error> {
    let Some(Query { sql, values }) = query(wanted) else { return Ok(Vec::new()) };
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        lines.push(read(row)?);
    }
    Ok(lines)
}

struct Query {
    sql: String,
    values: Vec<Value>,
}

/// Nothing for something typed that has no word in it.
fn query(wanted: &Wanted<'_>) -> Option<Query> {
    let words = search::query_of(wanted.typed);
    let mut values = Vec::new();
    let mut sql = format!("SELECT {LINE} FROM ");
    let asked = !wanted.typed.trim().is_empty();
    if asked {
        if words.is_empty() {
            return None;
        }
        // Not `JOIN`: the words come first, in their order, and no more of them are read than lines are wanted.
        sql.push_str("case_words CROSS JOIN case_line l ON l.number = case_words.rowid");
        values.push(words.into());
    } else {
        sql.push_str("case_line l");
    }
    sql.push_str(if asked { " WHERE case_words MATCH ?" } else { " WHERE TRUE" });
    if let Some(open) = wanted.open {
        sql.push_str(" AND l.open = ?");
        values.push(open.into());
    }
    for (kind, value) in &wanted.marks {
        // What few lines have is looked up; what many have is asked of each line, in the order in which they are wanted.
        sql.push_str(if *kind == Mark::Earlier {
            " AND l.number IN (SELECT m.number FROM case_mark m WHERE m.kind = ? AND m.value = ?)"
        } else {
            " AND EXISTS (SELECT 1 FROM case_mark m WHERE m.kind = ? AND m.value = ? AND m.number = l.number)"
        });
        values.extend([Value::from(kind.id().to_owned()), Value::from(value.clone())]);
    }
    sql.push_str(if asked {
        " ORDER BY case_words.rowid DESC LIMIT ?"
    } else {
        " ORDER BY l.open DESC, l.reference DESC LIMIT ?"
    });
    values.push(wanted.most.into());
    Some(Query { sql, values })
}

/// How SQLite goes about a query, a step a line.
#[cfg(test)]
pub(super) fn plan(db: &Connection, wanted: &Wanted<'_>) -> Result<Vec<String>, Error> {
    let Some(Query { sql, values }) = query(wanted) else { return Ok(Vec::new()) };
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
    let steps = statement.query_map(params_from_iter(values), |row| row.get("detail"))?;
    Ok(steps.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> Result<CaseLine, Error> {
    let damaged = || Error::Damaged { what: "a line of the list of cases" };
    let text = |at: usize| row.get_ref(at)?.as_str().map_err(rusqlite::Error::from);
    let day = |text: &str| Day::parse(text).map_err(|_| damaged());
    let due: Option<String> = row.get(7)?;
    Ok(CaseLine {
        id: CaseId::parse(text(0)?).ok_or_else(damaged)?,
        reference: row.get(1)?,
        target: PersonId::parse(text(2)?).ok_or_else(damaged)?,
        child: row.get(3)?,
        disclosed_on: day(text(4)?)?,
        open: row.get(5)?,
        duty: row.get(6)?,
        next_due: due.as_deref().map(day).transpose()?,
    })
}

/// Every value that some line has, in order. Steps from one to the next, however many lines have it.
pub(super) fn values(db: &Connection, kind: Mark) -> Result<Vec<String>, Error> {
    let mut next = db.prepare_cached("SELECT min(value) FROM case_mark WHERE kind = ?1 AND value > ?2")?;
    let mut values: Vec<String> = Vec::new();
    loop {
        let last = values.last().map_or("", String::as_str);
        let found: Option<String> = next.query_row([kind.id(), last], |row| row.get(0))?;
        match found {
            Some(value) => values.push(value),
            None => return Ok(values),
        }
    }
}

/// Keeps a line, in the place of the one that was there.
pub(super) fn keep(db: &Connection, line: &CaseLine, marks: &[(Mark, String)]) -> Result<(), Error> {
    let number = number_of(db, line.id)?;
    db.prepare_cached("DELETE FROM case_mark WHERE number = ?1")?.execute([number])?;
    db.prepare_cached(
        "INSERT INTO case_line (number, case_id, reference, target, child, disclosed_on, open, duty, next_due)
         VALUES (?1, ?9, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (number) DO UPDATE SET reference = excluded.reference, target = excluded.target,
           child = excluded.child, disclosed_on = excluded.disclosed_on, open = excluded.open, duty = excluded.duty,
           next_due = excluded.next_due",
    )?
    .execute(params![
        number,
        line.reference,
        line.target.to_string(),
        line.child,
        line.disclosed_on.iso(),
        line.open,
        line.duty,
        line.next_due.map(Day::iso),
        line.id.to_string(),
    ])?;
    let mut mark =
        db.prepare_cached("INSERT OR IGNORE INTO case_mark (kind, value, number) VALUES (?1, ?2, ?3)")?;
    for (kind, value) in marks.iter().filter(|(_, value)| !value.is_empty()) {
        mark.execute(params![kind.id(), value, number])?;
    }
    Ok(())
}

/// Takes a line away; its marks go with it.
pub(super) fn remove(db: &Connection, case: CaseId) -> Result<(), Error> {
    let sql = "DELETE FROM case_line WHERE number = (SELECT number FROM case_number WHERE case_id = ?1)";
    db.prepare_cached(sql)?.execute([case.to_string()])?;
    Ok(())
}

/// The cases that this person is in.
pub(super) fn naming(db: &Connection, person: &str) -> Result<Vec<CaseId>, Error> {
    let sql = "SELECT n.case_id FROM case_mark m JOIN case_number n ON n.number = m.number
               WHERE m.kind = ?1 AND m.value = ?2";
    let mut statement = db.prepare_cached(sql)?;
    let ids = statement.query_map([Mark::Person.id(), person], |row| row.get::<_, String>(0))?;
    let ids = ids.collect::<Result<Vec<_>, _>>()?;
    Ok(ids.iter().filter_map(|id| CaseId::parse(id)).collect())
}

/// Up to which entry of the journal the lines go.
pub(super) fn seen(db: &Connection) -> Result<u64, Error> {
    let seq: i64 = db.prepare_cached("SELECT seq FROM case_lines_seen")?.query_row([], |row| row.get(0))?;
    Ok(seq.cast_unsigned())
}

pub(super) fn set_seen(db: &Connection, seq: u64) -> Result<(), Error> {
    db.prepare_cached("UPDATE case_lines_seen SET seq = ?1")?.execute([seq.cast_signed()])?;
    Ok(())
}

/// A case's number; it gets one where it has none.
pub(super) fn number_of(db: &Connection, case: CaseId) -> Result<i64, Error> {
    let id = case.to_string();
    let mut find = db.prepare_cached("SELECT number FROM case_number WHERE case_id = ?1")?;
    if let Some(number) = find.query_row([&id], |row| row.get(0)).optional()? {
        return Ok(number);
    }
    db.prepare_cached("INSERT INTO case_number (case_id) VALUES (?1)")?.execute([&id])?;
    Ok(db.last_insert_rowid())
}
