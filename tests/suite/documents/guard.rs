//! What the guard finds and what it leaves alone, word by word.

use casebook::documents::guard::{Kind, PaperText, Place, Subject, Tie, check, describe};
use casebook::domain::PersonId;

const READER: Tie = Tie::Reader { adult: false };

fn person(id: u64, name: &str, tie: Tie) -> Subject {
    Subject::new(PersonId::new(id), name, tie)
}

fn text(body: &str) -> PaperText<'_> {
    PaperText {
        body,
        address: &[],
        title: "Letter",
        file_name: "letter.pdf",
        reference: "2026-004",
        footer: "",
    }
}

/// The other child is named by `name`; the letter is about Sita Gurung, and Mrs Grace Wells signs it.
fn kinds(name: &str, body: &str) -> Vec<Kind> {
    let own = person(1, "Sita Gurung", READER);
    let mut other = person(2, name, Tie::Other);
    other.known_as = "Koko".into();
    other.handles = vec!["@kofi.o_99".into()];
    other.phones = vec!["07700 900123".into()];
    check(&text(body), &[own, other], &["Mrs Grace Wells".into(), "St Rose Junior School".into()])
        .iter()
        .map(|hit| hit.kind)
        .collect()
}

#[test]
fn other_children_are_found() {
    for (name, body, kind) in [
        ("Kofi Osei", "We met Kofi Osei.", Kind::FullName),
        ("Kofi Osei", "We met OSEI, Kofi.", Kind::FullName),
        ("Kofi Osei", "kofi_osei", Kind::FullName),
        ("Kofi Osei", "kofiosei", Kind::FullName),
        ("Kofi Osei", "It was Kofi’s phone.", Kind::Possessive),
        ("Kofi Osei", "It was kofi's phone.", Kind::Possessive),
        ("Kofi Osei", "It was **Ko**fi.", Kind::FirstName),
        ("Kofi Osei", "It was Ko\\fi.", Kind::FirstName),
        ("Kofi Osei", "the Osei family", Kind::LastName),
        ("Kofi Osei", "They say Koko did it.", Kind::Nickname),
        ("Kofi Osei", "K.O. was there", Kind::Initials),
        ("Kofi Osei", "K. O. was there", Kind::Initials),
        ("Kofi Osei", "KO was there", Kind::Initials),
        ("Kofi Osei", "from @Kofi.O_99 today", Kind::Handle),
        ("Kofi Osei", "from kofi.o_99.", Kind::Handle),
        ("Kofi Osei", "ring +44 (0)7700 900 123", Kind::Phone),
        ("Kofi Osei", "ring 07700-900123.", Kind::Phone),
        ("Priya Shah", "Pryia sent it", Kind::Misspelling),
        ("Zoë O'Brien-Łukasiewicz", "We met Zoe.", Kind::FirstName),
        ("Zoë O'Brien-Łukasiewicz", "Mr O’Brien came", Kind::LastName),
        ("Zoë O'Brien-Łukasiewicz", "LUKASIEWICZ", Kind::LastName),
        ("Zoë O'Brien-Łukasiewicz", "Zoë O’Brien‑Lukasiewicz", Kind::FullName),
        ("Nguyễn Thị Ánh Tuyết", "we saw Tuyet", Kind::LastName),
        ("Nguyễn Thị Ánh Tuyết", "we saw Anh", Kind::MiddleName),
        ("सीता गुरुङ", "यहाँ सीता थिइन्", Kind::FirstName),
        ("محمد بن علي", "رأينا محمد أمس", Kind::FirstName),
        ("Олена Шевченко", "Бачили ОЛЕНА там", Kind::FirstName),
        ("May Li", "We saw May there.", Kind::FirstName),
        ("May Li", "With Li at home.", Kind::LastName),
        ("Will Hope", "Ask Will about it.", Kind::FirstName),
        ("Grace Hall", "We told Grace.", Kind::FirstName),
        ("Sita Thapa", "We met Sita Thapa.", Kind::FullName),
        ("Kofi Osei", "K\u{200b}ofi", Kind::FirstName),
        ("Kofi Osei", "Ｋｏｆｉ", Kind::FirstName),
        ("Kofi Osei", "| Kofi | x |", Kind::FirstName),
        ("Kofi Osei", "Kofi\nOsei", Kind::FullName),
        ("Kofi Osei", "Mrs Wells met Kofi.", Kind::FirstName),
        ("Amélie Dupont", "AMELIE", Kind::FirstName),
        ("Amélie Dupont", "Amelie’s", Kind::Possessive),
        ("Amélie Dupont", "the Duponts", Kind::LastName),
        ("Anne-Marie Cole", "We met Marie.", Kind::FirstName),
        ("Anne-Marie Cole", "We met Annemarie.", Kind::FirstName),
    ] {
        assert_eq!(kinds(name, body).first(), Some(&kind), "{body}");
    }
}

#[test]
fn other_words_are_left_alone() {
    for (name, body) in [
        ("Kofi Osei", "Another pupil sent it to Sita Gurung."),
        ("Kofi Osei", "We drank coffee and knocked out a plan. OK?"),
        ("Kofi Osei", "Call 01252 000000 or 0800 1111."),
        ("May Li", "You may come on 12 May 2026."),
        ("May Li", "We like it and it is likely."),
        ("Will Hope", "We will meet. We hope so."),
        ("Will Hope", "This line is so long that it could go on without an end\nWill you come?"),
        ("Grace Hall", "Yours sincerely, Mrs Grace Wells"),
        ("Grace Hall", "Ask Mrs Wells."),
        ("Rose Marsh", "St Rose Junior School"),
        ("Sita Thapa", "Sita told us."),
        ("Sam Gurung", "the Gurung family"),
        ("Ola Kent", "That is OK."),
        ("Ann Lee", "an annual plan for a sleeping child, Annabel"),
    ] {
        assert_eq!(kinds(name, body), vec![], "{body}");
    }
}

#[test]
fn verdicts_and_leftovers_are_found() {
    for (body, kind) in [
        ("He is a bully.", Kind::Verdict),
        ("The Victim said", Kind::Verdict),
        ("we have proof", Kind::Verdict),
        ("found guilty", Kind::Verdict),
        ("the perpetrator", Kind::Verdict),
        ("Dear {{ to }}", Kind::Leftover),
    ] {
        assert_eq!(kinds("Kofi Osei", body).first(), Some(&kind), "{body}");
    }
    for body in ["our anti-bullying policy", "waterproof coat", "cyberbullying"] {
        assert_eq!(kinds("Kofi Osei", body), vec![], "{body}");
    }
}

#[test]
fn a_hit_says_where_it_is() {
    let people = [person(2, "Kofi Osei", Tie::Other)];
    let address = ["Mrs Gurung".to_owned(), "c/o Osei".to_owned()];
    let paper = PaperText {
        body: "Dear Mrs Gurung,\n\nWe met **Kofi** today.",
        address: &address,
        title: "About Kofi",
        file_name: "kofi-osei.pdf",
        reference: "KO",
        footer: "Kofi",
    };
    let hits = check(&paper, &people, &[]);
    let found: Vec<_> =
        hits.iter().map(|hit| (hit.place, hit.line, hit.range.clone(), hit.excerpt.as_str())).collect();
    assert_eq!(
        found,
        vec![
            (Place::Body, 3, 27..31, "Kofi"),
            (Place::Address, 2, 4..8, "Osei"),
            (Place::Title, 1, 6..10, "Kofi"),
            (Place::FileName, 1, 0..9, "kofi-osei"),
            (Place::Reference, 1, 0..2, "KO"),
            (Place::Footer, 1, 0..4, "Kofi"),
        ]
    );
    assert_eq!(
        describe(&hits[0], "Kofi Osei"),
        "Line 3 names another child: “Kofi”. Take it out or write “another pupil”."
    );
    assert!(hits.iter().all(|hit| hit.person == Some(PersonId::new(2))));
    assert!(!format!("{hits:?}").contains("Kofi"));
}
