//! Two things side by side where there is room, one under the other where there isn't: a small window, or 200 % size.
//! The tree keeps its shape, so resizing loses neither focus nor text.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Size, Vector};

/// Two children; see [`beside`].
struct Beside<'a, Message> {
    children: [Element<'a, Message>; 2],
    main: f32,
    aside: f32,
    gap: f32,
}

/// Puts `aside` (of that width) at the right of `main` (of at most that width) if `main` keeps enough room for itself.
pub(super) fn beside<'a, Message: 'a>(
    main: impl Into<Element<'a, Message>>,
    aside: impl Into<Element<'a, Message>>,
    main_width: f32,
    aside_width: f32,
    gap: f32,
) -> Element<'a, Message> {
    Element::new(Beside { children: [main.into(), aside.into()], main: main_width, aside: aside_width, gap })
}

/// The part of its full width that `main` must keep for the two to stand side by side.
const ENOUGH: f32 = 0.66;

impl<Message> Widget<Message, iced::Theme, iced::Renderer> for Beside<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.children.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.children);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &iced::Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let room = limits.max().width;
        let left = (room - self.aside - self.gap).min(self.main);
        let wide = left >= self.main * ENOUGH;
        let widths = if wide { [left, self.aside] } else { [room.min(self.main); 2] };
        let mut place = Point::ORIGIN;
        let mut end = Size::ZERO;
        let mut nodes = Vec::with_capacity(2);
        for ((child, tree), width) in self.children.iter_mut().zip(&mut tree.children).zip(widths) {
            let limits = layout::Limits::new(Size::ZERO, Size::new(width, f32::INFINITY));
            let node = child.as_widget_mut().layout(tree, renderer, &limits).move_to(place);
            let size = node.size();
            end = Size::new(end.width.max(place.x + size.width), end.height.max(place.y + size.height));
            if wide {
                place.x += width + self.gap;
            } else {
                place.y += size.height + self.gap;
            }
            nodes.push(node);
        }
        layout::Node::with_children(Size::new(room, end.height), nodes)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &iced::Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((child, tree), layout) in
                self.children.iter_mut().zip(&mut tree.children).zip(layout.children())
            {
                child.as_widget_mut().operate(tree, layout, renderer, operation);
            }
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
        for ((child, tree), layout) in self.children.iter_mut().zip(&mut tree.children).zip(layout.children())
        {
            let child = child.as_widget_mut();
            child.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        for ((child, tree), layout) in self.children.iter().zip(&tree.children).zip(layout.children()) {
            child.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        let children = self.children.iter().zip(&tree.children).zip(layout.children());
        children
            .map(|((child, tree), layout)| {
                child.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &iced::Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, iced::Theme, iced::Renderer>> {
        overlay::from_children(&mut self.children, tree, layout, renderer, viewport, translation)
    }
}
