//! Text from a field: an answer about a child, so that neither a message nor a screen shows it when debugged.

use std::fmt;
use std::ops::Deref;

/// Text that somebody typed.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Typed(pub String);

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(..)")
    }
}

impl Deref for Typed {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Typed {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Typed {
    /// The text without the space around it.
    pub fn kept(&self) -> String {
        self.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_says_nothing_of_what_was_typed() {
        assert!(!format!("{:?}", Typed::from("zebra")).contains("zebra"));
    }
}
