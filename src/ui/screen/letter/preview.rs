//! The page beside the text: drawn from the very bytes that would be saved, on a thread of its own, one drawing at a
//! time. What is shown may lag behind the text; it says so.

use super::Message;
use crate::app::{Notice, Session};
use crate::domain::LetterRecord;
use crate::ui::access::{Live, Role, control};
use crate::ui::screen::background;
use crate::ui::screen::case::words;
use crate::ui::spacing::{HAIRLINE, M, S};
use crate::ui::theme;
use crate::ui::widget::{self, button};
use iced::widget::image::{FilterMethod, Handle};
use iced::widget::{column, container, image, row, space};
use iced::{Alignment, ContentFit, Element, Length, Task, Theme};
use std::fmt;

/// How wide the page stands beside the text.
pub(super) const WIDTH: f32 = 620.0;
/// A page of A4 is this many points wide.
const POINTS: f32 = 595.276;
/// Drawn larger than shown, so that it stays sharp on a fine screen.
const SHARPNESS: f32 = 2.0;

/// Which drawing: the state of the text, and the page counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// How often the text had changed.
    pub generation: u64,
    /// The page.
    pub page: usize,
}

/// A page as it was drawn.
#[derive(Clone)]
pub struct Drawn {
    /// Which.
    pub wanted: Wanted,
    result: Result<(Handle, u32), Notice>,
}

impl fmt::Debug for Drawn {
    /// The pixels are a letter about a child.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Drawn").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

/// What is shown of the pages.
#[derive(Debug)]
pub(super) struct Preview {
    wanted: Wanted,
    drawing: Option<Wanted>,
    shown: Option<Drawn>,
    notice: Option<Notice>,
    of: usize,
}

impl Preview {
    pub(super) fn new() -> Self {
        let wanted = Wanted { generation: 0, page: 0 };
        Self { wanted, drawing: None, shown: None, notice: None, of: 1 }
    }

    /// The page that is wanted, from 0, and how many there are.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.wanted.page, self.of)
    }

    /// Another page is wanted.
    pub(super) fn turn(&mut self, page: usize) {
        self.wanted.page = page.min(self.of.saturating_sub(1));
    }

    /// Draws what is wanted, unless it is drawn already or a drawing is on its way: then that one starts it.
    pub(super) fn draw(
        &mut self,
        session: &Session,
        record: &LetterRecord,
        body: String,
        generation: u64,
    ) -> Task<Message> {
        self.wanted.generation = generation;
        let wanted = self.wanted;
        if self.drawing.is_some() || self.shown.as_ref().is_some_and(|shown| shown.wanted == wanted) {
            return Task::none();
        }
        self.drawing = Some(wanted);
        let (session, record) = (session.clone(), record.clone());
        let work = background::apart(move || {
            let scale = WIDTH * SHARPNESS / POINTS;
            let drawn = session.letter_preview(&record, &body, wanted.page, scale);
            drawn
                .map(|(page, pages)| (Handle::from_rgba(page.width, page.height, page.rgba), pages))
                .map_err(|error| Notice::from(&error))
        });
        Task::perform(work, move |result| Message::Drawn(Drawn { wanted, result }))
    }

    /// Takes in a drawing. Whether another is wanted by now.
    pub(super) fn take(&mut self, drawn: Drawn) -> bool {
        self.drawing = None;
        let was_wanted = drawn.wanted == self.wanted;
        match &drawn.result {
            Ok((_, pages)) => {
                self.of = usize::try_from(*pages).unwrap_or(1).max(1);
                self.notice = None;
                self.shown = Some(drawn);
                // The text may have become shorter by a page.
                self.turn(self.wanted.page);
            }
            Err(notice) if was_wanted => {
                // A page that went away with the text above it: the last one that there is comes instead.
                let first = self.wanted.page == 0;
                self.wanted.page = if first { 0 } else { self.wanted.page - 1 };
                if first {
                    self.notice = Some(notice.clone());
                }
                return !first;
            }
            Err(_) => {}
        }
        !was_wanted || self.shown.as_ref().is_some_and(|shown| shown.wanted != self.wanted)
    }

    /// Forgets what is drawn: the letter itself has changed.
    pub(super) fn forget(&mut self) {
        self.shown = None;
    }

    /// Whether the page shown is older than the text.
    fn is_stale(&self, generation: u64) -> bool {
        let now = Wanted { generation, ..self.wanted };
        self.notice.is_none() && self.shown.as_ref().is_none_or(|shown| shown.wanted != now)
    }

    pub(super) fn view(&self, generation: u64, height: Length) -> Element<'_, Message> {
        let page = column![self.notice.as_ref().map(words::said), self.page(generation)].spacing(M);
        let page: Element<'_, Message> = if height == Length::Shrink {
            page.into()
        } else {
            let page = container(page).padding(iced::Padding::ZERO.right(M));
            words::scrolling(page).into()
        };
        column![self.turning(generation), page].spacing(S).height(height).into()
    }

    fn turning(&self, generation: u64) -> Element<'_, Message> {
        let (page, of) = self.place();
        let before = page.checked_sub(1).map(Message::PageTurned);
        let after = Some(page + 1).filter(|next| *next < of).map(Message::PageTurned);
        let state = if self.is_stale(generation) { "Updating…" } else { "" };
        let mut line =
            row![widget::strong(format!("Page {} of {of}", page + 1))].spacing(M).align_y(Alignment::Center);
        if of > 1 {
            line = line
                .push(Element::from(button::quiet("Previous page").on_press_maybe(before)))
                .push(Element::from(button::quiet("Next page").on_press_maybe(after)));
        }
        let state = control(Role::Status, state, widget::hint(state)).live(Live::Polite);
        line.push(space().width(Length::Fill)).push(state).height(TURNING).into()
    }

    fn page(&self, generation: u64) -> Element<'_, Message> {
        let Some(Drawn { result: Ok((handle, _)), .. }) = &self.shown else {
            return container(widget::hint("The page is being drawn…"))
                .center_x(Length::Fill)
                .padding(M)
                .into();
        };
        let opacity = if self.is_stale(generation) { 0.6 } else { 1.0 };
        let page = image(handle.clone())
            .width(Length::Fill)
            .content_fit(ContentFit::Contain)
            .filter_method(FilterMethod::Linear)
            .opacity(opacity);
        let edge = |theme: &Theme| {
            let line = theme::palette(theme).edge;
            container::Style::default().border(iced::border::color(line).width(HAIRLINE))
        };
        let page = container(page).padding(HAIRLINE).style(edge);
        crate::ui::access::control(crate::ui::access::Role::Image, "The page as it will be printed", page)
            .into()
    }
}

/// The line above the page is as high with its buttons as without.
const TURNING: f32 = 40.0;

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(generation: u64, page: usize, pages: u32) -> Drawn {
        let handle = Handle::from_rgba(1, 1, vec![255; 4]);
        Drawn { wanted: Wanted { generation, page }, result: Ok((handle, pages)) }
    }

    #[test]
    fn an_older_drawing_asks_for_another() {
        let mut preview = Preview::new();
        preview.wanted.generation = 2;
        assert!(preview.take(drawn(1, 0, 1)));
        assert!(preview.is_stale(2));
        assert!(!preview.take(drawn(2, 0, 1)));
        assert!(!preview.is_stale(2));
        assert!(preview.is_stale(3));
    }

    #[test]
    fn a_page_that_went_away_gives_way_to_the_last() {
        let mut preview = Preview::new();
        preview.of = 3;
        preview.turn(2);
        assert!(preview.take(drawn(0, 2, 2)), "the last page is wanted now");
        assert_eq!(preview.place(), (1, 2));
        preview.turn(9);
        assert_eq!(preview.place(), (1, 2));
    }

    #[test]
    fn pixels_do_not_show_in_debug_output() {
        let shown = format!("{:?}", Message::Drawn(drawn(1, 0, 1)));
        assert!(!shown.contains("255"), "{shown}");
    }
}
