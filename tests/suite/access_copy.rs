//! A child's copy: a corpus with twelve other children, in two cases of the child and one of somebody else, read for what
//! is left of them by plain comparison and not by the guard. Everyone in it is made up.

use crate::letters::session_of;
use casebook::app::{AccessView, Confirmation, Error, PlaceIs, Progress, Secret, Session, ToldOf};
use casebook::domain::{
    Account, Answers, CaseId, Channel, Circumstances, Contact, ContactSafe, CrimeFlag, Danger, Day,
    Disclosure, Draft, Family, Household, ImageGate, Imagery, Kept, Name, Nature, Occasion, Person, PersonId,
    PlatformUse, Prejudice, Previous, Purpose, RequestState, Response, Ruling, School, SelfHarm, Setting,
    Signatory, SocialCare, StaffContact, Who,
};
use std::collections::BTreeMap;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

const TODAY: &str = "2026-01-30";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn open() -> (TempDir, Session) {
    let school = School {
        name: "Larkfield Junior School".into(),
        phone: "01632 960100".into(),
        signatory: Signatory {
            name: "Mrs Helen Farrow".into(),
            role: "Headteacher".into(),
            phone: String::new(),
        },
        ..School::default()
    };
    session_of(school)
}

/// Name, known as, year and class, account, number, adults at home, who.
type Child = (&'static str, &'static str, (u8, &'static str), &'static str, &'static str, &'static str, Who);

const SUBJECT: Child = (
    "Kofi Osei",
    "",
    (6, "6H"),
    "kofi_o_15",
    "07700 900001",
    "Mrs Abena Osei and Mr Kwame Osei",
    Who::CurrentPupil,
);

const OTHERS: [Child; 12] = [
    ("Jamie Hall", "Jay", (6, "6H"), "jam_hall09", "07700 900123", "Mrs Tracy Hall", Who::CurrentPupil),
    (
        "Oliwia Łukasiewicz",
        "Oli",
        (6, "6H"),
        "@oliwia.l",
        "+44 7700 900456",
        "Mrs Katarzyna Łukasiewicz",
        Who::CurrentPupil,
    ),
    ("Zoë O’Brien-Smith", "", (5, "5F"), "zozo2016", "07700 900789", "Ms Niamh O’Brien", Who::CurrentPupil),
    (
        "Mohammed Rahman",
        "Mo",
        (6, "6K"),
        "mo.rahman.99",
        "07700 900321",
        "Mr Tariq Rahman",
        Who::CurrentPupil,
    ),
    ("Ama Osei", "", (3, "3B"), "ama_star", "", "Mrs Abena Osei and Mr Kwame Osei", Who::CurrentPupil),
    ("Siân Ní Dhonnchadha", "", (6, "6K"), "sian_nd", "", "Mr Cathal Ó Donnchadha", Who::CurrentPupil),
    ("Grace Hill", "Gracie", (5, "5F"), "g.hill7", "", "Dr Robert Hill", Who::CurrentPupil),
    ("Piet van der Berg", "", (6, "6H"), "pvdb_2015", "", "Mrs Anneke van der Berg", Who::CurrentPupil),
    ("Nguyễn Thị Ánh Tuyết", "Tuyết", (6, "6K"), "anhtuyet15", "", "Mr Nguyễn Văn Minh", Who::CurrentPupil),
    (
        "Priya Natarajan",
        "",
        (4, "4W"),
        "priyanat",
        "07700 900654",
        "Mrs Lakshmi Natarajan",
        Who::CurrentPupil,
    ),
    ("Tyler Brandt", "Ty", (0, ""), "tybrandt_x", "07700 900987", "Mrs Kelly Brandt", Who::ExPupil),
    ("Dexter Quill", "Dex", (0, ""), "dq_legend", "", "Mr Aubrey Quill", Who::OtherSchool),
];

fn person(session: &Session, of: &Child) -> Person {
    let (name, known_as, (year, class), handle, phone, adults, who) = *of;
    let mut person = Person::new(session.new_person_id().unwrap(), Name::new(name).unwrap(), who);
    known_as.clone_into(&mut person.known_as);
    person.year = (year > 0).then_some(year);
    class.clone_into(&mut person.class);
    person.handles = vec![handle.into()];
    person.phones = if phone.is_empty() { vec![] } else { vec![phone.into()] };
    person.born = Some(day("2015-05-05"));
    let street = if adults.contains("Osei") { "12 Station Road" } else { "3 Mill Street" };
    let home = Household {
        addressees: adults.into(),
        address: vec![street.into()],
        phone: "01632 960111".into(),
        ..Household::default()
    };
    person.households = vec![home];
    if adults.contains("Osei") {
        person.households[0].phone = "01632 960222".into();
    }
    person
}

/// A text of the record, and what of it gives another child away, in the very letters that stand there.
type Planted = (&'static str, &'static [&'static str]);

const ACCOUNT: Planted = (
    "Kofi said: “Jamie H. and Oliwia left me out, then Jaimie’s friend Zoë O’Brien-Smith laughed.” Oliwja did it again. \
     J.H. told the others. Ama, his sister, cried; Ama Osei is in another class. A Year 4 girl, the only one there, saw it.",
    &["Jamie H", "Jamie", "Oliwia", "Jaimie", "Zoë", "O’Brien", "Smith", "Oliwja", "J.H.", "Ama", "Year 4"],
);
const NOTES: [Planted; 10] = [
    (
        "Rang about Jay and Mo. Jay’s mum, Mrs Hall, will ring back on 07700-900 123.",
        &["Jay", "Mo", "Hall", "07700-900 123"],
    ),
    (
        "Sent from jam hall 09 and from @Oliwia.L, then from oliwia.lukasiewicz@example.com.",
        &["jam hall 09", "Oliwia.L", "oliwia.lukasiewicz@example.com", "lukasiewicz"],
    ),
    (
        "Mohammed Rahman (MR, 6K) and Mohammad’s brother. His number: +44 (0)7700 900321.",
        &["Mohammed", "Rahman", "MR", "Mohammad", "7700 900321"],
    ),
    (
        "SIÂN NÍ DHONNCHADHA wrote “sian_nd was here” and Sian laughed.",
        &["SIÂN", "DHONNCHADHA", "sian_nd", "Sian"],
    ),
    ("Gracie told Mrs Farrow. Grace Hill’s tablet was used. #JusticeForGrace", &["Gracie", "Grace", "Hill"]),
    (
        "Piet van der Berg, P.v.d.B., pvdb2015 and Piets phone.",
        &["Piet", "Berg", "P.v.d.B", "pvdb2015", "Piets"],
    ),
    (
        "Ánh Tuyết and Nguyen Thi Anh Tuyet are the same child; Tuyet sits beside Kofi.",
        &["Tuyết", "Tuyet", "Nguyen", "Ánh"],
    ),
    (
        "Priya N. saw it, Pryia too, and the number ends 900654. Natarajan’s account: priyanat.",
        &["Priya", "Pryia", "900654", "Natarajan", "priyanat"],
    ),
    (
        "Ty said “tell Kofi he is dead”. Tyler’s profile: https://www.tiktok.com/@tybrandt_x?lang=en",
        &["Ty", "Tyler", "tybrandt_x"],
    ),
    (
        "Dex and D.Q. again: dq_legend. Dexter Quil wrote it, said Quill’s dad, Mr Aubrey Quill.",
        &["Dex", "D.Q.", "dq_legend", "Dexter", "Quil", "Quill", "Aubrey"],
    ),
];

struct Made {
    subject: PersonId,
    others: Vec<Person>,
    third: CaseId,
}

/// The school with its children, two cases that the child stands in and one in which it is only spoken of.
fn make(session: &Session) -> Made {
    let subject = person(session, &SUBJECT);
    let others: Vec<Person> = OTHERS.iter().map(|child| person(session, child)).collect();
    session.save_people(&[vec![subject.clone()], others.clone()].concat()).unwrap();

    let first = case(session, &subject, &others[..4], (ACCOUNT.0, "Kofi told Mr Bell, his class teacher."));
    let words = "Jay: nobody likes you kofi. ask Oli, or 07700 900 456";
    occasion(session, first, (others[0].id, subject.id), words);
    occasion(session, first, (subject.id, others[1].id), "leave me alone Oliwia");
    // Between others: not about this child.
    occasion(session, first, (others[2].id, others[3].id), "zoe to mo only");
    for (note, _) in NOTES {
        contact(session, first, subject.id, note);
    }
    contact(session, first, others[0].id, "The mother of Jamie says he was at home.");
    contact(session, first, others[1].id, "They say that Kofi Osei began it.");

    let second = case(
        session,
        &others[10],
        std::slice::from_ref(&subject),
        ("Ty has had messages from Kofi.", "A parent rang."),
    );
    contact(
        session,
        second,
        subject.id,
        "Mrs Osei says sorry. Tyler Brandt need not answer, says Mr Delgado.",
    );
    let third = case(
        session,
        &others[9],
        &[others[11].clone()],
        ("Priya says Dexter wrote it, and that Kofi Osei saw it.", "Priya told."),
    );
    contact(session, third, others[9].id, "Nothing of anybody else.");
    Made { subject: subject.id, others, third }
}

fn case(session: &Session, target: &Person, alleged: &[Person], (account, told_by): (&str, &str)) -> CaseId {
    let case = session.new_case_id().unwrap();
    let platforms = std::iter::once(target).chain(alleged).map(|user| PlatformUse {
        platform: "whatsapp".into(),
        user: user.id,
        account: Account::Standard,
    });
    let answers = Answers {
        danger: Some(Danger::None),
        selfharm: Some(SelfHarm::No),
        imagery: Some(Imagery::None),
        setting: Some([Setting::Outside].into()),
        nature: Some(Nature::Bullying),
        crime_flags: Some([CrimeFlag::None].into()),
        prejudice: Some([Prejudice::None].into()),
        contact_safe: Some(ContactSafe::Safe),
        previous: Some(Previous::None),
        social_care: Some([SocialCare::None].into()),
        staff_contact: Some(StaffContact::None),
        opened: Some([].into()),
        child_wishes: "I want it to stop.".into(),
        platforms: platforms.collect(),
        ..Answers::default()
    };
    let first = Occasion {
        id: session.new_occasion_id().unwrap(),
        case,
        on: day("2026-01-02"),
        time: "21.14".into(),
        by: alleged[0].id,
        to: target.id,
        platform: "whatsapp".into(),
        words: "go away".into(),
        evidence: "Screenshot".into(),
        more: Circumstances::default(),
    };
    let disclosure = Disclosure {
        disclosed_on: Some(day("2026-01-05")),
        told_by: told_by.into(),
        account: account.into(),
        target: Some(target.clone()),
        alleged: alleged.to_vec(),
        occasions: vec![first],
        answers,
        ..Disclosure::default()
    };
    let draft = Draft { id: case, started: day("2026-01-05"), disclosure, at_question: "check".into() };
    let confirmation = Confirmation { gap_reason: "By analogy.".into(), ..Confirmation::default() };
    session.open_case(&draft, &confirmation).unwrap()
}

fn occasion(session: &Session, case: CaseId, (by, to): (PersonId, PersonId), words: &str) {
    let occasion = Occasion {
        id: session.new_occasion_id().unwrap(),
        case,
        on: day("2026-01-10"),
        time: String::new(),
        by,
        to,
        platform: "whatsapp".into(),
        words: words.into(),
        evidence: String::new(),
        more: Circumstances::default(),
    };
    session.save_occasion(&occasion, "").unwrap();
}

fn contact(session: &Session, case: CaseId, family_of: PersonId, note: &str) -> Contact {
    let contact = Contact {
        id: session.new_contact_id().unwrap(),
        case,
        family_of,
        on: day("2026-01-12"),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: true,
        response: Response::Engaged,
        note: note.into(),
        letter: None,
    };
    session.save_contact(&contact, "").unwrap();
    contact
}

/// Letters and digits without case and accents, each word by itself.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    let plain = plain.to_lowercase().replace('ł', "l").replace('đ', "d");
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the words stand in the text, one after another.
fn stands_in(text: &[String], planted: &str) -> bool {
    let planted = words(planted);
    text.windows(planted.len()).any(|window| window == planted.as_slice())
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// What is left of other children in a text, by plain comparison: parts of names, initials, accounts, numbers, and every
/// form that was planted.
fn left(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let (plain, close) = (words(text), text.to_lowercase());
    let numbers = digits(text);
    for (name, known_as, _, handle, phone, adults, _) in OTHERS {
        let sibling = adults.contains("Osei");
        for part in name.split([' ', '-', '’']).chain([known_as]).filter(|part| part.chars().count() > 1) {
            let particle = ["van", "der", "Ní", "Thị", "O"].contains(&part) || (sibling && part == "Osei");
            if !particle && stands_in(&plain, part) {
                found.push(("name", part.to_owned()));
            }
        }
        let initials: String = name.split_whitespace().filter_map(|part| part.chars().next()).collect();
        if text.split(|c: char| !c.is_alphanumeric()).any(|word| word == initials) {
            found.push(("initials", initials));
        }
        let bare = handle.trim_start_matches('@').to_lowercase();
        if close.contains(&bare) || stands_in(&plain, handle) {
            found.push(("account", bare));
        }
        let number = digits(phone);
        let number = number.trim_start_matches("44").trim_start_matches('0');
        if number.len() > 6 && numbers.contains(number) {
            found.push(("number", number.to_owned()));
        }
    }
    let planted = NOTES.iter().chain([&ACCOUNT]).flat_map(|(_, planted)| planted.iter());
    // Initials as they were written: `Mr` is a title.
    let initials = |it: &str| it.chars().all(char::is_uppercase);
    let there = |it: &str| {
        if initials(it) {
            text.split(|c: char| !c.is_alphanumeric()).any(|word| word == it)
        } else {
            stands_in(&plain, it)
        }
    };
    found.extend(planted.filter(|it| there(it)).map(|it| ("planted", (*it).to_owned())));
    found
}

/// Everything in a copy, as it goes.
fn text_of(view: &AccessView) -> String {
    let texts = view.going().flat_map(|entry| &entry.passages).map(|passage| passage.copy.as_str());
    texts.collect::<Vec<_>>().join("\n\n")
}

fn settle_adults(session: &Session, mut view: AccessView, ruling: Ruling) -> AccessView {
    loop {
        let open = view.entries.iter().flat_map(|entry| &entry.passages).find_map(|passage| {
            let place = passage.places.iter().find(|place| place.is == PlaceIs::Adult)?;
            Some((passage.key.clone(), place.at))
        });
        let Some((passage, at)) = open else { return view };
        view = session.settle_access(view.request.id, (&passage, at), true, ruling, "Looked at.").unwrap();
    }
}

fn read_all(session: &Session, view: &AccessView) -> AccessView {
    let unread = view.entries.iter().filter(|e| !e.read).map(|e| e.key.clone()).collect::<Vec<_>>();
    session.mark_access_read(view.request.id, &unread).unwrap()
}

#[test]
fn a_copy_names_none_of_twelve_other_children() {
    let (folder, session) = open();
    let made = make(&session);
    let id =
        session.open_access_request(made.subject, day("2026-01-30"), "The mother, by email", "").unwrap();
    let view = session.access_view(id).unwrap();

    let before: String = view
        .going()
        .flat_map(|entry| &entry.passages)
        .map(|p| p.original.as_str())
        .collect::<Vec<_>>()
        .join("\n\n");
    let planted = left(&before);
    assert!(planted.len() > 60, "the corpus says too little: {}", planted.len());
    let after = left(&text_of(&view));
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for place in view.going().flat_map(|e| &e.passages).flat_map(|p| &p.places).filter(|p| p.goes_out()) {
        *kinds.entry(place.what.split(" (").next().unwrap().to_owned()).or_default() += 1;
    }
    println!(
        "access copy: 12 other children, {} entries, {} forms of them before, {} places taken out, {} left",
        view.entries.len(),
        planted.len(),
        view.taken_out(),
        after.len()
    );
    for (kind, count) in &kinds {
        println!("  {count:4}  {kind}");
    }
    assert!(after.is_empty(), "{after:?}");

    // The pages themselves, their properties and their name.
    let view = settle_adults(&session, view, Ruling::TakenOut);
    let view = read_all(&session, &view);
    assert!(matches!(session.issue_access(id), Err(Error::Incomplete { .. })), "who may have it is not said");
    session.set_access_authority(id, "Known to the school; has parental responsibility.").unwrap();
    let issued = session.issue_access(view.request.id).unwrap();
    let RequestState::Issued(issued) = issued.state else { panic!("not issued") };
    assert_eq!(issued.taken_out, view.taken_out());
    let saved = session.save_access(id, folder.path()).unwrap();
    let pages = pdf_text(&saved[0].path);
    assert!(pages.contains("Kofi") && pages.contains("[P1]") && pages.contains("[P12]"), "{pages}");
    assert_eq!(left(&pages), [], "on the pages");
    assert!(saved.iter().all(|file| left(&file.path.file_name().unwrap().to_string_lossy()).is_empty()));
    println!("  {} pages, {} places in the log", issued.copy_pages, issued.taken_out);

    let log = pdf_text(&saved[1].path);
    for person in &made.others {
        let last = person.name.full().split_whitespace().last().unwrap();
        assert!(log.contains(last), "the key names {last}");
    }
    assert!(session.verify().unwrap().problems.is_empty());
}

#[test]
fn of_two_requests_on_one_day_each_keeps_its_number_and_its_files() {
    let (folder, session) = open();
    let made = make(&session);
    let ask = |on: &str, who: &str| session.open_access_request(made.subject, day(on), who, "Known").unwrap();
    let number = |id| session.access_view(id).unwrap().number;
    let first = ask("2026-01-20", "The mother, by email");
    let second = ask("2026-01-20", "The father, in a letter");
    assert_eq!((number(first), number(second)), ("access-2026-01".into(), "access-2026-02".into()));
    // Received earlier, taken down later: what is on files already stays.
    let third = ask("2026-01-05", "The child, in person");
    let numbers = [first, second, third].map(number);
    assert_eq!(numbers, ["access-2026-01", "access-2026-02", "access-2026-03"]);
    let moves = session.open_transfer(made.subject, day(TODAY), "Thornbury Vale School", "").unwrap();
    assert_eq!(number(moves), "transfer-2026-01");
    let titles: Vec<String> = session.today_view().unwrap().clocks.into_iter().map(|it| it.title).collect();
    let apart: std::collections::BTreeSet<&String> = titles.iter().collect();
    assert_eq!((titles.len(), apart.len()), (4, 4), "{titles:?}");

    let mut names = Vec::new();
    for id in [first, second] {
        let view = settle_adults(&session, session.access_view(id).unwrap(), Ruling::Stands);
        read_all(&session, &view);
        session.issue_access(id).unwrap();
        names.extend(session.save_access(id, folder.path()).unwrap().into_iter().map(|file| file.path));
    }
    assert!(names.iter().all(|path| path.exists()));
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 4, "two copies and two logs");
}

/// A home with what is known of its adults.
fn home(adults: &str, street: &str, family: Family) -> Household {
    Household {
        addressees: adults.into(),
        address: vec![street.into()],
        phone: "01632 960333".into(),
        family,
    }
}

const THREAT: &str = "He has threatened her; Jamie Hall’s mother heard it.";

/// Gives the child two homes, one of them not to be contacted, and a piece of evidence whose title names others.
fn homes_and_evidence(session: &Session, made: &Made, folder: &std::path::Path) -> String {
    let mut child = session.everyone().unwrap().into_iter().find(|p| p.id == made.subject).unwrap();
    let mother = Family {
        responsibility: "Both parents".into(),
        language: "Twi".into(),
        interpreter: true,
        shared_device: true,
        ..Family::default()
    };
    let father = Family { do_not_contact: THREAT.into(), ..Family::default() };
    child.households = vec![
        home("Mrs Abena Osei", "12 Station Road", mother),
        home("Mr Kwame Osei", "7 Hidden Court", father),
    ];
    session.amend_person(&child, "She rang: he has threatened her.").unwrap();

    let view = session
        .case(
            session
                .cases("")
                .unwrap()
                .iter()
                .map(|row| row.id)
                .find(|id| session.case(*id).unwrap().case.target == made.subject)
                .unwrap(),
        )
        .unwrap();
    let file = folder.join("chat.txt");
    std::fs::write(&file, "go away").unwrap();
    let told = ToldOf {
        description: "Chat of Jamie Hall and Oliwia, from Tyler’s phone".into(),
        captured_by: "Mrs Tracy Hall".into(),
        device: "Zoë’s tablet".into(),
        on: day("2026-01-09"),
        time: "21.14".into(),
        occasion: None,
    };
    let kept =
        session.add_evidence(view.case.id, &told, (&file, ImageGate::No), &Progress::default()).unwrap();
    match kept.kept {
        Kept::File { sha256, .. } => sha256,
        Kept::Elsewhere { .. } => panic!("it is kept"),
    }
}

#[test]
fn the_homes_and_the_evidence_are_told_without_what_would_endanger() {
    let (folder, session) = open();
    let made = make(&session);
    let sha256 = homes_and_evidence(&session, &made, folder.path());
    let id = session.open_access_request(made.subject, day(TODAY), "The father", "Known").unwrap();
    let view = session.access_view(id).unwrap();
    let text = text_of(&view);
    for says in
        ["Language: Twi", "Needs an interpreter: Yes", "Parental responsibility: Both parents", &sha256]
    {
        assert!(text.contains(says), "{says}");
    }
    let endanger = ["threatened", "Hidden Court", "inbox", "12 Station Road"];
    for word in endanger {
        assert!(!text.contains(word), "{word} in {text}");
    }
    assert_eq!(left(&text), []);

    let view = settle_adults(&session, view, Ruling::TakenOut);
    read_all(&session, &view);
    session.issue_access(id).unwrap();
    let saved = session.save_access(id, folder.path()).unwrap();
    let (pages, log) = (pdf_text(&saved[0].path), pdf_text(&saved[1].path));
    assert_eq!(left(&pages), [], "on the pages");
    for word in endanger {
        assert!(!pages.contains(word), "{word} on the pages");
    }
    assert!(
        !pages.contains("not to contact") && !pages.contains("Do not contact"),
        "nor that there is such a thing"
    );
    let on_one_line = pages.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(on_one_line.contains("Captured on 9 January 2026, at 21.14, by or held by"), "{pages}");
    let joined: String = pages.split_whitespace().collect();
    assert_eq!(joined.matches(sha256.as_str()).count(), 2, "in its entry, and in the list of the evidence");
    // The log says what was left out, and why.
    assert!(log.contains("threatened") && log.contains("Hidden Court"), "{log}");
    assert!(log.contains("Why a home is not to be contacted"));

    // The lead may let it stand for a reason; what names others in it goes all the same.
    let again = session.open_access_request(made.subject, day(TODAY), "The mother", "Known").unwrap();
    let view = session.access_view(again).unwrap();
    let apart = view.entries.iter().flat_map(|entry| &entry.passages).find(|p| p.original.contains(THREAT));
    let (key, place) = apart.map(|p| (p.key.clone(), p.places[0].clone())).unwrap();
    assert_eq!((place.at, place.mark.as_str()), (0, ""));
    let view =
        session.settle_access(again, (&key, 0), false, Ruling::Stands, "She said it herself.").unwrap();
    let text = text_of(&view);
    assert!(text.contains("He has threatened her"));
    assert_eq!(left(&text), []);

    // The next school is told: it has to keep them safe.
    let moves = session.open_transfer(made.subject, day(TODAY), "Thornbury Vale School", "").unwrap();
    let text = text_of(&session.access_view(moves).unwrap());
    assert!(text.contains("He has threatened her") && text.contains("7 Hidden Court"));
    assert_eq!(left(&text), []);
}

fn pdf_text(path: &std::path::Path) -> String {
    let told = std::process::Command::new("pdftotext").args(["-layout"]).arg(path).arg("-").output().unwrap();
    assert!(told.status.success());
    let properties = std::process::Command::new("pdfinfo").arg(path).output().unwrap();
    String::from_utf8(told.stdout).unwrap() + &String::from_utf8_lossy(&properties.stdout)
}

#[test]
fn what_is_the_childs_goes_and_what_is_not_does_not() {
    let (_folder, session) = open();
    let made = make(&session);
    let id = session.open_access_request(made.subject, day(TODAY), "The child", "In person").unwrap();
    let view = session.access_view(id).unwrap();
    let text = text_of(&view);
    for says in [
        "Kofi Osei",
        "kofi_o_15",
        "nobody likes you kofi",
        "leave me alone",
        "began it",
        "I want it to stop.",
    ] {
        assert!(text.contains(says), "{says}");
    }
    // An occasion between two others, and what another family was told.
    for says in ["zoe to mo only", "was at home", "Nothing of anybody else"] {
        assert!(!view.entries.iter().flat_map(|e| &e.passages).any(|p| p.original.contains(says)), "{says}");
    }
    // A case in which the child is only spoken of, and only where it is.
    let third: Vec<_> = view.entries.iter().filter(|entry| entry.case == Some(made.third)).collect();
    assert_eq!(third.len(), 1);
    assert!(third[0].passages.iter().any(|p| p.original.contains("Kofi Osei saw it")));
    // One child, one mark, in every case.
    let marks = |words: &str| -> Vec<String> {
        let places = view.entries.iter().flat_map(|e| &e.passages).flat_map(|p| &p.places);
        let mut marks: Vec<String> = places.filter(|p| p.words == words).map(|p| p.mark.clone()).collect();
        marks.dedup();
        marks
    };
    assert_eq!(marks("Tyler Brandt").len(), 1);
    assert_eq!(marks("Tyler Brandt"), marks("Ty"));
    assert_eq!(marks("Jamie Hall"), ["[P1]"]);
}

#[test]
fn nothing_goes_before_the_lead_has_looked_at_it() {
    let (_folder, session) = open();
    let made = make(&session);
    let id = session.open_access_request(made.subject, day(TODAY), "The mother", "Known").unwrap();
    let waits = |session: &Session| match session.issue_access(id) {
        Err(Error::Incomplete { what }) => what,
        other => panic!("{other:?}"),
    };
    assert!(waits(&session).contains("adult"));
    let view = session.access_view(id).unwrap();
    let adults: Vec<String> = {
        let places = view.entries.iter().flat_map(|e| &e.passages).flat_map(|p| &p.places);
        places.filter(|p| p.is == PlaceIs::Adult).map(|p| p.words.clone()).collect()
    };
    for name in ["Mr Bell", "Mr Delgado", "Mrs Osei"] {
        assert!(adults.iter().any(|words| words == name), "{name}: {adults:?}");
    }
    assert!(!adults.iter().any(|words| words == "Mrs Farrow"), "staff of the school");
    let view = settle_adults(&session, view, Ruling::Stands);
    assert!(waits(&session).contains("Read each entry"));
    let view = read_all(&session, &view);
    assert_eq!(view.waits_for(), None);

    // Words that nothing found, out by hand; the entry is read again then.
    let entry = view
        .entries
        .iter()
        .find(|e| {
            e.passages.iter().any(|p| p.original.contains("at home"))
                || e.passages.iter().any(|p| p.original.contains("nobody likes you"))
        })
        .unwrap()
        .key
        .clone();
    assert!(matches!(
        session.take_out_of_access(id, &entry, "no such words", "x"),
        Err(Error::Incomplete { .. })
    ));
    assert!(matches!(
        session.take_out_of_access(id, &entry, "nobody likes", " "),
        Err(Error::Incomplete { .. })
    ));
    let view = session.take_out_of_access(id, &entry, "nobody likes", "Says too much of another.").unwrap();
    assert!(!text_of(&view).contains("nobody likes") && text_of(&view).contains("[taken out]"));
    assert_eq!(view.unread(), 1);
    session.mark_access_read(id, std::slice::from_ref(&entry)).unwrap();

    // What was found may stand for a reason, and then it does.
    let (passage, at) = view
        .entries
        .iter()
        .flat_map(|e| &e.passages)
        .find_map(|p| {
            p.places.iter().find(|place| place.words == "Grace Hill").map(|place| (p.key.clone(), place.at))
        })
        .unwrap();
    assert!(session.settle_access(id, (&passage, at), false, Ruling::Stands, "").is_err());
    let view =
        session.settle_access(id, (&passage, at), false, Ruling::Stands, "A street of that name.").unwrap();
    assert!(text_of(&view).contains("Grace Hill"));
    let view = session.unsettle_access(id, &passage, at).unwrap();
    assert!(!text_of(&view).contains("Grace Hill"));

    // An entry held back is not in it, and is told of.
    let held = view.entries[2].key.clone();
    let view = session.hold_back_access(id, &held, "Serious harm to another person.").unwrap();
    assert!(!view.going().any(|entry| entry.key == held));
    read_all(&session, &view);
    session.issue_access(id).unwrap();
    assert!(matches!(session.issue_access(id), Err(Error::AlreadyApproved)));
    assert!(matches!(session.end_access(id, "late"), Err(Error::AlreadyApproved)));
}

#[test]
fn a_change_of_the_record_wants_to_be_read_again() {
    let (_folder, session) = open();
    let made = make(&session);
    let id = session.open_access_request(made.subject, day(TODAY), "The mother", "Known").unwrap();
    let view = session.access_view(id).unwrap();
    let view = settle_adults(&session, view, Ruling::Stands);
    let view = read_all(&session, &view);
    assert_eq!(view.unread(), 0);
    let case = view.entries.iter().find_map(|entry| entry.case).unwrap();
    contact(&session, case, made.subject, "They rang again about Priya.");
    let view = session.access_view(id).unwrap();
    assert_eq!(view.unread(), 1);
    assert!(text_of(&view).contains("They rang again about [P"));
}

#[test]
fn the_month_and_more_time() {
    let (_folder, session) = open();
    let made = make(&session);
    let received = day("2026-01-12");
    assert!(session.open_access_request(made.subject, day("2026-02-01"), "x", "").is_err(), "a day to come");
    assert!(session.open_access_request(made.subject, received, " ", "").is_err(), "nobody asks");
    let id = session.open_access_request(made.subject, received, "The father", "").unwrap();
    let due = || session.today_view().unwrap().clocks.into_iter().map(|clock| clock.due).collect::<Vec<_>>();
    assert_eq!(due(), [day("2026-02-12")]);
    assert!(session.extend_access(id, day("2026-02-13"), "Many cases.").is_err(), "told too late");
    session.extend_access(id, day("2026-01-20"), "Many cases.").unwrap();
    assert_eq!(due(), [day("2026-04-12")]);
    session.end_access(id, "They took it back.").unwrap();
    assert_eq!(due(), []);
}

#[test]
fn the_file_for_the_next_school_opens_with_its_words_only() {
    let (folder, session) = open();
    let made = make(&session);
    let id = session
        .open_transfer(made.subject, day("2026-01-28"), "Thornbury Vale School", "Mr Ade Cole")
        .unwrap();
    assert!(session.open_transfer(made.subject, day(TODAY), " ", "").is_err(), "no school");
    // Five school days after the last day here: a weekend lies between.
    let clocks = || session.today_view().unwrap().clocks;
    assert_eq!(clocks().iter().map(|clock| clock.due).collect::<Vec<_>>(), [day("2026-02-04")]);
    let view = settle_adults(&session, session.access_view(id).unwrap(), Ruling::Stands);
    assert_eq!(view.number, "transfer-2026-01");
    let words = Secret::new("otter lantern copper meadow violin".into());
    assert!(matches!(session.save_transfer(id, folder.path(), &words), Err(Error::NotApproved)));
    read_all(&session, &view);
    session.issue_access(id).unwrap();
    let short = Secret::new("otter".into());
    assert!(matches!(session.save_transfer(id, folder.path(), &short), Err(Error::Incomplete { .. })));
    let saved = session.save_transfer(id, folder.path(), &words).unwrap();
    assert_eq!(saved.len(), 2);

    let plain = folder.path().join("open.pdf");
    let unlock = |words: &str| {
        let mut qpdf = std::process::Command::new("qpdf");
        qpdf.arg("--decrypt").arg(format!("--password={words}")).arg(&saved[0].path).arg(&plain);
        qpdf.output().unwrap().status.success()
    };
    assert!(!unlock("") && !unlock("otter lantern copper meadow"), "without its words");
    let bytes = std::fs::read(&saved[0].path).unwrap();
    assert!(!bytes.windows(4).any(|window| window == b"Kofi"), "in the clear");
    let shown = std::process::Command::new("qpdf")
        .args(["--show-encryption", "--password=otter lantern copper meadow violin"])
        .arg(&saved[0].path)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&shown.stdout).contains("AESv3"), "{shown:?}");
    assert!(unlock("otter lantern copper meadow violin"));
    let pages = pdf_text(&plain);
    assert!(
        pages.contains("Kofi") && pages.contains("Thornbury Vale School") && pages.contains("[P1]"),
        "{pages}"
    );
    assert_eq!(left(&pages), [], "on the pages");
    let slip = pdf_text(&saved[1].path);
    assert!(slip.contains("transfer-2026-01") && !slip.contains("Kofi") && !slip.contains("Osei"), "{slip}");

    // The receipt is waited for, and comes back.
    assert_eq!(clocks().iter().map(|clock| clock.due).collect::<Vec<_>>(), [day("2026-02-06")]);
    assert!(session.transfer_received(id, day("2026-02-20"), "Mr Ade Cole").is_err(), "a day to come");
    session.transfer_received(id, day(TODAY), "Mr Ade Cole").unwrap();
    assert!(clocks().is_empty());
}
