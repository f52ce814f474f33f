//! What the way to a screen reader costs: one frame of the list of ten thousand cases without it, with it while nobody
//! listens, and with it while somebody does.
//!
//! A frame is what a key brings about: the view built, laid out, told the event, drawn to the last pixel by the same
//! renderer as in the window, at 1280 × 800. Run with `cargo bench --bench frame`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]

#[path = "invented/cases.rs"]
mod cases;
#[path = "invented/facts.rs"]
mod facts;

use casebook::app::{Session, World};
use casebook::store::Secret;
use casebook::ui::access::{self, Bridge};
use casebook::ui::screen::cases::{Cases, Message};
use casebook::ui::theme;
use iced::advanced::renderer::{Headless, Style};
use iced::futures::StreamExt;
use iced::futures::executor::block_on;
use iced::{Color, Element, Event, Size, Theme, mouse, time, window};
use iced_test::core::clipboard;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::runtime::{Action, task};
use std::time::{Duration, Instant};

const CASES: usize = 10_000;
const FRAMES: usize = 200;
const SIZE: Size = Size::new(1280.0, 800.0);

/// How the page stands between the list and the platform.
enum Way {
    /// Without the bridge.
    Bare,
    /// With it.
    Bridged(Bridge),
}

impl Way {
    fn view<'a>(&'a self, screen: &'a Cases) -> Element<'a, Message> {
        match self {
            Self::Bare => screen.view(),
            Self::Bridged(bridge) => access::root(bridge, "Casebook", screen.view()).into(),
        }
    }
}

/// One frame after another, each after a scroll by a line, so that something changes in all of them.
struct Frames {
    renderer: iced::Renderer,
    cache: Option<Cache>,
    theme: Theme,
}

impl Frames {
    fn new() -> Self {
        let renderer =
            block_on(<iced::Renderer as Headless>::new(theme::FONT, 16.0.into(), Some("tiny-skia"))).unwrap();
        Self { renderer, cache: Some(Cache::new()), theme: theme::theme(theme::Mode::Light) }
    }

    fn frame(&mut self, screen: &mut Cases, way: &Way, lines: f32) {
        let cursor = mouse::Cursor::Available(iced::Point::new(640.0, 400.0));
        let scroll = mouse::ScrollDelta::Lines { x: 0.0, y: lines };
        let events = [
            Event::Mouse(mouse::Event::WheelScrolled { delta: scroll }),
            Event::Window(window::Event::RedrawRequested(time::Instant::now())),
        ];
        let mut messages = Vec::new();
        let view = way.view(screen);
        let cache = self.cache.take().unwrap_or_default();
        let mut ui = UserInterface::build(view, SIZE, cache, &mut self.renderer);
        for event in events {
            let _ = ui.update(&[event], cursor, &mut self.renderer, &mut clipboard::Null, &mut messages);
        }
        let style = Style { text_color: Color::BLACK };
        ui.draw(&mut self.renderer, &self.theme, &style, cursor);
        let pixels = self.renderer.screenshot(iced::Size::new(1280, 800), 1.0, Color::WHITE);
        assert_eq!(pixels.len(), 1280 * 800 * 4);
        self.cache = Some(ui.into_cache());
        for message in messages {
            let _ = screen.update(message);
        }
    }
}

/// The list, with its rows read.
fn list(session: Session) -> Cases {
    let (mut screen, first) = Cases::new(session);
    if let Some(mut actions) = task::into_stream(first) {
        while let Some(action) = block_on(actions.next()) {
            if let Action::Output(message) = action {
                let _ = screen.update(message);
            }
        }
    }
    screen
}

/// Three ways, frame by frame in turn, so that whatever else this machine does slows all of them alike.
fn main() {
    let mut fonts = iced::advanced::graphics::text::font_system().write().unwrap();
    for font in theme::fonts() {
        fonts.load_font(font);
    }
    drop(fonts);
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Invented.casebook");
    let _words = cases::case_file(&folder, CASES);
    let world = World::on(facts::day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(cases::PASSPHRASE.into()), world).unwrap();
    let heard = Bridge::detached();
    let mut runs: Vec<(&str, Way, Cases, Frames, Vec<Duration>)> = [
        ("without the bridge", Way::Bare),
        ("nobody listens", Way::Bridged(Bridge::unheard())),
        ("a screen reader listens", Way::Bridged(heard.clone())),
    ]
    .into_iter()
    .map(|(name, way)| (name, way, list(session.clone()), Frames::new(), Vec::new()))
    .collect();
    for n in 0..FRAMES + 10 {
        for (_, way, screen, frames, times) in &mut runs {
            let started = Instant::now();
            // A page and a half down, then up again.
            frames.frame(screen, way, if n % 40 < 20 { -1.0 } else { 1.0 });
            if n >= 10 {
                times.push(started.elapsed());
            }
        }
    }
    let told = heard.tree().map_or(0, |tree| tree.nodes.len());
    let middle = |times: &mut Vec<Duration>| {
        times.sort();
        [50, 95].map(|hundredth| times[times.len() * hundredth / 100].as_secs_f64() * 1e3)
    };
    let [bare, _] = middle(&mut runs[0].4);
    for (name, _, _, _, times) in &mut runs {
        let [p50, p95] = middle(times);
        println!(
            "{name:<24} p50 {p50:6.2} ms, p95 {p95:6.2} ms, {:+.2} ms, ratio {:.3}",
            p50 - bare,
            p50 / bare
        );
    }
    println!("{CASES} cases in the list, {told} nodes told of what is near, {FRAMES} frames each");
}
