//! The facts that benches decide on.

use casebook::domain::{
    Account, ActorFacts, Age, Born, ContactSafe, Continuing, Danger, Day, EarlierFacts, Engagement, Facts,
    Imagery, Nature, OccasionFacts, Part, PlatformFacts, Previous, SelfHarm, Setting, StaffContact,
    StaffHarm, TargetFacts, Who, Wishes,
};

/// A day as it is written in records.
pub(crate) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// What a usual case is decided on: one alleged, three occasions.
pub(crate) fn usual() -> Facts {
    let occasion = |n| OccasionFacts { on: day("2026-03-01").plus_days(n), by: "A".into(), to: "T".into() };
    Facts {
        today: day("2026-03-27"),
        disclosed_on: day("2026-03-02"),
        danger: Danger::None,
        selfharm: SelfHarm::No,
        imagery: Imagery::NotSexual,
        target: TargetFacts { who: Who::CurrentPupil, age: Born::On(day("2015-06-14")) },
        actors: vec![ActorFacts {
            id: "A".into(),
            who: Who::CurrentPupil,
            age: Born::Aged(Age(10)),
            eng: Engagement::Engaged,
            new_school: false,
            send: false,
            part: Part::Messages,
            continuing: None,
            unanswered: 0,
        }],
        setting: [Setting::Outside].into(),
        nature: Nature::Bullying,
        crime_flags: [].into(),
        prejudice: [].into(),
        contact_safe: ContactSafe::Safe,
        eng_target: Engagement::Engaged,
        continuing: Continuing::No,
        previous: Previous::None,
        social_care: [].into(),
        staff_contact: StaffContact::None,
        staff_harm: StaffHarm::NotAsked,
        leaving: false,
        wishes: Wishes::Recorded,
        platforms: vec![PlatformFacts {
            platform: "whatsapp".into(),
            account: Account::Standard,
            user: None,
        }],
        occasions: (0..3).map(occasion).collect(),
        final_notice: None,
        earlier: EarlierFacts::default(),
    }
}
