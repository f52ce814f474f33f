//! What the leak guard found in a letter, each in the words around it; and saying of one that it is about another thing.
//! Which words may stand at all is decided elsewhere.

use super::{Action, Letter, Message, Shown};
use crate::app::{Finding, LetterView, Notice, Session};
use crate::domain::{Dismissed, LetterId, Spot};
use crate::ui::access::{self, Role, control};
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words;
use crate::ui::spacing::{LEADING, M, S, TEXT, XS};
use crate::ui::theme::{FONT_BOLD, Tone};
use crate::ui::widget::{self, button, slot};
use iced::advanced::widget::Id;
use iced::widget::{column, rich_text, span};
use iced::{Element, Task};

const REASON: Id = Id::new("letter-hit-reason");
/// The first way to something that was found.
pub(super) const FIRST: Id = Id::new("letter-first-hit");

/// How much of a paragraph is quoted on each side of the words, in characters.
const AROUND: usize = 60;

/// A hit that is being dismissed.
#[derive(Debug)]
pub(super) struct Dismissing {
    spot: Spot,
    what: Typed,
    reason: Typed,
    notice: Option<Notice>,
}

impl Dismissing {
    fn of(finding: &Finding) -> (Self, Task<Message>) {
        let what = format!("{}: {}", finding.place, finding.what);
        let asked =
            Self { spot: finding.spot.clone(), what: what.into(), reason: Typed::default(), notice: None };
        (asked, access::focus(REASON))
    }

    pub(super) fn typed(&mut self, reason: Typed) {
        self.reason = reason;
        self.notice = None;
    }

    /// The letter as it stands when the reason is kept; what was typed stays where it is not.
    fn keep(&mut self, session: &Session, id: LetterId) -> Option<LetterView> {
        match session.dismiss_finding(id, &self.spot, &self.reason) {
            Ok(view) => Some(view),
            Err(error) => {
                self.notice = Some(Notice::from(&error));
                None
            }
        }
    }

    fn refocus() -> Task<Message> {
        access::focus(REASON)
    }

    pub(super) fn dialog(&self) -> widget::Dialog<'_, Message> {
        let reason = widget::text_field("Why are these words about something else?", &self.reason)
            .hint("For example: this is Mr Daniel Hughes, who teaches 6H. It is kept with the letter.")
            .id(REASON)
            .on_input(|text| Message::ReasonEdited(text.into()))
            .on_submit(Message::Dismiss);
        let buttons = button::row_of([
            button::primary("Let these words stand").on_press(Message::Dismiss).into(),
            button::secondary("Go back").on_press(Message::DismissLeft).into(),
        ]);
        let words = column![
            widget::paragraph(&*self.what),
            quoted(&self.spot),
            widget::paragraph(
                "Only where nobody could think of the child. When the text around the words changes, you are asked again."
            ),
            slot(self.notice.as_ref().map(words::said), S),
            Element::from(reason),
            buttons,
        ];
        widget::dialog("Are these words about something else?", words.spacing(M))
            .on_cancel(Message::DismissLeft)
    }
}

impl Letter {
    pub(super) fn show_hit(&mut self, at: usize) -> Action {
        let Some(finding) = self.shown.as_ref().and_then(|shown| shown.0.findings.get(at)) else {
            return Action::None;
        };
        super::text::show(&mut self.editor, finding);
        Action::Run(access::focus(super::text::BODY))
    }

    pub(super) fn ask_to_dismiss(&mut self, at: usize) -> Action {
        // A reason is given for the text as it stands; where that moved on, the list is shown anew first.
        let moved = !self.is_saved();
        self.save();
        let finding = self.shown.as_ref().and_then(|shown| shown.0.findings.get(at));
        let Some(finding) = finding.filter(|_| !moved) else { return Action::None };
        let (asked, focus) = Dismissing::of(finding);
        self.dismissing = Some(asked);
        Action::Run(focus)
    }

    pub(super) fn dismiss(&mut self) -> Action {
        let Some(asked) = &mut self.dismissing else { return Action::None };
        let Some(view) = asked.keep(&self.session, self.id) else {
            return Action::Run(Dismissing::refocus());
        };
        self.shown = Some(Shown(view));
        self.dismissing = None;
        self.notice = None;
        Action::None
    }

    pub(super) fn take_back(&mut self, at: usize) {
        self.save();
        let Some(Shown(view)) = &self.shown else { return };
        let Some(dismissed) = view.dismissed.get(at) else { return };
        match self.session.take_back_dismissal(self.id, &dismissed.spot) {
            Ok(view) => self.shown = Some(Shown(view)),
            Err(error) => self.notice = Some(Notice::from(&error)),
        }
    }
}

/// What has to be changed, each with a way to it.
pub(super) fn findings(view: &LetterView) -> Option<Element<'_, Message>> {
    if view.findings.is_empty() {
        return None;
    }
    let what = match view.findings.len() {
        1 => "One place must be changed before this letter can go.".to_owned(),
        many => format!("{many} places must be changed before this letter can go."),
    };
    let cards = view.findings.iter().enumerate().map(|(at, one)| finding(at, one));
    let cards = column![].extend(cards).spacing(S);
    Some(column![Element::from(widget::notice(Tone::Danger, what)), cards].spacing(S).into())
}

fn finding(at: usize, finding: &Finding) -> Element<'_, Message> {
    let named = |label: &str| format!("{label}: “{}”, {}", finding.spot.words, finding.place);
    let go = (finding.line > 0).then(|| {
        let label = "Go to these words";
        let link = button::quiet(label).flush().name(named(label)).on_press(Message::HitShown(at));
        if at == 0 { link.id(FIRST) } else { link }.into()
    });
    let dismiss = finding.must_change.is_none().then(|| {
        let label = "It is about something else…";
        button::quiet(label).flush().name(named(label)).on_press(Message::DismissAsked(at)).into()
    });
    let buttons: Vec<Element<'_, Message>> = go.into_iter().chain(dismiss).collect();
    let mut shown = column![
        widget::strong(format!("{}: {}", finding.place, finding.what)),
        quoted(&finding.spot),
        widget::hint(finding.advice),
    ]
    .push(finding.must_change.map(widget::hint));
    if !buttons.is_empty() {
        shown = shown.push(button::row_of(buttons));
    }
    widget::card(control(Role::Group, finding.says.clone(), shown.spacing(XS)))
}

/// What somebody said may stand, with the reason; while the letter is a draft, with a way to take it back.
pub(super) fn dismissed(view: &LetterView, draft: bool) -> Option<Element<'_, Message>> {
    if view.dismissed.is_empty() {
        return None;
    }
    let cards = view.dismissed.iter().enumerate().map(|(at, one)| stands(at, one, draft));
    let title = widget::heading_like(2, 3, "Words that may stand");
    Some(column![title].extend(cards).spacing(S).into())
}

fn stands(at: usize, dismissed: &Dismissed, draft: bool) -> Element<'_, Message> {
    let who = format!("{}, {}", dismissed.by, dismissed.on.long());
    let name = format!("“{}” may stand: {}", dismissed.spot.words, dismissed.reason);
    let back = draft.then(|| {
        let label = "Take this back";
        let name = format!("{label}: “{}”", dismissed.spot.words);
        Element::from(button::quiet(label).flush().name(name).on_press(Message::DismissalTakenBack(at)))
    });
    let shown = column![
        quoted(&dismissed.spot),
        widget::paragraph(format!("Why: {}", dismissed.reason)),
        widget::small(who)
    ];
    widget::card(control(Role::Group, name, shown.push(back).spacing(XS)))
}

/// The words in what stands around them, marked.
fn quoted(spot: &Spot) -> Element<'_, Message> {
    let (before, words, after) = parts(spot);
    rich_text![
        span(format!("“{before}")),
        span(words).font(FONT_BOLD).underline(true),
        span(format!("{after}”"))
    ]
    .on_link_click(iced::never)
    .size(TEXT)
    .line_height(LEADING)
    .into()
}

/// What stands before the words, the words, and what stands after them, all on one line.
fn parts(spot: &Spot) -> (String, String, String) {
    let end = spot.at + spot.words.len();
    let (Some(before), Some(after)) = (spot.around.get(..spot.at), spot.around.get(end..)) else {
        return (String::new(), spot.words.clone(), String::new());
    };
    let flat = |text: &str| text.replace('\n', " ");
    let (before, after) = (flat(before), flat(after));
    let long = before.chars().count();
    let cut = |words: String, is_cut: bool| if is_cut { format!("…{words}") } else { words };
    let before = cut(before.chars().skip(long.saturating_sub(AROUND)).collect(), long > AROUND);
    let mut shown: String = after.chars().take(AROUND).collect();
    if after.chars().count() > AROUND {
        shown.push('…');
    }
    (before, flat(&spot.words), shown.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_cut_at_letters_and_marks_the_words() {
        let long = "ó".repeat(80);
        for (around, words, before, after) in [
            ("Dear Daniel\nThank you.\n".to_owned(), "Daniel", "Dear ".to_owned(), " Thank you.".to_owned()),
            (
                format!("{long}Dan{long}"),
                "Dan",
                format!("…{}", "ó".repeat(60)),
                format!("{}…", "ó".repeat(60)),
            ),
        ] {
            let at = around.find(words).unwrap();
            let spot = Spot {
                place: "body".into(),
                kind: "first_name".into(),
                people: Vec::new(),
                words: words.into(),
                around,
                at,
            };
            assert_eq!(parts(&spot), (before, words.to_owned(), after));
        }
    }
}
