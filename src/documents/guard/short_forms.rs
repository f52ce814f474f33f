//! What children with a given name are also called: `Alexander` is Alex and Sandy. The table is
//! `assets/guard/short-forms.txt`; here it is read both ways.

use super::fold;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../assets/guard/short-forms.txt");

/// Each form with what the same child may be called instead.
fn table() -> &'static BTreeMap<String, BTreeSet<String>> {
    static READ: OnceLock<BTreeMap<String, BTreeSet<String>>> = OnceLock::new();
    READ.get_or_init(|| {
        let mut others: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        for (full, short) in lines.filter_map(|line| line.split_once(':')) {
            let keys = |words: &str| words.split_whitespace().map(fold::key).collect::<Vec<_>>();
            let (full, short) = (keys(full), keys(short));
            for name in &full {
                others.entry(name.clone()).or_default().extend(short.iter().cloned());
            }
            for name in &short {
                let entry = others.entry(name.clone()).or_default();
                entry.extend(full.iter().cloned());
            }
        }
        others
    })
}

/// The other forms of a folded given name, without itself.
pub(super) fn of(name: &str) -> impl Iterator<Item = &'static str> {
    table().get(name).into_iter().flatten().map(String::as_str).filter(move |other| *other != name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_their_short_forms_and_the_other_way_round() {
        for (name, other) in [
            ("alexander", "alex"),
            ("alexander", "sandy"),
            ("alex", "alexander"),
            ("katherine", "katie"),
            ("kate", "catherine"),
            ("william", "bill"),
            ("jamie", "jim"),
            ("zofia", "zosia"),
            ("mohammed", "mo"),
        ] {
            assert!(of(name).any(|form| form == other), "{name} is also {other}");
        }
        assert_eq!(of("kofi").count(), 0);
        assert!(of("alex").all(|form| form != "alex"));
    }
}
