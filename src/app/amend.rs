//! Amending what was written about a disclosure and its people: the first text stays readable, and a text that says
//! something else than before needs the reason. A first entry, and filling in what was empty, needs none.

use super::{Error, Session};
use crate::domain::{Answers, Case, CaseId, Household, Person, Wishes};

/// Why the words of a disclosure are written again where nobody had to say why: what was empty is filled in.
pub(super) const NO_REASON: &str = "the words of the disclosure";

/// The words of a disclosure.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct DisclosureWords {
    /// Who told whom.
    pub told_by: String,
    /// What was said.
    pub account: String,
    /// What the child wants.
    pub child_wishes: String,
    /// What the family wants, apart from the child.
    pub family_wishes: String,
    /// What they want of the police, as a rule can read it.
    pub wishes: Option<Wishes>,
}

impl std::fmt::Debug for DisclosureWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DisclosureWords(..)")
    }
}

impl DisclosureWords {
    /// Those of a case as they stand.
    pub fn of(case: &Case) -> Self {
        Self {
            told_by: case.told_by.clone(),
            account: case.account.clone(),
            child_wishes: case.answers.child_wishes.clone(),
            family_wishes: case.answers.family_wishes.clone(),
            wishes: case.answers.wishes,
        }
    }

    fn put_into(&self, case: Case) -> Case {
        let answers = Answers {
            child_wishes: self.child_wishes.trim().to_owned(),
            family_wishes: self.family_wishes.trim().to_owned(),
            wishes: self.wishes,
            ..case.answers
        };
        Case {
            told_by: self.told_by.trim().to_owned(),
            account: self.account.trim().to_owned(),
            answers,
            ..case
        }
    }

    /// Whether the other words say something else where these said something already.
    pub fn is_amended_by(&self, other: &Self) -> bool {
        let texts = |words: &Self| {
            [
                words.told_by.trim().to_owned(),
                words.account.trim().to_owned(),
                words.child_wishes.trim().to_owned(),
                words.family_wishes.trim().to_owned(),
            ]
        };
        let text = texts(self).iter().zip(texts(other)).any(|(was, is)| !was.is_empty() && *was != is);
        let asked = self.wishes.filter(|wish| *wish != Wishes::NotRecorded);
        text || (asked.is_some() && self.wishes != other.wishes)
    }
}

impl Session {
    /// Changes the words of a case's disclosure, and finds the case by the new ones.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] where a text that was there says something else; [`Error::Incomplete`] where the
    /// disclosure would say nothing; [`Error::CaseClosed`]; then nothing is written.
    pub fn amend_disclosure(&self, id: CaseId, words: &DisclosureWords, why: &str) -> Result<(), Error> {
        let view = self.open_view(id)?;
        let before = DisclosureWords::of(&view.case);
        if before.is_amended_by(words) && why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "case".into() });
        }
        if words.told_by.trim().is_empty() || words.account.trim().is_empty() {
            let what = "Write who told whom, and what was said.".into();
            return Err(Error::Incomplete { what });
        }
        let case = words.put_into(view.case.clone());
        self.write(reason(why, NO_REASON), |w| w.put(&case))
    }

    /// Changes the lead's answers of a case. The earlier ones stay in the record; words among them are amended with a
    /// reason, by [`amend_disclosure`](Self::amend_disclosure).
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] where they would change what the child, the family or the lead said.
    pub fn save_answers(&self, id: CaseId, answers: Answers) -> Result<(), Error> {
        let case = self.case(id)?.case;
        let reason_changed =
            !case.answers.contact_reason.is_empty() && case.answers.contact_reason != answers.contact_reason;
        let after = Case { answers, ..case.clone() };
        if reason_changed || DisclosureWords::of(&case).is_amended_by(&DisclosureWords::of(&after)) {
            return Err(Error::ReasonMissing { code: "case".into() });
        }
        self.write("answers changed", |w| w.put(&after))
    }

    /// Saves a person's particulars, and finds the cases they are in by the new ones.
    ///
    /// # Errors
    /// As [`amend_person`](Self::amend_person), with no reason given.
    pub fn save_person(&self, person: &Person) -> Result<(), Error> {
        self.amend_person(person, "")
    }

    /// The same, with the reason. A name, what somebody is called, an account, what to know before writing and who is not to
    /// be contacted are what was said of a person in a case: changing one of them there needs a reason. Their home, class or
    /// year does not.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; the case file cannot be written. Then nothing is.
    pub fn amend_person(&self, person: &Person, why: &str) -> Result<(), Error> {
        let before = self.inner().store.get::<Person>(&person.id.to_string())?;
        let cases = self.inner().store.list::<Case>()?;
        let in_a_case = cases.iter().any(|case| case.names(person.id));
        let amended = before.is_some_and(|before| is_amended(&before, person));
        if amended && in_a_case && why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "person".into() });
        }
        self.write(reason(why, "a person's particulars"), |w| w.put(person))
    }
}

fn reason<'a>(why: &'a str, otherwise: &'a str) -> &'a str {
    match why.trim() {
        "" => otherwise,
        why => why,
    }
}

/// Whether a person is called something else than before, or something that was said of them is gone.
fn is_amended(before: &Person, after: &Person) -> bool {
    let said = |was: &str, is: &str| !was.trim().is_empty() && was != is;
    said(before.name.full(), after.name.full())
        || said(&before.known_as, &after.known_as)
        || said(&before.note, &after.note)
        || before.not_contacted().any(|home| no_longer_said(home, after))
        || before.handles.iter().any(|handle| !after.handles.contains(handle))
}

/// Whether of a home that was not to be contacted this is not said any more, or with another reason.
fn no_longer_said(home: &Household, after: &Person) -> bool {
    let still = |other: &Household| {
        other.addressees == home.addressees && other.family.do_not_contact == home.family.do_not_contact
    };
    !after.not_contacted().any(still)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Happening, demo};
    use crate::domain::Name;

    fn school() -> (tempfile::TempDir, Session, CaseId) {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let id = session.cases("").unwrap().into_iter().find(|row| row.open).unwrap().id;
        (folder, session, id)
    }

    #[test]
    fn the_first_words_stay_readable_and_the_new_ones_are_found() {
        let (_folder, session, id) = school();
        let first = DisclosureWords::of(&session.case(id).unwrap().case);
        let words =
            DisclosureWords { account: "He was told to wear the marmalade hat.".into(), ..first.clone() };
        let head = session.anchor().unwrap();
        let refused = session.amend_disclosure(id, &words, "  ").unwrap_err();
        assert!(matches!(refused, Error::ReasonMissing { .. }), "{refused}");
        let nothing = DisclosureWords { account: " ".into(), ..first.clone() };
        let refused = session.amend_disclosure(id, &nothing, "Wrong.").unwrap_err();
        assert!(matches!(refused, Error::Incomplete { .. }), "{refused}");
        assert_eq!(session.anchor().unwrap(), head, "nothing was written");

        session.amend_disclosure(id, &words, "The teacher read her note again.").unwrap();
        assert_eq!(DisclosureWords::of(&session.case(id).unwrap().case), words);
        assert!(session.cases("marmalade").unwrap().iter().any(|row| row.id == id));
        let told = session.timeline(id).unwrap();
        let line = told.iter().find(|line| line.about == Happening::Disclosure).unwrap();
        let [change] = &line.changes[..] else { panic!("{:?}", line.changes) };
        assert_eq!(change.why, "The teacher read her note again.");
        assert_eq!(
            (change.fields[0].was.as_str(), change.fields[0].is.as_str()),
            (&*first.account, &*words.account)
        );
    }

    #[test]
    fn what_was_empty_is_filled_in_without_a_reason_and_changed_with_one() {
        let (_folder, session, id) = school();
        let mut words = DisclosureWords::of(&session.case(id).unwrap().case);
        words.family_wishes.clear();
        session.amend_disclosure(id, &words, "Taken down for another family.").unwrap();
        words.family_wishes = "A meeting.".into();
        session.amend_disclosure(id, &words, "").unwrap();
        let answers = session.case(id).unwrap().case.answers;
        let other = Answers { family_wishes: "No meeting.".into(), ..answers.clone() };
        assert!(matches!(session.save_answers(id, other), Err(Error::ReasonMissing { .. })));
        let leave = Answers { opened: Some(["social_care".to_owned()].into()), ..answers };
        session.save_answers(id, leave).unwrap();
        words.family_wishes = "No meeting.".into();
        assert!(matches!(session.amend_disclosure(id, &words, ""), Err(Error::ReasonMissing { .. })));
    }

    #[test]
    fn a_person_of_a_case_is_called_otherwise_only_with_a_reason() {
        let (_folder, session, id) = school();
        let child = session.case(id).unwrap().people[0].clone();
        let renamed = Person { name: Name::new("Wilhelmina Quist").unwrap(), ..child.clone() };
        let mut moved = child.clone();
        moved.class = "4K".into();
        session.save_person(&moved).unwrap();
        assert!(matches!(session.save_person(&renamed), Err(Error::ReasonMissing { .. })));
        session.amend_person(&renamed, "Spelt as on the register.").unwrap();
        let told = session.timeline(id).unwrap();
        let why = |line: &crate::app::TimelineLine| {
            line.changes.iter().any(|c| c.why == "Spelt as on the register.")
        };
        assert!(told.iter().any(|line| line.about == Happening::Person && why(line)));

        // A pupil who is in no case is kept as the register says.
        let mut everyone = session.everyone().unwrap().into_iter();
        let views: Vec<_> =
            session.cases("").unwrap().iter().map(|row| session.case(row.id).unwrap()).collect();
        let in_a_case = |p: &Person| views.iter().any(|view| view.person(p.id).is_some());
        if let Some(other) = everyone.find(|person| !in_a_case(person)) {
            session.save_person(&Person { name: Name::new("Ida Blom").unwrap(), ..other }).unwrap();
        }
    }
}
