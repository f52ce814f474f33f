//! The laws that no pack may break, whatever a school writes into it. Each is a formula for the case in which it is broken;
//! what settles it soonest stands first, because the search splits in that order.

use super::formula::{Formula, Pack};
use crate::domain::{
    ActionCode, Choice, ContactSafe, Continuing, CrimeFlag, Danger, Duty, Engagement, Gate, Imagery,
    LetterCode, Nature, Part, StaffContact, Vocabulary, Who,
};
use crate::policy::Fact;
use crate::policy::effect::Whom;
use crate::policy::view::Subject;
use Formula as F;

/// One law.
pub(super) struct Law<'p> {
    /// The code that it is about.
    pub(super) place: String,
    /// What is wrong where it is broken.
    pub(super) says: String,
    /// When it is.
    pub(super) broken: F<'p>,
}

fn law<'p>(place: &str, says: &str, broken: F<'p>) -> Law<'p> {
    Law { place: place.to_owned(), says: says.to_owned(), broken }
}

pub(super) fn all<'p>(pack: &Pack<'p>) -> Vec<Law<'p>> {
    let mut laws = vec![
        law("every combination", "leads to no duty.", pack.any(|rule, _| !rule.then.duty.is_empty()).not()),
        emergency(pack),
        imagery(pack),
    ];
    laws.extend(pack.actors().flat_map(|actor| of_a_person(pack, actor)));
    laws.extend(restorative(pack));
    laws.extend(letters(pack));
    laws.extend(staff(pack));
    laws
}

fn emergency<'p>(pack: &Pack<'p>) -> Law<'p> {
    let immediate = F::is(Fact::Danger, &[Danger::Immediate], None);
    let page = pack.any(|rule, _| rule.then.emergency);
    let call = pack.any(|rule, _| rule.then.actions.iter().any(|(code, ..)| *code == ActionCode::Call999));
    let met = F::All(vec![page, call, pack.duty(Duty::Emergency)]);
    law(
        "EMERGENCY",
        "is not the first page, with the call to 999, although someone is in danger now.",
        immediate.and(met.not()),
    )
}

fn imagery<'p>(pack: &Pack<'p>) -> Law<'p> {
    let child =
        F::is(Fact::Imagery, &[Imagery::NudeUnder18, Imagery::AiNudeUnder18, Imagery::NotKnown], None);
    let shut = pack.gate(Gate::Image).and(pack.duty(Duty::Safeguarding));
    law(
        "W_IMAGE",
        "and the child-protection procedure do not hold, although a picture may show a child undressed.",
        child.and(shut.not()),
    )
}

fn of_a_person<'p>(pack: &Pack<'p>, actor: Subject) -> Vec<Law<'p>> {
    let given = |duty: Duty| {
        let readings = pack.readings().filter(|(rule, subject)| {
            rule.then.duty.contains(&duty) && (*subject == actor || subject.is_none() && pack.people == 1)
        });
        F::Any(readings.map(|(rule, subject)| F::Rule(rule, subject)).collect())
    };
    let pupil = F::All(vec![
        F::is(Fact::Actor, &[Who::CurrentPupil], actor),
        F::is(Fact::Part, &[Part::Messages], actor),
        F::is(Fact::Nature, &[Nature::TwoWayConflict], None).not(),
        F::is(Fact::StaffContact, &[StaffContact::PupilTried], None).not(),
    ]);
    let unknown = F::All(vec![
        F::is(Fact::Actor, &[Who::Unknown], actor),
        F::is(Fact::Target, &[Who::CurrentPupil], None),
    ]);
    let refused = F::is(Fact::EngActor, &[Engagement::Refused], actor);
    let continues = F::is(Fact::Continuing, &[Continuing::Yes], actor);
    let harassment = F::Any(
        pack.readings()
            .filter(|(rule, subject)| {
                rule.then.options.contains(&Choice::PoliceHarassment) && *subject == actor
            })
            .map(|(rule, subject)| pack.active(rule, subject))
            .collect(),
    );
    let for_the_case = F::Any(
        pack.readings()
            .filter(|(rule, subject)| {
                rule.then.options.contains(&Choice::PoliceHarassment) && subject.is_none()
            })
            .map(|(rule, subject)| pack.active(rule, subject))
            .collect(),
    );
    vec![
        law(
            "SCHOOL_DUTY",
            "and NO_DUTY_BROKER are both said of one person.",
            given(Duty::SchoolDuty).and(given(Duty::NoDutyBroker)),
        ),
        law(
            "SCHOOL_DUTY",
            "is not said, although a pupil of this school is alleged to be responsible.",
            pupil.and(given(Duty::SchoolDuty).not()),
        ),
        law(
            "SCHOOL_DUTY",
            "is not said, although a pupil is targeted by an account that nobody knows.",
            unknown.and(given(Duty::SchoolDuty).not()),
        ),
        law(
            "OPT_POLICE_HARASSMENT",
            "is offered although the family has not refused, or nothing has gone on (CB-6 asks for both).",
            F::Any(vec![harassment, for_the_case]).and(F::All(vec![refused, continues]).not()),
        ),
    ]
}

fn restorative<'p>(pack: &Pack<'p>) -> Vec<Law<'p>> {
    let offered = pack.option(Choice::Restorative);
    let threat = F::is(Fact::Danger, &[Danger::None], None).not();
    let hate = F::is(Fact::CrimeFlags, &[CrimeFlag::Hate], None);
    [
        ("is offered beside a closed image gate.", pack.gate(Gate::Image)),
        ("is offered although there was a threat.", threat),
        ("is offered although there is hate in it.", hate),
    ]
    .into_iter()
    .map(|(says, beside)| law("OPT_RESTORATIVE", says, beside.and(offered.clone())))
    .collect()
}

fn letters<'p>(pack: &Pack<'p>) -> Vec<Law<'p>> {
    let wait = ContactSafe::PoliceSayWait;
    let mut laws = vec![law(
        "L_AGE_ALL",
        "may be written beside a closed image gate.",
        pack.letter(LetterCode::AgeAll, Whom::Case).and(pack.gate(Gate::Image)),
    )];
    for code in LetterCode::ALL.iter().filter(|code| **code != LetterCode::NewSchool) {
        let homes = std::iter::once((Whom::Target, ContactSafe::UnsafeTargetHome))
            .chain((0..pack.people).map(|at| (Whom::Actor(at), ContactSafe::UnsafeActorHome)));
        for (whom, unsafe_home) in homes {
            let unsafe_now = F::is(Fact::ContactSafe, &[unsafe_home, wait], None);
            let says = "may be written to a home that is not safe to write to, or while the police have asked to wait.";
            laws.push(law(code.id(), says, unsafe_now.and(pack.letter(*code, whom))));
        }
    }
    laws
}

fn staff<'p>(pack: &Pack<'p>) -> Vec<Law<'p>> {
    let matter = F::Any(vec![pack.duty(Duty::StaffHarm), pack.duty(Duty::StaffLow)]);
    let apart = pack.any(|rule, _| rule.then.separate_file);
    let head = F::is(Fact::Actor, &[Who::Head], None);
    let chair = pack.any(|rule, _| {
        rule.then.overrides_lead && rule.then.lead == Some(crate::domain::Lead::ChairOfGovernors)
    });
    vec![
        law("STAFF_HARM", "or STAFF_LOW is said, and the record is not kept apart.", apart.not().and(matter)),
        law("lead", "is not the chair of governors, although the head is named.", head.and(chair.not())),
    ]
}
