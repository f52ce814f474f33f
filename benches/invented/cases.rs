//! An invented case file with as many cases as are wanted, ten entries each, the same every time.

use crate::facts::{day, usual};
use casebook::app::{SystemRandom, World};
use casebook::domain::{
    ActionCode, ActionId, ActionItem, ActionState, Answers, Calendar, Case, CaseId, CaseState, Channel,
    Contact, ContactId, DecisionId, DecisionRecord, Lead, Name, Occasion, OccasionId, Person, PersonId,
    Purpose, Response, Who,
};
use casebook::policy::Policy;
use casebook::store::{Cost, Secret, Stamp, Store};
use std::path::Path;
use std::sync::Arc;

/// Opens it.
pub(crate) const PASSPHRASE: &str = "otter lantern copper meadow violin";
/// Cheap, because the key derivation is not what is timed.
const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
/// Cases a change to the file, as a mass import would write them.
const BATCH: usize = 500;

/// The same numbers every time (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    /// An invented word: a hundred of them are a third of every text, the others are rare, as in a real one.
    fn word(&mut self) -> String {
        let (common, number) = (self.below(3) == 0, self.next());
        if common { spelt(number % 100) } else { spelt(100 + number % 30_000_000) }
    }

    fn words(&mut self, count: usize) -> String {
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    fn name(&mut self) -> Name {
        let (first, last) = (self.word(), self.word());
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        Name::new(&format!("{} {}", capital(&first), capital(&last))).unwrap()
    }
}

/// A number as syllables.
fn spelt(mut number: u64) -> String {
    const CONSONANTS: &[u8] = b"bdfghklmnprstvw";
    let mut word = String::new();
    number += 75;
    while number > 0 {
        let (syllable, rest) = (usize::try_from(number % 75).unwrap(), number / 75);
        word.push(char::from(CONSONANTS[syllable % 15]));
        word.push(char::from(b"aeiou"[syllable / 15]));
        number = rest;
    }
    word
}

/// One invented case: its records and the words by which it is found.
struct Invented {
    people: Vec<Person>,
    case: Case,
    occasions: Vec<Occasion>,
    contact: Contact,
    actions: Vec<ActionItem>,
    decision: DecisionRecord,
    words: String,
}

fn invent(number: usize, dice: &mut Dice, like: &DecisionRecord) -> Invented {
    let id = CaseId::new(dice.next());
    let on = day("2016-09-01").plus_days(i32::try_from(number % 3_650).unwrap().into());
    let pupil = |dice: &mut Dice| Person::new(PersonId::new(dice.next()), dice.name(), Who::CurrentPupil);
    let people = vec![pupil(dice), pupil(dice)];
    let case = Case {
        id,
        reference: format!("{}-{number:05}", on.year()),
        opened_on: on,
        disclosed_on: on,
        told_by: dice.words(4),
        // Words that every account has, as every account has some.
        account: format!("{} bullying message", dice.words(60)),
        target: people[0].id,
        alleged: vec![people[1].id],
        answers: Answers::default(),
        // As in a school: what is open is what is new.
        state: if number.is_multiple_of(50) {
            CaseState::Open
        } else {
            CaseState::Closed { on: on.plus_days(60), why: dice.words(8) }
        },
        earlier: None,
        identified: Vec::new(),
    };
    let occasion = |dice: &mut Dice, n| Occasion {
        id: OccasionId::new(dice.next()),
        case: id,
        on: on.plus_days(n),
        time: String::new(),
        by: people[1].id,
        to: people[0].id,
        platform: "whatsapp".into(),
        words: dice.words(12),
        evidence: dice.words(5),
        more: casebook::domain::Circumstances::default(),
    };
    let occasions: Vec<Occasion> = (0..3).map(|n| occasion(dice, n)).collect();
    let contact = Contact {
        id: ContactId::new(dice.next()),
        case: id,
        family_of: people[1].id,
        on: on.plus_days(1),
        channel: Channel::Phone,
        purpose: Purpose::Contact,
        delivered: true,
        response: Response::Engaged,
        note: dice.words(15),
        letter: None,
    };
    let action = |dice: &mut Dice| ActionItem {
        id: ActionId::new(dice.next()),
        case: id,
        code: ActionCode::Review,
        about: None,
        due: on.plus_days(10),
        lead: Lead::Dsl,
        state: ActionState::Open,
        own: None,
    };
    let actions = vec![action(dice), action(dice)];
    let mut words = vec![case.reference.clone(), case.told_by.clone(), case.account.clone()];
    words.extend(people.iter().map(|person| person.name.full().to_owned()));
    words.extend(occasions.iter().map(|it| format!("{} {} {}", it.words, it.platform, it.evidence)));
    words.push(contact.note.clone());
    if let CaseState::Closed { why, .. } = &case.state {
        words.push(why.clone());
    }
    let decision = DecisionRecord { id: DecisionId::new(dice.next()), case: id, on, ..like.clone() };
    Invented { words: words.join("\n"), people, case, occasions, contact, actions, decision }
}

/// A case file with so many cases of ten entries each, and the words of each case: the case's account in the third line,
/// its people in the two after it.
pub(crate) fn case_file(folder: &Path, count: usize) -> Vec<String> {
    let policy = Policy::built_in().unwrap();
    let facts = usual();
    let like = DecisionRecord {
        id: DecisionId::new(1),
        case: CaseId::new(1),
        on: day("2026-03-27"),
        people: Vec::new(),
        decision: policy.evaluate(&facts, &Calendar::default()),
        facts,
        confirmed_by: "Ms A Lead".into(),
        departures: Vec::new(),
    };
    let clock = World::on(day("2026-11-24")).clock;
    let stamp = Stamp { at: clock.now(), actor: "Ms A Lead" };
    let secret = Secret::new(PASSPHRASE.into());
    let (mut store, _) =
        Store::create(folder, "Ms A Lead", &secret, CHEAP, Arc::new(SystemRandom), &stamp).unwrap();
    let mut dice = Dice(2026);
    let mut all = Vec::new();
    for batch in 0..count.div_ceil(BATCH) {
        let these: Vec<Invented> = (batch * BATCH..count.min((batch + 1) * BATCH))
            .map(|number| invent(number, &mut dice, &like))
            .collect();
        store
            .write(&stamp, "invented", |w| {
                for one in &these {
                    one.people.iter().try_for_each(|it| w.put(it))?;
                    w.put(&one.case)?;
                    one.occasions.iter().try_for_each(|it| w.put(it))?;
                    w.put(&one.contact)?;
                    one.actions.iter().try_for_each(|it| w.put(it))?;
                    w.put(&one.decision)?;
                }
                Ok(())
            })
            .unwrap();
        all.extend(these.into_iter().map(|one| one.words));
    }
    all
}
