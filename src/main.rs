//! Casebook: start-up only.

fn main() {}
