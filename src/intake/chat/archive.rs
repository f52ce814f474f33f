//! The one text in a zip that a phone made. Reads the list of files and that text, and touches nothing else.
//!
//! Written here, over `flate2`, because less is wanted than a zip library does: no other entry can be opened by mistake,
//! the list is bounded, and the text stops at the limit whatever the zip claims of its size.

use crate::intake::Error;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{ErrorKind, Read, SeekFrom};

/// The text, and how many other files the zip has.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) others: usize,
}

/// The largest list of files that is read: some 100,000 of them.
const LARGEST_LIST: u64 = 16 * 1024 * 1024;
const END: &[u8; 4] = b"PK\x05\x06";
const END_64: &[u8; 4] = b"PK\x06\x06";
const LOCATOR_64: &[u8; 4] = b"PK\x06\x07";
const LISTED: &[u8; 4] = b"PK\x01\x02";
const LOCAL: &[u8; 4] = b"PK\x03\x04";

/// Whether these first bytes are a zip's.
pub(super) fn is_zip(first: &[u8]) -> bool {
    first.starts_with(LOCAL) || first.starts_with(END)
}

fn damaged(what: &'static str) -> Error {
    Error::Zip { what }
}

/// Finds and reads the text of the chat.
pub(super) fn text(source: &mut dyn super::Seekable, limit: u64) -> Result<Found, Error> {
    let (at, size) = list_of(source)?;
    if size > LARGEST_LIST {
        return Err(damaged("its list of files is far longer than a phone makes"));
    }
    let list = part(source, at, size)?;
    let entries = entries(&list)?;
    let chosen = choose(&entries)?;
    let others = entries.iter().filter(|entry| !entry.name.ends_with('/')).count() - 1;
    let bytes = unpack(source, chosen, limit)?;
    Ok(Found { name: base(&chosen.name).to_owned(), bytes, others })
}

/// A part of the file; an error where the file ends before it does.
fn part(source: &mut dyn super::Seekable, at: u64, size: u64) -> Result<Vec<u8>, Error> {
    source.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    source.take(size).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(damaged("it is cut off")) }
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    let two = bytes.get(at..at + 2).and_then(|b| <[u8; 2]>::try_from(b).ok());
    two.map(|b| u64::from(u16::from_le_bytes(b))).ok_or_else(|| damaged("its list of files is damaged"))
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    let four = bytes.get(at..at + 4).and_then(|b| <[u8; 4]>::try_from(b).ok());
    four.map(|b| u64::from(u32::from_le_bytes(b))).ok_or_else(|| damaged("its list of files is damaged"))
}

fn u64_at(bytes: &[u8], at: usize) -> Result<u64, Error> {
    Ok(u32_at(bytes, at)? | (u32_at(bytes, at + 4)? << 32))
}

const MAX_32: u64 = 0xFFFF_FFFF;

/// Where the list of files lies, and its size.
fn list_of(source: &mut dyn super::Seekable) -> Result<(u64, u64), Error> {
    const END_SIZE: u64 = 22;
    let length = source.seek(SeekFrom::End(0))?;
    let reach = length.min(END_SIZE + 0xFFFF);
    let tail = part(source, length - reach, reach)?;
    let found = (0..=tail.len().saturating_sub(22)).rev().find(|at| tail[*at..].starts_with(END));
    let Some(found) = found.filter(|_| tail.len() >= 22) else { return Err(damaged("it is cut off")) };
    let (size, at) = (u32_at(&tail, found + 12)?, u32_at(&tail, found + 16)?);
    if size != MAX_32 && at != MAX_32 {
        return Ok((at, size));
    }
    // Larger than four gigabytes: the same numbers stand in a wider record.
    let locator = found.checked_sub(20).filter(|at| tail[*at..].starts_with(LOCATOR_64));
    let locator = locator.ok_or_else(|| damaged("its list of files is damaged"))?;
    let end = part(source, u64_at(&tail, locator + 8)?, 56)?;
    if !end.starts_with(END_64) {
        return Err(damaged("its list of files is damaged"));
    }
    Ok((u64_at(&end, 48)?, u64_at(&end, 40)?))
}

struct Entry {
    name: String,
    flags: u64,
    method: u64,
    crc: u64,
    packed: u64,
    size: u64,
    at: u64,
}

fn entries(list: &[u8]) -> Result<Vec<Entry>, Error> {
    let (mut entries, mut rest) = (Vec::new(), list);
    while rest.starts_with(LISTED) {
        let (name, extra, comment) = (u16_at(rest, 28)?, u16_at(rest, 30)?, u16_at(rest, 32)?);
        let all = 46 + usize::try_from(name + extra + comment).unwrap_or(usize::MAX);
        let Some(entry) = rest.get(..all) else { return Err(damaged("its list of files is damaged")) };
        let (name_end, extra) =
            (46 + usize::try_from(name).unwrap_or(0), usize::try_from(extra).unwrap_or(0));
        let mut found = Entry {
            name: String::from_utf8_lossy(&entry[46..name_end]).into_owned(),
            flags: u16_at(entry, 8)?,
            method: u16_at(entry, 10)?,
            crc: u32_at(entry, 16)?,
            packed: u32_at(entry, 20)?,
            size: u32_at(entry, 24)?,
            at: u32_at(entry, 42)?,
        };
        widen(&mut found, &entry[name_end..name_end + extra])?;
        entries.push(found);
        rest = &rest[all..];
    }
    Ok(entries)
}

/// Numbers that do not fit into 32 bits stand in the extra field, in a fixed order.
fn widen(entry: &mut Entry, mut extra: &[u8]) -> Result<(), Error> {
    while extra.len() >= 4 {
        let (id, size) = (u16_at(extra, 0)?, usize::try_from(u16_at(extra, 2)?).unwrap_or(0));
        let Some(body) = extra.get(4..4 + size) else { return Ok(()) };
        if id == 1 {
            let mut at = 0;
            for number in [&mut entry.size, &mut entry.packed, &mut entry.at] {
                if *number == MAX_32 {
                    *number = u64_at(body, at)?;
                    at += 8;
                }
            }
        }
        extra = &extra[4 + size..];
    }
    Ok(())
}

fn base(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The chat among the files: as WhatsApp names it, or the only text.
fn choose(entries: &[Entry]) -> Result<&Entry, Error> {
    let is_text = |entry: &&Entry| {
        let name = base(&entry.name).to_lowercase();
        let extension = std::path::Path::new(&name).extension().is_some_and(|e| e == "txt");
        extension && !entry.name.starts_with("__MACOSX/") && !name.starts_with("._")
    };
    let texts: Vec<&Entry> = entries.iter().filter(is_text).collect();
    let named = |entry: &&&Entry| {
        let name = base(&entry.name).to_lowercase();
        name == "_chat.txt" || name.starts_with("whatsapp chat")
    };
    match (texts.as_slice(), texts.iter().find(named)) {
        ([], _) => Err(Error::NoText),
        ([only], _) => Ok(only),
        (_, Some(chat)) => Ok(chat),
        (several, None) => Err(Error::SeveralTexts { count: several.len() }),
    }
}

fn unpack(source: &mut dyn super::Seekable, entry: &Entry, limit: u64) -> Result<Vec<u8>, Error> {
    const ENCRYPTED: u64 = 1;
    if entry.flags & ENCRYPTED != 0 {
        return Err(damaged("it is locked with a password; unlock it first"));
    }
    if entry.size > limit {
        return Err(Error::TooLarge { limit });
    }
    let local = part(source, entry.at, 30)?;
    if !local.starts_with(LOCAL) {
        return Err(damaged("its list of files does not fit its files"));
    }
    let begins = entry.at + 30 + u16_at(&local, 26)? + u16_at(&local, 28)?;
    source.seek(SeekFrom::Start(begins))?;
    let packed = source.take(entry.packed);
    let mut bytes = Vec::new();
    let read = match entry.method {
        0 => packed.take(limit + 1).read_to_end(&mut bytes),
        8 => DeflateDecoder::new(packed).take(limit + 1).read_to_end(&mut bytes),
        _ => return Err(damaged("its text is packed in a way that phones do not use")),
    };
    match read {
        Ok(_) => {}
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::InvalidData | ErrorKind::UnexpectedEof
            ) =>
        {
            return Err(damaged("the text in it is damaged"));
        }
        Err(error) => return Err(error.into()),
    }
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge { limit });
    }
    let mut crc = Crc::new();
    crc.update(&bytes);
    if u64::from(crc.sum()) != entry.crc {
        return Err(damaged("the text in it is damaged"));
    }
    Ok(bytes)
}
