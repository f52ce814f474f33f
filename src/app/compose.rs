//! From a case to the text of a letter: which homes it goes to, what each may read, and the words of its fields.
//!
//! One letter a home. A home reads about its own child only; everyone else is "another pupil".

mod agency;
mod chronology;
mod evidence;
mod guard;
mod home;
mod known;
mod later;
mod people;
mod police;
mod record;
mod recorded;
mod said;
mod school;
mod year;

pub(super) use guard::findings;
pub(super) use later::{FOLLOW_UPS, follow_ups_delivered};
pub use said::Said;

use super::{CaseView, Error, Session, before_contact};
use crate::documents::template::fields::{AgeLine, Home, Sender};
use crate::documents::{self, Fields};
use crate::domain::{
    Account, Day, DocumentCode, Household, LetterCode, Letterhead, Paper, PaperCode, Person, PersonId,
    School, SocialCare, UnderAge, Who,
};

/// A letter on its way to becoming a record: to whom, and its papers.
pub(super) struct Letter {
    pub(super) recipient: String,
    pub(super) papers: Vec<Paper>,
}

/// Everything that a letter is written from.
struct Source<'a> {
    session: &'a Session,
    view: &'a CaseView,
    school: School,
    today: Day,
    code: PaperCode,
    about: Option<&'a Person>,
    said: &'a Said,
}

/// Writes the letters of one kind: one for each home of the child it is for, or one record with a copy for each home of
/// a whole year.
pub(super) fn letters(
    session: &Session,
    view: &CaseView,
    code: PaperCode,
    about: Option<PersonId>,
    said: &Said,
) -> Result<Vec<Letter>, Error> {
    let source = Source::of(session, view, code, about, said)?;
    match code {
        PaperCode::Letter(code) => source.letter(code),
        PaperCode::Document(code) => source.document(code),
    }
}

/// What the case suggests as the answer to each question of a paper, in the order of the questions; blank where it
/// suggests nothing.
pub(super) fn suggestions(
    session: &Session,
    view: &CaseView,
    code: PaperCode,
    about: Option<PersonId>,
) -> Result<Vec<String>, Error> {
    let said = Said::default();
    let source = Source::of(session, view, code, about, &said)?;
    Ok(documents::ask::asks(code).iter().map(|ask| source.suggestion(ask.field)).collect())
}

impl<'a> Source<'a> {
    fn of(
        session: &'a Session,
        view: &'a CaseView,
        code: PaperCode,
        about: Option<PersonId>,
        said: &'a Said,
    ) -> Result<Self, Error> {
        let about = about.map(|id| view.person(id).ok_or(Error::NotFound)).transpose()?;
        Ok(Self { session, view, school: session.school()?, today: session.today(), code, about, said })
    }

    fn letter(&self, code: LetterCode) -> Result<Vec<Letter>, Error> {
        let person = || self.about.ok_or(Error::NotFound);
        match code {
            LetterCode::Target => home::to_target(self, person()?),
            LetterCode::Actor if self.two_way() => home::to_both(self, person()?),
            LetterCode::Actor => home::to_actor(self, person()?),
            LetterCode::AgeAll => year::to_all(self),
            LetterCode::NewSchool => school::to_lead(self, person()?),
            LetterCode::Meeting => home::meeting(self, person()?),
            LetterCode::FollowUp1 => later::first_follow_up(self, person()?),
            LetterCode::FollowUp2 => later::second_follow_up(self, person()?),
            LetterCode::Final => later::final_notice(self, person()?),
            LetterCode::OutcomeTarget | LetterCode::OutcomeActor => later::outcome(self, person()?),
            LetterCode::StaffContact => home::staff_contact(self, person()?),
            LetterCode::Ict => home::equipment(self, person()?),
            LetterCode::ParentConduct => home::conduct(self, person()?),
            LetterCode::Signpost => home::signpost(self, person()?),
            LetterCode::Close => later::close(self, person()?),
        }
    }

    fn document(&self, code: DocumentCode) -> Result<Vec<Letter>, Error> {
        let person = || self.about.ok_or(Error::NotFound);
        match code {
            DocumentCode::Police => police::summary(self),
            DocumentCode::Marf => agency::social_care(self, person()?),
            DocumentCode::Meeting => record::meeting(self, person()?),
            DocumentCode::Chronology => chronology::chronology(self),
            DocumentCode::Transfer => record::transfer(self, person()?),
            DocumentCode::Lado => agency::designated_officer(self),
        }
    }

    /// Both children have sent messages: both families get the same letter.
    fn two_way(&self) -> bool {
        self.view
            .decision()
            .is_some_and(|record| record.facts.nature == crate::domain::Nature::TwoWayConflict)
    }

    fn sender(&self) -> Result<Sender, Error> {
        sender_of(&self.school)
    }

    fn fill(&self, fields: &Fields) -> Result<String, Error> {
        let templates = self.session.templates();
        Ok(if self.said.easy() { templates.fill_easy(fields)? } else { templates.fill(self.code, fields)? })
    }

    /// A document for an agency or the record: without an envelope's window, and marked at its foot.
    fn one(&self, recipient: &str, fields: &Fields) -> Result<Vec<Letter>, Error> {
        let mut paper = self.paper(Vec::new(), self.fill(fields)?);
        paper.footer = format!("{} · Confidential", self.school.name);
        Ok(vec![Letter { recipient: recipient.into(), papers: vec![paper] }])
    }

    /// One letter for each home of a child, or for who at the local authority has the child in care.
    fn to_homes(
        &self,
        child: &Person,
        fields: impl Fn(Home) -> Result<Fields, Error>,
    ) -> Result<Vec<Letter>, Error> {
        self.cared_for(child)?;
        let homes = self.open_homes(child)?;
        let authority = !child.authority.is_empty();
        let letter = |home: &Household| {
            let to = Home { to: salutation(&home.addressees), child: child.called().to_owned(), authority };
            let body = self.fill(&fields(to)?)?;
            Ok(Letter { recipient: home.addressees.clone(), papers: vec![self.paper(window(home), body)] })
        };
        homes.iter().map(letter).collect()
    }

    /// The homes of somebody that a letter goes to. There is at least one.
    fn open_homes(&self, person: &Person) -> Result<Vec<Household>, Error> {
        let everyone = self.session.everyone()?;
        before_contact::Stops::of(&everyone)
            .open_of(person, homes(person))
            .map_err(|what| Error::Incomplete { what })
    }

    /// Where a child in the case is looked after, somebody must have said which, and who gets the letters.
    fn cared_for(&self, child: &Person) -> Result<(), Error> {
        let looked_after =
            self.view.case.answers.social_care.iter().flatten().any(|care| *care == SocialCare::LookedAfter);
        let known = self.view.people.iter().any(|person| !person.authority.is_empty());
        if looked_after && !known && is_child(child) {
            return Err(Error::Incomplete {
                what: "A child in this case is looked after by the council. Enter under People which child, and who at the council gets the letters, before you write to a home.".into(),
            });
        }
        Ok(())
    }

    /// A paper with the school's block, the date and the reference.
    fn paper(&self, address: Vec<String>, body: String) -> Paper {
        let title = documents::title(self.code).unwrap_or("A paper from the school");
        let school = &self.school;
        let mut lines = vec![school.address.join(", "), school.phone.clone(), school.email.clone()];
        lines.retain(|line| !line.is_empty());
        Paper {
            title: title.into(),
            language: "en-GB".into(),
            letterhead: Letterhead { name: school.name.clone(), lines },
            address,
            date: self.today.long(),
            reference: self.view.case.reference.clone(),
            body,
            footer: school.name.clone(),
            watermark: None,
            large_print: false,
            easy_read: self.said.easy(),
            translation: None,
        }
    }

    /// The days on which a person took part, each once.
    fn days_of(&self, person: PersonId) -> Vec<Day> {
        let mut days: Vec<Day> =
            self.view.occasions.iter().filter(|o| o.by == person || o.to == person).map(|o| o.on).collect();
        if days.is_empty() {
            days.push(self.view.case.disclosed_on);
        }
        days.dedup();
        days
    }

    /// The names of the services used by or towards a person, each once.
    fn services(&self, person: PersonId) -> Vec<String> {
        let ages = &self.session.policy().ages;
        let mut names: Vec<String> = Vec::new();
        for occasion in self.view.occasions.iter().filter(|o| o.by == person || o.to == person) {
            let name = ages.name(&occasion.platform).to_owned();
            if occasion.platform != "other" && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// When an action of the case is due, in the order of the codes given.
    fn due(&self, code: crate::domain::ActionCode) -> Option<Day> {
        self.view.actions.iter().filter(|a| a.code == code).map(|a| a.due).min()
    }

    /// A day that is still ahead: a due day that has passed says nothing to a family.
    fn ahead(&self, day: Option<Day>, school_days: u32) -> Day {
        let otherwise = self.school.calendar.school_days_after(self.today, school_days);
        day.filter(|day| *day > self.today).unwrap_or(otherwise)
    }

    /// The age rows that bite, of the users for whom `which` holds. Only ordinary accounts: of others nothing is said.
    fn ages(&self, which: impl Fn(&UnderAge) -> bool) -> Vec<AgeLine> {
        let Some(record) = self.view.decision() else { return Vec::new() };
        let mut lines: Vec<AgeLine> = Vec::new();
        for row in record.decision.under_age.iter().filter(|row| which(row)) {
            let platform = self.session.policy().ages.name(&row.platform).to_owned();
            let Ok(checked_on) = Day::parse(&format!("{}-01", row.checked)) else { continue };
            if !lines.iter().any(|l| l.platform == platform) {
                lines.push(AgeLine { platform, age: row.min_age, source: row.source.clone(), checked_on });
            }
        }
        lines
    }
}

/// Who signs the school's papers, and how to reach them.
pub(super) fn sender_of(school: &School) -> Result<Sender, Error> {
    let missing = |what: &str| Error::Incomplete {
        what: format!("{what} is not entered yet. You find it under Settings."),
    };
    let check = |text: &str, what: &str| if text.trim().is_empty() { Err(missing(what)) } else { Ok(()) };
    check(&school.name, "The school’s name")?;
    check(&school.signatory.name, "The name of who signs letters")?;
    let phone = if school.signatory.phone.is_empty() { &school.phone } else { &school.signatory.phone };
    check(phone, "The school’s telephone number")?;
    let or =
        |text: &str, other: &str| if text.trim().is_empty() { other.to_owned() } else { text.to_owned() };
    Ok(Sender {
        name: school.signatory.name.clone(),
        role: or(&school.signatory.role, "Headteacher"),
        school: school.name.clone(),
        phone: phone.clone(),
        hours: String::new(),
        email: school.email.clone(),
        policy_at: or(&school.policy_at, "the school office"),
    })
}

/// How a child is written of to another family.
fn others_as(who: impl Iterator<Item = Who>) -> &'static str {
    let who: Vec<Who> = who.collect();
    let all = |kinds: &[Who]| who.iter().all(|w| kinds.contains(w));
    match who.len() {
        1 if all(&[Who::CurrentPupil]) => "another pupil",
        _ if all(&[Who::CurrentPupil]) => "other pupils",
        _ if all(&[Who::Unknown]) => "an account that we do not know yet",
        1 if all(&[Who::ExPupil, Who::OtherSchool]) => "a child who does not attend our school",
        _ => "other people",
    }
}

/// Whether a person is a child, as far as anyone knows.
pub(super) fn is_child(person: &Person) -> bool {
    match person.who {
        Who::CurrentPupil | Who::ExPupil | Who::OtherSchool | Who::Unknown => true,
        Who::ParentAdult | Who::OtherAdult | Who::Staff | Who::FormerStaff | Who::Head => false,
    }
}

/// Where the letters about a person would go: the council for a looked-after child, else each home; one without an address
/// where none is entered.
fn homes(person: &Person) -> Vec<Household> {
    if person.written_to_at().is_empty() {
        let addressees = if is_child(person) {
            format!("The parents or carers of {}", person.called())
        } else {
            person.name.full().to_owned()
        };
        return vec![Household { addressees, ..Household::default() }];
    }
    person.written_to_at().to_vec()
}

/// The lines in the envelope's window.
pub(super) fn window(home: &Household) -> Vec<String> {
    let mut lines = vec![home.addressees.clone()];
    lines.extend(home.address.iter().filter(|line| !line.trim().is_empty()).cloned());
    lines
}

/// `Mrs Abena Osei and Mr Kwame Osei` → `Mrs Osei and Mr Osei`; anything without titles stays as it is. What follows a
/// comma, such as a role, is for the envelope only.
fn salutation(addressees: &str) -> String {
    const TITLES: [&str; 8] = ["Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Rev", "Prof"];
    let addressees = addressees.split(',').next().unwrap_or(addressees);
    let short = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        match (words.first(), words.last()) {
            (Some(title), Some(last)) if words.len() > 2 && TITLES.contains(&title.trim_end_matches('.')) => {
                format!("{title} {last}")
            }
            _ => words.join(" "),
        }
    };
    addressees.split(" and ").map(short).collect::<Vec<_>>().join(" and ")
}

/// Whether WhatsApp's accounts for younger children existed on a day.
fn parent_managed(source: &Source<'_>) -> bool {
    let row = source.session.policy().ages.row("whatsapp", Account::ParentManaged, source.today);
    row.is_some_and(|row| row.account == Some(Account::ParentManaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_addressed_as_they_would_be() {
        for (given, want) in [
            ("Mrs Abena Osei and Mr Kwame Osei", "Mrs Osei and Mr Osei"),
            ("Ms Elena Petrova", "Ms Petrova"),
            ("Mr and Mrs Pemberton", "Mr and Mrs Pemberton"),
            ("Dr. Ifeoma Nwosu", "Dr. Nwosu"),
            ("Bibi Khatun", "Bibi Khatun"),
            ("The parents or carers of Kofi", "The parents or carers of Kofi"),
            ("Ms Jo Lane, social worker", "Ms Lane"),
        ] {
            assert_eq!(salutation(given), want);
        }
    }

    #[test]
    fn others_have_no_names() {
        use Who::{CurrentPupil, ExPupil, Unknown};
        assert_eq!(others_as([CurrentPupil].into_iter()), "another pupil");
        assert_eq!(others_as([CurrentPupil, CurrentPupil].into_iter()), "other pupils");
        assert_eq!(others_as([ExPupil].into_iter()), "a child who does not attend our school");
        assert_eq!(others_as([Unknown].into_iter()), "an account that we do not know yet");
        assert_eq!(others_as([ExPupil, CurrentPupil].into_iter()), "other people");
    }
}
