//! From what the files say to a [`Policy`] that holds together. Collects every problem; refuses the pack if there is one.

use super::condition::{Fact, Line, Test};
use super::path::{NONE, opened_by};
use super::{
    About, ActionDefault, AgeRow, AgeTable, BTreeMap, Clause, ClauseKind, Due, Error, FactWords, Forbidden,
    Locked, Outputs, Policy, Problem, Question, QuestionKind, Rule, Sources, Then, Wording, raw,
};
use crate::domain::{
    Account, ActionCode, Choice, Confidence, Day, DocumentCode, Duty, Gate, Lead, LetterCode, Vocabulary,
};

/// Collects problems of one file.
struct Report {
    problems: Vec<Problem>,
}

impl Report {
    fn problem(&mut self, file: &'static str, place: &str, what: impl Into<String>) {
        self.problems.push(Problem { file, place: place.to_owned(), what: what.into() });
    }

    fn word<V: Vocabulary>(&mut self, file: &'static str, place: &str, id: &str) -> Option<V> {
        V::from_id(id).map_err(|e| self.problem(file, place, e.to_string())).ok()
    }

    fn words<V: Vocabulary>(&mut self, file: &'static str, place: &str, ids: &[String]) -> Vec<V> {
        ids.iter().filter_map(|id| self.word(file, place, id)).collect()
    }
}

pub(super) fn policy(sources: &Sources<'_>) -> Result<Policy, Error> {
    let meta: raw::Meta = parse("policy.toml", sources.policy)?;
    let clauses: BTreeMap<String, raw::Clause> = parse("clauses.toml", sources.clauses)?;
    let outputs: raw::Outputs = parse("outputs.toml", sources.outputs)?;
    let questions: raw::Questions = parse("questions.toml", sources.questions)?;
    let rules: raw::Rules = parse("rules.toml", sources.rules)?;
    let ages: raw::Ages = parse("platforms.toml", sources.platforms)?;

    let mut report = Report { problems: Vec::new() };
    let clauses = self::clauses(&mut report, clauses);
    let outputs = self::outputs(&mut report, &outputs);
    let words = fact_words(&mut report, &questions.fact);
    let questions = self::questions(&mut report, questions.question, &words, &clauses);
    let rules = self::rules(&mut report, rules.rule, &clauses);
    let ages = age_table(&mut report, ages.row);
    if !report.problems.is_empty() {
        return Err(Error::Unsound { problems: report.problems });
    }
    Ok(Policy {
        id: meta.id,
        version: meta.version,
        title: meta.title,
        approved: meta.approved,
        review_due: meta.review_due,
        age_figures_good_for_months: meta.age_figures_good_for_months,
        clauses,
        questions,
        ages,
        words,
        outputs,
        rules,
    })
}

fn parse<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|source| Error::Shape { file, source: Box::new(source) })
}

fn clauses(report: &mut Report, raw: BTreeMap<String, raw::Clause>) -> BTreeMap<String, Clause> {
    const FILE: &str = "clauses.toml";
    let mut clauses = BTreeMap::new();
    for (key, clause) in raw {
        if clause.quote.trim().is_empty() || clause.section.trim().is_empty() {
            report.problem(FILE, &key, "needs a section and a quote");
        }
        let checked = match (clause.kind, clause.checked, clause.confidence) {
            (ClauseKind::Policy, _, _) => None,
            (_, Some(checked), Some(confidence)) => {
                let _ = report.word::<Confidence>(FILE, &key, &confidence);
                let month = month(&checked).unwrap_or_else(|| {
                    report.problem(FILE, &key, "`checked` needs a year and a month, like 2026-11");
                    checked.clone()
                });
                Some(format!("checked {month}, confidence {confidence}"))
            }
            _ => {
                report.problem(FILE, &key, "law and guidance need `checked` and `confidence`");
                None
            }
        };
        let raw::Clause { kind, section, quote, note, printed, .. } = clause;
        clauses.insert(key.clone(), Clause { key, kind, section, quote, checked, note, printed });
    }
    clauses
}

/// `2026-11` as a person writes it.
fn month(checked: &str) -> Option<String> {
    Day::parse(&format!("{checked}-01")).ok().map(Day::month)
}

fn outputs(report: &mut Report, raw: &raw::Outputs) -> Outputs {
    const FILE: &str = "outputs.toml";
    let mut wording = BTreeMap::new();
    complete::<Duty>(report, &raw.duty, &mut wording);
    complete::<Choice>(report, &raw.option, &mut wording);
    complete::<Gate>(report, &raw.gate, &mut wording);
    complete::<LetterCode>(report, &raw.letter, &mut wording);
    complete::<DocumentCode>(report, &raw.document, &mut wording);
    complete::<ActionCode>(report, &raw.action, &mut wording);

    let mut outputs = Outputs {
        wording,
        outranks: BTreeMap::new(),
        addressees: BTreeMap::new(),
        locks: BTreeMap::new(),
        actions: BTreeMap::new(),
    };
    for (id, duty) in &raw.duty {
        if let Ok(code) = Duty::from_id(id) {
            outputs.outranks.insert(code, report.words(FILE, id, &duty.outranks));
        }
    }
    for (id, letter) in &raw.letter {
        let Ok(code) = LetterCode::from_id(id) else { continue };
        outputs
            .addressees
            .insert(code, letter.about.iter().filter_map(|a| about(report, FILE, id, a)).collect());
        if let Some(action) = letter.locked_until.as_ref().and_then(|a| report.word(FILE, id, a)) {
            outputs.locks.insert(code, action);
        }
    }
    for (id, action) in &raw.action {
        let Ok(code) = ActionCode::from_id(id) else { continue };
        let (Some(due), Some(lead)) = (&action.due, &action.lead) else {
            report.problem(FILE, id, "an action needs `due` and `lead`");
            continue;
        };
        let target = action.about.iter().next().map_or(Some(About::Case), |a| about(report, FILE, id, a));
        if let (Some(due), Some(lead), Some(about)) =
            (self::due(report, FILE, id, due), report.word::<Lead>(FILE, id, lead), target)
        {
            outputs.actions.insert(code, ActionDefault { due, about, lead });
        }
    }
    outputs
}

fn complete<V: Vocabulary>(
    report: &mut Report,
    raw: &BTreeMap<String, raw::Output>,
    wording: &mut BTreeMap<&'static str, Wording>,
) {
    const FILE: &str = "outputs.toml";
    for id in raw.keys() {
        let _ = report.word::<V>(FILE, id, id);
    }
    // What a lead adds by hand says itself what it is.
    let own = |id: &str| id == ActionCode::Own.id();
    if raw.keys().any(|id| own(id)) {
        report.problem(
            FILE,
            ActionCode::Own.id(),
            "is for what a lead adds by hand; a policy cannot word it",
        );
    }
    for code in V::ALL.iter().filter(|code| !own(code.id())) {
        match raw.get(code.id()) {
            Some(output) if !output.title.trim().is_empty() => {
                wording.insert(code.id(), Wording { title: output.title.clone(), text: output.text.clone() });
            }
            _ => report.problem(FILE, code.id(), "needs a title"),
        }
    }
}

fn about(report: &mut Report, file: &'static str, place: &str, word: &str) -> Option<About> {
    match word {
        "case" => Some(About::Case),
        "target" => Some(About::Target),
        "actor" => Some(About::Actor),
        _ => {
            report.problem(file, place, format!("“{word}” is nobody; use case, target or actor"));
            None
        }
    }
}

fn due(report: &mut Report, file: &'static str, place: &str, text: &str) -> Option<Due> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |n: &str| n.parse::<u32>().ok();
    let due = match words[..] {
        ["now"] | ["same", "day"] => Some(Due::SameDay),
        [n, "school", "day" | "days"] => number(n).map(Due::SchoolDays),
        [n, "school", "day" | "days", "from", "today"] => number(n).map(Due::SchoolDaysFromToday),
        [n, "week" | "weeks", "after", "the", "last", "occasion"] => number(n).map(Due::WeeksAfterLast),
        _ => None,
    };
    if due.is_none() {
        report.problem(file, place, format!("“{text}” is no due time; write: now, same day, 2 school days, 5 school days from today, or 6 weeks after the last occasion"));
    }
    due
}

fn fact_words(
    report: &mut Report,
    raw: &BTreeMap<String, BTreeMap<String, String>>,
) -> BTreeMap<Fact, FactWords> {
    const FILE: &str = "questions.toml";
    for id in raw.keys() {
        let _ = report.word::<Fact>(FILE, id, id);
    }
    let mut words = BTreeMap::new();
    for fact in Fact::ALL {
        let Some(given) = raw.get(fact.id()) else {
            report.problem(FILE, fact.id(), "the words for this fact are missing");
            continue;
        };
        let allowed = fact.values();
        for key in given.keys().filter(|k| *k != "short" && !allowed.contains(&k.as_str())) {
            report.problem(
                FILE,
                fact.id(),
                format!("“{key}” is not one of its values; use: {}", allowed.join(", ")),
            );
        }
        let values: BTreeMap<_, _> =
            allowed.iter().filter_map(|v| given.get(*v).map(|words| (*v, words.clone()))).collect();
        match given.get("short") {
            Some(short) if values.len() == allowed.len() => {
                words.insert(*fact, FactWords { short: short.clone(), values });
            }
            _ => report.problem(FILE, fact.id(), "needs `short` and words for every value"),
        }
    }
    words
}

fn questions(
    report: &mut Report,
    raw: Vec<raw::Question>,
    words: &BTreeMap<Fact, FactWords>,
    clauses: &BTreeMap<String, Clause>,
) -> Vec<Question> {
    const FILE: &str = "questions.toml";
    if raw.first().is_none_or(|q| q.id != "danger") {
        report.problem(FILE, "the first question", "danger comes first");
    }
    let mut questions: Vec<Question> = Vec::new();
    for q in raw {
        if questions.iter().any(|other| other.id == q.id) {
            report.problem(FILE, &q.id, "is there twice");
        }
        cited(report, FILE, &q.id, &q.cite, clauses);
        let values = match q.kind {
            QuestionKind::Choice | QuestionKind::Choices | QuestionKind::Contact => {
                choices(report, &q.id, words)
            }
            QuestionKind::Signs => signs(report, &q),
            _ => Vec::new(),
        };
        let raw::Question { id, kind, always, text, hint, cite, .. } = q;
        questions.push(Question { id, kind, text, hint, cite, values, always });
    }
    let asked = |id: &str| questions.iter().any(|q| q.id == id && q.kind.is_choice());
    for id in questions.iter().flat_map(opened_by).filter(|id| !asked(id)) {
        report.problem(FILE, id, "is opened by the page of signs, and is no question with choices");
    }
    questions
}

fn choices(report: &mut Report, id: &str, words: &BTreeMap<Fact, FactWords>) -> Vec<(&'static str, String)> {
    let Some(fact) = report.word::<Fact>("questions.toml", id, id) else { return Vec::new() };
    let words = words.get(&fact);
    let said = |v: &'static str| words.and_then(|w| w.values.get(v)).cloned().unwrap_or_default();
    // What stands for “not asked” is no answer.
    fact.values().into_iter().filter(|v| *v != "not_asked").map(|v| (v, said(v))).collect()
}

fn signs(report: &mut Report, question: &raw::Question) -> Vec<(&'static str, String)> {
    if question.opens.is_empty() {
        report.problem("questions.toml", &question.id, "opens no question");
    }
    let mut signs: Vec<(&'static str, String)> = Vec::new();
    for (id, words) in &question.opens {
        let fact = report.word::<Fact>("questions.toml", &question.id, id);
        signs.extend(fact.map(|fact| (fact.id(), words.clone())));
    }
    signs.push((NONE, "None of these".to_owned()));
    signs
}

fn cited(
    report: &mut Report,
    file: &'static str,
    place: &str,
    cite: &[String],
    clauses: &BTreeMap<String, Clause>,
) {
    if cite.is_empty() {
        report.problem(file, place, "cites nothing");
    }
    for key in cite.iter().filter(|key| !clauses.contains_key(*key)) {
        report.problem(file, place, format!("cites “{key}”, which clauses.toml does not have"));
    }
}

fn rules(report: &mut Report, raw: Vec<raw::Rule>, clauses: &BTreeMap<String, Clause>) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for rule in raw {
        if rules.iter().any(|other| other.id == rule.id) {
            report.problem("rules.toml", &rule.id, "is there twice");
        }
        rules.push(self::rule(report, rule, clauses));
    }
    rules
}

fn rule(report: &mut Report, raw: raw::Rule, clauses: &BTreeMap<String, Clause>) -> Rule {
    const FILE: &str = "rules.toml";
    let id = raw.id.clone();
    cited(report, FILE, &id, &raw.cite, clauses);
    if raw.when.is_empty() || raw.because.trim().is_empty() {
        report.problem(FILE, &id, "needs `when` and `because`");
    }
    let when = raw.when.iter().map(|line| self::line(report, &id, line)).collect();
    let flag = |report: &mut Report, key: &str, value: &Option<String>, only: &str| match value.as_deref() {
        None => false,
        Some(word) if word == only => true,
        Some(word) => {
            report.problem(FILE, &id, format!("{key}: “{word}” is not known; use {only}"));
            false
        }
    };
    let each_actor = flag(report, "each", &raw.each, "actor");
    let school_route = flag(report, "route", &raw.route, "school");
    let then = then(report, &raw, each_actor);
    Rule {
        id: raw.id,
        when,
        each_actor,
        school_route,
        quiet: raw.quiet,
        then,
        because: raw.because,
        need_not: raw.need_not,
        cite: raw.cite,
    }
}

fn line(report: &mut Report, id: &str, line: &raw::OneOrMany) -> Line {
    line.iter()
        .filter_map(|test| {
            Test::parse(test).map_err(|e| report.problem("rules.toml", id, e.to_string())).ok()
        })
        .collect()
}

fn then(report: &mut Report, raw: &raw::Rule, each_actor: bool) -> Then {
    const FILE: &str = "rules.toml";
    let id = raw.id.as_str();
    let mut then = Then {
        duty: report.words(FILE, id, &raw.duty),
        options: report.words(FILE, id, &raw.options),
        gates: report.words(FILE, id, &raw.gates),
        documents: report.words(FILE, id, &raw.documents),
        blocks: raw.blocks.iter().filter_map(|who| about(report, FILE, id, who)).collect(),
        suggest: raw.suggest.as_ref().and_then(|s| report.word(FILE, id, s)),
        lead: raw.lead.as_ref().and_then(|lead| report.word(FILE, id, lead)),
        overrides_lead: raw.overrides_lead,
        separate_file: raw.separate_file,
        pauses: raw.pauses,
        ..Then::default()
    };
    match raw.first_screen.as_deref() {
        None => {}
        Some("EMERGENCY") => then.emergency = true,
        Some(other) => {
            report.problem(FILE, id, format!("first_screen: “{other}” is not known; use EMERGENCY"));
        }
    }
    for letter in &raw.letters {
        let (code, who) = letter.split_once(" for ").map_or((letter.as_str(), None), |(c, w)| (c, Some(w)));
        let who = who.and_then(|who| about(report, FILE, id, who));
        if let Some(code) = report.word(FILE, id, code) {
            then.letters.push((code, who));
        }
    }
    for action in &raw.actions {
        let (rest, due) =
            action.split_once(" by ").map_or((action.as_str(), None), |(rest, due)| (rest, Some(due)));
        let (code, who) = rest.split_once(" for ").map_or((rest, None), |(c, w)| (c, Some(w)));
        let who = who.and_then(|who| about(report, FILE, id, who));
        let due = due.and_then(|text| self::due(report, FILE, id, text));
        if let Some(code) = report.word(FILE, id, code) {
            then.actions.push((code, who, due));
        }
    }
    then.forbids = raw.forbids.iter().filter_map(|code| forbidden(report, id, code)).collect();
    then.locks = raw.locks.iter().filter_map(|text| lock(report, id, text)).collect();
    if then.suggest.is_some_and(|s| !then.options.contains(&s)) {
        report.problem(FILE, id, "suggests an option that it does not offer");
    }
    if !each_actor && raw.when.iter().flat_map(raw::OneOrMany::iter).any(|t| t.starts_with("eng_actor")) {
        report.problem(FILE, id, "asks how one family has responded; add: each = \"actor\"");
    }
    then
}

fn forbidden(report: &mut Report, id: &str, code: &str) -> Option<Forbidden> {
    let choice = Choice::from_id(code).map(Forbidden::Choice);
    let letter = || LetterCode::from_id(code).map(Forbidden::Letter);
    let action = || ActionCode::from_id(code).map(Forbidden::Action);
    let found = choice.or_else(|_| letter()).or_else(|_| action());
    found
        .map_err(|_| {
            let what = format!("forbids “{code}”, which is neither an option nor a letter nor an action");
            report.problem("rules.toml", id, what);
        })
        .ok()
}

/// `L_ACTOR until A_POLICE`
fn lock(report: &mut Report, id: &str, text: &str) -> Option<(Locked, ActionCode)> {
    const FILE: &str = "rules.toml";
    let Some((what, until)) = text.split_once(" until ") else {
        report.problem(FILE, id, format!("“{text}” is no lock; write: L_ACTOR until A_POLICE"));
        return None;
    };
    let until = report.word(FILE, id, until)?;
    let letter = LetterCode::from_id(what).map(Locked::Letter);
    let locked = letter.or_else(|_| ActionCode::from_id(what).map(Locked::Action));
    locked
        .map(|locked| (locked, until))
        .map_err(|_| report.problem(FILE, id, format!("“{what}” is neither a letter nor an action")))
        .ok()
}

fn age_table(report: &mut Report, raw: Vec<raw::AgeRow>) -> AgeTable {
    const FILE: &str = "platforms.toml";
    let mut rows: Vec<AgeRow> = Vec::new();
    for row in raw {
        let account = match row.account.as_str() {
            "any" => Some(None),
            word => report.word::<Account>(FILE, &row.platform, word).map(Some),
        };
        let checked = Day::parse(&format!("{}-01", row.checked)).map_err(|_| {
            report.problem(FILE, &row.platform, "`checked` needs a year and a month, like 2026-11");
        });
        let confidence = report.word::<Confidence>(FILE, &row.platform, &row.confidence);
        if row.min_age.is_some_and(|age| age > 0) && row.source.trim().is_empty() {
            report.problem(FILE, &row.platform, "an age needs a source");
        }
        if let (Some(from), Some(to)) = (row.from, row.to)
            && to < from
        {
            report.problem(FILE, &row.platform, "ends before it begins");
        }
        let (Some(account), Ok(checked), Some(confidence)) = (account, checked, confidence) else { continue };
        rows.push(AgeRow {
            platform: row.platform,
            name: row.name,
            account,
            min_age: row.min_age,
            from: row.from,
            to: row.to,
            note: row.note,
            source: row.source,
            checked,
            confidence,
        });
    }
    AgeTable(rows)
}
