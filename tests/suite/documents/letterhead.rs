//! The school's crest and the signature on its papers. The checks from outside read the files that are written here.

use super::samples::{filled, police, sender, stamp, target};
use casebook::documents::{Engine, Picture, Pictures, Signature};
use casebook::domain::Paper;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

/// A disc on a see-through ground.
fn crest() -> Arc<Picture> {
    picture(300, 300, |x, y| {
        let far = (x - 150).pow(2) + (y - 150).pow(2);
        if far < 140 * 140 {
            if far < 90 * 90 { [240, 200, 60, 255] } else { [31, 61, 92, 255] }
        } else {
            [0; 4]
        }
    })
}

/// A zigzag of ink on white paper.
fn ink() -> Arc<Picture> {
    picture(900, 220, |x, y| {
        let wave = if x / 60 % 2 == 0 { 40 + x % 60 * 2 } else { 160 - x % 60 * 2 };
        if (y - wave).abs() < 6 { [20, 20, 60, 255] } else { [255; 4] }
    })
}

fn picture(width: u32, height: u32, pixel: impl Fn(i32, i32) -> [u8; 4]) -> Arc<Picture> {
    let drawn = RgbaImage::from_fn(width, height, |x, y| Rgba(pixel(x.cast_signed(), y.cast_signed())));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(drawn).write_to(&mut bytes, ImageFormat::Png).unwrap();
    Arc::new(Picture::read(&bytes.into_inner()).unwrap())
}

fn signed_by(name: &str) -> Pictures {
    Pictures { crest: Some(crest()), signature: Some(Signature { picture: ink(), of: name.into() }) }
}

fn count(bytes: &[u8], words: &[u8]) -> usize {
    bytes.windows(words.len()).filter(|window| *window == words).count()
}

/// How many pictures a file holds.
fn pictures_in(bytes: &[u8]) -> usize {
    count(bytes, b"/Subtype/Image")
}

#[test]
fn a_letter_carries_crest_and_signature() {
    let mut engine = Engine::new().unwrap();
    let letter = filled(&target());
    let pictures = signed_by(&sender().name);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers");
    std::fs::create_dir_all(&folder).unwrap();
    let large = Paper { large_print: true, ..letter.clone() };
    let papers: [(&str, Vec<Paper>); 4] = [
        ("letterhead", vec![letter.clone()]),
        ("letterhead-large", vec![large]),
        ("letterhead-document", vec![filled(&police(3))]),
        ("letterhead-merged", vec![letter.clone(); 30]),
    ];
    let plain = engine.render(std::slice::from_ref(&letter), &stamp()).unwrap();
    assert_eq!(pictures_in(&plain.bytes), 0);
    for (name, papers) in papers {
        let pdf = engine.render_with(&papers, &stamp(), &pictures).unwrap();
        let again = engine.render_with(&papers, &stamp(), &signed_by(&sender().name)).unwrap();
        assert!(pdf.bytes == again.bytes, "{name}: not the same bytes twice");
        // A document is not signed by a picture; a merge keeps each picture once.
        let want = if name == "letterhead-document" { 1 } else { 2 };
        assert_eq!(pictures_in(&pdf.bytes), want, "{name}");
        if name == "letterhead" {
            assert_eq!(pdf.pages, plain.pages, "a picture pushes nothing onto another page");
            assert!(pdf.bytes.len() < plain.bytes.len() + 60_000, "{} bytes", pdf.bytes.len());
        }
        std::fs::write(folder.join(format!("{name}.pdf")), pdf.bytes).unwrap();
    }
}

#[test]
fn nobody_signs_with_the_hand_of_another() {
    let mut engine = Engine::new().unwrap();
    for name in ["", "Mr Somebody Else"] {
        let pdf = engine.render_with(&[filled(&target())], &stamp(), &signed_by(name)).unwrap();
        assert_eq!(pictures_in(&pdf.bytes), 1, "only the crest under “{name}”");
    }
}
