//! CSV as spreadsheets and people write it: UTF-8 with or without a mark, UTF-16 with one, or GB18030; commas, tabs
//! or semicolons.

use std::borrow::Cow;

use super::{Cell, Sheet, Unreadable};

pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Unreadable> {
    // One kind of line end, and one at the end: lines are counted by it.
    let mut text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let start = text.trim_start();
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if ["<html", "<!doctype", "<table", "<?xml", "<head", "<meta"].iter().any(|tag| begins(tag)) {
        return Err(Unreadable::WebPage);
    }
    if start.is_empty() {
        return Err(Unreadable::Empty);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut sheet = Sheet::default();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|error| Unreadable::Damaged { detail: error.to_string() })? {
        // A record's own position is that of the empty lines before it.
        let inside = record.iter().map(|text| text.matches('\n').count() as u64).sum::<u64>();
        let line =
            u32::try_from(reader.position().line().saturating_sub(inside + 1)).map_err(|_| Unreadable::NotATable)?;
        // An open quotation mark swallows the last line end too.
        let line = line.max(sheet.rows.last().map_or(1, |last| last.number + 1));
        for (column, text) in record.iter().enumerate() {
            sheet.put(line, column, Cell::Text(text.to_owned()))?;
        }
    }
    Ok(sheet)
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Unreadable> {
    // A mark says it; without one, UTF-8 is so strict that text in another encoding does not pass by accident.
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or(Unreadable::Encoding);
    }
    if bytes.contains(&0) {
        return Err(Unreadable::NotATable);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => {
            encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Unreadable::Encoding)
        }
    }
}

/// What separates most of the first line that has any separator.
fn delimiter(text: &str) -> u8 {
    let count = |line: &str, delimiter: u8| line.bytes().filter(|byte| *byte == delimiter).count();
    text.lines()
        .take(30)
        .find_map(|line| {
            let most = *b",\t;".iter().rev().max_by_key(|delimiter| count(line, **delimiter))?;
            (count(line, most) > 0).then_some(most)
        })
        .unwrap_or(b',')
}
