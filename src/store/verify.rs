//! Checks a whole case file: the bytes, the tables, the journal's chain, the texts and the attached files.
//!
//! Runs on a connection of its own: the working one may hold good pages in memory over bad ones on the disk. Changes
//! nothing.

use super::journal::{Act, Anchor, LINK, Link, genesis};
use super::{Error, blob, destroy};
use rusqlite::{Connection, types::Value};
use std::collections::BTreeSet;
use std::fmt;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Entries of the journal that hold.
    pub events: u64,
    /// Attached files that are as they were stored.
    pub blobs: u64,
    /// Entries whose text was destroyed, as a later entry says; they hold too, and are counted there.
    pub destroyed: u64,
    /// What is not right. Empty for a sound case file.
    pub problems: Vec<Problem>,
}

/// Something that is not right with a case file. `Display` says it in a plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// Pages that are not as they were written.
    Pages {
        /// How many.
        count: usize,
    },
    /// The database's own order is broken.
    Structure,
    /// Rows that refer to nothing.
    References,
    /// Something could not be read at all.
    Unreadable,
    /// The journal does not hold.
    Chain {
        /// From this entry.
        seq: u64,
        /// What does not hold.
        what: &'static str,
    },
    /// The journal differs from what was printed.
    Anchor {
        /// The printed mark.
        anchor: Anchor,
    },
    /// The journal ends before an entry that was printed.
    Beyond {
        /// The printed mark.
        anchor: Anchor,
        /// The journal's last entry.
        last: u64,
    },
    /// An attached file is damaged or missing.
    Blob {
        /// Its name.
        sha256: String,
    },
    /// An attached file that the journal does not know.
    UnknownBlob {
        /// Its name.
        sha256: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pages { count: 1 } => f.write_str("One page of the case file is damaged."),
            Self::Pages { count } => write!(f, "{count} pages of the case file are damaged."),
            Self::Structure => f.write_str("The order inside the case file is damaged."),
            Self::References => f.write_str("Some entries refer to others that are missing."),
            Self::Unreadable => f.write_str("A part of the case file cannot be read."),
            Self::Chain { seq, what } => write!(f, "Entry {seq} of the journal does not hold: {what}."),
            Self::Anchor { anchor } => {
                write!(f, "The journal differs from what was printed with the mark {anchor}.")
            }
            Self::Beyond { anchor, last } => write!(
                f,
                "The journal ends with entry {last}, before the mark {anchor}: this is an older copy, or the mark is \
                 from another case file."
            ),
            Self::Blob { sha256 } => {
                write!(f, "The attached file {} is missing or not as it was stored.", short(sha256))
            }
            Self::UnknownBlob { sha256 } => {
                write!(f, "The attached file {} is not in the journal.", short(sha256))
            }
        }
    }
}

fn short(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

/// Checks everything that can be checked. Damage is reported, not returned as an error.
pub(super) fn verify(db: &Connection, file_id: &[u8; 16], anchors: &[Anchor]) -> Result<Report, Error> {
    let mut report = Report::default();
    let done = pages(db, &mut report);
    note_damage(done, &mut report)?;
    let done = chain(db, file_id, anchors, &mut report);
    note_damage(done, &mut report)?;
    let done = blobs(db, &mut report);
    note_damage(done, &mut report)?;
    Ok(report)
}

/// Damage that ends one check is a finding, and the next check goes on.
fn note_damage(done: Result<(), Error>, report: &mut Report) -> Result<(), Error> {
    match done {
        Err(Error::Damaged { .. }) => {
            report.problems.push(Problem::Unreadable);
            Ok(())
        }
        done => done,
    }
}

/// A report for a file that cannot even be opened any more.
pub(super) fn unreadable() -> Report {
    Report { problems: vec![Problem::Unreadable], ..Report::default() }
}

fn pages(db: &Connection, report: &mut Report) -> Result<(), Error> {
    let damaged = complaints(db, "PRAGMA cipher_integrity_check")?;
    if damaged > 0 {
        report.problems.push(Problem::Pages { count: damaged });
    }
    if complaints(db, "PRAGMA integrity_check(20)")? > 0 {
        report.problems.push(Problem::Structure);
    }
    if complaints(db, "PRAGMA foreign_key_check")? > 0 {
        report.problems.push(Problem::References);
    }
    Ok(())
}

fn complaints(db: &Connection, pragma: &str) -> Result<usize, Error> {
    let mut statement = db.prepare(pragma)?;
    let rows = statement.query_map([], |row| row.get::<_, Value>(0))?;
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().filter(|row| *row != Value::Text("ok".to_owned())).count())
}

fn chain(db: &Connection, file_id: &[u8; 16], anchors: &[Anchor], report: &mut Report) -> Result<(), Error> {
    let sql = format!(
        "SELECT {LINK}, b.salt, b.text FROM event e LEFT JOIN body b ON b.seq = e.seq ORDER BY e.seq"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let told = destroy::told(db)?;
    let gone = |seq: u64| told.iter().any(|(by, it)| *by > seq && it.covers(seq));
    let mut prev = genesis(file_id);
    let mut seq = 0;
    while let Some(row) = rows.next()? {
        let link = Link::read(row)?;
        let broken = |what| Problem::Chain { seq: link.seq, what };
        if link.seq != seq + 1 {
            report.problems.push(Problem::Chain { seq: seq + 1, what: "it is missing" });
            return Ok(());
        }
        if link.prev != prev {
            report.problems.push(broken("it does not follow the one before"));
            return Ok(());
        }
        if link.digest() != link.hash {
            report.problems.push(broken("who, when or why was changed"));
            return Ok(());
        }
        let salt: Option<Vec<u8>> = row.get(12)?;
        let text: Option<Vec<u8>> = row.get(13)?;
        match salt.zip(text) {
            None if gone(link.seq) => {
                report.events += 1;
                report.destroyed += 1;
            }
            None => report.problems.push(broken("its text is missing")),
            Some(_) if gone(link.seq) => {
                report.problems.push(broken("its text was destroyed, and is there again"));
            }
            Some((salt, text)) if !link.commits_to(&salt, &text) => {
                report.problems.push(broken("its text was changed"));
            }
            Some(_) => report.events += 1,
        }
        let differs = anchors.iter().filter(|a| a.seq() == link.seq && !a.holds(&link.hash));
        report.problems.extend(differs.map(|&anchor| Problem::Anchor { anchor }));
        (prev, seq) = (link.hash, link.seq);
    }
    if seq == 0 {
        report.problems.push(Problem::Chain { seq: 1, what: "it is missing" });
    }
    report.problems.extend(anchors.iter().filter(|a| a.seq() == 0).map(|&anchor| Problem::Anchor { anchor }));
    let beyond = anchors.iter().filter(|a| a.seq() > seq);
    report.problems.extend(beyond.map(|&anchor| Problem::Beyond { anchor, last: seq }));
    Ok(())
}

fn blobs(db: &Connection, report: &mut Report) -> Result<(), Error> {
    let sql = format!("SELECT {LINK} FROM event e ORDER BY e.seq");
    let mut statement = db.prepare(&sql)?;
    let links = statement.query_map([], Link::read)?.collect::<Result<Vec<_>, _>>()?;
    let journalled: BTreeSet<String> =
        links.into_iter().filter(|link| link.is(Act::Attached)).map(|link| link.id).collect();
    let kept: BTreeSet<String> = blob::names(db)?.into_iter().collect();
    for sha256 in &kept {
        match blob::read(db, sha256) {
            Ok(_) => report.blobs += 1,
            Err(Error::Damaged { .. }) => report.problems.push(Problem::Blob { sha256: sha256.clone() }),
            Err(error) => return Err(error),
        }
    }
    let gone: BTreeSet<String> = destroy::told(db)?.into_iter().flat_map(|(_, it)| it.files).collect();
    let journalled: BTreeSet<String> =
        journalled.into_iter().filter(|it| kept.contains(it) || !gone.contains(it)).collect();
    let missing = journalled.difference(&kept).cloned().map(|sha256| Problem::Blob { sha256 });
    let unknown = kept.difference(&journalled).cloned().map(|sha256| Problem::UnknownBlob { sha256 });
    report.problems.extend(missing.chain(unknown));
    Ok(())
}
