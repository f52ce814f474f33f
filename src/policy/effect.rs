//! What a rule does when it applies, one thing after the other, each with whom it is for: so that it can be said whether
//! another rule does the same.

use super::view::Subject;
use super::{About, Due, Forbidden, Policy, Rule, Then};
use crate::domain::{ActionCode, Choice, LetterCode, Vocabulary};

/// Whom a letter or an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whom {
    Case,
    Target,
    Actor(usize),
}

/// One thing that a rule does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Effect<'p> {
    Code(&'static str),
    Letter(LetterCode, Whom),
    Action(ActionCode, Whom, Due),
    Forbids(Forbidden),
    Blocks(About),
    Locks(&'static str, ActionCode),
    NeedNot(&'p str),
    Suggests(Choice),
    LeadsOver,
    Emergency,
    SeparateFile,
    Pauses,
}

impl Policy {
    fn whom(about: About, subject: Subject, people: usize) -> Vec<Whom> {
        match (about, subject) {
            (About::Case, _) => vec![Whom::Case],
            (About::Target, _) => vec![Whom::Target],
            (About::Actor, Some(at)) => vec![Whom::Actor(at)],
            (About::Actor, None) => (0..people).map(Whom::Actor).collect(),
        }
    }

    /// The letters that a rule offers, each to whom.
    pub(super) fn letters_of(&self, rule: &Rule, subject: Subject, people: usize) -> Vec<(LetterCode, Whom)> {
        let mut letters = Vec::new();
        for (code, about) in &rule.then.letters {
            let usual = self.outputs.addressees.get(code).map_or(&[][..], Vec::as_slice);
            let abouts: Vec<About> = about.map_or_else(|| usual.to_vec(), |about| vec![about]);
            let abouts = if abouts.is_empty() { vec![About::Case] } else { abouts };
            let whom = abouts.into_iter().flat_map(|about| Self::whom(about, subject, people));
            letters.extend(whom.map(|whom| (*code, whom)));
        }
        letters
    }

    /// Everything that a rule does.
    pub(super) fn effects<'p>(&'p self, rule: &'p Rule, subject: Subject, people: usize) -> Vec<Effect<'p>> {
        let then: &'p Then = &rule.then;
        let mut effects: Vec<Effect<'p>> = then.duty.iter().map(|c| Effect::Code(c.id())).collect();
        effects.extend(then.options.iter().map(|c| Effect::Code(c.id())));
        effects.extend(then.gates.iter().map(|c| Effect::Code(c.id())));
        effects.extend(then.documents.iter().map(|c| Effect::Code(c.id())));
        let letters = self.letters_of(rule, subject, people).into_iter();
        effects.extend(letters.map(|(code, whom)| Effect::Letter(code, whom)));
        for (code, about, due) in &then.actions {
            let Some(usual) = self.outputs.actions.get(code) else { continue };
            let whom = Self::whom(about.unwrap_or(usual.about), subject, people).into_iter();
            effects.extend(whom.map(|whom| Effect::Action(*code, whom, due.unwrap_or(usual.due))));
        }
        effects.extend(then.forbids.iter().map(|forbidden| Effect::Forbids(*forbidden)));
        effects.extend(then.blocks.iter().map(|about| Effect::Blocks(*about)));
        effects.extend(then.locks.iter().map(|(locked, until)| Effect::Locks(locked.id(), *until)));
        effects.extend(rule.need_not.as_deref().map(Effect::NeedNot));
        effects.extend(then.suggest.map(Effect::Suggests));
        for (does, effect) in [
            (then.overrides_lead, Effect::LeadsOver),
            (then.emergency, Effect::Emergency),
            (then.separate_file, Effect::SeparateFile),
            (then.pauses, Effect::Pauses),
        ] {
            effects.extend(does.then_some(effect));
        }
        effects
    }
}
