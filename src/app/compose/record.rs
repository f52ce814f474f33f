//! What the school keeps or hands on: the record of a meeting, the chronology of a case, the cover of a file that moves
//! to the next school.

use super::{Letter, Source, is_child};
use crate::app::Error;
use crate::documents::Fields;
use crate::documents::template::fields::{
    Called, ChronologyFields, ChronologyRow, Kept, MeetingRecordFields, Signs, TransferFields, Yes,
};
use crate::domain::{ActionState, Channel, Day, LetterState, Person, Purpose, Response, Vocabulary};
use crate::store::{Act, Event};

pub(super) fn meeting(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let yes = |field: &str| source.one_of(field, &[("yes", Yes::Yes), ("no", Yes::No)]);
    let signed = source.one_of("signed", &[("signs", Signs::Signs), ("declined", Signs::Declined)])?;
    let fields = MeetingRecordFields {
        child: child.called().to_owned(),
        held: source.words("held"),
        present: source.words("present"),
        apologies: source.words("apologies"),
        interpreter: source.words("interpreter"),
        purpose: source.words("purpose"),
        child_said: source.words("child_said"),
        family_said: source.words("family_said"),
        school_said: source.words("school_said"),
        agreed: source.words("agreed"),
        not_agreed: source.words("not_agreed"),
        actions: source.lines("actions"),
        plan_view: source.words("plan_view"),
        next_review: source.day("next_review")?,
        read_back: yes("read_back")?,
        signed,
        sender: source.sender()?,
    };
    source.one(&format!("Family of {}", child.called()), &Fields::MeetingRecord(Box::new(fields)))
}

pub(super) fn transfer(source: &Source<'_>, child: &Person) -> Result<Vec<Letter>, Error> {
    let kept =
        [("nothing", Kept::Nothing), ("chronology", Kept::Chronology), ("everything", Kept::Everything)];
    let fields = TransferFields {
        child: source.child_block(child),
        to_school: source.words("to_school"),
        to_lead: source.words("to_lead"),
        sent_on: source.today,
        how: source.words("how"),
        contents: source.lines("contents"),
        advance: source.words("advance"),
        kept: source.one_of("kept", &kept)?,
        kept_why: source.words("kept_why"),
        reply_by: source.school.calendar.school_days_after(source.today, 5),
        sender: source.sender()?,
    };
    source.one("The next school’s lead", &Fields::Transfer(Box::new(fields)))
}

/// Everything dated in the case, in the order in which it happened, with when it was written down and by whom.
pub(super) fn chronology(source: &Source<'_>) -> Result<Vec<Letter>, Error> {
    let journal = source.session.journal(source.view.case.id)?;
    let lines = Lines { source, journal: &journal };
    let mut rows = lines.all();
    rows.sort_by_key(|row| row.on);
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
}

impl Lines<'_> {
    /// A line for a record, with when that record was first written down.
    fn line(&self, kind: &str, id: &str, on: Day, what: String) -> ChronologyRow {
        let first = self.journal.iter().find(|e| e.kind == kind && e.id == id && e.act == Act::Put);
        let entered = first.map_or_else(|| "not known".into(), |e| Day::from(e.at.date_naive()).short());
        let by = first.map_or_else(|| "not known".into(), |e| e.actor.clone());
        let (time, outcome, source) = (String::new(), String::new(), "the school’s record".into());
        ChronologyRow { on, time, what, outcome, known: true, source, entered, by }
    }

    fn all(&self) -> Vec<ChronologyRow> {
        let mut rows = vec![self.disclosure()];
        rows.extend(self.occasions());
        rows.extend(self.decisions());
        rows.extend(self.contacts());
        rows.extend(self.actions());
        rows.extend(self.letters());
        rows
    }

    fn disclosure(&self) -> ChronologyRow {
        let case = &self.source.view.case;
        let told = [case.told_by.trim(), case.account.trim()];
        let told: Vec<&str> = told.into_iter().filter(|words| !words.is_empty()).collect();
        ChronologyRow {
            known: false,
            source: "the disclosure".into(),
            ..self.line(
                "case",
                &case.id.to_string(),
                case.disclosed_on,
                format!("The school was told. {}", told.join(" ")),
            )
        }
    }

    fn occasions(&self) -> Vec<ChronologyRow> {
        let row = |(at, o): (usize, &crate::domain::Occasion)| {
            let platform = self.source.session.policy().ages.name(&o.platform);
            let (from, to) = (self.source.label(o.by), self.source.label(o.to));
            let words = if o.words.is_empty() { String::new() } else { format!(": “{}”", o.words) };
            let what = format!("Occasion {}. {platform}, {from} to {to}{words}", at + 1);
            let evidence = if o.evidence.trim().is_empty() { "as told".into() } else { o.evidence.clone() };
            ChronologyRow {
                time: o.time.clone(),
                known: false,
                source: evidence,
                ..self.line("occasion", &o.id.to_string(), o.on, what)
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
                ..self.line("decision", &record.id.to_string(), record.on, what)
            }
        };
        self.source.view.decisions.iter().map(row).collect()
    }

    fn contacts(&self) -> Vec<ChronologyRow> {
        let row = |c: &crate::domain::Contact| {
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
            let what = format!("{how} the family of {}{what_for}", self.source.label(c.family_of));
            ChronologyRow {
                outcome: format!("{answer} {}", c.note.trim()),
                ..self.line("contact", &c.id.to_string(), c.on, what)
            }
        };
        self.source.view.contacts.iter().map(row).collect()
    }

    fn actions(&self) -> Vec<ChronologyRow> {
        let session = self.source.session;
        let rows = self.source.view.actions.iter().filter_map(|a| {
            let title = session.action_title(a);
            let whom = a.about.map_or_else(String::new, |id| format!(" ({})", self.source.label(id)));
            let (on, outcome) = match &a.state {
                ActionState::Open => return None,
                ActionState::Done { on, note } => (*on, format!("Done. {}", note.trim())),
                ActionState::NotDone { on, why } => {
                    (*on, format!("Not done, for this reason: {}", why.trim()))
                }
            };
            let last = |e: &&Event| e.kind == "action" && e.id == a.id.to_string() && e.act == Act::Put;
            let mut row = self.line("action", &a.id.to_string(), on, format!("{title}{whom}"));
            if let Some(event) = self.journal.iter().rfind(last) {
                row.entered = Day::from(event.at.date_naive()).short();
                row.by.clone_from(&event.actor);
            }
            Some(ChronologyRow { outcome, ..row })
        });
        rows.collect()
    }

    fn letters(&self) -> Vec<ChronologyRow> {
        let policy = self.source.session.policy();
        let rows = self.source.view.letters.iter().filter_map(|letter| {
            let LetterState::Approved { on, by, .. } = &letter.state else { return None };
            let title = policy.wording(letter.code.id()).title;
            let whom = letter.about.map_or_else(String::new, |id| format!(" ({})", self.source.label(id)));
            let row = self.line("letter", &letter.id.to_string(), *on, format!("Approved: {title}{whom}"));
            Some(ChronologyRow { entered: on.short(), by: by.clone(), ..row })
        });
        rows.collect()
    }
}
