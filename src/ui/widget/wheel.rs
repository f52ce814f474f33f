//! Lets the mouse wheel go through to the page where an editor of several lines shows all of its text: iced's own takes
//! every turn of the wheel, so that a page stands still under the pointer.

use crate::ui::access::{hand_on, inner};
use iced::advanced::text::{self, LineHeight, Paragraph, Shaping, Text, Wrapping};
use iced::advanced::widget::Tree;
use iced::advanced::{Clipboard, Layout, Shell, Widget};
use iced::{Element, Event, Pixels, Rectangle, Size, alignment, mouse};

type Measured = <iced::Renderer as text::Renderer>::Paragraph;

/// An editor with what is needed to measure its text; see [`wheel`].
pub(super) struct Wheel<'a, Message> {
    content: Element<'a, Message>,
    text: String,
    size: f32,
    leading: f32,
    padding: f32,
}

/// Wraps an editor that shows this text, in this size and leading, with this padding.
pub(super) fn wheel<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    text: String,
    (size, leading, padding): (f32, f32, f32),
) -> Wheel<'a, Message> {
    Wheel { content: content.into(), text, size, leading, padding }
}

impl<Message> Wheel<'_, Message> {
    /// Whether all of the text is seen. It is measured only when the wheel turns over it.
    fn fits(&self, room: Size) -> bool {
        let text = Text {
            content: self.text.as_str(),
            bounds: Size::new(room.width - 2.0 * self.padding, f32::INFINITY),
            size: Pixels(self.size),
            line_height: LineHeight::Relative(self.leading),
            font: crate::ui::theme::FONT,
            align_x: text::Alignment::Default,
            align_y: alignment::Vertical::Top,
            shaping: Shaping::Advanced,
            wrapping: Wrapping::WordOrGlyph,
        };
        Measured::with_text(text).min_bounds().height <= room.height - 2.0 * self.padding + 1.0
    }
}

impl<Message> Widget<Message, iced::Theme, iced::Renderer> for Wheel<'_, Message> {
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
        let turned = matches!(event, Event::Mouse(mouse::Event::WheelScrolled { .. }));
        if turned && cursor.is_over(layout.bounds()) && self.fits(layout.bounds().size()) {
            return;
        }
        let (content, inside) = (self.content.as_widget_mut(), inner(layout));
        content.update(&mut tree.children[0], event, inside, cursor, renderer, clipboard, shell, viewport);
    }
}

impl<'a, Message: 'a> From<Wheel<'a, Message>> for Element<'a, Message> {
    fn from(wheel: Wheel<'a, Message>) -> Self {
        Element::new(wheel)
    }
}
