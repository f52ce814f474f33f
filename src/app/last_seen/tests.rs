//! An older copy put in the place of the case file, a copy with another history, and printed marks.

use super::*;
use crate::app::{Cost, NewCaseFile, Secret, World};
use crate::domain::School;
use crate::store::Event;
use tempfile::TempDir;

const LEAD: &str = "Mrs Amy Wells";

struct Pc {
    dir: TempDir,
    world: World,
}

impl Pc {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let world = World { last_seen: Some(dir.path().join("config").join("last-seen")), ..World::real() };
        Self { dir, world }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn create(&self) -> Session {
        let new = NewCaseFile {
            folder: self.path("Larkfield.casebook"),
            school: School { name: "Larkfield".into(), ..School::default() },
            owner: LEAD.into(),
            passphrase: secret(),
            cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
        };
        Session::create(&new, self.world.clone()).unwrap().0
    }

    fn open(&self) -> Session {
        self.open_on(self.world.clone())
    }

    fn open_on(&self, world: World) -> Session {
        Session::open(&self.path("Larkfield.casebook"), &secret(), world).unwrap()
    }

    /// Puts the database as it is now, closed, away under a name.
    fn keep(&self, name: &str) {
        std::fs::copy(self.path("Larkfield.casebook").join("records.casedb"), self.path(name)).unwrap();
    }

    /// Puts one that was kept in the place of the one that is there.
    fn replay(&self, name: &str) {
        std::fs::copy(self.path(name), self.path("Larkfield.casebook").join("records.casedb")).unwrap();
    }
}

fn secret() -> Secret {
    Secret::new("one".into())
}

fn add(session: &Session, times: usize) {
    for _ in 0..times {
        session.write("an entry", |w| w.put(&School::default())).unwrap();
    }
}

fn journal(session: &Session) -> Vec<Event> {
    session.inner().store.journal(None).unwrap()
}

#[test]
fn an_older_copy_is_noticed_until_somebody_answers_for_it() {
    let pc = Pc::new();
    let session = pc.create();
    assert_eq!(session.replay(), None);
    session.finish();
    pc.keep("old");
    let session = pc.open();
    add(&session, 3);
    let seen = session.anchor().unwrap();
    drop(session);
    pc.keep("new");
    assert_eq!(pc.open().replay(), None, "the one that was seen is no older copy");

    pc.replay("old");
    let session = pc.open();
    let replay = session.replay().unwrap();
    assert_eq!((replay.seen, replay.found, replay.shorter), (seen, session.anchor().unwrap(), true));
    assert!(replay.warning().what.contains("older copy"), "{:?}", replay.warning());
    // The record is open all the same, and going on without an answer does not make the newer one forgotten.
    add(&session, 1);
    drop(session);
    assert!(pc.open().replay().is_some());
    add(&pc.open(), 9);
    let session = pc.open();
    assert!(!session.replay().unwrap().shorter, "longer by now, and still not the one that was seen");

    let refused = session.go_on_knowingly("  ");
    assert!(matches!(refused, Err(Error::ReasonMissing { .. })));
    assert!(session.replay().is_some());
    session.go_on_knowingly("The disk broke; this is Friday's backup.").unwrap();
    assert_eq!(session.replay(), None);
    let last = journal(&session).pop().unwrap();
    assert_eq!((last.why.as_str(), last.actor.as_str()), ("The disk broke; this is Friday's backup.", LEAD));
    drop(session);
    assert_eq!(pc.open().replay(), None);

    pc.replay("new");
    assert!(pc.open().replay().is_some(), "now it is the other one that is not expected");
}

#[test]
fn a_copy_with_another_history_is_noticed() {
    let pc = Pc::new();
    pc.create().finish();
    pc.keep("old");
    add(&pc.open(), 3);
    pc.replay("old");
    // Somebody goes on in the copy on another PC, which knows nothing of ours.
    add(&pc.open_on(World::real()), 5);
    let replay = pc.open().replay().unwrap();
    assert!(!replay.shorter);
    assert!(replay.warning().what.contains("another history"), "{:?}", replay.warning());
}

#[test]
fn work_on_another_pc_is_no_older_copy() {
    let pc = Pc::new();
    add(&pc.create(), 1);
    add(&pc.open_on(World::real()), 4);
    assert_eq!(pc.open().replay(), None);
}

#[test]
fn what_is_kept_holds_a_mark_alone_and_losing_it_stops_nobody() {
    let pc = Pc::new();
    let session = pc.create();
    session.set_passphrase(LEAD, &Secret::new("two".into()), Cost { m_kib: 19 * 1024, t: 1, p: 1 }).unwrap();
    let head = session.anchor().unwrap();
    let id = session.inner().store.id();
    drop(session);
    let folder = pc.world.last_seen.clone().unwrap();
    let kept: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept, [folder.join(id)]);
    let text = std::fs::read_to_string(kept.first().unwrap()).unwrap();
    assert_eq!(text, format!("{head}\n"), "a change that is not a record counts too");
    for spoilt in ["", "not a mark", "\u{0}\u{0}"] {
        std::fs::write(kept.first().unwrap(), spoilt).unwrap();
        let session =
            Session::open(&pc.path("Larkfield.casebook"), &Secret::new("two".into()), pc.world.clone())
                .unwrap();
        assert_eq!(session.replay(), None, "{spoilt:?}");
    }
}

#[test]
fn printed_marks_are_checked() {
    let pc = Pc::new();
    let session = pc.create();
    let early = session.anchor().unwrap();
    add(&session, 4);
    let late = session.anchor().unwrap();
    for mark in [early, late] {
        assert_eq!(session.check_mark(mark).unwrap(), MarkStands::Unchanged, "{mark}");
    }
    let digits = late.to_string().split_once('-').unwrap().1.to_owned();
    let swapped = Anchor::parse(&format!("{}-{digits}", early.seq())).unwrap();
    assert_eq!(session.check_mark(swapped).unwrap(), MarkStands::Differs);
    let beyond = Anchor::parse(&format!("900-{digits}")).unwrap();
    assert_eq!(session.check_mark(beyond).unwrap(), MarkStands::Beyond { last: late.seq() });
    let zero = Anchor::parse(&format!("0-{digits}")).unwrap();
    assert_eq!(session.check_mark(zero).unwrap(), MarkStands::Differs);
}
