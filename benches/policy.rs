//! How long the policy takes: one decision with its trace, one step of the wizard, and the proof of the whole pack.
//!
//! Printed, and held against what was asked for: a decision in 0.1 ms, the proof in 5 s. Run with
//! `cargo bench --bench policy`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]

#[path = "invented/facts.rs"]
mod facts;

use casebook::domain::{
    Account, ActorFacts, Age, Born, Calendar, Continuing, Disclosure, Engagement, Facts, OccasionFacts, Part,
    PlatformFacts, SelfHarm, Setting, Who,
};
use casebook::policy::Policy;
use facts::{day, usual};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Three alleged, one of them a former pupil and one under ten, who refuse, engage and are silent; twelve occasions.
fn facts() -> Facts {
    let actor = |id: &str, who, age, eng| ActorFacts {
        id: id.into(),
        who,
        age: Born::Aged(Age(age)),
        eng,
        new_school: true,
        send: false,
        part: Part::Messages,
        continuing: None,
        unanswered: 0,
    };
    let occasions = (0..12).map(|n| OccasionFacts {
        on: day("2026-03-01").plus_days(2 * n),
        by: ["A", "B", "C"][usize::try_from(n % 3).unwrap()].into(),
        to: "T".into(),
    });
    let platforms = ["whatsapp", "snapchat"].map(|platform| PlatformFacts {
        platform: platform.into(),
        account: Account::Standard,
        user: None,
    });
    Facts {
        selfharm: SelfHarm::Worried,
        actors: vec![
            actor("A", Who::CurrentPupil, 9, Engagement::Refused),
            actor("B", Who::CurrentPupil, 11, Engagement::Engaged),
            actor("C", Who::ExPupil, 12, Engagement::NotYet),
        ],
        setting: [Setting::Outside, Setting::SchoolKit].into(),
        continuing: Continuing::Yes,
        platforms: platforms.into(),
        occasions: occasions.collect(),
        ..usual()
    }
}

/// The median of many runs.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn main() {
    let (policy, facts, calendar) = (Policy::built_in().unwrap(), facts(), Calendar::default());
    let decision = policy.evaluate(&facts, &calendar);
    let one = median(2_000, || drop(black_box(policy.evaluate(black_box(&facts), &calendar))));
    println!(
        "one decision: {:.4} ms ({} findings in its trace; asked for: 0.1 ms)",
        one.as_secs_f64() * 1e3,
        decision.trace.len()
    );
    let empty = Disclosure::default();
    let way = median(200, || drop(black_box(policy.way(black_box(&empty), &facts))));
    println!("one step of the wizard: {:.4} ms", way.as_secs_f64() * 1e3);
    let proof = policy.prove().unwrap();
    let check = median(5, || drop(black_box(policy.prove())));
    println!(
        "the proof: {:.3} s ({} claims, {} cases, {} combinations; asked for: 5 s)",
        check.as_secs_f64(),
        proof.claims,
        proof.cases,
        proof.combinations
    );
    let read = median(50, || drop(black_box(Policy::built_in())));
    println!("reading the pack: {:.2} ms", read.as_secs_f64() * 1e3);
}
