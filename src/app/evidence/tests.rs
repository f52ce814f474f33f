//! Files go in byte for byte or not at all, and never past the image gate. Everyone in it is made up.

use super::*;
use crate::app::{Happening, Notice, demo};
use crate::domain::{Imagery, PaperCode};
use std::path::PathBuf;
use tempfile::TempDir;

struct Bench {
    folder: TempDir,
    session: Session,
    case: CaseId,
}

/// The demonstration's case with contacts, and a folder with files.
fn bench() -> Bench {
    let folder = tempfile::tempdir().unwrap();
    let session = demo::make(&folder.path().join("demo"), |_| {}).unwrap().session;
    let rows = session.cases("").unwrap();
    let case = rows.iter().map(|r| r.id).find(|id| !session.case(*id).unwrap().contacts.is_empty()).unwrap();
    Bench { folder, session, case }
}

/// A picture of one grey pixel.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3A, 0x7E, 0x9B, 0x55, 0x00,
    0x00, 0x00, 0x0A, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81,
    0x77, 0xCD, 0x72, 0xB6, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
];

impl Bench {
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn told(&self, description: &str) -> ToldOf {
        ToldOf {
            description: description.into(),
            captured_by: "Mrs Adams".into(),
            device: "The family’s tablet".into(),
            on: self.session.today(),
            time: "19:40".into(),
            occasion: Some(self.session.case(self.case).unwrap().occasions[0].id),
        }
    }

    fn add(&self, description: &str, file: &Path) -> Result<Evidence, Error> {
        let told = self.told(description);
        self.session.add_evidence(self.case, &told, (file, ImageGate::No), &Progress::default())
    }

    fn kept(&self) -> Vec<Evidence> {
        self.session.case(self.case).unwrap().evidence
    }

    fn blobs(&self) -> u64 {
        let report = self.session.verify().unwrap();
        assert_eq!(report.problems, []);
        report.blobs
    }
}

#[test]
fn a_file_is_kept_byte_for_byte_and_its_original_stays() {
    let bench = bench();
    let before = bench.blobs();
    let whole: Vec<u8> = (0..2_500_000u32).map(|n| (n % 251) as u8).collect();
    for (name, bytes, ends) in [
        ("Kofi screenshot.PNG", PNG, "png"),
        ("no ending", b"text".as_slice(), "bin"),
        ("a.jpg", b"not a picture", "bin"),
        ("video.MP4", &whole, "mp4"),
        ("odd.t\u{e4}r", b"odd", "bin"),
        ("program.longer6", b"longer", "bin"),
    ] {
        let path = bench.file(name, bytes);
        let progress = Progress::default();
        let told = bench.told("What it shows");
        let added = bench.session.add_evidence(bench.case, &told, (&path, ImageGate::No), &progress).unwrap();
        let sha256 = hex(&Sha256::digest(bytes));
        let kept = Kept::File { sha256, length: bytes.len() as u64, ending: ends.into() };
        assert_eq!(added.kept, kept, "{name}");
        assert_eq!(bench.session.evidence_bytes(&added).unwrap(), bytes);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "the original stays");
        assert!((progress.fraction() - 1.0).abs() < f32::EPSILON);
    }
    assert_eq!(bench.kept().len(), 6);
    assert_eq!(bench.session.evidence_files().unwrap(), 6);
    assert_eq!(bench.blobs() - before, 6, "verify reads each of them");
}

#[test]
fn nothing_is_read_before_the_gate_says_no() {
    let bench = bench();
    // Reading would fail with another error: there is no such file.
    let missing = bench.folder.path().join("missing.png");
    for gate in [ImageGate::Yes, ImageGate::NotSure] {
        let done = bench.session.add_evidence(
            bench.case,
            &bench.told("A picture"),
            (&missing, gate),
            &Progress::default(),
        );
        assert!(matches!(done, Err(Error::Evidence(Refused::Gate))), "{gate:?}");
    }
    assert!(matches!(bench.add("A picture", &missing), Err(Error::Evidence(Refused::NotThere))));
    assert_eq!(bench.kept(), []);
}

#[test]
fn a_case_with_a_reported_picture_takes_shows_and_gives_out_nothing() {
    let bench = bench();
    let added = bench.add("A chat", &bench.file("a.png", PNG)).unwrap();
    assert!(bench.session.evidence_picture(&added).is_ok());
    for imagery in [Imagery::NudeUnder18, Imagery::NotKnown] {
        let mut answers = bench.session.case(bench.case).unwrap().case.answers;
        answers.imagery = Some(imagery);
        bench.session.save_answers(bench.case, answers).unwrap();
        let locked = |error: Error| assert!(matches!(error, Error::Evidence(Refused::Locked)), "{error}");
        locked(bench.add("Another", &bench.file("b.png", b"b")).unwrap_err());
        locked(bench.session.evidence_picture(&added).map(|_| ()).unwrap_err());
        let (to, progress) = (bench.folder.path(), Progress::default());
        locked(bench.session.export_evidence(bench.case, &[added.id], to, &progress).unwrap_err());
    }
    let told = bench.told("A picture was mentioned");
    let note = bench.session.note_evidence(bench.case, &told, "On the phone", NotTaken::CaseLocked);
    assert!(note.is_ok(), "a note is always taken");
}

#[test]
fn what_cannot_be_taken_has_a_message_of_its_own() {
    let bench = bench();
    let first = bench.file("first.png", PNG);
    bench.add("First", &first).unwrap();
    let huge = bench.folder.path().join("huge.mov");
    std::fs::File::create(&huge).unwrap().set_len(LARGEST + 1).unwrap();
    let (again, empty) = (bench.file("again.png", PNG), bench.file("empty.png", b""));
    let mut seen = Vec::new();
    for (name, path, says) in [
        ("same bytes", again.as_path(), "as E1"),
        ("empty", &empty, "is empty"),
        ("folder", bench.folder.path(), "a folder"),
        ("missing", Path::new("/no/such/file"), "no file of this name"),
        ("huge", &huge, "larger than 250 MB"),
        ("under a file", &first.join("inside"), "no file of this name"),
        #[cfg(unix)]
        ("device", Path::new("/dev/zero"), "a device"),
    ] {
        let error = bench.add("Second", path).unwrap_err();
        let notice = Notice::from(&error);
        assert!(notice.what.contains(says), "{name}: {}", notice.what);
        assert!(notice.what.ends_with('.') && notice.what_to_do.ends_with('.'), "{name}");
        seen.push(notice.what);
    }
    seen.dedup();
    assert!(seen.len() >= 5);
    let blank = ToldOf { description: " ".into(), ..bench.told("") };
    let other = bench.file("other.png", b"other");
    let done = bench.session.add_evidence(bench.case, &blank, (&other, ImageGate::No), &Progress::default());
    assert!(matches!(done, Err(Error::Evidence(Refused::Missing { .. }))));
    let stopped = Progress::default();
    stopped.stop();
    let done = bench.session.add_evidence(bench.case, &bench.told("x"), (&other, ImageGate::No), &stopped);
    assert!(matches!(done, Err(Error::Evidence(Refused::Stopped))));
    assert_eq!(bench.kept().len(), 1, "nothing of all that is kept");
}

#[test]
fn an_amendment_needs_a_reason_and_exchanges_nothing() {
    let bench = bench();
    let added = bench.add("First words", &bench.file("a.png", PNG)).unwrap();
    let told = bench.told("Better words");
    let none = bench.session.amend_evidence(&added, &told, " ");
    assert!(matches!(none, Err(Error::ReasonMissing { .. })));
    let lies = Kept::Elsewhere { lies: "elsewhere".into(), why: NotTaken::NotSure };
    let exchanged = Evidence { kept: lies, ..added.clone() };
    let done = bench.session.amend_evidence(&exchanged, &told, "why");
    assert!(matches!(done, Err(Error::Evidence(Refused::Exchanged))));
    bench.session.amend_evidence(&added, &told, "the words were wrong").unwrap();
    let [now] = &bench.kept()[..] else { panic!("one") };
    assert_eq!((now.description.as_str(), &now.kept), ("Better words", &added.kept));
    let line = line_of(&bench, "Evidence E1: Better words");
    assert_eq!(line.changes[0].fields[0].was, "First words");
}

fn line_of(bench: &Bench, title: &str) -> crate::app::TimelineLine {
    let lines = bench.session.timeline(bench.case).unwrap();
    let found = lines.into_iter().find(|l| l.about == Happening::Evidence && l.title == title);
    found.unwrap_or_else(|| panic!("{title}"))
}

#[test]
fn evidence_is_found_told_and_in_the_police_summary() {
    let bench = bench();
    let added = bench.add("Zebrafinch screenshot", &bench.file("a.png", PNG)).unwrap();
    let why = NotTaken::MayShowChild;
    let note = bench.told("A picture that was mentioned");
    bench.session.note_evidence(bench.case, &note, "The phone, switched off, in the safe.", why).unwrap();
    let found = bench.session.cases("zebrafinch").unwrap();
    assert_eq!(found.iter().map(|r| r.id).collect::<Vec<_>>(), [bench.case]);
    let Kept::File { sha256, .. } = &added.kept else { panic!("a file") };
    assert!(
        line_of(&bench, "Evidence E1: Zebrafinch screenshot").said.contains(&("SHA-256", sha256.clone()))
    );
    let view = bench.session.case(bench.case).unwrap();
    let police = PaperCode::Document(crate::domain::DocumentCode::Police);
    let ids = bench.session.write_letter(bench.case, police, None).unwrap();
    let body = &bench.session.letter(ids[0]).unwrap().record.papers[0].body;
    let hash: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(hash.contains(sha256), "{body}");
    assert!(body.contains("| E1 | Zebrafinch screenshot, PNG picture, occasion of "), "{body}");
    assert!(body.contains("Not attached: it may show a child undressed"), "{body}");
    assert!(body.contains("Where it is: The phone, switched off, in the safe."), "{body}");
    assert_eq!(view.evidence.len(), 2);
}

#[test]
fn a_bundle_has_neutral_names_an_index_and_hashes_that_hold() {
    let bench = bench();
    let first = bench.add("=SUM(A1)", &bench.file("Kofi.png", PNG)).unwrap();
    let second = bench.add("A recording", &bench.file("Kofi.m4a", b"sound")).unwrap();
    let told = bench.told("A picture");
    let note = bench.session.note_evidence(bench.case, &told, "With the police", NotTaken::NotSure).unwrap();
    let out = bench.folder.path().join("out");
    let export = |chosen: &[EvidenceId], progress: &Progress| {
        bench.session.export_evidence(bench.case, chosen, &out, progress)
    };
    let all = [first.id, second.id, note.id];
    assert!(matches!(export(&all, &Progress::default()), Err(Error::Export { .. })), "no such folder");
    std::fs::create_dir(&out).unwrap();
    assert!(matches!(export(&[], &Progress::default()), Err(Error::Evidence(Refused::NothingChosen))));
    let stopped = Progress::default();
    stopped.stop();
    assert!(matches!(export(&all, &stopped), Err(Error::Evidence(Refused::Stopped))));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0, "nothing is left of one that was stopped");

    let bundle = export(&all, &Progress::default()).unwrap();
    assert_eq!((bundle.files, bundle.notes), (2, 1));
    let mut names: Vec<_> = std::fs::read_dir(&bundle.folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["READ-ME.txt", "SHA256SUMS", "evidence-001.png", "evidence-002.m4a", "index.csv"]);
    let sums = std::fs::read_to_string(bundle.folder.join("SHA256SUMS")).unwrap();
    for line in sums.lines() {
        let (sha256, name) = line.split_once("  ").unwrap();
        assert_eq!(hex(&Sha256::digest(std::fs::read(bundle.folder.join(name)).unwrap())), sha256);
    }
    assert_eq!(sums.lines().count(), 2);
    let index = std::fs::read_to_string(bundle.folder.join("index.csv")).unwrap();
    assert_eq!(index.lines().count(), 4);
    assert!(index.contains("\"'=SUM(A1)\"") && index.contains("Not attached"), "{index}");
    assert!(!bundle.folder.file_name().unwrap().to_string_lossy().contains("Kofi"));
    line_of(&bench, "Saved outside the case file: evidence E2");
    let again = export(&[second.id], &Progress::default()).unwrap();
    assert_ne!(again.folder, bundle.folder, "an earlier bundle is left alone");
    assert!(again.folder.join("evidence-002.m4a").is_file(), "a number stays");
}

#[test]
fn only_pictures_that_can_be_drawn_are_drawn() {
    let bench = bench();
    let mut damaged = PNG.to_vec();
    damaged.truncate(40);
    for (name, bytes, shown) in [
        ("a.png", PNG, None),
        ("b.png", damaged.as_slice(), Some(raster::PictureError::Damaged)),
        ("c.svg", b"<svg/>".as_slice(), Some(raster::PictureError::OtherKind)),
        ("d.png", b"text".as_slice(), Some(raster::PictureError::OtherKind)),
    ] {
        let added = bench.add("It", &bench.file(name, bytes)).unwrap();
        match (bench.session.evidence_picture(&added), shown) {
            (Ok(image), None) => assert_eq!((image.width, image.rgba.len()), (1, 4)),
            (Err(Error::Evidence(Refused::Picture(error))), Some(expected)) => assert_eq!(error, expected),
            (other, _) => panic!("{name}: {:?}", other.map(|_| ())),
        }
    }
}
