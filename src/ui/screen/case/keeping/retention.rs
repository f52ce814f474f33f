//! How long a case is kept, in the window: its class and day, a legal hold, and destroying it. Whether it may be destroyed
//! is the use case's to say.

mod form;

use super::super::{After, Ground};
use crate::app::{Error, Notice, RetentionView, Session};
use crate::domain::{CaseId, Day, RetentionClass};
use crate::ui::screen::case;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words::count;
use crate::ui::spacing::{COLUMN, L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use form::Form;
use iced::Element;
use iced::widget::{column, container};

/// What the section keeps.
#[derive(Debug, Default)]
pub(super) struct Keeping {
    view: Option<RetentionView>,
    form: Option<Form>,
}

/// A field of one of the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Why.
    Reason,
    /// The day of the school's own schedule.
    Day,
    /// The case's reference.
    Reference,
    /// Where the certificate goes.
    Folder,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The class is to be changed.
    ClassAsked,
    /// A class was chosen.
    ClassChosen(RetentionClass),
    /// A hold is to be set, or lifted.
    HoldAsked,
    /// The case is to be destroyed.
    DestroyAsked,
    /// The copy that is left here is to be destroyed, because the next school has the file.
    DestroyMovedAsked,
    /// Something was typed.
    Edited(Field, Typed),
    /// That it is for good was confirmed.
    ForGoodTurned(bool),
    /// That backups still hold it was confirmed.
    BackupsTurned(bool),
    /// The form was saved.
    Saved,
    /// The form was left.
    Left,
}

impl Keeping {
    pub(super) fn read(&mut self, session: &Session, case: CaseId) -> Result<(), Error> {
        self.view = Some(session.retention(case)?);
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        let Some(view) = &self.view else { return After::Stay };
        if let Some(form) = &mut self.form {
            return match message {
                Message::Left => {
                    self.form = None;
                    After::Stay
                }
                Message::Saved if !form.is_whole() => After::wrong(),
                Message::Saved => match form.keep(ground) {
                    Ok(after) => {
                        self.form = None;
                        after
                    }
                    Err(error) => After::Failed(Notice::from(&error)),
                },
                other => {
                    form.update(other);
                    After::Stay
                }
            };
        }
        let asked = match message {
            Message::ClassAsked => Form::class(view),
            Message::HoldAsked => Form::hold(view),
            Message::DestroyAsked => Form::destroy(),
            Message::DestroyMovedAsked => match &view.moved {
                Some(moved) => Form::destroy_moved(moved),
                None => return After::Stay,
            },
            _ => return After::Stay,
        };
        let focus = asked.first();
        self.form = Some(asked);
        After::Focus(focus)
    }

    pub(super) fn page<'a>(&'a self, ground: Ground<'a>) -> Option<Element<'a, case::Message>> {
        Some(self.form.as_ref()?.view(ground))
    }

    pub(super) fn section(&self) -> Element<'_, case::Message> {
        let Some(view) = &self.view else { return column![].into() };
        let review = view.review_on.map_or_else(|| "It cannot be worked out".into(), Day::long);
        let mut facts = vec![
            widget::fact("Class", view.set.class.title()).change(outer(Message::ClassAsked)),
            widget::fact("Looked at again on", review),
            widget::fact("Where the figure comes from", view.set.class.source()),
        ];
        if !view.by_lead {
            facts.push(widget::fact("Set by", "Nobody yet: this is the usual class"));
        }
        if !view.set.why.is_empty() {
            facts.push(widget::fact("Why", view.set.why.as_str()));
        }
        if let Some(hold) = &view.set.hold {
            let says = format!("{} ({}, since {})", hold.why, hold.by, hold.since.long());
            facts.push(widget::fact("Legal hold", says));
        }
        let (texts, files) = view.would_go;
        let says = match &view.kept_because {
            Some(why) => widget::notice(Tone::Info, format!("It cannot be destroyed now. {why}")),
            None => {
                widget::notice(Tone::Warning, "Its time to be kept is over. Nothing is destroyed by itself.")
                    .what_to_do(format!(
                        "Destroying it takes {} and {} out for good. The journal stays whole.",
                        count(texts, "text", "texts"),
                        count(files, "file", "files")
                    ))
            }
        };
        let hold = if view.set.hold.is_some() { "Lift the hold…" } else { "Set a legal hold…" };
        let may = view.kept_because.is_none();
        let buttons = button::row_of([
            button::secondary(hold).on_press(outer(Message::HoldAsked)).into(),
            button::danger("Destroy this case…")
                .on_press_maybe(may.then(|| outer(Message::DestroyAsked)))
                .into(),
        ]);
        let words = column![
            widget::heading(2, "How long it is kept"),
            widget::paragraph(
                "The school’s own schedule decides. These figures are guidance: confirm them with your data protection officer."
            ),
        ]
        .spacing(S);
        container(
            column![words, widget::summary(facts), Element::from(says), buttons]
                .push(moved_on(view))
                .spacing(L),
        )
        .max_width(COLUMN)
        .into()
    }
}

/// Where the next school has the file: what may become of the copy here.
fn moved_on(view: &RetentionView) -> Option<Element<'_, case::Message>> {
    let moved = view.moved.as_ref()?;
    let says = if let Some(why) = &moved.not_yet {
        widget::notice(Tone::Info, format!("The copy here cannot be destroyed yet. {why}"))
    } else {
        let (texts, files) = moved.would_go;
        let goes = format!(
            "The copy here may go before its day: {} and {}. Ask your data protection officer first.",
            count(texts, "text", "texts"),
            count(files, "file", "files")
        );
        widget::notice(Tone::Info, "Every pupil in it has moved on, and the next school has the file.")
            .what_to_do(goes)
    };
    let may = moved.not_yet.is_none();
    let destroy = button::danger("Destroy the copy kept here…")
        .on_press_maybe(may.then(|| outer(Message::DestroyMovedAsked)));
    let section = column![
        widget::heading(3, "Handed to another school"),
        widget::paragraph(format!("{}.", moved.to.join(". "))),
        Element::from(says),
        button::row_of([destroy.into()])
    ];
    Some(section.spacing(M).into())
}

fn outer(message: Message) -> case::Message {
    case::Message::Keeping(super::Message::Retention(message))
}
