//! The evaluation: (policy, facts, calendar) → decision, with a trace. Pure: the same facts give the same decision.

use super::condition::values_in;
use super::facts::Known;
use super::view::Truth;
use super::{About, Due, Fact, Forbidden, Line, Locked, Policy, Rule, Test};
use crate::domain::{
    ActionCode, ActionDue, ActorFacts, Attachments, Calendar, Day, Decision, Duty, Engagement, Facts,
    Finding, FirstScreen, Gate, Lead, LetterCode, LetterOffer, Readiness, Status, Vocabulary, Who, Wishes,
};

/// One rule that holds, for the case or one person alleged.
struct Held<'p> {
    rule: &'p Rule,
    actor: Option<usize>,
}

impl Policy {
    /// What the policy says about the facts.
    pub fn evaluate(&self, facts: &Facts, calendar: &Calendar) -> Decision {
        let known = Known::new(self, facts);
        let (holding, nearly) = self.sort_rules(&known);
        let held_back = holding.iter().any(|h| h.rule.then.pauses);
        let (paused, active): (Vec<_>, Vec<_>) =
            holding.into_iter().partition(|h| held_back && h.rule.school_route);

        let mut draft = Draft::new(self, facts, calendar);
        for held in &active {
            draft.add(held);
        }
        for held in &active {
            draft.take_away(held);
        }
        let mut decision = draft.decision;
        decision.duty = self.highest(&decision.duty);
        decision.paused = unique(paused.iter().flat_map(|h| h.rule.then.duty.iter().copied()));
        decision.lead = lead(&active);
        if decision.lead == Lead::ChairOfGovernors {
            decision
                .actions
                .iter_mut()
                .filter(|a| a.lead == Lead::Head)
                .for_each(|a| a.lead = Lead::ChairOfGovernors);
        }
        decision.trace = self.trace(&known, &active, &paused, &nearly);
        decision.readiness = readiness(facts);
        decision.occasion_counts = facts.actors.iter().map(|a| (a.id.clone(), count(facts, &a.id))).collect();
        decision.under_age = known.under_age;
        decision
    }

    /// The rules that hold, and those one line short, in the order of the policy.
    fn sort_rules<'p>(&'p self, known: &Known<'_>) -> (Vec<Held<'p>>, Vec<(Held<'p>, &'p Line)>) {
        let (mut held, mut nearly) = (Vec::new(), Vec::new());
        for rule in &self.rules {
            for actor in known.view.subjects(rule) {
                let mut missing = rule.when.iter().filter(|line| known.view.line(line, actor) != Truth::Yes);
                match (missing.next(), missing.next()) {
                    (None, _) => held.push(Held { rule, actor }),
                    (Some(line), None) if worth_saying(rule, line) => {
                        nearly.push((Held { rule, actor }, line));
                    }
                    _ => {}
                }
            }
        }
        (held, nearly)
    }

    /// Within one case a duty gives way to those that outrank it; each person's finding keeps its own.
    fn highest(&self, duties: &[Duty]) -> Vec<Duty> {
        let outranked = |duty: &Duty| {
            duties
                .iter()
                .any(|other| self.outputs.outranks.get(other).is_some_and(|below| below.contains(duty)))
        };
        duties.iter().copied().filter(|d| !outranked(d)).collect()
    }

    fn trace(
        &self,
        known: &Known<'_>,
        active: &[Held<'_>],
        paused: &[Held<'_>],
        nearly: &[(Held<'_>, &Line)],
    ) -> Vec<Finding> {
        let facts = known.facts;
        let finding = |held: &Held<'_>, status, would_change| Finding {
            rule: held.rule.id.clone(),
            about: held.actor.map(|at| facts.actors[at].id.clone()),
            because: held.rule.because.clone(),
            cite: held.rule.cite.clone(),
            status,
            would_change,
            adds: added(held.rule),
            need_not: held.rule.need_not.clone(),
        };
        let mut trace: Vec<Finding> = active.iter().map(|h| finding(h, Status::Fired, None)).collect();
        trace.extend(paused.iter().map(|h| finding(h, Status::Paused, None)));
        for (held, line) in nearly {
            trace.push(finding(held, Status::Nearly, Some(self.would_change(known, held.actor, line))));
        }
        trace
    }

    /// In words: what would have to be otherwise for a line to hold, and how it is now.
    fn would_change(&self, known: &Known<'_>, actor: Option<usize>, line: &Line) -> String {
        let said = |fact: Fact, values: &[&str]| {
            let values: Vec<String> = values.iter().map(|v| format!("“{}”", self.value(fact, v))).collect();
            values.join(" or ")
        };
        let wanted: Vec<String> =
            line.iter().map(|t| format!("{}: {}", self.short(t.fact), said(t.fact, &t.wanted()))).collect();
        let held = |t: &Test| values_in(t.fact, known.view.held(t.fact, actor).unwrap_or_default());
        let now = line.first().map(|t| said(t.fact, &held(t))).unwrap_or_default();
        let now = if now.is_empty() { "nothing".to_owned() } else { now };
        format!("{} (now: {now})", wanted.join("; or "))
    }
}

/// A rule one line short is worth saying where that line could plausibly turn: not who the child is, what part they
/// took or how old they are, not a rule that hangs on that line alone, and only where the rule would change what is done.
fn worth_saying(rule: &Rule, line: &Line) -> bool {
    use Fact::{AgeFigure, Aimed, Leaving, Part, SoleActor, StaffContact, Target, UnderTen};
    let fixed = |t: &Test| {
        matches!(t.fact, Target | Part | StaffContact | Aimed | UnderTen | AgeFigure | SoleActor | Leaving)
    };
    let matters =
        !rule.then.duty.is_empty() || !rule.then.options.is_empty() || !rule.then.letters.is_empty();
    !rule.quiet && matters && rule.when.len() > 1 && !line.iter().any(fixed)
}

fn added(rule: &Rule) -> Vec<String> {
    let then = &rule.then;
    let mut codes: Vec<&str> = then.duty.iter().map(|c| c.id()).collect();
    codes.extend(then.options.iter().map(|c| c.id()));
    codes.extend(then.gates.iter().map(|c| c.id()));
    codes.extend(then.letters.iter().map(|(c, _)| c.id()));
    codes.extend(then.documents.iter().map(|c| c.id()));
    codes.extend(then.actions.iter().map(|(c, ..)| c.id()));
    unique(codes.into_iter().map(str::to_owned))
}

fn lead(active: &[Held<'_>]) -> Lead {
    let leads = |overriding: bool| {
        active.iter().filter(|h| h.rule.then.overrides_lead == overriding).find_map(|h| h.rule.then.lead)
    };
    leads(true).or_else(|| leads(false)).unwrap_or(Lead::Dsl)
}

fn unique<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut out = Vec::new();
    for item in items {
        if !out.contains(&item) {
            out.push(item);
        }
    }
    out
}

fn push<T: PartialEq + Copy>(list: &mut Vec<T>, items: &[T]) {
    for item in items {
        if !list.contains(item) {
            list.push(*item);
        }
    }
}

fn count(facts: &Facts, id: &str) -> u32 {
    u32::try_from(facts.occasions.iter().filter(|o| o.by == id).count()).unwrap_or(u32::MAX)
}

/// The decision while rules add to it.
struct Draft<'a> {
    policy: &'a Policy,
    facts: &'a Facts,
    calendar: &'a Calendar,
    decision: Decision,
}

impl<'a> Draft<'a> {
    fn new(policy: &'a Policy, facts: &'a Facts, calendar: &'a Calendar) -> Self {
        let decision = Decision {
            policy: policy.stamp(),
            duty: Vec::new(),
            paused: Vec::new(),
            options: Vec::new(),
            suggested: None,
            gates: Vec::new(),
            letters: Vec::new(),
            documents: Vec::new(),
            actions: Vec::new(),
            lead: Lead::Dsl,
            cites: Vec::new(),
            attachments: Attachments::Open,
            separate_file: false,
            first_screen: None,
            readiness: Readiness::default(),
            occasion_counts: Vec::new(),
            under_age: Vec::new(),
            trace: Vec::new(),
        };
        Self { policy, facts, calendar, decision }
    }

    fn add(&mut self, held: &Held<'_>) {
        let then = &held.rule.then;
        push(&mut self.decision.duty, &then.duty);
        push(&mut self.decision.options, &then.options);
        push(&mut self.decision.gates, &then.gates);
        push(&mut self.decision.documents, &then.documents);
        for key in &held.rule.cite {
            if !self.decision.cites.contains(key) {
                self.decision.cites.push(key.clone());
            }
        }
        for (code, about) in &then.letters {
            self.add_letter(*code, *about, held.actor);
        }
        for (code, about, due) in &then.actions {
            self.add_action(*code, *about, *due, held.actor);
        }
        if then.gates.contains(&Gate::Image) {
            self.decision.attachments = Attachments::Locked;
        }
        if then.emergency {
            self.decision.first_screen = Some(FirstScreen::Emergency);
        }
        self.decision.separate_file |= then.separate_file;
        self.decision.suggested = self.decision.suggested.or(then.suggest);
    }

    fn add_letter(&mut self, code: LetterCode, about: Option<About>, actor: Option<usize>) {
        let policy = self.policy;
        let usual = policy.outputs.addressees.get(&code).map_or(&[][..], Vec::as_slice);
        let whom: Vec<About> = about.map_or_else(|| usual.to_vec(), |a| vec![a]);
        let whom = if whom.is_empty() { vec![About::Case] } else { whom };
        let subjects: Vec<_> = whom.into_iter().flat_map(|a| self.subjects(a, actor)).collect();
        for about in subjects {
            if !self.decision.letters.iter().any(|l| l.code == code && l.about == about) {
                let locked_until = policy.outputs.locks.get(&code).copied();
                self.decision.letters.push(LetterOffer { code, about, blocked: None, locked_until });
            }
        }
    }

    fn add_action(&mut self, code: ActionCode, about: Option<About>, due: Option<Due>, actor: Option<usize>) {
        let Some(usual) = self.policy.outputs.actions.get(&code).copied() else { return };
        let due = self.day(due.unwrap_or(usual.due));
        for about in self.subjects(about.unwrap_or(usual.about), actor) {
            let actions = &mut self.decision.actions;
            if let Some(action) = actions.iter_mut().find(|a| a.code == code && a.about == about) {
                action.due = action.due.min(due);
            } else {
                let (lead, locked_until) = (usual.lead, None);
                actions.push(ActionDue { code, about, due, lead, locked_until });
            }
        }
    }

    /// The short ids that a line is for. A line for "the actor" of a rule about the case is for every child alleged.
    fn subjects(&self, about: About, actor: Option<usize>) -> Vec<Option<String>> {
        let child = |a: &&ActorFacts| matches!(a.who, Who::CurrentPupil | Who::ExPupil | Who::OtherSchool);
        match (about, actor) {
            (About::Case, _) => vec![None],
            (About::Target, _) => vec![Some("T".to_owned())],
            (About::Actor, Some(at)) => vec![Some(self.facts.actors[at].id.clone())],
            (About::Actor, None) => {
                self.facts.actors.iter().filter(child).map(|a| Some(a.id.clone())).collect()
            }
        }
    }

    fn day(&self, due: Due) -> Day {
        let facts = self.facts;
        match due {
            Due::SameDay => facts.disclosed_on,
            Due::SchoolDays(n) => self.calendar.school_days_after(facts.disclosed_on, n),
            Due::SchoolDaysFromToday(n) => self.calendar.school_days_after(facts.today, n),
            Due::WeeksAfterLast(n) => {
                let last = facts.occasions.iter().map(|o| o.on).max().unwrap_or(facts.disclosed_on);
                self.calendar.on_or_after(last.plus_days(7 * i64::from(n)))
            }
        }
    }

    fn take_away(&mut self, held: &Held<'_>) {
        for forbidden in &held.rule.then.forbids {
            match forbidden {
                Forbidden::Choice(choice) => {
                    self.decision.options.retain(|o| o != choice);
                    self.decision.suggested = self.decision.suggested.filter(|s| s != choice);
                }
                Forbidden::Letter(code) => {
                    // What a rule about one person forbids, it forbids for that person.
                    let about = held.actor.map(|at| self.facts.actors[at].id.clone());
                    self.block(&held.rule.because, |l| {
                        l.code == *code && (about.is_none() || l.about == about)
                    });
                }
                Forbidden::Action(code) => self.decision.actions.retain(|a| a.code != *code),
            }
        }
        for (locked, until) in &held.rule.then.locks {
            self.lock(*locked, *until);
        }
        for blocked in &held.rule.then.blocks {
            let actors = !matches!(blocked, About::Target);
            let target = !matches!(blocked, About::Actor);
            self.block(&held.rule.because, |l| match l.about.as_deref() {
                None => false,
                // A letter to another school goes to its lead, not to the home.
                Some(_) if l.code == LetterCode::NewSchool => false,
                Some("T") => target,
                Some(_) => actors,
            });
        }
    }

    /// A lock holds only where what it waits for is on the list.
    fn lock(&mut self, locked: Locked, until: ActionCode) {
        let decision = &mut self.decision;
        if !decision.actions.iter().any(|a| a.code == until) {
            return;
        }
        match locked {
            Locked::Letter(code) => {
                let letters = decision.letters.iter_mut().filter(|l| l.code == code);
                letters.for_each(|l| l.locked_until = l.locked_until.or(Some(until)));
            }
            Locked::Action(code) => {
                let actions = decision.actions.iter_mut().filter(|a| a.code == code);
                actions.for_each(|a| a.locked_until = Some(until));
            }
        }
    }

    fn block(&mut self, because: &str, which: impl Fn(&LetterOffer) -> bool) {
        for letter in self.decision.letters.iter_mut().filter(|l| l.blocked.is_none()) {
            if which(letter) {
                letter.blocked = Some(because.to_owned());
            }
        }
    }
}

/// What stands beside CB-6, for the sender with the most occasions towards one person. Those of earlier linked cases count
/// towards “at least two”, with the gap shown (decision table, gap 10).
fn readiness(facts: &Facts) -> Readiness {
    let all = || facts.earlier.occasions.iter().chain(&facts.occasions);
    let mut best: Option<(&ActorFacts, Vec<Day>)> = None;
    for actor in &facts.actors {
        let mut targets: Vec<&str> = all().filter(|o| o.by == actor.id).map(|o| o.to.as_str()).collect();
        targets.sort_unstable();
        targets.dedup();
        for target in targets {
            let mut days: Vec<Day> =
                all().filter(|o| o.by == actor.id && o.to == target).map(|o| o.on).collect();
            days.sort_unstable();
            if best.as_ref().is_none_or(|(_, most)| days.len() > most.len()) {
                best = Some((actor, days));
            }
        }
    }
    let best = best.or_else(|| facts.actors.first().map(|a| (a, Vec::new())));
    let Some((actor, days)) = best else { return Readiness::default() };
    let earlier = facts.earlier.occasions.iter().filter(|o| o.by == actor.id).count();
    Readiness {
        sender: Some(actor.id.clone()),
        family_refused: actor.eng == Engagement::Refused,
        continues: facts.continuing == crate::domain::Continuing::Yes,
        occasions_same_sender_same_target: u32::try_from(days.len()).unwrap_or(u32::MAX),
        of_them_earlier: u32::try_from(earlier).unwrap_or(u32::MAX),
        longest_gap_days: days.windows(2).map(|pair| pair[1].days_since(pair[0])).max(),
        final_notice: facts.final_notice,
        wishes_recorded: facts.wishes != Wishes::NotRecorded,
    }
}
