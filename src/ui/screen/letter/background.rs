//! Work that would hold up the window: done on a thread of its own, its result awaited.

use iced::futures::channel::oneshot;
use std::time::Duration;

/// Does something on a thread of its own. Nothing where the thread could not be had or did not finish.
pub(in crate::ui::screen) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (send, receive) = oneshot::channel();
    let thread = std::thread::Builder::new().name("apart".into());
    // The receiver is gone where the screen was left: then nobody wants the result.
    let begun = thread.spawn(move || drop(send.send(work())));
    begun.ok()?;
    receive.await.ok()
}

/// Waits.
pub(super) async fn pause(time: Duration) {
    let _waited = apart(move || std::thread::sleep(time)).await;
}
