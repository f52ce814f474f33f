//! The school's roll: list, search, add and amend.

mod check;
mod form;
mod import;
#[cfg(test)]
mod tests;

use super::case::typed::Typed;
use super::said;
use crate::app::{Error, Notice, Session};
use crate::domain::{Person, PersonId, Who};
use crate::ui::access;
use crate::ui::spacing::{FIELD_MEDIUM, L, M, S};
use crate::ui::widget::{self, Cell, button, slot};
use form::Form;
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use import::Import;
use std::fmt;

const SEARCH: Id = Id::new("pupils-search");
const NAME: Id = Id::new("pupil-name");

/// How many lines are shown. More are found faster by typing than by scrolling.
const SHOWN: usize = 200;

/// The screen.
pub struct Pupils {
    session: Session,
    /// By name.
    roll: Vec<Person>,
    /// Whether the roll could be read: an empty one is told apart from none.
    known: bool,
    typed: Typed,
    form: Option<Box<Form>>,
    import: Option<Box<Import>>,
    /// Whether it is being asked what to do with what is typed.
    leaving: bool,
    notice: Option<Notice>,
}

impl fmt::Debug for Pupils {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pupils").field("roll", &self.roll.len()).finish_non_exhaustive()
    }
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed into the search.
    Searched(Typed),
    /// "Add a pupil" was pressed.
    AddAsked,
    /// "Import a register" was pressed.
    ImportAsked,
    /// In the import.
    Import(import::Message),
    /// A pupil was opened.
    Opened(PersonId),
    /// In the form.
    Form(form::Message),
    /// "Save" was pressed.
    Saved,
    /// "Cancel" was pressed.
    CancelAsked,
    /// What is typed may go.
    Discarded,
    /// It is kept, and the form with it.
    Stayed,
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
}

impl Pupils {
    /// The screen, and what it has to do first.
    pub fn new(session: Session) -> (Self, Task<Message>) {
        let mut screen = Self {
            session,
            roll: Vec::new(),
            known: false,
            typed: Typed::default(),
            form: None,
            import: None,
            leaving: false,
            notice: None,
        };
        screen.read();
        (screen, Task::none())
    }

    fn read(&mut self) {
        match self.session.everyone() {
            Ok(mut people) => {
                people.retain(|person| matches!(person.who, Who::CurrentPupil | Who::ExPupil));
                people.sort_by_cached_key(|person| person.name.full().to_lowercase());
                (self.roll, self.known) = (people, true);
            }
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Searched(typed) => {
                self.notice = None;
                self.typed = typed;
            }
            Message::AddAsked => return self.open(Form::empty()),
            Message::ImportAsked => return self.begin_import(),
            Message::Import(message) => return self.import(message),
            Message::Opened(id) => {
                if let Some(person) = self.roll.iter().find(|person| person.id == id) {
                    return self.open(Form::of(person));
                }
            }
            Message::Form(message) => return self.edit(message),
            Message::Saved => return self.save(),
            Message::CancelAsked => return self.cancel(),
            Message::Discarded => return self.close(),
            Message::Stayed => self.leaving = false,
            Message::LinkFollowed(field) => return Action::Run(access::focus(field)),
        }
        Action::None
    }

    fn open(&mut self, form: Form) -> Action {
        self.notice = None;
        self.form = Some(Box::new(form));
        Action::Run(access::focus(NAME))
    }

    fn begin_import(&mut self) -> Action {
        self.notice = None;
        let (import, task) = Import::new(&self.session);
        self.import = Some(Box::new(import));
        Action::Run(task.map(Message::Import))
    }

    fn import(&mut self, message: import::Message) -> Action {
        let Some(import) = &mut self.import else { return Action::None };
        match import.update(message) {
            import::Outcome::None => return Action::None,
            import::Outcome::Run(task) => return Action::Run(task.map(Message::Import)),
            import::Outcome::Left => self.import = None,
            import::Outcome::Done(notice) => {
                self.import = None;
                self.read();
                // Reading the roll again may have failed, and that matters more.
                self.notice.get_or_insert(notice);
            }
        }
        Action::Run(Task::batch([widget::to_top(), access::focus(SEARCH)]))
    }

    fn edit(&mut self, message: form::Message) -> Action {
        self.notice = None;
        match self.form.as_mut().and_then(|form| form.update(message)) {
            Some(field) => Action::Run(access::focus(field)),
            None => Action::None,
        }
    }

    fn cancel(&mut self) -> Action {
        self.leaving = self.form.as_ref().is_some_and(|form| form.is_changed());
        if self.leaving { Action::None } else { self.close() }
    }

    fn close(&mut self) -> Action {
        (self.form, self.leaving) = (None, false);
        Action::Run(access::focus(SEARCH))
    }

    fn save(&mut self) -> Action {
        let saved = match self.finished() {
            Ok(None) => return Action::Run(access::focus(widget::ERROR_SUMMARY)),
            Ok(Some(person)) => {
                let why = self.form.as_ref().map_or("", |form| form.why.as_str());
                self.session.amend_person(&person, why)
            }
            Err(error) => Err(error),
        };
        if let (Err(Error::ReasonMissing { .. }), Some(form)) = (&saved, &mut self.form) {
            form.wants_why();
            return Action::Run(access::focus(widget::ERROR_SUMMARY));
        }
        match saved {
            Ok(()) => {
                self.notice = None;
                self.read();
                let next = "Earlier versions stay in the record.";
                // Reading the roll again may have failed, and that matters more.
                let done = Notice::done("The pupil’s particulars are saved.", next);
                self.notice.get_or_insert(done);
                self.close()
            }
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                Action::None
            }
        }
    }

    fn finished(&mut self) -> Result<Option<Person>, Error> {
        let id = self.session.new_person_id()?;
        let today = self.session.today();
        Ok(self.form.as_mut().and_then(|form| form.finish(id, today)))
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        if let Some(import) = &self.import {
            return widget::modal(column![widget::page(import.view().map(Message::Import), None)], None);
        }
        match &self.form {
            // The column gives the form a place of its own, so that it does not begin where the list was scrolled to.
            Some(form) => {
                let page = column![widget::page(self.one(form), None)];
                widget::modal(page, self.leaving.then(dialog))
            }
            None => widget::modal(widget::wide_page(self.list()), None),
        }
    }

    fn one<'a>(&'a self, form: &'a Form) -> Element<'a, Message> {
        let links = form.links();
        let summary = (!links.is_empty()).then(|| widget::error_summary(links, Message::LinkFollowed));
        let title = if form.kept.is_some() { "Pupil’s particulars" } else { "Add a pupil" };
        let page = column![
            widget::heading(1, title),
            form.view(self.session.today()).map(Message::Form),
            column![
                slot(self.notice.as_ref().map(said), L),
                button::row_of([
                    button::primary("Save").on_press(Message::Saved).into(),
                    button::secondary("Cancel").on_press(Message::CancelAsked).into(),
                ]),
            ],
        ]
        .spacing(L);
        column![slot(summary, L), page].into()
    }

    fn list(&self) -> Element<'_, Message> {
        let notice = slot(self.notice.as_ref().map(said), L);
        let title = widget::heading(1, "Pupils");
        let add = || button::primary("Add a pupil").on_press(Message::AddAsked);
        let take = || button::secondary("Import a register").on_press(Message::ImportAsked);
        if self.known && self.roll.is_empty() {
            let empty = widget::empty_state(
                "No pupils yet",
                "Import them from your school’s system, or add them one by one. Letters to a whole year use this list.",
                Some(add()),
            );
            return column![title, column![notice, button::row_of([take().into()]), empty]].spacing(L).into();
        }
        let found: Vec<&Person> = found(&self.roll, &self.typed);
        let search = widget::text_field("Search by name, year or class", &self.typed)
            .id(SEARCH)
            .width(FIELD_MEDIUM)
            .on_input(|text| Message::Searched(text.into()));
        let count = counted(found.len(), self.roll.len());
        column![
            title,
            column![notice, button::row_of([add().into(), take().into()])],
            column![Element::from(search), widget::hint(count)].spacing(S),
            table(&found),
        ]
        .spacing(L)
        .into()
    }
}

fn table<'a>(found: &[&'a Person]) -> Element<'a, Message> {
    let columns = [
        widget::table_column("Name", 5),
        widget::table_column("Year and class", 3),
        widget::table_column("Date of birth", 3),
        widget::table_column("Homes", 2).right(),
    ];
    let rows = found.iter().take(SHOWN).map(|person| {
        let born = person.born.map_or_else(|| "Not recorded".into(), crate::domain::Day::plain);
        let cells = [
            Cell::Strong(person.name.full().into()),
            Cell::Text(placed(person).into()),
            if person.born.is_some() { Cell::Text(born.into()) } else { Cell::Soft(born.into()) },
            Cell::Text(person.households.len().to_string().into()),
        ];
        widget::table_row(cells, Some(Message::Opened(person.id)))
    });
    widget::table("Pupils", &columns, rows)
}

/// The year and class, or that the child has left.
fn placed(person: &Person) -> String {
    if person.who == Who::ExPupil {
        return "Former pupil".into();
    }
    let year = person.year.map(|year| format!("Year {year}"));
    let class = Some(person.class.clone()).filter(|class| !class.is_empty());
    year.into_iter().chain(class).collect::<Vec<_>>().join(", ")
}

/// Those of whom every typed word begins a word of the name, the year or the class.
fn found<'a>(roll: &'a [Person], typed: &str) -> Vec<&'a Person> {
    let wanted = plain(typed);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let fits = |person: &&Person| {
        let all = plain(&format!("{} {} {}", person.name.full(), person.known_as, placed(person)));
        let words: Vec<&str> = all.split_whitespace().collect();
        wanted.iter().all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
    };
    roll.iter().filter(fits).collect()
}

/// In small letters, with a word wherever a comma, hyphen or apostrophe parts two.
fn plain(text: &str) -> String {
    text.to_lowercase().replace([',', '-', '\'', '’'], " ")
}

fn counted(found: usize, of: usize) -> String {
    match (found, of) {
        (0, _) => "Nobody found. Try the beginning of the name, or the class alone.".into(),
        (found, _) if found > SHOWN => {
            format!("The first {SHOWN} of {found} are shown. Type more of the name to find the others.")
        }
        (1, 1) => "1 pupil".into(),
        (found, of) if found == of => format!("{of} pupils"),
        (found, of) => format!("{found} of {of} pupils"),
    }
}

fn dialog<'a>() -> widget::Dialog<'a, Message> {
    let buttons = button::row_of([
        button::primary("Go on typing").on_press(Message::Stayed).into(),
        button::danger("Leave without saving").on_press(Message::Discarded).into(),
    ]);
    let content = column![widget::paragraph("What you typed is not saved yet."), buttons];
    widget::dialog("Leave without saving?", content.spacing(M)).on_cancel(Message::Stayed)
}

/// The lines of a text that is an address: without empty ones, each without the space around it.
pub(in crate::ui::screen) fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}
