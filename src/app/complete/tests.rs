//! The wizard's way over the policy that comes with Casebook: how many questions it asks, that a skipped one never matters,
//! and that neither the order of the answers nor a detour changes what the policy says.

use super::*;
use crate::domain::{
    Account, Calendar, CrimeFlag, Decision, LetterOffer, Name, Nature, Occasion, OccasionId, PlatformUse,
    Prejudice, Setting, SocialCare, StaffHarm, Vocabulary,
};
use crate::policy::{Policy, Question, QuestionKind};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn today() -> Day {
    day("2026-01-19")
}

fn someone(id: u64, who: Who, born: &str) -> Person {
    let mut person = Person::new(PersonId::new(id), Name::new("Somebody").unwrap(), who);
    person.born = Some(day(born));
    person
}

fn occasion(id: u64, on: &str, by: u64, to: u64) -> Occasion {
    Occasion {
        id: OccasionId::new(id),
        case: crate::domain::CaseId::new(1),
        on: day(on),
        time: String::new(),
        by: PersonId::new(by),
        to: PersonId::new(to),
        platform: "whatsapp".into(),
        words: "words".into(),
        evidence: String::new(),
        more: crate::domain::Circumstances::default(),
    }
}

/// A disclosure in which nothing else is wrong.
fn calm(alleged: Vec<Person>) -> Disclosure {
    let mut d = Disclosure {
        disclosed_on: Some(today()),
        told_by: "The child told the class teacher.".into(),
        account: "Messages.".into(),
        target: Some(someone(1, Who::CurrentPupil, "2015-06-14")),
        ..Disclosure::default()
    };
    d.occasions = alleged
        .iter()
        .zip(10..)
        .map(|(p, id)| {
            let mut one = occasion(id, "2026-01-17", 0, 1);
            one.by = p.id;
            one
        })
        .collect();
    d.alleged = alleged;
    let a = &mut d.answers;
    a.danger = Some(Danger::None);
    a.selfharm = Some(SelfHarm::No);
    a.imagery = Some(Imagery::None);
    a.opened = Some(BTreeSet::new());
    a.setting = Some([Setting::Outside].into());
    a.nature = Some(Nature::Bullying);
    let users: Vec<PersonId> = d.people().map(|p| p.id).collect();
    d.answers.platforms = users
        .into_iter()
        .map(|user| PlatformUse { platform: "whatsapp".into(), user, account: Account::Standard })
        .collect();
    d
}

/// Gives the answer that `from` has to one question.
fn answer(question: &Question, from: &Disclosure, to: &mut Disclosure) {
    let (a, b) = (&from.answers, &mut to.answers);
    match question.id.as_str() {
        "danger" => b.danger = a.danger,
        "selfharm" => b.selfharm = a.selfharm,
        "imagery" => b.imagery = a.imagery,
        "signs" => b.opened.clone_from(&a.opened),
        "staff_contact" => b.staff_contact = a.staff_contact,
        "staff_harm" => b.staff_harm = a.staff_harm,
        "crime_flags" => b.crime_flags.clone_from(&a.crime_flags),
        "prejudice" => b.prejudice.clone_from(&a.prejudice),
        "previous" => b.previous = a.previous,
        "social_care" => b.social_care.clone_from(&a.social_care),
        "setting" => {
            b.setting.clone_from(&a.setting);
            b.firewall_only.clone_from(&a.firewall_only);
        }
        "nature" => b.nature = a.nature,
        "contact_safe" => {
            b.contact_safe = a.contact_safe;
            b.contact_reason.clone_from(&a.contact_reason);
            b.contact_review = a.contact_review;
        }
        "accounts" => b.platforms.clone_from(&a.platforms),
        "wishes" => {
            b.wishes = a.wishes;
            b.child_wishes.clone_from(&a.child_wishes);
        }
        "story" => {
            to.disclosed_on = from.disclosed_on;
            to.told_by.clone_from(&from.told_by);
            to.account.clone_from(&from.account);
        }
        "target" => to.target.clone_from(&from.target),
        "alleged" => to.alleged.clone_from(&from.alleged),
        "occasions" => to.occasions.clone_from(&from.occasions),
        other => panic!("no question {other}"),
    }
}

/// Walks the way from the first page to the check, and returns the questions that were asked.
fn walk(policy: &Policy, full: &Disclosure) -> (Disclosure, Vec<String>) {
    let (mut so_far, mut asked) = (Disclosure::default(), Vec::new());
    loop {
        let way = policy.way(&so_far, &facts(&so_far, &[], &Earlier::default(), today()));
        let next = way.iter().find(|on| on.skipped.is_none() && !asked.contains(&on.question.id));
        let Some(next) = next else { return (so_far, asked) };
        let question = next.question.clone();
        answer(&question, full, &mut so_far);
        asked.push(question.id);
    }
}

#[test]
fn each_scenario_asks_at_most_twelve_questions() {
    let policy = Policy::built_in().unwrap();
    let pupil = |id| someone(id, Who::CurrentPupil, "2015-01-20");
    let mut moved = someone(2, Who::ExPupil, "2014-12-10");
    moved.left_on = Some(day("2025-10-10"));
    moved.school = "Another school".into();
    let mut young =
        calm(vec![someone(2, Who::CurrentPupil, "2016-05-01"), someone(3, Who::CurrentPupil, "2015-12-01")]);
    young.target = Some(someone(1, Who::CurrentPupil, "2016-02-15"));
    for (scenario, full) in [
        ("1 ex-pupil", calm(vec![moved])),
        ("2 current pupils", calm(vec![pupil(2), pupil(3)])),
        ("3 age-restricted platform", young),
        ("4 families not engaging", calm(vec![pupil(2)])),
    ] {
        let (walked, asked) = walk(&policy, &full);
        println!("scenario {scenario}: {} questions: {}", asked.len(), asked.join(", "));
        assert!(asked.len() <= 12, "{scenario}: {asked:?}");
        assert_eq!(asked[..4], ["danger", "selfharm", "imagery", "signs"]);
        assert_eq!(codes(&policy, &walked), codes(&policy, &full), "{scenario}");
    }
}

#[test]
fn a_closed_image_gate_shortens_the_way() {
    let policy = Policy::built_in().unwrap();
    let pupil = someone(2, Who::CurrentPupil, "2015-01-20");
    let mut full = calm(vec![pupil]);
    full.answers.imagery = Some(Imagery::NudeUnder18);
    let (_, asked) = walk(&policy, &full);
    assert!(
        !asked.contains(&"nature".to_owned()),
        "the school's route waits whatever it looks like: {asked:?}"
    );
    full.answers.imagery = Some(Imagery::None);
    assert!(walk(&policy, &full).1.contains(&"nature".to_owned()));
}

#[test]
fn harm_by_staff_is_asked_only_where_staff_are_alleged() {
    let policy = Policy::built_in().unwrap();
    let pupils = calm(vec![someone(2, Who::CurrentPupil, "2015-01-20")]);
    assert!(!walk(&policy, &pupils).1.contains(&"staff_harm".to_owned()));
    let mut staff = calm(vec![someone(2, Who::Staff, "1980-01-20")]);
    staff.answers.staff_harm = Some(StaffHarm::None);
    assert!(walk(&policy, &staff).1.contains(&"staff_harm".to_owned()));
}

#[test]
fn the_number_that_may_remain_never_grows() {
    let policy = Policy::built_in().unwrap();
    let full = calm(vec![someone(2, Who::CurrentPupil, "2015-01-20")]);
    let mut so_far = Disclosure::default();
    let mut least = usize::MAX;
    for question in &policy.questions {
        let way = policy.way(&so_far, &facts(&so_far, &[], &Earlier::default(), today()));
        let asked = way.iter().filter(|on| on.skipped.is_none()).count();
        assert!(asked <= least, "{}: {asked} after {least}", question.id);
        least = asked;
        answer(question, &full, &mut so_far);
    }
}

/// What the policy says, without the reasons: the codes, for whom, by when.
#[derive(Debug, PartialEq)]
struct Codes {
    said: Vec<String>,
    letters: Vec<LetterOffer>,
    lead: crate::domain::Lead,
    need_not: BTreeSet<String>,
}

fn codes_of(decision: &Decision) -> Codes {
    let d = decision;
    let mut said: Vec<String> = d.duty.iter().map(|c| c.id().to_owned()).collect();
    said.extend(d.options.iter().map(|c| c.id().to_owned()));
    said.extend(d.gates.iter().map(|c| c.id().to_owned()));
    said.extend(d.documents.iter().map(|c| c.id().to_owned()));
    said.extend(d.actions.iter().map(|a| format!("{a:?}")));
    said.push(format!("{:?} {:?} {:?}", d.attachments, d.separate_file, d.first_screen));
    said.sort();
    let mut letters = d.letters.clone();
    letters.sort_by_key(|l| (l.code, l.about.clone()));
    let fired = d.trace.iter().filter(|f| f.status == crate::domain::Status::Fired);
    let need_not = fired.filter_map(|f| f.need_not.clone()).collect();
    Codes { said, letters, lead: d.lead, need_not }
}

fn codes(policy: &Policy, disclosure: &Disclosure) -> Codes {
    codes_of(&policy.evaluate(&facts(disclosure, &[], &Earlier::default(), today()), &Calendar::default()))
}

fn one<V: Vocabulary>() -> impl Strategy<Value = V> {
    prop::sample::select(V::ALL)
}

fn some<V: Vocabulary>() -> impl Strategy<Value = BTreeSet<V>> {
    prop::collection::btree_set(one::<V>(), 1..3)
}

prop_compose! {
    fn any_person(id: u64)(who in one::<Who>(), year in 2010u32..2018, send in any::<bool>(), left in any::<bool>()) -> Person {
        let mut person = someone(id, who, &format!("{year}-06-14"));
        person.send = send;
        person.left_on = (left && who == Who::ExPupil).then(|| day("2025-10-10"));
        person
    }
}

prop_compose! {
    fn any_answers()(
        first in (one::<Danger>(), one::<SelfHarm>(), one::<Imagery>(), one::<Nature>(), one::<ContactSafe>(), one::<Previous>()),
        second in (one::<StaffContact>(), one::<StaffHarm>(), one::<Wishes>(), one::<Account>()),
        sets in (some::<Setting>(), some::<CrimeFlag>(), some::<Prejudice>(), some::<SocialCare>()),
        opened in prop::collection::btree_set(prop::sample::select(vec!["staff_contact", "crime_flags", "contact_safe", "prejudice", "previous", "social_care"]), 0..4),
        people in (any_person(1), any_person(2), any_person(3), 1usize..3),
        days in prop::collection::vec((1u32..19, 2u64..4), 1..4),
    ) -> Disclosure {
        let mut target = people.0;
        if !crate::policy::TARGETS.contains(&target.who) {
            target.who = Who::CurrentPupil;
        }
        let alleged: Vec<Person> = [people.1, people.2].into_iter().take(people.3).collect();
        let occasions = days.iter().zip(10u64..).map(|((on, by), id)| {
            let by = if *by == 3 && alleged.len() < 2 { 2 } else { *by };
            occasion(id, &format!("2026-01-{on:02}"), by, 1)
        });
        let mut d = Disclosure { occasions: occasions.collect(), ..calm(Vec::new()) };
        d.target = Some(target);
        d.alleged = alleged;
        let a = &mut d.answers;
        (a.danger, a.selfharm, a.imagery) = (Some(first.0), Some(first.1), Some(first.2));
        (a.nature, a.contact_safe, a.previous) = (Some(first.3), Some(first.4), Some(first.5));
        (a.contact_reason, a.contact_review) = ("A reason.".into(), Some(today()));
        a.staff_contact = Some(second.0);
        a.staff_harm = Some(second.1).filter(|harm| *harm != StaffHarm::NotAsked);
        a.wishes = Some(second.2);
        (a.setting, a.crime_flags, a.prejudice, a.social_care) = (Some(sets.0), Some(sets.1), Some(sets.2), Some(sets.3));
        a.opened = Some(opened.into_iter().map(str::to_owned).collect());
        a.platforms = (1..4).map(|user| PlatformUse { platform: "whatsapp".into(), user: PersonId::new(user), account: second.3 }).collect();
        d
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    /// Whatever is skipped could be answered in any way, and the policy would say the same.
    #[test]
    fn a_skipped_question_never_matters(full in any_answers(), other in any_answers()) {
        let policy = Policy::built_in().unwrap();
        let (_, asked) = walk(&policy, &full);
        let before = codes(&policy, &full);
        let mut changed = full.clone();
        for question in policy.questions.iter().filter(|q| !asked.contains(&q.id)) {
            // People, days and accounts hang together; a choice stands alone.
            if matches!(question.kind, QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Contact) {
                answer(question, &other, &mut changed);
            }
        }
        prop_assert_eq!(before, codes(&policy, &changed), "asked only {:?}", asked);
    }

    /// Neither the order of the answers nor a detour over other ones changes the outcome.
    #[test]
    fn order_and_detours_change_nothing(full in any_answers(), other in any_answers(), seed in any::<u64>()) {
        let policy = Policy::built_in().unwrap();
        let mut order: Vec<&Question> = policy.questions.iter().collect();
        let len = order.len();
        for at in 0..len {
            order.swap(at, usize::try_from(seed >> (at % 48)).unwrap_or(at) % len);
        }
        let mut so_far = Disclosure::default();
        for question in &order {
            answer(question, &other, &mut so_far);
        }
        for question in order.iter().rev() {
            answer(question, &full, &mut so_far);
        }
        prop_assert_eq!(codes(&policy, &so_far), codes(&policy, &full));
    }
}
