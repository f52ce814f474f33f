//! An open case file. A cheap handle to clone: screens hold it, and every change goes through it and is journalled.

use super::last_seen::LastSeen;
use super::tries::Tries;
use super::{Error, Risk, World, list, packs};
use crate::documents::{Engine, Templates};
use crate::domain::{CaseId, Day, KeyHolder, KeyRole, Random, School};
use crate::policy::Policy;
use crate::store::{self, Anchor, Cost, RecoveryWords, Secret, Stamp, Store, Writing};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who the journal names while only the recovery sheet has opened the case file.
const RECOVERY_SHEET: &str = "Recovery sheet";

/// An open case file.
#[derive(Clone)]
pub struct Session {
    inner: Arc<Mutex<Inner>>,
    policy: Arc<Policy>,
    templates: Arc<Templates>,
    world: World,
    actor: Arc<str>,
    /// Whose key opened it; nobody's if the recovery sheet did, until a passphrase is set.
    holder: Option<Arc<str>>,
}

pub(super) struct Inner {
    pub(super) store: Store,
    pub(super) engine: Engine,
    pub(super) seen: LastSeen,
}

impl Inner {
    /// Keeps, outside the case file, how far its record goes.
    pub(super) fn note_end(&mut self) {
        if let Ok(head) = self.store.head() {
            self.seen.note(head);
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.note_end();
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session")
    }
}

/// What a new case file needs.
#[derive(Debug, Clone)]
pub struct NewCaseFile {
    /// The folder to make; its name ends in `.casebook`.
    pub folder: PathBuf,
    /// The school.
    pub school: School,
    /// Whose key it is: name and role.
    pub owner: String,
    /// Their passphrase.
    pub passphrase: Secret,
    /// What the key derivation costs: [`Cost::STANDARD`] but in tests.
    pub cost: Cost,
}

impl Session {
    /// Makes a case file and opens it. The 24 words are shown and printed once.
    ///
    /// # Errors
    /// A folder that is taken, cannot be written or is no safe place; then nothing is left behind.
    pub fn create(new: &NewCaseFile, world: World) -> Result<(Self, RecoveryWords), Error> {
        match Risk::of(&new.folder) {
            Some(risk) => Err(Error::UnsafePlace(risk)),
            None => Self::create_anywhere(new, world),
        }
    }

    /// The same, without a look at where it is to lie.
    pub(super) fn create_anywhere(new: &NewCaseFile, world: World) -> Result<(Self, RecoveryWords), Error> {
        let stamp = Stamp { at: world.clock.now(), actor: &new.owner };
        let (store, words) =
            Store::create(&new.folder, &new.owner, &new.passphrase, new.cost, world.random.clone(), &stamp)?;
        let session = Self::over(store, world, &new.owner)?.acting_as(&new.owner);
        let holder = KeyHolder { name: new.owner.clone(), role: role_in(&new.school, &new.owner) };
        session.write("the school's settings", |w| {
            w.put(&new.school)?;
            w.put(&holder)
        })?;
        Ok((session, words))
    }

    /// Whether there is a case file in a folder at all. Its keys are a matter of opening it.
    ///
    /// # Errors
    /// None is there, or the folder cannot be read.
    pub fn look_for(folder: &Path) -> Result<(), Error> {
        match Store::labels(folder) {
            Err(error @ (store::Error::Missing | store::Error::NotACaseFile)) => Err(error.into()),
            Ok(_) | Err(_) => Ok(()),
        }
    }

    /// Opens a case file with a passphrase.
    ///
    /// # Errors
    /// A wrong passphrase, and each kind of damage apart from it; [`Error::TooSoon`] after several wrong ones.
    pub fn open(folder: &Path, passphrase: &Secret, world: World) -> Result<Self, Error> {
        let mut tries = Tries::at(folder, &world);
        tries.may_try(world.clock.now())?;
        match Store::open(folder, passphrase, world.random.clone()) {
            Ok(store) => {
                tries.was_right();
                Self::signed_on(store, world)
            }
            Err(error) => {
                if matches!(error, store::Error::WrongPassphrase) {
                    tries.was_wrong(world.clock.now());
                }
                Err(error.into())
            }
        }
    }

    /// Opens a case file with the 24 words of the recovery sheet.
    ///
    /// # Errors
    /// Words that are not right say which; damage is told apart from them.
    pub fn open_with_words(folder: &Path, words: &Secret, world: World) -> Result<Self, Error> {
        let store = Store::open_with_words(folder, words, world.random.clone())?;
        Self::signed_on(store, world)
    }

    fn signed_on(store: Store, world: World) -> Result<Self, Error> {
        if let Some(holder) = store.holder().map(str::to_owned) {
            return Ok(Self::over(store, world, &holder)?.acting_as(&holder));
        }
        if !store.people().is_empty() {
            return Self::over(store, world, RECOVERY_SHEET);
        }
        // The keys are lost: the lead is the one to make them again.
        let school: Option<School> = store.get("school")?;
        let lead = school.map(|s| if s.lead.name.is_empty() { s.signatory.name } else { s.lead.name });
        let actor = lead.filter(|name| !name.is_empty()).unwrap_or_else(|| "Lead".into());
        Self::over(store, world, &actor)
    }

    /// The same session, for this person from now on: after the recovery sheet opened it, and they set a passphrase.
    #[must_use]
    pub fn acting_as(mut self, name: &str) -> Self {
        self.actor = name.into();
        self.holder = Some(name.into());
        self
    }

    pub(super) fn holder(&self) -> Option<&str> {
        self.holder.as_deref()
    }

    fn over(store: Store, world: World, actor: &str) -> Result<Self, Error> {
        let school: Option<School> = store.get("school")?;
        let stamp = school.map(|school| school.policy).unwrap_or_default();
        let seen = LastSeen::look(world.last_seen.as_deref(), &store);
        let pack = if stamp.is_empty() { None } else { store.get(&stamp)? };
        Ok(Self {
            inner: Arc::new(Mutex::new(Inner { store, engine: Engine::new()?, seen })),
            policy: Arc::new(packs::load(pack.as_ref())?),
            templates: Arc::new(Templates::built_in()?),
            world,
            actor: actor.into(),
            holder: None,
        })
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    pub(super) fn shared_policy(&self) -> Arc<Policy> {
        Arc::clone(&self.policy)
    }

    /// The same open case file, with new decisions made by another policy.
    pub(super) fn with_policy(&self, policy: Arc<Policy>) -> Self {
        Self { policy, ..self.clone() }
    }

    pub(super) fn templates(&self) -> &Templates {
        &self.templates
    }

    /// Today, by the session's clock.
    pub fn today(&self) -> Day {
        self.world.clock.today()
    }

    pub(super) fn now(&self) -> chrono::DateTime<chrono::Utc> {
        self.world.clock.now()
    }

    /// Who works in this session, as the journal names them.
    pub fn actor(&self) -> &str {
        &self.actor
    }

    /// Where random words come from.
    pub fn random(&self) -> Arc<dyn Random> {
        self.world.random.clone()
    }

    /// Whether this is a restricted register: a case file for matters about adults who work with children.
    pub fn is_restricted(&self) -> bool {
        self.school().is_ok_and(|school| school.restricted)
    }

    /// The folder of the case file.
    pub fn folder(&self) -> PathBuf {
        self.inner().store.folder().to_owned()
    }

    /// Whether a damaged copy of the keys was mended on opening.
    pub fn keys_were_mended(&self) -> bool {
        self.inner().store.mended()
    }

    /// The school's settings.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn school(&self) -> Result<School, Error> {
        Ok(self.inner().store.get("school")?.unwrap_or_default())
    }

    /// Saves the school's settings.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn save_school(&self, school: &School) -> Result<(), Error> {
        self.write("the school's settings", |w| w.put(school))
    }

    /// The head of the journal: what a later rewrite would have to match.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn anchor(&self) -> Result<Anchor, Error> {
        Ok(self.inner().store.head()?)
    }

    /// Checks the whole case file: every page, the journal's chain, every stored document.
    ///
    /// # Errors
    /// The case file cannot be read at all.
    pub fn verify(&self) -> Result<store::Report, Error> {
        self.verify_against(&[])
    }

    /// The same, and compares the journal with marks that were printed.
    ///
    /// # Errors
    /// The case file cannot be read at all.
    pub fn verify_against(&self, marks: &[Anchor]) -> Result<store::Report, Error> {
        Ok(self.inner().store.verify(marks)?)
    }

    /// Lets go of the case file, once what is being written to it is written.
    pub fn finish(self) {
        self.inner().note_end();
    }

    /// Gives the owner of this session a new passphrase, for example after opening with the words.
    ///
    /// # Errors
    /// The keys cannot be written.
    pub fn set_passphrase(&self, owner: &str, passphrase: &Secret, cost: Cost) -> Result<(), Error> {
        let stamp = Stamp { at: self.now(), actor: &self.actor };
        self.inner().store.set_passphrase(owner, passphrase, cost, &stamp)?;
        Ok(())
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere leaves the store whole: a transaction that did not commit is rolled back.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One change: all of it durable when this returns, or none of it.
    pub(super) fn write<R>(
        &self,
        why: &str,
        work: impl FnOnce(&mut Writing<'_>) -> Result<R, store::Error>,
    ) -> Result<R, Error> {
        let stamp = Stamp { at: self.now(), actor: &self.actor };
        let mut inner = self.inner();
        let (result, anchor) = inner.store.write(&stamp, why, |w| {
            let result = work(w)?;
            list::keep_up(w)?;
            Ok(result)
        })?;
        inner.seen.note(anchor);
        Ok(result)
    }

    /// Random bits for an id.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn bits(&self) -> Result<u64, Error> {
        let mut bytes = [0; 8];
        self.world.random.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    /// A fresh id for a case.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn new_case_id(&self) -> Result<CaseId, Error> {
        self.bits().map(CaseId::new)
    }
}

/// What the first person with a key is, as the school's settings say.
fn role_in(school: &School, name: &str) -> KeyRole {
    if !school.lead.name.is_empty() && school.lead.name == name { KeyRole::Lead } else { KeyRole::Head }
}
