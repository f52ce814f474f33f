//! Choosing a passphrase: judged as it is typed, typed twice, with five random words on offer. A part of the screens
//! that need one; what is done with the passphrase is theirs.

use crate::app::{Secret, Strength, judge, suggest};
use crate::domain::{Random, School};
use crate::ui::access::{self, Live, Role, control};
use crate::ui::spacing::{FIELD_MEDIUM, M, S, XS};
use crate::ui::theme::{self, Tone};
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::{Row, column, container, row, space};
use iced::{Alignment, Color, Element, Length, Task};
use std::fmt;
use std::sync::Arc;

type Pick = fn(&theme::Palette) -> Color;

/// The first of the two fields, to be focused.
pub const FIRST: Id = Id::new("passphrase-first");
const AGAIN: Id = Id::new("passphrase-again");

/// The two fields, the judgement and the offer.
pub struct ChoosePassphrase {
    label: &'static str,
    random: Arc<dyn Random>,
    school_words: Vec<String>,
    first: Secret,
    again: Secret,
    strength: Strength,
    offer: Option<Secret>,
    no_offer: bool,
    checked: bool,
}

impl fmt::Debug for ChoosePassphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ChoosePassphrase(..)")
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The passphrase was typed.
    Edited(Secret),
    /// It was typed again.
    RepeatEdited(Secret),
    /// Five words were asked for.
    OfferAsked,
    /// They are to be the passphrase.
    OfferTaken,
    /// Enter was pressed: for the screen, which moves on or says why not.
    Submitted,
}

/// The words that a guesser would try first at this school, in lower case.
pub fn school_words(school: &School) -> Vec<String> {
    let people = [&school.signatory.name, &school.lead.name];
    let all = [&school.name, &school.email, &school.phone].into_iter().chain(people).chain(&school.address);
    all.map(|words| words.to_lowercase()).filter(|words| !words.is_empty()).collect()
}

impl ChoosePassphrase {
    /// Empty fields. A passphrase made of the school's words, as [`school_words`] gives them, is judged as weak.
    pub fn new(school_words: Vec<String>, random: Arc<dyn Random>) -> Self {
        Self {
            label: "Passphrase",
            random,
            school_words,
            first: Secret::default(),
            again: Secret::default(),
            strength: judge("", &[]),
            offer: None,
            no_offer: false,
            checked: false,
        }
    }

    /// Where the page has the old passphrase too, the first field is called otherwise.
    #[must_use]
    pub fn called(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// The school's words have changed: what is typed already is judged by them.
    pub fn know(&mut self, school_words: Vec<String>) {
        self.school_words = school_words;
        self.judge();
    }

    fn judge(&mut self) {
        let words: Vec<&str> = self.school_words.iter().map(String::as_str).collect();
        self.strength = judge(self.first.expose(), &words);
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Edited(typed) => self.edit(typed),
            Message::RepeatEdited(typed) => self.again = typed,
            Message::OfferAsked => self.make_offer(),
            Message::OfferTaken => return self.take_offer(),
            Message::Submitted => {}
        }
        Task::none()
    }

    fn edit(&mut self, typed: Secret) {
        self.first = typed;
        self.judge();
    }

    fn make_offer(&mut self) {
        self.offer = suggest(&*self.random).ok();
        self.no_offer = self.offer.is_none();
    }

    /// Only into the first field: who types it once more has it written down or in mind.
    fn take_offer(&mut self) -> Task<Message> {
        if let Some(offer) = self.offer.clone() {
            self.edit(offer);
            self.again = Secret::default();
        }
        access::focus(AGAIN)
    }

    /// The passphrase, once it is strong enough and typed twice alike.
    pub fn chosen(&self) -> Option<Secret> {
        (self.strength.enough && self.alike()).then(|| self.first.clone())
    }

    /// The same as [`chosen`](Self::chosen), and from now on the fields say what is wrong with them.
    pub fn check(&mut self) -> Option<Secret> {
        self.checked = true;
        self.chosen()
    }

    /// Takes the offered words off the screen, and what [`check`](Self::check) made the fields say.
    pub fn leave(&mut self) {
        self.offer = None;
        self.checked = false;
    }

    fn alike(&self) -> bool {
        self.first.expose() == self.again.expose()
    }

    fn first_error(&self) -> Option<&'static str> {
        let error = match (self.first.expose().is_empty(), self.strength.enough) {
            (true, _) => Some("Enter a passphrase, or use five words that Casebook suggests."),
            (false, false) => Some("This passphrase is too easy to guess. Make it stronger."),
            (false, true) => None,
        };
        error.filter(|_| self.checked)
    }

    fn again_error(&self) -> Option<&'static str> {
        let error = match (self.again.expose().is_empty(), self.alike()) {
            (_, true) => None,
            (true, false) => Some("Enter the same passphrase again."),
            (false, false) => Some("The two passphrases are not the same. Enter it again."),
        };
        error.filter(|_| self.checked)
    }

    /// What is wrong, and where.
    pub fn errors(&self) -> Vec<(String, Id)> {
        let first = self.first_error().map(|words| (words.to_owned(), FIRST));
        let again = self.again_error().map(|words| (words.to_owned(), AGAIN));
        first.into_iter().chain(again).collect()
    }

    /// The fields.
    pub fn view(&self) -> Element<'_, Message> {
        let first = widget::text_field(self.label, self.first.expose())
            .hint("Five words that have nothing to do with one another are strong, and easy to type.")
            .error(self.first_error())
            .id(FIRST)
            .secure()
            .on_input(|text| Message::Edited(Secret::new(text)))
            .on_submit(Message::Submitted);
        let again = widget::text_field("The same passphrase again", self.again.expose())
            .error(self.again_error())
            .id(AGAIN)
            .secure()
            .on_input(|text| Message::RepeatEdited(Secret::new(text)))
            .on_submit(Message::Submitted);
        column![
            column![Element::from(first), self.judgement()].spacing(S),
            self.offered(),
            Element::from(again)
        ]
        .spacing(M + S)
        .into()
    }

    fn judgement(&self) -> Element<'_, Message> {
        if self.first.expose().is_empty() {
            return space().into();
        }
        let (word, tone) = match (self.strength.enough, self.strength.score) {
            (true, _) => ("Strong", Tone::Success),
            (false, 0 | 1) => ("Very weak", Tone::Danger),
            (false, 2) => ("Weak", Tone::Danger),
            (false, _) => ("Not strong enough yet", Tone::Warning),
        };
        let said = row![widget::tag(word, tone), container(widget::hint(self.strength.advice))].spacing(M);
        let shown = column![self.meter(), said.align_y(Alignment::Start)].spacing(S);
        control(Role::Status, "Strength", shown).value(word).live(Live::Polite).into()
    }

    /// Four bars, the more the stronger. The word beside it says the same.
    fn meter(&self) -> Element<'_, Message> {
        let full: Pick = match self.strength.score {
            0..=2 => |p| p.danger,
            3 => |p| p.warning,
            _ => |p| p.success,
        };
        let reached = self.strength.score.max(1);
        let bars = (1..=4).map(|bar| {
            let pick: Pick = if bar <= reached { full } else { |p| p.line };
            container(space()).width(Length::Fill).height(XS + 2.0).style(theme::flat(pick)).into()
        });
        Row::with_children(bars).spacing(XS).width(FIELD_MEDIUM).into()
    }

    fn offered(&self) -> Element<'_, Message> {
        let Some(offer) = &self.offer else {
            let sorry = self.no_offer.then(|| {
                widget::hint("This PC gave no random numbers. Restart it, or think of five words yourself.")
            });
            let ask = button::secondary("Suggest five words").on_press(Message::OfferAsked);
            return column![Element::from(ask), sorry].spacing(S).into();
        };
        let buttons = button::row_of([
            button::secondary("Use this").on_press(Message::OfferTaken).into(),
            button::quiet("Other words").on_press(Message::OfferAsked).into(),
        ]);
        let words = widget::text_like_heading(3, offer.expose());
        let words = control(Role::Status, "Five words", words).live(Live::Polite);
        let how = "Write it down and keep the paper apart from this PC until you know it. The hyphens belong to it.";
        widget::card(
            column![widget::hint("Five words, picked at random"), words, widget::hint(how), buttons]
                .spacing(S),
        )
    }
}
