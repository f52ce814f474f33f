//! An exported chat, taken into a case: the file is read, the lead marks what matters and says who wrote it, the marked
//! messages are proposed as occasions, and what the lead confirms is kept. Nothing else of the chat is.
//!
//! An export is a text that anyone can edit. Its SHA-256 says which file was read, and nothing of whether it is true.

mod hours;
mod propose;
#[cfg(test)]
mod tests;
mod watched;

pub use hours::ChatHours;
pub use propose::{CLOSE, ChatProposal, propose};

use super::{Error, Progress, Refused, Session};
use crate::domain::{
    Account, Case, CaseId, ChatExport, ChatMarks, Circumstances, Day, Name, Occasion, Person, PersonId,
    PlatformUse, Reach, SentFrom, Who,
};
use crate::intake;
use crate::intake::chat::{self, Chat, DateOrder};
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::path::Path;

/// The platform of every chat that can be read so far.
const PLATFORM: &str = "whatsapp";

/// What the lead says of an exported chat.
#[derive(Clone, PartialEq, Eq)]
pub struct ChatTold {
    /// The phone that exported it, which also showed the times.
    pub device: String,
    /// Who brought the file.
    pub brought_by: String,
    /// Who could see the messages, and how many, where that is known.
    pub reach: (Option<Reach>, Option<u32>),
}

impl fmt::Debug for ChatTold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChatTold").field("reach", &self.reach).finish_non_exhaustive()
    }
}

/// Reads an exported chat while somebody watches and may stop it. Touches no case file.
///
/// # Errors
/// The file cannot be read, or is no exported chat; [`Refused::Stopped`].
pub fn read_chat_watched(file: &Path, dates: Option<DateOrder>, progress: &Progress) -> Result<Chat, Error> {
    let opened = File::open(file).map_err(intake::Error::Io)?;
    let length = opened.metadata().map_err(intake::Error::Io)?.len();
    let mut watched = watched::Watched::new(opened, length, progress);
    let read = chat::read(&mut watched, dates);
    // A stop shows as an error of reading.
    progress.step(0)?;
    Ok(read?)
}

/// An account that nobody knows yet, as an exported chat names it.
///
/// # Errors
/// A name that cannot be kept.
pub fn unknown_account(id: PersonId, author: &str) -> Result<Person, crate::domain::NameError> {
    let mut person =
        Person::new(id, Name::new(author.trim_start_matches(['~', ' ', '\u{202F}']))?, Who::Unknown);
    with_account(&mut person, author);
    Ok(person)
}

/// Gives a person the account by which an exported chat names them, where it is one: a number, or a name that they gave
/// themselves (`~ Name`). A plain name is only what the exporting phone calls them.
pub fn with_account(person: &mut Person, author: &str) {
    let own = author.strip_prefix('~').map(str::trim);
    let digits = author.chars().filter(char::is_ascii_digit).count();
    let number = digits >= 7 && author.chars().all(|c| c.is_ascii_digit() || " +-().\u{A0}".contains(c));
    let known = |list: &[String], new: &str| list.iter().any(|it| it == new);
    if number && !known(&person.phones, author) {
        person.phones.push(author.to_owned());
    }
    let handle = own.or_else(|| (person.who == Who::Unknown && !number).then_some(author));
    if let Some(handle) = handle.filter(|handle| !handle.is_empty() && !known(&person.handles, handle)) {
        person.handles.push(handle.to_owned());
    }
}

/// The lines of a file whose messages are in a case already, by the file's SHA-256.
pub fn chat_lines_taken(occasions: &[Occasion], sha256: &str) -> BTreeSet<u64> {
    let exports = occasions.iter().filter_map(|occasion| occasion.more.export.as_ref());
    exports.filter(|export| export.sha256 == sha256).flat_map(|export| export.lines.iter().copied()).collect()
}

impl Session {
    /// What was marked in a chat that never came in, if anything.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn chat_marks(&self, case: CaseId) -> Result<Option<ChatMarks>, Error> {
        Ok(self.inner().store.get(&case.to_string())?)
    }

    /// Keeps what is marked, so that an interruption loses nothing. Nothing of what the chat says is in it.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn keep_chat_marks(&self, marks: &ChatMarks) -> Result<(), Error> {
        self.write("what is marked in an exported chat", |w| w.put(marks))
    }

    /// The occasion that a proposal is, once it is known to whom it went.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn occasion_of(
        &self,
        case: CaseId,
        proposal: &ChatProposal,
        (to, sender): (PersonId, &Person),
        told: &ChatTold,
        sha256: &str,
    ) -> Result<Occasion, Error> {
        let today = self.today();
        let (device, brought_by) = (told.device.trim(), told.brought_by.trim());
        let identified_on = (sender.who != Who::Unknown).then_some(today);
        let export = ChatExport {
            sha256: sha256.to_owned(),
            lines: proposal.lines.clone(),
            brought_by: brought_by.to_owned(),
            read_on: today,
        };
        Ok(Occasion {
            id: self.new_occasion_id()?,
            case,
            on: Day::from(proposal.from.date()),
            time: format!("{}, as shown on {device}", proposal.time()),
            by: proposal.by,
            to,
            platform: PLATFORM.into(),
            words: proposal.words.clone(),
            evidence: format!(
                "WhatsApp chat exported from {device}, brought by {brought_by}. Not verified against the device."
            ),
            more: Circumstances {
                device: device.to_owned(),
                account: Some(SentFrom { handle: proposal.author.clone(), identified_on }),
                reach: told.reach.0,
                seen_by: told.reach.1,
                export: Some(export),
                ..Circumstances::default()
            },
        })
    }

    /// Whether anything of a chat can come into a case.
    ///
    /// # Errors
    /// [`Error::CaseClosed`]; a case that takes no files.
    pub fn takes_chats(&self, id: CaseId) -> Result<(), Error> {
        self.open_view(id)?;
        if self.takes_files(id)? { Ok(()) } else { Err(Refused::Locked.into()) }
    }

    /// Adds occasions from an exported chat, and the people who come into the case with them, in one change.
    ///
    /// # Errors
    /// [`Error::CaseClosed`]; a case that takes no files; a day that has not come; a sender or target who is not in the
    /// case; then nothing is written.
    pub fn add_from_chat(&self, id: CaseId, occasions: &[Occasion], people: &[Person]) -> Result<(), Error> {
        self.takes_chats(id)?;
        let view = self.case(id)?;
        if occasions.iter().any(|occasion| occasion.on > self.today()) {
            let what = "Some of these messages carry a day that has not come yet. Read the days the other way round.";
            return Err(Error::Incomplete { what: what.into() });
        }
        let newcomers: Vec<&Person> = people.iter().filter(|p| view.person(p.id).is_none()).collect();
        let case = with_people(&view.case, &newcomers);
        if occasions.iter().any(|o| o.case != id || !case.names(o.by) || !case.names(o.to) || o.by == o.to) {
            return Err(Error::NotFound);
        }
        let (changed, marks) = (self.changed(people)?, self.chat_marks(id)?.is_some());
        self.write("occasions from an exported chat", |w| {
            changed.iter().try_for_each(|person| w.put(*person))?;
            if newcomers.is_empty() { Ok(()) } else { w.put(&case) }?;
            occasions.iter().try_for_each(|occasion| w.put(occasion))?;
            if marks { w.withdraw::<ChatMarks>(&id.to_string()) } else { Ok(()) }
        })
    }

    /// Those whose record is not already as it stands here.
    fn changed<'p>(&self, people: &'p [Person]) -> Result<Vec<&'p Person>, Error> {
        let store = &self.inner().store;
        let mut changed = Vec::new();
        for person in people {
            if store.get::<Person>(&person.id.to_string())?.as_ref() != Some(person) {
                changed.push(person);
            }
        }
        Ok(changed)
    }
}

/// The case with more people alleged to be responsible, each with an account on the platform of which nobody has said
/// more yet.
fn with_people(case: &Case, newcomers: &[&Person]) -> Case {
    let mut case = case.clone();
    for person in newcomers {
        case.alleged.push(person.id);
        let used = PlatformUse { platform: PLATFORM.into(), user: person.id, account: Account::Unknown };
        case.answers.platforms.push(used);
    }
    case
}
