//! The wizard's path: which questions apply, which are answered, and what is still missing. The screen only shows it.

use super::effect::Effect;
use super::facts::Known;
use super::view::{Subject, Truth, View};
use super::{Fact, Line, Policy, Question, QuestionKind, Rule};
use crate::domain::{ContactSafe, Disclosure, Facts, PersonId, Vocabulary, Who};

/// One child's use of one platform, whose kind of account has to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAsked {
    /// The child.
    pub user: PersonId,
    /// The platform.
    pub platform: String,
}

/// A question on the wizard's way, and whether it is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'p> {
    /// The question.
    pub question: &'p Question,
    /// Why it is not asked, if so.
    pub skipped: Option<Skipped>,
}

/// Why a question is not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// The lead said on the page of signs that it does not apply.
    NotOpened,
    /// No answer to it would change what the policy says.
    ChangesNothing,
}

/// “None of these” on the page of signs.
pub(super) const NONE: &str = "none";

/// The questions that a page of signs opens.
pub(super) fn opened_by(question: &Question) -> impl Iterator<Item = &'static str> + use<'_> {
    let signs = question.kind == QuestionKind::Signs;
    question.values.iter().map(|(id, _)| *id).filter(move |id| signs && *id != NONE)
}

impl QuestionKind {
    /// Whether it is answered by choosing among the values of a fact.
    pub(super) fn is_choice(self) -> bool {
        matches!(self, Self::Choice | Self::Choices | Self::Contact)
    }
}

impl Disclosure {
    /// Whether a question that stands behind a page of signs applies. Before that page is answered it may.
    pub fn is_open(&self, question: &str) -> bool {
        self.answers.opened.as_ref().is_none_or(|opened| opened.contains(question))
    }
}

impl Policy {
    /// Every question that there may be, in order, those that are not asked with the reason. `facts` is the disclosure
    /// completed with what the records say.
    ///
    /// A question is skipped only where it is certain that no answer to it, whatever the others will be, changes a duty, an
    /// option, a letter, an action, a gate or who leads.
    pub fn way(&self, disclosure: &Disclosure, facts: &Facts) -> Vec<Asked<'_>> {
        let behind_signs: Vec<&str> = self.questions.iter().flat_map(opened_by).collect();
        let known = self.as_far_as_answered(disclosure, facts, &behind_signs);
        let readings = self.readings(&known);
        let skip = |q: &Question| {
            let opens = behind_signs.contains(&q.id.as_str());
            if opens && !disclosure.is_open(&q.id) {
                return Some(Skipped::NotOpened);
            }
            (!q.always && !opens && !can_change(q, &known, &readings)).then_some(Skipped::ChangesNothing)
        };
        let applies = |q: &&Question| {
            q.kind != QuestionKind::Accounts
                || disclosure.occasions.is_empty()
                || !self.accounts_asked(disclosure).is_empty()
        };
        self.questions.iter().filter(applies).map(|q| Asked { question: q, skipped: skip(q) }).collect()
    }

    /// The facts with those blanked out whose question is not answered yet.
    fn as_far_as_answered(&self, disclosure: &Disclosure, facts: &Facts, behind_signs: &[&str]) -> View {
        let mut view = Known::new(self, facts).view;
        if disclosure.alleged.is_empty() {
            // Somebody, of whom nothing is known: what can apply to anybody can apply to them.
            view.actors = View::unknown(1).actors;
            view.blank(&[Fact::MixedActors, Fact::SoleActor]);
        }
        for question in &self.questions {
            let closed = behind_signs.contains(&question.id.as_str()) && !disclosure.is_open(&question.id);
            if !closed && self.missing(question, disclosure).is_some() {
                view.blank(&asks_for(question));
            }
        }
        view
    }

    /// Each rule with each subject for whom it is read, and what it does.
    fn readings<'p>(&'p self, view: &View) -> Vec<Reading<'p>> {
        let people = view.actors.len();
        let each = |rule: &'p Rule| {
            let subjects = view.subjects(rule).into_iter();
            subjects.map(move |subject| Reading { rule, subject, does: self.effects(rule, subject, people) })
        };
        self.rules.iter().flat_map(each).collect()
    }

    /// The children whose kind of account matters: each child on each platform of an occasion in which they took part,
    /// where the service has an age that the child is below on that day, or where the age is not known.
    pub fn accounts_asked(&self, disclosure: &Disclosure) -> Vec<AccountAsked> {
        let mut asked: Vec<AccountAsked> = Vec::new();
        for person in disclosure
            .people()
            .filter(|p| matches!(p.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool))
        {
            for occasion in disclosure.occasions.iter().filter(|o| o.by == person.id || o.to == person.id) {
                let standard =
                    self.ages.row(&occasion.platform, crate::domain::Account::Standard, occasion.on);
                let min_age = standard.and_then(|row| row.min_age).unwrap_or(0);
                let below = person.age_on(occasion.on).map_or(min_age > 0, |age| age.0 < min_age);
                let ask = AccountAsked { user: person.id, platform: occasion.platform.clone() };
                if below
                    && self.ages.account_matters(&occasion.platform, occasion.on)
                    && !asked.contains(&ask)
                {
                    asked.push(ask);
                }
            }
        }
        asked
    }

    /// The id of the value chosen for a choice, for each value chosen.
    pub fn chosen(question: &Question, disclosure: &Disclosure) -> Vec<&'static str> {
        fn one<V: Vocabulary>(v: Option<V>) -> Vec<&'static str> {
            v.into_iter().map(V::id).collect()
        }
        fn many<V: Vocabulary>(v: Option<&std::collections::BTreeSet<V>>) -> Vec<&'static str> {
            v.into_iter().flatten().map(|v| v.id()).collect()
        }
        let a = &disclosure.answers;
        if question.kind == QuestionKind::Signs {
            let Some(opened) = &a.opened else { return Vec::new() };
            let chosen: Vec<_> = opened_by(question).filter(|id| opened.contains(*id)).collect();
            return if chosen.is_empty() { vec![NONE] } else { chosen };
        }
        match question.id.as_str() {
            "danger" => one(a.danger),
            "selfharm" => one(a.selfharm),
            "imagery" => one(a.imagery),
            "nature" => one(a.nature),
            "contact_safe" => one(a.contact_safe),
            "previous" => one(a.previous),
            "staff_contact" => one(a.staff_contact),
            "staff_harm" => one(a.staff_harm),
            "setting" => many(a.setting.as_ref()),
            "crime_flags" => many(a.crime_flags.as_ref()),
            "prejudice" => many(a.prejudice.as_ref()),
            "social_care" => many(a.social_care.as_ref()),
            _ => Vec::new(),
        }
    }

    /// Chooses a value: replaces the answer of a single choice; adds to or takes from a multiple one, where "none" and
    /// the others exclude each other. An id that the question does not have changes nothing.
    pub fn choose(question: &Question, disclosure: &mut Disclosure, value: &str) {
        fn one<V: Vocabulary>(slot: &mut Option<V>, value: &str) {
            if let Ok(v) = V::from_id(value) {
                *slot = Some(v);
            }
        }
        fn many<V: Vocabulary>(slot: &mut Option<std::collections::BTreeSet<V>>, value: &str) {
            let Ok(v) = V::from_id(value) else { return };
            let alone = |v: V| matches!(v.id(), "none" | "unknown");
            let set = slot.get_or_insert_default();
            if !set.remove(&v) {
                set.retain(|other| !alone(v) && !alone(*other));
                set.insert(v);
            }
            if set.is_empty() {
                *slot = None;
            }
        }
        let a = &mut disclosure.answers;
        if question.kind == QuestionKind::Signs {
            let known = opened_by(question).any(|id| id == value);
            let opened = a.opened.get_or_insert_default();
            match value {
                NONE => opened.clear(),
                _ if known && !opened.remove(value) => drop(opened.insert(value.to_owned())),
                _ => {}
            }
            return;
        }
        match question.id.as_str() {
            "danger" => one(&mut a.danger, value),
            "selfharm" => one(&mut a.selfharm, value),
            "imagery" => one(&mut a.imagery, value),
            "nature" => one(&mut a.nature, value),
            "contact_safe" => one(&mut a.contact_safe, value),
            "previous" => one(&mut a.previous, value),
            "staff_contact" => one(&mut a.staff_contact, value),
            "staff_harm" => one(&mut a.staff_harm, value),
            "setting" => many(&mut a.setting, value),
            "crime_flags" => many(&mut a.crime_flags, value),
            "prejudice" => many(&mut a.prejudice, value),
            "social_care" => many(&mut a.social_care, value),
            _ => {}
        }
    }

    /// What is still missing on a page, as a sentence for its error summary; nothing where it is answered.
    pub fn missing(&self, question: &Question, disclosure: &Disclosure) -> Option<&'static str> {
        let d = disclosure;
        match question.kind {
            QuestionKind::Choice => Self::chosen(question, d).is_empty().then_some("Choose one answer."),
            QuestionKind::Choices | QuestionKind::Signs => {
                Self::chosen(question, d).is_empty().then_some("Choose at least one answer.")
            }
            QuestionKind::Contact => match d.answers.contact_safe {
                None => Some("Choose one answer."),
                Some(ContactSafe::Safe) => None,
                Some(_) if d.answers.contact_reason.trim().is_empty() => {
                    Some("Write down why telling a family may not be safe.")
                }
                Some(_) => d
                    .answers
                    .contact_review
                    .is_none()
                    .then_some("Enter the day on which you look at this again."),
            },
            QuestionKind::Story if d.disclosed_on.is_none() => Some("Enter the day on which you were told."),
            QuestionKind::Story if d.told_by.trim().is_empty() => Some("Enter who told you."),
            QuestionKind::Story if d.account.trim().is_empty() => {
                Some("Write down what you were told, in the words used.")
            }
            QuestionKind::Target => d.target.is_none().then_some("Enter who is being targeted."),
            QuestionKind::Alleged => d
                .alleged
                .is_empty()
                .then_some("Add at least one person. If nobody knows who it is, add an unknown account."),
            QuestionKind::Occasions => {
                d.occasions.is_empty().then_some("Add at least one occasion with its day.")
            }
            QuestionKind::Accounts => {
                let known = |ask: &AccountAsked| {
                    d.answers.platforms.iter().any(|p| p.user == ask.user && p.platform == ask.platform)
                };
                (!self.accounts_asked(d).iter().all(known))
                    .then_some("Choose the kind of account for each child.")
            }
            QuestionKind::Story | QuestionKind::Wishes => None,
        }
    }
}

/// A rule read for one subject.
struct Reading<'p> {
    rule: &'p Rule,
    subject: Subject,
    does: Vec<Effect<'p>>,
}

/// Whether an answer to a question can still change the outcome.
fn can_change(question: &Question, known: &View, readings: &[Reading<'_>]) -> bool {
    let asked = asks_for(question);
    let mut view = known.clone();
    view.blank(&asked);
    let holds: Vec<Truth> = readings.iter().map(|reading| view.rule(reading.rule, reading.subject)).collect();
    let pausing = readings.iter().zip(&holds).filter(|(reading, _)| reading.rule.then.pauses);
    let paused = Truth::any(pausing.map(|(_, holds)| *holds));
    let active: Vec<Truth> = readings
        .iter()
        .zip(&holds)
        .map(
            |(reading, holds)| {
                if reading.rule.school_route { Truth::all([*holds, paused.not()]) } else { *holds }
            },
        )
        .collect();
    let settled = |this: &Reading<'_>, effect: &Effect<'_>| {
        let mut others = readings.iter().zip(&active).filter(|(other, _)| other.rule.id != this.rule.id);
        others.any(|(other, active)| *active == Truth::Yes && other.does.contains(effect))
    };
    let mut lead_is_settled = false;
    for (reading, active) in readings.iter().zip(&active) {
        let rule = reading.rule;
        let turns = rule.when.iter().any(|line| turns(&view, line, reading.subject, &asked));
        if turns && *active != Truth::No {
            let leads = rule.then.lead.is_some() && !lead_is_settled;
            if leads || reading.does.iter().any(|effect| !settled(reading, effect)) {
                return true;
            }
        }
        lead_is_settled |= rule.then.lead.is_some() && *active == Truth::Yes;
    }
    false
}

/// The facts that a question settles.
fn asks_for(question: &Question) -> Vec<Fact> {
    const BY_AGE: [Fact; 4] = [Fact::UnderAge, Fact::Account, Fact::TermsKept, Fact::AgeFigure];
    let mut facts = match question.kind {
        QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Contact => {
            Fact::from_id(&question.id).into_iter().collect()
        }
        QuestionKind::Target => vec![Fact::Target, Fact::Aimed],
        QuestionKind::Alleged => Fact::ALL.iter().copied().filter(|fact| fact.is_of_one_actor()).collect(),
        QuestionKind::Occasions => vec![Fact::Aimed, Fact::UnderTen],
        QuestionKind::Wishes => vec![Fact::Wishes],
        QuestionKind::Accounts | QuestionKind::Signs | QuestionKind::Story => Vec::new(),
    };
    let by_age =
        [QuestionKind::Target, QuestionKind::Alleged, QuestionKind::Occasions, QuestionKind::Accounts];
    if by_age.contains(&question.kind) {
        facts.extend(BY_AGE);
    }
    // What is hurtful and who took part in what follow from these answers too.
    match question.id.as_str() {
        "nature" => facts.push(Fact::Aimed),
        "setting" => facts.push(Fact::Part),
        _ => {}
    }
    facts
}

/// Whether a line can turn on the facts that are asked for.
fn turns(view: &View, line: &Line, subject: Subject, asked: &[Fact]) -> bool {
    let (theirs, others): (Vec<_>, Vec<_>) = line.iter().partition(|test| asked.contains(&test.fact));
    let settled = Truth::any(others.into_iter().map(|test| view.test(test, subject)));
    !theirs.is_empty() && settled != Truth::Yes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Imagery, Setting};

    #[test]
    fn choosing_and_unchoosing() {
        let policy = Policy::built_in().unwrap();
        let ask = |id: &str| policy.questions.iter().find(|q| q.id == id).unwrap();
        let mut d = Disclosure::default();
        for q in &policy.questions {
            // A kind of account is asked for where an occasion asks for it.
            if !matches!(q.kind, QuestionKind::Wishes | QuestionKind::Accounts) {
                assert!(policy.missing(q, &d).is_some(), "{}", q.id);
            }
        }
        Policy::choose(ask("imagery"), &mut d, "none");
        Policy::choose(ask("imagery"), &mut d, "not_sexual");
        Policy::choose(ask("imagery"), &mut d, "no such value");
        assert_eq!(d.answers.imagery, Some(Imagery::NotSexual));
        for value in ["outside", "school_kit", "outside"] {
            Policy::choose(ask("setting"), &mut d, value);
        }
        assert_eq!(d.answers.setting, Some([Setting::SchoolKit].into()));
        for value in ["race", "sex", "none"] {
            Policy::choose(ask("prejudice"), &mut d, value);
        }
        assert_eq!(Policy::chosen(ask("prejudice"), &d), ["none"]);
        Policy::choose(ask("prejudice"), &mut d, "none");
        assert_eq!(d.answers.prejudice, None);
    }

    #[test]
    fn danger_and_pictures_come_before_anything_else() {
        let policy = Policy::built_in().unwrap();
        let ids: Vec<_> = policy.questions.iter().map(|q| q.id.as_str()).collect();
        assert_eq!(ids[..5], ["danger", "selfharm", "imagery", "signs", "staff_contact"]);
    }
}
