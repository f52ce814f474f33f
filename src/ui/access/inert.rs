//! Content that waits behind a dialog: seen, but no key, no pointer, no Tab and no screen reader gets to it.

use super::reveal::{FocusNth, Stops, Unfocus};
use super::{hand_on, inner};
use iced::advanced::widget::operation::Operation;
use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, overlay, renderer};
use iced::{Element, Event, Rectangle, Vector, mouse, window};

/// Remembers which Tab stop had the focus, to give it back.
#[derive(Debug, Default)]
struct State {
    asleep: bool,
    focused: Option<usize>,
}

/// An element that can be put to sleep without losing its state; see [`inert`].
pub struct Inert<'a, Message> {
    asleep: bool,
    content: Element<'a, Message>,
}

/// Puts content to sleep while `asleep`. The focus it had comes back when it wakes.
pub fn inert<'a, Message>(asleep: bool, content: impl Into<Element<'a, Message>>) -> Inert<'a, Message> {
    Inert { asleep, content: content.into() }
}

impl<Message> Inert<'_, Message> {
    fn fall_asleep(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer) {
        let mut stops = Stops::default();
        let content = self.content.as_widget_mut();
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut stops);
        content.operate(&mut tree.children[0], inner(layout), renderer, &mut Unfocus);
        *tree.state.downcast_mut::<State>() = State { asleep: true, focused: stops.focused() };
    }

    fn wake(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &iced::Renderer) {
        let focused = std::mem::take(tree.state.downcast_mut::<State>()).focused;
        if let Some(nth) = focused {
            let content = self.content.as_widget_mut();
            content.operate(&mut tree.children[0], inner(layout), renderer, &mut FocusNth::new(nth));
        }
    }
}

impl<Message> Widget<Message, iced::Theme, iced::Renderer> for Inert<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    hand_on!(children, diff, size, layout);

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        if !self.asleep {
            operation.traverse(&mut |operation| {
                let content = self.content.as_widget_mut();
                content.operate(&mut tree.children[0], inner(layout), renderer, operation);
            });
        }
    }

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
        match (self.asleep, tree.state.downcast_ref::<State>().asleep) {
            (true, false) => self.fall_asleep(tree, layout, renderer),
            (false, true) => self.wake(tree, layout, renderer),
            _ => {}
        }
        let redraw = matches!(event, Event::Window(window::Event::RedrawRequested(_)));
        if self.asleep && !redraw {
            return;
        }
        let cursor = if self.asleep { mouse::Cursor::Unavailable } else { cursor };
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
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut iced::Renderer,
        theme: &iced::Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let cursor = if self.asleep { mouse::Cursor::Unavailable } else { cursor };
        let content = self.content.as_widget();
        content.draw(&tree.children[0], renderer, theme, style, inner(layout), cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        if self.asleep {
            return mouse::Interaction::None;
        }
        let content = self.content.as_widget();
        content.mouse_interaction(&tree.children[0], inner(layout), cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &iced::Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, iced::Theme, iced::Renderer>> {
        if self.asleep {
            return None;
        }
        let content = self.content.as_widget_mut();
        content.overlay(&mut tree.children[0], inner(layout), renderer, viewport, translation)
    }
}

impl<'a, Message: 'a> From<Inert<'a, Message>> for Element<'a, Message> {
    fn from(inert: Inert<'a, Message>) -> Self {
        Element::new(inert)
    }
}
