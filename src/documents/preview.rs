//! Draws a page of the very bytes that are kept or sent. Nothing is laid out a second time.

use super::Error;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use std::sync::Arc;

/// The largest scale drawn: A4 at 8 pixels a point is 4761 × 6735, more than any screen.
const LARGEST_SCALE: f32 = 8.0;

/// A drawn page.
#[derive(Clone)]
pub struct Image {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Four bytes a pixel, row by row from the top; opaque.
    pub rgba: Vec<u8>,
}

/// Draws a page, counted from 0, at this many pixels a point (1/72 inch).
pub fn preview(bytes: &[u8], page: usize, pixels_per_point: f32) -> Result<Image, Error> {
    let pdf = Pdf::new(Arc::new(bytes.to_vec())).map_err(|_| Error::Preview)?;
    let Some(found) = pdf.pages().get(page) else { return Err(Error::NoPage { page: page + 1 }) };
    let scale = pixels_per_point.clamp(0.05, LARGEST_SCALE);
    let pixmap = render(
        found,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    Ok(Image { width, height, rgba: pixmap.data_as_u8_slice().to_vec() })
}
