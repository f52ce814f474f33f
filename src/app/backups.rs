//! Backups: made while people work, kept in the case file's own folder and in a second place, and put back.
//!
//! Decides when a backup is due and when the last good one is too old. What a backup is, is the store's matter.

use super::{Error, Session, World};
use crate::domain::BackupPlan;
use crate::store::backup::{self, Backup};
use crate::store::{self, Anchor, Report};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::{Path, PathBuf};

/// While people work, a backup is made as often as this.
const EVERY: TimeDelta = TimeDelta::hours(1);
/// Work that lies in no backup for longer than this is told.
const OLD: TimeDelta = TimeDelta::days(1);
/// The same for the second place, which may be a stick that is put in once a week.
const OLD_ELSEWHERE: TimeDelta = TimeDelta::days(7);

/// What a backup came to.
#[derive(Debug)]
pub struct BackedUp {
    /// The file in the case file's own folder.
    pub path: PathBuf,
    /// What was checked in it.
    pub report: Report,
    /// What became of the second place, where there is one.
    pub second: Option<Result<PathBuf, Error>>,
}

/// How it stands with the backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    /// The newest in the case file's own folder.
    pub newest: Option<Backup>,
    /// The second place, and the newest there; nothing where it cannot be reached, or holds none.
    pub second: Option<(PathBuf, Option<Backup>)>,
    /// How many entries of the record are in no backup here.
    pub behind: u64,
    /// Why somebody should see to the backups.
    pub warning: Option<BackupWarning>,
}

/// Why somebody should see to the backups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupWarning {
    /// There is none.
    NoneYet,
    /// A backup goes further than the record itself.
    HoldsMore,
    /// The newest is old, and something was written since.
    Old,
    /// All lie on this PC.
    OnlyHere,
    /// The second place cannot be reached, or holds none.
    SecondMissing,
    /// The newest in the second place is old, and something was written since.
    SecondOld,
}

impl BackupWarning {
    /// In a plain sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoneYet => "There is no backup yet.",
            Self::HoldsMore => {
                "A backup holds more than the case file. Something may have been lost; ask for help."
            }
            Self::Old => "The last good backup is more than a day old.",
            Self::OnlyHere => "All backups are on this PC. Choose a second place, in case the PC is lost.",
            Self::SecondMissing => "The second place for backups cannot be reached, or has no backup yet.",
            Self::SecondOld => "The last good backup in the second place is more than a week old.",
        }
    }

    /// Whether it is told without being asked for.
    pub fn is_pressing(self) -> bool {
        !matches!(self, Self::OnlyHere | Self::SecondMissing)
    }
}

impl Session {
    /// Where backups go besides.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn backup_plan(&self) -> Result<BackupPlan, Error> {
        Ok(self.inner().store.get("backup_plan")?.unwrap_or_default())
    }

    /// Writes down where backups go besides.
    ///
    /// # Errors
    /// The case file cannot be written.
    pub fn save_backup_plan(&self, plan: &BackupPlan) -> Result<(), Error> {
        self.write("where backups go", |w| w.put(plan))
    }

    /// Makes a backup now, checks it, copies it to the second place, and lets go of those that the ladder does not keep.
    ///
    /// # Errors
    /// The backup in the case file's own folder was not made. A second place that failed is told in the result.
    pub fn back_up(&self) -> Result<BackedUp, Error> {
        let (copied, to) = {
            let inner = self.inner();
            let folder = inner.store.backups_folder();
            // A person may have removed it; and from a restored file it may be missing.
            if !folder.is_dir() {
                std::fs::create_dir(&folder)
                    .map_err(|source| Error::Export { path: folder.clone(), source })?;
            }
            let to = folder.join(inner.store.backup_name(self.now())?);
            (inner.store.copy_for_backup(&folder)?, to)
        };
        // From here on others may write: the copy is apart.
        let report = match copied.finish(&to) {
            // Made in this very second, of the same entries.
            Err(store::Error::AlreadyThere) => Report::default(),
            done => done?,
        };
        let second = self.backup_plan()?.second_place.map(|place| self.copy_to_second(&to, &place));
        self.inner().store.tidy_backups(to.parent().unwrap_or(Path::new(".")))?;
        Ok(BackedUp { path: to, report, second })
    }

    fn copy_to_second(&self, backup: &Path, place: &Path) -> Result<PathBuf, Error> {
        let copied = backup::copy_to(backup, place)?;
        self.inner().store.tidy_backups(place)?;
        Ok(copied)
    }

    /// Makes a backup if one is due: something was written since the last one, and that is an hour old.
    ///
    /// # Errors
    /// As [`back_up`](Self::back_up).
    pub fn back_up_if_due(&self) -> Result<Option<BackedUp>, Error> {
        let due = {
            let inner = self.inner();
            let seq = inner.store.head()?.seq();
            let newest = newest_at(&inner.store, &inner.store.backups_folder());
            newest.is_none_or(|newest| newest.seq != seq && (self.now() - newest.at).abs() >= EVERY)
        };
        if due { self.back_up().map(Some) } else { Ok(None) }
    }

    /// Makes a backup in one file at a place of the person's choice.
    ///
    /// # Errors
    /// The place is taken or cannot be written; the case file is not sound.
    pub fn back_up_to(&self, file: &Path) -> Result<Report, Error> {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let copied = self.inner().store.copy_for_backup(folder)?;
        Ok(copied.finish(file)?)
    }

    /// The backups in the case file's own folder, the newest first.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn backups(&self) -> Result<Vec<Backup>, Error> {
        let inner = self.inner();
        Ok(inner.store.backups_at(&inner.store.backups_folder())?)
    }

    /// How it stands with the backups.
    ///
    /// # Errors
    /// The case file cannot be read.
    pub fn backups_stand(&self) -> Result<Backups, Error> {
        let plan = self.backup_plan()?;
        let inner = self.inner();
        let seq = inner.store.head()?.seq();
        let newest = newest_at(&inner.store, &inner.store.backups_folder());
        let second = plan.second_place.map(|place| {
            let newest = newest_at(&inner.store, &place);
            (place, newest)
        });
        drop(inner);
        let behind = seq - newest.as_ref().map_or(0, |newest| newest.seq.min(seq));
        let warning = self.warning(seq, newest.as_ref(), second.as_ref().map(|(_, newest)| newest));
        Ok(Backups { newest, second, behind, warning })
    }

    fn warning(
        &self,
        seq: u64,
        newest: Option<&Backup>,
        second: Option<&Option<Backup>>,
    ) -> Option<BackupWarning> {
        let now = self.now();
        match (newest, second) {
            (None, _) => Some(BackupWarning::NoneYet),
            (Some(newest), _) if newest.seq > seq => Some(BackupWarning::HoldsMore),
            (Some(newest), _) if late(newest, seq, now, OLD) => Some(BackupWarning::Old),
            (Some(_), None) => Some(BackupWarning::OnlyHere),
            (Some(_), Some(None)) => Some(BackupWarning::SecondMissing),
            (Some(_), Some(Some(second))) if late(second, seq, now, OLD_ELSEWHERE) => {
                Some(BackupWarning::SecondOld)
            }
            (Some(_), Some(Some(_))) => None,
        }
    }

    /// A restore drill: puts a backup into a new folder, checks it as a whole with this session's key, and says up to
    /// which entry of the record it goes. The folder stays, to be looked into.
    ///
    /// # Errors
    /// What is wrong with the backup or the folder.
    pub fn practise_restore(&self, backup: &Path, to: &Path) -> Result<(Report, Anchor), Error> {
        backup::restore(backup, to, &*self.random())?;
        Ok(self.inner().store.check_restored(to)?)
    }
}

fn newest_at(store: &store::Store, place: &Path) -> Option<Backup> {
    // A place that cannot be reached holds nothing that could be put back.
    store.backups_at(place).ok()?.into_iter().next()
}

/// Whether something was written since, and that long ago.
fn late(backup: &Backup, seq: u64, now: DateTime<Utc>, limit: TimeDelta) -> bool {
    backup.seq < seq && now - backup.at > limit
}

/// Whether a backup is whole. Needs no key.
///
/// # Errors
/// It is damaged, or no backup.
pub fn check_backup(file: &Path) -> Result<(), Error> {
    Ok(backup::check(file)?)
}

/// Puts a backup into a new folder. Needs no key.
///
/// # Errors
/// What is wrong with the backup or the folder.
pub fn restore(file: &Path, to: &Path, world: &World) -> Result<(), Error> {
    Ok(backup::restore(file, to, &*world.random)?)
}

/// Puts a backup in the place of a damaged case file, and returns where the damaged one is kept.
///
/// # Errors
/// What is wrong with the backup; the case file is open; it is a backup of another one.
pub fn restore_over(file: &Path, case_file: &Path, world: &World) -> Result<PathBuf, Error> {
    Ok(backup::restore_over(file, case_file, world.clock.now(), &*world.random)?)
}

/// The backups in a case file's own folder, the newest first, where the case file itself cannot be opened.
pub fn backups_beside(case_file: &Path) -> Vec<Backup> {
    backup::beside(case_file)
}

/// Puts a backup where the case file belongs. What is there, damaged or in part, is kept, and where is returned.
///
/// # Errors
/// What is wrong with the backup; the case file is open; it is a backup of another one.
pub fn put_back(file: &Path, case_file: &Path, world: &World) -> Result<Option<PathBuf>, Error> {
    if case_file.exists() {
        restore_over(file, case_file, world).map(Some)
    } else {
        restore(file, case_file, world).map(|()| None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Clock, Cost, NewCaseFile, Secret};
    use crate::domain::{Day, School};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    /// A clock that a test moves on, in minutes.
    struct Moving(AtomicI64);

    impl Moving {
        fn on(&self, minutes: i64) {
            self.0.fetch_add(minutes, Ordering::Relaxed);
        }
    }

    impl Clock for Moving {
        fn now(&self) -> DateTime<Utc> {
            DateTime::from_timestamp(1_767_225_600 + 60 * self.0.load(Ordering::Relaxed), 0).unwrap()
        }
        fn today(&self) -> Day {
            self.now().date_naive().into()
        }
    }

    fn secret() -> Secret {
        Secret::new("one".into())
    }

    fn case_file() -> (tempfile::TempDir, Session, Arc<Moving>, World) {
        let dir = tempfile::tempdir().unwrap();
        let clock = Arc::new(Moving(0.into()));
        let world = World { clock: clock.clone(), ..World::real() };
        let new = NewCaseFile {
            folder: dir.path().join("Larkfield.casebook"),
            school: School::default(),
            owner: "Mrs Amy Wells".into(),
            passphrase: secret(),
            cost: Cost { m_kib: 19 * 1024, t: 1, p: 1 },
        };
        let (session, _) = Session::create(&new, world.clone()).unwrap();
        (dir, session, clock, world)
    }

    fn school(name: &str) -> School {
        School { name: name.into(), ..School::default() }
    }

    #[test]
    fn one_is_made_when_it_is_due_and_somebody_is_told_when_not() {
        let (dir, session, clock, _) = case_file();
        let warning = || session.backups_stand().unwrap().warning;
        assert_eq!(warning(), Some(BackupWarning::NoneYet));
        assert!(session.back_up_if_due().unwrap().is_some());
        assert_eq!(warning(), Some(BackupWarning::OnlyHere));
        clock.on(3 * 24 * 60);
        assert!(session.back_up_if_due().unwrap().is_none(), "nothing was written since");
        session.save_school(&school("Larkfield")).unwrap();
        assert_eq!(warning(), Some(BackupWarning::Old));
        assert_eq!(session.backups_stand().unwrap().behind, 1);
        assert!(session.back_up_if_due().unwrap().is_some());
        session.save_school(&school("Larkfield Junior")).unwrap();
        clock.on(30);
        assert!(session.back_up_if_due().unwrap().is_none(), "half an hour is too soon");
        clock.on(31);
        assert!(session.back_up_if_due().unwrap().is_some());
        assert_eq!(session.backups().unwrap().len(), 3);

        let second = dir.path().join("stick");
        session.save_backup_plan(&BackupPlan { second_place: Some(second.clone()) }).unwrap();
        assert_eq!(warning(), Some(BackupWarning::SecondMissing));
        let done = session.back_up().unwrap();
        assert!(matches!(done.second, Some(Err(_))), "no such folder: told, and the backup here is made");
        std::fs::create_dir(&second).unwrap();
        clock.on(1);
        assert!(matches!(session.back_up().unwrap().second, Some(Ok(_))));
        assert_eq!(session.backups_stand().unwrap().warning, None);
        clock.on(8 * 24 * 60);
        session.save_school(&school("Larkfield")).unwrap();
        session.save_backup_plan(&BackupPlan::default()).unwrap();
        session.back_up().unwrap();
        session.save_backup_plan(&BackupPlan { second_place: Some(second) }).unwrap();
        assert_eq!(warning(), Some(BackupWarning::SecondOld));
    }

    #[test]
    fn a_drill_gives_back_every_entry() {
        let (dir, session, _, _) = case_file();
        session.save_school(&school("Larkfield")).unwrap();
        let made = session.back_up().unwrap();
        let head = session.anchor().unwrap();
        session.save_school(&school("After the backup")).unwrap();
        let to = dir.path().join("drill.casebook");
        let (report, anchor) = session.practise_restore(&made.path, &to).unwrap();
        assert_eq!((report.problems, anchor), (vec![], head));
        assert!(matches!(
            session.practise_restore(&made.path, &to),
            Err(Error::Store(store::Error::AlreadyThere))
        ));
        let restored = Session::open(&to, &secret(), World::real()).unwrap();
        assert_eq!(restored.school().unwrap().name, "Larkfield");
    }

    #[test]
    fn a_portable_backup_takes_the_place_of_a_damaged_file_which_is_kept() {
        let (dir, session, _, world) = case_file();
        session.save_school(&school("Larkfield")).unwrap();
        session.back_up().unwrap();
        let file = dir.path().join("portable.casebackup");
        assert_eq!(session.back_up_to(&file).unwrap().problems, []);
        assert!(session.back_up_to(&file).is_err(), "a place that is taken stays as it is");
        check_backup(&file).unwrap();
        let folder = session.folder();
        let in_use = restore_over(&file, &folder, &world).unwrap_err();
        assert!(matches!(in_use, Error::Store(store::Error::InUse)));
        drop(session);

        let database = folder.join("records.casedb");
        let mut bytes = std::fs::read(&database).unwrap();
        bytes[100..4000].fill(0);
        std::fs::write(&database, &bytes).unwrap();
        assert!(Session::open(&folder, &secret(), world.clone()).is_err());
        let kept = restore_over(&file, &folder, &world).unwrap();
        assert_eq!(std::fs::read(kept.join("records.casedb")).unwrap(), bytes);
        let session = Session::open(&folder, &secret(), world.clone()).unwrap();
        assert_eq!(session.school().unwrap().name, "Larkfield");
        assert_eq!(session.backups().unwrap().len(), 1, "the backups moved along");
        assert_eq!(session.verify().unwrap().problems, []);
        drop(session);

        let (_other_dir, other, _, _) = case_file();
        let others = other.folder();
        drop(other);
        let refused = restore_over(&file, &others, &world).unwrap_err();
        assert!(matches!(refused, Error::Store(store::Error::BackupOfAnother)));
        assert!(Session::open(&others, &secret(), world).is_ok());
    }

    #[test]
    fn a_backup_from_before_another_key_says_so() {
        let (dir, session, _, _) = case_file();
        let made = session.back_up().unwrap();
        let words = session.new_recovery_words().unwrap();
        session.replace_sheet(&words).unwrap();
        let refused = session.practise_restore(&made.path, &dir.path().join("drill.casebook"));
        assert!(matches!(refused, Err(Error::Store(store::Error::OlderKey))));
    }

    #[test]
    fn what_is_not_sound_becomes_no_backup() {
        let (dir, session, _, _) = case_file();
        let database = session.folder().join("records.casedb");
        let mut bytes = std::fs::read(&database).unwrap();
        let at = bytes.len() - 4096 * 3 + 50;
        bytes[at] ^= 1;
        drop(session);
        std::fs::write(&database, bytes).unwrap();
        let session =
            Session::open(&dir.path().join("Larkfield.casebook"), &secret(), World::real()).unwrap();
        assert!(session.back_up().is_err());
        assert_eq!(std::fs::read_dir(session.folder().join("backups")).unwrap().count(), 0);
    }
}
