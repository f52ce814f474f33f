//! The letters and documents of a case: those that are written, and those on offer from the decision in force. Their text
//! is another screen's.

mod asking;

use super::{After, Ground, words};
use crate::app::{CaseView, Error, Notice, PaperOffer, Said, Session, has_easy_words};
use crate::domain::{LetterId, LetterRecord, LetterState, PaperCode, PersonId};
use crate::ui::spacing::{COLUMN, M, XL, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Cell, button};
use asking::{Asking, Next};
use iced::widget::{column, container, row};
use iced::{Alignment, Element, Length};

pub use asking::Message as AskingMessage;

/// What the part keeps.
#[derive(Debug, Default)]
pub(super) struct Letters {
    offers: Vec<PaperOffer>,
    asking: Option<Asking>,
    /// The one that is asked about is to be in easy words.
    easy: bool,
}

/// What happened among the letters.
#[derive(Debug, Clone)]
pub enum Message {
    /// One is to be written.
    Write(PaperCode, Option<PersonId>),
    /// One is to be written in easy words.
    WriteEasy(PaperCode, Option<PersonId>),
    /// One is to be opened.
    Opened(LetterId),
    /// At one of its questions.
    Asking(AskingMessage),
}

impl Letters {
    pub(super) fn read(&mut self, session: &Session, view: &CaseView) -> Result<(), Error> {
        self.offers = session.papers_on_offer(view)?;
        Ok(())
    }

    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> After {
        match message {
            Message::Opened(id) => After::Open(id),
            Message::Write(code, about) => self.ask(code, about, false, ground),
            Message::WriteEasy(code, about) => self.ask(code, about, true, ground),
            Message::Asking(message) => self.answer(message, ground),
        }
    }

    /// The questions come first; a letter that asks none is written at once.
    fn ask(&mut self, code: PaperCode, about: Option<PersonId>, easy: bool, ground: Ground<'_>) -> After {
        self.easy = easy;
        let asked = match ground.session.asked(ground.view, code, about) {
            Ok(asked) => asked,
            Err(error) => return After::Failed(Notice::from(&error)),
        };
        let offer = self.offers.iter().find(|offer| offer.code == code && offer.about == about);
        let title = offer.map_or_else(String::new, |offer| named(offer, ground));
        self.asking = Asking::of(code, about, title, asked);
        match self.asking {
            Some(_) => After::Focus(asking::FIELD),
            None => write(code, about, &Said::default().in_easy_words(easy), ground),
        }
    }

    fn answer(&mut self, message: AskingMessage, ground: Ground<'_>) -> After {
        let Some(asking) = &mut self.asking else { return After::Stay };
        let moves = matches!(message, AskingMessage::Continued | AskingMessage::Back);
        match asking.update(message, ground.session.today()) {
            Next::Question if moves => After::Focus(asking::FIELD),
            Next::Question => After::Stay,
            Next::Leave => {
                self.asking = None;
                After::Stay
            }
            Next::Write => {
                let after = write(asking.code, asking.about, &asking.said().in_easy_words(self.easy), ground);
                // What was answered stays where the letter could not be written.
                if !matches!(after, After::Failed(_)) {
                    self.asking = None;
                }
                after
            }
        }
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        if let Some(asking) = &self.asking {
            return asking.view(ground.session.today()).map(Message::Asking);
        }
        column![written(ground), self.on_offer(ground)].spacing(XL).into()
    }

    fn on_offer<'a>(&'a self, ground: Ground<'a>) -> Element<'a, Message> {
        let title = widget::heading(2, "Letters and documents on offer");
        if self.offers.is_empty() {
            let none = widget::paragraph("The decision in force offers none.");
            return column![title, none].spacing(M).into();
        }
        let (later, now): (Vec<&PaperOffer>, Vec<&PaperOffer>) =
            self.offers.iter().partition(|offer| offer.any_time);
        let cards = |offers: Vec<&'a PaperOffer>| offers.into_iter().map(|offer| card(offer, ground));
        let page = column![title].extend(cards(now)).spacing(M).max_width(COLUMN + 120.0);
        if later.is_empty() {
            return page.into();
        }
        page.push(widget::heading(2, "Documents at any time"))
            .push(widget::hint(
                "The decision does not ask for these. You can write one whenever you need it.",
            ))
            .extend(cards(later))
            .into()
    }
}

/// Writes it, and opens the only one there is.
fn write(code: PaperCode, about: Option<PersonId>, said: &Said, ground: Ground<'_>) -> After {
    match ground.session.write_letter_with(ground.view.case.id, code, about, said) {
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

fn written(ground: Ground<'_>) -> Element<'_, Message> {
    let title = widget::heading(2, "Written");
    if ground.view.letters.is_empty() {
        let none = widget::paragraph("No letter is written yet. Choose one below.");
        return column![title, none].spacing(M).into();
    }
    let columns =
        [widget::table_column("Letter", 6), widget::table_column("To", 5), widget::table_column("State", 4)];
    let rows = ground.view.letters.iter().rev().map(|letter| {
        let (state, tone) = state(letter, &ground.view.letters);
        let cells = [
            Cell::Strong(ground.session.policy().wording(letter.code.id()).title.into()),
            Cell::Text(letter.recipient.as_str().into()),
            Cell::Tag(state.into(), tone),
        ];
        widget::table_row(cells, Some(Message::Opened(letter.id)))
    });
    column![title, widget::table("Written", &columns, rows)].spacing(M).into()
}

fn state(letter: &LetterRecord, all: &[LetterRecord]) -> (String, Tone) {
    let replaced =
        || all.iter().any(|new| new.replaces == Some(letter.id) && new.state != LetterState::Draft);
    match &letter.state {
        LetterState::Approved { .. } if letter.went_wrong.is_some() => {
            ("Reached the wrong person".into(), Tone::Danger)
        }
        LetterState::Approved { .. } if replaced() => ("Replaced".into(), Tone::Neutral),
        LetterState::Draft => ("Draft".into(), Tone::Warning),
        LetterState::Approved { on, .. } => (format!("Approved on {}", on.short()), Tone::Success),
    }
}

/// The person it is about, as the list names them.
fn of_whom(offer: &PaperOffer, ground: Ground<'_>) -> String {
    let person = offer.about.and_then(|id| ground.view.person(id));
    person.map_or(String::new(), |person| format!(", for {}", person.name.full()))
}

fn named(offer: &PaperOffer, ground: Ground<'_>) -> String {
    format!("{}{}", offer.title, of_whom(offer, ground))
}

fn card<'a>(offer: &'a PaperOffer, ground: Ground<'a>) -> Element<'a, Message> {
    let whom = offer.about.and_then(|id| ground.view.person(id));
    let whom = whom.map(|person| {
        let name = person.name.full();
        widget::hint(match offer.code {
            PaperCode::Letter(_) => format!("For the family of {name}"),
            PaperCode::Document(_) => format!("About {name}"),
        })
    });
    let same = |letter: &&LetterRecord| letter.code == offer.code && letter.about == offer.about;
    let already = ground.view.letters.iter().filter(same).count();
    let first = offer.first.as_ref().map(|first| {
        widget::paragraph(format!("First: {first}. You can write it now and approve it when that is done."))
    });
    let stops = offer.blocked.as_deref().or(offer.not_yet.as_deref()).map(widget::paragraph);
    let tag = match already {
        _ if offer.blocked.is_some() => Some(widget::tag("Must not go", Tone::Danger)),
        1.. => Some(widget::tag("Written", Tone::Success)),
        0 if offer.not_yet.is_some() => Some(widget::tag("Not yet", Tone::Neutral)),
        0 => offer.first.is_some().then(|| widget::tag("Waits", Tone::Warning)),
    };
    let head = row![container(widget::strong(offer.title.as_str())).width(Length::Fill)]
        .push(tag)
        .spacing(M)
        .align_y(Alignment::Center);
    let words = column![head].push(whom).push(stops.or(first)).spacing(XS);
    widget::card(column![words].push(write_button(offer, already, ground)).spacing(M))
}

fn write_button<'a>(offer: &PaperOffer, already: usize, ground: Ground<'_>) -> Option<Element<'a, Message>> {
    if offer.blocked.is_some() || offer.not_yet.is_some() {
        return None;
    }
    let noun = if matches!(offer.code, PaperCode::Document(_)) { "document" } else { "letter" };
    let name = named(offer, ground);
    let write = Message::Write(offer.code, offer.about);
    let usual = if already == 0 {
        let label = format!("Write this {noun}");
        button::secondary(label.clone()).name(format!("{label}: {name}")).on_press(write)
    } else {
        button::quiet("Write it again").flush().name(format!("Write again: {name}")).on_press(write)
    };
    let easy = has_easy_words(offer.code).then(|| {
        let easy = button::quiet("In easy words").flush().name(format!("Write in easy words: {name}"));
        easy.on_press(Message::WriteEasy(offer.code, offer.about)).into()
    });
    Some(button::row_of(std::iter::once(usual.into()).chain(easy)))
}
