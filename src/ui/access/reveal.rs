//! Moves the focus and scrolls the focused control into view. `focus_next` of iced 0.14 scrolls nothing.

use super::{Access, Request, Role};
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::scrollable::AbsoluteOffset;
use iced::advanced::widget::operation::{Focusable, Operation, Outcome, Scrollable};
use iced::{Rectangle, Vector};
use std::any::Any;

/// Room left above and below a control that was scrolled into view.
const MARGIN: f32 = 24.0;

/// Counts the Tab stops and remembers which has the focus.
#[derive(Debug, Default)]
pub(super) struct Stops {
    total: usize,
    focused: Option<usize>,
    place: Option<Rectangle>,
}

impl Stops {
    /// Which Tab stop has the focus.
    pub(super) fn focused(&self) -> Option<usize> {
        self.focused
    }

    /// Where the focus is on the page, however far that is scrolled.
    pub(super) fn place(&self) -> Option<Rectangle> {
        self.place
    }

    /// The operation that moves the focus on by one, around the end.
    pub(super) fn step(&self, forward: bool) -> Option<FocusNth> {
        let last = self.total.checked_sub(1)?;
        let target = match (self.focused, forward) {
            (None, true) => 0,
            (Some(at), true) if at >= last => 0,
            (Some(at), true) => at + 1,
            (None | Some(0), false) => last,
            (Some(at), false) => at - 1,
        };
        Some(FocusNth::new(target))
    }
}

impl Operation for Stops {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.total);
            self.place = Some(bounds);
        }
        self.total += 1;
    }
}

/// Focuses the nth Tab stop, and nothing else, then reveals it.
#[derive(Debug)]
pub(super) struct FocusNth {
    target: usize,
    seen: usize,
}

impl FocusNth {
    pub(super) fn new(target: usize) -> Self {
        Self { target, seen: 0 }
    }
}

impl<T: 'static> Operation<T> for FocusNth {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.seen == self.target {
            state.focus();
        } else {
            state.unfocus();
        }
        self.seen += 1;
    }

    fn finish(&self) -> Outcome<T> {
        Outcome::Chain(Box::new(Reveal::default()))
    }
}

/// Focuses the first Tab stop after the beginning of the main part, or the first of all. Chains to [`FocusNth`].
#[derive(Debug, Default)]
pub(super) struct FocusMain {
    seen: usize,
    main: Option<usize>,
}

impl<T: 'static> Operation<T> for FocusMain {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, _state: &mut dyn Focusable) {
        self.seen += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let begins = state.downcast_ref::<Access>().is_some_and(|access| access.role == Role::Main);
        if begins && self.main.is_none() {
            self.main = Some(self.seen);
        }
    }

    fn finish(&self) -> Outcome<T> {
        // A page with nothing to act on leaves the focus to the navigation.
        let nth = self.main.filter(|nth| *nth < self.seen).unwrap_or_default();
        Outcome::Chain(Box::new(FocusNth::new(nth)))
    }
}

/// Focuses the Tab stop with an id, and nothing else, then reveals it.
#[derive(Debug)]
pub(super) struct FocusById {
    target: Id,
}

impl FocusById {
    pub(super) fn new(target: Id) -> Self {
        Self { target }
    }
}

impl<T: 'static> Operation<T> for FocusById {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if id == Some(&self.target) {
            state.focus();
        } else {
            state.unfocus();
        }
    }

    fn finish(&self) -> Outcome<T> {
        Outcome::Chain(Box::new(Reveal::default()))
    }
}

/// Finds the Tab stop for a control that asks for the focus, and takes note of the asking.
#[derive(Debug, Default)]
pub(super) struct Asking {
    seen: usize,
    asked: Option<usize>,
}

impl Asking {
    /// The operation that grants what was asked for.
    pub(super) fn grant(&self) -> Option<FocusNth> {
        self.asked.filter(|nth| *nth < self.seen).map(FocusNth::new)
    }
}

impl Operation for Asking {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, _state: &mut dyn Focusable) {
        self.seen += 1;
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        let Some(access) = state.downcast_mut::<Access>() else { return };
        if access.request == Some(Request::Focus) {
            access.request = None;
            // A control speaks before its own Tab stop and before those inside it.
            self.asked = Some(self.seen);
        }
    }
}

/// Takes the focus from whatever has it.
#[derive(Debug)]
pub(super) struct Unfocus;

impl<T: 'static> Operation<T> for Unfocus {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        state.unfocus();
    }
}

/// A scrollable around the place the traversal is at.
#[derive(Debug, Clone, Copy)]
struct View {
    nth: usize,
    bounds: Rectangle,
    content_height: f32,
    offset: f32,
}

impl View {
    /// The offset at which the span from `top` to `bottom` is seen, if it isn't already.
    fn offset_for(&self, top: f32, bottom: f32) -> Option<f32> {
        let end = self.bounds.y + self.bounds.height;
        let wanted = if top - MARGIN < self.bounds.y + self.offset {
            // What can be seen from the very top is seen from there, with the heading over it.
            if bottom + MARGIN <= end { 0.0 } else { top - MARGIN - self.bounds.y }
        } else if bottom + MARGIN > end + self.offset {
            // What is taller than the view shows its top.
            (bottom + MARGIN - end).min(top - MARGIN - self.bounds.y)
        } else {
            return None;
        };
        let most = (self.content_height - self.bounds.height).max(0.0);
        let wanted = wanted.clamp(0.0, most);
        ((wanted - self.offset).abs() > 0.5).then_some(wanted)
    }
}

/// First pass: where the focus is and how its scrollables must move. Chains to [`Scroll`].
#[derive(Debug, Default)]
pub(super) struct Reveal {
    seen: usize,
    depth: usize,
    views: Vec<View>,
    pending: Option<View>,
    /// Depth of the focused control while the traversal is at it or inside it.
    open: Option<usize>,
    /// The alert around the place the traversal is at, and its depth.
    alert: Option<(usize, Rectangle)>,
    /// Not the focus is shown but what asks to be.
    asked: bool,
    target: Option<(Rectangle, Vec<View>)>,
}

impl Reveal {
    /// Shows what asks to be shown, wherever the focus is.
    pub(super) fn asked() -> Self {
        Self { asked: true, ..Self::default() }
    }

    /// The scrolling that shows the target, from the innermost scrollable outwards.
    fn scrolls(&self) -> Vec<(usize, f32)> {
        let Some((bounds, views)) = &self.target else { return Vec::new() };
        let (mut top, mut bottom) = (bounds.y, bounds.y + bounds.height);
        let mut scrolls = Vec::new();
        for view in views.iter().rev() {
            let wanted = view.offset_for(top, bottom);
            scrolls.extend(wanted.map(|offset| (view.nth, offset)));
            let offset = wanted.unwrap_or(view.offset);
            top -= offset;
            bottom -= offset;
        }
        scrolls
    }
}

impl<T: 'static> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let view = self.pending.take();
        self.views.extend(view);
        self.depth += 1;
        operate(self);
        self.depth -= 1;
        if view.is_some() {
            let _ = self.views.pop();
        }
        if self.open == Some(self.depth) {
            self.open = None;
        }
        if self.alert.is_some_and(|(depth, _)| depth == self.depth) {
            self.alert = None;
        }
    }

    fn container(&mut self, _id: Option<&Id>, _bounds: Rectangle) {
        if self.open == Some(self.depth) {
            self.open = None;
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.pending =
            Some(View { nth: self.seen, bounds, content_height: content.height, offset: translation.y });
        self.seen += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() && !self.asked {
            self.open = Some(self.depth);
            // A link of an alert is shown with the alert's heading, if there is room for all of it.
            let room = self.views.last().map_or(f32::INFINITY, |view| view.bounds.height - 2.0 * MARGIN);
            let alert = self.alert.map(|(_, alert)| alert).filter(|alert| alert.height <= room);
            self.target = Some((alert.unwrap_or(bounds), self.views.clone()));
        }
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if self.asked
            && let Some(access) = state.downcast_mut::<Access>()
            && access.request == Some(Request::Show)
        {
            access.request = None;
            self.target = Some((bounds, self.views.clone()));
        }
        if state.downcast_ref::<Access>().is_some_and(|access| access.role == Role::Alert) {
            self.alert = Some((self.depth, bounds));
        }
        let inside = self.open.is_some_and(|depth| self.depth > depth);
        if inside && state.downcast_ref::<Access>().is_some_and(|access| access.active) {
            self.target = Some((bounds, self.views.clone()));
        }
    }

    fn finish(&self) -> Outcome<T> {
        let scrolls = self.scrolls();
        if scrolls.is_empty() { Outcome::None } else { Outcome::Chain(Box::new(Scroll { seen: 0, scrolls })) }
    }
}

/// Second pass: scrolls.
#[derive(Debug)]
struct Scroll {
    seen: usize,
    scrolls: Vec<(usize, f32)>,
}

impl<T> Operation<T> for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if let Some((_, y)) = self.scrolls.iter().find(|(nth, _)| *nth == self.seen) {
            state.scroll_to(AbsoluteOffset { x: None, y: Some(*y) });
        }
        self.seen += 1;
    }
}
