//! Closing a case and what follows from it, on the made-up school's case file.

use super::*;
use crate::app::{Happening, demo};
use crate::domain::{LetterCode, LetterState};

fn parts() -> FiveParts {
    let text = |words: &str| words.to_owned();
    FiveParts {
        summary: text("Messages over two weekends."),
        follow_up: text("Both families came."),
        action: text("A plan for each child."),
        decision: text("Investigate and work with the families."),
        outcome: text("Quiet for six weeks."),
    }
}

/// The made-up school, and its first open case with contacts.
fn school() -> (tempfile::TempDir, Session, CaseView) {
    let folder = tempfile::tempdir().unwrap();
    let session = demo::make(folder.path(), |_| {}).unwrap().session;
    let views = session.cases("").unwrap().into_iter().map(|row| session.case(row.id).unwrap());
    let view = views
        .into_iter()
        .find(|view| view.case.state == CaseState::Open && !view.contacts.is_empty())
        .unwrap();
    (folder, session, view)
}

#[test]
fn what_the_record_knows_is_suggested_and_the_outcome_is_not() {
    let (_folder, session, view) = school();
    let suggested = session.closing_suggested(&view);
    let name = view.people[1].name.full();
    assert!(suggested.summary.contains(&view.case.disclosed_on.plain()) && suggested.summary.contains(name));
    assert!(suggested.follow_up.contains(&view.engagement[0].1.because), "{}", suggested.follow_up);
    assert!(suggested.action.contains("done on"), "{}", suggested.action);
    let decided = session.outcome_then(view.decision().unwrap());
    assert!(suggested.decision.contains(&decided.must[0].title));
    assert_eq!(suggested.outcome, "");
}

#[test]
fn a_closing_is_whole_or_not_at_all() {
    let (_folder, session, view) = school();
    let head = session.anchor().unwrap();
    let blank = FiveParts { outcome: " ".into(), ..parts() };
    let nobody = CheckIn { after: 5, by: " ".into() };
    for refused in [
        session.close_case(view.case.id, CameTo::Stopped, &blank, &[]),
        session.close_case(view.case.id, CameTo::Stopped, &parts(), &[nobody]),
        session.reopen_case(view.case.id, "  "),
    ] {
        assert!(matches!(refused, Err(Error::ReasonMissing { .. })), "{refused:?}");
    }
    assert_eq!(session.anchor().unwrap(), head, "nothing was written");
}

#[test]
fn five_parts_and_check_ins_are_in_the_record_the_case_the_timeline_and_on_today() {
    let (_folder, session, view) = school();
    let id = view.case.id;
    let looks = [5, 15].map(|after| CheckIn { after, by: "Mr Reed".into() });
    session.close_case(id, CameTo::Stopped, &parts(), &looks).unwrap();
    assert!(matches!(session.close_case(id, CameTo::Stopped, &parts(), &[]), Err(Error::CaseClosed)));

    let now = session.case(id).unwrap();
    assert_eq!(now.closings.iter().map(|closing| &closing.parts).collect::<Vec<_>>(), [&parts()]);
    let line = session.timeline(id).unwrap().into_iter().find(|l| l.about == Happening::State).unwrap();
    for (label, text) in parts().each() {
        assert!(line.said.contains(&(label, text.to_owned())), "{label}: {:?}", line.said);
    }

    let looks: Vec<ActionItem> = now.actions.into_iter().filter(ActionItem::needs_result).collect();
    let calendar = session.school().unwrap().calendar;
    let due = [5, 15].map(|after| calendar.school_days_after(session.today(), after));
    assert_eq!(looks.iter().map(|look| look.due).collect::<Vec<_>>(), due);
    let today = session.today_view().unwrap();
    let line = today.coming.iter().find(|line| line.action.id == looks[0].id).unwrap();
    assert_eq!(
        (line.title.as_str(), session.action_owner(&line.action).as_str()),
        (CheckIn::TITLE, "Mr Reed")
    );

    // A look without what was found is none.
    let done = |note: &str| ActionState::Done { on: session.today(), note: note.into() };
    assert!(matches!(session.set_action(&looks[0], done(" ")), Err(Error::ReasonMissing { .. })));
    session.set_action(&looks[0], done("He says it is quiet.")).unwrap();
    let told = session.timeline(id).unwrap();
    assert!(told.iter().any(|line| line.title.starts_with("Done: Check-in")));

    session.reopen_case(id, "It began again the same week.").unwrap();
    let told = session.timeline(id).unwrap();
    let opened = told.iter().find(|line| line.title == "The case was opened again").unwrap();
    assert_eq!(opened.said, [("Why", "It began again the same week.".to_owned())]);
    assert_eq!(session.verify().unwrap().problems, []);
}

#[test]
fn no_letter_of_a_closed_case_is_made_changed_approved_or_saved() {
    let (folder, session, _) = school();
    let views = session.cases("").unwrap().into_iter().map(|row| session.case(row.id).unwrap());
    let view = views
        .into_iter()
        .find(|view| {
            view.letters
                .iter()
                .any(|l| matches!((l.code, &l.state), (PaperCode::Letter(_), LetterState::Approved { .. })))
        })
        .unwrap();
    let id = view.case.id;
    let approved = view.letters.iter().find(|l| matches!(l.code, PaperCode::Letter(_))).unwrap().id;
    let offer = session
        .papers_on_offer(&view)
        .unwrap()
        .into_iter()
        .find(|o| matches!(o.code, PaperCode::Letter(LetterCode::Target)))
        .unwrap();
    let draft = session.write_letter(id, offer.code, offer.about).unwrap()[0];
    if session.case(id).unwrap().case.state == CaseState::Open {
        session.close_case(id, CameTo::PassedOn, &parts(), &[]).unwrap();
    }
    let head = session.anchor().unwrap();
    let refused = [
        session.write_letter(id, offer.code, offer.about).map(drop),
        session.edit_letter(draft, "Dear all").map(drop),
        session.set_large_print(draft, true).map(drop),
        session.approve_letter(draft).map(drop),
        session.export_letter(approved, folder.path()).map(drop),
    ];
    for refused in refused {
        let error = refused.unwrap_err();
        assert!(matches!(error, Error::LetterOfClosed), "{error}");
        let notice = crate::app::Notice::from(&error);
        assert!(notice.what_to_do.contains("Open the case again"), "{}", notice.what_to_do);
    }
    assert_eq!(session.anchor().unwrap(), head, "nothing was written");
    session.reopen_case(id, "A letter was forgotten.").unwrap();
    session.export_letter(approved, folder.path()).unwrap();
}
