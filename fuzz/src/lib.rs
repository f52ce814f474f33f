//! The layers that read what comes from outside, by their own sources, so that a fuzzer need not build the window around
//! them, and what must hold of whatever they read.
//!
//! `fuzz/run MINUTES` runs the targets one after another.
#![allow(dead_code, unused_imports, reason = "the vocabulary serves more than these layers")]

#[path = "../../src"]
mod source {
    pub mod domain;
    pub mod intake;
    pub mod policy;
    pub mod store;
}

mod case_file;
mod pack;

pub use case_file::{backup, keys};
pub use pack::pack;
pub use source::{domain, intake, policy, store};

use domain::Day;
use intake::register::{Mapping, Options};
use std::io::Cursor;

/// Reads bytes as a register; panics where a promise is broken.
pub fn register(bytes: &[u8]) {
    let Ok(today) = Day::new(2026, 1, 19) else { return };
    let Ok(register) = intake::register::read(bytes, &Options { today, mapping: &Mapping::default() }) else { return };
    let lines = bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64 + 1;
    let remarks = register.rejected.iter().chain(&register.doubts).map(|remark| remark.line);
    for line in register.people.iter().map(|pupil| pupil.line).chain(remarks) {
        assert!((1..=lines).contains(&line), "line {line} of {lines}");
    }
    for pupil in &register.people {
        assert!(!pupil.name.is_empty() && pupil.dob.is_none_or(|dob| dob <= today));
    }
    assert!(serde_json::to_vec(&register).is_ok());
}

/// Reads bytes as a chat; panics where a promise is broken.
pub fn chat(bytes: &[u8]) {
    let Ok(chat) = intake::chat::read(&mut Cursor::new(bytes), None) else { return };
    if chat.source.text_in_zip.is_none() {
        let lines = bytes.iter().filter(|b| **b == b'\n').count() as u64 + 1;
        let system = chat.system.iter().map(|line| line.line);
        let rejected = chat.rejected.iter().map(|remark| remark.line);
        for line in chat.messages.iter().map(|message| message.line).chain(system).chain(rejected) {
            assert!((1..=lines).contains(&line), "line {line} of {lines}");
        }
    }
    assert!(chat.messages.iter().all(|message| !message.author.is_empty()));
    assert!(serde_json::to_vec(&chat).is_ok());
}
