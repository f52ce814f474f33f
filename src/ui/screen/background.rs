//! Work that would hold up the window: done on a thread of its own, its result awaited.

use super::letter::background as thread;
use crate::app::{Kind, Notice};

/// Does something on a thread of its own. A thread that could not be had, or did not finish, is told as a notice.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Notice> + Send + 'static,
) -> Result<T, Notice> {
    thread::apart(work).await.unwrap_or_else(|| Err(unfinished()))
}

fn unfinished() -> Notice {
    Notice {
        kind: Kind::OurFault,
        what: "Casebook could not finish this.".into(),
        what_to_do: "Try again. If it happens again, close other programs first.".into(),
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
