//! The proof of a pack: over every combination of the facts that its rules mention, no law is broken, and every rule has
//! its use.
//!
//! A search by cases: a fact is only split where what is asked still depends on it, so that a handful of cases stands for
//! very many combinations and none is left out. Where a law is broken, the smallest combination that breaks it is said in
//! the pack's own words. Nothing is sampled, and nothing is assumed of a pack but that it reads.

mod formula;
mod laws;
mod search;
mod uses;

use super::{Error, Policy, Problem};
use formula::Pack;
use search::Search;

/// What was proved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// How many rules there are.
    pub rules: usize,
    /// How many things were proved of them.
    pub claims: usize,
    /// The combinations of facts with one and with two people alleged that each claim covers.
    pub combinations: u128,
    /// The cases that had to be told apart for it.
    pub cases: u64,
}

/// With one person alleged, and with two who may stand differently to the school. What a rule adds for one it adds
/// whoever else there is, so that a third brings nothing new.
const PEOPLE: [usize; 2] = [1, 2];

impl Policy {
    /// Proves that the pack holds together.
    ///
    /// # Errors
    /// Every broken law with the smallest counter-example, and every rule without a use.
    pub fn prove(&self) -> Result<Proof, Error> {
        let mut problems = Vec::new();
        let mut proof = Proof { rules: self.rules.len(), claims: 0, combinations: 0, cases: 0 };
        let packs = PEOPLE.map(|people| Pack::new(self, people));
        for pack in &packs {
            let mut search = Search::new(pack);
            for law in laws::all(pack) {
                proof.claims += 1;
                if let Some(example) = search.smallest(&law.broken) {
                    let what = format!("{} {}", law.says, example.in_words(self));
                    let problem = Problem { file: "rules.toml", place: law.place, what };
                    // With two people the same law would break in the same way.
                    if !problems
                        .iter()
                        .any(|p: &Problem| p.place == problem.place && p.what.starts_with(&law.says))
                    {
                        problems.push(problem);
                    }
                }
            }
            proof.combinations += search.combinations();
            proof.cases += search.cases;
        }
        let (claims, cases) = uses::of_rules(self, &packs, &mut problems);
        proof.claims += claims;
        proof.cases += cases;
        if problems.is_empty() { Ok(proof) } else { Err(Error::Unsound { problems }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_is_proved() {
        let proof = Policy::built_in().unwrap().prove().unwrap_or_else(|error| match error {
            Error::Unsound { problems } => {
                panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
            }
            other => panic!("{other}"),
        });
        println!("{proof:?}");
        assert!(proof.combinations > 1_000_000_000 && proof.claims > proof.rules);
    }
}
