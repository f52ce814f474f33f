//! Common Transfer Files: what begins with `<`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casebook_fuzz::register(&[b"<", data].concat()));
