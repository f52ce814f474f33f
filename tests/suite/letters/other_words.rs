//! A letter in other words: easy ones, an approved translation, and a referral as fields for another form.

use super::*;
use casebook::domain::LetterId;

fn to_target(session: &Session, easy: bool) -> LetterId {
    let made = make(session, &Particulars::default());
    let view = session.case(made.case).unwrap();
    let code = PaperCode::Letter(LetterCode::Target);
    let said = answered(&session.asked(&view, code, Some(made.target)).unwrap(), "x").in_easy_words(easy);
    session.write_letter_with(made.case, code, Some(made.target), &said).unwrap()[0]
}

#[test]
fn a_letter_is_written_in_easy_words_where_it_is_asked_for() {
    let (_folder, session) = open();
    let usual = session.letter(to_target(&session, false)).unwrap();
    let easy = session.letter(to_target(&session, true)).unwrap();
    assert!(easy.record.papers[0].easy_read && !usual.record.papers[0].easy_read);
    assert!(easy.body.contains("This letter is about Anya") && easy.findings.is_empty());
    assert!(easy.reading.longest_sentence < usual.reading.longest_sentence);
    session.approve_letter(easy.record.id).unwrap();
    let made = make(&session, &Particulars { who: Who::ExPupil, ..Particulars::default() });
    let code = PaperCode::Letter(LetterCode::NewSchool);
    let said = Said::default().in_easy_words(true);
    assert!(
        session.write_letter_with(made.case, code, Some(made.actor), &said).is_err(),
        "a school gets none"
    );
}

#[test]
fn a_translation_is_guarded_and_is_of_one_english_text() {
    let (_folder, session) = open();
    let id = to_target(&session, false);
    let text = "Szanowni Państwo,\n\nDziękujemy za rozmowę.";
    for (language, body, who) in [("en", text, "A"), ("pl", " ", "A"), ("pl", text, " ")] {
        let refused = session.set_translation(id, language, body, who);
        assert!(matches!(refused, Err(Error::Incomplete { .. })), "{language} {body} {who}");
    }
    let leak = format!("{text}\n\nTyler Brandt to napisał.");
    let view = session.set_translation(id, "pl", &leak, "The council’s service").unwrap();
    let [finding] = view.findings.as_slice() else { panic!("{:?}", view.findings) };
    assert_eq!(finding.place, "The translation, paragraph 3");
    assert_eq!((finding.line, finding.range.clone()), (0, None), "not in the English");
    assert!(matches!(session.approve_letter(id), Err(Error::Guarded { hits: 1 })));

    let view = session.set_translation(id, "pl", text, "The council’s service").unwrap();
    assert!(view.findings.is_empty() && view.held_back.is_none());
    let english = view.body.clone();
    let changed = session.edit_letter(id, &format!("{english}\n\nOne more sentence.")).unwrap();
    assert!(changed.held_back.is_some_and(|why| why.contains("translation")));
    assert!(matches!(session.approve_letter(id), Err(Error::HeldBack { .. })));
    session.edit_letter(id, &english).unwrap();
    session.approve_letter(id).unwrap();
    assert!(matches!(session.remove_translation(id), Err(Error::AlreadyApproved)));
}

/// What a screen reader says of the signature's picture is read by the guard like every other word.
#[test]
fn what_is_said_of_a_picture_is_guarded() {
    let (folder, session) = open();
    let file = folder.path().join("signature.png");
    image::RgbaImage::from_pixel(40, 20, image::Rgba([0, 0, 0, 255])).save(&file).unwrap();
    session.set_picture(casebook::app::SchoolPicture::Signature, &file, true).unwrap();
    let id = to_target(&session, false);
    assert!(session.letter(id).unwrap().findings.is_empty());
    let mut school = session.school().unwrap();
    school.signatory.name = "{{ head }}".into();
    session.save_school(&school).unwrap();
    let findings = session.letter(id).unwrap().findings;
    assert!(findings.iter().any(|finding| finding.place.contains("read out")), "{findings:?}");
}

#[test]
fn a_referral_is_shown_as_fields_once_it_is_approved() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let code = PaperCode::Document(DocumentCode::Marf);
    let id = write(&session, &made, code, Some(made.target)).unwrap()[0].id;
    assert!(matches!(session.fields_to_copy(id), Err(Error::NotApproved)));
    session.approve_letter(id).unwrap();
    let before = session.journal(made.case).unwrap().len();
    let fields = session.fields_to_copy(id).unwrap();
    assert_eq!(session.journal(made.case).unwrap().len(), before + 1, "that they were shown is written down");
    let text = |label: &str| {
        fields.iter().find(|field| field.label == label).map_or("", |field| field.text.as_str())
    };
    assert_eq!(text("Name"), "Anya Petrova");
    assert_eq!(text("Date of birth"), "4 March 2016");
    assert!(!text("Consent").is_empty() && !text("What needs to happen").is_empty(), "{fields:?}");
    assert!(fields.iter().all(|field| !field.text.contains("**") && !field.text.contains('|')));
    let other = to_target(&session, false);
    session.approve_letter(other).unwrap();
    assert!(matches!(session.fields_to_copy(other), Err(Error::NotFound)));
}
