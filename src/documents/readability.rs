//! How hard a text is to read: its longest sentence and the age of a reader who manages it. Counts; judges nothing.

/// What a text asks of its reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Readability {
    /// How many words.
    pub words: usize,
    /// How many sentences; a heading or a list item is one.
    pub sentences: usize,
    /// The longest sentence.
    pub longest: String,
    /// Its words.
    pub longest_words: usize,
    /// The age that the Flesch–Kincaid grade stands for, at least 5: an estimate.
    pub reading_age: f32,
}

/// Measures plain text, such as [`super::plain_text`] gives.
pub fn measure(text: &str) -> Readability {
    let mut longest = String::new();
    let (mut words, mut sentences, mut longest_words, mut syllables) = (0, 0, 0, 0);
    for sentence in sentences_of(text) {
        let own: Vec<&str> = words_of(&sentence).collect();
        if own.is_empty() {
            continue;
        }
        words += own.len();
        sentences += 1;
        syllables += own.iter().map(|word| syllables_of(word)).sum::<usize>();
        if own.len() > longest_words {
            longest_words = own.len();
            sentence.trim().trim_start_matches("• ").clone_into(&mut longest);
        }
    }
    let reading_age = if words == 0 { 5.0 } else { age(words, sentences, syllables) };
    Readability { words, sentences, longest, longest_words, reading_age }
}

fn age(words: usize, sentences: usize, syllables: usize) -> f32 {
    let count = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    let grade = 0.39 * count(words) / count(sentences) + 11.8 * count(syllables) / count(words) - 15.59;
    (grade + 5.0).max(5.0)
}

/// Splits at ends of lines, and at full stops and the like that end a word: `8.30` and `Mr. A` go on.
fn sentences_of(text: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut current = String::new();
        let mut words = line.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if !current.is_empty() {
                current.push(' ');
            }
            current.push_str(word);
            let bare = word.trim_end_matches(['”', '’', '"', '\'', ')', '*']);
            let ends = bare.ends_with(['.', '?', '!', '…', ':']) && !is_abbreviation(bare);
            let capital_next = words.peek().is_none_or(|next| !next.starts_with(char::is_lowercase));
            if ends && capital_next {
                sentences.push(std::mem::take(&mut current));
            }
        }
        sentences.push(current);
    }
    sentences
}

fn is_abbreviation(word: &str) -> bool {
    ["Mr.", "Mrs.", "Ms.", "Dr.", "St.", "e.g.", "i.e.", "No."].contains(&word)
        || word.strip_suffix('.').is_some_and(|digits| {
            !digits.is_empty() && digits.len() < 3 && digits.chars().all(|c| c.is_ascii_digit())
        })
}

fn words_of(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric))
}

/// Groups of vowels, less a silent `e`: right for most English words.
fn syllables_of(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(|c| c.is_alphabetic()).collect();
    let vowel = |c: char| "aeiouyáéíóúàèìòùâêîôûäëïöü".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        count += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    let silent =
        (word.ends_with('e') && !word.ends_with("le")) || (word.ends_with("ed") && !word.ends_with("ted"));
    if silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_end() {
        for (text, count) in [
            ("One. Two! Three?", 3),
            ("At 8.30 am we met Mr. Shah.", 1),
            ("He said “Stop.” Then he left.", 2),
            ("A heading\n\n• an item\n• another item", 3),
            ("", 0),
        ] {
            assert_eq!(measure(text).sentences, count, "{text}");
        }
    }

    #[test]
    fn the_longest_sentence_is_found() {
        let found = measure("Short one.\n• This item has five words. End.");
        assert_eq!((found.longest.as_str(), found.longest_words), ("This item has five words.", 5));
    }

    #[test]
    fn harder_text_needs_an_older_reader() {
        let easy = measure("We want to help. Please call us. We will talk.");
        let hard = measure(
            "Notwithstanding considerable institutional difficulties, collaborative investigation necessitates \
             comprehensive documentation of contemporaneous communications.",
        );
        assert!(easy.reading_age < 8.0, "{}", easy.reading_age);
        assert!(hard.reading_age > 16.0, "{}", hard.reading_age);
    }

    #[test]
    fn syllables_are_about_right() {
        for (word, count) in
            [("cat", 1), ("letter", 2), ("message", 3), ("made", 1), ("little", 2), ("asked", 1)]
        {
            assert!(syllables_of(word).abs_diff(count) <= 1, "{word}: {}", syllables_of(word));
        }
    }
}
