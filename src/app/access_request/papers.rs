//! The copy and its log as pages, and the last look before they are made: the guard reads every text as it goes.

use super::circle::Reader;
use super::review::{AccessEntry, AccessPassage, AccessPlace, AccessView, PlaceIs};
use crate::app::{Error, Pdf, Session};
use crate::documents::template::own::{
    CopyEntry, CopyEvidence, CopyFields, CopyGroup, CopyText, LogCount, LogFields, LogKey, LogRow, Own,
    TransferPackFields,
};
use crate::domain::Day;
use std::collections::BTreeMap;

/// How many places the guard finds in the texts as they go, but for those that somebody said may stand.
pub(super) fn left_in(view: &AccessView, reader: &Reader<'_>) -> usize {
    let left = |passage: &AccessPassage| {
        let stand = |words: &str| {
            passage.places.iter().any(|p| matches!(p.is, PlaceIs::Stands(_)) && p.words.contains(words))
        };
        reader.read(&passage.copy).iter().filter(|hit| !stand(&hit.excerpt)).count()
    };
    view.going().flat_map(|entry| &entry.passages).map(left).sum()
}

/// The copy, and its log.
pub(super) fn render(session: &Session, view: &AccessView) -> Result<(Pdf, Pdf), Error> {
    let fields = copy(session, view)?;
    let own = match &view.request.transfer {
        None => Own::Copy(Box::new(fields)),
        Some(transfer) => Own::Transfer(Box::new(TransferPackFields {
            child: fields.child,
            born: view.subject.born.map_or_else(String::new, Day::plain),
            upn: view.subject.upn.clone(),
            to_school: transfer.to_school.clone(),
            to_lead: transfer.to_lead.clone(),
            made_on: session.today(),
            entries: view.going().count(),
            children: fields.children,
            groups: fields.groups,
            evidence: fields.evidence,
            held_back: fields.held_back,
            held_back_count: fields.held_back_count,
            sender: fields.sender,
        })),
    };
    let copy = session.own_paper(&own, &view.number)?;
    let log = session.own_paper(&Own::Log(Box::new(log(session, view)?)), &view.number)?;
    Ok((copy, log))
}

fn copy(session: &Session, view: &AccessView) -> Result<CopyFields, Error> {
    let mut groups: Vec<CopyGroup> = Vec::new();
    for entry in view.going() {
        let title = group_title(entry);
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.entries.push(copy_entry(entry)),
            None => groups.push(CopyGroup { title, entries: vec![copy_entry(entry)] }),
        }
    }
    let mut reasons: Vec<String> = Vec::new();
    let held = view.entries.iter().filter_map(|entry| entry.held_back.as_ref());
    for reason in held.clone().map(|held| &held.reason) {
        if !reasons.contains(reason) {
            reasons.push(reason.clone());
        }
    }
    Ok(CopyFields {
        child: view.subject.name.full().to_owned(),
        received_on: view.request.received_on,
        children: view.key.len(),
        groups,
        evidence: view.going().filter_map(evidence).collect(),
        held_back: reasons,
        held_back_count: held.count(),
        sender: session.sender()?,
    })
}

/// The line of an entry in the list of the evidence: in the words as they go.
fn evidence(entry: &AccessEntry) -> Option<CopyEvidence> {
    if !entry.is_evidence {
        return None;
    }
    let said = |label: &str| {
        let text = entry.passages.iter().find(|passage| passage.label == label);
        text.map(|passage| passage.copy.clone()).unwrap_or_default()
    };
    Some(CopyEvidence {
        what: format!("Case {}, {}", entry.reference, entry.passages.first()?.copy),
        on: entry.on,
        time: said("Time as shown"),
        by: said("Captured by, or held by"),
        lies: said("Where it is"),
        sha256: said("SHA-256"),
    })
}

fn group_title(entry: &AccessEntry) -> String {
    match (&entry.case, entry.reference.as_str()) {
        (Some(_), reference) => format!("Case {reference}"),
        (None, _) => "Not in a case".into(),
    }
}

fn copy_entry(entry: &AccessEntry) -> CopyEntry {
    let mut passages = entry.passages.iter();
    let title = passages.next().map(|passage| passage.copy.clone()).unwrap_or_default();
    // Of what stays out as a whole the copy does not say that there is something.
    let texts = passages.filter(|passage| !passage.copy.trim().is_empty()).map(|passage| CopyText {
        label: passage.label.clone(),
        lines: passage
            .copy
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
    });
    let title = if entry.case.is_some() { format!("{}: {title}", entry.on.plain()) } else { title };
    CopyEntry { title, texts: texts.collect(), written: entry.written.clone() }
}

fn log(session: &Session, view: &AccessView) -> Result<LogFields, Error> {
    let places = || {
        let passages = view.going().flat_map(|entry| entry.passages.iter().map(move |p| (entry, p)));
        passages.flat_map(|(entry, passage)| passage.places.iter().map(move |place| (entry, passage, place)))
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, _, place) in places().filter(|(_, _, place)| place.goes_out()) {
        *counts.entry(kind(&place.what).to_owned()).or_default() += 1;
    }
    let taken_out = places().filter(|(_, _, place)| place.goes_out());
    let stands = places().filter(|(_, _, place)| matches!(place.is, PlaceIs::Stands(_)));
    let held = view.entries.iter().filter_map(|entry| Some((entry, entry.held_back.as_ref()?)));
    let extended = view.request.extended.as_ref();
    let extended = extended.map(|more| format!("{} (told on {})", more.why, more.told_on.plain()));
    Ok(LogFields {
        number: view.number.clone(),
        child: view.subject.name.full().to_owned(),
        received_on: view.request.received_on,
        asked_by: view.request.asked_by.clone(),
        authority: view.request.authority.clone(),
        extended: extended.unwrap_or_default(),
        read_by: session.actor().to_owned(),
        key: view
            .key
            .iter()
            .map(|(label, name)| LogKey { label: label.clone(), name: name.clone() })
            .collect(),
        counts: counts.into_iter().map(|(what, count)| LogCount { what, count }).collect(),
        taken_out: taken_out.enumerate().map(|(at, place)| row(at, place)).collect(),
        stands: stands.enumerate().map(|(at, place)| row(at, place)).collect(),
        held_back: held
            .enumerate()
            .map(|(at, (entry, held))| LogRow {
                number: at + 1,
                entry: entry_name(entry),
                text: String::new(),
                words: entry.passages.first().map(|passage| passage.original.clone()).unwrap_or_default(),
                mark: String::new(),
                why: format!("{} ({}, {})", held.reason, held.by, held.on.short()),
            })
            .collect(),
        sender: session.sender()?,
    })
}

/// A kind of place without the child's name in it.
fn kind(what: &str) -> &str {
    what.split(" (").next().unwrap_or(what)
}

fn entry_name(entry: &AccessEntry) -> String {
    let case = if entry.case.is_some() { format!("{}, ", entry.reference) } else { String::new() };
    format!("{case}{}", entry.on.short())
}

fn row(at: usize, (entry, passage, place): (&AccessEntry, &AccessPassage, &AccessPlace)) -> LogRow {
    let why = match &place.is {
        PlaceIs::ByHand(why) => format!("By hand: {why}"),
        PlaceIs::Stands(why) => why.clone(),
        PlaceIs::Found | PlaceIs::Adult => place.what.clone(),
    };
    let label = if passage.label.is_empty() { "The title" } else { &passage.label };
    LogRow {
        number: at + 1,
        entry: entry_name(entry),
        text: label.to_owned(),
        words: place.words.clone(),
        mark: place.mark.clone(),
        why,
    }
}
