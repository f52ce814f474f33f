//! Letters and documents written from a case: which are on offer, what each says, and what none may say. Every person in
//! it is made up.

mod approval;
mod guarded;
mod issued;
mod merge;
mod other_words;

use casebook::app::{
    AskKind, Confirmation, Cost, DisclosureWords, FixedClock, NewCaseFile, PaperOffer, PaperQuestion, Said,
    Secret, Session, World,
};
use casebook::app::{Error, SystemRandom};
use casebook::domain::{
    Account, ActionState, Answers, CaseId, Channel, ChatExport, Circumstances, Contact, ContactSafe,
    CrimeFlag, Danger, Day, Disclosure, DocumentCode, Draft, Family, Household, Imagery, LetterCode,
    LetterRecord, Name, Nature, Occasion, PaperCode, Person, PersonId, PlatformUse, Prejudice, Previous,
    Purpose, Reach, Response, School, SelfHarm, SentFrom, Setting, Signatory, SocialCare, StaffContact,
    StaffHarm, Vocabulary, Who,
};
use proptest::prelude::*;
use std::sync::Arc;
use tempfile::TempDir;

const TODAY: &str = "2026-01-30";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn open() -> (TempDir, Session) {
    let signatory =
        Signatory { name: "Mrs Helen Farrow".into(), role: "Headteacher".into(), phone: String::new() };
    let school = School {
        name: "Larkfield Junior School".into(),
        address: vec!["Orchard Lane".into(), "Larkfield".into()],
        phone: "01632 960100".into(),
        signatory,
        // Matters about staff too: the register takes every kind of case.
        restricted: true,
        ..School::default()
    };
    session_of(school)
}

/// A new case file of a school, on the day of these tests.
pub(crate) fn session_of(school: School) -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school,
        owner: "Mrs Helen Farrow".into(),
        passphrase: Secret::new("otter lantern copper meadow".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let world =
        World { clock: Arc::new(FixedClock(day(TODAY))), random: Arc::new(SystemRandom), last_seen: None };
    let (session, _words) = Session::create(&new, world).unwrap();
    (folder, session)
}

/// What is particular about a case.
#[derive(Debug, Clone)]
struct Particulars {
    /// When the child alleged to be responsible was born, where known.
    born: Option<&'static str>,
    who: Who,
    nature: Nature,
    contact_safe: ContactSafe,
    social_care: SocialCare,
    staff_contact: StaffContact,
    setting: Setting,
    /// The log with the family of that child: purpose, delivered, response; a week apart from 5 January.
    log: Vec<(Purpose, bool, Response)>,
    /// It goes on after the first contact.
    goes_on: bool,
    words: String,
}

impl Default for Particulars {
    fn default() -> Self {
        Self {
            born: Some("2015-01-18"),
            who: Who::CurrentPupil,
            nature: Nature::Bullying,
            contact_safe: ContactSafe::Safe,
            social_care: SocialCare::None,
            staff_contact: StaffContact::None,
            setting: Setting::Outside,
            log: vec![],
            goes_on: false,
            words: "go away".into(),
        }
    }
}

struct Made {
    case: CaseId,
    target: PersonId,
    actor: PersonId,
}

fn person(session: &Session, name: &str, who: Who, born: Option<&str>, adults: &str) -> Person {
    let mut person = Person::new(session.new_person_id().unwrap(), Name::new(name).unwrap(), who);
    person.born = born.map(day);
    person.year = Some(5);
    if matches!(who, Who::ExPupil | Who::OtherSchool) {
        person.school = "Thornbury Hill School".into();
    }
    person.households = vec![Household {
        addressees: adults.into(),
        address: vec!["3 Mill Street".into()],
        phone: String::new(),
        ..Household::default()
    }];
    person
}

fn make(session: &Session, of: &Particulars) -> Made {
    let case = session.new_case_id().unwrap();
    let target = person(session, "Anya Petrova", Who::CurrentPupil, Some("2016-03-04"), "Ms Elena Petrova");
    let mut actor = person(session, "Tyler Brandt", of.who, of.born, "Mrs Kelly Brandt");
    actor.households.push(Household {
        addressees: "Mr Paul Brandt".into(),
        address: vec!["9 Castle Road".into()],
        ..Household::default()
    });
    let mut occasions = Vec::new();
    for on in ["2026-01-02", "2026-01-03"].into_iter().chain(of.goes_on.then_some("2026-01-10")) {
        occasions.push(Occasion {
            id: session.new_occasion_id().unwrap(),
            case,
            on: day(on),
            time: "21.14".into(),
            by: actor.id,
            to: target.id,
            platform: "whatsapp".into(),
            words: of.words.clone(),
            evidence: "Screenshot, held by the family".into(),
            more: casebook::domain::Circumstances::default(),
        });
    }
    let platforms = [target.id, actor.id].map(|user| PlatformUse {
        platform: "whatsapp".into(),
        user,
        account: Account::Standard,
    });
    let answers = Answers {
        danger: Some(Danger::None),
        selfharm: Some(SelfHarm::No),
        imagery: Some(Imagery::None),
        setting: Some([of.setting].into()),
        nature: Some(of.nature),
        crime_flags: Some([CrimeFlag::None].into()),
        prejudice: Some([Prejudice::None].into()),
        contact_safe: Some(of.contact_safe),
        previous: Some(Previous::None),
        social_care: Some([of.social_care].into()),
        staff_contact: Some(of.staff_contact),
        staff_harm: Some(StaffHarm::None),
        opened: Some(opened(of)),
        contact_reason: "The lead said why.".into(),
        contact_review: Some(day("2026-02-06")),
        child_wishes: "I want it to stop".into(),
        platforms: platforms.into(),
        ..Answers::default()
    };
    let made = Made { case, target: target.id, actor: actor.id };
    let disclosure = Disclosure {
        disclosed_on: Some(day("2026-01-05")),
        told_by: "A child told a teacher.".into(),
        account: "I feel sick when my phone buzzes".into(),
        target: Some(target),
        alleged: vec![actor],
        occasions,
        answers,
        earlier: None,
    };
    let draft = Draft { id: case, started: day("2026-01-05"), disclosure, at_question: "check".into() };
    session.save_draft(&draft).unwrap();
    let confirmation = Confirmation { gap_reason: "By analogy.".into(), ..Confirmation::default() };
    session.open_case(&draft, &confirmation).unwrap();
    contact(session, &made, made.target, "2026-01-05", (Purpose::Contact, true, Response::Engaged));
    for (at, entry) in of.log.iter().enumerate() {
        let on = day("2026-01-05").plus_days(7 * i64::try_from(at).unwrap());
        contact(session, &made, made.actor, &on.iso(), *entry);
    }
    session.decide_again(case, &confirmation).unwrap();
    made
}

/// The questions behind the page of signs that have something to say.
fn opened(of: &Particulars) -> std::collections::BTreeSet<String> {
    let signs = [
        ("contact_safe", of.contact_safe != ContactSafe::Safe),
        ("social_care", of.social_care != SocialCare::None),
        ("staff_contact", of.staff_contact != StaffContact::None),
    ];
    signs.into_iter().filter(|(_, says)| *says).map(|(id, _)| id.to_owned()).collect()
}

fn contact(
    session: &Session,
    made: &Made,
    family_of: PersonId,
    on: &str,
    (purpose, delivered, response): (Purpose, bool, Response),
) {
    let contact = Contact {
        id: session.new_contact_id().unwrap(),
        case: made.case,
        family_of,
        on: day(on),
        channel: Channel::Phone,
        purpose,
        delivered,
        response,
        note: String::new(),
        letter: None,
    };
    session.save_contact(&contact, "").unwrap();
}

/// An answer to every question: what the case suggests, or plain words.
pub(crate) fn answered(asked: &[PaperQuestion], words: &str) -> Said {
    let mut said = Said::default();
    for PaperQuestion { ask, suggestion } in asked {
        let answer = match ask.kind {
            _ if !suggestion.is_empty() => suggestion.clone(),
            AskKind::Choice(of) => of[0].0.to_owned(),
            AskKind::Day => "13 February 2026".into(),
            AskKind::Words | AskKind::Line | AskKind::Lines => words.to_owned(),
        };
        said.put(ask.field, &answer);
    }
    said
}

fn offers(session: &Session, made: &Made) -> Vec<PaperOffer> {
    session.papers_on_offer(&session.case(made.case).unwrap()).unwrap()
}

fn offer(session: &Session, made: &Made, code: LetterCode, about: PersonId) -> Option<PaperOffer> {
    offers(session, made).into_iter().find(|o| o.code == PaperCode::Letter(code) && o.about == Some(about))
}

fn write(
    session: &Session,
    made: &Made,
    code: PaperCode,
    about: Option<PersonId>,
) -> Result<Vec<LetterRecord>, Error> {
    let view = session.case(made.case).unwrap();
    let said = answered(&session.asked(&view, code, about)?, "We talked about it and wrote it down");
    let ids = session.write_letter_with(made.case, code, about, &said)?;
    Ok(ids.iter().map(|id| session.letter(*id).unwrap().record).collect())
}

fn body(session: &Session, made: &Made, code: LetterCode, about: PersonId) -> String {
    let written = write(session, made, PaperCode::Letter(code), Some(about)).unwrap();
    casebook::documents::plain_text(&written[0].papers[0].body)
}

const SILENT: Response = Response::None;

/// The contact log of a family that has not answered: the first contact and so many follow-ups.
fn silence(follow_ups: usize) -> Vec<(Purpose, bool, Response)> {
    let mut log = vec![(Purpose::Contact, true, SILENT)];
    log.extend(vec![(Purpose::FollowUp, true, SILENT); follow_ups]);
    log
}

#[test]
fn a_final_notice_names_the_police_only_where_the_record_bears_it_out() {
    let (_folder, session) = open();
    let refused = {
        let mut log = silence(2);
        log.push((Purpose::Contact, true, Response::Refused));
        log
    };
    let answered_between = vec![
        (Purpose::Contact, true, SILENT),
        (Purpose::FollowUp, true, SILENT),
        (Purpose::FollowUp, true, SILENT),
        (Purpose::FollowUp, true, Response::Engaged),
    ];
    let (ten, nine) = (Some("2015-01-18"), Some("2016-06-18"));
    for (what, born, log, goes_on, says) in [
        ("silent and goes on", ten, silence(2), true, "police as harassment"),
        ("refused and goes on", ten, refused.clone(), true, "police as harassment"),
        ("silent, and nothing more happened", ten, silence(2), false, ""),
        ("refused, and nothing more happened", ten, refused, false, ""),
        ("nine", nine, silence(2), true, "police and children’s services for advice and help"),
        ("of unknown age", None, silence(2), true, "police and children’s services for advice and help"),
        ("ten on the day", Some("2016-01-02"), silence(2), true, "police as harassment"),
        ("ten a day too late", Some("2016-01-03"), silence(2), true, "advice and help"),
    ] {
        let made = make(&session, &Particulars { born, log, goes_on, ..Particulars::default() });
        let text = body(&session, &made, LetterCode::Final, made.actor);
        assert_eq!(text.contains("police"), !says.is_empty(), "{what}: {text}");
        assert!(text.contains(says), "{what}: {text}");
        assert!(!text.contains("harassment") || says.contains("harassment"), "{what}");
    }
    let made =
        make(&session, &Particulars { log: answered_between, goes_on: true, ..Particulars::default() });
    assert_eq!(
        offer(&session, &made, LetterCode::Final, made.actor),
        None,
        "a family that works with the school"
    );
}

#[test]
fn a_final_notice_waits_for_two_follow_ups_that_arrived() {
    let (_folder, session) = open();
    let mut lost = silence(1);
    lost.push((Purpose::FollowUp, false, SILENT));
    for (log, count) in [(silence(1), "one"), (lost, "one")] {
        let made = make(&session, &Particulars { log, goes_on: true, ..Particulars::default() });
        let why = offer(&session, &made, LetterCode::Final, made.actor).unwrap().not_yet.unwrap();
        assert!(why.contains(count), "{why}");
        let refused = write(&session, &made, PaperCode::Letter(LetterCode::Final), Some(made.actor));
        assert!(matches!(refused, Err(Error::HeldBack { why: said }) if said == why));
    }
    let made = make(&session, &Particulars::default());
    for code in [LetterCode::FollowUp1, LetterCode::FollowUp2, LetterCode::Final] {
        assert_eq!(offer(&session, &made, code, made.actor), None, "{code} before any contact");
    }
}

#[test]
fn an_outcome_waits_until_the_child_was_heard() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    for (code, about) in [(LetterCode::OutcomeActor, made.actor), (LetterCode::OutcomeTarget, made.target)] {
        assert!(offer(&session, &made, code, about).unwrap().not_yet.is_some());
    }
    assert!(offer(&session, &made, LetterCode::Close, made.target).unwrap().not_yet.is_some());
    for action in session.case(made.case).unwrap().actions {
        session.set_action(&action, ActionState::Done { on: day(TODAY), note: "Done.".into() }).unwrap();
    }
    let text = body(&session, &made, LetterCode::OutcomeActor, made.actor);
    assert!(text.contains("We found that Tyler sent messages that hurt another pupil."), "{text}");
    assert!(
        body(&session, &made, LetterCode::Close, made.target).contains("We have checked in with Anya on")
    );
}

#[test]
fn both_families_of_a_conflict_get_the_very_same_letter() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { nature: Nature::TwoWayConflict, ..Particulars::default() });
    let bodies: Vec<String> = [made.target, made.actor]
        .into_iter()
        .flat_map(|about| write(&session, &made, PaperCode::Letter(LetterCode::Actor), Some(about)).unwrap())
        .map(|letter| letter.papers[0].body.clone())
        .collect();
    assert_eq!(bodies.len(), 3, "one for each home");
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[test]
fn a_looked_after_childs_letters_go_to_the_council() {
    let (_folder, session) = open();
    let made =
        make(&session, &Particulars { social_care: SocialCare::LookedAfter, ..Particulars::default() });
    let refused = write(&session, &made, PaperCode::Letter(LetterCode::Actor), Some(made.actor));
    assert!(matches!(refused, Err(Error::Incomplete { what }) if what.contains("looked after")));
    let mut actor = session.case(made.case).unwrap().people[1].clone();
    let council = |addressees: &str| Household {
        addressees: addressees.into(),
        address: vec!["Civic Centre".into()],
        phone: String::new(),
        ..Household::default()
    };
    actor.authority = vec![council("Ms Jo Lane, social worker"), council("The Virtual School")];
    session.save_person(&actor).unwrap();
    let letters = write(&session, &made, PaperCode::Letter(LetterCode::Actor), Some(made.actor)).unwrap();
    let to: Vec<&str> = letters.iter().map(|letter| letter.papers[0].address[0].as_str()).collect();
    assert_eq!(to, ["Ms Jo Lane, social worker", "The Virtual School"]);
    let body = &letters[0].papers[0].body;
    assert!(
        body.starts_with("Dear Ms Lane,") && body.contains("the local authority looks after Tyler"),
        "{body}"
    );
    assert!(session.letter(letters[0].id).unwrap().findings.is_empty());
    let other = write(&session, &made, PaperCode::Letter(LetterCode::Target), Some(made.target)).unwrap();
    assert!(
        other[0].papers[0].address[0] == "Ms Elena Petrova" && !other[0].papers[0].body.contains("authority")
    );
}

#[test]
fn a_blocked_home_gets_no_letter_of_any_kind() {
    let (_folder, session) = open();
    for (contact_safe, nature) in [
        (ContactSafe::PoliceSayWait, Nature::Bullying),
        (ContactSafe::PoliceSayWait, Nature::TwoWayConflict),
        (ContactSafe::UnsafeTargetHome, Nature::TwoWayConflict),
        (ContactSafe::UnsafeActorHome, Nature::Bullying),
    ] {
        let made =
            make(&session, &Particulars { contact_safe, nature, log: silence(2), ..Particulars::default() });
        let wait = contact_safe == ContactSafe::PoliceSayWait;
        for offer in offers(&session, &made) {
            let PaperCode::Letter(code) = offer.code else { continue };
            // A letter to a year goes to no home of the case; the policy has its own word on it.
            if offer.about.is_none() {
                continue;
            }
            let target = offer.about == Some(made.target);
            let safe = match contact_safe {
                ContactSafe::UnsafeTargetHome => !target,
                ContactSafe::UnsafeActorHome => target,
                ContactSafe::Safe | ContactSafe::PoliceSayWait => false,
            };
            let home = wait || !safe;
            assert_eq!(offer.blocked.is_some(), home, "{code} under {contact_safe}");
            if home {
                let refused = write(&session, &made, offer.code, offer.about);
                assert!(matches!(refused, Err(Error::HeldBack { .. })), "{code} under {contact_safe}");
            }
        }
    }
}

#[test]
fn what_frightens_and_cannot_come_true_stops_a_letter_to_an_under_ten() {
    let (_folder, session) = open();
    for (born, stops) in [(Some("2016-06-18"), true), (None, true), (Some("2015-01-18"), false)] {
        let made = make(&session, &Particulars { born, ..Particulars::default() });
        let id =
            write(&session, &made, PaperCode::Letter(LetterCode::Actor), Some(made.actor)).unwrap()[0].id;
        assert!(session.letter(id).unwrap().findings.is_empty());
        for words in
            ["He may be arrested.", "There is a charge.", "This is a prosecution.", "A criminal record."]
        {
            let view = session.edit_letter(id, &format!("Dear Mrs Brandt,\n\n{words}")).unwrap();
            assert_eq!(view.findings.len(), usize::from(stops), "{words} {born:?}");
        }
        assert_eq!(session.approve_letter(id).is_err(), stops);
    }
}

#[test]
fn a_missing_answer_is_named_and_nothing_is_written() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { log: silence(1), ..Particulars::default() });
    let refused = session.write_letter(made.case, PaperCode::Letter(LetterCode::FollowUp2), Some(made.actor));
    let Err(Error::Documents(error)) = refused else { panic!("{refused:?}") };
    assert_eq!(error.to_string(), "L_FU2 cannot be written: “other_person” is missing.");
    let refused =
        session.write_letter(made.case, PaperCode::Document(DocumentCode::Transfer), Some(made.actor));
    assert!(matches!(refused, Err(Error::Documents(_))), "{refused:?}");
    assert!(session.case(made.case).unwrap().letters.is_empty());
}

#[test]
fn large_print_is_kept_with_the_letter() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let id = write(&session, &made, PaperCode::Letter(LetterCode::Actor), Some(made.actor)).unwrap()[0].id;
    // One page in the usual print, and more than one in large print.
    session.edit_letter(id, &format!("Dear Mrs Brandt,{}", "\n\nA line.".repeat(19))).unwrap();
    let usual = session.letter_pdf(&session.letter(id).unwrap().record).unwrap().pages;
    let view = session.set_large_print(id, true).unwrap();
    assert!(view.record.papers.iter().all(|paper| paper.large_print));
    assert!(session.letter_pdf(&view.record).unwrap().pages > usual);
    let approved = session.approve_letter(id).unwrap();
    assert!(matches!(session.set_large_print(id, false), Err(Error::AlreadyApproved)));
    assert!(approved.record.papers[0].large_print);
}

#[test]
fn the_other_school_is_told_which_of_the_two_is_its_pupil() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { who: Who::ExPupil, ..Particulars::default() });
    let text = body(&session, &made, LetterCode::NewSchool, made.actor);
    assert!(
        text.contains("messages sent to a pupil in Year 5 at our school") && !text.contains("Anya"),
        "{text}"
    );
}

#[test]
fn a_police_summary_keeps_other_pupils_on_a_page_of_their_own() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { log: silence(2), goes_on: true, ..Particulars::default() });
    // What a lead noted may name anybody.
    let view = session.case(made.case).unwrap();
    let contact =
        Contact { note: "Tyler’s mother said that they will ring.".into(), ..view.contacts[0].clone() };
    session.save_contact(&contact, "Put more fully").unwrap();
    let occasion =
        Occasion { evidence: "A picture on Tyler Brandt’s tablet".into(), ..view.occasions[0].clone() };
    session.save_occasion(&occasion, "Put more fully").unwrap();
    let text = write(&session, &made, PaperCode::Document(DocumentCode::Police), None).unwrap()[0].papers[0]
        .body
        .clone();
    let (summary, key) = text.split_once("\n---\n").unwrap();
    assert!(!summary.contains("Tyler") && !summary.contains("Brandt"), "{summary}");
    assert!(
        key.contains("Tyler Brandt") && key.contains("18 January 2015") && !key.contains("Petrova"),
        "{key}"
    );
    for says in [
        "Anya Petrova",
        "10 on the first occasion, 10 on the last",
        "| P1 to the targeted child | 3 | Fri 2 Jan 2026 | Sat 10 Jan 2026 | 7 days |",
        "“I want it to stop”",
        "P1’s mother said that they will ring.",
        "A picture on P1’s tablet",
        "any image that may be of a child undressed",
    ] {
        let plain = casebook::documents::plain_text(summary);
        assert!(summary.contains(says) || plain.contains(says), "{says}: {summary}");
    }
}

#[test]
fn a_chronology_says_when_each_thing_happened_and_was_written_down() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { log: silence(1), ..Particulars::default() });
    let text = write(&session, &made, PaperCode::Document(DocumentCode::Chronology), None).unwrap()[0].papers
        [0]
    .body
    .clone();
    let days: Vec<&str> = ["Fri 2 Jan 2026", "Mon 5 Jan 2026", "Mon 12 Jan 2026", "Fri 30 Jan 2026"].into();
    let places: Vec<usize> =
        days.iter().map(|day| text.find(&format!("\n| {day}")).unwrap_or(usize::MAX)).collect();
    assert!(places.is_sorted() && places[3] != usize::MAX, "{places:?} {text}");
    assert!(text.contains("Account: Screenshot, held by the family"));
    assert!(text.contains("Fact: the school’s record") && text.contains("by Mrs Helen Farrow"));
}

#[test]
fn a_chronology_says_what_an_entry_said_before_and_why_it_was_changed() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { log: silence(1), ..Particulars::default() });
    let chronology = || {
        let written = write(&session, &made, PaperCode::Document(DocumentCode::Chronology), None).unwrap();
        written[0].papers[0].body.clone()
    };
    assert!(!chronology().contains("orrection"), "nothing was changed yet");

    let view = session.case(made.case).unwrap();
    let occasion = Occasion { words: "go home".into(), time: String::new(), ..view.occasions[1].clone() };
    session.save_occasion(&occasion, "The picture was read again").unwrap();
    let contact = Contact { response: Response::Refused, ..view.contacts[1].clone() };
    session.save_contact(&contact, "Taken down wrongly").unwrap();
    let mut words = DisclosureWords::of(&view.case);
    words.told_by = "A child told the lead.".into();
    session.amend_disclosure(made.case, &words, "It was Mrs Farrow").unwrap();
    // What a child wants is not in a chronology: nor is how that was changed.
    words.child_wishes = "I want a new class".into();
    session.amend_disclosure(made.case, &words, "Asked again").unwrap();
    let action = view.actions.iter().find(|action| action.state == ActionState::Open).unwrap();
    let done = |note: &str| ActionState::Done { on: session.today(), note: note.into() };
    for state in [done("By letter"), ActionState::Open, done("By telephone")] {
        let now = session.case(made.case).unwrap();
        let now = now.actions.iter().find(|now| now.id == action.id).unwrap().clone();
        session.set_action(&now, state).unwrap();
    }

    let text = chronology();
    let (events, corrections) = text.split_once("## Corrections").unwrap();
    assert!(events.contains("P1 to the targeted child: “go home”. |"), "it stands as it is now: {text}");
    assert!(events.contains("by Mrs Helen Farrow. **See correction 1** |"), "{text}");
    for says in [
        "### Correction 1: occasion 2, Sat 3 Jan 2026\n\nChanged on 30 January 2026 by Mrs Helen Farrow. Why: The picture was read again.",
        "| Time as shown | 21\\.14 | Nothing |\n| The words | go away | go home |",
        "the disclosure, Mon 5 Jan 2026",
        "| Who told whom | A child told a teacher. | A child told the lead. |",
        "contact with the family of P1, Mon 5 Jan 2026\n\nChanged on 30 January 2026 by Mrs Helen Farrow. Why: Taken down wrongly.",
        "| Their answer | No answer | They said they will not work with the school |",
    ] {
        assert!(corrections.contains(says), "{says}: {corrections}");
    }
    assert_eq!(corrections.matches("\n### ").count(), 3, "{corrections}");
    assert!(!text.contains("new class") && !corrections.contains("Brandt"), "{text}");
    for says in ["Done. By letter.", "Opened again.", "Done. By telephone."] {
        assert_eq!(events.matches(says).count(), 1, "{says}: {events}");
    }
}

#[test]
fn what_else_is_recorded_of_an_occasion_is_printed_where_it_is_recorded() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars { log: silence(2), goes_on: true, ..Particulars::default() });
    let paper = |code| {
        let written = write(&session, &made, PaperCode::Document(code), None).unwrap();
        written[0].papers[0].body.clone()
    };
    for code in [DocumentCode::Chronology, DocumentCode::Police] {
        let text = paper(code);
        assert!(!text.contains("Where and when it was") && !text.contains("shown on"), "{text}");
    }
    let first = session.case(made.case).unwrap().occasions[0].clone();
    let more = Circumstances {
        device: "Tyler’s tablet".into(),
        account: Some(SentFrom { handle: "@zx9".into(), identified_on: Some(day("2026-01-07")) }),
        reach: Some(Reach::Group),
        seen_by: Some(12),
        setting: [Setting::JourneyTrip].into(),
        prejudice: [Prejudice::Race].into(),
        perceived_by: "her mother".into(),
        export: Some(ChatExport {
            sha256: "0123456789abcdef".repeat(4),
            lines: vec![4],
            brought_by: "Ms Petrova".into(),
            read_on: day("2026-01-06"),
        }),
    };
    session.save_occasion(&Occasion { more, ..first }, "Asked for").unwrap();

    let text = paper(DocumentCode::Chronology);
    let line = text.lines().find(|line| line.starts_with("| Occasion 1, Fri 2 Jan 2026 |")).unwrap();
    for says in [
        "**Sent from:** “@zx9”, identified on 7 January 2026 as P1. ",
        "**Whose device showed the time:** Tyler’s tablet. ",
        "**Who could see it:** A group of 12. ",
        "**Linked to:** Race. Seen so by: her mother. ",
        "brought by Ms Petrova and read on 6 January 2026. Not verified against the device.",
        "01234567 89abcdef 01234567",
    ] {
        assert!(line.contains(says), "{says}: {line}");
    }
    let (before, corrections) = text.split_once("## Corrections").unwrap();
    assert_eq!(before.matches("Who could see it").count(), 1, "of the others nothing is recorded: {text}");
    assert!(corrections.contains("| Who could see it | Nothing | A group of 12 |"), "{text}");

    let text = paper(DocumentCode::Police);
    let (summary, key) = text.split_once("\n---\n").unwrap();
    for says in [
        "| 1 | Fri 2 Jan 2026, 21\\.14, shown on: P1’s tablet | WhatsApp. A group of 12 | P1 to the targeted child |",
        "| 1 | **Sent from:** An account that stands on the key page, identified on 7 January 2026 as P1. **Where",
        "**Linked to:** Race. Seen so by: her mother. ",
        "- Occasion 1 is seen as linked to: race. Seen so by: her mother.",
        "01234567 89abcdef 01234567",
    ] {
        assert!(summary.contains(says), "{says}: {summary}");
    }
    assert!(!summary.contains("zx9") && !summary.contains("Tyler"), "{summary}");
    assert_eq!(summary.matches("What else is recorded").count(), 1);
    assert!(key.contains("| Sent from | “@zx9”: occasion 1 |"), "{key}");
}

/// Every word that passes a verdict, alone or inside a longer one that is not the policy's own subject.
fn verdict(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic());
    let found = words.into_iter().find(|word| {
        ["victim", "perpetrator", "guilt", "proof", "culprit", "offender"]
            .iter()
            .any(|bad| word.starts_with(bad))
            || ["bully", "bullies", "bullied"].contains(word)
    });
    found.map(str::to_owned)
}

fn particulars() -> impl Strategy<Value = Particulars> {
    let born =
        prop_oneof![Just(None), Just(Some("2015-01-18")), Just(Some("2016-01-03")), Just(Some("2017-08-30"))];
    let who = prop_oneof![
        4 => Just(Who::CurrentPupil),
        1 => Just(Who::ExPupil),
        1 => Just(Who::OtherSchool),
        1 => Just(Who::ParentAdult),
        1 => Just(Who::Staff),
    ];
    let nature = proptest::sample::select(Nature::ALL);
    let safe = proptest::sample::select(ContactSafe::ALL);
    let care = proptest::sample::select(SocialCare::ALL);
    let staff = proptest::sample::select(StaffContact::ALL);
    let setting = proptest::sample::select(Setting::ALL);
    let entry = (
        prop_oneof![Just(Purpose::Contact), Just(Purpose::FollowUp), Just(Purpose::FinalNotice)],
        any::<bool>(),
        prop_oneof![
            3 => Just(Response::None),
            1 => Just(Response::Engaged),
            1 => Just(Response::Partial),
            1 => Just(Response::Refused),
        ],
    );
    let log = proptest::collection::vec(entry, 0..4);
    let words = "[a-z |*#%“”.-]{0,20}";
    (born, who, nature, safe, care, staff, setting, log, any::<bool>(), words).prop_map(
        |(born, who, nature, contact_safe, social_care, staff_contact, setting, log, goes_on, words)| {
            Particulars {
                born,
                who,
                nature,
                contact_safe,
                social_care,
                staff_contact,
                setting,
                log,
                goes_on,
                words,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever the case: every paper that may be written can be, passes no verdict, has nothing of a template left, names
    /// nobody it must not, and says nothing that cannot come true to the family of a child under ten.
    #[test]
    fn no_paper_of_any_case_says_what_it_must_not(of in particulars()) {
        let (_folder, session) = open();
        let session = &session;
        {
            let made = make(session, &of);
            let under_ten = of.born != Some("2015-01-18");
            for offer in offers(session, &made) {
                if offer.blocked.is_some() || offer.not_yet.is_some() {
                    continue;
                }
                let code = offer.code.id();
                let written = match write(session, &made, offer.code, offer.about) {
                    Ok(written) => written,
                    Err(Error::Incomplete { what }) => {
                        prop_assert!(of.social_care == SocialCare::LookedAfter, "{code}: {what}");
                        continue;
                    }
                    Err(error) => return Err(TestCaseError::fail(format!("{code}: {error}"))),
                };
                for letter in written {
                    let paper = &letter.papers[0];
                    let text = casebook::documents::plain_text(&paper.body);
                    prop_assert_eq!(verdict(&text), None, "{}", code);
                    for left in ["{{", "}}", "{%", "%}", "{#", "#}", "▢"] {
                        prop_assert!(!text.contains(left), "{code} has {left} left: {text}");
                    }
                    if let PaperCode::Letter(letter_code) = letter.code {
                        let findings = session.letter(letter.id).unwrap().findings;
                        prop_assert!(findings.is_empty(), "{code}: {findings:?}");
                        let to_actor = letter.about == Some(made.actor) && letter_code != LetterCode::NewSchool;
                        prop_assert!(!to_actor || !text.contains("Anya"), "{code} names the other child");
                        prop_assert!(letter.about != Some(made.target) || !text.contains("Tyler"), "{code} names the other child");
                        if under_ten && to_actor {
                            prop_assert_eq!(casebook::documents::under_ten::find(&paper.body), vec![], "{}", code);
                            prop_assert!(!text.contains("harassment"), "{code}");
                        }
                    }
                }
            }
        }
    }
}
