//! Settings, the school: its crest and the picture of a signature, each chosen from a file and shown as letters carry it.

use super::said;
use crate::app::{Image, Notice, SchoolPicture, Session};
use crate::ui::access::{Role, control};
use crate::ui::screen::background;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{FIELD_MEDIUM, L, M, S, XXL};
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::image::Handle;
use iced::widget::{column, container, image};
use iced::{ContentFit, Element, Length, Task};
use std::fmt;
use std::path::PathBuf;

/// What happened with a picture.
#[derive(Debug, Clone)]
pub enum Message {
    /// The file's name was typed into.
    FileEdited(SchoolPicture, Typed),
    /// That it shows nobody was said, or taken back.
    NobodyTurned(SchoolPicture, bool),
    /// The dialog was asked for.
    BrowseAsked(SchoolPicture),
    /// The dialog was answered, or called off.
    Picked(SchoolPicture, Option<Typed>),
    /// "Use this picture" was pressed.
    UseAsked(SchoolPicture),
    /// It is taken, or not.
    Taken(SchoolPicture, Result<Shown, Notice>),
    /// "Remove" was pressed.
    RemoveAsked(SchoolPicture),
}

/// A picture for the window.
#[derive(Clone)]
pub struct Shown(Handle);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown(..)")
    }
}

impl From<Image> for Shown {
    fn from(image: Image) -> Self {
        Self(Handle::from_rgba(image.width, image.height, image.rgba))
    }
}

/// One of the two.
#[derive(Debug)]
struct One {
    which: SchoolPicture,
    file: Typed,
    /// Somebody says that it shows no person.
    shows_nobody: bool,
    wrong: bool,
    working: bool,
    shown: Option<Shown>,
    notice: Option<Notice>,
}

/// Both.
#[derive(Debug)]
pub(super) struct Pictures {
    crest: One,
    signature: One,
}

impl Pictures {
    pub(super) fn new(session: &Session) -> Self {
        let one = |which| {
            let (shown, notice) = match session.picture(which) {
                Ok(picture) => (picture.map(Shown::from), None),
                Err(error) => (None, Some(Notice::from(&error))),
            };
            One {
                which,
                file: Typed::default(),
                shows_nobody: false,
                wrong: false,
                working: false,
                shown,
                notice,
            }
        };
        Self { crest: one(SchoolPicture::Crest), signature: one(SchoolPicture::Signature) }
    }

    fn one(&mut self, which: SchoolPicture) -> &mut One {
        match which {
            SchoolPicture::Crest => &mut self.crest,
            SchoolPicture::Signature => &mut self.signature,
        }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        match message {
            Message::NobodyTurned(which, on) => self.one(which).shows_nobody = on,
            Message::BrowseAsked(which) => return browse(which),
            Message::FileEdited(which, file) | Message::Picked(which, Some(file)) => {
                self.one(which).file = file;
            }
            // It was called off, or this PC has no such dialog; the field is there for that.
            Message::Picked(_, None) => {}
            Message::UseAsked(which) => return self.one(which).take(session),
            Message::Taken(which, taken) => self.one(which).taken(taken),
            Message::RemoveAsked(which) => self.one(which).remove(session),
        }
        Task::none()
    }

    pub(super) fn view(&self) -> Element<'_, Message> {
        column![
            widget::heading(2, "Crest and signature"),
            widget::hint("A PNG or JPEG each. They stand on every letter that is approved from now on."),
            self.crest.view(),
            self.signature.view(),
        ]
        .spacing(L)
        .into()
    }
}

impl One {
    fn take(&mut self, session: &Session) -> Task<Message> {
        self.notice = None;
        self.wrong = self.file.trim().is_empty();
        if self.wrong {
            return crate::ui::access::focus(self.id());
        }
        self.working = true;
        let (session, which, file) = (session.clone(), self.which, PathBuf::from(self.file.trim()));
        let nobody = self.shows_nobody;
        let work = background::apart(move || {
            session.set_picture(which, &file, nobody).map(Shown::from).map_err(|error| Notice::from(&error))
        });
        Task::perform(work, move |taken| Message::Taken(which, taken))
    }

    fn taken(&mut self, taken: Result<Shown, Notice>) {
        self.working = false;
        match taken {
            Ok(shown) => {
                self.shown = Some(shown);
                self.file = Typed::default();
                self.shows_nobody = false;
                let (what, next) = match self.which {
                    SchoolPicture::Crest => ("The crest is kept.", "It stands beside the school’s name."),
                    SchoolPicture::Signature => (
                        "The signature is kept.",
                        "It stands above the signatory’s name, and on no other letter.",
                    ),
                };
                self.notice = Some(Notice::done(what, next));
            }
            Err(notice) => self.notice = Some(notice),
        }
    }

    fn remove(&mut self, session: &Session) {
        self.notice = Some(match session.remove_picture(self.which) {
            Ok(()) => {
                self.shown = None;
                Notice::done("The picture is removed.", "Letters that are approved already stay as they are.")
            }
            Err(error) => Notice::from(&error),
        });
    }

    fn id(&self) -> Id {
        Id::new(match self.which {
            SchoolPicture::Crest => "settings-crest",
            SchoolPicture::Signature => "settings-signature",
        })
    }

    fn view(&self) -> Element<'_, Message> {
        let which = self.which;
        let (title, label, hint, name, none, gate) = match which {
            SchoolPicture::Crest => (
                "Crest",
                "File of the crest",
                "It stands at the top right, at most 16 mm high.",
                "The crest as letters carry it",
                "No crest is chosen.",
                "The crest’s picture shows no person",
            ),
            SchoolPicture::Signature => (
                "Signature",
                "File of the signature",
                "Dark ink on white paper, cut close. Only letters under the signatory’s name carry it.",
                "The signature as letters carry it",
                "No signature is chosen: sign each letter by hand.",
                "The signature’s picture shows no person",
            ),
        };
        let shown: Element<'_, Message> = match &self.shown {
            Some(Shown(handle)) => {
                let picture = image(handle.clone()).height(XXL).content_fit(ContentFit::Contain);
                let paper = container(picture)
                    .padding(S)
                    .style(|_: &iced::Theme| container::Style::default().background(iced::Color::WHITE));
                control(Role::Image, name, paper).into()
            }
            None => widget::hint(none),
        };
        let field = widget::text_field(label, &self.file)
            .hint(hint)
            .error(self.wrong.then_some("Enter a file, or choose one with Browse."))
            .id(self.id())
            .width(Length::Fixed(FIELD_MEDIUM))
            .on_input(move |text| Message::FileEdited(which, text.into()))
            .on_submit(Message::UseAsked(which));
        let nobody = widget::checkbox(gate, self.shows_nobody, move |on| Message::NobodyTurned(which, on));
        let label = if self.working { "Working…" } else { "Use this picture" };
        let mut buttons = vec![
            button::secondary(label)
                .name(format!("Use this picture: {title}"))
                .on_press_maybe((!self.working).then_some(Message::UseAsked(which)))
                .into(),
            button::secondary("Browse…")
                .name(format!("Browse: {title}"))
                .on_press(Message::BrowseAsked(which))
                .into(),
        ];
        if self.shown.is_some() {
            let remove = button::quiet("Remove").name(format!("Remove: {title}"));
            buttons.push(remove.on_press(Message::RemoveAsked(which)).into());
        }
        column![
            widget::heading(3, title),
            shown,
            Element::from(field),
            nobody,
            column![slot(self.notice.as_ref().map(said), M), button::row_of(buttons)],
        ]
        .spacing(M)
        .into()
    }
}

fn browse(which: SchoolPicture) -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title("Which picture?")
        .add_filter("Pictures", &["png", "jpg", "jpeg", "PNG", "JPG", "JPEG"])
        .pick_file();
    Task::perform(dialog, move |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        Message::Picked(which, picked.map(|picked| path(picked).display().to_string().into()))
    })
}
