//! What else is recorded of an occasion, as a paper prints it. Nothing is printed where nothing is recorded.

use super::{Source, is_child};
use crate::app::circumstances::{circumstances, reach};
use crate::documents;
use crate::documents::guard::{Guard, Place, Subject, Tie};
use crate::documents::redact;
use crate::documents::template::fields::Known;
use crate::domain::{ChatExport, Circumstances, Occasion, Person, PersonId};

impl Source<'_> {
    /// All of it, with everybody called as the tables of the paper call them.
    pub(super) fn known(&self, occasion: &Occasion) -> Vec<Known> {
        let export = occasion.more.export.as_ref();
        // In pieces that can be read aloud and broken over lines.
        let export = export.map(|it| ChatExport { sha256: documents::grouped(&it.sha256), ..it.clone() });
        let more = Circumstances { export, ..occasion.more.clone() };
        let known = circumstances(&more, &self.label(occasion.by), self.session.policy());
        known.into_iter().map(|(label, words)| Known { label: label.into(), words }).collect()
    }

    /// What a summary does not say beside the occasion itself: without who could see it, without whose device showed the
    /// time where there is one, and without an account that stands on the key page.
    pub(super) fn known_beside(&self, occasion: &Occasion) -> Vec<Known> {
        let mut more = occasion.more.clone();
        (more.reach, more.seen_by) = (None, None);
        if !occasion.time.trim().is_empty() {
            more.device.clear();
        }
        more.device = self.in_labels(&more.device);
        more.perceived_by = self.in_labels(&more.perceived_by);
        if let Some(export) = &mut more.export {
            export.brought_by = self.in_labels(&export.brought_by);
        }
        let on_key_page = self.view.person(occasion.by).is_some_and(|person| self.on_key_page(person));
        let account = more.account.take_if(|_| on_key_page);
        let mut known = self.known(&Occasion { more, ..occasion.clone() });
        if let Some(account) = account {
            let since = account.identified_on.map_or_else(String::new, |day| {
                format!(", identified on {} as {}", day.plain(), self.label(occasion.by))
            });
            let words = format!("An account that stands on the key page{since}");
            known.insert(0, Known { label: "Sent from".into(), words });
        }
        known
    }

    /// The time as it was shown, and on whose device.
    pub(super) fn time_shown(&self, occasion: &Occasion) -> String {
        let (time, device) = (occasion.time.trim(), occasion.more.device.trim());
        match (time, device) {
            ("", _) | (_, "") => time.to_owned(),
            (time, device) => format!("{time}, shown on: {}", self.in_labels(device)),
        }
    }

    /// The service, and who could see it there.
    pub(super) fn seen_where(&self, occasion: &Occasion) -> String {
        let platform = self.session.policy().ages.name(&occasion.platform).to_owned();
        let reach = reach(&occasion.more);
        if reach.is_empty() { platform } else { format!("{platform}. {reach}") }
    }

    /// Whether who somebody is stands on a page of its own, apart from the summary.
    pub(super) fn on_key_page(&self, person: &Person) -> bool {
        person.id != self.view.case.target && is_child(person)
    }

    /// What a lead noted in a few words, with whoever stands on the key page called as in the tables. What somebody said
    /// or wrote is quoted as it is, and does not come here.
    pub(super) fn in_labels(&self, noted: &str) -> String {
        let people = self.view.people.iter().filter(|person| self.on_key_page(person));
        let subjects: Vec<Subject> = people.map(subject).collect();
        let mut hits = Guard::new(&subjects, &[]).read(Place::Footer, noted);
        hits.retain(|hit| hit.person.is_some());
        let label =
            |people: &[PersonId]| people.iter().map(|id| self.label(*id)).collect::<Vec<_>>().join(" or ");
        let places = redact::places(noted, &hits, |_| Vec::new());
        redact::without(noted, &places, |place| label(&place.people))
    }
}

fn subject(person: &Person) -> Subject {
    Subject {
        known_as: person.known_as.clone(),
        handles: person.handles.clone(),
        phones: person.phones.clone(),
        ..Subject::new(person.id, person.name.full(), Tie::Other)
    }
}
