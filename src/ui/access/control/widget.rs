//! The control as iced sees it: layout, events, drawing, and what it tells an operation.

use super::super::{Access, Request, hand_on, inner};
use super::{Control, Look, State};
use iced::advanced::widget::operation::{Focusable, Operation, Scrollable};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, renderer};
use iced::widget::container;
use iced::{Border, Color, Element, Event, Length, Rectangle, Size, Vector, mouse, window};
use std::any::Any;

/// How far outside the control the focus ring is drawn, and how thick it is.
const RING_GAP: f32 = 5.0;
const RING_WIDTH: f32 = 3.0;

impl<Message: Clone> Widget<Message, iced::Theme, iced::Renderer> for Control<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State {
            focused: false,
            ring: false,
            look: Look::Idle,
            active: None,
            access: Access { request: self.autofocus.then_some(Request::Focus), ..self.access.clone() },
        })
    }

    hand_on!(children, size, layout, overlay);

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        // Another kind of thing in the same place is another thing: it takes no focus over.
        if state.access.role != self.access.role || !self.usable() || !self.access.focusable {
            state.unfocus();
        }
        let request = state.access.request.take();
        state.access = Access { request, ..self.access.clone() };
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        if let Some(caret) = caret(&tree.children[0], self.access.value.as_deref()) {
            state.access.caret = Some(caret);
        }
        operation.custom(self.id.as_ref(), layout.bounds(), &mut state.access);
        if self.access.focusable && self.usable() {
            operation.focusable(self.id.as_ref(), layout.bounds(), state);
        }
        operation.traverse(&mut |operation| {
            self.content.as_widget_mut().operate(&mut tree.children[0], inner(layout), renderer, operation);
        });
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
        let state = tree.state.downcast_mut::<State>();
        self.serve(state, shell);
        if self.composite && matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            let mut find = FindActive::default();
            let content = self.content.as_widget_mut();
            content.operate(&mut tree.children[0], inner(layout), renderer, &mut find);
            state.active = find.bounds;
        }
        if self.usable() {
            match event {
                Event::Mouse(_) | Event::Touch(_) => {
                    self.on_pointer(state, event, cursor.is_over(layout.bounds()), shell);
                }
                Event::Keyboard(_) => self.key_pressed(state, event, shell),
                _ => {}
            }
        }
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
        let state = tree.state.downcast_ref::<State>();
        let look = if self.usable() { state.look } else { Look::Disabled };
        let own = self.style.as_ref().map(|style| style(theme, look));
        if let Some(own) = &own {
            container::draw_background(renderer, own, layout.bounds());
        }
        let text_color = own.and_then(|own| own.text_color).unwrap_or(style.text_color);
        self.content.as_widget().draw(
            &tree.children[0],
            renderer,
            theme,
            &renderer::Style { text_color },
            inner(layout),
            cursor,
            viewport,
        );
        if state.ring {
            draw_ring(renderer, theme, state.active.unwrap_or(layout.bounds()), *viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &iced::Renderer,
    ) -> mouse::Interaction {
        let content = self.content.as_widget();
        let inside = content.mouse_interaction(&tree.children[0], inner(layout), cursor, viewport, renderer);
        let clickable = self.on_activate.is_some() && self.usable() && cursor.is_over(layout.bounds());
        if inside == mouse::Interaction::None && clickable { mouse::Interaction::Pointer } else { inside }
    }
}

impl<'a, Message: Clone + 'a> From<Control<'a, Message>> for Element<'a, Message> {
    fn from(control: Control<'a, Message>) -> Self {
        Element::new(control)
    }
}

/// Where the caret is in a `text_input` that is the direct child of the control.
fn caret(child: &Tree, value: Option<&str>) -> Option<(usize, usize)> {
    use iced::widget::text_input::{self, Value, cursor};
    type Paragraph = <iced::Renderer as iced::advanced::text::Renderer>::Paragraph;
    type Input = text_input::State<Paragraph>;

    if child.tag != tree::Tag::of::<Input>() {
        return None;
    }
    let input = child.state.downcast_ref::<Input>();
    Some(match input.cursor().state(&Value::new(value?)) {
        cursor::State::Index(at) => (at, at),
        cursor::State::Selection { start, end } => (start, end),
    })
}

fn draw_ring(renderer: &mut iced::Renderer, theme: &iced::Theme, around: Rectangle, viewport: Rectangle) {
    use iced::advanced::Renderer as _;

    renderer.with_layer(viewport, |renderer| {
        let ring = renderer::Quad {
            bounds: around.expand(RING_GAP),
            border: Border {
                color: theme.extended_palette().secondary.strong.color,
                width: RING_WIDTH,
                radius: 6.0.into(),
            },
            ..renderer::Quad::default()
        };
        renderer.fill_quad(ring, Color::TRANSPARENT);
    });
}

/// Finds the option of a composite that has its focus, where it is seen.
#[derive(Default)]
struct FindActive {
    bounds: Option<Rectangle>,
    scrolled: Vector,
    pending: Vector,
}

impl Operation for FindActive {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let before = self.scrolled;
        self.scrolled = before + std::mem::take(&mut self.pending);
        operate(self);
        self.scrolled = before;
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.pending = translation;
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if state.downcast_ref::<Access>().is_some_and(|access| access.active) {
            self.bounds = Some(bounds - self.scrolled);
        }
    }
}
