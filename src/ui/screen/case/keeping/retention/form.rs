//! The forms about how long a case is kept: its class, a legal hold, and the two confirmations before it is destroyed.

use super::{Field, Message, outer};
use crate::app::{DestroyConfirmed, Error, MovedOn, Notice, RetentionView, documents_folder};
use crate::domain::{Day, RetentionClass};
use crate::ui::screen::case;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::{After, Ground, form};
use crate::ui::spacing::{M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, choice};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;
use std::path::PathBuf;

const REASON: Id = Id::new("retention-reason");
const CLASS: Id = Id::new("retention-class");
const DAY: Id = Id::new("retention-day");
const REFERENCE: Id = Id::new("retention-reference");
const FOLDER: Id = Id::new("retention-folder");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Class(RetentionClass),
    Hold,
    Lift,
    Destroy,
    /// The copy that is left here, because another school has the file.
    DestroyMoved,
}

impl What {
    fn destroys(self) -> bool {
        matches!(self, Self::Destroy | Self::DestroyMoved)
    }
}

/// A form.
#[derive(Debug)]
pub(super) struct Form {
    what: What,
    reason: Typed,
    day: Typed,
    reference: Typed,
    folder: Typed,
    for_good: bool,
    backups: bool,
    /// To which schools it went.
    to: Vec<String>,
    wrong: bool,
}

impl Form {
    fn new(what: What) -> Self {
        let (reason, day, reference) = (Typed::default(), Typed::default(), Typed::default());
        let folder = documents_folder().display().to_string().into();
        Self {
            what,
            reason,
            day,
            reference,
            folder,
            for_good: false,
            backups: false,
            to: Vec::new(),
            wrong: false,
        }
    }

    pub(super) fn class(view: &RetentionView) -> Self {
        let day = view.set.own_day.map(|day| Typed::from(day.typed())).unwrap_or_default();
        Self { day, reason: view.set.why.as_str().into(), ..Self::new(What::Class(view.set.class)) }
    }

    pub(super) fn hold(view: &RetentionView) -> Self {
        Self::new(if view.set.hold.is_some() { What::Lift } else { What::Hold })
    }

    pub(super) fn destroy() -> Self {
        Self::new(What::Destroy)
    }

    pub(super) fn destroy_moved(moved: &MovedOn) -> Self {
        Self { to: moved.to.clone(), ..Self::new(What::DestroyMoved) }
    }

    pub(super) fn first(&self) -> Id {
        match self.what {
            What::Class(_) => CLASS,
            What::Hold | What::Lift => REASON,
            What::Destroy | What::DestroyMoved => REFERENCE,
        }
    }

    pub(super) fn update(&mut self, message: Message) {
        match message {
            Message::ClassChosen(class) => self.what = What::Class(class),
            Message::Edited(Field::Reason, text) => self.reason = text,
            Message::Edited(Field::Day, text) => self.day = text,
            Message::Edited(Field::Reference, text) => self.reference = text,
            Message::Edited(Field::Folder, text) => self.folder = text,
            Message::ForGoodTurned(on) => self.for_good = on,
            Message::BackupsTurned(on) => self.backups = on,
            _ => {}
        }
    }

    pub(super) fn is_whole(&mut self) -> bool {
        self.wrong = true;
        self.errors().is_empty()
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if !self.wrong {
            return errors;
        }
        if let (What::Class(RetentionClass::OwnSchedule), Err(error)) = (self.what, Day::parse(&self.day)) {
            errors.push((error.to_string(), DAY));
        }
        if self.what.destroys() && self.reference.trim().is_empty() {
            errors.push(("Type the case’s reference.".into(), REFERENCE));
        }
        if self.reason.trim().is_empty() {
            errors.push(("Write one sentence.".into(), REASON));
        }
        if self.what.destroys() && self.folder.trim().is_empty() {
            errors.push(("Enter a folder, for example your Documents.".into(), FOLDER));
        }
        errors
    }

    pub(super) fn keep(&self, ground: Ground<'_>) -> Result<After, Error> {
        let (session, case) = (ground.session, ground.view.case.id);
        let what = match self.what {
            What::Class(class) => {
                session.set_retention(case, class, Day::parse(&self.day).ok(), &self.reason)?;
                "The class is changed."
            }
            What::Hold => {
                session.set_hold(case, &self.reason)?;
                "The hold is on. Nothing of this case can be destroyed."
            }
            What::Lift => {
                session.lift_hold(case, &self.reason)?;
                "The hold is lifted."
            }
            What::Destroy | What::DestroyMoved => {
                let confirmed = DestroyConfirmed {
                    reference: self.reference.kept(),
                    for_good: self.for_good,
                    backups: self.backups,
                    reason: self.reason.kept(),
                };
                let folder = PathBuf::from(self.folder.kept());
                match self.what {
                    What::DestroyMoved => session.destroy_moved_on(case, &confirmed, &folder)?,
                    _ => session.destroy_case(case, &confirmed, &folder)?,
                };
                return Ok(After::Gone);
            }
        };
        Ok(After::Changed(Some(Notice::done(what, ""))))
    }

    fn wording(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self.what {
            What::Class(_) => (
                "How long is this case kept?",
                "",
                "Why does this class hold?",
                "For example: as the school’s schedule of 2026, line 4, says.",
            ),
            What::Hold => (
                "Set a legal hold",
                "While it is on, nothing of this case can be destroyed, whatever its day.",
                "Who may ask for it, and why?",
                "For example: the family’s solicitor wrote on 4 May 2026.",
            ),
            What::Lift => (
                "Lift the hold",
                "The case is kept until its day all the same.",
                "Why is it not needed any more?",
                "For example: the claim was settled on 4 May 2026.",
            ),
            What::Destroy => (
                "Destroy this case",
                "",
                "Why is it destroyed?",
                "Without names: it stands on the certificate. For example: its time to be kept is over, nothing speaks for \
                 keeping it.",
            ),
            What::DestroyMoved => (
                "Destroy the copy kept here",
                "",
                "Why is it destroyed?",
                "Without names: it stands on the certificate. For example: every pupil has moved on, and the school’s schedule \
                 keeps no copy.",
            ),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let errors = self.errors();
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let edited = |field| move |text: String| outer(Message::Edited(field, text.into()));
        let (title, lead, label, hint) = self.wording();
        let mut fields: Vec<Element<'a, case::Message>> = Vec::new();
        if !lead.is_empty() {
            fields.push(widget::lead(lead));
        }
        let reason = widget::text_field(label, &self.reason)
            .hint(hint)
            .on_input(edited(Field::Reason))
            .error(error(REASON))
            .id(REASON);
        match self.what {
            What::Class(chosen) => {
                let choices =
                    RetentionClass::ALL.map(|class| choice(class, class.title()).explain(class.source()));
                let classes = widget::radio_group("Class", choices, Some(&chosen), |class| {
                    outer(Message::ClassChosen(class))
                });
                fields.push(classes.id(CLASS).into());
                if chosen == RetentionClass::OwnSchedule {
                    let day = widget::text_field("Until which day is it kept?", &self.day)
                        .hint("For example 01/09/2041.")
                        .on_input(edited(Field::Day))
                        .error(error(DAY))
                        .id(DAY);
                    fields.push(day.into());
                }
                fields.push(reason.into());
            }
            What::Hold | What::Lift => fields.push(reason.into()),
            What::Destroy | What::DestroyMoved => {
                fields.extend(self.confirmations(ground));
                let reference = widget::text_field("The case’s reference", &self.reference)
                    .hint(format!("Type {} to say that you mean this case.", ground.view.case.reference))
                    .on_input(edited(Field::Reference))
                    .error(error(REFERENCE))
                    .id(REFERENCE);
                let folder = widget::text_field("Folder for the certificate", &self.folder)
                    .hint("A PDF that names no child. The case file keeps a copy of it.")
                    .on_input(edited(Field::Folder))
                    .error(error(FOLDER))
                    .id(FOLDER);
                fields.extend([reference.into(), reason.into(), folder.into()]);
            }
        }
        let save = match self.what {
            What::Destroy | What::DestroyMoved => button::danger("Destroy for good"),
            What::Class(_) | What::Hold | What::Lift => button::primary("Save"),
        };
        let buttons = [
            save.on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }

    fn confirmations<'a>(&'a self, ground: Ground<'a>) -> Vec<Element<'a, case::Message>> {
        let moved = (self.what == What::DestroyMoved).then(|| self.lost());
        let warning = widget::notice(
            Tone::Danger,
            format!("Everything of case {} goes, for good.", ground.view.case.reference),
        )
        .what_to_do(
            "Its texts, letters and files are overwritten. Pupils on the roll stay in the register. The journal still says \
             when each entry was made and by whom, and why a text was changed. So the record can still be checked.",
        );
        let for_good = widget::checkbox("I know that this cannot be undone", self.for_good, |on| {
            outer(Message::ForGoodTurned(on))
        });
        let backups = widget::checkbox(
            "I know that backups still hold it until they are replaced, and that copies saved outside are destroyed apart",
            self.backups,
            |on| outer(Message::BackupsTurned(on)),
        );
        std::iter::once(warning.into()).chain(moved).chain([for_good, backups]).collect()
    }

    /// What the next school does not have, so that it is lost.
    fn lost<'a>(&self) -> Element<'a, case::Message> {
        let lost = [
            "Who the other children were: the next school’s file names none of them.",
            "The letters and documents as they were issued, and every file of evidence that did not go there.",
            "The file that was made for the next school, and any copy that was made for the family.",
        ];
        let kept = "The certificate says which school has the file and since when. It names no child.";
        column![
            widget::paragraph(format!("{}.", self.to.join(". "))),
            column![widget::strong("What is lost"), widget::bullets(lost)].spacing(S),
            widget::paragraph(kept)
        ]
        .spacing(M)
        .into()
    }
}
