//! Everything that the case file says about one child, from every case: the timeline with its amendments, the letters as
//! they were approved, what is known of the child, a disclosure that is still being taken. Nothing is taken out here.

use super::circle::Circle;
use crate::app::{CaseView, Error, Session, TimelineLine};
use crate::documents;
use crate::domain::{Case, CaseId, Day, Draft, LetterRecord, LetterState, PaperCode, Person, PersonId};
use chrono::{DateTime, Utc};

/// An entry as the record has it.
pub(super) struct Raw {
    pub(super) key: String,
    pub(super) case: Option<CaseId>,
    pub(super) reference: String,
    pub(super) on: Day,
    pub(super) texts: Vec<(String, String, String)>,
    pub(super) written: String,
}

/// All entries, by case and then by day.
pub(super) fn entries(session: &Session, subject: &Person, circle: &Circle) -> Result<Vec<Raw>, Error> {
    let mut entries = vec![particulars(session, subject)];
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
        if !theirs && !raw.texts.iter().any(|(_, _, text)| circle.mentions(text)) {
            continue;
        }
        if view.case.target != subject {
            // What another child wants is about that child, unless it speaks of this one.
            let wish = |label: &str| WISHES.contains(&label);
            raw.texts.retain(|(_, label, text)| !wish(label) || circle.mentions(text));
        }
        entries.push(raw);
    }
    let letters = view.letters.iter().filter_map(|letter| of_letter(session, letter, view, subject, circle));
    entries.extend(letters);
    entries.sort_by_key(|raw| raw.on);
    Ok(entries)
}

const WISHES: [&str; 2] = ["What the child wants", "What the family wants"];

fn of_line(line: &TimelineLine, view: &CaseView) -> Raw {
    let mut texts = vec![("title".to_owned(), String::new(), line.title.clone())];
    let said =
        line.said.iter().map(|(label, text)| (format!("said {label}"), (*label).to_owned(), text.clone()));
    texts.extend(said);
    for (at, change) in line.changes.iter().enumerate() {
        let when = format!("Changed {} by {}", moment(change.at), change.by);
        texts.push((format!("change {at}"), when, change.why.clone()));
        for field in &change.fields {
            let (was, is) = (format!("{}, before", field.label), format!("{}, since", field.label));
            texts.push((format!("change {at} {was}"), was, field.was.clone()));
            texts.push((format!("change {at} {is}"), is, field.is.clone()));
        }
    }
    texts.retain(|(_, _, text)| !text.trim().is_empty());
    Raw {
        key: format!("{}/{}/{:?}", view.case.id, line.seq, line.about),
        case: Some(view.case.id),
        reference: view.case.reference.clone(),
        on: line.on,
        texts,
        written: format!("Written down {} by {}.", moment(line.entered), line.by),
    }
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
            ("title".into(), String::new(), format!("{title}: {}", letter.recipient)),
            ("text".into(), "The text".into(), body),
        ],
        written: format!("Approved on {} by {by}.", on.short()),
    })
}

fn particulars(session: &Session, person: &Person) -> Raw {
    let homes = person.households.iter().chain(&person.authority).map(|home| {
        let parts = std::iter::once(home.addressees.as_str())
            .chain(home.address.iter().map(String::as_str))
            .chain(std::iter::once(home.phone.as_str()));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
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
        ("Homes", homes.collect::<Vec<_>>().join("\n")),
        ("Special needs or disability", if person.send { "Yes" } else { "" }.to_owned()),
        ("What to know before writing", person.note.clone()),
    ];
    let title = ("title".to_owned(), String::new(), "What the register holds".to_owned());
    let said = texts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let said = said.map(|(label, text)| (format!("said {label}"), label.to_owned(), text));
    Raw {
        key: format!("person/{}", person.id),
        case: None,
        reference: String::new(),
        on: session.today(),
        texts: std::iter::once(title).chain(said).collect(),
        written: String::new(),
    }
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
    let said = said.map(|(at, (label, text))| (format!("said {at}"), label.to_owned(), text.clone()));
    let title = ("title".to_owned(), String::new(), "A disclosure that is still being taken".to_owned());
    Some(Raw {
        key: format!("draft/{}", draft.id),
        case: None,
        reference: String::new(),
        on: draft.started,
        texts: std::iter::once(title).chain(said).collect(),
        written: String::new(),
    })
}

fn moment(at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&chrono::Local);
    format!("on {}, {}", Day::from(at.date_naive()).short(), at.format("%H:%M"))
}
