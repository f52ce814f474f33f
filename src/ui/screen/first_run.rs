//! First run: the school, the passphrase, the place, the recovery sheet. One thing a page; going back loses nothing.

mod school;
pub(in crate::ui::screen) mod sheet;
#[cfg(test)]
mod tests;

pub use school::{Field, Message as SchoolMessage};
pub use sheet::{Message as SheetMessage, Words};

use super::folder::{self, FolderField};
use super::passphrase::{self, ChoosePassphrase, school_words};
use super::{background, entrance, said};
use crate::app::{Cost, NewCaseFile, Notice, Risk, Secret, Session, World};
use crate::domain::School;
use crate::ui::access::{self, Live, Role, control};
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::{self, ERROR_SUMMARY, button};
use iced::advanced::widget::Id;
use iced::widget::{Column, column};
use iced::{Element, Task};
use school::Form;
use sheet::Sheet;
use std::path::PathBuf;

const FOLDER: Id = Id::new("first-run-folder");
/// The pages with something to fill in or to do, for “Step 1 of 6”.
const STEPS: usize = 6;

/// The screen.
#[derive(Debug)]
pub struct FirstRun {
    world: World,
    suggested: PathBuf,
    cost: Cost,
    page: Page,
    school: Form,
    /// The school whose restricted register is made.
    restricted: Option<School>,
    passphrase: ChoosePassphrase,
    folder: FolderField,
    notice: Option<Notice>,
    made: Option<(Session, Sheet)>,
    /// Closing the window was asked for while the words were on nobody's paper.
    closing: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    School,
    People,
    Passphrase,
    Place,
    Making,
    Words,
    Check,
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// On the pages about the school.
    School(SchoolMessage),
    /// In the fields of the passphrase.
    Passphrase(passphrase::Message),
    /// In the field for the folder.
    Folder(folder::Message),
    /// On the pages of the recovery sheet.
    Sheet(SheetMessage),
    /// “Continue” was pressed.
    Continued,
    /// “Back” was pressed.
    WentBack,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
    /// The case file was made, or not.
    Finished(Result<(Session, Words), Notice>),
    /// The window is to stay open.
    Stayed,
    /// The window is to close, words or no words.
    ClosedAnyway,
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Back to the start page.
    Cancelled,
    /// The case file is made and open.
    Made(Session),
    /// Close the window.
    Close,
}

impl Action {
    fn task(self) -> Task<Message> {
        match self {
            Self::Run(task) => task,
            _ => Task::none(),
        }
    }
}

impl FirstRun {
    /// The screen, and what it has to do first. `suggested` is the folder that a case file goes to if nobody chooses
    /// another.
    pub fn new(world: World, suggested: PathBuf) -> (Self, Task<Message>) {
        let passphrase = ChoosePassphrase::new(Vec::new(), world.random.clone());
        let hint = "Your Documents, or a folder of the school that is backed up.";
        let folder = FolderField::new("Folder", hint, FOLDER, Some(&suggested));
        let screen = Self {
            world,
            suggested,
            cost: Cost::STANDARD,
            page: Page::School,
            school: Form::new(),
            restricted: None,
            passphrase,
            folder,
            notice: None,
            made: None,
            closing: false,
        };
        (screen, access::focus(school::NAME))
    }

    /// With a cost that a test can wait for.
    #[cfg(test)]
    pub(in crate::ui) fn cheap(&mut self) {
        self.cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
    }

    /// Whether the window may close. Not before somebody was asked about the words, which are never shown again.
    pub fn may_close(&mut self) -> bool {
        match self.page {
            Page::School | Page::People | Page::Passphrase | Page::Place => true,
            Page::Making => {
                // It takes a few seconds. Then the words are there to be asked about.
                self.closing = true;
                false
            }
            Page::Words | Page::Check => std::mem::replace(&mut self.closing, true),
        }
    }

    /// The case file, once it is made: from then on its words wait to be put on paper.
    pub fn made(&self) -> Option<Session> {
        self.made.as_ref().map(|(session, _)| session.clone())
    }

    /// The same for a restricted register beside the school's case file: its particulars are there already. Where the
    /// head is named in it, the chair of governors signs and holds the key.
    pub fn for_restricted(
        world: World,
        suggested: PathBuf,
        school: School,
        chair: bool,
    ) -> (Self, Task<Message>) {
        let (mut screen, _) = Self::new(world, suggested);
        screen.school = Form::restricted(&school, chair);
        screen.restricted = Some(school);
        let task = Action::task(screen.turn(Page::People));
        (screen, task)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::School(SchoolMessage::Submitted)
            | Message::Passphrase(passphrase::Message::Submitted)
            | Message::Folder(folder::Message::Submitted)
            | Message::Sheet(SheetMessage::Submitted)
            | Message::Continued => self.go_on(),
            Message::School(message) => {
                self.school.update(message);
                Action::None
            }
            Message::Passphrase(message) => {
                Action::Run(self.passphrase.update(message).map(Message::Passphrase))
            }
            Message::Folder(message) => {
                self.notice = None;
                Action::Run(self.folder.update(message).map(Message::Folder))
            }
            Message::Sheet(message) => self.update_sheet(message),
            Message::WentBack => self.go_back(),
            Message::LinkFollowed(field) => Action::Run(access::focus(field)),
            Message::Finished(done) => self.finish(done),
            Message::Stayed => {
                self.closing = false;
                Action::None
            }
            Message::ClosedAnyway => Action::Close,
        }
    }

    fn update_sheet(&mut self, message: SheetMessage) -> Action {
        match &mut self.made {
            Some((session, sheet)) => Action::Run(sheet.update(message, session).map(Message::Sheet)),
            None => Action::None,
        }
    }

    fn go_on(&mut self) -> Action {
        match self.page {
            Page::School => {
                self.school.check();
                self.turn_if_right(Page::People)
            }
            Page::People => {
                self.school.check();
                self.turn_if_right(Page::Passphrase)
            }
            Page::Passphrase => {
                self.passphrase.check();
                self.turn_if_right(Page::Place)
            }
            Page::Place => self.make(),
            Page::Making => Action::None,
            Page::Words => self.turn(Page::Check),
            Page::Check => self.leave(),
        }
    }

    fn turn_if_right(&mut self, page: Page) -> Action {
        if self.errors().is_empty() { self.turn(page) } else { Action::Run(access::focus(ERROR_SUMMARY)) }
    }

    fn go_back(&mut self) -> Action {
        match self.page {
            Page::School => Action::Cancelled,
            Page::People if self.restricted.is_some() => Action::Cancelled,
            Page::People => self.turn(Page::School),
            Page::Passphrase => self.turn(Page::People),
            Page::Place => self.turn(Page::Passphrase),
            Page::Check => self.turn(Page::Words),
            // The case file is being made, or is made: there is nothing to go back to.
            Page::Making | Page::Words => Action::None,
        }
    }

    fn turn(&mut self, page: Page) -> Action {
        self.page = page;
        self.notice = None;
        self.school.forgive();
        self.folder.forgive();
        self.passphrase.leave();
        if let Some((_, sheet)) = &mut self.made {
            sheet.forgive();
        }
        self.passphrase.know(school_words(&self.school.school()));
        Action::Run(match page {
            Page::School => access::focus(school::NAME),
            Page::People => access::focus(school::SIGNATORY),
            Page::Passphrase => access::focus(passphrase::FIRST),
            Page::Place => access::focus(FOLDER),
            Page::Check => access::focus(Sheet::first_field()),
            Page::Making | Page::Words => access::focus_first(),
        })
    }

    /// Where the case file will be.
    fn place(&self) -> PathBuf {
        let school = self.school.school().name;
        let name = if self.restricted.is_some() { restricted_name(&school) } else { file_name(&school) };
        self.folder.path().join(name)
    }

    fn make(&mut self) -> Action {
        let (Some(_folder), Some(passphrase)) = (self.folder.check(), self.passphrase.chosen()) else {
            return Action::Run(access::focus(ERROR_SUMMARY));
        };
        if let Some(risk) = Risk::of(&self.place()) {
            self.notice = Some(risk.refusal());
            return Action::Run(access::focus(FOLDER));
        }
        let new = self.wanted(passphrase);
        let world = self.world.clone();
        self.page = Page::Making;
        self.notice = None;
        let work = background::apart(move || {
            let made = Session::create(&new, world).map_err(|error| Notice::from(&error));
            made.map(|(session, words)| (session, Words(words.into())))
        });
        Action::Run(Task::perform(work, Message::Finished))
    }

    fn wanted(&self, passphrase: Secret) -> NewCaseFile {
        NewCaseFile {
            folder: self.place(),
            school: match &self.restricted {
                Some(kept) => {
                    School { calendar: kept.calendar.clone(), restricted: true, ..self.school.school() }
                }
                None => self.school.school(),
            },
            owner: self.school.owner(),
            passphrase,
            cost: self.cost,
        }
    }

    fn finish(&mut self, done: Result<(Session, Words), Notice>) -> Action {
        match done {
            Ok((session, words)) => {
                self.made = Some((session, Sheet::new(words, &self.suggested)));
                // The key is made; the passphrase is needed no more.
                self.passphrase = ChoosePassphrase::new(Vec::new(), self.world.random.clone());
                self.turn(Page::Words)
            }
            Err(notice) => {
                self.closing = false;
                let turned = self.turn(Page::Place);
                self.notice = Some(notice);
                turned
            }
        }
    }

    fn leave(&mut self) -> Action {
        let Some((session, sheet)) = &mut self.made else { return Action::None };
        if sheet.check() { Action::Made(session.clone()) } else { Action::Run(access::focus(ERROR_SUMMARY)) }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        match self.page {
            Page::School => self.school.school_errors(),
            Page::People => self.school.people_errors(),
            Page::Passphrase => self.passphrase.errors(),
            Page::Place => self.folder.errors(),
            Page::Check => self.made.as_ref().map(|(_, sheet)| sheet.errors()).unwrap_or_default(),
            Page::Making | Page::Words => Vec::new(),
        }
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let back = !matches!(self.page, Page::Making | Page::Words);
        // What comes and goes stands in a column of its own, so that the fields keep their place and the focus.
        let head = column![
            back.then(|| Element::from(button::back(Message::WentBack))),
            entrance::problems(self.errors(), Message::LinkFollowed),
            self.notice.as_ref().map(said),
        ]
        .spacing(L);
        let page = entrance::page(column![head, self.title(), self.content(), self.go_on_button()]);
        widget::modal(page, (self.closing && self.made.is_some()).then(closing))
    }

    fn title(&self) -> Element<'_, Message> {
        let (step, title, lead) = match self.page {
            Page::School => {
                (1, "Your school", "This stands at the head of every letter. You can change it later.")
            }
            Page::People if self.restricted.is_some() => (
                2,
                "Whose key is it?",
                "The restricted case file opens with this person’s passphrase, and with no key of the school’s case file.",
            ),
            Page::People => (2, "Who signs?", "Letters to families go out in this person’s name."),
            Page::Passphrase => (
                3,
                "Choose a passphrase",
                "It locks every record on this PC, so that whoever takes or copies the files can read nothing.",
            ),
            Page::Place => (
                4,
                "Where to keep the case file",
                "It is one locked folder. Nothing of it leaves this PC unless you copy it.",
            ),
            Page::Making => (
                4,
                "Making the case file",
                "The lock is made slow to try on purpose. This takes a few seconds.",
            ),
            Page::Words => (
                5,
                "The recovery sheet",
                "These 24 words open the case file when every passphrase is lost. They are shown only this once. \
                 Anyone who has them can read every record.",
            ),
            Page::Check => (
                6,
                "Check the sheet",
                "Type words 4, 11 and 19 from the paper, to be sure that it will help when you need it.",
            ),
        };
        let step = match self.restricted {
            Some(_) => format!("Make a restricted case file: step {} of {}", step - 1, STEPS - 1),
            None => format!("Make a new case file: step {step} of {STEPS}"),
        };
        let step = widget::small(step);
        column![step, widget::heading(1, title), widget::lead(lead)].spacing(S).into()
    }

    fn content(&self) -> Element<'_, Message> {
        match (self.page, &self.made) {
            (Page::School, _) => self.school.school_page().map(Message::School),
            (Page::People, _) => self.school.people_page().map(Message::School),
            (Page::Passphrase, _) => self.passphrase.view().map(Message::Passphrase),
            (Page::Place, _) => self.place_page(),
            (Page::Words, Some((_, sheet))) => sheet.words_page().map(Message::Sheet),
            (Page::Check, Some((_, sheet))) => sheet.check_page().map(Message::Sheet),
            (Page::Making | Page::Words | Page::Check, _) => {
                control(Role::Status, "Working…", widget::strong("Working…")).live(Live::Polite).into()
            }
        }
    }

    fn place_page(&self) -> Element<'_, Message> {
        let whole = column![
            widget::hint("The case file will be"),
            widget::strong(self.place().display().to_string()),
            widget::small("Keep the folder together, and back it up like other records of the school."),
        ];
        let whole: Column<'_, Message> = whole.spacing(S);
        column![self.folder.view().map(Message::Folder), widget::card(whole)].spacing(M).into()
    }

    fn go_on_button(&self) -> Element<'_, Message> {
        let label = match self.page {
            Page::School | Page::People | Page::Passphrase => "Continue",
            Page::Place => "Make the case file",
            Page::Making => return iced::widget::space().into(),
            Page::Words => "I have the words on paper",
            Page::Check => "Start working",
        };
        button::row_of([button::primary(label).on_press(Message::Continued).into()])
    }
}

fn closing<'a>() -> widget::Dialog<'a, Message> {
    let words = "The 24 words cannot be shown again. If they are not on paper and every passphrase is lost, nobody can \
                 ever open the records.";
    let buttons = button::row_of([
        button::primary("Go back to the words").on_press(Message::Stayed).into(),
        button::secondary("Close Casebook").on_press(Message::ClosedAnyway).into(),
    ]);
    let content = column![widget::paragraph(words), buttons].spacing(L);
    widget::dialog("Are the words on paper?", content).on_cancel(Message::Stayed)
}

/// What the folder of a school's restricted register is called.
pub fn restricted_name(school: &str) -> String {
    file_name(&format!("{school} (restricted register)"))
}

/// What the case file's folder is called: the school's name without what a file system would not have.
fn file_name(school: &str) -> String {
    const LONGEST: usize = 80;
    let refused = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let name: String = school.chars().map(|c| if refused(c) { '-' } else { c }).take(LONGEST).collect();
    format!("{}.casebook", name.trim_matches(['.', ' ']))
}
