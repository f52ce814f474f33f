//! Settings, backups: how it stands with them, one more now, the second place, and practice in putting one back.

use crate::app::{BackedUp, Backup, Backups, Kind, Notice, Session};
use crate::domain::{BackupPlan, Day};
use crate::ui::access;
use crate::ui::screen::background::apart;
use crate::ui::screen::folder::{self, FolderField};
use crate::ui::screen::said;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::path::Path;

const SECOND: Id = Id::new("backups-second-place");
const DRILL: Id = Id::new("backups-drill");

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// “Back up now” was pressed.
    BackupAsked,
    /// In the field for the second place.
    Second(folder::Message),
    /// “Keep backups there too” was pressed.
    SecondChosen,
    /// “Practise putting it back” was pressed.
    DrillAsked,
    /// In the field for the drill's folder.
    Drill(folder::Message),
    /// What was asked for is done, or not.
    Done(Result<Notice, Notice>),
}

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    stand: Result<Backups, Notice>,
    second: FolderField,
    drill: FolderField,
    working: bool,
    notice: Option<Notice>,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let plan = session.backup_plan().unwrap_or_default();
        let second = FolderField::new(
            "Folder of the second place",
            "A memory stick, another disk, or the school’s server. The backups are encrypted there too.",
            SECOND,
            plan.second_place.as_deref(),
        );
        let drill = FolderField::new(
            "Folder to practise in",
            "A folder of its own is made in it. Remove that when you have looked.",
            DRILL,
            None,
        );
        Self { stand: stand(session), second, drill, working: false, notice: None }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match message {
            Message::Done(done) => {
                self.working = false;
                self.stand = stand(session);
                self.notice = Some(match done {
                    Ok(notice) | Err(notice) => notice,
                });
                widget::to_top()
            }
            _ if self.working => Task::none(),
            Message::BackupAsked => {
                let session = session.clone();
                self.work(move || back_up(&session))
            }
            Message::Second(folder::Message::Submitted) | Message::SecondChosen => self.choose(session),
            Message::Second(message) => self.second.update(message).map(Message::Second),
            Message::Drill(folder::Message::Submitted) | Message::DrillAsked => self.practise(session),
            Message::Drill(message) => self.drill.update(message).map(Message::Drill),
        }
    }

    /// What the notice says.
    #[cfg(test)]
    pub(super) fn told(&self) -> String {
        self.notice.as_ref().map(|notice| notice.what.clone()).unwrap_or_default()
    }

    fn choose(&mut self, session: &Session) -> Task<Message> {
        let Some(place) = self.second.check() else { return access::focus(SECOND) };
        let session = session.clone();
        self.work(move || {
            let plan = BackupPlan { second_place: Some(place) };
            session.save_backup_plan(&plan).map_err(|error| Notice::from(&error))?;
            back_up(&session)
        })
    }

    fn practise(&mut self, session: &Session) -> Task<Message> {
        let Some(place) = self.drill.check() else { return access::focus(DRILL) };
        let session = session.clone();
        self.work(move || practise(&session, &place))
    }

    fn work(&mut self, work: impl FnOnce() -> Result<Notice, Notice> + Send + 'static) -> Task<Message> {
        self.working = true;
        self.notice = None;
        Task::perform(apart(work), Message::Done)
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let idle = |message: Message| (!self.working).then_some(message);
        let label = if self.working { "Working…" } else { "Back up now" };
        let now = button::primary(label).on_press_maybe(idle(Message::BackupAsked));
        let stand = column![
            widget::heading(2, "How it stands"),
            self.standing(),
            widget::hint(
                "While people work, Casebook makes a backup each hour and checks it. It keeps today’s, one for each day of \
                 a month, and one for each term."
            ),
            button::row_of([now.into()]),
        ];
        let second = column![
            widget::heading(2, "A second place"),
            widget::paragraph("A copy of each backup, in case this PC is lost, stolen or breaks."),
            self.second.view().map(Message::Second),
            button::row_of([button::secondary("Keep backups there too")
                .on_press_maybe(idle(Message::SecondChosen))
                .into()]),
        ];
        let drill = column![
            widget::heading(2, "Practise putting it back"),
            widget::paragraph(
                "Puts the newest backup into a folder of its own and checks every page of it. The case file that you work \
                 in is not touched. Do this once a term."
            ),
            self.drill.view().map(Message::Drill),
            button::row_of([button::secondary("Practise now")
                .on_press_maybe(idle(Message::DrillAsked))
                .into()]),
        ];
        column![
            slot(self.notice.as_ref().map(said), L),
            column![stand.spacing(M), second.spacing(M), drill.spacing(M)].spacing(XL)
        ]
        .into()
    }

    fn standing(&self) -> Element<'_, Message> {
        let backups = match &self.stand {
            Ok(backups) => backups,
            Err(notice) => return said(notice),
        };
        let warning = backups.warning.map(|warning| {
            let tone = if warning.is_pressing() { Tone::Danger } else { Tone::Warning };
            widget::notice(tone, warning.words()).into()
        });
        let behind = match backups.behind {
            0 => "Nothing".to_owned(),
            1 => "1 entry of the record".to_owned(),
            many => format!("{many} entries of the record"),
        };
        let second = backups.second.iter().flat_map(|(place, newest)| {
            [
                widget::fact("Second place", place.display().to_string()),
                widget::fact("Last good backup there", when(newest.as_ref())),
            ]
        });
        let facts = [
            widget::fact("Last good backup", when(backups.newest.as_ref())),
            widget::fact("Written since", behind),
        ];
        column![slot(warning, S), widget::summary(facts.into_iter().chain(second))].into()
    }
}

fn stand(session: &Session) -> Result<Backups, Notice> {
    session.backups_stand().map_err(|error| Notice::from(&error))
}

fn when(backup: Option<&Backup>) -> String {
    backup.map_or_else(
        || "None".to_owned(),
        |backup| {
            let at = backup.at.with_timezone(&chrono::Local);
            format!("{}, {}", Day::from(at.date_naive()).short(), at.format("%H:%M"))
        },
    )
}

fn back_up(session: &Session) -> Result<Notice, Notice> {
    let BackedUp { second, .. } = session.back_up().map_err(|error| Notice::from(&error))?;
    match second {
        Some(Err(error)) => {
            let mut notice = Notice::from(&error);
            notice.what =
                format!("The backup on this PC is made, but not in the second place. {}", notice.what);
            Err(notice)
        }
        Some(Ok(_)) => Ok(Notice::done(
            "The backup is made and sound, here and in the second place.",
            "You can go on working.",
        )),
        None => Ok(Notice::done(
            "The backup is made and sound.",
            "Choose a second place for backups, further down.",
        )),
    }
}

fn practise(session: &Session, place: &Path) -> Result<Notice, Notice> {
    let newest = session.backups().map_err(|error| Notice::from(&error))?.into_iter().next();
    let Some(newest) = newest else {
        return Err(refused(Kind::YourInput, "There is no backup yet.", "Press “Back up now” first."));
    };
    let to = place.join(format!("Restored {}.casebook", newest.at.format("%Y-%m-%d %H%M%S")));
    let (report, anchor) =
        session.practise_restore(&newest.path, &to).map_err(|error| Notice::from(&error))?;
    if report.problems.is_empty() {
        let what = format!(
            "The newest backup came back whole: {} entries and {} documents, up to the mark {anchor}.",
            report.events, report.blobs
        );
        Ok(Notice::done(
            what,
            format!("It lies in {}. Remove that folder when you have looked.", to.display()),
        ))
    } else {
        Err(refused(
            Kind::File,
            "The newest backup came back, but it is not sound.",
            "Make a new backup, and check the case file under Case file.",
        ))
    }
}

fn refused(kind: Kind, what: &str, what_to_do: &str) -> Notice {
    Notice { kind, what: what.into(), what_to_do: what_to_do.into(), detail: String::new() }
}
