//! Common Transfer Files, new and old, and hostile ones.

use super::*;

const FULL: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<CTfile>
  <Header>
    <DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
    <SourceSchool><LEA>205</LEA><Estab>2001</Estab><SchoolName>Larkfield</SchoolName></SourceSchool>
  </Header>
  <CTFpupilData>
    <Pupil>
      <UPN>H205200100001</UPN><UniqueLearnerNumber>1</UniqueLearnerNumber>
      <Surname>O&apos;Sei</Surname><Forename>Ama</Forename><DOB>2015-04-03</DOB><Sex>F</Sex>
      <BasicDetails>
        <PreferredForename>Amy</PreferredForename><MiddleNames>Grace</MiddleNames><NCyearActual>5</NCyearActual>
        <Ethnicity>XXXX</Ethnicity><Languages><Type>H</Type></Languages>
      </BasicDetails>
      <LookedAfter><InCare>false</InCare></LookedAfter>
      <SENhistory>
        <SEN><StartDate>2024-09-01</StartDate><SENprovision>K</SENprovision></SEN>
        <SEN><StartDate>2022-09-01</StartDate><SENprovision>N</SENprovision></SEN>
        <SENneeds><SENneed>SPLD</SENneed></SENneeds>
      </SENhistory>
      <Address><PAON>12</PAON><Street>Alder Road</Street><Town>Fulham</Town><PostCode>SW6 1AA</PostCode></Address>
      <Phones><Phone><TelephoneType>H</TelephoneType><PhoneNo>020 7946 0000</PhoneNo></Phone></Phones>
      <Email>child@example.org</Email>
      <Contacts>
        <Contact>
          <Order>2</Order><Title>Mr</Title><Forename>Kofi</Forename><Surname>Osei</Surname><Gender>M</Gender>
          <Relationship>FAT</Relationship><Responsibility>true</Responsibility>
          <Address><AddressLines><AddressLine1>Flat 2</AddressLine1><AddressLine2>9 Elm Close</AddressLine2></AddressLines><PostCode>SW6 2BB</PostCode></Address>
        </Contact>
        <Contact>
          <Order>1</Order><Title>Mrs</Title><Forename>Adwoa</Forename><Surname>Osei</Surname>
          <Relationship>MOT</Relationship><Responsibility>Y</Responsibility><AddressAsPupil>true</AddressAsPupil>
          <Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900123</PhoneNo></Phone></Phones>
          <Email>adwoa@example.org</Email>
        </Contact>
      </Contacts>
      <Attendance><Sessions>3</Sessions></Attendance>
    </Pupil>
    <Pupil>
      <UPN>H205200100002</UPN><Surname>Łukasiewicz</Surname><Forename><![CDATA[Zoë & co]]></Forename><DOB>2016-02-29</DOB>
    </Pupil>
  </CTFpupilData>
</CTfile>
"#;

#[test]
fn version_25() {
    let register = register(FULL);
    let people: Vec<String> = register.people.iter().map(told).collect();
    assert_eq!(
        people,
        [
            "8 H205200100001 Ama O'Sei 2015-04-03 year Some(5) class - sen yes looked after no",
            "39 H205200100002 Zoë & co Łukasiewicz 2016-02-29 year None class - sen ? looked after ?",
        ]
    );
    assert_eq!(register.people[0].known_as.as_deref(), Some("Amy"));
    let [mother, father] = &register.people[0].contacts[..] else { panic!("two contacts") };
    assert_eq!((mother.name.as_str(), mother.relationship.as_deref()), ("Mrs Adwoa Osei", Some("MOT")));
    assert_eq!((mother.order, mother.responsibility), (Some(1), Some(true)));
    assert_eq!(mother.address, ["12 Alder Road", "Fulham", "SW6 1AA"], "as the pupil's");
    assert_eq!(
        (mother.phones.join(""), mother.email.as_deref()),
        ("07700 900123".into(), Some("adwoa@example.org"))
    );
    assert_eq!(father.address, ["Flat 2", "9 Elm Close", "SW6 2BB"]);
    assert_eq!(
        register.dropped,
        [
            "UniqueLearnerNumber",
            "Sex",
            "MiddleNames",
            "Ethnicity",
            "Languages",
            "SENneeds",
            "Phones",
            "Email",
            "Gender",
            "Attendance"
        ]
    );
    assert!(register.rejected.is_empty() && register.doubts.is_empty());
    assert_eq!(register.source, Source::Ctf { version: "25.0".into(), encoding: Encoding::Utf8 });
}

fn around(pupil: &str) -> String {
    format!("<CTfile><CTFpupilData>\n{pupil}\n</CTFpupilData></CTfile>")
}

const PUPIL: &str = "<Pupil><UPN>H205200100001</UPN><Surname>Osei</Surname><Forename>Zoë</Forename><DOB>2015-04-03</DOB><Gender>F</Gender></Pupil>";
const TOLD: &str = "2 H205200100001 Zoë Osei 2015-04-03 year None class - sen ? looked after ?";

#[test]
fn older_shapes_and_other_encodings() {
    let utf16 = |text: &str, le: bool, mark: bool| -> Vec<u8> {
        let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
        units.flat_map(|u: u16| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    };
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    let plain = around(PUPIL);
    let declared = |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{plain}");
    for (name, bytes) in [
        ("gender", plain.clone().into_bytes()),
        ("no declaration, with a mark", format!("\u{FEFF}{plain}").into_bytes()),
        ("ATF", plain.replace("CTFpupilData", "ATFpupilData").replace("CTfile", "ATfile").into_bytes()),
        (
            "with a namespace",
            plain
                .replace("<CTfile>", "<c:CTfile xmlns:c='urn:x'>")
                .replace("</CTfile>", "</c:CTfile>")
                .into_bytes(),
        ),
        ("Windows line breaks", plain.replace('\n', "\r\n").into_bytes()),
        ("UTF-16, little end first", utf16(&declared("utf-16"), true, true)),
        ("UTF-16, big end first", utf16(&declared("UTF-16"), false, true)),
        ("UTF-16 without a mark", utf16(&declared("utf-16"), true, false)),
        ("Windows-1252, declared", latin(&declared("Windows-1252"))),
        ("Latin-1, declared", latin(&declared("ISO-8859-1"))),
        ("Windows-1252 that says UTF-8", latin(&declared("utf-8"))),
        ("UTF-8 that says UTF-16", declared("utf-16").into_bytes()),
    ] {
        let register = read_bytes(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(register.people.iter().map(told).collect::<Vec<_>>(), [TOLD], "{name}");
    }
}

#[test]
fn older_places_of_the_same_facts() {
    let register = register(&around(
        "<Pupil><Surname>Osei</Surname><Forename>Ama</Forename><DOB>03/04/2015</DOB><YearGroup>5</YearGroup><RegGroup>5B</RegGroup>\
         <SEN><SENprovision>E</SENprovision></SEN><InCare>1</InCare>\
         <SchoolHistory><School><LEA>1</LEA><Estab>2</Estab><LeavingDate>2025-12-19</LeavingDate></School></SchoolHistory></Pupil>",
    ));
    assert_eq!(
        told(&register.people[0]),
        "2 - Ama Osei 2015-04-03 year Some(5) class 5B sen yes looked after yes"
    );
    assert_eq!(register.people[0].left_on, None, "another school's day of leaving");
}

#[test]
fn leavers_are_told_by_the_school_that_wrote_the_file() {
    let file = around(
        "<Pupil><Surname>Osei</Surname><Forename>Ama</Forename><SchoolHistory><School><LEA>205</LEA><Estab>2001</Estab>\
         <LeavingDate>2025-12-19</LeavingDate></School></SchoolHistory></Pupil>",
    );
    let header = "<CTfile><Header><SourceSchool><LEA>205</LEA><Estab>2001</Estab></SourceSchool></Header>";
    let register = register(&file.replace("<CTfile>", header));
    assert_eq!(register.people[0].left_on.map(Day::iso).as_deref(), Some("2025-12-19"));
}

#[test]
fn pupils_that_are_kept_out_have_their_line() {
    let register = register(&around(
        "<Pupil><Surname>Osei</Surname><DOB>2015-04-03</DOB></Pupil>\n<Pupil/>\n\
         <Pupil><Surname>Osei</Surname><Forename>Ama</Forename><DOB>2015-02-30</DOB></Pupil>\n\
         <Pupil><Surname>Osei</Surname><Forename>Ben</Forename><DOB>2027-02-03</DOB></Pupil>\n\
         <Pupil><UPN>H205200100001</UPN><Surname>Osei</Surname><Forename>Cy</Forename></Pupil>\n\
         <Pupil><UPN>H205200100001</UPN><Surname>Cole</Surname><Forename>Di</Forename></Pupil>",
    ));
    assert_eq!(
        rejected(&register),
        [
            (2, "the forename is missing"),
            (3, "the name is missing"),
            (4, "the date of birth is no day of the calendar, read as day, month and year"),
            (5, "the date of birth lies in the future"),
            (7, "the UPN is that of line 6, but the name or the date of birth is another"),
        ]
    );
    assert_eq!(register.people.len(), 1);
}

#[test]
fn hostile_files_are_refused_by_name() {
    let deep = format!("<CTfile>{}", "<a>".repeat(10_000));
    let lol = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>";
    for (name, file, says) in [
        (
            "entity bomb",
            format!("<?xml version=\"1.0\"?>\n{lol}{}", around("<Pupil><Surname>&c;</Surname></Pupil>")),
            "line 2: the file has a document type definition",
        ),
        (
            "external DTD",
            format!("<!DOCTYPE CTfile SYSTEM \"file:///etc/passwd\">{}", around(PUPIL)),
            "document type definition",
        ),
        (
            "own entity",
            around("<Pupil>\n<Surname>&secret;</Surname></Pupil>"),
            "line 3: the file has an entity of its own",
        ),
        (
            "own entity in what is passed over",
            around("<Pupil><Ethnicity>&secret;</Ethnicity></Pupil>"),
            "entity of its own",
        ),
        ("a letter that is none", around("<Pupil><Surname>&#xFFFFFFFF;</Surname></Pupil>"), "broken"),
        ("deep", deep, "nested deeper than 48"),
        ("cut off", around(PUPIL)[..80].to_owned(), "broken or cut off"),
        ("tags crossed", around("<Pupil><Surname>Osei</Pupil></Surname>"), "broken or cut off"),
        ("two encodings", String::new(), "two encodings"),
    ] {
        let mut bytes = file.into_bytes();
        if bytes.is_empty() {
            bytes = around(&format!("{PUPIL}\n<Pupil><Surname>?</Surname></Pupil>")).into_bytes();
            let at = bytes.iter().position(|b| *b == b'?').unwrap();
            bytes[at] = 0xEB;
        }
        let error = refused(&bytes);
        assert!(error.contains(says), "{name}: {error:?} should say {says:?}");
    }
}

#[test]
fn long_texts_and_many_contacts_are_bounded() {
    let long = around(&format!(
        "<Pupil><Surname>{}</Surname><Forename>Ama</Forename></Pupil>",
        "a".repeat(1_000_000)
    ));
    assert_eq!(rejected(&register(&long)), [(2, "the surname is longer than 120 letters")]);
    let contact = |n| format!("<Contact><Order>{n}</Order><Surname>Osei{n}</Surname></Contact>");
    let contacts = (0..100).map(contact).collect::<Vec<_>>().concat();
    let many = register(&around(&format!(
        "<Pupil><Surname>Osei</Surname><Forename>Ama</Forename><Contacts>{contacts}</Contacts></Pupil>"
    )));
    assert_eq!(many.people[0].contacts.len(), 12);
    assert_eq!(many.doubts[0].why, "there are more than 12 contacts; the first 12 are read");
}
