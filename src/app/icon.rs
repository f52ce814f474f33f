//! Casebook's own picture, for the bar of its window and for the task bar. Packages make theirs from the drawing beside it.

use crate::documents::{Image, raster};

/// Made from `assets/icon/casebook.svg` by `rsvg-convert`.
const PNG: &[u8] = include_bytes!("../../assets/icon/casebook-64.png");
const SIDE: u32 = 64;

/// The picture; none where it cannot be unpacked, which stops nobody's work.
pub fn program_icon() -> Option<Image> {
    raster::read(PNG, (SIDE, SIDE)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_square_drawn_and_clear_at_its_corners() {
        let icon = program_icon().unwrap();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (SIDE, SIDE, 64 * 64 * 4));
        let alpha = |x: usize, y: usize| icon.rgba[(y * 64 + x) * 4 + 3];
        assert_eq!((alpha(0, 0), alpha(32, 32)), (0, 255));
    }
}
