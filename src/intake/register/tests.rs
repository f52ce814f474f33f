//! Registers in every shape of the paper, and files that are none. Everyone in them is invented.

mod ctf_files;
mod tables;

use super::*;
use proptest::prelude::*;

fn today() -> Day {
    Day::new(2026, 1, 19).unwrap()
}

fn read_with(bytes: &[u8], mapping: &Mapping) -> Result<Register, Error> {
    read(bytes, &Options { today: today(), mapping })
}

fn read_bytes(bytes: &[u8]) -> Result<Register, Error> {
    read_with(bytes, &Mapping::default())
}

#[track_caller]
fn register(file: &str) -> Register {
    read_bytes(file.as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn refused(file: &[u8]) -> String {
    read_bytes(file).err().map(|error| error.to_string()).unwrap_or_default()
}

/// A pupil as a line that can be compared.
fn told(pupil: &Pupil) -> String {
    let yes = |flag: Option<bool>| flag.map_or("?", |yes| if yes { "yes" } else { "no" });
    let dob = pupil.dob.map_or("-".into(), Day::iso);
    format!(
        "{} {} {} {dob} year {:?} class {} sen {} looked after {}",
        pupil.line,
        pupil.upn.as_deref().unwrap_or("-"),
        pupil.name,
        pupil.year,
        pupil.class.as_deref().unwrap_or("-"),
        yes(pupil.sen),
        yes(pupil.looked_after),
    )
}

fn rejected(register: &Register) -> Vec<(u64, &str)> {
    register.rejected.iter().map(|remark| (remark.line, remark.why.as_str())).collect()
}

#[test]
fn what_is_no_register_says_so() {
    for (bytes, says) in [
        (&b""[..], "empty"),
        (b" \r\n", "empty"),
        (b"\xEF\xBB\xBF", "empty"),
        (b"PK\x03\x04....", "a workbook or a zip file"),
        (b"\xD0\xCF\x11\xE0....", "older Excel"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\0", "a file of bytes"),
        (b"Ama Osei\nBen Cole", "no line names the columns"),
        (b"Date,Type,Reason\n1,2,3", "no line names the columns"),
        (b"<html><body>hello</body></html>", "not a Common Transfer File"),
        (b"<?xml version='1.0' encoding='EBCDIC-GB'?><CTfile/>", "stored as ebcdic-gb"),
        (b"<", "broken or cut off"),
        (b"<CTfile><CTFpupilData><Pupil><UPN>1</UPN>", "broken or cut off"),
        (b"<CTfile><CTFpupilData></CTfile>", "broken or cut off"),
    ] {
        let error = refused(bytes);
        assert!(error.contains(says), "{error:?} should say {says:?}");
    }
}

#[test]
fn too_much_is_refused_by_name() {
    let within = |file: &str, bytes, pupils, rows| {
        let options =
            Reading { today: today(), mapping: &Mapping::default(), limits: Limits { bytes, pupils, rows } };
        read_within(file.as_bytes(), &options).map(|register| register.people.len())
    };
    let rows = "Surname,Forename,Admission No\nOsei,Ama,1\nOsei,Ama,2\nOsei,Ama,2\n";
    assert!(matches!(within(rows, 1_000, 2, 3), Ok(2)));
    assert!(matches!(within(rows, 60, 2, 3), Err(Error::TooLarge { limit: 60 })));
    assert!(matches!(within(rows, 1_000, 1, 3), Err(Error::TooMany { what: "pupils", limit: 1 })));
    assert!(matches!(within(rows, 1_000, 2, 2), Err(Error::TooMany { what: "rows", limit: 2 })));
    let two = "<CTfile><CTFpupilData><Pupil><Surname>A</Surname><Forename>B</Forename></Pupil>\
        <Pupil><Surname>C</Surname><Forename>D</Forename></Pupil></CTFpupilData></CTfile>";
    assert!(matches!(within(two, 1_000, 1, 1), Err(Error::TooMany { what: "pupils", limit: 1 })));
    let bad = format!("Surname,Forename\n{}", ",x\n".repeat(20_000));
    assert!(matches!(read_bytes(bad.as_bytes()), Err(Error::TooManyRejected { .. })));
}

#[test]
fn debug_and_reasons_say_nothing_of_a_child() {
    let register = register(
        "Surname,Forename,DOB,Year\nPlanted,Secret,1/1/2016,5\nPlanted,Secret,nonsense,5\nPlanted,Secret,1/1/2016,Planted\n",
    );
    let debug = format!("{register:?}");
    assert!(
        !debug.contains("Planted") && !debug.contains("Secret") && !debug.contains("nonsense"),
        "{debug}"
    );
    assert_eq!(register.rejected.len(), 2);
}

proptest! {
    #[test]
    fn any_bytes_give_a_result_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn any_table_gives_lines_that_are_there(body in "[a-zA-Z0-9é,;\"\n/ =]{0,200}") {
        let file = format!("Surname,Forename,DOB,Year,Contact 1 Name\n{body}");
        let lines = file.matches('\n').count() as u64 + 1;
        if let Ok(register) = read_bytes(file.as_bytes()) {
            let people = register.people.iter().map(|pupil| pupil.line);
            for line in people.chain(register.rejected.iter().chain(&register.doubts).map(|remark| remark.line)) {
                prop_assert!((2..=lines).contains(&line));
            }
        }
    }

    #[test]
    fn any_elements_give_a_result_or_an_error(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<Pupil>", "</Pupil>", "<UPN>", "</UPN>", "<Contacts>", "</Contacts>", "<Contact>", "</Contact>", "<Order>",
                "</Order>", "1", "&amp;", "&x;", "&#0;", "<!--", "-->", "<![CDATA[", "]]>", "<?pi?>", "\n", "<Address/>", "<a b='c'",
            ]), 0..24
        )
    ) {
        let _ = read_bytes(format!("<CTfile><CTFpupilData>{}</CTFpupilData></CTfile>", parts.concat()).as_bytes());
    }
}
