//! The letters that press a button together with Alt. A button has one by what it is called, so that the same words have
//! the same letter on every page; the walk through the pages fails where two on one page share a letter.

/// What a button is called, and its letter.
const LETTERS: [(&str, char); 9] = [
    ("Continue", 'c'),
    ("Save", 's'),
    ("Back", 'b'),
    ("Cancel", 'n'),
    ("See what the policy says", 'p'),
    ("Confirm and open the case", 'o'),
    ("Decide again", 'd'),
    ("Approve this letter", 'a'),
    ("Approve the letter", 'a'),
];

/// The letter of a button of this name. (Three dots at its end only say that it asks first.)
pub(super) fn letter(name: &str) -> Option<char> {
    let name = name.trim_end_matches('…');
    LETTERS.iter().find(|(called, _)| *called == name).map(|(_, letter)| *letter)
}

/// All of them in words, for the list of keys.
pub fn access_keys() -> String {
    let words: Vec<String> =
        LETTERS.iter().map(|(called, letter)| format!("{} {called}", letter.to_ascii_uppercase())).collect();
    format!("{}.", words.join(", "))
}
