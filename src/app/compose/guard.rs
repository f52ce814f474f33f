//! What the leak guard is told: who the letter is about, who else is in the case, and which adults may stand in it.

use super::super::letters::Finding;
use crate::app::CaseView;
use crate::documents::guard::{Kind, PaperText, Place, Subject, check, describe};
use crate::domain::{LetterCode, LetterRecord, Paper, PaperCode, Person, School, Who};

/// Everything in a letter that must be changed before it goes out, each said once.
pub(in crate::app) fn findings(
    school: &School,
    everyone: &[Person],
    view: &CaseView,
    record: &LetterRecord,
    file_name: &str,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, paper) in record.papers.iter().enumerate() {
        for finding in of_paper(school, everyone, view, record, paper, file_name) {
            // The body is the same in every copy of a letter to a year: its findings are said once.
            if (at == 0 || finding.line == 0) && !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    findings
}

fn of_paper(
    school: &School,
    everyone: &[Person],
    view: &CaseView,
    record: &LetterRecord,
    paper: &Paper,
    file_name: &str,
) -> Vec<Finding> {
    // A letter to a year names no child at all, but its window names the adults of one home.
    let own_home = |p: &Person| {
        let mut homes = p.households.iter().chain(&p.authority);
        homes.any(|h| paper.address.first() == Some(&h.addressees))
    };
    let subjects: Vec<Subject<'_>> = view
        .people
        .iter()
        .filter(|p| matches!(p.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool | Who::Unknown))
        .map(|person| Subject { person, about: record.about == Some(person.id) && record.code != AGE_ALL })
        .collect();
    let mut adults = vec![school.name.clone(), school.signatory.name.clone(), school.lead.name.clone()];
    for person in everyone.iter().filter(|p| own_home(p) || record.about == Some(p.id)) {
        for home in person.households.iter().chain(&person.authority) {
            adults.extend(home.addressees.split(" and ").map(str::to_owned));
            adults.push(super::salutation(&home.addressees));
        }
    }
    adults.retain(|name| !name.trim().is_empty());
    let text = PaperText {
        body: &paper.body,
        address: &paper.address,
        title: &paper.title,
        file_name,
        reference: &paper.reference,
        footer: &paper.footer,
    };
    check(&text, &subjects, &adults)
        .into_iter()
        .map(|hit| {
            let name = hit.person.and_then(|id| view.person(id)).map_or("", |p| p.name.full());
            let line = if hit.place == Place::Body { hit.line } else { 0 };
            Finding {
                says: describe(&hit, name),
                line,
                is_name: !matches!(hit.kind, Kind::Verdict | Kind::Leftover),
            }
        })
        .collect()
}

const AGE_ALL: PaperCode = PaperCode::Letter(LetterCode::AgeAll);
