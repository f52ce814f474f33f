//! The one place that turns an error into what a person reads: what happened, and what to do next.

use super::Error;
use crate::documents;
use crate::intake;
use crate::store::{self, WordsFault};

/// A message for a person: calm, complete, and never without a next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whose matter it is.
    pub kind: Kind,
    /// What happened. Ends in a full stop.
    pub what: String,
    /// What to do next. Ends in a full stop.
    pub what_to_do: String,
    /// For a technician; may be empty.
    pub detail: String,
}

/// Whose matter it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something to type again or to add.
    YourInput,
    /// The disk, the folder or the file.
    File,
    /// A mistake in Casebook.
    OurFault,
    /// Good news.
    Done,
}

impl Notice {
    fn new(kind: Kind, what: impl Into<String>, what_to_do: impl Into<String>) -> Self {
        Self { kind, what: what.into(), what_to_do: what_to_do.into(), detail: String::new() }
    }

    /// Something that went well.
    pub fn done(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self::new(Kind::Done, what, next)
    }
}

impl From<&Error> for Notice {
    fn from(error: &Error) -> Self {
        let mut notice = match error {
            Error::Store(error) => of_store(error),
            Error::Documents(error) => of_documents(error),
            Error::Intake(error) => of_intake(error),
            Error::Evidence(refused) => refused.notice(),
            Error::TooSoon { seconds } => super::tries::notice(*seconds),
            Error::UnsafePlace(risk) => risk.refusal(),
            Error::Policy(_) => Self::new(
                Kind::File,
                "The policy pack does not hold together.",
                "Nothing was decided. Ask whoever changed the pack to run “casebook policy check”.",
            ),
            Error::Pack(error) => Self::new(
                Kind::YourInput,
                "This policy pack cannot be used.",
                format!("Nothing has changed. What is wrong: {error}."),
            ),
            Error::Random(_) => of_store(&store::Error::NoRandomness(crate::domain::NoRandomness)),
            Error::NotFound => Self::new(
                Kind::OurFault,
                "This record is no longer there.",
                "Go back to the list and open it again.",
            ),
            Error::Unanswered { .. } => Self::new(
                Kind::YourInput,
                "One question has no answer yet.",
                "Go to that question and answer it.",
            ),
            Error::ReasonMissing { .. } => Self::new(
                Kind::YourInput,
                "A reason is missing.",
                "Write one or two sentences. A year from now they say why you decided as you did.",
            ),
            Error::KeepApart => Self::new(
                Kind::YourInput,
                "This matter is about an adult who works with children, so it belongs in a restricted case file.",
                "Take it as a new disclosure. Casebook then helps you to make or open the restricted case file.",
            ),
            Error::Kept { why } => Self::new(Kind::YourInput, "This case is kept.", why.clone()),
            Error::CaseClosed | Error::CaseOpen | Error::LetterOfClosed => of_state(error),
            Error::Guarded { .. }
            | Error::MustChange { .. }
            | Error::HeldBack { .. }
            | Error::SecondApproval { .. }
            | Error::NotTheirPassphrase
            | Error::AlreadyApproved
            | Error::NotApproved => of_letters(error),
            Error::Incomplete { what } => {
                Self::new(Kind::YourInput, what.clone(), "Add it and try again. Nothing is lost.")
            }
            Error::Export { source, .. } => of_export(source),
            Error::WhoseKey | Error::NameMissing | Error::NameTaken | Error::OwnKey => of_keys(error),
        };
        notice.detail = error.to_string();
        notice
    }
}

/// What stands between a letter and the post.
fn of_letters(error: &Error) -> Notice {
    match error {
        Error::Guarded { hits: 1 } => Notice::new(
            Kind::YourInput,
            "This letter cannot be approved: one place has to be changed first.",
            "Look at the place in the list below. Change it, or say why it may stand.",
        ),
        Error::Guarded { hits } => Notice::new(
            Kind::YourInput,
            format!("This letter cannot be approved: {hits} places have to be changed first."),
            "Look at each place in the list below. Change it, or say why it may stand.",
        ),
        Error::MustChange { why } => Notice::new(Kind::YourInput, *why, "Change it in the text."),
        Error::HeldBack { why } => Notice::new(Kind::YourInput, "This letter has to wait.", why.clone()),
        Error::SecondApproval { why } => {
            Notice::new(Kind::YourInput, "This paper needs a second look.", why.clone())
        }
        Error::NotTheirPassphrase => Notice::new(
            Kind::YourInput,
            "This is not the passphrase of the person who approves.",
            "They type the passphrase of their own key. Check Caps Lock and try again.",
        ),
        Error::AlreadyApproved => Notice::new(
            Kind::YourInput,
            "This letter is approved and does not change.",
            "Write a new letter if something in it is wrong.",
        ),
        Error::NotApproved => Notice::new(
            Kind::YourInput,
            "This letter is still a draft.",
            "Read it, approve it, and then save it.",
        ),
        _ => Notice::new(Kind::OurFault, "This letter cannot be used now.", "Open it again."),
    }
}

/// What a closed case does not take, and what an open one does not need.
fn of_state(error: &Error) -> Notice {
    let (what, to_do) = match error {
        Error::CaseOpen => (
            "This case is still open, so no linked one is needed.",
            "Add what has happened to this case, and decide again. A linked case follows a closed one.",
        ),
        Error::LetterOfClosed => (
            "This case is closed, so none of its letters is written, approved or saved.",
            "Open the case again first, on its Overview, and say why. Then do this once more.",
        ),
        _ => (
            "This case is closed, so nothing was added to it.",
            "Open it again first, on its Overview, then save this once more. What you typed is still here.",
        ),
    };
    Notice::new(Kind::YourInput, what, to_do)
}

fn of_keys(error: &Error) -> Notice {
    let (what, to_do) = match error {
        Error::NameMissing => ("The name is missing.", "Enter the name of the person whose key it is."),
        Error::NameTaken => (
            "There is already a key with this name.",
            "Enter another name, or give that person a new passphrase.",
        ),
        Error::OwnKey => (
            "Nobody takes away their own key.",
            "Ask somebody else with a key to do it, so that one of you is left who can open the case file.",
        ),
        _ => ("Several people have a key.", "Say whose passphrase it is to be."),
    };
    Notice::new(Kind::YourInput, what, to_do)
}

fn of_export(source: &std::io::Error) -> Notice {
    use std::io::ErrorKind as K;
    let (what, to_do) = match source.kind() {
        K::StorageFull | K::QuotaExceeded => {
            ("The disk is full, so the file was not saved.", "Free some space or choose another folder.")
        }
        K::PermissionDenied | K::ReadOnlyFilesystem => (
            "The file cannot be saved in this folder.",
            "Choose a folder that is yours, for example Documents.",
        ),
        K::NotFound | K::NotADirectory => {
            ("This folder is not there.", "Check the folder's name, or choose another folder.")
        }
        K::AlreadyExists => {
            ("A file of this name is there already.", "Choose another folder, or move the old file away.")
        }
        _ => (
            "The file could not be saved.",
            "Choose another folder and try again. The letter itself is safe in the case file.",
        ),
    };
    Notice::new(Kind::File, what, to_do)
}

#[allow(clippy::too_many_lines, reason = "one line of plain words for each kind of error")]
fn of_store(error: &store::Error) -> Notice {
    use store::Error as E;
    let restore = "Do not work in this folder any more. Open a backup, or ask your technician.";
    let words = "Open it with the 24 words of your recovery sheet, and then choose a new passphrase.";
    let (kind, what, to_do): (Kind, String, String) = match error {
        E::WrongPassphrase => (
            Kind::YourInput,
            "This passphrase does not open the case file.".into(),
            "Check Caps Lock and try again. If it is lost, use the 24 words of your recovery sheet.".into(),
        ),
        E::WrongWords { fault } => (Kind::YourInput, of_words(*fault), "Compare each word with the printed sheet.".into()),
        E::KeysMissing => (Kind::File, "The files with the keys are missing. Your records are still there.".into(), words.into()),
        E::KeysDamaged => {
            (Kind::File, "Both copies of the keys are damaged. Your records are still there.".into(), words.into())
        }
        E::KeysTooNew { .. } | E::TooNew { .. } => (
            Kind::File,
            "This case file was written by a newer Casebook.".into(),
            "Ask your technician to update Casebook on this PC. Nothing was changed.".into(),
        ),
        E::Missing => (
            Kind::File,
            "There is no case file in this folder.".into(),
            "Choose the folder whose name ends in .casebook, or make a new case file.".into(),
        ),
        E::NotACaseFile => (
            Kind::File,
            "This is not a Casebook case file, or its keys belong to another one.".into(),
            "Choose the folder whose name ends in .casebook.".into(),
        ),
        E::Damaged { .. } => (Kind::File, "The case file is damaged.".into(), restore.into()),
        E::ChainBroken { .. } => {
            (Kind::File, "The record was changed from outside Casebook.".into(), restore.into())
        }
        E::InUse => (
            Kind::File,
            "The case file is already open, in another window or on another PC.".into(),
            "Close it there first, then try again.".into(),
        ),
        E::ReadOnly => (
            Kind::File,
            "The case file cannot be written in this folder.".into(),
            "Ask your technician for the right to write there. Nothing was lost.".into(),
        ),
        E::DiskFull => (
            Kind::File,
            "The disk is full, so nothing was saved.".into(),
            "Free some space and try again. What was saved before is safe.".into(),
        ),
        E::NoMemory => (
            Kind::File,
            "This PC has too little memory free.".into(),
            "Close other programs and try again.".into(),
        ),
        E::AlreadyThere => (
            Kind::YourInput,
            "There is already something with this name.".into(),
            "Choose another name or folder, or open the case file that is there.".into(),
        ),
        E::Io { .. } => (
            Kind::File,
            "The disk did not do as it was asked.".into(),
            "Try again. If it happens again, ask your technician to check the disk. What was saved before is safe.".into(),
        ),
        E::NoRandomness(_) => (
            Kind::File,
            "This PC gave no random numbers, so nothing can be locked safely.".into(),
            "Restart the PC and try again.".into(),
        ),
        E::NotABackup => (
            Kind::YourInput,
            "This file is not a backup of a case file.".into(),
            "Choose a file whose name ends in .casebackup.".into(),
        ),
        E::BackupDamaged => (
            Kind::File,
            "This backup is damaged, so nothing was done with it.".into(),
            "Choose another one, from the day before or from the second place.".into(),
        ),
        E::BackupOfAnother => (
            Kind::YourInput,
            "This is a backup of another case file.".into(),
            "Put it back into a folder of its own. Nothing was changed.".into(),
        ),
        E::OlderKey => (
            Kind::YourInput,
            "This backup was made under an older recovery sheet, so it cannot be checked from here.".into(),
            "It was put back. Open it with a passphrase of that day.".into(),
        ),
        E::BackupUnsound => (
            Kind::File,
            "The backup was not kept, because the copy is not sound.".into(),
            "Check the case file in Settings. The backups made before are still there.".into(),
        ),
        E::ChangedMeanwhile => (
            Kind::File,
            "Something was written to the case file while it was copied, so it stayed where it was.".into(),
            "Try again when nothing else is being done.".into(),
        ),
        E::NobodyLeft => (
            Kind::YourInput,
            "Nobody would be left who can open the case file with a passphrase.".into(),
            "Add another person first. Nothing was changed.".into(),
        ),
        E::NoSuchPerson => (
            Kind::YourInput,
            "This person has no key to the case file any more.".into(),
            "Look at the list again. Nothing was changed.".into(),
        ),
        E::NoSuchRecord { .. } | E::Unreadable { .. } | E::CostOutOfRange | E::Internal { .. } => (
            Kind::OurFault,
            "Casebook made a mistake and stopped what it was doing.".into(),
            "Nothing was saved by this step. Close Casebook, open it again and repeat the step.".into(),
        ),
    };
    Notice::new(kind, what, to_do)
}

fn of_words(fault: WordsFault) -> String {
    match fault {
        WordsFault::Count { found } => format!("The recovery sheet has 24 words; you entered {found}."),
        WordsFault::UnknownWord { position } => {
            format!("Word {position} is not one of the words that Casebook prints.")
        }
        WordsFault::Checksum => {
            "The words are not as they were printed: one is wrong or out of its place.".into()
        }
        WordsFault::AnotherFile => {
            "These words belong to another case file, or to an older recovery sheet of this one.".into()
        }
        WordsFault::AnotherFileOrDamaged => {
            "These words belong to another case file, or the case file is damaged.".into()
        }
    }
}

fn of_documents(error: &documents::Error) -> Notice {
    use documents::Error as E;
    match error {
        E::NoGlyph { character } => Notice::new(
            Kind::File,
            format!("No font on this PC can draw “{character}”, so the letter cannot be made."),
            "Write that word in other letters, or ask your technician to install a font for it.",
        ),
        E::MissingField { field, .. } => Notice::new(
            Kind::YourInput,
            format!("The letter needs something that is not entered yet: {field}."),
            "Add it to the case or to Settings, then write the letter again.",
        ),
        E::Write(source) => of_export(source),
        E::NotAPicture => Notice::new(
            Kind::YourInput,
            "This file is not a picture that can be used here.",
            "Choose a PNG or JPEG. Any picture program can save one.",
        ),
        E::PictureTooLarge => Notice::new(
            Kind::YourInput,
            "This picture is too large.",
            "Save it smaller than 8 MB, and choose it again.",
        ),
        E::WrongFields { .. }
        | E::NoTemplate { .. }
        | E::Template { .. }
        | E::Font
        | E::Subset(_)
        | E::Empty
        | E::Colour(_)
        | E::Structure(_)
        | E::Preview
        | E::NoPage { .. } => Notice::new(
            Kind::OurFault,
            "Casebook could not make this page.",
            "Your text is safe. Change the last thing that you typed, or close Casebook and open it again.",
        ),
    }
}

fn of_intake(error: &intake::Error) -> Notice {
    use intake::Error as E;
    let (what, to_do): (&str, &str) = match error {
        E::Io(source) => return of_import(source),
        E::Empty => ("This file is empty.", "Export it again, and choose the new file."),
        E::TooLarge { .. } | E::TooMany { .. } => (
            "This file is larger than any register or chat.",
            "Check that it is the right one. A chat is to be exported without media.",
        ),
        E::TooManyRejected { .. } | E::NotAChat => (
            "This does not look like an exported WhatsApp chat.",
            "On the phone open the chat, choose “Export chat” and “Without media”, and choose that file.",
        ),
        E::NotText { .. } => (
            "This file is not one that can be read here.",
            "Save a workbook as “CSV UTF-8”; export a chat as text or zip.",
        ),
        E::Encoding { .. } | E::MixedEncoding { .. } => (
            "The letters in this file are stored in a way that would spoil names.",
            "Export it again as UTF-8, or save it again as “CSV UTF-8”.",
        ),
        E::Dtd { .. } | E::Entity { .. } | E::TooDeep { .. } => (
            "This XML holds something that no Common Transfer File needs, so it was not read.",
            "Export the file again from your school’s system. Ask your technician where this one came from.",
        ),
        E::Xml { .. } => (
            "This XML is broken or cut off, so nothing was taken from it.",
            "Export it again and choose the new file. Half a register would make leavers of the other half.",
        ),
        E::NotACtf => {
            ("This is XML, but not a Common Transfer File.", "Export a CTF, or a list of pupils as CSV.")
        }
        E::NoHeader { .. } => (
            "No line of this file names its columns.",
            "Put a line above the pupils that names them: Surname, Forename, Date of Birth, and so on.",
        ),
        E::TwoColumns { .. } => {
            ("Two columns are set to mean the same.", "Choose one of them, and leave the other out.")
        }
        E::Zip { .. } | E::NoText | E::SeveralTexts { .. } => (
            "The chat in this zip file cannot be read.",
            "Export the chat again without media, and choose that file.",
        ),
    };
    Notice::new(Kind::File, what, to_do)
}

fn of_import(source: &std::io::Error) -> Notice {
    use std::io::ErrorKind as K;
    let (what, to_do) = match source.kind() {
        K::NotFound | K::NotADirectory => {
            ("There is no file of this name.", "Check the name, or choose the file again.")
        }
        K::PermissionDenied => {
            ("This file may not be read.", "Copy it to a folder that is yours, for example Documents.")
        }
        K::IsADirectory => ("This is a folder, not a file.", "Choose the file in it."),
        _ => ("The file could not be read.", "Copy it to this PC and try again."),
    };
    Notice::new(Kind::File, what, to_do)
}
