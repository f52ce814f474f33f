//! Why a policy pack is refused: the whole list, each with its place.

/// A pack that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the pack is not TOML of the right shape.
    #[error("{file} cannot be read: {source}")]
    Shape {
        /// The file's name in the pack.
        file: &'static str,
        /// What and where.
        #[source]
        source: Box<toml::de::Error>,
    },
    /// A file of the pack is not there.
    #[error("{file} is missing")]
    Missing {
        /// The file's name in the pack.
        file: &'static str,
    },
    /// The pack reads, and does not hold together.
    #[error("the policy pack has {} problem(s); the first: {}", problems.len(), problems.first().map_or(String::new(), ToString::to_string))]
    Unsound {
        /// All of them.
        problems: Vec<Problem>,
    },
}

/// One thing wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, {place}: {what}")]
pub struct Problem {
    /// The file's name in the pack.
    pub file: &'static str,
    /// The rule, question or code.
    pub place: String,
    /// What is wrong, and what would be right.
    pub what: String,
}
