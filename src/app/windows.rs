//! What only Windows offers, each as one safe function: the console that a command was typed in, what kind of drive a
//! folder is on, whether the screen is locked, and a signal between two Casebooks of one person. No policy lives here:
//! callers say what follows from an answer.
#![allow(unsafe_code, reason = "the system's own calls; each says why it is sound")]

use std::ffi::c_void;
use std::io;
use std::path::{Component, Path, Prefix};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, WAIT_OBJECT_0};
use windows_sys::Win32::Storage::FileSystem::GetDriveTypeW;
use windows_sys::Win32::System::Console::{ATTACH_PARENT_PROCESS, AttachConsole};
use windows_sys::Win32::UI::Shell::ShellExecuteW;
use windows_sys::Win32::UI::WindowsAndMessaging::{ASFW_ANY, AllowSetForegroundWindow, SW_SHOWNORMAL};

// Seven calls, declared here: in windows-sys they stand behind four more features, with which half of the window's crates
// would be compiled anew.
#[link(name = "kernel32")]
unsafe extern "system" {
    fn SetErrorMode(mode: u32) -> u32;
    fn CreateEventW(security: *const c_void, by_hand: i32, given: i32, name: *const u16) -> HANDLE;
    fn OpenEventW(access: u32, inherit: i32, name: *const u16) -> HANDLE;
    fn SetEvent(event: HANDLE) -> i32;
    fn WaitForSingleObject(handle: HANDLE, milliseconds: u32) -> u32;
}
#[link(name = "wtsapi32")]
unsafe extern "system" {
    fn WTSQuerySessionInformationW(
        server: HANDLE,
        session: u32,
        class: i32,
        answer: *mut *mut c_void,
        length: *mut u32,
    ) -> i32;
    fn WTSFreeMemory(memory: *mut c_void);
}

const SEM_FAILCRITICALERRORS: u32 = 1;
const SEM_NOGPFAULTERRORBOX: u32 = 2;
const EVENT_MODIFY_STATE: u32 = 2;
const INFINITE: u32 = u32::MAX;
const WTS_CURRENT_SESSION: u32 = u32::MAX;
const WTS_SESSION_INFO_EX: i32 = 25;

/// How `WTSINFOEXW` begins: the level, and of what follows at level 1 the first three fields. (What follows holds 64-bit
/// times, so that it begins at 8.)
#[repr(C)]
struct SessionInfo {
    level: u32,
    _gap: u32,
    _session: u32,
    /// `WTSActive` is 0.
    state: i32,
    /// `WTS_SESSIONSTATE_LOCK` is 0, unlocked is 1, unknown is all ones.
    flags: u32,
}

/// A program with a window has no console. Where it was started from one, what it prints appears there.
pub(super) fn join_console() {
    // SAFETY: takes no pointer. It fails where there is no console, or where one is joined already; both are well.
    unsafe { AttachConsole(ATTACH_PARENT_PROCESS) };
}

/// No box and no report with a piece of memory in it when the program breaks off, here and in what it starts.
pub(super) fn no_crash_reports() {
    // SAFETY: takes no pointer.
    unsafe { SetErrorMode(SEM_NOGPFAULTERRORBOX | SEM_FAILCRITICALERRORS) };
}

/// What kind of drive a path is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drive {
    /// Built in, or the system does not say.
    Fixed,
    /// It can be pulled out.
    Removable,
    /// On another computer, under a letter of this one.
    Network,
}

/// Asks by the letter of the drive. A path without one is told apart by its name elsewhere.
pub(super) fn drive_of(path: &Path) -> Drive {
    let Some(Component::Prefix(prefix)) = path.components().next() else { return Drive::Fixed };
    let (Prefix::Disk(letter) | Prefix::VerbatimDisk(letter)) = prefix.kind() else { return Drive::Fixed };
    let root = wide(&format!("{}:\\", char::from(letter)));
    // SAFETY: a text that ends in 0 and outlives the call.
    match unsafe { GetDriveTypeW(root.as_ptr()) } {
        // DRIVE_REMOVABLE, and DRIVE_CDROM.
        2 | 5 => Drive::Removable,
        // DRIVE_REMOTE.
        4 => Drive::Network,
        _ => Drive::Fixed,
    }
}

/// Whether nobody can see this session's screen: it is locked, or its remote desktop is disconnected. Where the system
/// does not say, it is taken for seen.
pub(super) fn screen_is_locked() -> bool {
    let mut answer = std::ptr::null_mut();
    let mut length = 0;
    // SAFETY: both pointers are to variables that outlive the call; the system allocates the answer. No server is this PC.
    let told = unsafe {
        WTSQuerySessionInformationW(
            std::ptr::null_mut(),
            WTS_CURRENT_SESSION,
            WTS_SESSION_INFO_EX,
            &raw mut answer,
            &raw mut length,
        )
    };
    if told == 0 || answer.is_null() {
        return false;
    }
    let whole = usize::try_from(length).is_ok_and(|length| length >= size_of::<SessionInfo>());
    let locked = whole && {
        // SAFETY: the system says that so many bytes are there; the read needs no alignment, and any bytes are numbers.
        let info = unsafe { answer.cast::<SessionInfo>().read_unaligned() };
        info.level == 1 && (info.flags == 0 || info.state != 0)
    };
    // SAFETY: allocated by the call above, and not used afterwards.
    unsafe { WTSFreeMemory(answer) };
    locked
}

/// Opens a file with the program that the system has for its kind.
pub(super) fn open(file: &Path) -> io::Result<()> {
    use std::os::windows::ffi::OsStrExt;
    let verb = wide("open");
    let file: Vec<u16> = file.as_os_str().encode_wide().chain([0]).collect();
    // SAFETY: texts that end in 0 and outlive the call; what is null may be.
    let answer = unsafe {
        ShellExecuteW(
            std::ptr::null_mut(),
            verb.as_ptr(),
            file.as_ptr(),
            std::ptr::null(),
            std::ptr::null(),
            SW_SHOWNORMAL,
        )
    };
    // By its own account a number, and above 32 where it went well.
    if answer.addr() > 32 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// A signal with a name, known to the programs of one session and gone with the last that holds it.
pub(super) struct Signal(HANDLE);

// SAFETY: a handle to an event may be used from any thread.
unsafe impl Send for Signal {}
// SAFETY: the system's calls on an event may be made at the same time.
unsafe impl Sync for Signal {}

impl Signal {
    /// Makes it, or joins the one of this name.
    pub(super) fn new(name: &str) -> Option<Self> {
        let name = wide(name);
        // SAFETY: no security attributes; a text that ends in 0 and outlives the call.
        let handle = unsafe { CreateEventW(std::ptr::null(), 0, 0, name.as_ptr()) };
        (!handle.is_null()).then_some(Self(handle))
    }

    /// Gives it where somebody waits for it; whether somebody does. Whoever is called may come to the front.
    pub(super) fn give(name: &str) -> bool {
        let name = wide(name);
        // SAFETY: a text that ends in 0 and outlives the call.
        let handle = unsafe { OpenEventW(EVENT_MODIFY_STATE, 0, name.as_ptr()) };
        if handle.is_null() {
            return false;
        }
        // SAFETY: takes no pointer.
        unsafe { AllowSetForegroundWindow(ASFW_ANY) };
        Self(handle).set()
    }

    /// Gives it.
    pub(super) fn set(&self) -> bool {
        // SAFETY: the handle is open as long as `self` is.
        unsafe { SetEvent(self.0) != 0 }
    }

    /// Waits until it is given; false where it can no longer be.
    pub(super) fn wait(&self) -> bool {
        // SAFETY: the handle is open as long as `self` is.
        unsafe { WaitForSingleObject(self.0, INFINITE) == WAIT_OBJECT_0 }
    }
}

impl Drop for Signal {
    fn drop(&mut self) {
        // SAFETY: opened by us, and closed only here.
        unsafe { CloseHandle(self.0) };
    }
}

/// A text as Windows takes it, with the 0 at its end.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
