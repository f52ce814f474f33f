//! The wizard's path: which questions apply, which are answered, and what is still missing. The screen only shows it.

use super::{Policy, Question, QuestionKind};
use crate::domain::{Disclosure, PersonId, Vocabulary, Who};

/// One child's use of one platform, whose kind of account has to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountAsked {
    /// The child.
    pub user: PersonId,
    /// The platform.
    pub platform: String,
}

impl Policy {
    /// The questions that apply to a disclosure as far as it is answered, in order.
    pub fn path(&self, disclosure: &Disclosure) -> Vec<&Question> {
        let applies =
            |q: &&Question| q.kind != QuestionKind::Accounts || !self.accounts_asked(disclosure).is_empty();
        self.questions.iter().filter(applies).collect()
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
        match question.id.as_str() {
            "danger" => one(a.danger),
            "selfharm" => one(a.selfharm),
            "imagery" => one(a.imagery),
            "nature" => one(a.nature),
            "contact_safe" => one(a.contact_safe),
            "previous" => one(a.previous),
            "staff_contact" => one(a.staff_contact),
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
        match question.id.as_str() {
            "danger" => one(&mut a.danger, value),
            "selfharm" => one(&mut a.selfharm, value),
            "imagery" => one(&mut a.imagery, value),
            "nature" => one(&mut a.nature, value),
            "contact_safe" => one(&mut a.contact_safe, value),
            "previous" => one(&mut a.previous, value),
            "staff_contact" => one(&mut a.staff_contact, value),
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
            QuestionKind::Choices => {
                Self::chosen(question, d).is_empty().then_some("Choose at least one answer.")
            }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Imagery, Setting};

    #[test]
    fn choosing_and_unchoosing() {
        let policy = Policy::built_in().unwrap();
        let ask = |id: &str| policy.questions.iter().find(|q| q.id == id).unwrap();
        let mut d = Disclosure::default();
        for q in policy.path(&d.clone()) {
            if q.kind != QuestionKind::Wishes {
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
        let ids: Vec<_> = policy.path(&Disclosure::default()).iter().map(|q| q.id.clone()).collect();
        assert_eq!(ids[..3], ["danger", "selfharm", "imagery"]);
    }
}
