//! People's keys: who has one, giving one, taking one away, and the recovery sheet that stands for all of them.
//!
//! Everybody with a key can read and write everything in this case file, and give and take away keys; what they do is in
//! the journal under their own name. Who must not read something needs another case file.

use super::{Cost, Error, Secret, Session};
use crate::domain::{KeyHolder, KeyRole};
use crate::store::{Event, RecoveryWords, Stamp};

/// Kinds of entries that are about a child, in no case: of no matter to who did what with the case file itself.
const OF_CHILDREN: [&str; 3] = ["person", "access_request", "attachment"];

/// Somebody with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPerson {
    /// Their name.
    pub name: String,
    /// What they are in the school, where it was written down.
    pub role: Option<KeyRole>,
    /// Whether it is the person of this session.
    pub you: bool,
}

impl Session {
    /// Everybody with a key, in the order in which they were given one.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn people(&self) -> Result<Vec<KeyPerson>, Error> {
        let inner = self.inner();
        let person = |name: String| {
            let holder: Option<KeyHolder> = inner.store.get(&name)?;
            let you = self.holder() == Some(name.as_str());
            Ok(KeyPerson { role: holder.map(|h| h.role), you, name })
        };
        inner.store.people().into_iter().map(person).collect()
    }

    /// Who did what with the case file itself, the newest first: keys, settings, backups, the policy. Not what belongs to
    /// a case or to a child.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn house_journal(&self) -> Result<Vec<Event>, Error> {
        let mut events = self.inner().store.journal(None)?;
        events.retain(|event| event.case.is_none() && !OF_CHILDREN.contains(&event.kind.as_str()));
        events.reverse();
        Ok(events)
    }

    /// Gives somebody a key of their own.
    ///
    /// # Errors
    /// A name that is missing or taken; the keys cannot be written.
    pub fn add_person(&self, holder: &KeyHolder, passphrase: &Secret, cost: Cost) -> Result<(), Error> {
        let name = holder.name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(Error::NameMissing);
        }
        let alike = |other: &String| other.to_lowercase() == name.to_lowercase();
        if self.inner().store.people().iter().any(alike) {
            return Err(Error::NameTaken);
        }
        let holder = KeyHolder { name, role: holder.role };
        // First the role: a key whose role is not written down is worse than a role without a key, which nobody sees.
        self.set_role(&holder)?;
        self.set_passphrase(&holder.name, passphrase, cost)
    }

    /// Writes down what somebody is in the school.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn set_role(&self, holder: &KeyHolder) -> Result<(), Error> {
        self.write("who has a key", |w| w.put(holder))
    }

    /// Which of these words, each with its number on the recovery sheet from 1, are not the ones on it.
    pub fn wrong_on_the_sheet(&self, words: &[(usize, Secret)]) -> Vec<usize> {
        let inner = self.inner();
        let wrong = words.iter().filter(|(number, typed)| !inner.store.sheet_has(*number, typed));
        wrong.map(|(number, _)| *number).collect()
    }

    /// Words for a new recovery sheet. They open nothing until [`replace_sheet`](Self::replace_sheet) or
    /// [`take_away`](Self::take_away).
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn new_recovery_words(&self) -> Result<RecoveryWords, Error> {
        Ok(self.inner().store.new_words()?)
    }

    /// Puts the case file under the key of a new recovery sheet: the old sheet opens nothing that is written from now
    /// on. Returns whose key could not be carried over; they need a new passphrase.
    ///
    /// # Errors
    /// Whatever happens, the case file is as it was, or as it was to be.
    pub fn replace_sheet(&self, words: &RecoveryWords) -> Result<Vec<String>, Error> {
        self.rekey(words, None)
    }

    /// Takes somebody's key away, and with it the recovery sheet, which they may have seen.
    ///
    /// # Errors
    /// As [`replace_sheet`](Self::replace_sheet); and nobody takes away their own.
    pub fn take_away(&self, name: &str, words: &RecoveryWords) -> Result<Vec<String>, Error> {
        if self.holder() == Some(name) {
            return Err(Error::OwnKey);
        }
        self.rekey(words, Some(name))
    }

    fn rekey(&self, words: &RecoveryWords, without: Option<&str>) -> Result<Vec<String>, Error> {
        let stamp = Stamp { at: self.now(), actor: self.actor() };
        let rekeyed = self.inner().store.rekey(words, without, &stamp)?;
        Ok(rekeyed.left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Act, NewCaseFile, World};
    use crate::domain::{Day, Name, Person, PersonId, School, Who};
    use crate::store;
    use std::path::Path;

    const CHEAP: Cost = Cost { m_kib: 19 * 1024, t: 1, p: 1 };

    fn world() -> World {
        World::on(Day::new(2026, 1, 19).unwrap())
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    fn case_file() -> (tempfile::TempDir, Session, Secret) {
        let dir = tempfile::tempdir().unwrap();
        let new = NewCaseFile {
            folder: dir.path().join("a.casebook"),
            school: School::default(),
            owner: "Mrs Amy Wells".into(),
            passphrase: secret("head"),
            cost: CHEAP,
        };
        let (session, words) = Session::create(&new, world()).unwrap();
        (dir, session, secret(&words.as_slice().join(" ")))
    }

    fn deputy() -> KeyHolder {
        KeyHolder { name: "Mr Tom Reed".into(), role: KeyRole::Deputy }
    }

    fn opened(folder: &Path, passphrase: &str) -> Option<Session> {
        match Session::open(folder, &secret(passphrase), world()) {
            Ok(session) => Some(session),
            Err(Error::Store(store::Error::WrongPassphrase)) => None,
            Err(error) => panic!("{error}"),
        }
    }

    #[test]
    fn each_person_works_under_their_own_name() {
        let (_dir, session, _) = case_file();
        session.add_person(&deputy(), &secret("deputy"), CHEAP).unwrap();
        for (name, error) in [("  ", "missing"), ("mr  tom REED", "already")] {
            let holder = KeyHolder { name: name.into(), ..deputy() };
            let refused = session.add_person(&holder, &secret("x"), CHEAP).unwrap_err();
            assert!(refused.to_string().contains(error), "{name}: {refused}");
        }
        let folder = session.folder();
        drop(session);
        let session = opened(&folder, "deputy").unwrap();
        let people: Vec<_> = session.people().unwrap().into_iter().map(|p| (p.name, p.role, p.you)).collect();
        assert_eq!(
            people,
            [
                ("Mrs Amy Wells".to_owned(), Some(KeyRole::Head), false),
                ("Mr Tom Reed".to_owned(), Some(KeyRole::Deputy), true)
            ]
        );
        session.change_passphrase(&secret("another"), CHEAP).unwrap();
        session.set_role(&KeyHolder { role: KeyRole::Lead, ..deputy() }).unwrap();
        let events = session.inner().store.journal(None).unwrap();
        let by_deputy: Vec<_> = events.iter().filter(|e| e.actor == "Mr Tom Reed").map(|e| e.act).collect();
        assert_eq!(by_deputy, [Act::Passphrase, Act::Put]);
        // The newest first, and no child among it.
        let child = Person::new(PersonId::new(7), Name::new("Ida Blom").unwrap(), Who::CurrentPupil);
        session.save_person(&child).unwrap();
        let told: Vec<_> =
            session.house_journal().unwrap().into_iter().map(|e| (e.actor, e.act, e.id)).collect();
        let tom = || "Mr Tom Reed".to_owned();
        assert_eq!(told[..2], [(tom(), Act::Put, tom()), (tom(), Act::Passphrase, tom())]);
        assert_eq!(told[2], ("Mrs Amy Wells".to_owned(), Act::Passphrase, tom()));
        assert_eq!(told.last().unwrap().1, Act::Created);
        drop(session);
        assert!(opened(&folder, "deputy").is_none());
        assert!(opened(&folder, "head").is_some() && opened(&folder, "another").is_some());
    }

    #[test]
    fn who_is_taken_away_gets_in_no_more_and_the_old_sheet_neither() {
        let (_dir, session, old_sheet) = case_file();
        session.add_person(&deputy(), &secret("deputy"), CHEAP).unwrap();
        let words = session.new_recovery_words().unwrap();
        assert!(matches!(session.take_away("Mrs Amy Wells", &words), Err(Error::OwnKey)));
        assert!(matches!(session.take_away("Nobody", &words), Err(Error::Store(store::Error::NoSuchPerson))));
        let fourth = (4, secret(words.as_slice()[3]));
        assert_eq!(session.take_away("Mr Tom Reed", &words).unwrap(), [""; 0]);
        assert_eq!(session.wrong_on_the_sheet(&[fourth, (11, secret("no"))]), [11]);
        assert_eq!(session.people().unwrap().len(), 1);
        assert_eq!(session.verify().unwrap().problems, []);
        let folder = session.folder();
        drop(session);
        assert!(opened(&folder, "deputy").is_none());
        assert!(opened(&folder, "head").is_some());
        let by = |words: &Secret| Session::open_with_words(&folder, words, world());
        assert!(matches!(by(&old_sheet), Err(Error::Store(store::Error::WrongWords { .. }))));
        assert!(by(&secret(&words.as_slice().join(" "))).is_ok());
    }

    #[test]
    fn after_the_sheet_it_must_be_said_whose_passphrase_is_meant() {
        let (_dir, session, sheet) = case_file();
        session.add_person(&deputy(), &secret("deputy"), CHEAP).unwrap();
        let folder = session.folder();
        drop(session);
        let session = Session::open_with_words(&folder, &sheet, world()).unwrap();
        assert_eq!(session.actor(), "Recovery sheet");
        assert!(matches!(session.change_passphrase(&secret("new"), CHEAP), Err(Error::WhoseKey)));
        session.set_passphrase("Mr Tom Reed", &secret("new"), CHEAP).unwrap();
        let session = session.acting_as("Mr Tom Reed");
        assert_eq!(session.key_holder().unwrap(), "Mr Tom Reed");
        drop(session);
        assert!(opened(&folder, "new").is_some() && opened(&folder, "deputy").is_none());
    }
}
