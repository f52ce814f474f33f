//! The later letters to families, and the variants of all of them.

use super::{actor, day, kofi, new_school, sender, sita, target};
use casebook::documents::Fields;
use casebook::documents::template::fields::{
    Attempt, BothFields, CloseFields, ConductFields, FinalFields, FollowUp1Fields, FollowUp2Fields, Found,
    Home, IctFields, MeetingFields, OutcomeFields, SignpostFields, StaffContactFields, Step, Warning,
};

const MEETING: &str = "Wednesday 21 January 2026 at 3.30 pm, at school";

fn other_times() -> Vec<String> {
    vec!["Thursday 22 January 2026 at 8.15 am".into(), "Friday 23 January 2026 at 12 noon".into()]
}

fn tried() -> Vec<Attempt> {
    let attempt = |on: &str, how: &str| Attempt { on: day(on), how: how.into() };
    vec![attempt("2026-01-05", "by phone"), attempt("2026-01-12", "by letter")]
}

pub(super) fn all() -> Vec<Fields> {
    vec![
        both(),
        meeting(),
        first_follow_up(),
        second_follow_up(),
        final_notice(Warning::Policy),
        outcome_target(Found::Found),
        outcome_actor(Found::Found),
        staff_contact(),
        equipment(),
        conduct(),
        signpost(),
        close(),
    ]
}

pub(super) fn variants() -> Vec<(String, Fields)> {
    let mut variants = Vec::new();
    let mut add = |name: &str, fields: Fields| variants.push((name.to_owned(), fields));
    add("L_FINAL-under-10", final_notice(Warning::Help));
    add("L_FINAL-not-continued", final_notice(Warning::None));
    for (word, found) in [("not-found", Found::NotFound), ("could-not-tell", Found::CouldNotTell)] {
        add(&format!("L_OUT_TARGET-{word}"), outcome_target(found));
        add(&format!("L_OUT_ACTOR-{word}"), outcome_actor(found));
    }
    let Fields::NewSchool(mut fields) = new_school() else { return variants };
    fields.theirs_targeted = true;
    fields.our_pupil = "a pupil in Year 6".into();
    add("L_NEWSCHOOL-theirs-targeted", Fields::NewSchool(fields));
    let Fields::Target(mut fields) = target() else { return variants };
    fields.ages.clear();
    fields.reporting.clear();
    fields.wishes.clear();
    add("L_TARGET-least", Fields::Target(fields));
    let Fields::Actor(mut fields) = actor() else { return variants };
    fields.other_times.clear();
    fields.support.clear();
    fields.sender.hours.clear();
    add("L_ACTOR-least", Fields::Actor(fields));
    variants
}

/// The home that a letter goes to, where it is about one child.
fn home(fields: &mut Fields) -> Option<&mut Home> {
    match fields {
        Fields::Target(f) => Some(&mut f.home),
        Fields::Actor(f) => Some(&mut f.home),
        Fields::Meeting(f) => Some(&mut f.home),
        Fields::FollowUp1(f) => Some(&mut f.home),
        Fields::FollowUp2(f) => Some(&mut f.home),
        Fields::Final(f) => Some(&mut f.home),
        Fields::OutcomeTarget(f) | Fields::OutcomeActor(f) => Some(&mut f.home),
        Fields::StaffContact(f) => Some(&mut f.home),
        Fields::Ict(f) => Some(&mut f.home),
        Fields::Signpost(f) => Some(&mut f.home),
        Fields::Close(f) => Some(&mut f.home),
        _ => None,
    }
}

/// The same letter to the council that has the child in care; nothing where it is about no one child.
pub(super) fn in_care(mut fields: Fields) -> Option<Fields> {
    let home = home(&mut fields)?;
    *home = Home { to: "Ms Lane".into(), child: home.child.clone(), authority: true };
    Some(fields)
}

/// Where a letter goes, as it stands in the envelope's window.
pub(super) fn address(fields: &Fields) -> Vec<String> {
    let lines: &[&str] = match home(&mut fields.clone()) {
        Some(home) if home.authority => {
            &["Ms Lane", "Children’s Services", "County Hall, High Street", "Guildford GU1 1AC"]
        }
        Some(home) if home.child == "Kofi" => {
            &["Mrs A Osei and Mr K Osei", "12 Station Road", "Aldershot", "GU11 1AB"]
        }
        Some(_) => &["Mrs M Gurung", "3 Station Road", "Aldershot", "GU11 1AA"],
        None => match fields {
            Fields::NewSchool(_) => {
                &["Mr J Żółkiewski", "Thornbury Hill School", "4 Castle Road", "Aldershot GU11 1AD"]
            }
            Fields::ParentConduct(_) => &["Mr T Brandt", "7 Mill Lane", "Aldershot", "GU11 1AE"],
            _ => &["Mrs M Gurung", "3 Station Road", "Aldershot", "GU11 1AA"],
        },
    };
    lines.iter().map(|line| (*line).to_owned()).collect()
}

pub(crate) fn both() -> Fields {
    Fields::Both(BothFields {
        dates: vec![day("2026-01-16"), day("2026-01-17")],
        reply_by: day("2026-01-26"),
        decider: "Mrs Wells, the headteacher".into(),
        decide_by: day("2026-02-02"),
        sender: sender(),
    })
}

pub(super) fn meeting() -> Fields {
    Fields::Meeting(MeetingFields {
        home: kofi(),
        meeting: MEETING.into(),
        other_times: other_times(),
        who: "Mrs Wells, the headteacher, and Mr Shah, Kofi’s class teacher".into(),
        reply_by: day("2026-01-22"),
        sender: sender(),
    })
}

fn first_follow_up() -> Fields {
    Fields::FollowUp1(FollowUp1Fields {
        home: kofi(),
        tried: tried(),
        meeting: MEETING.into(),
        other_times: other_times(),
        reply_by: day("2026-01-27"),
        sender: sender(),
    })
}

fn second_follow_up() -> Fields {
    let step = |what: &str| Step { what: what.into(), by: None };
    Fields::FollowUp2(FollowUp2Fields {
        home: kofi(),
        tried: tried(),
        steps: vec![
            step("Someone whom Kofi knows will look out for them at school"),
            step("We will make sure that each child has help"),
        ],
        other_person: "Mr Shah, the class teacher, on the school’s number".into(),
        meeting: MEETING.into(),
        other_times: other_times(),
        reply_by: day("2026-01-27"),
        sender: sender(),
    })
}

pub(super) fn final_notice(warning: Warning) -> Fields {
    let continued =
        if warning == Warning::None { vec![] } else { vec![day("2026-01-16"), day("2026-01-18")] };
    let mut tried = tried();
    tried.push(Attempt { on: day("2026-01-15"), how: "by letter".into() });
    let reply_by = day("2026-01-27");
    Fields::Final(FinalFields { home: kofi(), tried, continued, warning, reply_by, sender: sender() })
}

fn outcome(home: Home, found: Found, other: &str) -> OutcomeFields {
    OutcomeFields {
        looked_into: format!(
            "We talked with {} and with others, and read the messages that we were shown",
            home.child
        )
        .into(),
        next: format!("Mr Shah will see {} each Monday to hear how things are", home.child).into(),
        home,
        found,
        other: other.into(),
        checks: vec![day("2026-01-26"), day("2026-02-02"), day("2026-03-02")],
        review_by: day("2026-02-03"),
        sender: sender(),
    }
}

pub(super) fn outcome_target(found: Found) -> Fields {
    Fields::OutcomeTarget(outcome(sita(), found, "another pupil"))
}

pub(super) fn outcome_actor(found: Found) -> Fields {
    Fields::OutcomeActor(OutcomeFields { checks: vec![], ..outcome(kofi(), found, "another pupil") })
}

fn staff_contact() -> Fields {
    let (dates, platforms) = (vec![day("2026-01-17")], vec!["Snapchat".into()]);
    Fields::StaffContact(StaffContactFields { home: kofi(), dates, platforms, sender: sender() })
}

fn equipment() -> Fields {
    Fields::Ict(IctFields {
        home: kofi(),
        on: day("2026-01-16"),
        tried: "A page that gets round the school’s filter was opened on a computer in the library".into(),
        until: day("2026-02-13"),
        lessons: "Kofi works with an adult close by where others use a computer alone".into(),
        adjustments: "Kofi keeps the reading program that helps with spelling".into(),
        review_on: day("2026-02-13"),
        sender: sender(),
    })
}

fn conduct() -> Fields {
    Fields::ParentConduct(ConductFields {
        to: "Mr Brandt".into(),
        told: "We have been told about messages from your account to a pupil on 16 January 2026".into(),
        meeting: MEETING.into(),
        other_times: other_times(),
        reply_by: day("2026-01-23"),
        sender: sender(),
    })
}

fn signpost() -> Fields {
    let child_school = "Thornbury Hill School".into();
    Fields::Signpost(SignpostFields {
        home: sita(),
        child_school,
        platforms: vec!["WhatsApp".into()],
        sender: sender(),
    })
}

fn close() -> Fields {
    let checks = vec![day("2026-01-26"), day("2026-02-02"), day("2026-03-02")];
    Fields::Close(CloseFields { home: sita(), checks, quiet_since: day("2026-01-17"), sender: sender() })
}
