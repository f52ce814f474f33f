//! Hears from the desktop on Linux that its screen is locked: from the screen saver, and from the keeper of its sessions.
//! Windows is asked with every tick instead. Where nobody tells, the time without a key locks, as everywhere.

use iced::futures::Stream;

/// Yields once each time the screen is locked, or goes dark.
#[cfg(target_os = "linux")]
pub(super) fn locks() -> impl Stream<Item = ()> {
    iced::stream::channel(4, async |into| {
        let both = iced::futures::future::join(desktop::saver(into.clone()), desktop::session(into));
        // No desktop that answers is no error.
        drop(both.await);
    })
}

/// Yields once each time the screen is locked, or goes dark.
#[cfg(not(target_os = "linux"))]
pub(super) fn locks() -> impl Stream<Item = ()> {
    iced::futures::stream::empty()
}

#[cfg(target_os = "linux")]
mod desktop {
    use crate::ui::window::logind;
    use iced::futures::channel::mpsc::Sender;
    use iced::futures::{SinkExt, TryStreamExt};
    use std::collections::HashMap;
    use zbus::message::Type;
    use zbus::names::MemberName;
    use zbus::zvariant::{OwnedObjectPath, OwnedValue};
    use zbus::{Connection, MatchRule, Message, MessageStream};

    /// Tells what the desktop's screen saver does. Each desktop has one of its own, but all of them say it in these words.
    pub(super) async fn saver(into: Sender<()>) -> zbus::Result<()> {
        let rule = MatchRule::builder().msg_type(Type::Signal).member("ActiveChanged")?.build();
        follow(&Connection::session().await?, rule, into, saver_locks).await
    }

    /// Tells what is done to this session, also by a key or a command that no screen saver hears of.
    pub(super) async fn session(into: Sender<()>) -> zbus::Result<()> {
        let bus = Connection::system().await?;
        let here: OwnedObjectPath = logind::manager(&bus).await?.call("GetSession", &"auto").await?;
        let rule = MatchRule::builder().msg_type(Type::Signal).sender(logind::NAME)?.path(here)?.build();
        follow(&bus, rule, into, session_locks).await
    }

    async fn follow(
        bus: &Connection,
        rule: MatchRule<'_>,
        mut into: Sender<()>,
        locks: fn(&Message) -> bool,
    ) -> zbus::Result<()> {
        let mut signals = MessageStream::for_match_rule(rule, bus, None).await?;
        while let Some(signal) = signals.try_next().await? {
            if locks(&signal) && into.send(()).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    /// `org.gnome.ScreenSaver`, `org.freedesktop.ScreenSaver` and others: it is on.
    pub(super) fn saver_locks(signal: &Message) -> bool {
        let whose = signal.header();
        whose.interface().is_some_and(|name| name.ends_with(".ScreenSaver"))
            && signal.body().deserialize::<bool>().unwrap_or_default()
    }

    /// A wish that the session be locked, or the news that it is.
    pub(super) fn session_locks(signal: &Message) -> bool {
        let header = signal.header();
        match header.member().map(MemberName::as_str) {
            Some("Lock") => true,
            Some("PropertiesChanged") => {
                let body = signal.body();
                let told = body.deserialize::<(String, HashMap<String, OwnedValue>, Vec<String>)>();
                told.is_ok_and(|(_, now, _)| {
                    now.get("LockedHint").is_some_and(|hint| bool::try_from(hint) == Ok(true))
                })
            }
            _ => false,
        }
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::desktop::{saver_locks, session_locks};
    use std::collections::HashMap;
    use zbus::Message;
    use zbus::zvariant::Value;

    fn signal(interface: &str, member: &str) -> zbus::message::Builder<'static> {
        let named =
            Message::signal("/org/gnome/ScreenSaver".to_owned(), interface.to_owned(), member.to_owned());
        named.unwrap()
    }

    #[test]
    fn every_desktops_screen_saver_is_understood_and_nothing_else() {
        for (interface, on, locks) in [
            ("org.gnome.ScreenSaver", true, true),
            ("org.freedesktop.ScreenSaver", true, true),
            ("org.cinnamon.ScreenSaver", true, true),
            ("org.gnome.ScreenSaver", false, false),
            ("org.example.Player", true, false),
        ] {
            let told = signal(interface, "ActiveChanged").build(&on).unwrap();
            assert_eq!(saver_locks(&told), locks, "{interface} {on}");
        }
        assert!(!saver_locks(&signal("org.gnome.ScreenSaver", "ActiveChanged").build(&"on").unwrap()));
    }

    #[test]
    fn a_session_is_locked_by_wish_and_by_news() {
        let session = "org.freedesktop.login1.Session";
        assert!(session_locks(&signal(session, "Lock").build(&()).unwrap()));
        assert!(!session_locks(&signal(session, "Unlock").build(&()).unwrap()));
        for (property, value, locks) in [
            ("LockedHint", Value::from(true), true),
            ("LockedHint", Value::from(false), false),
            ("IdleHint", Value::from(true), false),
            ("LockedHint", Value::from("yes"), false),
        ] {
            let changed = HashMap::from([(property, value)]);
            let body = (session, changed, Vec::<String>::new());
            let told = signal("org.freedesktop.DBus.Properties", "PropertiesChanged").build(&body).unwrap();
            assert_eq!(session_locks(&told), locks, "{property} {:?}", body.1);
        }
    }
}
