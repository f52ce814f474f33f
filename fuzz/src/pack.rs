//! Policy packs: a school's own rules, read from files that anybody may have written.

use crate::policy::{BUILT_IN, FILES, Policy, Sources};

/// Reads a pack of which one file is these bytes and the others are Casebook's, and proves it; panics where a promise is
/// broken.
pub fn pack(data: &[u8]) {
    let Some((which, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let which = FILES[usize::from(*which) % FILES.len()];
    let files = Sources::of(|name| if name == which { Some(text) } else { BUILT_IN.file(name) });
    let Ok(policy) = files.and_then(|files| Policy::read(&files)) else { return };
    assert!(policy.stamp().starts_with(&policy.id));
    assert!(policy.rule_ids().all(|rule| policy.explain(rule).is_some()));
    if let Ok(proof) = policy.prove() {
        assert!(proof.rules == policy.rule_ids().count() && proof.combinations > 0);
    }
}
