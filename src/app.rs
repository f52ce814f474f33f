//! Use cases: what a person can do with Casebook, over the policy, the store and the documents.

pub mod worked_case;
