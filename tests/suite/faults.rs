//! The fault table: what may happen to the case file, tried many times over. Lost acknowledged entries: none. Damage that
//! the check does not find: none. `tests/faults/run` prints the table.

mod damage;
#[cfg(target_os = "linux")]
mod full;
#[cfg(target_os = "linux")]
mod power;
#[cfg(target_os = "linux")]
mod recording;
#[cfg(target_os = "linux")]
mod session;
#[cfg(target_os = "linux")]
mod syscalls;

/// How many states to try: in an ordinary run, in the quick table, in the full one.
pub(crate) fn states(ordinary: usize, quick: usize, full: usize) -> usize {
    match std::env::var("CASEBOOK_FAULTS").as_deref() {
        Ok("full") => full,
        Ok("quick") => quick.min(ordinary),
        _ => ordinary,
    }
}

/// A row of the table, for `tests/faults/run`. Whatever is lost or goes unseen fails its test before this is reached.
#[allow(clippy::print_stdout)]
pub(crate) fn row(fault: &str, states: usize) {
    println!("\nFAULT|{fault}|{states}|0|0");
}
