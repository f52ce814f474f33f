//! Text of a page that is cut, squeezed or lies over other text: measured, whatever the eye would make of it. How it
//! looks is not judged here.

use super::rules::Counts;
use crate::ui::access::Access;
use crate::ui::spacing::{LEADING_HEADING, TEXT_SMALL};
use crate::ui::theme;
use iced::advanced::text::{self, LineHeight, Paragraph, Shaping, Text, Wrapping};
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Operation, Scrollable};
use iced::{Pixels, Rectangle, Size, Vector, alignment};
use std::any::Any;
use std::collections::HashMap;

type Measured = <iced::Renderer as text::Renderer>::Paragraph;

/// What rounding may make of two edges that are the same.
const ROUNDING: f32 = 1.0;

/// Where a text lies: what is scrolled and seen there, and the control around it.
#[derive(Debug, Clone, Default)]
struct Place {
    shift: Vector,
    /// What can be seen of it without scrolling, and whether it scrolls sideways.
    clip: Option<Rectangle>,
    sideways: bool,
    around: Option<(String, Rectangle)>,
    scroll: usize,
}

#[derive(Debug)]
struct Found {
    words: String,
    bounds: Rectangle,
    place: Place,
}

impl Found {
    fn begins(&self) -> String {
        self.words.chars().take(40).collect()
    }

    /// What of it is seen.
    fn seen(&self) -> Option<Rectangle> {
        self.place.clip.map_or(Some(self.bounds), |clip| clip.intersection(&self.bounds))
    }
}

/// Collects every text of a page with its place.
#[derive(Debug, Default)]
pub(super) struct Texts {
    found: Vec<Found>,
    stack: Vec<Place>,
    next: Place,
    scrolls: usize,
}

impl Texts {
    fn here(&self) -> Place {
        self.stack.last().cloned().unwrap_or_default()
    }

    /// What is cut, squeezed or overlapped, in a window of this size.
    pub(super) fn faults(&self, size: Size, widths: &mut Widths, counts: &mut Counts) -> Vec<String> {
        counts.texts += self.found.len();
        let mut faults = Vec::new();
        for one in &self.found {
            faults.extend(one.cut(size).map(|why| format!("“{}” {why}", one.begins())));
            faults.extend(widths.squeezed(one).map(|why| format!("“{}” {why}", one.begins())));
        }
        for (at, one) in self.found.iter().enumerate() {
            for other in &self.found[at + 1..] {
                let both = if one.place.scroll == other.place.scroll {
                    one.bounds.intersection(&other.bounds)
                } else {
                    one.seen().zip(other.seen()).and_then(|(one, other)| one.intersection(&other))
                };
                if both.is_some_and(|both| both.width > ROUNDING && both.height > ROUNDING) {
                    faults.push(format!("“{}” lies over “{}”", one.begins(), other.begins()));
                }
            }
        }
        faults
    }
}

impl Found {
    /// Whether it goes out of the control around it, of what scrolls, or of the window.
    fn cut(&self, size: Size) -> Option<String> {
        let beyond = |around: Rectangle| {
            self.bounds.x < around.x - ROUNDING
                || self.bounds.x + self.bounds.width > around.x + around.width + ROUNDING
        };
        let below = |around: Rectangle| {
            self.bounds.y < around.y - ROUNDING
                || self.bounds.y + self.bounds.height > around.y + around.height + ROUNDING
        };
        if let Some((called, around)) = &self.place.around
            && (beyond(*around) || below(*around))
        {
            return Some(format!("goes out of {called}"));
        }
        if let Some(clip) = self.place.clip {
            (!self.place.sideways && beyond(clip)).then(|| "goes out of what scrolls".to_owned())
        } else {
            let window = Rectangle::with_size(size);
            (beyond(window) || below(window)).then(|| "goes out of the window".to_owned())
        }
    }
}

/// The least width of each word and the least height of each text, as they have been measured.
#[derive(Default)]
pub(super) struct Widths {
    words: HashMap<String, f32>,
    heights: HashMap<(String, u32), f32>,
}

fn measured(words: &str, width: f32) -> Size {
    let text = Text {
        content: words,
        bounds: Size::new(width, f32::INFINITY),
        // No text is smaller, and no lines are closer: what has no room so has none as it is.
        size: Pixels(TEXT_SMALL),
        line_height: LineHeight::Relative(LEADING_HEADING),
        font: theme::FONT,
        align_x: text::Alignment::Default,
        align_y: alignment::Vertical::Top,
        shaping: Shaping::Advanced,
        wrapping: Wrapping::Word,
    };
    Measured::with_text(text).min_bounds()
}

/// A file's name, its path or its SHA-256: a paragraph breaks it where the line ends.
fn is_broken_anywhere(word: &str) -> bool {
    let is_hash = word.len() >= 64 && word.chars().all(|sign| sign.is_ascii_hexdigit() || sign == '.');
    is_hash || word.trim_end_matches('.').contains(['.', '/'])
}

impl Widths {
    /// Whether it has less room than its longest word is wide, or than its lines are high.
    fn squeezed(&mut self, one: &Found) -> Option<String> {
        let room = one.bounds.size();
        for word in one.words.split_whitespace().filter(|word| !is_broken_anywhere(word)) {
            let width =
                *self.words.entry(word.to_owned()).or_insert_with(|| measured(word, f32::INFINITY).width);
            if width > room.width + ROUNDING {
                return Some(format!("has {:.0} for “{word}”, which takes {width:.0}", room.width));
            }
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        // Whole units are exact enough for a key.
        let key = (one.words.clone(), room.width.ceil() as u32);
        let height =
            *self.heights.entry(key).or_insert_with(|| measured(&one.words, room.width.ceil()).height);
        (height > room.height + ROUNDING)
            .then(|| format!("has {:.0} for lines that take {height:.0}", room.height))
    }
}

impl Operation for Texts {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        self.stack.push(self.next.clone());
        operate(self);
        let _ = self.stack.pop();
        self.next = self.here();
    }

    fn container(&mut self, _id: Option<&Id>, _bounds: Rectangle) {
        self.next = self.here();
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        let here = self.here();
        let seen = bounds + here.shift;
        self.scrolls += 1;
        self.next =
            Place {
                shift: here.shift - translation,
                // What is scrolled away altogether is seen nowhere, and yet has its width.
                clip: Some(here.clip.map_or(seen, |clip| {
                    clip.intersection(&seen).unwrap_or(Rectangle { height: 0.0, ..seen })
                })),
                sideways: content.width > bounds.width + ROUNDING,
                around: None,
                scroll: self.scrolls,
            };
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        let here = self.here();
        self.next = match state.downcast_ref::<Access>() {
            Some(access) => {
                let called = format!("{:?} “{}”", access.role, access.name);
                Place { around: Some((called, bounds + here.shift)), ..here }
            }
            None => here,
        };
    }

    fn text(&mut self, _id: Option<&Id>, bounds: Rectangle, text: &str) {
        let place = self.here();
        if !text.trim().is_empty() {
            self.found.push(Found {
                words: text.to_owned(),
                bounds: bounds + place.shift,
                place: place.clone(),
            });
        }
        self.next = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::{Driver, Screen};
    use iced::widget::{column, container, stack, text};
    use iced::{Element, Task};

    /// What would be seen cut or overlapped is found.
    struct Bad(usize);

    impl Screen for Bad {
        type Message = ();

        fn view(&self) -> Element<'_, ()> {
            match self.0 {
                0 => column![text("One line of plain words.")].into(),
                1 => container(text("Schulleiterinnenversammlung")).width(60.0).into(),
                2 => container(text("Five lines, because there is so little room for them.").height(20.0))
                    .width(120.0)
                    .into(),
                _ => stack![text("Under"), text("Over")].into(),
            }
        }

        fn update(&mut self, _message: ()) -> Task<()> {
            Task::none()
        }
    }

    #[test]
    fn what_is_cut_squeezed_or_overlapped_is_found() {
        for (n, wanted) in ["", "takes", "lines that take", "lies over"].into_iter().enumerate() {
            let mut ui = Driver::new(Bad(n));
            let mut texts = Texts::default();
            ui.operate(&mut texts);
            let faults = texts.faults(ui.size(), &mut Widths::default(), &mut Counts::default());
            assert_eq!(faults.is_empty(), wanted.is_empty(), "{n}: {faults:?}");
            assert!(faults.iter().all(|fault| fault.contains(wanted)), "{n}: {faults:?}");
        }
    }
}
