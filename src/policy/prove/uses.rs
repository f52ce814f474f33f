//! Every rule has its use: it can apply, it adds something that no other rule adds already, and what it offers is not held
//! back whenever it is offered.

use super::Problem;
use super::formula::{Formula, Pack};
use super::search::Search;
use crate::policy::effect::Effect;
use crate::policy::view::Subject;
use crate::policy::{Forbidden, Policy, Rule};

/// A pack with its search and what each of its rules does.
struct Ground<'a, 'p> {
    pack: &'a Pack<'p>,
    search: Search<'p>,
    does: Vec<(&'p Rule, Subject, Vec<Effect<'p>>)>,
}

/// What is wrong with each rule goes to `problems`; returns how much was proved, in how many cases.
pub(super) fn of_rules<'p>(
    policy: &'p Policy,
    packs: &[Pack<'p>],
    problems: &mut Vec<Problem>,
) -> (usize, u64) {
    let ground = |pack| Ground { pack, search: Search::new(pack), does: does(pack) };
    let mut grounds: Vec<Ground<'_, 'p>> = packs.iter().map(ground).collect();
    let mut claims = 0;
    for rule in &policy.rules {
        let wrong = of_rule(policy, rule, &mut grounds, &mut claims);
        problems.extend(wrong.into_iter().map(|what| Problem {
            file: "rules.toml",
            place: rule.id.clone(),
            what,
        }));
    }
    (claims, grounds.iter().map(|ground| ground.search.cases).sum())
}

fn does<'p>(pack: &Pack<'p>) -> Vec<(&'p Rule, Subject, Vec<Effect<'p>>)> {
    pack.readings()
        .map(|(rule, subject)| (rule, subject, pack.policy.effects(rule, subject, pack.people)))
        .collect()
}

fn of_rule<'p>(
    policy: &'p Policy,
    rule: &'p Rule,
    grounds: &mut [Ground<'_, 'p>],
    claims: &mut usize,
) -> Vec<String> {
    let subject = rule.each_actor.then_some(0);
    let mut possible = |formula: &dyn Fn(&Ground<'_, 'p>) -> Formula<'p>| {
        *claims += 1;
        grounds.iter_mut().any(|ground| {
            let formula = formula(ground);
            ground.search.can_hold(&formula)
        })
    };
    if !possible(&|ground| ground.pack.active(rule, subject)) {
        if possible(&|_| Formula::Rule(rule, subject)) {
            return vec![
                "can never apply: whenever its lines hold, another rule holds the school's route back."
                    .into(),
            ];
        }
        return vec![format!("can never apply: {}", exclude(rule, &mut possible))];
    }
    let mut wrong = Vec::new();
    for choice in &rule.then.options {
        let forbidden = Forbidden::Choice(*choice);
        if !possible(&|g| g.pack.active(rule, subject).and(g.pack.forbidden(forbidden).not())) {
            wrong.push(format!(
                "offers {choice}, which is forbidden in every combination in which it is offered."
            ));
        }
    }
    for (code, ..) in &rule.then.actions {
        if !possible(&|g| g.pack.active(rule, subject).and(g.pack.forbidden(Forbidden::Action(*code)).not()))
        {
            wrong.push(format!(
                "asks for {code}, which is forbidden in every combination in which it is asked for."
            ));
        }
    }
    for (code, _) in &rule.then.letters {
        let usable = |g: &Ground<'_, 'p>| {
            let to = policy
                .letters_of(rule, subject, g.pack.people)
                .into_iter()
                .filter(|(letter, _)| letter == code);
            let open = to.map(|(letter, whom)| g.pack.held_back(letter, whom).not()).collect();
            g.pack.active(rule, subject).and(Formula::Any(open))
        };
        if !possible(&usable) {
            wrong.push(format!("offers {code} and it is blocked: in every combination in which it is offered, a rule holds it back."));
        }
    }
    // A rule without an effect only explains, or names who leads.
    let does_something = !policy.effects(rule, subject, 1).is_empty();
    if does_something && !possible(&|ground| adds_alone(ground, rule, subject)) {
        wrong.push(format!(
            "is shadowed: whatever it adds, other rules add already ({}).",
            shadowing(policy, rule)
        ));
    }
    wrong
}

/// The rule is active, and at least one thing that it does is done by no other rule.
fn adds_alone<'p>(ground: &Ground<'_, 'p>, rule: &'p Rule, subject: Subject) -> Formula<'p> {
    let others = |effect: &Effect<'p>| {
        let same =
            ground.does.iter().filter(|(other, _, effects)| other.id != rule.id && effects.contains(effect));
        Formula::Any(same.map(|(other, subject, _)| ground.pack.active(other, *subject)).collect())
    };
    let effects = ground.pack.policy.effects(rule, subject, ground.pack.people);
    let alone = effects.iter().map(|effect| others(effect).not()).collect();
    ground.pack.active(rule, subject).and(Formula::Any(alone))
}

/// The two lines of a rule that exclude each other, in its own words.
fn exclude<'p>(
    rule: &'p Rule,
    possible: &mut impl FnMut(&dyn Fn(&Ground<'_, 'p>) -> Formula<'p>) -> bool,
) -> String {
    let subject = rule.each_actor.then_some(0);
    let line = |at: usize| {
        let tests = rule.when[at].iter().map(|test| Formula::Test(test.clone(), subject));
        Formula::Any(tests.collect())
    };
    let words = |at: usize| {
        let tests: Vec<String> = rule.when[at].iter().map(ToString::to_string).collect();
        format!("“{}”", tests.join(" or "))
    };
    for first in 0..rule.when.len() {
        for second in first + 1..rule.when.len() {
            if !possible(&|_| line(first).and(line(second))) {
                return format!("{} and {} exclude each other.", words(first), words(second));
            }
        }
    }
    let all: Vec<String> = (0..rule.when.len()).map(words).collect();
    format!("no combination makes all of its lines hold: {}.", all.join(", "))
}

/// The rules that do something that this one does too.
fn shadowing(policy: &Policy, rule: &Rule) -> String {
    let pack = Pack::new(policy, 1);
    let does = does(&pack);
    let mine: Vec<&Effect<'_>> =
        does.iter().filter(|(other, ..)| other.id == rule.id).flat_map(|(_, _, effects)| effects).collect();
    let others = does.iter().filter(|(other, _, effects)| {
        other.id != rule.id && effects.iter().any(|effect| mine.contains(&effect))
    });
    let ids: Vec<&str> = others.map(|(other, ..)| other.id.as_str()).collect();
    ids.join(", ")
}
