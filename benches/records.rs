//! How long it takes to find a case among ten thousand: the list, and the search as one types.
//!
//! Invented cases, ten entries each, in a real case file; the search is held against the same words and the same query
//! in plain SQLite, and 1,000 cases against 10,000. And what a save costs. Run with `cargo bench --bench records`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a stopwatch that prints"
)]

use casebook::app::{MOST, Session, SystemRandom, World};
use casebook::domain::{
    Account, ActionCode, ActionId, ActionItem, ActionState, ActorFacts, Age, Answers, Born, Calendar, Case,
    CaseId, CaseState, Channel, Contact, ContactId, ContactSafe, Continuing, Danger, Day, DecisionId,
    DecisionRecord, EarlierFacts, Engagement, Facts, Imagery, Lead, Name, Nature, Occasion, OccasionFacts,
    OccasionId, Part, Person, PersonId, PlatformFacts, Previous, Purpose, Response, SelfHarm, Setting,
    StaffContact, StaffHarm, TargetFacts, Who, Wishes,
};
use casebook::policy::Policy;
use casebook::store::{Cost, Secret, Stamp, Store};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const PASSPHRASE: &str = "otter lantern copper meadow violin";
/// Cheap, because the key derivation is not what is timed.
const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };
/// Cases a change to the file, as a mass import would write them.
const BATCH: usize = 500;

/// The same numbers every time (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
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

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// What a usual case is decided on: one alleged, three occasions.
fn facts() -> Facts {
    let occasion = |n| OccasionFacts { on: day("2026-03-01").plus_days(n), by: "A".into(), to: "T".into() };
    Facts {
        today: day("2026-03-27"),
        disclosed_on: day("2026-03-02"),
        danger: Danger::None,
        selfharm: SelfHarm::No,
        imagery: Imagery::NotSexual,
        target: TargetFacts { who: Who::CurrentPupil, age: Born::On(day("2015-06-14")) },
        actors: vec![ActorFacts {
            id: "A".into(),
            who: Who::CurrentPupil,
            age: Born::Aged(Age(10)),
            eng: Engagement::Engaged,
            new_school: false,
            send: false,
            part: Part::Messages,
            continuing: None,
            unanswered: 0,
        }],
        setting: [Setting::Outside].into(),
        nature: Nature::Bullying,
        crime_flags: [].into(),
        prejudice: [].into(),
        contact_safe: ContactSafe::Safe,
        eng_target: Engagement::Engaged,
        continuing: Continuing::No,
        previous: Previous::None,
        social_care: [].into(),
        staff_contact: StaffContact::None,
        staff_harm: StaffHarm::NotAsked,
        leaving: false,
        wishes: Wishes::Recorded,
        platforms: vec![PlatformFacts {
            platform: "whatsapp".into(),
            account: Account::Standard,
            user: None,
        }],
        occasions: (0..3).map(occasion).collect(),
        final_notice: None,
        earlier: EarlierFacts::default(),
    }
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
        account: dice.words(60),
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
    words.extend(occasions.iter().map(|occasion| occasion.words.clone()));
    let decision = DecisionRecord { id: DecisionId::new(dice.next()), case: id, on, ..like.clone() };
    Invented { words: words.join("\n"), people, case, occasions, contact, actions, decision }
}

/// A case file with so many cases of ten entries each, and the words of each case.
fn case_file(folder: &Path, count: usize) -> Vec<(i64, String)> {
    let policy = Policy::built_in().unwrap();
    let facts = facts();
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
                    w.index(one.case.id, &one.words)?;
                }
                Ok(())
            })
            .unwrap();
        all.extend(these.into_iter().map(|one| (row_of(one.case.id), one.words)));
    }
    all
}

/// As the case file numbers its rows.
fn row_of(case: CaseId) -> i64 {
    u64::from_str_radix(&case.to_string(), 16).unwrap().cast_signed()
}

/// The same words in plain SQLite, on the disk, without encryption.
fn plain(path: &Path, words: &[(i64, String)]) -> rusqlite::Connection {
    let mut db = rusqlite::Connection::open(path).unwrap();
    db.execute_batch(
        "CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')",
    )
    .unwrap();
    let transaction = db.transaction().unwrap();
    for (row, text) in words {
        transaction.execute("INSERT INTO search (rowid, text) VALUES (?1, ?2)", (row, text)).unwrap();
    }
    transaction.commit().unwrap();
    db
}

fn plain_search(db: &rusqlite::Connection, typed: &str) -> usize {
    let query: Vec<String> = typed.split(' ').map(|word| format!("\"{word}\"*")).collect();
    let mut statement = db.prepare_cached("SELECT rowid FROM search WHERE search MATCH ?1").unwrap();
    let rows = statement.query_map([query.join(" ")], |row| row.get::<_, i64>(0)).unwrap();
    rows.map(Result::unwrap).count()
}

/// What a lead types on the way to a child: the beginning of a name, a whole one, both, and words of the account.
fn typed(words: &[(i64, String)]) -> Vec<String> {
    let mut dice = Dice(7);
    (0..300)
        .map(|n| {
            let text = &words[dice.below(words.len())].1;
            let lines: Vec<&str> = text.lines().collect();
            let (name, account) = (lines[3], lines[2]);
            match n % 4 {
                0 => name[..3].to_owned(),
                1 => name.split(' ').next_back().unwrap_or(name).to_owned(),
                2 => name.to_owned(),
                _ => account.split(' ').skip(5).take(2).collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

/// The one in the middle and the 95th of a hundred, in milliseconds.
fn percentiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort();
    let at = |hundredth: usize| times[times.len() * hundredth / 100].as_secs_f64() * 1e3;
    (at(50), at(95))
}

fn timed<R>(work: impl FnOnce() -> R) -> (f64, R) {
    let started = Instant::now();
    let result = work();
    (started.elapsed().as_secs_f64() * 1e3, result)
}

/// Prints one size, and returns the search's 95th percentile in milliseconds.
fn measure(count: usize) -> f64 {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Invented.casebook");
    let (making, words) = timed(|| case_file(&folder, count));
    let plain = plain(&place.path().join("plain.db"), &words);
    let world = World::on(day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    // Written past the session, so that the lines are made now: once, as after an upgrade.
    let (lines, _) = timed(|| session.cases("").unwrap());
    drop(session);
    let world = World::on(day("2026-11-24"));
    let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
    let (first, rows) = timed(|| session.cases("").unwrap());
    assert_eq!(rows.len(), count.min(MOST));
    let (again, _) = timed(|| session.cases("").unwrap());
    let (mut ours, mut theirs, mut found) = (Vec::new(), Vec::new(), 0);
    for typed in typed(&words) {
        let started = Instant::now();
        let rows = session.cases(&typed).unwrap();
        ours.push(started.elapsed());
        let started = Instant::now();
        let same = plain_search(&plain, &typed);
        theirs.push(started.elapsed());
        assert_eq!(rows.len(), same.min(MOST), "the same cases are found");
        found += same;
    }
    let (queries, (middle, ours), (_, theirs)) = (ours.len(), percentiles(ours), percentiles(theirs));
    println!(
        "{count:>6} cases, {:>7} entries (made in {:.1} s): lines made in {lines:.0} ms; list first {first:.1} ms, again {again:.1} ms; \
         search p50 {middle:.2} ms, p95 {ours:.2} ms against {theirs:.2} ms in plain SQLite, ratio {:.2} \
         ({queries} searches, {} found on average)",
        count * 10,
        making / 1e3,
        ours / theirs,
        found / queries
    );
    ours
}

/// What a change costs, and what it costs besides that this PC remembers how far the record goes.
fn saving() {
    const SAVES: usize = 200;
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("Invented.casebook");
    case_file(&folder, 100);
    let forgetful = World::on(day("2026-11-24"));
    let remembering = World { last_seen: Some(place.path().join("last-seen")), ..forgetful.clone() };
    for (what, world) in [("without", forgetful), ("with", remembering)] {
        let session = Session::open(&folder, &Secret::new(PASSPHRASE.into()), world).unwrap();
        let school = session.school().unwrap();
        let times = (0..SAVES).map(|_| timed(|| session.save_school(&school).unwrap()).0);
        let times = times.map(|time| Duration::from_secs_f64(time / 1e3)).collect();
        let (middle, late) = percentiles(times);
        println!(
            "a save {what} the mark that this PC keeps: p50 {middle:.1} ms, p95 {late:.1} ms ({SAVES} saves)"
        );
    }
}

fn main() {
    saving();
    let small = measure(1_000);
    let large = measure(10_000);
    println!("search p95, 10,000 cases against 1,000: {:.2} times", large / small);
}
