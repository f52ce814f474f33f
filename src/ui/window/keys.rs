//! The keys that work on every page, and the list of them that F1 shows.

use super::Shortcut;
use crate::app::{Looks, TextSize};
use crate::ui::spacing::L;
use crate::ui::widget::{self, button};
use iced::widget::column;

/// What Ctrl and a character do.
pub(super) fn shortcut(typed: &str) -> Option<Shortcut> {
    match typed {
        "+" | "=" => Some(Shortcut::Larger(1)),
        "-" | "−" => Some(Shortcut::Larger(-1)),
        "0" => Some(Shortcut::Larger(0)),
        "l" | "L" => Some(Shortcut::Lock),
        digit => match digit.parse::<usize>() {
            Ok(place @ 1..=5) => Some(Shortcut::Place(place - 1)),
            _ => None,
        },
    }
}

/// The same look, so many steps larger; 0 is the usual size.
pub(super) fn resized(looks: Looks, by: i8) -> Looks {
    let at = TextSize::ALL.iter().position(|size| *size == looks.text_size).unwrap_or_default();
    let text_size = match by {
        0 => TextSize::default(),
        1.. => TextSize::ALL.get(at + 1).copied().unwrap_or(looks.text_size),
        _ => at.checked_sub(1).map_or(looks.text_size, |at| TextSize::ALL[at]),
    };
    Looks { text_size, ..looks }
}

/// The list, over whatever page is shown.
pub(super) fn dialog<'a, Message: Clone + 'a>(close: Message) -> widget::Dialog<'a, Message> {
    let letters = format!("With Alt, a letter presses a button: {}", widget::access_keys());
    let keys = [
        ("Tab, Shift and Tab", "On to the next thing that can be used, and back."),
        ("Enter, Space", "Press a button, follow a link, turn a check box."),
        (
            "Arrow keys",
            "Move in a group of choices, a list or the tabs. Home and End go to its first and last.",
        ),
        ("Up and Down in a table", "To the line above or below."),
        ("Alt and a letter", letters.as_str()),
        ("A letter", "In a long list of choices: to the next that begins with it."),
        ("Escape", "Close a dialog without doing anything."),
        ("Ctrl and 1 to 5", "Today, Cases, New disclosure, Pupils, Settings."),
        ("F12", "Hide everything at once."),
        ("Ctrl and L", "Lock."),
        ("Ctrl and +, Ctrl and −", "Make everything larger or smaller. Ctrl and 0 sets it back."),
        ("Ctrl and Z, Ctrl and Y", "In a text of several lines: take back what was typed, and do it again."),
        ("F1", "This list."),
    ];
    let keys = keys.map(|(key, does)| widget::fact(key, does.to_owned()));
    let back = button::row_of([button::primary("Close").on_press(close.clone()).into()]);
    widget::dialog("Keys", column![back, widget::summary(keys)].spacing(L)).on_cancel(close)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_stays_between_its_ends() {
        let mut looks = Looks::default();
        for _ in 0..9 {
            looks = resized(looks, 1);
        }
        assert_eq!(looks.text_size.percent(), 200);
        looks = resized(looks, -1);
        assert_eq!(looks.text_size.percent(), 175);
        looks = resized(looks, 0);
        assert_eq!(resized(looks, -1).text_size.percent(), 100);
    }
}
