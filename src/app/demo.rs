//! An invented school with the policy's four scenarios, taken through the very use cases a lead has: to look at, to
//! print, and to compare between two PCs. Everyone in it is made up.
//!
//! The case file is real and encrypted, but its key is not secret: randomness and the clock are fixed, so that the same
//! documents come out byte for byte every time. Never keep a real record in it.

mod people;

use super::{Clock, Confirmation, Cost, Error, NewCaseFile, Secret, Session, World};
use crate::domain::{
    Account, ActionCode, ActionState, Answers, CaseId, Channel, Choice, Contact, ContactSafe, Danger, Day,
    Disclosure, DocumentCode, Draft, Imagery, LetterCode, LetterState, Nature, NoRandomness, Occasion,
    PaperCode, Person, PersonId, PlatformUse, Previous, Purpose, Random, Response, SelfHarm, Setting,
    SocialCare, StaffContact, Wishes,
};
use chrono::{DateTime, Utc};
use people::School;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// The passphrase of the demonstration's case file. Not a secret.
pub const PASSPHRASE: &str = "otter lantern copper meadow violin";

/// What the demonstration made.
#[derive(Debug)]
pub struct Made {
    /// The case file.
    pub case_file: PathBuf,
    /// The documents.
    pub documents: Vec<super::Exported>,
    /// How many cases.
    pub cases: usize,
    /// The open session.
    pub session: Session,
}

/// A clock that moves only when it is told to.
struct StoryClock(AtomicI64);

impl StoryClock {
    const START: &'static str = "2026-11-16";

    fn go_to(&self, day: Day) {
        self.0.store(day.days_since(start()), Ordering::Relaxed);
    }
}

fn start() -> Day {
    Day::parse(StoryClock::START).unwrap_or_else(|_| Day::from(chrono::NaiveDate::default()))
}

impl Clock for StoryClock {
    fn now(&self) -> DateTime<Utc> {
        self.today().date().and_hms_opt(9, 0, 0).unwrap_or_default().and_utc()
    }

    fn today(&self) -> Day {
        start().plus_days(self.0.load(Ordering::Relaxed))
    }
}

/// The same bytes in the same order every time: SHA-256 of a counter.
#[derive(Default)]
struct StoryRandom(AtomicU64);

impl Random for StoryRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for chunk in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let block = Sha256::new()
                .chain_update(b"casebook demonstration")
                .chain_update(count.to_be_bytes())
                .finalize();
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }
}

/// Makes the school, its four cases and their documents in a folder, telling each step as it is done.
///
/// # Errors
/// A folder that is taken, full or cannot be written.
pub fn make(folder: &Path, mut tell: impl FnMut(&str)) -> Result<Made, Error> {
    std::fs::create_dir_all(folder).map_err(|source| Error::Export { path: folder.to_owned(), source })?;
    let clock = Arc::new(StoryClock(AtomicI64::new(0)));
    let world = World { clock: clock.clone(), random: Arc::new(StoryRandom::default()), last_seen: None };
    let school = people::school();
    let case_file = folder.join("Larkfield Junior School.casebook");
    let new = NewCaseFile {
        folder: case_file.clone(),
        owner: school.signatory.name.clone(),
        school,
        passphrase: Secret::new(PASSPHRASE.into()),
        cost: Cost::STANDARD,
    };
    let (session, words) = Session::create_anywhere(&new, world)?;
    tell("the case file of Larkfield Junior School");
    session.save_recovery_sheet(&words, folder)?;
    tell("the recovery sheet");

    let story =
        Story { session, clock, folder: folder.to_owned(), documents: Vec::new(), school: School::default() };
    let mut story = story.enrol()?;
    for (what, scenario) in SCENARIOS {
        scenario(&mut story)?;
        tell(what);
    }
    story.catch_up()?;
    let cases = story.session.cases("")?.len();
    Ok(Made { case_file, documents: story.documents, cases, session: story.session })
}

type Scenario = fn(&mut Story) -> Result<(), Error>;

const SCENARIOS: [(&str, Scenario); 4] = [
    ("scenario 1: a former pupil", Story::former_pupil),
    ("scenario 2: pupils of the school, at the weekend", Story::weekend),
    ("scenario 3: Year 5 on an age-restricted platform", Story::age_restricted),
    ("scenario 4: a family refuses and it continues", Story::refusal),
];

struct Story {
    session: Session,
    clock: Arc<StoryClock>,
    folder: PathBuf,
    documents: Vec<super::Exported>,
    school: School,
}

/// One dated occasion of a scenario: day, sender, words.
type Said<'a> = (&'a str, &'a Person, &'a str);

fn day(iso: &str) -> Day {
    Day::parse(iso).unwrap_or_else(|_| start())
}

impl Story {
    /// Puts the invented pupils on the roll.
    fn enrol(mut self) -> Result<Self, Error> {
        self.school = people::pupils(&mut || self.session.new_person_id())?;
        self.session.save_people(&self.school.everyone())?;
        Ok(self)
    }

    /// Policy example 1.
    fn former_pupil(&mut self) -> Result<(), Error> {
        self.clock.go_to(day("2026-11-16"));
        let (target, sender) = (self.school.pupil("Anya")?, self.school.pupil("Callum")?);
        let words = "nobody misses you, loser";
        let said: Vec<Said<'_>> = ["2026-11-06", "2026-11-09", "2026-11-12", "2026-11-15"]
            .into_iter()
            .map(|d| (d, &sender, words))
            .collect();
        let case = self.disclose(
            "Anya’s mother rang the office and told Mrs Farrow.",
            &target,
            &[&sender],
            ("whatsapp", &said),
            |_| {},
        )?;
        self.spoke(case, &target, "2026-11-16", Response::Engaged)?;
        self.letter(case, LetterCode::Target, Some(target.id))?;
        self.letter(case, LetterCode::NewSchool, Some(sender.id))
    }

    /// Policy example 2.
    fn weekend(&mut self) -> Result<(), Error> {
        self.clock.go_to(day("2026-11-23"));
        let (target, first, second) =
            (self.school.pupil("Kofi")?, self.school.pupil("Daniel")?, self.school.pupil("Oliwia")?);
        let said = [
            ("2026-11-21", &first, "dont come to school monday"),
            ("2026-11-21", &second, "everyone left the group because of you"),
            ("2026-11-22", &first, "told you"),
            ("2026-11-22", &second, "lol look at him"),
        ];
        let told = "Kofi told his class teacher before registration on Monday.";
        let case = self.disclose(told, &target, &[&first, &second], ("whatsapp", &said), |_| {})?;
        self.spoke(case, &target, "2026-11-23", Response::Engaged)?;
        self.clock.go_to(day("2026-11-24"));
        self.spoke(case, &first, "2026-11-24", Response::Engaged)?;
        self.spoke(case, &second, "2026-11-24", Response::Engaged)?;
        self.letter(case, LetterCode::Target, Some(target.id))?;
        self.letter(case, LetterCode::Actor, Some(first.id))?;
        self.letter(case, LetterCode::Actor, Some(second.id))
    }

    /// Policy example 3.
    fn age_restricted(&mut self) -> Result<(), Error> {
        self.clock.go_to(day("2026-12-14"));
        let (target, first, second) =
            (self.school.pupil("Sita")?, self.school.pupil("Lottie")?, self.school.pupil("Marek")?);
        let said = [
            ("2026-12-12", &first, "you smell, go away"),
            ("2026-12-12", &second, "yeah go"),
            ("2026-12-13", &first, "who invited you"),
        ];
        let told = "Sita’s grandfather came to the gate and told Mr Idris.";
        let case = self.disclose(told, &target, &[&first, &second], ("whatsapp", &said), |_| {})?;
        self.spoke(case, &target, "2026-12-14", Response::Engaged)?;
        self.letter(case, LetterCode::Target, Some(target.id))?;
        self.letter(case, LetterCode::Actor, Some(first.id))?;
        // The letter to the year waits until the day after the targeted child's family was told.
        self.clock.go_to(day("2026-12-15"));
        self.letter(case, LetterCode::AgeAll, None)
    }

    /// Policy example 4: both conditions of CB-6, each from dated records.
    fn refusal(&mut self) -> Result<(), Error> {
        self.clock.go_to(day("2027-01-04"));
        let (target, sender) = (self.school.pupil("Iwan")?, self.school.pupil("Tyler")?);
        let said = [("2027-01-02", &sender, "watch your back"), ("2027-01-03", &sender, "youre finished")];
        let told = "Iwan showed his class teacher the messages on Monday morning.";
        let case = self.disclose(told, &target, &[&sender], ("snapchat", &said), |answers| {
            answers.child_wishes = "I want it to stop. I do not mind if you tell the police.".into();
            answers.family_wishes = "We would like the police to be told if it does not stop.".into();
            answers.wishes = Some(Wishes::Police);
        })?;
        self.spoke(case, &target, "2027-01-04", Response::Engaged)?;
        self.contact(case, &sender, "2027-01-05", (Channel::Phone, Purpose::Contact), Response::None)?;
        self.contact(case, &sender, "2027-01-12", (Channel::Letter, Purpose::FollowUp), Response::None)?;
        self.clock.go_to(day("2027-01-18"));
        self.occasion(case, &target, "snapchat", ("2027-01-16", &sender, "still here"))?;
        self.contact(case, &sender, "2027-01-18", (Channel::Letter, Purpose::FinalNotice), Response::None)?;
        self.clock.go_to(day("2027-01-25"));
        self.occasion(case, &target, "snapchat", ("2027-01-24", &sender, "nobody can stop me"))?;
        self.clock.go_to(day("2027-01-29"));
        self.session.decide_again(case, &Confirmation::default())?;
        let offered = self
            .session
            .case(case)?
            .decision()
            .is_some_and(|d| d.decision.options.contains(&Choice::PoliceHarassment));
        debug_assert!(offered, "both conditions of CB-6 are in the record");
        self.letter(case, LetterCode::Actor, Some(sender.id))?;
        self.paper(case, PaperCode::Document(DocumentCode::Police), None)
    }

    /// Marks as done what a lead would have done by now; the last days' work stays open.
    fn catch_up(&mut self) -> Result<(), Error> {
        let until = self.session.today().plus_days(-12);
        for row in self.session.cases("")? {
            for action in self.session.case(row.id)?.actions {
                if action.state == ActionState::Open && action.due <= until {
                    self.session.set_action(
                        &action,
                        ActionState::Done { on: action.due, note: "Done as planned.".into() },
                    )?;
                }
            }
        }
        Ok(())
    }

    fn disclose(
        &mut self,
        told_by: &str,
        target: &Person,
        alleged: &[&Person],
        (platform, said): (&str, &[Said<'_>]),
        more: impl FnOnce(&mut Answers),
    ) -> Result<CaseId, Error> {
        let id = self.session.new_case_id()?;
        let mut occasions = Vec::new();
        for (on, by, words) in said {
            occasions.push(Occasion {
                id: self.session.new_occasion_id()?,
                case: id,
                on: day(on),
                time: "evening, as shown on the child’s phone".into(),
                by: by.id,
                to: target.id,
                platform: platform.into(),
                words: (*words).into(),
                evidence: "Screenshot, held by the family".into(),
                more: crate::domain::Circumstances::default(),
            });
        }
        let users = std::iter::once(target.id).chain(alleged.iter().map(|p| p.id));
        let mut answers = calm_answers(users.map(|user| use_of(user, platform)).collect());
        more(&mut answers);
        let disclosure = Disclosure {
            disclosed_on: Some(self.session.today()),
            told_by: told_by.into(),
            account: format!("{} has had hurtful messages and is upset about them.", target.called()),
            target: Some(target.clone()),
            alleged: alleged.iter().map(|p| (*p).clone()).collect(),
            occasions,
            answers,
            earlier: None,
        };
        let draft = Draft { id, started: self.session.today(), disclosure, at_question: "check".into() };
        self.session.save_draft(&draft)?;
        let reason = "The policy’s examples are read together: each person is decided apart.";
        self.session.open_case(&draft, &Confirmation { gap_reason: reason.into(), ..Confirmation::default() })
    }

    /// A telephone call that reached the family, and the action that it fulfils.
    fn spoke(&mut self, case: CaseId, child: &Person, on: &str, response: Response) -> Result<(), Error> {
        self.contact(case, child, on, (Channel::Phone, Purpose::Contact), response)?;
        let view = self.session.case(case)?;
        let code =
            if view.case.target == child.id { ActionCode::PhoneTarget } else { ActionCode::PhoneActor };
        for action in view.actions.iter().filter(|a| a.code == code && a.about == Some(child.id)) {
            self.session.set_action(
                action,
                ActionState::Done { on: day(on), note: "Rang and spoke with them.".into() },
            )?;
        }
        Ok(())
    }

    fn contact(
        &mut self,
        case: CaseId,
        child: &Person,
        on: &str,
        (channel, purpose): (Channel, Purpose),
        response: Response,
    ) -> Result<(), Error> {
        let note = match response {
            Response::Engaged => "They thanked the school and will keep the messages.",
            Response::None | Response::Partial | Response::Refused => "Delivered. No answer.",
        };
        let id = self.session.new_contact_id()?;
        let (family_of, on, note) = (child.id, day(on), note.to_owned());
        let contact = Contact {
            id,
            case,
            family_of,
            on,
            channel,
            purpose,
            delivered: true,
            response,
            note,
            letter: None,
        };
        self.session.save_contact(&contact, "")
    }

    fn occasion(
        &mut self,
        case: CaseId,
        to: &Person,
        platform: &str,
        (on, by, words): Said<'_>,
    ) -> Result<(), Error> {
        let occasion = Occasion {
            id: self.session.new_occasion_id()?,
            case,
            on: day(on),
            time: String::new(),
            by: by.id,
            to: to.id,
            platform: platform.into(),
            words: words.into(),
            evidence: "Screenshot, held by the family".into(),
            more: crate::domain::Circumstances::default(),
        };
        self.session.save_occasion(&occasion, "")
    }

    fn letter(&mut self, case: CaseId, code: LetterCode, about: Option<PersonId>) -> Result<(), Error> {
        self.paper(case, PaperCode::Letter(code), about)
    }

    fn paper(&mut self, case: CaseId, code: PaperCode, about: Option<PersonId>) -> Result<(), Error> {
        for id in self.session.write_letter(case, code, about)? {
            let letter = self.session.approve_letter(id)?;
            debug_assert!(matches!(letter.record.state, LetterState::Approved { .. }));
            self.documents.push(self.session.export_letter(id, &self.folder)?);
        }
        Ok(())
    }
}

fn use_of(user: PersonId, platform: &str) -> PlatformUse {
    PlatformUse { platform: platform.into(), user, account: Account::Standard }
}

/// A disclosure with nothing in it that comes before the bullying route.
fn calm_answers(platforms: Vec<PlatformUse>) -> Answers {
    Answers {
        danger: Some(Danger::None),
        selfharm: Some(SelfHarm::No),
        imagery: Some(Imagery::None),
        setting: Some([Setting::Outside].into()),
        nature: Some(Nature::Bullying),
        crime_flags: Some([crate::domain::CrimeFlag::None].into()),
        prejudice: Some([crate::domain::Prejudice::None].into()),
        contact_safe: Some(ContactSafe::Safe),
        previous: Some(Previous::None),
        social_care: Some([SocialCare::None].into()),
        staff_contact: Some(StaffContact::None),
        opened: Some([].into()),
        platforms,
        ..Answers::default()
    }
}
