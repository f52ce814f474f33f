//! A rule in words: when it applies, what it does, why, and what it rests on.

use super::condition::values_in;
use super::{About, Due, Forbidden, Mode, Policy, Rule, Test};
use crate::domain::Vocabulary;
use std::fmt::Write;

impl Policy {
    /// The ids of all rules, in order.
    pub fn rule_ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(|rule| rule.id.as_str())
    }

    /// The clauses and sources that a rule cites.
    pub fn cited_by(&self, rule: &str) -> &[String] {
        self.rules.iter().find(|other| other.id == rule).map_or(&[], |rule| &rule.cite)
    }

    /// A rule in words; nothing where there is none of this id.
    pub fn explain(&self, rule: &str) -> Option<String> {
        let rule = self.rules.iter().find(|other| other.id.eq_ignore_ascii_case(rule))?;
        let mut text = String::new();
        let whom = if rule.each_actor { "for each person alleged" } else { "for the case" };
        let _ = writeln!(text, "{} applies {whom} when", rule.id);
        for (at, line) in rule.when.iter().enumerate() {
            let tests: Vec<String> = line.iter().map(|test| self.test_in_words(test)).collect();
            let and = if at == 0 { " " } else { " and " };
            let _ = writeln!(text, " {and}{}", tests.join(", or "));
        }
        if rule.school_route {
            let _ = writeln!(
                text,
                "It is part of the school's own route, which a rule with pauses = true holds back."
            );
        }
        let _ = writeln!(text, "\nIt does this:");
        for line in self.does_in_words(rule) {
            let _ = writeln!(text, "  {line}");
        }
        let _ = writeln!(text, "\nBecause: {}", rule.because);
        if let Some(need_not) = &rule.need_not {
            let _ = writeln!(text, "The school need not: {need_not}");
        }
        let _ = writeln!(text, "\nIt rests on:");
        for clause in rule.cite.iter().filter_map(|key| self.clause(key)) {
            let checked =
                clause.checked.as_deref().map(|checked| format!(" ({checked})")).unwrap_or_default();
            let _ = writeln!(text, "  {}, {}: “{}”{checked}", clause.key, clause.section, clause.quote);
        }
        Some(text)
    }

    fn test_in_words(&self, test: &Test) -> String {
        let values = values_in(test.fact, test.named).into_iter();
        let values: Vec<String> = values.map(|value| format!("“{}”", self.value(test.fact, value))).collect();
        let is = match test.mode {
            Mode::Some => "is",
            Mode::None => "is not",
            Mode::Every => "is nothing but",
        };
        format!("{} {is} {}", self.short(test.fact), values.join(" or "))
    }

    fn does_in_words(&self, rule: &Rule) -> Vec<String> {
        let then = &rule.then;
        let titled = |what: &str, code: &str| format!("{what}: {} ({code})", self.wording(code).title);
        let whom = |about: Option<About>| match about {
            None => "",
            Some(About::Case) => ", for the case",
            Some(About::Target) => ", for the targeted child",
            Some(About::Actor) => ", for the person alleged",
        };
        let mut does: Vec<String> = then.duty.iter().map(|c| titled("must", c.id())).collect();
        does.extend(then.options.iter().map(|c| titled("may", c.id())));
        does.extend(then.gates.iter().map(|c| titled("takes care", c.id())));
        does.extend(then.letters.iter().map(|(c, about)| titled("letter", c.id()) + whom(*about)));
        does.extend(then.documents.iter().map(|c| titled("document", c.id())));
        does.extend(then.actions.iter().map(|(code, about, due)| {
            let due = due.or_else(|| self.outputs.actions.get(code).map(|usual| usual.due));
            titled("action", code.id()) + whom(*about) + &due.map(due_in_words).unwrap_or_default()
        }));
        does.extend(then.forbids.iter().map(|forbidden| {
            titled(
                "takes away",
                match forbidden {
                    Forbidden::Choice(code) => code.id(),
                    Forbidden::Letter(code) => code.id(),
                    Forbidden::Action(code) => code.id(),
                },
            )
        }));
        does.extend(then.blocks.iter().map(|about| format!("holds back every letter{}", whom(Some(*about)))));
        does.extend(then.locks.iter().map(|(locked, until)| {
            format!("{} waits until {}", locked.id(), self.wording(until.id()).title)
        }));
        does.extend(then.lead.map(|lead| format!("lead: {lead}")));
        let marks = [
            (then.emergency, "shows the page for 999 before everything else"),
            (then.separate_file, "keeps the record in a restricted case file"),
            (then.pauses, "holds back the school's own route"),
        ];
        does.extend(marks.into_iter().filter(|(is, _)| *is).map(|(_, words)| words.to_owned()));
        if does.is_empty() {
            does.push("it only explains".to_owned());
        }
        does
    }
}

fn due_in_words(due: Due) -> String {
    match due {
        Due::SameDay => ", the same day".to_owned(),
        Due::SchoolDays(n) => format!(", within {n} school day(s) of the disclosure"),
        Due::SchoolDaysFromToday(n) => format!(", within {n} school day(s) from the decision"),
        Due::WeeksAfterLast(n) => format!(", {n} week(s) after the last occasion"),
    }
}
