//! The policy: worked cases, what no facts may ever do, packs and their proof.

mod any_facts;
mod cases;
mod packs;
