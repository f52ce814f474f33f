//! No route changes or removes a stored text without a trace: every use case that writes is tried on a case file with
//! something in it, and every table of the schema is named here with what keeps it. A new one that is not named fails.

use crate::architecture::{root, sources};
use crate::letters::answered;
use casebook::app::{
    Anchor, CheckIn, Confirmation, Cost, DestroyConfirmed, DisclosureWords, Identity, Mapping, NewAction,
    NewCaseFile, PlaceIs, Progress, RollChoices, SchoolPicture, Secret, Session, ToldOf, World, demo,
    read_register,
};
use casebook::domain::{
    AccessRequestId, ActionState, BackupPlan, BreachStep, CameTo, CaseState, ChatMarks, Day, DocumentCode,
    Draft, FiveParts, ImageGate, KeyHolder, KeyRole, LetterCode, LetterId, LetterState, Name, NotTaken,
    Occasion, OwnAction, PaperCode, Person, RetentionClass, Ruling, TimeOfDay, Who,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A made-up school with four cases, and a place for files.
struct Bench {
    folder: tempfile::TempDir,
    session: Session,
}

const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        Self { folder, session }
    }

    /// An open case with occasions, contacts and open actions.
    fn case(&self) -> casebook::app::CaseView {
        let rows = self.session.cases("").unwrap();
        let mut views = rows.iter().map(|row| self.session.case(row.id).unwrap());
        let whole = |view: &casebook::app::CaseView| {
            let open = view.actions.iter().any(|a| a.state == ActionState::Open);
            view.case.state == CaseState::Open
                && !view.contacts.is_empty()
                && !view.occasions.is_empty()
                && open
        };
        views.find(whole).unwrap()
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn draft_letter(&self) -> LetterId {
        let view = self.case();
        let code = PaperCode::Letter(LetterCode::Target);
        let offers = self.session.papers_on_offer(&view).unwrap();
        let offer = offers.iter().find(|offer| offer.code == code && offer.blocked.is_none()).unwrap();
        self.session.write_letter(view.case.id, code, offer.about).unwrap()[0]
    }

    /// An approved letter that reached somebody whom it was not for.
    fn wrong_letter(&self) -> LetterId {
        let id = self.draft_letter();
        self.session.approve_letter(id).unwrap();
        let known = (self.session.today(), TimeOfDay::parse("09:15").unwrap());
        self.session.letter_went_wrong(id, known, "It went to another home.").unwrap();
        id
    }

    fn chat_marks(&self) -> ChatMarks {
        ChatMarks {
            case: self.case().case.id,
            sha256: "0".repeat(64),
            device: "A phone".into(),
            brought_by: "Mrs Bell".into(),
            lines: [3, 4].into(),
        }
    }

    /// A draft in which the guard finds a word that may stand for a reason.
    fn found(&self) -> (LetterId, casebook::domain::Spot) {
        let id = self.draft_letter();
        let body = self.session.letter(id).unwrap().body;
        let view =
            self.session.edit_letter(id, &format!("{body}\n\nWe need proof of your address.")).unwrap();
        let finding = view.findings.iter().find(|finding| finding.must_change.is_none()).unwrap();
        (id, finding.spot.clone())
    }

    fn told(&self) -> ToldOf {
        ToldOf {
            description: "A screenshot".into(),
            captured_by: "Mrs Bell".into(),
            device: String::new(),
            on: self.session.today(),
            time: String::new(),
            occasion: None,
        }
    }

    fn evidence(&self) -> casebook::domain::Evidence {
        // Another one each time: the same file is taken in once.
        let file = self.file("seen.txt", self.session.anchor().unwrap().to_string().as_bytes());
        let case = self.case().case.id;
        let progress = Progress::default();
        self.session.add_evidence(case, &self.told(), (&file, ImageGate::No), &progress).unwrap()
    }

    fn draft(&self) -> Draft {
        let mut draft = self.session.begin().unwrap();
        draft.disclosure = self.case().as_disclosure();
        for (at, occasion) in draft.disclosure.occasions.iter_mut().enumerate() {
            occasion.id = self.session.new_occasion_id().unwrap();
            occasion.words = format!("words {at}");
        }
        draft
    }

    fn confirmation() -> Confirmation {
        Confirmation { gap_reason: "Read together.".into(), ..Confirmation::default() }
    }

    fn due(&self) -> Day {
        self.session.school().unwrap().calendar.school_days_after(self.session.today(), 4)
    }

    fn own_action(&self, title: &str) -> NewAction {
        let what = OwnAction { title: title.into(), owner: "Mrs Bell".into(), check_in: false };
        NewAction { what, about: None, due: self.due() }
    }

    fn close(&self) -> casebook::domain::CaseId {
        let id = self.case().case.id;
        let said = || "Said.".to_owned();
        let parts = FiveParts {
            summary: said(),
            follow_up: said(),
            action: said(),
            decision: said(),
            outcome: said(),
        };
        let look = CheckIn { after: 5, by: "Mrs Bell".into() };
        self.session.close_case(id, CameTo::Stopped, &parts, &[look]).unwrap();
        id
    }

    /// A case file of its own, opened as an older copy of itself.
    fn older_copy(&self) -> Session {
        let folder = self.folder.path().join("replayed.casebook");
        let world = || World {
            last_seen: Some(self.folder.path().join("seen")),
            ..World::on(Day::new(2026, 1, 19).unwrap())
        };
        let new = NewCaseFile {
            folder: folder.clone(),
            school: casebook::domain::School::default(),
            owner: "Mrs Amy Wells".into(),
            passphrase: secret("head"),
            cost: CHEAP,
        };
        Session::create(&new, world()).unwrap().0.finish();
        let aside = self.folder.path().join("aside");
        copy(&folder, &aside);
        let session = Session::open(&folder, &secret("head"), world()).unwrap();
        session
            .save_school(&casebook::domain::School { name: "Later".into(), ..Default::default() })
            .unwrap();
        session.finish();
        fs::remove_dir_all(&folder).unwrap();
        copy(&aside, &folder);
        Session::open(&folder, &secret("head"), world()).unwrap()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What was in the record before a route was tried, and the session that has it now. A route may hand over another one.
type Tried = Option<(Session, Anchor)>;

/// Every use case that writes, by the name of its function, with a try that changes or takes away something stored.
type Route = (&'static str, fn(&Bench) -> Tried);

const ROUTES: &[Route] = &[
    ("save_draft", |b| {
        let draft = b.draft();
        b.session.save_draft(&draft).unwrap();
        let told_by = "Changed.".into();
        let disclosure = casebook::domain::Disclosure { told_by, ..draft.disclosure.clone() };
        b.session.save_draft(&Draft { disclosure, ..draft }).unwrap();
        None
    }),
    ("withdraw_draft", |b| {
        let draft = b.draft();
        b.session.save_draft(&draft).unwrap();
        b.session.discard_draft(draft.id).unwrap();
        None
    }),
    ("open_case", |b| {
        let draft = b.draft();
        b.session.save_draft(&draft).unwrap();
        b.session.open_case(&draft, &Bench::confirmation()).unwrap();
        None
    }),
    ("decide_again", |b| {
        b.session.decide_again(b.case().case.id, &Bench::confirmation()).unwrap();
        None
    }),
    ("save_occasion", |b| {
        let mut occasion = b.case().occasions[0].clone();
        occasion.words = "other words".into();
        assert!(b.session.save_occasion(&occasion, " ").is_err());
        b.session.save_occasion(&occasion, "misread").unwrap();
        None
    }),
    ("save_contact", |b| {
        let mut contact = b.case().contacts[0].clone();
        contact.note = "other words".into();
        assert!(b.session.save_contact(&contact, " ").is_err());
        b.session.save_contact(&contact, "misheard").unwrap();
        None
    }),
    ("set_action", |b| {
        let view = b.case();
        let action = view.actions.iter().find(|a| a.state == ActionState::Open).unwrap();
        let on = b.session.today();
        b.session.set_action(action, ActionState::Done { on, note: "Rung.".into() }).unwrap();
        b.session.set_action(action, ActionState::Open).unwrap();
        None
    }),
    ("save_answers", |b| {
        let case = b.case().case;
        let mut answers = case.answers.clone();
        answers.opened = Some(["social_care".to_owned()].into());
        b.session.save_answers(case.id, answers.clone()).unwrap();
        answers.child_wishes = "Something else.".into();
        if !case.answers.child_wishes.is_empty() {
            assert!(b.session.save_answers(case.id, answers).is_err());
        }
        None
    }),
    ("amend_disclosure", |b| {
        let case = b.case().case;
        let words = DisclosureWords { account: "Other words.".into(), ..DisclosureWords::of(&case) };
        assert!(b.session.amend_disclosure(case.id, &words, "").is_err());
        b.session.amend_disclosure(case.id, &words, "misheard").unwrap();
        None
    }),
    ("close_case", |b| {
        let id = b.close();
        b.session.reopen_case(id, "for the others").unwrap();
        None
    }),
    ("reopen_case", |b| {
        let id = b.close();
        assert!(b.session.reopen_case(id, " ").is_err());
        b.session.reopen_case(id, "too early").unwrap();
        None
    }),
    ("add_action", |b| {
        b.session.add_action(b.case().case.id, &b.own_action("Ring")).unwrap();
        None
    }),
    ("amend_action", |b| {
        let id = b.session.add_action(b.case().case.id, &b.own_action("Ring")).unwrap();
        assert!(b.session.amend_action(id, &b.own_action("Write"), "").is_err());
        b.session.amend_action(id, &b.own_action("Write"), "no number").unwrap();
        None
    }),
    ("export_due_dates", |b| {
        b.session.export_due_dates(None, b.folder.path()).unwrap();
        None
    }),
    ("write_letter_with", |b| {
        b.draft_letter();
        None
    }),
    ("edit_letter", |b| {
        b.session.edit_letter(b.draft_letter(), "Another text.").unwrap();
        None
    }),
    ("set_large_print", |b| {
        b.session.set_large_print(b.draft_letter(), true).unwrap();
        None
    }),
    ("approve_letter_watched", |b| {
        let id = b.draft_letter();
        let view = b.session.approve_letter(id).unwrap();
        assert!(matches!(view.record.state, LetterState::Approved { .. }));
        assert!(b.session.edit_letter(id, "Another text.").is_err());
        None
    }),
    ("let_out", |b| {
        let id = b.draft_letter();
        b.session.approve_letter(id).unwrap();
        b.session.copy_to_view(id).unwrap().remove().unwrap();
        let folder = b.folder.path().join("letters");
        fs::create_dir(&folder).unwrap();
        b.session.export_letter(id, &folder).unwrap();
        None
    }),
    ("export_merge", |b| {
        let id = b.draft_letter();
        b.session.approve_letter(id).unwrap();
        let folder = b.folder.path().join("merged");
        fs::create_dir(&folder).unwrap();
        b.session.export_merge(id, &folder, &Progress::default()).unwrap();
        None
    }),
    ("replace_letter", |b| {
        let id = b.draft_letter();
        b.session.approve_letter(id).unwrap();
        b.session.replace_letter(id).unwrap();
        None
    }),
    ("translate", |b| {
        let id = b.draft_letter();
        b.session.set_translation(id, "pl", "Dziękujemy za rozmowę.", "The council").unwrap();
        b.session.remove_translation(id).unwrap();
        None
    }),
    ("fields_to_copy", |b| {
        let view = b.case();
        let code = PaperCode::Document(DocumentCode::Marf);
        let about = Some(view.case.target);
        let said = answered(&b.session.asked(&view, code, about).unwrap(), "x");
        let id = b.session.write_letter_with(view.case.id, code, about, &said).unwrap()[0];
        b.session.approve_letter(id).unwrap();
        b.session.fields_to_copy(id).unwrap();
        None
    }),
    ("letter_went_wrong", |b| {
        b.wrong_letter();
        None
    }),
    ("set_breach_step", |b| {
        let id = b.wrong_letter();
        let done = ActionState::Done { on: b.session.today(), note: "Rung.".into() };
        b.session.set_breach_step(id, BreachStep::Contain, done).unwrap();
        b.session.set_breach_step(id, BreachStep::Contain, ActionState::Open).unwrap();
        None
    }),
    ("keep_chat_marks", |b| {
        let marks = b.chat_marks();
        b.session.keep_chat_marks(&marks).unwrap();
        b.session.keep_chat_marks(&ChatMarks { lines: [7].into(), ..marks }).unwrap();
        None
    }),
    ("add_from_chat", |b| {
        let view = b.case();
        b.session.keep_chat_marks(&b.chat_marks()).unwrap();
        let id = b.session.new_occasion_id().unwrap();
        let occasion = Occasion { id, words: "from a chat".into(), ..view.occasions[0].clone() };
        b.session.add_from_chat(view.case.id, &[occasion], &view.people).unwrap();
        None
    }),
    ("dismiss_finding", |b| {
        let (id, spot) = b.found();
        b.session.dismiss_finding(id, &spot, "The name of a prize.").unwrap();
        None
    }),
    ("take_back_dismissal", |b| {
        let (id, spot) = b.found();
        b.session.dismiss_finding(id, &spot, "The name of a prize.").unwrap();
        b.session.take_back_dismissal(id, &spot).unwrap();
        None
    }),
    ("add_evidence", |b| {
        b.evidence();
        None
    }),
    ("put_evidence", |b| {
        let evidence = b.evidence();
        let other = ToldOf { description: "Another description".into(), ..b.told() };
        assert!(b.session.amend_evidence(&evidence, &other, " ").is_err());
        b.session.amend_evidence(&evidence, &other, "misnamed").unwrap();
        b.session.note_evidence(b.case().case.id, &b.told(), "On her phone", NotTaken::NotSure).unwrap();
        None
    }),
    ("export_evidence", |b| {
        let evidence = b.evidence();
        let (case, into) = (evidence.case, b.folder.path());
        b.session.export_evidence(case, &[evidence.id], into, &Progress::default()).unwrap();
        None
    }),
    ("save_column_choices", |b| {
        b.session.save_column_choices(&Mapping::from_words(&[("Nachname".to_owned(), None)].into())).unwrap();
        None
    }),
    ("save_school", |b| {
        let school =
            casebook::domain::School { name: "Another School".into(), ..b.session.school().unwrap() };
        b.session.save_school(&school).unwrap();
        None
    }),
    ("save_backup_plan", |b| {
        b.session.save_backup_plan(&BackupPlan { second_place: Some(b.folder.path().to_owned()) }).unwrap();
        None
    }),
    ("set_picture", |b| {
        let file = b.file("crest.png", PNG);
        b.session.set_picture(SchoolPicture::Crest, &file, true).unwrap();
        None
    }),
    ("remove_picture", |b| {
        let file = b.file("crest.png", PNG);
        b.session.set_picture(SchoolPicture::Crest, &file, true).unwrap();
        b.session.remove_picture(SchoolPicture::Crest).unwrap();
        None
    }),
    ("put_in_force", |b| {
        let stamp = b.session.policy().stamp();
        b.session.use_pack(&stamp).unwrap();
        None
    }),
    ("set_role", |b| {
        b.session.set_role(&KeyHolder { name: "Mr Tom Reed".into(), role: KeyRole::Deputy }).unwrap();
        b.session.set_role(&KeyHolder { name: "Mr Tom Reed".into(), role: KeyRole::Lead }).unwrap();
        None
    }),
    ("set_passphrase", |b| {
        let holder = KeyHolder { name: "Mr Tom Reed".into(), role: KeyRole::Deputy };
        b.session.add_person(&holder, &secret("a first"), CHEAP).unwrap();
        b.session.set_passphrase("Mr Tom Reed", &secret("a second"), CHEAP).unwrap();
        None
    }),
    ("rekey", |b| {
        let words = b.session.new_recovery_words().unwrap();
        b.session.replace_sheet(&words).unwrap();
        None
    }),
    ("go_on_knowingly", |b| {
        let session = b.older_copy();
        let before = session.anchor().unwrap();
        session.go_on_knowingly("The PC was set back.").unwrap();
        Some((session, before))
    }),
    ("create_anywhere", |b| {
        // Over a case file that is there already, nothing is made.
        let new = NewCaseFile {
            folder: b.session.folder(),
            school: casebook::domain::School::default(),
            owner: "Mrs Amy Wells".into(),
            passphrase: secret("head"),
            cost: CHEAP,
        };
        assert!(Session::create(&new, World::on(Day::new(2026, 1, 19).unwrap())).is_err());
        let new = NewCaseFile { folder: b.folder.path().join("other.casebook"), ..new };
        let (session, _words) = Session::create(&new, World::on(Day::new(2026, 1, 19).unwrap())).unwrap();
        let before = session.anchor().unwrap();
        session
            .save_school(&casebook::domain::School { name: "Later".into(), ..Default::default() })
            .unwrap();
        Some((session, before))
    }),
    ("import_roll", |b| {
        let pupil = b.case().people[0].clone();
        let text = format!(
            "Surname,Forename,Date of Birth,Class\nBlom,Ida,2016-02-03,3A\n{},{},{},9Z\n",
            pupil.name.full().split_once(' ').unwrap().1,
            pupil.name.first(),
            pupil.born.unwrap().iso()
        );
        let file = b.file("roll.csv", text.as_bytes());
        let register = read_register(&file, &Mapping::default(), b.session.today()).unwrap();
        let choices = RollChoices { replace_homes: true, leavers_on: None };
        b.session.import_roll(&register, choices).unwrap();
        None
    }),
    ("save_people", |b| {
        let mut people = b.session.everyone().unwrap();
        for person in &mut people {
            person.class = "9Z".into();
        }
        b.session.save_people(&people).unwrap();
        None
    }),
    ("amend_person", |b| {
        let person = b.case().people[0].clone();
        let name = casebook::domain::Name::new("Ida Blom").unwrap();
        let renamed = Person { name, ..person };
        assert!(b.session.save_person(&renamed).is_err());
        b.session.amend_person(&renamed, "misspelt").unwrap();
        None
    }),
    ("identify", |b| {
        let view = b.case();
        let account = Person { who: Who::Unknown, ..view.people[1].clone() };
        b.session.save_person(&account).unwrap();
        let known = Person::new(account.id, Name::new("Ned Vale").unwrap(), Who::OtherSchool);
        let is = Identity::New(Box::new(known));
        assert!(b.session.identify(view.case.id, account.id, &is, " ").is_err());
        b.session.identify(view.case.id, account.id, &is, "his mother told us").unwrap();
        None
    }),
];

/// A request for a copy of what is kept about the child of the case.
fn asked(b: &Bench) -> AccessRequestId {
    let child = b.case().case.target;
    b.session.open_access_request(child, b.session.today(), "The mother", "Known to the school").unwrap()
}

/// The first place of a copy that may be settled.
fn place(b: &Bench, id: AccessRequestId) -> (String, usize) {
    let view = b.session.access_view(id).unwrap();
    let mut passages = view.entries.iter().flat_map(|entry| &entry.passages);
    passages.find_map(|of| of.places.first().map(|place| (of.key.clone(), place.at))).unwrap()
}

/// A request of which everything is settled and read.
fn read(b: &Bench, id: AccessRequestId) {
    loop {
        let view = b.session.access_view(id).unwrap();
        let mut passages = view.entries.iter().flat_map(|entry| &entry.passages);
        let open = passages.find_map(|of| {
            let place = of.places.iter().find(|place| place.is == PlaceIs::Adult)?;
            Some((of.key.clone(), place.at))
        });
        let Some((key, at)) = open else { break };
        b.session.settle_access(id, (&key, at), true, Ruling::Stands, "Staff.").unwrap();
    }
    let entries: Vec<String> =
        b.session.access_view(id).unwrap().entries.iter().map(|entry| entry.key.clone()).collect();
    b.session.mark_access_read(id, &entries).unwrap();
}

fn sent(b: &Bench) -> AccessRequestId {
    let child = b.case().case.target;
    let id = b.session.open_transfer(child, b.session.today(), "Thornbury Hill School", "").unwrap();
    read(b, id);
    b.session.issue_access(id).unwrap();
    b.session.save_transfer(id, b.folder.path(), &secret("otter lantern copper meadow violin")).unwrap();
    id
}

fn destroyed(b: &Bench) {
    let id = b.close();
    let today = Some(b.session.today());
    b.session.set_retention(id, RetentionClass::OwnSchedule, today, "As the schedule says.").unwrap();
    let confirmed = DestroyConfirmed {
        reference: b.session.case(id).unwrap().case.reference,
        for_good: true,
        backups: true,
        reason: "Its time is over.".into(),
    };
    b.session.destroy_case(id, &confirmed, b.folder.path()).unwrap();
}

/// The routes of leaving and keeping.
const LEAVING: &[Route] = &[
    ("open_access_request", |b| {
        asked(b);
        None
    }),
    ("set_access_authority", |b| {
        b.session.set_access_authority(asked(b), "Known for years").unwrap();
        None
    }),
    ("extend_access", |b| {
        b.session.extend_access(asked(b), b.session.today(), "Many cases.").unwrap();
        None
    }),
    ("end_access", |b| {
        b.session.end_access(asked(b), "Taken back.").unwrap();
        None
    }),
    ("put_rulings", |b| {
        let id = asked(b);
        let (key, at) = place(b, id);
        b.session.settle_access(id, (&key, at), false, Ruling::Stands, "A street.").unwrap();
        None
    }),
    ("unsettle_access", |b| {
        let id = asked(b);
        let (key, at) = place(b, id);
        b.session.settle_access(id, (&key, at), false, Ruling::Stands, "A street.").unwrap();
        b.session.unsettle_access(id, &key, at).unwrap();
        None
    }),
    ("hold_back_access", |b| {
        let id = asked(b);
        let entry = b.session.access_view(id).unwrap().entries[0].key.clone();
        b.session.hold_back_access(id, &entry, "About another child.").unwrap();
        None
    }),
    ("let_go_access", |b| {
        let id = asked(b);
        let entry = b.session.access_view(id).unwrap().entries[0].key.clone();
        b.session.hold_back_access(id, &entry, "About another child.").unwrap();
        b.session.let_go_access(id, &entry).unwrap();
        None
    }),
    ("mark_access_read", |b| {
        read(b, asked(b));
        None
    }),
    ("issue_access", |b| {
        let id = asked(b);
        read(b, id);
        b.session.issue_access(id).unwrap();
        None
    }),
    ("save_access", |b| {
        let id = asked(b);
        read(b, id);
        b.session.issue_access(id).unwrap();
        b.session.save_access(id, b.folder.path()).unwrap();
        None
    }),
    ("open_transfer", |b| {
        b.session
            .open_transfer(b.case().case.target, b.session.today(), "Thornbury Hill School", "")
            .unwrap();
        None
    }),
    ("save_transfer", |b| {
        sent(b);
        None
    }),
    ("transfer_received", |b| {
        b.session.transfer_received(sent(b), b.session.today(), "Mr Ade Cole").unwrap();
        None
    }),
    ("set_retention", |b| {
        let id = b.case().case.id;
        assert!(b.session.set_retention(id, RetentionClass::SexualAbuse, None, " ").is_err());
        b.session.set_retention(id, RetentionClass::SexualAbuse, None, "It may be asked for.").unwrap();
        None
    }),
    ("set_hold", |b| {
        b.session.set_hold(b.case().case.id, "A solicitor wrote.").unwrap();
        None
    }),
    ("lift_hold", |b| {
        let id = b.case().case.id;
        b.session.set_hold(id, "A solicitor wrote.").unwrap();
        b.session.lift_hold(id, "It is settled.").unwrap();
        None
    }),
    // Takes texts away, and says of each that it did: the one route that may.
    ("destroy", |b| {
        destroyed(b);
        None
    }),
    ("certify", |b| {
        destroyed(b);
        None
    }),
];

/// Functions that hold the words of writing and are no route: why.
const NO_ROUTES: &[(&str, &str)] = &[
    ("write", "the one door to the store; every route goes through it"),
    ("keep_lines_up", "makes the lines of the list, which are derived; no text changes"),
    ("set_case_state", "compiled for tests alone"),
    ("by_hand", "compiled for tests alone"),
    ("case_by_hand", "compiled for tests alone"),
    ("keep_lines_up", "the lines of the list, made anew from the record; they hold nothing of their own"),
];

/// A picture of one white point.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0,
    0, 1, 8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 0x0C, b'I', b'D', b'A', b'T', 0x08, 0xD7, 0x63,
    0xF8, 0xFF, 0xFF, 0x3F, 0x00, 0x05, 0xFE, 0x02, 0xFE, 0xDC, 0xCC, 0x59, 0xE7, 0, 0, 0, 0, b'I', b'E',
    b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

/// The functions of `app` that write to a case file, by what stands in their text.
fn writing_functions() -> BTreeSet<String> {
    const DOORS: [&str; 6] = [
        "self.write(",
        "session.write(",
        "store.write(",
        "store.rekey(",
        "store.set_passphrase(",
        "store.destroy(",
    ];
    let mut found = BTreeSet::new();
    for file in sources(&root().join("src/app")) {
        let name = file.to_string_lossy().into_owned();
        if name.ends_with("tests.rs") || name.contains("/tests/") || name.contains("\\tests\\") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let mut function = String::new();
        for line in text.lines() {
            if let Some((_, after)) = line.trim_start().split_once("fn ")
                && !line.trim_start().starts_with("//")
            {
                let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
                after[..end].clone_into(&mut function);
            }
            if DOORS.iter().any(|door| line.contains(door)) {
                found.insert(function.clone());
            }
        }
    }
    found
}

#[test]
fn no_route_changes_or_removes_a_stored_text_without_a_trace() {
    let known: BTreeSet<String> = ROUTES
        .iter()
        .chain(LEAVING)
        .map(|(name, _)| *name)
        .chain(NO_ROUTES.iter().map(|(name, _)| *name))
        .map(str::to_owned)
        .collect();
    let writing = writing_functions();
    let new: Vec<_> = writing.difference(&known).collect();
    assert!(new.is_empty(), "these write to a case file and are not tried in ROUTES: {new:?}");
    let gone: Vec<_> = known.difference(&writing).collect();
    assert!(gone.is_empty(), "these are tried and write nothing any more: {gone:?}");

    // One school for all of them: what one leaves behind the next finds. What leaves or is destroyed has one of its own.
    let shared = Bench::new();
    let routes = ROUTES.iter().map(|route| (route, true)).chain(LEAVING.iter().map(|route| (route, false)));
    for ((name, route), together) in routes {
        let own = (!together).then(Bench::new);
        let bench = own.as_ref().unwrap_or(&shared);
        let first = bench.session.anchor().unwrap();
        let (session, before) = match route(bench) {
            Some(other) => other,
            None => (bench.session.clone(), first),
        };
        let after = session.anchor().unwrap();
        assert!(after.seq() > before.seq(), "{name} left no trace in the journal");
        // Every text up to the mark reads as it did: the chain commits to each of them.
        let report = session.verify_against(&[before, after]).unwrap();
        assert_eq!(report.problems, [], "{name}");
        assert_eq!(report.events, after.seq(), "{name}");
    }
}

/// What keeps each table of the schema.
const TABLES: [(&str, Kept); 11] = [
    ("event", Kept::AppendOnly),
    ("body", Kept::AppendOnly),
    ("blob", Kept::AppendOnly),
    ("blob_part", Kept::AppendOnly),
    ("search", Kept::Derived),
    ("case_number", Kept::Derived),
    ("case_line", Kept::Derived),
    ("case_mark", Kept::Derived),
    ("case_lines_seen", Kept::Derived),
    ("case_words", Kept::Derived),
    // While an index is made anew; it goes within the same change.
    ("words_meanwhile", Kept::Derived),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// The schema refuses a change and a removal.
    AppendOnly,
    /// It holds nothing that is not elsewhere, and may be rebuilt.
    Derived,
}

#[test]
fn every_table_refuses_a_change_or_holds_nothing_of_its_own() {
    let mut schema = String::new();
    for entry in fs::read_dir(root().join("schema")).unwrap().map(Result::unwrap) {
        if entry.path().extension().is_some_and(|ending| ending == "sql") {
            schema.push_str(&fs::read_to_string(entry.path()).unwrap());
        }
    }
    let made = |line: &str| {
        let rest =
            line.strip_prefix("CREATE TABLE ").or_else(|| line.strip_prefix("CREATE VIRTUAL TABLE "))?;
        Some(rest.split(['(', ' ']).next().unwrap_or_default().to_owned())
    };
    let there: BTreeSet<String> = schema.lines().filter_map(|line| made(line.trim())).collect();
    let named: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(there, named, "a table came or went: say here what keeps it");
    for (table, kept) in TABLES {
        for (act, what) in [("update", "UPDATE"), ("delete", "DELETE")] {
            let fence = format!("CREATE TRIGGER {table}_no_{act} BEFORE {what} ON {table}");
            assert_eq!(schema.contains(&fence), kept == Kept::AppendOnly, "{table}: {fence}");
        }
    }
}
