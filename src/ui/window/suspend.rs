//! That this PC is about to sleep. On Linux logind tells it beforehand, and waits: what is open locks first, so that the
//! memory that sleeps holds nothing of it. Where nobody tells, [`asleep`](super::asleep) notices it on waking.

use iced::futures::Stream;
use std::sync::Arc;

/// This PC is about to sleep. It waits until this is dropped or this process is another one, for as long as its system
/// allows: five seconds, mostly.
#[derive(Debug, Clone, Default)]
pub(super) struct Near {
    _wait: Option<Arc<Wait>>,
}

/// What the system hands out for it to wait on.
#[cfg(target_os = "linux")]
type Wait = std::os::fd::OwnedFd;
/// Elsewhere nothing is handed out.
#[cfg(not(target_os = "linux"))]
type Wait = ();

/// Each time that this PC is about to sleep.
#[cfg(target_os = "linux")]
pub(super) fn warnings() -> impl Stream<Item = Near> {
    // No logind that answers is no error: then it is noticed afterwards.
    iced::stream::channel(1, async |into| drop(told::follow(into).await))
}

/// Nobody tells.
#[cfg(not(target_os = "linux"))]
pub(super) fn warnings() -> impl Stream<Item = Near> {
    iced::futures::stream::empty()
}

#[cfg(target_os = "linux")]
mod told {
    use super::{Near, Wait};
    use crate::ui::window::logind;
    use iced::futures::channel::mpsc::Sender;
    use iced::futures::{SinkExt, StreamExt};
    use std::os::fd::AsFd;
    use std::sync::Arc;
    use zbus::zvariant::OwnedFd;
    use zbus::{Connection, Proxy};

    /// Tells of each sleep until nobody listens any more.
    pub(super) async fn follow(mut into: Sender<Near>) -> zbus::Result<()> {
        let bus = Connection::system().await?;
        let manager = logind::manager(&bus).await?;
        let mut signals = manager.receive_signal("PrepareForSleep").await?;
        let mut wait = ask_to_wait(&manager).await;
        while let Some(signal) = signals.next().await {
            if signal.body().deserialize::<bool>()? {
                // From here on nothing but the message holds it up.
                let near = Near { _wait: wait.take().map(Arc::new) };
                if into.send(near).await.is_err() {
                    break;
                }
            } else {
                wait = ask_to_wait(&manager).await;
            }
        }
        Ok(())
    }

    /// From now on sleep waits. Not where it is under way already.
    async fn ask_to_wait(manager: &Proxy<'_>) -> Option<Wait> {
        let words = ("sleep", "Casebook", "The case file locks first", "delay");
        let given: OwnedFd = manager.call("Inhibit", &words).await.ok()?;
        // A copy that does not outlast this process: as it came, it would be handed on to the one that takes its place.
        given.as_fd().try_clone_to_owned().ok()
    }
}
