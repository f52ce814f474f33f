//! From the words of a file to a pupil: every value checked, and the first thing that is wrong named.

use super::{Contact, MOST_CONTACTS, Pupil, cells};
use crate::domain::{Day, Name};
use crate::intake::Remark;

/// A pupil in the words of the file.
#[derive(Default)]
pub(super) struct RawPupil {
    pub(super) line: u64,
    pub(super) upn: String,
    pub(super) admission_no: String,
    pub(super) surname: String,
    pub(super) forename: String,
    pub(super) whole_name: String,
    pub(super) known_as: String,
    pub(super) dob: String,
    pub(super) year: String,
    pub(super) class: String,
    pub(super) sen: String,
    pub(super) looked_after: String,
    pub(super) left_on: String,
    pub(super) contacts: Vec<RawContact>,
}

/// A contact in the words of the file.
#[derive(Default, Clone)]
pub(super) struct RawContact {
    pub(super) order: String,
    pub(super) title: String,
    pub(super) forename: String,
    pub(super) surname: String,
    pub(super) name: String,
    pub(super) relationship: String,
    pub(super) responsibility: String,
    pub(super) addressee: String,
    pub(super) salutation: String,
    pub(super) address: Vec<String>,
    pub(super) phones: Vec<String>,
    pub(super) email: String,
}

/// The pupil, or the first thing that is wrong. Doubts do not keep a pupil out.
pub(super) fn pupil(raw: RawPupil, today: Day, doubts: &mut Vec<Remark>) -> Result<Pupil, String> {
    let line = raw.line;
    let mut doubt = |why: &str| doubts.push(Remark::new(line, why));
    let (mut forename, mut surname) = (raw.forename, raw.surname);
    if forename.trim().is_empty() && surname.trim().is_empty() {
        (forename, surname) = cells::whole_name(&raw.whole_name);
    }
    let forename = cells::name(&forename, "forename")?;
    let surname = cells::name(&surname, "surname")?;
    let single = !raw.whole_name.trim().is_empty();
    let (forename, surname) = match (forename, surname) {
        (None, None) => return Err("the name is missing".into()),
        (None, Some(surname)) if single => (surname, String::new()),
        (None, Some(_)) => return Err("the forename is missing".into()),
        (Some(_), None) if !single => return Err("the surname is missing".into()),
        (Some(forename), surname) => (forename, surname.unwrap_or_default()),
    };
    let name = Name::new(&format!("{forename} {surname}")).map_err(|_| "the whole name is too long")?;
    let known_as = cells::name(&raw.known_as, "preferred name")?.filter(|known_as| *known_as != forename);
    let dob = cells::day(&raw.dob, "date of birth")?;
    if dob.is_some_and(|dob| dob > today) {
        return Err("the date of birth lies in the future".into());
    }
    let left_on = cells::day(&raw.left_on, "leaving date")?;
    if dob.zip(left_on).is_some_and(|(dob, left)| left <= dob) {
        return Err("the leaving date is before the date of birth".into());
    }
    let upn = cells::upn(&raw.upn);
    if upn.as_ref().is_some_and(|(_, usual)| !usual) {
        doubt("the UPN is not a letter and twelve figures; it is kept as it stands");
    }
    let mut flag = |known: Result<Option<bool>, ()>, what: &str| {
        known.unwrap_or_else(|()| {
            doubt(&format!("{what} is neither yes nor no, so it is left open"));
            None
        })
    };
    let (sen, looked_after) =
        (flag(cells::sen(&raw.sen), "SEN"), flag(cells::flag(&raw.looked_after), "looked after"));
    let most = usize::from(MOST_CONTACTS);
    if raw.contacts.len() > most {
        doubt(&format!("there are more than {most} contacts; the first {most} are read"));
    }
    let mut contacts = Vec::new();
    for contact in raw.contacts.iter().take(most).filter_map(|raw| contact(raw, line, doubts)) {
        if !contacts.contains(&contact) {
            contacts.push(contact);
        }
    }
    in_order(&mut contacts);
    Ok(Pupil {
        line,
        upn: upn.map(|(upn, _)| upn),
        admission_no: cells::admission_no(&raw.admission_no)?,
        name: name.into(),
        forename,
        surname,
        known_as,
        dob,
        year: cells::year(&raw.year)?,
        class: some(&raw.class),
        sen,
        looked_after,
        left_on,
        contacts,
    })
}

/// Those to turn to first in front; those without an order behind them, as the file has them.
pub(super) fn in_order(contacts: &mut [Contact]) {
    contacts.sort_by_key(|contact| contact.order.unwrap_or(u32::MAX));
}

/// A contact, or nothing where the file says nothing of one.
fn contact(raw: &RawContact, line: u64, doubts: &mut Vec<Remark>) -> Option<Contact> {
    let mut doubt = |why: &str| doubts.push(Remark::new(line, why));
    let mut named = |text: &str, what: &str| {
        cells::name(text, what).unwrap_or_else(|why| {
            doubt(&format!("a contact: {why}"));
            None
        })
    };
    let title = some(&raw.title);
    let (forename, surname) = (named(&raw.forename, "forename"), named(&raw.surname, "surname"));
    let whole = named(&raw.name, "name");
    let (addressee, salutation) = (named(&raw.addressee, "addressee"), named(&raw.salutation, "salutation"));
    let joined = || {
        let parts = [title.as_deref(), forename.as_deref(), surname.as_deref()];
        let has_name = forename.is_some() || surname.is_some();
        has_name.then(|| parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    };
    let address: Vec<String> = raw.address.iter().flat_map(|part| part.lines()).filter_map(some).collect();
    let phones: Vec<String> = raw.phones.iter().filter_map(|phone| some(cells::bare(phone))).collect();
    let relationship = some(&raw.relationship);
    let email = some(&raw.email);
    let Some(name) = whole.or_else(joined).or_else(|| addressee.clone()).or_else(|| salutation.clone())
    else {
        if relationship.is_some() || email.is_some() || !phones.is_empty() {
            doubt("a contact without a name is left out");
        }
        return None;
    };
    let responsibility = cells::flag(&raw.responsibility).unwrap_or_else(|()| {
        doubt("a contact’s parental responsibility is neither yes nor no, so it is left open");
        None
    });
    Some(Contact {
        order: cells::bare(&raw.order).parse().ok(),
        name,
        title,
        forename,
        surname,
        relationship,
        responsibility,
        addressee,
        salutation,
        address,
        phones,
        email,
    })
}

/// A text on one line without the space around it; nothing where it is empty.
fn some(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}
