//! Registers into case files: who is new, who changed, who left, and whom nobody can be sure of. Everyone is invented.

use super::*;
use crate::app::{Cost, NewCaseFile, Secret, World};
use crate::domain::{Family, Household, Name, School};
use crate::intake::register::{self, Options};
use tempfile::TempDir;

fn today() -> Day {
    Day::new(2026, 1, 19).unwrap()
}

fn case_file() -> (TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let new = NewCaseFile {
        folder: folder.path().join("a.casebook"),
        school: School::default(),
        owner: "Lead".into(),
        passphrase: Secret::new("one two three".into()),
        cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
    };
    let (session, _words) = Session::create(&new, World::on(today())).unwrap();
    (folder, session)
}

fn csv(text: &str) -> Register {
    register::read(text.as_bytes(), &Options { today: today(), mapping: &Mapping::default() }).unwrap()
}

fn on_roll(session: &Session, name: &str, born: Option<&str>, change: impl FnOnce(&mut Person)) -> Person {
    let mut person =
        Person::new(session.new_person_id().unwrap(), Name::new(name).unwrap(), Who::CurrentPupil);
    person.born = born.map(|born| Day::parse(born).unwrap());
    change(&mut person);
    session.save_person(&person).unwrap();
    person
}

fn names<'p>(people: impl IntoIterator<Item = &'p Person>) -> Vec<&'p str> {
    people.into_iter().map(|person| person.name.full()).collect()
}

const FILE: &str = "UPN,Surname,Forename,DOB,Year,Class,SEN,Looked After,Contact 1 Name,Contact 1 PR,Contact 1 Mobile,Contact 1 Address,Contact 2 Name,Contact 2 PR,Contact 2 Address,Contact 3 Name,Contact 3 PR\n\
    H205200100001,Osei,Kofi,14/06/2015,5,5H,N,N,Mrs A Osei,Y,01632 960112,12 Station Road,Mr K Osei,Y,12 Station Road,Ms Gran,N\n\
    H205200100002,O'Brien,Zoë,29/02/2016,4,4A,K,Y,Ms One,,,,Mr Two,,,,\n";

#[test]
fn an_empty_roll_is_filled_in_one_change() {
    let (_folder, session) = case_file();
    let before = session.verify().unwrap().events;
    let plan = session.plan_roll(&csv(FILE), false).unwrap();
    assert_eq!((plan.new.len(), plan.changed.len(), plan.unchanged), (2, 0, 0));
    assert_eq!(session.verify().unwrap().events, before, "a plan writes nothing");
    let done = session.import_roll(&csv(FILE), RollChoices::default()).unwrap();
    assert_eq!(done, RollDone { new: 2, changed: 0, left: 0 });
    assert_eq!(session.verify().unwrap().events, before + 2);
    let mut people = session.everyone().unwrap();
    people.sort_by_key(|person| person.upn.clone());
    let [kofi, zoe] = &people[..] else { panic!("two pupils") };
    assert_eq!((kofi.year, kofi.class.as_str(), kofi.send), (Some(5), "5H", false));
    let home = Household {
        addressees: "Mrs A Osei and Mr K Osei".into(),
        address: vec!["12 Station Road".into()],
        phone: "01632 960112".into(),
        family: Family { responsibility: "Mrs A Osei and Mr K Osei".into(), ..Family::default() },
    };
    assert_eq!(kofi.households, [home], "nobody without parental responsibility is written to");
    assert!(zoe.households.iter().all(|home| home.family.is_empty()), "the file says it of nobody");
    assert!(zoe.send && zoe.note.contains("Looked after"));
    assert_eq!(zoe.households.len(), 2, "without an address nobody is known to live with anybody");
    assert!(session.verify().unwrap().problems.is_empty());
}

#[test]
fn the_same_file_again_changes_nothing() {
    let (_folder, session) = case_file();
    session.import_roll(&csv(FILE), RollChoices::default()).unwrap();
    let plan = session.plan_roll(&csv(FILE), true).unwrap();
    assert_eq!((plan.new.len(), plan.changed.len(), plan.unchanged, plan.leavers.len()), (0, 0, 2, 0));
}

#[test]
fn pupils_are_matched_and_what_changes_is_named() {
    let (_folder, session) = case_file();
    let kofi = on_roll(&session, "kofi OSEI", Some("2015-06-14"), |person| {
        person.send = true;
        person.class = "4H".into();
        person.households = vec![Household { addressees: "Typed by hand".into(), ..Household::default() }];
    });
    on_roll(&session, "Zoe Brien", Some("2016-02-29"), |person| {
        person.upn = "H205200100002".into();
        person.who = Who::ExPupil;
        person.left_on = Some(today());
        person.school = "Oak Junior".into();
    });
    let plan = session.plan_roll(&csv(FILE), false).unwrap();
    assert!(plan.new.is_empty() && plan.leavers.is_empty());
    assert_eq!(
        plan.changed[0].what,
        ["name", "UPN", "year", "class"],
        "needs and homes that a lead entered stay"
    );
    assert_eq!(plan.changed[0].person.id, kofi.id);
    let what = ["name", "on the roll", "year", "class", "special needs", "looked after", "homes"];
    assert_eq!(plan.changed[1].what, what);
    assert_eq!((plan.changed[1].person.left_on, plan.changed[1].person.school.as_str()), (None, ""));
    let plan = session.plan_roll(&csv(FILE), true).unwrap();
    assert!(plan.changed[0].what.contains(&"homes"));
}

#[test]
fn a_register_does_not_undo_what_was_said_of_a_home() {
    let (_folder, session) = case_file();
    let home = |adults: &str, street: &str, family: Family| Household {
        addressees: adults.into(),
        address: vec![street.into()],
        family,
        ..Household::default()
    };
    let polish = Family { language: "Polish".into(), interpreter: true, ..Family::default() };
    let kofi = on_roll(&session, "Kofi Osei", Some("2015-06-14"), |person| {
        person.households = vec![home("Mrs A Osei", "12 Station Road", polish.clone())];
    });
    let plan = session.plan_roll(&csv(FILE), true).unwrap();
    let after = &plan.changed.iter().find(|changed| changed.person.id == kofi.id).unwrap().person;
    let responsibility = "Mrs A Osei and Mr K Osei".to_owned();
    assert_eq!(after.households[0].family, Family { responsibility, ..polish.clone() });
    assert!(plan.doubts.is_empty());

    // With an order about one of them, the homes are a person's to change, whatever else is taken.
    let order = Family { do_not_contact: "A court order.".into(), ..Family::default() };
    let stopped = home("Mr K Osei", "1 Quay", order.clone());
    let stopped = [stopped, home("Mr X", "2 Quay", order), kofi.households[0].clone()];
    session.save_person(&Person { households: stopped.to_vec(), ..kofi.clone() }).unwrap();
    let plan = session.plan_roll(&csv(FILE), true).unwrap();
    let after = plan.changed.iter().find(|changed| changed.person.id == kofi.id).unwrap();
    assert_eq!(after.person.households, stopped);
    assert!(!after.what.contains(&"homes") && after.what.contains(&"class"), "{:?}", after.what);
    let [doubt] = &plan.doubts[..] else { panic!("one thing to look at") };
    assert!(doubt.line == 2 && doubt.why.contains("not to be contacted"), "{doubt:?}");
}

#[test]
fn nobody_is_guessed() {
    let (_folder, session) = case_file();
    on_roll(&session, "Kofi Osei", None, |_| {});
    on_roll(&session, "Ann Lee", Some("2015-01-01"), |_| {});
    on_roll(&session, "Ann Lee", Some("2015-01-01"), |_| {});
    on_roll(&session, "Ben Cole", Some("2015-01-02"), |person| person.upn = "H205200100009".into());
    on_roll(&session, "Cy Day", None, |_| {});
    on_roll(&session, "Di Fox", Some("2015-01-03"), |person| person.upn = "H205200100008".into());
    let file = csv(
        "UPN,Surname,Forename,DOB\n,Osei,Kofi,14/06/2015\n,Lee,Ann,01/01/2015\nH205200100009,Other,Name,03/03/2015\n\
                    ,Day,Cy,\nH205200100007,Fox,Di,03/01/2015\n",
    );
    let plan = session.plan_roll(&file, false).unwrap();
    let why: Vec<(u64, &str)> =
        plan.kept_out.iter().map(|remark| (remark.line, remark.why.as_str())).collect();
    assert_eq!(
        why,
        [
            (
                2,
                "somebody of this name is in the case file, and without both dates of birth it is not certain that it is the same child"
            ),
            (3, "two people in the case file have this name and date of birth"),
            (4, "the UPN is that of somebody with another name and date of birth"),
        ]
    );
    assert_eq!((plan.unchanged, names(&plan.new)), (1, vec!["Di Fox"]), "two numbers are two children");
    assert!(!plan.may_leave());
    let refused =
        session.import_roll(&file, RollChoices { leavers_on: Some(today()), ..RollChoices::default() });
    assert!(matches!(refused, Err(Error::Incomplete { .. })));
    assert_eq!(session.everyone().unwrap().len(), 6, "nothing was written");
}

#[test]
fn who_is_not_in_the_file_leaves_only_when_a_person_says_so() {
    let (_folder, session) = case_file();
    on_roll(&session, "Kofi Osei", Some("2015-06-14"), |_| {});
    let gone = on_roll(&session, "Gone Girl", Some("2015-01-01"), |_| {});
    on_roll(&session, "Old Boy", Some("2012-01-01"), |person| person.who = Who::ExPupil);
    on_roll(&session, "Unknown Sender", None, |person| person.who = Who::Unknown);
    let file = csv(&format!("A title above\n{FILE}"));
    assert_eq!(names(&session.plan_roll(&file, false).unwrap().leavers), ["Gone Girl"]);
    session.import_roll(&file, RollChoices::default()).unwrap();
    let person =
        |id| session.everyone().unwrap().into_iter().find(|person: &Person| person.id == id).unwrap();
    assert_eq!(person(gone.id).who, Who::CurrentPupil);
    let last = Day::new(2025, 12, 19).unwrap();
    let choices = RollChoices { leavers_on: Some(last), ..RollChoices::default() };
    assert_eq!(session.import_roll(&file, choices).unwrap(), RollDone { new: 0, changed: 0, left: 1 });
    assert_eq!((person(gone.id).who, person(gone.id).left_on), (Who::ExPupil, Some(last)));
}

#[test]
fn a_leaving_date_in_the_file_makes_a_former_pupil() {
    let (_folder, session) = case_file();
    let kofi = on_roll(&session, "Kofi Osei", Some("2015-06-14"), |_| {});
    let file = csv(
        "Surname,Forename,DOB,Leaving Date\nOsei,Kofi,14/06/2015,19/12/2025\nLee,Ann,01/01/2015,31/12/2026\n",
    );
    session.import_roll(&file, RollChoices::default()).unwrap();
    let people = session.everyone().unwrap();
    let after = people.iter().find(|person| person.id == kofi.id).unwrap();
    assert_eq!((after.who, after.left_on), (Who::ExPupil, Day::new(2025, 12, 19).ok()));
    let ann = people.iter().find(|person| person.id != kofi.id).unwrap();
    assert_eq!((ann.who, ann.left_on), (Who::CurrentPupil, None), "not yet");
}

#[test]
fn the_columns_chosen_are_remembered_in_the_case_file() {
    let (_folder, session) = case_file();
    assert_eq!(session.column_choices().unwrap(), Mapping::default());
    let mut mapping = Mapping::default();
    mapping.choose("Set", "class".parse().ok());
    mapping.choose("Notes", None);
    session.save_column_choices(&mapping).unwrap();
    let events = session.verify().unwrap().events;
    session.save_column_choices(&mapping).unwrap();
    assert_eq!(session.column_choices().unwrap(), mapping);
    assert_eq!(session.verify().unwrap().events, events, "the same choices are written once");
}
