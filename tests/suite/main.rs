//! The one integration test binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access_copy;
mod architecture;
mod demo;
mod documents;
mod drill;
mod faults;
mod intake;
mod interop;
mod kill;
mod letters;
mod packaged;
mod plain_text;
mod policy;
mod samples;
mod store;
mod store_kit;
mod trace;
mod upgrade;
mod words;
