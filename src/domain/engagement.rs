//! *Refused* and *continues*, computed from dated records: policy clause CB-6 turns on them, so neither is a tick-box.

use super::{Contact, Continuing, Day, Engagement, Occasion, PersonId, Purpose, Response};

/// How one family has responded, with the reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyEngagement {
    /// The word.
    pub is: Engagement,
    /// Why, with dates.
    pub because: String,
}

impl FamilyEngagement {
    /// The same said of a family that nobody may contact: what it said stays said, and that it has not answered says
    /// nothing any more.
    #[must_use]
    pub fn while_not_contacted(&self) -> Self {
        match self.is {
            Engagement::NotYet | Engagement::Unreachable => Self {
                is: self.is,
                because: "Nobody may contact this family now, so its silence is not an answer.".into(),
            },
            Engagement::Engaged | Engagement::Partial | Engagement::Refused => self.clone(),
        }
    }
}

/// Reads a family's engagement from the contact log.
///
/// *Refused* is a clear statement, or two dated, delivered contacts and a final notice, all unanswered (decision
/// table, gap 9). Disagreeing with the school is engaging. What the family did last counts.
pub fn of_family(child: PersonId, contacts: &[Contact]) -> FamilyEngagement {
    let mut log: Vec<&Contact> = contacts.iter().filter(|c| c.family_of == child).collect();
    log.sort_by_key(|c| c.on);
    let finding = |is, because: String| FamilyEngagement { is, because };
    if let Some(answer) = log.iter().rev().find(|c| c.response != Response::None) {
        let unanswered_since = log.iter().filter(|c| c.on > answer.on && c.delivered).count();
        let on = answer.on;
        return match answer.response {
            Response::Refused => finding(
                Engagement::Refused,
                format!("They said clearly on {on} that they will not work with the school."),
            ),
            Response::Partial => {
                finding(Engagement::Partial, format!("They did part of what was asked ({on})."))
            }
            Response::Engaged | Response::None => match refusal_by_silence(&log, Some(on)) {
                Some(because) => finding(Engagement::Refused, because),
                None if unanswered_since > 0 => finding(
                    Engagement::Engaged,
                    format!(
                        "They last talked with the school on {on}; {unanswered_since} later contacts are unanswered."
                    ),
                ),
                None => finding(Engagement::Engaged, format!("They talked with the school on {on}.")),
            },
        };
    }
    if log.is_empty() {
        return finding(Engagement::NotYet, "No contact with this family is recorded yet.".into());
    }
    if let Some(because) = refusal_by_silence(&log, None) {
        return finding(Engagement::Refused, because);
    }
    match log.iter().filter(|c| c.delivered).count() {
        0 => finding(Engagement::Unreachable, format!("None of {} contacts reached them.", log.len())),
        _ => finding(
            Engagement::NotYet,
            "They have not answered yet. Silence counts as refusing only after two delivered contacts and a final notice.".into(),
        ),
    }
}

fn refusal_by_silence(log: &[&Contact], since: Option<Day>) -> Option<String> {
    let after = |c: &&&Contact| c.delivered && since.is_none_or(|day| c.on > day);
    let notice = log.iter().filter(after).find(|c| c.purpose == Purpose::FinalNotice)?;
    let before: Vec<_> =
        log.iter().filter(after).filter(|c| c.purpose != Purpose::FinalNotice && c.on <= notice.on).collect();
    (before.len() >= 2).then(|| {
        format!("{} delivered contacts and the final notice of {} are unanswered.", before.len(), notice.on)
    })
}

/// The day on which the final notice reached a family.
pub fn final_notice(child: PersonId, contacts: &[Contact]) -> Option<Day> {
    contacts
        .iter()
        .filter(|c| c.family_of == child && c.purpose == Purpose::FinalNotice && c.delivered)
        .map(|c| c.on)
        .max()
}

/// Whether it has gone on since the school first acted: any occasion after the first contact with a family of those
/// alleged to be responsible. Unknown while the school has not yet acted.
pub fn continuing(alleged: &[PersonId], occasions: &[Occasion], contacts: &[Contact]) -> Continuing {
    gone_on(alleged, alleged, occasions, contacts)
}

/// Whether one of those alleged has gone on since the school first acted.
pub fn continuing_by(
    person: PersonId,
    alleged: &[PersonId],
    occasions: &[Occasion],
    contacts: &[Contact],
) -> Continuing {
    gone_on(&[person], alleged, occasions, contacts)
}

fn gone_on(
    senders: &[PersonId],
    alleged: &[PersonId],
    occasions: &[Occasion],
    contacts: &[Contact],
) -> Continuing {
    let acted = contacts.iter().filter(|c| c.delivered && alleged.contains(&c.family_of)).map(|c| c.on).min();
    match acted {
        None => Continuing::Unknown,
        Some(day) if occasions.iter().any(|o| senders.contains(&o.by) && o.on > day) => Continuing::Yes,
        Some(_) => Continuing::No,
    }
}

/// How many delivered contacts a family has left unanswered since it last answered.
pub fn unanswered(child: PersonId, contacts: &[Contact]) -> u32 {
    let family = || contacts.iter().filter(|c| c.family_of == child);
    let answered = family().filter(|c| c.response != Response::None).map(|c| c.on).max();
    let open = family().filter(|c| {
        c.delivered && c.response == Response::None && answered.is_none_or(|answered| c.on > answered)
    });
    u32::try_from(open.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CaseId, Channel, ContactId, OccasionId};

    const CHILD: PersonId = PersonId::new(1);
    const CASE: CaseId = CaseId::new(1);

    fn contact(on: &str, purpose: Purpose, delivered: bool, response: Response) -> Contact {
        Contact {
            id: ContactId::new(1),
            case: CASE,
            family_of: CHILD,
            on: Day::parse(on).unwrap(),
            channel: Channel::Phone,
            purpose,
            delivered,
            response,
            note: String::new(),
            letter: None,
        }
    }

    #[test]
    fn engagement_follows_the_log() {
        use Purpose::{Contact as First, FinalNotice, FollowUp};
        use Response::{Engaged, None, Partial, Refused};
        let cases: [(&str, Vec<Contact>, Engagement); 9] = [
            ("nothing yet", vec![], Engagement::NotYet),
            ("one unanswered", vec![contact("2026-03-02", First, true, None)], Engagement::NotYet),
            ("none reached them", vec![contact("2026-03-02", First, false, None)], Engagement::Unreachable),
            ("said so", vec![contact("2026-03-02", First, true, Refused)], Engagement::Refused),
            (
                "refused, then came",
                vec![
                    contact("2026-03-02", First, true, Refused),
                    contact("2026-03-09", FollowUp, true, Engaged),
                ],
                Engagement::Engaged,
            ),
            ("partly", vec![contact("2026-03-02", First, true, Partial)], Engagement::Partial),
            (
                "silence after two and a notice",
                vec![
                    contact("2026-03-02", First, true, None),
                    contact("2026-03-09", FollowUp, true, None),
                    contact("2026-03-23", FinalNotice, true, None),
                ],
                Engagement::Refused,
            ),
            (
                "notice not delivered",
                vec![
                    contact("2026-03-02", First, true, None),
                    contact("2026-03-09", FollowUp, true, None),
                    contact("2026-03-23", FinalNotice, false, None),
                ],
                Engagement::NotYet,
            ),
            (
                "talked once, then silence after two and a notice",
                vec![
                    contact("2026-03-01", First, true, Engaged),
                    contact("2026-03-02", First, true, None),
                    contact("2026-03-09", FollowUp, true, None),
                    contact("2026-03-23", FinalNotice, true, None),
                ],
                Engagement::Refused,
            ),
        ];
        for (what, log, want) in cases {
            assert_eq!(of_family(CHILD, &log).is, want, "{what}");
        }
    }

    #[test]
    fn unanswered_counts_from_the_last_answer() {
        let (first, follow) = (Purpose::Contact, Purpose::FollowUp);
        let log = [
            contact("2026-03-01", first, true, Response::None),
            contact("2026-03-02", first, true, Response::Engaged),
            contact("2026-03-03", follow, true, Response::None),
            contact("2026-03-04", follow, false, Response::None),
        ];
        assert_eq!(unanswered(CHILD, &log), 1);
        assert_eq!(unanswered(CHILD, &log[..1]), 1);
        assert_eq!(unanswered(PersonId::new(9), &log), 0);
    }

    #[test]
    fn continuing_counts_from_the_first_delivered_contact() {
        let occasion = |on: &str| Occasion {
            id: OccasionId::new(1),
            case: CASE,
            on: Day::parse(on).unwrap(),
            time: String::new(),
            by: CHILD,
            to: PersonId::new(2),
            platform: "whatsapp".into(),
            words: String::new(),
            evidence: String::new(),
            more: crate::domain::Circumstances::default(),
        };
        let log = [contact("2026-03-02", Purpose::Contact, true, Response::None)];
        assert_eq!(continuing(&[CHILD], &[occasion("2026-03-14")], &[]), Continuing::Unknown);
        assert_eq!(continuing(&[CHILD], &[occasion("2026-03-02")], &log), Continuing::No);
        assert_eq!(continuing(&[CHILD], &[occasion("2026-03-03")], &log), Continuing::Yes);
        assert_eq!(continuing(&[PersonId::new(9)], &[occasion("2026-03-03")], &log), Continuing::Unknown);
        // Of two children alleged, each answers for what they did themselves.
        let both = [CHILD, PersonId::new(9)];
        assert_eq!(continuing_by(CHILD, &both, &[occasion("2026-03-03")], &log), Continuing::Yes);
        assert_eq!(continuing_by(both[1], &both, &[occasion("2026-03-03")], &log), Continuing::No);
    }
}
