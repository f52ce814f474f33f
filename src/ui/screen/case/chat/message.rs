//! What can happen in the import of a chat.

use crate::app::{Chat, DateOrder, Notice};
use crate::domain::{PersonId, Reach};
use crate::ui::screen::case::newcomer;
use crate::ui::screen::case::typed::Typed;
use iced::advanced::widget::Id;

/// A line to type into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The file.
    File,
    /// Whose phone exported it.
    Device,
    /// Who brought it.
    BroughtBy,
    /// The first day that matters.
    From,
    /// The last day that matters.
    To,
    /// Words to look for.
    Find,
    /// How many could see it.
    SeenBy,
}

/// Who an author of a chat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// A person of the case.
    Person(PersonId),
    /// Somebody who is not in the case yet.
    New,
    /// An account that nobody knows yet.
    Account,
    /// Not part of this: the messages are left out.
    Nobody,
}

/// What happened in the import.
#[derive(Debug, Clone)]
pub enum Message {
    /// A line was typed into.
    Edited(Field, Typed),
    /// The dialog for the file was asked for.
    BrowseAsked,
    /// It was answered, or called off.
    Picked(Option<Typed>),
    /// The file is to be read.
    ReadAsked,
    /// Time to look how far it is.
    Ticked,
    /// Reading is to stop.
    Stopped,
    /// The file was read, in this try, or not.
    WasRead(u64, Result<Box<Chat>, Notice>),
    /// The days may be the other way round.
    DatesAsked,
    /// Which number is the day was chosen.
    OrderChosen(DateOrder),
    /// It stands.
    OrderSaid,
    /// A message was marked, or not any more.
    Marked(usize, bool),
    /// Another part of the messages was asked for.
    PageTurned(usize),
    /// The chart was opened or closed.
    HoursShown(bool),
    /// What could not be read was opened or closed.
    RejectedShown(bool),
    /// What matters is marked.
    MarksSaid,
    /// Who an author is was chosen.
    WhoChosen(usize, Answer),
    /// About somebody who is not in the case yet.
    Newcomer(usize, newcomer::Message),
    /// Everybody is known who can be.
    AuthorsSaid,
    /// Messages that come close together are one occasion, or not.
    TogetherChosen(bool),
    /// Who could see it was chosen.
    ReachChosen(Reach),
    /// An occasion is to be added, or not.
    Turned(usize, bool),
    /// To whom it went was chosen.
    ToChosen(usize, PersonId),
    /// The occasions are confirmed.
    Confirmed,
    /// Back to the page before.
    Back,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
    /// The import was left.
    Left,
}
