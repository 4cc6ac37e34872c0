//! Bytes to text, and rows with their lines.

use std::borrow::Cow;

use csv::StringRecord;

use super::{Fault, Problem, Source};

/// A file as rows of text fields.
pub(super) struct Rows<'a> {
    name: &'a str,
    text: &'a str,
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
        let mut rows = Self { name, text, header: Vec::new(), reader: reader(text) };
        let mut record = StringRecord::new();
        if !rows.next(&mut record, problems) {
            problems.push(rows.problem(1, Fault::Empty));
            return None;
        }
        let clean = |field: &str| field.trim().to_lowercase().replace('_', "-");
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
    pub(super) fn next(&mut self, record: &mut StringRecord, problems: &mut Vec<Problem>) -> bool {
        loop {
            let line = self.reader.position().line();
            match self.reader.read_record(record) {
                Ok(false) => return false,
                Ok(true) if !self.header.is_empty() && record.len() != self.header.len() => {
                    let (wanted, found) = (self.header.len(), record.len());
                    problems.push(self.problem(self.line(record), Fault::Fields { wanted, found }));
                }
                Ok(true) => return true,
                Err(_) => {
                    problems.push(self.problem(line, Fault::Unreadable));
                    return false;
                }
            }
        }
    }

    /// The same columns over a part of the text.
    pub(super) fn of_part<'p>(&self, part: &'p str) -> Rows<'p>
    where
        'a: 'p,
    {
        Rows { name: self.name, text: part, header: self.header.clone(), reader: reader(part) }
    }

    /// The line where a row begins.
    pub(super) fn line(&self, record: &StringRecord) -> u64 {
        let Some(position) = record.position() else { return 0 };
        // The reader's position stands before empty lines and before the second half of a line's end.
        let from = usize::try_from(position.byte()).unwrap_or(usize::MAX);
        let ends = self.text.as_bytes().get(from..).unwrap_or_default();
        let ends = ends.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
        position.line() + ends.count() as u64
    }

    pub(super) fn bytes_read(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX)
    }

    /// Ends of lines that were passed.
    pub(super) fn lines_read(&self) -> u64 {
        self.reader.position().line() - 1
    }

    pub(super) fn problem(&self, line: u64, fault: Fault) -> Problem {
        Problem { file: self.name.to_owned(), line, fault }
    }
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// A text of rows cut between rows, into at most so many parts of about the same size. Where something is quoted a line's
/// end may stand inside a field, and the text stays whole.
pub(super) fn parts(mut text: &str, wanted: usize) -> Vec<&str> {
    let mut parts = Vec::with_capacity(wanted);
    if wanted > 1 && !text.contains('"') {
        for left in (2..=wanted).rev() {
            let target = text.len() / left;
            let Some(end) = text.as_bytes()[target..].iter().position(|byte| *byte == b'\n') else { break };
            let (part, rest) = text.split_at(target + end + 1);
            parts.push(part);
            text = rest;
        }
    }
    parts.push(text);
    parts
}

/// A field without the spaces around it; empty where the column is not there.
pub(super) fn field(record: &StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| record.get(column)).unwrap_or_default().trim()
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
