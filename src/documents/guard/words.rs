//! Words that judge a child, and pieces of a template that were not filled.

use super::fold::Folded;
use super::{Found, Kind};

/// Folded words that have no place in a letter. `Bullying` is the policy's subject and stays.
const VERDICTS: [&str; 14] = [
    "bully",
    "bullies",
    "bullied",
    "victim",
    "victims",
    "victimised",
    "perpetrator",
    "perpetrators",
    "culprit",
    "culprits",
    "offender",
    "offenders",
    "guilty",
    "proof",
];

const LEFTOVERS: [&str; 5] = ["{{", "}}", "{%", "%}", "▢"];

pub(super) fn find(source: &str, folded: &Folded) -> Vec<Found> {
    let mut found: Vec<Found> = folded
        .words
        .iter()
        .filter(|word| VERDICTS.contains(&folded.key((*word).clone()).as_str()))
        .map(|word| Found { range: folded.source(word), person: None, kind: Kind::Verdict })
        .collect();
    for leftover in LEFTOVERS {
        found.extend(source.match_indices(leftover).map(|(at, sign)| Found {
            range: at..at + sign.len(),
            person: None,
            kind: Kind::Leftover,
        }));
    }
    found
}
