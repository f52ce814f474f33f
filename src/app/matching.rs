//! Searching before creating: who in the case file a typed name may mean.

use crate::domain::Person;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The people whose name, calling name or account holds every word typed, without regard to case and accents. Nobody
/// before two letters are typed.
pub fn people_like<'p>(everyone: &'p [Person], typed: &str) -> Vec<&'p Person> {
    let wanted: Vec<String> = typed.split_whitespace().map(folded).collect();
    if wanted.iter().map(|word| word.chars().count()).sum::<usize>() < 2 {
        return Vec::new();
    }
    let matches = |person: &&Person| {
        let known = format!("{} {} {}", person.name.full(), person.known_as, person.handles.join(" "));
        let known = folded(&known);
        wanted.iter().all(|word| known.contains(word.as_str()))
    };
    everyone.iter().filter(matches).collect()
}

/// In small letters and without accents, for comparing.
pub(super) fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    // These letters do not come apart into a letter and a mark.
    plain
        .map(|c| {
            if c == 'ł' {
                'l'
            } else if c == 'ø' {
                'o'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Name, PersonId, Who};

    #[test]
    fn a_typed_name_finds_its_record() {
        let person = |id, name: &str| Person::new(PersonId::new(id), Name::new(name).unwrap(), Who::Unknown);
        let mut everyone = vec![person(1, "Oliwia Łukasiewicz"), person(2, "Zoë O’Brien")];
        everyone[1].handles = vec!["@zo_2016".into()];
        for (typed, found) in [
            ("oliwia luk", Some(1)),
            ("LUKASIEWICZ", Some(1)),
            ("zoe", Some(2)),
            ("zo_20", Some(2)),
            ("oliwia brien", None),
            ("o", None),
            ("", None),
        ] {
            let ids: Vec<_> = people_like(&everyone, typed).iter().map(|p| p.id).collect();
            assert_eq!(ids, found.map(PersonId::new).into_iter().collect::<Vec<_>>(), "{typed}");
        }
    }
}
