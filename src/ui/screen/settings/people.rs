//! Settings, people and keys: who can open the case file, giving and taking away a key, and the recovery sheet.
//!
//! One thing a page. A new recovery sheet is shown and checked before anything is changed.

mod journal;
mod new_key;
mod new_sheet;
mod sheet_test;

use crate::app::{Cost, KeyPerson, Notice, Session};
use crate::domain::{KeyHolder, KeyRole, Vocabulary};
use crate::ui::access;
use crate::ui::screen::background::apart;
use crate::ui::screen::said;
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::widget::slot;
use crate::ui::widget::{self, Cell, ERROR_SUMMARY, button, choice};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use journal::Journal;
use new_key::NewKey;
use new_sheet::NewSheet;
use sheet_test::SheetTest;

const BACK: Id = Id::new("people-back");

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// “Give somebody a key” was pressed.
    AddAsked,
    /// A person was opened.
    Opened(String),
    /// Somebody's role was chosen.
    RoleChosen(KeyRole),
    /// A new passphrase for this person was asked for.
    PassphraseAsked,
    /// Taking away this person's key was asked for.
    TakeAwayAsked,
    /// A test of the recovery sheet was asked for.
    TestAsked,
    /// A new recovery sheet was asked for.
    SheetAsked,
    /// Who did what was asked for.
    JournalAsked,
    /// On the page of a new key or passphrase.
    NewKey(new_key::Message),
    /// On the pages of a new recovery sheet.
    NewSheet(new_sheet::Message),
    /// On the page of the test.
    Test(sheet_test::Message),
    /// What the page was for is done, or not: what to say, and whether to go back to the list.
    Done(Result<Notice, Notice>),
    /// “Back” was pressed.
    WentBack,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
}

#[derive(Debug)]
enum Page {
    List,
    Person(KeyPerson),
    NewKey(Box<NewKey>),
    NewSheet(Box<NewSheet>),
    Test(SheetTest),
    Journal(Journal),
}

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    people: Vec<KeyPerson>,
    page: Page,
    cost: Cost,
    working: bool,
    notice: Option<Notice>,
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let mut part =
            Self { people: Vec::new(), page: Page::List, cost: Cost::STANDARD, working: false, notice: None };
        part.read(session);
        part
    }

    /// With a cost that a test can wait for.
    #[cfg(test)]
    pub(super) fn cheap(&mut self) {
        self.cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
    }

    /// What the notice says.
    #[cfg(test)]
    pub(super) fn told(&self) -> String {
        self.notice.as_ref().map(|notice| notice.what.clone()).unwrap_or_default()
    }

    fn read(&mut self, session: &Session) {
        match session.people() {
            Ok(people) => self.people = people,
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Task<Message> {
        // While it is being worked on, nothing else begins.
        if self.working && !matches!(message, Message::Done(_)) {
            return Task::none();
        }
        match message {
            Message::AddAsked => self.turn(Page::NewKey(Box::new(NewKey::of_somebody_new(session)))),
            Message::Opened(name) => {
                let person = self.people.iter().find(|person| person.name == name).cloned();
                person.map_or_else(Task::none, |person| self.turn(Page::Person(person)))
            }
            Message::RoleChosen(role) => self.choose_role(session, role),
            Message::PassphraseAsked => {
                let Page::Person(person) = &self.page else { return Task::none() };
                let page = NewKey::of(person.name.clone(), session);
                self.turn(Page::NewKey(Box::new(page)))
            }
            Message::TakeAwayAsked => {
                let Page::Person(person) = &self.page else { return Task::none() };
                let name = person.name.clone();
                self.begin_sheet(session, Some(name))
            }
            Message::SheetAsked => self.begin_sheet(session, None),
            Message::TestAsked => self.turn(Page::Test(SheetTest::default())),
            Message::JournalAsked => match Journal::read(session) {
                Ok(journal) => self.turn(Page::Journal(journal)),
                Err(error) => {
                    self.notice = Some(Notice::from(&error));
                    Task::none()
                }
            },
            Message::NewKey(message) => self.new_key(session, message),
            Message::NewSheet(message) => self.new_sheet(session, message),
            Message::Test(message) => self.test(session, message),
            Message::Done(done) => self.finish(session, done),
            Message::WentBack => self.turn(Page::List),
            Message::LinkFollowed(field) => access::focus(field),
        }
    }

    fn turn(&mut self, page: Page) -> Task<Message> {
        let first = match &page {
            Page::List => None,
            Page::Person(_) | Page::NewSheet(_) | Page::Journal(_) => Some(BACK),
            Page::NewKey(page) => Some(page.first_field()),
            Page::Test(_) => Some(SheetTest::first_field()),
        };
        self.page = page;
        self.notice = None;
        Task::batch([widget::to_top(), first.map_or_else(Task::none, access::focus)])
    }

    fn choose_role(&mut self, session: &Session, role: KeyRole) -> Task<Message> {
        let Page::Person(person) = &mut self.page else { return Task::none() };
        let holder = KeyHolder { name: person.name.clone(), role };
        match session.set_role(&holder) {
            Ok(()) => person.role = Some(role),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        self.read(session);
        Task::none()
    }

    fn begin_sheet(&mut self, session: &Session, without: Option<String>) -> Task<Message> {
        match NewSheet::begin(session, without) {
            Ok(page) => self.turn(Page::NewSheet(Box::new(page))),
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                Task::none()
            }
        }
    }

    fn new_key(&mut self, session: &Session, message: new_key::Message) -> Task<Message> {
        let Page::NewKey(page) = &mut self.page else { return Task::none() };
        match page.update(message) {
            new_key::Outcome::Run(task) => task.map(Message::NewKey),
            new_key::Outcome::Wrong => access::focus(ERROR_SUMMARY),
            new_key::Outcome::Ready(ready) => {
                let (session, cost) = (session.clone(), self.cost);
                self.work(move || ready.give(&session, cost))
            }
        }
    }

    fn new_sheet(&mut self, session: &Session, message: new_sheet::Message) -> Task<Message> {
        let Page::NewSheet(page) = &mut self.page else { return Task::none() };
        match page.update(session, message) {
            new_sheet::Outcome::Run(task) => task.map(Message::NewSheet),
            new_sheet::Outcome::Turned => {
                Task::batch([widget::to_top(), access::focus(NewSheet::first_field())])
            }
            new_sheet::Outcome::Wrong => access::focus(ERROR_SUMMARY),
            new_sheet::Outcome::Ready(ready) => {
                let session = session.clone();
                self.work(move || ready.put_in_force(&session))
            }
        }
    }

    fn test(&mut self, session: &Session, message: sheet_test::Message) -> Task<Message> {
        let Page::Test(page) = &mut self.page else { return Task::none() };
        match page.update(session, message) {
            sheet_test::Outcome::None => Task::none(),
            sheet_test::Outcome::Wrong => access::focus(ERROR_SUMMARY),
            sheet_test::Outcome::Right(notice) => {
                let task = self.turn(Page::List);
                self.notice = Some(notice);
                task
            }
        }
    }

    fn work(&mut self, work: impl FnOnce() -> Result<Notice, Notice> + Send + 'static) -> Task<Message> {
        self.working = true;
        self.notice = None;
        Task::perform(apart(work), Message::Done)
    }

    fn finish(&mut self, session: &Session, done: Result<Notice, Notice>) -> Task<Message> {
        self.working = false;
        self.read(session);
        match done {
            Ok(notice) => {
                let task = self.turn(Page::List);
                self.notice = Some(notice);
                task
            }
            Err(notice) => {
                self.notice = Some(notice);
                widget::to_top()
            }
        }
    }

    fn errors(&self) -> Vec<(String, Id)> {
        match &self.page {
            Page::NewKey(page) => page.errors(),
            Page::NewSheet(page) => page.errors(),
            Page::Test(page) => page.errors(),
            Page::List | Page::Person(_) | Page::Journal(_) => Vec::new(),
        }
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view(&self) -> Element<'_, Message> {
        let errors = self.errors();
        let summary = (!errors.is_empty()).then(|| widget::error_summary(errors, Message::LinkFollowed));
        let back = (!matches!(self.page, Page::List)).then(|| {
            let back = button::back(Message::WentBack).id(BACK);
            back.on_press_maybe((!self.working).then_some(Message::WentBack)).into()
        });
        let page = match &self.page {
            Page::List => self.list(),
            Page::Person(person) => one(person),
            Page::NewKey(page) => page.view(self.working).map(Message::NewKey),
            Page::NewSheet(page) => page.view(self.working).map(Message::NewSheet),
            Page::Test(page) => page.view().map(Message::Test),
            Page::Journal(page) => page.view(),
        };
        column![slot(back, L), slot(summary, L), slot(self.notice.as_ref().map(said), L), page].into()
    }

    fn list(&self) -> Element<'_, Message> {
        let columns =
            [widget::table_column("Name", 5), widget::table_column("Role", 5), widget::table_column("", 2)];
        let rows = self.people.iter().map(|person| {
            let you = if person.you { "You" } else { "" };
            let cells = [
                Cell::Strong(person.name.as_str().into()),
                Cell::Text(role_words(person).into()),
                Cell::Soft(you.into()),
            ];
            widget::table_row(cells, Some(Message::Opened(person.name.clone())))
        });
        let people = column![
            widget::heading(2, "Who has a key"),
            widget::paragraph(
                "Each person opens the case file with a passphrase of their own, and can read and write everything in \
                 it. The record shows who did what. Anyone who must not see everything needs a separate case file."
            ),
            widget::table("Who has a key", &columns, rows),
            button::row_of([button::primary("Give somebody a key").on_press(Message::AddAsked).into()]),
        ];
        let sheet = column![
            widget::heading(2, "The recovery sheet"),
            widget::paragraph(
                "The 24 words on paper open the case file when every passphrase is lost. Test once a term that the paper \
                 in the safe is the right one. Make a new sheet when somebody may have seen the old one."
            ),
            button::row_of([
                button::secondary("Test the sheet").on_press(Message::TestAsked).into(),
                button::secondary("Make a new sheet").on_press(Message::SheetAsked).into(),
            ]),
        ];
        let journal = column![
            widget::heading(2, "Who did what"),
            widget::paragraph(
                "Who gave or took away a key, set a passphrase or changed a setting, and when."
            ),
            button::row_of([button::secondary("Show who did what").on_press(Message::JournalAsked).into()]),
        ];
        column![people.spacing(M), sheet.spacing(M), journal.spacing(M)].spacing(XL).into()
    }
}

fn role_words(person: &KeyPerson) -> &'static str {
    person.role.map_or("Not written down", KeyRole::words)
}

/// The page of one person.
fn one(person: &KeyPerson) -> Element<'_, Message> {
    let roles = KeyRole::ALL.iter().map(|role| choice::choice(*role, role.words()));
    let role = widget::radio_group("Role in the school", roles, person.role.as_ref(), Message::RoleChosen)
        .hint("It is saved at once.");
    let below: Element<'_, Message> = if person.you {
        widget::hint(
            "This is your own key. Change its passphrase under Passphrase; only somebody else with a key can take it away.",
        )
    } else {
        let passphrase = column![
            widget::heading(3, "A new passphrase"),
            widget::paragraph("Where they have forgotten theirs. Let them type it themselves."),
            button::row_of([button::secondary("Set a new passphrase")
                .on_press(Message::PassphraseAsked)
                .into()]),
        ];
        let take_away = column![
            widget::heading(3, "Take the key away"),
            widget::paragraph(
                "When they leave the school or change their duties. The case file is locked anew, and a new recovery \
                 sheet takes the place of the old one, because they may have seen it."
            ),
            button::row_of([button::secondary("Take this key away").on_press(Message::TakeAwayAsked).into()]),
        ];
        column![passphrase.spacing(S), take_away.spacing(S)].spacing(L).into()
    };
    column![widget::heading(2, person.name.as_str()), Element::from(role), below].spacing(L).into()
}
