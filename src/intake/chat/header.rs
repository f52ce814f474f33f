//! How a message begins: a date, a time, perhaps brackets, a dash or a colon, and then who wrote it.
//!
//! Every phone writes this as its language does, but one file was written by one phone in one go. So the first line
//! that begins a message says how all of them begin, and a date in another shape within a message is only a text that
//! someone pasted. Otherwise a pasted conversation would put words into a child's mouth.

/// What holds for all messages of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    frame: Frame,
    pub(super) year_first: bool,
    seconds: bool,
    /// Whether a word stands before the time, as Finnish `klo`.
    word: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// `[07.03.26, 21:22:39] …`
    Brackets,
    /// `06/03/2017, 00:45 - …`
    Dash,
    /// `13.06.18 21.25.15: …`
    Bare,
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// The beginning of a message, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head<'l> {
    pub(super) shape: Shape,
    /// The three numbers of the date as they stand.
    pub(super) date: [u32; 3],
    /// Hour, minute and second as they stand.
    pub(super) time: [u32; 3],
    pub(super) half: Option<Half>,
    pub(super) rest: &'l str,
}

/// Marks that say in which direction a text runs, and the byte order mark. They have no width and no meaning here.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{061C}' | '\u{FEFF}')
}

/// The head of a line, if it has one.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let mut at = Cursor(line);
    let bracket = at.one_of("[").is_some();
    let (first, long_first) = at.date_part(4)?;
    let separator = at.one_of("/-.")?;
    at.space();
    let (second, _) = at.date_part(2)?;
    at.one_of(separator.encode_utf8(&mut [0; 4]))?;
    at.space();
    let (third, long_third) = at.date_part(4)?;
    // A year has two or four figures, and only one of the three is a year.
    let year_first = long_first == 4;
    let fits =
        if year_first { long_third <= 2 } else { long_first <= 2 && (long_third == 2 || long_third == 4) };
    if !fits {
        return None;
    }
    at.one_of(",.،");
    if !at.space() {
        return None;
    }
    let word = at.word()?;
    let (time, seconds) = at.time()?;
    let half = half_of(word).or_else(|| at.half());
    let word = !word.is_empty() && half_of(word).is_none();
    if bracket != at.one_of("]").is_some() {
        return None;
    }
    let frame = at.frame(bracket)?;
    let rest = at.0.trim_start();
    if rest.trim_start_matches(|c| is_mark(c) || c.is_whitespace()).is_empty() {
        return None;
    }
    let shape = Shape { frame, year_first, seconds, word };
    Some(Head { shape, date: [first, second, third], time, half, rest })
}

/// The text that is not read yet. Every step passes over marks first.
struct Cursor<'l>(&'l str);

impl<'l> Cursor<'l> {
    fn marks(&mut self) {
        self.0 = self.0.trim_start_matches(is_mark);
    }

    fn next(&self) -> Option<char> {
        self.0.chars().next()
    }

    fn skip(&mut self, c: char) {
        self.0 = &self.0[c.len_utf8()..];
    }

    fn one_of(&mut self, these: &str) -> Option<char> {
        self.marks();
        let c = self.next().filter(|c| these.contains(*c))?;
        self.skip(c);
        Some(c)
    }

    /// Passes over white space of any width; whether there was any.
    fn space(&mut self) -> bool {
        let rest = self.0.trim_start_matches(is_mark);
        let after = rest.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
        let any = rest.chars().next().is_some_and(char::is_whitespace);
        self.0 = after;
        any
    }

    /// A number and how many figures it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        self.marks();
        let (mut value, mut length) = (0, 0);
        while let Some((c, figure)) = self.next().and_then(|c| Some((c, figure(c)?))) {
            if length == most {
                return None;
            }
            (value, length) = (value * 10 + figure, length + 1);
            self.skip(c);
        }
        (length > 0).then_some((value, length))
    }

    fn date_part(&mut self, most: usize) -> Option<(u32, usize)> {
        self.number(most).filter(|(_, length)| *length != 3)
    }

    /// What stands before the time, as `klo` or `下午`: two short words at most.
    fn word(&mut self) -> Option<&'l str> {
        let rest = self.0;
        let end = rest.find(|c| figure(c).is_some())?;
        let word = rest[..end].trim_matches(|c: char| c.is_whitespace() || is_mark(c));
        let plain = word.chars().all(|c| c.is_alphabetic() || c == '.' || c.is_whitespace());
        if !plain || word.chars().count() > 12 || word.split_whitespace().count() > 2 {
            return None;
        }
        self.0 = &rest[end..];
        Some(word)
    }

    fn time(&mut self) -> Option<([u32; 3], bool)> {
        let (hour, _) = self.number(2)?;
        let separator = self.one_of(":.")?;
        let (minute, _) = self.number(2).filter(|(_, length)| *length == 2)?;
        let before = self.0;
        let second = self
            .one_of(separator.encode_utf8(&mut [0; 4]))
            .and_then(|_| self.number(2).filter(|(_, length)| *length == 2));
        if second.is_none() {
            self.0 = before;
        }
        Some(([hour, minute, second.map_or(0, |(second, _)| second)], second.is_some()))
    }

    /// `PM`, `p.m.`, `p. m.` and the like, after any white space.
    fn half(&mut self) -> Option<Half> {
        let before = self.0;
        self.space();
        let rest = self.0;
        for (word, half) in HALVES {
            if let Some(after) = rest.strip_prefix(word) {
                self.0 = after;
                return Some(half);
            }
        }
        let half = match self.one_of("aApP") {
            Some('a' | 'A') => Half::Am,
            Some(_) => Half::Pm,
            None => {
                self.0 = before;
                return None;
            }
        };
        self.one_of(".");
        self.space();
        let is_half = self.one_of("mM").is_some();
        self.one_of(".");
        if !is_half || self.next().is_some_and(char::is_alphanumeric) {
            self.0 = before;
            return None;
        }
        Some(half)
    }

    /// What stands between the time and the author.
    fn frame(&mut self, bracket: bool) -> Option<Frame> {
        if bracket {
            self.one_of(":");
            return self.space().then_some(Frame::Brackets);
        }
        let before = self.0;
        self.space();
        if self.one_of("-–").is_some() && self.space() {
            return Some(Frame::Dash);
        }
        self.0 = before;
        self.one_of(":");
        self.space().then_some(Frame::Bare)
    }
}

const HALVES: [(&str, Half); 10] = [
    ("上午", Half::Am),
    ("下午", Half::Pm),
    ("午前", Half::Am),
    ("午後", Half::Pm),
    ("오전", Half::Am),
    ("오후", Half::Pm),
    ("π.μ.", Half::Am),
    ("μ.μ.", Half::Pm),
    ("ص", Half::Am),
    ("م", Half::Pm),
];

fn half_of(word: &str) -> Option<Half> {
    HALVES.iter().find(|(known, _)| *known == word).map(|(_, half)| *half)
}

/// What a figure is worth, in the scripts that phones write dates in.
fn figure(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '०'..='९' => '०',
        '০'..='৯' => '০',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_every_phone() {
        for (line, date, time, half, rest) in [
            ("06/03/2017, 00:45 - Ann: hi", [6, 3, 2017], [0, 45, 0], None, "Ann: hi"),
            ("1/4/23, 7:02\u{202F}PM - Ann: hi", [1, 4, 23], [7, 2, 0], Some(Half::Pm), "Ann: hi"),
            ("23/06/2018, 01:55 p.m. - Ann: hi", [23, 6, 2018], [1, 55, 0], Some(Half::Pm), "Ann: hi"),
            ("28/3/2025, 9:29 p.\u{A0}m. - Ann: hi", [28, 3, 2025], [9, 29, 0], Some(Half::Pm), "Ann: hi"),
            ("[07.03.26, 21:22:39] Ann: hi", [7, 3, 26], [21, 22, 39], None, "Ann: hi"),
            (
                "\u{200E}\u{200F}[14/10/2021, 3:34:09\u{2009}am] Ann: hi",
                [14, 10, 2021],
                [3, 34, 9],
                Some(Half::Am),
                "Ann: hi",
            ),
            ("[2017-09-07, 7:58:30 AM] Ann: hi", [2017, 9, 7], [7, 58, 30], Some(Half::Am), "Ann: hi"),
            ("[5.05.2017 18:01:12] ~ Ann: hi", [5, 5, 2017], [18, 1, 12], None, "~ Ann: hi"),
            ("13.06.18 21.25.15: Ann: hi", [13, 6, 18], [21, 25, 15], None, "Ann: hi"),
            ("13.6.2018 klo 21.25.15 - Ann: hi", [13, 6, 2018], [21, 25, 15], None, "Ann: hi"),
            ("13. 6. 2018. 21:25:15 Ann: hi", [13, 6, 2018], [21, 25, 15], None, "Ann: hi"),
            ("2018/6/13 下午9:25 - Ann: hi", [2018, 6, 13], [9, 25, 0], Some(Half::Pm), "Ann: hi"),
            ("٠٦\u{200F}/٠٣\u{200F}/٢٠١٧، ٠٠:٤٥ - Ann: hi", [6, 3, 2017], [0, 45, 0], None, "Ann: hi"),
        ] {
            let found = head(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((found.date, found.time, found.half, found.rest), (date, time, half, rest), "{line}");
        }
    }

    #[test]
    fn what_is_no_head() {
        for line in [
            "",
            "hello",
            "2016-04-29 10:30:00",
            "06/03/2017, 00:45 - ",
            "06/03/2017, 00:45",
            "06/03/2017",
            "06/03, 00:45 - Ann: hi",
            "06/03/017, 00:45 - Ann: hi",
            "06/03-2017, 00:45 - Ann: hi",
            "[06/03/2017, 00:45 - Ann: hi",
            "06/03/2017, 00:45] Ann: hi",
            "06/03/2017 see you there at 10:30 - bring: a coat",
            "12345/03/2017, 00:45 - Ann: hi",
            "06/03/2017, 0:4 - Ann: hi",
            "06/03/2017, 00:45-Ann: hi",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }
}
