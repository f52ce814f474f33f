//! The place for a school's approved translation of a draft: the language, the text, and who approved it. Casebook
//! translates nothing.

use super::{Action, Letter, Message as Outer, Shown};
use crate::app::{LetterView, Notice};
use crate::domain::{LANGUAGES, Language};
use crate::ui::access;
use crate::ui::screen::case::typed::Typed;
use crate::ui::screen::case::words;
use crate::ui::spacing::{L, M, S};
use crate::ui::theme::Tone;
use crate::ui::widget::{self, Edit, Editor, button, slot};
use iced::advanced::widget::Id;
use iced::widget::column;
use iced::{Element, Task};

const LANGUAGE: Id = Id::new("translation-language");
const TEXT: Id = Id::new("translation-text");
const WHO: Id = Id::new("translation-who");

/// What happened with a translation.
#[derive(Debug, Clone)]
pub enum Message {
    /// One is to be entered, or the one that is there to be changed.
    Asked,
    /// The language was chosen.
    LanguageChosen(&'static str),
    /// The text was edited.
    Edited(Edit),
    /// Who approved it was typed.
    WhoEdited(Typed),
    /// That it was compared with this English text was said, or taken back.
    ComparedTurned(bool),
    /// It is to be kept.
    Saved,
    /// It was called off.
    Left,
    /// The one that is there is to be taken away.
    Removed,
}

/// A translation while it is entered.
#[derive(Debug, Default)]
pub(super) struct Translating {
    language: Option<&'static str>,
    text: Editor,
    who: Typed,
    compared: bool,
    checked: bool,
    notice: Option<Notice>,
}

impl Letter {
    pub(super) fn update_translation(&mut self, message: Message) -> Action {
        match message {
            Message::Asked => {
                // The translation is of the text as it stands: it is kept first.
                self.save();
                self.translating = self.shown.as_ref().map(|shown| Translating::of(&shown.0));
                return Action::Run(Task::batch([super::to_top(), access::focus(LANGUAGE)]));
            }
            Message::Left => self.translating = None,
            Message::Removed => {
                let done = self.session.remove_translation(self.id);
                return self.take_translation(done.map_err(|error| Notice::from(&error)));
            }
            Message::Saved => {
                let Some(translating) = &mut self.translating else { return Action::None };
                if let Some(field) = translating.check() {
                    return Action::Run(access::focus(field));
                }
                let (language, who) = (translating.language.unwrap_or_default(), translating.who.kept());
                let text = translating.text.text();
                let done = self.session.set_translation(self.id, language, &text, &who);
                return self.take_translation(done.map_err(|error| Notice::from(&error)));
            }
            edited => {
                if let Some(translating) = &mut self.translating {
                    translating.edit(edited);
                }
            }
        }
        Action::None
    }

    fn take_translation(&mut self, done: Result<LetterView, Notice>) -> Action {
        match done {
            Ok(view) => {
                self.shown = Some(Shown(view));
                self.translating = None;
                self.notice = None;
                self.preview.forget();
                return Action::Run(self.draw());
            }
            Err(notice) => match &mut self.translating {
                Some(translating) => translating.notice = Some(notice),
                None => self.notice = Some(notice),
            },
        }
        Action::None
    }
}

impl Translating {
    fn of(view: &LetterView) -> Self {
        let Some(there) = view.record.papers.first().and_then(|paper| paper.translation.as_ref()) else {
            return Self::default();
        };
        Self {
            language: Language::of(&there.language).map(|language| language.tag),
            text: Editor::with_text(&there.body),
            who: there.approved_by.as_str().into(),
            ..Self::default()
        }
    }

    fn edit(&mut self, message: Message) {
        match message {
            Message::LanguageChosen(tag) => self.language = Some(tag),
            Message::Edited(edit) => self.text.perform(edit),
            Message::WhoEdited(who) => self.who = who,
            Message::ComparedTurned(compared) => self.compared = compared,
            Message::Asked | Message::Saved | Message::Left | Message::Removed => {}
        }
    }

    /// The first field that is not right; from now on the fields say what is wrong with them.
    fn check(&mut self) -> Option<Id> {
        self.checked = true;
        [LANGUAGE, TEXT, WHO].into_iter().find(|field| self.error(field).is_some())
    }

    fn error(&self, field: &Id) -> Option<&'static str> {
        let (wrong, says) = match field {
            field if *field == LANGUAGE => (self.language.is_none(), "Choose the language."),
            field if *field == TEXT => (self.text.text().trim().is_empty(), "Paste or type the translation."),
            _ => (self.who.trim().is_empty(), "Enter who approved it, and how they know both languages."),
        };
        (wrong && self.checked).then_some(says)
    }

    pub(super) fn view(&self) -> Element<'_, Outer> {
        let languages = LANGUAGES.iter().map(|language| {
            widget::choice(language.tag, format!("{} · {}", language.name, language.own_name))
        });
        let language =
            widget::list_box("Language", languages, self.language.as_ref(), Message::LanguageChosen)
                .error(self.error(&LANGUAGE))
                .id(LANGUAGE);
        let text = widget::text_area("The translation", &self.text, Message::Edited)
            .hint("The whole letter, with ## for a heading and - for a bullet, as in the English.")
            .error(self.error(&TEXT))
            .rows(12)
            .id(TEXT);
        let who = widget::text_field("Who approved it?", &self.who)
            .hint("A person who knows both languages, for example the council’s translation service.")
            .error(self.error(&WHO))
            .id(WHO)
            .on_input(|text| Message::WhoEdited(text.into()));
        let compared = widget::checkbox(
            "They compared it with the English text as it stands here",
            self.compared,
            Message::ComparedTurned,
        );
        let buttons = button::row_of([
            button::primary("Keep this translation")
                .description(if self.compared { "" } else { "First confirm that it was compared." })
                .on_press_maybe(self.compared.then_some(Message::Saved))
                .into(),
            button::secondary("Cancel").on_press(Message::Left).into(),
        ]);
        let page = column![
            widget::heading(2, "A translation beside the English"),
            widget::paragraph(
                "It stands on pages of its own after the English. Casebook translates nothing, and its reading of other children’s names in other languages is not complete: ask whoever approves it to look for them too."
            ),
            Element::from(language),
            Element::from(text),
            Element::from(who),
            Element::from(compared),
            column![slot(self.notice.as_ref().map(words::said), M), buttons],
        ];
        Element::from(page.spacing(L)).map(Outer::Translation)
    }
}

/// What translation a letter has, and how to enter or change one while it is a draft.
pub(super) fn stands(view: &LetterView, draft: bool) -> Option<Element<'_, Outer>> {
    let there = view.record.papers.first().and_then(|paper| paper.translation.as_ref());
    let Some(there) = there else {
        return draft.then(|| {
            let ask = button::quiet("Add an approved translation…").flush().on_press(Message::Asked);
            Element::from(ask).map(Outer::Translation)
        });
    };
    let name = Language::of(&there.language).map_or("another language", |language| language.name);
    let says = format!("With a translation into {name}");
    let by = format!("Approved by {}, {}", there.approved_by, there.on.long());
    let buttons = draft.then(|| {
        button::row_of([
            button::quiet("Change the translation…").flush().on_press(Message::Asked).into(),
            button::quiet("Take the translation away").flush().on_press(Message::Removed).into(),
        ])
    });
    let notice = Element::from(widget::notice(Tone::Info, says).what_to_do(by));
    Some(Element::from(column![notice].push(buttons).spacing(S)).map(Outer::Translation))
}
