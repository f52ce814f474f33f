//! How far a family may be contacted where something stops a home of it, and whom to ask first where no home is left. What
//! the ladder of follow-ups, Today and the case propose next holds to it.

use super::{Stops, named, said_of, stop};
use crate::app::compose::window;
use crate::app::{CaseView, Error, Session};
use crate::domain::engagement::FamilyEngagement;
use crate::domain::{ActionCode, ActionItem, AskFirst, Household, Person, PersonId};

/// How far a family may be contacted. There is none where nothing stops a home of theirs.
#[derive(Clone, PartialEq, Eq)]
pub struct Reach {
    /// Whose family.
    pub of: PersonId,
    name: String,
    /// Each as its envelope names it.
    open: Vec<String>,
    stopped: Vec<String>,
    why: String,
    ask: AskFirst,
}

impl std::fmt::Debug for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reach").field("of", &self.of).field("open", &self.open.len()).finish_non_exhaustive()
    }
}

impl Reach {
    /// Whether no home of theirs may be contacted.
    pub fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// That no home may be contacted, in one sentence.
    pub fn title(&self) -> String {
        format!("No home of {} may be contacted.", self.name)
    }

    /// Why, and what to do in place of ringing or writing.
    pub fn says(&self) -> String {
        format!("{} {}", self.why, self.instead())
    }

    /// What to do in place of ringing or writing.
    pub fn instead(&self) -> &'static str {
        match self.ask {
            AskFirst::SocialCare => {
                "Ask children’s social care first who may tell the family, and how. Write down what they say."
            }
            AskFirst::Police => {
                "Ask the police first who may tell the family, and how. Write down what they say."
            }
            AskFirst::Both => {
                "Ask the police and children’s social care first who may tell the family, and how. Write down what they say."
            }
        }
    }

    /// What to know before a talk with them; the reason stands in the case.
    fn before_talk(&self) -> String {
        if self.is_closed() {
            return format!("{} {}", self.title(), self.instead());
        }
        format!(
            "Family of {}: contact {}, and not {}.",
            self.name,
            self.open.join(" and "),
            self.stopped.join(" or ")
        )
    }
}

/// What to know before an action that is a talk with families, where something stops a home of one of them. `target` is
/// the child of the case.
pub fn before_action(action: &ActionItem, target: PersonId, reaches: &[Reach]) -> Option<String> {
    let told: Vec<String> = reaches
        .iter()
        .filter(|reach| match action.code {
            ActionCode::PhoneTarget | ActionCode::PhoneActor => action.about == Some(reach.of),
            ActionCode::Meet => action.about.is_none_or(|about| about == reach.of),
            // The guide goes to the family of the child who was targeted.
            ActionCode::Evidence => reach.of == target,
            _ => false,
        })
        .map(Reach::before_talk)
        .collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// How a family stands, said of one that may be contacted no more: its silence is not an answer.
pub fn stands(family: &FamilyEngagement, reach: Option<&Reach>) -> FamilyEngagement {
    match reach {
        Some(reach) if reach.is_closed() => family.while_not_contacted(),
        _ => family.clone(),
    }
}

impl Stops<'_> {
    /// Whether nobody writes or rings at a home, whoever's record says so.
    pub(in crate::app) fn stop_home(&self, home: &Household) -> bool {
        !home.may_be_contacted() || self.hold(&window(home))
    }

    /// Why, of a home of somebody's.
    pub(super) fn why(&self, person: &Person, home: &Household) -> String {
        match self.find(&window(home)) {
            Some((other, home)) if other.id != person.id => said_of(other, home),
            _ => stop(home).words,
        }
    }

    /// How far somebody's family may be contacted, where something stops a home of theirs.
    pub(in crate::app) fn reach(&self, person: &Person) -> Option<Reach> {
        let stopped: Vec<&Household> = person.homes().filter(|home| self.stop_home(home)).collect();
        if stopped.is_empty() {
            return None;
        }
        let open = person.written_to_at().iter().filter(|home| !self.stop_home(home));
        let reason = |home: &&Household| match self.find(&window(home)) {
            Some((_, said)) if home.may_be_contacted() => said.family.do_not_contact.clone(),
            _ => home.family.do_not_contact.clone(),
        };
        let reasons: Vec<String> = stopped.iter().map(reason).collect();
        let why: Vec<String> = stopped.iter().map(|home| self.why(person, home)).collect();
        Some(Reach {
            of: person.id,
            name: person.name.full().to_owned(),
            open: open.map(|home| named(home).to_owned()).collect(),
            stopped: stopped.iter().map(|home| named(home).to_owned()).collect(),
            why: why.join(" "),
            ask: AskFirst::of(reasons.iter().map(String::as_str)),
        })
    }
}

impl Session {
    /// How far each family of a case may be contacted, where something stops a home of theirs.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn reaches(&self, view: &CaseView) -> Result<Vec<Reach>, Error> {
        self.reaches_of(view.people.iter())
    }

    /// The same of some people, whether or not they stand in a case yet.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn reaches_of<'p>(&self, people: impl Iterator<Item = &'p Person>) -> Result<Vec<Reach>, Error> {
        let everyone = self.everyone()?;
        let stops = Stops::of(&everyone);
        Ok(people.filter_map(|person| stops.reach(person)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Confirmation, Error, PaperOffer, demo};
    use crate::domain::{
        ActionState, Channel, Contact, Engagement, Family, LetterCode, Name, PaperCode, Purpose, Response,
        Who,
    };

    fn home(adults: &str, why: &str) -> Household {
        let family = Family { do_not_contact: why.into(), ..Family::default() };
        Household { addressees: adults.into(), family, ..Household::default() }
    }

    fn child(id: u64, name: &str, households: Vec<Household>) -> Person {
        let person = Person::new(PersonId::new(id), Name::new(name).unwrap(), Who::CurrentPupil);
        Person { households, ..person }
    }

    #[test]
    fn a_family_is_closed_when_none_of_its_homes_may_be_contacted() {
        let people = [
            child(1, "Ann Lee", vec![home("Mrs A Lee", ""), home("Mr K Lee", "A court order.")]),
            child(2, "Bo Lee", vec![home("Mr K Lee", "")]),
            child(3, "Cy Ash", vec![home("Ms C Ash", "")]),
            child(4, "Di Fox", vec![home("Ms D Fox", "Bail: the police rang on 3 May.")]),
        ];
        let stops = Stops::of(&people);
        let reach = |at: usize| stops.reach(&people[at]);
        let ann = reach(0).unwrap();
        assert!(!ann.is_closed());
        assert_eq!(ann.before_talk(), "Family of Ann Lee: contact Mrs A Lee, and not Mr K Lee.");
        let bo = reach(1).unwrap();
        assert!(bo.is_closed(), "it was said of his sister's home, where he lives too");
        assert!(bo.says().starts_with("Do not contact Mr K Lee. A court order. It was said of a home of Ann Lee. Ask children’s social care first"));
        assert_eq!(reach(2), None);
        assert!(reach(3).unwrap().says().contains("Ask the police first"));
        // The council has the child: it is written to and rung, whatever is so at home.
        let cared = Person { authority: vec![home("Ms S, Larkshire Council", "")], ..people[3].clone() };
        let reach = stops.reach(&cared).unwrap();
        assert_eq!(
            reach.before_talk(),
            "Family of Di Fox: contact Ms S, Larkshire Council, and not Ms D Fox."
        );
        assert!(!format!("{reach:?}").contains("Fox"));
    }

    /// A new case about people of the demonstration, in which one family was tried and has not answered, and that child.
    fn silent(session: &Session) -> (CaseView, Person) {
        let rows = session.cases("").unwrap();
        let mut views = rows.iter().filter(|row| row.open).map(|row| session.case(row.id).unwrap());
        let actor = |view: &CaseView| {
            let offers = session.papers_on_offer(view).unwrap();
            let letter = offers.iter().find(|it| it.code == PaperCode::Letter(LetterCode::Actor));
            letter.filter(|it| it.blocked.is_none())?.about.and_then(|id| view.person(id)).cloned()
        };
        let (view, child) = views.find_map(|view| actor(&view).map(|child| (view, child))).unwrap();
        let mut draft = session.begin().unwrap();
        draft.disclosure = view.as_disclosure();
        for occasion in &mut draft.disclosure.occasions {
            occasion.id = session.new_occasion_id().unwrap();
        }
        let reason = Confirmation { gap_reason: "Read together.".into(), ..Confirmation::default() };
        let case = session.open_case(&draft, &reason).unwrap();
        let contact = Contact {
            id: session.new_contact_id().unwrap(),
            case,
            family_of: child.id,
            on: session.today(),
            channel: Channel::Phone,
            purpose: Purpose::FollowUp,
            delivered: true,
            response: Response::None,
            note: String::new(),
            letter: None,
        };
        session.save_contact(&contact, "").unwrap();
        (session.case(case).unwrap(), child)
    }

    fn of(offers: &[PaperOffer], code: LetterCode, child: &Person) -> Option<PaperOffer> {
        let same = |it: &&PaperOffer| it.code == PaperCode::Letter(code) && it.about == Some(child.id);
        offers.iter().find(same).cloned()
    }

    #[test]
    fn the_ladder_proposes_nothing_to_a_family_that_nobody_may_contact() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let (view, child) = silent(&session);
        let ladder = [LetterCode::FollowUp1, LetterCode::FollowUp2, LetterCode::Final];
        let before = session.papers_on_offer(&view).unwrap();
        assert!(ladder.iter().all(|code| of(&before, *code, &child).is_some()), "the ladder stands");

        // One home is left: the ladder goes there.
        let mut closed = child.clone();
        closed.households = vec![home("Mrs A Planted", ""), home("Mr K Planted", "The police: bail.")];
        session.amend_person(&closed, "They rang.").unwrap();
        let view = session.case(view.case.id).unwrap();
        let offers = session.papers_on_offer(&view).unwrap();
        assert!(ladder.iter().all(|code| of(&offers, *code, &child).is_some()));
        assert_eq!(of(&offers, LetterCode::Actor, &child).unwrap().blocked, None);

        // None is left.
        closed.households.remove(0);
        session.amend_person(&closed, "They rang again.").unwrap();
        let view = session.case(view.case.id).unwrap();
        let offers = session.papers_on_offer(&view).unwrap();
        assert!(ladder.iter().all(|code| of(&offers, *code, &child).is_none()));
        let why = of(&offers, LetterCode::Actor, &child).unwrap().blocked.unwrap();
        assert!(why.contains("The police: bail. Ask the police first"), "{why}");
        for code in [LetterCode::Actor, LetterCode::Final] {
            let refused = session.write_letter(view.case.id, PaperCode::Letter(code), Some(child.id));
            assert!(matches!(refused, Err(Error::HeldBack { .. })), "{refused:?}");
        }
        let other = view.case.target;
        let free = |it: &&PaperOffer| it.about == Some(other) && it.blocked.is_some();
        assert_eq!(offers.iter().filter(free).count(), before.iter().filter(free).count(), "nobody else's");
    }

    #[test]
    fn today_asks_nobody_to_ring_a_family_that_nobody_may_contact() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let (view, child) = silent(&session);
        let told = |session: &Session| {
            let today = session.today_view().unwrap();
            let family = today.unanswered.iter().find(|it| it.child == child.id && it.case == view.case.id);
            let because = family.unwrap().because.clone();
            let lines = [today.overdue, today.due, today.coming].concat();
            let first: Vec<String> = lines.into_iter().filter_map(|line| line.first).collect();
            (because, first)
        };
        let (because, first) = told(&session);
        assert!(because.contains("Silence counts"), "{because}");
        assert_eq!(first, Vec::<String>::new());

        let closed = Person { households: vec![home("Mr K Planted", "A threat.")], ..child.clone() };
        session.amend_person(&closed, "They rang.").unwrap();
        let (because, _) = told(&session);
        assert!(
            because.contains("its silence is not an answer. Ask children’s social care first"),
            "{because}"
        );

        // Each action that is a talk with them says so, and no other does.
        let reaches = session.reaches(&session.case(view.case.id).unwrap()).unwrap();
        let mut action = view.actions[0].clone();
        action.state = ActionState::Open;
        for (code, about, says) in [
            (ActionCode::PhoneActor, Some(child.id), true),
            (ActionCode::PhoneActor, Some(PersonId::new(77)), false),
            (ActionCode::Meet, None, true),
            (ActionCode::Evidence, None, false),
            (ActionCode::Account, Some(child.id), false),
        ] {
            (action.code, action.about) = (code, about);
            let first = before_action(&action, view.case.target, &reaches);
            assert_eq!(first.is_some(), says, "{code:?}");
        }
        let family = FamilyEngagement { is: Engagement::Refused, because: "They said so.".into() };
        assert_eq!(stands(&family, reaches.first()), family, "what they said stays said");
    }
}
