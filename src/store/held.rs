//! A file that somebody else holds for a moment: on Windows antivirus and sync programs open what is new, and until they let
//! go it can be neither renamed nor replaced.

use std::io;
use std::time::Duration;

const TRIES: u32 = 60;
const PAUSE: Duration = Duration::from_millis(50);
/// Access denied, sharing violation, lock violation.
const HELD: [i32; 3] = [5, 32, 33];

/// Does it, and on Windows tries again for three seconds while the file is held.
///
/// # Errors
/// What the last try says.
pub fn patiently<T>(mut done: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let held = |error: &io::Error| error.raw_os_error().is_some_and(|code| HELD.contains(&code));
    try_again(&mut done, |error| cfg!(windows) && held(error), || std::thread::sleep(PAUSE))
}

fn try_again<T>(
    done: &mut impl FnMut() -> io::Result<T>,
    again: impl Fn(&io::Error) -> bool,
    pause: impl Fn(),
) -> io::Result<T> {
    for _ in 0..TRIES {
        match done() {
            Err(error) if again(&error) => pause(),
            done => return done,
        }
    }
    done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn what_is_held_is_tried_again_and_what_fails_otherwise_is_not() {
        for (held_for, denied, tries, works) in
            [(0, false, 1, true), (3, false, 4, true), (1000, false, 61, false), (0, true, 1, false)]
        {
            let (tried, paused) = (Cell::new(0), Cell::new(0));
            let mut done = || {
                tried.set(tried.get() + 1);
                if denied {
                    return Err(io::Error::from_raw_os_error(2));
                }
                if tried.get() > held_for { Ok(()) } else { Err(io::Error::from_raw_os_error(32)) }
            };
            let again = |error: &io::Error| error.raw_os_error() == Some(32);
            let result = try_again(&mut done, again, || paused.set(paused.get() + 1));
            assert_eq!((tried.get(), result.is_ok()), (tries, works), "held for {held_for}");
            assert_eq!(paused.get(), (tries - 1).min(60));
        }
    }
}
