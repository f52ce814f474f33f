//! What is known of a disclosure, and what follows from it: each fact's values as bits, or nothing where it is not known
//! yet, and whether a test, a line or a rule then holds, does not hold, or is still open.
//!
//! One reading serves three askers: the evaluation (everything known), the wizard (what can a question still change?) and
//! the checker (is there any combination that breaks a law?). No answers are read here and nothing is decided.

use super::condition::Mask;
use super::{Fact, Line, Mode, Rule, Test};

/// Whether something holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// It depends on what is not known yet.
    Open,
}

impl Truth {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    pub(super) fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Open => Self::Open,
        }
    }

    /// Yes when all are; no as soon as one is not.
    pub(super) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Yes;
        for truth in truths {
            match truth {
                Self::No => return Self::No,
                Self::Open => all = Self::Open,
                Self::Yes => {}
            }
        }
        all
    }

    /// Yes as soon as one is; no when none is.
    pub(super) fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        Self::all(truths.into_iter().map(Self::not)).not()
    }
}

/// The values of each fact that hold; nothing where that is not known.
pub(super) type Row = [Option<Mask>; Fact::COUNT];

/// What is known: once for the case, and once for each person alleged.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) case: Row,
    pub(super) actors: Vec<Row>,
}

/// For whom a rule is read: the place of a person alleged, or the case as a whole.
pub(super) type Subject = Option<usize>;

impl View {
    /// Nothing known, of so many people alleged.
    pub(super) fn unknown(actors: usize) -> Self {
        Self { case: [None; Fact::COUNT], actors: vec![[None; Fact::COUNT]; actors] }
    }

    /// Forgets what is known of some facts.
    pub(super) fn blank(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.case[*fact as usize] = None;
            self.actors.iter_mut().for_each(|row| row[*fact as usize] = None);
        }
    }

    /// The subjects for whom a rule is read.
    pub(super) fn subjects(&self, rule: &Rule) -> Vec<Subject> {
        if rule.each_actor { (0..self.actors.len()).map(Some).collect() } else { vec![None] }
    }

    /// The values that are known to hold. For the case as a whole, a fact of those alleged has all of theirs.
    pub(super) fn held(&self, fact: Fact, subject: Subject) -> Option<Mask> {
        match (fact.is_of_one_actor(), subject) {
            (false, _) => self.case[fact as usize],
            (true, Some(at)) => self.actors.get(at).and_then(|row| row[fact as usize]),
            (true, None) => {
                self.actors.iter().try_fold(0, |all, row| row[fact as usize].map(|held| all | held))
            }
        }
    }

    pub(super) fn test(&self, test: &Test, subject: Subject) -> Truth {
        let one = |held: Option<Mask>| held.map_or(Truth::Open, |held| Truth::of(test.holds(held)));
        if subject.is_some() || !test.fact.is_of_one_actor() {
            return one(self.held(test.fact, subject));
        }
        let each = self.actors.iter().map(|row| one(row[test.fact as usize]));
        match test.mode {
            Mode::Some => Truth::any(each),
            Mode::Every if self.actors.is_empty() => Truth::No,
            Mode::None | Mode::Every => Truth::all(each),
        }
    }

    pub(super) fn line(&self, line: &Line, subject: Subject) -> Truth {
        Truth::any(line.iter().map(|test| self.test(test, subject)))
    }

    pub(super) fn rule(&self, rule: &Rule, subject: Subject) -> Truth {
        Truth::all(rule.when.iter().map(|line| self.line(line, subject)))
    }
}
