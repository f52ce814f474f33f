//! The police referral summary: the record under the police's own headings, as arithmetic and quotation.

use super::recorded::Recorded;
use super::{Letter, Source};
use crate::app::{Error, Outcome};
use crate::documents::Fields;
use crate::documents::template::fields::{
    ContactRow, PersonBlock, PoliceFields, ReadyRow, Report, Step, Wish,
};
use crate::domain::{
    ActionState, Channel, Choice, Contact, CrimeFlag, Danger, Day, DecisionRecord, Gate, Person, PersonId,
    Purpose, Response, SelfHarm, Vocabulary, Who,
};
use crate::policy::Fact;

pub(super) fn summary(source: &Source<'_>) -> Result<Vec<Letter>, Error> {
    let record = source.view.decision().ok_or_else(|| Error::Incomplete {
        what: "No decision is confirmed for this case yet. Confirm the outcome first.".into(),
    })?;
    let outcome = source.session.outcome_then(record);
    let recorded = Recorded::of(source)?;
    let under_ten = record.decision.gates.contains(&Gate::UnderTen);
    let fields = PoliceFields {
        under_ten,
        urgency: urgency(record).into(),
        reports: reports(source),
        out_of_hours: source.school.lead.phone.clone(),
        lead: source.school.lead.name.clone(),
        why_now: why_now(source, &outcome, record),
        people: people(source, &recorded),
        earlier: recorded.earlier(),
        occasions: recorded.groups(),
        pattern: recorded.pattern(),
        aggravating: aggravating(source, &recorded),
        effect: source.view.case.account.clone(),
        wishes: wishes(source),
        steps: steps(source),
        contacts: source.view.contacts.iter().map(|c| contact(source, c)).collect(),
        evidence: recorded.evidence(),
        picture_reported: record.decision.gates.contains(&Gate::Image),
        device: source.words("device"),
        agencies: agencies(source),
        risks: risks(record),
        readiness: readiness(source, &outcome, record),
        asks: asks(record, under_ten),
        rules_version: record.decision.policy.clone(),
        sender: source.sender()?,
    };
    source.one("Police", &Fields::Police(Box::new(fields)))
}

/// The report that was made already, where there was one.
fn reports(source: &Source<'_>) -> Vec<Report> {
    let how = source.answer("report_how");
    if how.is_empty() {
        return Vec::new();
    }
    vec![Report {
        when: source.answer("report_when"),
        how,
        operator: source.answer("report_operator"),
        reference: source.answer("report_reference"),
    }]
}

/// Other agencies that were told, and what the answers say of social care.
fn agencies(source: &Source<'_>) -> Vec<String> {
    let mut agencies = source.lines("agencies");
    let social_care = source.social_care();
    if !social_care.is_empty() {
        agencies.push(format!("Children’s social care. {social_care}"));
    }
    agencies
}

fn urgency(record: &DecisionRecord) -> &'static str {
    match record.facts.danger {
        Danger::Immediate => "Someone may be in immediate danger. The school was told to call 999 at once.",
        Danger::ThreatSerious => "A serious threat was made. Nobody is known to be in danger at this moment.",
        Danger::None => "Nobody is known to be in danger at this moment.",
    }
}

fn why_now(source: &Source<'_>, outcome: &Outcome, record: &DecisionRecord) -> Vec<String> {
    let mut why: Vec<String> = Vec::new();
    if record.decision.options.contains(&Choice::PoliceHarassment) {
        if let Some(clause) = source.session.policy().clause("CB-6") {
            why.push(format!("The school’s policy says: “{}”", clause.quote));
        }
        let point = outcome.may.iter().find(|p| p.code == Choice::PoliceHarassment.id());
        why.extend(point.into_iter().flat_map(|p| &p.because).map(|b| b.text.clone()));
    }
    for point in
        outcome.must.iter().filter(|p| ["EMERGENCY", "SAFEGUARDING", "ADULT"].contains(&p.code.as_str()))
    {
        why.extend(point.because.iter().map(|b| b.text.clone()));
    }
    if why.is_empty() {
        why.push("The school asks for advice.".into());
    }
    why.dedup();
    why
}

fn people(source: &Source<'_>, recorded: &Recorded<'_>) -> Vec<PersonBlock> {
    let target = source.view.case.target;
    source
        .view
        .people
        .iter()
        .map(|person| {
            let (first, last) = recorded.span(person.id);
            let age = |day: Day| person.age_on(day).map_or(String::new(), |age| age.to_string());
            let on_key_page = source.on_key_page(person);
            let heading = match source.label(person.id) {
                _ if person.id == target => "Targeted child".to_owned(),
                label => format!("{label}, alleged to be responsible"),
            };
            PersonBlock {
                heading,
                on_key_page,
                name: person.name.full().to_owned(),
                born: person.born.map_or(String::new(), Day::plain),
                age_first: age(first),
                age_last: age(last),
                address: homes(person, |h| h.address.join(", ")),
                parents: homes(person, |h| h.addressees.clone()),
                school: source.school_of(person),
                relation: relation(source, person),
                accounts: person.handles.iter().chain(&person.phones).cloned().collect::<Vec<_>>().join(", "),
                sent_from: if on_key_page { recorded.sent_from(person) } else { String::new() },
                needs: super::people::needs(person),
                language: super::people::language_of(person),
                social_worker: String::new(),
            }
        })
        .collect()
}

fn homes(person: &Person, part: impl Fn(&crate::domain::Household) -> String) -> String {
    person.households.iter().map(part).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ")
}

fn relation(source: &Source<'_>, person: &Person) -> String {
    let words = source.session.policy().value(Fact::Actor, person.who.id()).to_owned();
    match person.left_on {
        Some(day) if person.who == Who::ExPupil => format!("{words}; last day on roll {}", day.plain()),
        _ => words,
    }
}

fn aggravating(source: &Source<'_>, recorded: &Recorded<'_>) -> Vec<String> {
    let policy = source.session.policy();
    let answers = &source.view.case.answers;
    let mut lines: Vec<String> = Vec::new();
    for flag in answers.crime_flags.iter().flatten().filter(|f| **f != CrimeFlag::None) {
        lines.push(policy.value(Fact::CrimeFlags, flag.id()).to_owned());
    }
    for link in answers.prejudice.iter().flatten().filter(|p| **p != crate::domain::Prejudice::None) {
        lines.push(format!(
            "Seen by someone as linked to: {}",
            policy.value(Fact::Prejudice, link.id()).to_lowercase()
        ));
    }
    lines.extend(recorded.links());
    if answers.selfharm == Some(SelfHarm::Disclosed) {
        lines.push("A child has talked about hurting themselves".into());
    }
    lines
}

fn wishes(source: &Source<'_>) -> Vec<Wish> {
    let answers = &source.view.case.answers;
    let wish = |who: &str, words: &str| Wish {
        who: who.into(),
        words: format!("“{}”", words.trim()),
        on: Some(source.view.case.disclosed_on),
    };
    let both = [("The targeted child", &answers.child_wishes), ("The family", &answers.family_wishes)];
    both.into_iter()
        .filter(|(_, words)| !words.trim().is_empty())
        .map(|(who, words)| wish(who, words))
        .collect()
}

fn steps(source: &Source<'_>) -> Vec<Step> {
    let policy = source.session.policy();
    let about = |id: Option<PersonId>| id.map_or(String::new(), |id| format!(" ({})", source.label(id)));
    source
        .view
        .actions
        .iter()
        // What a lead added is in their own words, which may name somebody: it stays in the record.
        .filter(|action| action.own.is_none())
        .filter_map(|action| match &action.state {
            ActionState::Done { on, .. } => {
                let title = policy.wording(action.code.id()).title;
                Some(Step {
                    what: format!("{title}{}: done on {}", about(action.about), on.plain()),
                    by: None,
                })
            }
            ActionState::Open | ActionState::NotDone { .. } => None,
        })
        .collect()
}

fn contact(source: &Source<'_>, contact: &Contact) -> ContactRow {
    let how = match contact.channel {
        Channel::Phone => "Telephone",
        Channel::Letter => "Letter",
        Channel::Email => "Email",
        Channel::Meeting => "Meeting",
    };
    let purpose = match contact.purpose {
        Purpose::Contact => "To tell them and to talk",
        Purpose::FollowUp => "Follow-up",
        Purpose::FinalNotice => "Final notice",
    };
    let answer = match contact.response {
        Response::None if contact.delivered => "No answer.",
        Response::None => "Did not reach them.",
        Response::Engaged => "They work with the school.",
        Response::Partial => "In part.",
        Response::Refused => "They refuse to work with the school.",
    };
    let note = contact.note.trim();
    let result = if note.is_empty() { answer.to_owned() } else { source.in_labels(note) };
    ContactRow {
        family: source.label(contact.family_of),
        on: contact.on,
        how: how.into(),
        purpose: purpose.into(),
        result,
    }
}

fn risks(record: &DecisionRecord) -> Vec<String> {
    let mut risks = Vec::new();
    if record.decision.gates.contains(&Gate::Unsafe) {
        risks.push(
            "Telling a family may put a child at risk. Please speak to the school before any contact".into(),
        );
    }
    if record.decision.gates.contains(&Gate::Hold) {
        risks.push("The school has not interviewed the children, and waits for advice".into());
    }
    risks
}

fn readiness(source: &Source<'_>, outcome: &Outcome, record: &DecisionRecord) -> Vec<ReadyRow> {
    if !record.decision.options.contains(&Choice::PoliceHarassment) {
        return Vec::new();
    }
    let given = record.departures.iter().find(|d| d.code == super::super::READINESS);
    let reason = given.map(|departure| source.in_labels(&departure.reason));
    let row = |ready: &crate::app::Ready| ReadyRow {
        line: ready.text.clone(),
        met: ready.met,
        reason: if ready.met { String::new() } else { reason.clone().unwrap_or_default() },
    };
    outcome.readiness.iter().map(row).collect()
}

fn asks(record: &DecisionRecord, under_ten: bool) -> Vec<String> {
    let harassment = record.decision.options.contains(&Choice::PoliceHarassment);
    let mut asks = Vec::new();
    if under_ten {
        asks.push(
            "Your advice on how to keep both children safe, and help with children’s services".to_owned(),
        );
    } else if harassment {
        asks.push("Please record this and consider it as harassment".to_owned());
    }
    asks.push("A reference number, and the name of the officer who deals with it".to_owned());
    asks.push("Your advice on what the school should do, and not do, meanwhile".to_owned());
    asks
}
