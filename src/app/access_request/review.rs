//! What the lead sees before a copy goes: each entry as it will stand in it, each place that is taken out, each adult who
//! is named, and what is left to do.

use super::circle::{Circle, Reader};
use super::gather::{self, Raw, RawText};
use crate::app::{Error, Session};
use crate::documents::guard::{self, Hit, Kind};
use crate::documents::redact::{self, TakenOut};
use crate::domain::{AccessRequest, AccessRequestId, CaseId, Day, HeldBack, Person, Ruling, Settled};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt::{self, Write};

/// A request with the copy as it would go now.
#[derive(Clone)]
pub struct AccessView {
    /// The request.
    pub request: AccessRequest,
    /// What it is called.
    pub number: String,
    /// The child.
    pub subject: Person,
    /// Everything about the child, by case and then by day.
    pub entries: Vec<AccessEntry>,
    /// What each other child is called in the copy, and the name. For the lead only.
    pub key: Vec<(String, String)>,
}

/// An entry of the record.
#[derive(Clone)]
pub struct AccessEntry {
    /// Which.
    pub key: String,
    /// Of which case, if of one.
    pub case: Option<CaseId>,
    /// The case's reference.
    pub reference: String,
    /// The day.
    pub on: Day,
    /// Its texts; the first is its title.
    pub passages: Vec<AccessPassage>,
    /// When it was written down and by whom.
    pub written: String,
    /// It says that a piece of evidence was added.
    pub is_evidence: bool,
    /// Why it does not go, if it does not.
    pub held_back: Option<HeldBack>,
    /// Whether the lead has read it as it stands.
    pub read: bool,
}

/// A text of an entry.
#[derive(Clone)]
pub struct AccessPassage {
    /// Which.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The text of the record.
    pub original: String,
    /// The text as it will go.
    pub copy: String,
    /// The places that were found in it, or taken out by hand.
    pub places: Vec<AccessPlace>,
}

/// Some words of a text.
#[derive(Clone)]
pub struct AccessPlace {
    /// The byte of the record's text at which they begin.
    pub at: usize,
    /// The words.
    pub words: String,
    /// What stands in their place.
    pub mark: String,
    /// What they are, in words.
    pub what: String,
    /// What becomes of them.
    pub is: PlaceIs,
}

/// What becomes of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceIs {
    /// The guard found it: it goes out.
    Found,
    /// It goes out by hand, for this reason.
    ByHand(String),
    /// It stays, for this reason.
    Stands(String),
    /// An adult is named: the lead has to say what becomes of it.
    Adult,
}

impl AccessView {
    /// Entries that are still to be read.
    pub fn unread(&self) -> usize {
        self.entries.iter().filter(|entry| !entry.read && entry.held_back.is_none()).count()
    }

    /// Adults' names that are still to be settled.
    pub fn unsettled(&self) -> usize {
        self.going().flat_map(|entry| &entry.passages).map(AccessPassage::unsettled).sum()
    }

    /// Places that are taken out.
    pub fn taken_out(&self) -> usize {
        self.going()
            .flat_map(|entry| &entry.passages)
            .flat_map(|p| &p.places)
            .filter(|p| p.goes_out())
            .count()
    }

    /// The entries that go with the copy.
    pub fn going(&self) -> impl Iterator<Item = &AccessEntry> {
        self.entries.iter().filter(|entry| entry.held_back.is_none())
    }

    /// What has to be done before the copy can be made, in plain words.
    pub fn waits_for(&self) -> Option<String> {
        let (unread, unsettled) = (self.unread(), self.unsettled());
        if unsettled > 0 {
            return Some(format!("Say of each adult’s name whether it may stand: {unsettled} to go."));
        }
        if unread > 0 {
            return Some(format!("Read each entry as it will go: {unread} to go."));
        }
        let authority = self.request.authority.trim().is_empty();
        authority.then(|| "Say how you made sure who asks, and that they may have the copy.".to_owned())
    }
}

impl AccessPassage {
    fn unsettled(&self) -> usize {
        self.places.iter().filter(|place| place.is == PlaceIs::Adult).count()
    }
}

impl AccessPlace {
    /// Whether the words leave.
    pub fn goes_out(&self) -> bool {
        matches!(self.is, PlaceIs::Found | PlaceIs::ByHand(_))
    }
}

impl AccessEntry {
    /// A hash of what goes by the lead's eyes: another text is to be read again.
    pub(super) fn sha256(&self) -> String {
        let mut sum = Sha256::new();
        for passage in &self.passages {
            sum.update((passage.copy.len() as u64).to_be_bytes());
            sum.update(passage.copy.as_bytes());
        }
        sum.finalize().iter().fold(String::new(), |mut hex, byte| {
            let _never_fails = write!(hex, "{byte:02x}");
            hex
        })
    }
}

impl Session {
    /// A request with everything as it would go now.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none; the case file cannot be read.
    pub fn access_view(&self, id: AccessRequestId) -> Result<AccessView, Error> {
        let request = self.access_request(id)?;
        let number = self.access_number(&request)?;
        let subject = self.subject(request.subject)?;
        let circle = Circle::around(self, &subject)?;
        let raw = gather::entries(self, &subject, &circle)?;
        let named = named(&circle, &raw);
        let reader = circle.reader(&named);
        let entries = raw.into_iter().map(|raw| entry(raw, &request, &reader)).collect();
        Ok(AccessView { number, subject, entries, key: reader.key(), request })
    }

    /// How many places the guard still finds in the copy that nobody said may stand.
    pub(super) fn access_left(&self, view: &AccessView) -> Result<usize, Error> {
        let circle = Circle::around(self, &view.subject)?;
        let texts = view.going().flat_map(|entry| &entry.passages).map(|passage| passage.original.as_str());
        let named = circle.named(texts);
        Ok(super::papers::left_in(view, &circle.reader(&named)))
    }
}

fn named(circle: &Circle, raw: &[Raw]) -> BTreeSet<crate::domain::PersonId> {
    circle.named(raw.iter().flat_map(|raw| &raw.texts).map(|it| it.text.as_str()))
}

fn entry(raw: Raw, request: &AccessRequest, reader: &Reader<'_>) -> AccessEntry {
    let passages = raw.texts.into_iter().map(|text| {
        let key = format!("{}#{}", raw.key, text.place);
        passage(key, text, request, reader)
    });
    let mut entry = AccessEntry {
        passages: passages.collect(),
        held_back: request.held_back.iter().find(|held| held.entry == raw.key).cloned(),
        key: raw.key,
        case: raw.case,
        reference: raw.reference,
        on: raw.on,
        written: raw.written,
        is_evidence: raw.is_evidence,
        read: false,
    };
    let sha256 = entry.sha256();
    entry.read = request.read.iter().any(|mark| mark.entry == entry.key && mark.sha256 == sha256);
    entry
}

fn passage(key: String, text: RawText, request: &AccessRequest, reader: &Reader<'_>) -> AccessPassage {
    let RawText { label, text: original, apart, .. } = text;
    // The next school has to know it; a family's copy is read at every home.
    let apart = apart.filter(|_| request.transfer.is_none());
    let settled: Vec<&Settled> = request
        .settled
        .iter()
        .filter(|it| {
            it.passage == key && original.get(it.at..).is_some_and(|rest| rest.starts_with(&it.words))
        })
        .collect();
    let mut places = match apart.and_then(|what| whole(&original, &settled, what)) {
        Some((out, place)) if place.goes_out() => vec![(out, place)],
        stands => found(&original, &settled, reader).into_iter().chain(stands).collect(),
    };
    places.sort_by_key(|place| place.0.range.start);
    let out: Vec<TakenOut> =
        places.iter().filter(|(_, place)| place.goes_out()).map(|(out, _)| out.clone()).collect();
    let marks: Vec<&AccessPlace> =
        places.iter().filter(|(_, place)| place.goes_out()).map(|(_, place)| place).collect();
    let mark = |out: &TakenOut| {
        marks.iter().find(|place| place.at == out.range.start).map_or_else(String::new, |p| p.mark.clone())
    };
    let copy = redact::without(&original, &out, mark);
    AccessPassage { key, label, copy, places: places.into_iter().map(|(_, place)| place).collect(), original }
}

/// A text that stays out as a whole, until the lead lets it stand.
fn whole(text: &str, settled: &[&Settled], what: &str) -> Option<(TakenOut, AccessPlace)> {
    let stands =
        settled.iter().find(|it| it.ruling == Ruling::Stands && (it.at, it.words.as_str()) == (0, text));
    let is = stands.map_or(PlaceIs::Found, |settled| PlaceIs::Stands(settled.reason.clone()));
    let (words, people) = (text.to_owned(), Vec::new());
    let place = AccessPlace { at: 0, words: words.clone(), mark: String::new(), what: what.to_owned(), is };
    (!text.is_empty())
        .then_some((TakenOut { range: 0..text.len(), words, people, kind: Kind::FullName }, place))
}

/// Every place of a text: what the guard found, what was taken out by hand, the adults. None within another.
fn found(text: &str, settled: &[&Settled], reader: &Reader<'_>) -> Vec<(TakenOut, AccessPlace)> {
    let initials = |id| reader.circle.initials(id);
    let mut places: Vec<(TakenOut, AccessPlace)> = Vec::new();
    let stands = |at: usize, words: &str| {
        settled.iter().find(|it| it.ruling == Ruling::Stands && (it.at, it.words.as_str()) == (at, words))
    };
    for out in redact::places(text, &reader.read(text), initials) {
        let is = match stands(out.range.start, &out.words) {
            Some(settled) => PlaceIs::Stands(settled.reason.clone()),
            None => PlaceIs::Found,
        };
        let what = capital(&guard::what(out.kind, &reader.names(&out.people)));
        let place = AccessPlace {
            at: out.range.start,
            words: out.words.clone(),
            mark: reader.mark(&out.people, out.kind),
            what,
            is,
        };
        places.push((out, place));
    }
    for it in settled.iter().filter(|it| it.ruling == Ruling::TakenOut) {
        let range = it.at..it.at + it.words.len();
        let adult = reader.read_adults(text).iter().any(|hit| hit.range == range);
        let out = TakenOut {
            range: range.clone(),
            words: it.words.clone(),
            people: Vec::new(),
            kind: Kind::FullName,
        };
        let place = AccessPlace {
            at: it.at,
            words: it.words.clone(),
            mark: if adult { "[an adult]" } else { "[taken out]" }.into(),
            what: "Taken out by hand".into(),
            is: PlaceIs::ByHand(it.reason.clone()),
        };
        if !places.iter().any(|(other, _)| touches(&other.range, &range)) {
            places.push((out, place));
        }
    }
    let adults: Vec<Hit> = reader.read_adults(text);
    for out in redact::places(text, &adults, |_| Vec::new()) {
        if places.iter().any(|(other, _)| touches(&other.range, &out.range)) {
            continue;
        }
        let is = match stands(out.range.start, &out.words) {
            Some(settled) => PlaceIs::Stands(settled.reason.clone()),
            None => PlaceIs::Adult,
        };
        let place = AccessPlace {
            at: out.range.start,
            words: out.words.clone(),
            mark: "[an adult]".into(),
            what: "An adult is named".into(),
            is,
        };
        places.push((out, place));
    }
    places
}

fn touches(one: &std::ops::Range<usize>, other: &std::ops::Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl fmt::Debug for AccessView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessView").field("number", &self.number).finish_non_exhaustive()
    }
}

impl fmt::Debug for AccessEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessEntry").field("key", &self.key).field("on", &self.on).finish_non_exhaustive()
    }
}

impl fmt::Debug for AccessPassage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessPassage").field("key", &self.key).finish_non_exhaustive()
    }
}

impl fmt::Debug for AccessPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessPlace").field("at", &self.at).field("is", &self.is).finish_non_exhaustive()
    }
}
