//! A letter that reached somebody whom it was not for: writing that down starts the steps that the law asks for, each with
//! its day, and each is done or not done with the reason. The words of the steps stand here; they are the law's and not a
//! school's policy.

use super::LetterView;
use crate::app::{Error, Session};
use crate::domain::{
    ActionState, BreachStep, BreachStepItem, CaseId, Day, LetterId, LetterRecord, LetterState, TimeOfDay,
    Vocabulary, WentWrong,
};

/// A step that is still to do, for *Today*.
#[derive(Debug, Clone)]
pub struct BreachLine {
    /// The letter.
    pub letter: LetterId,
    /// Its case.
    pub case: CaseId,
    /// The case's reference.
    pub reference: String,
    /// What is to be done.
    pub title: &'static str,
    /// By when.
    pub due: Day,
    /// By what time, where there is one.
    pub due_at: Option<TimeOfDay>,
}

/// What a step is called, and what it means.
pub fn breach_words(step: BreachStep) -> (&'static str, &'static str) {
    match step {
        BreachStep::Contain => (
            "Get the letter back",
            "Ring whoever has it. Ask them not to read, copy or pass it on, and to give it back or delete it. If a child may be in danger because of it, that comes first: 999, or children’s services.",
        ),
        BreachStep::Assess => (
            "Judge who could be harmed, and how badly",
            "Who is named or can be guessed, what it says of them, who has read it, and what they could do with it. Write down how you came to your view.",
        ),
        BreachStep::Officer => (
            "Tell the school’s data protection officer",
            "Say what happened, when you knew, and what you have done. They advise on the next two steps.",
        ),
        BreachStep::Commissioner => (
            "Report it to the ICO, unless a risk to anyone is unlikely",
            "Within 72 hours of becoming aware (UK GDPR, Article 33). The hours run at night and at weekends. If not all is known yet, report what is, and send the rest after it. If you do not report it, write down why.",
        ),
        BreachStep::Tell => (
            "Tell the people whose data it was",
            "Without delay where the risk to them is high (UK GDPR, Article 34): what happened, what it may mean, what you do, and whom they can ask. If you do not tell them, write down why.",
        ),
        BreachStep::Record => (
            "Enter it in the school’s register of data breaches",
            "What happened, its effects, and what was done (UK GDPR, Article 33(5)), and what is done so that it does not happen again.",
        ),
    }
}

impl Session {
    /// Writes down that a letter reached somebody whom it was not for. The steps and their clock begin.
    ///
    /// # Errors
    /// [`Error::NotApproved`] for a draft, which has not gone out; [`Error::Incomplete`] without what happened, for a day
    /// that is still to come, or where it is written down already.
    pub fn letter_went_wrong(
        &self,
        id: LetterId,
        known: (Day, TimeOfDay),
        what: &str,
    ) -> Result<LetterView, Error> {
        let mut record = self.letter_record(id)?;
        let incomplete = |what: &str| Err(Error::Incomplete { what: what.into() });
        if record.state == LetterState::Draft {
            return Err(Error::NotApproved);
        }
        if record.went_wrong.is_some() {
            return incomplete("This letter is marked already. Its steps stand below.");
        }
        if what.trim().is_empty() {
            return incomplete("What happened is missing, and who has the letter.");
        }
        if known.0 > self.today() {
            return incomplete("The day on which you knew of it is still to come.");
        }
        let (by, today) = (self.actor().to_owned(), self.today());
        record.went_wrong = Some(WentWrong::new(known, what.trim().to_owned(), by, today));
        self.write("a letter reached somebody whom it was not for", |w| w.put(&record))?;
        self.letter(id)
    }

    /// Marks a step as done, not done with the reason, or open again.
    ///
    /// # Errors
    /// [`Error::ReasonMissing`] for one that is not done without a reason; [`Error::NotFound`].
    pub fn set_breach_step(
        &self,
        id: LetterId,
        step: BreachStep,
        state: ActionState,
    ) -> Result<LetterView, Error> {
        if let ActionState::NotDone { why, .. } = &state
            && why.trim().is_empty()
        {
            return Err(Error::ReasonMissing { code: step.id().into() });
        }
        let mut record = self.letter_record(id)?;
        let steps = record.went_wrong.iter_mut().flat_map(|wrong| &mut wrong.steps);
        let item = steps.into_iter().find(|item| item.step == step).ok_or(Error::NotFound)?;
        item.state = state;
        self.write("a step after a letter went wrong", |w| w.put(&record))?;
        self.letter(id)
    }

    /// Every such step that is still to do, soonest first. Of closed cases too: the law's clock does not stop.
    pub(in crate::app) fn breach_lines(
        letters: &[LetterRecord],
        reference: impl Fn(CaseId) -> String,
    ) -> Vec<BreachLine> {
        let line = |letter: &LetterRecord, item: &BreachStepItem| BreachLine {
            letter: letter.id,
            case: letter.case,
            reference: reference(letter.case),
            title: breach_words(item.step).0,
            due: item.due,
            due_at: item.due_at,
        };
        let mut lines: Vec<BreachLine> = letters
            .iter()
            .flat_map(|letter| {
                let open = letter.went_wrong.iter().flat_map(WentWrong::open);
                open.map(|item| line(letter, item)).collect::<Vec<_>>()
            })
            .collect();
        lines.sort_by_key(|line| (line.due, line.due_at));
        lines
    }
}
