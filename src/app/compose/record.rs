//! What the school keeps or hands on: the record of a meeting, the cover of a file that moves to the next school.

use super::{Letter, Source};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{Kept, MeetingRecordFields, Signs, TransferFields, Yes};
use crate::domain::Person;

pub(super) fn meeting(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let yes = |field: &str| source.one_of(field, &[("yes", Yes::Yes), ("no", Yes::No)]);
    let signed = source.one_of("signed", &[("signs", Signs::Signs), ("declined", Signs::Declined)])?;
    let fields = MeetingRecordFields {
        child: child.called().to_owned(),
        held: source.words("held"),
        present: source.words("present"),
        apologies: source.words("apologies"),
        interpreter: source.words("interpreter"),
        purpose: source.words("purpose"),
        child_said: source.words("child_said"),
        family_said: source.words("family_said"),
        school_said: source.words("school_said"),
        agreed: source.words("agreed"),
        not_agreed: source.words("not_agreed"),
        actions: source.lines("actions"),
        plan_view: source.words("plan_view"),
        next_review: source.day("next_review")?,
        read_back: yes("read_back")?,
        signed,
        sender: source.sender()?,
    };
    source.one(&format!("Family of {}", child.called()), &Fields::MeetingRecord(Box::new(fields)))
}

pub(super) fn transfer(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let kept =
        [("nothing", Kept::Nothing), ("chronology", Kept::Chronology), ("everything", Kept::Everything)];
    let fields = TransferFields {
        child: source.child_block(child),
        to_school: source.words("to_school"),
        to_lead: source.words("to_lead"),
        sent_on: source.today,
        how: source.words("how"),
        contents: source.lines("contents"),
        advance: source.words("advance"),
        kept: source.one_of("kept", &kept)?,
        kept_why: source.words("kept_why"),
        reply_by: source.school.calendar.school_days_after(source.today, 5),
        sender: source.sender()?,
    };
    source.one("The next school’s lead", &Fields::Transfer(Box::new(fields)))
}
