//! The chronology of a case: everything dated, with when it was written down and by whom. An entry stands as it was last
//! corrected; what it said before, when that was changed, by whom and why stands under it, and one that was taken back
//! says so.

use super::{Letter, Source, is_child};
use crate::app::amend::NO_REASON;
use crate::app::timeline::day_of;
use crate::app::{Change, ChangedText, Error, Happening, TimelineLine};
use crate::documents::Fields;
use crate::documents::template::fields::{
    Called, ChangedWords, ChronologyFields, ChronologyRow, Correction, TakenBack,
};
use crate::domain::{
    ActionItem, ActionState, Case, Channel, Contact, Day, LetterState, Occasion, Person, Purpose, Response,
    Vocabulary,
};
use crate::store::{Act, Event, Record, Version};

/// What of a disclosure a chronology prints, by what the timeline calls it. What a child or a family wants is not among
/// it, and so not how that was changed.
const OF_A_DISCLOSURE: [&str; 3] = ["Day of the disclosure", "Who told whom", "What was said"];

/// Everything dated in the case, in the order in which it happened.
pub(super) fn chronology(source: &Source<'_>) -> Result<Vec<Letter>, Error> {
    let journal = source.session.journal(source.view.case.id)?;
    let entries = source.session.entries(source.view, &|id| source.label(id))?;
    let mut rows = Lines { source, journal: &journal, entries: &entries }.all()?;
    rows.sort_by_key(|row| row.on);
    for (correction, number) in rows.iter_mut().flat_map(|row| &mut row.corrections).zip(1..) {
        correction.number = number;
    }
    let people = source.view.people.iter().enumerate().map(|(at, person)| called(source, at, person));
    let fields = ChronologyFields {
        from: rows.first().map_or(source.today, |row| row.on),
        until: rows.last().map_or(source.today, |row| row.on),
        people: people.collect(),
        rows,
        sender: source.sender()?,
    };
    source.one("For the record, or beside a referral", &Fields::Chronology(fields))
}

fn called(source: &Source<'_>, at: usize, person: &Person) -> Called {
    let name = person.name.full();
    let born = person.born.map_or_else(String::new, |day| format!(", born on {}", day.plain()));
    let part = if at == 0 { "targeted" } else { "alleged to be responsible" };
    let label = match source.label(person.id) {
        label if is_child(person) => label,
        _ => "An adult".into(),
    };
    Called { label, who: format!("{name}{born}; {part}") }
}

struct Lines<'a> {
    source: &'a Source<'a>,
    journal: &'a [Event],
    /// What the timeline says of the disclosure, the occasions and the contacts, under the names of this paper.
    entries: &'a [TimelineLine],
}

impl Lines<'_> {
    fn all(&self) -> Result<Vec<ChronologyRow>, Error> {
        let mut rows = vec![self.disclosure()];
        rows.extend(self.occasions());
        rows.extend(self.decisions());
        rows.extend(self.contacts());
        rows.extend(self.actions()?);
        rows.extend(self.letters());
        rows.extend(self.taken_back());
        Ok(rows)
    }

    /// A line for a record, with when that record was first written down and how it was corrected since. `name` is what
    /// the paper calls the entry.
    fn line(&self, kind: &str, id: &str, on: Day, (name, what): (&str, String)) -> ChronologyRow {
        let first = self.journal.iter().find(|e| e.kind == kind && e.id == id && e.act == Act::Put);
        let entry = first.and_then(|event| self.entries.iter().find(|entry| entry.seq == event.seq));
        ChronologyRow {
            entered: first.map_or_else(|| "not known".into(), |e| day_of(e.at).short()),
            by: first.map_or_else(|| "not known".into(), |e| e.actor.clone()),
            corrections: entry.map_or_else(Vec::new, |entry| corrections(&entry.changes)),
            ..plain(on, name, what)
        }
    }

    fn disclosure(&self) -> ChronologyRow {
        let case = &self.source.view.case;
        let told = [case.told_by.trim(), case.account.trim()];
        let told: Vec<&str> = told.into_iter().filter(|words| !words.is_empty()).collect();
        let what = format!("The school was told. {}", told.join(" "));
        let mut row =
            self.line(Case::KIND, &case.id.to_string(), case.disclosed_on, ("the disclosure", what));
        for correction in &mut row.corrections {
            correction.texts.retain(|text| OF_A_DISCLOSURE.contains(&text.label.as_str()));
        }
        row.corrections.retain(|correction| !correction.texts.is_empty());
        ChronologyRow { known: false, source: "the disclosure".into(), ..row }
    }

    fn occasions(&self) -> Vec<ChronologyRow> {
        let row = |(at, o): (usize, &Occasion)| {
            let platform = self.source.session.policy().ages.name(&o.platform);
            let (from, to) = (self.source.label(o.by), self.source.label(o.to));
            let words = if o.words.is_empty() { String::new() } else { format!(": “{}”", o.words) };
            let name = format!("occasion {}", at + 1);
            let what = format!("Occasion {}. {platform}, {from} to {to}{words}", at + 1);
            let evidence = if o.evidence.trim().is_empty() { "as told".into() } else { o.evidence.clone() };
            ChronologyRow {
                time: o.time.clone(),
                more: self.source.known(o),
                known: false,
                source: evidence,
                ..self.line(Occasion::KIND, &o.id.to_string(), o.on, (&name, what))
            }
        };
        self.source.view.occasions.iter().enumerate().map(row).collect()
    }

    fn decisions(&self) -> Vec<ChronologyRow> {
        let policy = self.source.session.policy();
        let row = |record: &crate::domain::DecisionRecord| {
            let duties: Vec<String> =
                record.decision.duty.iter().map(|duty| policy.wording(duty.id()).title).collect();
            let what =
                format!("Decision confirmed by {} under {}", record.confirmed_by, record.decision.policy);
            ChronologyRow {
                outcome: duties.join(". "),
                ..self.line("decision", &record.id.to_string(), record.on, ("the decision", what))
            }
        };
        self.source.view.decisions.iter().map(row).collect()
    }

    fn contacts(&self) -> Vec<ChronologyRow> {
        let row = |c: &Contact| {
            let how = match c.channel {
                Channel::Phone => "Telephoned",
                Channel::Letter => "Wrote to",
                Channel::Email => "Emailed",
                Channel::Meeting => "Met",
            };
            let what_for = match c.purpose {
                Purpose::Contact => "",
                Purpose::FollowUp => ", as a follow-up",
                Purpose::FinalNotice => ", with the final notice",
            };
            let answer = match c.response {
                Response::None if c.delivered => "No answer.",
                Response::None => "It did not reach them.",
                Response::Engaged => "They work with the school.",
                Response::Partial => "They did part of what was asked.",
                Response::Refused => "They refuse to work with the school.",
            };
            let family = format!("the family of {}", self.source.label(c.family_of));
            let name = format!("contact with {family}");
            let what = format!("{how} {family}{what_for}");
            ChronologyRow {
                outcome: format!("{answer} {}", c.note.trim()),
                ..self.line(Contact::KIND, &c.id.to_string(), c.on, (&name, what))
            }
        };
        self.source.view.contacts.iter().map(row).collect()
    }

    /// What became of each action, every time that it was said: one that is done again after it was opened again has three
    /// lines.
    fn actions(&self) -> Result<Vec<ChronologyRow>, Error> {
        let mut rows = Vec::new();
        for action in &self.source.view.actions {
            let versions: Vec<Version<ActionItem>> =
                self.source.session.inner().store.history(&action.id.to_string())?;
            let mut before = ActionState::Open;
            for version in &versions {
                let Some(now) = &version.value else { continue };
                if now.state != before {
                    rows.push(self.became(version, now));
                }
                before = now.state.clone();
            }
        }
        Ok(rows)
    }

    fn became(&self, version: &Version<ActionItem>, action: &ActionItem) -> ChronologyRow {
        let title = self.source.session.action_title(action);
        let whom = action.about.map_or_else(String::new, |id| format!(" ({})", self.source.label(id)));
        let (on, outcome) = match &action.state {
            ActionState::Open => (day_of(version.at), "Opened again.".into()),
            ActionState::Done { on, note } => (*on, format!("Done. {}", note.trim())),
            ActionState::NotDone { on, why } => (*on, format!("Not done, for this reason: {}", why.trim())),
        };
        ChronologyRow {
            outcome,
            entered: day_of(version.at).short(),
            by: version.actor.clone(),
            ..plain(on, "an action", format!("{title}{whom}"))
        }
    }

    fn letters(&self) -> Vec<ChronologyRow> {
        let policy = self.source.session.policy();
        let rows = self.source.view.letters.iter().filter_map(|letter| {
            let LetterState::Approved { on, by, .. } = &letter.state else { return None };
            let title = policy.wording(letter.code.id()).title;
            let whom = letter.about.map_or_else(String::new, |id| format!(" ({})", self.source.label(id)));
            let what = format!("Approved: {title}{whom}");
            Some(ChronologyRow { entered: on.short(), by: by.clone(), ..plain(*on, "a letter", what) })
        });
        rows.collect()
    }

    /// Occasions and contacts that were taken back: what each said, and that it does not stand any more.
    fn taken_back(&self) -> Vec<ChronologyRow> {
        let rows = self.entries.iter().filter_map(|entry| {
            let (last, before) = entry.changes.split_last().filter(|(last, _)| last.fields.is_empty())?;
            let (kind, name, known) = match entry.about {
                Happening::Occasion => ("Occasion", "an occasion that was taken back", false),
                Happening::Contact => ("Contact", "a contact that was taken back", true),
                _ => return None,
            };
            let said =
                entry.said.iter().map(|(label, text)| format!(" {label}: {}.", text.trim_end_matches('.')));
            Some(ChronologyRow {
                known,
                source: if known { THE_RECORD.into() } else { "as told".into() },
                entered: day_of(entry.entered).short(),
                by: entry.by.clone(),
                corrections: corrections(before),
                taken_back: Some(TakenBack {
                    on: day_of(last.at),
                    by: last.by.clone(),
                    why: last.why.clone(),
                }),
                ..plain(entry.on, name, format!("{kind}. {}.{}", entry.title, said.collect::<String>()))
            })
        });
        rows.collect()
    }
}

const THE_RECORD: &str = "the school’s record";

/// A line that the school knows by itself.
fn plain(on: Day, called: &str, what: String) -> ChronologyRow {
    ChronologyRow {
        called: called.to_owned(),
        on,
        time: String::new(),
        what,
        outcome: String::new(),
        more: Vec::new(),
        known: true,
        source: THE_RECORD.into(),
        entered: String::new(),
        by: String::new(),
        corrections: Vec::new(),
        taken_back: None,
    }
}

/// How an entry was changed. They are numbered once all lines are in their order.
fn corrections(changes: &[Change]) -> Vec<Correction> {
    let text = |text: &ChangedText| ChangedWords {
        label: text.label.to_owned(),
        was: text.was.clone(),
        is: text.is.clone(),
    };
    let correction = |change: &Change| Correction {
        number: 0,
        on: day_of(change.at),
        by: change.by.clone(),
        why: if change.why == NO_REASON { String::new() } else { change.why.clone() },
        texts: change.fields.iter().map(text).collect(),
    };
    changes.iter().map(correction).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Session, demo};
    use crate::domain::{CaseId, DocumentCode, PaperCode};

    fn school() -> (tempfile::TempDir, Session, CaseId) {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let rows = session.cases("").unwrap();
        let with = |id: &CaseId| {
            let view = session.case(*id).unwrap();
            view.occasions.len() > 1 && !view.contacts.is_empty()
        };
        let id = rows.into_iter().filter(|row| row.open).map(|row| row.id).find(with).unwrap();
        (folder, session, id)
    }

    fn printed(session: &Session, id: CaseId) -> String {
        let code = PaperCode::Document(DocumentCode::Chronology);
        let letter = session.write_letter(id, code, None).unwrap()[0];
        session.letter(letter).unwrap().record.papers[0].body.clone()
    }

    #[test]
    fn an_entry_that_was_taken_back_says_so_and_is_counted_no_more() {
        let (_folder, session, id) = school();
        let view = session.case(id).unwrap();
        let (first, second, contact) = (&view.occasions[0], &view.occasions[1], &view.contacts[0]);
        let before = printed(&session, id);
        assert!(!before.contains("Taken back") && !before.contains("Corrections"), "{before}");

        let other = Occasion { words: "never mind".into(), ..first.clone() };
        session.save_occasion(&other, "Read again.").unwrap();
        let gone = |why: &str| {
            session.write(why, |w| w.withdraw::<Occasion>(&first.id.to_string())).unwrap();
            session.write(why, |w| w.withdraw::<Contact>(&contact.id.to_string())).unwrap();
        };
        gone("It was about another case");
        let text = printed(&session, id);
        let line = |words: &str| text.lines().find(|line| line.contains(words)).unwrap_or(&text).to_owned();
        let line_of = line("never mind");
        for says in [
            "**Taken back** on",
            "Why: It was about another case. It said: Occasion.",
            "**See correction 1**",
        ] {
            assert!(line_of.contains(says), "{says}: {line_of}");
        }
        assert!(!line_of.contains("Occasion 1"), "it has no number any more: {line_of}");
        assert!(line("Occasion 1. ").contains(&second.on.short()), "{text}");
        assert!(line("It said: Contact.").contains("**Taken back**"), "{text}");
        assert!(text.contains(": an occasion that was taken back, "), "{text}");
        for person in view.people.iter().skip(1).filter(|person| is_child(person)) {
            let events = text.split("## Events").nth(1).unwrap();
            assert!(!events.contains(person.name.full()), "{events}");
        }
    }
}
