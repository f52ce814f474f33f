//! Everything that the case file says about one child, from every case: the timeline with its amendments, the letters as
//! they were approved, what is known of the child, a disclosure that is still being taken. Nothing is taken out here.

use super::circle::Circle;
use crate::app::timeline::SAID_APART;
use crate::app::{CaseView, ChangedText, Error, Happening, Session, TimelineLine};
use crate::documents;
use crate::domain::{
    Case, CaseId, Day, Draft, Family, Household, LetterRecord, LetterState, PaperCode, Person, PersonId,
};
use chrono::{DateTime, Utc};

/// An entry as the record has it.
pub(super) struct Raw {
    pub(super) key: String,
    pub(super) case: Option<CaseId>,
    pub(super) reference: String,
    pub(super) on: Day,
    pub(super) texts: Vec<RawText>,
    pub(super) written: String,
    /// It says that a piece of evidence was added.
    pub(super) is_evidence: bool,
}

/// A text of an entry.
pub(super) struct RawText {
    /// Its place in the entry: of two texts that are called the same, each has its own.
    pub(super) place: String,
    pub(super) label: String,
    pub(super) text: String,
    /// It stays out of a family's copy as a whole, and the copy does not say that there is something: why. The lead may
    /// let it stand all the same.
    pub(super) apart: Option<&'static str>,
}

impl RawText {
    fn new(place: impl Into<String>, label: impl Into<String>, text: impl Into<String>) -> Self {
        Self { place: place.into(), label: label.into(), text: text.into(), apart: None }
    }

    fn title(text: impl Into<String>) -> Self {
        Self::new("title", "", text)
    }
}

/// Of a home: what may put somebody in danger when it is read at another home of the child.
const WHY_NOT: &str =
    "Why a home is not to be contacted: it is about an adult there, and may put somebody in danger";
const WHERE: &str = "Where a home is, while one is not to be contacted: it may put somebody in danger";
const WHO_READS: &str = "Who reads a telephone or an inbox: it may put somebody in danger";

/// All entries, by case and then by day.
pub(super) fn entries(session: &Session, subject: &Person, circle: &Circle) -> Result<Vec<Raw>, Error> {
    let mut entries = vec![particulars(session, subject, circle)];
    let (mut cases, drafts) = {
        let store = &session.inner().store;
        (store.list::<Case>()?, store.list::<Draft>()?)
    };
    cases.sort_by(|one, other| one.reference.cmp(&other.reference));
    for case in &cases {
        let view = session.case(case.id)?;
        let of_case = of_case(session, subject.id, &view, circle)?;
        entries.extend(of_case);
    }
    entries.extend(drafts.iter().filter_map(|draft| disclosure(draft, subject.id, circle)));
    Ok(entries)
}

fn of_case(
    session: &Session,
    subject: PersonId,
    view: &CaseView,
    circle: &Circle,
) -> Result<Vec<Raw>, Error> {
    let in_case = view.person(subject).is_some();
    let mut entries = Vec::new();
    for line in session.timeline(view.case.id)? {
        let of_all = in_case && line.people.is_empty();
        let mut raw = of_line(&line, view);
        let theirs = line.people.contains(&subject) || of_all;
        if !theirs && !raw.texts.iter().any(|it| circle.mentions(&it.text)) {
            continue;
        }
        if view.case.target != subject {
            // What another child wants is about that child, unless it speaks of this one.
            let wish = |label: &str| WISHES.contains(&label);
            raw.texts.retain(|it| !wish(&it.label) || circle.mentions(&it.text));
        }
        if circle.keeps_homes_apart() {
            let homes = |it: &&mut RawText| it.apart.is_none() && it.label.starts_with(HOMES);
            raw.texts.iter_mut().filter(homes).for_each(|it| it.apart = Some(WHERE));
        }
        if line.about == Happening::Person && !theirs {
            // Somebody else's particulars and homes, but for what speaks of this child.
            raw.texts.retain(|it| it.label.is_empty() || circle.mentions(&it.text));
        }
        entries.push(raw);
    }
    let letters = view.letters.iter().filter_map(|letter| of_letter(session, letter, view, subject, circle));
    entries.extend(letters);
    entries.sort_by_key(|raw| raw.on);
    Ok(entries)
}

/// What the timeline calls the homes of somebody whose particulars were changed.
const HOMES: &str = "Homes, ";
const WISHES: [&str; 2] = ["What the child wants", "What the family wants"];

fn of_line(line: &TimelineLine, view: &CaseView) -> Raw {
    let mut texts = vec![RawText::title(line.title.as_str())];
    let said =
        line.said.iter().map(|(label, text)| RawText::new(format!("said {label}"), *label, text.as_str()));
    texts.extend(said);
    for (at, change) in line.changes.iter().enumerate() {
        let when = format!("Changed {} by {}", moment(change.at), change.by);
        // The reason for such a change says the same as what was changed.
        let apart = change.fields.iter().find_map(apart);
        texts.push(RawText { apart, ..RawText::new(format!("change {at}"), when, change.why.as_str()) });
        for field in &change.fields {
            let (was, is) = (format!("{}, before", field.label), format!("{}, since", field.label));
            for (label, text) in [(was, &field.was), (is, &field.is)] {
                let place = format!("change {at} {label}");
                texts
                    .push(RawText { apart: self::apart(field), ..RawText::new(place, label, text.as_str()) });
            }
        }
    }
    texts.retain(|it| !it.text.trim().is_empty());
    Raw {
        key: format!("{}/{}/{:?}", view.case.id, line.seq, line.about),
        case: Some(view.case.id),
        reference: view.case.reference.clone(),
        on: line.on,
        texts,
        written: format!("Written down {} by {}.", moment(line.entered), line.by),
        // The line that says what it is; that it was saved outside says nothing of it.
        is_evidence: line.about == Happening::Evidence && !line.said.is_empty(),
    }
}

/// Why a text that was changed stays out as a whole.
fn apart(field: &ChangedText) -> Option<&'static str> {
    let at = SAID_APART.iter().position(|label| *label == field.label)?;
    Some(if at == 0 { WHY_NOT } else { WHO_READS })
}

/// The text of an approved letter: one about the child, or a document about the whole case.
fn of_letter(
    session: &Session,
    letter: &LetterRecord,
    view: &CaseView,
    subject: PersonId,
    circle: &Circle,
) -> Option<Raw> {
    let LetterState::Approved { on, by, .. } = &letter.state else { return None };
    let body = documents::plain_text(&letter.papers.first()?.body);
    let of_all = letter.about.is_none() && matches!(letter.code, PaperCode::Document(_));
    let theirs = letter.about == Some(subject) || (of_all && view.person(subject).is_some());
    if !theirs && !circle.mentions(&body) {
        return None;
    }
    let title = session.policy().wording(letter.code.id()).title;
    Some(Raw {
        key: format!("{}/letter/{}", view.case.id, letter.id),
        case: Some(view.case.id),
        reference: view.case.reference.clone(),
        on: *on,
        texts: vec![
            RawText::title(format!("{title}: {}", letter.recipient)),
            RawText::new("text", "The text", body),
        ],
        written: format!("Approved on {} by {by}.", on.short()),
        is_evidence: false,
    })
}

fn particulars(session: &Session, person: &Person, circle: &Circle) -> Raw {
    let texts = [
        ("Name", person.name.full().to_owned()),
        ("Known as", person.known_as.clone()),
        ("UPN", person.upn.clone()),
        ("Date of birth", person.born.map_or_else(String::new, Day::plain)),
        ("Last day on roll", person.left_on.map_or_else(String::new, Day::plain)),
        ("Year", person.year.map_or_else(String::new, |year| year.to_string())),
        ("Class", person.class.clone()),
        ("School", person.school.clone()),
        ("Accounts", person.handles.join(", ")),
        ("Telephone", person.phones.join(", ")),
        ("Special needs or disability", if person.send { "Yes" } else { "" }.to_owned()),
        ("What to know before writing", person.note.clone()),
    ];
    let said = texts.into_iter().map(|(label, text)| RawText::new(format!("said {label}"), label, text));
    let mut texts: Vec<RawText> =
        std::iter::once(RawText::title("What the register holds")).chain(said).collect();
    // Before the note that comes last.
    let note = texts.pop();
    texts.extend(homes(person, circle));
    texts.extend(note);
    texts.retain(|it| !it.text.trim().is_empty());
    Raw {
        key: format!("person/{}", person.id),
        case: None,
        reference: String::new(),
        on: session.today(),
        texts,
        written: String::new(),
        is_evidence: false,
    }
}

/// The child's own homes, and what is known of each.
fn homes(person: &Person, circle: &Circle) -> Vec<RawText> {
    let all: Vec<&Household> = person.homes().collect();
    let stopped = circle.keeps_homes_apart();
    let mut texts = Vec::new();
    for (at, home) in all.iter().enumerate() {
        let number = if all.len() > 1 { format!(" {}", at + 1) } else { String::new() };
        let mut add = |label: &str, text: String, apart: Option<&'static str>| {
            let label = format!("{label}{number}");
            texts.push(RawText { apart, ..RawText::new(format!("said {label}"), label, text) });
        };
        let parts = home.address.iter().chain(std::iter::once(&home.phone));
        let parts: Vec<&str> = parts.map(String::as_str).filter(|part| !part.is_empty()).collect();
        add("Who lives at home", home.addressees.clone(), None);
        add("Address and telephone of home", parts.join(", "), stopped.then_some(WHERE));
        let apart = [Family::DO_NOT_CONTACT, Family::SHARED];
        let said = home.family.said().into_iter().filter(|(label, _)| !apart.contains(label));
        let said: Vec<String> = said.map(|(label, words)| format!("{label}: {words}")).collect();
        add("What is known of home", said.join("\n"), None);
        let of = if home.addressees.is_empty() { "A home" } else { home.addressees.as_str() };
        if !home.may_be_contacted() {
            add("Why not to contact home", format!("{of}: {}", home.family.do_not_contact), Some(WHY_NOT));
        }
        if home.family.shared_device {
            add("Shared telephone or inbox at home", format!("{of}: yes"), Some(WHO_READS));
        }
    }
    texts
}

/// A disclosure that is not a case yet.
fn disclosure(draft: &Draft, subject: PersonId, circle: &Circle) -> Option<Raw> {
    let said = &draft.disclosure;
    let words = [("Who told whom", &said.told_by), ("What was said", &said.account)];
    let theirs = said.people().any(|person| person.id == subject);
    if !theirs && !words.iter().any(|(_, text)| circle.mentions(text)) {
        return None;
    }
    let occasions = said.occasions.iter().filter(|o| o.by == subject || o.to == subject);
    let occasions = occasions.map(|o| ("Words on an occasion", &o.words));
    let said = words.into_iter().chain(occasions).enumerate();
    let said = said.filter(|(_, (_, text))| !text.trim().is_empty());
    let said = said.map(|(at, (label, text))| RawText::new(format!("said {at}"), label, text.as_str()));
    let title = RawText::title("A disclosure that is still being taken");
    Some(Raw {
        key: format!("draft/{}", draft.id),
        case: None,
        reference: String::new(),
        on: draft.started,
        texts: std::iter::once(title).chain(said).collect(),
        written: String::new(),
        is_evidence: false,
    })
}

fn moment(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&chrono::Local);
    format!("on {}, {}", Day::from(at.date_naive()).short(), at.format("%H:%M"))
}
