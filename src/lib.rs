//! Casebook: from a disclosure of cyberbullying to a decision that can be explained and a letter that is safe to send.
//!
//! # Architecture
//!
//! | layer | may use | owns alone | what lives there |
//! |---|---|---|---|
//! | [`domain`] | std, chrono, serde | – | the vocabulary: people, days, occasions, answers, facts, decisions, letters |
//! | [`policy`] | `domain` | rule files, `toml` | files → checked → evaluated, with a trace |
//! | [`intake`] | `domain` | CTF (XML), CSV and chat parsers | bytes → typed drafts, with every rejected line named |
//! | [`store`] | `domain` | rusqlite, key slots, the case file | records, journal, attachments, verification |
//! | [`documents`] | `domain` | printpdf, letter templates | templates, layout, PDF, the leak guard, the preview |
//! | [`app`] | all above | the clock, randomness | use cases: one [`app::Session`] on an open case file |
//! | [`ui`] | `app`, `domain` | iced, AccessKit, rfd | screens, widgets, theme |
//! | [`cli`] | `app`, `domain`, `ui` | clap | the same use cases without a window |
//!
//! `policy`, `intake`, `store` and `documents` are siblings that never import one another; only `app` joins them. A test
//! (`tests/suite/architecture.rs`) reads the `use` lines and fails on a break.
//!
//! # How a disclosure flows
//!
//! [`ui::screen::wizard`] collects a [`domain::Disclosure`] → `app` completes it with what dated records say (age on the
//! day, on roll on the day, has it continued, has the family refused) → [`policy::Policy::evaluate`] returns a
//! [`domain::Decision`] with findings, actions, letters and a trace → the lead confirms or departs from it with a reason
//! → [`store::Store::write`] keeps it with its journal line in one transaction → [`documents`] writes each letter from
//! the case → the lead reads and edits it beside the real page → on approval the bytes are kept with their SHA-256, and
//! then written where the lead asks.
//!
//! # Invariants
//!
//! - Nothing asks for the time or for randomness but `app`; both are arguments everywhere else.
//! - A decision never lives in a view: screens send messages and get an `Action` back.
//! - Records are append-only: an amendment is a new version with who, when and why.
//! - No letter is approved while the leak guard has a finding, and what is approved never changes.
//! - No child's name reaches a log, an error, a file name, a panic message or `Debug` output.
//! - The program opens no internet socket.

pub mod app;
pub mod cli;
pub mod documents;
pub mod domain;
pub mod intake;
pub mod policy;
pub mod store;
pub mod ui;
