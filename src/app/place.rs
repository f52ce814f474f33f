//! Where a case file lies, and whether it is safe there: a folder that a service copies elsewhere, a file system over the
//! network, a medium that is pulled out. It looks at names, marker files and the table of mounts, and changes nothing.
//! What it does not know it takes for this PC's own disk.

use super::{Kind, Notice};
use std::path::{Path, PathBuf};

/// Why a folder is not a safe place for a live case file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// A service copies what lies here to other computers, in the middle of a change too.
    Synchronised(Service),
    /// The files are on another computer: locks and writes do not hold as they do on a disk.
    Network,
    /// It can be pulled out in the middle of a change.
    Removable,
}

/// A service that keeps folders alike on several computers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// Microsoft's.
    OneDrive,
    /// Dropbox.
    Dropbox,
    /// Google's.
    GoogleDrive,
    /// Apple's.
    ICloud,
    /// Nextcloud, and ownCloud, from which it comes.
    Nextcloud,
}

impl Service {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneDrive => "OneDrive",
            Self::Dropbox => "Dropbox",
            Self::GoogleDrive => "Google Drive",
            Self::ICloud => "iCloud",
            Self::Nextcloud => "Nextcloud",
        }
    }
}

impl Risk {
    /// What is wrong with a folder, if this PC can tell.
    pub fn of(folder: &Path) -> Option<Self> {
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
        let here = Surroundings {
            one_drive: ["OneDrive", "OneDriveCommercial", "OneDriveConsumer"]
                .iter()
                .filter_map(std::env::var_os)
                .map(PathBuf::from)
                // As it is written, and as the system itself writes it, on Windows in capitals of its own.
                .flat_map(|named| named.canonicalize().ok().into_iter().chain([named]))
                .collect(),
            mounts: &mounts,
            exists: &|path| path.exists(),
            removable: &removable,
            drive: &of_drive,
        };
        here.judge_all_the_way(folder)
    }

    fn why(self) -> String {
        match self {
            Self::Synchronised(service) => format!(
                "This folder is kept in step by {}, which can damage a case file while it is written.",
                service.name()
            ),
            Self::Network => {
                "This folder is on the network, where a case file can be damaged while it is written.".into()
            }
            Self::Removable => {
                "This folder is on a medium that can be pulled out, and lost, while a case file is written."
                    .into()
            }
        }
    }

    /// No case file is made here.
    pub fn refusal(self) -> Notice {
        Notice {
            kind: Kind::YourInput,
            what: self.why(),
            what_to_do:
                "Choose a folder on this PC’s own disk. Backups may go here: you set that in Settings.".into(),
            detail: String::new(),
        }
    }

    /// A case file that lies here already is opened all the same, and its people are told.
    pub fn warning(self) -> Notice {
        Notice {
            kind: Kind::File,
            what: self.why(),
            what_to_do:
                "Close Casebook, move the case file’s folder to this PC’s own disk, and open it there. Let \
                         backups go here instead: you set that in Settings."
                    .into(),
            detail: String::new(),
        }
    }
}

/// What a folder is judged by, besides its name.
struct Surroundings<'a> {
    /// Folders that this PC says are OneDrive's.
    one_drive: Vec<PathBuf>,
    /// Linux's table of mounts; empty elsewhere.
    mounts: &'a str,
    exists: &'a dyn Fn(&Path) -> bool,
    /// Whether a block device, by its numbers, can be pulled out.
    removable: &'a dyn Fn(&str) -> bool,
    /// What the letter of its drive says, where there are letters.
    drive: &'a dyn Fn(&Path) -> Option<Risk>,
}

impl Surroundings<'_> {
    /// As it is written, and as what it leads to: a link into such a folder is such a folder. One that is not there yet is
    /// judged by the one that it will be in.
    fn judge_all_the_way(&self, folder: &Path) -> Option<Risk> {
        let there = || folder.ancestors().find_map(|at| at.canonicalize().ok());
        self.judge(folder).or_else(|| self.judge(&there()?))
    }

    fn judge(&self, folder: &Path) -> Option<Risk> {
        if let Some(service) = folder.ancestors().find_map(|at| self.service(at)) {
            return Some(Risk::Synchronised(service));
        }
        let text = folder.to_string_lossy();
        // Windows: `\\server\share`, but not `\\?\C:\` or `\\.\`, which are this PC's.
        let share = text.strip_prefix(r"\\?\UNC\").or_else(|| text.strip_prefix(r"\\"));
        if share.is_some_and(|rest| !rest.starts_with(['?', '.'])) {
            return Some(Risk::Network);
        }
        if let Some(risk) = (self.drive)(folder) {
            return Some(risk);
        }
        let mount = mount_of(folder, self.mounts)?;
        if is_network(&mount.kind) {
            return Some(Risk::Network);
        }
        (self.removable)(&mount.device).then_some(Risk::Removable)
    }

    /// Whose folder this is, by its own name and by what lies in it.
    fn service(&self, folder: &Path) -> Option<Service> {
        if self.one_drive.iter().any(|known| known == folder) {
            return Some(Service::OneDrive);
        }
        let has = |name: &str| (self.exists)(&folder.join(name));
        let name = folder.file_name()?.to_string_lossy().to_lowercase();
        // `OneDrive - Larkfield School` and `Dropbox (Personal)` are whose they begin with; `Dropbox notes` is nobody's.
        let called = |service: &str| {
            name.strip_prefix(service)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(" - ") || rest.starts_with(" ("))
        };
        if called("onedrive") || name.starts_with("onedrive-") {
            Some(Service::OneDrive)
        } else if called("dropbox") || has(".dropbox") || has(".dropbox.cache") {
            Some(Service::Dropbox)
        } else if called("google drive")
            || called("googledrive")
            || name.starts_with("googledrive-")
            || has(".tmp.driveupload")
        {
            Some(Service::GoogleDrive)
        } else if called("icloud drive") || called("iclouddrive") || name == "com~apple~clouddocs" {
            Some(Service::ICloud)
        } else if called("nextcloud")
            || called("owncloud")
            || has(".nextcloudsync.log")
            || has(".owncloudsync.log")
        {
            Some(Service::Nextcloud)
        } else {
            None
        }
    }
}

/// What Windows says of the drive by its letter.
#[cfg(windows)]
fn of_drive(folder: &Path) -> Option<Risk> {
    use super::windows::{Drive, drive_of};
    match drive_of(folder) {
        Drive::Network => Some(Risk::Network),
        Drive::Removable => Some(Risk::Removable),
        Drive::Fixed => None,
    }
}

/// Elsewhere there are no letters.
#[cfg(not(windows))]
fn of_drive(_folder: &Path) -> Option<Risk> {
    None
}

struct Mount {
    point: PathBuf,
    device: String,
    kind: String,
}

/// The mount that a folder is on: the longest that holds it, and of equals the last, which lies over the others.
fn mount_of(folder: &Path, table: &str) -> Option<Mount> {
    let holding = table.lines().filter_map(read_mount).filter(|mount| folder.starts_with(&mount.point));
    holding.max_by_key(|mount| mount.point.components().count())
}

/// One line of `/proc/self/mountinfo`: `36 35 98:0 /root /point rw,noatime shared:1 - ext4 /dev/sda1 rw`.
fn read_mount(line: &str) -> Option<Mount> {
    let (before, after) = line.split_once(" - ")?;
    let mut before = before.split(' ').skip(2);
    let device = before.next()?.to_owned();
    // The kernel writes what would end a field as octal.
    let point = before.nth(1)?.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\");
    let kind = after.split(' ').next()?.to_owned();
    Some(Mount { point: point.into(), device, kind })
}

fn is_network(kind: &str) -> bool {
    const KINDS: [&str; 14] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "9p",
        "ceph",
        "davfs",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs2",
    ];
    KINDS.contains(&kind) || kind == "fuse.gvfsd-fuse"
}

/// Linux tells it of the whole disk, whose part a mount mostly is.
fn removable(device: &str) -> bool {
    let block = Path::new("/sys/dev/block").join(device);
    let tells = |path: PathBuf| std::fs::read_to_string(path).is_ok_and(|text| text.trim() == "1");
    // Through the link: beside a partition lies its disk's own entry.
    let disk = block.canonicalize().ok().and_then(|part| part.parent().map(|disk| disk.join("removable")));
    tells(block.join("removable")) || disk.is_some_and(tells)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented, in the kernel's form.
    const TABLE: &str = "\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:40 / /srv/school rw,relatime shared:5 - nfs4 server:/school rw
31 22 0:41 / /srv/office rw - cifs //server/office rw
32 22 0:42 / /home/lead/far\\040away rw shared:7 - fuse.sshfs lead@host: rw
33 22 8:17 / /media/lead/STICK rw,nosuid shared:9 - vfat /dev/sdb1 rw
34 30 8:3 / /srv/school/local rw - ext4 /dev/sda3 rw
35 22 0:43 / /mnt/pc rw - 9p drvfs rw
36 22 8:2 / /mnt/over rw - ext4 /dev/sda2 rw
37 36 0:44 / /mnt/over rw - nfs server:/over rw
not a line of a table
";

    fn judge(folder: &str) -> Option<Risk> {
        let markers = [
            "/home/lead/Team/.dropbox",
            "/home/lead/Work/.nextcloudsync.log",
            "/home/lead/G/.tmp.driveupload",
        ];
        let here = Surroundings {
            one_drive: vec!["/home/lead/School cloud".into()],
            mounts: TABLE,
            exists: &|path| markers.iter().any(|marker| path == Path::new(marker)),
            removable: &|device| device == "8:17",
            drive: &|folder| folder.starts_with("S:").then_some(Risk::Removable),
        };
        here.judge(Path::new(folder))
    }

    #[test]
    fn each_place_is_known_by_its_names_its_files_or_its_mount() {
        use Risk::{Network, Removable, Synchronised};
        use Service::{Dropbox, GoogleDrive, ICloud, Nextcloud, OneDrive};
        for (folder, risk) in [
            ("/home/lead/Documents/a.casebook", None),
            ("/home/lead/OneDrive/a.casebook", Some(Synchronised(OneDrive))),
            ("/home/lead/OneDrive - Larkfield School/Documents", Some(Synchronised(OneDrive))),
            ("/Users/lead/Library/CloudStorage/OneDrive-Larkfield/x", Some(Synchronised(OneDrive))),
            ("/home/lead/School cloud/a.casebook", Some(Synchronised(OneDrive))),
            ("/home/lead/dropbox (Personal)/a", Some(Synchronised(Dropbox))),
            ("/home/lead/Team/deep/er/a.casebook", Some(Synchronised(Dropbox))),
            ("/home/lead/Dropbox notes/a.casebook", None),
            ("/home/lead/Google Drive/a", Some(Synchronised(GoogleDrive))),
            (
                "/Users/lead/Library/CloudStorage/GoogleDrive-lead@school/My Drive",
                Some(Synchronised(GoogleDrive)),
            ),
            ("/home/lead/G/a", Some(Synchronised(GoogleDrive))),
            ("/Users/lead/Library/Mobile Documents/com~apple~CloudDocs/a", Some(Synchronised(ICloud))),
            ("/home/lead/iCloudDrive/a", Some(Synchronised(ICloud))),
            ("/home/lead/Nextcloud/a", Some(Synchronised(Nextcloud))),
            ("/home/lead/Work/a", Some(Synchronised(Nextcloud))),
            ("/srv/school/a.casebook", Some(Network)),
            ("/srv/schools/a.casebook", None),
            ("/srv/school/local/a.casebook", None),
            ("/srv/office", Some(Network)),
            ("/home/lead/far away/a", Some(Network)),
            ("/mnt/pc/a", Some(Network)),
            ("/mnt/over/a", Some(Network)),
            (r"\\server\office\a.casebook", Some(Network)),
            (r"\\?\UNC\server\office\a.casebook", Some(Network)),
            (r"\\?\C:\Users\lead\a.casebook", None),
            ("/media/lead/STICK/a.casebook", Some(Removable)),
            ("S:/a.casebook", Some(Removable)),
        ] {
            assert_eq!(judge(folder), risk, "{folder}");
        }
    }

    #[test]
    fn a_link_into_such_a_folder_is_such_a_folder_and_so_is_one_that_is_not_there_yet() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Risk::of(&dir.path().join("a.casebook")), None);
        let kept = dir.path().join("OneDrive - Larkfield");
        std::fs::create_dir(&kept).unwrap();
        let wanted = Some(Risk::Synchronised(Service::OneDrive));
        assert_eq!(Risk::of(&kept.join("not/yet")), wanted);
        #[cfg(unix)]
        {
            let link = dir.path().join("Records");
            std::os::unix::fs::symlink(&kept, &link).unwrap();
            assert_eq!(Risk::of(&link.join("a.casebook")), wanted);
            // The letter of a drive, and the mount, of what the link leads to.
            let (stick, link) = (dir.path().join("stick"), dir.path().join("Elsewhere"));
            std::fs::create_dir(&stick).unwrap();
            std::os::unix::fs::symlink(&stick, &link).unwrap();
            let stick = stick.canonicalize().unwrap();
            let of_stick = |folder: &Path| folder.starts_with(&stick).then_some(Risk::Removable);
            let table = format!("30 22 0:40 / {} rw - nfs4 server:/school rw", stick.display());
            let nothing: &dyn Fn(&Path) -> Option<Risk> = &|_| None;
            for (drive, mounts, risk) in
                [(&of_stick as _, "", Risk::Removable), (nothing, table.as_str(), Risk::Network)]
            {
                let exists = &|_: &Path| false;
                let here = Surroundings { one_drive: vec![], mounts, exists, removable: &|_| false, drive };
                assert_eq!(here.judge_all_the_way(&link.join("a.casebook")), Some(risk));
                assert_eq!(here.judge(&link.join("a.casebook")), None, "by its name alone it is none");
            }
        }
    }
}
