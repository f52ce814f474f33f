//! The fields of what the school keeps or hands on: a meeting's record, a chronology, the cover of a file that moves.

use super::home::filled;
use super::{ChildBlock, Filled, Known, OwnWords, Sender, blank};
use crate::domain::Day;
use serde::Serialize;

/// `DOC_MEETING`: one meeting with one family.
#[derive(Clone, Serialize)]
pub struct MeetingRecordFields {
    /// What the child is called.
    pub child: String,
    /// When and how: `Wednesday 21 January 2026 at 3.30 pm, at school`.
    pub held: OwnWords,
    /// Who was there.
    pub present: OwnWords,
    /// Who could not come. May be blank.
    pub apologies: OwnWords,
    /// The interpreter. May be blank.
    pub interpreter: OwnWords,
    /// What it was for.
    pub purpose: OwnWords,
    /// What the child said.
    pub child_said: OwnWords,
    /// What the family said.
    pub family_said: OwnWords,
    /// What the school said.
    pub school_said: OwnWords,
    /// What is agreed.
    pub agreed: OwnWords,
    /// What is not. May be blank.
    pub not_agreed: OwnWords,
    /// Who does what by when, one line each.
    pub actions: Vec<String>,
    /// What the family thinks of the plan.
    pub plan_view: OwnWords,
    /// When it is looked at again.
    pub next_review: Day,
    /// Whether the record was read back.
    pub read_back: Yes,
    /// Whether the family signs.
    pub signed: Signs,
    /// Who signs.
    pub sender: Sender,
}

/// Whether something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Yes {
    /// It was.
    Yes,
    /// It was not.
    No,
}

/// Whether a family signs a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    /// It does.
    Signs,
    /// It would rather not.
    Declined,
}

/// What a person is called in a chronology, and who that is.
#[derive(Clone, Serialize)]
pub struct Called {
    /// `P1`.
    pub label: String,
    /// Who.
    pub who: String,
}

/// One line of a chronology.
#[derive(Clone, Serialize)]
pub struct ChronologyRow {
    /// What the entry is called within a sentence: `occasion 2`.
    pub called: String,
    /// When it happened.
    pub on: Day,
    /// The time. May be blank.
    pub time: String,
    /// What happened, or what was done.
    pub what: String,
    /// With what outcome. May be blank.
    pub outcome: String,
    /// What else is recorded of it. May be empty.
    pub more: Vec<Known>,
    /// The school did it or saw it; otherwise somebody told the school.
    pub known: bool,
    /// Where it comes from.
    pub source: String,
    /// When it was written down.
    pub entered: String,
    /// By whom.
    pub by: String,
    /// How it was changed since, the first change first. May be empty.
    pub corrections: Vec<Correction>,
    /// That it does not stand any more.
    pub taken_back: Option<TakenBack>,
}

/// A change of an entry.
#[derive(Clone, Serialize)]
pub struct Correction {
    /// Its number among those of the paper.
    pub number: usize,
    /// When.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Why. Blank where only what was empty was filled in.
    pub why: String,
    /// What stands otherwise since; empty where the entry was taken back for a while.
    pub texts: Vec<ChangedWords>,
}

/// A text before and after a correction. Either may be blank.
#[derive(Clone, Serialize)]
pub struct ChangedWords {
    /// What the text is called.
    pub label: String,
    /// What it said before.
    pub was: String,
    /// What it says since.
    pub is: String,
}

/// That an entry was taken back.
#[derive(Clone, Serialize)]
pub struct TakenBack {
    /// When.
    pub on: Day,
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
}

/// `DOC_CHRON`
#[derive(Clone, Serialize)]
pub struct ChronologyFields {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// The people.
    pub people: Vec<Called>,
    /// The lines, oldest first.
    pub rows: Vec<ChronologyRow>,
    /// Who signs.
    pub sender: Sender,
}

/// What the school keeps of a file that it hands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// The chronology.
    Chronology,
    /// All of it.
    Everything,
}

/// `DOC_TRANSFER`
#[derive(Clone, Serialize)]
pub struct TransferFields {
    /// The pupil.
    pub child: ChildBlock,
    /// The school that it goes to.
    pub to_school: OwnWords,
    /// Its lead. May be blank.
    pub to_lead: OwnWords,
    /// The day on which it is sent.
    pub sent_on: Day,
    /// How it travels.
    pub how: OwnWords,
    /// What is in it, one line each.
    pub contents: Vec<String>,
    /// What the next school should know before. May be blank.
    pub advance: OwnWords,
    /// What stays.
    pub kept: Kept,
    /// Why. May be blank where nothing stays.
    pub kept_why: OwnWords,
    /// By when the receipt should be back.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

filled! {
    MeetingRecordFields(f) => [
        ("child", blank(&f.child)),
        ("held", f.held.is_blank()),
        ("present", f.present.is_blank()),
        ("purpose", f.purpose.is_blank()),
        ("child_said", f.child_said.is_blank()),
        ("family_said", f.family_said.is_blank()),
        ("school_said", f.school_said.is_blank()),
        ("agreed", f.agreed.is_blank()),
        ("actions", f.actions.is_empty()),
        ("plan_view", f.plan_view.is_blank()),
    ];
    ChronologyFields(f) => [("people", f.people.is_empty()), ("rows", f.rows.is_empty())];
    TransferFields(f) => [
        ("child.name", blank(&f.child.name)),
        ("to_school", f.to_school.is_blank()),
        ("how", f.how.is_blank()),
        ("contents", f.contents.is_empty()),
        ("kept_why", f.kept != Kept::Nothing && f.kept_why.is_blank()),
    ];
}
