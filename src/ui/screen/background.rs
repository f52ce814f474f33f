//! Work that would hold up the window: done on a thread of its own, its result awaited.

use crate::app::{Kind, Notice};
use iced::futures::channel::oneshot;
use std::time::Duration;

/// Does something on a thread of its own. A thread that could not be had, or did not finish, is told as a notice.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Notice> + Send + 'static,
) -> Result<T, Notice> {
    thread(work).await.unwrap_or_else(|| Err(unfinished()))
}

/// Waits.
pub(super) async fn pause(time: Duration) {
    let _waited = thread(move || std::thread::sleep(time)).await;
}

async fn thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (send, receive) = oneshot::channel();
    let thread = std::thread::Builder::new().name("apart".into());
    // The receiver is gone where the screen was left: then nobody wants the result.
    let begun = thread.spawn(move || drop(send.send(work())));
    begun.ok()?;
    receive.await.ok()
}

fn unfinished() -> Notice {
    Notice {
        kind: Kind::OurFault,
        what: "Casebook could not finish this step.".into(),
        what_to_do: "What was saved before is safe. Try again, or close other programs first.".into(),
        detail: "the background work did not finish".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::futures::executor::block_on;

    #[test]
    fn the_result_comes_back() {
        assert_eq!(block_on(apart(|| Ok(7))), Ok(7));
    }

    #[test]
    fn work_that_breaks_off_is_told() {
        let done: Result<u8, Notice> = block_on(apart(|| std::panic::resume_unwind(Box::new(()))));
        assert_eq!(done, Err(unfinished()));
    }
}
