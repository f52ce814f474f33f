//! What must hold whatever the facts are.

use casebook::domain::{
    ActorFacts, Age, Attachments, Born, Calendar, Choice, ContactSafe, Continuing, Danger, Day, Decision,
    Duty, EarlierFacts, Engagement, Facts, Gate, Imagery, LetterCode, Nature, OccasionFacts, Part, Previous,
    SelfHarm, StaffContact, StaffHarm, Status, TargetFacts, Vocabulary, Who, Wishes,
};
use casebook::policy::{Policy, TARGETS};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn word<V: Vocabulary>() -> impl Strategy<Value = V> {
    prop::sample::select(V::ALL)
}

fn words<V: Vocabulary>() -> impl Strategy<Value = BTreeSet<V>> {
    prop::collection::btree_set(word::<V>(), 0..3)
}

prop_compose! {
    fn actor(at: usize)(who in word::<Who>(), eng in word::<Engagement>(), age in 6u8..16, part in word::<Part>()) -> ActorFacts {
        let id = casebook::app::short_id(at);
        ActorFacts { id, who, age: Born::Aged(Age(age)), eng, new_school: true, send: false, part, continuing: None, unanswered: 0 }
    }
}

prop_compose! {
    fn any_facts()(
        first in (word::<Danger>(), word::<SelfHarm>(), word::<Imagery>(), prop::sample::select(&TARGETS[..]), word::<Nature>(), word::<ContactSafe>()),
        second in (word::<Continuing>(), word::<Previous>(), word::<StaffContact>(), word::<Wishes>(), word::<Engagement>()),
        sets in (words(), words(), words(), words()),
        actors in (actor(0), actor(1), 1usize..3),
        days in prop::collection::vec((0i64..60, 0usize..2), 0..5),
    ) -> Facts {
        let today = Day::parse("2026-03-27").unwrap();
        let count = actors.2;
        let actors: Vec<_> = [actors.0, actors.1].into_iter().take(count).collect();
        let occasion = |(ago, by): (i64, usize)| OccasionFacts { on: today.plus_days(-ago), by: actors[by % count].id.clone(), to: "T".into() };
        Facts {
            today, disclosed_on: today.plus_days(-20),
            danger: first.0, selfharm: first.1, imagery: first.2,
            target: TargetFacts { who: first.3, age: Born::Aged(Age(9)) },
            setting: sets.0, nature: first.4, crime_flags: sets.1, prejudice: sets.2, contact_safe: first.5,
            eng_target: second.4, continuing: second.0, previous: second.1, social_care: sets.3, staff_contact: second.2, staff_harm: StaffHarm::NotAsked, leaving: false, wishes: second.3,
            platforms: Vec::new(), occasions: days.into_iter().map(occasion).collect(), actors, final_notice: None, earlier: EarlierFacts::default(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// What must hold whatever the facts are.
    #[test]
    fn no_facts_break_the_gates(facts in any_facts()) {
        let policy = Policy::built_in().unwrap();
        let decision = policy.evaluate(&facts, &Calendar::default());
        let offered = |code: LetterCode| decision.letters.iter().any(|l| l.code == code && l.blocked.is_none());
        prop_assert_eq!(&decision, &policy.evaluate(&facts, &Calendar::default()), "the same facts, another decision");
        prop_assert!(!(decision.duty.contains(&Duty::SchoolDuty) && decision.duty.contains(&Duty::NoDutyBroker)));
        let sexual = !matches!(facts.imagery, Imagery::None | Imagery::NotSexual);
        if sexual {
            prop_assert!(decision.gates.contains(&Gate::Image) && decision.duty.contains(&Duty::Safeguarding));
            prop_assert!(!decision.options.contains(&Choice::Restorative) && !offered(LetterCode::AgeAll));
        }
        if facts.danger == Danger::Immediate {
            prop_assert!(decision.first_screen.is_some() && decision.duty.contains(&Duty::Emergency));
        }
        if decision.options.contains(&Choice::PoliceHarassment) {
            prop_assert!(facts.continuing == Continuing::Yes && facts.actors.iter().any(|a| a.eng == Engagement::Refused));
        }
        if facts.contact_safe == ContactSafe::PoliceSayWait {
            prop_assert!(decision.letters.iter().all(|l| l.about.is_none() || l.blocked.is_some() || l.code == LetterCode::NewSchool));
        }
        let current = facts.actors.iter().any(|a| a.who == Who::CurrentPupil && a.part == Part::Messages);
        let pupils = matches!(facts.nature, Nature::Bullying | Nature::OneOff | Nature::NotKnown) && facts.staff_contact == StaffContact::None;
        if current && pupils {
            let route = decision.duty.contains(&Duty::SchoolDuty) || decision.paused.contains(&Duty::SchoolDuty);
            prop_assert!(route, "a pupil of this school and no duty: {:?}", decision.duty);
        }
        for finding in &decision.trace {
            prop_assert!(!finding.cite.is_empty() && !finding.because.is_empty());
        }
    }

    /// Another person alleged takes no duty from the first.
    #[test]
    fn one_more_person_takes_nothing_from_another(facts in any_facts()) {
        let policy = Policy::built_in().unwrap();
        let given = |facts: &Facts, id: &str| -> BTreeSet<&'static str> {
            let decision = policy.evaluate(facts, &Calendar::default());
            let theirs = decision.trace.iter().filter(|f| f.about.as_deref() == Some(id));
            let codes = theirs.filter(|f| f.status != Status::Nearly).flat_map(|f| f.adds.clone());
            let codes: BTreeSet<String> = codes.collect();
            Duty::ALL.iter().map(|d| d.id()).filter(|id| codes.contains(*id)).collect()
        };
        let all = given(&facts, "A");
        let alone = Facts { actors: vec![facts.actors[0].clone()], ..facts.clone() };
        let alone = Facts { occasions: facts.occasions.iter().filter(|o| o.by == "A").cloned().collect(), ..alone };
        let with_occasions = alone.occasions.len() == facts.occasions.len();
        // Where the dated occasions are the other's, “has it gone on” is answered for the first alone.
        if with_occasions || facts.continuing != Continuing::Yes {
            prop_assert!(given(&alone, "A").is_subset(&all), "{:?} against {:?}", given(&alone, "A"), all);
        }
    }

    /// Once a picture has closed the gate, no other answer opens it.
    #[test]
    fn the_image_gate_stays_closed(facts in any_facts(), other in any_facts(), at in 0usize..3) {
        let imagery = [Imagery::NudeUnder18, Imagery::AiNudeUnder18, Imagery::NotKnown][at];
        let policy = Policy::built_in().unwrap();
        for facts in [Facts { imagery, ..facts }, Facts { imagery, ..other }] {
            let decision = policy.evaluate(&facts, &Calendar::default());
            prop_assert_eq!(decision.attachments, Attachments::Locked);
            prop_assert!(!decision.options.contains(&Choice::Restorative));
        }
    }

    /// The proof and the decision read the rules alike: a duty that no finding explains does not exist.
    #[test]
    fn every_duty_has_a_finding(facts in any_facts()) {
        let decision: Decision = Policy::built_in().unwrap().evaluate(&facts, &Calendar::default());
        prop_assert!(!decision.duty.is_empty(), "no duty");
        for duty in &decision.duty {
            let explained = decision.trace.iter().any(|f| f.status == Status::Fired && f.adds.iter().any(|c| c == duty.id()));
            prop_assert!(explained, "{duty}");
        }
    }
}
