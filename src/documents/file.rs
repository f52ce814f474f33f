//! Writes a finished document as a file: streams compressed, small objects packed together, a table of where each is,
//! and an identifier from the content. Knows nothing of what the objects mean.
//!
//! lopdf writes such files too. It copies every object and puts it into bytes twice on the way, which takes longer than
//! setting a year group's letters.

use super::Error;
use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use md5::{Digest, Md5};

/// So many small objects share a stream.
const PACK: usize = 256;

/// How often a stream that ends in a line break is tried another way.
const TRIES: usize = 64;

/// A stream on its way into the file.
struct Part {
    number: u32,
    dictionary: Dictionary,
    content: Vec<u8>,
    squeeze: bool,
}

/// Where an object is: on its own at a place in the file, or packed into a stream at a place among others.
#[derive(Clone, Copy)]
enum Place {
    Own(usize),
    Packed { stream: u32, at: usize },
}

/// Small objects packed into one stream, and their numbers in order.
pub(super) struct Pack {
    numbers: Vec<u32>,
    stream: Part,
}

/// Packs small objects.
#[derive(Default)]
pub(super) struct Packer {
    done: Vec<Pack>,
    numbers: Vec<u32>,
    head: Vec<u8>,
    body: Vec<u8>,
}

impl Packer {
    /// Adds an object, which is no stream.
    pub(super) fn add(&mut self, number: u32, object: &Object) {
        put_number(&mut self.head, i64::from(number));
        self.head.push(b' ');
        put_number(&mut self.head, i64::try_from(self.body.len()).unwrap_or(i64::MAX));
        self.head.push(b' ');
        put(&mut self.body, object);
        self.body.push(b' ');
        self.numbers.push(number);
        if self.numbers.len() == PACK {
            self.close();
        }
    }

    /// The numbers and places first, then the objects.
    fn close(&mut self) {
        let numbers = std::mem::take(&mut self.numbers);
        let dictionary = dictionary! {
            "Type" => "ObjStm",
            "N" => integer(numbers.len()),
            "First" => integer(self.head.len()),
        };
        let mut content = std::mem::take(&mut self.head);
        content.append(&mut self.body);
        // Its number is given when the file is written.
        let stream = Part { number: 0, dictionary, content, squeeze: true };
        self.done.push(Pack { numbers, stream });
    }

    /// The packs, compressed.
    pub(super) fn finish(mut self) -> Result<Vec<Pack>, Error> {
        if !self.numbers.is_empty() {
            self.close();
        }
        let mut press = Press::new();
        for pack in &mut self.done {
            pack.stream.squeeze(&mut press)?;
        }
        Ok(self.done)
    }
}

/// Writes a document and what is packed already as a file. The identifier is the hash of all that stands before the table
/// of places.
pub(super) fn write(document: Document, mut packs: Vec<Pack>) -> Result<Vec<u8>, Error> {
    let Document { objects, trailer, version, .. } = document;
    let mut parts = Vec::new();
    let mut packer = Packer::default();
    let highest = packs.iter().flat_map(|pack| &pack.numbers).max().copied();
    let mut next = highest.unwrap_or(0) + 1;
    for ((number, _), object) in objects {
        next = next.max(number + 1);
        match object {
            Object::Stream(Stream { dict, content, allows_compression, .. }) => {
                let squeeze = may_be_squeezed(&dict, allows_compression);
                parts.push(Part { number, dictionary: dict, content, squeeze });
            }
            small => packer.add(number, &small),
        }
    }
    squeeze(&mut parts)?;
    packs.extend(packer.finish()?);
    let mut places: Vec<(u32, Place)> = Vec::new();
    for Pack { numbers, mut stream } in packs {
        stream.number = next;
        let at = numbers.iter().enumerate();
        places.extend(at.map(|(at, number)| (*number, Place::Packed { stream: next, at })));
        parts.push(stream);
        next += 1;
    }
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.content.len() + 200).sum());
    bytes.extend_from_slice(format!("%PDF-{version}\n%").as_bytes());
    // Four bytes that no text has, so that nobody takes the file for text.
    bytes.extend_from_slice(&[0xBB, 0xAD, 0xC0, 0xDE, b'\n']);
    for part in &parts {
        places.push((part.number, Place::Own(bytes.len())));
        put_stream(&mut bytes, part);
    }
    let start = bytes.len();
    places.push((next, Place::Own(start)));
    places.sort_unstable_by_key(|(number, _)| *number);
    let table = table(next, &places, &trailer, Md5::digest(&bytes).to_vec())?;
    put_stream(&mut bytes, &table);
    bytes.extend_from_slice(format!("startxref\n{start}\n%%EOF").as_bytes());
    Ok(bytes)
}

fn may_be_squeezed(dictionary: &Dictionary, allowed: bool) -> bool {
    // printpdf leaves its pictures as they are.
    !dictionary.has(b"Filter") && (allowed || dictionary.has(b"Width"))
}

/// The table of places, which carries the trailer's entries.
fn table(number: u32, places: &[(u32, Place)], trailer: &Dictionary, hash: Vec<u8>) -> Result<Part, Error> {
    let mut content = Vec::with_capacity(places.len() * 7);
    // Object 0 heads the list of free numbers, which is empty.
    content.extend_from_slice(&[0, 0, 0, 0, 0, 0xFF, 0xFF]);
    let mut runs = vec![Object::Integer(0), Object::Integer(1)];
    let mut last = 0;
    let mut length = 1;
    for (number, place) in places {
        if *number == last + 1 {
            length += 1;
        } else {
            runs.extend([Object::Integer(i64::from(*number)), Object::Integer(1)]);
            length = 1;
        }
        if let Some(count) = runs.last_mut() {
            *count = Object::Integer(length);
        }
        last = *number;
        let (kind, first, second) = match place {
            Place::Own(at) => (1, u32::try_from(*at).map_err(too_large)?, 0),
            Place::Packed { stream, at } => (2, *stream, u16::try_from(*at).map_err(too_large)?),
        };
        content.push(kind);
        content.extend_from_slice(&first.to_be_bytes());
        content.extend_from_slice(&second.to_be_bytes());
    }
    let identifier = Object::String(hash, StringFormat::Hexadecimal);
    let mut dictionary = dictionary! {
        "Type" => "XRef",
        "Size" => i64::from(number) + 1,
        "Index" => runs,
        "W" => vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)],
        "ID" => vec![identifier.clone(), identifier],
    };
    for key in [b"Root".as_slice(), b"Info"] {
        dictionary.set(key, trailer.get(key)?.clone());
    }
    let squeezed = Press::new().squeeze(&content)?;
    // Nothing may be added to a table; as it is, it ends in no line break.
    let squeeze = !ends_in_a_break(&squeezed);
    if squeeze {
        dictionary.set("Filter", "FlateDecode");
        content = squeezed;
    }
    dictionary.set("Length", integer(content.len()));
    Ok(Part { number, dictionary, content, squeeze: false })
}

/// A file of four gigabytes, or a stream of 65,000 objects: neither is a letter.
fn too_large(_: std::num::TryFromIntError) -> Error {
    std::io::Error::from(std::io::ErrorKind::FileTooLarge).into()
}

fn integer(number: usize) -> Object {
    Object::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// Compresses the streams on as many threads as there are processors, the largest first.
fn squeeze(parts: &mut [Part]) -> Result<(), Error> {
    let mut wanted: Vec<&mut Part> = parts.iter_mut().collect();
    wanted.sort_by_key(|part| std::cmp::Reverse(part.content.len()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(wanted.len().max(1));
    let mut shares: Vec<Vec<&mut Part>> = (0..threads).map(|_| Vec::new()).collect();
    for (at, part) in wanted.into_iter().enumerate() {
        shares[at % threads].push(part);
    }
    let work = |share: Vec<&mut Part>| {
        let mut press = Press::new();
        share.into_iter().try_for_each(|part| part.squeeze(&mut press))
    };
    std::thread::scope(|scope| {
        let first = shares.pop();
        let others: Vec<_> = shares.into_iter().map(|share| scope.spawn(move || work(share))).collect();
        let mut done = first.map_or(Ok(()), work);
        for other in others {
            let theirs = other.join().unwrap_or_else(|_| Err(std::io::ErrorKind::Other.into()));
            done = done.and(theirs);
        }
        done
    })?;
    Ok(())
}

impl Part {
    /// Compresses it, and sees to it that it does not end in a line break. A reader that measures a stream by the line
    /// break before `endstream` would take that one for it, and find a length that is not so. One more byte, which means
    /// nothing where it stands (white space in page contents, maps and packed objects, padding behind a font's tables or
    /// a picture's last row), makes the compression end otherwise.
    fn squeeze(&mut self, press: &mut Press) -> std::io::Result<()> {
        if self.squeeze {
            let mut squeezed = press.squeeze(&self.content)?;
            let font = self.dictionary.has(b"Length1");
            // A colour profile says how long it is itself. It is always the same.
            let may_grow = !self.dictionary.has(b"N") || self.dictionary.has(b"First");
            let mut tries = 0;
            while may_grow && ends_in_a_break(&squeezed) && tries < TRIES {
                self.content.push(if font { 0 } else { b' ' });
                squeezed = press.squeeze(&self.content)?;
                tries += 1;
            }
            if font {
                self.dictionary.set("Length1", integer(self.content.len()));
            }
            self.dictionary.set("Filter", "FlateDecode");
            self.content = squeezed;
        }
        self.dictionary.set("Length", integer(self.content.len()));
        Ok(())
    }
}

/// Compresses one stream after another. Making one takes longer than a short stream does.
struct Press(Compress);

impl Press {
    fn new() -> Self {
        Self(Compress::new(Compression::default(), true))
    }

    fn squeeze(&mut self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        self.0.reset();
        let mut out = Vec::with_capacity(plain.len() / 2 + 128);
        let mut rest = plain;
        loop {
            let before = self.0.total_in();
            let status = self.0.compress_vec(rest, &mut out, FlushCompress::Finish)?;
            if status == Status::StreamEnd {
                return Ok(out);
            }
            let read = usize::try_from(self.0.total_in() - before).unwrap_or(0);
            rest = rest.get(read..).unwrap_or_default();
            out.reserve(plain.len() / 4 + 128);
        }
    }
}

fn ends_in_a_break(bytes: &[u8]) -> bool {
    matches!(bytes.last(), Some(b'\r' | b'\n'))
}

fn put_stream(out: &mut Vec<u8>, part: &Part) {
    out.extend_from_slice(format!("{} 0 obj\n", part.number).as_bytes());
    put_dictionary(out, &part.dictionary);
    out.extend_from_slice(b"\nstream\n");
    out.extend_from_slice(&part.content);
    out.extend_from_slice(b"\nendstream\nendobj\n");
}

/// One object in the syntax of PDF.
fn put(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Object::Integer(number) => put_number(out, *number),
        Object::Real(number) => out.extend_from_slice(format!("{number}").as_bytes()),
        Object::Name(name) => put_name(out, name),
        Object::String(bytes, format) => put_string(out, bytes, *format),
        Object::Array(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b' ');
                }
                put(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => put_dictionary(out, dictionary),
        // A stream is an object of its own and never part of another.
        Object::Stream(stream) => put_dictionary(out, &stream.dict),
        Object::Reference(id) => put_reference(out, *id),
    }
}

fn put_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in dictionary {
        put_name(out, key);
        if !matches!(value, Object::Name(_) | Object::String(..) | Object::Array(_) | Object::Dictionary(_)) {
            out.push(b' ');
        }
        put(out, value);
    }
    out.extend_from_slice(b">>");
}

fn put_reference(out: &mut Vec<u8>, (number, generation): ObjectId) {
    put_number(out, i64::from(number));
    out.push(b' ');
    put_number(out, i64::from(generation));
    out.extend_from_slice(b" R");
}

/// A whole number; most of a file's text is these.
fn put_number(out: &mut Vec<u8>, number: i64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

fn put_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            put_hexadecimal(out, *byte);
        }
    }
}

fn put_string(out: &mut Vec<u8>, bytes: &[u8], format: StringFormat) {
    match format {
        StringFormat::Hexadecimal => {
            out.push(b'<');
            for byte in bytes {
                put_hexadecimal(out, *byte);
            }
            out.push(b'>');
        }
        StringFormat::Literal => {
            out.push(b'(');
            for byte in bytes {
                match byte {
                    b'\r' => out.extend_from_slice(b"\\r"),
                    b'\n' => out.extend_from_slice(b"\\n"),
                    b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
                    _ => out.push(*byte),
                }
            }
            out.push(b')');
        }
    }
}

fn put_hexadecimal(out: &mut Vec<u8>, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend_from_slice(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document with some of everything, and as many small objects as asked for.
    fn sample(small: usize) -> Document {
        let mut document = Document::with_version("1.7");
        let info = document.add_object(dictionary! {
            "Title" => Object::String(b"a (b) \\ c\r\nd".to_vec(), StringFormat::Literal),
            "Odd name" => Object::Name(b"x #/y".to_vec()),
        });
        for at in 0..small {
            document.add_object(Object::Array(vec![
                integer(at),
                Object::Null,
                true.into(),
                Object::Real(-0.5),
            ]));
        }
        let plain =
            Stream::new(dictionary! { "Type" => "Metadata" }, b"<x/>".to_vec()).with_compression(false);
        let plain = document.add_object(plain);
        let pages = document.new_object_id();
        let contents = document.add_object(Stream::new(Dictionary::new(), b"BT ET ".repeat(50)));
        let page =
            document.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => contents });
        let kids = vec![Object::Reference(page)];
        document
            .objects
            .insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "Metadata" => plain });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        document
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        for small in [0, 1, PACK, 3 * PACK + 7] {
            let written = sample(small);
            let bytes = write(written.clone(), Vec::new()).unwrap();
            let read = Document::load_mem(&bytes).unwrap();
            for (id, object) in &written.objects {
                let found = read.get_object(*id).unwrap();
                match (object, found) {
                    (Object::Stream(given), Object::Stream(found)) => {
                        let plain = found.decompressed_content().unwrap_or_else(|_| found.content.clone());
                        assert_eq!(plain, given.content, "{small}");
                    }
                    _ => assert_eq!(object, found, "{small}"),
                }
            }
            assert_eq!(read.get_pages().len(), 1);
            assert_eq!(bytes, write(written, Vec::new()).unwrap(), "another file the second time");
        }
    }

    #[test]
    fn what_was_packed_before_is_found_beside_the_rest() {
        let mut packer = Packer::default();
        for number in 1000..1000 + 2 * 256 + 5 {
            packer.add(number, &Object::Integer(i64::from(number)));
        }
        let bytes = write(sample(7), packer.finish().unwrap()).unwrap();
        let read = Document::load_mem(&bytes).unwrap();
        for number in [1000, 1255, 1256, 1516] {
            assert_eq!(read.get_object((number, 0)).unwrap(), &Object::Integer(i64::from(number)));
        }
        assert_eq!(read.get_pages().len(), 1);
    }

    #[test]
    fn the_identifier_is_that_of_the_content() {
        let identifier = |document| {
            let read = Document::load_mem(&write(document, Vec::new()).unwrap()).unwrap();
            let both = read.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
            assert_eq!(both[0], both[1]);
            both[0].as_str().unwrap().to_vec()
        };
        assert_eq!(identifier(sample(3)), identifier(sample(3)));
        assert_ne!(identifier(sample(3)), identifier(sample(4)));
    }

    #[test]
    fn no_compressed_stream_ends_in_a_line_break() {
        let mut press = Press::new();
        for length in 0..2000_usize {
            let mut part = Part {
                number: 1,
                dictionary: Dictionary::new(),
                content: (0..length).map(|at| u8::try_from(at * at % 251).unwrap()).collect(),
                squeeze: true,
            };
            part.squeeze(&mut press).unwrap();
            assert!(!ends_in_a_break(&part.content), "{length}");
        }
    }
}
