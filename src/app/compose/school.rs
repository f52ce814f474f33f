//! The letter to the designated lead of another school: the least that is needed, and no other pupil's name.

use super::{Letter, Source};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{NewSchoolFields, Point};
use crate::domain::{LetterCode, PaperCode, Person, PersonId};

const CODE: PaperCode = PaperCode::Letter(LetterCode::NewSchool);

pub(super) fn to_lead(source: &Source<'_>, theirs: &Person) -> Result<Vec<Letter>, Error> {
    if theirs.school.trim().is_empty() {
        return Err(Error::Incomplete {
            what: "The other school’s name is not entered yet. You find it under People in the case.".into(),
        });
    }
    let target = source.view.people.first().ok_or(Error::NotFound)?;
    let dates = source.days_of(theirs.id);
    let count = source.view.occasions.iter().filter(|o| o.by == theirs.id).count();
    let said = if count == 1 { "one message was".to_owned() } else { format!("{count} messages were") };
    let fields = NewSchoolFields {
        to: "colleague".into(),
        our_pupil: target.year.map_or_else(|| "a pupil".into(), |year| format!("a pupil in Year {year}")),
        their_pupil: theirs.name.full().to_owned(),
        their_born: theirs.born,
        platforms: source.services(theirs.id),
        points: vec![
            Point {
                what: format!("We were told that {said} sent to our pupil from your pupil’s account"),
                known: false,
            },
            Point { what: "Our pupil is upset, and we are supporting them".into(), known: true },
        ],
        risk: "We know of no immediate risk to anyone. Please tell us if you know of one".into(),
        asks: vec!["Please remind your pupil to keep the messages, so that nothing is lost".into()],
        families_know: families_know(source, target.id, theirs.id),
        reply_by: source.school.calendar.school_days_after(source.today, 5),
        dates,
        sender: source.sender()?,
    };
    let body = source.fill(CODE, &Fields::NewSchool(fields))?;
    let address =
        vec!["The Designated Safeguarding Lead".to_owned(), theirs.school.clone(), "Confidential".to_owned()];
    Ok(vec![Letter {
        recipient: format!("Designated lead, {}", theirs.school),
        papers: vec![source.paper("Letter to a designated safeguarding lead", address, body)],
    }])
}

fn families_know(source: &Source<'_>, ours: PersonId, theirs: PersonId) -> String {
    let told = |child: PersonId| source.view.contacts.iter().any(|c| c.family_of == child && c.delivered);
    let ours = if told(ours) {
        "We have spoken with our pupil’s family."
    } else {
        "We have not yet spoken with our pupil’s family."
    };
    let theirs = if told(theirs) {
        "We have spoken with your pupil’s family."
    } else {
        "We have not contacted your pupil’s family."
    };
    format!("{ours} {theirs}")
}
