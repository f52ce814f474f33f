//! Closing a case in five parts, the check-ins after it, and opening it again. What the record knows is suggested; what the
//! case came to only the lead can say.

use super::{CaseView, Error, Session};
use crate::domain::{
    ActionCode, ActionId, ActionItem, ActionState, CameTo, Case, CaseId, CaseState, Closing, ClosingId, Day,
    FiveParts, Lead, OwnAction, PaperCode, Response,
};

/// A look, after closing, at whether it has stayed quiet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckIn {
    /// After how many school days.
    pub after: u32,
    /// Who looks, in the lead's words.
    pub by: String,
}

impl CheckIn {
    /// What it is called on Today and in the case.
    pub const TITLE: &'static str = "Check-in after closing: is it still quiet?";
}

impl Session {
    /// What the record already says for each part of a closing. The outcome is left to the lead.
    pub fn closing_suggested(&self, view: &CaseView) -> FiveParts {
        FiveParts {
            summary: summary(view),
            follow_up: self.follow_up(view),
            action: self.done_so_far(view),
            decision: self.decided(view),
            outcome: String::new(),
        }
    }

    /// The school day on which a check-in is due that is made today.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn check_in_due(&self, after: u32) -> Result<Day, Error> {
        Ok(self.school()?.calendar.school_days_after(self.today(), after))
    }

    /// Closes a case: the five parts, what it came to, and the check-ins, in one change.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] where a part is empty or nobody is named for a check-in; [`Error::CaseClosed`]; then
    /// nothing is written.
    pub fn close_case(
        &self,
        id: CaseId,
        came_to: CameTo,
        parts: &FiveParts,
        check_ins: &[CheckIn],
    ) -> Result<(), Error> {
        let view = self.open_view(id)?;
        let empty = parts.each().iter().any(|(_, text)| text.trim().is_empty());
        if empty || check_ins.iter().any(|look| look.by.trim().is_empty()) {
            return Err(Error::ReasonMissing { code: "A_CLOSE".into() });
        }
        let on = self.today();
        let why = format!("{}. {}", came_to.words(), parts.outcome.trim());
        let case = Case { state: CaseState::Closed { on, why }, ..view.case };
        let closing = Closing {
            id: ClosingId::new(self.bits()?),
            case: id,
            on,
            by: self.actor().to_owned(),
            came_to,
            parts: parts.clone(),
        };
        let looks = check_ins.iter().map(|look| self.look(id, look)).collect::<Result<Vec<_>, _>>()?;
        self.write("the case closed", |w| {
            w.put(&case)?;
            w.put(&closing)?;
            looks.iter().try_for_each(|look| w.put(look))
        })
    }

    fn look(&self, case: CaseId, look: &CheckIn) -> Result<ActionItem, Error> {
        Ok(ActionItem {
            id: ActionId::new(self.bits()?),
            case,
            code: ActionCode::Own,
            about: None,
            due: self.check_in_due(look.after)?,
            lead: Lead::Dsl,
            state: ActionState::Open,
            own: Some(OwnAction {
                title: CheckIn::TITLE.into(),
                owner: look.by.trim().to_owned(),
                check_in: true,
            }),
        })
    }

    /// Opens a closed case again, in its place. Where something new has happened, a linked case is the better way
    /// ([`begin_linked`](Self::begin_linked)).
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] without a reason.
    pub fn reopen_case(&self, id: CaseId, why: &str) -> Result<(), Error> {
        if why.trim().is_empty() {
            return Err(Error::ReasonMissing { code: "A_CLOSE".into() });
        }
        let case = Case { state: CaseState::Open, ..self.case(id)?.case };
        self.write(why.trim(), |w| w.put(&case))
    }

    /// Letters of a closed case to families and schools are neither made nor approved nor saved outside. Documents of
    /// the record are: a pupil moves on, or a parent asks for the record, after a case is closed too.
    pub(super) fn letters_open(&self, case: CaseId, code: PaperCode) -> Result<(), Error> {
        let store = &self.inner().store;
        let case: Case = store.get(&case.to_string())?.ok_or(Error::NotFound)?;
        match (code, case.state) {
            (PaperCode::Letter(_), CaseState::Closed { .. }) => Err(Error::LetterOfClosed),
            (PaperCode::Letter(_) | PaperCode::Document(_), _) => Ok(()),
        }
    }

    /// What an action is called, whoever set it down.
    pub fn action_title(&self, action: &ActionItem) -> String {
        let worded = || self.policy().wording(crate::domain::Vocabulary::id(action.code)).title;
        action.own.as_ref().map_or_else(worded, |own| own.title.clone())
    }

    /// Who does an action, in words.
    pub fn action_owner(&self, action: &ActionItem) -> String {
        let leads = || super::lead_words(action.lead).to_owned();
        action.own.as_ref().map_or_else(leads, |own| own.owner.clone())
    }

    fn duty(&self, view: &CaseView, action: &ActionItem) -> String {
        let title = self.action_title(action);
        let about = action.about.and_then(|id| view.person(id));
        about.map_or(title.clone(), |person| format!("{title} ({})", person.name.full()))
    }

    /// Who answered how, and what the check-ins found.
    fn follow_up(&self, view: &CaseView) -> String {
        let spoken =
            view.engagement.iter().filter(|(id, _)| view.contacts.iter().any(|c| c.family_of == *id));
        let mut lines: Vec<String> = spoken
            .filter_map(|(id, family)| {
                Some(format!("Family of {}: {}", view.person(*id)?.name.full(), family.because))
            })
            .collect();
        let looked = view.actions.iter().filter(|a| {
            matches!(a.code, ActionCode::Check1 | ActionCode::Check2 | ActionCode::Check3) || a.needs_result()
        });
        lines.extend(looked.filter_map(|action| match &action.state {
            ActionState::Done { on, note } => Some(said(&self.duty(view, action), "done", *on, note)),
            ActionState::Open | ActionState::NotDone { .. } => None,
        }));
        let silent = view.contacts.iter().filter(|c| c.delivered && c.response == Response::None).count();
        if silent > 0 {
            lines.push(format!("Contacts that reached a family and were not answered: {silent}."));
        }
        lines.join("\n")
    }

    fn done_so_far(&self, view: &CaseView) -> String {
        let mut settled: Vec<(Day, String)> = view
            .actions
            .iter()
            .filter_map(|action| match &action.state {
                ActionState::Open => None,
                ActionState::Done { on, note } => {
                    Some((*on, said(&self.duty(view, action), "done", *on, note)))
                }
                ActionState::NotDone { on, why } => {
                    Some((*on, said(&self.duty(view, action), "not done", *on, why)))
                }
            })
            .collect();
        settled.sort();
        settled.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n")
    }

    fn decided(&self, view: &CaseView) -> String {
        let Some(record) = view.decision() else { return String::new() };
        let outcome = self.outcome_then(record);
        let must: Vec<&str> = outcome.must.iter().map(|point| point.title.as_str()).collect();
        let mut lines = vec![format!(
            "Decided on {} by {}: {}.",
            record.on.plain(),
            record.confirmed_by,
            if must.is_empty() { "no duty of the policy".to_owned() } else { must.join("; ") }
        )];
        lines.extend(record.departures.iter().map(|departure| {
            let title = match departure.code.as_str() {
                super::READINESS => "The points that a police referral would want to see".to_owned(),
                code => self.policy().wording(code).title,
            };
            format!("{title}: {}", departure.reason)
        }));
        lines.join("\n")
    }
}

fn said(duty: &str, how: &str, on: Day, words: &str) -> String {
    let words = if words.trim().is_empty() { String::new() } else { format!(": {}", words.trim()) };
    let duty = duty.trim_end_matches(['.', '?']);
    format!("{duty}, {how} on {}{words}", on.plain())
}

fn summary(view: &CaseView) -> String {
    let case = &view.case;
    let mut lines = vec![format!("Disclosed on {}. {}", case.disclosed_on.plain(), case.told_by.trim())];
    let days: Vec<Day> = view.occasions.iter().map(|o| o.on).collect();
    lines.push(match (days.iter().min(), days.iter().max()) {
        (Some(first), Some(last)) if first != last => format!(
            "{} dated occasions, the first on {}, the last on {}.",
            days.len(),
            first.plain(),
            last.plain()
        ),
        (Some(day), _) => format!("Dated occasions: {}, on {}.", days.len(), day.plain()),
        (None, _) => "No dated occasion.".to_owned(),
    });
    let alleged: Vec<&str> = view.people.iter().skip(1).map(|person| person.name.full()).collect();
    lines.push(format!("Alleged to be responsible: {}.", alleged.join(", ")));
    lines.join("\n")
}

#[cfg(test)]
mod tests;
