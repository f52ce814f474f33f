//! The list of cases, and finding one in it. Read once, then kept up with the journal, so that a key typed into the
//! search costs the same with ten thousand cases as with ten. Which words find a case is decided where it is written.

use super::session::Inner;
use super::{Error, Session};
use crate::domain::{
    ActionItem, ActionState, Case, CaseId, CaseState, Day, DecisionRecord, Duty, Occasion, Person, PersonId,
    Vocabulary,
};
use crate::policy::ClauseKind;
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

/// Which cases are asked for. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Only open or only closed ones.
    pub open: Option<bool>,
    /// Only those disclosed in this year.
    pub year: Option<i32>,
    /// Only those with an occasion on this platform, by its id.
    pub platform: Option<String>,
    /// Only those on whose decision in force this clause bears, by its key.
    pub clause: Option<String>,
}

/// What there is to choose from: only what some case has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilters {
    /// The latest first.
    pub years: Vec<i32>,
    /// Ids, in order.
    pub platforms: Vec<String>,
    /// Keys of the school's own clauses, in order.
    pub clauses: Vec<String>,
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
    platforms: BTreeSet<String>,
    clauses: Vec<String>,
    earlier: Option<CaseId>,
    row: CaseRow,
}

impl Session {
    /// The cases that match what is typed, open ones and the newest first; all of them where nothing is typed.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn cases(&self, typed: &str) -> Result<Vec<CaseRow>, Error> {
        self.find_cases(typed, &CaseFilter::default())
    }

    /// The cases that match what is typed and what is chosen, open ones and the newest first.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn find_cases(&self, typed: &str, filter: &CaseFilter) -> Result<Vec<CaseRow>, Error> {
        let mut inner = self.inner();
        let found: Option<BTreeSet<CaseId>> = match typed.trim() {
            "" => None,
            typed => Some(inner.store.search(typed)?),
        };
        let listing = inner.listing()?;
        // As the policy in force words them, each once.
        let mut titles = BTreeMap::new();
        let mut worded = |line: &Line| {
            let title = |duty: Duty| {
                titles.entry(duty.id()).or_insert_with(|| self.policy().wording(duty.id()).title).clone()
            };
            CaseRow { duty: line.duty.map_or(String::new(), title), ..line.row.clone() }
        };
        let mut rows: Vec<CaseRow> = match found {
            None => listing.lines.values().filter(|line| line.fits(filter)).map(&mut worded).collect(),
            Some(found) => {
                let lines = found.iter().filter_map(|id| listing.lines.get(id));
                lines.filter(|line| line.fits(filter)).map(worded).collect()
            }
        };
        drop(inner);
        rows.sort_by(|a, b| b.open.cmp(&a.open).then_with(|| b.reference.cmp(&a.reference)));
        Ok(rows)
    }

    /// The cases that were opened as following this one, in the order of their disclosures.
    pub(super) fn later_than(&self, id: CaseId) -> Result<Vec<CaseId>, Error> {
        let mut inner = self.inner();
        let later = inner.listing()?.lines.values().filter(|line| line.earlier == Some(id));
        let mut later: Vec<_> = later.map(|line| (line.row.disclosed_on, line.row.id)).collect();
        later.sort_unstable();
        Ok(later.into_iter().map(|(_, id)| id).collect())
    }

    /// What cases can be chosen by.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn case_filters(&self) -> Result<CaseFilters, Error> {
        let mut inner = self.inner();
        let lines = &inner.listing()?.lines;
        let years: BTreeSet<i32> = lines.values().map(|line| line.row.disclosed_on.year()).collect();
        let platforms: BTreeSet<&String> = lines.values().flat_map(|line| &line.platforms).collect();
        let cited: BTreeSet<&String> = lines.values().flat_map(|line| &line.clauses).collect();
        let own = |key: &&&String| {
            self.policy().clause(key).is_some_and(|clause| clause.kind == ClauseKind::Policy)
        };
        Ok(CaseFilters {
            years: years.into_iter().rev().collect(),
            platforms: platforms.into_iter().cloned().collect(),
            clauses: cited.iter().filter(own).map(|key| (*key).clone()).collect(),
        })
    }
}

impl Inner {
    /// The list, up to the journal's end. Where reading fails it is read anew the next time.
    fn listing(&mut self) -> Result<&Listing, Error> {
        let listing = match self.listing.take() {
            Some(listing) => listing.caught_up(&self.store)?,
            None => Listing::read(&self.store)?,
        };
        Ok(self.listing.insert(listing))
    }
}

impl Listing {
    /// All of it, each kind of record read once.
    fn read(store: &Store) -> Result<Self, Error> {
        let seen = store.head()?.seq();
        let people = store.list::<Person>()?;
        let names: HashMap<PersonId, &Person> = people.iter().map(|person| (person.id, person)).collect();
        let mut of: HashMap<CaseId, Gathered> = HashMap::new();
        for action in store.list::<ActionItem>()? {
            of.entry(action.case).or_default().action(&action);
        }
        for occasion in store.list::<Occasion>()? {
            of.entry(occasion.case).or_default().occasion(occasion);
        }
        for made in store.list::<DecisionRecord>()? {
            of.entry(made.case).or_default().decision(made);
        }
        let mut lines = BTreeMap::new();
        for case in store.list::<Case>()? {
            let gathered = of.remove(&case.id).unwrap_or_default();
            lines.insert(case.id, Line::new(&case, names.get(&case.target).copied(), gathered));
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
                    let mut gathered = Gathered::default();
                    store.list_in(id)?.iter().for_each(|action| gathered.action(action));
                    store.list_in(id)?.into_iter().for_each(|occasion| gathered.occasion(occasion));
                    store.list_in(id)?.into_iter().for_each(|made| gathered.decision(made));
                    self.lines.insert(id, Line::new(&case, target.as_ref(), gathered));
                }
            }
        }
        Ok(self)
    }
}

/// What a case's records come to in its line.
#[derive(Default)]
struct Gathered {
    next_due: Option<Day>,
    platforms: BTreeSet<String>,
    duty: Option<Duty>,
    clauses: Vec<String>,
}

impl Gathered {
    fn action(&mut self, action: &ActionItem) {
        if action.state == ActionState::Open {
            self.next_due = Some(self.next_due.map_or(action.due, |due| due.min(action.due)));
        }
    }

    fn occasion(&mut self, occasion: Occasion) {
        self.platforms.insert(occasion.platform);
    }

    /// The last one is in force.
    fn decision(&mut self, made: DecisionRecord) {
        self.duty = made.decision.duty.first().copied();
        self.clauses = made.decision.cites;
    }
}

impl Line {
    fn new(case: &Case, target: Option<&Person>, gathered: Gathered) -> Self {
        let Gathered { next_due, platforms, duty, clauses } = gathered;
        let row = CaseRow {
            id: case.id,
            reference: case.reference.clone(),
            child: target.map_or(String::new(), |person| person.name.full().to_owned()),
            disclosed_on: case.disclosed_on,
            open: case.state == CaseState::Open,
            duty: String::new(),
            next_due,
        };
        Self { target: case.target, duty, platforms, clauses, earlier: case.earlier, row }
    }

    fn fits(&self, filter: &CaseFilter) -> bool {
        filter.open.is_none_or(|open| self.row.open == open)
            && filter.year.is_none_or(|year| self.row.disclosed_on.year() == year)
            && filter.platform.as_ref().is_none_or(|platform| self.platforms.contains(platform))
            && filter.clause.as_ref().is_none_or(|clause| self.clauses.contains(clause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::domain::Name;

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
        session.amend_person(&child, "Spelt as on the register.").unwrap();
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

    #[test]
    fn cases_are_chosen_by_state_year_platform_and_clause() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let all = session.cases("").unwrap();
        let filters = session.case_filters().unwrap();
        assert!(filters.clauses.iter().any(|key| key == "CB-E1"), "{:?}", filters.clauses);
        assert!(!filters.platforms.is_empty() && filters.years.is_sorted_by(|a, b| a > b));

        // Each choice leaves exactly those that have it, and every case has each kind of choice somewhere.
        let count = |filter: &CaseFilter| session.find_cases("", filter).unwrap().len();
        let none = CaseFilter::default();
        let states = [true, false].map(|open| count(&CaseFilter { open: Some(open), ..none.clone() }));
        assert_eq!(states.iter().sum::<usize>(), all.len());
        let years = filters.years.iter().map(|year| count(&CaseFilter { year: Some(*year), ..none.clone() }));
        assert_eq!(years.sum::<usize>(), all.len());
        for platform in &filters.platforms {
            let chosen = CaseFilter { platform: Some(platform.clone()), ..none.clone() };
            for row in session.find_cases("", &chosen).unwrap() {
                let view = session.case(row.id).unwrap();
                assert!(view.occasions.iter().any(|occasion| &occasion.platform == platform));
            }
        }
        for clause in &filters.clauses {
            let chosen = CaseFilter { clause: Some(clause.clone()), ..none.clone() };
            let rows = session.find_cases("", &chosen).unwrap();
            let cited = |row: &&CaseRow| {
                session
                    .case(row.id)
                    .unwrap()
                    .decision()
                    .is_some_and(|made| made.decision.cites.contains(clause))
            };
            assert!(!rows.is_empty());
            assert_eq!(rows.len(), all.iter().filter(cited).count(), "{clause}");
        }

        // With words typed, both must hold.
        let typed = all[0].reference.as_str();
        let other = CaseFilter { open: Some(!all[0].open), ..none };
        assert_eq!(session.find_cases(typed, &other).unwrap(), []);
    }
}
