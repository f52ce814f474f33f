//! The gallery: every widget on one page, to look at and to test. Living documentation; no screen of the program.

use super::access;
use super::spacing::{L, M, S};
use super::theme::{self, Mode, Tone};
use super::widget::{self, Cell, Edit, Editor, button, choice};
use crate::domain::Day;
use iced::advanced::widget::Id;
use iced::widget::{column, responsive};
use iced::{Element, Length, Task, Theme};

/// The state behind the gallery.
// Each is the state of another widget.
#[allow(clippy::struct_excessive_bools)]
#[derive(Debug)]
pub struct Gallery {
    mode: Mode,
    today: Day,
    name: String,
    passphrase: String,
    happened: Editor,
    date: String,
    place: Option<Place>,
    year: Option<u8>,
    seen: Vec<Evidence>,
    sure: bool,
    part: Part,
    open: bool,
    asking: bool,
    wrong: bool,
    pressed: usize,
}

/// Where it happened, for the radio buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// At school.
    School,
    /// At home.
    Home,
    /// Unknown.
    Unknown,
}

/// What was seen, for the check boxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Messages.
    Messages,
    /// Pictures.
    Pictures,
}

/// The parts of a case, for the tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Overview.
    Overview,
    /// People.
    People,
    /// Letters.
    Letters,
}

/// What happened in the gallery.
#[derive(Debug, Clone)]
pub enum Message {
    /// Light or dark was chosen.
    ModeChanged,
    /// A name was typed.
    NameEdited(String),
    /// A passphrase was typed.
    PassphraseEdited(String),
    /// The narrative was edited.
    HappenedEdited(Edit),
    /// A date was typed.
    DateEdited(String),
    /// A radio button was chosen.
    PlaceChosen(Place),
    /// An option of the list box was chosen.
    YearChosen(u8),
    /// A check box was turned.
    EvidenceTurned(Evidence, bool),
    /// The single check box was turned.
    SureTurned(bool),
    /// A tab was chosen.
    PartChosen(Part),
    /// The expander was opened or closed.
    Opened(bool),
    /// The dialog was asked for.
    Asked,
    /// The dialog was closed.
    Answered,
    /// "Continue" was pressed.
    Continued,
    /// A link of the error summary was followed.
    LinkFollowed(Id),
    /// Something that only counts was pressed.
    Pressed,
}

/// What the gallery asks of whoever shows it.
#[must_use]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
}

const NAME: Id = Id::new("gallery-name");
const DATE: Id = Id::new("gallery-date");

impl Gallery {
    /// A gallery on this day.
    pub fn new(today: Day) -> Self {
        Self {
            mode: Mode::Light,
            today,
            name: String::new(),
            passphrase: String::new(),
            happened: Editor::default(),
            date: today.typed(),
            place: None,
            year: Some(4),
            seen: vec![Evidence::Messages],
            sure: false,
            part: Part::Overview,
            open: false,
            asking: false,
            wrong: false,
            pressed: 0,
        }
    }

    /// The theme chosen.
    pub fn theme(&self) -> Theme {
        theme::theme(self.mode)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::ModeChanged => self.mode = self.mode.next(),
            Message::NameEdited(name) => self.name = name,
            Message::PassphraseEdited(words) => self.passphrase = words,
            Message::HappenedEdited(edit) => self.happened.perform(edit),
            Message::DateEdited(date) => self.date = date,
            Message::PlaceChosen(place) => self.place = Some(place),
            Message::YearChosen(year) => self.year = Some(year),
            Message::EvidenceTurned(evidence, on) => self.turn(evidence, on),
            Message::SureTurned(on) => self.sure = on,
            Message::PartChosen(part) => self.part = part,
            Message::Opened(open) => self.open = open,
            Message::Asked => self.asking = true,
            Message::Answered => self.asking = false,
            Message::Continued => self.wrong = self.name.is_empty() || Day::parse(&self.date).is_err(),
            Message::LinkFollowed(field) => return Action::Run(access::focus(field)),
            Message::Pressed => self.pressed += 1,
        }
        Action::None
    }

    fn turn(&mut self, evidence: Evidence, on: bool) {
        self.seen.retain(|seen| *seen != evidence);
        if on {
            self.seen.push(evidence);
        }
    }

    /// Every widget.
    pub fn view(&self) -> Element<'_, Message> {
        let window = column![
            widget::top_bar("Ravenscote Junior School", Some(Message::Pressed), Some(Message::Pressed)),
            responsive(|size| {
                let page = widget::page(self.content(), Some(Self::aside()));
                widget::beside_navigation(Self::places(), size.width, page)
            }),
        ];
        widget::modal(window, self.asking.then(Self::dialog))
    }

    fn places() -> [widget::Place<'static, Message>; 5] {
        [
            widget::place("Today", true, Message::Pressed).count(3, Tone::Danger),
            widget::place("Cases", false, Message::Pressed),
            widget::place("Pupils", false, Message::Pressed),
            widget::place("Reports", false, Message::Pressed),
            widget::place("Settings", false, Message::Pressed),
        ]
    }

    fn aside() -> Element<'static, Message> {
        column![
            widget::citation(
                "CB-3",
                "Cyberbullying, paragraph 3",
                "Parents of both parties will be informed and invited to a meeting.",
                Some("From your school’s policy, 2025–26, in force since 1 September 2025."),
            ),
            widget::expander(
                "Why this question?",
                false,
                |_| Message::Pressed,
                widget::paragraph("The answer decides which letter is offered.")
            ),
        ]
        .spacing(M)
        .into()
    }

    fn dialog() -> widget::Dialog<'static, Message> {
        let buttons = button::row_of([
            button::danger("Remove the draft").on_press(Message::Answered).into(),
            button::secondary("Keep it").on_press(Message::Answered).into(),
        ]);
        let content = column![
            widget::paragraph(
                "The draft letter has not been sent. Removing it is written into the case’s record."
            ),
            buttons,
        ];
        widget::dialog("Remove this draft?", content.spacing(L)).on_cancel(Message::Answered)
    }

    fn content(&self) -> Element<'_, Message> {
        let errors = self.errors();
        let summary = (!errors.is_empty()).then(|| widget::error_summary(errors, Message::LinkFollowed));
        column![
            column![button::back(Message::Pressed), self.mode_button()].push(summary).spacing(M),
            column![
                widget::heading(1, "Where did it happen?"),
                widget::lead("One question a page. The policy’s own words stand beside it."),
            ]
            .spacing(S),
            self.choices(),
            self.typing(),
            button::row_of([
                button::primary("Continue").on_press(Message::Continued).into(),
                button::secondary("Save and come back later").on_press(Message::Asked).into(),
                button::quiet("Leave out").on_press(Message::Pressed).into(),
                button::primary("Not yet").into(),
            ]),
            Self::messages(),
            self.facts(),
        ]
        .spacing(L)
        .into()
    }

    fn mode_button(&self) -> Element<'_, Message> {
        let label = match self.mode.next() {
            Mode::Light => "Show it light",
            Mode::Dark => "Show it dark",
            Mode::Contrast => "Show it in high contrast",
        };
        button::quiet(label).on_press(Message::ModeChanged).into()
    }

    fn errors(&self) -> Vec<(String, Id)> {
        let name = self.name_error().map(|words| (words.to_owned(), NAME));
        let date = self.date_error().map(|words| (words, DATE));
        name.into_iter().chain(date).collect()
    }

    fn name_error(&self) -> Option<&'static str> {
        (self.wrong && self.name.is_empty()).then_some("Enter the targeted child’s name.")
    }

    fn date_error(&self) -> Option<String> {
        Day::parse(&self.date).err().filter(|_| self.wrong).map(|error| error.to_string())
    }

    fn choices(&self) -> Element<'_, Message> {
        let places = [
            choice::choice(Place::School, "At school")
                .explain("In lessons, at break, in clubs, on a school trip."),
            choice::choice(Place::Home, "At home or elsewhere"),
            choice::choice(Place::Unknown, "Not known yet").explain("You can come back to this."),
        ];
        let seen = [
            choice::choice(Evidence::Messages, "Messages"),
            choice::choice(Evidence::Pictures, "Pictures").explain("Don’t open, copy or send them."),
        ];
        let years = (3..=6).map(|year| choice::choice(year, format!("Year {year}")));
        column![
            widget::radio_group("Where did it happen?", places, self.place.as_ref(), Message::PlaceChosen)
                .hide_label(),
            widget::check_group(
                "What have you seen?",
                seen,
                |seen| self.seen.contains(seen),
                Message::EvidenceTurned
            )
            .hint("Choose all that apply."),
            widget::list_box("Year group", years, self.year.as_ref(), Message::YearChosen),
            widget::checkbox("I have read the policy’s words", self.sure, Message::SureTurned),
        ]
        .spacing(L)
        .into()
    }

    fn typing(&self) -> Element<'_, Message> {
        column![
            widget::text_field("Targeted child’s name", &self.name)
                .hint("As it is in the school’s register.")
                .error(self.name_error())
                .id(NAME)
                .on_input(Message::NameEdited),
            widget::text_field("Passphrase", &self.passphrase)
                .secure()
                .width(super::spacing::FIELD_MEDIUM)
                .on_input(Message::PassphraseEdited),
            widget::date_field("When did it happen?", &self.date, self.today, Message::DateEdited)
                .error(self.date_error())
                .id(DATE),
            widget::text_area("What happened?", &self.happened, Message::HappenedEdited)
                .hint("In the child’s own words where you can."),
        ]
        .spacing(L)
        .into()
    }

    fn messages() -> Element<'static, Message> {
        column![
            widget::notice(Tone::Success, "The letter to the family was saved.")
                .what_to_do("Send it, then record the date here."),
            widget::notice(Tone::Info, "The police referral is one of three choices in this case."),
            widget::notice(Tone::Warning, "Two families haven’t answered since Monday 12 January 2026."),
            widget::notice(Tone::Danger, "The case file could not be saved.")
                .what_to_do("Free some space on the disk and try again.")
                .detail("No space left on device (os error 28)"),
            widget::progress("Importing the register", 0.4, Some(Message::Pressed)),
            widget::empty_state(
                "No cases yet",
                "When a disclosure comes in, record it here. It takes about ten minutes.",
                Some(button::secondary("Record a disclosure").on_press(Message::Pressed)),
            ),
        ]
        .spacing(L)
        .into()
    }

    fn facts(&self) -> Element<'_, Message> {
        let parts = [(Part::Overview, "Overview"), (Part::People, "People"), (Part::Letters, "Letters")];
        let columns = [
            widget::table_column("Case", 3),
            widget::table_column("Opened", 3),
            widget::table_column("State", 2),
            widget::table_column("Occasions", 2).right(),
        ];
        let line = |case: &'static str, tag: &'static str, tone, count: &'static str| {
            let cells = [
                Cell::Strong(case.into()),
                Cell::Text("Mon 19 Jan 2026".into()),
                Cell::Tag(tag.into(), tone),
                Cell::Text(count.into()),
            ];
            widget::table_row(cells, Some(Message::Pressed))
        };
        let rows = [
            line("2026-001", "Overdue", Tone::Danger, "2"),
            line("2026-002", "Waiting", Tone::Warning, "1"),
            line("2026-003", "Closed", Tone::Neutral, "4"),
        ];
        column![
            widget::heading(2, "Check your answers"),
            widget::summary([
                widget::fact("Where", "At school").change(Message::Pressed),
                widget::fact("When", self.today.long()).change(Message::Pressed),
                widget::fact("Recorded by", "The headteacher"),
            ]),
            widget::tabs("Parts of the case", parts, &self.part, Message::PartChosen),
            widget::card(
                column![
                    widget::heading(3, "What the policy asks for"),
                    widget::bullets(["Inform both families.", "Offer a meeting.", "Keep a record."]),
                ]
                .spacing(M)
            ),
            widget::table("Cases", &columns, rows),
            widget::expander(
                "What is a disclosure?",
                self.open,
                Message::Opened,
                widget::paragraph("When somebody tells you that a child has been bullied.")
            ),
            button::danger("Remove the draft").on_press(Message::Asked),
        ]
        .spacing(L)
        .width(Length::Fill)
        .into()
    }
}

#[cfg(test)]
mod tests;
