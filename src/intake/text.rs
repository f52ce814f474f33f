//! Bytes to text: which encoding they are in, and the text without its mark.
//!
//! A file that names no encoding is UTF-8 where it can be, UTF-16 where every second byte is zero, and otherwise
//! Windows-1252, as older school systems write it. A file of two encodings is not guessed at.

use super::Error;
use serde::Serialize;

/// How the letters were stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    /// UTF-8, or plain ASCII.
    #[serde(rename = "UTF-8")]
    Utf8,
    /// UTF-16 of either byte order.
    #[serde(rename = "UTF-16")]
    Utf16,
    /// Windows-1252.
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

/// A decoded text.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    /// The first line that is not of the file's encoding. Its broken letters stand as U+FFFD.
    pub(super) broken: Option<u64>,
}

/// Decodes a text file.
pub(super) fn decode(bytes: &[u8], instead: &'static str) -> Result<Decoded, Error> {
    if let Some(what) = not_text(bytes) {
        return Err(Error::NotText { what, instead });
    }
    let decoded = match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(Error::Encoding { name: "UTF-32".into() });
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => eight_bit(rest),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, encoding_rs::UTF_16LE),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, encoding_rs::UTF_16BE),
        _ => match zeros(bytes) {
            (0, 0) => eight_bit(bytes),
            (0, odd) if odd * 3 > bytes.len().min(SAMPLE) => utf16(bytes, encoding_rs::UTF_16LE),
            (even, 0) if even * 3 > bytes.len().min(SAMPLE) => utf16(bytes, encoding_rs::UTF_16BE),
            _ => return Err(Error::NotText { what: "a file of bytes", instead }),
        },
    };
    if decoded.text.trim().is_empty() {
        return Err(Error::Empty);
    }
    if decoded.text.contains('\0') {
        return Err(Error::NotText { what: "a file of bytes", instead });
    }
    Ok(decoded)
}

/// How many bytes tell UTF-16 from UTF-8.
const SAMPLE: usize = 256;

/// Zero bytes at even and at odd places of the beginning.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let zero = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    (zero(0), zero(1))
}

/// What a file that is not text seems to be, by its first bytes.
fn not_text(bytes: &[u8]) -> Option<&'static str> {
    const KINDS: [(&[u8], &str); 8] = [
        (b"PK\x03\x04", "a workbook or a zip file"),
        (b"\xD0\xCF\x11\xE0", "a workbook of the older Excel"),
        (b"%PDF-", "a PDF"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
        (b"GIF8", "a picture"),
        (b"\x1F\x8B", "a packed file"),
        (b"SQLite format 3", "a database"),
    ];
    KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

fn utf16(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Decoded {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = had_errors.then(|| first_broken(&text));
    Decoded { text: text.into_owned(), encoding: Encoding::Utf16, broken }
}

fn first_broken(text: &str) -> u64 {
    let before = text.find('\u{FFFD}').map_or("", |at| &text[..at]);
    1 + line_breaks(before)
}

fn eight_bit(bytes: &[u8]) -> Decoded {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: Encoding::Utf8, broken: None };
    }
    if bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii()) {
        return windows_1252(bytes);
    }
    let text = String::from_utf8_lossy(bytes).into_owned();
    let broken = Some(first_broken(&text));
    Decoded { text, encoding: Encoding::Utf8, broken }
}

/// Decodes what is known to be Windows-1252; Latin-1 is read the same way, as everybody does.
pub(super) fn windows_1252(bytes: &[u8]) -> Decoded {
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), encoding: Encoding::Windows1252, broken: None }
}

/// How many line breaks a text has: `\n`, `\r\n` and a lone `\r` are one each.
pub(super) fn line_breaks(text: &str) -> u64 {
    line_breaks_in(text.as_bytes())
}

/// The same of bytes, in any encoding that keeps ASCII.
pub(super) fn line_breaks_in(bytes: &[u8]) -> u64 {
    let lone = |at: usize| bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    (0..bytes.len()).filter(|at| lone(*at)).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let utf16 = |le: bool, mark: bool, text: &str| {
            let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
            units.flat_map(|u: u16| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect::<Vec<u8>>()
        };
        let name = "Zoë Łuk";
        for (bytes, encoding, text) in [
            (name.as_bytes().to_vec(), Encoding::Utf8, name),
            ([b"\xEF\xBB\xBF", name.as_bytes()].concat(), Encoding::Utf8, name),
            (b"Zo\xEB \x80".to_vec(), Encoding::Windows1252, "Zoë €"),
            (utf16(true, true, name), Encoding::Utf16, name),
            (utf16(false, true, name), Encoding::Utf16, name),
            (utf16(true, false, name), Encoding::Utf16, name),
            (utf16(false, false, name), Encoding::Utf16, name),
        ] {
            let decoded = decode(&bytes, "CSV").map_err(|e| e.to_string()).unwrap();
            assert_eq!((decoded.text.as_str(), decoded.encoding, decoded.broken), (text, encoding, None));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, says) in [
            (&b""[..], "empty"),
            (b"  \r\n", "empty"),
            (b"\xEF\xBB\xBF", "empty"),
            (b"PK\x03\x04rest", "workbook or a zip"),
            (b"%PDF-1.7", "PDF"),
            (b"\xFF\xFE\0\0a\0\0\0", "UTF-32"),
            (b"ab\0c", "file of bytes"),
            (b"\0\0\0\0\0\0\0\0", "file of bytes"),
        ] {
            let error = decode(bytes, "CSV").err().map(|e| e.to_string()).unwrap_or_default();
            assert!(error.contains(says), "{error:?} should say {says}");
        }
    }

    #[test]
    fn two_encodings_are_noticed_with_the_line() {
        let decoded = decode(b"a\r\nZo\xC3\xAB\r\nZo\xEB\r\n", "CSV").map_err(|e| e.to_string()).unwrap();
        assert_eq!((decoded.broken, decoded.encoding), (Some(3), Encoding::Utf8));
    }

    #[test]
    fn every_kind_of_line_break_counts_once() {
        assert_eq!(line_breaks("a\nb\r\nc\rd\n\n"), 5);
    }
}
