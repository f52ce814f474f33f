//! Settings, the policy: which one is in force, the school's own pack from a folder, and going back to another.
//!
//! A pack is checked before it can be used. Decisions made before keep the policy that they were made by.

use super::said;
use crate::app::{CheckedPack, Notice, PackError, PackLine, PolicyError, Session, read_pack};
use crate::domain::Day;
use crate::ui::access::{Live, Role, control};
use crate::ui::screen::background;
use crate::ui::screen::folder::{self, FolderField};
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{Column, column};
use iced::{Element, Task};

const FOLDER: Id = Id::new("policy-folder");
/// So many problems are listed; whoever mends the pack sees all of them on the command line.
const LISTED: usize = 12;

/// The state of this part.
#[derive(Debug)]
pub(super) struct Part {
    packs: Vec<PackLine>,
    folder: FolderField,
    state: State,
    notice: Option<Notice>,
}

#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "one at a time, and it stays where it is")]
enum State {
    Idle,
    Checking,
    Sound(CheckedPack),
    Refused(Vec<String>),
}

/// What happened in this part.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the field for the folder.
    Folder(folder::Message),
    /// “Check this pack” was pressed.
    CheckAsked,
    /// The check is over: the pack, or everything that is wrong with it.
    CheckDone(Result<Result<Box<CheckedPack>, Vec<String>>, Notice>),
    /// The checked pack is to be used.
    Adopted,
    /// A pack that there is already is to be used, by its stamp.
    Chosen(String),
}

/// What the part asks of the screen.
pub(super) enum Outcome {
    None,
    Run(Task<Message>),
    /// Another policy is in force: the open case file with it.
    Changed(Session),
}

impl Part {
    pub(super) fn new(session: &Session) -> Self {
        let hint = "The folder with policy.toml, clauses.toml, outputs.toml, questions.toml and rules.toml.";
        let (packs, notice) = match session.packs() {
            Ok(packs) => (packs, None),
            Err(error) => (Vec::new(), Some(Notice::from(&error))),
        };
        let folder = FolderField::new("The folder of your school’s policy pack", hint, FOLDER, None);
        Self { packs, folder, state: State::Idle, notice }
    }

    pub(super) fn update(&mut self, session: &Session, message: Message) -> Outcome {
        match message {
            Message::Folder(folder::Message::Submitted) | Message::CheckAsked => self.check(),
            Message::Folder(message) => Outcome::Run(self.folder.update(message).map(Message::Folder)),
            Message::CheckDone(Ok(Ok(pack))) => self.turn(State::Sound(*pack)),
            Message::CheckDone(Ok(Err(problems))) => self.turn(State::Refused(problems)),
            Message::CheckDone(Err(notice)) => {
                self.notice = Some(notice);
                self.turn(State::Idle)
            }
            Message::Adopted => match &self.state {
                State::Sound(pack) => self.changed(session.adopt_pack(pack)),
                State::Idle | State::Checking | State::Refused(_) => Outcome::None,
            },
            Message::Chosen(stamp) => self.changed(session.use_pack(&stamp)),
        }
    }

    fn changed(&mut self, done: Result<Session, crate::app::Error>) -> Outcome {
        match done {
            Ok(session) => Outcome::Changed(session),
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                Outcome::None
            }
        }
    }

    fn check(&mut self) -> Outcome {
        self.notice = None;
        let Some(folder) = self.folder.check().filter(|_| !matches!(self.state, State::Checking)) else {
            return Outcome::None;
        };
        self.state = State::Checking;
        let work =
            background::apart(move || Ok(read_pack(&folder).map(Box::new).map_err(|error| problems(&error))));
        Outcome::Run(Task::perform(work, Message::CheckDone))
    }

    fn turn(&mut self, state: State) -> Outcome {
        self.state = state;
        Outcome::None
    }

    /// The part's page, to be put under the tabs.
    pub(super) fn view<'a>(&'a self, session: &'a Session) -> Element<'a, Message> {
        let checking = matches!(self.state, State::Checking);
        let label = if checking { "Checking…" } else { "Check this pack" };
        let check = button::primary(label).on_press_maybe((!checking).then_some(Message::CheckAsked));
        column![
            slot(self.notice.as_ref().map(said), L),
            slot(Some(in_force(session)), XL),
            slot(self.others(), XL),
            slot(
                Some(
                    column![
                        widget::heading(2, "Your school’s own policy"),
                        widget::paragraph(
                            "A policy pack holds the clauses, questions and rules as text files. Casebook proves \
                             that every combination of facts leads to a duty and that no rule breaks another \
                             before it uses one. Decisions made before keep the policy that they were made by."
                        ),
                        self.folder.view().map(Message::Folder),
                        button::row_of([check.into()]),
                        self.result(),
                    ]
                    .spacing(M)
                    .into()
                ),
                0.0
            ),
        ]
        .into()
    }

    /// The packs that could be used instead.
    fn others(&self) -> Option<Element<'_, Message>> {
        let others: Vec<_> = self.packs.iter().filter(|pack| !pack.in_force).collect();
        if others.is_empty() {
            return None;
        }
        let lines = others.into_iter().map(|pack| {
            let change = button::secondary("Use this policy")
                .name(format!("Use this policy: {}", pack.stamp))
                .on_press(Message::Chosen(pack.stamp.clone()));
            let words = column![widget::strong(pack.title.as_str()), widget::small(pack.stamp.as_str())];
            widget::card(column![words, Element::from(change)].spacing(M))
        });
        let lines = Column::with_children(lines).spacing(M);
        Some(column![widget::heading(2, "Other policies in this case file"), lines].spacing(M).into())
    }

    fn result(&self) -> Element<'_, Message> {
        let result: Option<Element<'_, Message>> = match &self.state {
            State::Idle => None,
            State::Checking => {
                let words = widget::hint("Checking every combination…");
                Some(control(Role::Status, "Checking the policy pack", words).live(Live::Polite).into())
            }
            State::Sound(pack) => {
                let what = format!("{} holds together.", pack.policy.title);
                let more = format!(
                    "{} rules were checked. From the next decision on Casebook would follow version {}.",
                    pack.proof.rules, pack.policy.version
                );
                Some(
                    column![
                        Element::from(widget::notice(Tone::Success, what).what_to_do(more)),
                        button::row_of([button::primary("Use this policy from now on")
                            .on_press(Message::Adopted)
                            .into()]),
                    ]
                    .spacing(M)
                    .into(),
                )
            }
            State::Refused(problems) => {
                let what = match problems.len() {
                    1 => "This pack cannot be used: one thing in it does not hold together.".to_owned(),
                    n => format!("This pack cannot be used: {n} things in it do not hold together."),
                };
                let shown = problems.iter().take(LISTED).map(String::as_str);
                Some(
                    column![
                        Element::from(
                            widget::notice(Tone::Danger, what)
                                .what_to_do("Nothing has changed. Give this list to whoever made the pack.")
                        ),
                        widget::bullets(shown),
                    ]
                    .spacing(M)
                    .into(),
                )
            }
        };
        column![slot(result, 0.0)].into()
    }
}

/// Everything that is wrong with a pack, a line each.
fn problems(error: &PackError) -> Vec<String> {
    match error {
        PackError::Policy(PolicyError::Unsound { problems }) => {
            problems.iter().map(ToString::to_string).collect()
        }
        other => vec![other.to_string()],
    }
}

fn in_force(session: &Session) -> Element<'_, Message> {
    let (policy, today) = (session.policy(), session.today());
    column![
        widget::heading(2, "The policy in force"),
        review(policy.review_due, today),
        widget::summary([
            widget::fact("Policy", policy.title.as_str()),
            widget::fact("Pack", policy.stamp()),
            widget::fact("Approved", policy.approved.month()),
            widget::fact("Review due", policy.review_due.long()),
        ]),
    ]
    .spacing(S)
    .into()
}

fn review<'a>(due: Day, today: Day) -> Option<Element<'a, Message>> {
    (due < today).then(|| {
        widget::notice(Tone::Warning, format!("The policy’s review was due on {}.", due.long()))
            .what_to_do(
                "Casebook goes on with this policy until a newer one is put in force. Ask the governors.",
            )
            .into()
    })
}
