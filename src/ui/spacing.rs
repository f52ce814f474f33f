//! The scale: distances and text sizes. Screens and widgets use these names and no raw numbers.

/// Between things that are one: an icon and its word.
pub const XS: f32 = 4.0;
/// Inside a group: a label and its field.
pub const S: f32 = 8.0;
/// Between neighbours: the choices of a question, two buttons.
pub const M: f32 = 16.0;
/// Between groups: one field and the next.
pub const L: f32 = 24.0;
/// Between sections.
pub const XL: f32 = 40.0;
/// Around a page.
pub const XXL: f32 = 64.0;

/// The widest a column of reading text may be: about 70 characters.
pub const COLUMN: f32 = 640.0;
/// The panel beside a question.
pub const ASIDE: f32 = 320.0;
/// The navigation at the side.
pub const NAVIGATION: f32 = 232.0;
/// A date, a telephone number, a short code.
pub const FIELD_SHORT: f32 = 200.0;
/// A name.
pub const FIELD_MEDIUM: f32 = 360.0;
/// The least height of something to click, in a list where things are close together.
pub const TARGET: f32 = 40.0;
/// The mark of a radio button or check box.
pub const MARK: f32 = 24.0;

/// How round a corner is.
pub const RADIUS: f32 = 4.0;
/// How round the corner of a card or dialog is.
pub const RADIUS_CARD: f32 = 8.0;
/// A line between things, and the edge of a card.
pub const HAIRLINE: f32 = 1.0;
/// The edge of a field.
pub const EDGE: f32 = 1.5;
/// The coloured rule at the left of a quote or notice.
pub const RULE: f32 = 4.0;

/// Tags, hints in lists, the foot of a panel.
pub const TEXT_SMALL: f32 = 14.0;
/// Everything that is read.
pub const TEXT: f32 = 16.0;
/// The sentence under a page's heading.
pub const TEXT_LEAD: f32 = 18.0;
/// A heading inside a section.
pub const HEADING_3: f32 = 18.0;
/// The heading of a section.
pub const HEADING_2: f32 = 22.0;
/// The heading of a page: one a page.
pub const HEADING_1: f32 = 30.0;

/// Line height of reading text, relative to its size.
pub const LEADING: f32 = 1.5;
/// Line height of headings, relative to their size.
pub const LEADING_HEADING: f32 = 1.25;
