//! Drives a screen without a window, for tests: find by role and name as a person would, press keys, read what a
//! screen reader is told. Focus and scrolling live on from one event to the next, as in the real event loop.

use super::access::{self, Bridge, Role};
use super::theme;
use accesskit::{Action, ActionData, ActionRequest, Affine, Node, NodeId, TreeId, TreeUpdate};
use iced::advanced::renderer::Headless;
use iced::futures::StreamExt;
use iced::futures::executor::block_on;
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Element, Event, Point, Size, Task, mouse, time, window};
use iced_test::core::clipboard;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::runtime::{self, task};
use std::collections::HashMap;
use std::sync::Once;

/// A screen as the driver sees it.
pub(crate) trait Screen {
    type Message: Send + 'static;
    fn view(&self) -> Element<'_, Self::Message>;
    fn update(&mut self, message: Self::Message) -> Task<Self::Message>;
}

/// A screen in an imagined window.
pub(crate) struct Driver<S> {
    pub(crate) screen: S,
    bridge: Bridge,
    cache: Option<Cache>,
    renderer: iced::Renderer,
    size: Size,
    cursor: mouse::Cursor,
    modifiers: Modifiers,
}

impl<S: Screen> Driver<S> {
    /// In a window of 1280 × 900.
    pub(crate) fn new(screen: S) -> Self {
        Self::with_size(screen, Size::new(1280.0, 900.0))
    }

    pub(crate) fn with_size(screen: S, size: Size) -> Self {
        load_fonts();
        let renderer =
            block_on(<iced::Renderer as Headless>::new(theme::FONT, 16.0.into(), Some("tiny-skia")))
                .expect("tiny-skia needs no window");
        let mut driver = Self {
            screen,
            bridge: Bridge::detached(),
            cache: Some(Cache::new()),
            renderer,
            size,
            cursor: mouse::Cursor::Unavailable,
            modifiers: Modifiers::empty(),
        };
        driver.send(&[]);
        driver
    }

    fn with_ui<T>(
        &mut self,
        f: impl FnOnce(&mut UserInterface<'_, S::Message, iced::Theme, iced::Renderer>, &mut iced::Renderer) -> T,
    ) -> T {
        let view = access::root(&self.bridge, "Test", self.screen.view());
        let cache = self.cache.take().unwrap_or_default();
        let mut ui = UserInterface::build(view, self.size, cache, &mut self.renderer);
        let result = f(&mut ui, &mut self.renderer);
        self.cache = Some(ui.into_cache());
        result
    }

    fn deliver(&mut self, events: &[Event]) -> bool {
        let cursor = self.cursor;
        let mut messages = Vec::new();
        self.with_ui(|ui, renderer| {
            let _ = ui.update(events, cursor, renderer, &mut clipboard::Null, &mut messages);
        });
        let any = !messages.is_empty();
        for message in messages {
            let task = self.screen.update(message);
            self.run(task);
        }
        any
    }

    /// Sends events, then redraws until nothing more comes of it.
    pub(crate) fn send(&mut self, events: &[Event]) {
        for event in events {
            self.deliver(std::slice::from_ref(event));
        }
        let redraw = Event::Window(window::Event::RedrawRequested(time::Instant::now()));
        for _ in 0..4 {
            self.deliver(std::slice::from_ref(&redraw));
        }
    }

    /// Carries out what a task asks of the widgets, and its messages.
    pub(crate) fn run(&mut self, task: Task<S::Message>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = block_on(actions.next()) {
            match action {
                runtime::Action::Output(message) => {
                    let task = self.screen.update(message);
                    self.run(task);
                }
                runtime::Action::Widget(operation) => {
                    let mut next = Some(operation);
                    while let Some(mut operation) = next.take() {
                        self.with_ui(|ui, renderer| ui.operate(renderer, &mut *operation));
                        if let iced::advanced::widget::operation::Outcome::Chain(chained) = operation.finish()
                        {
                            next = Some(chained);
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Lets an operation go over what is on the page.
    pub(crate) fn operate(&mut self, operation: &mut dyn iced::advanced::widget::Operation) {
        self.with_ui(|ui, renderer| ui.operate(renderer, operation));
    }

    fn pressed(&self, key: &Key, text: Option<&str>) -> Event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key.clone(),
            physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
            location: keyboard::Location::Standard,
            modifiers: self.modifiers,
            repeat: false,
            text: text.map(Into::into),
        })
    }

    fn key(&mut self, key: &Key, text: Option<&str>) {
        let pressed = self.pressed(key, text);
        self.send(&[pressed]);
    }

    /// Presses Tab and redraws once, which is all that a change of focus needs.
    pub(crate) fn tab(&mut self) {
        self.deliver(&[self.pressed(&Key::Named(Named::Tab), None)]);
        self.deliver(&[Event::Window(window::Event::RedrawRequested(time::Instant::now()))]);
    }

    pub(crate) fn press(&mut self, key: Named) {
        let text = (key == Named::Space).then_some(" ");
        self.key(&Key::Named(key), text);
    }

    pub(crate) fn press_with(&mut self, modifiers: Modifiers, key: &Key) {
        self.modifiers = modifiers;
        self.send(&[Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers))]);
        self.key(key, None);
        self.modifiers = Modifiers::empty();
        self.send(&[Event::Keyboard(keyboard::Event::ModifiersChanged(Modifiers::empty()))]);
    }

    pub(crate) fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            let c = c.to_string();
            self.key(&Key::Character(c.as_str().into()), Some(&c));
        }
    }

    /// Clicks what the access tree says is there.
    pub(crate) fn click(&mut self, role: Role, name: &str) {
        let bounds = self.node(role, name).bounds().expect("everything has bounds");
        #[allow(clippy::cast_possible_truncation)] // A window is far smaller than what f32 counts exactly.
        let middle = Point::new(bounds.x0.midpoint(bounds.x1) as f32, bounds.y0.midpoint(bounds.y1) as f32);
        self.cursor = mouse::Cursor::Available(middle);
        self.send(&[
            Event::Mouse(mouse::Event::CursorMoved { position: middle }),
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
        ]);
    }

    /// Turns the wheel up by so many lines, or down, where the pointer is.
    pub(crate) fn wheel(&mut self, lines: f32) {
        let delta = mouse::ScrollDelta::Lines { x: 0.0, y: lines };
        self.send(&[Event::Mouse(mouse::Event::WheelScrolled { delta })]);
    }

    /// Asks as a screen reader would.
    pub(crate) fn ask(&mut self, action: Action, role: Role, name: &str, data: Option<ActionData>) {
        let target = self.find(role, name).expect("the node to ask").0;
        self.ask_node(action, target, data);
    }

    /// Asks this node as a screen reader would.
    pub(crate) fn ask_node(&mut self, action: Action, target_node: NodeId, data: Option<ActionData>) {
        self.bridge.ask(ActionRequest { action, target_tree: TreeId::ROOT, target_node, data });
        self.send(&[]);
    }

    pub(crate) fn size(&self) -> Size {
        self.size
    }

    pub(crate) fn tree(&self) -> TreeUpdate {
        placed(self.told())
    }

    /// What the platform was told, as it was told.
    pub(crate) fn told(&self) -> TreeUpdate {
        self.bridge.tree().expect("a redraw publishes the tree")
    }

    pub(crate) fn find(&self, role: Role, name: &str) -> Option<(NodeId, Node)> {
        let nodes = self.tree().nodes;
        nodes.into_iter().find(|(_, node)| node.role() == role && node.label().unwrap_or_default() == name)
    }

    pub(crate) fn has(&self, role: Role, name: &str) -> bool {
        self.find(role, name).is_some()
    }

    pub(crate) fn node(&self, role: Role, name: &str) -> Node {
        self.find(role, name).unwrap_or_else(|| panic!("no {role:?} “{name}” among {:#?}", self.names())).1
    }

    /// Role and name of everything, in reading order.
    pub(crate) fn names(&self) -> Vec<(Role, String)> {
        let named = |node: &Node| (node.role(), node.label().unwrap_or_default().to_owned());
        self.tree().nodes.iter().map(|(_, node)| named(node)).collect()
    }

    /// Role and name of what has the focus.
    pub(crate) fn focused(&self) -> (Role, String) {
        let tree = self.tree();
        let node = tree.nodes.iter().find(|(id, _)| *id == tree.focus).map(|(_, node)| node);
        node.map(|node| (node.role(), node.label().unwrap_or_default().to_owned()))
            .expect("focus is in the tree")
    }

    /// Presses Tab until this has the focus.
    pub(crate) fn tab_to(&mut self, role: Role, name: &str) {
        for _ in 0..200 {
            if self.focused() == (role, name.to_owned()) {
                return;
            }
            self.press(Named::Tab);
        }
        panic!("Tab never reaches {role:?} “{name}”");
    }
}

fn load_fonts() {
    static LOADED: Once = Once::new();
    LOADED.call_once(|| {
        let mut system = iced::advanced::graphics::text::font_system().write().expect("fonts load once");
        for font in theme::fonts() {
            system.load_font(font);
        }
    });
}

/// As a platform reckons it: each node's bounds within the window, after all that moves what lies in it.
fn placed(mut tree: TreeUpdate) -> TreeUpdate {
    let mut moved = HashMap::from([(tree.nodes[0].0, Affine::IDENTITY)]);
    for (id, node) in &mut tree.nodes {
        let here = moved[id] * node.transform().copied().unwrap_or_default();
        moved.extend(node.children().iter().map(|child| (*child, here)));
        if let Some(bounds) = node.bounds() {
            node.set_bounds(here.transform_rect_bbox(bounds));
        }
        node.clear_transform();
    }
    tree
}
