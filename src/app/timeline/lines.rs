//! What each kind of record says on the timeline, in plain words.

use super::{Called, Change, Happening, Line, Says, changed, changes, day_of};
use crate::app::letters::{EXPORTED, VIEWED};
use crate::app::{CaseView, Fact, READINESS, Session, breach_words, circumstances};
use crate::domain::{
    ActionItem, ActionState, Case, CaseState, Channel, Closing, Contact, Day, DecisionRecord, Family,
    LetterRecord, LetterState, Occasion, Person, PersonId, Purpose, Response, Vocabulary, Who, Wishes,
};
use crate::store::Version;

/// What the lines need beside the record itself.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) session: &'a Session,
    pub(super) view: &'a CaseView,
    pub(super) called: Called<'a>,
}

/// A line about one version of a record; what it says is filled in by whoever knows.
pub(super) fn line<T>(version: &Version<T>, about: Happening, on: Day, title: String) -> Line {
    let (people, said, changes) = (Vec::new(), Vec::new(), Vec::new());
    Line {
        about,
        on,
        entered: version.at,
        by: version.actor.clone(),
        title,
        said,
        people,
        changes,
        seq: version.seq,
    }
}

/// The first version, and the last that says anything: what an entry says now, or said before it was taken back.
pub(super) fn ends<T>(versions: &[Version<T>]) -> Option<(&Version<T>, &T)> {
    Some((versions.first()?, versions.iter().rev().find_map(|version| version.value.as_ref())?))
}

/// The texts that are there, without those that the title says.
pub(super) fn without(says: Says, in_title: &[&str]) -> Says {
    says.into_iter().filter(|(label, text)| !text.is_empty() && !in_title.contains(label)).collect()
}

/// Each version that says something, with the one before it.
fn steps<T>(versions: &[Version<T>]) -> impl Iterator<Item = (&Version<T>, &T, &T)> {
    versions.windows(2).filter_map(|pair| match pair {
        [before, after] => Some((after, before.value.as_ref()?, after.value.as_ref()?)),
        _ => None,
    })
}

impl Ground<'_> {
    fn name(self, id: PersonId) -> String {
        (self.called)(id)
    }

    fn names(self, ids: &[PersonId]) -> String {
        ids.iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(", ")
    }

    fn police(self, wishes: Option<Wishes>) -> String {
        let asked = wishes.filter(|wish| *wish != Wishes::NotRecorded);
        asked.map_or_else(String::new, |wish| self.session.policy().value(Fact::Wishes, wish.id()).to_owned())
    }

    fn everyone(self) -> Vec<PersonId> {
        self.view.people.iter().map(|person| person.id).collect()
    }

    fn called(self, code: &str) -> String {
        match code {
            READINESS => "The points that a police referral would want to see".into(),
            code => self.session.policy().wording(code).title,
        }
    }

    /// The disclosure.
    pub(super) fn disclosure(self, versions: &[Version<Case>]) -> Option<Line> {
        let (first, now) = ends(versions)?;
        let says = |case: &Case| {
            let answers = &case.answers;
            vec![
                ("Day of the disclosure", case.disclosed_on.long()),
                ("Who told whom", case.told_by.clone()),
                ("What was said", case.account.clone()),
                ("What the child wants", answers.child_wishes.clone()),
                ("What the family wants", answers.family_wishes.clone()),
                ("Do they want the police told?", self.police(answers.wishes)),
            ]
        };
        let follows = now.earlier.and_then(|id| self.session.reference(id));
        let title = format!("The school was told about {}", self.name(now.target));
        let told = line(first, Happening::Disclosure, now.disclosed_on, title);
        let mut said = without(says(now), &["Day of the disclosure"]);
        said.extend(follows.map(|reference| ("It follows the case", reference)));
        Some(Line { said, people: self.everyone(), changes: changes(versions, says), ..told })
    }

    /// Those who came in later, and each closing and opening.
    pub(super) fn case(self, versions: &[Version<Case>], closings: &[Vec<Version<Closing>>]) -> Vec<Line> {
        let mut lines = Vec::new();
        for (version, before, after) in steps(versions) {
            let came: Vec<_> =
                after.alleged.iter().filter(|id| !before.alleged.contains(id)).copied().collect();
            if !came.is_empty() {
                let title = format!("Added to the case: {}", self.names(&came));
                let added = line(version, Happening::Person, day_of(version.at), title);
                lines.push(Line { people: came, said: vec![("Why", version.why.clone())], ..added });
            }
            for it in after.identified.iter().skip(before.identified.len()) {
                let title = format!("Identified: the account “{}” is {}", it.handle, self.name(it.person));
                let told = line(version, Happening::Person, day_of(version.at), title);
                lines.push(Line {
                    people: vec![it.person],
                    said: vec![("Why", version.why.clone())],
                    ..told
                });
            }
            if before.state != after.state {
                // Both were written in one change, so at the same moment.
                let with = closings.iter().filter_map(|closing| closing.first());
                let with = with.filter(|closing| closing.at == version.at).find_map(|c| c.value.as_ref());
                lines.push(Line { people: self.everyone(), ..state(version, &after.state, with) });
            }
        }
        lines
    }

    /// What became known of a person after the case was opened.
    pub(super) fn person(versions: &[Version<Person>], opened: u64) -> Vec<Line> {
        let later = steps(versions).filter(|(version, ..)| version.seq > opened);
        let told = later.filter_map(|(version, before, after)| {
            let fields = changed(particulars(before), particulars(after));
            if fields.is_empty() {
                return None;
            }
            let identified = before.who == Who::Unknown && after.who != Who::Unknown;
            let title = if identified {
                format!("Identified: the account “{}” is {}", before.name.full(), after.name.full())
            } else {
                format!("Particulars changed: {}", after.name.full())
            };
            let change =
                Change { at: version.at, by: version.actor.clone(), why: version.why.clone(), fields };
            let told = line(version, Happening::Person, day_of(version.at), title);
            Some(Line { people: vec![after.id], changes: vec![change], ..told })
        });
        told.collect()
    }

    pub(super) fn occasion(self, versions: &[Version<Occasion>]) -> Option<Line> {
        let (first, now) = ends(versions)?;
        let policy = self.session.policy();
        let says = |it: &Occasion| {
            let mut says = vec![
                ("Day", it.on.long()),
                ("From", self.name(it.by)),
                ("To", self.name(it.to)),
                ("Where", policy.ages.name(&it.platform).to_owned()),
                ("Time as shown", it.time.clone()),
                ("The words", it.words.clone()),
                ("What shows it", it.evidence.clone()),
            ];
            says.extend(circumstances(&it.more, &self.name(it.by), policy));
            says
        };
        let title = format!(
            "{} to {}, {}",
            self.name(now.by),
            self.name(now.to),
            if now.platform == "other" { "another platform" } else { policy.ages.name(&now.platform) }
        );
        let said = without(says(now), &["Day", "From", "To", "Where"]);
        let (people, changes) = (vec![now.by, now.to], changes(versions, says));
        Some(Line { said, people, changes, ..line(first, Happening::Occasion, now.on, title) })
    }

    pub(super) fn contact(self, versions: &[Version<Contact>]) -> Option<Line> {
        let (first, now) = ends(versions)?;
        let says = |it: &Contact| {
            vec![
                ("Day", it.on.long()),
                ("Whose family", self.name(it.family_of)),
                ("How", how(it.channel).to_owned()),
                ("What for", what_for(it.purpose).to_owned()),
                ("Did it reach them?", if it.delivered { "Yes" } else { "No" }.to_owned()),
                ("Their answer", answer(it.response).to_owned()),
                ("Note", it.note.clone()),
            ]
        };
        let family = self.name(now.family_of);
        let title = format!("{} with the family of {family}, {}", what_for(now.purpose), how(now.channel));
        let said = without(says(now), &["Day", "Whose family", "How", "What for"]);
        let (people, changes) = (vec![now.family_of], changes(versions, says));
        Some(Line { said, people, changes, ..line(first, Happening::Contact, now.on, title) })
    }

    /// The decisions, each with the actions that were set down with it.
    pub(super) fn decisions(
        self,
        decisions: &[Vec<Version<DecisionRecord>>],
        actions: &[Vec<Version<ActionItem>>],
    ) -> Vec<Line> {
        let firsts: Vec<_> = decisions.iter().filter_map(|versions| ends(versions)).collect();
        let told = firsts.iter().enumerate().map(|(at, (first, record))| {
            let until = firsts.get(at + 1).map_or(u64::MAX, |(next, _)| next.seq);
            let with =
                actions.iter().filter_map(|versions| ends(versions)?.0.value.as_ref().zip(versions.first()));
            let with = with.filter(|(_, v)| v.at == first.at && first.seq < v.seq && v.seq < until);
            let mut with: Vec<&ActionItem> = with.map(|(action, _)| action).collect();
            with.sort_by_key(|action| action.due);
            let to_do = with.iter().map(|action| format!("By {}: {}", action.due.short(), self.duty(action)));
            let outcome = self.session.outcome_then(record);
            let titles = |points: &[crate::app::Point]| {
                points.iter().map(|point| point.title.clone()).collect::<Vec<_>>().join("\n")
            };
            let departures =
                record.departures.iter().map(|d| format!("{}: {}", self.called(&d.code), d.reason));
            let said = vec![
                ("Under", record.decision.policy.clone()),
                ("Must", titles(&outcome.must)),
                ("May", titles(&outcome.may)),
                ("Waits", titles(&outcome.paused)),
                ("Reasons that were given", departures.collect::<Vec<_>>().join("\n")),
                ("To do", to_do.collect::<Vec<_>>().join("\n")),
            ];
            let title = format!("Decision confirmed by {}", record.confirmed_by);
            let people = record.people.iter().map(|(_, id)| *id).collect();
            Line { said: without(said, &[]), people, ..line(first, Happening::Decision, record.on, title) }
        });
        told.collect()
    }

    fn duty(self, action: &ActionItem) -> String {
        let title = self.session.action_title(action);
        action.about.map_or(title.clone(), |id| format!("{title} ({})", self.name(id)))
    }

    /// What became of an action. That it was set down stands with the decision; one that the lead added has its own line.
    pub(super) fn action(self, versions: &[Version<ActionItem>]) -> Vec<Line> {
        let added = ends(versions).and_then(|(first, _)| {
            let action = first.value.as_ref().filter(|action| action.own.is_some())?;
            let title = format!("Set down: {}", self.duty(action));
            let said = vec![("Who does it", self.session.action_owner(action)), ("Due", action.due.long())];
            Some(Line { said, ..line(first, Happening::Action, day_of(first.at), title) })
        });
        let told = steps(versions).filter_map(|(version, before, after)| {
            let duty = self.duty(after);
            if after.own.is_some() && after.state == before.state {
                return self.own_changed(version, before, after);
            }
            let (on, title, said) = match &after.state {
                state if *state == before.state && before.due == after.due => return None,
                state if *state == before.state => {
                    let (was, is) = (before.due.short(), after.due.short());
                    (day_of(version.at), format!("Due later: {duty}"), vec![("Due", is), ("Before", was)])
                }
                ActionState::Open => (day_of(version.at), format!("Opened again: {duty}"), Vec::new()),
                ActionState::Done { on, note } => {
                    (*on, format!("Done: {duty}"), vec![("What came of it", note.clone())])
                }
                ActionState::NotDone { on, why } => {
                    (*on, format!("Not done: {duty}"), vec![("Why", why.clone())])
                }
            };
            let people = after.about.into_iter().collect();
            Some(Line { said: without(said, &[]), people, ..line(version, Happening::Action, on, title) })
        });
        added.into_iter().chain(told).collect()
    }

    /// How an action that the lead added was changed while it was open.
    fn own_changed(
        self,
        version: &Version<ActionItem>,
        before: &ActionItem,
        after: &ActionItem,
    ) -> Option<Line> {
        let says = |action: &ActionItem| {
            vec![
                ("What", self.duty(action)),
                ("Who does it", self.session.action_owner(action)),
                ("Due", action.due.long()),
            ]
        };
        let fields = changed(says(before), says(after));
        if fields.is_empty() {
            return None;
        }
        let change = Change { at: version.at, by: version.actor.clone(), why: version.why.clone(), fields };
        let title = format!("Changed: {}", self.duty(after));
        let told = line(version, Happening::Action, day_of(version.at), title);
        Some(Line { people: after.about.into_iter().collect(), changes: vec![change], ..told })
    }

    /// A letter's approval and each time it left the case file; one that was only begun says so.
    pub(super) fn letter(self, versions: &[Version<LetterRecord>]) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut approved = false;
        for version in versions {
            let Some(letter) = &version.value else { continue };
            let LetterState::Approved { on, by, .. } = &letter.state else { continue };
            if !approved {
                let stands = letter
                    .dismissed
                    .iter()
                    .map(|it| format!("“{}”: {} ({}, {})", it.spot.words, it.reason, it.by, it.on.short()));
                let stands = stands.collect::<Vec<_>>().join("\n");
                let second = letter.second.as_ref().map_or_else(String::new, crate::domain::Second::told);
                let said = vec![
                    ("Approved by", by.clone()),
                    ("Second look", second),
                    ("Words that may stand", stands),
                ];
                lines.push(Line {
                    said: without(said, &[]),
                    ..self.about_letter(version, letter, *on, "Approved")
                });
            } else if version.why == EXPORTED {
                let on = day_of(version.at);
                lines.push(self.about_letter(version, letter, on, "Saved outside the case file"));
            } else if version.why == VIEWED {
                let on = day_of(version.at);
                lines.push(self.about_letter(version, letter, on, "Opened in another program"));
            }
            approved = true;
        }
        lines.extend(steps(versions).flat_map(|(version, before, after)| self.wrong(version, before, after)));
        if let (false, Some((first, letter))) = (approved, ends(versions)) {
            lines.push(self.about_letter(first, letter, day_of(first.at), "Begun, not approved"));
        }
        lines
    }

    /// That a letter reached somebody whom it was not for, and each step that was taken.
    fn wrong(
        self,
        version: &Version<LetterRecord>,
        before: &LetterRecord,
        after: &LetterRecord,
    ) -> Vec<Line> {
        let Some(now) = &after.went_wrong else { return Vec::new() };
        let Some(was) = &before.went_wrong else {
            let what = "Reached somebody whom it was not for";
            let known = format!("{}, {}", now.known_on.long(), now.known_at);
            let said = vec![("What happened", now.what.clone()), ("Known", known)];
            return vec![Line { said, ..self.about_letter(version, after, now.known_on, what) }];
        };
        let changed = was.steps.iter().zip(&now.steps).filter(|(was, now)| was.state != now.state);
        let lines = changed.map(|(_, step)| {
            let (on, how, said) = match &step.state {
                ActionState::Open => (day_of(version.at), "To do again", Vec::new()),
                ActionState::Done { on, note } => (*on, "Done", vec![("What came of it", note.clone())]),
                ActionState::NotDone { on, why } => (*on, "Not done", vec![("Why", why.clone())]),
            };
            let what =
                format!("{how}, after a letter reached the wrong person: {}", breach_words(step.step).0);
            Line { said: without(said, &[]), ..line(version, Happening::Letter, on, what) }
        });
        lines.collect()
    }

    fn about_letter(
        self,
        version: &Version<LetterRecord>,
        letter: &LetterRecord,
        on: Day,
        what: &str,
    ) -> Line {
        let title = format!("{what}: {}, {}", self.called(letter.code.id()), letter.recipient);
        let people = letter.about.into_iter().collect();
        Line { people, ..line(version, Happening::Letter, on, title) }
    }
}

fn state(version: &Version<Case>, state: &CaseState, closing: Option<&Closing>) -> Line {
    match state {
        CaseState::Open => {
            let opened =
                line(version, Happening::State, day_of(version.at), "The case was opened again".into());
            Line { said: vec![("Why", version.why.clone())], ..opened }
        }
        CaseState::Closed { on, why } => {
            let closed = line(version, Happening::State, *on, "The case was closed".into());
            let said = closing.map_or_else(
                || vec![("Why", why.clone())],
                |closing| {
                    let parts = closing.parts.each().map(|(label, text)| (label, text.to_owned()));
                    [("It came to", closing.came_to.words().to_owned())].into_iter().chain(parts).collect()
                },
            );
            Line { said, ..closed }
        }
    }
}

/// What is said apart of somebody's homes, because not everybody who may read of the homes may read it.
pub(in crate::app) const SAID_APART: [&str; 2] =
    ["Homes that are not to be contacted", "Homes at which somebody else reads the telephone or the inbox"];

fn particulars(person: &Person) -> Says {
    let stopped =
        person.not_contacted().map(|home| format!("{}: {}", home.addressees, home.family.do_not_contact));
    let shared = person.homes().filter(|home| home.family.shared_device).map(|home| home.addressees.clone());
    let apart = [Family::DO_NOT_CONTACT, Family::SHARED];
    let homes = person.homes().map(|home| {
        let parts = [home.addressees.as_str(), home.phone.as_str()];
        let parts = parts.into_iter().chain(home.address.iter().map(String::as_str));
        let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
        let said = home.family.said().into_iter().filter(|(label, _)| !apart.contains(label));
        let said = said.map(|(label, words)| format!("{label}: {words}"));
        parts.chain(said).collect::<Vec<_>>().join(", ")
    });
    let council = if person.authority.is_empty() { "" } else { "Letters go to the council" };
    vec![
        ("Name", person.name.full().to_owned()),
        ("Who they are to the school", who(person.who).to_owned()),
        ("Known as", person.known_as.clone()),
        ("Date of birth", person.born.map_or_else(String::new, Day::long)),
        ("Last day on roll", person.left_on.map_or_else(String::new, Day::long)),
        ("Year", person.year.map_or_else(String::new, |year| year.to_string())),
        ("Class", person.class.clone()),
        ("School", person.school.clone()),
        ("Accounts", person.handles.join(", ")),
        ("Telephone", person.phones.join(", ")),
        ("Homes", homes.collect::<Vec<_>>().join("\n")),
        (SAID_APART[0], stopped.collect::<Vec<_>>().join("\n")),
        (SAID_APART[1], shared.collect::<Vec<_>>().join("\n")),
        ("In care", council.to_owned()),
        ("Special needs or disability", if person.send { "Yes" } else { "No" }.to_owned()),
        ("What to know before writing", person.note.clone()),
    ]
}

fn who(who: Who) -> &'static str {
    match who {
        Who::CurrentPupil => "A pupil of the school",
        Who::ExPupil => "A former pupil",
        Who::OtherSchool => "A child elsewhere",
        Who::Unknown => "Not known",
        Who::ParentAdult => "A parent or carer",
        Who::OtherAdult => "Another adult",
        Who::Staff => "A member of staff",
        Who::FormerStaff => "A former member of staff",
        Who::Head => "The headteacher",
    }
}

fn how(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "by telephone",
        Channel::Letter => "by letter",
        Channel::Email => "by email",
        Channel::Meeting => "in person",
    }
}

fn what_for(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Contact => "Contact",
        Purpose::FollowUp => "Follow-up",
        Purpose::FinalNotice => "Final notice",
    }
}

fn answer(response: Response) -> &'static str {
    match response {
        Response::None => "No answer",
        Response::Engaged => "They talked or met with the school",
        Response::Partial => "They did part of what was asked",
        Response::Refused => "They said they will not work with the school",
    }
}
