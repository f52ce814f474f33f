//! Opens a window with every widget: `cargo run --example gallery`.

use casebook::domain::Day;
use casebook::ui::access::{self, Bridge};
use casebook::ui::gallery::{self, Gallery};
use casebook::ui::theme;
use iced::{Element, Subscription, Task, Theme, window};

struct App {
    gallery: Gallery,
    bridge: Bridge,
}

#[derive(Debug, Clone)]
enum Message {
    Gallery(gallery::Message),
    Asked,
    Opened(window::Id),
    Attached(window::Id),
}

impl App {
    fn boot() -> Self {
        let today = Day::from(chrono::NaiveDate::from_ymd_opt(2026, 1, 19).unwrap_or_default());
        Self { gallery: Gallery::new(today), bridge: Bridge::platform() }
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Gallery(message) => match self.gallery.update(message) {
                gallery::Action::None => Task::none(),
                gallery::Action::Run(task) => task.map(Message::Gallery),
            },
            Message::Asked => Task::none(),
            Message::Opened(id) => self.bridge.attach(id, Message::Attached(id)),
            Message::Attached(id) => window::set_mode(id, window::Mode::Windowed),
        }
    }

    fn view(&self) -> Element<'_, Message> {
        let view = self.gallery.view().map(Message::Gallery);
        access::root(&self.bridge, "Casebook gallery", view).into()
    }

    fn theme(&self) -> Theme {
        self.gallery.theme()
    }

    fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            window::open_events().map(Message::Opened),
            Subscription::run_with(self.bridge.clone(), Bridge::wakes).map(|()| Message::Asked),
        ])
    }
}

fn main() -> iced::Result {
    iced::application(App::boot, App::update, App::view)
        .title("Casebook gallery")
        .settings(theme::settings())
        .theme(App::theme)
        .subscription(App::subscription)
        .window(window::Settings { visible: false, ..window::Settings::default() })
        .window_size((1280.0, 900.0))
        .run()
}
