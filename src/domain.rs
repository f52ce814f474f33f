//! The vocabulary: people, days, occasions, answers, facts, decisions and letters.
//!
//! Values only. No IO, no clock, no randomness, no wording for people beyond what a value is called.

mod access_request;
mod approval;
mod backup_plan;
mod case;
mod chat_marks;
mod circumstances;
mod closing;
mod day;
mod decision;
mod disclosure;
pub mod engagement;
mod evidence;
mod facts;
mod family;
mod id;
mod key_holder;
mod language;
mod letter;
mod older_copy;
mod pack;
mod person;
mod random;
mod retention;
mod school;
mod time_of_day;
mod vocabulary;
mod wrong_letter;

pub(crate) use access_request::months_after;
pub use access_request::{
    AccessRequest, Extension, HeldBack, Issued, ReadMark, Received, RequestState, Ruling, Settled, Transfer,
};
pub use approval::{Second, SecondHow};
pub use backup_plan::BackupPlan;
pub use case::{
    ActionItem, ActionState, Case, CaseState, Channel, Contact, Identified, Occasion, OwnAction, PlatformUse,
    Purpose, Response,
};
pub use chat_marks::ChatMarks;
pub use circumstances::{ChatExport, Circumstances, Reach, SentFrom};
pub use closing::{CameTo, Closing, FiveParts};
pub use day::{Age, Calendar, Day, DayError};
pub use decision::{
    ActionDue, Attachments, Decision, DecisionRecord, Departure, Finding, FirstScreen, LetterOffer,
    Readiness, Status, UnderAge,
};
pub use disclosure::{Answers, Disclosure, Draft, who_on_occasions};
pub use evidence::{Evidence, ImageGate, Kept, NotTaken};
pub use facts::{ActorFacts, Born, EarlierFacts, Facts, OccasionFacts, PlatformFacts, TargetFacts};
pub use family::{AskFirst, Family};
pub use id::{
    AccessRequestId, ActionId, CaseId, ClosingId, ContactId, DecisionId, EvidenceId, LetterId, OccasionId,
    PersonId,
};
pub use key_holder::{KeyHolder, KeyRole};
pub use language::{LANGUAGES, Language};
pub use letter::{
    Copied, Dismissed, LetterRecord, LetterState, Letterhead, Paper, PaperCode, Spot, Translation,
};
pub use older_copy::OlderCopy;
pub use pack::PolicyPack;
pub use person::{Household, LONGEST_NAME, Name, NameError, Person};
pub use random::{NoRandomness, Random};
pub use retention::{Destruction, LegalHold, Retention, RetentionClass, review_day};
pub use school::{ImportChoices, School, Signatory};
pub use time_of_day::{SchoolHours, TimeOfDay};
pub(crate) use vocabulary::vocabulary;
pub use vocabulary::{
    Account, ActionCode, Choice, Confidence, ContactSafe, Continuing, CrimeFlag, Danger, DocumentCode, Duty,
    Engagement, Gate, Imagery, Lead, LetterCode, Nature, Part, Prejudice, Previous, SelfHarm, Setting,
    SocialCare, StaffContact, StaffHarm, UnknownWord, Vocabulary, Who, Wishes,
};
pub use wrong_letter::{BreachStep, BreachStepItem, WentWrong, after_72_hours};
