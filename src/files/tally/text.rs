//! Bytes to text, and rows with their lines.

use std::borrow::Cow;

use csv::ByteRecord;

use super::{Fault, Problem, Source};

/// A file as rows of text fields.
pub(super) struct Rows<'a> {
    name: &'a str,
    pub(super) header: Vec<String>,
    reader: csv::Reader<&'a [u8]>,
}

/// UTF-8 with or without its mark, else GB18030.
pub(super) fn decode<'a>(source: Source<'a>, problems: &mut Vec<Problem>) -> Option<Cow<'a, str>> {
    let bytes = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(source.bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    if text.is_none() {
        // The line where UTF-8 breaks is the nearest thing to a place.
        let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let line = 1 + bytes[..good].split(|byte| *byte == b'\n').skip(1).count() as u64;
        problems.push(Problem { file: source.name.to_owned(), line, fault: Fault::Encoding });
    }
    text
}

impl<'a> Rows<'a> {
    /// Reads the header. `needed` are columns that must be there.
    pub(super) fn open(
        name: &'a str,
        text: &'a str,
        needed: &[&'static str],
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows = Self { name, header: Vec::new(), reader };
        let mut record = ByteRecord::new();
        if !rows.next(&mut record, problems) {
            problems.push(rows.problem(1, Fault::Empty));
            return None;
        }
        let clean = |field: &[u8]| String::from_utf8_lossy(field).trim().to_lowercase().replace('_', "-");
        rows.header = record.iter().map(clean).collect();
        let mut sound = true;
        for column in needed.iter().filter(|column| !rows.header.iter().any(|name| name == *column)) {
            problems.push(rows.problem(1, Fault::ColumnMissing { column }));
            sound = false;
        }
        for (at, column) in rows.header.iter().enumerate() {
            if !column.is_empty() && rows.header[..at].contains(column) {
                problems.push(rows.problem(1, Fault::ColumnTwice { column: column.clone() }));
                sound = false;
            }
        }
        sound.then_some(rows)
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The next row; false at the end. Unreadable rows are reported and end the file.
    pub(super) fn next(&mut self, record: &mut ByteRecord, problems: &mut Vec<Problem>) -> bool {
        loop {
            let line = self.reader.position().line();
            match self.reader.read_byte_record(record) {
                Ok(false) => return false,
                Ok(true) if !self.header.is_empty() && record.len() != self.header.len() => {
                    let (wanted, found) = (self.header.len(), record.len());
                    let line = record.position().map_or(line, csv::Position::line);
                    problems.push(self.problem(line, Fault::Fields { wanted, found }));
                }
                Ok(true) => return true,
                Err(_) => {
                    problems.push(self.problem(line, Fault::Unreadable));
                    return false;
                }
            }
        }
    }

    pub(super) fn bytes_read(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    pub(super) fn problem(&self, line: u64, fault: Fault) -> Problem {
        Problem { file: self.name.to_owned(), line, fault }
    }
}

/// A field without the spaces around it. The whole file is text, and fields are cut at ASCII characters.
pub(super) fn field(record: &ByteRecord, column: Option<usize>) -> &str {
    let bytes = column.and_then(|column| record.get(column)).unwrap_or_default();
    std::str::from_utf8(bytes).unwrap_or_default().trim()
}

/// Full-width digits, points and signs as plain ones, as people type them with a Chinese keyboard.
pub(super) fn half_width(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '０'..='９' | '．' | '－' | '＋' => {
            char::from_u32(u32::from(c) - u32::from('！') + u32::from('!')).unwrap_or(c)
        }
        '−' => '-',
        other => other,
    };
    Cow::Owned(text.chars().map(plain).collect())
}
