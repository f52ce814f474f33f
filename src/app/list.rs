//! The list of cases, and finding one in it. Each case's line is kept in the case file and kept up with every change, so
//! that a key typed into the search costs the same with ten thousand cases as with ten. Which words find a case, `found_by`
//! says.

use super::{Error, Session, found_by};
use crate::domain::{
    ActionItem, ActionState, Case, CaseId, CaseState, Day, DecisionRecord, Occasion, Person, Vocabulary,
};
use crate::policy::ClauseKind;
use crate::store::{self, CaseLine, Event, Mark, Record, Stamp, Wanted, Writing};
use std::collections::{BTreeMap, BTreeSet};

/// Lines a page of the whole list: more than anybody reads through.
pub const MOST: usize = 100;
/// Lines a page of what was found: two screens full. What a search costs goes with the lines it gives, and each key typed
/// is a search.
pub const FOUND: usize = 25;

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

/// The lines found, and whether there are more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseList {
    /// Open ones and the newest first; of what was found, the newest first.
    pub rows: Vec<CaseRow>,
    /// There are older ones: another page shows them.
    pub more: bool,
}

impl Session {
    /// The first page of the cases that match what is typed; of all of them where nothing is typed.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn cases(&self, typed: &str) -> Result<Vec<CaseRow>, Error> {
        Ok(self.find_cases(typed, &CaseFilter::default(), 1)?.rows)
    }

    /// The cases that match what is typed, the newest first, or where nothing is typed all of them, open ones first; of
    /// these only what is chosen. So many pages of them: of [`FOUND`] lines, or [`MOST`].
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn find_cases(&self, typed: &str, filter: &CaseFilter, pages: usize) -> Result<CaseList, Error> {
        let marks = [
            filter.year.map(|year| (Mark::Year, year_mark(year))),
            filter.platform.clone().map(|platform| (Mark::Platform, platform)),
            filter.clause.clone().map(|clause| (Mark::Clause, clause)),
        ];
        // One more than is shown, to know whether there is one.
        let searched = !typed.trim().is_empty();
        let shown = pages.saturating_mul(if searched { FOUND } else { MOST });
        let most = u32::try_from(shown.saturating_add(1)).unwrap_or(u32::MAX);
        let wanted = Wanted { typed, open: filter.open, marks: marks.into_iter().flatten().collect(), most };
        self.keep_lines_up()?;
        let mut lines = self.inner().store.lines(&wanted)?;
        let more = lines.len() > shown;
        lines.truncate(shown);
        // As the policy in force words them, each once.
        let mut titles = BTreeMap::new();
        let mut worded = |duty: String| {
            if duty.is_empty() {
                return duty;
            }
            titles.entry(duty).or_insert_with_key(|duty| self.policy().wording(duty).title).clone()
        };
        let rows = lines.into_iter().map(|line| CaseRow {
            id: line.id,
            reference: line.reference,
            child: line.child,
            disclosed_on: line.disclosed_on,
            open: line.open,
            duty: worded(line.duty),
            next_due: line.next_due,
        });
        Ok(CaseList { rows: rows.collect(), more })
    }

    /// The cases that were opened as following this one, in the order of their disclosures.
    pub(super) fn later_than(&self, id: CaseId) -> Result<Vec<CaseId>, Error> {
        let marks = vec![(Mark::Earlier, id.to_string())];
        self.keep_lines_up()?;
        let later = self.inner().store.lines(&Wanted { marks, most: u32::MAX, ..Wanted::default() })?;
        let mut later: Vec<_> = later.into_iter().map(|line| (line.disclosed_on, line.id)).collect();
        later.sort_unstable();
        Ok(later.into_iter().map(|(_, id)| id).collect())
    }

    /// What cases can be chosen by.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn case_filters(&self) -> Result<CaseFilters, Error> {
        self.keep_lines_up()?;
        let of = |kind| self.inner().store.line_values(kind);
        let years = of(Mark::Year)?;
        let mut clauses = of(Mark::Clause)?;
        clauses
            .retain(|key| self.policy().clause(key).is_some_and(|clause| clause.kind == ClauseKind::Policy));
        Ok(CaseFilters {
            years: years.iter().rev().filter_map(|year| year.parse().ok()).collect(),
            platforms: of(Mark::Platform)?,
            clauses,
        })
    }

    /// Makes the lines of what was written without them: by an older Casebook. Mostly there is nothing to do.
    ///
    /// # Errors
    /// The case file cannot be read or written.
    pub(super) fn keep_lines_up(&self) -> Result<(), Error> {
        let mut inner = self.inner();
        let store = &mut inner.store;
        // What is written to a key alone changes no line; the next change of a record counts it in.
        if store.journal_after(store.lines_seen()?)?.iter().all(is_of_no_line) {
            return Ok(());
        }
        let stamp = Stamp { at: self.now(), actor: self.actor() };
        store.write(&stamp, "the list of cases", |w| {
            let lines = lines_since(w)?;
            keep(w, lines)
        })?;
        Ok(())
    }
}

/// Keeps the lines up with a change, as a part of it. What cannot be read is no reason not to write: the list says so
/// when it is next looked at.
pub(super) fn keep_up(w: &mut Writing<'_>) -> Result<(), store::Error> {
    match lines_since(w) {
        Ok(lines) => keep(w, lines),
        Err(_) => Ok(()),
    }
}

/// A line, with what it is chosen by and the words by which the case is found.
type Line = (CaseLine, Vec<(Mark, String)>, String);

/// A case, with its line where it has one.
type Kept = (CaseId, Option<Line>);

fn keep(w: &mut Writing<'_>, lines: Vec<Kept>) -> Result<(), store::Error> {
    let mut found_by = Vec::new();
    for (id, line) in lines {
        match line {
            Some((line, marks, words)) => {
                w.keep_line(&line, &marks)?;
                found_by.push((id, words));
            }
            None => w.remove_line(id)?,
        }
    }
    w.index_many(&found_by)?;
    w.lines_are_kept_up()
}

fn is_of_no_line(event: &Event) -> bool {
    event.case.is_none() && event.kind != Person::KIND
}

/// The lines of all cases of which something was written since they were last kept up.
fn lines_since(w: &Writing<'_>) -> Result<Vec<Kept>, store::Error> {
    let mut stale = BTreeSet::new();
    for event in w.since_the_lines()? {
        stale.extend(event.case);
        if event.kind == Person::KIND {
            stale.extend(w.lines_naming(&event.id)?);
        }
    }
    stale.into_iter().map(|id| Ok((id, line_of(w, id)?))).collect()
}

/// A case's line, from its records.
fn line_of(w: &Writing<'_>, id: CaseId) -> Result<Option<Line>, store::Error> {
    let Some(case) = w.get::<Case>(&id.to_string())? else { return Ok(None) };
    let child = w.get::<Person>(&case.target.to_string())?;
    let (occasions, actions) = (w.list_in::<Occasion>(id)?, w.list_in::<ActionItem>(id)?);
    let mut decisions = w.list_in::<DecisionRecord>(id)?;
    let words = found_by::found_by(w, &case, &occasions, &actions, &decisions)?;
    let open_actions = actions.into_iter().filter(|action| action.state == ActionState::Open);
    // The last one is in force.
    let made = decisions.pop();
    let platforms = occasions.into_iter().map(|occasion| (Mark::Platform, occasion.platform));
    let mut marks: Vec<(Mark, String)> = platforms.collect();
    let people = std::iter::once(&case.target).chain(&case.alleged);
    marks.extend(people.map(|person| (Mark::Person, person.to_string())));
    marks.push((Mark::Year, year_mark(case.disclosed_on.year())));
    marks.extend(case.earlier.map(|earlier| (Mark::Earlier, earlier.to_string())));
    let duty = made.as_ref().and_then(|made| made.decision.duty.first().copied());
    marks.extend(made.into_iter().flat_map(|made| made.decision.cites).map(|clause| (Mark::Clause, clause)));
    let line = CaseLine {
        id,
        child: child.map_or(String::new(), |person| person.name.full().to_owned()),
        target: case.target,
        disclosed_on: case.disclosed_on,
        open: case.state == CaseState::Open,
        duty: duty.map_or(String::new(), |duty| duty.id().to_owned()),
        next_due: open_actions.map(|action| action.due).min(),
        reference: case.reference,
    };
    Ok(Some((line, marks, words)))
}

/// As years sort.
fn year_mark(year: i32) -> String {
    format!("{year:04}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::demo;
    use crate::domain::Name;

    /// The list as it was kept up, which must be what making it anew gives.
    fn kept_up(session: &Session) -> Vec<CaseRow> {
        let rows = session.cases("").unwrap();
        let filters = session.case_filters().unwrap();
        let stamp = Stamp { at: session.now(), actor: "Test" };
        let anew = |w: &mut Writing<'_>| {
            for row in &rows {
                w.remove_line(row.id)?;
                let line = line_of(w, row.id)?;
                keep(w, vec![(row.id, line)])?;
            }
            Ok(())
        };
        session.inner().store.write(&stamp, "anew", anew).unwrap();
        assert_eq!(session.cases("").unwrap(), rows);
        assert_eq!(session.case_filters().unwrap(), filters);
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
        let count = |filter: &CaseFilter| session.find_cases("", filter, 1).unwrap().rows.len();
        let none = CaseFilter::default();
        let states = [true, false].map(|open| count(&CaseFilter { open: Some(open), ..none.clone() }));
        assert_eq!(states.iter().sum::<usize>(), all.len());
        let years = filters.years.iter().map(|year| count(&CaseFilter { year: Some(*year), ..none.clone() }));
        assert_eq!(years.sum::<usize>(), all.len());
        for platform in &filters.platforms {
            let chosen = CaseFilter { platform: Some(platform.clone()), ..none.clone() };
            for row in session.find_cases("", &chosen, 1).unwrap().rows {
                let view = session.case(row.id).unwrap();
                assert!(view.occasions.iter().any(|occasion| &occasion.platform == platform));
            }
        }
        for clause in &filters.clauses {
            let chosen = CaseFilter { clause: Some(clause.clone()), ..none.clone() };
            let rows = session.find_cases("", &chosen, 1).unwrap().rows;
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
        assert_eq!(session.find_cases(typed, &other, 1).unwrap().rows, []);
    }
}
