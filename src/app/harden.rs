//! What this process gives up when it starts: internet sockets, and core dumps, which would hold records in clear text.
//!
//! On Linux. On Windows a report of a crash, which would hold a piece of memory, is asked not to be written; nothing more
//! is given up there, and nothing at all elsewhere. What the system tells of the screen and of the console is asked here
//! too.

/// Gives them up, for this process and all that it starts. What the system does not grant is told, and is no reason not
/// to work.
///
/// # Errors
/// Which of them could not be given up.
#[cfg(target_os = "linux")]
pub fn harden() -> Result<(), &'static str> {
    no_core_dumps()?;
    no_internet().ok_or("internet sockets could not be forbidden")
}

/// Gives up reports of crashes on Windows, and nothing elsewhere.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn harden() -> Result<(), &'static str> {
    #[cfg(windows)]
    super::windows::no_crash_reports();
    Ok(())
}

/// What a command prints appears in the console where it was typed. On Windows a program with a window has to ask for it.
pub fn join_console() {
    #[cfg(windows)]
    super::windows::join_console();
}

/// Whether nobody can see the screen, because it is locked or a remote desktop was left. Only Windows tells.
pub fn screen_is_locked() -> bool {
    #[cfg(windows)]
    return super::windows::screen_is_locked();
    #[cfg(not(windows))]
    false
}

#[cfg(target_os = "linux")]
fn no_core_dumps() -> Result<(), &'static str> {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: the pointer is to a whole `rlimit` that outlives the call, which only reads it.
    #[allow(unsafe_code)] // the standard library has no call for it
    let done = unsafe { libc::setrlimit(libc::RLIMIT_CORE, &raw const none) };
    if done == 0 { Ok(()) } else { Err("core dumps could not be forbidden") }
}

/// A filter of system calls: `socket` with an internet family fails as if the PC had no network at all.
#[cfg(target_os = "linux")]
fn no_internet() -> Option<()> {
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
        SeccompRule,
    };
    let internet = [libc::AF_INET, libc::AF_INET6].map(|family| {
        let family = u64::try_from(family).ok()?;
        let is = SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, family).ok()?;
        SeccompRule::new(vec![is]).ok()
    });
    let rules = internet.into_iter().collect::<Option<Vec<_>>>()?;
    let refused = SeccompAction::Errno(u32::try_from(libc::EAFNOSUPPORT).ok()?);
    let arch = std::env::consts::ARCH.try_into().ok()?;
    let filter = SeccompFilter::new([(libc::SYS_socket, rules)].into(), SeccompAction::Allow, refused, arch);
    let program: BpfProgram = filter.ok()?.try_into().ok()?;
    seccompiler::apply_filter_all_threads(&program).ok()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::{TcpListener, TcpStream, UdpSocket};
    use std::os::unix::net::UnixDatagram;
    use std::process::Command;

    /// In a process of its own, because nothing of it can be taken back.
    #[test]
    fn no_internet_socket_and_no_core_dump() {
        let name = "app::harden::tests::hardened";
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program).args(["--exact", name, "--ignored"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("1 passed"), "{said}");
    }

    #[test]
    #[ignore = "runs in a process of its own"]
    fn hardened() {
        assert!(UdpSocket::bind("127.0.0.1:0").is_ok(), "before, there is a network");
        let before = std::thread::spawn(|| {
            std::thread::sleep(std::time::Duration::from_millis(300));
            UdpSocket::bind("127.0.0.1:0").map(|_| ())
        });
        harden().unwrap();
        let refused = |done: std::io::Result<()>| {
            assert_eq!(done.unwrap_err().raw_os_error(), Some(libc::EAFNOSUPPORT));
        };
        refused(UdpSocket::bind("127.0.0.1:0").map(|_| ()));
        refused(UdpSocket::bind("[::1]:0").map(|_| ()));
        refused(TcpListener::bind("127.0.0.1:0").map(|_| ()));
        refused(TcpStream::connect("127.0.0.1:9").map(|_| ()));
        refused(before.join().unwrap());
        assert!(UnixDatagram::pair().is_ok(), "the window and the screen reader need these");
        let child = Command::new("sh").args(["-c", "ulimit -c"]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&child.stdout).trim(), "0");
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
        assert!(limits.lines().any(|line| {
            line.starts_with("Max core file size") && line.split_whitespace().nth(4) == Some("0")
        }));
    }
}
