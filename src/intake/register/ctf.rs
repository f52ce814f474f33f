//! A register as a Common Transfer File (CTF) or its older relation, the ATF.
//!
//! Read by allow-list: an element that is not on it is passed over with all that is in it, and its name is kept to say
//! so. A document type definition, an entity of the file's own, or XML that is cut off refuses the whole file: half a
//! register would make leavers of the other half.

mod place;

use super::check::{self, RawContact, RawPupil};
use super::duplicates::{Found, Gathered};
use super::{MOST_CONTACTS, Reading, Register, Source};
use crate::intake::text::{self, Decoded};
use crate::intake::{Error, Remark, reject};
use place::{Place, ROOM, Under};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

/// How deep elements may lie within one another; a CTF needs nine.
const DEEPEST: usize = 48;
/// The longest text of one element, in bytes; longer ones are cut, and then refused by the check of their field.
const LONGEST_TEXT: usize = 4 * 1024;

const INSTEAD: &str = "CSV (UTF-8) or as a Common Transfer File";

/// Decodes a register's bytes. XML may name its encoding; a CSV cannot.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    let sample = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = sample.trim_start_matches('\u{FEFF}').trim_start();
    let declared = declaration
        .starts_with("<?xml")
        .then(|| declaration.split("?>").next())
        .flatten()
        .and_then(|d| d.split_once("encoding"))
        .map(|(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'', '\t']))
        .and_then(|rest| rest.split(['"', '\'', ' ']).next())
        .map(str::to_ascii_lowercase);
    match declared.as_deref() {
        Some("windows-1252" | "cp1252" | "iso-8859-1" | "latin1" | "latin-1" | "iso8859-1") => {
            Ok(text::windows_1252(bytes))
        }
        Some("utf-8" | "utf8" | "utf-16" | "utf16" | "us-ascii" | "ascii" | "") | None => {
            text::decode(bytes, INSTEAD)
        }
        Some(other) => Err(Error::Encoding { name: other.chars().take(40).collect() }),
    }
}

pub(super) fn read(decoded: &Decoded, options: &Reading<'_>) -> Result<Register, Error> {
    if let Some(line) = decoded.broken {
        return Err(Error::MixedEncoding { line });
    }
    let mut walk = Walk::new(decoded.text.as_str());
    let (mut rejected, mut doubts, mut gathered) = (Vec::new(), Vec::new(), Gathered::default());
    while let Some(raw) = walk.pupil()? {
        let line = raw.line;
        let mut found = Found { rejected: &mut rejected, doubts: &mut doubts };
        match check::pupil(raw, options.today, found.doubts) {
            Ok(pupil) => gathered.take(pupil, &mut found)?,
            Err(why) => reject(found.rejected, Remark::new(line, why))?,
        }
        if gathered.len() > options.limits.pupils {
            return Err(Error::TooMany { what: "pupils", limit: options.limits.pupils });
        }
    }
    if !walk.has_block {
        return Err(Error::NotACtf);
    }
    Ok(Register {
        people: gathered.finish(),
        dropped: walk.dropped,
        rejected,
        doubts,
        source: Source::Ctf { version: walk.version, encoding: decoded.encoding },
    })
}

/// A walk through the file, from pupil to pupil.
struct Walk<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Up to where line breaks are counted, and how many there were.
    counted: (usize, u64),
    /// The open elements that are known, by their place.
    path: Vec<Place>,
    /// How many elements are open within one that is passed over.
    passing: usize,
    dropped: Vec<String>,
    leaf: String,
    /// Whether there was a block of pupils at all.
    has_block: bool,
    version: String,
    /// The school that wrote the file: authority and number.
    school: (String, String),
    pupil: Option<Box<Filling>>,
    finished: Option<RawPupil>,
}

/// A pupil that is being read.
#[derive(Default)]
struct Filling {
    raw: RawPupil,
    address: Vec<(u8, String)>,
    /// The contact being read: itself, its address, whether it is the pupil's.
    contact: RawContact,
    contact_address: Vec<(u8, String)>,
    lives_with: Vec<usize>,
    as_pupil: String,
    /// The latest start date and provision of special needs, and those being read.
    provision: (String, String),
    sen: (String, String),
    /// A school of the history being read: authority, number, day of leaving.
    school: (String, String, String),
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = true;
        config.expand_empty_elements = true;
        config.allow_unmatched_ends = false;
        Self {
            text,
            reader,
            counted: (0, 1),
            path: Vec::new(),
            passing: 0,
            dropped: Vec::new(),
            leaf: String::new(),
            has_block: false,
            version: String::new(),
            school: (String::new(), String::new()),
            pupil: None,
            finished: None,
        }
    }

    /// The next pupil, or nothing at the end of the file.
    fn pupil(&mut self) -> Result<Option<RawPupil>, Error> {
        loop {
            let at = self.at();
            let Ok(event) = self.reader.read_event() else {
                let place = usize::try_from(self.reader.error_position()).unwrap_or(at);
                return Err(Error::Xml { line: self.line(place.max(at)) });
            };
            match event {
                Event::Start(start) => self.open(start.local_name().as_ref(), at)?,
                Event::End(_) => self.close(),
                Event::Text(text) => self.say(&text),
                Event::CData(text) => self.say(&text),
                Event::GeneralRef(reference) => self.refer(&reference, at)?,
                Event::DocType(_) => return Err(Error::Dtd { line: self.line(at) }),
                Event::Eof if self.path.is_empty() && self.passing == 0 => return Ok(None),
                Event::Eof => return Err(Error::Xml { line: self.line(at) }),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
            if let Some(pupil) = self.finished.take() {
                return Ok(Some(pupil));
            }
        }
    }

    fn at(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(self.text.len()).min(self.text.len())
    }

    /// The line of a place in the text. Places only ever grow.
    fn line(&mut self, at: usize) -> u64 {
        let (from, line) = self.counted;
        let at = at.clamp(from, self.text.len());
        let line = line + text::line_breaks_in(&self.text.as_bytes()[from..at]);
        self.counted = (at, line);
        line
    }

    fn open(&mut self, name: &[u8], at: usize) -> Result<(), Error> {
        if self.path.len() + self.passing >= DEEPEST {
            return Err(Error::TooDeep { line: self.line(at), limit: DEEPEST });
        }
        self.leaf.clear();
        if self.passing > 0 {
            self.passing += 1;
            return Ok(());
        }
        let name = String::from_utf8_lossy(name);
        let under = self.path.last().map_or(Under::Nothing, |place| place.under());
        if let Some(place) = place::of(under, &name.to_ascii_lowercase()) {
            self.begin(place, at);
            self.path.push(place);
        } else {
            self.passing = 1;
            self.drop_field(under, &name);
        }
        Ok(())
    }

    fn drop_field(&mut self, under: Under, name: &str) {
        let of_a_pupil = !matches!(
            under,
            Under::Nothing | Under::Root | Under::Header | Under::SourceSchool | Under::Block
        );
        let name: String = name.chars().take(60).collect();
        if of_a_pupil && self.dropped.len() < 1000 && !self.dropped.contains(&name) {
            self.dropped.push(name);
        }
    }

    fn begin(&mut self, place: Place, at: usize) {
        match place {
            Place::Block => self.has_block = true,
            Place::Pupil => {
                let line = self.line(at);
                let raw = RawPupil { line, ..RawPupil::default() };
                self.pupil = Some(Box::new(Filling { raw, ..Filling::default() }));
            }
            Place::Contact => {
                if let Some(pupil) = &mut self.pupil {
                    pupil.contact = RawContact::default();
                    pupil.contact_address.clear();
                    pupil.as_pupil.clear();
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, bytes: &[u8]) {
        if self.passing == 0 && self.leaf.len() < LONGEST_TEXT {
            self.leaf.push_str(&String::from_utf8_lossy(bytes));
        }
    }

    /// `&amp;`, `&#38;` and their like are letters; anything else is the file's own and not read.
    fn refer(&mut self, reference: &BytesRef<'_>, at: usize) -> Result<(), Error> {
        let name: &[u8] = reference;
        let letter = match reference.resolve_char_ref() {
            Ok(Some(letter)) => Some(letter),
            Ok(None) => match name {
                b"amp" => Some('&'),
                b"lt" => Some('<'),
                b"gt" => Some('>'),
                b"quot" => Some('"'),
                b"apos" => Some('\''),
                _ => None,
            },
            Err(_) => return Err(Error::Xml { line: self.line(at) }),
        };
        let Some(letter) = letter else { return Err(Error::Entity { line: self.line(at) }) };
        self.say(letter.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(())
    }

    fn close(&mut self) {
        if self.passing > 0 {
            self.passing -= 1;
            return;
        }
        let Some(place) = self.path.pop() else { return };
        let said = std::mem::take(&mut self.leaf);
        let said = said.trim();
        match place {
            Place::Version => said.clone_into(&mut self.version),
            Place::SourceLea => said.clone_into(&mut self.school.0),
            Place::SourceEstab => said.clone_into(&mut self.school.1),
            Place::Pupil => {
                let Some((raw, idle_address)) = self.pupil.take().map(|pupil| pupil.finish()) else { return };
                if idle_address {
                    self.drop_field(Under::Pupil, "Address");
                }
                self.finished = Some(raw);
            }
            _ => {
                if let Some(pupil) = &mut self.pupil {
                    pupil.take(place, said, &self.school);
                }
            }
        }
    }
}

impl Filling {
    /// Takes what an element said, at its end.
    fn take(&mut self, place: Place, said: &str, source: &(String, String)) {
        if let Some(field) = self.field(place) {
            if !said.is_empty() {
                said.clone_into(field);
            }
            return;
        }
        match place {
            Place::AddressLine(order) if !said.is_empty() && self.address.len() < ROOM => {
                self.address.push((order, said.to_owned()));
            }
            Place::ContactAddressLine(order) if !said.is_empty() && self.contact_address.len() < ROOM => {
                self.contact_address.push((order, said.to_owned()));
            }
            Place::ContactPhone if !said.is_empty() && self.contact.phones.len() < ROOM => {
                self.contact.phones.push(said.to_owned());
            }
            Place::Contact => self.end_contact(),
            Place::LookedAfter if !said.is_empty() => said.clone_into(&mut self.raw.looked_after),
            Place::Sen | Place::SenHistory => {
                let (start, mut provision) = std::mem::take(&mut self.sen);
                if provision.is_empty() {
                    said.clone_into(&mut provision);
                }
                // ISO dates sort as they stand; without one the last in the file counts.
                if !provision.is_empty() && start >= self.provision.0 {
                    self.provision = (start, provision);
                }
            }
            Place::School => {
                let (lea, estab, left) = std::mem::take(&mut self.school);
                if !left.is_empty() && !estab.is_empty() && (lea, estab) == *source {
                    self.raw.left_on = left;
                }
            }
            _ => {}
        }
    }

    fn field(&mut self, place: Place) -> Option<&mut String> {
        Some(match place {
            Place::Upn => &mut self.raw.upn,
            Place::Surname => &mut self.raw.surname,
            Place::Forename => &mut self.raw.forename,
            Place::KnownAs => &mut self.raw.known_as,
            Place::Dob => &mut self.raw.dob,
            Place::Year => &mut self.raw.year,
            Place::Class => &mut self.raw.class,
            Place::LeftOn => &mut self.raw.left_on,
            Place::InCare => &mut self.raw.looked_after,
            Place::SenFlag => &mut self.raw.sen,
            Place::SenStart => &mut self.sen.0,
            Place::SenProvision => &mut self.sen.1,
            Place::SchoolLea => &mut self.school.0,
            Place::SchoolEstab => &mut self.school.1,
            Place::SchoolLeft => &mut self.school.2,
            Place::ContactOrder => &mut self.contact.order,
            Place::ContactTitle => &mut self.contact.title,
            Place::ContactForename => &mut self.contact.forename,
            Place::ContactSurname => &mut self.contact.surname,
            Place::Relationship => &mut self.contact.relationship,
            Place::Responsibility => &mut self.contact.responsibility,
            Place::ContactEmail => &mut self.contact.email,
            Place::AddressAsPupil => &mut self.as_pupil,
            _ => return None,
        })
    }

    fn end_contact(&mut self) {
        let mut contact = std::mem::take(&mut self.contact);
        contact.address = lines(&mut self.contact_address);
        // One more than are kept, so that the check can say so.
        if self.raw.contacts.len() > usize::from(MOST_CONTACTS) {
            return;
        }
        if contact.address.is_empty() && super::cells::flag(&self.as_pupil) == Ok(Some(true)) {
            self.lives_with.push(self.raw.contacts.len());
        }
        self.raw.contacts.push(contact);
    }

    /// The pupil, and whether an address was read that nobody needs.
    fn finish(mut self) -> (RawPupil, bool) {
        let address = lines(&mut self.address);
        let idle = self.lives_with.is_empty() && !address.is_empty();
        for at in self.lives_with {
            self.raw.contacts[at].address.clone_from(&address);
        }
        if !self.provision.1.is_empty() {
            self.raw.sen = self.provision.1;
        }
        (self.raw, idle)
    }
}

/// An address from its parts. House and street stand on one line.
fn lines(parts: &mut Vec<(u8, String)>) -> Vec<String> {
    let mut parts = std::mem::take(parts);
    parts.sort_by_key(|(order, _)| *order);
    let mut lines: Vec<String> = Vec::new();
    let mut house = false;
    for (order, text) in parts {
        match lines.last_mut() {
            Some(last) if house && order == place::STREET => {
                last.push(' ');
                last.push_str(&text);
            }
            _ => lines.push(text),
        }
        house = order == place::HOUSE;
    }
    lines
}
