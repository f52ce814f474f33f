//! What holds: each fact's values, for the case or for one person alleged, and the facts that are worked out from others.

use super::condition::{Mask, TARGETS};
use super::view::{Row, View};
use super::{Fact, Policy};
use crate::domain::{
    Account, ActorFacts, Age, Confidence, Continuing, CrimeFlag, Day, Facts, Nature, OccasionFacts, Part,
    PlatformFacts, Prejudice, SocialCare, UnderAge, Vocabulary, Who,
};

/// The facts of a disclosure with all that follows from them.
pub(super) struct Known<'a> {
    pub(super) facts: &'a Facts,
    pub(super) view: View,
    pub(super) under_age: Vec<UnderAge>,
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
        let mut view = View { case: case_row(facts), actors: Vec::with_capacity(facts.actors.len()) };
        view.actors.extend(facts.actors.iter().map(|actor| actor_row(facts, actor)));
        let terms_kept = uses.iter().any(|j| matches!(j, Judged::Kept));
        for (fact, held) in [
            (Fact::UnderAge, yes(!under_age.is_empty())),
            (Fact::Account, accounts(facts, &under_age)),
            (Fact::TermsKept, yes(terms_kept)),
            (Fact::AgeFigure, 1 << u16::from(old_figure)),
            (Fact::PolicyAge, 1 << u16::from(facts.today > policy.review_due)),
        ] {
            view.case[fact as usize] = Some(held);
        }
        Self { facts, view, under_age }
    }
}

fn bit<V: Vocabulary>(value: V) -> Mask {
    V::ALL.iter().position(|v| *v == value).map_or(0, |at| 1 << at)
}

fn bits<'v, V: Vocabulary>(values: impl IntoIterator<Item = &'v V>) -> Mask {
    values.into_iter().fold(0, |all, value| all | bit(*value))
}

/// The values of a fact that is a set; “none” where it is empty.
fn bits_or<'v, V: Vocabulary>(values: impl IntoIterator<Item = &'v V>, none: V) -> Mask {
    match bits(values) {
        0 => bit(none),
        some => some,
    }
}

/// `no` is the first value and `yes` the second of every such fact.
fn yes(is: bool) -> Mask {
    1 << u16::from(is)
}

fn case_row(f: &Facts) -> Row {
    let mut row = [None; Fact::COUNT];
    let target = TARGETS.iter().position(|who| *who == f.target.who).map_or(0, |at| 1 << at);
    for (fact, held) in [
        (Fact::Danger, bit(f.danger)),
        (Fact::SelfHarm, bit(f.selfharm)),
        (Fact::Imagery, bit(f.imagery)),
        (Fact::Target, target),
        (Fact::Setting, bits(&f.setting)),
        (Fact::Nature, bit(f.nature)),
        (Fact::CrimeFlags, bits_or(&f.crime_flags, CrimeFlag::None)),
        (Fact::Prejudice, bits_or(&f.prejudice, Prejudice::None)),
        (Fact::ContactSafe, bit(f.contact_safe)),
        (Fact::EngTarget, bit(f.eng_target)),
        (Fact::Previous, bit(f.previous)),
        (Fact::SocialCare, bits_or(&f.social_care, SocialCare::None)),
        (Fact::StaffContact, bit(f.staff_contact)),
        (Fact::StaffHarm, bit(f.staff_harm)),
        (Fact::Wishes, bit(f.wishes)),
        (Fact::MixedActors, yes(f.actors.iter().any(|a| a.who != f.actors[0].who))),
        (Fact::SoleActor, yes(f.actors.len() == 1)),
        (Fact::FinalNotice, 1 << u16::from(f.final_notice.is_some())),
        (Fact::Leaving, yes(f.leaving)),
    ] {
        row[fact as usize] = Some(held);
    }
    row
}

fn actor_row(f: &Facts, actor: &ActorFacts) -> Row {
    let mut row = [None; Fact::COUNT];
    for (fact, held) in [
        (Fact::Actor, bit(actor.who)),
        (Fact::Part, bit(actor.part)),
        (Fact::EngActor, bit(actor.eng)),
        (Fact::Continuing, bit(continuing(f, actor))),
        (Fact::UnderTen, yes(under_ten(f, actor))),
        (Fact::Aimed, yes(aimed(f, actor))),
        (Fact::Send, yes(actor.send)),
        (Fact::NewSchool, 1 << u16::from(!actor.new_school)),
        (Fact::Unanswered, 1 << actor.unanswered.min(3)),
    ] {
        row[fact as usize] = Some(held);
    }
    row
}

/// Whether this person has gone on. Where the case continues and dated occasions since the disclosure are all somebody
/// else's, this one has not: a family that refuses must not answer for another child (CB-6).
fn continuing(f: &Facts, actor: &ActorFacts) -> Continuing {
    if let Some(known) = actor.continuing {
        return known;
    }
    let since = |o: &&OccasionFacts| o.on > f.disclosed_on;
    let others_only =
        f.occasions.iter().any(|o| since(&o)) && !f.occasions.iter().filter(since).any(|o| o.by == actor.id);
    if f.continuing == Continuing::Yes && others_only { Continuing::No } else { f.continuing }
}

/// Whether somebody was under ten on any occasion in which they took part, or today where none is dated. An occasion of an
/// earlier linked case is part of what a referral would tell of, so it counts.
fn under_ten(f: &Facts, actor: &ActorFacts) -> bool {
    let earlier = f.earlier.occasions.iter().filter(|o| o.by == actor.id).map(|o| o.on);
    days_of(f, &actor.id)
        .into_iter()
        .chain(earlier)
        .filter_map(|day| actor.age.age_on(day))
        .any(|age| age < Age(10))
}

/// Whether an occasion is aimed at somebody. A pupil's attempt to reach a member of staff is not, unless it is said to be
/// hurtful.
fn aimed(f: &Facts, actor: &ActorFacts) -> bool {
    let hurtful = matches!(f.nature, Nature::Bullying | Nature::TwoWayConflict);
    let to_staff = matches!(f.target.who, Who::Staff | Who::ParentAdult);
    f.occasions.iter().any(|o| o.by == actor.id && (hurtful || o.to != "T" || !to_staff))
}

/// The kinds of account of those who are below a platform's age.
fn accounts(f: &Facts, under_age: &[UnderAge]) -> Mask {
    let bites = |p: &&PlatformFacts| {
        under_age
            .iter()
            .any(|row| row.platform == p.platform && p.user.as_ref().is_none_or(|u| *u == row.user))
    };
    bits(f.platforms.iter().filter(bites).map(|p| &p.account))
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
