//! Unlock: opens a case file with a passphrase or the recovery words. What opens what is the case file's decision.

mod put_back;
#[cfg(test)]
mod tests;
mod whose;

use super::folder::{self, FolderField};
use super::passphrase::{self, ChoosePassphrase, school_words};
use super::{background, entrance, said};
use crate::app::{Cost, Kind, Notice, Secret, Session, World, demo};
use crate::ui::access;
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, ERROR_SUMMARY, Edit, Editor, button};
use iced::advanced::widget::Id;
use iced::widget::{Column, column, space};
use iced::{Element, Task};
use put_back::PutBack;
use std::path::{Path, PathBuf};
use whose::Whose;

const PASSPHRASE: Id = Id::new("unlock-passphrase");
const WORDS: Id = Id::new("unlock-words");
const FOLDER: Id = Id::new("unlock-folder");

/// The screen.
#[derive(Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each says another thing, and all of them can be so at once"
)]
pub struct Unlock {
    world: World,
    cost: Cost,
    folder: Option<PathBuf>,
    page: Page,
    passphrase: Secret,
    words: Editor,
    elsewhere: FolderField,
    /// Opened with the words: only the new passphrase is missing.
    opened: Option<(Session, ChoosePassphrase)>,
    whose: Whose,
    working: bool,
    notice: Option<Notice>,
    demonstration: bool,
    /// A backup is to be put back.
    put_back: Option<PutBack>,
    /// The case file did not open for a reason that a backup may mend.
    broken: bool,
    /// Another case file is open behind this page, and there is a way back to it.
    way_back: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    /// No case file is known.
    Start,
    Passphrase,
    Elsewhere,
    Words,
    NewPassphrase,
    PutBack,
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// The passphrase was typed.
    PassphraseEdited(Secret),
    /// “Open” was pressed.
    OpenAsked,
    /// The case file is open, or not.
    Opened(Result<Session, Notice>),
    /// “Use the recovery sheet” was pressed.
    WordsAsked,
    /// The words were edited.
    WordsEdited(Edit),
    /// “Open with these words” was pressed.
    WordsEntered,
    /// The words opened the case file, or not.
    OpenedWithWords(Result<Session, Notice>),
    /// In the fields of the new passphrase.
    NewPassphrase(passphrase::Message),
    /// It was chosen whose passphrase it is to be.
    HolderChosen(String),
    /// “Set the passphrase and open” was pressed.
    PassphraseChosen,
    /// It is set, or not.
    PassphraseSet(Result<(), Notice>),
    /// The case file is wanted as it is, because the passphrase could not be set.
    PassphraseLeft,
    /// Another case file was asked for.
    ElsewhereAsked,
    /// In the field for its folder.
    Elsewhere(folder::Message),
    /// That folder is the one.
    ElsewhereChosen,
    /// “Put back a backup” was pressed.
    PutBackAsked,
    /// On its page.
    PutBack(put_back::Message),
    /// A new case file was asked for.
    NewAsked,
    /// “Back” was pressed.
    WentBack,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Make a new case file.
    FirstRun,
    /// The case file is open.
    Opened(Session),
    /// Back to the case file that is open behind this page.
    Back,
}

impl Unlock {
    /// The screen, and what it has to do first.
    pub fn new(world: World, folder: Option<PathBuf>) -> (Self, Task<Message>) {
        let hint = "The folder of a case file has a name that ends in .casebook.";
        let page = if folder.is_some() { Page::Passphrase } else { Page::Start };
        let screen = Self {
            world,
            cost: Cost::STANDARD,
            elsewhere: FolderField::new("Folder of the case file", hint, FOLDER, folder.as_deref()),
            folder,
            page,
            passphrase: Secret::default(),
            words: Editor::default(),
            opened: None,
            whose: Whose::default(),
            working: false,
            notice: None,
            demonstration: false,
            put_back: None,
            broken: false,
            way_back: false,
        };
        let first = screen.focus();
        (screen, first)
    }

    /// Whether another case file is open behind this page, to which “Back” leads.
    pub fn set_way_back(&mut self, way_back: bool) {
        self.way_back = way_back;
    }

    /// This is the demonstration: its passphrase is no secret, and its day is not today, so that no other case file may
    /// be opened or made here.
    pub fn is_demonstration(&mut self) {
        self.demonstration = true;
    }

    /// The case file that the words have opened already, while its new passphrase is missing.
    pub fn session(&self) -> Option<Session> {
        self.opened.as_ref().map(|(session, _)| session.clone())
    }

    /// The folder of the case file that is to be opened.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// Tells what happened before the case file was locked.
    pub fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    fn focus(&self) -> Task<Message> {
        match self.page {
            Page::Start | Page::PutBack => access::focus_first(),
            Page::Passphrase => access::focus(PASSPHRASE),
            Page::Elsewhere => access::focus(FOLDER),
            Page::Words => access::focus(WORDS),
            Page::NewPassphrase => access::focus(passphrase::FIRST),
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::PassphraseEdited(typed) => self.edit(typed),
            Message::OpenAsked => self.open(),
            Message::Opened(done) => self.finish(done),
            Message::WordsAsked => self.turn(Page::Words),
            Message::WordsEdited(edit) => {
                self.words.perform(edit);
                Action::None
            }
            Message::WordsEntered => self.open_with_words(),
            Message::OpenedWithWords(done) => self.finish_words(done),
            Message::NewPassphrase(passphrase::Message::Submitted) | Message::PassphraseChosen => {
                self.set_passphrase()
            }
            Message::NewPassphrase(message) => self.choose(message),
            Message::HolderChosen(name) => {
                self.whose.choose(name);
                Action::None
            }
            Message::PassphraseSet(done) => self.finish_passphrase(done),
            Message::PassphraseLeft => self.leave(),
            Message::ElsewhereAsked => self.turn(Page::Elsewhere),
            Message::Elsewhere(folder::Message::Submitted) | Message::ElsewhereChosen => self.go_elsewhere(),
            Message::Elsewhere(message) => {
                Action::Run(self.elsewhere.update(message).map(Message::Elsewhere))
            }
            Message::PutBackAsked => self.ask_for_a_backup(),
            Message::PutBack(message) => self.put_back(message),
            Message::NewAsked => Action::FirstRun,
            Message::WentBack if !matches!(self.page, Page::Elsewhere | Page::Words | Page::PutBack) => {
                Action::Back
            }
            Message::WentBack => self.turn(self.start()),
            Message::LinkFollowed(field) => Action::Run(access::focus(field)),
        }
    }

    fn start(&self) -> Page {
        if self.folder.is_some() { Page::Passphrase } else { Page::Start }
    }

    fn turn(&mut self, page: Page) -> Action {
        self.page = page;
        self.notice = None;
        self.elsewhere.forgive();
        Action::Run(self.focus())
    }

    fn edit(&mut self, typed: Secret) -> Action {
        // While it is being tried it stays as it is.
        if !self.working {
            self.passphrase = typed;
        }
        Action::None
    }

    fn open(&mut self) -> Action {
        let Some(folder) = self.folder.clone().filter(|_| !self.working) else { return Action::None };
        self.working = true;
        self.notice = None;
        let (passphrase, world) = (self.passphrase.clone(), self.world.clone());
        let work = background::apart(move || {
            Session::open(&folder, &passphrase, world).map_err(|error| Notice::from(&error))
        });
        Action::Run(Task::perform(work, Message::Opened))
    }

    fn finish(&mut self, done: Result<Session, Notice>) -> Action {
        self.working = false;
        match done {
            Ok(session) => Action::Opened(session),
            Err(notice) => {
                // A wrong passphrase is typed anew; for any other reason it may be right and stays.
                if notice.kind == Kind::YourInput {
                    self.passphrase = Secret::default();
                }
                self.broken = notice.kind == Kind::File;
                self.notice = Some(notice);
                Action::Run(access::focus(PASSPHRASE))
            }
        }
    }

    fn open_with_words(&mut self) -> Action {
        let Some(folder) = self.folder.clone().filter(|_| !self.working) else { return Action::None };
        self.working = true;
        self.notice = None;
        let (words, world) = (Secret::new(self.words.text()), self.world.clone());
        let work = background::apart(move || {
            Session::open_with_words(&folder, &words, world).map_err(|error| Notice::from(&error))
        });
        Action::Run(Task::perform(work, Message::OpenedWithWords))
    }

    fn finish_words(&mut self, done: Result<Session, Notice>) -> Action {
        self.working = false;
        match done {
            Ok(session) => {
                self.words = Editor::default();
                // A school that cannot be read makes the judge a little milder; the next screen says why it cannot.
                let school = session.school().unwrap_or_default();
                let choose = ChoosePassphrase::new(school_words(&school), self.world.random.clone());
                self.whose = Whose::of(&session);
                self.opened = Some((session, choose));
                self.turn(Page::NewPassphrase)
            }
            Err(notice) => {
                self.broken |= notice.kind == Kind::File;
                self.notice = Some(notice);
                Action::Run(access::focus(WORDS))
            }
        }
    }

    fn choose(&mut self, message: passphrase::Message) -> Action {
        match &mut self.opened {
            Some((_, choose)) if !self.working => {
                Action::Run(choose.update(message).map(Message::NewPassphrase))
            }
            _ => Action::None,
        }
    }

    fn set_passphrase(&mut self) -> Action {
        let cost = self.cost;
        let Some((session, choose)) = self.opened.as_mut().filter(|_| !self.working) else {
            return Action::None;
        };
        let (passphrase, named) = (choose.check(), self.whose.check());
        let Some(passphrase) = passphrase.filter(|_| named) else {
            return Action::Run(access::focus(ERROR_SUMMARY));
        };
        let (session, whose) = (session.clone(), self.whose.chosen());
        self.working = true;
        self.notice = None;
        let work = background::apart(move || {
            let done = match whose {
                Some(name) => session.set_passphrase(&name, &passphrase, cost),
                None => session.change_passphrase(&passphrase, cost),
            };
            done.map_err(|error| Notice::from(&error))
        });
        Action::Run(Task::perform(work, Message::PassphraseSet))
    }

    fn finish_passphrase(&mut self, done: Result<(), Notice>) -> Action {
        self.working = false;
        match done {
            Ok(()) => self.enter(),
            Err(notice) => {
                self.notice = Some(notice);
                Action::None
            }
        }
    }

    /// From now on the session is the one of whoever set the passphrase.
    fn enter(&mut self) -> Action {
        let Some((session, _)) = self.opened.take() else { return Action::None };
        let holder = self.whose.chosen().or_else(|| session.key_holder().ok());
        Action::Opened(match holder {
            Some(name) => session.acting_as(&name),
            None => session,
        })
    }

    fn leave(&mut self) -> Action {
        self.opened.take().map_or(Action::None, |(session, _)| Action::Opened(session))
    }

    fn go_elsewhere(&mut self) -> Action {
        let Some(folder) = self.elsewhere.check() else { return Action::Run(access::focus(ERROR_SUMMARY)) };
        if let Err(error) = Session::look_for(&folder) {
            self.notice = Some(Notice::from(&error));
            return Action::Run(access::focus(FOLDER));
        }
        self.folder = Some(folder);
        self.broken = false;
        self.passphrase = Secret::default();
        self.turn(Page::Passphrase)
    }

    fn ask_for_a_backup(&mut self) -> Action {
        self.put_back = self.folder.as_deref().map(PutBack::of);
        self.turn(Page::PutBack)
    }

    fn put_back(&mut self, message: put_back::Message) -> Action {
        if let put_back::Message::Done(done) = message {
            return self.finish_put_back(done);
        }
        let Some(page) = self.put_back.as_mut().filter(|_| !self.working) else { return Action::None };
        match message {
            put_back::Message::Chosen(backup) => page.choose(backup),
            put_back::Message::Edited(typed) => page.edit(typed),
            put_back::Message::Done(_) => {}
            put_back::Message::Submitted => {
                self.notice = None;
                let Some(task) = page.begin(&self.world) else {
                    return Action::Run(access::focus(ERROR_SUMMARY));
                };
                self.working = true;
                return Action::Run(task.map(Message::PutBack));
            }
        }
        Action::None
    }

    fn finish_put_back(&mut self, done: Result<Notice, Notice>) -> Action {
        self.working = false;
        match done {
            Ok(notice) => {
                self.broken = false;
                // That day's may be another one.
                self.passphrase = Secret::default();
                let turned = self.turn(Page::Passphrase);
                self.notice = Some(notice);
                turned
            }
            Err(notice) => {
                self.notice = Some(notice);
                Action::Run(widget::to_top())
            }
        }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        match (self.page, &self.opened) {
            (Page::Elsewhere, _) => self.elsewhere.errors(),
            (Page::PutBack, _) => self.put_back.iter().filter_map(PutBack::error).collect(),
            (Page::NewPassphrase, Some((_, choose))) => {
                self.whose.errors().into_iter().chain(choose.errors()).collect()
            }
            (Page::Start | Page::Passphrase | Page::Words | Page::NewPassphrase, _) => Vec::new(),
        }
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let back = self.way_back || matches!(self.page, Page::Elsewhere | Page::Words | Page::PutBack);
        let back = back.then(|| button::back(Message::WentBack).on_press_maybe(self.idle(Message::WentBack)));
        // What comes and goes stands in a column of its own, so that the fields keep their place and the focus.
        let head = column![
            back.map(Element::from),
            entrance::problems(self.errors(), Message::LinkFollowed),
            self.title(),
            self.notice.as_ref().map(said),
        ]
        .spacing(L);
        entrance::page(column![head, self.content()])
    }

    /// A button's message, unless something is being worked on.
    fn idle(&self, message: Message) -> Option<Message> {
        (!self.working).then_some(message)
    }

    fn title(&self) -> Element<'_, Message> {
        let (title, lead) = match self.page {
            Page::Start | Page::Passphrase => {
                ("Casebook", "Records, decisions and letters about cyberbullying, locked on this PC.")
            }
            Page::Elsewhere => ("Open another case file", "Choose the folder in which it is kept."),
            Page::Words => (
                "Use the recovery sheet",
                "Type the 24 words from the paper in the school safe, in their order.",
            ),
            Page::PutBack => (
                "Put back a backup",
                "It takes the place of the case file. What is there now is kept beside it.",
            ),
            Page::NewPassphrase => (
                "Choose a new passphrase",
                "The words were right. The new passphrase takes the place of the one that was lost; the recovery \
                 sheet stays good.",
            ),
        };
        column![widget::heading(1, title), widget::lead(lead)].spacing(S).into()
    }

    fn content(&self) -> Element<'_, Message> {
        match (self.page, &self.opened) {
            (Page::Start, _) => Self::start_page(),
            (Page::Passphrase, _) => self.passphrase_page(),
            (Page::Elsewhere, _) => self.elsewhere_page(),
            (Page::PutBack, _) => match &self.put_back {
                Some(page) => page.view(self.working).map(Message::PutBack),
                None => space().into(),
            },
            (Page::Words, _) => self.words_page(),
            (Page::NewPassphrase, Some((_, choose))) => self.new_passphrase_page(choose),
            (Page::NewPassphrase, None) => space().into(),
        }
    }

    fn start_page() -> Element<'static, Message> {
        button::row_of([
            button::primary("Make a new case file").on_press(Message::NewAsked).into(),
            button::secondary("Open a case file that is already there")
                .on_press(Message::ElsewhereAsked)
                .into(),
        ])
    }

    fn passphrase_page(&self) -> Element<'_, Message> {
        let field = widget::text_field("Passphrase", self.passphrase.expose())
            .id(PASSPHRASE)
            .secure()
            .on_input(|text| Message::PassphraseEdited(Secret::new(text)))
            .on_submit(Message::OpenAsked);
        let label = if self.working { "Opening…" } else { "Open" };
        let others = if self.demonstration { demonstration() } else { self.others() };
        column![
            self.which(),
            Element::from(field),
            button::row_of([button::primary(label).on_press_maybe(self.idle(Message::OpenAsked)).into()]),
            others,
        ]
        .spacing(L)
        .into()
    }

    fn others(&self) -> Element<'_, Message> {
        column![
            widget::heading(2, "Something else?"),
            self.quiet("Use the recovery sheet", Message::WordsAsked),
            self.broken.then(|| self.quiet("Put back a backup", Message::PutBackAsked)),
            self.quiet("Open another case file", Message::ElsewhereAsked),
            self.quiet("Make a new case file", Message::NewAsked),
        ]
        .spacing(S)
        .into()
    }

    fn quiet(&self, label: &'static str, message: Message) -> Element<'_, Message> {
        button::quiet(label).flush().on_press_maybe(self.idle(message)).into()
    }

    /// Which case file it is.
    fn which(&self) -> Element<'_, Message> {
        let Some(folder) = &self.folder else { return space().into() };
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let place = folder.parent().map(Path::display).map(|place| format!("In {place}")).unwrap_or_default();
        let shown: Column<'_, Message> = column![widget::strong(name), widget::hint(place)];
        widget::card(shown)
    }

    fn elsewhere_page(&self) -> Element<'_, Message> {
        let go_on = button::primary("Continue").on_press(Message::ElsewhereChosen);
        column![self.elsewhere.view().map(Message::Elsewhere), button::row_of([go_on.into()])]
            .spacing(L)
            .into()
    }

    fn words_page(&self) -> Element<'_, Message> {
        let words = widget::text_area("The 24 words", &self.words, Message::WordsEdited)
            .hint("Capitals, numbers and new lines do not matter.")
            .id(WORDS)
            .rows(5);
        let label = if self.working { "Opening…" } else { "Open with these words" };
        let open = button::primary(label).on_press_maybe(self.idle(Message::WordsEntered));
        column![self.which(), Element::from(words), button::row_of([open.into()])].spacing(L).into()
    }

    fn new_passphrase_page<'a>(&'a self, choose: &'a ChoosePassphrase) -> Element<'a, Message> {
        let label = if self.working { "Working…" } else { "Set the passphrase and open" };
        let set = button::primary(label).on_press_maybe(self.idle(Message::PassphraseChosen));
        let leave = self.notice.as_ref().map(|_| {
            Element::from(button::quiet("Open without a new passphrase").on_press(Message::PassphraseLeft))
        });
        let buttons = std::iter::once(set.into()).chain(leave);
        column![
            self.whose.view(Message::HolderChosen),
            choose.view().map(Message::NewPassphrase),
            button::row_of(buttons)
        ]
        .spacing(M + S)
        .into()
    }
}

fn demonstration<'a>() -> Element<'a, Message> {
    column![
        widget::heading(2, "This is the demonstration"),
        widget::paragraph(format!("Its passphrase is: {}", demo::PASSPHRASE)),
        widget::hint("For your own case file, close this window and start Casebook by itself."),
    ]
    .spacing(S)
    .into()
}
