//! A second case about the same children: what of the first counts, and what does not.

use super::*;
use crate::app::{Confirmation, Cost, NewCaseFile, Secret, World, facts_since};
use crate::domain::{
    Account, CameTo, Channel, Choice, Circumstances, ContactSafe, Continuing, Danger, DocumentCode,
    Engagement, FiveParts, Imagery, LetterCode, Name, Nature, OccasionId, PaperCode, Person, PlatformUse,
    Purpose, Response, School, SelfHarm, Setting, Signatory, SocialCare, StaffContact, Who,
};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// A case of January in which one family of two refused, closed in February.
struct Then {
    _folder: tempfile::TempDir,
    session: Session,
    first: CaseId,
}

fn open(session: &Session, draft: &Draft) -> CaseId {
    let confirmation = Confirmation { gap_reason: "Each apart.".into(), ..Confirmation::default() };
    session.open_case(draft, &confirmation).unwrap()
}

fn pupil(id: u64, name: &str) -> Person {
    let mut person = Person::new(PersonId::new(id), Name::new(name).unwrap(), Who::CurrentPupil);
    person.born = Some(day("2015-06-14"));
    person
}

/// Two children alleged: one on two days of January, the other on one.
fn first_draft(session: &Session) -> Draft {
    let draft = session.begin().unwrap();
    let (target, alleged) =
        (pupil(1, "Kofi Osei"), vec![pupil(2, "Daniel Whitmore"), pupil(3, "Oliwia Nowak")]);
    let occasion = |id: u64, on: &str, by: u64| Occasion {
        id: OccasionId::new(id),
        case: draft.id,
        on: day(on),
        time: String::new(),
        by: PersonId::new(by),
        to: target.id,
        platform: "whatsapp".into(),
        words: "told you".into(),
        evidence: String::new(),
        more: Circumstances::default(),
    };
    let occasions =
        vec![occasion(10, "2026-01-10", 2), occasion(11, "2026-01-12", 3), occasion(12, "2026-01-18", 2)];
    let platforms = [1, 2, 3].map(|user| PlatformUse {
        platform: "whatsapp".into(),
        user: PersonId::new(user),
        account: Account::Standard,
    });
    let answers = Answers {
        danger: Some(Danger::None),
        selfharm: Some(SelfHarm::No),
        imagery: Some(Imagery::None),
        setting: Some([Setting::Outside].into()),
        nature: Some(Nature::Bullying),
        contact_safe: Some(ContactSafe::Safe),
        previous: Some(Previous::None),
        social_care: Some([SocialCare::None].into()),
        staff_contact: Some(StaffContact::None),
        opened: Some([].into()),
        child_wishes: "I want it to stop.".into(),
        platforms: platforms.into(),
        ..Answers::default()
    };
    let disclosure = Disclosure {
        disclosed_on: Some(day("2026-01-12")),
        told_by: "He told his class teacher.".into(),
        account: "Messages.".into(),
        target: Some(target),
        alleged,
        occasions,
        answers,
        earlier: None,
    };
    Draft { disclosure, ..draft }
}

fn rang(session: &Session, case: CaseId, child: PersonId, on: &str, response: Response) {
    let contact = Contact {
        id: session.new_contact_id().unwrap(),
        case,
        family_of: child,
        on: day(on),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: true,
        response,
        note: String::new(),
        letter: None,
    };
    session.save_contact(&contact, "").unwrap();
}

fn school() -> School {
    let signatory = Signatory { name: "Mrs Helen Farrow".into(), ..Signatory::default() };
    let (name, phone) = ("Larkfield Junior School".into(), "01632 960100".into());
    School { name, phone, signatory, ..School::default() }
}

fn then() -> Then {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school: school(),
        owner: "Mrs Helen Farrow".into(),
        passphrase: Secret::new("otter lantern copper meadow".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, World::on(day("2026-06-08"))).unwrap();
    let first = open(&session, &first_draft(&session));
    let daniel = session.case(first).unwrap().case.alleged[0];
    rang(&session, first, daniel, "2026-01-13", Response::Refused);
    session
        .set_case_state(first, CaseState::Closed { on: day("2026-02-20"), why: "Stopped.".into() })
        .unwrap();
    Then { _folder: folder, session, first }
}

impl Then {
    /// A disclosure that follows the first case: one occasion from each of those at these places.
    fn again(&self, by: &[usize]) -> Draft {
        let earlier = self.session.case(self.first).unwrap();
        let mut draft = self.session.begin_linked(self.first).unwrap();
        let disclosure = &mut draft.disclosure;
        disclosure.disclosed_on = Some(day("2026-06-08"));
        disclosure.told_by = "He told his class teacher.".into();
        disclosure.account = "It has begun again.".into();
        disclosure.answers = Answers {
            previous: Some(Previous::None),
            child_wishes: "Stop it.".into(),
            ..earlier.case.answers
        };
        disclosure.alleged = by.iter().map(|at| earlier.people[1 + at].clone()).collect();
        disclosure.occasions = disclosure
            .alleged
            .iter()
            .zip(900..)
            .map(|(by, id)| Occasion {
                id: OccasionId::new(id),
                case: draft.id,
                on: day("2026-06-05"),
                by: by.id,
                ..earlier.occasions[0].clone()
            })
            .collect();
        draft
    }
}

#[test]
fn an_earlier_case_counts_though_the_page_about_it_was_never_opened() {
    let then = then();
    let draft = then.again(&[0]);
    assert_eq!(draft.disclosure.answers.opened, Some([].into()), "nobody ticked “earlier case”");
    let outcome = then.session.outcome(&draft.disclosure).unwrap();
    let fired = |rule: &str| outcome.decision.trace.iter().any(|f| f.rule == rule);
    assert_eq!(outcome.facts.previous, Previous::Resolved);
    assert!(fired("R22") && outcome.decision.letters.iter().any(|l| l.code == LetterCode::Meeting));
    // Two from him in January, one now; the gap is shown.
    let ready = &outcome.decision.readiness;
    assert_eq!((ready.occasions_same_sender_same_target, ready.of_them_earlier), (3, 2));
    assert_eq!(ready.longest_gap_days, Some(138));
    assert_eq!(outcome.decision.occasion_counts, [("A".to_owned(), 1)]);
    let said: Vec<_> = outcome.counted().into_iter().map(|line| (line.about, line.text)).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(said[0].1.contains("2026-001") && said[1].0.as_deref() == Some("A"));

    // Opened, it stays so, and is found from both sides.
    let second = open(&then.session, &draft);
    assert_eq!(then.session.outcome_of(second).unwrap().facts.previous, Previous::Resolved);
    assert!(!then.session.decision_is_old(second).unwrap());
    let before = then.session.linked(second).unwrap().before;
    assert_eq!(before.iter().map(|case| case.id).collect::<Vec<_>>(), [then.first]);
    let after = then.session.linked(then.first).unwrap().after;
    assert_eq!(after.iter().map(|case| case.id).collect::<Vec<_>>(), [second]);

    // The earlier case opened again: what was decided is out of date, and the page says what has changed.
    let record = then.session.case(second).unwrap().decision().unwrap().clone();
    then.session.set_case_state(then.first, CaseState::Open).unwrap();
    let now = then.session.outcome_of(second).unwrap();
    assert_eq!(now.facts.previous, Previous::Open);
    let since = facts_since(&record.facts, &now);
    assert!(since.iter().any(|line| line.was.contains("resolved") && line.is.contains("open")), "{since:?}");
}

#[test]
fn continues_counts_from_the_first_contact_with_the_same_family_and_a_refusal_is_asked_anew() {
    let then = then();
    let outcome = then.session.outcome(&then.again(&[0, 1]).disclosure).unwrap();
    let of = |id: &str| outcome.facts.actors.iter().find(|a| a.id == id).unwrap();
    assert_eq!((of("A").continuing, of("A").eng), (Some(Continuing::Yes), Engagement::NotYet));
    // The school never reached the other child's family, so nothing can have gone on since.
    assert_eq!(of("B").continuing, Some(Continuing::Unknown));
    assert_eq!(outcome.facts.continuing, Continuing::Yes);
    assert!(!outcome.decision.options.contains(&Choice::PoliceHarassment), "an old refusal opens nothing");

    // Refused again, in this case: now both are in the record.
    let second = open(&then.session, &then.again(&[0]));
    let daniel = then.session.case(second).unwrap().case.alleged[0];
    rang(&then.session, second, daniel, "2026-06-08", Response::Refused);
    let outcome = then.session.outcome_of(second).unwrap();
    assert!(outcome.decision.options.contains(&Choice::PoliceHarassment));
}

#[test]
fn other_people_and_other_days_change_nothing() {
    let then = then();
    let mut draft = then.again(&[0]);
    let alone = Disclosure { earlier: None, ..draft.disclosure.clone() };
    // Somebody else is alleged now.
    draft.disclosure.alleged[0].id = PersonId::new(77);
    draft.disclosure.occasions[0].by = PersonId::new(77);
    let outcome = then.session.outcome(&draft.disclosure).unwrap();
    assert_eq!(outcome.facts.previous, Previous::None);
    assert_eq!(outcome.facts.earlier.set_aside, ["2026-001"]);
    assert_eq!(outcome.decision.readiness.of_them_earlier, 0);
    // Without the link nothing of it is there.
    let outcome = then.session.outcome(&alone).unwrap();
    assert_eq!((outcome.facts.previous, outcome.facts.continuing), (Previous::None, Continuing::Unknown));
    assert_eq!(outcome.counted(), []);
}

#[test]
fn check_ins_count_from_this_case_and_not_from_an_earlier_one() {
    let then = then();
    let mut draft = then.again(&[0]);
    draft.disclosure.occasions.clear();
    let outcome = then.session.outcome(&draft.disclosure).unwrap();
    assert!(outcome.decision.actions.iter().all(|action| action.due >= day("2026-06-08")));
    assert_eq!(outcome.facts.continuing, Continuing::No, "no day of this case shows that it has gone on");
}

#[test]
fn an_open_case_is_followed_by_no_other() {
    let then = then();
    then.session.set_case_state(then.first, CaseState::Open).unwrap();
    assert!(matches!(then.session.begin_linked(then.first), Err(Error::CaseOpen)));
}

#[test]
fn a_chain_goes_all_the_way_and_ends_where_it_bites_its_tail() {
    let then = then();
    let second = open(&then.session, &then.again(&[0]));
    then.session
        .set_case_state(second, CaseState::Closed { on: day("2026-06-08"), why: "Stopped.".into() })
        .unwrap();
    let draft = then.session.begin_linked(second).unwrap();
    let outcome = then.session.outcome(&draft.disclosure).unwrap();
    assert_eq!(outcome.facts.earlier.cases, ["2026-002", "2026-001"]);
    assert_eq!(outcome.facts.earlier.occasions.len(), 3, "two of January and one of June");
    // A case file in which somebody made a ring of it still opens.
    let ring = Case { earlier: Some(second), ..then.session.case(then.first).unwrap().case };
    then.session.write("a ring", |w| w.put(&ring)).unwrap();
    assert_eq!(then.session.outcome(&draft.disclosure).unwrap().facts.earlier.cases.len(), 2);
}

#[test]
fn what_was_not_shown_to_have_happened_is_held_against_nobody() {
    let then = then();
    let said = || "Said.".to_owned();
    let parts =
        FiveParts { summary: said(), follow_up: said(), action: said(), decision: said(), outcome: said() };
    for (came_to, counts) in [(CameTo::NotShown, false), (CameTo::Mistaken, false), (CameTo::Stopped, true)] {
        then.session.reopen_case(then.first, "To close it otherwise.").unwrap();
        then.session.close_case(then.first, came_to, &parts, &[]).unwrap();
        let facts = then.session.outcome(&then.again(&[0]).disclosure).unwrap().facts;
        assert_eq!(facts.previous == Previous::Resolved, counts, "{came_to:?}");
        assert_eq!(!facts.earlier.occasions.is_empty(), counts, "{came_to:?}");
        assert_eq!(facts.continuing == Continuing::Yes, counts, "{came_to:?}");
    }
}

fn summary(session: &Session, case: CaseId) -> String {
    let code = PaperCode::Document(DocumentCode::Police);
    let id = session.write_letter(case, code, None).unwrap()[0];
    session.letter(id).unwrap().record.papers[0].body.clone()
}

#[test]
fn a_police_summary_lists_and_counts_what_the_earlier_case_recorded() {
    let then = then();
    let session = &then.session;
    session.reopen_case(then.first, "A picture came in.").unwrap();
    let shown = session.case(then.first).unwrap().occasions[2].clone();
    let shown = Occasion { evidence: "Screenshot, held by the family".into(), ..shown };
    session.save_occasion(&shown, "A picture came in.").unwrap();
    session
        .set_case_state(then.first, CaseState::Closed { on: day("2026-02-20"), why: "Stopped.".into() })
        .unwrap();

    let text = summary(session, open(session, &then.again(&[0])));
    for says in [
        "This case follows an earlier one: 2026-001.",
        "### Earlier case 2026-001, closed on 20 February 2026\n",
        "| 1 | Sat 10 Jan 2026 | WhatsApp | P1 to the targeted child | “told you” | None recorded |",
        "| 2 | Sun 18 Jan 2026 | WhatsApp | P1 to the targeted child | “told you” | E1 of 2026-001 |",
        "### This case, 2026-002\n",
        "| 3 | Fri 5 Jun 2026 |",
        "| P1 to the targeted child | 3, 2 of them in an earlier case | Sat 10 Jan 2026 | Fri 5 Jun 2026 | 138 days |",
        "| E1 of 2026-001 | Occasion of 18 January 2026 | Screenshot, held by the family |",
    ] {
        assert!(text.contains(says), "{says}: {text}");
    }
    // What another child is said to have done then is no matter of this case.
    assert!(!text.contains("12 Jan") && !text.contains("Nowak"), "{text}");
}

#[test]
fn a_police_summary_says_nothing_of_an_earlier_case_that_does_not_count() {
    let then = then();
    let said = || "Said.".to_owned();
    let parts =
        FiveParts { summary: said(), follow_up: said(), action: said(), decision: said(), outcome: said() };
    then.session.reopen_case(then.first, "To close it otherwise.").unwrap();
    then.session.close_case(then.first, CameTo::NotShown, &parts, &[]).unwrap();
    let text = summary(&then.session, open(&then.session, &then.again(&[0])));
    assert!(!text.contains("2026-001") && !text.contains("earlier"), "{text}");
    assert!(text.contains("| P1 to the targeted child | 1 | Fri 5 Jun 2026 |"), "{text}");
}
