//! Every way in which the corpus writes what gives a child away, by kind. It knows nothing of how the guard looks.

use super::Dice;
use super::people::Person;

/// A leak: what stands in the letter, and of what kind it is.
pub(super) struct Planted {
    pub(super) kind: &'static str,
    pub(super) text: String,
    /// It only makes sense in the name of a file.
    pub(super) file_name: bool,
}

pub(super) fn disguises(person: &Person, all: &[Person], dice: &mut Dice) -> Vec<Planted> {
    let mut planted = Vec::new();
    let mut plant = |kind: &'static str, texts: Vec<String>| {
        let texts = texts.into_iter().filter(|text| !text.is_empty());
        planted.extend(texts.map(|text| Planted { kind, text, file_name: false }));
    };
    let words: Vec<&str> = person.name.split(' ').collect();
    let (first, last) = (words[0], *words.last().unwrap());
    plant("full_name", full_names(&words));
    plant("given_name", hidden(first, dice));
    if words.len() > 1 {
        plant("family_name", family_names(last, dice));
        plant("initials", initials(&words));
    }
    let mut nicks = person.short_forms();
    nicks.push(person.known_as.clone());
    plant("nickname", nicks.iter().flat_map(|nick| [nick.clone(), nick.to_uppercase()]).collect());
    plant("possessive", possessives(first, last, &person.known_as));
    plant("misspelling", [first, last].iter().flat_map(|name| misspelt(name, dice)).collect());
    plant("handle", person.handles.iter().flat_map(|handle| handles(handle)).collect());
    plant("phone", person.phones.iter().flat_map(|phone| phones(phone)).collect());
    plant("class_or_year", class_or_year(person, all));
    if words.len() == 2 && person.name.is_ascii() {
        let mut together = vec![format!("{first}{last}"), format!("{first}_{last}"), format!("Note{first}")];
        if !["May", "Will"].contains(&first) {
            together.push(first.to_lowercase());
        }
        planted.extend(together.into_iter().map(|text| Planted { kind: "full_name", text, file_name: true }));
    }
    planted
}

/// Without the marks over and under letters.
fn plain(name: &str) -> String {
    let pairs = "ëeâaáaéeíiñnŁLłlȘSșsȚTțtîiăaấaếeọoẹeỌOáaàa";
    let pairs: Vec<char> = pairs.chars().collect();
    let swap = |c: char| pairs.chunks(2).find(|pair| pair[0] == c).map_or(c, |pair| pair[1]);
    name.chars().map(swap).collect()
}

fn full_names(words: &[&str]) -> Vec<String> {
    if words.len() < 2 {
        return vec![words[0].to_owned()];
    }
    let name = words.join(" ");
    let (first, last) = (words[0], words[words.len() - 1]);
    // In small letters, will hope is what we do.
    let small = if name == "Will Hope" || name == "May Li" { String::new() } else { name.to_lowercase() };
    vec![
        name.clone(),
        name.to_uppercase(),
        small,
        plain(&name),
        format!("{last}, {first}"),
        format!("{} {first}", last.to_uppercase()),
        words.join("\n"),
        words.join("  "),
        words.join("\u{a0}"),
        format!("**{first}** {last}"),
        format!("{first} {last}"),
        words.join("-"),
    ]
}

/// A given name, hidden in the ways in which names hide, by accident or not.
fn hidden(name: &str, dice: &mut Dice) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut texts = vec![name.to_owned(), plain(name)];
    let cased = name.chars().any(char::is_lowercase);
    // Everyday words in small letters are the words.
    let everyday =
        ["May", "Will", "Grace", "Summer", "Rose", "Mark", "Ivy", "Faith", "Poppy"].contains(&name);
    if cased && !everyday {
        texts.extend([name.to_lowercase(), name.to_uppercase()]);
    }
    if letters.len() > 3 && cased {
        let middle = 1 + dice.roll(letters.len() - 2);
        let (head, tail): (String, String) =
            (letters[..middle].iter().collect(), letters[middle..].iter().collect());
        texts.extend([
            format!("{head}\u{200b}{tail}"),
            format!("{head}\u{ad}{tail}"),
            format!("**{head}**{tail}"),
            format!("{head}-\n{tail}"),
            format!("{head}-{tail}"),
        ]);
        let spaced: Vec<String> = letters.iter().map(char::to_string).collect();
        texts.extend([spaced.join(" "), spaced.join("-")]);
        texts.push(lookalike(name));
    }
    texts
}

/// With letters of another alphabet that look the same.
fn lookalike(name: &str) -> String {
    let pairs = [
        ('a', 'а'),
        ('e', 'е'),
        ('o', 'о'),
        ('i', 'і'),
        ('c', 'с'),
        ('p', 'р'),
        ('K', 'К'),
        ('M', 'М'),
        ('T', 'Т'),
    ];
    let mut swapped = 0;
    name.chars()
        .map(|c| match pairs.iter().find(|(latin, _)| *latin == c) {
            Some((_, other)) if swapped < 2 => {
                swapped += 1;
                *other
            }
            _ => c,
        })
        .collect()
}

fn family_names(name: &str, dice: &mut Dice) -> Vec<String> {
    let cased = name.chars().any(char::is_lowercase);
    let everyday = ["Li", "Hope", "Hall", "Young", "Marsh", "Day", "Green", "Brown", "Field"].contains(&name);
    let mut texts = vec![plain(name)];
    if cased {
        texts.extend([format!("Mrs {name}"), format!("the {name} family"), format!("Mr {}", plain(name))]);
    }
    if !everyday {
        texts.push(name.to_owned());
        if cased {
            texts.extend([name.to_uppercase(), name.to_lowercase(), format!("the {name}s")]);
        }
    }
    let halves: Vec<&str> = name.split(['-', '\'']).filter(|half| half.chars().count() > 2).collect();
    if halves.len() > 1 {
        texts.push((*dice.of(&halves)).to_owned());
        texts.push(name.replace('\'', "’"));
        texts.push(name.replace('\'', ""));
    }
    texts
}

fn initials(words: &[&str]) -> Vec<String> {
    let letters: Vec<String> =
        words.iter().filter_map(|word| word.chars().next()).map(|c| c.to_string()).collect();
    if !words.iter().all(|word| word.chars().any(char::is_uppercase)) {
        return Vec::new();
    }
    let dotted = letters.join(".") + ".";
    let mut texts = vec![dotted.clone(), letters.join(". ") + ".", letters.join(" "), dotted.to_lowercase()];
    let together = letters.concat();
    // "RM" says nothing else; "AM" and "MD" might.
    texts.push(together.clone());
    texts.push(format!("{together}’s"));
    if letters.len() > 2 {
        texts.push(format!("{}{}", letters[0], letters[letters.len() - 1]));
    }
    texts
}

fn possessives(first: &str, last: &str, known_as: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for name in [first, last, known_as].into_iter().filter(|name| name.chars().any(char::is_lowercase)) {
        texts.extend([
            format!("{name}'s"),
            format!("{name}’s"),
            format!("{}’s", plain(name)),
            format!("{}'S", name.to_uppercase()),
        ]);
        if name.ends_with('s') {
            texts.extend([format!("{name}' "), format!("{name}’ ")]);
        }
    }
    texts
}

/// One letter changed, left out, doubled, and two changed about, each at a place by the dice.
fn misspelt(name: &str, dice: &mut Dice) -> Vec<String> {
    let letters: Vec<char> = plain(name).chars().collect();
    if letters.len() < 4 || !letters.iter().any(|c| c.is_lowercase()) {
        return Vec::new();
    }
    let vowel = |c: char| match c {
        'a' => 'e',
        'e' => 'a',
        'i' => 'y',
        'o' => 'u',
        'u' => 'o',
        'y' => 'i',
        'c' => 'k',
        's' => 'z',
        other => other,
    };
    let mut texts = Vec::new();
    let at = 1 + dice.roll(letters.len() - 1);
    let mut doubled = letters.clone();
    doubled.insert(at, letters[at]);
    texts.push(doubled);
    let at = 1 + dice.roll(letters.len() - 2);
    let mut turned = letters.clone();
    turned.swap(at, at + 1);
    texts.push(turned);
    let mut left_out = letters.clone();
    left_out.remove(1 + dice.roll(letters.len() - 1));
    texts.push(left_out);
    let mut changed = letters.clone();
    let at = 1 + dice.roll(letters.len() - 1);
    changed[at] = vowel(changed[at]);
    texts.push(changed);
    // A letter doubled or changed about with itself is the name.
    let texts = texts.into_iter().filter(|text| *text != letters).map(String::from_iter);
    // These are everyday words, and nobody would read a name in them.
    let words = [
        "Rome", "Rise", "Hop", "Hole", "Hell", "Pie", "Sin", "Site", "Pet", "Pit", "Mars", "Filed", "Files",
        "Sit", "Pope", "Ross", "Hall", "Mary", "Graces",
    ];
    texts.filter(|text| !words.contains(&text.as_str())).collect()
}

fn handles(handle: &str) -> Vec<String> {
    let bare = handle.trim_start_matches('@');
    vec![
        bare.to_owned(),
        format!("@{bare}"),
        bare.to_uppercase(),
        format!("https://www.tiktok.com/@{bare}"),
        format!("snapchat.com/add/{bare}"),
        format!("“{bare}”"),
        format!("{bare}’s account"),
        bare.replace(['_', '.'], "-"),
    ]
}

fn phones(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let rest = digits.strip_prefix("44").or_else(|| digits.strip_prefix('0')).unwrap();
    let (a, b, c) = (&rest[..4], &rest[4..7], &rest[7..]);
    vec![
        format!("0{rest}"),
        format!("0{a} {b}{c}"),
        format!("0{a} {b} {c}"),
        format!("0{a}-{b}-{c}"),
        format!("+44 {a} {b}{c}"),
        format!("+44 (0){a} {b}{c}"),
        format!("0044 {a} {b}{c}"),
        format!("0{a}.{b}.{c}"),
        format!("({a}) {b} {c}"),
        format!("{b}{c}"),
        format!("number ending {c}"),
        format!("number ending in {c}"),
        format!("0{a}\n{b}{c}"),
        format!("0{a}\u{a0}{b}\u{2011}{c}"),
    ]
}

/// What at most two children fit.
fn class_or_year(person: &Person, all: &[Person]) -> Vec<String> {
    let children = || all.iter().filter(|other| other.is_child());
    let mut texts = Vec::new();
    let year = person.year();
    if !year.is_empty() && children().filter(|other| other.year() == year).count() <= 2 {
        let words = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        match year.parse::<usize>() {
            Ok(number) => texts.extend([
                format!("the boy in Year {number}"),
                format!("a girl in year {}", words[number]),
                format!("someone from Y{number}"),
                format!("the Yr {number} pupil"),
                format!("a Year-{number} child"),
                format!("a friend in Year {}", words[number].to_uppercase()),
            ]),
            Err(_) => texts.extend(["a child in Reception".into(), "a pupil in Year R".into()]),
        }
    }
    if !person.class.is_empty() && children().filter(|other| other.class == person.class).count() <= 2 {
        let class = person.class.trim_end_matches(" Class");
        texts.extend([
            format!("a child in {class}"),
            format!("another pupil in {class} class"),
            format!("the boy in Class {class}"),
        ]);
        if class.len() == 2 && class.starts_with(|c: char| c.is_ascii_digit()) {
            texts.extend([
                class.to_lowercase(),
                format!("{} {}", &class[..1], &class[1..]),
                format!("{}-{}", &class[..1], &class[1..]),
            ]);
        }
    }
    texts
}
