//! What the program says: a notice, a summary of errors, the policy's words, progress, an empty page.

use super::{button, heading, hint, paragraph, small, strong};
use crate::ui::access::{Live, Role, control};
use crate::ui::icon::{Icon, icon};
use crate::ui::spacing::{L, LEADING, M, S, TEXT, TEXT_LEAD, XL, XS};
use crate::ui::theme::{self, Palette, Tone};
use iced::advanced::widget::Id;
use iced::widget::{Column, column, container, progress_bar, row, text};
use iced::{Color, Element, Length};
use std::borrow::Cow;

/// The first link of an error summary, to focus it when the errors change.
pub const ERROR_SUMMARY: Id = Id::new("error-summary");

/// A notice being described; turn it into an element with `.into()`.
pub struct Notice<'a> {
    tone: Tone,
    what: Cow<'a, str>,
    what_to_do: Option<Cow<'a, str>>,
    detail: Option<Cow<'a, str>>,
}

/// Says what happened, in one sentence.
pub fn notice<'a>(tone: Tone, what: impl Into<Cow<'a, str>>) -> Notice<'a> {
    Notice { tone, what: what.into(), what_to_do: None, detail: None }
}

impl<'a> Notice<'a> {
    /// What to do next.
    #[must_use]
    pub fn what_to_do(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.what_to_do = Some(words.into());
        self
    }

    /// The technical detail, for whoever is asked for help.
    #[must_use]
    pub fn detail(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.detail = Some(words.into());
        self
    }
}

/// The colour of a tone as a plain function, which styles ask for.
fn color_of(tone: Tone) -> fn(&Palette) -> Color {
    match tone {
        Tone::Neutral => |p| p.ink_soft,
        Tone::Info => |p| p.info,
        Tone::Success => |p| p.success,
        Tone::Warning => |p| p.warning,
        Tone::Danger => |p| p.danger,
    }
}

impl<'a, Message: Clone + 'a> From<Notice<'a>> for Element<'a, Message> {
    fn from(notice: Notice<'a>) -> Self {
        let tone = notice.tone;
        let (role, live, kind, shape) = match tone {
            Tone::Neutral | Tone::Info => (Role::Status, Live::Polite, "Information", Icon::Info),
            Tone::Success => (Role::Status, Live::Polite, "Done", Icon::Tick),
            Tone::Warning => (Role::Alert, Live::Assertive, "Important", Icon::Warning),
            Tone::Danger => (Role::Alert, Live::Assertive, "Problem", Icon::Error),
        };
        let mut words = column![strong(notice.what)].spacing(XS).width(Length::Fill);
        words = words.push(notice.what_to_do.map(paragraph));
        words = words.push(notice.detail.map(small));
        let mark = container(icon(shape, TEXT + S, color_of(tone)));
        let content = container(row![mark, words].spacing(M)).padding([M, M]).width(Length::Fill);
        let content = container(ruled_flush(color_of(tone), content))
            .width(Length::Fill)
            .style(move |theme| theme::tinted(theme, tone));
        control(role, kind, content).live(live).into()
    }
}

/// Everything that has to be corrected on the page, each a link to its field. Focuses itself when it appears.
pub fn error_summary<'a, Message: Clone + 'a>(
    errors: impl IntoIterator<Item = (impl Into<Cow<'a, str>>, Id)>,
    on_link: impl Fn(Id) -> Message,
) -> Element<'a, Message> {
    let links = errors.into_iter().enumerate().map(|(n, (words, field))| {
        let link = button::quiet(words).link().flush().on_press(on_link(field));
        if n == 0 { link.id(ERROR_SUMMARY) } else { link }.into()
    });
    let content = column![heading(2, "There is a problem"), Column::with_children(links)].spacing(S);
    let content =
        container(content).padding(L).width(Length::Fill).style(|theme| theme::tinted(theme, Tone::Danger));
    let content = ruled_flush(|p| p.danger, content);
    control(Role::Alert, "There is a problem", content).live(Live::Assertive).autofocus().into()
}

fn ruled_flush<'a, Message: 'a>(
    pick: fn(&Palette) -> Color,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let rule = container(iced::widget::space()).width(crate::ui::spacing::RULE).height(Length::Fill);
    row![rule.style(theme::flat(pick)), content.into()].height(Length::Shrink).into()
}

/// The policy's own words in a quiet panel: which clause, where it stands, what it says, and a note of ours.
pub fn citation<'a, Message: Clone + 'a>(
    key: impl Into<Cow<'a, str>>,
    section: impl Into<Cow<'a, str>>,
    quote: impl Into<Cow<'a, str>>,
    note: Option<impl Into<Cow<'a, str>>>,
) -> Element<'a, Message> {
    let (key, section) = (key.into(), section.into());
    let name = format!("The school’s policy, {key}, {section}");
    let quote = text(format!("“{}”", quote.into())).size(TEXT_LEAD - 1.0).line_height(LEADING);
    let key = text(key).size(TEXT).font(theme::FONT_BOLD).style(theme::ink(|p| p.accent));
    let mut words = column![key, small(section), quote].spacing(S).width(Length::Fill);
    words = words.push(note.map(|note| small(note)));
    let words = container(words).padding([M, M]).width(Length::Fill);
    let panel = container(ruled_flush(|p| p.accent, words)).width(Length::Fill).style(theme::panel);
    control(Role::Blockquote, name, panel).into()
}

/// How far something is along (0 to 1), and a way to stop it.
pub fn progress<'a, Message: Clone + 'a>(
    label: impl Into<Cow<'a, str>>,
    fraction: f32,
    on_cancel: Option<Message>,
) -> Element<'a, Message> {
    let label = label.into();
    let percent = format!("{:.0} %", fraction.clamp(0.0, 1.0) * 100.0);
    let bar = progress_bar(0.0..=1.0, fraction).girth(S + XS).style(theme::progress);
    let words = row![strong(label.clone()), iced::widget::space().width(Length::Fill), hint(percent.clone())];
    let shown = control(Role::ProgressIndicator, label.into_owned(), column![words, bar].spacing(S))
        .fraction(fraction)
        .value(percent);
    let mut content = column![Element::from(shown)].spacing(M);
    content =
        content.push(on_cancel.map(|message| Element::from(button::secondary("Cancel").on_press(message))));
    content.into()
}

/// A page with nothing on it yet: what it is for and what to do.
pub fn empty_state<'a, Message: Clone + 'a>(
    title: impl Into<Cow<'a, str>>,
    what_to_do: impl Into<Cow<'a, str>>,
    action: Option<button::Button<'a, Message>>,
) -> Element<'a, Message> {
    let mut content = column![heading(2, title), hint(what_to_do)].spacing(S);
    if let Some(action) = action {
        content = content.push(container(action).padding([S, 0.0]));
    }
    container(content.max_width(crate::ui::spacing::COLUMN))
        .padding(XL)
        .width(Length::Fill)
        .style(theme::card)
        .into()
}
