//! The window: which screen is shown, and who gets a message. It dispatches and does nothing else.
//!
//! A message for a screen that is no longer there is dropped: the screen's work was saved when it was done.

mod asleep;
#[cfg(test)]
mod crawl;
mod desk;
mod front;
mod keys;
#[cfg(target_os = "linux")]
mod logind;
mod screen_lock;
mod suspend;
mod system;
#[cfg(test)]
mod tests;

use super::access::{self, Bridge};
use super::screen::{first_run, unlock};
use super::spacing::{L, M};
use super::theme::{self, Mode};
use super::widget::{self, button};
use crate::app::{
    self, Appearance, Kind, Looks, Notice, Preferences, Session, World, case_files_folder, documents_folder,
};
use crate::domain::{Draft, Lead};
use desk::Desk;
use front::Front;
use iced::keyboard::{self, Key, key::Named};
use iced::widget::column;
use iced::{Element, Event, Subscription, Task, Theme, event, time, window};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// After so long without a key or a click the case file locks.
const IDLE: Duration = Duration::from_mins(10);
/// So often it is asked whether a backup is due.
const BACKUPS: Duration = Duration::from_mins(10);

/// What the window begins with.
#[derive(Debug, Clone)]
pub enum Start {
    /// At the page that asks for the passphrase.
    CaseFile(Locked),
    /// The demonstration, already open.
    Demonstration(Session),
}

/// What a locked window knows, and all that outlasts locking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locked {
    /// The case file to open; the one that was open last where none is named.
    pub case_file: Option<PathBuf>,
    /// The last change to a letter could not be saved.
    pub unsaved: bool,
}

/// Starts the program anew at the page that asks for the passphrase, in the place of this process. Comes back only where
/// that could not be done.
pub type Anew = Arc<dyn Fn(&Locked) -> std::io::Error>;

/// Opens the window and stays until it is closed. Where another window has the same case file open, that one comes to the
/// front instead.
///
/// # Errors
/// No window can be opened.
pub fn run(start: Start, world: World, anew: Anew) -> iced::Result {
    if let Start::CaseFile(locked) = &start
        && let Some(folder) = locked.case_file.clone().or_else(|| Preferences::load().case_file)
        && app::call_forward(&folder)
    {
        return Ok(());
    }
    let boot = move || Window::new(start.clone(), world.clone(), anew.clone());
    iced::application(boot, Window::update, Window::view)
        .title("Casebook")
        .settings(theme::settings())
        .theme(Window::theme)
        .scale_factor(|window| window.preferences.text_size.factor())
        .subscription(Window::subscription)
        // What is typed is saved first.
        .exit_on_close_request(false)
        .window(window::Settings {
            size: iced::Size::new(1280.0, 800.0),
            min_size: Some(iced::Size::new(960.0, 600.0)),
            // Shown when the accessibility adapter is attached.
            visible: false,
            icon: app::program_icon()
                .and_then(|icon| window::icon::from_rgba(icon.rgba, icon.width, icon.height).ok()),
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                // As the desktop entry is called, which gives the window its name and picture there.
                application_id: "casebook".into(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        })
        .run()
}

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a state of its own, and any two of them may be true"
)]
struct Window {
    world: World,
    anew: Anew,
    preferences: Preferences,
    bridge: Bridge,
    front: Front,
    system: system::Wish,
    /// The window's pixels to one unit of the system, before the text size.
    scale: f32,
    stage: Stage,
    hidden: bool,
    /// The list of keys is shown.
    keys: bool,
    demonstration: bool,
    /// A disclosure on its way from an open case file into the restricted register.
    carried: Option<Carried>,
    last_input: Instant,
    awake: asleep::Watch,
    /// Closing or locking was refused once, because something could not be saved. The second time it goes.
    warned: bool,
}

enum Stage {
    Unlock(Box<unlock::Unlock>),
    FirstRun(Box<first_run::FirstRun>),
    Open(Box<Desk>),
}

/// A disclosure that goes on in the restricted register, and the case file that it comes from, still open.
struct Carried {
    from: Session,
    draft: Draft,
}

#[derive(Debug, Clone)]
enum Message {
    Unlock(unlock::Message),
    FirstRun(first_run::Message),
    Desk(desk::Message),
    HideAsked,
    ShowAsked,
    Keyed(Shortcut),
    Input,
    Ticked(Instant),
    SleepIsNear(suspend::Near),
    BackupsLookedAt,
    SystemMode(iced::theme::Mode),
    SystemWished(system::Wish),
    KeysClosed,
    Opened(window::Id),
    Scaled(f32),
    CloseAsked(window::Id),
    Attached(window::Id),
    /// A second Casebook was started for the case file of this one.
    CalledForward,
    WindowFocus(bool),
    /// The desktop tells that its screen is locked.
    ScreenLocked,
    Woken,
}

/// A key that works everywhere.
#[derive(Debug, Clone, Copy)]
enum Shortcut {
    /// Ctrl and a number: a place in the navigation.
    Place(usize),
    /// Ctrl and L: lock.
    Lock,
    /// F1: the list of keys, and away with it.
    Keys,
    /// Ctrl and + or −: by so many steps larger. 0 is the usual size.
    Larger(i8),
}

impl Window {
    fn new(start: Start, world: World, anew: Anew) -> (Self, Task<Message>) {
        let preferences = Preferences::load();
        let front = Front::default();
        let watched = world.clone();
        let (stage, demonstration, task) = match start {
            Start::Demonstration(session) => {
                let (desk, task) = Desk::new(session, preferences.looks());
                (Stage::Open(Box::new(desk)), true, task.map(Message::Desk))
            }
            Start::CaseFile(locked) => {
                let folder = locked.case_file.or_else(|| preferences.case_file.clone());
                front.answers_for(folder.as_deref());
                let (mut screen, task) = unlock::Unlock::new(world.clone(), folder);
                if locked.unsaved {
                    screen.say(unsaved());
                }
                (Stage::Unlock(Box::new(screen)), false, task.map(Message::Unlock))
            }
        };
        let window = Self {
            world,
            anew,
            preferences,
            bridge: Bridge::platform(),
            front,
            system: system::Wish::default(),
            scale: 1.0,
            stage,
            hidden: false,
            keys: false,
            demonstration,
            carried: None,
            last_input: now(),
            awake: asleep::Watch::new(now(), watched.clock.now()),
            warned: false,
        };
        (window, Task::batch([task, iced::system::theme().map(Message::SystemMode)]))
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Unlock(message) => self.unlock(message),
            Message::FirstRun(message) => self.first_run(message),
            Message::Desk(message) => self.desk(message),
            Message::HideAsked => self.set_hidden(true),
            Message::ShowAsked => self.set_hidden(false),
            Message::Keyed(shortcut) => self.keyed(shortcut),
            Message::KeysClosed => {
                self.keys = false;
                Task::none()
            }
            Message::Input => {
                self.last_input = now();
                Task::none()
            }
            Message::Ticked(at) => self.ticked(at),
            Message::SleepIsNear(near) => {
                let task = self.left_alone();
                // Only now this PC may sleep. Mostly it is not reached: another process has taken the place of this one.
                drop(near);
                task
            }
            Message::BackupsLookedAt => match &self.stage {
                Stage::Open(desk) => desk.back_up().map(Message::Desk),
                Stage::Unlock(_) | Stage::FirstRun(_) => Task::none(),
            },
            Message::SystemMode(mode) => {
                // Where nobody answers, what the desktop said stands.
                if mode != iced::theme::Mode::None {
                    self.system.dark = mode == iced::theme::Mode::Dark;
                }
                self.ask_contrast();
                Task::none()
            }
            Message::SystemWished(wish) => {
                self.system = wish;
                Task::none()
            }
            Message::CloseAsked(id) => self.close(id),
            Message::Opened(id) => Task::batch([
                window::scale_factor(id).map(Message::Scaled),
                self.bridge.attach(id, Message::Attached(id)),
            ]),
            Message::Scaled(scale) => {
                self.scale = scale;
                self.rescale()
            }
            Message::Attached(id) => window::set_mode(id, window::Mode::Windowed),
            Message::CalledForward => window::latest()
                .and_then(|id| Task::batch([window::minimize(id, false), window::gain_focus(id)])),
            Message::WindowFocus(on) => {
                self.bridge.window_focus(on);
                self.ask_contrast();
                Task::none()
            }
            Message::ScreenLocked => self.left_alone(),
            Message::Woken => Task::none(),
        }
    }

    fn unlock(&mut self, message: unlock::Message) -> Task<Message> {
        let Stage::Unlock(screen) = &mut self.stage else { return Task::none() };
        match screen.update(message) {
            unlock::Action::None => Task::none(),
            unlock::Action::Run(task) => task.map(Message::Unlock),
            unlock::Action::Opened(session) => self.open(session),
            unlock::Action::Back => self.put_back(),
            unlock::Action::FirstRun => {
                let (screen, task) = first_run::FirstRun::new(self.world.clone(), case_files_folder());
                self.stage = Stage::FirstRun(Box::new(screen));
                task.map(Message::FirstRun)
            }
        }
    }

    fn first_run(&mut self, message: first_run::Message) -> Task<Message> {
        let Stage::FirstRun(screen) = &mut self.stage else { return Task::none() };
        match screen.update(message) {
            first_run::Action::None => Task::none(),
            first_run::Action::Run(task) => task.map(Message::FirstRun),
            first_run::Action::Cancelled if self.carried.is_some() => self.put_back(),
            first_run::Action::Cancelled => self.lock(),
            first_run::Action::Made(session) => self.open(session),
            first_run::Action::Close => {
                let _gone = self.let_go();
                window::latest().and_then(window::close)
            }
        }
    }

    fn desk(&mut self, message: desk::Message) -> Task<Message> {
        let Stage::Open(desk) = &mut self.stage else { return Task::none() };
        match desk.update(message) {
            desk::Action::Run(task) => task.map(Message::Desk),
            desk::Action::Lock if self.may_go() => self.lock(),
            desk::Action::Lock => Task::none(),
            desk::Action::Hide => self.set_hidden(true),
            desk::Action::KeepApart(draft, lead) => self.keep_apart(*draft, lead),
            desk::Action::Moved(folder) => {
                // As when it is opened: the restricted register is not the one that the next start opens.
                if self.sessions().iter().all(|session| !session.is_restricted()) {
                    self.remember(folder);
                }
                Task::none()
            }
            desk::Action::Appear(looks) => self.appear(looks),
        }
    }

    fn appear(&mut self, looks: Looks) -> Task<Message> {
        self.preferences.set_looks(looks);
        self.preferences.save();
        self.rescale()
    }

    /// What assistive technology is told of places is in the window's own pixels.
    fn rescale(&mut self) -> Task<Message> {
        self.bridge.set_scale(self.scale * self.preferences.text_size.factor());
        Task::none()
    }

    fn keyed(&mut self, shortcut: Shortcut) -> Task<Message> {
        match (shortcut, &mut self.stage) {
            (Shortcut::Keys, _) if !self.hidden => {
                self.keys = !self.keys;
                Task::none()
            }
            (Shortcut::Larger(by), stage) => {
                let looks = keys::resized(self.preferences.looks(), by);
                if let Stage::Open(desk) = stage {
                    desk.set_looks(looks);
                }
                self.appear(looks)
            }
            (Shortcut::Place(at), Stage::Open(desk)) if !self.hidden && !self.keys => {
                desk.go(at).map(Message::Desk)
            }
            (Shortcut::Lock, Stage::Open(_)) => self.desk(desk::Message::Locked),
            (Shortcut::Keys | Shortcut::Place(_) | Shortcut::Lock, _) => Task::none(),
        }
    }

    fn open(&mut self, session: Session) -> Task<Message> {
        self.last_input = now();
        self.front.answers_for(Some(&session.folder()));
        let restricted = session.is_restricted();
        if !restricted {
            self.remember(session.folder());
        }
        // Where another case file was opened than the register, the disclosure stays where it was.
        match self.carried.take().filter(|_| restricted) {
            Some(carried) => self.take_over(carried, session),
            None => self.desk_of(session, None),
        }
    }

    fn desk_of(&mut self, session: Session, notice: Option<Notice>) -> Task<Message> {
        let (mut desk, task) = Desk::new(session, self.preferences.looks());
        if let Some(notice) = notice {
            desk.say(notice);
        }
        self.stage = Stage::Open(Box::new(desk));
        task.map(Message::Desk)
    }

    /// Makes or opens the restricted register for a disclosure about an adult who works with children.
    fn keep_apart(&mut self, draft: Draft, lead: Lead) -> Task<Message> {
        let Stage::Open(desk) = &self.stage else { return Task::none() };
        let from = desk.session();
        let school = match from.school() {
            Ok(school) => school,
            Err(error) => return self.desk_of(from, Some(Notice::from(&error))),
        };
        let beside = from.folder().parent().map_or_else(documents_folder, Path::to_owned);
        let register = beside.join(first_run::restricted_name(&school.name));
        self.carried = Some(Carried { from, draft });
        if register.is_dir() {
            let (mut screen, task) = unlock::Unlock::new(self.world.clone(), Some(register));
            screen.set_way_back(true);
            self.stage = Stage::Unlock(Box::new(screen));
            return task.map(Message::Unlock);
        }
        let chair = lead == Lead::ChairOfGovernors;
        let (screen, task) = first_run::FirstRun::for_restricted(self.world.clone(), beside, school, chair);
        self.stage = Stage::FirstRun(Box::new(screen));
        task.map(Message::FirstRun)
    }

    fn take_over(&mut self, carried: Carried, register: Session) -> Task<Message> {
        let Carried { from, draft } = carried;
        let register = match from.hand_over(&draft, register) {
            Ok(register) => register,
            Err(error) => return self.desk_of(from, Some(Notice::from(&error))),
        };
        let shown = self.desk_of(register, None);
        let Stage::Open(desk) = &mut self.stage else { return shown };
        Task::batch([shown, desk.take_over(draft).map(Message::Desk)])
    }

    /// Back to the case file from which a disclosure was carried. It was kept there on the way.
    fn put_back(&mut self) -> Task<Message> {
        match self.carried.take() {
            Some(carried) => self.desk_of(carried.from, None),
            None => Task::none(),
        }
    }

    /// The case file that the next start opens. The demonstration's is gone by then.
    fn remember(&mut self, folder: PathBuf) {
        if self.demonstration {
            return;
        }
        self.preferences.case_file = Some(folder);
        self.preferences.save();
    }

    /// Closes the case file and asks for the passphrase again: in a new process, because memory that was let go of still
    /// holds what was in it. The demonstration stays in this one: its folder goes with it, and everybody in it is made up.
    fn lock(&mut self) -> Task<Message> {
        let open = self.sessions();
        let (locked, task) = self.let_go();
        if open.is_empty() || self.demonstration {
            return task;
        }
        for session in open {
            session.finish();
        }
        // The new process is not to take this one for another window.
        self.front.answers_for(None);
        let error = (self.anew)(&locked);
        self.front.answers_for(locked.case_file.as_deref());
        if let Stage::Unlock(screen) = &mut self.stage {
            screen.say(if locked.unsaved { unsaved() } else { not_anew(&error) });
        }
        task
    }

    /// Each case file that is open, also behind another page.
    fn sessions(&self) -> Vec<Session> {
        let here = match &self.stage {
            Stage::Open(desk) => Some(desk.session()),
            Stage::FirstRun(screen) => screen.made(),
            Stage::Unlock(screen) => screen.session(),
        };
        here.into_iter().chain(self.carried.as_ref().map(|carried| carried.from.clone())).collect()
    }

    /// Closes what is open, and shows the page that asks for the passphrase. What is typed is saved where it can be.
    fn let_go(&mut self) -> (Locked, Task<Message>) {
        let mut lost = false;
        // What was open behind another page locks too.
        self.carried = None;
        let folder = match &mut self.stage {
            Stage::Open(desk) => {
                lost = !desk.leave();
                Some(desk.folder())
            }
            Stage::Unlock(screen) if screen.session().is_some() => screen.folder(),
            Stage::Unlock(screen) => {
                screen.set_way_back(false);
                return (Locked { case_file: screen.folder(), unsaved: false }, Task::none());
            }
            Stage::FirstRun(screen) => {
                if let Some(made) = screen.made() {
                    self.remember(made.folder());
                }
                self.preferences.case_file.clone()
            }
        };
        let locked = Locked { case_file: folder.clone(), unsaved: lost };
        let (mut screen, task) = unlock::Unlock::new(self.world.clone(), folder);
        if lost {
            screen.say(unsaved());
        }
        if self.demonstration {
            screen.is_demonstration();
        }
        self.stage = Stage::Unlock(Box::new(screen));
        self.hidden = false;
        self.keys = false;
        self.warned = false;
        (locked, task.map(Message::Unlock))
    }

    /// Locks after idle time, with the screen, and after sleep: whoever opens the lid need not be the one who shut it.
    fn ticked(&mut self, at: Instant) -> Task<Message> {
        let slept = self.awake.slept(at, self.world.clock.now());
        if slept || at.duration_since(self.last_input) > IDLE || app::screen_is_locked() {
            self.left_alone()
        } else {
            Task::none()
        }
    }

    /// Nobody has been here for a while. The recovery words are not thrown away for that, only taken off the screen.
    fn left_alone(&mut self) -> Task<Message> {
        match &self.stage {
            Stage::FirstRun(screen) if screen.made().is_some() && self.hidden => Task::none(),
            Stage::FirstRun(screen) if screen.made().is_some() => self.set_hidden(true),
            Stage::FirstRun(_) | Stage::Open(_) | Stage::Unlock(_) => self.lock(),
        }
    }

    /// Whether the screen may go: what is typed is saved, or somebody was told before that it cannot be.
    fn may_go(&mut self) -> bool {
        match &mut self.stage {
            Stage::Open(desk) => desk.leave() || std::mem::replace(&mut self.warned, true),
            Stage::FirstRun(screen) => screen.may_close(),
            Stage::Unlock(_) => true,
        }
    }

    /// Closes the window once what is typed is saved. Where it cannot be, the screen says so and stays, once.
    fn close(&mut self, id: window::Id) -> Task<Message> {
        if !self.may_go() {
            return self.set_hidden(false);
        }
        // The screen goes before the program does, so that a disclosure being taken is saved too. What the page behind
        // would do next is not wanted any more.
        let _gone = self.let_go();
        window::close(id)
    }

    fn set_hidden(&mut self, hidden: bool) -> Task<Message> {
        self.hidden = hidden;
        access::focus_first()
    }

    fn view(&self) -> Element<'_, Message> {
        let stage = match &self.stage {
            _ if self.hidden => hidden(),
            Stage::Unlock(screen) => screen.view().map(Message::Unlock),
            Stage::FirstRun(screen) => screen.view().map(Message::FirstRun),
            Stage::Open(desk) => desk.view(self.demonstration).map(Message::Desk),
        };
        let keys = (self.keys && !self.hidden).then(|| keys::dialog(Message::KeysClosed));
        access::root(&self.bridge, "Casebook", widget::modal(stage, keys)).into()
    }

    /// Where a system does not tell of high contrast, it is asked: when the window opens, when the system's colours change,
    /// and when somebody comes back from its settings.
    fn ask_contrast(&mut self) {
        self.system.contrast = system::contrast_now().unwrap_or(self.system.contrast);
    }

    fn theme(&self) -> Theme {
        theme::theme(match self.preferences.appearance {
            Appearance::System => self.system.mode(),
            Appearance::Light => Mode::Light,
            Appearance::Dark => Mode::Dark,
            Appearance::HighContrast => Mode::Contrast,
        })
    }

    fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            event::listen_with(listen),
            window::open_events().map(Message::Opened),
            window::close_requests().map(Message::CloseAsked),
            time::every(Duration::from_secs(5)).map(Message::Ticked),
            time::every(BACKUPS).map(|_| Message::BackupsLookedAt),
            iced::system::theme_changes().map(Message::SystemMode),
            Subscription::run(system::wishes).map(Message::SystemWished),
            Subscription::run(screen_lock::locks).map(|()| Message::ScreenLocked),
            Subscription::run(suspend::warnings).map(Message::SleepIsNear),
            Subscription::run_with(self.bridge.clone(), Bridge::wakes).map(|()| Message::Woken),
            Subscription::run_with(self.front.clone(), Front::calls).map(|()| Message::CalledForward),
        ])
    }
}

/// What could not be kept when nobody was there to be asked.
fn unsaved() -> Notice {
    Notice {
        kind: Kind::File,
        what: "The last change to a letter could not be saved before Casebook locked.".into(),
        what_to_do: "Everything before it is safe. Open the letter again and look at its end.".into(),
        detail: String::new(),
    }
}

/// Locked, but in the same process.
fn not_anew(error: &std::io::Error) -> Notice {
    Notice {
        kind: Kind::File,
        what: "The case file is locked, but Casebook could not start itself anew.".into(),
        what_to_do:
            "Close Casebook and open it again, so that nothing of the records stays in this PC’s memory."
                .into(),
        detail: error.to_string(),
    }
}

/// A page that says nothing, not even whose it is, for when somebody comes in.
fn hidden<'a>() -> Element<'a, Message> {
    widget::page(
        column![
            widget::heading(1, "Paused"),
            button::row_of([button::primary("Continue").on_press(Message::ShowAsked).into()]),
        ]
        .spacing(L + M),
        None,
    )
}

#[allow(clippy::disallowed_methods, reason = "a stopwatch for idle time, not the date")]
fn now() -> Instant {
    Instant::now()
}

fn listen(event: Event, _status: event::Status, _window: window::Id) -> Option<Message> {
    match event {
        Event::Window(window::Event::Focused) => Some(Message::WindowFocus(true)),
        Event::Window(window::Event::Unfocused) => Some(Message::WindowFocus(false)),
        Event::Window(window::Event::Rescaled(scale)) => Some(Message::Scaled(scale)),
        Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => Some(match key.as_ref() {
            Key::Named(Named::F12) => Message::HideAsked,
            Key::Named(Named::F1) => Message::Keyed(Shortcut::Keys),
            Key::Character(typed) if modifiers.command() && !modifiers.alt() => {
                keys::shortcut(typed).map_or(Message::Input, Message::Keyed)
            }
            _ => Message::Input,
        }),
        Event::Mouse(iced::mouse::Event::ButtonPressed(_)) => Some(Message::Input),
        _ => None,
    }
}
