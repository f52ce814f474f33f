//! The letters and documents of a case: those that are written, and those on offer from the decision in force. Their text
//! is another screen's.

use super::{After, Ground, words};
use crate::app::{CaseView, Notice, Outcome, Session};
use crate::domain::{
    ActionCode, ActionState, DocumentCode, LetterCode, LetterId, LetterRecord, LetterState, PaperCode,
    PersonId, Vocabulary,
};
use crate::ui::spacing::{COLUMN, M, XL, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Cell, button};
use iced::widget::{column, container, row};
use iced::{Alignment, Element, Length};

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Letters {
    offers: Vec<Offer>,
}

/// A letter or document on offer.
#[derive(Debug)]
struct Offer {
    code: PaperCode,
    about: Option<PersonId>,
    title: String,
    stands: Stands,
}

/// What can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stands {
    /// It can be written.
    Ready,
    /// It can be written, and goes when this is done.
    After(String),
    /// It must not be written.
    Blocked(String),
    /// Casebook has no words for it.
    OwnWords,
}

/// What happened among the letters.
#[derive(Debug, Clone)]
pub enum Message {
    /// One is to be written.
    Write(PaperCode, Option<PersonId>),
    /// One is to be opened.
    Opened(LetterId),
}

impl Letters {
    pub(super) fn read(&mut self, session: &Session, view: &CaseView) {
        let outcome = view.decision().map(|record| session.outcome_then(record));
        self.offers = outcome.map(|outcome| offers(session, view, &outcome)).unwrap_or_default();
    }

    #[allow(clippy::unused_self, clippy::needless_pass_by_value, reason = "every part has the same shape")]
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        let (code, about) = match message {
            Message::Opened(id) => return After::Open(id),
            Message::Write(code, about) => (code, about),
        };
        match ground.session.write_letter(ground.view.case.id, code, about) {
            Ok(written) => match written.as_slice() {
                [only] => After::Open(*only),
                many => {
                    let many = words::count(many.len(), "letter is", "letters are");
                    let what = format!("{many} written, one for each home.");
                    After::Changed(Some(Notice::done(what, "Open each one, read it and approve it.")))
                }
            },
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        column![written(ground), self.on_offer(ground)].spacing(XL).into()
    }

    fn on_offer<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let title = widget::heading(2, "Letters and documents on offer");
        if self.offers.is_empty() {
            let none = widget::paragraph("The decision in force offers none.");
            return column![title, none].spacing(M).into();
        }
        let (own, ours): (Vec<&Offer>, Vec<&Offer>) =
            self.offers.iter().partition(|offer| offer.stands == Stands::OwnWords);
        let ours = ours.into_iter().map(|offer| offer.card(ground));
        let mut page = column![title].extend(ours).spacing(M).max_width(COLUMN + 120.0);
        if !own.is_empty() {
            let own = own.into_iter().map(|offer| format!("{}{}", offer.title, offer.of_whom(ground)));
            page = page
                .push(widget::heading(3, "In the school’s own words"))
                .push(widget::hint(
                    "Casebook has no text for these. Write them as the school always does, and record them under Contacts.",
                ))
                .push(widget::bullets(own));
        }
        page.into()
    }
}

fn written(ground: Ground<'_>) -> Element<'_, Message> {
    let title = widget::heading(2, "Written");
    if ground.view.letters.is_empty() {
        let none = widget::paragraph("No letter is written yet. Choose one below.");
        return column![title, none].spacing(M).into();
    }
    let columns =
        [widget::table_column("Letter", 6), widget::table_column("To", 5), widget::table_column("State", 4)];
    let rows = ground.view.letters.iter().rev().map(|letter| {
        let (state, tone) = state(letter);
        let cells = [
            Cell::Strong(ground.session.policy().wording(letter.code.id()).title.into()),
            Cell::Text(letter.recipient.as_str().into()),
            Cell::Tag(state.into(), tone),
        ];
        widget::table_row(cells, Some(Message::Opened(letter.id)))
    });
    column![title, widget::table("Written", &columns, rows)].spacing(M).into()
}

fn state(letter: &LetterRecord) -> (String, Tone) {
    match &letter.state {
        LetterState::Draft => ("Draft".into(), Tone::Warning),
        LetterState::Approved { on, .. } => (format!("Approved on {}", on.short()), Tone::Success),
    }
}

fn offers(session: &Session, view: &CaseView, outcome: &Outcome) -> Vec<Offer> {
    let ready = |code| if session.has_words_for(code) { Stands::Ready } else { Stands::OwnWords };
    let letters = outcome.letters.iter().map(|line| {
        let code = PaperCode::Letter(line.code);
        let stands = match (&line.blocked, waits_for(view, line.code)) {
            (Some(why), _) => Stands::Blocked(why.clone()),
            (None, Some(first)) if session.has_words_for(code) => {
                Stands::After(session.policy().wording(first.id()).title)
            }
            (None, _) => ready(code),
        };
        let about = line.about.as_deref().and_then(|short| outcome.person(short));
        Offer { code, about, title: line.title.clone(), stands }
    });
    let documents = outcome.documents.iter().filter_map(|point| {
        let code = PaperCode::Document(DocumentCode::from_id(&point.code).ok()?);
        Some(Offer { code, about: None, title: point.title.clone(), stands: ready(code) })
    });
    letters.chain(documents).collect()
}

/// What must be done before a letter can go, where it is not done yet.
fn waits_for(view: &CaseView, code: LetterCode) -> Option<ActionCode> {
    let decision = &view.decision()?.decision;
    let first = decision.letters.iter().find(|letter| letter.code == code)?.locked_until?;
    let done = view.actions.iter().any(|a| a.code == first && matches!(a.state, ActionState::Done { .. }));
    (!done).then_some(first)
}

impl Offer {
    /// The person it is about, as the list names them.
    fn of_whom(&self, ground: Ground<'_>) -> String {
        let person = self.about.and_then(|id| ground.view.person(id));
        person.map_or(String::new(), |person| format!(", for {}", person.name.full()))
    }

    fn card<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let whom = self.about.and_then(|id| ground.view.person(id));
        let whom = whom.map(|person| widget::hint(format!("For the family of {}", person.name.full())));
        let same = |letter: &&LetterRecord| letter.code == self.code && letter.about == self.about;
        let already = ground.view.letters.iter().filter(same).count();
        let note = match &self.stands {
            Stands::Ready | Stands::OwnWords => None,
            Stands::After(first) => Some(widget::paragraph(format!(
                "First: {first}. You can write it now and approve it when that is done."
            ))),
            Stands::Blocked(why) => Some(widget::paragraph(why.as_str())),
        };
        let tag = match (&self.stands, already) {
            (Stands::Blocked(_), _) => Some(widget::tag("Must not go", Tone::Danger)),
            (_, 1..) => Some(widget::tag("Written", Tone::Success)),
            (Stands::After(_), 0) => Some(widget::tag("Waits", Tone::Warning)),
            (Stands::Ready | Stands::OwnWords, 0) => None,
        };
        let head = row![container(widget::strong(self.title.as_str())).width(Length::Fill)]
            .push(tag)
            .spacing(M)
            .align_y(Alignment::Center);
        let words = column![head].push(whom).push(note).spacing(XS);
        widget::card(column![words].push(self.button(already, ground)).spacing(M))
    }

    fn button<'a>(&self, already: usize, ground: Ground<'_>) -> Option<Element<'a, Message>> {
        if matches!(self.stands, Stands::Blocked(_) | Stands::OwnWords) {
            return None;
        }
        let noun = if matches!(self.code, PaperCode::Document(_)) { "document" } else { "letter" };
        let name = format!("{}{}", self.title, self.of_whom(ground));
        let write = Message::Write(self.code, self.about);
        Some(if already == 0 {
            let label = format!("Write this {noun}");
            button::secondary(label.clone()).name(format!("{label}: {name}")).on_press(write).into()
        } else {
            button::quiet("Write it again")
                .flush()
                .name(format!("Write again: {name}"))
                .on_press(write)
                .into()
        })
    }
}
