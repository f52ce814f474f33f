//! Referrals to children's services and to the local authority designated officer. No other child is named in them.

use super::people::{home_rows, needs};
use super::{Letter, Source};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{Answer, ChildBlock, Consent, LadoFields, MarfFields, Step};
use crate::domain::{ActionState, Day, Person, PersonId, Vocabulary, Who};

pub(super) fn social_care(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let wishes = source.view.case.answers.child_wishes.trim();
    let said = source.is_target() && !wishes.is_empty();
    let child_views = if said { format!("“{wishes}”") } else { String::new() };
    let fields = MarfFields {
        phoned: source.words("phoned"),
        child: source.child_block(child),
        homes: home_rows(child),
        others: source.words("others"),
        responsibility: source.words("responsibility"),
        consent: source.one_of(
            "consent",
            &[("given", Consent::Given), ("refused", Consent::Refused), ("not_asked", Consent::NotAsked)],
        )?,
        consent_detail: source.words("consent_detail"),
        child_views: child_views.into(),
        family_views: source.words("family_views"),
        confidential: source.words("confidential"),
        reason: source.words("reason"),
        occasions: source.occasions_of(child),
        worrying: source.words("worrying"),
        working: source.words("working"),
        needed: source.words("needed"),
        level: source.words("level"),
        steps: done(source, |about| about.is_none_or(|id| id == child.id)),
        earlier: source.words("earlier"),
        agencies: source.words("agencies"),
        risks: source.words("risks"),
        attached: source.words("attached"),
        sender: source.sender()?,
    };
    source.one("Children’s services", &Fields::Marf(Box::new(fields)))
}

/// What the school has done, in the words of the policy's actions: those for whom `which` holds.
pub(super) fn done(source: &Source<'_>, which: impl Fn(Option<PersonId>) -> bool) -> Vec<Step> {
    let policy = source.session.policy();
    let actions = source.view.actions.iter().filter(|action| action.own.is_none() && which(action.about));
    actions
        .filter_map(|action| match &action.state {
            ActionState::Done { on, .. } => {
                let title = policy.wording(action.code.id()).title;
                Some(Step { what: format!("{title}: done on {}", on.plain()), by: None })
            }
            ActionState::Open | ActionState::NotDone { .. } => None,
        })
        .collect()
}

pub(super) fn designated_officer(source: &Source<'_>) -> Result<Vec<Letter>, Error> {
    let is_staff = |p: &&Person| matches!(p.who, Who::Staff | Who::FormerStaff | Who::Head);
    let adult = source.view.people.iter().find(is_staff).ok_or_else(|| Error::Incomplete {
        what: "No member of staff is in this case, so there is nothing to ask the LADO.".into(),
    })?;
    let child = source.view.people.iter().find(|p| super::is_child(p)).ok_or(Error::NotFound)?;
    let block = |person: &Person| ChildBlock {
        name: person.name.full().to_owned(),
        born: person.born.map_or_else(String::new, Day::plain),
        school: source.school_of(person),
        needs: needs(person),
        ..ChildBlock::default()
    };
    let answer = |field: &str| {
        source.one_of(field, &[("yes", Answer::Yes), ("no", Answer::No), ("not_known", Answer::NotKnown)])
    };
    let case = &source.view.case;
    let fields = LadoFields {
        spoken: source.words("spoken"),
        adult: block(adult),
        role: source.words("role"),
        other_work: source.words("other_work"),
        child: block(child),
        harmed: answer("harmed")?,
        offence: answer("offence")?,
        risk: answer("risk")?,
        unsuitable: answer("unsuitable")?,
        told_by: case.told_by.clone(),
        account: if case.account.trim().is_empty() {
            String::new()
        } else {
            format!("“{}”", case.account.trim())
        },
        occasions: source.view.occasions.iter().map(|o| source.occasion(o, &o.evidence)).collect(),
        who_knows: source.words("who_knows"),
        steps_taken: source.words("steps_taken"),
        family_told: source.words("family_told"),
        sender: source.sender()?,
    };
    source.one("LADO", &Fields::Lado(Box::new(fields)))
}
