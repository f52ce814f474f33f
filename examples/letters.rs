//! Writes every letter and document in every variant, for an invented school: `cargo run --example letters -- FOLDER`.
//! `tests/pdf/contact-sheet FOLDER` then puts their pages on one sheet to look at.

#[path = "../tests/suite/documents/samples.rs"]
#[allow(dead_code, unused_imports, clippy::unwrap_used, reason = "the samples of the tests, as they are")]
mod samples;

use casebook::documents::Engine;
use std::path::PathBuf;

#[allow(clippy::print_stdout, reason = "says what it wrote")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("say into which folder")?);
    std::fs::create_dir_all(&folder)?;
    let mut engine = Engine::new()?;
    for (name, _, paper) in samples::variants() {
        let pdf = engine.render(&[paper], &samples::stamp())?;
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf.bytes)?;
        println!("{name}: {} page(s)", pdf.pages);
    }
    Ok(())
}
