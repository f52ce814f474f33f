//! The lead's own words for a paper: what was answered, what the case suggests, and how an answer becomes a field. A
//! missing answer is a named error, never a gap.

use super::Source;
use crate::app::Error;
use crate::documents;
use crate::documents::template::fields::OwnWords;
use crate::domain::{ActionCode, Day, Person};

/// The answers to a paper's questions, by the field that each fills. `Debug` leaves them out.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Said {
    answers: Vec<(String, String)>,
    easy: bool,
}

impl Said {
    /// Keeps an answer, in the place of an earlier one.
    pub fn put(&mut self, field: &str, answer: &str) {
        self.answers.retain(|(of, _)| of != field);
        self.answers.push((field.to_owned(), answer.trim().to_owned()));
    }

    /// The letter is to be in easy words, a sentence a line.
    #[must_use]
    pub fn in_easy_words(mut self, easy: bool) -> Self {
        self.easy = easy;
        self
    }

    pub(super) fn easy(&self) -> bool {
        self.easy
    }

    /// The answer, where there is one.
    fn get(&self, field: &str) -> Option<&str> {
        self.answers.iter().find(|(of, _)| of == field).map(|(_, answer)| answer.as_str())
    }
}

impl std::fmt::Debug for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Said({} answers)", self.answers.len())
    }
}

impl Source<'_> {
    /// What was answered; where nothing was, what the case suggests.
    pub(super) fn answer(&self, field: &str) -> String {
        self.said.get(field).map_or_else(|| self.suggestion(field), str::to_owned)
    }

    pub(super) fn words(&self, field: &str) -> OwnWords {
        self.answer(field).into()
    }

    /// An answer with a thing on each line.
    pub(super) fn lines(&self, field: &str) -> Vec<String> {
        let answer = self.answer(field);
        answer.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    pub(super) fn day(&self, field: &str) -> Result<Day, Error> {
        let answer = self.answer(field);
        if answer.is_empty() {
            return Err(self.missing(field));
        }
        Day::parse(&answer).map_err(|error| Error::Incomplete { what: error.to_string() })
    }

    /// An answer that is one of a few words.
    pub(super) fn one_of<T: Copy>(&self, field: &str, of: &[(&str, T)]) -> Result<T, Error> {
        let answer = self.answer(field);
        of.iter()
            .find(|(word, _)| *word == answer)
            .map(|(_, value)| *value)
            .ok_or_else(|| self.missing(field))
    }

    fn missing(&self, field: &str) -> Error {
        documents::Error::MissingField { template: self.code.id(), field: field.to_owned() }.into()
    }

    /// What the case suggests for a field; blank where only the lead can say.
    pub(super) fn suggestion(&self, field: &str) -> String {
        let child = self.about.map_or("the child", Person::called);
        match field {
            "meeting" => format!("{} at 3.30 pm, at school", self.meeting_day().long()),
            "other_times" => {
                let other = |days| self.school.calendar.school_days_after(self.today, days).long();
                format!("{} at 8.30 am\n{} at 4 pm", other(2), other(3))
            }
            "who" => format!("{}, the {}", self.school.signatory.name, self.role_in_a_sentence()),
            "lessons" => format!("{child} works with an adult close by where others use a computer alone"),
            "purpose" => format!("To hear how things are for {child}, and what would help"),
            "to_school" => self.about.map_or_else(String::new, |person| person.school.clone()),
            "family_views" if self.is_target() => self.view.case.answers.family_wishes.trim().to_owned(),
            _ => String::new(),
        }
    }

    /// The day on which families are met.
    pub(super) fn meeting_day(&self) -> Day {
        self.ahead(self.due(ActionCode::Meet), 5)
    }

    pub(super) fn role_in_a_sentence(&self) -> String {
        let role = &self.school.signatory.role;
        if role.is_empty() { "headteacher".into() } else { role.to_lowercase() }
    }

    /// The paper is about the targeted child.
    pub(super) fn is_target(&self) -> bool {
        self.about.is_some_and(|person| person.id == self.view.case.target)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_answer_counts_and_debug_says_none() {
        let mut said = Said::default();
        said.put("told", "zebra");
        said.put("told", " quagga ");
        assert_eq!(said.get("told"), Some("quagga"));
        assert_eq!(format!("{said:?}"), "Said(1 answers)");
    }
}
