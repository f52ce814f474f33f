//! The list of cases, with search, and the disclosures that were left half-way. What a case holds is another screen's.

mod filters;
mod rows;
#[cfg(test)]
mod tests;

use super::background;
use super::case::typed::Typed;
use super::case::words;
use crate::app::{CaseFilter, CaseFilters, CaseList, Error, Notice, Session};
use crate::domain::{CaseId, Draft};
use crate::ui::spacing::{L, M, S, XL};
use crate::ui::theme::{self, Tone};
use crate::ui::widget::{self, button};
pub use filters::Chosen;
use iced::widget::scrollable::Viewport;
use iced::widget::{column, container, responsive, row, space};
use iced::{Alignment, Element, Length, Size, Task};

/// The search field, as wide as its hint.
const SEARCH: f32 = 440.0;

/// The screen.
#[derive(Debug)]
pub struct Cases {
    session: Session,
    typed: Typed,
    filter: CaseFilter,
    filters: CaseFilters,
    filters_open: bool,
    /// Pages of the list that are asked for.
    pages: usize,
    /// Nothing before the first answer.
    rows: Option<Rows>,
    finding: bool,
    drafts: Vec<Draft>,
    notice: Option<Notice>,
    setting_aside: Option<CaseId>,
    scrolled: f32,
}

/// The lines found. Not shown when debugged: they name children.
#[derive(Clone)]
struct Rows(CaseList);

/// What was asked for.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    typed: Typed,
    filter: CaseFilter,
    pages: usize,
}

/// What a search came to.
#[derive(Debug, Clone)]
pub struct Found {
    asked: Asked,
    rows: Result<(Rows, CaseFilters), Notice>,
}

impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({})", self.0.rows.len())
    }
}

/// What happened on the screen.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed into the search.
    Searched(Typed),
    /// A search is over.
    Found(Found),
    /// The search was emptied.
    Cleared,
    /// The filters were opened or closed.
    FiltersShown(bool),
    /// One of them was set.
    Chosen(Chosen),
    /// Search and filters are to be empty again.
    AllShown,
    /// Older ones are to be shown too.
    MoreShown,
    /// The list was scrolled to this many pixels from its top.
    Scrolled(f32),
    /// A new disclosure was asked for.
    Begun,
    /// A disclosure left half-way was taken up.
    Resumed(CaseId),
    /// A disclosure left half-way is to be set aside.
    SetAsideAsked(CaseId),
    /// It was confirmed.
    SetAside,
    /// It was called off.
    Kept,
    /// A case was opened.
    Opened(CaseId),
}

/// What the screen asks of the window.
#[must_use]
#[derive(Debug)]
pub enum Action {
    /// Nothing.
    None,
    /// Run this.
    Run(Task<Message>),
    /// A new disclosure.
    Begin,
    /// A disclosure left half-way.
    Resume(CaseId),
    /// A case.
    Open(CaseId),
}

impl Cases {
    /// The screen, and what it has to do first.
    pub fn new(session: Session) -> (Self, Task<Message>) {
        let mut screen = Self {
            session,
            typed: Typed::default(),
            filter: CaseFilter::default(),
            filters: CaseFilters::default(),
            filters_open: false,
            pages: 1,
            rows: None,
            finding: false,
            drafts: Vec::new(),
            notice: None,
            setting_aside: None,
            scrolled: 0.0,
        };
        screen.read_drafts();
        let first = screen.find();
        (screen, first)
    }

    fn read_drafts(&mut self) {
        match self.session.drafts() {
            Ok(mut drafts) => {
                drafts.sort_by_key(|draft| std::cmp::Reverse(draft.started));
                self.drafts = drafts;
            }
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }

    /// Searches on a thread of its own, one search at a time: thousands of cases take longer than a key press may.
    fn find(&mut self) -> Task<Message> {
        if self.finding {
            return Task::none();
        }
        self.finding = true;
        let (session, asked) = (self.session.clone(), self.asked());
        let work = {
            let Asked { typed, filter, pages } = asked.clone();
            background::apart(move || {
                let rows = session.find_cases(&typed, &filter, pages);
                rows.and_then(|rows| Ok((Rows(rows), session.case_filters()?)))
                    .map_err(|error| Notice::from(&error))
            })
        };
        Task::perform(work, move |rows| Message::Found(Found { asked, rows }))
    }

    fn asked(&self) -> Asked {
        Asked { typed: self.typed.clone(), filter: self.filter.clone(), pages: self.pages }
    }

    /// Takes in what was found, and searches again where more was typed meanwhile.
    fn found(&mut self, found: Found) -> Task<Message> {
        self.finding = false;
        match found.rows {
            Ok((rows, filters)) => (self.rows, self.filters) = (Some(rows), filters),
            Err(notice) => self.notice = Some(notice),
        }
        if found.asked == self.asked() { Task::none() } else { self.find() }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Searched(typed) => return Action::Run(self.search(typed)),
            Message::Found(found) => return Action::Run(self.found(found)),
            Message::Cleared => return Action::Run(self.search(Typed::default())),
            Message::FiltersShown(shown) => self.filters_open = shown,
            Message::Chosen(chosen) => {
                filters::apply(&mut self.filter, chosen);
                self.pages = 1;
                return Action::Run(self.find());
            }
            Message::AllShown => {
                self.filter = CaseFilter::default();
                return Action::Run(self.search(Typed::default()));
            }
            Message::MoreShown => {
                self.pages += 1;
                return Action::Run(self.find());
            }
            Message::Scrolled(offset) => self.scrolled = offset,
            Message::Begun => return Action::Begin,
            Message::Resumed(id) => return Action::Resume(id),
            Message::SetAsideAsked(id) => self.setting_aside = Some(id),
            Message::SetAside => self.set_aside(),
            Message::Kept => self.setting_aside = None,
            Message::Opened(id) => return Action::Open(id),
        }
        Action::None
    }

    fn search(&mut self, typed: Typed) -> Task<Message> {
        self.typed = typed;
        self.pages = 1;
        self.find()
    }

    fn set_aside(&mut self) {
        let Some(id) = self.setting_aside.take() else { return };
        let done: Result<(), Error> = self.session.discard_draft(id);
        self.notice = done.as_ref().err().map(Notice::from);
        self.read_drafts();
    }

    /// The page.
    pub fn view(&self) -> Element<'_, Message> {
        let page = responsive(|size| self.page(size));
        let page = container(page).width(Length::Fill).height(Length::Fill).style(theme::paper);
        let main = crate::ui::access::control(crate::ui::access::Role::Main, "", page);
        widget::modal(main, self.setting_aside.map(|_| Self::dialog()))
    }

    fn page(&self, size: Size) -> Element<'_, Message> {
        let wide = size.width >= rows::ROOM;
        let content = column![self.top(wide), self.left_half_way(wide), self.list(size)].spacing(L);
        let content = container(content).padding([XL, XL]).width(Length::Fill);
        words::scrolling(content)
            .on_scroll(|viewport: Viewport| Message::Scrolled(viewport.absolute_offset().y))
            .into()
    }

    fn top(&self, wide: bool) -> Element<'_, Message> {
        let begin = button::primary("New disclosure").on_press(Message::Begun);
        let empty = self.is_empty();
        let title = row![widget::heading(1, "Cases"), space().width(Length::Fill)]
            .push((!empty).then(|| Element::from(begin)))
            .align_y(Alignment::Center);
        let search = (!empty).then(|| {
            let field = widget::text_field("Search", &self.typed)
                .hint("A name, an account, a reference, or words used.")
                .on_input(|text| Message::Searched(text.into()));
            let clear = (!self.typed.is_empty()).then(|| {
                Element::from(button::quiet("Clear").name("Clear the search").on_press(Message::Cleared))
            });
            row![container(Element::from(field)).max_width(SEARCH)]
                .push(clear)
                .spacing(S)
                .align_y(Alignment::End)
                .wrap()
        });
        let filters = (!empty)
            .then(|| filters::view(&self.session, &self.filter, &self.filters, (self.filters_open, wide)));
        column![title]
            .push(search)
            .push(filters)
            .push(self.notice.as_ref().map(words::said))
            .spacing(L)
            .into()
    }

    /// Nothing in the case file at all, as against nothing found.
    fn is_empty(&self) -> bool {
        self.rows.as_ref().is_some_and(|rows| rows.0.rows.is_empty()) && !self.is_narrowed()
    }

    fn is_narrowed(&self) -> bool {
        !self.typed.trim().is_empty() || self.filter != CaseFilter::default()
    }

    fn left_half_way(&self, wide: bool) -> Element<'_, Message> {
        if self.drafts.is_empty() {
            return space().into();
        }
        let names =
            words::told_apart(self.drafts.iter().map(|draft| format!("{}, {}", child(draft), begun(draft))));
        let lines = self.drafts.iter().zip(names).map(|(draft, name)| draft_line(draft, &name, wide));
        column![widget::heading(2, "Left half-way")].extend(lines).spacing(M).into()
    }

    fn list(&self, size: Size) -> Element<'_, Message> {
        let Some(Rows(CaseList { rows, more })) = &self.rows else { return widget::hint("Working…") };
        if self.is_empty() {
            return widget::empty_state(
                "No cases yet",
                "Start with a new disclosure: one question a page, about ten minutes. You can stop at any point and go on later.",
                Some(button::primary("New disclosure").on_press(Message::Begun)),
            );
        }
        let found = if *more && self.is_narrowed() {
            format!("The newest {} cases found. Below them, Show more has the older ones.", rows.len())
        } else if *more {
            format!(
                "The first {} cases. Search or filter to find others, or Show more below them.",
                rows.len()
            )
        } else if !self.is_narrowed() {
            words::count(rows.len(), "case", "cases")
        } else if rows.is_empty() {
            let title = match self.typed.trim() {
                "" => "No case is of this kind".to_owned(),
                typed => format!("Nothing matches “{typed}”"),
            };
            return widget::empty_state(
                title,
                "Check the spelling, or try fewer words. The beginning of a word is enough. Fewer filters show more.",
                Some(button::secondary("Show all cases").on_press(Message::AllShown)),
            );
        } else {
            format!("{} found", words::count(rows.len(), "case", "cases"))
        };
        let above = f32::from(u16::try_from(self.drafts.len()).unwrap_or(u16::MAX)) * rows::DRAFT
            + rows::TOP
            + if self.filters_open { rows::FILTERS } else { 0.0 };
        let window = rows::Window { scrolled: self.scrolled, above, size };
        let all = self
            .is_narrowed()
            .then(|| Element::from(button::quiet("Show all cases").on_press(Message::AllShown)));
        let found = row![widget::hint(found)].push(all).spacing(S).align_y(Alignment::Center);
        let further = more.then(|| {
            Element::from(button::secondary("Show more").name("Show more cases").on_press(Message::MoreShown))
        });
        column![found, rows::list(rows, self.session.today(), &window)].push(further).spacing(S).into()
    }

    fn dialog() -> widget::Dialog<'static, Message> {
        let buttons = button::row_of([
            button::danger("Set it aside").on_press(Message::SetAside).into(),
            button::secondary("Keep it").on_press(Message::Kept).into(),
        ]);
        let words = "It leaves this list and cannot be taken up again. What was typed stays in the case file’s record.";
        widget::dialog("Set this disclosure aside?", column![widget::paragraph(words), buttons].spacing(L))
            .on_cancel(Message::Kept)
    }
}

fn child(draft: &Draft) -> &str {
    draft.disclosure.target.as_ref().map_or("No name yet", |target| target.name.full())
}

fn begun(draft: &Draft) -> String {
    format!("Begun on {}", draft.started.long())
}

fn draft_line<'a>(draft: &'a Draft, name: &str, wide: bool) -> Element<'a, Message> {
    let words = column![widget::strong(child(draft)), widget::hint(begun(draft))].width(Length::Fill);
    let tag = widget::tag("Not finished", Tone::Warning);
    let resume =
        button::secondary("Resume").name(format!("Resume {name}")).on_press(Message::Resumed(draft.id));
    let aside = button::quiet("Set aside")
        .name(format!("Set aside {name}"))
        .on_press(Message::SetAsideAsked(draft.id));
    let buttons = button::row_of([resume.into(), aside.into()]);
    let line: Element<'_, Message> = if wide {
        row![words, tag, buttons].spacing(M).align_y(Alignment::Center).into()
    } else {
        column![words, tag, buttons].spacing(M).into()
    };
    container(line).padding([M, L]).width(Length::Fill).style(theme::card).into()
}
