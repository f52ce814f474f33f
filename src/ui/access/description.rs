//! What assistive technology learns about a control and what it can ask of it. Values only: no iced, no drawing.

use accesskit::{Live, Role};

/// What a screen reader, or a test, can learn about a control.
// Each is an independent property of a node, as in AccessKit.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug, Clone, PartialEq)]
pub struct Access {
    /// What kind of thing it is.
    pub role: Role,
    /// What it is called.
    pub name: String,
    /// A hint, an error or a consequence, read after the name.
    pub description: Option<String>,
    /// What it holds. Always `None` for a password.
    pub value: Option<String>,
    /// Whether a check box or radio button is on.
    pub toggled: Option<bool>,
    /// Whether a tab or an option is the chosen one, or a navigation link the page one is on.
    pub selected: Option<bool>,
    /// Whether what it opens is open.
    pub expanded: Option<bool>,
    /// The level of a heading, from 1.
    pub level: Option<usize>,
    /// Place among its siblings, from 1, and how many there are.
    pub position: Option<(usize, usize)>,
    /// Rows and columns of a table, its titles counted as a row.
    pub table: Option<(usize, usize)>,
    /// Which row of its table it is or lies in, from 0.
    pub row: Option<usize>,
    /// Which column of its table it lies in, from 0.
    pub column: Option<usize>,
    /// The key that does the same from anywhere.
    pub shortcut: Option<&'static str>,
    /// The letter that presses it together with Alt, wherever the focus is.
    pub access_key: Option<char>,
    /// How far along it is, from 0 to 1.
    pub fraction: Option<f64>,
    /// Whether a change is read out by itself.
    pub live: Option<Live>,
    /// Cannot be used now.
    pub disabled: bool,
    /// Holds something that has to be corrected.
    pub invalid: bool,
    /// Everything else on the page waits for it.
    pub modal: bool,
    /// Tab reaches it.
    pub focusable: bool,
    /// Enter, Space, a click or a screen reader can activate it.
    pub clickable: bool,
    /// The option that has the focus of the composite around it.
    pub active: bool,
    /// Caret or selection of the text inside, counted in characters.
    pub caret: Option<(usize, usize)>,
    /// Set by an operation; consumed by the control at its next event.
    pub request: Option<Request>,
}

/// What assistive technology asks of a control.
#[derive(Clone, PartialEq)]
pub enum Request {
    /// As if it were clicked.
    Activate,
    /// Put this text into it.
    SetValue(String),
    /// Put the caret, or a selection, between these characters.
    Select(usize, usize),
    /// Scroll it into view. The root widget serves this one.
    Show,
    /// Take the focus, or let the first Tab stop inside take it. The root widget serves this one.
    Focus,
}

impl std::fmt::Debug for Request {
    /// The text may be a passphrase or an answer, so it isn't shown.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Activate => "Activate",
            Self::SetValue(_) => "SetValue(..)",
            Self::Select(..) => "Select(..)",
            Self::Show => "Show",
            Self::Focus => "Focus",
        })
    }
}

impl Access {
    pub(super) fn new(role: Role, name: String) -> Self {
        Self {
            role,
            name,
            description: None,
            value: None,
            toggled: None,
            selected: None,
            expanded: None,
            level: None,
            position: None,
            table: None,
            row: None,
            column: None,
            shortcut: None,
            access_key: None,
            fraction: None,
            live: None,
            disabled: false,
            invalid: false,
            modal: false,
            focusable: false,
            clickable: false,
            active: false,
            caret: None,
            request: None,
        }
    }

    /// Whether it is of this role and name, as a test or a person would look for it.
    pub fn is(&self, role: Role, name: &str) -> bool {
        self.role == role && self.name == name
    }

    /// Whether it is edited by typing.
    pub(super) fn is_text(&self) -> bool {
        matches!(
            self.role,
            Role::TextInput
                | Role::MultilineTextInput
                | Role::PasswordInput
                | Role::DateInput
                | Role::SearchInput
        )
    }
}
