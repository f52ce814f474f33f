//! Still pictures from outside, made small enough to look at or to print: PNG and JPEG, the first frame, turned as the
//! camera says.
//!
//! A picture may lie about its size, so nothing is unpacked before its header is within bounds. Every other format is left
//! alone.

use super::Image;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, imageops::FilterType};
use std::io::Cursor;

/// The longest side that is unpacked, in pixels.
const LONGEST: u32 = 20_000;
/// The most memory that unpacking may take: more than the largest picture of a phone.
const MEMORY: u64 = 512 * 1024 * 1024;

/// Why a picture cannot be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither PNG nor JPEG.
    #[error("the file is no picture of a kind that is shown")]
    OtherKind,
    /// Its header asks for more than is safe.
    #[error("the picture is too large to be shown safely")]
    TooLarge,
    /// It cannot be unpacked.
    #[error("the picture is damaged or cut off")]
    Damaged,
}

/// How the name of a picture that can be shown ends, by its first bytes; nothing for anything else.
pub fn ending(bytes: &[u8]) -> Option<&'static str> {
    format(bytes).map(|format| if format == ImageFormat::Png { "png" } else { "jpg" })
}

fn format(bytes: &[u8]) -> Option<ImageFormat> {
    match bytes {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(ImageFormat::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(ImageFormat::Jpeg),
        _ => None,
    }
}

/// Unpacks a picture and makes it small enough for this width and height, in pixels; its shape stays. What the file says
/// besides its pixels, such as where a photograph was taken, is left behind.
///
/// # Errors
/// Another kind, a header beyond the bounds, damage.
pub fn read(bytes: &[u8], (across, down): (u32, u32)) -> Result<Image, PictureError> {
    let format = format(bytes).ok_or(PictureError::OtherKind)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| of_image(&error))?;
    let (width, height) = decoder.dimensions();
    if width > LONGEST || height > LONGEST || decoder.total_bytes() > MEMORY {
        return Err(PictureError::TooLarge);
    }
    let turned = decoder.orientation().map_err(|error| of_image(&error))?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| of_image(&error))?;
    picture.apply_orientation(turned);
    if picture.width() > across || picture.height() > down {
        picture = picture.resize(across, down, FilterType::Lanczos3);
    }
    let rgba = picture.into_rgba8();
    Ok(Image { width: rgba.width(), height: rgba.height(), rgba: rgba.into_raw() })
}

fn of_image(error: &image::ImageError) -> PictureError {
    match error {
        image::ImageError::Limits(_) => PictureError::TooLarge,
        _ => PictureError::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let picture =
            RgbImage::from_fn(
                width,
                height,
                |x, _| {
                    if x < width / 2 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) }
                },
            );
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// A PNG's header that asks for this many pixels; its checksum is right.
    fn bomb(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = encoded(1, 1, ImageFormat::Png);
        bytes[16..20].copy_from_slice(&width.to_be_bytes());
        bytes[20..24].copy_from_slice(&height.to_be_bytes());
        let mut crc = u32::MAX;
        for byte in &bytes[12..29] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
        bytes
    }

    /// A JPEG whose start of frame asks for the most that its two bytes can say.
    fn jpeg_bomb() -> Vec<u8> {
        let mut bytes = encoded(8, 8, ImageFormat::Jpeg);
        let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        bytes[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
        bytes
    }

    /// The same JPEG with a camera's note of how it was held.
    fn held(orientation: u8) -> Vec<u8> {
        let plain = encoded(64, 16, ImageFormat::Jpeg);
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat()
    }

    #[test]
    fn a_picture_is_drawn_no_larger_than_asked() {
        for (format, name) in [(ImageFormat::Png, "png"), (ImageFormat::Jpeg, "jpg")] {
            let bytes = encoded(300, 100, format);
            assert_eq!(ending(&bytes), Some(name));
            for (side, size) in [(1000, (300, 100)), (150, (150, 50)), (3, (3, 1))] {
                let drawn = read(&bytes, (side, side)).unwrap();
                assert_eq!((drawn.width, drawn.height), size, "{name}, {side}");
                assert_eq!(drawn.rgba.len(), (size.0 * size.1 * 4) as usize);
            }
        }
    }

    #[test]
    fn the_camera_says_which_way_is_up() {
        let upright = read(&held(1), (1000, 1000)).unwrap();
        assert_eq!((upright.width, upright.height), (64, 16));
        assert!(upright.rgba[0] > 200, "red at the left");
        let turned = read(&held(6), (1000, 1000)).unwrap();
        assert_eq!((turned.width, turned.height), (16, 64));
        assert!(turned.rgba[0] > 200, "red at the top");
        let over = read(&held(3), (1000, 1000)).unwrap();
        assert!(over.rgba[0] < 60 && over.rgba[2] > 200, "blue at the left");
    }

    #[test]
    fn what_cannot_be_shown_is_an_error_and_never_a_crash() {
        let whole = encoded(300, 100, ImageFormat::Png);
        let jpeg = encoded(300, 100, ImageFormat::Jpeg);
        let cases: [(&str, Vec<u8>, PictureError); 12] = [
            ("nothing", Vec::new(), PictureError::OtherKind),
            ("text", b"hello".to_vec(), PictureError::OtherKind),
            ("a GIF", b"GIF89a\x01\0\x01\0".to_vec(), PictureError::OtherKind),
            ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), PictureError::OtherKind),
            ("a WebP", b"RIFF\x04\0\0\0WEBP".to_vec(), PictureError::OtherKind),
            ("a PNG of 16 GB", bomb(65_000, 65_000), PictureError::TooLarge),
            ("a PNG as wide as can be", bomb(0x7FFF_FFFF, 1), PictureError::TooLarge),
            ("a PNG within the sides", bomb(19_999, 19_999), PictureError::TooLarge),
            ("a JPEG of 12 GB", jpeg_bomb(), PictureError::TooLarge),
            ("the head of a PNG", whole[..8].to_vec(), PictureError::Damaged),
            ("half a PNG", whole[..whole.len() / 2].to_vec(), PictureError::Damaged),
            ("the head of a JPEG", jpeg[..20].to_vec(), PictureError::Damaged),
        ];
        for (name, bytes, error) in cases {
            assert_eq!(read(&bytes, (1000, 1000)).map(|_| ()), Err(error), "{name}");
        }
    }

    #[test]
    fn no_damaged_byte_brings_it_down() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg] {
            let whole = encoded(24, 24, format);
            for at in 0..whole.len() {
                for flip in [0x01, 0x80, 0xFF] {
                    let mut bytes = whole.clone();
                    bytes[at] ^= flip;
                    let _shown_or_not = read(&bytes, (64, 64));
                }
            }
        }
    }
}
