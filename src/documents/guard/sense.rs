//! Whether a word that is also a name is meant as the name: by its capital, where it stands, and what stands beside it.
//! It knows no people; `names` asks it of each find.

use super::Place;
use super::english;
use super::page::{Page, Words};

/// Given names that are months: told from the month by what stands beside them.
const MONTHS: [&str; 5] = ["may", "april", "june", "august", "march"];
/// What stands before a month.
const BEFORE_A_MONTH: [&str; 16] = [
    "in",
    "during",
    "since",
    "until",
    "till",
    "early",
    "late",
    "mid",
    "this",
    "last",
    "next",
    "every",
    "each",
    "through",
    "throughout",
    "between",
];
/// What stands after a month or a season.
const AFTER_A_TIME: [&str; 24] = [
    "half", "bank", "day", "term", "terms", "holiday", "holidays", "break", "fair", "fayre", "fete",
    "school", "club", "camp", "concert", "show", "reading", "time", "week", "weekend", "onwards", "exams",
    "sats", "to",
];
/// Names that are seasons or feasts.
const SEASONS: [&str; 4] = ["summer", "autumn", "spring", "winter"];
/// What stands after the name of a place, with a capital.
const PLACES: [&str; 50] = [
    "road",
    "street",
    "lane",
    "avenue",
    "drive",
    "crescent",
    "terrace",
    "gardens",
    "grove",
    "mews",
    "rd",
    "ave",
    "close",
    "court",
    "way",
    "place",
    "park",
    "hill",
    "square",
    "walk",
    "rise",
    "row",
    "green",
    "school",
    "schools",
    "junior",
    "juniors",
    "infant",
    "infants",
    "primary",
    "academy",
    "college",
    "church",
    "hospital",
    "nursery",
    "centre",
    "surgery",
    "library",
    "house",
    "farm",
    "bridge",
    "wood",
    "common",
    "villas",
    "estate",
    "trust",
    "foundation",
    "council",
    "university",
    "hall",
];
/// What makes of the two or three words before it a school's name.
const SCHOOLS: [&str; 8] =
    ["school", "junior", "primary", "academy", "infant", "college", "church", "university"];
/// What an adult at a school does.
const POSTS: [&str; 20] = [
    "head",
    "headteacher",
    "teacher",
    "deputy",
    "designated",
    "dsl",
    "senco",
    "sendco",
    "governor",
    "chair",
    "principal",
    "bursar",
    "secretary",
    "assistant",
    "tutor",
    "office",
    "safeguarding",
    "pastoral",
    "nurse",
    "counsellor",
];
/// What belongs to a person, after a possessive.
const BELONGINGS: [&str; 34] = [
    "phone", "mum", "mom", "dad", "mother", "father", "parents", "parent", "family", "brother", "sister",
    "account", "accounts", "message", "messages", "post", "posts", "house", "home", "tablet", "ipad",
    "friend", "friends", "name", "group", "class", "comment", "comments", "words", "picture", "photo",
    "mobile", "nan", "gran",
];
/// Verbs that take a person after `by`.
const DONE_BY: [&str; 22] = [
    "sent", "made", "said", "written", "told", "taken", "done", "seen", "given", "begun", "led", "run",
    "shown", "put", "read", "found", "held", "hit", "hurt", "caught", "left", "messages",
];
/// What comes from a person.
const FROM_A_PERSON: [&str; 25] = [
    "came", "come", "comes", "coming", "received", "got", "had", "message", "messages", "text", "texts",
    "post", "posts", "comment", "comments", "word", "words", "call", "calls", "picture", "pictures", "video",
    "away", "heard", "apology",
];

/// Which part of a name a find is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The first name, or the whole of a name of one word.
    Given,
    /// Between the first and the last.
    Middle,
    /// The last name, or half of a double one.
    Family,
    /// What everyone calls them.
    Nick,
    /// A short form that others of that name have.
    Short,
    /// The whole name in one word.
    Whole,
}

impl Page<'_> {
    /// Whether a name by itself is the name of a place: `Grace Road`, `St Mark’s`, `Thomas Moor Junior School`.
    pub(super) fn is_place(&self, words: &Words) -> bool {
        if words.start > 0 && matches!(self.before_loose(words.start), "st" | "saint") {
            return true;
        }
        let capital = |at: usize| self.is_near(at - 1) && self.text.is_capital(at) && !self.is_shouting(at);
        let next = words.end;
        if next >= self.text.words.len() || !capital(next) {
            return false;
        }
        PLACES.contains(&self.text.word(next))
            || (next + 1 < self.text.words.len()
                && capital(next + 1)
                && SCHOOLS.contains(&self.text.word(next + 1)))
    }

    fn before_loose(&self, word: usize) -> &str {
        let Some(before) = word.checked_sub(1) else { return "" };
        let close = self.text.gap(before).iter().all(|l| matches!(l.folded, ' ' | '.' | '\u{a0}'));
        if close { self.text.word(before) } else { "" }
    }

    /// Whether a given name belongs to an adult: `Mrs Grace Wells`, `Mr Mark`, `Grace Wells, headteacher`. `is_theirs`
    /// says of a last name whether the child has it.
    pub(super) fn is_adult(&self, words: &Words, is_theirs: impl Fn(&str) -> bool) -> bool {
        let next = words.end;
        let surname = next < self.text.words.len()
            && self.is_near(next - 1)
            && self.text.is_capital(next)
            && !self.is_shouting(next);
        if surname && is_theirs(self.text.word(next)) {
            return false;
        }
        let titled = self.is_titled(words.start);
        titled || (surname && self.has_post(next))
    }

    /// Whether a comma, a bracket or a new line and then a post at a school stands after a word.
    pub(super) fn has_post(&self, word: usize) -> bool {
        let gap = self.text.gap(word);
        let lines = gap.iter().filter(|l| l.folded == '\n').count();
        let apart = gap.iter().any(|l| matches!(l.folded, ',' | '(' | '\n'));
        if word + 1 >= self.text.words.len() || !apart || lines > 1 {
            return false;
        }
        (word + 1..word + 5)
            .take_while(|at| *at == word + 1 || self.is_near(at - 1))
            .any(|at| POSTS.contains(&self.text.word(at)))
    }

    /// Whether a word that is found among the names is meant as a name.
    pub(super) fn is_meant(&self, words: &Words, key: &str, part: Part) -> bool {
        if !key.chars().any(char::is_lowercase) {
            return true;
        }
        let capital = self.text.is_capital(words.start);
        let everyday =
            if part == Part::Given { english::is_everyday(key) } else { english::is_everyday_beside(key) };
        if !everyday || words.len() > 1 {
            return capital || key.chars().count() > 2 || self.possessive(words).is_some();
        }
        if self.place == Place::FileName {
            return !english::is_function(key) || (capital && !self.is_time(words, key));
        }
        let last = words.end - 1;
        if !capital {
            return self.is_lower_but_meant(words, key);
        }
        if self.is_titled(words.start)
            || self.before(words.start) == "dear"
            || self.possessive(words).is_some()
            || self.after(last) == "family"
        {
            return true;
        }
        if self.is_time(words, key) {
            return false;
        }
        if self.is_alone(words) {
            return true;
        }
        let next = self.after(last);
        let doing = english::is_doing(next);
        if self.is_in_title(words.start) || self.is_shouting(words.start) {
            let alone = self.place == Place::Address && !english::is_function(key);
            return (doing && !english::is_function(key)) || alone;
        }
        if !self.is_start(words.start) {
            // `Will you come?` begins a line, whatever ends the one before.
            let begins = words
                .start
                .checked_sub(1)
                .is_some_and(|at| self.text.gap(at).iter().any(|l| l.folded == '\n'));
            let asks = begins && english::is_function(key) && english::follows_a_word(next);
            return !asks && !self.is_among_capitals(words);
        }
        if self.is_listed(last) {
            return false;
        }
        match part {
            _ if english::is_function(key) => {
                doing || (next.is_empty() && self.text.gap(last).first().is_some_and(|l| l.folded == ','))
            }
            Part::Family | Part::Middle => doing && !matches!(next, "and" | "is" | "also" | "only"),
            Part::Given | Part::Nick | Part::Short | Part::Whole => {
                !english::follows_a_word(next) && !english::is_of_things(next)
            }
        }
    }

    /// `What Will Happen`: words with capitals on both sides, which are no names.
    fn is_among_capitals(&self, words: &Words) -> bool {
        let word = |at: usize| self.text.is_capital(at) && english::is_common(self.text.word(at));
        words.start > 0
            && self.is_near(words.start - 1)
            && word(words.start - 1)
            && self.is_near(words.end - 1)
            && word(words.end)
    }

    /// `Faith, hope and kindness`: another plain word follows a comma.
    fn is_listed(&self, last: usize) -> bool {
        let next = self.text.word(last + 1);
        self.text.gap(last).first().is_some_and(|l| l.folded == ',')
            && !self.text.is_capital(last + 1)
            && english::is_everyday(next)
            && !english::is_function(next)
            && !english::is_doing(next)
            && matches!(self.after(last + 1), "and" | "or" | "")
    }

    /// `will’s phone`, `poppy said`: written small and still a name.
    fn is_lower_but_meant(&self, words: &Words, key: &str) -> bool {
        if self.possessive(words).is_some() {
            // After the word stands its `s`.
            return english::is_function(key) || BELONGINGS.contains(&self.text.word(words.end + 1));
        }
        let said = [
            "said", "told", "sent", "posted", "texted", "messaged", "filmed", "blocked", "laughed", "wrote",
            "had", "did", "didn", "went", "came", "took", "got", "made", "kicked", "hit", "asked",
            "admitted", "joined", "shared", "showed", "who", "wanted", "wants", "says",
        ];
        let before = self.before(words.start);
        !english::is_function(key)
            && !["the", "a", "an", "this", "of", "in", "no", "any", "some", "our", "your", "my", "to"]
                .contains(&before)
            && said.contains(&self.after(words.end - 1))
    }

    /// Whether a month or a season is meant.
    fn is_time(&self, words: &Words, key: &str) -> bool {
        let next = self.after(words.end - 1);
        if SEASONS.contains(&key) {
            return AFTER_A_TIME.contains(&next)
                || ["this", "next", "last", "each", "every", "in"].contains(&self.before(words.start));
        }
        if !MONTHS.contains(&key) {
            return false;
        }
        // `12 May`, `12th May`, `May 2026`; a year before it belongs to an earlier date.
        let close = |at: usize| self.text.gap(at).iter().all(|l| l.folded == ' ' || l.folded == ',');
        let day = |at: usize| {
            close(at)
                && self.text.word(at).len() < 5
                && self.text.word(at).parse::<u16>().is_ok_and(|n| n < 32)
                || close(at)
                    && self
                        .text
                        .word(at)
                        .strip_suffix(['t', 'd', 'h'])
                        .is_some_and(|rest| rest.starts_with(char::is_numeric))
        };
        let after = close(words.end - 1) && self.text.word(words.end).starts_with(char::is_numeric);
        let before = self.before(words.start);
        if words.start.checked_sub(1).is_some_and(day)
            || after
            || BEFORE_A_MONTH.contains(&before)
            || (AFTER_A_TIME.contains(&next) && next != "to")
        {
            return true;
        }
        let earlier = if words.start > 1 { self.before(words.start - 1) } else { "" };
        match before {
            "by" => !(DONE_BY.contains(&earlier) || (earlier.len() > 4 && earlier.ends_with("ed"))),
            "from" => !FROM_A_PERSON.contains(&earlier),
            "of" => {
                ["end", "start", "beginning", "middle", "month", "rest", "half", "week"].contains(&earlier)
            }
            "before" | "after" => !english::is_doing(next),
            _ => {
                MONTHS.contains(&next)
                    || (matches!(next, "and" | "or" | "to")
                        && MONTHS.contains(&self.text.word(words.end + 1)))
            }
        }
    }
}
