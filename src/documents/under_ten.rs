//! Words that frighten and cannot come true: a child under ten cannot be arrested or charged, so no letter to the family of
//! one says them. It only finds; that the letter is to such a family is known elsewhere.

/// Every word of the four in a body, with its line from 1, as it stands there.
pub fn find(body: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, line) in body.lines().enumerate() {
        let words: Vec<&str> =
            line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        for (i, word) in words.iter().enumerate() {
            let lower = word.to_lowercase();
            let record = lower == "criminal"
                && words.get(i + 1).is_some_and(|next| next.to_lowercase().starts_with("record"));
            if record {
                found.push((at + 1, format!("{word} {}", words[i + 1])));
            } else if lower.starts_with("arrest") || lower.starts_with("prosecut") || is_charge(&lower) {
                found.push((at + 1, (*word).to_owned()));
            }
        }
    }
    found
}

fn is_charge(lower: &str) -> bool {
    matches!(lower, "charge" | "charges" | "charged" | "charging")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_words_are_found_in_every_form() {
        for (body, want) in [
            ("They may be arrested.", vec![(1, "arrested")]),
            ("one\nA criminal\trecord, or Prosecution", vec![(2, "criminal record"), (2, "Prosecution")]),
            ("CHARGED, charges", vec![(1, "CHARGED"), (1, "charges")]),
            ("We recharge the tablet. A record of criminals.", vec![]),
        ] {
            let want: Vec<_> = want.into_iter().map(|(line, word)| (line, word.to_owned())).collect();
            assert_eq!(find(body), want, "{body}");
        }
    }
}
