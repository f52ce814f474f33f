//! The fields of the letters that follow the first ones: the final notice, the outcome, the close, and those for one matter
//! only.

use super::home::{Attempt, Home, filled, of_home};
use super::{Filled, OwnWords, Sender, blank};
use crate::domain::Day;
use serde::Serialize;

/// What the school found about the child's own part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    /// That it was so.
    Found,
    /// That it was not so.
    NotFound,
    /// It could not tell.
    CouldNotTell,
}

/// What a final notice may say of the police: nothing unless the record bears it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// Nothing.
    None,
    /// That the school may ask for advice and help: the child was under ten, or may have been.
    Help,
    /// What the policy says of a family that does not work with the school while it goes on.
    Policy,
}

/// `L_FINAL`
#[derive(Clone, Serialize)]
pub struct FinalFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// How the school tried to reach the family.
    pub tried: Vec<Attempt>,
    /// The days on which it happened again since the school first got in touch. May be empty.
    pub continued: Vec<Day>,
    /// What it may say of the police.
    pub warning: Warning,
    /// By when to answer.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_OUT_TARGET` and `L_OUT_ACTOR`
#[derive(Clone, Serialize)]
pub struct OutcomeFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// What the school looked into.
    pub looked_into: OwnWords,
    /// What it found about this child's own part.
    pub found: Found,
    /// The other child, as a stranger would say: `another pupil`.
    pub other: String,
    /// What happens next for this child.
    pub next: OwnWords,
    /// When the school will check in. May be empty.
    pub checks: Vec<Day>,
    /// By when to ask for it to be looked at again.
    pub review_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_STAFFCONTACT`
#[derive(Clone, Serialize)]
pub struct StaffContactFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// When.
    pub dates: Vec<Day>,
    /// Where: `WhatsApp`. May be empty.
    pub platforms: Vec<String>,
    /// Who signs.
    pub sender: Sender,
}

/// `L_ICT`
#[derive(Clone, Serialize)]
pub struct IctFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// The day.
    pub on: Day,
    /// What was tried.
    pub tried: OwnWords,
    /// Until when the child works with an adult close by.
    pub until: Day,
    /// How lessons carry on.
    pub lessons: OwnWords,
    /// Adjustments that the child needs. May be blank.
    pub adjustments: OwnWords,
    /// When it is looked at again.
    pub review_on: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_PARENTCONDUCT`: to an adult. It names no child.
#[derive(Clone, Serialize)]
pub struct ConductFields {
    /// To whom.
    pub to: String,
    /// What the school was told about this adult's messages; no child's detail.
    pub told: OwnWords,
    /// The meeting offered.
    pub meeting: String,
    /// Other times offered. May be empty.
    pub other_times: Vec<String>,
    /// By when to answer.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_SIGNPOST`
#[derive(Clone, Serialize)]
pub struct SignpostFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// The child's own school. May be blank.
    pub child_school: String,
    /// The services used. May be empty.
    pub platforms: Vec<String>,
    /// Who signs.
    pub sender: Sender,
}

/// `L_CLOSE`
#[derive(Clone, Serialize)]
pub struct CloseFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// When the school checked in. May be empty.
    pub checks: Vec<Day>,
    /// Since when nothing new was reported.
    pub quiet_since: Day,
    /// Who signs.
    pub sender: Sender,
}

filled! {
    FinalFields(f) => of_home(&f.home, [("tried", f.tried.is_empty()), ("continued", f.continued.is_empty() && f.warning != Warning::None)]);
    OutcomeFields(f) => of_home(&f.home, [("looked_into", f.looked_into.is_blank()), ("other", blank(&f.other)), ("next", f.next.is_blank())]);
    StaffContactFields(f) => of_home(&f.home, [("dates", f.dates.is_empty())]);
    IctFields(f) => of_home(&f.home, [("tried", f.tried.is_blank()), ("lessons", f.lessons.is_blank())]);
    ConductFields(f) => vec![("to", blank(&f.to)), ("told", f.told.is_blank()), ("meeting", blank(&f.meeting))];
    SignpostFields(f) => of_home(&f.home, []);
    CloseFields(f) => of_home(&f.home, []);
}
