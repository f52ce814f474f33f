//! A picture of the school's own, its crest or a signature: read from a file within limits, laid on white, and kept no
//! larger than paper shows. Knows nothing of where it stands.

use super::raster::{self, PictureError};
use super::{Error, Image};
use std::sync::Arc;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 8 * 1024 * 1024;
/// What is kept: at 300 dots an inch about 60 × 17 mm, more than a letter has room for.
const KEPT: (u32, u32) = (720, 200);

/// Opaque pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    rgb: Vec<u8>,
}

impl std::fmt::Debug for Picture {
    /// A signature is nobody's business.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

/// The school's own pictures on its papers.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// The crest, beside the school's name.
    pub crest: Option<Arc<Picture>>,
    /// The signature, above the name of who signs: only where that name is typed.
    pub signature: Option<Signature>,
}

/// A signature.
#[derive(Clone)]
pub struct Signature {
    /// How it looks.
    pub picture: Arc<Picture>,
    /// Whose it is, as the name is typed under it.
    pub of: String,
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signature(..)")
    }
}

impl Picture {
    /// Reads a PNG or JPEG. What is see-through becomes white; a photograph is turned upright; what the file says besides
    /// its pixels, such as where a photograph was taken, is left behind.
    ///
    /// # Errors
    /// [`Error::NotAPicture`], [`Error::PictureTooLarge`].
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        if bytes.len() > LARGEST_FILE {
            return Err(Error::PictureTooLarge);
        }
        let drawn = raster::read(bytes, KEPT).map_err(|error| match error {
            PictureError::TooLarge => Error::PictureTooLarge,
            PictureError::OtherKind | PictureError::Damaged => Error::NotAPicture,
        })?;
        let rgb = drawn.rgba.chunks_exact(4).flat_map(|p| on_white([p[0], p[1], p[2], p[3]])).collect();
        Ok(Self { width: drawn.width, height: drawn.height, rgb })
    }

    /// The pixels as a PNG, the same bytes every time. [`Self::read`] gives the same picture back.
    ///
    /// # Errors
    /// The encoder refuses it.
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut bytes);
        image::ImageEncoder::write_image(
            encoder,
            &self.rgb,
            self.width,
            self.height,
            image::ExtendedColorType::Rgb8,
        )
        .map_err(|_| Error::NotAPicture)?;
        Ok(bytes)
    }

    /// The picture for the window.
    pub fn image(&self) -> Image {
        let rgba = self.rgb.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect();
        Image { width: self.width, height: self.height, rgba }
    }

    /// Pixels across and down.
    pub(super) fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Three bytes a pixel, row by row from the top.
    pub(super) fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The largest width and height, in points, that keep its shape within these.
    #[allow(clippy::cast_precision_loss, reason = "at most a few hundred pixels")]
    pub(super) fn fit(&self, width: f32, height: f32) -> (f32, f32) {
        let (across, down) = (self.width.max(1) as f32, self.height.max(1) as f32);
        let scale = (width / across).min(height / down);
        (across * scale, down * scale)
    }
}

/// A pixel laid on white paper.
fn on_white([r, g, b, alpha]: [u8; 4]) -> [u8; 3] {
    let alpha = u32::from(alpha);
    [r, g, b].map(|c| u8::try_from((u32::from(c) * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(255))
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
    use std::io::Cursor;

    fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let drawn = RgbaImage::from_fn(width, height, |x, _| Rgba([200, 0, 0, if x == 0 { 0 } else { 255 }]));
        let mut bytes = Cursor::new(Vec::new());
        let drawn = DynamicImage::ImageRgba8(drawn);
        let drawn =
            if format == ImageFormat::Jpeg { DynamicImage::ImageRgb8(drawn.to_rgb8()) } else { drawn };
        drawn.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn what_is_see_through_becomes_white() {
        let picture = Picture::read(&file(2, 1, ImageFormat::Png)).unwrap();
        assert_eq!((picture.size(), picture.rgb()), ((2, 1), &[255, 255, 255, 200, 0, 0][..]));
        assert_eq!(on_white([0, 0, 0, 128]), [127; 3]);
    }

    #[test]
    fn a_large_one_is_kept_small_and_its_shape_stays() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let picture = Picture::read(&file(3000, 500, format)).unwrap();
            assert_eq!(picture.size(), (720, 120), "{format:?}");
            assert_eq!(picture.fit(60.0, 60.0), (60.0, 10.0));
        }
    }

    #[test]
    fn what_is_kept_is_read_back_the_same() {
        let picture = Picture::read(&file(90, 40, ImageFormat::Jpeg)).unwrap();
        let kept = picture.to_png().unwrap();
        assert_eq!(kept, picture.to_png().unwrap());
        assert!(Picture::read(&kept).unwrap() == picture);
    }

    #[test]
    fn what_is_no_picture_or_too_large_is_refused() {
        let whole = file(40, 40, ImageFormat::Png);
        for bytes in [b"".as_slice(), b"GIF89a......", b"%PDF-1.7", &whole[..whole.len() / 2]] {
            assert!(matches!(Picture::read(bytes), Err(Error::NotAPicture)), "{} bytes", bytes.len());
        }
        for bytes in [vec![0; LARGEST_FILE + 1], file(20_001, 1, ImageFormat::Png)] {
            assert!(matches!(Picture::read(&bytes), Err(Error::PictureTooLarge)), "{} bytes", bytes.len());
        }
    }
}
