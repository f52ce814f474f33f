//! Cases: drafts of disclosures, the decision and its confirmation, and everything that gathers afterwards.

use super::outcome::word_outcome;
use super::{Error, Outcome, Session, complete};
use crate::domain::{
    ActionCode, ActionId, ActionItem, ActionState, Case, CaseId, CaseState, Closing, Contact, ContactId,
    ContactSafe, DecisionId, DecisionRecord, Departure, Disclosure, Draft, Evidence, Lead, LetterRecord,
    Occasion, OccasionId, Person, PersonId, engagement,
};
use crate::policy::Asked;
use crate::store::{Event, Record};

/// Why a disclosure left the list: it went on in another case file. What is left of it here is known by this.
pub(super) const HANDED_OVER: &str = "a disclosure that goes on in the restricted case file";

/// Everything that a case holds, current versions.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The case.
    pub case: Case,
    /// The targeted child first, then those alleged, in order.
    pub people: Vec<Person>,
    /// Oldest first.
    pub occasions: Vec<Occasion>,
    /// Oldest first.
    pub contacts: Vec<Contact>,
    /// How each family has responded, with the reason.
    pub engagement: Vec<(PersonId, engagement::FamilyEngagement)>,
    /// Soonest first, open ones before the others.
    pub actions: Vec<ActionItem>,
    /// In the order in which they were begun.
    pub letters: Vec<LetterRecord>,
    /// In the order in which they were added, which is that of their numbers.
    pub evidence: Vec<Evidence>,
    /// Oldest first; the last is in force.
    pub decisions: Vec<DecisionRecord>,
    /// How it was closed, each time; the last is in force while it is closed.
    pub closings: Vec<Closing>,
}

/// What the lead makes of an outcome.
#[derive(Debug, Clone, Default)]
pub struct Confirmation {
    /// Lines done otherwise, each with a reason.
    pub departures: Vec<Departure>,
    /// The reason for following the proposal where the policy is silent.
    pub gap_reason: String,
    /// Who decides, where it is somebody else than whoever types.
    pub decided_by: String,
}

impl CaseView {
    /// A person of the case; an account that was identified since is the person.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        let id = self.case.now(id);
        self.people.iter().find(|p| p.id == id)
    }

    /// The decision in force.
    pub fn decision(&self) -> Option<&DecisionRecord> {
        self.decisions.last()
    }

    /// The case as the wizard would hold it, for deciding again.
    pub fn as_disclosure(&self) -> Disclosure {
        let mut people = self.people.iter().cloned();
        Disclosure {
            disclosed_on: Some(self.case.disclosed_on),
            told_by: self.case.told_by.clone(),
            account: self.case.account.clone(),
            target: people.next(),
            alleged: people.collect(),
            occasions: self.occasions.clone(),
            answers: self.case.answers.clone(),
            earlier: self.case.earlier,
        }
    }
}

impl Session {
    /// The disclosures that were left half-way.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn drafts(&self) -> Result<Vec<Draft>, Error> {
        Ok(self.inner().store.list::<Draft>()?)
    }

    /// Begins a disclosure. Nothing is written before the first answer.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn begin(&self) -> Result<Draft, Error> {
        let id = self.new_case_id()?;
        Ok(Draft {
            id,
            started: self.today(),
            disclosure: Disclosure::default(),
            at_question: "danger".into(),
        })
    }

    /// Keeps a disclosure as it stands, so that an interruption loses nothing.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), Error> {
        self.write("a disclosure being taken", |w| w.put(draft))
    }

    /// Takes a draft out of the list. What it said stays in the record.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn discard_draft(&self, id: CaseId) -> Result<(), Error> {
        self.withdraw_draft(id, "a disclosure that was set aside")
    }

    fn withdraw_draft(&self, id: CaseId, why: &str) -> Result<(), Error> {
        self.write(why, |w| w.withdraw::<Draft>(&id.to_string()))
    }

    /// What the policy says about a disclosure as far as it is answered, with no contacts recorded yet.
    ///
    /// # Errors
    /// An earlier linked case cannot be read.
    pub fn outcome(&self, disclosure: &Disclosure) -> Result<Outcome, Error> {
        self.evaluate(disclosure, &[])
    }

    /// What the policy says about a case today.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn outcome_of(&self, case: CaseId) -> Result<Outcome, Error> {
        let view = self.case(case)?;
        self.evaluate(&view.as_disclosure(), &view.contacts)
    }

    /// A decision as it was confirmed, in the words of the policy that it was made by. Where that one is nowhere to be
    /// found, the policy in force lends its words.
    pub fn outcome_then(&self, record: &DecisionRecord) -> Outcome {
        let policy = self.policy_of(&record.decision.policy).unwrap_or_else(|| self.shared_policy());
        word_outcome(policy, record.facts.clone(), record.people.clone(), record.decision.clone())
    }

    fn evaluate(&self, disclosure: &Disclosure, contacts: &[Contact]) -> Result<Outcome, Error> {
        let facts = complete::facts(disclosure, contacts, &self.earlier(disclosure)?, self.today());
        let calendar = self.school().map(|s| s.calendar).unwrap_or_default();
        let decision = self.policy().evaluate(&facts, &calendar);
        let outcome = word_outcome(self.shared_policy(), facts, complete::people(disclosure), decision);
        let unsafe_now = outcome.facts.contact_safe != ContactSafe::Safe;
        let contact_review = disclosure.answers.contact_review.filter(|_| unsafe_now);
        Ok(Outcome { contact_review, ..outcome })
    }

    /// Every question that there may be, those that are not asked with the reason.
    pub fn way(&self, disclosure: &Disclosure) -> Vec<Asked<'_>> {
        // Where an earlier case cannot be read, the outcome says so; until then every question is there.
        let earlier = self.earlier(disclosure).unwrap_or_default();
        self.policy().way(disclosure, &complete::facts(disclosure, &[], &earlier, self.today()))
    }

    /// The first page that still wants an answer.
    pub fn unanswered(&self, disclosure: &Disclosure) -> Option<String> {
        let asked = self.way(disclosure).into_iter().filter(|asked| asked.skipped.is_none());
        let mut missing = asked.filter(|asked| self.policy().missing(asked.question, disclosure).is_some());
        missing.next().map(|asked| asked.question.id.clone())
    }

    /// Confirms an outcome and opens the case: people, occasions, decision and dated actions in one change.
    ///
    /// # Errors
    /// A question without an answer, a departure or a gap without a reason; then nothing is written.
    pub fn open_case(&self, draft: &Draft, confirmation: &Confirmation) -> Result<CaseId, Error> {
        let disclosure = &draft.disclosure;
        if let Some(question) = self.unanswered(disclosure) {
            return Err(Error::Unanswered { question });
        }
        let (Some(target), Some(disclosed_on)) = (&disclosure.target, disclosure.disclosed_on) else {
            return Err(Error::Unanswered { question: "target".into() });
        };
        let outcome = self.outcome(disclosure)?;
        self.kept_apart(&outcome)?;
        reasons_given(&outcome, confirmation)?;
        let case = Case {
            id: draft.id,
            reference: self.next_reference()?,
            opened_on: self.today(),
            disclosed_on,
            told_by: disclosure.told_by.clone(),
            account: disclosure.account.clone(),
            target: target.id,
            alleged: disclosure.alleged.iter().map(|p| p.id).collect(),
            answers: disclosure.answers.clone(),
            state: CaseState::Open,
            earlier: disclosure.earlier,
            identified: Vec::new(),
        };
        let record = self.decision_record(draft.id, &outcome, confirmation)?;
        let pack = self.pack_to_keep()?;
        let actions = self.new_actions(draft.id, &outcome, confirmation, &[])?;
        let (kept, people) = {
            let store = &self.inner().store;
            let kept = store.get::<Draft>(&draft.id.to_string())?.is_some();
            let mut changed = Vec::new();
            for person in disclosure.people() {
                // A pupil taken from the roll as they are needs no new version.
                if store.get::<Person>(&person.id.to_string())?.as_ref() != Some(person) {
                    changed.push(person);
                }
            }
            (kept, changed)
        };
        self.write("a case opened and its decision confirmed", |w| {
            pack.iter().try_for_each(|pack| w.put(pack))?;
            people.iter().try_for_each(|person| w.put(*person))?;
            w.put(&case)?;
            for occasion in &disclosure.occasions {
                w.put(&Occasion { case: case.id, ..occasion.clone() })?;
            }
            w.put(&record)?;
            for action in &actions {
                w.put(action)?;
            }
            if kept { w.withdraw::<Draft>(&draft.id.to_string()) } else { Ok(()) }
        })?;
        Ok(case.id)
    }

    /// Confirms what the policy says today about an open case. The earlier decisions stay as they are; actions that are
    /// new are added, and open ones that count from the last occasion move with it.
    ///
    /// # Errors
    /// A departure or a gap without a reason, [`Error::CaseClosed`]; then nothing is written.
    pub fn decide_again(&self, case: CaseId, confirmation: &Confirmation) -> Result<(), Error> {
        let view = self.open_view(case)?;
        let outcome = self.outcome_of(case)?;
        self.kept_apart(&outcome)?;
        reasons_given(&outcome, confirmation)?;
        let record = self.decision_record(case, &outcome, confirmation)?;
        let mut actions = self.new_actions(case, &outcome, confirmation, &view.actions)?;
        actions.extend(moved(&outcome, &view.actions));
        let pack = self.pack_to_keep()?;
        self.write("a decision confirmed again", |w| {
            pack.iter().try_for_each(|pack| w.put(pack))?;
            w.put(&record)?;
            actions.iter().try_for_each(|action| w.put(action))
        })
    }

    /// A matter about an adult who works with children is decided in the restricted register only.
    fn kept_apart(&self, outcome: &Outcome) -> Result<(), Error> {
        if outcome.decision.separate_file && !self.school()?.restricted {
            return Err(Error::KeepApart);
        }
        Ok(())
    }

    /// Whether a disclosure as far as it is answered has to go on in the restricted register, and who leads there.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn goes_apart(&self, disclosure: &Disclosure) -> Result<Option<Lead>, Error> {
        let decision = self.outcome(disclosure)?.decision;
        let apart = decision.separate_file && !self.school()?.restricted;
        Ok(apart.then_some(decision.lead))
    }

    /// Takes a disclosure over into another case file: kept there first, then taken out of the list here. A case file in
    /// which nobody chose a policy follows the one in force here.
    ///
    /// # Errors
    /// Either case file cannot be written; the disclosure is then in the first one, or in both.
    pub fn hand_over(&self, draft: &Draft, to: Self) -> Result<Self, Error> {
        let to = if to.school()?.policy.is_empty() { self.lend_policy(to)? } else { to };
        to.save_draft(draft)?;
        if self.inner().store.get::<Draft>(&draft.id.to_string())?.is_some() {
            self.withdraw_draft(draft.id, HANDED_OVER)?;
        }
        Ok(to)
    }

    fn decision_record(
        &self,
        case: CaseId,
        outcome: &Outcome,
        confirmation: &Confirmation,
    ) -> Result<DecisionRecord, Error> {
        let mut departures = confirmation.departures.clone();
        if outcome.reason_needed {
            departures.push(Departure {
                code: "W_POLICY_GAP".into(),
                about: None,
                reason: confirmation.gap_reason.trim().to_owned(),
            });
        }
        Ok(DecisionRecord {
            id: DecisionId::new(self.bits()?),
            case,
            on: self.today(),
            facts: outcome.facts.clone(),
            people: outcome.people.clone(),
            decision: outcome.decision.clone(),
            confirmed_by: self.signed(&confirmation.decided_by),
            departures,
        })
    }

    /// Who confirms: the name that was entered, and who entered it where that is somebody else.
    fn signed(&self, decided_by: &str) -> String {
        match decided_by.trim() {
            "" => self.actor().to_owned(),
            name if name == self.actor() => name.to_owned(),
            name => format!("{name} (entered by {})", self.actor()),
        }
    }

    fn new_actions(
        &self,
        case: CaseId,
        outcome: &Outcome,
        confirmation: &Confirmation,
        existing: &[ActionItem],
    ) -> Result<Vec<ActionItem>, Error> {
        let mut items = Vec::new();
        for due in &outcome.decision.actions {
            let about = due.about.as_deref().and_then(|short| outcome.person(short));
            let departed = confirmation
                .departures
                .iter()
                .any(|d| d.code == crate::domain::Vocabulary::id(due.code) && d.about == due.about);
            if departed || existing.iter().any(|a| a.code == due.code && a.about == about) {
                continue;
            }
            let id = ActionId::new(self.bits()?);
            items.push(ActionItem {
                id,
                case,
                code: due.code,
                about,
                due: due.due,
                lead: due.lead,
                state: ActionState::Open,
                own: None,
            });
        }
        items.extend(self.contact_review(case, outcome, existing)?);
        Ok(items)
    }

    /// Where telling a family is not safe: the day on which the lead looks at that again.
    fn contact_review(
        &self,
        case: CaseId,
        outcome: &Outcome,
        existing: &[ActionItem],
    ) -> Result<Option<ActionItem>, Error> {
        let review = (ActionCode::Review, None);
        let there = existing.iter().any(|a| (a.code, a.about) == review && a.state == ActionState::Open);
        let Some(due) = outcome.contact_review.filter(|_| !there) else { return Ok(None) };
        let (id, lead, state) = (ActionId::new(self.bits()?), outcome.decision.lead, ActionState::Open);
        Ok(Some(ActionItem { id, case, code: review.0, about: None, due, lead, state, own: None }))
    }

    fn next_reference(&self) -> Result<String, Error> {
        let year = self.today().year();
        let prefix = format!("{year}-");
        let taken = self.inner().store.list::<Case>()?;
        let last = taken
            .iter()
            .filter_map(|c| c.reference.strip_prefix(&prefix)?.parse::<u32>().ok())
            .max()
            .unwrap_or(0);
        Ok(format!("{prefix}{:03}", last + 1))
    }

    /// One case with everything in it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case.
    pub fn case(&self, id: CaseId) -> Result<CaseView, Error> {
        let store = &self.inner().store;
        let case: Case = store.get(&id.to_string())?.ok_or(Error::NotFound)?;
        let mut people = Vec::new();
        for person in std::iter::once(&case.target).chain(&case.alleged) {
            people.push(store.get::<Person>(&person.to_string())?.ok_or(Error::NotFound)?);
        }
        let mut occasions = store.list_in::<Occasion>(id)?;
        occasions.sort_by_key(|o| o.on);
        let mut contacts = store.list_in::<Contact>(id)?;
        contacts.sort_by_key(|c| c.on);
        let mut actions = store.list_in::<ActionItem>(id)?;
        actions.sort_by_key(|a| (a.state != ActionState::Open, a.due));
        let engagement = people.iter().map(|p| (p.id, engagement::of_family(p.id, &contacts))).collect();
        // An account that was identified since is the person, in what was decided and written before too.
        let mut decisions = store.list_in::<DecisionRecord>(id)?;
        for (_, person) in decisions.iter_mut().flat_map(|made| &mut made.people) {
            *person = case.now(*person);
        }
        let mut letters = store.list_in::<LetterRecord>(id)?;
        for letter in &mut letters {
            letter.about = letter.about.map(|person| case.now(person));
        }
        Ok(CaseView {
            people,
            occasions,
            engagement,
            actions,
            letters,
            evidence: store.list_in(id)?,
            decisions,
            closings: store.list_in(id)?,
            contacts,
            case,
        })
    }

    /// Adds an occasion, or amends the one with its id: the first text stays readable in the record.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] for one that is changed without a reason; [`Error::CaseClosed`]; the case file cannot be
    /// written.
    pub fn save_occasion(&self, occasion: &Occasion, why: &str) -> Result<(), Error> {
        self.reason_to_change(occasion, why)?;
        self.open_view(occasion.case)?;
        self.write(if why.is_empty() { "an occasion added" } else { why }, |w| w.put(occasion))
    }

    /// A case that is still worked on. Its open actions may be done after it is closed; nothing else goes on.
    pub(super) fn open_view(&self, id: CaseId) -> Result<CaseView, Error> {
        let view = self.case(id)?;
        if view.case.state == CaseState::Open { Ok(view) } else { Err(Error::CaseClosed) }
    }

    /// A new occasion's id.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn new_occasion_id(&self) -> Result<OccasionId, Error> {
        self.bits().map(OccasionId::new)
    }

    /// A new person's id.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn new_person_id(&self) -> Result<PersonId, Error> {
        self.bits().map(PersonId::new)
    }

    /// A new contact's id.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn new_contact_id(&self) -> Result<ContactId, Error> {
        self.bits().map(ContactId::new)
    }

    /// What was written once is not changed without a reason. First entries, and saving the same again, need none.
    fn reason_to_change<T: Record + PartialEq>(&self, record: &T, why: &str) -> Result<(), Error> {
        let before = self.inner().store.get::<T>(&record.key())?;
        if why.trim().is_empty() && before.is_some_and(|before| before != *record) {
            return Err(Error::ReasonMissing { code: T::KIND.into() });
        }
        Ok(())
    }

    /// Adds a contact with a family, or amends the one with its id.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] for one that is changed without a reason; [`Error::CaseClosed`]; the case file cannot be
    /// written.
    pub fn save_contact(&self, contact: &Contact, why: &str) -> Result<(), Error> {
        self.reason_to_change(contact, why)?;
        self.open_view(contact.case)?;
        self.write(if why.is_empty() { "a contact with a family added" } else { why }, |w| w.put(contact))
    }

    /// Saves several people at once, for example a class list.
    ///
    /// # Errors
    /// The case file cannot be written; then none of them is.
    pub fn save_people(&self, people: &[Person]) -> Result<(), Error> {
        self.write("people on the school's roll", |w| people.iter().try_for_each(|p| w.put(p)))
    }

    /// Everyone in the case file.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn everyone(&self) -> Result<Vec<Person>, Error> {
        Ok(self.inner().store.list()?)
    }

    /// Marks an action done, not done with the reason, or open again.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] for one that is not done without a reason, or a check-in without a result.
    pub fn set_action(&self, action: &ActionItem, state: ActionState) -> Result<(), Error> {
        let missing = match &state {
            ActionState::Open => false,
            ActionState::Done { note, .. } => action.needs_result() && note.trim().is_empty(),
            ActionState::NotDone { why, .. } => why.trim().is_empty(),
        };
        if missing {
            return Err(Error::ReasonMissing { code: crate::domain::Vocabulary::id(action.code).into() });
        }
        let item = ActionItem { state, ..action.clone() };
        self.write("an action", |w| w.put(&item))
    }

    /// Closes a case with nothing but the reason, or opens it again without one: for the tests of other things. A lead
    /// closes it in five parts ([`close_case`](Self::close_case)).
    #[cfg(test)]
    pub(crate) fn set_case_state(&self, id: CaseId, state: CaseState) -> Result<(), Error> {
        if let CaseState::Closed { why, .. } = &state
            && why.trim().is_empty()
        {
            return Err(Error::ReasonMissing { code: "A_CLOSE".into() });
        }
        let case = Case { state, ..self.case(id)?.case };
        self.write("the case closed or opened again", |w| w.put(&case))
    }

    /// The journal of a case, oldest first.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn journal(&self, id: CaseId) -> Result<Vec<Event>, Error> {
        Ok(self.inner().store.journal(Some(id))?)
    }
}

/// Open actions that are due later than they were, because something new has happened since.
fn moved(outcome: &Outcome, existing: &[ActionItem]) -> Vec<ActionItem> {
    let later = |action: &ActionItem| {
        let same = |due: &&crate::domain::ActionDue| {
            due.code == action.code
                && due.about.as_deref().and_then(|short| outcome.person(short)) == action.about
        };
        outcome.decision.actions.iter().find(same).map(|due| due.due).filter(|due| *due > action.due)
    };
    let open = existing.iter().filter(|action| action.state == ActionState::Open);
    open.filter_map(|action| later(action).map(|due| ActionItem { due, ..action.clone() })).collect()
}

fn reasons_given(outcome: &Outcome, confirmation: &Confirmation) -> Result<(), Error> {
    if let Some(departure) = confirmation.departures.iter().find(|d| d.reason.trim().is_empty()) {
        return Err(Error::ReasonMissing { code: departure.code.clone() });
    }
    if outcome.reason_needed && confirmation.gap_reason.trim().is_empty() {
        return Err(Error::ReasonMissing { code: "W_POLICY_GAP".into() });
    }
    Ok(())
}
