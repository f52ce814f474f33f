//! Use cases: what a person can do with Casebook, over the policy, the store and the documents.
//!
//! The only place where the layers meet, and the only one that asks for the time and for randomness. No window here:
//! screens and the command line call the same functions.

mod complete;
pub mod worked_case;

pub use complete::short_id;
