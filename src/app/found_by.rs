//! The words by which a case is found: whatever somebody wrote or quoted in it, and everybody's names. Not the texts of
//! letters: their fixed sentences would find every case.

use crate::domain::{
    ActionItem, ActionState, Case, CaseState, Closing, Contact, DecisionRecord, Evidence, Kept, Occasion,
    Person,
};
use crate::store::{self, Writing};

/// All of them, a text a line, from the case's records as they are in the middle of a change.
pub(super) fn found_by(
    w: &Writing<'_>,
    case: &Case,
    occasions: &[Occasion],
    actions: &[ActionItem],
    decisions: &[DecisionRecord],
) -> Result<String, store::Error> {
    let mut words = Words(Vec::new());
    words.case(case);
    for id in std::iter::once(&case.target).chain(&case.alleged) {
        if let Some(person) = w.get::<Person>(&id.to_string())? {
            words.person(&person);
        }
    }
    for occasion in occasions {
        words.occasion(occasion);
    }
    words.add(w.list_in::<Contact>(case.id)?.iter().map(|contact| contact.note.as_str()));
    for action in actions {
        words.action(action);
    }
    words.add(decisions.iter().flat_map(|made| &made.departures).map(|it| it.reason.as_str()));
    for evidence in w.list_in::<Evidence>(case.id)? {
        words.evidence(&evidence);
    }
    for closing in w.list_in::<Closing>(case.id)? {
        words.add(closing.parts.each().map(|(_, text)| text));
    }
    Ok(words.0.join("\n"))
}

struct Words(Vec<String>);

impl Words {
    fn add<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) {
        self.0.extend(texts.into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    }

    fn case(&mut self, case: &Case) {
        let answers = &case.answers;
        self.add([
            &*case.reference,
            &case.told_by,
            &case.account,
            &answers.child_wishes,
            &answers.family_wishes,
            &answers.contact_reason,
        ]);
        if let CaseState::Closed { why, .. } = &case.state {
            self.add([why.as_str()]);
        }
    }

    fn person(&mut self, person: &Person) {
        self.add([person.name.full(), &person.known_as, &person.class, &person.school, &person.note]);
        self.add(person.handles.iter().chain(&person.phones).map(String::as_str));
        for home in person.homes() {
            self.add([
                &*home.addressees,
                &home.phone,
                &home.family.do_not_contact,
                &home.family.responsibility,
            ]);
        }
    }

    fn occasion(&mut self, occasion: &Occasion) {
        let more = &occasion.more;
        self.add([
            &*occasion.words,
            &occasion.platform,
            &occasion.evidence,
            &more.device,
            &more.perceived_by,
        ]);
        self.add(more.account.iter().map(|account| account.handle.as_str()));
    }

    fn action(&mut self, action: &ActionItem) {
        if let Some(own) = &action.own {
            self.add([own.title.as_str(), own.owner.as_str()]);
        }
        match &action.state {
            ActionState::Open => {}
            ActionState::Done { note, .. } => self.add([note.as_str()]),
            ActionState::NotDone { why, .. } => self.add([why.as_str()]),
        }
    }

    fn evidence(&mut self, evidence: &Evidence) {
        self.add([&*evidence.description, &evidence.captured_by, &evidence.device]);
        if let Kept::Elsewhere { lies, .. } = &evidence.kept {
            self.add([lies.as_str()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::{NewAction, demo};
    use crate::domain::{CameTo, Contact, FiveParts, OwnAction};

    #[test]
    fn what_was_answered_done_and_closed_with_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let rows = session.cases("").unwrap();
        let views = rows.iter().filter(|row| row.open).map(|row| session.case(row.id).unwrap());
        let view = views.into_iter().find(|view| !view.contacts.is_empty()).unwrap();
        let id = view.case.id;
        let contact = Contact {
            id: session.new_contact_id().unwrap(),
            note: "They asked about the quokka.".into(),
            ..view.contacts[0].clone()
        };
        session.save_contact(&contact, "").unwrap();
        let what =
            OwnAction { title: "Ring the zebrafinch club".into(), owner: "Ms Quill".into(), check_in: false };
        let due = session.check_in_due(3).unwrap();
        session.add_action(id, &NewAction { what, about: None, due }).unwrap();
        let part = || "The axolotl was given back.".to_owned();
        let parts = FiveParts {
            summary: part(),
            follow_up: part(),
            action: part(),
            decision: part(),
            outcome: part(),
        };
        session.close_case(id, CameTo::Stopped, &parts, &[]).unwrap();
        for typed in ["quokka", "zebrafin", "Quill club", "axolotl given"] {
            let found: Vec<_> = session.cases(typed).unwrap().iter().map(|row| row.id).collect();
            assert_eq!(found, [id], "{typed}");
        }
    }
}
