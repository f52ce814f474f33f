//! Settings, the case file: what is left here of disclosures that went on in the restricted case file, and destroying it.
//! Whether it may be is the use case's to say.

use super::said;
use crate::app::{DestroyConfirmed, HandedOver, Notice, Session, documents_folder};
use crate::domain::CaseId;
use crate::ui::access;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{column, row};
use iced::{Alignment, Element, Length, Task};
use std::path::PathBuf;

const REASON: Id = Id::new("handed-over-reason");
const FOLDER: Id = Id::new("handed-over-folder");

/// What happened here.
#[derive(Debug, Clone)]
pub enum Message {
    /// What is left of one is to be destroyed.
    Asked(CaseId),
    /// The reason was typed.
    ReasonEdited(Typed),
    /// The folder was typed.
    FolderEdited(Typed),
    /// That it is for good was confirmed.
    ForGoodTurned(bool),
    /// That backups still hold it was confirmed.
    BackupsTurned(bool),
    /// The form was confirmed.
    Destroyed,
    /// The form was left.
    Left,
}

#[derive(Debug)]
struct Form {
    draft: CaseId,
    reason: Typed,
    folder: Typed,
    for_good: bool,
    backups: bool,
    wrong: bool,
}

/// The section; it shows where there is something to show.
#[derive(Debug, Default)]
pub(super) struct Section {
    left: Vec<HandedOver>,
    form: Option<Form>,
    notice: Option<Notice>,
}

impl Section {
    pub(super) fn of(session: &Session) -> Self {
        let mut section = Self::default();
        section.read(session);
        section
    }

    fn read(&mut self, session: &Session) {
        match session.handed_over() {
            Ok(left) => self.left = left,
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match (message, &mut self.form) {
            (Message::Asked(draft), _) => {
                let folder = documents_folder().display().to_string().into();
                let reason = Typed::default();
                self.notice = None;
                self.form =
                    Some(Form { draft, reason, folder, for_good: false, backups: false, wrong: false });
                return access::focus(REASON);
            }
            (Message::Left, _) => (self.form, self.notice) = (None, None),
            (Message::Destroyed, Some(_)) => return self.destroy(session),
            (Message::ReasonEdited(text), Some(form)) => form.reason = text,
            (Message::FolderEdited(text), Some(form)) => form.folder = text,
            (Message::ForGoodTurned(on), Some(form)) => form.for_good = on,
            (Message::BackupsTurned(on), Some(form)) => form.backups = on,
            (_, None) => {}
        }
        Task::none()
    }

    fn destroy(&mut self, session: &Session) -> Task<Message> {
        let Some(form) = &mut self.form else { return Task::none() };
        form.wrong = true;
        if let Some((_, field)) = form.errors().into_iter().next() {
            return access::focus(field);
        }
        let confirmed = DestroyConfirmed {
            reference: String::new(),
            for_good: form.for_good,
            backups: form.backups,
            reason: form.reason.kept(),
        };
        match session.destroy_handed_over(form.draft, &confirmed, &PathBuf::from(form.folder.kept())) {
            Ok((_, certificate)) => {
                self.form = None;
                let where_is = format!("The certificate is in {}.", certificate.path.display());
                self.notice = Some(Notice::done("What was left here is destroyed.", where_is));
                self.read(session);
            }
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        Task::none()
    }

    pub(super) fn view(&self) -> Option<Element<'_, Message>> {
        if self.left.is_empty() && self.notice.is_none() {
            return None;
        }
        let head = column![
            widget::heading(2, "Disclosures that went on in the restricted case file"),
            widget::paragraph(
                "What was typed before they went there is still in the record here. It may be destroyed: that matter is kept \
                 in the restricted case file only."
            ),
        ]
        .spacing(S);
        let notice = self.notice.as_ref().map(said);
        let body: Element<'_, Message> = match &self.form {
            Some(form) => form.view(),
            None => column(self.left.iter().map(line)).spacing(M).into(),
        };
        Some(column![head, column![slot(notice, L), body]].spacing(M).into())
    }
}

/// One of them: nobody is named, so the day tells it from the others.
fn line(it: &HandedOver) -> Element<'_, Message> {
    let texts = super::counted(it.texts as u64, "text", "texts");
    let says = format!("It went there on {}. Left here: {texts}.", it.on.long());
    let destroy = button::danger("Destroy what is left…")
        .name(format!("Destroy what is left of the disclosure of {} ({texts})…", it.on.long()))
        .on_press(Message::Asked(it.draft));
    let words = column![widget::paragraph(says)].width(Length::Fill);
    widget::card(row![words, Element::from(destroy)].spacing(L).align_y(Alignment::Center))
}

impl Form {
    fn errors(&self) -> Vec<(&'static str, Id)> {
        let mut errors = Vec::new();
        if self.wrong && self.reason.trim().is_empty() {
            errors.push(("Write one sentence.", REASON));
        }
        if self.wrong && self.folder.trim().is_empty() {
            errors.push(("Enter a folder, for example your Documents.", FOLDER));
        }
        errors
    }

    fn view(&self) -> Element<'_, Message> {
        let errors = self.errors();
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| *words);
        let warning = widget::notice(Tone::Danger, "What is left of this disclosure goes, for good.").what_to_do(
            "Its texts are overwritten. The journal still says when each was made and by whom, so the record can still be \
             checked. The restricted case file is not touched.",
        );
        let reason = widget::text_field("Why is it destroyed?", &self.reason)
            .hint("Without names: it stands on the certificate. For example: it is kept in the restricted case file.")
            .on_input(|text: String| Message::ReasonEdited(text.into()))
            .error(error(REASON))
            .id(REASON);
        let folder = widget::text_field("Folder for the certificate", &self.folder)
            .hint("A PDF that names no child. The case file keeps a copy of it.")
            .on_input(|text: String| Message::FolderEdited(text.into()))
            .error(error(FOLDER))
            .id(FOLDER);
        let buttons = button::row_of([
            button::danger("Destroy for good").on_press(Message::Destroyed).into(),
            button::secondary("Cancel").on_press(Message::Left).into(),
        ]);
        column![
            Element::from(warning),
            widget::checkbox("I know that this cannot be undone", self.for_good, Message::ForGoodTurned),
            widget::checkbox(
                "I know that backups still hold it until they are replaced",
                self.backups,
                Message::BackupsTurned
            ),
            Element::from(reason),
            Element::from(folder),
            buttons
        ]
        .spacing(L)
        .into()
    }
}
