//! The screens. Each has a state, a `Message`, an `Action` and `new`, `update`, `view`; none of them navigates or saves by
//! itself: the window matches the action.

mod background;
pub mod case;
pub mod cases;
mod entrance;
mod family;
pub mod first_run;
pub mod folder;
pub mod letter;
pub mod outcome;
pub mod passphrase;
pub mod pupils;
pub mod settings;
pub mod today;
pub mod unlock;
pub mod wizard;

use super::theme::Tone;
use super::widget;
use crate::app::before_contact::{Caution, Reach};
use crate::app::{Event, Kind, Notice, Session};
use crate::domain::Day;
use iced::Element;

/// A notice of the use cases as it stands on a page. The technical detail stands only where a technician may be asked.
pub fn said<'a, Message: Clone + 'a>(notice: &'a Notice) -> Element<'a, Message> {
    let tone = match notice.kind {
        Kind::Done => Tone::Success,
        Kind::YourInput => Tone::Warning,
        Kind::File | Kind::OurFault => Tone::Danger,
    };
    let mut shown = widget::notice(tone, notice.what.as_str());
    if !notice.what_to_do.is_empty() {
        shown = shown.what_to_do(notice.what_to_do.as_str());
    }
    if matches!(notice.kind, Kind::File | Kind::OurFault) && !notice.detail.is_empty() {
        shown = shown.detail(notice.detail.as_str());
    }
    shown.into()
}

/// When something was done, by this PC's clock as it then was.
pub fn moment(event: &Event) -> String {
    let at = event.at.with_timezone(&chrono::Local);
    let moment = format!("{}, {}", Day::from(at.date_naive()).short(), at.format("%H:%M"));
    if event.clock_back == 0 { moment } else { format!("{moment} (the PC’s clock had been put back)") }
}

/// What to know before anybody writes or rings, what stops it first.
pub fn cautions<Message: Clone + 'static>(all: Vec<Caution>) -> Vec<Element<'static, Message>> {
    let (stops, told): (Vec<Caution>, Vec<Caution>) = all.into_iter().partition(|caution| caution.stops);
    let words = |all: Vec<Caution>| all.into_iter().map(|it| it.words).collect::<Vec<_>>().join("\n");
    let mut shown = Vec::new();
    if !stops.is_empty() {
        let title = "Somebody in this family is not to be contacted.";
        shown.push(widget::notice(Tone::Warning, title).what_to_do(words(stops)).into());
    }
    if !told.is_empty() {
        let title = "Before you write or ring";
        shown.push(widget::notice(Tone::Info, title).what_to_do(words(told)).into());
    }
    shown
}

/// That nobody may contact a family, why, and what to do in place of it.
pub fn not_contacted<Message: Clone + 'static>(reach: &Reach) -> Element<'static, Message> {
    widget::notice(Tone::Warning, reach.title()).what_to_do(reach.says()).into()
}

/// Makes a backup if one is due, and says what somebody has to be told without asking: that it failed, or that the last
/// good one is old.
pub async fn backed_up(session: Session) -> Option<Notice> {
    let look = move || {
        session.back_up_if_due().and_then(|_| session.backups_stand()).map_err(|error| {
            let mut notice = Notice::from(&error);
            notice.what = format!("The hourly backup could not be made. {}", notice.what);
            notice
        })
    };
    match background::apart(look).await {
        Ok(backups) => backups.warning.filter(|warning| warning.is_pressing()).map(|warning| Notice {
            kind: Kind::File,
            what: warning.words().into(),
            what_to_do: "Go to Settings, Backups.".into(),
            detail: String::new(),
        }),
        Err(notice) => Some(notice),
    }
}
