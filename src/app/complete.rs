//! Completes the lead's answers with what dated records say: age on the day, on roll on the day, has it continued, has
//! the family refused, was there an earlier linked case.

use super::circumstances::{prejudices, settings};
use super::linked::Earlier;
use crate::domain::{
    ActorFacts, Born, Contact, ContactSafe, Continuing, Danger, Day, Disclosure, EarlierFacts, Facts,
    Imagery, Nature, Occasion, OccasionFacts, Part, Person, PersonId, PlatformFacts, Previous, SelfHarm,
    StaffContact, StaffHarm, TargetFacts, Who, Wishes, engagement,
};

/// The short id of the person at a place among those alleged: A, B, … Z, A2, B2 …
pub fn short_id(at: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    // T is the targeted child's.
    let letter = if letter == 'T' { 't' } else { letter };
    match at / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{}", round + 1),
    }
}

/// Which person each short id stands for: `T` and then those alleged, in order.
pub(super) fn people(disclosure: &Disclosure) -> Vec<(String, PersonId)> {
    let target = disclosure.target.iter().map(|p| ("T".to_owned(), p.id));
    target.chain(disclosure.alleged.iter().enumerate().map(|(at, p)| (short_id(at), p.id))).collect()
}

/// The facts of a disclosure on a day. An answer that is not given yet counts as the quiet one; whether all are given is
/// asked apart, before anything is confirmed.
///
/// An earlier linked case is a matter of record: it wins over what the lead answers about earlier cases, and counts
/// whether or not that page was opened.
pub(super) fn facts(disclosure: &Disclosure, contacts: &[Contact], earlier: &Earlier, today: Day) -> Facts {
    let a = &disclosure.answers;
    let people = people(disclosure);
    let short = |id: PersonId| people.iter().find(|(_, p)| *p == id).map(|(short, _)| short.clone());
    let occasion = |o: &Occasion| Some(OccasionFacts { on: o.on, by: short(o.by)?, to: short(o.to)? });
    let alleged: Vec<PersonId> = disclosure.alleged.iter().map(|p| p.id).collect();
    let written = !a.child_wishes.trim().is_empty() || !a.family_wishes.trim().is_empty();
    let wishes = match a.wishes {
        Some(wishes) if wishes != Wishes::NotRecorded => wishes,
        _ if written => Wishes::Recorded,
        _ => Wishes::NotRecorded,
    };
    let open = |question: &str| disclosure.is_open(question);
    Facts {
        today,
        disclosed_on: disclosure.disclosed_on.unwrap_or(today),
        danger: a.danger.unwrap_or(Danger::None),
        selfharm: a.selfharm.unwrap_or(SelfHarm::No),
        imagery: a.imagery.unwrap_or(Imagery::None),
        target: TargetFacts {
            who: disclosure.target.as_ref().map_or(Who::CurrentPupil, |p| disclosure.who(p)),
            age: disclosure.target.as_ref().map_or(Born::Unknown, born),
        },
        actors: disclosure
            .alleged
            .iter()
            .enumerate()
            .map(|(at, p)| actor(disclosure, contacts, earlier, at, p))
            .collect(),
        setting: settings(a.setting.as_ref(), &disclosure.occasions),
        nature: a.nature.unwrap_or(Nature::NotKnown),
        crime_flags: a.crime_flags.clone().filter(|_| open("crime_flags")).unwrap_or_default(),
        prejudice: prejudices(
            a.prejudice.clone().filter(|_| open("prejudice")).unwrap_or_default(),
            &disclosure.occasions,
        ),
        contact_safe: a.contact_safe.filter(|_| open("contact_safe")).unwrap_or(ContactSafe::Safe),
        eng_target: disclosure
            .target
            .as_ref()
            .map_or(crate::domain::Engagement::NotYet, |p| engagement::of_family(p.id, contacts).is),
        continuing: continuing(disclosure, contacts, earlier),
        previous: earlier.previous.or(a.previous.filter(|_| open("previous"))).unwrap_or(Previous::None),
        social_care: a.social_care.clone().filter(|_| open("social_care")).unwrap_or_default(),
        staff_contact: a.staff_contact.filter(|_| open("staff_contact")).unwrap_or(StaffContact::None),
        staff_harm: a.staff_harm.unwrap_or(StaffHarm::NotAsked),
        leaving: leaving(disclosure, today),
        wishes,
        platforms: a
            .platforms
            .iter()
            .filter_map(|p| {
                Some(PlatformFacts {
                    platform: p.platform.clone(),
                    account: p.account,
                    user: Some(short(p.user)?),
                })
            })
            .collect(),
        occasions: disclosure.occasions.iter().filter_map(occasion).collect(),
        final_notice: alleged.iter().filter_map(|id| engagement::final_notice(*id, contacts)).max(),
        earlier: EarlierFacts {
            cases: earlier.cases.clone(),
            set_aside: earlier.set_aside.clone(),
            occasions: earlier.occasions.iter().filter_map(occasion).collect(),
            acted: alleged.iter().filter_map(|id| Some((short(*id)?, earlier.acted(*id)?))).collect(),
        },
    }
}

/// Whether one of those alleged has gone on since the school first acted: in this case, or in an earlier linked one
/// towards this person's own family (see [`Earlier`] for what counts). Only what happened in this case can show it.
fn continuing_by(
    person: PersonId,
    disclosure: &Disclosure,
    contacts: &[Contact],
    earlier: &Earlier,
) -> Continuing {
    let alleged: Vec<PersonId> = disclosure.alleged.iter().map(|p| p.id).collect();
    let here = engagement::continuing_by(person, &alleged, &disclosure.occasions, contacts);
    let target = disclosure.target.as_ref().map(|p| p.id);
    match earlier.acted(person) {
        Some(day) if here != Continuing::Yes => {
            let again = |o: &Occasion| o.by == person && Some(o.to) == target && o.on > day;
            if disclosure.occasions.iter().any(again) { Continuing::Yes } else { Continuing::No }
        }
        _ => here,
    }
}

/// Whether it has gone on with any of those alleged.
fn continuing(disclosure: &Disclosure, contacts: &[Contact], earlier: &Earlier) -> Continuing {
    let each: Vec<Continuing> =
        disclosure.alleged.iter().map(|p| continuing_by(p.id, disclosure, contacts, earlier)).collect();
    let known = [Continuing::Yes, Continuing::No].into_iter().find(|known| each.contains(known));
    known.unwrap_or(Continuing::Unknown)
}

/// Whether a pupil in the case has left since the disclosure, or is about to.
fn leaving(disclosure: &Disclosure, today: Day) -> bool {
    let since = disclosure.disclosed_on.unwrap_or(today);
    disclosure.people().any(|p| p.left_on.is_some_and(|left| left >= since))
}

fn actor(
    disclosure: &Disclosure,
    contacts: &[Contact],
    earlier: &Earlier,
    at: usize,
    person: &Person,
) -> ActorFacts {
    let filter_only = disclosure.answers.firewall_only.contains(&person.id);
    ActorFacts {
        id: short_id(at),
        who: disclosure.who(person),
        age: born(person),
        eng: engagement::of_family(person.id, contacts).is,
        new_school: !person.school.is_empty(),
        send: person.send,
        part: if filter_only { Part::FirewallOnly } else { Part::Messages },
        continuing: Some(continuing_by(person.id, disclosure, contacts, earlier)),
        unanswered: engagement::unanswered(person.id, contacts),
    }
}

fn born(person: &Person) -> Born {
    match (person.born, person.who) {
        (Some(day), _) => Born::On(day),
        (None, Who::ParentAdult | Who::OtherAdult | Who::Staff | Who::FormerStaff | Who::Head) => Born::Adult,
        (None, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool | Who::Unknown) => Born::Unknown,
    }
}

#[cfg(test)]
mod tests;
