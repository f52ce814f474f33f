//! CSV files from schools' systems, and ragged, damaged and hostile ones.

use super::*;

const SIMS: &str = "Admission No,UPN,Legal Surname,Legal Forename,Preferred Name,Date of Birth,Gender,Year Group,Reg Group,Enrolment Status,SEN Status,Pupil Premium,EAL,Looked After,School,Site\r\n\
    001234,H205200100001,Osei,Ama,Amy,03/04/2015,F,Year 5,5B,Current,K,Y,N,N,Larkfield,Main\r\n\
    001235,H205200100002,O'Brien,Zoë,,29/02/2016,F,4,4A,Current,N,N,N,Yes,Larkfield,Main\r\n";

#[test]
fn a_list_of_pupils() {
    let register = register(SIMS);
    let people: Vec<String> = register.people.iter().map(told).collect();
    assert_eq!(
        people,
        [
            "2 H205200100001 Ama Osei 2015-04-03 year Some(5) class 5B sen yes looked after no",
            "3 H205200100002 Zoë O'Brien 2016-02-29 year Some(4) class 4A sen no looked after yes",
        ]
    );
    assert_eq!(register.people[0].known_as.as_deref(), Some("Amy"));
    assert_eq!(register.dropped, ["Gender", "Enrolment Status", "Pupil Premium", "EAL", "School", "Site"]);
    assert!(register.rejected.is_empty() && register.doubts.is_empty());
}

#[test]
fn every_delimiter_and_encoding() {
    let of = |delimiter: &str| SIMS.replace(',', delimiter);
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(of("\t").encode_utf16().collect::<Vec<_>>())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("semicolons", of(";").into_bytes()),
        ("tabs", of("\t").into_bytes()),
        ("bars", of("|").into_bytes()),
        ("a mark", format!("\u{FEFF}{SIMS}").into_bytes()),
        ("Windows-1252", latin(SIMS)),
        ("Excel's Unicode text", utf16),
        ("sep=", format!("sep=;\r\n{}", of(";")).into_bytes()),
        ("a title above", format!("Pupils of Larkfield\r\n\r\n{SIMS}").into_bytes()),
        ("old Mac line breaks", SIMS.replace("\r\n", "\r").into_bytes()),
        (
            "all quoted",
            SIMS.lines()
                .map(|l| format!("\"{}\"\n", l.replace(',', "\",\"")))
                .collect::<Vec<_>>()
                .concat()
                .into_bytes(),
        ),
    ] {
        let register = read_bytes(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let names: Vec<&str> = register.people.iter().map(|pupil| pupil.name.as_str()).collect();
        assert_eq!(names, ["Ama Osei", "Zoë O'Brien"], "{name}");
    }
}

#[test]
fn columns_out_of_step_are_kept_out() {
    let register = register(
        "Admission Number,Legal Surname,Legal Forename,Year Group,Class,PP,ELK,SEN\n\
         1001,Osei,Ama,Year 5,5B,Y,N,N\n\
         Osei,Ama,1002,Year 5,5B,Y,N,N\n\
         1003,Osei,Ben,5B,Year 5,Y,N,N\n\
         1004,Osei,Cy,Year 5,5B,Y,N\n\
         1005,Osei,Di,Year 5,5B,Y,N,N,extra\n\
         Osei,1006x,Ed,Year 5,5B,Y,N,N\n\
         1007,Osei,Flo,Year 5,5B,Y,N,N,,\n",
    );
    assert_eq!(
        rejected(&register),
        [
            (3, "the forename has no letter in it"),
            (4, "the year group is no school year; the columns may be out of step"),
            (5, "it has 7 cells where the line of columns has 8"),
            (6, "it has 9 cells where the line of columns has 8"),
            (7, "the admission number has no number in it; the columns may be out of step"),
        ]
    );
    assert_eq!(register.people.len(), 2);
    assert_eq!(register.dropped, ["PP", "ELK"]);
}

#[test]
fn bad_lines_are_named_and_kept_out() {
    let register = register(
        "Surname,Forename,DOB,Year\nOsei,Ama,03/04/15,5\n,Ben,03/04/2015,5\nOsei,,03/04/2015,5\nOsei,Cy,04/25/2015,5\n\
         Osei,\"Di,03/04/2015,5\nOsei,Ed,42097,5\nOsei,Flo,2015-04-03,5\n=cmd|' /C calc'!A0,Guy,03/04/2015,5\nOsei,Hal,,\n\
         \"Osei\nSmith\",Ivy,03/04/2015,5\nOsei,Jo,soon,5\n",
    );
    assert_eq!(
        rejected(&register),
        [
            (2, "the date of birth has no year in four digits, so it is not certain"),
            (3, "the surname is missing"),
            (4, "the forename is missing"),
            (5, "the date of birth is no day of the calendar, read as day, month and year"),
            (6, "a quotation mark stands in the middle of a cell"),
            (9, "the surname begins like a formula"),
            (13, "the date of birth is not written as a date"),
        ]
    );
    let people: Vec<String> = register.people.iter().map(|p| format!("{} {}", p.line, p.name)).collect();
    assert_eq!(people, ["7 Ed Osei", "8 Flo Osei", "10 Hal Osei", "11 Ivy Osei Smith"]);
}

#[test]
fn a_line_of_another_encoding_is_kept_out_alone() {
    let mut bytes = "Surname,Forename\nOsei,Zoë\nOsei,Zo?\nOsei,Ama\n".as_bytes().to_vec();
    let at = bytes.iter().position(|b| *b == b'?').unwrap();
    bytes[at] = 0xEB;
    let register = read_bytes(&bytes).unwrap();
    assert_eq!(rejected(&register), [(3, "a letter in it is not UTF-8 as in the rest of the file")]);
    assert_eq!(register.people.len(), 2);
}

#[test]
fn the_same_pupil_twice() {
    let register = register(
        "Admission No,UPN,Surname,Forename,DOB,Parent/Carer Name,Relationship,Parental Responsibility,Priority\n\
         1,H205200100001,Osei,Ama,03/04/2015,Mr K Osei,Father,No,2\n\
         1,H205200100001,Osei,Ama,03/04/2015,Mrs A Osei,Mother,Yes,1\n\
         ,,Osei,Ama,03/04/2015,Mrs A Osei,Mother,Yes,1\n\
         2,H205200100001,Cole,Ben,03/04/2015,,,,\n\
         2,,Cole,Ben,03/04/2015,,,,\n\
         2,,Cole,Ben,04/04/2015,,,,\n\
         3,,Cole,Ben,03/04/2015,,,,\n",
    );
    let names: Vec<&str> = register.people[0].contacts.iter().map(|contact| contact.name.as_str()).collect();
    assert_eq!(names, ["Mrs A Osei", "Mr K Osei"]);
    assert_eq!(register.people[0].contacts[1].responsibility, Some(false));
    assert_eq!(
        rejected(&register),
        [
            (5, "the UPN is that of line 2, but the name or the date of birth is another"),
            (7, "the admission number is that of line 6, but the name or the date of birth is another"),
        ]
    );
    assert_eq!(register.doubts.iter().map(|d| d.line).collect::<Vec<_>>(), [4]);
    assert_eq!(register.people.len(), 3, "two numbers are two pupils");
}

#[test]
fn contacts_of_every_shape() {
    let register = register(
        "Pupil Name,Contact 1 Title,Contact 1 Forename,Contact 1 Surname,Contact 1 PR,Contact 1 Mobile,Contact 1 Home Phone,Contact 1 Address Block,Contact 2 Name,Contact 2 Relationship,Contact 3 Mobile\n\
         \"Osei, Ama\",Mrs,Adwoa,Osei,True,'+44 7700 900123,020 7946 0000,\"12 Alder Road\nFulham\nSW6 1AA\",Kofi Osei,Father,07700 900456\n\
         Ben Cole,,,,maybe,07700 900789,,,,Aunt,\n",
    );
    let [ama, ben] = &register.people[..] else { panic!("two pupils") };
    assert_eq!((ama.forename.as_str(), ama.surname.as_str()), ("Ama", "Osei"));
    let mother = &ama.contacts[0];
    assert_eq!((mother.name.as_str(), mother.responsibility), ("Mrs Adwoa Osei", Some(true)));
    assert_eq!(mother.phones, ["+44 7700 900123", "020 7946 0000"]);
    assert_eq!(mother.address, ["12 Alder Road", "Fulham", "SW6 1AA"]);
    assert_eq!(ama.contacts[1].responsibility, None, "never assumed");
    assert!(ben.contacts.is_empty());
    assert_eq!(register.dropped, ["Contact 3 Mobile"], "nobody's name stands beside it");
    let doubts: Vec<(u64, &str)> = register.doubts.iter().map(|d| (d.line, d.why.as_str())).collect();
    assert_eq!(
        doubts,
        [(5, "a contact without a name is left out"), (5, "a contact without a name is left out")]
    );
}

#[test]
fn a_mapping_goes_before_guesses() {
    let file = b"Nachname,Vorname,Geboren,Set\nOsei,Ama,03/04/2015,5B\n";
    assert!(matches!(read_bytes(file), Err(Error::NoHeader { cells }) if cells.0.len() == 4));
    let mut mapping = Mapping::default();
    mapping.choose("Nachname", Some(Field::Pupil(PupilField::Surname)));
    mapping.choose("vorname ", Some(Field::Pupil(PupilField::Forename)));
    mapping.choose("Geboren", Some(Field::Pupil(PupilField::Dob)));
    let register = read_with(file, &mapping).unwrap();
    assert_eq!(told(&register.people[0]), "2 - Ama Osei 2015-04-03 year None class - sen ? looked after ?");
    mapping.choose("Set", Some(Field::Pupil(PupilField::Dob)));
    assert!(matches!(read_with(file, &mapping), Err(Error::TwoColumns { .. })));
}

#[test]
fn an_unusual_number_is_kept_and_named() {
    let register = register("UPN,Surname,Forename,SEN\nA12,Osei,Ama,monitor\n");
    assert_eq!(register.people[0].upn.as_deref(), Some("A12"));
    let doubts: Vec<&str> = register.doubts.iter().map(|d| d.why.as_str()).collect();
    assert_eq!(
        doubts,
        [
            "the UPN is not a letter and twelve figures; it is kept as it stands",
            "SEN is neither yes nor no, so it is left open",
        ]
    );
}
