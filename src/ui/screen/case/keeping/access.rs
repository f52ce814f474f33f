//! A child's copy in the window: the request, each entry as it will go, what is taken out of it and why, and the copy
//! itself. Finds and decides nothing.

mod asking;
mod entry;
mod reason;
mod request;

use super::super::{After, Ground, words};
use crate::app::{AccessView, Error, Notice, Secret, Session, documents_folder, suggest};
use crate::domain::{AccessRequest, AccessRequestId, PersonId, RequestState, Ruling, Who};
use crate::ui::screen::case;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{COLUMN, M, S};
use crate::ui::widget::{self, button};
use asking::Asking;
use iced::widget::{column, container, row};
use iced::{Alignment, Element, Length};
use reason::Reasoning;

/// What the section keeps.
#[derive(Debug, Default)]
pub(super) struct Access {
    /// Each with its number.
    requests: Vec<(AccessRequest, String)>,
    page: Page,
}

#[derive(Debug, Default)]
enum Page {
    #[default]
    None,
    Asking(Box<Asking>),
    Request(Box<Review>),
}

/// A request while it is worked on.
#[derive(Debug)]
struct Review {
    view: AccessView,
    /// The entry that is open.
    entry: Option<usize>,
    reasoning: Option<Reasoning>,
    folder: Typed,
    /// Five words that open the file for the next school; new ones each time that it is opened here.
    passphrase: Secret,
}

/// A field of one of the forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The day of the request, or on which they were told.
    Day,
    /// Who asks.
    AskedBy,
    /// How it was made sure that they may.
    Authority,
    /// Words of an entry.
    Words,
    /// Why.
    Reason,
    /// Where the PDFs go.
    Folder,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// Somebody asks for a copy of what is kept about this child.
    Ask(PersonId),
    /// This child moves to another school.
    Moves(PersonId),
    /// The receipt came back.
    ReceivedAsked,
    /// A request was opened.
    Opened(AccessRequestId),
    /// Something was typed.
    Edited(Field, Typed),
    /// The same words everywhere, or only here.
    EverywhereTurned(bool),
    /// The form was saved.
    Saved,
    /// The form, the entry or the request was left.
    Left,
    /// An entry was opened.
    EntryOpened(usize),
    /// The open entry was read as it will go.
    WasRead,
    /// Words of the open entry are to stand or to go: which text, and at which byte.
    RulingAsked(Typed, usize, Ruling),
    /// What was settled is taken back.
    TakenBack(Typed, usize),
    /// More words of the open entry are to go.
    MoreAsked,
    /// The open entry is to stay behind.
    HoldAsked,
    /// It goes after all.
    LetGo,
    /// Who may have the copy is to be said.
    AuthorityAsked,
    /// More time is to be taken.
    TimeAsked,
    /// The request is to end without a copy.
    EndAsked,
    /// The copy is to be made.
    Issue,
    /// The PDFs are to be saved.
    SaveAsked,
}

impl Access {
    pub(super) fn read(&mut self, session: &Session) -> Result<(), Error> {
        let numbered = |request| session.access_number(&request).map(|number| (request, number));
        self.requests = session.access_requests()?.into_iter().map(numbered).collect::<Result<_, _>>()?;
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Ask(child) => {
                self.page = Page::Asking(Box::new(Asking::new(child, ground.session.today(), false)));
                After::Focus(asking::DAY)
            }
            Message::Moves(child) => {
                self.page = Page::Asking(Box::new(Asking::new(child, ground.session.today(), true)));
                After::Focus(asking::DAY)
            }
            Message::Opened(id) => match ground.session.access_view(id) {
                Ok(view) => self.open(view, ground.session),
                Err(error) => After::Failed(Notice::from(&error)),
            },
            message => match &mut self.page {
                Page::None => After::Stay,
                Page::Asking(_) if matches!(message, Message::Left) => {
                    self.page = Page::None;
                    After::Stay
                }
                Page::Asking(asking) => match asking.update(message, ground) {
                    Ok(Some(view)) => {
                        self.page = Page::Request(Box::new(Review::of(view, ground.session)));
                        After::Changed(Some(Notice::done("It is written down, and stands under Today.", "")))
                    }
                    Ok(None) => After::Stay,
                    Err(after) => after,
                },
                Page::Request(review) => {
                    if let Some(after) = review.update(message, ground.session) {
                        return after;
                    }
                    self.page = Page::None;
                    After::Changed(None)
                }
            },
        }
    }

    fn open(&mut self, view: AccessView, session: &Session) -> After {
        self.page = Page::Request(Box::new(Review::of(view, session)));
        After::Stay
    }

    /// The page that is open in place of the part.
    pub(super) fn page<'a>(&'a self, ground: Ground<'a>) -> Option<Element<'a, case::Message>> {
        match &self.page {
            Page::None => None,
            Page::Asking(asking) => Some(asking.view(ground)),
            Page::Request(review) => Some(review.view(ground.session.today())),
        }
    }

    /// The section of the part.
    pub(super) fn section<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let children = ground
            .view
            .people
            .iter()
            .filter(|person| matches!(person.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool));
        let cards = children.map(|child| {
            let of_child = self.requests.iter().filter(|(request, _)| request.subject == child.id);
            let lines = of_child.map(|(request, number)| line(request, number, ground));
            let ask = button::secondary("Somebody asks for a copy…")
                .name(format!("Somebody asks for a copy about {}…", child.name.full()))
                .on_press(outer(Message::Ask(child.id)));
            let moves = button::quiet("It moves to another school…")
                .name(format!("{} moves to another school…", child.name.full()))
                .on_press(outer(Message::Moves(child.id)));
            let buttons = button::row_of([ask.into(), moves.into()]);
            let inside = column![widget::strong(child.name.full())].extend(lines).push(buttons);
            widget::card(inside.spacing(M))
        });
        let words = column![
            widget::heading(2, "What is kept about a child: a copy, and the file for the next school"),
            widget::paragraph(
                "A child, or whoever may act for it, can ask for a copy of everything that the school keeps about it, in \
                 whatever words. The school has one calendar month (UK GDPR, Article 12(3) and Article 15)."
            ),
            widget::paragraph(
                "When a child moves, its child-protection file goes to the next school within five school days, apart from \
                 the pupil file, and the receipt comes back (Keeping children safe in education 2026, paragraph 150)."
            ),
        ]
        .spacing(S);
        container(column![words].extend(cards).spacing(M)).max_width(COLUMN).into()
    }
}

/// A request, told from another of the same day by its number and by who asks.
fn line<'a>(request: &'a AccessRequest, number: &'a str, ground: Ground<'a>) -> Element<'a, case::Message> {
    let (tag, tone) = state(request, ground);
    let (says, whose) = match &request.transfer {
        None => (
            format!("A copy, asked for on {}", request.received_on.long()),
            format!("{number}. Asked by: {}", request.asked_by),
        ),
        Some(to) => (
            format!("The file for {}", to.to_school),
            format!("{number}. Last day here: {}", to.leaves_on.short()),
        ),
    };
    let label = if request.is_open() { "Go on" } else { "Look at it" };
    let open = button::quiet(label)
        .name(format!("{label}: {says} ({number})"))
        .on_press(outer(Message::Opened(request.id)));
    let words = column![widget::paragraph(says), widget::hint(whose)];
    row![words.width(Length::Fill), widget::tag(tag, tone), Element::from(open)]
        .spacing(M)
        .align_y(Alignment::Center)
        .into()
}

fn state(request: &AccessRequest, ground: Ground<'_>) -> (String, crate::ui::theme::Tone) {
    use crate::ui::theme::Tone;
    match &request.state {
        RequestState::Open => words::due(request.due(), ground.session.today()),
        RequestState::Issued(issued) => match request.transfer.as_ref().map(|to| &to.received) {
            Some(Some(received)) => (format!("Received {}", received.on.short()), Tone::Success),
            Some(None) => ("Receipt not back".into(), Tone::Warning),
            None => (format!("Made on {}", issued.on.short()), Tone::Success),
        },
        RequestState::Ended { on, .. } => (format!("Ended on {}", on.short()), Tone::Neutral),
    }
}

fn outer(message: Message) -> case::Message {
    case::Message::Keeping(super::Message::Access(message))
}

impl Review {
    fn of(view: AccessView, session: &Session) -> Self {
        let folder = documents_folder().display().to_string().into();
        let passphrase = suggest(&*session.random()).unwrap_or_default();
        Self { view, entry: None, reasoning: None, folder, passphrase }
    }

    /// What to do; nothing where the request was left.
    fn update(&mut self, message: Message, session: &Session) -> Option<After> {
        if let Some(reasoning) = &mut self.reasoning {
            match message {
                Message::Left => self.reasoning = None,
                Message::Saved => return Some(self.settle(session)),
                other => reasoning.update(other),
            }
            return Some(After::Stay);
        }
        Some(match message {
            Message::Left if self.entry.is_some() => {
                self.entry = None;
                After::Stay
            }
            Message::Left => return None,
            Message::EntryOpened(at) => {
                self.entry = (at < self.view.entries.len()).then_some(at);
                After::Stay
            }
            Message::WasRead => self.was_read(session),
            Message::TakenBack(passage, at) => {
                let view = session.unsettle_access(self.view.request.id, &passage, at);
                self.take(view)
            }
            Message::LetGo => match self.entry_key() {
                Some(key) => self.take(session.let_go_access(self.view.request.id, &key)),
                None => After::Stay,
            },
            Message::Issue => self.issue(session),
            Message::SaveAsked => self.save(session),
            Message::Edited(Field::Folder, text) => {
                self.folder = text;
                After::Stay
            }
            other => match Reasoning::asked(other, &self.view, self.entry, session.today()) {
                Some((reasoning, focus)) => {
                    self.reasoning = Some(reasoning);
                    After::Focus(focus)
                }
                None => After::Stay,
            },
        })
    }

    fn entry_key(&self) -> Option<String> {
        self.entry.and_then(|at| self.view.entries.get(at)).map(|entry| entry.key.clone())
    }

    fn take(&mut self, view: Result<AccessView, Error>) -> After {
        match view {
            Ok(view) => {
                self.view = view;
                self.reasoning = None;
                After::Stay
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    fn settle(&mut self, session: &Session) -> After {
        let Some(reasoning) = &mut self.reasoning else { return After::Stay };
        if !reasoning.is_whole() {
            return After::wrong();
        }
        let done = reasoning.keep(session, &self.view);
        let failed = done.is_err();
        let after = self.take(done);
        if failed { after } else { After::Changed(None) }
    }

    /// The entry was read: to the next that was not.
    fn was_read(&mut self, session: &Session) -> After {
        let Some(key) = self.entry_key() else { return After::Stay };
        let after = self.take(session.mark_access_read(self.view.request.id, &[key]));
        if matches!(after, After::Stay) {
            let open = |at: &usize| {
                self.view.entries.get(*at).is_some_and(|entry| !entry.read && entry.held_back.is_none())
            };
            let from = self.entry.map_or(0, |at| at + 1);
            self.entry = (from..self.view.entries.len()).chain(0..from).find(open);
        }
        after
    }

    fn issue(&mut self, session: &Session) -> After {
        let id = self.view.request.id;
        match session.issue_access(id).and_then(|_| session.access_view(id)) {
            Ok(view) => {
                self.view = view;
                let next =
                    "Save both PDFs below. The log names the other children: keep it, and never send it.";
                After::Changed(Some(Notice::done("The copy is made, and changes no more.", next)))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    fn save(&mut self, session: &Session) -> After {
        let folder = std::path::PathBuf::from(self.folder.kept());
        let (id, moves) = (self.view.request.id, self.view.request.transfer.is_some());
        let saved = if moves {
            session.save_transfer(id, &folder, &self.passphrase)
        } else {
            session.save_access(id, &folder)
        };
        match saved {
            Ok(saved) if moves => {
                let names =
                    saved.iter().filter_map(|file| file.path.file_name()).map(|name| name.to_string_lossy());
                let what =
                    format!("Saved in {}: {}.", folder.display(), names.collect::<Vec<_>>().join(" and "));
                let next = "Send both. Give the five words to the next school’s lead by telephone, never with the file.";
                After::Changed(Some(Notice::done(what, next)))
            }
            Ok(saved) => {
                let names =
                    saved.iter().filter_map(|file| file.path.file_name()).map(|name| name.to_string_lossy());
                let what =
                    format!("Saved in {}: {}.", folder.display(), names.collect::<Vec<_>>().join(" and "));
                let next = "Send only the copy, by a safe way. Nothing in this folder is encrypted.";
                After::Changed(Some(Notice::done(what, next)))
            }
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    fn view(&self, today: crate::domain::Day) -> Element<'_, case::Message> {
        match (&self.reasoning, self.entry.and_then(|at| Some((at, self.view.entries.get(at)?)))) {
            (Some(reasoning), _) => reasoning.view(),
            (None, Some((at, entry))) => entry::view(&self.view, at, entry),
            (None, None) => request::view(self, today),
        }
    }
}
