//! Zips as phones make them, and zips as nobody should.

use super::*;
use flate2::Compression;
use flate2::write::DeflateEncoder;

const CHAT: &str = "16/03/2017, 00:45 - A: x\n";

/// One file of a zip: its name, its bytes, and how it is packed.
struct Packed<'f> {
    name: &'f str,
    bytes: &'f [u8],
    deflate: bool,
}

fn stored<'f>(name: &'f str, bytes: &'f [u8]) -> Packed<'f> {
    Packed { name, bytes, deflate: false }
}

/// A zip. `tamper` may change the list's entry of the first file.
fn zip(files: &[Packed<'_>], tamper: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let (mut zip, mut list) = (Vec::new(), Vec::new());
    for (at, file) in files.iter().enumerate() {
        let packed = if file.deflate {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            std::io::Write::write_all(&mut encoder, file.bytes).unwrap();
            encoder.finish().unwrap()
        } else {
            file.bytes.to_vec()
        };
        let mut crc = flate2::Crc::new();
        crc.update(file.bytes);
        let method = if file.deflate { 8u16 } else { 0 };
        let size = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
        let name = u16::try_from(file.name.len()).unwrap().to_le_bytes();
        let offset = size(zip.len());
        let mut both = vec![20, 0, 0, 0];
        both.extend(method.to_le_bytes());
        both.extend([0; 4]);
        both.extend(crc.sum().to_le_bytes());
        both.extend(size(packed.len()));
        both.extend(size(file.bytes.len()));
        both.extend(name);
        both.extend([0; 2]);
        zip.extend(b"PK\x03\x04");
        zip.extend(&both);
        zip.extend(file.name.as_bytes());
        zip.extend(&packed);
        let mut entry = b"PK\x01\x02\x14\0".to_vec();
        entry.extend(&both);
        entry.extend([0; 10]);
        entry.extend(offset);
        entry.extend(file.name.as_bytes());
        if at == 0 {
            tamper(&mut entry);
        }
        list.extend(entry);
    }
    let at = u32::try_from(zip.len()).unwrap().to_le_bytes();
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    zip.extend(&list);
    zip.extend(b"PK\x05\x06\0\0\0\0");
    zip.extend(count);
    zip.extend(count);
    zip.extend(u32::try_from(list.len()).unwrap().to_le_bytes());
    zip.extend(at);
    zip.extend([0; 2]);
    zip
}

fn whole(files: &[Packed<'_>]) -> Vec<u8> {
    zip(files, |_| {})
}

#[test]
fn only_the_text_is_read() {
    let deflated = |name, bytes| Packed { name, bytes, deflate: true };
    let picture = b"\xFF\xD8\xFF not to be looked at";
    for (name, files, text, unopened) in [
        (
            "iPhone",
            vec![deflated("_chat.txt", CHAT.as_bytes()), stored("00000001-PHOTO.jpg", picture)],
            "_chat.txt",
            1,
        ),
        (
            "iPhone, in a folder",
            vec![stored("x/", b""), deflated("x/_chat.txt", CHAT.as_bytes())],
            "_chat.txt",
            0,
        ),
        (
            "Android",
            vec![
                stored("IMG.jpg", picture),
                stored("WhatsApp Chat with Ann.txt", CHAT.as_bytes()),
                stored("notes.txt", b"x"),
            ],
            "WhatsApp Chat with Ann.txt",
            2,
        ),
        (
            "any name",
            vec![stored("chat.TXT", CHAT.as_bytes()), stored("__MACOSX/._chat.txt", b"x")],
            "chat.TXT",
            1,
        ),
    ] {
        let chat = read_bytes(&whole(&files)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(chat.messages.len(), 1, "{name}");
        assert_eq!(
            (chat.source.text_in_zip.as_deref(), chat.source.unopened),
            (Some(text), unopened),
            "{name}"
        );
    }
}

#[test]
fn hostile_zips_are_refused_by_name() {
    let limits = Limits { bytes: 1 << 20, messages: 10 };
    let bomb = vec![b'a'; 4 << 20];
    let bomb = Packed { name: "_chat.txt", bytes: &bomb, deflate: true };
    let small = || [stored("_chat.txt", CHAT.as_bytes())];
    let set = |at: usize, value: u8| move |entry: &mut Vec<u8>| entry[at] = value;
    let mut cut = whole(&small());
    cut.truncate(cut.len() - 10);
    for (name, bytes, says) in [
        ("a bomb that says so", whole(&[Packed { ..bomb }]), "larger than 1 MB"),
        (
            "a bomb that says it is small",
            zip(&[bomb], |entry| entry[24..28].copy_from_slice(&[9, 0, 0, 0])),
            "larger than 1 MB",
        ),
        ("locked", zip(&small(), set(8, 1)), "password"),
        ("another method", zip(&small(), set(10, 12)), "phones do not use"),
        ("a wrong sum", zip(&small(), set(16, 0xAA)), "damaged"),
        ("a wrong place", zip(&small(), set(42, 3)), "does not fit"),
        ("beyond the end", zip(&small(), set(45, 0x7F)), "cut off"),
        ("a name beyond the list", zip(&small(), set(28, 200)), "damaged"),
        ("no text", whole(&[stored("IMG.jpg", b"x")]), "no text file"),
        ("nothing", whole(&[]), "no text file"),
        ("which of them?", whole(&[stored("a.txt", b"x"), stored("b.txt", b"y")]), "2 text files"),
        ("a picture under the name of a text", whole(&[stored("_chat.txt", b"\x89PNG....")]), "a picture"),
        ("a zip in a zip", whole(&[stored("_chat.txt", &whole(&small()))]), "zip file"),
        ("cut off", cut, "cut off"),
    ] {
        let error = read_within(&mut Cursor::new(&bytes), None, limits)
            .err()
            .map(|e| e.to_string())
            .unwrap_or_default();
        assert!(error.contains(says), "{name}: {error:?} should say {says:?}");
    }
}

proptest! {
    #[test]
    fn a_damaged_zip_gives_a_result_or_an_error(at in 0usize..300, value: u8, cut in 0usize..300) {
        let mut bytes = whole(&[Packed { name: "_chat.txt", bytes: CHAT.as_bytes(), deflate: true }, stored("a.jpg", b"x")]);
        let length = bytes.len();
        bytes[at % length] = value;
        let _ = read_bytes(&bytes);
        bytes.truncate(cut % length);
        let _ = read_bytes(&bytes);
    }
}
