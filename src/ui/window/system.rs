//! How this computer is set to look: dark, high contrast. Asked of the desktop over D-Bus on Linux, of Windows itself
//! there; where nobody answers, it is light.

use crate::ui::theme::Mode;
use iced::futures::Stream;

/// What the computer is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wish {
    /// A dark look.
    pub(super) dark: bool,
    /// More contrast than usual.
    pub(super) contrast: bool,
}

impl Wish {
    /// The colours that follow from it. Contrast goes first: it is a need, where dark is a liking.
    pub(super) fn mode(self) -> Mode {
        match self {
            Self { contrast: true, .. } => Mode::Contrast,
            Self { dark: true, .. } => Mode::Dark,
            Self { .. } => Mode::Light,
        }
    }
}

/// Whether it is set to high contrast now, where that can be asked at any moment.
#[cfg(windows)]
#[allow(unsafe_code, clippy::unnecessary_wraps, reason = "Windows tells this by one call of its C interface")]
pub(super) fn contrast_now() -> Option<bool> {
    use windows_sys::Win32::UI::Accessibility::{HCF_HIGHCONTRASTON, HIGHCONTRASTW};
    use windows_sys::Win32::UI::WindowsAndMessaging::{SPI_GETHIGHCONTRAST, SystemParametersInfoW};

    // SAFETY: all of its fields may be zero.
    let mut now: HIGHCONTRASTW = unsafe { std::mem::zeroed() };
    now.cbSize = u32::try_from(std::mem::size_of::<HIGHCONTRASTW>()).unwrap_or_default();
    // SAFETY: the structure is as long as it says, and Windows keeps no pointer to it.
    let read = unsafe { SystemParametersInfoW(SPI_GETHIGHCONTRAST, now.cbSize, (&raw mut now).cast(), 0) };
    (read != 0).then_some(now.dwFlags & HCF_HIGHCONTRASTON != 0)
}

/// Whether it is set to high contrast now, where that can be asked at any moment.
#[cfg(not(windows))]
pub(super) fn contrast_now() -> Option<bool> {
    None
}

/// What the computer is set to, now and at each change.
#[cfg(target_os = "linux")]
pub(super) fn wishes() -> impl Stream<Item = Wish> {
    // No desktop that answers is no error: then nothing is wished for.
    iced::stream::channel(4, async |into| drop(desktop::follow(into).await))
}

/// What the computer is set to, now and at each change.
#[cfg(not(target_os = "linux"))]
pub(super) fn wishes() -> impl Stream<Item = Wish> {
    iced::futures::stream::empty()
}

#[cfg(target_os = "linux")]
mod desktop {
    use super::Wish;
    use iced::futures::channel::mpsc::Sender;
    use iced::futures::{SinkExt, StreamExt};
    use zbus::zvariant::OwnedValue;
    use zbus::{Connection, Proxy};

    const LOOK: &str = "org.freedesktop.appearance";

    /// Tells what the desktop is set to until nobody listens any more.
    pub(super) async fn follow(mut into: Sender<Wish>) -> zbus::Result<()> {
        let bus = Connection::session().await?;
        let path = "/org/freedesktop/portal/desktop";
        let portal =
            Proxy::new(&bus, "org.freedesktop.portal.Desktop", path, "org.freedesktop.portal.Settings")
                .await?;
        let mut changes = portal.receive_signal("SettingChanged").await?;
        loop {
            let wish = Wish {
                // 1 is dark, 2 light, 0 neither.
                dark: read(&portal, "color-scheme").await == Some(1),
                contrast: read(&portal, "contrast").await == Some(1),
            };
            if into.send(wish).await.is_err() || changes.next().await.is_none() {
                return Ok(());
            }
        }
    }

    async fn read(portal: &Proxy<'_>, key: &str) -> Option<u32> {
        let value: OwnedValue = portal.call("ReadOne", &(LOOK, key)).await.ok()?;
        u32::try_from(value).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_need_goes_before_a_liking() {
        let mode = |dark, contrast| Wish { dark, contrast }.mode();
        assert_eq!(mode(false, false), Mode::Light);
        assert_eq!(mode(true, false), Mode::Dark);
        assert_eq!(mode(true, true), Mode::Contrast);
        assert_eq!(mode(false, true), Mode::Contrast);
    }
}
