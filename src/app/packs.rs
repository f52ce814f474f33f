//! Policy packs: which one is in force, a school's own pack from a folder, and the pack that an old decision was made by.

use super::{Error, Session};
use crate::domain::{PolicyPack, School};
use crate::policy::{self, BUILT_IN, Policy, Proof, Sources};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// No file of a pack is longer than this.
const LONGEST: u64 = 1 << 20;

/// A pack that was read from a folder and proved.
#[derive(Debug, Clone)]
pub struct CheckedPack {
    /// What it says.
    pub policy: Arc<Policy>,
    /// What was proved of it.
    pub proof: Proof,
    files: BTreeMap<String, String>,
}

/// A pack that the case file has, or that came with Casebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackLine {
    /// How it signs a decision.
    pub stamp: String,
    /// What the policy is called.
    pub title: String,
    /// Whether new decisions are made by it.
    pub in_force: bool,
}

/// Why a pack in a folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file cannot be read.
    #[error("{} cannot be read ({source})", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is longer than any policy.
    #[error("{} is longer than 1 MB, so it is no file of a policy pack", path.display())]
    TooLong {
        /// Which.
        path: PathBuf,
    },
    /// What the files say does not hold together.
    #[error(transparent)]
    Policy(#[from] policy::Error),
    /// The same id and version as a pack that the case file has, with other words.
    #[error(
        "the case file has another text under “{stamp}”; give the changed pack a higher version in policy.toml"
    )]
    SameVersion {
        /// The id and version.
        stamp: String,
    },
}

/// Reads a pack from a folder and proves it. Where the folder has no `platforms.toml`, Casebook's own age table stands in.
///
/// # Errors
/// A file that is missing or cannot be read, and everything that does not hold together.
pub fn read_pack(folder: &Path) -> Result<CheckedPack, PackError> {
    let files = read_files(folder)?;
    let policy = Policy::read(&sources(&files)?)?;
    let proof = policy.prove()?;
    Ok(CheckedPack { policy: Arc::new(policy), proof, files })
}

/// Reads a pack from a folder as far as it reads, to look into it. No decision is ever made by it.
///
/// # Errors
/// A file that is missing or cannot be read, and what is wrong in one.
pub fn read_pack_unproved(folder: &Path) -> Result<Policy, PackError> {
    Ok(Policy::read(&sources(&read_files(folder)?)?)?)
}

fn read_files(folder: &Path) -> Result<BTreeMap<String, String>, PackError> {
    let mut files = BTreeMap::new();
    for name in policy::FILES {
        let path = folder.join(name);
        if name == policy::PLATFORMS && !path.exists() {
            continue;
        }
        files.insert(name.to_owned(), read_file(&path)?);
    }
    Ok(files)
}

fn read_file(path: &Path) -> Result<String, PackError> {
    let failed = |source| PackError::Read { path: path.to_owned(), source };
    let mut text = String::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LONGEST + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > LONGEST { Err(PackError::TooLong { path: path.to_owned() }) } else { Ok(text) }
}

fn sources(files: &BTreeMap<String, String>) -> Result<Sources<'_>, policy::Error> {
    Sources::of(|name| files.get(name).map(String::as_str))
}

/// The pack whose stamp this is: the one that comes with Casebook where the case file has no other.
pub(super) fn load(pack: Option<&PolicyPack>) -> Result<Policy, Error> {
    match pack {
        Some(pack) => Ok(Policy::read(&sources(&pack.files)?)?),
        None => Ok(Policy::built_in()?),
    }
}

impl Session {
    /// The packs that there are: the one that comes with Casebook, and those that the case file has.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn packs(&self) -> Result<Vec<PackLine>, Error> {
        let kept = self.inner().store.list::<PolicyPack>()?;
        let built_in = Policy::built_in()?;
        let in_force = self.policy().stamp();
        let line = |policy: &Policy| PackLine {
            stamp: policy.stamp(),
            title: policy.title.clone(),
            in_force: policy.stamp() == in_force,
        };
        let mut lines = vec![line(&built_in)];
        for pack in kept.iter().filter(|pack| pack.stamp != built_in.stamp()) {
            lines.push(line(&load(Some(pack))?));
        }
        Ok(lines)
    }

    /// Makes new decisions by this pack from now on. Decisions made before keep the pack that they were made by.
    ///
    /// # Errors
    /// [`PackError::SameVersion`] where the case file has other words under the same version.
    pub fn adopt_pack(&self, checked: &CheckedPack) -> Result<Self, Error> {
        let stamp = checked.policy.stamp();
        let kept = self.inner().store.get::<PolicyPack>(&stamp)?;
        let built_in = Policy::built_in()?.stamp() == stamp;
        let same = kept.as_ref().is_none_or(|kept| kept.files == checked.files);
        if !same || built_in && checked.files != built_in_files() {
            return Err(PackError::SameVersion { stamp }.into());
        }
        let pack = PolicyPack { stamp, files: checked.files.clone(), kept_on: self.today() };
        self.put_in_force(&pack.stamp, kept.is_none().then_some(&pack), Arc::clone(&checked.policy))
    }

    /// Makes new decisions by a pack that there is already.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none with this stamp.
    pub fn use_pack(&self, stamp: &str) -> Result<Self, Error> {
        let policy = self.policy_of(stamp).ok_or(Error::NotFound)?;
        self.put_in_force(stamp, None, policy)
    }

    fn put_in_force(
        &self,
        stamp: &str,
        new: Option<&PolicyPack>,
        policy: Arc<Policy>,
    ) -> Result<Self, Error> {
        let school = School { policy: stamp.to_owned(), ..self.school()? };
        self.write("the policy in force", |w| {
            new.map_or(Ok(()), |pack| w.put(pack))?;
            w.put(&school)
        })?;
        Ok(self.with_policy(policy))
    }

    /// Puts the policy in force here in force in another case file too.
    pub(super) fn lend_policy(&self, to: Self) -> Result<Self, Error> {
        let stamp = self.policy().stamp();
        if to.policy().stamp() == stamp {
            return Ok(to);
        }
        let Some(pack) = self.inner().store.get::<PolicyPack>(&stamp)? else { return Ok(to) };
        to.put_in_force(&stamp, Some(&pack), self.shared_policy())
    }

    /// The policy that signed a decision, if the case file or this Casebook has it.
    pub fn policy_of(&self, stamp: &str) -> Option<Arc<Policy>> {
        if self.policy().stamp() == stamp {
            return Some(self.shared_policy());
        }
        let kept = self.inner().store.get::<PolicyPack>(stamp).ok()?;
        let policy = load(kept.as_ref()).ok()?;
        (policy.stamp() == stamp).then(|| Arc::new(policy))
    }

    /// The text of the policy in force, where the case file does not have it yet: a decision keeps the words it was made
    /// by, whatever a later Casebook brings with it.
    pub(super) fn pack_to_keep(&self) -> Result<Option<PolicyPack>, Error> {
        let stamp = self.policy().stamp();
        if self.inner().store.get::<PolicyPack>(&stamp)?.is_some() {
            return Ok(None);
        }
        Ok(Some(PolicyPack { stamp, files: built_in_files(), kept_on: self.today() }))
    }
}

fn built_in_files() -> BTreeMap<String, String> {
    policy::FILES
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), BUILT_IN.file(name)?.to_owned())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Confirmation, Cost, NewCaseFile, Secret, World, demo};
    use crate::domain::Day;
    use crate::policy::FILES;

    fn pack(folder: &Path, change: impl Fn(&str, &str) -> String) -> PathBuf {
        let folder = folder.join("pack");
        std::fs::create_dir_all(&folder).unwrap();
        for name in FILES {
            std::fs::write(folder.join(name), change(name, BUILT_IN.file(name).unwrap())).unwrap();
        }
        folder
    }

    fn renamed(name: &str, text: &str) -> String {
        let text = text.replace("id = \"ravenscote-2025-26\"\nversion = 1", "id = \"our-own\"\nversion = 3");
        if name == "outputs.toml" {
            return text
                .replace("Investigate, protect and work with the families", "Look into it and protect");
        }
        text
    }

    #[test]
    fn a_decision_keeps_the_policy_that_it_was_made_by() {
        let folder = tempfile::tempdir().unwrap();
        let first = demo::make(folder.path(), |_| {}).unwrap().session;
        let case = first.cases("Osei").unwrap()[0].id;
        let before = first.case(case).unwrap().decision().cloned().unwrap();

        let checked = read_pack(&pack(folder.path(), renamed)).unwrap();
        let session = first.adopt_pack(&checked).unwrap();
        assert_eq!(session.policy().stamp(), "our-own version 3");
        let title = |record| session.outcome_then(record).must[0].title.clone();
        assert_eq!(title(&before), "Investigate, protect and work with the families");
        let confirmation = Confirmation { gap_reason: "It is right here.".into(), ..Confirmation::default() };
        session.decide_again(case, &confirmation).unwrap();
        let after = session.case(case).unwrap().decision().cloned().unwrap();
        assert_eq!(
            (after.decision.policy.as_str(), title(&after)),
            ("our-own version 3", "Look into it and protect".into())
        );

        // A restricted register that is made beside it follows the same policy.
        let new = NewCaseFile {
            folder: folder.path().join("register.casebook"),
            school: School { restricted: true, ..School::default() },
            owner: "The chair".into(),
            passphrase: Secret::new("otter lantern copper meadow".into()),
            cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
        };
        let (register, _words) = Session::create(&new, World::on(session.today())).unwrap();
        let draft = session.begin().unwrap();
        let register = session.hand_over(&draft, register).unwrap();
        assert_eq!(register.policy().stamp(), "our-own version 3");
        drop(register);

        // Another start of the program: the pack in force is the school's own, and there is a way back.
        let path = session.folder();
        let back = session.use_pack("ravenscote-2025-26 version 1").unwrap();
        assert_eq!(back.policy().stamp(), "ravenscote-2025-26 version 1");
        let again = back.use_pack("our-own version 3").unwrap();
        drop((first, session, back, again));
        let passphrase = Secret::new(demo::PASSPHRASE.into());
        let session =
            Session::open(&path, &passphrase, World::on(Day::parse("2027-01-20").unwrap())).unwrap();
        assert_eq!(session.policy().stamp(), "our-own version 3");
        assert_eq!(session.packs().unwrap().iter().filter(|line| line.in_force).count(), 1);
        assert!(session.verify().unwrap().problems.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_refused_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let session = demo::make(folder.path(), |_| {}).unwrap().session;
        let path = pack(folder.path(), |name, text| {
            if name == "outputs.toml" { text.replace("Call 999 now", "Ring 999") } else { text.to_owned() }
        });
        let same_version = read_pack(&path).unwrap();
        let refused = session.adopt_pack(&same_version).unwrap_err();
        assert!(matches!(refused, Error::Pack(PackError::SameVersion { .. })), "{refused}");
        assert!(refused.to_string().contains("higher version"), "{refused}");

        std::fs::remove_file(path.join("rules.toml")).unwrap();
        assert!(matches!(read_pack(&path), Err(PackError::Read { .. })));
        std::fs::write(path.join("rules.toml"), "x".repeat((1 << 20) + 1)).unwrap();
        assert!(matches!(read_pack(&path), Err(PackError::TooLong { .. })));
        std::fs::write(path.join("rules.toml"), "[[rule]]\nid = \"R01\"\n").unwrap();
        assert!(matches!(read_pack(&path), Err(PackError::Policy(policy::Error::Shape { .. }))));
        assert!(matches!(session.use_pack("no such pack version 1"), Err(Error::NotFound)));
        assert_eq!(session.school().unwrap().policy, "");
    }
}
