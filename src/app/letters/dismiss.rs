//! What the leak guard found and what is truly about another thing: a teacher of the same name. Such words stand with a
//! reason that the letter keeps, for as long as the text around them stays as it is.

use super::{Finding, LetterView};
use crate::app::{Error, Session};
use crate::documents;
use crate::domain::{Dismissed, LetterId, LetterRecord, LetterState, Spot};
use std::ops::Range;

impl Session {
    /// Lets words stand that the guard found, for a reason.
    ///
    /// # Errors
    /// [`Error::MustChange`] for words that can only be changed; [`Error::Incomplete`] without a reason;
    /// [`Error::NotFound`] where the guard does not find the words any more.
    pub fn dismiss_finding(&self, id: LetterId, spot: &Spot, reason: &str) -> Result<LetterView, Error> {
        let LetterView { mut record, findings, .. } = self.letter(id)?;
        if record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        let finding = findings.iter().find(|finding| finding.spot == *spot).ok_or(Error::NotFound)?;
        if let Some(why) = finding.must_change {
            return Err(Error::MustChange { why });
        }
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Error::Incomplete {
                what: "The reason why these words may stand is missing.".into(),
            });
        }
        record.dismissed.push(Dismissed {
            spot: spot.clone(),
            reason: reason.to_owned(),
            by: self.actor().to_owned(),
            on: self.today(),
        });
        self.write("words that the guard found stand for a reason", |w| w.put(&record))?;
        self.letter(id)
    }

    /// Takes such a reason back: the words have to be changed again.
    ///
    /// # Errors
    /// [`Error::AlreadyApproved`]; the case file cannot be written.
    pub fn take_back_dismissal(&self, id: LetterId, spot: &Spot) -> Result<LetterView, Error> {
        let mut record = self.letter_record(id)?;
        if record.state != LetterState::Draft {
            return Err(Error::AlreadyApproved);
        }
        record.dismissed.retain(|dismissed| dismissed.spot != *spot);
        self.write("a reason why words may stand is taken back", |w| w.put(&record))?;
        self.letter(id)
    }
}

/// What still has to be changed, and what stands. A letter that is approved keeps the reasons it was approved with.
pub(super) fn sorted(found: Vec<Finding>, record: &LetterRecord) -> (Vec<Finding>, Vec<Dismissed>) {
    if record.state != LetterState::Draft {
        return (found, record.dismissed.clone());
    }
    let covers = |dismissed: &Dismissed, finding: &Finding| {
        finding.must_change.is_none() && dismissed.spot.covers(&finding.spot)
    };
    let stands = |dismissed: &&Dismissed| found.iter().any(|finding| covers(dismissed, finding));
    let dismissed: Vec<Dismissed> = record.dismissed.iter().filter(stands).cloned().collect();
    let open = |finding: &Finding| !dismissed.iter().any(|dismissed| covers(dismissed, finding));
    (found.into_iter().filter(open).collect(), dismissed)
}

/// The number of the paragraph that a byte of the body is in, and the paragraph's bytes.
pub(in crate::app) fn paragraph(body: &str, at: usize) -> (usize, Range<usize>) {
    let (mut number, mut start, mut from) = (0, 0, 0);
    let mut in_one = false;
    for line in body.split_inclusive('\n') {
        if line.trim().is_empty() {
            if in_one && at < from {
                return (number, start..from);
            }
            in_one = false;
        } else if !in_one {
            (number, start, in_one) = (number + 1, from, true);
        }
        from += line.len();
    }
    (number, start..body.len())
}

/// Words that no letter to the family of a child under ten says.
pub(super) fn too_hard(body: &str) -> Vec<Finding> {
    let mut after = 0;
    let mut findings = Vec::new();
    for (line, word) in documents::under_ten::find(body) {
        let start: usize = body.split_inclusive('\n').take(line - 1).map(str::len).sum();
        // Nothing where the words stand otherwise than they are told: a wider gap between two of them.
        let begin = body.get(after.max(start)..).and_then(|rest| Some(after.max(start) + rest.find(&word)?));
        let range = begin.map(|begin| begin..begin + word.len());
        after = range.as_ref().map_or(start, |range| range.end);
        let (number, around) = paragraph(body, begin.unwrap_or(start));
        findings.push(Finding {
            says: format!(
                "Line {line} says “{word}”. A child under ten cannot be arrested or charged, so this letter must not say it."
            ),
            line,
            is_name: false,
            range,
            place: format!("Paragraph {number}"),
            what: "a word that no letter to this family may say".into(),
            advice: "A child under ten cannot be arrested or charged. Leave it out.",
            must_change: Some("This word cannot stand in a letter about a child under ten."),
            spot: Spot {
                place: "body".into(),
                kind: "under_ten".into(),
                people: Vec::new(),
                words: word,
                at: begin.unwrap_or(start).saturating_sub(around.start),
                around: body[around].trim_end().to_owned(),
            },
        });
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_what_stands_between_empty_lines() {
        let body = "Dear all\n\n\nOne\ntwo\n \nThree";
        for (word, number, text) in
            [("Dear", 1, "Dear all\n"), ("two", 2, "One\ntwo\n"), ("Three", 3, "Three")]
        {
            let (counted, range) = paragraph(body, body.find(word).unwrap());
            assert_eq!((counted, &body[range]), (number, text), "{word}");
        }
    }

    #[test]
    fn each_of_the_four_words_is_found_where_it_stands() {
        let body = "One\n\nThey may be charged, or charged again.";
        let found = too_hard(body);
        let words: Vec<_> = found.iter().map(|finding| &body[finding.range.clone().unwrap()]).collect();
        assert_eq!(words, ["charged", "charged"]);
        assert_ne!(found[0].range, found[1].range);
        assert!(found.iter().all(|finding| finding.must_change.is_some() && finding.place == "Paragraph 2"));
    }
}
