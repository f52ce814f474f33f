//! The keeper of sessions on Linux. It knows when the screen is locked and when this PC is about to sleep.

use zbus::{Connection, Proxy};

/// What it is called on the bus.
pub(super) const NAME: &str = "org.freedesktop.login1";

/// Where it is asked.
///
/// # Errors
/// There is none on this bus.
pub(super) async fn manager(bus: &Connection) -> zbus::Result<Proxy<'static>> {
    Proxy::new(bus, NAME, "/org/freedesktop/login1", "org.freedesktop.login1.Manager").await
}
