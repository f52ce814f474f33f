//! The occasions that come of the marked messages, each to be confirmed: how many messages are one, to whom they went,
//! and who could see them. Both numbers are said, because a court may count otherwise.

use super::source::Source;
use super::{Authors, Field, Given, Message, Writers, error_at, page, typed};
use crate::app::{CLOSE, ChatKind, ChatMessage, ChatProposal, ChatTold, Error, Session, propose};
use crate::domain::{Case, CaseId, Day, Occasion, PersonId, Reach};
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words::count;
use crate::ui::spacing::{COLUMN, FIELD_SHORT, L, M};
use crate::ui::theme::Tone;
use crate::ui::widget;
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::{column, container};

pub(super) const TOGETHER: Id = Id::new("chat-together");
const SEEN_BY: Id = Id::new("chat-seen-by");

/// The proposed occasions.
pub(super) struct Check {
    together: bool,
    pub(super) reach: Option<Reach>,
    pub(super) seen_by: Typed,
    lines: Vec<Line>,
    /// How many occasions there are, together and apart.
    both: (usize, usize),
    pictures: bool,
    pub(super) wrong: bool,
}

struct Line {
    proposal: ChatProposal,
    keep: bool,
    to: Option<PersonId>,
}

impl Default for Check {
    fn default() -> Self {
        Self {
            together: true,
            reach: None,
            seen_by: Typed::default(),
            lines: Vec::new(),
            both: (0, 0),
            pictures: false,
            wrong: false,
        }
    }
}

fn to_id(at: usize) -> Id {
    Id::from(format!("chat-to-{at}"))
}

impl Check {
    pub(super) fn propose(
        &mut self,
        marked: &[&ChatMessage],
        authors: &Authors,
        together: bool,
        case: &Case,
    ) {
        let propose = |together| propose(marked.iter().copied(), |name| authors.person_of(name), together);
        let (close, apart) = (propose(true), propose(false));
        self.both = (close.len(), apart.len());
        let taken = |message: &&&ChatMessage| authors.person_of(&message.author).is_some();
        self.pictures = marked.iter().filter(taken).any(|message| message.kind == ChatKind::Media);
        // What the targeted child wrote went to the only other one there is, or it has to be said to whom.
        let only = if let [only] = case.alleged[..] { Some(only) } else { None };
        let to = |by: PersonId| if by == case.target { only } else { Some(case.target) };
        let proposals = if together { close } else { apart };
        let line = |proposal: ChatProposal| Line { to: to(proposal.by), proposal, keep: true };
        (self.together, self.lines, self.wrong) =
            (together, proposals.into_iter().map(line).collect(), false);
    }

    pub(super) fn turn(&mut self, at: usize, on: bool) {
        if let Some(line) = self.lines.get_mut(at) {
            line.keep = on;
        }
    }

    pub(super) fn send(&mut self, at: usize, to: PersonId) {
        if let Some(line) = self.lines.get_mut(at) {
            line.to = Some(to);
        }
    }

    /// Those that are to be added, and to whom each went.
    fn taken(&self) -> impl Iterator<Item = (&ChatProposal, Option<PersonId>)> {
        self.lines.iter().filter(|line| line.keep).map(|line| (&line.proposal, line.to))
    }

    pub(super) fn told(&self, source: &Source) -> ChatTold {
        ChatTold {
            device: source.device.kept(),
            brought_by: source.brought_by.kept(),
            reach: (self.reach, self.seen_by.trim().parse().ok()),
        }
    }

    /// The occasions as they are to be kept.
    pub(super) fn occasions(
        &self,
        session: &Session,
        case: CaseId,
        people: &Writers,
        told: &ChatTold,
        sha256: &str,
    ) -> Result<Vec<Occasion>, Error> {
        let made = self.taken().filter_map(|(proposal, to)| {
            let sender = people.find(proposal.by)?;
            Some(session.occasion_of(case, proposal, (to?, sender), told, sha256))
        });
        made.collect()
    }

    pub(super) fn errors(&self) -> Vec<(String, Id)> {
        if !self.wrong {
            return Vec::new();
        }
        let mut errors = Vec::new();
        if self.taken().count() == 0 {
            errors.push(("Choose at least one occasion to add, or cancel.".into(), TOGETHER));
        }
        let seen_by = self.seen_by.trim();
        if !seen_by.is_empty() && seen_by.parse::<u32>().is_err() {
            errors.push(("Enter a number, for example 12, or leave it empty.".into(), SEEN_BY));
        }
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| line.keep) {
            if line.to.is_none_or(|to| to == line.proposal.by) {
                errors.push(("Choose to whom these messages went.".into(), to_id(at)));
            }
        }
        errors
    }

    pub(super) fn view<'a>(&'a self, given: Given<'a>, authors: &Authors) -> Element<'a, Message> {
        let errors = self.errors();
        let kept = self.taken().count();
        let head = column![self.pictures(), self.together(error_at(&errors, &TOGETHER)), self.reach(&errors)];
        let cards = self.lines.iter().enumerate().map(|(at, line)| {
            let error = error_at(&errors, &to_id(at));
            container(Self::card(at, line, given, authors, error)).max_width(COLUMN).into()
        });
        let mut content: Vec<Element<'a, Message>> =
            vec![container(head.spacing(L)).max_width(COLUMN).into()];
        content.extend(cards);
        let left = given.chat.messages.len().saturating_sub(self.taken().map(|(p, _)| p.lines.len()).sum());
        let last = format!(
            "{} to add. {} of the chat not kept.",
            count(kept, "occasion", "occasions"),
            count(left, "message", "messages")
        );
        content.push(widget::strong(last));
        page(
            "Check the occasions",
            "Nothing is in the case yet. Turn off what should not be added.",
            errors,
            content,
            ("Add them to the case", Message::Confirmed, Message::Back),
        )
    }

    fn pictures<'a>(&self) -> Option<Element<'a, Message>> {
        self.pictures.then(|| {
            widget::notice(Tone::Warning, "Some of these messages sent a picture, a film or a recording.")
                .what_to_do(
                    "Casebook has not opened it. If it may show a nude or semi-nude child, do not look at it: decide again \
                     on the case’s overview, and answer the question about pictures.",
                )
                .into()
        })
    }

    fn together<'a>(&self, error: Option<String>) -> Element<'a, Message> {
        let (close, apart) = self.both;
        let choices = [
            widget::choice(
                true,
                format!("Those that come close together are one: {}", count(close, "occasion", "occasions")),
            )
            .explain(format!("Messages of one sender on one day, at most {CLOSE} minutes apart.")),
            widget::choice(false, format!("Each message is one: {}", count(apart, "occasion", "occasions"))),
        ];
        widget::radio_group(
            "How are the messages counted?",
            choices,
            Some(&self.together),
            Message::TogetherChosen,
        )
        .hint("The number of messages is kept either way.")
        .error(error)
        .id(TOGETHER)
        .into()
    }

    fn reach<'a>(&'a self, errors: &[(String, Id)]) -> Element<'a, Message> {
        let choices = [
            widget::choice(Reach::Private, "Only the two of them"),
            widget::choice(Reach::Group, "A group"),
            widget::choice(Reach::Public, "Anyone"),
        ];
        let reach =
            widget::radio_group("Who could see them?", choices, self.reach.as_ref(), Message::ReachChosen);
        let seen_by = (self.reach == Some(Reach::Group)).then(|| {
            widget::text_field("How many were in the group?", &self.seen_by)
                .hint("It may stay empty.")
                .width(FIELD_SHORT)
                .error(error_at(errors, &SEEN_BY))
                .id(SEEN_BY)
                .on_input(typed(Field::SeenBy))
                .into()
        });
        column![Element::from(reach), widget::slot(seen_by, 0.0)].spacing(M).into()
    }

    fn card<'a>(
        at: usize,
        line: &'a Line,
        given: Given<'a>,
        authors: &Authors,
        error: Option<String>,
    ) -> Element<'a, Message> {
        let Given { ground, .. } = given;
        let proposal = &line.proposal;
        let when = format!("{}, {}", Day::from(proposal.from.date()).long(), proposal.time());
        let to = line.to.map_or_else(|| "…".into(), |to| authors.name_of(to, ground));
        let who = format!("{} to {to}", authors.name_of(proposal.by, ground));
        let many = count(proposal.lines.len(), "message", "messages");
        let label = format!("Add: {when}, {who}");
        let words = column![
            widget::checkbox(label, line.keep, move |on| Message::Turned(at, on)),
            widget::hint(format!("{many}, WhatsApp, sent from “{}”", proposal.author)),
            widget::paragraph(format!("“{}”", proposal.words)),
        ];
        let target = ground.view.case.target;
        let ask = (proposal.by == target && line.keep).then(|| {
            let others = ground.view.people.iter().filter(|person| person.id != target);
            let choices = others.map(|person| widget::choice(person.id, person.name.full()));
            widget::radio_group("To whom did it go?", choices, line.to.as_ref(), move |to| {
                Message::ToChosen(at, to)
            })
            .error(error)
            .id(to_id(at))
            .into()
        });
        widget::card(words.push(widget::slot(ask, 0.0)).spacing(M))
    }
}
