//! Letters and documents: written from the case, read and changed by the lead, guarded, approved, exported.
//!
//! Nothing leaves without approval, and nothing is approved while the guard has a finding. What is approved never
//! changes: its bytes and their SHA-256 stay in the case file.

mod approval;
mod dismiss;
mod export;
mod merge;
mod replace;
mod translation;
mod wrong;

use super::before_contact::Caution;
use super::compose::Said;
use super::{CaseView, Error, Session, compose, offers};
use crate::documents::{self, Image, Stamp};
use crate::domain::{
    ActionCode, ActionState, CaseId, Day, Dismissed, DocumentCode, LetterCode, LetterId, LetterRecord,
    LetterState, Paper, PaperCode, PersonId, Spot, Vocabulary,
};
use std::ops::Range;
use std::path::PathBuf;

pub use approval::{Given, Needs};
pub(in crate::app) use dismiss::paragraph;
pub(super) use export::{VIEWED, write_over, write_whole};
pub use export::{ViewedCopy, sweep_viewed};
pub use merge::Merged;
pub use replace::Replacement;
pub use wrong::{BreachLine, breach_words};

/// A letter with what the lead needs to see beside it.
#[derive(Debug, Clone)]
pub struct LetterView {
    /// The letter.
    pub record: LetterRecord,
    /// What it is.
    pub title: String,
    /// The text that the lead edits, in light markup.
    pub body: String,
    /// What the guard found in it and nobody has dismissed.
    pub findings: Vec<Finding>,
    /// What it found and somebody said may stand, with the reason.
    pub dismissed: Vec<Dismissed>,
    /// What to know of the homes that it goes to.
    pub cautions: Vec<Caution>,
    /// Why it has to wait, in plain words.
    pub held_back: Option<String>,
    /// How it reads.
    pub reading: Reading,
    /// What has taken its place, or is begun to.
    pub replaced_by: Option<Replacement>,
}

/// Something in a letter that must be changed, or dismissed with a reason, before it is approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where and what, in one sentence.
    pub says: String,
    /// The line of the body, from 1; 0 for another part of the letter.
    pub line: usize,
    /// A person's name or account, and not a word or a leftover.
    pub is_name: bool,
    /// The bytes of the body; nothing for another part of the letter.
    pub range: Option<Range<usize>>,
    /// Where it is, as a person counts: `Paragraph 3`.
    pub place: String,
    /// What it is.
    pub what: String,
    /// What can be done about it.
    pub advice: &'static str,
    /// Why it can only be changed, where it cannot be dismissed.
    pub must_change: Option<&'static str>,
    /// The words with what stands around them.
    pub spot: Spot,
}

/// How a text reads.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The longest sentence, in words.
    pub longest_sentence: usize,
    /// The age at which most children could read it.
    pub age: f32,
}

/// An exported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// How many pages.
    pub pages: u32,
}

/// Why a letter is written anew when it leaves the case file. The timeline knows it by this.
pub(super) const EXPORTED: &str = "a letter saved outside the case file";

impl Session {
    /// Writes a letter or document of a case as a draft: one for each home of the child it is for.
    ///
    /// # Errors
    /// [`Error::HeldBack`] where the policy blocks it; [`Error::Incomplete`] where the case lacks what it needs.
    pub fn write_letter(
        &self,
        case: CaseId,
        code: PaperCode,
        about: Option<PersonId>,
    ) -> Result<Vec<LetterId>, Error> {
        self.write_letter_with(case, code, about, &Said::default())
    }

    /// The same, with the lead's answers to what the paper asks.
    ///
    /// # Errors
    /// As [`Self::write_letter`]; a question without its answer is an error that names it.
    pub fn write_letter_with(
        &self,
        case: CaseId,
        code: PaperCode,
        about: Option<PersonId>,
        said: &Said,
    ) -> Result<Vec<LetterId>, Error> {
        let view = self.case(case)?;
        self.letters_open(case, code)?;
        if let Some(why) = offers::stopped(self, &view, code, about)? {
            return Err(Error::HeldBack { why });
        }
        let mut records = Vec::new();
        for letter in compose::letters(self, &view, code, about, said)? {
            let id = LetterId::new(self.bits()?);
            let draft = LetterRecord::draft(id, case, code, letter.recipient, letter.papers);
            records.push(LetterRecord { about, written_by: self.actor().into(), ..draft });
        }
        self.write("a letter begun", |w| records.iter().try_for_each(|r| w.put(r)))?;
        Ok(records.iter().map(|r| r.id).collect())
    }

    /// A letter with what the guard says of it.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub fn letter(&self, id: LetterId) -> Result<LetterView, Error> {
        let record = self.letter_record(id)?;
        let view = self.case(record.case)?;
        let body = record.papers.first().map(|p| p.body.clone()).unwrap_or_default();
        let (findings, dismissed) = dismiss::sorted(self.guard(&view, &record)?, &record);
        Ok(LetterView {
            title: self.policy().wording(record.code.id()).title,
            findings,
            dismissed,
            cautions: self.cautions_for(&view, &record)?,
            held_back: self.waits(&view, &record)?,
            reading: reading(&body),
            replaced_by: replace::replacement(&view, id),
            body,
            record,
        })
    }

    /// Changes the text of a draft. Every copy of a letter to a whole year changes with it.
    ///
    /// # Errors
    /// [`Error::AlreadyApproved`].
    pub fn edit_letter(&self, id: LetterId, body: &str) -> Result<LetterView, Error> {
        let mut record = self.letter_record(id)?;
        if record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        self.letters_open(record.case, record.code)?;
        for paper in &mut record.papers {
            body.clone_into(&mut paper.body);
        }
        self.actor().clone_into(&mut record.written_by);
        if !record.dismissed.is_empty() {
            // A reason holds for the text it was given for.
            let view = self.case(record.case)?;
            record.dismissed = dismiss::sorted(self.guard(&view, &record)?, &record).1;
        }
        self.write("a letter's text changed", |w| w.put(&record))?;
        self.letter(id)
    }

    /// The pages of a letter as they will be printed; a draft carries its mark.
    ///
    /// # Errors
    /// A character that no font can draw.
    pub fn letter_pdf(&self, record: &LetterRecord) -> Result<documents::Pdf, Error> {
        if let LetterState::Approved { sha256, pages, .. } = &record.state {
            let bytes = self.inner().store.blob(sha256)?.ok_or(Error::NotFound)?;
            return Ok(documents::Pdf { bytes, pages: *pages });
        }
        self.render(&record.papers, Some("Draft"))
    }

    /// One page of a letter, drawn from the very bytes that are exported, with `body` in place of its own text.
    ///
    /// # Errors
    /// A character that no font can draw, or a page that is not there.
    pub fn letter_preview(
        &self,
        record: &LetterRecord,
        body: &str,
        page: usize,
        scale: f32,
    ) -> Result<(Image, u32), Error> {
        let mut record = record.clone();
        if record.state == LetterState::Draft {
            // One copy stands for all: a letter to a year differs in the address only.
            record.papers.truncate(1);
            for paper in &mut record.papers {
                body.clone_into(&mut paper.body);
            }
        }
        let pdf = self.letter_pdf(&record)?;
        Ok((documents::preview(&pdf.bytes, page, scale)?, pdf.pages))
    }

    fn letter_record(&self, id: LetterId) -> Result<LetterRecord, Error> {
        self.inner().store.get(&id.to_string())?.ok_or(Error::NotFound)
    }

    fn render(&self, papers: &[Paper], watermark: Option<&str>) -> Result<documents::Pdf, Error> {
        let press = self.press(papers)?;
        let mut papers = papers.to_vec();
        for paper in &mut papers {
            paper.watermark = watermark.map(str::to_owned);
        }
        self.print(&press, &papers)
    }

    /// What papers carry besides their text.
    fn press(&self, papers: &[Paper]) -> Result<Press, Error> {
        let school = self.school()?;
        let pictures = self.pictures(&school)?;
        let anchor = papers.iter().any(|p| p.address.is_empty()).then(|| self.anchor()).transpose()?;
        let anchor = anchor.map(|anchor| format!("Record {anchor}"));
        Ok(Press { stamp: Stamp { made_on: self.now(), author: school.name, anchor }, pictures })
    }

    fn print(&self, press: &Press, papers: &[Paper]) -> Result<documents::Pdf, Error> {
        Ok(self.inner().engine.render_with(papers, &press.stamp, &press.pictures)?)
    }

    /// A name that says nothing of a child: the reference, the kind of paper, and a number.
    fn file_name(&self, record: &LetterRecord) -> Result<String, Error> {
        let view = self.case(record.case)?;
        let word = file_word(record.code);
        let mut same = view.letters.iter().filter(|l| file_word(l.code) == word);
        let at = same.position(|l| l.id == record.id).map_or(1, |at| at + 1);
        Ok(format!("{}-{word}-{at}.pdf", view.case.reference))
    }

    /// Why a draft waits: the home that it goes to before all else.
    fn waits(&self, view: &CaseView, record: &LetterRecord) -> Result<Option<String>, Error> {
        if record.state == LetterState::Draft
            && let Some(why) = self.reaches_a_stopped_home(record)?
        {
            return Ok(Some(why));
        }
        Ok(self.held_back(view, record)?.or(self.who_is_missing(record)?))
    }

    /// Why an approved copy has to wait: the policy blocks it, or something comes first.
    fn held_back(&self, view: &CaseView, record: &LetterRecord) -> Result<Option<String>, Error> {
        if record.state != LetterState::Draft {
            return Ok(None);
        }
        let stopped = if record.replaces.is_some() { offers::blocked } else { offers::stopped };
        if let Some(why) = stopped(self, view, record.code, record.about)? {
            return Ok(Some(why));
        }
        let unsaid = Self::says_what_it_replaces(view, record);
        if let Some(why) = unsaid.or_else(|| translation::is_of_another_text(record)) {
            return Ok(Some(why));
        }
        Ok(match record.code {
            PaperCode::Letter(code) => self.waits_for(view, code),
            PaperCode::Document(DocumentCode::Police) => self.not_ready(view),
            PaperCode::Document(_) => None,
        })
    }

    fn waits_for(&self, view: &CaseView, code: LetterCode) -> Option<String> {
        let decision = &view.decision()?.decision;
        let first: ActionCode = decision.letters.iter().find(|l| l.code == code)?.locked_until?;
        let done: Option<Day> =
            view.actions.iter().filter(|a| a.code == first).find_map(|a| match &a.state {
                ActionState::Done { on, .. } => Some(*on),
                ActionState::Open | ActionState::NotDone { .. } => None,
            });
        let title = self.policy().wording(first.id()).title;
        match done {
            None => Some(format!(
                "First: {title}. Mark it as done in the case's actions; this letter can go the day after."
            )),
            Some(on) if on >= self.today() => {
                Some(format!("“{title}” was done on {}. This letter can go from the day after.", on.plain()))
            }
            Some(_) => None,
        }
    }

    /// A police summary for harassment waits for a written reason beside each line of readiness that is not met. A
    /// case in which somebody may be in danger never waits.
    fn not_ready(&self, view: &CaseView) -> Option<String> {
        let record = view.decision()?;
        let harassment = record.decision.options.contains(&crate::domain::Choice::PoliceHarassment);
        let urgent = record.decision.duty.contains(&crate::domain::Duty::Safeguarding);
        if urgent || !harassment {
            return None;
        }
        let outcome = self.outcome_then(record);
        let reason =
            record.departures.iter().any(|d| d.code == super::READINESS && !d.reason.trim().is_empty());
        let unmet: Vec<_> = outcome.readiness.iter().filter(|r| !r.met).map(|r| r.text.clone()).collect();
        (!unmet.is_empty() && !reason)
            .then(|| format!("Write the reason beside each point that is not met: {} Confirm the outcome again with your reason.", unmet.join(" ")))
    }

    /// What the guard finds in a letter's papers, and what no letter to the family of a child under ten may say. A document
    /// that has to name the people of the case has no guard.
    fn guard(&self, view: &CaseView, record: &LetterRecord) -> Result<Vec<Finding>, Error> {
        if record.state != LetterState::Draft || names_people(record.code) {
            return Ok(Vec::new());
        }
        let file_name = self.file_name(record)?;
        let mut findings = compose::findings(&self.school()?, &self.everyone()?, view, record, &file_name);
        if matches!(record.code, PaperCode::Letter(_)) && may_be_under_ten(view, record.about) {
            findings
                .extend(record.papers.first().into_iter().flat_map(|paper| dismiss::too_hard(&paper.body)));
        }
        Ok(findings)
    }

    /// Sets a draft in 18 point, or in the usual size.
    ///
    /// # Errors
    /// [`Error::AlreadyApproved`].
    pub fn set_large_print(&self, id: LetterId, large: bool) -> Result<LetterView, Error> {
        let mut record = self.letter_record(id)?;
        if record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        self.letters_open(record.case, record.code)?;
        for paper in &mut record.papers {
            paper.large_print = large;
        }
        self.write("the size of a letter's print", |w| w.put(&record))?;
        self.letter(id)
    }
}

/// What papers carry besides their text: one for all that are made together.
struct Press {
    stamp: Stamp,
    pictures: documents::Pictures,
}

/// A file's name without its ending.
fn file_stem(file_name: &str) -> &str {
    file_name.strip_suffix(".pdf").unwrap_or(file_name)
}

/// Whether a paper names several children, because an agency needs to know of whom it reads.
fn names_people(code: PaperCode) -> bool {
    match code {
        PaperCode::Letter(_) => false,
        PaperCode::Document(code) => match code {
            DocumentCode::Police | DocumentCode::Chronology | DocumentCode::Lado => true,
            DocumentCode::Marf | DocumentCode::Meeting | DocumentCode::Transfer => false,
        },
    }
}

/// Whether the family that a letter goes to may be that of a child under ten: the child whom it is about, or, for a letter
/// to a year, any child of the case. A child without a date of birth may be.
fn may_be_under_ten(view: &CaseView, about: Option<PersonId>) -> bool {
    let first = view.occasions.iter().map(|o| o.on).min().unwrap_or(view.case.disclosed_on);
    let children = view.people.iter().filter(|p| compose::is_child(p));
    let mut of_it = children.filter(|p| about.is_none_or(|id| p.id == id));
    of_it.any(|p| p.age_on(first).is_none_or(|age| age.0 < 10))
}

fn reading(body: &str) -> Reading {
    let text = documents::plain_text(body);
    let score = documents::readability::measure(&text);
    Reading { longest_sentence: score.longest_words, age: score.reading_age }
}

fn file_word(code: PaperCode) -> &'static str {
    match code {
        PaperCode::Letter(LetterCode::AgeAll) => "letter-to-year",
        PaperCode::Letter(LetterCode::NewSchool) => "letter-to-school",
        // What a letter home is about stands inside the envelope, not in the file's name.
        PaperCode::Letter(_) => "letter-home",
        PaperCode::Document(DocumentCode::Police) => "police-summary",
        PaperCode::Document(DocumentCode::Marf) => "referral",
        PaperCode::Document(DocumentCode::Meeting) => "meeting-record",
        PaperCode::Document(DocumentCode::Chronology) => "chronology",
        PaperCode::Document(DocumentCode::Transfer) => "file-transfer",
        PaperCode::Document(DocumentCode::Lado) => "consultation",
    }
}
