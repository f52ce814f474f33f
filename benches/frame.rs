//! What the way to a screen reader costs: one frame of the list of ten thousand cases without it, with it while nobody
//! listens, and with it while somebody does.
//!
//! A frame is what a key brings about: the view built, laid out, told the event, drawn to the last pixel by the same
//! renderer as in the window, at 1280 × 800. Run with `cargo bench --bench frame`. What counts is the time of the processor
//! where the system tells it (Linux), so that another program beside it changes little. Within a session whose
//! accessibility bus is on, the platform's own way is measured too.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]
#![cfg_attr(target_os = "linux", allow(unsafe_code, reason = "the standard library has no time of a thread"))]

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
use std::time::Duration;

const CASES: usize = 10_000;
const FRAMES: usize = 300;
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

/// How long this thread has worked.
#[cfg(target_os = "linux")]
fn worked() -> Duration {
    let mut now = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the structure is written to before it is read, and nothing of it is kept.
    let told = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut now) };
    assert_eq!(told, 0);
    Duration::new(now.tv_sec.try_into().unwrap(), now.tv_nsec.try_into().unwrap())
}

/// How long this program has run.
#[cfg(not(target_os = "linux"))]
fn worked() -> Duration {
    use std::sync::LazyLock;
    static BEGAN: LazyLock<std::time::Instant> = LazyLock::new(std::time::Instant::now);
    BEGAN.elapsed()
}

/// The bridge to this session's own screen reader, if there is one within a few seconds.
fn platform() -> Option<Bridge> {
    let bridge = Bridge::platform();
    let until = std::time::Instant::now() + Duration::from_secs(5);
    while !bridge.is_heard() && std::time::Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    Some(bridge).filter(Bridge::is_heard)
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
    let mut ways = vec![
        ("without the bridge", Way::Bare),
        ("nobody listens", Way::Bridged(Bridge::unheard())),
        ("a screen reader listens", Way::Bridged(heard.clone())),
    ];
    match platform() {
        Some(bridge) => ways.push(("this session's listens", Way::Bridged(bridge))),
        None => println!("no screen reader runs in this session: without the platform's own way"),
    }
    let mut runs: Vec<(&str, Way, Cases, Frames, Vec<Duration>)> = ways
        .into_iter()
        .map(|(name, way)| (name, way, list(session.clone()), Frames::new(), Vec::new()))
        .collect();
    for n in 0..FRAMES + 10 {
        for (_, way, screen, frames, times) in &mut runs {
            let began = worked();
            // A page and a half down, then up again.
            frames.frame(screen, way, if n % 40 < 20 { -1.0 } else { 1.0 });
            if n >= 10 {
                times.push(worked().saturating_sub(began));
            }
        }
    }
    let told = heard.tree().map_or(0, |tree| tree.nodes.len());
    let ms = |time: &Duration| time.as_secs_f64() * 1e3;
    let at = |mut times: Vec<f64>, hundredth: usize| {
        times.sort_by(f64::total_cmp);
        times[times.len() * hundredth / 100]
    };
    let bare: Vec<f64> = runs[0].4.iter().map(ms).collect();
    for (name, _, _, _, times) in &runs {
        let times: Vec<f64> = times.iter().map(ms).collect();
        // Frame against the same frame: each scrolls the same lines.
        let more = times.iter().zip(&bare).map(|(with, without)| with - without).collect();
        println!(
            "{name:<24} p50 {:6.2} ms, p95 {:6.2} ms, more than without p50 {:+.2} ms",
            at(times.clone(), 50),
            at(times, 95),
            at(more, 50),
        );
    }
    println!("{CASES} cases in the list, {told} nodes told of what is near, {FRAMES} frames each");
}
