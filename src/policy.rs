//! The school's policy as data: clauses, questions, rules and the dated age table, checked before use and evaluated
//! without side effects.
//!
//! Three stages, each with its own types: `raw` (what the files say) → [`Policy`] (what `check` has proved) →
//! [`Decision`](crate::domain::Decision) with a trace. No clock, no files but the built-in pack's text.

mod ages;
mod check;
mod condition;
mod effect;
mod error;
mod evaluate;
mod explain;
mod facts;
mod path;
mod prove;
mod raw;
mod view;

pub use ages::{AgeRow, AgeTable};
pub use condition::{ConditionError, Fact, Line, Mode, TARGETS, Test};
pub use error::{Error, Problem};
pub use path::{AccountAsked, Asked, Skipped};
pub use prove::Proof;

use crate::domain::{ActionCode, Choice, Day, DocumentCode, Duty, Gate, Lead, LetterCode, Vocabulary};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The text of a pack's files.
#[derive(Debug, Clone, Copy)]
pub struct Sources<'a> {
    /// `policy.toml`
    pub policy: &'a str,
    /// `clauses.toml`
    pub clauses: &'a str,
    /// `outputs.toml`
    pub outputs: &'a str,
    /// `questions.toml`
    pub questions: &'a str,
    /// `rules.toml`
    pub rules: &'a str,
    /// `platforms.toml`
    pub platforms: &'a str,
}

/// The files of a pack.
pub const FILES: [&str; 6] =
    ["policy.toml", "clauses.toml", "outputs.toml", "questions.toml", "rules.toml", PLATFORMS];

/// The age table, which a pack may leave to Casebook.
pub const PLATFORMS: &str = "platforms.toml";

impl<'a> Sources<'a> {
    /// The text of a pack's files, each by its name. Casebook's own age table stands in where there is none.
    ///
    /// # Errors
    /// [`Error::Missing`]
    pub fn of(file: impl Fn(&'static str) -> Option<&'a str>) -> Result<Self, Error> {
        let [policy, clauses, outputs, questions, rules, platforms] = FILES;
        let needed = |name| file(name).ok_or(Error::Missing { file: name });
        Ok(Self {
            policy: needed(policy)?,
            clauses: needed(clauses)?,
            outputs: needed(outputs)?,
            questions: needed(questions)?,
            rules: needed(rules)?,
            platforms: file(platforms).unwrap_or(BUILT_IN.platforms),
        })
    }

    /// The text of one file.
    pub fn file(&self, name: &str) -> Option<&'a str> {
        let texts = [self.policy, self.clauses, self.outputs, self.questions, self.rules, self.platforms];
        FILES.iter().position(|file| *file == name).map(|at| texts[at])
    }
}

/// The pack that comes with Casebook.
pub const BUILT_IN: Sources<'static> = Sources {
    policy: include_str!("../assets/policy/ravenscote-2025-26/policy.toml"),
    clauses: include_str!("../assets/policy/ravenscote-2025-26/clauses.toml"),
    outputs: include_str!("../assets/policy/ravenscote-2025-26/outputs.toml"),
    questions: include_str!("../assets/policy/ravenscote-2025-26/questions.toml"),
    rules: include_str!("../assets/policy/ravenscote-2025-26/rules.toml"),
    platforms: include_str!("../assets/platforms.toml"),
};

/// A policy that has been checked: every id exists, every rule cites something.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The pack's id.
    pub id: String,
    /// The pack's version.
    pub version: u32,
    /// What the policy is called.
    pub title: String,
    /// The day of approval.
    pub approved: Day,
    /// The last day before a review is due.
    pub review_due: Day,
    /// After how many months an age figure is to be checked again.
    pub age_figures_good_for_months: u32,
    /// Clauses and sources by key.
    pub clauses: BTreeMap<String, Clause>,
    /// The wizard's questions, in order.
    pub questions: Vec<Question>,
    /// The dated age table.
    pub ages: AgeTable,
    words: BTreeMap<Fact, FactWords>,
    outputs: Outputs,
    rules: Vec<Rule>,
}

/// Where a clause comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClauseKind {
    /// The school's own words.
    #[default]
    Policy,
    /// Law, as understood on the day it was checked: shown as guidance.
    Law,
    /// Guidance, as understood on the day it was checked.
    Guidance,
}

/// A clause of the policy, or a source beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Its key, `CB-E1`.
    pub key: String,
    /// Whose words.
    pub kind: ClauseKind,
    /// Where it stands.
    pub section: String,
    /// The words, briefly.
    pub quote: String,
    /// For law and guidance: when it was checked and how sure it is.
    pub checked: Option<String>,
    /// What to know when reading it; may be empty.
    pub note: String,
    /// Whether letters and documents may quote it.
    pub printed: bool,
}

/// One page of the wizard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id; for a choice, the id of the fact that it asks for.
    pub id: String,
    /// The shape of the page.
    pub kind: QuestionKind,
    /// The question.
    pub text: String,
    /// What helps to answer it.
    pub hint: String,
    /// The clauses that it serves.
    pub cite: Vec<String>,
    /// For a choice: each value with its words. For the signs: each question that it opens, and “none”.
    pub values: Vec<(&'static str, String)>,
    /// Asked whatever the answers before it.
    pub always: bool,
}

/// The shape of a wizard page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// One of several.
    Choice,
    /// Any of several.
    Choices,
    /// One of several; where it is not the first, with a reason and a day on which it is looked at again.
    Contact,
    /// Which further questions apply.
    Signs,
    /// The day of the disclosure, who told whom, and what.
    Story,
    /// The targeted child.
    Target,
    /// Those alleged to be responsible.
    Alleged,
    /// The dated occasions.
    Occasions,
    /// Whose account, of which kind.
    Accounts,
    /// What the child and the family want.
    Wishes,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct FactWords {
    short: String,
    values: BTreeMap<&'static str, String>,
}

/// What a code means to a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// A line.
    pub title: String,
    /// A sentence or two; may be empty.
    pub text: String,
}

#[derive(Debug, Clone)]
struct Outputs {
    wording: BTreeMap<&'static str, Wording>,
    outranks: BTreeMap<Duty, Vec<Duty>>,
    addressees: BTreeMap<LetterCode, Vec<About>>,
    locks: BTreeMap<LetterCode, ActionCode>,
    actions: BTreeMap<ActionCode, ActionDefault>,
}

#[derive(Debug, Clone, Copy)]
struct ActionDefault {
    due: Due,
    about: About,
    lead: Lead,
}

/// For whom a line of a decision is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Case,
    Target,
    Actor,
}

/// When an action is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    SameDay,
    SchoolDays(u32),
    SchoolDaysFromToday(u32),
    WeeksAfterLast(u32),
}

#[derive(Debug, Clone)]
struct Rule {
    id: String,
    when: Vec<Line>,
    each_actor: bool,
    school_route: bool,
    /// Not named among the rules that nearly applied.
    quiet: bool,
    then: Then,
    because: String,
    need_not: Option<String>,
    cite: Vec<String>,
}

#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word of the rule files")]
struct Then {
    duty: Vec<Duty>,
    options: Vec<Choice>,
    gates: Vec<Gate>,
    letters: Vec<(LetterCode, Option<About>)>,
    documents: Vec<DocumentCode>,
    actions: Vec<(ActionCode, Option<About>, Option<Due>)>,
    forbids: Vec<Forbidden>,
    blocks: Vec<About>,
    /// What waits, and for which action.
    locks: Vec<(Locked, ActionCode)>,
    suggest: Option<Choice>,
    lead: Option<Lead>,
    overrides_lead: bool,
    emergency: bool,
    separate_file: bool,
    pauses: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forbidden {
    Choice(Choice),
    Letter(LetterCode),
    Action(ActionCode),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Locked {
    Letter(LetterCode),
    Action(ActionCode),
}

impl Locked {
    fn id(self) -> &'static str {
        match self {
            Self::Letter(code) => code.id(),
            Self::Action(code) => code.id(),
        }
    }
}

impl Policy {
    /// The pack that comes with Casebook.
    ///
    /// # Errors
    /// When the pack does not hold together; a test shows that it does.
    pub fn built_in() -> Result<Self, Error> {
        Self::read(&BUILT_IN)
    }

    /// Reads and checks a pack.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn read(sources: &Sources<'_>) -> Result<Self, Error> {
        check::policy(sources)
    }

    /// How the pack signs a decision: `ravenscote-2025-26 version 1`.
    pub fn stamp(&self) -> String {
        format!("{} version {}", self.id, self.version)
    }

    /// What a code means to a person, for any duty, option, gate, letter, document or action.
    pub fn wording(&self, code: &str) -> Wording {
        let unknown = || Wording { title: code.to_owned(), text: String::new() };
        self.outputs.wording.get(code).cloned().unwrap_or_else(unknown)
    }

    /// The words for one value of a fact.
    pub fn value(&self, fact: Fact, value: &str) -> &str {
        self.words.get(&fact).and_then(|words| words.values.get(value)).map_or("", String::as_str)
    }

    /// What a fact is called beside an answer.
    pub fn short(&self, fact: Fact) -> &str {
        self.words.get(&fact).map_or("", |words| &words.short)
    }

    /// A clause by its key.
    pub fn clause(&self, key: &str) -> Option<&Clause> {
        self.clauses.get(key)
    }
}
