//! Marked messages become proposed occasions: one sender, one day, and either each message for itself or those that come
//! close together as one. How many messages there are is never lost: a court has counted three calls in five minutes apart.

use crate::domain::PersonId;
use crate::intake::chat::{Kind, Message};
use chrono::{NaiveDateTime, TimeDelta};
use std::fmt;

/// How many minutes may lie between two messages of one occasion.
pub const CLOSE: i64 = 30;

/// What stands for a message in which the export has nothing.
const NOTHING: &str = "(The export shows an empty message here.)";

/// An occasion that marked messages may be.
#[derive(Clone, PartialEq, Eq)]
pub struct ChatProposal {
    /// The sender.
    pub by: PersonId,
    /// What the export calls the sender.
    pub author: String,
    /// The time of the first message, as the exporting phone showed it.
    pub from: NaiveDateTime,
    /// The time of the last.
    pub until: NaiveDateTime,
    /// The lines of the file on which the messages begin.
    pub lines: Vec<u64>,
    /// The words as they stand in the file, a message a line.
    pub words: String,
}

impl fmt::Debug for ChatProposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatProposal").field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl ChatProposal {
    /// The time of the occasion: `21:04`, or `21:04 to 21:16`.
    pub fn time(&self) -> String {
        let (from, until) = (self.from.format("%H:%M").to_string(), self.until.format("%H:%M").to_string());
        if from == until { from } else { format!("{from} to {until}") }
    }

    fn of(message: &Message, by: PersonId) -> Self {
        let words = if message.kind == Kind::Empty { NOTHING } else { message.text.trim() };
        Self {
            by,
            author: message.author.clone(),
            from: message.at,
            until: message.at,
            lines: vec![message.line],
            words: words.to_owned(),
        }
    }

    fn takes_in(&self, next: &Self) -> bool {
        let near = next.from - self.until <= TimeDelta::minutes(CLOSE);
        near && self.by == next.by && self.author == next.author && self.from.date() == next.from.date()
    }
}

/// What marked messages are proposed as, in the order of time. Messages of an author who is nobody in the case are left
/// out; `together` makes one occasion of those of one sender that come close together.
pub fn propose<'m>(
    marked: impl IntoIterator<Item = &'m Message>,
    who: impl Fn(&str) -> Option<PersonId>,
    together: bool,
) -> Vec<ChatProposal> {
    let senders =
        marked.into_iter().filter_map(|message| Some(ChatProposal::of(message, who(&message.author)?)));
    let mut messages: Vec<_> = senders.collect();
    // Sorting is stable: messages of one minute stay in the order of the file.
    messages.sort_by_key(|message| message.from);
    let mut proposals: Vec<ChatProposal> = Vec::new();
    for message in messages {
        let open = proposals.iter_mut().rev().find(|open| together && open.takes_in(&message));
        match open {
            Some(open) => {
                open.until = message.until;
                open.lines.extend(message.lines);
                open.words = format!("{}\n{}", open.words, message.words);
            }
            None => proposals.push(message),
        }
    }
    proposals
}
