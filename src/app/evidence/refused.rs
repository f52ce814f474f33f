//! What the evidence of a case refuses, and what a person reads of it.

use crate::app::{Kind, Notice};
use crate::documents::raster::PictureError;

/// Why something was not done with a piece of evidence.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The image gate was not answered with no. Nothing was read.
    #[error("the file was not read: it may show what nobody may copy")]
    Gate,
    /// The case takes no files, shows none and gives none away.
    #[error("the case takes no files")]
    Locked,
    /// A field that the index needs is empty.
    #[error("{what} is missing")]
    Missing {
        /// Which one.
        what: &'static str,
    },
    /// No file of this name.
    #[error("there is no such file")]
    NotThere,
    /// A folder.
    #[error("this is a folder")]
    Folder,
    /// A device or a pipe.
    #[error("this is not a file that stays as it is")]
    NotAFile,
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[source] std::io::Error),
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// Too large for a case file.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most that is taken.
        most: u64,
    },
    /// The same bytes are in the case already.
    #[error("the same file is in the case as {label}")]
    Known {
        /// Its number: `E2`.
        label: String,
    },
    /// What is kept cannot be exchanged by an amendment.
    #[error("an amendment cannot change what is kept")]
    Exchanged,
    /// Somebody stopped it.
    #[error("it was stopped")]
    Stopped,
    /// Nothing was chosen for the bundle.
    #[error("nothing was chosen")]
    NothingChosen,
    /// A picture that cannot be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
}

impl Refused {
    /// An error of the file system while a file is looked for or read.
    pub(super) fn of(error: std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        match error.kind() {
            K::NotFound | K::NotADirectory => Self::NotThere,
            K::IsADirectory => Self::Folder,
            _ => Self::Unreadable(error),
        }
    }

    /// What a person reads.
    pub(in crate::app) fn notice(&self) -> Notice {
        let (kind, what, to_do) = self.words();
        Notice { kind, what, what_to_do: to_do.into(), detail: String::new() }
    }

    #[allow(clippy::too_many_lines, reason = "one line of plain words for each kind of refusal")]
    fn words(&self) -> (Kind, String, &'static str) {
        let (kind, what, to_do) = match self {
            Self::Gate => (
                Kind::YourInput,
                "The file was not opened, read or copied.",
                "Do not look at it. Record in words that it exists and where it lies, and call the police or children’s services.",
            ),
            Self::Locked => (
                Kind::YourInput,
                "Casebook takes, shows and gives out no files in this case, because a picture of a child may be part of it.",
                "Record in words what there is and where it lies. Ask the police how they want to have it.",
            ),
            Self::Missing { what } => {
                let what = format!("{what} is missing.");
                return (Kind::YourInput, what, "Add it and try again. Nothing is lost.");
            }
            Self::NotThere => {
                (Kind::File, "There is no file of this name.", "Check the name, or choose the file again.")
            }
            Self::Folder => (Kind::File, "This is a folder, not a file.", "Choose the file in it."),
            Self::NotAFile => (
                Kind::File,
                "This is a device and not a file.",
                "Copy what is on it to a file, and choose that.",
            ),
            Self::Unreadable(error) if error.kind() == std::io::ErrorKind::PermissionDenied => (
                Kind::File,
                "This file may not be read.",
                "Ask your technician for the right to read it. It was not changed.",
            ),
            Self::Unreadable(_) => (
                Kind::File,
                "The file could not be read to its end, so nothing was kept.",
                "Check the drive or the cable, and try again.",
            ),
            Self::Empty => (
                Kind::File,
                "This file is empty: there is nothing in it to keep.",
                "Check on the device whether it was saved whole, and choose it again.",
            ),
            Self::TooLarge { most } => {
                let most = most / (1024 * 1024);
                let what = format!("This file is larger than {most} MB, the most that a case file takes.");
                return (
                    Kind::YourInput,
                    what,
                    "Leave it on its device. Write under “What shows it?” of the occasion what it is and where it lies.",
                );
            }
            Self::Known { label } => {
                let what = format!("This file is in the case already, as {label}: the bytes are the same.");
                return (
                    Kind::YourInput,
                    what,
                    "It was not added twice. Look at that entry, or choose another file.",
                );
            }
            Self::Exchanged => (
                Kind::OurFault,
                "A kept file is never exchanged.",
                "Add the other file as a piece of evidence of its own.",
            ),
            Self::Stopped => {
                (Kind::YourInput, "It was stopped, and nothing was kept.", "Begin again when you are ready.")
            }
            Self::NothingChosen => {
                (Kind::YourInput, "Nothing is chosen.", "Choose at least one piece of evidence.")
            }
            Self::Picture(PictureError::OtherKind) => (
                Kind::YourInput,
                "Casebook shows still pictures only, and never opens any other kind of file.",
                "The file is safe. Export it, and open the copy with a program that you trust.",
            ),
            Self::Picture(PictureError::TooLarge) => (
                Kind::File,
                "This picture is too large to be shown safely.",
                "The file is safe as it was added. Export it, and ask your technician to look at the copy.",
            ),
            Self::Picture(PictureError::Damaged) => (
                Kind::File,
                "This picture is damaged or cut off, so it cannot be shown.",
                "The file is kept as it was added. Compare it with the original on its device.",
            ),
        };
        (kind, what.into(), to_do)
    }
}
