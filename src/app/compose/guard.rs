//! What the leak guard is told: who the letter is for, who else is in the case and at home with them, who else is on the
//! roll, and which adults may stand in it.

use super::super::letters::{Finding, paragraph};
use crate::app::CaseView;
use crate::documents::guard::{
    Guard, Hit, Kind, PaperText, Place, Subject, Tie, advice, describe, kind_id, what,
};
use crate::domain::{
    Household, LetterCode, LetterRecord, Paper, PaperCode, Person, PersonId, School, Spot, Who,
};

/// Everything in a letter that must be changed before it goes out, each said once.
pub(in crate::app) fn findings(
    school: &School,
    everyone: &[Person],
    view: &CaseView,
    record: &LetterRecord,
    file_name: &str,
) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let case = Case { school, everyone, view, record };
    let guard = case.guard();
    for (at, paper) in record.papers.iter().enumerate() {
        // The copies of a letter to a year differ in the address only: the rest is read once.
        let text = PaperText { address: &paper.address, ..PaperText::default() };
        let text = if at > 0 {
            text
        } else {
            PaperText {
                body: &paper.body,
                title: &paper.title,
                file_name,
                reference: &paper.reference,
                footer: &paper.footer,
                ..text
            }
        };
        let hits = guard.check(&text).into_iter().filter(|hit| !case.lives_there(hit, paper));
        findings.extend(told(hits).into_iter().map(|(hit, people)| {
            let words = text_of(&text, &hit);
            case.finding(&hit, people, words, false)
        }));
        // A name is a name in every language.
        if let Some(translation) = paper.translation.as_ref().filter(|_| at == 0) {
            let hits = guard.check(&PaperText { body: &translation.body, ..PaperText::default() });
            findings.extend(
                told(hits.into_iter())
                    .into_iter()
                    .map(|(hit, people)| case.finding(&hit, people, &translation.body, true)),
            );
        }
        // What a picture is read out as: the signature's, which names who signs.
        let alternative = format!("Signature of {}", school.signatory.name);
        if at == 0 && !school.signature.is_empty() {
            let hits = guard.check(&PaperText { footer: &alternative, ..PaperText::default() });
            let spoken = told(hits.into_iter()).into_iter().map(|(hit, people)| {
                let finding = case.finding(&hit, people, &alternative, false);
                let place = "What is read out in place of the signature".into();
                Finding {
                    place,
                    spot: Spot { place: "alternative".into(), ..finding.spot.clone() },
                    ..finding
                }
            });
            findings.extend(spoken);
        }
    }
    findings
}

/// What was found, each place once: the same words may be the name of several children.
fn told(hits: impl Iterator<Item = Hit>) -> Vec<(Hit, Vec<PersonId>)> {
    let mut found: Vec<(Hit, Vec<PersonId>)> = Vec::new();
    for hit in hits {
        let same = |(other, _): &&mut (Hit, Vec<PersonId>)| {
            (other.place, other.line, &other.range, other.kind) == (hit.place, hit.line, &hit.range, hit.kind)
        };
        match found.iter_mut().rev().find(same) {
            Some((_, people)) => people.extend(hit.person),
            None => found.push((hit.clone(), hit.person.into_iter().collect())),
        }
    }
    found
}

/// A letter among the people of the school.
struct Case<'a> {
    school: &'a School,
    everyone: &'a [Person],
    view: &'a CaseView,
    record: &'a LetterRecord,
}

impl Case<'_> {
    fn guard(&self) -> Guard {
        let mut subjects: Vec<Subject> = self.people().map(|person| self.subject(person)).collect();
        subjects.extend(self.other_adults());
        Guard::new(&subjects, &self.allowed())
    }

    /// The people of the case, then those on the roll.
    fn people(&self) -> impl Iterator<Item = &Person> {
        let roll = self.everyone.iter().filter(|person| self.view.person(person.id).is_none());
        self.view.people.iter().chain(roll)
    }

    /// Whether the address of a copy is that of the very child whom it seems to name.
    fn lives_there(&self, hit: &Hit, paper: &Paper) -> bool {
        let addressed = |person: &Person| is_addressed(person, paper);
        hit.place == Place::Address && hit.person.and_then(|id| self.person(id)).is_some_and(addressed)
    }

    fn person(&self, id: PersonId) -> Option<&Person> {
        self.people().find(|person| person.id == id)
    }

    /// Whether a person may be named: the child it is about, and whoever shares a home with the child. A letter to a
    /// year goes to every home, so that no child may stand in it.
    fn is_reader(&self, person: &Person) -> bool {
        let about = self.record.about.filter(|_| self.record.code != AGE_ALL);
        let lives_with = |child: &Person| child.households.iter().any(|home| person.lives_at(home));
        about == Some(person.id) || about.and_then(|id| self.view.person(id)).is_some_and(lives_with)
    }

    fn subject(&self, person: &Person) -> Subject {
        let child = matches!(person.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool | Who::Unknown);
        let in_case = self.view.person(person.id).is_some();
        let at_home_with_one = || {
            let with = |other: &Person| other.households.iter().any(|home| person.lives_at(home));
            self.view.people.iter().any(with)
        };
        let tie = match person.who {
            Who::Staff | Who::FormerStaff | Who::Head => Tie::Staff,
            _ if self.is_reader(person) => Tie::Reader { adult: !child },
            _ if in_case || at_home_with_one() => Tie::Other,
            _ => Tie::Roll,
        };
        // Only a family can tell by a class who is meant; a letter to a year names its own.
        let to_family = !matches!(self.record.code, AGE_ALL | NEW_SCHOOL);
        let on_roll = person.who == Who::CurrentPupil && to_family;
        Subject {
            known_as: person.known_as.clone(),
            year: person.year.filter(|_| on_roll).map(|year| year.to_string()).unwrap_or_default(),
            class: if on_roll { person.class.clone() } else { String::new() },
            handles: person.handles.clone(),
            phones: person.phones.clone(),
            child,
            ..Subject::new(person.id, person.name.full(), tie)
        }
    }

    /// The adults at home with the other children of the case: to name them is to name the child.
    fn other_adults(&self) -> impl Iterator<Item = Subject> {
        let others = self.view.people.iter().filter(move |person| !self.is_reader(person));
        let own = self.record.about.and_then(|id| self.view.person(id));
        let shared = move |home: &Household| own.is_some_and(|own| own.lives_at(home));
        others
            .flat_map(|person| person.households.iter().map(move |home| (person.id, home)))
            .filter(move |(_, home)| !shared(home))
            .flat_map(|(child, home)| {
                let names = home.addressees.split(" and ").filter(|name| name.split_whitespace().count() > 1);
                names.map(move |name| {
                    let mut adult = Subject::new(child, name, Tie::Other);
                    adult.child = false;
                    adult.phones = vec![home.phone.clone()];
                    adult
                })
            })
    }

    /// The adults who may stand: of the school, and of the homes that read.
    fn allowed(&self) -> Vec<String> {
        let school = self.school;
        let mut allowed = vec![school.name.clone(), school.signatory.name.clone(), school.lead.name.clone()];
        let papers = &self.record.papers;
        let own = |person: &&Person| {
            self.record.about == Some(person.id) || papers.iter().any(|paper| is_addressed(person, paper))
        };
        for home in self.everyone.iter().filter(own).flat_map(Person::homes) {
            allowed.extend(home.addressees.split(" and ").map(str::to_owned));
            allowed.push(super::salutation(&home.addressees));
        }
        allowed.retain(|name| !name.trim().is_empty());
        allowed
    }

    fn finding(&self, hit: &Hit, people: Vec<PersonId>, text: &str, translated: bool) -> Finding {
        let names: Vec<&str> =
            people.iter().filter_map(|id| self.person(*id)).map(|p| p.name.full()).collect();
        let names = names.join(" or ");
        let in_body = hit.place == Place::Body;
        let (number, around) = if in_body { paragraph(text, hit.range.start) } else { (0, 0..text.len()) };
        let place = match hit.place {
            Place::Body if translated => format!("The translation, paragraph {number}"),
            Place::Body => format!("Paragraph {number}"),
            Place::Address => format!("The address, line {}", hit.line),
            Place::Title => "The title in the file’s properties".into(),
            Place::FileName => "The name of the file".into(),
            Place::Reference => "The reference".into(),
            Place::Footer => "The foot of the page".into(),
        };
        let must_change = self.must_change(hit, &people);
        Finding {
            says: describe(hit, &names),
            line: if in_body && !translated { hit.line } else { 0 },
            is_name: !matches!(hit.kind, Kind::Verdict | Kind::Leftover),
            range: (in_body && !translated).then(|| hit.range.clone()),
            what: what(hit.kind, &names),
            advice: match (in_body, translated) {
                (true, true) => IN_THE_TRANSLATION,
                (true, false) => advice(hit.kind),
                (false, _) => NOT_IN_THE_TEXT,
            },
            must_change,
            spot: Spot {
                place: if translated { "translation".into() } else { place_id(hit) },
                kind: kind_id(hit.kind).into(),
                people,
                words: hit.excerpt.clone(),
                at: hit.range.start - around.start,
                around: text[around].trim_end().to_owned(),
            },
            place,
        }
    }

    /// Why words can never be about another thing, if they cannot.
    fn must_change(&self, hit: &Hit, people: &[PersonId]) -> Option<&'static str> {
        if hit.kind == Kind::Leftover {
            return Some("A gap of the template cannot stand.");
        }
        let whole = match hit.kind {
            Kind::FullName => true,
            // Its owner’s whole name with ’s: a name of one word is not told apart from part of one.
            Kind::Possessive => hit.excerpt.split(|c: char| c.is_whitespace() || c == '-').count() > 1,
            _ => false,
        };
        let of_case = |id: &PersonId| self.view.person(*id).is_some_and(|p| !is_an_adult_of(p, hit));
        (whole && people.iter().any(of_case))
            .then_some("The whole name of another child in this case cannot stand.")
    }
}

/// Whether the words are the name of a grown-up at the child's home and not the child's own.
fn is_an_adult_of(child: &Person, hit: &Hit) -> bool {
    let words = hit.excerpt.to_lowercase();
    child
        .homes()
        .flat_map(|home| home.addressees.split(" and "))
        .map(str::to_lowercase)
        .any(|adult| adult.contains(&words) && !child.name.full().to_lowercase().contains(&words))
}

/// What the lead can do about words that are not in the text itself.
const NOT_IN_THE_TEXT: &str = "It is not in the text below. It comes from the register or the school’s settings: change it there and write the letter again.";

/// The same for words in a translation.
const IN_THE_TRANSLATION: &str =
    "It stands in the translation. Take it out there, and have the translation looked at again.";

/// The text of the place that a hit is in; in an address, of its line.
fn text_of<'a>(paper: &PaperText<'a>, hit: &Hit) -> &'a str {
    match hit.place {
        Place::Body => paper.body,
        Place::Address => paper.address.get(hit.line.saturating_sub(1)).map_or("", String::as_str),
        Place::Title => paper.title,
        Place::FileName => paper.file_name,
        Place::Reference => paper.reference,
        Place::Footer => paper.footer,
    }
}

fn place_id(hit: &Hit) -> String {
    match hit.place {
        Place::Body => "body".into(),
        Place::Address => format!("address {}", hit.line),
        Place::Title => "title".into(),
        Place::FileName => "file_name".into(),
        Place::Reference => "reference".into(),
        Place::Footer => "footer".into(),
    }
}

/// Whether a copy goes to a home of this person.
fn is_addressed(person: &Person, paper: &Paper) -> bool {
    person.homes().any(|home| paper.address.first() == Some(&home.addressees))
}

const AGE_ALL: PaperCode = PaperCode::Letter(LetterCode::AgeAll);
const NEW_SCHOOL: PaperCode = PaperCode::Letter(LetterCode::NewSchool);
