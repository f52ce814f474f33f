//! What is asked of a pack, as a formula over its rules: who is given a duty, what is offered, what is held back.

use crate::domain::{Choice, Duty, Gate, LetterCode, Vocabulary};
use crate::policy::condition::Mask;
use crate::policy::effect::Whom;
use crate::policy::view::{Subject, Truth, View};
use crate::policy::{About, Fact, Forbidden, Mode, Policy, Rule, Test};

/// Something that holds or does not, whatever the facts are.
#[derive(Debug, Clone)]
pub(super) enum Formula<'p> {
    /// All lines of a rule.
    Rule(&'p Rule, Subject),
    Test(Test, Subject),
    All(Vec<Formula<'p>>),
    Any(Vec<Formula<'p>>),
    Not(Box<Formula<'p>>),
}

impl Formula<'_> {
    pub(super) fn is<V: Vocabulary>(fact: Fact, values: &[V], subject: Subject) -> Self {
        let bit = |value: &V| V::ALL.iter().position(|v| v == value).map_or(0, |at| 1 << at);
        Self::named(fact, values.iter().fold(0, |all, value| all | bit(value)), subject)
    }

    /// A fact of yes and no: `no` is its first value, `yes` the second.
    pub(super) fn yes(fact: Fact, subject: Subject) -> Self {
        Self::named(fact, 0b10, subject)
    }

    pub(super) fn named(fact: Fact, named: Mask, subject: Subject) -> Self {
        Self::Test(Test { fact, mode: Mode::Some, named }, subject)
    }

    pub(super) fn not(self) -> Self {
        Self::Not(Box::new(self))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self::All(vec![self, other])
    }

    pub(super) fn truth(&self, view: &View) -> Truth {
        match self {
            Self::Rule(rule, subject) => view.rule(rule, *subject),
            Self::Test(test, subject) => view.test(test, *subject),
            Self::All(parts) => Truth::all(parts.iter().map(|part| part.truth(view))),
            Self::Any(parts) => Truth::any(parts.iter().map(|part| part.truth(view))),
            Self::Not(part) => part.truth(view).not(),
        }
    }

    /// The first fact, of the case or of one person, on which the truth still depends.
    pub(super) fn depends_on(&self, view: &View) -> Option<(Fact, Subject)> {
        if self.truth(view) != Truth::Open {
            return None;
        }
        match self {
            Self::Rule(rule, subject) => {
                let mut lines = rule.when.iter().filter(|line| view.line(line, *subject) == Truth::Open);
                lines.find_map(|line| line.iter().find_map(|test| unknown(view, test.fact, *subject)))
            }
            Self::Test(test, subject) => unknown(view, test.fact, *subject),
            Self::All(parts) | Self::Any(parts) => parts.iter().find_map(|part| part.depends_on(view)),
            Self::Not(part) => part.depends_on(view),
        }
    }
}

fn unknown(view: &View, fact: Fact, subject: Subject) -> Option<(Fact, Subject)> {
    match (fact.is_of_one_actor(), subject) {
        (true, None) => (0..view.actors.len()).find_map(|at| unknown(view, fact, Some(at))),
        (true, subject) => view.held(fact, subject).is_none().then_some((fact, subject)),
        (false, _) => view.held(fact, None).is_none().then_some((fact, None)),
    }
}

/// A pack, with so many people alleged.
pub(super) struct Pack<'p> {
    pub(super) policy: &'p Policy,
    pub(super) people: usize,
}

impl<'p> Pack<'p> {
    pub(super) fn new(policy: &'p Policy, people: usize) -> Self {
        Self { policy, people }
    }

    pub(super) fn actors(&self) -> impl Iterator<Item = Subject> + use<> {
        (0..self.people).map(Some)
    }

    /// Each rule with each subject for whom it is read.
    pub(super) fn readings(&self) -> impl Iterator<Item = (&'p Rule, Subject)> + '_ {
        self.policy.rules.iter().flat_map(|rule| {
            let subjects: Vec<Subject> = if rule.each_actor { self.actors().collect() } else { vec![None] };
            subjects.into_iter().map(move |subject| (rule, subject))
        })
    }

    /// A rule that holds and is not held back.
    pub(super) fn active(&self, rule: &'p Rule, subject: Subject) -> Formula<'p> {
        let holds = Formula::Rule(rule, subject);
        if !rule.school_route {
            return holds;
        }
        let pausing = self.readings().filter(|(rule, _)| rule.then.pauses);
        holds.and(Formula::Any(pausing.map(|(rule, subject)| Formula::Rule(rule, subject)).collect()).not())
    }

    /// Any active rule that does something of the sort.
    pub(super) fn any(&self, does: impl Fn(&'p Rule, Subject) -> bool) -> Formula<'p> {
        let readings = self.readings().filter(|(rule, subject)| does(rule, *subject));
        Formula::Any(readings.map(|(rule, subject)| self.active(rule, subject)).collect())
    }

    pub(super) fn duty(&self, duty: Duty) -> Formula<'p> {
        self.any(|rule, _| rule.then.duty.contains(&duty))
    }

    pub(super) fn gate(&self, gate: Gate) -> Formula<'p> {
        self.any(|rule, _| rule.then.gates.contains(&gate))
    }

    pub(super) fn forbidden(&self, what: Forbidden) -> Formula<'p> {
        self.any(|rule, _| rule.then.forbids.contains(&what))
    }

    /// An option that is offered in the end.
    pub(super) fn option(&self, choice: Choice) -> Formula<'p> {
        let offered = self.any(|rule, _| rule.then.options.contains(&choice));
        self.forbidden(Forbidden::Choice(choice)).not().and(offered)
    }

    /// Any letter of a code that may be written to somebody in the end.
    pub(super) fn letter(&self, code: LetterCode, whom: Whom) -> Formula<'p> {
        let offered = self
            .any(|rule, subject| self.policy.letters_of(rule, subject, self.people).contains(&(code, whom)));
        self.held_back(code, whom).not().and(offered)
    }

    /// What keeps a letter from somebody's home.
    pub(super) fn held_back(&self, code: LetterCode, whom: Whom) -> Formula<'p> {
        let home = |about: &About| match whom {
            Whom::Case => false,
            // A letter to another school goes to its lead, not to the home.
            _ if code == LetterCode::NewSchool => false,
            Whom::Target => !matches!(about, About::Actor),
            Whom::Actor(_) => !matches!(about, About::Target),
        };
        self.any(|rule, subject| {
            let theirs = subject.is_none_or(|at| whom == Whom::Actor(at));
            theirs && rule.then.forbids.contains(&Forbidden::Letter(code))
                || rule.then.blocks.iter().any(home)
        })
    }
}
