//! What the leak guard holds up in a letter, and what may stand for a reason.

use super::*;
use casebook::app::LetterView;
use casebook::domain::LetterId;

/// A letter to the family of the targeted child, with this paragraph at its end.
fn with(session: &Session, made: &Made, paragraph: &str) -> (LetterId, LetterView) {
    let written = write(session, made, PaperCode::Letter(LetterCode::Target), Some(made.target)).unwrap();
    let id = written[0].id;
    let body = format!("{}\n\n{paragraph}\n", written[0].papers[0].body.trim_end());
    (id, session.edit_letter(id, &body).unwrap())
}

#[test]
fn each_hit_says_where_it_is_what_it_is_and_whether_it_may_stand() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    for (paragraph, words, what, may_stand) in [
        ("We spoke with Tyler on Monday.", "Tyler", "another child’s first name", true),
        ("Ask for Tyler Brandt at the desk.", "Tyler Brandt", "another child’s whole name", false),
        ("This is Tyler Brandt’s book.", "Tyler Brandt’s", "another child’s name", false),
        ("We need proof of your address.", "proof", "a word that judges a child", true),
        ("Ring us on {{phone}} today.", "{{phone}}", "a gap that was not filled", false),
        ("He may be arrested.", "arrested", "a word that no letter to this family may say", false),
    ] {
        let (id, view) = with(&session, &made, paragraph);
        let [finding] = view.findings.as_slice() else { panic!("{paragraph}: {:?}", view.findings) };
        assert_eq!((finding.spot.words.as_str(), finding.what.as_str()), (words, what));
        assert_eq!(&view.body[finding.range.clone().unwrap()], words);
        assert_eq!(finding.spot.around, paragraph);
        assert!(finding.place.starts_with("Paragraph "), "{}", finding.place);
        assert_eq!(finding.must_change.is_none(), may_stand, "{paragraph}");
        let dismissed = session.dismiss_finding(id, &finding.spot, "It is about something else.");
        match dismissed {
            Ok(view) => assert!(may_stand && view.findings.is_empty(), "{paragraph}"),
            Err(Error::MustChange { .. }) => assert!(!may_stand, "{paragraph}"),
            Err(error) => panic!("{paragraph}: {error}"),
        }
        let approved = session.approve_letter(id);
        assert_eq!(approved.is_ok(), may_stand, "{paragraph}");
    }
}

#[test]
fn a_reason_is_kept_with_the_letter_and_holds_for_its_text_only() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let (id, view) = with(&session, &made, "Tyler is the name of our school dog.");
    let spot = view.findings[0].spot.clone();
    assert!(matches!(session.dismiss_finding(id, &spot, "  "), Err(Error::Incomplete { .. })));
    let view = session.dismiss_finding(id, &spot, " The dog. ").unwrap();
    let kept = &view.record.dismissed[0];
    assert_eq!(
        (kept.reason.as_str(), kept.by.as_str(), kept.on),
        ("The dog.", "Mrs Helen Farrow", day(TODAY))
    );

    // Elsewhere in the letter the text may change.
    let view = session.edit_letter(id, &format!("Good morning\n\n{}", view.body)).unwrap();
    assert_eq!((view.findings.len(), view.record.dismissed.len()), (0, 1));
    // The same name in another paragraph is another place.
    let more = session.edit_letter(id, &format!("{}\n\nTyler was there.", view.body.trim_end())).unwrap();
    assert_eq!((more.findings.len(), more.record.dismissed.len()), (1, 1));
    // Taken back, and then given again, it is gone when its own paragraph changes.
    let view = session.edit_letter(id, &view.body).unwrap();
    assert_eq!(session.take_back_dismissal(id, &spot).unwrap().findings.len(), 1);
    session.dismiss_finding(id, &spot, "The dog.").unwrap();
    let view = session.edit_letter(id, &view.body.replace("our school dog", "a boy in your class")).unwrap();
    assert_eq!((view.findings.len(), view.record.dismissed.len()), (1, 0));
    assert!(matches!(session.dismiss_finding(id, &spot, "The dog."), Err(Error::NotFound)));
}

#[test]
fn an_approved_letter_keeps_its_reasons_and_the_timeline_tells_them() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let (id, view) = with(&session, &made, "Tyler is the name of our school dog.");
    let spot = view.findings[0].spot.clone();
    session.dismiss_finding(id, &spot, "The dog.").unwrap();
    let view = session.approve_letter(id).unwrap();
    assert_eq!((view.findings.len(), view.dismissed.len()), (0, 1));
    assert!(matches!(session.take_back_dismissal(id, &spot), Err(Error::AlreadyApproved)));
    let timeline = session.timeline(made.case).unwrap();
    let told =
        timeline.iter().flat_map(|line| &line.said).find(|(label, _)| *label == "Words that may stand");
    assert_eq!(told.unwrap().1, format!("“Tyler”: The dog. (Mrs Helen Farrow, {})", day(TODAY).short()));
}

#[test]
fn a_letter_of_an_earlier_version_has_no_reasons() {
    let (_folder, session) = open();
    let made = make(&session, &Particulars::default());
    let (_, view) = with(&session, &made, "Thank you.");
    let json = serde_json::to_value(&view.record).unwrap();
    assert!(json.get("dismissed").is_none());
    let read: LetterRecord = serde_json::from_value(json).unwrap();
    assert_eq!(read, view.record);
}
