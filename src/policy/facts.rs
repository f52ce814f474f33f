//! What holds: each fact's values, for the case or for one person alleged, and the facts that are worked out from others.

use super::{Fact, Policy};
use crate::domain::{
    Account, ActorFacts, Age, Confidence, CrimeFlag, Day, Facts, Part, PlatformFacts, Prejudice, UnderAge,
    Vocabulary, Who,
};

/// The facts of a disclosure with all that follows from them.
pub(super) struct Known<'a> {
    pub(super) facts: &'a Facts,
    pub(super) under_age: Vec<UnderAge>,
    terms_kept: bool,
    old_figure: bool,
    past_review: bool,
}

impl<'a> Known<'a> {
    pub(super) fn new(policy: &Policy, facts: &'a Facts) -> Self {
        let uses: Vec<Judged> = facts.platforms.iter().flat_map(|p| judge(policy, facts, p)).collect();
        let mut under_age: Vec<UnderAge> = Vec::new();
        let mut old_figure = false;
        for judged in &uses {
            let Judged::Under { row, is_current } = judged else { continue };
            old_figure |= !is_current;
            if !under_age.iter().any(|r| r.user == row.user && r.platform == row.platform) {
                under_age.push(row.clone());
            }
        }
        Self {
            facts,
            under_age,
            terms_kept: uses.iter().any(|j| matches!(j, Judged::Kept)),
            old_figure,
            past_review: facts.today > policy.review_due,
        }
    }

    /// The values of a fact that hold, for one person alleged or for all of them.
    pub(super) fn values(&self, fact: Fact, actor: Option<usize>) -> Vec<&'static str> {
        let f = self.facts;
        let yes_no = |yes: bool| vec![if yes { "yes" } else { "no" }];
        match fact {
            Fact::Danger => vec![f.danger.id()],
            Fact::SelfHarm => vec![f.selfharm.id()],
            Fact::Imagery => vec![f.imagery.id()],
            Fact::Target => vec![f.target.who.id()],
            Fact::Actor => self.of_actors(actor, |a| a.who.id()),
            Fact::Part => self.of_actors(actor, |a| a.part.id()),
            Fact::EngActor => self.of_actors(actor, |a| a.eng.id()),
            Fact::UnderTen => self.of_actors(actor, |a| if self.under_ten(a) { "yes" } else { "no" }),
            Fact::Aimed => {
                self.of_actors(actor, |a| if f.occasions.iter().any(|o| o.by == a.id) { "yes" } else { "no" })
            }
            Fact::Setting => f.setting.iter().map(|v| v.id()).collect(),
            Fact::Nature => vec![f.nature.id()],
            Fact::CrimeFlags => or_none(f.crime_flags.iter().map(|v| v.id()), CrimeFlag::None.id()),
            Fact::Prejudice => or_none(f.prejudice.iter().map(|v| v.id()), Prejudice::None.id()),
            Fact::ContactSafe => vec![f.contact_safe.id()],
            Fact::EngTarget => vec![f.eng_target.id()],
            Fact::Continuing => vec![f.continuing.id()],
            Fact::Previous => vec![f.previous.id()],
            Fact::SocialCare => or_none(f.social_care.iter().map(|v| v.id()), "none"),
            Fact::StaffContact => vec![f.staff_contact.id()],
            Fact::Wishes => vec![f.wishes.id()],
            Fact::UnderAge => yes_no(!self.under_age.is_empty()),
            Fact::Account => self.accounts(),
            Fact::TermsKept => yes_no(self.terms_kept),
            Fact::AgeFigure => vec![if self.old_figure { "old" } else { "current" }],
            Fact::MixedActors => yes_no(f.actors.iter().any(|a| a.who != f.actors[0].who)),
            Fact::PolicyAge => vec![if self.past_review { "past_review" } else { "in_date" }],
        }
    }

    /// Whether somebody was under ten on any occasion in which they took part, or today where none is dated.
    pub(super) fn under_ten(&self, actor: &ActorFacts) -> bool {
        self.days_of(&actor.id).into_iter().filter_map(|day| actor.age.age_on(day)).any(|age| age < Age(10))
    }

    fn days_of(&self, id: &str) -> Vec<Day> {
        days_of(self.facts, id)
    }

    fn of_actors(
        &self,
        actor: Option<usize>,
        value: impl Fn(&ActorFacts) -> &'static str,
    ) -> Vec<&'static str> {
        let mut values: Vec<_> = match actor {
            Some(at) => self.facts.actors.get(at).into_iter().map(value).collect(),
            None => self.facts.actors.iter().map(value).collect(),
        };
        values.sort_unstable();
        values.dedup();
        values
    }

    /// The kinds of account of those who are below a platform's age.
    fn accounts(&self) -> Vec<&'static str> {
        let bites = |p: &&PlatformFacts| {
            self.under_age
                .iter()
                .any(|row| row.platform == p.platform && p.user.as_ref().is_none_or(|u| *u == row.user))
        };
        let mut accounts: Vec<_> =
            self.facts.platforms.iter().filter(bites).map(|p| p.account.id()).collect();
        accounts.sort_unstable();
        accounts.dedup();
        accounts
    }
}

fn or_none(values: impl Iterator<Item = &'static str>, none: &'static str) -> Vec<&'static str> {
    let values: Vec<_> = values.collect();
    if values.is_empty() { vec![none] } else { values }
}

/// The days on which somebody took part; today where none is dated.
fn days_of(facts: &Facts, id: &str) -> Vec<Day> {
    let mut days: Vec<Day> =
        facts.occasions.iter().filter(|o| o.by == id || o.to == id).map(|o| o.on).collect();
    if days.is_empty() {
        days.extend(facts.occasions.iter().map(|o| o.on));
    }
    if days.is_empty() {
        days.push(facts.today);
    }
    days.sort_unstable();
    days.dedup();
    days
}

enum Judged {
    /// A child is below the age that the service sets.
    Under { row: UnderAge, is_current: bool },
    /// A child's account on a service whose terms are kept.
    Kept,
}

/// Judges one use of a platform for each child it concerns, on each occasion's day; the last day on which it bites counts.
fn judge(policy: &Policy, facts: &Facts, used: &PlatformFacts) -> Vec<Judged> {
    let children = std::iter::once(("T", facts.target.who, facts.target.age))
        .chain(
            facts.actors.iter().filter(|a| a.part == Part::Messages).map(|a| (a.id.as_str(), a.who, a.age)),
        )
        .filter(|(_, who, _)| matches!(who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool))
        .filter(|(id, ..)| used.user.as_deref().is_none_or(|user| user == *id));
    let mut judged = Vec::new();
    for (id, _, born) in children {
        let mut kept = false;
        let mut under = None;
        for day in days_of(facts, id) {
            let Some(row) = policy.ages.row(&used.platform, used.account, day) else { continue };
            let (Some(min_age), Some(age)) = (row.min_age, born.age_on(day)) else { continue };
            if age.0 < min_age {
                under = Some((row, min_age, age));
            } else {
                kept = true;
            }
        }
        match under {
            Some((row, min_age, age)) => judged.push(Judged::Under {
                is_current: row.confidence == Confidence::High
                    && row.is_current(facts.today, policy.age_figures_good_for_months),
                row: UnderAge {
                    user: id.to_owned(),
                    platform: used.platform.clone(),
                    min_age,
                    age,
                    source: row.source.clone(),
                    checked: row.checked.date().format("%Y-%m").to_string(),
                    confidence: row.confidence,
                    account_known: used.account != Account::Unknown,
                },
            }),
            None if kept => judged.push(Judged::Kept),
            None => {}
        }
    }
    judged
}
