//! Workbooks. Cells are read one after the other, never as a grid from corner to corner: one cell in the last row of
//! the last column would make that grid larger than the machine.

use std::{fmt::Display, io::Cursor};

use calamine::{
    Data, DataRef, DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError,
};
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy, prelude::FromPrimitive};

use super::{Book, Cell, Merged, Sheet, Unreadable, guard};
use crate::rules::decimal;

type File<'b> = Xlsx<Cursor<&'b [u8]>>;

pub(super) fn xlsx(bytes: &[u8]) -> Result<Book, Unreadable> {
    let mut workbook = open(bytes)?;
    let paths = sheet_paths(bytes);
    let mut book = Book::default();
    for (index, sheet) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            book.hidden_sheets.push(sheet.name);
            continue;
        }
        let mut read = cells(&mut workbook, sheet.name.clone())?;
        let merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default();
        read.merged = merged.iter().map(region).collect();
        if let Some(path) = paths.get(index) {
            read.hidden_rows = guard::part(bytes, path).map(|xml| hidden_rows(&xml)).unwrap_or_default();
        }
        book.sheets.push(read);
    }
    Ok(book)
}

pub(super) fn named(bytes: &[u8], name: &str) -> Result<Option<Sheet>, Unreadable> {
    let mut workbook = open(bytes)?;
    let known = |sheet: &calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.name == name;
    if !workbook.sheets_metadata().iter().any(known) {
        return Ok(None);
    }
    cells(&mut workbook, name.to_owned()).map(Some)
}

fn open(bytes: &[u8]) -> Result<File<'_>, Unreadable> {
    calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Unreadable::Protected,
        error => damaged(&error),
    })
}

fn cells(workbook: &mut File<'_>, name: String) -> Result<Sheet, Unreadable> {
    let mut cells = workbook.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
    let code =
        |style: &calamine::Style| style.number_format.as_ref().is_some_and(|known| shows_percent(&known.format_code));
    let percents: Vec<bool> = cells.styles().iter().map(code).collect();
    let mut read = Sheet { name: Some(name), ..Sheet::default() };
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let (row, column) = cell.get_position();
        let percent = percents.get(style).is_some_and(|percent| *percent);
        read.put(row + 1, column as usize, of_ref(cell.get_value(), percent))?;
    }
    Ok(read)
}

/// Whether a number format multiplies by 100: it has a percent sign that is neither quoted nor escaped. What comes after
/// the first semicolon is for negative numbers and zero.
fn shows_percent(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => return true,
            ';' => return false,
            '"' => drop(letters.find(|next| *next == '"')),
            '[' => drop(letters.find(|next| *next == ']')),
            // The next character as it is; as wide as it; as many of it as fit.
            '\\' | '_' | '*' => drop(letters.next()),
            _ => {}
        }
    }
    false
}

pub(super) fn xls(bytes: &[u8]) -> Result<Book, Unreadable> {
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => Unreadable::Protected,
        error => damaged(&error),
    })?;
    let mut book = Book::default();
    for sheet in workbook.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible != SheetVisible::Visible {
            book.hidden_sheets.push(sheet.name);
            continue;
        }
        let mut read = Sheet { name: Some(sheet.name.clone()), formats_unread: true, ..Sheet::default() };
        let range = workbook.worksheet_range(&sheet.name).map_err(|error| damaged(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = u32::try_from(row).map_err(|_| Unreadable::NotATable)? + first_row + 1;
            read.put(row, column + first_column as usize, of_data(value))?;
        }
        read.merged = workbook.merge_cells_by_sheet_name(&sheet.name).unwrap_or_default().iter().map(region).collect();
        book.sheets.push(read);
    }
    Ok(book)
}

fn damaged(error: &dyn Display) -> Unreadable {
    Unreadable::Damaged { detail: error.to_string() }
}

fn region(of: &calamine::Dimensions) -> Merged {
    Merged { rows: (of.start.0 + 1, of.end.0 + 1), columns: (of.start.1, of.end.1) }
}

fn of_ref(value: &DataRef<'_>, percent: bool) -> Cell {
    match value {
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::DateTime(when) => date(when),
        DataRef::DateTimeIso(text) => iso(text),
        DataRef::Bool(truth) => Cell::Bool(*truth),
        DataRef::Empty => Cell::Empty,
        DataRef::Int(_) | DataRef::Float(_) | DataRef::DurationIso(_) | DataRef::Error(_) => number(value, percent),
    }
}

fn of_data(value: &Data) -> Cell {
    match value {
        Data::String(text) => Cell::Text(text.clone()),
        Data::DateTime(when) => date(when),
        Data::DateTimeIso(text) => iso(text),
        Data::Bool(truth) => Cell::Bool(*truth),
        Data::Empty => Cell::Empty,
        Data::Int(_) | Data::Float(_) | Data::DurationIso(_) | Data::Error(_) => number(value, false),
    }
}

/// Spreadsheets keep binary fractions, and a quotient has as many digits as fit; here it has as many as are ever read.
fn number(value: &impl DataType, percent: bool) -> Cell {
    let stored = match (value.get_int(), value.get_float()) {
        (Some(whole), _) => Some(Decimal::from(whole)),
        (None, Some(float)) => Decimal::from_f64(float),
        (None, None) => None,
    };
    let rounded = |number: Decimal| {
        let digits = u32::try_from(decimal::FRACTION_DIGITS_MAX).unwrap_or(u32::MAX);
        number.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero).normalize()
    };
    match stored {
        None => Cell::Broken,
        Some(number) if percent => {
            number.checked_mul(Decimal::ONE_HUNDRED).map_or(Cell::Broken, |shown| Cell::Percent(rounded(shown)))
        }
        Some(number) => Cell::Number(rounded(number)),
    }
}

fn date(when: &ExcelDateTime) -> Cell {
    if when.is_duration() {
        return Cell::Broken;
    }
    let (year, month, day, ..) = when.to_ymd_hms_milli();
    let field = |value: u8| i8::try_from(value).ok();
    let date = i16::try_from(year).ok().zip(field(month)).zip(field(day));
    date.and_then(|((year, month), day)| Date::new(year, month, day).ok()).map_or(Cell::Broken, Cell::Date)
}

fn iso(text: &str) -> Cell {
    text.get(..10).and_then(|date| date.parse().ok()).map_or(Cell::Broken, Cell::Date)
}

/// Where the sheets lie in the file, in the order of the tabs. Best effort: only hidden rows are looked for there.
fn sheet_paths(bytes: &[u8]) -> Vec<String> {
    let (Some(workbook), Some(links)) =
        (guard::part(bytes, "xl/workbook.xml"), guard::part(bytes, "xl/_rels/workbook.xml.rels"))
    else {
        return Vec::new();
    };
    let target = |id: &str| {
        let link = tags(&links, "Relationship").find(|tag| attribute(tag, "Id") == Some(id))?;
        let target = attribute(link, "Target")?;
        Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
    };
    tags(&workbook, "sheet").map(|tag| attribute(tag, "r:id").and_then(target).unwrap_or_default()).collect()
}

fn hidden_rows(xml: &str) -> Vec<u32> {
    let hidden = |tag: &&str| matches!(attribute(tag, "hidden"), Some("1" | "true"));
    tags(xml, "row").filter(hidden).filter_map(|tag| attribute(tag, "r")?.parse().ok()).collect()
}

/// The inside of each start tag of this name.
fn tags<'x>(xml: &'x str, name: &'x str) -> impl Iterator<Item = &'x str> {
    xml.split('<').filter_map(move |part| {
        let rest = part.strip_prefix(name)?;
        let inside = rest.split('>').next()?;
        rest.starts_with([' ', '\t', '\n', '\r']).then_some(inside)
    })
}

fn attribute<'x>(tag: &'x str, name: &str) -> Option<&'x str> {
    tag.match_indices(name).find_map(|(at, _)| {
        let alone = tag[..at].ends_with(char::is_whitespace);
        let value = tag[at + name.len()..].strip_prefix("=\"")?;
        alone.then(|| value.split('"').next()).flatten()
    })
}
