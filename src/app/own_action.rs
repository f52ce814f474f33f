//! Actions that a lead adds by hand: what, who does it, by which school day. They stand with those of the policy, which
//! neither adds nor moves them.

use super::{Error, Session};
use crate::domain::{ActionCode, ActionId, ActionItem, ActionState, CaseId, Day, Lead, OwnAction, PersonId};

/// An action as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// What is to be done, in the lead's words.
    pub what: OwnAction,
    /// For whom; nothing for the case as a whole.
    pub about: Option<PersonId>,
    /// The day by which it is due: a school day, today or later.
    pub due: Day,
}

impl Session {
    /// Adds an action to a case.
    ///
    /// # Errors
    /// [`Error::Incomplete`] where it does not say what, who or a school day that is still to come;
    /// [`Error::CaseClosed`]; then nothing is written.
    pub fn add_action(&self, case: CaseId, action: &NewAction) -> Result<ActionId, Error> {
        self.open_view(case)?;
        self.can_be_done(action)?;
        let id = ActionId::new(self.bits()?);
        let item = ActionItem {
            id,
            case,
            code: ActionCode::Own,
            about: action.about,
            due: action.due,
            lead: Lead::Dsl,
            state: ActionState::Open,
            own: Some(trimmed(&action.what)),
        };
        self.write("an action added by hand", |w| w.put(&item))?;
        Ok(id)
    }

    /// Changes an action that was added by hand and is still open: what, who, for whom, by when. The first text stays
    /// readable.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] without a reason; [`Error::NotFound`] for an action of the policy, or one that is settled;
    /// otherwise as [`add_action`](Self::add_action).
    pub fn amend_action(&self, id: ActionId, action: &NewAction, why: &str) -> Result<(), Error> {
        let item: ActionItem = self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)?;
        if item.own.is_none() || item.state != ActionState::Open {
            return Err(Error::NotFound);
        }
        let check_in = item.needs_result();
        // A check-in is of a closed case; the others go on only while it is open.
        if !check_in {
            self.open_view(item.case)?;
        }
        self.can_be_done(action)?;
        let own = OwnAction { check_in, ..trimmed(&action.what) };
        let changed = ActionItem { about: action.about, due: action.due, own: Some(own), ..item.clone() };
        if changed == item {
            return Ok(());
        }
        if why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "action".into() });
        }
        self.write(why.trim(), |w| w.put(&changed))
    }

    fn can_be_done(&self, action: &NewAction) -> Result<(), Error> {
        let incomplete = |what: String| Err(Error::Incomplete { what });
        if action.what.title.trim().is_empty() {
            return incomplete("Write what is to be done.".into());
        }
        if action.what.owner.trim().is_empty() {
            return incomplete("Enter who does it.".into());
        }
        match self.why_not_due(action.due)? {
            Some(why) => incomplete(why),
            None => Ok(()),
        }
    }

    /// Why a day cannot be the day by which something is due: it has passed, or no school day.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn why_not_due(&self, day: Day) -> Result<Option<String>, Error> {
        let calendar = self.school()?.calendar;
        Ok(if day < self.today() {
            Some("This day has passed. Enter today or a later day.".into())
        } else if calendar.is_school_day(day) {
            None
        } else {
            let next = calendar.on_or_after(day).long();
            Some(format!("This is not a school day. The next one is {next}."))
        })
    }
}

fn trimmed(what: &OwnAction) -> OwnAction {
    OwnAction {
        title: what.title.trim().to_owned(),
        owner: what.owner.trim().to_owned(),
        check_in: what.check_in,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Happening, demo};

    fn new(title: &str, due: Day) -> NewAction {
        let what = OwnAction { title: title.into(), owner: "Mrs Bell".into(), check_in: false };
        NewAction { what, about: None, due }
    }

    #[test]
    fn an_action_by_hand_is_on_today_and_says_what_became_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let id = session.cases("").unwrap().into_iter().find(|row| row.open).unwrap().id;
        let calendar = session.school().unwrap().calendar;
        let due = calendar.school_days_after(session.today(), 3);
        let weekend = (0..7).map(|n| due.plus_days(n)).find(|day| !calendar.is_school_day(*day)).unwrap();
        let head = session.anchor().unwrap();
        for (wrong, says) in [
            (new(" ", due), "what is to be done"),
            (new("Ring", weekend), "not a school day"),
            (new("Ring", session.today().plus_days(-1)), "has passed"),
        ] {
            let refused = session.add_action(id, &wrong).unwrap_err();
            assert!(matches!(&refused, Error::Incomplete { what } if what.contains(says)), "{refused}");
        }
        assert_eq!(session.anchor().unwrap(), head, "nothing was written");

        let added = session.add_action(id, &new(" Order two sets of headphones ", due)).unwrap();
        let line = session.today_view().unwrap().coming.into_iter().find(|l| l.action.id == added).unwrap();
        assert_eq!(line.title, "Order two sets of headphones");
        // The policy, asked again, neither takes it away nor moves it.
        let view = session.case(id).unwrap();
        let item = view.actions.iter().find(|action| action.id == added).unwrap().clone();
        assert_eq!((session.action_owner(&item).as_str(), item.due), ("Mrs Bell", due));

        let later = calendar.school_days_after(due, 1);
        assert!(matches!(
            session.amend_action(added, &new("Order headphones", later), ""),
            Err(Error::ReasonMissing { .. })
        ));
        session.amend_action(added, &new("Order headphones", later), "The shop is closed.").unwrap();
        let item = session.case(id).unwrap().actions.into_iter().find(|a| a.id == added).unwrap();
        session
            .set_action(&item, ActionState::Done { on: session.today(), note: "They came.".into() })
            .unwrap();
        let told: Vec<_> = session.timeline(id).unwrap();
        let titles: Vec<&str> = told
            .iter()
            .filter(|line| line.about == Happening::Action && line.title.contains("headphones"))
            .map(|line| line.title.as_str())
            .collect();
        assert_eq!(
            titles,
            ["Set down: Order two sets of headphones", "Changed: Order headphones", "Done: Order headphones"]
        );
        assert!(matches!(session.amend_action(added, &new("Again", later), "Why."), Err(Error::NotFound)));
    }
}
