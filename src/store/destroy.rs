//! Takes the texts and files of one case out of the case file for good, and leaves the journal as it is: each entry commits
//! to a hash of its text, so the chain holds without the text. What is left is a record that says which texts are gone,
//! when, by whom and under which class. Whoever calls decides whether it may be.
//!
//! The fences around the record are opened here and nowhere else, within one transaction and for three tables.

use super::journal::{self, Act, Anchor, LINK, Link};
use super::{Error, Record, Stamp, Store, Writing, blob, connection, lines, search};
use crate::domain::{CaseId, Destruction};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What goes, beside everything of the case itself.
#[derive(Debug, Clone, Default)]
pub struct Going {
    /// Records that stand in no case: their kind and id.
    pub records: Vec<(&'static str, String)>,
    /// SHA-256 of the files.
    pub files: Vec<String>,
}

/// Triggers that keep rows in their place, and the tables that they keep.
const FENCED: [(&str, &str); 3] =
    [("body_no_delete", "body"), ("blob_no_delete", "blob"), ("blob_part_no_delete", "blob_part")];

impl Store {
    /// Destroys a case's texts and files. All of it happened when this returns, or none of it. What an upgrade kept beside
    /// the case file goes first: it says the same.
    ///
    /// # Errors
    /// The case file cannot be written; what an upgrade kept cannot be removed.
    pub fn destroy(
        &mut self,
        stamp: &Stamp<'_>,
        why: &str,
        going: &Going,
        told: &Destruction,
    ) -> Result<(Destruction, Anchor), Error> {
        self.remove_older_forms()?;
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let done = self.destroyed(stamp, why, going, told);
        let fenced = connection::fence(&mut self.db);
        match (done, fenced) {
            (Ok(done), Ok(())) => {
                self.db.execute_batch("COMMIT")?;
                Ok(done)
            }
            (done, fenced) => {
                // The first error says why; one on the way back would only hide it.
                let _rolled_back = self.db.execute_batch("ROLLBACK");
                Err(done
                    .err()
                    .or(fenced.err())
                    .unwrap_or(Error::Internal { code: rusqlite::ffi::SQLITE_ABORT }))
            }
        }
    }

    /// How many texts would go with a case and these records.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn texts_of(&self, case: CaseId, records: &[(&'static str, String)]) -> Result<usize, Error> {
        Ok(texts_of(&self.db, case, records)?.len())
    }

    /// The files that the texts of a case and these records name, and no other text does: whatever a record keeps a file
    /// for, it names it by its SHA-256.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn files_only_of(
        &self,
        case: CaseId,
        records: &[(&'static str, String)],
    ) -> Result<Vec<String>, Error> {
        let going = texts_of(&self.db, case, records)?;
        let kept = blob::names(&self.db)?;
        let (mut named, mut elsewhere) = (BTreeSet::new(), BTreeSet::new());
        let sql = "SELECT b.seq, b.text FROM body b JOIN event e ON e.seq = b.seq WHERE e.kind <> ?1";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([Destruction::KIND])?;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.cast_unsigned();
            let text = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
            let text = String::from_utf8_lossy(text);
            let found = kept.iter().filter(|sha256| text.contains(sha256.as_str())).cloned();
            if going.contains(&seq) { named.extend(found) } else { elsewhere.extend(found) }
        }
        Ok(named.difference(&elsewhere).cloned().collect())
    }

    fn destroyed(
        &mut self,
        stamp: &Stamp<'_>,
        why: &str,
        going: &Going,
        told: &Destruction,
    ) -> Result<(Destruction, Anchor), Error> {
        let last = journal::last(&self.db)?;
        let (random, file_id) = (&*self.random, &self.file_id);
        let mut writing = Writing { last, db: &self.db, random, file_id, stamp, why, failed: false };
        let texts = texts_of(&self.db, told.id, &going.records)?;
        for (kind, id) in standing(&self.db, told.id, going)? {
            writing.entry(Act::Withdrawn, &kind, &id, (Some(told.id), b""))?;
        }
        let files: Vec<String> = going.files.clone();
        let destruction = Destruction { entries: ranges(&texts), files, ..told.clone() };
        writing.put(&destruction)?;
        let anchor = writing.last.as_ref().map(Link::anchor).ok_or(super::NO_ENTRY)?;
        connection::open_fence(&mut self.db, &FENCED)?;
        remove(&self.db, &texts, &going.files, told.id)?;
        Ok((destruction, anchor))
    }
}

/// The numbers of the entries whose texts go.
fn texts_of(
    db: &Connection,
    case: CaseId,
    records: &[(&'static str, String)],
) -> Result<BTreeSet<u64>, Error> {
    let mut texts = BTreeSet::new();
    let mut of_case = db.prepare("SELECT seq FROM event WHERE case_id = ?1 AND kind <> ?2")?;
    let rows = of_case.query_map(params![case.to_string(), Destruction::KIND], |row| row.get::<_, i64>(0))?;
    for seq in rows {
        texts.insert(seq?.cast_unsigned());
    }
    let mut of_record = db.prepare("SELECT seq FROM event WHERE kind = ?1 AND id = ?2")?;
    for (kind, id) in records {
        let rows = of_record.query_map(params![kind, id], |row| row.get::<_, i64>(0))?;
        for seq in rows {
            texts.insert(seq?.cast_unsigned());
        }
    }
    Ok(texts)
}

/// The records that are still shown: each is withdrawn first, so that nothing looks for its text.
fn standing(db: &Connection, case: CaseId, going: &Going) -> Result<Vec<(String, String)>, Error> {
    let mut of_case =
        db.prepare("SELECT kind, id FROM current WHERE case_id = ?1 AND kind <> ?2 ORDER BY first")?;
    let rows = of_case
        .query_map(params![case.to_string(), Destruction::KIND], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut standing = rows.collect::<Result<Vec<(String, String)>, _>>()?;
    let mut there = db.prepare("SELECT 1 FROM current WHERE kind = ?1 AND id = ?2")?;
    for (kind, id) in &going.records {
        if there.exists(params![kind, id])? {
            standing.push(((*kind).to_owned(), id.clone()));
        }
    }
    Ok(standing)
}

/// The rows themselves, with the triggers put back word for word.
fn remove(db: &Connection, texts: &BTreeSet<u64>, files: &[String], case: CaseId) -> Result<(), Error> {
    let mut triggers: Vec<String> = Vec::new();
    for (trigger, _) in FENCED {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1";
        triggers.push(db.query_row(sql, [trigger], |row| row.get(0))?);
        db.execute_batch(&format!("DROP TRIGGER {trigger}"))?;
    }
    let mut text = db.prepare("DELETE FROM body WHERE seq = ?1")?;
    for seq in texts {
        text.execute([seq.cast_signed()])?;
    }
    let mut parts = db.prepare("DELETE FROM blob_part WHERE sha256 = ?1")?;
    let mut file = db.prepare("DELETE FROM blob WHERE sha256 = ?1")?;
    for sha256 in files {
        parts.execute([sha256])?;
        file.execute([sha256])?;
    }
    search::forget(db, case)?;
    lines::remove(db, case)?;
    triggers.iter().try_for_each(|trigger| db.execute_batch(trigger))?;
    Ok(())
}

/// Numbers as spans, each end included.
fn ranges(numbers: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut().filter(|(_, to)| *to + 1 == number) {
            Some((_, to)) => *to = number,
            None => ranges.push((number, number)),
        }
    }
    ranges
}

/// What was destroyed, each with the number of the entry that says so. Only entries whose text holds are believed.
pub(super) fn told(db: &Connection) -> Result<Vec<(u64, Destruction)>, Error> {
    let sql = format!(
        "SELECT {LINK}, b.salt, b.text FROM event e JOIN body b ON b.seq = e.seq
         WHERE e.kind = ?1 AND e.act = 'put' ORDER BY e.seq"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([Destruction::KIND])?;
    let mut told = Vec::new();
    while let Some(row) = rows.next()? {
        let link = Link::read(row)?;
        let (salt, text): (Vec<u8>, Vec<u8>) = (row.get(12)?, row.get(13)?);
        if link.digest() == link.hash
            && link.commits_to(&salt, &text)
            && let Ok(destruction) = serde_json::from_slice(&text)
        {
            told.push((link.seq, destruction));
        }
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::super::testkit::{Seeded, new_file, stamp};
    use super::super::{Problem, Report};
    use super::*;
    use crate::domain::{Name, Occasion, OccasionId, Person, PersonId, Who};
    use std::sync::Arc;

    const PLANTED: &str = "the zebra words";

    fn told(case: CaseId) -> Destruction {
        Destruction {
            id: case,
            reference: "2026-001".into(),
            on: crate::domain::Day::parse("2051-01-30").unwrap(),
            by: "A. Head".into(),
            class: "Child-protection record".into(),
            review_on: None,
            reason: "Its time is over.".into(),
            entries: Vec::new(),
            files: Vec::new(),
            certificate: None,
        }
    }

    fn occasion(id: u64, case: CaseId, words: &str) -> Occasion {
        Occasion {
            id: OccasionId::new(id),
            case,
            on: crate::domain::Day::parse("2026-01-10").unwrap(),
            time: String::new(),
            by: PersonId::new(1),
            to: PersonId::new(2),
            platform: "whatsapp".into(),
            words: words.into(),
            evidence: String::new(),
            more: crate::domain::Circumstances::default(),
        }
    }

    /// Two cases, two versions of an occasion in one of them, a person who stands in no case, a file.
    fn filled(store: &mut Store) -> (CaseId, CaseId, Going) {
        let (goes, stays) = (CaseId::new(7), CaseId::new(8));
        let person = Person::new(PersonId::new(1), Name::new("Planted Zebra").unwrap(), Who::Unknown);
        let done = store.write(&stamp(), "all of it", |w| {
            w.put(&person)?;
            w.put(&occasion(1, goes, PLANTED))?;
            w.put(&occasion(1, goes, "the zebra words, amended"))?;
            w.put(&occasion(2, stays, "the other words"))?;
            w.index(goes, PLANTED)?;
            w.index(stays, "the other words")?;
            w.attach(b"the zebra file")
        });
        let (file, _) = done.unwrap();
        let records = vec![(Person::KIND, person.id.to_string())];
        (goes, stays, Going { records, files: vec![file] })
    }

    fn bodies_with(store: &Store, words: &str) -> i64 {
        let sql = "SELECT count(*) FROM body WHERE instr(CAST(text AS TEXT), ?1) > 0";
        store.db.query_row(sql, [words], |row| row.get(0)).unwrap()
    }

    #[test]
    fn what_goes_is_gone_and_the_chain_holds() {
        let (_dir, path, mut store, words) = new_file();
        let (goes, stays, going) = filled(&mut store);
        let before = store.head().unwrap();
        let whole = store.verify(&[before]).unwrap();
        assert_eq!((whole.destroyed, whole.problems.as_slice()), (0, [].as_slice()));
        assert!(bodies_with(&store, "zebra") > 0);

        let kept = path.join("records-form-1.casedb");
        std::fs::copy(path.join("records.casedb"), &kept).unwrap();
        assert_eq!(store.older_forms(), [kept]);
        let (destruction, after) = store.destroy(&stamp(), "its time is over", &going, &told(goes)).unwrap();
        assert!(store.older_forms().is_empty(), "an older form says what was destroyed");
        assert_eq!(destruction.texts(), 3);
        assert_eq!(bodies_with(&store, "zebra") + bodies_with(&store, "Zebra"), 0);
        assert_eq!(store.blob(&going.files[0]).unwrap(), None);
        assert!(store.search("zebra").unwrap().is_empty());
        assert!(store.get::<Occasion>(&OccasionId::new(1).to_string()).unwrap().is_none());
        assert!(store.get::<Person>(&PersonId::new(1).to_string()).unwrap().is_none());
        // What belongs to another case is as it was.
        assert_eq!(store.list_in::<Occasion>(stays).unwrap(), [occasion(2, stays, "the other words")]);
        assert_eq!(store.search("other").unwrap().len(), 1);

        // Every entry is still there, the old mark holds, and who did what when can be read.
        let report = store.verify(&[before, after]).unwrap();
        assert_eq!(report, Report { events: after.seq(), blobs: 0, destroyed: 3, problems: vec![] });
        assert_eq!(store.journal(Some(goes)).unwrap().iter().filter(|e| e.act == Act::Put).count(), 2);

        // The fence stands again, for this connection and for the next.
        assert!(store.db.execute("DELETE FROM body", []).is_err());
        assert!(store.db.execute_batch("DROP TRIGGER body_no_delete").is_err());
        drop(store);
        let raw = super::super::testkit::raw(&path, &words);
        for table in ["body", "blob", "blob_part", "event"] {
            let rows: i64 =
                raw.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0)).unwrap();
            assert!(rows == 0 || raw.execute(&format!("DELETE FROM {table}"), []).is_err(), "{table}");
        }
        drop(raw);
        let store = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap();
        assert_eq!(store.verify(&[before, after]).unwrap().problems, []);
    }

    #[test]
    fn a_text_that_no_destruction_names_is_missed() {
        let (_dir, path, mut store, words) = new_file();
        let (goes, _, going) = filled(&mut store);
        store.destroy(&stamp(), "its time is over", &going, &told(goes)).unwrap();
        drop(store);
        let raw = super::super::testkit::raw(&path, &words);
        raw.execute_batch("DROP TRIGGER body_no_delete; DELETE FROM body WHERE seq = 5;").unwrap();
        drop(raw);
        let store = Store::open_with_words(&path, &words, Arc::new(Seeded::new(2))).unwrap();
        let problems = store.verify(&[]).unwrap().problems;
        assert_eq!(problems, [Problem::Chain { seq: 5, what: "its text is missing" }]);
    }

    #[test]
    fn numbers_become_spans() {
        for (numbers, spans) in [
            (vec![], vec![]),
            (vec![4], vec![(4, 4)]),
            (vec![1, 2, 3, 7, 9, 10], vec![(1, 3), (7, 7), (9, 10)]),
        ] {
            assert_eq!(ranges(&numbers.into_iter().collect()), spans);
        }
    }
}
