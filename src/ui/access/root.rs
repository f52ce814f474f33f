//! The outermost widget: moves the focus on Tab, keeps it in view, serves assistive technology and publishes the
//! access tree at each redraw.

use super::bridge::Bridge;
use super::collect::{Collect, Wanted};
use super::reveal::{Asking, Reveal, Stops};
use super::steps::{self, Lines, PressLetter};
use super::{Request, hand_on, inner};
use accesskit::{Action, ActionData, ActionRequest};
use iced::advanced::widget::operation::{Operation, Outcome};
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget};
use iced::keyboard::{self, key::Named};
use iced::{Element, Event, Rectangle, mouse, window};

#[derive(Default)]
struct State {
    /// The focus may have moved: scroll it into view at the next redraw.
    reveal: bool,
    /// Where the focus was on the page at the last redraw.
    place: Option<Rectangle>,
}

/// The whole window; see [`root`].
pub struct Root<'a, Message> {
    bridge: &'a Bridge,
    title: String,
    content: Element<'a, Message>,
}

/// Wraps the whole view, once, outside everything else.
pub fn root<'a, Message>(
    bridge: &'a Bridge,
    title: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
) -> Root<'a, Message> {
    Root { bridge, title: title.into(), content: content.into() }
}

impl<Message> Root<'_, Message> {
    /// Runs an operation and whatever it chains to.
    fn run(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        mut operation: Box<dyn Operation>,
    ) {
        loop {
            let content = self.content.as_widget_mut();
            content.operate(&mut tree.children[0], inner(layout), renderer, &mut *operation);
            match operation.finish() {
                Outcome::Chain(next) => operation = next,
                Outcome::None | Outcome::Some(()) => return,
            }
        }
    }

    fn serve_requests(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer) {
        let wanted = wanted(self.bridge.take_requests());
        if wanted.is_empty() {
            return;
        }
        if wanted.focus.is_some() {
            tree.state.downcast_mut::<State>().reveal = true;
        }
        let shows = wanted.shows();
        let mut serve = Collect::new("", 1.0, wanted);
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut serve);
        if shows {
            self.run(tree, layout, renderer, Box::new(Reveal::asked()));
        }
    }

    fn move_focus(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer, forward: bool) {
        let mut stops = Stops::default();
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut stops);
        if let Some(step) = stops.step(forward) {
            self.run(tree, layout, renderer, Box::new(step));
        }
    }

    /// Presses the control that a letter belongs to. Whether there is one.
    fn press_letter(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        letter: char,
    ) -> bool {
        let mut press = PressLetter::new(letter);
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut press);
        press.found()
    }

    /// Moves the focus to the line above or below in a table. Whether it moved.
    fn move_line(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        key: &keyboard::Key,
    ) -> bool {
        let mut lines = Lines::default();
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut lines);
        let step = lines.step(key);
        let moves = step.is_some();
        if let Some(step) = step {
            self.run(tree, layout, renderer, Box::new(step));
        }
        moves
    }

    /// What a key does that nothing on the page has taken.
    fn on_key(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        (key, modifiers): (&keyboard::Key, keyboard::Modifiers),
        shell: &mut Shell<'_, Message>,
    ) {
        let keyboard::Key::Named(named) = key else { return };
        let free = !shell.is_event_captured();
        let moved = match named {
            Named::Tab if free => {
                self.move_focus(tree, layout, renderer, !modifiers.shift());
                true
            }
            Named::ArrowUp | Named::ArrowDown if free && modifiers.is_empty() => {
                self.move_line(tree, layout, renderer, key)
            }
            _ => false,
        };
        if moved {
            shell.capture_event();
            shell.request_redraw();
        }
        // An arrow moves the choice inside a composite, which may lie out of view.
        let is_arrow = matches!(
            named,
            Named::ArrowUp
                | Named::ArrowDown
                | Named::ArrowLeft
                | Named::ArrowRight
                | Named::Home
                | Named::End
                | Named::PageUp
                | Named::PageDown
        );
        tree.state.downcast_mut::<State>().reveal |= is_arrow && shell.is_event_captured();
    }

    /// Lets a control that has just appeared take the focus, if it asks for it.
    fn grant_focus(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        shell: &mut Shell<'_, Message>,
    ) {
        let mut asking = Asking::default();
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut asking);
        if let Some(grant) = asking.grant() {
            self.run(tree, layout, renderer, Box::new(grant));
            shell.request_redraw();
        }
    }

    /// Whether the focus may be out of view: it moved, or the page grew around it, for example by a notice above the
    /// button that was pressed.
    fn must_reveal(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer) -> bool {
        let mut stops = Stops::default();
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut stops);
        let state = tree.state.downcast_mut::<State>();
        let before = std::mem::replace(&mut state.place, stops.place());
        let shifted = before.zip(state.place).is_some_and(|(before, now)| (before.y - now.y).abs() > 0.5);
        std::mem::take(&mut state.reveal) || shifted
    }

    fn publish(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer) {
        if !self.bridge.is_heard() {
            return;
        }
        let mut collect = Collect::new(&self.title, self.bridge.scale(), Wanted::default());
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut collect);
        self.bridge.publish(collect.into_update());
    }
}

fn wanted(requests: Vec<ActionRequest>) -> Wanted {
    let mut wanted = Wanted::default();
    for request in requests {
        match (request.action, request.data) {
            // What is open closes and what is closed opens: the platform offers only the one that can be.
            (Action::Click | Action::Expand | Action::Collapse, _) => {
                wanted.requests.insert(request.target_node, Request::Activate);
            }
            (Action::SetValue, Some(ActionData::Value(value))) => {
                wanted.requests.insert(request.target_node, Request::SetValue(value.into()));
            }
            (Action::ScrollIntoView, _) => {
                wanted.requests.insert(request.target_node, Request::Show);
            }
            (Action::SetTextSelection, Some(ActionData::SetTextSelection(selection))) => {
                wanted.selections.insert(request.target_node, selection);
            }
            (Action::Focus, _) => wanted.focus = Some(request.target_node),
            _ => {}
        }
    }
    wanted
}

impl<Message> Widget<Message, iced::Theme, iced::Renderer> for Root<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    hand_on!(children, diff, size, layout, operate, draw, mouse_interaction, overlay);

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &iced::Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let redraw = matches!(event, Event::Window(window::Event::RedrawRequested(_)));
        if redraw {
            self.serve_requests(tree, layout, renderer);
        }
        // Before a field can take the letter for a text.
        if let Some(letter) = steps::letter_with_alt(event)
            && self.press_letter(tree, layout, renderer, letter)
        {
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        self.content.as_widget_mut().update(
            &mut tree.children[0],
            event,
            inner(layout),
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event {
            self.on_key(tree, layout, renderer, (key, *modifiers), shell);
        }
        if redraw {
            self.grant_focus(tree, layout, renderer, shell);
            if self.must_reveal(tree, layout, renderer) {
                self.run(tree, layout, renderer, Box::new(Reveal::default()));
            }
            self.publish(tree, layout, renderer);
        }
    }
}

impl<'a, Message: 'a> From<Root<'a, Message>> for Element<'a, Message> {
    fn from(root: Root<'a, Message>) -> Self {
        Element::new(root)
    }
}
