//! Adding a piece of evidence: first the image gate, then either the file with what is known of it, or a note of where
//! it lies. The same form amends what was said.

use super::{Message, path_field, run, tick, working};
use crate::app::{Notice, Progress, ToldOf};
use crate::domain::{Day, Evidence, ImageGate, Kept, NotTaken, OccasionId};
use crate::ui::screen::background::apart;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::{self, After, Ground, form};
use crate::ui::spacing::{COLUMN, L};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, button};
use iced::advanced::widget::Id;
use iced::widget::{column, container};
use iced::{Element, Task};
use std::path::PathBuf;

pub(super) const FIRST: Id = Id::new("evidence-gate");
const FILE: Id = Id::new("evidence-file");
pub(super) const DESCRIPTION: Id = Id::new("evidence-description");
const BY: Id = Id::new("evidence-by");
const ON: Id = Id::new("evidence-on");
const WHY: Id = Id::new("evidence-why");

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The file.
    File,
    /// What it is.
    Description,
    /// Who captured it or has it.
    By,
    /// From which device.
    Device,
    /// The day.
    On,
    /// The time as shown.
    Time,
    /// Where it lies.
    Lies,
    /// Why it is amended.
    Why,
    /// The folder of an export.
    Folder,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    Gate,
    File,
    Note(NotTaken),
    Amend,
    Working,
}

/// A piece of evidence while it is added or amended.
#[derive(Debug)]
pub(super) struct Adding {
    step: Step,
    gate: Option<ImageGate>,
    amends: Option<Evidence>,
    file: Typed,
    description: Typed,
    by: Typed,
    device: Typed,
    on: Typed,
    time: Typed,
    lies: Typed,
    why: Typed,
    occasion: Option<OccasionId>,
    progress: Progress,
    wrong: bool,
}

impl Adding {
    pub(super) fn new(today: Day, takes_files: bool) -> Self {
        Self {
            step: if takes_files { Step::Gate } else { Step::Note(NotTaken::CaseLocked) },
            gate: None,
            amends: None,
            file: Typed::default(),
            description: Typed::default(),
            by: Typed::default(),
            device: Typed::default(),
            on: today.typed().into(),
            time: Typed::default(),
            lies: Typed::default(),
            why: Typed::default(),
            occasion: None,
            progress: Progress::default(),
            wrong: false,
        }
    }

    pub(super) fn of(evidence: &Evidence) -> Self {
        Self {
            step: Step::Amend,
            description: evidence.description.as_str().into(),
            by: evidence.captured_by.as_str().into(),
            device: evidence.device.as_str().into(),
            time: evidence.time.as_str().into(),
            occasion: evidence.occasion,
            amends: Some(evidence.clone()),
            ..Self::new(evidence.on, true)
        }
    }

    /// What to do, and whether the page is done with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        match message {
            Message::GateChosen(gate) => self.gate = Some(gate),
            Message::GateSaid => return (self.pass(), false),
            Message::Edited(field, text) => self.take(field, text),
            Message::OccasionChosen(occasion) => self.occasion = occasion,
            Message::BrowseAsked => return (run(browse()), false),
            Message::Picked(Some(file)) => self.file = file,
            Message::Saved => return self.save(ground),
            Message::Ticked if self.progress.at_work() => return (run(tick()), false),
            Message::Stopped => self.progress.stop(),
            Message::Added(done) => return self.added(done, ground),
            _ => {}
        }
        (After::Stay, false)
    }

    fn pass(&mut self) -> After {
        self.step = match self.gate {
            None => {
                self.wrong = true;
                return After::wrong();
            }
            Some(ImageGate::No) => Step::File,
            Some(ImageGate::Yes) => Step::Note(NotTaken::MayShowChild),
            Some(ImageGate::NotSure) => Step::Note(NotTaken::NotSure),
        };
        self.wrong = false;
        After::Focus(if self.step == Step::File { FILE } else { DESCRIPTION })
    }

    fn take(&mut self, field: Field, text: Typed) {
        match field {
            Field::File => self.file = text,
            Field::Description => self.description = text,
            Field::By => self.by = text,
            Field::Device => self.device = text,
            Field::On => self.on = text,
            Field::Time => self.time = text,
            Field::Lies => self.lies = text,
            Field::Why => self.why = text,
            Field::Folder => {}
        }
    }

    fn told(&self) -> Option<ToldOf> {
        Some(ToldOf {
            description: self.description.kept(),
            captured_by: self.by.kept(),
            device: self.device.kept(),
            on: Day::parse(&self.on).ok()?,
            time: self.time.kept(),
            occasion: self.occasion,
        })
    }

    fn save(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.wrong = true;
        if !self.errors(ground.session.today()).is_empty() {
            return (After::wrong(), false);
        }
        let Some(told) = self.told() else { return (After::Stay, false) };
        let (session, case) = (ground.session, ground.view.case.id);
        let (done, what) = match (&self.step, &self.amends) {
            (Step::Note(why), _) => {
                let done = session.note_evidence(case, &told, &self.lies.kept(), *why).map(|_| ());
                (done, "The note is saved. No file was opened, read or copied.")
            }
            (Step::Amend, Some(first)) => {
                (session.amend_evidence(first, &told, &self.why.kept()), "The evidence is amended.")
            }
            (Step::File, _) => return (self.read(told, ground), false),
            _ => return (After::Stay, false),
        };
        let ok = done.is_ok();
        (After::saved(done, what), ok)
    }

    /// Reads the file on a thread of its own.
    fn read(&mut self, told: ToldOf, ground: Ground<'_>) -> After {
        let Some(gate) = self.gate else { return After::Stay };
        self.progress = Progress::default();
        self.step = Step::Working;
        let (session, case, progress) = (ground.session.clone(), ground.view.case.id, self.progress.clone());
        let file = PathBuf::from(self.file.kept());
        let work = apart(move || {
            let done = session.add_evidence(case, &told, (&file, gate), &progress);
            done.map_err(|error| Notice::from(&error))
        });
        run(Task::batch([Task::perform(work, Message::Added), tick()]))
    }

    fn added(&mut self, done: Result<Evidence, Notice>, ground: Ground<'_>) -> (After, bool) {
        match done {
            Ok(_) => {
                let label = format!("E{}", ground.view.evidence.len() + 1);
                let next = format!(
                    "The original still lies where it was, unchanged: {}. Keep it until the case is closed.",
                    self.file.kept()
                );
                let what = format!("The file is in the case as {label}, byte for byte.");
                (After::Changed(Some(Notice::done(what, next))), true)
            }
            Err(notice) => {
                self.step = Step::File;
                (After::Failed(notice), false)
            }
        }
    }

    /// What is wrong, field by field.
    fn errors(&self, today: Day) -> Vec<(String, Id)> {
        let mut errors = Vec::new();
        if !self.wrong {
            return errors;
        }
        if self.step == Step::Gate {
            if self.gate.is_none() {
                errors.push(("Answer the question first. If nobody knows, choose “Not sure”.".into(), FIRST));
            }
            return errors;
        }
        let note = self.is_note();
        if self.step == Step::File && !PathBuf::from(self.file.kept()).is_absolute() {
            errors.push(("Enter the whole path of the file, or choose it with Browse.".into(), FILE));
        }
        if self.description.trim().is_empty() {
            errors.push(("Say in a few words what it is.".into(), DESCRIPTION));
        }
        if self.by.trim().is_empty() {
            let who = if note { "Say who has it." } else { "Say who captured it." };
            errors.push((who.into(), BY));
        }
        if matches!(self.step, Step::Note(_)) && self.lies.trim().is_empty() {
            errors.push(("Say where it lies.".into(), FILE));
        }
        match Day::parse(&self.on) {
            Err(error) => errors.push((error.to_string(), ON)),
            Ok(day) if day > today => errors.push(("This day has not come yet. Check the date.".into(), ON)),
            Ok(_) => {}
        }
        if self.step == Step::Amend && self.why.trim().is_empty() {
            errors.push(("Say why it is amended. The record keeps both texts.".into(), WHY));
        }
        errors
    }

    fn is_note(&self) -> bool {
        let elsewhere = |e: &Evidence| matches!(e.kept, Kept::Elsewhere { .. });
        matches!(self.step, Step::Note(_)) || self.amends.as_ref().is_some_and(elsewhere)
    }

    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        match &self.step {
            Step::Gate => self.gate_page(ground),
            Step::Working => {
                let fraction = self.progress.fraction();
                let label = if fraction < 1.0 { "Reading the file" } else { "Writing it into the case file" };
                working("Add evidence", label, fraction)
            }
            Step::Note(why) => {
                column![container(stop(*why)).max_width(COLUMN), self.form(ground)].spacing(L).into()
            }
            Step::File | Step::Amend => self.form(ground),
        }
    }

    fn gate_page<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let outer = case::Message::Evidence;
        let errors = self.errors(ground.session.today());
        let error = errors.first().map(|(words, _)| words.clone());
        let choices = [
            widget::choice(ImageGate::No, "No")
                .explain("For example, a screenshot of messages, or an exported chat."),
            widget::choice(ImageGate::Yes, "Yes, it could"),
            widget::choice(ImageGate::NotSure, "Not sure").explain("Do not open it to find out."),
        ];
        let gate = widget::radio_group(
            "Could this picture or video show a nude or semi-nude child?",
            choices,
            self.gate.as_ref(),
            move |gate| outer(Message::GateChosen(gate)),
        )
        .hint("Made by a computer or drawn counts as well. Answer from what you were told.")
        .error(error)
        .id(FIRST);
        let buttons = [
            button::primary("Continue").on_press(outer(Message::GateSaid)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form("Before a file is added", errors, [gate.into()], buttons)
    }

    fn form<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let outer = case::Message::Evidence;
        let today = ground.session.today();
        let errors = self.errors(today);
        let error = |id: Id| errors.iter().find(|(_, field)| *field == id).map(|(words, _)| words.clone());
        let typed = move |field: Field| move |text: String| outer(Message::Edited(field, text.into()));
        let note = self.is_note();
        let mut fields: Vec<Element<'a, case::Message>> = Vec::new();
        if self.step == Step::File {
            let hint = "It is read only. The original is not changed, moved or removed.";
            fields.push(path_field("File", hint, &self.file, (Field::File, FILE), error(FILE)));
        }
        let (what, hint, by, on) = if note {
            (
                "What was said about it?",
                "In words only, as you were told.",
                "Who has it?",
                "When were you told of it?",
            )
        } else {
            (
                "What is it?",
                "A few words for the index. Somebody who does not see the picture hears them.",
                "Who captured it?",
                "On which day was it captured?",
            )
        };
        let description = widget::text_field(what, &self.description).hint(hint).error(error(DESCRIPTION));
        fields.push(description.id(DESCRIPTION).on_input(typed(Field::Description)).into());
        let who = widget::text_field(by, &self.by).error(error(BY)).id(BY).on_input(typed(Field::By));
        fields.push(who.into());
        if matches!(self.step, Step::Note(_)) {
            let lies = widget::text_field("Where does it lie?", &self.lies)
                .hint("On which device or account, and where the device is now.")
                .error(error(FILE))
                .id(FILE)
                .on_input(typed(Field::Lies));
            fields.push(lies.into());
        }
        if !note {
            let device = widget::text_field("From which device?", &self.device)
                .hint("For example, the family’s tablet. It may stay empty.")
                .on_input(typed(Field::Device));
            fields.push(device.into());
        }
        fields.push(widget::date_field(on, &self.on, today, typed(Field::On)).error(error(ON)).id(ON).into());
        let time = widget::text_field("At what time?", &self.time)
            .hint("As the device shows it. It may stay empty.")
            .on_input(typed(Field::Time));
        fields.push(time.into());
        fields.push(self.occasions(ground));
        if self.step == Step::Amend {
            let why = widget::text_field("Why is it amended?", &self.why).error(error(WHY)).id(WHY);
            fields.push(why.on_input(typed(Field::Why)).into());
        }
        let (title, save) = match self.step {
            Step::Amend => ("Amend what is said of it", "Save"),
            Step::Note(_) => ("Record that it exists", "Save the note"),
            _ => ("Add evidence", "Add to the case"),
        };
        let buttons = [
            button::primary(save).on_press(outer(Message::Saved)).into(),
            button::secondary("Cancel").on_press(outer(Message::Left)).into(),
        ];
        form(title, errors, fields, buttons)
    }

    fn occasions<'a>(&'a self, ground: Ground<'a>) -> Element<'a, case::Message> {
        let of = ground.view.occasions.iter().map(|occasion| {
            let from = ground.view.person(occasion.by).map_or("", |person| person.name.full());
            widget::choice(Some(occasion.id), format!("{}, from {from}", occasion.on.short()))
        });
        let choices = std::iter::once(widget::choice(None, "None, or several")).chain(of);
        widget::list_box("Which occasion does it show?", choices, Some(&self.occasion), |occasion| {
            case::Message::Evidence(Message::OccasionChosen(occasion))
        })
        .into()
    }
}

/// What to do instead of adding it.
fn stop<'a>(why: NotTaken) -> Element<'a, case::Message> {
    let what = if why == NotTaken::CaseLocked {
        "Casebook takes no files into this case."
    } else {
        "Casebook does not take this file. It was not opened, read or copied."
    };
    widget::notice(Tone::Danger, what)
        .what_to_do(
            "Do not look at it, copy it, save it, print it or send it on, and do not ask a child to show or delete it. The \
             device stays with whoever has it, switched off if you can, until the police say what to do. Tell the \
             police or children’s services today. If you have seen it already, write down that you did and why. Then \
             record below, in words, that it exists.",
        )
        .into()
}

fn browse() -> Task<Message> {
    let dialog = rfd::AsyncFileDialog::new().set_title("Which file is it?").pick_file();
    Task::perform(dialog, |picked| {
        let path = |picked: rfd::FileHandle| -> PathBuf { picked.path().to_owned() };
        Message::Picked(picked.map(|picked| path(picked).display().to_string().into()))
    })
}
