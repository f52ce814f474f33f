//! What the lead sees before anybody writes to a family or rings it: who is not to be contacted and why, an interpreter, a
//! telephone that others read, more homes than one. What the school knows of a home is told; nothing is guessed.

mod reach;

pub use reach::{Reach, before_action, stands};

use super::compose::window;
use super::{CaseView, Error, Session};
use crate::domain::{Household, LetterCode, LetterRecord, LetterState, Paper, PaperCode, Person, Who};

/// Something to know before getting in touch.
#[derive(Clone, PartialEq, Eq)]
pub struct Caution {
    /// Nobody gets in touch with this home.
    pub stops: bool,
    /// In one or two sentences.
    pub words: String,
}

impl std::fmt::Debug for Caution {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caution").field("stops", &self.stops).finish_non_exhaustive()
    }
}

/// What to know before getting in touch with somebody's family, what stops it first.
pub fn cautions(person: &Person) -> Vec<Caution> {
    let mut all: Vec<Caution> = person.not_contacted().map(stop).collect();
    let told = |words: String| Caution { stops: false, words };
    let open = || person.households.iter().filter(|home| home.may_be_contacted());
    if person.authority.is_empty() && open().count() > 1 {
        let homes: Vec<&str> = open().map(named).collect();
        all.push(told(format!("There is more than one home: {}. Each is told apart.", homes.join("; "))));
    }
    let council = person.authority.iter().filter(|home| home.may_be_contacted());
    all.extend(open().chain(council).flat_map(of_home).map(told));
    if !person.note.trim().is_empty() {
        all.push(told(sentence(&person.note)));
    }
    all
}

fn stop(home: &Household) -> Caution {
    let words = format!("Do not contact {}. {}", named(home), sentence(&home.family.do_not_contact));
    Caution { stops: true, words }
}

/// The same where it stands in somebody else's record.
fn said_of(person: &Person, home: &Household) -> String {
    format!("{} It was said of a home of {}.", stop(home).words, person.name.full())
}

fn of_home(home: &Household) -> Vec<String> {
    let (who, family) = (named(home), &home.family);
    let mut all = Vec::new();
    if family.shared_device {
        all.push(format!(
            "{who}: somebody else reads the telephone or the inbox. Write nothing there that they must not read."
        ));
    }
    match (family.interpreter, family.language.trim()) {
        (true, "") => all.push(format!("{who}: an interpreter is needed.")),
        (true, language) => all.push(format!("{who}: an interpreter is needed, for {language}.")),
        (false, "") => {}
        (false, language) => all.push(format!("{who}: the language is {language}.")),
    }
    // Whom the envelope names has it, as a register mostly says: nothing to know.
    let responsible = family.responsibility.trim();
    if !responsible.is_empty() && responsible != home.addressees.trim() {
        all.push(format!("{who}: parental responsibility: {}", sentence(responsible)));
    }
    all
}

fn named(home: &Household) -> &str {
    if home.addressees.trim().is_empty() { "this home" } else { home.addressees.trim() }
}

/// Trimmed, with an end.
fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Every home in the case file that is not to be contacted, with the person of whom it was said.
pub(super) struct Stops<'p>(Vec<(&'p Person, &'p Household)>);

impl<'p> Stops<'p> {
    pub(super) fn of(everyone: &'p [Person]) -> Self {
        let of = |person: &'p Person| person.not_contacted().map(move |home| (person, home));
        Self(everyone.iter().flat_map(of).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of somebody's homes that may be contacted; where that is none of them, why no letter can be written.
    pub(super) fn open_of(&self, person: &Person, homes: Vec<Household>) -> Result<Vec<Household>, String> {
        let (stopped, open): (Vec<_>, Vec<_>) = homes.into_iter().partition(|home| self.stop_home(home));
        if !open.is_empty() || stopped.is_empty() {
            return Ok(open);
        }
        let stops: Vec<String> = stopped.iter().map(|home| self.why(person, home)).collect();
        let then = "So no letter can be written home. If this is no longer so, change it with the home, under Pupils or under People in the case.";
        Err(format!("{} {then}", stops.join(" ")))
    }

    /// Whether an envelope is that of such a home, whoever's home that was said of.
    pub(super) fn hold(&self, envelope: &[String]) -> bool {
        self.find(envelope).is_some()
    }

    fn find(&self, envelope: &[String]) -> Option<(&'p Person, &'p Household)> {
        let goes_to = |(_, home): &&(&Person, &Household)| same_envelope(envelope, &window(home));
        self.0.iter().find(goes_to).copied()
    }
}

fn same_envelope(one: &[String], other: &[String]) -> bool {
    let lines = |all: &[String]| {
        let words =
            all.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
        words.filter(|line| !line.is_empty()).collect::<Vec<_>>()
    };
    lines(one) == lines(other)
}

/// Whether a paper goes to homes.
pub(super) fn goes_home(code: PaperCode) -> bool {
    matches!(code, PaperCode::Letter(code) if code != LetterCode::NewSchool)
}

/// Why a letter to somebody's homes does not go to this one of its addresses. Where anything stops a home of theirs, only
/// an address that is that of an open home today is safe: the one on an older draft may be the other's.
fn not_open(paper: &Paper, about: &Person) -> Option<String> {
    let stopped = about.not_contacted().next()?;
    let open = about.written_to_at().iter().filter(|home| home.may_be_contacted());
    let is_open = open.into_iter().any(|home| same_envelope(&paper.address, &window(home)));
    (!is_open).then(|| {
        let then = "The address of this letter is not one of the homes that may be contacted now. Write the letter again.";
        format!("{} {then}", stop(stopped).words)
    })
}

impl Session {
    /// Why a letter must not go out: a copy of it would reach a home that is not to be contacted, or may.
    pub(super) fn reaches_a_stopped_home(&self, record: &LetterRecord) -> Result<Option<String>, Error> {
        if !goes_home(record.code) {
            return Ok(None);
        }
        let everyone = self.everyone()?;
        let stops = Stops::of(&everyone);
        let about = record.about.and_then(|id| everyone.iter().find(|person| person.id == id));
        let why = |paper: &Paper| {
            let Some((person, home)) = stops.find(&paper.address) else { return not_open(paper, about?) };
            let says = match about {
                Some(about) if about.id == person.id => stop(home).words,
                _ => said_of(person, home),
            };
            let then = match record.papers.len() {
                0 | 1 => "This letter is addressed to that home.",
                _ => {
                    "A copy of this letter is addressed to that home. Write the letter again: it gets none then."
                }
            };
            Some(format!("{says} {then}"))
        };
        Ok(record.papers.iter().find_map(why))
    }

    /// What to know before a letter is approved and sent; nothing for a paper that goes to no home.
    pub(super) fn cautions_for(&self, view: &CaseView, record: &LetterRecord) -> Result<Vec<Caution>, Error> {
        if !goes_home(record.code) {
            return Ok(Vec::new());
        }
        let mut all = Vec::new();
        match record.about.and_then(|id| view.person(id)) {
            Some(person) => {
                all.extend(self.said_elsewhere(person)?);
                all.extend(cautions(person));
            }
            None => all.extend(self.left_out(view, record)?),
        }
        // A draft waits for it; a letter that was approved before may still lie here to be posted.
        if record.state != LetterState::Draft {
            all.retain(|caution| caution.stops);
            if let Some(why) = self.reaches_a_stopped_home(record)? {
                all.retain(|caution| !why.starts_with(&caution.words));
                all.insert(0, Caution { stops: true, words: format!("Do not send this letter. {why}") });
            }
        }
        Ok(all)
    }

    /// What stops a home of somebody and stands in the record of another who lives there.
    fn said_elsewhere(&self, person: &Person) -> Result<Vec<Caution>, Error> {
        let everyone = self.everyone()?;
        let stops = Stops::of(&everyone);
        let open = person.written_to_at().iter().filter(|home| home.may_be_contacted());
        let found = open.filter_map(|home| stops.find(&window(home)));
        let told =
            |(other, home): (&Person, &Household)| Caution { stops: true, words: said_of(other, home) };
        Ok(found.map(told).collect())
    }

    /// The homes of the year that get no copy.
    fn left_out(&self, view: &CaseView, record: &LetterRecord) -> Result<Option<Caution>, Error> {
        let Some(year) = view.people.first().and_then(|target| target.year) else { return Ok(None) };
        let everyone = self.everyone()?;
        let pupils = everyone.iter().filter(|it| it.who == Who::CurrentPupil && it.year == Some(year));
        let stopped = pupils.flat_map(Person::not_contacted);
        let gets_one =
            |home: &&Household| record.papers.iter().any(|it| same_envelope(&it.address, &window(home)));
        let mut names: Vec<&str> = stopped.filter(|home| !gets_one(home)).map(named).collect();
        names.sort_unstable();
        names.dedup();
        let words = format!("Not to be contacted, so without a copy: {}.", names.join("; "));
        Ok((!names.is_empty()).then_some(Caution { stops: false, words }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Error, demo};
    use crate::domain::{Family, Name, PersonId};

    fn home(adults: &str, family: Family) -> Household {
        Household { addressees: adults.into(), family, ..Household::default() }
    }

    fn child(households: Vec<Household>) -> Person {
        let ann = Person::new(PersonId::new(1), Name::new("Ann Lee").unwrap(), Who::CurrentPupil);
        Person { households, ..ann }
    }

    #[test]
    fn what_stops_comes_first_and_what_is_not_known_is_not_said() {
        assert_eq!(cautions(&child(vec![home("Mrs A Lee", Family::default())])), []);
        let registered = Family { responsibility: "Mrs A Lee".into(), ..Family::default() };
        assert_eq!(cautions(&child(vec![home("Mrs A Lee", registered)])), [], "as the envelope says");
        let order = Family { do_not_contact: "Court order of 3 March".into(), ..Family::default() };
        let shared = Family {
            shared_device: true,
            interpreter: true,
            language: "Polish".into(),
            responsibility: "his mother only".into(),
            ..Family::default()
        };
        let person = Person {
            note: "Ring after six".into(),
            ..child(vec![home("Mrs A Lee", shared), home("Mr K Lee", order), home("Ms B", Family::default())])
        };
        let said = cautions(&person);
        assert_eq!(said.iter().filter(|it| it.stops).count(), 1);
        let words: Vec<&str> = said.iter().map(|it| it.words.as_str()).collect();
        assert_eq!(
            words,
            [
                "Do not contact Mr K Lee. Court order of 3 March.",
                "There is more than one home: Mrs A Lee; Ms B. Each is told apart.",
                "Mrs A Lee: somebody else reads the telephone or the inbox. Write nothing there that they must not read.",
                "Mrs A Lee: an interpreter is needed, for Polish.",
                "Mrs A Lee: parental responsibility: his mother only.",
                "Ring after six.",
            ]
        );
    }

    #[test]
    fn no_letter_is_written_to_a_home_that_is_not_to_be_contacted() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let rows = session.cases("").unwrap();
        let mut views = rows.iter().filter(|row| row.open).map(|row| session.case(row.id).unwrap());
        let letter = PaperCode::Letter(LetterCode::Target);
        // A case in which the letter to the targeted child's family can be written.
        let (view, child, before) = views
            .find_map(|view| {
                let ids = session.write_letter(view.case.id, letter, Some(view.case.target)).ok()?;
                let child = view.person(view.case.target)?.clone();
                Some((view, child, ids))
            })
            .unwrap();
        let order = Family { do_not_contact: "A court order.".into(), ..Family::default() };
        let mut two = child.clone();
        two.households.push(home("Mr K Planted", order.clone()));
        session.amend_person(&two, "The mother rang.").unwrap();
        let ids = session.write_letter(view.case.id, letter, Some(child.id)).unwrap();
        assert_eq!(ids.len(), before.len(), "one letter a home, and none for the other");
        for id in &ids {
            let written = session.letter(*id).unwrap();
            assert!(!written.record.recipient.contains("Planted"));
            assert!(written.cautions.iter().any(|it| it.stops && it.words.contains("Planted")));
        }

        // A draft from before waits, and none is begun.
        let mut none = child.clone();
        none.households.iter_mut().for_each(|home| home.family = order.clone());
        session.amend_person(&none, "The police rang.").unwrap();
        let held = session.letter(before[0]).unwrap().held_back.unwrap();
        assert!(held.contains("A court order."), "{held}");
        let approved = session.approve_letter(before[0]);
        assert!(matches!(approved, Err(Error::HeldBack { .. })), "{approved:?}");
        let refused = session.write_letter(view.case.id, letter, Some(child.id)).unwrap_err();
        assert!(matches!(refused, Error::HeldBack { .. }), "{refused}");
    }

    #[test]
    fn an_envelope_is_known_however_it_is_written_and_whoever_entered_the_home() {
        let order = Family { do_not_contact: "An order.".into(), ..Family::default() };
        let stopped =
            Household { address: vec!["12 Station Road".into()], ..home("Mr K Lee", order.clone()) };
        let people = [child(vec![stopped, home("Mrs A Lee", Family::default())])];
        let stops = Stops::of(&people);
        for (envelope, held) in [
            (vec!["Mr K Lee", "12 Station Road"], true),
            (vec![" MR K  Lee", "", "12 station road "], true),
            (vec!["Mr K Lee", "1 Quay"], false),
            (vec!["Mrs A Lee"], false),
        ] {
            let envelope: Vec<String> = envelope.into_iter().map(str::to_owned).collect();
            assert_eq!(stops.hold(&envelope), held, "{envelope:?}");
        }
        // Of one of them it was said, and it holds for whoever else lives there.
        let brother = Person::new(PersonId::new(2), Name::new("Bo Lee").unwrap(), Who::CurrentPupil);
        let shared = Household { family: Family::default(), ..people[0].households[0].clone() };
        let why = stops.open_of(&brother, vec![shared.clone()]).unwrap_err();
        assert!(
            why.starts_with("Do not contact Mr K Lee. An order. It was said of a home of Ann Lee. So no"),
            "{why}"
        );
        let other = home("Mrs B Lee", Family::default());
        assert_eq!(stops.open_of(&brother, vec![shared, other.clone()]), Ok(vec![other]));
        assert_eq!(
            stops.open_of(&brother, Vec::new()),
            Ok(Vec::new()),
            "nobody is entered, and nobody is stopped"
        );
        let why = stops.open_of(&people[0], vec![people[0].households[0].clone()]).unwrap_err();
        assert!(why.starts_with("Do not contact Mr K Lee. An order. So no letter"), "{why}");
    }

    #[test]
    fn that_a_home_is_not_to_be_contacted_is_not_changed_without_a_reason() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let case = session.cases("").unwrap().into_iter().find(|row| row.open).unwrap().id;
        let view = session.case(case).unwrap();
        let mut child = view.person(view.case.target).unwrap().clone();
        let threat = Family { do_not_contact: "A threat.".into(), ..Family::default() };
        child.households = vec![home("Mrs A Lee", threat.clone()), home("Mr K Lee", threat)];
        session.amend_person(&child, "Said by the police.").unwrap();
        let mut one = child.clone();
        one.households.remove(1);
        let refused = session.amend_person(&one, "");
        assert!(matches!(refused, Err(Error::ReasonMissing { .. })), "the other has the same reason");
        child.households[0].family.do_not_contact.clear();
        assert!(matches!(session.amend_person(&child, " "), Err(Error::ReasonMissing { .. })));
        session.amend_person(&child, "The order has ended.").unwrap();
        let told = session.timeline(case).unwrap();
        let fields = || told.iter().flat_map(|line| &line.changes).flat_map(|change| &change.fields);
        assert!(fields().any(|field| field.was.contains("A threat.")), "the first text stays readable");
    }
}
