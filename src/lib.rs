//! Casebook: from a disclosure of cyberbullying to a decision that can be explained and a letter that is safe to send.
//!
//! # Architecture
//!
//! | layer | may use | owns alone |
//! |---|---|---|
//! | [`domain`] | std, chrono, serde | – |
//! | [`policy`] | `domain` | rule files, `toml` |
//! | [`store`] | `domain` | rusqlite, key slots, the case file |
//! | [`documents`] | `domain` | printpdf, letter templates |
//! | [`app`] | all above | the clock, randomness |
//! | [`ui`] | `app`, `domain` | iced, AccessKit, rfd |
//! | [`cli`] | `app`, `domain` | clap |
//!
//! `policy`, `store` and `documents` are siblings that never import one another; only `app` joins them.

pub mod app;
pub mod cli;
pub mod domain;
pub mod policy;
