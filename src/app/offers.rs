//! Which letters and documents can be written for a case now: those that the decision offers, those that follow from the
//! dated record, and the documents that a lead may need at any time. Why one must not go, or not yet, is said here.

use super::before_contact::{Reach, goes_home};
use super::compose::{FOLLOW_UPS, follow_ups_delivered};
use super::{CaseView, Error, Session};
use crate::documents::ask::{self, Ask};
use crate::domain::{
    ActionCode, ActionState, ContactSafe, DecisionRecord, DocumentCode, Engagement, Gate, LetterCode,
    LetterOffer, Nature, PaperCode, Person, PersonId, Purpose, Response, Vocabulary, Who,
};

/// A letter or document that can be written, or why it cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperOffer {
    /// Which.
    pub code: PaperCode,
    /// Whose family or whose matter.
    pub about: Option<PersonId>,
    /// What it is.
    pub title: String,
    /// Why it must not go, if so.
    pub blocked: Option<String>,
    /// What has to be in the record before it can be written.
    pub not_yet: Option<String>,
    /// What has to be done before it can go; it can be written already.
    pub first: Option<String>,
    /// Not from the decision: a document that may be needed at any time.
    pub any_time: bool,
}

/// A question that a paper puts to the lead, and what the case suggests as its answer.
#[derive(Clone, PartialEq, Eq)]
pub struct PaperQuestion {
    /// The question.
    pub ask: &'static Ask,
    /// A suggestion; blank where only the lead can say.
    pub suggestion: String,
}

impl std::fmt::Debug for PaperQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PaperQuestion").field("field", &self.ask.field).finish_non_exhaustive()
    }
}

impl Session {
    /// Every letter and document that can be written for a case now.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn papers_on_offer(&self, view: &CaseView) -> Result<Vec<PaperOffer>, Error> {
        let Some(record) = view.decision() else { return Ok(Vec::new()) };
        let closed: Vec<Reach> = self.reaches(view)?.into_iter().filter(Reach::is_closed).collect();
        let mut papers: Vec<(PaperCode, Option<PersonId>, Option<String>, bool)> = Vec::new();
        for offer in letters(view, record, &closed) {
            let (code, about) = (PaperCode::Letter(offer.code), person(record, &offer));
            let home = closed.iter().find(|reach| goes_home(code) && Some(reach.of) == about);
            papers.push((code, about, offer.blocked.or_else(|| home.map(Reach::says)), false));
        }
        for code in &record.decision.documents {
            papers.extend(
                whom(*code, view).into_iter().map(|about| (PaperCode::Document(*code), about, None, false)),
            );
        }
        for code in DocumentCode::ALL {
            let known = |about: &Option<PersonId>| {
                papers.iter().any(|(known, of, ..)| *known == PaperCode::Document(*code) && of == about)
            };
            let more: Vec<_> = whom(*code, view).into_iter().filter(|about| !known(about)).collect();
            papers.extend(more.into_iter().map(|about| (PaperCode::Document(*code), about, None, true)));
        }
        let offer = |(code, about, blocked, any_time): (PaperCode, _, Option<String>, _)| PaperOffer {
            code,
            about,
            title: self.policy().wording(code.id()).title,
            not_yet: not_yet(view, code, about).filter(|_| blocked.is_none()),
            first: self.first(view, code).filter(|_| blocked.is_none()),
            blocked,
            any_time,
        };
        Ok(papers.into_iter().map(offer).collect())
    }

    /// What a paper asks of the lead, in the order in which it asks.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such case or person.
    pub fn asked(
        &self,
        view: &CaseView,
        code: PaperCode,
        about: Option<PersonId>,
    ) -> Result<Vec<PaperQuestion>, Error> {
        let suggestions = super::compose::suggestions(self, view, code, about)?;
        let asks = ask::asks(code).iter();
        Ok(asks.zip(suggestions).map(|(ask, suggestion)| PaperQuestion { ask, suggestion }).collect())
    }

    /// The action that comes before a letter goes, where it is not done yet.
    fn first(&self, view: &CaseView, code: PaperCode) -> Option<String> {
        let PaperCode::Letter(code) = code else { return None };
        let first = view.decision()?.decision.letters.iter().find(|l| l.code == code)?.locked_until?;
        (!is_done(view, first, None)).then(|| self.policy().wording(first.id()).title)
    }
}

/// Why a paper cannot be written or cannot go: nothing where it is on offer and free.
pub(super) fn stopped(
    session: &Session,
    view: &CaseView,
    code: PaperCode,
    about: Option<PersonId>,
) -> Result<Option<String>, Error> {
    let offers = session.papers_on_offer(view)?;
    Ok(match offers.into_iter().find(|offer| offer.code == code && offer.about == about) {
        Some(offer) => offer.blocked.or(offer.not_yet),
        // A rung of the ladder is not offered to a family that nobody may contact.
        None => Some(match session.reaches(view)?.into_iter().find(|reach| Some(reach.of) == about) {
            Some(reach) if reach.is_closed() && goes_home(code) => reach.says(),
            _ => "The decision in force does not offer it. Decide again if something has changed.".into(),
        }),
    })
}

/// Why a paper must not go although one of its kind has gone: a letter that is to be replaced may be off the list by now,
/// and a home that must not be written to stays so.
pub(super) fn blocked(
    session: &Session,
    view: &CaseView,
    code: PaperCode,
    about: Option<PersonId>,
) -> Result<Option<String>, Error> {
    let mut offers = session.papers_on_offer(view)?.into_iter();
    Ok(offers.find(|offer| offer.code == code && offer.about == about).and_then(|offer| offer.blocked))
}

/// The letters of the decision, and those that follow from the record of the same families. No follow-up goes to a family
/// that nobody may contact.
fn letters(view: &CaseView, record: &DecisionRecord, closed: &[Reach]) -> Vec<LetterOffer> {
    let mut all = record.decision.letters.clone();
    let mut add = |code: LetterCode, like: &LetterOffer| {
        if !all.iter().any(|l| l.code == code && l.about == like.about) {
            all.push(LetterOffer { code, locked_until: None, ..like.clone() });
        }
    };
    for offer in record.decision.letters.iter().filter(|l| l.code == LetterCode::Actor) {
        let Some(id) = person(record, offer) else { continue };
        let theirs = || view.contacts.iter().filter(|c| c.family_of == id);
        let stands = view.engagement.iter().find(|(of, _)| *of == id).map(|(_, family)| family.is);
        let answered = matches!(stands, Some(Engagement::Engaged | Engagement::Partial));
        let silent = !answered && !closed.iter().any(|reach| reach.of == id);
        if silent && theirs().next().is_some() {
            add(LetterCode::FollowUp1, offer);
        }
        if silent && theirs().any(|c| c.purpose == Purpose::FollowUp) {
            add(LetterCode::FollowUp2, offer);
            add(LetterCode::Final, offer);
        }
        add(LetterCode::OutcomeActor, offer);
    }
    for offer in record.decision.letters.iter().filter(|l| l.code == LetterCode::Target) {
        add(LetterCode::OutcomeTarget, offer);
        add(LetterCode::Close, offer);
    }
    let both = record.facts.nature == Nature::TwoWayConflict;
    if let Some(offer) = record.decision.letters.iter().find(|l| both && l.code == LetterCode::Actor) {
        let unsafe_home =
            matches!(record.facts.contact_safe, ContactSafe::UnsafeTargetHome | ContactSafe::PoliceSayWait);
        let blocked = unsafe_home.then(|| because(record, Gate::Unsafe));
        add(LetterCode::Actor, &LetterOffer { about: Some("T".into()), blocked, ..offer.clone() });
    }
    all
}

/// Why a gate holds, in the words of the rule.
fn because(record: &DecisionRecord, gate: Gate) -> String {
    let rule = record.decision.trace.iter().find(|f| f.adds.iter().any(|added| added == gate.id()));
    rule.map_or_else(|| "Telling this family may not be safe.".into(), |finding| finding.because.clone())
}

fn person(record: &DecisionRecord, offer: &LetterOffer) -> Option<PersonId> {
    let short = offer.about.as_deref()?;
    record.people.iter().find(|(of, _)| of == short).map(|(_, id)| *id)
}

/// About whom a document can be: one for each child, or one for the case.
fn whom(code: DocumentCode, view: &CaseView) -> Vec<Option<PersonId>> {
    let of =
        |which: fn(&Person) -> bool| view.people.iter().filter(|p| which(p)).map(|p| Some(p.id)).collect();
    match code {
        DocumentCode::Police | DocumentCode::Chronology => vec![None],
        DocumentCode::Lado => {
            let staff = |p: &Person| matches!(p.who, Who::Staff | Who::FormerStaff | Who::Head);
            if view.people.iter().any(staff) { vec![None] } else { Vec::new() }
        }
        DocumentCode::Marf => of(|p| matches!(p.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool)),
        DocumentCode::Meeting => of(|p| p.who == Who::CurrentPupil),
        DocumentCode::Transfer => of(|p| matches!(p.who, Who::CurrentPupil | Who::ExPupil)),
    }
}

/// What must be in the record before a letter can say what it says.
fn not_yet(view: &CaseView, code: PaperCode, about: Option<PersonId>) -> Option<String> {
    let PaperCode::Letter(code) = code else { return None };
    match code {
        LetterCode::Final => {
            let reached = about.map_or(0, |id| follow_ups_delivered(view, id));
            (reached < FOLLOW_UPS).then(|| {
                format!(
                    "A final notice comes after two follow-ups that reached the family. So far there is {}.",
                    match reached {
                        0 => "none",
                        _ => "one",
                    }
                )
            })
        }
        LetterCode::FollowUp1 | LetterCode::FollowUp2 => {
            let open =
                |c: &crate::domain::Contact| Some(c.family_of) == about && c.response == Response::None;
            (!view.contacts.iter().any(open)).then(|| {
                "This letter says when the school tried to reach the family. No unanswered contact is in the record.".into()
            })
        }
        LetterCode::OutcomeActor => (!is_done(view, ActionCode::Account, about)).then(|| {
            "This letter says what you found, so hear the child’s account first and mark that as done.".into()
        }),
        LetterCode::OutcomeTarget => {
            let heard = |a: &&crate::domain::ActionItem| a.code == ActionCode::Account;
            let waits = view.actions.iter().filter(heard).any(|a| a.state == ActionState::Open);
            waits.then(|| "This letter says what you found, so hear every child’s account first.".into())
        }
        LetterCode::Close => (!is_done(view, ActionCode::Check3, None)).then(|| {
            "This letter says that the check-ins are over. The third one is not marked as done yet.".into()
        }),
        LetterCode::Target
        | LetterCode::Actor
        | LetterCode::AgeAll
        | LetterCode::NewSchool
        | LetterCode::Meeting
        | LetterCode::StaffContact
        | LetterCode::Ict
        | LetterCode::ParentConduct
        | LetterCode::Signpost => None,
    }
}

/// Whether an action is done, for one person or for anyone.
fn is_done(view: &CaseView, code: ActionCode, about: Option<PersonId>) -> bool {
    view.actions.iter().any(|a| {
        a.code == code && (about.is_none() || a.about == about) && matches!(a.state, ActionState::Done { .. })
    })
}
