//! The search: is there any combination of facts for which a formula holds, and which is the smallest?

use super::formula::{Formula, Pack};
use crate::domain::{Vocabulary, Who};
use crate::policy::condition::{Mask, values_in};
use crate::policy::view::{Subject, Truth, View};
use crate::policy::{Fact, Policy, Test};

/// A search over one pack.
pub(super) struct Search<'p> {
    /// What cannot be otherwise in the world: a child who is under age has an account, an adult is not under ten.
    world: Formula<'p>,
    people: usize,
    /// The values that a fact can have, those that no rule tells apart only once, the quietest first.
    domains: Vec<Vec<Mask>>,
    combinations: u128,
    /// How many cases were told apart so far.
    pub(super) cases: u64,
}

/// A combination of facts: what had to be known of it, and nothing else.
pub(super) struct Example(View);

impl<'p> Search<'p> {
    pub(super) fn new(pack: &Pack<'p>) -> Self {
        let tests: Vec<&Test> = pack.policy.rules.iter().flat_map(|r| r.when.iter().flatten()).collect();
        let world = world(pack.people);
        let mut combinations = 1_u128;
        let mut domains = Vec::new();
        for fact in Fact::ALL {
            let all = possible(*fact);
            if tests.iter().any(|test| test.fact == *fact) {
                let times = if fact.is_of_one_actor() { pack.people } else { 1 };
                for _ in 0..times {
                    combinations = combinations.saturating_mul(all.len() as u128);
                }
            }
            domains.push(told_apart(&all, *fact, &tests));
        }
        Self { world, people: pack.people, domains, combinations, cases: 0 }
    }

    /// The combinations of the facts that the rules mention.
    pub(super) fn combinations(&self) -> u128 {
        self.combinations
    }

    /// Whether a formula can hold at all.
    pub(super) fn can_hold(&mut self, formula: &Formula<'p>) -> bool {
        let mut view = View::unknown(self.people);
        self.find(&mut view, formula, u32::MAX)
    }

    /// The combination with the fewest unusual facts for which a formula holds.
    pub(super) fn smallest(&mut self, formula: &Formula<'p>) -> Option<Example> {
        if !self.can_hold(formula) {
            return None;
        }
        (0..=u32::try_from(Fact::COUNT).unwrap_or(u32::MAX)).find_map(|unusual| {
            let mut view = View::unknown(self.people);
            self.find(&mut view, formula, unusual).then_some(Example(view))
        })
    }

    /// Splits on one fact after the other until the formula holds. Leaves the view as it was where it never does.
    fn find(&mut self, view: &mut View, formula: &Formula<'p>, unusual: u32) -> bool {
        let holds = match self.world.truth(view) {
            Truth::No => Truth::No,
            world => Truth::all([formula.truth(view), world]),
        };
        let split = match holds {
            Truth::No => None,
            Truth::Yes => {
                self.cases += 1;
                return true;
            }
            Truth::Open => formula.depends_on(view).or_else(|| self.world.depends_on(view)),
        };
        let Some((fact, subject)) = split else {
            self.cases += 1;
            return false;
        };
        let quiet = quiet(fact);
        for at in 0..self.domains[fact as usize].len() {
            let held = self.domains[fact as usize][at];
            let costs = u32::from(held != quiet && !is_counted_out(fact));
            let Some(left) = unusual.checked_sub(costs) else { continue };
            *slot(view, fact, subject) = Some(held);
            if self.find(view, formula, left) {
                return true;
            }
            *slot(view, fact, subject) = None;
        }
        false
    }
}

fn slot(view: &mut View, fact: Fact, subject: Subject) -> &mut Option<Mask> {
    match subject {
        Some(at) if fact.is_of_one_actor() => &mut view.actors[at][fact as usize],
        _ => &mut view.case[fact as usize],
    }
}

/// Facts that follow from who is alleged, and are not said of their own.
fn is_counted_out(fact: Fact) -> bool {
    matches!(fact, Fact::MixedActors | Fact::SoleActor)
}

/// What holds where nothing is out of the ordinary.
fn quiet(fact: Fact) -> Mask {
    match fact {
        Fact::Account => 0,
        Fact::CrimeFlags | Fact::Prejudice | Fact::Continuing => last(fact),
        _ => 1,
    }
}

fn last(fact: Fact) -> Mask {
    1 << (fact.values().len() - 1)
}

/// Every set of values that a fact can have, the quietest first and then the smallest.
fn possible(fact: Fact) -> Vec<Mask> {
    let values = fact.values();
    let all: Mask = (1 << values.len()) - 1;
    let mut masks: Vec<Mask> = if fact.is_many() {
        // “None” and “not known” stand alone.
        let alone = |at: &usize| {
            let social = fact == Fact::SocialCare && values[*at] == "unknown";
            values[*at] == "none" || social
        };
        let alone = (0..values.len()).filter(alone).fold(0, |mask, at| mask | 1 << at);
        let empty = matches!(fact, Fact::Setting | Fact::Account);
        (0..=all)
            .filter(|mask| (*mask != 0 || empty) && (mask & alone == 0 || mask.is_power_of_two()))
            .collect()
    } else {
        (0..values.len()).map(|at| 1 << at).collect()
    };
    masks.sort_by_key(|mask| (*mask != quiet(fact), mask.count_ones(), *mask));
    masks
}

/// One of each kind that the tests tell apart.
fn told_apart(masks: &[Mask], fact: Fact, tests: &[&Test]) -> Vec<Mask> {
    // The laws name single values too, so a value alone always stands for itself.
    let singles: Vec<Mask> = masks.iter().copied().filter(|mask| mask.count_ones() <= 1).collect();
    let kind = |mask: Mask| -> Vec<bool> {
        tests.iter().filter(|test| test.fact == fact).map(|test| test.holds(mask)).collect()
    };
    let mut kinds: Vec<Vec<bool>> = singles.iter().map(|mask| kind(*mask)).collect();
    let mut apart = singles;
    for mask in masks.iter().filter(|mask| mask.count_ones() > 1) {
        let this = kind(*mask);
        if !kinds.contains(&this) {
            kinds.push(this);
            apart.push(*mask);
        }
    }
    apart
}

fn world<'p>(people: usize) -> Formula<'p> {
    use Formula as F;
    let under_age = || F::yes(Fact::UnderAge, None);
    let account = || F::named(Fact::Account, !0, None);
    let old = || F::yes(Fact::AgeFigure, None);
    let mut parts = vec![
        F::Any(vec![under_age(), account().not().and(old().not())]),
        F::Any(vec![under_age().not(), account()]),
    ];
    for actor in (0..people).map(Some) {
        let adults = [Who::ParentAdult, Who::OtherAdult, Who::Staff, Who::FormerStaff, Who::Head];
        let adult = F::is(Fact::Actor, &adults, actor);
        parts.push(adult.and(F::yes(Fact::UnderTen, actor)).not());
        let pupil = F::is(Fact::Actor, &[Who::CurrentPupil], actor);
        parts.push(F::Any(vec![pupil, F::yes(Fact::Part, actor).not()]));
    }
    let mixed = F::yes(Fact::MixedActors, None);
    let sole = F::yes(Fact::SoleActor, None);
    if people == 1 {
        parts.extend([mixed.not(), sole]);
    } else {
        let alike = |who: &Who| {
            let of = |actor| F::is(Fact::Actor, &[*who], Some(actor));
            of(0).and(of(1))
        };
        let alike = F::Any(Who::ALL.iter().map(alike).collect());
        parts.push(sole.not());
        parts.push(F::Any(vec![mixed.clone(), alike.clone()]));
        parts.push(mixed.and(alike).not());
    }
    F::All(parts)
}

impl Example {
    /// In the pack's words: who they are, and whatever else it takes.
    pub(super) fn in_words(&self, policy: &Policy) -> String {
        let mut said = Vec::new();
        let mut say = |fact: Fact, held: Option<Mask>, whose: &str| {
            let Some(held) = held.filter(|_| !is_counted_out(fact)) else { return };
            let who = matches!(fact, Fact::Target | Fact::Actor);
            if who || held != quiet(fact) {
                let values =
                    values_in(fact, held).into_iter().map(|v| format!("“{}”", policy.value(fact, v)));
                let values: Vec<String> = values.collect();
                let values = if values.is_empty() { "nothing".to_owned() } else { values.join(" and ") };
                said.push(format!("{}{whose}: {values}", policy.short(fact)));
            }
        };
        let several = self.0.actors.len() > 1;
        for fact in Fact::ALL.iter().filter(|fact| !fact.is_of_one_actor()) {
            say(*fact, self.0.case[*fact as usize], "");
        }
        for (at, row) in self.0.actors.iter().enumerate() {
            let whose = if several { format!(" ({})", ["A", "B"][at.min(1)]) } else { String::new() };
            for fact in Fact::ALL.iter().filter(|fact| fact.is_of_one_actor()) {
                say(*fact, row[*fact as usize], &whose);
            }
        }
        if said.is_empty() {
            return "For example: whatever the facts are.".into();
        }
        format!("For example: {}.", said.join("; "))
    }
}
