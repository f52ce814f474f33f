//! Where backups go.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where backups go besides the case file's own folder.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupPlan {
    /// A folder on another disk, a stick or the school's server; nothing while none is chosen.
    pub second_place: Option<PathBuf>,
}
