//! The connection to the database: SQLCipher's key, the settings, and the fence around the record.
//!
//! Knows nothing of tables but the names of those that are append-only.

use super::Error;
use super::folder::Folder;
use super::secret::{DataKey, hex};
use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, OpenFlags, ffi};
use std::path::Path;
use std::time::Duration;
use zeroize::Zeroizing;

/// What a first page that does not open is called: a damaged one and one under another key look alike.
pub(super) const FIRST_PAGE: &str = "its first page";

const PAGE: u64 = 4096;

/// `cipher_compatibility` pins the format, so that a later SQLCipher opens what this one wrote.
/// As many pages stay decrypted in memory as the list and the search of ten thousand cases need (32 MiB, taken as they are
/// read); with SQLite's own 2 MiB the same pages are decrypted again with every key typed.
/// `cipher_memory_security` stays off: it makes searching six times slower, and a locked Casebook is another process.
const SETTINGS: &str = "
    PRAGMA cipher_log_level = NONE;
    PRAGMA cipher_compatibility = 4;
    PRAGMA cipher_memory_security = OFF;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 0;
    PRAGMA busy_timeout = 3000;
    PRAGMA recursive_triggers = ON;
    PRAGMA cache_size = -32768;
";

/// Statements that are kept ready: as many as one page of the window uses.
const STATEMENTS: usize = 64;

/// For the one connection that writes. DELETE and not WAL, as measured: a side file that is lost or copied without its
/// database loses acknowledged entries, and a full disk keeps a WAL database from opening.
const WRITING: &str = "
    PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA journal_mode = DELETE;
    PRAGMA synchronous = EXTRA;
    PRAGMA fullfsync = ON;
";

/// No free page stays in the file. SQLite writes over one without a way back, because nothing is lost with it; torn by a
/// power cut it would look like damage all the same, and no backup could read past it. Only before the first table.
const NO_FREE_PAGES: &str = "PRAGMA auto_vacuum = FULL;";

/// Takes SQLite's own lock and, the locking mode being exclusive, keeps it: this holds even when somebody deletes the
/// lock file.
const HOLD: &str = "BEGIN EXCLUSIVE; COMMIT;";

/// Tables whose rows never change and never go.
const APPEND_ONLY: [&str; 4] = ["event", "body", "blob", "blob_part"];

/// Makes a new database.
pub(super) fn create(path: &Path, key: &DataKey, file_id: &[u8; 16]) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let db = connect(path, key, file_id, flags)?;
    db.execute_batch(NO_FREE_PAGES)?;
    db.execute_batch(WRITING)?;
    Ok(db)
}

/// Writes a database anew, so that it has no free pages and gets none.
pub(super) fn compact(db: &Connection) -> Result<(), Error> {
    db.execute_batch(NO_FREE_PAGES)?;
    Ok(db.execute_batch("VACUUM;")?)
}

/// Opens an existing database and holds it against every other program.
pub(super) fn open(folder: &Folder, key: &DataKey, file_id: &[u8; 16]) -> Result<Connection, Error> {
    check_from_outside(folder, file_id)?;
    let opened =
        connect(&folder.database(), key, file_id, OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(|db| {
            db.execute_batch(WRITING)?;
            // The first real reading: a damaged first page or another file shows here.
            first_reading(&db)?;
            db.execute_batch(HOLD)?;
            Ok(db)
        });
    opened.map_err(|error| not_ours(folder, file_id, error))
}

/// Opens a second connection that only reads and shares nothing with the first, not even a page in memory.
pub(super) fn open_to_verify(
    folder: &Folder,
    key: &DataKey,
    file_id: &[u8; 16],
) -> Result<Connection, Error> {
    check_from_outside(folder, file_id)?;
    open_copy(&folder.database(), key, file_id)
}

/// The same for a copy that lies somewhere else.
pub(super) fn open_copy(path: &Path, key: &DataKey, file_id: &[u8; 16]) -> Result<Connection, Error> {
    let db = connect(path, key, file_id, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    first_reading(&db)?;
    Ok(db)
}

/// Copies the whole database, page by page, into a new one that may be under another key.
pub(super) fn copy(
    db: &Connection,
    path: &Path,
    key: &DataKey,
    file_id: &[u8; 16],
) -> Result<Connection, Error> {
    const PAGES_A_STEP: std::ffi::c_int = 1000;
    let mut to = create(path, key, file_id)?;
    Backup::new(db, &mut to)?.run_to_completion(PAGES_A_STEP, Duration::ZERO, None)?;
    Ok(to)
}

/// Lets other connections of this program read while `f` runs, and holds the database again afterwards.
pub(super) fn while_released<R>(db: &Connection, f: impl FnOnce() -> Result<R, Error>) -> Result<R, Error> {
    db.execute_batch("PRAGMA locking_mode = NORMAL;")?;
    first_reading(db)?;
    let result = f();
    db.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    db.execute_batch(HOLD)?;
    result
}

/// The second fence: from here on, no SQL of this connection, mistaken or injected, may change or remove what is
/// written, whatever becomes of the triggers.
pub(super) fn fence(db: &mut Connection) -> Result<(), Error> {
    Ok(db.authorizer(Some(|context: AuthContext<'_>| fenced_action(&context.action)))?)
}

fn fenced_action(action: &AuthAction<'_>) -> Authorization {
    match action {
        AuthAction::Update { table_name, .. } | AuthAction::Delete { table_name }
            if APPEND_ONLY.contains(table_name) =>
        {
            Authorization::Deny
        }
        AuthAction::DropTable { .. }
        | AuthAction::DropTrigger { .. }
        | AuthAction::DropView { .. }
        | AuthAction::DropIndex { .. }
        | AuthAction::DropVtable { .. }
        | AuthAction::AlterTable { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::Attach { .. } => Authorization::Deny,
        AuthAction::Pragma { pragma_name, pragma_value: Some(_) } if *pragma_name != "locking_mode" => {
            Authorization::Deny
        }
        _ => Authorization::Allow,
    }
}

/// Opens the fence for a destruction: rows of these tables may go, and their triggers with them for a moment. Nothing may
/// be changed, and no other table is touched. [`fence`] closes it again.
pub(super) fn open_fence(
    db: &mut Connection,
    fenced: &'static [(&'static str, &'static str)],
) -> Result<(), Error> {
    let guard = |context: AuthContext<'_>| {
        let table = |name: &str| fenced.iter().any(|(_, table)| *table == name);
        let trigger = |name: &str| fenced.iter().any(|(trigger, _)| *trigger == name);
        match context.action {
            AuthAction::Delete { table_name } if table(table_name) => Authorization::Allow,
            AuthAction::DropTrigger { trigger_name, .. } | AuthAction::CreateTrigger { trigger_name, .. }
                if trigger(trigger_name) =>
            {
                Authorization::Allow
            }
            action => fenced_action(&action),
        }
    };
    Ok(db.authorizer(Some(guard))?)
}

fn connect(path: &Path, key: &DataKey, file_id: &[u8; 16], flags: OpenFlags) -> Result<Connection, Error> {
    let db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    apply_key(&db, key, file_id)?;
    db.execute_batch(SETTINGS)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(db)
}

/// Hands over the raw key and our own salt, `x'<64 digits><32 digits>'`. Not with `PRAGMA key`: that would leave the
/// key in the text of a statement.
fn apply_key(db: &Connection, key: &DataKey, file_id: &[u8; 16]) -> Result<(), Error> {
    let key = Zeroizing::new(hex(key.bytes()));
    let mut raw = Zeroizing::new(String::with_capacity(112));
    for part in ["x'", &key, &hex(file_id), "'"] {
        raw.push_str(part);
    }
    let length = i32::try_from(raw.len()).unwrap_or(0);
    // SAFETY: the handle is open for the life of `db`; the pointer and length are those of `raw`, which outlives the
    // call, and SQLCipher copies them.
    #[allow(unsafe_code)] // rusqlite has no safe call for it
    let code = unsafe { ffi::sqlite3_key_v2(db.handle(), c"main".as_ptr(), raw.as_ptr().cast(), length) };
    match code {
        ffi::SQLITE_OK => Ok(()),
        code => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
    }
}

fn first_reading(db: &Connection) -> Result<(), Error> {
    Ok(db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?)
}

/// What can be told without the key, before SQLite touches the file.
fn check_from_outside(folder: &Folder, file_id: &[u8; 16]) -> Result<(), Error> {
    let length = folder.database_length()?;
    if length == 0 {
        return Err(Error::Damaged { what: "it is empty" });
    }
    if length < PAGE {
        return Err(not_ours(folder, file_id, Error::Damaged { what: "it is shorter than it should be" }));
    }
    Ok(())
}

/// Our file with a damaged beginning, or another file? We know the salt, so the first 16 bytes are not needed to open:
/// only if they differ *and* it does not open is it another file.
fn not_ours(folder: &Folder, file_id: &[u8; 16], error: Error) -> Error {
    match (&error, folder.database_head()) {
        (Error::Damaged { .. }, Ok(Some(head))) if head != *file_id => Error::NotACaseFile,
        _ => error,
    }
}
