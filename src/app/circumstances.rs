//! What else is known of an occasion, in words; and what of it the policy is asked about beside the lead's own answers.

use crate::domain::{ChatExport, Circumstances, Occasion, Prejudice, Reach, SentFrom, Setting, Vocabulary};
use crate::policy::{Fact, Policy};
use std::collections::BTreeSet;

/// What else is known of an occasion: what each thing is called, and what it says. Empty where nothing more is known.
pub fn circumstances(more: &Circumstances, sender: &str, policy: &Policy) -> Vec<(&'static str, String)> {
    let mut known = vec![
        ("Sent from", more.account.as_ref().map(|account| sent_from(account, sender)).unwrap_or_default()),
        ("Whose device showed the time", more.device.clone()),
        ("Who could see it", reach(more)),
        ("Where and when it was", listed(&more.setting, Fact::Setting, policy)),
        ("Linked to", linked(more, policy)),
        ("Taken from", more.export.as_ref().map(taken_from).unwrap_or_default()),
    ];
    known.retain(|(_, words)| !words.is_empty());
    known
}

/// The account an occasion was sent from, as it was then known, and since when it is known whose it is.
pub fn sent_from(account: &SentFrom, sender: &str) -> String {
    let handle = &account.handle;
    match account.identified_on {
        Some(day) => format!("“{handle}”, identified on {} as {sender}", day.plain()),
        None => format!("“{handle}”"),
    }
}

/// Who could see it, and how many; empty where that is not known.
pub(super) fn reach(more: &Circumstances) -> String {
    let who = match more.reach {
        Some(Reach::Private) => "Only the two of them",
        Some(Reach::Group) => "A group",
        Some(Reach::Public) => "Anyone",
        None => "",
    };
    match (more.seen_by, who) {
        (Some(1), "") => "1 person".to_owned(),
        (Some(many), "") => format!("{many} people"),
        (Some(many), "A group") => format!("A group of {many}"),
        (Some(many), who) => format!("{who}, so far {many}"),
        (None, who) => who.to_owned(),
    }
}

fn linked(more: &Circumstances, policy: &Policy) -> String {
    let to = listed(&more.prejudice, Fact::Prejudice, policy);
    match (to.is_empty(), more.perceived_by.trim()) {
        (true, _) | (false, "") => to,
        (false, by) => format!("{to}. Seen so by: {by}"),
    }
}

fn taken_from(export: &ChatExport) -> String {
    let messages = match export.messages() {
        1 => "1 message".to_owned(),
        many => format!("{many} messages"),
    };
    format!(
        "{messages} of an exported chat, brought by {} and read on {}. Not verified against the device. SHA-256 of the \
         file: {}",
        export.brought_by,
        export.read_on.plain(),
        export.sha256
    )
}

fn listed<V: Vocabulary>(values: &BTreeSet<V>, fact: Fact, policy: &Policy) -> String {
    values.iter().map(|value| policy.value(fact, value.id())).collect::<Vec<_>>().join("; ")
}

/// Where and when it was: what the lead answered, and what the occasions say.
pub(super) fn settings(answered: Option<&BTreeSet<Setting>>, occasions: &[Occasion]) -> BTreeSet<Setting> {
    let said = occasions.iter().flat_map(|occasion| &occasion.more.setting);
    answered.into_iter().flatten().chain(said).copied().collect()
}

/// What it is linked to: what the lead answered, and what somebody sees in one of the occasions.
pub(super) fn prejudices(answered: BTreeSet<Prejudice>, occasions: &[Occasion]) -> BTreeSet<Prejudice> {
    let said = occasions.iter().flat_map(|occasion| &occasion.more.prejudice).copied();
    let mut all: BTreeSet<_> = answered.into_iter().chain(said).collect();
    if all.len() > 1 {
        all.remove(&Prejudice::None);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CaseId, Day, OccasionId, PersonId};

    fn occasion(more: Circumstances) -> Occasion {
        Occasion {
            id: OccasionId::new(1),
            case: CaseId::new(1),
            on: Day::new(2026, 1, 17).unwrap(),
            time: String::new(),
            by: PersonId::new(1),
            to: PersonId::new(2),
            platform: "other".into(),
            words: String::new(),
            evidence: String::new(),
            more,
        }
    }

    #[test]
    fn each_thing_is_said_in_words() {
        let policy = Policy::built_in().unwrap();
        let day = Day::new(2026, 3, 4).unwrap();
        let more = Circumstances {
            device: "Mrs Osei’s phone".into(),
            account: Some(SentFrom { handle: "@fox".into(), identified_on: Some(day) }),
            reach: Some(Reach::Group),
            seen_by: Some(12),
            setting: [Setting::SchoolKit].into(),
            prejudice: [Prejudice::Race, Prejudice::Sex].into(),
            perceived_by: "Ama’s mother".into(),
            export: Some(ChatExport {
                sha256: "ab".into(),
                lines: vec![1, 7],
                brought_by: "Mrs Osei".into(),
                read_on: day,
            }),
        };
        let said: Vec<_> =
            circumstances(&more, "Daniel", &policy).into_iter().map(|(_, words)| words).collect();
        assert_eq!(
            said,
            [
                "“@fox”, identified on 4 March 2026 as Daniel",
                "Mrs Osei’s phone",
                "A group of 12",
                "On a school computer or tablet",
                "Race; Sex. Seen so by: Ama’s mother",
                "2 messages of an exported chat, brought by Mrs Osei and read on 4 March 2026. Not verified against the \
                 device. SHA-256 of the file: ab",
            ]
        );
        assert_eq!(circumstances(&Circumstances::default(), "Daniel", &policy), []);
    }

    #[test]
    fn the_policy_is_asked_about_what_the_occasions_say_too() {
        let more = Circumstances {
            setting: [Setting::SchoolDayOwn].into(),
            prejudice: [Prejudice::Race].into(),
            ..Circumstances::default()
        };
        let occasions = [occasion(more), occasion(Circumstances::default())];
        let both = [Setting::Outside, Setting::SchoolDayOwn];
        assert_eq!(settings(Some(&[Setting::Outside].into()), &occasions), both.into());
        assert_eq!(settings(None, &occasions[1..]), BTreeSet::new());
        assert_eq!(prejudices([Prejudice::None].into(), &occasions), [Prejudice::Race].into());
        assert_eq!(prejudices([Prejudice::None].into(), &occasions[1..]), [Prejudice::None].into());
    }
}
