//! What can go wrong between a case and its PDF. Names no child: at most one character of a name.

/// An error of this layer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No font on this computer can draw a character, so the paper must not be exported with a gap or a box.
    #[error("No font on this computer can draw “{character}” (U+{:04X}).", u32::from(*.character))]
    NoGlyph {
        /// The character.
        character: char,
    },
    /// A template needs something that the case does not give.
    #[error("{template} cannot be written: “{field}” is missing.")]
    MissingField {
        /// The paper's code.
        template: &'static str,
        /// The field as the template calls it.
        field: String,
    },
    /// The fields given are not those of the paper asked for.
    #[error("The details given are for {given}, not for {template}.")]
    WrongFields {
        /// The paper's code.
        template: &'static str,
        /// The code that the fields belong to.
        given: &'static str,
    },
    /// The paper has no template.
    #[error("There is no template for {template}.")]
    NoTemplate {
        /// The paper's code.
        template: &'static str,
    },
    /// A template is not well formed.
    #[error("The template {template} cannot be read (line {line}).")]
    Template {
        /// The paper's code.
        template: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// A bundled font cannot be read: the program is damaged.
    #[error("A font that belongs to the program cannot be read.")]
    Font,
    /// A font's glyphs could not be cut down to those in use.
    #[error("A font could not be made ready for the file.")]
    Subset(#[source] subsetter::Error),
    /// Nothing was given to lay out.
    #[error("There is nothing to lay out.")]
    Empty,
    /// The colour profile could not be written.
    #[error("The colour profile could not be written.")]
    Colour(#[source] moxcms::CmsError),
    /// The file's structure could not be written.
    #[error("The PDF could not be put together.")]
    Structure(#[from] lopdf::Error),
    /// The file could not be written out.
    #[error("The PDF could not be written.")]
    Write(#[from] std::io::Error),
    /// A file chosen as crest or signature is no PNG and no JPEG, or is broken off.
    #[error("This file is not a PNG or JPEG picture that can be read.")]
    NotAPicture,
    /// A picture of more bytes or pixels than are read.
    #[error("This picture is too large.")]
    PictureTooLarge,
    /// The bytes given for a preview are not a PDF that can be drawn.
    #[error("This PDF cannot be shown.")]
    Preview,
    /// The page asked for is not there.
    #[error("There is no page {page}.")]
    NoPage {
        /// The page, from 1.
        page: usize,
    },
}
