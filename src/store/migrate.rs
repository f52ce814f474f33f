//! Brings a case file's tables to the shape that this program knows: the numbered files of `schema/`, once each.
//!
//! New case files are made by running all of them, so there is one truth about the shape. A released file is never
//! edited; what is new gets the next number. How an older one is brought up to date without risk is told in
//! [`upgrade`](super::upgrade).

use super::Error;
use rusqlite::Connection;

/// In order; `user_version` is how many of them a case file has been through.
const MIGRATIONS: [&str; 3] = [
    include_str!("../../schema/0001_case_file.sql"),
    include_str!("../../schema/0002_case_lines.sql"),
    include_str!("../../schema/0003_found_by_more.sql"),
];

/// Which older form a case file is in; nothing for one that is up to date. A newer one is refused by name.
pub(super) fn older(db: &Connection) -> Result<Option<u32>, Error> {
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    match version(db)? {
        0 => Err(Error::Damaged { what: "it has no tables" }),
        found if found > known => Err(Error::TooNew { found, known }),
        found => Ok((found < known).then_some(found)),
    }
}

/// Runs what a case file has not yet been through, inside the caller's transaction.
pub(super) fn run(db: &Connection) -> Result<(), Error> {
    run_all(db, &MIGRATIONS)
}

fn run_all(db: &Connection, migrations: &[&str]) -> Result<(), Error> {
    let found = version(db)?;
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    for (number, migration) in (1..=known).zip(migrations).filter(|(number, _)| *number > found) {
        db.execute_batch(migration)?;
        db.pragma_update(None, "user_version", number)?;
    }
    Ok(())
}

fn version(db: &Connection) -> Result<u32, Error> {
    Ok(db.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_runs_once_and_a_newer_file_is_refused() {
        let db = Connection::open_in_memory().unwrap();
        let first = ["CREATE TABLE a (x INTEGER) STRICT;"];
        let both = [first[0], "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b SELECT x FROM a;"];
        run_all(&db, &first).unwrap();
        db.execute_batch("INSERT INTO a VALUES (7)").unwrap();
        run_all(&db, &both).unwrap();
        run_all(&db, &both).unwrap();
        assert_eq!(db.query_row("SELECT sum(x) FROM b", [], |r| r.get::<_, i64>(0)).unwrap(), 7);
        assert_eq!(version(&db).unwrap(), 2);
        assert!(matches!(run_all(&db, &first), Err(Error::TooNew { found: 2, known: 1 })));
    }

    #[test]
    fn a_migration_that_fails_changes_nothing() {
        let mut db = Connection::open_in_memory().unwrap();
        run_all(&db, &["CREATE TABLE a (x INTEGER) STRICT;"]).unwrap();
        let transaction = db.transaction().unwrap();
        let broken = ["", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);"];
        assert!(run_all(&transaction, &broken).is_err());
        drop(transaction);
        assert_eq!(version(&db).unwrap(), 1);
        assert!(db.prepare("SELECT * FROM b").is_err());
    }

    #[test]
    fn every_migration_says_why() {
        for migration in MIGRATIONS {
            assert!(migration.starts_with("-- 0"));
            assert!(migration.contains("-- Why: "));
        }
    }

    #[test]
    fn every_table_is_strict() {
        let db = Connection::open_in_memory().unwrap();
        run(&db).unwrap();
        let loose: i64 = db
            .query_row(
                "SELECT count(*) FROM pragma_table_list
                 WHERE type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
                [],
                |r| r.get(0),
            )
            .unwrap();
        assert_eq!(loose, 0);
    }
}
