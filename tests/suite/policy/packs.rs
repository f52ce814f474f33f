//! Packs: what is refused, with its place and the counter-example, and how a school's own pack is loaded and switched.

use casebook::policy::{BUILT_IN, Error, FILES, Policy, Sources};
use std::collections::BTreeMap;

fn said(result: Result<impl Sized, Error>) -> String {
    match result {
        Err(Error::Unsound { problems }) => {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        }
        Err(Error::Shape { file, source }) => format!("{file}: {source}"),
        Err(Error::Missing { file }) => format!("{file} is missing"),
        Ok(_) => String::from("accepted"),
    }
}

#[test]
fn a_pack_that_does_not_hold_together_is_refused_with_its_places() {
    let problems = |sources: Sources<'_>| said(Policy::read(&sources));
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

/// The built-in rules with one thing changed, read and proved.
fn proved_with(from: &str, to: &str) -> String {
    let rules = BUILT_IN.rules.replacen(from, to, 1);
    assert_ne!(rules, BUILT_IN.rules, "{from} is not in the pack");
    said(Policy::read(&Sources { rules: &rules, ..BUILT_IN }).and_then(|policy| policy.prove()))
}

/// The text of one rule of the built-in pack.
fn rule(id: &str) -> String {
    let start = BUILT_IN.rules.find(&format!("[[rule]]\nid = \"{id}\"\n")).unwrap();
    let rest = &BUILT_IN.rules[start + 8..];
    let end = rest.find("[[rule]]").map_or(BUILT_IN.rules.len(), |at| start + 8 + at);
    BUILT_IN.rules[start..end].to_owned()
}

#[test]
fn the_pack_that_comes_with_casebook_is_proved() {
    let proof = Policy::built_in().unwrap().prove().unwrap();
    assert!(proof.combinations > 1_000_000_000_000, "{proof:?}");
    assert!(proof.claims > proof.rules, "{proof:?}");
}

/// Each broken pack is refused with the law that it breaks and the smallest combination in which it does.
#[test]
#[allow(clippy::too_many_lines, reason = "a table of packs")]
fn broken_packs_are_refused_with_the_counter_example() {
    let r11 = rule("R11");
    let twin = rule("R16").replace("\"R16\"", "\"R16-again\"");
    for (what, from, to, says) in [
        (
            "nobody looks into an unknown account",
            r11.as_str(),
            "",
            vec![
                "every combination: leads to no duty.",
                "The targeted person: “A pupil of this school”; The person alleged to be responsible: “An unknown account”",
            ],
        ),
        (
            "a former pupil is both the school's duty and not",
            "when = [\"actor is current_pupil\", \"nature is not two_way_conflict\", \"part is messages\", [\"staff_contact is not pupil_tried\", \"aimed is yes\"]]\nduty",
            "when = [\"actor is current_pupil, ex_pupil\", \"nature is not two_way_conflict\", \"part is messages\", [\"staff_contact is not pupil_tried\", \"aimed is yes\"]]\nduty",
            vec!["SCHOOL_DUTY: and NO_DUTY_BROKER are both said of one person.", "“A former pupil”"],
        ),
        (
            "a restorative conversation after a threat",
            "forbids = [\"OPT_RESTORATIVE\"]\nlocks",
            "locks",
            vec![
                "OPT_RESTORATIVE: is offered although there was a threat.",
                "Danger: “A serious threat was made, but nobody is in danger at this moment”",
            ],
        ),
        (
            "a letter that is offered only where it is blocked",
            "when = [\"previous is resolved\"]",
            "when = [\"previous is resolved\", \"contact_safe is police_say_wait\"]",
            vec!["R22: offers L_MEETING and it is blocked"],
        ),
        (
            "a rule that can never apply",
            "when = [\"selfharm is worried\"]",
            "when = [\"selfharm is worried\", \"selfharm is disclosed\"]",
            vec![
                "R03b: can never apply: “selfharm is worried” and “selfharm is disclosed” exclude each other.",
            ],
        ),
        (
            "a rule in the shadow of another",
            "[[rule]]\nid = \"R17\"",
            &format!("{twin}[[rule]]\nid = \"R17\""),
            vec![
                "R16: is shadowed",
                "R16-again: is shadowed: whatever it adds, other rules add already (R16).",
            ],
        ),
        (
            "a letter to a home that is not safe",
            "blocks = [\"actor\"]\nforbids = [\"A_TEL_ACTOR\"]",
            "forbids = [\"A_TEL_ACTOR\"]",
            vec![
                "L_ACTOR: may be written to a home that is not safe to write to",
                "Safe to tell the families: “Not the home of a child alleged to be responsible”",
            ],
        ),
        (
            "the police on a refusal alone",
            "when = [\"eng_actor is refused\", \"continuing is yes\", \"actor is current_pupil, ex_pupil, other_school\", \"nature is not two_way_conflict\"]",
            "when = [\"eng_actor is refused\", \"actor is current_pupil, ex_pupil, other_school\", \"nature is not two_way_conflict\"]",
            vec![
                "OPT_POLICE_HARASSMENT: is offered although the family has not refused, or nothing has gone on",
            ],
        ),
        (
            "a picture of a child that closes no gate",
            "gates = [\"W_IMAGE\", \"W_HOLD\", \"W_EVIDENCE\"]\ndocuments = [\"DOC_MARF\", \"DOC_POLICE\"]\noptions",
            "gates = [\"W_HOLD\", \"W_EVIDENCE\"]\ndocuments = [\"DOC_MARF\", \"DOC_POLICE\"]\noptions",
            vec![
                "W_IMAGE: and the child-protection procedure do not hold",
                "Pictures: “Yes, a child may be undressed",
            ],
        ),
        (
            "danger without the page for 999",
            "first_screen = \"EMERGENCY\"\n",
            "",
            vec!["EMERGENCY: is not the first page", "Danger: “Yes, someone may be in danger now”"],
        ),
        (
            "a staff matter in the ordinary case file",
            "lead = \"head\"\nseparate_file = true\npauses = true\nbecause = \"An adult who works",
            "lead = \"head\"\npauses = true\nbecause = \"An adult who works",
            vec![
                "STAFF_HARM: or STAFF_LOW is said, and the record is not kept apart.",
                "“A member of staff”",
            ],
        ),
    ] {
        let found = proved_with(from, to);
        for words in says {
            assert!(found.contains(words), "{what}: “{words}” is not in:\n{found}");
        }
    }
}

#[test]
fn a_counter_example_names_nothing_that_it_does_not_need() {
    let found = proved_with(&rule("R11"), "");
    let line = found.lines().find(|line| line.contains("leads to no duty")).unwrap();
    assert!(!line.contains("Pictures") && !line.contains("Safe to tell"), "{line}");
}

#[test]
fn a_rule_is_explained_in_words() {
    let policy = Policy::built_in().unwrap();
    let words = policy.explain("R09").unwrap();
    for part in [
        "R09 applies for each person alleged when",
        "The person alleged to be responsible is “A former pupil”",
        "must: Support your own pupil; the sender is not the school's responsibility (NO_DUTY_BROKER)",
        "CB-E1, Cyber Bullying, example 1",
        "This is not a school responsibility",
    ] {
        assert!(words.contains(part), "{part} is not in:\n{words}");
    }
    assert!(policy.explain("R99").is_none());
    for id in policy.rule_ids() {
        assert!(policy.explain(id).unwrap().contains("It rests on:"), "{id}");
    }
}

#[test]
fn a_pack_is_its_files_and_the_age_table_may_be_casebooks() {
    let all: BTreeMap<&str, &str> = FILES.iter().map(|name| (*name, BUILT_IN.file(name).unwrap())).collect();
    for gone in FILES {
        let sources = Sources::of(|name| all.get(name).copied().filter(|_| name != gone));
        let found = said(sources.and_then(|sources| Policy::read(&sources)));
        let wanted =
            if gone == "platforms.toml" { "accepted".to_owned() } else { format!("{gone} is missing") };
        assert_eq!(found, wanted);
    }
}
