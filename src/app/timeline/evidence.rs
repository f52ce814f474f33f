//! What a piece of evidence says on the timeline: when it was captured, and each time that it left the case file.

use super::lines::{Ground, ends, line, without};
use super::{Happening, Line, Says, changes, day_of};
use crate::app::evidence::{EXPORTED, place};
use crate::domain::{Evidence, Kept};
use crate::store::Version;

impl Ground<'_> {
    pub(super) fn evidence(self, versions: &[Version<Evidence>]) -> Vec<Line> {
        let Some((first, now)) = ends(versions) else { return Vec::new() };
        let label = self.view.evidence_label(now.id);
        let shows = |it: &Evidence| self.view.occasions.iter().find(|o| Some(o.id) == it.occasion);
        let says = |it: &Evidence| -> Says {
            let hash = if let Kept::File { sha256, .. } = &it.kept { sha256.clone() } else { String::new() };
            vec![
                ("Day", it.on.long()),
                ("What it is", it.description.clone()),
                ("Captured by, or held by", it.captured_by.clone()),
                ("From which device", it.device.clone()),
                ("Time as shown", it.time.clone()),
                ("Occasion", shows(it).map_or_else(String::new, |o| o.on.long())),
                ("Where it is", if hash.is_empty() { place(it) } else { "In this case file".into() }),
                ("SHA-256", hash),
            ]
        };
        let people = shows(now).map_or_else(Vec::new, |o| vec![o.by, o.to]);
        let title = format!("Evidence {label}: {}", now.description);
        let added = Line {
            said: without(says(now), &["Day", "What it is"]),
            people: people.clone(),
            changes: changes(versions, says),
            ..line(first, Happening::Evidence, now.on, title)
        };
        let out = versions.iter().skip(1).filter(|version| version.why == EXPORTED);
        let out = out.map(|version| {
            let title = format!("Saved outside the case file: evidence {label}");
            Line { people: people.clone(), ..line(version, Happening::Evidence, day_of(version.at), title) }
        });
        std::iter::once(added).chain(out).collect()
    }
}
