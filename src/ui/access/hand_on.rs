//! What a widget around one other hands on to it unchanged. iced's own wrappers write each of these calls out; here a
//! wrapper names them, so that only what it does otherwise is left to read.

/// The named calls of [`Widget`](iced::advanced::Widget), handed on to `self.content`, which is the only child.
macro_rules! hand_on {
    ($($call:ident),+ $(,)?) => { $(hand_on! { @ $call })+ };
    (@ children) => {
        fn children(&self) -> Vec<iced::advanced::widget::Tree> {
            vec![iced::advanced::widget::Tree::new(&self.content)]
        }
    };
    (@ diff) => {
        fn diff(&self, tree: &mut iced::advanced::widget::Tree) {
            tree.diff_children(std::slice::from_ref(&self.content));
        }
    };
    (@ size) => {
        fn size(&self) -> iced::Size<iced::Length> {
            self.content.as_widget().size()
        }
    };
    (@ layout) => {
        fn layout(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            renderer: &iced::Renderer,
            limits: &iced::advanced::layout::Limits,
        ) -> iced::advanced::layout::Node {
            let node = self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
            iced::advanced::layout::Node::with_children(node.size(), vec![node])
        }
    };
    (@ operate) => {
        fn operate(
            &mut self,
            tree: &mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            renderer: &iced::Renderer,
            operation: &mut dyn iced::advanced::widget::Operation,
        ) {
            operation.traverse(&mut |operation| {
                let content = self.content.as_widget_mut();
                content.operate(&mut tree.children[0], $crate::ui::access::inner(layout), renderer, operation);
            });
        }
    };
    (@ draw) => {
        fn draw(
            &self,
            tree: &iced::advanced::widget::Tree,
            renderer: &mut iced::Renderer,
            theme: &iced::Theme,
            style: &iced::advanced::renderer::Style,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::mouse::Cursor,
            viewport: &iced::Rectangle,
        ) {
            let (content, layout) = (self.content.as_widget(), $crate::ui::access::inner(layout));
            content.draw(&tree.children[0], renderer, theme, style, layout, cursor, viewport);
        }
    };
    (@ mouse_interaction) => {
        fn mouse_interaction(
            &self,
            tree: &iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'_>,
            cursor: iced::mouse::Cursor,
            viewport: &iced::Rectangle,
            renderer: &iced::Renderer,
        ) -> iced::mouse::Interaction {
            let (content, layout) = (self.content.as_widget(), $crate::ui::access::inner(layout));
            content.mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
        }
    };
    (@ overlay) => {
        fn overlay<'b>(
            &'b mut self,
            tree: &'b mut iced::advanced::widget::Tree,
            layout: iced::advanced::Layout<'b>,
            renderer: &iced::Renderer,
            viewport: &iced::Rectangle,
            translation: iced::Vector,
        ) -> Option<iced::advanced::overlay::Element<'b, Message, iced::Theme, iced::Renderer>> {
            let (content, layout) = (self.content.as_widget_mut(), $crate::ui::access::inner(layout));
            content.overlay(&mut tree.children[0], layout, renderer, viewport, translation)
        }
    };
}

pub(crate) use hand_on;

use iced::advanced::Layout;

/// The layout of the only child. The kit's own layouts always have one.
pub(crate) fn inner(layout: Layout<'_>) -> Layout<'_> {
    layout.children().next().unwrap_or(layout)
}
