//! The journal: one entry for every change, chained by SHA-256 to the entry before it.
//!
//! What it claims: a change that does not rewrite the chain is found. Somebody with the key could rewrite all of it;
//! an [`Anchor`] that was printed shows this for everything up to it.

use super::secret::{hex, random_bytes, unhex};
use super::{Error, Random};
use crate::domain::CaseId;
use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use std::fmt;

/// Who makes a change, and when by this PC's clock.
#[derive(Clone, Copy)]
pub struct Stamp<'a> {
    /// The moment. The clock may be wrong; one that goes back is recorded.
    pub at: DateTime<Utc>,
    /// The person at the keyboard.
    pub actor: &'a str,
}

/// What a change did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The case file was made.
    Created,
    /// A record was written or amended.
    Put,
    /// A record was taken back. What it said stays readable.
    Withdrawn,
    /// A file was added.
    Attached,
    /// A passphrase was set.
    Passphrase,
    /// A person's way in was taken away, and with it the recovery sheet.
    Revoked,
    /// The recovery sheet was replaced by another.
    Rekeyed,
}

impl Act {
    const ALL: [Self; 7] = [
        Self::Created,
        Self::Put,
        Self::Withdrawn,
        Self::Attached,
        Self::Passphrase,
        Self::Revoked,
        Self::Rekeyed,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Put => "put",
            Self::Withdrawn => "withdrawn",
            Self::Attached => "attached",
            Self::Passphrase => "passphrase",
            Self::Revoked => "revoked",
            Self::Rekeyed => "rekeyed",
        }
    }

    fn from_id(id: &str) -> Result<Self, Error> {
        let unknown = Error::Damaged { what: "the journal names an unknown act" };
        Self::ALL.into_iter().find(|act| act.id() == id).ok_or(unknown)
    }
}

/// An entry of the journal, without the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its number, from 1.
    pub seq: u64,
    /// When, by the PC's clock.
    pub at: DateTime<Utc>,
    /// Seconds by which the clock had gone back since the entry before.
    pub clock_back: u64,
    /// Who.
    pub actor: String,
    /// What was done.
    pub act: Act,
    /// To which kind of record.
    pub kind: String,
    /// To which one.
    pub id: String,
    /// Of which case, if of one.
    pub case: Option<CaseId>,
    /// Why.
    pub why: String,
}

/// The end of the chain, short enough to print: everything up to it cannot be rewritten unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Anchor {
    seq: u64,
    mark: [u8; 8],
}

impl Anchor {
    /// Reads `812-9f3a77c120be4d05`, with or without spaces.
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text.split_whitespace().collect();
        let (seq, mark) = text.split_once('-')?;
        Some(Self { seq: seq.parse().ok()?, mark: unhex(&mark.to_ascii_lowercase())? })
    }

    /// The number of the last entry that it covers.
    pub fn seq(self) -> u64 {
        self.seq
    }

    pub(super) fn holds(self, hash: &[u8; 32]) -> bool {
        hash[..8] == self.mark
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.seq, hex(&self.mark))
    }
}

/// How a journal stands to an [`Anchor`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The entry is there, and is the one.
    Holds,
    /// The journal ends before it.
    Beyond,
    /// The entry is another one.
    Differs,
}

/// Looks at one entry; whether the chain up to it holds is a matter of [`verify`](super::verify).
pub(super) fn standing(db: &Connection, anchor: Anchor) -> Result<Standing, Error> {
    let hash = db
        .prepare_cached("SELECT hash FROM event WHERE seq = ?1")?
        .query_row([anchor.seq.cast_signed()], |row| row.get::<_, [u8; 32]>(0))
        .optional()?;
    Ok(match hash {
        None => Standing::Beyond,
        Some(hash) if anchor.holds(&hash) => Standing::Holds,
        Some(_) => Standing::Differs,
    })
}

/// The columns of [`Link`], in its order.
pub(super) const LINK: &str = "e.seq, e.at, e.clock_back, e.actor, e.act, e.kind, e.id, e.case_id, e.why, \
                               e.commitment, e.prev, e.hash";

/// A row of `event` as it stands in the file, not yet believed.
pub(super) struct Link {
    pub(super) seq: u64,
    at: String,
    clock_back: u64,
    actor: String,
    act: String,
    pub(super) kind: String,
    pub(super) id: String,
    case: Option<String>,
    why: String,
    commitment: [u8; 32],
    pub(super) prev: [u8; 32],
    pub(super) hash: [u8; 32],
}

impl Link {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get::<_, i64>(0)?.cast_unsigned(),
            at: row.get(1)?,
            clock_back: row.get::<_, i64>(2)?.cast_unsigned(),
            actor: row.get(3)?,
            act: row.get(4)?,
            kind: row.get(5)?,
            id: row.get(6)?,
            case: row.get(7)?,
            why: row.get(8)?,
            commitment: row.get(9)?,
            prev: row.get(10)?,
            hash: row.get(11)?,
        })
    }

    /// The hash that this row ought to have.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut sum = Sha256::new_with_prefix(b"casebook event v1\0");
        for field in [
            &self.prev[..],
            &self.seq.to_be_bytes(),
            self.at.as_bytes(),
            &self.clock_back.to_be_bytes(),
            self.actor.as_bytes(),
            self.act.as_bytes(),
            self.kind.as_bytes(),
            self.id.as_bytes(),
            self.case.as_deref().unwrap_or("").as_bytes(),
            self.why.as_bytes(),
            &self.commitment,
        ] {
            // With its length before it, so that no two different entries read alike.
            sum.update((field.len() as u64).to_be_bytes());
            sum.update(field);
        }
        sum.finalize().into()
    }

    /// Whether this is the text that was written.
    pub(super) fn commits_to(&self, salt: &[u8], text: &[u8]) -> bool {
        self.commitment == commitment(salt, text)
    }

    pub(super) fn is(&self, act: Act) -> bool {
        self.act == act.id()
    }

    pub(super) fn at(&self) -> Result<DateTime<Utc>, Error> {
        DateTime::parse_from_rfc3339(&self.at)
            .map(|at| at.to_utc())
            .map_err(|_| Error::Damaged { what: "the journal has a time that is none" })
    }

    pub(super) fn case(&self) -> Result<Option<CaseId>, Error> {
        let parse = |text: &str| {
            CaseId::parse(text).ok_or(Error::Damaged { what: "the journal names a case that cannot be one" })
        };
        self.case.as_deref().map(parse).transpose()
    }

    pub(super) fn anchor(&self) -> Anchor {
        let mut mark = [0; 8];
        mark.copy_from_slice(&self.hash[..8]);
        Anchor { seq: self.seq, mark }
    }

    pub(super) fn into_event(self) -> Result<Event, Error> {
        Ok(Event {
            seq: self.seq,
            at: self.at()?,
            clock_back: self.clock_back,
            act: Act::from_id(&self.act)?,
            case: self.case()?,
            actor: self.actor,
            kind: self.kind,
            id: self.id,
            why: self.why,
        })
    }
}

/// Where the chain begins: bound to the file, so that one file's journal cannot stand in for another's.
pub(super) fn genesis(file_id: &[u8; 16]) -> [u8; 32] {
    Sha256::new_with_prefix(b"casebook genesis v1\0").chain_update(file_id).finalize().into()
}

fn commitment(salt: &[u8], text: &[u8]) -> [u8; 32] {
    Sha256::new_with_prefix(salt).chain_update(text).finalize().into()
}

/// The last entry, checked against its own hash; nothing in a new file.
pub(super) fn last(db: &Connection) -> Result<Option<Link>, Error> {
    let link = db
        .prepare_cached(&format!("SELECT {LINK} FROM event e ORDER BY e.seq DESC LIMIT 1"))?
        .query_row([], Link::read)
        .optional()?;
    match link {
        Some(link) if link.digest() != link.hash => {
            Err(Error::ChainBroken { seq: link.seq, what: "who, when or why was changed" })
        }
        link => Ok(link),
    }
}

/// What an entry is about.
pub(super) struct Subject<'a> {
    pub(super) act: Act,
    pub(super) kind: &'a str,
    pub(super) id: &'a str,
    pub(super) case: Option<CaseId>,
    pub(super) why: &'a str,
    pub(super) text: &'a [u8],
}

/// Writes an entry and its text after `last`, and returns it.
pub(super) fn append(
    db: &Connection,
    random: &dyn Random,
    file_id: &[u8; 16],
    last: Option<&Link>,
    stamp: &Stamp<'_>,
    subject: &Subject<'_>,
) -> Result<Link, Error> {
    let salt = random_bytes::<16>(random)?;
    let back = last.map(Link::at).transpose()?.map_or(0, |before| (before - stamp.at).num_seconds());
    let mut link = Link {
        seq: last.map_or(0, |link| link.seq) + 1,
        at: stamp.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        clock_back: u64::try_from(back).unwrap_or(0),
        actor: stamp.actor.to_owned(),
        act: subject.act.id().to_owned(),
        kind: subject.kind.to_owned(),
        id: subject.id.to_owned(),
        case: subject.case.map(|case| case.to_string()),
        why: subject.why.to_owned(),
        commitment: commitment(&salt, subject.text),
        prev: last.map_or_else(|| genesis(file_id), |link| link.hash),
        hash: [0; 32],
    };
    link.hash = link.digest();
    let seq = link.seq.cast_signed();
    db.prepare_cached(
        "INSERT INTO event (seq, at, clock_back, actor, act, kind, id, case_id, why, commitment, prev, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        seq,
        link.at,
        link.clock_back.cast_signed(),
        link.actor,
        link.act,
        link.kind,
        link.id,
        link.case,
        link.why,
        link.commitment,
        link.prev,
        link.hash
    ])?;
    db.prepare_cached("INSERT INTO body (seq, salt, text) VALUES (?1, ?2, ?3)")?.execute(params![
        seq,
        salt,
        subject.text
    ])?;
    Ok(link)
}

/// The entries in their order: all of them, or those of one case.
pub(super) fn events(db: &Connection, case: Option<CaseId>) -> Result<Vec<Event>, Error> {
    let sql = format!("SELECT {LINK} FROM event e WHERE ?1 IS NULL OR e.case_id = ?1 ORDER BY e.seq");
    let mut statement = db.prepare_cached(&sql)?;
    let links = statement.query_map([case.map(|case| case.to_string())], Link::read)?;
    links.map(|link| link?.into_event()).collect()
}

/// The entries after one, in their order.
pub(super) fn after(db: &Connection, seq: u64) -> Result<Vec<Event>, Error> {
    let sql = format!("SELECT {LINK} FROM event e WHERE e.seq > ?1 ORDER BY e.seq");
    let mut statement = db.prepare_cached(&sql)?;
    let links = statement.query_map([i64::try_from(seq).unwrap_or(i64::MAX)], Link::read)?;
    links.map(|link| link?.into_event()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_print_and_read() {
        let anchor = Anchor::parse("812-9f3a77c120be4d05").unwrap();
        assert_eq!(anchor.seq(), 812);
        assert_eq!(anchor.to_string(), "812-9f3a77c120be4d05");
        assert_eq!(Anchor::parse(" 812 - 9F3A 77c1 20be 4d05\n"), Some(anchor));
        for bad in ["", "812", "-9f3a77c120be4d05", "812-", "812-9f3a77c120be4d0", "x-9f3a77c120be4d05"] {
            assert_eq!(Anchor::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_act_has_its_own_word() {
        for act in Act::ALL {
            assert_eq!(Act::from_id(act.id()).unwrap(), act);
        }
        assert!(Act::from_id("rubbed out").is_err());
    }
}
