//! The text of a letter: what the guard found, why it has to wait, how it reads, and the editor.

use super::{Message, Shown, guard};
use crate::app::{Finding, LetterView, Reading};
use crate::ui::spacing::{L, LEADING, M, TEXT, XS};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor};
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::widget::text_editor::{Action, Motion};

/// The editor.
pub(super) const BODY: Id = Id::new("letter-body");

/// Above this, a sentence is hard to follow.
const LONG: usize = 25;

/// Everything above the editor, and the editor itself in what height is left.
pub(super) fn view<'a>(shown: &'a Shown, editor: &'a Editor, room: f32) -> Element<'a, Message> {
    let view = &shown.0;
    let above = column![guard::findings(view), guard::dismissed(view, true), held_back(view)]
        .extend(crate::ui::screen::cautions(view.cautions.clone()))
        .spacing(M);
    let area = widget::text_area("Text of the letter", editor, Message::Edited)
        .hint("## heading, - bullet, **bold**. An empty line begins a new paragraph.")
        .rows(rows(room))
        .id(BODY);
    column![above, Element::from(area), reading(&view.reading)].spacing(M).into()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a screen")]
fn rows(room: f32) -> u16 {
    (room / (TEXT * LEADING)).clamp(10.0, 60.0) as u16
}

fn held_back(view: &LetterView) -> Option<Element<'_, Message>> {
    let why = view.held_back.as_deref()?;
    Some(
        widget::notice(Tone::Warning, "This letter has to wait before it is approved.")
            .what_to_do(why)
            .into(),
    )
}

/// How it reads, in one line; nothing for a text without a sentence.
fn reading(reading: &Reading) -> Option<Element<'static, Message>> {
    if reading.longest_sentence == 0 {
        return None;
    }
    let age = format!("Most people aged {:.0} or over can read it.", reading.age.max(5.0).ceil());
    let longest = format!("Longest sentence: {} words. {age}", reading.longest_sentence);
    let hard = (reading.longest_sentence > LONG)
        .then(|| widget::small("A sentence of more than 25 words is hard to follow. Try to make two of it."));
    Some(column![widget::small(longest)].push(hard).spacing(XS).into())
}

/// Selects what was found; the whole line where the text is another by now.
pub(super) fn show(editor: &mut Editor, finding: &Finding) {
    let text = editor.text();
    let range = finding.range.clone();
    match range.filter(|range| text.get(range.clone()) == Some(finding.spot.words.as_str())) {
        Some(range) => editor.select(range),
        None => go_to(editor, finding.line),
    }
}

/// Puts the caret on a line, counted from 1, and selects the line.
fn go_to(editor: &mut Editor, line: usize) {
    editor.perform(Edit::Action(Action::Move(Motion::DocumentStart)));
    let text = editor.text();
    let before = text.split('\n').take(line.saturating_sub(1));
    // A mark over a letter is one step with the letter.
    let steps: usize = before.map(|line| line.chars().filter(|c| !is_mark(*c)).count() + 1).sum();
    for _ in 0..steps {
        editor.perform(Edit::Action(Action::Move(Motion::Right)));
    }
    editor.perform(Edit::Action(Action::SelectLine));
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether the text may be another after this.
pub(super) fn changes(edit: &Edit) -> bool {
    match edit {
        Edit::Action(action) => action.is_edit(),
        Edit::Select(..) => false,
        Edit::Undo | Edit::Redo | Edit::Replace(_) => true,
    }
}

/// Nothing stands here but what a page needs of it.
pub(super) fn read_only(view: &LetterView) -> Element<'_, Message> {
    let body = widget::card(widget::paragraph(view.body.as_str()));
    column![widget::heading(2, "Its text"), body].push(guard::dismissed(view, false)).spacing(L).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::widget::text_editor;

    #[test]
    fn going_to_a_line_selects_it() {
        for (text, line, left) in [
            ("one\ntwo\nthree", 2, "one\n!\nthree"),
            ("one\ntwo\nthree", 1, "!\ntwo\nthree"),
            ("o\u{301}ne\n\nthree", 3, "o\u{301}ne\n\n!"),
        ] {
            let mut editor = Editor::with_text(text);
            go_to(&mut editor, line);
            editor.perform(Edit::Action(Action::Edit(text_editor::Edit::Insert('!'))));
            assert_eq!(editor.text(), left, "line {line}");
        }
    }
}
