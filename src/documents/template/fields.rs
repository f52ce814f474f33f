//! What each template needs, as typed fields. Strings are already worded; what may be left blank says so.

use crate::domain::{Day, DocumentCode, LetterCode, PaperCode};
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// The fields of one paper.
#[derive(Clone)]
pub enum Fields {
    /// `L_TARGET`
    Target(TargetFields),
    /// `L_ACTOR`
    Actor(ActorFields),
    /// `L_AGE_ALL`
    AgeAll(AgeAllFields),
    /// `L_NEWSCHOOL`
    NewSchool(NewSchoolFields),
    /// `DOC_POLICE`
    Police(Box<PoliceFields>),
}

impl Fields {
    /// The paper that they are for.
    pub fn code(&self) -> PaperCode {
        match self {
            Self::Target(_) => PaperCode::Letter(LetterCode::Target),
            Self::Actor(_) => PaperCode::Letter(LetterCode::Actor),
            Self::AgeAll(_) => PaperCode::Letter(LetterCode::AgeAll),
            Self::NewSchool(_) => PaperCode::Letter(LetterCode::NewSchool),
            Self::Police(_) => PaperCode::Document(DocumentCode::Police),
        }
    }

    pub(super) fn value(&self) -> Value {
        match self {
            Self::Target(fields) => Value::from(Serde(fields)),
            Self::Actor(fields) => Value::from(Serde(fields)),
            Self::AgeAll(fields) => Value::from(Serde(fields)),
            Self::NewSchool(fields) => Value::from(Serde(fields)),
            Self::Police(fields) => Value::from(Serde(fields)),
        }
    }

    /// The first field that is blank and may not be.
    pub(super) fn blank(&self) -> Option<&'static str> {
        let (sender, own): (&Sender, Vec<(&'static str, bool)>) = match self {
            Self::Target(f) => (
                &f.sender,
                vec![
                    ("to", blank(&f.to)),
                    ("child", blank(&f.child)),
                    ("told", blank(&f.told)),
                    ("dates", f.dates.is_empty()),
                    ("steps", f.steps.is_empty()),
                ],
            ),
            Self::Actor(f) => (
                &f.sender,
                vec![
                    ("to", blank(&f.to)),
                    ("child", blank(&f.child)),
                    ("dates", f.dates.is_empty()),
                    ("meeting", blank(&f.meeting)),
                    ("decider", blank(&f.decider)),
                ],
            ),
            Self::AgeAll(f) => (&f.sender, vec![("to", blank(&f.to)), ("lessons", blank(&f.lessons))]),
            Self::NewSchool(f) => (
                &f.sender,
                vec![
                    ("to", blank(&f.to)),
                    ("our_pupil", blank(&f.our_pupil)),
                    ("their_pupil", blank(&f.their_pupil)),
                    ("points", f.points.is_empty()),
                    ("risk", blank(&f.risk)),
                    ("families_know", blank(&f.families_know)),
                ],
            ),
            Self::Police(f) => (
                &f.sender,
                vec![
                    ("urgency", blank(&f.urgency)),
                    ("why_now", f.why_now.is_empty()),
                    ("people", f.people.is_empty()),
                    ("occasions", f.occasions.is_empty()),
                    ("rules_version", blank(&f.rules_version)),
                ],
            ),
        };
        let of_sender = [
            ("sender.name", blank(&sender.name)),
            ("sender.role", blank(&sender.role)),
            ("sender.school", blank(&sender.school)),
            ("sender.phone", blank(&sender.phone)),
            ("sender.policy_at", blank(&sender.policy_at)),
        ];
        of_sender.into_iter().chain(own).find(|(_, blank)| *blank).map(|(name, _)| name)
    }
}

fn blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Who signs, and how to reach them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Sender {
    /// The name as signed.
    pub name: String,
    /// The role.
    pub role: String,
    /// The school's name.
    pub school: String,
    /// The number to call.
    pub phone: String,
    /// When they can be reached, as `between 8.30 am and 4 pm on school days`. May be blank.
    pub hours: String,
    /// The school's email address. May be blank.
    pub email: String,
    /// Where the policy is.
    pub policy_at: String,
}

/// Something that the school has done or will do.
#[derive(Clone, Serialize)]
pub struct Step {
    /// What, as a sentence without its full stop: `We will check in with Mei each day`.
    pub what: String,
    /// By when; nothing where it is done.
    pub by: Option<Day>,
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
    /// To whom, as the salutation has it: `Mrs Osei and Mr Osei`.
    pub to: String,
    /// What the child is called.
    pub child: String,
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
    /// To whom.
    pub to: String,
    /// What the child is called.
    pub child: String,
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

/// One thing that the other school is told.
#[derive(Clone, Serialize)]
pub struct Point {
    /// What.
    pub what: String,
    /// Seen by the school, not only told to it.
    pub known: bool,
}

/// `L_NEWSCHOOL`
#[derive(Clone, Serialize)]
pub struct NewSchoolFields {
    /// To whom: the lead's name, or `colleague`.
    pub to: String,
    /// This school's pupil: the least that is needed, such as `a pupil in Year 6`.
    pub our_pupil: String,
    /// Their pupil's name.
    pub their_pupil: String,
    /// Their pupil's date of birth, where known.
    pub their_born: Option<Day>,
    /// When it happened. May be empty.
    pub dates: Vec<Day>,
    /// Where: `WhatsApp`, `text messages`. May be empty.
    pub platforms: Vec<String>,
    /// What is said and what is known.
    pub points: Vec<Point>,
    /// The risk to anyone, in sentences.
    pub risk: String,
    /// What else is asked of them, a sentence each. May be empty.
    pub asks: Vec<String>,
    /// What the families have been told, in sentences.
    pub families_know: String,
    /// By when to reply.
    pub reply_by: Day,
    /// Who signs.
    pub sender: Sender,
}

/// A report already made.
#[derive(Clone, Serialize)]
pub struct Report {
    /// The day.
    pub on: Day,
    /// The time, as noted. May be blank.
    pub time: String,
    /// How: `999`, `101`, `online`, `safer schools officer`.
    pub how: String,
    /// Who took it. May be blank.
    pub operator: String,
    /// Its reference. May be blank.
    pub reference: String,
}

/// One person in a referral. Whatever is blank is printed as not known.
#[derive(Clone, Default, Serialize)]
pub struct PersonBlock {
    /// `Targeted child`, `P1, alleged to be responsible`.
    pub heading: String,
    /// The name, or what the account calls itself.
    pub name: String,
    /// The date of birth.
    pub born: String,
    /// The age on the first occasion.
    pub age_first: String,
    /// The age on the last occasion.
    pub age_last: String,
    /// The address.
    pub address: String,
    /// Parents and who has parental responsibility.
    pub parents: String,
    /// The school.
    pub school: String,
    /// The tie to the others.
    pub relation: String,
    /// Accounts: handle, profile address, phone.
    pub accounts: String,
    /// Special needs and communication.
    pub needs: String,
    /// Language and interpreter.
    pub language: String,
    /// A social worker.
    pub social_worker: String,
}

/// One occasion in a referral.
#[derive(Clone, Serialize)]
pub struct OccasionRow {
    /// The day.
    pub on: Day,
    /// The time as shown and on whose device. May be blank.
    pub time: String,
    /// The service, and one to one, group or public.
    pub platform: String,
    /// The sender, as the people blocks call them.
    pub from: String,
    /// The target.
    pub to: String,
    /// The words exactly, or what happened.
    pub words: String,
    /// Which evidence, and a report to the service. May be blank.
    pub evidence: String,
}

/// Arithmetic over the occasions of one sender and one target.
#[derive(Clone, Serialize)]
pub struct PatternRow {
    /// The sender.
    pub from: String,
    /// The target.
    pub to: String,
    /// How many occasions.
    pub count: usize,
    /// The first.
    pub first: Day,
    /// The last.
    pub last: Day,
    /// The longest time between two, in days.
    pub longest_gap: i64,
}

/// What a person wants to happen.
#[derive(Clone, Serialize)]
pub struct Wish {
    /// Who.
    pub who: String,
    /// What, in their words.
    pub words: String,
    /// When it was written down.
    pub on: Option<Day>,
}

/// One contact with a family.
#[derive(Clone, Serialize)]
pub struct ContactRow {
    /// Whose family.
    pub family: String,
    /// The day.
    pub on: Day,
    /// How.
    pub how: String,
    /// What for.
    pub purpose: String,
    /// With what result, in their words.
    pub result: String,
}

/// One piece of evidence.
#[derive(Clone, Serialize)]
pub struct EvidenceRow {
    /// Its label: `E1`.
    pub label: String,
    /// What it is.
    pub what: String,
    /// Where it and the device are, and who captured it.
    pub held: String,
    /// SHA-256, hexadecimal. May be blank.
    pub sha256: String,
}

/// A line of the readiness list.
#[derive(Clone, Serialize)]
pub struct ReadyRow {
    /// What should be so before a referral.
    pub line: String,
    /// Whether it is.
    pub met: bool,
    /// If not, why the referral is made all the same.
    pub reason: String,
}

/// `DOC_POLICE`
#[derive(Clone, Serialize)]
pub struct PoliceFields {
    /// A child alleged to be responsible was under ten.
    pub under_ten: bool,
    /// How urgent, in sentences.
    pub urgency: String,
    /// Reports already made. May be empty.
    pub reports: Vec<Report>,
    /// Who to speak to out of hours. May be blank.
    pub out_of_hours: String,
    /// The designated safeguarding lead, where that is not who signs. May be blank.
    pub lead: String,
    /// Which clause of the policy or which risk, a sentence each.
    pub why_now: Vec<String>,
    /// The people.
    pub people: Vec<PersonBlock>,
    /// The occasions in order.
    pub occasions: Vec<OccasionRow>,
    /// The pattern. May be empty.
    pub pattern: Vec<PatternRow>,
    /// Aggravating features, a sentence each. May be empty.
    pub aggravating: Vec<String>,
    /// The effect in the child's words. May be blank.
    pub effect: String,
    /// Wishes. May be empty.
    pub wishes: Vec<Wish>,
    /// What the school has done. May be empty.
    pub steps: Vec<Step>,
    /// The contact log. May be empty.
    pub contacts: Vec<ContactRow>,
    /// The evidence. May be empty.
    pub evidence: Vec<EvidenceRow>,
    /// Other agencies told, a sentence each. May be empty.
    pub agencies: Vec<String>,
    /// Risks in contacting families, a sentence each. May be empty.
    pub risks: Vec<String>,
    /// The readiness list. May be empty.
    pub readiness: Vec<ReadyRow>,
    /// What the school asks: advice, a record, action. May be empty.
    pub asks: Vec<String>,
    /// The version of the rules that led here.
    pub rules_version: String,
    /// Who signs.
    pub sender: Sender,
}
