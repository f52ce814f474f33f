//! A text and the people it may touch, as files for `casebook guard`: read, guarded by the same guard as every letter,
//! and written as JSON. It opens no case file.

use crate::documents::guard::{Guard, Hit, Kind, Place, Subject, Tie};
use crate::domain::PersonId;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Why a text cannot be guarded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read, or is not text.
    #[error("{}: cannot be read ({source})", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file of people is not a list of people.
    #[error("{}: {source}", path.display())]
    Shape {
        /// Which file.
        path: PathBuf,
        /// What and where.
        #[source]
        source: serde_json::Error,
    },
    /// Two people have one id.
    #[error("{}: the id {id} stands twice; give each person an id of their own", path.display())]
    Twice {
        /// Which file.
        path: PathBuf,
        /// The id.
        id: String,
    },
    /// The letter is for somebody who is not in the list.
    #[error("--for {id}: nobody in {} has this id", path.display())]
    Nobody {
        /// Which file.
        path: PathBuf,
        /// The id.
        id: String,
    },
}

/// What the guard said of a text.
#[derive(Debug)]
pub struct Report {
    /// As `casebook guard --json` prints it.
    pub json: Value,
    /// Nothing was found.
    pub clean: bool,
}

/// One person in the file. `Debug` is not derived: it would name a child.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    id: Value,
    #[serde(default)]
    role: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    known_as: Option<Words>,
    #[serde(default)]
    year: Option<Value>,
    #[serde(default)]
    class: Option<Value>,
    #[serde(default)]
    handles: Option<Words>,
    #[serde(default)]
    phones: Option<Words>,
    #[serde(default)]
    household: Option<Value>,
}

/// One word or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Words {
    One(String),
    Many(Vec<String>),
}

fn words(words: Option<&Words>) -> Vec<String> {
    match words {
        None => Vec::new(),
        Some(Words::One(word)) => vec![word.clone()],
        Some(Words::Many(words)) => words.clone(),
    }
}

/// A number or a word as a word; nothing where there is none.
fn plain(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(other) => other.to_string(),
    }
}

/// Words of a role that make an adult who works with children.
const STAFF: [&str; 34] = [
    "staff",
    "teacher",
    "headteacher",
    "head",
    "deputy",
    "dsl",
    "lead",
    "tutor",
    "assistant",
    "ta",
    "senco",
    "sendco",
    "governor",
    "office",
    "secretary",
    "signatory",
    "sender",
    "principal",
    "counsellor",
    "pastoral",
    "nurse",
    "professional",
    "worker",
    "officer",
    "police",
    "interpreter",
    "doctor",
    "school",
    "admin",
    "administrator",
    "caretaker",
    "coach",
    "lado",
    "author",
];
/// Words of a role that make a child, whatever else stands there: `head boy`, `staff child`, `other_school`.
const CHILD: [&str; 22] = [
    "child",
    "pupil",
    "boy",
    "girl",
    "target",
    "actor",
    "alleged",
    "sibling",
    "brother",
    "sister",
    "witness",
    "bystander",
    "student",
    "friend",
    "classmate",
    "other",
    "ex",
    "former",
    "reporter",
    "subject",
    "roll",
    "register",
];
/// Words of a role that make a grown-up of a family.
const FAMILY: [&str; 20] = [
    "parent",
    "carer",
    "guardian",
    "mother",
    "father",
    "mum",
    "dad",
    "adult",
    "grandparent",
    "grandmother",
    "grandfather",
    "nan",
    "gran",
    "aunt",
    "uncle",
    "stepmother",
    "stepfather",
    "stepparent",
    "foster",
    "relative",
];

/// What a role makes of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Child,
    /// A child of the register who has nothing to do with the case.
    Roll,
    Adult,
    Staff,
}

fn standing(role: &str) -> Standing {
    let role = role.to_lowercase();
    let words: Vec<&str> =
        role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let has = |list: &[&str]| {
        words.iter().any(|word| list.contains(word) || list.contains(&word.trim_end_matches('s')))
    };
    let former_staff = words.contains(&"former") && has(&STAFF);
    if former_staff {
        Standing::Staff
    } else if has(&FAMILY) {
        Standing::Adult
    } else if has(&["roll", "register"]) {
        Standing::Roll
    } else if has(&CHILD) || !has(&STAFF) {
        Standing::Child
    } else {
        Standing::Staff
    }
}

/// Guards one text, and a file name where one is given, for the home of one child. Without `reader` nobody may be named.
///
/// # Errors
/// A file that cannot be read, a key that is not known, an id that stands twice or is nobody's.
pub fn guard(
    people: &Path,
    reader: Option<&str>,
    text: &Path,
    file_name: Option<&str>,
) -> Result<Report, Error> {
    let read = |path: &Path| {
        std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
    };
    let list = read(people)?;
    let shape = |source| Error::Shape { path: people.to_owned(), source };
    let list: Vec<Person> = serde_json::from_str(list.trim_start_matches('\u{feff}')).map_err(shape)?;
    let ids: Vec<String> = list.iter().map(|person| plain(Some(&person.id))).collect();
    if let Some(id) =
        ids.iter().enumerate().find(|(at, id)| ids[..*at].contains(id)).map(|(_, id)| id.clone())
    {
        return Err(Error::Twice { path: people.to_owned(), id });
    }
    let home = match reader.map(str::trim) {
        None => None,
        Some(id) => match ids.iter().position(|known| known == id) {
            Some(at) => Some(at),
            None => return Err(Error::Nobody { path: people.to_owned(), id: id.to_owned() }),
        },
    };
    let guard = Guard::new(&subjects(&list, home), &[]);
    let source = read(text)?;
    let found = [(Place::Body, source.as_str()), (Place::FileName, file_name.unwrap_or_default())];
    let hits: Vec<(Hit, &str)> = found
        .into_iter()
        .flat_map(|(place, words)| guard.read(place, words).into_iter().map(move |hit| (hit, words)))
        .collect();
    Ok(report(&list, &hits))
}

fn subjects(list: &[Person], home: Option<usize>) -> Vec<Subject> {
    let household = home.map(|at| plain(list[at].household.as_ref())).unwrap_or_default();
    let subject = |(at, person): (usize, &Person)| {
        let standing = standing(person.role.as_deref().unwrap_or_default());
        let here =
            home == Some(at) || (!household.is_empty() && plain(person.household.as_ref()) == household);
        let child = matches!(standing, Standing::Child | Standing::Roll);
        let tie = match standing {
            _ if here => Tie::Reader { adult: !child },
            Standing::Staff => Tie::Staff,
            Standing::Roll => Tie::Roll,
            Standing::Child | Standing::Adult => Tie::Other,
        };
        let id = PersonId::new(u64::try_from(at).unwrap_or(u64::MAX));
        Subject {
            known_as: words(person.known_as.as_ref()).join(" "),
            year: plain(person.year.as_ref()),
            class: plain(person.class.as_ref()),
            handles: words(person.handles.as_ref()),
            phones: words(person.phones.as_ref()),
            child,
            ..Subject::new(id, person.name.as_deref().unwrap_or_default(), tie)
        }
    };
    list.iter().enumerate().map(subject).collect()
}

fn report(list: &[Person], hits: &[(Hit, &str)]) -> Report {
    let (mut people, mut verdicts, mut leftovers) = (Vec::new(), Vec::new(), Vec::new());
    for (hit, words) in hits {
        // Positions count characters, as Python does, and not bytes.
        let start = words[..hit.range.start].chars().count();
        let end = start + hit.excerpt.chars().count();
        let place = if hit.place == Place::FileName { "name" } else { "text" };
        let mut found = json!({ "start": start, "end": end, "text": hit.excerpt, "where": place });
        match hit.kind {
            Kind::Verdict => verdicts.push(found),
            Kind::Leftover => leftovers.push(found),
            kind => {
                let number = |person: &PersonId| {
                    (0..list.len()).find(|at| u64::try_from(*at).is_ok_and(|n| PersonId::new(n) == *person))
                };
                let id = hit.person.as_ref().and_then(number).map_or(Value::Null, |at| list[at].id.clone());
                found["person"] = id;
                found["kind"] = word(kind).into();
                people.push(found);
            }
        }
    }
    let clean = hits.is_empty();
    let json = json!({ "hits": people, "verdict_words": verdicts, "leftovers": leftovers, "clean": clean });
    Report { json, clean }
}

/// A kind of hit as the command says it.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::FullName => "full_name",
        Kind::FirstName | Kind::MiddleName => "given_name",
        Kind::LastName => "family_name",
        Kind::Nickname => "nickname",
        Kind::Initials => "initials",
        Kind::Possessive => "possessive",
        Kind::Misspelling => "misspelling",
        Kind::Handle => "handle",
        Kind::Phone => "phone",
        Kind::ClassOrYear => "class_or_year",
        Kind::Verdict => "verdict_word",
        Kind::Leftover => "leftover",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(people: &str, reader: Option<&str>, text: &str, name: Option<&str>) -> Result<Report, Error> {
        let folder = tempfile::tempdir().unwrap();
        let (list, letter) = (folder.path().join("people.json"), folder.path().join("letter.txt"));
        std::fs::write(&list, people).unwrap();
        std::fs::write(&letter, text).unwrap();
        guard(&list, reader, &letter, name)
    }

    const PEOPLE: &str = r#"[
        {"id": "a", "role": "target", "name": "Sita Gurung", "household": 1},
        {"id": "m", "role": "parent", "name": "Mrs Maya Gurung", "household": 1},
        {"id": 7, "role": "actor", "name": "Kofi Osei", "known_as": null, "year": 6, "handles": "@kofi.o", "household": 2},
        {"id": "t", "role": "class_teacher", "name": "Miss Grace Wells"},
        {"id": "g", "role": "witness", "name": "Grace Hall"}
    ]"#;

    #[test]
    fn positions_count_characters_and_ids_come_back_as_given() {
        let text = "Zoë 😀 — wir trafen Kofi.\r\n{{ to }} is a bully.";
        let report = run(PEOPLE, Some("a"), text, Some("kofi-osei.pdf")).unwrap();
        assert!(!report.clean);
        let letters: Vec<char> = text.chars().collect();
        for list in ["hits", "verdict_words", "leftovers"] {
            for hit in report.json[list].as_array().unwrap().iter().filter(|hit| hit["where"] == "text") {
                let at = |key: &str| usize::try_from(hit[key].as_u64().unwrap()).unwrap();
                assert_eq!(letters[at("start")..at("end")].iter().collect::<String>(), hit["text"], "{hit}");
            }
        }
        let hits = &report.json["hits"];
        assert_eq!(
            (&hits[0]["person"], &hits[0]["kind"], &hits[0]["text"]),
            (&json!(7), &json!("given_name"), &json!("Kofi"))
        );
        assert_eq!((&hits[1]["where"], &hits[1]["kind"]), (&json!("name"), &json!("full_name")));
        assert_eq!(report.json["verdict_words"][0]["text"], "bully");
        assert_eq!(report.json["leftovers"][0]["text"], "{{ to }}");
    }

    #[test]
    fn the_reading_home_and_staff_may_be_named() {
        let clean = |reader: Option<&str>, text: &str| run(PEOPLE, reader, text, None).unwrap().clean;
        assert!(clean(Some("a"), "Dear Mrs Gurung, Sita met Miss Wells. Yours, Grace Wells, class teacher"));
        assert!(!clean(Some("a"), "Grace told us."));
        assert!(!clean(Some("7"), "Dear Mrs Gurung"));
        assert!(!clean(None, "Sita told us."), "without a reader nobody may be named");
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        for (people, reader, says) in [
            (r#"[{"id": "a", "pet": "cat"}]"#, None, "pet"),
            (r#"[{"id": "a"}, {"id": "a"}]"#, None, "stands twice"),
            (r#"[{"id": "a"}]"#, Some("b"), "nobody"),
            (r#"{"id": "a"}"#, None, "sequence"),
            (r#"[{"name": "A"}]"#, None, "id"),
        ] {
            let error = run(people, reader, "", None).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(run("[]", None, "Nobody is here.", None).unwrap().clean);
    }

    #[test]
    fn roles_say_who_may_be_named() {
        for (role, expected) in [
            ("target", Standing::Child),
            ("", Standing::Child),
            ("something new", Standing::Child),
            ("other_school", Standing::Child),
            ("head boy", Standing::Child),
            ("register", Standing::Roll),
            ("parent", Standing::Adult),
            ("parent_adult", Standing::Adult),
            ("Headteacher", Standing::Staff),
            ("class_teacher", Standing::Staff),
            ("former_staff", Standing::Staff),
            ("social worker", Standing::Staff),
        ] {
            assert_eq!(standing(role), expected, "{role}");
        }
    }
}
