//! One line to type into: a name, a passphrase, a date.

use super::button;
use super::field::Words;
use crate::domain::Day;
use crate::ui::access::{Role, control};
use crate::ui::spacing::{FIELD_SHORT, LEADING_HEADING, S, TEXT, XS};
use crate::ui::theme;
use iced::advanced::widget::Id;
use iced::widget::{column, row, text_input};
use iced::{Element, Length};
use std::borrow::Cow;

type OnInput<'a, Message> = std::rc::Rc<dyn Fn(String) -> Message + 'a>;

/// A field being described; turn it into an element with `.into()`.
pub struct TextField<'a, Message> {
    words: Words<'a>,
    value: &'a str,
    id: Option<Id>,
    role: Role,
    secure: bool,
    width: Length,
    on_input: Option<OnInput<'a, Message>>,
    on_submit: Option<Message>,
}

/// A line to type into. Without `on_input` it is disabled.
pub fn text_field<'a, Message>(label: impl Into<Cow<'a, str>>, value: &'a str) -> TextField<'a, Message> {
    TextField {
        words: Words::new(label),
        value,
        id: None,
        role: Role::TextInput,
        secure: false,
        width: Length::Fill,
        on_input: None,
        on_submit: None,
    }
}

impl<'a, Message> TextField<'a, Message> {
    /// How to fill it in, above the field.
    #[must_use]
    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.words.hint = Some(words.into());
        self
    }

    /// What is wrong with it, if anything.
    #[must_use]
    pub fn error(mut self, words: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.words.error = words.map(Into::into);
        self
    }

    /// The label is only for screen readers, because the page's heading says it already.
    #[must_use]
    pub fn hide_label(mut self) -> Self {
        self.words.hidden = true;
        self
    }

    /// The name by which `access::focus` and the error summary find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Shows dots, and gives what is typed to nobody, a screen reader included.
    #[must_use]
    pub fn secure(mut self) -> Self {
        self.secure = true;
        self.role = Role::PasswordInput;
        self
    }

    /// As wide as what is expected in it.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// What happens with each change.
    #[must_use]
    pub fn on_input(mut self, on_input: impl Fn(String) -> Message + 'a) -> Self {
        self.on_input = Some(std::rc::Rc::new(on_input));
        self
    }

    /// What happens on Enter.
    #[must_use]
    pub fn on_submit(mut self, message: Message) -> Self {
        self.on_submit = Some(message);
        self
    }

    fn input(&self) -> Element<'a, Message>
    where
        Message: Clone + 'a,
    {
        let wrong = self.words.wrong();
        let mut input = text_input("", self.value)
            .secure(self.secure)
            .size(TEXT)
            .line_height(LEADING_HEADING)
            .padding([S + 1.0, S + XS])
            .width(self.width)
            .style(move |theme, status| theme::text_field(theme, status, wrong))
            .on_submit_maybe(self.on_submit.clone());
        if let Some(id) = &self.id {
            input = input.id(id.clone());
        }
        let mut field = control(self.role, self.words.label.clone().into_owned(), {
            match &self.on_input {
                Some(on_input) => {
                    let on_input = on_input.clone();
                    input.on_input(move |value| on_input(value))
                }
                None => input,
            }
        })
        .id_maybe(self.id.clone())
        .description(self.words.description())
        .invalid(wrong)
        .disabled(self.on_input.is_none());
        if !self.secure {
            field = field.value(self.value);
        }
        if let Some(on_input) = self.on_input.clone() {
            field = field.on_set_value(move |value| on_input(value));
        }
        field.into()
    }
}

impl<'a, Message: Clone + 'a> From<TextField<'a, Message>> for Element<'a, Message> {
    fn from(field: TextField<'a, Message>) -> Self {
        let input = field.input();
        field.words.around(input)
    }
}

/// A field for a date; see [`date_field`].
pub struct DateField<'a, Message> {
    field: TextField<'a, Message>,
    today: Day,
    quick: bool,
}

/// A typed date (DD/MM/YYYY) with quick buttons for today and yesterday, and the weekday spelt out underneath.
pub fn date_field<'a, Message>(
    label: impl Into<Cow<'a, str>>,
    value: &'a str,
    today: Day,
    on_input: impl Fn(String) -> Message + 'a,
) -> DateField<'a, Message> {
    let field =
        text_field(label, value).on_input(on_input).width(FIELD_SHORT).hint("For example, 19/01/2026");
    DateField { field: TextField { role: Role::DateInput, ..field }, today, quick: true }
}

impl<'a, Message> DateField<'a, Message> {
    /// Another hint than the example.
    #[must_use]
    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.field = self.field.hint(words);
        self
    }

    /// What is wrong with it, if anything.
    #[must_use]
    pub fn error(mut self, words: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.field = self.field.error(words);
        self
    }

    /// The label is only for screen readers.
    #[must_use]
    pub fn hide_label(mut self) -> Self {
        self.field = self.field.hide_label();
        self
    }

    /// The name by which `access::focus` and the error summary find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.field = self.field.id(id);
        self
    }

    /// What happens on Enter.
    #[must_use]
    pub fn on_submit(mut self, message: Message) -> Self {
        self.field = self.field.on_submit(message);
        self
    }

    /// Without the quick buttons, for a date that is never near today, like a date of birth.
    #[must_use]
    pub fn without_quick(mut self) -> Self {
        self.quick = false;
        self
    }
}

impl<'a, Message: Clone + 'a> From<DateField<'a, Message>> for Element<'a, Message> {
    fn from(date: DateField<'a, Message>) -> Self {
        let mut line = row![date.field.input()].spacing(S).align_y(iced::Alignment::Center);
        if let Some(on_input) = date.field.on_input.clone().filter(|_| date.quick) {
            let quick = |label: &'static str, day: Day| {
                let name = format!("{label}, {}", day.long());
                button::quiet(label).name(name).on_press(on_input(day.typed()))
            };
            line = line.push(quick("Today", date.today)).push(quick("Yesterday", date.today.plus_days(-1)));
        }
        let spelt = Day::parse(date.field.value).map(Day::long).unwrap_or_default();
        date.field.words.around(column![line.wrap(), super::hint(spelt)].spacing(XS))
    }
}
