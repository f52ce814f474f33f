//! A decision in words: what the school must do, may do and need not do, for whom, why, and by when.

use crate::domain::{Attachments, Day, Decision, Facts, LetterCode, PersonId, Status, UnderAge, Vocabulary};
use crate::policy::{Fact, Policy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A decision, worded for the lead.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The facts it rests on.
    pub facts: Facts,
    /// Which person each short id stands for.
    pub people: Vec<(String, PersonId)>,
    /// The decision itself.
    pub decision: Decision,
    /// Who leads, in words.
    pub lead: &'static str,
    /// What the school must do.
    pub must: Vec<Point>,
    /// What waits for police, local authority or LADO.
    pub paused: Vec<Point>,
    /// What the school may choose.
    pub may: Vec<Point>,
    /// What the school need not do.
    pub need_not: Vec<Point>,
    /// Gates and warnings.
    pub warnings: Vec<Point>,
    /// Dated duties, soonest first.
    pub actions: Vec<ActionLine>,
    /// Letters on offer.
    pub letters: Vec<LetterLine>,
    /// Documents for other agencies and the record.
    pub documents: Vec<Point>,
    /// Rules that nearly applied.
    pub nearly: Vec<Near>,
    /// The age rows that bite, in words.
    pub ages: Vec<String>,
    /// Beside a police referral: what it would want to see.
    pub readiness: Vec<Ready>,
    /// Lines that need the lead's reason before they are confirmed, because the policy is silent.
    pub reason_needed: bool,
    /// Where telling a family is not safe: when the lead looks at that again.
    pub contact_review: Option<crate::domain::Day>,
    /// The policy that it was made by, for its clauses and words.
    pub policy: Arc<Policy>,
}

/// One line of an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The code: stable, for the record.
    pub code: String,
    /// A line.
    pub title: String,
    /// A sentence or two.
    pub text: String,
    /// For whom: a short id, `T` for the target, nothing for the case.
    pub about: Option<String>,
    /// Why.
    pub because: Vec<Because>,
}

/// A reason: the rule's words and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Because {
    /// The rule.
    pub rule: String,
    /// For whom.
    pub about: Option<String>,
    /// Why, in plain words.
    pub text: String,
    /// Clauses and sources, by key.
    pub cite: Vec<String>,
}

/// A dated duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// The code.
    pub code: String,
    /// What.
    pub title: String,
    /// For whom.
    pub about: Option<String>,
    /// By when.
    pub due: crate::domain::Day,
    /// Who leads, in words.
    pub lead: &'static str,
    /// What has to be done first, in words.
    pub waits_for: Option<String>,
}

/// A letter on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Which.
    pub code: LetterCode,
    /// What it is.
    pub title: String,
    /// For whom.
    pub about: Option<String>,
    /// Why it must not go, if so.
    pub blocked: Option<String>,
    /// What has to be done first, in words.
    pub locked_until: Option<String>,
}

/// A rule that nearly applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// For whom.
    pub about: Option<String>,
    /// What it would add.
    pub adds: Vec<String>,
    /// What would have to be otherwise.
    pub would_change: String,
    /// Clauses, by key.
    pub cite: Vec<String>,
}

/// A fact that is otherwise than it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Since {
    /// For whom: a short id.
    pub about: Option<String>,
    /// Which fact, in words.
    pub what: String,
    /// What it was.
    pub was: String,
    /// What it is.
    pub is: String,
}

/// A line of the readiness list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// Whether it is met.
    pub met: bool,
    /// What.
    pub text: String,
}

/// Who leads, in words.
pub fn lead_words(lead: crate::domain::Lead) -> &'static str {
    use crate::domain::Lead;
    match lead {
        Lead::ClassTeacher => "Class teacher",
        Lead::Dsl => "Designated safeguarding lead",
        Lead::Head => "Headteacher",
        Lead::ChairOfGovernors => "Chair of governors",
    }
}

/// Puts a decision into the words of the policy that it was made by.
pub(super) fn word_outcome(
    shared: Arc<Policy>,
    facts: Facts,
    people: Vec<(String, PersonId)>,
    decision: Decision,
) -> Outcome {
    let policy = &*shared;
    let fired = |code: &str| because(&decision, code, Status::Fired);
    let point = |code: &str, about: Option<String>, because: Vec<Because>| {
        let wording = policy.wording(code);
        Point { code: code.to_owned(), title: wording.title, text: wording.text, about, because }
    };
    let mut actions: Vec<ActionLine> = decision
        .actions
        .iter()
        .map(|a| ActionLine {
            code: a.code.id().to_owned(),
            title: policy.wording(a.code.id()).title,
            about: a.about.clone(),
            due: a.due,
            lead: lead_words(a.lead),
            waits_for: a.locked_until.map(|first| policy.wording(first.id()).title),
        })
        .collect();
    actions.sort_by_key(|a| a.due);
    Outcome {
        lead: lead_words(decision.lead),
        must: decision.duty.iter().map(|d| point(d.id(), None, fired(d.id()))).collect(),
        paused: decision
            .paused
            .iter()
            .map(|d| point(d.id(), None, because(&decision, d.id(), Status::Paused)))
            .collect(),
        may: suggested_first(&decision).into_iter().map(|o| point(o, None, fired(o))).collect(),
        need_not: need_not(&decision),
        warnings: decision.gates.iter().map(|g| point(g.id(), None, fired(g.id()))).collect(),
        letters: letters(policy, &decision),
        documents: decision.documents.iter().map(|d| point(d.id(), None, fired(d.id()))).collect(),
        nearly: nearly(policy, &decision),
        ages: decision.under_age.iter().map(|row| age_line(policy, row)).collect(),
        readiness: readiness(&decision),
        reason_needed: decision.gates.contains(&crate::domain::Gate::PolicyGap),
        actions,
        facts,
        people,
        decision,
        contact_review: None,
        policy: shared,
    }
}

impl Outcome {
    /// Whether files may enter the case.
    pub fn attachments_locked(&self) -> bool {
        self.decision.attachments == Attachments::Locked
    }

    /// Whom a short id stands for.
    pub fn person(&self, short: &str) -> Option<PersonId> {
        self.people.iter().find(|(id, _)| id == short).map(|(_, person)| *person)
    }
}

/// What is otherwise in the facts than when a decision was made, a line each: what was, and what is.
pub fn facts_since(then: &Facts, now: &Outcome) -> Vec<Since> {
    let (policy, facts) = (&now.policy, &now.facts);
    let mut since = Vec::new();
    let mut say = |fact: Fact, about: Option<&str>, was: &str, is: &str| {
        if was != is {
            since.push(Since {
                about: about.map(str::to_owned),
                what: policy.short(fact).to_owned(),
                was: policy.value(fact, was).to_owned(),
                is: policy.value(fact, is).to_owned(),
            });
        }
    };
    say(Fact::Danger, None, then.danger.id(), facts.danger.id());
    say(Fact::SelfHarm, None, then.selfharm.id(), facts.selfharm.id());
    say(Fact::Imagery, None, then.imagery.id(), facts.imagery.id());
    say(Fact::Nature, None, then.nature.id(), facts.nature.id());
    say(Fact::ContactSafe, None, then.contact_safe.id(), facts.contact_safe.id());
    say(Fact::EngTarget, Some("T"), then.eng_target.id(), facts.eng_target.id());
    say(Fact::Continuing, None, then.continuing.id(), facts.continuing.id());
    say(Fact::Previous, None, then.previous.id(), facts.previous.id());
    say(Fact::StaffContact, None, then.staff_contact.id(), facts.staff_contact.id());
    say(Fact::StaffHarm, None, then.staff_harm.id(), facts.staff_harm.id());
    say(Fact::Wishes, None, then.wishes.id(), facts.wishes.id());
    for actor in &facts.actors {
        if let Some(before) = then.actors.iter().find(|a| a.id == actor.id) {
            say(Fact::Actor, Some(&actor.id), before.who.id(), actor.who.id());
            say(Fact::EngActor, Some(&actor.id), before.eng.id(), actor.eng.id());
        }
    }
    let sets = [
        several(policy, Fact::Setting, &then.setting, &facts.setting),
        several(policy, Fact::CrimeFlags, &then.crime_flags, &facts.crime_flags),
        several(policy, Fact::Prejudice, &then.prejudice, &facts.prejudice),
        several(policy, Fact::SocialCare, &then.social_care, &facts.social_care),
    ];
    since.extend(sets.into_iter().flatten());
    let counts = [
        ("Occasions", then.occasions.len(), facts.occasions.len()),
        ("Occasions of earlier cases", then.earlier.occasions.len(), facts.earlier.occasions.len()),
        ("People alleged to be responsible", then.actors.len(), facts.actors.len()),
    ];
    let counts = counts.into_iter().filter(|(_, was, is)| was != is);
    since.extend(counts.map(|(what, was, is)| Since {
        about: None,
        what: what.into(),
        was: was.to_string(),
        is: is.to_string(),
    }));
    since
}

/// A fact of which several values may hold at once, where it is otherwise than it was. “None” says the same as nothing.
fn several<V: Vocabulary>(policy: &Policy, fact: Fact, was: &BTreeSet<V>, is: &BTreeSet<V>) -> Option<Since> {
    let said = |set: &BTreeSet<V>| -> Vec<&'static str> {
        set.iter().map(|value| value.id()).filter(|id| *id != "none").collect()
    };
    let words = |ids: &[&str]| match ids {
        [] => "none".to_owned(),
        ids => ids.iter().map(|id| policy.value(fact, id)).collect::<Vec<_>>().join(", "),
    };
    let (was, is) = (said(was), said(is));
    (was != is).then(|| Since {
        about: None,
        what: policy.short(fact).to_owned(),
        was: words(&was),
        is: words(&is),
    })
}

fn because(decision: &Decision, code: &str, status: Status) -> Vec<Because> {
    decision
        .trace
        .iter()
        .filter(|f| f.status == status && f.adds.iter().any(|c| c == code))
        .map(|f| Because {
            rule: f.rule.clone(),
            about: f.about.clone(),
            text: f.because.clone(),
            cite: f.cite.clone(),
        })
        .collect()
}

fn suggested_first(decision: &Decision) -> Vec<&'static str> {
    let mut options: Vec<_> = decision.options.clone();
    options.sort_by_key(|o| Some(*o) != decision.suggested);
    options.into_iter().map(Vocabulary::id).collect()
}

fn need_not(decision: &Decision) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for finding in decision.trace.iter().filter(|f| f.status == Status::Fired) {
        let Some(title) = finding.need_not.clone() else { continue };
        if points.iter().any(|p| p.title == title && p.about == finding.about) {
            continue;
        }
        let because = Because {
            rule: finding.rule.clone(),
            about: finding.about.clone(),
            text: finding.because.clone(),
            cite: finding.cite.clone(),
        };
        points.push(Point {
            code: finding.rule.clone(),
            title,
            text: String::new(),
            about: finding.about.clone(),
            because: vec![because],
        });
    }
    points
}

fn letters(policy: &Policy, decision: &Decision) -> Vec<LetterLine> {
    decision
        .letters
        .iter()
        .map(|l| LetterLine {
            code: l.code,
            title: policy.wording(l.code.id()).title,
            about: l.about.clone(),
            blocked: l.blocked.clone(),
            locked_until: l.locked_until.map(|a| policy.wording(a.id()).title),
        })
        .collect()
}

fn nearly(policy: &Policy, decision: &Decision) -> Vec<Near> {
    let says = |code: &String| {
        let led = ["SCHOOL", "NO_", "SAFE", "EMER", "SIGN", "STAFF", "ADULT", "RECORD", "ICT", "OPT_"];
        led.iter().any(|start| code.starts_with(start)).then(|| policy.wording(code).title)
    };
    let mut near: Vec<Near> = Vec::new();
    for f in decision.trace.iter().filter(|f| f.status == Status::Nearly) {
        let adds: Vec<String> = f.adds.iter().filter_map(says).collect();
        let Some(would_change) = f.would_change.clone() else { continue };
        if adds.is_empty()
            || near.iter().any(|n| n.would_change == would_change && n.about == f.about && n.adds == adds)
        {
            continue;
        }
        near.push(Near { about: f.about.clone(), adds, would_change, cite: f.cite.clone() });
    }
    near
}

fn age_line(policy: &Policy, row: &UnderAge) -> String {
    let account = if row.account_known { "ordinary accounts" } else { "most accounts" };
    format!(
        "{}: {account} are for people aged {} or over by its own terms. This child was {}. ({}, checked {}, confidence {}.)",
        policy.ages.name(&row.platform),
        row.min_age,
        row.age,
        row.source,
        month(&row.checked),
        row.confidence,
    )
}

/// `2026-11` as a person writes it.
fn month(checked: &str) -> String {
    let day = Day::parse(&format!("{checked}-01"));
    day.map_or_else(|_| checked.to_owned(), Day::month)
}

fn readiness(decision: &Decision) -> Vec<Ready> {
    let r = &decision.readiness;
    let line = |met, text: String| Ready { met, text };
    let either = |met: bool, yes: &str, no: &str| line(met, if met { yes } else { no }.to_owned());
    let gap = r.longest_gap_days.map_or_else(String::new, |days| format!(" The longest gap is {days} days."));
    let earlier = match r.of_them_earlier {
        0 => String::new(),
        1 => " 1 of them is in an earlier case.".to_owned(),
        n => format!(" {n} of them are in an earlier case."),
    };
    vec![
        either(
            r.family_refused,
            "The family refuses to engage, by the contact log.",
            "This family has not refused, by the contact log.",
        ),
        either(
            r.continues,
            "It has continued since the school first acted, by the dated occasions.",
            "No dated occasion shows that it has continued since the school first acted.",
        ),
        line(
            r.occasions_same_sender_same_target >= 2,
            match r.occasions_same_sender_same_target {
                1 => format!("Only 1 dated occasion from the same sender to the same child.{earlier}"),
                n => format!("{n} dated occasions from the same sender to the same child.{earlier}{gap}"),
            },
        ),
        line(
            r.final_notice.is_some(),
            r.final_notice.map_or_else(
                || "The final notice has not been delivered.".into(),
                |day| format!("The final notice was delivered on {}.", day.plain()),
            ),
        ),
        either(
            r.wishes_recorded,
            "The child's and the family's wishes are recorded.",
            "The child's and the family's wishes are not recorded yet.",
        ),
    ]
}
