//! Wraps any element and makes it a named control that the keyboard and a screen reader can work.
//!
//! A control is a Tab stop when something happens on it; Enter, Space and a click publish `on_activate`; other keys
//! go to `on_key`. The ring shows only while focus came from the keyboard. A *composite* (radio group, tab list, list
//! box) is one Tab stop: its options are controls of their own, one of them `active`, and the ring is drawn around it.

mod widget;

use super::{Access, Live, Request};
use accesskit::Role;
use iced::advanced::Shell;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::Focusable;
use iced::keyboard::{self, key::Named};
use iced::widget::container;
use iced::{Element, Event, Rectangle, mouse, touch};

/// What a control looks like at the moment, for its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Nothing is happening to it.
    #[default]
    Idle,
    /// The pointer is over it.
    Hovered,
    /// It is being pressed.
    Pressed,
    /// It cannot be used.
    Disabled,
}

#[derive(Debug)]
struct State {
    focused: bool,
    ring: bool,
    look: Look,
    active: Option<Rectangle>,
    access: Access,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
        self.ring = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
        self.ring = false;
    }
}

type OnKey<'a, Message> = Box<dyn Fn(&keyboard::Key, keyboard::Modifiers) -> Option<Message> + 'a>;
type Style<'a> = Box<dyn Fn(&iced::Theme, Look) -> container::Style + 'a>;

/// An element with a role and a name; see [`control`].
pub struct Control<'a, Message> {
    id: Option<Id>,
    access: Access,
    content: Element<'a, Message>,
    composite: bool,
    autofocus: bool,
    on_activate: Option<Message>,
    on_escape: Option<Message>,
    on_set_value: Option<Box<dyn Fn(String) -> Message + 'a>>,
    on_select: Option<Box<dyn Fn(usize, usize) -> Message + 'a>>,
    on_key: Option<OnKey<'a, Message>>,
    style: Option<Style<'a>>,
}

/// Gives an element a role and a name. Without `on_activate` or `on_key` it is only described, not a Tab stop.
pub fn control<'a, Message>(
    role: Role,
    name: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
) -> Control<'a, Message> {
    Control {
        id: None,
        access: Access::new(role, name.into()),
        content: content.into(),
        composite: false,
        autofocus: false,
        on_activate: None,
        on_escape: None,
        on_set_value: None,
        on_select: None,
        on_key: None,
        style: None,
    }
}

impl<'a, Message> Control<'a, Message> {
    /// The name by which `access::focus` finds it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same, if there is one.
    #[must_use]
    pub fn id_maybe(mut self, id: Option<Id>) -> Self {
        self.id = id;
        self
    }

    /// Read after the name: a hint, an error, a consequence. Nothing if empty.
    #[must_use]
    pub fn description(mut self, text: impl Into<String>) -> Self {
        self.access.description = Some(text.into()).filter(|t| !t.is_empty());
        self
    }

    /// What it holds. Ignored for a password, whose value nobody may read.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        if self.access.role != Role::PasswordInput {
            self.access.value = Some(value.into());
        }
        self
    }

    /// Whether a check box or radio button is on.
    #[must_use]
    pub fn toggled(mut self, on: bool) -> Self {
        self.access.toggled = Some(on);
        self
    }

    /// Whether a tab or option is the chosen one.
    #[must_use]
    pub fn selected(mut self, on: bool) -> Self {
        self.access.selected = Some(on);
        self
    }

    /// Whether what it opens is open.
    #[must_use]
    pub fn expanded(mut self, open: bool) -> Self {
        self.access.expanded = Some(open);
        self
    }

    /// The level of a heading, from 1.
    #[must_use]
    pub fn level(mut self, level: usize) -> Self {
        self.access.level = Some(level);
        self
    }

    /// Place among its siblings, from 1, and how many there are.
    #[must_use]
    pub fn position(mut self, place: usize, of: usize) -> Self {
        self.access.position = Some((place, of));
        self
    }

    /// How many rows and columns a table has, its titles counted as a row.
    #[must_use]
    pub fn table(mut self, rows: usize, columns: usize) -> Self {
        self.access.table = Some((rows, columns));
        self
    }

    /// Which row of its table it is, from 0.
    #[must_use]
    pub fn row(mut self, row: usize) -> Self {
        self.access.row = Some(row);
        self
    }

    /// Which row and column of its table it lies in, from 0.
    #[must_use]
    pub fn cell(mut self, row: usize, column: usize) -> Self {
        self.access.row = Some(row);
        self.access.column = Some(column);
        self
    }

    /// The key that does the same from anywhere. It is only told: whoever shows the control listens for it.
    #[must_use]
    pub fn shortcut(mut self, keys: Option<&'static str>) -> Self {
        self.access.shortcut = keys;
        self
    }

    /// The letter, in lower case, that presses it together with Alt, wherever the focus is. The root widget listens for it.
    #[must_use]
    pub fn access_key(mut self, letter: Option<char>) -> Self {
        self.access.access_key = letter;
        self
    }

    /// How far along it is, from 0 to 1.
    #[must_use]
    pub fn fraction(mut self, fraction: f32) -> Self {
        self.access.fraction = Some(f64::from(fraction.clamp(0.0, 1.0)));
        self
    }

    /// A change is read out by itself.
    #[must_use]
    pub fn live(mut self, live: Live) -> Self {
        self.access.live = Some(live);
        self
    }

    /// Cannot be used now: no Tab stop, no click.
    #[must_use]
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.access.disabled = disabled;
        self
    }

    /// Holds something that has to be corrected.
    #[must_use]
    pub fn invalid(mut self, invalid: bool) -> Self {
        self.access.invalid = invalid;
        self
    }

    /// Everything else on the page waits for it.
    #[must_use]
    pub fn modal(mut self) -> Self {
        self.access.modal = true;
        self
    }

    /// Caret or selection of the text inside, counted in characters. A `text_input` inside reports its own.
    #[must_use]
    pub fn caret(mut self, anchor: usize, focus: usize) -> Self {
        self.access.caret = Some((anchor, focus));
        self
    }

    /// The option that has the focus of the composite around it.
    #[must_use]
    pub fn active(mut self, active: bool) -> Self {
        self.access.active = active;
        self
    }

    /// Makes it a Tab stop which Enter, Space, a click and a screen reader activate.
    #[must_use]
    pub fn on_activate(mut self, message: Message) -> Self {
        self.on_activate = Some(message);
        self.access.clickable = true;
        self.access.focusable = true;
        self
    }

    /// A click and a screen reader activate it, but the Tab stop is the composite around it.
    #[must_use]
    pub fn on_choose(mut self, message: Message) -> Self {
        self.on_activate = Some(message);
        self.access.clickable = true;
        self
    }

    /// Makes it a Tab stop that is asked about every key before Enter and Space.
    #[must_use]
    pub fn on_key(
        mut self,
        on_key: impl Fn(&keyboard::Key, keyboard::Modifiers) -> Option<Message> + 'a,
    ) -> Self {
        self.on_key = Some(Box::new(on_key));
        self.access.focusable = true;
        self
    }

    /// Published on Escape, wherever the focus is, unless something inside took the key.
    #[must_use]
    pub fn on_escape(mut self, message: Message) -> Self {
        self.on_escape = Some(message);
        self
    }

    /// What a screen reader, or dictation, does to change the text.
    #[must_use]
    pub fn on_set_value(mut self, on_set_value: impl Fn(String) -> Message + 'a) -> Self {
        self.on_set_value = Some(Box::new(on_set_value));
        self
    }

    /// What assistive technology does to move the caret or select, in characters. A `text_input` inside does it by itself.
    #[must_use]
    pub fn on_select(mut self, on_select: impl Fn(usize, usize) -> Message + 'a) -> Self {
        self.on_select = Some(Box::new(on_select));
        self
    }

    /// One Tab stop around several options, one of which is [`active`](Self::active).
    #[must_use]
    pub fn composite(mut self) -> Self {
        self.composite = true;
        self
    }

    /// Takes the focus when it first appears: itself if it is a Tab stop, or else the first one inside.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// Background, border and text colour by its [`Look`].
    #[must_use]
    pub fn style(mut self, style: impl Fn(&iced::Theme, Look) -> container::Style + 'a) -> Self {
        self.style = Some(Box::new(style));
        self
    }

    fn usable(&self) -> bool {
        !self.access.disabled
    }

    /// What assistive technology asked for since the last event.
    fn serve(&self, state: &mut State, shell: &mut Shell<'_, Message>)
    where
        Message: Clone,
    {
        if matches!(state.access.request, Some(Request::Focus | Request::Show)) {
            return;
        }
        let Some(request) = state.access.request.take().filter(|_| self.usable()) else { return };
        let message = match request {
            Request::Focus | Request::Show => None,
            Request::Select(anchor, focus) => self.on_select.as_ref().map(|f| f(anchor, focus)),
            Request::Activate => self.on_activate.clone(),
            Request::SetValue(value) => self.on_set_value.as_ref().map(|f| f(value)),
        };
        if let Some(message) = message {
            shell.publish(message);
        }
    }

    fn on_pointer(&self, state: &mut State, event: &Event, over: bool, shell: &mut Shell<'_, Message>)
    where
        Message: Clone,
    {
        let pressed = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
        );
        let released = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerLifted { .. })
        );
        let was = (state.look, state.focused, state.ring);
        if pressed {
            let taken = shell.is_event_captured();
            if self.access.focusable {
                state.focused = over && (self.composite || !taken);
                state.ring = false;
            }
            if over && !taken && self.on_activate.is_some() {
                state.look = Look::Pressed;
                shell.capture_event();
            }
        } else if released && state.look == Look::Pressed {
            state.look = if over { Look::Hovered } else { Look::Idle };
            if over && let Some(message) = &self.on_activate {
                shell.publish(message.clone());
                shell.capture_event();
            }
        } else if state.look != Look::Pressed {
            state.look = if over { Look::Hovered } else { Look::Idle };
        }
        if was != (state.look, state.focused, state.ring) {
            shell.request_redraw();
        }
    }

    fn key_pressed(&self, state: &State, event: &Event, shell: &mut Shell<'_, Message>)
    where
        Message: Clone,
    {
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. }) = event else {
            return;
        };
        if shell.is_event_captured() {
            return;
        }
        let message = if key == &keyboard::Key::Named(Named::Escape) && self.on_escape.is_some() {
            self.on_escape.clone()
        } else if !state.focused || !self.access.focusable {
            None
        } else if let Some(message) = self.on_key.as_ref().and_then(|f| f(key, *modifiers)) {
            Some(message)
        } else if matches!(key, keyboard::Key::Named(Named::Enter | Named::Space)) && !repeat {
            self.on_activate.clone()
        } else {
            None
        };
        if let Some(message) = message {
            shell.publish(message);
            shell.capture_event();
        }
    }
}
