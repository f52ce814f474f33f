//! Approving a letter: its bytes are made, kept and hashed, and it changes no more. What it needs beside the approval of
//! whoever has it before them is decided here: a final notice has the head's, and where the school wants it two people
//! approve that notice and the police summary.

use super::LetterView;
use crate::app::{Error, KeyPerson, Progress, Secret, Session};
use crate::domain::{
    DocumentCode, KeyRole, LetterCode, LetterId, LetterRecord, LetterState, PaperCode, Second, SecondHow,
};

/// What a letter needs before it is approved, beside that somebody has read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needs {
    /// Nothing more.
    Nothing,
    /// The same person looks again, in a step of its own.
    SecondLook {
        /// Why, in plain words.
        why: String,
    },
    /// One of these people types the passphrase of their own key.
    Person {
        /// Who it may be.
        one_of: Vec<KeyPerson>,
        /// Why, in plain words.
        why: String,
    },
    /// Somebody without whom it cannot go, and who has no key yet.
    Missing {
        /// Why and what to do, in plain words.
        why: String,
    },
}

/// What is given of it.
#[derive(Debug, Clone, Default)]
pub enum Given {
    /// Nothing more than that it was read.
    #[default]
    Nothing,
    /// The same person has looked again.
    SecondLook,
    /// Somebody with a key has typed their passphrase.
    Person {
        /// The name of their key.
        name: String,
        /// What they typed.
        passphrase: Secret,
    },
}

impl Session {
    /// What a letter needs before it is approved here and now, by whoever works in this session.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such letter; the case file cannot be read.
    pub fn approval_needs(&self, id: LetterId) -> Result<Needs, Error> {
        self.needs(&self.letter_record(id)?)
    }

    /// Why a draft cannot be approved by anybody yet, where that is so.
    pub(super) fn who_is_missing(&self, record: &LetterRecord) -> Result<Option<String>, Error> {
        if record.state != LetterState::Draft {
            return Ok(None);
        }
        Ok(match self.needs(record)? {
            Needs::Missing { why } => Some(why),
            Needs::Nothing | Needs::SecondLook { .. } | Needs::Person { .. } => None,
        })
    }

    fn needs(&self, record: &LetterRecord) -> Result<Needs, Error> {
        let is_final = record.code == PaperCode::Letter(LetterCode::Final);
        let is_police = record.code == PaperCode::Document(DocumentCode::Police);
        let two = (is_final || is_police) && self.school()?.two_approve;
        if !is_final && !two {
            return Ok(Needs::Nothing);
        }
        let people = self.people()?;
        let is_head = |person: &&KeyPerson| person.role == Some(KeyRole::Head);
        if is_final && !people.iter().any(|person| person.you && is_head(&person)) {
            let one_of: Vec<_> = people.iter().filter(is_head).cloned().collect();
            return Ok(if one_of.is_empty() {
                Needs::Missing { why: NO_HEAD.into() }
            } else {
                Needs::Person { one_of, why: THE_HEAD.into() }
            });
        }
        // Who wrote it, and is not the one to approve it, was the other of the two.
        let wrote_it = record.written_by.is_empty() || record.written_by == self.actor();
        let one_of: Vec<_> = people.into_iter().filter(|person| !person.you).collect();
        Ok(match (two && wrote_it, one_of.is_empty(), is_final) {
            (true, false, _) => Needs::Person { one_of, why: TWO.into() },
            (true, true, _) => Needs::SecondLook { why: ALONE.into() },
            (false, _, true) => Needs::SecondLook { why: AS_HEAD.into() },
            (false, _, false) => Needs::Nothing,
        })
    }

    /// Approves a letter that nobody else has to approve.
    ///
    /// # Errors
    /// As [`Self::approve_letter_with`].
    pub fn approve_letter(&self, id: LetterId) -> Result<LetterView, Error> {
        self.approve_letter_with(id, &Given::Nothing)
    }

    /// Approves a letter: its bytes are made, kept and hashed, and it changes no more.
    ///
    /// # Errors
    /// [`Error::Guarded`] while the guard has a finding, [`Error::HeldBack`] while it has to wait,
    /// [`Error::SecondApproval`] without the second look that it needs, [`Error::NotTheirPassphrase`].
    pub fn approve_letter_with(&self, id: LetterId, given: &Given) -> Result<LetterView, Error> {
        self.approve_letter_watched(id, given, &Progress::default())
    }

    /// The same for a letter to many homes, which takes a while: how far it is can be seen, and it can be stopped.
    ///
    /// # Errors
    /// As [`Self::approve_letter_with`]; stopped, and then it is a draft as before.
    pub fn approve_letter_watched(
        &self,
        id: LetterId,
        given: &Given,
        progress: &Progress,
    ) -> Result<LetterView, Error> {
        let view = self.letter(id)?;
        if view.record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        self.letters_open(view.record.case, view.record.code)?;
        if !view.findings.is_empty() {
            return Err(Error::Guarded { hits: view.findings.len() });
        }
        if let Some(why) = view.held_back {
            return Err(Error::HeldBack { why });
        }
        let second = self.second(&view.record, given)?;
        progress.begin(u64::try_from(view.record.papers.len() + 2).unwrap_or(u64::MAX));
        let file_name = self.file_name(&view.record)?;
        let made = self.make_copies(&view.record, &file_name, progress)?;
        let pdf = self.render(&view.record.papers, None)?;
        progress.step(1)?;
        let (on, by) = (self.today(), self.actor().to_owned());
        let why =
            if second.is_some() { "a letter approved, and looked at twice" } else { "a letter approved" };
        self.write(why, |w| {
            let sha256 = w.attach(&pdf.bytes)?;
            let (by, file_name) = (by.clone(), file_name.clone());
            let state = LetterState::Approved { on, by, sha256, pages: pdf.pages, file_name };
            let (copies, check_list) = made.attach(w)?;
            let (dismissed, second) = (view.dismissed.clone(), second.clone());
            w.put(&LetterRecord { state, dismissed, second, copies, check_list, ..view.record.clone() })
        })?;
        self.letter(id)
    }

    /// The second look as the letter keeps it.
    fn second(&self, record: &LetterRecord, given: &Given) -> Result<Option<Second>, Error> {
        let on = self.today();
        match (self.needs(record)?, given) {
            (Needs::Nothing, _) => Ok(None),
            (Needs::Missing { why }, _) => Err(Error::HeldBack { why }),
            (Needs::SecondLook { .. }, Given::SecondLook) => {
                let role =
                    self.people()?.into_iter().find(|person| person.you).and_then(|person| person.role);
                Ok(Some(Second { name: self.actor().into(), role, on, how: SecondHow::SamePersonAgain }))
            }
            (Needs::Person { one_of, .. }, Given::Person { name, passphrase }) => {
                let person = one_of.into_iter().find(|person| person.name == *name);
                let person = person.ok_or(Error::NotTheirPassphrase)?;
                if !self.inner().store.is_passphrase_of(&person.name, passphrase)? {
                    return Err(Error::NotTheirPassphrase);
                }
                Ok(Some(Second { name: person.name, role: person.role, on, how: SecondHow::OwnPassphrase }))
            }
            (Needs::SecondLook { why } | Needs::Person { why, .. }, _) => Err(Error::SecondApproval { why }),
        }
    }
}

const NO_HEAD: &str = "A final notice goes out only with the head’s approval, and nobody with the role of headteacher has a key to this case file. Give the head a key under Settings, People and keys, or enter their role there.";
const THE_HEAD: &str = "A final notice goes out only with the head’s approval. Let the head read it here, and type their own passphrase.";
const TWO: &str = "Your school wants two people to approve this paper. Let the other person read it here, and type their own passphrase.";
const ALONE: &str = "Your school wants two people to approve this paper, and nobody else has a key. Look at it once more before it goes. The record says that it was you both times.";
const AS_HEAD: &str = "A final notice goes out with the head’s approval, and you are the head. Look once more: are the dates in it right, did the family have every letter that it lists, and is this the time for it?";
