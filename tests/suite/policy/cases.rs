//! Worked cases: whole ones, and the smallest for each rule and each clause.

use casebook::app::worked_case;
use casebook::policy::{ClauseKind, Policy};
use serde_json::{Value, json};
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
    for code in codes(&expect["blocked"]) {
        let letters = out["letters"].as_array().into_iter().flatten();
        let theirs: Vec<_> = letters
            .filter(|l| l["code"] == *code.as_str() && !l["for"].is_null() && l["for"] != "T")
            .collect();
        assert!(
            !theirs.is_empty() && theirs.iter().all(|l| !l["blocked"].is_null()),
            "{name}: {code} not blocked"
        );
    }
    if expect.get("letters_exact").is_some() {
        assert_eq!(codes(&expect["letters_exact"]), usable_letters(out), "{name}: letters");
    }
    for code in codes(&expect["action_codes"]) {
        assert!(actions.iter().any(|a| a["code"] == *code.as_str()), "{name}: no {code}");
    }
    if let Some(rows) = expect["under_age"].as_array() {
        let got = out["under_age"].as_array().unwrap();
        assert_eq!(rows.len(), got.len(), "{name}: under_age: {got:?}");
        for row in rows {
            let same = |r: &&Value| row.as_object().unwrap().iter().all(|(k, v)| r[k] == *v);
            assert!(got.iter().any(|r| same(&r)), "{name}: under_age has no {row}");
        }
    }
    for key in ["lead", "suggested", "attachments", "first_screen", "separate_file"] {
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
        if name == "calendar" || path.extension().is_none_or(|e| e != "json") {
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

/// A case in which nothing is out of the ordinary: two messages at the weekend from one pupil to another.
fn plain() -> Value {
    json!({
        "today": "2026-03-16", "disclosed_on": "2026-03-16",
        "given": {
            "danger": "none", "selfharm": "no", "imagery": "none",
            "target": { "who": "current_pupil", "dob": "2015-06-14" },
            "setting": ["outside"], "nature": "bullying", "crime_flags": [], "prejudice": [],
            "contact_safe": "safe", "eng_target": "not_yet", "continuing": "unknown", "previous": "none",
            "social_care": [], "staff_contact": "none", "wishes": "not_recorded",
            "actors": [{ "id": "A", "who": "current_pupil", "age": 10, "eng": "not_yet" }],
            "platforms": [{ "id": "whatsapp", "account": "standard" }],
            "occasions": [
                { "on": "2026-03-14", "by": "A", "to": "T" },
                { "on": "2026-03-15", "by": "A", "to": "T" },
            ],
        },
    })
}

/// The cases of `rules.toml`, each laid over the plain one.
fn rule_cases() -> Vec<Value> {
    let text = std::fs::read_to_string(cases().join("rules.toml")).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let Value::Array(all) = serde_json::to_value(&table["case"]).unwrap() else { panic!("no cases") };
    let over = |mut case: Value| {
        let mut whole = plain();
        for key in ["today", "disclosed_on"] {
            if let Some(day) = case.get(key) {
                whole[key] = day.clone();
            }
        }
        for (key, value) in case["given"].as_object().unwrap() {
            whole["given"][key] = value.clone();
        }
        for key in ["why", "rules", "expect", "must_not"] {
            whole[key] = case[key].take();
        }
        whole
    };
    all.into_iter().map(over).collect()
}

fn decide(case: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.json");
    std::fs::write(&path, case.to_string()).unwrap();
    worked_case::decide(&path, &cases().join("calendar.json"))
        .unwrap_or_else(|e| panic!("{}: {e}", case["why"]))
}

fn fired(out: &Value) -> BTreeSet<String> {
    let trace = out["trace"].as_array().unwrap().iter();
    trace.filter(|f| f["status"] == "fired").map(|f| f["rule"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_rule_does_what_its_smallest_case_says() {
    for case in rule_cases() {
        let out = decide(&case);
        let name = case["why"].as_str().unwrap();
        assert!(codes(&case["rules"]).is_subset(&fired(&out)), "{name}: fired only {:?}", fired(&out));
        check(name, &case, &out);
    }
}

#[test]
fn no_rule_and_no_clause_is_without_a_case() {
    let policy = Policy::built_in().unwrap();
    let (mut rules, mut cited) = (BTreeSet::new(), BTreeSet::new());
    for case in rule_cases() {
        rules.extend(codes(&case["rules"]));
        cited.extend(codes(&decide(&case)["cites"]));
    }
    let without: Vec<&str> = policy.rule_ids().filter(|id| !rules.contains(*id)).collect();
    assert!(without.is_empty(), "rules that no case names: {without:?}");
    for number in 1..=33 {
        let id = format!("R{number:02}");
        assert!(rules.iter().any(|rule| rule.starts_with(&id)), "{id} of the decision table has no case");
    }
    let own = policy.clauses.values().filter(|clause| clause.kind == ClauseKind::Policy);
    let without: Vec<&str> =
        own.map(|clause| clause.key.as_str()).filter(|key| !cited.contains(*key)).collect();
    assert!(without.is_empty(), "clauses that no case cites: {without:?}");
}
