//! Use cases: what a person can do with Casebook, over the policy, the store and the documents.
//!
//! The only place where the layers meet, and the only one that asks for the time and for randomness. No window here:
//! screens and the command line call the same functions.

mod access_request;
mod amend;
mod anew;
mod backups;
pub mod before_contact;
#[cfg(test)]
mod by_hand;
mod cases;
mod chat;
mod circumstances;
mod clock;
mod closing;
mod complete;
mod compose;
pub mod demo;
mod due_dates;
mod edition;
mod error;
mod evidence;
mod found_by;
mod front;
pub mod guarded_text;
mod harden;
mod holder;
mod icon;
mod identify;
mod import;
mod involved;
mod last_seen;
mod letterhead;
mod letters;
mod linked;
mod list;
mod matching;
mod moving;
mod notice;
mod offers;
mod outcome;
mod own_action;
mod own_paper;
mod packs;
mod people;
mod place;
mod preferences;
mod recovery;
mod retention;
mod session;
#[cfg(unix)]
mod signal;
mod standing;
mod timeline;
mod today;
mod tries;
mod viewer;
#[cfg(windows)]
mod windows;
pub mod worked_case;

pub use access_request::{AccessEntry, AccessPassage, AccessPlace, AccessView, PlaceIs};
pub use amend::DisclosureWords;
pub use anew::start_anew;
pub use backups::{
    BackedUp, BackupWarning, Backups, backups_beside, check_backup, put_back, restore, restore_over,
};
pub use cases::{CaseView, Confirmation};
pub use chat::{
    CLOSE, ChatHours, ChatProposal, ChatTold, chat_lines_taken, propose, read_chat_watched, unknown_account,
    with_account,
};
pub use circumstances::{circumstances, sent_from};
pub use clock::{Clock, FixedClock, SystemClock, SystemRandom, World};
pub use closing::CheckIn;
pub use complete::short_id;
pub use compose::Said;
pub use due_dates::DueDates;
pub use edition::Edition;
pub use error::Error;
pub use evidence::{Bundle, Progress, Refused, ToldOf};
pub use front::{Answering, call_forward};
pub use harden::{harden, join_console, screen_is_locked};
pub use icon::program_icon;
pub use identify::Identity;
pub use import::{Changed, RollChoices, RollDone, RollPlan, read_chat, read_register};
pub use involved::Involved;
pub use last_seen::{MarkStands, Replay};
pub use letterhead::SchoolPicture;
pub use letters::{
    BreachLine, Exported, Finding, Given, LetterView, Merged, Needs, Reading, Replacement, ViewedCopy,
    breach_words, sweep_viewed,
};
pub use linked::{Counted, Linked, LinkedCase};
pub use list::{CaseFilter, CaseFilters, CaseList, CaseRow, FOUND, MOST};
pub use matching::people_like;
pub use notice::{Kind, Notice};
pub use offers::{PaperOffer, PaperQuestion};
pub use outcome::{
    ActionLine, Because, LetterLine, Near, Outcome, Point, Ready, Since, facts_since, lead_words,
};
pub use own_action::NewAction;
pub use packs::{CheckedPack, PackError, PackLine, read_pack, read_pack_unproved};
pub use people::KeyPerson;
pub use place::{Risk, Service};
pub use preferences::{Appearance, Looks, Preferences, TextSize, case_files_folder, documents_folder};
#[cfg(test)]
pub(crate) use retention::tests::{go_apart, hand_over_all};
pub use retention::{DestroyConfirmed, HandedOver, MovedOn, RetentionView};
pub use session::{NewCaseFile, Session};
pub use timeline::{Change, ChangedText, Happening, Line as TimelineLine};
pub use today::{Clock as DatedClock, DueLine, Today, Unanswered};
pub use viewer::show_in_viewer;

// What screens and the command line need of the layers below, so that they need not know them.
pub use crate::documents::ask::{Ask, Kind as AskKind, asks};
pub use crate::documents::{CopyField, Image, Pdf, has_easy_words};
pub use crate::intake::chat::{
    Chat, DateOrder, Decided as DatesDecided, Kind as ChatKind, Message as ChatMessage,
};
pub use crate::intake::register::{Mapping, Register};
pub use crate::intake::{Cells, Remark, register};
pub use crate::policy::{
    AccountAsked, Asked, Clause, ClauseKind, Fact, Policy, Question, QuestionKind, Skipped, Wording,
};
#[cfg(test)]
pub(crate) use crate::policy::{BUILT_IN, FILES};
pub use crate::policy::{Error as PolicyError, Problem, Proof};
pub use crate::store::backup::Backup;
pub use crate::store::{Act, Anchor, Cost, Event, RecoveryWords, Report, Secret, Strength, judge, suggest};

/// The code under which a decision keeps the reason for a police referral that is not ready in every point.
pub const READINESS: &str = "READINESS";
