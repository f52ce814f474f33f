//! Which words are English, and how everyday: the ground on which a name that is also a word is told from the word, and
//! a misspelt name from another word. Two lists of words in `assets/guard`; no names are looked up here.

use std::cmp::Ordering;

/// Words that everyone uses, one a line, sorted.
const COMMON: &str = include_str!("../../../assets/guard/common.txt");
/// Other words that most people know.
const KNOWN: &str = include_str!("../../../assets/guard/known.txt");

/// Names before they are words, although the list of common words has them.
const NAMES_FIRST: [&str; 9] = ["jack", "nick", "bob", "frank", "pat", "kit", "drew", "ray", "smith"];
/// Words that are also given or family names, and are no rarity in a letter.
const ALSO_NAMES: [&str; 46] = [
    "april", "august", "baker", "basil", "bishop", "carol", "carter", "cooper", "daisy", "dale", "dean",
    "dove", "eve", "faith", "fern", "frost", "ginger", "hazel", "heather", "holly", "hunter", "iris", "ivy",
    "jade", "jasmine", "jay", "june", "lily", "mason", "mercy", "olive", "pearl", "piper", "poppy", "potter",
    "rob", "robin", "ruby", "sandy", "saffron", "sienna", "victor", "violet", "wade", "willow", "winter",
];
/// Words that hold a sentence together: as names they need more than a capital at its start.
const FUNCTION: [&str; 96] = [
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "both", "but", "by", "can", "did", "do", "does", "each", "every", "for", "from", "go",
    "had", "has", "have", "he", "her", "here", "his", "how", "i", "if", "in", "is", "it", "its", "just",
    "last", "let", "like", "many", "may", "me", "more", "most", "my", "new", "next", "no", "not", "now",
    "of", "on", "once", "one", "only", "or", "our", "out", "over", "please", "she", "since", "so", "some",
    "than", "thank", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "too",
    "until", "up", "us", "was", "we", "well", "were", "what", "when", "which", "who", "will",
];
/// Words that stand after a word, and hardly after a person's name, at the start of a sentence.
const AFTER_A_WORD: [&str; 60] = [
    "a", "about", "all", "an", "any", "anyone", "as", "at", "both", "down", "each", "every", "everyone",
    "for", "from", "he", "her", "his", "how", "i", "if", "in", "into", "it", "its", "me", "more", "my", "no",
    "of", "off", "on", "one", "our", "out", "over", "people", "she", "some", "someone", "than", "that",
    "the", "their", "them", "there", "these", "they", "this", "those", "to", "up", "us", "we", "well",
    "what", "whether", "which", "you", "your",
];
/// What a person does, in words that end otherwise than in `-ed`.
const DOINGS: [&str; 88] = [
    "admits", "and", "also", "ate", "began", "bit", "brought", "broke", "came", "caught", "chose", "could",
    "cut", "did", "didn", "does", "doesn", "drew", "fell", "felt", "fought", "found", "gave", "gets", "goes",
    "got", "had", "has", "hasn", "heard", "held", "hid", "hit", "hurt", "is", "isn", "keeps", "kept", "knew",
    "knows", "left", "let", "lied", "likes", "lost", "made", "makes", "meant", "met", "often", "only",
    "plays", "put", "ran", "rang", "read", "said", "sat", "saw", "says", "seems", "sends", "sent", "should",
    "showed", "sits", "spoke", "spread", "stole", "stood", "swore", "takes", "taught", "tells", "then",
    "thinks", "thought", "threw", "told", "took", "tried", "wants", "was", "wasn", "went", "who", "wrote",
    "would",
];

/// Words in `-ed` that tell of things.
const OF_THINGS: [&str; 12] = [
    "advanced", "attached", "based", "closed", "indeed", "limited", "needed", "opened", "printed", "related",
    "required", "speed",
];

/// Whether everyone uses this word. Folded, lower case.
pub(super) fn is_common(word: &str) -> bool {
    holds(COMMON, word)
}

/// Whether this is an English word at all.
pub(super) fn is_word(word: &str) -> bool {
    is_common(word) || holds(KNOWN, word)
}

/// Whether a name is so much a word that it must be told from it by how it stands.
pub(super) fn is_everyday(name: &str) -> bool {
    (is_common(name) && !NAMES_FIRST.contains(&name)) || ALSO_NAMES.contains(&name)
}

/// The same of last names and nicknames, where rarer words count as well: of a marsh one writes, of a sally not.
pub(super) fn is_everyday_beside(name: &str) -> bool {
    is_everyday(name) || (is_word(name) && !NAMES_FIRST.contains(&name))
}

pub(super) fn is_function(word: &str) -> bool {
    FUNCTION.contains(&word)
}

/// Whether this word, after a capitalised everyday word, shows that it was a word and not a name.
pub(super) fn follows_a_word(next: &str) -> bool {
    AFTER_A_WORD.contains(&next)
}

/// Whether this word tells what a person did or was.
pub(super) fn is_doing(word: &str) -> bool {
    DOINGS.contains(&word) || (word.len() > 4 && word.ends_with("ed") && !OF_THINGS.contains(&word))
}

/// Whether this word tells of things, and hardly of a person.
pub(super) fn is_of_things(word: &str) -> bool {
    OF_THINGS.contains(&word)
}

/// Binary search in a text of sorted lines.
fn holds(lines: &str, word: &str) -> bool {
    if word.is_empty() || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = bytes[..middle].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let end = bytes[start..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| start + at);
        match lines[start..end].trim_end().cmp(word) {
            Ordering::Equal => return true,
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_found() {
        for list in [COMMON, KNOWN] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(words.iter().all(|word| holds(list, word)));
        }
        for word in ["the", "will", "rose", "zebra", "whatsapp", "am"] {
            assert!(is_word(word), "{word}");
        }
        for word in ["", "kofi", "pryia", "zzz", "łódź"] {
            assert!(!is_word(word), "{word}");
        }
        assert!(!is_everyday("jack") && is_everyday("grace") && !is_everyday("sita"));
    }
}
