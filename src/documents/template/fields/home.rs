//! The fields of the letters to families.

use super::{Filled, OwnWords, Sender, Step, blank};
use crate::domain::Day;
use serde::{Deserialize, Serialize};

/// One home, and the child whose letter it gets.
#[derive(Clone, Default, Serialize)]
pub struct Home {
    /// To whom, as the salutation has it: `Mrs Osei and Mr Osei`.
    pub to: String,
    /// What the child is called.
    pub child: String,
    /// The local authority looks after the child, and this goes to it in place of a home.
    pub authority: bool,
}

impl Home {
    fn needs(&self) -> [(&'static str, bool); 2] {
        [("to", blank(&self.to)), ("child", blank(&self.child))]
    }
}

/// An attempt to reach a family.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attempt {
    /// The day.
    pub on: Day,
    /// How: `by phone`, `by letter`.
    pub how: String,
}

/// A service's minimum age as the dated table has it.
#[derive(Debug, Clone, Serialize)]
pub struct AgeLine {
    /// The service: `WhatsApp`.
    pub platform: String,
    /// The age.
    pub age: u8,
    /// Whose word that is: `WhatsApp Help Centre`.
    pub source: String,
    /// When it was last looked up.
    pub checked_on: Day,
}

/// `L_TARGET`
#[derive(Clone, Serialize)]
pub struct TargetFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// When the school spoke with the family.
    pub spoke_on: Day,
    /// What was reported, neutrally, in sentences. Names no other child.
    pub told: String,
    /// When it happened.
    pub dates: Vec<Day>,
    /// What the child told the school they want, in sentences. May be blank: then the letter says that it will ask.
    pub wishes: String,
    /// What the school has done and will do.
    pub steps: Vec<Step>,
    /// How to report on the services used, a sentence each. May be empty.
    pub reporting: Vec<String>,
    /// Minimum ages of the accounts used, where they matter. May be empty.
    pub ages: Vec<AgeLine>,
    /// When the school will speak with the family again.
    pub review_on: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_ACTOR`
#[derive(Clone, Serialize)]
pub struct ActorFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// When it happened.
    pub dates: Vec<Day>,
    /// The meeting offered: `Wednesday 21 January 2026 at 3.30 pm, at school`.
    pub meeting: String,
    /// Other times offered. May be empty.
    pub other_times: Vec<String>,
    /// Who looks after the child at school meanwhile, in sentences. May be blank.
    pub support: String,
    /// Who decides: `Mrs Wells, the headteacher`.
    pub decider: String,
    /// By when.
    pub decide_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_AGE_ALL`
#[derive(Clone, Serialize)]
pub struct AgeAllFields {
    /// To whom: `parents and carers of Year 5`.
    pub to: String,
    /// The services to name. May be empty.
    pub ages: Vec<AgeLine>,
    /// Whether to say that WhatsApp has accounts that a parent manages.
    pub parent_managed: bool,
    /// What the school teaches, in sentences.
    pub lessons: String,
    /// What help the school offers, such as a session, in sentences. May be blank.
    pub help: String,
    /// Who signs.
    pub sender: Sender,
}

/// `L_ACTOR_BOTH`: to both families of a conflict, word for word the same. It names no child.
#[derive(Clone, Serialize)]
pub struct BothFields {
    /// When it happened.
    pub dates: Vec<Day>,
    /// By when to answer.
    pub reply_by: Day,
    /// Who decides.
    pub decider: String,
    /// By when.
    pub decide_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_MEETING`
#[derive(Clone, Serialize)]
pub struct MeetingFields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// The meeting offered.
    pub meeting: String,
    /// Other times offered. May be empty.
    pub other_times: Vec<String>,
    /// Who will be there from the school.
    pub who: OwnWords,
    /// By when to answer.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_FU1`
#[derive(Clone, Serialize)]
pub struct FollowUp1Fields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// How the school tried to reach the family.
    pub tried: Vec<Attempt>,
    /// The meeting offered.
    pub meeting: String,
    /// Other times offered. May be empty.
    pub other_times: Vec<String>,
    /// By when to answer.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// `L_FU2`
#[derive(Clone, Serialize)]
pub struct FollowUp2Fields {
    /// To whom, and about which child.
    #[serde(flatten)]
    pub home: Home,
    /// How the school tried to reach the family.
    pub tried: Vec<Attempt>,
    /// What the school does meanwhile, on its own.
    pub steps: Vec<Step>,
    /// With whom else the family can talk.
    pub other_person: OwnWords,
    /// The meeting offered.
    pub meeting: String,
    /// Other times offered. May be empty.
    pub other_times: Vec<String>,
    /// By when to answer.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

macro_rules! filled {
    ($($fields:ident($this:ident) => $needs:expr;)+) => {
        $(impl Filled for $fields {
            fn sender(&self) -> &Sender {
                &self.sender
            }
            fn needs(&self) -> Vec<(&'static str, bool)> {
                let $this = self;
                Vec::from($needs)
            }
        })+
    };
}
pub(super) use filled;

/// What a letter to a home needs, and then its own.
pub(super) fn of_home<const N: usize>(
    home: &Home,
    own: [(&'static str, bool); N],
) -> Vec<(&'static str, bool)> {
    home.needs().into_iter().chain(own).collect()
}

filled! {
    TargetFields(f) => of_home(&f.home, [("told", blank(&f.told)), ("dates", f.dates.is_empty()), ("steps", f.steps.is_empty())]);
    ActorFields(f) => of_home(&f.home, [("dates", f.dates.is_empty()), ("meeting", blank(&f.meeting)), ("decider", blank(&f.decider))]);
    AgeAllFields(f) => vec![("to", blank(&f.to)), ("lessons", blank(&f.lessons))];
    BothFields(f) => vec![("dates", f.dates.is_empty()), ("decider", blank(&f.decider))];
    MeetingFields(f) => of_home(&f.home, [("meeting", blank(&f.meeting)), ("who", f.who.is_blank())]);
    FollowUp1Fields(f) => of_home(&f.home, [("tried", f.tried.is_empty()), ("meeting", blank(&f.meeting))]);
    FollowUp2Fields(f) => of_home(&f.home, [("tried", f.tried.is_empty()), ("steps", f.steps.is_empty()), ("other_person", f.other_person.is_blank()), ("meeting", blank(&f.meeting))]);
}
