//! How far a file is along, seen from another thread, and a way to stop it.

use super::Refused;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between the work and whoever watches it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    of: AtomicU64,
    done: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// How far it is, from 0 to 1.
    pub fn fraction(&self) -> f32 {
        let of = self.0.of.load(Ordering::Relaxed);
        if of == 0 {
            return 0.0;
        }
        let thousandths = self.0.done.load(Ordering::Relaxed).min(of).saturating_mul(1000) / of;
        f32::from(u16::try_from(thousandths).unwrap_or(1000)) / 1000.0
    }

    /// Whether somebody still works, and did not only leave this behind.
    pub fn at_work(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// Asks the work to stop. What is written already is written.
    pub fn stop(&self) {
        self.0.stop.store(true, Ordering::Relaxed);
    }

    pub(in crate::app) fn begin(&self, of: u64) {
        self.0.of.store(of, Ordering::Relaxed);
    }

    pub(in crate::app) fn step(&self, bytes: u64) -> Result<(), Refused> {
        self.0.done.fetch_add(bytes, Ordering::Relaxed);
        if self.0.stop.load(Ordering::Relaxed) { Err(Refused::Stopped) } else { Ok(()) }
    }
}
