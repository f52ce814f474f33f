//! An exported chat, step by step: the file, what matters in it, who wrote it, the occasions that come of it. Nothing is
//! kept before the last page, and then only what was marked.

mod authors;
mod check;
mod choose;
mod hours;
mod message;
mod source;
#[cfg(test)]
mod tests;

use super::typed::Typed;
use super::{After, Ground};
use crate::app::{self, Chat, DateOrder, DatesDecided, Notice, Progress};
use crate::domain::{ChatExport, ChatMarks, Occasion, Person, PersonId, Reach};
use crate::ui::access;
use crate::ui::screen::background::{apart, pause};
use crate::ui::screen::case::words::{self, count};
use crate::ui::spacing::{COLUMN, L};
use crate::ui::widget::{self, button, slot};
use authors::Authors;
use check::Check;
use choose::Choose;
use iced::advanced::widget::Id;
use iced::widget::{column, container};
use iced::{Element, Length, Task};
pub use message::Message;
use message::{Answer, Field};
use source::Source;
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// How often the bar is looked at.
const TICK: Duration = Duration::from_millis(200);
/// After how many marks they are kept.
const KEPT: u32 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    File,
    Reading,
    Dates,
    Choose,
    Authors,
    Check,
}

/// An import that is under way.
pub(super) struct Import {
    step: Step,
    source: Source,
    /// Which try at reading is the latest: what an earlier one found is of no interest.
    reading: u64,
    progress: Progress,
    choose: Option<Choose>,
    authors: Authors,
    check: Check,
    /// What was marked before an interruption.
    before: Option<ChatMarks>,
    notice: Option<Notice>,
}

impl fmt::Debug for Import {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Import").field("step", &self.step).finish_non_exhaustive()
    }
}

/// What a page has to work with.
#[derive(Clone, Copy)]
struct Given<'a> {
    ground: Ground<'a>,
    chat: &'a Chat,
}

fn go(to: Id) -> After {
    run(Task::batch([widget::to_top(), access::focus(to)]))
}

fn run(task: Task<Message>) -> After {
    let outer = |message| super::Message::Occasions(super::OccasionsMessage::Chat(message));
    After::Run(task.map(outer))
}

impl Import {
    /// The first page, unless the case takes nothing in: better said now than after the marking.
    pub(super) fn new(ground: Ground<'_>) -> Result<(Self, After), app::Error> {
        ground.session.takes_chats(ground.view.case.id)?;
        let before = ground.session.chat_marks(ground.view.case.id)?;
        let import = Self {
            step: Step::File,
            source: before.as_ref().map(Source::of).unwrap_or_default(),
            reading: 0,
            progress: Progress::default(),
            choose: None,
            authors: Authors::default(),
            check: Check::default(),
            before,
            notice: None,
        };
        Ok((import, go(source::FILE)))
    }

    /// What to do, and whether the import is done with.
    pub(super) fn update(&mut self, message: Message, ground: Ground<'_>) -> (After, bool) {
        let after = match message {
            Message::Left => {
                self.progress.stop();
                return (After::Stay, true);
            }
            Message::Confirmed => return self.confirm(ground),
            Message::Edited(field, text) => self.edit(field, text),
            Message::BrowseAsked => run(source::browse()),
            Message::Picked(file) => {
                self.source.file = file.unwrap_or_else(|| self.source.file.clone());
                After::Stay
            }
            Message::ReadAsked => self.read_asked(),
            Message::Ticked if self.progress.at_work() && self.step == Step::Reading => run(tick()),
            Message::Stopped => self.choose_file(),
            Message::WasRead(reading, read) if reading == self.reading => self.was_read(read, ground),
            Message::Ticked | Message::WasRead(..) => After::Stay,
            Message::DatesAsked => self.step_to(Step::Dates),
            Message::OrderSaid => self.order_said(),
            Message::MarksSaid => self.marks_said(ground),
            Message::AuthorsSaid => self.authors_said(ground),
            Message::Back => self.back(),
            Message::LinkFollowed(id) => After::Focus(id),
            Message::PageTurned(page) => self.turn_page(page),
            other => {
                self.take(other, ground);
                After::Stay
            }
        };
        (after, false)
    }

    /// Takes in what only changes an answer.
    fn take(&mut self, message: Message, ground: Ground<'_>) {
        match message {
            Message::OrderChosen(order) => self.source.order = Some(order),
            Message::Marked(at, on) => {
                self.on_choose(|choose| choose.mark(at, on));
                self.keep(KEPT, ground);
            }
            Message::HoursShown(on) => self.on_choose(|choose| choose.hours_open = on),
            Message::RejectedShown(on) => self.on_choose(|choose| choose.rejected_open = on),
            Message::WhoChosen(at, answer) => self.authors.answer(at, answer),
            Message::Newcomer(at, message) => self.authors.newcomer(at, message),
            Message::TogetherChosen(together) => self.propose(together, ground),
            Message::ReachChosen(reach) => self.check.reach = Some(reach),
            Message::Turned(at, on) => self.check.turn(at, on),
            Message::ToChosen(at, to) => self.check.send(at, to),
            _ => {}
        }
    }

    /// Keeps what is marked once so much of it is new.
    fn keep(&mut self, least: u32, ground: Ground<'_>) {
        let Some(choose) = self.choose.as_mut().filter(|choose| choose.unkept >= least) else { return };
        let marks = ChatMarks {
            case: ground.view.case.id,
            sha256: choose.chat.source.sha256.clone(),
            device: self.source.device.kept(),
            brought_by: self.source.brought_by.kept(),
            lines: choose.marked_lines(),
        };
        match ground.session.keep_chat_marks(&marks) {
            Ok(()) => choose.unkept = 0,
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
        self.before = Some(marks);
    }

    fn on_choose(&mut self, work: impl FnOnce(&mut Choose)) {
        if let Some(choose) = &mut self.choose {
            work(choose);
        }
    }

    fn edit(&mut self, field: Field, text: Typed) -> After {
        match field {
            Field::File => self.source.file = text,
            Field::Device => self.source.device = text,
            Field::BroughtBy => self.source.brought_by = text,
            Field::From | Field::To | Field::Find => self.on_choose(|choose| choose.edit(field, text)),
            Field::SeenBy => self.check.seen_by = text,
        }
        After::Stay
    }

    fn step_to(&mut self, step: Step) -> After {
        (self.step, self.notice) = (step, None);
        go(match step {
            Step::File | Step::Reading => source::FILE,
            Step::Dates => source::ORDER,
            Step::Choose => choose::FROM,
            Step::Authors => authors::id(0),
            Step::Check => check::TOGETHER,
        })
    }

    fn back(&mut self) -> After {
        match self.step {
            Step::File | Step::Reading | Step::Dates | Step::Choose => self.choose_file(),
            Step::Authors => self.step_to(Step::Choose),
            Step::Check => self.step_to(Step::Authors),
        }
    }

    fn choose_file(&mut self) -> After {
        // Whatever is being read comes too late.
        self.reading += 1;
        self.progress.stop();
        self.step_to(Step::File)
    }

    fn turn_page(&mut self, page: usize) -> After {
        self.on_choose(|choose| choose.page = page);
        run(access::focus(choose::LIST))
    }

    fn read_asked(&mut self) -> After {
        self.source.wrong = true;
        if !self.source.errors().is_empty() {
            return After::wrong();
        }
        (self.choose, self.source.order) = (None, None);
        self.read(None)
    }

    /// Reads the file on a thread of its own.
    fn read(&mut self, order: Option<DateOrder>) -> After {
        (self.step, self.notice, self.progress) = (Step::Reading, None, Progress::default());
        self.reading += 1;
        let (file, progress) = (PathBuf::from(self.source.file.kept()), self.progress.clone());
        let reading = self.reading;
        let work = apart(move || {
            let read = app::read_chat_watched(&file, order, &progress);
            read.map(Box::new).map_err(|error| Notice::from(&error))
        });
        run(Task::batch([Task::perform(work, move |read| Message::WasRead(reading, read)), tick()]))
    }

    fn was_read(&mut self, read: Result<Box<Chat>, Notice>, ground: Ground<'_>) -> After {
        let chat = match read {
            Ok(chat) => chat,
            Err(notice) => {
                let after = self.step_to(Step::File);
                self.notice = Some(notice);
                return after;
            }
        };
        if chat.messages.is_empty() {
            let after = self.step_to(Step::File);
            let next = "Look at the file on the phone, and export the chat once more, without media.";
            self.notice = Some(Notice { what: "There are no messages in this chat.".into(), ..empty(next) });
            return after;
        }
        let assumed = chat.source.dates.decided == DatesDecided::Assumed;
        let mut choose = Choose::new(chat, &ground.view.occasions);
        let again = self.before.as_ref().is_some_and(|before| choose.mark_again(before));
        self.choose = Some(choose);
        let after = self.step_to(if assumed { Step::Dates } else { Step::Choose });
        self.notice = again.then(|| Notice::done("What you marked in this file before is marked again.", ""));
        after
    }

    fn order_said(&mut self) -> After {
        if let Some(order) = self.source.order {
            return self.read(Some(order));
        }
        self.source.order_wrong = true;
        After::wrong()
    }

    fn marks_said(&mut self, ground: Ground<'_>) -> After {
        let Some(choose) = &mut self.choose else { return After::Stay };
        choose.wrong = true;
        if !choose.errors().is_empty() {
            return After::wrong();
        }
        self.keep(1, ground);
        let Some(choose) = &self.choose else { return After::Stay };
        match self.authors.renew(&choose.marked_messages(), ground) {
            Ok(()) => self.step_to(Step::Authors),
            Err(error) => After::Failed(Notice::from(&error)),
        }
    }

    fn authors_said(&mut self, ground: Ground<'_>) -> After {
        self.authors.wrong = true;
        if !self.authors.errors().is_empty() {
            return After::wrong();
        }
        let several = self.choose.as_ref().is_some_and(|choose| choose.writers() > 2);
        self.check.reach.get_or_insert(if several { Reach::Group } else { Reach::Private });
        self.propose(true, ground);
        self.step_to(Step::Check)
    }

    fn propose(&mut self, together: bool, ground: Ground<'_>) {
        let Some(choose) = &self.choose else { return };
        let marked = choose.marked_messages();
        self.check.propose(&marked, &self.authors, together, &ground.view.case);
    }

    fn confirm(&mut self, ground: Ground<'_>) -> (After, bool) {
        self.check.wrong = true;
        if !self.check.errors().is_empty() {
            return (After::wrong(), false);
        }
        let Some(choose) = &self.choose else { return (After::Stay, false) };
        let (all, sha256) = (choose.chat.messages.len(), &choose.chat.source.sha256);
        let told = self.check.told(&self.source);
        let (session, case) = (ground.session, ground.view.case.id);
        let people = self.authors.people(ground);
        let occasions = self.check.occasions(session, case, &people, &told, sha256);
        let done = occasions.and_then(|occasions| {
            session.add_from_chat(case, &occasions, &people.changed)?;
            Ok(said(&occasions, all))
        });
        match done {
            Ok(notice) => (After::Changed(Some(notice)), true),
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                (run(widget::to_top()), false)
            }
        }
    }

    /// The page.
    pub(super) fn view<'a>(&'a self, ground: Ground<'a>) -> Element<'a, super::Message> {
        let page = match (self.step, &self.choose) {
            (Step::Reading, _) => source::reading(self.progress.fraction()),
            (Step::Dates, Some(choose)) => self.source.dates_page(&choose.chat),
            (Step::Choose, Some(choose)) => choose.view(ground),
            (Step::Authors, Some(_)) => self.authors.view(ground),
            (Step::Check, Some(choose)) => {
                self.check.view(Given { ground, chat: &choose.chat }, &self.authors)
            }
            _ => self.source.file_page(),
        };
        let notice =
            self.notice.as_ref().map(|notice| container(words::said(notice)).max_width(COLUMN).into());
        let page = column![slot(notice, L), page].width(Length::Fill);
        let page: Element<'a, Message> = page.into();
        page.map(|message| super::Message::Occasions(super::OccasionsMessage::Chat(message)))
    }
}

/// What was added, and what was not.
fn said(occasions: &[Occasion], all: usize) -> Notice {
    let messages: usize =
        occasions.iter().filter_map(|o| o.more.export.as_ref()).map(ChatExport::messages).sum();
    let what = format!(
        "{} from {} are added to the case.",
        count(occasions.len(), "occasion", "occasions"),
        count(messages, "message", "messages"),
    );
    let rest = count(all.saturating_sub(messages), "other message", "other messages");
    let next = format!(
        "{rest} of the chat {} kept. The file still lies where it was, unchanged. Keep the phone’s own chat until the \
         case is closed: the export proves nothing by itself.",
        if all.saturating_sub(messages) == 1 { "is not" } else { "are not" }
    );
    Notice::done(
        what,
        next.replace("No other messages of the chat are not kept", "Nothing else was in the chat"),
    )
}

fn empty(next: &str) -> Notice {
    Notice { kind: app::Kind::YourInput, what: String::new(), what_to_do: next.into(), detail: String::new() }
}

fn tick() -> Task<Message> {
    Task::perform(pause(TICK), |()| Message::Ticked)
}

/// A page of the import: its title, what is wrong on it, what stands on it, its buttons.
fn page<'a>(
    title: &'static str,
    lead: &'static str,
    errors: Vec<(String, Id)>,
    content: Vec<Element<'a, Message>>,
    (go_on, message, back): (&'static str, Message, Message),
) -> Element<'a, Message> {
    let summary = (!errors.is_empty()).then(|| widget::error_summary(errors, Message::LinkFollowed));
    let back = if matches!(back, Message::Left) {
        None
    } else {
        Some(button::secondary("Back").name("Back one step").on_press(back))
    };
    let buttons = [
        Some(button::primary(go_on).on_press(message)),
        back,
        Some(button::quiet("Cancel").on_press(Message::Left)),
    ];
    let head = column![widget::heading(2, title), widget::hint(lead)].spacing(crate::ui::spacing::S);
    let content = column![container(head).max_width(COLUMN)]
        .extend(content)
        .push(button::row_of(buttons.into_iter().flatten().map(Element::from)))
        .spacing(L);
    column![container(slot(summary, L)).max_width(COLUMN), content].width(Length::Fill).into()
}

fn error_at(errors: &[(String, Id)], id: &Id) -> Option<String> {
    errors.iter().find(|(_, field)| field == id).map(|(words, _)| words.clone())
}

fn typed(field: Field) -> impl Fn(String) -> Message {
    move |text| Message::Edited(field, text.into())
}

/// Everybody who wrote something that is taken.
struct Writers {
    /// By the author's place: nothing where the messages are left out.
    who: Vec<Option<Person>>,
    /// Those whose record is new or has changed.
    changed: Vec<Person>,
}

impl Writers {
    fn find(&self, id: PersonId) -> Option<&Person> {
        self.who.iter().flatten().find(|person| person.id == id)
    }
}
