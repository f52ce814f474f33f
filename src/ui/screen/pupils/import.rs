//! A register of pupils from a file, step by step: choose the file, see what would change, and only then change it.

mod columns;
mod preview;
#[cfg(test)]
mod tests;

use super::said;
use crate::app::register::{Column, Field, Mapping, Register, Source};
use crate::app::{self, Cells, Notice, RollChoices, RollDone, RollPlan, Session};
use crate::domain::Day;
use crate::ui::access::{self, Live, Role, control};
use crate::ui::screen::background::apart;
use crate::ui::screen::case::typed::Typed;
use crate::ui::spacing::{L, M, S};
use crate::ui::widget::slot;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};
use std::fmt;
use std::path::{Path, PathBuf};

pub(super) const FILE: Id = Id::new("register-file");
const LAST_DAY: Id = Id::new("register-last-day");

/// What happened in the import.
#[derive(Debug, Clone)]
pub enum Message {
    /// The file's name was typed into.
    FileEdited(Typed),
    /// The dialog was asked for.
    BrowseAsked,
    /// The dialog was answered, or called off.
    Picked(Option<Typed>),
    /// "Read the file" was pressed.
    ReadAsked,
    /// The file was read, in this try.
    WasRead(u64, Result<Found, Notice>),
    /// Reading was stopped, or another file is wanted.
    BackToFile,
    /// "Cancel" was pressed.
    CancelAsked,
    /// The columns were asked for.
    ColumnsAsked,
    /// A column was opened.
    ColumnOpened(usize),
    /// What the open column means was chosen; nothing leaves it out.
    FieldChosen(Option<Field>),
    /// The open column was closed.
    ColumnClosed,
    /// Homes are to come from the file, or not.
    HomesTurned(bool),
    /// The file is the whole roll, or not.
    WholeTurned(bool),
    /// The last day of those who left was typed.
    DayEdited(Typed),
    /// "Import" was pressed.
    ImportAsked,
    /// It is done, or not.
    Imported(Result<RollDone, Notice>),
}

/// What the list of pupils has to do about it.
#[must_use]
pub(super) enum Outcome {
    None,
    Run(Task<Message>),
    /// Nothing was imported.
    Left,
    /// Done, with what to say.
    Done(Notice),
}

/// What a file turned out to be.
#[derive(Debug, Clone)]
pub enum Found {
    /// A register, and what it would change.
    Register(Box<(Register, RollPlan)>),
    /// A table whose columns nobody knows yet.
    Columns(Cells),
}

enum Step {
    File,
    Reading,
    /// What the columns mean, and which of them is open.
    Columns {
        columns: Vec<Column>,
        open: Option<usize>,
    },
    Preview {
        register: Box<Register>,
        plan: Box<RollPlan>,
    },
}

/// An import that is under way.
pub(super) struct Import {
    session: Session,
    file: Typed,
    wrong: Option<&'static str>,
    mapping: Mapping,
    step: Step,
    /// Which try at reading is the latest: what an earlier one found is of no interest.
    reading: u64,
    replace_homes: bool,
    whole: bool,
    last_day: Typed,
    day_wrong: Option<String>,
    saving: bool,
    notice: Option<Notice>,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import").field("reading", &self.reading).finish_non_exhaustive()
    }
}

impl Import {
    pub(super) fn new(session: &Session) -> (Self, Task<Message>) {
        let (mapping, notice) = match session.column_choices() {
            Ok(mapping) => (mapping, None),
            Err(error) => (Mapping::default(), Some(Notice::from(&error))),
        };
        let import = Self {
            session: session.clone(),
            file: Typed::default(),
            wrong: None,
            mapping,
            step: Step::File,
            reading: 0,
            replace_homes: false,
            whole: false,
            last_day: session.today().typed().into(),
            day_wrong: None,
            saving: false,
            notice,
        };
        (import, access::focus(FILE))
    }

    pub(super) fn update(&mut self, message: Message) -> Outcome {
        match message {
            Message::FileEdited(file) | Message::Picked(Some(file)) => (self.file, self.wrong) = (file, None),
            Message::BrowseAsked => return Outcome::Run(browse()),
            Message::ReadAsked => return self.read(),
            Message::WasRead(reading, found) if reading == self.reading => return self.take(found),
            // The dialog was called off; an earlier try came too late.
            Message::Picked(None) | Message::WasRead(..) => {}
            Message::BackToFile => return self.back_to_file(),
            Message::CancelAsked => return Outcome::Left,
            Message::ColumnsAsked => {
                self.show_columns();
                return Outcome::Run(widget::to_top());
            }
            Message::ColumnOpened(column) => self.open_column(Some(column)),
            Message::ColumnClosed => self.open_column(None),
            Message::FieldChosen(field) => self.choose(field),
            Message::HomesTurned(on) => self.plan_again(on),
            Message::WholeTurned(on) => (self.whole, self.day_wrong) = (on, None),
            Message::DayEdited(day) => (self.last_day, self.day_wrong) = (day, None),
            Message::ImportAsked => return self.import(),
            Message::Imported(done) => return self.imported(done),
        }
        Outcome::None
    }

    fn read(&mut self) -> Outcome {
        let file = self.file.kept();
        self.wrong = match Path::new(&file) {
            _ if file.is_empty() => Some("Enter the name of the file, or choose it with Browse."),
            path if !path.is_absolute() => {
                Some("Enter the whole path of the file, or choose it with Browse.")
            }
            path if !path.is_file() => {
                Some("There is no such file. Check its name, or choose it with Browse.")
            }
            _ => None,
        };
        if self.wrong.is_some() {
            return Outcome::Run(access::focus(FILE));
        }
        (self.step, self.notice, self.whole) = (Step::Reading, None, false);
        self.reading += 1;
        let (session, mapping, reading) = (self.session.clone(), self.mapping.clone(), self.reading);
        let replace_homes = self.replace_homes;
        let work = apart(move || found(&session, Path::new(&file), &mapping, replace_homes));
        Outcome::Run(Task::perform(work, move |found| Message::WasRead(reading, found)))
    }

    fn take(&mut self, found: Result<Found, Notice>) -> Outcome {
        match found {
            Ok(Found::Register(both)) => {
                let (register, plan) = *both;
                self.step = Step::Preview { register: Box::new(register), plan: Box::new(plan) };
            }
            Ok(Found::Columns(Cells(headers))) => {
                let columns = headers.into_iter().map(|header| Column { header, field: None }).collect();
                self.step = Step::Columns { columns, open: None };
            }
            Err(notice) => {
                self.notice = Some(notice);
                self.step = Step::File;
                return Outcome::Run(access::focus(FILE));
            }
        }
        Outcome::Run(widget::to_top())
    }

    fn back_to_file(&mut self) -> Outcome {
        // Whatever is being read comes too late.
        self.reading += 1;
        (self.step, self.notice) = (Step::File, None);
        Outcome::Run(access::focus(FILE))
    }

    fn show_columns(&mut self) {
        if let Step::Preview { register, .. } = &self.step
            && let Source::Csv { columns, .. } = &register.source
        {
            self.step = Step::Columns { columns: columns.clone(), open: None };
        }
    }

    fn open_column(&mut self, column: Option<usize>) {
        if let Step::Columns { open, .. } = &mut self.step {
            *open = column;
        }
    }

    fn choose(&mut self, field: Option<Field>) {
        if let Step::Columns { columns, open: Some(open) } = &mut self.step
            && let Some(column) = columns.get_mut(*open)
        {
            self.mapping.choose(&column.header, field);
            column.field = field;
        }
    }

    fn plan_again(&mut self, replace_homes: bool) {
        let Step::Preview { register, plan } = &mut self.step else { return };
        match self.session.plan_roll(register, replace_homes) {
            Ok(again) => (self.replace_homes, **plan) = (replace_homes, again),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// The last day of those who left, or what is wrong with it.
    fn leavers_on(&self, plan: &RollPlan) -> Result<Option<Day>, String> {
        if !self.whole || !plan.may_leave() || plan.leavers.is_empty() {
            return Ok(None);
        }
        match Day::parse(&self.last_day) {
            Ok(day) if day > self.session.today() => Err("This date is in the future.".into()),
            Ok(day) => Ok(Some(day)),
            Err(error) => Err(error.to_string()),
        }
    }

    fn import(&mut self) -> Outcome {
        let Step::Preview { register, plan } = &self.step else { return Outcome::None };
        let leavers_on = match self.leavers_on(plan) {
            Ok(day) => day,
            Err(wrong) => {
                self.day_wrong = Some(wrong);
                return Outcome::Run(access::focus(LAST_DAY));
            }
        };
        if self.saving {
            return Outcome::None;
        }
        (self.saving, self.notice) = (true, None);
        let choices = RollChoices { replace_homes: self.replace_homes, leavers_on };
        let (session, register, mapping) = (self.session.clone(), register.clone(), self.mapping.clone());
        let work = apart(move || {
            let done =
                session.save_column_choices(&mapping).and_then(|()| session.import_roll(&register, choices));
            done.map_err(|error| Notice::from(&error))
        });
        Outcome::Run(Task::perform(work, Message::Imported))
    }

    fn imported(&mut self, done: Result<RollDone, Notice>) -> Outcome {
        self.saving = false;
        match done {
            Ok(done) => Outcome::Done(preview::done(done)),
            Err(notice) => {
                self.notice = Some(notice);
                Outcome::Run(widget::to_top())
            }
        }
    }

    /// The page.
    pub(super) fn view(&self) -> Element<'_, Message> {
        match &self.step {
            Step::File => self.file_page(),
            Step::Reading => reading(),
            Step::Columns { columns, open } => columns::view(columns, *open),
            Step::Preview { register, plan } => self.preview(register, plan),
        }
    }

    fn file_page(&self) -> Element<'_, Message> {
        let field = widget::text_field("File", &self.file)
            .hint("A Common Transfer File (.xml), or a list of pupils as CSV.")
            .error(self.wrong)
            .id(FILE)
            .on_input(|text| Message::FileEdited(text.into()))
            .on_submit(Message::ReadAsked);
        let browse = button::secondary("Browse…").name("Browse: File").on_press(Message::BrowseAsked);
        column![
            widget::heading(1, "Import a register"),
            widget::lead("From your school’s system. Nothing changes until you have seen what would."),
            column![Element::from(field), Element::from(browse)].spacing(S),
            column![
                slot(self.notice.as_ref().map(said), L),
                button::row_of([
                    button::primary("Read the file").on_press(Message::ReadAsked).into(),
                    button::secondary("Cancel").on_press(Message::CancelAsked).into(),
                ]),
            ],
        ]
        .spacing(L)
        .into()
    }
}

fn browse() -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new()
        .set_title("Which file has the register?")
        .add_filter("Registers", &["xml", "csv", "txt", "XML", "CSV", "TXT"])
        .pick_file();
    Task::perform(dialog, |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        Message::Picked(picked.map(|picked| path(picked).display().to_string().into()))
    })
}

fn found(session: &Session, file: &Path, mapping: &Mapping, replace_homes: bool) -> Result<Found, Notice> {
    let register = match app::read_register(file, mapping, session.today()) {
        Ok(register) => register,
        Err(error) => {
            return match error.unknown_columns() {
                Some(cells) => Ok(Found::Columns(cells.clone())),
                None => Err(Notice::from(&error)),
            };
        }
    };
    let plan = session.plan_roll(&register, replace_homes).map_err(|error| Notice::from(&error))?;
    Ok(Found::Register(Box::new((register, plan))))
}

fn reading<'a>() -> Element<'a, Message> {
    let words = widget::hint("Reading the file… This takes a moment with a large one.");
    let status = control(Role::Status, "Reading the file", words).live(Live::Polite);
    column![
        widget::heading(1, "Import a register"),
        Element::from(status),
        button::row_of([button::secondary("Stop").on_press(Message::BackToFile).into()]),
    ]
    .spacing(M)
    .into()
}
