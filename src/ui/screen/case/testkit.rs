//! A school with one case, for the tests of the screens about cases. Everyone in it is made up.

use crate::app::{Confirmation, Cost, NewCaseFile, Secret, Session, World};
use crate::domain::{
    Account, Answers, CaseId, ContactSafe, CrimeFlag, Danger, Day, Disclosure, Draft, Household, Imagery,
    Name, Nature, Occasion, Person, PersonId, PlatformUse, Prejudice, Previous, School, SelfHarm, Setting,
    SocialCare, StaffContact, Who,
};
use tempfile::TempDir;

pub(in crate::ui::screen) const TODAY: &str = "2026-01-19";

pub(in crate::ui::screen) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// An empty case file; it lives as long as its folder.
pub(in crate::ui::screen) fn empty() -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school: School { name: "Larkfield Junior School".into(), ..School::default() },
        owner: "Mrs Helen Farrow".into(),
        passphrase: Secret::new("otter lantern copper meadow".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, World::on(day(TODAY))).unwrap();
    (folder, session)
}

fn person(session: &Session, name: &str, born: &str, adults: &str) -> Person {
    let mut person =
        Person::new(session.new_person_id().unwrap(), Name::new(name).unwrap(), Who::CurrentPupil);
    person.born = Some(day(born));
    person.class = "6H".into();
    person.handles = vec!["@kq_2015".into()];
    person.households = vec![Household {
        addressees: adults.into(),
        address: vec!["12 Station Road".into(), "Larkfield".into(), "LK4 7QR".into()],
        phone: "01632 960112".into(),
        ..Household::default()
    }];
    person
}

/// What a disclosure says of somebody who was targeted by two others.
pub(in crate::ui) fn disclosure(session: &Session, case: CaseId, target: &str) -> Disclosure {
    let target = person(session, target, "2015-06-14", "Mrs Abena Osei and Mr Kwame Osei");
    let first = person(session, "Daniel Whitmore", "2015-01-18", "Mr Paul Whitmore");
    let second = person(session, "Oliwia Łukasiewicz", "2014-11-02", "Mrs Katarzyna Łukasiewicz");
    let said = [
        ("2026-01-10", &first, "dont come to school monday"),
        (
            "2026-01-17",
            &second,
            "everyone left the group because of you, and nobody will ever ask you back in",
        ),
        ("2026-01-18", &first, "told you"),
    ];
    let occasions = said.map(|(on, by, words)| Occasion {
        id: session.new_occasion_id().unwrap(),
        case,
        on: day(on),
        time: "evening".into(),
        by: by.id,
        to: target.id,
        platform: "whatsapp".into(),
        words: words.into(),
        evidence: "Screenshot, held by the family".into(),
        more: crate::domain::Circumstances::default(),
    });
    let everyone = [target.id, first.id, second.id];
    Disclosure {
        disclosed_on: Some(day("2026-01-12")),
        told_by: "Kofi told his class teacher before registration on Monday.".into(),
        account: "He has had hurtful messages and is upset about them.".into(),
        target: Some(target),
        alleged: vec![first, second],
        occasions: occasions.into(),
        answers: answers(&everyone),
        earlier: None,
    }
}

fn answers(users: &[PersonId]) -> Answers {
    let platforms = users.iter().map(|user| PlatformUse {
        platform: "whatsapp".into(),
        user: *user,
        account: Account::Standard,
    });
    Answers {
        danger: Some(Danger::None),
        selfharm: Some(SelfHarm::No),
        imagery: Some(Imagery::None),
        setting: Some([Setting::Outside].into()),
        nature: Some(Nature::Bullying),
        crime_flags: Some([CrimeFlag::None].into()),
        prejudice: Some([Prejudice::None].into()),
        contact_safe: Some(ContactSafe::Safe),
        previous: Some(Previous::None),
        social_care: Some([SocialCare::None].into()),
        staff_contact: Some(StaffContact::None),
        opened: Some([].into()),
        child_wishes: "I want it to stop.".into(),
        platforms: platforms.collect(),
        ..Answers::default()
    }
}

/// A case about this child.
pub(in crate::ui) fn case(session: &Session, target: &str) -> CaseId {
    let id = session.new_case_id().unwrap();
    let disclosure = disclosure(session, id, target);
    let draft = Draft { id, started: day(TODAY), disclosure, at_question: "check".into() };
    let confirmation =
        Confirmation { gap_reason: "Each person is decided apart.".into(), ..Confirmation::default() };
    session.open_case(&draft, &confirmation).unwrap()
}

/// A disclosure about this child that was left half-way.
pub(in crate::ui::screen) fn draft(session: &Session, target: &str) -> CaseId {
    let id = session.new_case_id().unwrap();
    let disclosure = disclosure(session, id, target);
    let draft = Draft { id, started: day(TODAY), disclosure, at_question: "imagery".into() };
    session.save_draft(&draft).unwrap();
    id
}
