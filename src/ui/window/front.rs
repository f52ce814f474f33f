//! Hears calls from a second Casebook for the same case file, and tells the window, which comes to the front.

use crate::app::Answering;
use iced::futures::Stream;
use iced::futures::channel::mpsc;
use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// The window's ear. Cheap to clone: all clones are the same one.
#[derive(Debug, Clone, Default)]
pub(super) struct Front(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    answering: Option<Answering>,
    window: Option<mpsc::UnboundedSender<()>>,
}

impl Hash for Front {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).hash(state);
    }
}

impl Front {
    /// From now on hears calls for this case file, and for no other; without one, for none.
    pub(super) fn answers_for(&self, case_file: Option<&Path>) {
        // The one before ends first, because two cannot answer for one case file on every system; and outside the lock,
        // which its last call may be waiting for.
        let before = self.lock().answering.take();
        drop(before);
        let heard = self.clone();
        let answering = case_file.and_then(|folder| Answering::calls_for(folder, move || heard.called()));
        self.lock().answering = answering;
    }

    fn called(&self) {
        if let Some(window) = &self.lock().window {
            // Nobody listens any more when the window is closing.
            let _ = window.unbounded_send(());
        }
    }

    /// Yields once for each call.
    pub(super) fn calls(&self) -> impl Stream<Item = ()> + use<> {
        let (sender, receiver) = mpsc::unbounded();
        self.lock().window = Some(sender);
        receiver
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        // What is behind the lock is whole at any moment.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::futures::StreamExt;
    use iced::futures::executor::block_on;

    #[test]
    fn a_call_reaches_the_window_that_listens() {
        let front = Front::default();
        front.called();
        let mut calls = front.calls();
        front.called();
        assert_eq!(block_on(calls.next()), Some(()));
        drop(front);
        assert_eq!(block_on(calls.next()), None, "a call before anybody listened is not kept");
    }
}
