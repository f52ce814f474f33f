//! Registers of any kind, and tables above all.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| casebook_fuzz::register(data));
