//! The letter to the designated lead of another school: the least that is needed, and no other pupil's name.

use super::{Letter, Source, is_child};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{NewSchoolFields, Point};
use crate::domain::{Person, PersonId};

pub(super) fn to_lead(source: &Source<'_>, theirs: &Person) -> Result<Vec<Letter>, Error> {
    if theirs.school.trim().is_empty() {
        return Err(Error::Incomplete {
            what: "The other school’s name is not entered yet. You find it under People in the case.".into(),
        });
    }
    let view = source.view;
    let theirs_targeted = theirs.id == view.case.target;
    let ours = if theirs_targeted {
        view.people.iter().find(|p| p.id != theirs.id && is_child(p))
    } else {
        view.person(view.case.target)
    };
    let ours = ours.ok_or(Error::NotFound)?;
    let fields = NewSchoolFields {
        theirs_targeted,
        to: "colleague".into(),
        our_pupil: ours.year.map_or_else(|| "a pupil".into(), |year| format!("a pupil in Year {year}")),
        their_pupil: theirs.name.full().to_owned(),
        their_born: theirs.born,
        platforms: source.services(theirs.id),
        points: points(source, theirs, theirs_targeted),
        risk: "We know of no immediate risk to anyone. Please tell us if you know of one".into(),
        asks: vec!["Please remind your pupil to keep the messages, so that nothing is lost".into()],
        families_know: families_know(source, ours.id, theirs.id),
        reply_by: source.school.calendar.school_days_after(source.today, 5),
        dates: source.days_of(theirs.id),
        sender: source.sender()?,
    };
    let body = source.fill(&Fields::NewSchool(fields))?;
    let address =
        vec!["The Designated Safeguarding Lead".to_owned(), theirs.school.clone(), "Confidential".to_owned()];
    Ok(vec![Letter {
        recipient: format!("Designated lead, {}", theirs.school),
        papers: vec![source.paper(address, body)],
    }])
}

/// What the other school is told, each line marked as told or as seen.
fn points(source: &Source<'_>, theirs: &Person, theirs_targeted: bool) -> Vec<Point> {
    let messages =
        |count| if count == 1 { "one message was".to_owned() } else { format!("{count} messages were") };
    if theirs_targeted {
        let count = source.view.occasions.iter().filter(|o| o.to == theirs.id).count();
        let what =
            format!("We were told that {} sent to your pupil from our pupil’s account", messages(count));
        let ours = "We are looking into our own pupil’s part, and will support both children";
        return vec![Point { what, known: false }, Point { what: ours.into(), known: true }];
    }
    let count = source.view.occasions.iter().filter(|o| o.by == theirs.id).count();
    let what = format!("We were told that {} sent to our pupil from your pupil’s account", messages(count));
    let ours = "Our pupil is upset, and we are supporting them";
    vec![Point { what, known: false }, Point { what: ours.into(), known: true }]
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
