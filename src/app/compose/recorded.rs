//! The occasions that a police summary lists and counts: those of the case, and those that earlier linked cases recorded
//! between the same people. They have one row of numbers, and each says which case it comes from.

use super::Source;
use super::evidence::{self, Piece};
use crate::app::{CaseView, Error};
use crate::documents::template::fields::{EvidenceRow, OccasionGroup, OccasionRow, PatternRow};
use crate::domain::{CaseId, CaseState, Day, Occasion, Person, PersonId, Vocabulary};
use crate::policy::Fact;
use std::borrow::Cow;

/// Every occasion of a summary, by the case that recorded it.
pub(super) struct Recorded<'a> {
    source: &'a Source<'a>,
    /// The earliest case first; that of the summary last.
    cases: Vec<OfCase<'a>>,
}

/// What one case recorded.
struct OfCase<'a> {
    view: Cow<'a, CaseView>,
    /// An earlier case; otherwise that of the summary.
    earlier: bool,
    /// Those that count, with their places in the case.
    occasions: Vec<(usize, Occasion)>,
}

/// An occasion with its number in the summary.
struct Numbered<'a> {
    number: usize,
    of: &'a OfCase<'a>,
    at: usize,
    occasion: &'a Occasion,
}

impl<'a> Recorded<'a> {
    pub(super) fn of(source: &'a Source<'a>) -> Result<Self, Error> {
        // Which earlier cases and which of their occasions count is what the decision is made by.
        let counted = source.session.earlier(&source.view.as_disclosure())?.occasions;
        let mut ids: Vec<CaseId> = Vec::new();
        for occasion in &counted {
            if !ids.contains(&occasion.case) {
                ids.push(occasion.case);
            }
        }
        let mut cases = Vec::new();
        for id in ids {
            let view = source.session.case(id)?;
            let all = view.occasions.iter().cloned().enumerate();
            let occasions = all.filter(|(_, o)| counted.iter().any(|it| it.id == o.id)).collect();
            cases.push(OfCase { view: Cow::Owned(view), earlier: true, occasions });
        }
        let occasions = source.view.occasions.iter().cloned().enumerate().collect();
        cases.push(OfCase { view: Cow::Borrowed(source.view), earlier: false, occasions });
        Ok(Self { source, cases })
    }

    fn numbered(&self) -> impl Iterator<Item = Numbered<'_>> {
        let all = self.cases.iter().flat_map(|of| of.occasions.iter().map(move |(at, it)| (of, *at, it)));
        all.zip(1..).map(|((of, at, occasion), number)| Numbered { number, of, at, occasion })
    }

    /// The references of the earlier cases.
    pub(super) fn earlier(&self) -> Vec<String> {
        let earlier = self.cases.iter().filter(|of| of.earlier);
        earlier.map(|of| of.view.case.reference.clone()).collect()
    }

    /// The rows, a group for each case. Only where there are several do they say which.
    pub(super) fn groups(&self) -> Vec<OccasionGroup> {
        let mut rows = self.numbered().map(|it| self.row(&it));
        let mut group = |of: &OfCase<'_>| OccasionGroup {
            heading: if self.cases.len() > 1 { of.heading() } else { String::new() },
            rows: rows.by_ref().take(of.occasions.len()).collect(),
        };
        let groups = self.cases.iter().map(&mut group);
        groups.filter(|group| !group.rows.is_empty()).collect()
    }

    fn row(&self, it: &Numbered<'_>) -> OccasionRow {
        let source = self.source;
        let evidence = evidence::labels(&it.of.view, it.at, it.occasion);
        let evidence = evidence.iter().map(|label| it.of.labelled(label)).collect::<Vec<_>>();
        OccasionRow {
            number: it.number,
            time: source.time_shown(it.occasion),
            platform: source.seen_where(it.occasion),
            more: source.known_beside(it.occasion),
            ..source.occasion(it.occasion, &evidence.join(", "))
        }
    }

    /// Arithmetic: for each sender and each target, in the order of the people.
    pub(super) fn pattern(&self) -> Vec<PatternRow> {
        let people = &self.source.view.people;
        let pairs = people.iter().flat_map(|from| people.iter().map(move |to| (from.id, to.id)));
        pairs.filter_map(|(from, to)| self.between(from, to)).collect()
    }

    fn between(&self, from: PersonId, to: PersonId) -> Option<PatternRow> {
        let theirs = || self.numbered().filter(|it| it.occasion.by == from && it.occasion.to == to);
        let mut days: Vec<Day> = theirs().map(|it| it.occasion.on).collect();
        days.sort_unstable();
        Some(PatternRow {
            from: self.source.label(from),
            to: self.source.label(to),
            count: days.len(),
            earlier: theirs().filter(|it| it.of.earlier).count(),
            first: *days.first()?,
            last: *days.last()?,
            longest_gap: days.windows(2).map(|pair| pair[1].days_since(pair[0])).max().unwrap_or(0),
        })
    }

    /// The first and the last day on which a person took part; the day of the disclosure where no day is known.
    pub(super) fn span(&self, person: PersonId) -> (Day, Day) {
        let theirs = self.numbered().filter(|it| it.occasion.by == person || it.occasion.to == person);
        let mut days: Vec<Day> = theirs.map(|it| it.occasion.on).collect();
        days.sort_unstable();
        let told = self.source.view.case.disclosed_on;
        (days.first().copied().unwrap_or(told), days.last().copied().unwrap_or(told))
    }

    /// The accounts that somebody's occasions came from, as they were then known: `“@fox”: occasions 1 and 3`.
    pub(super) fn sent_from(&self, person: &Person) -> String {
        let mut accounts: Vec<(String, Vec<String>)> = Vec::new();
        for it in self.numbered().filter(|it| it.occasion.by == person.id) {
            let Some(account) = &it.occasion.more.account else { continue };
            match accounts.iter_mut().find(|(handle, _)| *handle == account.handle) {
                Some((_, numbers)) => numbers.push(it.number.to_string()),
                None => accounts.push((account.handle.clone(), vec![it.number.to_string()])),
            }
        }
        let line = |(handle, numbers): &(String, Vec<String>)| match &numbers[..] {
            [one] => format!("“{handle}”: occasion {one}"),
            many => format!("“{handle}”: occasions {}", many.join(", ")),
        };
        accounts.iter().map(line).collect::<Vec<_>>().join("; ")
    }

    /// What somebody sees occasions linked to: a line for each that says so.
    pub(super) fn links(&self) -> Vec<String> {
        let policy = self.source.session.policy();
        let line = |it: Numbered<'_>| {
            let more = &it.occasion.more;
            let links: Vec<&str> =
                more.prejudice.iter().map(|link| policy.value(Fact::Prejudice, link.id())).collect();
            let by = if more.perceived_by.trim().is_empty() {
                String::new()
            } else {
                format!(". Seen so by: {}", self.source.in_labels(more.perceived_by.trim()))
            };
            (!links.is_empty()).then(|| {
                format!(
                    "Occasion {} is seen as linked to: {}{by}",
                    it.number,
                    links.join("; ").to_lowercase()
                )
            })
        };
        self.numbered().filter_map(line).collect()
    }

    /// What the case keeps or knows the place of, and of earlier cases what shows the occasions that count.
    pub(super) fn evidence(&self) -> Vec<EvidenceRow> {
        let of_case = |of: &OfCase<'_>| {
            let counts = |piece: &Piece| !of.earlier || of.occasions.iter().any(|(_, o)| piece.shows(o));
            let pieces = evidence::pieces(&of.view).into_iter().filter(counts);
            pieces
                .map(|Piece { row, .. }| EvidenceRow {
                    label: of.labelled(&row.label),
                    what: self.source.in_labels(&row.what),
                    held: self.source.in_labels(&row.held),
                    ..row
                })
                .collect::<Vec<_>>()
        };
        // Those of the case itself come first: their labels are those of its bundle.
        self.cases.iter().rev().flat_map(of_case).collect()
    }
}

impl OfCase<'_> {
    fn heading(&self) -> String {
        let reference = &self.view.case.reference;
        match &self.view.case.state {
            _ if !self.earlier => format!("This case, {reference}"),
            CaseState::Open => format!("Earlier case {reference}"),
            CaseState::Closed { on, .. } => format!("Earlier case {reference}, closed on {}", on.plain()),
        }
    }

    /// The label of a piece of evidence; of an earlier case with its reference, because each case counts its own.
    fn labelled(&self, label: &str) -> String {
        if self.earlier { format!("{label} of {}", self.view.case.reference) } else { label.to_owned() }
    }
}
