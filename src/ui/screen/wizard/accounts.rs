//! The page for whose account it was: each child on each platform whose age they were below, with that age beside it.

use crate::app::{AccountAsked, Fact, Policy};
use crate::domain::{Account, Disclosure, PersonId, PlatformUse, Vocabulary};
use crate::ui::spacing::XL;
use crate::ui::widget;
use iced::Element;
use iced::advanced::widget::Id;
use iced::widget::Column;

/// The kind of account that was chosen for one child on one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    user: PersonId,
    platform: String,
    account: Account,
}

pub(super) fn choose(disclosure: &mut Disclosure, chosen: Chosen) {
    let Chosen { user, platform, account } = chosen;
    let uses = &mut disclosure.answers.platforms;
    match uses.iter_mut().find(|one| one.user == user && one.platform == platform) {
        Some(one) => one.account = account,
        None => uses.push(PlatformUse { platform, user, account }),
    }
}

/// Uses of people or platforms that are no longer in the disclosure would still bear on the decision: takes them out.
pub(super) fn tidy(policy: &Policy, disclosure: &mut Disclosure) {
    let asked = policy.accounts_asked(disclosure);
    let wanted =
        |one: &PlatformUse| asked.iter().any(|ask| ask.user == one.user && ask.platform == one.platform);
    disclosure.answers.platforms.retain(wanted);
}

fn account_of(disclosure: &Disclosure, ask: &AccountAsked) -> Option<Account> {
    let uses = &disclosure.answers.platforms;
    uses.iter().find(|one| one.user == ask.user && one.platform == ask.platform).map(|one| one.account)
}

fn id(at: usize) -> Id {
    Id::from(format!("account-{at}"))
}

pub(super) fn errors(policy: &Policy, disclosure: &Disclosure) -> Vec<(String, Id)> {
    let asked = policy.accounts_asked(disclosure);
    let open = asked.iter().enumerate().filter(|(_, ask)| account_of(disclosure, ask).is_none());
    open.map(|(at, ask)| (format!("Choose the kind of account: {}.", title(policy, disclosure, ask)), id(at)))
        .collect()
}

fn title(policy: &Policy, disclosure: &Disclosure, ask: &AccountAsked) -> String {
    let name = super::name_of(disclosure, ask.user);
    format!("{name} on {}", policy.ages.name(&ask.platform))
}

/// How old the child was, and what the service asks for.
fn why_asked(policy: &Policy, disclosure: &Disclosure, ask: &AccountAsked) -> String {
    let theirs =
        |o: &&crate::domain::Occasion| o.platform == ask.platform && (o.by == ask.user || o.to == ask.user);
    let Some(first) = disclosure.occasions.iter().filter(theirs).map(|o| o.on).min() else {
        return String::new();
    };
    let person = disclosure.people().find(|person| person.id == ask.user);
    let age = person.and_then(|person| person.age_on(first));
    let age = age.map_or_else(
        || format!("Their age on {} is not known.", first.plain()),
        |age| format!("{age} years old on {}.", first.plain()),
    );
    let row = policy.ages.row(&ask.platform, Account::Standard, first);
    match row.and_then(|row| row.min_age) {
        Some(least) => format!(
            "{age} By the service’s own terms an ordinary account is for people aged {least} or over."
        ),
        None => age,
    }
}

pub(super) fn view<'a>(
    policy: &Policy,
    disclosure: &Disclosure,
    errors: &[(String, Id)],
) -> Element<'a, Chosen> {
    let groups = policy.accounts_asked(disclosure).into_iter().enumerate().map(|(at, ask)| {
        let choices = Account::ALL
            .iter()
            .map(|account| widget::choice(*account, policy.value(Fact::Account, account.id()).to_owned()));
        let chosen = account_of(disclosure, &ask);
        let legend = title(policy, disclosure, &ask);
        let hint = why_asked(policy, disclosure, &ask);
        let group = widget::radio_group(legend, choices, chosen.as_ref(), move |account| Chosen {
            user: ask.user,
            platform: ask.platform.clone(),
            account,
        });
        group.hint(hint).error(super::error_at(errors, &id(at))).id(id(at)).into()
    });
    Column::with_children(groups).spacing(XL).into()
}

/// The accounts as they stand on “Check your answers”.
pub(super) fn said(policy: &Policy, disclosure: &Disclosure) -> String {
    let lines: Vec<String> = policy
        .accounts_asked(disclosure)
        .iter()
        .filter_map(|ask| {
            let account = policy.value(Fact::Account, account_of(disclosure, ask)?.id());
            Some(format!("{}: {account}", title(policy, disclosure, ask)))
        })
        .collect();
    lines.join("\n")
}
