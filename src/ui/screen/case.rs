//! One case: overview, people, occasions, evidence, contacts, actions, letters, timeline, record, keeping. Each part is a file of its own; here is
//! what they share: the case as it stands, what is open, what was said last.

mod actions;
mod amending;
mod chat;
pub(super) mod circumstances;
mod closing;
mod contacts;
mod due_dates;
mod evidence;
mod keeping;
mod letters;
mod newcomer;
mod occasions;
mod overview;
mod own_action;
mod people;
mod record;
#[cfg(test)]
pub(in crate::ui) mod testkit;
#[cfg(test)]
mod tests;
mod timeline;
pub mod typed;
pub(super) mod words;

use crate::app::before_contact::Reach;
use crate::app::{CaseView, Error, Notice, Session};
use crate::domain::{CaseId, CaseState, Draft, LetterId, PersonId};
use crate::ui::access::{self, Role, control};
use crate::ui::spacing::{COLUMN, L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Alignment, Element, Length, Task};

pub use actions::Message as ActionsMessage;
pub use amending::{AmendedText, Message as AmendingMessage};
pub use chat::Message as ChatMessage;
pub use closing::{ClosingPart, Message as ClosingMessage};
pub use contacts::{Field as ContactField, Message as ContactsMessage};
pub use due_dates::Message as DueDatesMessage;
pub use evidence::{Field as EvidenceField, Message as EvidenceMessage};
pub use keeping::{AccessField, AccessMessage, Message as KeepingMessage, RetentionField, RetentionMessage};
pub use letters::{AskingMessage, Message as LettersMessage};
pub use occasions::{Field as OccasionField, Message as OccasionsMessage};
pub use overview::Message as OverviewMessage;
pub use own_action::{Message as OwnActionMessage, OwnField};
pub use people::{Field as PersonField, Message as PeopleMessage};
pub use timeline::Message as TimelineMessage;

/// The screen.
#[derive(Debug)]
pub struct Case {
    session: Session,
    id: CaseId,
    view: Option<CaseView>,
    part: Part,
    /// How far the families may be contacted, where something stops a home of theirs.
    reaches: Vec<Reach>,
    notice: Option<Notice>,
    overview: overview::Overview,
    people: people::People,
    occasions: occasions::Occasions,
    evidence: evidence::EvidencePart,
    contacts: contacts::Contacts,
    actions: actions::Actions,
    letters: letters::Letters,
    timeline: timeline::Timeline,
    record: record::Record,
    keeping: keeping::Keeping,
}

/// The parts of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What must be done next, the decision, the families.
    Overview,
    /// Everyone in it.
    People,
    /// What happened, dated.
    Occasions,
    /// Files that show it, and notes of those that are not taken in.
    Evidence,
    /// The log of contacts with the families.
    Contacts,
    /// The dated duties.
    Actions,
    /// Letters and documents.
    Letters,
    /// Everything in one order.
    Timeline,
    /// The journal.
    Record,
    /// Leaving and keeping.
    Keeping,
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Back to the list.
    Left,
    /// A part was chosen.
    Shown(Part),
    /// A link of the error summary was followed.
    LinkFollowed(Id),
    /// On the overview.
    Overview(OverviewMessage),
    /// Among the people.
    People(PeopleMessage),
    /// Among the occasions.
    Occasions(OccasionsMessage),
    /// Among the evidence.
    Evidence(EvidenceMessage),
    /// In the log of contacts.
    Contacts(ContactsMessage),
    /// Among the actions.
    Actions(ActionsMessage),
    /// Among the letters.
    Letters(LettersMessage),
    /// On the timeline.
    Timeline(TimelineMessage),
    /// About leaving and keeping.
    Keeping(KeepingMessage),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// Back to the list.
    Back,
    /// Decide again.
    Decide(CaseId),
    /// A letter.
    Letter(LetterId),
    /// Another case, linked with this one.
    Linked(CaseId),
    /// Take a disclosure that follows this case.
    Begin(Box<Draft>),
}

/// What a part has to work with.
#[derive(Clone, Copy)]
struct Ground<'a> {
    session: &'a Session,
    view: &'a CaseView,
    reaches: &'a [Reach],
}

impl<'a> Ground<'a> {
    /// How far somebody's family may be contacted, where something stops a home of theirs.
    fn reach(self, of: PersonId) -> Option<&'a Reach> {
        self.reaches.iter().find(|reach| reach.of == of)
    }

    /// The families that nobody may contact.
    fn closed(self) -> impl Iterator<Item = &'a Reach> {
        self.reaches.iter().filter(|reach| reach.is_closed())
    }
}

/// What a part asks for after it has taken something in.
enum After {
    /// Nothing.
    Stay,
    /// The case has changed: show it anew, and say this.
    Changed(Option<Notice>),
    /// It did not work.
    Failed(Notice),
    /// Run this.
    Run(Task<Message>),
    /// Put the focus there.
    Focus(Id),
    /// Show another part.
    Show(Part),
    /// Decide again.
    Decide,
    /// Open a letter.
    Open(LetterId),
    /// Show another case.
    Linked(CaseId),
    /// Take a disclosure that follows this case.
    Begin(Box<Draft>),
    /// The case is no more.
    Gone,
}

impl After {
    /// What to do after a change that may have failed.
    fn saved(done: Result<(), Error>, what: impl Into<String>) -> Self {
        match done {
            Ok(()) => Self::Changed(Some(Notice::done(what, ""))),
            Err(error) => Self::Failed(Notice::from(&error)),
        }
    }

    /// The errors of a form take the focus.
    fn wrong() -> Self {
        Self::Focus(widget::ERROR_SUMMARY)
    }
}

impl Case {
    /// The screen, and what it has to do first.
    pub fn new(session: Session, id: CaseId) -> (Self, Task<Message>) {
        let mut screen = Self {
            session,
            id,
            view: None,
            part: Part::Overview,
            reaches: Vec::new(),
            notice: None,
            overview: overview::Overview::default(),
            people: people::People::default(),
            occasions: occasions::Occasions::default(),
            evidence: evidence::EvidencePart::default(),
            contacts: contacts::Contacts::default(),
            actions: actions::Actions::default(),
            letters: letters::Letters::default(),
            timeline: timeline::Timeline::default(),
            record: record::Record::default(),
            keeping: keeping::Keeping::default(),
        };
        screen.load();
        (screen, Task::none())
    }

    /// The same screen with this part open: for coming back from a letter to the letters.
    #[must_use]
    pub fn showing(mut self, part: Part) -> Self {
        self.part = part;
        self
    }

    /// The part that is open.
    pub fn part(&self) -> Part {
        self.part
    }

    fn load(&mut self) {
        let read = self.session.case(self.id).and_then(|view| {
            self.overview.read(&self.session, &view)?;
            self.letters.read(&self.session, &view)?;
            self.reaches = self.session.reaches(&view)?;
            self.evidence.read(&self.session, self.id)?;
            self.timeline.read(&self.session, self.id)?;
            self.record.read(&self.session, self.id)?;
            self.keeping.read(&self.session, self.id)?;
            Ok(view)
        });
        match read {
            Ok(view) => self.view = Some(view),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        let Some(view) = &self.view else {
            return if matches!(message, Message::Left) { Action::Back } else { Action::None };
        };
        let ground = Ground { session: &self.session, view, reaches: &self.reaches };
        let after = match message {
            Message::Left => return Action::Back,
            Message::Shown(part) => After::Show(part),
            Message::LinkFollowed(id) => After::Focus(id),
            Message::Overview(message) => self.overview.update(message, ground),
            Message::People(message) => self.people.update(message, ground),
            Message::Occasions(message) => self.occasions.update(message, ground),
            Message::Evidence(message) => self.evidence.update(message, ground),
            Message::Contacts(message) => self.contacts.update(message, ground),
            Message::Actions(message) => self.actions.update(message, ground),
            Message::Letters(message) => self.letters.update(message, ground),
            Message::Timeline(message) => self.timeline.update(message),
            Message::Keeping(message) => self.keeping.update(message, ground),
        };
        self.follow(after)
    }

    fn follow(&mut self, after: After) -> Action {
        match after {
            After::Stay => {}
            After::Changed(notice) => {
                self.notice = notice;
                self.load();
            }
            After::Failed(notice) => self.notice = Some(notice),
            After::Run(task) => return Action::Run(task),
            After::Focus(id) => return Action::Run(access::focus(id)),
            After::Show(part) => {
                self.notice = None;
                self.part = part;
            }
            After::Decide => return Action::Decide(self.id),
            After::Open(letter) => return Action::Letter(letter),
            After::Linked(case) => return Action::Linked(case),
            After::Begin(draft) => return Action::Begin(draft),
            After::Gone => return Action::Back,
        }
        Action::None
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let Some(view) = &self.view else {
            let back = button::back(Message::Left);
            return widget::page(
                column![Element::from(back)].push(self.notice.as_ref().map(words::said)).spacing(L),
                None,
            );
        };
        let ground = Ground { session: &self.session, view, reaches: &self.reaches };
        let part = control(Role::TabPanel, part_name(self.part), self.shown(ground));
        let tabs = PARTS.map(|part| (part, part_name(part)));
        let notice =
            self.notice.as_ref().map(|notice| container(words::said(notice)).max_width(COLUMN).into());
        let page = column![
            column![Element::from(button::back(Message::Left)), Self::header(ground)].spacing(S),
            widget::slot(Some(widget::tabs("Parts of the case", tabs, &self.part, Message::Shown)), S),
            column![widget::slot(notice, L), part],
        ]
        .spacing(L);
        let dialog = self.overview.dialog();
        widget::modal(widget::wide_page(page), dialog)
    }

    fn shown<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        match self.part {
            Part::Overview => self.overview.view(ground),
            Part::People => self.people.view(ground),
            Part::Occasions => self.occasions.view(ground),
            Part::Evidence => self.evidence.view(ground),
            Part::Contacts => self.contacts.view(ground),
            Part::Actions => self.actions.view(ground),
            Part::Letters => self.letters.view(ground).map(Message::Letters),
            Part::Timeline => self.timeline.view(ground).map(Message::Timeline),
            Part::Record => self.record.view(),
            Part::Keeping => self.keeping.view(ground),
        }
    }

    fn header(ground: Ground<'_>) -> Element<'_, Message> {
        let case = &ground.view.case;
        let child = ground.view.people.first().map_or("", |person| person.name.full());
        let state = match &case.state {
            CaseState::Open => widget::tag("Open", Tone::Info),
            CaseState::Closed { on, .. } => widget::tag(format!("Closed on {}", on.short()), Tone::Neutral),
        };
        let title = row![widget::heading(1, format!("{}: {child}", case.reference)), state]
            .spacing(M)
            .align_y(Alignment::Center)
            .wrap();
        let lead = ground.view.decision().map(|record| crate::app::lead_words(record.decision.lead));
        let lead = lead.map_or_else(String::new, |lead| format!(" Led by: {lead}."));
        column![title, widget::hint(format!("Disclosed on {}.{lead}", case.disclosed_on.long()))]
            .spacing(S)
            .width(Length::Fill)
            .into()
    }
}

const PARTS: [Part; 10] = [
    Part::Overview,
    Part::People,
    Part::Occasions,
    Part::Evidence,
    Part::Contacts,
    Part::Actions,
    Part::Letters,
    Part::Timeline,
    Part::Record,
    Part::Keeping,
];

fn part_name(part: Part) -> &'static str {
    match part {
        Part::Overview => "Overview",
        Part::People => "People",
        Part::Occasions => "Occasions",
        Part::Evidence => "Evidence",
        Part::Contacts => "Contacts",
        Part::Actions => "Actions",
        Part::Letters => "Letters",
        Part::Timeline => "Timeline",
        Part::Record => "Record",
        Part::Keeping => "Keeping",
    }
}

/// A form in a part: its title, the errors it has, its fields, its buttons.
fn form<'a>(
    title: impl Into<std::borrow::Cow<'a, str>>,
    errors: Vec<(String, Id)>,
    fields: impl IntoIterator<Item = Element<'a, Message>>,
    buttons: impl IntoIterator<Item = Element<'a, Message>>,
) -> Element<'a, Message> {
    let summary = (!errors.is_empty()).then(|| widget::error_summary(errors, Message::LinkFollowed));
    let fields = column![widget::heading(2, title)].extend(fields).push(button::row_of(buttons)).spacing(L);
    container(column![widget::slot(summary, L), fields]).max_width(COLUMN).width(Length::Fill).into()
}
