//! A register and the roll: what an import would change, shown before it happens, and then one change of the case file.
//!
//! Pupils are matched by UPN, else by name and date of birth. Where that is not certain nothing is changed and the line
//! is named. Nobody leaves the roll by an import unless a person says so: a list of one class is no list of leavers, and
//! a wrong leaver becomes a wrong "not our responsibility".

mod plan;
#[cfg(test)]
mod tests;

pub use plan::{Changed, RollPlan};

use crate::app::{Error, Session};
use crate::domain::{Day, ImportChoices, Person, Who};
use crate::intake::register::{Mapping, Register};

/// What a person decides about an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RollChoices {
    /// Homes and adults come from the file also for pupils who have some already.
    pub replace_homes: bool,
    /// The file is the whole roll: who is not in it has left, and this was the last day.
    pub leavers_on: Option<Day>,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollDone {
    /// Pupils who were not in the case file.
    pub new: usize,
    /// Pupils whose particulars changed.
    pub changed: usize,
    /// Pupils who became former pupils because they are not in the file.
    pub left: usize,
}

impl Session {
    /// What an import of this register would do. Nothing is written.
    ///
    /// # Errors
    /// The case file cannot be read, or the operating system gave no random numbers.
    pub fn plan_roll(&self, register: &Register, replace_homes: bool) -> Result<RollPlan, Error> {
        let everyone = self.everyone()?;
        let mut new_id = || self.new_person_id();
        plan::of(&everyone, register, replace_homes, self.today(), &mut new_id)
    }

    /// Takes a register into the case file: all of it, or nothing where something fails.
    ///
    /// # Errors
    /// The case file cannot be written; leavers are asked for although lines of the file were kept out.
    pub fn import_roll(&self, register: &Register, choices: RollChoices) -> Result<RollDone, Error> {
        let plan = self.plan_roll(register, choices.replace_homes)?;
        let mut left: Vec<Person> = Vec::new();
        if let Some(day) = choices.leavers_on {
            if !plan.may_leave() {
                return Err(Error::Incomplete { what: LINES_KEPT_OUT.into() });
            }
            let gone = |person: &Person| Person { who: Who::ExPupil, left_on: Some(day), ..person.clone() };
            left.extend(plan.leavers.iter().map(gone));
        }
        let changed: Vec<&Person> = plan.changed.iter().map(|changed| &changed.person).chain(&left).collect();
        self.write("a register of pupils imported", |w| {
            plan.new.iter().chain(changed.iter().copied()).try_for_each(|person| w.put(person))
        })?;
        Ok(RollDone { new: plan.new.len(), changed: plan.changed.len(), left: left.len() })
    }

    /// What was chosen for the columns of a CSV the last time.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn column_choices(&self) -> Result<Mapping, Error> {
        let kept: Option<ImportChoices> = self.inner().store.get("columns")?;
        Ok(kept.map(|kept| Mapping::from_words(&kept.columns)).unwrap_or_default())
    }

    /// Remembers what was chosen for the columns of a CSV.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn save_column_choices(&self, mapping: &Mapping) -> Result<(), Error> {
        if self.column_choices()? == *mapping {
            return Ok(());
        }
        self.write("the columns of a register", |w| w.put(&ImportChoices { columns: mapping.words() }))
    }
}

const LINES_KEPT_OUT: &str = "Some lines of the file were kept out, and a pupil in them would be taken to have left. Put \
                              those lines right first.";
