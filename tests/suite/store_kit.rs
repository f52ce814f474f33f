//! What tests on case files share: randomness, a stamp, a cheap cost, and one of every kind of record.

use casebook::domain::{
    Account, ActionCode, ActionId, ActionItem, ActionState, Answers, Attachments, Born, Case, CaseId,
    CaseState, Channel, Contact, ContactId, ContactSafe, Continuing, Danger, Day, Decision, DecisionId,
    DecisionRecord, Departure, Disclosure, Draft, Duty, EarlierFacts, Engagement, Facts, Household, Imagery,
    Lead, LetterCode, LetterId, LetterRecord, Letterhead, Name, Nature, NoRandomness, Occasion,
    OccasionFacts, OccasionId, Paper, PaperCode, Person, PersonId, PlatformUse, Previous, Purpose, Random,
    Readiness, Response, School, SelfHarm, Setting, Signatory, StaffContact, StaffHarm, TargetFacts, Who,
    Wishes,
};
use casebook::store::{Cost, Secret, Stamp, Store};
use chrono::DateTime;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The cheapest cost that is allowed.
pub(crate) const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

/// The operating system's randomness.
pub(crate) struct System;

impl Random for System {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        getrandom::fill(bytes).map_err(|_| NoRandomness)
    }
}

/// Randomness as the store takes it.
pub(crate) fn random() -> Arc<dyn Random> {
    Arc::new(System)
}

/// A secret of these words.
pub(crate) fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

/// The passphrase of every file made here.
pub(crate) const PASSPHRASE: &str = "plum ladder ocean tidy fork";

/// The first second of 2026, and somebody.
pub(crate) fn stamp() -> Stamp<'static> {
    Stamp { at: DateTime::from_timestamp(1_767_225_600, 0).unwrap(), actor: "A. Head" }
}

/// A new case file: its temporary folder, its own folder, itself, its recovery words.
pub(crate) fn new_file() -> (tempfile::TempDir, PathBuf, Store, Secret) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("Oakfield.casebook");
    let (store, words) = create(&path);
    (dir, path, store, words)
}

/// A new case file at a place.
pub(crate) fn create(path: &Path) -> (Store, Secret) {
    let (store, words) =
        Store::create(path, "Headteacher", &secret(PASSPHRASE), CHEAP, random(), &stamp()).unwrap();
    (store, secret(&words.as_slice().join(" ")))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A person with this text in every field that takes one.
pub(crate) fn person(id: u64, text: &str) -> Person {
    let mut person = Person::new(PersonId::new(id), Name::new(text).unwrap(), Who::CurrentPupil);
    person.known_as = text.into();
    person.born = Some(day("2016-02-29"));
    person.class = text.into();
    person.school = text.into();
    person.handles = vec![text.into()];
    person.phones = vec![text.into()];
    person.households =
        vec![Household { addressees: text.into(), address: vec![text.into()], ..Household::default() }];
    person.note = text.into();
    person
}

/// A case.
pub(crate) fn case(id: u64, text: &str) -> Case {
    Case {
        id: CaseId::new(id),
        reference: text.into(),
        opened_on: day("2026-01-19"),
        disclosed_on: day("2026-01-19"),
        told_by: text.into(),
        account: text.into(),
        target: PersonId::new(1),
        alleged: vec![PersonId::new(2)],
        answers: Answers {
            child_wishes: text.into(),
            platforms: vec![PlatformUse {
                platform: text.into(),
                user: PersonId::new(2),
                account: Account::Standard,
            }],
            ..Answers::default()
        },
        state: CaseState::Closed { on: day("2026-03-02"), why: text.into() },
        earlier: None,
        identified: Vec::new(),
    }
}

/// An occasion in a case.
pub(crate) fn occasion(id: u64, case: u64, text: &str) -> Occasion {
    Occasion {
        id: OccasionId::new(id),
        case: CaseId::new(case),
        on: day("2026-01-17"),
        time: text.into(),
        by: PersonId::new(2),
        to: PersonId::new(1),
        platform: text.into(),
        words: text.into(),
        evidence: text.into(),
        more: casebook::domain::Circumstances::default(),
    }
}

/// A contact with a family in a case.
pub(crate) fn contact(id: u64, case: u64, text: &str) -> Contact {
    Contact {
        id: ContactId::new(id),
        case: CaseId::new(case),
        family_of: PersonId::new(2),
        on: day("2026-01-20"),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: true,
        response: Response::Engaged,
        note: text.into(),
        letter: Some(LetterId::new(3)),
    }
}

/// An action in a case.
pub(crate) fn action(id: u64, case: u64, text: &str) -> ActionItem {
    ActionItem {
        id: ActionId::new(id),
        case: CaseId::new(case),
        code: ActionCode::Safety,
        about: Some(PersonId::new(1)),
        due: day("2026-01-21"),
        lead: Lead::Head,
        state: ActionState::Done { on: day("2026-01-20"), note: text.into() },
        own: None,
    }
}

/// A letter in a case.
pub(crate) fn letter(id: u64, case: u64, text: &str) -> LetterRecord {
    let paper = Paper {
        title: text.into(),
        language: "en-GB".into(),
        letterhead: Letterhead { name: text.into(), lines: vec![text.into()] },
        address: vec![text.into()],
        date: text.into(),
        reference: text.into(),
        body: text.into(),
        footer: text.into(),
        watermark: Some(text.into()),
        large_print: false,
        easy_read: false,
        translation: None,
    };
    let code = PaperCode::Letter(LetterCode::Target);
    let draft = LetterRecord::draft(LetterId::new(id), CaseId::new(case), code, text.into(), vec![paper]);
    LetterRecord { about: Some(PersonId::new(1)), written_by: text.into(), ..draft }
}

/// A draft of a disclosure.
pub(crate) fn draft(id: u64, text: &str) -> Draft {
    Draft {
        id: CaseId::new(id),
        started: day("2026-01-19"),
        disclosure: Disclosure {
            told_by: text.into(),
            account: text.into(),
            target: Some(person(1, text)),
            alleged: vec![person(2, text)],
            occasions: vec![occasion(1, id, text)],
            ..Disclosure::default()
        },
        at_question: text.into(),
    }
}

/// The school.
pub(crate) fn school(text: &str) -> School {
    School {
        name: text.into(),
        address: vec![text.into()],
        signatory: Signatory { name: text.into(), ..Signatory::default() },
        ..School::default()
    }
}

fn facts(text: &str) -> Facts {
    Facts {
        today: day("2026-01-19"),
        disclosed_on: day("2026-01-19"),
        danger: Danger::None,
        selfharm: SelfHarm::No,
        imagery: Imagery::None,
        target: TargetFacts { who: Who::CurrentPupil, age: Born::On(day("2016-02-29")) },
        actors: vec![],
        setting: [Setting::Outside].into(),
        nature: Nature::Bullying,
        crime_flags: [].into(),
        prejudice: [].into(),
        contact_safe: ContactSafe::Safe,
        eng_target: Engagement::NotYet,
        continuing: Continuing::Unknown,
        previous: Previous::None,
        social_care: [].into(),
        staff_contact: StaffContact::None,
        staff_harm: StaffHarm::NotAsked,
        leaving: false,
        wishes: Wishes::NotRecorded,
        platforms: vec![],
        occasions: vec![OccasionFacts { on: day("2026-01-17"), by: text.into(), to: "T".into() }],
        final_notice: None,
        earlier: EarlierFacts::default(),
    }
}

/// A decision in a case.
pub(crate) fn decision(id: u64, case: u64, text: &str) -> DecisionRecord {
    DecisionRecord {
        id: DecisionId::new(id),
        case: CaseId::new(case),
        on: day("2026-01-19"),
        facts: facts(text),
        people: vec![("A".into(), PersonId::new(2))],
        decision: Decision {
            policy: text.into(),
            duty: vec![Duty::SchoolDuty],
            paused: vec![],
            options: vec![],
            suggested: None,
            gates: vec![],
            letters: vec![],
            documents: vec![],
            actions: vec![],
            lead: Lead::Head,
            cites: vec![text.into()],
            attachments: Attachments::Open,
            separate_file: false,
            first_screen: None,
            readiness: Readiness::default(),
            occasion_counts: vec![],
            under_age: vec![],
            trace: vec![],
        },
        confirmed_by: text.into(),
        departures: vec![Departure { code: "OPT_EARLY_HELP".into(), about: None, reason: text.into() }],
    }
}

/// A place for a case file that every user of this computer may read.
pub(crate) fn readable_by_all(path: &Path) {
    for entry in std::fs::read_dir(path).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            readable_by_all(&path);
        } else {
            permit(&path, 0o444);
        }
    }
    permit(path, 0o555);
}

/// Sets a file's permissions, where the system has such.
pub(crate) fn permit(path: &Path, mode: u32) {
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    #[cfg(not(unix))]
    let _ = (path, mode);
}

/// A run of one ignored test of this very binary in a process of its own, for what a test cannot do to itself.
pub(crate) fn child(program: &Path, test: &str) -> Vec<String> {
    let program = program.to_str().unwrap().to_owned();
    [program.as_str(), "--exact", test, "--ignored", "--nocapture"].map(str::to_owned).to_vec()
}
