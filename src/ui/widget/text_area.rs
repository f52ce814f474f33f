//! Several lines to type into, with undo and redo, which iced's own editor lacks.

use super::field::Words;
use super::wheel::wheel;
use crate::ui::access::{Role, control};
use crate::ui::spacing::{LEADING, S, TEXT, XS};
use crate::ui::theme;
use iced::Element;
use iced::advanced::widget::Id;
use iced::keyboard::{self, key::Named};
use iced::widget::text_editor::{self, Action, Binding, Content, Cursor, KeyPress};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// It grows with its text up to so many lines, so that what was written is seen, and scrolls from there on.
const ROWS: f32 = 12.0;
/// How many steps can be undone.
const STEPS: usize = 200;

/// What the user did in a [`text_area`].
#[derive(Clone)]
pub enum Edit {
    /// Typed, moved, selected.
    Action(Action),
    /// Took a step back.
    Undo,
    /// Took it again.
    Redo,
    /// Assistive technology put in another text.
    Replace(String),
    /// It put the caret or a selection between these characters.
    Select(usize, usize),
}

impl fmt::Debug for Edit {
    /// What is typed is an answer about a child, so it isn't shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Action(_) => "Action(..)",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
            Self::Replace(_) => "Replace(..)",
            Self::Select(..) => "Select(..)",
        })
    }
}

/// What a run of edits is, so that a word is undone at once and not letter by letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Typing,
    Deleting,
    Other,
}

struct Step {
    text: String,
    cursor: Cursor,
}

/// The text of a [`text_area`] with its history.
#[derive(Default)]
pub struct Editor {
    content: Content,
    undo: Vec<Step>,
    redo: Vec<Step>,
    run: Option<Run>,
}

impl fmt::Debug for Editor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Editor").field("steps", &self.undo.len()).finish_non_exhaustive()
    }
}

impl Editor {
    /// An editor that starts with this text and no history.
    pub fn with_text(text: &str) -> Self {
        Self { content: Content::with_text(text), ..Self::default() }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.content.text()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.content.is_empty()
    }

    /// Carries out what the user did.
    pub fn perform(&mut self, edit: Edit) {
        match edit {
            Edit::Undo => self.undo(),
            Edit::Redo => self.redo(),
            Edit::Replace(text) => {
                self.remember(Run::Other);
                self.content = Content::with_text(&text);
            }
            Edit::Select(anchor, focus) => {
                let text = self.text();
                let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
                self.select(byte(anchor.min(focus))..byte(anchor.max(focus)));
            }
            Edit::Action(action) => {
                if let Action::Edit(edit) = &action {
                    self.remember(run_of(edit));
                } else if !matches!(action, Action::Scroll { .. }) {
                    self.run = None;
                }
                self.content.perform(action);
            }
        }
    }

    /// Selects these bytes of the text.
    pub fn select(&mut self, bytes: Range<usize>) {
        let text = self.text();
        let position = |at: usize| {
            let before = text.get(..at).unwrap_or(&text);
            let line = before.matches('\n').count();
            text_editor::Position { line, column: before.len() - before.rfind('\n').map_or(0, |at| at + 1) }
        };
        self.run = None;
        let (start, end) = (position(bytes.start), position(bytes.end));
        self.content.move_to(Cursor { position: end, selection: Some(start) });
    }

    fn step(&self) -> Step {
        Step { text: self.content.text(), cursor: self.content.cursor() }
    }

    fn remember(&mut self, run: Run) {
        self.redo.clear();
        if self.run != Some(run) || run == Run::Other {
            if self.undo.len() == STEPS {
                self.undo.remove(0);
            }
            self.undo.push(self.step());
        }
        self.run = Some(run);
    }

    fn undo(&mut self) {
        if let Some(step) = self.undo.pop() {
            self.redo.push(self.step());
            self.show(&step);
        }
    }

    fn redo(&mut self) {
        if let Some(step) = self.redo.pop() {
            self.undo.push(self.step());
            self.show(&step);
        }
    }

    fn show(&mut self, step: &Step) {
        self.run = None;
        self.content = Content::with_text(&step.text);
        self.content.move_to(step.cursor);
    }

    /// Caret or selection, counted in characters from the start.
    fn caret(&self) -> (usize, usize) {
        let at = |position: text_editor::Position| {
            let before: usize =
                self.content.lines().take(position.line).map(|line| line.text.chars().count() + 1).sum();
            let here = self.content.line(position.line).map_or(0, |line| {
                line.text.char_indices().take_while(|(byte, _)| *byte < position.column).count()
            });
            before + here
        };
        let cursor = self.content.cursor();
        let focus = at(cursor.position);
        (cursor.selection.map_or(focus, at), focus)
    }
}

/// A space or a new line ends a run, so the next word is a step of its own.
fn run_of(edit: &text_editor::Edit) -> Run {
    match edit {
        text_editor::Edit::Insert(c) if !c.is_whitespace() => Run::Typing,
        text_editor::Edit::Backspace | text_editor::Edit::Delete => Run::Deleting,
        _ => Run::Other,
    }
}

/// A text area being described; turn it into an element with `.into()`.
pub struct TextArea<'a, Message> {
    words: Words<'a>,
    editor: &'a Editor,
    id: Option<Id>,
    rows: f32,
    on_edit: std::rc::Rc<dyn Fn(Edit) -> Message + 'a>,
}

/// Several lines to type into. Tab moves on; Ctrl+Z and Ctrl+Y undo and redo.
pub fn text_area<'a, Message>(
    label: impl Into<Cow<'a, str>>,
    editor: &'a Editor,
    on_edit: impl Fn(Edit) -> Message + 'a,
) -> TextArea<'a, Message> {
    TextArea { words: Words::new(label), editor, id: None, rows: 6.0, on_edit: std::rc::Rc::new(on_edit) }
}

impl<'a, Message> TextArea<'a, Message> {
    /// How to fill it in.
    #[must_use]
    pub fn hint(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.words.hint = Some(words.into());
        self
    }

    /// What is wrong with it, if anything.
    #[must_use]
    pub fn error(mut self, words: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.words.error = words.map(Into::into);
        self
    }

    /// The label is only for screen readers.
    #[must_use]
    pub fn hide_label(mut self) -> Self {
        self.words.hidden = true;
        self
    }

    /// The name by which `access::focus` and the error summary find it.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// How many lines it shows at least.
    #[must_use]
    pub fn rows(mut self, rows: u16) -> Self {
        self.rows = f32::from(rows);
        self
    }
}

fn binding<Message>(press: KeyPress, on_edit: &dyn Fn(Edit) -> Message) -> Option<Binding<Message>> {
    let focused = matches!(press.status, text_editor::Status::Focused { .. });
    let command = press.modifiers.command() && !press.modifiers.alt();
    match press.key.to_latin(press.physical_key) {
        Some('z') if focused && command && press.modifiers.shift() => {
            Some(Binding::Custom(on_edit(Edit::Redo)))
        }
        Some('z') if focused && command => Some(Binding::Custom(on_edit(Edit::Undo))),
        Some('y') if focused && command => Some(Binding::Custom(on_edit(Edit::Redo))),
        _ if press.key == keyboard::Key::Named(Named::Tab) => None,
        _ => Binding::from_key_press(press),
    }
}

impl<'a, Message: Clone + 'a> From<TextArea<'a, Message>> for Element<'a, Message> {
    fn from(area: TextArea<'a, Message>) -> Self {
        let wrong = area.words.wrong();
        let (act, press, set, select) =
            (area.on_edit.clone(), area.on_edit.clone(), area.on_edit.clone(), area.on_edit);
        let padding = S + XS;
        // iced adds the padding to these.
        let height = |rows: f32| rows * TEXT * LEADING;
        let mut editor = iced::widget::text_editor(&area.editor.content)
            .size(TEXT)
            .line_height(LEADING)
            .padding(padding)
            .min_height(height(area.rows))
            .max_height(height(area.rows.max(ROWS)))
            .style(move |theme, status| theme::text_area(theme, status, wrong))
            .on_action(move |action| act(Edit::Action(action)))
            .key_binding(move |key| binding(key, &*press));
        if let Some(id) = &area.id {
            editor = editor.id(id.clone());
        }
        let text = area.editor.text();
        let editor = wheel(editor, text.clone(), (TEXT, LEADING, padding));
        let (anchor, focus) = area.editor.caret();
        let field = control(Role::MultilineTextInput, area.words.label.clone().into_owned(), editor)
            .id_maybe(area.id)
            .description(area.words.description())
            .invalid(wrong)
            .value(text)
            .caret(anchor, focus)
            .on_set_value(move |text| set(Edit::Replace(text)))
            .on_select(move |anchor, focus| select(Edit::Select(anchor, focus)));
        area.words.around(field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn type_in(editor: &mut Editor, words: &str) {
        for c in words.chars() {
            editor.perform(Edit::Action(Action::Edit(text_editor::Edit::Insert(c))));
        }
    }

    #[test]
    fn a_word_is_undone_at_once() {
        let mut editor = Editor::default();
        type_in(&mut editor, "one two");
        editor.perform(Edit::Undo);
        assert_eq!(editor.text(), "one ");
        editor.perform(Edit::Redo);
        assert_eq!(editor.text(), "one two");
        assert_eq!(editor.caret(), (7, 7));
    }

    #[test]
    fn the_caret_counts_characters() {
        let mut editor = Editor::with_text("é\nfó");
        editor.perform(Edit::Action(Action::Move(text_editor::Motion::DocumentEnd)));
        assert_eq!(editor.caret(), (4, 4));
        editor.perform(Edit::Action(Action::SelectAll));
        let (anchor, focus) = editor.caret();
        assert_eq!((anchor.min(focus), anchor.max(focus)), (0, 4));
    }

    #[test]
    fn bytes_are_selected_on_any_line() {
        let text = "é one\nó two\n\nthree";
        for words in ["one", "two", "é", "three"] {
            let mut editor = Editor::with_text(text);
            let at = text.find(words).unwrap();
            editor.select(at..at + words.len());
            type_in(&mut editor, "X");
            assert_eq!(editor.text(), text.replacen(words, "X", 1), "{words}");
        }
    }

    #[test]
    fn nothing_typed_shows_in_debug_output() {
        let mut editor = Editor::default();
        type_in(&mut editor, "zebra");
        let shown = format!("{editor:?} {:?}", Edit::Replace("zebra".into()));
        assert!(!shown.contains("zebra"), "{shown}");
    }

    proptest! {
        #[test]
        fn undoing_all_and_redoing_all_is_the_identity(words in "[a-z \n]{1,40}") {
            let mut editor = Editor::with_text("Start. ");
            type_in(&mut editor, &words);
            let whole = editor.text();
            for _ in 0..STEPS { editor.perform(Edit::Undo); }
            prop_assert_eq!(editor.text(), "Start. ");
            for _ in 0..STEPS { editor.perform(Edit::Redo); }
            prop_assert_eq!(editor.text(), whole);
        }
    }
}
