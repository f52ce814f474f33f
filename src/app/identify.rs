//! An account that nobody knew is somebody: its occasions keep the name that it had, and say since when it is known whose
//! it is. What was said before stays readable in the record, and every change carries the reason.

use super::{CaseView, Error, Session};
use crate::domain::{
    ActionItem, ActionState, Case, CaseId, Contact, Day, Identified, Occasion, Person, PersonId, SentFrom,
    Who,
};
use std::fmt;

/// Whose an account is.
#[derive(Clone, PartialEq, Eq)]
pub enum Identity {
    /// Somebody who has a record already.
    Known(PersonId),
    /// Somebody without one: the account's own record becomes theirs, with this name and tie to the school.
    New(Box<Person>),
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

/// Everything of one case that changes with it.
struct Changed {
    case: Option<Case>,
    occasions: Vec<Occasion>,
    contacts: Vec<Contact>,
    actions: Vec<ActionItem>,
}

impl Session {
    /// Says whose an unknown account is. In every case that it is in, its occasions keep the account as it was then known;
    /// the person gets the account, so that engagement and the leak guard know it for theirs.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`]; [`Error::CaseClosed`]; not an unknown account of this case; the targeted child of a case
    /// that it is in; then nothing is written.
    pub fn identify(
        &self,
        case: CaseId,
        account: PersonId,
        is: &Identity,
        why: &str,
    ) -> Result<PersonId, Error> {
        if why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "identify".into() });
        }
        let view = self.open_view(case)?;
        let unknown = view.people.iter().skip(1).find(|p| p.id == account && p.who == Who::Unknown);
        let unknown = unknown.ok_or(Error::NotFound)?;
        let mut person = match is {
            Identity::New(person) => Person { name: person.name.clone(), who: person.who, ..unknown.clone() },
            Identity::Known(id) => self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)?,
        };
        if person.who == Who::Unknown {
            return Err(Error::NotFound);
        }
        give_account(&mut person, unknown);
        let mut changed = Vec::new();
        for case in self.inner().store.list::<Case>()?.into_iter().filter(|c| c.alleged.contains(&account)) {
            changed.push((case.id, case.target == person.id));
        }
        if changed.iter().any(|(_, is_target)| *is_target) {
            let what = "This is the targeted child of a case in which the account is alleged to be responsible. Take the \
                        account out of that case first.";
            return Err(Error::Incomplete { what: what.into() });
        }
        let today = self.today();
        let cases = changed.into_iter().map(|(id, _)| Ok(swap(&self.case(id)?, unknown, &person, today)));
        let cases: Vec<Changed> = cases.collect::<Result<_, Error>>()?;
        self.write(why.trim(), |w| {
            w.put(&person)?;
            for it in &cases {
                it.case.iter().try_for_each(|case| w.put(case))?;
                it.occasions.iter().try_for_each(|occasion| w.put(occasion))?;
                it.contacts.iter().try_for_each(|contact| w.put(contact))?;
                it.actions.iter().try_for_each(|action| w.put(action))?;
            }
            Ok(())
        })?;
        Ok(person.id)
    }
}

/// The accounts and numbers of an unknown account become the person's.
fn give_account(person: &mut Person, account: &Person) {
    let name = account.name.full().to_owned();
    let number = account.phones.contains(&name);
    let handles = account.handles.iter().cloned().chain((!number).then_some(name));
    for handle in handles {
        if !person.handles.contains(&handle) {
            person.handles.push(handle);
        }
    }
    for phone in &account.phones {
        if !person.phones.contains(phone) {
            person.phones.push(phone.clone());
        }
    }
}

/// What changes in one case when this account is that person.
fn swap(view: &CaseView, account: &Person, person: &Person, today: Day) -> Changed {
    let (old, new) = (account.id, person.id);
    let now = |id: PersonId| if id == old { new } else { id };
    let occasions: Vec<Occasion> =
        view.occasions.iter().map(|occasion| sent_by(occasion, account, person, today)).collect();
    let case = swapped(&view.case, account, new, today);
    let doing = |code, about| {
        let there = |a: &&ActionItem| a.code == code && a.about == about && a.state == ActionState::Open;
        view.actions.iter().any(|a| there(&a))
    };
    let action = |action: &ActionItem| {
        let mut action = ActionItem { about: action.about.map(now), ..action.clone() };
        if old != new && action.state == ActionState::Open && doing(action.code, Some(new)) {
            let why = "The account is this person’s, for whom the same is to be done already.".into();
            action.state = ActionState::NotDone { on: today, why };
        }
        action
    };
    let contact = |contact: &Contact| Contact { family_of: now(contact.family_of), ..contact.clone() };
    let (contacts, actions) = (view.contacts.iter().filter(|c| c.family_of == old), view.actions.iter());
    Changed {
        contacts: if old == new { Vec::new() } else { contacts.map(contact).collect() },
        actions: if old == new {
            Vec::new()
        } else {
            actions.filter(|a| a.about == Some(old)).map(action).collect()
        },
        occasions: occasions.into_iter().filter(|o| !view.occasions.contains(o)).collect(),
        case: (case != view.case).then_some(case),
    }
}

/// An occasion of the account: it keeps the account as it was then known.
fn sent_by(occasion: &Occasion, account: &Person, person: &Person, today: Day) -> Occasion {
    let mut occasion = occasion.clone();
    if occasion.by == account.id {
        let handle = || account.name.full().to_owned();
        let before = occasion.more.account.take();
        let handle = before.as_ref().map_or_else(handle, |before| before.handle.clone());
        let identified_on = before.and_then(|before| before.identified_on).or(Some(today));
        occasion.more.account = Some(SentFrom { handle, identified_on });
        occasion.by = person.id;
    }
    if occasion.to == account.id {
        occasion.to = person.id;
    }
    occasion
}

/// The case, with the person in the place of the account.
fn swapped(case: &Case, account: &Person, new: PersonId, today: Day) -> Case {
    let mut case = case.clone();
    if account.id == new {
        return case;
    }
    let now = |id: PersonId| if id == account.id { new } else { id };
    let mut alleged = Vec::new();
    for id in case.alleged.iter().copied().map(now) {
        if !alleged.contains(&id) {
            alleged.push(id);
        }
    }
    let mut platforms = Vec::new();
    for mut used in std::mem::take(&mut case.answers.platforms) {
        used.user = now(used.user);
        let same =
            |other: &crate::domain::PlatformUse| (&other.platform, other.user) == (&used.platform, used.user);
        if !platforms.iter().any(same) {
            platforms.push(used);
        }
    }
    // Who only tried to get round the filter and now turns out to have sent messages, did more than that.
    let only = case.answers.firewall_only.remove(&account.id);
    if only && !case.alleged.contains(&new) {
        case.answers.firewall_only.insert(new);
    } else if !only {
        case.answers.firewall_only.remove(&new);
    }
    (case.alleged, case.answers.platforms) = (alleged, platforms);
    let handle = account.name.full().to_owned();
    case.identified.push(Identified { account: account.id, handle, person: new, on: today });
    case
}

#[cfg(test)]
mod tests;
