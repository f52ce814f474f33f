//! The list of cases, and finding one in it. Read once, then kept up with the journal, so that a key typed into the
//! search costs the same with ten thousand cases as with ten. Which words find a case is decided where it is written.

use super::{Error, Session};
use crate::domain::{
    ActionItem, ActionState, Case, CaseId, CaseState, Day, DecisionRecord, Duty, Person, PersonId, Vocabulary,
};
use crate::store::{Record, Store};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A line in the list of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub id: CaseId,
    /// Its reference.
    pub reference: String,
    /// The targeted child's name.
    pub child: String,
    /// The day of the disclosure.
    pub disclosed_on: Day,
    /// Whether it is open.
    pub open: bool,
    /// The first duty, in words.
    pub duty: String,
    /// The next action due.
    pub next_due: Option<Day>,
}

/// The lines as they stood at one entry of the journal, by case.
pub(super) struct Listing {
    /// The journal's last entry that is in it.
    seen: u64,
    lines: BTreeMap<CaseId, Line>,
}

/// One line, and what it takes to know when it is out of date.
struct Line {
    target: PersonId,
    duty: Option<Duty>,
    row: CaseRow,
}

impl Session {
    /// The cases that match what is typed, open ones and the newest first; all of them where nothing is typed.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn cases(&self, typed: &str) -> Result<Vec<CaseRow>, Error> {
        let mut inner = self.inner();
        let found: Option<BTreeSet<CaseId>> = match typed.trim() {
            "" => None,
            typed => Some(inner.store.search(typed)?),
        };
        let before = inner.listing.take();
        let listing = match before {
            Some(listing) => listing.caught_up(&inner.store)?,
            None => Listing::read(&inner.store)?,
        };
        // As the policy in force words them, each once.
        let mut titles = BTreeMap::new();
        let mut worded = |line: &Line| {
            let title = |duty: Duty| {
                titles.entry(duty.id()).or_insert_with(|| self.policy().wording(duty.id()).title).clone()
            };
            CaseRow { duty: line.duty.map_or(String::new(), title), ..line.row.clone() }
        };
        let mut rows: Vec<CaseRow> = match found {
            None => listing.lines.values().map(&mut worded).collect(),
            Some(found) => found.iter().filter_map(|id| listing.lines.get(id)).map(worded).collect(),
        };
        inner.listing = Some(listing);
        drop(inner);
        rows.sort_by(|a, b| b.open.cmp(&a.open).then_with(|| b.reference.cmp(&a.reference)));
        Ok(rows)
    }
}

impl Listing {
    /// All of it, each kind of record read once.
    fn read(store: &Store) -> Result<Self, Error> {
        let seen = store.head()?.seq();
        let people = store.list::<Person>()?;
        let names: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
        let mut actions: HashMap<CaseId, Vec<ActionItem>> = HashMap::new();
        for action in store.list::<ActionItem>()? {
            actions.entry(action.case).or_default().push(action);
        }
        // The last decision of a case is the one in force.
        let decisions = store.list::<DecisionRecord>()?;
        let duties: HashMap<CaseId, Option<Duty>> =
            decisions.iter().map(|made| (made.case, made.decision.duty.first().copied())).collect();
        let mut lines = BTreeMap::new();
        for case in store.list::<Case>()? {
            let actions = actions.get(&case.id).map_or(&[][..], Vec::as_slice);
            let duty = duties.get(&case.id).copied().flatten();
            lines.insert(case.id, Line::new(&case, names.get(&case.target).copied(), actions, duty));
        }
        Ok(Self { seen, lines })
    }

    /// With everything that was written since.
    fn caught_up(mut self, store: &Store) -> Result<Self, Error> {
        let mut stale = BTreeSet::new();
        for event in store.journal_after(self.seen)? {
            stale.extend(event.case);
            if event.kind == Person::KIND {
                let theirs = |line: &&Line| line.target.to_string() == event.id;
                stale.extend(self.lines.values().filter(theirs).map(|line| line.row.id));
            }
            self.seen = event.seq;
        }
        for id in stale {
            match store.get::<Case>(&id.to_string())? {
                None => drop(self.lines.remove(&id)),
                Some(case) => {
                    let target = store.get::<Person>(&case.target.to_string())?;
                    let decisions = store.list_in::<DecisionRecord>(id)?;
                    let duty = decisions.last().and_then(|made| made.decision.duty.first().copied());
                    let actions = store.list_in::<ActionItem>(id)?;
                    self.lines.insert(id, Line::new(&case, target.as_ref(), &actions, duty));
                }
            }
        }
        Ok(self)
    }
}

impl Line {
    fn new(case: &Case, target: Option<&Person>, actions: &[ActionItem], duty: Option<Duty>) -> Self {
        let open = actions.iter().filter(|action| action.state == ActionState::Open);
        let row = CaseRow {
            id: case.id,
            reference: case.reference.clone(),
            child: target.map_or(String::new(), |person| person.name.full().to_owned()),
            disclosed_on: case.disclosed_on,
            open: case.state == CaseState::Open,
            duty: String::new(),
            next_due: open.map(|action| action.due).min(),
        };
        Self { target: case.target, duty, row }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::domain::{Name, Occasion};

    /// The list as it was kept up, which must be what a first reading gives.
    fn kept_up(session: &Session) -> Vec<CaseRow> {
        let rows = session.cases("").unwrap();
        session.inner().listing = None;
        assert_eq!(session.cases("").unwrap(), rows);
        rows
    }

    #[test]
    fn the_list_keeps_up_with_the_journal() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let before = kept_up(&session);
        let row = before.iter().find(|row| row.open && row.next_due.is_some()).unwrap().clone();
        let now = |session: &Session| kept_up(session).into_iter().find(|now| now.id == row.id).unwrap();

        let view = session.case(row.id).unwrap();
        let child = Person { name: Name::new("Wilhelmina Quist").unwrap(), ..view.people[0].clone() };
        session.save_person(&child).unwrap();
        assert_eq!(now(&session), CaseRow { child: "Wilhelmina Quist".into(), ..row.clone() });
        assert!(session.cases("quist").unwrap().iter().any(|found| found.id == row.id));

        let words = "the marmalade message".to_owned();
        let occasion =
            Occasion { id: session.new_occasion_id().unwrap(), words, ..view.occasions[0].clone() };
        session.save_occasion(&occasion, "").unwrap();
        let found = session.cases("marmal").unwrap();
        assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [row.id]);

        let on = session.today();
        for action in session.case(row.id).unwrap().actions {
            session.set_action(&action, ActionState::Done { on, note: "Rung.".into() }).unwrap();
        }
        assert_eq!(now(&session).next_due, None);
        assert!(session.cases("nobody-of-this-name").unwrap().is_empty());
        assert_eq!(kept_up(&session).len(), before.len());
    }
}
