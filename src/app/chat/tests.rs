//! From an exported chat to occasions in a case, over a real case file. Everyone in it is invented.

use super::*;
use crate::app::{Act, Cost, NewCaseFile, Secret, World};
use crate::domain::{Answers, Calendar, CaseState, School, SchoolHours, TimeOfDay};
use std::io::Write as _;
use tempfile::TempDir;

const CHAT: &str = "[10.01.26, 21:04:00] Dan W: nobody likes you\n[10.01.26, 21:16:00] Dan W: \u{200E}image omitted\n\
    [10.01.26, 21:17:00] Kofi: stop\n[10.01.26, 21:40:00] Dan W: told you\n\
    [13.01.26, 10:00:00] ~ shadow_7: leave\n[13.01.26, 10:01:00] +44 7700 900123: and\nnever come back\n";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn chat(text: &str) -> Chat {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    read_chat_watched(file.path(), None, &Progress::default()).unwrap()
}

fn person(id: u64, name: &str) -> Person {
    Person::new(PersonId::new(id), Name::new(name).unwrap(), Who::CurrentPupil)
}

fn ids(author: &str) -> Option<PersonId> {
    match author {
        "Dan W" => Some(PersonId::new(2)),
        "~ shadow_7" => Some(PersonId::new(3)),
        _ => None,
    }
}

/// A case file with one case: Kofi (1), and Daniel (2), who is alleged to be responsible.
fn case_file() -> (TempDir, Session, CaseId) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school: School::default(),
        owner: "Mrs Amy Wells".into(),
        passphrase: Secret::new("otter lantern copper meadow".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, World::on(day("2026-01-19"))).unwrap();
    let case = Case {
        id: session.new_case_id().unwrap(),
        reference: "2026-001".into(),
        opened_on: session.today(),
        disclosed_on: day("2026-01-12"),
        told_by: String::new(),
        account: String::new(),
        target: PersonId::new(1),
        alleged: vec![PersonId::new(2)],
        answers: Answers::default(),
        state: CaseState::Open,
        earlier: None,
        identified: Vec::new(),
    };
    let people = [person(1, "Kofi Osei"), person(2, "Daniel Whitmore")];
    session
        .write("a case", |w| people.iter().try_for_each(|p| w.put(p)).and_then(|()| w.put(&case)))
        .unwrap();
    let id = case.id;
    (folder, session, id)
}

fn told() -> ChatTold {
    ChatTold {
        device: "Mrs Osei’s phone".into(),
        brought_by: "Mrs Osei".into(),
        reach: (Some(Reach::Group), Some(6)),
    }
}

#[test]
fn messages_of_one_sender_that_come_close_together_are_one_occasion() {
    let chat = chat(CHAT);
    let apart = propose(&chat.messages, ids, false);
    assert_eq!(apart.len(), 4, "Kofi’s own and the number’s are left out");
    let together = propose(&chat.messages, ids, true);
    let said: Vec<_> = together.iter().map(|p| (p.time(), p.lines.clone(), p.words.as_str())).collect();
    assert_eq!(
        said,
        [
            ("21:04 to 21:40".into(), vec![1, 2, 4], "nobody likes you\nimage omitted\ntold you"),
            ("10:00".into(), vec![5], "leave"),
        ]
    );
    assert!(!format!("{together:?}").contains("nobody"));
}

#[test]
fn what_is_far_apart_or_on_another_day_stays_apart() {
    let chat = chat(
        "[10.01.26, 23:50:00] Dan W: a\n[11.01.26, 00:05:00] Dan W: b\n[11.01.26, 00:36:00] Dan W: c\n\
         [11.01.26, 00:30:00] Dan W: d\n[13.01.26, 00:00:00] Dan W:\n",
    );
    let proposals = propose(&chat.messages, ids, true);
    let words: Vec<_> = proposals.iter().map(|p| p.words.as_str()).collect();
    assert_eq!(words, ["a", "b\nd\nc", NOTHING_THERE]);
}

const NOTHING_THERE: &str = "(The export shows an empty message here.)";

#[test]
fn hours_are_counted_and_told_in_words() {
    let calendar = Calendar { closed: vec![(day("2026-01-14"), day("2026-01-14"))] };
    let at = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    let times =
        ["2026-01-13 09:00", "2026-01-13 14:59", "2026-01-13 15:00", "2026-01-14 10:00", "2026-01-17 22:30"];
    let hours = ChatHours::of(times.map(at), &calendar, SchoolHours::default());
    assert_eq!(
        hours.says(),
        [
            "5 messages. 2 of them were sent between 9:00 and 15:00 on a school day.",
            "Tuesdays: 3 (1 from 9:00, 1 from 14:00, 1 from 15:00).",
            "Wednesdays: 1 (1 from 10:00).",
            "Saturdays: 1 (1 from 22:00).",
        ]
    );
    assert_eq!((hours.most(), ChatHours::default().says()), (1, vec!["No messages.".to_owned()]));

    // Another school's bells: to the minute.
    let time = |typed| TimeOfDay::parse(typed).unwrap();
    let own = SchoolHours { begins: time("14.59"), ends: time("15.01") };
    let hours = ChatHours::of(times.map(at), &calendar, own);
    assert_eq!(hours.says()[0], "5 messages. 2 of them were sent between 14:59 and 15:01 on a school day.");
    let framed: Vec<usize> = (0..24).filter(|hour| hours.is_school_hour(1, *hour)).collect();
    assert_eq!(framed, [14, 15]);
    assert!(!hours.is_school_hour(5, 14), "a Saturday");
    let none = SchoolHours { begins: time("7"), ends: time("9") };
    assert!(ChatHours::of(times.map(at), &calendar, none).says()[0].contains("None of them"));
}

#[test]
fn what_is_confirmed_is_kept_with_the_people_and_nothing_else_is() {
    let (_folder, session, id) = case_file();
    let chat = chat(CHAT);
    let mut shadow = unknown_account(PersonId::new(3), "~ shadow_7").unwrap();
    assert_eq!((shadow.name.full(), &shadow.handles[..]), ("shadow_7", &["shadow_7".to_owned()][..]));
    let daniel = person(2, "Daniel Whitmore");
    let proposals = propose(&chat.messages, ids, true);
    let occasions: Vec<_> = proposals
        .iter()
        .map(|p| {
            let sender = if p.by == daniel.id { &daniel } else { &shadow };
            session.occasion_of(id, p, (PersonId::new(1), sender), &told(), &chat.source.sha256).unwrap()
        })
        .collect();
    session.add_from_chat(id, &occasions, std::slice::from_ref(&shadow)).unwrap();
    let view = session.case(id).unwrap();
    assert_eq!(view.case.alleged, [PersonId::new(2), PersonId::new(3)]);
    let first = &view.occasions[0];
    assert_eq!(first.time, "21:04 to 21:40, as shown on Mrs Osei’s phone");
    assert!(first.evidence.ends_with("Not verified against the device."));
    let export = first.more.export.as_ref().unwrap();
    assert_eq!((export.messages(), export.sha256.len(), export.read_on), (3, 64, session.today()));
    assert_eq!(first.more.account.as_ref().unwrap().identified_on, Some(session.today()));
    assert_eq!(view.occasions[1].more.account.as_ref().unwrap().identified_on, None);
    assert_eq!(chat_lines_taken(&view.occasions, &chat.source.sha256), [1, 2, 4, 5].into());
    let journal = session.journal(id).unwrap();
    let written: Vec<_> = journal.iter().rev().take(3).map(|e| (e.act, e.why.as_str())).collect();
    assert!(written.iter().all(|w| *w == (Act::Put, "occasions from an exported chat")), "{written:?}");
    let kept = serde_json::to_string(&view.occasions).unwrap();
    assert!(!kept.contains("stop") && !kept.contains("never come back"), "what was not marked is not kept");
    shadow.handles.clear();
    let again = session.add_from_chat(id, &[], &[shadow]);
    again.unwrap();
    assert_eq!(session.case(id).unwrap().case.alleged.len(), 2, "nobody comes in twice");
}

#[test]
fn what_cannot_be_is_refused_whole() {
    let (_folder, session, id) = case_file();
    let daniel = person(2, "Daniel Whitmore");
    let chat = chat("[10.01.27, 21:04:00] Dan W: later\n");
    let proposal = &propose(&chat.messages, ids, true)[0];
    let mut occasion = session.occasion_of(id, proposal, (PersonId::new(1), &daniel), &told(), "").unwrap();
    let add = |occasion: &Occasion| session.add_from_chat(id, std::slice::from_ref(occasion), &[]);
    assert!(matches!(add(&occasion), Err(Error::Incomplete { .. })), "a day that has not come");
    occasion.on = session.today();
    for (by, to) in [(2, 2), (2, 9), (9, 1)] {
        let occasion = Occasion { by: PersonId::new(by), to: PersonId::new(to), ..occasion.clone() };
        assert!(matches!(add(&occasion), Err(Error::NotFound)), "{by} to {to}");
    }
    let closed = CaseState::Closed { on: session.today(), why: "It has stopped.".into() };
    session.set_case_state(id, closed).unwrap();
    assert!(matches!(add(&occasion), Err(Error::CaseClosed)));
    assert!(session.case(id).unwrap().occasions.is_empty());
}

#[test]
fn reading_can_be_watched_and_stopped() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(CHAT.as_bytes()).unwrap();
    let progress = Progress::default();
    read_chat_watched(file.path(), None, &progress).unwrap();
    assert!(progress.fraction() > 0.99, "{}", progress.fraction());
    progress.stop();
    let stopped = read_chat_watched(file.path(), None, &progress);
    assert!(matches!(stopped, Err(Error::Evidence(Refused::Stopped))));
    let gone = read_chat_watched(&file.path().join("gone"), None, &Progress::default());
    assert!(matches!(gone, Err(Error::Intake(_))));
}

#[test]
fn an_author_is_an_account_only_where_it_names_itself() {
    for (author, handles, phones) in [
        ("Dan W", &[][..], &[][..]),
        ("~ danny", &["danny"][..], &[][..]),
        ("+44 7700 900123", &[][..], &["+44 7700 900123"][..]),
    ] {
        let mut daniel = person(2, "Daniel Whitmore");
        with_account(&mut daniel, author);
        with_account(&mut daniel, author);
        assert_eq!(
            (daniel.handles, daniel.phones),
            (handles.iter().map(|s| (*s).into()).collect(), phones.iter().map(|s| (*s).into()).collect()),
            "{author}"
        );
    }
    let unknown = unknown_account(PersonId::new(3), "Night Fox").unwrap();
    assert_eq!(unknown.handles, ["Night Fox"]);
}
