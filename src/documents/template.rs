//! The wording of each paper, kept as strict templates, and how it is filled: a field that is missing stops the paper
//! instead of leaving a gap, and no value can become markup.

use super::Error;
use super::markup::escape;
use crate::domain::{Day, DocumentCode, LetterCode, PaperCode};
use chrono::Datelike;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};

pub mod ask;
pub mod fields;
pub mod own;

pub use fields::Fields;
use fields::{Answer, Attempt};

/// A paper's wording as it comes with the program.
struct BuiltIn {
    /// The template: the paper's code, or a variant of it.
    name: &'static str,
    code: PaperCode,
    /// For the file's properties, and above a document. Names no child.
    title: &'static str,
    source: &'static str,
}

macro_rules! built_in {
    ($($kind:ident $code:ident $name:literal $title:literal,)+) => {
        [$(BuiltIn {
            name: $name,
            code: built_in!(@code $kind $code),
            title: $title,
            source: include_str!(concat!("../../assets/letters/", $name, ".txt")),
        }),+]
    };
    (@code letter $code:ident) => { PaperCode::Letter(LetterCode::$code) };
    (@code document $code:ident) => { PaperCode::Document(DocumentCode::$code) };
}

const BUILT_IN: [BuiltIn; 22] = built_in![
    letter Target "L_TARGET" "Letter to parents and carers",
    letter Actor "L_ACTOR" "Letter to parents and carers",
    letter Actor "L_ACTOR_BOTH" "Letter to parents and carers",
    letter AgeAll "L_AGE_ALL" "Messaging apps and age",
    letter NewSchool "L_NEWSCHOOL" "Confidential letter to a school",
    letter Meeting "L_MEETING" "Invitation to a meeting",
    letter FollowUp1 "L_FU1" "Letter to parents and carers",
    letter FollowUp2 "L_FU2" "Letter to parents and carers",
    letter Final "L_FINAL" "Letter to parents and carers",
    letter OutcomeTarget "L_OUT_TARGET" "Letter to parents and carers",
    letter OutcomeActor "L_OUT_ACTOR" "Letter to parents and carers",
    letter StaffContact "L_STAFFCONTACT" "Letter to parents and carers",
    letter Ict "L_ICT" "Letter to parents and carers",
    letter ParentConduct "L_PARENTCONDUCT" "Letter from the school",
    letter Signpost "L_SIGNPOST" "Letter to parents and carers",
    letter Close "L_CLOSE" "Letter to parents and carers",
    document Police "DOC_POLICE" "Police referral summary",
    document Marf "DOC_MARF" "Referral to children’s services",
    document Meeting "DOC_MEETING" "Record of a meeting",
    document Chronology "DOC_CHRON" "Chronology",
    document Transfer "DOC_TRANSFER" "Transfer of a child-protection file",
    document Lado "DOC_LADO" "Consultation with the LADO",
];

/// The letters home in easy words: a sentence a line. They take the same fields as the letter that they are of.
struct Easy {
    of: &'static str,
    name: &'static str,
    source: &'static str,
}

macro_rules! easy {
    ($($of:literal,)+) => {
        [$(Easy {
            of: $of,
            name: concat!($of, " in easy words"),
            source: include_str!(concat!("../../assets/letters/easy/", $of, ".txt")),
        }),+]
    };
}

const EASY: [Easy; 15] = easy![
    "L_TARGET",
    "L_ACTOR",
    "L_ACTOR_BOTH",
    "L_AGE_ALL",
    "L_MEETING",
    "L_FU1",
    "L_FU2",
    "L_FINAL",
    "L_OUT_TARGET",
    "L_OUT_ACTOR",
    "L_STAFFCONTACT",
    "L_ICT",
    "L_PARENTCONDUCT",
    "L_SIGNPOST",
    "L_CLOSE",
];

/// Whether a paper can be written in easy words too.
pub fn has_easy_words(code: PaperCode) -> bool {
    EASY.iter().any(|easy| easy.of == code.id())
}

/// Sentences that stand in many papers, each kept once. A template calls one in with `{# part NAME #}`.
const PARTS: [(&str, &str); 8] = [
    ("ask_us", include_str!("../../assets/letters/parts/ask_us.txt")),
    ("authority", include_str!("../../assets/letters/parts/authority.txt")),
    ("call_me", include_str!("../../assets/letters/parts/call_me.txt")),
    ("helplines", include_str!("../../assets/letters/parts/helplines.txt")),
    ("pictures", include_str!("../../assets/letters/parts/pictures.txt")),
    ("signed", include_str!("../../assets/letters/parts/signed.txt")),
    ("times", include_str!("../../assets/letters/parts/times.txt")),
    ("times_easy", include_str!("../../assets/letters/parts/times_easy.txt")),
];

fn with_parts(source: &str) -> String {
    let whole = source.to_owned();
    PARTS.iter().fold(whole, |source, (name, part)| {
        source.replace(&format!("{{# part {name} #}}"), part.trim_end_matches('\n'))
    })
}

/// A title for the file's properties that names no child. Nothing where the paper has no template.
pub fn title(code: PaperCode) -> Option<&'static str> {
    BUILT_IN.iter().find(|built_in| built_in.code == code).map(|built_in| built_in.title)
}

/// The templates.
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The templates that come with the program.
    pub fn built_in() -> Result<Self, Error> {
        let environment = environment().map_err(|_| Error::Template { template: "all", line: 1 })?;
        let mut templates = Self { environment };
        for built_in in BUILT_IN {
            templates.put(built_in.name, built_in.source)?;
        }
        for easy in EASY {
            templates.put(easy.name, easy.source)?;
        }
        for (name, source) in own::BUILT_IN {
            templates.put(name, source)?;
        }
        Ok(templates)
    }

    /// Puts a school's own wording in the place of the bundled one.
    pub fn add(&mut self, code: PaperCode, source: &str) -> Result<(), Error> {
        self.put(code.id(), source)
    }

    fn put(&mut self, template: &'static str, source: &str) -> Result<(), Error> {
        self.environment
            .add_template_owned(template, with_parts(source))
            .map_err(|error| Error::Template { template, line: error.line().unwrap_or(1) })
    }

    /// The body of a paper, in markup.
    pub fn fill(&self, code: PaperCode, fields: &Fields) -> Result<String, Error> {
        if fields.code() != code {
            return Err(Error::WrongFields { template: code.id(), given: fields.code().id() });
        }
        self.render(fields.template(), fields)
    }

    /// The body of the same letter in easy words.
    ///
    /// # Errors
    /// As [`Self::fill`]; [`Error::NoTemplate`] for a paper that is not written so.
    pub fn fill_easy(&self, fields: &Fields) -> Result<String, Error> {
        let of = fields.template();
        let easy = EASY.iter().find(|easy| easy.of == of).ok_or(Error::NoTemplate { template: of })?;
        self.render(easy.name, fields)
    }

    fn render(&self, template: &'static str, fields: &Fields) -> Result<String, Error> {
        if let Some(field) = fields.blank() {
            return Err(Error::MissingField { template, field: field.to_owned() });
        }
        self.rendered(template, fields.value())
    }

    /// The body of a paper that no policy names.
    pub fn fill_own(&self, own: &own::Own) -> Result<String, Error> {
        self.rendered(own.template(), own.value())
    }

    fn rendered(&self, template: &'static str, value: Value) -> Result<String, Error> {
        let found = self.environment.get_template(template).map_err(|_| Error::NoTemplate { template })?;
        let body = found.render(value).map_err(|error| match error.kind() {
            ErrorKind::UndefinedError => {
                Error::MissingField { template, field: expression_on(found.source(), error.line()) }
            }
            _ => Error::Template { template, line: error.line().unwrap_or(1) },
        })?;
        Ok(tidy(&body))
    }
}

impl std::fmt::Debug for Templates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Templates")
    }
}

fn environment() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    // A tag on a line of its own leaves no line behind.
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("markup".into()));
    environment.set_formatter(write_escaped);
    environment.add_filter("long", |day: Serde<Day>| day.0.long());
    environment.add_filter("plain", |day: Serde<Day>| day.0.plain());
    environment.add_filter("short", |day: Serde<Day>| day.0.short());
    environment.add_filter("dates", |days: Serde<Vec<Day>>| dates(&days.0));
    environment.add_filter("words", |items: Serde<Vec<String>>| listed(&items.0));
    environment.add_filter("bullets", |items: Serde<Vec<String>>| Value::from_safe_string(bullets(&items.0)));
    environment.add_filter("sentence", |text: String| sentence(&text));
    environment.add_filter(
        "else_say",
        |text: String, other: String| {
            if text.trim().is_empty() { other } else { text }
        },
    );
    environment.add_filter("attempts", |tried: Serde<Vec<Attempt>>| attempts(&tried.0));
    environment.add_filter("capital", |text: String| capital(&text));
    environment.add_filter("answer", |answer: Serde<Answer>| match answer.0 {
        Answer::Yes => "Yes, it may be so",
        Answer::No => "No",
        Answer::NotKnown => "Not known",
    });
    environment.add_filter("grouped", |hash: String| grouped(&hash));
    Ok(environment)
}

fn write_escaped(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    // Written by a filter here, which has escaped what is in it.
    if value.is_safe() {
        return write!(out, "{value}").map_err(|_| minijinja::Error::from(ErrorKind::WriteFailure));
    }
    if value.is_undefined() || value.is_none() {
        return Err(minijinja::Error::from(ErrorKind::UndefinedError));
    }
    out.write_str(&escape(&value.to_string())).map_err(|_| minijinja::Error::from(ErrorKind::WriteFailure))
}

/// The first expression on a template's line, to say which field is missing.
fn expression_on(source: &str, line: Option<usize>) -> String {
    let line = source.lines().nth(line.unwrap_or(1).saturating_sub(1)).unwrap_or_default();
    let start = line.find("{{").or_else(|| line.find("{%")).map_or(0, |at| at + 2);
    let rest = &line[start..];
    let end = rest.find("}}").or_else(|| rest.find("%}")).unwrap_or(rest.len());
    rest[..end].trim().to_owned()
}

/// At most one blank line at a time, none at the ends.
fn tidy(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut blank = true;
    for line in body.lines().map(str::trim_end) {
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// A list of sentences; an empty one says so, and does not vanish.
fn bullets(items: &[String]) -> String {
    if items.is_empty() {
        return "None recorded.".to_owned();
    }
    let lines: Vec<String> = items.iter().map(|item| format!("- {}", escape(&sentence(item)))).collect();
    lines.join("\n")
}

/// `a`, `a and b`, `a, b and c`.
fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// `by phone on 5 January 2026 and by letter on 12 January 2026`.
fn attempts(tried: &[Attempt]) -> String {
    listed(
        &tried.iter().map(|attempt| format!("{} on {}", attempt.how, attempt.on.plain())).collect::<Vec<_>>(),
    )
}

/// With a capital letter at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Days as a letter names them: each, or the first and the last when they are many.
fn dates(days: &[Day]) -> String {
    const MANY: usize = 4;
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    match days[..] {
        [first, .., last] if days.len() > MANY => {
            format!("{} days between {} and {}", days.len(), first.plain(), last.plain())
        }
        _ => listed(
            &days.iter().enumerate().map(|(i, day)| shortened(*day, days.get(i + 1))).collect::<Vec<_>>(),
        ),
    }
}

/// A day without the month and year that it has in common with the next one named.
fn shortened(day: Day, next: Option<&Day>) -> String {
    match next.map(|next| (next.year() == day.year(), next.date().month() == day.date().month())) {
        Some((true, true)) => day.date().day().to_string(),
        Some((true, false)) => day.date().format("%-d %B").to_string(),
        Some((false, _)) | None => day.plain(),
    }
}

/// With a full stop at its end, if it has no other.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let ended = text.trim_end_matches(['”', '’', '"', '\'', ')']).ends_with(['.', '?', '!', '…']);
    if text.is_empty() || ended { text.to_owned() } else { format!("{text}.") }
}

/// A hash in pieces that can be read aloud and broken over lines.
pub fn grouped(hash: &str) -> String {
    let characters: Vec<char> = hash.chars().collect();
    characters.chunks(8).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(iso: &str) -> Day {
        Day::parse(iso).unwrap()
    }

    #[test]
    fn dates_are_named_or_spanned() {
        for (days, expected) in [
            (vec!["2026-01-03"], "3 January 2026"),
            (vec!["2026-01-04", "2026-01-03", "2026-01-03"], "3 and 4 January 2026"),
            (vec!["2026-01-30", "2026-02-01"], "30 January and 1 February 2026"),
            (vec!["2025-12-31", "2026-01-01"], "31 December 2025 and 1 January 2026"),
            (
                vec!["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-09"],
                "5 days between 1 January 2026 and 9 January 2026",
            ),
        ] {
            assert_eq!(dates(&days.iter().map(|d| day(d)).collect::<Vec<_>>()), expected);
        }
    }

    #[test]
    fn sentences_end_once() {
        for (text, expected) in [("a", "a."), ("a.", "a."), ("“a.”", "“a.”"), ("a?", "a?"), ("", "")]
        {
            assert_eq!(sentence(text), expected);
        }
    }
}
