//! A few line icons, drawn for this program. Each stands beside a word and is hidden from screen readers.

use crate::ui::theme::{self, Palette};
use iced::widget::{Svg, svg};
use iced::{Color, Element};

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $body:literal;)*) => {
        /// The icons there are.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Icon {
            $($(#[$doc])* $name,)*
        }

        impl Icon {
            fn bytes(self) -> &'static [u8] {
                match self {
                    $(Self::$name => concat!(
                        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="black" "#,
                        r#"stroke-width="2.25" stroke-linecap="round" stroke-linejoin="round">"#,
                        $body,
                        "</svg>",
                    )
                    .as_bytes(),)*
                }
            }
        }
    };
}

icons! {
    /// Done, chosen.
    Tick = r#"<path d="M5 12.5l4.5 4.5L19 7.5"/>"#;
    /// Something to know.
    Info = r#"<circle cx="12" cy="12" r="9.5"/><path d="M12 11v6M12 7v.01"/>"#;
    /// It wants attention.
    Warning = r#"<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5M12 17.8v.01"/>"#;
    /// It is wrong.
    Error = r#"<circle cx="12" cy="12" r="9.5"/><path d="M12 7v6M12 16.8v.01"/>"#;
    /// Back.
    Left = r#"<path d="M14.5 5.5L8 12l6.5 6.5"/>"#;
    /// Opens something.
    Right = r#"<path d="M9.5 5.5L16 12l-6.5 6.5"/>"#;
    /// Is open.
    Down = r#"<path d="M5.5 9.5L12 16l6.5-6.5"/>"#;
    /// Locks the case file.
    Lock = r#"<rect x="5" y="11" width="14" height="10" rx="1.5"/><path d="M8 11V7.5a4 4 0 0 1 8 0V11"/>"#;
    /// Hides the screen at once.
    Hide = r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><path d="M4 20L20 4"/>"#;
}

/// An icon of this size, in a colour of the palette.
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32, pick: fn(&Palette) -> Color) -> Element<'a, Message> {
    let svg: Svg<'a> = svg(svg::Handle::from_memory(icon.bytes()));
    svg.width(size).height(size).style(theme::icon(pick)).into()
}
