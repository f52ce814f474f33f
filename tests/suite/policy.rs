//! The policy: worked cases, the checker's refusals, and what no facts may ever do.

use casebook::app::worked_case;
use casebook::domain::{
    ActorFacts, Age, Born, Calendar, Choice, ContactSafe, Continuing, Danger, Day, Duty, Engagement, Facts,
    Gate, Imagery, LetterCode, Nature, OccasionFacts, Part, Previous, SelfHarm, StaffContact, StaffHarm,
    TargetFacts, Vocabulary, Who, Wishes,
};
use casebook::policy::{BUILT_IN, Error, Policy, Sources, TARGETS};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn codes(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

fn usable_letters(out: &Value) -> BTreeSet<String> {
    let letters = out["letters"].as_array().into_iter().flatten();
    letters.filter(|l| l["blocked"].is_null()).filter_map(|l| l["code"].as_str()).map(str::to_owned).collect()
}

fn check(name: &str, case: &Value, out: &Value) {
    let expect = &case["expect"];
    let actions = out["actions"].as_array().unwrap();
    if expect.get("duty").is_some() {
        assert_eq!(codes(&expect["duty"]), codes(&out["duty"]), "{name}: duty");
    }
    assert!(codes(&expect["duty_includes"]).is_subset(&codes(&out["duty"])), "{name}: duty");
    for key in ["options", "gates", "documents", "cites"] {
        assert!(codes(&expect[key]).is_subset(&codes(&out[key])), "{name}: {key}: {}", out[key]);
    }
    assert!(codes(&expect["letters"]).is_subset(&usable_letters(out)), "{name}: letters: {}", out["letters"]);
    for (code, due) in expect["actions"].as_object().into_iter().flatten() {
        assert!(
            actions.iter().any(|a| a["code"] == *code.as_str() && a["due"] == *due),
            "{name}: {code} by {due}"
        );
    }
    for (code, whom) in expect["letters_for"].as_object().into_iter().flatten() {
        let got = out["letters"].as_array().into_iter().flatten().filter(|l| l["code"] == *code.as_str());
        let got: BTreeSet<String> = got.filter_map(|l| l["for"].as_str()).map(str::to_owned).collect();
        assert_eq!(codes(whom), got, "{name}: {code}");
    }
    for (code, until) in expect["locked"].as_object().into_iter().flatten() {
        let letters = out["letters"].as_array().unwrap();
        assert!(
            letters.iter().any(|l| l["code"] == *code.as_str() && l["locked_until"] == *until),
            "{name}: {code}"
        );
    }
    for key in ["lead", "suggested", "attachments", "first_screen"] {
        if expect.get(key).is_some() {
            assert_eq!(expect[key], out[key], "{name}: {key}");
        }
    }
    for (key, value) in expect["readiness"].as_object().into_iter().flatten() {
        assert_eq!(*value, out["readiness"][key], "{name}: readiness {key}");
    }
    let mut all = usable_letters(out);
    for key in ["duty", "options", "gates", "documents"] {
        all.extend(codes(&out[key]));
    }
    all.extend(actions.iter().filter_map(|a| a["code"].as_str()).map(str::to_owned));
    let wrong: Vec<_> = codes(&case["must_not"]).intersection(&all).cloned().collect();
    assert!(wrong.is_empty(), "{name}: must not: {wrong:?}");
}

#[test]
fn worked_cases_come_out_as_they_must() {
    let mut count = 0;
    for entry in std::fs::read_dir(cases()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if name == "calendar" {
            continue;
        }
        let case: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let out = worked_case::decide(&path, &cases().join("calendar.json")).unwrap();
        check(&name, &case, &out);
        count += 1;
    }
    assert!(count >= 10);
}

#[test]
fn a_value_that_is_not_known_names_the_file_the_key_and_what_is_allowed() {
    let text = std::fs::read_to_string(cases().join("v02.json")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for (from, to, says) in [
        (
            "\"imagery\": \"none\"",
            "\"imagery\": \"unclear\"",
            "imagery: “unclear” is not known; use one of: none, not_sexual",
        ),
        (
            "\"id\": \"whatsapp\"",
            "\"id\": \"pigeon\"",
            "platforms.id: “pigeon” is not known; use one of: whatsapp",
        ),
        ("\"by\": \"A\"", "\"by\": \"Z\"", "occasions: “Z” is nobody in this case"),
        ("\"id\": \"B\"", "\"id\": \"A\"", "the id “A” is taken"),
        ("\"danger\": \"none\",", "", "missing field `danger`"),
        ("2026-01-17", "2026-02-31", "input is out of range"),
    ] {
        let broken = text.replace(from, to);
        assert_ne!(broken, text, "{from} is not in the case");
        let path = folder.path().join("case.json");
        std::fs::write(&path, broken).unwrap();
        let error = worked_case::decide(&path, &cases().join("calendar.json")).unwrap_err().to_string();
        assert!(error.contains(says) && error.contains("case.json"), "{error}");
    }
}

#[test]
fn a_pack_that_does_not_hold_together_is_refused_with_its_places() {
    let problems = |sources: Sources<'_>| match Policy::read(&sources) {
        Err(Error::Unsound { problems }) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        Err(Error::Shape { file, source }) => format!("{file}: {source}"),
        Ok(_) => String::from("accepted"),
    };
    assert_eq!(problems(BUILT_IN), "accepted");
    for (from, to, says) in [
        ("cite = [\"CB-E1\", \"CB-3\"", "cite = [\"CB-E9\", \"CB-3\"", "rules.toml, R09: cites “CB-E9”"),
        ("cite = [\"PU-3\"]", "cite = []", "rules.toml, R05c: cites nothing"),
        (
            "duty = [\"SIGNPOST\", ",
            "duty = [\"SIGNPOSTS\", ",
            "rules.toml, R13: duty: “SIGNPOSTS” is not known",
        ),
        (
            "\"danger is immediate\"",
            "\"danger is soon\"",
            "rules.toml, R01: danger: “soon” is not one of its values",
        ),
        ("\"danger is immediate\"", "\"weather is bad\"", "rules.toml, R01: fact: “weather” is not known"),
        ("id = \"R02\"", "id = \"R01\"", "rules.toml, R01: is there twice"),
        ("A_POLICE by same day", "A_POLICE by tomorrow", "“tomorrow” is no due time"),
        (
            "suggest = \"OPT_POLICE_ADVICE\"",
            "suggest = \"OPT_RESTORATIVE\"",
            "suggests an option that it does not offer",
        ),
        ("pauses = true", "pause = true", "unknown field `pause`"),
    ] {
        let rules = BUILT_IN.rules.replace(from, to);
        assert_ne!(rules, BUILT_IN.rules, "{from} is not in the pack");
        let found = problems(Sources { rules: &rules, ..BUILT_IN });
        assert!(found.contains(says), "{found}");
    }
    let clauses = BUILT_IN.clauses.replace("checked = \"2026-11\"", "");
    assert!(problems(Sources { clauses: &clauses, ..BUILT_IN }).contains("law and guidance need"));
    let questions = BUILT_IN.questions.replace("immediate = \"Yes, someone may be in danger now\"\n", "");
    assert!(
        problems(Sources { questions: &questions, ..BUILT_IN })
            .contains("danger: needs `short` and words for every value")
    );
}

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
            platforms: Vec::new(), occasions: days.into_iter().map(occasion).collect(), actors, final_notice: None,
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
}
