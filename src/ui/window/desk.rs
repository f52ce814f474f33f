//! An open case file: the bar, the navigation, and the screen beside it.

use crate::app::{Error, Looks, Notice, Risk, Session};
use crate::domain::{CaseId, Draft, Lead, LetterId};
use crate::ui::screen::{self, case, cases, letter, outcome, pupils, settings, today, wizard};
use crate::ui::spacing::{L, XL};
use crate::ui::theme::Tone;
use crate::ui::widget;
use iced::widget::{column, container, responsive};
use iced::{Element, Length, Task};
use std::path::PathBuf;

pub(super) struct Desk {
    session: Session,
    school: String,
    looks: Looks,
    overdue: usize,
    screen: Screen,
    notice: Option<Notice>,
}

enum Screen {
    Today(today::Today),
    Cases(cases::Cases),
    Wizard(Box<wizard::Wizard>),
    Outcome(Box<outcome::Outcome>, CaseId),
    Case(Box<case::Case>),
    Letter(Box<letter::Letter>),
    Pupils(pupils::Pupils),
    Settings(Box<settings::Settings>),
}

#[derive(Debug, Clone)]
pub(super) enum Message {
    Went(Place),
    Locked,
    Hidden,
    Today(today::Message),
    Cases(cases::Message),
    Wizard(wizard::Message),
    Outcome(outcome::Message),
    Case(case::Message),
    Letter(letter::Message),
    Pupils(pupils::Message),
    Settings(settings::Message),
    BackedUp(Option<Notice>),
}

pub(super) enum Action {
    Run(Task<Message>),
    /// A disclosure goes on in the restricted register.
    KeepApart(Box<Draft>, Lead),
    Lock,
    Hide,
    Appear(Looks),
    /// The case file lies in this folder now.
    Moved(PathBuf),
}

/// A place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Today,
    Cases,
    NewDisclosure,
    Pupils,
    Settings,
}

const PLACES: [(Place, &str, &str); 5] = [
    (Place::Today, "Today", "Ctrl+1"),
    (Place::Cases, "Cases", "Ctrl+2"),
    (Place::NewDisclosure, "New disclosure", "Ctrl+3"),
    (Place::Pupils, "Pupils", "Ctrl+4"),
    (Place::Settings, "Settings", "Ctrl+5"),
];

impl Desk {
    pub(super) fn new(session: Session, looks: Looks) -> (Self, Task<Message>) {
        let (screen, task) = today::Today::new(session.clone());
        let notice = session.keys_were_mended().then(|| {
            Notice::done(
                "One copy of the keys was damaged, and has been put right.",
                "Ask your technician to check the disk.",
            )
        });
        let notice = session.replay().map(|replay| replay.warning()).or(notice);
        let notice = notice.or_else(|| Risk::of(&session.folder()).map(Risk::warning));
        let mut desk = Self {
            overdue: screen.overdue(),
            screen: Screen::Today(screen),
            school: String::new(),
            session,
            looks,
            notice,
        };
        desk.read_school();
        let backup = desk.back_up();
        (desk, Task::batch([task.map(Message::Today), backup]))
    }

    /// Makes a backup if one is due, beside whatever else goes on.
    pub(super) fn back_up(&self) -> Task<Message> {
        let session = self.session.clone();
        Task::perform(screen::backed_up(session), Message::BackedUp)
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.session.folder()
    }

    pub(super) fn session(&self) -> Session {
        self.session.clone()
    }

    /// Says something above the screen.
    pub(super) fn say(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    fn read_school(&mut self) {
        match self.session.school() {
            Ok(school) if school.restricted => self.school = format!("{} (restricted register)", school.name),
            Ok(school) => self.school = school.name,
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// Another look was chosen by a key.
    pub(super) fn set_looks(&mut self, looks: Looks) {
        self.looks = looks;
        if let Screen::Settings(screen) = &mut self.screen {
            screen.set_looks(looks);
        }
    }

    /// Goes to the place at a number of the navigation.
    pub(super) fn go(&mut self, at: usize) -> Task<Message> {
        PLACES.get(at).map_or_else(Task::none, |(place, ..)| self.went(*place))
    }

    pub(super) fn update(&mut self, message: Message) -> Action {
        Action::Run(match message {
            Message::Locked => return Action::Lock,
            Message::Hidden => return Action::Hide,
            Message::Went(place) => self.went(place),
            Message::Today(message) => self.today(message),
            Message::Cases(message) => self.cases(message),
            Message::Wizard(message) => return self.wizard(message),
            Message::Outcome(message) => self.outcome(message),
            Message::Case(message) => self.case(message),
            Message::Letter(message) => self.letter(message),
            Message::Pupils(message) => self.pupils(message),
            Message::Settings(message) => return self.settings(message),
            Message::BackedUp(told) => {
                self.notice = self.notice.take().or(told);
                Task::none()
            }
        })
    }

    /// Keeps what is typed on a screen that is about to go. Whether that worked; the screen says why not, and offers to
    /// leave all the same.
    pub(super) fn leave(&mut self) -> bool {
        let Screen::Letter(screen) = &mut self.screen else { return true };
        screen.keep()
    }

    fn went(&mut self, place: Place) -> Task<Message> {
        if !self.leave() {
            return widget::to_top();
        }
        self.notice = None;
        match place {
            Place::Today => self.show_today(),
            Place::Cases => {
                let (screen, task) = cases::Cases::new(self.session.clone());
                self.show(Screen::Cases(screen), task.map(Message::Cases))
            }
            Place::NewDisclosure => {
                let draft = self.session.begin();
                self.take(draft)
            }
            Place::Pupils => {
                let (screen, task) = pupils::Pupils::new(self.session.clone());
                self.show(Screen::Pupils(screen), task.map(Message::Pupils))
            }
            Place::Settings => {
                let (screen, task) = settings::Settings::new(self.session.clone(), self.looks);
                self.show(Screen::Settings(Box::new(screen)), task.map(Message::Settings))
            }
        }
    }

    fn show(&mut self, screen: Screen, task: Task<Message>) -> Task<Message> {
        self.screen = screen;
        if let Ok(due) = self.session.today_view() {
            self.overdue = due.overdue.len();
        }
        Task::batch([widget::to_top(), task])
    }

    fn show_today(&mut self) -> Task<Message> {
        let (screen, task) = today::Today::new(self.session.clone());
        self.show(Screen::Today(screen), task.map(Message::Today))
    }

    fn show_case(&mut self, id: CaseId) -> Task<Message> {
        let (screen, task) = case::Case::new(self.session.clone(), id);
        self.show(Screen::Case(Box::new(screen)), task.map(Message::Case))
    }

    /// Back from a letter: the case, at its letters.
    fn show_letters_of(&mut self, id: CaseId) -> Task<Message> {
        let (screen, task) = case::Case::new(self.session.clone(), id);
        self.show(Screen::Case(Box::new(screen.showing(case::Part::Letters))), task.map(Message::Case))
    }

    fn show_letter(&mut self, id: LetterId) -> Task<Message> {
        let (screen, task) = letter::Letter::new(self.session.clone(), id);
        self.show(Screen::Letter(Box::new(screen)), task.map(Message::Letter))
    }

    /// Takes up a disclosure in the wizard.
    fn take(&mut self, draft: Result<Draft, Error>) -> Task<Message> {
        match draft {
            Ok(draft) => {
                let (screen, task) = wizard::Wizard::new(self.session.clone(), draft);
                self.show(Screen::Wizard(Box::new(screen)), task.map(Message::Wizard))
            }
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                Task::none()
            }
        }
    }

    fn resume(&mut self, id: CaseId) -> Task<Message> {
        let draft =
            self.session.drafts().and_then(|all| all.into_iter().find(|d| d.id == id).ok_or(Error::NotFound));
        self.take(draft)
    }

    fn today(&mut self, message: today::Message) -> Task<Message> {
        let Screen::Today(screen) = &mut self.screen else { return Task::none() };
        let action = screen.update(message);
        self.overdue = screen.overdue();
        match action {
            today::Action::None => Task::none(),
            today::Action::Run(task) => task.map(Message::Today),
            today::Action::Begin => self.went(Place::NewDisclosure),
            today::Action::Resume(id) => self.resume(id),
            today::Action::Open(id) => self.show_case(id),
            today::Action::OpenLetter(id) => self.show_letter(id),
        }
    }

    fn cases(&mut self, message: cases::Message) -> Task<Message> {
        let Screen::Cases(screen) = &mut self.screen else { return Task::none() };
        match screen.update(message) {
            cases::Action::None => Task::none(),
            cases::Action::Run(task) => task.map(Message::Cases),
            cases::Action::Begin => self.went(Place::NewDisclosure),
            cases::Action::Resume(id) => self.resume(id),
            cases::Action::Open(id) => self.show_case(id),
        }
    }

    fn wizard(&mut self, message: wizard::Message) -> Action {
        let Screen::Wizard(screen) = &mut self.screen else { return Action::Run(Task::none()) };
        let task = match screen.update(message) {
            wizard::Action::None => Task::none(),
            wizard::Action::Run(task) => task.map(Message::Wizard),
            wizard::Action::Left => self.show_today(),
            wizard::Action::Opened(id) => self.show_case(id),
            wizard::Action::KeepApart(draft, lead) => return Action::KeepApart(draft, lead),
        };
        Action::Run(task)
    }

    /// Takes up a disclosure that was handed over from another case file.
    pub(super) fn take_over(&mut self, draft: Draft) -> Task<Message> {
        self.take(Ok(draft))
    }

    fn outcome(&mut self, message: outcome::Message) -> Task<Message> {
        let Screen::Outcome(screen, case) = &mut self.screen else { return Task::none() };
        let case = *case;
        match screen.update(message) {
            outcome::Action::None => Task::none(),
            outcome::Action::Run(task) => task.map(Message::Outcome),
            outcome::Action::Back => self.show_case(case),
            outcome::Action::Confirmed(id) => self.show_case(id),
        }
    }

    fn case(&mut self, message: case::Message) -> Task<Message> {
        let Screen::Case(screen) = &mut self.screen else { return Task::none() };
        match screen.update(message) {
            case::Action::None => Task::none(),
            case::Action::Run(task) => task.map(Message::Case),
            case::Action::Back => self.went(Place::Cases),
            case::Action::Letter(id) => self.show_letter(id),
            case::Action::Linked(id) => self.show_case(id),
            case::Action::Begin(draft) => self.take(Ok(*draft)),
            case::Action::Decide(id) => {
                let (screen, task) = outcome::Outcome::new(self.session.clone(), outcome::Subject::Case(id));
                self.show(Screen::Outcome(Box::new(screen), id), task.map(Message::Outcome))
            }
        }
    }

    fn letter(&mut self, message: letter::Message) -> Task<Message> {
        let Screen::Letter(screen) = &mut self.screen else { return Task::none() };
        match screen.update(message) {
            letter::Action::None => Task::none(),
            letter::Action::Run(task) => task.map(Message::Letter),
            letter::Action::Back(id) => self.show_letters_of(id),
            letter::Action::Open(id) => self.show_letter(id),
        }
    }

    fn pupils(&mut self, message: pupils::Message) -> Task<Message> {
        let Screen::Pupils(screen) = &mut self.screen else { return Task::none() };
        match screen.update(message) {
            pupils::Action::None => Task::none(),
            pupils::Action::Run(task) => task.map(Message::Pupils),
        }
    }

    fn settings(&mut self, message: settings::Message) -> Action {
        let Screen::Settings(screen) = &mut self.screen else { return Action::Run(Task::none()) };
        match screen.update(message) {
            settings::Action::None => Action::Run(Task::none()),
            settings::Action::Run(task) => Action::Run(task.map(Message::Settings)),
            settings::Action::Saved => {
                self.read_school();
                Action::Run(Task::none())
            }
            settings::Action::PolicyChanged(session) => {
                self.session = session.clone();
                let (screen, task) = settings::Settings::new(session, self.looks);
                let screen = Screen::Settings(Box::new(screen.showing(settings::Part::Policy)));
                self.notice = Some(Notice::done(
                    "The policy in force has changed.",
                    "Decisions made before stay as they are.",
                ));
                Action::Run(self.show(screen, task.map(Message::Settings)))
            }
            settings::Action::Moved(folder) => Action::Moved(folder),
            settings::Action::Appear(looks) => {
                self.looks = looks;
                Action::Appear(looks)
            }
        }
    }

    fn here(&self) -> Place {
        match &self.screen {
            Screen::Today(_) => Place::Today,
            Screen::Cases(_) | Screen::Outcome(..) | Screen::Case(_) | Screen::Letter(_) => Place::Cases,
            Screen::Wizard(_) => Place::NewDisclosure,
            Screen::Pupils(_) => Place::Pupils,
            Screen::Settings(_) => Place::Settings,
        }
    }

    pub(super) fn view(&self, demonstration: bool) -> Element<'_, Message> {
        let bar = widget::top_bar(self.school.as_str(), Some(Message::Hidden), Some(Message::Locked));
        let rest = responsive(move |size| self.below_the_bar(demonstration, size.width));
        column![bar, rest].into()
    }

    fn below_the_bar(&self, demonstration: bool, room: f32) -> Element<'_, Message> {
        let here = self.here();
        let places = PLACES.iter().map(|(place, label, keys)| {
            let link = widget::place(*label, *place == here, Message::Went(*place)).shortcut(keys);
            if *place == Place::Today { link.count(self.overdue, Tone::Danger) } else { link }
        });
        let page = match &self.screen {
            Screen::Today(screen) => screen.view().map(Message::Today),
            Screen::Cases(screen) => screen.view().map(Message::Cases),
            Screen::Wizard(screen) => screen.view().map(Message::Wizard),
            Screen::Outcome(screen, _) => screen.view().map(Message::Outcome),
            Screen::Case(screen) => screen.view().map(Message::Case),
            Screen::Letter(screen) => screen.view().map(Message::Letter),
            Screen::Pupils(screen) => screen.view().map(Message::Pupils),
            Screen::Settings(screen) => screen.view().map(Message::Settings),
        };
        let above = self.notice.as_ref().map(|n| container(screen::said(n)).padding([L, XL]).into());
        let above: Option<Element<'_, Message>> =
            above.or_else(|| demonstration.then(|| self.demonstration()));
        let body = column![above, page].width(Length::Fill).height(Length::Fill);
        widget::beside_navigation(places, room, body)
    }

    fn demonstration(&self) -> Element<'_, Message> {
        let says =
            format!("Demonstration: everyone here is made up, and today is {}.", self.session.today().long());
        container(widget::small(says)).padding([crate::ui::spacing::S, XL]).into()
    }
}
