//! One filled set of fields for each paper, about invented people, and the variants of each. Also behind
//! `examples/letters.rs`, which prints them all.

// The paths, because the example includes this file from another folder.
#[path = "samples/agencies.rs"]
mod agencies;
#[path = "samples/homes.rs"]
mod homes;

pub(crate) use homes::both;

use casebook::documents::template::fields::{
    ActorFields, AgeAllFields, AgeLine, ContactRow, EvidenceRow, Home, NewSchoolFields, OccasionGroup,
    OccasionRow, PatternRow, PersonBlock, Point, PoliceFields, ReadyRow, Report, Sender, Step, TargetFields,
    Wish,
};
use casebook::documents::{Fields, Stamp, Templates};
use casebook::domain::{Day, LetterCode, Letterhead, Paper, PaperCode, Translation};
use chrono::{TimeZone, Utc};

pub(crate) fn day(iso: &str) -> Day {
    Day::parse(iso).unwrap()
}

pub(crate) fn stamp() -> Stamp {
    Stamp {
        made_on: Utc.with_ymd_and_hms(2026, 1, 20, 9, 30, 0).unwrap(),
        author: "Hillcrest Junior School".into(),
        anchor: Some("Record 7f3a 9c1e 04b2".into()),
    }
}

pub(crate) fn sender() -> Sender {
    Sender {
        name: "Mrs Amy Wells".into(),
        role: "Headteacher".into(),
        school: "Hillcrest Junior School".into(),
        phone: "01252 000000".into(),
        hours: "between 8.30 am and 4 pm on school days".into(),
        email: "office@hillcrest.example".into(),
        policy_at: "hillcrest.example/policies".into(),
    }
}

pub(crate) fn whatsapp() -> AgeLine {
    AgeLine {
        platform: "WhatsApp".into(),
        age: 13,
        source: "WhatsApp Help Centre".into(),
        checked_on: day("2026-01-12"),
    }
}

fn sita() -> Home {
    Home { to: "Mrs Gurung".into(), child: "Sita".into(), authority: false }
}

fn kofi() -> Home {
    Home { to: "Mrs Osei and Mr Osei".into(), child: "Kofi".into(), authority: false }
}

pub(crate) fn target() -> Fields {
    Fields::Target(TargetFields {
        home: sita(),
        spoke_on: day("2026-01-19"),
        told: "Sita told her class teacher about unkind messages in a group chat outside school".into(),
        dates: vec![day("2026-01-16"), day("2026-01-17")],
        wishes: "Sita told us that she wants the messages to stop, and does not want to change class".into(),
        steps: vec![
            Step { what: "Miss Nuñez will check in with Sita each morning".into(), by: None },
            Step {
                what: "We will talk with every pupil involved and their families".into(),
                by: Some(day("2026-01-23")),
            },
        ],
        reporting: vec!["In WhatsApp, hold a finger on the message, then choose Report".into()],
        ages: vec![whatsapp()],
        review_on: day("2026-02-02"),
        sender: sender(),
    })
}

pub(crate) fn actor() -> Fields {
    Fields::Actor(ActorFields {
        home: kofi(),
        dates: vec![day("2026-01-16"), day("2026-01-17")],
        meeting: "Wednesday 21 January 2026 at 3.30 pm, at school".into(),
        other_times: vec![
            "Thursday 22 January 2026 at 8.15 am".into(),
            "Friday 23 January 2026 at 12 noon".into(),
        ],
        support: "Mr Shah will be there for Kofi at school each day".into(),
        decider: "Mrs Wells, the headteacher".into(),
        decide_by: day("2026-01-28"),
        sender: sender(),
    })
}

pub(crate) fn age_all() -> Fields {
    Fields::AgeAll(AgeAllFields {
        to: "parents and carers of Year 5".into(),
        ages: vec![
            whatsapp(),
            AgeLine { platform: "Snapchat".into(), source: "Snap terms".into(), ..whatsapp() },
        ],
        parent_managed: true,
        lessons: "In class we teach children how to block, report and ask for help".into(),
        help: "We will hold a drop-in on Tuesday 3 February 2026 at 3.30 pm in the hall".into(),
        sender: sender(),
    })
}

pub(crate) fn new_school() -> Fields {
    Fields::NewSchool(NewSchoolFields {
        theirs_targeted: false,
        to: "Mr Żółkiewski".into(),
        our_pupil: "a pupil in Year 5".into(),
        their_pupil: "Leo Marsh".into(),
        their_born: Some(day("2014-12-10")),
        dates: vec![day("2026-01-16"), day("2026-01-17")],
        platforms: vec!["WhatsApp".into(), "text messages".into()],
        points: vec![
            Point { what: "Twelve messages from an account with the name Leo".into(), known: true },
            Point { what: "The account is Leo’s own".into(), known: false },
        ],
        risk: "We know of no danger to anyone today".into(),
        asks: vec!["Please ask that no more messages are sent".into()],
        families_know:
            "Our pupil’s family knows that we are writing to you. We have not written to Leo’s family".into(),
        reply_by: day("2026-01-27"),
        sender: sender(),
    })
}

fn people() -> Vec<PersonBlock> {
    vec![
        PersonBlock {
            heading: "Targeted child".into(),
            name: "Sita Gurung".into(),
            born: "4 March 2016".into(),
            age_first: "9".into(),
            age_last: "9".into(),
            address: "3 Station Road, Aldershot GU11 1AA".into(),
            parents: "Mrs Maya Gurung; parental responsibility".into(),
            school: "Hillcrest Junior School, Year 5".into(),
            relation: "Same class as P1".into(),
            language: "Nepali; interpreter for the family".into(),
            ..PersonBlock::default()
        },
        PersonBlock {
            heading: "P1, alleged to be responsible".into(),
            on_key_page: true,
            name: "Kofi Osei".into(),
            born: "9 January 2016".into(),
            age_first: "9".into(),
            age_last: "10".into(),
            accounts: "@kofi.o on WhatsApp".into(),
            ..PersonBlock::default()
        },
    ]
}

fn occasions(count: i64) -> Vec<OccasionRow> {
    (0..count)
        .map(|i| OccasionRow {
            number: usize::try_from(i).unwrap() + 1,
            on: day("2026-01-02").plus_days(i),
            time: if i % 2 == 0 { "21.14 on Sita’s phone".into() } else { String::new() },
            platform: "WhatsApp, group".into(),
            from: "P1".into(),
            to: "the targeted child".into(),
            words: "“Nobody wants you here | go away”".into(),
            evidence: format!("E{}", i + 1),
            more: Vec::new(),
        })
        .collect()
}

pub(crate) fn police(count: i64) -> Fields {
    Fields::Police(Box::new(PoliceFields {
        under_ten: true,
        urgency: "No one is in danger now. We ask for a reply within five school days".into(),
        reports: vec![Report {
            when: "Tuesday 20 January 2026, 10.05".into(),
            how: "101".into(),
            operator: String::new(),
            reference: "4417/20JAN".into(),
        }],
        out_of_hours: "01252 000001".into(),
        lead: "Mr Ben Shah".into(),
        why_now: vec!["Our policy says: “If parent / carers refuse to engage and bullying continues, it can be referred to the police as harassment”".into()],
        people: people(),
        earlier: vec![],
        occasions: vec![OccasionGroup { heading: String::new(), rows: occasions(count) }],
        pattern: vec![PatternRow {
            from: "P1".into(),
            to: "the targeted child".into(),
            count: usize::try_from(count).unwrap(),
            earlier: 0,
            first: day("2026-01-02"),
            last: day("2026-01-02").plus_days(count - 1),
            longest_gap: 1,
        }],
        aggravating: vec![],
        effect: "“I feel sick when my phone buzzes.”".into(),
        wishes: vec![Wish { who: "Sita".into(), words: "“I want it to stop.”".into(), on: Some(day("2026-01-19")) }],
        steps: vec![Step { what: "Wrote to both families".into(), by: None }],
        contacts: vec![ContactRow {
            family: "P1".into(),
            on: day("2026-01-13"),
            how: "Letter".into(),
            purpose: "Final notice".into(),
            result: "“We will not discuss this.”".into(),
        }],
        evidence: vec![EvidenceRow {
            label: "E1".into(),
            what: "Screenshot of the group chat".into(),
            held: "Case file; captured by Mrs Gurung on her own phone".into(),
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
        }],
        picture_reported: false,
        device: "Mrs Gurung has Sita’s phone".into(),
        agencies: vec![],
        risks: vec![],
        readiness: vec![
            ReadyRow { line: "Two or more dated occasions".into(), met: true, reason: String::new() },
            ReadyRow { line: "Final notice delivered".into(), met: false, reason: "Sent, not signed for".into() },
        ],
        asks: vec!["Advice on what to do next".into(), "A record of this report".into()],
        rules_version: "ravenscote-2025-26, version 1".into(),
        sender: sender(),
    }))
}

/// One of each paper.
pub(crate) fn all() -> Vec<Fields> {
    let mut all = vec![target(), actor(), age_all(), new_school(), police(12)];
    all.extend(homes::all());
    all.extend(agencies::all());
    all
}

/// Every paper in every variant, by the name of its golden text.
pub(crate) fn variants() -> Vec<(String, Fields, Paper)> {
    let usual = all().into_iter().map(|fields| (fields.template().to_owned(), fields));
    let mut variants: Vec<(String, Fields)> =
        usual.chain(homes::variants()).chain(agencies::variants()).collect();
    let plain: Vec<(String, Fields)> =
        variants.iter().filter(|(_, fields)| is_home_letter(fields)).cloned().collect();
    for fields in all() {
        if let Some(in_care) = homes::in_care(fields) {
            variants.push((format!("{}-authority", in_care.template()), in_care));
        }
    }
    let large: Vec<Fields> = all().into_iter().filter(is_home_letter).collect();
    let mut out: Vec<(String, Fields, Paper)> = variants
        .into_iter()
        .map(|(name, fields)| {
            let paper = filled(&fields);
            (name, fields, paper)
        })
        .collect();
    for fields in large {
        let paper = Paper { large_print: true, ..filled(&fields) };
        out.push((format!("{}-large", fields.template()), fields, paper));
    }
    for (name, fields) in plain {
        let paper = in_easy_words(&fields);
        out.push((format!("{name}-easy"), fields, paper));
    }
    out.push(("L_ACTOR-translated".into(), actor(), translated(&filled(&actor()))));
    out
}

/// The paper of these fields, as the samples set it.
pub(crate) fn filled(fields: &Fields) -> Paper {
    let body = Templates::built_in().unwrap().fill(fields.code(), fields).unwrap();
    let title = casebook::documents::title(fields.code()).unwrap().to_owned();
    match fields.code() {
        PaperCode::Document(_) => Paper { title, ..document(&body) },
        PaperCode::Letter(_) => letter(fields, &body),
    }
}

fn letter(fields: &Fields, body: &str) -> Paper {
    let mut letter = Paper { address: homes::address(fields), ..paper(body) };
    if matches!(fields, Fields::Close(_)) {
        // After the last of its check-ins.
        letter.date = "Tuesday 10 March 2026".into();
    }
    letter
}

/// The same letter in easy words.
pub(crate) fn in_easy_words(fields: &Fields) -> Paper {
    let body = Templates::built_in().unwrap().fill_easy(fields).unwrap();
    Paper { easy_read: true, ..letter(fields, &body) }
}

/// With a translation beside the English, as a school might have had it made.
pub(crate) fn translated(english: &Paper) -> Paper {
    let body = "Szanowni Państwo,\n\n## Chcemy porozmawiać z Państwem\n\nPowiedziano nam o wiadomościach. **Nie zdecydowaliśmy, co się stało.** Prosimy o rozmowę z nami.\n\n- Prosimy zachować wiadomości.\n- Prosimy nie kontaktować się z innymi rodzinami.\n\nZ poważaniem,\n\n**Mrs Amy Wells**";
    let translation = Translation {
        language: "pl".into(),
        body: body.into(),
        of: english.body.clone(),
        approved_by: "Surrey translation service".into(),
        on: day("2026-01-19"),
    };
    Paper { translation: Some(translation), ..english.clone() }
}

/// A letter that a family reads.
pub(crate) fn is_home_letter(fields: &Fields) -> bool {
    matches!(fields.code(), PaperCode::Letter(code) if code != LetterCode::NewSchool)
}

pub(crate) fn letterhead() -> Letterhead {
    Letterhead {
        name: "Hillcrest Junior School".into(),
        lines: vec![
            "12 Hill Road, Aldershot GU11 1AA".into(),
            "01252 000000".into(),
            "office@hillcrest.example".into(),
        ],
    }
}

pub(crate) fn paper(body: &str) -> Paper {
    Paper {
        title: "Letter to parents".into(),
        language: "en-GB".into(),
        letterhead: letterhead(),
        address: vec!["Mrs M Gurung".into(), "3 Station Road".into(), "Aldershot".into(), "GU11 1AA".into()],
        date: "Tuesday 20 January 2026".into(),
        reference: "2026-004".into(),
        body: body.into(),
        footer: "Hillcrest Junior School · 2026-004".into(),
        watermark: None,
        large_print: false,
        easy_read: false,
        translation: None,
    }
}

pub(crate) fn document(body: &str) -> Paper {
    Paper {
        title: "Police referral summary".into(),
        address: vec![],
        footer: "Official-Sensitive · 2026-004".into(),
        ..paper(body)
    }
}
