//! Chats of every phone in the paper, and files that are none, as a table: what is in the file and what is read from it.

mod archives;
mod variants;

use super::*;
use proptest::prelude::*;
use std::fmt::Write;
use std::io::Cursor;

fn read_bytes(bytes: &[u8]) -> Result<Chat, Error> {
    read(&mut Cursor::new(bytes), None)
}

/// A chat as lines that can be compared: `1 2026-01-17T21:04:00 Ann text: hello`, `2 system: Ann left`, `3 rejected: …`.
fn told(chat: &Chat) -> String {
    let mut lines: Vec<(u64, String)> = Vec::new();
    for m in &chat.messages {
        let kind = serde_json::to_string(&m.kind).unwrap().replace('"', "");
        let at = m.at.format("%Y-%m-%dT%H:%M:%S");
        lines.push((m.line, format!("{at} {} {kind}: {}", m.author, m.text.replace('\n', "⏎"))));
    }
    lines.extend(chat.system.iter().map(|s| (s.line, format!("system: {}", s.text.replace('\n', "⏎")))));
    lines.extend(chat.rejected.iter().map(|r| (r.line, format!("rejected: {}", r.why))));
    lines.sort();
    lines.into_iter().fold(String::new(), |mut all, (line, text)| {
        let _ = writeln!(all, "{line} {text}");
        all
    })
}

#[track_caller]
fn check(name: &str, file: &str, wanted: &str) {
    let chat = read_bytes(file.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(told(&chat), wanted, "{name}");
}

#[test]
fn what_is_no_chat_says_so() {
    for (bytes, says) in [
        (&b""[..], "empty"),
        (b"\xEF\xBB\xBF\r\n", "empty"),
        (b"Dear Mrs Osei,\nthank you.", "no line begins"),
        (b"Surname,Forename\nOsei,Ama", "no line begins"),
        (b"%PDF-1.7 rest", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\0\x01\x02\0\0", "a file of bytes"),
        (b"PK\x03\x04", "cut off"),
        (b"PK\x05\x06", "cut off"),
        (b"\xFF\xFE\0\0\0\0", "UTF-32"),
    ] {
        let error = read_bytes(bytes).unwrap_err().to_string();
        assert!(error.contains(says), "{error:?} should say {says:?}");
    }
}

#[test]
fn too_much_is_refused_by_name() {
    let line = "06/03/2017, 00:45 - A: b\n";
    let within = |bytes, messages| {
        read_within(&mut Cursor::new(line.repeat(10)), None, Limits { bytes, messages })
            .map(|chat| chat.messages.len())
    };
    assert!(matches!(within(1_000, 10), Ok(10)));
    assert!(matches!(within(1_000, 9), Err(Error::TooMany { what: "messages", limit: 9 })));
    assert!(matches!(within(249, 10), Err(Error::TooLarge { limit: 249 })));
    let junk = format!("{}{line}", "not a message\n".repeat(20_000));
    assert!(matches!(read_bytes(junk.as_bytes()), Err(Error::TooManyRejected { .. })));
}

#[test]
fn the_order_of_day_and_month_is_told_and_can_be_overruled() {
    let ambiguous = b"03/04/2026, 10:00 - Ann: hi\n";
    let chat = read_bytes(ambiguous).unwrap();
    assert_eq!(chat.source.dates, Order { order: DateOrder::DayFirst, decided: Decided::Assumed });
    let chat = read(&mut Cursor::new(ambiguous), Some(DateOrder::MonthFirst)).unwrap();
    assert_eq!(chat.source.dates.decided, Decided::ByPerson);
    assert_eq!(chat.messages[0].at.format("%m-%d").to_string(), "03-04");
    let iso = read(&mut Cursor::new(b"[2026-04-03, 7:58:30 AM] Ann: hi"), Some(DateOrder::DayFirst)).unwrap();
    assert_eq!(iso.source.dates.decided, Decided::ByShape);
}

#[test]
fn the_source_is_hashed_whole() {
    let chat = read_bytes(b"03/04/2026, 10:00 - Ann: hi\n").unwrap();
    assert_eq!(chat.source.sha256, "cba10da6c6206b4651e0dbdeb53f863a6d1bafae5b1b8417939058501f0e9d3a");
}

#[test]
fn debug_says_nothing_of_a_child() {
    let chat =
        read_bytes(b"03/04/2026, 10:00 - Planted: Secret\n03/04/2026, 10:01 - Planted left\n").unwrap();
    let debug = format!("{chat:?}");
    assert!(!debug.contains("Planted") && !debug.contains("Secret"), "{debug}");
}

/// How a phone writes the beginning of a message.
#[derive(Debug, Clone, Copy)]
enum Phone {
    Android24,
    Android12,
    Ios24,
    IosIso,
    Bare,
}

fn write_chat(phone: Phone, messages: &[(NaiveDateTime, String, String)], line_break: &str) -> String {
    let mut file = String::new();
    for (at, author, text) in messages {
        let head = match phone {
            Phone::Android24 => at.format("%d/%m/%Y, %H:%M - "),
            Phone::Android12 => at.format("%-d/%-m/%y, %-I:%M\u{202F}%p - "),
            Phone::Ios24 => at.format("\u{200E}[%d.%m.%y, %H:%M:%S] "),
            Phone::IosIso => at.format("[%Y-%m-%d, %-I:%M:%S %p] "),
            Phone::Bare => at.format("%d.%m.%y %H.%M.%S: "),
        };
        let text = text.replace('\n', line_break);
        let _ = write!(file, "{head}{author}: {text}{line_break}");
    }
    file
}

fn a_moment() -> impl Strategy<Value = NaiveDateTime> {
    (0i64..6_000_000).prop_map(|minutes| {
        let start = chrono::NaiveDate::from_ymd_opt(2015, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        start + chrono::TimeDelta::minutes(minutes)
    })
}

proptest! {
    #[test]
    fn what_a_phone_writes_is_read_with_its_lines(
        phone in prop::sample::select(vec![Phone::Android24, Phone::Android12, Phone::Ios24, Phone::IosIso, Phone::Bare]),
        line_break in prop::sample::select(vec!["\n", "\r\n"]),
        messages in prop::collection::vec(
            (a_moment(), "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8})?", "[a-zé!?,.😀][a-zé!?,.:😀 \n]{0,30}[a-zé!?,.😀]"), 1..12
        ),
    ) {
        let file = write_chat(phone, &messages, line_break);
        let chat = read(&mut Cursor::new(file.as_bytes()), Some(DateOrder::DayFirst)).unwrap();
        let mut line = 1;
        prop_assert_eq!(chat.messages.len(), messages.len());
        for (read, (at, author, text)) in chat.messages.iter().zip(&messages) {
            prop_assert_eq!((read.line, &read.author, &read.text), (line, author, text));
            prop_assert_eq!(read.at, *at);
            line += 1 + text.matches('\n').count() as u64;
        }
        prop_assert!(chat.system.is_empty() && chat.rejected.is_empty());
    }

    #[test]
    fn any_bytes_give_a_result_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn any_lines_give_a_result_or_an_error(
        lines in prop::collection::vec("[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}( [ap]m)?( - |: |\\] ?)[A-Z:<> \u{200E}]{0,9}", 0..8)
    ) {
        let file = lines.join("\n");
        if let Ok(chat) = read_bytes(file.as_bytes()) {
            let all = chat.messages.iter().map(|m| m.line).chain(chat.system.iter().map(|s| s.line));
            for line in all.chain(chat.rejected.iter().map(|r| r.line)) {
                prop_assert!((1..=lines.len() as u64).contains(&line));
            }
        }
    }
}
