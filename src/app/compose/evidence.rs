//! The index of evidence in a paper for an agency: first what the case keeps or knows the place of, then what an occasion
//! says in words. The labels are those of the case and of its bundle.

use super::Source;
use crate::app::evidence::place;
use crate::documents::template::fields::EvidenceRow;
use crate::domain::{Evidence, Kept, Occasion};

/// The labels of an occasion's evidence: `E1, E4`.
pub(super) fn labels(source: &Source<'_>, at: usize, occasion: &Occasion) -> String {
    let kept = source.view.evidence.iter().filter(|e| e.occasion == Some(occasion.id));
    let mut labels: Vec<String> = kept.map(|e| source.view.evidence_label(e.id)).collect();
    if !occasion.evidence.is_empty() {
        labels.push(in_words(source, at));
    }
    labels.join(", ")
}

/// What an occasion says in words comes after the pieces with numbers of their own.
fn in_words(source: &Source<'_>, at: usize) -> String {
    let before = source.view.occasions.iter().take(at).filter(|o| !o.evidence.is_empty()).count();
    format!("E{}", source.view.evidence.len() + before + 1)
}

pub(super) fn rows(source: &Source<'_>) -> Vec<EvidenceRow> {
    let kept = source.view.evidence.iter().map(|e| EvidenceRow {
        label: source.view.evidence_label(e.id),
        what: what(source, e),
        held: held(e),
        sha256: if let Kept::File { sha256, .. } = &e.kept { sha256.clone() } else { String::new() },
    });
    let told = source.view.occasions.iter().enumerate().filter(|(_, o)| !o.evidence.is_empty());
    let told = told.map(|(at, o)| EvidenceRow {
        label: in_words(source, at),
        what: format!("Occasion of {}", o.on.plain()),
        held: o.evidence.clone(),
        sha256: String::new(),
    });
    kept.chain(told).collect()
}

fn what(source: &Source<'_>, evidence: &Evidence) -> String {
    let occasion = source.view.occasions.iter().find(|o| Some(o.id) == evidence.occasion);
    let occasion = occasion.map(|o| format!("occasion of {}", o.on.plain()));
    let parts = [Some(evidence.description.clone()), evidence.type_words(), occasion];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn held(evidence: &Evidence) -> String {
    let (by, on) = (&evidence.captured_by, evidence.on.plain());
    match &evidence.kept {
        Kept::Elsewhere { .. } => format!("{} Held by {by}; told of on {on}.", place(evidence)),
        Kept::File { length, .. } => {
            let device = if evidence.device.is_empty() {
                String::new()
            } else {
                format!(", from {}", evidence.device)
            };
            let time = if evidence.time.is_empty() { String::new() } else { format!(", {}", evidence.time) };
            format!(
                "Captured by {by} on {on}{time}{device}. The school keeps a copy, byte for byte ({length} bytes)."
            )
        }
    }
}
