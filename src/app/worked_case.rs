//! A disclosure as a file for `casebook decide`: read, evaluated under the built-in policy, and written as JSON.

use super::complete;
use super::linked::Earlier;
use crate::domain::{
    Account, ActorFacts, Age, Answers, Born, Calendar, ContactSafe, Continuing, CrimeFlag, Danger, Day,
    Decision, Disclosure, Engagement, Facts, Imagery, LetterCode, Name, Nature, OccasionFacts, Part, Person,
    PersonId, PlatformFacts, Prejudice, Previous, SelfHarm, Setting, SocialCare, StaffContact, StaffHarm,
    TargetFacts, Vocabulary, Who, Wishes,
};
use crate::policy::{Policy, TARGETS};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Why a worked case cannot be decided.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("{}: cannot be read ({source})", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not JSON of the right shape, or a value is not one that the schema knows.
    #[error("{}: {source}", path.display())]
    Shape {
        /// Which file.
        path: PathBuf,
        /// What and where.
        #[source]
        source: serde_json::Error,
    },
    /// The facts do not fit together.
    #[error("{}: {place}: {what}", path.display())]
    Facts {
        /// Which file.
        path: PathBuf,
        /// The key.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// The built-in policy does not hold together.
    #[error(transparent)]
    Policy(#[from] crate::policy::Error),
}

#[derive(Deserialize)]
struct CaseFile {
    today: Day,
    disclosed_on: Day,
    given: Given,
}

#[derive(Deserialize)]
struct Given {
    danger: Danger,
    selfharm: SelfHarm,
    imagery: Imagery,
    target: Target,
    actors: Vec<Actor>,
    #[serde(default)]
    setting: BTreeSet<Setting>,
    nature: Nature,
    #[serde(default)]
    crime_flags: BTreeSet<CrimeFlag>,
    #[serde(default)]
    prejudice: BTreeSet<Prejudice>,
    contact_safe: ContactSafe,
    eng_target: Engagement,
    continuing: Continuing,
    previous: Previous,
    #[serde(default)]
    social_care: BTreeSet<SocialCare>,
    staff_contact: StaffContact,
    staff_harm: Option<StaffHarm>,
    #[serde(default)]
    leaving: bool,
    #[serde(default)]
    wishes: String,
    #[serde(default)]
    platforms: Vec<Platform>,
    #[serde(default)]
    occasions: Vec<OccasionFacts>,
    final_notice: Option<Day>,
}

#[derive(Deserialize)]
struct Target {
    who: Who,
    age: Option<AgeGiven>,
    dob: Option<Day>,
}

#[derive(Deserialize)]
struct Actor {
    id: String,
    who: Who,
    age: Option<AgeGiven>,
    dob: Option<Day>,
    eng: Engagement,
    new_school: Option<String>,
    #[serde(default)]
    send: bool,
    role: Option<Part>,
    #[serde(default)]
    unanswered: u32,
}

#[derive(Deserialize)]
struct Platform {
    id: String,
    account: Option<Account>,
    user: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "Value")]
enum AgeGiven {
    Years(Age),
    Adult,
}

impl TryFrom<Value> for AgeGiven {
    type Error = String;
    fn try_from(value: Value) -> Result<Self, String> {
        match &value {
            Value::String(word) if word == "18+" => Ok(Self::Adult),
            Value::Number(n) => n
                .as_u64()
                .and_then(|n| u8::try_from(n).ok())
                .filter(|n| *n < 120)
                .map(|n| Self::Years(Age(n)))
                .ok_or_else(|| format!("age: {n} is no age; use a number of years, \"18+\" or null")),
            other => Err(format!("age: {other} is not known; use a number of years, \"18+\" or null")),
        }
    }
}

fn born(dob: Option<Day>, age: Option<AgeGiven>) -> Born {
    match (dob, age) {
        (Some(day), _) => Born::On(day),
        (None, Some(AgeGiven::Years(age))) => Born::Aged(age),
        (None, Some(AgeGiven::Adult)) => Born::Adult,
        (None, None) => Born::Unknown,
    }
}

/// Decides the case in one file with the calendar in another.
///
/// # Errors
/// A file that cannot be read, or a value that is not known: the message names the file, the key and what is allowed.
pub fn decide(case: &Path, calendar: &Path) -> Result<Value, Error> {
    let policy = Policy::built_in()?;
    let calendar: Calendar = read(calendar)?;
    let file: CaseFile = read(case)?;
    let facts =
        facts(&policy, file).map_err(|(place, what)| Error::Facts { path: case.to_owned(), place, what })?;
    let decision = policy.evaluate(&facts, &calendar);
    Ok(to_json(&decision))
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = std::fs::read(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
    serde_json::from_slice(&text).map_err(|source| Error::Shape { path: path.to_owned(), source })
}

/// Whether everybody named in the file is somebody, and every platform known: otherwise the place and what is wrong.
fn make_sense(policy: &Policy, given: &Given) -> Result<(), (String, String)> {
    let ids: Vec<&str> = given.actors.iter().map(|a| a.id.as_str()).collect();
    for (at, id) in ids.iter().enumerate() {
        if *id == "T" || ids[..at].contains(id) {
            return Err(("actors".into(), format!("the id “{id}” is taken")));
        }
    }
    if !TARGETS.contains(&given.target.who) {
        let allowed: Vec<&str> = TARGETS.iter().map(|who| who.id()).collect();
        let what =
            format!("“{}” cannot be targeted here; use one of: {}", given.target.who, allowed.join(", "));
        return Err(("target.who".into(), what));
    }
    let known = |id: &str| id == "T" || ids.contains(&id);
    for occasion in &given.occasions {
        if let Some(id) = [&occasion.by, &occasion.to].into_iter().find(|id| !known(id)) {
            return Err((
                "occasions".into(),
                format!("“{id}” is nobody in this case; use one of: T, {}", ids.join(", ")),
            ));
        }
    }
    for platform in &given.platforms {
        if !policy.ages.knows(&platform.id) {
            let names: Vec<&str> = policy.ages.platforms().into_iter().map(|(id, _)| id).collect();
            return Err((
                "platforms.id".into(),
                format!("“{}” is not known; use one of: {}", platform.id, names.join(", ")),
            ));
        }
        if let Some(user) = platform.user.as_deref().filter(|user| !known(user)) {
            return Err((
                "platforms.user".into(),
                format!("“{user}” is nobody in this case; use one of: T, {}", ids.join(", ")),
            ));
        }
    }
    Ok(())
}

/// The facts of a case file. What a lead answers is completed as in a real case; what dated records show there (ages, how a
/// family responded, whether it continues) is stated in the file.
fn facts(policy: &Policy, file: CaseFile) -> Result<Facts, (String, String)> {
    make_sense(policy, &file.given)?;
    let disclosure = disclosure(&file)?;
    let given = file.given;
    let answered = complete::facts(&disclosure, &[], &Earlier::default(), file.today);
    let stated = |(actor, given): (ActorFacts, Actor)| ActorFacts {
        age: born(given.dob, given.age),
        id: given.id,
        eng: given.eng,
        continuing: None,
        unanswered: given.unanswered,
        ..actor
    };
    Ok(Facts {
        target: TargetFacts { age: born(given.target.dob, given.target.age), ..answered.target },
        actors: answered.actors.into_iter().zip(given.actors).map(stated).collect(),
        eng_target: given.eng_target,
        continuing: given.continuing,
        leaving: given.leaving,
        platforms: given
            .platforms
            .into_iter()
            .map(|p| PlatformFacts {
                platform: p.id,
                account: p.account.unwrap_or(Account::Unknown),
                user: p.user,
            })
            .collect(),
        occasions: given.occasions,
        final_notice: given.final_notice,
        ..answered
    })
}

/// The people of a case file and what its lead answers.
fn disclosure(file: &CaseFile) -> Result<Disclosure, (String, String)> {
    let given = &file.given;
    // Nobody reads the name; whoever has a record has one.
    let name = Name::new("Somebody").map_err(|error| ("actors".to_owned(), error.to_string()))?;
    let person = |bits: u64, who: Who| Person::new(PersonId::new(bits), name.clone(), who);
    let alleged: Vec<Person> = given
        .actors
        .iter()
        .zip(1..)
        .map(|(actor, bits)| {
            let mut alleged = person(bits, actor.who);
            alleged.send = actor.send;
            if actor.new_school.as_deref() != Some("unknown") {
                alleged.school = "A school".into();
            }
            alleged
        })
        .collect();
    let only =
        |(actor, person): (&Actor, &Person)| (actor.role == Some(Part::FirewallOnly)).then_some(person.id);
    let wishes = match given.wishes.as_str() {
        "" | "not_recorded" => Wishes::NotRecorded,
        "police" => Wishes::Police,
        "no_police" => Wishes::NoPolice,
        _ => Wishes::Recorded,
    };
    let answers = Answers {
        danger: Some(given.danger),
        selfharm: Some(given.selfharm),
        imagery: Some(given.imagery),
        setting: Some(given.setting.clone()),
        nature: Some(given.nature),
        crime_flags: Some(given.crime_flags.clone()),
        prejudice: Some(given.prejudice.clone()),
        contact_safe: Some(given.contact_safe),
        previous: Some(given.previous),
        social_care: Some(given.social_care.clone()),
        staff_contact: Some(given.staff_contact),
        staff_harm: given.staff_harm,
        wishes: Some(wishes),
        firewall_only: given.actors.iter().zip(&alleged).filter_map(only).collect(),
        ..Answers::default()
    };
    Ok(Disclosure {
        disclosed_on: Some(file.disclosed_on),
        target: Some(person(0, given.target.who)),
        alleged,
        answers,
        ..Disclosure::default()
    })
}

/// The decision as `casebook decide --json` prints it. A letter to a school is for nobody in the case.
fn to_json(decision: &Decision) -> Value {
    let Ok(Value::Object(mut out)) = serde_json::to_value(decision) else { return Value::Null };
    let counts: Map<String, Value> =
        decision.occasion_counts.iter().map(|(id, n)| (id.clone(), json!(n))).collect();
    out.insert("occasion_counts".into(), Value::Object(counts));
    let letters: Vec<Value> = decision
        .letters
        .iter()
        .map(|letter| {
            let about = if letter.code == LetterCode::NewSchool { None } else { letter.about.as_deref() };
            json!({ "code": letter.code, "for": about, "blocked": letter.blocked, "locked_until": letter.locked_until })
        })
        .collect();
    out.insert("letters".into(), Value::Array(letters));
    Value::Object(out)
}
