//! Puts a text into every field of every record that takes one: whatever can be read back with it in place was free text.

use super::TEXT;
use crate::store_kit::stamp;
use casebook::domain::{
    AccessRequest, ActionItem, BackupPlan, Case, CaseId, ChatMarks, Closing, Contact, Day, DecisionRecord,
    Destruction, Draft, Evidence, ImportChoices, KeyHolder, LetterRecord, Occasion, OlderCopy, Person,
    PolicyPack, Retention, School,
};
use casebook::store::{Record, Store};
use serde_json::Value;
use std::collections::BTreeSet;

/// Every kind of record there is, the planted fields of each by name.
pub(super) fn plant(store: &mut Store) -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    // What no session of the demonstration comes to.
    let day = Day::new(2026, 1, 19).unwrap();
    let files = [(TEXT.to_owned(), TEXT.to_owned())].into();
    write(store, vec![PolicyPack { stamp: TEXT.into(), files, kept_on: day }], &mut fields);
    write(store, vec![OlderCopy { seen: TEXT.into(), found: TEXT.into() }], &mut fields);
    write(
        store,
        vec![ImportChoices { columns: [(TEXT.to_owned(), Some(TEXT.to_owned()))].into() }],
        &mut fields,
    );
    let gone = Destruction {
        id: CaseId::new(99),
        reference: TEXT.into(),
        on: day,
        by: TEXT.into(),
        class: TEXT.into(),
        review_on: None,
        reason: TEXT.into(),
        entries: Vec::new(),
        files: Vec::new(),
        certificate: None,
    };
    write(store, vec![gone], &mut fields);
    macro_rules! each {
        ($($type:ty),+) => {
            $({
                let all = store.list::<$type>().unwrap();
                assert!(!all.is_empty(), "no record of the kind {} to plant in", <$type as Record>::KIND);
                write(store, all, &mut fields);
            })+
        };
    }
    each!(
        Person,
        Case,
        Occasion,
        Contact,
        ActionItem,
        Closing,
        DecisionRecord,
        LetterRecord,
        Evidence,
        Draft,
        AccessRequest,
        Retention,
        ChatMarks,
        School,
        KeyHolder,
        BackupPlan
    );
    fields
}

fn write<T: Record + std::fmt::Debug>(store: &mut Store, records: Vec<T>, fields: &mut BTreeSet<String>) {
    for record in records {
        // Errors and logs print what `Debug` says: of what was typed, no child's name. Who has a key is no child, and the
        // school's own words are no secret.
        let staff =
            ["school", "key_holder", "policy_pack", "import_choices", "older_copy"].contains(&T::KIND);
        let (said, named) = (format!("{record:?}"), super::CHILDREN);
        assert!(
            staff || !named.iter().any(|name| said.contains(name)),
            "Debug of a {} tells a name",
            T::KIND
        );
        let mut value = serde_json::to_value(&record).unwrap();
        for place in leaves(&value) {
            let before = value.pointer(&place).unwrap().clone();
            *value.pointer_mut(&place).unwrap() = TEXT.into();
            if serde_json::from_value::<T>(value.clone()).is_ok() {
                // Of a list, one field; of a map, its values.
                let named = place.split('/').map(|part| if part.parse::<u32>().is_ok() { "*" } else { part });
                fields.insert(format!("{}{}", T::KIND, named.collect::<Vec<_>>().join("/")));
            } else {
                *value.pointer_mut(&place).unwrap() = before;
            }
        }
        let planted: T = serde_json::from_value(value).unwrap();
        store.write(&stamp(), TEXT, |w| w.put(&planted)).unwrap();
        let kept = serde_json::to_string(&store.get::<T>(&planted.key()).unwrap().unwrap()).unwrap();
        assert!(kept.contains(super::NAME), "nothing is planted in a record of the kind {}", T::KIND);
    }
}

/// Where a value holds text, but for what Casebook computes: a SHA-256 leads to a file.
fn leaves(value: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, into: &mut Vec<String>) {
        let inner = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        match value {
            Value::String(text) if text.len() != 64 => into.push(at.to_owned()),
            Value::Array(all) => {
                all.iter().enumerate().for_each(|(n, v)| walk(v, &inner(&n.to_string()), into));
            }
            Value::Object(all) => all.iter().for_each(|(name, v)| walk(v, &inner(name), into)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(value, "", &mut found);
    found
}
