//! The index of evidence in a paper for an agency: first what a case keeps or knows the place of, then what an occasion
//! says in words. The labels are those of the case and of its bundle.

use crate::app::CaseView;
use crate::app::evidence::place;
use crate::documents::template::fields::EvidenceRow;
use crate::domain::{Evidence, Kept, Occasion, OccasionId};

/// A line of the index, and the occasion that it shows, where it shows one.
pub(super) struct Piece {
    pub(super) row: EvidenceRow,
    occasion: Option<OccasionId>,
}

impl Piece {
    pub(super) fn shows(&self, occasion: &Occasion) -> bool {
        self.occasion == Some(occasion.id)
    }
}

/// The labels of an occasion's evidence: `E1`, `E4`.
pub(super) fn labels(view: &CaseView, at: usize, occasion: &Occasion) -> Vec<String> {
    let kept = view.evidence.iter().filter(|e| e.occasion == Some(occasion.id));
    let mut labels: Vec<String> = kept.map(|e| view.evidence_label(e.id)).collect();
    if !occasion.evidence.is_empty() {
        labels.push(in_words(view, at));
    }
    labels
}

/// What an occasion says in words comes after the pieces with numbers of their own.
fn in_words(view: &CaseView, at: usize) -> String {
    let before = view.occasions.iter().take(at).filter(|o| !o.evidence.is_empty()).count();
    format!("E{}", view.evidence.len() + before + 1)
}

/// The index of a case.
pub(super) fn pieces(view: &CaseView) -> Vec<Piece> {
    let kept = view.evidence.iter().map(|e| Piece {
        occasion: e.occasion,
        row: EvidenceRow {
            label: view.evidence_label(e.id),
            what: what(view, e),
            held: held(e),
            sha256: if let Kept::File { sha256, .. } = &e.kept { sha256.clone() } else { String::new() },
        },
    });
    let told = view.occasions.iter().enumerate().filter(|(_, o)| !o.evidence.is_empty());
    let told = told.map(|(at, o)| Piece {
        occasion: Some(o.id),
        row: EvidenceRow {
            label: in_words(view, at),
            what: format!("Occasion of {}", o.on.plain()),
            held: o.evidence.clone(),
            sha256: String::new(),
        },
    });
    kept.chain(told).collect()
}

fn what(view: &CaseView, evidence: &Evidence) -> String {
    let occasion = view.occasions.iter().find(|o| Some(o.id) == evidence.occasion);
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
