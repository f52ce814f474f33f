//! Documents for other agencies and for the record, and their variants.

use super::{day, occasions, police, sender};
use casebook::documents::Fields;
use casebook::documents::template::fields::{
    Answer, Called, ChangedWords, ChildBlock, ChronologyFields, ChronologyRow, Consent, Correction, HomeRow,
    Kept, Known, LadoFields, MarfFields, MeetingRecordFields, OccasionGroup, Signs, Step, TakenBack,
    TransferFields, Yes,
};

pub(super) fn all() -> Vec<Fields> {
    vec![marf(Consent::Given), meeting_record(), chronology(14), transfer(Kept::Nothing), lado()]
}

pub(super) fn variants() -> Vec<(String, Fields)> {
    let mut variants = vec![
        ("DOC_MARF-refused".to_owned(), marf(Consent::Refused)),
        ("DOC_TRANSFER-chronology".to_owned(), transfer(Kept::Chronology)),
    ];
    variants.push(("DOC_CHRON-corrected".to_owned(), corrected()));
    let Fields::MeetingRecord(mut fields) = meeting_record() else { return variants };
    fields.signed = Signs::Declined;
    fields.read_back = Yes::No;
    variants.push(("DOC_MEETING-declined".to_owned(), Fields::MeetingRecord(fields)));
    let Fields::Police(mut fields) = police(2) else { return variants };
    fields.under_ten = false;
    fields.picture_reported = true;
    fields.reports.clear();
    variants.push(("DOC_POLICE-ten-and-over".to_owned(), Fields::Police(fields)));
    variants.push(("DOC_POLICE-earlier".to_owned(), earlier()));
    variants
}

fn child() -> ChildBlock {
    ChildBlock {
        name: "Kofi Osei".into(),
        born: "9 January 2016".into(),
        age: "10".into(),
        language: "English and Twi; no interpreter".into(),
        school: "Hillcrest Junior School, class 5F".into(),
        ..ChildBlock::default()
    }
}

fn marf(consent: Consent) -> Fields {
    let detail = match consent {
        Consent::Given => "Mrs Osei, on the phone, on 19 January 2026",
        Consent::Refused | Consent::NotAsked => {
            "Mrs Osei said no on 19 January 2026; we think that Kofi needs help now"
        }
    };
    Fields::Marf(Box::new(MarfFields {
        phoned: "20 January 2026 at 9.40, Ms Hart in the front door team".into(),
        child: child(),
        homes: vec![HomeRow {
            adults: "Mrs Abena Osei and Mr Kwame Osei".into(),
            address: "12 Station Road, Aldershot GU11 1AB".into(),
            phone: "01252 000112".into(),
        }],
        others: "A grandmother who collects Kofi on Fridays".into(),
        responsibility: "Mrs Osei and Mr Osei".into(),
        consent,
        consent_detail: detail.into(),
        child_views: "“I want it to be like before.”".into(),
        family_views: "“We did not know. We want help.”".into(),
        confidential: "".into(),
        reason: "Kofi is ten, and messages from his account have gone on for three weeks".into(),
        occasions: occasions(3)
            .into_iter()
            .map(|row| casebook::documents::template::fields::OccasionRow {
                from: "Kofi".into(),
                to: "another pupil".into(),
                ..row
            })
            .collect(),
        worrying: "The messages come late at night, and Kofi is tired and tearful at school".into(),
        working: "Kofi talks with his teacher, and his family comes to school when asked".into(),
        needed: "Help at home with sleep and with the phone".into(),
        level: "Level 3, targeted support".into(),
        steps: vec![Step { what: "Spoke with the family: done on 19 January 2026".into(), by: None }],
        earlier: "".into(),
        agencies: "".into(),
        risks: "We know of no danger to anyone today, and of none to workers who visit".into(),
        attached: "The chronology".into(),
        sender: sender(),
    }))
}

fn meeting_record() -> Fields {
    Fields::MeetingRecord(Box::new(MeetingRecordFields {
        child: "Kofi".into(),
        held: "Wednesday 21 January 2026 at 3.30 pm, at school".into(),
        present: "Kofi; Mrs Osei; Mrs Wells, headteacher; Mr Shah, class teacher".into(),
        apologies: "Mr Osei".into(),
        interpreter: "".into(),
        purpose: "To hear how things are for Kofi, and what would help".into(),
        child_said: "“I only sent what the others sent. I did not think.”".into(),
        family_said: "“We will keep the phone downstairs at night.”".into(),
        school_said: "We have not decided what happened. We want to help Kofi to put things right".into(),
        agreed: "Messages were sent from Kofi’s phone on 16 January 2026".into(),
        not_agreed: "Who sent the message of 17 January 2026".into(),
        actions: vec![
            "Mr Shah sees Kofi each Monday until 2 March 2026".into(),
            "The phone stays downstairs at night".into(),
        ],
        plan_view: "They think that it can work".into(),
        next_review: day("2026-02-11"),
        read_back: Yes::Yes,
        signed: Signs::Signs,
        sender: sender(),
    }))
}

fn chronology(count: i64) -> Fields {
    let rows = (0..count).map(|i| ChronologyRow {
        called: if i % 3 == 0 { "an occasion" } else { "contact with the family of P1" }.into(),
        on: day("2026-01-02").plus_days(i),
        time: if i % 3 == 0 { "21.14".into() } else { String::new() },
        what: if i % 3 == 0 {
            "Occasion. WhatsApp, P1 to the targeted child: “go away”".into()
        } else {
            "Telephoned the family of P1".into()
        },
        outcome: if i % 3 == 0 { String::new() } else { "No answer".into() },
        more: Vec::new(),
        known: i % 3 != 0,
        source: if i % 3 == 0 {
            "screenshot, held by the family".into()
        } else {
            "the school’s record".into()
        },
        entered: "Mon 19 Jan 2026".into(),
        by: "Mrs Amy Wells".into(),
        corrections: Vec::new(),
        taken_back: None,
    });
    let called = |label: &str, who: &str| Called { label: label.into(), who: who.into() };
    Fields::Chronology(ChronologyFields {
        from: day("2026-01-02"),
        until: day("2026-01-02").plus_days(count - 1),
        people: vec![
            called("the targeted child", "Sita Gurung, born on 4 March 2016; targeted"),
            called("P1", "Kofi Osei, born on 9 January 2016; alleged to be responsible"),
        ],
        rows: rows.collect(),
        sender: sender(),
    })
}

const CHAT: &str = "2 messages of an exported chat, brought by Mrs Gurung and read on 19 January 2026. Not verified against \
     the device. SHA-256 of the file: 9f86d081 884c7d65 9a2feaa0 c55ad015 a3bf4f1b 2b0b822c d15d6c15 b0f00a08";

fn known(label: &str, words: &str) -> Known {
    Known { label: label.into(), words: words.into() }
}

/// A police summary of a case that follows another one, with what else is recorded of its occasions.
fn earlier() -> Fields {
    let Fields::Police(mut fields) = police(5) else { return police(5) };
    let mut rows = std::mem::take(&mut fields.occasions[0].rows);
    let mut then = rows.drain(..2).collect::<Vec<_>>();
    for row in &mut then {
        row.on = row.on.plus_days(-90);
        row.evidence = format!("{} of 2025-031", row.evidence);
    }
    then[1].more = vec![known("Where and when it was", "On a school computer or tablet")];
    rows[0].time = "21.14, shown on: Sita’s phone".into();
    rows[0].platform = "WhatsApp. A group of 12".into();
    rows[0].more = vec![
        known("Sent from", "An account that stands on the key page, identified on 7 January 2026 as P1"),
        known("Where and when it was", "Outside school"),
        known("Linked to", "Race. Seen so by: Sita’s mother"),
    ];
    rows[1].more = vec![known("Taken from", CHAT)];
    fields.earlier = vec!["2025-031".into()];
    fields.occasions = vec![
        OccasionGroup { heading: "Earlier case 2025-031, closed on 24 October 2025".into(), rows: then },
        OccasionGroup { heading: "This case, 2026-004".into(), rows },
    ];
    fields.pattern[0].earlier = 2;
    fields.pattern[0].first = day("2025-10-04");
    fields.pattern[0].longest_gap = 91;
    fields.aggravating = vec!["Occasion 3 is seen as linked to: race. Seen so by: Sita’s mother".into()];
    fields.people[1].sent_from = "“@kofi.o”: occasion 3".into();
    Fields::Police(fields)
}

/// A chronology of which entries were corrected and one was taken back.
fn corrected() -> Fields {
    let Fields::Chronology(mut fields) = chronology(5) else { return chronology(5) };
    let text = |label: &str, was: &str, is: &str| ChangedWords {
        label: label.into(),
        was: was.into(),
        is: is.into(),
    };
    let correction = |number, why: &str, texts| Correction {
        number,
        on: day("2026-01-20"),
        by: "Mrs Amy Wells".into(),
        why: why.into(),
        texts,
    };
    let words = text("The words", "go away", "go away, nobody wants you here");
    fields.rows[0].what =
        "Occasion 1. WhatsApp, P1 to the targeted child: “go away, nobody wants you here”".into();
    fields.rows[0].called = "occasion 1".into();
    fields.rows[0].corrections = vec![
        correction(
            1,
            "The screenshot shows more than was read out on the telephone",
            vec![text("Time as shown", "", "21.14"), words],
        ),
        correction(
            2,
            "The family sent the screenshot",
            vec![text("What shows it", "", "screenshot, held by the family")],
        ),
    ];
    fields.rows[0].more = vec![
        known("Sent from", "“@kofi.o”, identified on 7 January 2026 as P1"),
        known("Whose device showed the time", "Sita’s phone"),
        known("Who could see it", "A group of 12"),
        known("Where and when it was", "On a school computer or tablet"),
        known("Linked to", "Race. Seen so by: Sita’s mother"),
        known("Taken from", CHAT),
    ];
    fields.rows[1].corrections =
        vec![correction(3, "", vec![text("Note", "", "They will ring back on Monday.")])];
    fields.rows[3].what = "Occasion. P1 to the targeted child, WhatsApp. The words: go away.".into();
    fields.rows[3].taken_back = Some(TakenBack {
        on: day("2026-01-20"),
        by: "Mrs Amy Wells".into(),
        why: "It was the message of 2 January, told twice".into(),
    });
    Fields::Chronology(fields)
}

fn transfer(kept: Kept) -> Fields {
    Fields::Transfer(Box::new(TransferFields {
        child: child(),
        to_school: "Thornbury Hill School, 4 Castle Road, Aldershot".into(),
        to_lead: "Ms Ada Pool".into(),
        sent_on: day("2026-01-20"),
        how: "By hand, in a sealed envelope".into(),
        contents: vec!["Chronology, 3 pages".into(), "Records of two meetings, 4 pages".into()],
        advance: "Kofi has a key adult and needs one from the first day".into(),
        kept,
        kept_why: if kept == Kept::Nothing {
            "".into()
        } else {
            "A younger child of the family attends our school".into()
        },
        reply_by: day("2026-01-27"),
        sender: sender(),
    }))
}

fn lado() -> Fields {
    Fields::Lado(Box::new(LadoFields {
        spoken: "".into(),
        adult: ChildBlock { name: "Mr Alan Pike".into(), ..ChildBlock::default() },
        role: "Teaching assistant in Year 5".into(),
        other_work: "".into(),
        child: child(),
        harmed: Answer::NotKnown,
        offence: Answer::No,
        risk: Answer::Yes,
        unsuitable: Answer::NotKnown,
        told_by: "Kofi told Mr Shah on 19 January 2026".into(),
        account: "“He sent me a friend request and said not to tell.”".into(),
        occasions: occasions(1)
            .into_iter()
            .map(|row| casebook::documents::template::fields::OccasionRow {
                from: "Mr Alan Pike".into(),
                to: "Kofi".into(),
                words: "“Do not tell”".into(),
                ..row
            })
            .collect(),
        who_knows: "Mr Shah and Mrs Wells, since 19 January 2026".into(),
        steps_taken:
            "Mr Pike does not work with Kofi’s class until we have your advice. Nobody was interviewed".into(),
        family_told: "".into(),
        sender: sender(),
    }))
}
