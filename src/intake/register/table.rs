//! A register as a CSV: finds the delimiter and the line that names the columns, and reads each line below it.

use super::check::{self, RawContact, RawPupil};
use super::columns::{self, Column, ContactField, Field, Mapping, PupilField};
use super::csv::{self, Record};
use super::duplicates::{Found, Gathered};
use super::{Reading, Register, Source};
use crate::intake::text::Decoded;
use crate::intake::{Cells, Error, Remark, reject};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// In how many lines the names of the columns are looked for: reports put a title above them.
const HEADER_WITHIN: usize = 12;
pub(super) fn read(decoded: &Decoded, options: &Reading<'_>) -> Result<Register, Error> {
    // Excel's own first line, which names the delimiter.
    let declared = declared(&decoded.text);
    let header = match declared {
        Some(delimiter) => find_header(&decoded.text, &[delimiter], options.mapping)?,
        None => find_header(&decoded.text, &DELIMITERS, options.mapping)?,
    };
    let (mut rejected, mut doubts, mut gathered) = (Vec::new(), Vec::new(), Gathered::default());
    for (at, record) in csv::records(&decoded.text, header.delimiter).enumerate() {
        if record.line == header.line || (declared.is_some() && record.line == 1) {
            continue;
        }
        if at > options.limits.rows {
            return Err(Error::TooMany { what: "rows", limit: options.limits.rows });
        }
        if record.line < header.line {
            reject(
                &mut rejected,
                Remark::new(record.line, "it stands above the line that names the columns"),
            )?;
            continue;
        }
        let line = record.line;
        let pupil = row(record, &header.columns, decoded.broken.is_some())
            .and_then(|raw| check::pupil(raw, options.today, &mut doubts));
        let mut found = Found { rejected: &mut rejected, doubts: &mut doubts };
        match pupil {
            Ok(pupil) => gathered.take(pupil, &mut found)?,
            Err(why) => reject(found.rejected, Remark::new(line, why))?,
        }
        if gathered.len() > options.limits.pupils {
            return Err(Error::TooMany { what: "pupils", limit: options.limits.pupils });
        }
    }
    let dropped = header.columns.iter().filter(|c| c.field.is_none() && !c.header.is_empty());
    Ok(Register {
        people: gathered.finish(),
        dropped: dropped.map(|column| column.header.clone()).collect(),
        rejected,
        doubts,
        source: Source::Csv {
            delimiter: char::from(header.delimiter),
            header_line: header.line,
            encoding: decoded.encoding,
            columns: header.columns,
        },
    })
}

/// `sep=;` in the first line.
fn declared(text: &str) -> Option<u8> {
    let first = text.lines().next()?.trim_matches(|c| c == '"' || c == ' ' || c == '\r');
    let delimiter = first.strip_prefix("sep=")?.bytes().next()?;
    DELIMITERS.contains(&delimiter).then_some(delimiter)
}

struct Header {
    delimiter: u8,
    line: u64,
    columns: Vec<Column>,
}

/// The line that names most columns, under the delimiter that makes most of it.
fn find_header(text: &str, delimiters: &[u8], mapping: &Mapping) -> Result<Header, Error> {
    let mut best: Option<(usize, Header)> = None;
    let mut first: Vec<String> = Vec::new();
    for &delimiter in delimiters {
        for record in csv::records(text, delimiter).take(HEADER_WITHIN) {
            let Ok(mut cells) = record.cells else { continue };
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            if first.len() < 2 && cells.len() >= 2 {
                first.clone_from(&cells);
            }
            let columns = match columns::assign(&cells, mapping) {
                Ok(columns) => columns,
                Err(field) => return Err(Error::TwoColumns { field: field.to_string() }),
            };
            let known = columns.iter().filter(|column| column.field.is_some()).count();
            let better = best.as_ref().is_none_or(|(most, _)| known > *most);
            if better && columns::name_a_pupil(&columns) {
                best = Some((known, Header { delimiter, line: record.line, columns }));
            }
        }
    }
    best.map(|(_, header)| header).ok_or(Error::NoHeader { cells: Cells(first) })
}

/// One line in the words of the file.
fn row(record: Record, columns: &[Column], mixed: bool) -> Result<RawPupil, String> {
    let cells = record.cells?;
    let mut filled = cells.len();
    while filled > columns.len() && cells[filled - 1].is_empty() {
        filled -= 1;
    }
    if filled != columns.len() {
        let (has, wants) = (counted(cells.len()), columns.len());
        return Err(format!("it has {has} where the line of columns has {wants}"));
    }
    if mixed && cells.iter().any(|cell| cell.contains('\u{FFFD}')) {
        return Err("a letter in it is not UTF-8 as in the rest of the file".into());
    }
    let mut raw = RawPupil { line: record.line, ..RawPupil::default() };
    for (column, cell) in columns.iter().zip(cells) {
        match column.field {
            Some(Field::Pupil(field)) => *pupil_field(&mut raw, field) = cell,
            Some(Field::Contact(number, field)) => {
                let number = usize::from(number);
                if raw.contacts.len() < number {
                    raw.contacts.resize(number, RawContact::default());
                }
                contact_field(&mut raw.contacts[number - 1], field, cell);
            }
            None => {}
        }
    }
    Ok(raw)
}

fn counted(cells: usize) -> String {
    if cells == 1 { "1 cell".into() } else { format!("{cells} cells") }
}

fn pupil_field(raw: &mut RawPupil, field: PupilField) -> &mut String {
    match field {
        PupilField::Upn => &mut raw.upn,
        PupilField::AdmissionNo => &mut raw.admission_no,
        PupilField::Surname | PupilField::PreferredSurname => &mut raw.surname,
        PupilField::Forename => &mut raw.forename,
        PupilField::KnownAs => &mut raw.known_as,
        PupilField::FullName => &mut raw.whole_name,
        PupilField::Dob => &mut raw.dob,
        PupilField::Year => &mut raw.year,
        PupilField::Class => &mut raw.class,
        PupilField::Sen => &mut raw.sen,
        PupilField::LookedAfter => &mut raw.looked_after,
        PupilField::LeftOn => &mut raw.left_on,
    }
}

fn contact_field(raw: &mut RawContact, field: ContactField, cell: String) {
    match field {
        ContactField::Order => raw.order = cell,
        ContactField::Title => raw.title = cell,
        ContactField::Forename => raw.forename = cell,
        ContactField::Surname => raw.surname = cell,
        ContactField::Name => raw.name = cell,
        ContactField::Relationship => raw.relationship = cell,
        ContactField::Responsibility => raw.responsibility = cell,
        ContactField::Addressee => raw.addressee = cell,
        ContactField::Salutation => raw.salutation = cell,
        ContactField::Address => raw.address.push(cell),
        ContactField::Phone => raw.phones.push(cell),
        ContactField::Email => raw.email = cell,
    }
}
