//! The fields of what goes to other agencies: another school, the police, social care, the LADO.

use super::home::filled;
use super::{Filled, OwnWords, Sender, Step, blank};
use crate::domain::Day;
use serde::{Deserialize, Serialize};

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
    /// Their pupil is the targeted child; otherwise, the one alleged to be responsible.
    pub theirs_targeted: bool,
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
    /// When: day and time, as noted. May be blank.
    pub when: String,
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
    /// Who the person is stands on the key page, apart from the summary.
    pub on_key_page: bool,
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
    /// Which account the occasions came from, by their numbers. Of those on the key page only; may be blank.
    pub sent_from: String,
    /// Special needs and communication.
    pub needs: String,
    /// Language and interpreter.
    pub language: String,
    /// A social worker.
    pub social_worker: String,
}

/// One more thing that is recorded of something.
#[derive(Clone, Serialize)]
pub struct Known {
    /// What it is called.
    pub label: String,
    /// What it says.
    pub words: String,
}

/// The occasions that one case recorded.
#[derive(Clone, Serialize)]
pub struct OccasionGroup {
    /// Which case, where there are several. May be blank.
    pub heading: String,
    /// The occasions in order.
    pub rows: Vec<OccasionRow>,
}

/// One occasion in a referral.
#[derive(Clone, Serialize)]
pub struct OccasionRow {
    /// Its number in the paper, from 1.
    pub number: usize,
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
    /// What else is recorded of it. May be empty.
    pub more: Vec<Known>,
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
    /// How many of them an earlier linked case recorded.
    pub earlier: usize,
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
    /// The references of earlier linked cases whose occasions are listed too. May be empty.
    pub earlier: Vec<String>,
    /// The occasions, the earliest case first.
    pub occasions: Vec<OccasionGroup>,
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
    /// A picture is reported that the school has not looked at.
    pub picture_reported: bool,
    /// Where the devices are, and who has them. May be blank.
    pub device: OwnWords,
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

/// A child as an agency's form asks for it. Whatever is blank is printed as not recorded.
#[derive(Clone, Default, Serialize)]
pub struct ChildBlock {
    /// The name.
    pub name: String,
    /// What everyone calls them.
    pub known_as: String,
    /// The date of birth.
    pub born: String,
    /// The age today.
    pub age: String,
    /// The gender.
    pub gender: String,
    /// The ethnicity.
    pub ethnicity: String,
    /// The religion.
    pub religion: String,
    /// The first language, and an interpreter.
    pub language: String,
    /// Disability and communication.
    pub needs: String,
    /// School and class.
    pub school: String,
    /// UPN or NHS number.
    pub numbers: String,
    /// What social care does so far.
    pub social_care: String,
}

/// A home, as an agency's form asks for it.
#[derive(Clone, Serialize)]
pub struct HomeRow {
    /// The adults.
    pub adults: String,
    /// The address.
    pub address: String,
    /// The telephone number.
    pub phone: String,
}

/// Whether the family agreed to a referral.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// It did.
    Given,
    /// It was asked and did not.
    Refused,
    /// It was not asked.
    NotAsked,
}

/// `DOC_MARF`
#[derive(Clone, Serialize)]
pub struct MarfFields {
    /// When it was telephoned, to whom. May be blank.
    pub phoned: OwnWords,
    /// The child.
    pub child: ChildBlock,
    /// Where the child lives. May be empty.
    pub homes: Vec<HomeRow>,
    /// Others who matter to the child. May be blank.
    pub others: OwnWords,
    /// Who has parental responsibility. May be blank.
    pub responsibility: OwnWords,
    /// Whether the family agreed.
    pub consent: Consent,
    /// Who gave it, or why not.
    pub consent_detail: OwnWords,
    /// The child's views. May be blank.
    pub child_views: OwnWords,
    /// The family's views. May be blank.
    pub family_views: OwnWords,
    /// What must be kept confidential, and why. May be blank.
    pub confidential: OwnWords,
    /// Why the school refers.
    pub reason: OwnWords,
    /// The occasions. May be empty.
    pub occasions: Vec<OccasionRow>,
    /// What is worrying.
    pub worrying: OwnWords,
    /// What is working well.
    pub working: OwnWords,
    /// What needs to happen.
    pub needed: OwnWords,
    /// The level of need, by the council's thresholds.
    pub level: OwnWords,
    /// What the school has done. May be empty.
    pub steps: Vec<Step>,
    /// Earlier help. May be blank.
    pub earlier: OwnWords,
    /// Others who work with the family. May be blank.
    pub agencies: OwnWords,
    /// Immediate risks, those to workers too.
    pub risks: OwnWords,
    /// What is attached. May be blank.
    pub attached: OwnWords,
    /// Who signs.
    pub sender: Sender,
}

/// What the referrer thinks of one of the four questions about an adult.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It may be so.
    Yes,
    /// It is not.
    No,
    /// Not known.
    NotKnown,
}

/// `DOC_LADO`
#[derive(Clone, Serialize)]
pub struct LadoFields {
    /// When somebody spoke with the LADO. May be blank.
    pub spoken: OwnWords,
    /// The adult.
    pub adult: ChildBlock,
    /// The adult's role with children.
    pub role: OwnWords,
    /// Other work with children. May be blank.
    pub other_work: OwnWords,
    /// The child.
    pub child: ChildBlock,
    /// The adult may have harmed a child.
    pub harmed: Answer,
    /// There may be an offence.
    pub offence: Answer,
    /// There may be a risk.
    pub risk: Answer,
    /// The adult may be unsuitable.
    pub unsuitable: Answer,
    /// How it came to light. May be blank.
    pub told_by: String,
    /// What was said. May be blank.
    pub account: String,
    /// The occasions. May be empty.
    pub occasions: Vec<OccasionRow>,
    /// Who knows.
    pub who_knows: OwnWords,
    /// What was done at once.
    pub steps_taken: OwnWords,
    /// Whether the family has been told. May be blank.
    pub family_told: OwnWords,
    /// Who signs.
    pub sender: Sender,
}

filled! {
    NewSchoolFields(f) => [
        ("to", blank(&f.to)),
        ("our_pupil", blank(&f.our_pupil)),
        ("their_pupil", blank(&f.their_pupil)),
        ("points", f.points.is_empty()),
        ("risk", blank(&f.risk)),
        ("families_know", blank(&f.families_know)),
    ];
    PoliceFields(f) => [
        ("urgency", blank(&f.urgency)),
        ("why_now", f.why_now.is_empty()),
        ("people", f.people.is_empty()),
        ("occasions", f.occasions.is_empty()),
        ("rules_version", blank(&f.rules_version)),
    ];
    MarfFields(f) => [
        ("child.name", blank(&f.child.name)),
        ("consent_detail", f.consent_detail.is_blank()),
        ("reason", f.reason.is_blank()),
        ("worrying", f.worrying.is_blank()),
        ("working", f.working.is_blank()),
        ("needed", f.needed.is_blank()),
        ("level", f.level.is_blank()),
        ("risks", f.risks.is_blank()),
    ];
    LadoFields(f) => [
        ("adult.name", blank(&f.adult.name)),
        ("role", f.role.is_blank()),
        ("child.name", blank(&f.child.name)),
        ("who_knows", f.who_knows.is_blank()),
        ("steps_taken", f.steps_taken.is_blank()),
    ];
}
